//! V.208, V.507 and V.508: what was certified, what stands in the register of complaints and appeals, and what is open.
//!
//! Who may sign what, and what may stand where, is the fold's (V.204). Here the tables are written anew by the room that
//! writes them and compared to the byte; the second verifier works them out by itself.

use election::{Coded, Definition, Digest};
use record::docket::{Matter, RatificationProblem, tables};
use record::results::Files;
use record::{Figures, Outcome, State};

use crate::folder::{Absent, Folder};
use crate::record_log::Election;
use crate::report::Check;
use crate::table::CheckId;

/// The tables of what stands in the register; the others say what is open and what it could change.
const REGISTER: [&str; 10] = [
    "appeals.csv",
    "certifications.csv",
    "complaints.csv",
    "hand_counts.csv",
    "hand_differences.csv",
    "ratifications.csv",
    "recounts.csv",
    "revocations.csv",
    "rulings.csv",
    "successions.csv",
];

/// V.208: the fold has seen that a certification is of what was announced last, and that nothing was open.
pub fn certification(def: &Definition, state: &State) -> Check {
    let mut check = Check::new(CheckId::Certified);
    state.docket.certifications.iter().for_each(|_| check.holds());
    let announced = state.announcements.last().map(|(_, latest)| latest.version);
    match (state.docket.certifications.last().map(|own| own.version), announced) {
        (None, _) => check.records("record", "certification.none", "no version is certified"),
        (Some(certified), Some(announced)) if certified < announced => {
            let what = format!("version {announced} was announced after version {certified} was certified, and is not");
            check.records("record", "certification.later", what);
        }
        (Some(_), _) => {}
    }
    // A case that was held back until the board had signed shows here, whatever hour its form gives.
    for matter in state.open_since(def) {
        check.records(&matter, "certification.open", "it is open, and was not when the certification was entered");
    }
    for (index, kind) in state.entered_since() {
        let what = format!("a '{kind}' leaf was entered after the certification");
        check.records(format!("record leaf {index}"), "certification.after", what);
    }
    check
}

/// What the tables are written anew from.
pub struct Docket<'a> {
    pub folder: &'a Folder,
    pub election: &'a Election,
    pub state: &'a State,
    pub leaves: &'a [Vec<u8>],
}

impl Docket<'_> {
    /// The tables as they should be; none where they cannot be worked out.
    pub fn files(&self, outcome: &Outcome, figures: &Figures, versions: &[Outcome]) -> Option<Files> {
        tables::files(&self.election.frozen.definition, self.state, outcome, figures, versions).ok()
    }

    /// The outcomes of all announced versions; none where one cannot be worked out.
    pub fn versions(&self, outcome: &Outcome, figures: &Figures) -> Option<Vec<Outcome>> {
        tables::versions(&self.election.frozen, self.leaves, self.state, outcome, figures).ok()
    }

    /// V.507 and V.508.
    pub fn check(&self, files: &Files, versions: &[Outcome]) -> [Check; 2] {
        let (mut register, mut open) = (Check::new(CheckId::Register), Check::new(CheckId::OpenMatters));
        for (path, bytes) in files {
            let is_register = path.strip_prefix(tables::FOLDER).is_some_and(|name| REGISTER.contains(&name));
            let check = if is_register { &mut register } else { &mut open };
            written_anew(self.folder, path, bytes, "docket.table", check);
        }
        for other in self.state.docket.ratified_unelected(versions) {
            register.fails("record", other.code(), &other);
        }
        for (index, candidate) in &self.state.docket.ahead {
            let ahead = RatificationProblem::Ahead(candidate.clone());
            register.records(format!("record leaf {index}"), ahead.code(), &ahead);
        }
        for matter in self.state.open_matters(&self.election.frozen.definition) {
            open.records(&matter, "docket.open", told(&matter));
        }
        [register, open]
    }
}

/// A table is there, and is the one that was written anew.
pub fn written_anew(folder: &Folder, path: &str, bytes: &[u8], code: &'static str, check: &mut Check) {
    match folder.files.get(path) {
        Some(found) => {
            check.expect(found.digest == Digest::of(bytes), path, code, || {
                "is not the table that the record and the figures give".to_owned()
            });
        }
        None => folder.open(path).err().unwrap_or(Absent::Missing).tell(check, path),
    }
}

fn told(matter: &Matter) -> &'static str {
    match matter {
        Matter::Complaint(_) => "the complaint is not decided",
        Matter::Appeal(_) => "no court has ruled upon the appeal",
        Matter::Injunction(_) => "a court stops the certification",
        Matter::Recount(_) => "a count by hand is ordered, and none is entered",
        Matter::Station(_) => "the station is neither counted nor left out by an order",
    }
}
