//! The receiving service's log and its witnesses.

use crate::Desk;
use crate::common::{self, by_hand::by_hand};

#[test]
fn a_line_that_no_witness_wrote_for_this_log_is_refused() {
    let desk = Desk::new();
    common::copy(&by_hand().join("intake"), &desk.path("intake"));
    common::copy(&by_hand().join("election"), &desk.path("election"));
    // The court's line for the record is none for the intake.
    common::copy(&by_hand().join("court-1.txt"), &desk.path("court.txt"));
    let refused = desk.refuses("intake cosigned --config intake/intake.toml court.txt");
    refused.is("intake.cosignature", 1, &["minimal/court"]);
    // A log that has fewer leaves than a witness saw went back.
    let refused = desk.refuses("intake request --config intake/intake.toml --to r.txt --seen 99");
    refused.is("intake.rollback", 1, &["99"]);
    assert!(!desk.path("r.txt").exists());
}
