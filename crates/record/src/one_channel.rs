//! A copy that came by one channel alone (SK5).
//!
//! One copy has nothing beside it that it could differ from. Two officers may count it all the same, where they say out of a
//! closed list what became of the other, and where a second evidence stands in the record at that moment: a slip with the
//! figures of the copy in the hands of an agent, or a count by hand that agrees with it. Until then the station stays open.
//!
//! A definition that was frozen with `announce = "arrived"` says otherwise before anybody knows a figure, over the board's signatures: there
//! one copy is enough and needs no order, and its station stands as arrived wherever it is named. No amendment makes it so afterwards.
//!
//! The other copy is one of the same device: what a spare device brought by the other channel is another count. Each package
//! holds the codes of its slip, so that a slip of which nobody says who holds it may be the copy once more.

use std::collections::BTreeSet;

use election::{Coded, DeviceId, Lang};
use serde::{Deserialize, Serialize};

use crate::entry::{Content, Effect, Import, Medium, Order};
use crate::standing::{Evidence, SlipEvidence};

/// Why a copy has not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Absence {
    /// It cannot be found.
    Lost,
    /// Nobody could collect it.
    Uncollected,
    /// An authority holds it.
    Seized,
    /// The medium is broken.
    Damaged,
    /// The medium is whole, and what it holds cannot be read.
    Unreadable,
    /// It is sealed to a key that nobody has any more.
    Locked,
    /// There was no link.
    NetworkDown,
}

impl Absence {
    /// Each with the word used in files.
    pub const WORDS: [(&'static str, Absence); 7] = [
        ("lost", Absence::Lost),
        ("uncollected", Absence::Uncollected),
        ("seized", Absence::Seized),
        ("damaged", Absence::Damaged),
        ("unreadable", Absence::Unreadable),
        ("locked", Absence::Locked),
        ("network_down", Absence::NetworkDown),
    ];

    /// The word used in files.
    pub fn as_str(self) -> &'static str {
        Self::WORDS.iter().find(|(_, own)| *own == self).map_or("", |(word, _)| word)
    }

    /// What became of the copy, in words.
    pub fn say(self, lang: Lang) -> &'static str {
        lang.choose(match self {
            Absence::Lost => ["ضاعت الذاكرة", "فلاشەکە ون بووە", "the stick is lost"],
            Absence::Uncollected => ["لم تُجلب الذاكرة", "فلاشەکە نەهێنراوە", "the stick could not be collected"],
            Absence::Seized => ["صودرت الذاكرة", "دەست بەسەر فلاشەکەدا گیراوە", "the stick was seized"],
            Absence::Damaged => ["تلفت الذاكرة", "فلاشەکە تێکچووە", "the stick is broken"],
            Absence::Unreadable => ["الذاكرة لا تُقرأ", "فلاشەکە ناخوێنرێتەوە", "the stick cannot be read"],
            Absence::Locked => {
                ["الذاكرة مختومة لمفتاح مفقود", "فلاشەکە بۆ کلیلێکی ونبوو داخراوە", "the stick is sealed to a lost key"]
            }
            Absence::NetworkDown => ["لم تكن هناك شبكة", "تۆڕ نەبوو", "there was no network"],
        })
    }

    /// Can that befall this medium?
    fn befalls(self, medium: Medium) -> bool {
        (self == Absence::NetworkDown) == (medium == Medium::Network)
    }
}

/// Why an order about a copy that came alone may not stand.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OneChannel {
    /// The order does not say what became of the other copy.
    #[error("one channel alone has come, and the order does not say why nothing came by the other one, the {}", .0.as_str())]
    Unsaid(Medium),
    /// It says so of a copy that came, or counts none.
    #[error("the order says that a copy has not come ('{}'), and counts no copy that came alone", .0.as_str())]
    NoneMissing(Absence),
    /// It says of one medium what befalls the other.
    #[error("'{}' is no reason why nothing came by the {}", .0.as_str(), .1.as_str())]
    OtherMedium(Absence, Medium),
    /// Nothing but the copy itself says so.
    #[error(
        "of {slips} slips of agents and {hand_counts} counts by hand in the record none has the figures of the one copy that came"
    )]
    NoSecond {
        /// The slips of the station that name whose agent holds them.
        slips: usize,
        /// All counts by hand of the station.
        hand_counts: usize,
    },
}

impl Coded for OneChannel {
    fn code(&self) -> &'static str {
        match self {
            OneChannel::Unsaid(_) | OneChannel::NoneMissing(_) | OneChannel::OtherMedium(..) => "record.one_channel",
            OneChannel::NoSecond { .. } => "record.second_evidence",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            OneChannel::Unsaid(Medium::Stick) | OneChannel::OtherMedium(_, Medium::Stick) => {
                "say it with --absent lost, uncollected, seized, damaged, unreadable or locked"
            }
            OneChannel::Unsaid(Medium::Network) | OneChannel::OtherMedium(_, Medium::Network) => {
                "say it with --absent network_down"
            }
            OneChannel::NoneMissing(_) => "leave --absent out",
            OneChannel::NoSecond { .. } => {
                "enter an agent's slip with `sanad centre slip --party`, or have the box counted: `sanad case recount`, then `sanad case hand-count`"
            }
        }
    }
}

/// The one that brought nothing, where the other did.
fn missing(network: bool, stick: bool) -> Option<Medium> {
    match (network, stick) {
        (true, false) => Some(Medium::Stick),
        (false, true) => Some(Medium::Network),
        _ => None,
    }
}

impl Evidence {
    /// The medium by which nothing came of the station, where one alone has brought something.
    pub fn missing_medium(&self) -> Option<Medium> {
        let channels = self.channels();
        missing(channels.network, channels.stick)
    }

    /// The medium by which nothing came of the device that made this content, where the other alone has brought something.
    pub fn missing_beside(&self, content: &Content) -> Option<Medium> {
        let makers: BTreeSet<&DeviceId> =
            self.current().filter(|own| own.content == *content).map(|own| &own.device).collect();
        let came_by = |medium| self.current().any(|own| own.medium == medium && makers.contains(&own.device));
        missing(came_by(Medium::Network), came_by(Medium::Stick))
    }

    /// The slips of which the record says whose agent holds them.
    fn slips_of_agents(&self) -> impl Iterator<Item = &SlipEvidence> {
        self.slips.iter().filter(|slip| slip.party.is_some())
    }

    /// Something beside the copies themselves has the figures of this content: an agent's slip, or a count by hand.
    pub fn has_second(&self, content: &Content) -> bool {
        self.slips_of_agents().any(|slip| slip.results == content.results)
            || self.hand_counts.values().any(|own| own.agrees == Some(*content))
    }

    /// The copy that an order says has not come has come since.
    pub fn has_come_since(&self, order: &Order) -> bool {
        let (Effect::Count(content), Some(absent)) = (&order.effect, order.absent) else { return false };
        let of = |own: &Import| (own.device.clone(), own.generation);
        let made: BTreeSet<(DeviceId, u16)> =
            self.imports.iter().filter(|own| own.content == *content).map(of).collect();
        self.imports.iter().any(|own| absent.befalls(own.medium) && made.contains(&of(own)))
    }

    /// What an order says of the copy that had not come, in words, and whether it has come since.
    pub fn say_absent(&self, order: &Order, lang: Lang) -> Option<String> {
        let since = match self.has_come_since(order) {
            true => lang.choose(["؛ وقد وصلت بعد ذلك", "؛ دوای ئەوە هات", "; it has come since"]),
            false => "",
        };
        Some(format!("{}{since}", order.absent?.say(lang)))
    }

    /// Whether an order of this effect, which says `absent` of the copy that has not come, may stand.
    ///
    /// # Errors
    ///
    /// What it lacks.
    pub fn may_order(&self, effect: &Effect, absent: Option<Absence>) -> Result<(), OneChannel> {
        let alone = match effect {
            Effect::Count(content) => self.missing_beside(content).map(|missing| (content, missing)),
            _ => None,
        };
        match (alone, absent) {
            (None, None) => Ok(()),
            (None, Some(absent)) => Err(OneChannel::NoneMissing(absent)),
            (Some((_, missing)), None) => Err(OneChannel::Unsaid(missing)),
            (Some((_, missing)), Some(absent)) if !absent.befalls(missing) => {
                Err(OneChannel::OtherMedium(absent, missing))
            }
            (Some((content, _)), Some(_)) if !self.has_second(content) => {
                Err(OneChannel::NoSecond { slips: self.slips_of_agents().count(), hand_counts: self.hand_counts.len() })
            }
            (Some(_), Some(_)) => Ok(()),
        }
    }
}
