//! Both channels: medium A through the relay to a real receiving service, medium B as folders that stand for sticks.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use election::{Service, StationId};
use intake::Config;

use super::Demo;
use super::stage::Stage;
use crate::shell::{At, Failure, Result, file_failure, write};

/// So many relays send at a time: the service makes durable at once what came from all of them.
const RELAYS: usize = 16;

/// The receiving service, as a process of its own; ended when the demo lets go of it.
struct Receiving {
    process: Child,
    address: String,
}

impl Drop for Receiving {
    fn drop(&mut self) {
        // Everything is durable before it is acknowledged, so ending it loses nothing.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What the receiving service took.
pub struct Transmitted {
    /// The one-way copy that is carried to the centre.
    pub export: PathBuf,
    /// Packages with a receipt.
    pub sent: usize,
    /// Packages that it refused.
    pub refused: usize,
    /// Leaves of its log.
    pub leaves: u64,
}

impl Stage<'_> {
    /// Sends all packages of `labels`, closes the intake, and makes the one-way copy. Only what is `foreign` may be refused.
    pub fn transmit(&self, labels: &[PathBuf], foreign: &dyn Fn(&Path) -> bool) -> Result<Transmitted> {
        let config = self.configure()?;
        let service = self.start(&config)?;
        let (sent, refused) = self.send(&service.address, labels, foreign)?;
        drop(service);
        let config = Config::read(&config)?;
        intake::close_blocking(&config)?;
        let export = self.dir.join("export");
        let leaves = intake::export_blocking(&config, &export)?.leaves;
        self.witness_intake(&export)?;
        Ok(Transmitted { export, sent, refused, leaves })
    }

    fn configure(&self) -> Result<PathBuf> {
        let path = self.dir.join("intake/intake.toml");
        let text = "\
            # The receiving service of the demo. Paths are relative to this file.\n\
            listen = \"127.0.0.1:0\"\n\
            folder = \"store\"\n\
            election = \"../election\"\n\
            key = \"../keys/services/intake.key.pem\"\n\
            log_key = \"../keys/services/intake_log.key.pem\"\n\n\
            [tls]\n\
            certificate = \"../keys/tls/intake.pem\"\n\
            key = \"../keys/tls/intake.key.pem\"\n\
            client_ca = \"../keys/tls/authority.pem\"\n";
        write(&path, text.as_bytes())?;
        Ok(path)
    }

    fn start(&self, config: &Path) -> Result<Receiving> {
        let failed = |what: String| Failure::new("demo.intake", what, "look at DIR/intake/service.log");
        let program = std::env::current_exe().map_err(|e| failed(e.to_string()))?;
        let log_path = self.dir.join("intake/service.log");
        let log = std::fs::File::create(&log_path).map_err(|e| file_failure(&log_path, &e))?;
        let ready = self.dir.join("intake/address");
        let process = Command::new(program)
            .args(["intake", "serve", "--quiet", "--config"])
            .arg(config)
            .arg("--ready")
            .arg(&ready)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .map_err(|e| failed(e.to_string()))?;
        let mut receiving = Receiving { process, address: String::new() };
        let start = Instant::now();
        loop {
            // The address is written in one piece; an empty file is one that is about to be.
            match std::fs::read_to_string(&ready) {
                Ok(address) if !address.is_empty() => {
                    receiving.address = format!("https://{address}");
                    return Ok(receiving);
                }
                _ => {}
            }
            if let Ok(Some(status)) = receiving.process.try_wait() {
                return Err(failed(format!("the receiving service ended at once ({status})")));
            }
            if start.elapsed() > Duration::from_secs(20) {
                return Err(failed("the receiving service does not listen after 20 seconds".into()));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn send(&self, to: &str, labels: &[PathBuf], foreign: &dyn Fn(&Path) -> bool) -> Result<(usize, usize)> {
        let listed = self.people.lists().services.iter().filter(|s| s.service == Service::Intake);
        let keys = listed.map(|s| s.key.parse()).collect::<std::result::Result<Vec<_>, sign::KeyError>>()?;
        let tls = |name: &str| self.people.path(&format!("tls/{name}"));
        let options =
            intake::relay::Options::new(to, &tls("authority.pem"), &tls("relay.pem"), &tls("relay.key.pem"), keys);
        let bar = self.shell.progress("relay to intake", labels.len() as u64);
        let relay = |own: &[PathBuf]| {
            let mut last = String::new();
            intake::send_blocking(&options, own, |progress| {
                if progress.package != last {
                    last.clone_from(&progress.package);
                    bar.inc(1);
                }
            })
        };
        let outcomes = std::thread::scope(|scope| {
            let relay = &relay;
            let share = labels.len().div_ceil(RELAYS).max(1);
            let relays: Vec<_> = labels.chunks(share).map(|own| scope.spawn(move || relay(own))).collect();
            let told = relays.into_iter().map(|relay| relay.join().expect("a relay tells what fails"));
            told.collect::<std::result::Result<Vec<_>, _>>()
        });
        let outcomes: Vec<_> = outcomes.at("relay")?.into_iter().flatten().collect();
        bar.finish_and_clear();
        let sent = outcomes.iter().filter(|o| o.result.is_ok()).count();
        for outcome in &outcomes {
            if let Err(error) = &outcome.result
                && !foreign(&outcome.label)
            {
                return Err(Failure::new(
                    "demo.relay",
                    format!("{}: {error}", outcome.label.display()),
                    "look at DIR/intake/service.log",
                ));
            }
        }
        Ok((sent, outcomes.len() - sent))
    }

    /// Witnesses cosign the closed intake log: the checkpoint goes out and the lines come back as files.
    fn witness_intake(&self, export: &Path) -> Result<()> {
        let origin = format!("{}/intake", self.def().scope.election);
        let key = Box::new(self.people.private("services/intake_log.key.pem")?);
        let mut log = log::Log::open(log::FolderStore::new(export.join("intake")), &origin, key)?;
        let policy = log::Policy::parse(&self.people.lists().witness_policy)?;
        let keys: Vec<log::NoteKey> = policy.witnesses.into_iter().map(|w| w.key).collect();
        let request = log::witness::Request { old: 0, proof: Vec::new(), checkpoint: log.checkpoint().clone() };
        for line in self.cosign("intake", &request)? {
            log.add_cosignatures(&line, &keys)?;
        }
        Ok(())
    }
}

impl Demo<'_> {
    /// Sends what can be sent, and carries what was collected.
    pub fn channels(&self) -> Result<PathBuf> {
        let unknown = self.dir.join("unknown");
        let over_network = self.transmit(&self.labels()?, &|label: &Path| label.starts_with(&unknown))?;
        let sticks = self.carry()?;
        let Transmitted { export, sent, refused, leaves } = over_network;
        super::tell::step(
            self.shell,
            5,
            "Two channels",
            &format!(
                "A: {sent} packages over TLS 1.3, each with a signed receipt; {refused} refused. B: {sticks} sticks. Intake closed at {leaves} leaves"
            ),
        );
        Ok(export)
    }

    /// The labels of all stations, and of the unknown device.
    fn labels(&self) -> Result<Vec<PathBuf>> {
        let mut labels = Vec::new();
        let stations = self.dir.join("stations");
        let own = self.dir.join("unknown").join(self.planted.unknown_device.as_str());
        let folders =
            std::fs::read_dir(&stations).map_err(|e| file_failure(&stations, &e))?.flatten().map(|e| e.path());
        for folder in folders.chain([own]) {
            let files = std::fs::read_dir(&folder).map_err(|e| file_failure(&folder, &e))?.flatten().map(|e| e.path());
            labels.extend(files.filter(|path| path.to_string_lossy().ends_with(".label.json")));
        }
        labels.sort();
        Ok(labels)
    }

    /// Sticks are carried to the centre: all but one; one was exchanged; one comes from a device nobody knows.
    fn carry(&self) -> Result<usize> {
        let mut sticks = 0;
        let def = self.def();
        for station in def.stations.iter().filter(|s| s.count_with.is_none() && s.id != self.planted.no_stick) {
            let from = match &station.id {
                id if *id == self.planted.differing => self.dir.join("forged").join(id.as_str()),
                id => self.dir.join("stations").join(id.as_str()),
            };
            copy_stick(&from.join("medium-b"), &self.stick(&station.id))?;
            sticks += 1;
        }
        let unknown = &self.planted.unknown_device;
        copy_stick(&self.dir.join("unknown").join(unknown.as_str()).join("medium-b"), &self.stick(unknown))?;
        Ok(sticks)
    }

    fn stick(&self, station: &StationId) -> PathBuf {
        self.dir.join("sticks").join(station.as_str())
    }
}

fn copy_stick(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to).map_err(|e| file_failure(to, &e))?;
    for entry in std::fs::read_dir(from).map_err(|e| file_failure(from, &e))?.flatten() {
        std::fs::copy(entry.path(), to.join(entry.file_name())).map_err(|e| file_failure(&entry.path(), &e))?;
    }
    Ok(())
}
