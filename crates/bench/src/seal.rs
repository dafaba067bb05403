//! Packages: made and opened in memory, of one station (30 MB of images) and as large as they get (1 GB).

use std::path::Path;
use std::process::Command;

use package::make::{Package, PackageParts, Sheet, make};
use package::open::{Trust, open_images, trusted_label};
use package::slip::SlipFigures;
use package::{Expected, Recipients, Salt, StationResults};
use sign::identity::Identity;
use sign::{FileKey, KeyKind, Signer, SystemEntropy};

use crate::cvr::{self, Votes};
use crate::measure::{Line, measure, measure_command};
use crate::random::Random;
use crate::{Bench, Result, nation};

/// A station's package made.
pub const SEAL_STATION: Bench = Bench { name: "seal", prepare: |_| Ok(()), run: |_| seal(33_000, 20) };
/// A station's package opened.
pub const OPEN_STATION: Bench = Bench { name: "open", prepare: |_| Ok(()), run: |_| open(33_000, 20) };
/// The largest package made.
pub const SEAL_LARGE: Bench = Bench { name: "seal-large", prepare: |_| Ok(()), run: |_| seal(1_111_111, 1) };
/// The largest package opened.
pub const OPEN_LARGE: Bench = Bench { name: "open-large", prepare: |_| Ok(()), run: |_| open(1_111_111, 1) };
/// What the age and sha256sum of the system take for the same bytes.
pub const PLAIN: Bench = Bench { name: "plain", prepare: plain_file, run: plain };

const SHEETS: usize = 450;

struct Station {
    parts: PackageParts,
    recipients: Recipients,
    key: FileKey,
    identity: Identity,
}

/// 450 ballots of two sides, `side` bytes each that do not compress, as the images of a station.
fn station(side: usize) -> Result<Station> {
    let def = nation::read(&nation::folder(1000, 32)?)?;
    let mut random = Random(14);
    let records = cvr::records(&def, &Votes::of(&def, &def.contests[0]), SHEETS, &mut random)?;
    let key = FileKey::generate(KeyKind::P256)?;
    let expected = Expected::of(&def, &records.station).ok_or("the station is in the definition")?;
    let zero = StationResults::zero(&expected, &def.scope, &records.device, 1, Salt([3; 32]));
    let slip = SlipFigures::of(&zero, &zero, election::Digest([4; 32]), "bench").sign(&key)?;
    let sheets = records.records.into_iter().map(|record| {
        let front = Sheet::new(record, random.bytes(side));
        Sheet { back: Some(random.bytes(side)), ..front }
    });
    let parts = PackageParts {
        fingerprint: election::Digest([4; 32]),
        build: "bench".into(),
        results: zero.clone(),
        zero,
        cvr_salt: Salt([5; 32]),
        sheets: sheets.collect(),
        slip,
        slip_pdf: None,
        events: Vec::new(),
    };
    let (identity, office) = (Identity::generate(), Identity::generate());
    let recipients = Recipients {
        results: vec![identity.recipient().clone()],
        images: vec![identity.recipient().clone(), office.recipient().clone()],
    };
    Ok(Station { parts, recipients, key, identity })
}

fn sealed(station: &Station, parts: PackageParts) -> Result<Package> {
    Ok(make(parts, &station.recipients, &station.key, &SystemEntropy)?)
}

fn seal(side: usize, times: usize) -> Result<Vec<Line>> {
    let mut station = station(side)?;
    let all = (2 * SHEETS * side) as f64;
    let what = format!("package of {:.0} MB made: bag, hashes, tar, age, label", all / 1e6);
    let mut copies: Vec<PackageParts> = (1..times).map(|_| station.parts.clone()).collect();
    copies.push(std::mem::replace(&mut station.parts, StationParts::none()));
    let (_, line) = measure(&what, all * times as f64, "B", || {
        copies.into_iter().try_for_each(|parts| sealed(&station, parts).map(drop))
    })?;
    Ok(vec![line])
}

struct StationParts;

impl StationParts {
    /// What is left where the parts have gone into a package.
    fn none() -> PackageParts {
        let scope = election::Scope { election: "none".parse().expect("an id"), round: 1, mode: election::Mode::Demo };
        let results = StationResults {
            scope,
            station: "none".parse().expect("an id"),
            device: "none".parse().expect("an id"),
            generation: 1,
            salt: Salt([0; 32]),
            account: Default::default(),
            contests: Vec::new(),
        };
        PackageParts {
            fingerprint: election::Digest([0; 32]),
            build: String::new(),
            zero: results.clone(),
            results,
            cvr_salt: Salt([0; 32]),
            sheets: Vec::new(),
            slip: Vec::new(),
            slip_pdf: None,
            events: Vec::new(),
        }
    }
}

fn open(side: usize, times: usize) -> Result<Vec<Line>> {
    let mut station = station(side)?;
    let all = (2 * SHEETS * side) as f64;
    let (scope, place, device) = {
        let results = &station.parts.results;
        (results.scope.clone(), results.station.clone(), results.device.clone())
    };
    let parts = std::mem::replace(&mut station.parts, StationParts::none());
    let package = sealed(&station, parts)?;
    let trust = Trust {
        scope: &scope,
        fingerprint: election::Digest([4; 32]),
        station: &place,
        device: &device,
        key: station.key.public_key(),
        recipients: &station.recipients,
    };
    let what = format!("images of {:.0} MB opened: label, hash, age, tar, every hash of the bag", all / 1e6);
    let (_, line) = measure(&what, all * times as f64, "B", || {
        for _ in 0..times {
            let label = trusted_label(&package.label, &trust)?;
            open_images(&label, &package.images_age, &station.identity)?;
        }
        Ok(())
    })?;
    Ok(vec![line])
}

fn plain_file(dir: &Path) -> Result<()> {
    let (file, identity) = (dir.join("plain.bin"), Identity::generate());
    if !file.exists() {
        std::fs::write(dir.join("plain.identity"), format!("{}\n", *identity.to_text()))?;
        std::fs::write(dir.join("plain.recipient"), format!("{}\n", identity.recipient()))?;
        std::fs::write(&file, Random(15).bytes(1_000_000_000))?;
    }
    Ok(())
}

fn plain(dir: &Path) -> Result<Vec<Line>> {
    let (file, sealed) = (dir.join("plain.bin"), dir.join("plain.age"));
    let hash = measure_command("sha256sum of 1 GB", 1e9, "B", Command::new("sha256sum").arg(&file), &[0])?;
    let mut seal = Command::new("age");
    seal.arg("-R").arg(dir.join("plain.recipient")).arg("-o").arg(&sealed).arg(&file);
    let seal = measure_command("age (Go) seals 1 GB, to a file", 1e9, "B", &mut seal, &[0])?;
    let mut open = Command::new("age");
    open.arg("-d").arg("-i").arg(dir.join("plain.identity")).arg("-o").arg("/dev/null").arg(&sealed);
    let open = measure_command("age (Go) opens 1 GB", 1e9, "B", &mut open, &[0])?;
    std::fs::remove_file(sealed)?;
    Ok(vec![hash, seal, open])
}
