//! What a definition says: the places, contests, lists, candidates and people.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    CandidateId, CentreId, ConstituencyId, ContestId, ElectionId, Fraction, Lang, ListId, OfficeId, OptionId, PartyId,
    PersonId, Rules, SourceId, StationId, StyleId, Text, WitnessId,
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

/// A whole election, checked: every id that is named exists (see [`crate::Problem`] for what is refused).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// Election, round and mode.
    pub scope: Scope,
    /// Its name.
    pub name: Text,
    /// The day of the vote.
    pub date: jiff::civil::Date,
    /// The IANA time zone deadlines are counted in.
    pub time_zone: String,
    /// The languages of ballots, slips and pages, the first one first.
    pub languages: Vec<Lang>,
    /// The rules.
    pub rules: Rules,
    /// Constituencies, in the order of the file, as all that follow.
    pub constituencies: Vec<Constituency>,
    /// Offices.
    pub offices: Vec<Office>,
    /// Stations.
    pub stations: Vec<Station>,
    /// Registration sources.
    pub sources: Vec<Source>,
    /// Contests.
    pub contests: Vec<Contest>,
    /// Reserved seats.
    pub reserved: Vec<ReservedSeats>,
    /// Lists.
    pub lists: Vec<List>,
    /// Candidates.
    pub candidates: Vec<Candidate>,
    /// Parties.
    pub parties: Vec<Party>,
    /// People.
    pub people: Vec<Person>,
    /// Witnesses of the public record.
    pub witnesses: Vec<Witness>,
}

impl Definition {
    /// The styles: one for each constituency that has a contest.
    pub fn styles(&self) -> Vec<Style> {
        let mut styles = Vec::new();
        for constituency in &self.constituencies {
            let mut contests: Vec<&Contest> =
                self.contests.iter().filter(|c| c.constituency == constituency.id).collect();
            contests.sort_by_key(|c| c.sheet);
            let Some(last) = contests.last() else { continue };
            styles.push(Style {
                id: constituency.id.as_str().parse().expect("one grammar for all ids"),
                constituency: constituency.id.clone(),
                sheets: last.sheet,
                contests: contests.iter().map(|c| c.id.clone()).collect(),
            });
        }
        styles
    }

    /// The station `id`.
    pub fn station(&self, id: &StationId) -> Option<&Station> {
        self.stations.iter().find(|s| &s.id == id)
    }

    /// The office `id`.
    pub fn office(&self, id: &OfficeId) -> Option<&Office> {
        self.offices.iter().find(|o| &o.id == id)
    }

    /// The constituency `id`.
    pub fn constituency(&self, id: &ConstituencyId) -> Option<&Constituency> {
        self.constituencies.iter().find(|c| &c.id == id)
    }

    /// The contest `id`.
    pub fn contest(&self, id: &ContestId) -> Option<&Contest> {
        self.contests.iter().find(|c| &c.id == id)
    }

    /// The list `id`.
    pub fn list(&self, id: &ListId) -> Option<&List> {
        self.lists.iter().find(|l| &l.id == id)
    }

    /// The candidate `id`.
    pub fn candidate(&self, id: &CandidateId) -> Option<&Candidate> {
        self.candidates.iter().find(|c| &c.id == id)
    }

    /// The lists of a contest, in ballot order.
    pub fn lists_of<'a>(&'a self, contest: &'a ContestId) -> impl Iterator<Item = &'a List> {
        self.lists.iter().filter(move |l| &l.contest == contest)
    }

    /// The candidates of a contest, in the order of the file.
    pub fn candidates_of<'a>(&'a self, contest: &'a ContestId) -> impl Iterator<Item = &'a Candidate> {
        self.candidates.iter().filter(move |c| &c.contest == contest)
    }

    /// The contests whose ballots a station takes.
    pub fn contests_at<'a>(&'a self, station: &'a Station) -> impl Iterator<Item = &'a Contest> {
        self.contests.iter().filter(|c| station.constituencies.contains(&c.constituency))
    }

    /// What can be marked in a contest, in ballot order: lists then candidate numbers
    /// (open list), lists (closed list), or candidates.
    pub fn options_of(&self, contest: &Contest) -> Vec<OptionId> {
        let lists = || self.lists_of(&contest.id).map(|l| OptionId::from(&l.id));
        match contest.kind {
            ContestKind::ClosedList => lists().collect(),
            ContestKind::OpenList => {
                let most = self.candidates_of(&contest.id).map(|c| c.number).max().unwrap_or(0);
                lists().chain((1..=most).map(OptionId::number)).collect()
            }
            ContestKind::Candidates { .. } => self.candidates_of(&contest.id).map(|c| OptionId::from(&c.id)).collect(),
        }
    }

    /// What votes of a contest are counted for: every list and every candidate, by id.
    /// A list's count is its votes; a candidate's is the personal votes.
    pub fn counted_in(&self, contest: &ContestId) -> Vec<OptionId> {
        let lists = self.lists_of(contest).map(|l| OptionId::from(&l.id));
        lists.chain(self.candidates_of(contest).map(|c| OptionId::from(&c.id))).collect()
    }

    /// The name of a list or candidate, for people.
    pub fn option_name(&self, option: &OptionId) -> Option<&Text> {
        let list = self.lists.iter().find(|l| l.id.as_str() == option.as_str()).map(|l| &l.name);
        list.or_else(|| self.candidates.iter().find(|c| c.id.as_str() == option.as_str()).map(|c| &c.name))
    }

    /// Stations by office, in the order of the definition.
    pub fn stations_by_office(&self) -> BTreeMap<&OfficeId, Vec<&Station>> {
        let mut by_office: BTreeMap<&OfficeId, Vec<&Station>> = BTreeMap::new();
        for station in &self.stations {
            by_office.entry(&station.office).or_default().push(station);
        }
        by_office
    }

    /// The share of women owed to a contest of `seats` general seats.
    pub fn women_owed(&self, seats: u16) -> u16 {
        match self.rules.seats.women {
            crate::WomenQuota::None => 0,
            crate::WomenQuota::QuarterRoundedHalfUp => (seats + 2) / 4,
        }
    }

    /// The threshold of the seat rules, where there is one.
    pub fn threshold(&self) -> Option<Fraction> {
        self.rules.seats.threshold
    }
}
