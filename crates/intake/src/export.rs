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
//! TO/transmission.dsse.json              its hash and the log it goes with, signed with the key of the receipts
//! ```
//! A running service is not disturbed. The folder appears whole or not at all; repeated, it is brought up to date.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use aws_lc_rs::digest::{Context, SHA256};
use election::Digest;
use package::Part;
use sign::dsse::Envelope;

use crate::blobs::Blobs;
use crate::database::Database;
use crate::roll::{Claim, Roll};
use crate::sequencer::{DATABASE, listed_key, open_lock};
use crate::statements::{LABEL, Position, RECEIPT, TRANSMISSION, Transmission};
use crate::store::Place;
use crate::{Config, Error, Receipt, report};

/// The name of the list of all files.
pub const MANIFEST: &str = "manifest-sha256.txt";

/// All that stands at the top of an export.
const OWN: [&str; 5] = [MANIFEST, "packages", "intake", REPORT, STATEMENT];
/// The transmission report.
const REPORT: &str = "transmission.json";
/// What this service signs of it.
const STATEMENT: &str = "transmission.dsse.json";

/// What an export holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// Packages with a receipt.
    pub packages: usize,
    /// Leaves of the log.
    pub leaves: u64,
    /// Files listed in the manifest.
    pub files: usize,
    /// Sealed files with a receipt that the store has lost or damaged, by their path in the export; they are not in it.
    pub missing: Vec<String>,
}

enum Source {
    Bytes(Vec<u8>),
    File(PathBuf, Digest),
}

/// Copies everything into `to`. What the store has lost of one package keeps no other one here.
///
/// # Errors
/// Whatever cannot be read or written, and a `to` that holds something else than an export; it is then as it was.
pub async fn export(config: &Config, to: &Path) -> Result<Exported, Error> {
    export_with(config, &Roll::read(&config.election)?, to).await
}

/// As [`export`], for a roll that is already read.
///
/// # Errors
/// As [`export`].
pub async fn export_with(config: &Config, roll: &Roll, to: &Path) -> Result<Exported, Error> {
    may_replace(&config.folder, to)?;
    let mut files = BTreeMap::new();
    let (leaves, log) = log_files(config, roll, &mut files)?;
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
    let report = report::read(&mut database, roll.scope.clone(), leaves.len() as u64, &labels, &receipts).await?;
    database.close().await?;
    let mut report = serde_json::to_vec_pretty(&report).expect("plain data");
    report.push(b'\n');
    let said =
        Transmission { scope: roll.scope.clone(), log, report: sign::sha256(&report), bytes: report.len() as u64 };
    files.insert(STATEMENT.to_owned(), Source::Bytes(signed(config, roll, to, &said)?));
    files.insert(REPORT.to_owned(), Source::Bytes(report));
    let missing = write(&files, to)?;
    let files = files.len() - missing.len();
    Ok(Exported { packages: receipts.len(), leaves: leaves.len() as u64, files, missing })
}

/// The statement about the report. Where the earlier export has one that says the same, that one: the same export has the same bytes,
/// and what is signed anew never has.
fn signed(config: &Config, roll: &Roll, to: &Path, said: &Transmission) -> Result<Vec<u8>, Error> {
    let keys: Vec<_> = roll.intake.iter().collect();
    let says_it = |bytes: &Vec<u8>| {
        Envelope::parse(bytes).is_ok_and(|own| {
            own.verify(TRANSMISSION, &keys).is_ok() && own.read::<Transmission>().is_ok_and(|own| own == *said)
        })
    };
    let before = election::read_ordinary(to, Path::new(STATEMENT), sign::dsse::MOST_BYTES as u64).ok();
    if let Some(before) = before.filter(says_it) {
        return Ok(before);
    }
    let key = listed_key(config, roll)?;
    let envelope = sign::dsse::sign_json(TRANSMISSION, said, &[&key]).map_err(|e| Error::Sign(e.to_string()))?;
    Ok(envelope.to_bytes())
}

/// An export takes the place of an empty folder or of an earlier export, and of nothing else.
fn may_replace(store: &Path, to: &Path) -> Result<(), Error> {
    let no = |what: &'static str| Err(Error::Target { folder: to.to_owned(), what });
    let Ok(place) = to.canonicalize() else { return Ok(()) };
    let store = store.canonicalize().map_err(Error::storage(format!("reading {}", store.display())))?;
    if store.starts_with(&place) || place.starts_with(&store) {
        return no("it is the folder of the service, in it, or around it");
    }
    for entry in fs::read_dir(&place).map_err(Error::storage(format!("reading {}", to.display())))? {
        let name = entry.map_err(Error::storage(format!("reading {}", to.display())))?.file_name();
        if !OWN.iter().any(|own| name == *own) {
            return no("it holds something else than an earlier export");
        }
    }
    Ok(())
}

/// The log as one checkpoint has it, and its leaves; nothing is appended meanwhile.
fn log_files(
    config: &Config,
    roll: &Roll,
    files: &mut BTreeMap<String, Source>,
) -> Result<(Vec<Vec<u8>>, Position), Error> {
    let failed = |e: String| Error::Log(e);
    let lock = open_lock(&config.folder)?;
    lock.lock_shared().map_err(Error::storage("locking the log"))?;
    let store = Place::of(config)?.files()?;
    let key = log::NoteKey {
        name: crate::sequencer::origin(roll),
        algorithm: log::note::NoteAlgorithm::Ed25519,
        key: roll.log.clone(),
    };
    let (read, own) = log::own_files(&store, &key)
        .map_err(|problems| failed(problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")))?;
    files.extend(own.into_iter().map(|(path, bytes)| (format!("intake/{path}"), Source::Bytes(bytes))));
    lock.unlock().map_err(Error::storage("unlocking the log"))?;
    let position = Position { size: read.checkpoint.size, root: Digest(read.checkpoint.root) };
    Ok((read.leaves, position))
}

/// Writes the folder anew and puts it in the place of `to`. What `to` already has is not copied again. Returns the files
/// that are not what they are named by, and are left out.
fn write(files: &BTreeMap<String, Source>, to: &Path) -> Result<Vec<String>, Error> {
    let mut missing = Vec::new();
    durable::replace_folder(to, |fresh| {
        let mut manifest = String::new();
        for (name, source) in files {
            let target = fresh.join(name);
            let digest = match source {
                Source::Bytes(bytes) => {
                    durable::draft(&target, bytes)?;
                    sign::sha256(bytes)
                }
                Source::File(from, digest) => {
                    if !carry(from, digest, &to.join(name), &target)? {
                        missing.push(name.clone());
                        continue;
                    }
                    *digest
                }
            };
            manifest.push_str(&format!("{}  {name}\n", digest.hex()));
        }
        Ok::<_, Error>(durable::draft(&fresh.join(MANIFEST), manifest.as_bytes())?)
    })?;
    Ok(missing)
}

/// A whole file: linked where the old export has it, copied otherwise, and in any case hashed again. Is it one?
fn carry(from: &Path, digest: &Digest, old: &Path, target: &Path) -> Result<bool, Error> {
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder).map_err(Error::storage(format!("making {}", folder.display())))?;
    }
    let linked = old.is_file() && fs::hard_link(old, target).is_ok() && hash(target)? == *digest;
    if linked {
        return Ok(true);
    }
    // There may be a link to a damaged file now.
    if target.exists() {
        fs::remove_file(target).map_err(Error::storage(format!("removing {}", target.display())))?;
    }
    if !from.exists() {
        return Ok(false);
    }
    fs::copy(from, target).map_err(Error::storage(format!("copying {}", from.display())))?;
    let is_whole = hash(target)? == *digest;
    if !is_whole {
        fs::remove_file(target).map_err(Error::storage(format!("removing {}", target.display())))?;
    }
    Ok(is_whole)
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
