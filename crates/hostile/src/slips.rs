//! The codes of a slip: text, base45, COSE, CBOR.

use election::Digest;
use package::slip::{CODE_LENGTH, SLIP_KIND, Slip};
use sign::Signer;
use sign::cose::{self, Message};

use crate::input::choice;
use crate::is_coded;
use crate::world::{WORLD, results};

/// Texts of codes, a signed message, or figures that are signed here.
pub fn slip(data: &[u8]) {
    match choice(data, 3) {
        Some((0, data)) => {
            let text = String::from_utf8_lossy(data);
            join(&text.split('\n').collect::<Vec<_>>());
        }
        Some((1, data)) => message(data),
        Some((_, data)) => match cose::sign1(SLIP_KIND, data, &WORLD.keys["d0101"]) {
            Ok(signed) => {
                let read = Message::parse(&signed).expect("its own form");
                assert_eq!(read.payload(), data);
                message(&signed);
            }
            Err(error) => is_coded(&error),
        },
        None => {}
    }
}

/// A message as the codes that would carry it.
fn message(data: &[u8]) {
    if let Err(error) = Message::parse(data) {
        is_coded(&error);
    }
    let text = base45::encode(data);
    assert_eq!(base45::decode(&text).as_deref(), Ok(data));
    let id = Digest::of(data).hex()[..8].to_ascii_uppercase();
    let length = (CODE_LENGTH - 22) / 3 * 3;
    let of = text.len().div_ceil(length).max(1);
    let part = |n: usize| &text[(n * length).min(text.len())..((n + 1) * length).min(text.len())];
    join(&(0..of).map(|n| format!("SANAD1:{}/{of}:{id}:{}", n + 1, part(n))).collect::<Vec<_>>());
}

fn join<T: AsRef<str>>(codes: &[T]) {
    match Slip::join(codes) {
        Ok(slip) => {
            let reversed: Vec<&str> = codes.iter().rev().chain(codes).map(AsRef::as_ref).collect();
            assert_eq!(Slip::join(&reversed).as_ref(), Ok(&slip), "order and repetition have no meaning");
            let claims = slip.claims();
            assert!(claims.contests.values().all(|contest| contest.votes.values().all(|votes| *votes > 0)));
            let key = WORLD.keys["d0101"].public_key();
            match slip.verify(key) {
                // Signed here: the same figures signed again say the same.
                Ok(figures) => {
                    let again = figures.sign(&WORLD.keys["d0101"]).expect("they fitted before");
                    assert_eq!(Slip::join(&again).map(|slip| slip.claims().clone()).as_ref(), Ok(figures));
                }
                Err(error) => is_coded(&error),
            }
            let other = WORLD.keys["d0102"].public_key();
            is_coded(&slip.verify(other).expect_err("another device's key"));
            assert!(claims.differences(&results("0101", 1)).iter().all(|text| !text.is_empty()));
        }
        Err(error) => is_coded(&error),
    }
}
