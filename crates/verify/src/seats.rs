//! V.701 to V.703: seats allotted again by the rules of `tally`, on sums added here, and every table of them compared.

use std::collections::BTreeMap;

use election::{Coded, Contest, ContestId, ContestKind, Definition, Lang, OptionId};
use record::State;
use tally::{Allotment, ContestTotals, LotOutcome, Rulings, SeatKind};

use crate::csvs::{cell, compare, words, yes_no};
use crate::folder::Folder;
use crate::outcome::names;
use crate::report::Check;
use crate::table::CheckId;

/// V.701 to V.703.
pub fn check(
    def: &Definition,
    state: &State,
    folder: &Folder,
    totals: &BTreeMap<ContestId, ContestTotals>,
) -> [Check; 3] {
    let mut quotients = Check::new(CheckId::Quotients);
    let mut elected = Check::new(CheckId::Elected);
    let mut drawn = Check::new(CheckId::Lots);
    let lots: Vec<LotOutcome> = state.lots.values().map(|(_, lot)| lot.outcome.clone()).collect();
    let withdrawn = state.decisions.withdrawn();
    let mut allotments: BTreeMap<&ContestId, Allotment> = BTreeMap::new();
    for contest in &def.contests {
        let rulings = Rulings { rules: &state.decisions.rules, withdrawn: &withdrawn, lots: &lots };
        match tally::allot(def, contest, totals, rulings) {
            Err(e) => {
                for check in [&mut quotients, &mut elected, &mut drawn] {
                    check.fails(format!("contest {}", contest.id), e.code(), &e);
                }
            }
            Ok(allotment) => {
                for lot in &allotment.lots_needed {
                    let what = format!("the lot {} is not in the record, so {} seats are open", lot.id, lot.seats);
                    drawn.misses(format!("contest {}", contest.id), "lot.missing", what);
                }
                if allotment.lots_needed.is_empty() {
                    drawn.holds();
                }
                allotments.insert(&contest.id, allotment);
            }
        }
    }
    for lot in &state.lots_before {
        let first: Vec<&str> = lot.outcome.drawn.iter().map(OptionId::as_str).collect();
        let what = format!("'{}' was entered first, and then another outcome", first.join(", "));
        drawn.records(format!("lot {}", lot.outcome.id), "lot.superseded", what);
    }
    let rows = allotments.iter().flat_map(|(contest, allotment)| {
        allotment.quotients.iter().map(move |q| {
            vec![
                cell(contest),
                cell(&q.who),
                cell(q.votes),
                cell(q.divisor),
                cell(q.rank),
                yes_no(q.won),
                yes_no(q.tied),
            ]
        })
    });
    compare(&mut quotients, folder, "results/seats.csv", &SEATS, rows);
    let by_votes_alone = |contest: &Contest| matches!(contest.kind, ContestKind::Candidates { .. });
    if def.contests.iter().all(by_votes_alone) {
        let what = "no contest of this election allots seats by quotients";
        quotients.records("results/seats.csv", "seats.no_quotients", what);
    }
    let rows = allotments.iter().flat_map(|(contest, allotment)| {
        allotment.elected.iter().map(move |person| {
            let name = def.candidate(&person.candidate).map(|candidate| &candidate.name);
            let seat = match &person.seat_kind {
                SeatKind::General => "general".to_owned(),
                SeatKind::Women => "women".to_owned(),
                SeatKind::Reserved { community } => format!("reserved_{community}"),
            };
            let list = person.list.as_ref().map_or_else(String::new, ToString::to_string);
            let rest = vec![cell(list), cell(person.votes), cell(seat), cell(person.step)];
            [vec![cell(contest), cell(&person.candidate)], names(name).to_vec(), rest].concat()
        })
    });
    compare(&mut elected, folder, "results/elected.csv", &ELECTED, rows);
    let rows = allotments.iter().flat_map(|(contest, allotment)| {
        (1..).zip(&allotment.steps).map(move |(number, step): (u32, _)| {
            let [ar, ckb, en] = Lang::ALL.map(|lang| words(&step.say(lang)));
            vec![cell(contest), cell(number), cell(step.rule()), ar, ckb, en]
        })
    });
    compare(&mut elected, folder, "results/steps.csv", &STEPS, rows);
    [quotients, elected, drawn]
}

const SEATS: [&str; 7] = ["contest", "list", "votes", "divisor", "rank", "won", "tied"];
const STEPS: [&str; 6] = ["contest", "step", "rule", "ar", "ckb", "en"];
const ELECTED: [&str; 9] = ["contest", "candidate", "name_ar", "name_ckb", "name_en", "list", "votes", "seat", "rule"];
