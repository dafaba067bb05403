//! The page of a station.

use std::collections::BTreeMap;

use askama::Template;
use election::{Candidate, Contest, ContestId, Definition, Lang, OptionId, Station};
use record::entry::Effect;
use record::results;

use super::why::{self, FoundRow, Why};
use super::{Count, Page, class, contest_name, counted_word, page, render, tick, writes_numbers};
use crate::Site;
use crate::words::{Words, number, standing, words};

struct LetterRow {
    body: String,
    number: String,
    date: String,
    registered: u64,
    followed: bool,
}

struct OrderRow {
    effect: &'static str,
    superseded: bool,
    absent: Option<String>,
    reason: String,
    basis: String,
    findings: String,
}

struct ContestVotes {
    title: String,
    rows: Vec<(String, u64)>,
}

#[derive(Template)]
#[template(path = "station.html")]
struct StationPage<'a> {
    page: Page,
    w: Words,
    title: String,
    id: String,
    office: String,
    office_href: String,
    class: &'static str,
    standing: &'static str,
    counted: &'static str,
    evidence: Vec<(&'static str, String)>,
    orders: Vec<OrderRow>,
    differences: Vec<(String, u32, u32)>,
    letters: Vec<LetterRow>,
    undecided: bool,
    remarks: Vec<(&'static str, String)>,
    account: Vec<(&'static str, String)>,
    contests: Vec<ContestVotes>,
    why: Why,
    found: (Vec<FoundRow>, u64),
    documents: &'a [String],
}

writes_numbers!(StationPage);

/// The lists and candidates of each contest with their names in one language, in the order of the ballot; a candidate's
/// with the id.
pub type Names<'a> = BTreeMap<&'a ContestId, Vec<(OptionId, String)>>;

/// The names of a definition. Looked up for each of a nation's pages they would take most of the time.
pub fn names(def: &Definition, lang: Lang) -> Names<'_> {
    let of = |contest: &Contest| {
        let lists = def.lists_of(&contest.id).map(|list| ((&list.id).into(), list.name.get(lang).to_owned()));
        let candidate = |own: &Candidate| ((&own.id).into(), format!("{} ({})", own.name.get(lang), own.id));
        lists.chain(def.candidates_of(&contest.id).map(candidate)).collect()
    };
    def.contests.iter().map(|contest| (&contest.id, of(contest))).collect()
}

pub fn station_page(site: &Site<'_>, lang: Lang, names: &Names<'_>, station: &Station) -> String {
    let (def, w) = (site.definition, words(lang));
    let known = &site.outcome.stations[&station.id];
    let results = known.counted.and_then(|c| site.figures.get(&c.figures()));
    let n = |count: u32| number(lang, count.into());
    let evidence = vec![
        (w.network, tick(!known.network.is_empty()).to_owned()),
        (w.stick, tick(!known.stick.is_empty()).to_owned()),
        (w.identical, tick(known.is_identical()).to_owned()),
        (w.slips_agreeing, number(lang, known.slips_agreeing as u64)),
        (w.slips_differing, number(lang, known.slips_differing as u64)),
        (w.evidences, number(lang, known.concordant.into())),
    ];
    let registers = &site.outcome.registers;
    let bound = registers.bounds.get(&station.id).map_or(0, |bound| bound.figure);
    let own = registers.letters.get(&station.id);
    let letters = own.into_iter().flat_map(|own| {
        own.letters.iter().map(|(id, registered)| {
            let source = def.sources.iter().find(|source| source.id == *id);
            LetterRow {
                body: source.map(|s| s.body.clone()).unwrap_or_default(),
                number: source.map(|s| s.number.clone()).unwrap_or_default(),
                date: source.map(|s| s.date.to_string()).unwrap_or_default(),
                registered: (*registered).into(),
                followed: *id == own.follows,
            }
        })
    });
    let found = site.outcome.remarks.get(&station.id).into_iter().flatten();
    let account = results.map(|results| {
        let a = &results.account;
        vec![
            (w.registered, n(a.registered)),
            (w.bound, number(lang, bound)),
            (w.cast, n(a.cast)),
            (w.valid, n(a.valid)),
            (w.blank, n(a.blank)),
            (w.invalid, n(a.invalid)),
            (w.unread, n(a.unread)),
        ]
    });
    let named = |contest| names.get(contest).map_or(&[][..], Vec::as_slice);
    let contests = results.into_iter().flat_map(|r| &r.contests).map(|contest| ContestVotes {
        title: def.contest(&contest.contest).map(|c| contest_name(def, c, lang)).unwrap_or_default(),
        rows: named(&contest.contest)
            .iter()
            .filter_map(|(option, name)| {
                Some((name.clone(), u64::from(*contest.votes.get(option).filter(|v| **v > 0)?)))
            })
            .collect(),
    });
    let name = |option: &OptionId| {
        let known = names.values().flatten().find(|(id, _)| id == option);
        known.map_or_else(|| option.to_string(), |(_, name)| name.clone())
    };
    let of_first = |set: &std::collections::BTreeSet<record::Content>| {
        set.first().and_then(|content| site.figures.get(&content.results))
    };
    let differences = match (of_first(&known.network), of_first(&known.stick)) {
        (Some(left), Some(right)) => results::differences(def, left, right),
        _ => Vec::new(),
    };
    let orders = site.state.orders.iter().filter(|(_, order)| order.station == station.id);
    let orders = orders.map(|(digest, order)| OrderRow {
        effect: match order.effect {
            Effect::Count(_) => w.counted,
            Effect::CountHand(_) => w.counted_by_hand,
            Effect::NotOpened => w.not_opened,
            Effect::Cancel => w.cancelled,
            Effect::Restore => w.by_order,
        },
        superseded: site.state.superseded.contains(digest),
        absent: site.state.evidence.get(&station.id).and_then(|own| own.say_absent(order, lang)),
        reason: order.reason.clone(),
        basis: order.basis.clone(),
        findings: order.findings.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
    });
    let office = def.office(&station.office).expect("a checked definition names only offices it has");
    render(&StationPage {
        page: page(site, lang, &format!("station/{}.html", station.id)),
        w,
        title: station.name.get(lang).to_owned(),
        id: station.id.to_string(),
        office: office.name.get(lang).to_owned(),
        office_href: format!("../office/{}.html", office.id),
        class: class(known.standing),
        standing: standing(&w, known.standing),
        counted: counted_word(&w, known),
        evidence,
        orders: orders.collect(),
        differences: differences.iter().map(|(option, l, r)| (name(option), *l, *r)).collect(),
        letters: letters.collect(),
        undecided: own.is_some_and(|own| !own.followed.is_decided()),
        remarks: found.map(|remark| (remark.rule, remark.say(lang))).collect(),
        account: account.unwrap_or_default(),
        contests: contests.collect(),
        why: Why::of(site, lang, "../", std::iter::once(station)),
        found: why::found(site, lang, "../", |finding| finding.station == station.id),
        documents: site.documents.get(&station.id).map_or(&[], Vec::as_slice),
    })
}
