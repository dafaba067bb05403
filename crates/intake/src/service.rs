//! What the API does, without HTTP: check, store, and only then enter.

use std::sync::{Arc, Mutex, MutexGuard};

use axum::body::Bytes;
use election::{Coded, Digest};
use log::Log;

use crate::blobs::{Assembled, Blobs};
use crate::database::{Admitted, RefusalRow};
use crate::http::{Connection, escaped};
use crate::roll::{Claim, Roll};
use crate::sequencer::{Entry, Sequencer};
use crate::state::{FileStatus, Next, PackageStatus, State};
use crate::statements::now;
use crate::store::LogFiles;
use crate::{ChunkList, Error, Limits, Refused};

/// Where the service's log lines go; each is one line of printable ASCII.
pub type Lines = Arc<dyn Fn(&str) + Send + Sync>;

pub(crate) struct Service {
    pub(crate) roll: Arc<Roll>,
    pub(crate) limits: Limits,
    pub(crate) blobs: Arc<Blobs>,
    pub(crate) state: Arc<Mutex<State>>,
    pub(crate) log: Arc<Mutex<Log<LogFiles>>>,
    pub(crate) sequencer: Sequencer,
    pub(crate) lines: Lines,
}

impl Service {
    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no holder panics")
    }

    pub(crate) fn line(&self, text: &str) {
        (self.lines)(&format!("{} {text}", now()));
    }

    pub(crate) async fn put_label(
        &self,
        conn: &Connection,
        name: &str,
        bytes: Bytes,
    ) -> Result<PackageStatus, Refused> {
        let label = sign::sha256(&bytes);
        if let Ok(known) = self.state().package_status(&label) {
            return Ok(known);
        }
        let claim = match self.roll.admit(name, &bytes) {
            Ok(claim) => claim,
            Err((refused, claim)) => return Err(self.refuse(conn, label, claim.as_deref(), name, refused).await),
        };
        let room = {
            let state = self.state();
            if state.closed { Err(Refused::Closed) } else { state.room_for(&claim, &self.limits) }
        };
        if let Err(refused) = room {
            return Err(self.refuse(conn, label, Some(&claim), name, refused).await);
        }
        let admitted = Admitted {
            label,
            envelope: bytes.to_vec(),
            time: now(),
            address: conn.address.clone(),
            transport: conn.transport.clone(),
        };
        self.line(&format!("label {} of {} from {}", label.hex(), claim.name, conn.address));
        self.sequencer.enter(Entry::Admit(admitted, Box::new(claim.clone()))).await?;
        // The files of a resealed or repeated label may be here already.
        let is_complete = {
            let state = self.state();
            state.package(&label).is_some_and(|package| state.is_complete(package))
        };
        if is_complete {
            self.sequencer.enter(Entry::Complete(label)).await?;
        }
        self.state().package_status(&label)
    }

    pub(crate) fn file_status(&self, file: &Digest) -> Result<FileStatus, Refused> {
        self.state().file_status(file)
    }

    pub(crate) async fn put_list(
        &self,
        conn: &Connection,
        file: Digest,
        list: ChunkList,
    ) -> Result<FileStatus, Refused> {
        let changed = {
            let mut state = self.state();
            if state.closed {
                return Err(Refused::Closed);
            }
            state.list(file, list.clone(), &self.limits, &self.blobs)?
        };
        let Some((next, unwanted)) = changed else { return self.file_status(&file) };
        unwanted.iter().for_each(|chunk| self.blobs.drop_chunk(chunk));
        if let Err(refused) = self.store(move |blobs| blobs.put_list(&file, &list)).await {
            // As if it had not come: it can be sent again.
            self.state().settled(&file, None);
            return Err(refused);
        }
        self.follow(conn, next).await?;
        self.file_status(&file)
    }

    pub(crate) async fn put_chunk(&self, conn: &Connection, chunk: Digest, bytes: Bytes) -> Result<(), Refused> {
        let found = sign::sha256(&bytes);
        if found != chunk {
            return Err(Refused::Digest(found.hex()));
        }
        let (wanted, here) = {
            let state = self.state();
            (state.wants(&chunk), state.has(&chunk))
        };
        match (wanted, here) {
            (true, _) => self.store(move |blobs| blobs.put_chunk(&chunk, &bytes)).await?,
            (false, true) => return Ok(()),
            (false, false) => return Err(Refused::Unasked),
        }
        let next = self.state().arrived(&chunk);
        for next in next {
            self.follow(conn, next).await?;
        }
        Ok(())
    }

    pub(crate) async fn receipt(&self, label: &Digest) -> Result<Vec<u8>, Refused> {
        let index = self.state().package(label).ok_or(Refused::Unknown)?.receipt.ok_or(Refused::Incomplete)?;
        self.with_log(move |log| log.leaf(index).map(<[u8]>::to_vec)).await?.ok_or(Refused::Incomplete)
    }

    /// Looks at the log, where it may block: the log may be waiting for the disk, or for a store far away.
    pub(crate) async fn with_log<T: Send + 'static>(
        &self,
        look: impl FnOnce(&Log<LogFiles>) -> T + Send + 'static,
    ) -> Result<T, Refused> {
        let log = self.log.clone();
        let looked = tokio::task::spawn_blocking(move || look(&log.lock().expect("no holder panics"))).await;
        looked.map_err(|e| Refused::Storage(e.to_string()))
    }

    /// Puts a file together where its last chunk has come, and enters each package that is complete now.
    pub(crate) async fn follow(&self, conn: &Connection, next: Next) -> Result<(), Refused> {
        let Next::Assemble(file, list) = next else { return Ok(()) };
        let chunks = list.clone();
        let assembled = self.store(move |blobs| blobs.assemble(&file, &chunks)).await;
        let (unwanted, outcome) = {
            let mut state = self.state();
            match assembled {
                Ok(Assembled::Stored) => (state.settled(&file, Some(list.bytes)), Ok(())),
                Ok(Assembled::Mixed(found)) => (state.settled(&file, None), Err(Refused::Mixed(found.hex()))),
                Ok(Assembled::Damaged(missing)) => {
                    state.damaged(&file, list, missing);
                    (Vec::new(), Ok(()))
                }
                // List and chunks stay: sent again or after a new start, the file is put together from them.
                Err(refused) => {
                    state.settled(&file, None);
                    return Err(refused);
                }
            }
        };
        unwanted.iter().for_each(|chunk| self.blobs.drop_chunk(chunk));
        if let Err(refused) = outcome {
            self.blobs.drop_list(&file);
            return Err(self.refuse(conn, file, None, "", refused).await);
        }
        let ready = {
            let state = self.state();
            if state.file_status(&file).is_ok_and(|status| status.state == "whole") {
                self.blobs.drop_list(&file);
            }
            state.ready(&file)
        };
        self.complete(ready).await
    }

    pub(crate) async fn complete(&self, ready: Vec<Digest>) -> Result<(), Refused> {
        for label in ready {
            self.sequencer.enter(Entry::Complete(label)).await?;
            self.line(&format!("receipt for {}", label.hex()));
        }
        Ok(())
    }

    /// Writes down a refusal and hands it back.
    async fn refuse(
        &self,
        conn: &Connection,
        subject: Digest,
        claim: Option<&Claim>,
        name: &str,
        refused: Refused,
    ) -> Refused {
        let text = escaped(&refused.to_string());
        self.line(&format!("refused {} from {}: \"{}\": {text}", refused.code(), conn.address, escaped(name)));
        if refused.is_entered() {
            let row = RefusalRow {
                time: now(),
                code: refused.code().to_owned(),
                subject,
                station: claim.map(|c| c.station().clone()),
                device: claim.map(|c| c.device().clone()),
                address: conn.address.clone(),
                client: conn.transport.client,
            };
            if let Err(stopped) = self.sequencer.enter(Entry::Refuse(row)).await {
                return stopped;
            }
        }
        refused
    }

    /// Runs work on the disk where it may block.
    async fn store<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Blobs) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Refused> {
        let blobs = self.blobs.clone();
        let done = tokio::task::spawn_blocking(move || work(&blobs)).await;
        match done.map_err(|e| Refused::Storage(e.to_string()))? {
            Ok(done) => Ok(done),
            Err(error) => {
                self.line(&format!("not stored: {}", escaped(&error.to_string())));
                if let Error::Unconfirmed { .. } = error {
                    self.sequencer.enter(Entry::Stop(error.to_string())).await?;
                }
                Err(Refused::Storage(error.reason()))
            }
        }
    }
}
