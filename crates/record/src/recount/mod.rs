//! Counts by hand: who ordered one, what two people typed from its protocol, and what of it is another count than the device's.
//!
//! A hand count changes no figure by itself. Where it is the same as what came, it is one more evidence for it; where it is
//! not, nothing of the station is counted until two officers have decided which of the two counts.

pub mod typed;

use election::{Definition, DeviceId, Digest, StationId};
use package::{BallotAccount, ContestResults, Expected, StationResults};
use serde::{Deserialize, Serialize};

use crate::decisions::has_reason;
use crate::docket::Matter;
use crate::entry::Content;
use crate::fold::{LeafProblem, State};
use crate::standing::Evidence;

/// The box of a station is to be counted by hand, or is no longer to be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recount {
    /// The station.
    pub station: StationId,
    /// Why, in words.
    pub reason: String,
    /// The legal basis.
    pub basis: String,
    /// SHA-256 of the evidence it rests on: leaves or papers.
    pub evidence: Vec<Digest>,
    /// The leaf of the court's ruling that it carries out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under: Option<Digest>,
    /// The leaf of the recount that this one takes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdraws: Option<Digest>,
}

/// A count by hand, typed twice from its protocol by the two officers who sign it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandCount {
    /// The station.
    pub station: StationId,
    /// The leaf that ordered it, where one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ordered: Option<Digest>,
    /// The papers.
    pub account: BallotAccount,
    /// The contests, in the order of the definition; who has no vote is left out.
    pub contests: Vec<ContestResults>,
    /// SHA-256 of the scanned protocol.
    pub paper: Digest,
    /// What came of this station whose box has the same figures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agrees: Option<Content>,
}

impl HandCount {
    /// The count in the form of a device's results, zeros included. No device made it: its place says so.
    pub fn results(&self, def: &Definition) -> Option<StationResults> {
        let expected = Expected::of(def, &self.station)?;
        let nobody: DeviceId = "hand_count".parse().expect("an id");
        let mut zero = StationResults::zero(&expected, &def.scope, &nobody, 0, package::Salt([0; 32]));
        for own in &mut zero.contests {
            if let Some(typed) = self.contests.iter().find(|typed| typed.contest == own.contest) {
                let zeros = std::mem::take(&mut own.votes);
                *own = ContestResults { votes: zeros, ..typed.clone() };
                own.votes.extend(typed.votes.clone());
            }
        }
        Some(StationResults { account: self.account, ..zero })
    }
}

/// The papers of a box, by name: what was delivered, spoiled and left over lies beside it.
pub(crate) fn papers(of: &StationResults) -> impl Iterator<Item = (&'static str, Option<u32>)> {
    let beside = ["registered", "checked_in", "received", "spoiled", "unused"];
    let all = BallotAccount::NAMES.into_iter().zip(of.account.figures());
    all.filter(move |(name, _)| !beside.contains(name))
}

/// Is the same in both boxes?
pub fn same_box(one: &StationResults, other: &StationResults) -> bool {
    papers(one).eq(papers(other)) && one.contests == other.contests
}

const NO_RECOUNT: &str = "it names a recount of this station that is not ordered, or was taken back";
const NO_CONTENT: &str = "it agrees with a content that no import of this station has brought";
const ANSWERED: &str = "it takes back a recount whose count is entered";

impl State {
    pub(crate) fn recount(&mut self, def: &Definition, leaf: Digest, own: &Recount) -> Result<(), LeafProblem> {
        has_reason(&own.reason, &own.basis)?;
        let evidence = self.reporting(def, &own.station)?;
        let ruling = own.under.map(|under| self.carried_out(def, &under, &own.station)).transpose()?;
        if let Some(before) = own.withdraws {
            let known = evidence.recounts_standing().find(|(leaf, _)| **leaf == before);
            let (_, known) = known.ok_or_else(|| LeafProblem::HandCount(NO_RECOUNT.to_owned()))?;
            let under = known.under.and_then(|under| self.docket.rulings.get(&under));
            under.map_or(Ok(()), |under| under.may_be_undone_under(ruling))?;
            if evidence.answers(&before).next().is_some() {
                return Err(LeafProblem::HandCount(ANSWERED.to_owned()));
            }
            self.superseded.insert(before);
        }
        self.evidence.entry(own.station.clone()).or_default().recounts.insert(leaf, own.clone());
        Ok(())
    }

    pub(crate) fn hand_count(&mut self, def: &Definition, leaf: Digest, own: &HandCount) -> Result<(), LeafProblem> {
        let evidence = self.reporting(def, &own.station)?;
        if own.ordered.is_some_and(|ordered| evidence.recounts_standing().all(|(leaf, _)| *leaf != ordered)) {
            return Err(LeafProblem::HandCount(NO_RECOUNT.to_owned()));
        }
        if own.agrees.is_some_and(|content| !evidence.imports.iter().any(|import| import.content == content)) {
            return Err(LeafProblem::HandCount(NO_CONTENT.to_owned()));
        }
        hold_together(def, own).map_err(LeafProblem::HandCount)?;
        self.evidence.entry(own.station.clone()).or_default().hand_counts.insert(leaf, own.clone());
        Ok(())
    }

    /// What is known of a station with a box of its own.
    pub(crate) fn reporting(&self, def: &Definition, id: &StationId) -> Result<&Evidence, LeafProblem> {
        if let Some(with) = def.station(id).and_then(|station| station.count_with.as_ref()) {
            return Err(LeafProblem::Merged(id.clone(), with.clone()));
        }
        self.evidence.get(id).ok_or_else(|| LeafProblem::station(def, id))
    }

    /// The recounts that are ordered and of which no count is entered.
    pub fn recounts_due(&self) -> impl Iterator<Item = Matter> {
        let is_due =
            |evidence: &Evidence| evidence.recounts_standing().any(|(leaf, _)| evidence.answers(leaf).next().is_none());
        let due = self.evidence.iter().filter(move |(_, evidence)| is_due(evidence));
        due.map(|(id, _)| Matter::Recount(id.clone()))
    }

    /// The figures of every count by hand, by the hash of its leaf.
    pub fn hand_figures(&self, def: &Definition) -> impl Iterator<Item = (Digest, StationResults)> {
        let all = self.evidence.values().flat_map(|evidence| &evidence.hand_counts);
        all.filter_map(|(leaf, count)| Some((*leaf, count.results(def)?)))
    }
}

/// A count holds together: exactly the contests of the station, nobody it does not know, and sums that work out. What is
/// beside the box may not add up, as with a device: two officers decide which count stands, and see it.
///
/// # Errors
///
/// The first thing that does not, in words.
pub fn hold_together(def: &Definition, own: &HandCount) -> Result<(), String> {
    let (Some(expected), Some(results)) = (Expected::of(def, &own.station), own.results(def)) else {
        return Err(format!("there is no station {}", own.station));
    };
    if own.contests.iter().any(|contest| contest.votes.values().any(|votes| *votes == 0)) {
        return Err("who has no vote is left out".to_owned());
    }
    let contests = |all: &[ContestResults]| all.iter().map(|own| own.contest.clone()).collect::<Vec<_>>();
    if contests(&own.contests) != contests(&results.contests) {
        return Err("it has other contests than the station, or in another order".to_owned());
    }
    match results.inconsistencies(&expected).into_iter().find(|wrong| !wrong.is_of_paper()) {
        Some(wrong) => Err(wrong.to_string()),
        None => Ok(()),
    }
}
