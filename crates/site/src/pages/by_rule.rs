//! What the rules R.5xx find: of how many stations, of which kinds, and each finding with its figures.

use askama::Template;
use election::{FindingRule, Lang};
use record::by_rule::{RuleFinding, RuleShare};

use super::{Count, Page, page, render, writes_numbers};
use crate::Site;
use crate::words::{Words, decimal, kind, number, words};

/// The most findings of a rule that the page lists; beyond them it counts, and the table has all.
const MOST_LISTED: usize = 100;

struct ShareRow {
    kind: &'static str,
    found: u64,
    of: u64,
    percent: String,
}

struct FoundRow {
    station: String,
    /// The page of the station; none of a kind.
    href: Option<String>,
    kind: &'static str,
    contest: String,
    with: String,
    left: u64,
    right: u64,
    orders: u64,
}

struct RuleRow {
    number: &'static str,
    title: &'static str,
    /// What the figures of a finding are called.
    left: &'static str,
    right: &'static str,
    shares: Vec<ShareRow>,
    found: Vec<FoundRow>,
    more: u64,
}

#[derive(Template)]
#[template(path = "findings.html")]
struct FindingsPage<'s> {
    page: Page,
    w: Words,
    title: &'s str,
    rule_set: String,
    rules: Vec<RuleRow>,
}

writes_numbers!(FindingsPage);

/// Rule by rule, in the order of their numbers; a rule that is off is not on it.
pub fn findings_page(site: &Site<'_>, lang: Lang) -> String {
    let w = words(lang);
    render(&FindingsPage {
        page: page(site, lang, "findings.html"),
        w,
        title: w.by_rule,
        rule_set: site.outcome.rule_set.to_string(),
        rules: site.state.decisions.rules.findings.on().map(|rule| of_rule(site, lang, &w, rule)).collect(),
    })
}

fn of_rule(site: &Site<'_>, lang: Lang, w: &Words, rule: FindingRule) -> RuleRow {
    let own = &site.outcome.by_rule;
    let all: Vec<&RuleFinding> = own.findings.iter().filter(|found| found.rule == rule).collect();
    let share = |own: &RuleShare| ShareRow {
        kind: own.kind.map_or(w.all, |own| kind(w, own)),
        found: own.share.part,
        of: own.share.whole,
        percent: own.share.one_decimal().map(|percent| decimal(lang, &percent)).unwrap_or_default(),
    };
    let [left, right] = tally::rules::figures(rule).map(|name| name.get(lang));
    let listed = all.iter().take(MOST_LISTED).map(|found| row(w, found));
    RuleRow {
        number: rule.as_str(),
        title: tally::rules::rule(rule.as_str()).map(|rule| rule.title.get(lang)).unwrap_or_default(),
        left,
        right,
        shares: own.shares.iter().filter(|share| share.rule == rule).map(share).collect(),
        found: listed.collect(),
        more: all.len().saturating_sub(MOST_LISTED) as u64,
    }
}

fn row(w: &Words, found: &RuleFinding) -> FoundRow {
    let text = |id: Option<String>| id.unwrap_or_default();
    FoundRow {
        station: text(found.station.as_ref().map(ToString::to_string)),
        href: found.station.as_ref().map(|id| format!("station/{id}.html")),
        kind: kind(w, found.kind),
        contest: text(found.contest.as_ref().map(ToString::to_string)),
        with: text(found.with.as_ref().map(ToString::to_string)),
        left: found.left,
        right: found.right,
        orders: found.orders,
    }
}
