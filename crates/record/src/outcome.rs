//! The standings and figures of all stations, added up: totals, seats, and the
//! counts by office that say what all of it rests on.

use std::collections::BTreeMap;

use election::{Coded, ContestId, Definition, Digest, OfficeId, OptionId, StationId};
use package::{ContestResults, StationResults};
use serde::Serialize;
use tally::withdrawn::By;
use tally::{Allotment, ContestOptions, ContestTotals, LotOutcome, Rulings, Sums, TotalsError, Withdrawn};

use crate::by_rule::ByRule;
use crate::decisions::{Amendment, Withdrawal};
use crate::docket::Succession;
use crate::entry::Content;
use crate::findings::{self, Difference, Finding};
use crate::fold::State;
use crate::letters::Registers;
use crate::remarks::{Remark, remarks};
use crate::standing::{Standing, StationStanding};

/// The figures of stations, by the SHA-256 of their `results.json`; those of counts by hand, by that of their leaf.
pub type Figures = BTreeMap<Digest, StationResults>;

/// How many stations stand where (the `centre status` object).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Status {
    /// Stations that report.
    pub expected: u32,
    /// With a copy from the network.
    pub network: u32,
    /// With a copy from the stick.
    pub stick: u32,
    /// With both.
    pub both: u32,
    /// With both, identical.
    pub identical: u32,
    /// With both, differing.
    pub different: u32,
    /// Without a stick.
    pub missing_stick: u32,
    /// Without a network copy.
    pub missing_network: u32,
    /// Standing: one medium alone.
    pub arrived: u32,
    /// Standing: both identical.
    pub matched: u32,
    /// Standing: both identical, and an independent evidence agrees.
    pub confirmed: u32,
    /// Standing: differing evidence, undecided.
    pub quarantined: u32,
    /// Standing: orders contradict each other.
    pub sub_judice: u32,
    /// Standing: left out by an order.
    pub cancelled: u32,
    /// Standing: did not open.
    pub not_opened: u32,
    /// Stations whose votes are in the totals.
    pub counted: u32,
    /// Of these, counted by an order though the evidence is below the rules' tier.
    pub counted_by_order: u32,
    /// Stations whose letters give different figures.
    pub letters_disagree: u32,
    /// Of these, those of which no opening says which letter is followed.
    pub letters_undecided: u32,
}

impl Status {
    /// Adds a station, whose letters disagree or are undecided.
    fn add(&mut self, standing: &StationStanding, [disagree, undecided]: [bool; 2]) {
        let (network, stick) = (!standing.network.is_empty(), !standing.stick.is_empty());
        let count = |field: &mut u32, yes: bool| *field += u32::from(yes);
        count(&mut self.expected, true);
        count(&mut self.network, network);
        count(&mut self.stick, stick);
        count(&mut self.both, standing.has_both());
        count(&mut self.identical, standing.is_identical());
        count(&mut self.different, standing.has_both() && !standing.is_identical());
        count(&mut self.missing_stick, !stick);
        count(&mut self.missing_network, !network);
        count(&mut self.arrived, standing.standing == Standing::Arrived);
        count(&mut self.matched, standing.standing == Standing::Matched);
        count(&mut self.confirmed, standing.standing == Standing::Confirmed);
        count(&mut self.quarantined, standing.standing == Standing::Quarantined);
        count(&mut self.sub_judice, standing.standing == Standing::SubJudice);
        count(&mut self.cancelled, standing.standing == Standing::Cancelled);
        count(&mut self.not_opened, standing.standing == Standing::NotOpened);
        count(&mut self.counted, standing.counted.is_some());
        count(&mut self.counted_by_order, standing.counted.is_some() && standing.by_order);
        count(&mut self.letters_disagree, disagree);
        count(&mut self.letters_undecided, undecided);
    }
}

/// What the record and the packages come to.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Every station that reports.
    pub stations: BTreeMap<StationId, StationStanding>,
    /// All stations together.
    pub status: Status,
    /// By office, in the order of the definition.
    pub by_office: Vec<(OfficeId, Status)>,
    /// The figures of letters, and the bounds that follow from the openings.
    pub registers: Registers,
    /// What the rules R.2xx say of stations.
    pub remarks: BTreeMap<StationId, Vec<Remark>>,
    /// SHA-256 of `election.toml`: under which rules that was said. The keys beside it are no rules, and the same votes give
    /// the same results whoever holds which key.
    pub rule_set: Digest,
    /// The votes of each contest, of counted stations.
    pub totals: BTreeMap<ContestId, ContestTotals>,
    /// The same by office and contest; of offices with a counted station.
    pub by_office_totals: BTreeMap<(OfficeId, ContestId), ContestTotals>,
    /// The seats of each contest.
    pub allotments: BTreeMap<ContestId, Allotment>,
    /// What people must look at, though it changes no figure.
    pub findings: Vec<Finding>,
    /// Which stations the frozen rules R.5xx find.
    pub by_rule: ByRule,
    /// Every figure in which copies differ.
    pub differences: Vec<Difference>,
    /// Who withdrew after printing, with the figures before and after.
    pub withdrawals: Vec<WithdrawalLine>,
    /// Rules changed after the freeze, the first one first.
    pub amendments: Vec<Amendment>,
    /// Successions of keys, the first one first.
    pub successions: Vec<Succession>,
}

/// One who withdrew after printing, or whose withdrawal was taken back (R.313 to R.315).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithdrawalLine {
    /// The contest.
    pub contest: ContestId,
    /// The list or candidate.
    pub option: OptionId,
    /// Whether it stands withdrawn.
    pub withdrawn: bool,
    /// What says so.
    pub by: tally::withdrawn::By,
    /// Why and by which article; empty where the definition says it.
    pub grounds: [String; 2],
    /// The votes as counted.
    pub votes: u64,
    /// The contest's valid and invalid ballots as counted.
    pub before: [u64; 2],
    /// The same by which seats are allotted.
    pub after: [u64; 2],
}

/// Why an outcome cannot be computed.
#[derive(Debug, thiserror::Error)]
pub enum OutcomeError {
    /// A counted station's figures are not at hand.
    #[error("the figures of station {station} ({results}) are not at hand")]
    Missing {
        /// The station.
        station: StationId,
        /// The hash of its `results.json`.
        results: Digest,
    },
    /// The sums do not work out.
    #[error("the votes of station {station} cannot be added: {why}")]
    Sum {
        /// The station.
        station: StationId,
        /// Why.
        why: String,
    },
    /// What is open cannot be added up.
    #[error("what is open cannot be added up: {0}")]
    Open(#[from] TotalsError),
    /// The seats cannot be allotted.
    #[error("the seats of {contest} cannot be allotted: {why}")]
    Seats {
        /// The contest.
        contest: ContestId,
        /// Why.
        why: String,
    },
}

impl Coded for OutcomeError {
    fn code(&self) -> &'static str {
        match self {
            OutcomeError::Missing { .. } => "outcome.missing",
            OutcomeError::Sum { .. } | OutcomeError::Open(_) => "outcome.sum",
            OutcomeError::Seats { .. } => "outcome.seats",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            OutcomeError::Missing { .. } => "bring the station's package back from either medium",
            OutcomeError::Sum { .. } | OutcomeError::Open(_) => "quarantine the station and look at its package",
            OutcomeError::Seats { .. } => "check the rules of the definition",
        }
    }
}

/// The votes of a package, as the tally adds them.
fn sums_of<'a>(options: &'a ContestOptions<'a>, results: &ContestResults) -> Result<Sums<'a>, TotalsError> {
    let ballots = [results.ballots, results.valid, results.blank, results.invalid].map(u64::from);
    Sums::of(options, ballots, results.votes.iter().map(|(option, votes)| (option, u64::from(*votes))))
}

impl Outcome {
    /// The outcome of the record `state` with the figures of its packages.
    pub fn of(def: &Definition, state: &State, figures: &Figures) -> Result<Self, OutcomeError> {
        let stations = state.standings(def);
        let registers = Registers::of(def, state);
        let remarks = remarks(def, state, &stations, &registers, figures);
        let by_rule = ByRule::of(def, state, &stations, &registers, figures);
        let mut outcome = Outcome {
            stations,
            registers,
            remarks,
            rule_set: state.rule_set,
            by_office_totals: BTreeMap::new(),
            withdrawals: Vec::new(),
            amendments: state.decisions.amendments.clone(),
            successions: state.docket.successions.iter().map(|(_, own)| own.clone()).collect(),
            status: Status::default(),
            by_office: def.offices.iter().map(|o| (o.id.clone(), Status::default())).collect(),
            totals: BTreeMap::new(),
            allotments: BTreeMap::new(),
            findings: Vec::new(),
            by_rule,
            differences: Vec::new(),
        };
        let look = |_: &StationId, content: &Content| figures.get(&content.results);
        outcome.findings = findings::findings(def, state, &look);
        outcome.differences = findings::differences(def, &outcome.stations, &look);
        let options: BTreeMap<&ContestId, ContestOptions<'_>> =
            def.contests.iter().map(|c| (&c.id, ContestOptions::of(def, c))).collect();
        let mut totals: BTreeMap<&ContestId, Sums<'_>> =
            options.iter().map(|(id, options)| (*id, Sums::zero(options))).collect();
        let mut by_office: BTreeMap<(&OfficeId, &ContestId), Sums<'_>> = BTreeMap::new();
        for station in def.stations.iter().filter(|s| s.count_with.is_none()) {
            let standing = &outcome.stations[&station.id];
            let letters = outcome.registers.letters_of_box(&station.id);
            outcome.status.add(standing, letters);
            let office = outcome.by_office.iter_mut().find(|(id, _)| *id == station.office);
            office.expect("a checked definition names only offices it has").1.add(standing, letters);
            let Some(counted) = standing.counted.map(|counted| counted.figures()) else { continue };
            let results = figures
                .get(&counted)
                .ok_or_else(|| OutcomeError::Missing { station: station.id.clone(), results: counted })?;
            let sum = |why: String| OutcomeError::Sum { station: station.id.clone(), why };
            for contest in &results.contests {
                let unknown = || sum(format!("no contest '{}'", contest.contest));
                let total = totals.get_mut(&contest.contest).ok_or_else(unknown)?;
                let options = &options[&contest.contest];
                let own = sums_of(options, contest).map_err(|e| sum(e.to_string()))?;
                let of_office = by_office.entry((&station.office, &options.contest().id));
                // An office's sum is at most the contest's.
                let added = total.add(&own).and_then(|()| of_office.or_insert_with(|| Sums::zero(options)).add(&own));
                added.map_err(|e| sum(e.to_string()))?;
            }
        }
        outcome.totals = totals.iter().map(|(id, sums)| ((*id).clone(), sums.totals())).collect();
        let named = |((office, contest), sums): (&(&OfficeId, &ContestId), &Sums<'_>)| {
            (((*office).clone(), (*contest).clone()), sums.totals())
        };
        outcome.by_office_totals = by_office.iter().map(named).collect();
        outcome.withdrawals = withdrawals(def, state, &outcome.totals);
        let lots: Vec<LotOutcome> = state.lots.values().map(|(_, lot)| lot.outcome.clone()).collect();
        let withdrawn = state.decisions.withdrawn();
        for contest in &def.contests {
            let seats = |why: String| OutcomeError::Seats { contest: contest.id.clone(), why };
            let rulings = Rulings { rules: &state.decisions.rules, withdrawn: &withdrawn, lots: &lots };
            let allotment = tally::allot(def, contest, &outcome.totals, rulings).map_err(|e| seats(e.to_string()))?;
            outcome.allotments.insert(contest.id.clone(), allotment);
        }
        Ok(outcome)
    }
}

/// Everybody who withdrew, in the order of the definition.
fn withdrawals(def: &Definition, state: &State, totals: &BTreeMap<ContestId, ContestTotals>) -> Vec<WithdrawalLine> {
    let decisions = &state.decisions;
    let by_record = decisions.withdrawn();
    let mut lines = Vec::new();
    for contest in &def.contests {
        let Some(counted) = totals.get(&contest.id) else { continue };
        let withdrawn = Withdrawn::of(def, contest, &by_record);
        let after = withdrawn.after(def, contest, counted, decisions.rules.votes.withdrawn);
        let own = def.counted_in(&contest.id);
        let leaves = decisions.candidacies.iter().filter(|(option, _)| own.contains(*option));
        let decided: BTreeMap<&OptionId, &Withdrawal> =
            leaves.filter_map(|(option, digest)| Some((option, decisions.withdrawals.get(digest)?))).collect();
        for option in own.iter().filter(|own| withdrawn.named.contains_key(*own) || decided.contains_key(*own)) {
            let by = withdrawn.named.get(option).copied();
            let grounds = decided.get(option).map(|leaf| [leaf.reason.clone(), leaf.basis.clone()]);
            lines.push(WithdrawalLine {
                contest: contest.id.clone(),
                option: option.clone(),
                withdrawn: by.is_some(),
                by: by.unwrap_or(By::Record),
                grounds: grounds.unwrap_or_default(),
                votes: counted.votes_of(option.as_str()),
                before: [counted.valid, counted.invalid],
                after: [after.valid, after.invalid],
            });
        }
    }
    lines
}
