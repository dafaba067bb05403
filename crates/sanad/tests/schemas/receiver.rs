//! A receiving service that has turned somebody away at its door, and refused a label that is none.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::common::by_hand::by_hand;
use crate::common::{SANAD, copy};

/// Copies the receiving service of the election made by hand, with the election beside it, connects to it without TLS, and sends
/// it, with the relay's certificate, a label of which nobody can tell what station it is of.
pub fn knocked_at(dir: &Path) {
    copy(&by_hand().join("intake"), &dir.join("intake"));
    copy(&by_hand().join("election"), &dir.join("election"));
    let mut service = Command::new(SANAD)
        .args(["intake", "serve", "--config", "intake/intake.toml", "--lang", "en"])
        .current_dir(dir)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command runs");
    let mut told = BufReader::new(service.stdout.take().expect("it is piped"));
    let mut line = String::new();
    told.read_line(&mut line).expect("text");
    let address = line.split_once("https://").and_then(|(_, rest)| rest.split(';').next());
    let address = address.expect("it tells where it listens").trim().to_owned();
    let mut stranger = TcpStream::connect(&address).expect("it listens");
    stranger.write_all(b"GET / HTTP/1.0\r\n\r\n").expect("sent");
    let mut noted = BufReader::new(service.stderr.take().expect("it is piped")).lines().map(|line| line.expect("text"));
    assert!(
        noted.any(|line| line.contains("refused connection tls.protocol")),
        "it ended before it turned anybody away"
    );
    assert!(sent(dir, &address).contains("intake.malformed"), "what is no label is refused by its code");
    let asked = Command::new("kill").arg(service.id().to_string()).status().expect("the command runs");
    assert!(asked.success(), "it is there to be ended");
    told.read_to_string(&mut line).expect("text");
    assert!(service.wait().expect("it ends").success(), "{line}");
}

/// What the service answers to a label that is none.
fn sent(dir: &Path, address: &str) -> String {
    let tls = |name: &str| dir.join("intake/tls").join(name);
    let mut client = Command::new("openssl")
        .args(["s_client", "-quiet", "-connect", address, "-CAfile"])
        .arg(tls("authority.pem"))
        .arg("-cert")
        .arg(tls("relay.pem"))
        .arg("-key")
        .arg(tls("relay.key.pem"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("openssl is needed; tools/test installs it");
    let label = "PUT /v1/labels/0101-d0101-1.label.json HTTP/1.1\r\nHost: intake\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
    let mut asked = client.stdin.take().expect("it is piped");
    asked.write_all(label.as_bytes()).expect("sent");
    let mut answer = String::new();
    client.stdout.take().expect("it is piped").read_to_string(&mut answer).expect("text");
    client.wait().expect("it ends");
    answer
}
