//! The whole disk read again: every file that a leaf of the record names.

use record::entry::Import;

use crate::centre::Centre;
use crate::contents::{IMAGES_MANIFEST, RESULTS_MANIFEST, STATEMENT};
use crate::error::CentreError;

/// What a reading of the disk found.
#[derive(Debug, Default)]
pub struct Checked {
    /// Files that were read.
    pub files: u64,
    /// What is missing or altered, each with its path.
    pub problems: Vec<CentreError>,
}

impl Checked {
    fn look<T>(&mut self, found: Result<T, CentreError>) -> Option<T> {
        self.files += 1;
        found.map_err(|problem| self.problems.push(problem)).ok()
    }
}

impl Centre {
    /// Reads both logs and every file of every opened package again, images too, which publishing only looks for.
    /// `progress` is called with the contents done, and all.
    pub fn check(&self, mut progress: impl FnMut(usize, usize)) -> Checked {
        let mut checked = Checked::default();
        checked.look(self.log.check().map_err(CentreError::from));
        checked.look(self.intake_log());
        for entered in &self.state.registers.transmissions {
            checked.look(self.kept_transmission(entered));
        }
        let stations = self.published_stations();
        for (done, station) in stations.iter().enumerate() {
            self.check_content(&station.imports, &mut checked);
            progress(done + 1, stations.len());
        }
        checked
    }

    fn check_content(&self, imports: &[Import], checked: &mut Checked) {
        let imports: Vec<&Import> = imports.iter().collect();
        let Some(stored) = checked.look(self.contents.open(&imports)) else { return };
        let results = stored.results.keys().map(|path| path.trim_start_matches("data/").to_owned());
        let beside = [crate::carrier::LABEL, STATEMENT, RESULTS_MANIFEST, IMAGES_MANIFEST].map(str::to_owned);
        for name in beside.into_iter().chain(results) {
            checked.look(stored.file(&name));
        }
        checked.look(stored.images());
    }
}
