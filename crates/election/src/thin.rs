//! An election with fewer stations, for rehearsals and demonstrations.

use std::collections::{BTreeMap, BTreeSet};

use crate::report::Report;
use crate::sheets::{KEYS_DEVICES, REGISTRATIONS, STATIONS, Sheet};
use crate::{Definition, Folder, Problem, Station, StationId, StationKind, read, table};

/// The election with `stations` of its stations; all else stays, save the device keys and letters of stations that go.
///
/// The stations are chosen so that few of them cover every office, constituency, kind and register and the station
/// with ballots of the most constituencies, in that sense as well as `stations` of them can; the rest are taken from
/// the offices in turn. The same input gives the same stations. A station that is counted with another one goes first.
///
/// # Errors
///
/// The problems of the definition itself.
pub fn thin(folder: &Folder, stations: usize) -> Result<Folder, Vec<Problem>> {
    let definition = read(folder)?;
    let kept = choose(&definition, stations);
    let mut thinned = folder.clone();
    let keep = |id: &str| id.parse::<StationId>().is_ok_and(|id| kept.contains(&id));
    filter(&mut thinned, &STATIONS, "station", &keep);
    filter(&mut thinned, &REGISTRATIONS, "station", &keep);
    filter(&mut thinned, &KEYS_DEVICES, "station", &keep);
    Ok(thinned)
}

/// Leaves the rows whose `column` is kept.
fn filter(folder: &mut Folder, sheet: &'static Sheet, column: &str, keep: &impl Fn(&str) -> bool) {
    let Some(table) = table::table(folder, sheet, &mut Report::default()) else { return };
    let Some(index) = sheet.columns.iter().position(|(name, _)| *name == column) else { return };
    let bytes = table.write(|row| row.cells.get(index).is_some_and(|id| keep(id)));
    folder.files.insert(sheet.file.to_owned(), bytes);
}

/// What makes a station worth keeping.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Trait<'a> {
    Office(&'a str),
    Constituency(&'a str),
    Kind(StationKind),
    Conditional,
    MostConstituencies,
}

fn traits(station: &Station, most: usize) -> Vec<Trait<'_>> {
    let mut traits = vec![Trait::Office(station.office.as_str()), Trait::Kind(station.kind)];
    traits.extend(station.constituencies.iter().map(|c| Trait::Constituency(c.as_str())));
    if station.register == crate::Register::Conditional {
        traits.push(Trait::Conditional);
    }
    if station.kind == StationKind::Abroad && station.constituencies.len() == most {
        traits.push(Trait::MostConstituencies);
    }
    traits
}

fn choose(definition: &Definition, wanted: usize) -> BTreeSet<StationId> {
    let abroad = definition.stations.iter().filter(|s| s.kind == StationKind::Abroad);
    let most = abroad.map(|s| s.constituencies.len()).max().unwrap_or(0);
    let (alone, with): (Vec<&Station>, Vec<&Station>) =
        definition.stations.iter().partition(|s| s.count_with.is_none());
    let mut left = alone;
    let mut chosen: Vec<&Station> = Vec::new();
    let mut covered = BTreeSet::new();
    while chosen.len() < wanted {
        let news = |s: &Station| traits(s, most).into_iter().filter(|t| !covered.contains(t)).count();
        // `max_by_key` takes the last of equals; the first in the file is wanted.
        let best = (0..left.len()).rev().max_by_key(|&i| (news(left[i]), left[i].kind == StationKind::General));
        let Some(best) = best.filter(|&i| news(left[i]) > 0) else { break };
        let station = left.remove(best);
        covered.extend(traits(station, most));
        chosen.push(station);
    }
    let mut of_office: BTreeMap<&str, usize> = BTreeMap::new();
    for station in &chosen {
        *of_office.entry(station.office.as_str()).or_default() += 1;
    }
    // General stations first, from the office that has the fewest so far; then the others.
    left.sort_by_key(|s| s.kind != StationKind::General);
    let mut turns: Vec<(usize, usize, &Station)> = Vec::new();
    for (place, station) in left.into_iter().enumerate() {
        let turn = of_office.entry(station.office.as_str()).or_default();
        turns.push((*turn, place, station));
        *turn += 1;
    }
    turns.sort_by_key(|(turn, place, station)| (station.kind != StationKind::General, *turn, *place));
    let rest = turns.into_iter().map(|(_, _, station)| station).chain(with);
    let free = wanted.saturating_sub(chosen.len());
    chosen.into_iter().chain(rest.take(free)).map(|s| s.id.clone()).collect()
}
