//! Signatures of leaves checked, on one core: what the fold is made of.

use std::path::Path;

use sign::{FileKey, KeyKind, Signer};

use crate::measure::{Line, measure};
use crate::{Bench, Result};

/// Both kinds.
pub const BENCH: Bench = Bench { name: "signatures", prepare: |_| Ok(()), run };

const CHECKED: usize = 20_000;

fn run(_: &Path) -> Result<Vec<Line>> {
    let kinds = [(KeyKind::P256, "P-256 signatures checked, on one core"), (KeyKind::Ed25519, "the same, Ed25519")];
    let lines = kinds.into_iter().map(|(kind, what)| {
        let key = FileKey::generate(kind)?;
        let message = vec![7; 1000];
        let signature = key.sign_raw(&message)?;
        let (_, line) = measure(what, CHECKED as f64, "signatures", || {
            (0..CHECKED).try_for_each(|_| key.public_key().verify_raw(&message, &signature)).map_err(Into::into)
        })?;
        Ok(line)
    });
    lines.collect()
}
