//! A bundle of evidence for whoever has a mandate: written a file at a time, entered before it is finished.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;

use election::{Digest, StationId};
use log::{FolderStore, Store};
use package::archive::{StreamError, Writer};
use record::bounds::{MOST_ENTRIES, MOST_HELD};
use record::disk::{self, DATA, MANIFEST, TAG_MANIFEST};
use record::entry::{Export, Import};
use record::evidence::{self, withheld::Withheld};
use record::published::BAGIT;
use record::register::exports::{Class, Mandate};
use record::register::transmission::{Labels, Logged};
use record::{Body, Figures};
use sign::Signer;

use crate::carrier::{LABEL, RECEIPT};
use crate::centre::{Centre, RECORD};
use crate::contents::{Files, IMAGES_MANIFEST, RESULTS_MANIFEST};
use crate::docket::PAPERS;
use crate::error::{CentreError, OnDisk};
use crate::publish::{BESIDE, PublishedStation};

/// A bundle that was written, and its entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// The index of the leaf.
    pub leaf: u64,
    /// What it says.
    pub export: Export,
}

impl Centre {
    /// Writes the bundle that `mandate` asks for to the file `to`, which its owner alone may read, and enters it. The whole
    /// payload is on the disk before the leaf is appended, with room for the manifest and the tag files that come after it, so that a full
    /// disk is met before; and so is what no reader would take. The file is there whole or not at all. A leaf whose file was not
    /// delivered, since the disk failed after it, says that one was made, and does no harm. `progress` is told how many contents of how
    /// many are written.
    ///
    /// # Errors
    ///
    /// [`CentreError::Leaf`] for a mandate that may not stand; [`CentreError::NotYet`] where the witnesses have not cosigned
    /// the record; those of the disk. After an error there is no file.
    pub fn export(
        &mut self,
        mandate: Mandate,
        paper: &[u8],
        to: &Path,
        officers: &[&dyn Signer],
        at: &str,
        progress: impl Fn(u64, u64),
    ) -> Result<Exported, CentreError> {
        let mandate = Mandate { paper: Digest::of(paper), ..mandate };
        mandate.check(&self.frozen.definition, &self.state)?;
        // The reader trusts nobody: what nobody has seen beside this centre proves nothing to them.
        if !self.quorum()?.met {
            let what = "UNWITNESSED: have the record's last checkpoint cosigned, then hand it out";
            return Err(CentreError::NotYet(what.to_owned()));
        }
        self.log.check()?;
        durable::write_private_with(to, |file| {
            let mut bag = Bag::new(file, to);
            self.payload(&mut bag, &mandate, paper, progress)?;
            let manifest = bag.listed();
            // The leaf has the mandate in base64; the rest beside it are a proof and four short files.
            let rest = manifest.len() + 2 * evidence::scope(&mandate).len() + TAGS_ROOM;
            bag.keep_room(rest as u64).on(to)?;
            let manifest_hash = Digest::of(manifest.as_bytes());
            let export =
                Export { mandate, manifest: manifest_hash, files: bag.manifest.len() as u64, bytes: bag.bytes };
            let leaf = self.log.size();
            self.enter(&Body::Export(export.clone()), officers, at)?;
            let (entry, proof) = (self.log.leaf(leaf).unwrap_or_default(), self.log.proof(leaf)?.to_bytes());
            bag.tag(evidence::ENTRY, entry)?;
            bag.tag(evidence::PROOF, &proof)?;
            bag.tag(MANIFEST, manifest.as_bytes())?;
            let info = evidence::bag_info(&self.frozen.definition, &export.mandate);
            let tags = disk::TAGS.iter().zip([info.as_bytes(), BAGIT.as_bytes(), manifest.as_bytes()]);
            let tags: String = tags.map(|(name, tag)| format!("{}  {name}\n", Digest::of(tag).hex())).collect();
            bag.tag(TAG_MANIFEST, tags.as_bytes())?;
            bag.finish().on(to)?;
            Ok(Exported { leaf, export })
        })
    }

    /// The tag files that come first, and everything below `data/`, in the order of the paths.
    fn payload(
        &self,
        bag: &mut Bag<'_, impl Write>,
        mandate: &Mandate,
        paper: &[u8],
        progress: impl Fn(u64, u64),
    ) -> Result<(), CentreError> {
        let def = &self.frozen.definition;
        bag.tag(disk::TAGS[0], evidence::bag_info(def, mandate).as_bytes())?;
        bag.tag(disk::TAGS[1], BAGIT.as_bytes())?;
        let ids: BTreeSet<&StationId> = mandate.stations(def, &self.state).into_iter().map(|own| &own.id).collect();
        let mut folders = self.published_stations();
        folders.retain(|folder| evidence::gives_stations(mandate) && ids.contains(&folder.imports[0].station));
        // As their files sort: `d1-1.stick/` before `d1-1/`.
        folders.sort_by_key(|folder| format!("{}/", folder.folder));
        let small = self.small_files(mandate, paper, &folders, &ids)?;
        small.iter().try_for_each(|(path, bytes)| bag.put(path, bytes))?;
        let mut withheld = Withheld::of(mandate);
        let receipts = self.receipts()?;
        for (folder, done) in folders.iter().zip(1..) {
            self.content(bag, mandate, folder, &receipts, &mut withheld)?;
            progress(done, folders.len() as u64);
        }
        let transmission = self.transmission_files(&self.labels_of(&folders)?, |id| ids.contains(id))?;
        transmission.iter().try_for_each(|(path, bytes)| bag.put(path, bytes))?;
        let withheld = withheld.finish(def, &self.state, |path| bag.manifest.contains_key(&format!("{DATA}{path}")));
        bag.put(disk::WITHHELD, &withheld)
    }

    /// Everything but the folders of contents and what is told of them; all of it sorts before these.
    fn small_files(
        &self,
        mandate: &Mandate,
        paper: &[u8],
        folders: &[PublishedStation],
        ids: &BTreeSet<&StationId>,
    ) -> Result<Files, CentreError> {
        let (def, state) = (&self.frozen.definition, &self.state);
        let mut files = evidence::tables(def, state);
        files.extend(self.folder.files.iter().map(|(path, bytes)| (format!("election/{path}"), bytes.clone())));
        let record = self.log_files(RECORD, election::Service::RecordLog)?;
        files.extend(record.into_iter().map(|(path, bytes)| (format!("{}{path}", evidence::RECORD), bytes)));
        if mandate.includes(Class::Slips) {
            files.extend(evidence::slips(self.log.leaves(), ids));
        }
        if mandate.includes(Class::Papers) {
            let kept = FolderStore::new(self.dir.join(PAPERS));
            for paper in evidence::papers(def, state, mandate) {
                let bytes = kept.read(&paper.hex()).map_err(log::LogError::from)?;
                // Another file under its name is none: the table of what is withheld says that it is not kept.
                let whole = bytes.filter(|bytes| Digest::of(bytes) == paper);
                files.extend(whole.map(|bytes| (evidence::paper_path(&paper), bytes)));
            }
        }
        let contents = folders.iter().map(|folder| folder.imports[0].content);
        let figures: Figures = contents
            .clone()
            .map(|own| Ok((own.results, self.contents.results(&own)?)))
            .collect::<Result<_, CentreError>>()?;
        let manifests = folders.iter().zip(contents).flat_map(|(folder, own)| {
            let both = [(RESULTS_MANIFEST, own.results_manifest), (IMAGES_MANIFEST, own.images_manifest)];
            both.map(|(name, digest)| (format!("{}/{name}", folder.folder), digest))
        });
        let stations = mandate.stations(def, state);
        let table = disk::tables::stations(def, state, stations, &manifests.collect());
        let report = evidence::report::report(def, state, mandate, &|_, content| figures.get(&content.results));
        let more = [
            (disk::STATIONS, table),
            (evidence::REPORT, report),
            (evidence::README, evidence::readme::readme(def, state, mandate)),
            (evidence::SCOPE, evidence::scope(mandate)),
            (evidence::PAPER, paper.to_vec()),
        ];
        files.extend(more.map(|(path, bytes)| (path.to_owned(), bytes)));
        Ok(files)
    }

    /// What the labels of these contents say.
    fn labels_of(&self, folders: &[PublishedStation]) -> Result<Labels, CentreError> {
        let mut labels = Labels::new();
        for folder in folders {
            let imports: Vec<&Import> = folder.imports.iter().collect();
            let label = self.contents.open(&imports)?.file(LABEL)?;
            labels.extend(Logged::of(&label).map(|own| (Digest::of(&label), own)));
        }
        Ok(labels)
    }

    /// One content: what its device signed for and the mandate includes, in the order of the paths.
    fn content(
        &self,
        bag: &mut Bag<'_, impl Write>,
        mandate: &Mandate,
        folder: &PublishedStation,
        receipts: &BTreeSet<Digest>,
        withheld: &mut Withheld<'_>,
    ) -> Result<(), CentreError> {
        let imports: Vec<&Import> = folder.imports.iter().collect();
        let stored = self.contents.open(&imports)?;
        let mut files = Files::new();
        for name in BESIDE {
            files.insert(name.to_owned(), stored.file(name)?);
        }
        if let Some(receipt) = stored.receipt(|digest| receipts.contains(&digest))? {
            files.insert(RECEIPT.to_owned(), receipt);
        }
        for name in stored.results.keys().map(|path| path.trim_start_matches("data/")) {
            if evidence::clause(mandate, name).is_none() {
                files.insert(name.to_owned(), stored.file(name)?);
            }
        }
        if mandate.includes(Class::Images) {
            files.extend(stored.images()?.into_iter().map(|(name, bytes)| (format!("images/{name}"), bytes)));
        }
        withheld.content(&folder.folder, &stored.results, &stored.images);
        files.iter().try_for_each(|(name, bytes)| bag.put(&format!("{}/{name}", folder.folder), bytes))
    }
}

/// Room for the short files at the end of a bag, and for the ends of all.
const TAGS_ROOM: usize = 64 << 10;

/// A bag as it is written.
struct Bag<'a, W: Write> {
    archive: Writer<BufWriter<W>>,
    to: &'a Path,
    manifest: BTreeMap<String, Digest>,
    /// How long the manifest is so far.
    listed: u64,
    bytes: u64,
}

impl<'a, W: Write> Bag<'a, W> {
    fn new(to: W, path: &'a Path) -> Self {
        let archive = Writer(BufWriter::new(to));
        Bag { archive, to: path, manifest: BTreeMap::new(), listed: 0, bytes: 0 }
    }

    /// A file beside the payload.
    fn tag(&mut self, path: &str, bytes: &[u8]) -> Result<(), CentreError> {
        fits(path, bytes.len() as u64, MOST_HELD)?;
        self.archive.add(path, bytes).map_err(|error| match error {
            StreamError::Io(error) => CentreError::Disk { path: self.to.to_owned(), error },
            StreamError::Archive(error) => error.into(),
        })
    }

    /// A file of the payload.
    fn put(&mut self, path: &str, bytes: &[u8]) -> Result<(), CentreError> {
        let path = format!("{DATA}{path}");
        // A hash, two spaces and a line end.
        self.listed += path.len() as u64 + 67;
        fits(MANIFEST, self.listed, MOST_HELD)?;
        // Beside the payload there are fewer than ten.
        fits(&path, self.manifest.len() as u64 + 10, MOST_ENTRIES as u64)?;
        self.tag(&path, bytes)?;
        self.bytes += bytes.len() as u64;
        self.manifest.insert(path, Digest::of(bytes));
        Ok(())
    }

    /// The sha256sum manifest of the payload.
    fn listed(&self) -> String {
        self.manifest.iter().map(|(path, digest)| format!("{}  {path}\n", digest.hex())).collect()
    }
}

impl Bag<'_, &mut File> {
    /// Gives the disk what is written, and takes room for so much more: what it refuses it refuses now.
    fn keep_room(&mut self, rest: u64) -> io::Result<()> {
        self.archive.0.flush()?;
        let file = self.archive.0.get_mut();
        let end = file.stream_position()?;
        io::copy(&mut io::repeat(0).take(rest), file)?;
        file.sync_all()?;
        file.seek(SeekFrom::Start(end)).map(drop)
    }

    /// Ends the archive, and gives back the room that was not needed.
    fn finish(self) -> io::Result<()> {
        let mut written = self.archive.finish()?;
        written.flush()?;
        let file = written.get_mut();
        let end = file.stream_position()?;
        file.set_len(end)
    }
}

/// Does a reader take so many?
fn fits(path: &str, found: u64, most: u64) -> Result<(), CentreError> {
    if found > most { Err(CentreError::TooLarge(path.to_owned())) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use election::Coded;

    use super::*;

    #[test]
    fn what_no_reader_takes_is_met_as_it_is_written() {
        let bag = || Bag::new(io::sink(), Path::new("bundle.tar"));
        let mut large = bag();
        let paper = vec![0; MOST_HELD as usize + 1];
        large.put("mandate.pdf", &paper[1..]).expect("as much as is held in memory");
        let refused = large.put("papers/1", &paper).expect_err("one byte more");
        assert_eq!((refused.code(), refused.to_string().contains("data/papers/1")), ("evidence.too_large", true));
        // The last line for which the manifest has room, and the next one.
        let mut long = bag();
        long.listed = MOST_HELD - "data/a".len() as u64 - 67;
        long.put("a", b"").expect("it ends there");
        let refused = long.put("b", b"").expect_err("it would be longer");
        assert!(refused.to_string().contains(MANIFEST), "{refused}");
        // What is counted is what is written.
        let mut short = bag();
        for path in ["a", "stations/s1/d1-1/label.json"] {
            short.put(path, b"x").expect("it fits");
        }
        assert_eq!(short.listed, short.listed().len() as u64);
    }
}
