//! The record of a publication, read again from its files: for what looks at leaves without the centre's folder.

use std::path::Path;

use election::Service;
use log::note::{NoteAlgorithm, NoteKey};
use log::reader::StaticLog;
use log::{FolderStore, reader};
use record::{Figures, Frozen, State};

use crate::inputs;
use crate::shell::{At, Failure, Result, read_ordinary};

/// The definition, the log and the state that its leaves fold to.
pub struct Published {
    /// What was frozen.
    pub frozen: Frozen,
    /// The record's log, whole under its checkpoint.
    pub log: StaticLog,
    /// The fold of its leaves.
    pub state: State,
}

/// Refuses a folder that is no publication; where one lies inside, it is named.
pub fn expect(dir: &Path) -> Result<()> {
    if !dir.join("record").is_dir() {
        let inside = dir.join("publication");
        let next = if inside.join("record").is_dir() {
            format!("name the folder {}", inside.display())
        } else {
            "name the folder that holds election/, stations/ and record/".to_owned()
        };
        return Err(Failure::new("publication", "this is no publication: it has no record", next).at(dir.display()));
    }
    Ok(())
}

/// Reads the record of the publication in `dir`.
pub fn open(dir: &Path) -> Result<Published> {
    expect(dir)?;
    let (_, frozen) = inputs::frozen(&dir.join("election"))?;
    let record = dir.join("record");
    let origin = format!("{}/record", frozen.definition.scope.election);
    let key = frozen.keyring.service(Service::RecordLog)?.clone();
    let key = NoteKey::new(&origin, NoteAlgorithm::Ed25519, key)?;
    let log = reader::read_static(&FolderStore::new(&record), &key)
        .map_err(|mut problems| Failure::from(problems.swap_remove(0)).at(record.display()))?;
    let state = State::fold(&frozen, &log.leaves).at(record.display())?;
    Ok(Published { frozen, log, state })
}

impl Published {
    /// The figures that the import leaves name, from the stations' folders of `dir`.
    pub fn figures(&self, dir: &Path) -> Result<Figures> {
        let mut figures: Figures = self.state.hand_figures(&self.frozen.definition).collect();
        for (station, evidence) in self.state.evidence.iter().filter(|(_, evidence)| !evidence.imports.is_empty()) {
            // A folder for each content; what differs has another name beside the first.
            let Ok(folders) = std::fs::read_dir(dir.join("stations").join(station.as_str())) else { continue };
            for folder in folders.flatten() {
                let path = folder.path().join("results.json");
                if !path.is_file() {
                    continue;
                }
                let bytes = read_ordinary(&path)?;
                let digest = sign::sha256(&bytes);
                if evidence.imports.iter().any(|import| import.content.results == digest) {
                    figures.insert(digest, package::StationResults::parse(&bytes).at(path.display())?);
                }
            }
        }
        Ok(figures)
    }
}
