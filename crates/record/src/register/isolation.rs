//! The centre has looked at what is up on its own machine: interfaces, radios, routes and sockets that wait for others.

use std::collections::{BTreeMap, BTreeSet};

use election::{Coded, IsolationRules, Listener};
use serde::{Deserialize, Serialize};

use crate::fold::{LeafProblem, State};

/// ARPHRD_LOOPBACK: what `/sys/class/net/lo/type` says.
const LOOPBACK: u16 = 772;

/// What the centre was about to do, or had done, when it looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Look {
    /// It is about to open packages, or is opening them.
    Import,
    /// It has opened the last package of a medium.
    Imported,
    /// Results are announced.
    Announce,
    /// A publication is written.
    Publish,
    /// Somebody asked, such as a visitor.
    Asked,
}

impl Look {
    /// The word used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Look::Import => "import",
            Look::Imported => "imported",
            Look::Announce => "announce",
            Look::Publish => "publish",
            Look::Asked => "asked",
        }
    }
}

/// Whether something is at the other end of an interface that is up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Link {
    /// A cable, a network or another machine is there.
    Carrier,
    /// Nothing is, and a cable that is plugged in will be used.
    NoCarrier,
}

impl Link {
    /// The word used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Link::Carrier => "carrier",
            Link::NoCarrier => "no_carrier",
        }
    }
}

/// An interface that is up.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Up {
    /// Its name, as the kernel has it; what is no plain character is escaped.
    pub name: String,
    /// What kind of hardware it is: the kernel's number (ARPHRD), 1 for Ethernet and Wi-Fi, 772 for the loopback.
    pub kind: u16,
    /// Its other end.
    pub link: Link,
}

/// What the kernel showed. Names of interfaces and addresses of sockets are as it gives them.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sighting {
    /// Interfaces that are up.
    pub up: BTreeSet<Up>,
    /// Radios that are not switched off, such as `bluetooth hci0`.
    pub radios: BTreeSet<String>,
    /// How many routes lead through an interface, by its name.
    pub routes: BTreeMap<String, u32>,
    /// Sockets that wait for others.
    pub listening: BTreeSet<Listener>,
    /// What could not be read or understood, each with its file: what is there is not known.
    pub unread: BTreeSet<String>,
}

/// One thing of what was seen, which the policy lists or does not.
#[derive(Clone, Copy, Debug)]
pub enum Thing<'a> {
    /// An interface that is up.
    Interface(&'a Up),
    /// A radio that is not switched off; no policy lists one.
    Radio(&'a str),
    /// So many routes through an interface.
    Routes(&'a str, u32),
    /// A socket that waits.
    Socket(&'a Listener),
    /// What is not known; no policy lists it.
    Unread(&'a str),
}

impl Thing<'_> {
    /// Does `policy` list it?
    pub fn is_listed(&self, policy: &IsolationRules) -> bool {
        let lists = |name: &str| policy.interfaces.iter().any(|listed| listed.as_str() == name);
        match self {
            // Any interface may be given the name of the loopback.
            Thing::Interface(up) => lists(&up.name) && (up.name != "lo" || up.kind == LOOPBACK),
            Thing::Routes(name, _) => lists(name),
            Thing::Socket(own) => policy.listening.contains(own),
            Thing::Radio(_) | Thing::Unread(_) => false,
        }
    }
}

impl std::fmt::Display for Thing<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Thing::Interface(up) => write!(f, "interface {} ({})", up.name, up.link.as_str()),
            Thing::Radio(radio) => write!(f, "radio {radio}"),
            Thing::Routes(name, routes) => write!(f, "routes through {name}: {routes}"),
            Thing::Socket(own) => write!(f, "socket {own}"),
            Thing::Unread(what) => write!(f, "not known: {what}"),
        }
    }
}

impl Sighting {
    /// Each thing, in the order of the fields.
    pub fn things(&self) -> impl Iterator<Item = Thing<'_>> {
        let up = self.up.iter().map(Thing::Interface);
        up.chain(self.radios.iter().map(|radio| Thing::Radio(radio)))
            .chain(self.routes.iter().map(|(name, routes)| Thing::Routes(name, *routes)))
            .chain(self.listening.iter().map(Thing::Socket))
            .chain(self.unread.iter().map(|what| Thing::Unread(what)))
    }

    /// What `policy` does not list, in words; nothing where the machine is as it should be.
    pub fn outside(&self, policy: &IsolationRules) -> Vec<String> {
        self.things().filter(|thing| !thing.is_listed(policy)).map(|thing| thing.to_string()).collect()
    }
}

/// One look, as it is signed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Isolation {
    /// At what step.
    pub step: Look,
    /// What was seen.
    pub seen: Sighting,
    /// What of it the policy does not list.
    pub outside: Vec<String>,
}

/// A look that does not follow from what it saw.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IsolationProblem {
    /// The rules in force list nothing.
    #[error("the rules have no [isolation] that a check of the centre could be held against")]
    NoPolicy,
    /// It says something else of the policy than what it saw gives.
    #[error("it says that outside the policy is '{said}', but what it saw gives '{computed}'")]
    Outside {
        /// As the leaf says.
        said: String,
        /// As computed.
        computed: String,
    },
}

impl Coded for IsolationProblem {
    fn code(&self) -> &'static str {
        "record.isolation"
    }

    fn next(&self) -> &'static str {
        "do not append it; compare the leaf with [isolation] of the rules as they stand"
    }
}

impl State {
    /// A look whose judgement follows from what it saw and the rules as they stand.
    pub(crate) fn isolation(&mut self, at: &str, own: &Isolation) -> Result<(), LeafProblem> {
        let policy = self.decisions.rules.isolation.as_ref().ok_or(IsolationProblem::NoPolicy)?;
        let computed = own.seen.outside(policy);
        if own.outside != computed {
            let [said, computed] = [&own.outside, &computed].map(|all| all.join("; "));
            return Err(IsolationProblem::Outside { said, computed }.into());
        }
        self.registers.isolation.push((self.size, at.to_owned(), own.clone()));
        Ok(())
    }
}
