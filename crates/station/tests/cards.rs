//! ST10: cards of officers at a station. PIN guessing, one person for two, a revoked card, a card of another station.

mod common;

use std::collections::BTreeSet;
use std::sync::LazyLock;
use std::time::Duration;

use common::*;
use election::{Coded as _, Digest, Mode, PersonId, PersonKey, PlainDate};
use proptest::prelude::*;
use sanad_station::*;
use sign::dsse::Envelope;
use sign::pin::Pin;
use sign::{FileKey, KeyId, KeyKind, Signer};

/// Keys of the key list: `o4` issues the cards, and `o1` has a key too, as an officer who acts at the station may.
static OFFICE: LazyLock<FileKey> = LazyLock::new(|| FileKey::generate(KeyKind::P256).unwrap());
static OWN: LazyLock<FileKey> = LazyLock::new(|| FileKey::generate(KeyKind::P256).unwrap());

fn keyed() -> Ground {
    let row = |person: &str, key: &FileKey| PersonKey { person: id(person), key: key.public_key().to_string() };
    let mut ground = ground(Mode::Official);
    ground.keys.people = vec![row("o1", &OWN), row("o4", &OFFICE)];
    ground
}

fn person(name: &str) -> PersonId {
    id(name)
}

fn date(text: &str) -> PlainDate {
    text.parse().unwrap()
}

fn pin(text: &str) -> Pin {
    Pin::of(text.to_owned()).unwrap()
}

const RIGHT: &str = "481516";
const WRONG: &str = "481517";

/// A card as the office issues it, changed as a test wants it. The work is small: its amount is no part of these rules.
fn issued(person: &str, issuer: &FileKey, change: impl FnOnce(&mut Certificate)) -> Card {
    let key = FileKey::generate(KeyKind::P256).unwrap();
    let ground = keyed();
    let mut certificate = Certificate {
        scope: ground.definition.scope.clone(),
        fingerprint: ground.fingerprint,
        person: id(person),
        duty: if person == "o1" { Duty::Presiding } else { Duty::Second },
        stations: [id("one")].into(),
        from: date("1970-01-01"),
        until: date("1970-01-08"),
        key: key.public_key().clone(),
    };
    change(&mut certificate);
    let card = Card::issue(certificate, &key, &pin(RIGHT), 1, &[issuer]).unwrap();
    // As it lies on the stick.
    Card::parse(&card.to_bytes()).unwrap()
}

fn card(person: &str) -> Card {
    issued(person, &OFFICE, |_| ())
}

/// A station that works with cards.
fn prepared_for(disk: &FaultyDisk, revoked: &[&Card]) -> Station {
    let cards = Some(CardsHere { revoked: revoked.iter().map(|card| card.id()).collect() });
    let config = Config { cards, ..config(Mode::Official, 8) };
    Station::prepare(Box::new(disk.clone()), keyed(), config, 1_000).unwrap()
}

fn again(disk: &FaultyDisk) -> Station {
    Station::load(Box::new(disk.clone()), keyed(), 1_020).unwrap()
}

fn code<T: std::fmt::Debug>(result: Result<T, StationError>) -> &'static str {
    result.unwrap_err().code()
}

fn unlock(station: &mut Station, card: &Card, typed: &str) -> Result<Opened, StationError> {
    station.unlock(card.clone(), &pin(typed), &mut |_| (), 1_015)
}

/// Cards with their right PINs prove an act.
fn prove(station: &mut Station, act: Act, cards: &[&Card]) -> Result<Vec<PersonId>, StationError> {
    let opened: Vec<Opened> =
        cards.iter().map(|card| unlock(station, card, RIGHT)).collect::<Result<_, StationError>>()?;
    station.prove(act, &opened, 1_016)
}

/// The denials in the device's log: the code, and the card as far as it is known.
fn denials(station: &Station) -> Vec<(String, Option<CardUse>)> {
    let denied = |event: &Event| match &event.what {
        EventKind::CardDenied { card, code } => Some((code.clone(), card.clone())),
        _ => None,
    };
    station.state().events.iter().filter_map(denied).collect()
}

fn wrong(station: &Station, card: &KeyId) -> u8 {
    station.state().cards.get(card).map_or(0, |tried| tried.wrong)
}

const CLOSE: Act = Act::Close { early: false, account_differs: false };

/// Opens the polls with one card, and enters the account with it.
fn to_the_evening(station: &mut Station, first: &Card) {
    let officer = prove(station, Act::Open, &[first]).unwrap();
    station.open(&officer[0], &Seeded::new(1), 1_017).unwrap();
    feed(station, &["north l1", "north l2 ?n3 #80"], &Seeded::new(2)).1.unwrap();
}

fn enter(station: &mut Station, first: &Card) {
    let paper = paper(40, 2);
    let officer = prove(station, Act::Enter(paper), &[first]).unwrap();
    station.enter(paper, &officer[0], 1_050).unwrap();
}

fn adjudicate(station: &mut Station, card: &Card) {
    let person = prove(station, Act::Adjudicate, &[card]).unwrap().remove(0);
    let question = station.questions().remove(0);
    let all = question.options.iter().cloned().collect();
    station.answer(question.slot, &question.contest, &person, all, 1_040).unwrap();
}

#[test]
fn st10_pin_guessing_is_told_slower_and_slower_and_locks_the_card() {
    let disk = FaultyDisk::default();
    let (first, second) = (card("o1"), card("o2"));
    let mut station = prepared_for(&disk, &[]);
    let mut waits = Vec::new();
    for guess in 1..=MOST_WRONG {
        let refused = station.unlock(first.clone(), &pin(WRONG), &mut |time| waits.push(time.as_secs()), 1_015);
        let refused = refused.unwrap_err();
        match guess {
            MOST_WRONG => assert_eq!(refused.code(), "card.locked"),
            _ => {
                assert_eq!(refused.code(), "card.pin_wrong");
                assert!(refused.to_string().ends_with(&format!(": {}", MOST_WRONG - guess)), "{refused}");
            }
        }
        // The device is switched off and on, by a clock that was set back.
        drop(station);
        station = Station::load(Box::new(disk.clone()), keyed(), 0).unwrap();
        assert_eq!(wrong(&station, &first.id()), guess, "a restart gives nothing back");
    }
    assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64], "the first three are free");
    assert_eq!(code(unlock(&mut station, &first, RIGHT)), "card.locked", "the right PIN comes too late");
    assert_eq!(code(station.admit(&first, 1_015)), "card.locked", "and is not asked for");
    assert_eq!(wrong(&station, &first.id()), MOST_WRONG);

    let denied = denials(&station);
    assert_eq!(denied.len(), usize::from(MOST_WRONG) + 2, "each is a line of the log");
    let own = CardUse { card: first.id(), person: id("o1"), duty: Duty::Presiding };
    assert!(denied.iter().all(|(_, card)| *card == Some(own.clone())), "with role and card: {denied:?}");

    // Other cards are as before, and a new one of the same person opens.
    unlock(&mut station, &second, RIGHT).unwrap();
    let new = card("o1");
    unlock(&mut station, &new, RIGHT).unwrap();
    prove(&mut station, Act::Open, &[&new]).unwrap();
    station.open(&id("o1"), &Seeded::new(1), 1_017).unwrap();
}

#[test]
fn st10_a_loss_of_power_gives_no_guess_back() {
    let cut_short = |seed: u64, typed: &str| {
        let disk = FaultyDisk::new(seed, Faults::default());
        let first = card("o1");
        let mut station = prepared_for(&disk, &[]);
        let (mut told, mut opened) = (0, 0);
        // Whoever guesses takes the power away within each guess, now here, now there.
        for guess in 0..60 {
            disk.set(Faults { power_loss_at: Some(1 + (seed + guess) % 12), ..Faults::default() });
            match unlock(&mut station, &first, typed) {
                Ok(_) => opened += 1,
                Err(StationError::Disk(_) | StationError::Halted) => {}
                Err(denied) => {
                    told += usize::from(denied.code() == "card.pin_wrong");
                    if denied.code() == "card.locked" {
                        break;
                    }
                }
            }
            disk.power_cycle();
            disk.set(Faults::default());
            station = again(&disk);
            let counted = wrong(&station, &first.id());
            assert!(opened > 0 || usize::from(counted) >= told, "seed {seed}: {told} answers, {counted} counted");
        }
        disk.set(Faults::default());
        (told, opened, wrong(&again(&disk), &first.id()))
    };
    let mut cut = 0;
    for seed in 0..12 {
        let (told, opened, counted) = cut_short(seed, WRONG);
        assert_eq!((opened, counted), (0, MOST_WRONG), "seed {seed}: it ends locked, however it was cut");
        assert!(told < usize::from(MOST_WRONG), "seed {seed}: {told} answers");
        cut += usize::from(told + 1 < usize::from(MOST_WRONG));
    }
    assert!(cut > 0, "some answers were cut short after they had been counted");

    // The first write is the count: where it is not on the disk, the right PIN opens nothing.
    let disk = FaultyDisk::new(1, Faults::default());
    let first = card("o1");
    let mut station = prepared_for(&disk, &[]);
    disk.set(Faults { power_loss_at: Some(1), ..Faults::default() });
    assert_eq!(code(unlock(&mut station, &first, RIGHT)), "station.disk");
}

#[test]
fn a_guess_waits_before_it_is_counted() {
    let disk = FaultyDisk::default();
    let first = card("o1");
    let mut station = prepared_for(&disk, &[]);
    for _ in 0..5 {
        unlock(&mut station, &first, WRONG).unwrap_err();
    }
    // The wait comes before the count: who ends the process while it waits has neither tried nor lost a guess.
    let mut seen = None;
    let wait = &mut |time: Duration| seen = Some((time, wrong(&again(&disk), &first.id())));
    station.unlock(first.clone(), &pin(RIGHT), wait, 1_015).unwrap();
    assert_eq!(seen, Some((Duration::from_secs(4), 5)));
    assert_eq!(wrong(&again(&disk), &first.id()), 0, "the right one sets it back");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// The count on the disk is that of wrong PINs since the last right one, whatever comes between; at ten it stays.
    #[test]
    fn st10_the_count_is_of_wrong_pins_in_a_row(steps in proptest::collection::vec(0u8..5, 1..24)) {
        let disk = FaultyDisk::default();
        let first = card("o1");
        let mut station = prepared_for(&disk, &[]);
        let mut model = 0;
        for step in steps {
            match step {
                0..=2 => {
                    unlock(&mut station, &first, WRONG).unwrap_err();
                    model = MOST_WRONG.min(model + 1);
                }
                3 => {
                    let opened = unlock(&mut station, &first, RIGHT);
                    prop_assert_eq!(opened.is_ok(), model < MOST_WRONG);
                    model = if opened.is_ok() { 0 } else { model };
                }
                _ => station = again(&disk),
            }
            prop_assert_eq!(wrong(&again(&disk), &first.id()), model);
        }
    }
}

#[test]
fn st10_one_person_does_not_do_what_takes_two() {
    let disk = FaultyDisk::default();
    let (first, second) = (card("o1"), card("o2"));
    let mut station = prepared_for(&disk, &[]);
    to_the_evening(&mut station, &first);
    adjudicate(&mut station, &first);
    adjudicate(&mut station, &second);
    enter(&mut station, &first);
    let before = denials(&station).len();

    // One card for both; two cards of one person; one card; names.
    assert_eq!(code(prove(&mut station, CLOSE, &[&first, &first])), "card.same");
    assert_eq!(code(prove(&mut station, CLOSE, &[&first, &card("o1")])), "station.one_person");
    assert_eq!(code(prove(&mut station, CLOSE, &[&first])), "card.number");
    assert_eq!(code(station.close(&id("o1"), &id("o2"), &Seeded::new(3), 1_060)), "card.needed");
    // Officer o1 has a key of the key list, and issues a card in the name of another to themselves.
    let own = issued("o3", &OWN, |_| ());
    assert_eq!(code(prove(&mut station, CLOSE, &[&first, &own])), "card.own_issue");
    assert_eq!(code(prove(&mut station, CLOSE, &[&own, &second])), "card.own_issue", "o1 has acted here");
    let denied: Vec<String> = denials(&station)[before..].iter().map(|(code, _)| code.clone()).collect();
    let expected = ["card.same", "station.one_person", "card.own_issue", "card.own_issue"];
    assert_eq!(denied, expected.map(|code| [code; 2]).concat(), "a line for each of the two cards");
    assert_eq!(station.state().phase, Phase::Open);

    let people = prove(&mut station, CLOSE, &[&first, &second]).unwrap();
    assert_eq!(people, [person("o1"), person("o2")]);
    station.close(&people[0], &people[1], &Seeded::new(3), 1_060).unwrap();
    assert_eq!(station.state().phase, Phase::Closed);
}

#[test]
fn a_card_issued_by_its_own_holder_is_denied() {
    let mut station = prepared_for(&FaultyDisk::default(), &[]);
    assert_eq!(code(station.admit(&issued("o1", &OWN, |_| ()), 1_015)), "card.own_issue");
}

#[test]
fn what_is_proven_is_that_act_once() {
    let disk = FaultyDisk::default();
    let (first, second) = (card("o1"), card("o2"));
    let mut station = prepared_for(&disk, &[]);
    to_the_evening(&mut station, &first);
    for card in [&first, &second] {
        adjudicate(&mut station, card);
    }
    // Another figure than the one that was signed.
    let officer = prove(&mut station, Act::Enter(paper(40, 2)), &[&first]).unwrap();
    assert_eq!(code(station.enter(paper(41, 2), &officer[0], 1_050)), "card.needed");
    assert_eq!(code(station.enter(paper(40, 2), &id("o2"), 1_050)), "card.needed", "nor in another's name");
    station.enter(paper(40, 2), &officer[0], 1_050).unwrap();
    assert_eq!(code(station.enter(paper(40, 2), &officer[0], 1_050)), "card.needed", "nor a second time");
    // A close was proven, and closing despite the account is something else.
    prove(&mut station, CLOSE, &[&first, &second]).unwrap();
    let despite = Despite { account: true, ..Despite::default() };
    assert_eq!(code(station.close_despite(&id("o1"), &id("o2"), despite, &Seeded::new(3), 1_060)), "card.needed");
    assert_eq!(code(station.alike(&id("o1"), &id("o2"))), "card.needed");
    // It dies with the process.
    let mut station = again(&disk);
    assert_eq!(code(station.close(&id("o1"), &id("o2"), &Seeded::new(3), 1_060)), "card.needed");
    assert_eq!(code(station.reopen(&id("o1"), &id("o2"), 1_060)), "card.needed");
}

#[test]
fn st10_a_revoked_card_is_denied() {
    let (lost, first) = (card("o1"), card("o1"));
    let mut station = prepared_for(&FaultyDisk::default(), &[&lost]);
    assert_eq!(code(unlock(&mut station, &lost, RIGHT)), "card.revoked");
    assert_eq!(wrong(&station, &lost.id()), 0, "its PIN was not tried");
    let denied = denials(&station);
    assert_eq!(denied.len(), 1);
    assert_eq!((denied[0].0.as_str(), denied[0].1.as_ref().unwrap().card), ("card.revoked", lost.id()));
    unlock(&mut station, &first, RIGHT).unwrap();
}

#[test]
fn st10_a_list_of_revoked_cards_is_the_offices() {
    let ground = keyed();
    let lost = card("o1").id();
    let list = |fingerprint| Revoked { scope: ground.definition.scope.clone(), fingerprint, cards: [lost].into() };
    let signed = list(ground.fingerprint).sign(&[&*OFFICE]).unwrap();
    assert_eq!(Revoked::read(&signed, &ground).unwrap().cards, BTreeSet::from([lost]));
    let refused = |bytes: &[u8]| Revoked::read(bytes, &ground).unwrap_err().code();
    let stranger = list(ground.fingerprint).sign(&[&KEYS.stranger]).unwrap();
    assert_eq!(refused(&stranger), "card.issuer");
    let other = list(Digest::of(b"another election")).sign(&[&*OFFICE]).unwrap();
    assert_eq!(refused(&other), "card.election");
    assert_eq!(refused(b"{}"), "dsse.form");
    // A certificate is no list, though the same key has signed it.
    assert_eq!(refused(card("o1").certified().as_bytes()), "dsse.kind");
}

#[test]
fn st10_a_card_of_another_station_or_election_is_denied() {
    let mut station = prepared_for(&FaultyDisk::default(), &[]);
    let elsewhere = issued("o1", &OFFICE, |own| own.stations = [id("three")].into());
    let refused = unlock(&mut station, &elsewhere, RIGHT).unwrap_err();
    assert_eq!(refused.code(), "card.station");
    assert!(refused.to_string().contains("three") && refused.to_string().contains("one"), "{refused}");
    for (card, expected, known) in [
        (issued("o1", &OFFICE, |own| own.fingerprint = Digest::of(b"other")), "card.election", false),
        (issued("o1", &OFFICE, |own| own.scope.mode = Mode::Rehearsal), "card.election", false),
        (issued("o1", &OFFICE, |own| own.scope.round = 2), "card.election", false),
        (issued("o1", &KEYS.stranger, |_| ()), "card.issuer", false),
        (issued("a1", &OFFICE, |_| ()), "station.not_officer", true),
        (issued("o1", &OFFICE, |own| own.from = date("1970-01-02")), "card.validity", true),
        (
            issued("o1", &OFFICE, |own| (own.from, own.until) = (date("1969-05-01"), date("1969-12-31"))),
            "card.validity",
            true,
        ),
    ] {
        assert_eq!(code(unlock(&mut station, &card, RIGHT)), expected, "{:?}", card.certificate());
        let denied = denials(&station).pop().unwrap();
        assert_eq!((denied.0.as_str(), denied.1.is_some()), (expected, known), "only what is signed is believed");
    }
    // A card for several stations is good at each.
    let both = issued("o1", &OFFICE, |own| own.stations = [id("one"), id("three")].into());
    unlock(&mut station, &both, RIGHT).unwrap();
}

#[test]
fn an_officer_of_another_office_issues_no_card_here() {
    let mut ground = keyed();
    let issuer = ground.definition.people.iter_mut().find(|p| p.id == person("o4")).unwrap();
    issuer.office = Some(id("elsewhere"));
    let place = ground.definition.station(&id("one")).unwrap();
    let denied = card("o1").check(&ground, place, &BTreeSet::new(), date("1970-01-01"));
    assert_eq!(denied.unwrap_err().code(), "card.issuer");
}

#[test]
fn a_changed_card_is_no_card() {
    let (own, other) = (card("o1").to_bytes(), card("o2").to_bytes());
    let refused = |bytes: &[u8]| Card::parse(bytes).unwrap_err().code();
    for bad in [&b"{}"[..], b"", b"age-encryption.org/v1", &own[1..], &own[..own.len() - 3]] {
        assert_eq!(refused(bad), "card.form");
    }
    assert_eq!(refused(&[&own[..own.len() - 1], b" \n"].concat()), "card.form", "one form");
    // The certificate of one, and the key of another, under the same PIN.
    let part = |bytes: &[u8]| {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let (certificate, sealed) = text.split_once(",\"sealed\"").unwrap();
        (certificate.to_owned(), sealed.to_owned())
    };
    let mixed = format!("{},\"sealed\"{}", part(&own).0, part(&other).1);
    let mut station = prepared_for(&FaultyDisk::default(), &[]);
    let mixed = Card::parse(mixed.as_bytes()).unwrap();
    assert_eq!(code(unlock(&mut station, &mixed, RIGHT)), "card.damaged");
    assert_eq!(wrong(&station, &mixed.id()), 1, "it was a guess all the same");
}

#[test]
fn a_definition_asks_for_cards_where_the_device_was_not_prepared_for_them() {
    let disk = FaultyDisk::default();
    prepared(&disk, 4);
    let required = || {
        let mut ground = keyed();
        ground.definition.rules.station.cards = election::CardsAt::Required;
        ground
    };
    let mut station = Station::load(Box::new(disk.clone()), required(), 1_020).unwrap();
    assert_eq!(code(station.open(&id("o1"), &Seeded::new(1), 1_030)), "card.needed");
    let officer = prove(&mut station, Act::Open, &[&card("o1")]).unwrap();
    station.open(&officer[0], &Seeded::new(1), 1_030).unwrap();
    // And where names are typed a card is told to be of no use.
    let mut station = prepared(&FaultyDisk::default(), 4);
    assert_eq!(code(station.admit(&card("o1"), 1_015)), "card.not_used");
    assert_eq!(code(station.expects(&Act::Open, 1)), "card.not_used");
    station.open(&id("o1"), &Seeded::new(1), 1_030).unwrap();
}

/// What was signed is checked with the key list alone, from the log as it leaves the station.
#[test]
fn the_signatures_over_opening_and_close_leave_with_the_log() {
    let disk = FaultyDisk::default();
    let (first, second) = (card("o1"), card("o2"));
    let mut station = prepared_for(&disk, &[]);
    to_the_evening(&mut station, &first);
    for card in [&first, &second] {
        adjudicate(&mut station, card);
    }
    enter(&mut station, &first);
    let people = prove(&mut station, CLOSE, &[&first, &second]).unwrap();
    station.close(&people[0], &people[1], &Seeded::new(3), 1_060).unwrap();
    station.report(&sealer(&Seeded::new(8)), 1_070).unwrap();
    let medium = FaultyDisk::default();
    station.hand_over("a", &medium, 1_080).unwrap();
    let files = medium.files();
    let centre = KEYS.centre.recipient();
    let recipients =
        package::Recipients { results: vec![centre.clone()], images: vec![centre, KEYS.office.recipient()] };
    let ground = keyed();
    let trust = package::open::Trust {
        scope: &ground.definition.scope,
        fingerprint: ground.fingerprint,
        station: &id("one"),
        device: &id("d1"),
        key: KEYS.device.public_key(),
        recipients: &recipients,
    };
    let (label, results) = (&files["one-d1-1.label.json"], files["one-d1-1.results.age"].as_slice());
    let opened = package::open::open_results(label, results, &KEYS.centre, &trust).unwrap();
    let granted: Vec<_> =
        opened.events.iter().filter(|event| event.event == package::events::EventKind::AccessGranted).collect();
    let acts: Vec<&str> = granted.iter().map(|event| event.note.split(':').next().unwrap()).collect();
    assert_eq!(acts, ["open", "enter", "close", "adjudicate"]);
    assert_eq!(granted.iter().map(|event| event.proof.is_some()).collect::<Vec<_>>(), [true, true, true, false]);

    let closed = granted[2];
    assert_eq!(closed.by, [person("o1"), person("o2")]);
    assert!(closed.note.starts_with("close: presiding "), "{}", closed.note);
    let proof = closed.proof.as_ref().unwrap();
    let certificates: Vec<Certificate> = proof
        .cards
        .iter()
        .map(|text| {
            let envelope = Envelope::parse(text.as_bytes()).unwrap();
            envelope.verify(CARD_KIND, &[OFFICE.public_key()]).unwrap();
            envelope.read().unwrap()
        })
        .collect();
    let keys: Vec<_> = certificates.iter().map(|own| &own.key).collect();
    let act = Envelope::parse(proof.act.as_bytes()).unwrap();
    assert_eq!(act.verify(ACT_KIND, &keys).unwrap().len(), 2);
    let statement: ActStatement = act.read().unwrap();
    assert_eq!((statement.act, statement.generation), (CLOSE, 1));
    assert_eq!((statement.station, statement.fingerprint), (id("one"), ground.fingerprint));
    assert!(act.verify(CARD_KIND, &keys).is_err(), "it passes for nothing else that a key signs");
}

#[test]
fn bi3_the_log_tells_of_no_ballot_by_way_of_its_cards() {
    let disk = FaultyDisk::default();
    let (first, second) = (card("o1"), card("o2"));
    let mut station = prepared_for(&disk, &[]);
    to_the_evening(&mut station, &first);
    feed(&mut station, &["torn 1"], &Seeded::new(4)).1.unwrap();
    let lines = station.state().events.len();
    for card in [&first, &second] {
        adjudicate(&mut station, card);
    }
    assert_eq!(station.state().events.len(), lines, "no line has the hour at which a doubt was settled");

    let input = station.status().refused[0].input;
    let people = prove(&mut station, Act::Refused { input, fate: Fate::Foreign }, &[&first, &second]).unwrap();
    station.refused_sheet(&input, Fate::Foreign, (&people[0], &people[1]), 1_045).unwrap();
    let log = serde_json::to_string(&station.state().events).unwrap();
    assert!(log.contains("\"act\":\"refused\"") && !log.contains(&input.hex()), "not which sheet: {log}");
    enter(&mut station, &first);
    prove(&mut station, CLOSE, &[&first, &second]).unwrap();
    station.close(&id("o1"), &id("o2"), &Seeded::new(3), 1_060).unwrap();
    let [.., told, closed] = &station.state().events[..] else { panic!("two lines") };
    let EventKind::CardsAccepted { act, cards, proof: None } = &told.what else { panic!("{told:?}") };
    let people: BTreeSet<&PersonId> = cards.iter().map(|card| &card.person).collect();
    assert_eq!((act.as_str(), people), ("adjudicate", BTreeSet::from([&person("o1"), &person("o2")])));
    assert!(matches!(closed.what, EventKind::Closed { .. }));
}
