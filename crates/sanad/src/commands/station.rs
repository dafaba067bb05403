//! `sanad station`: polling day at one station, step by step.

use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueEnum, ValueHint};
use election::{DeviceId, Digest, PersonId, StationId};
use print::Paper as SlipPaper;
use serde_json::json;
use sign::SystemEntropy;
use station::{Config, Ground, Paper, Phase, RealDisk, Sealer, Station as Room};

use super::{station_adjudicate, station_scan};
use crate::inputs;
use crate::shell::{At, Failure, Fill, Result, Shell, Verdict, count, file_failure, read, text, write};

/// Polling day at one station.
#[derive(clap::Args)]
pub struct Args {
    /// The folder of the station
    #[arg(long, global = true, default_value = ".", value_hint = ValueHint::DirPath)]
    dir: PathBuf,
    #[command(subcommand)]
    command: Step,
}

/// The paper of a slip.
#[derive(Clone, Copy, ValueEnum)]
enum SlipSize {
    /// A4
    A4,
    /// A roll of 80 mm
    Roll,
}

#[derive(Subcommand)]
enum Step {
    /// Make the folder of a station
    ///
    /// Before polling day, on the station's device. Checks that the key list has this device, station and key together, and
    /// with --leaf that the fingerprint is that of leaf 0 over this very definition.
    #[command(
        after_help = "Example: sanad station prepare --dir s0101 --station 0101 --device d0101 --election election \
                            --fingerprint fingerprint.txt --leaf leaf-0.dsse.json --key d0101.key.pem"
    )]
    Prepare {
        /// The station
        #[arg(long)]
        station: StationId,
        /// The device
        #[arg(long)]
        device: DeviceId,
        /// The frozen definition
        #[arg(long, value_hint = ValueHint::DirPath)]
        election: PathBuf,
        /// The election fingerprint: sha256:… or a file that holds it
        #[arg(long, value_hint = ValueHint::FilePath)]
        fingerprint: String,
        /// Leaf 0, which the fingerprint is the hash of: both are checked
        #[arg(long, value_hint = ValueHint::FilePath)]
        leaf: Option<PathBuf>,
        /// The device's key
        #[arg(long, value_hint = ValueHint::FilePath)]
        key: PathBuf,
        /// Slots for ballots; by default twice those registered
        #[arg(long)]
        slots: Option<u32>,
    },
    /// Make the zero report and open the polls; refused when anything is left over
    #[command(after_help = "Example: sanad station open --dir s0101 --officer officer_1 --zero zero.pdf")]
    Open {
        /// The presiding officer
        #[arg(long)]
        officer: PersonId,
        /// Where the zero report is drawn
        #[arg(long, value_name = "FILE.pdf", value_hint = ValueHint::FilePath)]
        zero: Option<PathBuf>,
    },
    /// Count sheets
    ///
    /// 1 if any sheet is not counted: each is named with its reason, and the paper is put aside or fed again. What was counted
    /// is on the disk; a file that was read before counts once.
    #[command(after_help = "Examples: sanad station scan --dir s0101 scans/
          sanad station scan --dir s0101 --sane 'fujitsu:fi-7160:1' --sane-option 'source=ADF Duplex' \\
            --sane-option mode=Gray --sane-option resolution=200")]
    Scan {
        #[command(flatten)]
        from: station_scan::From,
    },
    /// Doubtful marks: list them, see one, or answer for one person
    ///
    /// Two people who agree settle a doubt; where they differ, a third answers. Nobody is shown what another answered. 3
    /// while any is open.
    #[command(after_help = "Examples: sanad station adjudicate --dir s0101 --person officer_1
          sanad station adjudicate --dir s0101 --person officer_1 --slot 17 --contest member --marked rose")]
    Adjudicate(station_adjudicate::Args),
    /// Write down the paper side of the ballot account
    #[command(
        after_help = "Example: sanad station enter --dir s0101 --officer officer_1 --received 120 --spoiled 1 --unused 59"
    )]
    Enter {
        /// Who writes it down
        #[arg(long)]
        officer: PersonId,
        /// Ballots delivered
        #[arg(long)]
        received: u32,
        /// Spoiled and handed back
        #[arg(long)]
        spoiled: u32,
        /// Not used
        #[arg(long)]
        unused: u32,
        /// Voters checked in, where that is counted
        #[arg(long)]
        checked_in: Option<u32>,
    },
    /// Close the polls, on the word of two officers
    ///
    /// Needs every doubt settled and the ballot account entered (3), and the account must hold (1).
    #[command(after_help = "Example: sanad station close --dir s0101 --officer officer_1 --officer officer_2")]
    Close {
        /// One officer and another
        #[arg(long = "officer", required = true, num_args = 1)]
        officers: Vec<PersonId>,
    },
    /// Totals, slip, both bags sealed, label; and further copies of the slip
    ///
    /// What is signed is signed once: run again it draws another copy with its number.
    #[command(after_help = "Example: sanad station report --dir s0101 --slip slip.pdf --paper a4")]
    Report {
        /// Where a copy of the slip is drawn
        #[arg(long, value_name = "FILE.pdf", value_hint = ValueHint::FilePath)]
        slip: Option<PathBuf>,
        /// Its paper
        #[arg(long, value_enum, default_value = "a4")]
        paper: SlipSize,
        /// The agent who gets it
        #[arg(long)]
        agent: Option<PersonId>,
    },
    /// Write the three files to a medium and read them back
    #[command(after_help = "Example: sanad station hand-over --dir s0101 /media/stick --name stick-0101")]
    HandOver {
        /// The folder of the medium
        #[arg(value_hint = ValueHint::DirPath)]
        medium: PathBuf,
        /// What to call it in the log
        #[arg(long, default_value = "medium")]
        name: String,
    },
    /// The phase, and how many sheets are counted; figures only after the report
    #[command(after_help = "Example: sanad station status --dir s0101 --lang ar")]
    Status,
}

/// What a station remembers of its surroundings, beside its own folder.
const FINGERPRINT: &str = "fingerprint.txt";

/// Runs it.
pub fn run(shell: &Shell, args: Args) -> Result {
    let Args { dir, command } = args;
    if let Step::Prepare { station, device, election, fingerprint, leaf, key, slots } = command {
        let wanted = Wanted { station, device, election, fingerprint, leaf, key, slots };
        return prepare(shell, &dir, &wanted);
    }
    let mut room = load(&dir)?;
    let now = now();
    match command {
        Step::Prepare { .. } => unreachable!("handled above"),
        Step::Open { officer, zero } => {
            known(&room, &officer)?;
            let zero = zero.map(|path| drawable(&path).map(|_| path)).transpose()?;
            room.open(&officer, &SystemEntropy, now)?;
            shell.tell("Zero report made; the polls are open. Nothing was left over.", &[]);
            if let Some(path) = &zero {
                draw(&room.zero_view(SlipPaper::A4)?, path)?;
                shell.tell("Zero report: {}", &[text(path.display())]);
            }
            step(shell, &room, json!({ "zero": zero }))
        }
        Step::Scan { from } => station_scan::scan(shell, &dir, &mut room, &from, now),
        Step::Adjudicate(args) => station_adjudicate::run(shell, &dir, &mut room, args, now),
        Step::Enter { officer, received, spoiled, unused, checked_in } => {
            known(&room, &officer)?;
            room.enter(Paper { received, spoiled, unused, checked_in }, &officer, now)?;
            shell.tell("Entered: received {}, spoiled {}, unused {}", &[received, spoiled, unused].map(count));
            step(shell, &room, json!({}))
        }
        Step::Close { officers } => {
            let [first, second] = &officers[..] else {
                let what = format!("closing takes two officers; {} given", officers.len());
                let next = "give --officer twice, with two different people";
                return Err(Failure::new("station.two_officers", what, next));
            };
            known(&room, first)?;
            known(&room, second)?;
            room.close(first, second, &SystemEntropy, now)?;
            shell.tell("The polls are closed. Next: sanad station report", &[]);
            step(shell, &room, json!({}))
        }
        Step::Report { slip, paper, agent } => report(shell, &dir, &mut room, (slip, paper, agent), now),
        Step::HandOver { medium, name } => {
            if medium.is_file() {
                let next = "name the folder of the medium";
                return Err(Failure::new("file", "this is a file, and a folder is needed", next).at(medium.display()));
            }
            let disk = RealDisk::medium(&medium).map_err(|e| file_failure(&medium, &e))?;
            room.hand_over(&name, &disk, now).at(medium.display())?;
            shell.tell("Three files written to {} and read back.", &[text(medium.display())]);
            step(shell, &room, json!({ "medium": medium }))
        }
        Step::Status => Ok(status(shell, &room)),
    }
}

/// The one object of a step: where the day stands, and what the step made.
fn step(shell: &Shell, room: &Room, made: serde_json::Value) -> Result {
    let state = room.state();
    let mut object = json!({
        "station": state.config.station, "device": state.config.device, "generation": state.generation,
        "phase": state.phase, "counted": room.counted(),
    });
    for (key, value) in made.as_object().into_iter().flatten() {
        object[key] = value.clone();
    }
    shell.json(&object);
    Ok(Verdict::Holds)
}

fn report(
    shell: &Shell,
    dir: &Path,
    room: &mut Room,
    (slip, paper, agent): (Option<PathBuf>, SlipSize, Option<PersonId>),
    now: i64,
) -> Result {
    if let Some(agent) = &agent {
        known(room, agent)?;
    }
    if let Some(path) = &slip {
        drawable(path)?;
    }
    let key = inputs::key(&device_dir(dir).join(&room.state().config.key))?;
    room.report(&Sealer { signer: &key, entropy: &SystemEntropy, draw: &station::draw }, now)?;
    if let Some(path) = &slip {
        let paper = match paper {
            SlipSize::A4 => SlipPaper::A4,
            SlipSize::Roll => SlipPaper::Roll80,
        };
        draw(&room.slip_copy(paper, agent.as_ref(), now)?, path)?;
        shell.tell("Slip: {}", &[text(path.display())]);
    }
    let results = room.sealed_results()?;
    let account = &results.account;
    shell.tell(
        "Sealed: {}. Cast {}, valid {}, blank {}, invalid {}, unread {}",
        &[
            text(room.file_name()),
            count(account.cast),
            count(account.valid),
            count(account.blank),
            count(account.invalid),
            count(account.unread),
        ],
    );
    shell.json(&results);
    Ok(Verdict::Holds)
}

fn status(shell: &Shell, room: &Room) -> Verdict {
    let status = room.status();
    shell.tell(
        "Station {}, device {}, generation {}: {} sheets counted, {} slots free",
        &[
            text(&status.station),
            text(&status.device),
            count(status.generation),
            count(status.counted),
            count(status.free),
        ],
    );
    shell.say(status.phase.say(shell.lang));
    for refused in &status.refused {
        shell.find("refused: {} [{}]", &[text(refused.input), text(&refused.code)]);
    }
    for (figure, sentence) in [
        (u64::from(status.same_file), "{} times a file was fed that had been read before; it counts once"),
        (status.look_alikes as u64, "{} pairs of sheets look alike: compare them with the paper"),
        (status.unsettled as u64, "{} doubtful contests are open: sanad station adjudicate"),
    ] {
        if figure > 0 {
            shell.find(sentence, &[count(figure)]);
        }
    }
    if status.phase == Phase::Open && !status.account_entered {
        shell.tell("The ballot account is not entered yet.", &[]);
    }
    if !status.media.is_empty() {
        shell.tell("Handed over on: {}", &[text(status.media.join(", "))]);
    }
    shell.tell("Next: {}", &[Fill::Words(status.phase.next(shell.lang))]);
    let mut object = serde_json::to_value(&status).expect("plain data is always JSON");
    object["sealed"] = json!(status.phase == Phase::Sealed);
    shell.json(&object);
    Verdict::Holds
}

/// A person of the definition; the nearest is shown where there is none.
pub(super) fn known(room: &Room, person: &PersonId) -> Result<()> {
    let people = &room.ground().definition.people;
    if people.iter().any(|p| p.id == *person) {
        return Ok(());
    }
    let what = format!("there is no person '{person}' in the definition");
    let known = people.iter().map(|p| p.id.as_str());
    Err(inputs::unknown("station.unknown_person", what, person.as_str(), known))
}

/// Is it a PNG? An ending of another kind is refused before anything is done.
fn drawable(path: &Path) -> Result<bool> {
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "png" => Ok(true),
        "pdf" => Ok(false),
        _ => {
            let next = "let the name end in .pdf or .png";
            Err(Failure::new("file.ending", "a drawing is PDF or PNG", next).at(path.display()))
        }
    }
}

fn draw(view: &print::SlipView, path: &Path) -> Result<()> {
    let drawn = print::slip(view)?;
    write(path, &if drawable(path)? { drawn.png(0, 200)? } else { drawn.pdf()? })
}

fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

fn ground(election: &Path, fingerprint: Digest) -> Result<Ground> {
    let (folder, definition) = inputs::definition(election)?;
    let keys = inputs::key_lists(election, &folder, &definition)?;
    Ok(Ground {
        definition,
        digest: folder.digest(),
        keys,
        fingerprint,
        build: format!("sanad {}", env!("CARGO_PKG_VERSION")),
    })
}

/// The folder of the device itself lies in the station's, beside what the command adds.
fn device_dir(dir: &Path) -> PathBuf {
    dir.join("device")
}

/// What a station is prepared with.
struct Wanted {
    station: StationId,
    device: DeviceId,
    election: PathBuf,
    fingerprint: String,
    leaf: Option<PathBuf>,
    key: PathBuf,
    slots: Option<u32>,
}

fn prepare(shell: &Shell, dir: &Path, wanted: &Wanted) -> Result {
    let ground = ground(&wanted.election, inputs::fingerprint(&wanted.fingerprint)?)?;
    let Some(place) = ground.definition.station(&wanted.station) else {
        let what = format!("there is no station '{}' in the definition", wanted.station);
        let known = ground.definition.stations.iter().map(|s| s.id.as_str());
        return Err(inputs::unknown("station.unknown", what, wanted.station.as_str(), known));
    };
    let registered = place.registered;
    listed(&ground, wanted)?;
    match &wanted.leaf {
        Some(leaf) => check_leaf(&ground, wanted, leaf)?,
        None => shell.warn(shell.worded(
            "The fingerprint is not checked against leaf 0: compare it with the gazette, or give --leaf.",
            &[],
        )),
    }
    let absolute = |path: &Path| -> Result<String> {
        Ok(std::fs::canonicalize(path).map_err(|e| file_failure(path, &e))?.to_string_lossy().into_owned())
    };
    let config = Config {
        mode: ground.definition.scope.mode,
        slots: wanted.slots.unwrap_or(registered.saturating_mul(2).max(50)),
        slot_bytes: station::SLOT_BYTES,
        election: absolute(&wanted.election)?,
        key: absolute(&wanted.key)?,
        station: wanted.station.clone(),
        device: wanted.device.clone(),
    };
    let fingerprint = format!("{}\n", ground.fingerprint);
    let inside = device_dir(dir);
    let disk = disk(&inside)?;
    let room = Room::prepare(Box::new(disk), ground, config, now()).at(dir.display())?;
    write(&dir.join(FINGERPRINT), fingerprint.as_bytes())?;
    shell.tell("Station {} is prepared. Next: sanad station open", &[text(&wanted.station)]);
    step(shell, &room, json!({ "slots": room.state().config.slots }))
}

/// Does the key list have this device, station and key together? On polling night it would be too late to ask.
fn listed(ground: &Ground, wanted: &Wanted) -> Result<()> {
    let Wanted { station, device, key, .. } = wanted;
    let own = sign::Signer::public_key(&inputs::key(key)?).to_string();
    let next = "check --station, --device and --key; on polling night it would be too late";
    let Some(row) = ground.keys.device(device) else {
        let what = format!("keys/devices.csv does not list the device '{device}'");
        let known = ground.keys.devices.iter().map(|d| d.device.as_str());
        return Err(inputs::unknown("station.not_listed", what, device.as_str(), known));
    };
    if row.station != *station {
        let what = format!("keys/devices.csv lists the device {device} for station {}, not {station}", row.station);
        return Err(Failure::new("station.not_listed", what, next));
    }
    if row.key != own {
        let what = format!("keys/devices.csv lists another key for the device {device}");
        return Err(Failure::new("station.not_listed", what, next).at(key.display()));
    }
    Ok(())
}

/// Is the fingerprint that of leaf 0, and did the board freeze this very definition with it?
fn check_leaf(ground: &Ground, wanted: &Wanted, path: &Path) -> Result<()> {
    let leaf = read(path)?;
    let found = Digest::of(&leaf);
    if found != ground.fingerprint {
        let what = format!("leaf 0 has the fingerprint {found}, and {} was given", ground.fingerprint);
        let next = "compare both with the gazette; do not open the polls before they agree";
        return Err(Failure::new("station.other_fingerprint", what, next).at(path.display()));
    }
    let (_, frozen) = inputs::frozen(&wanted.election)?;
    record::State::begin(&frozen, &leaf).at(path.display())?;
    Ok(())
}

/// The disk of the device; one command at a time works on it.
fn disk(inside: &Path) -> Result<RealDisk> {
    RealDisk::open(inside).map_err(|error| match error.kind() {
        std::io::ErrorKind::WouldBlock => {
            let next = "wait until it has ended, then run this one again";
            Failure::new("station.busy", "another command is working on this station", next).at(inside.display())
        }
        _ => file_failure(inside, &error),
    })
}

fn load(dir: &Path) -> Result<Room> {
    let inside = device_dir(dir);
    let state = inside.join("state.json");
    if !state.is_file() {
        let next = "check --dir; a station is made with `sanad station prepare`";
        return Err(Failure::new("station.not_prepared", "there is no station in this folder", next).at(dir.display()));
    }
    let state_text = read(&state)?;
    let parsed: station::State = serde_json::from_slice(&state_text).map_err(|e| {
        let next = "the station's folder is damaged; use the spare device";
        Failure::new("station.state", e.to_string(), next).at(state.display())
    })?;
    let fingerprint = inputs::fingerprint(&dir.join(FINGERPRINT).to_string_lossy())?;
    // A path that is not absolute is from the device's own folder.
    let ground = ground(&inside.join(&parsed.config.election), fingerprint)?;
    let disk = disk(&inside)?;
    Room::load(Box::new(disk), ground, now()).at(dir.display())
}
