//! The quarantine desk: why a station is open, what its evidences say of each other, and what may be decided.

mod common;

use std::collections::BTreeSet;

use common::{World, station};
use election::Digest;
use package::StationResults;
use sanad_record::desk::figures::{Source, side_by_side};
use sanad_record::desk::{self, Decision, Desk, Says, Why};
use sanad_record::entry::{Absence, Amendment, Announcement, Effect, HandCount, Order, Recount, Refused};
use sanad_record::{Body, Content, Medium, State};

/// What these leaves put on the desk of a station.
fn desk_of(world: &World, id: &str, bodies: &[Body], packages: &[StationResults]) -> Desk {
    let leaves: Vec<Vec<u8>> = bodies.iter().map(|body| world.sign_as_needed(body)).collect();
    desk_of_leaves(world, id, &leaves, packages)
}

fn desk_of_leaves(world: &World, id: &str, leaves: &[Vec<u8>], packages: &[StationResults]) -> Desk {
    let leaves = [std::slice::from_ref(&world.leaf_0), leaves].concat();
    let state = State::fold(&world.frozen, &leaves).unwrap_or_else(|e| panic!("{e}"));
    let outcome = world.outcome(&state, packages);
    let all = desk::stations(&world.frozen.definition, &state, &outcome, &leaves);
    all.into_iter().find(|desk| desk.station == station(id)).expect("it lies there")
}

fn by_hand(of: &StationResults, agrees: Option<Content>) -> Body {
    let mut contests = of.contests.clone();
    contests.iter_mut().for_each(|contest| contest.votes.retain(|_, votes| *votes > 0));
    let paper = Digest::of(b"the protocol");
    let (station, account) = (of.station.clone(), of.account);
    Body::HandCount(HandCount { station, ordered: None, account, contests, paper, agrees })
}

fn refused(id: &str, code: &str) -> Body {
    let label = Digest::of(code.as_bytes());
    Body::Refused(Refused {
        medium: Medium::Stick,
        station: Some(station(id)),
        label,
        code: code.into(),
        what: "why".into(),
    })
}

fn account_differs(body: &Body) -> Body {
    let Body::Import(import) = body else { unreachable!("an import") };
    let mut import = import.clone();
    import.account_differs = true;
    Body::Import(import)
}

#[test]
fn each_reason_for_which_a_station_is_open_is_named() {
    let world = World::new();
    let (one, other) = (world.voted("0101", [5, 3, 2]), world.voted("0101", [4, 4, 2]));
    let packages = [one.clone(), other.clone()];
    let [network, stick] = world.both(&one);
    let both = [network.clone(), stick.clone()];
    let Body::Import(import) = &network else { unreachable!("an import") };
    let count = world.order("0101", Effect::Count(import.content), &[]);
    let and = |more: &[Body]| [&both[..], more].concat();
    let recount = Body::Recount(Recount {
        station: station("0101"),
        reason: "the slip differs".into(),
        basis: "article 38".into(),
        evidence: vec![],
        under: None,
        withdraws: None,
    });
    let amendment = Body::Amendment(Amendment {
        key: "announce_by_kind.general".into(),
        before: None,
        after: Some("order".into()),
        reason: "a reason".into(),
        basis: "a clause".into(),
    });
    let announcement =
        Body::Announcement(Announcement { version: 1, results: Digest::of(b"results"), witnessed: "a note".into() });
    let not_opened = world.order("0101", Effect::NotOpened, &[]);
    let cancel = world.order("0101", Effect::Cancel, &[]);
    let late = |own: Body| and(&[announcement.clone(), own]);
    let cases: Vec<(Vec<Body>, Option<Why>)> = vec![
        (vec![], Some(Why::NothingCame)),
        (vec![network.clone()], Some(Why::MissingStick)),
        (vec![stick.clone()], Some(Why::MissingNetwork)),
        (vec![network.clone(), world.both(&other)[1].clone()], Some(Why::Differing)),
        (and(&[world.slip_of(other.clone(), "d0101")]), Some(Why::SlipDiffers)),
        (and(&[by_hand(&other, None)]), Some(Why::HandCountDiffers)),
        (vec![account_differs(&network), account_differs(&stick)], Some(Why::AccountDiffers)),
        ([&[not_opened.clone()][..], &both].concat(), Some(Why::SaidNotOpened)),
        (and(&[cancel.clone(), count.clone()]), Some(Why::SubJudice)),
        ([&[amendment][..], &both].concat(), Some(Why::BelowTier)),
        (and(&[recount]), Some(Why::RecountDue)),
        (vec![network.clone(), announcement.clone(), stick.clone()], Some(Why::Late)),
        (late(world.slip_of(one.clone(), "d0101")), Some(Why::Late)),
        (late(by_hand(&one, Some(import.content))), Some(Why::Late)),
        (and(&[count.clone(), world.slip_of(other.clone(), "d0101")]), Some(Why::AfterOrder)),
        (and(&[refused("0101", "import.unknown_device")]), Some(Why::WrongDevice)),
        (and(&[refused("0101", "import.name")]), Some(Why::Unexpected)),
        (and(&[refused("0101", "bag.manifest")]), Some(Why::Refused)),
        // Counted by the rules, left out, or not opened: nothing is open.
        (both.to_vec(), None),
        (and(&[count, world.slip_of(one.clone(), "d0101")]), None),
        (and(&[cancel]), None),
        (vec![not_opened], None),
    ];
    let mut seen = BTreeSet::new();
    for (bodies, expected) in cases {
        let desk = desk_of(&world, "0101", &bodies, &packages);
        assert_eq!(desk.why, expected.into_iter().collect(), "{bodies:#?}");
        seen.extend(expected.map(Why::what));
    }
    assert_eq!(seen.len(), 16, "each reason has words of its own: {seen:?}");
    // A station that is not in the definition.
    let desk = desk_of(&world, "0999", &[refused("0999", "import.unknown_station")], &[]);
    assert_eq!((desk.why, desk.standing, desk.decisions), ([Why::Unexpected].into(), None, vec![]));
}

#[test]
fn an_order_that_names_a_refused_package_takes_it_from_the_desk() {
    let world = World::new();
    let one = world.voted("0101", [5, 3, 2]);
    let [network, stick] = world.both(&one);
    let Body::Import(import) = &network else { unreachable!("an import") };
    let Body::Order(order) = world.order("0101", Effect::Count(import.content), &[]) else { unreachable!("an order") };
    let order = Body::Order(Order { evidence: vec![Digest::of(b"import.unknown_device")], ..order });
    let bodies = [network, stick, refused("0101", "import.unknown_device"), order];
    let desk = desk_of(&world, "0101", &bodies, &[one]);
    assert_eq!((desk.why.len(), desk.refused.len(), desk.refused[0].is_settled), (0, 1, true));
}

/// What comes after an order changes nothing of it, and is not passed over in silence.
#[test]
fn what_comes_after_an_order_and_contradicts_it_lies_on_the_desk_until_another_order() {
    let world = World::new();
    let (one, other) = (world.voted("0101", [5, 3, 2]), world.voted("0101", [4, 4, 2]));
    let packages = [one.clone(), other.clone()];
    let ([network, stick], [_, other_stick]) = (world.both(&one), world.both(&other));
    let Body::Import(import) = &network else { unreachable!("an import") };
    let content = import.content;
    let slip = world.slip_of(one.clone(), "d0101");
    let count = |effect, absent, supersedes: &[Digest]| {
        let Body::Order(order) = world.order("0101", effect, supersedes) else { unreachable!("an order") };
        Body::Order(Order { absent, ..order })
    };
    let alone = count(Effect::Count(content), Some(Absence::Lost), &[]);
    let counted = [network, slip.clone(), alone];
    let of = |more: &[Body]| desk_of(&world, "0101", &[&counted[..], more].concat(), &packages);
    let open: BTreeSet<Why> = [Why::AfterOrder].into();
    assert_eq!(of(&[]).why, BTreeSet::new());
    assert_eq!(of(&[by_hand(&one, Some(content))]).why, BTreeSet::new(), "it says the same");
    for more in [stick.clone(), other_stick, by_hand(&other, None)] {
        let desk = of(std::slice::from_ref(&more));
        assert!(desk.is_counted, "the order stands");
        assert_eq!(desk.why, open, "{more:#?}");
    }
    // The stick was found: an order that says so no longer takes the place of the first.
    let mut leaves: Vec<Vec<u8>> = counted.iter().chain([&stick]).map(|body| world.sign_as_needed(body)).collect();
    let both = count(Effect::Count(content), None, &[Digest::of(&leaves[2])]);
    leaves.push(world.sign_as_needed(&both));
    assert_eq!(desk_of_leaves(&world, "0101", &leaves, &packages).why, BTreeSet::new());
    // A count by hand that stands alone, and what comes after it.
    let hand = world.sign_as_needed(&by_hand(&other, None));
    let paper = count(Effect::CountHand(Digest::of(&hand)), None, &[]);
    let mut leaves = vec![hand, world.sign_as_needed(&paper)];
    assert_eq!(desk_of_leaves(&world, "0101", &leaves, &packages).why, BTreeSet::new());
    leaves.push(world.sign_as_needed(&slip));
    assert_eq!(desk_of_leaves(&world, "0101", &leaves, &packages).why, open);
}

/// A package of a station that there is not can be named by an order about another alone.
#[test]
fn an_order_about_any_station_settles_a_refused_package() {
    let world = World::new();
    let Body::Order(order) = world.order("0101", Effect::Cancel, &[]) else { unreachable!("an order") };
    let order = Body::Order(Order { evidence: vec![Digest::of(b"import.unknown_station")], ..order });
    let desk = desk_of(&world, "0999", &[refused("0999", "import.unknown_station"), order], &[]);
    assert_eq!((desk.why, desk.refused[0].is_settled), (BTreeSet::new(), true));
}

#[test]
fn a_refused_package_that_names_no_station_is_kept_apart() {
    let world = World::new();
    let Body::Refused(named) = refused("0101", "bag.manifest") else { unreachable!("refused") };
    let nameless = Body::Refused(Refused { station: None, ..named.clone() });
    let mut leaves = vec![world.leaf_0.clone(), world.sign_as_needed(&Body::Refused(named.clone()))];
    let of = |leaves: &[Vec<u8>]| desk::of_no_station(&State::fold(&world.frozen, leaves).unwrap(), leaves);
    assert!(of(&leaves).is_empty());
    leaves.push(world.sign_as_needed(&nameless));
    let kept = of(&leaves);
    assert_eq!((kept.len(), kept[0].place.leaf, kept[0].is_settled), (1, 2, false));
    let Body::Order(order) = world.order("0101", Effect::Cancel, &[]) else { unreachable!("an order") };
    leaves.push(world.sign_as_needed(&Body::Order(Order { evidence: vec![named.label], ..order })));
    assert!(of(&leaves)[0].is_settled);
}

/// A station that is counted with another reports nothing: nothing is missing of it, and nothing is decided about it.
#[test]
fn a_station_that_is_counted_with_another_lies_not_on_the_desk() {
    let mut folder = election::scaffold();
    let stations = String::from_utf8(folder.files["stations.csv"].clone()).unwrap();
    let merged = stations.replace("fixed,95,roll,,", "fixed,95,roll,0101,");
    assert_ne!(merged, stations);
    folder.files.insert("stations.csv".into(), merged.into_bytes());
    let world = World::of(folder);
    let desk = desk_of(&world, "0102", &[], &[]);
    assert_eq!((desk.why, desk.standing, desk.decisions), (BTreeSet::new(), None, vec![]));
    let order = world.order("0102", Effect::NotOpened, &[]);
    let code = common::refused(&world, &mut world.begin(), &order, &["officer_1", "officer_2"]);
    assert_eq!(code, "record.station");
}

#[test]
fn sk5_the_desk_says_what_the_one_copy_lacks() {
    let world = World::new();
    let (one, other) = (world.voted("0101", [5, 3, 2]), world.voted("0101", [4, 4, 2]));
    let network = world.both(&one)[0].clone();
    let of = |more: &[Body]| {
        desk_of(&world, "0101", &[&[network.clone()][..], more].concat(), &[one.clone(), other.clone()])
    };
    let count = |lacks| Decision::Count { medium: Medium::Network, alone: true, lacks };
    let alone = of(&[]);
    let lacks = Some("record.second_evidence");
    assert_eq!(alone.decisions, [count(lacks), Decision::Slip, Decision::Recount, Decision::Cancel]);
    assert_eq!((alone.copies.len(), alone.same_label), (1, None));
    let contradicted = of(&[world.slip_of(other.clone(), "d0101")]);
    assert_eq!((contradicted.decisions[0], contradicted.slips[0].says), (count(lacks), Says::Contradicts));
    let confirmed = of(&[world.slip_of(one.clone(), "d0101")]);
    assert_eq!((confirmed.decisions[0], confirmed.slips[0].says), (count(None), Says::Confirms));
    assert_eq!(confirmed.why, [Why::MissingStick].into(), "it stays open until two officers have decided");
    let cancelled = of(&[world.order("0101", Effect::Cancel, &[])]);
    assert_eq!(cancelled.decisions, [Decision::Restore]);
    let nothing = desk_of(&world, "0102", &[], &[]);
    assert_eq!(nothing.decisions, [Decision::Slip, Decision::Recount, Decision::NotOpened]);
}

#[test]
fn the_figures_of_each_copy_stand_side_by_side_and_differences_are_marked() {
    let world = World::new();
    let (one, other) = (world.voted("0101", [5, 3, 2]), world.voted("0101", [4, 4, 2]));
    let (network, stick) = (world.both(&one)[0].clone(), world.both(&other)[1].clone());
    let slip = world.slip_of(one.clone(), "d0101");
    let packages = [one, other];
    // The same slip in the hands of two agents is one column.
    let mut second = slip.clone();
    let Body::Slip(own) = &mut second else { unreachable!("a slip") };
    own.party = Some("reed".parse().unwrap());
    let desk = desk_of(&world, "0101", &[network, stick, slip, second], &packages);
    assert_eq!((desk.slips.len(), desk.same_label), (2, Some(false)));
    let side = side_by_side(&world.frozen.definition, &desk, &common::figures(&packages));
    let columns: Vec<(Source, u64)> = side.columns.iter().map(|column| (column.source, column.leaf)).collect();
    assert_eq!(columns, [(Source::Network, 1), (Source::Stick, 2), (Source::Slip, 3)]);
    let line = |figure: &str| {
        let line = side.lines.iter().find(|line| line.figure == figure).expect("it is there");
        (line.counts.iter().map(|count| count.unwrap_or(99)).collect::<Vec<_>>(), line.differs)
    };
    assert_eq!(line("rose"), (vec![5, 4, 5], true));
    assert_eq!(line("omar"), (vec![3, 4, 3], true));
    assert_eq!(line("sara"), (vec![2, 2, 2], false));
    assert_eq!(line("cast"), (vec![10, 10, 10], false));
    assert_eq!(line("_valid"), (vec![10, 10, 10], false));
}
