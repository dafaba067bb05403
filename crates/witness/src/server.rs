//! `POST /add-checkpoint` of C2SP tlog-witness.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use election::Coded as _;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use log::witness::{Request as Asked, WitnessError};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, oneshot, watch};

use crate::{Desk, Error};

/// Where the service's log lines go.
pub type Lines = Arc<dyn Fn(&str) + Send + Sync>;

/// The longest body: a note of the largest size and 63 proof lines.
const BODY: usize = 70_000;
/// Connections at one time; what a log needs is one.
const CONNECTIONS: usize = 64;
/// How long a head or a body may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// A witness that listens.
pub struct Server {
    desk: Desk,
    listener: TcpListener,
    lines: Lines,
}

impl Server {
    /// Opens the port.
    ///
    /// # Errors
    /// [`Error::Listen`].
    pub async fn bind(desk: Desk, address: SocketAddr, lines: Lines) -> Result<Self, Error> {
        let listener = TcpListener::bind(address).await.map_err(|error| Error::Listen { address, error })?;
        Ok(Server { desk, listener, lines })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// [`Error::Stopped`] where the system cannot tell.
    pub fn address(&self) -> Result<SocketAddr, Error> {
        self.listener.local_addr().map_err(|e| Error::Stopped(e.to_string()))
    }

    /// Cosigns until `shutdown` is done.
    pub async fn run(self, shutdown: impl Future<Output = ()>) {
        let room = Arc::new(Semaphore::new(CONNECTIONS));
        let service = Arc::new(Service { desk: self.desk, lines: self.lines });
        let router = Router::new().route("/add-checkpoint", post(add_checkpoint)).with_state(service);
        let (stop, stopping) = watch::channel(());
        let mut shutdown = std::pin::pin!(shutdown);
        loop {
            let accepted = tokio::select! {
                () = &mut shutdown => break,
                accepted = self.listener.accept() => accepted,
            };
            let Ok((stream, _)) = accepted else {
                // Out of file descriptors, or the client is gone; others go on.
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            };
            // Whoever comes while all places are taken is turned away; a log asks again.
            let Ok(place) = room.clone().try_acquire_owned() else { continue };
            let (router, mut stopping) = (router.clone(), stopping.clone());
            tokio::spawn(async move {
                tokio::select! {
                    () = connection(stream, router) => {}
                    _ = async { let _ = stopping.changed().await; tokio::time::sleep(PATIENCE).await } => {}
                }
                drop(place);
            });
        }
        let _ = stop.send(());
    }

    /// Opens the port and cosigns, on a runtime of its own, until it is asked to end (Ctrl-C, or `shutdown`); `ready` is
    /// told the address.
    ///
    /// # Errors
    /// [`Error::Listen`], [`Error::Stopped`].
    pub fn serve_blocking(
        desk: Desk,
        address: SocketAddr,
        lines: Lines,
        ready: impl FnOnce(SocketAddr),
        shutdown: impl Future<Output = ()>,
    ) -> Result<(), Error> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        runtime.map_err(|e| Error::Stopped(e.to_string()))?.block_on(async {
            let server = Server::bind(desk, address, lines).await?;
            ready(server.address()?);
            server.run(shutdown).await;
            Ok(())
        })
    }
}

/// Ends a service from another thread: when it is dropped, the future that came with it is done.
pub struct Stop(#[expect(dead_code, reason = "dropping it is the signal")] oneshot::Sender<()>);

/// A [`Stop`] and the future for the service to wait for.
pub fn stop() -> (Stop, impl Future<Output = ()>) {
    let (sender, receiver) = oneshot::channel();
    (Stop(sender), async { drop(receiver.await) })
}

async fn connection(stream: TcpStream, router: Router) {
    let http = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .max_headers(32)
        .max_buf_size(64 * 1024)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    // How a connection ends makes no difference.
    let _ = http.await;
}

struct Service {
    desk: Desk,
    lines: Lines,
}

async fn add_checkpoint(State(service): State<Arc<Service>>, request: Request) -> Response {
    let collected = Limited::new(request.into_body(), BODY).collect();
    let body = match tokio::time::timeout(PATIENCE, collected).await {
        Err(_) => return StatusCode::REQUEST_TIMEOUT.into_response(),
        Ok(Err(e)) if e.is::<LengthLimitError>() => return StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        Ok(Err(_)) => return StatusCode::BAD_REQUEST.into_response(),
        Ok(Ok(body)) => body.to_bytes(),
    };
    let asked = match Asked::parse(&body) {
        Ok(asked) => asked,
        Err(error) => return refused(&service, &error.into(), 0),
    };
    let old = asked.old;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
    // The disk is waited for, so not among the threads that serve others.
    let judged = {
        let service = service.clone();
        tokio::task::spawn_blocking(move || service.desk.cosign(&asked, now)).await
    };
    match judged.map_err(|e| Error::Stopped(e.to_string())).and_then(|judged| judged) {
        Ok(line) => {
            (service.lines)(&format!("cosigned {}", line.trim_end()));
            ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], line).into_response()
        }
        Err(error) => refused(&service, &error, old),
    }
}

/// The answer to a refusal: the size seen where the status asks for it, else the sentence.
fn refused(service: &Service, error: &Error, old: u64) -> Response {
    (service.lines)(&format!("refused {}: {error}", error.code()));
    let seen = match error {
        Error::Refused(WitnessError::OldSize { seen, .. } | WitnessError::Rollback { seen, .. }) => Some(*seen),
        Error::Refused(WitnessError::Fork(fork)) => log::Checkpoint::parse(&fork.seen.text).ok().map(|c| c.size),
        _ => None,
    };
    let status = StatusCode::from_u16(error.status(old)).expect("a status of HTTP");
    let (kind, body) = match seen.filter(|_| status == StatusCode::CONFLICT) {
        Some(seen) => ("text/x.tlog.size", format!("{seen}\n")),
        // What is wrong with this machine's files is nobody else's to know.
        None if status == StatusCode::INTERNAL_SERVER_ERROR => ("text/plain; charset=utf-8", String::new()),
        None => ("text/plain; charset=utf-8", format!("{}: {error}\n", error.code())),
    };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static(kind));
    response
}
