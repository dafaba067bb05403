use std::time::Instant;

use axum::body::Bytes;
use axum::http::Method;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::*;
use crate::relay::RelayError;
use crate::report::TransmissionReport;

async fn connect(bench: &Bench, address: SocketAddr) -> TlsStream<TcpStream> {
    let options = bench.options(address);
    let tls = crate::tls::client(&options.authority, &options.certificate, &options.key).unwrap();
    let stream = TcpStream::connect(address).await.unwrap();
    let name = ServerName::try_from("127.0.0.1").unwrap();
    TlsConnector::from(Arc::new(tls)).connect(name, stream).await.unwrap()
}

/// What the server says until it ends the connection.
async fn rest(stream: &mut (impl tokio::io::AsyncRead + Unpin)) -> String {
    let mut all = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut all)).await;
    // A connection that is cut without a farewell has ended all the same.
    let _ = read.expect("the server ends the connection");
    String::from_utf8_lossy(&all).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn rx1_whoever_is_slow_or_large_is_cut_off_and_others_are_served() {
    let mut bench = Bench::new();
    bench.config.limits = Limits {
        connections: 60,
        connections_per_address: 50,
        handshake_ms: 700,
        head_ms: 700,
        body_ms: 700,
        ..Limits::default()
    };
    let server = bench.start().await;
    let start = Instant::now();
    // Forty that never finish a handshake, a head or a body.
    let mut silent = Vec::new();
    for _ in 0..20 {
        silent.push(TcpStream::connect(server.address).await.unwrap());
    }
    let mut half_heads = Vec::new();
    for _ in 0..10 {
        let mut stream = connect(&bench, server.address).await;
        stream.write_all(b"GET /v1/files/0 HTTP/1.1\r\nhost: a\r\nx: ").await.unwrap();
        half_heads.push(stream);
    }
    let mut half_bodies = Vec::new();
    for _ in 0..10 {
        let mut stream = connect(&bench, server.address).await;
        let head = "PUT /v1/labels/a HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\nabc";
        stream.write_all(head.as_bytes()).await.unwrap();
        half_bodies.push(stream);
    }
    // Meanwhile a station is served.
    let package = bench.package(0, 1, b"results", b"images");
    let before = Instant::now();
    send(&bench.options(server.address), &package).await.unwrap();
    assert!(before.elapsed() < Duration::from_secs(5), "{:?}", before.elapsed());
    for mut stream in silent {
        assert_eq!(rest(&mut stream).await, "");
    }
    for mut stream in half_heads {
        let answer = rest(&mut stream).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408"), "{answer}");
    }
    for mut stream in half_bodies {
        let answer = rest(&mut stream).await;
        assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("intake.slow"), "{answer}");
    }
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    // Ten gigabytes, an encoded body, an endless one, nesting without end, too many headers.
    let nested = format!("{{\"bytes\":{}", "[".repeat(60_000));
    let list = format!("PUT /v1/files/{}/chunks HTTP/1.1\r\nhost: a\r\n", "0".repeat(64));
    let label = "PUT /v1/labels/a HTTP/1.1\r\nhost: a\r\n";
    let cases = [
        (format!("{label}content-length: 10737418240\r\n\r\n"), "413", "intake.size"),
        (format!("{label}content-encoding: gzip\r\ncontent-length: 2\r\n\r\nab"), "415", "intake.encoding"),
        (format!("{list}content-length: {}\r\n\r\n{nested}", nested.len()), "400", "intake.malformed"),
        (format!("{label}{}\r\n", "a: b\r\n".repeat(100)), "431", ""),
        (format!("{label}x: {}\r\n\r\n", "y".repeat(100_000)), "431", ""),
        (format!("{label}transfer-encoding: chunked\r\n\r\n1\r\na\r\n"), "408", "intake.slow"),
        (
            format!("{label}transfer-encoding: chunked\r\n\r\n11170\r\n{}\r\n0\r\n\r\n", "a".repeat(70_000)),
            "413",
            "intake.size",
        ),
    ];
    for (request, status, code) in cases {
        let mut stream = connect(&bench, server.address).await;
        // The answer may come before all is written.
        let _ = stream.write_all(request.as_bytes()).await;
        let answer = rest(&mut stream).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{}: {answer}", &request[..60]);
        assert!(answer.contains(code), "{answer}");
    }
    server.end().await.unwrap();
    assert!(bench.lines().iter().any(|line| line.contains("tls.slow")));
}

#[tokio::test(flavor = "multi_thread")]
async fn rx1_one_address_cannot_take_all_places() {
    let mut bench = Bench::new();
    bench.config.limits.connections_per_address = 2;
    let server = bench.start().await;
    let held = [connect(&bench, server.address).await, connect(&bench, server.address).await];
    let mut third = TcpStream::connect(server.address).await.unwrap();
    assert_eq!(rest(&mut third).await, "");
    drop(held);
    send(&Options { attempts: 50, ..bench.options(server.address) }, &bench.package(0, 1, b"r", b"i")).await.unwrap();
    server.end().await.unwrap();
    assert!(bench.lines().iter().any(|line| line.contains("refused connection connections from 127.0.0.1")));
}

/// A ClientHello of TLS 1.2 (RFC 5246 7.4.1.2) that offers ECDHE with AES-GCM.
fn client_hello_of_tls_1_2() -> Vec<u8> {
    let extensions: &[&[u8]] = &[
        b"\x00\x0a\x00\x06\x00\x04\x00\x1d\x00\x17", // supported_groups: x25519, secp256r1
        b"\x00\x0b\x00\x02\x01\x00",                 // ec_point_formats: uncompressed
        b"\x00\x0d\x00\x08\x00\x06\x04\x03\x08\x04\x04\x01", // signature_algorithms
        b"\x00\x17\x00\x00",                         // extended_master_secret
        b"\xff\x01\x00\x01\x00",                     // renegotiation_info
    ];
    let extensions = extensions.concat();
    let body = [
        b"\x03\x03".as_slice(),
        &[7; 32],
        b"\x00\x00\x04\xc0\x2b\xc0\x2f\x01\x00",
        &(extensions.len() as u16).to_be_bytes(),
        &extensions,
    ]
    .concat();
    let handshake = [b"\x01\x00".as_slice(), &(body.len() as u16).to_be_bytes(), &body].concat();
    [b"\x16\x03\x01".as_slice(), &(handshake.len() as u16).to_be_bytes(), &handshake].concat()
}

#[tokio::test(flavor = "multi_thread")]
async fn rx5_tls_is_1_3_with_a_certificate_of_the_listed_authority() {
    let bench = Bench::new();
    let server = bench.start().await;
    let ping = async |options: &Options| {
        let tls = crate::tls::client(&options.authority, &options.certificate, &options.key).unwrap();
        let mut client = Client::connect(&options.to, Arc::new(tls), options.timeout).await?;
        client.send(Method::GET, "/v1/files/0", Bytes::new()).await
    };
    let options = bench.options(server.address);
    assert_eq!(code(ping(&options).await), "intake.name", "a listed certificate is served");
    // Certificates of another authority, of the past, of the future, and of a server.
    let past = (date(2020, 1, 1), date(2021, 1, 1));
    let future = (date(2110, 1, 1), date(2120, 1, 1));
    let cases = [
        ("tls.issuer", authority().issue("relay", Purpose::Client, &[])),
        ("tls.expired", bench.authority.issue_for("relay", Purpose::Client, &[], past)),
        ("tls.not-yet-valid", bench.authority.issue_for("relay", Purpose::Client, &[], future)),
        ("tls.purpose", bench.authority.issue("relay", Purpose::Server, &["127.0.0.1"])),
    ];
    for (reason, certificate) in cases {
        let certificate = certificate.unwrap();
        let (chain, key) = (bench.path("other.pem"), bench.path("other.key.pem"));
        std::fs::write(&chain, &certificate.certificate).unwrap();
        std::fs::write(&key, &certificate.key).unwrap();
        let error = ping(&Options { certificate: chain, key, ..options.clone() }).await.unwrap_err();
        assert!(matches!(error, RelayError::Cut(_)), "{reason}: {error}");
    }
    // No certificate at all.
    let mut roots = rustls::RootCertStore::empty();
    roots.add(rustls::pki_types::pem::PemObject::from_pem_file(bench.path("ca.pem")).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let bare = rustls::ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13])
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let client = Client::connect(&options.to, Arc::new(bare), options.timeout).await;
    let refused = match client {
        Ok(mut client) => client.send(Method::GET, "/v1/files/0", Bytes::new()).await.map(drop),
        Err(error) => Err(error),
    };
    assert!(matches!(refused, Err(RelayError::Cut(_))), "{refused:?}");
    // A downgrade: the server answers with the alert protocol_version (70).
    let mut old = TcpStream::connect(server.address).await.unwrap();
    old.write_all(&client_hello_of_tls_1_2()).await.unwrap();
    let mut alert = [0; 7];
    old.read_exact(&mut alert).await.unwrap();
    assert_eq!((alert[0], alert[5], alert[6]), (21, 2, 70));
    server.end().await.unwrap();
    // Each stands in the transmission report.
    crate::export::export_with(&bench.config, &bench.roll(), &bench.path("copy")).await.unwrap();
    let report: TransmissionReport = read_json(&bench.path("copy/transmission.json"));
    let reasons: Vec<&str> = report.refused_connections.iter().map(|r| r.reason.as_str()).collect();
    let expected =
        ["tls.expired", "tls.issuer", "tls.no-certificate", "tls.not-yet-valid", "tls.purpose", "tls.version"];
    assert_eq!(reasons, expected);
    assert!(report.refused_connections.iter().all(|r| r.count == 1 && r.address == "127.0.0.1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn rx5_a_relay_sends_nothing_to_somebody_in_between() {
    let bench = Bench::new();
    // The one in between has a certificate for the same address, of an authority of its own.
    let mut rogue = Bench::new();
    rogue.config.folder = rogue.path("rogue");
    let server = rogue.start().await;
    let package = bench.package(0, 1, b"results", b"images");
    let error = send(&bench.options(server.address), &package).await.unwrap_err();
    assert!(matches!(error, RelayError::Server(_)), "{error}");
    server.end().await.unwrap();
    assert_eq!(rogue.kinds(), [""; 0]);
    let journal = std::fs::read_to_string(bench.path("relay.jsonl")).unwrap();
    assert!(journal.contains("relay.server"), "{journal}");
}

#[tokio::test(flavor = "multi_thread")]
async fn rx6_names_are_a_closed_grammar_and_log_lines_are_escaped() {
    let bench = Bench::new();
    let server = bench.start().await;
    let mut client = bench.client(server.address).await;
    let package = bench.package(0, 1, b"results", b"images");
    let label = Bytes::from(std::fs::read(&package.label).unwrap());
    let names = [
        "..%2f..%2fetc%2fpasswd",
        "%2e%2e",
        "s0-d0-1.label.json%00",
        "s0-d0-1.label.json%0d%0arefused%20nothing",
        "%1b%5b31ms0",
        "%e2%80%aenosj.lebal",
        "%3Cscript%3E",
        "s0'%3B%20DROP%20TABLE%20package%3B--",
        "%ff",
        "S0-d0-1.label.json",
    ];
    for name in names {
        let answer = client.send(Method::PUT, &format!("/v1/labels/{name}"), label.clone()).await;
        assert_eq!(code(answer), "intake.name", "{name}");
        for path in ["/v1/files/NAME", "/v1/receipts/NAME"] {
            let answer = client.send(Method::GET, &path.replace("NAME", name), Bytes::new()).await;
            assert_eq!(code(answer), "intake.name", "{path} {name}");
        }
        let answer = client.send(Method::PUT, &format!("/v1/chunks/{name}"), Bytes::new()).await;
        assert_eq!(code(answer), "intake.name", "{name}");
    }
    // Ids inside a label are of the same grammar, and a label has one form.
    let text = String::from_utf8(label.to_vec()).unwrap();
    let payload = |json: &str| {
        let key = &bench.devices[0];
        Bytes::from(sign::dsse::sign("label", json.as_bytes(), &[key]).unwrap().to_bytes())
    };
    let inner = String::from_utf8(Envelope::parse(&label).unwrap().payload().to_vec()).unwrap();
    let bad = [
        payload(&inner.replace("\"s0\"", "\"../s0\"")),
        payload(&inner.replace("\"s0\"", "\"s0\\u001b[31m\"")),
        payload(&inner.replace("{\"scope\"", "{\"more\":1,\"scope\"")),
        payload(&inner.replace("\"generation\":1", "\"generation\":1,\"generation\":1")),
        payload(&inner.replace("s0-d0-1.results.age", "../../results.age")),
        Bytes::from(text.replace("{\"payload\"", "{ \"payload\"")),
        Bytes::from_static(b""),
        Bytes::from_static(b"\x1b[31m\r\nrefused nothing"),
    ];
    for body in bad {
        let answer = client.send(Method::PUT, "/v1/labels/s0-d0-1.label.json", body).await;
        assert_eq!(code(answer), "intake.malformed");
    }
    drop(client);
    server.end().await.unwrap();
    let lines = bench.lines();
    assert!(lines.len() >= names.len(), "{lines:?}");
    for line in lines {
        assert!(line.bytes().all(|b| (0x20..0x7f).contains(&b)), "{line:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rx8_a_receipt_of_an_unlisted_receiver_is_refused_and_noted() {
    let bench = Bench::new();
    let server = bench.start().await;
    let other = FileKey::generate(KeyKind::P256).unwrap();
    let package = bench.package(0, 1, b"results", b"images");
    let options = Options { intake: vec![other.public_key().clone()], ..bench.options(server.address) };
    let error = send(&options, &package).await.unwrap_err();
    assert!(matches!(error, RelayError::Receiver(_)), "{error}");
    assert!(!package.receipt().exists());
    let journal = std::fs::read_to_string(bench.path("relay.jsonl")).unwrap();
    assert!(journal.lines().count() == 1 && journal.contains("relay.receiver"), "{journal}");
    // A true receipt of another package does not count either.
    let true_options = bench.options(server.address);
    send(&true_options, &package).await.unwrap();
    let second = bench.package(0, 2, b"results", b"images");
    std::fs::copy(package.receipt(), second.receipt()).unwrap();
    let sent = send(&true_options, &second).await.unwrap();
    assert_eq!(sent.says.label, sign::sha256(&std::fs::read(&second.label).unwrap()));
    server.end().await.unwrap();
}
