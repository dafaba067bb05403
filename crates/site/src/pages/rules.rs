//! The numbered rules, and what they found.

use askama::Template;
use election::{Lang, Station};

use super::{Page, page, render};
use crate::Site;
use crate::words::{Words, words};

struct RuleRow {
    number: &'static str,
    title: &'static str,
    says: &'static str,
}

/// Every numbered rule, so that a number on any page leads to what it says.
#[derive(Template)]
#[template(path = "rules.html")]
struct RulesPage {
    page: Page,
    w: Words,
    title: String,
    rules: Vec<RuleRow>,
}

struct RemarkRow {
    href: String,
    id: String,
    name: String,
    rule: &'static str,
    said: String,
}

#[derive(Template)]
#[template(path = "remarks.html")]
struct RemarksPage {
    page: Page,
    w: Words,
    title: String,
    rule_set: String,
    remarks: Vec<RemarkRow>,
}

pub fn rules_page(site: &Site<'_>, lang: Lang) -> String {
    let w = words(lang);
    let rules = tally::rules::all().map(|rule| RuleRow {
        number: rule.number,
        title: rule.title.get(lang),
        says: rule.says.get(lang),
    });
    let title = w.rules.to_owned();
    render(&RulesPage { page: page(site, lang, "rules.html"), w, title, rules: rules.collect() })
}

/// What was found at every station, in the order of the definition.
pub fn remarks_page(site: &Site<'_>, lang: Lang) -> String {
    let w = words(lang);
    let found = |station: &Station| site.outcome.remarks.get(&station.id).cloned().unwrap_or_default();
    let remarks = site.definition.stations.iter().flat_map(|station| {
        found(station).into_iter().map(move |remark| RemarkRow {
            href: format!("station/{}.html", station.id),
            id: station.id.to_string(),
            name: station.name.get(lang).to_owned(),
            rule: remark.rule,
            said: remark.say(lang),
        })
    });
    render(&RemarksPage {
        page: page(site, lang, "remarks.html"),
        w,
        title: w.remarks.to_owned(),
        rule_set: site.outcome.rule_set.to_string(),
        remarks: remarks.collect(),
    })
}
