//! What a person types from the protocol of a count by hand: a table with a row for each figure. Two people type it apart, and
//! what they typed is compared before anything is signed.

use std::collections::BTreeMap;

use election::{Coded, Definition, Digest, Lang, StationId, fold_digits};
use package::{BallotAccount, ContestResults, Expected};

use super::HandCount;

/// A figure by its contest (empty for the papers of the station) and its name.
type Name = (String, String);

/// The ballots of a contest, as their rows are named.
const BALLOTS: [&str; 4] = ["_ballots", "_valid", "_blank", "_invalid"];

/// The most bytes of a typed table: a contest of 6,000 candidates, with their names.
const MOST_BYTES: usize = 4 << 20;

/// What one person typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed(BTreeMap<Name, Option<u32>>);

/// A figure that two people typed differently.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Disagreement {
    /// The contest; empty for the papers.
    pub contest: String,
    /// The figure.
    pub figure: String,
    /// As the first typed it; none where the cell is empty.
    pub first: Option<u32>,
    /// As the second did.
    pub second: Option<u32>,
}

/// A typed table that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TypedProblem {
    /// No station with a box of its own.
    #[error("there is no station '{0}' with a box of its own")]
    Station(StationId),
    /// Too long, not UTF-8, or without the columns.
    #[error("the table cannot be read: {0}")]
    Table(String),
    /// A row of no figure of the station, or the second of one.
    #[error("line {line}: {what}")]
    Row {
        /// The line, from 1.
        line: u64,
        /// What is wrong.
        what: String,
    },
    /// A figure of which the table says nothing.
    #[error("the row of '{0}' is missing or empty")]
    Missing(String),
}

impl Coded for TypedProblem {
    fn code(&self) -> &'static str {
        match self {
            TypedProblem::Station(_) => "typed.station",
            TypedProblem::Table(_) => "typed.table",
            TypedProblem::Row { .. } => "typed.row",
            TypedProblem::Missing(_) => "typed.missing",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            TypedProblem::Station(_) => "write the id of a station as stations.csv has it",
            _ => {
                "take the empty form anew with `sanad case hand-form`, fill its column 'count', and save it as CSV UTF-8"
            }
        }
    }
}

fn expected(def: &Definition, station: &StationId) -> Result<Expected, TypedProblem> {
    let has_box = def.station(station).is_some_and(|own| own.count_with.is_none());
    Expected::of(def, station).filter(|_| has_box).ok_or_else(|| TypedProblem::Station(station.clone()))
}

/// Every figure of a station in the order of the form.
fn names(expected: &Expected) -> Vec<Name> {
    let papers = BallotAccount::NAMES.map(|figure| (String::new(), figure.to_owned()));
    let contests = expected.contests.iter().flat_map(|own| {
        let options = own.options.keys().map(ToString::to_string);
        let figures = BALLOTS.map(str::to_owned).into_iter().chain(options);
        figures.map(|figure| (own.contest.to_string(), figure))
    });
    papers.into_iter().chain(contests).collect()
}

/// The empty form of a station, as CSV in UTF-8: contest, figure, count, and the name of the list or candidate in `lang`.
///
/// # Errors
///
/// [`TypedProblem::Station`].
pub fn form(def: &Definition, station: &StationId, lang: Lang) -> Result<Vec<u8>, TypedProblem> {
    let expected = expected(def, station)?;
    let mut table = crate::results::Table::new(&["contest", "figure", "count", "name"]);
    for (contest, figure) in names(&expected) {
        let name =
            figure.parse().ok().and_then(|option| def.option_name(&option)).map(|name| name.get(lang).to_owned());
        table.row([contest, figure, String::new(), name.unwrap_or_default()]);
    }
    Ok(table.bytes())
}

/// Reads a filled form; the column of names may say anything. Figures are in 0-9, ٠-٩ or ۰-۹; an empty cell is no figure.
///
/// # Errors
///
/// [`TypedProblem`], the first one.
pub fn read(def: &Definition, station: &StationId, bytes: &[u8]) -> Result<Typed, TypedProblem> {
    let expected = expected(def, station)?;
    let bad = |what: &str| TypedProblem::Table(what.to_owned());
    if bytes.len() > MOST_BYTES {
        return Err(bad("it is larger than any protocol"));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| bad("it is not UTF-8"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let delimiter = if text.lines().next().is_some_and(|line| line.contains(';')) { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|e| bad(&e.to_string()))?.clone();
    let column = |name: &str| header.iter().position(|cell| cell.trim() == name);
    let (Some(contest), Some(figure), Some(count)) = (column("contest"), column("figure"), column("count")) else {
        return Err(bad("its first line does not name the columns contest, figure, count"));
    };
    let known: std::collections::BTreeSet<Name> = names(&expected).into_iter().collect();
    let mut typed = BTreeMap::new();
    for row in reader.records() {
        let row = row.map_err(|e| bad(&e.to_string()))?;
        let line = row.position().map_or(0, csv::Position::line);
        let wrong = |what: String| TypedProblem::Row { line, what };
        let cell = |column: usize| row.get(column).unwrap_or("").trim().to_owned();
        let name = (cell(contest), cell(figure));
        if !known.contains(&name) {
            return Err(wrong(format!("station {station} has no figure '{}' of '{}'", show(&name.1), show(&name.0))));
        }
        let written = fold_digits(&cell(count));
        let figure = match written.as_str() {
            "" => None,
            written => match written.parse::<u32>() {
                Ok(figure) if written.bytes().all(|byte| byte.is_ascii_digit()) => Some(figure),
                _ => return Err(wrong(format!("'{}' is no count", show(written)))),
            },
        };
        if typed.insert(name.clone(), figure).is_some() {
            return Err(wrong(format!("the row of '{}' stands here twice", show(&name.1))));
        }
    }
    Ok(Typed(typed))
}

fn show(text: &str) -> String {
    text.escape_debug().take(60).collect()
}

impl Typed {
    /// Where another typed something else, in the order of contest and figure.
    pub fn disagreements(&self, other: &Typed) -> Vec<Disagreement> {
        let names: std::collections::BTreeSet<&Name> = self.0.keys().chain(other.0.keys()).collect();
        let of = |typed: &Typed, name: &Name| typed.0.get(name).copied().flatten();
        let pairs = names.into_iter().map(|name| (name, of(self, name), of(other, name)));
        let other = pairs.filter(|(_, first, second)| first != second);
        other
            .map(|((contest, figure), first, second)| Disagreement {
                contest: contest.clone(),
                figure: figure.clone(),
                first,
                second,
            })
            .collect()
    }

    /// The leaf of what was typed. Only how many were checked in may be left open; who has no vote needs a 0.
    ///
    /// # Errors
    ///
    /// [`TypedProblem::Missing`], [`TypedProblem::Station`].
    pub fn hand_count(
        &self,
        def: &Definition,
        station: &StationId,
        ordered: Option<Digest>,
        paper: Digest,
    ) -> Result<HandCount, TypedProblem> {
        let expected = expected(def, station)?;
        let figure =
            |contest: &str, figure: &str| self.0.get(&(contest.to_owned(), figure.to_owned())).copied().flatten();
        let needed = |contest: &str, name: &str| {
            let place = || if contest.is_empty() { name.to_owned() } else { format!("{contest} {name}") };
            figure(contest, name).ok_or_else(|| TypedProblem::Missing(place()))
        };
        let paper_count = |name| needed("", name);
        let account = BallotAccount {
            registered: paper_count("registered")?,
            checked_in: figure("", "checked_in"),
            received: paper_count("received")?,
            used: paper_count("used")?,
            spoiled: paper_count("spoiled")?,
            unused: paper_count("unused")?,
            cast: paper_count("cast")?,
            valid: paper_count("valid")?,
            blank: paper_count("blank")?,
            invalid: paper_count("invalid")?,
            unread: paper_count("unread")?,
        };
        let contests = expected.contests.iter().map(|own| {
            let of = |name: &str| needed(own.contest.as_str(), name);
            let [ballots, valid, blank, invalid] = BALLOTS.map(of);
            let votes = own.options.keys().map(|option| Ok((option.clone(), of(option.as_str())?)));
            let votes: BTreeMap<_, u32> = votes.collect::<Result<_, TypedProblem>>()?;
            Ok(ContestResults {
                contest: own.contest.clone(),
                ballots: ballots?,
                valid: valid?,
                blank: blank?,
                invalid: invalid?,
                votes: votes.into_iter().filter(|(_, votes)| *votes > 0).collect(),
            })
        });
        let contests = contests.collect::<Result<_, TypedProblem>>()?;
        Ok(HandCount { station: station.clone(), ordered, account, contests, paper, agrees: None })
    }
}
