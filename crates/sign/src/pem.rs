//! PEM (RFC 7468), with comment lines before it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// `der` as PEM with lines of 64 characters.
pub(crate) fn encode(der: &[u8], label: &str) -> String {
    let body = STANDARD.encode(der);
    let lines: Vec<&str> = (0..body.len()).step_by(64).map(|at| &body[at..body.len().min(at + 64)]).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

/// The DER of the first PEM block, which must have this label; lines before it are comments, nothing may follow it.
pub(crate) fn decode(pem: &str, label: &str) -> Option<Vec<u8>> {
    let pem = pem.replace("\r\n", "\n");
    let begin = pem.find("-----BEGIN ")?;
    let rest = pem[begin..].strip_prefix(&format!("-----BEGIN {label}-----\n"))?;
    let (body, after) = rest.split_once(&format!("\n-----END {label}-----"))?;
    if !after.trim().is_empty() {
        return None;
    }
    STANDARD.decode(body.replace('\n', "")).ok()
}
