//! Taking sheets: read by many workers, stored one after the other.

use election::{ContestId, Digest, Text};
use rayon::prelude::*;
use sign::Entropy;

use crate::error::StationError;
use crate::messages::not_taken_here;
use crate::record::{Reading, Record};
use crate::state::{Fate, Phase, Refusal, UnixTime};
use crate::station::Station;

/// One sheet as it comes from the scanner.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// What to call it on the screen; it is not kept.
    pub name: String,
    /// The bytes of the image of its front.
    pub front: Vec<u8>,
    /// The bytes of the image of its back.
    pub back: Option<Vec<u8>>,
    /// Is it the only sheet of its run? Then its sides may come in either order; of several the front comes first.
    pub alone: bool,
}

impl Sheet {
    /// The hash that tells whether the same files were fed before, in whichever order: a sheet is read with its back
    /// first as well.
    pub fn digest(&self) -> Digest {
        let sides = [Some(&self.front), self.back.as_ref()];
        let mut hashes: Vec<String> = sides.into_iter().flatten().map(|side| sign::sha256(side).hex()).collect();
        hashes.sort();
        Digest::of(hashes.concat().as_bytes())
    }
}

/// What the reader makes of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// What it says.
    pub reading: Reading,
    /// The archived one-bit images that say so, as PNG.
    pub images: Vec<Vec<u8>>,
    /// Grey crops of contests with an ambiguous mark, as PNG.
    pub crops: Vec<(ContestId, Vec<u8>)>,
}

/// Why the reader refuses a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The reason code.
    pub code: String,
    /// The reason in the officers' languages.
    pub words: Text,
    /// Is it plain that this is no ballot of this election, mode or station?
    pub foreign: bool,
    /// Are its pages not the front and then the back of one sheet among others? Then a page is missing or out of place,
    /// and no page after it can be said to belong to its neighbour.
    pub misfed: bool,
}

/// Reads a sheet against the design of one election. It keeps nothing from sheet to sheet.
pub trait Reader: Sync {
    /// Reads one sheet.
    ///
    /// # Errors
    /// Why it is refused.
    fn read(&self, sheet: &Sheet) -> Result<Read, Unreadable>;
}

/// What became of one sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Stored and counted.
    Counted {
        /// Contests on it that two people must look at.
        doubtful: usize,
    },
    /// The same files were read before; the sheet is counted once.
    SameFile,
    /// Not counted.
    Refused {
        /// The hash of its files, by which officers say what became of the paper.
        input: Digest,
        /// The reason code.
        code: String,
        /// The reason in the officers' languages.
        words: Text,
    },
}

/// The reason code of a ballot of a constituency that this station takes none of.
pub const NOT_TAKEN_HERE: &str = "station.not_taken_here";

impl Station {
    /// Takes sheets. Each is durable when `told` hears of it. Readers work in parallel and in
    /// small batches, so that memory stays bounded; storing is serial.
    ///
    /// # Errors
    /// A disk that fails or is full stops the station, and pages out of place stop the feeding; sheets that `told` did not
    /// hear of are to be fed again.
    pub fn scan(
        &mut self,
        sheets: impl IntoIterator<Item = Sheet>,
        reader: &dyn Reader,
        entropy: &dyn Entropy,
        now: UnixTime,
        told: &mut dyn FnMut(&str, &Outcome),
    ) -> Result<(), StationError> {
        self.phase_is(Phase::Open)?;
        let taken = self.take_all(sheets, reader, entropy, now, told);
        // Once for all of them, so that a slot that is emptied later is missed.
        if self.running().is_ok() && self.state.stored != self.counted() {
            self.change(now, |_, _| ())?;
        }
        taken
    }

    fn take_all(
        &mut self,
        sheets: impl IntoIterator<Item = Sheet>,
        reader: &dyn Reader,
        entropy: &dyn Entropy,
        now: UnixTime,
        told: &mut dyn FnMut(&str, &Outcome),
    ) -> Result<(), StationError> {
        let batch = 4 * rayon::current_num_threads();
        let mut sheets = sheets.into_iter().peekable();
        while sheets.peek().is_some() {
            let fed: Vec<Sheet> = sheets.by_ref().take(batch).collect();
            let read: Vec<_> = fed.par_iter().map(|sheet| (sheet.digest(), reader.read(sheet))).collect();
            for (sheet, (input, read)) in fed.iter().zip(read) {
                if read.as_ref().is_err_and(|unreadable| unreadable.misfed) {
                    return Err(StationError::Misfed(sheet.name.clone()));
                }
                let outcome = self.take(input, read, entropy, now)?;
                told(&sheet.name, &outcome);
            }
        }
        Ok(())
    }

    fn take(
        &mut self,
        input: Digest,
        read: Result<Read, Unreadable>,
        entropy: &dyn Entropy,
        now: UnixTime,
    ) -> Result<Outcome, StationError> {
        self.running()?;
        if self.slots.full().values().any(|record| record.input == input) {
            self.change(now, |state, _| state.same_file = state.same_file.saturating_add(1))?;
            return Ok(Outcome::SameFile);
        }
        let read = read.and_then(|read| match self.takes(&read.reading) {
            true => Ok(read),
            false => {
                Err(Unreadable { code: NOT_TAKEN_HERE.into(), words: not_taken_here(), foreign: true, misfed: false })
            }
        });
        let Read { reading, images, crops } = match read {
            Ok(read) => read,
            Err(Unreadable { code, words, foreign, .. }) => {
                let fate = if foreign { Fate::Foreign } else { Fate::Unread };
                let refusal = Refusal { code: code.clone(), fate };
                if !self.state.refused.contains_key(&input) {
                    self.change(now, |state, _| _ = state.refused.insert(input, refusal))?;
                }
                return Ok(Outcome::Refused { input, code, words });
            }
        };
        let doubtful = reading.contests.iter().filter(|contest| !contest.ambiguous.is_empty()).count();
        let stored = self.slots.store(&*self.disk, entropy, Record { input, reading, images, crops });
        if let Err(error) = stored {
            self.halt();
            return Err(error.into());
        }
        Ok(Outcome::Counted { doubtful })
    }

    /// Is every contest of the sheet one whose ballots go into this box?
    fn takes(&self, reading: &Reading) -> bool {
        let here = self.contests();
        !reading.contests.is_empty()
            && reading.contests.iter().all(|read| here.iter().any(|contest| contest.id == read.contest))
    }
}
