//! From images to a reading.

use std::collections::BTreeMap;
use std::ops::Range;

use election::MarkScore;

use crate::bits::Bits;
use crate::code::Side;
use crate::contests::contests;
use crate::design::{Design, OvalShape};
use crate::find::{Found, find};
use crate::identity::{self, Identified};
use crate::image::Gray;
use crate::layout::{Rect, SideLayout};
use crate::pair::{Paired, pair};
use crate::reading::{Archived, Mark, Sheet, SheetReading};
use crate::reject::Rejection;
use crate::stage::class::{GONE, background, class};
use crate::stage::grey::{self, View};
use crate::stage::score::Oval;
use crate::stage::streak::{Streaks, streaks};
use crate::stage::threshold::threshold;
use crate::stage::torn::torn;
use crate::stage::{Frame, Point};

/// Reads a sheet: thresholds the images, reads the archived pixels as [`read_archived`] does, then lets the grey
/// pixels object: where the two scores contradict each other, the option is ambiguous. Images may come
/// in any of four orientations and in either order.
pub fn read(front: &Gray, back: Option<&Gray>, design: &Design) -> SheetReading {
    read_in_steps(front, back, design, &mut |_| ())
}

/// A step of reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Grey to one bit a pixel.
    Threshold,
    /// The timing marks, the grid, the way the sheet lies.
    Find,
    /// The QR code, or the marks that stand for one.
    Code,
    /// Ovals and their scores from the archived pixels.
    Score,
    /// The scores from grey.
    Grey,
}

/// The same as [`read`]; `done` hears of each step as it ends, for those who measure.
pub fn read_in_steps(front: &Gray, back: Option<&Gray>, design: &Design, done: &mut dyn FnMut(Step)) -> SheetReading {
    let images: Vec<&Gray> = std::iter::once(front).chain(back).collect();
    if let Err(rejection) = images.iter().try_for_each(|image| image.check()) {
        return SheetReading { outcome: Err(rejection), archived: None };
    }
    let (front, back) = (threshold(front), back.map(threshold));
    done(Step::Threshold);
    let (mut reading, geometry) = run(front, back, design, done);
    if let Ok(sheet) = &mut reading.outcome {
        for placed in &geometry {
            let view = View::new(images[placed.given], placed.found.turns);
            let greys = grey::darkness(&view, &placed.found.marks, &placed.expected, design.ovals, &placed.streaks);
            let marks = &mut sheet.marks[placed.marks.clone()];
            let darkness: Vec<u16> = greys.iter().map(|grey| grey.darkness).collect();
            let darkness = less_background(placed.columns(), darkness);
            for ((mark, grey), darkness) in marks.iter_mut().zip(greys).zip(darkness) {
                (mark.score.grey, mark.score.depth) = (Some(darkness), Some(grey.depth));
                (mark.class, mark.doubt) = class(&mark.score, &design.marks);
            }
        }
        sheet.contests = contests(&sheet.marks, design);
    }
    done(Step::Grey);
    reading
}

/// Reads archived images: the reading that counts, and that anybody can repeat.
pub fn read_archived(front: &Bits, back: Option<&Bits>, design: &Design) -> SheetReading {
    run(front.clone(), back.cloned(), design, &mut |_| ()).0
}

/// One image that a printed side was found on: what grey needs to know, and what pictures of the stages show.
pub(crate) struct Placed<'a> {
    /// 0 for the image given as the front, 1 for the back.
    pub given: usize,
    pub found: Found,
    pub streaks: Streaks,
    /// Its marks among those of the sheet.
    pub marks: Range<usize>,
    /// Their ovals: by the grid, and where they were found.
    pub expected: Vec<Oval>,
    pub ovals: Vec<Oval>,
    pub layout: &'a SideLayout,
}

impl Placed<'_> {
    /// The column that each oval stands in.
    fn columns(&self) -> impl Iterator<Item = u32> {
        self.layout.bubbles.iter().map(|bubble| bubble.oval.centre().0)
    }
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

pub(crate) fn run<'a>(
    front: Bits,
    back: Option<Bits>,
    design: &'a Design,
    done: &mut dyn FnMut(Step),
) -> (SheetReading, Vec<Placed<'a>>) {
    let frames = frames(design);
    let mut archived = Vec::new();
    let mut found: Vec<Result<(Found, Identified), Rejection>> = Vec::new();
    for (bits, side) in std::iter::once(front).chain(back).zip([Side::Front, Side::Back]) {
        let (bits, sheet) = find(bits, &frames, side);
        done(Step::Find);
        let identified = sheet.and_then(|sheet| identity::identify(sheet, &frames, design, side));
        archived.push(identified.as_ref().map_or(bits, |(found, _)| found.bits.clone()));
        found.push(identified);
        done(Step::Code);
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
        Err(rejection) => (Err(rejection), Vec::new()),
    };
    done(Step::Score);
    (SheetReading { outcome, archived: Some(archived) }, geometry)
}

fn score<'a>(paired: Paired<'a>, design: &Design, swapped: bool) -> Result<(Sheet, Vec<Placed<'a>>), Rejection> {
    let mut geometry = Vec::new();
    let mut marks = Vec::new();
    let layout = paired.layout;
    let sides =
        [(Side::Front, Some(&layout.front), Some(paired.front)), (Side::Back, layout.back.as_ref(), paired.back)];
    for (side, layout, image) in sides {
        let (Some(layout), Some((given, found))) = (layout, image) else { continue };
        let is_full = design.identity != crate::Identity::LowestRow;
        torn(&found.grid, &found.marks, layout.bubbles.iter().map(|bubble| &bubble.oval), is_full, side)?;
        let streaks = streaks(&found.bits, &found.marks.corners);
        let expected: Vec<Oval> =
            layout.bubbles.iter().map(|bubble| Oval::expected(&found.grid, &bubble.oval)).collect();
        let (ovals, seen) = fitted(&expected, &found, design.ovals);
        streaked(&streaks, &ovals, &found, side)?;
        let first = marks.len();
        let mut placed = Placed { given, found, streaks, marks: first..first, expected, ovals, layout };
        let mut scores = scores(&placed);
        outlined(&mut scores, &placed.ovals, &seen, side)?;
        for ((bubble, oval), score) in layout.bubbles.iter().zip(&placed.ovals).zip(scores) {
            let (class, doubt) = class(&score, &design.marks);
            let crop = oval.crop(placed.found.bits.width(), placed.found.bits.height());
            marks.push(Mark {
                contest: bubble.contest.clone(),
                option: bubble.option.clone(),
                side,
                score,
                class,
                doubt,
                crop,
                shown: with_label(crop, &placed.found, &bubble.label),
            });
        }
        placed.marks.end = marks.len();
        geometry.push(placed);
    }
    let contests = contests(&marks, design);
    Ok((Sheet { style: layout.style.clone(), sheet: layout.sheet, contests, marks, swapped }, geometry))
}

/// The smallest box round an oval's box and its label.
fn with_label([x, y, width, height]: [u32; 4], found: &Found, label: &Rect) -> [u32; 4] {
    if label.width == 0 {
        return [x, y, width, height];
    }
    let corner = |x: u32, y: u32| found.grid.map(x as f32, y as f32);
    let corners = [
        corner(label.x, label.y),
        corner(label.right(), label.y),
        corner(label.x, label.bottom()),
        corner(label.right(), label.bottom()),
    ];
    let reach = |own: (u32, u32), of: fn(&Point) -> f32, most: u32| {
        let low = corners.iter().map(of).fold(own.0 as f32, f32::min).max(0.0) as u32;
        let high = corners.iter().map(of).fold((own.0 + own.1) as f32, f32::max) as u32;
        (low, high.min(most).saturating_sub(low))
    };
    let (left, width) = reach((x, width), |p| p.x, found.bits.width());
    let (top, height) = reach((y, height), |p| p.y, found.bits.height());
    [left, top, width, height]
}

/// The scores from the archived pixels, less the background.
fn scores(placed: &Placed) -> Vec<MarkScore> {
    let raw: Vec<MarkScore> = placed.ovals.iter().map(|oval| oval.score(&placed.found.bits, &placed.streaks)).collect();
    let ink = less_background(placed.columns(), raw.iter().map(|score| score.ink).collect());
    let outside = less_background(placed.columns(), raw.iter().map(|score| score.outside).collect());
    let rest = raw.into_iter().zip(ink.into_iter().zip(outside));
    rest.map(|(score, (ink, outside))| MarkScore { ink, outside, ..score }).collect()
}

/// An oval that lies further than this from where the others of its side say is looked for in vain: it is filled or
/// scribbled over. Micrometres.
const STRAY: f32 = 250.0;

/// The ovals of a side where they are on its image, and of each whether its outline is there.
fn fitted(expected: &[Oval], found: &Found, shape: OvalShape) -> (Vec<Oval>, Vec<bool>) {
    let fitted: Vec<Oval> = expected.iter().map(|oval| oval.found(&found.bits, shape)).collect();
    let shift = |get: fn(Point) -> f32| {
        let pairs = expected.iter().zip(&fitted).filter(|(_, fitted)| fitted.is_seen());
        let mut all: Vec<f32> = pairs.map(|(expected, fitted)| get(fitted.centre - expected.centre)).collect();
        all.sort_by(f32::total_cmp);
        all.get(all.len() / 2).copied().unwrap_or(0.0)
    };
    let shift = Point { x: shift(|p| p.x), y: shift(|p| p.y) };
    let near = STRAY * found.grid.scale;
    let choose = |(expected, fitted): (&Oval, Oval)| {
        let usual = expected.centre + shift;
        let good = fitted.is_seen() && (fitted.centre - usual).length() <= near;
        (if good { fitted } else { fitted.moved(usual) }, good)
    };
    expected.iter().zip(fitted).map(choose).unzip()
}

/// With fewer ovals that are not filled than this, what is seen of them says little of the sheet.
const LEAST_OUTLINES: usize = 6;

/// So many of the ovals that are not filled must show their outline where the marks say, in percent: with fewer, the marks of
/// an edge were taken for their neighbours, or the print has failed.
const OUTLINES_SEEN: usize = 34;

/// An oval with this much ink is filled; its outline cannot be told from the filling.
const FILLED: u16 = 400;

/// Where so many of the other ovals that are not filled show their outline, in percent, the print is good, and one that shows
/// only a part of its own is not there: it lies in a fold or was torn out.
const GOOD_PRINT: usize = 90;

/// Fewer points of an outline than this, of 32, are specks: a print that is too pale to show outlines still leaves pieces of
/// them, and where there is no oval there is next to nothing.
const PIECES: i32 = 8;

/// Are the ovals where the marks say? Those that are not there hide what was in them. Each is judged by itself: a sheet of few
/// ovals, or one that lost many, is not read more readily than one that lost a single oval.
fn outlined(scores: &mut [MarkScore], ovals: &[Oval], seen: &[bool], side: Side) -> Result<(), Rejection> {
    let is_open = |score: &MarkScore| score.ink < FILLED;
    let expected = scores.iter().filter(|score| is_open(score)).count();
    let found = scores.iter().zip(seen).filter(|(score, seen)| is_open(score) && **seen).count();
    if expected >= LEAST_OUTLINES && found * 100 < expected * OUTLINES_SEEN {
        return Err(Rejection::Ovals { side, found: found as u16, expected: expected as u16 });
    }
    let is_good = found * 100 >= expected.saturating_sub(1) * GOOD_PRINT;
    for ((score, oval), seen) in scores.iter_mut().zip(ovals).zip(seen) {
        if is_open(score) && !seen && (is_good || oval.seen < PIECES) {
            score.hidden = GONE;
        }
    }
    Ok(())
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

/// Scores less the background of their column, which a dirty roller or bleeding print leaves; where a column has too
/// few ovals to tell, less that of the side.
fn less_background(columns: impl Iterator<Item = u32>, scores: Vec<u16>) -> Vec<u16> {
    let mut by_column: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    columns.enumerate().for_each(|(i, column)| by_column.entry(column).or_default().push(i));
    let of_side = background(scores.iter().copied()).unwrap_or(0);
    let mut less = scores.clone();
    for column in by_column.values() {
        let background = background(column.iter().map(|&i| scores[i])).unwrap_or(of_side);
        column.iter().for_each(|&i| less[i] = scores[i].saturating_sub(background));
    }
    less
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which ovals are gone, by the points seen of their outlines and the ink in them.
    fn gone(ovals: &[(i32, u16)]) -> Result<Vec<bool>, Rejection> {
        let (across, down) = (Point { x: 0.008, y: 0.0 }, Point { x: 0.0, y: 0.008 });
        let of =
            |&(seen, _): &(i32, u16)| Oval { centre: Point::default(), seen, half: (2_500.0, 1_600.0), across, down };
        let placed: Vec<Oval> = ovals.iter().map(of).collect();
        let seen: Vec<bool> = placed.iter().map(Oval::is_seen).collect();
        let mut scores: Vec<MarkScore> =
            ovals.iter().map(|&(_, ink)| MarkScore { ink, ..MarkScore::default() }).collect();
        outlined(&mut scores, &placed, &seen, Side::Front)?;
        Ok(scores.iter().map(|score| score.hidden == GONE).collect())
    }

    fn open(seen: &[i32]) -> Vec<(i32, u16)> {
        seen.iter().map(|&seen| (seen, 0)).collect()
    }

    #[test]
    fn bi4_an_oval_without_an_outline_is_gone_on_a_sheet_of_any_size() {
        assert_eq!(gone(&open(&[32, 0])), Ok(vec![false, true]), "one of two");
        assert_eq!(gone(&open(&[PIECES - 1; 5])), Ok(vec![true; 5]), "all of a few");
        assert_eq!(
            gone(&open(&[32, 32, 32, 15])),
            Ok(vec![false, false, false, true]),
            "half of one, where all else is whole"
        );
        assert_eq!(
            gone(&[(0, FILLED), (0, FILLED - 1)]),
            Ok(vec![false, true]),
            "a filled one has no outline to be seen"
        );
    }

    #[test]
    fn bi4_a_sheet_that_lost_many_ovals_is_not_read_more_readily() {
        let of = |rest: i32| gone(&open(&[&[32; 6][..], &[rest; 4]].concat()));
        assert_eq!(of(PIECES - 1), Ok([[false; 6].as_slice(), &[true; 4]].concat()), "four of ten");
        assert_eq!(of(PIECES), Ok(vec![false; 10]), "pieces of outlines, as low toner leaves");
        let refused = Err(Rejection::Ovals { side: Side::Front, found: 2, expected: 6 });
        assert_eq!(gone(&open(&[32, 32, 0, 0, 0, 0])), refused, "a third");
    }
}
