//! A whole election, and the questions that are asked of it.

use std::collections::BTreeMap;

use crate::{
    Candidate, CandidateId, Constituency, ConstituencyId, Contest, ContestId, ContestKind, Lang, List, ListId, Moment,
    Office, OfficeId, OptionId, Party, Person, PersonId, Registration, ReservedSeats, Rules, Scope, Source, SourceId,
    Station, StationId, Style, Text, Witness,
};

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
    /// Further letters with a figure for a station.
    pub registrations: Vec<Registration>,
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

    /// A moment by the election's time zone; `None` for a zone or day that nobody has.
    pub fn instant(&self, moment: Moment) -> Option<jiff::Timestamp> {
        moment.in_zone(&self.time_zone)
    }

    /// When the polls open, in POSIX seconds; `None` where the definition names no hour.
    pub fn polls_open(&self) -> Option<i64> {
        let opens = Moment::at(self.date, self.rules.law.polls_open?);
        Some(self.instant(opens)?.as_second())
    }

    /// The station `id`.
    pub fn station(&self, id: &StationId) -> Option<&Station> {
        // A nation's tables are long and as a rule sorted by id; one that is not is walked through.
        let sorted = self.stations.binary_search_by(|s| s.id.cmp(id)).ok();
        sorted.map(|at| &self.stations[at]).or_else(|| self.stations.iter().find(|s| &s.id == id))
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

    /// Every letter with a figure for `station`: the one that `stations.csv` names first.
    pub fn letters_of(&self, station: &Station) -> Vec<(SourceId, u32)> {
        let further = self.registrations.iter().filter(|letter| letter.station == station.id);
        let further = further.map(|letter| (letter.source.clone(), letter.registered));
        std::iter::once((station.source.clone(), station.registered)).chain(further).collect()
    }

    /// Everything by its id, for whoever looks up more than a few: the methods above walk through the whole table.
    pub fn index(&self) -> Index<'_> {
        Index {
            constituencies: self.constituencies.iter().map(|c| (&c.id, c)).collect(),
            offices: self.offices.iter().map(|o| (&o.id, o)).collect(),
            stations: self.stations.iter().map(|s| (&s.id, s)).collect(),
            contests: self.contests.iter().map(|c| (&c.id, c)).collect(),
            lists: self.lists.iter().map(|l| (&l.id, l)).collect(),
            candidates: self.candidates.iter().map(|c| (&c.id, c)).collect(),
            people: self.people.iter().map(|p| (&p.id, p)).collect(),
        }
    }
}

/// A definition by id.
#[derive(Clone, Debug)]
pub struct Index<'a> {
    /// Constituencies.
    pub constituencies: BTreeMap<&'a ConstituencyId, &'a Constituency>,
    /// Offices.
    pub offices: BTreeMap<&'a OfficeId, &'a Office>,
    /// Stations.
    pub stations: BTreeMap<&'a StationId, &'a Station>,
    /// Contests.
    pub contests: BTreeMap<&'a ContestId, &'a Contest>,
    /// Lists.
    pub lists: BTreeMap<&'a ListId, &'a List>,
    /// Candidates.
    pub candidates: BTreeMap<&'a CandidateId, &'a Candidate>,
    /// People.
    pub people: BTreeMap<&'a PersonId, &'a Person>,
}
