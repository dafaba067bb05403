//! `sanad station`: polling day at one station, step by step.

use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueEnum, ValueHint};
use election::{DeviceId, Digest, PersonId, StationId};
use print::Paper as SlipPaper;
use serde_json::json;
use sign::SystemEntropy;
use station::{Act, Despite, Ground, Paper, Phase, RealDisk, Sealer, SheetCutter, Station as Room};

use super::station_cards::{Cards, one};
use super::station_prepare::{self, Wanted};
use super::station_refused::{self, Became};
use super::{station_adjudicate, station_alike, station_scan};
use crate::drawing::{draw, drawable};
use crate::inputs;
use crate::shell::{At, Failure, Fill, Result, Shell, Verdict, count, file_failure, read, text};

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
    ///
    /// With --cards, or where the definition says station.cards = "required", whoever acts shows a card with --card instead of
    /// giving a name; --revoked brings the lists of cards that are taken no more (docs/cards.md).
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
        /// Whoever acts here shows a card
        #[arg(long)]
        cards: bool,
        /// A list of revoked cards, as `sanad card revoke` wrote it
        #[arg(long, value_name = "FILE", num_args = 1, value_hint = ValueHint::FilePath)]
        revoked: Vec<PathBuf>,
    },
    /// Make the zero report and open the polls; refused when anything is left over
    ///
    /// The zero report is printed before the box is used; a definition that changes afterwards takes its worth away.
    #[command(after_help = "Example: sanad station open --dir s0101 --officer officer_1 --zero zero.pdf")]
    Open {
        /// The presiding officer
        #[arg(long, required_unless_present = "cards", conflicts_with = "cards")]
        officer: Option<PersonId>,
        #[command(flatten)]
        shown: Cards,
        /// Where the zero report is drawn
        #[arg(long, value_name = "FILE.pdf", value_hint = ValueHint::FilePath)]
        zero: Option<PathBuf>,
    },
    /// Count sheets
    ///
    /// 1 if any sheet is not counted: each is named with its reason, and the paper is put aside or fed again. What was counted
    /// is on the disk; a file that was read before counts once.
    ///
    /// A scanner with a feeder, through SANE: --sane 'fujitsu:fi-7160:1' --sane-option 'source=ADF Duplex' --sane-option
    /// mode=Gray --sane-option resolution=200
    #[command(after_help = "Example: sanad station scan --dir s0101 scans/")]
    Scan {
        #[command(flatten)]
        from: station_scan::From,
    },
    /// Doubtful marks: list them, see one, or answer for one person
    ///
    /// Two people who agree settle a doubt; where they differ, a third answers. Nobody is shown what another answered. 3
    /// while any is open.
    #[command(
        after_help = "Example: sanad station adjudicate --dir s0101 --person officer_1 --slot 17 --contest member --marked rose"
    )]
    Adjudicate(station_adjudicate::Args),
    /// Write down the paper side of the ballot account
    ///
    /// Received must be used + spoiled + unused; it is checked at the close (1). Entering again replaces what was entered.
    #[command(
        after_help = "Example: sanad station enter --dir s0101 --officer officer_1 --received 120 --spoiled 1 --unused 59"
    )]
    Enter {
        /// Who writes it down
        #[arg(long, required_unless_present = "cards", conflicts_with = "cards")]
        officer: Option<PersonId>,
        #[command(flatten)]
        shown: Cards,
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
    /// Refused sheets: list them, or say what became of the paper of one, on the word of two officers
    ///
    /// A sheet that could not be read stands in the ballot account as unread until two officers say otherwise. It is logged
    /// how many sheets stand how, and not which.
    #[command(
        after_help = "Example: sanad station refused --dir s0101 3f9a0c21be77 --as fed-again --officer officer_1 --officer officer_2"
    )]
    Refused {
        /// The sheet, by the first digits of its hash; without it all are listed
        #[arg(requires = "became")]
        sheet: Option<String>,
        /// What became of its paper
        #[arg(long = "as", value_enum, requires = "sheet")]
        became: Option<Became>,
        /// One officer and another
        #[arg(long = "officer", num_args = 1, conflicts_with = "cards")]
        officers: Vec<PersonId>,
        #[command(flatten)]
        shown: Cards,
    },
    /// Sheets that look alike, with pictures of them: shown to two officers when the ballot account does not add up
    ///
    /// There is no serial on a ballot, so this is a hint: compare the pictures with the papers in the box. Every sheet that was read
    /// stays counted. The pictures are removed at the close.
    #[command(after_help = "Example: sanad station alike --dir s0101 --officer officer_1 --officer officer_2")]
    Alike(station_alike::Args),
    /// Close the polls, on the word of two officers
    ///
    /// Needs every doubt settled and the ballot account entered (3), and the account must hold (1). One that truly does not
    /// add up is closed with --account-differs: the figures leave the station as they are, the slip says so, and the centre
    /// quarantines the station: they are counted only by an order of two officers.
    #[command(after_help = "Example: sanad station close --dir s0101 --officer officer_1 --officer officer_2")]
    Close {
        /// One officer and another
        #[arg(long = "officer", required_unless_present = "cards", conflicts_with = "cards", num_args = 1)]
        officers: Vec<PersonId>,
        #[command(flatten)]
        shown: Cards,
        /// Close before the hour of the law; it is logged
        #[arg(long)]
        early: bool,
        /// Close although the ballot account does not hold; it is logged with the rules that it breaks
        #[arg(long)]
        account_differs: bool,
    },
    /// Open the polls again after the close, on the word of two officers
    ///
    /// The ballots that are counted stay counted, there is no new zero report, and the next close is a generation of its own, which
    /// its slip says. The account is entered anew. What was sealed stays as it was.
    #[command(after_help = "Example: sanad station reopen --dir s0101 --officer officer_1 --officer officer_2")]
    Reopen {
        /// One officer and another
        #[arg(long = "officer", required_unless_present = "cards", conflicts_with = "cards", num_args = 1)]
        officers: Vec<PersonId>,
        #[command(flatten)]
        shown: Cards,
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
    ///
    /// The same files go on both media. The station checks its own copies first, so that a medium never gets what was not sealed.
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
    ///
    /// Also what was refused, what is in doubt, and the next step of the day.
    #[command(after_help = "Example: sanad station status --dir s0101 --lang ar")]
    Status,
}

/// What a station remembers of its surroundings, beside its own folder.
pub const FINGERPRINT: &str = "fingerprint.txt";

/// Runs it.
pub fn run(shell: &Shell, args: Args) -> Result {
    let Args { dir, command } = args;
    if let Step::Prepare { station, device, election, fingerprint, leaf, key, slots, cards, revoked } = command {
        let wanted = Wanted { station, device, election, fingerprint, leaf, key, slots, cards, revoked };
        return station_prepare::prepare(shell, &dir, &wanted);
    }
    let mut room = load(&dir)?;
    let now = now();
    match command {
        Step::Prepare { .. } => unreachable!("handled above"),
        Step::Open { officer, shown, zero } => {
            let officer = one(shown.people(shell, &mut room, Act::Open, officer.as_slice(), now)?);
            known(&room, &officer)?;
            let zero = zero.map(|path| drawable(&path).map(|_| path)).transpose()?;
            if let (Phase::Prepared, Some(found)) = (room.state().phase, station_scan::left_behind(&dir)?) {
                return Err(room.refuse_to_open(found, now).into());
            }
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
        Step::Enter { officer, shown, received, spoiled, unused, checked_in } => {
            let paper = Paper { received, spoiled, unused, checked_in };
            let officer = one(shown.people(shell, &mut room, Act::Enter(paper), officer.as_slice(), now)?);
            known(&room, &officer)?;
            room.enter(paper, &officer, now)?;
            shell.tell("Entered: received {}, spoiled {}, unused {}", &[received, spoiled, unused].map(count));
            step(shell, &room, json!({}))
        }
        Step::Refused { sheet, became, officers, shown } => {
            if let Some((sheet, became)) = sheet.as_deref().zip(became) {
                if shown.is_none() {
                    two(&room, &officers)?;
                }
                let (input, fate) = (station_refused::named(&room, sheet)?, became.into());
                let people = shown.people(shell, &mut room, Act::Refused { input, fate }, &officers, now)?;
                room.refused_sheet(&input, fate, two(&room, &people)?, now)?;
            }
            station_refused::list(shell, &room)
        }
        Step::Alike(args) => {
            let people = args.shown.people(shell, &mut room, Act::Alike, &args.officers, now)?;
            station_alike::run(shell, &dir, &room, &args, two(&room, &people)?)
        }
        Step::Close { officers, shown, early, account_differs } => {
            let act = Act::Close { early, account_differs };
            let people = shown.people(shell, &mut room, act, &officers, now)?;
            let (first, second) = two(&room, &people)?;
            let despite = Despite { hour: early, account: account_differs };
            room.close_despite(first, second, despite, &SystemEntropy, now)?;
            station_scan::remove_pictures(&dir)?;
            if account_differs {
                shell.find(
                    "The ballot account does not hold: the figures leave the station as they are, and the centre quarantines it until two officers decide.",
                    &[],
                );
            }
            shell.tell("The polls are closed. Next: sanad station report", &[]);
            step(shell, &room, json!({}))
        }
        Step::Reopen { officers, shown } => {
            let people = shown.people(shell, &mut room, Act::Reopen, &officers, now)?;
            let (first, second) = two(&room, &people)?;
            room.reopen(first, second, now)?;
            let generation = room.state().generation;
            shell.tell("The polls are open again: generation {}. Next: sanad station scan", &[count(generation)]);
            step(shell, &room, json!({}))
        }
        Step::Report { slip, paper, agent } => report(shell, &dir, &mut room, (slip, paper, agent), now),
        Step::HandOver { medium, name } => {
            if medium.is_file() {
                let next = "name the folder of the medium";
                return Err(Failure::new("file", "this is a file, and a folder is needed", next).at(medium.display()));
            }
            let was_there = medium.exists();
            let disk = RealDisk::medium(&medium).map_err(|e| file_failure(&medium, &e))?;
            room.hand_over(&name, &disk, now).map_err(|error| match error {
                station::StationError::Disk(_) => Failure::from(error).at(medium.display()),
                other => other.into(),
            })?;
            shell.tell("Three files written to {} and read back.", &[text(medium.display())]);
            if !was_there {
                shell.find("{} was not there and was made: is the medium plugged in?", &[text(medium.display())]);
            }
            step(shell, &room, json!({ "medium": medium }))
        }
        Step::Status => Ok(status(shell, &room)),
    }
}

/// The one object of a step: where the day stands, and what the step made.
pub(super) fn step(shell: &Shell, room: &Room, made: serde_json::Value) -> Result {
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
    let constituencies = room.places().into_iter().flat_map(|place| place.constituencies.clone());
    let cut = SheetCutter::new(room.ground(), constituencies);
    room.report(&Sealer { signer: &key, entropy: &SystemEntropy, draw: &station::draw, cut: &cut }, now)?;
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
        shell.find("refused: {} [{}]", &[text(station_refused::shown(&refused.input)), text(&refused.code)]);
    }
    for (figure, sentence) in [
        (u64::from(status.same_file), "{} times a file was fed that had been read before; it counts once"),
        (status.look_alikes as u64, "{} pairs of sheets look alike: sanad station alike"),
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

/// Two people, for what one may not do.
fn two<'a>(room: &Room, officers: &'a [PersonId]) -> Result<(&'a PersonId, &'a PersonId)> {
    let [first, second] = officers else {
        let what = format!("this takes two officers; {} given", officers.len());
        let next = "give --officer twice, with two different people";
        return Err(Failure::new("station.two_officers", what, next));
    };
    known(room, first)?;
    known(room, second)?;
    Ok((first, second))
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

pub(super) fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

pub(super) fn ground(election: &Path, fingerprint: Digest) -> Result<Ground> {
    let (folder, definition) = inputs::definition(election)?;
    let keys = inputs::key_lists(election, &folder, &definition)?;
    Ok(Ground { definition, digest: folder.digest(), keys, fingerprint, build: inputs::build() })
}

/// The folder of the device itself lies in the station's, beside what the command adds.
pub(super) fn device_dir(dir: &Path) -> PathBuf {
    dir.join("device")
}

/// A folder with what voters marked: nobody but the device's own account looks into it.
pub(super) fn private_folder(path: &Path) -> Result<()> {
    let made = std::fs::create_dir_all(path)
        .and_then(|()| std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o700)));
    made.map_err(|e| file_failure(path, &e))
}

/// The disk of the device; one command at a time works on it.
pub(super) fn disk(inside: &Path) -> Result<RealDisk> {
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
