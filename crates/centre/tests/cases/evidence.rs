//! Bundles of evidence: what is handed out under a mandate, and what whoever receives it sees of one that was tampered with.

use std::collections::{BTreeMap, BTreeSet};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use election::{Coded, Digest, Lang};
use faults::{Disk, Faults, Mounted};
use log::merkle::{Tree, leaf_hash};
use log::proof::InclusionProof;
use log::{Checkpoint, FolderStore, Log, Note};
use package::archive::{Limits, Visitor, Writer, is_long_name, visit};
use record::docket::About;
use record::entry::{Effect, Export};
use record::evidence::{ENTRY, PROOF};
use record::register::exports::{Class, Mandate};
use record::{Body, Medium};
use sanad_centre::{Carrier, Exported};
use sign::FileKey;
use testing::{AT, Count, World, id};
use verify::{BundleReport, Matter, Report, Verdict};

use crate::common::{Desk, FORM, NAMES, package};

const OFFICERS: [&str; 2] = ["officer_1", "officer_2"];
const ORDER: &[u8] = b"%PDF an order of a court";

fn mandate(scope: &[&str], includes: &[Class]) -> Mandate {
    Mandate {
        act: None,
        issuer: "Judicial Panel".into(),
        number: "45/2026".into(),
        dated: "2026-06-06".parse().unwrap(),
        paper: Digest::of(ORDER),
        scope: scope.iter().map(|subject| subject.parse().unwrap()).collect(),
        includes: includes.iter().copied().collect(),
    }
}

/// Two stations of which both copies came, a slip of the first and a complaint about it; cosigned.
fn desk() -> Desk<'static> {
    let mut desk = Desk::new();
    let packages = [package("s1", [6, 3, 1, 1]), package("s2", [1, 4, 0, 0])];
    desk.network(&[&packages[0], &packages[1]]);
    desk.stick(&[&packages[0], &packages[1]]);
    desk.slip(&Count::of("s1", [6, 3, 1, 1]));
    desk.complain("s1");
    desk.cosign();
    desk
}

fn export(desk: &mut Desk<'_>, mandate: Mandate) -> Exported {
    let to = desk.at("bundle.tar");
    desk.room.export(mandate, ORDER, &to, &desk.world.signers(&OFFICERS), AT, |_, _| {}).unwrap()
}

fn check(desk: &Desk<'_>, path: &Path) -> BundleReport {
    verify::bundle(path, Some(desk.world.fingerprint), None, None, &|_| {}).unwrap()
}

#[track_caller]
fn passes(report: &Report) {
    let shown = verify::render_bundle(report, Lang::En, verify::Show::Amiss, &|what| what.to_owned());
    assert_eq!(report.verdict, Verdict::Pass, "{shown}");
}

/// Nothing is amiss but that no publication has shown the entry: the verdict is incomplete for that alone.
#[track_caller]
fn agrees(found: &BundleReport) {
    assert_eq!(found.report.verdict, Verdict::Incomplete);
    says(found, "V.952", Matter::Missing, "evidence.unseen", ENTRY);
    passes(&found.clone().handed_out());
}

/// The check tells of this code, in this matter, at a place with these words.
#[track_caller]
fn says(found: &BundleReport, id: &str, matter: Matter, code: &str, place: &str) {
    let check = found.report.check(id).unwrap_or_else(|| panic!("no {id}"));
    let has = |d: &&verify::Detail| d.matter == matter && d.code == code && d.place.contains(place);
    assert!(check.detail.iter().any(|d| has(&d)), "{id}: no {code} at {place}: {:#?}", check.detail);
    if matter == Matter::Failed {
        assert_eq!(found.report.verdict, Verdict::Fail);
    }
}

type Files = BTreeMap<String, Vec<u8>>;

#[derive(Default)]
struct Held(Files, String);

impl Visitor for Held {
    fn file(&mut self, name: &str, _at: usize, _size: usize) {
        self.1 = name.to_owned();
        self.0.insert(name.to_owned(), Vec::new());
    }
    fn bytes(&mut self, piece: &[u8]) {
        self.0.get_mut(&self.1).unwrap().extend_from_slice(piece);
    }
    fn end(&mut self) {}
}

fn files(path: &Path) -> Files {
    let mut held = Held::default();
    let limits = Limits { files: 10_000, bytes: 1 << 30 };
    visit(std::fs::File::open(path).unwrap(), limits, is_long_name, &mut held).unwrap();
    held.0
}

fn write(files: &Files, path: &Path) {
    let mut archive = Writer(Vec::new());
    files.iter().for_each(|(name, bytes)| archive.add(name, bytes).unwrap());
    std::fs::write(path, archive.finish().unwrap()).unwrap();
}

fn manifest<'a>(files: impl Iterator<Item = (&'a String, &'a Vec<u8>)>) -> Vec<u8> {
    files.map(|(name, bytes)| format!("{}  {name}\n", Digest::of(bytes).hex())).collect::<String>().into_bytes()
}

/// A bundle that may be spoilt.
struct Bundle {
    desk: Desk<'static>,
    exported: Exported,
    files: Files,
}

impl Bundle {
    fn of(scope: &[&str], includes: &[Class]) -> Self {
        let mut desk = desk();
        let exported = export(&mut desk, mandate(scope, includes));
        let files = files(&desk.at("bundle.tar"));
        Bundle { desk, exported, files }
    }

    /// The files of station s2 as well, from a bundle of all stations.
    fn with_all(&mut self) -> Files {
        let to = self.desk.at("all.tar");
        self.desk.cosign();
        let all = mandate(&["all"], &Class::ALL);
        self.desk.room.export(all, ORDER, &to, &self.desk.world.signers(&OFFICERS), AT, |_, _| {}).unwrap();
        files(&to)
    }

    /// As it is now.
    fn check(&self) -> BundleReport {
        let to = self.desk.at("spoilt.tar");
        write(&self.files, &to);
        check(&self.desk, &to)
    }

    /// Two officers and the keeper of the log who mean harm: the bag, the entry and the proof are made anew over what is in it,
    /// so that only what the files say can be found.
    fn sealed_again(&mut self) {
        let own = manifest(self.files.iter().filter(|(name, _)| name.starts_with("data/")));
        self.files.insert("manifest-sha256.txt".into(), own);
        let tags = ["bag-info.txt", "bagit.txt", "manifest-sha256.txt"];
        let own = manifest(self.files.iter().filter(|(name, _)| tags.contains(&name.as_str())));
        self.files.insert("tagmanifest-sha256.txt".into(), own);
        let data: Vec<&Vec<u8>> =
            self.files.iter().filter(|(name, _)| name.starts_with("data/")).map(|(_, bytes)| bytes).collect();
        let export = Export {
            mandate: self.exported.export.mandate.clone(),
            manifest: Digest::of(&self.files["manifest-sha256.txt"]),
            files: data.len() as u64,
            bytes: data.iter().map(|bytes| bytes.len() as u64).sum(),
        };
        self.enter(&export, &OFFICERS, "record_log");
    }

    /// An entry by these people, under a checkpoint of this key.
    fn enter(&mut self, export: &Export, by: &[&str], log_key: &str) {
        let world = self.desk.world;
        let leaf = Body::Export(export.clone()).sign(&self.desk.room.head(AT), &world.signers(by)).unwrap();
        let index = self.exported.leaf;
        let before = &self.desk.room.log().leaves()[..index as usize];
        let tree = Tree::of(before.iter().map(Vec::as_slice).chain([leaf.as_slice()]).map(leaf_hash));
        let origin = self.desk.room.log().origin().to_owned();
        let root = tree.root_at(index + 1).unwrap();
        let text = Checkpoint { origin: origin.clone(), size: index + 1, root }.to_text();
        let mut checkpoint = Note { text, signatures: Vec::new() };
        checkpoint.sign(&origin, &world.keys[log_key]).unwrap();
        let proof = InclusionProof { index, hashes: tree.inclusion(index, index + 1).unwrap(), checkpoint };
        self.files.insert(ENTRY.into(), leaf);
        self.files.insert(PROOF.into(), proof.to_bytes());
    }

    /// The first file with these words in its name.
    fn find(&self, words: &str) -> String {
        self.files.keys().find(|name| name.contains(words)).unwrap_or_else(|| panic!("no {words}")).clone()
    }
}

#[test]
fn a_bundle_holds_what_its_mandate_includes_and_is_an_entry_itself() {
    let mut bundle = Bundle::of(&["station:s1", "case:c_s1"], &[Class::Results, Class::Slips, Class::Papers]);
    let path = bundle.desk.at("bundle.tar");
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o077, 0, "for the owner alone");
    let found = check(&bundle.desk, &path);
    agrees(&found);
    assert!(found.confidential, "its papers name persons");
    assert_eq!(found.export.as_ref(), Some(&bundle.exported.export));
    says(&found, "V.954", Matter::Withheld, "mandate", "cvr.json");
    says(&found, "V.954", Matter::Withheld, "mandate", "stations/s1/");
    says(&found, "V.956", Matter::Withheld, "sealed", "papers/");
    let own = &bundle.files;
    let text = |name: &str| String::from_utf8(own[name].clone()).unwrap();
    assert_eq!(own["data/mandate.pdf"], ORDER);
    assert!(own.keys().all(|name| !name.contains("stations/s2")), "no other station's");
    assert!(own.keys().all(|name| !name.contains("/images/") && !name.ends_with("cvr.json")));
    assert_eq!(own[&bundle.find("data/papers/")], FORM);
    assert_eq!(own.keys().filter(|name| name.starts_with("data/papers/")).count(), 1);
    assert!(own.values().all(|bytes| !bytes.windows(NAMES.len()).any(|part| part == NAMES)));
    assert!(own.contains_key(&bundle.find("data/slips/s1/")));
    let report = text("data/report.txt");
    for words in [
        "Station s1",
        "both copies are identical, and a slip or a count by hand agrees",
        "the box was open",
        "Its figures count",
        "papers are in it that name persons",
    ] {
        assert!(report.contains(words), "{words}: {report}");
    }
    assert!(!report.contains("single ballots") && !report.contains("Station s2"));
    let counted = bundle.desk.room.outcome().unwrap().0.stations[&id("s1")].counted.expect("it counts");
    assert!(
        report.contains(&format!("is less by just these\n    Copy that came: {}\n", counted.figures())),
        "{report}"
    );
    let withheld = text("data/withheld.csv");
    for words in ["cvr.json,1,", ",mandate", "events.jsonl,1,", ",never_public", ",sealed", ",images,,"] {
        assert!(withheld.contains(words), "{words}: {withheld}");
    }

    // Without the fingerprint from paper nobody knows which election it is.
    let unpinned = verify::bundle(&path, None, None, None, &|_| {}).unwrap();
    assert_eq!(unpinned.handed_out().verdict, Verdict::Incomplete);

    // Unpacked it is the same.
    let folder = bundle.desk.at("unpacked");
    for (name, bytes) in &bundle.files {
        std::fs::create_dir_all(folder.join(name).parent().unwrap()).unwrap();
        std::fs::write(folder.join(name), bytes).unwrap();
    }
    agrees(&check(&bundle.desk, &folder));

    // A later publication shows that the entry was kept.
    let published = bundle.desk.publish().unwrap();
    bundle.desk.passes();
    let table = std::fs::read_to_string(published.join("register/exports.csv")).unwrap();
    let row = format!("{},,Judicial Panel,45/2026,2026-06-06,", bundle.exported.leaf);
    assert!(table.contains(&row) && table.contains("station:s1 case:c_s1,results slips papers,"), "{table}");
    let fingerprint = Some(bundle.desk.world.fingerprint);
    let found = verify::bundle(&path, fingerprint, Some(&published), None, &|_| {}).unwrap();
    passes(&found.report);
    let proof = found.report.check("V.952").unwrap();
    assert_eq!((proof.checked, proof.missing), (2, 0), "{proof:#?}");

    // With a leaf that does not stand, nobody knows which keys count after it.
    let key = FileKey::from_pem(&bundle.desk.world.pem("record_log")).unwrap();
    let origin = bundle.desk.room.log().origin();
    let mut log = Log::open(FolderStore::new(published.join("record")), origin, Box::new(key)).unwrap();
    log.append(&[b"no leaf".to_vec()]).unwrap();
    let found = verify::bundle(&path, fingerprint, Some(&published), None, &|_| {}).unwrap();
    says(&found, "V.952", Matter::Failed, "record.envelope", "record");
}

#[test]
fn single_ballots_are_handed_out_where_the_mandate_says_so_and_the_rest_never() {
    let bundle = Bundle::of(&["office:north"], &Class::ALL);
    let found = check(&bundle.desk, &bundle.desk.at("bundle.tar"));
    agrees(&found);
    assert!(found.confidential);
    assert!(bundle.files.keys().any(|name| name.contains("/images/") && name.ends_with("-front.png")));
    assert!(bundle.files.keys().any(|name| name.ends_with("/cvr.json")));
    for never in ["scores.json", "stray.json", "adjudication.json", "events.jsonl"] {
        assert!(!bundle.files.keys().any(|name| name.ends_with(never)), "{never}");
    }
    for name in ["data/report.txt", "data/readme.txt"] {
        assert!(String::from_utf8_lossy(&bundle.files[name]).contains("CONFIDENTIAL"), "{name}");
    }
    // Papers and slips alone: nothing of the stations' packages.
    let bundle = Bundle::of(&["all"], &[Class::Papers]);
    let found = check(&bundle.desk, &bundle.desk.at("bundle.tar"));
    agrees(&found);
    assert!(!bundle.files.keys().any(|name| name.starts_with("data/stations/")));
    says(&found, "V.954", Matter::Withheld, "mandate", "stations/");
    says(&found, "V.955", Matter::Withheld, "mandate", "slips/");
    // A station of which nothing came.
    let bundle = Bundle::of(&["station:s3"], &[Class::Results, Class::Slips]);
    let found = check(&bundle.desk, &bundle.desk.at("bundle.tar"));
    agrees(&found);
    assert!(!found.confidential);
    assert!(!String::from_utf8_lossy(&bundle.files["data/report.txt"]).contains("CONFIDENTIAL"));
    says(&found, "V.953", Matter::Recorded, "evidence.no_content", "station s3");
}

/// Of several copies the report says which one an order counts, and which figures count.
#[test]
fn the_report_names_the_copy_that_an_order_counts() {
    let mut desk = Desk::new();
    let other = package("s1", [2, 3, 1, 1]);
    desk.network(&[&package("s1", [6, 3, 1, 1])]);
    desk.stick(&[&other]);
    let imports = &desk.room.state().evidence[&id("s1")].imports;
    let content = imports.iter().find(|own| own.medium == Medium::Stick).unwrap().content;
    desk.decide("s1", Effect::Count(content));
    desk.cosign();
    export(&mut desk, mandate(&["station:s1"], &[Class::Results]));
    agrees(&check(&desk, &desk.at("bundle.tar")));
    let report = String::from_utf8(files(&desk.at("bundle.tar"))["data/report.txt"].clone()).unwrap();
    for words in ["is less by just these\n    Copy that came:", "Order: count a copy"] {
        assert!(report.contains(&format!("{words} {}", content.results)), "{words}: {report}");
    }
}

/// A refused package is kept by the centre alone: whoever asks for its station learns that there is one.
#[test]
fn a_refused_package_is_named_among_what_is_withheld() {
    let mut folder = testing::folder(2);
    folder.files.get_mut("election.toml").unwrap().extend(b"\n[equipment]\nrequired = true\n");
    let world = World::of(folder);
    let mut desk = Desk::of(&world);
    let stick = desk.at("stick");
    testing::put(&world.package(&Count::of("s1", [3, 2, 0, 0])), &stick);
    desk.carry(&Carrier::look(&stick).unwrap(), Medium::Stick);
    let label = desk.room.state().refused.first().expect("it is entered as refused").label;
    let row = format!("stations/s1,package,stick,1,{},refused", label.hex());
    for (scope, told) in [("station:s1", true), ("all", true), ("station:s2", false)] {
        desk.cosign();
        let to = desk.at("bundle.tar");
        let own = mandate(&[scope], &[Class::Results]);
        desk.room.export(own, ORDER, &to, &world.signers(&OFFICERS), AT, |_, _| {}).unwrap();
        agrees(&check(&desk, &to));
        let withheld = String::from_utf8(files(&to)["data/withheld.csv"].clone()).unwrap();
        assert_eq!(withheld.contains(&row), told, "{scope}: {withheld}");
    }
}

#[test]
fn nothing_is_handed_out_without_a_mandate_or_unwitnessed() {
    let mut desk = desk();
    let to = desk.at("bundle.tar");
    let size = desk.room.log().size();
    let refused = |desk: &mut Desk<'_>, mandate: Mandate, by: &[&str]| {
        let signers = desk.world.signers(by);
        let code = desk.room.export(mandate, ORDER, &to, &signers, AT, |_, _| {}).unwrap_err().code();
        let left: Vec<_> = std::fs::read_dir(desk.dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert!(left.iter().all(|name| !name.to_string_lossy().contains("bundle")), "{left:?}");
        code
    };
    let results = [Class::Results];
    assert_eq!(refused(&mut desk, mandate(&["station:s9"], &results), &OFFICERS), "record.station");
    assert_eq!(refused(&mut desk, mandate(&["case:c9"], &results), &OFFICERS), "docket.case");
    assert_eq!(refused(&mut desk, mandate(&["all"], &[]), &OFFICERS), "export.empty");
    assert_eq!(refused(&mut desk, mandate(&["all"], &results), &OFFICERS[..1]), "record.threshold");
    assert_eq!(desk.room.log().size(), size, "nothing is entered");
    desk.decide("s2", Effect::Cancel);
    assert_eq!(refused(&mut desk, mandate(&["all"], &results), &OFFICERS), "centre.not_yet");
}

/// The stick that the bundle is written to fills up, at each moment. A leaf without its file is left by the short end alone, whose room
/// was taken before: on a disk that keeps what it has given, by nothing.
#[test]
fn a_full_disk_is_met_before_the_entry() {
    let mut desk = desk();
    let stick = Mounted::new(Disk::new(1));
    let to = stick.path().join("bundle.tar");
    let (mut before, mut after) = (0, 0);
    for at in 1..500 {
        let size = desk.room.log().size();
        stick.disk().set(Faults { full_from: Some(at), ..Faults::default() });
        let (all, by) = (mandate(&["all"], &[Class::Results]), desk.world.signers(&OFFICERS));
        let done = desk.room.export(all, ORDER, &to, &by, AT, |_, _| {});
        stick.disk().set(Faults::default());
        let Err(error) = done else { break };
        assert_eq!((error.code(), to.exists()), ("centre.disk", false), "change {at}: {error}");
        match desk.room.log().size() == size {
            true => before += 1,
            false => {
                after += 1;
                desk.cosign();
            }
        }
    }
    assert!(to.exists() && before > 10 && after < before, "{before} before the entry, {after} after it");
    agrees(&check(&desk, &to));
}

#[test]
fn a_bundle_that_was_not_entered_is_found() {
    let mut bundle = Bundle::of(&["station:s1"], &[Class::Results]);
    let export = bundle.exported.export.clone();
    bundle.enter(&export, &OFFICERS[..1], "record_log");
    says(&bundle.check(), "V.951", Matter::Failed, "record.threshold", ENTRY);
    type Change = (fn(&mut Export), &'static str);
    let changes: [Change; 4] = [
        (|own| own.manifest = Digest::of(b"another"), "evidence.entry"),
        (|own| own.files += 1, "evidence.entry"),
        (|own| own.mandate.paper = Digest::of(b"another order"), "evidence.entry"),
        (|own| own.mandate.scope = BTreeSet::from(["station:s9".parse().unwrap()]), "record.station"),
    ];
    for (change, code) in changes {
        let mut other = export.clone();
        change(&mut other);
        bundle.enter(&other, &OFFICERS, "record_log");
        says(&bundle.check(), "V.951", Matter::Failed, code, ENTRY);
    }
    // Without its entry it is a bag that nobody has handed out.
    bundle.files.remove(ENTRY);
    let found = bundle.check();
    assert_eq!(found.report.verdict, Verdict::Incomplete);
    says(&found, "V.951", Matter::Missing, "verify.needs", "data/");
}

#[test]
fn an_entry_outside_the_record_is_found() {
    let mut bundle = Bundle::of(&["station:s1"], &[Class::Results]);
    let export = bundle.exported.export.clone();
    bundle.enter(&export, &OFFICERS, "intake_log");
    assert_eq!(bundle.check().report.check("V.952").unwrap().verdict(), Verdict::Fail);
    // Beside the record that is in the bundle.
    bundle.exported.leaf -= 1;
    bundle.enter(&export, &OFFICERS, "record_log");
    says(&bundle.check(), "V.952", Matter::Failed, "evidence.proof", PROOF);
    bundle.files.remove(PROOF);
    says(&bundle.check(), "V.952", Matter::Missing, "file.missing", PROOF);

    // The commission shows it to the court, and publishes another history.
    let path = bundle.desk.at("bundle.tar");
    let fingerprint = Some(bundle.desk.world.fingerprint);
    let published = bundle.desk.publish().unwrap();
    let mut other = desk_without_export();
    let hidden = other.publish().unwrap();
    let found = verify::bundle(&path, fingerprint, Some(&hidden), None, &|_| {}).unwrap();
    assert_eq!(found.report.check("V.952").unwrap().verdict(), Verdict::Fail);
    passes(&verify::bundle(&path, fingerprint, Some(&published), None, &|_| {}).unwrap().report);
}

/// What is handed out after a publication is not in it, and what was entered there instead shows.
#[test]
fn an_entry_is_looked_for_in_a_later_publication_alone() {
    let mut desk = desk();
    let before = desk.publish().unwrap();
    let fingerprint = Some(desk.world.fingerprint);
    let exported = export(&mut desk, mandate(&["station:s1"], &[Class::Results]));
    let path = desk.at("bundle.tar");
    let found = verify::bundle(&path, fingerprint, Some(&before), None, &|_| {}).unwrap();
    says(&found, "V.952", Matter::Missing, "evidence.earlier", "record");
    assert_eq!(found.report.verdict, Verdict::Incomplete);
    let mut bundle = Bundle { files: files(&path), desk, exported };
    let mut other = bundle.exported.export.clone();
    other.mandate.number = "46/2026".into();
    bundle.enter(&other, &OFFICERS, "record_log");
    write(&bundle.files, &path);
    // Not cosigned yet: whoever published it may still publish another.
    let to = bundle.desk.at("publication");
    bundle.desk.room.publish(&to, AT, site::pages).unwrap();
    let found = verify::bundle(&path, fingerprint, Some(&to), None, &|_| {}).unwrap();
    says(&found, "V.952", Matter::Failed, "evidence.other_entry", "record");
    says(&found, "V.952", Matter::Missing, "witness.quorum", "record/checkpoint");
}

/// A station whose ballots lie in another's box brings that box.
#[test]
fn a_station_without_a_box_of_its_own_is_named() {
    let mut folder = testing::folder(4);
    let stations = String::from_utf8(folder.files["stations.csv"].clone()).unwrap();
    folder.files.insert("stations.csv".into(), stations.replace("roll,,School 4", "roll,s2,School 4").into_bytes());
    let world = testing::World::of(folder);
    let mut desk = Desk::of(&world);
    desk.stick(&[&world.package(&Count::of("s2", [1, 4, 0, 0]))]);
    desk.cosign();
    let to = desk.at("bundle.tar");
    let own = mandate(&["station:s4"], &[Class::Results]);
    desk.room.export(own, ORDER, &to, &world.signers(&OFFICERS), AT, |_, _| {}).unwrap();
    let found = check(&desk, &to);
    agrees(&found);
    says(&found, "V.953", Matter::Recorded, "evidence.counted_with", "station s4");
    let files = files(&to);
    assert!(files.keys().any(|name| name.starts_with("data/stations/s2/")), "the box of the mandate's station");
    assert!(String::from_utf8_lossy(&files["data/report.txt"]).contains("Station s2"));

    // A case about a step of the procedure is about no station.
    desk.complain_about("step", About::Step("the transport".into()));
    desk.cosign();
    let to = desk.at("step.tar");
    let own = mandate(&["case:step"], &[Class::Results]);
    desk.room.export(own, ORDER, &to, &world.signers(&OFFICERS), AT, |_, _| {}).unwrap();
    says(&check(&desk, &to), "V.953", Matter::Recorded, "evidence.no_station", "stations/");
}

/// The same election with another record.
fn desk_without_export() -> Desk<'static> {
    let mut desk = Desk::new();
    let packages = [package("s1", [2, 3, 1, 1])];
    desk.network(&[&packages[0]]);
    desk.stick(&[&packages[0]]);
    desk
}

#[test]
fn a_station_outside_the_mandate_is_found() {
    let mut bundle = Bundle::of(&["station:s1"], &[Class::Results, Class::Slips]);
    let all = bundle.with_all();
    let others = all.into_iter().filter(|(name, _)| name.starts_with("data/stations/s2/"));
    bundle.files.extend(others);
    bundle.sealed_again();
    let found = bundle.check();
    says(&found, "V.953", Matter::Failed, "evidence.other_station", "stations/s2");
    says(&found, "V.401", Matter::Failed, "station.no_import", "stations/s2");
}

#[test]
fn what_the_mandate_does_not_include_is_found() {
    let mut bundle = Bundle::of(&["station:s1"], &[Class::Results]);
    let all = bundle.with_all();
    let own = |name: &String| name.starts_with("data/stations/s1/") && name.ends_with("cvr.json");
    let records = all.keys().find(|name| own(name)).unwrap().clone();
    bundle.files.insert(records.clone(), all[&records].clone());
    bundle.sealed_again();
    says(&bundle.check(), "V.954", Matter::Failed, "evidence.not_given", "cvr.json");
    bundle.files.remove(&records);
    let image = all.keys().find(|name| name.contains("/images/")).unwrap().clone();
    bundle.files.insert(image.clone(), all[&image].clone());
    bundle.sealed_again();
    says(&bundle.check(), "V.954", Matter::Failed, "evidence.not_given", "/images/");
    bundle.files.remove(&image);
    // A list of what is withheld is no file of a bundle: nothing would look at what it says.
    let list = records.replace("cvr.json", "withheld.json");
    bundle.files.insert(list.clone(), all[&records].clone());
    bundle.sealed_again();
    says(&bundle.check(), "V.404", Matter::Failed, "bag.unsigned", "withheld.json");
    bundle.files.remove(&list);
    // A content that was left out.
    bundle.files.retain(|name, _| !name.starts_with("data/stations/s1/"));
    bundle.sealed_again();
    let found = bundle.check();
    says(&found, "V.401", Matter::Missing, "station.unpublished", "stations/s1");
    // What was told of it is no longer what follows from the rest.
    says(&found, "V.957", Matter::Failed, "evidence.described", "withheld.csv");
}

/// Of stations of which nothing was asked for, or nothing came, nothing lies there.
#[test]
fn files_in_no_content_of_a_station_are_found() {
    let mut bundle = Bundle::of(&["station:s1"], &[Class::Papers]);
    let whole = bundle.files.clone();
    for stray in ["s1/cvr.json", "s1/x/cvr.json", "s1/x/images/1-front.png"] {
        bundle.files.insert(format!("data/stations/{stray}"), b"ballots".to_vec());
        bundle.sealed_again();
        let found = bundle.check();
        says(&found, "V.401", Matter::Failed, "station.stray", stray);
        assert!(found.confidential, "{stray}");
        bundle.files = whole.clone();
    }
}

/// Records that the mandate includes are not said to be withheld by it.
#[test]
fn records_that_were_asked_for_are_missing_where_they_are_not_there() {
    let mut bundle = Bundle::of(&["station:s1"], &[Class::Results, Class::Records]);
    bundle.files.remove(&bundle.find("/cvr.json"));
    bundle.sealed_again();
    let found = bundle.check();
    says(&found, "V.408", Matter::Missing, "file.missing", "cvr.json");
    assert_eq!(found.report.check("V.408").unwrap().withheld, 0);
    assert_eq!(found.report.verdict, Verdict::Incomplete);
}

#[test]
fn a_slip_or_paper_that_is_another_is_found() {
    let mut bundle = Bundle::of(&["station:s1"], &[Class::Slips, Class::Papers]);
    let slip = bundle.find("data/slips/s1/");
    let whole = bundle.files.clone();
    bundle.files.get_mut(&slip).unwrap().extend(b"more\n");
    bundle.sealed_again();
    says(&bundle.check(), "V.955", Matter::Failed, "disk.slip", "slips/s1");
    bundle.files = whole.clone();
    bundle.files.remove(&slip);
    bundle.sealed_again();
    says(&bundle.check(), "V.955", Matter::Missing, "file.missing", "slips/s1");
    bundle.files = whole.clone();
    bundle.files.insert("data/slips/s1/leaf-999999.txt".into(), b"SANAD1:x\n".to_vec());
    bundle.sealed_again();
    says(&bundle.check(), "V.955", Matter::Failed, "disk.stray_slip", "leaf-999999");

    bundle.files = whole.clone();
    let paper = bundle.find("data/papers/");
    bundle.files.insert(paper.clone(), b"another form".to_vec());
    bundle.sealed_again();
    says(&bundle.check(), "V.956", Matter::Failed, "evidence.paper", "papers/");
    bundle.files = whole.clone();
    bundle.files.insert(format!("data/papers/{}", Digest::of(b"x").hex()), b"x".to_vec());
    bundle.sealed_again();
    says(&bundle.check(), "V.956", Matter::Failed, "evidence.other_paper", "papers/");
    // One that the bundle lists and does not have.
    bundle.files = whole.clone();
    bundle.files.remove(&paper);
    says(&bundle.check(), "V.956", Matter::Missing, "file.missing", "papers/");
    // A paper that the centre does not have any more is named, in the bundle and by whoever checks it: it was asked for.
    bundle.desk.cosign();
    std::fs::remove_file(bundle.desk.at("centre/papers").join(paper.rsplit('/').next().unwrap())).unwrap();
    export(&mut bundle.desk, mandate(&["case:c_s1"], &[Class::Papers]));
    let found = check(&bundle.desk, &bundle.desk.at("bundle.tar"));
    says(&found, "V.956", Matter::Missing, "not_kept", "papers/");
    assert_eq!(found.handed_out().verdict, Verdict::Incomplete);
}

#[test]
fn a_report_that_says_otherwise_is_found() {
    let mut bundle = Bundle::of(&["station:s1"], &[Class::Results]);
    let whole = bundle.files.clone();
    let written = ["report.txt", "readme.txt", "scope.json", "stations.csv", "withheld.csv", "docket/complaints.csv"];
    for name in written.into_iter().chain(["register/exports.csv"]) {
        bundle.files.get_mut(&format!("data/{name}")).unwrap().extend(b" ");
        bundle.sealed_again();
        says(&bundle.check(), "V.957", Matter::Failed, "evidence.described", name);
        bundle.files = whole.clone();
    }
    bundle.files.insert("data/docket/other.csv".into(), b"x".to_vec());
    bundle.sealed_again();
    says(&bundle.check(), "V.957", Matter::Failed, "evidence.stray", "docket/other.csv");
    bundle.files = whole.clone();
    bundle.files.insert("data/notes.txt".into(), b"x".to_vec());
    bundle.sealed_again();
    says(&bundle.check(), "V.104", Matter::Failed, "evidence.stray", "notes.txt");
}

#[test]
fn what_is_altered_cut_or_no_archive_is_never_pass() {
    let bundle = Bundle::of(&["station:s1"], &[Class::Results]);
    let path = bundle.desk.at("spoilt.tar");
    let good = std::fs::read(bundle.desk.at("bundle.tar")).unwrap();
    let fingerprint = Some(bundle.desk.world.fingerprint);
    let report = |bytes: &[u8]| {
        std::fs::write(&path, bytes).unwrap();
        verify::bundle(&path, fingerprint, None, None, &|_| {}).map(BundleReport::handed_out)
    };
    passes(&report(&good).unwrap());
    // Behind its first file, in two blocks, it is known for a bundle: what comes of it is a report, and never a wrong call.
    const KNOWN: usize = 1024;
    for at in (KNOWN..good.len()).step_by(good.len() / 150) {
        let mut bad = good.clone();
        bad[at] ^= 1;
        assert_ne!(report(&bad).unwrap().verdict, Verdict::Pass, "byte {at}");
        let cut = report(&good[..at]).unwrap();
        assert_eq!(cut.verdict, Verdict::Fail, "cut at {at}");
        let names = cut.check("V.101").unwrap();
        let is_form = |detail: &verify::Detail| detail.code == "archive.form" && detail.what.contains("at byte");
        assert!(names.detail.iter().any(is_form), "cut at {at}: {names:#?}");
    }
    let longer = report(&[&good[..], b"x"].concat()).unwrap();
    assert_eq!(longer.check("V.101").unwrap().verdict(), Verdict::Fail);
    assert_eq!(report(&good[..KNOWN / 2]).unwrap_err().code(), "evidence.not_a_bundle");
    for no_bundle in [&b""[..], b"no archive", &[0; 1024]] {
        assert_eq!(report(no_bundle).unwrap_err().code(), "evidence.not_a_bundle");
    }
    let link = bundle.desk.at("link.tar");
    std::os::unix::fs::symlink(bundle.desk.at("bundle.tar"), &link).unwrap();
    assert!(verify::bundle(&link, fingerprint, None, None, &|_| {}).is_err(), "a link is not followed");
}

/// The lines of `docs/evidence.md`, as they stand.
#[test]
fn a_bundle_is_checked_by_hand() {
    const PAGE: &str = include_str!("../../../../docs/evidence.md");
    let blocks = PAGE.split("```sh\n").skip(1).map(|block| block.split("```").next().unwrap_or_default());
    let script: String = blocks.collect();
    assert!(script.lines().count() > 80, "docs/evidence.md has hardly any lines to run");
    let mut bundle = Bundle::of(&["all"], &Class::ALL);
    let run = |bundle: &Bundle, file: &str| {
        let folder = tempfile::tempdir().unwrap();
        std::process::Command::new("bash")
            .args(["-euo", "pipefail", "-c", &script])
            .env("BUNDLE", bundle.desk.at(file))
            .env("FINGERPRINT", bundle.desk.world.fingerprint.to_string())
            .current_dir(folder.path())
            .output()
            .unwrap()
    };
    let output = run(&bundle, "bundle.tar");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("the bundle holds") && said.contains("contents of stations: 2"), "{said}");
    // A leaf that was exchanged, and an entry that no two officers have signed.
    let good = bundle.files.clone();
    let tile = bundle.find("data/record/tile/entries/");
    bundle.files.get_mut(&tile).unwrap()[40] ^= 1;
    bundle.sealed_again();
    write(&bundle.files, &bundle.desk.at("spoilt.tar"));
    assert!(!run(&bundle, "spoilt.tar").status.success());
    bundle.files = good;
    let export = bundle.exported.export.clone();
    bundle.enter(&export, &OFFICERS[..1], "record_log");
    write(&bundle.files, &bundle.desk.at("spoilt.tar"));
    assert!(!run(&bundle, "spoilt.tar").status.success());
}

/// The whole report, whose hash the record names, and of its table the mandate's stations alone.
#[test]
fn the_transmission_report_is_in_a_bundle_and_another_one_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = Desk::new();
    let packages = [package("s1", [6, 3, 1, 1]), package("s2", [1, 4, 0, 0])];
    let mut carried = testing::intake::Export::begin(desk.world, folder.path());
    packages.iter().for_each(|package| carried.add(package));
    carried.close();
    carried.report(|_| {});
    crate::common::holds(&desk.export(folder.path()).unwrap());
    let position = desk.room.import_intake_log(&folder.path().join("intake")).unwrap();
    desk.room.import_transmission(folder.path(), position, AT).unwrap().unwrap();
    desk.cosign();
    let exported = export(&mut desk, mandate(&["station:s2"], &[Class::Results]));
    let mut bundle = Bundle { exported, files: files(&desk.at("bundle.tar")), desk };
    agrees(&bundle.check());
    let whole = bundle.files.clone();
    let text = |name: &str| String::from_utf8(whole[&format!("data/transmission/{name}")].clone()).unwrap();
    let table = text("stations.csv");
    assert!(table.contains("\r\ns2,1,1,1,0,") && !table.contains("\r\ns1,"), "{table}");
    assert_eq!(text("transmission.json"), std::fs::read_to_string(folder.path().join("transmission.json")).unwrap());
    assert!(String::from_utf8_lossy(&whole["data/readme.txt"]).contains("transmission/"));
    for (name, code) in [
        ("transmission.json", "transmission.other"),
        ("transmission.dsse.json", "evidence.described"),
        ("stations.csv", "evidence.described"),
    ] {
        bundle.files.get_mut(&format!("data/transmission/{name}")).unwrap().extend(b" ");
        bundle.sealed_again();
        says(&bundle.check(), "V.957", Matter::Failed, code, name);
        bundle.files = whole.clone();
    }
    bundle.files.insert("data/transmission/more.csv".into(), b"x".to_vec());
    bundle.sealed_again();
    says(&bundle.check(), "V.957", Matter::Failed, "evidence.stray", "transmission/more.csv");
    bundle.files = whole;
    bundle.files.remove("data/transmission/transmission.json");
    says(&bundle.check(), "V.957", Matter::Missing, "file.missing", "transmission.json");
}
