//! An election with as many stations as a nation has, for rehearsals and measurements.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::sheets::{REGISTRATIONS, STATIONS};
use crate::{ConstituencyId, Definition, Folder, OfficeId, Problem, read};

/// Voters of each station that is made up.
const REGISTERED: u32 = 450;
/// Stations of each centre that is made up; its last one may have fewer.
const OF_A_CENTRE: usize = 6;

/// The election with `stations` made-up stations in the place of its own, spread over its contests by their seats. All are
/// ordinary ones of 450 voters by the letter `register`, six to a centre, each centre with an office that has a station of
/// that constituency alone. The letters about its own stations go; the rest stays.
///
/// # Errors
///
/// The problems of the definition itself.
pub fn spread(folder: &Folder, stations: usize) -> Result<Folder, Vec<Problem>> {
    let definition = read(folder)?;
    let mut spread = folder.clone();
    spread.files.insert(STATIONS.file.to_owned(), rows(&definition, stations).into_bytes());
    spread.files.insert(REGISTRATIONS.file.to_owned(), b"station,source,registered\n".to_vec());
    Ok(spread)
}

fn rows(def: &Definition, stations: usize) -> String {
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
        let own: Vec<&&OfficeId> = offices.get(constituency).into_iter().flatten().collect();
        before += usize::from(contest.seats);
        let end = if place + 1 == def.contests.len() { stations } else { stations * before / seats.max(1) };
        for (n, number) in (made..end).enumerate().filter(|_| !own.is_empty()) {
            let centre = n / OF_A_CENTRE;
            let office = own[centre % own.len()];
            writeln!(
                rows,
                "{place:02}{n:05},{place:02}c{centre:05},{office},{constituency},general,fixed,{REGISTERED},register,,محطة {number},وێستگەی {number},Station {number}"
            )
            .expect("a text takes all");
        }
        made = end;
    }
    rows
}
