//! What is printed under `--json`, published, signed and carried, against `schemas/`: no field without a schema, no
//! schema without something that it describes.

mod common;
#[path = "schemas/leaf_fields.rs"]
mod leaf_fields;
#[path = "schemas/lines.rs"]
mod lines;
#[path = "schemas/receiver.rs"]
mod receiver;
#[path = "schemas/tiny.rs"]
mod tiny;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, OnceLock};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use boon::{Compiler, SchemaIndex, Schemas};
use common::by_hand::by_hand;
use common::{copy, demo, words_of};
use leaf_fields::LEAF_FIELDS;
use lines::{MISTAKES, RUNS};
use serde_json::{Value, json};

/// The folder of all schemas.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas").canonicalize().expect("the schemas are there")
}

/// All schemas by name, `commands/verify`.
struct Book {
    schemas: Schemas,
    index: BTreeMap<String, SchemaIndex>,
}

impl Book {
    fn open() -> Book {
        let (mut schemas, mut compiler, mut index) = (Schemas::new(), Compiler::new(), BTreeMap::new());
        for path in files(&root()).into_iter().filter(|path| path.extension().is_some_and(|e| e == "json")) {
            let name = path.strip_prefix(root()).expect("it lies there").with_extension("");
            let one = compiler.compile(&path.display().to_string(), &mut schemas);
            let one = one.unwrap_or_else(|e| panic!("{}: {e:#}", path.display()));
            index.insert(name.display().to_string(), one);
        }
        index.remove("common");
        Book { schemas, index }
    }

    fn holds(&self, name: &str, document: &Value) -> Result<(), String> {
        let Some(index) = self.index.get(name) else { return Err(format!("there is no schemas/{name}.json")) };
        self.schemas.validate(document, *index).map_err(|e| e.to_string())
    }
}

/// All files below a folder, in the order of their names.
fn files(dir: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(dir).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths.into_iter().flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// What there is to check: by the name of its schema, where it comes from and what it says.
#[derive(Default)]
struct Documents(BTreeMap<String, Vec<(String, Value)>>);

impl Documents {
    fn add(&mut self, schema: impl Into<String>, place: impl Into<String>, document: Value) {
        self.0.entry(schema.into()).or_default().push((place.into(), document));
    }

    /// An envelope and what is signed in it.
    fn envelope(&mut self, place: &str, envelope: Value) {
        let kind = envelope["payloadType"].as_str().and_then(|t| t.strip_prefix("application/vnd.sanad."));
        let kind = kind.and_then(|t| t.strip_suffix("+json")).unwrap_or_else(|| panic!("{place}: no envelope"));
        let payload = STANDARD.decode(envelope["payload"].as_str().expect("a payload")).expect("base64");
        let payload = serde_json::from_slice(&payload).unwrap_or_else(|e| panic!("{place}: {e}"));
        let leaf = format!("files/leaf-{kind}");
        let schema = if root().join(&leaf).with_extension("json").exists() { leaf } else { format!("files/{kind}") };
        self.add(schema, place, payload);
        self.add("files/envelope", place, envelope);
    }

    /// Every JSON file that an election has left, and the leaves of its logs.
    fn folder(&mut self, dir: &Path) {
        for path in files(dir) {
            let place = path.display().to_string();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            let read = || fs::read(&path).expect("it is there");
            let json = || serde_json::from_slice::<Value>(&read()).unwrap_or_else(|e| panic!("{place}: {e}"));
            // The folder of what was printed, and the device's own notes.
            let private = path.parent() == Some(&dir.join("json")) || name == "state.json";
            match name.rsplit_once(".json") {
                _ if private => {}
                _ if place.contains("/tile/entries/") => self.leaves(&place, &read()),
                Some((before, "l")) => {
                    assert_eq!(before, "events", "{place}");
                    for line in String::from_utf8(read()).expect("text").lines() {
                        let event: Value = serde_json::from_str(line).expect("a line is an object");
                        self.proof(&place, &event["proof"]);
                        self.add("files/event", &place, event);
                    }
                }
                Some((_, "")) if json().get("payloadType").is_some() => self.envelope(&place, json()),
                Some(("zero", "")) => self.add("files/results", &place, json()),
                Some(("results", "")) if place.ends_with("/results/results.json") => {
                    self.add("files/report", &place, json());
                }
                Some((before, "")) => {
                    let name = before.rsplit('.').next().expect("a last part");
                    self.add(format!("files/{name}"), &place, json());
                }
                _ => {}
            }
        }
    }

    /// What the cards of a station have signed, and their certificates: envelopes as text.
    fn proof(&mut self, place: &str, proof: &Value) {
        for text in proof["cards"].as_array().into_iter().flatten().chain(proof.get("act")) {
            let text = text.as_str().expect("an envelope is text");
            self.envelope(place, serde_json::from_str(text).expect("an envelope is an object"));
        }
    }

    /// The entries of a tile: two bytes of length before each.
    fn leaves(&mut self, place: &str, mut bytes: &[u8]) {
        while let Some((length, rest)) = bytes.split_first_chunk::<2>() {
            let (entry, rest) = rest.split_at(u16::from_be_bytes(*length).into());
            self.envelope(place, serde_json::from_slice(entry).expect("a leaf is an envelope"));
            bytes = rest;
        }
    }
}

/// Runs a line under `--json` and gives what it printed, and whether it held.
fn run(dir: &Path, line: &str) -> (Value, bool) {
    let (hand, demo) = (by_hand().display().to_string(), demo().display().to_string());
    let slip = fs::read_dir(format!("{demo}/slips")).expect("slips").next().expect("a slip").expect("an entry");
    // The lot that is needed; once it is drawn, the one that was.
    static LOT: Mutex<String> = Mutex::new(String::new());
    let lot = || {
        let (tally, _) = run(dir, "centre tally --dir late");
        let mut known = LOT.lock().expect("one thread runs the lines");
        if let Some(needed) = tally["allotments"]["member"]["lots_needed"][0]["id"].as_str() {
            *known = needed.to_owned();
        }
        known.clone()
    };
    // The leaf of each kind that was entered last.
    static ENTERED: Mutex<BTreeMap<String, String>> = Mutex::new(BTreeMap::new());
    let last = |kind: &str| ENTERED.lock().expect("one thread runs the lines")[kind].clone();
    let words =
        words_of(&line.replace("SIGNERS", "--signer ~/keys/officer_1.key.pem --signer ~/keys/officer_2.key.pem"));
    let words = words.iter().map(|word| match word.as_str() {
        "LOT" => lot(),
        "SCORES" => scores(dir),
        word if word.ends_with("INJUNCTION") => word.replace("INJUNCTION", &ruling(dir, "stays")),
        "DISMISSAL" => ruling(dir, "dismissed"),
        "RECOUNT" => last("recount"),
        "HANDCOUNT" => last("hand_count"),
        "CUSTODY" => last("custody"),
        word if word.starts_with("TWICE") => word.replace("TWICE", &twice(&demo)),
        word => word.replace('~', &hand).replace('@', &demo).replace("SLIP", &slip.file_name().to_string_lossy()),
    });
    let mut command = Command::new(common::SANAD);
    let output = command.args(words).arg("--json").current_dir(dir).stdin(Stdio::null()).output();
    let output = output.expect("the command runs");
    let said = String::from_utf8_lossy(&output.stdout);
    let value: Value = serde_json::from_str(&said).unwrap_or_else(|e| {
        panic!("{line}: {e}: no single object on standard output: {said}{}", String::from_utf8_lossy(&output.stderr))
    });
    if let (Some(kind), Some(leaf)) = (value["entered"].as_str(), value["digest"].as_str()) {
        ENTERED.lock().expect("one thread runs the lines").insert(kind.to_owned(), leaf.to_owned());
    }
    (value, output.status.success())
}

/// The leaf of the ruling that was entered with this effect; of an injunction also once it is lifted.
fn ruling(dir: &Path, ruled: &str) -> String {
    let (list, _) = run(dir, "case list --dir docket");
    let rulings = list["rulings"].as_array().expect("rulings are listed");
    let own = rulings.iter().find(|ruling| ruling["ruled"] == ruled).expect("one was entered");
    own["leaf"].as_str().expect("it is named by its leaf").to_owned()
}

/// The raw scores that a centre keeps of a package.
fn scores(dir: &Path) -> String {
    let all = files(&dir.join("late/contents"));
    let path = all.iter().find(|path| path.ends_with("scores.json")).expect("the centre opened a package");
    path.display().to_string()
}

/// The folder of the station of the demo of which two contents came, without `.stick`.
fn twice(demo: &str) -> String {
    let stations = fs::read_dir(format!("{demo}/publication/stations")).expect("stations");
    let contents = stations.flat_map(|station| fs::read_dir(station.expect("an entry").path()).expect("contents"));
    let paths = contents.map(|content| content.expect("an entry").path().display().to_string());
    paths.filter_map(|path| path.strip_suffix(".stick").map(str::to_owned)).min().expect("the demo plants one")
}

/// Two histories that the record's log of the election made by hand never had, and a receipt of its intake for a label that did
/// not come: signed with the keys that a commission keeps to itself.
fn misdeeds(dir: &Path) {
    let key = |name: &str| {
        let pem = fs::read_to_string(by_hand().join("keys").join(name)).expect("the page made it");
        sign::FileKey::from_pem(&pem).expect("a key")
    };
    for (file, leaf) in [("one.txt", "a"), ("other.txt", "b")] {
        let mut log =
            log::Log::create(log::MemoryStore::default(), "minimal/record", Box::new(key("record_log.key.pem")));
        let log = log.as_mut().expect("a log");
        log.append(&[leaf.as_bytes().to_vec()]).expect("appended");
        fs::write(dir.join(file), log.checkpoint().to_bytes()).expect("written");
    }
    let receipt = fs::read_dir(by_hand().join("media/relay/0101")).expect("the relay's folder");
    let receipt =
        receipt.map(|file| file.expect("an entry").path()).find(|p| p.to_string_lossy().ends_with(".receipt.json"));
    let envelope =
        sign::dsse::Envelope::parse(&fs::read(receipt.expect("a receipt")).expect("read")).expect("an envelope");
    let mut receipt: intake::Receipt = envelope.read().expect("a receipt");
    receipt.label = sign::sha256(b"a label that never came");
    let signed = sign::dsse::sign_json("receipt", &receipt, &[&key("intake.key.pem")]).expect("signed");
    fs::write(dir.join("false.json"), signed.to_bytes()).expect("written");
    let [one, two] = [b"one", b"two"].map(|share| sign::sha256(share));
    let shares = format!("person,commitment\ncommissioner_1,{one}\ncommissioner_2,{two}\n");
    fs::write(dir.join("new-shares.csv"), shares).expect("written");
    // What a receipt's proof carries where a witness's key gave way: its form alone, which no election here has a use for.
    let text = || "…".to_owned();
    let changes = vec![record::proof::Change { leaf: text(), proof: text() }];
    let carried = record::proof::Inclusion { leaf: text(), proof: text(), receipt: None, changes };
    fs::write(dir.join("carried.proof.json"), record::proof::Proof::Receipt(carried).to_bytes()).expect("written");
}

/// The form of station 0101 as somebody typed it who saw in its box what the device saw, and of each contest so many blank
/// ballots more.
fn typed(more: u64) -> String {
    let path = by_hand().join("publication/stations/0101/d0101-1/results.json");
    let results: Value = serde_json::from_slice(&fs::read(path).expect("published")).expect("an object");
    let papers = results["account"].as_object().expect("the papers").iter();
    let papers =
        papers.map(|(name, count)| format!(",{name},{}\n", count.as_u64().map_or(String::new(), |n| n.to_string())));
    let contests = results["contests"].as_array().expect("contests").iter().flat_map(|own| {
        let contest = own["contest"].as_str().expect("an id");
        let count = |name: &str| own[name].as_u64().expect("a count");
        let ballots = [("ballots", 0), ("valid", 0), ("blank", more), ("invalid", 0)];
        let ballots = ballots.map(|(name, more)| format!("{contest},_{name},{}\n", count(name) + more));
        let votes = own["votes"].as_object().expect("votes").iter();
        let votes = votes.map(move |(option, votes)| format!("{contest},{option},{votes}\n"));
        ballots.into_iter().chain(votes).collect::<Vec<_>>()
    });
    format!("contest,figure,count\n{}{}", papers.collect::<String>(), contests.collect::<String>())
}

/// A place with what the lines need.
fn desk() -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("schemas");
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).expect("a folder");
    let write = |name: &str, text: &str| fs::write(dir.join(name), text).expect("a file");
    copy(&by_hand().join("centre"), &dir.join("late"));
    copy(&by_hand().join("centre"), &dir.join("docket"));
    copy(&by_hand().join("centre"), &dir.join("asked"));
    copy(&by_hand().join("stations/0101"), &dir.join("again"));
    copy(&demo().join("centre"), &dir.join("letters"));
    copy(&by_hand().join("centre"), &dir.join("damaged"));
    fs::write(scores(&dir).replace("/late/", "/damaged/"), "[]").expect("a file");
    copy(&by_hand().join("media/stick/0101"), &dir.join("lost"));
    fs::remove_file(dir.join("lost/0101-d0101-1.images.age")).expect("it was there");
    copy(&by_hand().join("publication"), &dir.join("changed"));
    write("changed/results/totals.csv", "nothing");
    fs::remove_file(dir.join("changed/stations/0101/d0101-1/results.json")).expect("it was there");
    copy(&by_hand().join("election"), &dir.join("unruly"));
    write("unruly/stations.csv", "id,office\n0101,nowhere\n");
    copy(&by_hand().join("slips/0101.png"), &dir.join("mixed/own.png"));
    copy(&demo().join("slips"), &dir.join("mixed"));
    let shares = ["shares/share-1.txt", "shares/share-2.txt"].map(|share| by_hand().join(share));
    let commitments = by_hand().join("election/keys/shares.csv");
    let joined =
        Command::new(common::SANAD).args(["key", "join", "--commitments"]).arg(commitments).args(shares).output();
    fs::write(dir.join("centre.identity.txt"), joined.expect("the command runs").stdout).expect("a file");
    let doubtful = files(&demo().join("stations")).into_iter().find(|path| {
        path.ends_with("state.json") && fs::read_to_string(path).is_ok_and(|state| state.contains("answers"))
    });
    let station = doubtful.and_then(|state| Some(state.parent()?.parent()?.to_owned())).expect("the demo has a doubt");
    copy(&station, &dir.join("doubt/stations/it"));
    copy(&demo().join("election"), &dir.join("doubt/election"));
    // Another scan of a paper: the same picture in another file.
    let scan = fs::read(by_hand().join("scans/0101/sheet-0.png")).expect("a scan");
    fs::write(dir.join("alike.png"), [&scan[..], b"\n"].concat()).expect("a file");
    misdeeds(&dir);
    receiver::knocked_at(&dir.join("receiver"));
    write("broken.png", "no picture");
    write("one.pin", "481516\n");
    write("two.pin", "162342\n");
    write("form.pdf", "a form that an agent has signed");
    write("names.txt", "a name and a telephone");
    write("appeal.pdf", "an appeal that a candidate has signed");
    write("ruling.pdf", "a court's paper");
    tiny::twelve_seats(&dir.join("tiny"), b"a court's paper");
    tiny::closed_lists(&dir.join("closed"));
    tiny::alike(&dir.join("alike"));
    tiny::tied(&dir.join("tied"));
    write("typed.csv", &typed(0));
    write("retyped.csv", &typed(0));
    write("mistyped.csv", &typed(1));
    write("left.csv", "station,votes\n0101,6\n0102,6\n0103,5\n");
    write("right.csv", "station,votes\n0101,6\n0102,7\n0104,1\n");
    write("votes.csv", "id,votes\nred,600\nblue,300\ngreen,300\n");
    write("map.toml", "station = \"station\"\n[fields]\nvotes = \"votes\"\n");
    write("in_words.csv", "station,votes\n0101,6\n0102,six\n");
    write("without_zeros.csv", "station,votes\n101,6\n0102,6\n0103,5\n");
    write("lenient.toml", "station = \"station\"\non_bad_cell = \"count\"\n[fields]\nvotes = \"votes\"\n");
    dir
}

/// All there is to check, made once.
fn documents() -> &'static BTreeMap<String, Vec<(String, Value)>> {
    static DOCUMENTS: OnceLock<BTreeMap<String, Vec<(String, Value)>>> = OnceLock::new();
    DOCUMENTS.get_or_init(|| {
        let mut all = Documents::default();
        for path in files(&by_hand().join("json")) {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            let command = name.split('.').next().expect("a first part");
            let printed = fs::read(&path).expect("it is there");
            let printed = serde_json::from_slice(&printed).unwrap_or_else(|e| panic!("{name}: {e}"));
            all.add(format!("commands/{command}"), name, printed);
        }
        let printed = fs::read(Path::new(env!("CARGO_TARGET_TMPDIR")).join("demo-18-5.json")).expect("it is there");
        all.add("commands/demo", "sanad demo", serde_json::from_slice(&printed).expect("the demo prints one object"));
        let desk = desk();
        for &(schema, line) in RUNS {
            all.add(format!("commands/{schema}"), line, run(&desk, line).0);
        }
        // A stick of which one folder cannot be listed.
        let stick = faults::Mounted::new(faults::Disk::new(1));
        fs::create_dir(stick.path().join("0101")).expect("a folder");
        stick.disk().hide("0101");
        let line =
            format!("centre import --dir late --stick {} --identity centre.identity.txt", stick.path().display());
        all.add("commands/centre-import", &line, run(&desk, &line).0);
        for line in MISTAKES {
            let (said, held) = run(&desk, line);
            assert!(!held, "{line}: holds");
            all.add("error", line, said);
        }
        for folder in [by_hand(), demo(), &desk] {
            all.folder(folder);
        }
        all.0
    })
}

#[test]
fn what_is_printed_published_and_signed_holds_its_schema() {
    let book = Book::open();
    let mut wrong = Vec::new();
    for (schema, documents) in documents() {
        for (place, document) in documents {
            if let Err(why) = book.holds(schema, document) {
                wrong.push(format!("{place}: {why}\n{document}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} documents:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n\n"));
}

#[test]
fn every_schema_has_something_to_check() {
    let idle: Vec<String> = Book::open().index.into_keys().filter(|name| !documents().contains_key(name)).collect();
    assert!(idle.is_empty(), "nothing was made for {idle:?}");
}

/// The places of all objects in a document, as JSON pointers.
fn objects(document: &Value, at: &str, found: &mut Vec<String>) {
    match document {
        Value::Object(fields) => {
            found.push(at.to_owned());
            for (name, value) in fields {
                objects(value, &format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")), found);
            }
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(number, item)| objects(item, &format!("{at}/{number}"), found));
        }
        _ => {}
    }
}

/// A field that nobody described, in any object, fails.
#[test]
fn a_field_without_a_schema_is_refused() {
    let book = Book::open();
    for (schema, documents) in documents() {
        let named = fields(schema);
        let mut several: Vec<&(String, Value)> = documents.iter().collect();
        several.sort_by_key(|(_, document)| std::cmp::Reverse(document.to_string().len()));
        for (place, document) in several.into_iter().take(2) {
            let mut places = Vec::new();
            objects(document, "", &mut places);
            // Of the items of an array or a map one is enough: they have one schema.
            let mut shapes = BTreeSet::new();
            places.retain(|at| shapes.insert(shape(at, &named)));
            for at in places {
                let mut changed = document.clone();
                let object = changed.pointer_mut(&at).and_then(Value::as_object_mut).expect("an object");
                object.insert("Not in the schema!".to_owned(), Value::Null);
                assert!(
                    book.holds(schema, &changed).is_err(),
                    "{schema}: {place}: a new field at '{at}' is let through"
                );
            }
        }
    }
}

/// A place without its numbers and the keys of maps.
fn shape(at: &str, named: &BTreeSet<String>) -> String {
    let part = |part| if named.contains(part) { part } else { "*" };
    at.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// The schema of this name.
fn schema(name: &str) -> Value {
    let text = fs::read(root().join(name).with_extension("json"))
        .unwrap_or_else(|e| panic!("schemas/{name}.json, of a document that was made: {e}"));
    serde_json::from_slice(&text).expect("a schema")
}

/// The names of the fields that the schema of this name describes.
fn fields(name: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    described(&schema(name), &mut found);
    found
}

/// The names of the fields that a schema describes itself.
fn described(schema: &Value, found: &mut BTreeSet<String>) {
    if let Some(fields) = schema.get("properties").and_then(Value::as_object) {
        found.extend(fields.keys().cloned());
    }
    match schema {
        Value::Object(fields) => fields.values().for_each(|value| described(value, found)),
        Value::Array(items) => items.iter().for_each(|item| described(item, found)),
        _ => {}
    }
}

/// The paths of the fields that a part of the schema `whole` describes itself, with `*` for what an array or a map holds, and the
/// kinds of objects that it tells apart: all of them, or those that the part `of` of a document has.
fn paths(part: &Value, whole: &Value, of: Option<&Value>, at: &str, found: &mut BTreeSet<String>) {
    let own = part["$ref"].as_str().and_then(|name| whole.pointer(name.strip_prefix('#')?));
    let ways = ["oneOf", "anyOf", "allOf"].into_iter().filter_map(|ways| part[ways].as_array()).flatten();
    own.into_iter().chain(ways).for_each(|part| paths(part, whole, of, at, found));
    let none = serde_json::Map::new();
    let described = part["properties"].as_object().unwrap_or(&none);
    // Of several ways to be the one whose constants it has.
    let other = |of: &Value| {
        described.iter().any(|(name, field)| {
            field.get("const").zip(of.get(name)).is_some_and(|(constant, value)| constant != value)
        })
    };
    if of.is_some_and(other) {
        return;
    }
    for (name, field) in described {
        let value = of.map(|of| of.get(name));
        if value != Some(None) {
            let at = format!("{at}/{name}");
            paths(field, whole, value.flatten(), &at, found);
            let kind = field["const"].as_str().filter(|_| name == "kind");
            found.insert(kind.map_or(at.clone(), |kind| format!("{at} {kind}")));
        }
    }
    let mut held = |part: &Value, of: Option<&Value>| paths(part, whole, of, &format!("{at}/*"), found);
    for (number, item) in part["prefixItems"].as_array().into_iter().flatten().enumerate() {
        let value = of.map(|of| of.get(number));
        if value != Some(None) {
            held(item, value.flatten());
        }
    }
    for part in ["items", "additionalProperties"].map(|name| &part[name]).into_iter().filter(|part| part.is_object()) {
        match of {
            None => held(part, None),
            Some(Value::Array(items)) => items.iter().for_each(|item| held(part, Some(item))),
            Some(Value::Object(entries)) => {
                let entries = entries.iter().filter(|(name, _)| !described.contains_key(*name));
                entries.for_each(|(_, entry)| held(part, Some(entry)));
            }
            Some(_) => {}
        }
    }
}

/// A field, or a kind of object, that is no longer written at its place does not stay in its schema.
#[test]
fn every_field_of_a_schema_is_written_somewhere() {
    let mut idle = Vec::new();
    for (name, documents) in documents() {
        let (schema, mut said, mut seen) = (schema(name), BTreeSet::new(), BTreeSet::new());
        paths(&schema, &schema, None, "", &mut said);
        documents.iter().for_each(|(_, document)| paths(&schema, &schema, Some(document), "", &mut seen));
        idle.extend(said.difference(&seen).map(|field| format!("{name}: {field}")));
    }
    assert!(idle.is_empty(), "no run of these tests writes {idle:#?}");
}

/// The places of a schema that say of an array not of what, of an object not with what, or of a field only that nothing stands there.
fn vague(schema: &Value, at: &str, found: &mut Vec<String>) {
    match schema {
        Value::Object(parts) => {
            let lacks =
                |names: [&str; 2]| names.iter().all(|name| parts.get(*name).is_none_or(|own| *own == json!({})));
            let is_vague = match parts.get("type").and_then(Value::as_str) {
                Some("array") => lacks(["items", "prefixItems"]),
                Some("object") => lacks(["properties", "additionalProperties"]),
                _ => false,
            };
            let fields = parts.get("properties").and_then(Value::as_object).into_iter().flatten();
            let idle = fields.filter(|(_, own)| [json!({}), json!({ "type": "null" })].contains(own));
            found.extend(is_vague.then(|| at.to_owned()));
            found.extend(idle.map(|(name, _)| format!("{at}/properties/{name}")));
            parts.iter().for_each(|(name, part)| vague(part, &format!("{at}/{name}"), found));
        }
        Value::Array(items) => items.iter().for_each(|item| vague(item, at, found)),
        _ => {}
    }
}

#[test]
fn every_schema_says_what_may_stand() {
    for path in files(&root()).iter().filter(|path| path.extension().is_some_and(|e| e == "json")) {
        let schema = serde_json::from_slice(&fs::read(path).expect("it is there")).expect("a schema");
        let mut found = Vec::new();
        vague(&schema, "", &mut found);
        assert!(found.is_empty(), "{}: {found:#?}", path.display());
    }
}

/// LG8: no schema of a leaf has a field for a vote, a ballot, a voter or the time of one, and no leaf that was written has another
/// field than its schema's. The times in leaves are of the services and of people who decide.
#[test]
fn lg8_no_leaf_has_a_field_for_a_vote_or_a_voter() {
    let (mut described_names, mut shared) = (BTreeSet::new(), BTreeSet::new());
    let read = |name: &str| -> Value {
        let text = fs::read(root().join(name).with_extension("json")).expect("the schema is there");
        serde_json::from_slice(&text).expect("a schema")
    };
    let of_a_leaf = |name: &str| {
        name.starts_with("files/leaf-")
            || ["files/label", "files/receipt", "files/refusal", "files/close"].contains(&name)
    };
    let names: Vec<String> = Book::open().index.into_keys().filter(|name| of_a_leaf(name)).collect();
    assert!(names.len() > 14, "{names:?}");
    let common = read("common");
    for name in &names {
        let schema = read(name);
        described(&schema, &mut described_names);
        let text = schema.to_string();
        let parts = text.split("common.json#/$defs/").skip(1);
        shared.extend(parts.map(|part| part.split('"').next().unwrap_or_default().to_owned()));
    }
    for part in &shared {
        described(&common["$defs"][part], &mut described_names);
    }
    let known: BTreeSet<String> = LEAF_FIELDS.map(str::to_owned).into();
    let unknown: Vec<&String> = described_names.difference(&known).collect();
    assert!(unknown.is_empty(), "a leaf may now say {unknown:?}: may it tell how or when somebody voted?");
    for (name, written) in documents().iter().filter(|(name, _)| of_a_leaf(name)) {
        for (place, leaf) in written {
            // Keys of maps are ids and paths of the definition's files, which schemas hold to their grammar.
            let text = leaf.to_string();
            // In what capacity somebody complains is said; of a voter nothing is.
            let words =
                ["\"votes\"", "\"marks\"", "\"selections\"", "\"voter\":", "\"voter_", "\"ballot", "\"cast_at\""];
            // A count by hand has the sums of a station, as its results.json has them.
            let of_sums = |word: &str| name == "files/leaf-hand_count" && ["\"votes\"", "\"ballot"].contains(&word);
            for word in words.into_iter().filter(|word| !of_sums(word)) {
                assert!(!text.contains(word), "{name}: {place}: {word}");
            }
        }
    }
}
