//! `sanad case list`: the register, what is open, and what it could change.

use std::path::PathBuf;

use centre::Centre as Room;
use clap::ValueHint;
use election::{CaseId, Digest, StationId};
use record::Standing;
use record::docket::{
    About, Against, AppealCase, Certification, ComplaintCase, Docket, Inadmissible, Matter, Ruled, Ruling, materiality,
};
use record::from_slips::ContestFromSlips;
use record::outcome::{Figures, Outcome, OutcomeError};
use serde_json::{Value, json};
use site::words::{standing, words};

use super::case::{class_words, stage_words, verdict_words};
use super::case_court::{ruled_words, stay_words};
use super::centre::open;
use crate::shell::{Fill, Result, Shell, Verdict, count, text};

/// What is listed.
#[derive(clap::Args)]
pub struct List {
    /// The folder of the centre
    #[arg(long, value_hint = ValueHint::DirPath)]
    dir: PathBuf,
    /// Only what is open: what must be settled before a result is certified
    #[arg(long)]
    open: bool,
}

/// Something open; of a station, its standing and the most ballots it may hold.
pub struct OpenMatter {
    /// What it is.
    pub matter: Matter,
    station: Option<(StationId, Standing, bool, u64)>,
}

impl OpenMatter {
    fn of(room: &Room, outcome: &Outcome, matter: Matter) -> Self {
        let station = materiality::station_of(room.state(), &room.frozen().definition, &matter).and_then(|id| {
            let own = outcome.stations.get(id)?;
            let bound = outcome.registers.bounds.get(id).map_or(0, |bound| bound.figure);
            Some((id.clone(), own.standing, own.counted.is_some(), bound))
        });
        OpenMatter { matter, station }
    }

    fn tell(&self, shell: &Shell) {
        let matter = text(&self.matter);
        match &self.station {
            Some((station, own, _, bound)) => {
                let own = Fill::Words(standing(&words(shell.lang), *own).to_owned());
                let fills = [matter, text(station), own, count(*bound)];
                shell.find("Open: {} (station {}: {}; at most {} ballots)", &fills);
            }
            None => shell.find("Open: {}", &[matter]),
        }
    }

    fn json(&self) -> Value {
        let station = self.station.as_ref();
        json!({
            "matter": self.matter.to_string(),
            "station": station.map(|(id, ..)| id),
            "standing": station.map(|(_, standing, ..)| standing.as_str()),
            "counted": station.map(|(_, _, counted, _)| counted),
            "at_stake": station.map(|(.., bound)| bound),
        })
    }
}

/// What must be settled before a result is certified.
pub fn open_matters(room: &Room) -> Result<Vec<OpenMatter>> {
    let (outcome, _) = room.outcome()?;
    Ok(matters(room, &outcome))
}

fn matters(room: &Room, outcome: &Outcome) -> Vec<OpenMatter> {
    let open = room.state().open_matters(&room.frozen().definition);
    open.into_iter().map(|matter| OpenMatter::of(room, outcome, matter)).collect()
}

/// The most matters that are named on a screen; `--json` has all.
const MOST_NAMED: usize = 20;

/// Names what is open.
pub fn tell_open<'a>(shell: &Shell, open: impl Iterator<Item = &'a OpenMatter>) {
    let open: Vec<&OpenMatter> = open.collect();
    open.iter().take(MOST_NAMED).for_each(|open| open.tell(shell));
    if open.len() > MOST_NAMED {
        shell.find("{} matters are open in all; `sanad case list --json` names them", &[count(open.len())]);
    }
}

/// What the open matters could do to each contest.
fn contests(room: &Room, outcome: &Outcome, figures: &Figures) -> Result<Vec<ContestFromSlips>> {
    let found = materiality::contests(&room.frozen().definition, room.state(), outcome, figures);
    Ok(found.map_err(OutcomeError::from)?)
}

/// Lists the register.
pub fn list(shell: &Shell, args: &List) -> Result {
    let room = open(&args.dir)?;
    let (outcome, figures) = room.outcome()?;
    let docket = &room.state().docket;
    if !args.open {
        docket.complaints.values().for_each(|case| tell_complaint(shell, &room, case));
        docket.appeals.values().for_each(|case| tell_appeal(shell, &room, case));
        docket.rulings_in_order().into_iter().for_each(|(leaf, own)| tell_ruling(shell, leaf, own));
        docket.certifications.iter().for_each(|own| tell_certification(shell, own));
    }
    for (leaf, stay) in &docket.injunctions {
        let what = Fill::Words(shell.worded(stay_words(*stay), &[]));
        shell.find("Injunction {}: {}", &[text(leaf), what]);
    }
    let (open, contests) = (matters(&room, &outcome), contests(&room, &outcome, &figures)?);
    tell_open(shell, open.iter());
    match open.is_empty() {
        true => shell.tell("Nothing is open.", &[]),
        false => contests.iter().for_each(|contest| tell_contest(shell, contest)),
    }
    let all = json!({
        "complaints": docket.complaints.values().map(|case| complaint(&room, case)).collect::<Vec<_>>(),
        "appeals": docket.appeals.values().map(|case| appeal(&room, case)).collect::<Vec<_>>(),
        "rulings": docket.rulings_in_order().into_iter().map(|(leaf, own)| ruling(docket, leaf, own)).collect::<Vec<_>>(),
        "open": open.iter().map(OpenMatter::json).collect::<Vec<_>>(),
        "contests": contests.iter().map(contest).collect::<Vec<_>>(),
        "certifications": docket.certifications.iter().map(certification).collect::<Vec<_>>(),
        "revoked": docket.revoked.keys().collect::<Vec<_>>(),
    });
    shell.json(&all);
    Ok(Verdict::Holds)
}

fn tell_complaint(shell: &Shell, room: &Room, case: &ComplaintCase) {
    let own = &case.complaint;
    let stage = Fill::Words(shell.worded(stage_words(room.state().docket.stage(&room.frozen().definition, case)), &[]));
    let number = text(&own.case);
    match &own.about {
        About::Station(station) => {
            shell.tell("Complaint {} about the station {}: {}", &[number, text(station), stage]);
        }
        About::Candidate(option) => shell.tell("Complaint {} about {}: {}", &[number, text(option), stage]),
        About::Step(step) => shell.tell("Complaint {} about the step '{}': {}", &[number, text(step), stage]),
    }
    match Docket::complaint_until(&room.frozen().definition) {
        Some(until) => shell.tell("  filed {}; the last minute {}", &[text(own.form.filed), text(until)]),
        None => shell.tell("  filed {}", &[text(own.form.filed)]),
    }
    if let Some((_, class)) = &case.classification {
        shell.tell("  the panel: {}", &[Fill::Words(shell.worded(class_words(class.class), &[]))]);
    }
    if let Some((_, resolution)) = &case.resolution {
        let verdict = Fill::Words(shell.worded(verdict_words(resolution.verdict), &[]));
        shell.tell("  the decision: {}; served {}", &[verdict, text(resolution.served)]);
    }
}

fn tell_appeal(shell: &Shell, room: &Room, case: &AppealCase) {
    let (def, own) = (&room.frozen().definition, &case.appeal);
    match &own.against {
        Against::Resolution(of) => {
            shell.tell("Appeal {} against the decision on complaint {}", &[text(&own.case), text(of)]);
        }
        Against::Announcement(version) => {
            shell.tell("Appeal {} against version {} of the results", &[text(&own.case), count(*version)]);
        }
    }
    match Docket::appeal_until(def, own.served) {
        Some(until) if own.form.filed > until => {
            shell.find("  filed {}, late; the last minute {}", &[text(own.form.filed), text(until)]);
        }
        Some(until) => shell.tell("  filed {}; the last minute {}", &[text(own.form.filed), text(until)]),
        None => shell.tell("  filed {}", &[text(own.form.filed)]),
    }
    match (room.state().docket.ruling_upon(case), Docket::ruling_until(def, own.form.filed)) {
        (Some((_, ruling)), _) => {
            let fills = [text(&ruling.court), text(&ruling.number), Fill::Words(ruled_words(shell, &ruling.ruled))];
            shell.tell("  ruled upon by {}, {}: {}", &fills);
        }
        (None, Some(due)) => shell.tell("  a ruling is due by {}", &[text(due.day())]),
        (None, None) => {}
    }
}

fn tell_ruling(shell: &Shell, leaf: &Digest, own: &Ruling) {
    let ruled = Fill::Words(ruled_words(shell, &own.ruled));
    shell.tell("Ruling {} of {}, {}: {}", &[text(&own.number), text(own.dated), text(&own.court), ruled]);
    shell.tell("  leaf {}", &[text(leaf)]);
}

fn tell_certification(shell: &Shell, own: &Certification) {
    let fills = [count(own.number), count(own.version), text(own.results)];
    shell.tell("Certification {}: version {} of the results, {}", &fills);
}

fn tell_contest(shell: &Shell, own: &ContestFromSlips) {
    let fills = [text(&own.contest), count(own.open), count(own.lead), count(own.sure()), count(own.seats)];
    shell.tell("{}: {} ballots are at stake, the lead is {}; sure are {} of {} seats", &fills);
}

fn complaint(room: &Room, case: &ComplaintCase) -> Value {
    let (def, docket) = (&room.frozen().definition, &room.state().docket);
    let own = &case.complaint;
    let (about, subject) = own.about.told();
    let found = docket.inadmissible(def, own);
    let duplicate: Option<&CaseId> = match &found {
        Some(Inadmissible::Duplicate(of)) => Some(of),
        _ => None,
    };
    let resolution = case.resolution.as_ref().map(|(_, own)| own);
    json!({
        "case": own.case, "leaf": case.leaf, "about": about, "subject": subject,
        "capacity": own.form.capacity.as_str(), "party": own.form.party,
        "filed": own.form.filed, "until": Docket::complaint_until(&room.frozen().definition),
        "stage": docket.stage(def, case).as_str(),
        "inadmissible": found.as_ref().map(Inadmissible::as_str), "duplicate_of": duplicate,
        "class": case.classification.as_ref().map(|(_, own)| own.class.as_str()),
        "verdict": resolution.map(|own| own.verdict.as_str()),
        "served": resolution.map(|own| own.served),
        "appeal_until": resolution.and_then(|own| Docket::appeal_until(def, own.served)),
        "orders": resolution.map_or(&[][..], |own| &own.orders),
    })
}

fn appeal(room: &Room, case: &AppealCase) -> Value {
    let (def, own) = (&room.frozen().definition, &case.appeal);
    let until = Docket::appeal_until(def, own.served);
    let ruling = room.state().docket.ruling_upon(case);
    json!({
        "case": own.case, "against": own.against, "served": own.served,
        "capacity": own.form.capacity.as_str(), "party": own.form.party,
        "filed": own.form.filed, "until": until, "late": until.map(|until| own.form.filed > until),
        "due": Docket::ruling_until(def, own.form.filed),
        "ruled": ruling.map(|(_, own)| own.ruled.as_str()), "ruling": ruling.map(|(leaf, _)| leaf),
    })
}

fn ruling(docket: &Docket, leaf: &Digest, own: &Ruling) -> Value {
    let stands = matches!(own.ruled, Ruled::Stays(_)).then(|| docket.injunctions.contains_key(leaf));
    let what: Vec<String> = match &own.ruled {
        Ruled::Granted | Ruled::Dismissed => Vec::new(),
        Ruled::Stays(stay) => vec![stay.as_str().to_owned()],
        Ruled::Lifts(leaf) => vec![leaf.to_string()],
        Ruled::Permits(matters) => matters.iter().map(Matter::to_string).collect(),
    };
    json!({
        "leaf": leaf, "court": own.court, "rank": own.rank, "number": own.number, "dated": own.dated, "served": own.served,
        "paper": own.paper, "about": own.about, "ruled": own.ruled.as_str(), "what": what, "stands": stands,
    })
}

fn certification(own: &Certification) -> Value {
    json!({ "number": own.number, "version": own.version, "results": own.results, "despite": own.despite })
}

fn contest(own: &ContestFromSlips) -> Value {
    json!({
        "contest": own.contest, "at_stake": own.open, "lead": own.lead, "decided": own.is_decided,
        "seats": own.seats, "sure": own.sure(),
    })
}
