//! WB8: names that would be a script, a formula or a turned line; and zeros that a page explains.

use std::collections::BTreeMap;

use election::{Definition, Digest, Lang, Text};
use record::entry::{Content, Effect, Import, Order, Refused};
use record::statement::Witnessed;
use record::{Body, Figures, Medium, Outcome, State, results};
use sanad_site::{Site, pages, statement};
use testing::{Count, World, id};

/// What a name must never do on a page or in a table. Each is followed by a number, so that it can be found again.
const EVIL: [&str; 8] = [
    "</bdi><script>alert(1)</script>EVIL",
    "\"><img src=x onerror=alert(1)>EVIL",
    "' onmouseover='alert(1)' EVIL",
    "\u{202e}\u{202d}EVIL\u{202c}",
    "=cmd|' /C calc'!A0 EVIL",
    "@SUM(1+1)*EVIL",
    "<!-- EVIL",
    "{{ 7*7 }} {% include \"page.html\" %} &lt; EVIL",
];

/// The tiny election with six stations: both copies, differing copies, cancelled, nothing, one copy, said not to have
/// opened; and a package of a station that is in no register.
struct Told {
    world: World,
    state: State,
    figures: Figures,
}

fn told() -> Told {
    let world = World::new(6);
    let mut state = world.begin();
    let mut figures = Figures::new();
    let mut import = |state: &mut State, medium, count: &Count<'_>| {
        let results = testing::results(&world.frozen.definition, count);
        let digest = Digest::of(&results.to_bytes());
        figures.insert(digest, results);
        let body = Import {
            medium,
            station: id(count.station),
            device: id(&format!("d{}", count.station)),
            generation: 1,
            label: digest,
            statement: digest,
            content: Content { results_manifest: digest, images_manifest: digest, results: digest },
            intake: None,
            account_differs: false,
            build: None,
        };
        state.apply(&world.frozen, &world.sign(&Body::Import(body), &["centre"])).unwrap();
    };
    for medium in [Medium::Network, Medium::Stick] {
        import(&mut state, medium, &Count::of("s1", [6, 3, 1, 1]));
        import(&mut state, medium, &Count::of("s3", [5, 5, 0, 0]));
    }
    import(&mut state, Medium::Network, &Count::of("s2", [4, 4, 0, 0]));
    import(&mut state, Medium::Stick, &Count::of("s2", [8, 0, 0, 0]));
    import(&mut state, Medium::Stick, &Count::of("s5", [1, 1, 0, 0]));
    for (station, effect) in [("s3", Effect::Cancel), ("s6", Effect::NotOpened)] {
        let order = Order {
            station: id(station),
            effect,
            reason: EVIL.join(" 91 "),
            basis: EVIL.join(" 92 "),
            evidence: Vec::new(),
            findings: Default::default(),
            supersedes: Vec::new(),
            under: None,
            absent: None,
        };
        let leaf = world.sign(&Body::Order(order), &["officer_1", "officer_2"]);
        state.apply(&world.frozen, &leaf).unwrap();
    }
    let refused = Refused {
        medium: Medium::Stick,
        station: Some(id("s77")),
        label: Digest::of(b"a label"),
        code: "=import.unknown_station<b>EVIL".into(),
        what: EVIL.join(" 93 "),
    };
    state.apply(&world.frozen, &world.sign(&Body::Refused(refused), &["centre"])).unwrap();
    Told { world, state, figures }
}

/// The definition with an evil name for everything. A definition that says so is refused (E.121); pages and tables do
/// not rely on that.
fn evil(mut def: Definition) -> Definition {
    let mut number = 0;
    let mut name = |text: &mut Text| {
        number += 1;
        let evil = EVIL[number % EVIL.len()];
        let turned = |suffix: &str| format!("{evil}{number}{suffix}");
        *text = Text { ar: turned("a"), ckb: turned("k"), en: turned("e") };
    };
    name(&mut def.name);
    def.constituencies.iter_mut().for_each(|c| name(&mut c.name));
    def.offices.iter_mut().for_each(|o| name(&mut o.name));
    def.stations.iter_mut().for_each(|s| name(&mut s.name));
    def.contests.iter_mut().for_each(|c| name(&mut c.title));
    def.parties.iter_mut().for_each(|p| name(&mut p.name));
    def.lists.iter_mut().for_each(|l| name(&mut l.name));
    def.candidates.iter_mut().for_each(|c| name(&mut c.name));
    def
}

fn with_site<T>(def: &Definition, told: &Told, take: impl FnOnce(&Site<'_>) -> T) -> T {
    let outcome = Outcome::of(def, &told.state, &told.figures).unwrap();
    let documents = BTreeMap::from([(id("s1"), vec!["stations/s1/ds1-1/results.json".to_owned()])]);
    take(&Site {
        definition: def,
        fingerprint: told.world.fingerprint,
        version: 1,
        witnessed: &Witnessed::default(),
        state: &told.state,
        outcome: &outcome,
        figures: &told.figures,
        documents: &documents,
    })
}

fn pages_of(def: &Definition, told: &Told) -> BTreeMap<String, String> {
    let html = with_site(def, told, pages).into_iter().filter(|(path, _)| path.ends_with(".html"));
    html.map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap())).collect()
}

const TAGS: [&str; 41] = [
    "!doctype", "a", "bdi", "body", "code", "dd", "details", "div", "dl", "dt", "footer", "h1", "h2", "head", "header",
    "html", "li", "link", "main", "meta", "nav", "ol", "p", "rect", "s", "section", "small", "span", "strong", "style",
    "summary", "svg", "table", "tbody", "td", "th", "thead", "title", "tr", "ul", "h3",
];

#[test]
fn wb8_no_name_becomes_markup_a_script_or_a_turned_line() {
    let told = told();
    let def = evil(told.world.frozen.definition.clone());
    let pages = pages_of(&def, &told);
    assert!(pages.len() > 30, "{} pages", pages.len());
    let mut met = 0;
    for (path, html) in &pages {
        assert!(!html.contains(|c| matches!(c, '\u{202a}'..='\u{202e}')), "{path} turns a line");
        let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self' file:; \
                      base-uri 'none'; form-action 'none'\">";
        assert_eq!(html.replace("&#39;", "'").matches(policy).count(), 1, "{path} has its policy, once");
        assert!(!html.contains("<style"), "{path} has no style of its own");
        met += harmless(path, html);
    }
    assert!(met > 300, "{met} evil names were met");
}

/// Looks at every tag of a page and at where evil names stand; gives how many were met.
fn harmless(path: &str, html: &str) -> usize {
    let (mut met, mut isolated, mut in_title, mut rest) = (0, 0, false, html);
    while let Some(at) = rest.find('<') {
        let text = &rest[..at];
        for (number, _) in text.match_indices("EVIL") {
            met += 1;
            assert!(in_title || isolated > 0, "{path}: a name outside <bdi>: {}", &text[number..]);
        }
        let end = rest[at..].find('>').unwrap_or_else(|| panic!("{path}: a tag without an end")) + at;
        let tag = &rest[at + 1..end];
        let name = tag.trim_start_matches('/').split([' ', '\n']).next().unwrap_or_default();
        assert!(TAGS.contains(&name), "{path}: <{tag}>");
        for attribute in tag.split(' ').skip(1) {
            let is_handler = attribute.to_lowercase().starts_with("on") || attribute.starts_with("style=");
            assert!(!is_handler && !attribute.contains("EVIL"), "{path}: <{tag}>");
        }
        assert!(
            !tag.contains("javascript:") && !tag.contains("http://") && !tag.contains("https://"),
            "{path}: <{tag}>"
        );
        match tag {
            "bdi" => isolated += 1,
            "/bdi" => isolated -= 1,
            "title" => in_title = true,
            "/title" => in_title = false,
            tag if tag.starts_with("bdi ") => isolated += 1,
            _ => {}
        }
        rest = &rest[end + 1..];
    }
    assert_eq!(isolated, 0, "{path}: every <bdi> is closed");
    met
}

/// The statement as a file of its own: no script, nothing loaded, no way out, and every evil reason is only text.
#[test]
fn wb8_the_statement_alone_runs_nothing_and_leads_nowhere() {
    let told = told();
    let def = evil(told.world.frozen.definition.clone());
    for lang in Lang::ALL {
        let html = with_site(&def, &told, |site| statement(site, lang));
        let policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
        assert_eq!(html.replace("&#39;", "'").matches(policy).count(), 1, "{lang}");
        assert!(harmless("statement", &html) > EVIL.len(), "the reasons for the cancellation are named");
        assert!(!html.contains("<link") && html.contains("<style>"), "its style is in it");
        assert!(html.split(" href=\"").skip(1).all(|link| link.starts_with('#')), "{lang}: a link leads out");
        let dir = if lang == Lang::En { "ltr" } else { "rtl" };
        assert!(html.contains(&format!("<html lang=\"{lang}\" dir=\"{dir}\">")), "{lang}");
    }
}

#[test]
fn wb8_tables_hold_no_formula_and_no_number_that_others_round() {
    let told = told();
    let def = evil(told.world.frozen.definition.clone());
    let mut outcome = Outcome::of(&def, &told.state, &told.figures).unwrap();
    let beyond = (1u64 << 53) + 1;
    outcome.totals.get_mut(&id("assembly")).unwrap().votes.insert(id("la"), beyond);
    let files = results::files(&def, &outcome, &told.figures);
    let mut met = 0;
    for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".csv")) {
        let text = std::str::from_utf8(bytes).unwrap().trim_start_matches('\u{feff}');
        let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
        for row in reader.records() {
            for cell in row.unwrap().iter() {
                met += usize::from(cell.contains("EVIL"));
                let formula = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
                assert!(!cell.starts_with(formula), "{name}: {cell}");
            }
        }
    }
    assert!(met > 20, "{met} evil cells were met");
    let report: serde_json::Value = serde_json::from_slice(&files["results.json"]).unwrap();
    let text = report.to_string();
    assert!(text.contains("\"9007199254740993\""), "a count beyond 2^53 is a string");
    assert!(!text.contains(":9007199254740993"), "and no number");
    assert_eq!(results::json_count(1 << 53), serde_json::json!(9_007_199_254_740_992u64));
}

/// A quarantined or cancelled station that empties its office: the page says so in words.
#[test]
fn zeros_are_explained_in_every_language() {
    let told = told();
    let pages = pages_of(&told.world.frozen.definition, &told);
    let none = [
        (Lang::En, "None of these stations is counted"),
        (Lang::Ar, "لم تُحتسب أي محطة من هذه"),
        (Lang::Ckb, "هیچ وێستگەیەکی ئێرە نەژمێردراوە"),
    ];
    for (lang, says) in none {
        // South has s2, whose copies differ, s4, of which nothing came, and s6, which did not open.
        let south = &pages[&format!("{lang}/office/south.html")];
        assert!(south.contains(says), "{south}");
        // North has s1, which counts.
        assert!(!pages[&format!("{lang}/office/north.html")].contains(says));
        assert!(!pages[&format!("{lang}/contest/assembly.html")].contains(says));
    }
    let says =
        |path: &str, what: &str| assert!(pages[path].contains(what), "{path} does not say '{what}': {}", pages[path]);
    says("en/office/south.html", "its copies differ, and nobody has decided");
    says("en/office/south.html", "nothing has come of it");
    says("en/office/north.html", "one copy alone has come, and the rules ask for more");
    says("en/contest/assembly.html", "its copies differ, and nobody has decided");
    says("en/station/s2.html", "its copies differ, and nobody has decided");
    says("en/index.html", "Not counted: 5 / 6");
    // The reason of an order stands there too, escaped.
    says("en/office/north.html", "&#60;!-- EVIL");
    // What is to be looked at, on the first page and on the station's own.
    says("en/index.html", "s77");
    says("en/index.html", "content.figures");
    says("en/station/s2.html", "content.figures");
    says("en/station/s1.html", "Kinds of evidence that agree (network, stick, slip)</dt><dd>2<");
}
