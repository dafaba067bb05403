//! What a sheet reads as once more, against the cast vote record of its number.

use std::collections::BTreeMap;

use ballot::{ContestReading, Sheet};
use election::{ContestId, OptionId};
use package::cvr::{CastVoteRecord, RecordContest};

use crate::report::Check;

/// Compares contest by contest. `place` is the image, whose name has the number of the record.
pub fn compare(check: &mut Check, place: &str, record: &CastVoteRecord, read: &Sheet) {
    if (&record.style, record.sheet) != (&read.style, read.sheet) {
        let (style, sheet) = (&record.style, record.sheet);
        let what =
            format!("is sheet {} of style {}, and its record of sheet {sheet} of {style}", read.sheet, read.style);
        return check.fails(place, "reread.sheet", what);
    }
    let mut on_image: BTreeMap<&ContestId, &ContestReading> =
        read.contests.iter().map(|contest| (&contest.contest, contest)).collect();
    for said in &record.contests {
        // Taken out: a record that has a contest twice has one too many.
        match on_image.remove(&said.contest) {
            Some(seen) => contest(check, place, said, seen),
            None => check.fails(
                place,
                "reread.contest",
                format!("contest {}: is once more in the record than on the image", said.contest),
            ),
        }
    }
    for contest in on_image.into_keys() {
        check.fails(place, "reread.contest", format!("contest {contest}: is on the image and not in the record"));
    }
}

/// The archived pixels are what anybody can read again. Grey ones could only add a doubt at the station, so that a contest that
/// nobody was asked about reads from the archive as it did then.
fn contest(check: &mut Check, place: &str, said: &RecordContest, seen: &ContestReading) {
    let id = &said.contest;
    let names = |options: &[OptionId]| options.iter().map(OptionId::as_str).collect::<Vec<_>>().join(", ");
    let mut marked = seen.marked.clone();
    marked.sort();
    if said.settled {
        let (seen_marked, said_marked) = (names(&marked), names(&said.marked));
        return if seen.ambiguous.is_empty() && marked != said.marked {
            let what = format!("contest {id}: the image alone says [{seen_marked}], people said [{said_marked}]");
            check.records(place, "reread.settled_otherwise", what)
        } else {
            let what = format!("contest {id}: people settled a doubtful mark, and their answer [{said_marked}] stands");
            check.records(place, "reread.settled", what)
        };
    }
    if !seen.ambiguous.is_empty() {
        let what =
            format!("contest {id}: the image leaves [{}] in doubt, and nobody was asked", names(&seen.ambiguous));
        return check.fails(place, "reread.doubt", what);
    }
    check.expect(marked == said.marked, place, "reread.marks", || {
        format!(
            "contest {id}: the image has marks at [{}], and the record at [{}]",
            names(&marked),
            names(&said.marked)
        )
    });
}

#[cfg(test)]
mod tests {
    use ballot::ContestState;
    use package::cvr::Outcome;

    use super::*;
    use crate::report::Matter;
    use crate::table::CheckId;

    fn options(names: &[&str]) -> Vec<OptionId> {
        names.iter().map(|name| name.parse().expect("an id")).collect()
    }

    fn record(contests: &[(&str, &[&str], bool)]) -> CastVoteRecord {
        let contest = |(contest, marked, settled): &(&str, &[&str], bool)| RecordContest {
            contest: contest.parse().expect("an id"),
            outcome: if marked.is_empty() { Outcome::Blank } else { Outcome::Valid },
            marked: options(marked),
            counted: options(marked),
            settled: *settled,
        };
        CastVoteRecord {
            style: "spring".parse().expect("an id"),
            sheet: 1,
            contests: contests.iter().map(contest).collect(),
        }
    }

    /// A reading: of each contest what is marked, and what is in doubt.
    fn read(contests: &[(&str, &[&str], &[&str])]) -> Sheet {
        let contest = |(contest, marked, ambiguous): &(&str, &[&str], &[&str])| ContestReading {
            contest: contest.parse().expect("an id"),
            marked: options(marked),
            ambiguous: options(ambiguous),
            state: ContestState::Valid,
        };
        Sheet {
            style: "spring".parse().expect("an id"),
            sheet: 1,
            contests: contests.iter().map(contest).collect(),
            marks: Vec::new(),
            swapped: false,
        }
    }

    /// How many contests agree, and what is told of the others.
    fn compared(record: &CastVoteRecord, read: &Sheet) -> (u64, Vec<(Matter, String)>) {
        let mut check = Check::new(CheckId::Reread);
        compare(&mut check, "000001-front.png", record, read);
        let told = check.detail.iter().map(|detail| (detail.matter, detail.code.clone())).collect();
        (check.checked - check.failed, told)
    }

    fn failed(code: &str) -> Vec<(Matter, String)> {
        vec![(Matter::Failed, code.to_owned())]
    }

    /// Whoever changes a record and, to fit it, every figure and signature after it, does not change the image.
    #[test]
    fn a_record_that_its_image_contradicts_is_found() {
        // In the order of the sheet; a record has them sorted.
        let image = read(&[("assembly", &["n3", "lb"], &[]), ("mayor", &[], &[])]);
        assert_eq!(
            compared(&record(&[("assembly", &["lb", "n3"], false), ("mayor", &[], false)]), &image),
            (2, vec![])
        );
        let other = record(&[("assembly", &["lc", "n3"], false), ("mayor", &[], false)]);
        assert_eq!(compared(&other, &image), (1, failed("reread.marks")));
        let filled = record(&[("assembly", &["lb", "n3"], false), ("mayor", &["omar"], false)]);
        assert_eq!(compared(&filled, &image), (1, failed("reread.marks")), "a blank vote that was given away");
        let unsaid = record(&[("assembly", &["lb", "n3"], false)]);
        assert_eq!(compared(&unsaid, &image), (1, failed("reread.contest")));
        let twice: [(&str, &[&str], bool); 3] =
            [("assembly", &["lb", "n3"], false), ("mayor", &[], false), ("assembly", &["lb", "n3"], false)];
        assert_eq!(compared(&record(&twice), &image), (2, failed("reread.contest")), "one contest, counted twice");
        let mut second = record(&[("assembly", &["lb", "n3"], false), ("mayor", &[], false)]);
        second.sheet = 2;
        assert_eq!(compared(&second, &image), (0, failed("reread.sheet")));
    }

    #[test]
    fn what_people_settled_stands_and_is_named_and_a_doubt_that_nobody_settled_fails() {
        let doubtful = read(&[("mayor", &[], &["omar"])]);
        let settled = record(&[("mayor", &["omar"], true)]);
        let named = |code: &str| vec![(Matter::Recorded, code.to_owned())];
        assert_eq!(compared(&settled, &doubtful), (0, named("reread.settled")));
        let agreed = read(&[("mayor", &["omar"], &[])]);
        assert_eq!(compared(&settled, &agreed), (0, named("reread.settled")), "grey alone had objected");
        let otherwise = read(&[("mayor", &[], &[])]);
        assert_eq!(compared(&settled, &otherwise), (0, named("reread.settled_otherwise")), "people gave it a vote");
        assert_eq!(compared(&record(&[("mayor", &["omar"], false)]), &doubtful), (0, failed("reread.doubt")));
    }
}
