//! Sockets that wait for others: what `ss -lntuw` lists.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use election::{Listener, Protocol};

use super::{Looking, hex};

/// The kernel's numbers of states: TCP that listens, and what is bound and has no other end.
const LISTENS: u32 = 0x0A;
const UNCONNECTED: u32 = 0x07;

const FILES: [(&str, Protocol, bool); 6] = [
    ("proc/net/tcp", Protocol::Tcp, false),
    ("proc/net/udp", Protocol::Udp, false),
    ("proc/net/raw", Protocol::Raw, false),
    ("proc/net/tcp6", Protocol::Tcp, true),
    ("proc/net/udp6", Protocol::Udp, true),
    ("proc/net/raw6", Protocol::Raw, true),
];

pub(super) fn look(looking: &mut Looking<'_>, has_ipv6: bool) {
    for (file, protocol, is_ipv6) in FILES {
        if is_ipv6 && !has_ipv6 {
            continue;
        }
        let found = looking.parsed(file, |text| waiting(text, protocol));
        looking.seen.listening.extend(found.into_iter().flatten());
    }
}

/// The sockets of a table of the kernel that wait.
fn waiting(text: &str, protocol: Protocol) -> Option<BTreeSet<Listener>> {
    let mut lines = text.lines();
    lines.next().filter(|head| head.trim_start().starts_with("sl "))?;
    let waits = if protocol == Protocol::Tcp { LISTENS } else { UNCONNECTED };
    let socket = |line: &str| {
        let mut words = line.split_whitespace().skip(1);
        let address = address(words.next()?)?;
        let state = hex(words.nth(1)?, 2)?;
        match state == waits {
            // Nobody can reach it, so the kernel has no such line.
            true if address.port() == 0 => None,
            true => Some(Some(Listener { protocol, address })),
            false => Some(None),
        }
    };
    lines.map(socket).collect::<Option<Vec<_>>>().map(|all| all.into_iter().flatten().collect())
}

/// `0100007F:1538`: the address in words of four bytes, each as this machine keeps a number, and the port.
fn address(text: &str) -> Option<SocketAddr> {
    let (address, port) = text.split_once(':')?;
    let port = hex(port, 4).filter(|_| port.len() == 4).and_then(|port| u16::try_from(port).ok())?;
    let word = |at: usize| hex(address.get(at..at + 8)?, 8).map(u32::to_ne_bytes);
    let address = match address.len() {
        8 => IpAddr::V4(Ipv4Addr::from(word(0)?)),
        32 => {
            let words = [word(0)?, word(8)?, word(16)?, word(24)?];
            IpAddr::V6(Ipv6Addr::from(<[u8; 16]>::try_from(words.concat()).ok()?))
        }
        _ => return None,
    };
    Some(SocketAddr::new(address, port))
}
