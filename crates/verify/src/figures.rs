//! V.405 to V.408: the figures of one station, added up again by code of this crate's own.

use std::collections::BTreeMap;

use election::{ContestId, ContestKind, OptionId, Station};
use package::cvr::{Outcome, RecordContest, Records};
use package::slip::SlipFigures;
use package::{BallotAccount, ContestResults, StationResults};
use tally::{Ballot, ContestOptions, Sums};

use crate::defined::Defined;

/// What is wrong with figures: a reason code and a sentence.
pub type Wrong = (&'static str, String);

fn add(figures: &[u32]) -> u64 {
    figures.iter().map(|figure| u64::from(*figure)).sum()
}

/// V.405: what a device adds up itself: the account, the sums of each contest, and exactly the lists and candidates of the
/// definition.
pub fn results(defined: &Defined<'_>, station: &Station, results: &StationResults) -> Vec<Wrong> {
    let def = defined.def;
    let mut wrong = account(defined.registered(station).0, &results.account);
    let expected: Vec<&ContestId> = def.contests_at(station).map(|contest| &contest.id).collect();
    let found: Vec<&ContestId> = results.contests.iter().map(|contest| &contest.contest).collect();
    if expected != found {
        let names = |ids: &[&ContestId]| ids.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(", ");
        wrong.push(("figures.contests", format!("has contests [{}], not [{}]", names(&found), names(&expected))));
    }
    for figures in &results.contests {
        wrong.extend(contest(defined, figures, results.account.cast));
    }
    wrong
}

/// V.405: what of the paper that people counted does not add up. The record may say so of an import; then nothing of it
/// is counted without an order.
pub fn paper(defined: &Defined<'_>, station: &Station, a: &BallotAccount) -> Vec<Wrong> {
    let (_, most) = defined.registered(station);
    let mut wrong = Vec::new();
    let (what, received) = ("received = used + spoiled + unused", u64::from(a.received));
    let parts = add(&[a.used, a.spoiled, a.unused]);
    if received != parts {
        wrong.push(("figures.account", format!("{what}: {received} is not {parts}")));
    }
    let mut at_most = |code, what: &str, left: u64, right: u64| {
        if left > right {
            wrong.push((code, format!("{what}: {left} is more than {right}")));
        }
    };
    at_most("figures.registered", "used, and the most that any letter allows", a.used.into(), most);
    if let Some(checked_in) = a.checked_in {
        at_most("figures.checked_in", "used, and voters checked in", a.used.into(), checked_in.into());
    }
    wrong
}

fn account(registered: u64, a: &BallotAccount) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    let mut equal = |code, what: &str, left: u64, right: u64| {
        if left != right {
            wrong.push((code, format!("{what}: {left} is not {right}")));
        }
    };
    equal("figures.bound", "registered", a.registered.into(), registered);
    equal("figures.account", "used = cast + unread", a.used.into(), add(&[a.cast, a.unread]));
    equal("figures.account", "cast = valid + blank + invalid", a.cast.into(), add(&[a.valid, a.blank, a.invalid]));
    wrong
}

fn contest(defined: &Defined<'_>, figures: &ContestResults, cast: u32) -> Vec<Wrong> {
    let id = &figures.contest;
    let mut wrong = Vec::new();
    let Some(contest) = defined.contest(id) else {
        return vec![("figures.contests", format!("contest '{id}' is not in the definition"))];
    };
    let sum = add(&[figures.valid, figures.blank, figures.invalid]);
    if u64::from(figures.ballots) != sum || figures.ballots > cast {
        let what = format!(
            "contest {id}: {} ballots, but valid + blank + invalid is {sum} and {cast} were cast",
            figures.ballots
        );
        wrong.push(("figures.ballots", what));
    }
    let expected = contest.options.ids();
    if !figures.votes.keys().eq(expected) {
        let odd = figures.votes.keys().find(|o| contest.options.find(o.as_str()).is_none());
        let odd = odd.or_else(|| expected.iter().find(|o| !figures.votes.contains_key(*o)));
        let what = format!(
            "contest {id}: the figures are not those of its lists and candidates; see '{}'",
            odd.map_or("", |o| o.as_str())
        );
        wrong.push(("figures.options", what));
    }
    let votes: Vec<u64> = expected.iter().map(|o| figures.votes.get(o).copied().unwrap_or(0).into()).collect();
    let of = |places: &[usize]| places.iter().map(|place| votes[*place]).sum::<u64>();
    let valid = u64::from(figures.valid);
    match contest.kind {
        ContestKind::OpenList | ContestKind::ClosedList => {
            let lists: u64 = contest.lists.iter().map(|(_, list, _)| votes[*list]).sum();
            if lists != valid {
                wrong.push((
                    "figures.votes",
                    format!("contest {id}: the lists have {lists} votes of {valid} valid ballots"),
                ));
            }
            for (name, list, own) in &contest.lists {
                // A closed list has no personal votes.
                let most = if contest.kind == ContestKind::ClosedList { 0 } else { votes[*list] };
                let (personal, list_votes) = (of(own), most);
                if personal > list_votes {
                    let what = format!(
                        "contest {id}: the candidates of list {name} have {personal} votes of its {list_votes}"
                    );
                    wrong.push(("figures.votes", what));
                }
            }
        }
        ContestKind::Candidates { vote_for } => {
            let all = of(&contest.candidates);
            let too_many = contest.candidates.iter().any(|place| votes[*place] > valid);
            if all > valid * u64::from(vote_for) || all < valid || too_many {
                let what = format!(
                    "contest {id}: {all} votes for candidates on {valid} valid ballots of up to {vote_for} marks"
                );
                wrong.push(("figures.votes", what));
            }
        }
    }
    wrong
}

/// V.406: every figure is zero, over the same contests, lists and candidates, of the same device.
pub fn zero(zero: &StationResults, results: &StationResults) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    let same = (&zero.scope, &zero.station, &zero.device) == (&results.scope, &results.station, &results.device);
    if !same || zero.generation > results.generation {
        wrong.push(("zero.other", "is of another station, device or generation".to_owned()));
    }
    let a = &zero.account;
    // What was registered stands before the polls open, and papers received may; nothing else may be above zero.
    let counted = add(&[a.used, a.spoiled, a.cast, a.valid, a.blank, a.invalid, a.unread, a.checked_in.unwrap_or(0)]);
    if counted != 0 {
        wrong.push(("zero.account", "the ballot account is not zero".to_owned()));
    }
    let options = |of: &StationResults| -> Vec<(ContestId, Vec<OptionId>)> {
        of.contests.iter().map(|c| (c.contest.clone(), c.votes.keys().cloned().collect())).collect()
    };
    if options(zero) != options(results) {
        wrong.push(("zero.options", "lists other contests, lists or candidates than the results".to_owned()));
    }
    for contest in &zero.contests {
        let ballots = add(&[contest.ballots, contest.valid, contest.blank, contest.invalid]);
        if ballots != 0 || contest.votes.values().any(|votes| *votes != 0) {
            wrong.push(("zero.votes", format!("contest {} is not zero", contest.contest)));
        }
    }
    wrong
}

/// V.407 and V.802: every figure of the slip is that of the results, and no figure is missing.
pub fn slip(slip: &SlipFigures, results: &StationResults) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    let same = (&slip.scope, &slip.station, &slip.device, slip.generation)
        == (&results.scope, &results.station, &results.device, results.generation);
    if !same {
        wrong.push(("slip.other", "is of another station, device or generation".to_owned()));
    }
    if slip.account != results.account {
        wrong.push(("slip.account", "the ballot account is another".to_owned()));
    }
    if slip.contests.len() != results.contests.len() {
        wrong.push(("slip.contests", "lists other contests".to_owned()));
    }
    for contest in &results.contests {
        let id = &contest.contest;
        let Some(printed) = slip.contests.get(id) else {
            wrong.push(("slip.contests", format!("contest {id} is not on it")));
            continue;
        };
        let sums = [printed.ballots, printed.valid, printed.blank, printed.invalid];
        if sums != [contest.ballots, contest.valid, contest.blank, contest.invalid] {
            wrong.push(("slip.ballots", format!("contest {id}: the ballots are others")));
        }
        let mut options: Vec<&OptionId> = contest.votes.keys().chain(printed.votes.keys()).collect();
        options.sort();
        options.dedup();
        for option in options {
            let on_slip = printed.votes.get(option).copied().unwrap_or(0);
            let counted = contest.votes.get(option).copied().unwrap_or(0);
            if on_slip != counted {
                wrong.push((
                    "slip.votes",
                    format!("contest {id}, {option}: {on_slip} on the slip, {counted} published"),
                ));
            }
        }
    }
    wrong
}

/// V.408: the records counted again, from what they say is counted and from the marks themselves.
pub fn votes(defined: &Defined<'_>, records: &Records, results: &StationResults) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    let same = (&records.scope, &records.station, &records.device, records.generation)
        == (&results.scope, &results.station, &results.device, results.generation);
    if !same {
        wrong.push(("cvr.other", "is of another station, device or generation".to_owned()));
    }
    let mut sheets: BTreeMap<&ContestId, Vec<&RecordContest>> = BTreeMap::new();
    for record in records.records.iter().flat_map(|record| &record.contests) {
        sheets.entry(&record.contest).or_default().push(record);
    }
    if let Some(unknown) = sheets.keys().find(|id| !results.contests.iter().any(|c| c.contest == ***id)) {
        wrong.push(("cvr.contests", format!("holds contest {unknown}, which is not in the results")));
    }
    for contest in &results.contests {
        let id = &contest.contest;
        let Some(options) = defined.contest(id).map(|defined| &defined.options) else {
            wrong.push(("cvr.sum", format!("contest {id} is not in the definition")));
            continue;
        };
        let sheets = sheets.remove(id).unwrap_or_default();
        if !said(options, &sheets).is_some_and(|sums| is_sum(&sums, contest)) {
            wrong.push((
                "cvr.sum",
                format!("contest {id}: what the records say is counted does not add up to the results"),
            ));
        }
        let marked = sheets.iter().map(|record| &record.marked[..]);
        let counted = Sums::of_marks(options, marked).ok();
        if !counted.is_some_and(|sums| is_sum(&sums, contest)) {
            wrong.push(("cvr.marks", format!("contest {id}: the marks do not add up to the results")));
        }
    }
    wrong
}

/// What the records say is counted, added up; none where one counts for what nobody can vote for.
fn said<'a>(options: &'a ContestOptions<'a>, sheets: &[&RecordContest]) -> Option<Sums<'a>> {
    let (mut sums, mut places) = (Sums::zero(options), Vec::new());
    for record in sheets {
        places.clear();
        for option in &record.counted {
            places.push(options.find(option.as_str())?);
        }
        let ballot = match &record.outcome {
            Outcome::Valid => Ballot::Valid(&places),
            Outcome::Blank => Ballot::Blank,
            Outcome::Invalid(_) => Ballot::Invalid,
        };
        sums.ballot(ballot).ok()?;
    }
    Some(sums)
}

fn is_sum(sums: &Sums<'_>, results: &ContestResults) -> bool {
    let stated = results.votes.iter().map(|(option, votes)| (option.as_str(), u64::from(*votes)));
    let ballots = [results.ballots, results.valid, results.blank, results.invalid].map(u64::from);
    sums.ballots() == ballots && sums.votes().map(|(option, votes)| (option.as_str(), votes)).eq(stated)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of a contest of candidates each valid ballot has one vote at least and `vote_for` at most (R.217).
    #[test]
    fn a_valid_ballot_of_candidates_has_a_vote() {
        let def = election::read(&election::scaffold()).expect("a definition");
        let defined = Defined::new(&def);
        let id = &def.contests[0].id;
        assert_eq!(defined.contest(id).map(|contest| contest.kind), Some(ContestKind::Candidates { vote_for: 1 }));
        let wrong = |valid: u32, rose: u32| {
            let votes =
                def.counted_in(id).into_iter().map(|o| (o.clone(), if o.as_str() == "rose" { rose } else { 0 }));
            let (blank, invalid) = (10 - valid, 0);
            let figures =
                ContestResults { contest: id.clone(), ballots: 10, valid, blank, invalid, votes: votes.collect() };
            contest(&defined, &figures, 10).into_iter().map(|(code, _)| code).collect::<Vec<_>>()
        };
        assert_eq!(wrong(8, 8), [""; 0]);
        assert_eq!(wrong(8, 7), ["figures.votes"], "a valid ballot without a vote");
        assert_eq!(wrong(7, 8), ["figures.votes"], "a vote too many");
    }
}
