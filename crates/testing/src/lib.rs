//! A tiny election for tests: two offices, one contest of two lists, as many stations as asked for, keys made on the
//! spot, leaf 0 signed by its board, and packages that a real device has signed and sealed.
//!
//! Only tests and benchmarks use it. What cannot fail here panics, so that a test says where.

pub mod council;
mod folder;
pub mod intake;
pub mod kernel;
mod packages;
mod world;

pub use folder::{SOURCES, TOML, folder, id, tables};
pub use packages::{Count, ballots, put, results, seal, unseal};
pub use world::{AT, World, start_log};
