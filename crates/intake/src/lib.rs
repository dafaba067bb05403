//! The receiving service and the relay that sends to it.
mod blobs;
pub mod certificates;
mod config;
mod database;
mod durable;
mod error;
mod statements;
mod tls;
pub use config::*;
pub use error::*;
pub use blobs::ChunkList;
pub use statements::*;
pub use tls::Transport;
