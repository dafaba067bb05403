//! Small texts: keys, hashes, ids, names, shares, fractions, dates, the code on a ballot, what a command or a leaf names.

use ballot::SheetCode;
use election::{
    Digest, FindingRule, Fraction, Hour, InterfaceName, Lang, Listener, Moment, PlainDate, RecipientName, SeatMethod,
    StationId,
};
use package::{FileName, cuts};
use record::docket::{Matter, Thing};
use record::register::exports::Subject;
use sign::identity::{Identity, age_recipient};
use sign::shares::{Share, join};
use sign::{FileKey, KeyId, PublicKey, Recipient, Signer};

use crate::input::choice;
use crate::{is_coded, is_printable};

/// One text. What is taken is written again as the same text, where it has one form.
pub fn words(data: &[u8]) {
    let Some((which, data)) = choice(data, 23) else { return };
    let text = &*String::from_utf8_lossy(data);
    match which {
        0 => own::<PublicKey, _>(text),
        1 => own::<KeyId, _>(text),
        2 => own::<Digest, _>(text),
        3 => own::<StationId, _>(text),
        4 => own::<SheetCode, _>(text),
        5 => match text.parse::<Recipient>() {
            Ok(recipient) => {
                assert_eq!(recipient.to_string(), text);
                let _ = age_recipient(&recipient);
            }
            Err(error) => is_coded(&error),
        },
        6 => match FileName::parse_file(text) {
            Ok((name, part)) => assert_eq!(name.of(part), text),
            Err(error) => is_coded(&error),
        },
        7 => match text.parse::<Fraction>() {
            Ok(fraction) => {
                assert!(fraction.denominator != 0);
                assert_eq!(fraction.to_string().parse(), Ok(fraction));
                let _ = fraction.is_reached(u64::MAX, u64::MAX);
            }
            Err(message) => is_printable(&message),
        },
        8 => match text.parse::<SeatMethod>() {
            Ok(method) => assert_eq!(method.to_string().parse(), Ok(method)),
            Err(message) => is_printable(&message),
        },
        9 => {
            let cards: Vec<Share> = text.split("\n\n").take(40).filter_map(|card| card.parse().ok()).collect();
            cards.iter().for_each(|card| assert_eq!(card.to_text().parse().as_ref(), Ok(card)));
            if let Err(error) = join(&cards, &[]) {
                is_coded(&error);
            }
        }
        10 => {
            if let Ok(key) = PublicKey::from_pem(text) {
                assert_eq!(PublicKey::from_pem(&key.to_pem()), Ok(key));
            }
            if let Ok(key) = FileKey::from_pem(text) {
                let again = FileKey::from_pem(&key.to_pem("").expect("it can be written")).expect("its own text");
                assert_eq!(again.public_key(), key.public_key());
            }
        }
        12 => own::<Moment, _>(text),
        13 => own::<PlainDate, _>(text),
        14 => own::<Hour, _>(text),
        15 => own::<InterfaceName, _>(text),
        16 => own::<Listener, _>(text),
        17 => own::<FindingRule, _>(text),
        18 => own::<RecipientName, _>(text),
        19 => own::<Matter, _>(text),
        20 => own::<Thing, _>(text),
        21 => own::<Subject, _>(text),
        22 => {
            if let Some((contest, number, part)) = cuts::parse_name(text) {
                assert_eq!(cuts::name(&contest, number, part), text);
            }
        }
        _ => {
            if let Ok(identity) = Identity::parse(text) {
                assert_eq!(Identity::parse(&identity.to_text()).map(|i| i.recipient()), Ok(identity.recipient()));
            }
            if let Err(message) = text.parse::<Lang>() {
                is_printable(&message);
            }
        }
    }
}

fn own<T: std::str::FromStr<Err = E> + std::fmt::Display, E: std::fmt::Display>(text: &str) {
    match text.parse::<T>() {
        Ok(value) => assert_eq!(value.to_string(), text, "one text for one value"),
        Err(error) => is_printable(&error.to_string()),
    }
}
