//! What is known of one station, and whether it is counted.
//!
//! A standing is a value, not a flag: which copies there are, which
//! independent evidence agrees with them, which order stands. It is a function
//! of sets, so the order of arrival cannot show in it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use election::{DeviceId, Digest, PartyId, PlainDate, Tier};
use serde::Serialize;

use crate::entry::{Content, Effect, HandCount, Import, Medium, Opening, Order, Recount};

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
    /// Copies, or a copy and a slip or a count by hand, differ, or the ballot account does not add up; nobody has decided.
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
    /// Recounts, ordered and taken back, by their leaves.
    pub recounts: BTreeMap<Digest, Recount>,
    /// The counts by hand, by their leaves.
    pub hand_counts: BTreeMap<Digest, HandCount>,
    /// The orders that no other supersedes, with the digests of their leaves.
    pub heads: BTreeSet<(Digest, Order)>,
    /// The openings that no other leaf supersedes, with the digests of their leaves.
    pub openings: BTreeSet<(Digest, Opening)>,
    /// Of orders that carry out a ruling, where the rules put courts in an order: the rank and the date of the ruling.
    pub ranks: BTreeMap<Digest, (Reverse<u8>, PlainDate)>,
}

/// Whose figures are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Counted {
    /// A device's.
    Package(Content),
    /// Those of a count by hand, by its leaf.
    Hand(Digest),
}

impl Counted {
    /// The name of the figures: the hash of `results.json`, or of the leaf of a count by hand.
    pub fn figures(&self) -> Digest {
        match self {
            Counted::Package(content) => content.results,
            Counted::Hand(leaf) => *leaf,
        }
    }

    /// The device's content.
    pub fn package(&self) -> Option<&Content> {
        match self {
            Counted::Package(content) => Some(content),
            Counted::Hand(_) => None,
        }
    }
}

/// What a station's evidence comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StationStanding {
    /// The standing.
    pub standing: Standing,
    /// Contents of the latest generation of each device that came over the network.
    pub network: BTreeSet<Content>,
    /// Contents of the latest generation of each device that came on a stick.
    pub stick: BTreeSet<Content>,
    /// Whose figures are counted, if any are.
    pub counted: Option<Counted>,
    /// Counted by an order though the evidence is below the rules' tier.
    pub by_order: bool,
    /// Slips that agree with what came.
    pub slips_agreeing: usize,
    /// Slips that do not.
    pub slips_differing: usize,
    /// How many kinds of evidence say the same: the network's copy, the stick's, signed slips, and counts by hand; 0 to 4.
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
    /// The latest generation that came of a device.
    fn latest(&self, device: &DeviceId) -> Option<u16> {
        self.imports.iter().filter(|i| i.device == *device).map(|i| i.generation).max()
    }

    /// The imports that no later generation of the same device supersedes. A device makes a generation with each
    /// reopening; the generations of two devices, a spare beside the first one, say nothing of each other, and what both
    /// counted stands until somebody decides.
    pub fn current(&self) -> impl Iterator<Item = &Import> {
        self.imports.iter().filter(|i| self.latest(&i.device) == Some(i.generation))
    }

    /// The recounts that are ordered and were not taken back.
    pub fn recounts_standing(&self) -> impl Iterator<Item = (&Digest, &Recount)> {
        let withdrawn: BTreeSet<Digest> = self.recounts.values().filter_map(|own| own.withdraws).collect();
        self.recounts.iter().filter(move |(leaf, own)| own.withdraws.is_none() && !withdrawn.contains(*leaf))
    }

    /// The counts by hand that answer a recount.
    pub fn answers(&self, recount: &Digest) -> impl Iterator<Item = &Digest> {
        let recount = Some(*recount);
        self.hand_counts.iter().filter(move |(_, own)| own.ordered == recount).map(|(leaf, _)| leaf)
    }

    /// Whether the ballot account of something that came last does not add up.
    pub fn account_differs(&self) -> bool {
        self.current().any(|import| import.account_differs)
    }

    /// What both channels have brought of the latest generations: as in [`Evidence::standing`], for whoever compares all
    /// stations of a nation again and again.
    pub fn channels(&self) -> Channels {
        let came_by = |medium| self.current().any(|i| i.medium == medium);
        let (network, stick) = (came_by(Medium::Network), came_by(Medium::Stick));
        let first = self.current().next().map(|i| i.content);
        let is_identical = network && stick && self.current().all(|i| Some(i.content) == first);
        Channels { network, stick, is_identical }
    }

    /// What the orders that stand say. Where they contradict each other and courts have an order, what those of the highest
    /// court and the latest of its rulings say.
    pub(crate) fn effects(&self) -> BTreeSet<&Effect> {
        let all: BTreeSet<&Effect> = self.heads.iter().map(|(_, order)| &order.effect).collect();
        let highest = self.heads.iter().filter_map(|(leaf, _)| self.ranks.get(leaf)).max();
        match highest {
            Some(highest) if all.len() > 1 => {
                let of_it = self.heads.iter().filter(|(leaf, _)| self.ranks.get(leaf) == Some(highest));
                of_it.map(|(_, order)| &order.effect).collect()
            }
            _ => all,
        }
    }

    /// The standing under the rules' `tier`.
    pub fn standing(&self, tier: Tier) -> StationStanding {
        let of = |medium: Medium| -> BTreeSet<Content> {
            self.current().filter(|i| i.medium == medium).map(|i| i.content).collect()
        };
        let (network, stick) = (of(Medium::Network), of(Medium::Stick));
        let contents: BTreeSet<Content> = network.union(&stick).copied().collect();

        // A slip of a later count than any that came says that what came is not the last: it differs from all of it.
        let slips: Vec<&SlipEvidence> =
            self.slips.iter().filter(|s| self.latest(&s.device).is_none_or(|latest| s.generation >= latest)).collect();
        let agrees = |slip: &SlipEvidence| contents.iter().all(|c| c.results == slip.results);
        let slips_agreeing = if contents.is_empty() { 0 } else { slips.iter().filter(|s| agrees(s)).count() };
        let slips_differing = if contents.is_empty() { 0 } else { slips.len() - slips_agreeing };

        let by_hand: BTreeSet<Option<Content>> = self.hand_counts.values().map(|count| count.agrees).collect();
        let hand_differs = by_hand.iter().any(|agrees| contents.iter().any(|content| Some(*content) != *agrees));

        let kinds = |content: &Content| {
            let by_slip = slips.iter().any(|slip| slip.results == content.results);
            let by_media = u8::from(network.contains(content)) + u8::from(stick.contains(content));
            by_media + u8::from(by_slip) + u8::from(by_hand.contains(&Some(*content)))
        };
        let alone = u8::from(!slips.is_empty()).max(u8::from(!by_hand.is_empty()));
        let concordant = contents.iter().map(kinds).max().unwrap_or(alone);

        let evidence = match contents.len() {
            0 => Standing::Missing,
            1 if slips_differing > 0 || hand_differs || self.account_differs() => Standing::Quarantined,
            1 if network != stick => Standing::Arrived,
            1 if slips_agreeing > 0 || !by_hand.is_empty() => Standing::Confirmed,
            1 => Standing::Matched,
            _ => Standing::Quarantined,
        };
        let reaches = match evidence {
            Standing::Arrived => tier <= Tier::Arrived,
            Standing::Matched => tier <= Tier::Matched,
            Standing::Confirmed => tier <= Tier::Confirmed,
            _ => false,
        };
        let by_rule = contents.first().copied().map(Counted::Package).filter(|_| reaches);

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
        let mut effects = self.effects().into_iter();
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
            (Some(Effect::NotOpened), None) if contents.is_empty() && self.slips.is_empty() && by_hand.is_empty() => {
                result.standing = Standing::NotOpened;
            }
            // A station said not to have opened has sent results, or printed a slip: nothing is added until somebody decides.
            (Some(Effect::NotOpened), None) => {
                result.standing = Standing::Quarantined;
                result.counted = None;
            }
            (Some(Effect::Count(content)), None) => {
                result.by_order = by_rule != Some(Counted::Package(*content));
                result.counted = contents.contains(content).then_some(Counted::Package(*content));
            }
            (Some(Effect::CountHand(leaf)), None) => {
                result.by_order = true;
                result.counted = self.hand_counts.contains_key(leaf).then_some(Counted::Hand(*leaf));
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

    fn import(medium: Medium, device: u8, generation: u16, results: u8, images: u8) -> Import {
        Import {
            medium,
            station: "s1".parse().unwrap(),
            device: format!("d{device}").parse().unwrap(),
            generation,
            label: Digest([0; 32]),
            statement: Digest([0; 32]),
            content: Content {
                results_manifest: Digest([results; 32]),
                images_manifest: Digest([images; 32]),
                results: Digest([results; 32]),
            },
            intake: None,
            account_differs: false,
            build: None,
        }
    }

    fn both(device: u8, generation: u16, results: u8) -> [Import; 2] {
        [Medium::Network, Medium::Stick].map(|medium| import(medium, device, generation, results, 0))
    }

    #[test]
    fn st11_a_spare_device_conflicts_with_the_first_whatever_their_generations() {
        let slip = |device: &str, generation, results| SlipEvidence {
            device: device.parse().unwrap(),
            generation,
            results: Digest([results; 32]),
            party: None,
        };
        // The first device was reopened; the spare counted once.
        let imports: BTreeSet<Import> = [both(1, 1, 1), both(1, 2, 2), both(2, 1, 3)].concat().into_iter().collect();
        let mut evidence = Evidence { imports, ..Evidence::default() };
        let standing = evidence.standing(Tier::Arrived);
        assert_eq!((standing.standing, standing.counted), (Standing::Quarantined, None));
        let results: Vec<u8> = standing.network.iter().map(|content| content.results.0[0]).collect();
        assert_eq!(results, [2, 3], "the latest of each device, and not what the first one superseded itself");
        assert!(!evidence.channels().is_identical);
        // An order says which is counted.
        let spare = both(2, 1, 3)[0].content;
        let order = |effect| Order::new("s1".parse().unwrap(), effect, "the first device broke down", "article 1");
        evidence.heads = [(Digest([9; 32]), order(Effect::Count(spare)))].into();
        assert_eq!(evidence.standing(Tier::Matched).counted, Some(Counted::Package(spare)));
        // A slip of a device of which nothing came says that something is missing.
        let imports: BTreeSet<Import> = both(1, 2, 2).into_iter().collect();
        let held = |slip| Evidence { imports: imports.clone(), slips: [slip].into(), ..Evidence::default() };
        assert_eq!(held(slip("d2", 1, 3)).standing(Tier::Matched).standing, Standing::Quarantined);
        assert_eq!(held(slip("d1", 1, 1)).standing(Tier::Matched).standing, Standing::Matched, "superseded");
        assert_eq!(held(slip("d1", 2, 2)).standing(Tier::Matched).standing, Standing::Confirmed);
    }

    #[test]
    fn an_account_that_does_not_add_up_is_counted_by_order_alone() {
        let differing = |generation, results| -> Vec<Import> {
            both(1, generation, results).map(|import| Import { account_differs: true, ..import }).into()
        };
        let order = |effect| {
            Order::new("s1".parse().unwrap(), effect, "twelve papers are missing, and the box was sealed", "article 1")
        };
        let mut evidence = Evidence { imports: differing(1, 1).into_iter().collect(), ..Evidence::default() };
        let seen = |evidence: &Evidence, tier| {
            let seen = evidence.standing(tier);
            (seen.standing, seen.counted, seen.by_order)
        };
        let content = differing(1, 1)[0].content;
        // Identical copies and a slip that agrees say what the device counted, and nothing of the paper.
        for tier in [Tier::Arrived, Tier::Matched, Tier::Confirmed] {
            assert_eq!(seen(&evidence, tier), (Standing::Quarantined, None, false));
        }
        let results = Digest([1; 32]);
        let slip = SlipEvidence { device: "d1".parse().unwrap(), generation: 1, results, party: None };
        evidence.slips = [slip].into();
        assert_eq!(seen(&evidence, Tier::Matched), (Standing::Quarantined, None, false));
        assert!(evidence.channels().is_identical, "the copies are compared as any");
        // One copy that says so is enough.
        let one: BTreeSet<Import> = [differing(1, 1)[0].clone(), both(1, 1, 1)[1].clone()].into();
        let one = Evidence { imports: one, ..Evidence::default() };
        assert_eq!(seen(&one, Tier::Matched), (Standing::Quarantined, None, false));

        let decided = [
            (Effect::Count(content), (Standing::Quarantined, Some(Counted::Package(content)), true)),
            (Effect::Cancel, (Standing::Cancelled, None, false)),
            (Effect::Restore, (Standing::Quarantined, None, false)),
            (Effect::NotOpened, (Standing::Quarantined, None, false)),
        ];
        for (effect, expected) in decided {
            evidence.heads = [(Digest([9; 32]), order(effect))].into();
            assert_eq!(seen(&evidence, Tier::Matched), expected);
        }

        // A later count whose account adds up takes its place, and one that does not takes the place of one that did.
        let imports = |earlier: Vec<Import>, later: Vec<Import>| Evidence {
            imports: earlier.into_iter().chain(later).collect(),
            ..Evidence::default()
        };
        let (good, later) = (both(1, 2, 2).to_vec(), differing(2, 2));
        assert_eq!(imports(differing(1, 1), good).standing(Tier::Matched).standing, Standing::Matched);
        let later = imports(both(1, 1, 1).to_vec(), later);
        assert_eq!(seen(&later, Tier::Matched), (Standing::Quarantined, None, false));
    }

    proptest! {
        #[test]
        fn channels_are_those_of_the_standing(
            imports in prop::collection::btree_set((any::<bool>(), 1u8..3, 1u16..3, 0u8..2, 0u8..2), 0..6)
        ) {
            let imports = imports.into_iter().map(|(network, device, generation, results, images)| {
                import(if network { Medium::Network } else { Medium::Stick }, device, generation, results, images)
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
