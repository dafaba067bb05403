//! Bundles of evidence that were handed out, each under the mandate of a court, a parliament, an auditor or a committee.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use election::{ActId, CaseId, Coded, Definition, Digest, OfficeId, PlainDate, Station, StationId};
use serde::{Deserialize, Serialize};

use super::acts::ActState;
use crate::decisions::near;
use crate::docket::DocketProblem;
use crate::fold::{LeafProblem, State};

/// What a mandate is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// One station.
    Station(StationId),
    /// Every station of an office.
    Office(OfficeId),
    /// A complaint with its appeals, and the station that it is about.
    Case(CaseId),
    /// Every station and case.
    All,
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Subject::Station(station) => write!(f, "station:{station}"),
            Subject::Office(office) => write!(f, "office:{office}"),
            Subject::Case(case) => write!(f, "case:{case}"),
            Subject::All => f.write_str("all"),
        }
    }
}

impl FromStr for Subject {
    type Err = String;

    /// As it is displayed.
    fn from_str(text: &str) -> Result<Self, String> {
        let read = match text.split_once(':') {
            Some(("station", name)) => name.parse().ok().map(Subject::Station),
            Some(("office", name)) => name.parse().ok().map(Subject::Office),
            Some(("case", name)) => name.parse().ok().map(Subject::Case),
            None if text == "all" => Some(Subject::All),
            _ => None,
        };
        read.ok_or_else(|| {
            let shown: String = text.escape_debug().take(100).collect();
            format!("'{shown}' is no scope: write station:0101, office:baghdad, case:17 or all")
        })
    }
}

impl Serialize for Subject {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Subject {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// What of the subjects is handed out. The order is that in which a reader meets them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Figures, zero reports and printed slips of the stations, as their devices signed them.
    Results,
    /// The codes of the slips that were handed in at the centre.
    Slips,
    /// Papers of complaints, appeals, rulings and counts by hand that the centre keeps; never their sealed parts.
    Papers,
    /// Cast vote records, also of stations whose records the law withholds from the public.
    Records,
    /// Images of whole ballots, which are never public.
    Images,
}

impl Class {
    /// All of them.
    pub const ALL: [Class; 5] = [Class::Results, Class::Slips, Class::Papers, Class::Records, Class::Images];

    /// The word used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Class::Results => "results",
            Class::Slips => "slips",
            Class::Papers => "papers",
            Class::Records => "records",
            Class::Images => "images",
        }
    }

    /// Is it of single ballots? Then whoever receives it may not publish it.
    pub fn is_of_single_ballots(self) -> bool {
        matches!(self, Class::Records | Class::Images)
    }
}

/// What was asked for: the paper that mandates it, its subjects, and what of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mandate {
    /// The act of the register that it is, where one is entered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<ActId>,
    /// Who gave it, as the paper has it.
    pub issuer: String,
    /// The number on the paper.
    pub number: String,
    /// The date on the paper.
    pub dated: PlainDate,
    /// SHA-256 of the scanned paper.
    pub paper: Digest,
    /// What it is about.
    pub scope: BTreeSet<Subject>,
    /// What of it is handed out.
    pub includes: BTreeSet<Class>,
}

/// A bundle of evidence was handed out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Export {
    /// What was asked for.
    pub mandate: Mandate,
    /// SHA-256 of the manifest of the payload, and through it of every file of it.
    pub manifest: Digest,
    /// How many files the payload has.
    pub files: u64,
    /// How many bytes they have together.
    pub bytes: u64,
}

/// An export that no mandate allows.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExportProblem {
    /// It names nothing that could be handed out, or nobody who asked for it.
    #[error("{0}")]
    Empty(&'static str),
    /// An office that the definition does not have.
    #[error("the office '{0}' is not in the definition{1}")]
    Office(OfficeId, String),
    /// An act that is not entered, or was annulled.
    #[error("no act '{0}' stands in the register of acts")]
    NoAct(ActId),
    /// An act with another issuer, number, date or paper.
    #[error("the act '{0}' of the register has another issuer, number, date or paper")]
    OtherAct(ActId),
}

impl Coded for ExportProblem {
    fn code(&self) -> &'static str {
        match self {
            ExportProblem::Empty(_) => "export.empty",
            ExportProblem::Office(..) => "export.office",
            ExportProblem::NoAct(_) | ExportProblem::OtherAct(_) => "export.act",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            ExportProblem::Empty(_) => "name the mandate as its paper has it, what it is about, and what is handed out",
            ExportProblem::Office(..) => "write the id as offices.csv has it",
            ExportProblem::NoAct(_) => "enter the act first, or name the mandate without it",
            ExportProblem::OtherAct(_) => "compare the mandate with the act's paper",
        }
    }
}

/// The station in whose box its ballots lie.
fn box_of(station: &Station) -> &StationId {
    station.count_with.as_ref().unwrap_or(&station.id)
}

impl Mandate {
    /// Does it ask for this?
    pub fn includes(&self, class: Class) -> bool {
        self.includes.contains(&class)
    }

    /// The stations that it is about, in the order of the definition: those that it names, those of the cases that it names, and
    /// those in whose boxes their ballots lie.
    pub fn stations<'a>(&'a self, def: &'a Definition, state: &'a State) -> Vec<&'a Station> {
        let of_cases: BTreeSet<&StationId> =
            self.cases(state).into_iter().filter_map(|case| state.docket.station_of(case)).collect();
        let is_ours = |station: &&Station| self.names(station) || of_cases.contains(&station.id);
        let boxes: BTreeSet<&StationId> = def.stations.iter().filter(is_ours).map(box_of).collect();
        def.stations.iter().filter(|station| is_ours(station) || boxes.contains(&station.id)).collect()
    }

    /// Does it name the station, its office, or all?
    fn names(&self, station: &Station) -> bool {
        self.scope.iter().any(|subject| match subject {
            Subject::Station(id) => *id == station.id,
            Subject::Office(office) => *office == station.office,
            Subject::All => true,
            Subject::Case(_) => false,
        })
    }

    /// The cases that it names; with `all`, every one of the register.
    fn cases<'a>(&'a self, state: &'a State) -> BTreeSet<&'a CaseId> {
        if self.scope.contains(&Subject::All) {
            return state.docket.complaints.keys().chain(state.docket.appeals.keys()).collect();
        }
        let named = self.scope.iter().filter_map(|subject| match subject {
            Subject::Case(case) => Some(case),
            _ => None,
        });
        named.collect()
    }

    /// The cases that it is about: the complaints that it names, those that are about the box of a station that it names, and the
    /// appeals against their decisions. A case that is named brings its station, and not what others filed against that.
    pub fn all_cases<'a>(&'a self, def: &'a Definition, state: &'a State) -> BTreeSet<&'a CaseId> {
        let docket = &state.docket;
        let named: BTreeSet<&CaseId> = self.cases(state).into_iter().map(|case| docket.complaint_of(case)).collect();
        let boxes: BTreeSet<&StationId> =
            def.stations.iter().filter(|station| self.names(station)).map(box_of).collect();
        let is_ours = |case: &&CaseId| {
            let station = docket.station_of(case).and_then(|id| def.station(id));
            named.contains(docket.complaint_of(case)) || station.is_some_and(|own| boxes.contains(box_of(own)))
        };
        docket.complaints.keys().chain(docket.appeals.keys()).filter(is_ours).collect()
    }

    /// May it stand after these leaves?
    ///
    /// # Errors
    ///
    /// A station, office, case or act that there is not; a mandate without an issuer, number, subject or anything to hand out.
    pub fn check(&self, def: &Definition, state: &State) -> Result<(), LeafProblem> {
        let empty = |what| Err(ExportProblem::Empty(what).into());
        if self.issuer.trim().is_empty() || self.number.trim().is_empty() {
            return empty("a mandate has an issuer and a number");
        }
        if self.scope.is_empty() || self.includes.is_empty() {
            return empty("it is about nothing, or nothing of it is handed out");
        }
        for subject in &self.scope {
            match subject {
                Subject::Station(id) if def.station(id).is_none() => return Err(LeafProblem::station(def, id)),
                Subject::Office(id) if def.office(id).is_none() => {
                    let near = near(id.as_str(), def.offices.iter().map(|office| office.id.as_str()));
                    return Err(ExportProblem::Office(id.clone(), near).into());
                }
                Subject::Case(case) if !state.docket.has(case) => {
                    let known = state.docket.complaints.keys().chain(state.docket.appeals.keys());
                    let near = near(case.as_str(), known.map(CaseId::as_str));
                    return Err(DocketProblem::Case { kind: "case", case: case.clone(), near }.into());
                }
                _ => {}
            }
        }
        let Some(id) = &self.act else { return Ok(()) };
        let acts = state.registers.acts_standing();
        let stands = acts.get(id).filter(|own| own.state != ActState::Annulled);
        let act = stands.ok_or_else(|| ExportProblem::NoAct(id.clone()))?.act;
        let is_same =
            (&act.issuer, &act.number, act.dated, act.paper) == (&self.issuer, &self.number, self.dated, self.paper);
        if is_same { Ok(()) } else { Err(ExportProblem::OtherAct(id.clone()).into()) }
    }
}

impl State {
    pub(crate) fn export(&mut self, def: &Definition, own: &Export) -> Result<(), LeafProblem> {
        own.mandate.check(def, self)?;
        self.registers.exports.push((self.size, own.clone()));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_read_as_it_is_displayed() {
        for text in ["station:0101", "office:baghdad", "case:17", "all"] {
            assert_eq!(text.parse::<Subject>().unwrap().to_string(), text);
        }
        for bad in ["", "0101", "station:", "Station:0101", "office:A", "complaint:17", "all:", "all ", "ALL"] {
            assert!(bad.parse::<Subject>().is_err(), "{bad}");
        }
    }
}
