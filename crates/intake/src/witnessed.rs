//! The intake's log and its witnesses: the checkpoint goes out and the cosignatures come back as files.

use election::{Folder, WITNESS_POLICY};
use log::merkle::{Tree, leaf_hash};
use log::policy::PolicyWitness;
use log::witness::Request;
use log::{NoteKey, Policy, Quorum};
use sign::FileKey;

use crate::roll::Roll;
use crate::sequencer::{continues, open_log, origin, remember_cosigned};
use crate::server::lock;
use crate::store::Place;
use crate::{Config, Error};

fn failed(error: impl ToString) -> Error {
    Error::Log(error.to_string())
}

/// What is carried to a witness that last saw `seen` leaves of the intake's log. A running service is not disturbed.
///
/// # Errors
/// [`Error::Log`] where the log does not hold; [`Error::Rollback`] where it is smaller than that: it was restored from a
/// backup.
pub fn request(config: &Config, seen: u64) -> Result<Request, Error> {
    let roll = Roll::read(&config.election)?;
    let key = NoteKey { name: origin(&roll), algorithm: log::note::NoteAlgorithm::Ed25519, key: roll.log.clone() };
    // Not a whole folder: a running service may be writing what comes next, and a killed one have left it.
    let (read, _) = log::own_files(&Place::of(config)?.files()?, &key)
        .map_err(|problems| failed(problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")))?;
    let size = read.checkpoint.size;
    let proof = match seen {
        0 => Vec::new(),
        seen => Tree::of(read.leaves.iter().map(|leaf| leaf_hash(leaf))).consistency(seen, size).ok_or_else(|| {
            Error::Rollback { place: "a witness".to_owned(), error: log::LogError::Rollback { size, seen } }
        })?,
    };
    Ok(Request { old: seen, proof, checkpoint: read.note })
}

/// Takes the lines that witnesses brought back, and says who has cosigned by now.
///
/// # Errors
/// [`Error::Running`] while the service runs, which alone may write then; [`Error::Cosignature`] for a line that does not hold.
pub fn cosigned(config: &Config, lines: &str) -> Result<Quorum, Error> {
    let _alone = lock(&config.folder)?;
    let roll = Roll::read(&config.election)?.with(&config.rotated)?;
    let told = |problems: Vec<election::Problem>| {
        Error::Election(problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    };
    let folder = Folder::load(&config.election).map_err(told)?;
    let policy = String::from_utf8_lossy(folder.get(WITNESS_POLICY).unwrap_or_default()).into_owned();
    let mut policy = Policy::parse(&policy).map_err(failed)?;
    let pem = std::fs::read_to_string(&config.log_key)
        .map_err(Error::storage(format!("reading {}", config.log_key.display())))?;
    let mut log = open_log(config, &roll, FileKey::from_pem(&pem).map_err(failed)?)?;
    for key in &roll.witnesses {
        let frozen = policy.witnesses.iter().find(|frozen| frozen.key.name == key.name && frozen.key != *key).cloned();
        policy.witnesses.extend(frozen.map(|frozen| PolicyWitness { key: key.clone(), ..frozen }));
    }
    continues(&log, config)?;
    log.add_cosignatures(lines, &roll.witnesses).map_err(|error| Error::Cosignature(error.to_string()))?;
    remember_cosigned(&log, config)?;
    Ok(policy.quorum(log.checkpoint()))
}
