//! What goes wrong: [`Error`] stops a command, [`Refused`] answers a request.

use std::path::PathBuf;

use election::Coded;

/// What stops the service or one of its commands.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The configuration, or a file that it names, cannot be used.
    #[error("{}: {what}", file.display())]
    Config {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// Certificates or keys that TLS refuses.
    #[error("TLS: {0}")]
    Tls(#[from] rustls::Error),
    /// Making certificates failed.
    #[error("certificate: {0}")]
    Certificate(#[from] rcgen::Error),
    /// A disk refused to read or write.
    #[error("{what}: {source}")]
    Storage {
        /// What was being done.
        what: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The address cannot be listened on: another program has the port, or it is not this machine's.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// Address and port.
        address: std::net::SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// An export is to be written where something else is.
    #[error("nothing is exported to {}: {what}", folder.display())]
    Target {
        /// The folder.
        folder: PathBuf,
        /// What is there.
        what: &'static str,
    },
    /// The disk did not confirm what was written; nothing is known about what it holds.
    #[error("the disk did not confirm {what}: {source}")]
    Unconfirmed {
        /// What was to be confirmed.
        what: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The database refused.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// SQLite is older than the version without a corruption bug in its write-ahead log.
    #[error("SQLite {0} is older than 3.51.3")]
    SqliteTooOld(String),
    /// SQLite cannot be set so that a commit is on the disk.
    #[error("SQLite does not commit durably here: {0}, where journal_mode=wal, synchronous=2 are needed")]
    SqliteSettings(String),
    /// The Merkle log refused.
    #[error("log: {0}")]
    Log(String),
    /// The store of the log is another writer's now, does not answer, or is not what it should be.
    #[error(transparent)]
    LogStore(log::StoreError),
    /// The store of the configuration cannot be used.
    #[error("the store of the log: {0}")]
    Store(String),
    /// The log does not continue the checkpoint that was seen last (LG3).
    #[error("{place}: {error}")]
    Rollback {
        /// Who remembers it: a file, or a witness.
        place: String,
        /// In what it differs.
        error: log::LogError,
    },
    /// A cosignature that does not hold for the log as it stands.
    #[error("the cosignature: {0}")]
    Cosignature(String),
    /// A witness of the configuration cannot be asked.
    #[error("the witness '{name}': {what}")]
    Witness {
        /// Its name in the configuration.
        name: String,
        /// What is wrong with it.
        what: String,
    },
    /// A leaf of the intake's own log cannot be read.
    #[error("leaf {index} of the intake log: {what}")]
    Leaf {
        /// Its index.
        index: u64,
        /// What is wrong with it.
        what: String,
    },
    /// Signing failed.
    #[error("signing: {0}")]
    Sign(String),
    /// The election's definition or key lists cannot be used.
    #[error("election: {0}")]
    Election(String),
    /// A running service holds the folder.
    #[error("{} is held by a running service", .0.display())]
    Running(PathBuf),
    /// The service stopped because storage failed under it.
    #[error("the service stopped: {0}")]
    Stopped(String),
}

impl Error {
    /// What the disk said, without the paths of this machine: for a relay.
    pub(crate) fn reason(&self) -> String {
        match self {
            Error::Storage { source, .. } | Error::Unconfirmed { source, .. } => source.to_string(),
            other => other.to_string(),
        }
    }

    /// For `map_err` on input and output.
    pub(crate) fn storage(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Error {
        let what = what.into();
        move |source| Error::Storage { what, source }
    }
}

impl From<durable::Failed> for Error {
    fn from(failed: durable::Failed) -> Self {
        match failed {
            durable::Failed::Refused { path, source } => {
                Error::Storage { what: format!("writing {}", path.display()), source }
            }
            durable::Failed::Unconfirmed { path, source } => {
                Error::Unconfirmed { what: path.display().to_string(), source }
            }
        }
    }
}

impl Coded for Error {
    fn code(&self) -> &'static str {
        match self {
            Error::Config { .. } => "intake.config",
            Error::Tls(_) | Error::Certificate(_) => "intake.tls",
            Error::Storage { .. } => "intake.storage",
            Error::Listen { .. } => "intake.listen",
            Error::Target { .. } => "intake.target",
            Error::Unconfirmed { .. } => "intake.unconfirmed",
            Error::Database(_) => "intake.database",
            Error::SqliteTooOld(_) | Error::SqliteSettings(_) => "intake.sqlite",
            Error::Log(_) => "intake.log",
            Error::LogStore(error) => error.code(),
            Error::Store(_) => "intake.store",
            Error::Rollback { .. } => "intake.rollback",
            Error::Cosignature(_) => "intake.cosignature",
            Error::Witness { .. } => "intake.witness",
            Error::Leaf { .. } => "intake.leaf",
            Error::Sign(_) => "intake.sign",
            Error::Election(_) => "intake.election-folder",
            Error::Running(_) => "intake.running",
            Error::Stopped(_) => "intake.stopped",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            Error::Witness { .. } => "correct [[witness]] in the configuration, or the key list before the freeze",
            Error::Config { .. } => "correct the file; `sanad intake new` writes one with every setting",
            Error::Tls(_) | Error::Certificate(_) => "make new certificates with `sanad key tls`",
            Error::Listen { .. } => "end the program that has the port, or write another address in the configuration",
            Error::Target { .. } => {
                "name an empty folder, one that is not there yet, or the folder of an earlier export"
            }
            Error::Storage { .. } | Error::Unconfirmed { .. } => {
                "check the disk; nothing without a receipt counts as stored"
            }
            Error::Database(_) => "check the disk and the folder's owner; the log is not affected",
            Error::SqliteTooOld(_) => "build with the bundled SQLite",
            Error::SqliteSettings(_) => "put the folder on a local disk (ext4, xfs), not on a network share",
            Error::Log(_) | Error::Leaf { .. } => {
                "keep a copy of the folder and compare it with a witness's checkpoint"
            }
            Error::LogStore(error) => error.next(),
            Error::Store(_) => "correct [store] in the configuration; `sanad intake new` writes one with every setting",
            Error::Rollback { .. } => {
                "bring back the newest copy of the folder; a log that goes back would give out a second history"
            }
            Error::Cosignature(_) => {
                "write the request anew and have it cosigned: the line is of another state of the log, or no line of a witness"
            }
            Error::Sign(_) => "check the intake's keys",
            Error::Election(_) => "run `sanad election check` on the folder",
            Error::Running(_) => "stop the service first",
            Error::Stopped(_) => "check the disk, then start the service again; relays resume by themselves",
        }
    }
}

/// Why a request is refused. The answer's body is `{"code","what","next"}`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The body is not what the format says.
    #[error("the body cannot be read: {0}")]
    Malformed(String),
    /// A name in the address breaks the grammar, or is not the label's own.
    #[error("the name is refused: {0}")]
    Name(String),
    /// The device is not in the key list.
    #[error("device {0} is not listed for this election")]
    Device(String),
    /// The device is listed for another station.
    #[error("device {device} is not listed for station {station}")]
    Station {
        /// The device.
        device: String,
        /// The station that the label claims.
        station: String,
    },
    /// The label is not signed by the listed key of its device.
    #[error("the label's signature is not by the listed key of device {0}")]
    Signature(String),
    /// Another election.
    #[error("the label is of election {0}")]
    Election(String),
    /// Another round.
    #[error("the label is of round {0}")]
    Round(u8),
    /// Another mode.
    #[error("the label is of mode {0}")]
    Mode(&'static str),
    /// The intake is closed.
    #[error("the intake is closed")]
    Closed,
    /// The bytes do not have the hash they are named by.
    #[error("the bytes hash to {0}")]
    Digest(String),
    /// The chunk list contradicts itself or the label.
    #[error("the chunk list is refused: {0}")]
    Chunks(String),
    /// Nobody announced this chunk.
    #[error("no announced file has this chunk")]
    Unasked,
    /// All chunks are there, and they are not the file that the label names.
    #[error("the chunks together hash to {0}, which is not the file that the label names")]
    Mixed(String),
    /// Images were announced before the results were complete.
    #[error("the results of this package are not complete yet")]
    Order,
    /// A body or file is larger than the limits allow.
    #[error("larger than the limit of {0} bytes")]
    Size(u64),
    /// The quota is used up.
    #[error("the quota is used up: {0}")]
    Quota(&'static str),
    /// Nothing of that name is known here.
    #[error("nothing of that name is known here")]
    Unknown,
    /// The package is not complete, so there is no receipt.
    #[error("the package is not complete, so there is no receipt")]
    Incomplete,
    /// A content encoding.
    #[error("encoded bodies are not taken")]
    Encoding,
    /// The body came too slowly.
    #[error("the body did not arrive in time")]
    Slow,
    /// Storage failed; nothing was acknowledged.
    #[error("nothing was stored: {0}")]
    Storage(String),
}

impl Refused {
    /// The HTTP status it is answered with.
    pub fn status(&self) -> u16 {
        match self {
            Refused::Malformed(_) | Refused::Name(_) => 400,
            Refused::Device(_)
            | Refused::Station { .. }
            | Refused::Signature(_)
            | Refused::Election(_)
            | Refused::Round(_)
            | Refused::Mode(_)
            | Refused::Closed => 403,
            Refused::Unknown => 404,
            Refused::Slow => 408,
            Refused::Unasked | Refused::Order | Refused::Incomplete => 409,
            Refused::Size(_) => 413,
            Refused::Encoding => 415,
            Refused::Digest(_) | Refused::Chunks(_) | Refused::Mixed(_) => 422,
            Refused::Quota(_) => 429,
            Refused::Storage(_) => 503,
        }
    }

    /// Is a refusal for this reason entered in the log? Those that concern what a label claims are.
    pub(crate) fn is_entered(&self) -> bool {
        self.status() == 403 || matches!(self, Refused::Name(_) | Refused::Mixed(_))
    }
}

impl Coded for Refused {
    fn code(&self) -> &'static str {
        match self {
            Refused::Malformed(_) => "intake.malformed",
            Refused::Name(_) => "intake.name",
            Refused::Device(_) => "intake.device",
            Refused::Station { .. } => "intake.station",
            Refused::Signature(_) => "intake.signature",
            Refused::Election(_) => "intake.election",
            Refused::Round(_) => "intake.round",
            Refused::Mode(_) => "intake.mode",
            Refused::Closed => "intake.closed",
            Refused::Digest(_) => "intake.digest",
            Refused::Chunks(_) => "intake.chunks",
            Refused::Unasked => "intake.unasked",
            Refused::Mixed(_) => "intake.mixed",
            Refused::Order => "intake.order",
            Refused::Size(_) => "intake.size",
            Refused::Quota(_) => "intake.quota",
            Refused::Unknown => "intake.unknown",
            Refused::Incomplete => "intake.incomplete",
            Refused::Encoding => "intake.encoding",
            Refused::Slow => "intake.slow",
            Refused::Storage(_) => "intake.storage",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            Refused::Malformed(_) | Refused::Encoding => "send what the API's documentation says, unencoded",
            Refused::Name(_) => "use the names in the label, as the station wrote them",
            Refused::Device(_) | Refused::Station { .. } => {
                "keep the files; the commission decides on a package of an unlisted device"
            }
            Refused::Signature(_) => "copy the label from the station's medium again",
            Refused::Election(_) | Refused::Round(_) | Refused::Mode(_) => {
                "send it to the intake of the election, round and mode that the label names"
            }
            Refused::Closed => "bring the memory stick; the centre decides on late packages",
            Refused::Digest(_) | Refused::Mixed(_) => "copy the file from the station's medium again and resend it",
            Refused::Chunks(_) => "list the SHA-256 of every 1 MiB chunk of the file, in order",
            Refused::Unasked => "send the file's chunk list first",
            Refused::Order => "send the results first",
            Refused::Size(_) | Refused::Quota(_) => "ask the commission to raise the limit",
            Refused::Unknown => "send the label first",
            Refused::Incomplete => "send the chunks that are missing",
            Refused::Slow => "try again; what has arrived is kept",
            Refused::Storage(_) => "try again later; keep the files",
        }
    }
}
