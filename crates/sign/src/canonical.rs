//! One JSON text for one value: what is signed has a single form.
//!
//! The form is that of `serde_json` for a typed value: no white space, fields
//! in the order of the type, map keys sorted (use `BTreeMap`). Reading encodes
//! again and compares, which refuses duplicate keys, another order, other
//! spellings of numbers and strings, a byte order mark and trailing bytes alike.

use std::io::{BufWriter, Write};

use election::Coded;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// JSON that is not the one text of a value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CanonicalError {
    /// Not JSON of this type: unknown, missing or wrong fields.
    #[error("not the JSON that belongs here: {0}")]
    Json(String),
    /// JSON of this type, written in another way than the one that is signed.
    #[error("the JSON is not in its one form (order of keys, white space, duplicates, numbers)")]
    Form,
}

impl Coded for CanonicalError {
    fn code(&self) -> &'static str {
        match self {
            CanonicalError::Json(_) => "json.content",
            CanonicalError::Form => "json.form",
        }
    }

    fn next(&self) -> &'static str {
        "Keep the file as evidence and get the original again; it was not written by this software."
    }
}

/// The text of `value`.
///
/// # Errors
/// [`CanonicalError::Json`] for a value JSON cannot hold, such as a map with structured keys.
pub fn to_bytes<T: Serialize>(value: &T) -> Result<Vec<u8>, CanonicalError> {
    serde_json::to_vec(value).map_err(|error| CanonicalError::Json(error.to_string()))
}

/// The value of `bytes`, which must be exactly what [`to_bytes`] writes.
///
/// # Errors
/// [`CanonicalError`] for everything else.
pub fn from_bytes<T: Serialize + DeserializeOwned>(bytes: &[u8]) -> Result<T, CanonicalError> {
    let value: T = read(bytes)?;
    if is_text_of(bytes, &value) { Ok(value) } else { Err(CanonicalError::Form) }
}

/// The value of `bytes`, in whatever form it is written: for a reader that borrows from them and compares what it
/// understood by [`is_text_of`].
///
/// # Errors
/// [`CanonicalError::Json`].
pub fn read<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, CanonicalError> {
    serde_json::from_slice(bytes).map_err(|error| {
        // serde_json quotes the input, which may hold control characters.
        CanonicalError::Json(error.to_string().chars().take(200).collect::<String>().escape_debug().to_string())
    })
}

/// Is this exactly what [`to_bytes`] writes for `value`?
pub fn is_text_of<T: Serialize>(bytes: &[u8], value: &T) -> bool {
    // What is written comes in pieces of a few bytes, and is compared in longer ones.
    let mut writer = BufWriter::with_capacity(1 << 12, Rest(bytes));
    let same = serde_json::to_writer(&mut writer, value).is_ok() && writer.flush().is_ok();
    same && writer.get_ref().0.is_empty()
}

/// What is still to be written; anything else is refused, so that no second copy is made to compare with.
struct Rest<'a>(&'a [u8]);

impl Write for Rest<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 = self.0.strip_prefix(bytes).ok_or(std::io::ErrorKind::InvalidData)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
