//! Holes in ovals, tears through them, and ovals that something lies over.

use super::*;

/// Everything nearer than `reach` to (`x`, `y`) that is `on` it, seen from there, becomes so bright; micrometres.
fn cut(paper: &mut Paper, (x, y): (f32, f32), reach: f32, shade: u8, on: impl Fn(f32, f32) -> bool) {
    let width = paper.width;
    for (i, pixel) in paper.pixels.iter_mut().enumerate() {
        let (dx, dy) = ((i % width) as f32 * 100.0 + 50.0 - x, (i / width) as f32 * 100.0 + 50.0 - y);
        if dx * dx + dy * dy <= reach * reach && on(dx, dy) {
            *pixel = shade;
        }
    }
}

/// Ovals far from each other, where they are.
fn some(design: &Design) -> Vec<(OptionId, (f32, f32))> {
    let place = |oval: &Rect| (oval.centre().0 as f32, oval.centre().1 as f32);
    design.layouts[0].front.bubbles.iter().step_by(4).map(|b| (b.option.clone(), place(&b.oval))).collect()
}

/// Reads an unmarked sheet with this damage: each oval that has it is in doubt, and none is marked.
fn doubted(design: &Design, paper: Paper, damaged: &[OptionId], dpi: u32) {
    let scan = Scan { dpi, bed: 10, margin: 5.0, ..Scan::default() };
    let reading = held(design, &[paper], &[], scan);
    is_read(&reading, scan);
    for mark in reading.sheet().unwrap().marks.iter().filter(|mark| damaged.contains(&mark.option)) {
        assert_eq!(mark.class, Class::Ambiguous, "{dpi} dpi: {mark:?}");
    }
}

#[test]
fn bi4_a_hole_through_an_oval_on_a_black_bed_is_no_mark() {
    let design = usual();
    let ovals = some(&design);
    let aside =
        [(0.0, 0.0), (600.0, 0.0), (0.0, 600.0), (-700.0, 400.0), (1_500.0, 0.0), (0.0, -1_500.0), (-2_500.0, 0.0)];
    assert_eq!(ovals.len(), aside.len());
    for (dpi, across) in [
        (200, 5_000.0),
        (300, 5_000.0),
        (600, 5_000.0),
        (150, 5_500.0),
        (150, 6_000.0),
        (200, 6_000.0),
        (300, 6_600.0),
        (200, 8_000.0),
    ] {
        let mut paper = sheet(&design, 0, &[], 15).remove(0);
        for ((_, (x, y)), (dx, dy)) in ovals.iter().zip(aside) {
            cut(&mut paper, (x + dx, y + dy), across / 2.0, 10, |_, _| true);
        }
        let damaged: Vec<OptionId> = ovals.iter().map(|(option, _)| option.clone()).collect();
        doubted(&design, paper, &damaged, dpi);
    }
}

#[test]
fn bi4_a_straight_tear_through_an_oval_on_a_black_bed_is_no_mark() {
    let design = usual();
    let ovals = some(&design);
    let shifts = [-900.0, -600.0, -300.0, 0.0, 300.0, 600.0, 900.0];
    assert_eq!(ovals.len(), shifts.len());
    for (turn, dpi) in (0..8).zip([200, 150, 300].into_iter().cycle()) {
        let (sin, cos) = (turn as f32 * std::f32::consts::FRAC_PI_4).sin_cos();
        let mut paper = sheet(&design, 0, &[], 16).remove(0);
        for ((_, place), shift) in ovals.iter().zip(shifts) {
            cut(&mut paper, *place, 4_000.0, 10, |dx, dy| dx * cos + dy * sin > shift);
        }
        let damaged: Vec<OptionId> = ovals.iter().map(|(option, _)| option.clone()).collect();
        doubted(&design, paper, &damaged, dpi);
    }
}

/// The doubts of an unmarked sheet on which a white slip lies over these ovals.
fn covered(design: &Design, ovals: std::ops::Range<usize>) -> Vec<Option<Doubt>> {
    let mut paper = sheet(design, 0, &[], 17).remove(0);
    for Rect { x, y, width, height } in design.layouts[0].front.bubbles[ovals].iter().map(|bubble| bubble.oval) {
        paper.fill(&Rect { x: x - 1_400, y: y - 1_400, width: width + 2_800, height: height + 2_800 }, 245);
    }
    let reading = held(design, &[paper], &[], Scan::default());
    is_read(&reading, "covered");
    reading.sheet().unwrap().marks.iter().map(|mark| mark.doubt).collect()
}

#[test]
fn bi4_covered_ovals_are_people_s_to_judge_on_a_small_ballot() {
    let two = design(&[(ContestKind::Candidates { vote_for: 1 }, 0, 2)]);
    assert_eq!(covered(&two, 1..2), [None, Some(Doubt::Gone)]);
    assert_eq!(covered(&two, 0..2), [Some(Doubt::Gone); 2]);
    let five = design(&[(ContestKind::Candidates { vote_for: 1 }, 0, 5)]);
    assert_eq!(covered(&five, 0..5), [Some(Doubt::Gone); 5]);
}

#[test]
fn bi4_covered_ovals_are_people_s_to_judge_where_many_are_covered() {
    let doubts = covered(&usual(), 10..16);
    let gone: Vec<usize> = (0..doubts.len()).filter(|&i| doubts[i] == Some(Doubt::Gone)).collect();
    assert_eq!(gone, [10, 11, 12, 13, 14, 15], "{doubts:?}");
}
