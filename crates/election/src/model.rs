//! What a definition is made of: places, contests, lists, candidates and people.

use serde::{Deserialize, Serialize};

use crate::{
    CandidateId, CentreId, ConstituencyId, ContestId, ElectionId, ListId, OfficeId, PartyId, PersonId, SourceId,
    StationId, StyleId, Text, WitnessId,
};

/// What a run of the machinery is for. A thing of one mode is never accepted in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// The election itself.
    Official,
    /// A rehearsal with the real machines.
    Rehearsal,
    /// A demonstration.
    Demo,
}

impl Mode {
    /// The word used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Mode::Official => "official",
            Mode::Rehearsal => "rehearsal",
            Mode::Demo => "demo",
        }
    }
}

/// What every signed statement names, so that nothing signed for one election,
/// round or mode can be shown in another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// The election.
    pub election: ElectionId,
    /// The round, from 1.
    pub round: u8,
    /// The mode.
    pub mode: Mode,
}

/// A territory that elects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constituency {
    /// Its id.
    pub id: ConstituencyId,
    /// Its name.
    pub name: Text,
}

/// An office of the commission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// Its id.
    pub id: OfficeId,
    /// Its name.
    pub name: Text,
}

/// What kind of voters a station serves; each kind has a registration source of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StationKind {
    /// Ordinary voters.
    General,
    /// Security forces, who vote on a day of their own.
    Security,
    /// Displaced people, without a list of voters.
    Displaced,
    /// Displaced people registered where they now live.
    DisplacedMovement,
    /// Voters abroad.
    Abroad,
    /// Prisoners.
    Prison,
    /// Patients.
    Hospital,
}

impl StationKind {
    /// All kinds.
    pub const ALL: [StationKind; 7] = [
        StationKind::General,
        StationKind::Security,
        StationKind::Displaced,
        StationKind::DisplacedMovement,
        StationKind::Abroad,
        StationKind::Prison,
        StationKind::Hospital,
    ];

    /// The word used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            StationKind::General => "general",
            StationKind::Security => "security",
            StationKind::Displaced => "displaced",
            StationKind::DisplacedMovement => "displaced_movement",
            StationKind::Abroad => "abroad",
            StationKind::Prison => "prison",
            StationKind::Hospital => "hospital",
        }
    }
}

/// What bounds the number of ballots of a station.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Register {
    /// A list of voters: the bound is the number registered.
    Fixed,
    /// No list: the bound is the number of ballots delivered.
    Conditional,
}

/// A polling station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Station {
    /// Its id.
    pub id: StationId,
    /// The polling centre it is in.
    pub centre: CentreId,
    /// The office it reports to.
    pub office: OfficeId,
    /// The constituencies whose ballots it takes; several abroad and for displaced people.
    pub constituencies: Vec<ConstituencyId>,
    /// The kind of voters.
    pub kind: StationKind,
    /// The kind of register.
    pub register: Register,
    /// Voters registered (fixed) or ballots delivered (conditional): the most ballots it may cast.
    pub registered: u32,
    /// The letter the figure comes from.
    pub source: SourceId,
    /// The station whose box takes this one's ballots, where it is too small to be counted alone.
    pub count_with: Option<StationId>,
    /// Its name or address.
    pub name: Text,
}

/// A further letter with a figure for a station, beside the one that `stations.csv` names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// The station.
    pub station: StationId,
    /// The letter.
    pub source: SourceId,
    /// Voters registered, or ballots delivered, as this letter says.
    pub registered: u32,
}

/// A letter from which registration figures come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its id.
    pub id: SourceId,
    /// The body that wrote it.
    pub body: String,
    /// Its number.
    pub number: String,
    /// Its date.
    pub date: jiff::civil::Date,
    /// The SHA-256 of the paper.
    pub sha256: crate::Digest,
}

/// What a voter may mark in a contest and how it elects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContestKind {
    /// One list, and perhaps one candidate number of that list.
    OpenList,
    /// One list.
    ClosedList,
    /// Up to `vote_for` candidates; 1 is plurality.
    Candidates {
        /// The most candidates a voter may mark.
        vote_for: u8,
    },
}

/// A question put to voters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contest {
    /// Its id.
    pub id: ContestId,
    /// The constituency that answers it.
    pub constituency: ConstituencyId,
    /// What may be marked.
    pub kind: ContestKind,
    /// General seats, reserved ones not among them.
    pub seats: u16,
    /// The sheet it is printed on, from 1.
    pub sheet: u8,
    /// Its title on the ballot.
    pub title: Text,
}

/// Seats of a contest kept for one community.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReservedSeats {
    /// The contest.
    pub contest: ContestId,
    /// The community, as `reserved` of its lists says it.
    pub community: String,
    /// How many.
    pub seats: u16,
    /// The community's name.
    pub name: Text,
}

/// A list in one contest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// Its id, unique in the election.
    pub id: ListId,
    /// The contest it stands in.
    pub contest: ContestId,
    /// Its number on the ballot.
    pub number: u16,
    /// The party or coalition.
    pub party: PartyId,
    /// The community whose reserved seats it stands for; such a list takes no general seat.
    pub reserved: Option<String>,
    /// Its name.
    pub name: Text,
}

/// As the law of the quota tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gender {
    /// A woman.
    Woman,
    /// A man.
    Man,
}

/// A candidate in one contest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The id, unique in the election.
    pub id: CandidateId,
    /// The contest.
    pub contest: ContestId,
    /// The list, in contests of lists.
    pub list: Option<ListId>,
    /// The number within the list (or in the contest, where there are no lists).
    pub number: u16,
    /// Woman or man.
    pub gender: Gender,
    /// Withdrawn after the ballots were printed: marks stay list votes, the candidate takes no seat.
    pub withdrawn: bool,
    /// The name.
    pub name: Text,
}

/// A party or coalition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Its id.
    pub id: PartyId,
    /// Its name.
    pub name: Text,
}

/// What a person with a key may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Signs the freeze and certifications.
    Board,
    /// Signs decisions, with a second one.
    Officer,
    /// Holds a share of the centre's identity.
    Commissioner,
    /// Watches for a party.
    Agent,
}

/// A person with a role; the key is in the key list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The id.
    pub id: PersonId,
    /// The role.
    pub role: Role,
    /// The party, of agents.
    pub party: Option<PartyId>,
    /// The office, where the role is tied to one.
    pub office: Option<OfficeId>,
    /// The name, or the title of the post.
    pub name: Text,
}

/// A body that cosigns the checkpoints of the public record; its key is in the key list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// The id.
    pub id: WitnessId,
    /// What kind of body it is (`party`, `observer`, `court`, …), for a quorum over groups.
    pub group: String,
    /// The body's name.
    pub name: Text,
}

/// A kind of sheet set: what one voter of a constituency receives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Style {
    /// Its id; the constituency's.
    pub id: StyleId,
    /// The constituency.
    pub constituency: ConstituencyId,
    /// The contests, in order of sheet and definition.
    pub contests: Vec<ContestId>,
    /// How many sheets.
    pub sheets: u8,
}
