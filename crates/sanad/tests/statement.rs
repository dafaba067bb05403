//! The statement of the demo in each of its forms, which say the same; docs/statement.md shows it.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use common::{SANAD, demo};
use serde_json::Value;

/// Runs `sanad statement` on the demo's publication.
fn statement(lang: &str, more: &[&str]) -> Output {
    let mut command = Command::new(SANAD);
    command.args(["statement", "--lang", lang, "--publication"]).arg(demo().join("publication")).args(more);
    command.output().expect("the command runs")
}

fn printed(lang: &str, more: &[&str]) -> Vec<u8> {
    let output = statement(lang, more);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// Leaves out what the seventh point says under its claim: which networks were up on the machine that ran the demo.
fn without_the_machine(statement: &str, seventh: &str, eighth: &str) -> String {
    let (before, rest) = statement.split_once(seventh).expect("point 7");
    let (seen, after) = rest.split_once(eighth).expect("point 8");
    let claim = seen.lines().next().expect("the claim");
    format!("{before}{seventh}{claim}\n   …{eighth}{after}")
}

/// A file to write, which is not there.
fn absent(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_file(&path);
    path
}

#[test]
fn the_page_says_what_the_points_say() {
    let points: Value = serde_json::from_slice(&printed("en", &["--json"])).unwrap();
    let html = String::from_utf8(printed("en", &["--format", "html"])).unwrap();
    let published = fs::read_to_string(demo().join("publication/en/statement.html")).unwrap();
    for page in [&html, &published].map(|page| page.replace("&#39;", "'")) {
        for point in points["points"].as_array().unwrap() {
            assert!(page.contains(&format!("<h2>{}. ", point["number"])), "{page}");
            for figure in point["figures"].as_array().unwrap() {
                let share = format!("<dd>{} of {}", figure["share"]["part"], figure["share"]["whole"]);
                assert!(page.contains(&share), "{figure}");
                assert!(page.contains(figure["name"].as_str().unwrap()), "{figure}");
            }
            for check in point["checks"].as_array().unwrap() {
                assert!(page.contains(check.as_str().unwrap()), "{check}");
            }
        }
        assert!(page.contains("<li><bdi>020101</bdi></li>"), "the station without a stick is named");
    }
    // The same page, once among others and once alone.
    let main = |page: &str| {
        let (_, main) = page.split_once("<main").expect("a main part");
        let (main, _) = main.split_once("<p><a href").or_else(|| main.split_once("</main>")).expect("its end");
        main.trim_end().to_owned()
    };
    assert_eq!(main(&html), main(&published));
    let fingerprint = fs::read_to_string(demo().join("fingerprint.txt")).unwrap();
    let shown = without_the_machine(&main(&html), "<h2>7. ", "<h2>8. ").replace(fingerprint.trim(), "FINGERPRINT");
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "snapshots" }, {
        insta::assert_snapshot!("statement-en", shown);
    });
}

#[test]
fn the_pdf_is_the_same_each_time_and_names_its_title_and_language() {
    for (lang, title) in
        [("ar", "بيان المفوضية"), ("ckb", "ڕاگەیەندراوی کۆمسیۆن"), ("en", "The commission&apos;s statement")]
    {
        let pdf = printed(lang, &["--format", "pdf"]);
        let path = absent(&format!("statement-{lang}.pdf"));
        printed(lang, &["--format", "pdf", "-o", path.to_str().unwrap()]);
        assert!(
            pdf.starts_with(b"%PDF-") && pdf == fs::read(&path).unwrap(),
            "{lang}: the same bytes, wherever they go"
        );
        let told = String::from_utf8_lossy(&pdf);
        assert!(told.contains(&format!("/Lang({lang})")), "{lang}");
        assert!(told.contains(title) || told.contains(&title.replace("&apos;", "'")), "{lang}");
    }
}

#[test]
fn a_file_holds_the_text_as_it_was_published() {
    let path = absent("statement-ar.txt");
    let object: Value = serde_json::from_slice(&printed("ar", &["--json", "-o", path.to_str().unwrap()])).unwrap();
    assert_eq!(object["file"], path.to_str().unwrap());
    let published = fs::read(demo().join("publication/announcement/statement-ar.txt")).unwrap();
    assert_eq!(fs::read(&path).unwrap(), published);
}

/// The part of docs/statement.md that is the demo's: `UPDATE=1 cargo test --release -p sanad --test statement`.
#[test]
fn the_docs_show_what_the_demo_states() {
    const MARKS: [&str; 2] = ["<!-- demo statement -->\n```text\n", "```\n<!-- end of the demo statement -->\n"];
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/statement.md");
    let page = fs::read_to_string(&path).expect("the page");
    let (before, rest) = page.split_once(MARKS[0]).expect("the first mark");
    let (_, after) = rest.split_once(MARKS[1]).expect("the second mark");
    let text = fs::read_to_string(demo().join("publication/announcement/statement-en.txt")).unwrap();
    let text = without_the_machine(&text, "\n7. ", "\n8. ");
    let own = format!("{before}{}{}\n{}{after}", MARKS[0], text.trim_end(), MARKS[1]);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &own).expect("docs/ can be written");
    }
    let page = fs::read_to_string(&path).expect("the page");
    assert!(page == own, "docs/statement.md is not what the demo states; UPDATE=1 writes it anew");
}
