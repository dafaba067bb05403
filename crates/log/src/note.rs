//! Signed notes (C2SP signed-note) with Ed25519.

use election::Coded;
use sign::{PublicKey, SignError, Signer};

/// What a signature line is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoteAlgorithm {
    /// Ed25519 over the text of the note (type 0x01).
    Ed25519,
    /// A timestamped cosignature/v1 (type 0x04).
    CosignatureV1,
}

/// A name and key, as verifier key text `NAME+ID+KEY`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NoteKey {
    /// The name: an origin, or a witness's name.
    pub name: String,
    /// What it signs with.
    pub algorithm: NoteAlgorithm,
    /// The Ed25519 key.
    pub key: PublicKey,
}

/// One signature line, `— NAME BASE64`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NoteSignature {
    /// The name.
    pub name: String,
    /// The key's short id (the first four bytes of its hash).
    pub id: u32,
    /// The signature; with a leading timestamp of eight bytes in cosignatures.
    pub signature: Vec<u8>,
}

/// A text and signature lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The text that is signed, with its last line end.
    pub text: String,
    /// The signature lines, in the order of the note.
    pub signatures: Vec<NoteSignature>,
}

/// A note that is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Not a signed note.
    #[error("not a signed note")]
    Form,
    /// A name with spaces or `+`, or an empty one.
    #[error("not a name or verifier key of a note")]
    Name,
    /// A signature by the key is missing.
    #[error("the note is not signed by {0}")]
    Unsigned(String),
    /// A signature does not hold.
    #[error("the signature of {0} on the note is not valid")]
    Signature(String),
    /// The key refused to sign.
    #[error(transparent)]
    Sign(#[from] SignError),
}

impl Coded for NoteError {
    fn code(&self) -> &'static str {
        match self {
            NoteError::Form => "note.form",
            NoteError::Name => "note.name",
            NoteError::Unsigned(_) => "note.unsigned",
            NoteError::Signature(_) => "note.signature",
            NoteError::Sign(error) => error.code(),
        }
    }

    fn next(&self) -> &'static str {
        match self {
            NoteError::Name => "Write the key as NAME+ID+KEY, as `sanad witness init` prints it.",
            NoteError::Sign(error) => error.next(),
            _ => "Keep the file as evidence and get the note again from the log.",
        }
    }
}

impl NoteKey {
    /// A key under a name.
    ///
    /// # Errors
    /// [`NoteError::Name`] for a name the format cannot hold, or a key that is not Ed25519.
    pub fn new(_name: &str, _algorithm: NoteAlgorithm, _key: PublicKey) -> Result<Self, NoteError> {
        unimplemented!()
    }

    /// The short id: the first four bytes of SHA-256 of name, line end, type and key.
    pub fn id(&self) -> u32 {
        unimplemented!()
    }

    /// Does `signature` hold on `text`? For a cosignature the time (POSIX seconds) is returned.
    ///
    /// # Errors
    /// [`NoteError::Signature`].
    pub fn verify(&self, _text: &str, _signature: &NoteSignature) -> Result<Option<u64>, NoteError> {
        unimplemented!()
    }
}

impl std::fmt::Display for NoteKey {
    fn fmt(&self, _f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        unimplemented!()
    }
}

impl std::str::FromStr for NoteKey {
    type Err = NoteError;

    fn from_str(_text: &str) -> Result<Self, NoteError> {
        unimplemented!()
    }
}

impl Note {
    /// Reads a note.
    ///
    /// # Errors
    /// [`NoteError::Form`].
    pub fn parse(_bytes: &[u8]) -> Result<Self, NoteError> {
        unimplemented!()
    }

    /// The note as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        unimplemented!()
    }

    /// Adds a plain signature under `name`.
    ///
    /// # Errors
    /// [`NoteError::Name`], [`NoteError::Sign`].
    pub fn sign(&mut self, _name: &str, _signer: &dyn Signer) -> Result<(), NoteError> {
        unimplemented!()
    }

    /// Checks that `key` has signed; the time for a cosignature.
    ///
    /// # Errors
    /// [`NoteError::Unsigned`], [`NoteError::Signature`].
    pub fn verify(&self, _key: &NoteKey) -> Result<Option<u64>, NoteError> {
        unimplemented!()
    }
}
