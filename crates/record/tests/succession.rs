//! Keys of the board, of officers and of holders of shares end, and others begin: by whom, with what proof, and what stands after it.

mod common;
#[path = "common/tables.rs"]
mod tables;

use std::collections::{BTreeMap, BTreeSet};

use common::{World, refused, station};
use election::{Coded, Digest, Lang};
use sanad_record::docket::{
    About, Begins, Capacity, Certification, Complaint, Form, Revocation, Seat, SignedBy, Succession, Thing,
    tables as docket_tables,
};
use sanad_record::entry::{Act, Announcement, Custody, Effect, Item};
use sanad_record::register::acts::ActKind;
use sanad_record::register::equipment::ItemKind;
use sanad_record::statement::{Witnessed, banner, statement};
use sanad_record::{Body, Figures, Medium, Standing, State};
use sign::{FileKey, KeyKind, Signer};

const OFFICERS: [&str; 2] = ["officer_1", "officer_2"];
const BOARD: [&str; 2] = ["chair", "deputy"];
const JUDGES: [&str; 2] = ["judge_1", "judge_2"];
const HANDS_OVER: [&str; 4] = ["chair", "deputy", "judge_1", "judge_2"];

struct Record {
    world: World,
    leaves: Vec<Vec<u8>>,
    state: State,
}

impl Record {
    /// The scaffold, with keys of people who are to come, and the order of a court as act 12.
    fn new() -> Self {
        let mut world = World::new();
        for who in ["judge_1", "judge_2", "officer_3", "commissioner_3"] {
            world.keys.insert(who.to_owned(), FileKey::generate(KeyKind::P256).unwrap());
        }
        world.keys.insert("other_kind".to_owned(), FileKey::generate(KeyKind::Ed25519).unwrap());
        let (state, leaves) = (world.begin(), vec![world.leaf_0.clone()]);
        let mut record = Record { world, leaves, state };
        record.add(&act("12", ActKind::Order), &OFFICERS);
        record
    }

    /// Takes a leaf that stands.
    fn add(&mut self, body: &Body, by: &[&str]) -> Digest {
        let leaf = self.world.sign(body, by);
        self.state.apply(&self.world.frozen, &leaf).unwrap_or_else(|e| panic!("{}: {e}", e.code()));
        self.leaves.push(leaf.clone());
        Digest::of(&leaf)
    }

    fn refuses(&mut self, body: &Body, by: &[&str]) -> &'static str {
        refused(&self.world, &mut self.state, body, by)
    }

    fn begins(&self, seat: Seat, person: &str, key: &str) -> Begins {
        let key = self.world.keys[key].public_key().to_string();
        Begins { person: person.parse().unwrap(), seat, key }
    }

    /// Two judges take the place of the board.
    fn judges(&self, change: impl FnOnce(&mut Succession)) -> Body {
        let mut own = Succession {
            act: "12".parse().unwrap(),
            paper: Digest::of(b"12"),
            signed_by: SignedBy::Board,
            ends: BOARD.iter().map(|who| who.parse().unwrap()).collect(),
            begins: JUDGES.iter().map(|who| self.begins(Seat::Board, who, who)).collect(),
            board: 2,
            handed: things(&["seal:A-17"]),
            not_handed: things(&["other:the archive"]),
            shares: None,
            commitments: BTreeMap::new(),
        };
        change(&mut own);
        Body::Succession(own)
    }

    /// officer_3 takes the place of officer_1, and the board hands over.
    fn officer(&self) -> Body {
        self.judges(|own| {
            own.ends = ["officer_1".parse().unwrap()].into();
            own.begins = [self.begins(Seat::Officer, "officer_3", "officer_3")].into();
        })
    }
}

fn things(texts: &[&str]) -> BTreeSet<Thing> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

fn act(number: &str, kind: ActKind) -> Body {
    let (dated, paper) = ("2026-06-06".parse().unwrap(), Digest::of(number.as_bytes()));
    Body::Act(Act::new(number.parse().unwrap(), kind, "Supreme Court", number, dated, paper, "nine judges sit"))
}

fn announcement(version: u16) -> Body {
    let results = Digest::of(format!("results {version}").as_bytes());
    Body::Announcement(Announcement { version, results, witnessed: String::new() })
}

fn certification() -> Body {
    let results = Digest::of(b"results 1");
    Body::Certification(Certification { number: 1, version: 1, results, despite: None })
}

/// Everything is counted and announced.
fn announced(record: &mut Record) {
    for (id, medium) in
        [("0101", Medium::Network), ("0101", Medium::Stick), ("0102", Medium::Network), ("0102", Medium::Stick)]
    {
        let import = record.world.import(id, medium, 1);
        record.add(&import, &["centre"]);
    }
    record.add(&announcement(1), &OFFICERS);
}

#[test]
fn a_board_hands_over_and_the_next_one_certifies() {
    let mut record = Record::new();
    announced(&mut record);
    let judges = record.judges(|_| ());
    assert_eq!(record.refuses(&certification(), &JUDGES), "record.signature", "they have not begun");
    assert_eq!(record.refuses(&judges, &["chair", "judge_1", "judge_2"]), "record.threshold", "one of the board");
    assert_eq!(record.refuses(&judges, &JUDGES), "record.threshold", "nobody of the board");
    assert_eq!(record.refuses(&judges, &HANDS_OVER[..3]), "succession.possession", "judge_2 has not signed");
    let officers = ["officer_1", "officer_2", "judge_1", "judge_2"];
    assert_eq!(record.refuses(&judges, &officers), "record.signature", "it says that the board hands over");
    record.add(&judges, &HANDS_OVER);
    assert_eq!(record.refuses(&certification(), &BOARD), "succession.ended");
    assert_eq!(record.refuses(&certification(), &["chair", "judge_1", "judge_2"]), "succession.ended");
    assert_eq!(record.refuses(&certification(), &JUDGES[..1]), "record.threshold", "two of the two");
    record.add(&certification(), &JUDGES);
    // Folded again from nothing, leaves checked many at once, it comes to the same.
    let folded = State::fold(&record.world.frozen, &record.leaves).unwrap();
    assert_eq!(format!("{folded:?}"), format!("{:?}", record.state));
}

#[test]
fn the_next_board_signs_with_its_own_threshold() {
    let mut record = Record::new();
    let three = record.judges(|own| {
        own.begins.insert(record.begins(Seat::Board, "officer_3", "officer_3"));
        own.board = 3;
    });
    announced(&mut record);
    record.add(&three, &["chair", "deputy", "judge_1", "judge_2", "officer_3"]);
    assert_eq!(record.refuses(&certification(), &JUDGES), "record.threshold");
    record.add(&certification(), &["judge_1", "judge_2", "officer_3"]);
}

#[test]
fn registrars_sign_where_the_board_does_not_and_every_report_says_so() {
    let mut record = Record::new();
    let judges = record.judges(|own| own.signed_by = SignedBy::Registrars);
    assert_eq!(record.refuses(&judges, &HANDS_OVER), "record.signature", "it says that registrars sign");
    assert_eq!(record.refuses(&judges, &["officer_1", "judge_1", "judge_2"]), "record.threshold");
    let by = ["officer_1", "officer_2", "judge_1", "judge_2"];
    assert_eq!(record.refuses(&judges, &by[..3]), "succession.possession");
    record.add(&judges, &by);
    let outcome = record.world.outcome(&record.state, &[]);
    let said = "KEYS REPLACED AFTER THE FREEZE: chair, deputy → judge_1, judge_2. 12 (entered by two registrars, not signed by \
                the outgoing board)";
    assert_eq!(banner(&outcome, Lang::En), [said]);
    let (def, results) = (&record.world.frozen.definition, (&outcome, &Figures::new()));
    let mut points = statement(def, &record.state, results, &Witnessed::default(), Lang::En);
    let figure = points.swap_remove(8).figures.swap_remove(0);
    assert_eq!((figure.share.part, figure.share.whole), (1, 2));
    assert_eq!(figure.exceptions, ["other:the archive"], "what was not handed over is named");
}

#[test]
fn what_an_officer_signed_before_stands_and_nothing_after() {
    let mut record = Record::new();
    let order = |station: &str| record.world.order(station, Effect::Cancel, &[]);
    let (first, second) = (order("0101"), order("0102"));
    let next = ["officer_2", "officer_3"];
    assert_eq!(record.refuses(&first, &next), "record.signature", "officer_3 has not begun");
    record.add(&first, &OFFICERS);
    let officer = record.officer();
    record.add(&officer, &["chair", "deputy", "officer_3"]);
    assert_eq!(record.refuses(&second, &OFFICERS), "succession.ended");
    assert_eq!(record.refuses(&second, &["officer_1", "officer_2", "officer_3"]), "succession.ended");
    record.add(&second, &next);
    for id in ["0101", "0102"] {
        let standing = record.state.standing(&record.world.frozen.definition, &station(id)).unwrap();
        assert_eq!(standing.standing, Standing::Cancelled, "{id}");
    }
    // Whoever came may be named in a complaint, and their key may be revoked.
    let form = Form {
        capacity: Capacity::Observer,
        party: None,
        ground: "the seal was broken".into(),
        paper: Digest::of(b"a form"),
        sealed: None,
        redacted: Vec::new(),
        filed: "2026-06-07T10:00".parse().unwrap(),
    };
    let about = About::Station(station("0101"));
    let concerns = vec!["officer_3".parse().unwrap()];
    record.add(&Body::Complaint(Complaint { case: "c1".parse().unwrap(), about, form, concerns }), &["centre"]);
    let (reason, basis) = ("it was copied".into(), "article 12".into());
    let revocation = Revocation { person: "officer_3".parse().unwrap(), reason, basis };
    record.add(&Body::Revocation(revocation), &BOARD);
    let third = record.world.order("0101", Effect::NotOpened, &[]);
    assert_eq!(record.refuses(&third, &next), "record.revoked");
}

#[test]
fn the_act_is_a_law_or_an_order_that_stands_with_this_paper() {
    let mut record = Record::new();
    let by_act = |record: &Record, number: &str, paper: &str| {
        let (act, paper) = (number.parse().unwrap(), Digest::of(paper.as_bytes()));
        record.judges(|own| (own.act, own.paper) = (act, paper))
    };
    record.add(&act("13", ActKind::Notice), &OFFICERS);
    record.add(&act("14", ActKind::Law), &OFFICERS);
    for (number, paper) in [("11", "11"), ("12", "another paper"), ("13", "13")] {
        let judges = by_act(&record, number, paper);
        assert_eq!(record.refuses(&judges, &HANDS_OVER), "succession.act", "{number}");
    }
    let mut part = record.state.clone();
    part.is_part = true;
    let unknown = record.world.sign(&by_act(&record, "11", "11"), &HANDS_OVER);
    part.apply(&record.world.frozen, &unknown).expect("a party's disk has no register");
    let Body::Act(mut annulment) = act("15", ActKind::Order) else { unreachable!() };
    annulment.annuls = ["12".parse().unwrap()].into();
    record.add(&Body::Act(annulment), &OFFICERS);
    let judges = record.judges(|_| ());
    assert_eq!(record.refuses(&judges, &HANDS_OVER), "succession.act", "it is annulled");
    let judges = by_act(&record, "14", "14");
    record.add(&judges, &HANDS_OVER);
}

#[test]
fn keys_and_people_are_new_and_enough_of_them_can_sign() {
    let mut record = Record::new();
    let empty = record.judges(|own| (own.ends, own.begins) = Default::default());
    assert_eq!(record.refuses(&empty, &BOARD), "succession.empty");
    let nobody = record.judges(|own| {
        own.ends.insert("judge_1".parse().unwrap());
    });
    assert_eq!(record.refuses(&nobody, &HANDS_OVER), "succession.ends");
    let with = |record: &Record, seat, person: &str, key: &str| {
        let new = record.begins(seat, person, key);
        record.judges(|own| {
            own.begins.insert(new);
        })
    };
    let five = |key: &'static str| ["chair", "deputy", "judge_1", "judge_2", key];
    let taken = with(&record, Seat::Officer, "officer_1", "officer_3");
    assert_eq!(record.refuses(&taken, &five("officer_3")), "succession.begins");
    let goes = with(&record, Seat::Board, "chair", "officer_3");
    assert_eq!(record.refuses(&goes, &five("officer_3")), "succession.begins", "nor whoever goes");
    let twice = with(&record, Seat::Officer, "judge_1", "officer_3");
    assert_eq!(record.refuses(&twice, &five("officer_3")), "succession.begins", "nobody sits in two seats");
    for owner in ["officer_2", "d0101", "centre"] {
        let owned = with(&record, Seat::Officer, "officer_3", owner);
        assert_eq!(record.refuses(&owned, &five(owner)), "succession.key", "{owner}");
    }
    let own = with(&record, Seat::Officer, "officer_3", "deputy");
    assert_eq!(record.refuses(&own, &HANDS_OVER), "succession.key", "a key that ends begins for nobody");
    let kind = with(&record, Seat::Officer, "officer_3", "other_kind");
    assert_eq!(record.refuses(&kind, &HANDS_OVER), "succession.key");
    for (board, why) in [(1, "fewer than two"), (3, "more than there are")] {
        let judges = record.judges(|own| own.board = board);
        assert_eq!(record.refuses(&judges, &HANDS_OVER), "succession.threshold", "{why}");
    }
    let few = record.judges(|own| {
        own.ends.insert("officer_1".parse().unwrap());
    });
    assert_eq!(record.refuses(&few, &HANDS_OVER), "succession.threshold", "one officer is left");
    let judges = record.judges(|_| ());
    record.add(&judges, &HANDS_OVER);
    let again = record.judges(|own| own.begins = BTreeSet::new());
    assert_eq!(record.refuses(&again, &JUDGES), "succession.ends", "they have gone already");
    let back = record.judges(|own| {
        own.ends = ["judge_1".parse().unwrap()].into();
        own.begins = [record.begins(Seat::Board, "judge_3", "chair")].into();
    });
    assert_eq!(record.refuses(&back, &["judge_1", "judge_2", "chair"]), "succession.key", "no key comes back");
}

#[test]
fn whoever_is_revoked_is_not_counted_among_those_who_can_sign() {
    let mut record = Record::new();
    let revoked = |person: &str| {
        let (reason, basis) = ("it was copied".into(), "article 12".into());
        Body::Revocation(Revocation { person: person.parse().unwrap(), reason, basis })
    };
    record.add(&revoked("officer_1"), &BOARD);
    let judges = record.judges(|_| ());
    assert_eq!(record.refuses(&judges, &HANDS_OVER), "succession.threshold", "one officer is left who can sign");
    let replaced = record.judges(|own| {
        own.ends.insert("officer_1".parse().unwrap());
        own.begins.insert(record.begins(Seat::Officer, "officer_3", "officer_3"));
    });
    record.add(&replaced, &["chair", "deputy", "judge_1", "judge_2", "officer_3"]);
}

#[test]
fn a_share_is_held_by_whoever_came_when_the_identity_was_split_anew() {
    let mut record = Record::new();
    let named = |record: &Record, ends: &str, begins: Option<&str>, handed: &[&str], not_handed: &[&str]| {
        record.judges(|own| {
            own.ends = [ends.parse().unwrap()].into();
            own.begins = begins.map(|who| record.begins(Seat::Commissioner, who, who)).into_iter().collect();
            (own.handed, own.not_handed) = (things(handed), things(not_handed));
            own.shares = (!handed.is_empty()).then(|| Digest::of(b"shares.csv"));
        })
    };
    let third = "commissioner_3";
    let first = named(&record, "commissioner_1", Some(third), &["share:commissioner_1"], &[]);
    record.add(&first, &["chair", "deputy", third]);
    let silent = named(&record, third, None, &[], &[]);
    assert_eq!(record.refuses(&silent, &BOARD), "succession.handed", "they hold a share now");
    let gone = named(&record, third, None, &[], &["share:commissioner_3", "share:commissioner_1"]);
    assert_eq!(record.refuses(&gone, &BOARD), "succession.handed", "whoever has gone holds none");
    let told = named(&record, third, None, &[], &["share:commissioner_3"]);
    record.add(&told, &BOARD);
}

/// New commitments, each of a share of its own.
fn shared(of: &[(&str, &str)]) -> BTreeMap<election::PersonId, Digest> {
    of.iter().map(|(person, share)| (person.parse().unwrap(), Digest::of(share.as_bytes()))).collect()
}

#[test]
fn the_new_shares_are_of_commissioners_who_stay_or_come_and_none_is_an_old_one() {
    let mut record = Record::new();
    let old = *record.state.freeze.share_commitments.values().next().unwrap();
    let third = "commissioner_3";
    let split = |record: &Record, commitments: BTreeMap<election::PersonId, Digest>| {
        record.judges(|own| {
            own.ends = ["commissioner_1".parse().unwrap()].into();
            own.begins = [record.begins(Seat::Commissioner, third, third)].into();
            own.handed = things(&["share:commissioner_1"]);
            own.shares = Some(Digest::of(b"shares.csv"));
            own.commitments = commitments;
        })
    };
    let by = ["chair", "deputy", third];
    let stays = ("commissioner_2", "two");
    let mut with_old = shared(&[stays]);
    with_old.insert(third.parse().unwrap(), old);
    for (commitments, why) in [
        (shared(&[stays, ("commissioner_1", "one")]), "who goes"),
        (shared(&[stays, ("chair", "one")]), "no commissioner"),
        (shared(&[stays, ("nobody", "one")]), "nobody"),
        (shared(&[stays]), "too few to open the identity"),
        (shared(&[stays, (third, "two")]), "one share twice"),
        (with_old, "a share of leaf 0"),
    ] {
        let body = split(&record, commitments);
        assert_eq!(record.refuses(&body, &by), "succession.shares", "{why}");
    }
    // Where nothing is handed over, nothing is split.
    let kept = record.judges(|own| own.commitments = shared(&[stays, ("commissioner_1", "one")]));
    assert_eq!(record.refuses(&kept, &HANDS_OVER), "succession.shares");
    let told = split(&record, shared(&[stays, (third, "three")]));
    record.add(&told, &by);
    // From here on those hold one whom the list names; an earlier split's share is an old one too.
    let again = |commitments| {
        record.judges(|own| {
            own.handed = things(&["share:commissioner_2"]);
            own.shares = Some(Digest::of(b"more"));
            own.commitments = commitments;
        })
    };
    let repeated = again(shared(&[("commissioner_2", "2"), (third, "three")]));
    let next = again(shared(&[("commissioner_2", "2"), (third, "3")]));
    assert_eq!(record.refuses(&repeated, &HANDS_OVER), "succession.shares");
    record.add(&next, &HANDS_OVER);
}

#[test]
fn who_is_not_among_the_new_holders_holds_no_share_any_more() {
    let mut record = Record::new();
    let judges = record.judges(|own| {
        own.begins.insert(record.begins(Seat::Commissioner, "commissioner_3", "commissioner_3"));
        own.handed = things(&["share:commissioner_1"]);
        own.shares = Some(Digest::of(b"shares.csv"));
        own.commitments = shared(&[("commissioner_2", "two"), ("commissioner_3", "three")]);
    });
    record.add(&judges, &["chair", "deputy", "judge_1", "judge_2", "commissioner_3"]);
    let named = |share: &str| {
        record.judges(|own| {
            (own.ends, own.not_handed) = (["officer_1".parse().unwrap()].into(), things(&[share]));
            own.begins = [record.begins(Seat::Officer, "officer_3", "officer_3")].into();
        })
    };
    let (first, second) = (named("share:commissioner_1"), named("share:commissioner_2"));
    let by = ["judge_1", "judge_2", "officer_3"];
    assert_eq!(record.refuses(&first, &by), "succession.handed");
    record.add(&second, &by);
}

#[test]
fn each_thing_is_handed_over_or_is_not_and_no_share_goes_unsaid() {
    let mut record = Record::new();
    let unknown = format!("custody:{}", Digest::of(b"no leaf"));
    let lists: [(&[&str], &[&str], bool); 6] = [
        (&["seal:A-17"], &["seal:A-17"], false),
        (&[unknown.as_str()], &[], false),
        (&[], &["share:chair"], false),
        (&["share:commissioner_1"], &[], false),
        (&["seal:A-17"], &[], true),
        (&[], &["share:commissioner_1"], true),
    ];
    for (handed, not_handed, reshared) in lists {
        let judges = record.judges(|own| {
            (own.handed, own.not_handed) = (things(handed), things(not_handed));
            own.shares = reshared.then(|| Digest::of(b"shares.csv"));
        });
        assert_eq!(record.refuses(&judges, &HANDS_OVER), "succession.handed", "{handed:?} {not_handed:?}");
    }
    let commissioner = |record: &Record, handed: &[&str]| {
        record.judges(|own| {
            own.ends.insert("commissioner_1".parse().unwrap());
            own.begins.insert(record.begins(Seat::Commissioner, "commissioner_3", "commissioner_3"));
            own.handed = things(handed);
            own.shares = (!handed.is_empty()).then(|| Digest::of(b"shares.csv"));
        })
    };
    let by = ["chair", "deputy", "judge_1", "judge_2", "commissioner_3"];
    let silent = commissioner(&record, &[]);
    assert_eq!(record.refuses(&silent, &by), "succession.handed", "a share goes, and nothing is said of it");

    let item = Item::new("box1".parse().unwrap(), ItemKind::Box, "SN-1", "article 38");
    record.add(&Body::Item(item), &OFFICERS);
    let custody = Custody {
        item: "box1".parse().unwrap(),
        from: "the board".into(),
        to: "the judges".into(),
        seals: vec!["A-17".into()],
        at: "2026-06-08T09:00".parse().unwrap(),
        place: "the store".into(),
        supersedes: None,
    };
    let leaf = record.add(&Body::Custody(custody), &OFFICERS);
    let custody = format!("custody:{leaf}");
    let told = commissioner(&record, &["share:commissioner_1", custody.as_str()]);
    record.add(&told, &by);
    let files = docket_tables::registers(&record.world.frozen.definition, &record.state);
    let rows: Vec<String> = tables::rows(&files, "docket/successions.csv")
        .into_iter()
        .map(|row| [&row[1..2], &row[3..5], &row[6..9]].concat().join(" "))
        .collect();
    let expected = [
        "12 board 2 ends chair ".to_owned(),
        "12 board 2 ends commissioner_1 ".to_owned(),
        "12 board 2 ends deputy ".to_owned(),
        "12 board 2 begins commissioner_3 commissioner".to_owned(),
        "12 board 2 begins judge_1 board".to_owned(),
        "12 board 2 begins judge_2 board".to_owned(),
        format!("12 board 2 handed {custody} "),
        "12 board 2 handed share:commissioner_1 ".to_owned(),
        "12 board 2 not_handed other:the archive ".to_owned(),
    ];
    assert_eq!(rows, expected);
}
