//! What is known of one station, and whether it is counted.
//!
//! A standing is a value, not a flag: which copies there are, which
//! independent evidence agrees with them, which order stands. It is a function
//! of sets, so the order of arrival cannot show in it.

use std::collections::BTreeSet;

use election::{DeviceId, Digest, PartyId, Tier};
use serde::Serialize;

use crate::entry::{Content, Effect, Import, Medium, Opening, Order};

/// The standing of a station; each station has exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nothing has come.
    Missing,
    /// One medium alone has come.
    Arrived,
    /// Both have, and are identical.
    Matched,
    /// Both are identical, and an evidence independent of the device agrees.
    Confirmed,
    /// Copies, or a copy and a slip, differ; nobody has decided.
    Quarantined,
    /// Orders that stand contradict each other.
    SubJudice,
    /// Left out by an order.
    Cancelled,
    /// It did not open.
    NotOpened,
}

impl Standing {
    /// The word used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Standing::Missing => "missing",
            Standing::Arrived => "arrived",
            Standing::Matched => "matched",
            Standing::Confirmed => "confirmed",
            Standing::Quarantined => "quarantined",
            Standing::SubJudice => "sub_judice",
            Standing::Cancelled => "cancelled",
            Standing::NotOpened => "not_opened",
        }
    }
}

/// A slip whose signature holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SlipEvidence {
    /// The device that signed it.
    pub device: DeviceId,
    /// The generation.
    pub generation: u16,
    /// The hash of `results.json` that it names.
    pub results: Digest,
    /// Whose agent holds it.
    pub party: Option<PartyId>,
}

/// Everything the record says of one station.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// The imports.
    pub imports: BTreeSet<Import>,
    /// The slips.
    pub slips: BTreeSet<SlipEvidence>,
    /// The orders that no other supersedes, with the digests of their leaves.
    pub heads: BTreeSet<(Digest, Order)>,
    /// The openings that no other leaf supersedes, with the digests of their leaves.
    pub openings: BTreeSet<(Digest, Opening)>,
}

/// What a station's evidence comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StationStanding {
    /// The standing.
    pub standing: Standing,
    /// Contents of the latest generation that came over the network.
    pub network: BTreeSet<Content>,
    /// Contents of the latest generation that came on a stick.
    pub stick: BTreeSet<Content>,
    /// The content that is counted, if any.
    pub counted: Option<Content>,
    /// Counted by an order though the evidence is below the rules' tier.
    pub by_order: bool,
    /// Slips that agree with what came.
    pub slips_agreeing: usize,
    /// Slips that do not.
    pub slips_differing: usize,
    /// How many kinds of evidence say the same: the network's copy, the stick's, and signed slips; 0 to 3.
    pub concordant: u8,
}

impl StationStanding {
    /// Both copies came.
    pub fn has_both(&self) -> bool {
        !self.network.is_empty() && !self.stick.is_empty()
    }

    /// Both copies came and hold one and the same content.
    pub fn is_identical(&self) -> bool {
        self.network.len() == 1 && self.network == self.stick
    }
}

/// What both channels have brought of a station, without the rest of its standing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Channels {
    /// Something came over the network.
    pub network: bool,
    /// Something came on a stick.
    pub stick: bool,
    /// Both brought one and the same content.
    pub is_identical: bool,
}

impl Evidence {
    /// What both channels have brought of the latest generation: as in [`Evidence::standing`], for whoever compares all
    /// stations of a nation again and again.
    pub fn channels(&self) -> Channels {
        let latest = self.imports.iter().map(|i| i.generation).max();
        let imports = || self.imports.iter().filter(|i| Some(i.generation) == latest);
        let came_by = |medium| imports().any(|i| i.medium == medium);
        let (network, stick) = (came_by(Medium::Network), came_by(Medium::Stick));
        let first = imports().next().map(|i| i.content);
        let is_identical = network && stick && imports().all(|i| Some(i.content) == first);
        Channels { network, stick, is_identical }
    }

    /// The standing under the rules' `tier`.
    pub fn standing(&self, tier: Tier) -> StationStanding {
        let latest = self.imports.iter().map(|i| i.generation).max();
        let of = |medium: Medium| -> BTreeSet<Content> {
            self.imports
                .iter()
                .filter(|i| i.medium == medium && Some(i.generation) == latest)
                .map(|i| i.content)
                .collect()
        };
        let (network, stick) = (of(Medium::Network), of(Medium::Stick));
        let contents: BTreeSet<Content> = network.union(&stick).copied().collect();

        let slips: Vec<&SlipEvidence> =
            self.slips.iter().filter(|s| latest.is_none_or(|latest| s.generation == latest)).collect();
        let agrees = |slip: &SlipEvidence| contents.iter().all(|c| c.results == slip.results);
        let slips_agreeing = if contents.is_empty() { 0 } else { slips.iter().filter(|s| agrees(s)).count() };
        let slips_differing = if contents.is_empty() { 0 } else { slips.len() - slips_agreeing };

        let kinds = |content: &Content| {
            let by_slip = slips.iter().any(|slip| slip.results == content.results);
            u8::from(network.contains(content)) + u8::from(stick.contains(content)) + u8::from(by_slip)
        };
        let concordant = contents.iter().map(kinds).max().unwrap_or(u8::from(!slips.is_empty()));

        let evidence = match contents.len() {
            0 => Standing::Missing,
            1 if slips_differing > 0 => Standing::Quarantined,
            1 if network != stick => Standing::Arrived,
            1 if slips_agreeing > 0 => Standing::Confirmed,
            1 => Standing::Matched,
            _ => Standing::Quarantined,
        };
        let reaches = match evidence {
            Standing::Arrived => tier <= Tier::Arrived,
            Standing::Matched => tier <= Tier::Matched,
            Standing::Confirmed => tier <= Tier::Confirmed,
            _ => false,
        };
        let by_rule = contents.first().copied().filter(|_| reaches);

        let mut result = StationStanding {
            standing: evidence,
            network,
            stick,
            counted: by_rule,
            by_order: false,
            slips_agreeing,
            slips_differing,
            concordant,
        };
        let effects: BTreeSet<&Effect> = self.heads.iter().map(|(_, order)| &order.effect).collect();
        let mut effects = effects.into_iter();
        match (effects.next(), effects.next()) {
            (None, _) | (Some(Effect::Restore), None) => {}
            (Some(_), Some(_)) => {
                result.standing = Standing::SubJudice;
                result.counted = None;
            }
            (Some(Effect::Cancel), None) => {
                result.standing = Standing::Cancelled;
                result.counted = None;
            }
            // Two officers say that it opened, two that it did not.
            (Some(Effect::NotOpened), None) if !self.openings.is_empty() => {
                result.standing = Standing::SubJudice;
                result.counted = None;
            }
            (Some(Effect::NotOpened), None) if contents.is_empty() => result.standing = Standing::NotOpened,
            // A station said not to have opened has sent results: nothing is added until somebody decides.
            (Some(Effect::NotOpened), None) => {
                result.standing = Standing::Quarantined;
                result.counted = None;
            }
            (Some(Effect::Count(content)), None) => {
                result.by_order = by_rule != Some(*content);
                result.counted = contents.contains(content).then_some(*content);
            }
        }
        result
    }
}

#[cfg(test)]
mod tests {
    use election::Digest;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn channels_are_those_of_the_standing(
            imports in prop::collection::btree_set((any::<bool>(), 1u16..3, 0u8..2, 0u8..2), 0..6)
        ) {
            let imports = imports.into_iter().map(|(network, generation, results, images)| Import {
                medium: if network { Medium::Network } else { Medium::Stick },
                station: "s1".parse().unwrap(),
                device: "d1".parse().unwrap(),
                generation,
                label: Digest([0; 32]),
                statement: Digest([0; 32]),
                content: Content {
                    results_manifest: Digest([results; 32]),
                    images_manifest: Digest([images; 32]),
                    results: Digest([results; 32]),
                },
                intake: None,
            });
            let evidence = Evidence { imports: imports.collect(), ..Evidence::default() };
            let (channels, standing) = (evidence.channels(), evidence.standing(Tier::Matched));
            let expected = Channels {
                network: !standing.network.is_empty(),
                stick: !standing.stick.is_empty(),
                is_identical: standing.has_both() && standing.is_identical(),
            };
            prop_assert_eq!(channels, expected);
        }
    }
}
