//! Leaves in, state out.
//!
//! Each leaf is checked against the keys of the frozen definition and against
//! what stands before it; an invalid leaf is never appended, and one found in
//! a log is a failure that names its index.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use election::{Coded, Contradicting, Definition, Digest, FindingRule, Station, StationId, Tier};
use rayon::prelude::*;
use tally::LotId;

use crate::check::{Checked, Slips, check_signatures, scope_problem};
use crate::decisions::{DecisionProblem, Decisions, near};
use crate::docket::{Docket, DocketProblem, Stay};
use crate::entry::{
    Announcement, Body, Content, Effect, Entry, EntryError, Freeze, Import, Lot, Match, Order, Publication, Refused,
};
use crate::frozen::Frozen;
use crate::keyring::Signatories;
use crate::one_channel::OneChannel;
use crate::privacy::Withheld;
use crate::register::exports::ExportProblem;
use crate::register::isolation::IsolationProblem;
use crate::register::transmission::TransmissionProblem;
use crate::register::{RegisterProblem, Registers};
use crate::rotation::{Rotated, RotationProblem};
use crate::standing::{Evidence, StationStanding};
use crate::witnessed::{SeenProblem, Sight};

/// Leaves that are checked at once, and held in memory until they are taken.
const AT_ONCE: usize = 1024;

/// The state of the record after some of its leaves.
#[derive(Clone, Debug)]
pub struct State {
    /// SHA-256 of leaf 0.
    pub fingerprint: Digest,
    /// Leaf 0.
    pub freeze: Freeze,
    /// SHA-256 of `election.toml` as it was frozen: which rules the election began with.
    pub rule_set: Digest,
    /// How many leaves were folded.
    pub size: u64,
    /// What is known of each station of the definition.
    pub evidence: BTreeMap<StationId, Evidence>,
    /// Every order ever made, by the digest of its leaf; superseded ones too.
    pub orders: BTreeMap<Digest, Order>,
    /// Orders that another has taken the place of.
    pub superseded: BTreeSet<Digest>,
    /// Openings, withdrawals, amendments, and the rules as they stand.
    pub decisions: Decisions,
    /// Of contents whose pictures two officers have looked at, those that stay hidden.
    pub redactions: BTreeMap<Content, Withheld>,
    /// Refused packages.
    pub refused: BTreeSet<Refused>,
    /// Lots drawn, as they stand, each with the hash of its leaf.
    pub lots: BTreeMap<LotId, (Digest, Lot)>,
    /// Lots that were entered wrongly and entered again, as they were, in the order of their corrections.
    pub lots_before: Vec<Lot>,
    /// The latest comparison of the channels.
    pub last_match: Option<Match>,
    /// Announcements, the first one first, each with the index of its leaf.
    pub announcements: Vec<(u64, Announcement)>,
    /// Publications.
    pub publications: Vec<Publication>,
    /// Complaints, appeals, rulings and certifications.
    pub docket: Docket,
    /// Acts, equipment, isolation, transmission and bundles of evidence.
    pub registers: Registers,
    /// The people who sign, as they stand.
    pub signatories: Signatories,
    /// Are these leaves of a record without some others, as on a party's disk? Then what a succession names need not be there.
    pub is_part: bool,
    /// Witnesses' keys that gave way to others, in the order of their leaves.
    pub rotations: Vec<Rotated>,
    /// The freeze, and every leaf that changed a rule or a key after it: its index and its kind.
    pub ruled: Vec<(u64, &'static str)>,
    /// Checkpoints that were kept as witnesses had cosigned them, in the order of their leaves.
    pub sights: Vec<Sight>,
    seen: BTreeSet<Digest>,
}

/// A leaf that may not stand where it stands.
#[derive(Debug, thiserror::Error)]
#[error("leaf {index}: {problem}")]
pub struct FoldError {
    /// The leaf, from 0.
    pub index: u64,
    /// What is wrong with it.
    pub problem: LeafProblem,
}

/// What is wrong with a leaf.
#[derive(Debug, thiserror::Error)]
pub enum LeafProblem {
    /// It cannot be read.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// Not the leaf that a record begins with, or one where only another may be.
    #[error("a '{0}' leaf cannot stand here: leaf 0 is the freeze, and it alone")]
    First(&'static str),
    /// A signature that does not hold or is by a key that may not sign this.
    #[error("the signatures of the '{kind}' leaf do not hold: {why}")]
    Signature {
        /// The kind of the leaf.
        kind: &'static str,
        /// Why.
        why: String,
    },
    /// Too few have signed.
    #[error("a '{kind}' leaf needs {needed} signatures of different people; {have} signed")]
    Threshold {
        /// The kind of the leaf.
        kind: &'static str,
        /// As many as needed.
        needed: usize,
        /// As many as there are.
        have: usize,
    },
    /// Of another election, round or mode.
    #[error("it is signed for another election, round or mode: {0}")]
    Scope(String),
    /// Under another fingerprint.
    #[error("it names the election fingerprint {0}, which is not this record's")]
    Fingerprint(String),
    /// The frozen folder is not the one at hand.
    #[error("leaf 0 froze the election folder {frozen}, but the folder at hand is {at_hand}")]
    Manifest {
        /// In leaf 0.
        frozen: Digest,
        /// As computed.
        at_hand: Digest,
    },
    /// A station that is not in the definition, and the nearest one that is; none is taken for it.
    #[error("the station '{0}' is not in the definition{1}")]
    Station(StationId, String),
    /// A station that is counted with another, and has no figures of its own that anybody could decide about.
    #[error("the station '{0}' has no box of its own: it is counted with '{1}'")]
    Merged(StationId, StationId),
    /// A device that is not listed, or listed for another station.
    #[error("the device '{device}' is not listed for the station '{station}'")]
    Device {
        /// The device.
        device: String,
        /// The station.
        station: StationId,
    },
    /// The same leaf twice.
    #[error("the same leaf already stands in the record")]
    Repeated,
    /// A superseded leaf that is not an order of the same station before this one.
    #[error("it supersedes {0}, which is no order about the same station before it")]
    Supersedes(Digest),
    /// An order that orders nothing.
    #[error("{0}")]
    Order(&'static str),
    /// An order that counts a copy which came alone, without what that takes.
    #[error(transparent)]
    OneChannel(#[from] OneChannel),
    /// An order that rests on a finding by a rule that is not asked.
    #[error("it rests on a finding by {0}, which the rules in force do not ask")]
    Finding(FindingRule),
    /// An opening, withdrawal or amendment that does not hold.
    #[error(transparent)]
    Decision(#[from] DecisionProblem),
    /// A leaf of the docket that does not hold.
    #[error(transparent)]
    Docket(#[from] DocketProblem),
    /// A leaf of the registers of acts and equipment that does not hold.
    #[error(transparent)]
    Register(#[from] RegisterProblem),
    /// A look at the centre's networks that does not hold.
    #[error(transparent)]
    Isolation(#[from] IsolationProblem),
    /// A bundle of evidence that no mandate allows.
    #[error(transparent)]
    Export(#[from] ExportProblem),
    /// A report of the receiving service that does not hold.
    #[error(transparent)]
    Transmission(#[from] TransmissionProblem),
    /// A witness's key that may not be replaced so.
    #[error(transparent)]
    Rotation(#[from] RotationProblem),
    /// A checkpoint that was kept and shows nothing.
    #[error(transparent)]
    Seen(#[from] SeenProblem),
    /// A redaction that would tell what it hides, or hides nothing.
    #[error("{0}")]
    Redaction(&'static str),
    /// A recount or a count by hand that does not hold.
    #[error("the count by hand does not hold: {0}")]
    HandCount(String),
    /// A slip that proves nothing.
    #[error("the slip does not hold: {0}")]
    Slip(String),
    /// A comparison that is not what the leaves before it say.
    #[error("the comparison says {said}, but the leaves before it give {computed}")]
    Match {
        /// As the leaf says.
        said: String,
        /// As computed.
        computed: String,
    },
    /// A lot drawn twice.
    #[error("the lot '{0}' is drawn already")]
    Lot(LotId),
    /// A lot that takes the place of what is no leaf about it.
    #[error("it supersedes {0}, which is not the leaf that stands about this lot")]
    SupersedesLot(Digest),
    /// A lot of which nobody says how it was drawn.
    #[error("a lot says where, before whom and how it was drawn")]
    Drawing,
    /// A version out of turn.
    #[error("version {found} is out of turn: version {expected} is next")]
    Version {
        /// The one in the leaf.
        found: u16,
        /// The one that should be.
        expected: u16,
    },
}

impl LeafProblem {
    /// A station that the definition does not have.
    pub(crate) fn station(def: &Definition, id: &StationId) -> Self {
        LeafProblem::Station(id.clone(), near(id.as_str(), def.stations.iter().map(|s| s.id.as_str())))
    }
}

impl Coded for FoldError {
    fn code(&self) -> &'static str {
        self.problem.code()
    }

    fn next(&self) -> &'static str {
        self.problem.next()
    }
}

impl Coded for LeafProblem {
    fn code(&self) -> &'static str {
        match self {
            LeafProblem::Entry(e) => e.code(),
            LeafProblem::First(_) => "record.first",
            LeafProblem::Signature { .. } => "record.signature",
            LeafProblem::Threshold { .. } => "record.threshold",
            LeafProblem::Scope(_) => "record.scope",
            LeafProblem::Fingerprint(_) => "record.fingerprint",
            LeafProblem::Manifest { .. } => "record.manifest",
            LeafProblem::Station(..) | LeafProblem::Merged(..) => "record.station",
            LeafProblem::Device { .. } => "record.device",
            LeafProblem::Repeated => "record.repeated",
            LeafProblem::Supersedes(_) | LeafProblem::SupersedesLot(_) => "record.supersedes",
            LeafProblem::Drawing => "record.drawing",
            LeafProblem::Order(_) => "record.order",
            LeafProblem::OneChannel(e) => e.code(),
            LeafProblem::Finding(_) => "record.finding",
            LeafProblem::Decision(e) => e.code(),
            LeafProblem::Docket(e) => e.code(),
            LeafProblem::Register(e) => e.code(),
            LeafProblem::Isolation(e) => e.code(),
            LeafProblem::Export(e) => e.code(),
            LeafProblem::Transmission(e) => e.code(),
            LeafProblem::Rotation(e) => e.code(),
            LeafProblem::Seen(e) => e.code(),
            LeafProblem::Redaction(_) => "record.redaction",
            LeafProblem::HandCount(_) => "record.hand_count",
            LeafProblem::Slip(_) => "record.slip",
            LeafProblem::Match { .. } => "record.match",
            LeafProblem::Lot(_) => "record.lot",
            LeafProblem::Version { .. } => "record.version",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            LeafProblem::Threshold { .. } => "have the others sign it as well",
            LeafProblem::Manifest { .. } => {
                "use the election folder as it was frozen; a change needs the board and a new freeze"
            }
            LeafProblem::Decision(e) => e.next(),
            LeafProblem::Docket(e) => e.next(),
            LeafProblem::Register(e) => e.next(),
            LeafProblem::Isolation(e) => e.next(),
            LeafProblem::Export(e) => e.next(),
            LeafProblem::Transmission(e) => e.next(),
            LeafProblem::OneChannel(e) => e.next(),
            LeafProblem::Rotation(e) => e.next(),
            LeafProblem::Seen(e) => e.next(),
            LeafProblem::Version { .. } => "announce under the next version",
            LeafProblem::Order(_) | LeafProblem::Finding(_) => "correct the order and enter it again",
            LeafProblem::Repeated => "nothing is to be done: it has taken effect already",
            _ => "do not append it; compare the leaf with the paper it stands for",
        }
    }
}

impl State {
    /// Folds a whole record.
    ///
    /// # Errors
    ///
    /// The first leaf that may not stand where it stands.
    pub fn fold<L: AsRef<[u8]> + Sync>(frozen: &Frozen, leaves: &[L]) -> Result<Self, FoldError> {
        let at = |problem: LeafProblem| FoldError { index: 0, problem };
        let (first, rest) = leaves.split_first().ok_or_else(|| at(LeafProblem::First("missing")))?;
        let mut state = State::begin(frozen, first.as_ref()).map_err(at)?;
        state.apply_all(frozen, rest)?;
        Ok(state)
    }

    /// Takes more leaves, in their order; the error names the first that may not stand, and those before it have
    /// been taken.
    ///
    /// # Errors
    ///
    /// The first leaf that may not stand, with its index in the record.
    pub fn apply_all<L: AsRef<[u8]> + Sync>(&mut self, frozen: &Frozen, leaves: &[L]) -> Result<(), FoldError> {
        let first = self.size;
        let refused = self.apply_each(frozen, leaves, |place, result| match result {
            Ok(()) => ControlFlow::Continue(()),
            Err(problem) => ControlFlow::Break(FoldError { index: first + place, problem }),
        });
        refused.map_or(Ok(()), Err)
    }

    /// Takes more leaves, in their order, and tells of each by its place among `leaves` whether it may stand; one
    /// that may not changes nothing. What does not depend on the leaves before, the signatures above all, is
    /// checked on every core; the result is that of [`State::apply`] one by one.
    pub fn apply_each<L: AsRef<[u8]> + Sync, B>(
        &mut self,
        frozen: &Frozen,
        leaves: &[L],
        mut told: impl FnMut(u64, Result<(), LeafProblem>) -> ControlFlow<B>,
    ) -> Option<B> {
        let (fingerprint, slips) = (self.fingerprint, Slips::default());
        let check = |people: &Signatories, leaf: &L| Checked::of(frozen, people, fingerprint, &slips, leaf.as_ref());
        let check_all = |people: &Signatories, some: &[L]| -> Vec<Result<Checked, LeafProblem>> {
            some.par_iter().map(|leaf| check(people, leaf)).collect()
        };
        let mut chunks = leaves.chunks(AT_ONCE).peekable();
        let mut place = 0;
        let mut ahead = None;
        while let Some(some) = chunks.next() {
            let (all, successions) =
                ahead.take().unwrap_or_else(|| (check_all(&self.signatories, some), self.docket.successions.len()));
            // The next ones are checked while these are taken, one after the other.
            let (people, known) = (self.signatories.clone(), self.docket.successions.len());
            let answer = std::thread::scope(|scope| {
                let next = chunks.peek().map(|some| scope.spawn(|| check_all(&people, some)));
                for (leaf, mut checked) in some.iter().zip(all) {
                    // Other people sign since these leaves were checked.
                    if self.docket.successions.len() > successions {
                        checked = check(&self.signatories, leaf);
                    }
                    let result = checked.and_then(|leaf| self.enter(frozen, leaf));
                    if let ControlFlow::Break(answer) = told(place, result) {
                        return Some(answer);
                    }
                    place += 1;
                }
                ahead = next.map(|next| (next.join().expect("a check does not panic"), known));
                None
            });
            if answer.is_some() {
                return answer;
            }
        }
        None
    }

    /// The state after leaf 0.
    pub fn begin(frozen: &Frozen, leaf: &[u8]) -> Result<Self, LeafProblem> {
        let entry = Entry::parse(leaf)?;
        let Body::Freeze(freeze) = &entry.body else {
            return Err(LeafProblem::First(entry.body.kind()));
        };
        if entry.head.scope != frozen.definition.scope {
            return Err(scope_problem(&entry.head));
        }
        let signatories = Signatories::of(&frozen.definition, &frozen.keyring);
        check_signatures(frozen, &signatories, &entry)?;
        if freeze.manifest != frozen.manifest {
            return Err(LeafProblem::Manifest { frozen: freeze.manifest, at_hand: frozen.manifest });
        }
        let stations = frozen.definition.stations.iter().map(|s| (s.id.clone(), Evidence::default()));
        Ok(State {
            fingerprint: entry.digest,
            freeze: freeze.clone(),
            rule_set: frozen.rule_set,
            size: 1,
            evidence: stations.collect(),
            orders: BTreeMap::new(),
            superseded: BTreeSet::new(),
            decisions: Decisions::new(&frozen.definition),
            redactions: BTreeMap::new(),
            refused: BTreeSet::new(),
            lots: BTreeMap::new(),
            lots_before: Vec::new(),
            last_match: None,
            announcements: Vec::new(),
            publications: Vec::new(),
            docket: Docket::default(),
            registers: Registers::of(frozen),
            signatories,
            is_part: false,
            rotations: Vec::new(),
            ruled: vec![(0, entry.body.kind())],
            sights: Vec::new(),
            seen: BTreeSet::from([entry.digest]),
        })
    }

    /// Takes one more leaf, or says why it may not stand here; a refused leaf changes nothing.
    pub fn apply(&mut self, frozen: &Frozen, leaf: &[u8]) -> Result<(), LeafProblem> {
        let checked = Checked::of(frozen, &self.signatories, self.fingerprint, &Slips::default(), leaf)?;
        self.enter(frozen, checked)
    }

    /// Takes a leaf whose form and signatures hold, or says why it may not stand after those before it.
    fn enter(&mut self, frozen: &Frozen, leaf: Checked) -> Result<(), LeafProblem> {
        let digest = leaf.digest;
        if self.seen.contains(&digest) {
            return Err(LeafProblem::Repeated);
        }
        self.not_revoked(&leaf.by)?;
        let (kind, changes, is_of_case) = (leaf.body.kind(), leaf.body.changes_results(), leaf.body.is_of_case());
        let changes_rules = leaf.body.changes_rules();
        let certified = self.docket.certifications.len();
        self.take(frozen, leaf)?;
        if changes {
            self.docket.changed = self.size;
        }
        if changes_rules {
            self.ruled.push((self.size, kind));
        }
        if self.docket.certifications.len() > certified {
            self.docket.after.clear();
        } else if certified > 0 && (changes || is_of_case) {
            self.docket.after.push((self.size, kind));
        }
        self.seen.insert(digest);
        self.size += 1;
        Ok(())
    }

    fn take(&mut self, frozen: &Frozen, leaf: Checked) -> Result<(), LeafProblem> {
        match &leaf.body {
            Body::Freeze(_) => return Err(LeafProblem::First("freeze")),
            Body::Import(import) => self.import(frozen, import)?,
            Body::Refused(refused) => {
                self.refused.insert(refused.clone());
            }
            Body::Slip(_) => {
                let (station, slip) = leaf.slip.expect("a checked slip leaf comes with what its codes say")?;
                let known = self.evidence.get_mut(&station);
                let evidence = known.ok_or_else(|| LeafProblem::station(&frozen.definition, &station))?;
                evidence.slips.insert(slip);
            }
            Body::Match(said) => {
                let computed = self.compare(&frozen.definition);
                if *said != computed {
                    return Err(LeafProblem::Match { said: format!("{said:?}"), computed: format!("{computed:?}") });
                }
                self.last_match = Some(computed);
            }
            Body::Order(order) => {
                self.order_without_conflict(&order.evidence, &leaf.by)?;
                self.order(&frozen.definition, leaf.digest, order)?;
            }
            Body::Recount(recount) => {
                self.order_without_conflict(&recount.evidence, &leaf.by)?;
                self.recount(&frozen.definition, leaf.digest, recount)?;
            }
            Body::HandCount(count) => {
                self.count_without_conflict(count, &leaf.by)?;
                self.hand_count(&frozen.definition, leaf.digest, count)?;
            }
            Body::Opening(opening) => self.opening(&frozen.definition, leaf.digest, opening)?,
            Body::Withdrawal(withdrawal) => self.withdrawal(&frozen.definition, leaf.digest, withdrawal)?,
            Body::Amendment(amendment) => self.amendment(&frozen.definition, amendment)?,
            Body::Redaction(redaction) => self.redaction(&frozen.definition, redaction)?,
            Body::Lot(lot) => {
                let standing = self.lots.get(&lot.outcome.id).map(|(digest, _)| *digest);
                match lot.supersedes {
                    named if named == standing => {}
                    None => return Err(LeafProblem::Lot(lot.outcome.id.clone())),
                    Some(named) => return Err(LeafProblem::SupersedesLot(named)),
                }
                if lot.drawing.trim().is_empty() {
                    return Err(LeafProblem::Drawing);
                }
                if let Some((_, before)) = self.lots.get(&lot.outcome.id) {
                    self.lots_before.push(before.clone());
                }
                self.superseded.extend(standing);
                self.lots.insert(lot.outcome.id.clone(), (leaf.digest, lot.clone()));
            }
            Body::Complaint(own) => self.complaint(&frozen.definition, leaf.digest, own)?,
            Body::Classification(own) => self.classification(leaf.digest, own, &leaf.by)?,
            Body::Resolution(own) => self.resolution(leaf.digest, own, &leaf.by)?,
            Body::Appeal(own) => self.appeal(own)?,
            Body::Ruling(own) => self.ruling(&frozen.definition, leaf.digest, own, &leaf.by)?,
            Body::Certification(own) => self.certification(&frozen.definition, own)?,
            Body::Ratification(own) => self.ratification(&frozen.definition, &leaf, own)?,
            Body::Succession(own) => {
                self.succession(frozen, leaf.digest, own).map_err(DocketProblem::from)?;
            }
            Body::Revocation(own) => self.revocation(&frozen.definition, own)?,
            Body::Act(own) => self.act(&frozen.definition, leaf.digest, own)?,
            Body::Item(own) => self.item(frozen, leaf.digest, own)?,
            Body::Custody(own) => self.custody(leaf.digest, own)?,
            Body::Isolation(own) => self.isolation(&leaf.at, own)?,
            Body::Export(own) => self.export(&frozen.definition, own)?,
            Body::Transmission(own) => self.transmission(frozen, own)?,
            Body::Rotation(own) => self.rotation(frozen, own)?,
            Body::Seen(own) => self.keep(frozen, own)?,
            Body::Announcement(announcement) => {
                self.not_stopped(Stay::Announcement)?;
                // After 65,535 announcements no number is left, and 0 is never in turn.
                let expected = u16::try_from(self.announcements.len() + 1).unwrap_or(0);
                in_turn(announcement.version, expected)?;
                self.announcements.push((self.size, announcement.clone()));
            }
            Body::Publication(publication) => {
                in_turn(publication.version, self.announcements.len() as u16)?;
                self.publications.push(publication.clone());
            }
        }
        Ok(())
    }

    fn import(&mut self, frozen: &Frozen, import: &Import) -> Result<(), LeafProblem> {
        if !self.evidence.contains_key(&import.station) {
            return Err(LeafProblem::station(&frozen.definition, &import.station));
        }
        let listed = frozen.keyring.devices.get(&import.device);
        if listed.is_none_or(|(station, _)| *station != import.station) {
            return Err(LeafProblem::Device { device: import.device.to_string(), station: import.station.clone() });
        }
        self.may_contribute(frozen, &import.device)?;
        let evidence = self.evidence.get_mut(&import.station).expect("it was looked for");
        evidence.imports.insert(import.clone());
        Ok(())
    }

    fn order(&mut self, def: &Definition, digest: Digest, order: &Order) -> Result<(), LeafProblem> {
        self.reporting(def, &order.station)?;
        for superseded in &order.supersedes {
            let before = self.orders.get(superseded).map(|before| &before.station);
            // That a station did not open takes the place of its opening; no other order touches that.
            let opened = self.decisions.openings.get(superseded).map(|opening| &opening.station);
            let before = before.or(opened.filter(|_| order.effect == Effect::NotOpened));
            if before != Some(&order.station) {
                return Err(LeafProblem::Supersedes(*superseded));
            }
        }
        if order.reason.trim().is_empty() || order.basis.trim().is_empty() {
            return Err(LeafProblem::Order("an order gives its reason and its legal basis"));
        }
        let off = &self.decisions.rules.findings.off;
        if let Some(rule) = order.findings.iter().find(|rule| off.contains(rule)) {
            return Err(LeafProblem::Finding(*rule));
        }
        let restores_nothing = order.effect == Effect::Restore
            && !order.supersedes.iter().any(|d| self.orders.get(d).is_some_and(|o| o.effect == Effect::Cancel));
        if restores_nothing {
            return Err(LeafProblem::Order("a restoration names the cancellation that it takes back"));
        }
        let ruling = order.under.map(|under| self.carried_out(def, &under, &order.station)).transpose()?;
        // What a court has ordered is undone by that court or one above.
        let before = order.supersedes.iter().filter_map(|before| self.orders.get(before)?.under.as_ref());
        before
            .filter_map(|under| self.docket.rulings.get(under))
            .try_for_each(|before| before.may_be_undone_under(ruling))?;
        let ranked = def.rules.docket.contradicting_orders == Contradicting::RankThenDate;
        let rank = ruling.filter(|_| ranked).map(|ruling| (Reverse(ruling.rank), ruling.dated));
        let evidence = self.evidence.entry(order.station.clone()).or_default();
        if let Effect::Count(content) = &order.effect
            && !evidence.imports.iter().any(|i| i.content == *content)
        {
            return Err(LeafProblem::Order("it counts a content that no import has brought"));
        }
        if let Effect::CountHand(leaf) = &order.effect
            && !evidence.hand_counts.contains_key(leaf)
        {
            return Err(LeafProblem::Order("it counts by hand what nobody has entered of this station"));
        }
        evidence.may_order(&order.effect, order.absent)?;
        evidence.heads.retain(|(head, _)| !order.supersedes.contains(head));
        evidence.openings.retain(|(head, _)| !order.supersedes.contains(head));
        evidence.heads.insert((digest, order.clone()));
        evidence.ranks.extend(rank.map(|rank| (digest, rank)));
        self.superseded.extend(order.supersedes.iter().copied());
        self.orders.insert(digest, order.clone());
        Ok(())
    }

    /// The state as it would be with an order that nobody has signed yet.
    ///
    /// # Errors
    ///
    /// What an order may not be where it would stand.
    pub fn with_order(&self, def: &Definition, order: &Order) -> Result<State, LeafProblem> {
        let mut state = self.clone();
        let text = sign::canonical::to_bytes(order).expect("string keys only");
        state.order(def, Digest::of(&text), order)?;
        Ok(state)
    }

    /// The standing of every station, under the rules' tier.
    pub fn standings(&self, def: &Definition) -> BTreeMap<StationId, StationStanding> {
        let known = def.stations.iter().filter_map(|station| Some((station, self.evidence.get(&station.id)?)));
        known.map(|(station, evidence)| (station.id.clone(), evidence.standing(self.tier(station)))).collect()
    }

    /// The standing of one station; none where the definition does not have it.
    pub fn standing(&self, def: &Definition, id: &StationId) -> Option<StationStanding> {
        Some(self.evidence.get(id)?.standing(self.tier(def.station(id)?)))
    }

    /// The evidence that a station needs, by the rules as they stand.
    pub fn tier(&self, station: &Station) -> Tier {
        self.decisions.rules.tier(station.kind)
    }

    /// The comparison of both channels as it stands now.
    pub fn compare(&self, def: &Definition) -> Match {
        let mut result = Match::default();
        for station in def.stations.iter().filter(|s| s.count_with.is_none()) {
            let channels = self.evidence[&station.id].channels();
            result.expected += 1;
            if !channels.network {
                result.missing_network.push(station.id.clone());
            }
            if !channels.stick {
                result.missing_stick.push(station.id.clone());
            }
            if channels.network && channels.stick {
                result.both += 1;
                if channels.is_identical {
                    result.identical += 1;
                } else {
                    result.differing.push(station.id.clone());
                }
            }
        }
        result
    }
}

pub(crate) fn in_turn(found: u16, expected: u16) -> Result<(), LeafProblem> {
    if found == expected && expected > 0 {
        return Ok(());
    }
    Err(LeafProblem::Version { found, expected })
}
