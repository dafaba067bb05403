use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::body::Bytes;
use axum::http::Method;
use election::{Digest, Mode};
use package::Part;
use sign::FileKey;
use sign::dsse::Envelope;

use super::*;
use crate::relay::{Carried, Relay, RelayError};
use crate::sequencer::Entry;
use crate::{ChunkList, FileStatus, PackageStatus, Refusal, Refused};

#[tokio::test(flavor = "multi_thread")]
async fn a_package_arrives_and_its_receipt_comes_back() {
    let bench = Bench::new();
    let server = bench.start().await;
    let package = bench.package(0, 1, b"results", &content(1, IMAGES));
    let options = bench.options(server.address);
    let mut steps = Vec::new();
    let outcomes = crate::relay::send(&options, &package.files(), |p| steps.push((p.done, p.total))).await.unwrap();
    let sent = outcomes[0].result.as_ref().unwrap();
    let total = 7 + IMAGES as u64;
    assert_eq!(sent.bytes, total);
    assert!(steps.is_sorted() && steps.last() == Some(&(total, total)), "{steps:?}");
    assert_eq!(sent.says.scope, scope());
    assert_eq!(sent.says.index, 0);
    assert_eq!(sent.says.transport.protocol, "TLSv1.3");
    assert!(!sent.says.transport.group.is_empty());
    // Sending it again takes the receipt that is there.
    assert_eq!(send(&options, &package).await.unwrap().bytes, 0);
    server.end().await.unwrap();
    let leaves = bench.leaves();
    assert_eq!(bench.kinds(), ["label", "receipt"]);
    assert_eq!(leaves[0].1, std::fs::read(&package.label).unwrap(), "the label's own bytes are the leaf");
    assert_eq!(leaves[1].1, std::fs::read(package.receipt()).unwrap());
    let signed = Envelope::parse(&leaves[1].1).unwrap();
    signed.verify("receipt", &[&bench.roll().intake[0]]).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn rx2_the_same_package_a_thousand_times_is_one_record_and_one_receipt() {
    let mut bench = Bench::new();
    bench.config.limits.connections_per_address = 200;
    let server = bench.start().await;
    let package = bench.package(0, 1, b"results", &content(2, IMAGES));
    let options = Arc::new(bench.options(server.address));
    let carried = Arc::new(Carried::read(&package.label, &package.files()).unwrap());
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..40 {
        let (options, carried) = (options.clone(), carried.clone());
        tasks.spawn(async move {
            let mut relay = Relay::new(&options).unwrap();
            let mut receipts = Vec::new();
            while receipts.len() < 25 {
                match relay.attempt(&carried, &mut |_| {}).await {
                    Ok(receipt) => receipts.push(receipt),
                    // Two senders' chunks crossed; the relay asks again.
                    Err(RelayError::Refused { status: 409, .. }) => {}
                    Err(error) => panic!("{error}"),
                }
            }
            receipts
        });
    }
    let receipts: Vec<Bytes> = tasks.join_all().await.concat();
    assert_eq!(receipts.len(), 1000);
    assert!(receipts.iter().all(|r| *r == receipts[0]));
    server.end().await.unwrap();
    assert_eq!(bench.kinds(), ["label", "receipt"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn rx3_two_labels_of_one_generation_are_both_kept_and_told() {
    let bench = Bench::new();
    let server = bench.start().await;
    let options = bench.options(server.address);
    let first = bench.package(0, 1, b"one", b"images");
    let other = bench.package(0, 1, b"two", b"images");
    // The same content sealed anew is no contradiction of the first, and neither is another generation.
    let manifest = |label: &mut package::Label| label.results.manifest = sign::sha256(b"manifestone");
    let resealed = bench.package_with(0, 1, b"one, sealed anew", b"images", manifest, &bench.devices[0]);
    let second = bench.package(0, 2, b"three", b"images");
    for package in [&first, &resealed, &second, &other] {
        send(&options, package).await.unwrap();
    }
    server.end().await.unwrap();
    let kinds = ["label", "receipt", "label", "receipt", "label", "receipt", "label", "receipt", "refusal"];
    assert_eq!(bench.kinds(), kinds);
    let alarm: Refusal = Envelope::parse(&bench.leaves()[8].1).unwrap().read().unwrap();
    assert_eq!(alarm.code, crate::EQUIVOCATION);
    let hash = |package: &Package| sign::sha256(&std::fs::read(&package.label).unwrap());
    assert_eq!(alarm.subject, hash(&other));
    let mut contradicted = vec![hash(&first), hash(&resealed)];
    contradicted.sort();
    assert_eq!(alarm.contradicts, contradicted);
}

/// The requests of an upload, one by one: label, then list and chunks of each file.
pub(super) async fn upload_some(client: &mut Client, package: &Package, mut requests: usize) -> u64 {
    let label = format!("/v1/labels/{}", package.label.file_name().unwrap().to_str().unwrap());
    let mut chunk_bytes = 0;
    let mut next = vec![(label, std::fs::read(&package.label).unwrap())];
    for part in [Part::Results, Part::Images] {
        let (_, list) = ChunkList::of_file(&package.part(part)).unwrap();
        next.push((format!("/v1/files/{}/chunks", package.hex(part)), serde_json::to_vec(&list).unwrap()));
        for (chunk, bytes) in list.chunks.iter().zip(package.bytes(part).chunks(1 << 20)) {
            next.push((format!("/v1/chunks/{}", chunk.hex()), bytes.to_vec()));
        }
    }
    for (path, body) in next {
        if requests == 0 {
            break;
        }
        requests -= 1;
        if path.starts_with("/v1/chunks") {
            chunk_bytes += body.len() as u64;
        }
        client.send(Method::PUT, &path, body.into()).await.unwrap();
    }
    chunk_bytes
}

#[tokio::test(flavor = "multi_thread")]
async fn rx4_an_upload_cut_at_every_boundary_is_resumed() {
    let bench = Bench::new();
    let mut server = bench.start().await;
    // Label, list and one chunk of the results, list and three chunks of the images.
    for requests in 0..=7 {
        let images = content(requests as u8, IMAGES);
        let package = bench.package(0, requests as u16 + 1, &[requests as u8; 7], &images);
        let there = upload_some(&mut bench.client(server.address).await, &package, requests).await;
        if requests % 2 == 1 {
            server.end().await.unwrap();
            server = bench.start().await;
        }
        let sent = send(&bench.options(server.address), &package).await.unwrap();
        let total = images.len() as u64 + 7;
        assert_eq!(sent.bytes, total - there, "cut after {requests} requests");
        assert_eq!(
            std::fs::read(crate::blobs::Blobs::at(&bench.config.folder).file(&sent.says.images)).unwrap(),
            images
        );
    }
    server.end().await.unwrap();
    assert_eq!(bench.leaves().len(), 16);
    assert_eq!(std::fs::read_dir(bench.config.folder.join("chunks")).unwrap().count(), 0, "chunks are cleared away");
    assert_eq!(std::fs::read_dir(bench.config.folder.join("lists")).unwrap().count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn rx4_a_connection_that_is_gone_leaves_no_file_half_put_together() {
    let bench = Bench::new();
    let server = bench.start().await;
    for cut in 0..24 {
        let package = bench.package(0, cut + 1, &[cut as u8; 7], &content(cut as u8, 1 << 20));
        let mut client = bench.client(server.address).await;
        upload_some(&mut client, &package, 4).await;
        let (_, list) = ChunkList::of_file(&package.part(Part::Images)).unwrap();
        let path = format!("/v1/chunks/{}", list.chunks[0].hex());
        let last = client.send(Method::PUT, &path, package.bytes(Part::Images).into());
        let _ = tokio::time::timeout(Duration::from_micros(u64::from(cut) * 300), last).await;
        drop(client);
        // While the last chunk is being put in its place there is no receipt yet: it is asked for again.
        let (timeout, pause) = (Duration::from_secs(3), Duration::from_millis(50));
        let options = Options { timeout, pause, attempts: 8, ..bench.options(server.address) };
        send(&options, &package).await.unwrap_or_else(|error| panic!("cut {cut}: {error}"));
    }
    server.end().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn rx2_a_label_that_comes_over_many_connections_at_once_is_logged_once() {
    let bench = Bench::new();
    let server = bench.start().await;
    let images = content(1, IMAGES);
    send(&bench.options(server.address), &bench.package(0, 1, b"results", &images)).await.unwrap();
    // Labels whose files are here already: nothing is between their admission and their receipt.
    for generation in 2..10 {
        let package = bench.package(0, generation, b"results", &images);
        let mut clients = Vec::new();
        for _ in 0..30 {
            clients.push(bench.client(server.address).await);
        }
        let path = format!("/v1/labels/{}", package.label.file_name().unwrap().to_str().unwrap());
        let body = Bytes::from(std::fs::read(&package.label).unwrap());
        let all: Vec<_> = clients
            .into_iter()
            .map(|mut client| {
                let (path, body) = (path.clone(), body.clone());
                tokio::spawn(
                    async move { client.ask::<PackageStatus>(Method::PUT, &path, body).await.unwrap().receipt },
                )
            })
            .collect();
        for receipt in all {
            receipt.await.unwrap();
        }
    }
    server.end().await.unwrap();
    assert_eq!(bench.kinds(), ["label", "receipt"].repeat(9));
}

#[tokio::test(flavor = "multi_thread")]
async fn rx4_a_strange_list_of_chunks_keeps_no_package_out() {
    let bench = Bench::new();
    let server = bench.start().await;
    let package = bench.package(0, 1, b"results", &content(1, IMAGES));
    let mut stranger = bench.client(server.address).await;
    upload_some(&mut stranger, &package, 3).await;
    let (_, list) = ChunkList::of_file(&package.part(Part::Images)).unwrap();
    let strange = ChunkList { chunks: (0..3).map(|n| sign::sha256(&[n])).collect(), ..list };
    let path = format!("/v1/files/{}/chunks", package.hex(Part::Images));
    let body = Bytes::from(serde_json::to_vec(&strange).unwrap());
    let status: crate::state::FileStatus = stranger.ask(Method::PUT, &path, body).await.unwrap();
    assert_eq!(status.state, "partial");
    send(&Options { attempts: 1, ..bench.options(server.address) }, &package).await.unwrap();
    drop(stranger);
    server.end().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_label_with_a_false_length_waits_and_stops_no_other() {
    let bench = Bench::new();
    let server = bench.start().await;
    let images = content(1, IMAGES);
    let package = bench.package(0, 1, b"results", &images);
    // Another listed device names the same files, and gives them other lengths.
    let lie = bench.package_with(1, 1, b"results", &images, |label| label.images.bytes += 1, &bench.devices[1]);
    let mut client = bench.client(server.address).await;
    for _ in 0..2 {
        upload_some(&mut client, &lie, 1).await;
        send(&Options { attempts: 1, ..bench.options(server.address) }, &package).await.unwrap();
    }
    let label = sign::sha256(&std::fs::read(&lie.label).unwrap());
    let answer = client.send(Method::GET, &format!("/v1/receipts/{}", label.hex()), Bytes::new()).await;
    assert_eq!(code(answer), "intake.incomplete");
    drop(client);
    server.end().await.unwrap();
    assert_eq!(bench.kinds(), ["label", "receipt"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn rx4_mixed_content_is_refused_by_its_hash() {
    let bench = Bench::new();
    let server = bench.start().await;
    let options = bench.options(server.address);
    let images = content(1, IMAGES);
    let package = bench.package(0, 1, b"results", &images);
    let mut client = bench.client(server.address).await;
    upload_some(&mut client, &package, 3).await;
    // True chunks, listed in the wrong order.
    let (file, mut list) = ChunkList::of_file(&package.part(Part::Images)).unwrap();
    list.chunks.swap(0, 1);
    let path = format!("/v1/files/{}/chunks", file.hex());
    client.send(Method::PUT, &path, serde_json::to_vec(&list).unwrap().into()).await.unwrap();
    let chunks: Vec<&[u8]> = images.chunks(1 << 20).collect();
    let put = async |client: &mut Client, bytes: &[u8]| {
        let path = format!("/v1/chunks/{}", sign::sha256(bytes).hex());
        client.send(Method::PUT, &path, Bytes::copy_from_slice(bytes)).await
    };
    put(&mut client, chunks[0]).await.unwrap();
    put(&mut client, chunks[1]).await.unwrap();
    assert_eq!(code(put(&mut client, chunks[2]).await), "intake.mixed");
    // Bytes under another chunk's name, and a chunk that nobody listed.
    let path = format!("/v1/chunks/{}", list.chunks[0].hex());
    assert_eq!(code(client.send(Method::PUT, &path, Bytes::from_static(b"else")).await), "intake.digest");
    assert_eq!(code(put(&mut client, b"else").await), "intake.unasked");
    // A list of another length than the label's, and one of a file that no label names.
    let short = ChunkList { bytes: 5, chunks: vec![file] };
    let body = Bytes::from(serde_json::to_vec(&short).unwrap());
    let path = format!("/v1/files/{}/chunks", file.hex());
    assert_eq!(code(client.send(Method::PUT, &path, body.clone()).await), "intake.chunks");
    let path = format!("/v1/files/{}/chunks", Digest([0; 32]).hex());
    let short = ChunkList { bytes: 5, chunks: vec![Digest([0; 32])] };
    let body = Bytes::from(serde_json::to_vec(&short).unwrap());
    assert_eq!(code(client.send(Method::PUT, &path, body).await), "intake.unknown");
    // No receipt so far; then the true upload completes.
    let receipt = format!("/v1/receipts/{}", sign::sha256(&std::fs::read(&package.label).unwrap()).hex());
    assert_eq!(code(client.send(Method::GET, &receipt, Bytes::new()).await), "intake.incomplete");
    send(&options, &package).await.unwrap();
    // A relay whose file was changed after sealing does not send it at all.
    let changed = bench.package(0, 2, b"results", b"images");
    std::fs::write(changed.part(Part::Images), b"imagez").unwrap();
    assert!(matches!(send(&options, &changed).await, Err(RelayError::File { .. })));
    server.end().await.unwrap();
    assert_eq!(bench.kinds(), ["refusal", "label", "receipt"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn results_come_first() {
    let bench = Bench::new();
    let server = bench.start().await;
    let package = bench.package(0, 1, b"results", b"images");
    let mut client = bench.client(server.address).await;
    upload_some(&mut client, &package, 1).await;
    let (file, list) = ChunkList::of_file(&package.part(Part::Images)).unwrap();
    let path = format!("/v1/files/{}/chunks", file.hex());
    let body = Bytes::from(serde_json::to_vec(&list).unwrap());
    assert_eq!(code(client.send(Method::PUT, &path, body).await), "intake.order");
    let status: FileStatus = client.ask(Method::GET, &format!("/v1/files/{}", file.hex()), Bytes::new()).await.unwrap();
    assert_eq!((status.state.as_str(), status.missing.len()), ("named", 0));
    server.end().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn rx7_no_receipt_without_storage_and_none_lost() {
    let bench = Bench::new();
    let server = bench.start().await;
    let package = bench.package(0, 1, b"results", &content(7, IMAGES));
    // The disk fails after the files are stored and before the label is in the log.
    server.fail_to_append.store(true, Ordering::SeqCst);
    let error = send(&bench.options(server.address), &package).await.unwrap_err();
    assert!(matches!(error, RelayError::Refused { status: 503, .. } | RelayError::Cut(_)), "{error}");
    assert!(!package.receipt().exists());
    assert!(server.task.await.unwrap().is_err(), "the service stops");
    assert_eq!(bench.kinds(), [""; 0], "nothing was entered");
    // The next start finds the files and gives the receipt; nothing is sent twice.
    let server = bench.start().await;
    let sent = send(&bench.options(server.address), &package).await.unwrap();
    assert_eq!(sent.bytes, 0);
    // The receipt can be had again, in the same bytes, also after another start.
    let first = std::fs::read(package.receipt()).unwrap();
    server.end().await.unwrap();
    std::fs::remove_file(package.receipt()).unwrap();
    let server = bench.start().await;
    send(&bench.options(server.address), &package).await.unwrap();
    assert_eq!(std::fs::read(package.receipt()).unwrap(), first);
    server.end().await.unwrap();
    assert_eq!(bench.kinds(), ["label", "receipt"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn rx7_a_disk_that_takes_no_files_gives_no_receipt() {
    let bench = Bench::new();
    let server = bench.start().await;
    let package = bench.package(0, 1, b"results", b"images");
    let files = bench.config.folder.join("files");
    std::fs::remove_dir(&files).unwrap();
    std::fs::write(&files, b"no folder").unwrap();
    assert_eq!(code(send(&bench.options(server.address), &package).await), "intake.storage");
    assert!(!package.receipt().exists());
    std::fs::remove_file(&files).unwrap();
    std::fs::create_dir(&files).unwrap();
    send(&bench.options(server.address), &package).await.unwrap();
    server.end().await.unwrap();
    assert_eq!(bench.kinds(), ["label", "receipt"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn rx7_an_unconfirmed_write_stops_the_service() {
    let bench = Bench::new();
    let server = Server::bind_with(bench.config.clone(), bench.roll(), Arc::new(|_: &str| {})).await.unwrap();
    let sequencer = server.service.sequencer.clone();
    let (_stop, stopped) = crate::stop();
    let task = tokio::spawn(server.run(stopped));
    let refused = sequencer.enter(Entry::Stop("fsync failed".to_owned())).await.unwrap_err();
    assert!(matches!(refused, Refused::Storage(_)), "{refused}");
    let ended = task.await.unwrap().unwrap_err();
    assert!(ended.to_string().contains("fsync failed"), "{ended}");
    assert!(matches!(sequencer.enter(Entry::Close).await, Err(Refused::Storage(_))), "nothing is taken any more");
}

#[tokio::test(flavor = "multi_thread")]
async fn labels_of_others_are_refused_and_entered_once() {
    let bench = Bench::new();
    let server = bench.start().await;
    let options = bench.options(server.address);
    let own = &bench.devices[0];
    let stranger = FileKey::generate(KeyKind::P256).unwrap();
    let make = |change: fn(&mut package::Label), key| bench.package_with(0, 1, b"results", b"images", change, key);
    fn rename(label: &mut package::Label) {
        label.results.name = label.file_name().of(Part::Results);
        label.images.name = label.file_name().of(Part::Images);
    }
    let cases = [
        ("intake.signature", make(|_| {}, &stranger)),
        ("intake.election", make(|l| l.scope.election = "other".parse().unwrap(), own)),
        ("intake.round", make(|l| l.scope.round = 2, own)),
        ("intake.mode", make(|l| l.scope.mode = Mode::Official, own)),
        ("intake.device", make(|l| (l.device = "d9".parse().unwrap(), rename(l)).1, own)),
        ("intake.station", make(|l| (l.station = "s1".parse().unwrap(), rename(l)).1, own)),
    ];
    let mut client = bench.client(server.address).await;
    for (expected, package) in &cases {
        let path = format!("/v1/labels/{}", package.label.file_name().unwrap().to_str().unwrap());
        let body = Bytes::from(std::fs::read(&package.label).unwrap());
        for _ in 0..2 {
            assert_eq!(code(client.send(Method::PUT, &path, body.clone()).await), *expected);
        }
    }
    // A true label under another name.
    let package = bench.package(0, 1, b"results", b"images");
    let body = Bytes::from(std::fs::read(&package.label).unwrap());
    assert_eq!(code(client.send(Method::PUT, "/v1/labels/s0-d0-2.label.json", body).await), "intake.name");
    send(&options, &package).await.unwrap();
    drop(client);
    server.end().await.unwrap();
    let codes: Vec<String> = bench
        .leaves()
        .iter()
        .filter(|(kind, _)| kind == "refusal")
        .map(|(_, leaf)| Envelope::parse(leaf).unwrap().read::<Refusal>().unwrap().code)
        .collect();
    assert_eq!(codes, cases.iter().map(|(code, _)| *code).chain(["intake.name"]).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn quotas_hold_and_refusals_do_not_fill_the_log() {
    let mut bench = Bench::new();
    bench.config.limits =
        Limits { labels_per_device: 2, file_bytes: 100, total_bytes: 150, refusals_per_client: 3, ..Limits::default() };
    let server = bench.start().await;
    let options = bench.options(server.address);
    send(&options, &bench.package(0, 1, &[1; 60], &[2; 60])).await.unwrap();
    assert_eq!(code(send(&options, &bench.package(1, 1, &[3; 60], b"images")).await), "intake.quota", "total");
    assert_eq!(code(send(&options, &bench.package(1, 2, &[4; 101], b"images")).await), "intake.size");
    assert_eq!(code(send(&options, &bench.package(1, 3, b"results", b"images")).await), "intake.quota", "labels");
    let stranger = FileKey::generate(KeyKind::P256).unwrap();
    for generation in 1..=5 {
        let package = bench.package_with(0, generation, b"r", b"i", |_| {}, &stranger);
        assert_eq!(code(send(&options, &package).await), "intake.signature");
    }
    server.end().await.unwrap();
    assert_eq!(bench.kinds().iter().filter(|kind| *kind == "refusal").count(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn labels_answer_what_is_missing() {
    let bench = Bench::new();
    let server = bench.start().await;
    let package = bench.package(0, 1, b"results", &content(1, IMAGES));
    let mut client = bench.client(server.address).await;
    upload_some(&mut client, &package, 5).await;
    let path = format!("/v1/labels/{}", package.label.file_name().unwrap().to_str().unwrap());
    let body = Bytes::from(std::fs::read(&package.label).unwrap());
    let status: PackageStatus = client.ask(Method::PUT, &path, body).await.unwrap();
    assert!(!status.receipt);
    assert_eq!(status.files.iter().map(|f| f.state.as_str()).collect::<Vec<_>>(), ["whole", "partial"]);
    let (_, list) = ChunkList::of_file(&package.part(Part::Images)).unwrap();
    let mut missing = list.chunks[1..].to_vec();
    missing.sort();
    assert_eq!(status.files[1].missing, missing);
    drop(client);
    server.end().await.unwrap();
}
