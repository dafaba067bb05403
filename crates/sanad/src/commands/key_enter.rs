//! `sanad key enter`: a public key into the key lists, one row.

use std::path::Path;

use election::{Definition, DeviceId, Digest, OfficeId, PersonId, RecipientName, Role, Service, StationId, WitnessId};
use log::note::{NoteAlgorithm, NoteKey};
use serde_json::json;
use sign::{KeyKind, PublicKey};

use crate::inputs;
use crate::shell::{At, Failure, Result, Shell, Verdict, read, text, write};

/// Whose key it is.
#[derive(clap::Args)]
#[group(required = true, multiple = true)]
pub struct Owner {
    /// A counting device, with --station
    #[arg(long, requires = "station", conflicts_with_all = ["person", "service", "recipient", "witness", "share"])]
    device: Option<DeviceId>,
    /// The one station that the device counts in
    #[arg(long, requires = "device")]
    station: Option<StationId>,
    /// A person of people.csv
    #[arg(long, conflicts_with_all = ["service", "recipient", "witness", "share"])]
    person: Option<PersonId>,
    /// intake, centre, record_log or intake_log
    #[arg(long, conflicts_with_all = ["recipient", "witness", "share"])]
    service: Option<String>,
    /// centre, or an office of offices.csv: for whom packages are sealed
    #[arg(long, conflicts_with_all = ["witness", "share"])]
    recipient: Option<String>,
    /// A witness of witnesses.csv; its key as `sanad witness init` prints it, NAME+ID+KEY
    #[arg(long, conflicts_with = "share")]
    witness: Option<WitnessId>,
    /// A commissioner of people.csv: the commitment to a share
    #[arg(long)]
    share: Option<PersonId>,
}

/// One row of one list.
struct Row {
    file: &'static str,
    header: &'static str,
    owner: String,
    cells: Vec<String>,
}

/// Enters it.
pub fn enter(shell: &Shell, dir: &Path, owner: &Owner, key: &str) -> Result {
    let (_, def) = inputs::definition(dir)?;
    let key = match Path::new(key) {
        path if path.exists() => {
            let text = String::from_utf8_lossy(&read(path)?).into_owned();
            let line = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
            public(line.unwrap_or_default()).at(path.display())?
        }
        _ => public(key.trim())?,
    };
    let row = row(&def, owner, &key)?;
    let path = dir.join(row.file);
    let held = if path.exists() { String::from_utf8_lossy(&read(&path)?).into_owned() } else { String::new() };
    let held = if held.is_empty() { format!("{}\n", row.header) } else { held };
    if held.lines().next() != Some(row.header) {
        let next = "run `sanad election fmt` on the folder first";
        return Err(Failure::new("key.table", "the list is not in its canonical form", next).at(path.display()));
    }
    if let Some((line, _)) = (1..).zip(held.lines()).find(|(_, line)| line.split(',').next() == Some(&row.owner)) {
        let what = format!("{} has a key already, in line {line}", row.owner);
        let next = "take the row out first if the key is another one";
        return Err(Failure::new("key.entered", what, next).at(path.display()));
    }
    let end = if held.ends_with('\n') { "" } else { "\n" };
    write(&path, format!("{held}{end}{}\n", row.cells.join(",")).as_bytes())?;
    shell.tell("{}: entered into {}", &[text(&row.owner), text(path.display())]);
    shell.json(&json!({ "file": path, "row": row.cells }));
    Ok(Verdict::Holds)
}

/// A private key must never come into a list, not even by mistake.
fn public(text: &str) -> Result<String> {
    if text.contains("PRIVATE KEY") || text.starts_with("AGE-SECRET-KEY") || text.starts_with("SANAD-SHARE") {
        let next = "give the public one: the file that ends in .pub beside it";
        return Err(Failure::new("key.secret", "this is a private key", next));
    }
    Ok(text.to_owned())
}

fn row(def: &Definition, owner: &Owner, key: &str) -> Result<Row> {
    let wrong_kind = |wanted: &str| {
        let next =
            "make the key with the right --kind: p256 for devices, people and services, ed25519 for logs and witnesses";
        Failure::new("key.kind", format!("this key is not of the kind {wanted}"), next)
    };
    let of_kind = |kind: KeyKind, wanted: &str| -> Result<String> {
        let parsed: PublicKey = key.parse()?;
        if parsed.kind() == kind { Ok(parsed.to_string()) } else { Err(wrong_kind(wanted)) }
    };
    let make = |file, header, owner: String, rest: Vec<String>| {
        let cells = std::iter::once(owner.clone()).chain(rest).collect();
        Row { file, header, owner, cells }
    };
    let person = |id: &PersonId| match def.people.iter().find(|p| p.id == *id) {
        Some(found) => Ok(found.role),
        None => {
            let known = def.people.iter().map(|p| p.id.as_str());
            Err(inputs::unknown(
                "key.owner",
                format!("there is no person '{id}' in the definition"),
                id.as_str(),
                known,
            ))
        }
    };
    if let (Some(device), Some(station)) = (&owner.device, &owner.station) {
        if def.station(station).is_none() {
            let known = def.stations.iter().map(|s| s.id.as_str());
            let what = format!("there is no station '{station}' in the definition");
            return Err(inputs::unknown("key.owner", what, station.as_str(), known));
        }
        let key = of_kind(KeyKind::P256, "p256")?;
        return Ok(make("keys/devices.csv", "device,station,key", device.to_string(), vec![station.to_string(), key]));
    }
    if let Some(id) = &owner.person {
        person(id)?;
        return Ok(make("keys/people.csv", "person,key", id.to_string(), vec![of_kind(KeyKind::P256, "p256")?]));
    }
    if let Some(name) = &owner.service {
        let service = Service::ALL.into_iter().find(|s| s.as_str() == name).ok_or_else(|| {
            let known = Service::ALL.into_iter().map(Service::as_str);
            inputs::unknown("key.owner", format!("there is no service '{name}'"), name, known)
        })?;
        let key = match service {
            Service::Intake | Service::Centre => of_kind(KeyKind::P256, "p256")?,
            Service::RecordLog | Service::IntakeLog => of_kind(KeyKind::Ed25519, "ed25519")?,
        };
        return Ok(make("keys/services.csv", "service,key", name.clone(), vec![key]));
    }
    if let Some(name) = &owner.recipient {
        let known = || def.offices.iter().map(|o| o.id.as_str()).chain(["centre"]);
        let unknown = || {
            let what = format!("there is no office '{name}' in the definition");
            inputs::unknown("key.owner", what, name, known())
        };
        let recipient: RecipientName = name.parse().map_err(|_| unknown())?;
        if let RecipientName::Office(id) = &recipient
            && def.office(id as &OfficeId).is_none()
        {
            return Err(unknown());
        }
        let age: sign::Recipient = key.parse()?;
        return Ok(make("keys/recipients.csv", "recipient,age", recipient.to_string(), vec![age.to_string()]));
    }
    if let Some(id) = &owner.witness {
        if !def.witnesses.iter().any(|w| w.id == *id) {
            let known = def.witnesses.iter().map(|w| w.id.as_str());
            let what = format!("there is no witness '{id}' in the definition");
            return Err(inputs::unknown("key.owner", what, id.as_str(), known));
        }
        let note: NoteKey = key.parse()?;
        if note.algorithm != NoteAlgorithm::CosignatureV1 {
            return Err(wrong_kind("ed25519"));
        }
        return Ok(make(
            "keys/witnesses.csv",
            "witness,name,key",
            id.to_string(),
            vec![note.name, note.key.to_string()],
        ));
    }
    let id = owner.share.as_ref().expect("clap asks for one of them");
    if person(id)? != Role::Commissioner {
        let next = "give a person with the role commissioner in people.csv";
        return Err(Failure::new("key.owner", format!("{id} is no commissioner"), next));
    }
    let commitment: Digest = key.parse().map_err(|e: election::DigestError| {
        Failure::new(
            "key.commitment",
            e.to_string(),
            "give the .pub file that `sanad key split` wrote beside the share",
        )
    })?;
    Ok(make("keys/shares.csv", "person,commitment", id.to_string(), vec![commitment.to_string()]))
}
