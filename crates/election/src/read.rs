//! From the files of a definition to the definition: every table row by row, then everything against everything.

use std::collections::{BTreeMap, BTreeSet};

use crate::cells::Cells;
use crate::report::{Report, show};
use crate::settings::{self, Settings};
use crate::sheets::{self, Kind, Sheet};
use crate::table::{self, Table};
use crate::{
    Candidate, Constituency, Contest, ContestKind, Definition, ELECTION_TOML, Folder, Gender, Lang, List, Office,
    Party, Person, PlainDate, Problem, Register, Registration, ReservedSeats, Role, Rule, Source, Station, StationKind,
    Witness, checks,
};

/// The most voters of a station, or ballots delivered to it.
const MOST_REGISTERED: u32 = 100_000;

/// Things with the line each stands in.
pub(crate) type Listed<T> = Vec<(u64, T)>;

/// A definition whose references have not been checked. Rows with a broken id are not in it, but their
/// ids are known.
pub(crate) struct Draft {
    pub settings: Settings,
    pub constituencies: Listed<Constituency>,
    pub offices: Listed<Office>,
    pub stations: Listed<Station>,
    pub sources: Listed<Source>,
    pub registrations: Listed<Registration>,
    pub contests: Listed<Contest>,
    pub reserved: Listed<ReservedSeats>,
    pub lists: Listed<List>,
    pub candidates: Listed<Candidate>,
    pub parties: Listed<Party>,
    pub people: Listed<Person>,
    pub witnesses: Listed<Witness>,
    /// The ids of each table that could be read, by its file.
    pub known: BTreeMap<&'static str, BTreeSet<String>>,
}

/// Reads and checks a definition. The key lists are read by [`crate::KeyLists::read`].
///
/// # Errors
///
/// Everything that is wrong, at once, in order of file and line; each with a code of [`crate::Rule`].
pub fn read(folder: &Folder) -> Result<Definition, Vec<Problem>> {
    let mut report = Report::default();
    folder.check_files(&mut report);
    let settings = match folder.get(ELECTION_TOML) {
        Some(bytes) => {
            table::utf8(ELECTION_TOML, bytes, &mut report).and_then(|text| settings::read(text, &mut report))
        }
        None => {
            let next = "make it as docs/definition.md shows, or start with sanad election new";
            report.add(Rule::Unreadable, ELECTION_TOML, None, "the file is missing", next);
            None
        }
    };
    let languages = settings.as_ref().map(|s| s.languages.clone()).unwrap_or_default();
    let mut tables = Tables { folder, languages, known: BTreeMap::new(), report };
    let read = Draft {
        constituencies: tables.read(&sheets::CONSTITUENCIES, constituency),
        offices: tables.read(&sheets::OFFICES, office),
        stations: tables.read(&sheets::STATIONS, station),
        sources: tables.read(&sheets::SOURCES, source),
        registrations: tables.read(&sheets::REGISTRATIONS, registration),
        contests: tables.read(&sheets::CONTESTS, contest),
        reserved: tables.read(&sheets::RESERVED, reserved),
        lists: tables.read(&sheets::LISTS, list),
        candidates: tables.read(&sheets::CANDIDATES, candidate),
        parties: tables.read(&sheets::PARTIES, party),
        people: tables.read(&sheets::PEOPLE, person),
        witnesses: tables.read(&sheets::WITNESSES, witness),
        settings: settings.unwrap_or_else(settings::stand_in),
        known: std::mem::take(&mut tables.known),
    };
    let mut report = tables.report;
    if read.settings.lines.is_empty() {
        // Without settings there is nothing to check the tables' figures against.
        checks::references(&read, &mut report);
    } else {
        checks::all(&read, &mut report);
    }
    report.into_result(read.into_definition())
}

/// Everything that would be wrong with a definition if it had these rules; no problem has a line.
pub(crate) fn check_with(def: &Definition, rules: &crate::Rules) -> Vec<Problem> {
    let mut report = Report::default();
    checks::all(&Draft::of(def, rules), &mut report);
    report.into_result(()).err().unwrap_or_default()
}

/// Everything that is wrong with a folder and, where it has files of key lists, with those; empty where all is well.
pub fn check(folder: &Folder) -> Vec<Problem> {
    let has_keys = folder.files.keys().any(|path| path.starts_with("keys/"));
    match read(folder) {
        Err(problems) => problems,
        Ok(definition) if has_keys => crate::KeyLists::read(folder, &definition).err().unwrap_or_default(),
        Ok(_) => Vec::new(),
    }
}

struct Tables<'f> {
    folder: &'f Folder,
    languages: Vec<Lang>,
    known: BTreeMap<&'static str, BTreeSet<String>>,
    report: Report,
}

impl Tables<'_> {
    fn read<T>(&mut self, sheet: &'static Sheet, row: impl Fn(&mut Cells, &[Lang]) -> Option<T>) -> Listed<T> {
        let Some(table) = table::table(self.folder, sheet, &mut self.report) else {
            if sheet.optional && self.folder.get(sheet.file).is_none() {
                self.known.insert(sheet.file, BTreeSet::new());
            }
            return Vec::new();
        };
        let languages = self.languages_of(&table);
        self.known.insert(sheet.file, ids(&table, &mut self.report));
        let mut listed = Vec::with_capacity(table.rows.len());
        for cells in &table.rows {
            let mut cells = Cells { sheet, row: cells, report: &mut self.report };
            if let Some(thing) = row(&mut cells, &languages) {
                listed.push((cells.row.line, thing));
            }
        }
        listed
    }

    /// The languages of the election that the table has a column for; E.111 for each it has none for.
    fn languages_of(&mut self, table: &Table) -> Vec<Lang> {
        let mut languages = self.languages.clone();
        for (&(column, kind), &present) in table.sheet.columns.iter().zip(&table.present) {
            let Some(lang) = column.strip_prefix("name_").and_then(|tag| tag.parse().ok()) else { continue };
            if kind == Kind::Name && !present && languages.contains(&lang) {
                languages.retain(|&l| l != lang);
                let what = format!("the column '{column}' is missing, and {lang} is a language of the election");
                self.report.add(Rule::ColumnMissing, table.sheet.file, Some(1), what, "add it");
            }
        }
        languages
    }
}

/// The ids of a table's first column; E.130 for each that stands twice.
pub(crate) fn ids(table: &Table, report: &mut Report) -> BTreeSet<String> {
    let mut first: BTreeMap<String, u64> = BTreeMap::new();
    for row in &table.rows {
        let Some(id) = row.cells.first().filter(|id| !id.is_empty()) else { continue };
        // Reserved seats are one thing for each contest and community, figures one for each station and letter.
        let key = if [sheets::RESERVED.file, sheets::REGISTRATIONS.file].contains(&table.sheet.file) {
            format!("{id} {}", row.cells.get(1).map_or("", String::as_str))
        } else {
            id.clone()
        };
        if let Some(line) = first.get(&key) {
            let what = format!("'{}' stands in line {line} already", show(&key));
            report.add(
                Rule::IdTwice,
                table.sheet.file,
                Some(row.line),
                what,
                "give each its own id, or remove one row",
            );
        } else {
            first.insert(key, row.line);
        }
    }
    first.into_keys().collect()
}

fn constituency(c: &mut Cells, languages: &[Lang]) -> Option<Constituency> {
    let (id, name) = (c.id("constituency"), c.name(languages));
    Some(Constituency { id: id?, name })
}

fn office(c: &mut Cells, languages: &[Lang]) -> Option<Office> {
    let (id, name) = (c.id("office"), c.name(languages));
    Some(Office { id: id?, name })
}

fn station(c: &mut Cells, languages: &[Lang]) -> Option<Station> {
    let (id, centre, office) = (c.id("station"), c.id("centre"), c.id("office"));
    let constituencies = c.ids("constituencies");
    let kind = c.word("kind", &StationKind::ALL.map(|kind| (kind.as_str(), kind)));
    let register = c.word("register", &[("fixed", Register::Fixed), ("conditional", Register::Conditional)]);
    // A stand-in that breaks neither rule on kinds and registers.
    let (kind, register) = match (kind, register) {
        (Some(kind), Some(register)) => (kind, register),
        _ => (StationKind::Abroad, Register::Fixed),
    };
    let registered = c.number("registered", 0..=MOST_REGISTERED).unwrap_or(1);
    let (source, count_with, name) = (c.id("source"), c.maybe_id("count_with"), c.name(languages));
    Some(Station {
        id: id?,
        centre: centre?,
        office: office?,
        constituencies,
        kind,
        register,
        registered,
        source: source?,
        count_with,
        name,
    })
}

fn source(c: &mut Cells, _: &[Lang]) -> Option<Source> {
    let id = c.id("source");
    let (body, number) = (c.text("body"), c.text("number"));
    let date = c.parsed::<PlainDate>("date", Rule::Date, "a date", "write it as 2018-05-12");
    let sha256 = c.parsed(
        "sha256",
        Rule::Digest,
        "a SHA-256",
        "write sha256: and the 64 digits that sha256sum prints for the scan",
    );
    Some(Source { id: id?, body, number, date: date?.0, sha256: sha256? })
}

fn registration(c: &mut Cells, _: &[Lang]) -> Option<Registration> {
    let (station, source) = (c.id("station"), c.id("source"));
    let registered = c.number("registered", 1..=MOST_REGISTERED).unwrap_or(1);
    Some(Registration { station: station?, source: source?, registered })
}

fn contest(c: &mut Cells, languages: &[Lang]) -> Option<Contest> {
    let (id, constituency) = (c.id("contest"), c.id("constituency"));
    #[derive(Clone, Copy, PartialEq)]
    enum Word {
        Open,
        Closed,
        Candidates,
    }
    let words = [("open_list", Word::Open), ("closed_list", Word::Closed), ("candidates", Word::Candidates)];
    let kind = c.word("kind", &words);
    let vote_for = if c.get("vote_for").is_empty() { None } else { c.number("vote_for", 1..=100) };
    let kind = match kind.unwrap_or(Word::Open) {
        Word::Candidates => ContestKind::Candidates { vote_for: vote_for.unwrap_or(1) },
        Word::Open => ContestKind::OpenList,
        Word::Closed => ContestKind::ClosedList,
    };
    if c.get("vote_for").is_empty() == matches!(kind, ContestKind::Candidates { .. }) {
        let (what, next) = match kind {
            ContestKind::Candidates { .. } => {
                ("'vote_for' is empty in a contest of candidates", "write 1 for plurality")
            }
            _ => ("'vote_for' is filled in a contest of lists, where one list is marked", "leave it empty"),
        };
        c.add(Rule::VoteFor, what, next);
    }
    let seats = c.number("seats", 0..=2_000).unwrap_or(u16::MAX);
    let sheet = c.number("sheet", 1..=20).unwrap_or(1);
    let title = c.name(languages);
    Some(Contest { id: id?, constituency: constituency?, kind, seats, sheet, title })
}

fn reserved(c: &mut Cells, languages: &[Lang]) -> Option<ReservedSeats> {
    let (contest, community) = (c.id("contest"), community(c, "community", true));
    let seats = c.number("seats", 0..=500).unwrap_or(1);
    let name = c.name(languages);
    Some(ReservedSeats { contest: contest?, community: community?, seats, name })
}

/// A word of the grammar of ids that is not an id of a table: a community, a group.
fn community(c: &mut Cells, column: &str, needed: bool) -> Option<String> {
    let word = if needed { c.id::<crate::OptionId>(column) } else { c.maybe_id(column) };
    word.map(|word| word.as_str().to_owned())
}

fn list(c: &mut Cells, languages: &[Lang]) -> Option<List> {
    let (id, contest) = (c.id("list"), c.id("contest"));
    let number = c.number("number", 1..=9_999).unwrap_or(0);
    let (party, reserved, name) = (c.id("party"), community(c, "reserved", false), c.name(languages));
    Some(List { id: id?, contest: contest?, number, party: party?, reserved, name })
}

fn candidate(c: &mut Cells, languages: &[Lang]) -> Option<Candidate> {
    let (id, contest, list) = (c.id("candidate"), c.id("contest"), c.maybe_id("list"));
    let number = c.number("number", 1..=999).unwrap_or(0);
    let gender = c.word("gender", &[("woman", Gender::Woman), ("man", Gender::Man)]).unwrap_or(Gender::Woman);
    let withdrawn = c.word("withdrawn", &[("no", false), ("yes", true)]).unwrap_or(false);
    let name = c.name(languages);
    Some(Candidate { id: id?, contest: contest?, list, number, gender, withdrawn, name })
}

fn party(c: &mut Cells, languages: &[Lang]) -> Option<Party> {
    let (id, name) = (c.id("party"), c.name(languages));
    Some(Party { id: id?, name })
}

fn person(c: &mut Cells, languages: &[Lang]) -> Option<Person> {
    let id = c.id("person");
    let roles = [
        ("board", Role::Board),
        ("officer", Role::Officer),
        ("commissioner", Role::Commissioner),
        ("agent", Role::Agent),
    ];
    let role = c.word("role", &roles);
    let (party, office, name) = (c.maybe_id("party"), c.maybe_id("office"), c.name(languages));
    Some(Person { id: id?, role: role?, party, office, name })
}

fn witness(c: &mut Cells, languages: &[Lang]) -> Option<Witness> {
    let (id, group, name) = (c.id("witness"), community(c, "group", true), c.name(languages));
    Some(Witness { id: id?, group: group?, name })
}

impl Draft {
    /// A definition that has been read, with other rules, to be checked again.
    fn of(def: &Definition, rules: &crate::Rules) -> Self {
        fn listed<T: Clone>(all: &[T]) -> Listed<T> {
            all.iter().map(|thing| (0, thing.clone())).collect()
        }
        fn ids<T, I: ToString>(all: &[T], id: impl Fn(&T) -> &I) -> BTreeSet<String> {
            all.iter().map(|thing| id(thing).to_string()).collect()
        }
        let known = [
            (sheets::CONSTITUENCIES.file, ids(&def.constituencies, |c| &c.id)),
            (sheets::OFFICES.file, ids(&def.offices, |o| &o.id)),
            (sheets::STATIONS.file, ids(&def.stations, |s| &s.id)),
            (sheets::SOURCES.file, ids(&def.sources, |s| &s.id)),
            (sheets::REGISTRATIONS.file, BTreeSet::new()),
            (sheets::CONTESTS.file, ids(&def.contests, |c| &c.id)),
            (sheets::RESERVED.file, BTreeSet::new()),
            (sheets::LISTS.file, ids(&def.lists, |l| &l.id)),
            (sheets::CANDIDATES.file, ids(&def.candidates, |c| &c.id)),
            (sheets::PARTIES.file, ids(&def.parties, |p| &p.id)),
            (sheets::PEOPLE.file, ids(&def.people, |p| &p.id)),
            (sheets::WITNESSES.file, ids(&def.witnesses, |w| &w.id)),
        ];
        Draft {
            settings: Settings {
                scope: def.scope.clone(),
                name: def.name.clone(),
                date: def.date,
                time_zone: def.time_zone.clone(),
                languages: def.languages.clone(),
                rules: rules.clone(),
                lines: BTreeMap::new(),
            },
            constituencies: listed(&def.constituencies),
            offices: listed(&def.offices),
            stations: listed(&def.stations),
            sources: listed(&def.sources),
            registrations: listed(&def.registrations),
            contests: listed(&def.contests),
            reserved: listed(&def.reserved),
            lists: listed(&def.lists),
            candidates: listed(&def.candidates),
            parties: listed(&def.parties),
            people: listed(&def.people),
            witnesses: listed(&def.witnesses),
            known: known.into_iter().collect(),
        }
    }

    fn into_definition(self) -> Definition {
        fn bare<T>(listed: Listed<T>) -> Vec<T> {
            listed.into_iter().map(|(_, thing)| thing).collect()
        }
        let Settings { scope, name, date, time_zone, languages, rules, .. } = self.settings;
        Definition {
            scope,
            name,
            date,
            time_zone,
            languages,
            rules,
            constituencies: bare(self.constituencies),
            offices: bare(self.offices),
            stations: bare(self.stations),
            sources: bare(self.sources),
            registrations: bare(self.registrations),
            contests: bare(self.contests),
            reserved: bare(self.reserved),
            lists: bare(self.lists),
            candidates: bare(self.candidates),
            parties: bare(self.parties),
            people: bare(self.people),
            witnesses: bare(self.witnesses),
        }
    }
}
