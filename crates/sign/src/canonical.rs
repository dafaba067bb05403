//! One JSON text for one value: what is signed has a single form.
//!
//! The form is that of `serde_json` for a typed value: no white space, fields
//! in the order of the type, map keys sorted (use `BTreeMap`). Reading encodes
//! again and compares, which refuses duplicate keys, another order, other
//! spellings of numbers and strings, a byte order mark and trailing bytes alike.

use election::Coded;
use serde::Serialize;
use serde::de::DeserializeOwned;

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
    let value: T = serde_json::from_slice(bytes).map_err(|error| {
        // serde_json quotes the input, which may hold control characters.
        CanonicalError::Json(error.to_string().chars().take(200).collect::<String>().escape_debug().to_string())
    })?;
    if to_bytes(&value)? == bytes { Ok(value) } else { Err(CanonicalError::Form) }
}
