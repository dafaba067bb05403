//! Why a leaf of the docket may not stand.

use std::collections::BTreeSet;

use election::{CaseId, Coded, Digest, PersonId};

use super::{Matter, RatificationProblem, SuccessionProblem};

/// How many open matters a message names; all are counted.
const MOST_NAMED: usize = 12;

/// A leaf of the docket that does not hold.
#[derive(Debug, thiserror::Error)]
pub enum DocketProblem {
    /// A number that stands for another case.
    #[error("the number '{0}' stands in the register already")]
    CaseTaken(CaseId),
    /// A number that stands for none.
    #[error("no {kind} '{case}' stands in the register{near}")]
    Case {
        /// What was looked for.
        kind: &'static str,
        /// As named.
        case: CaseId,
        /// The nearest one.
        near: String,
    },
    /// A person whom the definition does not have.
    #[error("there is no '{0}' in people.csv")]
    Person(PersonId),
    /// A decision beside the one that stands.
    #[error("about '{case}' another decision stands ({stands}), and this one does not name it")]
    Beside {
        /// The case.
        case: CaseId,
        /// The leaf that stands, or `none`.
        stands: String,
    },
    /// A resolution of what no panel has let in.
    #[error("'{0}' is not classified as admissible, so there is nothing to decide")]
    NotAdmissible(CaseId),
    /// A resolution names orders that there are not.
    #[error("it names {0}, which is no order about a station before it")]
    Order(Digest),
    /// Somebody signs whom the case concerns.
    #[error("'{person}' has signed, and the complaint '{case}' concerns them")]
    Conflict {
        /// Who.
        person: PersonId,
        /// The case.
        case: CaseId,
    },
    /// Another hour of service than the decision's.
    #[error("it says that the decision was served at another hour than the decision says")]
    Served,
    /// A version that was not announced.
    #[error("version {0} was not announced")]
    Announcement(u16),
    /// A ruling that does not hold together.
    #[error("{0}")]
    Ruling(&'static str),
    /// What no ruling before it says.
    #[error("{0} is no ruling before it that {1}")]
    NoRuling(Digest, &'static str),
    /// A court stops it.
    #[error("a court has stopped the {stops}: {injunction}")]
    Stopped {
        /// What is stopped.
        stops: &'static str,
        /// The leaf of the ruling.
        injunction: Digest,
    },
    /// A certification of something else than the latest announcement.
    #[error("{0}")]
    Version(&'static str),
    /// Matters are open.
    #[error("{} are open: {}", .0.len(), named(.0))]
    Open(BTreeSet<Matter>),
    /// A ratification that does not hold.
    #[error(transparent)]
    Ratification(#[from] RatificationProblem),
    /// A succession of keys that does not hold, or a key that ended.
    #[error(transparent)]
    Succession(#[from] SuccessionProblem),
    /// A key that was revoked.
    #[error("the key of '{0}' was revoked")]
    Revoked(PersonId),
}

fn named(open: &BTreeSet<Matter>) -> String {
    let first: Vec<String> = open.iter().take(MOST_NAMED).map(Matter::to_string).collect();
    let rest = if open.len() > MOST_NAMED { ", …" } else { "" };
    format!("{}{rest}", first.join(", "))
}

impl Coded for DocketProblem {
    fn code(&self) -> &'static str {
        match self {
            DocketProblem::CaseTaken(_) => "docket.case_taken",
            DocketProblem::Case { .. } => "docket.case",
            DocketProblem::Person(_) => "docket.person",
            DocketProblem::Beside { .. } => "docket.beside",
            DocketProblem::NotAdmissible(_) => "docket.not_admissible",
            DocketProblem::Order(_) => "docket.order",
            DocketProblem::Conflict { .. } => "docket.conflict",
            DocketProblem::Served => "docket.served",
            DocketProblem::Announcement(_) => "docket.announcement",
            DocketProblem::Ruling(_) | DocketProblem::NoRuling(..) => "docket.ruling",
            DocketProblem::Stopped { .. } => "docket.stopped",
            DocketProblem::Version(_) => "docket.version",
            DocketProblem::Open(_) => "docket.open",
            DocketProblem::Ratification(e) => e.code(),
            DocketProblem::Succession(e) => e.code(),
            DocketProblem::Revoked(_) => "record.revoked",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            DocketProblem::CaseTaken(_) => "give it the next free number of the register",
            DocketProblem::Case { .. } => "`sanad case list` shows the register",
            DocketProblem::Person(_) => "write the id as people.csv has it",
            DocketProblem::Beside { .. } => "name the leaf that stands in 'supersedes'",
            DocketProblem::NotAdmissible(_) => "have the panel classify it first",
            DocketProblem::Order(_) => "enter the order first, and name its leaf",
            DocketProblem::Conflict { .. } => "have somebody sign whom the case does not concern",
            DocketProblem::Served => "write the hour of service as the resolution has it",
            DocketProblem::Announcement(_) => "name a version that was announced",
            DocketProblem::Ruling(_) | DocketProblem::NoRuling(..) => "compare it with the court's paper",
            DocketProblem::Stopped { .. } => "wait for the court, or enter the ruling that lifts it",
            DocketProblem::Version(_) => "announce the results as they stand, then certify that version",
            DocketProblem::Open(_) => "settle them, or enter the court's ruling that permits it and names each of them",
            DocketProblem::Ratification(e) => e.next(),
            DocketProblem::Succession(e) => e.next(),
            DocketProblem::Revoked(_) => "have somebody sign whose key holds",
        }
    }
}
