//! The moves of a history: what somebody at the centre, in an office or at a court could bring next.

use election::{CaseId, Digest, StationId};
use package::StationResults;
use sanad_record::docket::{
    About, Against, Appeal, Capacity, Certification, Class, Classification, Complaint, Form, Matter, Ratification,
    Resolution, Revocation, Ruled, Ruling, Said, Stay, Verdict,
};
use sanad_record::entry::{
    Absence, Act, Amendment, Announcement, Candidacy, Custody, Effect, HandCount, Item, Lot, Opening, Order,
    Publication, Recount, Refused, Slip, Withdrawal,
};
use sanad_record::register::acts::ActKind;
use sanad_record::register::equipment::ItemKind;
use sanad_record::results;
use sanad_record::{Body, Medium, Outcome, State};

use crate::draw::{Draw, Play};

/// The next leaf, if the move that is drawn can be made; whether it stands is for the fold to say.
pub fn draw(play: &Play, state: &State, draw: &mut Draw) -> Option<Body> {
    match draw.below(64) {
        0..12 => Some(import(play, draw)),
        12..15 => Some(slip(play, draw)),
        15..22 => order(state, draw),
        22 | 23 => recount(state, draw),
        24..27 => Some(hand_count(play, state, draw)),
        27 | 28 => Some(complaint(state, draw)),
        29 | 30 => classification(state, draw),
        31 | 32 => resolution(state, draw),
        33 => appeal(state, draw),
        34..37 => ruling(play, state, draw),
        37 => Some(revocation()),
        38 | 39 => lot(play, state, draw),
        40 | 41 => Some(withdrawal(state, draw)),
        42 | 43 => Some(amendment(state, draw)),
        44 | 45 => Some(opening(state, draw)),
        46..50 => Some(act(state, draw)),
        50..55 => Some(equipment(state, draw)),
        55 => Some(Body::Match(state.compare(&play.world.frozen.definition))),
        56..59 => Some(announced(play, state, draw)),
        59..63 => certified(play, state, draw),
        _ => Some(refused(draw)),
    }
}

fn words() -> [String; 2] {
    ["a reason".into(), "a clause".into()]
}

/// Any one of them.
fn any<T: Clone>(draw: &mut Draw, all: impl IntoIterator<Item = T>) -> Option<T> {
    let all: Vec<T> = all.into_iter().collect();
    draw.one(&all).cloned()
}

fn import(play: &Play, draw: &mut Draw) -> Body {
    let (at, _) = draw.station();
    let medium = [Medium::Network, Medium::Stick][draw.below(2)];
    let mut body = play.import(at, [0, 0, 0, 1, 2][draw.below(5)], medium);
    if let Body::Import(own) = &mut body {
        own.account_differs = draw.once_in(16);
    }
    body
}

fn slip(play: &Play, draw: &mut Draw) -> Body {
    let (at, id) = draw.station();
    let results = play.counts[at][[0, 0, 1, 2][draw.below(4)]].clone();
    let party = [Some("palm"), Some("reed"), None][draw.below(3)];
    let Body::Slip(slip) = play.world.slip_of(results, &format!("d{id}")) else { unreachable!("a slip") };
    Body::Slip(Slip { party: party.map(|party| party.parse().unwrap()), ..slip })
}

fn refused(draw: &mut Draw) -> Body {
    let (_, station) = draw.station();
    let label = Digest([draw.below(4) as u8; 32]);
    let (code, what) = ("bag.wrong".into(), "a file was changed".into());
    Body::Refused(Refused { medium: Medium::Stick, station: Some(station), label, code, what })
}

/// A ruling upon an appeal, of those there are.
fn some_ruling(state: &State, draw: &mut Draw) -> Option<Digest> {
    any(draw, state.docket.rulings.keys().copied())
}

fn order(state: &State, draw: &mut Draw) -> Option<Body> {
    let (_, id) = draw.station();
    let known = &state.evidence[&id];
    let count = |draw: &mut Draw| any(draw, known.imports.iter().map(|own| own.content)).map(Effect::Count);
    let effect = match draw.below(8) {
        0 | 1 => Effect::Cancel,
        2 | 3 => Effect::Restore,
        4 => Effect::NotOpened,
        5 => Effect::CountHand(any(draw, known.hand_counts.keys().copied())?),
        _ => count(draw)?,
    };
    let alone = if let Effect::Count(content) = &effect { known.missing_beside(content) } else { None };
    let absent = alone.map(|missing| match missing {
        Medium::Stick => Absence::Lost,
        Medium::Network => Absence::NetworkDown,
    });
    let mut supersedes: Vec<Digest> = known.heads.iter().map(|(leaf, _)| *leaf).collect();
    if effect == Effect::NotOpened && !draw.once_in(3) {
        supersedes.extend(known.openings.iter().map(|(leaf, _)| *leaf));
    }
    // Some orders do not see what stands beside them, and contradict it.
    if effect != Effect::Restore && draw.once_in(3) {
        supersedes.clear();
    }
    let under = if draw.once_in(3) { some_ruling(state, draw) } else { None };
    let case = any(draw, state.docket.complaints.values().map(|case| case.leaf));
    let evidence = case.filter(|_| draw.once_in(2)).into_iter().collect();
    let [reason, basis] = words();
    Some(Body::Order(Order { supersedes, under, absent, evidence, ..Order::new(id, effect, reason, basis) }))
}

fn recount(state: &State, draw: &mut Draw) -> Option<Body> {
    let (_, station) = draw.station();
    let standing = state.evidence[&station].recounts_standing().map(|(leaf, _)| *leaf);
    let withdraws = if draw.once_in(3) { Some(any(draw, standing)?) } else { None };
    let under = if draw.once_in(3) { some_ruling(state, draw) } else { None };
    let [reason, basis] = words();
    // No two are the same.
    let evidence = vec![Digest::of(&state.size.to_be_bytes())];
    Some(Body::Recount(Recount { station, reason, basis, evidence, under, withdraws }))
}

fn hand_count(play: &Play, state: &State, draw: &mut Draw) -> Body {
    let (at, station) = draw.station();
    let known = &state.evidence[&station];
    let came = &play.counts[at][[0, 0, 1, 2][draw.below(4)]];
    let StationResults { account, mut contests, .. } = came.clone();
    contests.iter_mut().for_each(|contest| contest.votes.retain(|_, votes| *votes > 0));
    let named = Digest::of(&came.to_bytes());
    let agrees = known.imports.iter().map(|own| own.content).find(|content| content.results == named);
    let ordered = any(draw, known.recounts_standing().map(|(leaf, _)| *leaf)).filter(|_| !draw.once_in(3));
    let paper = Digest::of(&state.size.to_be_bytes());
    Body::HandCount(HandCount { station, ordered, account, contests, paper, agrees })
}

fn form(draw: &mut Draw) -> Form {
    let filed = ["2026-05-13T10:00", "2026-05-13T11:00", "2026-05-19T14:00"][draw.below(3)];
    Form {
        capacity: [Capacity::PartyAgent, Capacity::Voter][draw.below(2)],
        party: None,
        ground: "the agents were sent out before the count".into(),
        paper: Digest([draw.below(3) as u8; 32]),
        sealed: None,
        redacted: Vec::new(),
        filed: filed.parse().unwrap(),
    }
}

/// The next number of the register.
fn number(state: &State) -> CaseId {
    (state.docket.complaints.len() + state.docket.appeals.len() + 1).to_string().parse().unwrap()
}

fn complaint(state: &State, draw: &mut Draw) -> Body {
    let (_, station) = draw.station();
    let about = match draw.below(4) {
        0 => About::Candidate("rose".parse().unwrap()),
        1 => About::Step("the sealing of the boxes".into()),
        _ => About::Station(station),
    };
    let concerns = if draw.once_in(2) { vec!["officer_1".parse().unwrap()] } else { Vec::new() };
    Body::Complaint(Complaint { case: number(state), about, form: form(draw), concerns })
}

fn classification(state: &State, draw: &mut Draw) -> Option<Body> {
    let case = any(draw, state.docket.complaints.values())?;
    let class = [Class::Red, Class::Red, Class::Yellow, Class::Inadmissible][draw.below(4)];
    let ([reason, basis], supersedes) = (words(), case.classification.as_ref().map(|(leaf, _)| *leaf));
    Some(Body::Classification(Classification { case: case.complaint.case.clone(), class, reason, basis, supersedes }))
}

const SERVED: [&str; 2] = ["2026-05-17T09:00", "2026-05-18T09:00"];

fn resolution(state: &State, draw: &mut Draw) -> Option<Body> {
    let admitted = |case: &&sanad_record::docket::ComplaintCase| case.classification.is_some();
    let case = any(draw, state.docket.complaints.values().filter(admitted))?;
    let [reason, basis] = words();
    Some(Body::Resolution(Resolution {
        case: case.complaint.case.clone(),
        verdict: [Verdict::Upheld, Verdict::Dismissed][draw.below(2)],
        reason,
        basis,
        orders: any(draw, state.orders.keys().copied()).into_iter().collect(),
        served: SERVED[draw.below(2)].parse().unwrap(),
        supersedes: case.resolution.as_ref().map(|(leaf, _)| *leaf),
    }))
}

fn appeal(state: &State, draw: &mut Draw) -> Option<Body> {
    let resolved = state.docket.complaints.values();
    let resolved = resolved.filter_map(|case| Some((case.complaint.case.clone(), case.resolution.as_ref()?.1.served)));
    let (against, served) = match any(draw, resolved) {
        Some((case, served)) => (Against::Resolution(case), served),
        None => {
            let (_, last) = state.announcements.last()?;
            (Against::Announcement(last.version), SERVED[0].parse().unwrap())
        }
    };
    Some(Body::Appeal(Appeal { case: number(state), against, served, form: form(draw) }))
}

fn ruling(play: &Play, state: &State, draw: &mut Draw) -> Option<Body> {
    let appeals: Vec<CaseId> = state.docket.appeals.keys().cloned().collect();
    let (mut about, mut rank) = (Vec::new(), 1 + draw.below(2) as u8);
    let ruled = match draw.below(8) {
        0 => Ruled::Stays(Stay::Announcement),
        1 | 2 => Ruled::Stays(Stay::Certification),
        3 | 4 => {
            let (leaf, _) = any(draw, &state.docket.injunctions)?;
            rank = state.docket.rulings[leaf].rank;
            Ruled::Lifts(*leaf)
        }
        5 => {
            let open: Vec<Matter> = state.open_matters(&play.world.frozen.definition).into_iter().collect();
            rank = 1;
            Ruled::Permits(open)
        }
        granted => {
            about.push(draw.one(&appeals)?.clone());
            if granted == 6 { Ruled::Granted } else { Ruled::Dismissed }
        }
    };
    Some(Body::Ruling(Ruling {
        court: "Electoral Panel".into(),
        rank,
        number: format!("{}/2026", state.docket.rulings.len() + 1),
        dated: ["2026-05-24", "2026-05-25"][draw.below(2)].parse().unwrap(),
        served: "2026-05-25T12:00".parse().unwrap(),
        paper: Digest::of(&state.size.to_be_bytes()),
        about,
        ruled,
    }))
}

fn revocation() -> Body {
    let [reason, basis] = words();
    Body::Revocation(Revocation { person: "officer_3".parse().unwrap(), reason, basis })
}

/// The lot that the tally asks for, or where it is drawn already the same with another name.
fn lot(play: &Play, state: &State, draw: &mut Draw) -> Option<Body> {
    let mut before = state.clone();
    before.lots.clear();
    let outcome = play.outcome(&before);
    let needed = outcome.allotments.values().flat_map(|own| &own.lots_needed).next()?;
    let drawn = vec![draw.one(&needed.between)?.clone()];
    let supersedes = state.lots.get(&needed.id).map(|(leaf, _)| *leaf);
    let drawing = format!("an urn, leaf {}", state.size);
    Some(Body::Lot(Lot { outcome: tally::LotOutcome { id: needed.id.clone(), drawn }, drawing, supersedes }))
}

fn withdrawal(state: &State, draw: &mut Draw) -> Body {
    let option: election::OptionId = ["omar", "sara"][draw.below(2)].parse().unwrap();
    let supersedes = state.decisions.candidacies.get(&option).copied();
    let is_withdrawn = state.decisions.withdrawal(&option).is_some();
    let candidacy = if is_withdrawn { Candidacy::Stands } else { Candidacy::Withdrawn };
    let [reason, basis] = words();
    Body::Withdrawal(Withdrawal { option, candidacy, reason, basis, evidence: Vec::new(), supersedes })
}

fn amendment(state: &State, draw: &mut Draw) -> Body {
    let (key, values) = [
        ("announce", ["confirmed", "matched"]),
        ("votes.withdrawn", ["invalid", "stand"]),
        ("announce_by_kind.general", ["confirmed", "order"]),
        ("findings.off", ["R.501", "R.505"]),
    ][draw.below(4)];
    let before = state.decisions.rules.value_of(key).expect("it can be amended");
    let after = Some(values[draw.below(2)].to_owned());
    let [reason, basis] = words();
    Body::Amendment(Amendment { key: key.into(), before, after, reason, basis })
}

fn opening(state: &State, draw: &mut Draw) -> Body {
    let station: StationId = "0101".parse().unwrap();
    let (follows, bound) = [("roll", 120), ("ministry", 140)][draw.below(2)];
    let known = &state.evidence[&station];
    let not_opened = known.heads.iter().filter(|(_, order)| order.effect == Effect::NotOpened).map(|(leaf, _)| *leaf);
    let mut supersedes: Vec<Digest> = known.openings.iter().map(|(leaf, _)| *leaf).chain(not_opened).collect();
    if draw.once_in(3) {
        supersedes.clear();
    }
    let [reason, basis] = words();
    Body::Opening(Opening {
        station,
        letters: [("roll".parse().unwrap(), 120), ("ministry".parse().unwrap(), 140)].into(),
        follows: follows.parse().unwrap(),
        bound,
        reason,
        basis,
        evidence: Vec::new(),
        supersedes,
    })
}

fn act(state: &State, draw: &mut Draw) -> Body {
    let registers = &state.registers;
    let kinds = [ActKind::Remark, ActKind::Reply, ActKind::Annulment, ActKind::Contract, ActKind::Order];
    let number = format!("a{}", registers.acts.len() + 1);
    let (dated, paper) = ("2026-05-20".parse().unwrap(), Digest::of(number.as_bytes()));
    let kind = kinds[draw.below(kinds.len())];
    let id = number.parse().unwrap();
    let mut own = Act::new(id, kind, "Audit Board", format!("{number}/2026"), dated, paper, "it says something");
    // Sometimes one that stands is corrected, and may then name what was entered after it.
    if let Some((leaf, before)) = any(draw, registers.acts.values()).filter(|_| draw.once_in(3)) {
        own = Act { effect: format!("corrected at leaf {}", state.size), supersedes: Some(*leaf), ..before.clone() };
    }
    let named = any(draw, registers.acts.keys().cloned()).filter(|named| *named != own.act);
    match own.kind {
        ActKind::Reply => own.answers.extend(named),
        ActKind::Annulment => own.annuls.extend(named),
        _ => own.items.extend(any(draw, registers.items.keys().cloned())),
    }
    Body::Act(own)
}

fn equipment(state: &State, draw: &mut Draw) -> Body {
    let registers = &state.registers;
    let known = any(draw, registers.items.keys().cloned()).filter(|_| draw.once_in(2));
    if let Some(item) = known {
        let at = ["2026-05-11T08:00", "2026-05-12T18:00", "2026-05-12T20:00"][draw.below(3)].parse().unwrap();
        let [from, to] = [["store", "car"], ["car", "station"]][draw.below(2)].map(str::to_owned);
        let before = registers.custody.iter().filter(|(_, (_, own))| own.item == item).map(|(leaf, _)| *leaf);
        let supersedes = any(draw, before).filter(|_| draw.once_in(3));
        let place = format!("gate, leaf {}", state.size);
        return Body::Custody(Custody { item, from, to, seals: vec!["A-17".into()], at, place, supersedes });
    }
    let number = format!("box{}", registers.items.len() + 1).parse().unwrap();
    let mut own = Item::new(number, ItemKind::Box, "SN", "article 38");
    if let Some((leaf, before)) = any(draw, registers.items.values()).filter(|_| draw.once_in(3)) {
        own = Item { serial: format!("SN {}", state.size), supersedes: Some(*leaf), ..before.clone() };
    }
    let contracts = registers.acts.values().filter(|(_, act)| act.kind == ActKind::Contract);
    own.contract = any(draw, contracts.map(|(_, act)| act.act.clone()));
    Body::Item(own)
}

/// The results as they stand are announced, or what was announced is published.
fn announced(play: &Play, state: &State, draw: &mut Draw) -> Body {
    let version = u16::try_from(state.announcements.len()).unwrap();
    if version > 0 && draw.once_in(3) {
        return Body::Publication(Publication { version, manifest: Digest::of(&state.size.to_be_bytes()) });
    }
    let files = results::files(&play.world.frozen.definition, &play.outcome(state), &play.all_figures(state));
    let (_, digest) = results::manifest(&files);
    Body::Announcement(Announcement { version: version + 1, results: digest, witnessed: String::new() })
}

/// The last version is certified, or what became of a name of the last certification is entered.
fn certified(play: &Play, state: &State, draw: &mut Draw) -> Option<Body> {
    let names = state.docket.certifications.last().filter(|_| draw.once_in(2));
    let Some(last) = names else {
        let (_, latest) = state.announcements.last()?;
        let permits = |(_, own): &(&Digest, &Ruling)| matches!(own.ruled, Ruled::Permits(_));
        let despite = any(draw, state.docket.rulings.iter().filter(permits).map(|(leaf, _)| *leaf));
        let number = u16::try_from(state.docket.certifications.len()).unwrap() + 1;
        let (version, results) = (latest.version, latest.results);
        return Some(Body::Certification(Certification { number, version, results, despite }));
    };
    let outcome: Outcome = play.outcome(state);
    let person = outcome.allotments.values().flat_map(|own| &own.elected).next()?;
    let said = if draw.once_in(2) { Said::Ratified } else { Said::Sent("the board".into()) };
    Some(Body::Ratification(Ratification {
        certification: last.number,
        contest: "member".parse().unwrap(),
        candidate: person.candidate.clone(),
        court: "Federal Court".into(),
        number: format!("{}/2026", state.size),
        dated: "2026-06-10".parse().unwrap(),
        paper: Digest::of(&state.size.to_be_bytes()),
        said,
    }))
}
