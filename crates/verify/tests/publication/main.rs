//! Each numbered check against a publication in which just that is broken (`docs/verify.md` has the list). The files follow
//! the parts of a publication.

mod amendments;
mod before_polls;
#[path = "../common/mod.rs"]
mod common;
mod docket;
mod drawn;
mod findings;
mod folder;
mod hand;
mod hostile;
mod intake;
mod one_channel;
mod record_log;
mod registers;
mod reread;
mod results;
mod slips;
mod stations;
mod transmission;

use common::{Files, Recipe, build};
use sanad_verify as verify;
use verify::{CheckId, Report, Verdict};

/// Spoils one thing.
type Spoil<T> = fn(&mut T);

fn shown(report: &Report, lang: election::Lang) -> String {
    verify::render(report, lang, verify::Show::All, &|what| what.to_owned())
}

/// The report fails, and the check does with this reason code.
#[track_caller]
fn fails(report: &Report, check: CheckId, code: &str) {
    assert_eq!(report.verdict, Verdict::Fail, "{}", shown(report, election::Lang::En));
    let found = report.check(check.code()).expect("a check");
    let codes: Vec<&str> =
        found.detail.iter().filter(|d| d.matter == verify::Matter::Failed).map(|d| d.code.as_str()).collect();
    assert!(codes.contains(&code), "{}: {codes:?} has no {code}\n{:#?}", check.code(), found.detail);
}

/// The recipe fails, and the check does with this reason code.
#[track_caller]
fn spoilt(recipe: Recipe, check: CheckId, code: &str) {
    fails(&build(&recipe).verify(), check, code);
}

fn replace(files: &mut Files, path: &str, from: &str, to: &str) {
    let text = String::from_utf8(files[path].clone()).expect("text");
    assert!(text.contains(from), "{path} has no {from}: {text}");
    files.insert(path.to_owned(), text.replacen(from, to, 1).into_bytes());
}

#[test]
fn a_whole_publication_passes_and_says_what_is_absent() {
    let publication = build(&Recipe::default());
    let report = publication.verify();
    assert_eq!(report.verdict, Verdict::Pass, "{}", shown(&report, election::Lang::En));
    assert_eq!(report.root.fingerprint, Some(publication.root));
    let ids: Vec<CheckId> = report.checks.iter().map(|check| check.id).collect();
    let brought = |id: &CheckId| {
        let images = [CheckId::ImageHashes, CheckId::Reread].contains(id);
        images || id.code().starts_with("V.8") || id.code().starts_with("V.9")
    };
    let own: Vec<CheckId> = CheckId::ALL.iter().copied().filter(|id| !brought(id)).collect();
    assert_eq!(ids, own, "every check but those of images, slips and disks is in the report");
    let channels = report.check("V.502").expect("the channels");
    assert_eq!(
        (channels.failed, channels.recorded),
        (0, 3),
        "two network copies and one stick are absent: {channels:#?}"
    );
    let decisions = report.check("V.503").expect("the decisions");
    assert_eq!((decisions.checked, decisions.recorded), (1, 2), "{decisions:#?}");
    let json = serde_json::to_value(&report).expect("JSON");
    assert_eq!(json["verdict"], "pass");
    assert_eq!(json["root"]["pinned"], publication.root.to_string());
    for check in json["checks"].as_array().expect("checks") {
        for key in ["id", "title", "verdict", "checked", "failed", "missing", "recorded", "withheld", "detail"] {
            assert!(!check[key].is_null(), "{key} of {check}");
        }
    }
    for lang in election::Lang::ALL {
        let text = shown(&report, lang);
        assert!(report.checks.iter().all(|check| text.contains(check.id.title().get(lang))), "{text}");
    }
}

/// `docs/verify.md` shows the table of checks, and every test that it names is one of these.
#[test]
fn the_docs_show_the_table() {
    let mut table =
        "| check | what it proves | how | the test that breaks it |\n| --- | --- | --- | --- |\n".to_owned();
    let sources = [
        include_str!("before_polls.rs"),
        include_str!("docket.rs"),
        include_str!("drawn.rs"),
        include_str!("folder.rs"),
        include_str!("hand.rs"),
        include_str!("hostile.rs"),
        include_str!("intake.rs"),
        include_str!("record_log.rs"),
        include_str!("registers.rs"),
        include_str!("results.rs"),
        include_str!("slips.rs"),
        include_str!("stations.rs"),
        include_str!("transmission.rs"),
        include_str!("../../src/reread/compare.rs"),
        include_str!("../../../sanad/tests/disk/main.rs"),
        include_str!("../../../sanad/tests/reread.rs"),
        include_str!("../../../centre/tests/cases/evidence.rs"),
    ]
    .concat();
    for id in CheckId::ALL {
        assert!(sources.contains(&format!("fn {}()", id.test())), "{} is no test", id.test());
        table += &format!("| {} | {} | {} | `{}` |\n", id.code(), id.title().en, id.how(), id.test());
    }
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/verify.md");
    let docs = std::fs::read_to_string(&path).expect("docs/verify.md");
    assert!(docs.contains(&table), "docs/verify.md should hold:\n{table}");
}
