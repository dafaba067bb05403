//! Each reason code of the service and the relay that no other test names, provoked from outside: a damaged folder,
//! a disk, a stranger on the line.

use axum::http::Method;
use faults::{Disk, Faults, Mounted};
use rustls::pki_types::ServerName;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::{TlsAcceptor, TlsConnector};

use election::Coded as _;

use super::*;
use crate::control;
use crate::export::export_with;
use crate::relay::RelayError;
use crate::report::TransmissionReport;
use crate::state::{FileStatus, PackageStatus};

/// Why a service does not start.
async fn start_refused(bench: &Bench) -> Error {
    let quiet: crate::Lines = Arc::new(|_: &str| {});
    Server::bind_with(bench.config.clone(), bench.roll(), quiet).await.err().expect("it does not start")
}

/// A bench whose intake has one package, and has ended.
async fn with_one_package() -> (Bench, Package) {
    let bench = Bench::new();
    let server = bench.start().await;
    let package = bench.package(0, 1, b"results", b"images");
    send(&bench.options(server.address), &package).await.unwrap();
    server.end().await.unwrap();
    (bench, package)
}

fn checkpoint(bench: &Bench) -> Vec<u8> {
    std::fs::read(bench.config.folder.join("log/checkpoint")).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_database_stops_the_start_and_leaves_the_log_alone() {
    let (bench, package) = with_one_package().await;
    let before = checkpoint(&bench);
    for journal in ["intake.sqlite-wal", "intake.sqlite-shm"] {
        let _ = std::fs::remove_file(bench.config.folder.join(journal));
    }
    let database = bench.config.folder.join("intake.sqlite");
    std::fs::write(&database, [b'x'; 8192]).unwrap();
    let refused = start_refused(&bench).await;
    assert_eq!(refused.code(), "intake.database", "{refused}");
    assert_eq!((checkpoint(&bench), std::fs::read(&database).unwrap()), (before, vec![b'x'; 8192]));
    // Without it the service begins a new one: the log is the truth.
    std::fs::remove_file(&database).unwrap();
    bench.start().await.end().await.unwrap();
    // The report still accounts for the package, as the log has it; of who brought it nothing is known any more.
    let to = bench.path("copy");
    assert_eq!(export_with(&bench.config, &bench.roll(), &to).await.unwrap().packages, 1);
    let report: TransmissionReport = read_json(&to.join("transmission.json"));
    let told = &report.stations[&"s0".parse().unwrap()].packages;
    assert_eq!((report.stations.len(), told.len()), (1, 1), "{report:?}");
    assert_eq!((told[0].name.as_str(), told[0].address.as_str(), told[0].attempts.len()), ("s0-d0-1", "*", 0));
    assert_eq!(told[0].label, sign::sha256(&std::fs::read(&package.label).unwrap()));
    let receipt = told[0].receipt.as_ref().expect("the log has it");
    assert_eq!((&receipt.transport, &receipt.time), (&told[0].transport, &told[0].admitted));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_log_stops_the_start_and_stays_as_it_is() {
    let (bench, _) = with_one_package().await;
    let path = bench.config.folder.join("log/checkpoint");
    std::fs::write(&path, b"no note\n").unwrap();
    let refused = start_refused(&bench).await;
    assert_eq!(refused.code(), "intake.log", "{refused}");
    assert_eq!(std::fs::read(&path).unwrap(), b"no note\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_without_an_election_cannot_be_served() {
    let bench = Bench::new();
    std::fs::create_dir(&bench.config.election).unwrap();
    let quiet: crate::Lines = Arc::new(|_: &str| {});
    let refused = Server::bind(bench.config.clone(), quiet).await.err().expect("no election");
    assert_eq!(refused.code(), "intake.election-folder", "{refused}");
    assert!(!bench.config.folder.exists(), "nothing was begun");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leaf_that_no_intake_writes_is_named_by_its_index() {
    let (bench, _) = with_one_package().await;
    let key = crate::sequencer::read_key(&bench.config.key).unwrap();
    let strange = sign::dsse::sign("note", b"{}", &[&key]).unwrap().to_bytes();
    // A receipt for a label that the log does not have.
    let other = Bench::new();
    let server = other.start().await;
    let foreign = other.package(1, 1, b"other", b"images");
    send(&other.options(server.address), &foreign).await.unwrap();
    server.end().await.unwrap();
    let orphan = std::fs::read(foreign.receipt()).unwrap();
    for (leaf, what) in [(b"no envelope".to_vec(), "envelope"), (strange, "'note'"), (orphan, "no label")] {
        let copy = Bench::new();
        let folder = copy.path("store");
        copy_folder(&bench.config.folder, &folder);
        let log_key = Box::new(crate::sequencer::read_key(&bench.config.log_key).unwrap());
        let mut log = log::Log::open(log::FolderStore::new(folder.join("log")), "test_2026/intake", log_key).unwrap();
        log.append(&[leaf]).unwrap();
        let config = Config { folder: folder.clone(), ..bench.config.clone() };
        let exported = export_with(&config, &bench.roll(), &copy.path("copy")).await;
        let quiet: crate::Lines = Arc::new(|_: &str| {});
        let started = Server::bind_with(config, bench.roll(), quiet).await.map(drop);
        // The start folds what it must know to go on; the export reads whatever it hands on.
        let refused: Vec<Error> = [exported.map(drop), started].into_iter().filter_map(Result::err).collect();
        assert!(!refused.is_empty(), "{what}: neither exported nor started");
        for error in refused {
            assert_eq!(error.code(), "intake.leaf", "{error}");
            assert!(error.to_string().starts_with("leaf 2 ") && error.to_string().contains(what), "{what}: {error}");
        }
    }
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_service_of_one_folder_is_refused() {
    let bench = Bench::new();
    let server = bench.start().await;
    let refused = start_refused(&bench).await;
    assert_eq!(refused.code(), "intake.running");
    assert!(refused.to_string().contains(&bench.config.folder.display().to_string()), "{refused}");
    // The first one goes on.
    send(&bench.options(server.address), &bench.package(0, 1, b"results", b"images")).await.unwrap();
    server.end().await.unwrap();
}

#[test]
fn a_statement_too_large_for_a_leaf_is_not_entered() {
    let key = FileKey::generate(KeyKind::P256).unwrap();
    let mut leaves = crate::memory::Leaves { next: 7, leaves: Vec::new() };
    let refused = leaves.sign("refusal", &"x".repeat(70_000), &key).unwrap_err();
    assert_eq!(refused.code(), "intake.sign", "{refused}");
    assert_eq!((leaves.next, leaves.leaves.len()), (7, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_cannot_close_stops_and_says_why() {
    let bench = Bench::new();
    let server = bench.start().await;
    server.fail_to_append.store(true, Ordering::SeqCst);
    durable::write(&bench.config.folder.join(crate::server::CLOSE_REQUEST), b"").unwrap();
    let Running { task, stop, .. } = server;
    let ended = tokio::time::timeout(Duration::from_secs(20), task).await.expect("it ends by itself").unwrap();
    let refused = ended.unwrap_err();
    assert_eq!(refused.code(), "intake.stopped", "{refused}");
    assert!(refused.to_string().contains("the disk failed"), "{refused}");
    drop(stop);
    // The request stands: the next start closes.
    assert!(bench.config.folder.join(crate::server::CLOSE_REQUEST).exists());
    control::close_with(&bench.config, || Ok(bench.roll())).await.unwrap();
    assert_eq!(bench.kinds(), ["close"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_without_its_key_is_refused() {
    let mut bench = Bench::new();
    bench.config.tls.key = bench.path("relay.key.pem");
    let refused = start_refused(&bench).await;
    assert_eq!(refused.code(), "intake.tls", "{refused}");
    let mut options = bench.options("127.0.0.1:9".parse().unwrap());
    options.key = bench.path("server.key.pem");
    let refused = crate::relay::send(&options, &[], |_| {}).await.unwrap_err();
    assert_eq!(refused.code(), "intake.tls", "{refused}");
    // No host has such a name.
    let refused = bench.authority.issue("intake", Purpose::Server, &["\u{e9}"]).map(drop).unwrap_err();
    assert_eq!(refused.code(), "intake.tls", "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_does_not_confirm_is_told_from_one_that_refuses() {
    let (bench, _) = with_one_package().await;
    let mounted = Mounted::new(Disk::new(1));
    let to = mounted.path().join("copy");
    mounted.disk().set(Faults { fail_sync_at: Some(1), ..Faults::default() });
    let refused = export_with(&bench.config, &bench.roll(), &to).await.unwrap_err();
    assert_eq!(refused.code(), "intake.unconfirmed", "{refused}");
    assert!(!to.exists(), "nothing that might not be there is shown");
}

/// Somebody with a listed certificate and no intake, who answers each request in turn.
async fn impostor(bench: &Bench, answers: Vec<(&'static str, Vec<u8>)>) -> SocketAddr {
    let acceptor = TlsAcceptor::from(Arc::new(crate::tls::server(&bench.config.tls).unwrap()));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let Ok((stream, _)) = listener.accept().await else { return };
        let Ok(mut stream) = acceptor.accept(stream).await else { return };
        for (status, body) in answers {
            let mut request = Vec::new();
            while !is_whole(&request) {
                let mut some = [0; 4096];
                match stream.read(&mut some).await {
                    Ok(n) if n > 0 => request.extend_from_slice(&some[..n]),
                    _ => return,
                }
            }
            let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n\r\n", body.len());
            stream.write_all(&[head.as_bytes(), &body].concat()).await.unwrap();
        }
        // The line stays open until the relay is done with it.
        let _ = stream.read(&mut [0; 1]).await;
    });
    address
}

/// Is all of a request there, head and body?
fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_ascii_lowercase();
    let Some(head) = text.find("\r\n\r\n") else { return false };
    let length = text[..head].lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
    request.len() >= head + 4 + length.unwrap_or(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_none_of_an_intake_is_told_as_such() {
    let bench = Bench::new();
    let package = bench.package(0, 1, b"results", b"images");
    let address = impostor(&bench, vec![("200 OK", b"<html>welcome</html>".to_vec())]).await;
    let refused = send(&bench.options(address), &package).await.unwrap_err();
    assert_eq!(refused.code(), "relay.answer", "{refused}");
    let address = impostor(&bench, vec![("402 Payment Required", b"<html>log in</html>".to_vec())]).await;
    let refused = send(&bench.options(address), &package).await.unwrap_err();
    assert_eq!(refused.code(), "relay.refused", "{refused}");
    assert!(matches!(&refused, RelayError::Refused { code, status: 402, .. } if code == "intake.unexplained"));
    assert!(!package.receipt().exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_of_other_files_is_not_kept() {
    let (bench, other) = with_one_package().await;
    let package = bench.package(0, 2, b"results of the second", b"images");
    let whole = |part| FileStatus {
        sha256: sign::sha256(&package.bytes(part)),
        state: "whole".to_owned(),
        missing: Vec::new(),
    };
    let status = PackageStatus {
        label: sign::sha256(&std::fs::read(&package.label).unwrap()),
        receipt: true,
        files: vec![whole(Part::Results), whole(Part::Images)],
    };
    // A true receipt, by the listed key, for the package that was sent before.
    let receipt = std::fs::read(other.receipt()).unwrap();
    let answers = vec![("200 OK", serde_json::to_vec(&status).unwrap()), ("200 OK", receipt)];
    let refused = send(&bench.options(impostor(&bench, answers).await), &package).await.unwrap_err();
    assert_eq!(refused.code(), "relay.receipt", "{refused}");
    assert!(!package.receipt().exists());
    let journal = std::fs::read_to_string(bench.path("relay.jsonl")).unwrap();
    assert!(journal.lines().last().unwrap().contains("relay.receipt"), "{journal}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_journal_of_a_relay_names_what_was_sent_refused_and_tried_again() {
    let bench = Bench::new();
    let server = bench.start().await;
    let options = bench.options(server.address);
    let package = bench.package(0, 1, b"results", b"images");
    send(&options, &package).await.unwrap();
    let stranger = bench.package_with(0, 3, b"r", b"i", |_| {}, &bench.devices[1]);
    let refused = send(&options, &stranger).await.unwrap_err();
    assert_eq!(refused.code(), "relay.refused", "{refused}");
    assert!(!stranger.receipt().exists());
    server.end().await.unwrap();
    // Nobody listens there any more: one try, a pause, and the last try.
    let late = bench.package(0, 2, b"late", b"images");
    let cut = send(&Options { attempts: 2, ..options }, &late).await.unwrap_err();
    assert_eq!(cut.code(), "relay.cut", "{cut}");
    let journal = std::fs::read_to_string(bench.path("relay.jsonl")).unwrap();
    let codes: Vec<String> = journal
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["code"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(codes, ["relay.sent", "relay.refused", "relay.attempt", "relay.cut"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_does_not_speak_tls_or_hangs_up_stands_in_the_report() {
    let bench = Bench::new();
    let server = bench.start().await;
    // Words in clear.
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
    let _ = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut Vec::new())).await;
    // A client that trusts another authority says so, and goes.
    let other = authority();
    std::fs::write(bench.path("other-ca.pem"), &other.own().certificate).unwrap();
    let options = bench.options(server.address);
    let tls = crate::tls::client(&bench.path("other-ca.pem"), &options.certificate, &options.key).unwrap();
    let stream = TcpStream::connect(server.address).await.unwrap();
    let name = ServerName::try_from("127.0.0.1").unwrap();
    assert!(TlsConnector::from(Arc::new(tls)).connect(name, stream).await.is_err());
    // The authority's own certificate is of no relay.
    let own = Options { certificate: bench.path("ca.pem"), key: bench.path("ca.key.pem"), ..options };
    let tls = crate::tls::client(&own.authority, &own.certificate, &own.key).unwrap();
    let answered = match Client::connect(&own.to, Arc::new(tls), own.timeout).await {
        Ok(mut client) => client.send(Method::GET, "/v1/files/0", axum::body::Bytes::new()).await.map(drop),
        Err(error) => Err(error),
    };
    assert!(matches!(answered, Err(RelayError::Cut(_))), "{answered:?}");
    // Handshakes end in their own time.
    tokio::time::sleep(Duration::from_millis(300)).await;
    server.end().await.unwrap();
    export_with(&bench.config, &bench.roll(), &bench.path("copy")).await.unwrap();
    let report: TransmissionReport = read_json(&bench.path("copy/transmission.json"));
    let reasons: Vec<&str> = report.refused_connections.iter().map(|r| r.reason.as_str()).collect();
    assert_eq!(reasons, ["tls.alert", "tls.certificate", "tls.protocol"]);
}
