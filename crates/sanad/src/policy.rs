//! The witness policy that the key lists give, in C2SP's form.

use election::{Definition, KeyLists, Service};
use log::note::{NoteAlgorithm, NoteKey};
use log::policy::{Policy, PolicyWitness};

use crate::shell::{At, Result};

/// Both logs, every witness with its body and group, and how many bodies must have cosigned.
pub fn of(def: &Definition, lists: &KeyLists) -> Result<Policy> {
    let mut policy =
        Policy { logs: logs(def, lists)?, witnesses: Vec::new(), threshold: def.rules.thresholds.witnesses };
    for listed in &lists.witnesses {
        let group = def.witnesses.iter().find(|w| w.id == listed.witness).map(|w| w.group.clone()).unwrap_or_default();
        let key = listed.key.parse().at(&listed.witness)?;
        policy.witnesses.push(PolicyWitness {
            key: NoteKey::new(&listed.name, NoteAlgorithm::CosignatureV1, key).at(&listed.witness)?,
            body: listed.witness.to_string(),
            group,
        });
    }
    Ok(policy)
}

/// The keys of the record's and the intake's log, as their notes name them.
pub fn logs(def: &Definition, lists: &KeyLists) -> Result<Vec<NoteKey>> {
    let mut logs = Vec::new();
    for (service, log) in [(Service::RecordLog, "record"), (Service::IntakeLog, "intake")] {
        let origin = format!("{}/{log}", def.scope.election);
        if let Some(key) = lists.service(service) {
            logs.push(NoteKey::new(&origin, NoteAlgorithm::Ed25519, key.parse().at(service.as_str())?)?);
        }
    }
    Ok(logs)
}
