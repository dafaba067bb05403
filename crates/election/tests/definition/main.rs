//! Definitions as files: the examples, each rule broken once, hostile folders, folders on disk.

mod common;
mod examples;
mod folder;
mod hostile;
mod large;
mod problems;
