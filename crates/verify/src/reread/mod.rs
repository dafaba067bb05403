//! V.413 and V.414: images of whole ballots that the caller brought, read once more and compared with the records.
//!
//! No publication has them: they are opened by the centre, by the office of the station, and by whom a mandate gives them. What
//! the device signed for is known to everybody, so that nobody can bring others. Contents are looked at side by side, one at a
//! time on each core, and of each no more is kept than the numbers of its sheets.

mod brought;
mod compare;
mod draw;

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use ballot::{Bits, Design, Rejection, Sheet, read_archived};
use election::{Coded, Digest};
use package::cvr::Records;
use rayon::prelude::*;
use record::privacy::RECORDS_CLAUSE;

use crate::bag::{Manifest, parse_manifest};
use crate::defined::Defined;
use crate::figures;
use crate::folder::{Absent, Folder};
use crate::record_log::{Election, needs};
use crate::report::Check;
use crate::stations::{Published, Stations};
use crate::table::CheckId;
use crate::{OnProgress, Progress, Stage};
use brought::{Brought, RECORDS, image};
pub use draw::Sample;

/// Images that the caller brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Images {
    /// A folder with `STATION/COPY/images/`, named as in `stations/` of the publication, or a bundle of evidence.
    pub from: PathBuf,
    /// Which sheets are read again; all, where none are drawn.
    pub sample: Option<Sample>,
}

/// What is checked of each content.
struct Rereading<'a> {
    publication: &'a Folder,
    brought: &'a Brought,
    defined: &'a Defined<'a>,
    design: &'a Design,
    /// Called after each sheet.
    done: &'a (dyn Fn() + Sync),
}

/// V.413 and V.414, in this order.
struct Two(Check, Check);

impl Two {
    fn new() -> Two {
        Two(Check::new(CheckId::ImageHashes), Check::new(CheckId::Reread))
    }

    fn join(mut self, other: Two) -> Two {
        self.0.join(other.0);
        self.1.join(other.1);
        self
    }
}

/// V.413 and V.414. Where none were brought, though somebody meant to, both are incomplete.
pub fn check(
    images: &Images,
    publication: &Folder,
    election: Option<&Election>,
    fingerprint: Option<Digest>,
    stations: Option<&Stations>,
    progress: OnProgress,
    checks: &mut Vec<Check>,
) {
    let (Some(election), Some(fingerprint), Some(stations)) = (election, fingerprint, stations) else {
        let ids = [CheckId::ImageHashes, CheckId::Reread];
        checks.extend(ids.map(|id| needs(id, "images", "the definition, the record and the stations")));
        return;
    };
    let definition = &election.frozen.definition;
    let design = match Design::new(definition, fingerprint) {
        Ok(design) => design,
        Err(e) => {
            let mut reread = Check::new(CheckId::Reread);
            reread.misses("election/", e.code(), e);
            checks.extend([needs(CheckId::ImageHashes, "images", "the layout of the sheets (V.414)"), reread]);
            return;
        }
    };
    let (brought, amiss) = Brought::at(&images.from, progress);
    let mut two = Two::new();
    // A bundle that is damaged says nothing against the publication.
    amiss.iter().for_each(|strays| two.0.misses_all(strays));
    let todo = sheets(images, publication, &brought, stations, &mut two.0);
    let of: u64 = todo.iter().map(|(_, numbers)| numbers.len() as u64).sum();
    let done = AtomicU64::new(0);
    let rereading = Rereading {
        publication,
        brought: &brought,
        defined: &Defined::new(definition),
        design: &design,
        done: &|| progress(Progress { stage: Stage::Images, done: done.fetch_add(1, Ordering::Relaxed) + 1, of }),
    };
    let looked = todo.par_iter().map(|(content, numbers)| rereading.content(content, numbers));
    let mut two = two.join(looked.reduce(Two::new, Two::join));
    if todo.is_empty() {
        two.0.misses(
            "images",
            "reread.nothing",
            "nothing of what was brought is an image of a content that is published",
        );
    }
    needs_one(&mut two.1);
    checks.extend([two.0, two.1]);
}

/// Without one contest that was compared V.414 proves nothing: what people settled is told, and is no evidence.
fn needs_one(reread: &mut Check) {
    if reread.checked + reread.missing == 0 {
        let what =
            "needs an image whose hash holds (V.413), the record of its number, and a contest that nobody settled";
        reread.misses("images", "verify.needs", what);
    }
}

/// The contents that were brought, each with the numbers of its sheets that are to be read: also where these are none, its
/// sheets are counted.
fn sheets<'a>(
    images: &Images,
    publication: &Folder,
    brought: &Brought,
    stations: &'a Stations,
    check: &mut Check,
) -> Vec<(&'a Published, Vec<u32>)> {
    let contents: Vec<&Published> = stations.of.values().flatten().collect();
    let all = contents.len();
    let own: Vec<&Published> = contents.into_iter().filter(|content| brought.has(copy(content))).collect();
    if own.len() < all {
        let what = format!("the images of {} of {all} contents were not brought", all - own.len());
        check.withholds("stations/", "never_public", what);
    }
    let numbered = own.into_par_iter().map(|content| {
        let signed = manifest(publication, content, "images-manifest.txt").unwrap_or_default();
        (content, fronts(&signed))
    });
    let mut todo: Vec<(&Published, Vec<u32>)> = numbered.collect();
    if let Some(sample) = &images.sample {
        let named = todo.iter().enumerate().flat_map(|(at, (content, numbers))| {
            numbers.iter().map(move |number| (format!("{}{number:06}", copy(content)), (at, *number)))
        });
        let drawn = draw::draw(sample, named);
        let of: usize = todo.iter().map(|(_, numbers)| numbers.len()).sum();
        for (at, (_, numbers)) in todo.iter_mut().enumerate() {
            numbers.retain(|number| drawn.contains(&(at, *number)));
        }
        if drawn.len() < of {
            let what = format!("{} of {of} sheets were drawn by the seed '{}'", drawn.len(), sample.seed);
            check.sets_aside("images", "reread.not_drawn", what);
        }
    }
    todo
}

/// `STATION/COPY/` of a content.
fn copy(content: &Published) -> &str {
    content.place.strip_prefix("stations/").unwrap_or(&content.place)
}

/// A manifest of a content. What is wrong with it is told by V.404.
fn manifest(publication: &Folder, content: &Published, name: &str) -> Option<Manifest> {
    parse_manifest(&publication.bytes(&format!("{}{name}", content.place)).ok()?).ok()
}

/// The numbers of the sheets in an images bag, sorted.
fn fronts(signed: &Manifest) -> Vec<u32> {
    let number = |path: &String| {
        let number = path.strip_prefix("data/")?.strip_suffix("-front.png")?.parse().ok()?;
        (side(number, "front") == path["data/".len()..]).then_some(number)
    };
    let mut numbers: Vec<u32> = signed.keys().filter_map(number).collect();
    numbers.sort_unstable();
    numbers
}

/// There is an image for each record: no vote is counted that no paper stands for. Where the records are not at hand, it is known
/// that a ballot has a sheet at least.
fn count(check: &mut Check, content: &Published, sheets: &[u32], records: Option<&Records>) {
    let (of, cast) = (sheets.len(), content.results.account.cast);
    let (all, what) = match records.map(|records| records.records.len()) {
        Some(all) => (all, format!("has images of {of} sheets, and {all} records")),
        None => (of.max(cast as usize), format!("has images of {of} sheets, and {cast} ballots were cast")),
    };
    if !sheets.iter().map(|number| *number as usize).eq(1..=all) {
        check.fails(format!("{}images-manifest.txt", content.place), "reread.images", what);
    }
}

/// The name of one side of a sheet in the images bag.
fn side(number: u32, side: &str) -> String {
    format!("{number:06}-{side}.png")
}

impl Rereading<'_> {
    /// One content: the sheets of these numbers, which are sorted.
    fn content(&self, content: &Published, numbers: &[u32]) -> Two {
        let Some(signed) = manifest(self.publication, content, "images-manifest.txt") else { return Two::new() };
        let is_wanted = |path: &str| {
            let name = path.rsplit('/').next().unwrap_or(path);
            let number = name.split('-').next().and_then(|number| number.parse().ok());
            RECORDS.contains(&path) || number.is_some_and(|number| numbers.binary_search(&number).is_ok())
        };
        let files = self.brought.of(copy(content), &is_wanted);
        let mut two = Two::new();
        let records = self.records(&mut two, content, &files);
        count(&mut two.1, content, &fronts(&signed), records.as_ref());
        let read = numbers.par_iter().map(|number| {
            let two = self.sheet(content, *number, &signed, &files, records.as_ref());
            (self.done)();
            two
        });
        two.join(read.reduce(Two::new, Two::join))
    }

    /// The records of a content: the published ones, or those beside the images, in the bytes that the device signed for.
    fn records(&self, two: &mut Two, content: &Published, files: &Folder) -> Option<Records> {
        let place = format!("{}{}", content.place, RECORDS[0]);
        let beside = || RECORDS.iter().find_map(|path| files.bytes(path).ok());
        let Some(bytes) = self.publication.bytes(&place).ok().or_else(beside) else {
            two.1.withholds(&place, RECORDS_CLAUSE, "the cast vote records are neither public nor beside the images");
            return None;
        };
        let signed = manifest(self.publication, content, "results-manifest.txt")?.remove("data/cvr.json")?;
        if !is_signed(&mut two.0, &place, &bytes, signed) {
            return None;
        }
        let records = Records::parse(&bytes).map_err(|e| two.1.fails(&place, e.code(), e)).ok()?;
        for (code, what) in figures::votes(self.defined, &records, &content.results) {
            two.1.fails(&place, code, what);
        }
        Some(records)
    }

    /// One sheet: the hashes of its images, and what they are read as.
    fn sheet(
        &self,
        content: &Published,
        number: u32,
        signed: &Manifest,
        files: &Folder,
        records: Option<&Records>,
    ) -> Two {
        let mut two = Two::new();
        let mut pages = Vec::new();
        let place = |name: &str| format!("{}images/{name}", content.place);
        for name in ["front", "back"].map(|of| side(number, of)) {
            let Some(digest) = signed.get(&format!("data/{name}")) else { continue };
            let found = image(&name).iter().map(|path| files.bytes(path)).find(|bytes| *bytes != Err(Absent::Missing));
            match found.unwrap_or(Err(Absent::Missing)) {
                Ok(bytes) if is_signed(&mut two.0, &place(&name), &bytes, *digest) => pages.push(bytes),
                Ok(_) => {}
                Err(absent) => absent.tell(&mut two.0, &place(&name)),
            }
        }
        // An image that is another, or not there, says nothing of the record.
        if two.0.failed + two.0.missing > 0 {
            return two;
        }
        let (Some(records), place) = (records, place(&side(number, "front"))) else { return two };
        // There is no record of number 0.
        let Some(record) = (number as usize).checked_sub(1).and_then(|at| records.records.get(at)) else {
            two.1.fails(&place, "reread.no_record", "there is no cast vote record of its number");
            return two;
        };
        // A station keeps a picture of every doubt: a record cannot be kept from being compared by a word in it.
        for contest in record.contests.iter().filter(|contest| contest.settled).map(|contest| &contest.contest) {
            if !signed.contains_key(&format!("data/{number:06}-crop-{contest}.png")) {
                let what = format!(
                    "contest {contest}: people settled a doubtful mark, and the device signed for no picture of it"
                );
                two.1.fails(&place, "reread.no_crop", what);
            }
        }
        match read(&pages, self.design) {
            // The station kept no image that it could not read.
            Err(rejection) => two.1.fails(&place, "reread.unread", format!("cannot be read again: {rejection}")),
            Ok(sheet) => compare::compare(&mut two.1, &place, record, &sheet),
        }
        two
    }
}

/// Are these the bytes that the device signed for?
fn is_signed(check: &mut Check, place: &str, bytes: &[u8], signed: Digest) -> bool {
    let found = sign::sha256(bytes);
    check.expect(found == signed, place, "bag.changed", || format!("has {found}, but the device signed for {signed}"))
}

/// Reads a sheet from its archived images: what counts, and what anybody can repeat.
fn read(pages: &[Vec<u8>], design: &Design) -> Result<Sheet, Rejection> {
    let pages = pages.iter().map(|png| Bits::from_png(png)).collect::<Result<Vec<Bits>, _>>()?;
    let front = pages.first().ok_or(Rejection::NoSheet(ballot::Side::Front))?;
    read_archived(front, pages.get(1), design).outcome
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Verdict;

    #[test]
    fn what_people_settled_alone_is_no_evidence() {
        let mut reread = Check::new(CheckId::Reread);
        reread.records("000001-front.png", "reread.settled", "contest mayor");
        needs_one(&mut reread);
        assert_eq!((reread.verdict(), reread.missing), (Verdict::Incomplete, 1));
        let mut reread = Check::new(CheckId::Reread);
        reread.records("000001-front.png", "reread.settled", "contest mayor");
        reread.holds();
        needs_one(&mut reread);
        assert_eq!((reread.verdict(), reread.missing), (Verdict::Pass, 0));
    }
}
