//! The leaves of a history in another order, as far as the fold takes them, and what it refuses on the way.

use std::collections::{BTreeMap, BTreeSet};

use election::{Coded, Digest};
use sanad_record::docket::{About, Against, Appeal, Capacity, Certification, Class, Classification, Complaint, Form};
use sanad_record::docket::{Revocation, Ruled, Ruling};
use sanad_record::entry::{
    Act, Amendment, Candidacy, Custody, Effect, HandCount, Item, Lot, Match, Order, Publication, Withdrawal,
};
use sanad_record::register::acts::ActKind;
use sanad_record::register::equipment::ItemKind;
use sanad_record::{Body, Medium, State};

use crate::common::{World, station};
use crate::draw::{BOARD, CENTRE, History, Play};

/// Why a leaf is refused at one place though it stands at another: its kind (`*`: any), the code, and the reason.
#[rustfmt::skip]
pub const REASONS: [(&str, &str, &str); 28] = [
    ("*", "record.revoked", "a key signs nothing after its revocation"),
    ("act", "register.act", "an act names earlier ones by their numbers"),
    ("act", "register.item", "an act is about equipment by its number"),
    ("act", "register.later", "a correction names nothing that was entered after what it corrects"),
    ("amendment", "decision.figures_known", "what is a finding is not changed once figures are known"),
    ("announcement", "docket.stopped", "an injunction stops it until it is lifted"),
    ("announcement", "record.version", "versions are announced in turn"),
    ("appeal", "docket.announcement", "an appeal is against a version that was announced"),
    ("appeal", "docket.case", "an appeal is against the resolution of a complaint by its number"),
    ("appeal", "docket.served", "an appeal counts from when the resolution was served that stands"),
    ("certification", "docket.open", "nothing is certified while something is open"),
    ("certification", "docket.version", "the version announced last is certified, before what changes it"),
    ("certification", "record.version", "certifications are numbered in turn"),
    ("classification", "docket.case", "a panel classifies a complaint by its number"),
    ("custody", "register.item", "a hand-over is of equipment by its number"),
    ("equipment", "register.contract", "equipment is of a contract by its number that is not annulled yet"),
    ("hand_count", "docket.conflict", "nobody counts a box once a complaint about it concerns them"),
    ("hand_count", "record.hand_count", "a count agrees with what has come"),
    ("match", "record.match", "a comparison says what has come until then"),
    ("order", "record.one_channel", "an order to count says of a copy that has not come why, and of none that has"),
    ("order", "record.order", "an order counts what has come"),
    ("order", "record.second_evidence", "a copy that came alone is counted once something else has its figures"),
    ("publication", "record.version", "the version announced last is published"),
    ("ratification", "ratification.certification", "names are those of the last certification"),
    ("resolution", "docket.case", "two officers decide a complaint by its number"),
    ("resolution", "docket.not_admissible", "a complaint is decided once a panel has found that the law allows it"),
    ("ruling", "docket.case", "a court rules upon an appeal by its number"),
    ("ruling", "docket.ruling", "a court permits what is open"),
];

/// A leaf that was refused at a place where it might have stood.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refusal {
    kind: &'static str,
    code: &'static str,
}

impl Refusal {
    /// Why it has another place, if there is a reason.
    pub fn reason(&self) -> Option<&'static str> {
        let fits = |(kind, code, _): &&(&str, &str, &str)| (*kind == "*" || *kind == self.kind) && *code == self.code;
        REASONS.iter().find(fits).map(|(_, _, why)| *why)
    }
}

/// Do these two, of which the first came first, say another thing in the other order?
fn keep_their_order(first: &Body, then: &Body) -> bool {
    match (first, then) {
        // `results/amendments.csv` numbers them.
        (Body::Amendment(_), Body::Amendment(_)) => true,
        // A version is what stands before it.
        (Body::Announcement(_), other) | (other, Body::Announcement(_)) => other.changes_results(),
        // Of papers of one day the one that was entered last stands.
        (Body::Ratification(one), Body::Ratification(other)) => one.candidate == other.candidate,
        // Hand-overs of one minute follow each other as they were entered, a correction in the place of what it corrects.
        (Body::Custody(one), Body::Custody(other)) => one.item == other.item,
        _ => false,
    }
}

/// An order in which all leaves stand.
pub struct Taken {
    /// The leaves by their places in the history.
    pub order: Vec<usize>,
    pub state: State,
    pub refusals: BTreeSet<Refusal>,
}

/// The next number of a generator (splitmix64).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

/// The leaves of `history` in an order of `seed`, near their own or far from it. Where that comes to a leaf that can stand nowhere any
/// more, it begins again, and this leaf has before it what it has in the history, in whatever order.
///
/// # Panics
///
/// Where a leaf is refused for no reason that gives it another place, or after the same leaves in another order.
pub fn in_another_order(play: &Play, history: &History, seed: u64) -> Taken {
    let mut random = seed;
    let near = next(&mut random).is_multiple_of(2);
    let place = |(index, random): (usize, u64)| if near { index as u64 + random % 12 } else { random };
    let places: Vec<u64> = (0..history.leaves.len()).map(|index| place((index, next(&mut random)))).collect();
    let (mut fixed, mut refusals) = (BTreeSet::new(), BTreeSet::new());
    loop {
        match attempt(play, history, &places, &fixed, &mut refusals) {
            Ok((order, state)) => return Taken { order, state, refusals },
            Err(stuck) => {
                let before = fixed.len();
                fixed.extend(stuck.keys().copied());
                // A correction may name what was entered before the act that it corrects: which of the two came first is in no set.
                if fixed.len() == before && stuck.values().all(|code| *code == "register.later") {
                    fixed.extend(stuck.keys().flat_map(|index| 0..*index));
                }
                let of =
                    |(index, code): (&usize, &&str)| format!("{index} {}: {code}", history.entries[*index].body.kind());
                let told: Vec<_> = stuck.iter().map(of).collect();
                assert!(fixed.len() > before, "after the same leaves in another order these do not stand: {told:?}");
            }
        }
    }
}

/// One attempt: again and again the first leaf by `places` that may stand. The leaves of `fixed` have before them what they have in the
/// history. Where none may stand, gives those that were asked, each with the code of its refusal.
fn attempt(
    play: &Play,
    history: &History,
    places: &[u64],
    fixed: &BTreeSet<usize>,
    refusals: &mut BTreeSet<Refusal>,
) -> Result<(Vec<usize>, State), BTreeMap<usize, &'static str>> {
    let entries = &history.entries;
    let mut left: Vec<usize> = (0..entries.len()).collect();
    left.sort_by_key(|index| (places[*index], *index));
    let (mut order, mut state): (Vec<usize>, State) = (Vec::new(), play.world.begin());
    while !left.is_empty() {
        if order.len() % 16 == 3 {
            play.refuses_what_is_wrong(&mut state);
        }
        let is_left = |index: &usize| left.contains(index);
        let first_fixed = fixed.iter().copied().find(is_left).unwrap_or(usize::MAX);
        let waits = |index: usize| {
            let earlier = || left.iter().copied().filter(move |other| *other < index);
            index > first_fixed
                || index == first_fixed && earlier().next().is_some()
                || history.names[index].iter().any(is_left)
                || earlier().any(|other| keep_their_order(&entries[other].body, &entries[index].body))
        };
        let ready: Vec<usize> = left.iter().copied().filter(|index| !waits(*index)).collect();
        let mut stuck = BTreeMap::new();
        let stands = |index: &usize| match state.apply(&play.world.frozen, &history.leaves[*index]) {
            Ok(()) => true,
            Err(problem) => {
                let refusal = Refusal { kind: entries[*index].body.kind(), code: problem.code() };
                assert!(refusal.reason().is_some(), "{refusal:?} has no reason: {problem}");
                stuck.insert(*index, refusal.code);
                refusals.insert(refusal);
                false
            }
        };
        let Some(taken) = ready.into_iter().find(stands) else { return Err(stuck) };
        left.retain(|index| *index != taken);
        order.push(taken);
    }
    Ok((order, state))
}

impl Play {
    /// What is wrong by itself is refused here as anywhere, for the same reason, and changes nothing.
    fn refuses_what_is_wrong(&self, state: &mut State) {
        let size = state.size;
        for (leaf, code) in &self.wrong {
            let problem = state.apply(&self.world.frozen, leaf).expect_err(code);
            assert_eq!((problem.code(), state.size), (*code, size), "{problem}");
        }
    }
}

fn words() -> [String; 2] {
    ["a reason".into(), "a clause".into()]
}

/// Officers whose keys are never revoked.
const TWO: [&str; 2] = ["officer_1", "officer_2"];

/// Leaves that may stand nowhere, each with the code of its reason.
pub fn wrong(world: &World) -> Vec<(Vec<u8>, &'static str)> {
    let order = |id: &str, effect| Order::new(station(id), effect, "a reason", "a clause");
    let cancel = Body::Order(order("0101", Effect::Cancel));
    let mut other_device = world.import("0101", Medium::Stick, 1);
    if let Body::Import(own) = &mut other_device {
        own.device = "d0102".parse().unwrap();
    }
    let mut other_round = world.head();
    other_round.scope.round = 2;
    let other_round = cancel.sign(&other_round, &[&world.keys[TWO[0]], &world.keys[TWO[1]]]).unwrap();
    let signed = [(other_round, "record.scope"), (world.leaf_0.clone(), "record.fingerprint")];
    let bodies: [(Body, &[&str], &'static str); 9] = [
        (other_device, &CENTRE, "record.device"),
        (cancel.clone(), &TWO[..1], "record.threshold"),
        (cancel, &BOARD, "record.signature"),
        (world.slip("0101", 1, "d0102"), &CENTRE, "record.slip"),
        (Body::Order(order("9999", Effect::Cancel)), &TWO, "record.station"),
        (Body::Order(order("0101", Effect::Restore)), &TWO, "record.order"),
        (Body::Order(Order { reason: " ".into(), ..order("0101", Effect::Cancel) }), &TWO, "record.order"),
        (Body::Match(Match { expected: 99, ..Match::default() }), &CENTRE, "record.match"),
        (Body::Publication(Publication { version: 0, manifest: Digest([2; 32]) }), &CENTRE, "record.version"),
    ];
    let decisions = wrong_decisions(world).map(|(body, code)| (body, &TWO[..], code));
    let all = bodies.into_iter().chain(decisions).chain(wrong_cases());
    all.map(|(body, by, code)| (world.sign(&body, by), code)).chain(signed).collect()
}

fn wrong_decisions(world: &World) -> [(Body, &'static str); 6] {
    let [reason, basis] = words();
    let option = "ros".parse().unwrap();
    let (candidacy, evidence) = (Candidacy::Withdrawn, Vec::new());
    let nobody = Body::Withdrawal(Withdrawal { option, candidacy, reason, basis, evidence, supersedes: None });
    let outcome = tally::LotOutcome { id: tally::LotId("lot_never".into()), drawn: vec!["rose".parse().unwrap()] };
    let silent = Body::Lot(Lot { outcome, drawing: " ".into(), supersedes: None });
    let results = world.voted("0101", [1, 1, 1]);
    let (account, contests, paper) = (results.account, results.contests, Digest([3; 32]));
    let nowhere = HandCount { station: station("9999"), ordered: None, account, contests, paper, agrees: None };
    let (dated, paper) = ("2026-05-20".parse().unwrap(), Digest([4; 32]));
    let mut act = Act::new("a0".parse().unwrap(), ActKind::Request, "Audit Board", "0/2026", dated, paper, "it asks");
    act.annuls.insert("a1".parse().unwrap());
    let item = Item::new("dev0".parse().unwrap(), ItemKind::Device, "SN", "article 38");
    let custody = Custody {
        item: "nothing".parse().unwrap(),
        from: "store".into(),
        to: "car".into(),
        seals: Vec::new(),
        at: "2026-05-12T18:00".parse().unwrap(),
        place: "gate".into(),
        supersedes: None,
    };
    [
        (nobody, "decision.option"),
        (silent, "record.drawing"),
        (Body::HandCount(nowhere), "record.station"),
        (Body::Act(act), "register.kind"),
        (Body::Item(item), "register.device"),
        (Body::Custody(custody), "register.item"),
    ]
}

fn wrong_cases() -> [(Body, &'static [&'static str], &'static str); 7] {
    const PANEL: [&str; 3] = ["chair", "officer_1", "officer_2"];
    let case: election::CaseId = "nobodys".parse().unwrap();
    let form = Form {
        capacity: Capacity::Voter,
        party: None,
        ground: "a ground".into(),
        paper: Digest([5; 32]),
        sealed: None,
        redacted: Vec::new(),
        filed: "2026-05-13T10:00".parse().unwrap(),
    };
    let stranger: election::PersonId = "officer_9".parse().unwrap();
    let about = About::Station(station("0101"));
    let complaint = Complaint { case: case.clone(), about, form: form.clone(), concerns: vec![stranger.clone()] };
    let [reason, basis] = words();
    let (class, supersedes) = (Class::Red, None);
    let unfiled = Classification { case: case.clone(), class, reason, basis, supersedes };
    let served = "2026-05-17T09:00".parse().unwrap();
    let unresolved = Appeal { case: "appeal".parse().unwrap(), against: Against::Resolution(case), served, form };
    let ruling = Ruling {
        court: "Electoral Panel".into(),
        rank: 1,
        number: "0/2026".into(),
        dated: "2026-05-24".parse().unwrap(),
        served,
        paper: Digest([6; 32]),
        about: Vec::new(),
        ruled: Ruled::Granted,
    };
    let [reason, basis] = words();
    let revoked = Body::Revocation(Revocation { person: stranger, reason, basis });
    let [reason, basis] = words();
    let (before, after) = (None, Some("200".into()));
    let amended = Body::Amendment(Amendment { key: "marks.marked_from".into(), before, after, reason, basis });
    let certified = Certification { number: 99, version: 1, results: Digest([7; 32]), despite: None };
    [
        (Body::Complaint(complaint), &CENTRE, "docket.person"),
        (Body::Classification(unfiled), &PANEL, "docket.case"),
        (Body::Appeal(unresolved), &CENTRE, "docket.case"),
        (Body::Ruling(ruling), &TWO, "docket.ruling"),
        (revoked, &BOARD, "docket.person"),
        (amended, &BOARD, "rules.key"),
        (Body::Certification(certified), &BOARD, "record.version"),
    ]
}
