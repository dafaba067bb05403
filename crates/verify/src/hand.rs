//! V.412: a count by hand that is evidence for what a device counted is the same as that.

use record::State;
use record::recount::same_box;

use crate::report::Check;
use crate::stations::Stations;
use crate::table::CheckId;

/// V.412. That a count by hand holds together is the fold's (V.204). One that its leaf calls another than the device's counts
/// nothing and keeps its station from being counted, so it is named, and is no failure.
pub fn check(state: &State, stations: &Stations) -> Check {
    let mut check = Check::new(CheckId::HandCounts);
    for (station, evidence) in &state.evidence {
        let place = format!("station {station}");
        for (leaf, count) in &evidence.hand_counts {
            let Some(by_hand) = stations.by_hand.get(leaf) else { continue };
            let Some(content) = count.agrees else {
                check.records(&place, "hand_count.other", "a count by hand is another than the device's");
                continue;
            };
            match stations.figures(station, &content) {
                None => check.misses(&place, "outcome.missing", "the figures that a count by hand agrees with"),
                Some(device) => drop(check.expect(same_box(device, by_hand), &place, "hand_count.agrees", || {
                    format!("leaf {leaf} says that it agrees with {}, and it does not", content.results)
                })),
            }
        }
        for recount in evidence.recounts.keys() {
            if evidence.hand_counts.values().all(|count| count.ordered != Some(*recount)) {
                check.records(&place, "hand_count.due", "a count by hand is ordered, and none is entered");
            }
        }
    }
    check
}
