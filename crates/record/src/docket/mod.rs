//! The docket: one register of complaints and appeals, what courts have ruled, what is open, and what was certified.
//!
//! A case is entered as it comes, also one that the law does not allow: it stands there with the reason. What is decided of
//! it changes no figure by itself; orders about stations do, and name it.

pub mod changes;
mod hand;
mod leaves;
pub mod materiality;
mod problem;
pub mod ratification;
mod succession;
pub mod tables;
mod take;

use std::collections::{BTreeMap, BTreeSet};

use election::{CandidateId, CaseId, Definition, Digest, Moment, PersonId, StationId};

pub use leaves::*;
pub use problem::DocketProblem;
pub use ratification::{Ratification, RatificationProblem, Said};
pub use succession::{Begins, Seat, SignedBy, Succession, SuccessionProblem, Thing};

use self::ratification::Name;
use crate::fold::State;
use crate::standing::{Evidence, Standing};

/// A complaint and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComplaintCase {
    /// The leaf that filed it.
    pub leaf: Digest,
    /// As it was filed.
    pub complaint: Complaint,
    /// The classification that stands, with its leaf.
    pub classification: Option<(Digest, Classification)>,
    /// The resolution that stands, with its leaf.
    pub resolution: Option<(Digest, Resolution)>,
}

/// An appeal and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppealCase {
    /// As it was filed.
    pub appeal: Appeal,
    /// The leaves of the rulings upon it.
    pub rulings: BTreeSet<Digest>,
}

/// Everything that was brought against the results, and what came of it.
#[derive(Clone, Debug, Default)]
pub struct Docket {
    /// Complaints.
    pub complaints: BTreeMap<CaseId, ComplaintCase>,
    /// Of each form, by its hash, the complaint that was filed first with it, then of the lower number.
    pub forms: BTreeMap<Digest, (Moment, CaseId)>,
    /// Appeals.
    pub appeals: BTreeMap<CaseId, AppealCase>,
    /// Rulings, by their leaf.
    pub rulings: BTreeMap<Digest, Ruling>,
    /// Injunctions that stand.
    pub injunctions: BTreeMap<Digest, Stay>,
    /// Certifications, the first one first.
    pub certifications: Vec<Certification>,
    /// By the number of a certification what was open then; nothing of one with nothing open.
    pub certified_despite: BTreeMap<u16, BTreeSet<Matter>>,
    /// What papers say of each name that was certified, in the order of their leaves.
    pub ratifications: BTreeMap<Name, Vec<(Digest, Ratification)>>,
    /// Of those, the leaves by their index whose paper is dated after they were entered: a slip of the pen, or of a clock.
    pub ahead: Vec<(u64, CandidateId)>,
    /// Successions of keys, each with its leaf, the first one first.
    pub successions: Vec<(Digest, Succession)>,
    /// People whose keys sign nothing more.
    pub revoked: BTreeMap<PersonId, Revocation>,
    /// The index of the last leaf that can change a result.
    pub changed: u64,
    /// Since the last certification: leaves that can change a result, and those about cases, by their index and kind.
    pub after: Vec<(u64, &'static str)>,
}

/// Why the law does not allow a complaint, as far as it can be seen from the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inadmissible {
    /// Filed after the last minute.
    Late(Moment),
    /// About a station, list or candidate that there is not.
    Unknown,
    /// It says nothing.
    Empty,
    /// The form was handed in before.
    Duplicate(CaseId),
    /// By somebody to whom the law gives no complaint.
    NoStanding,
}

impl Inadmissible {
    /// Whether it closes the case. That a form is about nothing known, or was handed in before, may be a slip of whoever entered
    /// it, or another's doing: a panel says so.
    fn closes(&self) -> bool {
        matches!(self, Inadmissible::Late(_) | Inadmissible::Empty | Inadmissible::NoStanding)
    }

    /// The word used in files.
    pub fn as_str(&self) -> &'static str {
        match self {
            Inadmissible::Late(_) => "late",
            Inadmissible::Unknown => "unknown",
            Inadmissible::Empty => "empty",
            Inadmissible::Duplicate(_) => "duplicate",
            Inadmissible::NoStanding => "no_standing",
        }
    }
}

/// Where a complaint is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Filed; no panel has looked at it.
    Filed,
    /// A panel has said how grave it is.
    Classified,
    /// Decided.
    Decided,
    /// Not allowed by the law.
    Inadmissible,
}

impl Stage {
    /// The word used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Stage::Filed => "filed",
            Stage::Classified => "classified",
            Stage::Decided => "decided",
            Stage::Inadmissible => "inadmissible",
        }
    }
}

impl Docket {
    /// Is there a case of this number?
    pub fn has(&self, case: &CaseId) -> bool {
        self.complaints.contains_key(case) || self.appeals.contains_key(case)
    }

    /// The station that a case is about: that of the complaint, or of the complaint whose decision is appealed against.
    pub fn station_of(&self, case: &CaseId) -> Option<&StationId> {
        match &self.complaints.get(self.complaint_of(case))?.complaint.about {
            About::Station(station) => Some(station),
            About::Candidate(_) | About::Step(_) => None,
        }
    }

    /// Of an appeal against a resolution the complaint that was decided by it; of any other case itself.
    pub fn complaint_of<'a>(&'a self, case: &'a CaseId) -> &'a CaseId {
        match self.appeals.get(case).map(|own| &own.appeal.against) {
            Some(Against::Resolution(of)) => of,
            Some(Against::Announcement(_)) | None => case,
        }
    }

    /// The complaint whose form was handed in before: of equal forms the one filed first, then of the lower number.
    fn earlier_form(&self, complaint: &Complaint) -> Option<&CaseId> {
        let (filed, case) = self.forms.get(&complaint.form.paper)?;
        ((filed, case) < (&complaint.form.filed, &complaint.case)).then_some(case)
    }

    /// Why the law does not allow `complaint`, as far as its form tells; the first reason that fits.
    pub fn inadmissible(&self, def: &Definition, complaint: &Complaint) -> Option<Inadmissible> {
        let last = Docket::complaint_until(def);
        let known = match &complaint.about {
            About::Station(station) => def.station(station).is_some(),
            About::Candidate(option) => def.option_name(option).is_some(),
            About::Step(step) => !step.trim().is_empty(),
        };
        match last.filter(|last| complaint.form.filed > *last) {
            Some(last) => Some(Inadmissible::Late(last)),
            None if complaint.form.ground.trim().is_empty() => Some(Inadmissible::Empty),
            None if !known => Some(Inadmissible::Unknown),
            None if complaint.form.capacity == Capacity::Other => Some(Inadmissible::NoStanding),
            None => self.earlier_form(complaint).cloned().map(Inadmissible::Duplicate),
        }
    }

    /// Where a complaint is. A panel's word goes before what the form tells: a court may have given more time.
    pub fn stage(&self, def: &Definition, case: &ComplaintCase) -> Stage {
        match (&case.resolution, &case.classification) {
            (Some(_), _) => Stage::Decided,
            (None, Some((_, own))) if own.class == Class::Inadmissible => Stage::Inadmissible,
            (None, Some(_)) => Stage::Classified,
            (None, None) if self.inadmissible(def, &case.complaint).is_some_and(|found| found.closes()) => {
                Stage::Inadmissible
            }
            (None, None) => Stage::Filed,
        }
    }

    /// The last minute for a complaint.
    pub fn complaint_until(def: &Definition) -> Option<Moment> {
        let rules = &def.rules.docket;
        rules.complaint_days.and_then(|days| rules.deadline(def.date, days))
    }

    /// The last minute for an appeal that is against what was served at `served`.
    pub fn appeal_until(def: &Definition, served: Moment) -> Option<Moment> {
        let rules = &def.rules.docket;
        rules.appeal_days.and_then(|days| rules.deadline(served.day(), days))
    }

    /// The last minute for a ruling upon an appeal filed at `filed`.
    pub fn ruling_until(def: &Definition, filed: Moment) -> Option<Moment> {
        let rules = &def.rules.docket;
        rules.ruling_days.and_then(|days| rules.deadline(filed.day(), days))
    }

    /// All rulings with their leaves, by date, court and number.
    pub fn rulings_in_order(&self) -> Vec<(&Digest, &Ruling)> {
        let mut all: Vec<_> = self.rulings.iter().collect();
        all.sort_by_key(|(leaf, own)| (own.dated, &own.court, &own.number, **leaf));
        all
    }

    /// The ruling upon an appeal that holds: of the highest court, then of the latest date, then of the leaf with the greater hash.
    pub fn ruling_upon<'a>(&'a self, appeal: &AppealCase) -> Option<(&'a Digest, &'a Ruling)> {
        let rulings = appeal.rulings.iter().filter_map(|leaf| self.rulings.get_key_value(leaf));
        rulings.max_by_key(|(leaf, ruling)| (std::cmp::Reverse(ruling.rank), ruling.dated, **leaf))
    }
}

impl State {
    /// What is open and no ruling had permitted when the latest version was certified: it was entered, or came up, after that. Nothing
    /// where that version is not certified.
    pub fn open_since(&self, def: &Definition) -> BTreeSet<Matter> {
        let Some(certified) = self.docket.certifications.last() else { return BTreeSet::new() };
        let permitted = match certified.despite.and_then(|leaf| self.docket.rulings.get(&leaf)).map(|own| &own.ruled) {
            Some(Ruled::Permits(matters)) => &matters[..],
            _ => &[],
        };
        let mut open = self.open_matters(def);
        open.retain(|matter| self.is_latest_certified() && !permitted.contains(matter));
        open
    }

    /// Leaves that were entered after the latest version was certified and that can change a result, or are about cases: by their index
    /// and kind. Nothing where that version is not certified.
    pub fn entered_since(&self) -> &[(u64, &'static str)] {
        if self.is_latest_certified() { &self.docket.after } else { &[] }
    }

    fn is_latest_certified(&self) -> bool {
        let (certified, announced) = (self.docket.certifications.last(), self.announcements.last());
        certified.zip(announced).is_some_and(|(own, (_, latest))| latest.version == own.version)
    }

    /// An appeal is settled by a ruling that dismisses it. One that grants it is carried out first: by an order under it, by a recount
    /// under it whose count is entered, or by another resolution of the complaint.
    fn is_settled(&self, case: &AppealCase) -> bool {
        let Some((leaf, ruling)) = self.docket.ruling_upon(case) else { return false };
        let is_carried_out = || {
            let resolved = match &case.appeal.against {
                Against::Resolution(of) => self.docket.complaints.get(of).and_then(|case| case.resolution.as_ref()),
                Against::Announcement(_) => None,
            };
            let is_counted = |evidence: &Evidence| {
                let under = evidence.recounts_standing().filter(|(_, recount)| recount.under == Some(*leaf));
                under.into_iter().any(|(recount, _)| evidence.answers(recount).next().is_some())
            };
            self.orders.values().any(|order| order.under == Some(*leaf))
                || self.evidence.values().any(is_counted)
                || resolved.is_some_and(|(_, own)| own.supersedes.is_some())
        };
        ruling.ruled == Ruled::Dismissed || is_carried_out()
    }

    /// What must be settled before a result is certified.
    pub fn open_matters(&self, def: &Definition) -> BTreeSet<Matter> {
        let docket = &self.docket;
        let complaints = docket.complaints.values().filter(|case| docket.stage(def, case) < Stage::Decided);
        let appeals = docket.appeals.values().filter(|case| !self.is_settled(case));
        let stays = docket.injunctions.iter().filter(|(_, stay)| **stay == Stay::Certification);
        let mut open: BTreeSet<Matter> =
            complaints.map(|case| Matter::Complaint(case.complaint.case.clone())).collect();
        open.extend(appeals.map(|case| Matter::Appeal(case.appeal.case.clone())));
        open.extend(stays.map(|(leaf, _)| Matter::Injunction(*leaf)));
        open.extend(self.recounts_due());
        for station in def.stations.iter().filter(|station| station.count_with.is_none()) {
            let Some(own) = self.standing(def, &station.id) else { continue };
            let is_left_out = matches!(own.standing, Standing::Cancelled | Standing::NotOpened);
            if own.counted.is_none() && !is_left_out {
                open.insert(Matter::Station(station.id.clone()));
            }
        }
        open
    }
}
