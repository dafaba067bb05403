//! Starting, stopping and closing, also for callers without a runtime of their own.

use std::future::Future;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::runtime::Runtime;
use tokio::sync::oneshot;

use crate::blobs::Blobs;
use crate::export::Exported;
use crate::relay::{Options, Outcome, Progress, RelayError};
use crate::roll::Roll;
use crate::sequencer::{Entry, Writer};
use crate::server::{CLOSE_REQUEST, lock};
use crate::{Config, Error, Lines, Server};

/// How long a running service may take to close.
const PATIENCE: Duration = Duration::from_secs(30);

/// Serves until `shutdown` is done.
///
/// # Errors
/// As [`Server::bind`] and [`Server::run`].
pub async fn serve(config: Config, lines: Lines, shutdown: impl Future<Output = ()>) -> Result<(), Error> {
    Server::bind(config, lines).await?.run(shutdown).await
}

/// As [`serve`], on a runtime of its own; `ready` is told the address once connections are taken.
///
/// # Errors
/// As [`serve`].
pub fn serve_blocking(
    config: Config,
    lines: Lines,
    ready: impl FnOnce(SocketAddr),
    shutdown: impl Future<Output = ()>,
) -> Result<(), Error> {
    runtime()?.block_on(async {
        let server = Server::bind(config, lines).await?;
        ready(server.address()?);
        server.run(shutdown).await
    })
}

/// Done when the process is asked to end (SIGINT, SIGTERM).
pub async fn asked_to_end() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut end = signal(SignalKind::terminate()).ok();
        let terminated = async {
            match &mut end {
                Some(end) => drop(end.recv().await),
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            () = terminated => {}
        }
    }
    #[cfg(not(unix))]
    let _ = tokio::signal::ctrl_c().await;
}

/// Ends a service from another thread: when it is dropped, the future that came with it is done.
pub struct Stop(#[expect(dead_code, reason = "dropping it is the signal")] oneshot::Sender<()>);

/// A [`Stop`] and the future for the service to wait for.
pub fn stop() -> (Stop, impl Future<Output = ()>) {
    let (sender, receiver) = oneshot::channel();
    // Told or dropped: both end the service.
    (Stop(sender), async { drop(receiver.await) })
}

/// Closes the intake, running or not: a last leaf, after which labels are refused. Closing twice changes nothing.
///
/// # Errors
/// [`Error::Stopped`] where a running service does not answer; whatever is wrong with the folder.
pub async fn close(config: &Config) -> Result<(), Error> {
    close_with(config, || Roll::read(&config.election)).await
}

pub(crate) async fn close_with(config: &Config, roll: impl FnOnce() -> Result<Roll, Error>) -> Result<(), Error> {
    let running = match lock(&config.folder) {
        Ok(running) => running,
        Err(Error::Running(_)) => return ask_to_close(&config.folder.join(CLOSE_REQUEST)).await,
        Err(error) => return Err(error),
    };
    let blobs = Arc::new(Blobs::open(&config.folder)?);
    let writer = {
        let (config, blobs, roll) = (config.clone(), blobs.clone(), Arc::new(roll()?));
        let runtime = tokio::runtime::Handle::current();
        let opened = tokio::task::spawn_blocking(move || Writer::open(&config, roll, &blobs, &runtime)).await;
        opened.map_err(|e| Error::Stopped(e.to_string()))??
    };
    let (sequencer, writer) = writer.start(blobs);
    let entered = sequencer.enter(Entry::Close).await;
    drop(sequencer);
    writer.await.map_err(|e| Error::Stopped(e.to_string()))??;
    drop(running);
    entered.map_err(|e| Error::Stopped(e.to_string()))
}

/// The running service removes the request when the leaf is on the disk.
async fn ask_to_close(request: &Path) -> Result<(), Error> {
    durable::write(request, b"")?;
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        tokio::time::sleep(Duration::from_millis(50)).await;
        if !request.exists() {
            return Ok(());
        }
    }
    // Nobody may find the request at a later start and close by it.
    std::fs::remove_file(request).map_err(Error::storage(format!("removing {}", request.display())))?;
    Err(Error::Stopped("the running service did not close in time".to_owned()))
}

/// As [`close`], on a runtime of its own.
///
/// # Errors
/// As [`close`].
pub fn close_blocking(config: &Config) -> Result<(), Error> {
    runtime()?.block_on(close(config))
}

/// As [`crate::export::export`], on a runtime of its own.
///
/// # Errors
/// As [`crate::export::export`].
pub fn export_blocking(config: &Config, to: &Path) -> Result<Exported, Error> {
    runtime()?.block_on(crate::export::export(config, to))
}

/// As [`crate::relay::send`], on a runtime of its own.
///
/// # Errors
/// As [`crate::relay::send`].
pub fn send_blocking(
    options: &Options,
    files: &[PathBuf],
    progress: impl FnMut(Progress),
) -> Result<Vec<Outcome>, RelayError> {
    runtime()?.block_on(crate::relay::send(options, files, progress))
}

fn runtime() -> Result<Runtime, Error> {
    let built = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    built.map_err(Error::storage("starting the runtime"))
}
