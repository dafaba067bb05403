//! The account of a station's ballots, and whether its figures hold together (rules R.201 to R.218).

use std::collections::BTreeMap;

use election::{Contest, ContestId, ContestKind, Definition, Lang, OptionId, Register};
use serde::Serialize;

use crate::ContestTotals;
use crate::rules::rule;
use crate::words::isolated;

/// Every ballot paper that a station received, and where it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Voters registered (fixed register), or ballots delivered (conditional).
    pub registered: u64,
    /// Voters checked in by a verification device, where there is one.
    pub checked_in: Option<u64>,
    /// Ballot papers received.
    pub received: u64,
    /// Put into the box.
    pub used: u64,
    /// Spoiled by voters and exchanged.
    pub spoiled: u64,
    /// Left over.
    pub unused: u64,
    /// Counted.
    pub cast: u64,
    /// With a valid vote.
    pub valid: u64,
    /// Without a mark.
    pub blank: u64,
    /// With marks that are worth nothing.
    pub invalid: u64,
    /// In the box, but not read.
    pub unread: u64,
}

/// One rule that a station's figures break.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The rule, such as `R.201`.
    pub rule: &'static str,
    /// The contest, where it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contest: Option<ContestId>,
    /// The list or candidate, where it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub option: Option<OptionId>,
    /// The figure that the rule's title names first.
    pub left: u128,
    /// The figure it is held against.
    pub right: u128,
}

impl Finding {
    /// The finding as one sentence: the rule, then the two figures that break it.
    pub fn say(&self, lang: Lang) -> String {
        let title = rule(self.rule).map(|r| r.title.get(lang)).unwrap_or_default();
        let mut said = format!("{} {title}", self.rule);
        let contest = self.contest.as_ref().map(ContestId::as_str);
        for part in contest.into_iter().chain(self.option.as_ref().map(OptionId::as_str)) {
            said.push_str(&format!(" · {}", isolated(part)));
        }
        let (left, right) = (digits(self.left, lang), digits(self.right, lang));
        let against = lang.choose(["مقابل", "بەرامبەر بە", "against"]);
        format!("{said}: {left} {against} {right}")
    }
}

fn digits(number: u128, lang: Lang) -> String {
    crate::words::figure(u64::try_from(number).unwrap_or(u64::MAX), lang)
}

/// Findings as they are made.
struct Findings {
    contest: Option<ContestId>,
    found: Vec<Finding>,
}

impl Findings {
    fn add(&mut self, rule: &'static str, option: Option<&OptionId>, left: u128, right: u128) {
        let contest = self.contest.clone();
        self.found.push(Finding { rule, contest, option: option.cloned(), left, right });
    }

    fn equal(&mut self, rule: &'static str, left: u128, right: u128) {
        if left != right {
            self.add(rule, None, left, right);
        }
    }

    fn at_most(&mut self, rule: &'static str, option: Option<&OptionId>, left: u128, right: u128) {
        if left > right {
            self.add(rule, option, left, right);
        }
    }
}

fn sum(figures: &[u64]) -> u128 {
    figures.iter().map(|f| u128::from(*f)).sum()
}

/// Every rule of the ballot account that `account` breaks, by number.
pub fn check(account: &Account, register: Register) -> Vec<Finding> {
    let a = account;
    let mut out = Findings { contest: None, found: Vec::new() };
    out.equal("R.201", a.received.into(), sum(&[a.used, a.spoiled, a.unused]));
    out.equal("R.202", a.used.into(), sum(&[a.cast, a.unread]));
    out.equal("R.203", a.cast.into(), sum(&[a.valid, a.blank, a.invalid]));
    let bound = match register {
        Register::Fixed => "R.204",
        Register::Conditional => "R.206",
    };
    // What was not read was cast all the same.
    out.at_most(bound, None, a.used.into(), a.registered.into());
    if let Some(checked_in) = a.checked_in {
        out.at_most("R.205", None, a.used.into(), checked_in.into());
    }
    out.found
}

/// What is remarkable in an account that breaks no rule of [`check`]: people should look at it, and nothing is refused for it.
pub fn remarkable(account: &Account, register: Register) -> Vec<Finding> {
    let mut out = Findings { contest: None, found: Vec::new() };
    if let (Some(checked_in), Register::Fixed) = (account.checked_in, register) {
        out.at_most("R.207", None, checked_in.into(), account.registered.into());
    }
    if account.registered > 0 && account.used == account.registered {
        out.add("R.208", None, account.used.into(), account.registered.into());
    }
    out.found
}

/// Every rule that a contest's figures break, at one station or in total.
pub fn check_contest(def: &Definition, contest: &Contest, totals: &ContestTotals) -> Vec<Finding> {
    let mut out = Findings { contest: Some(contest.id.clone()), found: Vec::new() };
    out.equal("R.211", totals.ballots.into(), sum(&[totals.valid, totals.blank, totals.invalid]));
    let counted: BTreeMap<OptionId, ()> = def.counted_in(&contest.id).into_iter().map(|o| (o, ())).collect();
    for option in counted.keys().filter(|o| !totals.votes.contains_key(*o)) {
        out.add("R.212", Some(option), 0, 1);
    }
    for option in totals.votes.keys().filter(|o| !counted.contains_key(*o)) {
        out.add("R.212", Some(option), 1, 0);
    }
    match contest.kind {
        ContestKind::OpenList | ContestKind::ClosedList => {
            let lists: u128 = def.lists_of(&contest.id).map(|l| u128::from(totals.votes_of(l.id.as_str()))).sum();
            out.equal("R.213", lists, totals.valid.into());
            let mut personal: BTreeMap<OptionId, u128> = BTreeMap::new();
            for candidate in def.candidates_of(&contest.id) {
                if let Some(list) = &candidate.list {
                    *personal.entry(OptionId::from(list)).or_default() +=
                        u128::from(totals.votes_of(candidate.id.as_str()));
                }
            }
            for (list, votes) in personal {
                // A closed list takes no personal votes.
                let most = if contest.kind == ContestKind::OpenList { totals.votes_of(list.as_str()) } else { 0 };
                out.at_most("R.214", Some(&list), votes, most.into());
            }
        }
        ContestKind::Candidates { vote_for } => {
            for (option, votes) in &totals.votes {
                out.at_most("R.215", Some(option), (*votes).into(), totals.valid.into());
            }
            let all: u128 = totals.votes.values().map(|v| u128::from(*v)).sum();
            out.at_most("R.216", None, all, u128::from(totals.valid) * u128::from(vote_for));
            out.at_most("R.217", None, totals.valid.into(), all);
        }
    }
    out.found
}

/// Does no contest count more ballots than the station cast?
pub fn check_ballots(account: &Account, contest: &ContestId, totals: &ContestTotals) -> Vec<Finding> {
    let mut out = Findings { contest: Some(contest.clone()), found: Vec::new() };
    out.at_most("R.218", None, totals.ballots.into(), account.cast.into());
    out.found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{definition, id, list};

    fn good() -> Account {
        Account {
            registered: 450,
            checked_in: Some(300),
            received: 500,
            used: 300,
            spoiled: 2,
            unused: 198,
            cast: 299,
            valid: 280,
            blank: 9,
            invalid: 10,
            unread: 1,
        }
    }

    fn rules(account: &Account, register: Register) -> Vec<&'static str> {
        check(account, register).iter().map(|f| f.rule).collect()
    }

    #[test]
    fn an_account_that_holds() {
        assert_eq!(check(&good(), Register::Fixed), []);
        assert_eq!(check(&Account { checked_in: None, ..good() }, Register::Conditional), []);
    }

    #[test]
    fn each_rule_of_the_account_breaks_alone() {
        use Register::{Conditional, Fixed};
        assert_eq!(rules(&Account { received: 501, ..good() }, Fixed), ["R.201"]);
        assert_eq!(rules(&Account { unread: 0, ..good() }, Fixed), ["R.202"]);
        assert_eq!(rules(&Account { blank: 10, ..good() }, Fixed), ["R.203"]);
        assert_eq!(rules(&Account { registered: 299, ..good() }, Fixed), ["R.204"]);
        assert_eq!(rules(&Account { checked_in: Some(299), ..good() }, Fixed), ["R.205"]);
        assert_eq!(rules(&Account { registered: 299, ..good() }, Conditional), ["R.206"]);
        let huge = Account { used: u64::MAX, spoiled: u64::MAX, ..good() };
        assert_eq!(rules(&huge, Fixed)[..1], ["R.201"], "no sum wraps");
    }

    #[test]
    fn each_rule_of_a_contest_breaks_alone() {
        let mut def = definition(ContestKind::OpenList, 3);
        let mut good = ContestTotals::default();
        list(&mut def, &mut good, "a", 10, &[("m", 4), ("w", 6)]);
        list(&mut def, &mut good, "b", 5, &[("m", 0)]);
        let check = |def: &Definition, change: &dyn Fn(&mut ContestTotals)| -> Vec<&'static str> {
            let mut totals = good.clone();
            change(&mut totals);
            check_contest(def, &def.contests[0], &totals).iter().map(|f| f.rule).collect()
        };
        let set = |option: &'static str, votes: u64| {
            move |t: &mut ContestTotals| {
                t.votes.insert(id(option), votes);
            }
        };
        assert_eq!(check(&def, &|_| ()), [""; 0]);
        assert_eq!(check(&def, &|t| t.ballots += 1), ["R.211"]);
        assert_eq!(check(&def, &|t| assert!(t.votes.remove(&id("b_1")).is_some())), ["R.212"]);
        assert_eq!(check(&def, &set("stranger", 0)), ["R.212"]);
        assert_eq!(check(&def, &set("b", 6)), ["R.213"]);
        assert_eq!(check(&def, &set("a_1", 5)), ["R.214"]);
        def.contests[0].kind = ContestKind::ClosedList;
        assert_eq!(check(&def, &|_| ()), ["R.214"], "a closed list has no personal votes");

        def.contests[0].kind = ContestKind::Candidates { vote_for: 1 };
        def.lists.clear();
        let candidates = |change: &dyn Fn(&mut ContestTotals)| {
            check(&def, &|t| {
                t.votes = [("a_1", 4), ("a_2", 6), ("b_1", 5)].into_iter().map(|(o, v)| (id(o), v)).collect();
                change(t);
            })
        };
        assert_eq!(candidates(&|_| ()), [""; 0]);
        assert_eq!(candidates(&|t| set("a_1", 16)(t)), ["R.215", "R.216"]);
        assert_eq!(candidates(&|t| set("a_1", 5)(t)), ["R.216"]);
        assert_eq!(candidates(&|t| set("a_1", 3)(t)), ["R.217"]);
        let account = Account { cast: 14, ..Default::default() };
        assert_eq!(check_ballots(&account, &id("k"), &good)[0].rule, "R.218");
        assert_eq!(check_ballots(&Account { cast: 15, ..Default::default() }, &id("k"), &good), []);
    }

    #[test]
    fn mt8_what_is_remarkable_is_told_and_refuses_nothing() {
        use Register::{Conditional, Fixed};
        let told = |account: &Account, register| -> Vec<(&'static str, u128, u128)> {
            remarkable(account, register).iter().map(|f| (f.rule, f.left, f.right)).collect()
        };
        assert_eq!(told(&good(), Fixed), []);
        let crowd = Account { checked_in: Some(451), ..good() };
        assert_eq!(told(&crowd, Fixed), [("R.207", 451, 450)]);
        assert_eq!(told(&crowd, Conditional), [], "nobody is registered there");
        let all = Account { registered: 300, ..good() };
        assert_eq!(told(&all, Fixed), [("R.208", 300, 300)], "a turnout of 100 %");
        assert_eq!(told(&all, Conditional), [("R.208", 300, 300)], "every ballot delivered is in the box");
        assert_eq!(check(&all, Fixed), [], "and no rule is broken by it");
        assert_eq!(told(&Account::default(), Fixed), [], "nothing of nothing is no turnout");
    }

    #[test]
    fn a_finding_speaks_three_languages() {
        let finding = &check(&Account { received: 501, ..good() }, Register::Fixed)[0];
        assert_eq!(finding.say(Lang::En), "R.201 Received = used + spoiled + unused: 501 against 500");
        assert!(finding.say(Lang::Ar).ends_with("٥٠١ مقابل ٥٠٠"));
        assert!(finding.say(Lang::Ckb).ends_with("٥٠١ بەرامبەر بە ٥٠٠"));
    }
}
