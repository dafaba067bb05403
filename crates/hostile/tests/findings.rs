//! What was found by reading the readers with hostile eyes, where the file that shows it is made here.

use std::path::Path;

use election::Coded as _;

fn seed(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds").join(name)).expect("a committed seed")
}

/// The scans of a JPEG of one component: what is before the last of them, and it.
fn last_scan(jpeg: &[u8]) -> (&[u8], &[u8]) {
    let start = jpeg.windows(2).rposition(|pair| pair == [0xff, 0xda]).expect("a scan");
    let (before, scan) = jpeg.split_at(start);
    (before, scan.strip_suffix(&[0xff, 0xd9]).expect("an end"))
}

/// A scan of a few bytes goes through the whole image: 90 of them took six seconds of one image.
#[test]
fn bi5_a_jpeg_of_very_many_scans_is_refused() {
    let jpeg = seed("image_jpeg/progressive");
    let (before, scan) = last_scan(&jpeg);
    let with = |scans: usize| [before, &scan.repeat(scans), &[0xff, 0xd9]].concat();
    let whole = ballot::decode(&with(1)).expect("the seed itself");
    assert_eq!((whole.width, whole.height), (600, 600));
    let refused = ballot::decode(&with(40)).expect_err("forty scans more");
    assert_eq!(refused.code(), "image.decode");
    assert!(refused.to_string().contains("Too many scans"), "{refused}");
}

/// A progressive file of four components takes half a gigabyte for its coefficients; no scanner writes one.
#[test]
fn bi5_a_jpeg_of_four_colours_is_refused_before_memory_is_taken() {
    let refused = ballot::decode(&seed("image_jpeg/cmyk")).expect_err("ink and no light");
    assert!(refused.to_string().contains("more than three colours"), "{refused}");
}
