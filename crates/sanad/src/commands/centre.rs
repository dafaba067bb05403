//! `sanad centre`: the isolated tally centre, step by step.

use std::path::{Path, PathBuf};

use centre::Centre as Room;
use clap::{Subcommand, ValueHint};
use election::{Digest, FindingRule, Role, StationId};
use record::entry::{Absence, Order, Slip};
use record::{Body, Medium};
use serde_json::json;

use super::case::one_of;
use super::case_order;
use super::centre_desk;
use super::centre_findings::{self, Named};
use super::centre_isolation;
use super::centre_order::{self, Act, order};
use super::centre_privacy;
use super::centre_rotate;
use super::centre_status;
use super::decisions::{self, Grounds};
use super::equivocations;
use super::import;
use crate::inputs;
use crate::shell::{At, Failure, Fill, Result, Shell, Verdict, count, read, text, write};
use crate::{slips, summary};

/// The tally centre.
#[derive(Subcommand)]
pub enum Centre {
    /// Make the folder of a centre
    ///
    /// Checks leaf 0 against the definition, and both keys against its key list.
    #[command(after_help = "Example: sanad centre init --dir centre --election election --leaf leaf-0.dsse.json \
                            --key centre.key.pem --log-key record_log.key.pem")]
    Init {
        /// The folder
        #[arg(long, value_hint = ValueHint::DirPath)]
        dir: PathBuf,
        /// The frozen definition
        #[arg(long, value_hint = ValueHint::DirPath)]
        election: PathBuf,
        /// Leaf 0
        #[arg(long, value_hint = ValueHint::FilePath)]
        leaf: PathBuf,
        /// The centre's own key
        #[arg(long, value_hint = ValueHint::FilePath)]
        key: PathBuf,
        /// The key of the record's checkpoints
        #[arg(long, value_hint = ValueHint::FilePath)]
        log_key: PathBuf,
    },
    /// Import an export of the intake, or a stick
    ///
    /// Each package is opened, checked and entered, or refused with its reason and kept (1). What was imported before is
    /// entered once. 3 where there is no package at all. The transmission report of an export is entered with what it adds
    /// up to; one that does not hold is refused (1) and keeps no package out.
    #[command(
        after_help = "Example: sanad key join share-1.txt share-2.txt | sanad centre import --dir centre --stick sticks --identity -"
    )]
    Import {
        /// The folder of the centre
        #[arg(long, value_hint = ValueHint::DirPath)]
        dir: PathBuf,
        /// The export that was carried over from the receiving service
        #[arg(long, conflicts_with = "stick", required_unless_present = "stick", value_hint = ValueHint::DirPath)]
        network: Option<PathBuf>,
        /// A stick, or a folder of sticks
        #[arg(long, value_hint = ValueHint::DirPath)]
        stick: Option<PathBuf>,
        /// The joined identity (see `sanad key join`); - for standard input
        #[arg(long, value_hint = ValueHint::FilePath)]
        identity: PathBuf,
    },
    /// What is expected, what has come, what agrees
    ///
    /// By office: copies from the network and from sticks, identical and differing ones, standings. Nothing is rounded up.
    #[command(after_help = "Example: sanad centre status --dir demo/centre --lang ckb")]
    Status {
        /// The folder of the centre
        #[arg(long, value_hint = ValueHint::DirPath)]
        dir: PathBuf,
    },
    /// What the rules R.501 to R.509 find, of how many stations
    ///
    /// Which rules are asked, and from where on a figure is a finding, was frozen before the polls ([findings] of election.toml). A finding
    /// leaves no station out; an order may name it with --finding. Shares are rounded down.
    #[command(after_help = "Example: sanad centre findings --dir centre --rule R.505")]
    Findings {
        /// The folder of the centre
        #[arg(long, value_hint = ValueHint::DirPath)]
        dir: PathBuf,
        /// This rule alone
        #[arg(long)]
        rule: Option<FindingRule>,
    },
    /// Read the whole disk of the centre again: every file that a leaf of the record names
    ///
    /// 1 if any is missing or altered.
    #[command(after_help = "Example: sanad centre check --dir centre")]
    Check {
        /// The folder of the centre
        #[arg(long, value_hint = ValueHint::DirPath)]
        dir: PathBuf,
    },
    /// Look at what is up on this machine: interfaces, radios, routes and sockets that wait for others
    ///
    /// Beside each, whether [isolation] of the rules lists it. 1 if something is not listed, 3 where the rules have no [isolation]. Importing,
    /// announcing and publishing look by themselves, enter it, and stop in an official election.
    #[command(after_help = "Example: sanad centre isolation --dir centre --record")]
    Isolation {
        /// The folder of the centre
        #[arg(long, value_hint = ValueHint::DirPath)]
        dir: PathBuf,
        /// Enter what was seen in the record
        #[arg(long)]
        record: bool,
    },
    /// Compare both channels, enter the comparison, and show every difference down to the candidate
    ///
    /// 1 if any station differs, else 3 if any lacks a copy.
    #[command(after_help = "Example: sanad centre match --dir centre")]
    Match {
        /// The folder of the centre
        #[arg(long, value_hint = ValueHint::DirPath)]
        dir: PathBuf,
    },
    /// Enter slips of agents: an evidence independent of both channels
    ///
    /// Each signature is checked with the frozen key list before the slip is entered; one that does not hold is refused (1).
    #[command(after_help = "Example: sanad centre slip --dir centre --party palm slips/0101.png")]
    Slip {
        /// The folder of the centre
        #[arg(long, value_hint = ValueHint::DirPath)]
        dir: PathBuf,
        /// Photos, or files with the texts of a slip's codes, one a line; one file a slip
        #[arg(required = true, value_hint = ValueHint::FilePath)]
        slips: Vec<PathBuf>,
        /// The party whose agent holds them; without it they are no second evidence of a copy that came alone
        #[arg(long)]
        party: Option<election::PartyId>,
    },
    /// Every station that is open, with all that is known of it and the command of each decision
    ///
    /// Copies that differ, came alone, late or of another device, with slips, counts by hand and orders; of one station also its
    /// figures side by side. 3 while any is open.
    #[command(after_help = "Example: sanad centre desk --dir demo/centre")]
    Desk {
        /// The folder of the centre
        #[arg(long, value_hint = ValueHint::DirPath)]
        dir: PathBuf,
        /// One station alone, open or not
        station: Option<StationId>,
    },
    /// An order about one station: first what it changes, then, signed by two officers, the order
    ///
    /// Without --signer it only shows which stations, votes, seats and people elected would change. With two officers' keys it shows the
    /// same and enters the order: public, with its reason and legal basis. It takes the place of every order about the station that
    /// stands. A copy that came alone is counted only with --absent, and with an agent's slip or a count by hand in the record that has
    /// its figures; else 3.
    #[command(
        after_help = "Example: sanad centre decide --dir centre --station 0101 --act cancel --reason 'the box was open' \
                            --basis 'article 38' --signer officer_1.key.pem --signer officer_2.key.pem"
    )]
    Decide {
        /// The folder of the centre
        #[arg(long, value_hint = ValueHint::DirPath)]
        dir: PathBuf,
        /// The station
        #[arg(long)]
        station: StationId,
        /// What it does
        #[arg(long, value_enum)]
        act: Act,
        /// Of a copy that came alone: why nothing came by the other channel
        #[arg(long, value_parser = one_of(&Absence::WORDS))]
        absent: Option<Absence>,
        /// Why, in words
        #[arg(long)]
        reason: String,
        /// The legal basis
        #[arg(long)]
        basis: String,
        /// SHA-256 of evidence it rests on
        #[arg(long)]
        evidence: Vec<Digest>,
        #[command(flatten)]
        named: Named,
        /// An officer's key; two of different officers. Without it nothing is entered
        #[arg(long = "signer", value_name = "KEY.pem", value_hint = ValueHint::FilePath)]
        signers: Vec<PathBuf>,
    },
    /// Which letter a station's registration figure follows, where letters disagree; signed by two officers
    ///
    /// The letters and their figures come from the frozen definition; the decision names the one that binds.
    #[command(
        after_help = "Example: sanad centre opening --dir centre --station 0101 --follows letter_2 --reason 'the younger \
                            letter' --basis 'article 7' --signer officer_1.key.pem --signer officer_2.key.pem"
    )]
    Opening {
        /// The folder of the centre
        #[arg(long, value_hint = ValueHint::DirPath)]
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
    ///
    /// What becomes of the votes is a rule of the definition; reports show the figures before and after.
    #[command(
        after_help = "Example: sanad centre withdraw --dir centre --option rose --reason 'withdrew by letter 12' \
                            --basis 'article 20' --signer officer_1.key.pem --signer officer_2.key.pem"
    )]
    Withdraw {
        /// The folder of the centre
        #[arg(long, value_hint = ValueHint::DirPath)]
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
    ///
    /// What the rule said before stands in the leaf, so that two amendments cannot pass each other unseen.
    #[command(
        after_help = "Example: sanad centre amend --dir centre --key seats.threshold --value 4/100 --reason 'law 9' \
                            --basis 'article 3' --signer chair.key.pem --signer deputy.key.pem"
    )]
    Amend {
        /// The folder of the centre
        #[arg(long, value_hint = ValueHint::DirPath)]
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
    /// Enter that a witness cosigns with another key from here on: as many of the board as its threshold
    ///
    /// The request is what `sanad witness rotate` wrote. A cosignature by the old key counts for checkpoints before this leaf alone, one by
    /// the new key for those after it. Who runs the witness, and of which group it is, stays as it was frozen. Without --signer it only
    /// shows what the request asks for.
    #[command(
        after_help = "Example: sanad centre rotate --dir centre rotation.txt --basis 'article 9' --signer chair.key.pem \
                            --signer deputy.key.pem"
    )]
    Rotate(centre_rotate::Rotate),
    /// Enter a lot that was drawn before the representatives
    ///
    /// `sanad centre tally` names the lot and between whom it is drawn. Other names, or other than as many as seats, are refused.
    /// One that was entered wrongly is entered again with --corrects: both leaves stay, and the last one counts.
    #[command(after_help = "Example: sanad centre lot --dir centre --lot list_seats:baghdad --drawn baghdad_101 \
                            --drawing 'urn, before all agents' --signer officer_1.key.pem --signer officer_2.key.pem")]
    Lot {
        /// The folder of the centre
        #[arg(long, value_hint = ValueHint::DirPath)]
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
        /// It was entered wrongly: this takes the place of what stands
        #[arg(long)]
        corrects: bool,
        /// An officer's key; two of different officers
        #[arg(long = "signer", value_name = "KEY.pem", required = true, value_hint = ValueHint::FilePath)]
        signers: Vec<PathBuf>,
    },
    /// Votes and seats as they stand, with every quotient and step
    ///
    /// 3 while a lot is to be drawn.
    #[command(after_help = "Example: sanad centre tally --dir centre --steps")]
    Tally {
        /// The folder of the centre
        #[arg(long, value_hint = ValueHint::DirPath)]
        dir: PathBuf,
        /// Show every step
        #[arg(long)]
        steps: bool,
    },
    /// Write what witnesses are asked to cosign, take their lines, announce
    ///
    /// First --request, then --cosigned with what came back, then --signer twice. 3 while the witnesses' quorum is not met or
    /// a lot is to be drawn. Before the polls, where the definition has law.polls_open, the same --request and --cosigned (all lines in
    /// one call, no --signer) have the record keep that the witnesses had seen the freeze, and every change of rules and keys, by then.
    #[command(
        after_help = "Example: sanad centre announce --dir centre --cosigned court.txt --signer officer_1.key.pem \
                            --signer officer_2.key.pem"
    )]
    Announce {
        /// The folder of the centre
        #[arg(long, value_hint = ValueHint::DirPath)]
        dir: PathBuf,
        /// Only write the request for witnesses to this file
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        request: Option<PathBuf>,
        /// The size the witness has seen, for --request
        #[arg(long, default_value_t = 0)]
        seen: u64,
        /// Cosignatures that were carried back
        #[arg(long = "cosigned", value_name = "FILE", value_hint = ValueHint::FilePath)]
        cosigned: Vec<PathBuf>,
        /// An officer's key; two of different officers. Without it the cosignatures alone are taken in
        #[arg(long = "signer", value_name = "KEY.pem", value_hint = ValueHint::FilePath)]
        signers: Vec<PathBuf>,
    },
    /// What the figures tell of few voters: small stations, unanimous ones, ballots that are alone
    ///
    /// Counts them by station, contest and constituency, as privacy.csv of the publication does, and says what is published of each.
    /// Patterns of marks are counted and never shown.
    #[command(after_help = "Example: sanad centre privacy --dir centre")]
    Privacy {
        /// The folder of the centre
        #[arg(long, value_hint = ValueHint::DirPath)]
        dir: PathBuf,
    },
    /// Pictures of contests that wait for two officers, and their word on what stays hidden
    ///
    /// Only where privacy.images_from lets pictures be published: of single contests, never of whole ballots. Marked are those with
    /// ink where nothing is printed and nothing is asked. They stay hidden unless --show names them, among others drawn at random
    /// where they would be too few. 3 while any folder waits.
    #[command(
        after_help = "Example: sanad centre redact --dir centre --folder stations/0101/d0101-1 --show member:17 \
                      --signer officer_1.key.pem --signer officer_2.key.pem"
    )]
    Redact(centre_privacy::Redact),
    /// Write what anybody downloads
    ///
    /// Have the witnesses cosign the record once more and run it again: the publication then carries their lines on its end.
    #[command(after_help = "Example: sanad centre publish --dir centre --to publication")]
    Publish {
        /// The folder of the centre
        #[arg(long, value_hint = ValueHint::DirPath)]
        dir: PathBuf,
        /// The folder to publish to
        #[arg(long, value_hint = ValueHint::DirPath)]
        to: PathBuf,
    },
}

/// Opens a centre, naming its folder in the error.
pub fn open(dir: &Path) -> Result<Room> {
    Room::open(dir).at(dir.display()).map_err(|failure| match failure.code() {
        "centre.folder" => failure.hint("name the folder that `sanad centre init` made"),
        _ => failure,
    })
}

/// Runs it.
pub fn run(shell: &Shell, command: Centre) -> Result {
    match command {
        Centre::Init { dir, election, leaf, key, log_key } => init(shell, &dir, &election, &leaf, &key, &log_key),
        Centre::Import { dir, network, stick, identity } => {
            let identity = inputs::identity(&identity)?;
            let mut room = open(&dir)?;
            let (medium, report) = match (network, stick) {
                (Some(export), _) => (Medium::Network, import::network(shell, &mut room, &export, &identity)?),
                (None, Some(stick)) => (Medium::Stick, import::sticks(shell, &mut room, &stick, &identity)?),
                (None, None) => unreachable!("clap asks for one of them"),
            };
            centre_isolation::warn(shell, &room);
            Ok(import::tell(shell, medium, &report, &|| equivocations::prove(shell, &dir, &room)))
        }
        Centre::Status { dir } => {
            let room = open(&dir)?;
            centre_status::status(shell, &room)
        }
        Centre::Findings { dir, rule } => centre_findings::findings(shell, &open(&dir)?, rule),
        Centre::Check { dir } => {
            let room = open(&dir)?;
            centre_status::check(shell, &room)
        }
        Centre::Isolation { dir, record } => centre_isolation::isolation(shell, &mut open(&dir)?, record),
        Centre::Match { dir } => compare(shell, &dir),
        Centre::Slip { dir, slips, party } => enter_slips(shell, &dir, &slips, party),
        Centre::Desk { dir, station } => centre_desk::desk(shell, &dir, station),
        Centre::Decide { dir, station, act, absent, reason, basis, evidence, named, signers } => {
            let mut room = open(&dir)?;
            let findings = named.findings.into_iter().collect();
            let order = Order { findings, ..order(&room, station, act, absent, reason, basis, evidence)? };
            let keys = inputs::keys_of(&room.state().signatories, Role::Officer, &signers)?;
            case_order::enter(shell, &mut room, act, order, &keys)
        }
        Centre::Opening { dir, station, follows, grounds, evidence, signers } => {
            let mut room = open(&dir)?;
            let fills = [text(&station), text(&follows)];
            let body = decisions::opening(&room, station, follows, grounds, evidence)?;
            enter(
                shell,
                &mut room,
                &body,
                (Role::Officer, &signers),
                "station {}: entered, it follows the letter {}",
                &fills,
            )
        }
        Centre::Withdraw { dir, option, restore, grounds, evidence, signers } => {
            let mut room = open(&dir)?;
            let fills = [text(&option)];
            let said = if restore { "{}: entered, it stands again" } else { "{}: entered, it has withdrawn" };
            let body = decisions::withdrawal(&room, option, restore, grounds, evidence);
            enter(shell, &mut room, &body, (Role::Officer, &signers), said, &fills)
        }
        Centre::Amend { dir, key, value, grounds, signers } => {
            let mut room = open(&dir)?;
            let body = decisions::amendment(&room, key.clone(), value, grounds)?;
            let said = "{}: amended; every report says so from now on";
            enter(shell, &mut room, &body, (Role::Board, &signers), said, &[text(key)])
        }
        Centre::Rotate(args) => centre_rotate::rotate(shell, &args),
        Centre::Lot { dir, lot, drawn, drawing, corrects, signers } => {
            let mut room = open(&dir)?;
            let body = Body::Lot(centre_order::lot(&room, lot, drawn, drawing, corrects)?);
            enter(shell, &mut room, &body, (Role::Officer, &signers), "The lot is entered.", &[])
        }
        Centre::Tally { dir, steps } => tally(shell, &dir, steps),
        Centre::Announce { dir, request, seen, cosigned, signers } => {
            let mut room = open(&dir)?;
            match request {
                Some(path) => {
                    write(&path, &room.request(seen)?.to_bytes())?;
                    shell.tell("Carry {} to the witnesses.", &[text(path.display())]);
                    shell.json(&json!({ "request": path }));
                    Ok(Verdict::Holds)
                }
                None => announce(shell, &mut room, &cosigned, &signers),
            }
        }
        Centre::Privacy { dir } => centre_privacy::privacy(shell, &dir),
        Centre::Redact(args) => centre_privacy::redact(shell, &args),
        Centre::Publish { dir, to } => {
            let mut room = open(&dir)?;
            publish(shell, &mut room, &to)?;
            centre_isolation::warn(shell, &room);
            let fingerprint = room.state().fingerprint;
            shell.tell("Published: {}", &[text(to.display())]);
            shell.tell("Check it: sanad verify {} --root {}", &[text(to.display()), text(fingerprint)]);
            shell.json(&json!({ "publication": to, "fingerprint": fingerprint }));
            Ok(Verdict::Holds)
        }
    }
}

fn init(shell: &Shell, dir: &Path, election: &Path, leaf: &Path, key: &Path, log_key: &Path) -> Result {
    let (folder, frozen) = inputs::frozen(election)?;
    let listed = |service: election::Service, path: &Path| -> Result<String> {
        let own = sign::Signer::public_key(&inputs::key(path)?).to_string();
        if frozen.lists.service(service) != Some(own.as_str()) {
            let what = format!("keys/services.csv lists another key for {}", service.as_str());
            let next = "give the key file whose public key the board has frozen";
            return Err(Failure::new("centre.other_key", what, next).at(path.display()));
        }
        Ok(String::from_utf8_lossy(&read(path)?).into_owned())
    };
    let centre = listed(election::Service::Centre, key)?;
    let record_log = listed(election::Service::RecordLog, log_key)?;
    let keys = centre::CentreKeys { centre: &centre, record_log: &record_log };
    let room = Room::init(dir, &folder, &read(leaf)?, &keys).at(dir.display())?;
    let fingerprint = room.state().fingerprint;
    shell.tell("A centre in {}; election fingerprint {}", &[text(dir.display()), text(fingerprint)]);
    shell.json(&json!({ "folder": dir, "fingerprint": fingerprint }));
    Ok(Verdict::Holds)
}

/// The nearest id is shown; none is ever taken for it.
pub fn known_party(room: &Room, party: Option<&election::PartyId>) -> Result<()> {
    let parties = &room.frozen().definition.parties;
    let Some(party) = party.filter(|party| !parties.iter().any(|own| own.id == **party)) else { return Ok(()) };
    let what = format!("there is no party '{party}' in the definition");
    Err(inputs::unknown("centre.party", what, party.as_str(), parties.iter().map(|own| own.id.as_str())))
}

fn enter_slips(shell: &Shell, dir: &Path, paths: &[PathBuf], party: Option<election::PartyId>) -> Result {
    let mut room = open(dir)?;
    known_party(&room, party.as_ref())?;
    let mut entered = Vec::new();
    for path in paths {
        let codes = slips::codes_of(path)?;
        if codes.is_empty() {
            return Err(slips::no_code().at(path.display()));
        }
        let body = Body::Slip(Slip { codes, party: party.clone() });
        room.report(&[body], &inputs::clock()).at(path.display())?;
        shell.tell("{}: the signature holds; entered", &[text(path.display())]);
        entered.push(path);
    }
    let proofs = equivocations::prove(shell, dir, &room);
    shell.json(&json!({ "entered": entered, "proofs": proofs }));
    Ok(Verdict::Holds)
}

fn tally(shell: &Shell, dir: &Path, steps: bool) -> Result {
    let room = open(dir)?;
    let (outcome, _) = room.outcome()?;
    let def = &room.frozen().definition;
    record::statement::banner(&outcome, shell.lang).iter().for_each(|line| shell.say(line));
    shell.say(summary::seats(def, &outcome, shell.lang));
    if steps {
        shell.say(summary::steps(&outcome, shell.lang));
    }
    shell.json(&json!({ "totals": outcome.totals, "allotments": outcome.allotments }));
    let lots: Vec<_> = outcome.allotments.values().flat_map(|a| &a.lots_needed).collect();
    for lot in &lots {
        shell.found(summary::lot(def, lot, shell.lang));
    }
    Ok(if lots.is_empty() { Verdict::Holds } else { Verdict::Missing })
}

fn announce(shell: &Shell, room: &mut Room, cosigned: &[PathBuf], signers: &[PathBuf]) -> Result {
    for path in cosigned {
        room.cosigned(&String::from_utf8_lossy(&read(path)?)).at(path.display())?;
    }
    let quorum = room.quorum()?;
    if signers.is_empty() {
        let is_kept = !cosigned.is_empty() && room.keep_sight(&inputs::clock())?;
        let verdict = super::witness::quorum(shell, &quorum);
        if is_kept {
            let leaf = room.log().size() - 1;
            shell.tell("The record keeps, as leaf {}, what the witnesses had seen before the polls", &[count(leaf)]);
        }
        return Ok(verdict);
    }
    super::witness::cosigned_by(shell, &quorum);
    let keys = inputs::keys_of(&room.state().signatories, Role::Officer, signers)?;
    let version = room.announce(&inputs::signers(&keys), &inputs::clock()).map_err(|error| {
        let next = "write a request with --request, have it cosigned, and give the lines with --cosigned";
        let failure = Failure::from(error);
        if quorum.met { failure } else { failure.hint(next) }
    })?;
    centre_isolation::warn(shell, room);
    shell.tell("Version {} is announced.", &[count(version)]);
    shell.json(&json!({ "version": version }));
    Ok(Verdict::Holds)
}

/// Enters what people of one role signed.
fn enter(
    shell: &Shell,
    room: &mut Room,
    body: &Body,
    (role, signers): (Role, &[PathBuf]),
    said: &'static str,
    fills: &[Fill],
) -> Result {
    let keys = inputs::keys_of(&room.state().signatories, role, signers)?;
    room.enter(body, &inputs::signers(&keys), &inputs::clock())?;
    shell.tell(said, fills);
    shell.json(&json!({ "entered": body.kind(), "leaf": room.log().size() - 1 }));
    Ok(Verdict::Holds)
}

/// Publishes with the pages of the site.
pub fn publish(shell: &Shell, room: &mut Room, to: &Path) -> Result<()> {
    let bar = shell.progress("publish", 0);
    let again = room.is_unwritten()?;
    let size = room.log().size();
    let done = room.publish(to, &inputs::clock(), site::pages).at(to.display());
    bar.finish_and_clear();
    if done.is_err() && room.is_unwritten()? {
        let next = "run the same command again when the disk can be written to: the record has this publication, and its folder is wanting";
        return done.map_err(|failure| failure.hint(next));
    }
    if again && done.is_ok() && room.log().size() == size {
        shell.tell("The record had this publication already; its folder is written now.", &[]);
    }
    done
}

fn compare(shell: &Shell, dir: &Path) -> Result {
    let mut room = open(dir)?;
    let comparison = room.compare(&inputs::clock())?;
    let (outcome, figures) = room.outcome()?;
    let def = &room.frozen().definition;
    shell.say(summary::offices(def, &outcome, shell.lang));
    let differences = summary::differences(def, &outcome, &figures, shell.lang);
    if !differences.is_empty() {
        shell.found(&differences);
    }
    centre_status::accounts(shell, &outcome);
    let proofs = equivocations::prove(shell, dir, &room);
    let mut object = serde_json::to_value(&comparison).expect("plain data is always JSON");
    object["proofs"] = json!(proofs);
    shell.json(&object);
    Ok(match (comparison.differing.is_empty(), comparison.both == comparison.expected) {
        (false, _) => Verdict::DoesNot,
        (true, false) => Verdict::Missing,
        (true, true) => Verdict::Holds,
    })
}
