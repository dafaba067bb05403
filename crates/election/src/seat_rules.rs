//! `[seats]`: how the votes of a contest become seats, and what is done where the law is silent.

use serde::{Deserialize, Serialize};

use crate::{Fraction, SeatMethod};

macro_rules! choices {
    ($($(#[$doc:meta])* $name:ident { $($(#[$what:meta])* $variant:ident = $word:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$what])* #[serde(rename = $word)] $variant,)*
        }

        impl $name {
            /// Every choice with the word used in `election.toml`; the first is what is meant where none is written.
            pub const ALL: &[(&str, $name)] = &[$(($word, $name::$variant),)*];

            /// The word used in `election.toml`.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }
        }
    )*};
}

choices! {
    /// What the threshold is a share of.
    ThresholdOf {
        /// All valid votes, also those of lists for reserved seats and of lists that withdrew.
        #[default]
        Valid = "valid",
        /// The votes of the lists that compete for the general seats.
        Competing = "competing",
    }
    /// Where the share is reached.
    ThresholdOver {
        /// In the contest itself.
        #[default]
        Contest = "contest",
        /// By the list's party in all contests of lists of the election together.
        Election = "election",
    }
    /// No list reaches the threshold.
    ThresholdUnmet {
        /// The seats stay vacant.
        #[default]
        Vacant = "vacant",
        /// The threshold is not applied.
        Waived = "waived",
    }
    /// Equal quotients (or remainders) for fewer seats.
    TiesOfLists {
        /// A lot is drawn.
        #[default]
        Lot = "lot",
        /// The list with more votes goes first; a lot where these are equal too.
        MostVotes = "most_votes",
    }
    /// Equal votes of candidates of one list, or of one contest without lists, for fewer seats.
    TiesOfCandidates {
        /// A lot is drawn.
        #[default]
        Lot = "lot",
        /// Whoever has the lower number goes first, and gives way last.
        ListOrder = "list_order",
    }
    /// The women's quota of a constituency, from its general seats.
    WomenQuota {
        /// No quota.
        #[default]
        None = "none",
        /// ⌊seats / 4 + ½⌋, in four steps (Iraq 2018 to 2025).
        QuarterRoundedHalfUp = "quarter_rounded_half_up",
    }
    /// A step of the quota would bring in more women than are still owed.
    QuotaOvershoot {
        /// Stop as soon as the quota is met; lists are served in the order that [`QuotaOrder`] says.
        #[default]
        StopAtQuota = "stop_at_quota",
        /// Serve every list what it owes, even beyond the quota.
        ServeAll = "serve_all",
    }
    /// Which list is served first where a step stops at the quota; equal lists by lot.
    QuotaOrder {
        /// The one with the most votes.
        #[default]
        MostVotes = "most_votes",
        /// The one with the fewest.
        FewestVotes = "fewest_votes",
    }
    /// A list that has fewer women than it owes.
    FewWomen {
        /// What is short goes on to the next step, where other lists may bring it in.
        #[default]
        NextStep = "next_step",
        /// The quota is lower by what is short: no other list pays for it.
        Forgo = "forgo",
    }
    /// A list that has won more seats than it has candidates left.
    ShortList {
        /// The seats stay vacant.
        #[default]
        Vacant = "vacant",
        /// The seats go to the next highest quotients of lists with candidates left.
        NextQuotient = "next_quotient",
    }
}

/// How votes become seats and who takes them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeatRules {
    /// The method for the lists of a contest.
    pub method: SeatMethod,
    /// Lists with less than this share take no seat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threshold: Option<Fraction>,
    /// Of what.
    #[serde(default)]
    pub threshold_of: ThresholdOf,
    /// Where.
    #[serde(default)]
    pub threshold_over: ThresholdOver,
    /// Where nobody reaches it.
    #[serde(default)]
    pub threshold_unmet: ThresholdUnmet,
    /// Who breaks a tie between lists.
    #[serde(default)]
    pub ties_of_lists: TiesOfLists,
    /// Who breaks a tie between candidates.
    #[serde(default)]
    pub ties_of_candidates: TiesOfCandidates,
    /// The women's quota.
    #[serde(default)]
    pub women: WomenQuota,
    /// Where step 2 of the quota overshoots.
    #[serde(default = "serve_all")]
    pub quota_overshoot_step_2: QuotaOvershoot,
    /// Where step 3 of the quota overshoots.
    #[serde(default)]
    pub quota_overshoot: QuotaOvershoot,
    /// Which list is served first.
    #[serde(default)]
    pub quota_order: QuotaOrder,
    /// A list with too few women.
    #[serde(default)]
    pub quota_few_women: FewWomen,
    /// A list shorter than its seats.
    #[serde(default)]
    pub short_list: ShortList,
}

/// "Each list owes ⌊its seats / 4⌋ women": the text asks it of each, whatever the others have paid.
fn serve_all() -> QuotaOvershoot {
    QuotaOvershoot::ServeAll
}

impl SeatRules {
    /// A method, and all else as it is meant where nothing is written.
    pub fn of(method: SeatMethod) -> Self {
        SeatRules {
            method,
            threshold: None,
            threshold_of: ThresholdOf::default(),
            threshold_over: ThresholdOver::default(),
            threshold_unmet: ThresholdUnmet::default(),
            ties_of_lists: TiesOfLists::default(),
            ties_of_candidates: TiesOfCandidates::default(),
            women: WomenQuota::default(),
            quota_overshoot_step_2: serve_all(),
            quota_overshoot: QuotaOvershoot::default(),
            quota_order: QuotaOrder::default(),
            quota_few_women: FewWomen::default(),
            short_list: ShortList::default(),
        }
    }

    /// The women owed to a contest of `seats` general seats.
    pub fn women_owed(&self, seats: u16) -> u16 {
        match self.women {
            WomenQuota::None => 0,
            // ⌊seats / 4 + ½⌋
            WomenQuota::QuarterRoundedHalfUp => seats.saturating_add(2) / 4,
        }
    }
}
