//! `sanad demo --dispute`: an election of national shape without paper, from the first announcement through complaints, a
//! court and a recount to the second certification. Every package, leaf and check is the real one; only paper is missing.

mod choose;
mod complaints;
mod courts;
mod recount;
mod station;
mod story;

use std::collections::BTreeSet;
use std::ops::Deref;
use std::path::Path;
use std::time::Instant;

use centre::Centre;
use election::StationId;
use record::Outcome;
use sim::Rng;

use self::choose::Question;
use self::story::Story;
use super::stage::Stage;
use super::{Args, EXAMPLE, channels, make_room, tell};
use crate::inputs;
use crate::shell::{Failure, Result, Shell};

/// In Iraq in 2018, 1,021 stations of about 53,000 were cancelled; so many of these are.
const CANCELLED: (usize, usize) = (1021, 53_000);
/// The fewest stations that are cancelled: two for each reason.
const FEWEST: usize = 8;
/// The fewest stations of all: under every seed some of them can be left out without moving a seat.
const STATIONS: u32 = 60;
/// One of so many cancelled stations is restored.
const RESTORED: usize = 4;

/// A dispute under way.
struct Dispute<'a> {
    stage: Stage<'a>,
    /// The most ballots of a station.
    ballots: u32,
}

impl<'a> Deref for Dispute<'a> {
    type Target = Stage<'a>;

    fn deref(&self) -> &Stage<'a> {
        &self.stage
    }
}

/// Runs it.
pub fn run(shell: &Shell, args: &Args, start: Instant) -> Result {
    let stations = args.stations.unwrap_or(530);
    if stations < STATIONS {
        let what = format!("{stations} stations are too few for a dispute that moves one seat alone");
        return Err(Failure::new("demo.stations", what, format!("ask for more stations: --stations {STATIONS}")));
    }
    make_room(&args.dir)?;
    let folder = election::spread(&crate::examples::iraq_2018(), stations as usize)
        .map_err(|problems| inputs::definition_failure(Path::new(EXAMPLE), &problems))?;
    let stage = Stage::freeze(shell, &args.dir, args.seed, folder)?;
    let dispute = Dispute { stage, ballots: args.ballots.unwrap_or(100) };
    dispute.play(start)
}

impl Dispute<'_> {
    fn play(&self, start: Instant) -> Result {
        let say = |number, title, what: &str| tell::step(self.shell, number, title, what);
        say(
            3,
            "No paper",
            "what voters mark is drawn by the seed; there are cast vote records, and a white point in place of each image",
        );
        let (labels, cast) = self.poll()?;
        let stations = labels.len();
        let sealed = "each package is signed and sealed by its device";
        say(4, "Counted", &format!("{cast} ballots in {stations} stations; {sealed}"));
        let channels::Transmitted { export, sent, leaves, .. } = self.transmit(&labels, &|_: &Path| false)?;
        let both = "each with a signed receipt; B: as many sticks. Intake closed at";
        say(5, "Two channels", &format!("A: {sent} packages over TLS 1.3, {both} {leaves} leaves"));
        let mut room = self.room()?;
        self.import(&mut room, &export)?;
        room.compare(&inputs::clock())?;

        let first = self.version(&mut room)?;
        self.certify_latest(&mut room, None)?;
        say(7, "Announced and certified", "version 1, with every station; nothing is open");

        let (cancelled, restored) = self.disputed(&room, &first)?;
        let cases = self.complain(&mut room, &cancelled)?;
        let second = self.version(&mut room)?;
        say(8, "Complaints", &format!("{} upheld, as many stations cancelled; version 2 announced", cases.len()));

        let court = self.appeal(&mut room, &cases, &restored)?;
        let (now, figures) = room.outcome()?;
        let shift = Question::of(&room, &now, &figures).closest(&now, &cancelled.iter().cloned().collect())?;
        self.recount(&mut room, court.recount.1, &shift, &now, &figures)?;
        let third = self.version(&mut room)?;
        self.certify_latest(&mut room, None)?;
        let publication = self.publish(&mut room)?;
        say(9, "Appeals, recount, certification", "version 3 announced, certified as number 2, published");
        crate::commands::centre_isolation::warn(self.shell, &room);

        let report = self.verify(&publication, None)?;
        say(10, "Verified by a stranger", &tell::verdict(&report));
        let versions = [&first, &second, &third];
        Story {
            dispute: self,
            room: &room,
            versions,
            cases: &cases,
            restored: &restored,
            court: &court,
            shift: &shift,
        }
        .tell(start.elapsed());
        self.json(&third, &report, start);
        Ok(crate::commands::verify::verdict(&report))
    }

    /// Lots are drawn, the results announced; gives what they are.
    fn version(&self, room: &mut Centre) -> Result<Outcome> {
        self.draw_lots(room)?;
        self.announce(room)?;
        Ok(room.outcome()?.0)
    }

    /// The stations that are cancelled, and those of them that a court restores: neither moves a seat.
    fn disputed(&self, room: &Centre, first: &Outcome) -> Result<(Vec<StationId>, BTreeSet<StationId>)> {
        let wanted = (first.stations.len() * CANCELLED.0 / CANCELLED.1).max(FEWEST);
        let mut order: Vec<StationId> = first.stations.keys().cloned().collect();
        order.sort_by_cached_key(|id| Rng::of(self.seed, &format!("disputed/{id}")).bits());
        let figures = room.figures()?;
        let cancelled = Question::of(room, first, &figures).without_weight(&order, wanted)?;
        let restored = cancelled[wanted - wanted / RESTORED..].iter().cloned().collect();
        Ok((cancelled, restored))
    }
}
