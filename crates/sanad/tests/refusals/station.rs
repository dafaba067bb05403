//! A polling station's device.

use std::fs::File;

use crate::Desk;
use crate::common::{self, by_hand::by_hand};

#[test]
fn one_command_at_a_time_works_on_a_station() {
    let desk = Desk::new();
    for part in ["stations/0101", "election", "keys"] {
        common::copy(&by_hand().join(part), &desk.path(part));
    }
    // Another command holds the lock of the device's folder.
    let held = File::options().write(true).open(desk.path("stations/0101/device/.lock")).expect("the lock");
    held.lock().expect("nobody has it");
    let refused = desk.refuses("station status --dir stations/0101");
    refused.is("station.busy", 2, &["0101", "wait until it has ended"]);
    drop(held);
    desk.holds("station status --dir stations/0101");
}
