//! A small S3 over TLS on the loopback: GET, PUT on conditions, DELETE and ListObjectsV2, signatures and checksums checked.
//! It keeps everything in memory and fails as it is told.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use axum::body::Bytes;
use axum::http::{HeaderMap, Method, Request, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use faults::Random;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use jiff::civil::date;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tokio_rustls::TlsAcceptor;

use super::signature;
use crate::StoreConfig;
use crate::certificates::{Authority, Purpose};

pub(super) const SECRET: &str = "a secret that stands in no line";
/// Keys on one page of a list.
const PAGE: usize = 3;

/// What a request meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// The connection ends, and nothing is done.
    Cut,
    /// It is done, and the connection ends before the answer.
    CutAfter,
    /// It is done, and the answer comes when nobody waits for it any more.
    Slow,
    /// 500, and nothing is done.
    Failed,
    /// It is done, and the answer is 503.
    FailedAfter,
    /// 409: another write is under way.
    Conflict,
}

/// Objects and faults.
#[derive(Default)]
pub(super) struct State {
    pub(super) objects: BTreeMap<String, Vec<u8>>,
    /// Faults are drawn, one for so many requests.
    pub(super) drawn: Option<(Random, u64)>,
    /// What the next requests meet, by method and the end of the key; each once.
    pub(super) next: Vec<(Method, &'static str, Fault)>,
    pub(super) unconditional: bool,
    /// Statuses that were answered, and faults.
    pub(super) answered: BTreeMap<String, usize>,
}

/// A running server.
pub(super) struct Server {
    pub(super) config: StoreConfig,
    state: Arc<Mutex<State>>,
    runtime: Option<Runtime>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.runtime.take().into_iter().for_each(Runtime::shutdown_background);
    }
}

impl Server {
    /// Serves the bucket `intake`; its authority and the credentials are files in `folder`.
    pub(super) fn start(folder: &Path) -> Self {
        let authority = Authority::new("store", date(2020, 1, 1), date(2120, 1, 1)).unwrap();
        let own = authority.issue("store", Purpose::Server, &["127.0.0.1"]).unwrap();
        let chain = CertificateDer::pem_slice_iter(own.certificate.as_bytes()).collect::<Result<_, _>>().unwrap();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let tls = rustls::ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&rustls::version::TLS13])
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, PrivateKeyDer::from_pem_slice(own.key.as_bytes()).unwrap())
            .unwrap();
        let path = |name: &str| folder.join(name);
        std::fs::write(path("s3-ca.pem"), authority.own().certificate).unwrap();
        let keys = format!("access_key = \"TESTKEY\"\nsecret_key = \"{SECRET}\"\n");
        std::fs::write(path("s3.toml"), keys).unwrap();
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        // A test may be on a runtime of its own, where nothing may block on another.
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let listener = {
            let _here = runtime.enter();
            TcpListener::from_std(listener).unwrap()
        };
        let state = Arc::new(Mutex::new(State::default()));
        runtime.spawn(serve(listener, TlsAcceptor::from(Arc::new(tls)), state.clone()));
        Server { config: config(address, &path("s3-ca.pem"), &path("s3.toml")), state, runtime: Some(runtime) }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }
}

fn config(address: SocketAddr, authority: &Path, credentials: &Path) -> StoreConfig {
    StoreConfig {
        endpoint: format!("https://{address}"),
        region: "test-1".to_owned(),
        bucket: "intake".to_owned(),
        prefix: "2026/round-1".to_owned(),
        authority: Some(authority.to_owned()),
        credentials: Some(credentials.to_owned()),
        timeout_ms: 2_000,
        pause_ms: 1,
    }
}

async fn serve(listener: TcpListener, acceptor: TlsAcceptor, state: Arc<Mutex<State>>) {
    while let Ok((stream, _)) = listener.accept().await {
        let (acceptor, state) = (acceptor.clone(), state.clone());
        tokio::spawn(async move {
            let Ok(stream) = acceptor.accept(stream).await else { return };
            let answers = service_fn(move |request| answer(state.clone(), request));
            // A fault ends it.
            let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), answers).await;
        });
    }
}

type Answer = Response<Full<Bytes>>;

async fn answer(state: Arc<Mutex<State>>, request: Request<Incoming>) -> Result<Answer, std::io::Error> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map_err(std::io::Error::other)?.to_bytes();
    let (path, query) = (head.uri.path().to_owned(), head.uri.query().unwrap_or_default().to_owned());
    let header = |name: &str| head.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let own = head.headers.keys().map(|name| name.as_str());
    let needed: Vec<&str> =
        own.filter(|name| *name == "host" || name.starts_with("x-amz-") || name.starts_with("if-")).collect();
    if !signature::holds((head.method.as_str(), &path, &query), header, &needed, SECRET) {
        return Ok(problem(403, "SignatureDoesNotMatch"));
    }
    let Some(key) = path.strip_prefix("/intake").filter(|rest| rest.is_empty() || rest.starts_with('/')) else {
        return Ok(problem(404, "NoSuchBucket"));
    };
    let key = key.trim_start_matches('/').to_owned();
    let fault = state.lock().unwrap().fault(&head.method, &key);
    let ended = || Err(std::io::Error::other("a fault"));
    match fault {
        Some(Fault::Cut) => return ended(),
        Some(Fault::Failed) => return Ok(problem(500, "InternalError")),
        Some(Fault::Conflict) => return Ok(problem(409, "ConditionalRequestConflict")),
        _ => {}
    }
    let answer = state.lock().unwrap().apply(&head.method, &key, &query, &head.headers, body);
    match fault {
        Some(Fault::CutAfter) => ended(),
        Some(Fault::FailedAfter) => Ok(problem(503, "SlowDown")),
        Some(Fault::Slow) => {
            tokio::time::sleep(Duration::from_secs(4)).await;
            Ok(answer)
        }
        _ => Ok(answer),
    }
}

fn problem(status: u16, code: &str) -> Answer {
    let body = format!("<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>So it is.</Message></Error>");
    Response::builder().status(status).body(Full::new(Bytes::from(body))).unwrap()
}

fn tag(bytes: &[u8]) -> String {
    format!("\"{}\"", &sign::sha256(bytes).hex()[..32])
}

impl State {
    fn fault(&mut self, method: &Method, key: &str) -> Option<Fault> {
        let next = self.next.iter().position(|(own, end, _)| own == method && key.ends_with(end));
        let fault = match (next, &mut self.drawn) {
            (Some(at), _) => Some(self.next.remove(at).2),
            (None, Some((random, times))) => {
                let faults = [Fault::Cut, Fault::CutAfter, Fault::Failed, Fault::FailedAfter, Fault::Conflict];
                random.once_in(*times).then(|| faults[random.below(5) as usize])
            }
            _ => None,
        };
        if let Some(fault) = fault {
            *self.answered.entry(format!("{fault:?}")).or_default() += 1;
        }
        fault
    }

    fn apply(&mut self, method: &Method, key: &str, query: &str, headers: &HeaderMap, body: Bytes) -> Answer {
        let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let found = self.objects.get(key);
        let answer = Response::builder();
        let answered = match *method {
            Method::GET if key.is_empty() => self.list(query),
            Method::GET => match found {
                Some(bytes) => answer.header("etag", tag(bytes)).body(Full::new(bytes.clone().into())).unwrap(),
                None => problem(404, "NoSuchKey"),
            },
            Method::DELETE => {
                self.objects.remove(key);
                answer.status(204).body(Full::default()).unwrap()
            }
            Method::PUT => {
                let meets = match (header("if-none-match"), header("if-match")) {
                    (Some(_), _) => found.is_none(),
                    (_, Some(expected)) => found.is_some_and(|bytes| tag(bytes) == expected),
                    _ => true,
                };
                let sum = header("x-amz-checksum-sha256").map(|sum| STANDARD.decode(sum).unwrap());
                if sum.is_none_or(|sum| sum != sign::sha256(&body).0) {
                    problem(400, "BadDigest")
                } else if !meets && !self.unconditional {
                    problem(412, "PreconditionFailed")
                } else {
                    let tag = tag(&body);
                    self.objects.insert(key.to_owned(), body.to_vec());
                    answer.header("etag", tag).body(Full::default()).unwrap()
                }
            }
            _ => problem(405, "MethodNotAllowed"),
        };
        *self.answered.entry(answered.status().as_str().to_owned()).or_default() += 1;
        answered
    }

    /// Pages of few keys, each with the token of the next.
    fn list(&self, query: &str) -> Answer {
        let part = |name: &str| {
            let mut parts = query.split('&').filter_map(|part| part.split_once('='));
            parts.find(|(own, _)| *own == name).map(|(_, value)| value.replace("%2F", "/")).unwrap_or_default()
        };
        let (prefix, after) = (part("prefix"), part("continuation-token"));
        let keys: Vec<&String> =
            self.objects.keys().filter(|key| key.starts_with(&prefix) && **key > after).take(PAGE + 1).collect();
        let page = &keys[..keys.len().min(PAGE)];
        let next = match keys.len() > PAGE {
            true => format!("<NextContinuationToken>{}</NextContinuationToken>", page[PAGE - 1]),
            false => String::new(),
        };
        let contents: String = page.iter().map(|key| format!("<Contents><Key>{key}</Key></Contents>")).collect();
        let body = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">\
             <Name>intake</Name><Prefix>{prefix}</Prefix><KeyCount>{}</KeyCount><MaxKeys>{PAGE}</MaxKeys>\
             <EncodingType>url</EncodingType><IsTruncated>{}</IsTruncated>{next}{contents}</ListBucketResult>",
            page.len(),
            keys.len() > PAGE,
        );
        Response::builder().body(Full::new(Bytes::from(body))).unwrap()
    }
}
