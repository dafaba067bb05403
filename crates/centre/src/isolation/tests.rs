//! The kernel's texts as they are on machines, and as nobody's kernel writes them.

use std::fs;

use record::register::isolation::{Link, Sighting};
use testing::kernel::Kernel;

use super::look;

fn names(seen: &Sighting) -> Vec<(&str, Link)> {
    seen.up.iter().map(|up| (up.name.as_str(), up.link)).collect()
}

fn sockets(seen: &Sighting) -> Vec<String> {
    seen.listening.iter().map(ToString::to_string).collect()
}

#[test]
fn a_machine_without_a_cable_shows_its_loopback_alone() {
    let seen = look(Kernel::isolated().root());
    assert_eq!((names(&seen), seen.up.first().unwrap().kind), (vec![("lo", Link::Carrier)], 772));
    assert_eq!(seen.routes, [("lo".to_owned(), 1)].into());
    assert!(seen.listening.is_empty() && seen.radios.is_empty() && seen.unread.is_empty(), "{seen:?}");
}

#[test]
fn an_interface_is_up_by_its_flags_its_carrier_or_its_state() {
    let kernel = Kernel::isolated();
    kernel.interface("eth0", "0x1003", Some("1"), "up", 1);
    kernel.interface("eth1", "0x1003", Some("0"), "down", 1);
    kernel.interface("eth2", "0x1002", Some("1"), "down", 1);
    kernel.interface("eth3", "0x1002", None, "down", 1);
    kernel.interface("wwan0", "0x1090", Some("0"), "dormant", 519);
    kernel.interface("tun0", "0x10d1", Some("1"), "unknown", 65534);
    kernel.interface("bnep0", "0x1043", Some("1"), "up", 1);
    kernel.write("sys/class/net/bonding_masters", "");
    let seen = look(kernel.root());
    let expected = [
        ("bnep0", Link::Carrier),
        ("eth0", Link::Carrier),
        ("eth1", Link::NoCarrier),
        ("eth2", Link::Carrier),
        ("lo", Link::Carrier),
        ("tun0", Link::Carrier),
        ("wwan0", Link::NoCarrier),
    ];
    assert_eq!(names(&seen), expected);
    assert!(seen.unread.is_empty(), "{:?}", seen.unread);
}

#[test]
fn a_radio_is_off_by_software_or_by_its_switch() {
    let kernel = Kernel::isolated();
    for (number, kind, name, state) in
        [(0, "wlan", "phy0", "0"), (1, "bluetooth", "hci0", "1"), (2, "wwan", "wwan0", "2")]
    {
        for (file, text) in [("type", kind), ("name", name), ("state", state)] {
            kernel.write(&format!("sys/class/rfkill/rfkill{number}/{file}"), &format!("{text}\n"));
        }
    }
    assert_eq!(look(kernel.root()).radios, ["bluetooth hci0".to_owned()].into());
}

#[test]
fn routes_are_counted_by_the_interface_they_lead_through() {
    let kernel = Kernel::isolated();
    kernel.route("eth0", "0003");
    kernel.route("eth0", "0001");
    kernel.route("*", "0201");
    kernel.add(
        "proc/net/ipv6_route",
        &format!("{0} 40 {0} 00 {0} 00000100 00000001 00000000 00000001     wg0\n", "0".repeat(32)),
    );
    // Reached by nobody: the kernel's own default, which refuses.
    kernel.add(
        "proc/net/ipv6_route",
        &format!("{0} 00 {0} 00 {0} ffffffff 00000001 00000000 00200200\n", "0".repeat(32)),
    );
    let seen = look(kernel.root());
    let expected = [("eth0", 2), ("lo", 1), ("wg0", 1)].map(|(name, routes)| (name.to_owned(), routes));
    assert_eq!(seen.routes, expected.into());
    assert!(seen.unread.is_empty(), "{:?}", seen.unread);
}

#[test]
fn sockets_that_wait_are_seen_with_address_and_port_and_others_not() {
    let kernel = Kernel::isolated();
    kernel.socket("tcp", "0100007F:1538", "0A");
    kernel.socket("tcp", "00000000:0016", "0A");
    kernel.socket("tcp", "0100007F:A000", "01");
    kernel.socket("udp", "0100007F:0143", "07");
    kernel.socket("udp", "0A00A8C0:8000", "01");
    kernel.socket("raw", "00000000:0001", "07");
    kernel.socket("tcp6", "00000000000000000000000001000000:1538", "0A");
    kernel.socket("tcp6", "00000000000000000000000000000000:0050", "0A");
    kernel.socket("udp6", "B80D0120000000000000000001000000:14E9", "07");
    let seen = look(kernel.root());
    let expected = [
        "0.0.0.0:22",
        "127.0.0.1:5432",
        "[::]:80",
        "[::1]:5432",
        "udp/127.0.0.1:323",
        "udp/[2001:db8::1]:5353",
        "raw/0.0.0.0:1",
    ];
    assert_eq!(sockets(&seen), expected);
    assert!(seen.unread.is_empty(), "{:?}", seen.unread);
}

/// Each is refused with its file, and nothing else is.
#[test]
fn what_cannot_be_read_or_understood_is_told_with_its_file() {
    let long = "x".repeat((4 << 20) + 1);
    for (file, text) in [
        ("sys/class/net/lo/flags", "9\n"),
        ("sys/class/net/lo/flags", "0x\n"),
        ("sys/class/net/lo/flags", "0x123456789\n"),
        ("sys/class/net/lo/flags", ""),
        ("sys/class/net/lo/operstate", "sideways\n"),
        ("sys/class/net/lo/carrier", "2\n"),
        ("sys/class/net/lo/type", "-1\n"),
        ("proc/net/route", ""),
        ("proc/net/route", "Iface\tDestination\neth0\t0\n"),
        ("proc/net/route", "Iface\tD\neth0 0 0 zz 0 0 0 0 0 0 0\n"),
        ("proc/net/ipv6_route", "0 0 0 0 0 0 0 0 00000001\n"),
        ("proc/net/tcp", ""),
        ("proc/net/tcp", "  sl  local_address\n 0: 0100007F 00000000:0000 0A\n"),
        ("proc/net/tcp", "  sl  local_address\n 0: 0100007F:12345 00000000:0000 0A\n"),
        ("proc/net/tcp", "  sl  local_address\n 0: 0100007:1234 00000000:0000 0A\n"),
        ("proc/net/tcp", "  sl  local_address\n 0: 0100٠7F:1234 00000000:0000 0A\n"),
        ("proc/net/tcp", "  sl  local_address\n 0: +100007F:1234 00000000:0000 0A\n"),
        ("proc/net/tcp", "  sl  local_address\n 0:\n"),
        ("proc/net/tcp", "  sl  local_address\n 0: 0100007F:0000 00000000:0000 0A\n"),
        ("proc/net/udp6", "  sl  local_address\n 0: 0100007F:1234 00000000:0000\n"),
        ("proc/net/raw", long.as_str()),
    ] {
        let kernel = Kernel::isolated();
        kernel.write(file, text);
        let seen = look(kernel.root());
        let told: Vec<&String> = seen.unread.iter().collect();
        assert!(matches!(told[..], [one] if one.starts_with(file)), "{file} {text:.60}: {told:?}");
    }
}

#[test]
fn a_file_that_is_gone_or_no_file_is_a_reason_and_a_kernel_without_ipv6_is_none() {
    let files = ["route", "tcp", "udp", "raw", "ipv6_route", "tcp6", "udp6", "raw6"];
    for file in files.map(|file| format!("proc/net/{file}")) {
        let kernel = Kernel::isolated();
        fs::remove_file(kernel.root().join(&file)).unwrap();
        assert_eq!(look(kernel.root()).unread, [format!("{file}: cannot be read")].into());
        fs::create_dir(kernel.root().join(&file)).unwrap();
        assert_eq!(look(kernel.root()).unread, [format!("{file}: cannot be read")].into());
    }
    let kernel = Kernel::isolated();
    for file in super::IPV6 {
        fs::remove_file(kernel.root().join(file)).unwrap();
    }
    assert!(look(kernel.root()).unread.is_empty());
    let nothing = look(tempfile::tempdir().unwrap().path());
    assert!(nothing.unread.iter().any(|what| what.starts_with("sys/class/net: ")), "{nothing:?}");
    assert_eq!(nothing.unread.len(), 5, "folder, routes and three tables: {nothing:?}");
}

#[test]
fn a_name_that_is_no_text_or_turns_direction_is_escaped() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let kernel = Kernel::isolated();
    kernel.interface("e\u{202e}0", "0x1003", Some("1"), "up", 1);
    fs::create_dir(kernel.root().join("sys/class/net").join(OsStr::from_bytes(b"e\xff"))).unwrap();
    let seen = look(kernel.root());
    assert!(names(&seen).contains(&("e\\u{202e}0", Link::Carrier)), "{seen:?}");
    assert!(seen.unread.iter().any(|what| what.starts_with("sys/class/net/e")), "{seen:?}");
}

#[test]
fn more_than_a_leaf_holds_is_cut_and_told() {
    let kernel = Kernel::isolated();
    for number in 0..70 {
        kernel.interface(&format!("veth{number}"), "0x1003", Some("1"), "up", 1);
        kernel.socket("tcp", &format!("0100007F:{:04X}", 5000 + number), "0A");
        kernel.route(&format!("veth{number}"), "0001");
    }
    let seen = look(kernel.root());
    assert_eq!((seen.up.len(), seen.listening.len(), seen.routes.len()), (64, 64, 64));
    let many = ["interfaces", "routes", "sockets"].map(|what| format!("{what}: are more than a leaf holds"));
    assert_eq!(seen.unread, many.into());
}
