//! `data/adjudication.json`: what people saw where a mark was in doubt. It is never public.
//!
//! It says who answered what, and neither when nor in which order: the entries are sorted by record, which are
//! sorted by content, and the answers by person.

use std::collections::{BTreeMap, BTreeSet};

use election::{ContestId, OptionId, PersonId};
use serde::{Deserialize, Serialize};

use crate::cvr::Records;

/// Which of the doubtful options each person saw as marked.
pub type Said = BTreeMap<PersonId, BTreeSet<OptionId>>;

/// The answers about one contest of one sheet, each given without sight of the others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answers {
    /// The options in doubt.
    pub asked: BTreeSet<OptionId>,
    /// What each person said.
    pub said: Said,
}

/// The answers with their place in the package.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adjudicated {
    /// The number of the cast vote record, from 1.
    pub record: u32,
    /// The contest.
    pub contest: ContestId,
    /// The answers.
    pub answers: Answers,
}

/// What two people agree on; `None` while no two do, or if two pairs disagree.
pub fn agreed(said: &Said) -> Option<&BTreeSet<OptionId>> {
    let twice = said.values().filter(|answer| said.values().filter(|other| other == answer).count() > 1);
    let agreed: BTreeSet<_> = twice.collect();
    match agreed.len() {
        1 => agreed.into_iter().next(),
        _ => None,
    }
}

/// Where answers and cast vote records do not fit each other.
pub fn differences(adjudicated: &[Adjudicated], records: &Records) -> Vec<String> {
    let mut found = Vec::new();
    let place = |entry: &Adjudicated| (entry.record, entry.contest.clone());
    if !adjudicated.is_sorted_by(|a, b| place(a) < place(b)) {
        found.push("they are not sorted by record and contest".to_owned());
    }
    let answered: BTreeMap<_, _> = adjudicated.iter().map(|entry| (place(entry), &entry.answers)).collect();
    let mut settled = BTreeSet::new();
    for (record, number) in records.records.iter().zip(1u32..) {
        for contest in record.contests.iter().filter(|contest| contest.settled) {
            let place = (number, contest.contest.clone());
            let fits = answered.get(&place).is_some_and(|answers| {
                let marked = contest.marked.iter().filter(|option| answers.asked.contains(*option)).cloned();
                let heard = answers.said.values().all(|said| said.is_subset(&answers.asked));
                heard && agreed(&answers.said) == Some(&marked.collect())
            });
            if !fits {
                found.push(format!("record {number}, {}: no two people have said what it says", contest.contest));
            }
            settled.insert(place);
        }
    }
    let stray = answered.keys().filter(|place| !settled.contains(*place));
    found.extend(stray.map(|(record, contest)| format!("record {record}, {contest}: nothing was in doubt there")));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example;

    fn said(answers: &[(&str, &[&str])]) -> Said {
        let answer = |marks: &[&str]| marks.iter().map(|mark| mark.parse().unwrap()).collect();
        answers.iter().map(|(person, marks)| (person.parse().unwrap(), answer(marks))).collect()
    }

    #[test]
    fn two_people_settle_a_doubt() {
        let settled = |answers: &[(&str, &[&str])]| agreed(&said(answers)).map(BTreeSet::len);
        assert_eq!(settled(&[]), None);
        assert_eq!(settled(&[("a", &["x"])]), None, "one person decides nothing");
        assert_eq!(settled(&[("a", &["x"]), ("b", &[])]), None);
        assert_eq!(settled(&[("a", &["x"]), ("b", &["x"])]), Some(1));
        assert_eq!(settled(&[("a", &["x"]), ("b", &[]), ("c", &[])]), Some(0));
        assert_eq!(settled(&[("a", &["x"]), ("b", &[]), ("c", &[]), ("d", &["x"])]), None, "two pairs");
    }

    #[test]
    fn pk9_answers_that_do_not_fit_the_records_are_named() {
        let records = example::records();
        let good = example::adjudicated();
        assert_eq!(differences(&good, &records), Vec::<String>::new());
        let broken = |change: fn(&mut Vec<Adjudicated>)| {
            let mut bad = example::adjudicated();
            change(&mut bad);
            differences(&bad, &records).len()
        };
        assert_eq!(broken(|all| all.clear()), 1, "settled by nobody");
        assert_eq!(broken(|all| all.push(all[0].clone())), 1, "twice");
        assert_eq!(broken(|all| all[0].record += 1), 2, "of another record");
        assert_eq!(broken(|all| all[0].answers.said = said(&[("o1", &["l2"])])), 1, "by one person");
        assert_eq!(broken(|all| all[0].answers.said = said(&[("o1", &[]), ("o2", &[])])), 1, "otherwise");
        assert_eq!(broken(|all| all[0].answers.said = said(&[("o1", &["c3"]), ("o2", &["c3"])])), 1, "unasked");
    }
}
