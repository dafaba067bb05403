//! Tables of decisions that stand beside the figures: who withdrew, and which rules were changed.

use election::Definition;

use super::{Table, names, yes_no};
use crate::outcome::Outcome;

/// One row for each who withdrew after printing: the figures before and after, side by side (R.313 to R.315).
pub(super) fn withdrawals(def: &Definition, outcome: &Outcome) -> Table {
    let mut table = Table::new(&[
        "contest",
        "option",
        "name_ar",
        "name_ckb",
        "name_en",
        "withdrawn",
        "by",
        "reason",
        "basis",
        "votes",
        "valid_before",
        "valid_after",
        "invalid_before",
        "invalid_after",
    ]);
    for line in &outcome.withdrawals {
        let [ar, ckb, en] = def.option_name(&line.option).map(names).unwrap_or_default();
        let [reason, basis] = line.grounds.clone();
        let by = match line.by {
            tally::withdrawn::By::Definition => "definition",
            tally::withdrawn::By::Record => "record",
        };
        table.row([
            line.contest.to_string(),
            line.option.to_string(),
            ar,
            ckb,
            en,
            yes_no(line.withdrawn),
            by.to_owned(),
            reason,
            basis,
            line.votes.to_string(),
            line.before[0].to_string(),
            line.after[0].to_string(),
            line.before[1].to_string(),
            line.after[1].to_string(),
        ]);
    }
    table
}

/// One row for each rule that was changed after the freeze, the first one first (R.408).
pub(super) fn amendments(outcome: &Outcome) -> Table {
    let mut table = Table::new(&["number", "key", "before", "after", "reason", "basis"]);
    for (number, amendment) in (1..).zip(&outcome.amendments) {
        let number: u32 = number;
        table.row([
            number.to_string(),
            amendment.key.clone(),
            amendment.before.clone().unwrap_or_default(),
            amendment.after.clone().unwrap_or_default(),
            amendment.reason.clone(),
            amendment.basis.clone(),
        ]);
    }
    table
}
