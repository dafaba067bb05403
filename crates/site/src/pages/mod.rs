//! One template a page; what each shows is gathered here.

mod by_rule;
mod docket;
mod register;
mod rules;
pub mod statement;
mod station;
mod why;

use askama::Template;
use election::{Contest, Definition, Lang, Mode, Office, OptionId};
use record::outcome::Status;
use record::rotation::Cause;
use record::witnessed::{BeforePolls, utc};
use record::{Freshness, Standing, StationStanding};

use crate::Site;
use crate::words::{Words, number, standing, words};
use why::{FoundRow, Why};

/// What a browser may do with a page: show it with its own style sheet (`file:` where it lies on a disk), nothing else.
const POLICY: &str = "default-src 'none'; style-src 'self' file:; base-uri 'none'; form-action 'none'";

/// The same for a page that carries its style in it. Nothing else of a page is a style: names are escaped.
const POLICY_ALONE: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The one style sheet.
pub const STYLE: &str = include_str!("../../assets/style.css");

/// What every page has.
struct Page {
    policy: &'static str,
    /// The style that it carries, where it stands alone; else it leads to the style sheet and the other pages.
    style: Option<&'static str>,
    lang: Lang,
    election: String,
    fingerprint: String,
    banner: Option<String>,
    /// The way up to the root of the publication.
    up: String,
    home: String,
    /// Tag, own name, link, and whether it is this page's.
    languages: Vec<(&'static str, &'static str, String, bool)>,
    /// When the witnesses saw what is announced, and how long that may be ago.
    seen: Option<String>,
    /// When the witnesses saw the freeze, where they had before the polls opened.
    frozen: Option<String>,
}

const LANGUAGE_NAMES: [(Lang, &str); 3] = [(Lang::Ar, "العربية"), (Lang::Ckb, "کوردی"), (Lang::En, "English")];

/// A time in UTC, which is read from left to right.
fn at(seconds: impl TryInto<i64> + ToString + Copy) -> String {
    format!("\u{2066}{}\u{2069}", utc(seconds))
}

/// The page of `path` inside a language's folder.
fn page(site: &Site<'_>, lang: Lang, path: &str) -> Page {
    let depth = path.matches('/').count();
    let up = "../".repeat(depth + 1);
    let w = words(lang);
    let mode = match site.definition.scope.mode {
        Mode::Official => None,
        Mode::Demo => Some(w.demo),
        Mode::Rehearsal => Some(w.rehearsal),
    };
    let mut notes: Vec<String> =
        mode.into_iter().chain((!site.witnessed.met).then_some(w.unwitnessed)).map(str::to_owned).collect();
    // Only the board says whose the new key is.
    let lost = site.state.rotations.iter().filter(|own| own.request.cause == Cause::Lost);
    notes.extend(lost.map(|own| w.lost_key.replace("{}", &own.request.name)));
    let before_polls = site.state.before_polls(site.definition);
    if let Some(own) = before_polls.as_ref().filter(|own| !own.holds()) {
        notes.push(w.freeze_unseen.replace("{}", &at(own.opens)));
    }
    if !site.outcome.amendments.is_empty() {
        let count = number(lang, site.outcome.amendments.len() as u64);
        notes.push(format!("{}: {count} (R.408)", w.amendments));
    }
    if !site.outcome.successions.is_empty() {
        let count = number(lang, site.outcome.successions.len() as u64);
        notes.push(format!("{}: {count} (docket/successions.csv)", w.successions));
    }
    // A page has no clock: it says when the record was seen, and the reader's own tells whether that is long ago.
    let limit = site.definition.rules.thresholds.fresh_hours;
    let seen = site.witnessed.at.zip(limit).and_then(|(at, hours)| {
        let at = Freshness::of(at, 0, None)?.witnessed_at;
        let hours = number(lang, hours.into());
        Some(format!("{}: \u{2066}{at}\u{2069}. {}", w.witnessed_at, w.old_after.replace("{}", &hours)))
    });
    let frozen = before_polls
        .filter(BeforePolls::holds)
        .and_then(|own| Some(w.freeze_seen.replace("{0}", &at(own.since?)).replace("{1}", &at(own.opens))));
    Page {
        policy: POLICY,
        style: None,
        seen,
        frozen,
        lang,
        election: site.definition.name.get(lang).to_owned(),
        fingerprint: site.fingerprint.to_string(),
        banner: (!notes.is_empty()).then(|| notes.join(" · ")),
        home: format!("{up}{lang}/index.html"),
        languages: LANGUAGE_NAMES
            .map(|(other, name)| (other.tag(), name, format!("{up}{other}/{path}"), other == lang))
            .to_vec(),
        up,
    }
}

impl Page {
    /// The page as one file that leads to no other.
    fn alone(self) -> Self {
        Page { policy: POLICY_ALONE, style: Some(STYLE), languages: Vec::new(), ..self }
    }
}

struct Row {
    name: String,
    votes: u64,
    seats: u64,
    width: u64,
}

/// Sorts by votes and gives each row a bar in hundredths of the longest.
fn bars(mut rows: Vec<Row>) -> Vec<Row> {
    rows.sort_by(|a, b| b.votes.cmp(&a.votes).then_with(|| a.name.cmp(&b.name)));
    let most = rows.first().map_or(0, |row| row.votes).max(1);
    rows.iter_mut().for_each(|row| row.width = row.votes * 100 / most);
    rows
}

struct OfficeRow {
    name: String,
    href: Option<String>,
    status: Status,
}

impl OfficeRow {
    /// Stations of which at least one copy has not come.
    fn missing(&self) -> u32 {
        self.status.expected - self.status.both
    }
}

struct AmendmentRow<'a> {
    key: &'a str,
    before: &'a str,
    after: &'a str,
    reason: &'a str,
    basis: &'a str,
}

#[derive(Template)]
#[template(path = "overview.html")]
struct Overview<'a> {
    page: Page,
    w: Words,
    title: String,
    version: u16,
    status: &'a Status,
    offices: Vec<OfficeRow>,
    parties: Vec<Row>,
    contests: Vec<(String, String)>,
    amendments: Vec<AmendmentRow<'a>>,
    remarks: u64,
    certified: String,
    open: u64,
    unanswered: u64,
    why: Why,
    found: (Vec<FoundRow>, u64),
    tables: Vec<&'static str>,
}

struct StationRow {
    href: String,
    id: String,
    name: String,
    class: &'static str,
    standing: &'static str,
    network: &'static str,
    stick: &'static str,
    cast: String,
    counted: &'static str,
}

#[derive(Template)]
#[template(path = "office.html")]
struct OfficePage<'a> {
    page: Page,
    w: Words,
    title: String,
    status: &'a Status,
    stations: Vec<StationRow>,
    why: Why,
}

struct ElectedRow {
    name: String,
    list: String,
    votes: u64,
    seat: String,
    rule: &'static str,
}

struct QuotientRow {
    rank: u64,
    name: String,
    votes: u64,
    divisor: String,
    won: bool,
}

#[derive(Template)]
#[template(path = "contest.html")]
struct ContestPage<'a> {
    page: Page,
    w: Words,
    title: String,
    totals: &'a tally::ContestTotals,
    lots: Vec<String>,
    lists: Vec<Row>,
    elected: Vec<ElectedRow>,
    vacant: u64,
    withdrawals: Vec<WithdrawnRow>,
    steps: Vec<(&'static str, String)>,
    quotients: Vec<QuotientRow>,
    why: Why,
}

struct WithdrawnRow {
    name: String,
    stands: bool,
    reason: String,
    basis: String,
    votes: u64,
    before: u64,
    after: u64,
}

/// A count, by value or by reference: templates hand over both.
trait Count {
    fn get(&self) -> u64;
}

macro_rules! counts {
    ($($number:ty),*) => {$(impl Count for $number { fn get(&self) -> u64 { u64::from(*self) } })*};
}

counts!(u16, u32, u64);

impl<C: Count> Count for &C {
    fn get(&self) -> u64 {
        (**self).get()
    }
}

macro_rules! writes_numbers {
    ($($page:ident),*) => {$(
        impl $page<'_> {
            fn n(&self, count: impl Count) -> String {
                number(self.page.lang, count.get())
            }
        }
    )*};
}

writes_numbers!(Overview, OfficePage, ContestPage);

pub(crate) use writes_numbers;

/// The page as text. Characters that turn the direction of what follows them (U+202A to U+202E) are left out: a name
/// that holds one, which a definition may not, must not turn a line of figures round.
fn render(template: &impl Template) -> String {
    let html = template.render().expect("a template that compiles renders into memory");
    html.replace(|c| matches!(c, '\u{202a}'..='\u{202e}'), "")
}

/// All pages of one language, each with its path inside its folder.
pub fn each(site: &Site<'_>, lang: Lang, take: &mut dyn FnMut(String, String)) {
    let def = site.definition;
    take("index.html".to_owned(), overview(site, lang));
    take("statement.html".to_owned(), statement::page_of(site, lang));
    take("rules.html".to_owned(), rules::rules_page(site, lang));
    take("remarks.html".to_owned(), rules::remarks_page(site, lang));
    take("findings.html".to_owned(), by_rule::findings_page(site, lang));
    take("docket.html".to_owned(), docket::docket_page(site, lang));
    take("register.html".to_owned(), register::register_page(site, lang));
    for office in &def.offices {
        take(format!("office/{}.html", office.id), office_page(site, lang, office));
    }
    for contest in &def.contests {
        take(format!("contest/{}.html", contest.id), contest_page(site, lang, contest));
    }
    let names = station::names(def, lang);
    for station in def.stations.iter().filter(|s| s.count_with.is_none()) {
        take(format!("station/{}.html", station.id), station::station_page(site, lang, &names, station));
    }
}

/// The first page: it goes on to the election's first language.
pub fn entrance(site: &Site<'_>, first: Lang) -> String {
    let links: String = LANGUAGE_NAMES
        .map(|(lang, name)| format!("<li><a href=\"{lang}/index.html\" lang=\"{lang}\">{name}</a></li>"))
        .concat();
    format!(
        "<!doctype html>\n<html lang=\"{first}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta http-equiv=\"refresh\" content=\"0; url={first}/index.html\">\n<title>Sanad · {}</title>\n\
         <link rel=\"stylesheet\" href=\"assets/style.css\">\n</head>\n<body><main><ul>{links}</ul></main></body>\n</html>\n",
        site.definition.scope.election
    )
}

fn overview(site: &Site<'_>, lang: Lang) -> String {
    let (def, outcome, w) = (site.definition, site.outcome, words(lang));
    let mut offices: Vec<OfficeRow> = outcome
        .by_office
        .iter()
        .map(|(id, status)| OfficeRow {
            name: def.office(id).map(|o| o.name.get(lang).to_owned()).unwrap_or_default(),
            href: Some(format!("office/{id}.html")),
            status: status.clone(),
        })
        .collect();
    offices.push(OfficeRow { name: w.all.to_owned(), href: None, status: outcome.status.clone() });
    let contests =
        def.contests.iter().map(|c| (format!("contest/{}.html", c.id), contest_name(def, c, lang))).collect();
    render(&Overview {
        page: page(site, lang, "index.html"),
        w,
        title: w.results.to_owned(),
        version: site.version,
        status: &outcome.status,
        offices,
        parties: parties(site, lang),
        contests,
        amendments: outcome.amendments.iter().map(amendment_row).collect(),
        remarks: outcome.remarks.values().map(|found| found.len() as u64).sum(),
        certified: docket::certified(site, &w, lang),
        open: site.state.open_matters(def).len() as u64,
        unanswered: register::open(site),
        why: Why::of(site, lang, "", def.stations.iter()),
        found: why::found(site, lang, "", |_| true),
        tables: vec![
            "status.csv",
            "stations.csv",
            "accounts.csv",
            "differences.csv",
            "findings.csv",
            "flagged.csv",
            "shares.csv",
            "letters.csv",
            "remarks.csv",
            "offices.csv",
            "totals.csv",
            "seats.csv",
            "elected.csv",
            "steps.csv",
            "withdrawals.csv",
            "amendments.csv",
            "results.json",
        ],
    })
}

fn amendment_row(leaf: &record::entry::Amendment) -> AmendmentRow<'_> {
    AmendmentRow {
        key: &leaf.key,
        before: leaf.before.as_deref().unwrap_or("—"),
        after: leaf.after.as_deref().unwrap_or("—"),
        reason: &leaf.reason,
        basis: &leaf.basis,
    }
}

fn contest_name(def: &Definition, contest: &Contest, lang: Lang) -> String {
    let constituency = def.constituency(&contest.constituency).map(|c| c.name.get(lang)).unwrap_or_default();
    format!("{constituency} · {}", contest.title.get(lang))
}

/// Votes and seats of each party in all contests.
fn parties(site: &Site<'_>, lang: Lang) -> Vec<Row> {
    let (def, outcome) = (site.definition, site.outcome);
    let rows = def.parties.iter().map(|party| {
        let mut row = Row { name: party.name.get(lang).to_owned(), votes: 0, seats: 0, width: 0 };
        for list in def.lists.iter().filter(|l| l.party == party.id) {
            row.votes += outcome.totals[&list.contest].votes.get(&OptionId::from(&list.id)).copied().unwrap_or(0);
            row.seats += seats_of(site, list);
        }
        row
    });
    bars(rows.filter(|row| row.votes + row.seats > 0).collect())
}

/// Those elected of a list: general seats, the quota's and reserved ones.
fn seats_of(site: &Site<'_>, list: &election::List) -> u64 {
    let elected = &site.outcome.allotments[&list.contest].elected;
    elected.iter().filter(|e| e.list.as_ref() == Some(&list.id)).count() as u64
}

fn class(of: Standing) -> &'static str {
    match of {
        Standing::Matched | Standing::Confirmed => "ok",
        Standing::Quarantined | Standing::SubJudice => "bad",
        _ => "warn",
    }
}

fn tick(yes: bool) -> &'static str {
    if yes { "✓" } else { "—" }
}

fn counted_word(w: &Words, standing: &StationStanding) -> &'static str {
    match (standing.counted.is_some(), standing.by_order) {
        (true, true) => w.by_order,
        (true, false) => w.counted,
        (false, _) => w.not_counted,
    }
}

fn office_page(site: &Site<'_>, lang: Lang, office: &Office) -> String {
    let w = words(lang);
    let own = site.definition.stations.iter().filter(|s| s.office == office.id && s.count_with.is_none());
    let why = Why::of(site, lang, "../", own.clone());
    let stations = own.map(|station| {
        let known = &site.outcome.stations[&station.id];
        let results = known.counted.and_then(|c| site.figures.get(&c.figures()));
        StationRow {
            href: format!("../station/{}.html", station.id),
            id: station.id.to_string(),
            name: station.name.get(lang).to_owned(),
            class: class(known.standing),
            standing: standing(&w, known.standing),
            network: tick(!known.network.is_empty()),
            stick: tick(!known.stick.is_empty()),
            cast: results.map(|r| number(lang, r.account.cast.into())).unwrap_or_default(),
            counted: counted_word(&w, known),
        }
    });
    let status = site.outcome.by_office.iter().find(|(id, _)| *id == office.id).map(|(_, status)| status);
    render(&OfficePage {
        page: page(site, lang, &format!("office/{}.html", office.id)),
        w,
        title: office.name.get(lang).to_owned(),
        status: status.expect("the outcome has every office of the definition"),
        stations: stations.collect(),
        why,
    })
}

fn contest_page(site: &Site<'_>, lang: Lang, contest: &Contest) -> String {
    let (def, w) = (site.definition, words(lang));
    let totals = &site.outcome.totals[&contest.id];
    let allotment = &site.outcome.allotments[&contest.id];
    let name = |option: &OptionId| def.option_name(option).map(|n| n.get(lang).to_owned()).unwrap_or_default();
    let lists = def.lists_of(&contest.id).map(|list| Row {
        name: format!("{} {}", number(lang, list.number.into()), list.name.get(lang)),
        votes: totals.votes.get(&OptionId::from(&list.id)).copied().unwrap_or(0),
        seats: seats_of(site, list),
        width: 0,
    });
    let candidates = def.candidates_of(&contest.id).filter(|c| c.list.is_none()).map(|candidate| Row {
        name: candidate.name.get(lang).to_owned(),
        votes: totals.votes.get(&OptionId::from(&candidate.id)).copied().unwrap_or(0),
        seats: allotment.elected.iter().filter(|e| e.candidate == candidate.id).count() as u64,
        width: 0,
    });
    let elected = allotment.elected.iter().map(|person| ElectedRow {
        name: name(&OptionId::from(&person.candidate)),
        list: person.list.as_ref().map(|l| name(&OptionId::from(l))).unwrap_or_default(),
        votes: person.votes,
        seat: match &person.seat_kind {
            tally::SeatKind::General => w.general_seat.to_owned(),
            tally::SeatKind::Women => w.women_seat.to_owned(),
            tally::SeatKind::Reserved { community } => {
                let named = def.reserved.iter().find(|r| r.contest == contest.id && r.community == *community);
                format!("{} · {}", w.reserved_seat, named.map(|r| r.name.get(lang)).unwrap_or(community))
            }
        },
        rule: person.step,
    });
    let lots = allotment.lots_needed.iter().map(|lot| {
        let between: Vec<String> = lot.between.iter().map(&name).collect();
        format!("{} × {} ({})", number(lang, lot.seats), between.join(" / "), lot.id)
    });
    let own = site.outcome.withdrawals.iter().filter(|line| line.contest == contest.id);
    let withdrawals = own.map(|line| {
        let [reason, basis] = line.grounds.clone();
        let ([before, _], [after, _]) = (line.before, line.after);
        let (name, stands) = (name(&line.option), line.withdrawn);
        WithdrawnRow { name, stands, reason, basis, votes: line.votes, before, after }
    });
    let voting = def.stations.iter().filter(|station| station.constituencies.contains(&contest.constituency));
    let quotients = allotment.quotients.iter().map(|quotient| QuotientRow {
        rank: quotient.rank,
        name: name(&quotient.who),
        votes: quotient.votes,
        divisor: quotient.divisor.to_string(),
        won: quotient.won,
    });
    render(&ContestPage {
        page: page(site, lang, &format!("contest/{}.html", contest.id)),
        w,
        title: contest_name(def, contest, lang),
        totals,
        lots: lots.collect(),
        lists: bars(lists.chain(candidates).collect()),
        elected: elected.collect(),
        vacant: allotment.vacant,
        withdrawals: withdrawals.collect(),
        steps: allotment.steps.iter().map(|step| (step.rule(), step.say(lang))).collect(),
        quotients: quotients.collect(),
        why: Why::of(site, lang, "../", voting),
    })
}
