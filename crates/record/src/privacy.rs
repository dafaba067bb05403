//! What of single ballots may be published, and what the figures alone tell.
//!
//! Totals are published of every station, because the law says so, also where they tell how somebody voted: of a single
//! ballot, or where all votes are for one list. Cast vote records and pictures are published by the frozen rules alone.
//!
//! A picture that is missing among published ones can be worked out from the totals. So neither what is shown of a
//! contest nor what is hidden of it is ever a group smaller than `privacy.images_from`.

use std::collections::{BTreeMap, BTreeSet};

use election::{ContestId, ContestKind, Definition, OptionId, PrivacyRules, StationId};
use package::cvr::{CastVoteRecord, RecordContest, Records};
use package::{ContestResults, StationResults};
use serde::{Deserialize, Serialize};

use crate::entry::Content;
use crate::fold::{LeafProblem, State};
use crate::results::yes_no;

/// Two officers have looked at the pictures of a station that had ink where none belongs, and say which stay hidden.
/// Nothing is said of what is on them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Redaction {
    /// The station.
    pub station: StationId,
    /// The content whose pictures they are.
    pub content: Content,
    /// By contest the numbers of the pictures that are withheld; those among them that nobody objected to are drawn at
    /// random, so that the others are not known by their number. Empty where all are shown.
    pub withheld: BTreeMap<ContestId, BTreeSet<u32>>,
}

/// The pictures that are withheld of a content, by contest: all leaves about it taken together.
pub type Withheld = BTreeMap<ContestId, BTreeSet<u32>>;

impl State {
    /// Takes a redaction. What one leaf withholds no other brings back, so their order has no meaning.
    pub(crate) fn redaction(&mut self, def: &Definition, redaction: &Redaction) -> Result<(), LeafProblem> {
        let refused = |why| Err(LeafProblem::Redaction(why));
        let from = def.rules.privacy.images_from;
        if from == 0 {
            return refused("no pictures of this election are published: privacy.images_from is 0");
        }
        let place = def.station(&redaction.station);
        let (Some(place), Some(evidence)) = (place, self.evidence.get(&redaction.station)) else {
            return Err(LeafProblem::station(def, &redaction.station));
        };
        if !evidence.imports.iter().any(|import| import.content == redaction.content) {
            return refused("it is about a content that no import has brought");
        }
        let contests: BTreeSet<&ContestId> = def.contests_at(place).map(|contest| &contest.id).collect();
        let before = self.redactions.get(&redaction.content);
        for (contest, numbers) in &redaction.withheld {
            if !contests.contains(contest) || numbers.contains(&0) {
                return refused("it withholds a picture that the station does not have");
            }
            let known = before.and_then(|before| before.get(contest));
            let new = numbers.iter().filter(|number| known.is_none_or(|known| !known.contains(number))).count();
            if new > 0 && new < from as usize {
                return refused(
                    "it withholds fewer pictures than privacy.images_from: the totals would tell what is on them",
                );
            }
        }
        let withheld = self.redactions.entry(redaction.content).or_default();
        for (contest, numbers) in &redaction.withheld {
            withheld.entry(contest.clone()).or_default().extend(numbers);
        }
        Ok(())
    }
}

/// The clause that withholds cast vote records.
pub const RECORDS_CLAUSE: &str = "privacy.cast_vote_records_from";
/// The clause that withholds pictures: too few, or none at all are published.
pub const PICTURES_CLAUSE: &str = "privacy.images_from";
/// Pictures wait for two officers, or are withheld by them.
pub const REDACTION_CLAUSE: &str = "privacy.redaction";
/// The clause of what is never public: whole ballots, raw scores, stray ink, answers, the device's log.
pub const NEVER_CLAUSE: &str = "never_public";

/// Are the cast vote records of a station with so many ballots published?
pub fn shows_records(rules: &PrivacyRules, cast: u32) -> bool {
    rules.cast_vote_records_from > 0 && cast >= rules.cast_vote_records_from
}

/// What is shown of the pictures of one contest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// All but these.
    But(BTreeSet<u32>),
    /// None, by this clause.
    None(&'static str),
}

/// What is shown of `count` pictures of `contest` at a station with `cast` ballots.
pub fn shown(rules: &PrivacyRules, withheld: Option<&Withheld>, cast: u32, contest: &ContestId, count: usize) -> Shown {
    let from = rules.images_from as usize;
    if from == 0 || (cast as usize) < from || count < from {
        return Shown::None(PICTURES_CLAUSE);
    }
    let Some(withheld) = withheld else { return Shown::None(REDACTION_CLAUSE) };
    let of_contest = withheld.get(contest).into_iter().flatten().copied();
    let hidden: BTreeSet<u32> = of_contest.filter(|number| *number as usize <= count).collect();
    match (hidden.len(), count - hidden.len()) {
        (0, _) => Shown::But(hidden),
        (hidden, left) if hidden < from || left < from => Shown::None(REDACTION_CLAUSE),
        _ => Shown::But(hidden),
    }
}

/// How often the same marks were made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Patterns {
    /// Different ones.
    pub different: usize,
    /// Those that one ballot alone has: whoever asked a voter for such a one would find it.
    pub of_one: usize,
}

fn patterns<K: Ord>(all: impl Iterator<Item = K>) -> Patterns {
    let mut counted: BTreeMap<K, usize> = BTreeMap::new();
    all.for_each(|pattern| *counted.entry(pattern).or_default() += 1);
    Patterns { different: counted.len(), of_one: counted.values().filter(|count| **count == 1).count() }
}

/// What the figures of one contest tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ContestLeak {
    /// The contest.
    pub contest: ContestId,
    /// Ballots.
    pub ballots: u64,
    /// Fewer than the rules ask for before anything but totals is published.
    pub small: bool,
    /// All valid votes are for the same: it is known of everybody who voted validly.
    pub unanimous: bool,
    /// The marks in this contest; none where the records are not at hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patterns: Option<Patterns>,
    /// Pictures that are shown and withheld, and the clause of those that are.
    pub pictures: Pictures,
}

/// How many pictures of a contest are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pictures {
    /// Shown.
    pub shown: usize,
    /// Withheld.
    pub withheld: usize,
    /// The clause that withholds them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clause: Option<&'static str>,
}

/// What is published of one content of a station, and what it tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StationLeak {
    /// The folder in the publication.
    pub folder: String,
    /// The station.
    pub station: StationId,
    /// Ballots cast.
    pub ballots: u64,
    /// Fewer than the rules ask for before anything but totals is published.
    pub small: bool,
    /// Ballot styles of which there is one ballot: its totals are a voter's choices.
    pub styles_of_one: usize,
    /// The marks on whole sheets; none where the records are not at hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patterns: Option<Patterns>,
    /// Are its cast vote records published?
    pub records: bool,
    /// Its contests.
    pub contests: Vec<ContestLeak>,
}

/// A station, or what is merged into its box, is small below this many ballots: the larger of the two figures of the
/// rules, and ten where both publish nothing.
pub fn small_below(rules: &PrivacyRules) -> u32 {
    match rules.cast_vote_records_from.max(rules.images_from) {
        0 => 10,
        from => from,
    }
}

/// Are all valid votes for the same list, or the same candidates?
pub fn is_unanimous(def: &Definition, contest: &ContestId, valid: u64, votes: impl Fn(&OptionId) -> u64) -> bool {
    let is_list = def.contest(contest).is_none_or(|c| !matches!(c.kind, ContestKind::Candidates { .. }));
    let lists = def.lists_of(contest).map(|list| OptionId::from(&list.id));
    let candidates = def.candidates_of(contest).map(|candidate| OptionId::from(&candidate.id));
    let options: Vec<OptionId> = if is_list { lists.collect() } else { candidates.collect() };
    valid > 0 && options.iter().map(votes).filter(|votes| *votes > 0).all(|votes| votes == valid)
}

impl StationLeak {
    /// What is told by these figures and records; `pictures` says how many of each contest there are, and
    /// `withheld` what two officers have said of them.
    pub fn of(
        def: &Definition,
        folder: String,
        results: &StationResults,
        records: Option<&Records>,
        pictures: &BTreeMap<ContestId, usize>,
        withheld: Option<&Withheld>,
    ) -> Self {
        let rules = &def.rules.privacy;
        let cast = results.account.cast;
        let small = |ballots: u32| ballots > 0 && ballots < small_below(rules);
        let contest = |figures: &ContestResults| {
            let of = |record: &'_ CastVoteRecord| {
                let own = |c: &&RecordContest| c.contest == figures.contest;
                record.contests.iter().find(own).map(|c| c.marked.clone())
            };
            let votes = |option: &OptionId| u64::from(figures.votes.get(option).copied().unwrap_or(0));
            let count = pictures.get(&figures.contest).copied().unwrap_or(0);
            let pictures = match shown(rules, withheld, cast, &figures.contest, count) {
                Shown::But(hidden) => Pictures {
                    shown: count - hidden.len(),
                    withheld: hidden.len(),
                    clause: (!hidden.is_empty()).then_some(REDACTION_CLAUSE),
                },
                Shown::None(clause) => Pictures { shown: 0, withheld: count, clause: Some(clause) },
            };
            ContestLeak {
                contest: figures.contest.clone(),
                ballots: figures.ballots.into(),
                small: small(figures.ballots),
                unanimous: is_unanimous(def, &figures.contest, figures.valid.into(), votes),
                patterns: records.map(|records| patterns(records.records.iter().filter_map(of))),
                pictures,
            }
        };
        let contests: Vec<ContestLeak> = results.contests.iter().map(contest).collect();
        // A ballot style is a constituency's: all its contests are on it.
        let mut styles: BTreeMap<_, u64> = BTreeMap::new();
        for leak in &contests {
            let place = def.contest(&leak.contest).map(|contest| &contest.constituency);
            let most = styles.entry(place).or_default();
            *most = (*most).max(leak.ballots);
        }
        let whole = |record: &CastVoteRecord| {
            let marks = record.contests.iter().map(|c| (c.contest.clone(), c.marked.clone()));
            (record.style.clone(), record.sheet, marks.collect::<Vec<_>>())
        };
        StationLeak {
            folder,
            station: results.station.clone(),
            ballots: cast.into(),
            small: small(cast),
            styles_of_one: styles.values().filter(|ballots| **ballots == 1).count(),
            patterns: records.map(|records| patterns(records.records.iter().map(whole))),
            records: shows_records(rules, cast),
            contests,
        }
    }
}

/// The columns of `privacy.csv`.
pub const COLUMNS: [&str; 15] = [
    "level",
    "folder",
    "station",
    "constituency",
    "contest",
    "ballots",
    "small",
    "unanimous",
    "styles_of_one",
    "patterns",
    "patterns_of_one",
    "totals",
    "records",
    "pictures_shown",
    "pictures_withheld",
];

/// One row of `privacy.csv`.
pub type Row = [String; COLUMNS.len()];

impl StationLeak {
    /// The rows of a station: itself, then its contests. Totals are published by law, whatever they tell. Patterns are
    /// counted only where the records are published: a figure that nobody else can count again is none to publish, and
    /// of withheld records it would tell something of few.
    pub fn rows(&self, def: &Definition) -> Vec<Row> {
        let figures = |patterns: Option<Patterns>| {
            let patterns = patterns.filter(|_| self.records);
            let of = |get: fn(Patterns) -> usize| patterns.map(|p| get(p).to_string()).unwrap_or_default();
            [of(|p| p.different), of(|p| p.of_one)]
        };
        let records = if self.records { "published" } else { RECORDS_CLAUSE }.to_owned();
        let [different, of_one] = figures(self.patterns);
        let sum = |get: fn(&Pictures) -> usize| self.contests.iter().map(|c| get(&c.pictures)).sum::<usize>();
        let mut rows = vec![[
            "station".to_owned(),
            self.folder.clone(),
            self.station.to_string(),
            String::new(),
            String::new(),
            self.ballots.to_string(),
            yes_no(self.small),
            String::new(),
            self.styles_of_one.to_string(),
            different,
            of_one,
            "law".to_owned(),
            records.clone(),
            sum(|p| p.shown).to_string(),
            sum(|p| p.withheld).to_string(),
        ]];
        rows.extend(self.contests.iter().map(|leak| {
            let [different, of_one] = figures(leak.patterns);
            [
                "contest".to_owned(),
                self.folder.clone(),
                self.station.to_string(),
                def.contest(&leak.contest).map(|c| c.constituency.to_string()).unwrap_or_default(),
                leak.contest.to_string(),
                leak.ballots.to_string(),
                yes_no(leak.small),
                yes_no(leak.unanimous),
                String::new(),
                different,
                of_one,
                "law".to_owned(),
                records.clone(),
                leak.pictures.shown.to_string(),
                leak.pictures.withheld.to_string(),
            ]
        }));
        rows
    }
}

/// The row of a contest in its whole constituency.
pub fn constituency_row(def: &Definition, contest: &ContestId, totals: &tally::ContestTotals) -> Row {
    let votes = |option: &OptionId| totals.votes.get(option).copied().unwrap_or(0);
    let small = totals.ballots > 0 && totals.ballots < small_below(&def.rules.privacy).into();
    let constituency = def.contest(contest).map(|c| c.constituency.to_string()).unwrap_or_default();
    let unanimous = is_unanimous(def, contest, totals.valid, votes);
    let mut row: Row = Default::default();
    row[0] = "constituency".to_owned();
    row[3] = constituency;
    row[4] = contest.to_string();
    row[5] = totals.ballots.to_string();
    row[6] = yes_no(small);
    row[7] = yes_no(unanimous);
    row[11] = "law".to_owned();
    row
}

/// `privacy.csv`: what is told of few, by station, contest and constituency. It counts patterns and shows none.
pub fn table(rows: impl IntoIterator<Item = Row>) -> Vec<u8> {
    let mut table = crate::results::Table::new(&COLUMNS);
    rows.into_iter().for_each(|row| table.row(row));
    table.bytes()
}
