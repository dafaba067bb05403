//! Why there is no cosignature.

use std::path::PathBuf;

use election::Coded;
use log::note::NoteError;
use log::witness::WitnessError;
use sign::KeyError;

/// What a witness refuses, and what goes wrong in its folder.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The witness refuses: not a request, another history, a proof that does not hold.
    #[error(transparent)]
    Refused(#[from] WitnessError),
    /// A log that it does not watch.
    #[error("this witness does not watch the log '{0}'")]
    UnknownLog(String),
    /// No witness was made in this folder.
    #[error("there is no witness in this folder")]
    Absent,
    /// A witness is there already.
    #[error("there is a witness here")]
    Exists,
    /// A rotation is taken up in a folder that it did not begin: of another witness, or of the key that gives way.
    #[error("the key in this folder is not one that takes the place of that of '{0}'")]
    NoSuccessor(String),
    /// Its own files cannot be read as what they are.
    #[error("{}: {error}", path.display())]
    Memory {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        error: NoteError,
    },
    /// Its key cannot be read.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The disk refused, or did not confirm.
    #[error("{}: {error}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {error}")]
    Listen {
        /// Address and port.
        address: std::net::SocketAddr,
        /// What the system said.
        error: std::io::Error,
    },
    /// The runtime failed under the service.
    #[error("the service stopped: {0}")]
    Stopped(String),
}

impl Error {
    /// The status of tlog-witness that answers a request for an old size of `old`.
    pub(crate) fn status(&self, old: u64) -> u16 {
        match self {
            Error::Refused(WitnessError::Form | WitnessError::Note(NoteError::Form)) => 400,
            Error::Refused(WitnessError::Note(_)) => 403,
            // A size that was never asked rightly: larger than the tree that is shown.
            Error::Refused(WitnessError::Rollback { size, .. }) if old > *size => 400,
            Error::Refused(WitnessError::OldSize { .. } | WitnessError::Rollback { .. } | WitnessError::Fork(_)) => 409,
            Error::Refused(WitnessError::Proof) => 422,
            Error::UnknownLog(_) => 404,
            _ => 500,
        }
    }
}

impl From<NoteError> for Error {
    fn from(error: NoteError) -> Self {
        Error::Refused(error.into())
    }
}

impl From<durable::Failed> for Error {
    fn from(failed: durable::Failed) -> Self {
        let (durable::Failed::Refused { path, source } | durable::Failed::Unconfirmed { path, source }) = failed;
        Error::File { path, error: source }
    }
}

impl Coded for Error {
    fn code(&self) -> &'static str {
        match self {
            Error::Refused(error) => error.code(),
            Error::UnknownLog(_) => "witness.unknown_log",
            Error::Absent => "witness.absent",
            Error::Exists => "witness.exists",
            Error::NoSuccessor(_) => "witness.no_successor",
            Error::Memory { error, .. } => error.code(),
            Error::Key(error) => error.code(),
            Error::File { .. } => "witness.file",
            Error::Listen { .. } => "witness.listen",
            Error::Stopped(_) => "witness.stopped",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            Error::Refused(error) => error.next(),
            Error::UnknownLog(_) => "add the logs with `sanad witness watch`",
            Error::Absent => "name the folder that `sanad witness init` made",
            Error::Exists => "name another folder",
            Error::NoSuccessor(_) => "name with --dir the folder that the rotation began",
            Error::Memory { error, .. } => error.next(),
            Error::Key(error) => error.next(),
            Error::File { .. } => "check the disk, then run the same command again",
            Error::Listen { .. } => "end the program that has the port, or write another address",
            Error::Stopped(_) => "start the service again; what it has cosigned it remembers",
        }
    }
}
