//! V.510: what the receiving service reports of how packages came. The totals are added up again from the stations, and what is said of
//! receipts is compared with the intake log, whose leaves V.303 checks.

use election::Coded;
use record::State;
use record::register::transmission::{self, Odd, REPORT, Report, ReportProblem};
use record::results::Files;

use crate::docket::written_anew;
use crate::folder::Folder;
use crate::intake_log::Intake;
use crate::report::Check;
use crate::table::CheckId;

/// V.510, and the files of the folder as they should be; none where they cannot be worked out.
pub fn check(folder: &Folder, state: &State, intake: Option<&Intake>) -> (Check, Option<Files>) {
    let mut check = Check::new(CheckId::Transmission);
    let files = worked_out(folder, state, intake, &mut check);
    let known = |path: &str| files.as_ref().is_none_or(|files| files.contains_key(path));
    for (path, _) in folder.under(transmission::FOLDER).filter(|(path, _)| !known(path)) {
        check.fails(path, "transmission.stray", "is there, and the record names no transmission report");
    }
    (check, files)
}

fn worked_out(folder: &Folder, state: &State, intake: Option<&Intake>, check: &mut Check) -> Option<Files> {
    let Some(entered) = state.registers.transmissions.last() else {
        check.records("record", "transmission.none", "no transmission report of the receiving service was entered");
        return Some(Files::new());
    };
    let bytes = folder.bytes(REPORT).map_err(|absent| absent.tell(check, REPORT)).ok()?;
    let report = match Report::signed_for(&bytes, &entered.said) {
        Ok(report) => report,
        Err(problem) => {
            check.fails(REPORT, problem.code(), problem);
            return None;
        }
    };
    check.holds();
    let Some(intake) = intake else {
        check.misses(REPORT, "verify.needs", "needs the intake log (V.301)");
        return None;
    };
    let (log, place) = (entered.said.log, format!("record leaf {}", entered.leaf));
    check.expect(intake.log.root_at(log.size) == Some(log.root), &place, "transmission.log", || {
        format!("the intake log never had the root {} at {} leaves", log.root, log.size)
    });
    let labels = transmission::logged(&intake.log.log.leaves, log.size);
    for package in report.unlike(&labels) {
        check.fails(REPORT, "transmission.receipt", ReportProblem::Receipt(package));
    }
    check.expect(report.totals(&labels) == entered.own.totals, place, "transmission.totals", || {
        "the totals are not what the report adds up to".to_owned()
    });
    for package in report.packages() {
        let place = || format!("package {}", package.name);
        match package.remark(&labels) {
            None => {}
            Some(Odd::NoAttempt) => {
                let what = "has a receipt, and no connection is reported that brought it";
                check.records(place(), "transmission.no_attempt", what);
            }
            Some(Odd::OtherBytes) => {
                let what = "its connections brought another number of bytes than its label says it has";
                check.records(place(), "transmission.other_bytes", what);
            }
        }
    }
    let files = transmission::files(&entered.own, bytes, &report, &labels, |_| true);
    for (path, bytes) in files.iter().filter(|(path, _)| *path != REPORT) {
        written_anew(folder, path, bytes, "transmission.table", check);
    }
    Some(files)
}
