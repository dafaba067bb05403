//! `sanad centre findings`: what the frozen rules R.5xx find, of how many; and findings as the ground of an order.

use centre::Centre as Room;
use election::FindingRule;
use record::by_rule::{ByRule, RuleFinding};
use serde_json::json;

use crate::shell::{Fill, Result, Shell, Verdict, count, text};

/// The findings that an order names as its ground.
#[derive(clap::Args)]
pub struct Named {
    /// A rule R.501 to R.509 whose finding about the station, or about its kind, it rests on
    #[arg(long = "finding", value_name = "RULE")]
    pub findings: Vec<FindingRule>,
}

/// Lists them; of one rule alone with `rule`.
pub fn findings(shell: &Shell, room: &Room, rule: Option<FindingRule>) -> Result {
    let (outcome, _) = room.outcome()?;
    let ByRule { mut findings, mut shares } = outcome.by_rule;
    findings.retain(|found| rule.is_none_or(|rule| found.rule == rule));
    shares.retain(|share| rule.is_none_or(|rule| share.rule == rule));
    for own in shares.iter().filter(|share| share.kind.is_none()) {
        let title = tally::rules::rule(own.rule.as_str()).map(|rule| rule.title.get(shell.lang)).unwrap_or_default();
        let title = Fill::Words(title.to_owned());
        match own.share.one_decimal() {
            Some(percent) => shell.tell(
                "{} {}: {} of {} stations ({} %)",
                &[text(own.rule), title, count(own.share.part), count(own.share.whole), text(percent)],
            ),
            None => shell.tell("{} {}: there is no station of which it can be asked", &[text(own.rule), title]),
        }
        findings.iter().filter(|found| found.rule == own.rule).for_each(|found| tell(shell, found));
    }
    let shares: Vec<_> = shares
        .iter()
        .map(|own| {
            let (found, of) = (own.share.part, own.share.whole);
            json!({ "rule": own.rule, "kind": own.kind, "found": found, "of": of, "percent": own.share.one_decimal() })
        })
        .collect();
    shell.json(&json!({ "findings": findings, "shares": shares }));
    Ok(Verdict::Holds)
}

/// A finding as a sentence, its figures with their names.
fn tell(shell: &Shell, found: &RuleFinding) {
    let [left, right] = tally::rules::figures(found.rule).map(|name| Fill::Words(name.get(shell.lang).to_owned()));
    let pair = [left, count(found.left), right, count(found.right)];
    let (sentence, about) = match (&found.station, &found.with) {
        (Some(station), Some(with)) => ("  station {}, as station {}: {} {}, {} {}", vec![text(station), text(with)]),
        (Some(station), None) => ("  station {}: {} {}, {} {}", vec![text(station)]),
        (None, _) => ("  stations of the kind {}: {} {}, {} {}", vec![text(found.kind.as_str())]),
    };
    shell.find(sentence, &about.into_iter().chain(pair).collect::<Vec<_>>());
}
