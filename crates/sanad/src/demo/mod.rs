//! `sanad demo`: a whole small election, really printed, marked, scanned, read,
//! sealed, sent, carried, matched, tallied, published and verified. Nothing is
//! canned: every step is the room that does it in an election.

mod channels;
mod count;
mod decide;
mod dispute;
mod docket;
mod paper;
mod people;
mod registers;
mod stage;
mod tell;

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::time::Instant;

use election::{Definition, StationId, StationKind};

use crate::inputs;
use crate::shell::{Failure, Result, Shell, file_failure};
use stage::Stage;

/// What the demo is asked for.
#[derive(clap::Args)]
#[command(after_help = "Example: sanad demo demo --stations 24 --ballots 25")]
pub struct Args {
    /// Where everything is left for you to look at
    #[arg(default_value = "demo", value_hint = clap::ValueHint::DirPath)]
    dir: PathBuf,
    /// Stations, spread over all governorates; 24, with --dispute 530
    #[arg(long, value_parser = clap::value_parser!(u32).range(18..=60_000))]
    stations: Option<u32>,
    /// Ballots in each station, with --dispute at most; 25, with --dispute 100
    #[arg(long, value_parser = clap::value_parser!(u32).range(5..=450))]
    ballots: Option<u32>,
    /// The same seed gives the same votes
    #[arg(long, default_value_t = 2018)]
    seed: u64,
    /// Without paper: an election that is announced, disputed, recounted and certified again (docs/dispute.md)
    #[arg(long)]
    dispute: bool,
    /// Serve the public pages on http://127.0.0.1:8018 at the end
    #[arg(long)]
    serve: bool,
}

/// The stations in which something is planted, and found.
pub struct Planted {
    /// Its stick is never collected.
    pub no_stick: StationId,
    /// Its stick and its network copy differ.
    pub differing: StationId,
    /// One of its sheets is damaged.
    pub damaged: StationId,
    /// One of its marks is doubtful.
    pub doubtful: StationId,
    /// A package of an unknown device comes for it.
    pub unknown_device: StationId,
    /// It is cancelled by an order.
    pub cancelled: StationId,
}

/// A demo under way.
pub struct Demo<'a> {
    stage: Stage<'a>,
    ballots: u32,
    planted: Planted,
}

impl<'a> Deref for Demo<'a> {
    type Target = Stage<'a>;

    fn deref(&self) -> &Stage<'a> {
        &self.stage
    }
}

/// Runs it.
pub fn run(shell: &Shell, args: &Args) -> Result {
    let start = Instant::now();
    let verdict = match args.dispute {
        true => dispute::run(shell, args, start)?,
        false => on_paper(shell, args, start)?,
    };
    if args.serve {
        tell::serve(shell, &args.dir.join("publication"))?;
    }
    Ok(verdict)
}

/// The election on paper.
fn on_paper(shell: &Shell, args: &Args, start: Instant) -> Result {
    make_room(&args.dir)?;
    let thinned = election::thin(&crate::examples::iraq_2018(), args.stations.unwrap_or(24) as usize)
        .map_err(|problems| inputs::definition_failure(Path::new(EXAMPLE), &problems))?;
    let stage = Stage::freeze(shell, &args.dir, args.seed, thinned)?;
    let planted = plant(stage.def())?;
    let demo = Demo { stage, ballots: args.ballots.unwrap_or(25), planted };
    let counted = demo.count_stations()?;
    tell::step(shell, 4, "Counted", &counted.in_words());
    let export = demo.channels()?;
    demo.tally(&export, start)
}

/// The definition that the demos begin with.
const EXAMPLE: &str = "examples/iraq-2018";

/// The folder is new, or an earlier demo's: anything else is not ours to replace.
fn make_room(dir: &Path) -> Result<()> {
    let is_empty = std::fs::read_dir(dir).map(|mut entries| entries.next().is_none()).unwrap_or(true);
    if !is_empty && !dir.join("fingerprint.txt").exists() && !dir.join("keys").join("DEMO").exists() {
        let what = format!("{}: the folder is neither empty nor an earlier demo", dir.display());
        return Err(Failure::new("demo.folder", what, "name another folder: sanad demo DIR"));
    }
    if dir.exists() {
        std::fs::remove_dir_all(dir).map_err(|e| file_failure(dir, &e))?;
    }
    std::fs::create_dir_all(dir).map_err(|e| file_failure(dir, &e))
}

/// Chooses six ordinary stations, each in another office where there are enough.
fn plant(def: &Definition) -> Result<Planted> {
    let mut offices = std::collections::BTreeSet::new();
    let general = |s: &&election::Station| s.kind == StationKind::General && s.count_with.is_none();
    let one_each: Vec<StationId> = def
        .stations
        .iter()
        .filter(general)
        .filter(|s| offices.insert(s.office.clone()))
        .map(|s| s.id.clone())
        .take(6)
        .collect();
    let [no_stick, differing, damaged, doubtful, unknown_device, cancelled] = <[StationId; 6]>::try_from(one_each)
        .map_err(|found| {
            let what = format!("the definition has {} offices with an ordinary station; the demo needs 6", found.len());
            Failure::new("demo.stations", what, "ask for more stations: --stations 24")
        })?;
    Ok(Planted { no_stick, differing, damaged, doubtful, unknown_device, cancelled })
}

impl Demo<'_> {
    /// The isolated room: both channels in, decisions, lots, announcement, publication, and a stranger's check.
    fn tally(&self, export: &Path, start: Instant) -> Result {
        let mut room = self.room()?;
        self.register(&mut room)?;
        self.import(&mut room, export)?;
        self.enter_slips(&mut room)?;
        room.compare(&inputs::clock())?;
        self.decide(&mut room)?;
        let lots = self.draw_lots(&mut room)?;
        let version = self.announce(&mut room)?;
        self.certify(&mut room)?;
        let publication = self.publish(&mut room)?;
        tell::step(
            self.shell,
            7,
            "Announced",
            &format!("version {version}, after {lots} lots, cosigned by 3 witnesses; certified and published"),
        );
        crate::commands::centre_isolation::warn(self.shell, &room);
        self.write_disks()?;

        let slips = crate::slips::folder(self.shell, &self.dir.join("slips"))?;
        let report = self.verify(&publication, Some(slips))?;
        tell::step(self.shell, 8, "Verified by a stranger", &tell::verdict(&report));
        tell::summary(self, &room, start.elapsed())?;
        self.json(&room.outcome()?.0, &report, start);
        Ok(crate::commands::verify::verdict(&report))
    }
}
