//! From marks to contests.

use crate::design::Design;
use crate::reading::{Class, ContestReading, ContestState, Mark};

/// The contests of the marks, in their order.
pub(crate) fn contests(marks: &[Mark], design: &Design) -> Vec<ContestReading> {
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
