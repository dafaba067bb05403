//! V.509: the registers of what stands around the count. What may be entered is the fold's (V.204).

use record::State;
use record::register::tables::FOLDER;
use record::results::Files;

use crate::docket::written_anew;
use crate::folder::Folder;
use crate::report::Check;
use crate::table::CheckId;

/// V.509: the tables are those that the leaves give. A count by another program than the register has for its device is no
/// contradiction, and is told.
pub fn check(folder: &Folder, state: &State, files: &Files) -> Check {
    let mut check = Check::new(CheckId::Registers);
    for (path, bytes) in files {
        written_anew(folder, path, bytes, "register.table", &mut check);
    }
    for (path, _) in folder.under(FOLDER).filter(|(path, _)| !files.contains_key(*path)) {
        check.fails(path, "register.table", "is there, and no leaf gives it a row");
    }
    for own in state.ran().iter().filter(|own| own.is_registered() == Some(false)) {
        let what = "was counted by another program than the register has for its device";
        check.records(format!("station {}, {}-{}", own.station, own.device, own.generation), "register.build", what);
    }
    check
}
