//! Tables of what the rules R.5xx find: each finding, and by rule how many of how many.

use election::{Definition, Lang};

use super::{Table, or_empty};
use crate::outcome::Outcome;

/// One row for each finding, sorted by rule and station, whatever the order of the definition.
pub(super) fn flagged(def: &Definition, outcome: &Outcome) -> Table {
    let columns = ["rule", "station", "office", "kind", "contest", "with", "left", "right", "orders"];
    let mut table = Table::new(&columns);
    let index = def.index();
    for found in &outcome.by_rule.findings {
        let station = found.station.as_ref().and_then(|id| index.stations.get(id));
        table.row([
            found.rule.to_string(),
            or_empty(found.station.as_ref()),
            or_empty(station.map(|station| &station.office)),
            found.kind.as_str().to_owned(),
            or_empty(found.contest.as_ref()),
            or_empty(found.with.as_ref()),
            found.left.to_string(),
            found.right.to_string(),
            found.orders.to_string(),
        ]);
    }
    table
}

/// One row for each rule that is asked and each kind of stations, after one of all kinds together.
pub(super) fn shares(outcome: &Outcome) -> Table {
    let mut table = Table::new(&["rule", "kind", "found", "of", "percent", "ar", "ckb", "en"]);
    for own in &outcome.by_rule.shares {
        let title = tally::rules::rule(own.rule.as_str()).map(|rule| rule.title);
        let [ar, ckb, en] = Lang::ALL.map(|lang| title.map(|title| title.get(lang)).unwrap_or_default().to_owned());
        table.row([
            own.rule.to_string(),
            own.kind.map_or("all", |kind| kind.as_str()).to_owned(),
            own.share.part.to_string(),
            own.share.whole.to_string(),
            own.share.one_decimal().unwrap_or_default(),
            ar,
            ckb,
            en,
        ]);
    }
    table
}
