//! `cvr.json`: cast vote records as NIST SP 1500-103 (version 1.0.0) writes them in JSON.
//!
//! Ids are joined with `.`, which no id of Sanad contains: `c.CONTEST`, `c.CONTEST.OPTION`,
//! `s.STATION`, `d.DEVICE`, `e.ELECTION`, and a record's snapshots `r.000001.original` and
//! `r.000001.modified`. A mark that counts has `HasIndication` *yes*, one in doubt *unknown*.
//! Where people settled a doubt the record keeps both snapshots, and each person's
//! answer is an annotation. The salt is in `Notes`, as `salt HEX`: with it, nobody can try out
//! what a withheld file might say. A record has no time; `GeneratedDate` is the close.

use std::collections::{BTreeMap, BTreeSet};

use election::{ContestId, ContestKind, Definition, DeviceId, OptionId, PersonId, StationId};
use serde::{Deserialize, Serialize};
use tally::{InvalidReason, SetAside, Vote};

use crate::record::{ContestMarks, Reading};

/// A cast vote record report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CastVoteRecords {
    #[serde(rename = "@type")]
    kind: ReportKind,
    /// `1.0.0`.
    #[serde(rename = "Version")]
    pub version: String,
    /// The device's clock at the close; untrusted.
    #[serde(rename = "GeneratedDate")]
    pub generated: String,
    /// `salt ` and 64 hex digits.
    #[serde(rename = "Notes")]
    pub notes: String,
    #[serde(rename = "ReportType")]
    report_type: Vec<String>,
    #[serde(rename = "ReportGeneratingDeviceIds")]
    devices: Vec<String>,
    #[serde(rename = "ReportingDevice")]
    reporting: Vec<ReportingDevice>,
    #[serde(rename = "GpUnit")]
    units: Vec<Unit>,
    #[serde(rename = "Election")]
    elections: Vec<Election>,
    /// The records, sorted by content and numbered after the sort.
    #[serde(rename = "CVR")]
    pub records: Vec<CastVoteRecord>,
}

/// Makes the one-word types of `@type`.
macro_rules! kinds {
    ($($name:ident = $word:literal;)*) => {$(
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        enum $name { #[default] #[serde(rename = $word)] Only }
    )*};
}

kinds! {
    ReportKind = "CVR.CastVoteRecordReport";
    DeviceKind = "CVR.ReportingDevice";
    UnitKind = "CVR.GpUnit";
    ElectionKind = "CVR.Election";
    ContestKindWord = "CVR.Contest";
    SelectionKind = "CVR.ContestSelection";
    RecordKind = "CVR.CVR";
    SnapshotKind = "CVR.CVRSnapshot";
    RecordContestKind = "CVR.CVRContest";
    RecordSelectionKind = "CVR.CVRContestSelection";
    PositionKind = "CVR.SelectionPosition";
    AnnotationKind = "CVR.Annotation";
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReportingDevice {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    kind: DeviceKind,
    #[serde(rename = "Application")]
    application: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Unit {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    kind: UnitKind,
    #[serde(rename = "Type")]
    unit: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Election {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    kind: ElectionKind,
    #[serde(rename = "ElectionScopeId")]
    scope: String,
    #[serde(rename = "Contest")]
    contests: Vec<Contest>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Contest {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    kind: ContestKindWord,
    #[serde(rename = "VoteVariation")]
    variation: String,
    #[serde(rename = "ContestSelection")]
    selections: Vec<Selection>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Selection {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    kind: SelectionKind,
}

/// What one sheet says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CastVoteRecord {
    #[serde(rename = "@type")]
    kind: RecordKind,
    /// The number after the sort, six digits from `000001`: the images bear it too.
    #[serde(rename = "UniqueId")]
    pub number: String,
    #[serde(rename = "ElectionId")]
    election: String,
    /// The style.
    #[serde(rename = "BallotStyleId")]
    pub style: String,
    /// The sheet of the style.
    #[serde(rename = "BallotSheetId")]
    pub sheet: String,
    /// The snapshot that counts.
    #[serde(rename = "CurrentSnapshotId")]
    pub current: String,
    /// As read, and as settled where people had to look.
    #[serde(rename = "CVRSnapshot")]
    pub snapshots: Vec<Snapshot>,
}

/// One state of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    /// Its id.
    #[serde(rename = "@id")]
    pub id: String,
    #[serde(rename = "@type")]
    kind: SnapshotKind,
    /// `original` or `modified`.
    #[serde(rename = "Type")]
    pub state: String,
    #[serde(rename = "Status", default, skip_serializing_if = "Vec::is_empty")]
    status: Vec<String>,
    /// People's answers.
    #[serde(rename = "Annotation", default, skip_serializing_if = "Vec::is_empty")]
    pub annotations: Vec<Annotation>,
    /// The contests of the sheet.
    #[serde(rename = "CVRContest")]
    pub contests: Vec<RecordContest>,
}

/// What one person answered about the doubtful marks of a contest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Annotation {
    #[serde(rename = "@type")]
    kind: AnnotationKind,
    /// The person.
    #[serde(rename = "AdjudicatorName")]
    pub person: Vec<String>,
    /// The selections that the person holds to be marked, after the contest: `c.CONTEST: c.CONTEST.OPTION …`.
    #[serde(rename = "Message")]
    pub message: Vec<String>,
}

/// One contest of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordContest {
    #[serde(rename = "@type")]
    kind: RecordContestKind,
    /// `c.CONTEST`.
    #[serde(rename = "ContestId")]
    pub contest: String,
    #[serde(rename = "Status", default, skip_serializing_if = "Vec::is_empty")]
    status: Vec<String>,
    /// The options with ink: sure marks and doubtful ones, sorted.
    #[serde(rename = "CVRContestSelection", default, skip_serializing_if = "Vec::is_empty")]
    pub selections: Vec<RecordSelection>,
}

/// One option of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordSelection {
    #[serde(rename = "@type")]
    kind: RecordSelectionKind,
    /// `c.CONTEST.OPTION`.
    #[serde(rename = "ContestSelectionId")]
    pub selection: String,
    /// Always one.
    #[serde(rename = "SelectionPosition")]
    pub positions: Vec<Position>,
}

/// The mark of one option.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Position {
    #[serde(rename = "@type")]
    kind: PositionKind,
    /// `yes`, `no` or `unknown`.
    #[serde(rename = "HasIndication")]
    pub indication: String,
    /// The votes it is worth by the rules: 0 or 1.
    #[serde(rename = "NumberVotes")]
    pub votes: u8,
    #[serde(rename = "Status", default, skip_serializing_if = "Vec::is_empty")]
    status: Vec<String>,
}

/// One sheet in its place after the sort.
pub(crate) struct Item<'a> {
    pub reading: &'a Reading,
    /// The marks that count, by contest of the reading.
    pub marks: &'a [Vec<OptionId>],
    /// The answers of people, by contest.
    pub answers: BTreeMap<&'a ContestId, &'a BTreeMap<PersonId, BTreeSet<OptionId>>>,
}

/// What the report says besides the records.
pub(crate) struct Heading<'a> {
    pub station: &'a StationId,
    pub device: &'a DeviceId,
    pub contests: &'a [&'a election::Contest],
    pub generated: String,
    pub salt: &'a str,
    pub build: &'a str,
}

/// Writes the report of sheets that are sorted already.
pub(crate) fn report(definition: &Definition, heading: &Heading<'_>, items: &[Item<'_>]) -> CastVoteRecords {
    let election = format!("e.{}", definition.scope.election);
    let station = format!("s.{}", heading.station);
    let device = format!("d.{}", heading.device);
    let contests = heading.contests.iter().map(|contest| Contest {
        id: format!("c.{}", contest.id),
        kind: Default::default(),
        variation: match contest.kind {
            ContestKind::OpenList | ContestKind::ClosedList => "proportional",
            ContestKind::Candidates { vote_for: 1 } => "plurality",
            ContestKind::Candidates { .. } => "n-of-m",
        }
        .into(),
        selections: (definition.options_of(contest).iter())
            .map(|option| Selection { id: selection(&contest.id, option), kind: Default::default() })
            .collect(),
    });
    let number = |(index, item)| record(definition, &election, index + 1, item);
    CastVoteRecords {
        kind: Default::default(),
        version: "1.0.0".into(),
        generated: heading.generated.clone(),
        notes: format!("salt {}", heading.salt),
        report_type: vec!["originating-device-export".into()],
        devices: vec![device.clone()],
        reporting: vec![ReportingDevice {
            id: device,
            kind: Default::default(),
            application: format!("sanad {}", heading.build),
        }],
        units: vec![Unit { id: station.clone(), kind: Default::default(), unit: "polling-place".into() }],
        elections: vec![Election {
            id: election.clone(),
            kind: Default::default(),
            scope: station,
            contests: contests.collect(),
        }],
        records: items.iter().enumerate().map(number).collect(),
    }
}

fn selection(contest: &ContestId, option: &OptionId) -> String {
    format!("c.{contest}.{option}")
}

fn record(definition: &Definition, election: &str, number: usize, item: &Item<'_>) -> CastVoteRecord {
    let number = format!("{number:06}");
    let doubtful = item.reading.contests.iter().any(|read| !read.ambiguous.is_empty());
    let snapshot = |state: &str, status: Vec<String>, annotations, contests| Snapshot {
        id: format!("r.{number}.{state}"),
        kind: Default::default(),
        state: state.into(),
        status,
        annotations,
        contests,
    };
    let as_read = item.reading.contests.iter().map(|read| contest(definition, read, &read.marked, false)).collect();
    let needs = doubtful.then(|| "needs-adjudication".into()).into_iter().collect();
    let mut snapshots = vec![snapshot("original", needs, Vec::new(), as_read)];
    if doubtful {
        let settled = (item.reading.contests.iter().zip(item.marks))
            .map(|(read, marks)| contest(definition, read, marks, true))
            .collect();
        snapshots.push(snapshot("modified", Vec::new(), annotations(item), settled));
    }
    CastVoteRecord {
        kind: Default::default(),
        election: election.into(),
        style: item.reading.style.to_string(),
        sheet: item.reading.sheet.to_string(),
        current: snapshots.last().map(|snapshot| snapshot.id.clone()).unwrap_or_default(),
        snapshots,
        number,
    }
}

fn annotations(item: &Item<'_>) -> Vec<Annotation> {
    let mut annotations = Vec::new();
    for (contest, answers) in &item.answers {
        for (person, marked) in *answers {
            let marked: Vec<String> = marked.iter().map(|option| selection(contest, option)).collect();
            annotations.push(Annotation {
                kind: Default::default(),
                person: vec![person.to_string()],
                message: vec![format!("c.{contest}: {}", marked.join(" ")).trim_end().to_owned()],
            });
        }
    }
    annotations
}

/// One contest: `marks` count; the doubtful rest is *unknown* as read and *no* once settled.
fn contest(definition: &Definition, read: &ContestMarks, marks: &[OptionId], settled: bool) -> RecordContest {
    let kind = definition.contest(&read.contest);
    let open = !settled && !read.ambiguous.is_empty();
    let worth = kind.filter(|_| !open).map(|contest| tally::vote(definition, contest, marks));
    let all: BTreeSet<&OptionId> = marks.iter().chain(&read.ambiguous).collect();
    let selections = all.into_iter().map(|option| {
        let (marked, doubted) = (marks.contains(option), read.ambiguous.contains(option));
        RecordSelection {
            kind: Default::default(),
            selection: selection(&read.contest, option),
            positions: vec![Position {
                kind: Default::default(),
                indication: match (marked, open) {
                    (true, _) => "yes",
                    (false, true) => "unknown",
                    (false, false) => "no",
                }
                .into(),
                votes: (marked && worth.as_ref().is_some_and(|vote| counts(option, vote))).into(),
                status: (settled && doubted).then(|| "adjudicated".into()).into_iter().collect(),
            }],
        }
    });
    let status: &[&str] = match &worth {
        Some(Vote::Blank) => &["not-indicated"],
        Some(Vote::Invalid(InvalidReason::TwoLists | InvalidReason::Overvote)) => &["overvoted", "invalidated-rules"],
        Some(Vote::Invalid(_)) => &["invalidated-rules"],
        _ => &[],
    };
    RecordContest {
        kind: Default::default(),
        contest: format!("c.{}", read.contest),
        status: status.iter().map(|&word| word.into()).collect(),
        selections: selections.collect(),
    }
}

/// Does a vote give this marked option its one vote?
fn counts(option: &OptionId, vote: &Vote) -> bool {
    match vote {
        Vote::Blank | Vote::Invalid(_) => false,
        Vote::Candidates(chosen) => chosen.iter().any(|candidate| candidate.as_str() == option.as_str()),
        Vote::List { list, candidate, set_aside } => {
            let personal = candidate.is_some() || matches!(set_aside, Some(SetAside::Withdrawn(_)));
            list.as_str() == option.as_str() || personal && option.as_number().is_some()
        }
    }
}
