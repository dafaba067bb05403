//! `sanad`: one command per role. Logic lives in the rooms below; this crate
//! reads arguments and files, shows progress, and words what happened.

mod commands;
mod demo;
mod examples;
mod exit;
mod failure;
mod files;
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
    #[arg(long, global = true, default_value = "en", env = "SANAD_LANG", hide_env_values = true)]
    lang: election::Lang,

    /// Say only what is wrong
    #[arg(short, long, global = true)]
    quiet: bool,
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
