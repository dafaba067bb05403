//! Leaves of the docket, as the fold takes them.

use std::collections::BTreeSet;

use election::{CaseId, Definition, Digest, PersonId, StationId};

use super::{
    About, Against, Appeal, AppealCase, Certification, Class, Classification, Complaint, ComplaintCase, DocketProblem,
    Matter, Resolution, Revocation, Ruled, Ruling, Stay,
};
use crate::decisions::{has_reason, near};
use crate::entry::HandCount;
use crate::fold::{LeafProblem, State, in_turn};

/// `leaf`, or `none`.
fn told(leaf: Option<Digest>) -> String {
    leaf.map_or_else(|| "none".to_owned(), |leaf| leaf.to_string())
}

/// Whoever the complaint concerns has not signed.
fn without_conflict(case: &ComplaintCase, by: &BTreeSet<PersonId>) -> Result<(), DocketProblem> {
    let complaint = &case.complaint;
    match complaint.concerns.iter().find(|person| by.contains(*person)) {
        Some(person) => Err(DocketProblem::Conflict { person: person.clone(), case: complaint.case.clone() }),
        None => Ok(()),
    }
}

impl State {
    /// Is it somebody of the definition, or of those who came after?
    pub fn knows(&self, def: &Definition, id: &PersonId) -> bool {
        let began = self.docket.successions.iter().flat_map(|(_, own)| &own.begins);
        def.people.iter().map(|person| &person.id).chain(began.map(|own| &own.person)).any(|known| known == id)
    }

    /// Nobody signs whose key was revoked before.
    pub(crate) fn not_revoked(&self, by: &BTreeSet<PersonId>) -> Result<(), DocketProblem> {
        let revoked = by.iter().find(|person| self.docket.revoked.contains_key(*person));
        revoked.map_or(Ok(()), |person| Err(DocketProblem::Revoked(person.clone())))
    }

    /// Of an order that rests on a complaint, nobody signs whom it concerns.
    pub(crate) fn order_without_conflict(
        &self,
        evidence: &[Digest],
        by: &BTreeSet<PersonId>,
    ) -> Result<(), DocketProblem> {
        let rests_on = |case: &&ComplaintCase| {
            let resolution = case.resolution.as_ref().map(|(leaf, _)| leaf);
            let classification = case.classification.as_ref().map(|(leaf, _)| leaf);
            [Some(&case.leaf), resolution, classification].into_iter().flatten().any(|leaf| evidence.contains(leaf))
        };
        self.docket.complaints.values().filter(rests_on).try_for_each(|case| without_conflict(case, by))
    }

    /// Nobody counts a box by hand about which a complaint concerns them, or who may not sign the recount that it answers.
    pub(crate) fn count_without_conflict(&self, own: &HandCount, by: &BTreeSet<PersonId>) -> Result<(), DocketProblem> {
        let recounts = self.evidence.get(&own.station).map(|evidence| &evidence.recounts);
        if let Some(recount) = own.ordered.and_then(|ordered| recounts?.get(&ordered)) {
            self.order_without_conflict(&recount.evidence, by)?;
        }
        let is_about = |case: &&ComplaintCase| case.complaint.about == About::Station(own.station.clone());
        self.docket.complaints.values().filter(is_about).try_for_each(|case| without_conflict(case, by))
    }

    fn complaint_of(&mut self, case: &CaseId) -> Result<&mut ComplaintCase, DocketProblem> {
        let complaints = &mut self.docket.complaints;
        if !complaints.contains_key(case) {
            let near = near(case.as_str(), complaints.keys().map(CaseId::as_str));
            return Err(DocketProblem::Case { kind: "complaint", case: case.clone(), near });
        }
        Ok(complaints.get_mut(case).expect("it was looked for"))
    }

    pub(crate) fn complaint(&mut self, def: &Definition, leaf: Digest, own: &Complaint) -> Result<(), LeafProblem> {
        if self.docket.has(&own.case) {
            return Err(DocketProblem::CaseTaken(own.case.clone()).into());
        }
        if let Some(stranger) = own.concerns.iter().find(|id| !self.knows(def, id)) {
            return Err(DocketProblem::Person(stranger.clone()).into());
        }
        let case = ComplaintCase { leaf, complaint: own.clone(), classification: None, resolution: None };
        let (form, entered) = (own.form.paper, (own.form.filed, own.case.clone()));
        let first = self.docket.forms.entry(form).or_insert_with(|| entered.clone());
        *first = std::cmp::min(entered, first.clone());
        self.docket.complaints.insert(own.case.clone(), case);
        Ok(())
    }

    pub(crate) fn classification(
        &mut self,
        leaf: Digest,
        own: &Classification,
        by: &BTreeSet<PersonId>,
    ) -> Result<(), LeafProblem> {
        has_reason(&own.reason, &own.basis)?;
        let case = self.complaint_of(&own.case)?;
        without_conflict(case, by)?;
        let stands = case.classification.as_ref().map(|(leaf, _)| *leaf);
        if own.supersedes != stands {
            return Err(DocketProblem::Beside { case: own.case.clone(), stands: told(stands) }.into());
        }
        case.classification = Some((leaf, own.clone()));
        self.superseded.extend(stands);
        Ok(())
    }

    pub(crate) fn resolution(
        &mut self,
        leaf: Digest,
        own: &Resolution,
        by: &BTreeSet<PersonId>,
    ) -> Result<(), LeafProblem> {
        has_reason(&own.reason, &own.basis)?;
        if let Some(unknown) = own.orders.iter().find(|order| !self.orders.contains_key(*order)) {
            return Err(DocketProblem::Order(*unknown).into());
        }
        let case = self.complaint_of(&own.case)?;
        without_conflict(case, by)?;
        if case.classification.as_ref().is_none_or(|(_, own)| own.class == Class::Inadmissible) {
            return Err(DocketProblem::NotAdmissible(own.case.clone()).into());
        }
        let stands = case.resolution.as_ref().map(|(leaf, _)| *leaf);
        if own.supersedes != stands {
            return Err(DocketProblem::Beside { case: own.case.clone(), stands: told(stands) }.into());
        }
        case.resolution = Some((leaf, own.clone()));
        self.superseded.extend(stands);
        Ok(())
    }

    pub(crate) fn appeal(&mut self, own: &Appeal) -> Result<(), LeafProblem> {
        if self.docket.has(&own.case) {
            return Err(DocketProblem::CaseTaken(own.case.clone()).into());
        }
        match &own.against {
            Against::Announcement(version) => {
                if *version == 0 || usize::from(*version) > self.announcements.len() {
                    return Err(DocketProblem::Announcement(*version).into());
                }
            }
            Against::Resolution(case) => match &self.complaint_of(case)?.resolution {
                None => {
                    let near = String::new();
                    return Err(DocketProblem::Case { kind: "resolution of", case: case.clone(), near }.into());
                }
                Some((_, resolution)) if resolution.served != own.served => return Err(DocketProblem::Served.into()),
                Some(_) => {}
            },
        }
        self.docket.appeals.insert(own.case.clone(), AppealCase { appeal: own.clone(), rulings: BTreeSet::new() });
        Ok(())
    }

    pub(crate) fn ruling(
        &mut self,
        def: &Definition,
        leaf: Digest,
        own: &Ruling,
        by: &BTreeSet<PersonId>,
    ) -> Result<(), LeafProblem> {
        if own.court.trim().is_empty() || own.number.trim().is_empty() || own.rank == 0 {
            return Err(
                DocketProblem::Ruling("a ruling names its court, the court's rank from 1, and its number").into()
            );
        }
        let known = || self.docket.appeals.keys().map(CaseId::as_str);
        if let Some(case) = own.about.iter().find(|case| !self.docket.appeals.contains_key(*case)) {
            let near = near(case.as_str(), known());
            return Err(DocketProblem::Case { kind: "appeal", case: case.clone(), near }.into());
        }
        for case in &own.about {
            if let Against::Resolution(of) = &self.docket.appeals[case].appeal.against {
                without_conflict(&self.docket.complaints[of], by)?;
            }
        }
        match &own.ruled {
            Ruled::Granted | Ruled::Dismissed if own.about.is_empty() => {
                return Err(DocketProblem::Ruling("a ruling that grants or dismisses names the appeals").into());
            }
            Ruled::Granted | Ruled::Dismissed | Ruled::Stays(_) => {}
            Ruled::Lifts(stay) => self.may_end(stay, own)?,
            Ruled::Permits(matters) if matters.is_empty() => {
                return Err(DocketProblem::Ruling("a ruling that permits names what may stay open").into());
            }
            Ruled::Permits(matters) => {
                let open = self.open_matters(def);
                for matter in matters {
                    if let Matter::Injunction(stay) = matter {
                        self.may_end(stay, own)?;
                    }
                    if !open.contains(matter) {
                        return Err(DocketProblem::Ruling("it permits what is not open").into());
                    }
                }
            }
        }
        match &own.ruled {
            Ruled::Granted | Ruled::Dismissed => {
                for case in &own.about {
                    self.docket.appeals.get_mut(case).expect("it was looked for").rulings.insert(leaf);
                }
            }
            Ruled::Stays(stay) => drop(self.docket.injunctions.insert(leaf, *stay)),
            Ruled::Lifts(stay) => drop(self.docket.injunctions.remove(stay)),
            Ruled::Permits(_) => {}
        }
        self.docket.rulings.insert(leaf, own.clone());
        Ok(())
    }

    /// An injunction is ended by the court that gave it, or one above.
    fn may_end(&self, stay: &Digest, own: &Ruling) -> Result<(), DocketProblem> {
        let known = self.docket.rulings.get(stay).filter(|_| self.docket.injunctions.contains_key(stay));
        match known {
            None => Err(DocketProblem::NoRuling(*stay, "stops anything")),
            Some(given) if given.rank < own.rank || (given.rank == own.rank && given.court != own.court) => Err(
                DocketProblem::Ruling("it is of another court than the injunction that it ends, and of none above it"),
            ),
            Some(_) => Ok(()),
        }
    }

    /// The ruling that an order about `station` carries out: it decides an appeal that is about this station, or about all.
    pub(crate) fn carried_out(
        &self,
        def: &Definition,
        under: &Digest,
        station: &StationId,
    ) -> Result<&Ruling, DocketProblem> {
        let unknown = || DocketProblem::NoRuling(*under, "an order can be under");
        let ruling = self.docket.rulings.get(under).ok_or_else(unknown)?;
        let is_about = |case: &CaseId| match &self.docket.appeals[case].appeal.against {
            Against::Announcement(_) => true,
            Against::Resolution(of) => match &self.docket.complaints[of].complaint.about {
                About::Station(own) => {
                    def.station(own).is_some_and(|own| own.count_with.as_ref().unwrap_or(&own.id) == station)
                }
                About::Candidate(_) | About::Step(_) => true,
            },
        };
        let decides = matches!(ruling.ruled, Ruled::Granted | Ruled::Dismissed);
        if decides && ruling.about.iter().any(is_about) { Ok(ruling) } else { Err(unknown()) }
    }

    /// No injunction stops it.
    pub(crate) fn not_stopped(&self, what: Stay) -> Result<(), DocketProblem> {
        match self.docket.injunctions.iter().find(|(_, stay)| **stay == what) {
            Some((injunction, _)) => Err(DocketProblem::Stopped { stops: what.as_str(), injunction: *injunction }),
            None => Ok(()),
        }
    }

    pub(crate) fn certification(&mut self, def: &Definition, own: &Certification) -> Result<(), LeafProblem> {
        let docket = &self.docket;
        in_turn(own.number, u16::try_from(docket.certifications.len() + 1).unwrap_or(0))?;
        let version = |why| Err(LeafProblem::from(DocketProblem::Version(why)));
        let Some((index, latest)) = self.announcements.last() else { return version("nothing is announced yet") };
        if (latest.version, latest.results) != (own.version, own.results) {
            return version("it is not of the version and the results that were announced last");
        }
        if docket.changed > *index {
            return version("something that can change the results was entered since they were announced");
        }
        if docket.certifications.last().is_some_and(|before| before.version >= own.version) {
            return version("this version is certified already");
        }
        let open = self.open_matters(def);
        let permitted: &[Matter] = match own.despite {
            None => &[],
            Some(despite) => match docket.rulings.get(&despite).map(|ruling| &ruling.ruled) {
                Some(Ruled::Permits(matters)) => matters,
                _ => return Err(DocketProblem::NoRuling(despite, "permits a certification").into()),
            },
        };
        let forbidding: BTreeSet<Matter> = open.iter().filter(|own| !permitted.contains(own)).cloned().collect();
        if !forbidding.is_empty() {
            return Err(DocketProblem::Open(forbidding).into());
        }
        if !open.is_empty() {
            self.docket.certified_despite.insert(own.number, open);
        }
        self.docket.certifications.push(own.clone());
        Ok(())
    }

    pub(crate) fn revocation(&mut self, def: &Definition, own: &Revocation) -> Result<(), LeafProblem> {
        has_reason(&own.reason, &own.basis)?;
        if !self.knows(def, &own.person) {
            return Err(DocketProblem::Person(own.person.clone()).into());
        }
        self.docket.revoked.insert(own.person.clone(), own.clone());
        Ok(())
    }
}
