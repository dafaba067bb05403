//! The way of the command: a configuration file, a frozen election, blocking calls, and nothing but the public API.

use std::path::Path;
use std::sync::{Arc, mpsc};

use election::{
    DeviceKey, Digest, KeyLists, PersonKey, Recipient, RecipientName, Role, Service, ServiceKey, ShareCommitment,
    WitnessKey,
};
use intake::certificates::{Authority, Certificate, Purpose};
use intake::relay::Options;
use intake::{Config, Roll};
use jiff::civil::date;
use package::{FileName, Label, Part, Sealed};
use sanad_intake as intake;
use sign::{FileKey, KeyKind, PublicKey, Signer as _};

/// Key lists in which everybody of the definition has a key, and the keys of a device, the intake and its log.
fn keys(definition: &election::Definition) -> (KeyLists, [FileKey; 3]) {
    let generate = |kind| FileKey::generate(kind).unwrap();
    let public = |key: &FileKey| key.public_key().to_string();
    let fresh = |kind| public(&generate(kind));
    let own = [generate(KeyKind::P256), generate(KeyKind::P256), generate(KeyKind::Ed25519)];
    let mut lists = KeyLists { witness_policy: "quorum none\n".to_owned(), ..KeyLists::default() };
    for (n, station) in definition.stations.iter().enumerate() {
        let key = if n == 0 { public(&own[0]) } else { fresh(KeyKind::P256) };
        lists.devices.push(DeviceKey { device: format!("d{n}").parse().unwrap(), station: station.id.clone(), key });
    }
    for (n, person) in definition.people.iter().enumerate() {
        lists.people.push(PersonKey { person: person.id.clone(), key: fresh(KeyKind::P256) });
        if person.role == Role::Commissioner {
            let commitment = Digest([n as u8; 32]);
            lists.shares.push(ShareCommitment { person: person.id.clone(), commitment });
        }
    }
    for service in Service::ALL {
        let key = match service {
            Service::Intake => public(&own[1]),
            Service::IntakeLog => public(&own[2]),
            Service::Centre => fresh(KeyKind::P256),
            Service::RecordLog => fresh(KeyKind::Ed25519),
        };
        lists.services.push(ServiceKey { service, key });
    }
    let offices = definition.offices.iter().map(|office| RecipientName::Office(office.id.clone()));
    for (recipient, letter) in std::iter::once(RecipientName::Centre).chain(offices).zip("qpzry9x8gf2tvdw0".chars()) {
        lists.recipients.push(Recipient { recipient, age: format!("age1{}{letter}", "q".repeat(57)) });
    }
    for witness in &definition.witnesses {
        let (name, key) = (format!("witness.example/{}", witness.id), fresh(KeyKind::Ed25519));
        lists.witnesses.push(WitnessKey { witness: witness.id.clone(), name, key });
    }
    (lists, own)
}

fn save(folder: &Path, name: &str, certificate: &Certificate) {
    std::fs::write(folder.join(format!("{name}.pem")), &certificate.certificate).unwrap();
    std::fs::write(folder.join(format!("{name}.key.pem")), &certificate.key).unwrap();
}

#[test]
fn serve_send_close_and_export() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let mut files = election::scaffold();
    let definition = election::read(&files).unwrap();
    let (lists, [device, intake, log]) = keys(&definition);
    lists.write(&mut files);
    files.save(&folder.join("election")).unwrap();
    for (name, key) in [("intake.pem", &intake), ("intake-log.pem", &log)] {
        std::fs::write(folder.join(name), key.to_pem("").unwrap().as_bytes()).unwrap();
    }
    let authority = Authority::new("test", date(2020, 1, 1), date(2120, 1, 1)).unwrap();
    save(folder, "ca", &authority.own());
    save(folder, "server", &authority.issue("intake", Purpose::Server, &["127.0.0.1"]).unwrap());
    save(folder, "relay", &authority.issue("relay", Purpose::Client, &[]).unwrap());
    let text = r#"
        listen = "127.0.0.1:0"
        folder = "store"
        election = "election"
        key = "intake.pem"
        log_key = "intake-log.pem"
        [tls]
        certificate = "server.pem"
        key = "server.key.pem"
        client_ca = "ca.pem"
    "#;
    std::fs::write(folder.join("intake.toml"), text).unwrap();
    let config = Config::read(&folder.join("intake.toml")).unwrap();

    let (stop, stopped) = intake::stop();
    let (told, address) = mpsc::channel();
    let service = {
        let config = config.clone();
        std::thread::spawn(move || {
            intake::serve_blocking(config, Arc::new(|_: &str| {}), |at| told.send(at).unwrap(), stopped)
        })
    };
    let address = address.recv().expect("the service starts");

    let name =
        FileName { station: definition.stations[0].id.clone(), device: lists.devices[0].device.clone(), generation: 1 };
    let seal = |part: Part| {
        let bytes = part.suffix().as_bytes();
        std::fs::write(folder.join(name.of(part)), bytes).unwrap();
        let sha256 = Digest::of(bytes);
        Sealed { name: name.of(part), bytes: bytes.len() as u64, sha256, manifest: sha256 }
    };
    let label = Label {
        scope: definition.scope.clone(),
        station: name.station.clone(),
        device: name.device.clone(),
        generation: 1,
        results: seal(Part::Results),
        images: seal(Part::Images),
    };
    let path = folder.join(name.of(Part::Label));
    std::fs::write(&path, label.sign(&device).unwrap()).unwrap();
    let listed: Vec<PublicKey> = Roll::read(&folder.join("election")).unwrap().intake;
    let of = |file: &str| folder.join(file);
    let options =
        Options::new(&format!("https://{address}"), &of("ca.pem"), &of("relay.pem"), &of("relay.key.pem"), listed);
    let outcomes = intake::send_blocking(&options, &[path], |_| {}).unwrap();
    let sent = outcomes[0].result.as_ref().unwrap();
    assert_eq!(sent.receipt, folder.join(format!("{name}.receipt.json")));

    intake::close_blocking(&config).unwrap();
    drop(stop);
    service.join().unwrap().unwrap();
    let exported = intake::export_blocking(&config, &folder.join("copy")).unwrap();
    assert_eq!((exported.packages, exported.leaves), (1, 3));
    assert!(folder.join("copy/manifest-sha256.txt").is_file());
}
