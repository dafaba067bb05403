//! `[findings]`: which rules R.5xx are asked of every station, from where on they are a finding, and what the registration
//! source of a kind of stations says. Frozen before the polls, so that nobody chooses them by what they would find.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::as_text::as_text;
use crate::{Fraction, SourceId, StationKind};

/// A rule by which stations are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingRule {
    /// More ballots than voters who came.
    Ballots,
    /// More voters, or ballots where voters are not counted, than the station's bound.
    Voters,
    /// A turnout of the whole bound, or of as much of it as the rules say.
    Turnout,
    /// Ballots received that are nowhere, or more than were received.
    Unbalanced,
    /// The same figures as another station has.
    Alike,
    /// A slip that says something else than what came.
    Slip,
    /// More ballots in all stations of a kind than its source has voters.
    KindBallots,
    /// More registered at all stations of a kind than its source has voters.
    KindRegistered,
    /// More stations of a kind opened than its source has.
    KindOpened,
}

impl FindingRule {
    /// All of them, by number.
    pub const ALL: [FindingRule; 9] = [
        FindingRule::Ballots,
        FindingRule::Voters,
        FindingRule::Turnout,
        FindingRule::Unbalanced,
        FindingRule::Alike,
        FindingRule::Slip,
        FindingRule::KindBallots,
        FindingRule::KindRegistered,
        FindingRule::KindOpened,
    ];

    /// The number, under which `docs/rules.md` has its words.
    pub fn as_str(self) -> &'static str {
        match self {
            FindingRule::Ballots => "R.501",
            FindingRule::Voters => "R.502",
            FindingRule::Turnout => "R.503",
            FindingRule::Unbalanced => "R.504",
            FindingRule::Alike => "R.505",
            FindingRule::Slip => "R.506",
            FindingRule::KindBallots => "R.507",
            FindingRule::KindRegistered => "R.508",
            FindingRule::KindOpened => "R.509",
        }
    }
}

impl std::fmt::Display for FindingRule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for FindingRule {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        FindingRule::ALL.into_iter().find(|rule| rule.as_str() == text).ok_or_else(|| {
            let shown: String = text.escape_debug().take(60).collect();
            format!("'{shown}' is no rule of findings: write one of R.501 to R.509")
        })
    }
}

as_text!(FindingRule);

/// `[findings.sources.KIND]`: what the statistics of the body say that registers the voters of a kind of stations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindSource {
    /// The letter, as `sources.csv` has it.
    pub source: SourceId,
    /// Voters of the kind in all.
    pub voters: u32,
    /// Stations of the kind in all.
    pub stations: u32,
}

/// `[findings]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FindingRules {
    /// Rules that are not asked.
    pub off: BTreeSet<FindingRule>,
    /// R.501: so many ballots more than voters are no finding yet.
    pub ballots_over: u32,
    /// R.502: so many voters more than the bound are no finding yet.
    pub voters_over: u32,
    /// R.503: ballots that are this share of the bound are a finding.
    pub turnout: Fraction,
    /// R.504: so many ballots too many or too few are no finding yet.
    pub unbalanced: u32,
    /// R.505: contests with fewer valid ballots are alike by chance too often to be told.
    pub alike_from: u32,
    /// R.507 to R.509: kinds of stations with a source of their own; the others are not asked.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub sources: BTreeMap<StationKind, KindSource>,
}

impl Default for FindingRules {
    fn default() -> Self {
        FindingRules {
            off: BTreeSet::new(),
            ballots_over: 0,
            voters_over: 0,
            turnout: Fraction { numerator: 1, denominator: 1 },
            unbalanced: 0,
            alike_from: 10,
            sources: BTreeMap::new(),
        }
    }
}

impl FindingRules {
    /// The rules that are asked, by number.
    pub fn on(&self) -> impl Iterator<Item = FindingRule> {
        FindingRule::ALL.into_iter().filter(|rule| !self.off.contains(rule))
    }

    /// A value that cannot be meant, by its key.
    pub(crate) fn trouble(&self) -> Option<(&'static str, String)> {
        let share = self.turnout;
        let what = match share.numerator {
            0 => "a turnout of 0 finds every station".to_owned(),
            above if above > share.denominator => format!("a turnout of {share} is more than the whole bound"),
            _ => return None,
        };
        Some(("findings.turnout", what))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_read_as_it_is_written() {
        for rule in FindingRule::ALL {
            assert_eq!(rule.to_string().parse(), Ok(rule));
        }
        for bad in ["", "R.500", "R.510", "r.501", "501", "R.501 "] {
            assert!(bad.parse::<FindingRule>().is_err(), "{bad}");
        }
    }

    /// The scaffold with `more` at the end of its `election.toml`: its rules, or the codes of its problems.
    fn with(more: &str) -> Result<FindingRules, Vec<&'static str>> {
        let mut folder = crate::scaffold();
        folder.files.get_mut(crate::ELECTION_TOML).unwrap().extend(more.as_bytes());
        let codes = |problems: Vec<crate::Problem>| problems.iter().map(|problem| problem.code).collect();
        crate::read(&folder).map(|def| def.rules.findings).map_err(codes)
    }

    #[test]
    fn what_is_left_out_is_as_usual_and_a_source_is_a_letter_there_is() {
        assert_eq!(with(""), Ok(FindingRules::default()));
        let own = with("\n[findings]\noff = [\"R.503\"]\nunbalanced = 2\n").unwrap();
        let off = BTreeSet::from([FindingRule::Turnout]);
        assert_eq!(own, FindingRules { off, unbalanced: 2, ..FindingRules::default() });
        assert_eq!(own.on().count(), 8);

        let source = crate::read(&crate::scaffold()).unwrap().sources[0].id.clone();
        let table = |source: &str| {
            with(&format!("\n[findings.sources.abroad]\nsource = \"{source}\"\nvoters = 900\nstations = 3\n"))
        };
        let known = KindSource { source: source.clone(), voters: 900, stations: 3 };
        assert_eq!(table(source.as_str()).unwrap().sources, BTreeMap::from([(StationKind::Abroad, known)]));
        assert_eq!(table("nobody"), Err(vec!["E.132"]));
        for (more, code) in [
            ("[findings]\noff = [\"R.510\"]\n", "E.108"),
            ("[findings]\nturnout = \"0\"\n", "E.108"),
            ("[findings]\nturnout = \"101/100\"\n", "E.108"),
            ("[findings]\nunbalanced = -1\n", "E.108"),
            ("[findings]\ncolour = 1\n", "E.107"),
            ("[findings.sources.ship]\nvoters = 1\n", "E.107"),
            ("[findings.sources.abroad]\nsource = \"nobody\"\nstations = 3\n", "E.106"),
        ] {
            assert_eq!(with(&format!("\n{more}")), Err(vec![code]), "{more}");
        }
    }
}
