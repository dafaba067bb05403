//! Making a package.

use std::collections::BTreeMap;

use election::{Coded, ContestId, Digest, MarkScore, OptionId};
use sign::canonical::{self, CanonicalError};
use sign::entropy::EntropyError;
use sign::{Entropy, Recipient, Signer};

use crate::adjudication::{Adjudicated, Answers};
use crate::archive::{self, Files, StreamError};
use crate::bag::Bag;
use crate::cuts::{self, Cut};
use crate::cvr::{CastVoteRecord, Records};
use crate::events::{self, Event};
use crate::statement::*;
use crate::{FileName, Label, Part, Salt, Sealed, StationResults};

/// One scanned sheet with its record, scores and images (PNG, one bit a pixel, without metadata).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sheet {
    /// What was read.
    pub record: CastVoteRecord,
    /// Raw mark scores; never public.
    pub scores: BTreeMap<ContestId, BTreeMap<OptionId, MarkScore>>,
    /// The front. Empty only where there is no scanner and ballots are entered by hand.
    pub front: Vec<u8>,
    /// The back.
    pub back: Option<Vec<u8>>,
    /// Grey crops of doubtful contests.
    pub crops: BTreeMap<ContestId, Vec<u8>>,
    /// What people saw in them.
    pub answers: BTreeMap<ContestId, Answers>,
    /// Its contests as they may be published; empty where no images of this station are.
    pub cuts: BTreeMap<ContestId, Cut>,
}

impl Sheet {
    /// A sheet of one side in which nothing was doubtful and of which nothing is published.
    pub fn new(record: CastVoteRecord, front: Vec<u8>) -> Self {
        let (scores, crops, answers, cuts) = Default::default();
        Sheet { record, scores, front, back: None, crops, answers, cuts }
    }
}

/// What goes into a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageParts {
    /// The election fingerprint.
    pub fingerprint: Digest,
    /// The software build.
    pub build: String,
    /// The totals, which name scope, station, device and generation.
    pub results: StationResults,
    /// The zero report.
    pub zero: StationResults,
    /// The salt of the cast vote records.
    pub cvr_salt: Salt,
    /// The sheets, in any order.
    pub sheets: Vec<Sheet>,
    /// The texts of the slip's codes.
    pub slip: Vec<String>,
    /// The slip as PDF.
    pub slip_pdf: Option<Vec<u8>>,
    /// The device's log.
    pub events: Vec<Event>,
}

/// The three files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// What they are called.
    pub name: FileName,
    /// `.results.age`
    pub results_age: Vec<u8>,
    /// `.images.age`
    pub images_age: Vec<u8>,
    /// `.label.json`
    pub label: Vec<u8>,
}

/// A package that could not be made.
#[derive(Debug, thiserror::Error)]
pub enum MakeError {
    /// The generator fails its start-up test.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
    /// The key refused, or the statement is too large.
    #[error(transparent)]
    Sign(#[from] sign::dsse::DsseError),
    /// A recipient's checksum does not hold, or there is none.
    #[error("a recipient of the package is not valid")]
    Recipient,
    /// A name outside the grammar.
    #[error(transparent)]
    Archive(#[from] crate::archive::ArchiveError),
}

impl Coded for MakeError {
    fn code(&self) -> &'static str {
        match self {
            MakeError::Entropy(error) => error.code(),
            MakeError::Sign(error) => error.code(),
            MakeError::Recipient => "make.recipient",
            MakeError::Archive(error) => error.code(),
        }
    }

    fn next(&self) -> &'static str {
        match self {
            MakeError::Entropy(error) => error.next(),
            MakeError::Sign(error) => error.next(),
            MakeError::Recipient => "Take the recipients from the frozen key list.",
            MakeError::Archive(error) => error.next(),
        }
    }
}

/// Makes the three files: the sheets sorted by content, then numbered; both bags sealed once.
///
/// # Errors
/// [`MakeError`].
pub fn make(
    parts: PackageParts,
    recipients: &Recipients,
    signer: &dyn Signer,
    entropy: &dyn Entropy,
) -> Result<Package, MakeError> {
    sign::entropy::start_up(entropy)?;
    let StationResults { scope, station, device, generation, .. } = parts.results.clone();
    let name = FileName { station: station.clone(), device: device.clone(), generation };
    let mut recipients = recipients.clone();
    for list in [&mut recipients.results, &mut recipients.images] {
        list.sort();
        list.dedup();
    }
    let (build, fingerprint) = (parts.build.clone(), parts.fingerprint);
    let (results, images) = data_files(parts);
    let identifier = name.to_string();
    let info = [("Bag-Software-Agent", build.as_str()), ("External-Identifier", identifier.as_str())];
    let (mut results, images) = (Bag::new(results, &info), Bag::new(images, &info));
    let (results_manifest, images_manifest) = (results.manifest(), images.manifest());
    let statement = Statement {
        scope: scope.clone(),
        definition: fingerprint,
        station: station.clone(),
        device: device.clone(),
        generation,
        results_manifest: Digest::of(&results_manifest),
        results_info: Digest::of(&results.info),
        images_manifest: Digest::of(&images_manifest),
        images_info: Digest::of(&images.info),
        recipients: recipients.clone(),
        build,
    };
    let envelope = sign::dsse::sign_json(STATEMENT_KIND, &statement, &[signer])?;
    results.tags.insert(STATEMENT_FILE.to_owned(), envelope.to_bytes());
    let (results, results_hash) = seal(results.into_files_with(results_manifest), &recipients.results)?;
    let (images, images_hash) = seal(images.into_files_with(images_manifest), &recipients.images)?;
    let sealed = |part, file: &[u8], sha256, manifest| Sealed {
        name: name.of(part),
        bytes: file.len() as u64,
        sha256,
        manifest,
    };
    let label = Label {
        scope,
        station,
        device,
        generation,
        results: sealed(Part::Results, &results, results_hash, statement.results_manifest),
        images: sealed(Part::Images, &images, images_hash, statement.images_manifest),
    };
    let label = label.sign(signer)?;
    Ok(Package { name, results_age: results, images_age: images, label })
}

/// Why sealing has no failure of its own: it writes to memory.
const MEMORY: &str = "memory takes all";

/// Seals a folder to recipients with age; gives the file and its hash. Each piece is hashed on another core while the next
/// one is sealed; where the system gives no thread, on this one.
fn seal(files: Files, recipients: &[Recipient]) -> Result<(Vec<u8>, Digest), MakeError> {
    let recipients = recipients.iter().map(sign::identity::age_recipient).collect::<Result<Vec<_>, _>>();
    let recipients = recipients.map_err(|_| MakeError::Recipient)?;
    let encryptor =
        age::Encryptor::with_recipients(recipients.iter().map(|recipient| recipient as &dyn age::Recipient))
            .map_err(|_| MakeError::Recipient)?;
    let bytes: usize = files.values().map(|file| file.len() + 1024).sum();
    let room = bytes + bytes / 1000 + 4096;
    let (pieces, sealed) = std::sync::mpsc::sync_channel::<Vec<u8>>(PIECES_AHEAD);
    std::thread::scope(|scope| {
        let hashing = std::thread::Builder::new().spawn_scoped(scope, move || {
            let mut hashed = Hashed::of(room);
            sealed.iter().for_each(|piece| hashed.add(&piece));
            hashed.finish()
        });
        match hashing {
            Ok(hashing) => {
                drop(encrypted(encryptor, &files, Pieces(pieces))?);
                Ok(hashing.join().expect("hashing does not fail"))
            }
            Err(_) => Ok(encrypted(encryptor, &files, Hashed::of(room))?.finish()),
        }
    })
}

/// Writes the folder's archive, encrypted; gives back what it was written to.
fn encrypted<W: std::io::Write>(encryptor: age::Encryptor, files: &Files, to: W) -> Result<W, MakeError> {
    let mut writer = encryptor.wrap_output(to).expect(MEMORY);
    archive::write_to(files, &mut writer).map_err(|error| match error {
        StreamError::Archive(error) => error,
        StreamError::Io(_) => unreachable!("{MEMORY}"),
    })?;
    Ok(writer.finish().expect(MEMORY))
}

/// How many pieces wait to be hashed at most; age seals 64 KiB at a time.
const PIECES_AHEAD: usize = 16;

/// A file in memory, hashed as it grows.
struct Hashed {
    file: Vec<u8>,
    hash: sign::Sha256,
}

impl Hashed {
    /// An empty file with room for so many bytes.
    fn of(room: usize) -> Self {
        Hashed { file: Vec::with_capacity(room), hash: sign::Sha256::default() }
    }

    fn add(&mut self, piece: &[u8]) {
        self.hash.update(piece);
        self.file.extend_from_slice(piece);
    }

    fn finish(self) -> (Vec<u8>, Digest) {
        (self.file, self.hash.finish())
    }
}

impl std::io::Write for Hashed {
    fn write(&mut self, piece: &[u8]) -> std::io::Result<usize> {
        self.add(piece);
        Ok(piece.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Hands what is written to it to the thread that hashes it.
struct Pieces(std::sync::mpsc::SyncSender<Vec<u8>>);

impl std::io::Write for Pieces {
    fn write(&mut self, piece: &[u8]) -> std::io::Result<usize> {
        self.0.send(piece.to_owned()).map_err(|_| std::io::ErrorKind::BrokenPipe)?;
        Ok(piece.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The plain `data/` files of both bags (results, images): equal for equal ballots in any order of casting.
pub fn data_files(mut parts: PackageParts) -> (Files, Files) {
    // By record first, then by image: two sheets that stay equal in all are interchangeable.
    parts.sheets.sort();
    let mut images = Files::new();
    let (mut records, mut scores, mut adjudicated, mut cuts) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (sheet, number) in parts.sheets.into_iter().zip(1u32..) {
        let mut add = |what: &str, file: Vec<u8>| images.insert(format!("{number:06}-{what}.png"), file);
        if !sheet.front.is_empty() {
            add("front", sheet.front);
        }
        if let Some(back) = sheet.back {
            add("back", back);
        }
        for (contest, crop) in sheet.crops {
            add(&format!("crop-{contest}"), crop);
        }
        let answers = sheet.answers.into_iter();
        adjudicated.extend(answers.map(|(contest, answers)| Adjudicated { record: number, contest, answers }));
        cuts.extend(sheet.cuts);
        records.push(sheet.record);
        scores.push(sheet.scores);
    }
    let (cuts, stray) = cuts::numbered(cuts);
    images.extend(cuts);
    let StationResults { scope, station, device, generation, .. } = parts.results.clone();
    let records = Records { scope, station, device, generation, salt: parts.cvr_salt, records };
    let json = |bytes: Result<Vec<u8>, CanonicalError>| bytes.expect("string keys only");
    let mut results: Files = [
        (RESULTS_FILE, parts.results.to_bytes()),
        (CVR_FILE, records.to_bytes()),
        (SCORES_FILE, json(canonical::to_bytes(&scores))),
        (ADJUDICATION_FILE, json(canonical::to_bytes(&adjudicated))),
        (ZERO_FILE, parts.zero.to_bytes()),
        (SLIP_FILE, json(canonical::to_bytes(&parts.slip))),
        (EVENTS_FILE, events::to_bytes(&parts.events)),
    ]
    .map(|(name, file)| (name.to_owned(), file))
    .into();
    results.extend(parts.slip_pdf.map(|pdf| (SLIP_PDF_FILE.to_owned(), pdf)));
    if !stray.is_empty() {
        results.insert(STRAY_FILE.to_owned(), json(canonical::to_bytes(&stray)));
    }
    (results, images)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    /// What is sealed where there is no second thread: the same bytes, and their hash.
    #[test]
    fn a_file_hashed_as_it_grows_has_the_hash_of_the_whole() {
        let mut hashed = Hashed::of(0);
        for piece in [&b"first "[..], b"", b"second"] {
            hashed.write_all(piece).unwrap();
        }
        assert_eq!(hashed.finish(), (b"first second".to_vec(), Digest::of(b"first second")));
    }
}
