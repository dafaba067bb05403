//! Slips that a party brings.

use std::fs::File;

use crate::Desk;

#[test]
fn a_file_larger_than_any_photo_is_not_read() {
    let desk = Desk::new();
    let big = File::create(desk.path("film.mp4")).expect("a file");
    big.set_len((64 << 20) + 1).expect("a sparse file");
    let refused = desk.refuses("slip read film.mp4");
    refused.is("slip.large", 2, &["film.mp4", "67108865 bytes", "64 MiB"]);
}
