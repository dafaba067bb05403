//! What a correction says otherwise than the leaf whose place it takes. A correction may change every field but the number and the kind:
//! so that nothing is changed quietly, each field that differs is told as it was and as it is.

use std::collections::{BTreeMap, BTreeSet};

use election::Digest;
use serde::Serialize;

/// A field that a correction says otherwise.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Correction {
    /// The kind of both leaves.
    pub kind: &'static str,
    /// The number of the act, or of the item.
    pub about: String,
    /// The leaf that corrects.
    pub leaf: Digest,
    /// The leaf that it corrects.
    pub corrects: Digest,
    /// The field.
    pub field: String,
    /// Its JSON text until then; none where it was absent.
    pub before: Option<String>,
    /// Its JSON text since.
    pub after: Option<String>,
}

/// Every field in which `after`, of the leaf `leaf`, differs from what it corrects.
pub(super) fn corrections<T: Serialize>(
    kind: &'static str,
    about: &str,
    (corrects, before): (Digest, &T),
    (leaf, after): (Digest, &T),
) -> BTreeSet<Correction> {
    let [mut before, mut after] = [before, after].map(fields);
    let names: BTreeSet<String> = before.keys().chain(after.keys()).cloned().collect();
    let told = names.into_iter().map(|field| {
        let (before, after) = (before.remove(&field), after.remove(&field));
        Correction { kind, about: about.to_owned(), leaf, corrects, field, before, after }
    });
    told.filter(|own| own.before != own.after && own.field != "supersedes").collect()
}

/// The fields of a leaf's body, each with its JSON text.
fn fields<T: Serialize>(body: &T) -> BTreeMap<String, String> {
    match serde_json::to_value(body) {
        Ok(serde_json::Value::Object(fields)) => {
            fields.into_iter().map(|(name, value)| (name, value.to_string())).collect()
        }
        _ => unreachable!("a body is a struct of plain data"),
    }
}
