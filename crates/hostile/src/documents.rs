//! Files of many pages, as a scanner with a feeder writes them, or somebody else: PDF and TIFF.

use ballot::Pages;

use crate::{images, is_coded};

/// The most pages of a file that are decoded: each may be as large as any scan.
const MOST: usize = 3;

/// The most pages that a file may have.
const MOST_PAGES: usize = 20_000;

/// A file of any kind. As many pages come as were counted, and each is a scan within the bounds, or a reason.
pub fn pages(data: &[u8]) {
    let mut pages = match Pages::of(data.to_vec()) {
        Ok(pages) => pages,
        Err(rejection) => return is_coded(&rejection),
    };
    let count = pages.count_all();
    assert!((1..=MOST_PAGES).contains(&count), "{count} pages");
    let given = pages.by_ref().take(MOST).map(|page| images::decode(&page)).count();
    assert_eq!(given, count.min(MOST), "the pages that were counted");
    if count <= MOST {
        assert_eq!(pages.next(), None);
    }
}
