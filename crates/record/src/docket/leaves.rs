//! What people bring against a result and what becomes of it, as it is signed.

use election::{CaseId, Digest, Moment, OptionId, PartyId, PersonId, PlainDate, StationId};
use serde::{Deserialize, Serialize};

use super::DocketProblem;

/// What a complaint is about, as its form has it: also a station or candidate that there is not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// A station.
    Station(StationId),
    /// A list or candidate.
    Candidate(OptionId),
    /// A step of the procedure, in words.
    Step(String),
}

impl About {
    /// What kind of thing it is, and which, as files have them.
    pub fn told(&self) -> (&'static str, &str) {
        match self {
            About::Station(station) => ("station", station.as_str()),
            About::Candidate(option) => ("candidate", option.as_str()),
            About::Step(step) => ("step", step),
        }
    }
}

/// Who complains or appeals. Names stand in the sealed part alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capacity {
    /// A voter of the station.
    Voter,
    /// A candidate.
    Candidate,
    /// An agent or delegate of a party.
    PartyAgent,
    /// An accredited observer.
    Observer,
    /// Staff of the commission.
    Staff,
    /// Somebody to whom the law gives no complaint.
    Other,
}

impl Capacity {
    /// The word used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Capacity::Voter => "voter",
            Capacity::Candidate => "candidate",
            Capacity::PartyAgent => "party_agent",
            Capacity::Observer => "observer",
            Capacity::Staff => "staff",
            Capacity::Other => "other",
        }
    }
}

/// A form that was handed in: what of it is public, and the hashes of the rest.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// In what capacity.
    pub capacity: Capacity,
    /// For which party.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<PartyId>,
    /// What is said, without names, numbers or addresses of persons.
    pub ground: String,
    /// SHA-256 of the form as it was handed in.
    pub paper: Digest,
    /// SHA-256 of the sealed part: names, numbers, and papers with data of persons.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed: Option<Digest>,
    /// What was left out of the ground, in words: `name of the complainant`.
    pub redacted: Vec<String>,
    /// When it was handed in, as the office's clock showed.
    pub filed: Moment,
}

/// A complaint, as it was filed. It is entered whatever it is worth.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Complaint {
    /// Its number in the one register of complaints and appeals.
    pub case: CaseId,
    /// What it is about.
    pub about: About,
    /// The form.
    pub form: Form,
    /// People with a key whom it concerns: they sign nothing that becomes of it.
    pub concerns: Vec<PersonId>,
}

/// How grave a complaint is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// It may change a result.
    Red,
    /// It breaks the procedure, and changes no result.
    Yellow,
    /// It is of no weight.
    Green,
    /// The law does not allow it.
    Inadmissible,
}

impl Class {
    /// The word used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Class::Red => "red",
            Class::Yellow => "yellow",
            Class::Green => "green",
            Class::Inadmissible => "inadmissible",
        }
    }
}

/// A panel has looked at a complaint: a member of the board and two officers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Classification {
    /// The complaint.
    pub case: CaseId,
    /// What it is.
    pub class: Class,
    /// Why, in words.
    pub reason: String,
    /// The legal basis.
    pub basis: String,
    /// SHA-256 of the classification that it takes the place of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<Digest>,
}

/// What a resolution says of a complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It is right.
    Upheld,
    /// It is right in a part.
    Partly,
    /// It is not.
    Dismissed,
}

impl Verdict {
    /// The word used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Upheld => "upheld",
            Verdict::Partly => "partly",
            Verdict::Dismissed => "dismissed",
        }
    }
}

/// A complaint is decided.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resolution {
    /// The complaint.
    pub case: CaseId,
    /// What is decided.
    pub verdict: Verdict,
    /// Why, in words.
    pub reason: String,
    /// The legal basis.
    pub basis: String,
    /// SHA-256 of the orders about stations that come of it.
    pub orders: Vec<Digest>,
    /// When it was served on who complained: the clock of an appeal starts then.
    pub served: Moment,
    /// SHA-256 of the resolution that it takes the place of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<Digest>,
}

/// What an appeal is against.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Against {
    /// The resolution of a complaint.
    Resolution(CaseId),
    /// A version of the results.
    Announcement(u16),
}

/// An appeal, as it was filed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Appeal {
    /// Its number in the one register of complaints and appeals.
    pub case: CaseId,
    /// What it is against.
    pub against: Against,
    /// When that was served or published: the clock starts then.
    pub served: Moment,
    /// The form.
    pub form: Form,
}

/// Something that must be settled before a result is certified.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Matter {
    /// A complaint that nobody has decided.
    Complaint(CaseId),
    /// An appeal that no court has ruled upon.
    Appeal(CaseId),
    /// A court stops the certification: the leaf of its ruling.
    Injunction(Digest),
    /// A station that is neither counted nor left out by an order.
    Station(StationId),
    /// A recount of this station of which no count is entered.
    Recount(StationId),
}

impl std::fmt::Display for Matter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Matter::Complaint(case) => write!(f, "complaint:{case}"),
            Matter::Appeal(case) => write!(f, "appeal:{case}"),
            Matter::Injunction(leaf) => write!(f, "injunction:{leaf}"),
            Matter::Station(station) => write!(f, "station:{station}"),
            Matter::Recount(station) => write!(f, "recount:{station}"),
        }
    }
}

impl std::str::FromStr for Matter {
    type Err = String;

    /// As it is displayed.
    fn from_str(text: &str) -> Result<Self, String> {
        let read = text.split_once(':').and_then(|(kind, name)| match kind {
            "complaint" => name.parse().ok().map(Matter::Complaint),
            "appeal" => name.parse().ok().map(Matter::Appeal),
            "injunction" => name.parse().ok().map(Matter::Injunction),
            "station" => name.parse().ok().map(Matter::Station),
            "recount" => name.parse().ok().map(Matter::Recount),
            _ => None,
        });
        read.ok_or_else(|| {
            let shown: String = text.escape_debug().take(100).collect();
            format!("'{shown}' is no matter: write complaint:17, appeal:18, station:0101, recount:0101 or injunction:sha256:…")
        })
    }
}

/// What a court stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stay {
    /// No further version is announced.
    Announcement,
    /// No version is certified.
    Certification,
}

impl Stay {
    /// The word used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Stay::Announcement => "announcement",
            Stay::Certification => "certification",
        }
    }
}

/// What a court orders.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ruled {
    /// The appeals are granted.
    Granted,
    /// The appeals are dismissed.
    Dismissed,
    /// An injunction.
    Stays(Stay),
    /// An injunction is lifted: the leaf of its ruling.
    Lifts(Digest),
    /// The certification may go on though these are open.
    Permits(Vec<Matter>),
}

impl Ruled {
    /// The word used in files.
    pub fn as_str(&self) -> &'static str {
        match self {
            Ruled::Granted => "granted",
            Ruled::Dismissed => "dismissed",
            Ruled::Stays(_) => "stays",
            Ruled::Lifts(_) => "lifts",
            Ruled::Permits(_) => "permits",
        }
    }
}

/// A court's paper, read back by two registrars before it takes effect.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ruling {
    /// Which court, as its paper has it.
    pub court: String,
    /// Its rank; 1 is the highest.
    pub rank: u8,
    /// The number on the paper.
    pub number: String,
    /// The date on the paper.
    pub dated: PlainDate,
    /// When it was served on the commission.
    pub served: Moment,
    /// SHA-256 of the scanned paper.
    pub paper: Digest,
    /// The appeals that it rules upon.
    pub about: Vec<CaseId>,
    /// What it orders.
    pub ruled: Ruled,
}

impl Ruling {
    /// What was ordered under this ruling is undone under a ruling of its rank or above, as late or later.
    ///
    /// # Errors
    ///
    /// [`DocketProblem::Ruling`].
    pub(crate) fn may_be_undone_under(&self, ruling: Option<&Ruling>) -> Result<(), DocketProblem> {
        if ruling.is_none_or(|own| own.rank > self.rank || own.dated < self.dated) {
            let why = "it takes the place of an order under a ruling, and is under none of that rank or above, as late or later";
            return Err(DocketProblem::Ruling(why));
        }
        Ok(())
    }
}

/// The board certifies an announced version.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certification {
    /// 1 for the first, and one more for each later one.
    pub number: u16,
    /// The announced version.
    pub version: u16,
    /// SHA-256 of the sha256sum manifest of `results/`, as announced.
    pub results: Digest,
    /// The leaf of the ruling that permits it though matters are open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub despite: Option<Digest>,
}

/// From here on a person's key signs nothing more.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revocation {
    /// The person.
    pub person: PersonId,
    /// Why, in words.
    pub reason: String,
    /// The legal basis.
    pub basis: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matter_is_read_as_it_is_displayed() {
        let leaf = format!("injunction:sha256:{}", "ab".repeat(32));
        for text in ["complaint:17", "appeal:18", "station:0101", "recount:0101", leaf.as_str()] {
            assert_eq!(text.parse::<Matter>().unwrap().to_string(), text);
        }
        for bad in
            ["", "17", "complaint:", "complaint:A", "Complaint:17", "ruling:17", "injunction:ab", "station:0101 "]
        {
            assert!(bad.parse::<Matter>().is_err(), "{bad}");
        }
    }
}
