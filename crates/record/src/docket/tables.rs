//! The files of `docket/` in a publication: the register of complaints and appeals, what is open and what it could change,
//! and what each version changed.

use election::{Coded, Definition};

use super::changes::changes;
use super::hand;
use super::{Against, Docket, Form, Matter, Ruled, materiality, ratification, succession};
use crate::fold::{FoldError, State};
use crate::frozen::Frozen;
use crate::outcome::{Figures, Outcome, OutcomeError};
use crate::results::{Files, Table, joined, or_empty, yes_no};

/// The folder of the files in a publication.
pub const FOLDER: &str = "docket/";

/// The names of all files.
pub const NAMES: [&str; 14] = [
    "appeals.csv",
    "certifications.csv",
    "changes.csv",
    "complaints.csv",
    "hand_counts.csv",
    "hand_differences.csv",
    "materiality.csv",
    "open.csv",
    "ratifications.csv",
    "recounts.csv",
    "revocations.csv",
    "rulings.csv",
    "sub_judice.csv",
    "successions.csv",
];

/// All files, by their path in a publication. `versions` are the outcomes of all announcements, the first one first.
///
/// # Errors
///
/// [`tally::TotalsError`] where a sum is beyond 64 bits.
pub fn files(
    def: &Definition,
    state: &State,
    outcome: &Outcome,
    figures: &Figures,
    versions: &[Outcome],
) -> Result<Files, tally::TotalsError> {
    let tables = [
        appeals(def, state),
        certifications(state),
        changed(def, versions),
        complaints(def, state),
        hand::counts(state, outcome),
        hand::differences(def, state, figures),
        material(def, state, outcome, figures)?,
        open(def, state, outcome),
        ratification::table(state, versions),
        hand::recounts(state),
        revocations(state),
        rulings(state),
        sub_judice(def, state, outcome, figures)?,
        succession::table(state),
    ];
    Ok(NAMES.into_iter().zip(tables).map(|(name, table)| (format!("{FOLDER}{name}"), table.bytes())).collect())
}

/// The files that follow from the record alone, without any figure.
pub fn registers(def: &Definition, state: &State) -> Files {
    let tables = [
        ("appeals.csv", appeals(def, state)),
        ("certifications.csv", certifications(state)),
        ("complaints.csv", complaints(def, state)),
        ("recounts.csv", hand::recounts(state)),
        ("revocations.csv", revocations(state)),
        ("rulings.csv", rulings(state)),
        ("successions.csv", succession::table(state)),
    ];
    tables.into_iter().map(|(name, table)| (format!("{FOLDER}{name}"), table.bytes())).collect()
}

/// An earlier version that cannot be worked out again.
#[derive(Debug, thiserror::Error)]
pub enum VersionsError {
    /// Its leaves do not hold.
    #[error(transparent)]
    Fold(#[from] FoldError),
    /// Its figures do not.
    #[error(transparent)]
    Outcome(#[from] OutcomeError),
}

impl Coded for VersionsError {
    fn code(&self) -> &'static str {
        match self {
            VersionsError::Fold(e) => e.code(),
            VersionsError::Outcome(e) => e.code(),
        }
    }

    fn next(&self) -> &'static str {
        match self {
            VersionsError::Fold(e) => e.next(),
            VersionsError::Outcome(e) => e.next(),
        }
    }
}

/// The outcome of each announcement, the first one first: the tally is a function of the leaves, and is replayed up to each.
/// `latest` is that of the last one.
///
/// # Errors
///
/// [`VersionsError`].
pub fn versions<L: AsRef<[u8]> + Sync>(
    frozen: &Frozen,
    leaves: &[L],
    state: &State,
    latest: &Outcome,
    figures: &Figures,
) -> Result<Vec<Outcome>, VersionsError> {
    let Some((_, earlier)) = state.announcements.split_last() else { return Ok(Vec::new()) };
    let (mut all, mut reached) = (Vec::new(), None::<State>);
    for (index, _) in earlier {
        // The next version begins where the one before it ended.
        let now = match reached.take() {
            Some(mut state) => {
                let more = before(leaves, *index).get(usize::try_from(state.size).unwrap_or(usize::MAX)..);
                state.apply_all(frozen, more.unwrap_or_default())?;
                state
            }
            None => State::fold(frozen, before(leaves, *index))?,
        };
        all.push(Outcome::of(&frozen.definition, &now, figures)?);
        reached = Some(now);
    }
    all.push(latest.clone());
    Ok(all)
}

/// The leaves before `index`.
fn before<L>(leaves: &[L], index: u64) -> &[L] {
    leaves.get(..usize::try_from(index).unwrap_or(usize::MAX)).unwrap_or(leaves)
}

/// The outcome that the last certification certifies, whatever came after it; none where nothing is certified.
///
/// # Errors
///
/// [`VersionsError`].
pub fn certified<L: AsRef<[u8]> + Sync>(
    frozen: &Frozen,
    leaves: &[L],
    state: &State,
    figures: &Figures,
) -> Result<Option<Outcome>, VersionsError> {
    let Some(last) = state.docket.certifications.last() else { return Ok(None) };
    let announced = state.announcements.iter().find(|(_, own)| own.version == last.version);
    let Some((index, _)) = announced else { return Ok(None) };
    let state = State::fold(frozen, before(leaves, *index))?;
    Ok(Some(Outcome::of(&frozen.definition, &state, figures)?))
}

/// Whoever filed it, what they said and what lies behind it: seven cells.
fn form(form: &Form) -> [String; 7] {
    [
        form.capacity.as_str().to_owned(),
        or_empty(form.party.as_ref()),
        form.ground.clone(),
        form.redacted.join("; "),
        form.paper.to_string(),
        or_empty(form.sealed),
        form.filed.to_string(),
    ]
}

const FORM: [&str; 7] = ["capacity", "party", "ground", "redacted", "paper", "sealed", "filed"];

/// A complaint each, by its number.
fn complaints(def: &Definition, state: &State) -> Table {
    let before = ["case", "about", "subject"];
    let after = [
        "until",
        "stage",
        "inadmissible",
        "duplicate_of",
        "class",
        "class_reason",
        "class_basis",
        "verdict",
        "verdict_reason",
        "verdict_basis",
        "served",
        "orders",
    ];
    let mut table = Table::new(&[&before[..], &FORM, &after].concat());
    let until = Docket::complaint_until(def);
    for (id, case) in &state.docket.complaints {
        let (about, subject) = case.complaint.about.told();
        let found = state.docket.inadmissible(def, &case.complaint);
        let duplicate = match &found {
            Some(super::Inadmissible::Duplicate(of)) => of.to_string(),
            _ => String::new(),
        };
        let class = case.classification.as_ref().map(|(_, own)| own);
        let resolution = case.resolution.as_ref().map(|(_, own)| own);
        let mut row = vec![id.to_string(), about.to_owned(), subject.to_owned()];
        row.extend(form(&case.complaint.form));
        row.extend([
            or_empty(until),
            state.docket.stage(def, case).as_str().to_owned(),
            or_empty(found.map(|found| found.as_str())),
            duplicate,
            or_empty(class.map(|own| own.class.as_str())),
            or_empty(class.map(|own| own.reason.as_str())),
            or_empty(class.map(|own| own.basis.as_str())),
            or_empty(resolution.map(|own| own.verdict.as_str())),
            or_empty(resolution.map(|own| own.reason.as_str())),
            or_empty(resolution.map(|own| own.basis.as_str())),
            or_empty(resolution.map(|own| own.served)),
            joined(resolution.into_iter().flat_map(|own| &own.orders)),
        ]);
        table.row(row);
    }
    table
}

/// An appeal each, by its number.
fn appeals(def: &Definition, state: &State) -> Table {
    let before = ["case", "against", "subject", "served"];
    let after = ["until", "late", "due", "ruled", "court", "number", "dated", "in_time"];
    let mut table = Table::new(&[&before[..], &FORM, &after].concat());
    for (id, case) in &state.docket.appeals {
        let appeal = &case.appeal;
        let (against, subject) = match &appeal.against {
            Against::Resolution(case) => ("resolution", case.to_string()),
            Against::Announcement(version) => ("announcement", version.to_string()),
        };
        let until = Docket::appeal_until(def, appeal.served);
        let due = Docket::ruling_until(def, appeal.form.filed);
        let ruling = state.docket.ruling_upon(case).map(|(_, ruling)| ruling);
        let in_time = ruling.zip(due).map(|(ruling, due)| yes_no(ruling.dated.0 <= due.day()));
        let mut row = vec![id.to_string(), against.to_owned(), subject, appeal.served.to_string()];
        row.extend(form(&appeal.form));
        row.extend([
            or_empty(until),
            or_empty(until.map(|until| yes_no(appeal.form.filed > until))),
            or_empty(due),
            or_empty(ruling.map(|ruling| ruling.ruled.as_str())),
            or_empty(ruling.map(|ruling| ruling.court.as_str())),
            or_empty(ruling.map(|ruling| ruling.number.as_str())),
            or_empty(ruling.map(|ruling| ruling.dated)),
            or_empty(in_time),
        ]);
        table.row(row);
    }
    table
}

/// A ruling each, by date, court and number.
fn rulings(state: &State) -> Table {
    let columns = ["leaf", "court", "rank", "number", "dated", "served", "paper", "about", "ruled", "what", "stands"];
    let mut table = Table::new(&columns);
    for (leaf, own) in state.docket.rulings_in_order() {
        let (what, stands) = match &own.ruled {
            Ruled::Granted | Ruled::Dismissed => (String::new(), String::new()),
            Ruled::Stays(stay) => (stay.as_str().to_owned(), yes_no(state.docket.injunctions.contains_key(leaf))),
            Ruled::Lifts(stay) => (stay.to_string(), String::new()),
            Ruled::Permits(matters) => (joined(matters), String::new()),
        };
        table.row([
            leaf.to_string(),
            own.court.clone(),
            own.rank.to_string(),
            own.number.clone(),
            own.dated.to_string(),
            own.served.to_string(),
            own.paper.to_string(),
            joined(&own.about),
            own.ruled.as_str().to_owned(),
            what,
            stands,
        ]);
    }
    table
}

/// A certification each, the first one first.
fn certifications(state: &State) -> Table {
    let mut table = Table::new(&["number", "version", "results", "despite"]);
    for own in &state.docket.certifications {
        table.row([own.number.to_string(), own.version.to_string(), own.results.to_string(), or_empty(own.despite)]);
    }
    table
}

fn revocations(state: &State) -> Table {
    let mut table = Table::new(&["person", "reason", "basis"]);
    for own in state.docket.revoked.values() {
        table.row([own.person.to_string(), own.reason.clone(), own.basis.clone()]);
    }
    table
}

/// An open matter each; of those about a station, its standing and the most ballots it may hold.
fn open(def: &Definition, state: &State, outcome: &Outcome) -> Table {
    let mut table = Table::new(&["matter", "name", "station", "standing", "counted", "at_stake"]);
    for matter in state.open_matters(def) {
        let (kind, name) = match &matter {
            Matter::Complaint(case) => ("complaint", case.to_string()),
            Matter::Appeal(case) => ("appeal", case.to_string()),
            Matter::Injunction(leaf) => ("injunction", leaf.to_string()),
            Matter::Station(station) => ("station", station.to_string()),
            Matter::Recount(station) => ("recount", station.to_string()),
        };
        let station = materiality::station_of(state, def, &matter);
        let own = station.and_then(|id| outcome.stations.get(id));
        let bound = station.and_then(|id| outcome.registers.bounds.get(id));
        table.row([
            kind.to_owned(),
            name,
            or_empty(station),
            or_empty(own.map(|own| own.standing.as_str())),
            or_empty(own.map(|own| yes_no(own.counted.is_some()))),
            or_empty(bound.map(|bound| bound.figure)),
        ]);
    }
    table
}

/// A contest each: what the stations that something is open about could do to it.
fn material(
    def: &Definition,
    state: &State,
    outcome: &Outcome,
    figures: &Figures,
) -> Result<Table, tally::TotalsError> {
    let columns =
        ["contest", "stations", "undisputed", "at_stake", "first", "second", "lead", "decided", "seats", "sure"];
    let mut table = Table::new(&columns);
    for own in materiality::contests(def, state, outcome, figures)? {
        let runner = |place: usize| or_empty(own.runners.get(place).map(|runner| &runner.id));
        table.row([
            own.contest.to_string(),
            own.stations[0].to_string(),
            own.stations[1].to_string(),
            own.open.to_string(),
            runner(0),
            runner(1),
            own.lead.to_string(),
            yes_no(own.is_decided),
            own.seats.to_string(),
            own.sure().to_string(),
        ]);
    }
    Ok(table)
}

/// What each version changed of the one before it.
fn changed(def: &Definition, versions: &[Outcome]) -> Table {
    let mut table = Table::new(&["version", "level", "place", "option", "before", "after"]);
    for (pair, version) in versions.windows(2).zip(2u32..) {
        for own in changes(def, &pair[0], &pair[1]) {
            let level = own.level.as_str().to_owned();
            table.row([version.to_string(), level, own.place, own.option, own.before, own.after]);
        }
    }
    table
}

/// Of contests with stations sub judice: the totals that count, and those with these stations, as was ordered.
fn sub_judice(
    def: &Definition,
    state: &State,
    outcome: &Outcome,
    figures: &Figures,
) -> Result<Table, tally::TotalsError> {
    let mut table = Table::new(&["contest", "station", "figures", "option", "without", "with"]);
    let mut with = materiality::with_sub_judice(state, outcome, figures)?;
    for contest in &def.contests {
        let (Some(choices), Some(without)) = (with.remove(&contest.id), outcome.totals.get(&contest.id)) else {
            continue;
        };
        for (choice, with) in choices {
            let (station, figures) = choice.unzip();
            let mut row = |option: &str, figure: [u64; 2]| {
                let place = [contest.id.to_string(), or_empty(station.as_ref()), or_empty(figures), option.to_owned()];
                table.row(place.into_iter().chain(figure.map(|figure| figure.to_string())));
            };
            row("_ballots", [without.ballots, with.ballots]);
            row("_valid", [without.valid, with.valid]);
            row("_blank", [without.blank, with.blank]);
            row("_invalid", [without.invalid, with.invalid]);
            for option in def.counted_in(&contest.id) {
                row(option.as_str(), [without, &with].map(|totals| totals.votes_of(option.as_str())));
            }
        }
    }
    Ok(table)
}
