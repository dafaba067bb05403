//! TB1 and MT10: nothing depends on the order in which things came.

use std::sync::{LazyLock, OnceLock};

use election::Digest;
use package::StationResults;
use package::make::Package;
use proptest::prelude::*;
use record::entry::{Content, Effect, Import, IntakePosition, Order};
use record::{Body, Figures, Medium, Outcome, State, results};
use testing::{Count, World, id};

use crate::common::{Desk, WORLD};

/// What happens at the centre of TB1.
#[derive(Clone, Debug)]
enum Event {
    Network(usize),
    Stick(usize),
    Slip,
    /// A signed order, the same bytes in every order of events.
    Order(Vec<u8>),
}

struct Story {
    packages: Vec<Package>,
    orders: Vec<Vec<u8>>,
}

const OFFICERS: [&str; 2] = ["officer_1", "officer_2"];

fn order(station: &str, effect: Effect, supersedes: &[&Vec<u8>]) -> Vec<u8> {
    let body = Body::Order(Order {
        station: id(station),
        effect,
        reason: "a reason".into(),
        basis: "a clause".into(),
        evidence: Vec::new(),
        findings: Default::default(),
        supersedes: supersedes.iter().map(|leaf| Digest::of(leaf)).collect(),
        under: None,
        absent: None,
    });
    WORLD.sign(&body, &OFFICERS)
}

/// The content that an import of the package will name.
fn content(package: &Package) -> Content {
    let (label, _) = package::Label::parse(&package.label).unwrap();
    let opened = testing::unseal(&package.results_age, &WORLD.centre);
    let files = package::archive::read(&opened, package::archive::RESULTS_LIMITS).unwrap();
    Content {
        results_manifest: label.results.manifest,
        images_manifest: label.images.manifest,
        results: Digest::of(&files["data/results.json"]),
    }
}

/// Four stations: one annulled and restored, one replaced by a later generation, one decided by an order and annulled
/// for good, one confirmed by a slip.
static STORY: LazyLock<Story> = LazyLock::new(|| {
    let count = |station, ballots| WORLD.package(&Count::of(station, ballots));
    let packages = vec![
        count("s1", [6, 3, 1, 1]),
        count("s2", [3, 8, 0, 0]),
        WORLD.package(&Count { generation: 2, ..Count::of("s2", [4, 8, 0, 0]) }),
        count("s3", [1, 5, 0, 0]),
        count("s3", [5, 1, 0, 0]),
        count("s4", [7, 7, 1, 0]),
    ];
    let annul = order("s1", Effect::Cancel, &[]);
    let restore = order("s1", Effect::Restore, &[&annul]);
    let decide = order("s3", Effect::Count(content(&packages[4])), &[]);
    let for_good = order("s3", Effect::Cancel, &[&decide]);
    let replace = order("s3", Effect::Count(content(&packages[3])), &[&for_good]);
    Story { packages, orders: vec![annul, restore, decide, for_good, replace] }
});

fn events() -> Vec<Event> {
    let network = [0, 1, 2, 3, 5].map(Event::Network);
    let stick = [0, 1, 2, 4, 5].map(Event::Stick);
    let orders = STORY.orders.iter().cloned().map(Event::Order);
    network.into_iter().chain(stick).chain(orders).chain([Event::Slip]).collect()
}

/// Lets everything happen in that order. An order that names what is not there yet waits, as it would on a desk.
fn happen(events: &[Event]) -> Desk<'static> {
    let mut desk = Desk::new();
    let folder = tempfile::tempdir().unwrap();
    let mut export = testing::intake::Export::begin(&WORLD, folder.path());
    let mut waiting: Vec<Vec<u8>> = Vec::new();
    for event in events {
        match event {
            Event::Network(index) => {
                export.add(&STORY.packages[*index]);
                desk.export(folder.path()).unwrap();
            }
            Event::Stick(index) => drop(desk.stick(&[&STORY.packages[*index]])),
            Event::Slip => desk.slip(&Count::of("s4", [7, 7, 1, 0])),
            Event::Order(leaf) => waiting.push(leaf.clone()),
        }
        loop {
            let before = waiting.len();
            waiting.retain(|leaf| desk.room.append(std::slice::from_ref(leaf)).is_err());
            if waiting.len() == before {
                break;
            }
        }
    }
    assert!(waiting.is_empty(), "every order came to stand");
    desk
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, ..ProptestConfig::default() })]

    /// Add, annul, restore, replace: the totals are a function of the set of events.
    #[test]
    fn tb1_every_order_of_arrivals_and_decisions_gives_the_same_bytes(events in Just(events()).prop_shuffle()) {
        let desk = happen(&events);
        let (outcome, figures) = desk.room.outcome().unwrap();
        // The sum, added here: s1 restored, s2 in its second generation, s3 by the last order, s4.
        let votes = &outcome.totals[&id("assembly")].votes;
        prop_assert_eq!((votes[&id("la")], votes[&id("lb")]), (6 + 4 + 1 + 7, 3 + 8 + 5 + 7));
        let counted = outcome.stations.values().filter_map(|s| s.counted);
        let sum: u64 = counted.map(|c| u64::from(figures[&c.figures()].account.cast)).sum();
        prop_assert_eq!(sum, outcome.totals[&id("assembly")].ballots);
        static FIRST: OnceLock<results::Files> = OnceLock::new();
        let results = desk.results();
        prop_assert_eq!(FIRST.get_or_init(|| results.clone()), &results);
        // What the fold of the disk gives is what the open room says.
        let again = desk.open().unwrap();
        prop_assert_eq!(again.outcome().unwrap().0.stations, outcome.stations);
    }
}

/// A nation's record, made up: two imports of each station, of which some are entered again.
struct Nation {
    world: World,
    leaves: Vec<Vec<u8>>,
    figures: Figures,
}

fn nation(stations: usize) -> Nation {
    let world = World::new(stations);
    let def = &world.frozen.definition;
    let (mut leaves, mut figures) = (Vec::with_capacity(2 * stations), Figures::new());
    for (number, station) in def.stations.iter().enumerate() {
        let [a, b] = [number % 31, number % 17].map(|n| n as u32);
        let count = Count::of(station.id.as_str(), [a + 1, b, 1, (number % 3) as u32]);
        let results = made_up(&world, &count);
        let digest = Digest::of(&results.to_bytes());
        for medium in [Medium::Network, Medium::Stick] {
            let content = Content { results_manifest: digest, images_manifest: digest, results: digest };
            let import = Import {
                medium,
                station: station.id.clone(),
                device: id(&format!("d{}", station.id)),
                generation: 1,
                label: digest,
                statement: digest,
                content,
                intake: (medium == Medium::Network).then_some(IntakePosition { size: 1, root: digest }),
                account_differs: false,
                build: None,
            };
            leaves.push(world.sign(&Body::Import(import), &["centre"]));
        }
        figures.insert(digest, results);
    }
    Nation { world, leaves, figures }
}

/// The figures of a count, without looking the station up among all of them.
fn made_up(world: &World, count: &Count<'_>) -> StationResults {
    static PATTERN: OnceLock<StationResults> = OnceLock::new();
    let pattern = PATTERN.get_or_init(|| testing::results(&world.frozen.definition, &Count::of("s1", [0, 0, 0, 0])));
    let [a, b, blank, invalid] = count.ballots;
    let mut results = pattern.clone();
    (results.station, results.device) = (id(count.station), id(&format!("d{}", count.station)));
    let account = &mut results.account;
    (account.cast, account.valid, account.blank, account.invalid) = (a + b + blank + invalid, a + b, blank, invalid);
    (account.used, account.unused) = (account.cast, account.registered - account.cast - 1);
    let contest = &mut results.contests[0];
    (contest.ballots, contest.valid, contest.blank, contest.invalid) = (a + b + blank + invalid, a + b, blank, invalid);
    contest.votes.extend([("la", a), ("a1", a), ("lb", b)].map(|(option, votes)| (id(option), votes)));
    results
}

/// Shuffles by a generator of its own: the same seed, the same order.
fn shuffled(mut leaves: Vec<Vec<u8>>, seed: u64) -> Vec<Vec<u8>> {
    let mut state = seed;
    for last in (1..leaves.len()).rev() {
        // SplitMix64.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        leaves.swap(last, ((z ^ (z >> 31)) % (last as u64 + 1)) as usize);
    }
    leaves
}

/// Folds the nation three times in other orders, a tenth of the leaves twice; tells what it took.
fn three_orders(stations: usize) {
    let begun = std::time::Instant::now();
    let Nation { world, leaves, figures } = nation(stations);
    let def = &world.frozen.definition;
    println!("{stations} stations, {} leaves made in {:.1?}", leaves.len(), begun.elapsed());
    let mut first: Option<results::Files> = None;
    for seed in 1..=3 {
        let again = leaves.iter().skip(seed as usize).step_by(10).cloned();
        let order = shuffled(leaves.iter().cloned().chain(again).collect(), seed);
        let begun = std::time::Instant::now();
        let mut state: State = world.begin();
        let mut repeated = 0;
        for leaf in &order {
            match state.apply(&world.frozen, leaf) {
                Ok(()) => {}
                Err(problem) => {
                    assert_eq!(election::Coded::code(&problem), "record.repeated");
                    repeated += 1;
                }
            }
        }
        let folded = begun.elapsed();
        assert_eq!((state.size, repeated), (leaves.len() as u64 + 1, order.len() - leaves.len()));
        let outcome = Outcome::of(def, &state, &figures).unwrap();
        assert_eq!((outcome.status.matched as usize, outcome.status.counted as usize), (stations, stations));
        let files = results::files(def, &outcome, &figures);
        println!("order {seed}: folded in {folded:.1?}, tables after {:.1?}, {}", begun.elapsed(), memory());
        assert!(first.get_or_insert_with(|| files.clone()) == &files, "order {seed} gives other bytes");
    }
}

/// The most memory this process has held.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("VmHWM unknown").to_owned()
}

#[test]
fn mt10_two_thousand_stations_in_any_order_give_the_same_bytes() {
    three_orders(2_000);
}

#[test]
#[ignore = "slow: 200,000 stations, some minutes; see docs/tests.md"]
fn mt10_a_nation_in_any_order_gives_the_same_bytes() {
    three_orders(200_000);
}
