//! One HTTP/1.1 connection to another machine: a receiving service, a witness, a store.

use std::io::{Error, ErrorKind, Result};
use std::sync::Arc;

use axum::body::Bytes;
use axum::http::{Request, Response};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// The way to the other side; the connection ends when it is dropped.
pub(crate) type Requests = SendRequest<Full<Bytes>>;

/// Connects, over TLS where it is given.
pub(crate) async fn connect(host: &str, port: u16, tls: Option<Arc<ClientConfig>>) -> Result<Requests> {
    let stream = TcpStream::connect((host, port)).await?;
    stream.set_nodelay(true)?;
    let Some(tls) = tls else { return speak(stream).await };
    let name = ServerName::try_from(host.to_owned()).map_err(|e| Error::new(ErrorKind::InvalidInput, e))?;
    speak(TlsConnector::from(tls).connect(name, stream).await?).await
}

async fn speak(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static) -> Result<Requests> {
    let (requests, connection) = handshake(TokioIo::new(stream)).await.map_err(Error::other)?;
    // It ends with the connection; how, the next request tells.
    tokio::spawn(async move { drop(connection.await) });
    Ok(requests)
}

/// Sends a request and reads the whole answer, of at most `most` bytes.
pub(crate) async fn exchange(
    requests: &mut Requests,
    request: Request<Full<Bytes>>,
    most: usize,
) -> Result<Response<Bytes>> {
    requests.ready().await.map_err(Error::other)?;
    let (head, body) = requests.send_request(request).await.map_err(Error::other)?.into_parts();
    let body = Limited::new(body, most).collect().await.map_err(Error::other)?.to_bytes();
    Ok(Response::from_parts(head, body))
}
