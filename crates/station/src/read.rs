//! Reading scanned sheets with the room that knows the layout.

use ballot::{Bits, Class, Design, Gray, SheetReading, read, with_images};
use election::{Coded, ContestId, Lang, Text};

use crate::record::{ContestMarks, Reading, Score};
use crate::scan::{Read, Reader, Sheet, Unreadable};

/// Reads sheets of one election as it was printed.
#[derive(Clone, Debug)]
pub struct BallotReader {
    /// The design of every sheet.
    pub design: Design,
}

/// Codes of sheets that are plainly of another election, mode or definition.
const FOREIGN: [&str; 4] = ["qr.election", "qr.mode", "qr.style", "qr.foreign"];

impl Reader for BallotReader {
    fn read(&self, sheet: &Sheet) -> Result<Read, Unreadable> {
        let refused = |rejection: &ballot::Rejection| Unreadable {
            code: rejection.code().into(),
            misfed: !sheet.alone && matches!(rejection, ballot::Rejection::Order | ballot::Rejection::Sides),
            words: Text { ar: rejection.say(Lang::Ar), ckb: rejection.say(Lang::Ckb), en: rejection.say(Lang::En) },
            foreign: FOREIGN.contains(&rejection.code()),
        };
        let files: Vec<&[u8]> =
            [Some(&sheet.front), sheet.back.as_ref()].into_iter().flatten().map(|f| &f[..]).collect();
        let read = with_images(&files, |images| {
            let reading = read(&images[0], images.get(1), &self.design);
            let reading = if sheet.alone { reading } else { reading.front_first(&self.design) };
            let SheetReading { outcome, archived } = reading;
            let read = outcome?;
            let archived = archived.ok_or(ballot::Rejection::NoSheet(ballot::Side::Front))?;
            Ok(kept(read, &archived, images))
        });
        read.and_then(|read| read).map_err(|rejection| refused(&rejection))
    }
}

/// What is kept of a sheet that was read.
fn kept(read: ballot::Sheet, archived: &ballot::Archived, images: &[Gray]) -> Read {
    let (front, back) = match (read.swapped, images) {
        (true, [back, front]) => (Some(front), Some(back)),
        _ => (images.first(), images.get(1)),
    };
    let crop = |contest: &ContestId| {
        let is_doubtful = |mark: &&ballot::Mark| mark.contest == *contest && mark.class == Class::Ambiguous;
        let mut doubtful: Vec<&ballot::Mark> = read.marks.iter().filter(is_doubtful).collect();
        // As the reading names them, and as they are asked for.
        doubtful.sort_by(|a, b| a.option.cmp(&b.option));
        let sides =
            [(ballot::Side::Front, Some(&archived.front), front), (ballot::Side::Back, archived.back.as_ref(), back)];
        (contest.clone(), png_gray(&stacked(&strips(&doubtful, &sides))))
    };
    let doubtful = read.contests.iter().filter(|contest| !contest.ambiguous.is_empty());
    let crops = doubtful.map(|contest| crop(&contest.contest)).collect();
    let images = [Some(&archived.front), archived.back.as_ref()].into_iter().flatten().map(Bits::to_png).collect();
    let sorted = |options: &[election::OptionId]| {
        let mut options = options.to_vec();
        options.sort();
        options
    };
    let contests = (read.contests.iter())
        .map(|contest| ContestMarks {
            contest: contest.contest.clone(),
            marked: sorted(&contest.marked),
            ambiguous: sorted(&contest.ambiguous),
        })
        .collect();
    let scores = (read.marks.into_iter())
        .map(|mark| Score { contest: mark.contest, option: mark.option, score: mark.score })
        .collect();
    Read { reading: Reading { style: read.style, sheet: read.sheet, contests, scores }, images, crops }
}

/// So many doubtful options of a contest are shown one by one in grey; of more, a slot would not hold the pictures, and the
/// part of the sheet is shown as it is archived.
const MOST_STRIPS: usize = 8;

/// What people are shown of doubtful options, one by one.
fn strips(doubtful: &[&ballot::Mark], sides: &[(ballot::Side, Option<&Bits>, Option<&Gray>); 2]) -> Vec<Gray> {
    let corners = |[x, y, width, height]: [u32; 4]| [x, y, x.saturating_add(width), y.saturating_add(height)];
    let on =
        |side: ballot::Side| doubtful.iter().filter(move |mark| mark.side == side).map(move |mark| corners(mark.shown));
    if doubtful.len() > MOST_STRIPS {
        let part = |(side, bits, _): &(ballot::Side, Option<&Bits>, Option<&Gray>)| {
            let all = on(*side).reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]);
            Some(cut((*bits)?, None, all?))
        };
        return sides.iter().filter_map(part).collect();
    }
    let strip = |mark: &&ballot::Mark| {
        let (_, bits, grey) = sides.iter().find(|(side, _, _)| *side == mark.side)?;
        Some(cut((*bits)?, *grey, corners(mark.shown)))
    };
    doubtful.iter().filter_map(strip).collect()
}

/// Pictures one below the other, with a line of grey between them.
fn stacked(strips: &[Gray]) -> Gray {
    const BETWEEN: usize = 3;
    let width = strips.iter().map(|strip| strip.width).max().unwrap_or(0);
    let mut pixels = Vec::new();
    for (i, strip) in strips.iter().enumerate() {
        if i > 0 {
            pixels.extend(std::iter::repeat_n(128, BETWEEN * width as usize));
        }
        for row in strip.pixels.chunks_exact(strip.width.max(1) as usize) {
            pixels.extend_from_slice(row);
            pixels.extend(std::iter::repeat_n(255, width as usize - row.len()));
        }
    }
    Gray { width, height: (pixels.len() / width.max(1) as usize) as u32, pixels }
}

/// A part of the sheet in grey. The scan may lie in another of the four orientations than the archived image, which
/// is upright: the one in which the archived black pixels are darkest is taken. Without a
/// scan of the same size the archived pixels themselves are shown.
fn cut(bits: &Bits, grey: Option<&Gray>, [left, top, right, bottom]: [u32; 4]) -> Gray {
    let (w, h) = (bits.width(), bits.height());
    let (right, bottom) = (right.min(w), bottom.min(h));
    let black = |x: u32, y: u32| bits.get(x as i32, y as i32);
    let at = |grey: &Gray, turn: u8, x: u32, y: u32| {
        let (x, y) = match turn {
            0 => (x, y),
            1 => (w - 1 - x, h - 1 - y),
            2 => (h - 1 - y, x),
            _ => (y, w - 1 - x),
        };
        grey.pixels[(y * grey.width + x) as usize]
    };
    let turns = |grey: &Gray| -> &[u8] {
        match (grey.width, grey.height) {
            size if size == (w, h) => &[0, 1],
            size if size == (h, w) => &[2, 3],
            _ => &[],
        }
    };
    let darkness = |grey: &Gray, turn: u8| -> u64 {
        let points = (0..h).step_by(7).flat_map(|y| (0..w).step_by(7).map(move |x| (x, y)));
        points.filter(|&(x, y)| black(x, y)).map(|(x, y)| u64::from(255 - at(grey, turn, x, y))).sum()
    };
    let best = grey.and_then(|grey| {
        let turn = turns(grey).iter().copied().max_by_key(|&turn| darkness(grey, turn))?;
        Some((grey, turn))
    });
    let pixels = (top..bottom).flat_map(|y| (left..right).map(move |x| (x, y))).map(|(x, y)| match best {
        Some((grey, turn)) => at(grey, turn, x, y),
        None if black(x, y) => 0,
        None => 255,
    });
    Gray { width: right.saturating_sub(left), height: bottom.saturating_sub(top), pixels: pixels.collect() }
}

/// A grey PNG without metadata.
fn png_gray(image: &Gray) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, image.width.max(1), image.height.max(1));
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&image.pixels));
    // Only an empty picture fails; then there is nothing to look at, and the paper itself must be.
    if written.is_ok() { bytes } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of 700 by 900 with one dark corner, so that each orientation is another picture.
    fn page() -> (Bits, Gray) {
        let (width, height) = (700, 900);
        let dark = |x: u32, y: u32| x < 200 && y < 100;
        let pixels = (0..height).flat_map(|y| (0..width).map(move |x| if dark(x, y) { 10 } else { 240 })).collect();
        let grey = Gray { width, height, pixels };
        let mut png = Vec::new();
        let mut encoder = png::Encoder::new(&mut png, width, height);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        let row = |y: u32| {
            (0..width.div_ceil(8))
                .map(move |byte| (0..8).map(|bit| u8::from(!dark(byte * 8 + bit, y)) << (7 - bit)).sum::<u8>())
        };
        let rows: Vec<u8> = (0..height).flat_map(row).collect();
        encoder.write_header().unwrap().write_image_data(&rows).unwrap();
        (Bits::from_png(&png).unwrap(), grey)
    }

    #[test]
    fn a_crop_is_upright_however_the_sheet_lay_on_the_scanner() {
        let (bits, grey) = page();
        let upright = cut(&bits, Some(&grey), [150, 50, 250, 150]);
        assert_eq!((upright.width, upright.height), (100, 100));
        assert_eq!((upright.pixels[0], upright.pixels[99 * 100 + 99]), (10, 240));
        let half = Gray { pixels: grey.pixels.iter().rev().copied().collect(), ..grey.clone() };
        assert_eq!(cut(&bits, Some(&half), [150, 50, 250, 150]), upright, "upside down");
        let at = |x: u32, y: u32| grey.pixels[(y * grey.width + x) as usize];
        let (w, h) = (grey.width, grey.height);
        let quarter = |pixel: &dyn Fn(u32, u32) -> u8| Gray {
            width: h,
            height: w,
            pixels: (0..w).flat_map(|y| (0..h).map(move |x| (x, y))).map(|(x, y)| pixel(x, y)).collect(),
        };
        for turned in [quarter(&|x, y| at(y, h - 1 - x)), quarter(&|x, y| at(w - 1 - y, x))] {
            assert_eq!(cut(&bits, Some(&turned), [150, 50, 250, 150]), upright, "lying on its side");
        }
        let without = cut(&bits, None, [150, 50, 250, 150]);
        assert_eq!((without.pixels[0], without.pixels[99 * 100 + 99]), (0, 255), "the archived pixels themselves");
        assert_eq!(cut(&bits, None, [690, 890, 9_000, 9_000]).pixels.len(), 100, "never beyond the page");
    }

    #[test]
    fn doubtful_options_are_shown_one_below_the_other_and_many_as_they_are_archived() {
        let (bits, grey) = page();
        let mark = |number: usize, shown: [u32; 4]| ballot::Mark {
            contest: "c".parse().unwrap(),
            option: format!("n{number}").parse().unwrap(),
            side: ballot::Side::Front,
            score: Default::default(),
            class: Class::Ambiguous,
            doubt: None,
            crop: shown,
            shown,
        };
        let sides = [(ballot::Side::Front, Some(&bits), Some(&grey)), (ballot::Side::Back, None, None)];
        let (dark, light) = (mark(1, [0, 0, 60, 20]), mark(2, [300, 300, 40, 10]));
        let shown = stacked(&strips(&[&dark, &light], &sides));
        assert_eq!((shown.width, shown.height), (60, 20 + 3 + 10));
        let at = |x: usize, y: usize| shown.pixels[y * 60 + x];
        assert_eq!([at(0, 0), at(59, 19), at(0, 21), at(0, 24), at(59, 24)], [10, 10, 128, 240, 255]);
        let many: Vec<ballot::Mark> = (0..30).map(|n| mark(n, [0, n as u32 * 20, 60, 20])).collect();
        let shown = stacked(&strips(&many.iter().collect::<Vec<_>>(), &sides));
        assert_eq!((shown.width, shown.height), (60, 600));
        assert!(shown.pixels.iter().all(|pixel| [0, 255].contains(pixel)), "archived pixels");
        assert_eq!(stacked(&[]).pixels.len(), 0);
    }

    #[test]
    fn what_is_no_image_is_refused_with_the_readers_code() {
        let design = Design {
            layouts: Vec::new(),
            marks: Default::default(),
            fingerprint: election::Digest([0; 32]),
            mode: election::Mode::Demo,
            limits: Default::default(),
            identity: ballot::Identity::SheetCode,
            ovals: ballot::OvalShape::Ellipse,
        };
        let sheet = Sheet { name: String::new(), front: b"GIF89a".to_vec(), back: None, alone: true };
        let refused = BallotReader { design }.read(&sheet).unwrap_err();
        assert_eq!((refused.code.as_str(), refused.foreign), ("image.decode", false));
        assert!(!refused.words.ar.is_empty() && refused.words.ar != refused.words.en);
    }
}
