//! `sanad intake`: the receiving service.

use std::path::PathBuf;

use clap::Subcommand;
use intake::Config;
use serde_json::json;

use crate::shell::{Result, Shell, Verdict};

/// The receiving service.
#[derive(Subcommand)]
pub enum Intake {
    /// Receive packages until asked to end
    Serve {
        /// Its configuration (TOML)
        #[arg(long)]
        config: PathBuf,
        /// Write the address it listens on to this file once it takes connections
        #[arg(long, value_name = "FILE")]
        ready: Option<PathBuf>,
    },
    /// Enter the last leaf: from now on labels are refused
    Close {
        /// Its configuration (TOML)
        #[arg(long)]
        config: PathBuf,
    },
    /// The one-way copy that is carried to the tally centre
    Export {
        /// Its configuration (TOML)
        #[arg(long)]
        config: PathBuf,
        /// The folder to write
        #[arg(long)]
        to: PathBuf,
    },
}

/// Runs it.
pub fn run(shell: &Shell, command: Intake) -> Result {
    match command {
        Intake::Serve { config, ready } => {
            let config = Config::read(&config)?;
            let told = |address: std::net::SocketAddr| {
                shell.say(format_args!("Receiving on https://{address}"));
                if let Some(path) = &ready
                    && let Err(failure) = crate::shell::write(path, address.to_string().as_bytes())
                {
                    shell.error(&failure);
                }
            };
            intake::serve_blocking(
                config,
                std::sync::Arc::new(|line: &str| eprintln!("{line}")),
                told,
                intake::asked_to_end(),
            )?;
        }
        Intake::Close { config } => {
            intake::close_blocking(&Config::read(&config)?)?;
            shell.say("The intake is closed.");
        }
        Intake::Export { config, to } => {
            let done = intake::export_blocking(&Config::read(&config)?, &to)?;
            shell.say(format_args!(
                "{} packages and {} leaves in {}; carry it to the centre one way",
                done.packages,
                done.leaves,
                to.display()
            ));
            if shell.json {
                shell.json(&json!({ "packages": done.packages, "leaves": done.leaves, "files": done.files }));
            }
        }
    }
    Ok(Verdict::Holds)
}
