//! A small publication made from nothing: three stations (both media, stick alone by order, nothing), keys made on
//! the spot, both logs cosigned. A [`Recipe`] spoils one thing before it is signed and hashed, so that only the
//! check for that very thing can find it.

pub mod recipe;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use crate::verify::{self, Options, Report, SlipInput};
use election::{
    Definition, DeviceId, DeviceKey, Digest, Folder, KeyLists, PersonKey, Recipient, RecipientName, Service,
    ServiceKey, ShareCommitment, StationId, WitnessKey,
};
use log::note::NoteAlgorithm;
use log::policy::PolicyWitness;
use log::{Log, MemoryStore, NoteKey, Policy, Store, StoreError};
use package::cvr::{CastVoteRecord, Records};
use package::slip::SlipFigures;
use package::{Expected, Label, Salt, Sealed, Statement, StationResults};
pub use recipe::Recipe;
use record::docket::tables as docket;
use record::entry::{self, Announcement, Body, Content, Effect, Head, Import, IntakePosition, Medium, Order};
use record::register::transmission;
use record::{Frozen, State, published, results};
use sign::{FileKey, KeyKind, PublicKey, SignError, Signer};
use testing::AT;
pub use testing::id;
use testing::intake::{Close, Receipt};

pub type Files = BTreeMap<String, Vec<u8>>;

/// A key that can be lent to a log.
pub struct Lent(pub &'static FileKey);

impl Signer for Lent {
    fn public_key(&self) -> &PublicKey {
        self.0.public_key()
    }

    fn sign_raw(&self, message: &[u8]) -> Result<Vec<u8>, SignError> {
        self.0.sign_raw(message)
    }
}

/// A log in memory whose files can still be had when the log has it: no disk to wait for.
#[derive(Clone, Default)]
pub struct Shared(pub Arc<MemoryStore>);

impl Store for Shared {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.0.read(path)
    }

    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.0.put(path, bytes)
    }

    fn remove(&self, path: &str) -> Result<(), StoreError> {
        self.0.remove(path)
    }

    fn paths(&self) -> Result<Vec<String>, StoreError> {
        self.0.paths()
    }

    fn swap_checkpoint(&self, expected_old: Option<&[u8]>, new: &[u8]) -> Result<(), StoreError> {
        self.0.swap_checkpoint(expected_old, new)
    }
}

impl Shared {
    /// Its files under the folder `name`.
    pub fn files(&self, name: &str) -> Files {
        let files = self.0.files.lock().expect("no panic before");
        files.iter().map(|(path, bytes)| (format!("{name}/{path}"), bytes.clone())).collect()
    }
}

pub struct Keys {
    pub board: [FileKey; 2],
    pub officers: [FileKey; 2],
    pub devices: [FileKey; 3],
    pub centre: FileKey,
    pub intake: FileKey,
    pub record_log: FileKey,
    pub intake_log: FileKey,
    pub witnesses: [FileKey; 2],
    pub stranger: FileKey,
}

pub static KEYS: LazyLock<Keys> = LazyLock::new(|| {
    let p256 = || FileKey::generate(KeyKind::P256).expect("a key");
    let ed25519 = || FileKey::generate(KeyKind::Ed25519).expect("a key");
    Keys {
        board: [p256(), p256()],
        officers: [p256(), p256()],
        devices: [p256(), p256(), p256()],
        centre: p256(),
        intake: p256(),
        record_log: ed25519(),
        intake_log: ed25519(),
        witnesses: [ed25519(), ed25519()],
        stranger: p256(),
    }
});

/// The stations: two offices, three bounds.
const STATIONS: &str = "station,centre,office,constituencies,kind,register,registered,source,count_with,name_en\n\
     s1,c1,north,spring,general,fixed,100,roll,,School\ns2,c2,south,spring,general,fixed,50,roll,,Hall\n\
     s3,c2,south,spring,general,fixed,60,roll,,\"Hall, room 2\"\n";
/// A second letter, which agrees about s1 and not about s3.
const SOURCES: &str = "source,body,number,date,sha256\n\
     roll,Registry,17,2026-03-01,sha256:00b200e464ba003f3b16041a5d112e51f8e4e24b59a2d87d95a6b9a5f68f13ed\n\
     ministry,Ministry,9,2026-04-01,sha256:11b200e464ba003f3b16041a5d112e51f8e4e24b59a2d87d95a6b9a5f68f13ed\n";
const REGISTRATIONS: &str = "station,source,registered\ns1,ministry,100\ns3,ministry,66\n";

/// The witnesses, as the policy names them.
pub fn witness_keys() -> [NoteKey; 2] {
    ["court.example", "observers.example"].map(|name| {
        let key = &KEYS.witnesses[usize::from(name.starts_with('o'))];
        NoteKey::new(name, NoteAlgorithm::CosignatureV1, key.public_key().clone()).expect("a note key")
    })
}

/// The definition with its keys.
fn folder(recipe: &Recipe) -> Folder {
    let mut folder = Folder::default();
    let mut put = |name: &str, text: String| folder.files.insert(name.to_owned(), text.into_bytes());
    put("election.toml", (recipe.toml)(testing::TOML.to_owned()));
    let own = [("stations.csv", STATIONS), ("sources.csv", SOURCES), ("registrations.csv", REGISTRATIONS)];
    for (name, text) in testing::tables().into_iter().chain(own) {
        put(name, text.to_owned());
    }
    (recipe.definition)(&mut folder);
    let text = |key: &FileKey| key.public_key().to_string();
    let person = |name: &str, key: &FileKey| PersonKey { person: id(name), key: text(key) };
    let log_key = |name: &str, key: &FileKey| {
        NoteKey::new(name, NoteAlgorithm::Ed25519, key.public_key().clone()).expect("a note key")
    };
    let [court, observers] = witness_keys();
    let mut policy = Policy {
        logs: vec![log_key("tiny/record", &KEYS.record_log), log_key("tiny/intake", &KEYS.intake_log)],
        witnesses: vec![
            PolicyWitness { key: court, body: "court".into(), group: "court".into() },
            PolicyWitness { key: observers, body: "observers".into(), group: "observer".into() },
        ],
        threshold: 2,
    };
    (recipe.policy)(&mut policy);
    let witness = |name: &str, key_name: &str, key: &FileKey| WitnessKey {
        witness: id(name),
        name: key_name.to_owned(),
        key: text(key),
    };
    let recipient = |recipient, c: &str| Recipient { recipient, age: format!("age1{}", c.repeat(58)) };
    let lists = KeyLists {
        devices: (0..3)
            .map(|i| DeviceKey {
                device: id(&format!("d{}", i + 1)),
                station: id(&format!("s{}", i + 1)),
                key: text(&KEYS.devices[i]),
            })
            .collect(),
        people: vec![
            person("board_1", &KEYS.board[0]),
            person("board_2", &KEYS.board[1]),
            person("officer_1", &KEYS.officers[0]),
            person("officer_2", &KEYS.officers[1]),
        ],
        services: [
            (Service::Intake, &KEYS.intake),
            (Service::Centre, &KEYS.centre),
            (Service::RecordLog, &KEYS.record_log),
            (Service::IntakeLog, &KEYS.intake_log),
        ]
        .map(|(service, key)| ServiceKey { service, key: text(key) })
        .to_vec(),
        recipients: vec![
            recipient(RecipientName::Centre, "q"),
            recipient(RecipientName::Office(id("north")), "p"),
            recipient(RecipientName::Office(id("south")), "z"),
        ],
        witnesses: vec![
            witness("court", "court.example", &KEYS.witnesses[0]),
            witness("observers", "observers.example", &KEYS.witnesses[1]),
        ],
        shares: vec![
            ShareCommitment { person: id("sharer_1"), commitment: Digest::of(b"1") },
            ShareCommitment { person: id("sharer_2"), commitment: Digest::of(b"2") },
        ],
        witness_policy: policy.to_text(),
    };
    lists.write(&mut folder);
    folder
}

/// One station's files, and what an import says of them.
struct Package {
    files: Files,
    label: Vec<u8>,
    content: Content,
    statement: Digest,
    slip: Vec<String>,
    /// The same slip before the recipe spoilt it: an agent's, which the record has.
    filed: Vec<String>,
    results: StationResults,
    records: Records,
    pictures: BTreeMap<election::ContestId, usize>,
    /// SHA-256 of the files of the results bag.
    digests: BTreeMap<String, Digest>,
}

/// An images bag with a picture of `assembly` for each ballot, numbered by hash.
pub fn pictures(index: usize) -> Files {
    let count = [11, 3][index];
    let mut pictures: Vec<Vec<u8>> = (0..count).map(|number| vec![index as u8, number, 7]).collect();
    pictures.sort_by_key(|picture| Digest::of(picture));
    let named = pictures.into_iter().zip(1..);
    let mut files: Files =
        named.map(|(picture, number)| (format!("data/contest-assembly-{number:06}.png"), picture)).collect();
    files.insert("data/000001-front.png".into(), vec![index as u8]);
    files
}

/// Two officers withhold these pictures of the first station, whose import is among the leaves.
pub fn redaction(leaves: &mut Vec<Vec<u8>>, fingerprint: Digest, withheld: &[u32]) {
    let entry = record::Entry::parse(&leaves[1]).expect("an import");
    let Body::Import(import) = entry.body else { panic!("an import") };
    let withheld = [(id("assembly"), withheld.iter().copied().collect())].into();
    let body = Body::Redaction(entry::Redaction { station: import.station, content: import.content, withheld });
    leaves.push(leaf(Some(fingerprint), &body, &officers()));
}

pub fn manifest(files: &Files) -> String {
    files.iter().map(|(path, bytes)| format!("{}  {path}\n", Digest::of(bytes).hex())).collect()
}

fn package(def: &Definition, fingerprint: Digest, index: usize, counts: [u32; 4], recipe: &Recipe) -> Package {
    let (station, device): (StationId, DeviceId) = (id(&format!("s{}", index + 1)), id(&format!("d{}", index + 1)));
    let expected = Expected::of(def, &station).expect("a station of the definition");
    let mut zero = StationResults::zero(&expected, &def.scope, &device, 1, Salt([index as u8; 32]));
    (recipe.zero)(&mut zero);
    let ballots = testing::ballots(counts);
    let mut results = testing::results(def, &testing::Count::of(station.as_str(), counts));
    results.device = device.clone();
    (recipe.results)(&mut results);
    let mut records = Records {
        scope: def.scope.clone(),
        station: station.clone(),
        device: device.clone(),
        generation: 1,
        salt: Salt([9; 32]),
        records: ballots
            .into_iter()
            .map(|c| CastVoteRecord { style: id("spring"), sheet: 1, contests: vec![c] })
            .collect(),
    };
    (recipe.records)(&mut records);
    records.records.sort();
    let mut figures = SlipFigures::of(&results, &zero, fingerprint, "test");
    let filed = figures.sign(&KEYS.devices[index]).expect("a slip");
    (recipe.slip)(&mut figures);
    let slip = figures.sign(&KEYS.devices[index]).expect("a slip");

    let mut data = Files::new();
    data.insert("data/results.json".into(), results.to_bytes());
    data.insert("data/zero.json".into(), zero.to_bytes());
    data.insert("data/cvr.json".into(), records.to_bytes());
    data.insert("data/scores.json".into(), b"[]".to_vec());
    data.insert("data/adjudication.json".into(), b"[]".to_vec());
    data.insert("data/events.jsonl".into(), b"{}\n".to_vec());
    data.insert("data/slip.json".into(), sign::canonical::to_bytes(&slip).expect("texts"));
    data.insert("data/slip.pdf".into(), b"%PDF-1.7\n".to_vec());
    let results_manifest = manifest(&data);
    let images = (recipe.images)(index);
    let images_manifest = manifest(&images);
    let (of_results, of_images) = (Digest::of(results_manifest.as_bytes()), Digest::of(images_manifest.as_bytes()));

    let office = def.station(&station).expect("there").office.as_str();
    let age = |c: &str| format!("age1{}", c.repeat(58)).parse::<sign::Recipient>().expect("a recipient");
    let mut both = vec![age("q"), age(if office == "north" { "p" } else { "z" })];
    both.sort();
    let mut statement = Statement {
        scope: def.scope.clone(),
        definition: fingerprint,
        station: station.clone(),
        device: device.clone(),
        generation: 1,
        results_manifest: of_results,
        results_info: Digest::of(b"info"),
        images_manifest: of_images,
        images_info: Digest::of(b"info"),
        recipients: package::Recipients { results: vec![age("q")], images: both },
        build: "test".to_owned(),
    };
    (recipe.statement)(&mut statement);
    let statement =
        sign::dsse::sign_json("statement", &statement, &[(recipe.statement_key)(index)]).expect("signed").to_bytes();
    let sealed = |part: &str, manifest| Sealed {
        name: format!("{station}-{device}-1.{part}.age"),
        bytes: 1,
        sha256: Digest::of(part.as_bytes()),
        manifest,
    };
    let label = Label {
        scope: def.scope.clone(),
        station: station.clone(),
        device: device.clone(),
        generation: 1,
        results: sealed("results", of_results),
        images: sealed("images", of_images),
    };
    let label = label.sign((recipe.label_key)(index)).expect("signed");

    let mut files = Files::new();
    for (path, bytes) in &data {
        let name = path.trim_start_matches("data/");
        let is_private = ["scores.json", "adjudication.json", "events.jsonl"].contains(&name);
        if !is_private && (name != "cvr.json" || results.account.cast >= 5) {
            files.insert(name.to_owned(), bytes.clone());
        }
    }
    for (path, bytes) in &images {
        let name = path.trim_start_matches("data/");
        if package::cuts::parse_name(name).is_some_and(|(_, number, _)| (recipe.shown)(index, number)) {
            files.insert(format!("images/{name}"), bytes.clone());
        }
    }
    files.insert("label.json".into(), label.clone());
    files.insert("statement.dsse.json".into(), statement.clone());
    files.insert("results-manifest.txt".into(), results_manifest.into_bytes());
    files.insert("images-manifest.txt".into(), images_manifest.into_bytes());
    let content = Content {
        results_manifest: of_results,
        images_manifest: of_images,
        results: Digest::of(&data["data/results.json"]),
    };
    let pictures = package::cuts::counted(images.keys().map(|path| path.trim_start_matches("data/")));
    let digests = data.iter().map(|(path, bytes)| (path.clone(), Digest::of(bytes))).collect();
    Package {
        files,
        label,
        content,
        statement: Digest::of(&statement),
        slip,
        filed,
        results,
        records,
        pictures,
        digests,
    }
}

/// Cosigns a log's checkpoint as it stands.
fn cosign(log: &mut Log<Shared>, cosigners: usize) {
    let keys = witness_keys();
    for (key, signer) in keys.iter().zip(&KEYS.witnesses).take(cosigners) {
        let line = key.cosign(&log.checkpoint().text, 1_778_000_000, signer).expect("a cosignature");
        log.add_cosignatures(&format!("{line}\n"), &keys).expect("taken");
    }
}

/// Signs a leaf of the record.
pub fn leaf(fingerprint: Option<Digest>, body: &Body, signers: &[&dyn Signer]) -> Vec<u8> {
    let scope = election::Scope { election: id("tiny"), round: 1, mode: election::Mode::Demo };
    body.sign(&Head { scope, fingerprint, at: AT.to_owned() }, signers).expect("a leaf")
}

pub fn officers() -> [&'static dyn Signer; 2] {
    [&KEYS.officers[0], &KEYS.officers[1]]
}

/// A publication on a disk.
pub struct Publication {
    pub dir: tempfile::TempDir,
    pub root: Digest,
    /// The slip's codes of the first station.
    pub slip: Vec<String>,
}

impl Publication {
    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    pub fn verify(&self) -> Report {
        self.verify_with(&Options { root: Some(self.root), ..Options::default() })
    }

    pub fn verify_with(&self, options: &Options) -> Report {
        verify::verify(self.path(), options, &|_| {}).expect("a publication")
    }

    pub fn slip(&self, name: &str) -> SlipInput {
        SlipInput { name: name.to_owned(), texts: self.slip.clone() }
    }

    /// Every file, by path.
    pub fn files(&self) -> Files {
        let mut files = Files::new();
        collect(self.path(), self.path(), &mut files);
        files
    }

    pub fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.path().join(path);
        std::fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder");
        std::fs::write(path, bytes).expect("written");
    }
}

fn collect(root: &Path, folder: &Path, files: &mut Files) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).expect("below").to_str().expect("UTF-8").to_owned();
            files.insert(name, std::fs::read(&path).expect("read"));
        }
    }
}

/// Makes a publication.
pub fn build(recipe: &Recipe) -> Publication {
    let dir = tempfile::tempdir().expect("a folder");
    let mut folder = folder(recipe);
    let frozen = Frozen::of(&folder).unwrap_or_else(|e| panic!("{e}"));
    let def = &frozen.definition;
    let freeze = frozen.freeze(&folder).expect("a freeze");
    let freeze = leaf(None, &Body::Freeze(freeze), &[&KEYS.board[0], &KEYS.board[1]]);
    let fingerprint = Digest::of(&freeze);
    let packages = [0, 1].map(|index| package(def, fingerprint, index, (recipe.counts)(index), recipe));

    // The intake: the first station's label and its receipt, and the close.
    let (of_intake, of_record) = (Shared::default(), Shared::default());
    let mut intake = Log::create(of_intake.clone(), "tiny/intake", Box::new(Lent(&KEYS.intake_log))).expect("a log");
    let intake_key = (recipe.intake_key)();
    let receipt = Receipt::of(&def.scope, &packages[0].label, 0);
    let receipt = sign::dsse::sign_json("receipt", &receipt, &[intake_key]).expect("signed").to_bytes();
    let mut close = Close { scope: def.scope.clone(), packages: 1, incomplete: 0, time: AT.to_owned() };
    (recipe.close)(&mut close);
    let close = sign::dsse::sign_json("close", &close, &[intake_key]).expect("signed").to_bytes();
    let mut leaves = vec![packages[0].label.clone(), receipt.clone(), close];
    (recipe.intake_leaves)(&mut leaves);
    let checkpoint = intake.append(&leaves).expect("appended");
    let reported = recipe.reported.map(|change| {
        let mut report = testing::intake::reported(&def.scope, &leaves);
        change(&mut report);
        let mut entered = testing::intake::transmission(&report, &leaves, intake_key);
        (recipe.transmission)(&mut entered);
        (report, transmission::logged(&leaves, checkpoint.size), entered)
    });
    cosign(&mut intake, recipe.cosigners);

    // The record: imports, the match, an order for the station that came by stick alone.
    let import = |medium, index: usize| {
        let package = &packages[index];
        let position = IntakePosition { size: checkpoint.size, root: Digest(checkpoint.root) };
        let mut import = Import {
            medium,
            station: id(&format!("s{}", index + 1)),
            device: id(&format!("d{}", index + 1)),
            generation: 1,
            label: Digest::of(&package.label),
            statement: package.statement,
            content: package.content,
            intake: (medium == Medium::Network).then_some(position),
            account_differs: false,
            build: None,
        };
        (recipe.import)(&mut import);
        leaf(Some(fingerprint), &Body::Import(import), &[&KEYS.centre])
    };
    let mut leaves = vec![freeze, import(Medium::Network, 0), import(Medium::Stick, 0), import(Medium::Stick, 1)];
    let fold = |leaves: &[Vec<u8>]| {
        let mut leaves = leaves.iter();
        let mut state = State::begin(&frozen, leaves.next().expect("leaf 0")).expect("leaf 0");
        // What the recipe spoilt is left out, as the verifier leaves it out.
        leaves.for_each(|leaf| drop(state.apply(&frozen, leaf)));
        state
    };
    let compared = fold(&leaves).compare(def);
    leaves.push(leaf(Some(fingerprint), &Body::Match(compared), &[&KEYS.centre]));
    // One channel alone has brought the second station: the slip in an agent's hands is the second evidence.
    let slip = Body::Slip(entry::Slip { codes: packages[1].filed.clone(), party: Some(id("pa")) });
    leaves.push(leaf(Some(fingerprint), &slip, &[&KEYS.centre]));
    let order = Order {
        absent: Some(entry::Absence::NetworkDown),
        ..Order::new(id("s2"), Effect::Count(packages[1].content), "the relay had no link", "article 1")
    };
    leaves.push(leaf(Some(fingerprint), &Body::Order(order), &officers()));
    let bodies = reported.iter().map(|(_, _, entered)| Body::Transmission(entered.clone()));
    leaves.extend(bodies.map(|body| leaf(Some(fingerprint), &body, &[&KEYS.centre])));
    (recipe.record_leaves)(&mut leaves, fingerprint);
    let state = fold(&leaves);
    let mut record = Log::create(of_record.clone(), "tiny/record", Box::new(Lent(&KEYS.record_log))).expect("a log");
    record.append(&leaves).expect("appended");
    cosign(&mut record, recipe.cosigners);

    // The results, and their announcement.
    let mut figures: record::Figures = packages
        .iter()
        .map(|package| {
            (package.content.results, StationResults::parse(&package.files["results.json"]).expect("results"))
        })
        .collect();
    figures.extend(state.hand_figures(def));
    // The program that adds refuses figures that lack an option, or have one too many; who publishes such figures has
    // another.
    let mut whole = figures.clone();
    for results in whole.values_mut() {
        results.contests.retain(|contest| def.contest(&contest.contest).is_some());
        for contest in &mut results.contests {
            let options = def.counted_in(&contest.contest);
            contest.votes.retain(|option, _| options.contains(option));
            for option in options {
                contest.votes.entry(option).or_insert(0);
            }
        }
    }
    let outcome = record::Outcome::of(def, &state, &whole).unwrap_or_else(|e| panic!("{e}"));
    let mut tables = results::files(def, &outcome, &figures);
    (recipe.tables)(&mut tables);
    let witnessed = String::from_utf8(record.checkpoint().to_bytes()).expect("text");
    let results = results::manifest(&tables).1;
    let mut announcement = Announcement { version: 1, results, witnessed: witnessed.clone() };
    (recipe.announcement)(&mut announcement);
    (recipe.tables_after)(&mut tables);
    leaves.push(leaf(Some(fingerprint), &Body::Announcement(announcement), &officers()));
    (recipe.after_announcement)(&mut leaves, results, fingerprint);
    record.append(&leaves[record.leaves().len()..]).expect("appended");
    let state = fold(&leaves);

    // The publication.
    (recipe.after_freeze)(&mut folder);
    let mut files: Files =
        folder.files.iter().map(|(path, bytes)| (format!("election/{path}"), bytes.clone())).collect();
    files.extend(tables.into_iter().map(|(path, bytes)| (format!("results/{path}"), bytes)));
    for (index, package) in packages.iter().enumerate() {
        let number = index + 1;
        let folder = format!("stations/s{number}/d{number}-1");
        files.extend(package.files.iter().map(|(name, bytes)| (format!("{folder}/{name}"), bytes.clone())));
    }
    files.insert("stations/s1/d1-1/receipt.json".into(), receipt);
    let mut rows = Vec::new();
    for (package, number) in packages.iter().zip(1..) {
        let folder = format!("stations/s{number}/d{number}-1");
        let withheld = state.redactions.get(&package.content);
        let (records, pictures) = (Some(&package.records), &package.pictures);
        let leak = record::privacy::StationLeak::of(def, folder.clone(), &package.results, records, pictures, withheld);
        let list = record::withheld::file(&package.digests, &leak, pictures);
        files.insert(format!("{folder}/withheld.json"), list);
        rows.extend(leak.rows(def));
    }
    let whole = outcome.totals.iter().map(|(contest, totals)| record::privacy::constituency_row(def, contest, totals));
    files.insert("privacy.csv".into(), record::privacy::table(rows.into_iter().chain(whole)));
    (recipe.documents)(&mut files);
    let note = log::Note::parse(witnessed.as_bytes()).expect("a note");
    let policy = Policy::parse(&frozen.lists.witness_policy).expect("a policy");
    let witnessed = record::statement::Witnessed::of(&policy, &note);
    files.extend(published::statements(def, &state, (&outcome, &figures), &witnessed));
    let mut documents: BTreeMap<StationId, Vec<String>> = BTreeMap::new();
    for path in files.keys().filter(|path| path.starts_with("stations/")) {
        let station = path.split('/').nth(1).expect("a station");
        documents.entry(id(station)).or_default().push(path.clone());
    }
    files.extend(site::pages(&site::Site {
        definition: def,
        fingerprint,
        version: 1,
        witnessed: &witnessed,
        state: &state,
        outcome: &outcome,
        figures: &figures,
        documents: &documents,
    }));
    let versions = docket::versions(&frozen, &leaves, &state, &outcome, &figures).expect("each version");
    files.extend(docket::files(def, &state, &outcome, &figures, &versions).expect("the docket"));
    files.extend(record::register::tables::files(def, &state));
    if let Some((report, labels, entered)) = &reported {
        files.extend(transmission::files(entered, report.to_bytes(), report, labels, |_| true));
    }
    (recipe.docket)(&mut files);
    let tables = files.iter().filter_map(|(path, bytes)| published::Described::of(path, bytes)).collect();
    files.insert("datapackage.json".into(), published::data_package(tables));
    files.insert("bagit.txt".into(), published::BAGIT.into());
    files.insert("bag-info.txt".into(), published::bag_info(def, 1).into());
    (recipe.files)(&mut files);
    let manifest = (recipe.manifest)(manifest(&files));
    let publication = entry::Publication { version: 1, manifest: Digest::of(manifest.as_bytes()) };
    let mut last = vec![leaf(Some(fingerprint), &Body::Publication(publication), &[&KEYS.centre])];
    (recipe.last)(&mut last, fingerprint);
    record.append(&last).expect("appended");
    cosign(&mut record, recipe.cosigners);

    let publication = Publication { dir, root: fingerprint, slip: packages[0].slip.clone() };
    files.insert("manifest-sha256.txt".into(), manifest.into_bytes());
    files.extend(of_intake.files("intake"));
    files.extend(of_record.files("record"));
    for (path, bytes) in &files {
        publication.write(path, bytes);
    }
    publication
}
