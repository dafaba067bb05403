//! One package of a carrier, opened and found whole, or not. Each of its files is read once, into memory, and that
//! copy alone is hashed, opened and kept: a medium that would give other bytes the next time is not asked again.

use election::{Coded, StationId};
use package::open::{OpenedImages, OpenedResults, Trust, open_images, open_labelled, trusted_label};
use package::{Expected, Inconsistency, Label, LabelError};
use sign::identity::Identity;

use crate::carrier::{At, Carrier, IMAGES, LABEL, RESULTS, Unreadable};
use crate::centre::Centre;
use crate::contents::Files;

/// The largest sealed results bag that is read, in bytes; a station's has 5 to 500 KB.
const MOST_RESULTS: u64 = 16 << 20;
/// The largest sealed images bag, in bytes: 450 two-sided ballots have some 30 MB.
const MOST_IMAGES: u64 = 1 << 30;
/// The largest label or receipt, in bytes (a DSSE statement of a log).
pub const MOST_LABEL: u64 = 65_535;

/// A package opened and found whole.
pub struct Opened {
    pub results: OpenedResults,
    pub images: OpenedImages,
    /// What of its ballot account does not add up; two officers can decide on it, so that it is no reason to refuse.
    pub account_differs: Option<Inconsistency>,
}

/// Why a package is not imported: its code and its words, and the station that its label claims.
pub struct Refusal {
    pub code: String,
    pub what: String,
    pub station: Option<StationId>,
}

/// A package that is not imported.
pub enum Failed {
    Refused(Refusal),
    Unreadable(Unreadable),
}

impl<E: Coded> From<E> for Failed {
    fn from(error: E) -> Self {
        refused(error.code(), error.to_string())
    }
}

impl From<Unreadable> for Failed {
    fn from(unreadable: Unreadable) -> Self {
        Failed::Unreadable(unreadable)
    }
}

fn refused(code: &str, what: String) -> Failed {
    Failed::Refused(Refusal { code: code.to_owned(), what, station: None })
}

impl Centre {
    /// Reads and opens a package. `files` gets what has been read of it, also where it fails. Nothing large is read
    /// before the label is known to be a listed device's, and then no more of it than that device says.
    pub(crate) fn open_package(
        &self,
        carrier: &Carrier,
        package: &At<'_>,
        identity: &Identity,
        files: &mut Files,
    ) -> Result<Opened, Failed> {
        let read = |files: &mut Files, part: &'static str, most: u64| -> Result<(), Failed> {
            if !package.has(part) {
                let file = format!("{}.{part}", package.name);
                return Err(refused("import.incomplete", format!("{file} is not on the medium")));
            }
            files.insert(part.to_owned(), carrier.read(package, part, most)?);
            Ok(())
        };
        read(files, LABEL, MOST_LABEL)?;
        let label_bytes = files[LABEL].clone();
        let (claimed, _) = Label::parse(&label_bytes)?;
        let about = |failed: Failed| match failed {
            Failed::Refused(refusal) => Failed::Refused(Refusal { station: Some(claimed.station.clone()), ..refusal }),
            failed => failed,
        };
        let def = &self.frozen.definition;
        if claimed.file_name() != *package.name {
            let what = format!("the files are named {}, but the label is of {}", package.name, claimed.file_name());
            return Err(about(refused("import.name", what)));
        }
        if claimed.scope != def.scope {
            return Err(about(LabelError::Scope.into()));
        }
        if !self.state.evidence.contains_key(&claimed.station) {
            let known = def.stations.iter().map(|s| s.id.as_str());
            let near = election::nearest(claimed.station.as_str(), known);
            let near = near.map(|near| format!("; the nearest is '{near}'")).unwrap_or_default();
            let what = format!("the station '{}' is not in the definition{near}", claimed.station);
            return Err(about(refused("import.unknown_station", what)));
        }
        let Some((station, key)) = self.frozen.keyring.devices.get(&claimed.device) else {
            let what = format!("no key of the device '{}' is in the frozen list", claimed.device);
            return Err(about(refused("import.unknown_device", what)));
        };
        let recipients = self.recipients(station);
        let trust = Trust {
            scope: &def.scope,
            fingerprint: self.state.fingerprint,
            station,
            device: &claimed.device,
            key,
            recipients: &recipients,
        };
        let mut open = || -> Result<Opened, Failed> {
            let label = trusted_label(&label_bytes, &trust)?;
            self.state.may_contribute(&self.frozen, &claimed.device)?;
            let (results_age, images_age) = (label.results.bytes, label.images.bytes);
            read(files, RESULTS, results_age.min(MOST_RESULTS))?;
            let results = open_labelled(label, &files[RESULTS], identity, &trust)?;
            read(files, IMAGES, images_age.min(MOST_IMAGES))?;
            let images = open_images(&results.label, &files[IMAGES], identity)?;
            let expected = Expected::of(def, station).expect("a listed device is of a station of the definition");
            match Inconsistency::gravest(results.inconsistencies(&expected, Some(&images))) {
                Some(wrong) if !wrong.is_of_paper() => Err(wrong.into()),
                account_differs => Ok(Opened { results, images, account_differs }),
            }
        };
        open().map_err(about)
    }
}
