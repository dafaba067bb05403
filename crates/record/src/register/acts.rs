//! The register of acts: what others have ordered, written, asked, answered and found, each by its paper.
//!
//! Where an act stands is never typed: it follows from the acts that answer and annul it. None of it changes a figure by
//! itself; orders about stations do.

use std::collections::{BTreeMap, BTreeSet};

use election::{ActId, Definition, Digest, ItemId, Moment, PlainDate, StationId};
use serde::{Deserialize, Serialize};

use super::Registers;
use super::corrections::corrections;
use super::problem::{RegisterProblem, filled};
use crate::fold::{LeafProblem, State};

/// What an act is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActKind {
    /// A law.
    Law,
    /// A directive or regulation of the commission.
    Directive,
    /// The order that appoints a committee, with its members and its term.
    Committee,
    /// Minutes of a committee or a sitting.
    Minutes,
    /// A plan for the security of places, papers or equipment.
    SecurityPlan,
    /// Somebody asks for something.
    Request,
    /// An answer to a request, an allegation, a remark or a report.
    Reply,
    /// Somebody says that something was wrong.
    Allegation,
    /// Partners are told that something will take place.
    Notice,
    /// Who came.
    Attendance,
    /// An independent test, or the test after a finding was mended.
    TestReport,
    /// A contract, with its tender, delivery, acceptance and payment.
    Contract,
    /// A remark of an auditor.
    Remark,
    /// An order of a court or an authority.
    Order,
    /// A decision that takes others away.
    Annulment,
    /// Another paper.
    Other,
}

impl ActKind {
    /// May it take an act away?
    pub fn may_annul(self) -> bool {
        matches!(self, ActKind::Law | ActKind::Order | ActKind::Annulment)
    }

    /// All kinds.
    pub const ALL: [ActKind; 16] = [
        ActKind::Law,
        ActKind::Directive,
        ActKind::Committee,
        ActKind::Minutes,
        ActKind::SecurityPlan,
        ActKind::Request,
        ActKind::Reply,
        ActKind::Allegation,
        ActKind::Notice,
        ActKind::Attendance,
        ActKind::TestReport,
        ActKind::Contract,
        ActKind::Remark,
        ActKind::Order,
        ActKind::Annulment,
        ActKind::Other,
    ];

    /// The word used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            ActKind::Law => "law",
            ActKind::Directive => "directive",
            ActKind::Committee => "committee",
            ActKind::Minutes => "minutes",
            ActKind::SecurityPlan => "security_plan",
            ActKind::Request => "request",
            ActKind::Reply => "reply",
            ActKind::Allegation => "allegation",
            ActKind::Notice => "notice",
            ActKind::Attendance => "attendance",
            ActKind::TestReport => "test_report",
            ActKind::Contract => "contract",
            ActKind::Remark => "remark",
            ActKind::Order => "order",
            ActKind::Annulment => "annulment",
            ActKind::Other => "other",
        }
    }
}

/// What a test looked at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tested {
    /// Of what: `link between stations and receiving servers`.
    pub scope: String,
    /// In which version: a release, or the hash of a build.
    pub version: String,
}

/// An act from outside, read back from its paper by two registrars.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Act {
    /// Its number in the register.
    pub act: ActId,
    /// What it is.
    pub kind: ActKind,
    /// Who gave it, as the paper has it: an institution; of a test report its author.
    pub issuer: String,
    /// The number on the paper.
    pub number: String,
    /// The date on the paper.
    pub dated: PlainDate,
    /// When it was served on whoever must answer or obey: the clock of an answer starts then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub served: Option<Moment>,
    /// SHA-256 of the scanned paper.
    pub paper: Digest,
    /// What it says, in a sentence; of a test report its finding.
    pub effect: String,
    /// Days after service in which an answer is due, on the calendar of `[docket]`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_days: Option<u8>,
    /// Its last day, where it has a term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<PlainDate>,
    /// The office that must answer it, or see to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// The act that it rests on: the committee of minutes, the notice of an attendance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under: Option<ActId>,
    /// What it answers.
    pub answers: BTreeSet<ActId>,
    /// What it takes away.
    pub annuls: BTreeSet<ActId>,
    /// Institutions or roles that sit in a committee, or that came; no name of a person.
    pub members: Vec<String>,
    /// Stations that were examined.
    pub examined: BTreeSet<StationId>,
    /// Those of them of which nothing was found.
    pub cleared: BTreeSet<StationId>,
    /// The equipment that it is about.
    pub items: BTreeSet<ItemId>,
    /// What a test report looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tested: Option<Tested>,
    /// SHA-256 of each further file, by what it is: `tender`, `delivery`, `acceptance`, `payment`, `evidence`.
    pub annexes: BTreeMap<String, Digest>,
    /// SHA-256 of the leaf that it corrects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<Digest>,
}

impl Act {
    /// An act with what its paper says of itself, and nothing of others.
    pub fn new(
        act: ActId,
        kind: ActKind,
        issuer: impl Into<String>,
        number: impl Into<String>,
        dated: PlainDate,
        paper: Digest,
        effect: impl Into<String>,
    ) -> Self {
        let (issuer, number, effect) = (issuer.into(), number.into(), effect.into());
        Act {
            act,
            kind,
            issuer,
            number,
            dated,
            served: None,
            paper,
            effect,
            answer_days: None,
            until: None,
            owner: None,
            under: None,
            answers: BTreeSet::new(),
            annuls: BTreeSet::new(),
            members: Vec::new(),
            examined: BTreeSet::new(),
            cleared: BTreeSet::new(),
            items: BTreeSet::new(),
            tested: None,
            annexes: BTreeMap::new(),
            supersedes: None,
        }
    }

    /// Must somebody answer it? A test that answers a finding is itself the answer.
    pub fn expects_answer(&self) -> bool {
        match self.kind {
            ActKind::Request | ActKind::Allegation | ActKind::Remark | ActKind::Notice => true,
            ActKind::TestReport => self.answers.is_empty(),
            _ => self.answer_days.is_some(),
        }
    }

    /// The last minute for an answer, counted from service; none where no days are named.
    pub fn due(&self, def: &Definition) -> Option<Moment> {
        let (served, days) = self.served.zip(self.answer_days)?;
        def.rules.docket.deadline(served.day(), days)
    }

    fn named(&self) -> impl Iterator<Item = &ActId> {
        self.answers.iter().chain(&self.annuls).chain(&self.under)
    }
}

/// Where an act is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ActState {
    /// It stands, and nobody must answer it.
    InForce,
    /// It stands, and no answer that stands has come.
    Open,
    /// It stands and was answered.
    Answered,
    /// An act that stands has taken it away.
    Annulled,
}

impl ActState {
    /// The word used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            ActState::InForce => "in_force",
            ActState::Open => "open",
            ActState::Answered => "answered",
            ActState::Annulled => "annulled",
        }
    }
}

/// An act with what others have made of it.
#[derive(Clone, Debug)]
pub struct ActStanding<'a> {
    /// Its leaf.
    pub leaf: Digest,
    /// As it was entered last.
    pub act: &'a Act,
    /// Where it is.
    pub state: ActState,
    /// Acts that stand and answer it.
    pub answered_by: Vec<&'a ActId>,
    /// Acts that stand and annul it.
    pub annulled_by: Vec<&'a ActId>,
}

impl ActStanding<'_> {
    /// Is it of this kind, and has no act taken it away?
    pub fn is(&self, kind: ActKind) -> bool {
        self.act.kind == kind && self.state != ActState::Annulled
    }
}

impl Registers {
    /// Every act by its number, with where it is.
    pub fn acts_standing(&self) -> BTreeMap<&ActId, ActStanding<'_>> {
        let (mut annulled_by, mut answered_by) = (BTreeMap::<_, Vec<_>>::new(), BTreeMap::<_, Vec<_>>::new());
        // An act names earlier ones alone: whoever could annul it has been looked at before it.
        let mut latest_first: Vec<&ActId> = self.acts.keys().collect();
        latest_first.sort_by_key(|id| std::cmp::Reverse(self.first.get(*id)));
        for id in latest_first {
            if annulled_by.contains_key(id) {
                continue;
            }
            let (_, act) = &self.acts[id];
            act.annuls.iter().for_each(|named| annulled_by.entry(named).or_default().push(id));
            act.answers.iter().for_each(|named| answered_by.entry(named).or_default().push(id));
        }
        self.acts
            .iter()
            .map(|(id, (leaf, act))| {
                let [answered_by, annulled_by] = [&mut answered_by, &mut annulled_by].map(|by| {
                    let mut by: Vec<&ActId> = by.remove(id).unwrap_or_default();
                    by.sort();
                    by
                });
                let state = match act.expects_answer() {
                    _ if !annulled_by.is_empty() => ActState::Annulled,
                    true if answered_by.is_empty() => ActState::Open,
                    true => ActState::Answered,
                    false => ActState::InForce,
                };
                (id, ActStanding { leaf: *leaf, act, state, answered_by, annulled_by })
            })
            .collect()
    }

    /// Is there an act of this number and kind that no act has taken away?
    pub fn stands(&self, id: &ActId, kind: ActKind) -> bool {
        self.acts.get(id).is_some_and(|(_, act)| act.kind == kind) && !self.annulled.contains(id)
    }
}

impl State {
    /// An act, or the correction of one. It answers, annuls and rests on acts that were entered before it.
    pub(crate) fn act(&mut self, def: &Definition, leaf: Digest, own: &Act) -> Result<(), LeafProblem> {
        let registers = &self.registers;
        let mut texts = vec![("issuer", &own.issuer), ("number", &own.number), ("effect", &own.effect)];
        texts.extend(own.owner.iter().map(|owner| ("owner", owner)));
        texts.extend(own.members.iter().map(|member| ("members", member)));
        texts.extend(own.annexes.keys().map(|name| ("annexes", name)));
        texts.extend(own.tested.iter().flat_map(|own| [("scope", &own.scope), ("version", &own.version)]));
        filled(&texts)?;
        if own.kind == ActKind::Committee && own.members.is_empty() {
            return Err(RegisterProblem::Kind("a committee names its members").into());
        }
        if (own.kind == ActKind::TestReport) != own.tested.is_some() {
            return Err(RegisterProblem::Kind(
                "a test report says what it tested and in which version, no other act does",
            )
            .into());
        }
        if own.answer_days.is_some() && own.served.is_none() {
            return Err(RegisterProblem::Served.into());
        }
        if !own.annuls.is_empty() && !own.kind.may_annul() {
            return Err(RegisterProblem::Kind("only a law, an order or an annulment takes an act away").into());
        }
        let before = registers.acts.get(&own.act);
        let stands = before.map(|(leaf, _)| *leaf);
        RegisterProblem::beside(own.act.as_str(), own.supersedes, stands)?;
        if before.is_some_and(|(_, before)| before.kind != own.kind) {
            return Err(RegisterProblem::Kind("a correction is of the kind of what it corrects").into());
        }
        let first = registers.first.get(&own.act).copied().unwrap_or(self.size);
        for named in own.named() {
            match registers.first.get(named) {
                None => return Err(RegisterProblem::act(named, registers.acts.keys()).into()),
                Some(entered) if *entered >= first => {
                    return Err(RegisterProblem::Later { act: own.act.clone(), named: named.clone() }.into());
                }
                Some(_) => {}
            }
        }
        if let Some(unknown) = own.examined.iter().find(|station| def.station(station).is_none()) {
            return Err(LeafProblem::station(def, unknown));
        }
        if let Some(station) = own.cleared.difference(&own.examined).next() {
            return Err(RegisterProblem::Cleared(station.clone()).into());
        }
        own.items.iter().try_for_each(|item| registers.known_item(item))?;
        let annulled_before = before.is_some_and(|(_, before)| !before.annuls.is_empty());
        self.superseded.extend(stands);
        self.registers.first.insert(own.act.clone(), first);
        let annuls = !own.annuls.is_empty() || annulled_before;
        if let Some((corrects, before)) = self.registers.acts.insert(own.act.clone(), (leaf, own.clone())) {
            let told = corrections("act", own.act.as_str(), (corrects, &before), (leaf, own));
            self.registers.corrections.extend(told);
        }
        if annuls {
            let standing = self.registers.acts_standing().into_iter();
            let annulled = standing.filter(|(_, own)| own.state == ActState::Annulled);
            self.registers.annulled = annulled.map(|(id, _)| id.clone()).collect();
        }
        Ok(())
    }
}
