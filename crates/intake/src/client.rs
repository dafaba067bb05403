//! One TLS connection to the receiving service.

use axum::body::Bytes;
use axum::http::{Method, Request, StatusCode, header};
use http_body_util::Full;
use rustls::pki_types::ServerName;
use serde::de::DeserializeOwned;
use std::sync::Arc;
use std::time::Duration;

use crate::connect::{Requests, connect, exchange};
use crate::http::Problem;
use crate::relay::RelayError;

/// The longest answer that is read, in bytes: a status that names every chunk of a 1 GiB file.
const ANSWER: usize = 1 << 20;

/// Host and port of `https://HOST[:PORT][/]`.
pub(crate) fn host_and_port(url: &str) -> Result<(String, u16), RelayError> {
    let refused = || RelayError::Url(url.escape_default().to_string());
    let rest = url.strip_prefix("https://").ok_or_else(refused)?;
    let authority = rest.strip_suffix('/').unwrap_or(rest);
    if authority.is_empty() || authority.contains(['/', '?', '#', '@']) {
        return Err(refused());
    }
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !host.ends_with(':') && !port.ends_with(']') => {
            (host, port.parse().map_err(|_| refused())?)
        }
        _ => (authority, 443),
    };
    Ok((host.trim_start_matches('[').trim_end_matches(']').to_owned(), port))
}

pub(crate) struct Client {
    requests: Requests,
    host: String,
    timeout: Duration,
}

impl Client {
    pub(crate) async fn connect(
        url: &str,
        config: Arc<rustls::ClientConfig>,
        timeout: Duration,
    ) -> Result<Self, RelayError> {
        let (host, port) = host_and_port(url)?;
        ServerName::try_from(host.as_str()).map_err(|_| RelayError::Url(host.clone()))?;
        let connected = tokio::time::timeout(timeout, connect(&host, port, Some(config))).await;
        let requests = connected.map_err(|_| RelayError::slow())?.map_err(tls_error)?;
        Ok(Client { requests, host, timeout })
    }

    /// Sends a request; an answer other than 2xx is an error.
    pub(crate) async fn send(&mut self, method: Method, path: &str, body: Bytes) -> Result<Bytes, RelayError> {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, &self.host)
            .body(Full::new(body))
            .map_err(|e| RelayError::Url(e.to_string()))?;
        let answered = tokio::time::timeout(self.timeout, exchange(&mut self.requests, request, ANSWER)).await;
        let answer = answered.map_err(|_| RelayError::slow())?.map_err(RelayError::Cut)?;
        let (status, body) = (answer.status(), answer.into_body());
        if status.is_success() { Ok(body) } else { Err(refusal(status, &body)) }
    }

    /// As [`Client::send`], and reads the answer.
    pub(crate) async fn ask<T: DeserializeOwned>(
        &mut self,
        method: Method,
        path: &str,
        body: Bytes,
    ) -> Result<T, RelayError> {
        let answer = self.send(method, path, body).await?;
        serde_json::from_slice(&answer).map_err(|e| RelayError::Answer(e.to_string().escape_default().to_string()))
    }
}

/// Certificates and versions that do not fit are final; anything else is a cut line.
fn tls_error(error: std::io::Error) -> RelayError {
    match error.get_ref().and_then(|e| e.downcast_ref::<rustls::Error>()) {
        Some(tls @ (rustls::Error::InvalidCertificate(_) | rustls::Error::PeerIncompatible(_))) => {
            RelayError::Server(tls.to_string())
        }
        _ => RelayError::Cut(error),
    }
}

fn refusal(status: StatusCode, body: &[u8]) -> RelayError {
    let clean = |text: String| text.chars().take(300).flat_map(char::escape_default).collect::<String>();
    let problem = serde_json::from_slice::<Problem>(body).unwrap_or_else(|_| Problem {
        code: "intake.unexplained".to_owned(),
        what: "the answer is not one of an intake".to_owned(),
        next: String::new(),
    });
    RelayError::Refused { status: status.as_u16(), code: clean(problem.code), what: clean(problem.what) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_https_and_a_host() {
        assert_eq!(host_and_port("https://intake.example/").unwrap(), ("intake.example".to_owned(), 443));
        assert_eq!(host_and_port("https://127.0.0.1:8443").unwrap(), ("127.0.0.1".to_owned(), 8443));
        assert_eq!(host_and_port("https://[::1]:8443").unwrap(), ("::1".to_owned(), 8443));
        assert_eq!(host_and_port("https://[::1]").unwrap(), ("::1".to_owned(), 443));
        for bad in ["http://a", "https://", "https://a/b", "https://u@a", "https://a:b", "https://a:99999", "a:1"] {
            assert!(matches!(host_and_port(bad), Err(RelayError::Url(_))), "{bad}");
        }
    }
}
