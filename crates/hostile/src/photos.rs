//! Photos of a slip, as an agent's phone may take them: every way of looking for codes is gone.

use std::sync::LazyLock;

use ballot::Gray;
use fast_qr::ECL;
use fast_qr::qr::QRBuilder;
use package::slip::Slip;

use crate::ballots::drawn_upon;
use crate::is_coded;
use crate::sheet::ink;
use crate::world::slip;

/// The side of the photo in pixels: few, for it is looked at in four ways.
const SIDE: u32 = 400;

/// Pixels of a module, and of the white around a code.
const MODULE: u32 = 4;
const MARGIN: u32 = 24;

/// The most characters of a code (ISO/IEC 18004, version 40, digits at the lowest correction).
const LONGEST: usize = 7_089;

/// A photo of the first code of a slip, and the code.
static PHOTO: LazyLock<(Gray, String)> = LazyLock::new(|| {
    let code = slip("0101", 1).swap_remove(0);
    let qr = QRBuilder::new(code.as_str()).ecl(ECL::L).build().expect("a code of a slip fits");
    let mut photo = Gray { width: SIDE, height: SIDE, pixels: vec![255; (SIDE * SIDE) as usize] };
    let side = qr.size as u32 * MODULE;
    assert!(side + 2 * MARGIN <= SIDE, "a code of {side} pixels has no room");
    let room = ballot::Rect { x: MARGIN, y: MARGIN, width: side, height: side };
    ink(&mut photo, &room, |x, y| qr[(y / MODULE) as usize][(x / MODULE) as usize].value());
    (photo, code)
});

/// A photo of a slip and what is drawn upon it. With no bytes its code is found.
pub fn codes(data: &[u8]) {
    let (photo, code) = &*PHOTO;
    let photo = drawn_upon(photo, data);
    // Whoever decodes an image has one of the size that it says.
    if photo.pixels.len() != photo.width as usize * photo.height as usize {
        return;
    }
    let texts = ballot::codes(&photo, |_| false);
    assert!(texts.is_sorted_by(|a, b| a < b), "each once, in order");
    assert!(texts.iter().all(|text| text.chars().count() <= LONGEST));
    if data.is_empty() {
        assert_eq!(texts, [code.as_str()], "an undamaged code is found");
    }
    if let Err(error) = Slip::join(&texts) {
        is_coded(&error);
    }
}
