//! Writes the seeds of the fuzz targets from real objects: `cargo run --release -p sanad-hostile --example seeds`.
//!
//! Keys are new at each run, so signed seeds differ from run to run; they are committed once. JPEG is not written by
//! any library here: `fuzz/jpeg-seeds.py` makes those, and `fuzz/document-seeds.py` the files of many pages.

#[path = "seeds/brought.rs"]
mod brought;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use ballot::{SheetCode, Side};
use election::{Digest, Folder, Mode, Scope};
use log::note::NoteAlgorithm;
use log::policy::PolicyWitness;
use log::witness::Fork;
use log::{Log, MemoryStore, Note, NoteKey, Policy};
use package::bag::Bag;
use package::cvr::{CastVoteRecord, Outcome, RecordContest, Records};
use package::events::{Event, EventKind, to_bytes};
use package::slip::SlipFigures;
use package::{BallotAccount, Expected, FileName, Label, Part, Recipients, Salt, Sealed, Statement, StationResults};
use sign::identity::Identity;
use sign::{FileKey, KeyKind, Signer, SystemEntropy, canonical, dsse};

type Done = Result<(), Box<dyn Error>>;

/// Writes a seed; the first byte of many says how the rest is read.
fn seed(target: &str, name: &str, way: Option<u8>, bytes: &[u8]) -> Done {
    let folder = Path::new("fuzz/seeds").join(target);
    std::fs::create_dir_all(&folder)?;
    let bytes = [way.as_slice(), bytes].concat();
    Ok(std::fs::write(folder.join(name), bytes)?)
}

/// Files as one input.
fn joined<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    files.into_iter().flat_map(|(name, bytes)| [format!("%% {name}\n").as_bytes(), bytes].concat()).collect()
}

fn main() -> Done {
    let folder = election::scaffold();
    let definition = election::read(&folder).map_err(|_| "the example has problems")?;
    let key = FileKey::generate(KeyKind::P256)?;
    let scope = definition.scope.clone();
    let expected = Expected::of(&definition, &"0101".parse()?).ok_or("no such station")?;
    let zero = StationResults::zero(&expected, &scope, &"d0101".parse()?, 1, Salt([3; 32]));
    let mut results = zero.clone();
    results.account = BallotAccount {
        checked_in: Some(4),
        received: 5,
        used: 4,
        unused: 1,
        cast: 4,
        valid: 2,
        blank: 1,
        invalid: 1,
        ..zero.account
    };
    let contest = &mut results.contests[0];
    (contest.ballots, contest.valid, contest.blank, contest.invalid) = (4, 2, 1, 1);
    contest.votes.values_mut().take(2).for_each(|votes| *votes = 1);
    definitions(&folder)?;
    packages(&scope, &results, &zero, &key)?;
    logs()?;
    images()?;
    brought::results_bag()?;
    brought::publication()?;
    words(&key)?;
    texts()
}

fn definitions(minimal: &Folder) -> Done {
    seed("definition", "minimal", None, &joined(minimal.files.iter().map(|(n, b)| (n.as_str(), b.as_slice()))))?;
    seed("definition", "lists", None, LISTS.as_bytes())?;
    let (settings, tables) = LISTS.split_once("%% constituencies.csv").ok_or("it has tables")?;
    let tables = tables.replace(',', ";").replace('0', "٠");
    seed("definition", "semicolons", None, format!("{settings}%% constituencies.csv{tables}").as_bytes())
}

fn packages(scope: &Scope, results: &StationResults, zero: &StationResults, key: &FileKey) -> Done {
    let figures = SlipFigures::of(results, zero, Digest::of(b"leaf 0"), "build 1");
    let codes = figures.sign(key)?;
    let bytes = base45::decode(codes[0].splitn(4, ':').nth(3).ok_or("a code has four parts")?)?;
    seed("slip", "codes", Some(0), codes.join("\n").as_bytes())?;
    seed("slip", "cose", Some(1), &bytes)?;
    let message = sign::cose::Message::parse(&bytes)?;
    seed("slip", "cbor", Some(2), message.payload())?;

    let contest = |outcome, marked: &[&str], counted: &[&str], settled| {
        let ids = |ids: &[&str]| ids.iter().map(|id| id.parse().expect("an id")).collect();
        let (marked, counted) = (ids(marked), ids(counted));
        CastVoteRecord {
            style: "spring".parse().expect("an id"),
            sheet: 1,
            contests: vec![RecordContest {
                contest: "member".parse().expect("an id"),
                outcome,
                marked,
                counted,
                settled,
            }],
        }
    };
    let mut records = vec![
        contest(Outcome::Valid, &["omar"], &["omar"], false),
        contest(Outcome::Valid, &["rose"], &["rose"], true),
        contest(Outcome::Blank, &[], &[], false),
        contest(Outcome::Invalid("overvote".into()), &["omar", "rose"], &[], false),
    ];
    records.sort();
    let StationResults { station, device, .. } = results.clone();
    let records = Records { scope: scope.clone(), station, device, generation: 1, salt: Salt([4; 32]), records };
    let event = |number, event, note: &str| Event {
        number,
        clock: Some("2026-05-12T07:00:00+03:00".into()),
        event,
        by: vec!["officer_1".parse().expect("an id")],
        note: note.into(),
        proof: None,
    };
    let events = to_bytes(&[event(1, EventKind::Started, ""), event(2, EventKind::SlipPrinted, "copy 2")]);
    seed("figures", "results", Some(0), &results.to_bytes())?;
    seed("figures", "zero", Some(0), &zero.to_bytes())?;
    seed("figures", "cvr", Some(1), &records.to_bytes())?;
    seed("figures", "events", Some(2), &events)?;
    seed("figures", "scores", Some(3), 
        br#"[{"member":{"omar":{"ink":310,"grey":290,"depth":800},"rose":{"ink":0},"sara":{"ink":12,"outside":30,"around":2}}},{}]"#,
    )?;

    let data = [("results.json", results.to_bytes()), ("zero.json", zero.to_bytes())];
    let mut bag = Bag::new(data.map(|(n, b)| (n.to_owned(), b)).into(), &[("External-Identifier", "0101-d0101-1")]);
    let images = package::archive::write(&bag.to_files())?;
    bag.tags.insert("statement.dsse.json".into(), b"{}".to_vec());
    seed("archive", "bag", Some(0), &package::archive::write(&bag.to_files())?)?;
    seed("archive", "changed", Some(1), &[5, 0, 9, 1, 3, 1, 2, 3, 4, 5, 6, 7, 8])?;
    seed("archive", "manifest", Some(2), &bag.manifest())?;
    seed("sealed", "bag", Some(1), &[&[0, 0, 0], images.as_slice()].concat())?;
    seed("sealed", "changed", Some(1), &[&[2, 0, 0, 0, 40, 1, 1, 0, 2], images.as_slice()].concat())?;
    seed("sealed", "cut", Some(1), &[3, 0, 90, 0, 0, 0, 0, 0, 0, 0, 0, 0, b'x'])?;
    let header = "age-encryption.org/v1\n-> X25519 TEiF0ypqr+bpvcqXNyCVJpL7OuwPdVwPL7KQEbFDOCc\n\
        EmECAEcKN+n/Vs9SbWiV+Hu0r+E8R77DdWYyd83nw7U\n--- Vn+54jqiiUCE+WZcEVY3f1sqHjlu/z1LCQ/T7Xm7qI0\n";
    seed("sealed", "header", Some(0), &[header.as_bytes(), &[7; 60]].concat())?;

    let name: FileName = "0101-d0101-1".parse()?;
    let sealed = |part| Sealed {
        name: name.of(part),
        bytes: 9,
        sha256: Digest::of(b"sealed"),
        manifest: Digest::of(b"manifest"),
    };
    let label = Label {
        scope: scope.clone(),
        station: name.station.clone(),
        device: name.device.clone(),
        generation: 1,
        results: sealed(Part::Results),
        images: sealed(Part::Images),
    };
    let recipient = Identity::generate().recipient();
    let statement = Statement {
        scope: scope.clone(),
        definition: Digest::of(b"leaf 0"),
        station: name.station.clone(),
        device: name.device.clone(),
        generation: 1,
        results_manifest: Digest([1; 32]),
        results_info: Digest([2; 32]),
        images_manifest: Digest([3; 32]),
        images_info: Digest([4; 32]),
        recipients: Recipients { results: vec![recipient.clone()], images: vec![recipient] },
        build: "build 1".into(),
    };
    brought::papers(scope, &label, &statement, key)?;
    seed("dsse", "envelope", Some(0), &label.sign(key)?)?;
    let other = FileKey::generate(KeyKind::Ed25519)?;
    seed("dsse", "two", Some(0), &dsse::sign("order", b"{}", &[key, &other])?.to_bytes())?;
    seed("dsse", "label", Some(1), &canonical::to_bytes(&label)?)?;
    seed("dsse", "statement", Some(2), &canonical::to_bytes(&statement)?)?;
    let head = canonical::to_bytes(&record::Head { scope: scope.clone(), fingerprint: None, at: "x".into() })?;
    let head = String::from_utf8(head)?;
    for (at, line) in FOLD.lines().enumerate() {
        let mut parts = line.splitn(3, ' ');
        let (Some(_), Some(kind), Some(body)) = (parts.next(), parts.next(), parts.next()) else { continue };
        let digest = Digest([9; 32]).to_string();
        let body = body.replace("@A", "[\"SANAD1:1/1:00000000:\"]");
        let body = ["@0", "@4", "@5"].iter().fold(body, |body, mark| body.replace(mark, &digest));
        let leaf = format!("{kind}\n{{\"head\":{head},\"body\":{body}}}");
        seed("dsse", &format!("leaf-{at:02}-{kind}"), Some(3), leaf.as_bytes())?;
    }
    seed("fold", "day", None, FOLD.as_bytes())?;
    seed("fold", "docket", None, DOCKET.as_bytes())?;
    seed("fold", "hand", None, HAND.as_bytes())?;
    seed("fold", "registers", None, REGISTERS.as_bytes())
}

fn logs() -> Done {
    let signer = || FileKey::generate(KeyKind::Ed25519);
    let (store, key) = (MemoryStore::default(), signer()?);
    let key = FileKey::from_pem(&key.to_pem("")?)?;
    let mut log = Log::create(&store, "minimal/record", Box::new(key))?;
    log.append(&(0..3u8).map(|n| vec![n; 3]).collect::<Vec<_>>())?;
    let mut files = store.files.lock().map_err(|_| "poisoned")?.clone();
    files.insert("checkpoint".into(), log.head().to_text().into_bytes());
    let whole = joined(files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
    seed("log", "claimed", Some(0), &whole)?;
    let huge = String::from_utf8(files["checkpoint"].clone())?.replace("\n3\n", "\n18446744073709551615\n");
    files.insert("checkpoint".into(), huge.into_bytes());
    let huge = joined(files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
    seed("log", "huge", Some(0), &huge)?;
    seed("log", "whole", Some(1), &[2, 200, 0, 7, 0])?;
    seed("log", "flipped", Some(1), &[1, 200, 0, 7, 1, 3, 4, 0, 9, 1])?;

    let (witness, own) = (signer()?, signer()?);
    let mut policy = Policy { logs: vec![log.key().clone()], witnesses: Vec::new(), threshold: 2 };
    for (name, body, group, key) in [("court", "court", "court", &witness), ("obs/1", "obs", "observer", &own)] {
        let key = NoteKey::new(name, NoteAlgorithm::CosignatureV1, key.public_key().clone())?;
        policy.witnesses.push(PolicyWitness { key, body: body.into(), group: group.into() });
    }
    let line = policy.witnesses[0].key.cosign(&log.checkpoint().text, 1_700_000_000, &witness)?;
    log.add_cosignatures(&format!("{line}\n"), &[policy.witnesses[0].key.clone()])?;
    let note = log.checkpoint().clone();
    let forked = Note { text: note.text.replace("\n3\n", "\n4\n"), signatures: note.signatures.clone() };
    seed("note", "note", Some(0), &note.to_bytes())?;
    seed("note", "key", Some(1), log.key().to_string().as_bytes())?;
    seed("note", "checkpoint", Some(2), note.text.as_bytes())?;
    seed("note", "policy", Some(3), policy.to_text().as_bytes())?;
    seed("note", "proof", Some(4), &log.proof(1)?.to_bytes())?;
    seed("note", "request", Some(5), &log.request(2)?.to_bytes())?;
    seed("note", "fork", Some(6), &Fork { seen: note, shown: forked }.to_bytes())
}

fn images() -> Done {
    use png::{BitDepth, ColorType};
    let (width, height) = (608u32, 600u32);
    let kinds = [
        ("archived", ColorType::Grayscale, BitDepth::One),
        ("palette", ColorType::Indexed, BitDepth::Two),
        ("grey", ColorType::Grayscale, BitDepth::Eight),
        ("sixteen", ColorType::GrayscaleAlpha, BitDepth::Sixteen),
        ("colour", ColorType::Rgb, BitDepth::Eight),
    ];
    for (name, color, depth) in kinds {
        let row = (width as usize * color.samples() * depth as usize).div_ceil(8);
        let data: Vec<u8> = (0..row * height as usize).map(|i| if i / row % 50 < 2 { 0 } else { 0x55 }).collect();
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(color);
        encoder.set_depth(depth);
        if color == ColorType::Indexed {
            encoder.set_palette(&[0, 0, 0, 255, 255, 255, 9, 9, 9, 200, 0, 0][..]);
        }
        encoder.add_text_chunk("Comment".into(), "passed over".into())?;
        encoder.write_header()?.write_image_data(&data)?;
        seed("image_png", name, None, &bytes)?;
    }
    seed("image_other", "pgm", None, b"P5\n# made by a scanner\n640 620\n255\n\0\x01\x02")?;
    seed("image_other", "wide", None, b"P5 640 620 65535 \0\x01\x02")?;
    seed("image_other", "pbm", None, &[&b"P4 600 600\n"[..], &[0xa5; 75 * 600]].concat())?;
    seed("photo", "code", None, b"")?;
    seed("photo", "inked", None, &[0, 0, 60, 0, 60, 0, 20, 0, 20, 4, 0, 1, 0, 2, 0, 5, 0, 0])?;
    seed("photo", "mirrored", None, &[7, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0])?;
    seed("photo", "shaded", None, &[3, 0, 0, 0, 0, 1, 0, 0, 90, 4, 0, 0, 0, 0, 0, 200, 0, 200])?;
    seed("ballot_read", "blank", None, b"")?;
    seed("ballot_read", "inked", None, &[0, 0, 90, 1, 0, 0, 9, 0, 9, 4, 0, 1, 0, 2, 0, 5, 0, 0])?;
    seed("ballot_read", "turned", None, &[6, 0, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0])?;
    seed("ballot_read", "cut", None, &[8, 0, 50, 0, 1, 0, 0, 0, 0, 9, 0, 60, 0, 3, 0, 0, 0, 0])
}

fn words(key: &FileKey) -> Done {
    let identity = Identity::generate();
    let cards = sign::shares::split(&identity, 2, 3, &SystemEntropy)?;
    let cards = cards.iter().take(2).map(|card| card.to_text().to_string()).collect::<Vec<_>>().join("\n\n");
    let code = SheetCode::new(&Digest([7; 32]), "north_1".parse()?, Mode::Demo, 1, Side::Front);
    let other = FileKey::generate(KeyKind::Ed25519)?;
    let texts = [
        ("key", 0, key.public_key().to_string()),
        ("key_25519", 0, other.public_key().to_string()),
        ("key_id", 1, key.public_key().id().to_string()),
        ("digest", 2, Digest([7; 32]).to_string()),
        ("station", 3, "0101_a".to_owned()),
        ("sheet", 4, code.to_text()),
        ("recipient", 5, identity.recipient().to_string()),
        ("file", 6, "0101-d0101-12.label.json".to_owned()),
        ("fraction", 7, "1.7".to_owned()),
        ("method", 8, "sainte-lague:7/5".to_owned()),
        ("shares", 9, cards),
        ("pem", 10, key.public_key().to_pem()),
        ("lang", 11, "ckb".to_owned()),
        ("moment", 12, "2018-05-13T10:30".to_owned()),
        ("date", 13, "2018-05-13".to_owned()),
        ("hour", 14, "18:00".to_owned()),
        ("interface", 15, "enp3s0".to_owned()),
        ("listener", 16, "udp/[::1]:323".to_owned()),
        ("rule", 17, "R.501".to_owned()),
        ("recipient_name", 18, "centre".to_owned()),
        ("matter", 19, "recount:0101".to_owned()),
        ("thing", 20, "share:commissioner_1".to_owned()),
        ("subject", 21, "office:baghdad".to_owned()),
        ("cut", 22, "contest-member-000012-2.png".to_owned()),
    ];
    texts.into_iter().try_for_each(|(name, way, text)| seed("words", name, Some(way), text.as_bytes()))
}

fn texts() -> Done {
    seed("channels", "match", None, CHANNELS.as_bytes())?;
    seed("channels", "votes", None, VOTES.as_bytes())?;
    seed("vxf", "letter", None, VXF.as_bytes())?;
    seed("vxf", "coded", None, VXF.replace(r#","metadataEncoding":"timing-marks""#, "").as_bytes())?;
    let folders: BTreeMap<_, _> = std::fs::read_dir("fuzz/seeds")?
        .flatten()
        .map(|folder| (folder.file_name(), std::fs::read_dir(folder.path()).map_or(0, Iterator::count)))
        .collect();
    println!("{folders:?}");
    Ok(())
}

const CHANNELS: &str = include_str!("seeds/channels.txt");
const VOTES: &str = "%% votes.csv\nid,votes\npalm,100000\nreed,80000\nlantern,٣٠٠٠٠\ndove,20000\n\
    %% method\nsainte-lague:1.7\n%% seats\n8\n%% threshold\n4/100\n";
const VXF: &str = include_str!("seeds/vxf.json");
const LISTS: &str = include_str!("seeds/lists.txt");
const FOLD: &str = include_str!("seeds/fold.txt");
/// From a complaint to the certification that a court permits.
const DOCKET: &str = include_str!("seeds/docket.txt");
/// A recount, its count by hand, which is counted, and another.
const HAND: &str = include_str!("seeds/hand.txt");
/// Acts, an item with a gap in its custody, and their corrections.
const REGISTERS: &str = include_str!("seeds/registers.txt");
