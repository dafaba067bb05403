use std::collections::BTreeSet;

use election::{Coded as _, ContestKind, Definition, Lang};

use super::*;
use crate::testing::definition;

fn check(definition: &Definition) -> Vec<SheetLayout> {
    let sheets = layouts(definition).unwrap();
    for sheet in &sheets {
        for side in sheet.sides() {
            let page =
                Rect { x: 6_000, y: 6_000, width: sheet.page_width - 12_000, height: sheet.page_height - 12_000 };
            let inside =
                |r: &Rect| r.x >= page.x && r.y >= page.y && r.right() <= page.right() && r.bottom() <= page.bottom();
            let mut areas: Vec<Rect> = side.timing_marks.clone();
            areas.extend(side.headings.iter().map(|h| h.rect));
            areas.extend(side.bubbles.iter().map(|b| b.label));
            areas.extend([side.qr, side.title]);
            for (i, a) in areas.iter().enumerate() {
                assert!(inside(a), "{a:?} leaves the page");
                assert!(areas[i + 1..].iter().all(|b| !a.overlaps(b)), "{a:?} is overlapped");
            }
            let columns: BTreeSet<u32> = side.timing_marks.iter().map(|m| m.centre().0).collect();
            let rows: BTreeSet<u32> = side.timing_marks.iter().map(|m| m.centre().1).collect();
            assert_eq!((columns.len(), rows.len()), (usize::from(side.grid.columns), usize::from(side.grid.rows)));
            for (i, bubble) in side.bubbles.iter().enumerate() {
                let (x, y) = bubble.oval.centre();
                assert!(columns.contains(&x) && rows.contains(&y), "{bubble:?} is off the grid");
                let o = bubble.oval;
                let clear = Rect { x: o.x - 1_400, y: o.y - 850, width: o.width + 2_800, height: o.height + 1_700 };
                assert!(areas.iter().all(|a| !a.overlaps(&clear)), "{bubble:?} is not clear");
                assert!(side.bubbles[i + 1..].iter().all(|b| !b.oval.overlaps(&clear)), "{bubble:?} is not clear");
            }
            let quiet = Rect { x: side.qr.x - 2_400, y: side.qr.y - 2_400, width: 26_800, height: 24_400 };
            assert!(areas.iter().filter(|a| **a != side.qr).all(|a| !a.overlaps(&quiet)));
        }
        let printed: Vec<(ContestId, OptionId)> =
            sheet.sides().flat_map(|s| &s.bubbles).map(|b| (b.contest.clone(), b.option.clone())).collect();
        let style = definition.styles().into_iter().find(|s| s.id == sheet.style).unwrap();
        let wanted: Vec<(ContestId, OptionId)> = style
            .contests
            .iter()
            .map(|id| definition.contest(id).unwrap())
            .filter(|c| c.sheet == sheet.sheet)
            .flat_map(|c| definition.options_of(c).into_iter().map(|o| (c.id.clone(), o)))
            .collect();
        assert_eq!(printed, wanted, "every option once, in ballot order");
    }
    sheets
}

#[test]
fn the_reference_ballots_fit_on_one_side() {
    for (lists, numbers) in [(2, 3), (8, 20), (11, 40), (12, 60), (20, 40), (30, 60)] {
        let sheets = check(&definition(&[(ContestKind::OpenList, lists, numbers)]));
        assert_eq!(sheets.len(), 1);
        assert!(sheets[0].back.is_none(), "{lists} lists of {numbers}");
        assert_eq!(sheets[0].front.headings.len(), 2);
        let narrowest =
            sheets[0].front.bubbles[..lists as usize].iter().map(|b| (b.label.width, b.label.height)).min().unwrap();
        assert!(narrowest.0 >= 75_000 && narrowest.1 >= 9_000, "three languages need {narrowest:?}");
    }
}

#[test]
fn long_ballots_go_overleaf_and_then_are_refused() {
    let sheets = check(&definition(&[(ContestKind::OpenList, 60, 80)]));
    let back = sheets[0].back.as_ref().unwrap();
    assert_eq!(back.headings.first().map(|h| h.part), Some(Part::Options), "the heading is repeated");
    let two = definition(&[(ContestKind::OpenList, 25, 60), (ContestKind::OpenList, 25, 60)]);
    let back = check(&two)[0].back.clone().unwrap();
    assert!(back.bubbles.iter().all(|b| b.contest.as_str() == "c2"), "a contest stays whole where it can");
    let error =
        layouts(&definition(&[(ContestKind::ClosedList, 5, 0), (ContestKind::OpenList, 150, 400)])).unwrap_err();
    assert_eq!(error.code(), "layout.full");
    assert!(error.to_string().contains("c2"), "{error}");
}

#[test]
fn a_contest_without_options_is_refused() {
    assert_eq!(layouts(&definition(&[(ContestKind::ClosedList, 0, 0)])).unwrap_err().code(), "layout.empty");
}

#[test]
fn candidates_have_an_oval_each_and_sheets_their_contests() {
    let mut two = definition(&[(ContestKind::Candidates { vote_for: 3 }, 0, 40), (ContestKind::ClosedList, 9, 0)]);
    two.contests[1].sheet = 2;
    let sheets = check(&two);
    assert_eq!(sheets.iter().map(|s| s.sheet).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(sheets[0].front.bubbles.len(), 40);
    let mut late = two.clone();
    late.contests[1].sheet = 3;
    assert_eq!(check(&late).iter().map(|s| s.sheet).collect::<Vec<_>>(), [1, 3], "an empty sheet is not printed");
}

#[test]
fn ovals_stand_where_the_first_language_starts() {
    let mut one = definition(&[(ContestKind::OpenList, 8, 20)]);
    one.languages = vec![Lang::Ar, Lang::En];
    let right = check(&one)[0].front.bubbles[0].clone();
    assert!(right.oval.x > right.label.x);
    one.languages = vec![Lang::En];
    let left = check(&one)[0].front.bubbles[0].clone();
    assert!(left.oval.x < left.label.x);
}

#[test]
fn marks_are_asymmetric() {
    let side = &check(&definition(&[(ContestKind::ClosedList, 2, 0)]))[0].front;
    let marks: BTreeSet<Rect> = side.timing_marks.iter().copied().collect();
    let (w, h) = (210_000, 297_000);
    let turned = |r: &Rect| Rect { x: w - r.right(), y: h - r.bottom(), ..*r };
    let mirrored = |r: &Rect| Rect { x: w - r.right(), ..*r };
    assert_ne!(marks, marks.iter().map(turned).collect());
    assert_ne!(marks, marks.iter().map(mirrored).collect());
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(40))]
    #[test]
    fn any_ballot_is_laid_out_whole_or_refused(contests in proptest::collection::vec((0u8..3, 1u16..50, 1u16..90), 1..5)) {
        let contests: Vec<_> = contests
            .into_iter()
            .map(|(kind, lists, candidates)| match kind {
                0 => (ContestKind::OpenList, lists, candidates),
                1 => (ContestKind::ClosedList, lists, 0),
                _ => (ContestKind::Candidates { vote_for: 2 }, 0, candidates),
            })
            .collect();
        let definition = definition(&contests);
        if layouts(&definition).is_ok() {
            check(&definition);
        }
    }
}
