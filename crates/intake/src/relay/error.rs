//! Why a package was not sent.

use std::path::PathBuf;

use election::Coded;

use crate::Error;

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
    pub(crate) fn slow() -> Self {
        RelayError::Cut(std::io::Error::new(std::io::ErrorKind::TimedOut, "no answer in time"))
    }

    /// May it go better the next time?
    pub(super) fn is_passing(&self) -> bool {
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
