//! Routes, by the interface that they lead through.

use super::{Looking, hex, shown};

/// RTF_REJECT of the kernel: what takes this way is refused.
const REJECTS: u32 = 0x200;

pub(super) fn look(looking: &mut Looking<'_>, has_ipv6: bool) {
    let mut found = looking.parsed("proc/net/route", ipv4).unwrap_or_default();
    if has_ipv6 {
        found.extend(looking.parsed("proc/net/ipv6_route", ipv6).unwrap_or_default());
    }
    for name in found {
        *looking.seen.routes.entry(name).or_default() += 1;
    }
}

/// The interface of each route of `/proc/net/route`.
fn ipv4(text: &str) -> Option<Vec<String>> {
    let mut lines = text.lines();
    lines.next().filter(|head| head.starts_with("Iface"))?;
    let route = |line: &str| match line.split_whitespace().collect::<Vec<_>>()[..] {
        [name, _, _, flags, _, _, _, _, _, _, _] => led(name, hex(flags, 8)?),
        _ => None,
    };
    lines.map(route).collect::<Option<Vec<_>>>().map(|all| all.into_iter().flatten().collect())
}

/// The interface of each route of `/proc/net/ipv6_route`, which has no head. One that refuses may have none.
fn ipv6(text: &str) -> Option<Vec<String>> {
    let route = |line: &str| match line.split_whitespace().collect::<Vec<_>>()[..] {
        [_, _, _, _, _, _, _, _, flags, name] => led(name, hex(flags, 8)?),
        [_, _, _, _, _, _, _, _, flags] if hex(flags, 8)? & REJECTS != 0 => Some(None),
        _ => None,
    };
    text.lines().map(route).collect::<Option<Vec<_>>>().map(|all| all.into_iter().flatten().collect())
}

/// Where it leads; nowhere if it refuses.
fn led(name: &str, flags: u32) -> Option<Option<String>> {
    Some((flags & REJECTS == 0).then(|| shown(name)))
}
