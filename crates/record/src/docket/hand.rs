//! The tables of recounts and of counts by hand.

use election::Definition;

use super::tables::or_empty;
use crate::findings::figures_of;
use crate::fold::State;
use crate::outcome::{Figures, Outcome};
use crate::results::{Table, yes_no};
use crate::standing::Counted;

/// A recount that stands each, by station and leaf.
pub(super) fn recounts(state: &State) -> Table {
    let mut table = Table::new(&["station", "recount", "reason", "basis", "evidence", "under", "counted_by"]);
    for (station, evidence) in &state.evidence {
        for (leaf, own) in &evidence.recounts {
            let answers = evidence.hand_counts.iter().filter(|(_, count)| count.ordered == Some(*leaf));
            let joined = |digests: Vec<String>| digests.join(" ");
            table.row([
                station.to_string(),
                leaf.to_string(),
                own.reason.clone(),
                own.basis.clone(),
                joined(own.evidence.iter().map(ToString::to_string).collect()),
                or_empty(own.under),
                joined(answers.map(|(leaf, _)| leaf.to_string()).collect()),
            ]);
        }
    }
    table
}

/// A count by hand each, by station and leaf.
pub(super) fn counts(state: &State, outcome: &Outcome) -> Table {
    let mut table = Table::new(&["station", "hand_count", "ordered", "paper", "agrees", "counted"]);
    for (station, evidence) in &state.evidence {
        let counted = outcome.stations.get(station).and_then(|own| own.counted);
        for (leaf, own) in &evidence.hand_counts {
            table.row([
                station.to_string(),
                leaf.to_string(),
                or_empty(own.ordered),
                own.paper.to_string(),
                or_empty(own.agrees.map(|content| content.results)),
                yes_no(counted == Some(Counted::Hand(*leaf))),
            ]);
        }
    }
    table
}

/// Every figure of a contest in which a count by hand is another than one that came of the last count of its station.
pub(super) fn differences(def: &Definition, state: &State, figures: &Figures) -> Table {
    let mut table = Table::new(&["station", "hand_count", "results", "contest", "option", "package", "hand"]);
    for (station, evidence) in &state.evidence {
        let came: std::collections::BTreeSet<_> = evidence.current().map(|import| import.content.results).collect();
        for leaf in evidence.hand_counts.keys() {
            for results in &came {
                let (Some(by_hand), Some(device)) = (figures.get(leaf), figures.get(results)) else { continue };
                for contest in &def.contests {
                    let [device, by_hand] = [device, by_hand].map(|own| own.contest(&contest.id));
                    let (Some(device), Some(by_hand)) = (device, by_hand) else { continue };
                    let rows = figures_of(def, device).into_iter().zip(figures_of(def, by_hand));
                    for ((option, package), (_, hand)) in rows.filter(|(one, other)| one != other) {
                        let [package, hand] = [package, hand].map(|figure| figure.to_string());
                        let contest = contest.id.to_string();
                        table.row([
                            station.to_string(),
                            leaf.to_string(),
                            results.to_string(),
                            contest,
                            option,
                            package,
                            hand,
                        ]);
                    }
                }
            }
        }
    }
    table
}
