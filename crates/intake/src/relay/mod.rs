//! The relay: carries sealed packages to the receiving service, and brings back signed receipts.
//!
//! It can be stopped at any moment and started again: it asks what is missing and sends that. A receipt
//! counts only if a listed intake key signed it for these very files; it is kept beside the package as
//! `STATION-DEVICE-GENERATION.receipt.json`.

mod carried;
mod error;

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Bytes;
use axum::http::Method;
use election::{Coded, Digest};
use package::Part;
use sign::PublicKey;

pub(crate) use self::carried::Carried;
pub use self::error::RelayError;
use crate::blobs::CHUNK;
use crate::client::Client;
use crate::http::escaped;
use crate::state::{FileStatus, PackageStatus};
use crate::statements::{Receipt, now};
use crate::{ChunkList, Error, tls};

/// Where to send, as whom, and whose receipts count.
#[derive(Clone, Debug)]
pub struct Options {
    /// `https://HOST:PORT`.
    pub to: String,
    /// The authority of the service's certificate, PEM; no other is believed.
    pub authority: PathBuf,
    /// The relay's certificate, PEM.
    pub certificate: PathBuf,
    /// Its private key, PEM.
    pub key: PathBuf,
    /// The listed keys of the intake.
    pub intake: Vec<PublicKey>,
    /// Attempts in a row without a single byte of progress, after which a package is given up.
    pub attempts: u32,
    /// The pause after the first of them; it doubles up to a minute.
    pub pause: Duration,
    /// How long a connection or an answer may take.
    pub timeout: Duration,
    /// A file to which every attempt and refusal is appended, one line of JSON each.
    pub journal: Option<PathBuf>,
}

impl Options {
    /// Options with eight attempts, a first pause of one second and a patience of two minutes.
    pub fn new(to: &str, authority: &Path, certificate: &Path, key: &Path, intake: Vec<PublicKey>) -> Self {
        Options {
            to: to.to_owned(),
            authority: authority.to_owned(),
            certificate: certificate.to_owned(),
            key: key.to_owned(),
            intake,
            attempts: 8,
            pause: Duration::from_secs(1),
            timeout: Duration::from_secs(120),
            journal: None,
        }
    }
}

/// How far a package has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// STATION-DEVICE-GENERATION.
    pub package: String,
    /// Bytes that the service has of it.
    pub done: u64,
    /// All its bytes.
    pub total: u64,
    /// The link is broken: why, and after which pause it is tried again.
    pub again: Option<(String, Duration)>,
}

/// A package that the service has, for which its receipt vouches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The receipt's file.
    pub receipt: PathBuf,
    /// What it says.
    pub says: Receipt,
    /// Bytes sent now; the rest was there before.
    pub bytes: u64,
}

/// What became of one package.
#[derive(Debug)]
pub struct Outcome {
    /// The label's file.
    pub label: PathBuf,
    /// The receipt, or why there is none.
    pub result: Result<Sent, RelayError>,
}

/// Sends every package whose label is among `files`, in their order. The sealed files are those of the names
/// in the label, among `files` or beside the label.
///
/// # Errors
/// [`RelayError::Own`] or [`RelayError::Url`] where nothing can be sent at all; the rest is in each [`Outcome`].
pub async fn send(
    options: &Options,
    files: &[PathBuf],
    mut progress: impl FnMut(Progress),
) -> Result<Vec<Outcome>, RelayError> {
    let mut relay = Relay::new(options)?;
    let mut outcomes = Vec::new();
    let is_label = |file: &PathBuf| file.to_string_lossy().ends_with(".label.json");
    // These are looked through for each label, and a nation has many labels.
    let (labels, others): (Vec<PathBuf>, Vec<PathBuf>) = files.iter().cloned().partition(is_label);
    for label in &labels {
        let result = match Carried::read(label, &others) {
            Ok(package) => relay.carry(&package, &mut progress).await,
            Err(error) => Err(error),
        };
        if let Err(error) = &result {
            options.note(label, error.code(), &error.to_string())?;
        }
        outcomes.push(Outcome { label: label.clone(), result });
    }
    Ok(outcomes)
}

impl Options {
    /// Appends a line to the journal.
    fn note(&self, label: &Path, code: &str, what: &str) -> Result<(), Error> {
        #[derive(serde::Serialize)]
        struct Line<'a> {
            time: String,
            to: &'a str,
            label: String,
            code: &'a str,
            what: String,
        }
        let Some(journal) = &self.journal else { return Ok(()) };
        let name = label.file_name().unwrap_or_default().to_string_lossy();
        let line =
            Line { time: now(), to: &self.to, label: escaped(&name), code, what: what.escape_default().to_string() };
        let mut line = serde_json::to_vec(&line).expect("strings only");
        line.push(b'\n');
        let file = File::options().create(true).append(true).open(journal);
        file.and_then(|mut f| f.write_all(&line)).map_err(Error::storage(format!("writing {}", journal.display())))
    }
}

pub(crate) struct Relay<'a> {
    options: &'a Options,
    tls: Arc<rustls::ClientConfig>,
    client: Option<Client>,
    /// Bytes of the package at hand that were sent now.
    sent: u64,
}

impl<'a> Relay<'a> {
    pub(crate) fn new(options: &'a Options) -> Result<Self, RelayError> {
        crate::client::host_and_port(&options.to)?;
        let tls = Arc::new(tls::client(&options.authority, &options.certificate, &options.key)?);
        Ok(Relay { options, tls, client: None, sent: 0 })
    }

    /// Sends a package, again and again while that may help.
    async fn carry(&mut self, package: &Carried, progress: &mut impl FnMut(Progress)) -> Result<Sent, RelayError> {
        let path = package.receipt_path();
        if let Ok(bytes) = std::fs::read(&path)
            && let Ok(says) = package.check(&bytes, &self.options.intake)
        {
            return Ok(Sent { receipt: path, says, bytes: 0 });
        }
        self.sent = 0;
        let mut failures = 0;
        loop {
            let before = self.sent;
            let error = match self.attempt(package, progress).await {
                Ok(bytes) => {
                    let says = package.check(&bytes, &self.options.intake)?;
                    durable::write(&path, &bytes).map_err(Error::from)?;
                    self.options.note(&package.label, "relay.sent", &format!("{} bytes", self.sent))?;
                    return Ok(Sent { receipt: path, says, bytes: self.sent });
                }
                Err(error) => error,
            };
            self.client = None;
            failures = if self.sent > before { 1 } else { failures + 1 };
            if !error.is_passing() || failures >= self.options.attempts.max(1) {
                return Err(error);
            }
            self.options.note(&package.label, "relay.attempt", &error.to_string())?;
            let pause = self.options.pause.saturating_mul(1 << (failures - 1).min(10)).min(Duration::from_secs(60));
            let (name, total) = (package.claim.name.to_string(), package.total());
            progress(Progress { package: name, done: 0, total, again: Some((error.to_string(), pause)) });
            tokio::time::sleep(pause).await;
        }
    }

    async fn client(&mut self) -> Result<&mut Client, RelayError> {
        if self.client.is_none() {
            let client = Client::connect(&self.options.to, self.tls.clone(), self.options.timeout).await?;
            self.client = Some(client);
        }
        Ok(self.client.as_mut().expect("made above"))
    }

    /// Label, results, images, receipt: one connection's try.
    pub(crate) async fn attempt(
        &mut self,
        package: &Carried,
        progress: &mut impl FnMut(Progress),
    ) -> Result<Bytes, RelayError> {
        let path = format!("/v1/labels/{}", package.claim.name.of(Part::Label));
        let status: PackageStatus = self.client().await?.ask(Method::PUT, &path, package.envelope.clone()).await?;
        let total = package.total();
        let stem = package.claim.name.to_string();
        let mut before = 0;
        for ((file, sha256, list), status) in package.files.iter().zip(status.files) {
            self.send_file(file, sha256, list, status, &mut |done| {
                progress(Progress { package: stem.clone(), done: before + done, total, again: None });
            })
            .await?;
            before += list.bytes;
        }
        let path = format!("/v1/receipts/{}", package.digest.hex());
        self.client().await?.send(Method::GET, &path, Bytes::new()).await
    }

    /// Sends what is missing of one file, until it is whole over there.
    async fn send_file(
        &mut self,
        path: &Path,
        sha256: &Digest,
        list: &ChunkList,
        mut status: FileStatus,
        progress: &mut impl FnMut(u64),
    ) -> Result<(), RelayError> {
        let own = |e: std::io::Error| RelayError::File { file: path.to_owned(), what: e.to_string() };
        let mut file = File::open(path).map_err(own)?;
        let address = format!("/v1/files/{}", sha256.hex());
        // Whoever knows a label can send a list for its files; only the true one brings them whole.
        let is_of_another = |status: &FileStatus| status.missing.iter().any(|chunk| !list.chunks.contains(chunk));
        let mut last = Instant::now();
        // A service that always wants something else is as good as none.
        while last.elapsed() < self.options.timeout {
            match status.state.as_str() {
                "whole" => {
                    progress(list.bytes);
                    return Ok(());
                }
                state if state == "named" || is_of_another(&status) => {
                    let body = serde_json::to_vec(list).expect("plain data").into();
                    status = self.client().await?.ask(Method::PUT, &format!("{address}/chunks"), body).await?;
                    continue;
                }
                "partial" => {}
                // Another relay's last chunk is being put in its place.
                _ => tokio::time::sleep(Duration::from_millis(20)).await,
            }
            for (index, chunk) in (0..).zip(&list.chunks) {
                if status.missing.binary_search(chunk).is_err() {
                    continue;
                }
                let mut bytes = Vec::with_capacity(CHUNK as usize);
                file.seek(SeekFrom::Start(index * CHUNK)).map_err(own)?;
                (&mut file).take(CHUNK).read_to_end(&mut bytes).map_err(own)?;
                let length = bytes.len() as u64;
                let path = format!("/v1/chunks/{}", chunk.hex());
                match self.client().await?.send(Method::PUT, &path, bytes.into()).await {
                    Ok(_) => (self.sent, last) = (self.sent + length, Instant::now()),
                    // Another relay was faster.
                    Err(RelayError::Refused { status: 409, .. }) => break,
                    Err(error) => return Err(error),
                }
                progress((index * CHUNK + length).min(list.bytes));
            }
            status = self.client().await?.ask(Method::GET, &address, Bytes::new()).await?;
        }
        Err(RelayError::slow())
    }
}
