//! `[isolation]`: what may be up at the tally centre. What is up there and not listed stops it.

use std::net::SocketAddr;

use serde::{Deserialize, Serialize};

use crate::as_text::as_text;

/// The most interfaces, and the most sockets, that a policy lists.
pub(crate) const MOST_LISTED: usize = 64;

/// The name of a network interface: 1 to 15 of letters, digits, `.`, `_` and `-`, the first a letter or digit. The kernel
/// allows more; what has a stranger name cannot be listed, and is never taken for one that is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InterfaceName(String);

impl InterfaceName {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for InterfaceName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::str::FromStr for InterfaceName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let good = (1..=15).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_".contains(&b))
            && text.as_bytes()[0].is_ascii_alphanumeric();
        if good {
            return Ok(InterfaceName(text.to_owned()));
        }
        let shown: String = text.escape_debug().take(60).collect();
        Err(format!("'{shown}' is not the name of an interface: write it as `ip link` shows it, such as lo or enp3s0"))
    }
}

/// How a socket is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Protocol {
    /// TCP.
    Tcp,
    /// UDP.
    Udp,
    /// IP itself; the number of its protocol stands for the port.
    Raw,
}

/// A socket that waits for others: `127.0.0.1:5432` by TCP, `udp/[::1]:323`, `raw/0.0.0.0:1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Listener {
    /// How it is reached.
    pub protocol: Protocol,
    /// Address and port.
    pub address: SocketAddr,
}

impl std::fmt::Display for Listener {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let before = match self.protocol {
            Protocol::Tcp => "",
            Protocol::Udp => "udp/",
            Protocol::Raw => "raw/",
        };
        write!(f, "{before}{}", self.address)
    }
}

impl std::str::FromStr for Listener {
    type Err = String;

    /// As it is displayed, and in no other of the ways to write an address.
    fn from_str(text: &str) -> Result<Self, String> {
        let (protocol, address) = match text.split_once('/') {
            Some(("udp", address)) => (Protocol::Udp, address),
            Some(("raw", address)) => (Protocol::Raw, address),
            _ => (Protocol::Tcp, text),
        };
        let read = address.parse::<SocketAddr>().ok().map(|address| Listener { protocol, address });
        read.filter(|own| own.address.port() > 0 && own.to_string() == text && !text.contains('%')).ok_or_else(|| {
            let shown: String = text.escape_debug().take(60).collect();
            format!("'{shown}' is not a socket: write 127.0.0.1:5432, [::1]:5432 or udp/127.0.0.1:323")
        })
    }
}

as_text!(InterfaceName, Listener);

/// `[isolation]`: what may be up at the tally centre.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IsolationRules {
    /// Interfaces that may be up and have routes, the loopback among them.
    pub interfaces: Vec<InterfaceName>,
    /// Sockets that may wait for others, on the loopback too.
    #[serde(default)]
    pub listening: Vec<Listener>,
}

impl IsolationRules {
    /// What stands in it twice, or is more than is read; none where it is in order.
    pub(crate) fn trouble(&self) -> Option<(&'static str, String)> {
        let text = |items: &[String], key| {
            let twice = items.iter().enumerate().find(|(at, item)| items[..*at].contains(item));
            let many = (items.len() > MOST_LISTED).then(|| format!("{} of them are too many", items.len()));
            many.or(twice.map(|(_, item)| format!("'{item}' stands there twice"))).map(|what| (key, what))
        };
        let [interfaces, listening] = [told(&self.interfaces), told(&self.listening)];
        text(&interfaces, "isolation.interfaces").or_else(|| text(&listening, "isolation.listening"))
    }
}

fn told<T: ToString>(items: &[T]) -> Vec<String> {
    items.iter().map(ToString::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_socket_has_one_form() {
        for text in ["127.0.0.1:5432", "[::1]:5432", "udp/0.0.0.0:323", "udp/[::]:5353", "raw/0.0.0.0:1", "raw/[::]:58"]
        {
            assert_eq!(text.parse::<Listener>().unwrap().to_string(), text);
        }
        for bad in [
            "",
            "5432",
            "localhost:5432",
            "127.0.0.1",
            "127.0.0.1:0",
            "127.0.0.1:05432",
            "127.0.0.1:65536",
            "127.1:5432",
            "tcp/127.0.0.1:5432",
            "UDP/127.0.0.1:323",
            "[0::1]:80",
            "[fe80::1%2]:80",
            "::1:80",
            "127.0.0.1:80 ",
            "*:80",
        ] {
            assert!(bad.parse::<Listener>().is_err(), "{bad}");
        }
    }

    #[test]
    fn an_interface_has_a_name_that_means_nothing_elsewhere() {
        for text in ["lo", "enp3s0", "eth0.100", "br-lan", "wlan_1", "abcdefghijklmno"] {
            assert_eq!(text.parse::<InterfaceName>().unwrap().as_str(), text);
        }
        for bad in ["", ".", "..", "-a", "_a", "a/b", "eth0:1", "a b", "eth0@if2", "ēth0", "abcdefghijklmnop"] {
            assert!(bad.parse::<InterfaceName>().is_err(), "{bad}");
        }
    }
}
