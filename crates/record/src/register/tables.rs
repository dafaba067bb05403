//! The files of `register/` in a publication.

use election::Definition;

use crate::fold::State;
use crate::results::{Files, Table};

/// The folder of the files in a publication.
pub const FOLDER: &str = "register/";

/// The names of all files.
pub const NAMES: [&str; 2] = ["acts.csv", "isolation.csv"];

/// All files, by their path in a publication.
pub fn files(_def: &Definition, state: &State) -> Files {
    let tables = [acts(state), isolation(state)];
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

/// A look at the centre's networks each, by its leaf.
fn isolation(state: &State) -> Table {
    let mut table = Table::new(&["leaf", "step", "at", "up", "radios", "routes", "listening", "unread", "outside"]);
    for (leaf, at, own) in &state.registers.isolation {
        let seen = &own.seen;
        let told = |items: &mut dyn Iterator<Item = String>| items.collect::<Vec<_>>().join("; ");
        table.row([
            leaf.to_string(),
            own.step.as_str().to_owned(),
            at.clone(),
            told(&mut seen.up.iter().map(|up| format!("{} ({})", up.name, up.link.as_str()))),
            told(&mut seen.radios.iter().cloned()),
            told(&mut seen.routes.iter().map(|(name, routes)| format!("{name}: {routes}"))),
            told(&mut seen.listening.iter().map(ToString::to_string)),
            told(&mut seen.unread.iter().cloned()),
            told(&mut own.outside.iter().cloned()),
        ]);
    }
    table
}
