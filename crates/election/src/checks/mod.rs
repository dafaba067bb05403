//! Everything against everything, once each row is read.

mod contests;
mod people;
mod places;
mod rules;

use std::fmt::Display;

use crate::ELECTION_TOML;
use crate::read::Draft;
use crate::report::Report;
use crate::sheets::{self, Sheet};

/// All checks on a whole draft.
pub(crate) fn all(draft: &Draft, report: &mut Report) {
    references(draft, report);
    rules::check(&draft.settings, report);
    places::check(draft, report);
    // What is missing from a table that could not be read is no fault of the others.
    let readable = |sheet: &Sheet| draft.known.contains_key(sheet.file);
    if [&sheets::CONTESTS, &sheets::RESERVED, &sheets::LISTS, &sheets::CANDIDATES].into_iter().all(readable) {
        contests::check(draft, report);
    }
    people::check(draft, report);
}

/// E.132: every id that is named exists.
pub(crate) fn references(draft: &Draft, report: &mut Report) {
    let mut refer = Refer { draft, report };
    let (constituency, office, station) = (&sheets::CONSTITUENCIES, &sheets::OFFICES, &sheets::STATIONS);
    let (contest, list, party) = (&sheets::CONTESTS, &sheets::LISTS, &sheets::PARTIES);
    for (line, s) in &draft.stations {
        refer.to(station, *line, "office", office, Some(&s.office));
        refer.to(station, *line, "constituency", constituency, &s.constituencies);
        refer.to(station, *line, "source", &sheets::SOURCES, Some(&s.source));
        refer.to(station, *line, "station", station, &s.count_with);
    }
    for (line, r) in &draft.registrations {
        refer.to(&sheets::REGISTRATIONS, *line, "station", station, Some(&r.station));
        refer.to(&sheets::REGISTRATIONS, *line, "source", &sheets::SOURCES, Some(&r.source));
    }
    for (line, c) in &draft.contests {
        refer.to(contest, *line, "constituency", constituency, Some(&c.constituency));
    }
    for (line, r) in &draft.reserved {
        refer.to(&sheets::RESERVED, *line, "contest", contest, Some(&r.contest));
    }
    for (line, l) in &draft.lists {
        refer.to(list, *line, "contest", contest, Some(&l.contest));
        refer.to(list, *line, "party", party, Some(&l.party));
    }
    for (line, c) in &draft.candidates {
        refer.to(&sheets::CANDIDATES, *line, "contest", contest, Some(&c.contest));
        refer.to(&sheets::CANDIDATES, *line, "list", list, &c.list);
    }
    for id in draft.settings.rules.seats_in.keys() {
        let line = draft.settings.lines.get(&format!("seats_in.{id}")).copied().unwrap_or(1);
        refer.from(ELECTION_TOML, line, "contest", contest, Some(id));
    }
    for (kind, own) in &draft.settings.rules.findings.sources {
        let key = format!("findings.sources.{}.source", kind.as_str());
        let line = draft.settings.lines.get(&key).copied().unwrap_or(1);
        refer.from(ELECTION_TOML, line, "source", &sheets::SOURCES, Some(&own.source));
    }
    for (line, p) in &draft.people {
        refer.to(&sheets::PEOPLE, *line, "party", party, &p.party);
        refer.to(&sheets::PEOPLE, *line, "office", office, &p.office);
    }
}

struct Refer<'a> {
    draft: &'a Draft,
    report: &'a mut Report,
}

impl Refer<'_> {
    fn to<'i, I: Display + 'i>(
        &mut self,
        from: &Sheet,
        line: u64,
        kind: &str,
        to: &Sheet,
        ids: impl IntoIterator<Item = &'i I>,
    ) {
        self.from(from.file, line, kind, to, ids);
    }

    fn from<'i, I: Display + 'i>(
        &mut self,
        file: &str,
        line: u64,
        kind: &str,
        to: &Sheet,
        ids: impl IntoIterator<Item = &'i I>,
    ) {
        for id in ids {
            let id = id.to_string();
            let Some(known) = self.draft.known.get(to.file) else { continue };
            if !known.contains(&id) {
                self.report.unknown(file, line, kind, &id, known.iter().map(String::as_str));
            }
        }
    }
}
