//! A folder that shows what a kernel shows of its network in `/sys` and `/proc`.

use std::fs;
use std::path::Path;

const SOCKETS: &str =
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

/// The folder, for as long as this stands.
pub struct Kernel(tempfile::TempDir);

impl Kernel {
    /// A machine with a loopback and no other way to anybody: no radio, no socket that waits.
    pub fn isolated() -> Self {
        let kernel = Kernel(tempfile::tempdir().expect("a folder"));
        kernel.interface("lo", "0x9", Some("1"), "unknown", 772);
        kernel.write(
            "proc/net/route",
            "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n",
        );
        let zeros = "0".repeat(32);
        let loopback =
            format!("{}1 80 {zeros} 00 {zeros} 00000000 00000002 00000000 80200001       lo\n", "0".repeat(31));
        kernel.write("proc/net/ipv6_route", &loopback);
        kernel.write("proc/net/if_inet6", &format!("{}1 01 80 10 80       lo\n", "0".repeat(31)));
        for table in ["tcp", "udp", "raw", "tcp6", "udp6", "raw6"] {
            kernel.write(&format!("proc/net/{table}"), SOCKETS);
        }
        kernel
    }

    /// What stands for `/`.
    pub fn root(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file.
    pub fn write(&self, file: &str, text: &str) {
        let path = self.root().join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("written");
    }

    /// Adds to a file.
    pub fn add(&self, file: &str, text: &str) {
        let before = fs::read_to_string(self.root().join(file)).expect("it is there");
        self.write(file, &format!("{before}{text}"));
    }

    /// An interface with these flags, carrier, state and kind of hardware; without a carrier the kernel does not tell it.
    pub fn interface(&self, name: &str, flags: &str, carrier: Option<&str>, state: &str, kind: u16) {
        let file = |what: &str, text: &str| self.write(&format!("sys/class/net/{name}/{what}"), &format!("{text}\n"));
        file("flags", flags);
        file("operstate", state);
        file("type", &kind.to_string());
        carrier.into_iter().for_each(|carrier| file("carrier", carrier));
    }

    /// A cable is plugged in: the interface comes up and has a route.
    pub fn plug_in(&self, name: &str) {
        self.interface(name, "0x1003", Some("1"), "up", 1);
        self.route(name, "0003");
    }

    /// And pulled out again.
    pub fn pull_out(&self, name: &str) {
        fs::remove_dir_all(self.root().join("sys/class/net").join(name)).expect("it is there");
        let routes = fs::read_to_string(self.root().join("proc/net/route")).expect("it is there");
        let others = routes.lines().filter(|line| !line.starts_with(&format!("{name}\t")));
        self.write("proc/net/route", &others.map(|line| format!("{line}\n")).collect::<String>());
    }

    /// An IPv4 route through an interface.
    pub fn route(&self, name: &str, flags: &str) {
        self.add("proc/net/route", &format!("{name}\t00000000\t010200C0\t{flags}\t0\t0\t0\t00000000\t0\t0\t0\n"));
    }

    /// A socket of a table, by its address and state as the kernel writes them.
    pub fn socket(&self, table: &str, address: &str, state: &str) {
        let other = if table.ends_with('6') { "0".repeat(32) } else { "0".repeat(8) };
        self.add(
            &format!("proc/net/{table}"),
            &format!(
                "   0: {address} {other}:0000 {state} 00000000:00000000 00:00000000 00000000     0        0 1673\n"
            ),
        );
    }
}
