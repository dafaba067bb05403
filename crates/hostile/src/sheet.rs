//! A sheet drawn straight from its layout, small and plain: something for the reader to find.

use ballot::{Gray, Rect, SheetCode, SheetLayout, SideLayout};
use fast_qr::ECL;
use fast_qr::qr::QRBuilder;

/// One side at `dpi` dots an inch, with `code` in its QR code where it has one, unmarked.
pub fn draw(sheet: &SheetLayout, side: &SideLayout, code: Option<&SheetCode>, dpi: u32) -> Gray {
    let scale = |micrometres: u32| (u64::from(micrometres) * u64::from(dpi) / 25_400) as u32;
    let (width, height) = (scale(sheet.page_width), scale(sheet.page_height));
    let mut image = Gray { width, height, pixels: vec![255; width as usize * height as usize] };
    let place = |rect: &Rect| Rect {
        x: scale(rect.x),
        y: scale(rect.y),
        width: scale(rect.right()) - scale(rect.x),
        height: scale(rect.bottom()) - scale(rect.y),
    };
    for mark in &side.timing_marks {
        ink(&mut image, &place(mark), |_, _| true);
    }
    for bubble in &side.bubbles {
        let oval = place(&bubble.oval);
        // The squared distance from the middle in thousandths of the half axes: the outline is the outermost part.
        let square = |at: u32, length: u32| (2000 * i64::from(at) + 1000 - 1000 * i64::from(length)).pow(2);
        let far = |at: u32, length: u32| square(at, length) / i64::from(length.max(1)).pow(2);
        let outline =
            1_000_000 * i64::from(oval.height.saturating_sub(2)).pow(2) / i64::from(oval.height.max(1)).pow(2);
        ink(&mut image, &oval, |x, y| (outline..=1_000_000).contains(&(far(x, oval.width) + far(y, oval.height))));
    }
    if let Some(code) = code {
        let qr = QRBuilder::new(code.to_text()).ecl(ECL::Q).build().expect("a sheet's code fits");
        let room = place(&side.qr);
        let module = |at: u32, length: u32| (u64::from(at) * qr.size as u64 / u64::from(length)) as usize;
        ink(&mut image, &room, |x, y| qr[module(y, room.height)][module(x, room.width)].value());
    }
    image
}

/// Blackens the pixels of `rect` for which `is_ink` holds, which takes them from the rectangle's corner.
pub fn ink(image: &mut Gray, rect: &Rect, is_ink: impl Fn(u32, u32) -> bool) {
    for y in 0..rect.height.min(image.height.saturating_sub(rect.y)) {
        for x in 0..rect.width.min(image.width.saturating_sub(rect.x)) {
            if is_ink(x, y) {
                image.pixels[((rect.y + y) * image.width + rect.x + x) as usize] = 0;
            }
        }
    }
}
