//! `data/cvr.json`: cast vote records in the JSON of NIST SP 1500-103 version 1.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use election::{ContestId, DeviceId, Digest, Mode, OptionId, Scope, StationId, StyleId};
use serde::{Deserialize, Serialize};
use sign::canonical::{self, CanonicalError};

use crate::{ContestResults, Salt, StationResults};

/// What one contest on one sheet is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordContest {
    /// The contest.
    pub contest: ContestId,
    /// Valid, blank or invalid.
    pub outcome: Outcome,
    /// The options that are marked, sorted.
    pub marked: Vec<OptionId>,
    /// What the vote counts for, sorted: lists and candidates by id; empty unless valid.
    pub counted: Vec<OptionId>,
    /// Two people settled a doubtful mark, so that a re-reading of the image may differ.
    pub settled: bool,
}

/// What the marks in a contest are.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A vote.
    Valid,
    /// No mark.
    Blank,
    /// Marks that are no vote, and the rule's word for why (`[a-z0-9_.-]`, at most 40).
    Invalid(String),
}

/// One scanned sheet. Its place among the others says nothing of when it was cast.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CastVoteRecord {
    /// The ballot style.
    pub style: StyleId,
    /// The sheet, from 1.
    pub sheet: u8,
    /// The contests on it, in the order of the definition.
    pub contests: Vec<RecordContest>,
}

/// All records of one count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Records {
    /// Election, round and mode.
    pub scope: Scope,
    /// The station.
    pub station: StationId,
    /// The device.
    pub device: DeviceId,
    /// The generation.
    pub generation: u16,
    /// A salt of its own.
    pub salt: Salt,
    /// The records, sorted; the image of record `i` (from 0) has the number `i + 1`.
    pub records: Vec<CastVoteRecord>,
}

/// Why a cast vote record file is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CvrError {
    /// Not the JSON in its one form.
    #[error("the cast vote records: {0}")]
    Json(#[from] sign::canonical::CanonicalError),
    /// JSON of the standard that this software does not write.
    #[error("the cast vote records hold something that belongs elsewhere: {0}")]
    Content(&'static str),
    /// Not sorted by content.
    #[error("the cast vote records are not sorted")]
    Order,
}

impl election::Coded for CvrError {
    fn code(&self) -> &'static str {
        match self {
            CvrError::Json(error) => error.code(),
            CvrError::Content(_) => "cvr.content",
            CvrError::Order => "cvr.order",
        }
    }

    fn next(&self) -> &'static str {
        "Do not add the station; keep the package and reconcile it with the images and the paper."
    }
}

/// The words of the standard, in the order of its JSON schema's keys (sorted); `@type` is fixed for each.
/// Texts are borrowed from the file that is read, and from the records that are written.
mod nist {
    use std::borrow::Cow;

    use super::{Deserialize, Serialize};

    macro_rules! objects {
        ($($name:ident { $($(#[$attribute:meta])* $field:ident: $kind:ty = $key:literal,)* })*) => {$(
            #[derive(Serialize, Deserialize)]
            #[serde(deny_unknown_fields)]
            pub struct $name<'a> { $(#[serde(rename = $key, borrow)] $(#[$attribute])* pub $field: $kind,)* }
        )*};
    }

    objects! {
        Report {
            kind: &'a str = "@type",
            records: Vec<Cvr<'a>> = "CVR",
            election: [Election<'a>; 1] = "Election",
            generated: &'a str = "GeneratedDate",
            units: [GpUnit<'a>; 1] = "GpUnit",
            notes: Cow<'a, str> = "Notes",
            generating: [Text<'a>; 1] = "ReportGeneratingDeviceIds",
            report: [&'a str; 1] = "ReportType",
            devices: [Object<'a>; 1] = "ReportingDevice",
            version: &'a str = "Version",
        }
        Object { id: Cow<'a, str> = "@id", kind: &'a str = "@type", }
        GpUnit { id: Cow<'a, str> = "@id", kind: &'a str = "@type", unit: &'a str = "Type", }
        Election {
            id: &'a str = "@id",
            kind: &'a str = "@type",
            contests: Vec<Contest<'a>> = "Contest",
            unit: Cow<'a, str> = "ElectionScopeId",
        }
        Contest { id: &'a str = "@id", kind: &'a str = "@type", selections: Vec<Object<'a>> = "ContestSelection", }
        Cvr {
            kind: &'a str = "@type",
            sheet: Cow<'a, str> = "BallotSheetId",
            style: &'a str = "BallotStyleId",
            snapshots: [Snapshot<'a>; 1] = "CVRSnapshot",
            current: Cow<'a, str> = "CurrentSnapshotId",
            election: &'a str = "ElectionId",
            number: Cow<'a, str> = "UniqueId",
        }
        Snapshot {
            id: Cow<'a, str> = "@id",
            kind: &'a str = "@type",
            contests: Vec<CvrContest<'a>> = "CVRContest",
            snapshot: &'a str = "Type",
        }
        CvrContest {
            kind: &'a str = "@type",
            #[serde(default, skip_serializing_if = "Vec::is_empty")]
            selections: Vec<Selection<'a>> = "CVRContestSelection",
            contest: &'a str = "ContestId",
            #[serde(default, skip_serializing_if = "Option::is_none")]
            other: Option<Text<'a>> = "OtherStatus",
            #[serde(default, skip_serializing_if = "Option::is_none")]
            status: Option<[&'a str; 1]> = "Status",
        }
        Selection {
            kind: &'a str = "@type",
            selection: Cow<'a, str> = "ContestSelectionId",
            positions: [Position<'a>; 1] = "SelectionPosition",
        }
    }

    #[derive(Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Position<'a> {
        #[serde(rename = "@type")]
        pub kind: &'a str,
        #[serde(rename = "HasIndication")]
        pub indication: &'a str,
        #[serde(rename = "NumberVotes")]
        pub votes: u8,
    }

    /// A text inside a list or an option, where serde would not borrow by itself.
    #[derive(Serialize, Deserialize)]
    #[serde(transparent)]
    pub struct Text<'a>(#[serde(borrow)] pub Cow<'a, str>);
}

/// There is no clock in the file: the date is that of no election.
const NO_DATE: &str = "1970-01-01T00:00:00Z";

/// Is this a word for why marks are no vote?
fn is_reason(word: &str) -> bool {
    let letters = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'.' | b'-');
    (1..=40).contains(&word.len()) && word.bytes().all(letters) && word != "settled"
}

/// No record of the contest yet.
fn nothing(contest: &ContestId) -> ContestResults {
    ContestResults { contest: contest.clone(), ballots: 0, valid: 0, blank: 0, invalid: 0, votes: BTreeMap::new() }
}

impl RecordContest {
    /// What is marked or counted, sorted, each once.
    fn options(&self) -> Vec<&OptionId> {
        let mut options: Vec<&OptionId> = self.marked.iter().chain(&self.counted).collect();
        options.sort_unstable();
        options.dedup();
        options
    }

    fn to_nist(&self) -> nist::CvrContest<'_> {
        let selections = self.options().into_iter().map(|option| nist::Selection {
            kind: "CVR.CVRContestSelection",
            selection: [self.contest.as_str(), "-", option.as_str()].concat().into(),
            positions: [nist::Position {
                kind: "CVR.SelectionPosition",
                indication: if self.marked.contains(option) { "yes" } else { "no" },
                votes: self.counted.contains(option).into(),
            }],
        });
        let (status, reason) = match &self.outcome {
            Outcome::Valid => (None, None),
            Outcome::Blank => (Some(["not-indicated"]), None),
            Outcome::Invalid(reason) => (Some(["invalidated-rules"]), Some(reason.as_str())),
        };
        let other: Option<Cow<'_, str>> = match (reason, self.settled) {
            (None, false) => None,
            (None, true) => Some("settled".into()),
            (Some(reason), false) => Some(reason.into()),
            (Some(reason), true) => Some(format!("{reason} settled").into()),
        };
        nist::CvrContest {
            kind: "CVR.CVRContest",
            selections: selections.collect(),
            contest: self.contest.as_str(),
            other: other.map(nist::Text),
            status,
        }
    }

    fn from_nist(json: &nist::CvrContest<'_>) -> Result<Self, CvrError> {
        let contest: ContestId = json.contest.parse().map_err(|_| CvrError::Content("a contest's id"))?;
        let other = json.other.as_ref().map(|other| &*other.0);
        let (reason, settled) = match other {
            None => (None, false),
            Some("settled") => (None, true),
            Some(other) => match other.strip_suffix(" settled") {
                Some(reason) => (Some(reason), true),
                None => (Some(other), false),
            },
        };
        let outcome = match (json.status, reason) {
            (None, None) => Outcome::Valid,
            (Some(["not-indicated"]), None) => Outcome::Blank,
            (Some(["invalidated-rules"]), Some(reason)) if is_reason(reason) => Outcome::Invalid(reason.to_owned()),
            _ => return Err(CvrError::Content("a contest's status")),
        };
        let (mut marked, mut counted) = (Vec::new(), Vec::new());
        for selection in &json.selections {
            let option = selection.selection.strip_prefix(contest.as_str()).and_then(|rest| rest.strip_prefix('-'));
            let option: Option<OptionId> = option.and_then(|option| option.parse().ok());
            let option = option.ok_or(CvrError::Content("a selection"))?;
            let [position] = &selection.positions;
            match (position.indication == "yes", position.votes == 1) {
                (true, true) => {
                    marked.push(option.clone());
                    counted.push(option);
                }
                (true, false) => marked.push(option),
                (false, true) => counted.push(option),
                (false, false) => {}
            }
        }
        let sensible = match outcome {
            Outcome::Valid => !counted.is_empty(),
            Outcome::Blank => marked.is_empty() && counted.is_empty(),
            Outcome::Invalid(_) => counted.is_empty(),
        };
        if !sensible {
            return Err(CvrError::Content("votes that do not belong to the outcome"));
        }
        Ok(RecordContest { contest, outcome, marked, counted, settled })
    }
}

impl CastVoteRecord {
    fn to_nist<'a>(&'a self, number: usize, election: &'a str) -> nist::Cvr<'a> {
        let id = format!("{number:06}");
        let snapshot = format!("s{id}");
        let settled = self.contests.iter().any(|contest| contest.settled);
        nist::Cvr {
            kind: "CVR.CVR",
            sheet: self.sheet.to_string().into(),
            style: self.style.as_str(),
            snapshots: [nist::Snapshot {
                id: snapshot.clone().into(),
                kind: "CVR.CVRSnapshot",
                contests: self.contests.iter().map(RecordContest::to_nist).collect(),
                snapshot: if settled { "modified" } else { "interpreted" },
            }],
            current: snapshot.into(),
            election,
            number: id.into(),
        }
    }

    fn from_nist(json: &nist::Cvr<'_>) -> Result<Self, CvrError> {
        let [snapshot] = &json.snapshots;
        Ok(CastVoteRecord {
            style: json.style.parse().map_err(|_| CvrError::Content("a style's id"))?,
            sheet: json.sheet.parse().map_err(|_| CvrError::Content("a sheet's number"))?,
            contests: snapshot.contests.iter().map(RecordContest::from_nist).collect::<Result<_, _>>()?,
        })
    }
}

impl Records {
    fn to_nist(&self) -> nist::Report<'_> {
        let mut options: BTreeMap<&ContestId, BTreeSet<&OptionId>> = BTreeMap::new();
        for contest in self.records.iter().flat_map(|record| &record.contests) {
            options.entry(&contest.contest).or_default().extend(contest.options());
        }
        let selection = |id: String| nist::Object { id: id.into(), kind: "CVR.ContestSelection" };
        let contests = options.into_iter().map(|(contest, options)| nist::Contest {
            id: contest.as_str(),
            kind: "CVR.Contest",
            selections: match options.is_empty() {
                // The schema wants one, even where nobody has marked anything.
                true => vec![selection(format!("{contest}-none"))],
                false => options.into_iter().map(|option| selection(format!("{contest}-{option}"))).collect(),
            },
        });
        let election = self.scope.election.as_str();
        let unit = || Cow::from(format!("unit-{}", self.station));
        let device = || Cow::from(format!("device-{}", self.device));
        nist::Report {
            kind: "CVR.CastVoteRecordReport",
            records: self.records.iter().zip(1..).map(|(record, number)| record.to_nist(number, election)).collect(),
            election: [nist::Election {
                id: election,
                kind: "CVR.Election",
                contests: contests.collect(),
                unit: unit(),
            }],
            generated: NO_DATE,
            units: [nist::GpUnit { id: unit(), kind: "CVR.GpUnit", unit: "precinct" }],
            notes: Cow::from(format!(
                "round {} mode {} generation {} salt {}",
                self.scope.round,
                self.scope.mode.as_str(),
                self.generation,
                hex::encode(self.salt.0)
            )),
            generating: [nist::Text(device())],
            report: ["originating-device-export"],
            devices: [nist::Object { id: device(), kind: "CVR.ReportingDevice" }],
            version: "1.0.0",
        }
    }

    fn from_nist(json: &nist::Report<'_>) -> Option<(Scope, StationId, DeviceId, u16, Salt)> {
        let words: Vec<&str> = json.notes.split(' ').collect();
        let ["round", round, "mode", mode, "generation", generation, "salt", salt] = words[..] else { return None };
        let modes = [Mode::Official, Mode::Rehearsal, Mode::Demo];
        let ([election], [unit], [device]) = (&json.election, &json.units, &json.devices);
        let scope = Scope {
            election: election.id.parse().ok()?,
            round: round.parse().ok()?,
            mode: modes.into_iter().find(|known| known.as_str() == mode)?,
        };
        let station = unit.id.strip_prefix("unit-")?.parse().ok()?;
        let device = device.id.strip_prefix("device-")?.parse().ok()?;
        Some((scope, station, device, generation.parse().ok()?, Salt(Digest::from_hex(salt).ok()?.0)))
    }

    /// The bytes of `cvr.json`.
    pub fn to_bytes(&self) -> Vec<u8> {
        canonical::to_bytes(&self.to_nist()).expect("string keys only")
    }

    /// Reads `cvr.json` in its one form.
    ///
    /// # Errors
    /// [`CvrError`].
    pub fn parse(bytes: &[u8]) -> Result<Self, CvrError> {
        let json: nist::Report<'_> = canonical::read(bytes)?;
        let head = Records::from_nist(&json).ok_or(CvrError::Content("its head"))?;
        let (scope, station, device, generation, salt) = head;
        let records = json.records.iter().map(CastVoteRecord::from_nist).collect::<Result<Vec<_>, _>>()?;
        drop(json);
        if !records.is_sorted() {
            return Err(CvrError::Order);
        }
        let read = Records { scope, station, device, generation, salt, records };
        // Whatever else the file says, beside what was taken from it, and every other form of it, shows here.
        if canonical::is_text_of(bytes, &read.to_nist()) { Ok(read) } else { Err(CanonicalError::Form.into()) }
    }

    /// The records added up: per contest the ballots by outcome and the votes counted (options without a vote are absent).
    pub fn totals(&self) -> BTreeMap<ContestId, ContestResults> {
        let mut totals: BTreeMap<ContestId, ContestResults> = BTreeMap::new();
        for record in self.records.iter().flat_map(|record| &record.contests) {
            if !totals.contains_key(&record.contest) {
                totals.insert(record.contest.clone(), nothing(&record.contest));
            }
            let total = totals.get_mut(&record.contest).expect("it was put there");
            // A file is far smaller than 2³² records.
            total.ballots += 1;
            match record.outcome {
                Outcome::Valid => total.valid += 1,
                Outcome::Blank => total.blank += 1,
                Outcome::Invalid(_) => total.invalid += 1,
            }
            for option in &record.counted {
                match total.votes.get_mut(option) {
                    Some(votes) => *votes += 1,
                    None => drop(total.votes.insert(option.clone(), 1)),
                }
            }
        }
        totals
    }

    /// Ballots: a voter's sheets, which nothing ties together, are counted once: of each style the number of the sheet most
    /// records are of.
    pub fn ballots(&self) -> usize {
        let mut sheets: BTreeMap<(&StyleId, u8), usize> = BTreeMap::new();
        self.records.iter().for_each(|record| *sheets.entry((&record.style, record.sheet)).or_default() += 1);
        let mut fullest: BTreeMap<&StyleId, usize> = BTreeMap::new();
        for ((style, _), records) in sheets {
            let most = fullest.entry(style).or_default();
            *most = records.max(*most);
        }
        fullest.into_values().sum()
    }

    /// The contests of a zero report with the figures of these records.
    pub fn contests(&self, zero: &StationResults) -> Vec<ContestResults> {
        let mut totals = self.totals();
        let counted = |contest: &ContestResults| match totals.remove(&contest.contest) {
            Some(counted) => {
                let votes = contest.votes.clone().into_iter().chain(counted.votes).collect();
                ContestResults { votes, ..counted }
            }
            None => contest.clone(),
        };
        zero.contests.iter().map(counted).collect()
    }

    /// Where the records do not add up to the results (PK9).
    pub fn differences(&self, results: &StationResults) -> Vec<String> {
        let mut found = Vec::new();
        let identity = (&self.scope, &self.station, &self.device, self.generation);
        if identity != (&results.scope, &results.station, &results.device, results.generation) {
            found.push("they are of another station, device or generation".to_owned());
        }
        if u64::try_from(self.ballots()) != Ok(results.account.cast.into()) {
            found.push(format!("{} ballots, {} in the account", self.ballots(), results.account.cast));
        }
        let mut totals = self.totals();
        for contest in &results.contests {
            let counted = totals.remove(&contest.contest);
            let ballots = counted.as_ref().map_or((0, 0, 0, 0), |c| (c.ballots, c.valid, c.blank, c.invalid));
            let stated = (contest.ballots, contest.valid, contest.blank, contest.invalid);
            if ballots != stated {
                found.push(format!("{}: ballots {ballots:?}, stated {stated:?}", contest.contest));
            }
            let counted = counted.map(|c| c.votes).unwrap_or_default();
            let options: BTreeSet<&OptionId> = contest.votes.keys().chain(counted.keys()).collect();
            for option in options {
                let (a, b) = (counted.get(option).unwrap_or(&0), contest.votes.get(option).unwrap_or(&0));
                if a != b {
                    found.push(format!("{} {option}: {a} votes, stated {b}", contest.contest));
                }
            }
        }
        found.extend(totals.into_keys().map(|contest| format!("{contest}: not in the results")));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example;
    use election::Coded;

    #[test]
    fn records_read_as_they_are_written() {
        let records = example::records();
        let bytes = records.to_bytes();
        assert_eq!(Records::parse(&bytes).unwrap(), records);
        assert_eq!(records.differences(&example::results()), Vec::<String>::new());
        let empty = Records { records: vec![], ..records.clone() };
        assert_eq!(Records::parse(&empty.to_bytes()).unwrap(), empty);
        let blank = Records { records: vec![example::record(Outcome::Blank, &[], &[], true)], ..records };
        assert_eq!(Records::parse(&blank.to_bytes()).unwrap(), blank);
    }

    #[test]
    fn other_files_are_refused() {
        let text = String::from_utf8(example::records().to_bytes()).unwrap();
        let changes = [
            ("\"NumberVotes\":1", "\"NumberVotes\":2"),
            ("\"NumberVotes\":1", "\"NumberVotes\":0"),
            ("\"yes\"", "\"unknown\""),
            ("cor-l1", "cor-L1"),
            ("\"000001\"", "\"000002\""),
            ("s000001", "s000009"),
            ("1970", "2018"),
            ("settled", "seen"),
            ("two_lists", "two lists"),
            ("not-indicated", "other"),
            ("\"1\"", "\"01\""),
            ("round 1", "round 01"),
            ("interpreted", "modified"),
        ];
        for (from, to) in changes {
            assert!(text.contains(from), "{from}");
            let code = Records::parse(text.replacen(from, to, 1).as_bytes()).unwrap_err().code();
            assert!(["cvr.content", "json.form", "cvr.order"].contains(&code), "{from} {code}");
        }
        let mut unsorted = example::records();
        unsorted.records.reverse();
        assert_eq!(Records::parse(&unsorted.to_bytes()).unwrap_err().code(), "cvr.order");
        assert_eq!(Records::parse(b"{}").unwrap_err().code(), "json.content");
    }

    /// A voter of the city has two sheets, one of the village has one. Of four of the city a first sheet stayed at home.
    #[test]
    fn ballots_are_counted_by_the_fullest_sheet_of_each_style() {
        let sheets = [("city", 1, 3), ("city", 2, 4), ("village", 1, 2)];
        let record = |style: &str, sheet| CastVoteRecord { style: style.parse().unwrap(), sheet, contests: vec![] };
        let records = sheets.iter().flat_map(|&(style, sheet, count)| vec![record(style, sheet); count]).collect();
        assert_eq!(Records { records, ..example::records() }.ballots(), 6);
    }

    #[test]
    fn pk9_every_changed_record_is_a_difference() {
        let results = example::results();
        for at in 0..4 {
            let mut records = example::records();
            records.records.remove(at);
            assert!(!records.differences(&results).is_empty(), "without record {at}");
        }
        let mut swapped = example::records();
        let vote = swapped.records.iter_mut().find(|r| r.contests[0].counted.len() == 1).unwrap();
        vote.contests[0].counted = vec!["l1".parse().unwrap()];
        assert_eq!(swapped.differences(&results).len(), 2, "one list more, the other less");
        let other = Records { generation: 2, ..example::records() };
        assert_eq!(other.differences(&results).len(), 1);
    }
}
