//! `sanad station`: polling day at one station, step by step.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use ballot::Design;
use clap::{Subcommand, ValueEnum};
use election::{ContestId, DeviceId, KeyLists, OptionId, PersonId, StationId};
use print::Paper as SlipPaper;
use serde_json::json;
use sign::SystemEntropy;
use station::{BallotReader, Config, Ground, Outcome, Paper, Phase, RealDisk, Sealer, Sheet, Slot, Station as Room};

use crate::inputs;
use crate::shell::{At, Failure, Result, Shell, Verdict, file_failure, read, write};

/// Polling day at one station.
#[derive(clap::Args)]
pub struct Args {
    /// The folder of the station
    #[arg(long, global = true, default_value = ".")]
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
    Prepare {
        /// The station
        #[arg(long)]
        station: StationId,
        /// The device
        #[arg(long)]
        device: DeviceId,
        /// The frozen definition
        #[arg(long)]
        election: PathBuf,
        /// The election fingerprint: sha256:… or a file that holds it
        #[arg(long)]
        fingerprint: String,
        /// The device's key
        #[arg(long)]
        key: PathBuf,
        /// Slots for ballots; by default twice those registered
        #[arg(long)]
        slots: Option<u32>,
    },
    /// Make the zero report and open the polls; refused when anything is left over
    Open {
        /// The presiding officer
        #[arg(long)]
        officer: PersonId,
        /// Where the zero report is drawn
        #[arg(long, value_name = "FILE.pdf")]
        zero: Option<PathBuf>,
    },
    /// Count sheets
    Scan {
        /// Images, or folders of images; front and back of a sheet one after the other
        #[arg(required = true)]
        images: Vec<PathBuf>,
    },
    /// Doubtful marks: list them, see one, or answer for one person
    Adjudicate {
        /// The person who answers
        #[arg(long, requires = "slot")]
        person: Option<PersonId>,
        /// The sheet
        #[arg(long, requires = "contest")]
        slot: Option<Slot>,
        /// The contest
        #[arg(long)]
        contest: Option<ContestId>,
        /// An option that the person sees as marked; none means that no doubtful one is
        #[arg(long)]
        marked: Vec<OptionId>,
        /// Write the pictures of all doubtful contests to this folder
        #[arg(long, value_name = "DIR")]
        pictures: Option<PathBuf>,
    },
    /// Write down the paper side of the ballot account
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
    Close {
        /// One officer and another
        #[arg(long = "officer", required = true, num_args = 1)]
        officers: Vec<PersonId>,
    },
    /// Totals, slip, both bags sealed, label; and further copies of the slip
    Report {
        /// Where a copy of the slip is drawn
        #[arg(long, value_name = "FILE.pdf")]
        slip: Option<PathBuf>,
        /// Its paper
        #[arg(long, value_enum, default_value = "a4")]
        paper: SlipSize,
        /// The agent who gets it
        #[arg(long)]
        agent: Option<PersonId>,
    },
    /// Write the three files to a medium and read them back
    HandOver {
        /// The folder of the medium
        medium: PathBuf,
        /// What to call it in the log
        #[arg(long, default_value = "medium")]
        name: String,
    },
    /// The phase, and how many sheets are counted; figures only after the report
    Status,
}

/// What a station remembers of its surroundings, beside its own folder.
const FINGERPRINT: &str = "fingerprint.txt";

/// Runs it.
pub fn run(shell: &Shell, args: Args) -> Result {
    let Args { dir, command } = args;
    if let Step::Prepare { station, device, election, fingerprint, key, slots } = command {
        return prepare(shell, &dir, (station, device), &election, &fingerprint, &key, slots);
    }
    let mut room = load(shell, &dir)?;
    let now = now();
    match command {
        Step::Prepare { .. } => unreachable!("handled above"),
        Step::Open { officer, zero } => {
            room.open(&officer, &SystemEntropy, now)?;
            shell.say("Zero report made; the polls are open. Nothing was left over.");
            if let Some(path) = zero {
                write(&path, &print::slip(&room.zero_view(SlipPaper::A4)?)?.pdf()?)?;
                shell.say(format_args!("Zero report: {}", path.display()));
            }
        }
        Step::Scan { images } => return scan(shell, &mut room, &images, now),
        Step::Adjudicate { person, slot, contest, marked, pictures } => {
            if let Some(folder) = pictures {
                for question in room.questions() {
                    let path = folder.join(format!("{}-{}.png", question.slot, question.contest));
                    write(&path, &room.crop(question.slot, &question.contest)?)?;
                    shell.say(path.display());
                }
            }
            if let (Some(person), Some(slot), Some(contest)) = (person, slot, contest) {
                room.answer(slot, &contest, &person, marked.into_iter().collect::<BTreeSet<_>>(), now)?;
            }
            return Ok(questions(shell, &room));
        }
        Step::Enter { officer, received, spoiled, unused, checked_in } => {
            room.enter(Paper { received, spoiled, unused, checked_in }, &officer, now)?;
            shell.say("Entered.");
        }
        Step::Close { officers } => {
            let [first, second] = &officers[..] else {
                let what = format!("closing takes two officers; {} given", officers.len());
                return Err(Failure::new(
                    "station.two_officers",
                    what,
                    "give --officer twice, with two different people",
                ));
            };
            room.close(first, second, &SystemEntropy, now)?;
            shell.say("The polls are closed. Next: sanad station report");
        }
        Step::Report { slip, paper, agent } => {
            let key = inputs::key(&dir.join(&room.state().config.key))?;
            room.report(&Sealer { signer: &key, entropy: &SystemEntropy, draw: &station::draw }, now)?;
            if let Some(path) = slip {
                let paper = match paper {
                    SlipSize::A4 => SlipPaper::A4,
                    SlipSize::Roll => SlipPaper::Roll80,
                };
                let view = room.slip_copy(paper, agent.as_ref(), now)?;
                let drawn = print::slip(&view)?;
                let png = path.extension().is_some_and(|e| e == "png");
                write(&path, &if png { drawn.png(0, 200)? } else { drawn.pdf()? })?;
                shell.say(format_args!("Slip: {}", path.display()));
            }
            let results = room.sealed_results()?;
            shell.say(format_args!(
                "Sealed: {}. Cast {}, valid {}, blank {}, invalid {}, unread {}",
                room.file_name(),
                results.account.cast,
                results.account.valid,
                results.account.blank,
                results.account.invalid,
                results.account.unread
            ));
            if shell.json {
                shell.json(&results);
            }
        }
        Step::HandOver { medium, name } => {
            let disk = RealDisk::medium(&medium).map_err(|e| file_failure(&medium, &e))?;
            room.hand_over(&name, &disk, now)?;
            shell.say(format_args!("Three files written to {} and read back.", medium.display()));
        }
        Step::Status => {
            let state = room.state();
            shell.say(format_args!(
                "Station {}, device {}, generation {}: {:?}, {} sheets counted",
                state.config.station,
                state.config.device,
                state.generation,
                state.phase,
                room.counted()
            ));
            if shell.json {
                shell.json(&json!({
                    "station": state.config.station, "device": state.config.device, "generation": state.generation,
                    "phase": state.phase, "counted": room.counted(), "sealed": state.phase == Phase::Sealed,
                }));
            }
        }
    }
    Ok(Verdict::Holds)
}

fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

fn ground(shell: &Shell, election: &Path, fingerprint: &str) -> Result<Ground> {
    let (folder, definition) = inputs::definition(shell, election)?;
    let keys = KeyLists::read(&folder, &definition).map_err(|p| inputs::definition_failure(shell, election, &p))?;
    Ok(Ground {
        definition,
        digest: folder.digest(),
        keys,
        fingerprint: inputs::fingerprint(fingerprint)?,
        build: format!("sanad {}", env!("CARGO_PKG_VERSION")),
    })
}

/// The folder of the device itself lies in the station's, beside what the command adds.
fn device_dir(dir: &Path) -> PathBuf {
    dir.join("device")
}

fn prepare(
    shell: &Shell,
    dir: &Path,
    (station, device): (StationId, DeviceId),
    election: &Path,
    fingerprint: &str,
    key: &Path,
    slots: Option<u32>,
) -> Result {
    let ground = ground(shell, election, fingerprint)?;
    let own = sign::Signer::public_key(&inputs::key(key)?).to_string();
    let listed = ground.keys.devices.iter().any(|d| d.device == device && d.station == station && d.key == own);
    if !listed {
        let what = format!("keys/devices.csv does not list device {device} for station {station} with this key");
        let next = "check --station, --device and --key; on polling night it would be too late";
        return Err(Failure::new("station.not_listed", what, next));
    }
    let absolute = |path: &Path| -> Result<String> {
        Ok(std::fs::canonicalize(path).map_err(|e| file_failure(path, &e))?.to_string_lossy().into_owned())
    };
    let registered = ground.definition.station(&station).map_or(0, |s| s.registered);
    let config = Config {
        mode: ground.definition.scope.mode,
        slots: slots.unwrap_or(registered.saturating_mul(2).max(50)),
        slot_bytes: 200_000,
        election: absolute(election)?,
        key: absolute(key)?,
        station,
        device,
    };
    write(&dir.join(FINGERPRINT), format!("{}\n", ground.fingerprint).as_bytes())?;
    let inside = device_dir(dir);
    let disk = RealDisk::open(&inside).map_err(|e| file_failure(&inside, &e))?;
    let room = Room::prepare(Box::new(disk), ground, config, now())?;
    shell.say(format_args!("Station {} is prepared. Next: sanad station open", room.state().config.station));
    Ok(Verdict::Holds)
}

fn load(shell: &Shell, dir: &Path) -> Result<Room> {
    let inside = device_dir(dir);
    let state = inside.join("state.json");
    let bytes = read(&state).map_err(|f| f.hint("check --dir; a station is made with `sanad station prepare`"))?;
    let state: station::State = serde_json::from_slice(&bytes).map_err(|e| {
        Failure::new(
            "station.state",
            format!("{}: {e}", state.display()),
            "the station's folder is damaged; use the spare device",
        )
    })?;
    let fingerprint = dir.join(FINGERPRINT).to_string_lossy().into_owned();
    let ground = ground(shell, Path::new(&state.config.election), &fingerprint)?;
    let disk = RealDisk::open(&inside).map_err(|e| file_failure(&inside, &e))?;
    Room::load(Box::new(disk), ground, now()).at(dir.display())
}

fn images_in(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut images = Vec::new();
    for path in paths {
        if !path.is_dir() {
            images.push(path.clone());
            continue;
        }
        let entries = std::fs::read_dir(path).map_err(|e| file_failure(path, &e))?;
        let mut inside: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(|p| p.is_file()).collect();
        inside.sort();
        images.extend(inside);
    }
    Ok(images)
}

fn scan(shell: &Shell, room: &mut Room, paths: &[PathBuf], now: i64) -> Result {
    let ground = room.ground();
    let design = Design::new(&ground.definition, ground.fingerprint)?;
    let sides = if design.layouts.iter().any(|l| l.back.is_some()) { 2 } else { 1 };
    let images = images_in(paths)?;
    let bar = shell.progress("scan", (images.len() / sides) as u64);
    let mut sheets = Vec::new();
    for pair in images.chunks(sides) {
        sheets.push(Sheet {
            name: pair[0].display().to_string(),
            front: read(&pair[0])?,
            back: pair.get(1).map(|path| read(path)).transpose()?,
        });
    }
    let (mut counted, mut doubtful, mut refused) = (0u32, 0usize, Vec::new());
    room.scan(sheets, &BallotReader { design }, &SystemEntropy, now, &mut |name, outcome| {
        bar.inc(1);
        match outcome {
            Outcome::Counted { doubtful: doubts } => {
                counted += 1;
                doubtful += doubts;
            }
            Outcome::SameFile => refused.push((name.to_owned(), "station.same_file".to_owned(), String::new())),
            Outcome::Refused { code, words, .. } => {
                refused.push((name.to_owned(), code.clone(), words.get(shell.lang).to_owned()))
            }
        }
    })?;
    bar.finish_and_clear();
    for (name, code, words) in &refused {
        shell.say(format_args!("{name}: not counted [{code}] {words}"));
    }
    shell.say(format_args!(
        "{counted} counted, {} not counted, {doubtful} doubtful contests; {} in all",
        refused.len(),
        room.counted()
    ));
    if shell.json {
        let refused: Vec<_> = refused.iter().map(|(name, code, _)| json!({ "image": name, "code": code })).collect();
        shell.json(&json!({ "counted": counted, "doubtful": doubtful, "refused": refused, "total": room.counted() }));
    }
    Ok(if refused.is_empty() { Verdict::Holds } else { Verdict::DoesNot })
}

fn questions(shell: &Shell, room: &Room) -> Verdict {
    let questions = room.questions();
    for question in &questions {
        let options: Vec<&str> = question.options.iter().map(|o| o.as_str()).collect();
        let answered: Vec<&str> = question.answered.iter().map(|p| p.as_str()).collect();
        shell.say(format_args!(
            "sheet {} {}: is any of these marked? {}  ({}; answered: {})",
            question.slot,
            question.contest,
            options.join(", "),
            if question.settled { "settled" } else { "open" },
            answered.join(", ")
        ));
    }
    let open = questions.iter().filter(|q| !q.settled).count();
    shell.say(format_args!("{open} of {} doubtful contests are open", questions.len()));
    if shell.json {
        shell.json(&questions);
    }
    if open == 0 { Verdict::Holds } else { Verdict::Missing }
}
