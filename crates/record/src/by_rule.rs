//! Findings by rule (R.501 to R.509): which stations a rule finds that was frozen before the polls, with the figures that show
//! it, and how many it finds of how many it was asked of.
//!
//! A finding leaves no station out. An order may name it as its ground.

use std::collections::{BTreeMap, BTreeSet};

use election::{ContestId, Definition, FindingRule, FindingRules, KindSource, Station, StationId, StationKind};
use package::{BallotAccount, StationResults};
use serde::Serialize;

use crate::findings::alike;
use crate::fold::State;
use crate::letters::Registers;
use crate::outcome::Figures;
use crate::remarks::looked_at;
use crate::standing::{Standing, StationStanding};
use crate::statement::Share;

/// What a rule finds: a station, or all stations of a kind together. They sort by rule, station and kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct RuleFinding {
    /// The rule.
    pub rule: FindingRule,
    /// The station; none where the rule is about a kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub station: Option<StationId>,
    /// The kind of the station, or of stations.
    pub kind: StationKind,
    /// Of R.505: the contest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contest: Option<ContestId>,
    /// Of R.505: another station with the same figures, the first one by id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with: Option<StationId>,
    /// The figure that the rule's title names first.
    pub left: u64,
    /// The figure it is held against.
    pub right: u64,
    /// Orders that stand and name it.
    pub orders: u64,
}

/// How many stations a rule finds of those it is asked of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct RuleShare {
    /// The rule.
    pub rule: FindingRule,
    /// The kind of stations; all together without one.
    pub kind: Option<StationKind>,
    /// Those found, of those whose figures the rule could be asked of; of R.507 to R.509 the stations of a kind that is found, of
    /// all stations that report.
    pub share: Share,
}

/// What the rules find.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ByRule {
    /// Each finding, sorted.
    pub findings: Vec<RuleFinding>,
    /// By rule: of all stations, then by kind. A rule that is off has none.
    pub shares: Vec<RuleShare>,
}

/// A station that reports, and the figures of it that are looked at.
type Counted<'a> = (&'a Station, &'a StationStanding, Vec<&'a StationResults>);

/// Findings and shares as they are made.
struct Making<'a> {
    state: &'a State,
    found: BTreeSet<RuleFinding>,
    /// Found, and asked.
    shares: BTreeMap<(FindingRule, Option<StationKind>), [u64; 2]>,
}

impl ByRule {
    /// What the rules in force find in what stands now.
    pub fn of(
        def: &Definition,
        state: &State,
        standings: &BTreeMap<StationId, StationStanding>,
        registers: &Registers,
        figures: &Figures,
    ) -> Self {
        let rules = &state.decisions.rules.findings;
        let shares = rules.on().map(|rule| ((rule, None), [0, 0])).collect();
        let mut making = Making { state, found: BTreeSet::new(), shares };
        let reporting = def.stations.iter().filter(|station| station.count_with.is_none());
        let counts: Vec<Counted<'_>> = reporting
            .filter_map(|station| Some((station, standings.get(&station.id)?)))
            .map(|(station, standing)| (station, standing, looked_at(standing, figures).collect()))
            .collect();
        for (station, standing, results) in &counts {
            let bound = registers.bounds.get(&station.id).map_or(0, |bound| bound.figure);
            for rule in rules.on() {
                let pairs: Vec<[u64; 2]> = match rule {
                    FindingRule::Slip => slips(standing).into_iter().collect(),
                    _ => results.iter().filter_map(|own| pair(rule, &own.account, bound)).collect(),
                };
                making.asked(rules, rule, station, &pairs);
            }
        }
        if !rules.off.contains(&FindingRule::Alike) {
            making.alike(rules.alike_from, &counts);
        }
        for (kind, source) in &rules.sources {
            let figures = of_stations(*kind, def, standings, registers, &counts);
            for rule in rules.on() {
                if let Some(pair) = of_kind(rule, source, figures) {
                    making.kind(rule, *kind, pair, &counts);
                }
            }
        }
        let share =
            |((rule, kind), [part, whole]): (_, [u64; 2])| RuleShare { rule, kind, share: Share::new(part, whole) };
        ByRule { findings: making.found.into_iter().collect(), shares: making.shares.into_iter().map(share).collect() }
    }

    /// Does the rule find this station, or its kind?
    pub fn finds(&self, rule: FindingRule, station: &Station) -> bool {
        let is_of = |found: &RuleFinding| match &found.station {
            Some(id) => *id == station.id,
            None => found.kind == station.kind,
        };
        self.findings.iter().any(|found| found.rule == rule && is_of(found))
    }
}

/// The two figures that a rule about one count compares; none of what it cannot be asked.
fn pair(rule: FindingRule, account: &BallotAccount, bound: u64) -> Option<[u64; 2]> {
    let used = u64::from(account.used);
    match rule {
        FindingRule::Ballots => Some([used, account.checked_in?.into()]),
        FindingRule::Voters => Some([account.checked_in.map_or(used, u64::from), bound]),
        FindingRule::Turnout => Some([used, bound]),
        FindingRule::Unbalanced => {
            let accounted = [account.used, account.spoiled, account.unused].map(u64::from).iter().sum();
            Some([account.received.into(), accounted])
        }
        _ => None,
    }
}

/// Slips that say something else, of those that were brought; none where there is nothing to hold them against.
fn slips(standing: &StationStanding) -> Option<[u64; 2]> {
    let brought = standing.slips_agreeing + standing.slips_differing;
    (brought > 0).then_some([standing.slips_differing as u64, brought as u64])
}

/// Of a kind its ballots, its registered, and its stations that opened.
fn of_stations(
    kind: StationKind,
    def: &Definition,
    standings: &BTreeMap<StationId, StationStanding>,
    registers: &Registers,
    counts: &[Counted<'_>],
) -> [u64; 3] {
    let most_used = |own: &[&StationResults]| own.iter().map(|own| u64::from(own.account.used)).max().unwrap_or(0);
    let ballots = counts.iter().filter(|(station, ..)| station.kind == kind).map(|(_, _, own)| most_used(own)).sum();
    let stations = || def.stations.iter().filter(|station| station.kind == kind);
    let letters = stations().filter_map(|station| registers.letters.get(&station.id));
    let not_opened = |id: &StationId| standings.get(id).is_some_and(|own| own.standing == Standing::NotOpened);
    let opened = stations().filter(|station| !not_opened(&station.id)).count() as u64;
    [ballots, letters.map(|letters| u64::from(letters.registered)).sum(), opened]
}

/// The two figures that a rule about a kind compares, of its ballots, registered and opened stations.
fn of_kind(rule: FindingRule, source: &KindSource, [ballots, registered, opened]: [u64; 3]) -> Option<[u64; 2]> {
    match rule {
        FindingRule::KindBallots => Some([ballots, source.voters.into()]),
        FindingRule::KindRegistered => Some([registered, source.voters.into()]),
        FindingRule::KindOpened => Some([opened, source.stations.into()]),
        _ => None,
    }
}

/// Do the two figures of a rule about one station make a finding?
fn is_found(rules: &FindingRules, rule: FindingRule, [left, right]: [u64; 2]) -> bool {
    match rule {
        FindingRule::Ballots => left > right + u64::from(rules.ballots_over),
        FindingRule::Voters => left > right + u64::from(rules.voters_over),
        FindingRule::Turnout => rules.turnout.is_reached(left, right),
        FindingRule::Unbalanced => left.abs_diff(right) > rules.unbalanced.into(),
        FindingRule::Slip => left > 0,
        _ => false,
    }
}

impl Making<'_> {
    /// A rule is asked of a station, of each of its counts.
    fn asked(&mut self, rules: &FindingRules, rule: FindingRule, station: &Station, pairs: &[[u64; 2]]) {
        if pairs.is_empty() {
            return;
        }
        let found = pairs.iter().filter(|pair| is_found(rules, rule, **pair));
        found.clone().for_each(|pair| self.station(rule, station, (None, None), *pair));
        self.count(rule, station.kind, [u64::from(found.count() > 0), 1]);
    }

    /// Contests that are the same in several stations.
    fn alike(&mut self, least: u32, counts: &[Counted<'_>]) {
        let stations: BTreeMap<&StationId, &Station> = counts.iter().map(|(own, ..)| (&own.id, *own)).collect();
        let all = counts.iter().flat_map(|(own, _, results)| results.iter().map(move |results| (&own.id, *results)));
        let mut found: BTreeSet<&StationId> = BTreeSet::new();
        for group in alike(all, least) {
            for id in &group.stations {
                let named = (Some(group.contest), group.other(id));
                let pair = [group.ballots.into(), group.stations.len() as u64];
                self.station(FindingRule::Alike, stations[id], named, pair);
            }
            found.extend(group.stations);
        }
        for (station, _, results) in counts {
            let is_asked = results.iter().flat_map(|results| &results.contests).any(|own| own.valid >= least);
            if is_asked {
                self.count(FindingRule::Alike, station.kind, [u64::from(found.contains(&station.id)), 1]);
            }
        }
    }

    /// A rule is asked of a kind.
    fn kind(&mut self, rule: FindingRule, kind: StationKind, [left, right]: [u64; 2], counts: &[Counted<'_>]) {
        let own = || counts.iter().map(|(station, ..)| *station).filter(|station| station.kind == kind);
        let all = counts.len() as u64;
        let found = if left > right { own().count() as u64 } else { 0 };
        self.shares.insert((rule, Some(kind)), [found, all]);
        let together = self.shares.entry((rule, None)).or_default();
        *together = [together[0] + found, all];
        if left > right {
            let orders = own().map(|station| self.orders(rule, &station.id)).sum();
            let finding = RuleFinding { rule, station: None, kind, contest: None, with: None, left, right, orders };
            self.found.insert(finding);
        }
    }

    /// Found at a station; of R.505 in a contest, with another one.
    fn station(
        &mut self,
        rule: FindingRule,
        station: &Station,
        (contest, with): (Option<&ContestId>, Option<&StationId>),
        [left, right]: [u64; 2],
    ) {
        self.found.insert(RuleFinding {
            rule,
            station: Some(station.id.clone()),
            kind: station.kind,
            contest: contest.cloned(),
            with: with.cloned(),
            left,
            right,
            orders: self.orders(rule, &station.id),
        });
    }

    /// The orders about a station that stand and name the rule.
    fn orders(&self, rule: FindingRule, station: &StationId) -> u64 {
        let heads = self.state.evidence.get(station).into_iter().flat_map(|evidence| &evidence.heads);
        heads.filter(|(_, order)| order.findings.contains(&rule)).count() as u64
    }

    fn count(&mut self, rule: FindingRule, kind: StationKind, [found, asked]: [u64; 2]) {
        for kind in [None, Some(kind)] {
            let share = self.shares.entry((rule, kind)).or_default();
            *share = [share[0] + found, share[1] + asked];
        }
    }
}
