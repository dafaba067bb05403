//! A small certificate authority for relays and the receiving service.
//!
//! TLS protects transport only. Losing one of these keys forges no package, no label and no receipt.

use jiff::civil::Date;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};

use crate::Error;

/// A certificate and its private key (P-256), both PEM.
#[derive(Clone)]
pub struct Certificate {
    /// The certificate.
    pub certificate: String,
    /// The private key, PKCS#8.
    pub key: String,
}

/// What a certificate is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The receiving service.
    Server,
    /// A relay.
    Client,
}

/// An authority that issues both kinds of certificate.
pub struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    days: (Date, Date),
}

impl Authority {
    /// A new authority called `name`; it and all it issues are valid from the first day until the second.
    ///
    /// # Errors
    /// [`Error::Certificate`] where the system's generator or `rcgen` fails.
    pub fn new(name: &str, from: Date, until: Date) -> Result<Self, Error> {
        let mut params = params(name, &[], (from, until))?;
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        Ok(Authority { issuer: CertifiedIssuer::self_signed(params, KeyPair::generate()?)?, days: (from, until) })
    }

    /// The authority's own certificate and key.
    pub fn own(&self) -> Certificate {
        Certificate { certificate: self.issuer.pem(), key: self.issuer.key().serialize_pem() }
    }

    /// A certificate called `name`; `hosts` are the names or addresses a server answers to.
    ///
    /// # Errors
    /// [`Error::Certificate`] where a host is not a name, or the generator fails.
    pub fn issue(&self, name: &str, purpose: Purpose, hosts: &[&str]) -> Result<Certificate, Error> {
        self.issue_for(name, purpose, hosts, self.days)
    }

    /// As [`Authority::issue`], valid from the first of `days` until the second.
    ///
    /// # Errors
    /// As [`Authority::issue`].
    pub fn issue_for(
        &self,
        name: &str,
        purpose: Purpose,
        hosts: &[&str],
        days: (Date, Date),
    ) -> Result<Certificate, Error> {
        let mut params = params(name, hosts, days)?;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![match purpose {
            Purpose::Server => ExtendedKeyUsagePurpose::ServerAuth,
            Purpose::Client => ExtendedKeyUsagePurpose::ClientAuth,
        }];
        let key = KeyPair::generate()?;
        let certificate = params.signed_by(&key, &self.issuer)?;
        Ok(Certificate { certificate: certificate.pem(), key: key.serialize_pem() })
    }
}

fn params(name: &str, hosts: &[&str], (from, until): (Date, Date)) -> Result<CertificateParams, Error> {
    let mut params = CertificateParams::new(hosts.iter().map(|h| h.to_string()).collect::<Vec<_>>())?;
    params.distinguished_name = Default::default();
    params.distinguished_name.push(DnType::CommonName, name);
    let midnight = |day: Date| date_time_ymd(i32::from(day.year()), day.month() as u8, day.day() as u8);
    params.not_before = midnight(from);
    params.not_after = midnight(until);
    Ok(params)
}
