//! Counts by hand: who may order one, what a count must be, and what it does to the standing of its station.

mod common;

use common::{World, station};
use election::{Coded, Digest, Lang};
use package::StationResults;
use sanad_record::docket::{Matter, tables};
use sanad_record::entry::{Effect, HandCount, Recount};
use sanad_record::recount::{hold_together, same_box, typed};
use sanad_record::{Body, Counted, Figures, Outcome, Standing, State};

fn recount(id: &str, change: impl FnOnce(&mut Recount)) -> Body {
    let (reason, basis) = ("the slip differs".into(), "article 38".into());
    let mut own = Recount { station: station(id), reason, basis, evidence: vec![], under: None, withdraws: None };
    change(&mut own);
    Body::Recount(own)
}

/// The count of a box with these votes for rose, omar and sara.
fn hand_count(world: &World, id: &str, votes: [u32; 3], change: impl FnOnce(&mut HandCount)) -> Body {
    let StationResults { account, mut contests, .. } = world.voted(id, votes);
    contests.iter_mut().for_each(|contest| contest.votes.retain(|_, votes| *votes > 0));
    let paper = Digest::of(b"protocol");
    let mut own = HandCount { station: station(id), ordered: None, account, contests, paper, agrees: None };
    change(&mut own);
    Body::HandCount(own)
}

fn take(world: &World, state: &mut State, body: &Body) -> Digest {
    let leaf = world.sign_as_needed(body);
    state.apply(&world.frozen, &leaf).unwrap_or_else(|e| panic!("{}: {e}", e.code()));
    Digest::of(&leaf)
}

fn refused(world: &World, state: &mut State, body: &Body) -> String {
    let before = format!("{:?}", (state.size, &state.evidence));
    let problem = state.apply(&world.frozen, &world.sign_as_needed(body)).expect_err("it is refused");
    assert_eq!(format!("{:?}", (state.size, &state.evidence)), before, "nothing changes");
    format!("{}: {problem}", problem.code())
}

fn content(body: &Body) -> sanad_record::Content {
    let Body::Import(import) = body else { unreachable!("an import") };
    import.content
}

fn outcome(world: &World, state: &State, packages: &[StationResults]) -> (Outcome, Figures) {
    let mut figures = common::figures(packages);
    figures.extend(state.hand_figures(&world.frozen.definition));
    (Outcome::of(&world.frozen.definition, state, &figures).unwrap(), figures)
}

#[test]
fn a_count_that_is_the_same_confirms_and_another_keeps_the_station_from_being_counted() {
    let world = World::new();
    let device = world.voted("0101", [5, 3, 2]);
    let imports = world.both(&device);
    let mut state = world.fold(&imports);
    let standing = |state: &State| state.standing(&world.frozen.definition, &station("0101")).unwrap();
    assert_eq!((standing(&state).standing, standing(&state).concordant), (Standing::Matched, 2));
    let same = hand_count(&world, "0101", [5, 3, 2], |own| own.agrees = Some(content(&imports[0])));
    take(&world, &mut state, &same);
    assert_eq!((standing(&state).standing, standing(&state).concordant), (Standing::Confirmed, 3));
    assert_eq!(standing(&state).counted, Some(Counted::Package(content(&imports[0]))));

    let other = take(&world, &mut state, &hand_count(&world, "0101", [4, 4, 2], |_| ()));
    assert_eq!((standing(&state).standing, standing(&state).counted), (Standing::Quarantined, None));
    // Only two officers' order makes it the one that counts; taken back, nothing of the station is counted again.
    let order = take(&world, &mut state, &world.order("0101", Effect::CountHand(other), &[]));
    assert_eq!(standing(&state).counted, Some(Counted::Hand(other)));
    assert!(standing(&state).by_order);
    let (result, _) = outcome(&world, &state, std::slice::from_ref(&device));
    assert_eq!(result.totals.values().next().unwrap().votes_of("omar"), 4);
    take(&world, &mut state, &world.order("0101", Effect::Count(content(&imports[0])), &[order]));
    let (result, _) = outcome(&world, &state, &[device]);
    assert_eq!(result.totals.values().next().unwrap().votes_of("omar"), 3, "the device's again, exactly");
}

#[test]
fn a_station_of_which_nothing_came_is_counted_from_its_paper() {
    let world = World::new();
    let mut state = world.begin();
    let leaf = take(&world, &mut state, &hand_count(&world, "0101", [7, 0, 1], |_| ()));
    let stands = |state: &State| state.standing(&world.frozen.definition, &station("0101")).unwrap();
    assert_eq!(
        (stands(&state).standing, stands(&state).counted, stands(&state).concordant),
        (Standing::Missing, None, 1)
    );
    take(&world, &mut state, &world.order("0101", Effect::CountHand(leaf), &[]));
    let (result, _) = outcome(&world, &state, &[]);
    let totals = result.totals.values().next().unwrap();
    assert_eq!((totals.votes_of("rose"), totals.votes_of("omar"), totals.valid), (7, 0, 8));
    // A station that did not open has no box to count.
    let mut state = world.begin();
    take(&world, &mut state, &hand_count(&world, "0101", [7, 0, 1], |_| ()));
    take(&world, &mut state, &world.order("0101", Effect::NotOpened, &[]));
    assert_eq!(stands(&state).standing, Standing::Quarantined);
}

#[test]
fn a_count_must_hold_together() {
    let world = World::new();
    let mut state = world.begin();
    let device = world.voted("0101", [5, 3, 2]);
    for import in world.both(&device) {
        take(&world, &mut state, &import);
    }
    let elsewhere = content(&world.both(&world.voted("0102", [5, 3, 2]))[0]);
    type Bad<'a> = (&'a str, &'a dyn Fn(&mut HandCount), &'a str);
    let bad: [Bad<'_>; 8] = [
        ("another station's content", &|own| own.agrees = Some(elsewhere), "no import of this station"),
        ("no such recount", &|own| own.ordered = Some(Digest([7; 32])), "not ordered"),
        (
            "a zero",
            &|own| {
                own.contests[0].votes.insert("sara".parse().unwrap(), 0);
            },
            "left out",
        ),
        (
            "nobody known",
            &|own| {
                own.contests[0].votes.insert("ros".parse().unwrap(), 1);
            },
            "ros",
        ),
        ("no contest", &|own| own.contests.clear(), "other contests"),
        ("a contest twice", &|own| own.contests.push(own.contests[0].clone()), "other contests"),
        ("more valid ballots than ballots", &|own| own.contests[0].valid = 11, "member"),
        ("papers that are nowhere", &|own| own.account.blank = 1, "cast = valid"),
    ];
    for (what, change, told) in bad {
        let said = refused(&world, &mut state, &hand_count(&world, "0101", [5, 3, 2], |own| change(own)));
        assert!(said.starts_with("record.hand_count") && said.contains(told), "{what}: {said}");
    }
    let stranger = hand_count(&world, "0101", [5, 3, 2], |own| own.station = station("0199"));
    assert!(refused(&world, &mut state, &stranger).starts_with("record.station"));
    // What lies beside the box may not add up: those who decide see it (R.201).
    take(&world, &mut state, &hand_count(&world, "0101", [5, 3, 2], |own| own.account.unused = 3));
    let by_one = hand_count(&world, "0101", [5, 3, 2], |_| ());
    let problem = state.apply(&world.frozen, &world.sign(&by_one, &["officer_1"])).unwrap_err();
    assert_eq!(problem.code(), "record.threshold", "each of the two who typed signs");
    let nobody = world.order("0101", Effect::CountHand(Digest([7; 32])), &[]);
    assert!(refused(&world, &mut state, &nobody).starts_with("record.order"));
}

#[test]
fn a_recount_is_open_until_its_count_is_entered_or_it_is_taken_back() {
    let world = World::new();
    let def = &world.frozen.definition;
    let mut state = world.begin();
    let due = |state: &State| state.open_matters(def).contains(&Matter::Recount(station("0101")));
    assert!(
        refused(&world, &mut state, &recount("0101", |own| own.reason = " ".into())).starts_with("decision.no_reason")
    );
    assert!(refused(&world, &mut state, &recount("0199", |_| ())).starts_with("record.station"));
    assert!(
        refused(&world, &mut state, &recount("0101", |own| own.under = Some(Digest([7; 32]))))
            .contains("docket.ruling")
    );
    let first = take(&world, &mut state, &recount("0101", |_| ()));
    assert!(due(&state));
    take(&world, &mut state, &recount("0101", |own| own.withdraws = Some(first)));
    assert!(!due(&state), "taken back");
    let again = recount("0101", |own| (own.withdraws, own.basis) = (Some(first), "article 39".into()));
    assert!(refused(&world, &mut state, &again).contains("not ordered, or was taken back"));
    let second = take(&world, &mut state, &recount("0101", |own| own.basis = "article 40".into()));
    take(&world, &mut state, &hand_count(&world, "0101", [1, 0, 0], |own| own.ordered = Some(second)));
    assert!(!due(&state), "counted");
    let late = recount("0101", |own| own.withdraws = Some(second));
    assert!(refused(&world, &mut state, &late).contains("whose count is entered"));
    let (outcome, figures) = outcome(&world, &state, &[]);
    let files = tables::files(def, &state, &outcome, &figures, &[]).unwrap();
    let recounts = String::from_utf8(files["docket/recounts.csv"].clone()).unwrap();
    let stands = |leaf: Digest| {
        let row = recounts.lines().find(|row| row.starts_with(&format!("0101,{leaf},"))).expect("a row");
        row.contains(",yes,")
    };
    assert_eq!(recounts.lines().count(), 4, "what was taken back is named too: {recounts}");
    assert!(stands(second) && !stands(first));
}

#[test]
fn a_figure_that_differs_is_named() {
    let world = World::new();
    let mut state = world.begin();
    let device = world.voted("0101", [5, 3, 2]);
    for import in world.both(&device) {
        take(&world, &mut state, &import);
    }
    let leaf = take(&world, &mut state, &hand_count(&world, "0101", [4, 3, 3], |_| ()));
    let (outcome, figures) = outcome(&world, &state, std::slice::from_ref(&device));
    let files = tables::files(&world.frozen.definition, &state, &outcome, &figures, &[]).unwrap();
    let text = |name: &str| String::from_utf8(files[name].clone()).unwrap();
    let results = Digest::of(&device.to_bytes());
    let contest = &device.contests[0].contest;
    let rows: Vec<String> = text("docket/hand_differences.csv").lines().skip(1).map(str::to_owned).collect();
    let row =
        |option: &str, package: u32, hand: u32| format!("0101,{leaf},{results},{contest},{option},{package},{hand}");
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert!(rows.contains(&row("rose", 5, 4)) && rows.contains(&row("sara", 2, 3)), "{rows:?}");
    assert!(text("docket/hand_counts.csv").ends_with(",,no\r\n"), "{}", text("docket/hand_counts.csv"));
}

#[test]
fn wf5_both_totals_are_those_of_the_orders() {
    let world = World::new();
    // Another station gives ten to rose. Of this one the network's copy gives her five, the stick's six, the paper four.
    let packages = [world.voted("0102", [10, 1, 0]), world.voted("0101", [5, 3, 2]), world.voted("0101", [6, 2, 2])];
    let [network, stick] = [world.both(&packages[1])[0].clone(), world.both(&packages[2])[1].clone()];
    let mut came = world.fold(&world.both(&packages[0]));
    take(&world, &mut came, &network);
    take(&world, &mut came, &stick);
    let paper = take(&world, &mut came, &hand_count(&world, "0101", [4, 4, 2], |_| ()));
    let copy = |import: &Body| Effect::Count(content(import));
    let ordered = |state: &State, id: &str, effects: [Effect; 2]| {
        let mut state = state.clone();
        for effect in effects {
            take(&world, &mut state, &world.order(id, effect, &[]));
        }
        assert_eq!(state.standing(&world.frozen.definition, &station(id)).unwrap().standing, Standing::SubJudice);
        state
    };
    // Of rose: the station and the figures, the votes without and with them.
    let told = |state: &State| -> Vec<String> {
        let (outcome, figures) = outcome(&world, state, &packages);
        let files = tables::files(&world.frozen.definition, state, &outcome, &figures, &[]).unwrap();
        let text = String::from_utf8(files["docket/sub_judice.csv"].clone()).unwrap();
        let contest = packages[0].contests[0].contest.to_string();
        let of_rose = text.lines().filter(|row| row.contains(",rose,"));
        of_rose.map(|row| row.strip_prefix(&contest).expect("her contest").to_owned()).collect()
    };
    let choices = |without: u64, mut choices: [(Digest, u64); 2]| {
        choices.sort();
        choices.map(|(figures, with)| format!(",0101,{figures},rose,{without},{with}"))
    };
    let [on_network, on_stick] = [&packages[1], &packages[2]].map(|results| Digest::of(&results.to_bytes()));

    let against_none = ordered(&came, "0101", [Effect::CountHand(paper), Effect::Cancel]);
    assert_eq!(told(&against_none), [",,,rose,10,14"], "the paper's, which an order is to count");
    let against_copy = ordered(&came, "0101", [Effect::CountHand(paper), copy(&network)]);
    assert_eq!(told(&against_copy), choices(10, [(paper, 14), (on_network, 15)]));
    let copies = ordered(&came, "0101", [copy(&network), copy(&stick)]);
    assert_eq!(told(&copies), choices(10, [(on_network, 15), (on_stick, 16)]));
    // No order is to count anything, and neither copy goes before the other.
    let nothing = ordered(&came, "0101", [Effect::Cancel, Effect::NotOpened]);
    assert_eq!(told(&nothing), [""; 0]);
    // With the other station sub judice too, of which one content came, each choice is upon its votes.
    let both = ordered(&against_copy, "0102", [copy(&world.both(&packages[0])[0]), Effect::Cancel]);
    let expected: Vec<String> =
        [",,,rose,0,10".to_owned()].into_iter().chain(choices(0, [(paper, 14), (on_network, 15)])).collect();
    assert_eq!(told(&both), expected);
}

#[test]
fn what_two_people_typed_apart_is_one_or_is_named() {
    let world = World::new();
    let def = &world.frozen.definition;
    let id = station("0101");
    let empty = String::from_utf8(typed::form(def, &id, Lang::En).unwrap()).unwrap();
    let device = world.voted("0101", [5, 0, 2]);
    let account = &device.account;
    let fill = |table: &str, digits: fn(u32) -> String| {
        let lines = table.trim_start_matches('\u{feff}').lines().enumerate().map(|(at, line)| {
            let mut cells: Vec<String> = line.splitn(4, ',').map(str::to_owned).collect();
            let figure = match (cells[0].as_str(), cells[1].as_str()) {
                _ if at == 0 => return line.to_owned(),
                ("", "registered") => account.registered,
                ("", "received") => account.received,
                ("", "unused") => account.unused,
                ("", "used" | "cast" | "valid") | (_, "_ballots" | "_valid") => 7,
                (_, "rose") => 5,
                (_, "sara") => 2,
                ("", "checked_in") => return line.to_owned(),
                _ => 0,
            };
            cells[2] = digits(figure);
            cells.join(",")
        });
        lines.collect::<Vec<_>>().join("\r\n")
    };
    let latin = fill(&empty, |figure| figure.to_string());
    let arabic = fill(&empty, |figure| {
        figure.to_string().chars().map(|c| char::from_u32(c as u32 - '0' as u32 + '٠' as u32).unwrap()).collect()
    });
    let read = |text: &str| typed::read(def, &id, text.as_bytes());
    let (first, second) = (read(&latin).unwrap(), read(&arabic).unwrap());
    assert_eq!(first.disagreements(&second), [], "digits of two scripts, one count");
    let own = first.hand_count(def, &id, None, Digest([1; 32])).unwrap();
    hold_together(def, &own).unwrap();
    assert!(same_box(&own.results(def).unwrap(), &device));
    assert!(!own.contests[0].votes.contains_key(&"omar".parse().unwrap()), "who has no vote is left out");

    let slip = latin.replace(",rose,5", ",rose,6");
    let told = first.disagreements(&read(&slip).unwrap());
    assert_eq!((told.len(), told[0].figure.as_str(), told[0].first, told[0].second), (1, "rose", Some(5), Some(6)));
    let code = |text: &str| read(text).map(drop).map_err(|e| e.code()).unwrap_err();
    assert_eq!(code(&latin.replace(",rose,5", ",ros,5")), "typed.row");
    assert_eq!(code(&latin.replace(",rose,5", ",rose,-5")), "typed.row");
    assert_eq!(code(&latin.replace(",rose,5", ",rose,+5")), "typed.row");
    assert_eq!(code(&format!("{latin}\r\n{}", latin.lines().last().unwrap())), "typed.row", "twice");
    assert_eq!(code("a,b\r\n"), "typed.table");
    assert_eq!(typed::read(def, &id, b"\xff").unwrap_err().code(), "typed.table");
    let gap = read(&latin.replace(",rose,5", ",rose,")).unwrap();
    assert_eq!(gap.hand_count(def, &id, None, Digest([1; 32])).unwrap_err().code(), "typed.missing");
    assert_eq!(typed::form(def, &station("0199"), Lang::En).unwrap_err().code(), "typed.station");
}
