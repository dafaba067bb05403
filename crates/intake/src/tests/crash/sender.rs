//! The relay of a round, and what the service has answered it.

use super::*;

/// What the service has answered: it must stand for ever.
#[derive(Default)]
pub(super) struct Told {
    pub(super) labels: BTreeSet<usize>,
    pub(super) whole: BTreeSet<Digest>,
    pub(super) receipts: BTreeMap<usize, Bytes>,
    pub(super) refused: bool,
    /// Checkpoints in exports that were said to be whole.
    pub(super) heads: Vec<log::Checkpoint>,
    pub(super) closed: bool,
}

/// Why a client stops: the machine is gone, or something is wrong.
pub(super) enum Stopped {
    Off,
    Wrong(String),
}

pub(super) fn wrong<T>(what: impl Into<String>) -> Result<T, Stopped> {
    Err(Stopped::Wrong(what.into()))
}

/// A client that believes only answers of a machine that was still there.
pub(super) struct Sender<'a> {
    pub(super) world: &'a World,
    pub(super) config: &'a Config,
    pub(super) disk: &'a Disk,
    pub(super) client: Client,
    pub(super) told: &'a mut Told,
}

impl Sender<'_> {
    /// What was answered, where the machine was there to answer.
    pub(super) fn heard<T, E: std::fmt::Display>(&self, what: &str, answer: Result<T, E>) -> Result<T, Stopped> {
        match answer {
            _ if self.disk.is_off() => Err(Stopped::Off),
            Ok(answer) => Ok(answer),
            Err(error) => wrong(format!("{what}: {error}")),
        }
    }

    pub(super) async fn get(&mut self, path: &str) -> Result<Bytes, RelayError> {
        self.client.send(Method::GET, path, Bytes::new()).await
    }

    pub(super) async fn file(&mut self, file: &Digest) -> Result<FileStatus, Stopped> {
        let answer = self.client.ask(Method::GET, &format!("/v1/files/{}", file.hex()), Bytes::new()).await;
        self.heard("a file that was told of", answer)
    }

    /// All that was answered before is still so.
    pub(super) async fn remembers(&mut self) -> Result<(), Stopped> {
        for index in self.told.labels.clone() {
            self.file(&digest(&self.world.packages[index], Part::Results)).await?;
        }
        for file in self.told.whole.clone() {
            let status = self.file(&file).await?;
            let bytes = std::fs::read(crate::blobs::Blobs::at(&self.config.folder).file(&file)).unwrap_or_default();
            if status.state != "whole" || sign::sha256(&bytes) != file {
                return wrong(format!("lost: a file that was whole is {}", status.state));
            }
        }
        for (index, receipt) in self.told.receipts.clone() {
            let answer = self.get(&receipt_path(&self.world.packages[index])).await;
            if self.heard("a receipt that was given", answer)? != receipt {
                return wrong("another receipt for the same package");
            }
        }
        Ok(())
    }

    pub(super) async fn send(&mut self, index: usize) -> Result<(), Stopped> {
        let package = &self.world.packages[index];
        let label = format!("/v1/labels/{}", package.label.file_name().unwrap().to_str().unwrap());
        let body = Bytes::from(package.bytes(Part::Label));
        let answer: Result<PackageStatus, _> = self.client.ask(Method::PUT, &label, body).await;
        self.heard("a label", answer)?;
        self.told.labels.insert(index);
        for part in [Part::Results, Part::Images] {
            let (file, list) = ChunkList::of_file(&package.part(part)).unwrap();
            let mut status = self.file(&file).await?;
            if status.state == "named" {
                let path = format!("/v1/files/{}/chunks", file.hex());
                let answer = self.client.ask(Method::PUT, &path, serde_json::to_vec(&list).unwrap().into()).await;
                status = self.heard("a list", answer)?;
            }
            // A chunk that the disk has damaged is asked for again when the file is put together.
            for _ in 0..3 {
                for (chunk, bytes) in list.chunks.iter().zip(package.bytes(part).chunks(1 << 20)) {
                    if status.missing.contains(chunk) {
                        let path = format!("/v1/chunks/{}", chunk.hex());
                        let answer = self.client.send(Method::PUT, &path, Bytes::copy_from_slice(bytes)).await;
                        self.heard("a chunk", answer)?;
                    }
                }
                status = self.file(&file).await?;
            }
            if status.state != "whole" {
                return wrong(format!("a file that was sent three times is {status:?}"));
            }
            self.told.whole.insert(file);
        }
        let answer = self.get(&receipt_path(package)).await;
        let receipt = self.heard("a receipt", answer)?;
        match self.told.receipts.insert(index, receipt.clone()) {
            Some(first) if first != receipt => wrong("another receipt for the same package"),
            _ => Ok(()),
        }
    }

    pub(super) async fn be_refused(&mut self) -> Result<(), Stopped> {
        let path = format!("/v1/labels/{}", self.world.stranger.label.file_name().unwrap().to_str().unwrap());
        let answer = self.client.send(Method::PUT, &path, self.world.stranger.bytes(Part::Label).into()).await;
        let refused = match answer {
            Err(RelayError::Refused { code, .. }) if code == "intake.signature" => Ok(()),
            other => Err(other.map_or_else(|e| e.to_string(), |_| "a forged label was taken".to_owned())),
        };
        self.heard("the refusal of a forged label", refused)?;
        self.told.refused = true;
        Ok(())
    }

    pub(super) async fn export(&mut self) -> Result<(), Stopped> {
        let to = export_folder(self.config);
        let exported = export_with(self.config, &self.world.bench.roll(), &to).await;
        let exported = self.heard(EXPORT, exported.map_err(|e| e.to_string()))?;
        if exported.packages < self.told.receipts.len() {
            return wrong("the export lacks a package that has a receipt");
        }
        let note = std::fs::read(to.join("intake/checkpoint")).ok().and_then(|bytes| log::Note::parse(&bytes).ok());
        match note.and_then(|note| log::Checkpoint::parse(&note.text).ok()) {
            Some(head) => {
                self.told.heads.push(head);
                Ok(())
            }
            None => wrong("an export without its checkpoint"),
        }
    }
}

pub(super) fn digest(package: &Package, part: Part) -> Digest {
    sign::sha256(&package.bytes(part))
}

pub(super) fn receipt_path(package: &Package) -> String {
    format!("/v1/receipts/{}", package.hex(Part::Label))
}

pub(super) fn export_folder(config: &Config) -> PathBuf {
    config.folder.with_file_name("copy")
}

/// An export that is there is whole, at any moment.
pub(super) fn check_export(config: &Config) -> Result<(), String> {
    let to = export_folder(config);
    let Ok(manifest) = std::fs::read_to_string(to.join(MANIFEST)) else {
        return if to.exists() { Err("an export without its manifest".into()) } else { Ok(()) };
    };
    for line in manifest.lines() {
        let (hash, name) = line.split_once("  ").ok_or("half an export: its manifest")?;
        let bytes = std::fs::read(to.join(name)).map_err(|e| format!("half an export: {name}: {e}"))?;
        if sign::sha256(&bytes).hex() != hash {
            return Err(format!("half an export: {name}"));
        }
    }
    Ok(())
}
