//! What the rules R.2xx say of each station by number (MT8): listed, and never passed over in silence.
//!
//! A package whose paper does not add up (R.201, R.204 to R.206) is imported and stands here under the rule that it
//! breaks; one that breaks other arithmetic of R.202 to R.218 is not imported at all and stands here as refused (R.209).
//! What is found of the others is found against the bound that follows from the openings (R.219).

use std::collections::BTreeMap;

use election::{Definition, Digest, Lang, Station, StationId};
use package::StationResults;
use serde::Serialize;
use tally::account::{Account, Finding};

use crate::fold::State;
use crate::letters::Registers;
use crate::outcome::Figures;
use crate::standing::StationStanding;

/// One thing that a rule says of a station.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Remark {
    /// The rule, such as `R.208`.
    pub rule: &'static str,
    /// The two figures that the rule's title names, where it compares figures.
    pub figures: Option<(u128, u128)>,
    /// What else there is to say: letters, a medium and a reason code.
    pub detail: String,
}

impl Remark {
    fn of(finding: &Finding) -> Self {
        Remark { rule: finding.rule, figures: Some((finding.left, finding.right)), detail: String::new() }
    }

    /// The remark as one sentence.
    pub fn say(&self, lang: Lang) -> String {
        if let Some((left, right)) = self.figures {
            return Finding { rule: self.rule, contest: None, option: None, left, right }.say(lang);
        }
        let title = tally::rules::rule(self.rule).map(|rule| rule.title.get(lang)).unwrap_or_default();
        format!("{} {title}: \u{2068}{}\u{2069}", self.rule, self.detail)
    }
}

/// The account of a package, with the bound that follows from the openings in place of the figure that the device knew.
pub fn account_of(results: &StationResults, bound: u64) -> Account {
    let a = &results.account;
    Account {
        registered: bound,
        checked_in: a.checked_in.map(u64::from),
        received: a.received.into(),
        used: a.used.into(),
        spoiled: a.spoiled.into(),
        unused: a.unused.into(),
        cast: a.cast.into(),
        valid: a.valid.into(),
        blank: a.blank.into(),
        invalid: a.invalid.into(),
        unread: a.unread.into(),
    }
}

/// The remarks on every reporting station, sorted by rule; stations without one are not in it.
///
/// Where a station is not counted, they are those of every content of the latest generation of each device.
pub fn remarks(
    def: &Definition,
    state: &State,
    standings: &BTreeMap<StationId, StationStanding>,
    registers: &Registers,
    figures: &Figures,
) -> BTreeMap<StationId, Vec<Remark>> {
    let mut all: BTreeMap<StationId, Vec<Remark>> = BTreeMap::new();
    for station in def.stations.iter().filter(|s| s.count_with.is_none()) {
        let Some(standing) = standings.get(&station.id) else { continue };
        let found = of_station(station, standing, registers, figures);
        if !found.is_empty() {
            all.insert(station.id.clone(), found);
        }
    }
    for refused in &state.refused {
        let known = refused.station.as_ref().filter(|id| standings.contains_key(*id));
        if let Some(station) = known {
            let detail = format!("{} {}", refused.medium.as_str(), refused.code);
            all.entry(station.clone()).or_default().push(Remark { rule: "R.209", figures: None, detail });
        }
    }
    for found in all.values_mut() {
        found.sort();
        found.dedup();
    }
    all
}

/// The figures that are looked at: those that count, else all of the latest generation of each device; as far as at hand.
pub(crate) fn looked_at<'f>(
    standing: &StationStanding,
    figures: &'f Figures,
) -> impl Iterator<Item = &'f StationResults> {
    let contents: Vec<Digest> = match standing.counted {
        Some(counted) => vec![counted.figures()],
        None => standing.network.union(&standing.stick).map(|content| content.results).collect(),
    };
    contents.into_iter().filter_map(|content| figures.get(&content))
}

fn of_station(station: &Station, standing: &StationStanding, registers: &Registers, figures: &Figures) -> Vec<Remark> {
    let mut found = Vec::new();
    let bound = registers.bounds.get(&station.id);
    let at_hand = looked_at(standing, figures).filter_map(|results| Some((results, bound?)));
    for (results, bound) in at_hand {
        let account = account_of(results, bound.figure);
        found.extend(tally::account::check(&account, bound.register).iter().map(Remark::of));
        found.extend(tally::account::remarkable(&account, bound.register).iter().map(Remark::of));
    }
    for id in registers.disagreeing.get(&station.id).into_iter().flatten() {
        if let Some(letters) = registers.letters.get(id).filter(|letters| !letters.followed.is_decided()) {
            let detail = format!("{id}: {} ({})", letters.told(), letters.followed.as_str());
            found.push(Remark { rule: "R.210", figures: None, detail });
        }
    }
    found
}
