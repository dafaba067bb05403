//! `sanad demo`: a whole small election, really printed, marked, scanned, read,
//! sealed, sent, carried, matched, tallied, published and verified. Nothing is
//! canned: every step is the room that does it in an election.

mod channels;
mod count;
mod decide;
mod docket;
mod paper;
mod people;
mod registers;
mod tell;

use std::path::{Path, PathBuf};
use std::time::Instant;

use election::{Definition, Digest, Folder, StationId, StationKind};
use record::{Frozen, Medium};

use crate::commands::import;
use crate::inputs;
use crate::shell::{At, Failure, Result, Shell, Verdict, file_failure, write};
use people::People;

/// What the demo is asked for.
#[derive(clap::Args)]
#[command(after_help = "Example: sanad demo demo --stations 24 --ballots 25")]
pub struct Args {
    /// Where everything is left for you to look at
    #[arg(default_value = "demo", value_hint = clap::ValueHint::DirPath)]
    dir: PathBuf,
    /// Stations, spread over all governorates
    #[arg(long, default_value_t = 24, value_parser = clap::value_parser!(u32).range(18..=1000))]
    stations: u32,
    /// Ballots in each station
    #[arg(long, default_value_t = 25, value_parser = clap::value_parser!(u32).range(5..=450))]
    ballots: u32,
    /// The same seed gives the same votes
    #[arg(long, default_value_t = 2018)]
    seed: u64,
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
    shell: &'a Shell,
    dir: PathBuf,
    ballots: u32,
    seed: u64,
    folder: Folder,
    frozen: Frozen,
    fingerprint: Digest,
    people: People,
    planted: Planted,
}

/// Runs it.
pub fn run(shell: &Shell, args: &Args) -> Result {
    let start = Instant::now();
    make_room(&args.dir)?;
    let thinned = election::thin(&crate::examples::iraq_2018(), args.stations as usize)
        .map_err(|problems| inputs::definition_failure(Path::new("examples/iraq-2018"), &problems))?;
    let definition = election::read(&thinned)
        .map_err(|problems| inputs::definition_failure(Path::new("examples/iraq-2018"), &problems))?;
    tell::step(shell, 1, "The definition", &tell::definition(&definition));

    let people = People::make(&args.dir, &definition)?;
    let (folder, frozen, leaf) = people.freeze(&args.dir, thinned)?;
    let fingerprint = Digest::of(&leaf);
    write(&args.dir.join("fingerprint.txt"), format!("{fingerprint}\n").as_bytes())?;
    tell::step(
        shell,
        2,
        "Frozen",
        &format!("by 3 of 5 of the board; fingerprint {fingerprint}; the centre's identity is in 3-of-5 shares"),
    );

    let planted = plant(&definition)?;
    let demo = Demo {
        shell,
        dir: args.dir.clone(),
        ballots: args.ballots,
        seed: args.seed,
        folder,
        frozen,
        fingerprint,
        people,
        planted,
    };
    let counted = demo.count_stations()?;
    tell::step(shell, 4, "Counted", &counted.in_words());
    let export = demo.channels()?;
    let verdict = demo.tally(&leaf, &export, start)?;
    if args.serve {
        tell::serve(shell, &demo.dir.join("publication"))?;
    }
    Ok(verdict)
}

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
    fn def(&self) -> &Definition {
        &self.frozen.definition
    }

    /// The isolated room: both channels in, decisions, lots, announcement, publication, and a stranger's check.
    fn tally(&self, leaf: &[u8], export: &Path, start: Instant) -> Result {
        let keys = centre::CentreKeys {
            centre: &self.people.pem("services/centre.key.pem")?,
            record_log: &self.people.pem("services/record_log.key.pem")?,
        };
        let mut room = centre::Centre::init(&self.dir.join("centre"), &self.folder, leaf, &keys)?;
        self.register(&mut room)?;
        let identity = self.people.join()?;
        let network = import::network(self.shell, &mut room, export, &identity)?;
        let sticks = import::sticks(self.shell, &mut room, &self.dir.join("sticks"), &identity)?;
        drop(identity);
        tell::step(self.shell, 6, "Imported", &tell::imports(&[(Medium::Network, &network), (Medium::Stick, &sticks)]));

        self.enter_slips(&mut room)?;
        room.compare(&inputs::clock())?;
        self.decide(&mut room)?;
        let lots = self.draw_lots(&mut room)?;
        self.witness(&mut room)?;
        let officers = self.people.officers()?;
        let version = room.announce(&inputs::signers(&officers), &inputs::clock())?;
        self.certify(&mut room)?;
        let publication = self.dir.join("publication");
        crate::commands::centre::publish(self.shell, &mut room, &publication)?;
        self.witness(&mut room)?;
        crate::commands::centre::publish(self.shell, &mut room, &publication)?;
        tell::step(
            self.shell,
            7,
            "Announced",
            &format!("version {version}, after {lots} lots, cosigned by 3 witnesses; certified and published"),
        );
        crate::commands::centre_isolation::warn(self.shell, &room);
        self.write_disks()?;

        let report = self.verify(&publication)?;
        tell::step(self.shell, 8, "Verified by a stranger", &tell::verdict(&report));
        tell::summary(self, &room, start.elapsed())?;
        if self.shell.json {
            let (outcome, _) = room.outcome()?;
            let mut object = crate::summary::status_json(&outcome);
            object["fingerprint"] = serde_json::json!(self.fingerprint);
            object["verify"] = serde_json::json!(report.verdict);
            object["seconds"] = serde_json::json!(start.elapsed().as_secs());
            self.shell.json(&object);
        }
        Ok(match report.verdict {
            verify::Verdict::Pass => Verdict::Holds,
            verify::Verdict::Fail => Verdict::DoesNot,
            verify::Verdict::Incomplete => Verdict::Missing,
        })
    }

    /// A stranger: the publication, the fingerprint from the gazette, and the slips that agents photographed.
    fn verify(&self, publication: &Path) -> Result<verify::Report> {
        let slips = crate::slips::folder(self.shell, &self.dir.join("slips"))?;
        let options =
            verify::Options { root: Some(self.fingerprint), slips: Some(slips), ..verify::Options::default() };
        let bar = self.shell.progress("verify", 0);
        let report = verify::verify(publication, &options, &|progress: verify::Progress| {
            bar.set_length(progress.of);
            bar.set_position(progress.done);
        });
        bar.finish_and_clear();
        report.at(publication.display())
    }
}
