//! The rules of an election, as data. No rule parameter is in code.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::as_text::as_text;
use crate::{ContestId, DocketRules, FindingRules, IsolationRules, SeatRules, StationKind};

/// An exact fraction, written `4/100`, `1.7` or `3`. Never a float.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fraction {
    /// The upper number.
    pub numerator: u64,
    /// The lower number; never zero.
    pub denominator: u64,
}

impl Fraction {
    /// `numerator / denominator`; `None` for a zero denominator.
    pub fn new(numerator: u64, denominator: u64) -> Option<Self> {
        (denominator != 0).then_some(Fraction { numerator, denominator })
    }

    /// Is `part / whole` at least this fraction? True for an empty whole only if the fraction is zero.
    pub fn is_reached(self, part: u64, whole: u64) -> bool {
        u128::from(part) * u128::from(self.denominator) >= u128::from(whole) * u128::from(self.numerator)
            && (whole != 0 || self.numerator == 0)
    }
}

impl std::fmt::Display for Fraction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.denominator {
            1 => write!(f, "{}", self.numerator),
            _ => write!(f, "{}/{}", self.numerator, self.denominator),
        }
    }
}

impl std::str::FromStr for Fraction {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let refused = || {
            format!(
                "'{}' is not a fraction: write 4/100, 1.7 or 3",
                text.escape_debug().to_string().chars().take(60).collect::<String>()
            )
        };
        let whole = |digits: &str| -> Result<u64, String> {
            if digits.is_empty() || digits.len() > 9 || !digits.bytes().all(|b| b.is_ascii_digit()) {
                return Err(refused());
            }
            digits.parse().map_err(|_| refused())
        };
        if let Some((numerator, denominator)) = text.split_once('/') {
            return Fraction::new(whole(numerator)?, whole(denominator)?).ok_or_else(refused);
        }
        if let Some((units, decimals)) = text.split_once('.') {
            let scale = 10u64.pow(u32::try_from(decimals.len()).map_err(|_| refused())?.min(10));
            let decimals = whole(decimals)?;
            let numerator = whole(units)? * scale + decimals;
            // Written as a fraction it must be one that can be read again.
            if numerator.max(scale) > 999_999_999 {
                return Err(refused());
            }
            return Fraction::new(numerator, scale).ok_or_else(refused);
        }
        Fraction::new(whole(text)?, 1).ok_or_else(refused)
    }
}

/// How votes become seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeatMethod {
    /// Highest averages with divisors 1, 2, 3, …
    DHondt,
    /// Highest averages with divisors `first`, 3, 5, 7, …
    SainteLague {
        /// 1 for the plain method, 1.4, 1.6 or 1.7 for the modified ones.
        first: Fraction,
    },
    /// Hare quota with largest remainders.
    Hare,
}

impl std::fmt::Display for SeatMethod {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            SeatMethod::DHondt => f.write_str("d-hondt"),
            SeatMethod::Hare => f.write_str("hare"),
            SeatMethod::SainteLague { first } if first.numerator == first.denominator => f.write_str("sainte-lague"),
            SeatMethod::SainteLague { first } => write!(f, "sainte-lague:{first}"),
        }
    }
}

impl std::str::FromStr for SeatMethod {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "d-hondt" => Ok(SeatMethod::DHondt),
            "hare" => Ok(SeatMethod::Hare),
            "sainte-lague" => Ok(SeatMethod::SainteLague { first: Fraction { numerator: 1, denominator: 1 } }),
            _ => {
                let first: Fraction = text
                    .strip_prefix("sainte-lague:")
                    .ok_or_else(|| {
                        format!(
                            "'{}' is not a method: d-hondt, sainte-lague, sainte-lague:1.7 (any first divisor) or hare",
                            text.escape_debug().to_string().chars().take(60).collect::<String>()
                        )
                    })?
                    .parse()?;
                if first.numerator == 0 {
                    return Err("the first divisor is zero; write one above it, such as sainte-lague:1.7".into());
                }
                // 7/7 is the plain method, which has one name.
                let first = if first.numerator == first.denominator {
                    Fraction { numerator: 1, denominator: 1 }
                } else {
                    first
                };
                Ok(SeatMethod::SainteLague { first })
            }
        }
    }
}

as_text!(Fraction, SeatMethod, Hour);

/// What two candidate marks beside one list mark are worth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TwoCandidates {
    /// A vote for the list, and for none of its candidates.
    #[default]
    ListVote,
    /// An invalid ballot.
    Invalid,
}

/// What votes for a list, or for a candidate of a contest without lists, are worth that withdrew after printing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WithdrawnVotes {
    /// They stay valid votes, and elect nobody.
    #[default]
    Valid,
    /// They are counted as invalid when seats are allotted; the figures before and after stand side by side.
    Invalid,
}

impl WithdrawnVotes {
    /// The word used in `election.toml`.
    pub fn as_str(self) -> &'static str {
        match self {
            WithdrawnVotes::Valid => "valid",
            WithdrawnVotes::Invalid => "invalid",
        }
    }
}

/// `[votes]`: what marks are worth.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct VoteRules {
    /// Two candidates of the marked list marked.
    pub two_candidates: TwoCandidates,
    /// Votes for a list or candidate that withdrew after printing.
    pub withdrawn: WithdrawnVotes,
}

/// `[marks]`: the published thresholds of the reader, in thousandths of the bubble's inner area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarkRules {
    /// At most this much ink is no mark.
    pub unmarked_to: u16,
    /// At least this much ink is a mark; between the two it is ambiguous.
    pub marked_from: u16,
    /// At least this much ink round the bubble is somebody's pen.
    #[serde(default = "usual_outside")]
    pub outside_from: u16,
    /// Ink that is paler than this on average, in thousandths of the way from paper to black, may have been rubbed out.
    #[serde(default = "usual_pale")]
    pub pale_to: u16,
}

fn usual_outside() -> u16 {
    MarkRules::default().outside_from
}

fn usual_pale() -> u16 {
    MarkRules::default().pale_to
}

impl Default for MarkRules {
    fn default() -> Self {
        MarkRules { unmarked_to: 40, marked_from: 140, outside_from: 120, pale_to: 480 }
    }
}

/// What the reader measured of one bubble, in thousandths. Classes are made of this and [`MarkRules`] alone, so that
/// any threshold can be tried again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarkScore {
    /// Ink in the bubble's inner area, from the archived pixels, less the background of its column: the score that
    /// counts.
    pub ink: u16,
    /// Ink round the bubble, in thousandths of its inner area, less the background of its column.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub outside: u16,
    /// In how many of eight directions round the bubble there is ink.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub around: u16,
    /// How long the ink in the inner area is for its amount, in micrometres: the square of the distance from its middle
    /// within which four fifths of it lie, by the radius of a round spot of as much ink. Of a dot this is two fifths of
    /// its diameter. Taken of the piece that holds half of the ink, if one does; measured where there is enough to tell.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub spread: u16,
    /// The share of the inner area that streaks of the scanner hide.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub hidden: u16,
    /// The independent score: darkness on the grey scan, less that of the empty bubbles of its column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grey: Option<u16>,
    /// How dark on grey that is which is not paper: 1000 for black.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub depth: Option<u16>,
}

fn is_zero(value: &u16) -> bool {
    *value == 0
}

/// `[thresholds]`: how many must sign what. Four thresholds, four words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thresholds {
    /// Members of the board that must sign the freeze and a certification.
    pub board: u8,
    /// Commissioners' shares that open the centre's identity.
    pub shares: u8,
    /// Distinct witnesses that must have cosigned before an announcement.
    pub witnesses: u8,
    /// Officers that must sign a decision which changes a result; 2 by law of this software.
    pub officers: u8,
    /// Hours after which witnesses must have seen the record anew while results come in: who is shown an older one may be
    /// held back. Without it ages are told and none is too old.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fresh_hours: Option<u16>,
    /// Of how many bodies the board alone may vouch for a key, because the one before it was lost. Without it, of fewer than make a
    /// quorum.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lost_witnesses: Option<u8>,
}

/// The evidence an announcement needs of a station.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// One medium has arrived.
    Arrived,
    /// Both media have arrived and are identical.
    Matched,
    /// And an evidence independent of the device agrees.
    Confirmed,
    /// No evidence alone: only an order of two officers counts the station. For kinds of stations, not for all.
    Order,
}

/// `[privacy]`: what of a station's ballots is published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrivacyRules {
    /// Cast vote records are published of stations with at least this many ballots; 0 publishes none.
    pub cast_vote_records_from: u32,
    /// Ballot images are published of stations with at least this many ballots; 0 publishes none.
    pub images_from: u32,
}

/// `[law]`: figures of the law that the files are checked against; what is left out is not checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LawRules {
    /// All seats of the election, reserved ones among them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seats: Option<u32>,
    /// A list has at most this many candidates for each general seat of its contest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub candidates_per_seat: Option<u16>,
    /// In each group of this many positions of a list, counted from the first, stands at least one
    /// woman; in the last group too, however short it is. Lists for reserved seats are exempt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub woman_in_each: Option<u16>,
    /// The polls open at this hour, by the election's time zone on the day of the vote: before it witnesses must have cosigned
    /// what was frozen. Without it nothing is said of when they had.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub polls_open: Option<Hour>,
    /// The polls close at this hour, by the election's time zone on the day of the vote.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub polls_close: Option<Hour>,
}

/// An hour of the day, written `18:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hour {
    minutes: u16,
}

impl Hour {
    /// Minutes since midnight, below 1,440.
    pub fn minutes(self) -> u16 {
        self.minutes
    }
}

impl std::fmt::Display for Hour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}:{:02}", self.minutes / 60, self.minutes % 60)
    }
}

impl std::str::FromStr for Hour {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let digits = |text: &str, below: u16| {
            let number =
                text.parse::<u16>().ok().filter(|_| text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit()));
            number.filter(|number| *number < below)
        };
        let hour = text.split_once(':').and_then(|(h, m)| Some(digits(h, 24)? * 60 + digits(m, 60)?));
        hour.map(|minutes| Hour { minutes }).ok_or_else(|| {
            let shown: String = text.escape_debug().take(60).collect();
            format!("'{shown}' is not an hour: write 18:00")
        })
    }
}

/// `[seats_in.CONTEST]`: how votes become seats in one contest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ContestSeats {
    /// All of its rules, those of `[seats]` among them.
    pub rules: SeatRules,
    /// The keys that its own table writes. The others follow `[seats]`, when that is amended too.
    #[serde(skip)]
    pub own: BTreeSet<String>,
}

/// All rules of an election.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// What marks are worth.
    #[serde(default)]
    pub votes: VoteRules,
    /// Votes to seats.
    pub seats: SeatRules,
    /// Contests with rules of their own for it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub seats_in: BTreeMap<ContestId, ContestSeats>,
    /// The reader's thresholds.
    #[serde(default)]
    pub marks: MarkRules,
    /// Who must sign.
    pub thresholds: Thresholds,
    /// The evidence a preliminary announcement needs.
    pub announce: Tier,
    /// Kinds of stations that need another one.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub announce_by_kind: BTreeMap<StationKind, Tier>,
    /// What is published.
    pub privacy: PrivacyRules,
    /// Figures of the law that the files are checked against.
    #[serde(default)]
    pub law: LawRules,
    /// The deadlines of complaints and appeals.
    #[serde(default)]
    pub docket: DocketRules,
    /// What the register of equipment decides.
    #[serde(default)]
    pub equipment: EquipmentRules,
    /// What is told of stations by number.
    #[serde(default)]
    pub findings: FindingRules,
    /// What may be up at the tally centre; without it nothing of that is checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub isolation: Option<IsolationRules>,
    /// How people are known at a station.
    #[serde(default, skip_serializing_if = "StationRules::is_usual")]
    pub station: StationRules,
}

/// `[station]`: how people are known at a station.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StationRules {
    /// Whether who acts at a station shows a card.
    pub cards: CardsAt,
}

impl StationRules {
    fn is_usual(&self) -> bool {
        *self == StationRules::default()
    }
}

/// Whether who acts at a station shows a card.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardsAt {
    /// Where the device was prepared for cards; elsewhere names are typed.
    #[default]
    Prepared,
    /// At every station.
    Required,
}

/// `[equipment]`: what the register of equipment decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct EquipmentRules {
    /// Whether packages of a device that the register does not have are refused.
    pub required: bool,
}

impl Rules {
    /// How votes become seats in `contest`.
    pub fn seats_of(&self, contest: &ContestId) -> &SeatRules {
        self.seats_in.get(contest).map_or(&self.seats, |own| &own.rules)
    }

    /// The evidence that a station of this kind needs.
    pub fn tier(&self, kind: StationKind) -> Tier {
        self.announce_by_kind.get(&kind).copied().unwrap_or(self.announce)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fraction_and_a_method_are_read_again_as_they_are_written() {
        for refused in ["1.123456789", "0.123456789", "1234567890", "1/1234567890", ".5", "5.", "1/0"] {
            assert!(refused.parse::<Fraction>().is_err(), "{refused}");
        }
        let small: Fraction = "0.12345678".parse().unwrap();
        assert_eq!(small.to_string().parse(), Ok(small));
        let plain: SeatMethod = "sainte-lague:7/7".parse().unwrap();
        assert_eq!(plain.to_string().parse(), Ok(plain));
    }

    #[test]
    fn fractions_are_exact() {
        let f: Fraction = "1.7".parse().unwrap();
        assert_eq!((f.numerator, f.denominator), (17, 10));
        assert!("4/100".parse::<Fraction>().unwrap().is_reached(4, 100));
        assert!(!"4/100".parse::<Fraction>().unwrap().is_reached(3_999_999, 100_000_000));
        for bad in ["", "1/0", "-1", "1e3", "1.", ".5", "1/2/3", "٣", "99999999999"] {
            assert!(bad.parse::<Fraction>().is_err(), "{bad}");
        }
    }

    #[test]
    fn an_hour_has_one_form() {
        assert_eq!("18:05".parse::<Hour>().unwrap().minutes(), 18 * 60 + 5);
        assert_eq!("07:00".parse::<Hour>().unwrap().to_string(), "07:00");
        for bad in ["", "24:00", "18:60", "7:00", "18", "18:00:00", "+1:00", "١٨:٠٠"] {
            assert!(bad.parse::<Hour>().is_err(), "{bad}");
        }
    }

    #[test]
    fn methods_read_as_they_are_written() {
        for text in ["d-hondt", "hare", "sainte-lague", "sainte-lague:17/10"] {
            assert_eq!(text.parse::<SeatMethod>().unwrap().to_string(), text);
        }
        assert!("sainte-lague:0".parse::<SeatMethod>().is_err());
    }
}
