//! The rules themselves: E.140 to E.149.

use crate::nearest::nearest;
use crate::report::{Report, show};
use crate::settings::Settings;
use crate::{ELECTION_TOML, Rule, Tier};

pub(super) fn check(settings: &Settings, report: &mut Report) {
    let rules = &settings.rules;
    let line = |key: &str| settings.lines.get(key).copied();
    let mut add = |rule, key: &str, what: String, next: &str| report.add(rule, ELECTION_TOML, line(key), what, next);

    let bundled = jiff::tz::TimeZoneDatabase::bundled();
    let zones: Vec<_> = bundled.available().collect();
    let known = zones.iter().any(|zone| zone.as_str() == settings.time_zone);
    if !known && line("time_zone").is_some() {
        let near = nearest(&settings.time_zone, zones.iter().map(|zone| zone.as_str()));
        let near = near.map(|zone| format!("; the nearest is {zone}")).unwrap_or_default();
        let what = format!("there is no time zone '{}'{near}", show(&settings.time_zone));
        add(Rule::TimeZone, "time_zone", what, "write one of the IANA database, such as Asia/Baghdad");
    }
    if settings.scope.round == 0 {
        add(Rule::Round, "round", "the round is 0".into(), "write 1 for the first");
    }
    let marks = &rules.marks;
    if marks.unmarked_to >= marks.marked_from || marks.marked_from > 1000 {
        let what = format!("no mark up to {}, a mark from {}", marks.unmarked_to, marks.marked_from);
        add(Rule::Marks, "marks.marked_from", what, "write unmarked_to < marked_from <= 1000");
    }
    if marks.outside_from == 0 {
        let what = "a bubble with no ink round it would be in doubt".to_owned();
        add(Rule::Marks, "marks.outside_from", what, "write 1 or more");
    }
    if marks.pale_to > 1000 {
        let what = format!("no ink is darker than black, which is 1000, and pale is up to {}", marks.pale_to);
        add(Rule::Marks, "marks.pale_to", what, "write 1000 or less");
    }
    rules.each_trouble(&mut |rule, key, what, next| add(rule, &key, what, next));
    if rules.announce == Tier::Order {
        let what = "every station would need an order of its own before it is counted".into();
        add(
            Rule::AnnounceOrder,
            "announce",
            what,
            "write arrived, matched or confirmed; order is for [announce_by_kind]",
        );
    }
    let law = &rules.law;
    let figures = [
        ("law.seats", law.seats == Some(0)),
        ("law.candidates_per_seat", law.candidates_per_seat == Some(0)),
        ("law.woman_in_each", law.woman_in_each == Some(0)),
    ];
    for (key, zero) in figures {
        if zero {
            add(Rule::Law, key, format!("'{key}' is 0"), "write the figure of the law, or leave the key out");
        }
    }
    if let (Some(open), Some(close)) = (law.polls_open, law.polls_close)
        && open >= close
    {
        let what = format!("the polls would open at {open} and close at {close}");
        add(Rule::PollHours, "law.polls_open", what, "write both hours of the day of the vote, the earlier one first");
    }
}
