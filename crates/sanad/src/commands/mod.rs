//! One module a command; each reads its arguments and files, calls a room, and words what it found.

mod act;
mod ballot;
mod ballot_read;
mod card;
mod case;
mod case_board;
mod case_court;
mod case_filing;
mod case_hand;
mod case_list;
mod case_order;
mod case_panel;
mod case_ratify;
mod case_succession;
pub mod centre;
mod centre_desk;
pub mod centre_findings;
pub mod centre_isolation;
pub mod centre_order;
mod centre_privacy;
mod centre_rotate;
mod centre_status;
pub mod decisions;
pub mod disk;
mod election;
mod equipment;
mod equivocations;
mod evidence;
pub mod import;
mod intake;
pub mod key;
mod key_enter;
mod man;
mod matching;
mod package;
mod proof;
mod read_back;
mod record;
mod relay;
mod seats;
mod slip;
mod slip_check;
mod slip_tally;
mod statement;
mod statement_report;
pub mod station;
mod station_adjudicate;
mod station_alike;
mod station_cards;
mod station_prepare;
mod station_refused;
mod station_scan;
pub mod verify;
pub mod witness;
mod witness_rotate;

use std::path::PathBuf;

use clap::{CommandFactory, Subcommand, ValueHint};

use crate::demo;
use crate::shell::{Result, Shell, Verdict};

/// What the command can do.
#[derive(Subcommand)]
pub enum Command {
    /// A whole small election: print, mark, scan, count, seal, send, carry, match, tally, publish, verify
    ///
    /// On this machine alone, with invented people. What it leaves behind is for looking at; README.md says what is where.
    Demo(demo::Args),
    /// A definition: scaffold, one canonical form, validate, leaf 0 and fingerprint
    #[command(subcommand)]
    Election(election::Election),
    /// Device keys, the centre's identity, commissioners' shares
    #[command(subcommand)]
    Key(key::Key),
    /// Cards of the officers at a station: issued under a PIN, and revoked
    #[command(subcommand)]
    Card(card::CardCommand),
    /// Ballots: sheets drawn, and sheets read
    #[command(subcommand)]
    Ballot(ballot::Ballot),
    /// Polling day at one station
    Station(station::Args),
    /// The printed slip: what a party agent does with it
    #[command(subcommand)]
    Slip(slip::Slip),
    /// A sealed package: what it says outside, and what it holds
    #[command(subcommand)]
    Package(package::Package),
    /// Send sealed packages to the receiving service
    #[command(subcommand)]
    Relay(relay::Relay),
    /// The receiving service
    #[command(subcommand)]
    Intake(intake::Intake),
    /// The isolated tally centre
    #[command(subcommand)]
    Centre(centre::Centre),
    /// Complaints, appeals and rulings, and the certification
    #[command(subcommand)]
    Case(case::Case),
    /// Acts from outside: laws, committees, tests, contracts, remarks, each by its paper
    #[command(subcommand)]
    Act(act::Act),
    /// Devices and other equipment, in whose hands they were, and whose remarks are open
    #[command(subcommand)]
    Equipment(equipment::Equipment),
    /// The commission's public statement: nine points, each with figure, denominator, exceptions and check
    ///
    /// From the centre's record, or as it stands in a publication; as text, as a page of its own or as a PDF, which say the same
    /// (docs/statement.md). A point whose evidence the record does not hold says so; with --dir that is exit code 3.
    Statement(statement::Args),
    /// The public record: what stands in it, and the proof of it
    #[command(subcommand)]
    Record(record::Record),
    /// Proofs that anybody checks offline: a fork, an equivocation, a receipt
    #[command(subcommand)]
    Proof(proof::Proof),
    /// A witness of the record
    #[command(subcommand)]
    Witness(witness::Witness),
    /// Check a publication from nothing
    ///
    /// Every check has a number (docs/verify.md). What is altered fails and is named (1); what is absent is incomplete (3).
    /// Without --root or a slip the verdict is at best incomplete: nothing says which election this is.
    Verify(verify::Args),
    /// A party's disk: published results, slips and proofs of an office's stations, with a signed receipt
    #[command(subcommand)]
    Disk(disk::Disk),
    /// A bundle of evidence for a court, a parliament, an auditor or a committee: handed out under a mandate, and checked
    #[command(subcommand)]
    Evidence(evidence::Evidence),
    /// Match two channels of any origin
    ///
    /// Two tables and a map that says which column is which. 1 if any station differs, else 3 if any is in one table only.
    Match(matching::Args),
    /// Votes to seats
    ///
    /// Exact fractions, any first divisor, and no hidden draw: where a tie decides the last seat a lot is required (3).
    Seats(seats::Args),
    /// Print the completions of a shell
    ///
    /// For bash: sanad completions bash > /etc/bash_completion.d/sanad. With --json the script is in an object.
    #[command(after_help = "Example: sanad completions bash")]
    Completions {
        /// bash, zsh, fish, elvish or powershell
        shell: clap_complete::Shell,
    },
    /// Write the manual: a page for each command
    ///
    /// For `man`: put the folder's pages where it looks, such as /usr/local/share/man/man1.
    #[command(after_help = "Example: sanad man man1")]
    Man {
        /// The folder to write to
        #[arg(value_hint = ValueHint::DirPath)]
        dir: PathBuf,
    },
}

/// Runs one command.
pub fn run(shell: &Shell, command: Command) -> Result {
    match command {
        Command::Demo(args) => demo::run(shell, &args),
        Command::Ballot(command) => ballot::run(shell, command),
        Command::Card(command) => card::run(shell, command),
        Command::Station(args) => station::run(shell, args),
        Command::Slip(command) => slip::run(shell, command),
        Command::Election(command) => election::run(shell, command),
        Command::Key(command) => key::run(shell, command),
        Command::Package(command) => package::run(shell, command),
        Command::Relay(command) => relay::run(shell, command),
        Command::Intake(command) => intake::run(shell, command),
        Command::Centre(command) => centre::run(shell, command),
        Command::Case(command) => case::run(shell, command),
        Command::Act(command) => act::run(shell, command),
        Command::Equipment(command) => equipment::run(shell, command),
        Command::Statement(args) => statement::run(shell, &args),
        Command::Record(command) => record::run(shell, command),
        Command::Proof(command) => proof::run(shell, command),
        Command::Witness(command) => witness::run(shell, command),
        Command::Verify(args) => verify::run(shell, &args),
        Command::Disk(command) => disk::run(shell, command),
        Command::Evidence(command) => evidence::run(shell, command),
        Command::Match(args) => matching::run(shell, &args),
        Command::Seats(args) => seats::run(shell, &args),
        Command::Completions { shell: kind } => Ok(completions(shell, kind)),
        Command::Man { dir } => man::write_all(shell, &crate::Cli::command(), &dir),
    }
}

/// The script of a shell; nothing else may come before or behind it.
fn completions(shell: &Shell, kind: clap_complete::Shell) -> Verdict {
    let mut script = Vec::new();
    clap_complete::generate(kind, &mut crate::Cli::command(), "sanad", &mut script);
    let script = String::from_utf8_lossy(&script).into_owned();
    shell.found(script.trim_end());
    shell.json(&serde_json::json!({ "shell": kind.to_string(), "script": script }));
    Verdict::Holds
}
