//! The receiving service and the relay that sends to it.
//!
//! The intake stores what it cannot read: it links no code that decrypts. It checks each label against the
//! key lists of the frozen election, takes the sealed files in pieces, and when they are durably stored enters
//! the label and a signed receipt in its Merkle log. What it says and refuses is in that log, too.
//!
//! # The API
//!
//! HTTP/1.1 over TLS 1.3, with a certificate on both sides. Hashes are SHA-256, 64 lower-case hex digits in
//! addresses, `sha256:` and the digits in JSON.
//!
//! | request | body | answer |
//! | --- | --- | --- |
//! | `PUT /v1/labels/{STATION-DEVICE-GENERATION.label.json}` | the label's bytes | [`PackageStatus`]: what is missing |
//! | `PUT /v1/files/{sha256}/chunks` | [`ChunkList`]: length, and the hash of each 1 MiB | [`FileStatus`] |
//! | `PUT /v1/chunks/{sha256}` | the chunk, 1 MiB at most | 204 |
//! | `GET /v1/files/{sha256}` | | [`FileStatus`] |
//! | `GET /v1/receipts/{label's sha256}` | | the signed [`Receipt`], DSSE |
//!
//! Label first, then the results, then the images. Everything can be repeated: what is here already is not
//! taken twice, and a receipt is the same bytes whenever it is asked for. A request that is refused is answered
//! with [`Problem`]: `{"code","what","next"}`; [`Refused`] lists the codes.
//!
//! # The log
//!
//! `ELECTION/intake`, C2SP tlog-tiles, in `FOLDER/log`, or in an S3 bucket where `[store]` names one. Its leaves are DSSE envelopes: `label` (the device's own
//! bytes), `receipt`, `refusal` and, last of all, `close`. A label enters when its package is complete, followed by
//! its receipt; the two, and the alarm where the label contradicts an earlier one, are one append. SQLite holds
//! only what is not evidence: labels that wait for their files, and the transmission report.

mod blobs;
pub mod certificates;
mod client;
mod config;
mod connect;
mod control;
mod database;
mod error;
pub mod export;
mod http;
mod memory;
pub mod relay;
pub mod report;
mod roll;
mod s3;
mod sequencer;
mod server;
mod service;
mod state;
mod statements;
mod store;
#[cfg(test)]
mod tests;
mod tls;
mod witnessed;
mod witnesses;

pub use blobs::ChunkList;
pub use config::{Config, Limits, RotatedConfig, StoreConfig, TlsConfig, WitnessConfig};
pub use control::{
    Stop, asked_to_end, close, close_blocking, export_blocking, send_blocking, serve, serve_blocking, stop,
};
pub use error::{Error, Refused};
pub use export::Exported;
pub use http::Problem;
pub use roll::Roll;
pub use server::Server;
pub use service::Lines;
pub use state::{FileStatus, PackageStatus};
pub use statements::{
    CLOSE, Close, EQUIVOCATION, LABEL, Position, RECEIPT, REFUSAL, Receipt, Refusal, TRANSMISSION, Transmission,
};
pub use tls::Transport;
pub use witnessed::{cosigned, request};
