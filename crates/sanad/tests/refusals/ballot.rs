//! Ballot sheets.

use crate::{Desk, common, minimal};

#[test]
fn a_style_that_is_none_names_the_nearest() {
    let desk = Desk::new();
    common::copy(&minimal(), &desk.path("e"));
    desk.refuses("ballot draw e --style sprin -o sheet.pdf").is("ballot.style", 2, &["'sprin'", "spring"]);
    assert!(!desk.path("sheet.pdf").exists());
}

#[test]
fn sheets_of_a_definition_are_read_with_its_fingerprint() {
    let desk = Desk::new();
    common::copy(&minimal(), &desk.path("e"));
    desk.write("scan.png", "no picture");
    desk.refuses("ballot read --election e scan.png").is("ballot.fingerprint", 2, &["--fingerprint"]);
}
