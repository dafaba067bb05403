//! Appeals, the injunction that stops the certification, what the court rules, and what is restored under it.

use std::collections::BTreeSet;

use centre::Centre;
use election::{CaseId, Digest, PlainDate, Role, StationId};
use record::Body;
use record::docket::{Against, Appeal, Capacity, Ruled, Ruling, Stay};
use record::entry::Order;

use super::Dispute;
use super::complaints::{Case, LAW, SERVED, number};
use crate::commands::centre_order::{Act, order};
use crate::inputs;
use crate::shell::{Failure, Result};

/// One of so many stations that stay cancelled is appealed as well, in vain.
const IN_VAIN: usize = 5;

/// With this reason code the certification is refused while the injunction stands.
pub const REFUSED: &str = "docket.open";

/// What the court did.
pub struct Court {
    /// Appeals that were granted.
    pub granted: Vec<CaseId>,
    /// Appeals that were dismissed.
    pub dismissed: Vec<CaseId>,
    /// The appeal against version 2, and the ruling that grants it.
    pub recount: (CaseId, Digest),
}

impl Dispute<'_> {
    /// Appeals against the cancellation of `restored` and of some others, and one against version 2. The court stops the
    /// certification, grants the first and the last of these, dismisses the others and lifts its injunction. Stations are
    /// restored by orders under its ruling.
    pub fn appeal(&self, room: &mut Centre, cases: &[Case], restored: &BTreeSet<StationId>) -> Result<Court> {
        let (back, others): (Vec<&Case>, Vec<&Case>) = cases.iter().partition(|case| restored.contains(&case.station));
        let appealed = back.iter().chain(others.iter().step_by(IN_VAIN));
        let mut against: Vec<Against> = appealed.map(|case| Against::Resolution(case.number.clone())).collect();
        against.push(Against::Announcement(2));
        let numbers: Vec<CaseId> = (cases.len() + 1..).take(against.len()).map(number).collect();
        let appeals = numbers.iter().zip(against).map(|(case, against)| {
            let ground = "What was found is not so and a witness was not heard (demo).";
            let form = self.form(room, case, Capacity::Candidate, ground, SERVED + 1)?;
            Ok(Body::Appeal(Appeal { case: case.clone(), against, served: self.day(SERVED, "12:00"), form }))
        });
        let appeals = appeals.collect::<Result<Vec<_>>>()?;
        room.report(&appeals, &inputs::clock())?;
        let (granted, rest) = numbers.split_at(back.len());
        let (of_version, dismissed) = rest.split_last().expect("version 2 is appealed");

        let disputed = [granted, std::slice::from_ref(of_version)].concat();
        let stays = self.ruled(room, 1, 7, disputed, Ruled::Stays(Stay::Certification))?;
        self.refused(room)?;
        let ruling = self.ruled(room, 2, 12, granted.to_vec(), Ruled::Granted)?;
        let recount = self.ruled(room, 3, 12, vec![of_version.clone()], Ruled::Granted)?;
        self.ruled(room, 4, 12, dismissed.to_vec(), Ruled::Dismissed)?;
        let orders = back.iter().map(|case| {
            let reason = "The court has granted the appeal (demo).".to_owned();
            let own = order(room, case.station.clone(), Act::Restore, None, reason, LAW.to_owned(), vec![ruling])?;
            Ok(Body::Order(Order { under: Some(ruling), ..own }))
        });
        let orders = orders.collect::<Result<Vec<_>>>()?;
        self.all_entered(room, &orders, &[Role::Officer])?;
        self.ruled(room, 5, 13, Vec::new(), Ruled::Lifts(stays))?;
        Ok(Court { granted: granted.to_vec(), dismissed: dismissed.to_vec(), recount: (of_version.clone(), recount) })
    }

    /// The board tries to certify all the same, and may not.
    fn refused(&self, room: &mut Centre) -> Result<()> {
        match self.certify_latest(room, None) {
            Err(failure) if failure.code() == REFUSED => Ok(()),
            Err(failure) => Err(failure),
            Ok(()) => {
                Err(Failure::new("demo.stayed", "a version was certified that a court had stopped", "report this"))
            }
        }
    }

    /// A ruling of the court, read back by two officers.
    fn ruled(&self, room: &mut Centre, number: usize, day: i64, about: Vec<CaseId>, ruled: Ruled) -> Result<Digest> {
        let ruling = Ruling {
            court: "Judicial panel (demo)".into(),
            rank: 1,
            number: format!("{number}/demo"),
            dated: PlainDate(self.day(day, "12:00").day()),
            served: self.day(day, "12:00"),
            paper: room.keep_paper(format!("Ruling {number} (demo)").as_bytes())?,
            about,
            ruled,
        };
        self.entered(room, &Body::Ruling(ruling), &[Role::Officer])
    }
}
