//! Each numbered check against a publication in which just that is broken (`docs/verify.md` has the list).

mod common;

use common::{Files, KEYS, Lent, Recipe, Shared, build, id, leaf, officers, pictures, redaction};
use election::Digest;
use log::Log;
use record::entry::{Body, Order};
use sanad_verify as verify;
use verify::{CheckId, Options, Report, Verdict};

/// Spoils one thing.
type Spoil<T> = fn(&mut T);

fn shown(report: &Report, lang: election::Lang) -> String {
    verify::render(report, lang, verify::Show::All, &|what| what.to_owned())
}

/// The report fails, and the check does with this reason code.
#[track_caller]
fn fails(report: &Report, check: CheckId, code: &str) {
    assert_eq!(report.verdict, Verdict::Fail, "{}", shown(report, election::Lang::En));
    let found = report.check(check.code()).expect("a check");
    let codes: Vec<&str> =
        found.detail.iter().filter(|d| d.matter == verify::Matter::Failed).map(|d| d.code.as_str()).collect();
    assert!(codes.contains(&code), "{}: {codes:?} has no {code}\n{:#?}", check.code(), found.detail);
}

/// The recipe fails, and the check does with this reason code.
#[track_caller]
fn spoilt(recipe: Recipe, check: CheckId, code: &str) {
    fails(&build(&recipe).verify(), check, code);
}

#[test]
fn a_whole_publication_passes_and_says_what_is_absent() {
    let publication = build(&Recipe::default());
    let report = publication.verify();
    assert_eq!(report.verdict, Verdict::Pass, "{}", shown(&report, election::Lang::En));
    assert_eq!(report.root.fingerprint, Some(publication.root));
    let ids: Vec<CheckId> = report.checks.iter().map(|check| check.id).collect();
    let without_slips: Vec<CheckId> = CheckId::ALL.iter().copied().filter(|id| !id.code().starts_with("V.8")).collect();
    assert_eq!(ids, without_slips, "every check is in the report");
    let channels = report.check("V.502").expect("the channels");
    assert_eq!(
        (channels.failed, channels.recorded),
        (0, 3),
        "two network copies and one stick are absent: {channels:#?}"
    );
    let decisions = report.check("V.503").expect("the decisions");
    assert_eq!((decisions.checked, decisions.recorded), (1, 2), "{decisions:#?}");
    let json = serde_json::to_value(&report).expect("JSON");
    assert_eq!(json["verdict"], "pass");
    assert_eq!(json["root"]["pinned"], publication.root.to_string());
    for check in json["checks"].as_array().expect("checks") {
        for key in ["id", "title", "verdict", "checked", "failed", "missing", "recorded", "withheld", "detail"] {
            assert!(!check[key].is_null(), "{key} of {check}");
        }
    }
    for lang in election::Lang::ALL {
        let text = shown(&report, lang);
        assert!(report.checks.iter().all(|check| text.contains(check.id.title().get(lang))), "{text}");
    }
}

#[test]
fn another_root_fails_and_no_root_is_incomplete() {
    let publication = build(&Recipe::default());
    let other = Options { root: Some(Digest::of(b"another")), slips: Vec::new() };
    fails(&publication.verify_with(&other), CheckId::Root, "root.other");
    let report = publication.verify_with(&Options::default());
    assert_eq!(report.verdict, Verdict::Incomplete);
    assert_eq!((report.root.pinned, report.root.fingerprint), (None, Some(publication.root)));
}

#[test]
fn an_empty_folder_is_no_publication() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("notes.txt"), "nothing").expect("written");
    let options = Options::default();
    let error = verify::verify(folder.path(), &options, &|_| {}).expect_err("nothing to check");
    assert_eq!(election::Coded::code(&error), "verify.not_a_publication");
    assert!(verify::verify(&folder.path().join("absent"), &options, &|_| {}).is_err());
}

#[test]
fn each_missing_file_is_incomplete() {
    let publication = build(&Recipe::default());
    for (path, bytes) in publication.files() {
        std::fs::remove_file(publication.path().join(&path)).expect("removed");
        let report = publication.verify();
        assert_eq!(report.verdict, Verdict::Incomplete, "{path}\n{}", shown(&report, election::Lang::En));
        let named = report
            .checks
            .iter()
            .flat_map(|c| &c.detail)
            .any(|d| d.place.contains(&path) || path.starts_with("record/") || path.starts_with("intake/"));
        assert!(named, "{path} is not named");
        publication.write(&path, &bytes);
    }
    assert_eq!(publication.verify().verdict, Verdict::Pass, "all is back");
}

#[test]
fn every_changed_byte_fails_and_names_its_file() {
    let publication = build(&Recipe::default());
    for (path, bytes) in publication.files() {
        // A log names the leaf, and the tile of hashes that shows it.
        let named = if path.contains("/tile/") { path.split('/').next().expect("a log") } else { &path };
        let step = if cfg!(feature = "slow-tests") { 1 } else { bytes.len().div_ceil(2) };
        for (nth, at) in (0..bytes.len()).step_by(step).enumerate() {
            let mut changed = bytes.clone();
            changed[at] ^= [0x01, 0x20][nth % 2];
            publication.write(&path, &changed);
            let report = publication.verify();
            assert_eq!(report.verdict, Verdict::Fail, "{path}, byte {at}");
            let failed = report.checks.iter().flat_map(|c| &c.detail).filter(|d| d.matter == verify::Matter::Failed);
            let places: Vec<&str> = failed.map(|d| d.place.as_str()).collect();
            assert!(places.iter().any(|place| place.contains(named)), "{path}, byte {at}: only {places:?}");
        }
        publication.write(&path, &bytes);
    }
}

#[test]
fn an_extra_file_fails_and_is_listed() {
    for path in ["index2.html", "stations/s1/d1-1/more.json", "results/second.csv", "record/tile/0/001", "intake/x"] {
        let publication = build(&Recipe::default());
        publication.write(path, b"more");
        let report = publication.verify();
        assert_eq!(report.verdict, Verdict::Fail, "{path}");
        assert!(report.checks.iter().flat_map(|c| &c.detail).any(|d| d.place.contains(path)), "{path}");
    }
    let publication = build(&Recipe::default());
    publication.write("index2.html", b"more");
    fails(&publication.verify(), CheckId::Unlisted, "bag.extra");
}

#[cfg(unix)]
#[test]
fn hostile_folders_are_named_and_never_followed() {
    let publication = build(&Recipe::default());
    let at = |name: &str| publication.path().join(name);
    std::os::unix::fs::symlink("/dev/zero", at("zero")).expect("a link");
    std::os::unix::fs::symlink(publication.path(), at("results/loop")).expect("a link");
    assert!(std::process::Command::new("mkfifo").arg(at("pipe")).status().expect("mkfifo").success());
    let huge = std::fs::File::create(at("huge.bin")).expect("a file");
    huge.set_len(1 << 40).expect("a sparse file");
    std::fs::write(at("name with\nline"), b"").expect("a file");
    let mut deep = at("a");
    (0..40).for_each(|_| deep.push("a"));
    std::fs::create_dir_all(&deep).expect("folders");
    let report = publication.verify();
    for code in ["folder.link", "folder.special", "folder.too_large", "folder.name", "folder.too_deep"] {
        fails(&report, CheckId::Names, code);
    }
    let names = report.check("V.101").expect("the names");
    assert_eq!(names.failed, 6, "{names:#?}");
    assert!(names.detail.iter().all(|d| !d.place.contains('\n')), "names are escaped");
}

#[test]
fn a_manifest_in_another_form_fails() {
    let recipe = Recipe { manifest: |text| text.replace("  ", " "), ..Recipe::default() };
    spoilt(recipe, CheckId::Bag, "bag.manifest");
    let recipe = Recipe {
        files: |files| drop(files.insert("bagit.txt".into(), b"BagIt-Version: 0.97\n".to_vec())),
        ..Recipe::default()
    };
    spoilt(recipe, CheckId::Bag, "bag.tag_file");
}

#[test]
fn a_definition_that_breaks_a_rule_fails() {
    let recipe =
        Recipe { files: |files| replace(files, "election/stations.csv", "general", "martial"), ..Recipe::default() };
    spoilt(recipe, CheckId::Definition, "E.118");
}

#[test]
fn empty_is_never_valid() {
    let recipe = Recipe {
        policy: |policy| {
            policy.witnesses.clear();
            policy.threshold = 0;
        },
        cosigners: 0,
        ..Recipe::default()
    };
    let report = build(&recipe).verify();
    fails(&report, CheckId::NotEmpty, "verify.empty");
    fails(&report, CheckId::RecordWitnesses, "witness.no_policy");
    let empty = tempfile::tempdir().expect("a folder");
    for file in ["bagit.txt", "manifest-sha256.txt"] {
        std::fs::write(empty.path().join(file), "").expect("written");
    }
    let options = Options { root: Some(Digest::of(b"any")), slips: Vec::new() };
    let report = verify::verify(empty.path(), &options, &|_| {}).expect("a publication, of a kind");
    assert_ne!(report.verdict, Verdict::Pass);
    assert!(report.checks.iter().filter(|c| c.checked == 0).all(|c| c.verdict() != Verdict::Pass), "{report:#?}");
}

/// The leaves of a log of the publication, with its checkpoint's cosignature lines.
fn rewrite(publication: &common::Publication, name: &str, change: fn(&mut Vec<Vec<u8>>)) {
    let prefix = format!("{name}/");
    let store = Shared::default();
    for (path, bytes) in publication.files() {
        if let Some(path) = path.strip_prefix(&prefix) {
            store.0.files.lock().expect("no panic before").insert(path.to_owned(), bytes);
        }
    }
    let key = if name == "record" { &KEYS.record_log } else { &KEYS.intake_log };
    let origin = format!("tiny/{name}");
    let log = Log::open(store, &origin, Box::new(Lent(key))).expect("the log");
    let (mut leaves, note) = (log.leaves().to_vec(), log.checkpoint().clone());
    change(&mut leaves);
    std::fs::remove_dir_all(publication.path().join(name)).expect("removed");
    let store = Shared::default();
    let mut log = Log::create(store.clone(), &origin, Box::new(Lent(key))).expect("a log");
    log.append(&leaves).expect("appended");
    // The log's operator signs the other history; the witnesses' old lines are all that there is of theirs.
    let mut forged = log.checkpoint().clone();
    forged.signatures.extend(note.signatures[1..].iter().cloned());
    let mut files = store.files(name);
    files.insert(format!("{name}/checkpoint"), forged.to_bytes());
    files.iter().for_each(|(path, bytes)| publication.write(path, bytes));
}

#[test]
fn a_leaf_removed_altered_or_reordered_fails() {
    let changes: [fn(&mut Vec<Vec<u8>>); 4] = [
        |leaves| drop(leaves.remove(1)),
        |leaves| leaves[2][40] ^= 1,
        |leaves| leaves.swap(1, 2),
        |leaves| leaves.insert(1, leaves[1].clone()),
    ];
    for change in changes {
        let publication = build(&Recipe::default());
        rewrite(&publication, "record", change);
        let report = publication.verify();
        fails(&report, CheckId::RecordWitnesses, "witness.refused");
        fails(&report, CheckId::RecordWitnesses, "witness.quorum");
        fails(&report, CheckId::AnnouncementWitnesses, "announcement.checkpoint");
        let publication = build(&Recipe::default());
        rewrite(&publication, "intake", change);
        fails(&publication.verify(), CheckId::IntakeWitnesses, "witness.quorum");
    }
    // The leaf alone, without its tiles.
    for name in ["record", "intake"] {
        let publication = build(&Recipe::default());
        let files = publication.files();
        let path = files.keys().find(|path| path.starts_with(&format!("{name}/tile/entries"))).expect("a bundle");
        let mut bytes = files[path].clone();
        bytes[100] ^= 1;
        publication.write(path, &bytes);
        let check = if name == "record" { CheckId::RecordLog } else { CheckId::IntakeLog };
        fails(&publication.verify(), check, "log.wrong");
    }
}

#[test]
fn leaf_0_of_other_files_fails() {
    let recipe = Recipe {
        after_freeze: |folder| replace(&mut folder.files, "offices.csv", "North", "Nort"),
        ..Recipe::default()
    };
    let report = build(&recipe).verify();
    fails(&report, CheckId::Frozen, "frozen.other");
    fails(&report, CheckId::Leaves, "record.manifest");
}

#[test]
fn a_leaf_that_may_not_stand_fails() {
    fn cancel(signers: &[&dyn sign::Signer], fingerprint: Digest) -> Vec<u8> {
        let order = Order {
            station: id("s1"),
            effect: record::entry::Effect::Cancel,
            reason: "a complaint".into(),
            basis: "article 2".into(),
            evidence: Vec::new(),
            supersedes: Vec::new(),
        };
        leaf(Some(fingerprint), &Body::Order(order), signers)
    }
    let one = Recipe {
        record_leaves: |leaves, fingerprint| leaves.push(cancel(&[&KEYS.officers[0]], fingerprint)),
        ..Recipe::default()
    };
    spoilt(one, CheckId::Leaves, "record.threshold");
    let stranger = Recipe {
        record_leaves: |leaves, fingerprint| leaves.push(cancel(&[&KEYS.officers[0], &KEYS.stranger], fingerprint)),
        ..Recipe::default()
    };
    spoilt(stranger, CheckId::Leaves, "record.signature");
    let elsewhere = Recipe {
        record_leaves: |leaves, _| leaves.push(cancel(&officers(), Digest::of(b"another record"))),
        ..Recipe::default()
    };
    spoilt(elsewhere, CheckId::Leaves, "record.fingerprint");
    // One that may stand is found among the decisions, with its reason.
    let two = Recipe {
        record_leaves: |leaves, fingerprint| leaves.push(cancel(&officers(), fingerprint)),
        ..Recipe::default()
    };
    let report = build(&two).verify();
    assert_eq!(report.verdict, Verdict::Pass, "{}", shown(&report, election::Lang::En));
    let decisions = report.check("V.503").expect("the decisions");
    assert!(decisions.detail.iter().any(|d| d.code == "standing.cancelled" && d.what.contains("a complaint")));
}

#[test]
fn too_few_or_false_cosignatures_fail() {
    let recipe = Recipe { cosigners: 1, ..Recipe::default() };
    let report = build(&recipe).verify();
    for check in [CheckId::RecordWitnesses, CheckId::AnnouncementWitnesses, CheckId::IntakeWitnesses] {
        fails(&report, check, "witness.quorum");
    }
    let publication = build(&Recipe::default());
    let note = String::from_utf8(publication.files()["record/checkpoint"].clone()).expect("text");
    publication.write("record/checkpoint", note.replace("court.example", "count.example").as_bytes());
    fails(&publication.verify(), CheckId::RecordWitnesses, "witness.refused");
}

#[test]
fn an_announcement_witnessed_over_other_leaves_fails() {
    let recipe = Recipe {
        record_leaves: |_, _| {},
        announcement: |announcement| {
            announcement.witnessed = announcement.witnessed.replace("tiny/record\n6", "tiny/record\n5")
        },
        ..Recipe::default()
    };
    let report = build(&recipe).verify();
    fails(&report, CheckId::AnnouncementWitnesses, "announcement.checkpoint");
    fails(&report, CheckId::AnnouncementWitnesses, "witness.quorum");
}

#[test]
fn a_record_that_ends_otherwise_fails() {
    let other = Recipe {
        last: |leaves, fingerprint| {
            let body = record::entry::Publication { version: 1, manifest: Digest::of(b"another") };
            *leaves = vec![leaf(Some(fingerprint), &Body::Publication(body), &[&KEYS.centre])];
        },
        ..Recipe::default()
    };
    spoilt(other, CheckId::PublicationLeaf, "publication.manifest");
    let none = Recipe { last: |leaves, _| leaves.clear(), ..Recipe::default() };
    spoilt(none, CheckId::PublicationLeaf, "publication.not_last");
}

#[test]
fn an_intake_leaf_by_another_key_fails() {
    spoilt(Recipe { intake_key: || &KEYS.stranger, ..Recipe::default() }, CheckId::IntakeLeaves, "dsse.key");
    let twice = Recipe { intake_leaves: |leaves| leaves.insert(1, leaves[0].clone()), ..Recipe::default() };
    spoilt(twice, CheckId::IntakeLeaves, "intake.repeated");
    let moved = Recipe { intake_leaves: |leaves| leaves.swap(0, 1), ..Recipe::default() };
    spoilt(moved, CheckId::IntakeLeaves, "intake.receipt");
}

#[test]
fn an_intake_that_is_open_or_miscounts_fails() {
    let open = Recipe { intake_leaves: |leaves| drop(leaves.pop()), ..Recipe::default() };
    spoilt(open, CheckId::IntakeClose, "intake.open");
    spoilt(Recipe { close: |close| close.packages = 2, ..Recipe::default() }, CheckId::IntakeClose, "intake.counts");
    let after = Recipe { intake_leaves: |leaves| leaves.swap(1, 2), ..Recipe::default() };
    spoilt(after, CheckId::IntakeClose, "intake.after_close");
}

#[test]
fn a_received_package_that_is_nowhere_fails() {
    // The record says that it came by stick alone.
    let recipe = Recipe {
        import: |import| {
            import.medium = record::Medium::Stick;
            import.intake = None;
            if import.station == id("s1") {
                import.generation = 2;
            }
        },
        ..Recipe::default()
    };
    spoilt(recipe, CheckId::Accounted, "intake.unaccounted");
}

#[test]
fn an_import_under_another_intake_checkpoint_fails() {
    let recipe = Recipe {
        import: |import| {
            if let Some(position) = &mut import.intake {
                position.root = Digest::of(b"another");
            }
        },
        ..Recipe::default()
    };
    spoilt(recipe, CheckId::ImportPosition, "intake.position");
    let early = Recipe {
        import: |import| {
            if let Some(position) = &mut import.intake {
                position.size = 0;
            }
        },
        ..Recipe::default()
    };
    spoilt(early, CheckId::ImportPosition, "intake.not_below");
    let none = Recipe { import: |import| import.intake = None, ..Recipe::default() };
    spoilt(none, CheckId::ImportPosition, "intake.no_position");
}

#[test]
fn a_receipt_for_another_label_fails() {
    let recipe = Recipe {
        files: |files| {
            let receipt = files["stations/s1/d1-1/receipt.json"].clone();
            files.insert("stations/s2/d2-1/receipt.json".into(), receipt);
            files.insert("stations/s1/d1-1/receipt.json".into(), b"{}".to_vec());
        },
        ..Recipe::default()
    };
    let report = build(&recipe).verify();
    fails(&report, CheckId::Receipts, "receipt.other");
    fails(&report, CheckId::Receipts, "receipt.no_leaf");
}

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
    let cases: [(Spoil<package::StationResults>, &str); 8] = [
        (|r| r.account.received += 1, "figures.account"),
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
}

fn replace(files: &mut Files, path: &str, from: &str, to: &str) {
    let text = String::from_utf8(files[path].clone()).expect("text");
    assert!(text.contains(from), "{path} has no {from}: {text}");
    files.insert(path.to_owned(), text.replacen(from, to, 1).into_bytes());
}

/// The tables are changed before they are announced: no hash can tell, only the sums.
#[test]
fn a_changed_table_fails() {
    let cases: [(Spoil<Files>, CheckId); 14] = [
        (|t| replace(t, "accounts.csv", ",matched,yes,", ",confirmed,yes,"), CheckId::Standings),
        (|t| replace(t, "stations.csv", ",matched,yes,la,", ",arrived,yes,la,"), CheckId::Standings),
        (|t| replace(t, "status.csv", "\nall,,,,3,", "\nall,,,,4,"), CheckId::Channels),
        (|t| replace(t, "accounts.csv", ",100,,100,11,1,88,", ",100,,100,11,2,87,"), CheckId::StationFigures),
        (|t| replace(t, "stations.csv", ",lb,3\r\n", ",lb,4\r\n"), CheckId::StationFigures),
        (|t| replace(t, "totals.csv", "assembly,lb,,,List B,4\r\n", "assembly,lb,,,List B,5\r\n"), CheckId::Totals),
        (|t| replace(t, "totals.csv", "List B", "List A"), CheckId::Totals),
        (|t| replace(t, "seats.csv", ",yes,", ",no,"), CheckId::Quotients),
        (|t| replace(t, "elected.csv", "assembly,a1,,,Ann", "assembly,a2,,,Abe"), CheckId::Elected),
        (|t| replace(t, "steps.csv", "R.3", "R.9"), CheckId::Elected),
        (|t| replace(t, "letters.csv", ",60,yes,undecided", ",60,no,undecided"), CheckId::Letters),
        (|t| replace(t, "letters.csv", ",66,no,undecided", ",67,no,undecided"), CheckId::Letters),
        (|t| replace(t, "remarks.csv", "s3,south,R.210", "s2,south,R.210"), CheckId::Remarks),
        (|t| replace(t, "offices.csv", "south,assembly,lb,1\r\n", "south,assembly,lb,2\r\n"), CheckId::Totals),
    ];
    for (tables, check) in cases {
        spoilt(Recipe { tables, ..Recipe::default() }, check, "table.value");
    }
    // What is told of few voters: a small station is no small one any more, and a pattern fewer.
    for files in [
        (|f| replace(f, "privacy.csv", "s2,spring,assembly,3,yes,", "s2,spring,assembly,3,no,")) as Spoil<Files>,
        |f| replace(f, "privacy.csv", "assembly,11,no,no,,4,2,", "assembly,11,no,no,,4,1,"),
        |f| {
            replace(
                f,
                "privacy.csv",
                "constituency,,,spring,assembly,14,no,no,",
                "constituency,,,spring,assembly,14,no,yes,",
            )
        },
    ] {
        spoilt(Recipe { files, ..Recipe::default() }, CheckId::Privacy, "table.value");
    }
    let report = Recipe { tables: |t| replace(t, "results.json", "\"Count\": 4", "\"Count\": 5"), ..Recipe::default() };
    spoilt(report, CheckId::Report, "report.count");
    let shorter = Recipe { tables: |t| replace(t, "totals.csv", "assembly,b2,,,Bea,0\r\n", ""), ..Recipe::default() };
    spoilt(shorter, CheckId::Totals, "table.form");
    let longer = Recipe {
        tables: |t| replace(t, "totals.csv", "assembly,b2,,,Bea,0\r\n", "assembly,b2,,,Bea,0\r\nx,y,,,z,1\r\n"),
        ..Recipe::default()
    };
    spoilt(longer, CheckId::Totals, "table.form");
}

#[test]
fn an_opening_decides_which_letter_is_followed() {
    let report = build(&Recipe::default()).verify();
    let letters = report.check("V.505").expect("the letters");
    assert_eq!((letters.recorded, letters.detail[0].code.as_str()), (1, "letters.undecided"), "{letters:#?}");
    let remarks = report.check("V.605").expect("the remarks");
    assert_eq!((remarks.recorded, remarks.detail[0].code.as_str()), (1, "remark.R.210"), "{remarks:#?}");
    fn decided(leaves: &mut Vec<Vec<u8>>, fingerprint: Digest) {
        let opening = record::entry::Opening {
            station: id("s3"),
            letters: [(id("roll"), 60), (id("ministry"), 66)].into(),
            follows: id("ministry"),
            bound: 66,
            reason: "it is the later one".into(),
            basis: "article 3".into(),
            evidence: Vec::new(),
            supersedes: Vec::new(),
        };
        leaves.push(leaf(Some(fingerprint), &Body::Opening(opening), &officers()));
    }
    let report = build(&Recipe { record_leaves: decided, ..Recipe::default() }).verify();
    assert_eq!(report.verdict, Verdict::Pass, "{}", shown(&report, election::Lang::En));
    assert_eq!(report.check("V.505").expect("the letters").recorded, 0);
    assert_eq!(report.check("V.605").expect("the remarks").recorded, 0);
    let other = Recipe {
        record_leaves: decided,
        tables: |t| replace(t, "letters.csv", ",66,yes,opening", ",66,no,opening"),
        ..Recipe::default()
    };
    spoilt(other, CheckId::Letters, "table.value");
}

#[test]
fn a_withdrawal_changes_the_seats_and_is_named() {
    fn gone(leaves: &mut Vec<Vec<u8>>, fingerprint: Digest) {
        let withdrawal = record::entry::Withdrawal {
            option: id("a1"),
            candidacy: record::entry::Candidacy::Withdrawn,
            reason: "a letter of the candidate".into(),
            basis: "article 7".into(),
            evidence: Vec::new(),
            supersedes: None,
        };
        leaves.push(leaf(Some(fingerprint), &Body::Withdrawal(withdrawal), &officers()));
    }
    let recipe = Recipe { record_leaves: gone, ..Recipe::default() };
    let publication = build(&recipe);
    let report = publication.verify();
    assert_eq!(report.verdict, Verdict::Pass, "{}", shown(&report, election::Lang::En));
    let elected = String::from_utf8(publication.files()["results/elected.csv"].clone()).expect("text");
    assert!(elected.contains("assembly,a2") && !elected.contains("assembly,a1"), "{elected}");
    let unsaid = Recipe { tables: |t| replace(t, "withdrawals.csv", ",yes,record,", ",no,record,"), ..recipe };
    spoilt(unsaid, CheckId::Withdrawals, "table.value");
    let moved = Recipe { tables: |t| replace(t, "withdrawals.csv", ",8,12,12,", ",8,12,4,"), ..recipe };
    spoilt(moved, CheckId::Withdrawals, "table.value");
    let back = Recipe { tables: |t| replace(t, "elected.csv", "assembly,a2,,,Abe", "assembly,a1,,,Ann"), ..recipe };
    spoilt(back, CheckId::Elected, "table.value");
}

#[test]
fn an_amended_rule_is_named_for_ever() {
    fn lower(leaves: &mut Vec<Vec<u8>>, fingerprint: Digest) {
        for (before, after) in [("matched", "arrived"), ("arrived", "matched")] {
            let amendment = record::entry::Amendment {
                key: "announce".into(),
                before: Some(before.into()),
                after: Some(after.into()),
                reason: "a law of the day before".into(),
                basis: "law 5".into(),
            };
            let board: [&dyn sign::Signer; 2] = [&KEYS.board[0], &KEYS.board[1]];
            leaves.push(leaf(Some(fingerprint), &Body::Amendment(amendment), &board));
        }
    }
    let recipe = Recipe { record_leaves: lower, ..Recipe::default() };
    let report = build(&recipe).verify();
    assert_eq!(report.verdict, Verdict::Pass, "{}", shown(&report, election::Lang::En));
    let amendments = report.check("V.506").expect("the amendments");
    assert_eq!(amendments.recorded, 2, "also one that was changed back");
    let hidden = Recipe {
        tables: |t| {
            let table = String::from_utf8(t["amendments.csv"].clone()).expect("text");
            let first = table.lines().next().expect("a header");
            t.insert("amendments.csv".into(), format!("{first}\r\n").into_bytes());
        },
        ..recipe
    };
    spoilt(hidden, CheckId::Amendments, "table.form");
}

#[test]
fn results_other_than_announced_fail() {
    let recipe = Recipe { tables_after: |t| replace(t, "totals.csv", "List B", "List Bee"), ..Recipe::default() };
    spoilt(recipe, CheckId::Announced, "results.not_announced");
    let more = Recipe { tables_after: |t| drop(t.insert("second.csv".into(), b"x".to_vec())), ..Recipe::default() };
    spoilt(more, CheckId::Announced, "results.not_announced");
}

#[test]
fn a_tie_without_a_lot_is_incomplete() {
    // Both lists with the same votes, and an odd number of seats between them.
    let recipe = Recipe {
        results: |r| {
            let (a, b) = if r.station == id("s1") { (5, 4) } else { (1, 2) };
            let votes = &mut r.contests[0].votes;
            votes.insert(id("la"), a);
            votes.insert(id("lb"), b);
            votes.insert(id("a1"), 0);
        },
        records: |records| {
            for record in &mut records.records {
                if record.contests[0].marked == [id("la"), id("n1")] {
                    record.contests[0].marked = vec![id("la")];
                    record.contests[0].counted = vec![id("la")];
                }
            }
            let of_a = records.records.iter_mut().filter(|r| r.contests[0].marked == [id("la")]);
            for record in of_a.take(1) {
                record.contests[0].marked = vec![id("lb")];
                record.contests[0].counted = vec![id("lb")];
            }
        },
        ..Recipe::default()
    };
    let report = build(&recipe).verify();
    assert_eq!(report.verdict, Verdict::Incomplete, "{}", shown(&report, election::Lang::En));
    assert!(report.check("V.703").expect("lots").detail.iter().any(|d| d.code == "lot.missing"));
}

#[test]
fn a_slip_brought_along_is_compared() {
    let publication = build(&Recipe::default());
    // A slip pins the root by itself.
    let own = Options { root: None, slips: vec![publication.slip("photo.png")] };
    let report = publication.verify_with(&own);
    assert_eq!(report.verdict, Verdict::Pass, "{}", shown(&report, election::Lang::En));
    assert_eq!(report.root.pinned, Some(publication.root));
    // The slip of the same station and device over other figures, well signed.
    let other = build(&Recipe::default());
    let joined = package::slip::Slip::join(&publication.slip).expect("a slip");
    let mut figures = joined.claims().clone();
    figures.account.spoiled += 1;
    let slip = verify::SlipInput { name: "other.png".into(), texts: figures.sign(&KEYS.devices[0]).expect("signed") };
    let options = Options { root: Some(publication.root), slips: vec![slip] };
    fails(&publication.verify_with(&options), CheckId::SlipFigures, "slip.differs");
    // By a key of another device.
    let slip =
        verify::SlipInput { name: "forged.png".into(), texts: joined.claims().sign(&KEYS.stranger).expect("signed") };
    let options = Options { root: Some(publication.root), slips: vec![slip] };
    fails(&publication.verify_with(&options), CheckId::SlipSignatures, "cose.key");
    // Of another history of the same election: it does not pin this one.
    let options = Options { root: None, slips: vec![other.slip("gazette.png")] };
    let report = publication.verify_with(&options);
    fails(&report, CheckId::Root, "root.other");
    fails(&report, CheckId::SlipSignatures, "slip.other");
}

/// A slip of another election, round or mode says nothing of this publication: it is named, changes no verdict, and is
/// no comparison either.
#[test]
fn a_slip_of_another_election_is_set_aside() {
    let publication = build(&Recipe::default());
    let joined = package::slip::Slip::join(&publication.slip).expect("a slip");
    let mut figures = joined.claims().clone();
    figures.scope.mode = election::Mode::Rehearsal;
    figures.fingerprint = Digest::of(b"the rehearsal's");
    let foreign =
        verify::SlipInput { name: "rehearsal.png".into(), texts: figures.sign(&KEYS.devices[0]).expect("signed") };
    let with_own = Options { root: None, slips: vec![publication.slip("photo.png"), foreign.clone()] };
    let report = publication.verify_with(&with_own);
    assert_eq!(report.verdict, Verdict::Pass, "{}", shown(&report, election::Lang::En));
    assert_eq!(report.root.pinned, Some(publication.root), "the slip of this election pins it");
    let signatures = report.check("V.801").expect("a check");
    assert_eq!((signatures.checked, signatures.aside), (1, 1));
    assert!(signatures.detail.iter().any(|d| d.matter == verify::Matter::Aside && d.place == "rehearsal.png"));
    let alone = Options { root: Some(publication.root), slips: vec![foreign] };
    let report = publication.verify_with(&alone);
    assert_eq!(report.verdict, Verdict::Incomplete, "nothing was compared: {}", shown(&report, election::Lang::En));
}

#[test]
fn a_folder_with_a_definition_alone_is_no_publication() {
    let folder = std::env::temp_dir().join(format!("sanad-verify-definition-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("election")).expect("a folder");
    std::fs::write(folder.join("election/election.toml"), "round = 1").expect("a file");
    let error = verify::verify(&folder, &Options::default(), &|_| {}).expect_err("no publication");
    std::fs::remove_dir_all(&folder).expect("it is ours");
    assert!(!error.why.contains("election.toml"), "{error}");
}

/// `docs/verify.md` shows the table of checks, and every test that it names is one of these.
#[test]
fn the_docs_show_the_table() {
    let mut table =
        "| check | what it proves | how | the test that breaks it |\n| --- | --- | --- | --- |\n".to_owned();
    for id in CheckId::ALL {
        assert!(include_str!("publication.rs").contains(&format!("fn {}()", id.test())), "{} is no test", id.test());
        table += &format!("| {} | {} | {} | `{}` |\n", id.code(), id.title().en, id.how(), id.test());
    }
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/verify.md");
    let docs = std::fs::read_to_string(&path).expect("docs/verify.md");
    assert!(docs.contains(&table), "docs/verify.md should hold:\n{table}");
}
