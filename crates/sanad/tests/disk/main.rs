//! A party's disk: it holds as it is written, every change of it is found, by the command and by the lines of
//! `docs/party-disk.md`, and nothing secret is on it.

#[path = "../common/mod.rs"]
mod common;

mod desk;

use std::collections::BTreeSet;
use std::fs;
use std::process::Output;

use desk::{Disk, changed, desk, files, json, published, sanad, text, write};
use election::Digest;
use record::disk::handover::HandOver;
use record::disk::{MANIFEST, RECEIPT, TAG_MANIFEST};
use serde_json::Value;

#[test]
fn a_disk_of_every_office_holds_and_says_so_in_three_languages() {
    let demo = common::demo();
    let offices = fs::read_to_string(demo.join("election/stations.csv")).expect("stations");
    let offices: BTreeSet<&str> = offices.lines().skip(1).filter_map(|line| line.split(',').nth(2)).collect();
    assert!(offices.len() > 10);
    let mut codes = BTreeSet::new();
    for office in offices {
        let disk = Disk(desk("every").join("disk"));
        let written = write(&disk.0, &published(), office, "palm", "agent_palm", "officer_2");
        assert!(written.status.success(), "{office}: {}", String::from_utf8_lossy(&written.stdout));
        let (status, report) = disk.check();
        assert_eq!((status, &report["verdict"]), (Some(0), &Value::from("pass")), "{office}: {report:#}");
        assert_eq!(report["handover"]["office"], office);
        let details = report["checks"].as_array().unwrap().iter().flat_map(|c| c["detail"].as_array().unwrap());
        codes.extend(details.map(|detail| detail["code"].as_str().unwrap().to_owned()));
    }
    for code in ["disk.no_slip", "station.by_stick", "never_public", "privacy.cast_vote_records_from"] {
        assert!(codes.contains(code), "{code}: {codes:?}");
    }
    let root = demo.join("fingerprint.txt");
    for (lang, word) in [("ar", "هذا القرص يثبت ما يحويه"), ("ckb", "دیسکە"), ("en", "the disk proves what it holds")]
    {
        let disk = demo.join("disks/palm");
        let output = sanad(&["disk", "check", text(&disk), "--root", text(&root), "--lang", lang]);
        assert!(String::from_utf8_lossy(&output.stdout).contains(word), "{lang}");
    }
    let unpinned = sanad(&["disk", "check", text(&demo.join("disks/palm"))]);
    assert_eq!(unpinned.status.code(), Some(3), "without the fingerprint nothing says which election it is");
}

#[test]
fn the_lines_of_the_page_hold_and_add_up_the_published_votes() {
    let disk = Disk::abroad("page");
    let output = disk.by_hand();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.ends_with("the disk holds; stations counted: 3\n"), "{said}");
    let votes = fs::read(disk.0.parent().unwrap().join("by-hand/votes.json")).expect("the votes");
    let votes: Value = serde_json::from_slice(&votes).expect("JSON");
    let table = fs::read_to_string(published().join("results/offices.csv")).expect("the table");
    let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split(',').collect()).collect();
    let own: Vec<&Vec<&str>> = rows.iter().filter(|row| row[0] == "abroad" && !row[2].starts_with('_')).collect();
    assert!(own.iter().any(|row| row[3] != "0"), "{own:?}");
    for row in own {
        assert_eq!(votes[row[1]][row[2]].to_string(), row[3], "{row:?}");
    }
}

#[test]
fn every_changed_missing_and_additional_file_is_found_by_the_command_and_by_hand() {
    let disk = Disk::of("palm", "changed");
    assert!(disk.by_hand().status.success() && disk.check().0 == Some(0));
    let all = files(&disk.0);
    assert!(all.len() > 40, "{all:?}");
    for path in &all {
        let kept = fs::read(disk.path(path)).expect("a file");
        changed(&disk.path(path));
        let (status, report) = disk.check();
        assert_eq!((status, &report["verdict"]), (Some(1), &Value::from("fail")), "{path} was changed");
        assert!(!disk.by_hand().status.success(), "{path} was changed");
        fs::remove_file(disk.path(path)).expect("it was there");
        let (status, report) = disk.check();
        assert!(matches!(status, Some(1 | 3)) && report["verdict"] != "pass", "{path} is missing: {status:?}");
        assert!(!disk.by_hand().status.success(), "{path} is missing");
        fs::write(disk.path(path), kept).expect("a file");
    }
    for path in ["more.txt", "data/more.txt", "data/record/leaf-999999.json", "data/slips/0/x.txt"] {
        disk.put(path, b"more");
        disk.says("V.104", "failed", "bag.extra", path);
        assert!(!disk.by_hand().status.success(), "{path} is there");
        fs::remove_file(disk.path(path)).expect("it was there");
    }
    assert!(disk.check().0 == Some(0), "all is as it was");
}

#[test]
fn a_receipt_that_is_not_this_disks_is_found() {
    let disk = Disk::of("palm", "receipt");
    // Of another office's disk, well signed.
    common::copy(&common::demo().join("disks/seven_doors").join(RECEIPT), &disk.path(RECEIPT));
    disk.says("V.901", "failed", "disk.receipt", RECEIPT);
    assert!(!disk.by_hand().status.success(), "the lines of the page find it, too");

    type Change = fn(&mut HandOver);
    let changes: [(&str, Change); 8] = [
        ("disk.receipt", |said| said.fingerprint = Digest([1; 32])),
        ("disk.receipt", |said| said.checkpoint.size -= 1),
        ("disk.receipt", |said| said.bytes += 1),
        ("disk.receipt", |said| said.scope.round = 2),
        ("disk.office", |said| said.office = "nowhere".parse().unwrap()),
        ("disk.party", |said| said.party = "nobodys".parse().unwrap()),
        ("disk.delegate", |said| said.delegate = "nobody".parse().unwrap()),
        ("disk.not_agent", |said| said.delegate = "agent_reed".parse().unwrap()),
    ];
    for (code, change) in changes {
        let disk = Disk::of("palm", "receipt");
        disk.signed("officer_1", change);
        disk.says("V.901", "failed", code, RECEIPT);
    }

    // By somebody who is no officer.
    let disk = Disk::of("palm", "receipt");
    disk.signed("board_1", |_| {});
    disk.says("V.901", "failed", "disk.signer", RECEIPT);
    assert!(!disk.by_hand().status.success());
    // Another signature under an officer's key id, and another kind.
    let disk = Disk::of("palm", "receipt");
    let other = fs::read_to_string(common::demo().join("disks/seven_doors").join(RECEIPT)).unwrap();
    let signature = |text: &str| text.split("\"sig\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let own = fs::read_to_string(disk.path(RECEIPT)).unwrap();
    disk.put(RECEIPT, own.replace(&signature(&own), &signature(&other)).as_bytes());
    disk.says("V.901", "failed", "dsse.signature", RECEIPT);
    disk.put(RECEIPT, own.replace("vnd.sanad.handover", "vnd.sanad.order").as_bytes());
    disk.says("V.901", "failed", "dsse.kind", RECEIPT);
}

#[test]
fn a_leaf_without_its_proof_is_found() {
    let disk = Disk::of("palm", "proof");
    let first = "data/record/leaf-000000.proof";
    let proof = fs::read_to_string(disk.path(first)).expect("a proof");

    fs::remove_file(disk.path(first)).expect("it was there");
    disk.sealed_again();
    disk.says("V.902", "missing", "file.missing", "leaf-000000.proof");

    let shorter = proof.trim_end().rsplit_once('\n').expect("several lines").0.to_owned() + "\n";
    disk.put(first, shorter.as_bytes());
    disk.sealed_again();
    disk.says("V.902", "failed", "disk.proof", "leaf-000000.proof");

    let last = disk.find("slips/").rsplit_once("leaf-").unwrap().1.replace(".txt", ".proof");
    common::copy(&disk.path(&format!("data/record/leaf-{last}")), &disk.path(first));
    disk.sealed_again();
    disk.says("V.902", "failed", "proof.hashes", "leaf-000000.proof");

    disk.put("data/record/checkpoint", b"nothing");
    disk.sealed_again();
    disk.says("V.205", "failed", "disk.checkpoint", "record/checkpoint");

    // The leaf that a proof is of is gone.
    let disk = Disk::of("palm", "proof");
    let slip = disk.find("slips/").rsplit_once("leaf-").unwrap().1.replace(".txt", "");
    fs::remove_file(disk.path(&format!("data/record/leaf-{slip}.json"))).expect("it was there");
    disk.sealed_again();
    disk.says("V.902", "missing", "file.missing", &slip);
    // No witness has cosigned the checkpoint.
    let note = fs::read_to_string(disk.path("data/record/checkpoint")).expect("a checkpoint");
    let lines: Vec<&str> = note.lines().take(5).collect();
    disk.put("data/record/checkpoint", (lines.join("\n") + "\n").as_bytes());
    disk.sealed_again();
    disk.says("V.205", "missing", "witness.quorum", "record/checkpoint");
}

#[test]
fn a_leaf_of_another_office_is_found() {
    let disk = Disk::of("palm", "office");
    let other = common::demo().join("disks/seven_doors/data/record");
    for path in files(&other) {
        common::copy(&other.join(&path), &disk.path("data/record").join(&path));
    }
    disk.sealed_again();
    disk.says("V.903", "failed", "disk.other_office", "leaf-");

    // A station of the office is left out, with all its leaves.
    let disk = Disk::abroad("office");
    let station = disk.find("data/stations/").split('/').nth(2).unwrap().to_owned();
    fs::remove_dir_all(disk.path("data/stations").join(&station)).expect("it was there");
    let _ = fs::remove_dir_all(disk.path("data/slips").join(&station));
    for path in files(&disk.path("data/record")).iter().filter(|path| path.ends_with(".json")) {
        let leaf = fs::read(disk.path("data/record").join(path)).expect("a leaf");
        let body = record::Entry::parse(&leaf).expect("a leaf").body;
        if record::disk::about(&body) == record::disk::About::Station(station.parse().unwrap()) {
            fs::remove_file(disk.path("data/record").join(path)).expect("it was there");
            fs::remove_file(disk.path("data/record").join(path.replace(".json", ".proof"))).expect("it was there");
        }
    }
    disk.sealed_again();
    disk.says("V.903", "recorded", "disk.no_content", &station);
    disk.says("V.906", "failed", "disk.described", "stations.csv");
}

#[test]
fn a_slip_is_what_its_leaf_says() {
    let disk = Disk::of("palm", "slip");
    let slip = disk.find("data/slips/");
    changed(&disk.path(&slip));
    let stray = format!("{}/leaf-000999.txt", slip.rsplit_once('/').unwrap().0);
    disk.put(&stray, b"SANAD1:");
    disk.sealed_again();
    disk.says("V.904", "failed", "disk.slip", &slip["data/".len()..]);
    disk.says("V.904", "failed", "disk.stray_slip", "leaf-000999.txt");
    fs::remove_file(disk.path(&slip)).expect("it was there");
    disk.sealed_again();
    disk.says("V.904", "missing", "file.missing", &slip["data/".len()..]);

    // Of two contents the one that the slip agrees with is gone.
    let disk = Disk::of("seven_doors", "slip");
    let stick = disk.find(".stick/results.json").replace("/results.json", "");
    fs::remove_dir_all(disk.path(stick.trim_end_matches(".stick"))).expect("it was there");
    disk.sealed_again();
    disk.says("V.904", "recorded", "disk.slip_differs", "slips/");
    disk.says("V.401", "missing", "station.unpublished", "stations/");
}

#[test]
fn a_receipt_of_the_service_is_of_its_label() {
    let disk = Disk::abroad("service");
    let all = files(&disk.0);
    let receipts: Vec<&String> = all.iter().filter(|path| path.ends_with("/receipt.json")).collect();
    assert_eq!(receipts.len(), 3);
    common::copy(&disk.path(receipts[0]), &disk.path(receipts[1]));
    disk.sealed_again();
    disk.says("V.905", "failed", "disk.service_receipt", &receipts[1]["data/".len()..]);
    disk.put(receipts[1], b"{}");
    disk.sealed_again();
    disk.says("V.905", "failed", "dsse.form", &receipts[1]["data/".len()..]);
    fs::remove_file(disk.path(receipts[1])).expect("it was there");
    disk.sealed_again();
    disk.says("V.905", "missing", "file.missing", &receipts[1]["data/".len()..]);
}

#[test]
fn what_follows_from_the_rest_is_written_anew() {
    for path in ["data/README.txt", "data/stations.csv", "data/withheld.csv"] {
        let disk = Disk::of("palm", "described");
        changed(&disk.path(path));
        disk.sealed_again();
        disk.says("V.906", "failed", "disk.described", &path["data/".len()..]);
    }
    let disk = Disk::of("palm", "described");
    changed(&disk.path("bag-info.txt"));
    disk.says("V.102", "failed", "disk.oxum", "bag-info.txt");
    disk.says("V.906", "failed", "disk.described", "bag-info.txt");
    let disk = Disk::of("palm", "described");
    disk.put("data/second.csv", b"another table");
    disk.sealed_again();
    disk.says("V.104", "failed", "disk.stray", "second.csv");
}

#[test]
fn links_and_paths_that_lead_out_are_named_and_never_followed() {
    let disk = Disk::of("palm", "links");
    std::os::unix::fs::symlink("/etc", disk.path("data/out")).expect("a link");
    disk.says("V.101", "failed", "folder.link", "data/out");
    assert!(!disk.by_hand().status.success());
    fs::remove_file(disk.path("data/out")).expect("it was there");
    let readme = fs::read(disk.path("data/README.txt")).expect("a file");
    disk.put("README.txt", &readme);
    fs::remove_file(disk.path("data/README.txt")).expect("it was there");
    std::os::unix::fs::symlink("../README.txt", disk.path("data/README.txt")).expect("a link");
    disk.says("V.101", "failed", "folder.link", "data/README.txt");
    assert!(!disk.by_hand().status.success());

    let disk = Disk::of("palm", "links");
    let manifest = fs::read_to_string(disk.path(MANIFEST)).expect("a manifest");
    disk.put(MANIFEST, manifest.replace("  data/README.txt", "  data/../README.txt").as_bytes());
    disk.says("V.102", "failed", "bag.manifest", MANIFEST);
    let disk = Disk::of("palm", "links");
    let tags = fs::read_to_string(disk.path(TAG_MANIFEST)).expect("a manifest");
    disk.put(TAG_MANIFEST, format!("{tags}{}  z/z\n", "0".repeat(64)).as_bytes());
    disk.says("V.102", "failed", "disk.tags", TAG_MANIFEST);
}

#[test]
fn nothing_that_is_secret_is_on_a_disk_and_what_is_withheld_is_named() {
    for party in ["palm", "seven_doors"] {
        let disk = common::demo().join("disks").join(party);
        let table = fs::read_to_string(disk.join("data/withheld.csv")).expect("the table");
        let hidden: BTreeSet<&str> = table.lines().filter_map(|row| row.split(',').nth(4)).collect();
        assert!(hidden.len() > 3, "{table}");
        for path in files(&disk) {
            let bytes = fs::read(disk.join(&path)).expect("a file");
            assert!(!hidden.contains(Digest::of(&bytes).hex().as_str()), "{path} is withheld");
            let name = path.rsplit('/').next().unwrap();
            let secret = ["scores.json", "stray.json", "adjudication.json", "events.jsonl", "cvr.json"];
            assert!(!secret.contains(&name) && !name.ends_with(".png") && !name.ends_with(".age"), "{path}");
        }
        for row in [
            ",file,data/scores.json,",
            ",file,data/adjudication.json,",
            ",file,data/events.jsonl,",
            ",file,data/cvr.json,",
            ",ballots,,5,,never_public",
        ] {
            assert!(table.contains(row), "{row}: {table}");
        }
    }

    // Somebody puts there what the rules withhold.
    let disk = Disk::of("palm", "secret");
    let folder = disk.find("/results.json").replace("/results.json", "");
    let kept = files(&common::demo().join("centre/contents"));
    let station = folder.split('/').nth(2).unwrap();
    let manifest = fs::read_to_string(disk.path(&format!("{folder}/results-manifest.txt"))).expect("a manifest");
    let bytes_of = |name: &str| {
        let hash =
            manifest.lines().find_map(|line| line.strip_suffix(&format!("  data/{name}"))).expect("it is listed");
        let all = kept.iter().filter(|path| path.ends_with(name));
        let mut all = all.map(|path| fs::read(common::demo().join("centre/contents").join(path)).expect("a file"));
        all.find(|bytes| Digest::of(bytes).hex() == hash)
            .unwrap_or_else(|| panic!("the centre has {name} of {station}"))
    };
    for (name, code) in [("cvr.json", "withheld.not"), ("scores.json", "withheld.published")] {
        disk.put(&format!("{folder}/{name}"), &bytes_of(name));
        disk.sealed_again();
        disk.says("V.409", "failed", code, name);
        fs::remove_file(disk.path(&format!("{folder}/{name}"))).expect("it was there");
    }
    disk.put(&format!("{folder}/images/000001-front.png"), b"a whole ballot");
    disk.sealed_again();
    disk.says("V.410", "failed", "images.whole", "000001-front.png");
}

#[test]
fn a_disk_is_written_for_those_alone_whom_it_is_for() {
    let dir = desk("refused");
    let to = dir.join("disk");
    let refused = |code: &str, status: i32, output: Output| {
        assert_eq!((&json(&output)["error"]["code"], output.status.code()), (&Value::from(code), Some(status)));
        assert!(!to.exists(), "{code}: nothing was written");
    };
    let own = published();
    refused("disk.office", 2, write(&to, &own, "nowhere", "palm", "agent_palm", "officer_1"));
    refused("disk.party", 2, write(&to, &own, "abroad", "nobodys", "agent_palm", "officer_1"));
    refused("disk.delegate", 2, write(&to, &own, "abroad", "palm", "nobody", "officer_1"));
    refused("disk.not_agent", 1, write(&to, &own, "abroad", "palm", "agent_reed", "officer_1"));
    refused("disk.not_agent", 1, write(&to, &own, "abroad", "palm", "officer_1", "officer_1"));
    refused("key.role", 1, write(&to, &own, "abroad", "palm", "agent_palm", "board_1"));
    refused("publication", 2, write(&to, &common::demo().join("keys"), "abroad", "palm", "agent_palm", "officer_1"));

    // A publication whose record is not cosigned, and one of which a figure was changed.
    let copied = dir.join("publication");
    for part in ["election", "record", "stations", "manifest-sha256.txt"] {
        common::copy(&own.join(part), &copied.join(part));
    }
    let station = files(&copied.join("stations")).into_iter().find(|path| path.ends_with("/results.json")).unwrap();
    let office = fs::read_to_string(copied.join("election/stations.csv")).expect("stations");
    let id = station.split('/').next().unwrap();
    let office = office.lines().find(|row| row.starts_with(&format!("{id},"))).unwrap().split(',').nth(2).unwrap();
    changed(&copied.join("stations").join(&station));
    refused("disk.source", 1, write(&to, &copied, office, "palm", "agent_palm", "officer_1"));
    let note = fs::read_to_string(copied.join("record/checkpoint")).expect("a checkpoint");
    let lines: Vec<&str> = note.lines().take(5).collect();
    fs::write(copied.join("record/checkpoint"), lines.join("\n") + "\n").expect("a file");
    refused("disk.unwitnessed", 3, write(&to, &copied, office, "palm", "agent_palm", "officer_1"));

    // A folder of somebody else's is not replaced; an earlier disk is.
    let full = dir.join("full");
    fs::create_dir_all(&full).expect("a folder");
    fs::write(full.join("letter.txt"), "keep me").expect("a file");
    refused("disk.folder", 2, write(&full, &own, "abroad", "palm", "agent_palm", "officer_1"));
    assert!(full.join("letter.txt").is_file());
    for delegate in ["palm", "reed"] {
        assert!(write(&to, &own, "abroad", delegate, &format!("agent_{delegate}"), "officer_1").status.success());
        assert_eq!(Disk(to.clone()).receipt().party.as_str(), delegate);
    }
    // Not one beside which somebody keeps a file of his own.
    fs::write(to.join("letter.txt"), "keep me").expect("a file");
    let beside = write(&to, &own, "abroad", "palm", "agent_palm", "officer_1");
    assert_eq!((&json(&beside)["error"]["code"], beside.status.code()), (&Value::from("disk.folder"), Some(2)));
    assert!(to.join("letter.txt").is_file());

    let output = sanad(&["disk", "check", text(&own), "--json"]);
    assert_eq!((&json(&output)["error"]["code"], output.status.code()), (&Value::from("disk.not_a_disk"), Some(2)));
    assert_eq!(sanad(&["disk", "check", "nowhere"]).status.code(), Some(2));
}
