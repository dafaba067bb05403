//! Complaints by their forms, a panel's word on each, and the orders that cancel a station for one of four reasons.

use centre::Centre;
use election::{CaseId, Digest, Role, StationId};
use record::Body;
use record::docket::{About, Capacity, Class, Classification, Complaint, Form, Resolution, Verdict};

use super::Dispute;
use crate::commands::centre_order::{Act, order};
use crate::inputs;
use crate::shell::Result;

/// Why stations are cancelled: who says it, what the form says, what the officers found.
pub const REASONS: [(Capacity, &str, &str); 4] = [
    (Capacity::PartyAgent, "The ballot box was found open before the close (demo).", "The seal of the box was broken"),
    (Capacity::Observer, "Agents and observers were kept out of the count (demo).", "The count was not public"),
    (Capacity::Candidate, "One person marked the ballots of many voters (demo).", "Ballots were marked for others"),
    (Capacity::Voter, "The station was moved on the eve and nobody was told (demo).", "Voters could not find it"),
];

/// The day after the vote on which the decisions are served.
pub const SERVED: i64 = 5;

/// The law that is cited.
pub const LAW: &str = "Law of elections, article 38 (demo)";

/// A complaint about a station, upheld.
pub struct Case {
    /// Its number in the register.
    pub number: CaseId,
    /// The station.
    pub station: StationId,
    /// Which of [`REASONS`].
    pub reason: usize,
}

/// A number of the register.
pub fn number(of: usize) -> CaseId {
    of.to_string().parse().expect("a number is an id")
}

impl Dispute<'_> {
    /// A form, whose paper and sealed part the centre keeps.
    pub fn form(&self, room: &Centre, case: &CaseId, capacity: Capacity, ground: &str, day: i64) -> Result<Form> {
        let party = (capacity != Capacity::Voter).then(|| self.def().parties.first().map(|party| party.id.clone()));
        Ok(Form {
            capacity,
            party: party.flatten(),
            ground: ground.to_owned(),
            paper: room.keep_paper(format!("Form {case}, signed (demo)").as_bytes())?,
            sealed: Some(room.seal_paper(format!("Name and telephone of whoever filed {case} (demo)").as_bytes())?),
            redacted: vec!["name and telephone of whoever filed it".into()],
            filed: self.day(day, "10:30"),
        })
    }

    /// Complaints are filed and found to be red. Gives their leaves.
    fn filed(&self, room: &mut Centre, complaints: Vec<Complaint>) -> Result<Vec<Digest>> {
        let cases: Vec<CaseId> = complaints.iter().map(|own| own.case.clone()).collect();
        let bodies: Vec<Body> = complaints.into_iter().map(Body::Complaint).collect();
        room.report(&bodies, &inputs::clock())?;
        let classes = cases.iter().map(|case| {
            let reason = "Two witnesses and the minutes say the same (demo).".to_owned();
            let basis = "Law of elections, article 20 (demo)".to_owned();
            Body::Classification(Classification {
                case: case.clone(),
                class: Class::Red,
                reason,
                basis,
                supersedes: None,
            })
        });
        self.all_entered(room, &classes.collect::<Vec<_>>(), &[Role::Board, Role::Officer])?;
        Ok(cases.iter().map(|case| room.state().docket.complaints[case].leaf).collect())
    }

    /// A complaint about each of `stations`: filed, red, upheld, its station cancelled by an order that names it.
    pub fn complain(&self, room: &mut Centre, stations: &[StationId]) -> Result<Vec<Case>> {
        let numbered = (1..).zip(stations).map(|(of, station): (usize, _)| Case {
            number: number(of),
            station: station.clone(),
            reason: of % REASONS.len(),
        });
        let cases: Vec<Case> = numbered.collect();
        let complaints = cases.iter().map(|case| {
            let (capacity, ground, _) = REASONS[case.reason];
            let form = self.form(room, &case.number, capacity, ground, 1)?;
            let about = About::Station(case.station.clone());
            Ok(Complaint { case: case.number.clone(), about, form, concerns: Vec::new() })
        });
        let complaints = complaints.collect::<Result<Vec<_>>>()?;
        let leaves = self.filed(room, complaints)?;
        let found = |case: &Case| format!("{} (demo).", REASONS[case.reason].2);
        let orders = cases.iter().zip(leaves).map(|(case, leaf)| {
            let (station, basis) = (case.station.clone(), LAW.to_owned());
            order(room, station, Act::Cancel, None, found(case), basis, vec![leaf]).map(Body::Order)
        });
        let orders = orders.collect::<Result<Vec<_>>>()?;
        let orders = self.all_entered(room, &orders, &[Role::Officer])?;
        let upheld = cases.iter().zip(orders).map(|(case, order)| {
            Body::Resolution(Resolution {
                case: case.number.clone(),
                verdict: Verdict::Upheld,
                reason: found(case),
                basis: LAW.to_owned(),
                orders: vec![order],
                served: self.day(SERVED, "12:00"),
                supersedes: None,
            })
        });
        self.all_entered(room, &upheld.collect::<Vec<_>>(), &[Role::Officer])?;
        Ok(cases)
    }
}
