//! One module a command; each reads its arguments and files, calls a room, and words what it found.

mod ballot;
pub mod centre;
pub mod decisions;
mod election;
mod intake;
pub mod key;
mod matching;
mod package;
mod record;
mod relay;
mod seats;
mod slip;
mod statement;
mod station;
mod verify;
pub mod witness;

use clap::Subcommand;

use crate::shell::{Result, Shell};

use crate::demo;

/// What the command can do.
#[derive(Subcommand)]
pub enum Command {
    /// A whole small election: print, mark, scan, count, seal, send, carry, match, tally, publish, verify
    Demo(demo::Args),
    /// A definition: scaffold, one canonical form, validate, leaf 0 and fingerprint
    #[command(subcommand)]
    Election(election::Election),
    /// Device keys, the centre's identity, commissioners' shares
    #[command(subcommand)]
    Key(key::Key),
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
    /// The commission's public statement: nine points, each with figure, denominator, exceptions and check
    Statement(statement::Args),
    /// The public record: what stands in it, and the proof of it
    #[command(subcommand)]
    Record(record::Record),
    /// A witness of the record
    #[command(subcommand)]
    Witness(witness::Witness),
    /// Check a publication from nothing
    Verify(verify::Args),
    /// Match two channels of any origin
    Match(matching::Args),
    /// Votes to seats
    Seats(seats::Args),
    /// Print the completions of a shell
    Completions {
        /// bash, zsh, fish, elvish or powershell
        shell: clap_complete::Shell,
    },
}

/// Runs one command.
pub fn run(shell: &Shell, command: Command) -> Result {
    match command {
        Command::Demo(args) => demo::run(shell, &args),
        Command::Ballot(command) => ballot::run(shell, command),
        Command::Station(args) => station::run(shell, args),
        Command::Slip(command) => slip::run(shell, command),
        Command::Election(command) => election::run(shell, command),
        Command::Key(command) => key::run(shell, command),
        Command::Package(command) => package::run(shell, command),
        Command::Relay(command) => relay::run(shell, command),
        Command::Intake(command) => intake::run(shell, command),
        Command::Centre(command) => centre::run(shell, command),
        Command::Statement(args) => statement::run(shell, &args),
        Command::Record(command) => record::run(shell, command),
        Command::Witness(command) => witness::run(shell, command),
        Command::Verify(args) => verify::run(shell, &args),
        Command::Match(args) => matching::run(shell, &args),
        Command::Seats(args) => seats::run(shell, &args),
        Command::Completions { .. } => unreachable!("main prints completions before anything is run"),
    }
}
