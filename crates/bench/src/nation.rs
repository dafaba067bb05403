//! A made-up nation of any size over the example `iraq-2018`: its true seats, more stations and more lists.

use std::fmt::Write as _;
use std::path::Path;

use election::{Definition, Folder};

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
    election::spread(&folder, stations).map_err(|problems| told(&problems))
}

/// The definition of a folder.
pub fn read(folder: &Folder) -> Result<Definition> {
    election::read(folder).map_err(|problems| told(&problems))
}

fn told(problems: &[election::Problem]) -> Box<dyn std::error::Error + Send + Sync> {
    problems.iter().take(5).map(ToString::to_string).collect::<Vec<_>>().join("\n").into()
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
