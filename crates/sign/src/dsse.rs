//! DSSE envelopes (<https://github.com/secure-systems-lab/dsse>, version 1.0.2), in one form.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use election::Coded;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::canonical::{self, CanonicalError};
use crate::{KeyId, PublicKey, SignError, Signer, is_kind};

/// The most bytes of an envelope: it must fit an entry of a log (C2SP tlog-tiles: 2¹⁶ − 1).
pub const MOST_BYTES: usize = 65_535;

/// A payload and the signatures on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    kind: String,
    payload: Vec<u8>,
    signatures: BTreeMap<KeyId, Vec<u8>>,
}

/// An envelope that is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DsseError {
    /// More than 65,535 bytes.
    #[error("the envelope has {0} bytes; at most 65,535 fit a log entry")]
    Size(usize),
    /// Not an envelope, or not in its one form.
    #[error("not a DSSE envelope in its one form: {0}")]
    Form(CanonicalError),
    /// Two signatures by one key, or signatures out of order.
    #[error("the signatures are not one a key, sorted by key id")]
    Order,
    /// No signature at all.
    #[error("nothing is signed")]
    Unsigned,
    /// Another kind of statement than the one expected.
    #[error("this is a signed '{found}', not a '{expected}'")]
    Kind {
        /// What was expected.
        expected: String,
        /// What was found.
        found: String,
    },
    /// A signature by a key that may not sign here.
    #[error("signed by key {0}, which may not sign this")]
    Key(KeyId),
    /// A signature that does not hold.
    #[error("the signature of key {0} is not valid")]
    Signature(KeyId),
    /// The key refused to sign.
    #[error(transparent)]
    Sign(#[from] SignError),
    /// The payload is not what the type says.
    #[error("the payload: {0}")]
    Payload(CanonicalError),
}

impl Coded for DsseError {
    fn code(&self) -> &'static str {
        match self {
            DsseError::Size(_) => "dsse.size",
            DsseError::Form(_) => "dsse.form",
            DsseError::Order => "dsse.order",
            DsseError::Unsigned => "dsse.unsigned",
            DsseError::Kind { .. } => "dsse.kind",
            DsseError::Key(_) => "dsse.key",
            DsseError::Signature(_) => "dsse.signature",
            DsseError::Sign(error) => error.code(),
            DsseError::Payload(_) => "dsse.payload",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            DsseError::Size(_) => "Enter what is large as a hash and keep the file beside it.",
            DsseError::Key(_) => "Look the key up in the key list; it may be another person's or an older one.",
            DsseError::Kind { .. } => "Give the file that this step asks for.",
            DsseError::Sign(error) => error.next(),
            _ => "Keep the file as evidence and ask its sender for the original.",
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Json {
    payload: String,
    #[serde(rename = "payloadType")]
    payload_type: String,
    signatures: Vec<JsonSignature>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct JsonSignature {
    keyid: KeyId,
    sig: String,
}

/// The payload type of a kind, `application/vnd.sanad.KIND+json`.
pub fn payload_type(kind: &str) -> String {
    format!("application/vnd.sanad.{kind}+json")
}

/// The bytes that are signed (DSSE protocol, PAE): `DSSEv1 SP LEN(type) SP type SP LEN(body) SP body`.
pub fn pre_authentication_encoding(payload_type: &str, payload: &[u8]) -> Vec<u8> {
    let mut bytes = format!("DSSEv1 {} {payload_type} {} ", payload_type.len(), payload.len()).into_bytes();
    bytes.extend(payload);
    bytes
}

/// Signs a payload of one kind with every signer.
///
/// # Errors
/// [`DsseError::Unsigned`] without signers, [`DsseError::Order`] with one twice, [`DsseError::Size`]
/// where the envelope would not fit a log entry, [`DsseError::Sign`] where a key refuses.
pub fn sign(kind: &str, payload: &[u8], signers: &[&dyn Signer]) -> Result<Envelope, DsseError> {
    let mut envelope = Envelope { kind: kind.to_owned(), payload: payload.to_vec(), signatures: BTreeMap::new() };
    for signer in signers {
        envelope.add_signature(*signer)?;
    }
    if !is_kind(kind) {
        return Err(DsseError::Kind {
            expected: "kind of a-z, 0-9, . - _".into(),
            found: kind.escape_debug().to_string(),
        });
    }
    if signers.is_empty() { Err(DsseError::Unsigned) } else { Ok(envelope) }
}

/// Signs a value as its canonical JSON.
///
/// # Errors
/// As [`sign`], and [`DsseError::Payload`] for a value JSON cannot hold.
pub fn sign_json<T: Serialize>(kind: &str, value: &T, signers: &[&dyn Signer]) -> Result<Envelope, DsseError> {
    sign(kind, &canonical::to_bytes(value).map_err(DsseError::Payload)?, signers)
}

impl Envelope {
    /// Reads an envelope; nothing is verified yet.
    ///
    /// # Errors
    /// [`DsseError::Size`], [`DsseError::Form`], [`DsseError::Order`] or [`DsseError::Unsigned`] for
    /// all but the bytes that [`Self::to_bytes`] writes.
    pub fn parse(bytes: &[u8]) -> Result<Self, DsseError> {
        if bytes.len() > MOST_BYTES {
            return Err(DsseError::Size(bytes.len()));
        }
        let json: Json = canonical::from_bytes(bytes).map_err(DsseError::Form)?;
        let decode = |text: &str| STANDARD.decode(text).map_err(|_| DsseError::Form(CanonicalError::Form));
        let kind = json.payload_type.strip_prefix("application/vnd.sanad.").and_then(|t| t.strip_suffix("+json"));
        let kind = kind.filter(|kind| is_kind(kind)).ok_or(DsseError::Form(CanonicalError::Form))?.to_owned();
        let mut signatures = BTreeMap::new();
        for signature in json.signatures {
            if signatures.last_key_value().is_some_and(|(last, _)| *last >= signature.keyid) {
                return Err(DsseError::Order);
            }
            signatures.insert(signature.keyid, decode(&signature.sig)?);
        }
        if signatures.is_empty() {
            return Err(DsseError::Unsigned);
        }
        Ok(Envelope { kind, payload: decode(&json.payload)?, signatures })
    }

    /// The envelope as one line of JSON, without a line end.
    pub fn to_bytes(&self) -> Vec<u8> {
        let signatures = self.signatures.iter();
        let json = Json {
            payload: STANDARD.encode(&self.payload),
            payload_type: payload_type(&self.kind),
            signatures: signatures
                .map(|(keyid, sig)| JsonSignature { keyid: *keyid, sig: STANDARD.encode(sig) })
                .collect(),
        };
        canonical::to_bytes(&json).expect("strings only")
    }

    /// What kind of statement it is, as its payload type says; nothing is verified.
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// The bytes that are signed over; nothing is verified.
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    /// The keys that claim to have signed; nothing is verified.
    pub fn key_ids(&self) -> Vec<KeyId> {
        self.signatures.keys().copied().collect()
    }

    /// The payload as a typed value, which must be in its one JSON form; nothing is verified.
    ///
    /// # Errors
    /// [`DsseError::Payload`].
    pub fn read<T: Serialize + DeserializeOwned>(&self) -> Result<T, DsseError> {
        canonical::from_bytes(&self.payload).map_err(DsseError::Payload)
    }

    /// Adds a signature by one more key.
    ///
    /// # Errors
    /// [`DsseError::Order`] if the key has signed already, [`DsseError::Size`], [`DsseError::Sign`].
    pub fn add_signature(&mut self, signer: &dyn Signer) -> Result<(), DsseError> {
        let id = signer.public_key().id();
        if self.signatures.contains_key(&id) {
            return Err(DsseError::Order);
        }
        let signed = pre_authentication_encoding(&payload_type(&self.kind), &self.payload);
        self.signatures.insert(id, signer.sign_der(&signed)?);
        let size = self.to_bytes().len();
        if size > MOST_BYTES {
            self.signatures.remove(&id);
            return Err(DsseError::Size(size));
        }
        Ok(())
    }

    /// Checks that this is a `kind`, and that every signature on it is valid and by one of `keys`.
    /// Returns the keys that signed, sorted; the caller decides whether they are enough.
    ///
    /// # Errors
    /// [`DsseError::Kind`], [`DsseError::Key`] or [`DsseError::Signature`].
    pub fn verify(&self, kind: &str, keys: &[&PublicKey]) -> Result<Vec<KeyId>, DsseError> {
        if self.kind != kind {
            return Err(DsseError::Kind { expected: kind.to_owned(), found: self.kind.clone() });
        }
        let signed = pre_authentication_encoding(&payload_type(kind), &self.payload);
        for (id, signature) in &self.signatures {
            let key = keys.iter().find(|key| key.id() == *id).ok_or(DsseError::Key(*id))?;
            key.verify_der(&signed, signature).map_err(|_| DsseError::Signature(*id))?;
        }
        Ok(self.key_ids())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FileKey, KeyKind};

    fn keys() -> (FileKey, FileKey) {
        (FileKey::generate(KeyKind::P256).unwrap(), FileKey::generate(KeyKind::Ed25519).unwrap())
    }

    /// The example of the DSSE protocol document.
    #[test]
    fn the_signed_bytes_are_those_of_the_standard() {
        let signed = pre_authentication_encoding("http://example.com/HelloWorld", b"hello world");
        assert_eq!(signed, b"DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    }

    #[test]
    fn an_envelope_reads_as_it_is_written_and_verifies() {
        let (a, b) = keys();
        let mut envelope = sign("match", b"{}", &[&a]).unwrap();
        envelope.add_signature(&b).unwrap();
        assert_eq!(envelope.add_signature(&b).unwrap_err().code(), "dsse.order");
        let again = Envelope::parse(&envelope.to_bytes()).unwrap();
        assert_eq!(again, envelope);
        let mut ids = vec![a.public_key().id(), b.public_key().id()];
        ids.sort();
        assert_eq!(again.verify("match", &[a.public_key(), b.public_key()]), Ok(ids));
        assert_eq!(sign("match", b"{}", &[&b, &a]).unwrap().key_ids(), again.key_ids());
        assert_eq!(again.verify("match", &[a.public_key()]).unwrap_err().code(), "dsse.key");
        assert_eq!(again.verify("slip", &[a.public_key(), b.public_key()]).unwrap_err().code(), "dsse.kind");
        assert_eq!(sign("match", b"{}", &[]).unwrap_err().code(), "dsse.unsigned");
        assert_eq!(sign("a/b", b"{}", &[&a]).unwrap_err().code(), "dsse.kind");
        assert_eq!(sign("big", &vec![b' '; 60_000], &[&a]).unwrap_err().code(), "dsse.size");
    }

    #[test]
    fn pk2_every_other_form_is_refused() {
        let (a, b) = keys();
        let envelope = sign("match", br#"{"a":1}"#, &[&a, &b]).unwrap();
        let text = String::from_utf8(envelope.to_bytes()).unwrap();
        let json: Json = serde_json::from_str(&text).unwrap();
        let (payload, kind) = (&json.payload, &json.payload_type);
        let [one, two] = &json.signatures[..] else { panic!("two signatures") };
        let line = |s: &JsonSignature| format!(r#"{{"keyid":"{}","sig":"{}"}}"#, s.keyid, s.sig);
        let (one, two) = (line(one), line(two));
        let form = |payload: &str, signatures: &str| {
            format!(r#"{{"payload":"{payload}","payloadType":"{kind}","signatures":[{signatures}]}}"#)
        };
        assert_eq!(form(payload, &format!("{one},{two}")), text);
        let refused = [
            (format!("\u{feff}{text}"), "dsse.form"),
            (format!("{text}\n"), "dsse.form"),
            (format!("{text}x"), "dsse.form"),
            (text.replacen(':', ": ", 1), "dsse.form"),
            (format!(r#"{{"payloadType":"{kind}","payload":"{payload}","signatures":[{one},{two}]}}"#), "dsse.form"),
            (text.replacen('{', &format!(r#"{{"payload":"{payload}","#), 1), "dsse.form"),
            (text.replacen('{', r#"{"extra":1,"#, 1), "dsse.form"),
            (text.replacen("payload\"", "payloa\\u0064\"", 1), "dsse.form"),
            (form("eyJhIjoxfR==", &format!("{one},{two}")), "dsse.form"),
            (form(payload.trim_end_matches('='), &format!("{one},{two}")), "dsse.form"),
            (form(payload, &format!("{two},{one}")), "dsse.order"),
            (form(payload, &format!("{one},{one}")), "dsse.order"),
            (form(payload, ""), "dsse.unsigned"),
            (text.replace("vnd.sanad.match", "vnd.other.match"), "dsse.form"),
            (text.replace("vnd.sanad.match", "vnd.sanad.Match"), "dsse.form"),
            (" ".repeat(65_536), "dsse.size"),
            ("[".repeat(60_000), "dsse.form"),
        ];
        for (bytes, code) in refused {
            assert_eq!(
                Envelope::parse(bytes.as_bytes()).unwrap_err().code(),
                code,
                "{}",
                bytes.chars().take(90).collect::<String>()
            );
        }
    }

    #[test]
    fn pk5_no_empty_other_or_cross_protocol_signature() {
        let (a, b) = keys();
        let all = [a.public_key(), b.public_key()];
        let good = sign("results", b"{}", &[&a]).unwrap();
        for signature in [
            Vec::new(),
            vec![0; 64],
            b.sign_der(b"{}").unwrap(),
            a.sign_der(b"{}").unwrap(),
            a.sign_raw(&pre_authentication_encoding(&payload_type("results"), b"{}")).unwrap(),
        ] {
            let mut bad = good.clone();
            bad.signatures.insert(a.public_key().id(), signature);
            assert_eq!(bad.verify("results", &all).unwrap_err().code(), "dsse.signature");
        }
        // What was signed as a zero report is no result, even with the type changed.
        let mut zero = sign("zero", b"{}", &[&a]).unwrap();
        assert_eq!(zero.verify("results", &all).unwrap_err().code(), "dsse.kind");
        zero.kind = "results".into();
        assert_eq!(zero.verify("results", &all).unwrap_err().code(), "dsse.signature");
    }

    #[test]
    fn pk2_payloads_have_one_form() {
        let (a, _) = keys();
        type Counts = BTreeMap<String, u32>;
        let counts: Counts = [("a".to_owned(), 1), ("b".to_owned(), 2)].into();
        let envelope = sign_json("counts", &counts, &[&a]).unwrap();
        assert_eq!(envelope.payload(), br#"{"a":1,"b":2}"#);
        assert_eq!(envelope.read::<Counts>().unwrap(), counts);
        for other in [
            r#"{"a":1,"a":1}"#,
            r#"{"b":2,"a":1}"#,
            r#"{"a":1.0}"#,
            r#"{"a":01}"#,
            r#"{"a":-1}"#,
            r#"{"a":4294967296}"#,
            r#"{"a":9223372036854775808}"#,
            r#"{"a":1} "#,
            r#"{"\u0061":1}"#,
            "\u{feff}{}",
        ] {
            let error = sign("counts", other.as_bytes(), &[&a]).unwrap().read::<Counts>().unwrap_err();
            assert_eq!(error.code(), "dsse.payload", "{other}");
        }
    }
}
