//! V.509: the registers of what stands around the count. What may be entered is the fold's (V.204).

use record::results::Files;

use crate::docket::written_anew;
use crate::folder::Folder;
use crate::report::Check;
use crate::table::CheckId;

/// V.509: the tables are those that the leaves give.
pub fn check(folder: &Folder, files: &Files) -> Check {
    let mut check = Check::new(CheckId::Registers);
    for (path, bytes) in files {
        written_anew(folder, path, bytes, "register.table", &mut check);
    }
    check
}
