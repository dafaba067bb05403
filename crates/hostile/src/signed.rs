//! Signed JSON: envelopes, and what is in them.

use package::{FileName, LABEL_KIND, Label, STATEMENT_KIND, Statement};
use record::Entry;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sign::dsse::{self, Envelope};
use sign::{Signer, canonical};

use crate::input::choice;
use crate::is_coded;
use crate::world::WORLD;

/// An envelope as it is sent, or the payload of one that is signed here.
pub fn dsse(data: &[u8]) {
    match choice(data, 4) {
        Some((0, data)) => envelope(data),
        Some((1, data)) => payload::<Label>(LABEL_KIND, data),
        Some((2, data)) => payload::<Statement>(STATEMENT_KIND, data),
        Some((_, data)) => leaf(data),
        None => {}
    }
}

fn envelope(data: &[u8]) {
    match Envelope::parse(data) {
        Ok(envelope) => {
            assert_eq!(envelope.to_bytes(), data, "an envelope has one form");
            let key = WORLD.keys["d0101"].public_key();
            let kind = envelope.kind().to_owned();
            is_coded(&envelope.verify(&kind, &[key]).expect_err("a key that was made after the input has signed it"));
        }
        Err(error) => is_coded(&error),
    }
    labelled(data);
    match Entry::parse(data) {
        Ok(entry) => assert_eq!(entry.envelope.to_bytes(), data),
        Err(error) => is_coded(&error),
    }
}

fn labelled(data: &[u8]) {
    match Label::parse(data) {
        Ok((label, _)) => {
            let name = label.file_name();
            assert_eq!(name.to_string().parse::<FileName>(), Ok(name));
        }
        Err(error) => is_coded(&error),
    }
}

/// A payload that a device of the world signs: its bytes have one form, and verify for it alone.
fn payload<T: Serialize + DeserializeOwned>(kind: &str, data: &[u8]) {
    let signer = &WORLD.keys["d0101"];
    let envelope = match dsse::sign(kind, data, &[signer]) {
        Ok(envelope) => envelope,
        Err(error) => return is_coded(&error),
    };
    let bytes = envelope.to_bytes();
    let read = Envelope::parse(&bytes).expect("its own form");
    assert_eq!(read.verify(kind, &[signer.public_key()]), Ok(vec![signer.public_key().id()]));
    is_coded(&read.verify("other", &[signer.public_key()]).expect_err("another kind"));
    is_coded(&read.verify(kind, &[WORLD.keys["d0102"].public_key()]).expect_err("another key"));
    match read.read::<T>() {
        Ok(value) => assert_eq!(canonical::to_bytes(&value).as_deref(), Ok(data)),
        Err(error) => is_coded(&error),
    }
    labelled(&bytes);
}

/// `KIND`, a line end, and the payload of a leaf of that kind.
fn leaf(data: &[u8]) {
    let end = data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len());
    let kind = String::from_utf8_lossy(&data[..end]);
    match dsse::sign(&kind, data.get(end + 1..).unwrap_or_default(), &[&WORLD.keys["d0101"]]) {
        Ok(envelope) => match Entry::parse(&envelope.to_bytes()) {
            Ok(entry) => {
                let again = entry.body.sign(&entry.head, &[&WORLD.keys["d0101"]]).expect("it fitted before");
                let again = Envelope::parse(&again).expect("its own form");
                assert_eq!((again.kind(), again.payload()), (entry.envelope.kind(), entry.envelope.payload()));
            }
            Err(error) => is_coded(&error),
        },
        Err(error) => is_coded(&error),
    }
}
