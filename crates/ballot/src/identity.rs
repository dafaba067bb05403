//! Which sheet a side is of.

use crate::code::{FINGERPRINT_BYTES, SheetCode, Side};
use crate::design::{Design, Identity};
use crate::find::Found;
use crate::qr::{self, Content};
use crate::reject::Rejection;
use crate::stage::Frame;
use crate::vxf;

/// What a side says it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Identified {
    /// Its sheet, as an index into the design's layouts.
    pub layout: usize,
    pub side: Side,
}

/// Reads what a side is, and turns it upright if only that shows which way up it is.
pub(crate) fn identify(
    found: Found,
    frames: &[Frame],
    design: &Design,
    given: Side,
) -> Result<(Found, Identified), Rejection> {
    match design.identity {
        Identity::LowestRow => by_lowest_row(found, design, given),
        Identity::SheetCode => {
            let (found, content) = code(found, frames, design, given)?;
            let code = SheetCode::parse(&content.text).map_err(|_| Rejection::QrForeign(given))?;
            Ok((found, check(&code, design, given)?))
        }
        Identity::VotingWorks { precincts, styles, contests } => {
            let (found, content) = code(found, frames, design, given)?;
            let page = vxf::page(&content.bytes, [precincts, styles, contests]).ok_or(Rejection::QrForeign(given))?;
            let layout = design.layouts.iter().position(|l| l.style == page.style && l.sheet == page.sheet);
            let unknown = || Rejection::Style { side: given, style: page.style.to_string(), sheet: page.sheet };
            Ok((found, Identified { layout: layout.ok_or_else(unknown)?, side: page.side }))
        }
    }
}

/// The QR code of a side, and the side the way up that its code was found.
fn code(found: Found, frames: &[Frame], design: &Design, given: Side) -> Result<(Found, Content), Rejection> {
    let place = design.layouts.first().map(|sheet| sheet.front.qr).ok_or(Rejection::QrForeign(given))?;
    let read = |found: &Found| qr::read(&found.bits, &found.grid, &place);
    if let Some(content) = read(&found) {
        return Ok((found, content));
    }
    if found.is_sure {
        let content = qr::read_anywhere(&found.bits).ok_or(Rejection::QrUnreadable(given))?;
        return Ok((found, content));
    }
    let turned = found.half_turn(frames, given)?;
    let content = read(&turned).ok_or(Rejection::QrUnreadable(given))?;
    Ok((turned, content))
}

/// Does the code belong to this count?
fn check(code: &SheetCode, design: &Design, given: Side) -> Result<Identified, Rejection> {
    if code.fingerprint != design.fingerprint.0[..FINGERPRINT_BYTES] {
        return Err(Rejection::Election(given));
    }
    if code.mode != design.mode {
        return Err(Rejection::Mode { side: given, found: code.mode, expected: design.mode });
    }
    let fits = |layout: &crate::SheetLayout| {
        layout.style == code.style && layout.sheet == code.sheet && (code.side == Side::Front || layout.back.is_some())
    };
    let layout = design.layouts.iter().position(fits);
    let unknown = || Rejection::Style { side: given, style: code.style.to_string(), sheet: code.sheet };
    Ok(Identified { layout: layout.ok_or_else(unknown)?, side: code.side })
}

/// The front and the back of the only sheet, by the marks of the lowest row between its corners. It is a number from
/// right to left: on the left the front ends in a sequence number that is always 0, and a mark; the back ends in
/// 01111011110. Of the three marks that tell them apart one is enough: holes hide marks and never add any.
fn by_lowest_row(found: Found, design: &Design, given: Side) -> Result<(Found, Identified), Rejection> {
    let lowest = &found.marks.bottom.found;
    if design.layouts.len() != 1 || lowest.len() < 6 {
        return Err(Rejection::QrForeign(given));
    }
    let is_back = lowest[1].is_none() && lowest[2..5].iter().any(Option::is_some);
    Ok((found, Identified { layout: 0, side: if is_back { Side::Back } else { Side::Front } }))
}
