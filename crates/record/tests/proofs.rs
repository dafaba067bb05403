//! What anybody can prove offline, and what is no proof.

use election::{Coded, Digest, Service};
use log::{Log, MemoryStore, NoteKey, Policy};
use package::archive;
use package::make::Package;
use sanad_record::proof::{Against, Broken, Change, Equivocation, Field, Inclusion, Proof, Shown, Signed};
use sanad_record::rotation::{Cause, Request, Rotation};
use sanad_record::{Body, Entry};
use sign::{FileKey, KeyKind, Signer};
use testing::intake::{Close, Receipt, statement};
use testing::{Count, World, unseal};

const SMALL: [u32; 4] = [3, 2, 1, 0];
const OTHER: [u32; 4] = [4, 1, 1, 0];

struct Court {
    world: World,
    policy: Policy,
}

impl Court {
    fn new() -> Self {
        let world = World::new(2);
        let policy = world.policy();
        Court { world, policy }
    }

    fn against(&self) -> Against<'_> {
        Against { frozen: &self.world.frozen, policy: &self.policy, fingerprint: Some(self.world.fingerprint) }
    }

    /// The verdict on the file as it is carried: written, and read again.
    fn judge(&self, proof: &Proof) -> Result<Shown, &'static str> {
        let carried = Proof::parse(&proof.to_bytes()).expect("its own file");
        assert_eq!(&carried, proof);
        carried.check(&self.against()).map_err(|problem| problem.code())
    }

    fn pair(&self, one: Signed, other: Signed) -> Result<Field, &'static str> {
        match self.judge(&Proof::Equivocation(Equivocation { one, other }))? {
            Shown::Equivocation { device, generation: 1, differ, .. } if device.as_str() == "ds1" => Ok(differ),
            other => panic!("{other:?}"),
        }
    }

    /// Statement and manifest of a sealed package.
    fn opened(&self, package: &Package) -> (Vec<u8>, String) {
        let files = archive::read(&unseal(&package.results_age, &self.world.centre), archive::RESULTS_LIMITS).unwrap();
        (files["statement.dsse.json"].clone(), text(&files["manifest-sha256.txt"]))
    }

    fn label_with(&self, package: &Package) -> Signed {
        Signed::of(&package.label, Some(self.opened(package).1)).unwrap()
    }

    fn statement(&self, package: &Package, with: bool) -> Signed {
        let (statement, manifest) = self.opened(package);
        Signed::of(&statement, with.then_some(manifest)).unwrap()
    }

    fn log(&self, name: &str, service: Service) -> Log<MemoryStore> {
        let key = FileKey::from_pem(&self.world.pem(service.as_str())).unwrap();
        let origin = format!("{}/{name}", self.world.frozen.definition.scope.election);
        Log::create(MemoryStore::default(), &origin, Box::new(key)).unwrap()
    }
}

fn label(package: &Package) -> Signed {
    Signed::of(&package.label, None).unwrap()
}

#[test]
fn mt3_two_signed_contents_of_one_count_are_a_proof_whatever_carries_them() {
    let court = Court::new();
    let (a, b) = (Count::of("s1", SMALL), Count::of("s1", OTHER));
    let (first, second) = (court.world.package(&a), court.world.package(&b));
    let slip = |count: &Count<'_>| Signed::Slip { codes: court.world.slip(count) };
    // Two labels, two statements, a label and a statement, two slips: by their hashes alone.
    assert_eq!(court.pair(label(&first), label(&second)), Ok(Field::ResultsManifest));
    assert_eq!(court.pair(court.statement(&first, false), court.statement(&second, false)), Ok(Field::ResultsManifest));
    assert_eq!(court.pair(label(&first), court.statement(&second, false)), Ok(Field::ResultsManifest));
    assert_eq!(court.pair(slip(&a), slip(&b)), Ok(Field::Results));
    // The package and an agent's slip: through the manifest that the device signed.
    assert_eq!(court.pair(court.label_with(&first), slip(&b)), Ok(Field::Results));
    assert_eq!(court.pair(slip(&b), court.statement(&first, true)), Ok(Field::Results));
    assert_eq!(court.pair(court.label_with(&first), slip(&a)), Err("proof.same"));
    assert_eq!(court.pair(label(&first), slip(&b)), Err("proof.apart"));
    // The same content, sealed again, is no contradiction.
    let parts = court.world.parts(&a);
    let (sealed, again) = (court.world.seal(parts.clone(), "ds1"), court.world.seal(parts, "ds1"));
    assert_ne!(again.label, sealed.label);
    assert_eq!(court.pair(label(&sealed), label(&again)), Err("proof.same"));
    assert_eq!(court.pair(label(&sealed), court.statement(&again, false)), Err("proof.same"));
    assert_eq!(court.pair(slip(&a), slip(&a)), Err("proof.same"));
    // Another count, another station: both may be true.
    let later = court.world.package(&Count { generation: 2, ..b });
    assert_eq!(court.pair(label(&first), label(&later)), Err("proof.other"));
    let elsewhere = court.world.package(&Count { station: "s2", ..a });
    assert_eq!(court.pair(label(&first), label(&elsewhere)), Err("proof.other"));
    // A manifest that was not signed.
    let Signed::Label { text, .. } = label(&first) else { panic!() };
    let foreign = Signed::Label { text, manifest: Some(court.opened(&second).1) };
    assert_eq!(court.pair(foreign, slip(&b)), Err("proof.manifest"));
}

#[test]
fn mt3_an_equivocation_that_somebody_else_signed_accuses_nobody() {
    let court = Court::new();
    let (a, b) = (Count::of("s1", SMALL), Count::of("s1", OTHER));
    let honest = court.world.package(&a);
    // Signed by the device of another station, and by one that is not listed.
    let forged = court.world.seal(court.world.parts(&b), "ds2");
    assert_eq!(court.pair(label(&honest), label(&forged)), Err("dsse.key"));
    let other = World::new(2);
    let strange = other.package(&b);
    assert_eq!(court.pair(label(&honest), label(&strange)), Err("dsse.key"));
    assert_eq!(
        court.pair(Signed::Slip { codes: court.world.slip(&a) }, Signed::Slip { codes: other.slip(&b) }),
        Err("proof.scope")
    );
    // One digit of a slip.
    let mut codes = court.world.slip(&b);
    let last = codes[0].len() - 1;
    let changed = if codes[0].ends_with('0') { "1" } else { "0" };
    codes[0].replace_range(last.., changed);
    let code = court.pair(Signed::Slip { codes: court.world.slip(&a) }, Signed::Slip { codes }).unwrap_err();
    assert_eq!(code, "slip.altered");
    // Of another fingerprint than the one that the gazette prints.
    let pair = Proof::Equivocation(Equivocation {
        one: Signed::Slip { codes: court.world.slip(&a) },
        other: Signed::Slip { codes: court.world.slip(&b) },
    });
    let elsewhere = Against { fingerprint: Some(Digest::of(b"another")), ..court.against() };
    assert_eq!(pair.check(&elsewhere).unwrap_err().code(), "proof.scope");
    // A station without this device.
    let small = Court { world: World::new(1), policy: court.policy.clone() };
    let pair = Equivocation {
        one: Signed::Slip { codes: court.world.slip(&Count { station: "s2", ..a }) },
        other: Signed::Slip { codes: court.world.slip(&Count { station: "s2", ..b }) },
    };
    let unpinned = Against { fingerprint: None, ..small.against() };
    assert_eq!(pair.check(&unpinned).unwrap_err().code(), "proof.device");
}

#[test]
fn lg2_two_checkpoints_of_one_size_are_a_proof_of_fork() {
    let court = Court::new();
    let grown = |leaves: &[&[u8]]| {
        let mut log = court.log("record", Service::RecordLog);
        log.append(&leaves.iter().map(|leaf| leaf.to_vec()).collect::<Vec<_>>()).unwrap();
        log.checkpoint().to_bytes()
    };
    let (a, b) = (grown(&[b"a", b"b"]), grown(&[b"a", b"x"]));
    let proof = Proof::fork(&a, &b).unwrap();
    let log = format!("{}/record", court.world.frozen.definition.scope.election);
    assert_eq!(court.judge(&proof), Ok(Shown::Fork { log, size: 2 }));
    // The same history, and a longer one: nothing is proved.
    assert_eq!(court.judge(&Proof::fork(&a, &a).unwrap()), Err("proof.no_fork"));
    assert_eq!(court.judge(&Proof::fork(&a, &grown(&[b"a", b"b", b"c"])).unwrap()), Err("proof.no_fork"));
    // Whoever has not the log's key can show any root.
    let other = Court::new();
    assert_eq!(other.judge(&proof), Err("proof.no_fork"));
    let mut stray = Log::create(
        MemoryStore::default(),
        "elsewhere/record",
        Box::new(FileKey::from_pem(&court.world.pem("record_log")).unwrap()),
    )
    .unwrap();
    stray.append(&[b"a".to_vec()]).unwrap();
    let stray = stray.checkpoint().to_bytes();
    assert_eq!(court.judge(&Proof::fork(&stray, &stray).unwrap()), Err("proof.log"));
    // Key lists without the key of that log.
    let mut frozen = court.world.frozen.clone();
    frozen.keyring.services.clear();
    let problem = proof.check(&Against { frozen: &frozen, ..court.against() }).unwrap_err();
    assert_eq!(problem.code(), "proof.keys");
}

struct Arrived {
    log: Log<MemoryStore>,
    label: Vec<u8>,
    receipt: String,
}

fn arrived(court: &Court) -> Arrived {
    let label = court.world.package(&Count::of("s1", SMALL)).label;
    let mut log = court.log("intake", Service::IntakeLog);
    let receipt = Receipt::of(&court.world.frozen.definition.scope, &label, 0);
    let receipt = statement("receipt", &receipt, &court.world.keys["intake"]);
    log.append(&[label.clone(), receipt.clone()]).unwrap();
    Arrived { log, label, receipt: String::from_utf8(receipt).unwrap() }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_receipt_proves_a_leaf_under_a_cosigned_checkpoint() {
    let court = Court::new();
    let Arrived { mut log, label, receipt } = arrived(&court);
    let inclusion = |log: &Log<MemoryStore>, receipt: Option<&String>| {
        let proof = text(&log.proof(0).unwrap().to_bytes());
        Inclusion { leaf: text(&label), proof, receipt: receipt.cloned(), changes: vec![] }
    };
    // Not cosigned yet: incomplete, and never a pass.
    assert_eq!(court.judge(&Proof::Receipt(inclusion(&log, Some(&receipt)))), Err("proof.quorum"));
    let lines = court.world.cosign(log.checkpoint());
    log.add_cosignatures(&lines, &court.world.witness_keys()).unwrap();
    let whole = inclusion(&log, Some(&receipt));
    let Ok(Shown::Receipt { index: 0, size: 2, quorum, .. }) = court.judge(&Proof::Receipt(whole.clone())) else {
        panic!("it holds")
    };
    assert!(quorum.met);
    assert!(court.judge(&Proof::Receipt(inclusion(&log, None))).is_ok(), "a leaf needs no receipt");
    // Another leaf, another receipt, a checkpoint that was changed.
    let other = text(&court.world.package(&Count::of("s1", OTHER)).label);
    assert_eq!(court.judge(&Proof::Receipt(Inclusion { leaf: other.clone(), ..whole.clone() })), Err("proof.hashes"));
    let of = |label: &[u8], index: u64, key: &str| {
        let receipt = Receipt::of(&court.world.frozen.definition.scope, label, index);
        Some(text(&statement("receipt", &receipt, &court.world.keys[key])))
    };
    for (receipt, code) in [
        (of(other.as_bytes(), 0, "intake"), "proof.receipt"),
        (of(&label, 1, "intake"), "proof.receipt"),
        (of(&label, 0, "centre"), "dsse.key"),
        (Some(text(&label)), "dsse.kind"),
    ] {
        assert_eq!(court.judge(&Proof::Receipt(Inclusion { receipt, ..whole.clone() })), Err(code));
    }
    let forged = Inclusion { proof: whole.proof.replacen("\n2\n", "\n3\n", 1), ..whole };
    assert!(court.judge(&Proof::Receipt(forged)).is_err());
}

/// A record in which the court's key gives way, after a leaf that is nobody's business here.
struct Rotated {
    record: Log<MemoryStore>,
    new: FileKey,
    changes: Vec<Change>,
}

impl Rotated {
    fn new(court: &Court, cause: Cause) -> Self {
        let (world, new) = (&court.world, FileKey::generate(KeyKind::Ed25519).unwrap());
        let old = &world.keys["court"];
        let request = Request {
            fingerprint: world.fingerprint,
            name: "court.example".into(),
            before: old.public_key().id(),
            key: new.public_key().clone(),
            cause,
        };
        let note = request.signed(&new, (cause != Cause::Lost).then_some(old as &dyn Signer)).unwrap();
        let rotation = Body::Rotation(Rotation { request: text(&note.to_bytes()), basis: "article 9".into() });
        let rotation = world.sign(&rotation, &["board_1", "board_2"]);
        let mut record = court.log("record", Service::RecordLog);
        record.append(&[world.leaf_0.clone(), b"something else".to_vec(), rotation]).unwrap();
        court.cosign(&mut record, &new);
        let leaves: Vec<Vec<u8>> = (0..3).map(|index| record.leaf(index).unwrap().to_vec()).collect();
        let needed = Change::needed(&leaves);
        assert_eq!(needed, [0, 2]);
        assert!(Change::needed(&leaves[..2]).is_empty(), "without a rotation the definition is enough");
        let changes = needed.into_iter().map(|index| carried(&record, index)).collect();
        Rotated { record, new, changes }
    }
}

fn carried(log: &Log<MemoryStore>, index: u64) -> Change {
    Change { leaf: text(log.leaf(index).unwrap()), proof: text(&log.proof(index).unwrap().to_bytes()) }
}

impl Court {
    /// Both bodies cosign the log, the court with this key.
    fn cosign(&self, log: &mut Log<MemoryStore>, key: &FileKey) {
        let mut witnesses = self.policy.witnesses.clone();
        let mut lines = String::new();
        for witness in &mut witnesses {
            let own = if witness.body == "court" { key } else { &self.world.keys[witness.body.as_str()] };
            witness.key.key = own.public_key().clone();
            let line = witness.key.cosign(&log.checkpoint().text, 1_778_000_000, own).unwrap();
            lines += &format!("{line}\n");
        }
        let keys: Vec<NoteKey> = witnesses.into_iter().map(|witness| witness.key).collect();
        log.add_cosignatures(&lines, &keys).unwrap();
    }

    fn by(&self, leaf: &Change, changes: &[Change]) -> Result<Vec<String>, &'static str> {
        let Change { leaf, proof } = leaf.clone();
        match self.judge(&Proof::Receipt(Inclusion { leaf, proof, receipt: None, changes: changes.to_vec() }))? {
            Shown::Receipt { quorum, .. } => Ok(quorum.by),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn lg7_after_a_rotation_a_proof_carries_the_leaves_that_say_which_key_counts() {
    let court = Court::new();
    let both = vec!["court.example".to_owned(), "observers.example".to_owned()];
    for cause in Cause::ALL {
        let Rotated { record, new, changes } = Rotated::new(&court, cause);
        let of_record = carried(&record, 2);
        assert_eq!(court.by(&of_record, &changes), Ok(both.clone()), "{cause:?}");
        // The definition alone does not know the key, and says so.
        assert_eq!(court.by(&of_record, &[]), Err("proof.unknown_key"), "{cause:?}");
        // The log of the receiving service: with the new key; with the old one if nobody else had it.
        for (key, then) in [
            (&new, Ok(both.clone())),
            (&court.world.keys["court"], if cause == Cause::Planned { Ok(both.clone()) } else { Err("proof.quorum") }),
        ] {
            let mut intake = arrived(&court).log;
            court.cosign(&mut intake, key);
            assert_eq!(court.by(&carried(&intake, 0), &changes), then, "{cause:?}");
        }
    }
}

#[test]
fn lg7_leaves_that_are_not_the_records_give_nobody_a_key() {
    let court = Court::new();
    let Rotated { mut record, new, changes } = Rotated::new(&court, Cause::Planned);
    let mut intake = arrived(&court).log;
    court.cosign(&mut intake, &new);
    let leaf = carried(&intake, 0);
    let [first, rotation] = [&changes[0], &changes[1]].map(Change::clone);
    assert!(court.by(&leaf, &changes).is_ok());
    // Out of order, without leaf 0, twice, of another log, or with another leaf's proof.
    for (wrong, code) in [
        (vec![rotation.clone(), first.clone()], "proof.change"),
        (vec![rotation.clone()], "proof.change"),
        (vec![first.clone(), rotation.clone(), rotation.clone()], "proof.change"),
        (vec![first.clone(), leaf.clone()], "proof.change"),
        (vec![first.clone(), Change { proof: first.proof.clone(), ..rotation.clone() }], "proof.hashes"),
        (vec![first.clone()], "proof.unknown_key"),
    ] {
        assert_eq!(court.by(&leaf, &wrong), Err(code), "{wrong:?}");
    }
    // What one member of the board signed, in a log that took it.
    let alone = {
        let (entry, mut other) =
            (Entry::parse(rotation.leaf.as_bytes()).unwrap(), court.log("record", Service::RecordLog));
        other.append(&[court.world.leaf_0.clone(), court.world.sign(&entry.body, &["board_1"])]).unwrap();
        court.cosign(&mut other, &new);
        vec![carried(&other, 0), carried(&other, 1)]
    };
    assert_eq!(court.by(&leaf, &alone), Err("proof.change"));
    // A checkpoint of the record that has grown since is judged by the leaves under it; and one that nobody has cosigned shows nothing.
    let more = Entry::parse(rotation.leaf.as_bytes()).unwrap().body;
    record.append(&[court.world.sign(&more, &["board_1"])]).unwrap();
    assert_eq!(court.by(&leaf, &[carried(&record, 0), carried(&record, 2)]), Err("proof.quorum"));
    assert_eq!(court.by(&leaf, &[first, carried(&record, 2)]), Err("proof.change"));
    court.cosign(&mut record, &new);
    assert_eq!(court.by(&carried(&record, 3), &changes), Err("proof.change"));
    assert!(court.by(&carried(&record, 3), &[carried(&record, 0), carried(&record, 2)]).is_ok());
}

#[test]
fn a_leaf_of_another_election_proves_nothing_of_this_one() {
    let court = Court::new();
    let Rotated { record, .. } = Rotated::new(&court, Cause::Planned);
    let another = Against { fingerprint: Some(Digest::of(b"another")), ..court.against() };
    for index in [0, 2] {
        let Change { leaf, proof } = carried(&record, index);
        let own = Inclusion { leaf, proof, receipt: None, changes: Vec::new() };
        assert_eq!(own.check(&another).unwrap_err().code(), "proof.scope", "leaf {index}");
    }
}

#[test]
fn lg6_a_receipt_for_what_the_log_does_not_have_is_a_proof() {
    let court = Court::new();
    let Arrived { log, label, receipt } = arrived(&court);
    let scope = &court.world.frozen.definition.scope;
    // The honest log keeps its promise.
    let broken = |log: &Log<MemoryStore>, index: u64, receipt: &str| {
        let leaf = text(log.leaf(index).unwrap());
        Proof::Broken(Broken { receipt: receipt.to_owned(), leaf, proof: text(&log.proof(index).unwrap().to_bytes()) })
    };
    assert_eq!(court.judge(&broken(&log, 0, &receipt)), Err("proof.kept"));
    // Another leaf stands where the label was promised.
    let mut without = court.log("intake", Service::IntakeLog);
    let close = Close { scope: scope.clone(), packages: 0, incomplete: 1, time: testing::AT.to_owned() };
    let close = statement("close", &close, &court.world.keys["intake"]);
    without.append(&[b"something else".to_vec(), close]).unwrap();
    let shown = Shown::Broken { index: 0, label: Digest::of(&label) };
    assert_eq!(court.judge(&broken(&without, 0, &receipt)), Ok(shown));
    // The log was closed before the promised place.
    let later = statement("receipt", &Receipt::of(scope, &label, 7), &court.world.keys["intake"]);
    let shown = Shown::Broken { index: 7, label: Digest::of(&label) };
    assert_eq!(court.judge(&broken(&without, 1, &text(&later))), Ok(shown));
    // A leaf before the end proves nothing of a later place, nor does a log that is still open.
    assert_eq!(court.judge(&broken(&without, 0, &text(&later))), Err("dsse.form"));
    assert_eq!(court.judge(&broken(&log, 1, &text(&later))), Err("proof.hashes"));
    // A receipt that nobody of the service signed.
    let forged = statement("receipt", &Receipt::of(scope, &label, 0), &court.world.keys["centre"]);
    assert_eq!(court.judge(&broken(&without, 0, &text(&forged))), Err("dsse.key"));
}

#[test]
fn what_is_no_proof_is_refused() {
    let long = vec![b' '; (1 << 20) + 1];
    for bad in [
        &b""[..],
        b"{}",
        b"fork 3\nabc",
        br#"{"kind":"receipt","leaf":"","proof":""} x"#,
        br#"{"kind":"receipt","leaf":"","proof":"","more":1}"#,
        br#"{"kind":"receipt","leaf":"","leaf":"","proof":""}"#,
        br#"{"kind":"pardon","leaf":"","proof":""}"#,
        &long,
    ] {
        assert_eq!(
            Proof::parse(bad).unwrap_err().code(),
            "proof.form",
            "{}",
            String::from_utf8_lossy(&bad[..bad.len().min(60)])
        );
    }
    assert!(Proof::fork(b"no note", b"no note").is_err());
}

/// What a reader says of a file quotes it; a field of the file's own could clear a screen or turn a line round.
#[test]
fn what_is_said_of_no_proof_steers_no_terminal() {
    for field in ["\\u001b[2J", "te\u{7f}xt", "\u{202e}txet"] {
        let file = format!(r#"{{"kind":"equivocation","one":{{"label":{{"{field}":"a"}}}},"other":{{}}}}"#);
        let told = Proof::parse(file.as_bytes()).unwrap_err().to_string();
        assert!(told.contains("unknown field"), "{told}");
        assert!(told.chars().all(|c| !c.is_control() && c != '\u{202e}'), "{}", told.escape_debug());
    }
}

#[test]
fn without_the_key_of_a_log_nothing_is_proved_of_it() {
    let court = Court::new();
    let mut log = court.log("record", Service::RecordLog);
    log.append(&[b"a".to_vec()]).unwrap();
    let note = log.checkpoint().to_bytes();
    let proof = Proof::fork(&note, &note).unwrap();
    let mut frozen = court.world.frozen.clone();
    frozen.keyring.services.remove(&Service::RecordLog);
    let refused = proof.check(&Against { frozen: &frozen, ..court.against() }).unwrap_err();
    assert_eq!(refused.code(), "proof.keys");
    assert!(refused.to_string().contains("record_log"), "{refused}");
    assert_eq!(court.judge(&proof), Err("proof.no_fork"), "with it, the two are compared");
}
