//! From images to a reading.

use std::collections::BTreeMap;

use crate::bits::Bits;
use crate::code::Side;
use crate::design::{Design, OvalShape};
use crate::find::{Found, find};
use crate::identity::{self, Identified};
use crate::image::Gray;
use crate::layout::{SheetLayout, SideLayout};
use crate::reading::{Archived, Class, ContestReading, ContestState, Mark, Sheet, SheetReading};
use crate::reject::Rejection;
use crate::stage::class::{background, class, objection};
use crate::stage::score::{Oval, Score, View};
use crate::stage::streak::{Streaks, streaks};
use crate::stage::threshold::threshold;
use crate::stage::{Frame, Point};

/// Reads a sheet: thresholds the images, reads the archived pixels as [`read_archived`] does, then lets the grey
/// pixels object: where the two scores contradict each other, the option is ambiguous. Images may come
/// in any of four orientations and in either order.
pub fn read(front: &Gray, back: Option<&Gray>, design: &Design) -> SheetReading {
    let images: Vec<&Gray> = std::iter::once(front).chain(back).collect();
    if let Err(rejection) = images.iter().try_for_each(|image| image.check()) {
        return SheetReading { outcome: Err(rejection), archived: None };
    }
    let (bits, levels): (Vec<Bits>, Vec<_>) =
        images.iter().map(|image| threshold(image)).map(|t| (t.bits, t.levels)).unzip();
    let mut bits = bits.into_iter();
    let (Some(front), back) = (bits.next(), bits.next()) else { unreachable!("one image at least") };
    let (mut reading, geometry) = run(front, back, design);
    if let Ok(sheet) = &mut reading.outcome {
        for (mark, (oval, on)) in sheet.marks.iter_mut().zip(&geometry.ovals) {
            let image = &geometry.images[*on];
            let view = View { image: images[image.given], levels: &levels[image.given], turns: image.turns };
            let darkness = oval.darkness(&view, &image.streaks);
            mark.grey = Some(darkness.mean);
            if let Some(doubt) = objection(mark.class, &darkness, &design.marks) {
                (mark.class, mark.doubt) = (Class::Ambiguous, Some(doubt));
            }
        }
        sheet.contests = contests(&sheet.marks, design);
    }
    reading
}

/// Reads archived images: the reading that counts, and that anybody can repeat.
pub fn read_archived(front: &Bits, back: Option<&Bits>, design: &Design) -> SheetReading {
    run(front.clone(), back.cloned(), design).0
}

/// Where things are on the images: what grey needs to know.
#[derive(Default)]
pub(crate) struct Geometry {
    /// Each mark's oval, and which of `images` it is on.
    pub ovals: Vec<(Oval, usize)>,
    pub images: Vec<Placed>,
}

/// One image that a printed side was found on.
pub(crate) struct Placed {
    /// 0 for the image given as the front, 1 for the back.
    pub given: usize,
    pub turns: u8,
    pub streaks: Streaks,
    pub found: Found,
}

/// The frames of a design: one, unless its sheets differ in size.
pub(crate) fn frames(design: &Design) -> Vec<Frame> {
    let mut frames: Vec<Frame> = Vec::new();
    for sheet in &design.layouts {
        for side in sheet.sides() {
            let coded = design.identity == crate::Identity::LowestRow;
            let frame = Frame::new(sheet.page_width, sheet.page_height, side, coded);
            frames.extend(frame.filter(|frame| !frames.contains(frame)));
        }
    }
    frames
}

pub(crate) fn run(front: Bits, back: Option<Bits>, design: &Design) -> (SheetReading, Geometry) {
    let frames = frames(design);
    let mut archived = Vec::new();
    let mut found: Vec<Result<(Found, Identified), Rejection>> = Vec::new();
    for (bits, side) in std::iter::once(front).chain(back).zip([Side::Front, Side::Back]) {
        let (bits, sheet) = find(bits, &frames, side);
        let identified = sheet.and_then(|sheet| identity::identify(sheet, &frames, design, side));
        archived.push(identified.as_ref().map_or(bits, |(found, _)| found.bits.clone()));
        found.push(identified);
    }
    let paired = pair(found, design);
    let swapped = paired.as_ref().is_ok_and(|paired| paired.front.0 == 1);
    let mut archived = archived.into_iter();
    let (Some(front), back) = (archived.next(), archived.next()) else { unreachable!("one image at least") };
    let archived = match back {
        Some(back) if swapped => Archived { front: back, back: Some(front) },
        back => Archived { front, back },
    };
    let (outcome, geometry) = match paired.and_then(|paired| score(paired, design, swapped)) {
        Ok((sheet, geometry)) => (Ok(sheet), geometry),
        Err(rejection) => (Err(rejection), Geometry::default()),
    };
    (SheetReading { outcome, archived: Some(archived) }, geometry)
}

/// The printed sides of one sheet, each with the number of its image.
struct Paired<'a> {
    layout: &'a SheetLayout,
    front: (usize, Found),
    back: Option<(usize, Found)>,
}

/// Which image is which side, and are they of one sheet?
fn pair<'a>(found: Vec<Result<(Found, Identified), Rejection>>, design: &'a Design) -> Result<Paired<'a>, Rejection> {
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

fn score(paired: Paired, design: &Design, swapped: bool) -> Result<(Sheet, Geometry), Rejection> {
    let mut geometry = Geometry::default();
    let mut marks = Vec::new();
    let layout = paired.layout;
    let sides =
        [(Side::Front, Some(&layout.front), Some(paired.front)), (Side::Back, layout.back.as_ref(), paired.back)];
    for (side, layout, image) in sides {
        let (Some(layout), Some((given, found))) = (layout, image) else { continue };
        let streaks = streaks(&found.bits, &found.marks.corners);
        let ovals = ovals(&found, layout, design.ovals);
        streaked(&streaks, &ovals, &found, side)?;
        let scores: Vec<Score> = ovals.iter().map(|oval| oval.score(&found.bits, &streaks)).collect();
        for ((bubble, oval), score) in layout.bubbles.iter().zip(ovals).zip(less_background(layout, scores)) {
            let (class, doubt) = class(&score, &design.marks);
            marks.push(Mark {
                contest: bubble.contest.clone(),
                option: bubble.option.clone(),
                side,
                score: score.inside,
                outside: score.outside,
                grey: None,
                class,
                doubt,
                crop: oval.crop(found.bits.width(), found.bits.height()),
            });
            geometry.ovals.push((oval, geometry.images.len()));
        }
        geometry.images.push(Placed { given, turns: found.turns, streaks, found });
    }
    let contests = contests(&marks, design);
    Ok((Sheet { style: layout.style.clone(), sheet: layout.sheet, contests, marks, swapped }, geometry))
}

/// An oval that lies further than this from where the others of its side say is looked for in vain: it is filled or
/// scribbled over. Micrometres.
const STRAY: f32 = 250.0;

/// The ovals of a side on its image.
fn ovals(found: &Found, layout: &SideLayout, shape: OvalShape) -> Vec<Oval> {
    let expected: Vec<Oval> = layout.bubbles.iter().map(|bubble| Oval::expected(&found.grid, &bubble.oval)).collect();
    let fitted: Vec<Oval> = expected.iter().map(|oval| oval.found(&found.bits, shape)).collect();
    let shift = |get: fn(Point) -> f32| {
        let pairs = expected.iter().zip(&fitted).filter(|(_, fitted)| fitted.is_seen());
        let mut all: Vec<f32> = pairs.map(|(expected, fitted)| get(fitted.centre - expected.centre)).collect();
        all.sort_by(f32::total_cmp);
        all.get(all.len() / 2).copied().unwrap_or(0.0)
    };
    let shift = Point { x: shift(|p| p.x), y: shift(|p| p.y) };
    let near = STRAY * found.grid.scale;
    let choose = |(expected, fitted): (Oval, Oval)| {
        let usual = expected.centre + shift;
        let good = fitted.is_seen() && (fitted.centre - usual).length() <= near;
        if good { fitted } else { fitted.moved(usual) }
    };
    expected.into_iter().zip(fitted).map(choose).collect()
}

/// A streak wider than this hides too much of an oval. Micrometres; three pixels at 100 dpi.
const WIDE_STREAK: f32 = 800.0;

fn streaked(streaks: &Streaks, ovals: &[Oval], found: &Found, side: Side) -> Result<(), Rejection> {
    for streak in &streaks.columns {
        let width = streak.len() as u32;
        let hits = |oval: &Oval| {
            let [x, _, w, _] = oval.crop(found.bits.width(), found.bits.height());
            streak.start < x + w && x < streak.end
        };
        if width as f32 > WIDE_STREAK * found.grid.scale && ovals.iter().any(hits) {
            return Err(Rejection::Streak { side, column: streak.start, width });
        }
    }
    Ok(())
}

/// The scores less the background of their column, which a dirty roller or bleeding print leaves.
fn less_background(layout: &SideLayout, mut scores: Vec<Score>) -> Vec<Score> {
    let mut columns: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (i, bubble) in layout.bubbles.iter().enumerate() {
        columns.entry(bubble.oval.centre().0).or_default().push(i);
    }
    for column in columns.values() {
        let inside = background(column.iter().map(|&i| scores[i].inside));
        let outside = background(column.iter().map(|&i| scores[i].outside));
        for &i in column {
            scores[i].inside = scores[i].inside.saturating_sub(inside);
            scores[i].outside = scores[i].outside.saturating_sub(outside);
        }
    }
    scores
}

/// The contests of the marks, in their order.
fn contests(marks: &[Mark], design: &Design) -> Vec<ContestReading> {
    let mut contests: Vec<ContestReading> = Vec::new();
    for mark in marks {
        let at = contests.iter().position(|c| c.contest == mark.contest).unwrap_or_else(|| {
            let (marked, ambiguous) = (Vec::new(), Vec::new());
            contests.push(ContestReading {
                contest: mark.contest.clone(),
                marked,
                ambiguous,
                state: ContestState::Blank,
            });
            contests.len() - 1
        });
        match mark.class {
            Class::Marked => contests[at].marked.push(mark.option.clone()),
            Class::Ambiguous => contests[at].ambiguous.push(mark.option.clone()),
            Class::Unmarked => {}
        }
    }
    for contest in &mut contests {
        let limit = design.limits.get(&contest.contest);
        contest.state = if !contest.ambiguous.is_empty() {
            ContestState::Ambiguous
        } else if contest.marked.is_empty() {
            ContestState::Blank
        } else if limit.is_some_and(|limit| limit.is_exceeded(&contest.marked)) {
            ContestState::Overvoted
        } else {
            ContestState::Valid
        };
    }
    contests
}
