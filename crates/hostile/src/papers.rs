//! What people bring by hand: figures typed from a protocol, proofs, receipts of a party's disk, requests for another witness key.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use election::{Digest, Service, StationId};
use log::{Log, MemoryStore, Policy};
use package::{BallotAccount, LABEL_KIND, STATEMENT_KIND};
use record::disk::handover::{HANDOVER_KIND, HandOver, may_take};
use record::proof::{Against, Broken, Equivocation, Inclusion, Proof, Shown, Signed};
use record::recount::HandCount;
use record::recount::typed::{self, Typed};
use record::rotation::Request;
use record::{Signatories, State};
use sign::{FileKey, canonical, dsse};

use crate::input::{choice, files, parted};
use crate::is_coded;
use crate::world::{STATIONS, WORLD, slip};

static POLICY: LazyLock<Policy> = LazyLock::new(|| WORLD.policy());
static BEGUN: LazyLock<State> = LazyLock::new(|| WORLD.begin());

/// A typed table, a proof as it is carried or of parts that are signed here, a receipt, a request.
pub fn papers(data: &[u8]) {
    match choice(data, 6) {
        Some((0, data)) => hand(data),
        Some((1, data)) => match Proof::parse(data) {
            Ok(proof) => is_coded(&judged(&proof).expect_err("keys that were made after the input have signed it")),
            Err(problem) => is_coded(&problem),
        },
        Some((2, data)) => signed(&parts(data)),
        Some((3, data)) => receipt(data),
        Some((4, data)) => match dsse::sign(HANDOVER_KIND, data, &[&WORLD.keys["officer_1"]]) {
            Ok(envelope) => given(&envelope.to_bytes(), data),
            Err(error) => is_coded(&error),
        },
        Some((_, data)) => {
            let text = String::from_utf8_lossy(data);
            if let Some(request) = Request::parse(&text) {
                assert_eq!(request.text(), text, "a request has one form");
            }
        }
        None => {}
    }
}

/// The files of an input, in which `@F` is the election fingerprint; what is signed has no line end.
fn parts(data: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let own = |(name, file): (String, Vec<u8>)| match name.ends_with(".manifest") {
        true => (name, file),
        false => {
            let text = String::from_utf8_lossy(&parted(file, None)).replace("@F", &WORLD.fingerprint.to_string());
            (name, text.into_bytes())
        }
    };
    files(data).into_iter().map(own).collect()
}

fn typed(bytes: &[u8]) -> Result<Typed, typed::TypedProblem> {
    typed::read(&WORLD.frozen.definition, &station(), bytes)
}

fn station() -> StationId {
    STATIONS[0].parse().expect("an id")
}

/// What is typed agrees with itself, also behind a byte order mark, and its count can be typed again.
fn hand(data: &[u8]) {
    let own = match typed(data) {
        Ok(own) => own,
        Err(problem) => return is_coded(&problem),
    };
    assert_eq!(own.disagreements(&own), []);
    if !data.starts_with(b"\xef\xbb\xbf") {
        assert_eq!(
            typed(&[b"\xef\xbb\xbf", data].concat()).as_ref(),
            Ok(&own),
            "a mark of the byte order says nothing"
        );
    }
    match own.hand_count(&WORLD.frozen.definition, &station(), None, Digest([5; 32])) {
        Ok(count) => {
            let again = typed(rows(&count).as_bytes()).expect("its own figures");
            assert_eq!(own.disagreements(&again), [], "no figure is lost or made");
        }
        Err(problem) => is_coded(&problem),
    }
}

/// A count as somebody types it from its protocol.
fn rows(count: &HandCount) -> String {
    let results = count.results(&WORLD.frozen.definition).expect("a station of the definition");
    let papers = BallotAccount::NAMES.into_iter().zip(count.account.figures());
    let papers = papers.filter_map(|(name, figure)| Some(format!(",{name},{}\n", figure?)));
    let contests = results.contests.iter().flat_map(|own| {
        let ballots = [own.ballots, own.valid, own.blank, own.invalid];
        let ballots = ["_ballots", "_valid", "_blank", "_invalid"].map(str::to_owned).into_iter().zip(ballots);
        let votes = own.votes.iter().map(|(option, votes)| (option.to_string(), *votes));
        ballots.chain(votes).map(|(figure, count)| format!("{},{figure},{count}\n", own.contest))
    });
    std::iter::once("contest,figure,count\n".to_owned()).chain(papers).chain(contests).collect()
}

/// What the proof shows, once it was written and read again.
fn judged(proof: &Proof) -> Result<Shown, record::proof::ProofProblem> {
    assert_eq!(Proof::parse(&proof.to_bytes()).as_ref(), Ok(proof), "a proof reads as it is written");
    proof.check(&Against { frozen: &WORLD.frozen, policy: &POLICY, fingerprint: Some(WORLD.fingerprint) })
}

/// Proofs of what the keys of this world sign, whatever it is: two contents of a device as `%% one.label`,
/// `%% other.statement` and the like with `%% one.manifest`, or a slip; a leaf of the intake's log with a receipt for it.
fn signed(files: &BTreeMap<String, Vec<u8>>) {
    let part = |which: &str| {
        let manifest = files.get(&format!("{which}.manifest")).map(|text| String::from_utf8_lossy(text).into_owned());
        let device = &WORLD.keys["d0101"];
        [(LABEL_KIND, "label"), (STATEMENT_KIND, "statement")].into_iter().find_map(|(kind, name)| {
            let envelope = dsse::sign(kind, files.get(&format!("{which}.{name}"))?, &[device]).ok()?;
            Some(Signed::of(&envelope.to_bytes(), manifest.clone()).expect("what a device signs is text"))
        })
    };
    let codes = || Signed::Slip { codes: slip(STATIONS[0], 1) };
    if let Some(one) = part("one") {
        let other = part("other").unwrap_or_else(codes);
        match judged(&Proof::Equivocation(Equivocation { one: one.clone(), other: other.clone() })) {
            Ok(_) => assert_ne!(one, other, "one content contradicts itself"),
            Err(problem) => is_coded(&problem),
        }
    }
    if let (Some(leaf), Some(receipt)) = (files.get("leaf"), files.get("receipt")) {
        promised(leaf, receipt);
    }
}

/// A leaf at the beginning of the intake's log, which is cosigned, and a receipt of any text.
fn promised(leaf: &[u8], receipt: &[u8]) {
    let origin = format!("{}/intake", WORLD.frozen.definition.scope.election);
    let key = FileKey::from_pem(&WORLD.pem(Service::IntakeLog.as_str())).expect("its own text");
    let mut log = Log::create(MemoryStore::default(), &origin, Box::new(key)).expect("an empty store");
    let leaf = String::from_utf8_lossy(leaf).into_owned();
    let Ok(receipt) = dsse::sign("receipt", receipt, &[&WORLD.keys[Service::Intake.as_str()]]) else { return };
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it is written as text");
    let receipt = text(receipt.to_bytes());
    if log.append(&[leaf.clone().into_bytes(), b"another leaf".to_vec()]).is_err() {
        return;
    }
    log.add_cosignatures(&WORLD.cosign(log.checkpoint()), &WORLD.witness_keys()).expect("the frozen witnesses");
    let proof = text(log.proof(0).expect("its first leaf").to_bytes());
    let inclusion = |receipt| Inclusion { leaf: leaf.clone(), proof: proof.clone(), receipt, changes: Vec::new() };
    judged(&Proof::Receipt(inclusion(None))).expect("the leaf stands in the log");
    let of_it = judged(&Proof::Receipt(inclusion(Some(receipt.clone()))));
    let broken = judged(&Proof::Broken(Broken { receipt, leaf, proof }));
    assert!(of_it.is_err() || broken.is_err(), "a promise is kept and broken");
    [of_it.err(), broken.err()].iter().flatten().for_each(is_coded);
}

/// A receipt of a disk, as it lies on it.
fn receipt(data: &[u8]) {
    match HandOver::parse(data) {
        Ok(said) => {
            let again = said.sign(&WORLD.keys["officer_1"]).expect("it fitted before");
            assert_eq!(HandOver::parse(&again), Ok(said));
            is_coded(&verified(data).expect_err("keys that were made after the input have signed it"));
        }
        Err(error) => is_coded(&error),
    }
}

/// A receipt with this payload, which an officer has signed.
fn given(envelope: &[u8], payload: &[u8]) {
    match verified(envelope) {
        Ok(said) => {
            assert_eq!(canonical::to_bytes(&said).as_deref(), Ok(payload), "a receipt has one form");
            if let Err(error) = may_take(&WORLD.frozen.definition, &said.office, &said.party, &said.delegate) {
                is_coded(&error);
            }
        }
        Err(error) => is_coded(&error),
    }
}

fn verified(envelope: &[u8]) -> Result<HandOver, record::disk::handover::HandOverError> {
    let people: &Signatories = &BEGUN.signatories;
    HandOver::verify(envelope, &WORLD.frozen.definition, people)
}
