//! Signed notes (C2SP signed-note) with Ed25519.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use election::Coded;
use sign::{KeyKind, PublicKey, SignError, Signer};

/// What a signature line is of. C2SP's ML-DSA-44 (type 0x06) has its place here: notes and leaves have room for its lines
/// of 3.2 kB, and a key of that type is told from one that is none.
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
    /// A key of a type that C2SP has and this software does not, such as ML-DSA-44 (6).
    #[error("a verifier key of type {0} is not known to this version")]
    Algorithm(u8),
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
            NoteError::Algorithm(_) => "note.algorithm",
            NoteError::Unsigned(_) => "note.unsigned",
            NoteError::Signature(_) => "note.signature",
            NoteError::Sign(error) => error.code(),
        }
    }

    fn next(&self) -> &'static str {
        match self {
            NoteError::Name => "Write the key as NAME+ID+KEY, as `sanad witness init` prints it.",
            NoteError::Algorithm(_) => "Name an Ed25519 key of the witness, or use a later version of this software.",
            NoteError::Sign(error) => error.next(),
            _ => "Keep the file as evidence and get the note again from the log.",
        }
    }
}

/// Note limits: bytes and signature lines. C2SP asks for at least 16 lines.
const MOST_BYTES: usize = 65_535;
const MOST_SIGNATURES: usize = 64;

/// Names are not empty and hold no Unicode space, no `+` and no control character.
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.len() <= 200 && !name.chars().any(|c| c.is_whitespace() || c.is_control() || c == '+')
}

impl NoteAlgorithm {
    fn type_byte(self) -> u8 {
        match self {
            NoteAlgorithm::Ed25519 => 1,
            NoteAlgorithm::CosignatureV1 => 4,
        }
    }
}

impl NoteKey {
    /// A key under a name.
    ///
    /// # Errors
    /// [`NoteError::Name`] for a name the format cannot hold, or a key that is not Ed25519.
    pub fn new(name: &str, algorithm: NoteAlgorithm, key: PublicKey) -> Result<Self, NoteError> {
        if !is_name(name) || key.kind() != KeyKind::Ed25519 {
            return Err(NoteError::Name);
        }
        Ok(NoteKey { name: name.to_owned(), algorithm, key })
    }

    /// The short id: the first four bytes of SHA-256 of name, line end, type and key.
    pub fn id(&self) -> u32 {
        let hashed = [self.name.as_bytes(), b"\n", &[self.algorithm.type_byte()], self.key.raw()].concat();
        let [a, b, c, d, ..] = sign::sha256(&hashed).0;
        u32::from_be_bytes([a, b, c, d])
    }

    /// Is this line by this key, as far as name and short id tell?
    pub fn made(&self, signature: &NoteSignature) -> bool {
        signature.name == self.name && signature.id == self.id()
    }

    /// Does `signature` hold on `text`? For a cosignature the time (POSIX seconds) is returned.
    ///
    /// # Errors
    /// [`NoteError::Signature`].
    pub fn verify(&self, text: &str, signature: &NoteSignature) -> Result<Option<u64>, NoteError> {
        let refused = || NoteError::Signature(self.name.clone());
        if !self.made(signature) {
            return Err(refused());
        }
        let (time, signed, raw) = match self.algorithm {
            NoteAlgorithm::Ed25519 => (None, text.to_owned(), signature.signature.as_slice()),
            NoteAlgorithm::CosignatureV1 => {
                let (time, raw) = signature.signature.split_first_chunk::<8>().ok_or_else(refused)?;
                let time = u64::from_be_bytes(*time);
                (Some(time), cosigned_text(time, text), raw)
            }
        };
        self.key.verify_raw(signed.as_bytes(), raw).map_err(|_| refused())?;
        Ok(time)
    }

    /// A cosignature of `text` at `time` (POSIX seconds) under this key's name.
    ///
    /// # Errors
    /// [`NoteError::Name`] if `signer` is another key, [`NoteError::Sign`].
    pub fn cosign(&self, text: &str, time: u64, signer: &dyn Signer) -> Result<NoteSignature, NoteError> {
        if signer.public_key() != &self.key || self.algorithm != NoteAlgorithm::CosignatureV1 {
            return Err(NoteError::Name);
        }
        let raw = signer.sign_raw(cosigned_text(time, text).as_bytes())?;
        let signature = [&time.to_be_bytes()[..], &raw].concat();
        Ok(NoteSignature { name: self.name.clone(), id: self.id(), signature })
    }
}

/// What a cosignature/v1 signs (C2SP tlog-cosignature).
fn cosigned_text(time: u64, text: &str) -> String {
    format!("cosignature/v1\ntime {time}\n{text}")
}

/// The verifier key, `NAME+ID+BASE64(type ‖ key)`.
impl fmt::Display for NoteKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = STANDARD.encode([&[self.algorithm.type_byte()], self.key.raw()].concat());
        write!(f, "{}+{:08x}+{key}", self.name, self.id())
    }
}

impl FromStr for NoteKey {
    type Err = NoteError;

    fn from_str(text: &str) -> Result<Self, NoteError> {
        // The base64 may hold a `+` too.
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(_), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(NoteError::Name);
        };
        let key = STANDARD.decode(key).map_err(|_| NoteError::Name)?;
        let algorithm = match key.first() {
            Some(1) => NoteAlgorithm::Ed25519,
            Some(4) => NoteAlgorithm::CosignatureV1,
            Some(other) => return Err(NoteError::Algorithm(*other)),
            None => return Err(NoteError::Name),
        };
        let key = PublicKey::from_raw(KeyKind::Ed25519, &key[1..]).map_err(|_| NoteError::Name)?;
        let key = NoteKey::new(name, algorithm, key)?;
        if key.to_string() == text { Ok(key) } else { Err(NoteError::Name) }
    }
}

/// The line, `— NAME BASE64(id ‖ signature)`, without a line end.
impl fmt::Display for NoteSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = [&self.id.to_be_bytes()[..], &self.signature].concat();
        write!(f, "— {} {}", self.name, STANDARD.encode(bytes))
    }
}

impl FromStr for NoteSignature {
    type Err = NoteError;

    fn from_str(line: &str) -> Result<Self, NoteError> {
        let (name, bytes) = line.strip_prefix("— ").and_then(|rest| rest.split_once(' ')).ok_or(NoteError::Form)?;
        let bytes = STANDARD.decode(bytes).map_err(|_| NoteError::Form)?;
        let (id, signature) = bytes.split_first_chunk::<4>().ok_or(NoteError::Form)?;
        if !is_name(name) || signature.is_empty() {
            return Err(NoteError::Form);
        }
        Ok(NoteSignature { name: name.to_owned(), id: u32::from_be_bytes(*id), signature: signature.to_vec() })
    }
}

impl Note {
    /// Reads a note.
    ///
    /// # Errors
    /// [`NoteError::Form`].
    pub fn parse(bytes: &[u8]) -> Result<Self, NoteError> {
        let note = std::str::from_utf8(bytes).map_err(|_| NoteError::Form)?;
        if bytes.len() > MOST_BYTES || note.chars().any(|c| c < ' ' && c != '\n') {
            return Err(NoteError::Form);
        }
        let (text, lines) = note.rsplit_once("\n\n").ok_or(NoteError::Form)?;
        let lines = lines.strip_suffix('\n').ok_or(NoteError::Form)?;
        let signatures = lines.split('\n').map(str::parse).collect::<Result<Vec<_>, _>>()?;
        if signatures.len() > MOST_SIGNATURES {
            return Err(NoteError::Form);
        }
        Ok(Note { text: format!("{text}\n"), signatures })
    }

    /// The note as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let lines = self.signatures.iter().map(|signature| format!("{signature}\n")).collect::<String>();
        format!("{}\n{lines}", self.text).into_bytes()
    }

    /// Adds a plain signature under `name`.
    ///
    /// # Errors
    /// [`NoteError::Name`], [`NoteError::Sign`].
    pub fn sign(&mut self, name: &str, signer: &dyn Signer) -> Result<(), NoteError> {
        let key = NoteKey::new(name, NoteAlgorithm::Ed25519, signer.public_key().clone())?;
        let signature = signer.sign_raw(self.text.as_bytes())?;
        self.signatures.push(NoteSignature { name: name.to_owned(), id: key.id(), signature });
        Ok(())
    }

    /// Checks that `key` has signed, and that none of its lines is wrong; the (earliest) time for a cosignature.
    ///
    /// # Errors
    /// [`NoteError::Unsigned`], [`NoteError::Signature`].
    pub fn verify(&self, key: &NoteKey) -> Result<Option<u64>, NoteError> {
        let mine = self.signatures.iter().filter(|signature| key.made(signature));
        let times = mine.map(|signature| key.verify(&self.text, signature)).collect::<Result<Vec<_>, _>>()?;
        times.into_iter().min().ok_or_else(|| NoteError::Unsigned(key.name.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sign::FileKey;

    /// The example key and note of <https://pkg.go.dev/golang.org/x/mod/sumdb/note>.
    #[test]
    fn a_published_note_verifies() {
        let key: NoteKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW".parse().unwrap();
        let note = "If you think cryptography is the answer to your problem,\n\
            then you don't know what your problem is.\n\n\
            — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
        let read = Note::parse(note.as_bytes()).unwrap();
        assert_eq!(read.verify(&key), Ok(None));
        assert_eq!(read.to_bytes(), note.as_bytes());
        let altered = Note::parse(note.replace("cryptography", "steganography").as_bytes()).unwrap();
        assert_eq!(altered.verify(&key).unwrap_err().code(), "note.signature");
    }

    #[test]
    fn other_forms_are_refused() {
        let signer = FileKey::generate(KeyKind::Ed25519).unwrap();
        let mut note = Note { text: "a\n\nb\n".into(), signatures: Vec::new() };
        note.sign("x/y", &signer).unwrap();
        let text = String::from_utf8(note.to_bytes()).unwrap();
        assert_eq!(Note::parse(text.as_bytes()).unwrap(), note);
        let other = NoteKey::new("x/z", NoteAlgorithm::Ed25519, signer.public_key().clone()).unwrap();
        assert_eq!(note.verify(&other).unwrap_err().code(), "note.unsigned");
        let bad = [
            text.trim_end().to_owned(),
            text.replace('—', "-"),
            text.replace('\n', "\r\n"),
            text.replace("x/y", "x y"),
            text.replace("x/y", "x+y"),
            format!("{text}\n"),
            text.replace('=', ""),
            String::new(),
            "a\n\n".into(),
            "a\n\n\n".into(),
            text.replace('a', "\t"),
            text.clone() + &text[6..].repeat(70),
            text.replace("b\n", &"b".repeat(65_536)),
        ];
        for bad in bad {
            assert_eq!(Note::parse(bad.as_bytes()).unwrap_err().code(), "note.form", "{:?}", &bad[..bad.len().min(80)]);
        }
        let ml_dsa_44 = format!("x/z+00000000+{}", STANDARD.encode([&[6][..], &[0; 1_312]].concat()));
        assert_eq!(ml_dsa_44.parse::<NoteKey>().unwrap_err().code(), "note.algorithm");
        let long = NoteSignature { name: "x/z".into(), id: 1, signature: vec![7; 8 + 2_420] };
        note.signatures.extend(vec![long; 16]);
        assert_eq!(Note::parse(&note.to_bytes()), Ok(note), "sixteen lines of ML-DSA-44 have room");
        let key = other.to_string();
        assert_eq!(key.parse::<NoteKey>().unwrap(), other);
        for bad in ["", "a", "a+b+c", &key.replace("x/z", "x/y"), &format!("{key} "), &key.replace("x/z", "")] {
            assert_eq!(bad.parse::<NoteKey>().unwrap_err().code(), "note.name");
        }
    }
}
