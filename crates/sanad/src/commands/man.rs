//! `sanad man`: the manual, a page for each command, made from what `--help` says.

use std::path::Path;

use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use serde_json::json;

use crate::shell::{Failure, Result, Shell, Verdict, count, text, write};

/// What holds for every command.
const EXIT: [(&str, &str); 4] = [
    ("0", "it holds"),
    ("1", "it does not: a mismatch, a failed check, something refused"),
    ("2", "the input or the call is wrong"),
    ("3", "evidence is missing; incomplete is never \"pass\""),
];

const ENVIRONMENT: [(&str, &str); 3] = [
    ("SANAD_LANG", "the language of messages: ar, ckb or en; --lang overrides it"),
    ("NO_COLOR", "where it is set, nothing is coloured"),
    ("LC_ALL, LC_CTYPE, LANG", "where they name another encoding than UTF-8, frames and signs are drawn in ASCII"),
];

const FILES: [(&str, &str); 5] = [
    ("election.toml, *.csv, keys/", "a definition (docs/definition.md)"),
    ("STATION-DEVICE-GENERATION.{results.age,images.age,label.json}", "a package (docs/open-by-hand.md)"),
    ("manifest-sha256.txt, election/, stations/, results/, intake/, record/", "a publication (docs/formats.md)"),
    ("schemas/", "JSON Schema of what --json prints and of every file that is published or signed"),
    ("docs/reasons.md", "every reason code, with what it means and what to do next"),
];

/// Writes `sanad.1`, `sanad-station.1`, `sanad-station-open.1` and so on.
pub fn write_all(shell: &Shell, root: &Command, dir: &Path) -> Result {
    let mut root = root.clone();
    root.build();
    let mut pages = Vec::new();
    page(&root, "sanad", &mut pages).map_err(|e| Failure::new("man", e.to_string(), "report it"))?;
    for (name, bytes) in &pages {
        write(&dir.join(name), bytes)?;
    }
    shell.tell("{} pages in {}", &[count(pages.len()), text(dir.display())]);
    let names: Vec<&String> = pages.iter().map(|(name, _)| name).collect();
    shell.json(&json!({ "folder": dir, "pages": names }));
    Ok(Verdict::Holds)
}

fn page(command: &Command, name: &str, pages: &mut Vec<(String, Vec<u8>)>) -> std::io::Result<()> {
    let example = command.get_after_help().map(ToString::to_string);
    let titled = command.clone().after_help("").version(env!("CARGO_PKG_VERSION"));
    let man = Man::new(titled).title(name.to_uppercase()).section("1").manual("Sanad").source("sanad");
    let mut bytes = Vec::new();
    man.render_title(&mut bytes)?;
    man.render_name_section(&mut bytes)?;
    man.render_synopsis_section(&mut bytes)?;
    man.render_description_section(&mut bytes)?;
    man.render_options_section(&mut bytes)?;
    let children: Vec<&Command> = command.get_subcommands().filter(|c| c.get_name() != "help").collect();
    let mut roff = Roff::new();
    if let Some(example) = example {
        roff.control("SH", ["EXAMPLE"]);
        roff.control("nf", []);
        roff.text([roman(example.trim_start_matches("Example: "))]);
        roff.control("fi", []);
    }
    if !children.is_empty() {
        roff.control("SH", ["COMMANDS"]);
        for child in &children {
            roff.control("TP", []);
            roff.text([bold(format!("{name}-{}(1)", child.get_name()))]);
            roff.text([roman(child.get_about().map(ToString::to_string).unwrap_or_default())]);
        }
    }
    for (title, rows) in [("EXIT STATUS", &EXIT[..]), ("ENVIRONMENT", &ENVIRONMENT), ("FILES", &FILES)] {
        roff.control("SH", [title]);
        for (what, says) in rows {
            roff.control("TP", []);
            roff.text([bold(*what)]);
            roff.text([roman(*says)]);
        }
    }
    roff.to_writer(&mut bytes)?;
    pages.push((format!("{name}.1"), bytes));
    for child in children {
        page(child, &format!("{name}-{}", child.get_name()), pages)?;
    }
    Ok(())
}
