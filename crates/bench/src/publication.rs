//! A publication of national size: 55,000 stations, 11,000,000 cast vote records, no images; verified from nothing.
//!
//! Every package is made, sealed and opened again as by a device and the centre, and came by both media; what is not
//! done is to make each of 600,000 files durable by itself, which takes hours on a disk that others use; and as there are
//! no images, nobody asks whether there are as many as records.

use std::path::Path;
use std::process::Command;

use centre::{Centre, CentreKeys};
use election::{Digest, Service, Station};
use log::{FolderStore, Log};
use package::make::{PackageParts, Sheet, make};
use package::open::{Trust, open_images, open_results};
use package::slip::SlipFigures;
use package::{ContestResults, Expected, Salt, StationResults};
use rayon::prelude::*;
use record::entry::{Import, IntakePosition, Lot};
use record::{Body, Content, Medium};
use sign::{FileKey, Signer, SystemEntropy};
use testing::intake::{Close, Receipt, statement};
use testing::{AT, World, start_log};
use verify::Verdict;

use crate::cvr::{self, Votes};
use crate::measure::{Line, measure, measure_command};
use crate::random::Random;
use crate::totals::STATIONS;
use crate::{Bench, Result, fold, nation};

/// The whole of it verified, and every byte of it hashed by the system.
pub const BENCH: Bench = Bench { name: "publication", prepare, run };

/// Records of each station.
const RECORDS: usize = 200;
/// Stations whose packages are in memory at once.
const BATCH: usize = 1024;

/// What one station sent, as far as it is entered.
struct Sent {
    label: Vec<u8>,
    receipt: Vec<u8>,
    by_network: Import,
}

/// Makes the package of one station, opens it, and keeps what it holds in the centre's folder. Its label is leaf `index` of the intake log.
fn station(world: &World, station: &Station, votes: &[Votes<'_>], index: u64, centre: &Path) -> Result<Sent> {
    let def = &world.frozen.definition;
    let expected = Expected::of(def, &station.id).ok_or("the station is in the definition")?;
    let [contest] = &expected.contests[..] else { return Err("a station of this nation has one contest".into()) };
    let place = def.contests.iter().position(|own| own.id == contest.contest).ok_or("the contest is there")?;
    let device = format!("d{}", station.id);
    let mut records = cvr::records(def, &votes[place], RECORDS, &mut Random(index))?;
    (records.station, records.device) = (station.id.clone(), device.parse()?);

    let zero = StationResults::zero(&expected, &def.scope, &records.device, 1, Salt([3; 32]));
    let mut results = zero.clone();
    results.contests = vec![figures(&records, &zero.contests[0])];
    let counted = &results.contests[0];
    let account = &mut results.account;
    (account.cast, account.used) = (counted.ballots, counted.ballots);
    (account.valid, account.blank, account.invalid) = (counted.valid, counted.blank, counted.invalid);
    account.received = account.registered;
    account.unused = account.received - account.used;

    let key = &world.keys[&device];
    let slip = SlipFigures::of(&results, &zero, world.fingerprint, "bench").sign(key)?;
    let sheets = records.records.into_iter().map(|record| Sheet::new(record, Vec::new()));
    let parts = PackageParts {
        fingerprint: world.fingerprint,
        build: "bench".into(),
        cvr_salt: records.salt,
        sheets: sheets.collect(),
        slip,
        slip_pdf: None,
        events: Vec::new(),
        results,
        zero,
    };
    let recipients = world.recipients(&station.id);
    let package = make(parts, &recipients, key, &SystemEntropy)?;
    let trust = Trust {
        scope: &def.scope,
        fingerprint: world.fingerprint,
        station: &station.id,
        device: &device.parse()?,
        key: key.public_key(),
        recipients: &recipients,
    };
    let opened = open_results(&package.label, &package.results_age, &world.centre, &trust)?;
    let images = open_images(&opened.label, &package.images_age, &world.centre)?;
    let receipt = Receipt::of(&def.scope, &package.label, index);
    let receipt = statement("receipt", &receipt, &world.keys[Service::Intake.as_str()]);
    let content = Content {
        results_manifest: opened.statement.results_manifest,
        images_manifest: opened.statement.images_manifest,
        results: sign::sha256(&opened.bag.data["results.json"]),
    };
    let by_network = Import {
        medium: Medium::Network,
        station: station.id.clone(),
        device: opened.label.device.clone(),
        generation: 1,
        label: sign::sha256(&package.label),
        statement: sign::sha256(&opened.statement_bytes),
        content,
        intake: None,
        account_differs: false,
        build: None,
    };
    // As `centre::Contents` keeps them.
    let folder = format!("contents/{}.{}", content.results_manifest.hex(), &content.images_manifest.hex()[..16]);
    let folder = centre.join(folder);
    std::fs::create_dir_all(&folder)?;
    let keep = |name: &str, bytes: &[u8]| std::fs::write(folder.join(name), bytes);
    keep("label.json", &package.label)?;
    keep("receipt.json", &receipt)?;
    keep("statement.dsse.json", &opened.statement_bytes)?;
    keep("results-manifest.txt", &opened.bag.manifest())?;
    keep("images-manifest.txt", &images.bag.manifest())?;
    keep("images.tar", &package::archive::write(&images.bag.data)?)?;
    opened.bag.data.iter().try_for_each(|(name, bytes)| keep(name, bytes))?;
    Ok(Sent { label: package.label, receipt, by_network })
}

/// The figures of a contest that its records add up to.
fn figures(records: &package::cvr::Records, zero: &ContestResults) -> ContestResults {
    let mut figures = zero.clone();
    for own in records.records.iter().flat_map(|record| &record.contests) {
        figures.ballots += 1;
        *match own.outcome {
            package::cvr::Outcome::Valid => &mut figures.valid,
            package::cvr::Outcome::Blank => &mut figures.blank,
            package::cvr::Outcome::Invalid(_) => &mut figures.invalid,
        } += 1;
        for option in &own.counted {
            *figures.votes.get_mut(option).expect("an option of the contest") += 1;
        }
    }
    figures
}

fn prepare(dir: &Path) -> Result<()> {
    let (root, to, dir) = (dir.join("publication.root"), dir.join("publication"), dir.join("nation"));
    if root.exists() {
        return Ok(());
    }
    if dir.exists() {
        std::fs::remove_dir_all(&dir)?;
    }
    let world = World::of(nation::folder(STATIONS, 0)?);
    let def = &world.frozen.definition;
    let (centre, record_log) = (world.pem(Service::Centre.as_str()), world.pem(Service::RecordLog.as_str()));
    let keys = CentreKeys { centre: &centre, record_log: &record_log };
    drop(Centre::init(&dir, &world.folder, &world.leaf_0, &keys)?);

    let votes: Vec<Votes> = def.contests.iter().map(|contest| Votes::of(def, contest)).collect();
    let mut intake = start_log(&world, &dir.join("intake"), "intake", Service::IntakeLog);
    let mut imports = Vec::new();
    for stations in def.stations.chunks(BATCH) {
        let first = intake.size();
        let sent = stations.par_iter().enumerate();
        let sent = sent
            .map(|(n, own)| station(&world, own, &votes, first + 2 * n as u64, &dir))
            .collect::<Result<Vec<_>>>()?;
        let leaves: Vec<Vec<u8>> = sent.iter().flat_map(|s| [s.label.clone(), s.receipt.clone()]).collect();
        intake.append(&leaves)?;
        imports.extend(sent.into_iter().map(|sent| sent.by_network));
        eprintln!("{} of {} stations", imports.len(), def.stations.len());
    }
    let packages = imports.len() as u64;
    let close = Close { scope: def.scope.clone(), packages, incomplete: 0, time: AT.to_owned() };
    intake.append(&[statement("close", &close, &world.keys[Service::Intake.as_str()])])?;
    intake.add_cosignatures(&world.cosign(intake.checkpoint()), &world.witness_keys())?;
    let position = IntakePosition { size: intake.size(), root: Digest(intake.root()) };

    let by_stick = imports.iter().map(|import| Import { medium: Medium::Stick, ..import.clone() });
    let by_network = imports.iter().map(|import| Import { intake: Some(position), ..import.clone() });
    let all: Vec<Import> = by_network.chain(by_stick).collect();
    let by_centre = &world.keys[Service::Centre.as_str()];
    let leaves = all.into_par_iter().map(|import| Ok(Body::Import(import).sign(&world.head(), &[by_centre])?));
    fold::enter(&world, &dir, &leaves.collect::<Result<Vec<_>>>()?)?;

    let mut centre = Centre::open(&dir)?;
    centre.compare(AT)?;
    let officers = fold::officers(&world).map(|officer| officer as &dyn Signer);
    draw_lots(&mut centre, &officers)?;
    centre.cosigned(&world.cosign(centre.log().checkpoint()))?;
    centre.announce(&officers, AT)?;
    centre.publish(&to, AT, site::pages)?;
    drop(centre);
    // What is published last is cosigned as well: in the copy, which is all that is kept.
    let key = FileKey::from_pem(&record_log)?;
    let mut log = Log::open(FolderStore::new(to.join("record")), &centre::record_origin(&world.frozen), Box::new(key))?;
    log.add_cosignatures(&world.cosign(log.checkpoint()), &world.witness_keys())?;
    std::fs::remove_dir_all(&dir)?;
    Ok(std::fs::write(root, world.fingerprint.to_string())?)
}

/// Draws every lot that the tally asks for.
fn draw_lots(centre: &mut Centre, officers: &[&dyn Signer]) -> Result<()> {
    loop {
        let (outcome, _) = centre.outcome()?;
        let mut needed = outcome.allotments.values().flat_map(|a| a.lots_needed.clone()).peekable();
        if needed.peek().is_none() {
            return Ok(());
        }
        for lot in needed {
            let drawn = lot.between.into_iter().take(lot.seats as usize).collect();
            let outcome = tally::LotOutcome { id: lot.id, drawn };
            centre.enter(&Body::Lot(Lot { outcome, drawing: "an urn".into(), supersedes: None }), officers, AT)?;
        }
    }
}

fn run(dir: &Path) -> Result<Vec<Line>> {
    let root = std::fs::read_to_string(dir.join("publication.root"))?.parse()?;
    let dir = dir.join("publication");
    let bytes = size(&dir)? as f64;
    let options = verify::Options { root: Some(root), ..Default::default() };
    let what = "publication of 55,000 stations and 11,000,000 records verified";
    let (report, verifying) = measure(what, bytes, "B", || Ok(verify::verify(&dir, &options, &|_| ())?))?;
    if report.verdict != Verdict::Pass {
        let fails = report.checks.iter().find(|check| check.verdict() != Verdict::Pass);
        return Err(format!("the publication does not pass: {fails:?}").into());
    }
    let hash = "find . -type f -print0 | xargs -0 -P 2 -n 256 sha256sum";
    let mut hash_all = Command::new("sh");
    hash_all.arg("-c").arg(hash).current_dir(&dir);
    let hashing = measure_command("sha256sum of the same bytes, on two cores", bytes, "B", &mut hash_all, &[0])?;
    Ok(vec![verifying, hashing])
}

/// Bytes of all files below a folder.
fn size(dir: &Path) -> Result<u64> {
    let mut bytes = 0;
    for entry in std::fs::read_dir(dir)? {
        let entry = entry?;
        let meta = entry.metadata()?;
        bytes += if meta.is_dir() { size(&entry.path())? } else { meta.len() };
    }
    Ok(bytes)
}
