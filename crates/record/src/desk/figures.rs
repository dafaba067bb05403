//! The figures of one station, each copy, slip and count by hand in a column of its own.

use election::{ContestId, Definition, DeviceId};
use package::slip::SlipFigures;
use package::{BallotAccount, ContestResults};
use serde::Serialize;

use super::Desk;
use crate::entry::Medium;
use crate::findings::figures_of;
use crate::outcome::Figures;

/// Where the figures of a column are from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The network's copy.
    Network,
    /// The stick's copy.
    Stick,
    /// A slip.
    Slip,
    /// A count by hand.
    HandCount,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Where its figures are from.
    pub source: Source,
    /// The leaf that brought them.
    pub leaf: u64,
    /// The device that counted; none of a count by hand.
    pub device: Option<DeviceId>,
    /// The generation; none of a count by hand.
    pub generation: Option<u16>,
}

/// One figure in every column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The contest; none of the ballot account.
    pub contest: Option<ContestId>,
    /// Its name, as tables and `results.json` have it.
    pub figure: String,
    /// What each column says; nothing where it does not know.
    pub counts: Vec<Option<u32>>,
    /// Not all that know it say the same.
    pub differs: bool,
}

/// All of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SideBySide {
    /// The columns.
    pub columns: Vec<Column>,
    /// The figures, those of the account first, then by contest in the order of the definition.
    pub lines: Vec<Line>,
}

/// A column with its figures.
type Filled = (Column, BallotAccount, Vec<ContestResults>);

/// What came last, the slips (a slip that several agents hold once), and the counts by hand, side by side.
pub fn side_by_side(def: &Definition, desk: &Desk, figures: &Figures) -> SideBySide {
    let filled = filled(desk, figures);
    let mut lines: Vec<Line> = Vec::new();
    for (place, name) in BallotAccount::NAMES.into_iter().enumerate() {
        lines.push(line(
            None,
            name.to_owned(),
            filled.iter().map(|(_, account, _)| account.figures()[place]).collect(),
        ));
    }
    for contest in &def.contests {
        let of_contest = |(_, _, contests): &Filled| {
            contests.iter().find(|own| own.contest == contest.id).map(|own| figures_of(def, own))
        };
        let columns: Vec<Option<Vec<(String, u32)>>> = filled.iter().map(of_contest).collect();
        let Some(names) = columns.iter().flatten().next() else { continue };
        for (place, (name, _)) in names.iter().enumerate() {
            let counts = columns.iter().map(|column| Some(column.as_ref()?.get(place)?.1)).collect();
            lines.push(line(Some(contest.id.clone()), name.clone(), counts));
        }
    }
    SideBySide { columns: filled.into_iter().map(|(column, ..)| column).collect(), lines }
}

fn line(contest: Option<ContestId>, figure: String, counts: Vec<Option<u32>>) -> Line {
    let mut known = counts.iter().flatten();
    let first = known.next();
    let differs = known.any(|count| Some(count) != first);
    Line { contest, figure, counts, differs }
}

fn filled(desk: &Desk, figures: &Figures) -> Vec<Filled> {
    let copies = desk.copies.iter().filter(|copy| copy.is_latest).filter_map(|copy| {
        let results = figures.get(&copy.import.content.results)?;
        let source = match copy.import.medium {
            Medium::Network => Source::Network,
            Medium::Stick => Source::Stick,
        };
        let (device, generation) = (Some(copy.import.device.clone()), Some(copy.import.generation));
        let column = Column { source, leaf: copy.place.leaf, device, generation };
        Some((column, results.account, results.contests.clone()))
    });
    let is_first = |place: usize| desk.slips[..place].iter().all(|slip| slip.figures != desk.slips[place].figures);
    let slips = desk.slips.iter().enumerate().filter(|(place, _)| is_first(*place)).map(|(_, slip)| {
        let (device, generation) = (Some(slip.device.clone()), Some(slip.generation));
        let column = Column { source: Source::Slip, leaf: slip.place.leaf, device, generation };
        (column, slip.figures.account, contests(&slip.figures))
    });
    let by_hand = desk.hand_counts.iter().filter_map(|own| {
        let results = figures.get(&own.place.digest)?;
        let column = Column { source: Source::HandCount, leaf: own.place.leaf, device: None, generation: None };
        Some((column, results.account, results.contests.clone()))
    });
    copies.chain(slips).chain(by_hand).collect()
}

/// The contests of a slip in the form of a device's results; what it leaves out is 0.
fn contests(slip: &SlipFigures) -> Vec<ContestResults> {
    let contests = slip.contests.iter().map(|(contest, own)| ContestResults {
        contest: contest.clone(),
        ballots: own.ballots,
        valid: own.valid,
        blank: own.blank,
        invalid: own.invalid,
        votes: own.votes.clone(),
    });
    contests.collect()
}
