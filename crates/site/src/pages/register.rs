//! Acts from outside with what answers them, and equipment with whoever has it.

use std::collections::BTreeMap;

use askama::Template;
use election::Lang;
use record::register::acts::{ActKind, ActStanding, ActState};
use record::register::equipment::ItemKind;
use record::register::{tables, transmission};

use super::{Page, number, page, render};
use crate::Site;
use crate::words::{Words, words};

/// A register of more items than this shows those alone of which there is something to say; the table has all.
const MOST_SHOWN: usize = 500;

struct ActRow {
    act: String,
    kind: &'static str,
    paper: String,
    effect: String,
    /// The acts that it names, each after the word for how.
    names: Vec<(&'static str, String)>,
    state: &'static str,
    is_open: bool,
    due: Option<String>,
    /// The acts that have answered it or taken it away.
    by: String,
}

struct ItemRow {
    item: String,
    kind: &'static str,
    serial: String,
    place: String,
    holder: String,
    /// What people should look at.
    remarks: Vec<String>,
}

#[derive(Template)]
#[template(path = "register.html")]
struct RegisterPage {
    page: Page,
    w: Words,
    title: String,
    acts: Vec<ActRow>,
    registered: String,
    items: Vec<ItemRow>,
    tables: Vec<String>,
    transmission: Vec<(&'static str, String)>,
    transmission_files: [&'static str; transmission::NAMES.len()],
}

pub fn register_page(site: &Site<'_>, lang: Lang) -> String {
    let (w, registers) = (words(lang), &site.state.registers);
    let acts = registers.acts_standing();
    let [registered, listed] = [registers.devices.len(), registers.listed.len()].map(|n| number(lang, n as u64));
    render(&RegisterPage {
        page: page(site, lang, "register.html"),
        w,
        title: w.register.to_owned(),
        acts: acts.values().map(|own| act_row(site, &w, own)).collect(),
        registered: format!("{registered} / {listed}"),
        items: items(site, &w, lang),
        tables: tables::files(site.definition, site.state).into_keys().collect(),
        transmission: transmitted(site, &w, lang),
        transmission_files: transmission::NAMES,
    })
}

/// What the report that stands adds up to; nothing before one is entered.
fn transmitted(site: &Site<'_>, w: &Words, lang: Lang) -> Vec<(&'static str, String)> {
    let Some(entered) = site.state.registers.transmissions.last() else { return Vec::new() };
    let totals = &entered.own.totals;
    let counts = |own: &BTreeMap<String, u64>| {
        let all: Vec<String> = own.iter().map(|(word, count)| format!("{word}: {}", number(lang, *count))).collect();
        if all.is_empty() { number(lang, 0) } else { all.join("; ") }
    };
    let odd = match totals.remarked {
        0 => number(lang, 0),
        remarked => {
            let named: Vec<&str> = totals.remarks.keys().map(String::as_str).collect();
            format!("{}: {}", number(lang, remarked), named.join("; "))
        }
    };
    vec![
        (w.let_in, number(lang, totals.packages)),
        (w.with_receipt, number(lang, totals.receipts)),
        (w.attempts, number(lang, totals.attempts)),
        (w.broken_off, number(lang, totals.cut)),
        (w.bytes, number(lang, totals.bytes)),
        (w.protected_by, counts(&totals.transports)),
        (w.relays, number(lang, totals.relays)),
        (w.refused_labels, counts(&totals.refusals)),
        (w.refused_connections, counts(&totals.refused_connections)),
        (w.odd_packages, odd),
    ]
}

/// How many acts expect an answer and have none.
pub fn open(site: &Site<'_>) -> u64 {
    site.state.registers.acts_standing().values().filter(|own| own.state == ActState::Open).count() as u64
}

fn joined<T: ToString>(ids: impl IntoIterator<Item = T>) -> String {
    ids.into_iter().map(|id| id.to_string()).collect::<Vec<_>>().join(" ")
}

fn act_row(site: &Site<'_>, w: &Words, own: &ActStanding<'_>) -> ActRow {
    let act = own.act;
    let names = [(w.rests_on, joined(&act.under)), (w.answers, joined(&act.answers)), (w.annuls, joined(&act.annuls))];
    let by = if own.annulled_by.is_empty() { &own.answered_by } else { &own.annulled_by };
    ActRow {
        act: act.act.to_string(),
        kind: kind(w, act.kind),
        paper: format!("{}, {}, {}", act.issuer, act.number, act.dated),
        effect: act.effect.clone(),
        names: names.into_iter().filter(|(_, ids)| !ids.is_empty()).collect(),
        state: state(w, own.state),
        is_open: own.state == ActState::Open,
        due: act.due(site.definition).map(|due| due.to_string()),
        by: joined(by),
    }
}

fn items(site: &Site<'_>, w: &Words, lang: Lang) -> Vec<ItemRow> {
    let registers = &site.state.registers;
    let (acts, hand_overs) = (registers.acts_standing(), registers.hand_overs());
    let open = || acts.values().filter(|own| own.act.kind == ActKind::Remark && own.state == ActState::Open);
    let rows = registers.items.iter().map(|(id, (_, item))| {
        let own = hand_overs.get(id).map(Vec::as_slice).unwrap_or_default();
        let mut remarks = Vec::new();
        let gaps = own.iter().filter(|own| own.follows == Some(false)).count() as u64;
        if gaps > 0 {
            remarks.push(format!("{}: {}", w.gaps, number(lang, gaps)));
        }
        if item.contract.as_ref().is_some_and(|contract| !acts[contract].is(ActKind::Contract)) {
            remarks.push(w.contract_gone.to_owned());
        }
        let unanswered = joined(open().filter(|own| own.act.items.contains(id)).map(|own| &own.act.act));
        if !unanswered.is_empty() {
            remarks.push(format!("{}: {unanswered}", w.open_remarks));
        }
        ItemRow {
            item: id.to_string(),
            kind: item_kind(w, item.kind),
            serial: item.serial.clone(),
            place: item.station.as_ref().map(|station| format!("{} {station}", w.station)).unwrap_or_default(),
            holder: own.last().map(|last| last.custody.to.clone()).unwrap_or_default(),
            remarks,
        }
    });
    rows.filter(|row| registers.items.len() <= MOST_SHOWN || !row.remarks.is_empty()).collect()
}

fn state(w: &Words, state: ActState) -> &'static str {
    match state {
        ActState::InForce => w.in_force,
        ActState::Open => w.unanswered,
        ActState::Answered => w.answered,
        ActState::Annulled => w.annulled,
    }
}

fn item_kind(w: &Words, kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Device => w.device,
        ItemKind::Server => w.server,
        ItemKind::Stick => w.stick,
        ItemKind::Box => w.ballot_box,
        ItemKind::Link => w.link,
    }
}

fn kind(w: &Words, kind: ActKind) -> &'static str {
    match kind {
        ActKind::Law => w.law,
        ActKind::Directive => w.directive,
        ActKind::Committee => w.committee,
        ActKind::Minutes => w.minutes,
        ActKind::SecurityPlan => w.security_plan,
        ActKind::Request => w.request,
        ActKind::Reply => w.reply,
        ActKind::Allegation => w.allegation,
        ActKind::Notice => w.notice,
        ActKind::Attendance => w.attendance,
        ActKind::TestReport => w.test_report,
        ActKind::Contract => w.contract,
        ActKind::Remark => w.audit_remark,
        ActKind::Order => w.order,
        ActKind::Annulment => w.annulment,
        ActKind::Other => w.other_paper,
    }
}
