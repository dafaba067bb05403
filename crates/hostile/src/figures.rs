//! The JSON files of a package: totals, cast vote records, the device's log, mark scores.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use election::{ContestId, MarkScore, OptionId};
use package::cvr::Records;
use package::{Expected, StationResults, events};
use sign::canonical;

use crate::input::choice;
use crate::world::{self, WORLD};
use crate::{is_coded, is_printable};

static EXPECTED: LazyLock<Expected> = LazyLock::new(|| {
    let station = "0101".parse().expect("an id");
    Expected::of(&WORLD.frozen.definition, &station).expect("a station of the example")
});

/// One of the files; whatever its figures are, they are told apart from possible ones without wrapping.
pub fn figures(data: &[u8]) {
    match choice(data, 4) {
        Some((0, data)) => match StationResults::parse(data) {
            Ok(results) => {
                assert_eq!(results.to_bytes(), data, "totals have one form");
                results.inconsistencies(&EXPECTED).iter().for_each(is_coded);
                assert!(results.is_zero_of(&results) <= (results.account.cast == 0));
            }
            Err(error) => is_coded(&error),
        },
        Some((1, data)) => match Records::parse(data) {
            Ok(records) => {
                assert_eq!(records.to_bytes(), data, "cast vote records have one form");
                assert!(records.ballots() <= records.records.len());
                let votes: u64 = records.totals().values().flat_map(|c| c.votes.values()).map(|v| u64::from(*v)).sum();
                let counted = records.records.iter().flat_map(|r| &r.contests).map(|c| c.counted.len() as u64);
                assert_eq!(votes, counted.sum::<u64>(), "no vote is lost or made");
                records.differences(&world::results("0101", 1)).iter().for_each(|text| is_printable(text));
            }
            Err(error) => is_coded(&error),
        },
        Some((2, data)) => match events::parse(data) {
            Ok(read) => assert_eq!(events::to_bytes(&read), data, "the log has one form"),
            Err(error) => is_coded(&error),
        },
        Some((_, data)) => match canonical::from_bytes::<Vec<BTreeMap<ContestId, BTreeMap<OptionId, MarkScore>>>>(data)
        {
            Ok(scores) => assert_eq!(canonical::to_bytes(&scores).as_deref(), Ok(data)),
            Err(error) => is_coded(&error),
        },
        None => {}
    }
}
