//! The adversarial cases PK1 to PK10 on whole packages.

use std::sync::LazyLock;

use election::{Coded, DeviceId, Digest, Mode, Scope, StationId};
use sign::entropy::EntropyError;
use sign::identity::Identity;
use sign::{Entropy, FileKey, KeyKind, Signer, SystemEntropy};

use crate::archive::Files;
use crate::bag::Bag;
use crate::cuts::Cut;
use crate::cvr::Outcome;
use crate::make::{Package, PackageParts, data_files, make};
use crate::open::{
    OpenedResults, Trust, check_images, check_results, open_images, open_labelled, open_results, trusted_label,
};
use crate::{
    Label, Part, Recipients, STATEMENT_FILE, STATEMENT_KIND, Sealed, Statement, StationResults, archive, example,
};

struct World {
    device: FileKey,
    centre: Identity,
    office: Identity,
    recipients: Recipients,
    scope: Scope,
    station: StationId,
    name: DeviceId,
}

static WORLD: LazyLock<World> = LazyLock::new(|| {
    let (centre, office) = (Identity::generate(), Identity::generate());
    World {
        device: FileKey::generate(KeyKind::P256).unwrap(),
        recipients: Recipients {
            results: vec![centre.recipient()],
            images: vec![office.recipient(), centre.recipient()],
        },
        centre,
        office,
        scope: example::scope(),
        station: "s1".parse().unwrap(),
        name: "d1".parse().unwrap(),
    }
});

impl World {
    fn trust(&self) -> Trust<'_> {
        Trust {
            scope: &self.scope,
            fingerprint: example::fingerprint(),
            station: &self.station,
            device: &self.name,
            key: self.device.public_key(),
            recipients: &self.recipients,
        }
    }

    fn make(&self, change: impl FnOnce(&mut PackageParts)) -> Package {
        let mut parts = example::parts(&self.device);
        change(&mut parts);
        make(parts, &self.recipients, &self.device, &SystemEntropy).unwrap()
    }

    /// What the device signs when somebody gives it other files than it would make.
    fn sign(&self, results: Files, images: Files) -> (Label, Files) {
        let (mut results, images) = (Bag::new(results, &[]), Bag::new(images, &[]));
        let label = trusted_label(&self.make(|_| {}).label, &self.trust()).unwrap();
        let statement = Statement {
            scope: self.scope.clone(),
            definition: example::fingerprint(),
            station: self.station.clone(),
            device: self.name.clone(),
            generation: 1,
            results_manifest: Digest::of(&results.manifest()),
            results_info: Digest::of(&results.info),
            images_manifest: Digest::of(&images.manifest()),
            images_info: Digest::of(&images.info),
            recipients: self.recipients.clone(),
            build: "build 1".into(),
        };
        let envelope = sign::dsse::sign_json(STATEMENT_KIND, &statement, &[&self.device]).unwrap();
        results.tags.insert(STATEMENT_FILE.to_owned(), envelope.to_bytes());
        let sealed = |sealed: Sealed, manifest| Sealed { manifest, ..sealed };
        let label = Label {
            results: sealed(label.results, statement.results_manifest),
            images: sealed(label.images, statement.images_manifest),
            ..label
        };
        (label, results.into_files())
    }

    fn open(&self, package: &Package) -> Result<OpenedResults, &'static str> {
        open_results(&package.label, &package.results_age, &self.centre, &self.trust()).map_err(|error| error.code())
    }
}

/// Both bags opened, and what cannot be about them.
fn inconsistencies(change: impl FnOnce(&mut PackageParts)) -> Vec<&'static str> {
    let package = WORLD.make(change);
    let opened = WORLD.open(&package).unwrap();
    let images = open_images(&opened.label, &package.images_age, &WORLD.office).unwrap();
    opened.inconsistencies(&example::expected(), Some(&images)).iter().map(Coded::code).collect()
}

/// Cuts the contest out of every sheet.
fn cut(parts: &mut PackageParts) {
    for (sheet, number) in parts.sheets.iter_mut().zip(0u8..) {
        let cut = Cut { pictures: vec![vec![number, 5]], stray: u32::from(number) };
        sheet.cuts.insert("cor".parse().unwrap(), cut);
    }
}

/// Changes the totals everywhere in the package, so that only their sums can tell.
fn resign(parts: &mut PackageParts) {
    let figures = crate::slip::SlipFigures::of(&parts.results, &parts.zero, parts.fingerprint, &parts.build);
    parts.slip = figures.sign(&WORLD.device).unwrap();
}

#[test]
fn a_package_opens_for_its_recipients_alone() {
    let package = WORLD.make(|_| {});
    assert_eq!(package.name.of(Part::Label), "s1-d1-1.label.json");
    let opened = WORLD.open(&package).unwrap();
    assert_eq!(
        (&opened.results, &opened.zero, &opened.records),
        (&example::results(), &example::zero(), &example::records())
    );
    let images = open_images(&opened.label, &package.images_age, &WORLD.office).unwrap();
    assert_eq!(open_images(&opened.label, &package.images_age, &WORLD.centre).unwrap(), images);
    assert_eq!(opened.inconsistencies(&example::expected(), Some(&images)), []);
    // The sheet with a back and a crop is the record with them, wherever the sort has put it.
    let settled = opened.records.records.iter().position(|record| record.contests[0].settled).unwrap();
    assert_eq!((images.front(settled), images.back(settled)), (Some(&[2; 3][..]), Some(&[2][..])));
    let office = open_results(&package.label, &package.results_age, &WORLD.office, &WORLD.trust());
    assert_eq!(office.unwrap_err().code(), "package.decrypt");
}

#[test]
fn pk1_every_flipped_byte_of_the_three_files_is_refused() {
    let package = WORLD.make(|_| {});
    let label = trusted_label(&package.label, &WORLD.trust()).unwrap();
    for at in 0..package.label.len() {
        for flip in FLIPS {
            let mut bad = package.clone();
            bad.label[at] ^= flip;
            assert!(WORLD.open(&bad).is_err(), "label, byte {at}");
        }
    }
    // The label is verified once; verifying it again for each byte of another file would only take time.
    for at in 0..package.results_age.len() {
        for flip in FLIPS {
            let mut bad = package.results_age.clone();
            bad[at] ^= flip;
            let error = open_labelled(label.clone(), &bad, &WORLD.centre, &WORLD.trust()).unwrap_err();
            assert_eq!(error.code(), "label.file", "results, byte {at}");
        }
    }
    for at in 0..package.images_age.len() {
        for flip in FLIPS {
            let mut bad = package.images_age.clone();
            bad[at] ^= flip;
            let error = open_images(&label, &bad, &WORLD.office).unwrap_err();
            assert_eq!(error.code(), "label.file", "images, byte {at}");
        }
    }
}

/// The lowest bit, the bit that changes the case of a letter, the highest, and all of them.
const FLIPS: [u8; 4] = [0x01, 0x20, 0x80, 0xff];

#[test]
fn pk1_every_byte_that_is_cut_off_or_added_is_seen() {
    let package = WORLD.make(|_| {});
    let label = trusted_label(&package.label, &WORLD.trust()).unwrap();
    for length in 0..package.label.len() {
        assert!(trusted_label(&package.label[..length], &WORLD.trust()).is_err(), "label, {length} bytes");
    }
    assert!(trusted_label(&[package.label.as_slice(), b"\n"].concat(), &WORLD.trust()).is_err());
    for length in (0..package.results_age.len()).chain([package.results_age.len() + 1]) {
        let mut bad = package.results_age.clone();
        bad.resize(length, 0);
        assert!(open_labelled(label.clone(), &bad, &WORLD.centre, &WORLD.trust()).is_err(), "results, {length} bytes");
    }
    for length in (0..package.images_age.len()).chain([package.images_age.len() + 1]) {
        let mut bad = package.images_age.clone();
        bad.resize(length, 0);
        assert!(open_images(&label, &bad, &WORLD.office).is_err(), "images, {length} bytes");
    }
}

/// As [`pk1_every_flipped_byte_of_the_three_files_is_refused`], inside the seal, where the label cannot help.
#[test]
fn pk1_every_flipped_byte_inside_the_bag_is_refused() {
    let package = WORLD.make(cut);
    let opened = WORLD.open(&package).unwrap();
    let images = open_images(&opened.label, &package.images_age, &WORLD.office).unwrap();
    let read = |bytes: &[u8]| archive::read(bytes, archive::RESULTS_LIMITS).map_err(|error| error.code());
    let results = |files| check_results(opened.label.clone(), files, &WORLD.trust()).is_ok();
    let pictures = |files| check_images(&opened.label, files).is_ok();
    type Holds<'a> = &'a dyn Fn(Files) -> bool;
    for (bag, holds) in [(opened.bag.clone(), &results as Holds<'_>), (images.bag, &pictures)] {
        let good = archive::write(&bag.into_files()).unwrap();
        assert!(holds(read(&good).unwrap()));
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= FLIPS[at % FLIPS.len()];
            assert!(!read(&bad).is_ok_and(holds), "byte {at}");
        }
    }
}

/// The right device signs another text of the same figures, or hides one among others.
#[test]
fn pk2_another_form_is_refused_though_the_right_key_signed_it() {
    let parts = || example::parts(&WORLD.device);
    let other = |name: &str, change: &dyn Fn(String) -> Vec<u8>| {
        let (mut results, images) = data_files(parts());
        let text = String::from_utf8(results[name].clone()).unwrap();
        results.insert(name.to_owned(), change(text));
        let (label, files) = WORLD.sign(results, images);
        check_results(label, files, &WORLD.trust()).map_err(|error| error.code())
    };
    assert!(other("results.json", &String::into_bytes).is_ok(), "what is not changed holds");
    type Change = fn(String) -> Vec<u8>;
    let forms: [(&str, Change); 9] = [
        ("a key twice", |text| text.replacen("\"c1\":1", "\"c1\":0,\"c1\":1", 1).into_bytes()),
        ("another order of keys", |text| text.replacen("\"c1\":1,\"c2\":0", "\"c2\":0,\"c1\":1", 1).into_bytes()),
        ("1.0", |text| text.replacen("\"l1\":1", "\"l1\":1.0", 1).into_bytes()),
        ("1e0", |text| text.replacen("\"l1\":1", "\"l1\":1e0", 1).into_bytes()),
        ("an escape", |text| text.replacen("\"l1\"", "\"\\u006c1\"", 1).into_bytes()),
        ("a space", |text| text.replacen(':', ": ", 1).into_bytes()),
        ("a byte order mark", |text| format!("\u{feff}{text}").into_bytes()),
        ("bytes after the end", |text| format!("{text}\n").into_bytes()),
        ("an unknown key", |text| text.replacen('{', "{\"note\":1,", 1).into_bytes()),
    ];
    for (what, form) in forms {
        let changed = other("results.json", &|text| {
            let bytes = form(text.clone());
            assert_ne!(bytes, text.into_bytes(), "{what}");
            bytes
        });
        assert_eq!(changed.unwrap_err(), "package.json", "{what}");
    }
    // Ids are ASCII alone: neither the composed nor the decomposed é is one.
    for id in ["caf\u{e9}", "cafe\u{301}"] {
        let changed = other("results.json", &|text| text.replace("\"l1\"", &format!("\"{id}\"")).into_bytes());
        assert_eq!(changed.unwrap_err(), "package.json");
    }
    for name in ["zero.json", "scores.json", "adjudication.json", "slip.json"] {
        assert_eq!(other(name, &|text| format!("{text} ").into_bytes()).unwrap_err(), "package.json", "{name}");
    }
    assert!(other("cvr.json", &|text| format!("{text} ").into_bytes()).is_err());
    assert!(other("events.jsonl", &|text| format!("{text}\n").into_bytes()).is_err());
}

#[test]
fn pk3_keys_of_others_are_refused() {
    let package = WORLD.make(|_| {});
    let open = |trust: &Trust<'_>| {
        open_results(&package.label, &package.results_age, &WORLD.centre, trust).unwrap_err().code()
    };
    let other = FileKey::generate(KeyKind::P256).unwrap();
    assert_eq!(open(&Trust { key: other.public_key(), ..WORLD.trust() }), "dsse.key");
    assert_eq!(open(&Trust { station: &"s2".parse().unwrap(), ..WORLD.trust() }), "package.station");
    assert_eq!(open(&Trust { device: &"d2".parse().unwrap(), ..WORLD.trust() }), "package.device");
    assert_eq!(open(&Trust { fingerprint: Digest::of(b"other"), ..WORLD.trust() }), "package.definition");
    let unsigned = make(example::parts(&WORLD.device), &WORLD.recipients, &other, &SystemEntropy).unwrap();
    assert_eq!(WORLD.open(&unsigned), Err("dsse.key"));
}

#[test]
fn pk4_a_key_used_for_a_second_station_is_refused() {
    // The listed key of s1's device signs a whole package that says it is s2's.
    let package = WORLD.make(|parts| {
        parts.results.station = "s2".parse().unwrap();
        parts.zero.station = "s2".parse().unwrap();
    });
    assert_eq!(WORLD.open(&package), Err("package.station"));
}

#[test]
fn pk6_sealing_and_labelling_anew_is_refused() {
    let package = WORLD.make(|_| {});
    let attacker = FileKey::generate(KeyKind::P256).unwrap();
    let label = trusted_label(&package.label, &WORLD.trust()).unwrap();
    // The same content under another signature.
    let relabelled = Package { label: label.sign(&attacker).unwrap(), ..package.clone() };
    assert_eq!(WORLD.open(&relabelled), Err("dsse.key"));
    // The right device, tricked into a label over another device's bag.
    let theirs = make(example::parts(&attacker), &WORLD.recipients, &attacker, &SystemEntropy).unwrap();
    let swapped = Label {
        results: crate::Sealed {
            sha256: sign::sha256(&theirs.results_age),
            bytes: theirs.results_age.len() as u64,
            ..label.results.clone()
        },
        ..label.clone()
    };
    let swapped =
        Package { label: swapped.sign(&WORLD.device).unwrap(), results_age: theirs.results_age, ..package.clone() };
    assert_eq!(WORLD.open(&swapped), Err("package.statement"));
    // Recipients other than those that the record lists.
    let more =
        Recipients { results: vec![WORLD.centre.recipient(), WORLD.office.recipient()], ..WORLD.recipients.clone() };
    let leaky = make(example::parts(&WORLD.device), &more, &WORLD.device, &SystemEntropy).unwrap();
    assert_eq!(WORLD.open(&leaky), Err("package.recipients"));
    // The images of one package beside the results of another.
    let other = WORLD.make(|parts| parts.sheets[0].front = vec![77]);
    assert_eq!(open_images(&label, &other.images_age, &WORLD.office).unwrap_err().code(), "label.file");
    let mixed = Label { images: trusted_label(&other.label, &WORLD.trust()).unwrap().images, ..label };
    let mixed = Package { label: mixed.sign(&WORLD.device).unwrap(), ..package };
    assert_eq!(WORLD.open(&mixed), Err("package.manifest"));
}

#[test]
fn pk7_rehearsals_other_rounds_and_other_generations_are_refused() {
    let scoped = |change: fn(&mut Scope)| {
        WORLD.open(&WORLD.make(|parts| {
            change(&mut parts.results.scope);
            change(&mut parts.zero.scope);
        }))
    };
    assert_eq!(scoped(|scope| scope.mode = Mode::Rehearsal), Err("label.scope"));
    assert_eq!(scoped(|scope| scope.round = 2), Err("label.scope"));
    assert_eq!(scoped(|scope| scope.election = "other".parse().unwrap()), Err("label.scope"));
    // A label of generation 2 over the bag of generation 1.
    let package = WORLD.make(|_| {});
    let mut label = trusted_label(&package.label, &WORLD.trust()).unwrap();
    label.generation = 2;
    assert_eq!(Label::parse(&label.sign(&WORLD.device).unwrap()).unwrap_err().code(), "label.names");
    label.results.name = label.file_name().of(Part::Results);
    label.images.name = label.file_name().of(Part::Images);
    let renamed = Package { label: label.sign(&WORLD.device).unwrap(), ..package };
    assert_eq!(WORLD.open(&renamed), Err("package.generation"));
}

#[test]
fn pk5_a_statement_is_no_label() {
    let opened = WORLD.open(&WORLD.make(|_| {})).unwrap();
    assert_eq!(Label::parse(&opened.statement_bytes).unwrap_err().code(), "dsse.payload");
    let label = sign::dsse::sign_json("statement", &opened.label, &[&WORLD.device]).unwrap().to_bytes();
    assert_eq!(trusted_label(&label, &WORLD.trust()).unwrap_err().code(), "dsse.kind");
    let both = FileKey::generate(KeyKind::P256).unwrap();
    let two = sign::dsse::sign_json("label", &opened.label, &[&WORLD.device, &both]).unwrap().to_bytes();
    assert_eq!(trusted_label(&two, &WORLD.trust()).unwrap_err().code(), "label.signatures");
}

#[test]
fn pk8_nothing_is_sealed_with_a_stuck_generator() {
    struct Stuck;
    impl Entropy for Stuck {
        fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError> {
            bytes.fill(0);
            Ok(())
        }
    }
    let refused = make(example::parts(&WORLD.device), &WORLD.recipients, &WORLD.device, &Stuck).unwrap_err();
    assert_eq!(refused.code(), "entropy.stuck");
    let nobody = Recipients { results: vec![], ..WORLD.recipients.clone() };
    let refused = make(example::parts(&WORLD.device), &nobody, &WORLD.device, &SystemEntropy).unwrap_err();
    assert_eq!(refused.code(), "make.recipient");
}

#[test]
fn pk9_an_authentic_package_may_be_inconsistent() {
    assert_eq!(inconsistencies(|_| {}), Vec::<&str>::new());
    // A vote moved in the totals, the slip with them: the records tell.
    let moved = inconsistencies(|parts| {
        let votes = &mut parts.results.contests[0].votes;
        votes.insert("l1".parse().unwrap(), 2);
        votes.insert("l2".parse().unwrap(), 0);
        resign(parts);
    });
    assert_eq!(moved, ["figures.records", "figures.records"]);
    // A record without an image, and an image without a record.
    assert_eq!(inconsistencies(|parts| parts.sheets[0].front.clear()), ["figures.images"]);
    let extra = inconsistencies(|parts| {
        let mut sheet = parts.sheets[0].clone();
        sheet.record = example::record(Outcome::Blank, &[], &[], false);
        parts.sheets.push(sheet);
    });
    assert_eq!(extra, ["figures.records", "figures.records"], "five ballots, and five in the contest");
    // A counter that did not begin at zero.
    let begun = inconsistencies(|parts| {
        parts.zero.contests[0].votes.insert("l1".parse().unwrap(), 1);
        resign(parts);
    });
    assert_eq!(begun, ["figures.zero"]);
    // Answers that nobody gave, and pictures that are missing.
    assert_eq!(inconsistencies(|parts| parts.sheets[2].answers.clear()), ["figures.adjudication"]);
    assert_eq!(inconsistencies(cut), Vec::<&str>::new());
    let missing = inconsistencies(|parts| {
        cut(parts);
        parts.sheets[1].cuts.clear();
    });
    assert_eq!(missing, ["figures.cuts"]);
    // A slip that says something else than the package.
    let other = inconsistencies(|parts| {
        let mut results = parts.results.clone();
        results.contests[0].votes.insert("l2".parse().unwrap(), 2);
        let figures = crate::slip::SlipFigures::of(&results, &parts.zero, parts.fingerprint, "build 1");
        parts.slip = figures.sign(&WORLD.device).unwrap();
    });
    assert_eq!(other, ["figures.slip", "figures.slip"]);
}

#[test]
fn pk10_impossible_figures_are_never_added() {
    let package = |change: fn(&mut StationResults)| {
        inconsistencies(|parts| {
            change(&mut parts.results);
            resign(parts);
        })
    };
    assert!(package(|r| r.account.cast = u32::MAX).contains(&"figures.account"));
    assert!(package(|r| r.account.registered = 1).contains(&"figures.bound"));
    assert!(package(|r| _ = r.contests[0].votes.remove(&"c3".parse().unwrap())).contains(&"figures.option_missing"));
    assert!(package(|r| _ = r.contests[0].votes.insert("c9".parse().unwrap(), 1)).contains(&"figures.option_unknown"));
}

/// WB1: the order of casting leaves no trace.
#[test]
fn wb1_the_order_of_casting_leaves_no_trace() {
    let mut parts = example::parts(&WORLD.device);
    cut(&mut parts);
    let expected = data_files(parts.clone());
    let cuts = expected.1.iter().filter(|(name, _)| name.starts_with("contest-"));
    let hashes: Vec<Digest> = cuts.map(|(_, picture)| sign::sha256(picture)).collect();
    assert!(hashes.len() == 4 && hashes.is_sorted(), "numbered by hash, in the order of nothing else");
    for turn in 1..4 {
        let mut other = parts.clone();
        other.sheets.rotate_left(turn);
        assert_eq!(data_files(other.clone()), expected);
        other.sheets.reverse();
        assert_eq!(data_files(other), expected);
    }
}

/// What a newspaper does by hand: `tar x`, `sha256sum -c`, here the part that needs no tools.
#[test]
fn the_manifests_are_those_of_sha256sum() {
    let opened = WORLD.open(&WORLD.make(|_| {})).unwrap();
    let files = opened.bag.to_files();
    let lines = String::from_utf8(files["manifest-sha256.txt"].clone()).unwrap();
    assert_eq!(lines.lines().count(), opened.bag.data.len());
    for line in lines.lines() {
        let (hex, name) = line.split_once("  ").unwrap();
        assert_eq!(sign::sha256(&files[name]).hex(), hex);
    }
}
