//! From scores to classes. In doubt people look: nothing is guessed.

use election::MarkRules;

use super::score::{Darkness, Score};
use crate::reading::{Class, Doubt};

/// Ink round the oval of this share of its inner area is somebody's pen: a circle of 0.3 mm round it has three times
/// as much, a stroke of 3 mm beside it as much.
const OUTSIDE_INK: u16 = 120;

/// A mark with this many times as much ink outside as inside was not made in the oval.
const OUTSIDE_TIMES: u16 = 3;

/// An oval filled by this much was meant, however much the pen slipped.
const FILLED: u16 = 500;

/// The ink of a pen or of toner is darker than this on average; what a rubber leaves is not. Thousandths.
const PALE: u16 = 380;

/// Streaks that hide more than this of an oval leave too little to judge.
const HIDDEN: u16 = 300;

/// The background of a column is what a quarter of its ovals do not exceed; above this it is marks, not background.
const MOST_BACKGROUND: u16 = 60;

/// A column with fewer ovals has no background of its own.
const LEAST_OVALS: usize = 8;

/// The background of a column's scores.
pub(crate) fn background(scores: impl Iterator<Item = u16>) -> u16 {
    let mut scores: Vec<u16> = scores.collect();
    scores.sort_unstable();
    if scores.len() < LEAST_OVALS {
        return 0;
    }
    let quarter = scores[scores.len() / 4];
    if quarter <= MOST_BACKGROUND { quarter } else { 0 }
}

/// The class of an oval by its archived pixels, which is the one that counts. `score` is less the background.
pub(crate) fn class(score: &Score, rules: &MarkRules) -> (Class, Option<Doubt>) {
    let doubt = |doubt| (Class::Ambiguous, Some(doubt));
    if score.hidden > HIDDEN {
        return doubt(Doubt::Streak);
    }
    let outside = score.outside >= OUTSIDE_INK;
    if score.inside >= rules.marked_from {
        let slipped = outside && score.inside < FILLED && score.outside >= score.inside.saturating_mul(OUTSIDE_TIMES);
        return if slipped { doubt(Doubt::Outside) } else { (Class::Marked, None) };
    }
    if outside {
        return doubt(Doubt::Outside);
    }
    if score.inside > rules.unmarked_to {
        return doubt(Doubt::Between);
    }
    (Class::Unmarked, None)
}

/// What grey objects to that class. Its thresholds are half of the rules': a stroke's soft edges count
/// in part, where the one-bit threshold counts them whole.
pub(crate) fn objection(class: Class, darkness: &Darkness, rules: &MarkRules) -> Option<Doubt> {
    match class {
        Class::Marked if darkness.of_ink < PALE => Some(Doubt::Erased),
        Class::Marked if darkness.mean < rules.marked_from / 2 => Some(Doubt::Disagree),
        Class::Unmarked if darkness.mean <= rules.marked_from => None,
        Class::Unmarked if darkness.of_ink < PALE => Some(Doubt::Erased),
        Class::Unmarked => Some(Doubt::Disagree),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by(inside: u16, outside: u16) -> (Class, Option<Doubt>) {
        class(&Score { inside, outside, hidden: 0 }, &MarkRules::default())
    }

    #[test]
    fn bi4_classes_change_exactly_at_the_published_thresholds() {
        let rules = MarkRules::default();
        assert_eq!(by(0, 0), (Class::Unmarked, None));
        assert_eq!(by(rules.unmarked_to, 0), (Class::Unmarked, None));
        assert_eq!(by(rules.unmarked_to + 1, 0), (Class::Ambiguous, Some(Doubt::Between)));
        assert_eq!(by(rules.marked_from - 1, 0), (Class::Ambiguous, Some(Doubt::Between)));
        assert_eq!(by(rules.marked_from, 0), (Class::Marked, None));
        assert_eq!(by(1000, 4000), (Class::Marked, None), "a filled oval with a careless edge");
    }

    #[test]
    fn bi4_ink_outside_the_oval_is_people_s_to_judge() {
        assert_eq!(by(0, OUTSIDE_INK), (Class::Ambiguous, Some(Doubt::Outside)), "a circled oval");
        assert_eq!(by(150, 900), (Class::Ambiguous, Some(Doubt::Outside)), "a stroke that grazes the oval");
        assert_eq!(by(200, 300), (Class::Marked, None), "a tick");
    }

    #[test]
    fn grey_objects_to_what_a_rubber_left_and_to_what_the_threshold_lost() {
        let rules = MarkRules::default();
        let says = |class, mean, of_ink| objection(class, &Darkness { mean, of_ink }, &rules);
        assert_eq!(says(Class::Marked, 300, 300), Some(Doubt::Erased));
        assert_eq!(says(Class::Marked, 50, 900), Some(Doubt::Disagree));
        assert_eq!(says(Class::Unmarked, 200, 200), Some(Doubt::Erased));
        assert_eq!(says(Class::Unmarked, 200, 600), Some(Doubt::Disagree));
        assert_eq!(says(Class::Marked, 700, 800), None);
        assert_eq!(says(Class::Unmarked, 10, 500), None);
    }

    #[test]
    fn a_background_is_what_most_of_a_column_has() {
        assert_eq!(background([30; 20].into_iter()), 30);
        assert_eq!(background([30; 7].into_iter()), 0, "too few to know");
        assert_eq!(background([800; 20].into_iter()), 0, "all marked is not a background");
        assert_eq!(background([0, 0, 0, 0, 0, 900, 900, 900, 900].into_iter()), 0);
    }
}
