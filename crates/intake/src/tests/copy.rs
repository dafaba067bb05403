use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::http::Method;

use super::*;
use crate::export::{MANIFEST, export_with};
use crate::report::TransmissionReport;
use crate::{Close, TRANSMISSION, Transmission, control};

/// Every file under `folder`, by its path in it.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                found.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    found
}

/// The lines that `sha256sum` would write.
fn manifest(files: &BTreeMap<String, Vec<u8>>) -> String {
    let others = files.iter().filter(|(name, _)| *name != MANIFEST);
    others.map(|(name, bytes)| format!("{}  {name}\n", sign::sha256(bytes).hex())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_one_way_copy_is_whole_and_comes_out_the_same_again() {
    let bench = Bench::new();
    let server = bench.start().await;
    let options = bench.options(server.address);
    let package = bench.package(0, 1, b"results", &content(1, IMAGES));
    send(&options, &package).await.unwrap();
    // One that stays incomplete.
    let waiting = bench.package(1, 1, b"waiting", b"images");
    let mut client = bench.client(server.address).await;
    let label = Bytes::from(std::fs::read(&waiting.label).unwrap());
    client.send(Method::PUT, "/v1/labels/s1-d1-1.label.json", label).await.unwrap();
    drop(client);
    // The connections' ends are written down as they end.
    tokio::time::sleep(Duration::from_millis(200)).await;
    let to = bench.path("copy");
    let roll = bench.roll();
    let exported = export_with(&bench.config, &roll, &to).await.unwrap();
    assert_eq!((exported.packages, exported.leaves), (1, 2));
    let first = files(&to);
    assert_eq!(first[MANIFEST], manifest(&first).into_bytes());
    assert_eq!(first.len(), exported.files + 1);
    let hash = sign::sha256(&std::fs::read(&package.label).unwrap()).hex();
    let folder = format!("packages/s0-d0-1.{}", &hash[..16]);
    let carried = |name: &str| first[&format!("{folder}/s0-d0-1.{name}")].clone();
    assert_eq!(carried("label.json"), std::fs::read(&package.label).unwrap());
    assert_eq!(carried("results.age"), b"results");
    assert_eq!(carried("images.age"), content(1, IMAGES));
    assert_eq!(carried("receipt.json"), std::fs::read(package.receipt()).unwrap());
    assert!(first.contains_key("intake/checkpoint"));
    let report: TransmissionReport = read_json(&to.join("transmission.json"));
    let sent = &report.stations[&"s0".parse().unwrap()].packages[0];
    assert_eq!((sent.name.as_str(), sent.attempts.len()), ("s0-d0-1", 1));
    assert_eq!((sent.attempts[0].bytes, sent.attempts[0].outcome.as_str()), (7 + IMAGES as u64, "receipt"));
    assert_eq!(sent.receipt.as_ref().unwrap().transport, sent.transport);
    let cut = &report.stations[&"s1".parse().unwrap()].packages[0];
    assert_eq!((cut.receipt.is_none(), cut.attempts[0].outcome.as_str()), (true, "cut"));
    // What the service signs of it: the hash of the report, and the log that it goes with.
    let signed = Envelope::parse(&first["transmission.dsse.json"]).unwrap();
    signed.verify(TRANSMISSION, &roll.intake.iter().collect::<Vec<_>>()).unwrap();
    let said: Transmission = signed.read().unwrap();
    let report = &first["transmission.json"];
    assert_eq!((said.report, said.bytes), (sign::sha256(report), report.len() as u64));
    assert_eq!((said.scope, said.log.size), (roll.scope.clone(), 2));
    // Again: the same bytes. After one more package: that, too. A file that was damaged is mended.
    export_with(&bench.config, &roll, &to).await.unwrap();
    assert_eq!(files(&to), first);
    std::fs::write(to.join(&folder).join("s0-d0-1.results.age"), b"resultz").unwrap();
    send(&options, &bench.package(1, 2, b"more", b"images")).await.unwrap();
    assert_eq!(export_with(&bench.config, &roll, &to).await.unwrap().packages, 2);
    let second = files(&to);
    assert_eq!(second[MANIFEST], manifest(&second).into_bytes());
    assert_eq!(second[&format!("{folder}/s0-d0-1.results.age")], b"results");
    let later: Transmission = Envelope::parse(&second["transmission.dsse.json"]).unwrap().read().unwrap();
    assert_eq!((later.report, later.log.size), (sign::sha256(&second["transmission.json"]), 4));
    // One that was cut half-way is begun anew.
    std::fs::rename(&to, bench.path(&format!("copy{}", durable::REPLACED))).unwrap();
    std::fs::create_dir(bench.path("copy.unfinished")).unwrap();
    export_with(&bench.config, &roll, &to).await.unwrap();
    assert_eq!(files(&to).keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    assert!(!bench.path("copy.unfinished").exists());
    assert!(!bench.path(&format!("copy{}", durable::REPLACED)).exists());
    server.end().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_store_has_lost_of_one_package_keeps_no_other_here() {
    let bench = Bench::new();
    let server = bench.start().await;
    let options = bench.options(server.address);
    let sent = send(&options, &bench.package(0, 1, b"results", b"images")).await.unwrap();
    let lost = send(&options, &bench.package(0, 2, b"others", b"picture")).await.unwrap();
    send(&options, &bench.package(1, 1, b"of another", b"station")).await.unwrap();
    server.end().await.unwrap();
    let blobs = crate::blobs::Blobs::at(&bench.config.folder);
    std::fs::write(blobs.file(&sent.says.results), b"resultz").unwrap();
    std::fs::remove_file(blobs.file(&lost.says.images)).unwrap();
    let to = bench.path("copy");
    let exported = export_with(&bench.config, &bench.roll(), &to).await.unwrap();
    let name = |sent: &crate::relay::Sent, file: &str| {
        format!("packages/{}.{}/{}", &file[..7], &sent.says.label.hex()[..16], file)
    };
    let missing = [name(&sent, "s0-d0-1.results.age"), name(&lost, "s0-d0-2.images.age")];
    assert_eq!((exported.packages, &exported.missing[..]), (3, &missing[..]));
    let there = files(&to);
    assert!(missing.iter().all(|name| !there.contains_key(name)), "nothing damaged is carried on");
    assert_eq!((there.len(), there[MANIFEST].clone()), (exported.files + 1, manifest(&there).into_bytes()));
    // A service that starts on such a store says so, and takes the file again.
    let server = bench.start().await;
    let lines = bench.lines();
    assert!(lines.iter().any(|line| line.contains("s0-d0-2") && line.contains("lost")), "{lines:?}");
    server.end().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_takes_the_place_of_nothing_but_an_export() {
    let bench = Bench::new();
    let server = bench.start().await;
    send(&bench.options(server.address), &bench.package(0, 1, b"results", b"images")).await.unwrap();
    server.end().await.unwrap();
    let home = bench.path("home");
    std::fs::create_dir_all(home.join("papers")).unwrap();
    std::fs::write(home.join("papers/important"), b"mine").unwrap();
    let store = bench.config.folder.clone();
    for place in [&home, &store, &store.join("log"), bench.folder.path()] {
        let before = files(place);
        let error = export_with(&bench.config, &bench.roll(), place).await.unwrap_err();
        assert_eq!(election::Coded::code(&error), "intake.target", "{error}");
        assert_eq!(files(place), before);
    }
    // Beside it nothing is touched either.
    std::fs::create_dir(bench.path("copy.old")).unwrap();
    std::fs::create_dir(bench.path("copy")).unwrap();
    for _ in 0..2 {
        export_with(&bench.config, &bench.roll(), &bench.path("copy")).await.unwrap();
    }
    assert!(bench.path("copy.old").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_close_labels_are_refused() {
    let bench = Bench::new();
    let server = bench.start().await;
    let options = bench.options(server.address);
    send(&options, &bench.package(0, 1, b"results", b"images")).await.unwrap();
    let late = bench.package(1, 1, b"late", b"images");
    let mut client = bench.client(server.address).await;
    let label = Bytes::from(std::fs::read(&late.label).unwrap());
    client.send(Method::PUT, "/v1/labels/s1-d1-1.label.json", label).await.unwrap();
    // The running service closes when asked; what was half sent is not taken any more.
    control::close_with(&bench.config, || unreachable!("the service is running")).await.unwrap();
    assert_eq!(code(send(&options, &late).await), "intake.closed");
    assert_eq!(code(send(&options, &bench.package(0, 2, b"results", b"images")).await), "intake.closed");
    drop(client);
    server.end().await.unwrap();
    assert_eq!(bench.kinds(), ["label", "receipt", "close"], "the close is the last leaf");
    let close: Close = Envelope::parse(&bench.leaves()[2].1).unwrap().read().unwrap();
    assert_eq!((close.packages, close.incomplete), (1, 1));
    // Closing again changes nothing, and neither does a new start.
    control::close_with(&bench.config, || Ok(bench.roll())).await.unwrap();
    let server = bench.start().await;
    assert_eq!(code(send(&bench.options(server.address), &bench.package(1, 3, b"r", b"i")).await), "intake.closed");
    server.end().await.unwrap();
    assert_eq!(bench.kinds(), ["label", "receipt", "close"]);
    export_with(&bench.config, &bench.roll(), &bench.path("copy")).await.unwrap();
    let report: TransmissionReport = read_json(&bench.path("copy/transmission.json"));
    let refusals = &report.stations[&"s0".parse().unwrap()].refusals;
    assert_eq!(refusals.iter().map(|r| r.code.as_str()).collect::<Vec<_>>(), ["intake.closed"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_folder_has_one_service() {
    let bench = Bench::new();
    let server = bench.start().await;
    let second = Server::bind_with(bench.config.clone(), bench.roll(), Arc::new(|_: &str| {})).await;
    assert!(matches!(second, Err(Error::Running(_))));
    server.end().await.unwrap();
    // A service whose key is not listed does not start.
    let roll = Roll { intake: vec![bench.devices[0].public_key().clone()], ..bench.roll() };
    let unlisted = Server::bind_with(bench.config.clone(), roll, Arc::new(|_: &str| {})).await;
    assert!(matches!(unlisted, Err(Error::Config { file, .. }) if file == bench.config.key));
    let roll = Roll { log: bench.devices[0].public_key().clone(), ..bench.roll() };
    let unlisted = Server::bind_with(bench.config.clone(), roll, Arc::new(|_: &str| {})).await;
    assert!(matches!(unlisted, Err(Error::Config { file, .. }) if file == bench.config.log_key));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_attempt_is_written_down_before_the_relay_has_its_receipt() {
    let bench = Bench::new();
    let server = bench.start().await;
    let package = bench.package(0, 1, b"results", b"images");
    send(&bench.options(server.address), &package).await.unwrap();
    // Another connection that asks for the same receipt, and goes on.
    let label = std::fs::read(&package.label).unwrap();
    let receipt = format!("/v1/receipts/{}", sign::sha256(&label).hex());
    let mut client = bench.client(server.address).await;
    client.send(Method::PUT, "/v1/labels/s0-d0-1.label.json", Bytes::from(label)).await.unwrap();
    for _ in 0..2 {
        client.send(Method::GET, &receipt, Bytes::new()).await.unwrap();
    }
    export_with(&bench.config, &bench.roll(), &bench.path("copy")).await.unwrap();
    let report: TransmissionReport = read_json(&bench.path("copy/transmission.json"));
    let attempts = &report.stations[&"s0".parse().unwrap()].packages[0].attempts;
    let told: Vec<_> = attempts.iter().map(|own| (own.bytes, own.outcome.as_str())).collect();
    assert_eq!(told, [(13, "receipt"), (0, "receipt")], "each once, though the second connection is still there");
    drop(client);
    server.end().await.unwrap();
    export_with(&bench.config, &bench.roll(), &bench.path("copy")).await.unwrap();
    let report: TransmissionReport = read_json(&bench.path("copy/transmission.json"));
    assert_eq!(report.stations[&"s0".parse().unwrap()].packages[0].attempts.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_statement_about_another_report_is_not_carried_on() {
    let bench = Bench::new();
    let server = bench.start().await;
    send(&bench.options(server.address), &bench.package(0, 1, b"results", b"images")).await.unwrap();
    server.end().await.unwrap();
    let (to, roll) = (bench.path("copy"), bench.roll());
    export_with(&bench.config, &roll, &to).await.unwrap();
    let first = files(&to)["transmission.dsse.json"].clone();
    // One that is not ours, or says something else, is signed anew; the report is what it was.
    std::fs::write(to.join("transmission.dsse.json"), first.repeat(2)).unwrap();
    export_with(&bench.config, &roll, &to).await.unwrap();
    let again: Transmission = Envelope::parse(&files(&to)["transmission.dsse.json"]).unwrap().read().unwrap();
    assert_eq!(again, Envelope::parse(&first).unwrap().read().unwrap());
    // With a key that is not frozen nothing is exported.
    std::fs::remove_file(to.join("transmission.dsse.json")).unwrap();
    let other = Roll { intake: vec![bench.devices[0].public_key().clone()], ..bench.roll() };
    let error = export_with(&bench.config, &other, &to).await.unwrap_err();
    assert!(matches!(&error, Error::Config { file, .. } if *file == bench.config.key), "{error}");
}
