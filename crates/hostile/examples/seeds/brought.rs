//! Seeds of what people bring, of a station's results bag, and of what is downloaded and verified.

use std::collections::BTreeMap;

use election::{Digest, Scope};
use log::{Log, MemoryStore};
use package::adjudication::{Adjudicated, Answers};
use package::bag::Bag;
use package::{Label, Statement, archive};
use record::disk::handover::{HandOver, TreeHead};
use record::proof::{Broken, Equivocation, Inclusion, Proof, Signed};
use record::rotation::{Cause, Request};
use sign::{FileKey, KeyKind, Signer, canonical};
use testing::{Count, World, unseal};

use super::{Done, joined, seed};

/// Typed figures, proofs, receipts and a request.
pub fn papers(scope: &Scope, label: &Label, statement: &Statement, key: &FileKey) -> Done {
    seed("paper", "typed", Some(0), TYPED.as_bytes())?;
    let folded = TYPED.replace(',', ";").replace('1', "١").replace('4', "۴");
    seed("paper", "typed_semicolons", Some(0), folded.as_bytes())?;

    let text = |bytes: Vec<u8>| String::from_utf8(bytes);
    let mut other = label.clone();
    other.results.manifest = Digest::of(b"another manifest");
    let signed = |label: &Label| Signed::of(&label.sign(key)?, None).map_err(Box::<dyn std::error::Error>::from);
    let (one, two) = (signed(label)?, signed(&other)?);
    seed("paper", "equivocation", Some(1), &Proof::Equivocation(Equivocation { one, other: two }).to_bytes())?;
    let mut log =
        Log::create(MemoryStore::default(), "minimal/intake", Box::new(FileKey::generate(KeyKind::Ed25519)?))?;
    let leaf = text(label.sign(key)?)?;
    log.append(&[leaf.clone().into_bytes(), b"another".to_vec()])?;
    let proof = text(log.proof(0)?.to_bytes())?;
    let promise = testing::intake::Receipt::of(scope, leaf.as_bytes(), 0);
    let receipt = text(testing::intake::statement("receipt", &promise, key))?;
    let inclusion =
        Inclusion { leaf: leaf.clone(), proof: proof.clone(), receipt: Some(receipt.clone()), changes: Vec::new() };
    seed("paper", "receipt", Some(1), &Proof::Receipt(inclusion).to_bytes())?;
    seed("paper", "broken", Some(1), &Proof::Broken(Broken { receipt, leaf: leaf.clone(), proof }).to_bytes())?;

    // What is signed when the target runs.
    let (one, two) = (canonical::to_bytes(label)?, canonical::to_bytes(&other)?);
    seed("paper", "two_labels", Some(2), &joined([("one.label", &*line(&one)), ("other.label", &*line(&two))]))?;
    let manifest = format!("{}  data/results.json\n", Digest::of(b"results").hex());
    let statement = Statement { results_manifest: Digest::of(manifest.as_bytes()), ..statement.clone() };
    let stated = text(canonical::to_bytes(&statement)?)?.replace(&statement.definition.to_string(), "@F");
    let parts = [("one.manifest", manifest.as_bytes()), ("one.statement", &*line(stated.as_bytes()))];
    seed("paper", "statement_and_slip", Some(2), &joined(parts))?;
    let promise = canonical::to_bytes(&promise)?;
    seed("paper", "promised", Some(2), &joined([("leaf", &*line(leaf.as_bytes())), ("receipt", &*line(&promise))]))?;

    let given = HandOver {
        scope: scope.clone(),
        fingerprint: Digest([1; 32]),
        office: "spring".parse()?,
        party: "party_a".parse()?,
        delegate: "agent_1".parse()?,
        bag: Digest([2; 32]),
        checkpoint: TreeHead { size: 7, root: Digest([3; 32]) },
        files: 40,
        bytes: 123_456,
        time: testing::AT.to_owned(),
    };
    seed("paper", "handover", Some(3), &given.sign(key)?)?;
    seed("paper", "handover_payload", Some(4), &canonical::to_bytes(&given)?)?;
    let request = Request {
        fingerprint: Digest([1; 32]),
        name: "court.example".to_owned(),
        before: key.public_key().id(),
        key: FileKey::generate(KeyKind::Ed25519)?.public_key().clone(),
        cause: Cause::Planned,
    };
    seed("paper", "request", Some(5), request.text().as_bytes())
}

/// With the line end that parts it from the next file of an input.
fn line(bytes: &[u8]) -> Vec<u8> {
    [bytes, b"\n"].concat()
}

/// The files of a true results bag, each by itself, and others that fit its records.
pub fn results_bag() -> Done {
    let world = World::new(1);
    let package = world.package(&Count::of("s1", [3, 2, 1, 1]));
    let bag = Bag::check(archive::read(&unseal(&package.results_age, &world.centre), archive::RESULTS_LIMITS)?)?;
    seed("results_bag", "whole", None, b"")?;
    for name in ["results.json", "zero.json", "cvr.json", "scores.json", "slip.json"] {
        seed("results_bag", name, None, &joined([(name, &*bag.data[name])]))?;
    }
    let said = |person: &str| Ok::<_, election::IdError>((person.parse()?, ["la".parse()?].into()));
    let answers = Answers { asked: ["la".parse()?].into(), said: [said("officer_1")?, said("officer_2")?].into() };
    let adjudicated = vec![Adjudicated { record: 1, contest: "assembly".parse()?, answers }];
    let adjudicated = canonical::to_bytes(&adjudicated)?;
    let records = String::from_utf8(bag.data["cvr.json"].clone())?;
    let parts = [("adjudication.json", &*line(&adjudicated)), ("cvr.json", records.as_bytes())];
    seed("results_bag", "adjudication", None, &joined(parts))?;
    let stray: package::cuts::Stray = [("assembly".parse()?, vec![0, 7])].into();
    let pictures = ["images/contest-assembly-000001.png", "images/contest-assembly-000002-2.png"];
    let parts = [("stray.json", &*line(&canonical::to_bytes(&stray)?)), (pictures[0], b"a\n"), (pictures[1], b"b\n")];
    seed("results_bag", "stray", None, &joined(parts))?;
    let event = r#"{"number":1,"clock":"2026-05-12T07:00:00+03:00","event":"started","by":["officer_1"],"note":""}"#;
    seed("results_bag", "events", None, &joined([("events.jsonl", format!("{event}\n").as_bytes())]))
}

/// Files of a publication under its old manifest and a new one, of a bundle and a disk; an archive; a manifest.
pub fn publication() -> Done {
    let [publication, bundle, disk] = hostile::downloaded();
    let of = |files: &BTreeMap<String, Vec<u8>>, path: &str| joined([(path, &*line(&files[path]))]);
    let tables = [
        "results/results.json",
        "results/totals.csv",
        "results/stations.csv",
        "results/seats.csv",
        "stations/s1/d1-1/withheld.json",
        "stations/s1/d1-1/results.json",
        "stations/s1/d1-1/cvr.json",
        "stations/s1/d1-1/slip.json",
        "stations/s1/d1-1/results-manifest.txt",
        "privacy.csv",
        "datapackage.json",
        "election/stations.csv",
        "election/keys/devices.csv",
        "bag-info.txt",
    ];
    for path in tables.iter().filter(|path| publication.contains_key(**path)) {
        let name = path.replace('/', "_");
        seed("publication", &name, Some(0), &of(publication, path))?;
        seed("publication", &format!("{name}_listed"), Some(1), &of(publication, path))?;
    }
    seed("publication", "whole", Some(0), b"")?;
    seed("publication", "slip", Some(0), b"%% slip\nSANAD1:1/1:00000000:AB\n")?;
    let small = |path: &str| !path.starts_with("data/stations/") && !path.starts_with("data/docket/");
    let mut tar = archive::Writer(Vec::new());
    for (path, bytes) in bundle.iter().filter(|(path, _)| small(path)) {
        tar.add(path, bytes)?;
    }
    seed("publication", "archive", Some(2), &tar.finish()?)?;
    seed("publication", "bundle", Some(3), b"")?;
    for path in ["data/scope.json", "data/election/election.toml", "manifest-sha256.txt"] {
        seed("publication", &format!("bundle_{}", path.replace('/', "_")), Some(3), &of(bundle, path))?;
    }
    seed("publication", "bundle_report", Some(3), b"%% data/report.txt\n\n%% data/withheld.csv\n\xef\xbb\xbfpath\r\n")?;
    seed("publication", "disk", Some(4), b"")?;
    for path in ["data/record/checkpoint", "handover.dsse.json", "bag-info.txt"] {
        seed("publication", &format!("disk_{}", path.replace('/', "_")), Some(4), &of(disk, path))?;
    }
    seed("publication", "manifest", Some(5), &publication["manifest-sha256.txt"])
}

const TYPED: &str = "contest,figure,count,name\n,registered,120,\n,checked_in,4,\n,received,5,\n,used,4,\n,spoiled,0,\n\
    ,unused,1,\n,cast,4,\n,valid,2,\n,blank,1,\n,invalid,1,\n,unread,0,\nmember,_ballots,4,\nmember,_valid,2,\n\
    member,_blank,1,\nmember,_invalid,1,\nmember,omar,1,Omar Example\nmember,rose,1,Rose Example\nmember,sara,0,\n";
