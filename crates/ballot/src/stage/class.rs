//! From scores to classes. In doubt people look: nothing is guessed.

use election::{MarkRules, MarkScore};

use crate::reading::{Class, Doubt};

/// A mark with this many times as much ink outside as inside was not made in the oval.
const OUTSIDE_TIMES: u16 = 3;

/// Ink in so many of eight directions goes round the oval: a cross has four, a tick two, a slanted scribble through it
/// four or five, a tick that ends in a loop six.
const ENCLOSED: u16 = 7;

/// Ink that is no longer than this for its amount (`spread`, micrometres) is a dot, however dark the threshold made it:
/// a round spot of up to 1.7 mm, which no pen leaves that was only set down; a spot of 1.1 mm that slipped by 0.4 mm has 550.
/// The shortest stroke with as much ink as a mark is 1.8 mm long and has 890.
pub(crate) const DOT: u16 = 700;

/// An oval filled by this much was meant, however much the pen slipped.
const FILLED: u16 = 500;

/// Ink all round an oval that comes to so much of it, however well it is filled, is a choice that was scratched out as likely as one that
/// was scribbled in: the wildest marks of 19 real sheets have 680, a scribble over the whole oval from 1,020 on.
const SCRATCHED: u16 = 900;

/// Streaks that hide more than this of an oval leave too little to judge.
const HIDDEN: u16 = 300;

/// What is hidden of an oval that is not there at all.
pub(crate) const GONE: u16 = 1000;

/// The background of a column is what a quarter of its ovals do not exceed; above this it is marks, not background.
const MOST_BACKGROUND: u16 = 60;

/// So few ovals have no background of their own: half of them may be marked.
const LEAST_OVALS: usize = 8;

/// The background of a column's scores; `None` where it has too few ovals to know.
pub(crate) fn background(scores: impl Iterator<Item = u16>) -> Option<u16> {
    let mut scores: Vec<u16> = scores.collect();
    scores.sort_unstable();
    if scores.len() < LEAST_OVALS {
        return None;
    }
    let quarter = scores[scores.len() / 4];
    Some(if quarter <= MOST_BACKGROUND { quarter } else { 0 })
}

/// The class of an oval: by its archived pixels, unless grey contradicts them.
pub fn class(score: &MarkScore, rules: &MarkRules) -> (Class, Option<Doubt>) {
    let (class, doubt) = by_pixels(score, rules);
    match objection(class, score, rules) {
        Some(objection) => (Class::Ambiguous, Some(objection)),
        None => (class, doubt),
    }
}

/// The class by the archived pixels, which anybody can read again.
fn by_pixels(score: &MarkScore, rules: &MarkRules) -> (Class, Option<Doubt>) {
    let doubt = |doubt| (Class::Ambiguous, Some(doubt));
    if score.hidden >= GONE {
        return doubt(Doubt::Gone);
    }
    if score.hidden > HIDDEN {
        return doubt(Doubt::Streak);
    }
    let outside = score.outside >= rules.outside_from;
    if score.ink >= rules.marked_from {
        let beside = score.outside >= score.ink.saturating_mul(OUTSIDE_TIMES) || score.around >= ENCLOSED;
        let is_scratched = score.outside >= SCRATCHED && score.around >= ENCLOSED;
        if is_scratched || outside && beside && score.ink < FILLED {
            return doubt(Doubt::Outside);
        }
        let is_dot = score.ink < FILLED && (1..=DOT).contains(&score.spread);
        return if is_dot { doubt(Doubt::Between) } else { (Class::Marked, None) };
    }
    if outside {
        return doubt(Doubt::Outside);
    }
    if score.ink > rules.unmarked_to {
        return doubt(Doubt::Between);
    }
    (Class::Unmarked, None)
}

/// What grey objects to that class. A mark needs half of the rules' ink only: a stroke's soft edges count in part, where
/// the one-bit threshold counts them whole.
fn objection(class: Class, score: &MarkScore, rules: &MarkRules) -> Option<Doubt> {
    let (grey, is_pale) = (score.grey?, score.depth.is_some_and(|depth| depth <= rules.pale_to));
    match class {
        Class::Marked if is_pale => Some(Doubt::Erased),
        Class::Marked if grey < rules.marked_from / 2 => Some(Doubt::Disagree),
        Class::Unmarked if grey <= rules.unmarked_to => None,
        Class::Unmarked if is_pale => Some(Doubt::Erased),
        Class::Unmarked => Some(Doubt::Disagree),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by(ink: u16, outside: u16, around: u16) -> (Class, Option<Doubt>) {
        class(&MarkScore { ink, outside, around, ..MarkScore::default() }, &MarkRules::default())
    }

    #[test]
    fn bi4_classes_change_exactly_at_the_published_thresholds() {
        let rules = MarkRules::default();
        assert_eq!(by(0, 0, 0), (Class::Unmarked, None));
        assert_eq!(by(rules.unmarked_to, 0, 0), (Class::Unmarked, None));
        assert_eq!(by(rules.unmarked_to + 1, 0, 0), (Class::Ambiguous, Some(Doubt::Between)));
        assert_eq!(by(rules.marked_from - 1, 0, 0), (Class::Ambiguous, Some(Doubt::Between)));
        assert_eq!(by(rules.marked_from, 0, 0), (Class::Marked, None));
        assert_eq!(by(0, rules.outside_from - 1, 0), (Class::Unmarked, None));
        assert_eq!(by(0, rules.outside_from, 0), (Class::Ambiguous, Some(Doubt::Outside)));
        assert_eq!(by(1000, 499, 8), (Class::Marked, None), "a filled oval with a careless edge");
        let other = MarkRules { unmarked_to: 10, marked_from: 20, outside_from: 5, pale_to: 0 };
        let by = |ink, outside| class(&MarkScore { ink, outside, ..MarkScore::default() }, &other).0;
        assert_eq!([by(10, 4), by(11, 4), by(20, 4), by(0, 5)], {
            use Class::{Ambiguous, Marked, Unmarked};
            [Unmarked, Ambiguous, Marked, Ambiguous]
        });
    }

    #[test]
    fn bi4_ink_outside_the_oval_is_people_s_to_judge() {
        assert_eq!(by(0, 400, 8), (Class::Ambiguous, Some(Doubt::Outside)), "a circled oval");
        assert_eq!(by(150, 400, 7), (Class::Ambiguous, Some(Doubt::Outside)), "a tight circle that cuts into the oval");
        assert_eq!(by(150, 900, 2), (Class::Ambiguous, Some(Doubt::Outside)), "a stroke that grazes the oval");
        assert_eq!(by(200, 300, 3), (Class::Marked, None), "a tick");
        assert_eq!(by(200, 300, 4), (Class::Marked, None), "a cross");
        assert_eq!(by(600, 680, 8), (Class::Marked, None), "a scribble in the oval, and over its edge");
        assert_eq!(by(600, 1020, 8), (Class::Ambiguous, Some(Doubt::Outside)), "the oval scratched out");
    }

    #[test]
    fn bi4_a_dot_that_a_scanner_made_larger_is_no_mark() {
        let with = |ink, spread| class(&MarkScore { ink, spread, ..MarkScore::default() }, &MarkRules::default());
        assert_eq!(with(155, DOT), (Class::Ambiguous, Some(Doubt::Between)), "a dot of a millimetre on a worn scanner");
        assert_eq!(with(155, DOT + 1), (Class::Marked, None), "a short stroke");
        assert_eq!(with(FILLED, DOT), (Class::Marked, None), "a small oval, filled");
    }

    #[test]
    fn bi5_an_oval_hidden_by_a_streak_is_in_doubt() {
        let score = MarkScore { ink: 900, hidden: HIDDEN + 1, ..MarkScore::default() };
        assert_eq!(class(&score, &MarkRules::default()), (Class::Ambiguous, Some(Doubt::Streak)));
        let score = MarkScore { ink: 900, hidden: GONE, ..MarkScore::default() };
        assert_eq!(class(&score, &MarkRules::default()), (Class::Ambiguous, Some(Doubt::Gone)));
    }

    #[test]
    fn bi7_grey_objects_to_what_a_rubber_left_and_to_what_the_threshold_lost() {
        let rules = MarkRules::default();
        let says = |ink, grey, depth| {
            class(&MarkScore { ink, grey: Some(grey), depth: Some(depth), ..MarkScore::default() }, &rules).1
        };
        assert_eq!(says(700, 300, 300), Some(Doubt::Erased));
        assert_eq!(says(700, 50, 900), Some(Doubt::Disagree));
        assert_eq!(says(0, 200, 200), Some(Doubt::Erased));
        assert_eq!(says(0, 200, 600), Some(Doubt::Disagree));
        assert_eq!(says(0, rules.unmarked_to + 1, 600), Some(Doubt::Disagree));
        assert_eq!(says(700, 700, 800), None);
        assert_eq!(says(0, rules.unmarked_to, 500), None);
    }

    #[test]
    fn a_background_is_what_most_of_a_column_has() {
        assert_eq!(background([30; 20].into_iter()), Some(30));
        assert_eq!(background([30; 7].into_iter()), None, "too few to know");
        assert_eq!(background([800; 20].into_iter()), Some(0), "all marked is not a background");
        assert_eq!(background([0, 0, 0, 0, 0, 900, 900, 900, 900].into_iter()), Some(0));
    }
}
