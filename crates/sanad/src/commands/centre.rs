//! `sanad centre`: the isolated tally centre, step by step.

use std::path::{Path, PathBuf};

use centre::{Carrier, Centre as Room, ImportReport};
use clap::{Subcommand, ValueEnum};
use election::{Digest, StationId};
use record::entry::{Effect, Lot, Order, Slip};
use record::{Body, Content, Medium};
use serde_json::json;
use sign::identity::Identity;

use super::decisions::{self, Grounds};
use crate::inputs;
use crate::shell::{At, Failure, Result, Shell, Verdict, read, write};
use crate::summary;

/// What a decision does.
#[derive(Clone, Copy, ValueEnum)]
pub enum Act {
    /// Count the network's copy
    CountNetwork,
    /// Count the stick's copy
    CountStick,
    /// The station did not open
    NotOpened,
    /// Leave the station out
    Cancel,
    /// Take a cancellation back
    Restore,
}

/// The tally centre.
#[derive(Subcommand)]
pub enum Centre {
    /// Make the folder of a centre
    Init {
        /// The folder
        #[arg(long)]
        dir: PathBuf,
        /// The frozen definition
        #[arg(long)]
        election: PathBuf,
        /// Leaf 0
        #[arg(long)]
        leaf: PathBuf,
        /// The centre's own key
        #[arg(long)]
        key: PathBuf,
        /// The key of the record's checkpoints
        #[arg(long)]
        log_key: PathBuf,
    },
    /// Import an export of the intake, or a stick
    Import {
        /// The folder of the centre
        #[arg(long)]
        dir: PathBuf,
        /// The export that was carried over from the receiving service
        #[arg(long, conflicts_with = "stick", required_unless_present = "stick")]
        network: Option<PathBuf>,
        /// A stick, or a folder of sticks
        #[arg(long)]
        stick: Option<PathBuf>,
        /// The joined identity (see `sanad key join`); - for standard input
        #[arg(long)]
        identity: PathBuf,
    },
    /// What is expected, what has come, what agrees
    Status {
        /// The folder of the centre
        #[arg(long)]
        dir: PathBuf,
    },
    /// Compare both channels, enter the comparison, and show every difference down to the candidate
    Match {
        /// The folder of the centre
        #[arg(long)]
        dir: PathBuf,
    },
    /// Enter slips of agents: an evidence independent of both channels
    Slip {
        /// The folder of the centre
        #[arg(long)]
        dir: PathBuf,
        /// Files with the texts of a slip's codes, one a line
        #[arg(required = true)]
        slips: Vec<PathBuf>,
        /// The party whose agent holds them
        #[arg(long)]
        party: Option<election::PartyId>,
    },
    /// An order about one station, signed by two officers
    Decide {
        /// The folder of the centre
        #[arg(long)]
        dir: PathBuf,
        /// The station
        #[arg(long)]
        station: StationId,
        /// What it does
        #[arg(long, value_enum)]
        act: Act,
        /// Why, in words
        #[arg(long)]
        reason: String,
        /// The legal basis
        #[arg(long)]
        basis: String,
        /// SHA-256 of evidence it rests on
        #[arg(long)]
        evidence: Vec<Digest>,
        /// An officer's key; two of different officers
        #[arg(long = "signer", value_name = "KEY.pem", required = true)]
        signers: Vec<PathBuf>,
    },
    /// Which letter a station's registration figure follows, where letters disagree; signed by two officers
    Opening {
        /// The folder of the centre
        #[arg(long)]
        dir: PathBuf,
        /// The station that opened
        #[arg(long)]
        station: StationId,
        /// The letter that is followed
        #[arg(long, value_name = "SOURCE")]
        follows: election::SourceId,
        #[command(flatten)]
        grounds: Grounds,
        /// SHA-256 of evidence it rests on
        #[arg(long)]
        evidence: Vec<Digest>,
        /// An officer's key; two of different officers
        #[arg(long = "signer", value_name = "KEY.pem", required = true)]
        signers: Vec<PathBuf>,
    },
    /// A list or candidate withdrew after the ballots were printed; signed by two officers
    Withdraw {
        /// The folder of the centre
        #[arg(long)]
        dir: PathBuf,
        /// The list or candidate
        #[arg(long)]
        option: election::OptionId,
        /// Take a withdrawal back instead
        #[arg(long)]
        restore: bool,
        #[command(flatten)]
        grounds: Grounds,
        /// SHA-256 of evidence it rests on
        #[arg(long)]
        evidence: Vec<Digest>,
        /// An officer's key; two of different officers
        #[arg(long = "signer", value_name = "KEY.pem", required = true)]
        signers: Vec<PathBuf>,
    },
    /// Change a rule after the freeze: as many of the board as its threshold; every report names it from then on
    Amend {
        /// The folder of the centre
        #[arg(long)]
        dir: PathBuf,
        /// The key of election.toml, such as seats.threshold
        #[arg(long)]
        key: String,
        /// What it shall say; without it, nothing
        #[arg(long)]
        value: Option<String>,
        #[command(flatten)]
        grounds: Grounds,
        /// A key of a member of the board
        #[arg(long = "signer", value_name = "KEY.pem", required = true)]
        signers: Vec<PathBuf>,
    },
    /// Enter a lot that was drawn before the representatives
    Lot {
        /// The folder of the centre
        #[arg(long)]
        dir: PathBuf,
        /// The lot, as `sanad centre tally` names it
        #[arg(long)]
        lot: String,
        /// Those drawn
        #[arg(long, required = true)]
        drawn: Vec<election::OptionId>,
        /// Where, before whom, and how
        #[arg(long)]
        drawing: String,
        /// An officer's key; two of different officers
        #[arg(long = "signer", value_name = "KEY.pem", required = true)]
        signers: Vec<PathBuf>,
    },
    /// Votes and seats as they stand, with every quotient and step
    Tally {
        /// The folder of the centre
        #[arg(long)]
        dir: PathBuf,
        /// Show every step
        #[arg(long)]
        steps: bool,
    },
    /// Write what witnesses are asked to cosign, take their lines, announce
    Announce {
        /// The folder of the centre
        #[arg(long)]
        dir: PathBuf,
        /// Only write the request for witnesses to this file
        #[arg(long, value_name = "FILE")]
        request: Option<PathBuf>,
        /// The size the witness has seen, for --request
        #[arg(long, default_value_t = 0)]
        seen: u64,
        /// Cosignatures that were carried back
        #[arg(long = "cosigned", value_name = "FILE")]
        cosigned: Vec<PathBuf>,
        /// An officer's key; two of different officers. Without it the cosignatures alone are taken in
        #[arg(long = "signer", value_name = "KEY.pem")]
        signers: Vec<PathBuf>,
    },
    /// Write what anybody downloads
    Publish {
        /// The folder of the centre
        #[arg(long)]
        dir: PathBuf,
        /// The folder to publish to
        #[arg(long)]
        to: PathBuf,
    },
}

/// Runs it.
pub fn run(shell: &Shell, command: Centre) -> Result {
    match command {
        Centre::Init { dir, election, leaf, key, log_key } => {
            let folder = inputs::folder(shell, &election)?;
            let pem = |path: &Path| Ok::<_, Failure>(String::from_utf8_lossy(&read(path)?).into_owned());
            let (centre, record_log) = (pem(&key)?, pem(&log_key)?);
            let keys = centre::CentreKeys { centre: &centre, record_log: &record_log };
            let room = Room::init(&dir, &folder, &read(&leaf)?, &keys)?;
            shell.say(format_args!("A centre in {}; election fingerprint {}", dir.display(), room.state().fingerprint));
        }
        Centre::Import { dir, network, stick, identity } => {
            let identity = read_identity(&identity)?;
            let mut room = Room::open(&dir)?;
            let report = match (network, stick) {
                (Some(export), _) => import_network(shell, &mut room, &export, &identity)?,
                (None, Some(stick)) => import_sticks(shell, &mut room, &stick, &identity)?,
                (None, None) => unreachable!("clap asks for one of them"),
            };
            return Ok(tell_import(shell, &report));
        }
        Centre::Status { dir } => {
            let room = Room::open(&dir)?;
            let (outcome, _) = room.outcome()?;
            shell.say(summary::offices(&room.frozen().definition, &outcome, shell.lang));
            if shell.json {
                shell.json(&summary::status_json(&outcome));
            }
        }
        Centre::Match { dir } => return compare(shell, &dir),
        Centre::Slip { dir, slips, party } => {
            let mut room = Room::open(&dir)?;
            for path in &slips {
                let text = String::from_utf8_lossy(&read(path)?).into_owned();
                let codes = text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect();
                let body = Body::Slip(Slip { codes, party: party.clone() });
                room.report(&[body], &inputs::clock()).at(path.display())?;
                shell.say(format_args!("{}: the signature holds; entered", path.display()));
            }
        }
        Centre::Decide { dir, station, act, reason, basis, evidence, signers } => {
            let mut room = Room::open(&dir)?;
            let order = order(&room, station, act, reason, basis, evidence)?;
            let keys = inputs::keys(&signers)?;
            let said = format!("{}: {:?} entered", order.station, order.effect);
            room.enter(&Body::Order(order), &inputs::signers(&keys), &inputs::clock())?;
            shell.say(said);
        }
        Centre::Opening { dir, station, follows, grounds, evidence, signers } => {
            let mut room = Room::open(&dir)?;
            let said = format!("{station}: follows {follows}; entered");
            let body = decisions::opening(&room, station, follows, grounds, evidence)?;
            enter(shell, &mut room, &body, &signers, &said)?;
        }
        Centre::Withdraw { dir, option, restore, grounds, evidence, signers } => {
            let mut room = Room::open(&dir)?;
            let said = format!("{option}: {}; entered", if restore { "stands again" } else { "withdrawn" });
            let body = decisions::withdrawal(&room, option, restore, grounds, evidence);
            enter(shell, &mut room, &body, &signers, &said)?;
        }
        Centre::Amend { dir, key, value, grounds, signers } => {
            let mut room = Room::open(&dir)?;
            let body = decisions::amendment(&room, key.clone(), value, grounds)?;
            enter(shell, &mut room, &body, &signers, &format!("{key}: amended; every report says so from now on"))?;
        }
        Centre::Lot { dir, lot, drawn, drawing, signers } => {
            let mut room = Room::open(&dir)?;
            let keys = inputs::keys(&signers)?;
            let outcome = tally::LotOutcome { id: tally::LotId(lot), drawn };
            room.enter(&Body::Lot(Lot { outcome, drawing }), &inputs::signers(&keys), &inputs::clock())?;
            shell.say("The lot is entered.");
        }
        Centre::Tally { dir, steps } => {
            let room = Room::open(&dir)?;
            let (outcome, _) = room.outcome()?;
            shell.say(summary::seats(&room.frozen().definition, &outcome, shell.lang));
            if steps {
                shell.say(summary::steps(&outcome, shell.lang));
            }
            if shell.json {
                shell.json(&json!({ "totals": outcome.totals, "allotments": outcome.allotments }));
            }
            let lots: Vec<_> = outcome.allotments.values().flat_map(|a| &a.lots_needed).collect();
            for lot in &lots {
                shell.say(summary::lot(&room.frozen().definition, lot, shell.lang));
            }
            return Ok(if lots.is_empty() { Verdict::Holds } else { Verdict::Missing });
        }
        Centre::Announce { dir, request, seen, cosigned, signers } => {
            let mut room = Room::open(&dir)?;
            if let Some(path) = request {
                write(&path, &room.request(seen)?.to_bytes())?;
                shell.say(format_args!("Carry {} to the witnesses.", path.display()));
                return Ok(Verdict::Holds);
            }
            for path in &cosigned {
                room.cosigned(&String::from_utf8_lossy(&read(path)?)).at(path.display())?;
            }
            let quorum = room.quorum()?;
            shell.say(format_args!("Cosigned by: {}", quorum.by.join(", ")));
            if signers.is_empty() {
                return Ok(if quorum.met { Verdict::Holds } else { Verdict::Missing });
            }
            let keys = inputs::keys(&signers)?;
            let version = room.announce(&inputs::signers(&keys), &inputs::clock())?;
            shell.say(format_args!("Version {version} is announced."));
            if shell.json {
                shell.json(&json!({ "version": version }));
            }
        }
        Centre::Publish { dir, to } => {
            let mut room = Room::open(&dir)?;
            publish(&mut room, &to)?;
            shell.say(format_args!("Published: {}", to.display()));
            shell.say(format_args!("Check it: sanad verify {} --root {}", to.display(), room.state().fingerprint));
        }
    }
    Ok(Verdict::Holds)
}

/// Enters what people signed.
fn enter(shell: &Shell, room: &mut Room, body: &Body, signers: &[PathBuf], said: &str) -> Result<()> {
    let keys = inputs::keys(signers)?;
    room.enter(body, &inputs::signers(&keys), &inputs::clock())?;
    shell.say(said);
    Ok(())
}

/// Publishes with the pages of the site.
pub fn publish(room: &mut Room, to: &Path) -> Result<()> {
    Ok(room.publish(to, &inputs::clock(), |publishing| {
        site::pages(&site::Site {
            definition: &publishing.centre.frozen().definition,
            fingerprint: publishing.centre.state().fingerprint,
            version: publishing.version,
            witnessed: true,
            state: publishing.centre.state(),
            outcome: publishing.outcome,
            figures: publishing.figures,
            documents: publishing.documents,
        })
    })?)
}

fn read_identity(path: &Path) -> Result<Identity> {
    let bytes = if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes)
            .map_err(|e| crate::shell::file_failure(path, &e))?;
        bytes
    } else {
        read(path)?
    };
    let text = String::from_utf8_lossy(&bytes);
    let line = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or_default();
    Identity::parse(line).at(path.display())
}

/// Imports an export of the intake: its log first, then its packages.
pub fn import_network(shell: &Shell, room: &mut Room, export: &Path, identity: &Identity) -> Result<ImportReport> {
    let position = room.import_intake_log(&export.join("intake"))?;
    let carrier = Carrier::look(&export.join("packages"))?;
    import(shell, room, &carrier, Medium::Network, Some(position), identity)
}

/// Imports a stick, or a folder with a folder for each stick.
pub fn import_sticks(shell: &Shell, room: &mut Room, stick: &Path, identity: &Identity) -> Result<ImportReport> {
    let carrier = Carrier::look(stick)?;
    import(shell, room, &carrier, Medium::Stick, None, identity)
}

fn import(
    shell: &Shell,
    room: &mut Room,
    carrier: &Carrier,
    medium: Medium,
    position: Option<record::entry::IntakePosition>,
    identity: &Identity,
) -> Result<ImportReport> {
    let bar = shell.progress(format!("import {}", medium.as_str()), carrier.len() as u64);
    let report = room.import(carrier, medium, position, identity, &inputs::clock(), |_| bar.inc(1))?;
    bar.finish_and_clear();
    Ok(report)
}

fn tell_import(shell: &Shell, report: &ImportReport) -> Verdict {
    for arrival in &report.arrivals {
        match &arrival.reason {
            Some((code, what)) => shell.say(format_args!("{}: refused [{code}] {what}; kept", arrival.name)),
            None => shell.say(format_args!("{}: {}", arrival.name, arrival.outcome)),
        }
    }
    for skipped in &report.skipped {
        shell.say(format_args!("{}: left alone, {}", skipped.path, skipped.why));
    }
    if shell.json {
        shell.json(report);
    }
    if report.arrivals.iter().any(|a| a.outcome == "refused") { Verdict::DoesNot } else { Verdict::Holds }
}

fn compare(shell: &Shell, dir: &Path) -> Result {
    let mut room = Room::open(dir)?;
    let comparison = room.compare(&inputs::clock())?;
    let (outcome, figures) = room.outcome()?;
    let def = &room.frozen().definition;
    shell.say(summary::offices(def, &outcome, shell.lang));
    let differences = summary::differences(def, &outcome, &figures, shell.lang);
    if !differences.is_empty() {
        shell.say(&differences);
    }
    if shell.json {
        shell.json(&comparison);
    }
    Ok(match (comparison.differing.is_empty(), comparison.both == comparison.expected) {
        (false, _) => Verdict::DoesNot,
        (true, false) => Verdict::Missing,
        (true, true) => Verdict::Holds,
    })
}

/// The nearest id is shown; none is ever taken for it.
pub fn unknown_station(room: &Room, station: &StationId) -> Failure {
    let ids = room.frozen().definition.stations.iter().map(|s| s.id.as_str());
    let near = election::nearest(station.as_str(), ids).map(|n| format!("; the nearest is '{n}'")).unwrap_or_default();
    let what = format!("the station '{station}' is not in the definition{near}");
    Failure::new("centre.station", what, "check the id with `sanad centre status`")
}

/// Words an act about a station as an order that takes the place of all that stand.
pub fn order(
    room: &Room,
    station: StationId,
    act: Act,
    reason: String,
    basis: String,
    evidence: Vec<Digest>,
) -> Result<Order> {
    let unknown = || unknown_station(room, &station);
    let known = room.state().evidence.get(&station).ok_or_else(unknown)?;
    let standing = room.state().standing(&room.frozen().definition, &station).ok_or_else(unknown)?;
    let one = |contents: &std::collections::BTreeSet<Content>, medium: &str| match contents.len() {
        1 => Ok(Effect::Count(*contents.first().expect("there is one"))),
        n => {
            let what = format!("the station {station} has {n} contents from the {medium}, not one");
            Err(Failure::new("centre.content", what, "look at them with `sanad centre match`"))
        }
    };
    let effect = match act {
        Act::CountNetwork => one(&standing.network, "network")?,
        Act::CountStick => one(&standing.stick, "stick")?,
        Act::NotOpened => Effect::NotOpened,
        Act::Cancel => Effect::Cancel,
        Act::Restore => Effect::Restore,
    };
    let mut supersedes: Vec<Digest> = known.heads.iter().map(|(digest, _)| *digest).collect();
    if effect == Effect::NotOpened {
        supersedes.extend(known.openings.iter().map(|(digest, _)| *digest));
    }
    Ok(Order { station, effect, reason, basis, evidence, supersedes })
}
