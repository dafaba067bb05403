//! Hours as an office's clock shows them, and the deadlines that the rules count from them.
//!
//! A deadline is about days on a calendar and the hour at which an office closes its door, both in the election's time
//! zone. Papers carry that time without an offset, so whoever checks a deadline needs no table of time zones.

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZoneDatabase;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use crate::Hour;
use crate::as_text::as_text;

/// A day and an hour by the election's time zone, written `2018-05-13T10:30`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(DateTime);

impl Moment {
    /// A day at an hour.
    pub fn at(day: Date, hour: Hour) -> Self {
        let [h, m] = [hour.minutes() / 60, hour.minutes() % 60].map(|n| i8::try_from(n).expect("an hour of a day"));
        Moment(day.at(h, m, 0, 0))
    }

    /// The day.
    pub fn day(self) -> Date {
        self.0.date()
    }

    /// The time that it is in this zone; of one that the clocks leap over or have twice, as the offset before their change has it.
    pub(crate) fn in_zone(self, zone: &str) -> Option<Timestamp> {
        // The table that definitions are checked with, and so the same on every machine.
        TimeZoneDatabase::bundled().get(zone).ok()?.to_timestamp(self.0).ok()
    }
}

impl std::fmt::Display for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}T{:02}:{:02}", self.0.date(), self.0.hour(), self.0.minute())
    }
}

impl std::str::FromStr for Moment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let read = text.split_once('T').and_then(|(day, hour)| {
            let day = crate::settings::plain_date(day).filter(|day| day.year() >= 0)?;
            Some(Moment::at(day, hour.parse().ok()?))
        });
        read.ok_or_else(|| {
            let shown: String = text.escape_debug().take(60).collect();
            format!("'{shown}' is not a day and an hour: write 2018-05-13T10:30, by the election's time zone")
        })
    }
}

/// A date, written `2018-05-13` and in no other of the ways of ISO 8601.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlainDate(pub Date);

impl PlainDate {
    /// Is it more than a day after `at`, a clock in RFC 3339? The day leaves room for every time zone; a clock that cannot be read says
    /// nothing.
    pub fn is_ahead_of(self, at: &str) -> bool {
        let day = at.get(..10).and_then(|day| day.parse::<PlainDate>().ok());
        day.and_then(|day| day.0.tomorrow().ok()).is_some_and(|tomorrow| self.0 > tomorrow)
    }
}

impl std::fmt::Display for PlainDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::str::FromStr for PlainDate {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        crate::settings::plain_date(text).map(PlainDate).ok_or_else(|| {
            let shown: String = text.escape_debug().take(60).collect();
            format!("'{shown}' is not a date: write 2018-05-13")
        })
    }
}

as_text!(Moment, PlainDate);

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Day {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl From<Weekday> for Day {
    fn from(day: Weekday) -> Self {
        use Day::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
        [Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday][day.to_monday_zero_offset() as usize]
    }
}

/// Which days a deadline counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// Every day; a deadline that would end on a day without work ends on the next working day.
    #[default]
    Calendar,
    /// Working days alone.
    Working,
}

/// What happens to a station of which orders that stand contradict each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contradicting {
    /// It is sub judice and not counted, until an order takes the place of all.
    #[default]
    SubJudice,
    /// The order of the highest court holds; of one rank, that of the later ruling. Of one rank and date it is sub judice.
    RankThenDate,
}

/// `[docket]`: the deadlines of complaints and appeals, and the calendar they are counted on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DocketRules {
    /// Days after the vote in which a complaint may be filed; without it, always.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub complaint_days: Option<u8>,
    /// Days after service of a decision in which an appeal may be filed; without it, always.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub appeal_days: Option<u8>,
    /// Days after its filing in which an appeal is to be ruled upon; without it, no day is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ruling_days: Option<u8>,
    /// Which days these count.
    pub days: Counted,
    /// The days of the week without work.
    pub weekend: Vec<Day>,
    /// Other days without work.
    pub holidays: Vec<PlainDate>,
    /// The hour at which the last day ends; without it, midnight.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day_ends: Option<Hour>,
    /// What comes of orders that contradict each other.
    pub contradicting_orders: Contradicting,
}

impl DocketRules {
    /// Is there work on this day?
    pub fn works_on(&self, day: Date) -> bool {
        !self.weekend.contains(&Day::from(day.weekday())) && !self.holidays.contains(&PlainDate(day))
    }

    /// The last minute that is still in time, `days` after `start`, whose own day is not counted. `None` where the calendar
    /// has no such day.
    pub fn deadline(&self, start: Date, days: u8) -> Option<Moment> {
        let next = |day: Date| day.checked_add(1.day()).ok();
        let mut day = start;
        match self.days {
            Counted::Calendar => day = day.checked_add(i64::from(days).days()).ok()?,
            Counted::Working => {
                for _ in 0..days {
                    day = self.working(next(day)?)?;
                }
            }
        }
        let last = self.day_ends.unwrap_or_else(|| "23:59".parse().expect("an hour"));
        Some(Moment::at(self.working(day)?, last))
    }

    /// The first working day from `day` on.
    fn working(&self, day: Date) -> Option<Date> {
        // A definition has at most as many holidays as fit in its file; a year of them ends any search.
        std::iter::successors(Some(day), |day| day.checked_add(1.day()).ok()).take(366).find(|day| self.works_on(*day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(days: Counted) -> DocketRules {
        DocketRules {
            days,
            weekend: vec![Day::Friday, Day::Saturday],
            holidays: vec![PlainDate(jiff::civil::date(2018, 5, 15))],
            day_ends: Some("15:00".parse().unwrap()),
            ..DocketRules::default()
        }
    }

    /// 12 May 2018 was a Saturday; by hand on a calendar of that month.
    #[test]
    fn deadlines_are_those_of_the_calendar() {
        let vote = jiff::civil::date(2018, 5, 12);
        let of = |days, n| rules(days).deadline(vote, n).unwrap().to_string();
        assert_eq!(of(Counted::Calendar, 2), "2018-05-14T15:00", "a Monday");
        assert_eq!(of(Counted::Calendar, 3), "2018-05-16T15:00", "the Tuesday is a holiday");
        assert_eq!(of(Counted::Calendar, 6), "2018-05-20T15:00", "from Friday on to Sunday");
        assert_eq!(of(Counted::Working, 1), "2018-05-13T15:00", "Sunday");
        assert_eq!(of(Counted::Working, 3), "2018-05-16T15:00", "Sunday, Monday, Wednesday");
        assert_eq!(of(Counted::Working, 5), "2018-05-20T15:00", "Thursday, and over the weekend");
        assert_eq!(of(Counted::Working, 0), "2018-05-13T15:00", "the day itself has no work");
        let always = DocketRules::default().deadline(vote, 3).unwrap();
        assert_eq!(always.to_string(), "2018-05-15T23:59");
    }

    #[test]
    fn a_calendar_without_work_or_end_has_no_deadline() {
        let all = [Day::Monday, Day::Tuesday, Day::Wednesday, Day::Thursday, Day::Friday, Day::Saturday, Day::Sunday];
        let never = DocketRules { weekend: all.to_vec(), ..rules(Counted::Working) };
        assert_eq!(never.deadline(jiff::civil::date(2018, 5, 12), 3), None);
        assert_eq!(rules(Counted::Calendar).deadline(Date::MAX, 3), None);
    }

    #[test]
    fn a_moment_has_one_form() {
        let moment: Moment = "2018-05-13T10:30".parse().unwrap();
        assert_eq!(moment.to_string(), "2018-05-13T10:30");
        assert!("2018-05-13T10:30".parse::<Moment>().unwrap() < "2018-05-13T10:31".parse().unwrap());
        for bad in ["", "2018-05-13", "2018-05-13T10:30:00", "2018-05-13T24:00", "2018-5-13T10:30", "2018-05-13 10:30"]
        {
            assert!(bad.parse::<Moment>().is_err(), "{bad}");
        }
    }
}
