//! Interfaces that are up, and radios that are not switched off.

use record::register::isolation::{Link, Up};

use super::{Looking, STRANGE, UNREADABLE, hex, is_missing, shown};

/// IFF_UP of the kernel: somebody has set the interface up.
const IS_UP: u32 = 1;
/// A plain file among the interfaces, there where interfaces can be bound together.
const NO_INTERFACE: &str = "bonding_masters";

pub(super) fn look(looking: &mut Looking<'_>) {
    for name in looking.names("sys/class/net").into_iter().filter(|name| name != NO_INTERFACE) {
        let up = interface(looking, &name);
        looking.seen.up.extend(up);
    }
    // A kernel without a switch for radios has no such folder.
    if !is_missing(&looking.path("sys/class/rfkill")) {
        for name in looking.names("sys/class/rfkill") {
            let radio = radio(looking, &name);
            looking.seen.radios.extend(radio);
        }
    }
}

/// The interface, if it is up: set up by somebody, whether a cable is in it or not, or used all the same.
fn interface(looking: &mut Looking<'_>, name: &str) -> Option<Up> {
    let file = |what: &str| format!("sys/class/net/{name}/{what}");
    let kind = looking.parsed(&file("type"), |text| text.trim_end().parse().ok());
    let flags = looking.parsed(&file("flags"), |text| hex(text.trim_end().strip_prefix("0x")?, 8));
    let state = looking.parsed(&file("operstate"), state);
    let is_up = flags.is_some_and(|flags| flags & IS_UP != 0);
    let carrier = match looking.read(&file("carrier")) {
        Ok(text) if text.trim_end() == "1" => true,
        Ok(text) if text.trim_end() == "0" => false,
        Ok(_) => {
            looking.unread(&file("carrier"), STRANGE);
            false
        }
        // Of one that is down the kernel does not say.
        Err(_) if flags.is_some() && !is_up => false,
        Err(_) => {
            looking.unread(&file("carrier"), UNREADABLE);
            false
        }
    };
    let state = state.unwrap_or(State::Down);
    if !is_up && !carrier && state == State::Down {
        return None;
    }
    let link = if carrier || state == State::Up { Link::Carrier } else { Link::NoCarrier };
    Some(Up { name: shown(name), kind: kind.unwrap_or_default(), link })
}

/// What `operstate` comes to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Up,
    /// Neither: `dormant`, `testing`, `unknown`.
    Between,
    Down,
}

fn state(text: &str) -> Option<State> {
    match text.trim_end() {
        "up" => Some(State::Up),
        "unknown" | "testing" | "dormant" => Some(State::Between),
        "down" | "lowerlayerdown" | "notpresent" => Some(State::Down),
        _ => None,
    }
}

/// A radio that nothing holds back, by its type and name.
fn radio(looking: &mut Looking<'_>, entry: &str) -> Option<String> {
    let file = |what: &str| format!("sys/class/rfkill/{entry}/{what}");
    // Held back by software or by a switch, or neither.
    let is_on = looking.parsed(&file("state"), |text| match text.trim_end() {
        "0" | "2" => Some(false),
        "1" => Some(true),
        _ => None,
    });
    if !is_on? {
        return None;
    }
    let word = |text: &str| (!text.trim_end().is_empty()).then(|| shown(text.trim_end()));
    let kind = looking.parsed(&file("type"), word)?;
    let name = looking.parsed(&file("name"), word)?;
    Some(format!("{kind} {name}"))
}
