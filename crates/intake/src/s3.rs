//! Objects in an S3 bucket. Requests are signed by `rusty-s3` (AWS Signature Version 4, in the address) and go over the
//! HTTP and TLS that the service has anyway.
//!
//! What is relied on: a PUT that was answered is durable and read from then on by everybody (S3 since December 2020), and
//! `If-None-Match: *` and `If-Match` are judged together with the write (S3 since August and November 2024). A body that
//! was damaged on its way is refused by its checksum. Addresses, which hold the signature, are never told.

use std::io::{Error, ErrorKind};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::{Request, Response, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http_body_util::Full;
use log::{Condition, ObjectError, Objects, Tag};
use rustls::ClientConfig;
use rusty_s3::actions::ListObjectsV2;
use rusty_s3::{Bucket, Credentials, S3Action, UrlStyle};
use serde::Deserialize;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Mutex;

use crate::connect::{Requests, connect, exchange};
use crate::{StoreConfig, tls};

/// The longest answer that is read: a step with the largest tiles.
const ANSWER: usize = 128 << 20;
/// How long a signature is good for.
const VALID: Duration = Duration::from_secs(300);
/// How often a request is sent whose repetition changes nothing.
const TRIES: u32 = 5;
/// The most keys that are listed; more is no log of an election.
const MOST_KEYS: usize = 1_000_000;

/// A bucket. It has a runtime of its own, so that whoever holds the log may wait for it on any thread.
pub(crate) struct S3 {
    bucket: Arc<Reached>,
    runtime: Option<Runtime>,
}

impl Drop for S3 {
    fn drop(&mut self) {
        // Waiting for it is forbidden on the threads of another runtime, and nothing is under way.
        self.runtime.take().into_iter().for_each(Runtime::shutdown_background);
    }
}

/// The bucket and the way to it.
struct Reached {
    bucket: Bucket,
    credentials: Credentials,
    prefix: String,
    host: String,
    port: u16,
    /// The header that is signed: with the port where it is not the scheme's own.
    authority: String,
    tls: Option<Arc<ClientConfig>>,
    timeout: Duration,
    pause: Duration,
    /// The connection of the last request, for the next.
    idle: Mutex<Option<Requests>>,
}

/// The file of the credentials.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Keys {
    access_key: String,
    secret_key: String,
    session_token: Option<String>,
}

fn credentials(config: &StoreConfig) -> Result<Credentials, crate::Error> {
    let Some(file) = &config.credentials else {
        let what = "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not in the environment, and no file is named";
        return Credentials::from_env().ok_or_else(|| crate::Error::Store(what.to_owned()));
    };
    let refused = |what: String| crate::Error::Config { file: file.clone(), what };
    let text = std::fs::read_to_string(file).map_err(|e| refused(e.to_string()))?;
    // What the parser says would show the line that it stopped at.
    let what = "is not access_key, secret_key and, if there is one, session_token";
    let keys: Keys = toml::from_str(&text).map_err(|_| refused(what.to_owned()))?;
    Ok(match keys.session_token {
        Some(token) => Credentials::new_with_token(keys.access_key, keys.secret_key, token),
        None => Credentials::new(keys.access_key, keys.secret_key),
    })
}

impl S3 {
    pub(crate) fn new(config: &StoreConfig) -> Result<Self, crate::Error> {
        let refused = |what: &str| crate::Error::Store(what.to_owned());
        let no_address =
            || refused("its endpoint is not https:// and a host, or http:// and an address of this machine");
        let endpoint = config.endpoint.parse().map_err(|_| no_address())?;
        let bucket = Bucket::new(endpoint, UrlStyle::Path, config.bucket.clone(), config.region.clone());
        let bucket = bucket.map_err(|_| no_address())?;
        let url = bucket.base_url();
        let named_host = url.host_str().unwrap_or_default().to_owned();
        let host = named_host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let is_here = host == "localhost" || host.parse().is_ok_and(|address: IpAddr| address.is_loopback());
        let tls = match (url.scheme(), &config.authority) {
            ("https", Some(authority)) => Some(Arc::new(tls::anonymous_client(authority)?)),
            ("https", None) => return Err(refused("https needs the authority of its certificate")),
            _ if is_here && config.authority.is_none() => None,
            _ => return Err(no_address()),
        };
        let named =
            |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b));
        let prefix = config.prefix.trim_matches('/');
        let is_key = |prefix: &str| prefix.split('/').all(|part| named(part) && part != "." && part != "..");
        if !named(&config.bucket) || !named(&config.region) || !(prefix.is_empty() || is_key(prefix)) {
            return Err(refused("bucket, region and prefix are letters, digits and - . _ alone"));
        }
        let runtime = Builder::new_multi_thread().worker_threads(1).thread_name("s3").enable_all().build();
        let reached = Reached {
            credentials: credentials(config)?,
            prefix: if prefix.is_empty() { String::new() } else { format!("{prefix}/") },
            port: url.port_or_known_default().unwrap_or(443),
            authority: url.port().map_or_else(|| named_host.clone(), |port| format!("{named_host}:{port}")),
            host,
            tls,
            timeout: Duration::from_millis(config.timeout_ms.max(1)),
            pause: Duration::from_millis(config.pause_ms.max(1)),
            idle: Mutex::default(),
            bucket,
        };
        let runtime = runtime.map_err(crate::Error::storage("starting the runtime"))?;
        Ok(S3 { bucket: Arc::new(reached), runtime: Some(runtime) })
    }

    /// Sends a request that is signed anew for each try, and waits for the answer on whatever thread this is.
    fn ask<'a, A: S3Action<'a>>(
        &'a self,
        repeat: bool,
        body: &[u8],
        headers: &[(&'static str, String)],
        action: impl Fn(&'a Bucket, &'a Credentials) -> A,
    ) -> Result<Response<Bytes>, ObjectError> {
        let body = Bytes::copy_from_slice(body);
        let reached = &self.bucket;
        for tries in 1.. {
            let mut action = action(&reached.bucket, &reached.credentials);
            for (name, value) in headers {
                action.headers_mut().insert(*name, value.clone());
            }
            let url = action.sign(VALID);
            let path = format!("{}?{}", url.path(), url.query().unwrap_or_default());
            let mut request = Request::builder().method(A::METHOD.to_str()).uri(path);
            request = request.header(header::HOST, &reached.authority);
            for (name, value) in headers {
                request = request.header(*name, value);
            }
            let request = request.body(Full::new(body.clone())).map_err(|e| ObjectError::Refused(Error::other(e)))?;
            match self.wait(request).and_then(|answer| judged(answer, repeat)) {
                Err(ObjectError::Unanswered(_)) if repeat && tries < TRIES => self.pause(tries),
                answer => return answer,
            }
        }
        unreachable!("the last try returns")
    }

    fn wait(&self, request: Request<Full<Bytes>>) -> Result<Response<Bytes>, ObjectError> {
        let (tell, told) = std::sync::mpsc::sync_channel(1);
        let (reached, timeout) = (self.bucket.clone(), self.bucket.timeout);
        let runtime = self.runtime.as_ref().expect("it is taken at the end alone");
        runtime.spawn(async move {
            let answer = tokio::time::timeout(timeout, reached.send(request)).await;
            // Whoever asked waits for it.
            let _ = tell.send(answer.unwrap_or_else(|_| Err(Error::new(ErrorKind::TimedOut, "no answer in time"))));
        });
        let answer = told.recv().unwrap_or_else(|_| Err(Error::other("the request was dropped")));
        answer.map_err(|error| match error.get_ref().and_then(|e| e.downcast_ref::<rustls::Error>()) {
            // A certificate that is not of the authority is no weather.
            Some(rustls::Error::InvalidCertificate(_)) => ObjectError::Refused(error),
            _ => ObjectError::Unanswered(error),
        })
    }

    fn key(&self, key: &str) -> String {
        format!("{}{key}", self.bucket.prefix)
    }
}

impl Reached {
    /// One after the other over one connection; a request that fails takes its connection with it.
    async fn send(&self, request: Request<Full<Bytes>>) -> std::io::Result<Response<Bytes>> {
        let mut idle = self.idle.lock().await;
        let mut requests = match idle.take().filter(|requests| !requests.is_closed()) {
            Some(requests) => requests,
            None => connect(&self.host, self.port, self.tls.clone()).await?,
        };
        let answer = exchange(&mut requests, request, ANSWER).await?;
        *idle = Some(requests);
        Ok(answer)
    }
}

/// The part of an error's XML between these tags, short and printable.
fn told<'a>(body: &'a str, tag: &str) -> &'a str {
    let part = body.split_once(&format!("<{tag}>")).and_then(|(_, rest)| rest.split_once(&format!("</{tag}>")));
    part.map_or("", |(part, _)| part)
}

/// Answers that say what was done are answers: what there is, that there is none, or that the condition does not hold.
fn judged(answer: Response<Bytes>, repeat: bool) -> Result<Response<Bytes>, ObjectError> {
    let status = answer.status().as_u16();
    let text = String::from_utf8_lossy(answer.body());
    let (code, message) = (told(&text, "Code"), told(&text, "Message"));
    match status {
        200..=299 | 412 => return Ok(answer),
        404 if code != "NoSuchBucket" => return Ok(answer),
        // Another write on condition was under way.
        409 if !repeat => return Ok(answer),
        _ => {}
    }
    let said: String = format!("{status} {code} {message}").chars().take(300).flat_map(char::escape_debug).collect();
    let error = Error::other(said);
    match status {
        408 | 409 | 429 | 500 | 502.. => Err(ObjectError::Unanswered(error)),
        400 if code == "RequestTimeout" => Err(ObjectError::Unanswered(error)),
        _ => Err(ObjectError::Refused(error)),
    }
}

/// The tag of an answer.
fn tag(answer: &Response<Bytes>) -> Result<Tag, ObjectError> {
    let tag = answer.headers().get(header::ETAG).and_then(|tag| tag.to_str().ok());
    tag.map(|tag| Tag(tag.to_owned())).ok_or_else(|| ObjectError::Refused(Error::other("an answer without an ETag")))
}

impl Objects for S3 {
    fn get(&self, key: &str) -> Result<Option<(Vec<u8>, Tag)>, ObjectError> {
        let key = self.key(key);
        let answer = self.ask(true, b"", &[], |bucket, keys| bucket.get_object(Some(keys), &key))?;
        if answer.status().is_success() { Ok(Some((answer.body().to_vec(), tag(&answer)?))) } else { Ok(None) }
    }

    fn put(&self, key: &str, bytes: &[u8], condition: &Condition) -> Result<Tag, ObjectError> {
        let key = self.key(key);
        let mut headers = vec![("x-amz-checksum-sha256", STANDARD.encode(sign::sha256(bytes).0))];
        match condition {
            Condition::Always => {}
            Condition::Absent => headers.insert(0, ("if-none-match", "*".to_owned())),
            Condition::Is(Tag(tag)) => headers.insert(0, ("if-match", tag.clone())),
        }
        let repeat = *condition == Condition::Always;
        let answer = self.ask(repeat, bytes, &headers, |bucket, keys| bucket.put_object(Some(keys), &key))?;
        if answer.status().is_success() { tag(&answer) } else { Err(ObjectError::Condition) }
    }

    fn remove(&self, key: &str) -> Result<(), ObjectError> {
        let key = self.key(key);
        self.ask(true, b"", &[], |bucket, keys| bucket.delete_object(Some(keys), &key)).map(drop)
    }

    fn keys(&self) -> Result<Vec<String>, ObjectError> {
        let (mut found, mut from) = (Vec::new(), None::<String>);
        let prefix = self.bucket.prefix.as_str();
        while found.len() < MOST_KEYS {
            let answer = self.ask(true, b"", &[], |bucket, keys| {
                let mut list = bucket.list_objects_v2(Some(keys));
                list.with_prefix(prefix);
                from.iter().for_each(|from| list.with_continuation_token(from.clone()));
                list
            })?;
            let unreadable = || ObjectError::Refused(Error::new(ErrorKind::InvalidData, "the list cannot be read"));
            let text = std::str::from_utf8(answer.body()).map_err(|_| unreadable())?;
            let list = ListObjectsV2::parse_response(text).map_err(|_| unreadable())?;
            found.extend(list.contents.iter().filter_map(|object| object.key.strip_prefix(prefix)).map(str::to_owned));
            match list.next_continuation_token {
                Some(next) => from = Some(next),
                None => break,
            }
        }
        Ok(found)
    }

    fn pause(&self, tries: u32) {
        std::thread::sleep(self.bucket.pause.saturating_mul(1 << tries.min(8)));
    }
}
