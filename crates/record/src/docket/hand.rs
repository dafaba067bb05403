//! The tables of recounts and of counts by hand.

use std::collections::BTreeSet;

use election::{Definition, Digest};

use crate::findings::figures_of;
use crate::fold::State;
use crate::outcome::{Figures, Outcome};
use crate::recount::papers;
use crate::results::{Table, joined, or_empty, yes_no};
use crate::standing::Counted;

/// A leaf about a recount each, by station and leaf: also of what was taken back.
pub(super) fn recounts(state: &State) -> Table {
    let columns = ["station", "recount", "withdraws", "reason", "basis", "evidence", "under", "stands", "counted_by"];
    let mut table = Table::new(&columns);
    for (station, evidence) in &state.evidence {
        let standing: BTreeSet<&Digest> = evidence.recounts_standing().map(|(leaf, _)| leaf).collect();
        for (leaf, own) in &evidence.recounts {
            table.row([
                station.to_string(),
                leaf.to_string(),
                or_empty(own.withdraws),
                own.reason.clone(),
                own.basis.clone(),
                joined(&own.evidence),
                or_empty(own.under),
                yes_no(standing.contains(leaf)),
                joined(evidence.answers(leaf)),
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

/// Every figure of a box in which a count by hand is another than one that came of the last count of its station.
pub(super) fn differences(def: &Definition, state: &State, figures: &Figures) -> Table {
    let mut table = Table::new(&["station", "hand_count", "results", "contest", "option", "package", "hand"]);
    for (station, evidence) in &state.evidence {
        let came: BTreeSet<_> = evidence.current().map(|import| import.content.results).collect();
        for leaf in evidence.hand_counts.keys() {
            for results in &came {
                let (Some(by_hand), Some(device)) = (figures.get(leaf), figures.get(results)) else { continue };
                let mut row = |contest: &str, option: &str, [package, hand]: [Option<u32>; 2]| {
                    let place = [station.to_string(), leaf.to_string(), results.to_string()];
                    let figure = [contest.to_owned(), option.to_owned(), or_empty(package), or_empty(hand)];
                    table.row(place.into_iter().chain(figure));
                };
                let papers = papers(device).zip(papers(by_hand)).filter(|(one, other)| one != other);
                papers.for_each(|((name, package), (_, hand))| row("", name, [package, hand]));
                for contest in &def.contests {
                    let [device, by_hand] = [device, by_hand].map(|own| own.contest(&contest.id));
                    let (Some(device), Some(by_hand)) = (device, by_hand) else { continue };
                    let rows = figures_of(def, device).into_iter().zip(figures_of(def, by_hand));
                    for ((option, package), (_, hand)) in rows.filter(|(one, other)| one != other) {
                        row(contest.id.as_str(), &option, [package, hand].map(Some));
                    }
                }
            }
        }
    }
    table
}
