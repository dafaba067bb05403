//! V.1xx: what is in the folder, and what should be.

use election::Digest;

use crate::common::{Recipe, build};
use crate::verify::{self, CheckId, Options, Verdict};
use crate::{fails, replace, shown, spoilt};

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
fn wb7_every_changed_byte_fails_and_names_its_file() {
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
    let options = Options { root: Some(Digest::of(b"any")), ..Options::default() };
    let report = verify::verify(empty.path(), &options, &|_| {}).expect("a publication, of a kind");
    assert_ne!(report.verdict, Verdict::Pass);
    assert!(report.checks.iter().filter(|c| c.checked == 0).all(|c| c.verdict() != Verdict::Pass), "{report:#?}");
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
