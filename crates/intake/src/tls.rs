//! TLS 1.3 and nothing else, with a certificate on both sides.

use std::path::Path;
use std::sync::Arc;

use election::Digest;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{ClientConfig, CommonState, RootCertStore, ServerConfig, version::TLS13};
use serde::{Deserialize, Serialize};

use crate::{Error, TlsConfig};

/// How a connection was protected, as receipts and the transmission report say it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transport {
    /// The protocol, `TLSv1.3`.
    pub protocol: String,
    /// The key exchange group, such as `X25519MLKEM768`.
    pub group: String,
    /// SHA-256 of the client's certificate (DER).
    pub client: Digest,
}

impl Transport {
    /// What a finished handshake with a client certificate agreed on.
    pub(crate) fn of(state: &CommonState) -> Option<Self> {
        Some(Transport {
            protocol: state.protocol_version()?.as_str()?.replace('_', "."),
            group: state.negotiated_key_exchange_group()?.name().as_str()?.to_owned(),
            client: Digest::of(state.peer_certificates()?.first()?),
        })
    }
}

fn pem<T>(path: &Path, read: impl FnOnce(&[u8]) -> Result<T, rustls::pki_types::pem::Error>) -> Result<T, Error> {
    let refused = |what: String| Error::Config { file: path.to_owned(), what };
    let bytes = std::fs::read(path).map_err(|e| refused(e.to_string()))?;
    read(&bytes).map_err(|e| refused(e.to_string()))
}

fn chain(path: &Path) -> Result<Vec<CertificateDer<'static>>, Error> {
    let chain: Vec<_> = pem(path, |bytes| CertificateDer::pem_slice_iter(bytes).collect())?;
    if chain.is_empty() {
        return Err(Error::Config { file: path.to_owned(), what: "holds no certificate".to_owned() });
    }
    Ok(chain)
}

fn roots(path: &Path) -> Result<RootCertStore, Error> {
    let mut roots = RootCertStore::empty();
    for certificate in chain(path)? {
        roots.add(certificate)?;
    }
    Ok(roots)
}

fn provider() -> Arc<rustls::crypto::CryptoProvider> {
    Arc::new(rustls::crypto::aws_lc_rs::default_provider())
}

/// The service's side: no client without a certificate of the listed authority.
pub(crate) fn server(config: &TlsConfig) -> Result<ServerConfig, Error> {
    let clients = WebPkiClientVerifier::builder_with_provider(Arc::new(roots(&config.client_ca)?), provider())
        .build()
        .map_err(|e| Error::Config { file: config.client_ca.clone(), what: e.to_string() })?;
    let mut server = ServerConfig::builder_with_provider(provider())
        .with_protocol_versions(&[&TLS13])?
        .with_client_cert_verifier(clients)
        .with_single_cert(chain(&config.certificate)?, pem(&config.key, PrivateKeyDer::from_pem_slice)?)?;
    // Every connection shows its certificate anew; nothing is kept between two.
    server.send_tls13_tickets = 0;
    server.session_storage = Arc::new(rustls::server::NoServerSessionStorage {});
    Ok(server)
}

/// The relay's side: no server but one whose certificate `authority` issued; the system's authorities count for nothing.
pub(crate) fn client(authority: &Path, certificate: &Path, key: &Path) -> Result<ClientConfig, Error> {
    Ok(ClientConfig::builder_with_provider(provider())
        .with_protocol_versions(&[&TLS13])?
        .with_root_certificates(roots(authority)?)
        .with_client_auth_cert(chain(certificate)?, pem(key, PrivateKeyDer::from_pem_slice)?)?)
}

/// The side of one who shows no certificate, to a server whose certificate `authority` issued.
pub(crate) fn anonymous_client(authority: &Path) -> Result<ClientConfig, Error> {
    Ok(ClientConfig::builder_with_provider(provider())
        .with_protocol_versions(&[&TLS13])?
        .with_root_certificates(roots(authority)?)
        .with_no_client_auth())
}

/// The reason code of a handshake that failed.
pub(crate) fn reason(error: &std::io::Error) -> &'static str {
    use rustls::{CertificateError as C, Error as E};
    match error.get_ref().and_then(|e| e.downcast_ref::<E>()) {
        Some(E::NoCertificatesPresented) => "tls.no-certificate",
        Some(E::InvalidCertificate(C::Expired | C::ExpiredContext { .. })) => "tls.expired",
        Some(E::InvalidCertificate(C::NotValidYet | C::NotValidYetContext { .. })) => "tls.not-yet-valid",
        Some(E::InvalidCertificate(C::UnknownIssuer | C::BadSignature)) => "tls.issuer",
        Some(E::InvalidCertificate(C::InvalidPurpose | C::InvalidPurposeContext { .. })) => "tls.purpose",
        Some(E::InvalidCertificate(_)) => "tls.certificate",
        Some(E::PeerIncompatible(_)) => "tls.version",
        Some(E::AlertReceived(_)) => "tls.alert",
        Some(_) => "tls.protocol",
        None => "tls.cut",
    }
}
