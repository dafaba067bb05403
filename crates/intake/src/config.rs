//! The service's configuration: one TOML file.
//!
//! ```toml
//! listen = "127.0.0.1:8443"       # address and port; port 0 takes a free one
//! folder = "intake"               # everything the service stores; paths are relative to this file
//! election = "election"           # the frozen definition, with the key lists in keys/
//! key = "keys/intake.pem"         # P-256, PKCS#8 PEM: signs receipts, refusals and the close
//! log_key = "keys/intake-log.pem" # Ed25519, PKCS#8 PEM: signs the log's checkpoints
//! seen = "/mnt/other/intake-seen" # may be left out: a file on another disk that remembers the last checkpoint, so
//!                                 # that a folder brought back from a backup is refused; with [store] the folder has such a
//!                                 # file in any case, last-checkpoint.txt, for the bucket may be brought back without it
//!
//! [tls]
//! certificate = "tls/server.pem"  # the server's chain
//! key = "tls/server.key.pem"
//! client_ca = "tls/ca.pem"        # who issues the relays' certificates
//!
//! [store]                         # may be left out: the log lies in an S3 bucket, not in the folder
//! endpoint = "https://s3.example" # http only to this machine itself; the bucket is part of the path
//! region = "eu-central-1"
//! bucket = "intake"
//! prefix = "2026/round-1"         # may be left out
//! authority = "tls/s3-ca.pem"     # for https: who issued its certificate, PEM
//! credentials = "keys/s3.toml"    # access_key, secret_key and, if there is one, session_token; left out, they are in
//!                                 # AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN
//!
//! [[witness]]                     # may be left out: a witness that is asked over HTTP while the log grows
//! name = "party.example/witness"  # as in keys/witnesses.csv
//! url = "http://witness.example"  # where its service is; https with an `authority`, the PEM of who issued its certificate
//!
//! [[rotated]]                     # may be left out: a key that took the place of a witness's frozen one, once the board has
//! name = "party.example/witness"  # entered it in the record
//! key = "MCowBQ…"
//!
//! [limits]                        # any of them may be left out
//! connections = 512
//! ```

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;
use sqlx::sqlite::SqliteSynchronous;

use crate::Error;

/// What `seen` is in the folder where the log lies in a bucket and the file names none.
const SEEN: &str = "last-checkpoint.txt";

/// Where the service listens, what it stores where, and whom it believes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Address and port.
    pub listen: SocketAddr,
    /// The folder of the log, the files and the database.
    pub folder: PathBuf,
    /// The folder of the frozen definition; `keys/` in it lists the devices and the intake.
    pub election: PathBuf,
    /// The P-256 key that signs receipts, refusals and the close.
    pub key: PathBuf,
    /// The Ed25519 key that signs the log's checkpoints.
    pub log_key: PathBuf,
    /// A file outside the folder, best on another disk, that holds the last checkpoint of the log. A service whose log
    /// does not continue it does not start: it was restored from a backup. Without it the service knows only what
    /// witnesses have cosigned, from a file in the folder; where the log lies in a bucket, the last checkpoint stands there, too.
    #[serde(default)]
    pub seen: Option<PathBuf>,
    /// Certificates.
    pub tls: TlsConfig,
    /// The S3 bucket that the log lies in, if not in the folder.
    #[serde(default)]
    pub store: Option<StoreConfig>,
    /// Witnesses that are asked over HTTP.
    #[serde(default, rename = "witness")]
    pub witnesses: Vec<WitnessConfig>,
    /// Keys that the board has entered in the place of witnesses' frozen ones.
    #[serde(default)]
    pub rotated: Vec<RotatedConfig>,
    /// Limits.
    #[serde(default)]
    pub limits: Limits,
    /// SQLite with `synchronous=NORMAL`, to prove that the crash tests would find it.
    #[cfg(test)]
    #[serde(skip)]
    pub(crate) sqlite_normal: bool,
}

/// The files of TLS; a leaked one forges nothing, since packages and receipts carry signatures of their own.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TlsConfig {
    /// The server's certificate chain, PEM.
    pub certificate: PathBuf,
    /// Its private key, PEM.
    pub key: PathBuf,
    /// The authority that issues the relays' certificates, PEM.
    pub client_ca: PathBuf,
}

/// A bucket of an S3 service. Files of packages and the database stay in the folder.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoreConfig {
    /// The service, `https://` and a host, or `http://` and an address of this machine.
    pub endpoint: String,
    /// The region that requests are signed for.
    pub region: String,
    /// The bucket.
    pub bucket: String,
    /// What the keys of all objects of the log begin with.
    #[serde(default)]
    pub prefix: String,
    /// For https: the authority that issued its certificate, PEM.
    #[serde(default)]
    pub authority: Option<PathBuf>,
    /// The TOML file of the credentials; without it they are in the environment.
    #[serde(default)]
    pub credentials: Option<PathBuf>,
    /// Milliseconds that one request may take.
    #[serde(default = "StoreConfig::timeout_ms")]
    pub timeout_ms: u64,
    /// Milliseconds before a request is repeated for the first time; then twice as long each time.
    #[serde(default = "StoreConfig::pause_ms")]
    pub pause_ms: u64,
}

impl StoreConfig {
    fn timeout_ms() -> u64 {
        20_000
    }

    fn pause_ms() -> u64 {
        100
    }
}

/// A witness that is asked over HTTP while the log grows; its key is that of the key list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WitnessConfig {
    /// The name it signs under.
    pub name: String,
    /// The address of its service, `http://` or `https://`, without `/add-checkpoint`.
    pub url: String,
    /// For https: the authority that issued its certificate, PEM.
    #[serde(default)]
    pub authority: Option<PathBuf>,
}

/// A witness's key that took the place of its frozen one (`sanad centre rotate`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RotatedConfig {
    /// The name it signs under.
    pub name: String,
    /// The new key, base64 of its SubjectPublicKeyInfo.
    pub key: String,
}

/// What one client, and all together, may take. Everything has a bound.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Connections at one time, handshakes included.
    pub connections: usize,
    /// Connections at one time from one address.
    pub connections_per_address: usize,
    /// Milliseconds for the TLS handshake.
    pub handshake_ms: u64,
    /// Milliseconds to send the head of a request, and to stay idle between two.
    pub head_ms: u64,
    /// Milliseconds for the whole body of a request (1 MiB at most).
    pub body_ms: u64,
    /// The largest file of a package, in bytes.
    pub file_bytes: u64,
    /// All files stored or announced together, in bytes.
    pub total_bytes: u64,
    /// Different labels of one device, generations and reseals included.
    pub labels_per_device: usize,
    /// Refusals entered in the log for one client certificate; later ones are only counted.
    pub refusals_per_client: usize,
    /// Milliseconds that a witness may take to answer; nobody who sends waits for it.
    pub witness_ms: u64,
    /// Milliseconds between two rounds of asking the witnesses.
    pub witness_pause_ms: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            connections: 512,
            connections_per_address: 64,
            handshake_ms: 10_000,
            head_ms: 20_000,
            body_ms: 120_000,
            file_bytes: 1 << 30,
            total_bytes: 4 << 40,
            labels_per_device: 32,
            refusals_per_client: 64,
            witness_ms: 10_000,
            witness_pause_ms: 1_000,
        }
    }
}

impl Limits {
    pub(crate) fn handshake(&self) -> Duration {
        Duration::from_millis(self.handshake_ms)
    }

    pub(crate) fn head(&self) -> Duration {
        Duration::from_millis(self.head_ms)
    }

    pub(crate) fn body(&self) -> Duration {
        Duration::from_millis(self.body_ms)
    }

    pub(crate) fn witness(&self) -> Duration {
        Duration::from_millis(self.witness_ms)
    }

    pub(crate) fn witness_pause(&self) -> Duration {
        Duration::from_millis(self.witness_pause_ms.max(10))
    }
}

impl Config {
    /// How SQLite commits: always `FULL`, so that a commit is on the disk.
    pub(crate) fn synchronous(&self) -> SqliteSynchronous {
        #[cfg(test)]
        if self.sqlite_normal {
            return SqliteSynchronous::Normal;
        }
        SqliteSynchronous::Full
    }

    /// Reads the file at `path`; relative paths in it are relative to its folder.
    ///
    /// # Errors
    /// [`Error::Config`] where the file cannot be read or says something unknown.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let refused = |what: String| Error::Config { file: path.to_owned(), what };
        let text = std::fs::read_to_string(path).map_err(|e| refused(e.to_string()))?;
        let mut config: Config = toml::from_str(&text).map_err(|e| refused(e.to_string().trim_end().to_owned()))?;
        let base = path.parent().unwrap_or(Path::new("."));
        let Config { folder, election, key, log_key, tls, .. } = &mut config;
        for path in [folder, election, key, log_key, &mut tls.certificate, &mut tls.key, &mut tls.client_ca] {
            *path = base.join(&*path);
        }
        config.seen = config.seen.map(|path| base.join(path));
        // A bucket is put back to an old copy without the folder, which remembers then.
        if config.store.is_some() && config.seen.is_none() {
            config.seen = Some(config.folder.join(SEEN));
        }
        if let Some(store) = &mut config.store {
            for path in store.authority.iter_mut().chain(&mut store.credentials) {
                *path = base.join(&*path);
            }
        }
        for witness in &mut config.witnesses {
            witness.authority = witness.authority.take().map(|path| base.join(path));
        }
        Ok(config)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"
        listen = "127.0.0.1:0"
        folder = "store"
        election = "/srv/election"
        key = "k.pem"
        log_key = "l.pem"
        [tls]
        certificate = "c.pem"
        key = "t.pem"
        client_ca = "ca.pem"
        [limits]
        connections = 3
    "#;

    #[test]
    fn paths_are_relative_to_the_file_and_limits_have_defaults() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("intake.toml");
        std::fs::write(&path, TEXT).unwrap();
        let config = Config::read(&path).unwrap();
        assert_eq!(config.folder, folder.path().join("store"));
        assert_eq!(config.election, Path::new("/srv/election"));
        assert_eq!(config.limits, Limits { connections: 3, ..Limits::default() });
    }

    /// The folder remembers for a bucket, whatever the file says; for itself it cannot.
    #[test]
    fn of_a_bucket_the_last_checkpoint_is_remembered_in_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("intake.toml");
        let read = |text: &str| {
            std::fs::write(&path, text).unwrap();
            Config::read(&path).unwrap().seen
        };
        let bucket = format!("{TEXT}[store]\nendpoint = \"https://s3.example\"\nregion = \"r\"\nbucket = \"b\"\n");
        assert_eq!(read(TEXT), None);
        assert_eq!(read(&bucket), Some(folder.path().join("store/last-checkpoint.txt")));
        assert_eq!(read(&format!("seen = \"other/seen\"\n{bucket}")), Some(folder.path().join("other/seen")));
    }

    #[test]
    fn an_unknown_word_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("intake.toml");
        std::fs::write(&path, TEXT.replace("connections", "conections")).unwrap();
        let error = Config::read(&path).unwrap_err();
        assert!(matches!(&error, Error::Config { what, .. } if what.contains("conections")), "{error}");
    }
}
