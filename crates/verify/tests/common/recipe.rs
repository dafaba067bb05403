//! What is spoilt of a publication before it is signed and hashed.

use election::{Digest, Folder};
use log::Policy;
use package::cvr::Records;
use package::slip::SlipFigures;
use package::{Statement, StationResults};
use record::entry::{Announcement, Import, Transmission};
use record::register::transmission::Report;
use sign::FileKey;
use testing::intake::Close;

use super::{Files, KEYS};

/// What is done with the leaves before the match, given the election fingerprint.
pub type Leaves = fn(&mut Vec<Vec<u8>>, Digest);

/// What is done otherwise than right. Each hook gets the thing just before it is signed, hashed or written.
#[derive(Clone, Copy)]
pub struct Recipe {
    /// The definition's settings.
    pub toml: fn(String) -> String,
    /// Other files of the definition, before the keys.
    pub definition: fn(&mut Folder),
    /// The witness policy.
    pub policy: fn(&mut Policy),
    /// Files of the definition, after leaf 0.
    pub after_freeze: fn(&mut Folder),
    /// The ballots of a station, by its index.
    pub counts: fn(usize) -> [u32; 4],
    pub results: fn(&mut StationResults),
    pub zero: fn(&mut StationResults),
    pub records: fn(&mut Records),
    /// The images bag of a station, by its index.
    pub images: fn(usize) -> Files,
    /// Which pictures of `assembly` are published, by station and number.
    pub shown: fn(usize, usize) -> bool,
    pub slip: fn(&mut SlipFigures),
    pub label_key: fn(usize) -> &'static FileKey,
    pub statement_key: fn(usize) -> &'static FileKey,
    pub statement: fn(&mut Statement),
    pub intake_key: fn() -> &'static FileKey,
    /// Leaves of the intake log.
    pub intake_leaves: fn(&mut Vec<Vec<u8>>),
    pub close: fn(&mut Close),
    /// The transmission report before it is signed for; none is entered without it.
    pub reported: Option<fn(&mut Report)>,
    /// What is entered of it.
    pub transmission: fn(&mut Transmission),
    pub import: fn(&mut Import),
    /// Leaves of the record after the decisions.
    pub record_leaves: Leaves,
    pub tables: fn(&mut Files),
    /// Tables after they were announced.
    pub tables_after: fn(&mut Files),
    pub announcement: fn(&mut Announcement),
    /// Leaves after the announcement of these results.
    pub after_announcement: fn(&mut Vec<Vec<u8>>, Digest, Digest),
    /// The tables of the docket and of the registers, before they are described.
    pub docket: fn(&mut Files),
    /// Files of `election/`, `results/` and `stations/`, before they are described.
    pub documents: fn(&mut Files),
    /// All files but the logs, before the manifest.
    pub files: fn(&mut Files),
    /// The manifest, before the publication leaf.
    pub manifest: fn(String) -> String,
    pub last: fn(&mut Vec<Vec<u8>>, Digest),
    pub cosigners: usize,
}

impl Default for Recipe {
    fn default() -> Self {
        Recipe {
            toml: |toml| toml,
            definition: |_| {},
            policy: |_| {},
            after_freeze: |_| {},
            counts: |index| [[6, 3, 1, 1], [2, 1, 0, 0]][index],
            results: |_| {},
            zero: |_| {},
            records: |_| {},
            images: |index| [("data/000001-front.png".to_owned(), vec![index as u8])].into(),
            shown: |_, _| false,
            slip: |_| {},
            label_key: |i| &KEYS.devices[i],
            statement_key: |i| &KEYS.devices[i],
            statement: |_| {},
            intake_key: || &KEYS.intake,
            intake_leaves: |_| {},
            close: |_| {},
            reported: None,
            transmission: |_| {},
            import: |_| {},
            record_leaves: |_, _| {},
            tables: |_| {},
            tables_after: |_| {},
            announcement: |_| {},
            after_announcement: |_, _, _| {},
            docket: |_| {},
            documents: |_| {},
            files: |_| {},
            manifest: |text| text,
            last: |_, _| {},
            cosigners: 2,
        }
    }
}
