//! `sanad station prepare`: a folder for polling day, after all that would be too late then is checked.

use std::path::{Path, PathBuf};

use election::{DeviceId, Digest, StationId};
use serde_json::json;
use station::{CardsHere, Config, Ground, Revoked, Station as Room};

use super::station::{FINGERPRINT, device_dir, disk, ground, now, private_folder, step};
use crate::inputs;
use crate::shell::{At, Failure, Result, Shell, file_failure, read, text, write};

/// What a station is prepared with.
pub(super) struct Wanted {
    pub station: StationId,
    pub device: DeviceId,
    pub election: PathBuf,
    pub fingerprint: String,
    pub leaf: Option<PathBuf>,
    pub key: PathBuf,
    pub slots: Option<u32>,
    pub cards: bool,
    pub revoked: Vec<PathBuf>,
}

/// Makes the folder of a station.
pub(super) fn prepare(shell: &Shell, dir: &Path, wanted: &Wanted) -> Result {
    let ground = ground(&wanted.election, inputs::fingerprint(&wanted.fingerprint)?)?;
    let Some(place) = ground.definition.station(&wanted.station) else {
        let what = format!("there is no station '{}' in the definition", wanted.station);
        let known = ground.definition.stations.iter().map(|s| s.id.as_str());
        return Err(inputs::unknown("station.unknown", what, wanted.station.as_str(), known));
    };
    let registered = place.registered;
    listed(&ground, wanted)?;
    match &wanted.leaf {
        Some(leaf) => check_leaf(&ground, wanted, leaf)?,
        None => shell.warn(shell.worded(
            "The fingerprint is not checked against leaf 0: compare it with the gazette, or give --leaf.",
            &[],
        )),
    }
    let absolute = |path: &Path| -> Result<String> {
        Ok(std::fs::canonicalize(path).map_err(|e| file_failure(path, &e))?.to_string_lossy().into_owned())
    };
    let config = Config {
        mode: ground.definition.scope.mode,
        slots: wanted.slots.unwrap_or(registered.saturating_mul(2).max(50)),
        slot_bytes: station::SLOT_BYTES,
        election: absolute(&wanted.election)?,
        key: absolute(&wanted.key)?,
        station: wanted.station.clone(),
        device: wanted.device.clone(),
        cards: cards(&ground, wanted)?,
    };
    let fingerprint = format!("{}\n", ground.fingerprint);
    let inside = device_dir(dir);
    private_folder(&inside)?;
    let disk = disk(&inside)?;
    Room::may_be_prepared(&disk, &config).at(dir.display())?;
    // Before the state, which says that all is prepared: cut short between the two, it could be neither opened nor
    // prepared again.
    write(&dir.join(FINGERPRINT), fingerprint.as_bytes())?;
    let room = Room::prepare(Box::new(disk), ground, config, now()).at(dir.display())?;
    shell.tell("Station {} is prepared. Next: sanad station open", &[text(&wanted.station)]);
    step(shell, &room, json!({ "slots": room.state().config.slots }))
}

/// What the device knows cards by: that they are asked for, and those that are revoked.
fn cards(ground: &Ground, wanted: &Wanted) -> Result<Option<CardsHere>> {
    let mut here = CardsHere::default();
    for path in &wanted.revoked {
        here.revoked.extend(Revoked::read(&read(path)?, ground).at(path.display())?.cards);
    }
    let required = ground.definition.rules.station.cards == election::CardsAt::Required;
    Ok((required || wanted.cards || !wanted.revoked.is_empty()).then_some(here))
}

/// Does the key list have this device, station and key together? On polling night it would be too late to ask.
fn listed(ground: &Ground, wanted: &Wanted) -> Result<()> {
    let Wanted { station, device, key, .. } = wanted;
    let own = sign::Signer::public_key(&inputs::key(key)?).to_string();
    let next = "check --station, --device and --key; on polling night it would be too late";
    let Some(row) = ground.keys.device(device) else {
        let what = format!("keys/devices.csv does not list the device '{device}'");
        let known = ground.keys.devices.iter().map(|d| d.device.as_str());
        return Err(inputs::unknown("station.not_listed", what, device.as_str(), known));
    };
    if row.station != *station {
        let what = format!("keys/devices.csv lists the device {device} for station {}, not {station}", row.station);
        return Err(Failure::new("station.not_listed", what, next));
    }
    if row.key != own {
        let what = format!("keys/devices.csv lists another key for the device {device}");
        return Err(Failure::new("station.not_listed", what, next).at(key.display()));
    }
    Ok(())
}

/// Is the fingerprint that of leaf 0, and did the board freeze this very definition with it?
fn check_leaf(ground: &Ground, wanted: &Wanted, path: &Path) -> Result<()> {
    let leaf = read(path)?;
    let found = Digest::of(&leaf);
    if found != ground.fingerprint {
        let what = format!("leaf 0 has the fingerprint {found}, and {} was given", ground.fingerprint);
        let next = "compare both with the gazette; do not open the polls before they agree";
        return Err(Failure::new("station.other_fingerprint", what, next).at(path.display()));
    }
    let (_, frozen) = inputs::frozen(&wanted.election)?;
    record::State::begin(&frozen, &leaf).at(path.display())?;
    Ok(())
}
