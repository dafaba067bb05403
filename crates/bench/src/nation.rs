//! A made-up nation of any size over the example `iraq-2018`: its true seats, more stations and more lists.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use election::{ConstituencyId, Definition, Folder, OfficeId};

use crate::Result;

/// The example, with `stations` stations spread over its constituencies by their seats, and in each contest `more` lists
/// beside its own, of twice as many candidates as there are seats.
pub fn folder(stations: usize, more: usize) -> Result<Folder> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/iraq-2018");
    let mut folder = Folder::load(&root).map_err(|problems| format!("{problems:?}"))?;
    let def = read(&folder)?;
    for (file, rows) in
        [("parties.csv", parties(more)), ("lists.csv", lists(&def, more)), ("candidates.csv", candidates(&def, more))]
    {
        folder.files.entry(file.into()).or_default().extend(rows.into_bytes());
    }
    folder.files.insert("stations.csv".into(), station_rows(&def, stations).into_bytes());
    // The letters of the example are of its own stations.
    folder.files.insert("registrations.csv".into(), b"station,source,registered\n".to_vec());
    Ok(folder)
}

/// The definition of a folder.
pub fn read(folder: &Folder) -> Result<Definition> {
    Ok(election::read(folder)
        .map_err(|problems| problems.iter().take(5).map(ToString::to_string).collect::<Vec<_>>().join("\n"))?)
}

fn parties(more: usize) -> String {
    (0..more).map(|n| format!("more_{n},حزب {n},پارتی {n},Party {n}\n")).collect()
}

fn lists(def: &Definition, more: usize) -> String {
    let rows = def.contests.iter().flat_map(|contest| {
        (0..more).map(move |n| {
            let (contest, number) = (&contest.id, 501 + n);
            format!("{contest}_{number},{contest},{number},more_{n},,قائمة {n},لیستی {n},List {n}\n")
        })
    });
    rows.collect()
}

fn candidates(def: &Definition, more: usize) -> String {
    let mut rows = String::new();
    for contest in &def.contests {
        for n in 0..more {
            let list = format!("{}_{}", contest.id, 501 + n);
            for number in 1..=2 * contest.seats {
                let gender = if number % 4 == 1 { "woman" } else { "man" };
                let name = format!("م {number},ک {number},Candidate {number}");
                writeln!(rows, "{list}_{number:03},{},{list},{number},{gender},no,{name}", contest.id)
                    .expect("a text takes all");
            }
        }
    }
    rows
}

fn station_rows(def: &Definition, stations: usize) -> String {
    let mut offices: BTreeMap<&ConstituencyId, BTreeSet<&OfficeId>> = BTreeMap::new();
    for station in def.stations.iter().filter(|station| station.constituencies.len() == 1) {
        offices.entry(&station.constituencies[0]).or_default().insert(&station.office);
    }
    let seats: usize = def.contests.iter().map(|contest| usize::from(contest.seats)).sum();
    let mut rows = String::from(
        "station,centre,office,constituencies,kind,register,registered,source,count_with,name_ar,name_ckb,name_en\n",
    );
    let (mut made, mut before) = (0, 0);
    for (place, contest) in def.contests.iter().enumerate() {
        let constituency = &contest.constituency;
        let own: Vec<&&OfficeId> = offices[constituency].iter().collect();
        before += usize::from(contest.seats);
        let end = if place + 1 == def.contests.len() { stations } else { stations * before / seats };
        for (n, number) in (made..end).enumerate() {
            let centre = n / 6;
            // One office a centre.
            let office = own[centre % own.len()];
            writeln!(
                rows,
                "{place:02}{n:05},{place:02}c{centre:05},{office},{constituency},general,fixed,450,register,,محطة {number},وێستگەی {number},Station {number}"
            )
            .expect("a text takes all");
        }
        made = end;
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nation_of_any_size_is_a_definition() {
        for (stations, more) in [(40, 0), (200, 3)] {
            let def = read(&folder(stations, more).expect("the example")).expect("a definition");
            assert!(def.stations.len() >= stations && def.lists.len() > more, "{stations} {more}");
        }
    }
}
