//! The complaint of the demo, from its form to the cancelled station, and the certification that a court permits.

use centre::Centre;
use election::{CaseId, PlainDate, Role};
use record::Body;
use record::docket::{
    About, Capacity, Class, Classification, Complaint, Form, Matter, Resolution, Ruled, Ruling, Verdict,
};

use super::Demo;
use crate::commands::centre_order::{Act, order};
use crate::inputs;
use crate::shell::Result;

/// The number of the complaint in the register.
const CASE: &str = "demo_17";

impl Demo<'_> {
    /// A red complaint, upheld: the station is cancelled by an order that names it.
    pub fn complain(&self, room: &mut Centre) -> Result<()> {
        let case: CaseId = CASE.parse().expect("an id");
        let station = self.planted.cancelled.clone();
        let form = Form {
            capacity: Capacity::PartyAgent,
            party: self.def().parties.first().map(|party| party.id.clone()),
            ground: "The ballot box was found open before the close (demo).".into(),
            paper: room.keep_paper(b"A form that an agent has signed (demo)")?,
            sealed: Some(room.seal_paper(b"Name and telephone of the agent (demo)")?),
            redacted: vec!["name and telephone of the agent".into()],
            filed: self.day(1, "10:30"),
        };
        let about = About::Station(station.clone());
        let complaint = Complaint { case: case.clone(), about, form, concerns: Vec::new() };
        room.report(&[Body::Complaint(complaint)], &inputs::clock())?;
        let filed = room.state().docket.complaints[&case].leaf;
        let (reason, basis) =
            ("Two agents and the minutes say the same (demo).", "Law of elections, article 20 (demo)");
        let (reason, basis) = (reason.to_owned(), basis.to_owned());
        let class = Class::Red;
        let body = Classification { case: case.clone(), class, reason, basis, supersedes: None };
        self.entered(room, &Body::Classification(body), &[Role::Board, Role::Officer])?;
        let cancel = order(
            room,
            station,
            Act::Cancel,
            None,
            "Red complaint demo_17: the ballot box was found open before the close (demo).".into(),
            "Law of elections, article 38 (demo)".into(),
            vec![filed],
        )?;
        let cancel = self.entered(room, &Body::Order(cancel), &[Role::Officer])?;
        let resolution = Resolution {
            case,
            verdict: Verdict::Upheld,
            reason: "The seal of the box was broken; its ballots cannot be told from others (demo).".into(),
            basis: "Law of elections, article 38 (demo)".into(),
            orders: vec![cancel],
            served: self.day(2, "12:00"),
            supersedes: None,
        };
        self.entered(room, &Body::Resolution(resolution), &[Role::Officer]).map(drop)
    }

    /// The board certifies what was announced; a court has permitted it though stations are open, and names each.
    pub fn certify(&self, room: &mut Centre) -> Result<()> {
        let open: Vec<Matter> = room.state().open_matters(self.def()).into_iter().collect();
        let despite = match open.is_empty() {
            true => None,
            false => {
                let dated = PlainDate(self.day(8, "12:00").day());
                let ruling = Ruling {
                    court: "Electoral panel (demo)".into(),
                    rank: 2,
                    number: "3/demo".into(),
                    dated,
                    served: self.day(8, "12:00"),
                    paper: room.keep_paper(b"A ruling that permits the certification (demo)")?,
                    about: Vec::new(),
                    ruled: Ruled::Permits(open),
                };
                Some(self.entered(room, &Body::Ruling(ruling), &[Role::Officer])?)
            }
        };
        self.certify_latest(room, despite)
    }
}
