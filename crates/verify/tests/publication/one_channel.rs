//! SK5: the stick alone has brought the second station; its order rests on a slip and names why no network copy came.

use election::Digest;
use record::entry::{Absence, Body, Entry, Order, Slip};

use crate::common::recipe::Leaves;
use crate::common::{KEYS, Recipe, build, leaf, officers};
use crate::fails;
use crate::stations::second;
use crate::verify::CheckId;

/// The slip and the order of the second station, among the leaves.
const SLIP: usize = 5;
const ORDER: usize = 6;

/// The order as it is, but for what it says of the other copy.
fn saying(leaves: &mut [Vec<u8>], fingerprint: Digest, absent: Option<Absence>) {
    let Body::Order(order) = Entry::parse(&leaves[ORDER]).expect("a leaf").body else { panic!("an order") };
    leaves[ORDER] = leaf(Some(fingerprint), &Body::Order(Order { absent, ..order }), &officers());
}

/// The slip as it is, of which the leaf does not say whose agent holds it.
fn held_by_nobody(leaves: &mut [Vec<u8>], fingerprint: Digest) {
    let Body::Slip(slip) = Entry::parse(&leaves[SLIP]).expect("a leaf").body else { panic!("a slip") };
    leaves[SLIP] = leaf(Some(fingerprint), &Body::Slip(Slip { party: None, ..slip }), &[&KEYS.centre]);
}

#[test]
fn sk5_both_verifiers_refuse_an_order_about_one_copy_without_a_second_evidence_or_a_reason() {
    let cases: [(Leaves, &str); 4] = [
        (|leaves, _| drop(leaves.remove(SLIP)), "record.second_evidence"),
        (|leaves, fingerprint| held_by_nobody(leaves, fingerprint), "record.second_evidence"),
        (|leaves, fingerprint| saying(leaves, fingerprint, None), "record.one_channel"),
        (|leaves, fingerprint| saying(leaves, fingerprint, Some(Absence::Seized)), "record.one_channel"),
    ];
    for (record_leaves, code) in cases {
        let publication = build(&Recipe { record_leaves, ..Recipe::default() });
        fails(&publication.verify(), CheckId::Leaves, code);
        let (verdict, [failed, _]) = second(&publication, "V.204");
        assert_eq!(verdict, "fail");
        assert_eq!(failed, [code.to_owned()].into(), "the second verifier");
    }
}
