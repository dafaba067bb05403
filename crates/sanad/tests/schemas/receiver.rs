//! A receiving service that has turned somebody away at its door.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::common::by_hand::by_hand;
use crate::common::{SANAD, copy};

/// Copies the receiving service of the election made by hand, with the election beside it, and connects to it without TLS.
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
    let mut stranger = TcpStream::connect(address.expect("it tells where it listens")).expect("it listens");
    stranger.write_all(b"GET / HTTP/1.0\r\n\r\n").expect("sent");
    let mut noted = BufReader::new(service.stderr.take().expect("it is piped")).lines().map(|line| line.expect("text"));
    assert!(
        noted.any(|line| line.contains("refused connection tls.protocol")),
        "it ended before it turned anybody away"
    );
    let asked = Command::new("kill").arg(service.id().to_string()).status().expect("the command runs");
    assert!(asked.success(), "it is there to be ended");
    told.read_to_string(&mut line).expect("text");
    assert!(service.wait().expect("it ends").success(), "{line}");
}
