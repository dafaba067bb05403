//! `sanad disk`: a party's disk, written and checked.

use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueHint};
use election::{Digest, OfficeId, PartyId, PersonId, Role};
use log::Policy;
use log::merkle::{Tree, leaf_hash};
use log::proof::InclusionProof;
use record::disk::handover::{HandOver, TreeHead, may_take};
use record::disk::{self, Manifest};
use record::entry::{Body, Entry};
use record::published::BAGIT;
use serde_json::json;
use sign::FileKey;

use crate::published::{self, Published};
use crate::shell::{At, Failure, Result, Shell, Verdict, count, file_failure, read_ordinary, text};
use crate::{inputs, words};

/// A party's disk.
#[derive(Subcommand)]
pub enum Disk {
    /// Write a party's disk: what is published of an office's stations, with the proof of it
    ///
    /// A BagIt bag with results, slips, signed leaves, inclusion proofs and keys, and a receipt that an officer signs. Whole
    /// ballots are never on it; what else the frozen rules withhold is named with its clause. The disk is checked before it is
    /// handed over (docs/party-disk.md).
    #[command(
        after_help = "Example: sanad disk write disk --publication demo/publication --office nineveh --party palm --delegate agent_palm --signer demo/keys/people/officer_1.key.pem"
    )]
    Write {
        /// The folder to write; an earlier disk gives way
        #[arg(value_hint = ValueHint::DirPath)]
        dir: PathBuf,
        /// The publication that it is written from
        #[arg(long, value_hint = ValueHint::DirPath)]
        publication: PathBuf,
        /// The office whose stations it has
        #[arg(long)]
        office: OfficeId,
        /// The party that it is given to
        #[arg(long)]
        party: PartyId,
        /// The party's agent who takes it
        #[arg(long)]
        delegate: PersonId,
        /// The key of the officer who hands it over
        #[arg(long, value_hint = ValueHint::FilePath)]
        signer: PathBuf,
    },
    /// Check a party's disk, with nothing else at hand
    ///
    /// Every file, the receipt, every signature, proof and figure. What is altered fails and is named (1); what is absent is
    /// incomplete (3), and so is a check without the fingerprint from paper.
    #[command(after_help = "Example: sanad disk check demo/disks/palm --root demo/fingerprint.txt")]
    Check {
        /// The disk
        #[arg(value_hint = ValueHint::DirPath)]
        dir: PathBuf,
        /// The election fingerprint from the gazette or a slip: sha256:… or a file that holds it
        #[arg(long, value_name = "sha256:…|FILE", value_hint = ValueHint::FilePath)]
        root: Option<String>,
    },
}

/// Runs it.
pub fn run(shell: &Shell, command: Disk) -> Result {
    match command {
        Disk::Write { dir, publication, office, party, delegate, signer } => {
            let published = published::open(&publication)?;
            let key = inputs::keys_of(&published.state.signatories, Role::Officer, &[signer])?.swap_remove(0);
            let to = Recipient { office, party, delegate };
            let (handover, report) = write_of(shell, &dir, (&publication, &published), &to, &key)?;
            tell(shell, &dir, &handover, &report);
            Ok(Verdict::Holds)
        }
        Disk::Check { dir, root } => check(shell, &dir, root.as_deref()),
    }
}

/// Who is given a disk of which stations.
pub struct Recipient {
    /// The office.
    pub office: OfficeId,
    /// The party.
    pub party: PartyId,
    /// The party's agent.
    pub delegate: PersonId,
}

/// Writes the disk, checks it, and only then gives it its name. Gives the receipt, and what the check found.
pub fn write(
    shell: &Shell,
    dir: &Path,
    publication: &Path,
    to: &Recipient,
    signer: &FileKey,
) -> Result<(HandOver, verify::Report)> {
    write_of(shell, dir, (publication, &published::open(publication)?), to, signer)
}

/// The same, of a publication that is read already.
fn write_of(
    shell: &Shell,
    dir: &Path,
    (publication, published): (&Path, &Published),
    to: &Recipient,
    signer: &FileKey,
) -> Result<(HandOver, verify::Report)> {
    may_take(&published.frozen.definition, &to.office, &to.party, &to.delegate)?;
    room_for(dir)?;
    let policy = Policy::parse(&published.frozen.lists.witness_policy).at(publication.display())?;
    let policy = published.state.policy_at(&policy, published.log.checkpoint.size);
    if !policy.quorum(&published.log.note).met {
        let what = "the record of this publication is not cosigned as its witness policy asks";
        let next = "have the record's last checkpoint cosigned, publish again, then write the disk";
        return Err(Failure::new("disk.unwitnessed", what, next).at(publication.display()));
    }
    let mut done = None;
    durable::replace_folder(dir, |fresh| {
        let mut bag = Bag { folder: fresh.to_owned(), manifest: Manifest::new(), bytes: 0 };
        bag.fill(publication, published, &to.office)?;
        let handover = bag.close(published, to, signer)?;
        done = Some((handover, whole(shell, fresh, published.state.fingerprint)?));
        Ok::<(), Stopped>(())
    })
    .map_err(|Stopped(failure)| failure)?;
    Ok(done.expect("the folder was filled"))
}

/// Why a disk was not written.
struct Stopped(Failure);

impl From<Failure> for Stopped {
    fn from(failure: Failure) -> Self {
        Stopped(failure)
    }
}

impl From<durable::Failed> for Stopped {
    fn from(failed: durable::Failed) -> Self {
        let (durable::Failed::Refused { path, source } | durable::Failed::Unconfirmed { path, source }) = &failed;
        Stopped(file_failure(path, source))
    }
}

fn tell(shell: &Shell, dir: &Path, handover: &HandOver, report: &verify::Report) {
    let withheld: u64 = report.checks.iter().map(|check| check.withheld).sum();
    let receipt = dir.join(disk::RECEIPT);
    shell.tell(
        "Disk of {} for {}: {} files in {}",
        &[text(&handover.office), text(&handover.party), count(handover.files), text(dir.display())],
    );
    shell.tell("Withheld by the rules: {}; withheld.csv names each with its clause", &[count(withheld)]);
    shell.tell("Receipt: {}", &[text(receipt.display())]);
    shell.json(&json!({ "disk": dir, "receipt": receipt, "withheld": withheld, "handover": handover }));
}

/// The folder is new, empty, or an earlier disk and nothing else: it gives way as a whole.
fn room_for(dir: &Path) -> Result<()> {
    let own = |name: &std::ffi::OsStr| {
        let parts =
            disk::TAGS.iter().copied().chain([disk::TAG_MANIFEST, disk::RECEIPT, disk::DATA.trim_end_matches('/')]);
        parts.into_iter().any(|part| name == part)
    };
    let entries = match std::fs::read_dir(dir) {
        Ok(entries) => entries.collect::<std::io::Result<Vec<_>>>().map_err(|e| file_failure(dir, &e))?,
        Err(_) if !dir.exists() => return Ok(()),
        Err(error) => return Err(file_failure(dir, &error)),
    };
    let is_disk = dir.join(disk::RECEIPT).is_file() && entries.iter().all(|entry| own(&entry.file_name()));
    if entries.is_empty() || is_disk {
        return Ok(());
    }
    let what = "this is there already, and no party's disk";
    Err(Failure::new("disk.folder", what, "name another folder").at(dir.display()))
}

/// A disk that does not hold is never handed over: what is wrong with it is wrong with the publication.
fn whole(shell: &Shell, fresh: &Path, fingerprint: Digest) -> Result<verify::Report> {
    let report = checked(shell, fresh, Some(fingerprint), None)?.report;
    if report.verdict == verify::Verdict::Pass {
        return Ok(report);
    }
    let amiss = report.checks.iter().filter(|check| check.verdict() != verify::Verdict::Pass);
    let mut details = amiss.flat_map(|check| &check.detail);
    let first = details.find(|d| matches!(d.matter, verify::Matter::Failed | verify::Matter::Missing));
    let (place, why) = first.map(|detail| (detail.place.as_str(), detail.what.as_str())).unwrap_or_default();
    let what = format!("this publication gives no disk that holds: {place}: {why}");
    Err(Failure::new("disk.source", what, "check the publication with `sanad verify` and take another copy of it"))
}

/// A disk as it is written.
struct Bag {
    folder: PathBuf,
    manifest: Manifest,
    bytes: u64,
}

impl Bag {
    /// A tag file, or the receipt.
    fn tag(&self, path: &str, bytes: &[u8]) -> Result<()> {
        durable::draft(&self.folder.join(path), bytes).map_err(|failed| Stopped::from(failed).0)
    }

    /// A file of the payload.
    fn put(&mut self, path: &str, bytes: &[u8]) -> Result<()> {
        self.tag(&format!("{}{path}", disk::DATA), bytes)?;
        self.bytes += bytes.len() as u64;
        self.manifest.insert(path.to_owned(), Digest::of(bytes));
        Ok(())
    }

    /// What is copied: the definition, the leaves with their proofs and slips, and the stations' folders.
    fn fill(&mut self, publication: &Path, published: &Published, office: &OfficeId) -> Result<()> {
        let def = &published.frozen.definition;
        for (path, bytes) in &inputs::folder(&publication.join("election"))?.files {
            self.put(&format!("election/{path}"), bytes)?;
        }
        let (leaves, note) = (&published.log.leaves, &published.log.note);
        let tree = Tree::of(leaves.iter().map(|leaf| leaf_hash(leaf)));
        for (index, leaf) in (0u64..).zip(leaves) {
            let body = Entry::parse(leaf)?.body;
            if !disk::holds(def, office, &body) {
                continue;
            }
            let hashes = tree.inclusion(index, tree.size()).expect("the leaf is in the tree");
            let proof = InclusionProof { index, hashes, checkpoint: note.clone() };
            self.put(&disk::leaf_path(index), leaf)?;
            self.put(&disk::proof_path(index), &proof.to_bytes())?;
            if let (Body::Slip(slip), disk::About::Station(station)) = (&body, disk::about(&body)) {
                self.put(&disk::slip_path(&station, index), &disk::slip_text(&slip.codes))?;
            }
        }
        self.put(disk::CHECKPOINT, &note.to_bytes())?;
        let listed = publication.join(disk::MANIFEST);
        let listed = verify::parse_manifest(&read_ordinary(&listed)?).map_err(|(line, why)| {
            let next = "check the publication with `sanad verify` and take another copy of it";
            Failure::new("disk.source", why, next).at(format!("{}:{line}", listed.display()))
        })?;
        for station in disk::stations_of(def, office) {
            let folder = format!("stations/{}/", station.id);
            for path in listed.keys().filter(|path| path.starts_with(&folder)) {
                self.put(path, &read_ordinary(&publication.join(path))?)?;
            }
        }
        let stations = disk::tables::stations(def, &published.state, disk::stations_of(def, office), &self.manifest);
        self.put(disk::STATIONS, &stations)?;
        let data = self.folder.join(disk::DATA);
        let withheld = disk::tables::withheld(&self.manifest, |path| std::fs::read(data.join(path)).ok());
        self.put(disk::WITHHELD, &withheld)
    }

    /// The page, the tag files and the receipt.
    fn close(&mut self, published: &Published, to: &Recipient, signer: &FileKey) -> Result<HandOver> {
        let (def, checkpoint) = (&published.frozen.definition, &published.log.checkpoint);
        let mut handover = HandOver {
            scope: def.scope.clone(),
            fingerprint: published.state.fingerprint,
            office: to.office.clone(),
            party: to.party.clone(),
            delegate: to.delegate.clone(),
            bag: Digest([0; 32]),
            checkpoint: TreeHead { size: checkpoint.size, root: Digest(checkpoint.root) },
            files: 0,
            bytes: 0,
            time: inputs::clock(),
        };
        self.put(disk::README, &disk::readme::readme(def, &handover))?;
        (handover.files, handover.bytes) = (self.manifest.len() as u64, self.bytes);
        let line = |(path, digest): (&String, &Digest)| format!("{}  {}{path}\n", digest.hex(), disk::DATA);
        let payload: String = self.manifest.iter().map(line).collect();
        let tags = [disk::bag_info(def, &handover), BAGIT.to_owned(), payload];
        let mut listed = String::new();
        for (path, tag) in disk::TAGS.iter().zip(&tags) {
            self.tag(path, tag.as_bytes())?;
            listed += &format!("{}  {path}\n", Digest::of(tag.as_bytes()).hex());
        }
        self.tag(disk::TAG_MANIFEST, listed.as_bytes())?;
        handover.bag = Digest::of(listed.as_bytes());
        let signed = handover.sign(signer)?;
        HandOver::verify(&signed, &published.frozen.definition, &published.state.signatories)?;
        self.tag(disk::RECEIPT, &signed)?;
        Ok(handover)
    }
}

fn checked(shell: &Shell, dir: &Path, root: Option<Digest>, now: Option<i64>) -> Result<verify::DiskReport> {
    let bar = shell.progress("verify", 0);
    let report = verify::disk(dir, root, now, &|progress: verify::Progress| {
        bar.set_length(progress.of);
        bar.set_position(progress.done);
    });
    bar.finish_and_clear();
    report.map_err(Failure::from)
}

fn check(shell: &Shell, dir: &Path, root: Option<&str>) -> Result {
    let root = root.map(inputs::fingerprint).transpose()?;
    if !dir.is_dir() {
        return Err(file_failure(dir, &std::io::ErrorKind::NotFound.into()));
    }
    let found = checked(shell, dir, root, Some(super::station::now()))?;
    shell.json(&found);
    if let Some(said) = &found.handover {
        shell.tell(
            "The receipt says: stations of {}, given to {} of {} at {}",
            &[text(&said.office), text(&said.delegate), text(&said.party), text(&said.time)],
        );
    }
    let report = &found.report;
    let told = |what: &str| words::told(shell.lang, what);
    if !shell.quiet {
        shell.found(verify::render_disk(report, shell.lang, verify::Show::All, &told));
    } else if report.verdict != verify::Verdict::Pass {
        shell.found(verify::render_disk(report, shell.lang, verify::Show::Amiss, &told));
    }
    super::verify::tell_age(shell, report);
    Ok(super::verify::verdict(report))
}
