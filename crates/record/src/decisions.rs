//! Decisions that are not about a station's votes: which letter its registration figure follows, who withdrew after
//! the ballots were printed, and a rule that was changed after the freeze.
//!
//! About one candidate, list or rule one decision stands at a time: the next one names it. About the letter of a
//! station several may stand, as with orders; where they contradict each other, none is followed.

use std::collections::{BTreeMap, BTreeSet};

use election::{Coded, Definition, Digest, OptionId, Rules, SourceId, StationId};
use serde::{Deserialize, Serialize};

use crate::entry::Effect;
use crate::fold::{LeafProblem, State};

/// A station opened: of the letters that give a figure for it, this one is followed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// The station.
    pub station: StationId,
    /// Every letter that the frozen definition has for it, with its figure.
    pub letters: BTreeMap<SourceId, u32>,
    /// The one that is followed.
    pub follows: SourceId,
    /// The bound of its ballots: the figure of that letter.
    pub bound: u32,
    /// Why, in words.
    pub reason: String,
    /// The legal basis.
    pub basis: String,
    /// SHA-256 of the evidence it rests on.
    pub evidence: Vec<Digest>,
    /// SHA-256 of the leaves that it takes the place of: openings of the station, or orders that say it did not open.
    pub supersedes: Vec<Digest>,
}

/// Whether somebody stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Candidacy {
    /// Withdrawn after the ballots were printed.
    Withdrawn,
    /// A withdrawal is taken back.
    Stands,
}

/// A list or candidate withdrew after the ballots were printed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// The list or candidate.
    pub option: OptionId,
    /// What is decided.
    pub candidacy: Candidacy,
    /// Why, in words.
    pub reason: String,
    /// The legal basis.
    pub basis: String,
    /// SHA-256 of the evidence it rests on.
    pub evidence: Vec<Digest>,
    /// SHA-256 of the leaf about the same list or candidate that stood until now; none for the first one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<Digest>,
}

/// A rule is changed after the freeze, by the board's threshold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amendment {
    /// The key of `election.toml`, such as `seats.threshold`.
    pub key: String,
    /// What it said until now; absent where it said nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What it says from now on; absent where it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Why, in words.
    pub reason: String,
    /// The legal basis.
    pub basis: String,
}

/// What the decisions come to.
#[derive(Clone, Debug)]
pub struct Decisions {
    /// Every opening ever made, by the digest of its leaf; superseded ones too.
    pub openings: BTreeMap<Digest, Opening>,
    /// Every withdrawal ever made, in the order of their leaves' digests; superseded ones too.
    pub withdrawals: BTreeMap<Digest, Withdrawal>,
    /// The leaf that stands about each list or candidate.
    pub candidacies: BTreeMap<OptionId, Digest>,
    /// Rules changed after the freeze, the first one first.
    pub amendments: Vec<Amendment>,
    /// The rules as they stand.
    pub rules: Rules,
}

impl Decisions {
    /// None yet.
    pub fn new(def: &Definition) -> Self {
        Decisions {
            openings: BTreeMap::new(),
            withdrawals: BTreeMap::new(),
            candidacies: BTreeMap::new(),
            amendments: Vec::new(),
            rules: def.rules.clone(),
        }
    }

    /// The withdrawal that stands of a list or candidate.
    pub fn withdrawal(&self, option: &OptionId) -> Option<&Withdrawal> {
        let withdrawal = self.candidacies.get(option).and_then(|digest| self.withdrawals.get(digest))?;
        (withdrawal.candidacy == Candidacy::Withdrawn).then_some(withdrawal)
    }

    /// Lists and candidates that are withdrawn by a leaf.
    pub fn withdrawn(&self) -> BTreeSet<OptionId> {
        self.candidacies.keys().filter(|option| self.withdrawal(option).is_some()).cloned().collect()
    }
}

/// A decision that does not hold.
#[derive(Debug, thiserror::Error)]
pub enum DecisionProblem {
    /// Without reason or basis.
    #[error("a decision gives its reason and its legal basis")]
    NoReason,
    /// Letters or figures that are not the definition's.
    #[error("the letters of station '{station}' and their figures are not those of the frozen definition: {why}")]
    Letters {
        /// The station.
        station: StationId,
        /// Why.
        why: String,
    },
    /// A list or candidate that the definition does not have.
    #[error("there is no list or candidate '{option}'{near}")]
    Option {
        /// As named.
        option: OptionId,
        /// The nearest one.
        near: String,
    },
    /// A decision about a candidacy beside the one that stands.
    #[error("about '{option}' another decision stands ({stands}), and this one does not name it")]
    Candidacy {
        /// The list or candidate.
        option: OptionId,
        /// The leaf that stands, or `none`.
        stands: String,
    },
    /// A candidacy that is so already.
    #[error("'{0}' stands, so there is no withdrawal to take back")]
    NotWithdrawn(OptionId),
    /// Withdrawn before the freeze: a ballot may not even have the name.
    #[error("'{0}' is withdrawn in the frozen definition, which no decision changes")]
    Frozen(OptionId),
    /// An amendment of a rule that says something else.
    #[error("'{key}' says {is} now, not {said}")]
    Before {
        /// The key.
        key: String,
        /// As it is.
        is: String,
        /// As the leaf says.
        said: String,
    },
    /// An amendment that the rules do not allow.
    #[error(transparent)]
    Rule(#[from] election::AmendError),
    /// An amendment that changes nothing.
    #[error("'{0}' would say what it says now")]
    Unchanged(String),
    /// An amendment of what is a finding, by somebody who may know what it would find.
    #[error("'{0}' is not changed once figures are known, and an import stands in the record")]
    FiguresKnown(String),
}

impl Coded for DecisionProblem {
    fn code(&self) -> &'static str {
        match self {
            DecisionProblem::NoReason => "decision.no_reason",
            DecisionProblem::Letters { .. } => "decision.letters",
            DecisionProblem::Option { .. } => "decision.option",
            DecisionProblem::Candidacy { .. } => "decision.candidacy",
            DecisionProblem::NotWithdrawn(_) => "decision.not_withdrawn",
            DecisionProblem::Frozen(_) => "decision.frozen",
            DecisionProblem::Before { .. } => "decision.before",
            DecisionProblem::Rule(e) => e.code(),
            DecisionProblem::Unchanged(_) => "decision.unchanged",
            DecisionProblem::FiguresKnown(_) => "decision.figures_known",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            DecisionProblem::NoReason => "write why, and by which article",
            DecisionProblem::Letters { .. } => {
                "name a letter that stations.csv or registrations.csv has for the station"
            }
            DecisionProblem::Option { .. } => {
                "write the id as lists.csv or candidates.csv has it; no other is taken for it"
            }
            DecisionProblem::Candidacy { .. } => "name the leaf that stands in 'supersedes'",
            DecisionProblem::NotWithdrawn(_) | DecisionProblem::Frozen(_) => "nothing is to be done",
            DecisionProblem::Before { .. } => "look at the rule as it stands now, and word the amendment anew",
            DecisionProblem::Rule(e) => e.next(),
            DecisionProblem::Unchanged(_) => "nothing is to be done",
            DecisionProblem::FiguresKnown(_) => "leave the rule as it is; an order gives its own reason for a station",
        }
    }
}

/// `; the nearest is 'x'`, where something is near.
pub(crate) fn near<'a>(wanted: &str, known: impl Iterator<Item = &'a str>) -> String {
    election::nearest(wanted, known).map(|near| format!("; the nearest is '{near}'")).unwrap_or_default()
}

pub(crate) fn has_reason(reason: &str, basis: &str) -> Result<(), DecisionProblem> {
    if reason.trim().is_empty() || basis.trim().is_empty() { Err(DecisionProblem::NoReason) } else { Ok(()) }
}

impl State {
    pub(crate) fn opening(&mut self, def: &Definition, digest: Digest, opening: &Opening) -> Result<(), LeafProblem> {
        has_reason(&opening.reason, &opening.basis)?;
        let id = &opening.station;
        let station = def.station(id).ok_or_else(|| LeafProblem::station(def, id))?;
        let wrong = |why: String| DecisionProblem::Letters { station: id.clone(), why };
        let letters: BTreeMap<SourceId, u32> = def.letters_of(station).into_iter().collect();
        if opening.letters != letters {
            return Err(wrong(format!("they are {}, not {}", told(&letters), told(&opening.letters))).into());
        }
        match letters.get(&opening.follows) {
            Some(figure) if *figure == opening.bound => {}
            Some(figure) => {
                let follows = &opening.follows;
                return Err(
                    wrong(format!("{follows} says {figure}, and the bound is given as {}", opening.bound)).into()
                );
            }
            None => {
                let near = near(opening.follows.as_str(), letters.keys().map(SourceId::as_str));
                return Err(wrong(format!("no letter '{}' speaks of it{near}", opening.follows)).into());
            }
        }
        for superseded in &opening.supersedes {
            let opened = self.decisions.openings.get(superseded).is_some_and(|before| before.station == *id);
            let order = self.orders.get(superseded);
            let not_opened = order.is_some_and(|o| o.station == *id && o.effect == Effect::NotOpened);
            if !opened && !not_opened {
                return Err(LeafProblem::Supersedes(*superseded));
            }
        }
        let evidence = self.evidence.get_mut(id).ok_or_else(|| LeafProblem::station(def, id))?;
        evidence.heads.retain(|(head, _)| !opening.supersedes.contains(head));
        evidence.openings.retain(|(head, _)| !opening.supersedes.contains(head));
        evidence.openings.insert((digest, opening.clone()));
        self.superseded.extend(opening.supersedes.iter().copied());
        self.decisions.openings.insert(digest, opening.clone());
        Ok(())
    }

    pub(crate) fn withdrawal(
        &mut self,
        def: &Definition,
        digest: Digest,
        leaf: &Withdrawal,
    ) -> Result<(), LeafProblem> {
        has_reason(&leaf.reason, &leaf.basis)?;
        let option = &leaf.option;
        if def.option_name(option).is_none() {
            let lists = def.lists.iter().map(|l| l.id.as_str());
            let near = near(option.as_str(), lists.chain(def.candidates.iter().map(|c| c.id.as_str())));
            return Err(DecisionProblem::Option { option: option.clone(), near }.into());
        }
        if def.candidates.iter().any(|c| c.withdrawn && OptionId::from(&c.id) == *option) {
            return Err(DecisionProblem::Frozen(option.clone()).into());
        }
        let stands = self.decisions.candidacies.get(option).copied();
        if leaf.supersedes != stands {
            let stands = stands.map_or_else(|| "none".to_owned(), |digest| digest.to_string());
            return Err(DecisionProblem::Candidacy { option: option.clone(), stands }.into());
        }
        if leaf.candidacy == Candidacy::Stands && self.decisions.withdrawal(option).is_none() {
            return Err(DecisionProblem::NotWithdrawn(option.clone()).into());
        }
        self.superseded.extend(leaf.supersedes);
        self.decisions.candidacies.insert(option.clone(), digest);
        self.decisions.withdrawals.insert(digest, leaf.clone());
        Ok(())
    }

    pub(crate) fn amendment(&mut self, def: &Definition, leaf: &Amendment) -> Result<(), LeafProblem> {
        has_reason(&leaf.reason, &leaf.basis)?;
        if leaf.key.starts_with("findings.") && self.evidence.values().any(|own| !own.imports.is_empty()) {
            return Err(DecisionProblem::FiguresKnown(leaf.key.clone()).into());
        }
        let is = self.decisions.rules.value_of(&leaf.key).map_err(DecisionProblem::from)?;
        if is != leaf.before {
            let said =
                |value: &Option<String>| value.as_ref().map_or_else(|| "nothing".to_owned(), |v| format!("'{v}'"));
            return Err(
                DecisionProblem::Before { key: leaf.key.clone(), is: said(&is), said: said(&leaf.before) }.into()
            );
        }
        let rules = def.amended(&self.decisions.rules, &leaf.key, leaf.after.as_deref());
        let rules = rules.map_err(DecisionProblem::from)?;
        // A contest without rules of its own may be given one that is in force already: that changes nothing either.
        if rules.value_of(&leaf.key).map_err(DecisionProblem::from)? == is {
            return Err(DecisionProblem::Unchanged(leaf.key.clone()).into());
        }
        self.decisions.rules = rules;
        self.decisions.amendments.push(leaf.clone());
        Ok(())
    }
}

fn told(letters: &BTreeMap<SourceId, u32>) -> String {
    letters.iter().map(|(source, figure)| format!("{source} {figure}")).collect::<Vec<_>>().join(", ")
}
