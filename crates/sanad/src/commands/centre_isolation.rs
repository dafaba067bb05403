//! `sanad centre isolation`: what is up on this machine, for whoever asks to see it.

use centre::Centre as Room;
use comfy_table::Table;
use comfy_table::presets::UTF8_BORDERS_ONLY;
use election::IsolationRules;
use record::Body;
use record::register::isolation::{Isolation, Link, Look, Thing};
use serde_json::json;

use crate::shell::{Fill, Result, Shell, Verdict, count};
use crate::{inputs, words};

/// Looks, shows it, and enters it where asked.
pub fn isolation(shell: &Shell, room: &mut Room, record: bool) -> Result {
    let policy = room.state().decisions.rules.isolation.clone();
    let own = room.look(Look::Asked).unwrap_or_else(|| Isolation {
        step: Look::Asked,
        seen: room.sighting(),
        outside: Vec::new(),
    });
    let mut leaf = None;
    if record {
        room.report(&[Body::Isolation(own.clone())], &inputs::clock())?;
        leaf = Some(room.log().size() - 1);
    }
    shell.say(table(shell, &own, policy.as_ref()));
    if let Some(leaf) = leaf {
        shell.tell("Entered as leaf {} of the record.", &[count(leaf)]);
    }
    shell.json(&json!({ "policy": policy, "seen": own.seen, "outside": own.outside, "leaf": leaf }));
    Ok(if policy.is_none() {
        shell.find("The rules have no [isolation]: nothing is held against it.", &[]);
        Verdict::Missing
    } else if own.outside.is_empty() {
        shell.tell("Nothing is up here that [isolation] does not list.", &[]);
        Verdict::Holds
    } else {
        shell.find("{} of what is up here [isolation] does not list.", &[count(own.outside.len())]);
        Verdict::DoesNot
    })
}

/// Tells on standard error what would have stopped an official election.
pub fn warn(shell: &Shell, room: &Room) {
    if !room.tolerated().is_empty() {
        let outside = room.tolerated().iter().map(|what| words::told(shell.lang, what)).collect::<Vec<_>>().join("; ");
        let sentence = "this machine is not isolated, and an official election would stop here: {}";
        shell.warn(shell.worded(sentence, &[Fill::Words(outside)]));
    }
}

/// A row for each thing that was seen.
fn table(shell: &Shell, own: &Isolation, policy: Option<&IsolationRules>) -> Table {
    let word = |word: &'static str| shell.worded(word, &[]);
    let mut table = Table::new();
    let header = [word("seen here"), word("which"), word("state"), word("in [isolation]")];
    table.load_style(UTF8_BORDERS_ONLY).set_header(header);
    for thing in own.seen.things() {
        let (kind, which, state) = match thing {
            Thing::Interface(up) => {
                let state = match up.link {
                    Link::Carrier => word("up, with a link"),
                    Link::NoCarrier => word("up, without a link"),
                };
                (word("interface"), up.name.clone(), state)
            }
            Thing::Radio(radio) => (word("radio"), radio.to_owned(), word("switched on")),
            Thing::Routes(name, routes) => {
                (word("routes through"), name.to_owned(), site::words::number(shell.lang, routes.into()))
            }
            Thing::Socket(socket) => (word("socket"), socket.to_string(), word("waits for others")),
            Thing::Unread(what) => (word("not known"), what.to_owned(), String::new()),
        };
        let listed = match policy.map(|policy| thing.is_listed(policy)) {
            Some(true) => word("listed"),
            Some(false) => word("NOT LISTED"),
            None => String::new(),
        };
        table.add_row([kind, which, state, listed]);
    }
    table
}
