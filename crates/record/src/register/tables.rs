//! The files of `register/` in a publication.

use election::Definition;

use crate::fold::State;
use crate::results::{Files, Table};

/// The folder of the files in a publication.
pub const FOLDER: &str = "register/";

/// The names of all files.
pub const NAMES: [&str; 1] = ["acts.csv"];

/// All files, by their path in a publication.
pub fn files(_def: &Definition, state: &State) -> Files {
    let tables = [acts(state)];
    NAMES.into_iter().zip(tables).map(|(name, table)| (format!("{FOLDER}{name}"), table.bytes())).collect()
}

/// An act each, by its number.
fn acts(state: &State) -> Table {
    let mut table = Table::new(&["act", "issuer", "number", "dated", "paper", "effect"]);
    for (act, (_, own)) in &state.registers.acts {
        table.row([
            act.to_string(),
            own.issuer.clone(),
            own.number.clone(),
            own.dated.to_string(),
            own.paper.to_string(),
            own.effect.clone(),
        ]);
    }
    table
}
