//! How old the record is that somebody is shown. A log that is held back for one party looks like one that has not grown;
//! what tells them apart is when the witnesses saw it last.

use jiff::Timestamp;
use serde::Serialize;

/// When the witnesses saw a checkpoint, and how long ago that was for who looks now.
///
/// It is told beside a verdict and changes none: the publication of a past election is old, and only who knows that results
/// are still coming in can say that one must not be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Freshness {
    /// Since when enough witnesses have seen it, in UTC (RFC 3339): the earliest of the newest cosignatures that meet the quorum.
    pub witnessed_at: String,
    /// Whole hours since then, by the clock of who looks; 0 where that is behind.
    pub hours: u64,
    /// `thresholds.fresh_hours` of the definition.
    pub limit_hours: Option<u16>,
    /// More hours than the limit.
    pub is_old: bool,
}

impl Freshness {
    /// Of a checkpoint that was seen at `witnessed_at`, both in POSIX seconds. `None` for a time beyond all calendars.
    pub fn of(witnessed_at: u64, now: i64, limit_hours: Option<u16>) -> Option<Self> {
        let seconds = i64::try_from(witnessed_at).ok()?;
        let hours = u64::try_from(now.saturating_sub(seconds)).unwrap_or(0) / 3_600;
        let is_old = limit_hours.is_some_and(|limit| hours > u64::from(limit));
        Some(Freshness { witnessed_at: Timestamp::from_second(seconds).ok()?.to_string(), hours, limit_hours, is_old })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lg5_a_record_is_old_when_the_limit_is_past_and_not_before() {
        let at = 1_526_148_000;
        let of = |hours: i64, limit| Freshness::of(at, at as i64 + hours * 3_600 + 3_599, limit).unwrap();
        let fresh = of(6, Some(6));
        assert_eq!((fresh.witnessed_at.as_str(), fresh.hours, fresh.is_old), ("2018-05-12T18:00:00Z", 6, false));
        assert!(of(7, Some(6)).is_old);
        assert!(!of(7_000, None).is_old, "no limit, nothing is too old");
        assert_eq!(of(-9, Some(0)).hours, 0, "a clock that is behind");
        assert_eq!(Freshness::of(u64::MAX, 0, None), None);
    }
}
