//! `sanad`: one command per role. Logic lives in the rooms below; this crate
//! reads arguments and files, shows progress, and words what happened.

mod commands;
mod demo;
mod drawing;
mod examples;
mod exit;
mod failure;
mod inputs;
mod pages;
mod picture;
mod policy;
mod published;
mod shell;
mod slips;
mod summary;
mod usage;
mod words;

use std::process::ExitCode;

use clap::Parser;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use commands::Command;
use shell::Shell;

/// Carries an election from marked paper to certified seats; every published figure has its proof.
///
/// Exit code 0: it holds. 1: it does not (a mismatch, a failed check, something refused). 2: the input or the call is
/// wrong. 3: evidence is missing; incomplete is never "pass".
#[derive(Parser)]
#[command(name = "sanad", version, max_term_width = 110, arg_required_else_help = true)]
#[command(after_help = "Example: sanad demo")]
struct Cli {
    #[command(subcommand)]
    command: Command,

    /// Print one documented JSON object on standard output
    #[arg(long, global = true)]
    json: bool,

    /// Language of messages: ar, ckb or en
    #[arg(long, global = true, default_value = "en", env = "SANAD_LANG", hide_env_values = true, value_parser = languages())]
    lang: election::Lang,

    /// Say only what is wrong
    #[arg(short, long, global = true)]
    quiet: bool,
}

/// The languages, as a closed set of words that a shell can complete.
fn languages() -> impl TypedValueParser<Value = election::Lang> {
    PossibleValuesParser::new(election::Lang::ALL.map(election::Lang::tag))
        .map(|tag| tag.parse().expect("the parser has let through nothing else"))
}

fn main() -> ExitCode {
    let cli = match usage::parse() {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    let shell = Shell::new(cli.json, cli.lang, cli.quiet);
    match commands::run(&shell, cli.command) {
        Ok(verdict) => verdict.into(),
        Err(failure) => {
            shell.error(&failure);
            failure.verdict().into()
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::path::Path;

    use clap::CommandFactory;

    use super::*;

    /// Every command that does something, with its path: `["station", "open"]`.
    fn leaves(command: &clap::Command, path: &[String], found: &mut Vec<(Vec<String>, clap::Command)>) {
        let children: Vec<&clap::Command> = command.get_subcommands().filter(|c| c.get_name() != "help").collect();
        if children.is_empty() {
            found.push((path.to_vec(), command.clone()));
        }
        for child in children {
            leaves(child, &[path, &[child.get_name().to_owned()]].concat(), found);
        }
    }

    fn all() -> Vec<(Vec<String>, clap::Command)> {
        let mut root = Cli::command();
        root.build();
        let mut found = Vec::new();
        leaves(&root, &[], &mut found);
        found
    }

    fn example(command: &clap::Command) -> String {
        let text = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        let example = text.strip_prefix("Example: ").unwrap_or_default();
        example.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Words as a shell takes them: spaces part, single quotes hold together; only the last command of a pipe.
    fn words_of(line: &str) -> Vec<String> {
        let line = line.rsplit(" | ").next().unwrap_or(line);
        let mut words = vec![String::new()];
        let mut quoted = false;
        for c in line.chars() {
            match c {
                '\'' => quoted = !quoted,
                ' ' if !quoted => words.push(String::new()),
                c => words.last_mut().expect("there is one").push(c),
            }
        }
        words
    }

    #[test]
    fn every_command_says_what_it_does_and_has_an_example_that_parses() {
        Cli::command().debug_assert();
        let commands = all();
        assert!(commands.len() > 45, "{} commands", commands.len());
        for (path, command) in commands {
            let name = path.join(" ");
            assert!(command.get_about().is_some(), "{name}: what it does");
            assert!(command.get_long_about().is_some_and(|long| long.to_string().contains('\n')), "{name}: in full");
            let example = example(&command);
            assert!(example.contains(&format!("sanad {name}")), "{name}: an example, not '{example}'");
            let parsed = Cli::try_parse_from(words_of(&example));
            assert!(parsed.is_ok(), "{name}: {}", parsed.err().map(|e| e.to_string()).unwrap_or_default());
            for argument in command.get_arguments() {
                assert!(argument.get_help().is_some(), "{name}: what {} is", argument.get_id());
            }
        }
    }

    /// `docs/commands.md` is written from the commands: `UPDATE=1 cargo test -p sanad --bin sanad`.
    #[test]
    fn the_docs_have_every_command() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let path = root.join("docs/commands.md");
        let docs = std::fs::read_to_string(&path).unwrap_or_default();
        let mark = "<!-- written from the commands -->\n";
        let head = docs.split(mark).next().unwrap_or_default();
        let mut page = format!("{head}{mark}");
        for (command, clap) in all() {
            let name = command.join(" ");
            let schema = format!("{}.json", command.join("-"));
            assert!(root.join("schemas/commands").join(&schema).is_file(), "schemas/commands/{schema} is missing");
            let long = clap.get_long_about().or(clap.get_about()).map(ToString::to_string).unwrap_or_default();
            let _ = write!(
                page,
                "\n### sanad {name}\n\n{}\n\n```\n{}\n```\n\n`--json`: [schemas/commands/{schema}](../schemas/commands/{schema})\n",
                long.trim(),
                example(&clap)
            );
        }
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &page).expect("docs/ can be written");
        }
        let docs = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(docs == page, "docs/commands.md is not what the commands say; UPDATE=1 writes it anew");
    }

    /// A page of the manual for every command, with its example.
    #[test]
    fn every_command_has_a_page() {
        let dir = tempfile::tempdir().expect("a folder");
        let shell = Shell::new(false, election::Lang::En, true);
        let man = Command::Man { dir: dir.path().to_owned() };
        assert!(commands::run(&shell, man).is_ok(), "the pages are written");
        for (path, command) in all() {
            let name = format!("sanad-{}.1", path.join("-"));
            let page = std::fs::read_to_string(dir.path().join(&name)).unwrap_or_default().replace("\\-", "-");
            let example = page.split(".SH EXAMPLE").nth(1).unwrap_or_default();
            assert!(example.contains(&format!("sanad {}", path.join(" "))), "{name}: an example");
            for option in command.get_arguments().filter_map(clap::Arg::get_long) {
                assert!(page.contains(&format!("--{option}")), "{name}: --{option}");
            }
        }
    }

    /// bash itself is asked what follows the words before the last of each command; of the other shells the script names them.
    #[test]
    fn every_command_is_completed() {
        let script = |shell: clap_complete::Shell| {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "sanad", &mut script);
            String::from_utf8(script).expect("text")
        };
        let mut asked = script(clap_complete::Shell::Bash);
        let commands = all();
        for (path, _) in &commands {
            let (last, before) = path.split_last().expect("a command has a name");
            let (prev, first) = (before.last().map_or("sanad", String::as_str), &last[..1]);
            let words = before.join(" ");
            let _ = writeln!(asked, "COMP_WORDS=(sanad {words} {first}); COMP_CWORD={}", path.len());
            let _ = writeln!(asked, "_sanad sanad {first} {prev}; echo \"${{COMPREPLY[*]}}\"");
        }
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::write(dir.path().join("asked"), &asked).expect("a file");
        let output = std::process::Command::new("bash").arg(dir.path().join("asked")).output().expect("bash runs");
        let answers = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(answers.lines().count(), commands.len(), "{}", String::from_utf8_lossy(&output.stderr));
        let others = [script(clap_complete::Shell::Zsh), script(clap_complete::Shell::Fish)];
        for ((path, _), answer) in commands.iter().zip(answers.lines()) {
            let last = path.last().expect("a command has a name");
            assert!(answer.split(' ').any(|word| word == last), "{path:?}: bash says '{answer}'");
            assert!(others.iter().all(|script| script.contains(last)), "{path:?}");
        }
    }
}
