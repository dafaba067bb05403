//! The one-way copy: everything that the centre imports, into a folder that is carried to it.
//!
//! ```text
//! TO/manifest-sha256.txt                 every other file, as sha256sum writes it
//! TO/packages/NAME.HASH/NAME.label.json  NAME is STATION-DEVICE-GENERATION; HASH the first 16 digits of the
//!                      NAME.results.age  label's SHA-256, since two labels may claim one name
//!                      NAME.images.age
//!                      NAME.receipt.json
//! TO/intake/                             the log: checkpoint and tiles
//! TO/transmission.json                   the transmission report
//! ```
//! A running service is not disturbed. The folder appears whole or not at all; repeated, it is brought up to date.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use aws_lc_rs::digest::{Context, SHA256};
use election::Digest;
use log::FolderStore;
use package::Part;
use sign::dsse::Envelope;

use crate::blobs::Blobs;
use crate::database::Database;
use crate::roll::{Claim, Roll};
use crate::sequencer::{DATABASE, LOG, open_lock};
use crate::statements::{LABEL, RECEIPT};
use crate::{Config, Error, Receipt, report};

/// The name of the list of all files.
pub const MANIFEST: &str = "manifest-sha256.txt";

/// What an export holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// Packages with a receipt.
    pub packages: usize,
    /// Leaves of the log.
    pub leaves: u64,
    /// Files listed in the manifest.
    pub files: usize,
}

enum Source {
    Bytes(Vec<u8>),
    File(PathBuf, Digest),
}

/// Copies everything into `to`.
///
/// # Errors
/// Whatever cannot be read or written; `to` is then as it was.
pub async fn export(config: &Config, to: &Path) -> Result<Exported, Error> {
    export_with(config, &Roll::read(&config.election)?, to).await
}

/// As [`export`], for a roll that is already read.
///
/// # Errors
/// As [`export`].
pub async fn export_with(config: &Config, roll: &Roll, to: &Path) -> Result<Exported, Error> {
    let mut files = BTreeMap::new();
    let leaves = log_files(config, roll, &mut files)?;
    let blobs = Blobs::at(&config.folder);
    let mut labels: BTreeMap<Digest, Vec<u8>> = BTreeMap::new();
    let mut receipts = BTreeMap::new();
    for (index, leaf) in (0..).zip(&leaves) {
        let unreadable = |what: String| Error::Leaf { index, what };
        let envelope = Envelope::parse(leaf).map_err(|e| unreadable(e.to_string()))?;
        match envelope.kind() {
            LABEL => drop(labels.insert(sign::sha256(leaf), leaf.clone())),
            RECEIPT => {
                let receipt: Receipt = envelope.read().map_err(|e| unreadable(e.to_string()))?;
                let label = labels.get(&receipt.label).ok_or_else(|| unreadable("a receipt for no label".into()))?;
                let (_, claim) = Claim::read(label).map_err(|e| unreadable(e.to_string()))?;
                let folder = format!("packages/{}.{}", claim.name, &receipt.label.hex()[..16]);
                let mut put = |name: String, source| files.insert(format!("{folder}/{name}"), source);
                put(claim.name.of(Part::Label), Source::Bytes(label.clone()));
                put(format!("{}.receipt.json", claim.name), Source::Bytes(leaf.clone()));
                for (part, file) in [Part::Results, Part::Images].into_iter().zip(claim.files) {
                    put(claim.name.of(part), Source::File(blobs.file(&file), file));
                }
                receipts.insert(receipt.label, receipt);
            }
            _ => {}
        }
    }
    let mut database = Database::open(&config.folder.join(DATABASE), config.synchronous()).await?;
    let report = report::read(&mut database, roll.scope.clone(), leaves.len() as u64, &receipts).await?;
    database.close().await?;
    let mut report = serde_json::to_vec_pretty(&report).expect("plain data");
    report.push(b'\n');
    files.insert("transmission.json".to_owned(), Source::Bytes(report));
    let done = Exported { packages: receipts.len(), leaves: leaves.len() as u64, files: files.len() };
    write(files, to)?;
    Ok(done)
}

/// The log as one checkpoint has it, and its leaves; nothing is appended meanwhile.
fn log_files(config: &Config, roll: &Roll, files: &mut BTreeMap<String, Source>) -> Result<Vec<Vec<u8>>, Error> {
    let failed = |e: String| Error::Log(e);
    let lock = open_lock(&config.folder)?;
    lock.lock_shared().map_err(Error::storage("locking the log"))?;
    let store = FolderStore::new(config.folder.join(LOG));
    let key = log::NoteKey {
        name: crate::sequencer::origin(roll),
        algorithm: log::note::NoteAlgorithm::Ed25519,
        key: roll.log.clone(),
    };
    let (read, own) = log::own_files(&store, &key)
        .map_err(|problems| failed(problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")))?;
    files.extend(own.into_iter().map(|(path, bytes)| (format!("intake/{path}"), Source::Bytes(bytes))));
    lock.unlock().map_err(Error::storage("unlocking the log"))?;
    Ok(read.leaves)
}

/// Writes the folder anew and puts it in the place of `to`. What `to` already has is not copied again.
fn write(files: BTreeMap<String, Source>, to: &Path) -> Result<(), Error> {
    durable::replace_folder(to, |fresh| {
        let mut manifest = String::new();
        for (name, source) in &files {
            let target = fresh.join(name);
            let digest = match source {
                Source::Bytes(bytes) => {
                    durable::draft(&target, bytes)?;
                    sign::sha256(bytes)
                }
                Source::File(from, digest) => {
                    carry(from, digest, &to.join(name), &target)?;
                    *digest
                }
            };
            manifest.push_str(&format!("{}  {name}\n", digest.hex()));
        }
        Ok(durable::draft(&fresh.join(MANIFEST), manifest.as_bytes())?)
    })
}

/// A whole file: linked where the old export has it, copied otherwise, and in any case hashed again.
fn carry(from: &Path, digest: &Digest, old: &Path, target: &Path) -> Result<(), Error> {
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder).map_err(Error::storage(format!("making {}", folder.display())))?;
    }
    let linked = old.is_file() && fs::hard_link(old, target).is_ok() && hash(target)? == *digest;
    if linked {
        return Ok(());
    }
    // There may be a link to a damaged file now.
    if target.exists() {
        fs::remove_file(target).map_err(Error::storage(format!("removing {}", target.display())))?;
    }
    fs::copy(from, target).map_err(Error::storage(format!("copying {}", from.display())))?;
    let found = hash(target)?;
    if found == *digest {
        return Ok(());
    }
    let what = format!("{} hashes to {}", from.display(), found.hex());
    Err(Error::Storage { what, source: std::io::Error::from(std::io::ErrorKind::InvalidData) })
}

fn hash(path: &Path) -> Result<Digest, Error> {
    let read = || -> std::io::Result<Digest> {
        let mut file = File::open(path)?;
        let mut context = Context::new(&SHA256);
        let mut buffer = vec![0; 1 << 16];
        loop {
            match file.read(&mut buffer)? {
                0 => return Ok(crate::blobs::finish(context)),
                n => context.update(&buffer[..n]),
            }
        }
    };
    read().map_err(Error::storage(format!("reading {}", path.display())))
}
