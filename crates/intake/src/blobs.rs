//! Files on disk: chunks on their way, and whole files under their SHA-256.
//!
//! ```text
//! FOLDER/files/ab/ab…      whole files, never changed; durable before anything names them
//! FOLDER/chunks/…          chunks of announced files; losing one costs sending it again
//! FOLDER/lists/….json      their chunk lists
//! ```

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use aws_lc_rs::digest::{Context, SHA256};
use election::Digest;
use serde::{Deserialize, Serialize};
use sign::sha256;

use crate::{Error, Refused};

/// The size of every chunk but the last, in bytes.
pub const CHUNK: u64 = 1 << 20;

/// How a file is cut: what `PUT /v1/files/{sha256}/chunks` takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChunkList {
    /// The length of the file in bytes.
    pub bytes: u64,
    /// SHA-256 of each 1 MiB, in order; the last may be shorter, never empty.
    pub chunks: Vec<Digest>,
}

impl ChunkList {
    /// Is it a possible list of a file with this SHA-256?
    pub(crate) fn check(&self, file: &Digest) -> Result<(), Refused> {
        let needed = self.bytes.div_ceil(CHUNK);
        if needed == 0 {
            return Err(Refused::Chunks("the file is empty".to_owned()));
        }
        if needed != self.chunks.len() as u64 {
            return Err(Refused::Chunks(format!(
                "{} bytes are {needed} chunks, not {}",
                self.bytes,
                self.chunks.len()
            )));
        }
        if needed == 1 && self.chunks[0] != *file {
            return Err(Refused::Chunks("the only chunk is not the file".to_owned()));
        }
        Ok(())
    }

    /// The list of a file that is on this machine, and its SHA-256.
    pub(crate) fn of_file(path: &Path) -> std::io::Result<(Digest, ChunkList)> {
        let mut file = File::open(path)?;
        let mut whole = Context::new(&SHA256);
        let mut list = ChunkList { bytes: 0, chunks: Vec::new() };
        let mut chunk = Vec::with_capacity(CHUNK as usize);
        loop {
            chunk.clear();
            (&mut file).take(CHUNK).read_to_end(&mut chunk)?;
            if chunk.is_empty() {
                return Ok((finish(whole), list));
            }
            whole.update(&chunk);
            list.bytes += chunk.len() as u64;
            list.chunks.push(sha256(&chunk));
        }
    }
}

pub(crate) fn finish(context: Context) -> Digest {
    let mut bytes = [0; 32];
    bytes.copy_from_slice(context.finish().as_ref());
    Digest(bytes)
}

/// What putting chunks together came to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Assembled {
    /// The file is stored, durably.
    Stored,
    /// These chunks were damaged on disk; they are gone and must be sent again.
    Damaged(Vec<Digest>),
    /// Every chunk is what the list says, and the whole is another file.
    Mixed(Digest),
}

/// The folders.
pub(crate) struct Blobs {
    folder: PathBuf,
    temporary: AtomicU64,
}

impl Blobs {
    pub(crate) fn open(folder: &Path) -> Result<Self, Error> {
        for part in ["files", "chunks", "lists"] {
            durable::make_folder(&folder.join(part))?;
        }
        let blobs = Blobs::at(folder);
        // A service that was killed may have stored a file and not yet synced its name: what is found here counts.
        let mut folders = vec!["chunks".to_owned(), "lists".to_owned()];
        for (path, name) in blobs.names("files")? {
            durable::make_folder(&path)?;
            durable::sync_folder(&path)?;
            folders.push(format!("files/{name}"));
        }
        // What was being written when the machine stopped was never acknowledged.
        for (path, name) in folders.iter().map(|folder| blobs.names(folder)).collect::<Result<Vec<_>, _>>()?.concat() {
            if name.ends_with(durable::UNFINISHED) {
                fs::remove_file(&path).map_err(Error::storage(format!("removing {}", path.display())))?;
            }
        }
        Ok(blobs)
    }

    /// The folders as they are, for reading.
    pub(crate) fn at(folder: &Path) -> Self {
        Blobs { folder: folder.to_owned(), temporary: AtomicU64::new(0) }
    }

    fn names(&self, part: &str) -> Result<Vec<(PathBuf, String)>, Error> {
        let what = || Error::storage(format!("reading {part}"));
        fs::read_dir(self.folder.join(part))
            .map_err(what())?
            .map(|entry| entry.map(|e| (e.path(), e.file_name().to_string_lossy().into_owned())).map_err(what()))
            .collect()
    }

    /// Where a whole file is or will be.
    pub(crate) fn file(&self, digest: &Digest) -> PathBuf {
        let hex = digest.hex();
        self.folder.join("files").join(&hex[..2]).join(hex)
    }

    /// The length of a whole file, if it is here.
    pub(crate) fn length(&self, digest: &Digest) -> Option<u64> {
        fs::metadata(self.file(digest)).ok().map(|m| m.len())
    }

    fn chunk(&self, digest: &Digest) -> PathBuf {
        self.folder.join("chunks").join(digest.hex())
    }

    fn list(&self, file: &Digest) -> PathBuf {
        self.folder.join("lists").join(format!("{}.json", file.hex()))
    }

    /// The chunk lists of files that are not whole yet.
    pub(crate) fn lists(&self) -> Result<Vec<(Digest, ChunkList)>, Error> {
        let mut lists = Vec::new();
        for (path, name) in self.names("lists")? {
            let file = name.strip_suffix(".json").and_then(|hex| Digest::from_hex(hex).ok());
            let list = fs::read(&path).ok().and_then(|bytes| serde_json::from_slice::<ChunkList>(&bytes).ok());
            if let (Some(file), Some(list)) = (file, list) {
                lists.push((file, list));
            }
        }
        lists.sort_by_key(|(file, _)| *file);
        Ok(lists)
    }

    /// The chunks that are here, whole or damaged.
    pub(crate) fn chunks(&self) -> Result<Vec<Digest>, Error> {
        Ok(self.names("chunks")?.iter().filter_map(|(_, name)| Digest::from_hex(name).ok()).collect())
    }

    pub(crate) fn has_chunk(&self, digest: &Digest) -> bool {
        self.chunk(digest).is_file()
    }

    pub(crate) fn put_list(&self, file: &Digest, list: &ChunkList) -> Result<(), Error> {
        let bytes = serde_json::to_vec(list).expect("a chunk list is plain data");
        Ok(durable::write(&self.list(file), &bytes)?)
    }

    /// Stores a chunk without fsync: it is hashed again when the file is put together.
    pub(crate) fn put_chunk(&self, digest: &Digest, bytes: &[u8]) -> Result<(), Error> {
        let number = self.temporary.fetch_add(1, Ordering::Relaxed);
        let unfinished = durable::unfinished(&self.folder.join("chunks").join(number.to_string()));
        fs::write(&unfinished, bytes)
            .and_then(|()| fs::rename(&unfinished, self.chunk(digest)))
            .map_err(Error::storage("storing a chunk"))
    }

    pub(crate) fn drop_chunk(&self, digest: &Digest) {
        // A chunk left over costs room, nothing else.
        let _ = fs::remove_file(self.chunk(digest));
    }

    pub(crate) fn drop_list(&self, file: &Digest) {
        let _ = fs::remove_file(self.list(file));
    }

    /// Puts the chunks of `list` together, checks the whole against `digest` and stores it durably.
    pub(crate) fn assemble(&self, digest: &Digest, list: &ChunkList) -> Result<Assembled, Error> {
        let target = self.file(digest);
        durable::make_folder(target.parent().expect("a file has a folder"))?;
        let partial = durable::unfinished(&target);
        let what = || Error::storage(format!("writing {}", partial.display()));
        let mut file = File::create(&partial).map_err(what())?;
        let mut whole = Context::new(&SHA256);
        let mut length = 0;
        let mut damaged = Vec::new();
        for chunk in &list.chunks {
            let bytes = fs::read(self.chunk(chunk)).unwrap_or_default();
            if sha256(&bytes) != *chunk {
                self.drop_chunk(chunk);
                damaged.push(*chunk);
                continue;
            }
            whole.update(&bytes);
            length += bytes.len() as u64;
            file.write_all(&bytes).map_err(what())?;
        }
        let found = finish(whole);
        if !damaged.is_empty() || found != *digest || length != list.bytes {
            drop(file);
            fs::remove_file(&partial).map_err(what())?;
            return Ok(if damaged.is_empty() { Assembled::Mixed(found) } else { Assembled::Damaged(damaged) });
        }
        durable::sync(&file, &partial)?;
        durable::rename(&partial, &target)?;
        Ok(Assembled::Stored)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(bytes: usize) -> (Vec<u8>, Digest, ChunkList) {
        let bytes: Vec<u8> = (0..bytes).map(|i| (i / 1000) as u8).collect();
        let list = ChunkList { bytes: bytes.len() as u64, chunks: bytes.chunks(CHUNK as usize).map(sha256).collect() };
        let digest = Digest::of(&bytes);
        (bytes, digest, list)
    }

    #[test]
    fn a_list_must_fit_its_file() {
        let (_, digest, list) = file(2 * CHUNK as usize + 1);
        assert_eq!(list.check(&digest), Ok(()));
        let one = ChunkList { bytes: 5, chunks: vec![list.chunks[0]] };
        for wrong in [
            ChunkList { bytes: 0, chunks: vec![] },
            ChunkList { bytes: 3 * CHUNK + 1, ..list.clone() },
            ChunkList { bytes: 2 * CHUNK, ..list.clone() },
            ChunkList { bytes: u64::MAX, ..list.clone() },
            one,
        ] {
            assert!(matches!(wrong.check(&digest), Err(Refused::Chunks(_))), "{wrong:?}");
        }
    }

    #[test]
    fn files_are_whole_or_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(folder.path()).unwrap();
        let (bytes, digest, list) = file(2 * CHUNK as usize + 7);
        for (chunk, name) in bytes.chunks(CHUNK as usize).zip(&list.chunks) {
            blobs.put_chunk(name, chunk).unwrap();
        }
        // A chunk that the disk damaged is asked for again.
        fs::write(blobs.chunk(&list.chunks[1]), b"damaged").unwrap();
        assert_eq!(blobs.assemble(&digest, &list).unwrap(), Assembled::Damaged(vec![list.chunks[1]]));
        assert!(!blobs.has_chunk(&list.chunks[1]));
        assert_eq!(blobs.length(&digest), None);
        blobs.put_chunk(&list.chunks[1], &bytes[CHUNK as usize..2 * CHUNK as usize]).unwrap();
        // True chunks in another order are another file.
        let swapped = ChunkList { chunks: vec![list.chunks[1], list.chunks[0], list.chunks[2]], ..list.clone() };
        assert!(matches!(blobs.assemble(&digest, &swapped).unwrap(), Assembled::Mixed(_)));
        assert_eq!(blobs.length(&digest), None);
        assert_eq!(blobs.assemble(&digest, &list).unwrap(), Assembled::Stored);
        assert_eq!(fs::read(blobs.file(&digest)).unwrap(), bytes);
        let path = blobs.file(&digest);
        assert_eq!(ChunkList::of_file(&path).unwrap(), (digest, list));
    }
}
