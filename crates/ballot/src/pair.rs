//! Which image is which side, and are they of one sheet?

use crate::code::Side;
use crate::design::Design;
use crate::find::Found;
use crate::identity::Identified;
use crate::layout::SheetLayout;
use crate::reject::Rejection;

/// The printed sides of one sheet, each with the number of its image.
pub(crate) struct Paired<'a> {
    pub layout: &'a SheetLayout,
    pub front: (usize, Found),
    pub back: Option<(usize, Found)>,
}

/// The sides among the images, or why they are not one sheet's.
pub(crate) fn pair<'a>(
    found: Vec<Result<(Found, Identified), Rejection>>,
    design: &'a Design,
) -> Result<Paired<'a>, Rejection> {
    let images = found.len();
    let mut rejection = None;
    let mut fronts = Vec::new();
    let mut backs = Vec::new();
    for (given, result) in found.into_iter().enumerate() {
        match result {
            Ok((sheet, is)) if is.side == Side::Front => fronts.push((given, sheet, is.layout)),
            Ok((sheet, is)) => backs.push((given, sheet, is.layout)),
            Err(reason) => rejection = rejection.or(Some((given, reason))),
        }
    }
    if fronts.len() > 1 || backs.len() > 1 {
        return Err(Rejection::Sides);
    }
    let (front, back) = (fronts.pop(), backs.pop());
    let Some((given, sheet, layout)) = front else {
        return Err(rejection.map_or(Rejection::SideMissing(Side::Front), |(_, reason)| reason));
    };
    let printed: &SheetLayout = &design.layouts[layout];
    match back {
        Some((_, _, other)) if other != layout => Err(Rejection::Sides),
        Some((on, back, _)) => Ok(Paired { layout: printed, front: (given, sheet), back: Some((on, back)) }),
        // The back is blank: whatever the other image shows, it says that it is no side of a ballot.
        None if printed.back.is_none() => match rejection {
            Some((_, reason)) if reason.is_a_ballot() => Err(reason),
            _ => Ok(Paired { layout: printed, front: (given, sheet), back: None }),
        },
        None if images < 2 => Err(Rejection::SideMissing(Side::Back)),
        None => Err(rejection.map_or(Rejection::SideMissing(Side::Back), |(_, reason)| reason)),
    }
}
