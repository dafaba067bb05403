//! Calls that no command takes.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;

use crate::Desk;

#[test]
fn a_switch_takes_no_value() {
    let desk = Desk::new();
    desk.refuses("election check e --quiet=1").is("usage.count", 2, &["--quiet", "another number of values"]);
}

#[test]
fn a_table_of_votes_has_a_list() {
    let desk = Desk::new();
    desk.write("v.csv", "id,votes\n");
    desk.refuses("seats --votes v.csv --seats 3 --method hare").is("seats.empty", 2, &["v.csv", "a row for each list"]);
}

#[test]
fn an_argument_is_utf8() {
    let desk = Desk::new();
    let words = ["seats", "--votes", "v.csv", "--method", "hare", "--seats"].map(OsString::from);
    let refused = desk.refuses_words("seats --seats \\xff", words.into_iter().chain([OsString::from_vec(vec![0xff])]));
    refused.is("usage.encoding", 2, &["not UTF-8", "--help"]);
}
