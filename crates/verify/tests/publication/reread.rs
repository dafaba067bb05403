//! V.413 and V.414 where images are missing, others, or no images at all. What is read as it should be, and the images of
//! another station, are in `crates/sanad/tests/reread.rs`: there are sheets of paper.

use std::path::Path;

use crate::common::{Files, Publication, Recipe, build, pictures};
use crate::verify::{CheckId, Images, Matter, Options, Report, Sample, Verdict};

/// A front for each of the eleven records of the first station and the three of the second; none of them is an image.
fn fronts(index: usize) -> Files {
    let sheets: u8 = if index == 0 { 11 } else { 3 };
    (1..=sheets).map(|number| (format!("data/{number:06}-front.png"), vec![index as u8, number])).collect()
}

/// A front of a number that no record has.
fn beyond(index: usize) -> Files {
    [("data/000099-front.png".to_owned(), vec![index as u8])].into()
}

/// Pictures of single contests, and no front at all.
fn no_fronts(index: usize) -> Files {
    let mut files = pictures(index);
    files.remove("data/000001-front.png").expect("its only front");
    files
}

fn with_fronts() -> Publication {
    build(&Recipe { images: fronts, ..Recipe::default() })
}

/// The images of a station as a bundle has them.
fn brought(index: usize, images: Files) -> Files {
    let folder = format!("s{0}/d{0}-1/images/", index + 1);
    images.into_iter().map(|(path, image)| (path.replace("data/", &folder), image)).collect()
}

/// A folder with these files.
fn folder(files: &Files) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    for (path, bytes) in files {
        let path = dir.path().join(path);
        std::fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder");
        std::fs::write(path, bytes).expect("written");
    }
    dir
}

fn reread(publication: &Publication, from: &Path, sample: Option<Sample>) -> Report {
    let images = Some(Images { from: from.to_owned(), sample });
    publication.verify_with(&Options { root: Some(publication.root), images, ..Options::default() })
}

/// What the check has to say of this matter, as code and place.
fn said(report: &Report, check: CheckId, matter: Matter) -> Vec<(&str, &str)> {
    let found = report.check(check.code()).expect("a check");
    let own = found.detail.iter().filter(|detail| detail.matter == matter);
    own.map(|detail| (detail.code.as_str(), detail.place.as_str())).collect()
}

#[test]
fn an_image_that_cannot_be_read_again_fails() {
    let publication = with_fronts();
    let report = reread(&publication, folder(&brought(0, fronts(0))).path(), None);
    assert_eq!(report.verdict, Verdict::Fail, "{:#?}", report.check("V.414"));
    let hashes = report.check("V.413").expect("a check");
    assert_eq!((hashes.checked, hashes.failed, hashes.missing), (12, 0, 0), "eleven images and the records");
    assert_eq!(said(&report, CheckId::ImageHashes, Matter::Withheld), [("never_public", "stations/")], "of the other");
    let unread = said(&report, CheckId::Reread, Matter::Failed);
    assert_eq!((unread.len(), unread[0]), (11, ("reread.unread", "stations/s1/d1-1/images/000001-front.png")));
}

#[test]
fn an_image_that_is_not_there_is_missing_and_nothing_at_all_is_incomplete() {
    let publication = with_fronts();
    let mut images = brought(0, fronts(0));
    images.remove("s1/d1-1/images/000007-front.png").expect("an image");
    let report = reread(&publication, folder(&images).path(), None);
    let gone = ("file.missing", "stations/s1/d1-1/images/000007-front.png");
    assert_eq!(said(&report, CheckId::ImageHashes, Matter::Missing), [gone]);
    let report = reread(&publication, folder(&Files::new()).path(), None);
    assert_eq!(report.verdict, Verdict::Incomplete);
    assert_eq!(said(&report, CheckId::ImageHashes, Matter::Missing), [("reread.nothing", "images")]);
    assert_eq!(said(&report, CheckId::Reread, Matter::Missing), [("verify.needs", "images")]);
}

/// What the device signed for is one image for each record: no vote is counted that no paper stands for.
#[test]
fn records_without_an_image_and_images_without_a_record_fail() {
    let publication = build(&Recipe::default());
    let one: Files = [("s1/d1-1/images/000001-front.png".to_owned(), vec![0])].into();
    let report = reread(&publication, folder(&one).path(), None);
    let manifest = "stations/s1/d1-1/images-manifest.txt";
    let unread = ("reread.unread", "stations/s1/d1-1/images/000001-front.png");
    assert_eq!(said(&report, CheckId::Reread, Matter::Failed), [("reread.images", manifest), unread]);
    let publication = build(&Recipe { images: beyond, ..Recipe::default() });
    let report = reread(&publication, folder(&brought(0, beyond(0))).path(), None);
    let image = "stations/s1/d1-1/images/000099-front.png";
    let failed = said(&report, CheckId::Reread, Matter::Failed);
    assert_eq!(failed, [("reread.images", manifest), ("reread.no_record", image)]);
}

#[test]
fn a_device_that_signed_for_no_front_at_all_fails_whether_a_sample_is_drawn_or_not() {
    let publication = build(&Recipe { images: no_fronts, ..Recipe::default() });
    let dir = folder(&brought(0, no_fronts(0)));
    for sample in [None, Some(Sample { sheets: 4, seed: "4711".to_owned() })] {
        let report = reread(&publication, dir.path(), sample);
        let manifest = "stations/s1/d1-1/images-manifest.txt";
        assert_eq!(said(&report, CheckId::Reread, Matter::Failed), [("reread.images", manifest)]);
        assert!(said(&report, CheckId::ImageHashes, Matter::Missing).is_empty(), "something was brought");
    }
}

/// One front of eleven records, and one of three ballots whose records are withheld.
#[test]
fn sheets_are_counted_also_where_none_is_drawn_and_where_records_are_withheld() {
    let publication = build(&Recipe::default());
    let mut images = Files::new();
    for index in [0, 1] {
        images.extend(brought(index, [("data/000001-front.png".to_owned(), vec![index as u8])].into()));
    }
    let sample = Sample { sheets: 1, seed: "4711".to_owned() };
    let report = reread(&publication, folder(&images).path(), Some(sample));
    let failed = said(&report, CheckId::Reread, Matter::Failed);
    let counted: Vec<&str> =
        failed.into_iter().filter(|(code, _)| *code == "reread.images").map(|(_, place)| place).collect();
    assert_eq!(counted, ["stations/s1/d1-1/images-manifest.txt", "stations/s2/d2-1/images-manifest.txt"]);
}

/// Otherwise whoever changes a record would only have to say in it that it was settled.
#[test]
fn a_record_that_says_it_was_settled_without_a_picture_of_the_doubt_fails() {
    let settled = Recipe {
        images: fronts,
        records: |records| records.records[0].contests[0].settled = true,
        ..Recipe::default()
    };
    let report = reread(&build(&settled), folder(&brought(0, fronts(0))).path(), None);
    let failed = said(&report, CheckId::Reread, Matter::Failed);
    // None of the eleven fronts is an image.
    assert_eq!(
        ["reread.no_crop", "reread.unread"].map(|of| failed.iter().filter(|(code, _)| *code == of).count()),
        [1, 11]
    );
}

/// Of the second station, of three ballots, the rules withhold the records.
#[test]
fn records_that_are_not_public_must_lie_beside_the_images_and_be_the_signed_ones() {
    let publication = with_fronts();
    let mut images = brought(1, fronts(1));
    let report = reread(&publication, folder(&images).path(), None);
    let records = "stations/s2/d2-1/cvr.json";
    let withheld = said(&report, CheckId::Reread, Matter::Withheld);
    assert_eq!(withheld, [("privacy.cast_vote_records_from", records)]);
    assert_eq!(said(&report, CheckId::Reread, Matter::Missing), [("verify.needs", "images")]);
    images.insert("s2/d2-1/cvr.json".to_owned(), b"{}".to_vec());
    let report = reread(&publication, folder(&images).path(), None);
    assert_eq!(said(&report, CheckId::ImageHashes, Matter::Failed), [("bag.changed", records)]);
}

#[test]
fn a_sample_is_the_same_for_the_same_seed_and_only_its_images_are_read() {
    let publication = with_fronts();
    let dir = folder(&brought(0, fronts(0)));
    let drawn = |seed: &str| reread(&publication, dir.path(), Some(Sample { sheets: 4, seed: seed.to_owned() }));
    let report = drawn("4711");
    assert_eq!(report.check("V.413").expect("a check").checked, 5, "four images and the records");
    assert_eq!(said(&report, CheckId::ImageHashes, Matter::Aside), [("reread.not_drawn", "images")]);
    let sheets = said(&report, CheckId::Reread, Matter::Failed);
    assert_eq!(sheets.len(), 4);
    assert_eq!(drawn("4711"), report);
    let other = drawn("4712");
    assert_ne!(said(&other, CheckId::Reread, Matter::Failed), sheets);
    // What is not drawn may be anything, or not there.
    for number in 1..=11 {
        let image = format!("{number:06}-front.png");
        if !sheets.iter().any(|(_, place)| place.ends_with(&image)) {
            std::fs::remove_file(dir.path().join("s1/d1-1/images").join(image)).expect("removed");
        }
    }
    assert_eq!(drawn("4711"), report);
}

#[test]
fn images_are_read_from_a_bundle_as_it_was_handed_out() {
    let publication = with_fronts();
    let images = brought(0, fronts(0));
    let bundled: Files = images.iter().map(|(path, image)| (format!("data/stations/{path}"), image.clone())).collect();
    let dir = folder(&bundled);
    let unpacked = reread(&publication, dir.path(), None);
    assert_eq!(unpacked.checks, reread(&publication, folder(&images).path(), None).checks);
    let mut archive = package::archive::write(&bundled).expect("an archive");
    let path = dir.path().join("bundle.tar");
    std::fs::write(&path, &archive).expect("written");
    assert_eq!(reread(&publication, &path, None).checks, unpacked.checks);
    archive.truncate(archive.len() - 700);
    std::fs::write(&path, &archive).expect("written");
    let report = reread(&publication, &path, None);
    let hashes = report.check("V.413").expect("a check");
    assert_eq!(hashes.verdict(), Verdict::Incomplete, "a bundle that is cut says nothing against the publication");
    assert_eq!(said(&report, CheckId::ImageHashes, Matter::Missing), [("archive.form", "bundle.tar")]);
}
