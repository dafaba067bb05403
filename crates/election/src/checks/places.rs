//! Offices, stations and the letters their figures come from: E.134 and E.150 to E.159.

use std::collections::{BTreeMap, BTreeSet};

use crate::read::Draft;
use crate::report::Report;
use crate::sheets::{OFFICES, REGISTRATIONS, SOURCES, STATIONS};
use crate::{Register, Rule, Station, StationId, StationKind};

pub(super) fn check(draft: &Draft, report: &mut Report) {
    for (line, office) in &draft.offices {
        if office.id.as_str() == "centre" {
            let what = "an office is called 'centre', the word for the tally centre among the recipients of packages";
            report.add(Rule::OfficeCentre, OFFICES.file, Some(*line), what, "give the office another id");
        }
    }
    for (line, source) in &draft.sources {
        if source.date > draft.settings.date {
            let what = format!("the letter is of {}, after the election of {}", source.date, draft.settings.date);
            report.add(
                Rule::SourceLate,
                SOURCES.file,
                Some(*line),
                what,
                "write the letter's own date, or name another",
            );
        }
    }
    let by_id: BTreeMap<&StationId, &Station> = draft.stations.iter().map(|(_, s)| (&s.id, s)).collect();
    for (line, letter) in &draft.registrations {
        if by_id.get(&letter.station).is_some_and(|station| station.source == letter.source) {
            let what = format!("'{}' gives the figure of '{}' in stations.csv already", letter.source, letter.station);
            let next = "remove the row: this table has the letters beside the one that stations.csv names";
            report.add(Rule::LetterTwice, REGISTRATIONS.file, Some(*line), what, next);
        }
    }
    let mut centres = BTreeMap::new();
    for (line, station) in &draft.stations {
        let mut add = |rule, what: String, next: &str| report.add(rule, STATIONS.file, Some(*line), what, next);
        one_station(station, &mut add);
        count_with(station, &by_id, &mut add);
        let (first, office) = centres.entry(&station.centre).or_insert((*line, &station.office));
        if *office != &station.office {
            let what = format!("the centre '{}' reports to '{office}' in line {first}", station.centre);
            add(Rule::CentreOffices, what, "give all stations of the centre one office, or this one another centre");
        }
    }
}

fn one_station(station: &Station, add: &mut impl FnMut(Rule, String, &str)) {
    if station.constituencies.is_empty() {
        let what = format!("the station '{}' takes no constituency's ballots", station.id);
        add(Rule::NoConstituency, what, "write the constituency's id, or several with spaces between");
    }
    if station.constituencies.iter().collect::<BTreeSet<_>>().len() < station.constituencies.len() {
        add(Rule::ConstituencyTwice, "a constituency stands here twice".into(), "write it once");
    }
    if station.kind == StationKind::General && station.constituencies.len() > 1 {
        let what = "a general station takes the ballots of several constituencies".into();
        add(Rule::GeneralSeveral, what, "leave one of them, or give the station its kind (abroad, displaced, …)");
    }
    if station.registered == 0 {
        let what = "nobody is registered and no ballot delivered".into();
        add(Rule::NobodyRegistered, what, "write the figure of the letter, or remove the station");
    }
    let wanted = match station.kind {
        StationKind::General | StationKind::DisplacedMovement => Some(Register::Fixed),
        StationKind::Displaced => Some(Register::Conditional),
        _ => None,
    };
    if wanted.is_some_and(|wanted| wanted != station.register) {
        let what = format!("the register does not suit the kind '{}'", station.kind.as_str());
        let next = "write fixed where there is a list of voters, conditional where ballots are delivered without one";
        add(Rule::RegisterKind, what, next);
    }
}

fn count_with(station: &Station, by_id: &BTreeMap<&StationId, &Station>, add: &mut impl FnMut(Rule, String, &str)) {
    let Some(box_of) = station.count_with.as_ref().and_then(|id| by_id.get(id)) else { return };
    if let Some(further) = &box_of.count_with {
        let what =
            format!("'{}' is counted with '{}', which is itself counted with '{further}'", station.id, box_of.id);
        add(Rule::CountWith, what, "name the station whose box is counted");
    }
    let taken: BTreeSet<_> = box_of.constituencies.iter().collect();
    if box_of.office != station.office || !station.constituencies.iter().all(|c| taken.contains(c)) {
        let what = format!("'{}' is counted with '{}', of another office or constituency", station.id, box_of.id);
        add(Rule::CountWithOther, what, "name a station of the same office that takes the same ballots");
    }
}
