//! The quarantine desk: every station that is open, why, what is known of it, and what two officers may decide.
//!
//! All of it follows from the leaves; the desk changes nothing. A station leaves it when its figures count, when an order
//! leaves it out, and a refused package when an order that stands, about whatever station, names its label among its evidence.

pub mod figures;

use std::collections::{BTreeMap, BTreeSet};

use election::{Coded, Definition, DeviceId, Digest, PartyId, StationId};
use package::slip::SlipFigures;
use rayon::prelude::*;
use serde::Serialize;

use crate::entry::{Absence, Body, Content, Effect, Entry, HandCount, Import, Medium, Order, Refused, Slip};
use crate::findings::Finding;
use crate::fold::State;
use crate::outcome::Outcome;
use crate::remarks::Remark;
use crate::standing::{Evidence, Standing, StationStanding};

/// Why a station is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Nothing has come.
    NothingCame,
    /// The network alone has brought something.
    MissingStick,
    /// The stick alone has brought something.
    MissingNetwork,
    /// More than one content came.
    Differing,
    /// A slip has other figures than what came, or is of a later count.
    SlipDiffers,
    /// A count by hand has other figures than what came.
    HandCountDiffers,
    /// The ballot account does not add up.
    AccountDiffers,
    /// Two officers say that it did not open, and something of it is there.
    SaidNotOpened,
    /// Orders that stand contradict each other.
    SubJudice,
    /// What has come agrees, and the rules ask for more.
    BelowTier,
    /// A recount is ordered, and no count has answered it.
    RecountDue,
    /// Something came after the latest announcement.
    Late,
    /// Something came after the order that counts it, and is not what the order weighed.
    AfterOrder,
    /// A package came of a device that is not the station's.
    WrongDevice,
    /// Something came of a station that is not expected to report.
    Unexpected,
    /// A package came and was refused.
    Refused,
}

impl Why {
    /// In words.
    pub fn what(self) -> &'static str {
        match self {
            Why::NothingCame => "nothing has come",
            Why::MissingStick => "the network alone has brought a copy; the stick is missing",
            Why::MissingNetwork => "the stick alone has brought a copy; nothing came over the network",
            Why::Differing => "the copies that came differ",
            Why::SlipDiffers => "a slip has other figures than what came",
            Why::HandCountDiffers => "a count by hand has other figures than what came",
            Why::AccountDiffers => "the ballot account does not add up",
            Why::SaidNotOpened => "it is said not to have opened, and something of it is there",
            Why::SubJudice => "orders that stand contradict each other",
            Why::BelowTier => "what came agrees, and the rules ask for more",
            Why::RecountDue => "a recount is ordered, and nobody has entered the count",
            Why::Late => "something came after the latest announcement",
            Why::AfterOrder => "something came after the order that counts it, and is another than what the order says",
            Why::WrongDevice => "a package came of a device that is not the station's",
            Why::Unexpected => "something came of a station that should not report",
            Why::Refused => "a package was refused and is kept",
        }
    }

    /// Why a refused package is on the desk.
    fn of_refusal(code: &str) -> Self {
        match code {
            "import.unknown_device" => Why::WrongDevice,
            "import.unknown_station" | "import.name" => Why::Unexpected,
            _ => Why::Refused,
        }
    }
}

/// How an evidence stands to what came last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Says {
    /// It has the figures of all that came.
    Confirms,
    /// It has other figures than something that came.
    Contradicts,
    /// A later generation has taken its place.
    Superseded,
    /// Nothing has come that it could be compared with.
    Alone,
}

/// A leaf: its place in the record, and the clock of who signed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its number.
    pub leaf: u64,
    /// The signer's clock.
    pub at: String,
    /// The hash of the leaf, by which orders name it.
    pub digest: Digest,
}

impl Place {
    fn of(index: usize, entry: &Entry) -> Self {
        Place { leaf: index as u64, at: entry.head.at.clone(), digest: entry.digest }
    }
}

/// A copy that was imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brought {
    /// Its leaf.
    pub place: Place,
    /// What the leaf says.
    pub import: Import,
    /// No later generation of the device has come.
    pub is_latest: bool,
}

/// A package that was refused and is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its leaf.
    pub place: Place,
    /// What the leaf says.
    pub refused: Refused,
    /// An order that stands names it.
    pub is_settled: bool,
}

/// A slip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    /// Its leaf.
    pub place: Place,
    /// The device that signed it.
    pub device: DeviceId,
    /// The generation.
    pub generation: u16,
    /// The `results.json` it was printed from.
    pub results: Digest,
    /// Whose agent holds it.
    pub party: Option<PartyId>,
    /// What it is evidence for.
    pub says: Says,
    /// What is printed on it.
    pub figures: SlipFigures,
}

/// A count by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// Its leaf.
    pub place: Place,
    /// SHA-256 of the scanned protocol.
    pub paper: Digest,
    /// What it is evidence for.
    pub says: Says,
}

/// An order about the station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ordered {
    /// Its leaf.
    pub place: Place,
    /// What the leaf says.
    pub order: Order,
    /// No other has taken its place.
    pub stands: bool,
}

/// What may be done about a station.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decision {
    /// An order counts the copy of this medium; of one that came alone it says why the other has not come, and where no second
    /// evidence stands, it may not be entered.
    Count {
        /// The medium of the copy.
        medium: Medium,
        /// The other has brought nothing.
        alone: bool,
        /// The code of what it lacks.
        lacks: Option<&'static str>,
    },
    /// An order counts this count by hand.
    CountHand(Digest),
    /// An agent's slip is entered.
    Slip,
    /// The box is to be counted by hand.
    Recount,
    /// The recount that is ordered is answered.
    HandCount,
    /// An order says that it did not open.
    NotOpened,
    /// An order leaves it out.
    Cancel,
    /// An order takes the cancellation back.
    Restore,
}

/// A station, as it lies on the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desk {
    /// The station; of a refused package the one it says it is of.
    pub station: StationId,
    /// Its standing; none of a station that does not report.
    pub standing: Option<Standing>,
    /// Its figures are in the totals.
    pub is_counted: bool,
    /// Why it is open; nothing where it is not.
    pub why: BTreeSet<Why>,
    /// Where each medium brought one copy of one device and generation: whether both have the very same label, the one that
    /// the receiving service gave its receipt for.
    pub same_label: Option<bool>,
    /// What was imported, in the order of the record.
    pub copies: Vec<Brought>,
    /// What was refused.
    pub refused: Vec<Kept>,
    /// Slips.
    pub slips: Vec<Filed>,
    /// Counts by hand.
    pub hand_counts: Vec<Typed>,
    /// Orders.
    pub orders: Vec<Ordered>,
    /// What people must look at.
    pub findings: Vec<Finding>,
    /// What the rules say of its account, R.2xx.
    pub remarks: Vec<Remark>,
    /// What may be done.
    pub decisions: Vec<Decision>,
}

/// What a leaf says of a station.
struct Told {
    place: Place,
    body: Body,
}

/// Every station of the definition, and every other that something says it is of, as it lies on the desk; those that are not
/// open have no `why`.
pub fn stations<L: AsRef<[u8]> + Sync>(def: &Definition, state: &State, outcome: &Outcome, leaves: &[L]) -> Vec<Desk> {
    let mut told: BTreeMap<StationId, Vec<Told>> =
        def.stations.iter().map(|station| (station.id.clone(), Vec::new())).collect();
    let read: Vec<(StationId, Told)> = leaves.par_iter().enumerate().filter_map(read).collect();
    read.into_iter().for_each(|(station, own)| told.entry(station).or_default().push(own));
    let mut findings: BTreeMap<&StationId, Vec<Finding>> = BTreeMap::new();
    outcome.findings.iter().for_each(|found| findings.entry(&found.station).or_default().push(found.clone()));
    let announced = state.announcements.last().map(|(index, _)| *index);
    let settled: BTreeSet<&Digest> = settling(state).collect();
    let nothing = Evidence::default();
    let desks = told.into_iter().map(|(station, told)| {
        let evidence = state.evidence.get(&station).unwrap_or(&nothing);
        let reports = def.station(&station).is_some_and(|own| own.count_with.is_none());
        let known = outcome.stations.get(&station).filter(|_| reports);
        let mut desk = laid_out(station, told, evidence, known, &settled);
        desk.findings = findings.remove(&desk.station).unwrap_or_default();
        desk.remarks = outcome.remarks.get(&desk.station).cloned().unwrap_or_default();
        desk.why = why(&desk, evidence, known, announced);
        desk.decisions = known.map(|known| decisions(&desk, evidence, known)).unwrap_or_default();
        desk
    });
    desks.collect()
}

/// The refused packages of which nobody can tell what station they are of.
pub fn of_no_station<L: AsRef<[u8]> + Sync>(state: &State, leaves: &[L]) -> Vec<Kept> {
    if state.refused.iter().all(|own| own.station.is_some()) {
        return Vec::new();
    }
    let settled: BTreeSet<&Digest> = settling(state).collect();
    let kept = leaves.par_iter().enumerate().filter_map(|(index, leaf)| {
        let entry = Entry::parse(leaf.as_ref()).ok()?;
        let place = Place::of(index, &entry);
        match entry.body {
            Body::Refused(refused) if refused.station.is_none() => {
                let is_settled = settled.contains(&refused.label);
                Some(Kept { place, refused, is_settled })
            }
            _ => None,
        }
    });
    kept.collect()
}

/// What orders that stand name as their evidence: a refused package may say that it is of a station that there is not, of which
/// no order can be.
fn settling(state: &State) -> impl Iterator<Item = &Digest> {
    state.evidence.values().flat_map(|own| &own.heads).flat_map(|(_, order)| &order.evidence)
}

fn read<L: AsRef<[u8]>>((index, leaf): (usize, &L)) -> Option<(StationId, Told)> {
    let entry = Entry::parse(leaf.as_ref()).ok()?;
    let station = match &entry.body {
        Body::Import(own) => own.station.clone(),
        Body::Refused(own) => own.station.clone()?,
        Body::Slip(own) => printed(own)?.station,
        Body::HandCount(own) => own.station.clone(),
        Body::Order(own) => own.station.clone(),
        _ => return None,
    };
    Some((station, Told { place: Place::of(index, &entry), body: entry.body }))
}

/// What a slip of the record says; its signature held when it was entered.
fn printed(slip: &Slip) -> Option<SlipFigures> {
    Some(package::slip::Slip::join(&slip.codes).ok()?.claims().clone())
}

fn laid_out(
    station: StationId,
    told: Vec<Told>,
    evidence: &Evidence,
    known: Option<&StationStanding>,
    settled: &BTreeSet<&Digest>,
) -> Desk {
    let mut desk = Desk {
        station,
        standing: known.map(|known| known.standing),
        is_counted: known.is_some_and(|known| known.counted.is_some()),
        why: BTreeSet::new(),
        same_label: None,
        copies: Vec::new(),
        refused: Vec::new(),
        slips: Vec::new(),
        hand_counts: Vec::new(),
        orders: Vec::new(),
        findings: Vec::new(),
        remarks: Vec::new(),
        decisions: Vec::new(),
    };
    let latest: BTreeSet<&Import> = evidence.current().collect();
    let contents: BTreeSet<Content> = latest.iter().map(|import| import.content).collect();
    for Told { place, body } in told {
        match body {
            Body::Import(import) => {
                let is_latest = latest.contains(&import);
                desk.copies.push(Brought { place, import, is_latest });
            }
            Body::Refused(refused) => {
                let is_settled = settled.contains(&refused.label);
                desk.refused.push(Kept { place, refused, is_settled });
            }
            Body::Slip(slip) => {
                let Some(figures) = printed(&slip) else { continue };
                let SlipFigures { device, generation, results, .. } = figures.clone();
                let is_past = latest.iter().any(|own| own.device == device && own.generation > generation);
                let agrees = contents.iter().all(|content| content.results == results);
                let says = if is_past { Says::Superseded } else { said(&contents, agrees) };
                desk.slips.push(Filed { place, device, generation, results, party: slip.party, says, figures });
            }
            Body::HandCount(HandCount { paper, agrees, .. }) => {
                let says = said(&contents, contents.iter().all(|content| Some(*content) == agrees));
                desk.hand_counts.push(Typed { place, paper, says });
            }
            Body::Order(order) => {
                let stands = evidence.heads.iter().any(|(leaf, _)| *leaf == place.digest);
                desk.orders.push(Ordered { place, order, stands });
            }
            _ => {}
        }
    }
    desk.same_label = same_label(&latest);
    desk
}

fn said(contents: &BTreeSet<Content>, agrees: bool) -> Says {
    match (contents.is_empty(), agrees) {
        (true, _) => Says::Alone,
        (false, true) => Says::Confirms,
        (false, false) => Says::Contradicts,
    }
}

fn same_label(latest: &BTreeSet<&Import>) -> Option<bool> {
    let of = |medium| -> Vec<&&Import> { latest.iter().filter(|own| own.medium == medium).collect() };
    match (&of(Medium::Network)[..], &of(Medium::Stick)[..]) {
        ([network], [stick]) if (&network.device, network.generation) == (&stick.device, stick.generation) => {
            Some(network.label == stick.label)
        }
        _ => None,
    }
}

fn why(desk: &Desk, evidence: &Evidence, known: Option<&StationStanding>, announced: Option<u64>) -> BTreeSet<Why> {
    let mut why = BTreeSet::new();
    let of_refused = desk.refused.iter().filter(|kept| !kept.is_settled);
    why.extend(of_refused.map(|kept| Why::of_refusal(&kept.refused.code)));
    let Some(known) = known else {
        why.extend((!desk.copies.is_empty() || !desk.slips.is_empty()).then_some(Why::Unexpected));
        return why;
    };
    if evidence.recounts_standing().any(|(leaf, _)| evidence.answers(leaf).next().is_none()) {
        why.insert(Why::RecountDue);
    }
    if announced.is_some_and(|announced| came(desk).any(|place| place.leaf > announced)) {
        why.insert(Why::Late);
    }
    if desk.orders.iter().any(|own| own.stands && came_after(desk, evidence, own)) {
        why.insert(Why::AfterOrder);
    }
    if !desk.is_counted && !matches!(known.standing, Standing::Cancelled | Standing::NotOpened) {
        let found = undecided(desk, evidence, known);
        why.extend(if found.is_empty() { BTreeSet::from([Why::BelowTier]) } else { found });
    }
    why
}

/// Where all that came of a station stands in the record.
fn came(desk: &Desk) -> impl Iterator<Item = &Place> {
    let copies = desk.copies.iter().map(|own| &own.place);
    copies.chain(desk.slips.iter().map(|own| &own.place)).chain(desk.hand_counts.iter().map(|own| &own.place))
}

/// Something came after an order that counts, and is not known to be the same as what it counts; or a copy has come of which the
/// order says that it has not.
fn came_after(desk: &Desk, evidence: &Evidence, Ordered { place, order, .. }: &Ordered) -> bool {
    let by_hand = |leaf: &Digest| evidence.hand_counts.get(leaf).and_then(|own| own.agrees);
    let counted = match &order.effect {
        Effect::Count(content) => Some(*content),
        Effect::CountHand(leaf) => by_hand(leaf),
        Effect::NotOpened | Effect::Cancel | Effect::Restore => return false,
    };
    let is_later = |own: &Place| own.leaf > place.leaf;
    let is_other = |own: Option<Content>| own.is_none() || own != counted;
    let copies = desk.copies.iter().filter(|own| own.is_latest && is_later(&own.place));
    let slips = desk.slips.iter().filter(|own| own.says != Says::Superseded && is_later(&own.place));
    let hand_counts = desk.hand_counts.iter().filter(|own| is_later(&own.place));
    evidence.has_come_since(order)
        || copies.map(|own| Some(own.import.content)).any(is_other)
        || slips.map(|own| Some(own.results)).any(|own| own != counted.map(|counted| counted.results))
        || hand_counts.map(|own| by_hand(&own.place.digest)).any(is_other)
}

/// Why nothing of a station is counted, though no order leaves it out.
fn undecided(desk: &Desk, evidence: &Evidence, known: &StationStanding) -> BTreeSet<Why> {
    let contents = known.network.union(&known.stick).count();
    let missing = evidence.missing_medium();
    let contradicts = |says: &Says| *says == Says::Contradicts;
    let reasons = [
        (contents == 0, Why::NothingCame),
        (missing == Some(Medium::Stick), Why::MissingStick),
        (missing == Some(Medium::Network), Why::MissingNetwork),
        (contents > 1, Why::Differing),
        (known.slips_differing > 0, Why::SlipDiffers),
        (desk.hand_counts.iter().any(|own| contradicts(&own.says)), Why::HandCountDiffers),
        (evidence.account_differs(), Why::AccountDiffers),
        (evidence.heads.iter().any(|(_, order)| order.effect == Effect::NotOpened), Why::SaidNotOpened),
        (known.standing == Standing::SubJudice, Why::SubJudice),
    ];
    reasons.into_iter().filter(|(is_so, _)| *is_so).map(|(_, why)| why).collect()
}

/// What may be done about a station that reports.
fn decisions(desk: &Desk, evidence: &Evidence, known: &StationStanding) -> Vec<Decision> {
    if evidence.heads.iter().any(|(_, order)| order.effect == Effect::Cancel) {
        return vec![Decision::Restore];
    }
    let mut found = Vec::new();
    for (medium, contents) in [(Medium::Network, &known.network), (Medium::Stick, &known.stick)] {
        // Of several contents of one medium an order cannot say which it means by the medium alone.
        if let (Some(content), 1) = (contents.first(), contents.len()) {
            let missing = evidence.missing_beside(content);
            let absent = missing.map(|medium| match medium {
                Medium::Network => Absence::NetworkDown,
                Medium::Stick => Absence::Lost,
            });
            let lacks = evidence.may_order(&Effect::Count(*content), absent).err().map(|lacks| lacks.code());
            found.push(Decision::Count { medium, alone: missing.is_some(), lacks });
        }
    }
    found.extend(desk.hand_counts.iter().map(|own| Decision::CountHand(own.place.digest)));
    found.push(Decision::Slip);
    let is_due = desk.why.contains(&Why::RecountDue);
    found.push(if is_due { Decision::HandCount } else { Decision::Recount });
    let opened = !(desk.copies.is_empty() && desk.slips.is_empty() && desk.refused.is_empty());
    found.push(if opened { Decision::Cancel } else { Decision::NotOpened });
    found
}
