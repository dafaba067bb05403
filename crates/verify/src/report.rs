//! What a verification found: a verdict, and under it every check with its figures and places.

use election::Digest;
use record::Freshness;
use serde::{Serialize, Serializer};

use crate::folder::Strays;
use crate::table::CheckId;

/// Whether something holds. The order is that of weight: fail beats incomplete beats pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Everything was checked and holds.
    Pass,
    /// Nothing contradicts, but something that is needed to say so is not there.
    Incomplete,
    /// Something does not hold.
    Fail,
}

impl Verdict {
    /// The exit code of the command: 0, 3 or 1.
    pub fn exit_code(self) -> u8 {
        match self {
            Verdict::Pass => 0,
            Verdict::Fail => 1,
            Verdict::Incomplete => 3,
        }
    }
}

/// What is the matter with a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Matter {
    /// It does not hold.
    Failed,
    /// It is not there, so nothing can be said.
    Missing,
    /// It is absent, and the record says so: that holds.
    Recorded,
    /// It is withheld, and the rules say so: that holds.
    Withheld,
    /// It says nothing of this publication, such as a slip of another election: that proves nothing either way.
    Aside,
}

/// One place and what is to be said of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Detail {
    /// What is the matter.
    pub matter: Matter,
    /// The file, leaf or station.
    pub place: String,
    /// The sentence.
    pub what: String,
    /// The stable reason code.
    pub code: String,
}

/// The most details that one check keeps of each matter; beyond them it counts on.
pub const MOST_DETAILS: usize = 1_000;

/// The most characters of one sentence; hostile input is quoted, never at length.
const MOST_CHARACTERS: usize = 400;

/// One numbered check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Which.
    pub id: CheckId,
    /// Things looked at, whatever came of it.
    pub checked: u64,
    /// Of these, those that do not hold.
    pub failed: u64,
    /// Things that are not there to be looked at.
    pub missing: u64,
    /// Things that the record says are absent.
    pub recorded: u64,
    /// Things that the rules withhold.
    pub withheld: u64,
    /// Things that were brought and say nothing of this publication.
    pub aside: u64,
    /// The places, the first [`MOST_DETAILS`] of each matter.
    pub detail: Vec<Detail>,
}

impl Check {
    /// A check of which nothing has been done.
    pub fn new(id: CheckId) -> Self {
        Check { id, checked: 0, failed: 0, missing: 0, recorded: 0, withheld: 0, aside: 0, detail: Vec::new() }
    }

    /// One thing was looked at and holds.
    pub fn holds(&mut self) {
        self.checked += 1;
    }

    /// One thing was looked at and does not hold.
    pub fn fails(&mut self, place: impl ToString, code: &str, what: impl ToString) {
        self.checked += 1;
        self.failed += 1;
        self.tell(Matter::Failed, self.failed, place, code, what);
    }

    /// One thing is not there to be looked at.
    pub fn misses(&mut self, place: impl ToString, code: &str, what: impl ToString) {
        self.missing += 1;
        self.tell(Matter::Missing, self.missing, place, code, what);
    }

    /// None of these holds; those beyond the first are counted.
    pub fn fails_all(&mut self, strays: &Strays) {
        strays.first.iter().for_each(|stray| self.fails(&stray.path, stray.code, &stray.what));
        let rest = strays.count - strays.first.len() as u64;
        (self.checked, self.failed) = (self.checked + rest, self.failed + rest);
    }

    /// None of these is there to be looked at; those beyond the first are counted.
    pub fn misses_all(&mut self, strays: &Strays) {
        strays.first.iter().for_each(|stray| self.misses(&stray.path, stray.code, &stray.what));
        self.missing += strays.count - strays.first.len() as u64;
    }

    /// One thing is absent, and the record says so.
    pub fn records(&mut self, place: impl ToString, code: &str, what: impl ToString) {
        self.recorded += 1;
        self.tell(Matter::Recorded, self.recorded, place, code, what);
    }

    /// One thing is withheld, and the rules say so.
    pub fn withholds(&mut self, place: impl ToString, code: &str, what: impl ToString) {
        self.withheld += 1;
        self.tell(Matter::Withheld, self.withheld, place, code, what);
    }

    /// One thing was brought that says nothing of this publication.
    pub fn sets_aside(&mut self, place: impl ToString, code: &str, what: impl ToString) {
        self.aside += 1;
        self.tell(Matter::Aside, self.aside, place, code, what);
    }

    /// Holds if `yes`, else fails.
    pub fn expect(&mut self, yes: bool, place: impl ToString, code: &str, what: impl FnOnce() -> String) -> bool {
        if yes {
            self.holds();
        } else {
            self.fails(place, code, what());
        }
        yes
    }

    /// Adds what another run of the same check found.
    pub fn join(&mut self, other: Check) {
        self.checked += other.checked;
        self.failed += other.failed;
        self.missing += other.missing;
        self.recorded += other.recorded;
        self.withheld += other.withheld;
        self.aside += other.aside;
        self.detail.extend(other.detail);
        // The first of all are among the first of each part.
        if self.detail.len() > 10 * MOST_DETAILS {
            self.keep_first();
        }
    }

    fn tell(&mut self, matter: Matter, so_far: u64, place: impl ToString, code: &str, what: impl ToString) {
        if so_far <= MOST_DETAILS as u64 {
            let detail = Detail { matter, place: plain(&place), what: plain(&what), code: code.to_owned() };
            self.detail.push(detail);
        }
    }

    /// Sorts the places and keeps the first of each matter, so that the same input gives the same report.
    fn settle(mut self) -> Self {
        self.keep_first();
        self
    }

    fn keep_first(&mut self) {
        self.detail.sort();
        let mut kept = [0usize; 5];
        self.detail.retain(|detail| {
            kept[detail.matter as usize] += 1;
            kept[detail.matter as usize] <= MOST_DETAILS
        });
    }

    /// A check that looked at nothing proves nothing: it is incomplete, never pass.
    pub fn verdict(&self) -> Verdict {
        match self {
            Check { failed: 1.., .. } => Verdict::Fail,
            Check { missing: 1.., .. } | Check { checked: 0, recorded: 0, withheld: 0, .. } => Verdict::Incomplete,
            _ => Verdict::Pass,
        }
    }
}

/// Text for people and terminals: control and direction-changing characters escaped, and bounded.
pub fn plain(text: &impl ToString) -> String {
    let mut shown = String::new();
    for (count, c) in text.to_string().chars().enumerate() {
        if count == MOST_CHARACTERS {
            shown.push('…');
            break;
        }
        match c {
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {
                shown.extend(c.escape_unicode())
            }
            c if c.is_control() => shown.extend(c.escape_default()),
            c => shown.push(c),
        }
    }
    shown
}

#[derive(Serialize)]
struct CheckJson<'a> {
    id: &'static str,
    title: &'static str,
    verdict: Verdict,
    checked: u64,
    failed: u64,
    missing: u64,
    recorded: u64,
    withheld: u64,
    aside: u64,
    detail: &'a [Detail],
}

impl Serialize for Check {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        CheckJson {
            id: self.id.code(),
            title: self.id.title().en,
            verdict: self.verdict(),
            checked: self.checked,
            failed: self.failed,
            missing: self.missing,
            recorded: self.recorded,
            withheld: self.withheld,
            aside: self.aside,
            detail: &self.detail,
        }
        .serialize(serializer)
    }
}

/// The root of trust: what the caller pinned, and what the publication has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Root {
    /// The election fingerprint that the caller knows from paper: the gazette, a ballot or a slip.
    pub pinned: Option<Digest>,
    /// The SHA-256 of the record's leaf 0, where it can be read.
    pub fingerprint: Option<Digest>,
}

/// What a verification found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The verdict over all checks.
    pub verdict: Verdict,
    /// The root of trust.
    pub root: Root,
    /// How old the record is, for who has a clock and where witnesses have seen it.
    pub freshness: Option<Freshness>,
    /// The checks, by number.
    pub checks: Vec<Check>,
}

impl Report {
    /// Sums up. Without a pinned root the verdict is at best incomplete.
    pub fn of(root: Root, checks: Vec<Check>) -> Self {
        let mut checks: Vec<Check> = checks.into_iter().map(Check::settle).collect();
        checks.sort_by_key(|check| check.id);
        let least = if root.pinned.is_some() { Verdict::Pass } else { Verdict::Incomplete };
        let verdict = checks.iter().map(Check::verdict).fold(least, Verdict::max);
        let verdict = if checks.is_empty() { verdict.max(Verdict::Incomplete) } else { verdict };
        Report { verdict, root, freshness: None, checks }
    }

    /// The check `code`, if it was run.
    pub fn check(&self, code: &str) -> Option<&Check> {
        self.checks.iter().find(|check| check.id.code() == code)
    }
}
