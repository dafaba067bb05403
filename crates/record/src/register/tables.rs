//! The files of `register/` in a publication.

use election::Definition;

use super::acts::{Act, ActKind, ActState};
use crate::fold::State;
use crate::results::{Files, Table, joined, listed, or_empty, yes_no};

/// The folder of the files in a publication.
pub const FOLDER: &str = "register/";

/// The names of all files that there may be.
pub const NAMES: [&str; 7] =
    ["acts.csv", BUILDS, "corrections.csv", "custody.csv", "equipment.csv", "exports.csv", "isolation.csv"];
/// The one that is there where a statement names the program that counted, and not otherwise.
const BUILDS: &str = "builds.csv";

/// All files, by their path in a publication.
pub fn files(def: &Definition, state: &State) -> Files {
    let tables = [
        Some(acts(def, state)),
        builds(state),
        Some(corrections(state)),
        Some(custody(state)),
        Some(equipment(state)),
        Some(exports(state)),
        Some(isolation(state)),
    ];
    let named = NAMES.into_iter().zip(tables);
    named.filter_map(|(name, table)| Some((format!("{FOLDER}{name}"), table?.bytes()))).collect()
}

/// An act each, by its number.
fn acts(def: &Definition, state: &State) -> Table {
    let mut table = Table::new(&[
        "act",
        "kind",
        "issuer",
        "number",
        "dated",
        "served",
        "state",
        "effect",
        "owner",
        "due",
        "in_time",
        "until",
        "under",
        "answers",
        "answered_by",
        "annuls",
        "annulled_by",
        "members",
        "examined",
        "cleared",
        "items",
        "scope",
        "version",
        "annexes",
        "paper",
        "leaf",
        "corrects",
    ]);
    let registers = &state.registers;
    for (id, own) in registers.acts_standing() {
        let act = own.act;
        let due = act.due(def);
        let answered = own.answered_by.iter().map(|id| registers.acts[*id].1.dated).min();
        let tested = act.tested.as_ref();
        table.row([
            id.to_string(),
            act.kind.as_str().to_owned(),
            act.issuer.clone(),
            act.number.clone(),
            act.dated.to_string(),
            or_empty(act.served),
            own.state.as_str().to_owned(),
            act.effect.clone(),
            or_empty(act.owner.as_ref()),
            or_empty(due),
            or_empty(due.zip(answered).map(|(due, answered)| yes_no(answered.0 <= due.day()))),
            or_empty(act.until),
            or_empty(act.under.as_ref()),
            joined(&act.answers),
            joined(own.answered_by),
            joined(&act.annuls),
            joined(own.annulled_by),
            listed(&act.members),
            joined(&act.examined),
            joined(&act.cleared),
            joined(&act.items),
            or_empty(tested.map(|tested| &tested.scope)),
            or_empty(tested.map(|tested| &tested.version)),
            listed(act.annexes.iter().map(|(name, digest)| format!("{name}: {digest}"))),
            act.paper.to_string(),
            own.leaf.to_string(),
            or_empty(act.supersedes),
        ]);
    }
    table
}

/// A field each that a correction says otherwise, by kind, number, leaf and field.
fn corrections(state: &State) -> Table {
    let mut table = Table::new(&["kind", "about", "leaf", "corrects", "field", "before", "after"]);
    for own in &state.registers.corrections {
        table.row([
            own.kind.to_owned(),
            own.about.clone(),
            own.leaf.to_string(),
            own.corrects.to_string(),
            own.field.clone(),
            or_empty(own.before.as_ref()),
            or_empty(own.after.as_ref()),
        ]);
    }
    table
}

/// An item each, by its number, with who has it and which remarks about it nobody has answered.
fn equipment(state: &State) -> Table {
    let mut table = Table::new(&[
        "item",
        "kind",
        "serial",
        "device",
        "key",
        "station",
        "build",
        "article",
        "contract",
        "contract_stands",
        "holder",
        "hand_overs",
        "gaps",
        "open_remarks",
        "leaf",
        "corrects",
    ]);
    let registers = &state.registers;
    let (acts, hand_overs) = (registers.acts_standing(), registers.hand_overs());
    let open = acts.values().filter(|own| own.act.kind == ActKind::Remark && own.state == ActState::Open);
    let open: Vec<&Act> = open.map(|own| own.act).collect();
    for (id, (leaf, item)) in &registers.items {
        let own = hand_overs.get(id).map(Vec::as_slice).unwrap_or_default();
        let contract = item.contract.as_ref();
        let stands = contract.map(|contract| acts.get(contract).is_some_and(|own| own.is(ActKind::Contract)));
        table.row([
            id.to_string(),
            item.kind.as_str().to_owned(),
            item.serial.clone(),
            or_empty(item.device.as_ref()),
            or_empty(item.key.as_ref()),
            or_empty(item.station.as_ref()),
            or_empty(item.build),
            item.article.clone(),
            or_empty(contract),
            or_empty(stands.map(yes_no)),
            or_empty(own.last().map(|last| &last.custody.to)),
            own.len().to_string(),
            own.iter().filter(|own| own.follows == Some(false)).count().to_string(),
            joined(open.iter().filter(|remark| remark.items.contains(id)).map(|remark| &remark.act)),
            leaf.to_string(),
            or_empty(item.supersedes),
        ]);
    }
    table
}

/// A program that counted each, by station, device and generation, beside the register's; none where no statement names one.
fn builds(state: &State) -> Option<Table> {
    let mut table = Table::new(&["station", "device", "generation", "build", "item", "registered", "same"]);
    let ran = state.ran();
    for own in &ran {
        table.row([
            own.station.to_string(),
            own.device.to_string(),
            own.generation.to_string(),
            own.build.to_string(),
            or_empty(state.registers.devices.get(own.device)),
            or_empty(own.registered),
            or_empty(own.is_registered().map(yes_no)),
        ]);
    }
    (!ran.is_empty()).then_some(table)
}

/// A hand-over each, by its item, the earliest first.
fn custody(state: &State) -> Table {
    let columns = ["item", "at", "place", "from", "to", "seals", "follows", "same_seals", "leaf", "corrects"];
    let mut table = Table::new(&columns);
    for own in state.registers.hand_overs().values().flatten() {
        let custody = own.custody;
        table.row([
            custody.item.to_string(),
            custody.at.to_string(),
            custody.place.clone(),
            custody.from.clone(),
            custody.to.clone(),
            listed(&custody.seals),
            or_empty(own.follows.map(yes_no)),
            or_empty(own.same_seals.map(yes_no)),
            own.leaf.to_string(),
            or_empty(custody.supersedes),
        ]);
    }
    table
}

/// A look at the centre's networks each, by its leaf.
fn isolation(state: &State) -> Table {
    let mut table = Table::new(&["leaf", "step", "at", "up", "radios", "routes", "listening", "unread", "outside"]);
    for (leaf, at, own) in &state.registers.isolation {
        let seen = &own.seen;
        table.row([
            leaf.to_string(),
            own.step.as_str().to_owned(),
            at.clone(),
            listed(seen.up.iter().map(|up| format!("{} ({})", up.name, up.link.as_str()))),
            listed(&seen.radios),
            listed(seen.routes.iter().map(|(name, routes)| format!("{name}: {routes}"))),
            listed(&seen.listening),
            listed(&seen.unread),
            listed(&own.outside),
        ]);
    }
    table
}

/// A bundle of evidence each, in the order of their leaves; scope and includes are words with a space between.
fn exports(state: &State) -> Table {
    let columns =
        ["leaf", "act", "issuer", "number", "dated", "paper", "scope", "includes", "manifest", "files", "bytes"];
    let mut table = Table::new(&columns);
    for (leaf, own) in &state.registers.exports {
        let mandate = &own.mandate;
        table.row([
            leaf.to_string(),
            or_empty(mandate.act.as_ref()),
            mandate.issuer.clone(),
            mandate.number.clone(),
            mandate.dated.to_string(),
            mandate.paper.to_string(),
            joined(&mandate.scope),
            joined(mandate.includes.iter().map(|class| class.as_str())),
            own.manifest.to_string(),
            own.files.to_string(),
            own.bytes.to_string(),
        ]);
    }
    table
}
