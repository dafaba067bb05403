//! Hostile paper: each damage that paper and scanners do, at several strengths. A sheet is read right, or rejected with a
//! reason that names what failed; the table is printed with `--nocapture`, and stands in docs/reading.md.

mod common;

use ballot::{Rejection, read};
use common::hostile::{Hostile, Hostile::*, Scanned, hands, scan_sides};
use common::press::{Press, Score};
use election::{Coded as _, Lang};
use rayon::prelude::*;
use sanad_sim::Rng;
use sanad_sim::scanner::Wear;

/// What must come of a damage, besides that nothing is read wrong.
#[derive(Clone, Copy)]
enum Must {
    /// So many of 100 sheets are read, and of their ovals no more than [`DOUBTFUL`] are in doubt.
    Read(u64),
    /// So many are read; half of the marks are so pale that they may be in doubt.
    Pale(u64),
    /// No sheet is: one side has the damage, and the reason names that side, is one of these, and has these words in it.
    Reject(&'static [(&'static str, &'static str)]),
    /// Read or rejected: whether ovals, or what cannot be done without, are hidden is a matter of chance.
    Either,
}

use Must::*;

/// Of the ovals of sheets that must be read so many may be in doubt, in percent, besides those marked doubtfully: a reader that
/// doubts everything is never wrong.
const DOUBTFUL: u64 = 2;

/// A damage, how strong it is, and what must come of it.
type Row = (&'static str, &'static str, Hostile, Must);

/// An edge that is not all there, or the code.
const TORN: Must = Reject(&[("image.timing_marks", "timing marks found on the"), ("qr.unreadable", "QR code")]);

const TORN_RIGHT: Must = Reject(&[("image.timing_marks", "timing marks found on the right edge")]);

/// A mark too few on two edges, however evenly the others stand; or the sheet is too short by that.
const STEP_GONE: Must = Reject(&[("image.timing_marks", "edge; first missing: number"), SHORT]);
const SHORT: (&str, &str) = ("image.half", "part of the sheet is not on the image");

#[rustfmt::skip]
const TABLE: &[Row] = &[
    ("none", "–", Plain, Read(100)),
    ("orientation", "90°", Orientation(1), Read(100)),
    ("orientation", "180°", Orientation(2), Read(100)),
    ("orientation", "270°", Orientation(3), Read(100)),
    ("rotation, white bed", "+5°", Turned(5.0, 245), Read(95)),
    ("rotation, white bed", "−5°", Turned(-5.0, 245), Read(95)),
    ("rotation, black bed", "+2°", Turned(2.0, 10), Read(95)),
    ("rotation, black bed", "−2°", Turned(-2.0, 10), Read(95)),
    ("rotation, black bed", "+5°", Turned(5.0, 10), Read(95)),
    ("rotation, black bed", "−5°", Turned(-5.0, 10), Read(95)),
    ("rotation, white bed", "9°", Turned(9.0, 245), Either),
    ("stretch", "height +1 %", Stretched(10.0, 0.0), Read(95)),
    ("stretch", "height −1 %", Stretched(-10.0, 0.0), Read(95)),
    ("stretch", "width +1 %", Stretched(0.0, 10.0), Read(95)),
    ("stretch", "height +1 %, width −1 %", Stretched(10.0, -10.0), Read(95)),
    ("stretch", "height −6 %", Stretched(-60.0, 0.0), Reject(&[SHORT])),
    ("shear", "+1 %", Sheared(10.0), Read(95)),
    ("shear", "−1 %", Sheared(-10.0), Read(95)),
    ("shear", "3 %", Sheared(30.0), Either),
    ("one bit", "one grey for all paper", OneBit, Read(95)),
    ("one bit", "error diffusion", Dithered, Either),
    ("colour", "yellowish paper, bluish ink", Colour, Read(95)),
    ("colour", "pink paper", Tinted([255, 190, 205]), Read(95)),
    ("colour", "blue paper", Tinted([170, 205, 255]), Read(95)),
    ("JPEG", "quality 90", Jpeg(90), Read(95)),
    ("JPEG", "quality 60", Jpeg(60), Read(95)),
    ("JPEG", "quality 30", Jpeg(30), Read(95)),
    ("JPEG", "quality 10", Jpeg(10), Either),
    ("fold across, through timing marks", "nothing hidden", Fold(98_000, 0), Read(95)),
    ("fold across, through timing marks", "0.2 mm hidden", Fold(148_500, 200), Read(95)),
    ("fold across, through timing marks", "0.5 mm hidden", Fold(198_000, 500), Read(95)),
    ("fold across, through timing marks", "1.5 mm hidden", Fold(148_500, 1_500), Either),
    ("fold across, through timing marks", "2.5 mm hidden, half a row", Fold(230_000, 2_500), Either),
    ("fold across, through timing marks", "3.5 mm hidden", Fold(98_000, 3_500), Either),
    ("fold across, through timing marks", "5 mm hidden, a whole row", Fold(98_000, 5_000), STEP_GONE),
    ("fold across, through timing marks", "5 mm hidden, far down", Fold(248_000, 5_000), STEP_GONE),
    ("fold down, through timing marks", "nothing hidden", FoldDown(105_000, 0), Read(95)),
    ("fold down, through timing marks", "0.5 mm hidden", FoldDown(105_000, 500), Read(95)),
    ("fold down, through timing marks", "3.2 mm hidden, half a column", FoldDown(70_000, 3_220), Either),
    ("fold down, through timing marks", "6.4 mm hidden, a whole column", FoldDown(70_000, 6_440), STEP_GONE),
    ("missing corner, white bed", "18 mm, upper left", Corner(0, 245, 18_000), Read(95)),
    ("missing corner, white bed", "18 mm, upper right", Corner(1, 245, 18_000), Read(95)),
    ("missing corner, white bed", "18 mm, lower left", Corner(2, 245, 18_000), Read(95)),
    ("missing corner, white bed", "18 mm, lower right", Corner(3, 245, 18_000), Read(95)),
    ("missing corner, black bed", "18 mm, upper left", Corner(0, 10, 18_000), Read(95)),
    ("missing corner, black bed", "18 mm, upper right", Corner(1, 10, 18_000), Read(95)),
    ("missing corner, black bed", "18 mm, lower left", Corner(2, 10, 18_000), Read(95)),
    ("missing corner, black bed", "18 mm, lower right", Corner(3, 10, 18_000), Read(95)),
    ("missing corner, white bed", "70 mm, upper left", Corner(0, 245, 70_000), TORN),
    ("missing corner, white bed", "70 mm, upper right", Corner(1, 245, 70_000), TORN),
    ("missing corner, white bed", "70 mm, lower left", Corner(2, 245, 70_000), Either),
    ("missing corner, white bed", "70 mm, lower right", Corner(3, 245, 70_000), Either),
    ("missing corner, black bed", "70 mm, upper left", Corner(0, 10, 70_000), TORN),
    ("missing corner, black bed", "70 mm, upper right", Corner(1, 10, 70_000), TORN),
    ("missing corner, black bed", "70 mm, lower left", Corner(2, 10, 70_000), Either),
    ("missing corner, black bed", "70 mm, lower right", Corner(3, 10, 70_000), Either),
    ("torn edge, white bed", "30 mm deep, right", Bite(245, 30_000), TORN_RIGHT),
    ("torn edge, black bed", "30 mm deep, right", Bite(10, 30_000), TORN_RIGHT),
    ("torn strip, white bed", "26 by 105 mm, upper right", Strip(245, 26_000, 105_000), TORN_RIGHT),
    ("torn strip, black bed", "26 by 105 mm, upper right", Strip(10, 26_000, 105_000), TORN_RIGHT),
    ("punched holes", "four, white bed", Holes(245), Read(95)),
    ("punched holes", "four, black bed", Holes(10), Read(95)),
    ("holes in and beside ovals", "5 mm, white bed", Pierced(5_000, 245), Either),
    ("holes in and beside ovals", "5 mm, black bed", Pierced(5_000, 10), Either),
    ("holes in and beside ovals", "6 mm, black bed", Pierced(6_000, 10), Either),
    ("streak down", "1 px, black", Streak(1, 20), Read(95)),
    ("streak down", "2 px, black", Streak(2, 20), Read(95)),
    ("streak down", "3 px, black", Streak(3, 20), Read(20)),
    ("streak down", "3 px, white", Streak(3, 250), Read(95)),
    ("streak down through timing marks", "3 px, white", StreakAt(3, 250, 53), Read(95)),
    ("streak down", "14 px, black", Streak(14, 20), Either),
    ("low toner", "55 % black, 6 % of grains gone", LowToner(550, 60), Read(95)),
    ("low toner", "40 % black, 15 % of grains gone", LowToner(400, 150), Either),
    ("low toner", "25 % black, 40 % of grains gone", LowToner(250, 400), Either),
    ("bleed-through", "18 %", BleedThrough(180), Read(95)),
    ("bleed-through", "35 %", BleedThrough(350), Either),
    ("two pens", "the second paler by 70", TwoPens(70), Read(95)),
    ("two pens", "the second paler by 100", TwoPens(100), Pale(95)),
    ("print scale", "97 %", PrintScale(970), Read(95)),
    ("print scale", "98.5 %", PrintScale(985), Read(95)),
    ("print scale", "103 %", PrintScale(1030), Read(95)),
    ("print scale", "94 %", PrintScale(940), Either),
    ("print scale", "108 %", PrintScale(1080), Either),
];

/// What came of a row at a resolution.
struct Outcome {
    dpi: u16,
    row: Row,
    score: Score,
    /// Rejections that are not what the row asks for.
    other: Vec<String>,
}

/// Is the rejection one of a damage to this side (0 front, 1 back)?
fn names(rejection: &Rejection, side: usize, reasons: &[(&str, &str)]) -> bool {
    let said = rejection.say(Lang::En);
    let reason = reasons.iter().find(|(code, _)| *code == rejection.code());
    said.starts_with(["front", "back"][side]) && reason.is_some_and(|(_, words)| said.contains(*words))
}

fn run(press: &Press, sheets: usize, wear: &Wear, seed: u64) -> Vec<Outcome> {
    let rows = press.resolutions().into_iter().flat_map(|dpi| TABLE.iter().map(move |row| (dpi, *row)));
    let one = |(dpi, row): (u16, Row)| {
        let (damage, strength, done, must) = row;
        let (mut score, mut other) = (Score::default(), Vec::new());
        for sheet in 0..sheets {
            let mut rng = Rng::of(seed, &format!("{dpi}/{damage}/{strength}/{sheet}"));
            let truth = press.votes(120, &mut rng, hands(100));
            let (both, none) = ([done], [Plain]);
            let sides: [&[Hostile]; 2] = match (must, sheet % 2) {
                (Reject(_), 0) => [&both[..], &none[..]],
                (Reject(_), _) => [&none[..], &both[..]],
                _ => [&both[..], &both[..]],
            };
            let Scanned { images, lost } = scan_sides(press, dpi, &truth, sides, wear, &mut rng);
            let reading = read(&images[0], images.get(1), &press.design);
            score.judge(&reading, &truth, &lost, || format!("{dpi} dpi, {damage}, {strength}, sheet {sheet}"));
            if let (Reject(reasons), Some(rejection)) = (must, reading.rejection())
                && !names(rejection, sheet % 2, reasons)
            {
                other.push(rejection.to_string());
            }
        }
        Outcome { dpi, row, score, other }
    };
    rows.collect::<Vec<_>>().into_par_iter().map(one).collect()
}

/// The ovals that no doubtful hand marked, and those of them that are in doubt nevertheless.
fn judged(score: &Score) -> u64 {
    score.positions - score.doubtful
}

fn doubts(score: &Score) -> u64 {
    score.empty_ambiguous + score.clear_ambiguous
}

fn print(results: &[Outcome]) {
    println!("| dpi | damage | strength | sheets | read right | of their ovals in doubt | rejected | wrong |");
    println!("| --- | --- | --- | --- | --- | --- | --- | --- |");
    for Outcome { dpi, row: (damage, strength, ..), score, .. } in results {
        let rejected: Vec<String> = score.rejected.iter().map(|(code, n)| format!("{n} `{code}`")).collect();
        println!(
            "| {dpi} | {damage} | {strength} | {} | {} | {} of {} | {} | {} |",
            score.sheets,
            score.read,
            doubts(score),
            judged(score),
            rejected.join(", "),
            score.wrong.len()
        );
    }
}

fn held(results: &[Outcome]) {
    let wrong: Vec<&String> = results.iter().flat_map(|result| &result.score.wrong).collect();
    assert!(wrong.is_empty(), "{} wrong, such as {:#?}", wrong.len(), &wrong[..wrong.len().min(5)]);
    let is_read = |score: &Score, least: u64| score.read * 100 >= least * score.sheets;
    let fails = |result: &&Outcome| match result.row.3 {
        Read(least) => !is_read(&result.score, least) || doubts(&result.score) * 100 > judged(&result.score) * DOUBTFUL,
        Pale(least) => !is_read(&result.score, least),
        Reject(_) => result.score.read > 0 || !result.other.is_empty(),
        Either => false,
    };
    let failed: Vec<String> = results
        .iter()
        .filter(fails)
        .map(|r| format!("{} dpi, {}, {}: {} {:?}", r.dpi, r.row.0, r.row.1, r.score.line(), r.other))
        .collect();
    assert!(failed.is_empty(), "{failed:#?}");
}

/// Two sides of 140 ovals.
fn press(resolutions: &[u16]) -> Press {
    Press::new(&common::definition(60, 80, Lang::ALL.to_vec()), resolutions)
}

#[test]
fn hostile_paper_is_read_right_or_rejected() {
    let results = run(&press(&[200]), 2, &Wear::ordinary(), 1);
    print(&results);
    held(&results);
}

#[test]
fn sheets_are_read_at_every_resolution() {
    let press = Press::new(&common::definition(10, 15, Lang::ALL.to_vec()), &[150, 240, 300, 600]);
    for dpi in press.resolutions() {
        let mut rng = Rng::of(4, &format!("{dpi}"));
        let truth = press.votes(120, &mut rng, hands(100));
        let Scanned { images, lost } = scan_sides(&press, dpi, &truth, [&[Plain][..]; 2], &Wear::ordinary(), &mut rng);
        let mut score = Score::default();
        score.judge(&read(&images[0], None, &press.design), &truth, &lost, || format!("{dpi} dpi"));
        assert!(score.read == 1 && score.wrong.is_empty(), "{dpi} dpi: {} {:?}", score.line(), score.wrong);
    }
}

#[test]
#[ignore = "slow: the whole table at 150 to 600 dpi on ordinary and worn scanners; an hour of one core"]
fn hostile_paper_at_every_resolution() {
    let sheets: usize = std::env::var("SANAD_SHEETS").map_or(20, |n| n.parse().expect("a number"));
    // All is run and printed before any of it is judged.
    let mut all = Vec::new();
    for (seed, wear) in [(2, Wear::ordinary()), (3, Wear::rough())] {
        println!("{} scanner", if seed == 2 { "ordinary" } else { "worn" });
        for (resolutions, sheets) in [(&[150, 200, 240, 300][..], sheets), (&[600], sheets.div_ceil(10))] {
            let results = run(&press(resolutions), sheets, &wear, seed);
            print(&results);
            all.extend(results);
        }
    }
    held(&all);
}
