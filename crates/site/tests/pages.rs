//! The pages say what was decided and found, in three languages, and every rule number on them leads to the rule.

use std::collections::{BTreeMap, BTreeSet};

use election::{Digest, Lang};
use record::entry::{Act, Amendment, Candidacy, Custody, Import, IntakePosition, Item, Withdrawal};
use record::register::acts::ActKind;
use record::register::equipment::ItemKind;
use record::statement::Witnessed;
use record::{Body, Content, Figures, Medium, Outcome};
use sanad_site::{Site, pages};
use testing::{Count, World, id};

/// The tiny election with two counted stations, undecided letters about a third, a withdrawal and an amended rule.
fn files() -> BTreeMap<String, String> {
    let mut folder = testing::folder(3);
    let hash = Digest::of(b"the ministry's letter");
    let sources = format!("{}ministry,Ministry,9,2026-04-01,{hash}\n", testing::SOURCES);
    folder.files.insert("sources.csv".into(), sources.into_bytes());
    folder.files.insert("registrations.csv".into(), b"station,source,registered\ns3,ministry,140\n".to_vec());
    folder.files.get_mut("election.toml").unwrap().extend(b"\n[findings]\nturnout = \"1/10\"\n");
    let world = World::of(folder);
    let def = &world.frozen.definition;
    let counts = [Count::of("s1", [6, 3, 1, 1]), Count::of("s2", [2, 1, 0, 0])];
    let mut state = world.begin();
    let mut figures = Figures::new();
    for count in counts {
        let results = testing::results(def, &count);
        let digest = Digest::of(&results.to_bytes());
        for medium in [Medium::Network, Medium::Stick] {
            let import = Body::Import(Import {
                medium,
                station: results.station.clone(),
                device: results.device.clone(),
                generation: 1,
                label: digest,
                statement: digest,
                content: Content { results_manifest: digest, images_manifest: digest, results: digest },
                intake: (medium == Medium::Network).then_some(IntakePosition { size: 1, root: digest }),
                account_differs: false,
                build: None,
            });
            state.apply(&world.frozen, &world.sign(&import, &["centre"])).unwrap();
        }
        figures.insert(digest, results);
    }
    let withdrawal = Body::Withdrawal(Withdrawal {
        option: id("a1"),
        candidacy: Candidacy::Withdrawn,
        reason: "a letter of the candidate".into(),
        basis: "article 7".into(),
        evidence: Vec::new(),
        supersedes: None,
    });
    state.apply(&world.frozen, &world.sign(&withdrawal, &["officer_1", "officer_2"])).unwrap();
    let amendment = Body::Amendment(Amendment {
        key: "seats.threshold".into(),
        before: None,
        after: Some("1/100".into()),
        reason: "a law of the day before".into(),
        basis: "law 5".into(),
    });
    state.apply(&world.frozen, &world.sign(&amendment, &["board_1", "board_2"])).unwrap();
    for body in registers() {
        state.apply(&world.frozen, &world.sign(&body, &["officer_1", "officer_2"])).unwrap();
    }
    let outcome = Outcome::of(def, &state, &figures).unwrap();
    let site = Site {
        definition: def,
        fingerprint: state.fingerprint,
        version: 1,
        witnessed: &Witnessed { met: true, at: Some(1_526_148_000), ..Witnessed::default() },
        state: &state,
        outcome: &outcome,
        figures: &figures,
        documents: &BTreeMap::new(),
    };
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    pages(&site).into_iter().map(|(path, bytes)| (path, text(bytes))).collect()
}

/// A remark that nobody has answered, about a box that somebody handed over who had not taken it.
fn registers() -> [Body; 4] {
    let custody = |from: &str, to: &str, at: &str| {
        Body::Custody(Custody {
            item: id("box1"),
            from: from.into(),
            to: to.into(),
            seals: Vec::new(),
            at: at.parse().unwrap(),
            place: "a store".into(),
            supersedes: None,
        })
    };
    let item = Item { station: Some(id("s1")), ..Item::new(id("box1"), ItemKind::Box, "SN-17", "article 5") };
    let remark = Act {
        served: Some("2026-04-22T09:00".parse().unwrap()),
        answer_days: Some(10),
        items: [id("box1")].into(),
        ..Act::new(
            id("a7"),
            ActKind::Remark,
            "Audit <Board>",
            "7/2026",
            "2026-04-20".parse().unwrap(),
            Digest::of(b"a paper"),
            "a note is missing",
        )
    };
    let gap = custody("driver", "school", "2026-05-11T06:00");
    [Body::Item(item), custody("store", "office", "2026-05-10T08:00"), gap, Body::Act(remark)]
}

#[test]
fn the_register_says_what_is_unanswered_and_where_hands_do_not_meet() {
    let files = files();
    for (lang, unanswered, gaps) in [
        ("en", "no answer yet; Deadline", "gaps between hands: 1; remarks without an answer: a7"),
        ("ar", "بلا جواب; آخر موعد", "فجوات في العهدة: ١; ملاحظات بلا جواب: a7"),
        ("ckb", "بێ وەڵام; دوا وادە", "کەلێن لە ڕادەستکردندا: ١; تێبینی بێ وەڵام: a7"),
    ] {
        let page = &files[&format!("{lang}/register.html")];
        for part in [unanswered, gaps, "2026-05-02T23:59", "Audit &#60;Board&#62;, 7/2026, 2026-04-20", "SN-17"] {
            assert!(page.contains(part), "{lang}: {part}: {page}");
        }
        assert!(files[&format!("{lang}/index.html")].contains("<a href=\"register.html\">"));
    }
}

#[test]
fn every_rule_number_leads_to_what_the_rule_says() {
    let files = files();
    for lang in Lang::ALL {
        let rules = &files[&format!("{lang}/rules.html")];
        let mut linked = BTreeSet::new();
        for (path, html) in files.iter().filter(|(path, _)| path.starts_with(&format!("{lang}/"))) {
            for part in html.split("rules.html#").skip(1) {
                let number: String = part.chars().take_while(|c| *c != '"').collect();
                assert!(rules.contains(&format!("<div id=\"{number}\">")), "{path}: {number}");
                linked.insert(number);
            }
        }
        // Each seat, who takes it, who withdrew, and what was found.
        for number in ["R.303", "R.310", "R.313", "R.210"] {
            assert!(linked.contains(number), "{lang}: {linked:?}");
        }
        for rule in tally::rules::all() {
            let (title, says) = (escaped(rule.title.get(lang)), escaped(rule.says.get(lang)));
            assert!(rules.contains(&title) && rules.contains(&says), "{lang}: {}", rule.number);
        }
    }
}

/// As the templates write text: what means something to HTML is escaped.
fn escaped(text: &str) -> String {
    text.replace('&', "&#38;").replace('<', "&#60;").replace('>', "&#62;").replace('\'', "&#39;").replace('"', "&#34;")
}

#[test]
fn an_amended_rule_is_a_banner_on_every_page() {
    for (path, html) in files().iter().filter(|(path, _)| path.contains('/') && path.ends_with(".html")) {
        let banner =
            html.split("class=\"banner\"").nth(1).and_then(|rest| rest.split("</p>").next()).unwrap_or_default();
        assert!(banner.contains("R.408"), "{path}: {banner}");
    }
}

#[test]
fn tb6_a_withdrawal_stands_on_the_contests_page_with_the_figures_before_and_after() {
    let page = &files()["en/contest/assembly.html"];
    let row = page.split("Withdrawn after printing").nth(1).expect("the table");
    for part in ["Ann", "<td>8</td><td>12</td><td>12</td>", "a letter of the candidate", "article 7"] {
        assert!(row.contains(part), "{part}: {row}");
    }
    assert!(page.contains("withdrew after printing: 8 marks stay list votes"));
    assert!(page.contains("Seat 1 of 2: "), "each seat is told");
}

#[test]
fn letters_that_disagree_are_named_on_the_stations_page() {
    let files = files();
    for (lang, said) in [
        ("en", "Letters disagree, and which is followed is not decided"),
        ("ar", "كتب تختلف ولم يُقرر أيها يُتبع"),
        ("ckb", "نامەکان جیاوازن و بڕیار نەدراوە کامیان پەیڕەو بکرێت"),
    ] {
        assert!(files[&format!("{lang}/station/s3.html")].contains(said), "{lang}");
        assert!(!files[&format!("{lang}/station/s1.html")].contains(said), "{lang}");
        assert!(
            files[&format!("{lang}/index.html")].contains(said),
            "{lang}: undecided ones are counted on the first page"
        );
    }
    assert!(files["en/remarks.html"].contains("s3: roll 100; ministry 140 (undecided)"));
}

#[test]
fn what_the_rules_find_stands_with_its_denominator_on_a_page() {
    let files = files();
    for (lang, row, figures) in [
        ("en", "<th scope=\"row\">All</th><td>0</td><td>2</td><td>0.0</td>", "used 11 · bound 100"),
        ("ar", "<th scope=\"row\">الكل</th><td>٠</td><td>٢</td><td>٠٫٠</td>", "المستعمَل ١١ · الحد ١٠٠"),
        ("ckb", "<th scope=\"row\">هەموو</th><td>٠</td><td>٢</td><td>٠٫٠</td>", "بەکارهاتوو ١١ · سنوور ١٠٠"),
    ] {
        let page = &files[&format!("{lang}/findings.html")];
        assert!(page.contains(row) && page.contains(figures), "{lang}: {page}");
        assert_eq!(page.matches("<a href=\"rules.html#R.50").count(), 9, "{lang}: each rule that is asked");
        assert!(files[&format!("{lang}/index.html")].contains("<a href=\"findings.html\">"), "{lang}");
    }
}

#[test]
fn lg5_every_page_says_when_witnesses_saw_what_is_announced_and_when_that_is_too_old() {
    for (path, html) in files().into_iter().filter(|(path, _)| path.starts_with("en/")) {
        assert!(html.contains("2018-05-12T18:00:00Z") && html.contains("more than 6 hours ago"), "{path}");
    }
}

/// What stands between `start` and `end`, each time.
fn parts<'a>(html: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    html.split(start).skip(1).map(|rest| rest.split(end).next().expect("something stands there")).collect()
}

#[test]
fn the_statement_names_its_exceptions_and_no_share_without_its_denominator() {
    let files = files();
    for (lang, of) in [("en", "of"), ("ar", "من"), ("ckb", "لە")] {
        let page = &files[&format!("{lang}/statement.html")];
        assert_eq!(parts(page, "<section class=\"point\" id=\"point-", "\"").join(" "), "1 2 3 4 5 6 7 8 9");
        let shares = parts(page, "<dd>", "</dd>");
        assert_eq!(shares.len(), parts(page, "<dt>", "</dt>").len(), "{lang}: each figure has its share");
        assert!(!shares.is_empty());
        for share in shares {
            let words: Vec<&str> = share.split(' ').collect();
            assert!(matches!(words[..], [_, own, _] | [_, own, _, _, "%)"] if own == of), "{lang}: {share}");
        }
        assert_eq!(page.matches('%').count(), page.matches(" %)").count(), "{lang}: a percentage stands alone");
        let except = parts(page, "<dd class=\"except\">", "</dd>").concat();
        assert!(except.contains("<li><bdi>s3</bdi></li>"), "{lang}: {except}");
        assert!(page.contains("<code dir=\"ltr\">V.501 V.502 (sanad verify)</code>"), "{lang}: the checks are named");
        assert!(page.contains("seats.threshold: "), "{lang}: a rule that was changed is named");
        assert!(files[&format!("{lang}/index.html")].contains("<a href=\"statement.html\">"), "{lang}");
    }
    assert!(files["en/statement.html"].contains("<dd>2 of 3 (66 %)</dd>"), "{}", files["en/statement.html"]);
    assert!(files["ar/statement.html"].contains("<dd>٢ من ٣ (٦٦ %)</dd>"));
}
