//! A witness and the logs that it watches.

use log::{Log, MemoryStore};
use sign::{FileKey, KeyKind, Signer};

use crate::{Desk, common, minimal};

#[test]
fn a_witness_is_made_once_in_a_folder() {
    let desk = Desk::new();
    desk.holds("witness init --dir w --name court.example");
    desk.refuses("witness init --dir w --name court.example").is("witness.exists", 2, &["w:", "name another folder"]);
}

#[test]
fn a_log_is_named_with_its_key() {
    let desk = Desk::new();
    let refused = desk.refuses("witness init --dir w --name court.example --log minimal/record");
    refused.is("witness.log", 2, &["'minimal/record' is not ORIGIN=KEY"]);
    assert!(!desk.path("w").exists());
    // A definition whose key lists have no log yet.
    desk.holds("witness init --dir w --name court.example");
    common::copy(&minimal(), &desk.path("e"));
    desk.refuses("witness watch --dir w --election e").is("witness.log", 2, &["keys/services.csv", "sanad key enter"]);
}

#[test]
fn a_log_that_a_witness_does_not_watch_is_not_cosigned() {
    let desk = Desk::new();
    desk.holds("witness init --dir w --name court.example");
    let key = FileKey::generate(KeyKind::Ed25519).expect("a key");
    desk.holds(&format!("witness init --dir other --name o.example --log a/record={}", key.public_key()));
    let mut log = Log::create(MemoryStore::default(), "a/record", Box::new(key)).expect("a log");
    log.append(&[b"a leaf".to_vec()]).expect("appended");
    desk.write("request.txt", log.request(0).expect("a request").to_bytes());
    let refused = desk.refuses("witness cosign --dir w request.txt -o line.txt");
    refused.is("witness.unknown_log", 2, &["'a/record'", "sanad witness watch"]);
    assert!(!desk.path("line.txt").exists());
    desk.holds("witness cosign --dir other request.txt -o line.txt");
}

#[test]
fn a_witness_without_its_files_or_its_port_says_which() {
    let desk = Desk::new();
    desk.holds("witness init --dir w --name court.example");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("its address");
    let refused = desk.refuses(&format!("witness serve --dir w --listen {address}"));
    refused.is("witness.listen", 2, &[&address.to_string(), "write another address"]);
    std::fs::remove_file(desk.path("w/logs.txt")).expect("it was there");
    desk.refuses("witness status --dir w").is("witness.file", 2, &["w/logs.txt", "check the disk"]);
    desk.refuses("witness serve --dir nobody").is("witness.absent", 2, &["nobody", "sanad witness init"]);
}

#[test]
fn a_key_that_is_not_lost_signs_for_the_one_that_takes_its_place() {
    let desk = Desk::new();
    desk.holds("witness init --dir w --name court.example");
    let (old, fingerprint) =
        (FileKey::generate(KeyKind::Ed25519).expect("a key"), format!("sha256:{}", "0".repeat(64)));
    let rotate = |rest: &str| format!("witness rotate --dir w2 --fingerprint {fingerprint} -o request.txt {rest}");
    let named = format!("--name court.example --before {}", old.public_key());
    let refused = desk.refuses(&rotate(&format!("{named} --cause stolen")));
    refused.is("witness.old_key", 2, &["--old", "--cause lost"]);
    assert!(!desk.path("w2").exists() && !desk.path("request.txt").exists());
    desk.holds(&rotate(&format!("{named} --cause lost")));
    let request = std::fs::read_to_string(desk.path("request.txt")).expect("it was written");
    let lines: Vec<&str> = request.lines().collect();
    assert_eq!(lines[..3], ["sanad witness rotation v1", fingerprint.as_str(), "court.example"]);
    assert_eq!((lines[3], lines[5]), (old.public_key().id().to_string().as_str(), "lost"));
    assert_eq!(lines.iter().filter(|line| line.starts_with("— court.example ")).count(), 1, "the new key alone");
    desk.refuses(&rotate("--old w --cause planned")).is("witness.exists", 2, &["w2:", "name another folder"]);
}

#[test]
fn a_rotation_that_broke_off_is_taken_up_with_the_key_that_it_made() {
    let desk = Desk::new();
    desk.holds("witness init --dir w --name court.example");
    desk.holds("witness init --dir other --name observers.example");
    let fingerprint = format!("sha256:{}", "0".repeat(64));
    let rotate = |dir: &str, rest: &str| {
        format!("witness rotate --dir {dir}{rest} --old w --cause planned --fingerprint {fingerprint} -o request.txt")
    };
    let key = |dir: &str| std::fs::read(desk.path(dir).join("witness.key.pem")).expect("a key");
    let before = key("w");
    // Neither the key that gives way nor that of another witness is taken for the new one.
    for dir in ["w", "other"] {
        let refused = desk.refuses(&rotate(dir, " --resume"));
        refused.is("witness.no_successor", 2, &["'court.example'", "the folder that the rotation began"]);
        assert!(!desk.path("request.txt").exists());
    }
    desk.holds(&rotate("w2", ""));
    let (made, whole) = (key("w2"), std::fs::read(desk.path("request.txt")).expect("it was written"));
    // The files in the order in which they are written: each is missing with all that come after it.
    let files = ["w2/logs.txt", "w2/witness.pub", "w2/witness.key.pem", "request.txt"];
    for first in (0..files.len()).rev() {
        for file in &files[first..] {
            let _ = std::fs::remove_file(desk.path(file));
        }
        if first == 3 {
            desk.refuses(&rotate("w2", "")).is("witness.exists", 2, &["w2:", "--resume"]);
        }
        desk.holds(&rotate("w2", " --resume"));
        let is_kept = first > 2;
        assert_eq!(key("w2") == made, is_kept, "{}", files[first]);
        let request = std::fs::read(desk.path("request.txt")).expect("it was written");
        assert_eq!(request == whole, is_kept, "{}", files[first]);
        // The request is for the key that is in the folder.
        let key = FileKey::from_pem(&String::from_utf8(key("w2")).expect("text")).expect("a key");
        let text = String::from_utf8(request).expect("text");
        assert_eq!(text.lines().nth(4), Some(key.public_key().to_string().as_str()));
        assert_eq!(text.lines().filter(|line| line.starts_with("— court.example ")).count(), 2, "both keys sign");
        assert!(files.iter().all(|file| desk.path(file).exists()));
    }
    assert_eq!(key("w"), before);
}
