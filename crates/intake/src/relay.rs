//! The relay: carries sealed packages to the receiving service, and brings back signed receipts.
//!
//! It can be stopped at any moment and started again: it asks what is missing and sends that. A receipt
//! counts only if a listed intake key signed it for these very files; it is kept beside the package as
//! `STATION-DEVICE-GENERATION.receipt.json`.

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
use sign::dsse::Envelope;

use crate::blobs::CHUNK;
use crate::client::Client;
use crate::http::escaped;
use crate::roll::Claim;
use crate::state::{FileStatus, PackageStatus};
use crate::statements::{RECEIPT, Receipt, now};
use crate::{ChunkList, Error, durable, tls};

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

/// Why a package was not sent.
#[derive(Debug, thiserror::Error)]
pub enum RelayError {
    /// Not an address to send to.
    #[error("'{0}' is not https://HOST:PORT")]
    Url(String),
    /// Certificates, keys or files of this machine.
    #[error(transparent)]
    Own(#[from] Error),
    /// The label cannot be read.
    #[error("{}: {what}", file.display())]
    Label {
        /// The label's file.
        file: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// A file of the package is not there, or is not what the label names.
    #[error("{}: {what}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// The server shows a certificate of another authority, or an old protocol.
    #[error("the server is not the one that was expected: {0}")]
    Server(String),
    /// The connection failed.
    #[error("the connection failed: {0}")]
    Cut(std::io::Error),
    /// The service refused.
    #[error("refused: {code}: {what}")]
    Refused {
        /// The status of HTTP.
        status: u16,
        /// The reason code.
        code: String,
        /// The sentence.
        what: String,
    },
    /// The service answered something else than its API says.
    #[error("the answer cannot be read: {0}")]
    Answer(String),
    /// The receipt is by a key that is not listed.
    #[error("the receipt is not signed by a listed intake key: {0}")]
    Receiver(String),
    /// The receipt is for something else.
    #[error("the receipt is not for this package: {0}")]
    Receipt(String),
}

impl RelayError {
    pub(crate) fn http(error: hyper::Error) -> Self {
        RelayError::Cut(std::io::Error::other(error))
    }

    pub(crate) fn slow() -> Self {
        RelayError::Cut(std::io::Error::new(std::io::ErrorKind::TimedOut, "no answer in time"))
    }

    /// May it go better the next time?
    fn is_passing(&self) -> bool {
        match self {
            RelayError::Cut(_) => true,
            RelayError::Refused { status, code, .. } => matches!(status, 408 | 409 | 500..) || code == "intake.unknown",
            _ => false,
        }
    }
}

impl Coded for RelayError {
    fn code(&self) -> &'static str {
        match self {
            RelayError::Url(_) => "relay.url",
            RelayError::Own(error) => error.code(),
            RelayError::Label { .. } => "relay.label",
            RelayError::File { .. } => "relay.file",
            RelayError::Server(_) => "relay.server",
            RelayError::Cut(_) => "relay.cut",
            RelayError::Refused { .. } => "relay.refused",
            RelayError::Answer(_) => "relay.answer",
            RelayError::Receiver(_) => "relay.receiver",
            RelayError::Receipt(_) => "relay.receipt",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            RelayError::Url(_) => "give the address that the commission announced",
            RelayError::Own(error) => error.next(),
            RelayError::Label { .. } | RelayError::File { .. } => {
                "copy the three files from the station's medium again"
            }
            RelayError::Server(_) => "do not send; report it to the commission, someone may be in between",
            RelayError::Cut(_) => "run the same command again when there is a link; it goes on where it stopped",
            RelayError::Refused { .. } => "report the code to the commission and keep the files",
            RelayError::Answer(_) | RelayError::Receiver(_) | RelayError::Receipt(_) => {
                "this is not the commission's intake: keep the medium and report it"
            }
        }
    }
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
    for label in files.iter().filter(|f| f.to_string_lossy().ends_with(".label.json")) {
        let result = match Carried::read(label, files) {
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

/// A package on this machine, checked against its label.
pub(crate) struct Carried {
    label: PathBuf,
    envelope: Bytes,
    digest: Digest,
    claim: Claim,
    files: Vec<(PathBuf, Digest, ChunkList)>,
}

impl Carried {
    pub(crate) fn read(label: &Path, files: &[PathBuf]) -> Result<Self, RelayError> {
        let refused = |what: String| RelayError::Label { file: label.to_owned(), what };
        let mut envelope = Vec::new();
        let opened = File::open(label).and_then(|f| f.take(1 << 16).read_to_end(&mut envelope));
        opened.map_err(|e| refused(e.to_string()))?;
        let (_, claim) = Claim::read(&envelope).map_err(|e| refused(e.to_string()))?;
        let digest = sign::sha256(&envelope);
        let mut carried =
            Carried { label: label.to_owned(), envelope: envelope.into(), digest, claim, files: Vec::new() };
        if label.file_name().is_none_or(|name| *name != *carried.claim.name.of(Part::Label)) {
            return Err(refused(format!("this label is {}", carried.claim.name.of(Part::Label))));
        }
        for (name, sha256) in
            [Part::Results, Part::Images].map(|part| carried.claim.name.of(part)).into_iter().zip(carried.claim.files)
        {
            let given = files.iter().find(|f| f.file_name().is_some_and(|n| *n == *name));
            let file = given.cloned().unwrap_or_else(|| label.with_file_name(&name));
            let refused = |what: String| RelayError::File { file: file.clone(), what };
            let (found, list) = ChunkList::of_file(&file).map_err(|e| refused(e.to_string()))?;
            if found != sha256 {
                return Err(refused(format!("its SHA-256 is {}, the label names {}", found.hex(), sha256.hex())));
            }
            carried.files.push((file, sha256, list));
        }
        Ok(carried)
    }

    fn total(&self) -> u64 {
        self.files.iter().map(|(_, _, list)| list.bytes).sum()
    }

    fn receipt_path(&self) -> PathBuf {
        self.label.with_file_name(format!("{}.receipt.json", self.claim.name))
    }

    /// Is this a receipt for this package, by a listed key?
    fn check(&self, bytes: &[u8], keys: &[PublicKey]) -> Result<Receipt, RelayError> {
        let unlisted = |e: sign::dsse::DsseError| RelayError::Receiver(e.to_string());
        let envelope = Envelope::parse(bytes).map_err(unlisted)?;
        envelope.verify(RECEIPT, &keys.iter().collect::<Vec<_>>()).map_err(unlisted)?;
        let receipt: Receipt = envelope.read().map_err(|e| RelayError::Receipt(e.to_string()))?;
        let [results, images] = self.claim.files;
        if receipt.scope != self.claim.scope {
            return Err(RelayError::Receipt("another election, round or mode".to_owned()));
        }
        if (receipt.label, receipt.results, receipt.images) != (self.digest, results, images) {
            return Err(RelayError::Receipt("other files".to_owned()));
        }
        Ok(receipt)
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
                    durable::write(&path, &bytes)?;
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
            let pause = self.options.pause.saturating_mul(1 << (failures - 1).min(10));
            tokio::time::sleep(pause.min(Duration::from_secs(60))).await;
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
                progress(Progress { package: stem.clone(), done: before + done, total });
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
        let mut last = Instant::now();
        // A service that always wants something else is as good as none.
        while last.elapsed() < self.options.timeout {
            match status.state.as_str() {
                "whole" => {
                    progress(list.bytes);
                    return Ok(());
                }
                "named" => {
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
