//! Why stations are not counted, and what is to be looked at: a page says it in words, not by zeros alone.

use election::{Lang, Station};
use record::findings::{Finding, Kind};
use record::{Standing, StationStanding};

use super::class;
use crate::Site;
use crate::words::{Words, standing, words};

/// The most stations or findings that one page lists; beyond them it counts, and the tables have all.
const MOST_LISTED: usize = 100;

/// Stations of a place that are not counted, each with the reason.
pub struct Why {
    /// How many there are.
    pub count: u64,
    /// Of how many.
    pub expected: u64,
    /// The first of them.
    pub stations: Vec<WhyRow>,
}

/// A station that is not counted.
pub struct WhyRow {
    pub href: String,
    pub id: String,
    pub name: String,
    pub class: &'static str,
    pub standing: &'static str,
    pub why: String,
}

impl Why {
    /// Looks through `stations`; `up` leads to the folder of the language.
    pub fn of<'s>(site: &Site<'_>, lang: Lang, up: &str, stations: impl Iterator<Item = &'s Station>) -> Self {
        let w = words(lang);
        let mut why = Why { count: 0, expected: 0, stations: Vec::new() };
        for station in stations.filter(|station| station.count_with.is_none()) {
            why.expected += 1;
            let known = &site.outcome.stations[&station.id];
            if known.counted.is_some() {
                continue;
            }
            why.count += 1;
            if why.stations.len() < MOST_LISTED {
                why.stations.push(WhyRow {
                    href: format!("{up}station/{}.html", station.id),
                    id: station.id.to_string(),
                    name: station.name.get(lang).to_owned(),
                    class: class(known.standing),
                    standing: standing(&w, known.standing),
                    why: reason(site, &w, station, known),
                });
            }
        }
        why
    }

    /// Whether nothing of the place is counted, so that its figures are zero for that reason.
    pub fn none(&self) -> bool {
        self.count == self.expected
    }

    /// How many are not listed.
    pub fn more(&self) -> u64 {
        self.count - self.stations.len() as u64
    }
}

/// The reasons that orders give; where none stands, what the evidence lacks.
fn reason(site: &Site<'_>, w: &Words, station: &Station, known: &StationStanding) -> String {
    let own = &site.state.evidence[&station.id];
    let orders: Vec<&str> = own.heads.iter().map(|(_, order)| order.reason.as_str()).collect();
    let not_opened = own.heads.iter().any(|(_, order)| order.effect == record::entry::Effect::NotOpened);
    let differs = own.account_differs() && !not_opened;
    let evidence = match known.standing {
        Standing::Missing => w.why_missing,
        Standing::Arrived => w.why_arrived,
        Standing::Matched | Standing::Confirmed => w.why_tier,
        Standing::Quarantined if known.network.union(&known.stick).count() > 1 => w.why_differ,
        Standing::Quarantined if known.slips_differing > 0 => w.why_slip,
        Standing::Quarantined if differs => w.why_account,
        Standing::Quarantined => w.why_not_opened,
        Standing::SubJudice => w.why_sub_judice,
        Standing::Cancelled | Standing::NotOpened => "",
    };
    let parts = [evidence].into_iter().chain(orders).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" · ")
}

/// Something to look at.
pub struct FoundRow {
    pub kind: &'static str,
    pub href: Option<String>,
    pub station: String,
    pub with: String,
    pub count: u64,
    pub code: String,
}

/// The findings that `wanted` says, and how many more there are.
pub fn found(site: &Site<'_>, lang: Lang, up: &str, wanted: impl Fn(&Finding) -> bool) -> (Vec<FoundRow>, u64) {
    let w = words(lang);
    let own = site.outcome.findings.iter().filter(|finding| wanted(finding));
    let reports = |finding: &Finding| {
        site.definition.station(&finding.station).is_some_and(|station| station.count_with.is_none())
    };
    let rows: Vec<FoundRow> = own
        .clone()
        .take(MOST_LISTED)
        .map(|finding| FoundRow {
            kind: match finding.kind {
                Kind::Unexpected => w.unexpected,
                Kind::Refused => w.refused,
                Kind::Differing => w.different,
                Kind::Duplicate => w.duplicate,
                Kind::Unread => w.unread,
                Kind::Account => w.account_differs,
            },
            href: reports(finding).then(|| format!("{up}station/{}.html", finding.station)),
            station: finding.station.to_string(),
            with: finding.with.as_ref().map(ToString::to_string).unwrap_or_default(),
            count: finding.count,
            code: finding.code.clone(),
        })
        .collect();
    let more = own.count() - rows.len();
    (rows, more as u64)
}
