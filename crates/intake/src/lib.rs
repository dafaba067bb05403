//! The receiving service and the relay that sends to it.

mod blobs;
pub mod certificates;
mod client;
mod config;
mod control;
mod database;
mod durable;
mod error;
pub mod export;
mod http;
pub mod relay;
pub mod report;
mod roll;
mod sequencer;
mod server;
mod service;
mod state;
mod statements;
#[cfg(test)]
mod tests;
mod tls;

pub use blobs::ChunkList;
pub use config::{Config, Limits, TlsConfig};
pub use control::{
    Stop, asked_to_end, close, close_blocking, export_blocking, send_blocking, serve, serve_blocking, stop,
};
pub use error::{Error, Refused};
pub use http::Problem;
pub use roll::Roll;
pub use server::Server;
pub use service::Lines;
pub use state::{FileStatus, PackageStatus};
pub use statements::{CLOSE, Close, EQUIVOCATION, LABEL, RECEIPT, REFUSAL, Receipt, Refusal};
pub use tls::Transport;
