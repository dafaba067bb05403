//! V.4xx: what is published of each station.

use std::collections::BTreeSet;
use std::process::Command;

use election::Digest;
use record::Medium;
use serde_json::Value;

use crate::common::{Files, KEYS, Publication, Recipe, build, id, pictures, redaction};
use crate::verify::{CheckId, Matter, Verdict};
use crate::{Spoil, replace, shown, spoilt};

#[test]
fn a_station_folder_without_an_import_fails() {
    let recipe = Recipe {
        files: |files| {
            let copies: Files = files
                .iter()
                .filter_map(|(path, bytes)| Some((path.strip_prefix("stations/s1/")?.to_owned(), bytes.clone())))
                .map(|(path, bytes)| (format!("stations/s3/{}", path.replace("d1", "d3")), bytes))
                .collect();
            files.extend(copies);
        },
        ..Recipe::default()
    };
    spoilt(recipe, CheckId::Contents, "station.no_import");
    let stray = Recipe {
        files: |files| drop(files.insert("stations/s1/README".into(), b"hello".to_vec())),
        ..Recipe::default()
    };
    spoilt(stray, CheckId::Contents, "station.stray");
    let unpublished =
        Recipe { files: |files| files.retain(|path, _| !path.starts_with("stations/s1/")), ..Recipe::default() };
    let report = build(&unpublished).verify();
    assert_eq!(report.verdict, Verdict::Incomplete);
    assert!(report.check("V.401").expect("the contents").missing > 0);
}

#[test]
fn a_label_or_statement_by_another_key_fails() {
    // The key of another station's device.
    spoilt(Recipe { label_key: |i| &KEYS.devices[(i + 1) % 3], ..Recipe::default() }, CheckId::Labels, "dsse.key");
    spoilt(
        Recipe { statement_key: |i| &KEYS.devices[(i + 1) % 3], ..Recipe::default() },
        CheckId::Statements,
        "dsse.key",
    );
    spoilt(
        Recipe { statement: |s| s.definition = Digest::of(b"x"), ..Recipe::default() },
        CheckId::Statements,
        "statement.other",
    );
    let sealed_to_others =
        Recipe { statement: |s| s.recipients.results = s.recipients.images.clone(), ..Recipe::default() };
    spoilt(sealed_to_others, CheckId::Statements, "statement.other");
    let rehearsal = Recipe { statement: |s| s.scope.mode = election::Mode::Rehearsal, ..Recipe::default() };
    spoilt(rehearsal, CheckId::Statements, "statement.other");
}

#[test]
fn a_data_file_that_the_device_did_not_sign_for_fails() {
    // The whole publication is hashed and announced anew over the changed file; the device did not sign it.
    let recipe = Recipe {
        files: |files| drop(files.insert("stations/s1/d1-1/slip.pdf".into(), b"%PDF-1.7 other".to_vec())),
        ..Recipe::default()
    };
    spoilt(recipe, CheckId::Manifests, "bag.changed");
    let recipe = Recipe {
        files: |files| drop(files.insert("stations/s1/d1-1/note.txt".into(), b"hello".to_vec())),
        ..Recipe::default()
    };
    spoilt(recipe, CheckId::Manifests, "bag.unsigned");
}

#[test]
fn figures_that_do_not_add_up_fail() {
    let cases: [(Spoil<package::StationResults>, &str); 7] = [
        (|r| r.account.cast -= 1, "figures.account"),
        (|r| r.account.registered -= 1, "figures.bound"),
        (|r| r.contests[0].blank += 1, "figures.ballots"),
        (|r| *r.contests[0].votes.get_mut(&id("lb")).expect("list B") += 1, "figures.votes"),
        (|r| *r.contests[0].votes.get_mut(&id("b1")).expect("candidate") += 90, "figures.votes"),
        (|r| r.contests[0].votes.retain(|option, _| *option != id("b2")), "figures.options"),
        (|r| r.contests.push(r.contests[0].clone()), "figures.contests"),
    ];
    for (results, code) in cases {
        spoilt(Recipe { results, ..Recipe::default() }, CheckId::Results, code);
    }
}

/// The report of the second verifier.
pub fn by_second(publication: &Publication) -> Value {
    let tool = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tools/verify.py");
    let mut command = Command::new("python3");
    command.arg(tool).arg(publication.path()).args(["--json", "--fingerprint", &publication.root.to_string()]);
    let output = command.output().expect("python3 is needed; tools/test installs it");
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|e| panic!("{e}\n{}", String::from_utf8_lossy(&output.stderr)))
}

/// What the second verifier says: the verdict, and of one check the codes of what failed and of what is recorded.
pub fn second(publication: &Publication, check: &str) -> (Value, [BTreeSet<String>; 2]) {
    let report = by_second(publication);
    let checks = report["checks"].as_array().expect("checks");
    let check = checks.iter().find(|own| own["id"] == check).expect("the check");
    let codes = |matter: &str| {
        let own = check["detail"].as_array().expect("a list").iter().filter(|detail| detail["matter"] == matter);
        own.map(|detail| detail["code"].as_str().expect("a code").to_owned()).collect()
    };
    (report["verdict"].clone(), [codes("failed"), codes("recorded")])
}

/// Both verifiers say the same of V.405.
#[track_caller]
fn both(recipe: Recipe, passes: bool, failed: &[&str], recorded: &[&str]) {
    let publication = build(&recipe);
    let report = publication.verify();
    let check = report.check("V.405").expect("V.405");
    let codes = |matter: Matter| -> BTreeSet<String> {
        check.detail.iter().filter(|detail| detail.matter == matter).map(|detail| detail.code.clone()).collect()
    };
    let of = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect::<BTreeSet<String>>();
    assert_eq!(codes(Matter::Failed), of(failed), "{}", shown(&report, election::Lang::En));
    assert_eq!(codes(Matter::Recorded), of(recorded));
    assert_eq!(report.verdict == Verdict::Pass, passes, "{}", shown(&report, election::Lang::En));
    let (verdict, codes) = second(&publication, "V.405");
    assert_eq!(codes, [of(failed), of(recorded)], "the second verifier");
    assert_eq!(verdict == "pass", passes, "the second verifier says {verdict}");
}

#[test]
fn paper_that_does_not_add_up_is_recorded_where_the_import_says_so_and_nowhere_else() {
    let says: Spoil<record::entry::Import> = |import| import.account_differs = true;
    let papers: [(Spoil<package::StationResults>, &str); 3] = [
        (|r| r.account.received += 1, "figures.account"),
        (|r| r.account.checked_in = Some(0), "figures.checked_in"),
        (
            |r| {
                // More ballots than voters: those that are too many could not be read.
                let a = &mut r.account;
                (a.used, a.unread, a.received) = (101, 101 - a.cast, 102 + a.unused);
            },
            "figures.registered",
        ),
    ];
    for (results, code) in papers {
        both(Recipe { results, import: says, ..Recipe::default() }, true, &[], &[code]);
        both(Recipe { results, ..Recipe::default() }, false, &["figures.account_differs", code], &[]);
        // One of two imports of a content says so.
        let half: Spoil<record::entry::Import> = |import| import.account_differs = import.medium == Medium::Network;
        both(Recipe { results, import: half, ..Recipe::default() }, false, &["figures.account_differs", code], &[]);
    }
    both(Recipe { import: says, ..Recipe::default() }, false, &["figures.account_differs"], &[]);
    // Nothing but paper is excused by it.
    let device: Spoil<package::StationResults> = |r| r.account.valid += 1;
    let both_say = Recipe { results: device, import: says, ..Recipe::default() };
    both(both_say, false, &["figures.account", "figures.account_differs"], &[]);
}

/// Two officers decide on it, and nobody else: the station that came by both media is not counted, the one with an order is.
#[test]
fn a_station_whose_paper_does_not_add_up_is_not_counted_by_itself() {
    let recipe = Recipe {
        results: |r| r.account.received += 1,
        import: |import| import.account_differs = true,
        ..Recipe::default()
    };
    let report = build(&recipe).verify();
    let has = |check: &str, code: &str, place: &str| {
        let detail = &report.check(check).expect("a check").detail;
        assert!(detail.iter().any(|d| d.code == code && d.place == place), "{code} {place}: {detail:#?}");
    };
    has("V.503", "standing.quarantined", "station s1");
    has("V.503", "decision.by_order", "station s2");
    for station in ["station s1", "station s2"] {
        has("V.504", "account.differs", station);
        has("V.605", "remark.R.201", station);
    }
    // Tables of a record in which nobody said so.
    let dropped =
        Recipe { tables: |t| replace(t, "findings.csv", "account,s1,,,,account.differs,1\r\n", ""), ..recipe };
    spoilt(dropped, CheckId::Findings, "table.value");
}

#[test]
fn a_zero_report_that_is_not_zero_fails() {
    spoilt(Recipe { zero: |zero| zero.account.cast = 1, ..Recipe::default() }, CheckId::Zero, "zero.account");
    let vote = Recipe { zero: |zero| *zero.contests[0].votes.get_mut(&id("la")).expect("A") = 1, ..Recipe::default() };
    spoilt(vote, CheckId::Zero, "zero.votes");
    spoilt(Recipe { zero: |zero| zero.generation = 2, ..Recipe::default() }, CheckId::Zero, "zero.other");
    let fewer =
        Recipe { zero: |zero| zero.contests[0].votes.retain(|option, _| *option != id("la")), ..Recipe::default() };
    spoilt(fewer, CheckId::Zero, "zero.options");
}

#[test]
fn a_slip_with_other_figures_fails() {
    let cases: [(Spoil<package::slip::SlipFigures>, &str); 5] = [
        (
            |slip| *slip.contests.get_mut(&id("assembly")).expect("it").votes.entry(id("lb")).or_default() += 1,
            "slip.votes",
        ),
        (|slip| slip.account.spoiled += 1, "slip.account"),
        (|slip| slip.results = Digest::of(b"x"), "slip.results"),
        (|slip| slip.zero = Digest::of(b"x"), "slip.zero"),
        (|slip| slip.fingerprint = Digest::of(b"x"), "slip.fingerprint"),
    ];
    for (slip, code) in cases {
        spoilt(Recipe { slip, ..Recipe::default() }, CheckId::Slip, code);
    }
}

#[test]
fn vote_records_of_another_sum_fail() {
    spoilt(
        Recipe { records: |records| drop(records.records.pop()), ..Recipe::default() },
        CheckId::VoteRecords,
        "cvr.sum",
    );
    // What is said to be counted adds up, but the marks are others.
    let marks = Recipe {
        records: |records| {
            let list_b = records.records.iter_mut().find(|r| r.contests[0].marked == [id("lb")]).expect("one for B");
            list_b.contests[0].marked = vec![id("la")];
        },
        ..Recipe::default()
    };
    spoilt(marks, CheckId::VoteRecords, "cvr.marks");
}

#[test]
fn a_file_withheld_without_a_clause_fails() {
    let list = "stations/s2/d2-1/withheld.json";
    let clause: fn(&mut Files) =
        |files| replace(files, "stations/s2/d2-1/withheld.json", "privacy.cast_vote_records_from", "because");
    spoilt(Recipe { files: clause, ..Recipe::default() }, CheckId::Withheld, "withheld.clause");
    let silent = Recipe { files: |files| drop(files.remove("stations/s2/d2-1/withheld.json")), ..Recipe::default() };
    spoilt(silent, CheckId::Withheld, "withheld.silent");
    // The first station has ballots enough: its records must be published.
    let hidden = Recipe { files: |files| drop(files.remove("stations/s1/d1-1/cvr.json")), ..Recipe::default() };
    spoilt(hidden, CheckId::Withheld, "withheld.silent");
    let report = build(&Recipe::default()).verify();
    let withheld = &report.check("V.409").expect("it").detail;
    assert!(
        withheld.iter().any(|d| d.place.starts_with(list) && d.code == "privacy.cast_vote_records_from"),
        "{withheld:#?}"
    );
}

/// Of a station whose records are published nothing but what is never public is withheld: the list says so all the same.
#[test]
fn a_list_of_what_is_withheld_that_is_dropped_or_changed_fails() {
    let dropped: Spoil<Files> = |files| drop(files.remove("stations/s1/d1-1/withheld.json"));
    spoilt(Recipe { documents: dropped, ..Recipe::default() }, CheckId::Withheld, "withheld.none");
    // A file less, and the figures of the pictures.
    let fewer: Spoil<Files> = |files| {
        let path = "stations/s1/d1-1/withheld.json";
        let mut list: serde_json::Value = serde_json::from_slice(&files[path]).expect("JSON");
        let removed = list["withheld"].as_array_mut().expect("a list").remove(0);
        assert_eq!(removed["clause"], "never_public");
        files.insert(path.into(), serde_json::to_vec_pretty(&list).expect("JSON"));
    };
    spoilt(Recipe { documents: fewer, ..Recipe::default() }, CheckId::Withheld, "withheld.other");
    let more: Spoil<Files> = |files| replace(files, "stations/s1/d1-1/withheld.json", "\"shown\": 7", "\"shown\": 8");
    spoilt(Recipe { documents: more, ..with_pictures() }, CheckId::Withheld, "withheld.other");
    // The same list in another form.
    let form: Spoil<Files> = |files| replace(files, "stations/s2/d2-1/withheld.json", "\n", " \n");
    spoilt(Recipe { documents: form, ..Recipe::default() }, CheckId::Withheld, "withheld.other");
}

/// Pictures of the first station, four of which two officers withhold.
fn with_pictures() -> Recipe {
    Recipe {
        toml: |toml| toml.replace("images_from = 0", "images_from = 4"),
        images: pictures,
        record_leaves: |leaves, fingerprint| redaction(leaves, fingerprint, &[2, 3, 5, 7]),
        shown: |station, number| station == 0 && ![2, 3, 5, 7].contains(&number),
        ..Recipe::default()
    }
}

#[test]
fn whole_ballots_and_pictures_that_are_withheld_fail() {
    let report = build(&with_pictures()).verify();
    assert_eq!(report.verdict, Verdict::Pass, "{}", shown(&report, election::Lang::En));
    let check = report.check("V.410").expect("it");
    assert!(check.checked > 7 && check.withheld >= 3, "seven are shown, four and those of the small station are not");
    let code = |recipe, code| spoilt(recipe, CheckId::Pictures, code);
    // WB4: a whole ballot, though its device signed for it.
    let whole: fn(&mut Files) = |files| drop(files.insert("stations/s1/d1-1/images/000001-front.png".into(), vec![0]));
    code(Recipe { files: whole, ..with_pictures() }, "images.whole");
    code(Recipe { files: whole, ..Recipe::default() }, "images.whole");
    // WB3: three ballots are fewer than the rules ask for.
    let small = |station, number| station == 1 || ![2, 3, 5, 7].contains(&number);
    code(Recipe { shown: small, ..with_pictures() }, "images.not");
    // Nobody has looked at them.
    code(Recipe { record_leaves: |_, _| {}, ..with_pictures() }, "images.not");
    // One that is withheld is published, and one that is not is kept back in silence.
    code(
        Recipe { shown: |station, number| station == 0 && ![2, 3, 5].contains(&number), ..with_pictures() },
        "images.redacted",
    );
    code(
        Recipe { shown: |station, number| station == 0 && ![2, 3, 5, 7, 11].contains(&number), ..with_pictures() },
        "images.silent",
    );
    // Another order than that of the hashes, and fewer pictures than ballots.
    let swapped: fn(usize) -> Files = |station| {
        let mut files = pictures(station);
        let [a, b] = ["data/contest-assembly-000001.png", "data/contest-assembly-000002.png"];
        let first = files.insert(a.into(), files[b].clone()).expect("there");
        files.insert(b.into(), first);
        files
    };
    code(Recipe { images: swapped, ..with_pictures() }, "images.order");
    let fewer: fn(usize) -> Files = |station| {
        let mut files = pictures(station);
        files.remove("data/contest-assembly-000011.png");
        files
    };
    code(Recipe { images: fewer, ..with_pictures() }, "images.count");
    // No picture at all, of a station whose pictures the rules show.
    let none: fn(usize) -> Files = |station| if station == 0 { Files::new() } else { pictures(station) };
    code(Recipe { images: none, record_leaves: |_, _| {}, shown: |_, _| false, ..with_pictures() }, "images.count");
    // Where the rules show none, none is what is to be seen.
    let report = build(&Recipe { images: |_| Files::new(), ..Recipe::default() }).verify();
    assert_eq!(report.check("V.410").expect("it").verdict(), Verdict::Pass);
}
