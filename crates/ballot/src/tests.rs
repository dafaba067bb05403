//! Sheets of known truth, scanned in every way: read right, or not at all.

use election::{Coded, ContestKind, Digest, Mode, OptionId};

use crate::testing::definition;
use crate::testing::paper::{Dice, Paper, Pen, Scan, mirrored, sheet};
use crate::*;

mod damage;

fn design(contests: &[(ContestKind, u16, u16)]) -> Design {
    Design::new(&definition(contests), Digest::of(b"test")).unwrap()
}

/// Eight lists of twenty candidates.
fn usual() -> Design {
    design(&[(ContestKind::OpenList, 8, 20)])
}

fn id(text: &str) -> OptionId {
    text.parse().unwrap()
}

/// List 3 and candidate 12, filled.
fn vote() -> Vec<(OptionId, Pen)> {
    vec![(id("c1_list3"), Pen::Filled), (id("n12"), Pen::Filled)]
}

fn scanned(papers: &[Paper], scan: Scan) -> Vec<Gray> {
    (1..).zip(papers).map(|(seed, paper)| scan.of(paper, seed)).collect()
}

fn read_all(images: &[Gray], design: &Design) -> SheetReading {
    read(&images[0], images.get(1), design)
}

/// Reads, and holds against the truth: whoever was meant is marked, nobody else is, unless in doubt.
fn held(design: &Design, papers: &[Paper], truth: &[(OptionId, Pen)], scan: Scan) -> SheetReading {
    let reading = read_all(&scanned(papers, scan), design);
    if let Some(sheet) = reading.sheet() {
        for mark in &sheet.marks {
            let meant = truth.iter().any(|(option, pen)| {
                *option == mark.option && !matches!(pen, Pen::Dot(_) | Pen::Circled | Pen::Beside | Pen::Erased)
            });
            let wrong = (mark.class == Class::Marked) != meant && mark.class != Class::Ambiguous;
            assert!(!wrong, "{scan:?} {mark:?}");
        }
        let archived = reading.archived.as_ref().unwrap();
        let again = read_archived(&archived.front, archived.back.as_ref(), design);
        let scores = |reading: &SheetReading| -> Vec<(u16, u16, u16)> {
            reading
                .sheet()
                .map(|s| s.marks.iter().map(|m| (m.score.ink, m.score.outside, m.score.around)).collect())
                .unwrap_or_default()
        };
        assert_eq!(scores(&again), scores(&reading), "{scan:?}: the archived image reads the same");
        assert_eq!(again.archived, reading.archived);
    }
    reading
}

fn is_read(reading: &SheetReading, what: impl std::fmt::Debug) {
    assert!(reading.sheet().is_some(), "{what:?}: {:?}", reading.rejection());
}

#[test]
fn a_clean_sheet_is_read_without_doubt() {
    let design = usual();
    let papers = sheet(&design, 0, &vote(), 1);
    let reading = held(&design, &papers, &vote(), Scan::default());
    let contest = &reading.sheet().unwrap().contests[0];
    assert_eq!((contest.marked.clone(), contest.ambiguous.len()), (vec![id("c1_list3"), id("n12")], 0));
    assert_eq!(contest.state, ContestState::Valid);
    let archived = reading.archived.clone().unwrap();
    let png = archived.front.to_png();
    assert!(png.len() < 60_000, "{}", png.len());
    let again = read_archived(&Bits::from_png(&png).unwrap(), None, &design);
    assert_eq!(again.sheet().unwrap().contests[0], *contest);
}

#[test]
fn sheets_are_read_in_every_way_they_lie() {
    let design = usual();
    let papers = sheet(&design, 0, &vote(), 2);
    for turns in 0..4 {
        for (angle, bed) in [(0.0, 236), (4.9, 20), (-4.9, 236), (2.0, 20)] {
            let scan = Scan { turns, angle, bed, margin: 12.0, ..Scan::default() };
            let reading = held(&design, &papers, &vote(), scan);
            is_read(&reading, scan);
            assert_eq!(reading.sheet().unwrap().contests[0].state, ContestState::Valid, "{scan:?}");
        }
    }
}

#[test]
fn sheets_are_read_stretched_sheared_shaded_and_at_any_resolution() {
    let design = usual();
    let papers = sheet(&design, 0, &vote(), 3);
    let plain = Scan::default();
    for scan in [
        Scan { dpi: 150, ..plain },
        Scan { dpi: 150, angle: 3.0, bed: 10, margin: 10.0, ..plain },
        Scan { dpi: 300, angle: -1.3, ..plain },
        Scan { dpi: 600, angle: 0.4, noise: 0, ..plain },
        Scan { stretch: 10.0, shear: 10.0, margin: 3.0, ..plain },
        Scan { stretch: -10.0, shear: -10.0, angle: 1.0, margin: 3.0, ..plain },
        Scan { shadow: 70.0, ..plain },
        Scan { noise: 25, ..plain },
    ] {
        let reading = held(&design, &papers, &vote(), scan);
        is_read(&reading, scan);
        assert_eq!(reading.sheet().unwrap().contests[0].state, ContestState::Valid, "{scan:?}");
    }
}

#[test]
fn folds_tears_and_punched_holes_are_read_or_refused() {
    let design = usual();
    let mut papers = sheet(&design, 0, &vote(), 4);
    let damaged = &mut papers[0];
    // A torn corner, a fold over a row of marks, two holes on the left.
    damaged.fill(&Rect { x: 0, y: 0, width: 14_000, height: 11_000 }, 236);
    damaged.fill(&Rect { x: 0, y: 147_000, width: 210_000, height: 1_500 }, 200);
    for y in [108_500, 188_500] {
        damaged.fill(&Rect { x: 6_000, y: y - 3_000, width: 6_000, height: 6_000 }, 236);
    }
    for angle in [0.0, 1.5] {
        let scan = Scan { angle, margin: 5.0, ..Scan::default() };
        is_read(&held(&design, &papers, &vote(), scan), scan);
    }
    // Half of the left edge is gone: which edge, and which mark is the first.
    papers[0].fill(&Rect { x: 0, y: 100_000, width: 12_000, height: 197_000 }, 236);
    let reading = held(&design, &papers, &vote(), Scan::default());
    match reading.rejection() {
        Some(Rejection::TimingMarks { side: Side::Front, edge: Edge::Left, found, expected: 57, first: 1 }) => {
            assert!(*found < 25, "{found}");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(reading.reason(), Some("image.timing_marks"));
}

#[test]
fn bi1_a_sheet_lying_wrongly_is_read_right_or_refused() {
    let two_sided = design(&[(ContestKind::OpenList, 60, 80)]);
    let truth = vec![(id("c1_list3"), Pen::Filled), (id("n77"), Pen::Cross)];
    let images = scanned(&sheet(&two_sided, 0, &truth, 5), Scan::default());
    let straight = read(&images[0], Some(&images[1]), &two_sided);
    let swapped = read(&images[1], Some(&images[0]), &two_sided);
    is_read(&straight, "straight");
    assert!(swapped.sheet().unwrap().swapped && !straight.sheet().unwrap().swapped);
    assert_eq!(swapped.sheet().unwrap().marks, straight.sheet().unwrap().marks);
    assert_eq!(swapped.archived, straight.archived, "the archive has front and back right");

    let refused = |reading: SheetReading| reading.reason().unwrap();
    let among_others = swapped.front_first(&two_sided);
    assert_eq!(among_others.archived, straight.archived, "the images are kept");
    assert_eq!(refused(among_others), "sheet.order");
    assert_eq!(straight.clone().front_first(&two_sided), straight);
    assert_eq!(refused(read(&mirrored(&images[0]), Some(&images[1]), &two_sided)), "image.mirrored");
    assert_eq!(refused(read(&images[0], Some(&images[0]), &two_sided)), "sheet.sides");
    assert_eq!(refused(read(&images[0], None, &two_sided)), "sheet.missing_side");
    assert_eq!(refused(read(&images[1], None, &two_sided)), "sheet.missing_side");

    let other = Design { fingerprint: Digest::of(b"another"), ..two_sided.clone() };
    assert_eq!(refused(read_all(&images, &other)), "qr.election");
    let official = Design { mode: Mode::Official, ..two_sided.clone() };
    assert_eq!(refused(read_all(&images, &official)), "qr.mode");
    let mut elsewhere = two_sided.clone();
    elsewhere.layouts[0].style = id("basra").as_str().parse().unwrap();
    assert_eq!(refused(read_all(&images, &elsewhere)), "qr.style");
}

#[test]
fn bi1_a_blank_back_is_no_obstacle_and_a_second_ballot_is() {
    let design = usual();
    let images = scanned(&sheet(&design, 0, &vote(), 6), Scan::default());
    let blank = Gray { pixels: vec![230; images[0].pixels.len()], ..images[0] };
    is_read(&read(&images[0], Some(&blank), &design), "blank back");
    let swapped = read(&blank, Some(&images[0]), &design);
    assert!(swapped.sheet().unwrap().swapped);
    assert_eq!(swapped.clone().front_first(&design), swapped, "one printed side is one voter's");
    let again = read_archived(
        &swapped.archived.as_ref().unwrap().front,
        swapped.archived.as_ref().unwrap().back.as_ref(),
        &design,
    );
    assert_eq!(again.sheet().unwrap().contests, swapped.sheet().unwrap().contests);
    assert_eq!(read(&images[0], Some(&images[0]), &design).reason(), Some("sheet.sides"));
    assert_eq!(read(&blank, None, &design).reason(), Some("image.no_sheet"));
}

#[test]
fn bi2_a_damaged_code_stops_its_own_ballot_only() {
    let design = usual();
    let good = sheet(&design, 0, &vote(), 7);
    let mut bad = good.clone();
    bad[0].fill(&Rect { x: 20_000, y: 15_000, width: 13_000, height: 15_000 }, 30);
    let results: Vec<_> = [&good, &bad, &good, &good]
        .into_iter()
        .map(|papers| read_all(&scanned(papers, Scan::default()), &design))
        .collect();
    assert_eq!(results[1].reason(), Some("qr.unreadable"));
    assert!(results[1].archived.is_some(), "the image is kept");
    assert_eq!(results[0], results[2]);
    assert_eq!(results[0], results[3]);
    is_read(&results[0], "before");

    let mut foreign = good;
    let code = fast_qr::qr::QRBuilder::new("https://example.org/").build().unwrap();
    foreign[0].fill(&Rect { x: 14_000, y: 11_000, width: 24_000, height: 24_000 }, 236);
    for y in 0..code.size {
        for x in 0..code.size {
            if code[y][x].value() {
                let size = 800;
                foreign[0].fill(
                    &Rect { x: 16_000 + x as u32 * size, y: 13_000 + y as u32 * size, width: size, height: size },
                    30,
                );
            }
        }
    }
    assert_eq!(read_all(&scanned(&foreign, Scan::default()), &design).reason(), Some("qr.foreign"));
}

#[test]
fn bi4_what_people_must_judge_is_never_guessed() {
    let design = usual();
    for (pen, doubt) in [
        (Pen::Dot(1_100), Doubt::Between),
        // Dark enough for a mark, and still a dot.
        (Pen::Dot(1_500), Doubt::Between),
        (Pen::Circled, Doubt::Outside),
        (Pen::Beside, Doubt::Outside),
        (Pen::Erased, Doubt::Erased),
    ] {
        for option in ["c1_list1", "c1_list8", "n1", "n20"] {
            let truth = vec![(id(option), pen)];
            let reading = held(&design, &sheet(&design, 0, &truth, 8), &truth, Scan::default());
            is_read(&reading, pen);
            let contest = &reading.sheet().unwrap().contests[0];
            assert_eq!((contest.marked.len(), &contest.ambiguous[..]), (0, &[id(option)][..]), "{pen:?}");
            assert_eq!(contest.state, ContestState::Ambiguous);
            let mark = reading.sheet().unwrap().marks.iter().find(|m| m.option == id(option)).unwrap();
            assert_eq!(mark.doubt, Some(doubt), "{mark:?}");
        }
    }
}

#[test]
fn bi4_an_oval_that_is_not_there_is_people_s_to_judge() {
    let design = usual();
    let gone = id("c1_list5");
    let oval = design.layouts[0].front.bubbles.iter().find(|bubble| bubble.option == gone).unwrap().oval;
    let around = Rect { x: oval.x - 1_400, y: oval.y - 1_400, width: oval.width + 2_800, height: oval.height + 2_800 };
    // Torn out, on a white bed and on a black one.
    for shade in [245, 10] {
        let mut papers = sheet(&design, 0, &vote(), 12);
        papers[0].fill(&around, shade);
        let reading = held(&design, &papers, &vote(), Scan::default());
        is_read(&reading, shade);
        let doubts = reading.sheet().unwrap().marks.iter().filter(|mark| mark.doubt == Some(Doubt::Gone));
        assert_eq!(doubts.map(|mark| &mark.option).collect::<Vec<_>>(), [&gone], "{shade}");
    }
}

#[test]
fn bi4_every_pen_counts_the_same_in_every_place() {
    let design = usual();
    let options: Vec<OptionId> = design.layouts[0].front.bubbles.iter().map(|b| b.option.clone()).collect();
    for pen in [Pen::Filled, Pen::Scribbled, Pen::Tick, Pen::Cross, Pen::Pencil(130)] {
        let truth: Vec<_> = options.iter().map(|option| (option.clone(), pen)).collect();
        let reading = held(&design, &sheet(&design, 0, &truth, 9), &truth, Scan { angle: 1.0, ..Scan::default() });
        is_read(&reading, pen);
        let sheet = reading.sheet().unwrap();
        assert!(sheet.marks.iter().all(|m| m.class == Class::Marked), "{pen:?} {:?}", sheet.marks);
        let scores: Vec<u16> = sheet.marks.iter().map(|m| m.score.ink).collect();
        let (least, most) = (scores.iter().min().unwrap(), scores.iter().max().unwrap());
        assert!(most - least < 170, "{pen:?}: from {least} to {most}");
    }
}

#[test]
fn bi5_streaks_are_seen_through_or_stop_the_scanner() {
    let design = usual();
    let papers = sheet(&design, 0, &vote(), 10);
    let image = Scan::default().of(&papers[0], 1);
    let streaked = |from: u32, width: u32, shade: u8| {
        let mut image = image.clone();
        for row in image.pixels.chunks_mut(image.width as usize) {
            row[from as usize..(from + width) as usize].fill(shade);
        }
        read(&image, None, &design)
    };
    // Through the timing marks, the ovals of the lists, the numbers, and beside all.
    for at in [80, 1_560, 1_565, 1_555, 1_450, 700, 400] {
        for width in 1..=3 {
            for shade in [10, 250] {
                let reading = streaked(at, width, shade);
                is_read(&reading, (at, width, shade));
                for mark in &reading.sheet().unwrap().marks {
                    let meant = vote().iter().any(|(option, _)| *option == mark.option);
                    assert!(mark.class == Class::Ambiguous || (mark.class == Class::Marked) == meant, "{at} {mark:?}");
                }
            }
        }
    }
    let oval = &design.layouts[0].front.bubbles[0].oval;
    let at = oval.centre().0 * 200 / 25_400;
    let streaked = streaked(at - 5, 12, 10);
    assert_eq!(streaked.rejection().map(Coded::code), Some("image.streak"));
    match streaked.rejection() {
        Some(Rejection::Streak { side: Side::Front, column, width }) => {
            assert!(column.abs_diff(at - 5) <= 1 && width.abs_diff(12) <= 2, "{column} {width}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn bi1_a_sheet_whose_ovals_are_elsewhere_is_refused() {
    // The same code and marks, and ovals half a row lower: a misprint, or marks of an edge that were taken for others.
    let design = usual();
    let mut other = design.clone();
    other.layouts[0].front.bubbles.iter_mut().for_each(|bubble| bubble.oval.y += 2_500);
    let images = scanned(&sheet(&other, 0, &vote(), 14), Scan::default());
    let reading = read_all(&images, &design);
    assert_eq!(reading.rejection().map(Coded::code), Some("image.ovals"));
    match reading.rejection() {
        Some(Rejection::Ovals { side: Side::Front, found, expected }) => assert!(*found < 3 && *expected > 20),
        other => panic!("{other:?}"),
    }
    is_read(&read_all(&images, &other), "by its own design");
}

#[test]
fn bi5_half_an_image_is_refused() {
    let design = usual();
    let image = Scan { bed: 20, margin: 8.0, ..Scan::default() }.of(&sheet(&design, 0, &vote(), 11)[0], 1);
    for keep in [93, 80, 60, 50, 40] {
        let height = image.height * keep / 100;
        let upper = Gray { height, pixels: image.pixels[..(height * image.width) as usize].to_vec(), ..image };
        let reading = read(&upper, None, &design);
        let reason = reading.reason().unwrap_or("read");
        let named = ["image.half", "image.timing_marks", "image.no_sheet"].contains(&reason);
        assert!(named, "{keep} %: {reason}");
        let mut cut = image.clone();
        let from = (height * image.width) as usize;
        cut.pixels[from..].fill(20);
        let reason = read(&cut, None, &design).reason().unwrap_or("read");
        assert!(["image.half", "image.timing_marks", "image.no_sheet"].contains(&reason), "{keep} %: {reason}");
    }
}

/// A sheet whose code is covered and whose paper is strewn with the squares that codes are found by: looking at every
/// three of them would keep the scanner for minutes. The same sheet as a photo of a slip.
#[test]
fn bi5_a_sheet_strewn_with_finder_patterns_stops_no_scanner() {
    let design = usual();
    let mut paper = sheet(&design, 0, &vote(), 7);
    paper[0].fill(&Rect { x: 14_000, y: 11_000, width: 24_000, height: 24_000 }, 236);
    for (x, y) in (16..184).step_by(4).flat_map(|x| (40..270).step_by(4).map(move |y| (x * 1_000, y * 1_000))) {
        for (inset, shade) in [(0, 30), (500, 236), (1_000, 30)] {
            let width = 3_500 - 2 * inset;
            paper[0].fill(&Rect { x: x + inset, y: y + inset, width, height: width }, shade);
        }
    }
    let images = scanned(&paper, Scan::default());
    let reading = read_all(&images, &design);
    assert!(reading.reason().is_some(), "{reading:?}");
    assert_eq!(codes(&images[0], |_| false), Vec::<String>::new());
}

#[test]
fn bi8_blank_over_and_all_marked_are_recorded_as_such() {
    let design = design(&[(ContestKind::OpenList, 8, 20), (ContestKind::Candidates { vote_for: 2 }, 0, 6)]);
    let filled = |options: &[&str]| -> Vec<(OptionId, Pen)> { options.iter().map(|o| (id(o), Pen::Filled)).collect() };
    let states = |truth: &[(OptionId, Pen)]| {
        let reading = held(&design, &sheet(&design, 0, truth, 12), truth, Scan::default());
        is_read(&reading, truth);
        let contests = &reading.sheet().unwrap().contests;
        let marked: usize = contests.iter().map(|c| c.marked.len()).sum();
        assert_eq!(marked, truth.len());
        [contests[0].state, contests[1].state]
    };
    use ContestState::{Blank, Overvoted, Valid};
    assert_eq!(states(&[]), [Blank, Blank]);
    assert_eq!(states(&filled(&["c1_list1", "c2_1"])), [Valid, Valid]);
    assert_eq!(states(&filled(&["c1_list1", "c1_list2", "c2_1", "c2_2"])), [Overvoted, Valid]);
    assert_eq!(
        states(&filled(&["n3", "c2_1", "c2_2", "c2_5"])),
        [Valid, Overvoted],
        "a number alone: tally knows its worth"
    );
    let all: Vec<_> = design.layouts[0].front.bubbles.iter().map(|b| (b.option.clone(), Pen::Filled)).collect();
    assert_eq!(states(&all), [Overvoted, Overvoted]);
}

#[test]
fn no_reading_is_wrong_on_rough_scans() {
    let design = design(&[(ContestKind::OpenList, 24, 50)]);
    let options: Vec<OptionId> = design.layouts[0].front.bubbles.iter().map(|b| b.option.clone()).collect();
    let mut dice = Dice(99);
    let (mut read, mut doubts, mut marks) = (0, 0, 0);
    const SHEETS: u64 = 24;
    for seed in 0..SHEETS {
        let pens = [Pen::Filled, Pen::Scribbled, Pen::Tick, Pen::Cross, Pen::Pencil(120)];
        let truth: Vec<_> = options
            .iter()
            .filter(|_| dice.roll(8) == 0)
            .cloned()
            .collect::<Vec<_>>()
            .into_iter()
            .map(|option| (option, pens[dice.roll(5) as usize]))
            .collect();
        let papers = sheet(&design, 0, &truth, seed);
        let scan = Scan {
            dpi: [150, 200, 200, 240, 300][dice.roll(5) as usize],
            angle: dice.swing() * 5.0,
            shear: dice.swing() * 10.0,
            stretch: dice.swing() * 10.0,
            bed: [15, 236][dice.roll(2) as usize],
            margin: 10.0,
            turns: dice.roll(4) as u8,
            noise: dice.roll(25),
            shadow: dice.roll(60) as f32,
        };
        let reading = held(&design, &papers, &truth, scan);
        if let Some(sheet) = reading.sheet() {
            read += 1;
            marks += sheet.marks.len();
            doubts += sheet.marks.iter().filter(|m| m.class == Class::Ambiguous).count();
        }
    }
    assert!(read >= SHEETS * 9 / 10, "{read} read");
    assert!(doubts * 200 < marks, "{doubts} of {marks} in doubt");
}

#[test]
fn every_stage_has_a_picture() {
    let design = usual();
    let papers = sheet(&design, 0, &vote(), 13);
    let image = Scan { dpi: 150, ..Scan::default() }.of(&papers[0], 1);
    let pictures = debug::pictures(&image, None, &design);
    let names: Vec<&str> = pictures.iter().map(|(name, _)| name.as_str()).collect();
    let stages = ["1-threshold", "2-shapes", "3-marks", "4-grid", "5-ovals"].map(|stage| format!("front-{stage}.png"));
    assert_eq!(names, stages);
    for (name, bytes) in &pictures {
        let picture = decode(bytes).unwrap();
        assert_eq!((picture.width, picture.height), (image.width, image.height), "{name}");
    }
    let blank = Gray { pixels: vec![240; image.pixels.len()], ..image };
    assert_eq!(debug::pictures(&blank, None, &design).len(), 1, "what there is of a sheet that is not one");
}
