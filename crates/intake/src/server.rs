//! The listener: connections, their limits, and an orderly end.

use std::collections::HashMap;
use std::fs::{File, TryLockError};
use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Extension;
use axum::Router;
use election::Digest;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

use crate::blobs::{Assembled, Blobs};
use crate::http::{Connection, router};
use crate::roll::Roll;
use crate::sequencer::{Entry, Writer};
use crate::service::{Lines, Service};
use crate::state::{Next, Package};
use crate::witnesses::{Remote, ask_while_it_grows, remotes};
use crate::{Config, Error, Transport, tls};

/// The file whose lock a running service holds.
pub(crate) const RUNNING: &str = "running.lock";
/// The file by which `close` asks a running service to close.
pub(crate) const CLOSE_REQUEST: &str = "close.request";

/// How long open connections may take to end after the service was told to stop.
const ENDING: Duration = Duration::from_secs(10);
/// How often a running service looks for a request to close.
const LOOK: Duration = Duration::from_millis(200);

/// A service that has its folder, its log and its port.
pub struct Server {
    pub(crate) service: Arc<Service>,
    listener: TcpListener,
    acceptor: TlsAcceptor,
    writer: JoinHandle<Result<(), Error>>,
    witnesses: Vec<Remote>,
    folder: PathBuf,
    _running: File,
    #[cfg(test)]
    pub(crate) fail_to_append: Arc<std::sync::atomic::AtomicBool>,
}

/// Takes the folder for one process.
pub(crate) fn lock(folder: &Path) -> Result<File, Error> {
    durable::make_folder(folder)?;
    let path = folder.join(RUNNING);
    let opened = File::options().create(true).truncate(false).write(true).open(&path);
    let file = opened.map_err(Error::storage(format!("opening {}", path.display())))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::Running(folder.to_owned())),
        Err(TryLockError::Error(source)) => Err(Error::Storage { what: "locking the folder".to_owned(), source }),
    }
}

impl Server {
    /// Reads keys, certificates and the election, opens the log, finishes what a crash interrupted, and listens.
    ///
    /// # Errors
    /// Whatever is wrong with the configuration, the folder or the port.
    pub async fn bind(config: Config, lines: Lines) -> Result<Self, Error> {
        let roll = Roll::read(&config.election)?.with(&config.rotated)?;
        Server::bind_with(config, roll, lines).await
    }

    /// As [`Server::bind`], for a roll that is already read.
    ///
    /// # Errors
    /// As [`Server::bind`].
    pub async fn bind_with(config: Config, roll: Roll, lines: Lines) -> Result<Self, Error> {
        let running = lock(&config.folder)?;
        let witnesses = remotes(&config, &roll.witnesses)?;
        let acceptor = TlsAcceptor::from(Arc::new(tls::server(&config.tls)?));
        let roll = Arc::new(roll);
        let blobs = Arc::new(Blobs::open(&config.folder)?);
        let writer = {
            let (config, roll, blobs) = (config.clone(), roll.clone(), blobs.clone());
            let runtime = tokio::runtime::Handle::current();
            let opened = tokio::task::spawn_blocking(move || Writer::open(&config, roll, &blobs, &runtime)).await;
            opened.map_err(|e| Error::Stopped(e.to_string()))??
        };
        #[cfg(test)]
        let fail_to_append = writer.fail_to_append.clone();
        let (state, log) = (writer.state(), writer.log());
        let (sequencer, writer) = writer.start(blobs.clone());
        let limits = config.limits.clone();
        let service = Arc::new(Service { roll, limits, blobs, state, log, sequencer, lines });
        service.resume().await?;
        let address = config.listen;
        let listener = TcpListener::bind(address).await.map_err(|source| Error::Listen { address, source })?;
        Ok(Server {
            service,
            listener,
            acceptor,
            writer,
            witnesses,
            folder: config.folder,
            _running: running,
            #[cfg(test)]
            fail_to_append,
        })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// [`Error::Storage`] where the system cannot tell.
    pub fn address(&self) -> Result<SocketAddr, Error> {
        self.listener.local_addr().map_err(Error::storage("asking for the address"))
    }

    /// Serves until `shutdown` is done, then lets open connections end.
    ///
    /// # Errors
    /// The error of the disk that stopped it.
    pub async fn run(self, shutdown: impl Future<Output = ()>) -> Result<(), Error> {
        let Server { service, listener, acceptor, mut writer, witnesses, folder, .. } = self;
        let router = router(service.clone());
        let asking = match witnesses.is_empty() {
            true => None,
            false => Some(tokio::spawn(ask_while_it_grows(service.clone(), witnesses))),
        };
        let gate = Arc::new(Gate::new(service.limits.connections, service.limits.connections_per_address));
        let (stop, stopping) = watch::channel(());
        let mut look = tokio::time::interval(LOOK);
        let mut shutdown = std::pin::pin!(shutdown);
        let ended = loop {
            let accepted = tokio::select! {
                () = &mut shutdown => break None,
                ended = &mut writer => break Some(ended),
                _ = look.tick() => {
                    close_if_asked(&service, &folder).await?;
                    continue;
                }
                accepted = listener.accept() => accepted,
            };
            let Ok((stream, peer)) = accepted else {
                // Out of file descriptors, or the client is gone; others go on.
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            };
            let Some(pass) = gate.pass(peer.ip()) else {
                service.refused_connection("connections", peer.ip());
                continue;
            };
            let (service, acceptor, router) = (service.clone(), acceptor.clone(), router.clone());
            let mut stopping = stopping.clone();
            tokio::spawn(async move {
                tokio::select! {
                    () = connection(&service, acceptor, router, stream, peer, stopping.clone()) => {}
                    // A handshake is not waited for.
                    _ = async { let _ = stopping.changed().await; tokio::time::sleep(ENDING).await } => {}
                }
                drop(pass);
            });
        };
        drop(listener);
        if let Some(asking) = asking {
            asking.abort();
            // It holds the way to the writer, which ends when nobody does.
            let _ = asking.await;
        }
        // Nobody may be left to hear it.
        let _ = stop.send(());
        gate.wait_for_all(ENDING).await;
        drop((router, service));
        match ended {
            Some(ended) => ended,
            None => match tokio::time::timeout(ENDING, writer).await {
                Ok(ended) => ended,
                Err(_) => return Err(Error::Stopped("a connection did not end".to_owned())),
            },
        }
        .map_err(|e| Error::Stopped(e.to_string()))?
    }
}

async fn close_if_asked(service: &Service, folder: &Path) -> Result<(), Error> {
    let request = folder.join(CLOSE_REQUEST);
    if !request.exists() {
        return Ok(());
    }
    service.sequencer.enter(Entry::Close).await.map_err(|e| Error::Stopped(e.to_string()))?;
    service.line("closed");
    std::fs::remove_file(&request).map_err(Error::storage(format!("removing {}", request.display())))
}

/// One connection, from handshake to end.
async fn connection(
    service: &Arc<Service>,
    acceptor: TlsAcceptor,
    router: Router,
    stream: TcpStream,
    peer: SocketAddr,
    mut stopping: watch::Receiver<()>,
) {
    // Small answers leave at once; that it may fail changes nothing else.
    let _ = stream.set_nodelay(true);
    let handshake = tokio::time::timeout(service.limits.handshake(), acceptor.accept(stream));
    let stream = match handshake.await {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => return service.refused_connection(tls::reason(&error), peer.ip()),
        Err(_) => return service.refused_connection("tls.slow", peer.ip()),
    };
    let Some(transport) = Transport::of(stream.get_ref().1) else {
        return service.refused_connection("tls.no-certificate", peer.ip());
    };
    let conn = Arc::new(Connection::new(peer.ip().to_string(), transport));
    let served = TowerToHyperService::new(router.layer(Extension(conn.clone())));
    let http = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(service.limits.head())
        .max_headers(32)
        .max_buf_size(64 * 1024)
        .serve_connection(TokioIo::new(stream), served);
    let mut http = std::pin::pin!(http);
    // How a connection ends makes no difference; what it did is written down below.
    let _ = tokio::select! {
        ended = http.as_mut() => ended,
        _ = stopping.changed() => {
            http.as_mut().graceful_shutdown();
            http.await
        }
    };
    for attempt in conn.attempts().await {
        let _ = service.sequencer.enter(Entry::Attempt(attempt)).await;
    }
}

impl Service {
    /// Finishes what a crash interrupted: files whose chunks are all here, receipts that were not given.
    async fn resume(&self) -> Result<(), Error> {
        let ready = {
            let mut state = self.state.lock().expect("no holder panics");
            for (label, package) in state.packages().filter(|(_, p)| p.receipt.is_some() && !state.is_complete(p)) {
                let name = &package.claim.name;
                self.line(&format!("lost: a file of {name}, whose label {} has a receipt", label.hex()));
            }
            if state.closed {
                return Ok(());
            }
            for (file, list) in self.blobs.lists()? {
                if !state.file_status(&file).is_ok_and(|status| status.state == "named") {
                    self.blobs.drop_list(&file);
                    continue;
                }
                let Next::Assemble(file, list) = state.restore(file, list, &self.blobs) else { continue };
                match self.blobs.assemble(&file, &list)? {
                    Assembled::Stored => drop(state.settled(&file, Some(list.bytes))),
                    Assembled::Damaged(missing) => state.damaged(&file, list, missing),
                    Assembled::Mixed(_) => drop(state.settled(&file, None)),
                }
            }
            for chunk in state.unwanted(self.blobs.chunks()?) {
                self.blobs.drop_chunk(&chunk);
            }
            let is_ready = |(_, p): &(&Digest, &Package)| p.receipt.is_none() && state.is_complete(p);
            state.packages().filter(is_ready).map(|(label, _)| *label).collect()
        };
        self.complete(ready).await.map_err(|e| Error::Stopped(e.to_string()))
    }

    fn refused_connection(&self, reason: &'static str, address: IpAddr) {
        self.line(&format!("refused connection {reason} from {address}"));
        self.sequencer.note(Entry::RefusedConnection(reason, address.to_string()));
    }
}

/// How many connections there are, and from where.
struct Gate {
    all: Arc<Semaphore>,
    most: usize,
    from_one: usize,
    by_address: Mutex<HashMap<IpAddr, usize>>,
}

impl Gate {
    fn new(all: usize, from_one: usize) -> Self {
        let most = all.clamp(1, Semaphore::MAX_PERMITS.min(u32::MAX as usize));
        Gate { all: Arc::new(Semaphore::new(most)), most, from_one, by_address: Mutex::default() }
    }

    fn pass(self: &Arc<Self>, address: IpAddr) -> Option<Pass> {
        let permit = self.all.clone().try_acquire_owned().ok()?;
        let mut by_address = self.by_address.lock().expect("no holder panics");
        let count = by_address.entry(address).or_default();
        if *count >= self.from_one {
            return None;
        }
        *count += 1;
        Some(Pass { gate: self.clone(), address, _permit: permit })
    }

    async fn wait_for_all(&self, most: Duration) {
        // Whoever does not end in time is cut off with the process.
        let _ = tokio::time::timeout(most, self.all.acquire_many(self.most as u32)).await;
    }
}

/// A place that a connection holds.
struct Pass {
    gate: Arc<Gate>,
    address: IpAddr,
    _permit: tokio::sync::OwnedSemaphorePermit,
}

impl Drop for Pass {
    fn drop(&mut self) {
        let mut by_address = self.gate.by_address.lock().expect("no holder panics");
        if let Some(count) = by_address.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                by_address.remove(&self.address);
            }
        }
    }
}
