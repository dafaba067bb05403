//! The bytes of one file: what a power cut leaves of them, and what memory shows.

use crate::random::Random;

/// Disks write sectors whole; what is torn is torn between two of them.
const SECTOR: u64 = 512;

/// What has been done to a file since its last sync.
#[derive(Clone, Debug)]
enum Change {
    Bytes(u64, Vec<u8>),
    Length(u64),
}

/// A file.
#[derive(Clone, Debug, Default)]
pub(crate) struct File {
    durable: Vec<u8>,
    now: Vec<u8>,
    pending: Vec<Change>,
}

fn apply(bytes: &mut Vec<u8>, change: &Change) {
    match change {
        Change::Length(length) => bytes.resize(index(*length), 0),
        Change::Bytes(offset, new) => {
            let (from, to) = (index(*offset), index(*offset) + new.len());
            if bytes.len() < to {
                bytes.resize(to, 0);
            }
            bytes[from..to].copy_from_slice(new);
        }
    }
}

fn index(offset: u64) -> usize {
    usize::try_from(offset).expect("files of tests fit in memory")
}

impl File {
    /// The bytes as the disk gives them to a reader whose memory does not hold them.
    pub(crate) fn now(&self) -> &[u8] {
        &self.now
    }

    pub(crate) fn write(&mut self, offset: u64, bytes: &[u8]) {
        self.change(Change::Bytes(offset, bytes.to_vec()));
    }

    pub(crate) fn set_length(&mut self, length: u64) {
        self.change(Change::Length(length));
    }

    fn change(&mut self, change: Change) {
        apply(&mut self.now, &change);
        self.pending.push(change);
    }

    /// fsync: what was written is on the disk.
    pub(crate) fn sync(&mut self) {
        for change in std::mem::take(&mut self.pending) {
            apply(&mut self.durable, &change);
        }
    }

    /// An fsync that failed: what was written is lost, and the next fsync will say yes. Lengths stay, as on ext4.
    pub(crate) fn lose_pending(&mut self) {
        self.pending.clear();
        self.durable.resize(self.now.len(), 0);
        self.now.clone_from(&self.durable);
    }

    /// A write that the disk acknowledges and does not do; zeros come back.
    pub(crate) fn swallow(&mut self, offset: u64, length: usize) {
        self.write(offset, &vec![0; length]);
    }

    /// The power went: each write since the last sync was done, was done in part, was not done, or only made room.
    pub(crate) fn power_cycle(&mut self, random: &mut Random) {
        for change in std::mem::take(&mut self.pending) {
            let fate = random.below(4);
            match (fate, change) {
                (0, _) | (1, Change::Length(_)) => {}
                (1, Change::Bytes(offset, mut bytes)) => {
                    let end = offset + bytes.len() as u64;
                    let sectors = end.div_ceil(SECTOR) - offset / SECTOR;
                    let cut = ((offset / SECTOR + random.below(sectors)) * SECTOR).max(offset);
                    bytes.truncate(index(cut - offset));
                    if !bytes.is_empty() {
                        apply(&mut self.durable, &Change::Bytes(offset, bytes));
                    }
                }
                (2, Change::Bytes(offset, bytes)) if offset + bytes.len() as u64 > self.durable.len() as u64 => {
                    self.durable.resize(index(offset) + bytes.len(), 0);
                }
                (_, change) => apply(&mut self.durable, &change),
            }
        }
        self.now.clone_from(&self.durable);
    }

    /// Turns one bit, durably.
    pub(crate) fn rot(&mut self, at: u64) {
        self.now[index(at)] ^= 1;
        self.durable.clone_from(&self.now);
        self.pending.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_synced_stays_and_what_was_not_is_kept_torn_or_dropped() {
        let mut seen = std::collections::BTreeSet::new();
        for seed in 0..200 {
            let mut file = File::default();
            file.write(0, &[1; 2000]);
            file.sync();
            file.write(500, &[2; 1000]);
            assert_eq!(file.now()[499..502], [1, 2, 2]);
            file.power_cycle(&mut Random::new(seed));
            assert!(file.now()[..500].iter().chain(&file.now()[1500..]).all(|b| *b == 1));
            let kept = file.now()[500..1500].iter().take_while(|b| **b == 2).count();
            assert!(file.now()[500 + kept..1500].iter().all(|b| *b == 1));
            assert!(kept == 1000 || (500 + kept).is_multiple_of(512) || kept == 0, "torn between sectors: {kept}");
            seen.insert(kept);
        }
        assert!(seen.contains(&0) && seen.contains(&1000) && seen.len() >= 4, "{seen:?}");
    }

    #[test]
    fn after_a_failed_sync_the_next_one_says_yes_to_what_was_lost() {
        let mut file = File::default();
        file.write(0, b"one");
        file.sync();
        file.write(0, b"other");
        file.lose_pending();
        file.sync();
        file.power_cycle(&mut Random::new(1));
        assert_eq!(file.now(), b"one\0\0");
    }
}
