//! VF2, VF3 and VF5: publications that lack something, hold something twice, are empty, or mean harm to who checks them.

use std::fs;

use crate::common::{Files, KEYS, Publication, Recipe, build, leaf, officers};
use crate::{fails, shown, spoilt, verify};
use election::{Digest, Lang};
use log::Note;
use record::Body;
use record::entry::{self, Announcement};
use verify::{CheckId, MOST_DETAILS, Matter, Report, Verdict};

fn places(report: &Report, matter: Matter) -> Vec<&str> {
    let detail = report.checks.iter().flat_map(|check| &check.detail);
    detail.filter(|detail| detail.matter == matter).map(|detail| detail.place.as_str()).collect()
}

#[test]
fn vf2_what_lacks_is_incomplete_never_pass_and_what_is_extra_is_listed() {
    let publication = build(&Recipe::default());
    // One of each part, and several at once.
    let lacking = ["results/totals.csv", "stations/s1/d1-1/slip.json", "election/stations.csv", "bag-info.txt"];
    for path in lacking {
        let bytes = fs::read(publication.path().join(path)).expect("there");
        fs::remove_file(publication.path().join(path)).expect("removed");
        let report = publication.verify();
        assert_eq!(report.verdict, Verdict::Incomplete, "{path}");
        assert!(places(&report, Matter::Missing).contains(&path), "{path} is not named");
        publication.write(path, &bytes);
    }
    for path in lacking {
        fs::remove_file(publication.path().join(path)).expect("removed");
    }
    let report = publication.verify();
    assert_eq!(report.verdict, Verdict::Incomplete);
    assert!(lacking.iter().all(|path| places(&report, Matter::Missing).contains(path)), "all are named");
    // Extra beside lacking: fail beats incomplete, and each is named.
    let extra = ["results/totals (final).csv", "stations/s4/d4-1/results.json", "en/notes.html"];
    extra.iter().for_each(|path| publication.write(path, b"more"));
    let report = publication.verify();
    assert_eq!(report.verdict, Verdict::Fail);
    assert!(extra.iter().all(|path| places(&report, Matter::Failed).contains(path)), "all are named");
    assert!(lacking.iter().all(|path| places(&report, Matter::Missing).contains(path)), "and still what lacks");
}

/// Two sets of results, each listed, hashed and signed for by whoever published them.
#[test]
fn vf2_two_final_results_fail() {
    let second: [fn(&mut Files); 3] = [
        |files| copy(files, "results/", "results-final/"),
        |files| copy(files, "results/", "v2/results/"),
        |files| {
            let report = files["results/results.json"].clone();
            files.insert("results.json".into(), report);
        },
    ];
    for files in second {
        spoilt(Recipe { files, ..Recipe::default() }, CheckId::Unlisted, "bag.stray");
    }
    // A second table beside the first, announced with it.
    let tables: fn(&mut Files) = |tables| {
        let totals = tables["totals.csv"].clone();
        tables.insert("totals-final.csv".into(), totals);
    };
    spoilt(Recipe { tables, ..Recipe::default() }, CheckId::Unlisted, "bag.stray");
    // Two announcements of one version, both signed by two officers and witnessed.
    let twice = Recipe {
        last: |leaves, fingerprint| {
            let second = Announcement { version: 1, results: Digest::of(b"other results"), witnessed: String::new() };
            leaves.insert(0, leaf(Some(fingerprint), &Body::Announcement(second), &officers()));
        },
        ..Recipe::default()
    };
    spoilt(twice, CheckId::Leaves, "record.version");
    // A second announcement in its turn, while the publication carries the first.
    let later = Recipe {
        last: |leaves, fingerprint| {
            let second = Announcement { version: 2, results: Digest::of(b"other results"), witnessed: String::new() };
            leaves.insert(0, leaf(Some(fingerprint), &Body::Announcement(second), &officers()));
        },
        ..Recipe::default()
    };
    let report = build(&later).verify();
    fails(&report, CheckId::Announced, "results.not_announced");
    fails(&report, CheckId::PublicationLeaf, "publication.version");
    // Two publications of one announcement: the record ends with the other one.
    let other = Recipe {
        last: |leaves, fingerprint| {
            let body = entry::Publication { version: 1, manifest: Digest::of(b"the other publication") };
            leaves.push(leaf(Some(fingerprint), &Body::Publication(body), &[&KEYS.centre]));
        },
        ..Recipe::default()
    };
    spoilt(other, CheckId::PublicationLeaf, "publication.manifest");
}

fn copy(files: &mut Files, from: &str, to: &str) {
    let copies: Files = files
        .iter()
        .filter_map(|(path, bytes)| Some((format!("{to}{}", path.strip_prefix(from)?), bytes.clone())))
        .collect();
    files.extend(copies);
}

/// "Empty is valid" is the oldest trick against a checker.
#[test]
fn vf3_no_stations_no_contests_and_no_witnesses_fail() {
    fn header_alone(files: &mut Files, path: &str) {
        let text = String::from_utf8(files[path].clone()).expect("text");
        let head = text.lines().next().expect("a header");
        files.insert(path.to_owned(), format!("{head}\n").into_bytes());
    }
    let emptied: [fn(&mut Files); 3] = [
        |files| header_alone(files, "election/stations.csv"),
        |files| header_alone(files, "election/contests.csv"),
        |files| header_alone(files, "election/witnesses.csv"),
    ];
    for files in emptied {
        let report = build(&Recipe { files, ..Recipe::default() }).verify();
        assert_eq!(report.verdict, Verdict::Fail, "{}", shown(&report, Lang::En));
        assert!(report.check("V.105").expect("the definition").failed > 0);
    }
    let unwatched = Recipe {
        policy: |policy| {
            policy.witnesses.clear();
            policy.threshold = 0;
        },
        cosigners: 0,
        ..Recipe::default()
    };
    let report = build(&unwatched).verify();
    fails(&report, CheckId::NotEmpty, "verify.empty");
    // A whole election of which nothing was imported.
    let nothing = Recipe {
        record_leaves: |leaves, _| leaves.truncate(1),
        files: |files| files.retain(|path, _| !path.starts_with("stations/")),
        ..Recipe::default()
    };
    spoilt(nothing, CheckId::Contents, "verify.empty");
    // Empty files where a publication should be, and a record without a leaf.
    for path in ["manifest-sha256.txt", "record/checkpoint", "results/totals.csv", "election/election.toml"] {
        let publication = build(&Recipe::default());
        publication.write(path, b"");
        assert_eq!(publication.verify().verdict, Verdict::Fail, "{path}");
    }
}

#[test]
fn vf5_more_strangers_than_a_report_can_name_are_counted() {
    let publication = build(&Recipe::default());
    let (files, links) = (20_000, 3_000);
    for number in 0..files {
        publication.write(&format!("en/{number}.html"), b"");
    }
    for number in 0..links {
        std::os::unix::fs::symlink("/dev/zero", publication.path().join(format!("ar/{number}"))).unwrap_or_else(|_| {
            fs::create_dir_all(publication.path().join("ar")).expect("a folder");
            std::os::unix::fs::symlink("/dev/zero", publication.path().join(format!("ar/{number}"))).expect("a link");
        });
    }
    let report = publication.verify();
    assert_eq!(report.verdict, Verdict::Fail);
    let (names, unlisted) = (report.check("V.101").expect("it"), report.check("V.104").expect("it"));
    assert_eq!((names.failed, names.detail.len()), (links, MOST_DETAILS));
    assert_eq!((unlisted.failed, unlisted.detail.len()), (files, MOST_DETAILS));
    // The first by path are named, whatever the order in which the disk lists them.
    assert_eq!(unlisted.detail[1].place, "en/1.html");
}

#[test]
fn vf5_sizes_that_no_file_of_a_publication_has_are_not_read() {
    let publication = build(&Recipe::default());
    for (path, length) in [
        ("results/stations.csv", 17u64 << 30),
        ("results/totals.csv", 1 << 40),
        ("stations/s1/d1-1/cvr.json", 1 << 30),
        ("record/tile/entries/000.p/8", 1 << 30),
        ("election/stations.csv", 1 << 40),
        ("index.html", 1 << 43),
    ] {
        let file = fs::OpenOptions::new().write(true).create(true).truncate(false).open(publication.path().join(path));
        file.expect("opened").set_len(length).expect("a sparse file");
    }
    let report = publication.verify();
    let names = report.check("V.101").expect("it");
    assert_eq!(names.failed, 6, "{names:#?}");
    assert!(names.detail.iter().all(|detail| detail.code == "folder.too_large"), "{names:#?}");
}

#[test]
fn vf5_a_table_without_line_ends_does_not_fill_the_memory() {
    let long = |text: &str| [b"\xef\xbb\xbf", text.as_bytes(), "x".repeat(8 << 20).as_bytes()].concat();
    let cases = [
        long(""),
        long("contest,option,name_ar,name_ckb,name_en,votes\r\n"),
        // A quote that is never closed: line ends inside it end no row.
        [long("contest,option,name_ar,name_ckb,name_en,votes\r\n\""), "\r\n".repeat(2 << 20).into_bytes()].concat(),
        // Millions of cells in one row.
        [b"\xef\xbb\xbf".to_vec(), b",".repeat(8 << 20)].concat(),
    ];
    for bytes in cases {
        let publication = build(&Recipe::default());
        publication.write("results/totals.csv", &bytes);
        let report = publication.verify();
        fails(&report, CheckId::Totals, "table.form");
        let totals = report.check("V.602").expect("it");
        assert!(totals.detail.iter().any(|d| d.what.contains("longer than any row")), "{totals:#?}");
    }
}

#[test]
fn vf5_deep_json_and_wild_numbers_are_refused() {
    let publication = build(&Recipe::default());
    let deep = ["[".repeat(1_000_000), "{\"a\":".repeat(500_000)];
    let wild = [r#"{"Election":[{"Contest":[{"@id":"contest-assembly","ContestSelection":[{"@id":"selection-la","VoteCounts":[{"Count":1e400}]}]}]}]}"#.to_owned()];
    for path in [
        "results/results.json",
        "stations/s1/d1-1/results.json",
        "stations/s1/d1-1/zero.json",
        "stations/s1/d1-1/cvr.json",
        "stations/s1/d1-1/slip.json",
        "stations/s1/d1-1/withheld.json",
        "stations/s1/d1-1/label.json",
        "stations/s1/d1-1/statement.dsse.json",
        "stations/s1/d1-1/receipt.json",
        "datapackage.json",
    ] {
        let before = fs::read(publication.path().join(path)).ok();
        for text in deep.iter().chain(&wild) {
            publication.write(path, text.as_bytes());
            assert_eq!(publication.verify().verdict, Verdict::Fail, "{path}");
        }
        match before {
            Some(bytes) => publication.write(path, &bytes),
            None => fs::remove_file(publication.path().join(path)).expect("removed"),
        }
    }
    // Deep TOML in the definition, and a manifest of a million files that are not there.
    let toml = format!("a = {}1{}\n", "[".repeat(100_000), "]".repeat(100_000));
    publication.write("election/election.toml", toml.as_bytes());
    assert_eq!(publication.verify().verdict, Verdict::Fail);
    let hash = "0".repeat(64);
    let manifest: String = (0..300_000).map(|n| format!("{hash}  en/{n:06}.html\n")).collect();
    publication.write("manifest-sha256.txt", manifest.as_bytes());
    let report = publication.verify();
    let listed = report.check("V.103").expect("it");
    assert_eq!((listed.missing, listed.detail.len()), (300_000, MOST_DETAILS));
}

/// A checkpoint of its own log's key over more leaves than any log has.
#[test]
fn vf5_a_checkpoint_of_absurd_size_costs_nothing() {
    fn rewrite(publication: &Publication, size: u64) {
        let text = log::Checkpoint { origin: "tiny/record".into(), size, root: [7; 32] }.to_text();
        let mut note = Note { text, signatures: Vec::new() };
        note.sign("tiny/record", &KEYS.record_log).expect("signed");
        publication.write("record/checkpoint", &note.to_bytes());
    }
    for size in [0, 1, 7, 1 << 20, 1 << 40, 1 << 63, u64::MAX - 255, u64::MAX] {
        let publication = build(&Recipe::default());
        rewrite(&publication, size);
        let report = publication.verify();
        assert_ne!(report.verdict, Verdict::Pass, "{size}");
        let log = report.check("V.201").expect("it");
        assert!(log.failed + log.missing > 0 && log.detail.len() <= 2 * MOST_DETAILS, "{size}: {log:#?}");
    }
}

#[test]
fn vf5_links_loops_and_pipes_in_every_part_are_neither_followed_nor_waited_for() {
    for path in ["record/checkpoint", "results/totals.csv", "stations/s1/d1-1/results.json", "election/election.toml"] {
        for is_pipe in [true, false] {
            let publication = build(&Recipe::default());
            let at = publication.path().join(path);
            fs::rename(&at, publication.path().join("en.moved")).expect("moved");
            if is_pipe {
                assert!(std::process::Command::new("mkfifo").arg(&at).status().expect("mkfifo").success());
            } else {
                std::os::unix::fs::symlink(publication.path().join("en.moved"), &at).expect("a link");
            }
            let report = publication.verify();
            assert_eq!(report.verdict, Verdict::Fail, "{path}");
            let code = if is_pipe { "folder.special" } else { "folder.link" };
            fails(&report, CheckId::Names, code);
        }
    }
}
