//! Each reason code of a check that no case of the others names: what was spoilt, and where the report puts it.

#[expect(dead_code, reason = "the pictures are spoilt by other cases")]
mod common;

use common::{Files, KEYS, Lent, Recipe, Shared, build, id, leaf};
use election::{Digest, Lang};
use log::Log;
use record::entry::{Body, Entry};
use sanad_verify as verify;
use verify::{CheckId, Matter, Options, Report, SlipInput, Stage};

/// What the check has to say of this matter, as code and place.
fn said(report: &Report, check: CheckId, matter: Matter) -> Vec<(&str, &str)> {
    let found = report.check(check.code()).expect("a check");
    let own = found.detail.iter().filter(|detail| detail.matter == matter);
    own.map(|detail| (detail.code.as_str(), detail.place.as_str())).collect()
}

/// The check has this code in this matter, at a place with these words.
#[track_caller]
fn has(report: &Report, check: CheckId, matter: Matter, code: &str, place: &str) {
    let said = said(report, check, matter);
    assert!(
        said.iter().any(|(own, at)| *own == code && at.contains(place)),
        "{}: no {code} at {place} in {said:?}\n{}",
        check.code(),
        verify::render(report, Lang::En, verify::Show::Amiss, &|what| what.to_owned())
    );
}

#[track_caller]
fn fails(recipe: &Recipe, check: CheckId, code: &str, place: &str) {
    has(&build(recipe).verify(), check, Matter::Failed, code, place);
}

fn replace(files: &mut Files, path: &str, from: &str, to: &str) {
    let text = String::from_utf8(files[path].clone()).expect("text");
    assert!(text.contains(from), "{path} has no {from}: {text}");
    files.insert(path.to_owned(), text.replace(from, to).into_bytes());
}

#[test]
fn what_is_absent_is_recorded_station_by_station() {
    let report = build(&Recipe::default()).verify();
    has(&report, CheckId::Channels, Matter::Recorded, "match.missing_network", "station s2");
    has(&report, CheckId::Channels, Matter::Recorded, "match.missing_network", "station s3");
    has(&report, CheckId::Channels, Matter::Recorded, "match.missing_stick", "station s3");
    has(&report, CheckId::Decisions, Matter::Recorded, "decision.by_order", "station s2");
    has(&report, CheckId::Receipts, Matter::Recorded, "station.by_stick", "stations/s2/");
    assert!(!said(&report, CheckId::Channels, Matter::Recorded).iter().any(|(_, place)| place.contains("s1")));
}

#[test]
fn an_amendment_is_recorded_with_its_words() {
    fn raise(leaves: &mut Vec<Vec<u8>>, fingerprint: Digest) {
        let amendment = record::entry::Amendment {
            key: "announce".into(),
            before: Some("matched".into()),
            after: Some("confirmed".into()),
            reason: "a law of the day before".into(),
            basis: "law 5".into(),
        };
        let board: [&dyn sign::Signer; 2] = [&KEYS.board[0], &KEYS.board[1]];
        leaves.push(leaf(Some(fingerprint), &Body::Amendment(amendment), &board));
    }
    let report = build(&Recipe { record_leaves: raise, ..Recipe::default() }).verify();
    has(&report, CheckId::Amendments, Matter::Recorded, "rules.amended", "the rules");
}

#[test]
fn an_announcement_that_is_none_or_of_another_log_fails() {
    // The second of a record that has no first one: it may not stand, and nothing is announced.
    let second = Recipe { announcement: |announcement| announcement.version = 2, ..Recipe::default() };
    fails(&second, CheckId::AnnouncementWitnesses, "announcement.none", "record");
    let other = Recipe {
        announcement: |announcement| {
            announcement.witnessed = announcement.witnessed.replace("tiny/record", "tiny/intake")
        },
        ..Recipe::default()
    };
    fails(&other, CheckId::AnnouncementWitnesses, "announcement.origin", "record leaf 7");
}

/// A log whose operator has signed it anew without a leaf.
fn emptied(name: &str) -> Report {
    let publication = build(&Recipe::default());
    let key = if name == "record" { &KEYS.record_log } else { &KEYS.intake_log };
    std::fs::remove_dir_all(publication.path().join(name)).expect("removed");
    let store = Shared::default();
    Log::create(store.clone(), &format!("tiny/{name}"), Box::new(Lent(key))).expect("a log");
    store.files(name).iter().for_each(|(path, bytes)| publication.write(path, bytes));
    publication.verify()
}

#[test]
fn a_log_without_a_leaf_proves_nothing() {
    has(&emptied("intake"), CheckId::IntakeLog, Matter::Failed, "log.empty", "intake/");
    let report = emptied("record");
    has(&report, CheckId::RecordLog, Matter::Failed, "log.empty", "record/");
    has(&report, CheckId::Root, Matter::Missing, "root.no_leaf", "record/tile/entries");
}

#[test]
fn a_manifest_that_is_gone_or_lists_a_log_is_told() {
    let publication = build(&Recipe::default());
    std::fs::remove_file(publication.path().join("manifest-sha256.txt")).expect("removed");
    let report = publication.verify();
    has(&report, CheckId::Listed, Matter::Missing, "bag.no_manifest", "manifest-sha256.txt");
    has(&report, CheckId::Unlisted, Matter::Missing, "bag.no_manifest", "manifest-sha256.txt");
    let beside = Recipe {
        manifest: |text| {
            let more = format!("{}  record/checkpoint\n", "0".repeat(64));
            let mut lines: Vec<&str> = text.split_inclusive('\n').chain([more.as_str()]).collect();
            lines.sort_by_key(|line| line.split_once("  ").expect("two columns").1.trim_end().to_owned());
            lines.concat()
        },
        ..Recipe::default()
    };
    fails(&beside, CheckId::Listed, "bag.listed_beside", "record/checkpoint");
}

/// What the device of the first station signs for, in this case: its records alone.
fn records_alone() -> String {
    format!("{}  data/cvr.json\n", "0".repeat(64))
}

#[test]
fn a_bag_that_lacks_what_a_device_must_sign_for_fails() {
    let recipe = Recipe {
        import: |import| {
            if import.station == id("s1") {
                import.content.results_manifest = Digest::of(records_alone().as_bytes());
            }
        },
        files: |files| drop(files.insert("stations/s1/d1-1/results-manifest.txt".into(), records_alone().into_bytes())),
        ..Recipe::default()
    };
    let report = build(&recipe).verify();
    let lacking = said(&report, CheckId::Manifests, Matter::Failed);
    let lacking = lacking.iter().filter(|(code, _)| *code == "bag.lacks").count();
    assert_eq!(lacking, 3, "results, zero report and slip");
    has(&report, CheckId::Manifests, Matter::Failed, "bag.lacks", "stations/s1/d1-1/results-manifest.txt");
}

#[test]
fn an_import_leaf_that_names_other_files_than_those_published_fails() {
    let label = Recipe { import: |import| import.label = Digest::of(b"other"), ..Recipe::default() };
    fails(&label, CheckId::Labels, "label.not_imported", "stations/s1/d1-1/label.json");
    let statement = Recipe { import: |import| import.statement = Digest::of(b"other"), ..Recipe::default() };
    fails(&statement, CheckId::Statements, "statement.not_imported", "stations/s1/d1-1/statement.dsse.json");
    // Copies that differ are not counted: nobody asks for figures that are nowhere.
    let results = Recipe {
        import: |import| {
            if import.station == id("s1") {
                import.content.results = Digest::of(import.medium.as_str().as_bytes());
            }
        },
        ..Recipe::default()
    };
    fails(&results, CheckId::Results, "results.not_imported", "stations/s1/d1-1/results.json");
    let swapped = Recipe {
        files: |files| {
            let other = files["stations/s2/d2-1/label.json"].clone();
            files.insert("stations/s1/d1-1/label.json".into(), other);
        },
        ..Recipe::default()
    };
    fails(&swapped, CheckId::Labels, "label.other", "stations/s1/d1-1/label.json");
}

#[test]
fn figures_of_another_generation_contest_or_option_fail() {
    let later = Recipe { results: |results| results.generation = 2, ..Recipe::default() };
    fails(&later, CheckId::Results, "results.other", "stations/s1/d1-1/results.json");
    let contest = Recipe {
        results: |results| {
            let mut mayor = results.contests[0].clone();
            mayor.contest = id("mayor");
            results.contests.push(mayor);
        },
        ..Recipe::default()
    };
    fails(&contest, CheckId::Totals, "totals.contest", "station s1");
    let option = Recipe {
        results: |results| {
            results.contests[0].votes.insert(id("nobody"), 1);
        },
        ..Recipe::default()
    };
    fails(&option, CheckId::Totals, "totals.option", "station s1");
}

#[test]
fn vote_records_of_another_device_or_contest_fail() {
    let other = Recipe { records: |records| records.generation = 2, ..Recipe::default() };
    fails(&other, CheckId::VoteRecords, "cvr.other", "stations/s1/d1-1/cvr.json");
    let contest =
        Recipe { records: |records| records.records[0].contests[0].contest = id("mayor"), ..Recipe::default() };
    fails(&contest, CheckId::VoteRecords, "cvr.contests", "stations/s1/d1-1/cvr.json");
}

#[test]
fn a_slip_of_other_contests_or_ballots_fails() {
    let none = Recipe { slip: |slip| slip.contests.clear(), ..Recipe::default() };
    fails(&none, CheckId::Slip, "slip.contests", "stations/s1/d1-1/slip.json");
    let blank = Recipe {
        slip: |slip| slip.contests.get_mut(&id("assembly")).expect("the contest").blank += 1,
        ..Recipe::default()
    };
    fails(&blank, CheckId::Slip, "slip.ballots", "stations/s1/d1-1/slip.json");
}

#[test]
fn a_slip_of_a_count_that_is_not_published_is_no_comparison() {
    let publication = build(&Recipe::default());
    let joined = package::slip::Slip::join(&publication.slip).expect("a slip");
    let mut figures = joined.claims().clone();
    figures.generation = 2;
    let texts = figures.sign(&KEYS.devices[0]).expect("signed");
    let slips = vec![SlipInput { name: "second.png".into(), texts }];
    let report =
        publication.verify_with(&Options { root: Some(publication.root), slips: Some(slips), ..Options::default() });
    has(&report, CheckId::SlipFigures, Matter::Missing, "slip.unpublished", "second.png (station s1)");
    // Of another election it says nothing at all.
    let mut figures = joined.claims().clone();
    figures.scope.round = 2;
    let texts = figures.sign(&KEYS.devices[0]).expect("signed");
    let slips = vec![SlipInput { name: "runoff.png".into(), texts }];
    let report =
        publication.verify_with(&Options { root: Some(publication.root), slips: Some(slips), ..Options::default() });
    has(&report, CheckId::SlipSignatures, Matter::Aside, "slip.other_election", "runoff.png");
}

#[test]
fn a_content_that_is_imported_and_not_published_is_missing() {
    let recipe =
        Recipe { files: |files| files.retain(|path, _| !path.starts_with("stations/s1/")), ..Recipe::default() };
    has(&build(&recipe).verify(), CheckId::Contents, Matter::Missing, "station.unpublished", "stations/s1");
}

/// The intake got nothing, and is closed; all came by stick.
fn by_stick_alone() -> Recipe {
    Recipe {
        intake_leaves: |leaves| drop(leaves.drain(..2)),
        close: |close| close.packages = 0,
        import: |import| {
            import.medium = record::Medium::Stick;
            import.intake = None;
        },
        ..Recipe::default()
    }
}

#[test]
fn an_intake_that_got_nothing_says_so() {
    let report = build(&by_stick_alone()).verify();
    has(&report, CheckId::Accounted, Matter::Recorded, "intake.no_label", "intake");
    has(&report, CheckId::ImportPosition, Matter::Recorded, "intake.no_label", "intake");
}

#[test]
fn an_intake_leaf_of_another_round_or_kind_fails() {
    let round = Recipe { close: |close| close.scope.round = 2, ..Recipe::default() };
    fails(&round, CheckId::IntakeLeaves, "intake.scope", "intake leaf 2");
    let kind = Recipe {
        intake_leaves: |leaves| {
            leaves.push(sign::dsse::sign("note", b"{}", &[&KEYS.intake]).expect("signed").to_bytes());
        },
        ..Recipe::default()
    };
    fails(&kind, CheckId::IntakeLeaves, "intake.kind", "intake leaf 3");
}

#[test]
fn a_comparison_that_is_missing_or_older_than_what_it_compares_is_told() {
    // Leaf 0, three imports, the comparison.
    let none = Recipe { record_leaves: |leaves, _| drop(leaves.remove(4)), ..Recipe::default() };
    has(&build(&none).verify(), CheckId::Channels, Matter::Missing, "match.none", "record/");
    // After it, the network's copy of the second station comes in.
    let late = Recipe {
        record_leaves: |leaves, fingerprint| {
            let body = |leaf: &[u8]| match Entry::parse(leaf).expect("a leaf").body {
                Body::Import(import) => import,
                other => panic!("a '{}'", other.kind()),
            };
            let mut import = body(&leaves[3]);
            import.medium = record::Medium::Network;
            import.intake = body(&leaves[1]).intake;
            leaves.push(leaf(Some(fingerprint), &Body::Import(import), &[&KEYS.centre]));
        },
        ..Recipe::default()
    };
    fails(&late, CheckId::Channels, "match.outdated", "record/");
}

#[test]
fn a_report_for_other_programs_in_another_form_or_of_other_contests_fails() {
    let path = "results/results.json";
    let form = Recipe { tables: |t| drop(t.insert("results.json".into(), b"[]".to_vec())), ..Recipe::default() };
    fails(&form, CheckId::Report, "report.form", path);
    let option =
        Recipe { tables: |t| replace(t, "results.json", "\"selection-lb\"", "\"selection-zz\""), ..Recipe::default() };
    fails(&option, CheckId::Report, "report.option", path);
    let twice = Recipe {
        tables: |t| {
            let mut json: serde_json::Value = serde_json::from_slice(&t["results.json"]).expect("JSON");
            let contests = json["Election"][0]["Contest"].as_array_mut().expect("contests");
            let mut second = contests[0].clone();
            second["@id"] = "contest-mayor".into();
            contests.push(second);
            t.insert("results.json".into(), serde_json::to_vec(&json).expect("JSON"));
        },
        ..Recipe::default()
    };
    fails(&twice, CheckId::Report, "report.contests", path);
}

#[test]
fn a_file_that_changes_while_it_is_read_is_told() {
    let publication = build(&Recipe::default());
    let path = "stations/s1/d1-1/slip.json";
    let options = Options { root: Some(publication.root), ..Options::default() };
    let report = verify::verify(publication.path(), &options, &|progress| {
        if progress.stage == Stage::Logs {
            publication.write(path, b"[]");
        }
    });
    has(&report.expect("a publication"), CheckId::Slip, Matter::Missing, "file.unreadable", path);
}

/// The records of the second station, of three ballots, are withheld by the rules.
#[test]
fn a_list_of_what_is_withheld_that_is_not_true_fails() {
    let list = "stations/s2/d2-1/withheld.json";
    let form = Recipe {
        files: |files| drop(files.insert("stations/s2/d2-1/withheld.json".into(), b"{".to_vec())),
        ..Recipe::default()
    };
    fails(&form, CheckId::Withheld, "withheld.form", list);
    let hash = Recipe {
        files: |files| {
            let path = "stations/s2/d2-1/withheld.json";
            let mut json: serde_json::Value = serde_json::from_slice(&files[path]).expect("JSON");
            json["withheld"][0]["sha256"] = Digest::of(b"another").to_string().into();
            files.insert(path.into(), serde_json::to_vec_pretty(&json).expect("JSON"));
        },
        ..Recipe::default()
    };
    fails(&hash, CheckId::Withheld, "withheld.hash", list);
    let both = Recipe {
        files: |files| drop(files.insert("stations/s2/d2-1/cvr.json".into(), b"{}".to_vec())),
        ..Recipe::default()
    };
    let report = build(&both).verify();
    has(&report, CheckId::Withheld, Matter::Failed, "withheld.not", "stations/s2/d2-1/cvr.json");
    has(&report, CheckId::Withheld, Matter::Failed, "withheld.published", "data/cvr.json");
}
