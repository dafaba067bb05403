//! One round: the service works, is stopped, and starts again on what is left.

use super::*;

/// A disk without its fsyncs, or SQLite without its own.
#[derive(Clone, Copy, Default)]
pub(super) struct Weakened {
    pub(super) faults: Faults,
    pub(super) sqlite_normal: bool,
}

pub(super) struct Round<'a> {
    pub(super) world: &'a World,
    pub(super) config: Config,
    pub(super) mounted: Mounted,
    pub(super) told: Told,
    pub(super) weakened: Weakened,
    /// How the service ended in the last period, where it ended by itself.
    pub(super) ended: Option<String>,
}

impl Round<'_> {
    pub(super) fn disk(&self) -> Disk {
        self.mounted.disk().clone()
    }

    /// Starts the service, does `work` and ends the service. `Ok(true)` if the machine was there to the end.
    pub(super) fn period(&mut self, faults: Faults, work: &[usize], close: bool) -> Result<bool, String> {
        self.config.folder = self.mounted.path().join("store");
        self.config.sqlite_normal = self.weakened.sqlite_normal;
        let Faults { ignore_sync_file, ignore_sync_folder, .. } = self.weakened.faults;
        self.disk().set(Faults { ignore_sync_file, ignore_sync_folder, ..faults });
        self.ended = None;
        check_export(&self.config)?;
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let done = runtime.block_on(self.serve(work, close));
        runtime.shutdown_timeout(Duration::from_secs(20));
        match done {
            Ok(()) => Ok(!self.disk().is_off()),
            Err(Stopped::Off) => Ok(false),
            Err(Stopped::Wrong(what)) => Err(what),
        }
    }

    pub(super) async fn serve(&mut self, work: &[usize], close: bool) -> Result<(), Stopped> {
        let disk = self.disk();
        let quiet: crate::Lines = Arc::new(|_: &str| {});
        let server = match Server::bind_with(self.config.clone(), self.world.bench.roll(), quiet).await {
            _ if disk.is_off() => return Err(Stopped::Off),
            Ok(server) => server,
            Err(error) => return wrong(format!("it does not start: {error}")),
        };
        let address = server.address().unwrap();
        let (stop, stopped) = crate::stop();
        let task = tokio::spawn(server.run(stopped));
        let client = match self.world.bench.connect(address).await {
            _ if disk.is_off() => Err(Stopped::Off),
            Ok(client) => Ok(client),
            Err(error) => wrong(format!("no connection: {error}")),
        };
        let done = async {
            let mut sender =
                Sender { world: self.world, config: &self.config, disk: &disk, client: client?, told: &mut self.told };
            sender.remembers().await?;
            for &index in work {
                match index.checked_sub(sender.world.packages.len()) {
                    None => sender.send(index).await?,
                    Some(0) => sender.be_refused().await?,
                    Some(_) => sender.export().await?,
                }
            }
            if close {
                let closed = crate::control::close_with(sender.config, || unreachable!("it is running")).await;
                sender.heard("the close", closed.map_err(|e| e.to_string()))?;
                sender.told.closed = true;
            }
            Ok(())
        };
        let done = done.await;
        let mut task = task;
        // After a sync that failed the service ends by itself. An export is a process of its own, which disturbs nobody.
        let of_export = matches!(&done, Err(Stopped::Wrong(what)) if what.starts_with(EXPORT));
        let patience = Duration::from_secs(if disk.has_failed() && !of_export { 20 } else { 0 });
        let ended = match tokio::time::timeout(patience, &mut task).await {
            Ok(ended) => {
                let ended = ended.expect("the service does not panic");
                self.ended = ended.as_ref().err().map(ToString::to_string);
                ended
            }
            Err(_) => {
                drop(stop);
                task.await.expect("the service does not panic")
            }
        };
        match ended {
            Err(error) if done.is_ok() && !disk.is_off() => wrong(format!("it does not end: {error}")),
            _ => done,
        }
    }

    /// The log holds all that was answered, each once.
    pub(super) fn check_log(&self) -> Result<(), String> {
        let key = crate::sequencer::read_key(&self.config.log_key).unwrap();
        let store = log::FolderStore::new(self.mounted.path().join("store").join("log"));
        let log = log::Log::open(store, "test_2026/intake", Box::new(key)).map_err(|e| format!("the log: {e}"))?;
        for head in &self.told.heads {
            if log.root_at(head.size).ok() != Some(head.root) {
                return Err(format!("the log of {} leaves was rolled back from {}", log.size(), head.size));
            }
        }
        let leaves = log.leaves();
        let times = |bytes: &[u8]| leaves.iter().filter(|leaf| leaf.as_slice() == bytes).count();
        for (index, package) in self.world.packages.iter().enumerate() {
            let receipt = self.told.receipts.get(&index).ok_or("a package without a receipt")?;
            if times(&package.bytes(Part::Label)) != 1 || times(receipt) != 1 {
                return Err("a label or receipt that does not stand once".into());
            }
        }
        let kinds = leaves.iter().map(|leaf| Envelope::parse(leaf).unwrap().kind().to_owned());
        let mut kinds: Vec<String> = kinds.collect();
        kinds.sort();
        let expected = ["close", "label", "label", "label", "label", "receipt", "receipt", "receipt", "receipt"];
        let expected: Vec<&str> = expected.into_iter().chain(["refusal", "refusal"]).collect();
        if kinds != expected { Err(format!("the leaves are {kinds:?}")) } else { Ok(()) }
    }
}

/// One seed.
pub(super) fn round<'a>(
    world: &'a World,
    seed: u64,
    weakened: Weakened,
    run: fn(&mut Round<'a>, &mut Random) -> Result<(), String>,
) -> Result<(), String> {
    let mounted = Mounted::new(Disk::new(seed));
    let (config, told) = (world.bench.config.clone(), Told::default());
    let mut round = Round { world, config, mounted, told, weakened, ended: None };
    let mut random = Random::new(seed ^ 0x5EED);
    round.disk().trace();
    let result = run(&mut round, &mut random);
    if result.is_err() && std::env::var(rounds::SEED).is_ok() {
        println!("{}", round.disk().traced().join("\n"));
    }
    result
}

impl Round<'_> {
    /// Packages, the forged label and an export, another one first each time.
    pub(super) fn work(&self, random: &mut Random) -> Vec<usize> {
        let mut work: Vec<usize> = (0..self.world.packages.len() + 2).collect();
        let other = random.below(work.len() as u64) as usize;
        work.swap(0, other);
        work
    }

    /// The service is stopped three times at drawn moments, then finishes.
    pub(super) fn stops(&mut self, random: &mut Random) -> Result<(), String> {
        for _ in 0..PERIODS {
            let work = self.work(random);
            let at = Some(1 + random.below(CHANGES));
            let kill = random.once_in(3);
            let faults = match kill {
                true => Faults { kill_at: at, ..Faults::default() },
                false => Faults { power_loss_at: at, ..Faults::default() },
            };
            let ended = self.period(faults, &work, false)?;
            match (kill, ended) {
                (true, false) => self.disk().revive(),
                _ => self.mounted.power_cycle(),
            }
        }
        self.finish(random)
    }

    /// A period without faults in which everything is sent and the intake closed; then the power goes.
    pub(super) fn finish(&mut self, random: &mut Random) -> Result<(), String> {
        let work = self.work(random);
        if !self.period(Faults::default(), &work, true)? {
            return Err("the last period did not end".into());
        }
        self.mounted.power_cycle();
        check_export(&self.config)?;
        self.check_log()
    }

    /// The disk is full, read-only or refuses a write: what is refused is refused in words, and nothing is lost.
    pub(super) fn broken(&mut self, random: &mut Random) -> Result<(), String> {
        let work = self.work(random);
        let at = Some(1 + random.below(CHANGES));
        let (faults, words) = match random.below(3) {
            0 => (Faults { full_from: at, ..Faults::default() }, "No space left on device"),
            1 => (Faults { read_only_from: at, ..Faults::default() }, "Read-only file system"),
            _ => (Faults { fail_write_at: at, ..Faults::default() }, "Input/output error"),
        };
        match self.period(faults, &work, false) {
            Err(what)
                if !["intake.storage", "the connection failed", "it does not start", "it does not end", words]
                    .iter()
                    .any(|w| what.contains(w)) =>
            {
                return Err(format!("{faults:?}: {what}"));
            }
            Err(what) if !["the connection failed", words, "database"].iter().any(|w| what.contains(w)) => {
                return Err(format!("{faults:?}: the reason is missing: {what}"));
            }
            _ => {}
        }
        if let Some(ended) = &self.ended
            && !(ended.contains(words) || ended.contains("database"))
        {
            return Err(format!("{faults:?}: it ended without the reason: {ended}"));
        }
        self.finish(random)
    }

    /// A sync fails: the service stops and asks nothing more of the disk, and the next one finds what was answered.
    pub(super) fn failed_sync(&mut self, random: &mut Random) -> Result<(), String> {
        let work = self.work(random);
        let faults = Faults { fail_sync_at: Some(1 + random.below(SYNCS)), ..Faults::default() };
        let result = self.period(faults, &work, false);
        if self.disk().has_failed() {
            let Err(what) = result else { return Err(format!("{faults:?}: nobody was told of it")) };
            let of_export = what.starts_with(EXPORT);
            let has_ended =
                self.ended.is_some() || ["it does not start", "it does not end"].iter().any(|w| what.contains(w));
            if !has_ended && !of_export {
                return Err(format!("{faults:?}: it goes on serving after {what}"));
            }
            let counts = self.disk().counts();
            let of_folder = counts.failed_sync.is_some_and(|failed| failed.contains("SyncFolder"));
            // What SQLite does with its own files is its rollback: it plays its journal back or removes it, and the service,
            // which has ended, asks it for nothing. Nor does it look at what its sync of a folder says; the next write tells it.
            let own = |line: &&String| !(of_export || line.contains("intake.sqlite"));
            let after: Vec<&String> = counts.after_failed_sync.iter().filter(own).collect();
            if !after.is_empty() {
                return Err(format!("{faults:?}: it went on with {after:?}"));
            }
            if of_folder {
                self.mounted.power_cycle();
            }
        }
        self.finish(random)
    }
}
