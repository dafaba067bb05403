//! Published cases and properties of apportionment.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

enum Expect {
    /// Seats, in the order of the votes.
    Seats(&'static [u64]),
    /// A lot for so many seats between these lists, counted from 1.
    Lot(u64, &'static [usize]),
}
use Expect::{Lot as Draw, Seats};

type Case = (&'static str, &'static str, u64, &'static str, &'static [u64], Expect);

/// Name, method, seats, threshold, votes, what comes out. The textbook and national cases are those of
/// martinlackner/apportionment (at 25f7a87), recomputed; the Iraqi ones are official results of lists that won seats.
#[rustfmt::skip]
const CASES: &[Case] = &[
    ("std-012 textbook", "d-hondt", 3, "", &[12, 12, 11, 12], Seats(&[1, 1, 0, 1])),
    ("std-080 AT Nationalrat 1995", "d-hondt", 183, "4/100", &[1843474, 1370510, 1060377, 233208, 267026, 53176, 13938, 1634, 830], Seats(&[71, 52, 41, 9, 10, 0, 0, 0, 0])),
    ("std-084 IL Knesset 21", "d-hondt", 120, "325/10000", &[1299838, 1125881, 507324, 337108, 347343, 173004, 152756], Seats(&[40, 35, 16, 10, 10, 5, 4])),
    ("std-077 AT Nationalrat 2006", "d-hondt", 183, "4/100", &[1616493, 1663986, 519598, 520130, 193539, 47578, 131688, 10594, 592, 312, 1514, 2257], Seats(&[66, 68, 21, 21, 7, 0, 0, 0, 0, 0, 0, 0])),
    ("std-051 textbook", "d-hondt", 26, "", &[9061, 7179, 5259, 3319, 1182], Seats(&[10, 7, 5, 3, 1])),
    ("std-076 AT Nationalrat 2008", "d-hondt", 183, "4/100", &[1430206, 1269656, 509936, 857029, 522933, 86194, 31080, 37362, 102249, 35718, 349, 347, 1789, 237, 2224], Seats(&[57, 51, 20, 34, 21, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])),
    ("std-085 IL Knesset 22", "d-hondt", 120, "325/10000", &[1461368, 1374272, 470211, 598974, 405277], Seats(&[41, 39, 13, 16, 11])),
    ("std-083 IL Knesset 20", "d-hondt", 120, "325/10000", &[1269318, 951842, 446583, 371602, 530266, 451756], Seats(&[38, 29, 13, 11, 16, 13])),
    ("std-044 textbook", "d-hondt", 100, "", &[5117, 4400, 162, 161, 160], Seats(&[52, 45, 1, 1, 1])),
    ("std-081 AT Nationalrat 1994", "d-hondt", 183, "4/100", &[1617804, 1281846, 1042332, 338538, 276580, 5776, 11919, 2504, 41492, 9051, 4209, 482, 581], Seats(&[65, 52, 42, 13, 11, 0, 0, 0, 0, 0, 0, 0, 0])),
    ("std-075 AT Nationalrat 2013", "d-hondt", 183, "4/100", &[1258605, 1125876, 962313, 165746, 582657, 268679, 232946, 48175, 36265, 6647, 3051, 490, 510, 947], Seats(&[52, 47, 40, 0, 24, 11, 9, 0, 0, 0, 0, 0, 0, 0])),
    ("std-078 AT Nationalrat 2002", "d-hondt", 183, "4/100", &[1792499, 491328, 2076833, 454980, 27568, 48083, 2439, 2009, 3906], Seats(&[69, 18, 79, 17, 0, 0, 0, 0, 0])),
    ("std-005 textbook", "hare", 4, "", &[11, 11, 11], Draw(1, &[1, 2, 3])),
    ("std-003 textbook", "hare", 3, "", &[10, 9, 8, 8, 11, 12], Seats(&[1, 0, 0, 0, 1, 1])),
    ("std-072 textbook", "hare", 10, "", &[43, 33, 12, 8, 4], Seats(&[4, 3, 1, 1, 1])),
    ("std-006 textbook", "hare", 3, "", &[12, 12, 11, 12], Seats(&[1, 1, 0, 1])),
    ("std-050 textbook", "hare", 26, "", &[9061, 7179, 5259, 3319, 1182], Seats(&[9, 7, 5, 4, 1])),
    ("std-002 textbook", "hare", 6, "", &[0, 14, 28, 0, 0], Seats(&[0, 2, 4, 0, 0])),
    ("std-045 textbook", "sainte-lague", 100, "", &[5117, 4400, 162, 161, 160], Seats(&[51, 43, 2, 2, 2])),
    ("std-016 textbook", "sainte-lague", 2, "", &[2, 1, 1, 2, 2], Draw(2, &[1, 4, 5])),
    ("std-067 textbook", "sainte-lague", 15, "", &[5200, 1700, 3100], Seats(&[8, 2, 5])),
    ("std-013 textbook", "sainte-lague", 12, "", &[14, 28, 7, 35], Seats(&[2, 4, 1, 5])),
    ("std-065 textbook", "sainte-lague", 10, "", &[43, 33, 12, 8, 4], Seats(&[5, 3, 1, 1, 0])),
    ("std-020 textbook", "sainte-lague:1.4", 6, "", &[0, 14, 28, 0, 0], Seats(&[0, 2, 4, 0, 0])),
    ("std-022 textbook", "sainte-lague:1.4", 2, "", &[2, 1, 1, 2, 2], Draw(2, &[1, 4, 5])),
    ("std-021 textbook", "sainte-lague:1.4", 3, "", &[10, 9, 8, 8, 11, 12], Seats(&[1, 0, 0, 0, 1, 1])),
    ("std-053 textbook", "sainte-lague:1.4", 26, "", &[9061, 7179, 5259, 3319, 1182], Seats(&[9, 8, 5, 3, 1])),
    ("Anbar 2023", "sainte-lague:1.7", 16, "", &[163072, 78108, 65036, 42394, 37575, 32867, 24401], Seats(&[6, 3, 2, 2, 1, 1, 1])),
    ("Kirkuk 2023", "sainte-lague:1.7", 15, "", &[157649, 102558, 75169, 61612, 52278, 49919, 25910], Seats(&[5, 3, 2, 2, 2, 1, 0])),
    ("Nineveh 2023", "sainte-lague:1.7", 26, "", &[148769, 141052, 87391, 75074, 74188, 61662, 61662, 54791, 50606, 46648, 43657], Seats(&[5, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1])),
];

fn numbered(votes: &[u64]) -> BTreeMap<usize, u64> {
    votes.iter().copied().enumerate().map(|(i, v)| (i + 1, v)).collect()
}

fn run(votes: &[u64], seats: u64, method: &str, threshold: &str) -> Apportionment<usize> {
    let threshold = (!threshold.is_empty()).then(|| threshold.parse().unwrap());
    apportion(&numbered(votes), seats, method.parse().unwrap(), threshold, &[]).unwrap()
}

#[test]
fn published_cases() {
    for (name, method, seats, threshold, votes, expect) in CASES {
        let got = run(votes, *seats, method, threshold);
        match expect {
            Seats(expect) => {
                assert_eq!(got.seats.values().copied().collect::<Vec<_>>(), *expect, "{name}");
                assert_eq!((got.lots_needed.len(), got.vacant), (0, 0), "{name}");
            }
            Draw(seats, between) => {
                assert_eq!(got.lots_needed, [Tie { seats: *seats, between: between.to_vec() }], "{name}");
            }
        }
        let won = got.quotients.iter().filter(|q| q.won).count() as u64;
        let whole: u64 = got.quotients.iter().map(|q| q.whole).sum();
        assert_eq!(won + whole, got.seats.values().sum::<u64>(), "{name}: as many quotients win as seats are given");
    }
}

#[test]
fn a_lot_decides_exactly_its_tie() {
    let votes = numbered(&[10, 10, 10, 1]);
    let lot = |between: &[usize], drawn: &[usize]| Lot {
        between: between.iter().copied().collect(),
        drawn: drawn.iter().copied().collect(),
    };
    let method = "sainte-lague:1.7".parse().unwrap();
    let with = |lots: &[Lot<usize>]| apportion(&votes, 5, method, None, lots);
    let open = with(&[]).unwrap();
    assert_eq!(open.lots_needed, [Tie { seats: 2, between: vec![1, 2, 3] }]);
    assert_eq!(open.seats, numbered(&[1, 1, 1, 0]));
    assert_eq!(open.quotients.iter().filter(|q| q.tied && !q.won).count(), 3);
    let drawn = with(&[lot(&[1, 2], &[1]), lot(&[1, 2, 3], &[1, 3])]).unwrap();
    assert_eq!(drawn.seats, numbered(&[2, 1, 2, 0]));
    assert!(drawn.lots_needed.is_empty());
    assert_eq!(with(&[lot(&[1, 2], &[1])]).unwrap(), open, "the lot of another tie decides nothing");
    for wrong in [lot(&[1, 2, 3], &[1]), lot(&[1, 2, 3], &[1, 2, 3]), lot(&[1, 2, 3], &[1, 4])] {
        assert_eq!(with(&[wrong]).unwrap_err().code(), "seats.lot");
    }
}

#[test]
fn a_threshold_met_exactly_counts() {
    assert_eq!(run(&[96, 4], 10, "d-hondt", "4/100").below_threshold, Vec::<usize>::new());
    let below = run(&[9_601, 399], 100, "d-hondt", "4/100");
    assert_eq!(below.below_threshold, [2]);
    assert_eq!(below.seats, numbered(&[100, 0]));
    assert_eq!(run(&[1, 1], 3, "d-hondt", "2/3").vacant, 3, "nobody reaches it");
}

#[test]
fn without_votes_seats_stay_vacant() {
    for method in ["d-hondt", "sainte-lague:1.7", "hare"] {
        for votes in [&[0, 0][..], &[]] {
            let got = run(votes, 7, method, "");
            assert_eq!((got.vacant, got.seats), (7, numbered(votes)), "{method}");
            assert!(got.quotients.is_empty());
        }
        assert_eq!(run(&[5, 3], 0, method, "").vacant, 0, "{method}");
        assert_eq!(run(&[0, 1], 9, method, "").seats, numbered(&[0, 9]), "{method}: a list without a vote takes none");
    }
}

#[test]
fn a_short_list_leaves_its_seats_to_the_next_quotients() {
    let votes = numbered(&[100, 60, 10]);
    for (method, free, capped) in
        [("d-hondt", [6, 3, 0], [2, 6, 1]), ("sainte-lague", [5, 3, 1], [2, 6, 1]), ("hare", [5, 3, 1], [2, 5, 2])]
    {
        let most = BTreeMap::from([(1, 2)]);
        let race = Race {
            votes: &votes,
            seats: 9,
            method: method.parse().unwrap(),
            ties: TiesOfLists::Lot,
            below: &BTreeSet::new(),
            most: &most,
        };
        assert_eq!(Race { most: &BTreeMap::new(), ..race }.run(&[]).unwrap().seats, numbered(&free), "{method}");
        let got = race.run(&[]).unwrap();
        assert_eq!((got.seats, got.short), (numbered(&capped), vec![1]), "{method}");
        let most = BTreeMap::from([(1, 2), (2, 1), (3, 0)]);
        let got = Race { most: &most, ..race }.run(&[]).unwrap();
        assert_eq!((got.seats, got.vacant), (numbered(&[2, 1, 0]), 6), "{method}: more seats than candidates");
        assert_eq!(got.short, [1, 2, 3], "{method}");
    }
}

/// By d'Hondt three seats are clear (60, 40, 30); then four quotients are 20: 60/3, 40/2, 20/1, 20/1.
#[test]
fn r309_a_tie_is_broken_as_the_rule_file_says() {
    let votes = numbered(&[60, 40, 20, 20]);
    let race = Race {
        votes: &votes,
        seats: 4,
        method: SeatMethod::DHondt,
        ties: TiesOfLists::Lot,
        below: &BTreeSet::new(),
        most: &BTreeMap::new(),
    };
    let lot = race.run(&[]).unwrap();
    assert_eq!(lot.lots_needed, [Tie { seats: 1, between: vec![1, 2, 3, 4] }]);
    let by_votes = |seats| Race { ties: TiesOfLists::MostVotes, seats, ..race }.run(&[]).unwrap();
    let one = by_votes(4);
    assert_eq!((one.seats, one.lots_needed), (numbered(&[3, 1, 0, 0]), vec![]), "60 votes before 40 and 20");
    assert_eq!(one.by_votes, Some(Tie { seats: 1, between: vec![1, 2, 3, 4] }));
    let two = by_votes(5);
    assert_eq!((two.seats, two.lots_needed), (numbered(&[3, 2, 0, 0]), vec![]));
    let three = by_votes(6);
    assert_eq!(
        (three.seats, three.lots_needed),
        (numbered(&[3, 2, 0, 0]), vec![Tie { seats: 1, between: vec![3, 4] }])
    );
    let lots = [Lot { between: [3, 4].into(), drawn: [4].into() }];
    let drawn = Race { ties: TiesOfLists::MostVotes, seats: 6, ..race }.run(&lots).unwrap();
    assert_eq!((drawn.seats, drawn.lots_needed), (numbered(&[3, 2, 0, 1]), vec![]));
    assert_eq!(by_votes(7).seats, numbered(&[3, 2, 1, 1]), "no tie is left");
}

#[test]
fn what_is_beyond_the_bounds_is_refused() {
    let code = |votes: &[u64], seats, method: &str| {
        apportion(&numbered(votes), seats, method.parse().unwrap(), None, &[]).unwrap_err().code()
    };
    assert_eq!(code(&[1], 10_001, "d-hondt"), "seats.too_many");
    assert_eq!(code(&vec![1; 10_001], 1, "hare"), "seats.too_many");
    assert_eq!(code(&[1], 1, "sainte-lague:3"), "seats.first_divisor");
    assert_eq!(code(&[u64::MAX, 1], 1, "hare"), "seats.overflow");
    let zero = SeatMethod::SainteLague { first: Fraction { numerator: 0, denominator: 1 } };
    assert_eq!(apportion(&numbered(&[1]), 1, zero, None, &[]).unwrap_err().code(), "seats.first_divisor");
}

#[test]
fn the_largest_race_is_quick_and_exact() {
    let votes: Vec<u64> = (0..10_000).map(|i| 1_000_000_000_000 + i * i).collect();
    for method in ["d-hondt", "sainte-lague:1.7", "hare"] {
        assert_eq!(run(&votes, 10_000, method, "").seats.values().sum::<u64>(), 10_000, "{method}");
    }
    // One vote apart at the edge of 64 bits, with a divisor that cross multiplication would overflow on.
    let close = [u64::MAX / 2, u64::MAX / 2 + 1];
    assert_eq!(run(&close, 1, "sainte-lague:999999999/999999998", "").seats, numbered(&[0, 1]));
    let huge = Fraction { numerator: u64::MAX, denominator: u64::MAX - 1 };
    let got = apportion(&numbered(&close), 1, SeatMethod::SainteLague { first: huge }, None, &[]).unwrap();
    assert_eq!(got.seats, numbered(&[0, 1]));
}

#[test]
fn fractions_compare_as_they_are() {
    let big = u128::MAX;
    assert_eq!(compare_fractions((big, big - 1), (big - 1, big - 2)), Ordering::Less);
    assert_eq!(compare_fractions((big - 1, big), (big - 2, big - 1)), Ordering::Greater);
    assert_eq!(compare_fractions((big, 3), (big, 3)), Ordering::Equal);
    assert_eq!(compare_fractions((big, big), (1, 1)), Ordering::Equal);
    assert_eq!(compare_fractions((big, 1), (big - 1, 1)), Ordering::Greater);
    assert_eq!(compare_fractions((0, big), (1, big)), Ordering::Less);
}

fn methods() -> impl Strategy<Value = SeatMethod> {
    prop_oneof![divisors(), Just(SeatMethod::Hare)]
}

fn divisors() -> impl Strategy<Value = SeatMethod> {
    let first = (1u64..30, 10u64..11).prop_map(|(numerator, denominator)| Fraction { numerator, denominator });
    prop_oneof![Just(SeatMethod::DHondt), first.prop_map(|first| SeatMethod::SainteLague { first })]
}

/// Draws every lot for the lists with the smallest numbers, until none is needed.
fn decided(votes: &BTreeMap<usize, u64>, seats: u64, method: SeatMethod) -> Apportionment<usize> {
    let mut lots = Vec::new();
    loop {
        let got = apportion(votes, seats, method, None, &lots).unwrap();
        let Some(tie) = got.lots_needed.first() else { return got };
        let drawn = tie.between[..usize::try_from(tie.seats).unwrap()].iter().copied().collect();
        lots.push(Lot { between: tie.between.iter().copied().collect(), drawn });
    }
}

proptest! {
    #[test]
    fn seats_are_neither_made_nor_lost(votes in vec(0u64..50, 0..8), seats in 0u64..40, method in methods()) {
        let votes = numbered(&votes);
        let open = apportion(&votes, seats, method, None, &[]).unwrap();
        let waiting: u64 = open.lots_needed.iter().map(|t| t.seats).sum();
        prop_assert_eq!(open.seats.values().sum::<u64>() + waiting + open.vacant, seats);
        for tie in &open.lots_needed {
            prop_assert!(tie.seats < tie.between.len() as u64, "nobody draws for what all can have");
        }
        let done = decided(&votes, seats, method);
        prop_assert_eq!(done.seats.values().sum::<u64>() + done.vacant, seats);
        prop_assert_eq!(done.vacant == seats, seats == 0 || votes.values().all(|v| *v == 0));
        for (who, seats) in &open.seats {
            prop_assert!(*seats <= done.seats[who], "a lot takes no seat away");
        }
    }

    /// One more seat: nobody loses one.
    #[test]
    fn house_monotonicity(votes in vec(0u64..50, 1..8), seats in 0u64..40, method in divisors()) {
        let votes = numbered(&votes);
        let less = apportion(&votes, seats, method, None, &[]).unwrap();
        let more = apportion(&votes, seats + 1, method, None, &[]).unwrap();
        for (who, seats) in &less.seats {
            prop_assert!(*seats <= more.seats[who]);
        }
    }

    /// One list gains votes and no other does: it loses no seat, and no other gains one.
    #[test]
    fn population_monotonicity(votes in vec(0u64..50, 1..8), seats in 0u64..40, gain in 1u64..20, method in divisors()) {
        let before = numbered(&votes);
        let mut after = before.clone();
        *after.get_mut(&1).unwrap() += gain;
        let (b, a) = (apportion(&before, seats, method, None, &[]).unwrap(), apportion(&after, seats, method, None, &[]).unwrap());
        prop_assert!(a.seats[&1] >= b.seats[&1]);
        let could_have = |x: &Apportionment<usize>, who: &usize| {
            x.seats[who] + u64::from(x.lots_needed.iter().any(|t| t.between.contains(who)))
        };
        for who in before.keys().filter(|w| **w != 1 && before[*w] > 0 && before[&1] > 0) {
            prop_assert!(a.seats[who] <= could_have(&b, who));
        }
    }

    /// Who is called what makes no difference.
    #[test]
    fn permutation_invariance(votes in vec(0u64..30, 1..8), seats in 0u64..40, method in methods(), turn in 0usize..8) {
        let n = votes.len();
        let renamed = |who: usize| (who - 1 + turn) % n + 1;
        let one = apportion(&numbered(&votes), seats, method, None, &[]).unwrap();
        let turned: BTreeMap<usize, u64> = votes.iter().enumerate().map(|(i, v)| (renamed(i + 1), *v)).collect();
        let other = apportion(&turned, seats, method, None, &[]).unwrap();
        for (who, seats) in &one.seats {
            prop_assert_eq!(*seats, other.seats[&renamed(*who)]);
        }
        let ties = |x: &Apportionment<usize>, name: &dyn Fn(usize) -> usize| -> Vec<(u64, BTreeSet<usize>)> {
            x.lots_needed.iter().map(|t| (t.seats, t.between.iter().map(|w| name(*w)).collect())).collect()
        };
        prop_assert_eq!(ties(&one, &renamed), ties(&other, &|w| w));
        let shown = |x: &Apportionment<usize>, name: &dyn Fn(usize) -> usize| -> BTreeSet<(u64, usize, u64, bool, bool)> {
            x.quotients.iter().map(|q| (q.rank, name(q.who), q.divisor.numerator, q.won, q.tied)).collect()
        };
        prop_assert_eq!(shown(&one, &renamed), shown(&other, &|w| w));
    }

    /// With Hare, everybody has its quota rounded down or up.
    #[test]
    fn the_quota_rule(votes in vec(0u64..1000, 1..8), seats in 1u64..40) {
        let votes = numbered(&votes);
        let total: u64 = votes.values().sum();
        prop_assume!(total > 0);
        let done = decided(&votes, seats, SeatMethod::Hare);
        for (who, got) in &done.seats {
            let whole = votes[who] * seats / total;
            prop_assert!(*got == whole || (*got == whole + 1 && votes[who] * seats > whole * total));
        }
    }

    /// Against the definition, naively: write down every quotient, sort, and count the highest.
    #[test]
    fn the_highest_quotients_win(votes in vec(1u64..60, 1..6), seats in 0usize..20, method in divisors()) {
        let mut all: Vec<(u64, u64, usize)> = Vec::new();
        for (i, v) in votes.iter().enumerate() {
            for won in 0..=seats as u64 {
                let d = divisor(method, won);
                all.push((v * d.denominator, d.numerator, i + 1));
            }
        }
        all.sort_by(|a, b| (b.0 * a.1).cmp(&(a.0 * b.1)));
        let got = apportion(&numbered(&votes), seats as u64, method, None, &[]).unwrap();
        let equal = |a: &(u64, u64, usize), b: &(u64, u64, usize)| a.0 * b.1 == b.0 * a.1;
        let sure = if seats > 0 && equal(&all[seats - 1], &all[seats]) {
            all.iter().position(|q| equal(q, &all[seats])).unwrap()
        } else {
            seats
        };
        for who in 1..=votes.len() {
            prop_assert_eq!(got.seats[&who], all[..sure].iter().filter(|q| q.2 == who).count() as u64);
        }
        prop_assert_eq!(got.lots_needed.iter().map(|t| t.seats).sum::<u64>(), (seats - sure) as u64);
    }
}
