//! A disk that loses power: what was not synced is dropped, torn or kept, as a seed says.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex};

use sanad_station::Disk;

/// What the disk does wrong.
#[derive(Clone, Copy, Debug, Default)]
pub struct Faults {
    /// The power goes during this change, counted from 1.
    pub power_loss_at: Option<u64>,
    /// This change and all later ones fail, as on a full or broken disk; half of the first one's bytes get written.
    pub broken_from: Option<u64>,
    /// `sync_dir` does nothing: a program that forgets it.
    pub ignore_sync_dir: bool,
    /// `sync` does nothing.
    pub ignore_sync: bool,
}

#[derive(Clone, Default)]
struct File {
    durable: Vec<u8>,
    now: Vec<u8>,
    /// Changes since the last sync: `None` truncates, else bytes at an offset.
    pending: Vec<Option<(usize, Vec<u8>)>>,
}

/// Names that a change gives to files, or takes away.
type Names = Vec<(String, Option<usize>)>;

#[derive(Default)]
struct Inner {
    files: Vec<File>,
    /// Names that survive, and names as they are now.
    durable: BTreeMap<String, usize>,
    now: BTreeMap<String, usize>,
    /// Changes of names since their folder's last sync; one change is several entries (rename).
    pending: Vec<(String, Names)>,
    faults: Faults,
    changes: u64,
    off: bool,
    random: u64,
}

/// A disk in memory; clones are the same disk.
#[derive(Clone, Default)]
pub struct FaultyDisk(Arc<Mutex<Inner>>);

fn folder(path: &str) -> String {
    path.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned())
}

fn splice(bytes: &mut Vec<u8>, offset: usize, new: &[u8]) {
    if bytes.len() < offset + new.len() {
        bytes.resize(offset + new.len(), 0);
    }
    bytes[offset..offset + new.len()].copy_from_slice(new);
}

impl Inner {
    /// xorshift64*: any seed gives the same faults again.
    fn draw(&mut self, bound: usize) -> usize {
        self.random ^= self.random >> 12;
        self.random ^= self.random << 25;
        self.random ^= self.random >> 27;
        (self.random.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % bound
    }

    fn present(&self) -> io::Result<()> {
        if self.off { Err(io::Error::other("no power")) } else { Ok(()) }
    }

    /// Counts a change. `Ok(true)` is to do it and then lose power.
    fn change(&mut self) -> io::Result<bool> {
        self.present()?;
        self.changes += 1;
        Ok(self.faults.power_loss_at == Some(self.changes))
    }

    fn broken(&self) -> bool {
        self.faults.broken_from.is_some_and(|from| self.changes >= from)
    }

    fn end(&mut self, lost: bool) -> io::Result<()> {
        if lost {
            self.off = true;
            return Err(io::Error::other("the power went"));
        }
        if self.broken() { Err(io::Error::from(io::ErrorKind::StorageFull)) } else { Ok(()) }
    }

    fn put(&mut self, index: usize, offset: usize, bytes: &[u8]) {
        // A failing disk takes half of it.
        let bytes = if self.broken() { &bytes[..bytes.len() / 2] } else { bytes };
        splice(&mut self.files[index].now, offset, bytes);
        self.files[index].pending.push(Some((offset, bytes.to_vec())));
    }

    fn names(&mut self, folder: String, entries: Names) {
        for (name, index) in &entries {
            match index {
                Some(index) => _ = self.now.insert(name.clone(), *index),
                None => _ = self.now.remove(name),
            }
        }
        self.pending.push((folder, entries));
    }

    fn find(&self, path: &str) -> io::Result<usize> {
        self.now.get(path).copied().ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

impl FaultyDisk {
    /// An empty disk.
    pub fn new(seed: u64, faults: Faults) -> Self {
        let random = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        FaultyDisk(Arc::new(Mutex::new(Inner { faults, random, ..Default::default() })))
    }

    /// How many changes there were.
    pub fn changes(&self) -> u64 {
        self.0.lock().unwrap().changes
    }

    /// Sets other faults; the changes are counted from 0 again.
    pub fn set(&self, faults: Faults) {
        let mut inner = self.0.lock().unwrap();
        inner.faults = faults;
        inner.changes = 0;
    }

    /// Takes the power away, if it is there, and gives it back: what was not synced is kept, dropped or torn.
    pub fn power_cycle(&self) {
        let mut inner = self.0.lock().unwrap();
        for index in 0..inner.files.len() {
            for change in std::mem::take(&mut inner.files[index].pending) {
                let fate = inner.draw(3);
                let kept = match &change {
                    Some((_, bytes)) if fate == 1 => inner.draw(bytes.len() + 1),
                    Some((_, bytes)) if fate == 2 => bytes.len(),
                    _ => 0,
                };
                let file = &mut inner.files[index];
                match change {
                    Some((offset, bytes)) if kept > 0 => splice(&mut file.durable, offset, &bytes[..kept]),
                    None if fate == 2 => file.durable.clear(),
                    _ => {}
                }
            }
            let file = &mut inner.files[index];
            file.now = file.durable.clone();
        }
        for (_, entries) in std::mem::take(&mut inner.pending) {
            if inner.draw(2) == 0 {
                continue;
            }
            for (name, index) in entries {
                match index {
                    Some(index) => _ = inner.durable.insert(name, index),
                    None => _ = inner.durable.remove(&name),
                }
            }
        }
        inner.now = inner.durable.clone();
        inner.off = false;
        inner.faults.power_loss_at = None;
        inner.changes = 0;
    }

    /// All files as they are now.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let inner = self.0.lock().unwrap();
        inner.now.iter().map(|(name, index)| (name.clone(), inner.files[*index].now.clone())).collect()
    }

    /// Flips one bit of a file.
    pub fn rot(&self, path: &str, at: usize) {
        let mut inner = self.0.lock().unwrap();
        let index = inner.now[path];
        inner.files[index].now[at] ^= 1;
        inner.files[index].durable = inner.files[index].now.clone();
    }
}

impl Disk for FaultyDisk {
    fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        let inner = self.0.lock().unwrap();
        inner.present()?;
        Ok(inner.now.get(path).map(|&index| inner.files[index].now.clone()))
    }

    fn read_back(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        if self.0.lock().unwrap().find(path).is_ok() {
            self.sync(path)?;
        }
        self.read(path)
    }

    fn is_unsettled(&self) -> bool {
        true
    }

    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let mut inner = self.0.lock().unwrap();
        let lost = inner.change()?;
        let index = match inner.find(path) {
            Ok(index) => index,
            Err(_) => {
                inner.files.push(File::default());
                let index = inner.files.len() - 1;
                inner.names(folder(path), vec![(path.to_owned(), Some(index))]);
                index
            }
        };
        inner.files[index].now.clear();
        inner.files[index].pending.push(None);
        inner.put(index, 0, bytes);
        inner.end(lost)
    }

    fn write_at(&self, path: &str, offset: u64, bytes: &[u8]) -> io::Result<()> {
        let mut inner = self.0.lock().unwrap();
        let lost = inner.change()?;
        let index = inner.find(path)?;
        inner.put(index, offset as usize, bytes);
        inner.end(lost)
    }

    fn sync(&self, path: &str) -> io::Result<()> {
        let mut inner = self.0.lock().unwrap();
        let lost = inner.change()?;
        let index = inner.find(path)?;
        if !lost && !inner.faults.ignore_sync && !inner.broken() {
            let file = &mut inner.files[index];
            file.durable = file.now.clone();
            file.pending.clear();
        }
        inner.end(lost)
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        let mut inner = self.0.lock().unwrap();
        let lost = inner.change()?;
        let index = inner.find(from)?;
        if !inner.broken() {
            inner.names(folder(to), vec![(from.to_owned(), None), (to.to_owned(), Some(index))]);
        }
        inner.end(lost)
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        let mut inner = self.0.lock().unwrap();
        if inner.find(path).is_err() {
            return inner.present();
        }
        let lost = inner.change()?;
        inner.names(folder(path), vec![(path.to_owned(), None)]);
        inner.end(lost)
    }

    fn create_dir(&self, _: &str) -> io::Result<()> {
        // Folders are made at the preparation, long before a ballot; they are not part of the harness.
        self.0.lock().unwrap().present()
    }

    fn sync_dir(&self, path: &str) -> io::Result<()> {
        let mut inner = self.0.lock().unwrap();
        let lost = inner.change()?;
        if !lost && !inner.faults.ignore_sync_dir && !inner.broken() {
            let pending = std::mem::take(&mut inner.pending);
            let (synced, rest): (Vec<_>, Vec<_>) = pending.into_iter().partition(|(folder, _)| folder == path);
            inner.pending = rest;
            for (name, index) in synced.into_iter().flat_map(|(_, entries)| entries) {
                match index {
                    Some(index) => _ = inner.durable.insert(name, index),
                    None => _ = inner.durable.remove(&name),
                }
            }
        }
        inner.end(lost)
    }

    fn list(&self, path: &str) -> io::Result<Vec<String>> {
        let inner = self.0.lock().unwrap();
        inner.present()?;
        let above = if path.is_empty() { String::new() } else { format!("{path}/") };
        let inside = inner.now.keys().filter_map(|name| name.strip_prefix(&above));
        let names = inside.map(|name| name.split_inclusive('/').next().unwrap_or(name).to_owned());
        Ok(names.collect::<std::collections::BTreeSet<_>>().into_iter().collect())
    }

    fn level(&self, _: &mut dyn Iterator<Item = String>) -> io::Result<()> {
        self.0.lock().unwrap().present()
    }
}
