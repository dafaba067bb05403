//! Complaints and appeals, what became of them, what is open, and whether the version is certified.

use askama::Template;
use election::Lang;
use record::docket::ratification::Name;
use record::docket::{
    About, Against, AppealCase, Class, ComplaintCase, Docket, Inadmissible, Matter, Ruled, Ruling, Said, Stage,
    Succession, Verdict, tables,
};
use record::statement::replaced;

use super::{Page, number, page, render};
use crate::Site;
use crate::words::{Words, words};

struct OpenRow {
    kind: &'static str,
    name: String,
    href: Option<String>,
}

/// One case, or one ruling; what a column does not need is empty.
#[derive(Default)]
struct CaseRow {
    case: String,
    about: String,
    ground: String,
    stage: String,
    outcome: String,
    reason: String,
}

/// How many of the names that the certification elects a court has ratified, in words, and those of which a paper says something;
/// `ratifications.csv` has all.
struct Ratified {
    share: String,
    names: Vec<CaseRow>,
}

#[derive(Template)]
#[template(path = "docket.html")]
struct DocketPage {
    page: Page,
    w: Words,
    title: String,
    certified: String,
    open: Vec<OpenRow>,
    complaints: Vec<CaseRow>,
    appeals: Vec<CaseRow>,
    rulings: Vec<CaseRow>,
    ratified: Option<Ratified>,
    successions: Vec<CaseRow>,
    tables: [&'static str; tables::NAMES.len()],
}

pub fn docket_page(site: &Site<'_>, lang: Lang) -> String {
    let (w, docket) = (words(lang), &site.state.docket);
    render(&DocketPage {
        page: page(site, lang, "docket.html"),
        w,
        title: w.docket.to_owned(),
        certified: certified(site, &w, lang),
        open: site.state.open_matters(site.definition).iter().map(|matter| open_row(&w, matter)).collect(),
        complaints: by_number(docket.complaints.values().map(|case| complaint(site, &w, lang, case))),
        appeals: by_number(docket.appeals.values().map(|case| appeal(site, &w, lang, case))),
        rulings: docket.rulings_in_order().into_iter().map(|(_, own)| ruling(&w, own)).collect(),
        ratified: ratified(site, &w, lang),
        successions: site.outcome.successions.iter().map(|own| succession(own, lang)).collect(),
        tables: tables::NAMES,
    })
}

/// 9 before 10: numbers of the register are ids, which sort as texts.
fn by_number(rows: impl Iterator<Item = CaseRow>) -> Vec<CaseRow> {
    let mut rows: Vec<CaseRow> = rows.collect();
    rows.sort_by(|a, b| (a.case.len(), &a.case).cmp(&(b.case.len(), &b.case)));
    rows
}

/// Whether the version of these pages is certified, in words.
pub fn certified(site: &Site<'_>, w: &Words, lang: Lang) -> String {
    let is_certified = site.state.docket.certifications.last().is_some_and(|own| own.version == site.version);
    match is_certified {
        true => format!("{} {}", w.certified, number(lang, site.version.into())),
        false => w.not_certified.to_owned(),
    }
}

/// The names of those elected; none where the version is not certified.
fn ratified(site: &Site<'_>, w: &Words, lang: Lang) -> Option<Ratified> {
    let names = site.state.certified_names(site.outcome)?;
    let said = |name: &Name| site.state.docket.said_of(name).map(|(_, own)| own);
    let is_ratified = |name: &&Name| said(name).is_some_and(|own| own.said == Said::Ratified);
    let [part, whole] = [names.iter().filter(is_ratified).count(), names.len()].map(|count| number(lang, count as u64));
    let row = |name: &Name| {
        let own = said(name)?;
        let (outcome, reason) = match &own.said {
            Said::Sent(_) => (w.sent, String::new()),
            Said::Ratified => (w.ratified, String::new()),
            Said::Withheld(why) => (w.withheld_name, why.clone()),
        };
        let person = site.definition.candidate(&name.1).map(|own| own.name.get(lang)).unwrap_or_default();
        Some(CaseRow {
            case: name.1.to_string(),
            about: person.to_owned(),
            ground: format!("{}, {}, {}", own.court, own.number, own.dated),
            outcome: outcome.to_owned(),
            reason,
            ..CaseRow::default()
        })
    };
    let share = w.ratified_of.replacen("{}", &part, 1).replacen("{}", &whole, 1);
    Some(Ratified { share, names: names.iter().filter_map(row).collect() })
}

/// Whose keys were replaced, and what was not handed over.
fn succession(own: &Succession, lang: Lang) -> CaseRow {
    let not_handed: Vec<String> = own.not_handed.iter().map(ToString::to_string).collect();
    CaseRow { about: replaced(own, lang), reason: not_handed.join("; "), ..CaseRow::default() }
}

fn open_row(w: &Words, matter: &Matter) -> OpenRow {
    let row = |kind, name: String| OpenRow { kind, name, href: None };
    match matter {
        Matter::Complaint(case) => row(w.complaints, case.to_string()),
        Matter::Appeal(case) => row(w.appeals, case.to_string()),
        Matter::Injunction(leaf) => row(w.injunction, leaf.to_string()),
        Matter::Station(station) | Matter::Recount(station) => {
            let href = Some(format!("station/{station}.html"));
            let is_recount = matches!(matter, Matter::Recount(_));
            OpenRow { kind: if is_recount { w.recount } else { w.station }, name: station.to_string(), href }
        }
    }
}

fn complaint(site: &Site<'_>, w: &Words, lang: Lang, case: &ComplaintCase) -> CaseRow {
    let (def, own) = (site.definition, &case.complaint);
    let about = match &own.about {
        About::Station(station) => {
            let name = def.station(station).map(|own| own.name.get(lang)).unwrap_or_default();
            format!("{} {station} {name}", w.station)
        }
        About::Candidate(option) => {
            def.option_name(option).map_or_else(|| option.to_string(), |name| name.get(lang).to_owned())
        }
        About::Step(step) => step.clone(),
    };
    let stage = site.state.docket.stage(def, case);
    let (outcome, reason) = match (&case.resolution, &case.classification) {
        (Some((_, own)), _) => (verdict(w, own.verdict), own.reason.clone()),
        (None, Some((_, own))) => (class(w, own.class), own.reason.clone()),
        (None, None) => {
            let found = site.state.docket.inadmissible(def, own);
            (found.map_or("", |found| inadmissible(w, &found)), String::new())
        }
    };
    CaseRow {
        case: own.case.to_string(),
        about,
        ground: own.form.ground.clone(),
        stage: stage_word(w, stage).to_owned(),
        outcome: outcome.to_owned(),
        reason,
    }
}

fn appeal(site: &Site<'_>, w: &Words, lang: Lang, case: &AppealCase) -> CaseRow {
    let own = &case.appeal;
    let about = match &own.against {
        Against::Resolution(case) => format!("{} {case}", w.case),
        Against::Announcement(version) => format!("{} {}", w.version, number(lang, (*version).into())),
    };
    let until = Docket::appeal_until(site.definition, own.served);
    let (outcome, reason) = match site.state.docket.ruling_upon(case) {
        Some((_, ruling)) => (ruled(w, &ruling.ruled), format!("{} {}", ruling.court, ruling.number)),
        None => (w.pending, String::new()),
    };
    CaseRow {
        case: own.case.to_string(),
        about,
        ground: own.form.ground.clone(),
        stage: until.map(|until| until.to_string()).unwrap_or_default(),
        outcome: outcome.to_owned(),
        reason,
    }
}

fn ruling(w: &Words, own: &Ruling) -> CaseRow {
    let about = format!("{}, {}, {}", own.court, own.number, own.dated);
    let ground = match &own.ruled {
        Ruled::Granted | Ruled::Dismissed => own.about.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        Ruled::Stays(stay) => stay.as_str().to_owned(),
        Ruled::Lifts(leaf) => leaf.to_string(),
        Ruled::Permits(matters) => matters.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
    };
    CaseRow { about, ground, outcome: ruled(w, &own.ruled).to_owned(), ..CaseRow::default() }
}

fn stage_word(w: &Words, stage: Stage) -> &'static str {
    match stage {
        Stage::Filed => w.stage_filed,
        Stage::Classified => w.stage_classified,
        Stage::Decided => w.stage_decided,
        Stage::Inadmissible => w.stage_inadmissible,
    }
}

fn class(w: &Words, class: Class) -> &'static str {
    match class {
        Class::Red => w.red,
        Class::Yellow => w.yellow,
        Class::Green => w.green,
        Class::Inadmissible => w.stage_inadmissible,
    }
}

fn verdict(w: &Words, verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Upheld => w.upheld,
        Verdict::Partly => w.partly,
        Verdict::Dismissed => w.dismissed,
    }
}

fn inadmissible(w: &Words, found: &Inadmissible) -> &'static str {
    match found {
        Inadmissible::Late(_) => w.late,
        Inadmissible::Unknown => w.unknown,
        Inadmissible::Empty => w.empty,
        Inadmissible::Duplicate(_) => w.duplicate_form,
        Inadmissible::NoStanding => w.no_standing,
    }
}

fn ruled(w: &Words, ruled: &Ruled) -> &'static str {
    match ruled {
        Ruled::Granted => w.granted,
        Ruled::Dismissed => w.dismissed,
        Ruled::Stays(_) => w.stays,
        Ruled::Lifts(_) => w.lifts,
        Ruled::Permits(_) => w.permits,
    }
}
