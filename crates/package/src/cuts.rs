//! What of a sheet may be published where images are: one contest cut out of the archived pixels.
//!
//! The images bag then holds `contest-CONTEST-000001.png` and so on (`-2.png` where a contest goes on overleaf). The
//! numbers of each contest are given in the order of the SHA-256 of the first picture: not of casting, not of the cast
//! vote records, and in each contest another, so that a picture is tied to no record, no picture of another contest and
//! no neighbour. `data/stray.json` in the results bag says in the same order how much ink stands where nothing is
//! printed and nothing is asked; it is never public.

use std::collections::BTreeMap;
#[cfg(feature = "open")]
use std::collections::BTreeSet;

use election::ContestId;
#[cfg(feature = "open")]
use election::Digest;

#[cfg(any(feature = "seal", feature = "open"))]
use crate::archive::Files;
#[cfg(feature = "open")]
use crate::cvr::Records;

/// One contest cut out of one sheet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cut {
    /// PNG of one bit a pixel without metadata, one for each side that the contest stands on; at least one.
    pub pictures: Vec<Vec<u8>>,
    /// Ink where nothing is printed and nothing is asked, in hundredths of a square millimetre.
    pub stray: u32,
}

/// `data/stray.json`: by contest, in the order of the numbers.
pub type Stray = BTreeMap<ContestId, Vec<u32>>;

/// The name of a picture in the images bag.
pub fn name(contest: &ContestId, number: usize, part: usize) -> String {
    match part {
        0 => format!("contest-{contest}-{number:06}.png"),
        _ => format!("contest-{contest}-{number:06}-{}.png", part + 1),
    }
}

/// What [`name`] was made of: contest, number (from 1) and part (from 0); `None` for any other name.
pub fn parse_name(file: &str) -> Option<(ContestId, usize, usize)> {
    let mut fields = file.strip_prefix("contest-")?.strip_suffix(".png")?.split('-');
    let (contest, number) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    let part = fields.next().map_or(Some(1), |part| part.parse::<usize>().ok())?.checked_sub(1)?;
    (name(&contest, number, part) == file).then_some((contest, number, part))
}

/// Names the cuts of all sheets, and says their stray ink.
#[cfg(feature = "seal")]
pub(crate) fn numbered(cuts: impl IntoIterator<Item = (ContestId, Cut)>) -> (Files, Stray) {
    let mut by_contest: BTreeMap<ContestId, Vec<_>> = BTreeMap::new();
    for (contest, cut) in cuts {
        let digest = sign::sha256(cut.pictures.first().map(Vec::as_slice).unwrap_or_default());
        by_contest.entry(contest).or_default().push((digest, cut));
    }
    let (mut files, mut stray) = (Files::new(), Stray::new());
    for (contest, mut cuts) in by_contest {
        cuts.sort();
        for ((_, cut), number) in cuts.into_iter().zip(1..) {
            stray.entry(contest.clone()).or_default().push(cut.stray);
            let named = cut.pictures.into_iter().enumerate();
            files.extend(named.map(|(part, picture)| (name(&contest, number, part), picture)));
        }
    }
    (files, stray)
}

/// What is wrong with the cuts of a package: there are none at all, or one for each record of every contest, numbered
/// in the order of their hashes, each with its stray ink.
#[cfg(feature = "open")]
pub(crate) fn differences(images: &Files, stray: &Stray, records: &Records) -> Vec<String> {
    let mut firsts: BTreeMap<ContestId, BTreeMap<usize, Digest>> = BTreeMap::new();
    let mut found = Vec::new();
    for (file, picture) in images {
        match parse_name(file) {
            Some((contest, number, 0)) => _ = firsts.entry(contest).or_default().insert(number, sign::sha256(picture)),
            Some((contest, number, part)) if !images.contains_key(&name(&contest, number, part - 1)) => {
                found.push(format!("{file} has no part before it"));
            }
            _ => {}
        }
    }
    if firsts.is_empty() && stray.is_empty() {
        return found;
    }
    let mut expected: BTreeMap<&ContestId, usize> = BTreeMap::new();
    for contest in records.records.iter().flat_map(|record| &record.contests) {
        *expected.entry(&contest.contest).or_default() += 1;
    }
    let contests: BTreeSet<&ContestId> = expected.keys().copied().chain(firsts.keys()).chain(stray.keys()).collect();
    for contest in contests {
        let records = expected.get(contest).copied().unwrap_or(0);
        let none = BTreeMap::new();
        let pictures = firsts.get(contest).unwrap_or(&none);
        let figures = stray.get(contest).map_or(0, Vec::len);
        if figures != records || !pictures.keys().copied().eq(1..=records) {
            let pictures = pictures.len();
            found.push(format!("{contest}: {pictures} pictures and {figures} figures for {records} records"));
        } else if !pictures.values().is_sorted() {
            found.push(format!("{contest}: the pictures are not in the order of their hashes"));
        }
    }
    found
}

/// How many cuts of each contest there are among the names of an images bag.
pub fn counted<'a>(names: impl IntoIterator<Item = &'a str>) -> BTreeMap<ContestId, usize> {
    let mut counted = BTreeMap::new();
    for (contest, _, _) in names.into_iter().filter_map(parse_name).filter(|(_, _, part)| *part == 0) {
        *counted.entry(contest).or_default() += 1;
    }
    counted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_form() {
        let contest: ContestId = "council_north".parse().unwrap();
        for (number, part) in [(1, 0), (999_999, 0), (1_000_000, 0), (7, 1)] {
            assert_eq!(parse_name(&name(&contest, number, part)), Some((contest.clone(), number, part)));
        }
        for bad in [
            "contest-a-1.png",
            "contest-a-000001-1.png",
            "contest-a-000001-02.png",
            "contest-A-000001.png",
            "contest-a-000001",
            "contest-a.png",
            "contest--000001.png",
            "contest-a-000001-2-2.png",
            "000001-front.png",
            "contest-a-+00001.png",
        ] {
            assert_eq!(parse_name(bad), None, "{bad}");
        }
    }
}
