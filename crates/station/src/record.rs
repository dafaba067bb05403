//! What the station keeps of one sheet: what was read, and the images it was read from.

use election::{ContestId, Digest, MarkScore, OptionId, StyleId};
use serde::{Deserialize, Serialize};

/// What was measured of one bubble.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Score {
    /// The contest.
    pub contest: ContestId,
    /// The option.
    pub option: OptionId,
    /// The raw scores.
    pub score: MarkScore,
}

/// What a sheet says in one contest.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContestMarks {
    /// The contest.
    pub contest: ContestId,
    /// The options surely marked, sorted.
    pub marked: Vec<OptionId>,
    /// The options that two people must look at, sorted.
    pub ambiguous: Vec<OptionId>,
}

/// What was read of one sheet. It has no time and no number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// The style it is of.
    pub style: StyleId,
    /// Which sheet of the style, from 1.
    pub sheet: u8,
    /// Its contests, in ballot order.
    pub contests: Vec<ContestMarks>,
    /// Its bubbles, in ballot order.
    pub scores: Vec<Score>,
}

/// One sheet as it is kept until the close.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// SHA-256 of the files that were fed, to refuse the same ones; it never leaves the device.
    pub input: Digest,
    /// What was read.
    pub reading: Reading,
    /// The one-bit images the reading is of, as PNG: front, then back.
    pub images: Vec<Vec<u8>>,
    /// Grey crops of contests with an ambiguous mark, as PNG.
    pub crops: Vec<(ContestId, Vec<u8>)>,
}

/// What stands before the images in a record's bytes.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    input: Digest,
    reading: Reading,
    images: Vec<u32>,
    crops: Vec<(ContestId, u32)>,
}

impl Record {
    /// The bytes that a slot holds: the length of the head, the head as JSON, the images.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let length = |png: &Vec<u8>| u32::try_from(png.len()).expect("an image of one page is below 4 GB");
        let head = serde_json::to_vec(&Head {
            input: self.input,
            reading: self.reading.clone(),
            images: self.images.iter().map(length).collect(),
            crops: self.crops.iter().map(|(contest, png)| (contest.clone(), length(png))).collect(),
        })
        .expect("a head is plain data");
        let mut bytes = (head.len() as u64).to_le_bytes().to_vec();
        bytes.extend(head);
        self.images.iter().chain(self.crops.iter().map(|(_, png)| png)).for_each(|png| bytes.extend(png));
        bytes
    }

    /// Reads them back; `None` where they are not what [`Record::to_bytes`] writes.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Record> {
        let (length, rest) = bytes.split_first_chunk::<8>()?;
        let (head, mut rest) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        let head: Head = serde_json::from_slice(head).ok()?;
        let mut take = |length: u32| {
            let (png, after) = rest.split_at_checked(length as usize)?;
            rest = after;
            Some(png.to_vec())
        };
        let images = head.images.into_iter().map(&mut take).collect::<Option<_>>()?;
        let crops =
            head.crops.into_iter().map(|(contest, length)| Some((contest, take(length)?))).collect::<Option<_>>()?;
        rest.is_empty().then_some(Record { input: head.input, reading: head.reading, images, crops })
    }
}
