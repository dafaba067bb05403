//! What is downloaded, handed out or carried to be verified: a publication, a bundle of evidence, a party's disk.

use std::path::Path;
use std::sync::{LazyLock, Mutex, PoisonError};

use election::{Digest, Lang};
use log::{Log, MemoryStore};
use package::archive::Writer;
use record::Body;
use record::disk::handover::{HandOver, TreeHead};
use record::disk::{CHECKPOINT, DATA, MANIFEST, RECEIPT, TAG_MANIFEST, TAGS, leaf_path, proof_path};
use record::entry::Export;
use record::evidence::{ENTRY, PAPER, PROOF, SCOPE};
use record::published::BAGIT;
use record::register::exports::{Class, Mandate, Subject};
use verify::{Options, Report, Show, SlipInput, Verdict, parse_manifest};

use crate::input::{choice, files, parted};
use crate::made::{Files, KEYS, Lent, Recipe, build, id, leaf, manifest, officers};
use crate::{is_coded, is_printable};

/// A small publication, what a bundle and a disk of it hold, and its fingerprint.
struct Whole {
    root: Digest,
    publication: Files,
    bundle: Files,
    disk: Files,
}

static WHOLE: LazyLock<Whole> = LazyLock::new(|| {
    let made = build(&Recipe::default());
    let publication = made.files();
    let log = record_log(&publication);
    let (bundle, disk) = (bundle(&publication, &log, made.root), disk(&publication, &log, made.root));
    Whole { root: made.root, publication, bundle, disk }
});

/// The files of a publication, a bundle and a disk, for seeds of them.
pub fn downloaded() -> [&'static Files; 3] {
    [&WHOLE.publication, &WHOLE.bundle, &WHOLE.disk]
}

/// Files after lines `%% PATH` instead of those of the whole, or beside them, under the old manifest or a new one: a
/// publication and the codes of a slip (`%% slip`), a bundle, a disk. Or an archive as it is, or a manifest alone.
pub fn publication(data: &[u8]) {
    match choice(data, 6) {
        Some((0, data)) => published(data, |_| {}),
        Some((1, data)) => published(data, |files| {
            let listed = |path: &str| !["record/", "intake/", MANIFEST].iter().any(|own| path.starts_with(own));
            let payload =
                files.iter().filter(|(path, _)| listed(path)).map(|(path, file)| (path.clone(), file.clone()));
            files.insert(MANIFEST.to_owned(), manifest(&payload.collect()).into_bytes());
        }),
        Some((2, data)) => opened(data),
        Some((3, data)) => opened(&archive(&bagged(changed(&WHOLE.bundle, data), &files(data)))),
        Some((4, data)) => {
            let files = bagged(changed(&WHOLE.disk, data), &files(data));
            DISK.with(files, |path| match verify::disk(path, Some(WHOLE.root), Some(NOW), &|_| {}) {
                Ok(found) => told(&found.report),
                Err(error) => is_coded(&error),
            });
        }
        Some((_, data)) => match parse_manifest(data) {
            Ok(listed) => {
                let again: String = listed.iter().map(|(path, hash)| format!("{}  {path}\n", hash.hex())).collect();
                assert_eq!(again.as_bytes(), data, "a manifest has one form");
            }
            Err((line, why)) => {
                assert!(line >= 1);
                is_printable(&why);
            }
        },
        None => {}
    }
}

/// A day after the record of the whole was witnessed.
const NOW: i64 = 1_778_086_400;

/// Every change is seen, even where the manifest lists what was changed.
fn published(data: &[u8], then: impl Fn(&mut Files)) {
    let mut own = changed(&WHOLE.publication, data);
    let slip = own.remove("slip").map(|text| SlipInput {
        name: "slip".to_owned(),
        texts: String::from_utf8_lossy(&text).lines().map(str::to_owned).collect(),
    });
    then(&mut own);
    let is_whole = own == WHOLE.publication && slip.is_none();
    let slips = slip.map(|slip| vec![slip]);
    let options = Options { root: Some(WHOLE.root), slips, images: None, now: Some(NOW) };
    PUBLICATION.with(own, |path| match verify::verify(path, &options, &|_| {}) {
        Ok(report) => {
            told(&report);
            assert_eq!(report.verdict == Verdict::Pass, is_whole, "{}", shown(&report, Lang::En));
        }
        Err(error) => is_coded(&error),
    });
}

/// A file as a bundle of evidence.
fn opened(archive: &[u8]) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("bundle.tar");
    std::fs::write(&path, archive).expect("a temporary file");
    match verify::bundle(&path, Some(WHOLE.root), None, Some(NOW), &|_| {}) {
        Ok(found) => {
            told(&found.report);
            assert_ne!(found.report.verdict, Verdict::Pass, "without a later publication nobody has seen its entry");
            told(&found.handed_out());
        }
        Err(error) => is_coded(&error),
    }
}

/// What a report says can be shown to anybody, and each check stands in it once.
fn told(report: &Report) {
    assert!(report.checks.is_sorted_by(|a, b| a.id < b.id), "a check stands in a report twice");
    for check in &report.checks {
        assert!(check.failed <= check.checked);
        for detail in &check.detail {
            let letters = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_');
            let is_code = !detail.code.is_empty() && detail.code.bytes().all(letters);
            assert!(is_code, "'{}' is no code", detail.code.escape_debug());
            [&detail.place, &detail.what].into_iter().for_each(|text| is_printable(text));
        }
    }
    Lang::ALL.iter().for_each(|lang| is_printable(&shown(report, *lang)));
}

fn shown(report: &Report, lang: Lang) -> String {
    verify::render(report, lang, Show::All, &|what| what.to_owned())
}

/// The files of the whole with those of the input, as far as one folder can hold them all.
fn changed(whole: &Files, data: &[u8]) -> Files {
    let mut own = whole.clone();
    let is_plain = |path: &str| parse_manifest(format!("{}  {path}\n", "0".repeat(64)).as_bytes()).is_ok();
    for (path, bytes) in files(data) {
        let is_in_the_way = |other: &String| {
            other.strip_prefix(&path).is_some_and(|rest| rest.starts_with('/'))
                || path.strip_prefix(other.as_str()).is_some_and(|rest| rest.starts_with('/'))
        };
        if is_plain(&path) && !own.keys().any(is_in_the_way) {
            let bytes = parted(bytes, whole.get(&path));
            own.insert(path, bytes);
        }
    }
    own
}

/// Bundle and disk are bags: the manifests that the input does not bring are written anew.
fn bagged(mut own: Files, brought: &Files) -> Files {
    let part = |own: &Files, is_in: &dyn Fn(&str) -> bool| -> Files {
        own.iter().filter(|(path, _)| is_in(path)).map(|(path, file)| (path.clone(), file.clone())).collect()
    };
    if !brought.contains_key(MANIFEST) {
        let payload = part(&own, &|path| path.starts_with(DATA));
        own.insert(MANIFEST.to_owned(), manifest(&payload).into_bytes());
    }
    if !brought.contains_key(TAG_MANIFEST) {
        let tags = part(&own, &|path| TAGS.contains(&path));
        own.insert(TAG_MANIFEST.to_owned(), manifest(&tags).into_bytes());
    }
    own
}

/// The archive of these files, as far as it can hold their names.
fn archive(files: &Files) -> Vec<u8> {
    let mut writer = Writer(Vec::new());
    for (path, bytes) in files.iter().filter(|(path, _)| package::archive::is_long_name(path)) {
        writer.add(path, bytes).expect("memory takes all");
    }
    writer.finish().expect("memory takes all")
}

/// The record of a publication, whose writer gives proofs.
fn record_log(publication: &Files) -> Log<MemoryStore> {
    let store = MemoryStore::default();
    let own =
        publication.iter().filter_map(|(path, file)| Some((path.strip_prefix("record/")?.to_owned(), file.clone())));
    store.files.lock().expect("nobody panicked").extend(own);
    Log::open(store, "tiny/record", Box::new(Lent(&KEYS.record_log))).expect("the log of a publication")
}

/// The files of a publication that lie in a bundle and on a disk too, as payload.
fn payload<'a>(publication: &'a Files, folders: &'a [&str]) -> impl Iterator<Item = (String, Vec<u8>)> + 'a {
    let own = publication.iter().filter(|(path, _)| folders.iter().any(|folder| path.starts_with(folder)));
    own.map(|(path, file)| (format!("{DATA}{path}"), file.clone()))
}

fn tagged(mut files: Files) -> Files {
    files.insert("bagit.txt".to_owned(), BAGIT.into());
    files.insert("bag-info.txt".to_owned(), b"External-Identifier: tiny\n".to_vec());
    bagged(files, &Files::new())
}

/// A bundle of everything, with its entry and the proof of it.
fn bundle(publication: &Files, log: &Log<MemoryStore>, root: Digest) -> Files {
    let paper = b"the mandate".to_vec();
    let mandate = Mandate {
        act: None,
        issuer: "a court".to_owned(),
        number: "1".to_owned(),
        dated: "2026-06-01".parse().expect("a date"),
        paper: Digest::of(&paper),
        scope: [Subject::All].into(),
        includes: Class::ALL.into(),
    };
    let folders = ["election/", "record/", "stations/", "docket/", "register/"];
    let mut files: Files = payload(publication, &folders).collect();
    files.insert(format!("{DATA}{PAPER}"), paper);
    files.insert(format!("{DATA}{SCOPE}"), record::evidence::scope(&mandate));
    let bytes = files.values().map(|file| file.len() as u64).sum();
    let count = files.len() as u64;
    let mut files = tagged(files);
    let export = Export { mandate, manifest: Digest::of(&files[MANIFEST]), files: count, bytes };
    let entry = leaf(Some(root), &Body::Export(export), &officers());
    let mut next = Log::create(MemoryStore::default(), "tiny/record", Box::new(Lent(&KEYS.record_log))).expect("empty");
    next.append(&[log.leaves(), std::slice::from_ref(&entry)].concat()).expect("they fitted before");
    files.insert(PROOF.to_owned(), next.proof(log.size()).expect("its last leaf").to_bytes());
    files.insert(ENTRY.to_owned(), entry);
    files
}

/// A disk of the first station's office, with its receipt.
fn disk(publication: &Files, log: &Log<MemoryStore>, root: Digest) -> Files {
    let mut files: Files = payload(publication, &["election/", "stations/s1/"]).collect();
    for (index, leaf) in (0..).zip(log.leaves()) {
        files.insert(format!("{DATA}{}", leaf_path(index)), leaf.clone());
        let proof = log.proof(index).expect("one of its leaves");
        files.insert(format!("{DATA}{}", proof_path(index)), proof.to_bytes());
    }
    files.insert(format!("{DATA}{CHECKPOINT}"), log.checkpoint().to_bytes());
    let (count, bytes) = (files.len() as u64, files.values().map(|file| file.len() as u64).sum());
    let mut files = tagged(files);
    let receipt = HandOver {
        scope: election::Scope { election: id("tiny"), round: 1, mode: election::Mode::Demo },
        fingerprint: root,
        office: id("north"),
        party: id("pa"),
        delegate: id("officer_1"),
        bag: Digest::of(&files[TAG_MANIFEST]),
        checkpoint: TreeHead { size: log.size(), root: Digest(log.head().root) },
        files: count,
        bytes,
        time: testing::AT.to_owned(),
    };
    files.insert(RECEIPT.to_owned(), receipt.sign(&KEYS.officers[0]).expect("the key signs"));
    files
}

/// A folder of which only what changes is written: most of a publication is the same from input to input.
struct Laid(Mutex<Option<(tempfile::TempDir, Files)>>);

static PUBLICATION: Laid = Laid(Mutex::new(None));
static DISK: Laid = Laid(Mutex::new(None));

impl Laid {
    /// Does something with a folder of exactly these files.
    fn with(&self, files: Files, then: impl FnOnce(&Path)) {
        let mut laid = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (folder, before) =
            laid.get_or_insert_with(|| (tempfile::tempdir().expect("a temporary folder"), Files::new()));
        let root = folder.path();
        for path in before.keys().filter(|path| !files.contains_key(*path)) {
            std::fs::remove_file(root.join(path)).expect("it was written");
            let above = Path::new(path).ancestors().skip(1).filter(|above| *above != Path::new(""));
            // A folder in which something is left stays.
            above.map(|above| std::fs::remove_dir(root.join(above))).take_while(Result::is_ok).for_each(drop);
        }
        for (path, bytes) in files.iter().filter(|(path, bytes)| before.get(*path) != Some(*bytes)) {
            let path = root.join(path);
            std::fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder");
            std::fs::write(path, bytes).expect("written");
        }
        *before = files;
        then(root);
    }
}
