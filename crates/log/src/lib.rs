//! The Merkle log in the formats of C2SP: tiles, checkpoints, proofs,
//! cosignatures and witness policy. It does not know what a leaf means.
//!
//! | here | format |
//! | --- | --- |
//! | [`tiles`] | <https://c2sp.org/tlog-tiles> |
//! | [`note`] | <https://c2sp.org/signed-note> |
//! | [`checkpoint`] | <https://c2sp.org/tlog-checkpoint> |
//! | [`proof`] | <https://c2sp.org/tlog-proof> |
//! | [`witness`] | <https://c2sp.org/tlog-witness>, <https://c2sp.org/tlog-cosignature> |
//! | [`policy`] | <https://c2sp.org/tlog-policy> |

pub mod checkpoint;
pub mod log;
pub mod merkle;
pub mod note;
pub mod objects;
pub mod policy;
pub mod proof;
pub mod reader;
pub mod store;
pub mod tiles;
pub mod witness;

pub use checkpoint::Checkpoint;
pub use log::{Log, LogError};
pub use merkle::Hash;
pub use note::{Note, NoteKey};
pub use objects::{Condition, ObjectError, ObjectStore, Objects, Tag};
pub use policy::{Policy, Quorum};
pub use reader::{LogProblem, What, own_files, read_static};
pub use store::{Exclusive, FolderStore, MemoryStore, Store, StoreError};
pub use witness::Witness;
