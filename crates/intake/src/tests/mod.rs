//! The service and the relay against each other, over TLS on the loopback. Tests are named after the cases
//! of the receiving service (RX1 to RX8).

mod copy;
mod crash;
mod network;
mod receive;
mod refusals;
mod s3;
mod witnesses;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use election::{Mode, Scope};
use jiff::civil::date;
use package::{FileName, Label, Part, Sealed};
use sign::dsse::Envelope;
use sign::{FileKey, KeyKind, Signer as _};
use tokio::task::JoinHandle;

use crate::certificates::{Authority, Certificate, Purpose};
use crate::client::Client;
use crate::relay::Options;
use crate::roll::Roll;
use crate::{Config, Error, Limits, Server, TlsConfig};

/// One chunk and a bit more than another.
const IMAGES: usize = (2 << 20) + 12_345;

/// A commission with two stations, on a folder of its own.
struct Bench {
    folder: tempfile::TempDir,
    authority: Authority,
    devices: Vec<FileKey>,
    config: Config,
    lines: Arc<Mutex<Vec<String>>>,
    made: AtomicUsize,
    /// The witnesses of the key list.
    listed: Vec<log::NoteKey>,
}

/// A running service.
struct Running {
    address: SocketAddr,
    fail_to_append: Arc<AtomicBool>,
    stop: Option<crate::Stop>,
    task: JoinHandle<Result<(), Error>>,
}

impl Running {
    async fn end(mut self) -> Result<(), Error> {
        self.stop.take();
        self.task.await.unwrap()
    }
}

fn scope() -> Scope {
    Scope { election: "test_2026".parse().unwrap(), round: 1, mode: Mode::Demo }
}

fn authority() -> Authority {
    Authority::new("test", date(2020, 1, 1), date(2120, 1, 1)).unwrap()
}

/// Bytes that differ from chunk to chunk and from seed to seed.
fn content(seed: u8, bytes: usize) -> Vec<u8> {
    (0..bytes).map(|i| (i >> 10) as u8 ^ (i >> 18) as u8 ^ seed).collect()
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let authority = authority();
        let path = |name: &str| folder.path().join(name);
        let save = |name: &str, certificate: &Certificate| {
            std::fs::write(path(&format!("{name}.pem")), &certificate.certificate).unwrap();
            std::fs::write(path(&format!("{name}.key.pem")), &certificate.key).unwrap();
        };
        save("ca", &authority.own());
        save("server", &authority.issue("intake", Purpose::Server, &["127.0.0.1"]).unwrap());
        save("relay", &authority.issue("relay", Purpose::Client, &[]).unwrap());
        for (name, kind) in [("intake", KeyKind::P256), ("log", KeyKind::Ed25519)] {
            let key = FileKey::generate(kind).unwrap();
            std::fs::write(path(name), key.to_pem("").unwrap().as_bytes()).unwrap();
        }
        let config = Config {
            listen: "127.0.0.1:0".parse().unwrap(),
            folder: path("store"),
            election: path("election"),
            key: path("intake"),
            log_key: path("log"),
            seen: None,
            tls: TlsConfig { certificate: path("server.pem"), key: path("server.key.pem"), client_ca: path("ca.pem") },
            store: None,
            witnesses: Vec::new(),
            rotated: Vec::new(),
            limits: Limits::default(),
            sqlite_normal: false,
        };
        let devices = (0..2).map(|_| FileKey::generate(KeyKind::P256).unwrap()).collect();
        Bench {
            folder,
            authority,
            devices,
            config,
            lines: Arc::default(),
            made: AtomicUsize::new(0),
            listed: Vec::new(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn roll(&self) -> Roll {
        let device = |n: usize| {
            let key = (format!("s{n}").parse().unwrap(), self.devices[n].public_key().clone());
            (format!("d{n}").parse().unwrap(), key)
        };
        let key = |path| crate::sequencer::read_key(path).unwrap().public_key().clone();
        let Config { key: own, log_key, .. } = &self.config;
        Roll {
            scope: scope(),
            devices: [device(0), device(1)].into(),
            intake: vec![key(own)],
            log: key(log_key),
            witnesses: self.listed.clone(),
        }
    }

    async fn start(&self) -> Running {
        let lines = self.lines.clone();
        let lines: crate::Lines = Arc::new(move |line: &str| lines.lock().unwrap().push(line.to_owned()));
        let server = Server::bind_with(self.config.clone(), self.roll(), lines).await.unwrap();
        let (stop, stopped) = crate::stop();
        let (address, fail_to_append) = (server.address().unwrap(), server.fail_to_append.clone());
        Running { address, fail_to_append, stop: Some(stop), task: tokio::spawn(server.run(stopped)) }
    }

    fn options(&self, address: SocketAddr) -> Options {
        Options {
            attempts: 3,
            pause: Duration::from_millis(5),
            timeout: Duration::from_secs(20),
            journal: Some(self.path("relay.jsonl")),
            ..Options::new(
                &format!("https://{address}"),
                &self.path("ca.pem"),
                &self.path("relay.pem"),
                &self.path("relay.key.pem"),
                self.roll().intake,
            )
        }
    }

    async fn client(&self, address: SocketAddr) -> Client {
        self.connect(address).await.unwrap()
    }

    async fn connect(&self, address: SocketAddr) -> Result<Client, crate::relay::RelayError> {
        let options = self.options(address);
        let tls = crate::tls::client(&options.authority, &options.certificate, &options.key).unwrap();
        Client::connect(&options.to, Arc::new(tls), options.timeout).await
    }

    /// A package of station and device `n` with these sealed files, in a folder of its own.
    fn package(&self, n: usize, generation: u16, results: &[u8], images: &[u8]) -> Package {
        self.package_with(n, generation, results, images, |_| {}, &self.devices[n])
    }

    /// A package whose label is changed before it is signed.
    fn package_with(
        &self,
        n: usize,
        generation: u16,
        results: &[u8],
        images: &[u8],
        change: impl FnOnce(&mut Label),
        key: &FileKey,
    ) -> Package {
        let (station, device) = (format!("s{n}").parse().unwrap(), format!("d{n}").parse().unwrap());
        let name = FileName { station, device, generation };
        let folder = self.path(&format!("p{}", self.made.fetch_add(1, Ordering::SeqCst)));
        std::fs::create_dir(&folder).unwrap();
        let seal = |part: Part, bytes: &[u8]| {
            std::fs::write(folder.join(name.of(part)), bytes).unwrap();
            let manifest = sign::sha256(&[b"manifest", bytes].concat());
            Sealed { name: name.of(part), bytes: bytes.len() as u64, sha256: sign::sha256(bytes), manifest }
        };
        let mut label = Label {
            scope: scope(),
            station: name.station.clone(),
            device: name.device.clone(),
            generation,
            results: seal(Part::Results, results),
            images: seal(Part::Images, images),
        };
        change(&mut label);
        let path = folder.join(label.file_name().of(Part::Label));
        std::fs::write(&path, label.sign(key).unwrap()).unwrap();
        Package { label: path }
    }

    /// The leaves of the log of a service that has ended: kind and bytes.
    fn leaves(&self) -> Vec<(String, Vec<u8>)> {
        let key = crate::sequencer::read_key(&self.config.log_key).unwrap();
        let store = log::FolderStore::new(self.config.folder.join("log"));
        let log = log::Log::open(store, "test_2026/intake", Box::new(key)).unwrap();
        log.leaves().iter().map(|leaf| (Envelope::parse(leaf).unwrap().kind().to_owned(), leaf.clone())).collect()
    }

    fn kinds(&self) -> Vec<String> {
        self.leaves().into_iter().map(|(kind, _)| kind).collect()
    }

    fn lines(&self) -> Vec<String> {
        self.lines.lock().unwrap().clone()
    }
}

/// A package on the disk of a relay.
struct Package {
    label: PathBuf,
}

impl Package {
    fn files(&self) -> Vec<PathBuf> {
        vec![self.label.clone()]
    }

    fn part(&self, part: Part) -> PathBuf {
        let name = self.label.file_name().unwrap().to_str().unwrap();
        self.label.with_file_name(name.replace("label.json", part.suffix()))
    }

    fn receipt(&self) -> PathBuf {
        let name = self.label.file_name().unwrap().to_str().unwrap();
        self.label.with_file_name(name.replace("label", "receipt"))
    }

    fn bytes(&self, part: Part) -> Vec<u8> {
        std::fs::read(self.part(part)).unwrap()
    }

    fn hex(&self, part: Part) -> String {
        sign::sha256(&self.bytes(part)).hex()
    }
}

/// Sends one package.
async fn send(options: &Options, package: &Package) -> Result<crate::relay::Sent, crate::relay::RelayError> {
    let mut outcomes = crate::relay::send(options, &package.files(), |_| {}).await?;
    assert_eq!(outcomes.len(), 1);
    outcomes.remove(0).result
}

/// The code that a request was refused with.
fn code<T: std::fmt::Debug>(answer: Result<T, crate::relay::RelayError>) -> String {
    match answer {
        Err(crate::relay::RelayError::Refused { code, .. }) => code,
        other => panic!("not refused: {other:?}"),
    }
}

fn read_json<T: serde::de::DeserializeOwned>(path: &Path) -> T {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}
