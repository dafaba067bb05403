//! V.412: a count by hand that is evidence for what a device counted is the same as that.

use record::State;
use record::recount::same_box;

use crate::report::Check;
use crate::stations::Stations;
use crate::table::CheckId;

/// V.412. That a count by hand holds together is the fold's (V.204). One whose leaf names nothing that it agrees with counts
/// nothing and keeps its station from being counted, so it is named, and is no failure.
pub fn check(state: &State, stations: &Stations) -> Check {
    let mut check = Check::new(CheckId::HandCounts);
    if state.evidence.values().all(|evidence| evidence.recounts.is_empty() && evidence.hand_counts.is_empty()) {
        check.holds();
    }
    for (station, evidence) in &state.evidence {
        let place = format!("station {station}");
        for (leaf, count) in &evidence.hand_counts {
            let Some(by_hand) = stations.by_hand.get(leaf) else { continue };
            let Some(content) = count.agrees else {
                let came = evidence.current().filter_map(|import| stations.figures(station, &import.content));
                let same: Vec<bool> = came.map(|device| same_box(device, by_hand)).collect();
                let (code, what) = match () {
                    () if same.contains(&true) => (
                        "hand_count.unsaid",
                        "a count by hand is the same as the device's, and its leaf does not say so",
                    ),
                    () if same.is_empty() => ("hand_count.alone", "there is a count by hand, and no device's"),
                    () => ("hand_count.other", "a count by hand is another than the device's"),
                };
                check.records(&place, code, what);
                continue;
            };
            match stations.figures(station, &content) {
                None => check.misses(&place, "outcome.missing", "the figures that a count by hand agrees with"),
                Some(device) => drop(check.expect(same_box(device, by_hand), &place, "hand_count.agrees", || {
                    format!("leaf {leaf} says that it agrees with {}, and it does not", content.results)
                })),
            }
        }
        for (recount, _) in evidence.recounts_standing() {
            if evidence.answers(recount).next().is_none() {
                check.records(&place, "hand_count.due", "a count by hand is ordered, and none is entered");
            }
        }
    }
    check
}
