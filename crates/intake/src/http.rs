//! The HTTP API. See the crate's documentation for what each address takes and answers.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::rejection::PathRejection;
use axum::extract::{Extension, Path, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, put};
use election::{Coded, Digest};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use serde::{Deserialize, Serialize};
use tokio::sync::RwLock;

use crate::blobs::CHUNK;
use crate::database::Attempt;
use crate::sequencer::Entry;
use crate::service::Service;
use crate::statements::now;
use crate::{ChunkList, Refused, Transport};

/// The longest label or chunk list, in bytes.
const LABEL: u64 = 65_535;
const LIST: u64 = 1 << 20;

/// What the answers to refused requests hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The reason code.
    pub code: String,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub next: String,
}

/// One connection: who, how, and what it worked on.
pub(crate) struct Connection {
    pub address: String,
    pub transport: Transport,
    pub started: String,
    work: Mutex<Vec<Work>>,
    /// Held while a piece is being stored, which goes on where the link has broken.
    storing: Arc<RwLock<()>>,
}

/// A connection's work on one label.
struct Work {
    label: Digest,
    bytes: u64,
    outcome: String,
}

/// Labels of one connection that the transmission report tells apart.
const LABELS: usize = 1024;

impl Connection {
    pub(crate) fn new(address: String, transport: Transport) -> Self {
        Connection { address, transport, started: now(), work: Mutex::default(), storing: Arc::default() }
    }

    fn turn_to(&self, label: Digest) {
        let mut work = self.work.lock().expect("no holder panics");
        // The last one is the one at work.
        match work.iter().position(|w| w.label == label) {
            Some(at) => {
                let again = work.remove(at);
                work.push(again);
            }
            None if work.len() < LABELS => work.push(Work { label, bytes: 0, outcome: "cut".to_owned() }),
            None => {}
        }
    }

    fn note(&self, bytes: u64, outcome: Option<&str>) {
        if let Some(work) = self.work.lock().expect("no holder panics").last_mut() {
            work.bytes += bytes;
            if let Some(outcome) = outcome {
                work.outcome = outcome.to_owned();
            }
        }
    }

    /// What it did and has not said yet, once it has ended and what came by it is stored.
    pub(crate) async fn attempts(&self) -> Vec<Attempt> {
        drop(self.storing.write().await);
        let work = std::mem::take(&mut *self.work.lock().expect("no holder panics"));
        work.into_iter().map(|work| self.attempt(work)).collect()
    }

    /// What it did on a label whose receipt it has been given.
    fn done(&self, label: &Digest) -> Option<Attempt> {
        let mut all = self.work.lock().expect("no holder panics");
        let at = all.iter().position(|work| work.label == *label)?;
        let work = Work { outcome: "receipt".to_owned(), ..all.remove(at) };
        Some(self.attempt(work))
    }

    fn attempt(&self, work: Work) -> Attempt {
        Attempt {
            label: work.label,
            started: self.started.clone(),
            ended: now(),
            address: self.address.clone(),
            transport: self.transport.clone(),
            bytes: work.bytes,
            outcome: work.outcome,
        }
    }
}

type Shared = State<Arc<Service>>;
type Conn = Extension<Arc<Connection>>;
type Name = Result<Path<String>, PathRejection>;

/// All addresses.
pub(crate) fn router(service: Arc<Service>) -> Router {
    Router::new()
        .route("/v1/labels/{name}", put(put_label))
        .route("/v1/files/{sha256}", get(get_file))
        .route("/v1/files/{sha256}/chunks", put(put_list))
        .route("/v1/chunks/{sha256}", put(put_chunk))
        .route("/v1/receipts/{label}", get(get_receipt))
        .fallback(async || Refused::Unknown)
        .method_not_allowed_fallback(async || Refused::Malformed("this address takes another method".to_owned()))
        .with_state(service)
}

/// Does work to its end: the handler of a client that is gone is dropped wherever it waits, and would leave a file whose
/// chunks are all here half put together.
async fn to_its_end<T: Send + 'static>(
    work: impl Future<Output = Result<T, Refused>> + Send + 'static,
) -> Result<T, Refused> {
    tokio::spawn(work).await.unwrap_or_else(|e| Err(Refused::Storage(e.to_string())))
}

async fn put_label(State(service): Shared, conn: Conn, name: Name, request: Request) -> Result<Response, Refused> {
    let bytes = body(&service, request, LABEL).await?;
    let label = sign::sha256(&bytes);
    let name = name.map_err(|e| Refused::Name(escaped(&e.to_string())))?.0;
    let on = conn.clone();
    let answer = to_its_end(async move { service.put_label(&on, &name, bytes).await }).await;
    if answer.is_ok() {
        conn.turn_to(label);
    }
    conn.note(0, answer.as_ref().err().map(Coded::code));
    json(&answer?)
}

async fn get_file(State(service): Shared, name: Name) -> Result<Response, Refused> {
    json(&service.file_status(&digest(name)?)?)
}

async fn put_list(State(service): Shared, conn: Conn, name: Name, request: Request) -> Result<Response, Refused> {
    let file = digest(name)?;
    let bytes = body(&service, request, LIST).await?;
    let list: ChunkList = serde_json::from_slice(&bytes).map_err(|e| Refused::Malformed(escaped(&e.to_string())))?;
    let on = conn.clone();
    let answer = to_its_end(async move { service.put_list(&on, file, list).await }).await;
    conn.note(0, answer.as_ref().err().map(Coded::code));
    json(&answer?)
}

async fn put_chunk(State(service): Shared, conn: Conn, name: Name, request: Request) -> Result<Response, Refused> {
    let chunk = digest(name)?;
    let bytes = body(&service, request, CHUNK).await?;
    let length = bytes.len() as u64;
    let (on, storing) = (conn.0.clone(), conn.storing.clone().read_owned().await);
    // It is counted where it is stored: this handler is dropped where the link breaks before.
    to_its_end(async move {
        let answer = service.put_chunk(&on, chunk, bytes).await;
        on.note(if answer.is_ok() { length } else { 0 }, answer.as_ref().err().map(Coded::code));
        drop(storing);
        answer
    })
    .await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn get_receipt(State(service): Shared, conn: Conn, name: Name) -> Result<Response, Refused> {
    let label = digest(name)?;
    let receipt = service.receipt(&label).await?;
    // Written down before the relay has its receipt: a service that is ended right after it still says what brought the package,
    // and a disk that does not take it is told to the relay, which asks again.
    if let Some(attempt) = conn.done(&label) {
        to_its_end(async move { service.sequencer.enter(Entry::Attempt(attempt)).await }).await?;
    }
    Ok(([(header::CONTENT_TYPE, "application/json")], receipt).into_response())
}

fn digest(name: Name) -> Result<Digest, Refused> {
    let name = name.map_err(|e| Refused::Name(escaped(&e.to_string())))?.0;
    Digest::from_hex(&name).map_err(|_| Refused::Name("64 lower-case hex digits are needed".to_owned()))
}

/// Printable ASCII only, and not too much of it: what strangers sent, in messages and log lines.
pub(crate) fn escaped(text: &str) -> String {
    text.chars().take(120).flat_map(char::escape_default).collect()
}

/// The whole body, within the limits of length and time.
async fn body(service: &Service, request: Request, limit: u64) -> Result<Bytes, Refused> {
    if request.headers().contains_key(header::CONTENT_ENCODING) {
        return Err(Refused::Encoding);
    }
    let announced = request.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|bytes| bytes > limit) {
        return Err(Refused::Size(limit));
    }
    let collected = Limited::new(request.into_body(), limit as usize).collect();
    match tokio::time::timeout(service.limits().body(), collected).await {
        Err(_) => Err(Refused::Slow),
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(e)) if e.is::<LengthLimitError>() => Err(Refused::Size(limit)),
        Ok(Err(e)) => Err(Refused::Malformed(escaped(&e.to_string()))),
    }
}

fn json<T: Serialize>(value: &T) -> Result<Response, Refused> {
    let bytes = serde_json::to_vec(value).map_err(|e| Refused::Storage(e.to_string()))?;
    Ok(([(header::CONTENT_TYPE, "application/json")], bytes).into_response())
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let problem =
            Problem { code: self.code().to_owned(), what: escaped(&self.to_string()), next: self.next().to_owned() };
        let mut response = Response::new(Body::from(serde_json::to_vec(&problem).expect("strings only")));
        *response.status_mut() = StatusCode::from_u16(self.status()).expect("a status of HTTP");
        let content_type = header::HeaderValue::from_static("application/json");
        response.headers_mut().insert(header::CONTENT_TYPE, content_type);
        response
    }
}
