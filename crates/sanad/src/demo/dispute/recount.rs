//! The recount: boxes are opened, two officers type each protocol apart, and what they typed is counted by an order.

use centre::Centre;
use election::{Digest, OptionId, Role, StationId};
use package::StationResults;
use record::entry::{HandCount, Order, Recount};
use record::recount::{hold_together, typed};
use record::{Body, Figures, Outcome};

use super::Dispute;
use super::choose::Shift;
use super::complaints::LAW;
use crate::commands::centre_order::{Act, order};
use crate::shell::{At, Failure, Result, read, write};

const REASON: &str = "The court has ordered it: the minutes name another figure (demo).";

impl Dispute<'_> {
    /// A recount of each station of `shift` under the court's `ruling`, the counts, and the orders that count them.
    pub fn recount(
        &self,
        room: &mut Centre,
        ruling: Digest,
        shift: &Shift,
        outcome: &Outcome,
        figures: &Figures,
    ) -> Result<()> {
        for (station, votes) in &shift.at {
            let recount = Recount {
                station: station.clone(),
                reason: REASON.to_owned(),
                basis: LAW.to_owned(),
                evidence: vec![ruling],
                under: Some(ruling),
                withdraws: None,
            };
            let ordered = self.entered(room, &Body::Recount(recount), &[Role::Officer])?;
            let came = outcome.stations[station].counted.and_then(|own| figures.get(&own.figures()));
            let protocol = recounted(came.expect("it was chosen among the counted ones"), shift, *votes);
            let count = self.typed_twice(room, station, &protocol, ordered)?;
            let count = self.entered(room, &Body::HandCount(count), &[Role::Officer])?;
            let reason = "The box was counted by hand before agents of all lists (demo).".to_owned();
            let own = order(room, station.clone(), Act::CountHand(count), None, reason, LAW.to_owned(), vec![count])?;
            self.entered(room, &Body::Order(Order { under: Some(ruling), ..own }), &[Role::Officer])?;
        }
        Ok(())
    }

    /// Two officers fill the form of the station, each for themselves; their files stay in `recounts/`.
    fn typed_twice(
        &self,
        room: &Centre,
        station: &StationId,
        protocol: &StationResults,
        ordered: Digest,
    ) -> Result<HandCount> {
        let def = self.def();
        let typed = ["first", "second"].map(|who| {
            let path = self.dir.join(format!("recounts/{station}-{who}.csv"));
            write(&path, filled(protocol).as_bytes())?;
            typed::read(def, station, &read(&path)?).at(path.display())
        });
        let [first, second] = typed;
        let (first, second) = (first?, second?);
        if let Some(own) = first.disagreements(&second).first() {
            let what = format!("{station}: {} was typed twice and is not the same", own.figure);
            return Err(Failure::new("demo.recount", what, "report this seed"));
        }
        let paper = room.keep_paper(format!("Protocol of the count by hand of {station} (demo)").as_bytes())?;
        let count = first.hand_count(def, station, Some(ordered), paper)?;
        hold_together(def, &count).map_err(|why| Failure::new("demo.recount", why, "report this seed"))?;
        Ok(count)
    }
}

/// What is found in the box: so many votes of one list are the other's.
fn recounted(came: &StationResults, shift: &Shift, votes: u32) -> StationResults {
    let mut found = came.clone();
    let contest = found.contests.iter_mut().find(|own| own.contest == shift.contest);
    let own = &mut contest.expect("the station has the contest").votes;
    *own.entry(OptionId::from(&shift.from)).or_default() -= votes;
    *own.entry(OptionId::from(&shift.to)).or_default() += votes;
    found
}

/// The form of `sanad case hand-form`, filled.
fn filled(protocol: &StationResults) -> String {
    let mut form = String::from("contest,figure,count\n");
    let mut row = |contest: &str, figure: &str, count: Option<u32>| {
        let count = count.map(|count| count.to_string()).unwrap_or_default();
        form.push_str(&format!("{contest},{figure},{count}\n"));
    };
    for (name, figure) in package::BallotAccount::NAMES.into_iter().zip(protocol.account.figures()) {
        row("", name, figure);
    }
    for own in &protocol.contests {
        let ballots =
            [("_ballots", own.ballots), ("_valid", own.valid), ("_blank", own.blank), ("_invalid", own.invalid)];
        ballots.into_iter().for_each(|(name, figure)| row(own.contest.as_str(), name, Some(figure)));
        own.votes.iter().for_each(|(option, votes)| row(own.contest.as_str(), option.as_str(), Some(*votes)));
    }
    form
}
