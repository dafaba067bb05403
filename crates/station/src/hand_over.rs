//! Handing over: the same three files on two media.

use package::Part;

use crate::disk::{Disk, write_durably};
use crate::error::StationError;
use crate::state::{EventKind, UnixTime};
use crate::station::Station;

impl Station {
    /// Writes the three files of this generation to a medium and reads them back from it, not from memory: a counterfeit
    /// stick takes everything and holds nothing. The station
    /// checks its own copies first, so that a medium never gets what was not sealed.
    ///
    /// # Errors
    /// [`StationError::TooEarly`] while the polls are open; a file that changed; a medium that does not
    /// hold what was written to it.
    pub fn hand_over(&mut self, name: &str, medium: &dyn Disk, now: UnixTime) -> Result<(), StationError> {
        let name: String = name.chars().filter(|c| c.is_ascii_graphic()).take(40).collect();
        for part in Part::ALL {
            let file = self.file_name().of(part);
            let bytes = self.sealed_file(part.suffix())?;
            write_durably(medium, &file, &bytes)?;
            if medium.read_back(&file)?.as_ref() != Some(&bytes) {
                return Err(StationError::Medium { medium: name, file });
            }
        }
        let generation = self.state.generation;
        self.change(now, |state, now| state.log(now, EventKind::HandedOver { generation, medium: name }))
    }
}
