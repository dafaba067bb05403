//! The numbered rules, for reports and for the docs: `R.1xx` what marks are worth, `R.2xx` the ballot account, `R.3xx`
//! seats, `R.4xx` which stations count, `R.5xx` findings. `docs/rules.md` shows the same table; a test holds them together.

mod account;
mod findings;
mod seats;
mod stations;
mod votes;

use serde::Serialize;

pub use findings::figures;

use crate::Words;

/// One numbered rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// Its number.
    pub number: &'static str,
    /// Its title.
    pub title: Words,
    /// What it says.
    pub says: Words,
    /// The test that fails when it is broken.
    pub test: &'static str,
}

impl Rule {
    const fn new(
        number: &'static str,
        [title_ar, title_ckb, title_en]: [&'static str; 3],
        [ar, ckb, en]: [&'static str; 3],
        test: &'static str,
    ) -> Rule {
        let title = Words { ar: title_ar, ckb: title_ckb, en: title_en };
        Rule { number, title, says: Words { ar, ckb, en }, test }
    }
}

/// Every rule, by number.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    [votes::RULES, account::RULES, seats::RULES, stations::RULES, findings::RULES].into_iter().flatten()
}

/// The rule `number`.
pub fn rule(number: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.number == number)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn every_rule_has_one_number_and_text_in_three_languages() {
        let rules: Vec<&Rule> = all().collect();
        for pair in rules.windows(2) {
            assert!(pair[0].number < pair[1].number, "{}", pair[1].number);
        }
        for rule in rules {
            for words in [rule.title, rule.says] {
                let texts = [words.ar, words.ckb, words.en];
                assert!(texts.iter().all(|text| !text.trim().is_empty()), "{}", rule.number);
                assert!(texts[0] != texts[1] && texts[1] != texts[2], "{}", rule.number);
            }
        }
        assert!(rule("R.101").is_some() && rule("R.999").is_none());
    }

    #[test]
    fn both_figures_of_a_finding_have_a_name_in_three_languages() {
        for rule in election::FindingRule::ALL {
            let [left, right] = figures(rule);
            assert_ne!(left, right, "{rule}");
            for words in [left, right] {
                let texts = std::collections::BTreeSet::from([words.ar, words.ckb, words.en]);
                assert!(texts.len() == 3 && !texts.contains(""), "{rule}: {texts:?}");
            }
        }
    }

    /// Every `fn name(` below a folder's sources.
    fn tests_in(folder: &Path, found: &mut String) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                tests_in(&path, found);
            } else if path.extension().is_some_and(|end| end == "rs") {
                found.push_str(&std::fs::read_to_string(&path).unwrap());
            }
        }
    }

    #[test]
    fn every_rule_names_a_test_that_there_is() {
        let mut sources = String::new();
        tests_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."), &mut sources);
        for rule in all() {
            // As a test it is written after its attribute, or inside `proptest!`.
            let there = sources.contains(&format!("#[test]\nfn {}(", rule.test))
                || sources.contains(&format!("#[test]\n    fn {}(", rule.test));
            assert!(there, "{}: no test is called {}", rule.number, rule.test);
        }
    }

    #[test]
    fn the_docs_show_the_rules() {
        let docs = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/rules.md")).unwrap();
        for (hundred, columns) in [
            ("R.1", votes::RULES),
            ("R.2", account::RULES),
            ("R.3", seats::RULES),
            ("R.4", stations::RULES),
            ("R.5", findings::RULES),
        ] {
            let rows: String = (columns.iter())
                .map(|r| {
                    assert!(r.number.starts_with(hundred), "{}", r.number);
                    format!("| {} | **{}.** {} | `{}` |\n", r.number, r.title.en, r.says.en, r.test)
                        + &format!(
                            "| | {} | |\n| | {} | |\n",
                            joined(r.title.ar, r.says.ar),
                            joined(r.title.ckb, r.says.ckb)
                        )
                })
                .collect();
            let table = docs.split(&format!("<!-- {hundred}xx -->\n")).nth(1).and_then(|t| t.split("\n\n").next());
            let head = "| rule | what it says | the test that fails when it is broken |\n| --- | --- | --- |\n";
            assert!(
                table.map(|t| format!("{t}\n")) == Some(format!("{head}{rows}")),
                "copy these rows below '<!-- {hundred}xx -->' of docs/rules.md:\n{head}{rows}"
            );
        }
    }

    fn joined(title: &str, says: &str) -> String {
        format!("<bdi dir=\"rtl\">**{title}.** {says}</bdi>")
    }
}
