//! The pre-allocated store of ballots.
//!
//! All slots are files made before the polls open, of one size, and a sheet goes into
//! one drawn at random: names, sizes and times do not tell which came first. The time of a file's last change
//! (ctime) is the system's and cannot be set, so each commit touches every full slot in the order of their
//! numbers, and the same fsync that makes the sheet durable makes those times so. (The
//! blocks of the device's own medium may still tell; that is a stated limit.)
//!
//! Crash safety comes from the order of two writes into one file whose name is
//! durable since the preparation: first the body, fsync; then the header, fsync. A
//! header that holds says the body was on the disk before it. So a slot is *empty*,
//! *torn* (the power went before the header: never acknowledged, feed the sheet
//! again), *full*, or *damaged*, which nothing in normal running makes and which is
//! refused loudly. Damaged are a slot that is shorter than it was made, one whose content was written for another slot,
//! and one whose sheet another slot holds too. A slot that was zeroed at its full length looks like a free one; only a
//! count kept elsewhere tells. The station's state keeps one ([`crate::State::stored`]), but not before each sheet is
//! told of: a second durable write for every sheet would double the time of storing it.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use sign::Entropy;
use sign::entropy::EntropyError;

use crate::disk::Disk;
use crate::record::Record;

/// The number of a slot. It is drawn at random and says nothing of order.
pub type Slot = u32;

/// A station has at most this many slots.
pub const MOST_SLOTS: u32 = 100_000;

/// The usual size of a slot in bytes: two one-bit sides of A4 at 200 dpi (33 KB each), their scores and a crop.
pub const SLOT_BYTES: u32 = 128 * 1024;

/// Slots for a station that received `ballots`: a tenth and ten more, for sheets that are fed after a recount of them.
pub fn slots_for(ballots: u32) -> u32 {
    ballots.saturating_add(ballots / 10).saturating_add(10).min(MOST_SLOTS)
}

pub(crate) const FOLDER: &str = "slots";
const MAGIC: &[u8; 8] = b"SANADSL2";
const HEADER: usize = 64;
/// So many bytes of the header are checked by those after them.
const CHECKED: usize = 52;

/// What is wrong with the store.
#[derive(Debug, thiserror::Error)]
pub enum SlotError {
    /// The disk refused.
    #[error("the disk failed: {0}")]
    Disk(#[from] io::Error),
    /// The generator gives nothing.
    #[error("no slot was drawn: {0}")]
    Entropy(#[from] EntropyError),
    /// A slot that was acknowledged is not what it was, or is gone.
    #[error("slot {0:05} is damaged or missing")]
    Damaged(Slot),
    /// Fewer slots are full than there were when the state was written.
    #[error("{found} sheets are in the store, and {stored} had been counted")]
    Fewer {
        /// Full slots.
        found: usize,
        /// As the state has it.
        stored: u32,
    },
    /// More slots are torn than one sheet in flight can tear.
    #[error("{0} slots are torn, and a loss of power can tear only one")]
    TornTwice(usize),
    /// Every slot holds a sheet.
    #[error("all {0} slots of the store are used")]
    Full(u32),
}

/// The slots and, of the full ones, the records without their images.
#[derive(Debug)]
pub struct Slots {
    size: usize,
    count: u32,
    full: BTreeMap<Slot, Record>,
    torn: Vec<Slot>,
}

fn path(slot: Slot) -> String {
    format!("{FOLDER}/{slot:05}")
}

/// `magic, length of the body, SHA-256 of the body, number of the slot`, then the start of the SHA-256 of those.
fn header(slot: Slot, body: &[u8]) -> [u8; HEADER] {
    let mut header = [0; HEADER];
    header[..8].copy_from_slice(MAGIC);
    header[8..16].copy_from_slice(&(body.len() as u64).to_le_bytes());
    header[16..48].copy_from_slice(&sign::sha256(body).0);
    header[48..CHECKED].copy_from_slice(&slot.to_le_bytes());
    let check = sign::sha256(&header[..CHECKED]);
    header[CHECKED..].copy_from_slice(&check.0[..HEADER - CHECKED]);
    header
}

/// Is this the name of one of `count` slots?
fn is_slot(name: &str, count: u32) -> bool {
    name.len() == 5 && name.parse().is_ok_and(|slot: Slot| slot < count)
}

/// A number below `bound` (which is not zero): the high half of a 64-bit draw times the
/// bound, so that every draw takes eight bytes; its bias is below `bound / 2^64`.
fn below(entropy: &dyn Entropy, bound: usize) -> Result<usize, EntropyError> {
    let mut bytes = [0; 8];
    entropy.fill(&mut bytes)?;
    Ok(((u128::from(u64::from_le_bytes(bytes)) * bound as u128) >> 64) as usize)
}

enum State {
    Empty,
    Torn,
    Full(Record),
    Damaged,
}

/// What the file of a slot made with `size` bytes holds. Nothing ever makes it shorter.
fn state(slot: Slot, size: usize, bytes: &[u8]) -> State {
    if bytes.len() < size {
        return State::Damaged;
    }
    if bytes.iter().all(|&b| b == 0) {
        return State::Empty;
    }
    let Some((head, body)) = bytes.split_first_chunk::<HEADER>() else { return State::Torn };
    if head[..8] != *MAGIC || sign::sha256(&head[..CHECKED]).0[..HEADER - CHECKED] != head[CHECKED..] {
        return State::Torn;
    }
    let length = u64::from_le_bytes(head[8..16].try_into().expect("eight bytes"));
    let body = usize::try_from(length).ok().and_then(|length| body.get(..length));
    match body.filter(|body| header(slot, body) == *head).and_then(Record::from_bytes) {
        Some(record) => State::Full(record),
        None => State::Damaged,
    }
}

impl Slots {
    /// Makes `count` empty slots of `size` bytes. Safe to repeat.
    pub fn prepare(disk: &dyn Disk, count: u32, size: u32) -> io::Result<()> {
        disk.create_dir(FOLDER)?;
        let zeros = vec![0; size as usize];
        for slot in 0..count {
            disk.write(&path(slot), &zeros)?;
            disk.sync(&path(slot))?;
        }
        disk.sync_dir(FOLDER)?;
        disk.sync_dir("")
    }

    /// What lies in a store that is to be made: the first name that is not that of an empty slot.
    pub fn leftover(disk: &dyn Disk, count: u32) -> io::Result<Option<String>> {
        for name in disk.list(FOLDER)? {
            let path = format!("{FOLDER}/{name}");
            let is_empty = |bytes: Vec<u8>| bytes.iter().all(|byte| *byte == 0);
            if !is_slot(&name, count) || !disk.read(&path)?.is_none_or(is_empty) {
                return Ok(Some(path));
            }
        }
        Ok(None)
    }

    /// Reads the store back, of which `stored` slots at least were full.
    ///
    /// # Errors
    /// A slot that is damaged or missing, fewer full ones, and more than one that is torn.
    pub fn load(disk: &dyn Disk, count: u32, size: u32, stored: u32) -> Result<Slots, SlotError> {
        let mut inputs = BTreeSet::new();
        let mut slots = Slots { size: size as usize, count, full: BTreeMap::new(), torn: Vec::new() };
        for slot in 0..count {
            // A sheet counts when it is read here, and its sync may have been cut off with the process; so may the sync
            // of a torn slot's emptying, which would come back torn beside another.
            let read = if disk.is_unsettled() { disk.read_back(&path(slot)) } else { disk.read(&path(slot)) };
            let bytes = read?.ok_or(SlotError::Damaged(slot))?;
            match state(slot, slots.size, &bytes) {
                State::Empty => {}
                State::Torn => slots.torn.push(slot),
                // The same files fed again are not stored again.
                State::Full(record) if inputs.insert(record.input) => slots.keep(slot, record),
                State::Full(_) | State::Damaged => return Err(SlotError::Damaged(slot)),
            }
        }
        if slots.full.len() < stored as usize {
            return Err(SlotError::Fewer { found: slots.full.len(), stored });
        }
        match slots.torn.len() {
            0 | 1 => Ok(slots),
            many => Err(SlotError::TornTwice(many)),
        }
    }

    /// Empties a torn slot. Returns whether there was one: then its sheet was not counted.
    pub fn recover(&mut self, disk: &dyn Disk) -> io::Result<bool> {
        for &slot in &self.torn {
            // Its length stays, whatever happens meanwhile; a large sheet had made it longer.
            let length = disk.read(&path(slot))?.map_or(0, |bytes| bytes.len());
            disk.write_at(&path(slot), 0, &vec![0; length.max(self.size)])?;
            disk.sync(&path(slot))?;
        }
        Ok(!std::mem::take(&mut self.torn).is_empty())
    }

    /// Stores a sheet in a free slot drawn at random. When this returns, the sheet is counted.
    ///
    /// # Errors
    /// After any, the store may hold a torn slot: stop, and load it again.
    pub fn store(&mut self, disk: &dyn Disk, entropy: &dyn Entropy, record: Record) -> Result<Slot, SlotError> {
        let free = self.count as usize - self.full.len();
        if free == 0 {
            return Err(SlotError::Full(self.count));
        }
        let drawn = below(entropy, free)?;
        let slot = (0..self.count).filter(|slot| !self.full.contains_key(slot)).nth(drawn).expect("drawn among free");
        let body = record.to_bytes();
        let path = path(slot);
        disk.write_at(&path, HEADER as u64, &body)?;
        disk.sync(&path)?;
        disk.write_at(&path, 0, &header(slot, &body))?;
        self.keep(slot, record);
        self.level(disk)?;
        disk.sync(&path)?;
        Ok(slot)
    }

    /// Makes all full slots look equally old.
    fn level(&self, disk: &dyn Disk) -> io::Result<()> {
        disk.level(&mut self.full.keys().map(|slot| self::path(*slot)))
    }

    /// Images stay on the disk: a big station would not fit in memory.
    fn keep(&mut self, slot: Slot, record: Record) {
        let crops = record.crops.into_iter().map(|(contest, _)| (contest, Vec::new())).collect();
        self.full.insert(slot, Record { images: Vec::new(), crops, ..record });
    }

    /// The full slots with their records, the images left out.
    pub fn full(&self) -> &BTreeMap<Slot, Record> {
        &self.full
    }

    /// One record with its images.
    pub fn whole(&self, disk: &dyn Disk, slot: Slot) -> Result<Record, SlotError> {
        let bytes = disk.read(&path(slot))?.ok_or(SlotError::Damaged(slot))?;
        match state(slot, self.size, &bytes) {
            State::Full(record) => Ok(record),
            _ => Err(SlotError::Damaged(slot)),
        }
    }

    /// What lies among the slots and is none.
    pub fn strangers(&self, disk: &dyn Disk) -> io::Result<Vec<String>> {
        let strangers = disk.list(FOLDER)?.into_iter().filter(|name| !is_slot(name, self.count));
        Ok(strangers.map(|name| format!("{FOLDER}/{name}")).collect())
    }

    /// How many slots there are.
    pub fn count(&self) -> u32 {
        self.count
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::record::{ContestMarks, Reading, Score};

    fn record() -> Record {
        let id = |text: &str| text.parse().unwrap();
        Record {
            input: sign::sha256(b"files"),
            reading: Reading {
                style: "north".parse().unwrap(),
                sheet: 1,
                contests: vec![ContestMarks {
                    contest: "c".parse().unwrap(),
                    marked: vec![id("l1")],
                    ambiguous: vec![id("n1")],
                }],
                scores: vec![Score {
                    contest: "c".parse().unwrap(),
                    option: id("l1"),
                    score: election::MarkScore { ink: 400, outside: 3, grey: Some(9), ..Default::default() },
                }],
            },
            images: vec![b"front".to_vec(), Vec::new()],
            crops: vec![("c".parse().unwrap(), b"crop".to_vec())],
        }
    }

    fn slot() -> Vec<u8> {
        let body = record().to_bytes();
        [header(7, &body).to_vec(), body, vec![0; 20]].concat()
    }

    /// The state of slot 7, which was made as long as the test's sheet needs.
    fn state(bytes: &[u8]) -> State {
        super::state(7, 0, bytes)
    }

    #[test]
    fn a_slot_is_read_as_it_was_written() {
        assert!(matches!(state(&slot()), State::Full(read) if read == record()));
        assert!(matches!(state(&[0; 200]), State::Empty));
    }

    #[test]
    fn a_slot_that_is_short_or_another_s_is_damaged() {
        let whole = slot();
        assert!(matches!(super::state(8, 0, &whole), State::Damaged), "the content of slot 7");
        assert!(matches!(super::state(7, whole.len(), &whole), State::Full(_)));
        for length in [0, 1, HEADER, whole.len() - 1] {
            assert!(matches!(super::state(7, whole.len(), &whole[..length]), State::Damaged), "{length}");
            assert!(matches!(super::state(7, whole.len(), &vec![0; length]), State::Damaged), "{length} zeros");
        }
    }

    #[test]
    fn no_single_bit_makes_another_ballot() {
        let whole = slot();
        for bit in 0..(whole.len() - 20) * 8 {
            let mut flipped = whole.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(matches!(state(&flipped), State::Torn | State::Damaged), "bit {bit}");
        }
    }

    #[test]
    fn what_is_written_before_the_header_holds_is_torn_and_no_ballot() {
        let whole = slot();
        for cut in 1..HEADER {
            let mut torn = whole.clone();
            torn[cut..HEADER].fill(0);
            assert!(matches!(state(&torn), State::Torn), "{cut} bytes of the header");
        }
        for cut in HEADER..whole.len() - 21 {
            assert!(matches!(state(&whole[..cut]), State::Damaged), "a body that was there is gone: {cut}");
        }
    }

    proptest! {
        #[test]
        fn hostile_bytes_are_no_record(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            prop_assert!(Record::from_bytes(&bytes).is_none());
            prop_assert!(!matches!(state(&bytes), State::Full(_)));
        }

        #[test]
        fn a_draw_is_below_its_bound(bound in 1usize..5_000, bytes: u64) {
            struct Fixed(u64);
            impl Entropy for Fixed {
                fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError> {
                    bytes.copy_from_slice(&self.0.to_le_bytes());
                    Ok(())
                }
            }
            prop_assert!(below(&Fixed(bytes), bound).unwrap() < bound);
        }
    }
}
