//! `sanad`: one command per role. Logic lives in the rooms below; this crate
//! reads arguments and files, shows progress, and words what happened.

mod commands;
mod demo;
mod examples;
mod files;
mod inputs;
mod shell;
mod slips;
mod summary;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use commands::Command;
use shell::Shell;

/// Carries an election from marked paper to certified seats; every published figure has its proof.
///
/// Exit code 0: it holds. 1: it does not (a mismatch, a failed check). 2: the input or the call is
/// wrong. 3: evidence is missing; incomplete is never "pass".
#[derive(Parser)]
#[command(name = "sanad", version, max_term_width = 110, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,

    /// Print one documented JSON object on standard output
    #[arg(long, global = true)]
    json: bool,

    /// Language of messages: ar, ckb or en
    #[arg(long, global = true, default_value = "en", env = "SANAD_LANG")]
    lang: election::Lang,

    /// Say only what is wrong
    #[arg(short, long, global = true)]
    quiet: bool,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let shell = Shell::new(cli.json, cli.lang, cli.quiet);
    if let Command::Completions { shell: kind } = cli.command {
        let mut script = Vec::new();
        clap_complete::generate(kind, &mut Cli::command(), "sanad", &mut script);
        // A reader that has gone away is no error of ours.
        let _ = std::io::Write::write_all(&mut std::io::stdout(), &script);
        return ExitCode::SUCCESS;
    }
    match commands::run(&shell, cli.command) {
        Ok(verdict) => verdict.into(),
        Err(error) => {
            shell.error(&error);
            shell::Verdict::Wrong.into()
        }
    }
}
