//! Witnesses that are asked over HTTP (C2SP tlog-witness) while the log grows.
//!
//! In rounds: one checkpoint is shown to all of them at the same time, so that their lines add up to a quorum, and
//! what they sign is entered by the one writer. Nobody who sends a package waits for a witness: one that is away is
//! asked again later, less and less often.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Bytes;
use axum::http::{Method, Request, Uri, header};
use http_body_util::Full;
use log::note::NoteSignature;
use log::{Checkpoint, Note, NoteKey};
use rustls::ClientConfig;
use tokio::task::JoinSet;

use crate::connect::{connect, exchange};
use crate::http::escaped;
use crate::sequencer::Entry;
use crate::service::Service;
use crate::{Config, Error, tls};

/// The longest answer that is read: a few signature lines, or a number.
const ANSWER: usize = 16 * 1024;
/// The longest pause before a witness that is away is asked again.
const LONGEST: Duration = Duration::from_secs(60);

/// A witness as the configuration and the key list name it.
#[derive(Clone)]
pub(crate) struct Remote {
    key: NoteKey,
    url: Uri,
    tls: Option<Arc<ClientConfig>>,
}

/// What a witness answered.
#[derive(Debug, PartialEq, Eq)]
enum Answer {
    /// It has signed the checkpoint.
    Cosigned(NoteSignature),
    /// It has last seen another size.
    Seen(u64),
    /// It refuses; the status.
    Refused(u16),
}

/// The witnesses of the configuration.
///
/// # Errors
/// [`Error::Witness`] for an address that is none, or a name that the key list does not have.
pub(crate) fn remotes(config: &Config, listed: &[NoteKey]) -> Result<Vec<Remote>, Error> {
    let remote = |witness: &crate::config::WitnessConfig| {
        let refused = |what: &str| Error::Witness { name: witness.name.clone(), what: what.to_owned() };
        // The last one of a name is the one that it signs with now.
        let key = listed.iter().rfind(|key| key.name == witness.name).cloned();
        let url: Uri = witness.url.parse().map_err(|_| refused("its address is not http:// or https:// and a host"))?;
        let tls = match (url.scheme_str(), &witness.authority) {
            (Some("http"), None) => None,
            (Some("https"), Some(authority)) => Some(Arc::new(tls::anonymous_client(authority)?)),
            (Some("https"), None) => return Err(refused("https needs the authority of its certificate")),
            _ => return Err(refused("its address is not http:// or https:// and a host")),
        };
        if url.host().is_none() || url.query().is_some() {
            return Err(refused("its address is not http:// or https:// and a host"));
        }
        Ok(Remote {
            key: key.ok_or_else(|| refused("no witness signs under this name in keys/witnesses.csv"))?,
            url,
            tls,
        })
    };
    config.witnesses.iter().map(remote).collect()
}

/// What is known of a witness between two rounds.
#[derive(Default)]
struct Known {
    /// How many leaves it has seen, as far as it has said.
    seen: u64,
    /// The size that it has cosigned.
    cosigned: Option<u64>,
    /// Not to be asked before then.
    later: Option<Instant>,
    /// How often in a row it gave no cosignature.
    failed: u32,
}

/// Asks all witnesses whenever the log has grown, until the service drops the task.
pub(crate) async fn ask_while_it_grows(service: Arc<Service>, remotes: Vec<Remote>) {
    let mut known: BTreeMap<String, Known> = BTreeMap::new();
    let (pause, patience) = (service.limits.witness_pause(), service.limits.witness());
    loop {
        tokio::time::sleep(pause).await;
        let Ok(checkpoint) = service.with_log(|log| log.checkpoint().clone()).await else { continue };
        let Some(size) = Checkpoint::parse(&checkpoint.text).ok().map(|c| c.size) else { continue };
        // Dropped with this task, it asks no more: nobody is left behind who holds the way to the writer.
        let mut asked = JoinSet::new();
        for remote in &remotes {
            let known = known.entry(remote.key.name.clone()).or_default();
            if known.cosigned == Some(size) || known.later.is_some_and(|later| later > Instant::now()) {
                continue;
            }
            let (remote, checkpoint, service, seen) = (remote.clone(), checkpoint.clone(), service.clone(), known.seen);
            asked.spawn(async move {
                let answer = ask(&service, &remote, &checkpoint, seen, patience).await;
                (remote.key.name, answer)
            });
        }
        let mut lines = Vec::new();
        while let Some(answered) = asked.join_next().await {
            let Ok((name, answer)) = answered else { continue };
            let known = known.entry(name.clone()).or_default();
            match &answer {
                Ok(Answer::Cosigned(line)) => {
                    *known = Known { seen: size, cosigned: Some(size), later: None, failed: 0 };
                    lines.push(line.clone());
                    service.line(&format!("witness {name} cosigned {size} leaves"));
                    continue;
                }
                Ok(Answer::Seen(seen)) => {
                    known.seen = *seen;
                    service.line(&format!("witness {name} has seen {seen} leaves, and the log has {size}"));
                }
                Ok(Answer::Refused(status)) => service.line(&format!("witness {name} refused: {status}")),
                Err(why) => service.line(&format!("witness {name} is away: {}", escaped(why))),
            }
            known.failed += 1;
            known.later = Some(Instant::now() + pause.saturating_mul(2u32.pow(known.failed.min(16))).min(LONGEST));
        }
        if !lines.is_empty() {
            // Refused only by a service that has stopped.
            let _ = service.sequencer.enter(Entry::Cosigned(checkpoint, lines)).await;
        }
    }
}

/// Asks once, and once more from the size that the witness says it has seen.
async fn ask(
    service: &Service,
    remote: &Remote,
    checkpoint: &Note,
    seen: u64,
    patience: Duration,
) -> Result<Answer, String> {
    let mut old = seen;
    for last in [false, true] {
        let Some(body) = request(service, checkpoint, old).await else { return Ok(Answer::Seen(old)) };
        let answer = tokio::time::timeout(patience, post(remote, body)).await;
        let (status, body) = answer.map_err(|_| "it did not answer in time".to_owned())??;
        match read(remote, checkpoint, status, &body) {
            Some(Answer::Seen(seen)) if !last && seen != old => old = seen,
            Some(answer) => return Ok(answer),
            None => return Err("its answer is not one of a witness".to_owned()),
        }
    }
    Ok(Answer::Seen(old))
}

/// The request for `checkpoint` from `old` leaves; `None` if the log never had so many by then.
async fn request(service: &Service, checkpoint: &Note, old: u64) -> Option<Vec<u8>> {
    let size = Checkpoint::parse(&checkpoint.text).ok()?.size;
    let proof = service.with_log(move |log| log.consistency_between(old, size).ok()).await.ok()??;
    Some(log::witness::Request { old, proof, checkpoint: checkpoint.clone() }.to_bytes())
}

/// What a status and a body mean. Lines by other keys are ignored, as the protocol says.
fn read(remote: &Remote, checkpoint: &Note, status: u16, body: &[u8]) -> Option<Answer> {
    let text = std::str::from_utf8(body).ok();
    match status {
        200 => {
            let mut lines = text?.lines().filter_map(|line| line.parse::<NoteSignature>().ok());
            lines.find(|line| remote.key.verify(&checkpoint.text, line).is_ok()).map(Answer::Cosigned)
        }
        409 => text?.trim_end().parse().ok().map(Answer::Seen),
        other => Some(Answer::Refused(other)),
    }
}

async fn post(remote: &Remote, body: Vec<u8>) -> Result<(u16, Bytes), String> {
    let host = remote.url.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']').to_owned();
    let port = remote.url.port_u16().unwrap_or(if remote.tls.is_some() { 443 } else { 80 });
    let mut requests = connect(&host, port, remote.tls.clone()).await.map_err(|e| e.to_string())?;
    let path = format!("{}/add-checkpoint", remote.url.path().trim_end_matches('/'));
    let authority = remote.url.authority().map(ToString::to_string).unwrap_or_default();
    let request = Request::builder().method(Method::POST).uri(path).header(header::HOST, authority);
    let request = request.body(Full::new(Bytes::from(body))).map_err(|e| e.to_string())?;
    let answer = exchange(&mut requests, request, ANSWER).await.map_err(|e| e.to_string())?;
    Ok((answer.status().as_u16(), answer.into_body()))
}
