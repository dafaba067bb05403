//! Tables of votes and seats: totals, quotients, who is elected, and every step in words.

use election::{Definition, Lang};

use super::{Table, names, yes_no};
use crate::outcome::Outcome;

/// One row per contest and option, and one each for ballots, valid, blank and invalid.
pub(super) fn totals(def: &Definition, outcome: &Outcome) -> Table {
    let mut table = Table::new(&["contest", "option", "name_ar", "name_ckb", "name_en", "votes"]);
    for (contest, totals) in &outcome.totals {
        let sums = [
            ("_ballots", totals.ballots),
            ("_valid", totals.valid),
            ("_blank", totals.blank),
            ("_invalid", totals.invalid),
        ];
        for (name, votes) in sums {
            let [ar, ckb, en]: [String; 3] = Default::default();
            table.row([contest.to_string(), name.to_owned(), ar, ckb, en, votes.to_string()]);
        }
        for option in def.counted_in(contest) {
            let [ar, ckb, en] = def.option_name(&option).map(names).unwrap_or_default();
            let votes = totals.votes.get(&option).copied().unwrap_or(0);
            table.row([contest.to_string(), option.to_string(), ar, ckb, en, votes.to_string()]);
        }
    }
    table
}

/// Every quotient that was compared: `votes` divided by `divisor`, an exact fraction.
pub(super) fn seats(outcome: &Outcome) -> Table {
    let mut table = Table::new(&["contest", "list", "votes", "divisor", "rank", "won", "tied"]);
    for (contest, allotment) in &outcome.allotments {
        for quotient in &allotment.quotients {
            table.row([
                contest.to_string(),
                quotient.who.to_string(),
                quotient.votes.to_string(),
                quotient.divisor.to_string(),
                quotient.rank.to_string(),
                yes_no(quotient.won),
                yes_no(quotient.tied),
            ]);
        }
    }
    table
}

pub(super) fn elected(def: &Definition, outcome: &Outcome) -> Table {
    let columns = ["contest", "candidate", "name_ar", "name_ckb", "name_en", "list", "votes", "seat", "rule"];
    let mut table = Table::new(&columns);
    for (contest, allotment) in &outcome.allotments {
        for person in &allotment.elected {
            let [ar, ckb, en] = def.candidate(&person.candidate).map(|c| names(&c.name)).unwrap_or_default();
            table.row([
                contest.to_string(),
                person.candidate.to_string(),
                ar,
                ckb,
                en,
                person.list.as_ref().map(ToString::to_string).unwrap_or_default(),
                person.votes.to_string(),
                seat_kind(&person.seat_kind),
                person.step.to_owned(),
            ]);
        }
    }
    table
}

fn seat_kind(kind: &tally::SeatKind) -> String {
    match kind {
        tally::SeatKind::General => "general".to_owned(),
        tally::SeatKind::Women => "women".to_owned(),
        tally::SeatKind::Reserved { community } => format!("reserved_{community}"),
    }
}

/// Every step from votes to seats, in words.
pub(super) fn steps(outcome: &Outcome) -> Table {
    let mut table = Table::new(&["contest", "step", "rule", "ar", "ckb", "en"]);
    for (contest, allotment) in &outcome.allotments {
        for (number, step) in allotment.steps.iter().enumerate() {
            let [ar, ckb, en] = Lang::ALL.map(|lang| step.say(lang));
            table.row([contest.to_string(), (number + 1).to_string(), step.rule().to_owned(), ar, ckb, en]);
        }
    }
    table
}
