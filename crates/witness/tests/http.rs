//! The service of a witness, asked as C2SP tlog-witness says.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex, mpsc};

use log::note::{NoteAlgorithm, NoteKey, NoteSignature};
use log::witness::{Fork, Request};
use log::{Log, MemoryStore};
use sanad_witness::{Desk, Error, Server, Stop};
use sign::{FileKey, KeyKind, Signer as _};

const ORIGIN: &str = "e/record";

struct Party {
    dir: tempfile::TempDir,
    log: FileKey,
    own: NoteKey,
}

impl Party {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let [log, key] = [(); 2].map(|()| FileKey::generate(KeyKind::Ed25519).unwrap());
        let watched = NoteKey::new(ORIGIN, NoteAlgorithm::Ed25519, log.public_key().clone()).unwrap();
        let path = Desk::begin(dir.path(), "party.example", &[watched]).unwrap();
        std::fs::write(path, key.to_pem("").unwrap().as_bytes()).unwrap();
        let own = NoteKey::new("party.example", NoteAlgorithm::CosignatureV1, key.public_key().clone()).unwrap();
        Party { dir, log, own }
    }

    fn log(&self, words: &[&str]) -> Log<MemoryStore> {
        log_of(&self.log, ORIGIN, words)
    }

    fn serve(&self) -> Served {
        let said = Arc::new(Mutex::new(Vec::new()));
        let (stop, stopped) = sanad_witness::stop();
        let (sender, ready) = mpsc::channel();
        let desk = Desk::open(self.dir.path()).unwrap();
        let lines = said.clone();
        let thread = std::thread::spawn(move || {
            let lines: sanad_witness::Lines = Arc::new(move |line: &str| lines.lock().unwrap().push(line.to_owned()));
            let any = "127.0.0.1:0".parse().unwrap();
            Server::serve_blocking(desk, any, lines, |address| sender.send(address).unwrap(), stopped)
        });
        Served { address: ready.recv().unwrap(), stop: Some(stop), thread: Some(thread), said }
    }
}

struct Served {
    address: SocketAddr,
    stop: Option<Stop>,
    thread: Option<std::thread::JoinHandle<Result<(), Error>>>,
    said: Arc<Mutex<Vec<String>>>,
}

impl Drop for Served {
    fn drop(&mut self) {
        self.stop.take();
        let ended = self.thread.take().map(std::thread::JoinHandle::join);
        assert!(std::thread::panicking() || matches!(ended, Some(Ok(Ok(())))));
    }
}

fn log_of(key: &FileKey, origin: &str, words: &[&str]) -> Log<MemoryStore> {
    let key = FileKey::from_pem(&key.to_pem("").unwrap()).unwrap();
    let mut log = Log::create(MemoryStore::default(), origin, Box::new(key)).unwrap();
    log.append(&words.iter().map(|word| word.as_bytes().to_vec()).collect::<Vec<_>>()).unwrap();
    log
}

/// What came back: status, content type, body.
type Answer = (u16, String, String);

impl Served {
    fn send(&self, method: &str, path: &str, body: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(self.address).unwrap();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: witness\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        // One whose body is too long is answered before it has been read.
        let _ = stream.write_all(body);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8(answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let kind = head.lines().find_map(|line| line.strip_prefix("content-type: ")).unwrap_or_default();
        (status, kind.to_owned(), body.to_owned())
    }

    fn ask(&self, request: &Request) -> Answer {
        self.send("POST", "/add-checkpoint", &request.to_bytes())
    }
}

fn seen(dir: &Path) -> u64 {
    Desk::open(dir).unwrap().seen_size(ORIGIN).unwrap()
}

/// The eight answers of tlog-witness, each with what it must say.
#[test]
fn the_service_answers_as_tlog_witness_says() {
    let party = Party::new();
    let served = party.serve();
    let mut log = party.log(&["a", "b"]);
    let (status, _, line) = served.ask(&log.request(0).unwrap());
    let signature: NoteSignature = line.trim_end().parse().unwrap();
    assert_eq!((status, line.matches('\n').count()), (200, 1));
    assert!(party.own.verify(&log.checkpoint().text, &signature).unwrap().is_some(), "a time stands with it");
    // Asked from another size: 409, and the body is the size seen.
    log.append(&[b"c".to_vec()]).unwrap();
    let conflict = (409, "text/x.tlog.size".to_owned(), "2\n".to_owned());
    assert_eq!(served.ask(&log.request(0).unwrap()), conflict);
    assert_eq!(served.ask(&log.request(1).unwrap()), conflict);
    // A proof that does not hold: 422.
    let proof = log.request(2).unwrap();
    let mut false_proof = proof.clone();
    false_proof.proof[0][0] ^= 1;
    assert_eq!(served.ask(&false_proof).0, 422);
    assert_eq!(served.ask(&Request { proof: Vec::new(), ..proof.clone() }).0, 422);
    assert_eq!(seen(party.dir.path()), 2, "what was refused is not remembered");
    assert_eq!(served.ask(&proof).0, 200);
    assert_eq!(seen(party.dir.path()), 3);
    // Again from where it stands: no new leaves, and signed once more.
    assert_eq!(served.ask(&log.request(3).unwrap()).0, 200);
    // Smaller than what it has seen, honestly asked: the size. Asked from more leaves than it shows: 400.
    let smaller = party.log(&["a", "b"]);
    assert_eq!(served.ask(&smaller.request(0).unwrap()), (409, "text/x.tlog.size".into(), "3\n".into()));
    assert_eq!(served.ask(&Request { old: 3, ..smaller.request(0).unwrap() }).0, 400);
    // Not signed by the log's key: 403. Another log: 404.
    let stranger = FileKey::generate(KeyKind::Ed25519).unwrap();
    assert_eq!(served.ask(&log_of(&stranger, ORIGIN, &["a"]).request(0).unwrap()).0, 403);
    let mut altered = log.request(3).unwrap();
    altered.checkpoint.signatures[0].signature[7] ^= 1;
    assert_eq!(served.ask(&altered).0, 403);
    assert_eq!(served.ask(&log_of(&party.log, "e/other", &["a"]).request(0).unwrap()).0, 404);
    // No request: 400; another address or method; a body without end.
    for bad in [&b"old 1\n"[..], b"", b"\xff\n\n", b"old 00\n\nx"] {
        assert_eq!(served.send("POST", "/add-checkpoint", bad).0, 400);
    }
    assert_eq!(served.send("GET", "/add-checkpoint", b"").0, 405);
    assert_eq!(served.send("POST", "/", b"").0, 404);
    assert_eq!(served.send("POST", "/add-checkpoint", &vec![b'x'; 80_000]).0, 413);
    assert!(served.said.lock().unwrap().iter().any(|line| line.starts_with("refused witness.unknown_log")));
}

/// LG2: shown two histories of one size, it keeps both notes as a file that proves it.
#[test]
fn lg2_a_fork_that_is_shown_over_http_becomes_a_proof() {
    let party = Party::new();
    let served = party.serve();
    assert_eq!(served.ask(&party.log(&["a", "b"]).request(0).unwrap()).0, 200);
    let other = party.log(&["a", "x"]);
    let answer = served.ask(&Request { old: 2, proof: Vec::new(), checkpoint: other.checkpoint().clone() });
    assert_eq!(answer, (409, "text/x.tlog.size".into(), "2\n".into()));
    let proof = std::fs::read(Desk::open(party.dir.path()).unwrap().fork_proof()).unwrap();
    assert!(Fork::parse(&proof).unwrap().holds(other.key()));
}

/// The memory is one, whether a request is carried or comes over HTTP, and outlives the service.
#[test]
fn lg7_what_was_cosigned_over_http_is_remembered_by_who_comes_after() {
    let party = Party::new();
    let mut log = party.log(&["a"]);
    {
        let served = party.serve();
        assert_eq!(served.ask(&log.request(0).unwrap()).0, 200);
    }
    log.append(&[b"b".to_vec(), b"c".to_vec()]).unwrap();
    let desk = Desk::open(party.dir.path()).unwrap();
    desk.cosign(&log.request(1).unwrap(), 1).unwrap();
    // Offline for a long time, then caught up by one consistency proof.
    log.append(&(0..1000u32).map(|n| n.to_be_bytes().to_vec()).collect::<Vec<_>>()).unwrap();
    let served = party.serve();
    assert_eq!(served.ask(&log.request(1).unwrap()).2, "3\n");
    assert_eq!(served.ask(&log.request(3).unwrap()).0, 200);
    let error = desk.cosign(&party.log(&["a", "b", "c"]).request(0).unwrap(), 1).unwrap_err();
    assert!(matches!(error, Error::Refused(log::witness::WitnessError::Rollback { seen: 1003, size: 3 })), "{error}");
}

/// Many who ask at one time for the same step: one is given it, the others the new size. Nobody is shown an older tree.
#[test]
fn requests_at_one_time_are_judged_one_after_another() {
    let party = Party::new();
    let served = party.serve();
    let words: Vec<String> = (0..40).map(|n| n.to_string()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let asked: Vec<_> = (1..=40)
            .map(|size| {
                let (served, log) = (&served, party.log(&words[..size]));
                scope.spawn(move || served.ask(&log.request(0).unwrap()).0)
            })
            .collect();
        asked.into_iter().map(|asked| asked.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| [200, 409].contains(status)), "{statuses:?}");
    let winner = statuses.iter().position(|status| *status == 200).unwrap() as u64 + 1;
    assert_eq!(seen(party.dir.path()), winner);
}

#[test]
fn a_port_that_is_taken_and_a_file_that_is_gone_are_named() {
    use election::Coded as _;
    let party = Party::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    let (_stop, stopped) = sanad_witness::stop();
    let desk = Desk::open(party.dir.path()).unwrap();
    let refused = Server::serve_blocking(desk.clone(), address, Arc::new(|_: &str| {}), |_| {}, stopped).unwrap_err();
    assert_eq!(refused.code(), "witness.listen");
    assert!(refused.to_string().contains(&address.to_string()), "{refused}");

    let logs = party.dir.path().join("logs.txt");
    std::fs::remove_file(&logs).unwrap();
    let request = Request::parse(&party.log(&["a"]).request(0).unwrap().to_bytes()).unwrap();
    let refused = desk.cosign(&request, 1_778_000_000).unwrap_err();
    assert_eq!(refused.code(), "witness.file");
    assert!(refused.to_string().contains("logs.txt"), "{refused}");
    assert_eq!(std::fs::read_dir(party.dir.path()).unwrap().count(), 2, "its key and its name: nothing was remembered");
}
