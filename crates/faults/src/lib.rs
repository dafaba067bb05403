//! For tests only: a disk that loses power, tears writes, fills up and fails.
//!
//! Killing a process cannot show a missing fsync, because the kernel's page cache survives it. This disk lies in
//! memory, is mounted with FUSE, and forgets at a loss of power what was not synced: a file's bytes without its
//! fsync, a name without its folder's. What of that is kept, torn or dropped is drawn from a seed. Whatever the
//! real programs do on it goes through the real kernel: their own file layer, SQLite's, and its shared memory.
//!
//! ```no_run
//! use sanad_faults::{Disk, Faults, Mounted};
//!
//! let mut mounted = Mounted::new(Disk::new(17));
//! mounted.disk().set(Faults { power_loss_at: Some(3), ..Faults::default() });
//! // ... a program writes under mounted.path() until the disk fails it ...
//! mounted.power_cycle();
//! // ... and finds what the disk has kept.
//! ```

mod disk;
mod file;
mod mount;
mod random;
pub mod rounds;
mod tree;

pub use disk::{Counts, Disk, Faults};
pub use mount::Mounted;
pub use random::Random;
