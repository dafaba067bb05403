//! `sanad case complain` and `appeal`: what is handed in, entered as it is.

use std::path::PathBuf;

use centre::Centre as Room;
use clap::ValueHint;
use election::{CaseId, Moment, OptionId, PartyId, PersonId, StationId};
use record::Body;
use record::docket::{About, Against, Capacity, Docket, DocketProblem, Form, Inadmissible};
use serde_json::{Value, json};

use super::case::{Entered, complaint_of, one_of, stage_words};
use super::centre::{known_party, open};
use super::record::{tell_proof, write_proof};
use crate::shell::{Failure, Fill, Result, Shell, Verdict, read, text};

const CAPACITIES: [(&str, Capacity); 6] = [
    ("voter", Capacity::Voter),
    ("candidate", Capacity::Candidate),
    ("party-agent", Capacity::PartyAgent),
    ("observer", Capacity::Observer),
    ("staff", Capacity::Staff),
    ("other", Capacity::Other),
];

/// A form that was handed in.
#[derive(clap::Args)]
pub struct Handed {
    /// In what capacity it is filed
    #[arg(long, value_parser = one_of(&CAPACITIES))]
    capacity: Capacity,
    /// For which party
    #[arg(long)]
    party: Option<PartyId>,
    /// What is said, without names, numbers or addresses of persons: it is public
    #[arg(long)]
    ground: String,
    /// The form as it was handed in: the centre keeps it, and its hash is public
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    paper: PathBuf,
    /// A file with names, numbers and what else is of persons: sealed to the centre's key before it is kept
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    sealed: Option<PathBuf>,
    /// What was left out of the ground, in words: 'name of the complainant'
    #[arg(long)]
    redacted: Vec<String>,
    /// When it was handed in, by the office's clock: 2018-05-13T10:30
    #[arg(long, value_name = "MOMENT")]
    filed: Moment,
    /// Write the receipt to this file, and the leaf beside it: the proof that it stands in the record
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    receipt: Option<PathBuf>,
}

impl Handed {
    /// The form, once its papers are kept.
    fn form(&self, room: &Room) -> Result<Form> {
        known_party(room, self.party.as_ref())?;
        let paper = read(&self.paper)?;
        let sealed = self.sealed.as_deref().map(read).transpose()?;
        // Before anything is entered: another receipt is in somebody's hands.
        if let Some(path) = self.receipt.as_ref().filter(|path| path.exists()) {
            let next = "give another name: what was handed out is not written over";
            return Err(Failure::new("usage.value", "the file exists", next).at(path.display()));
        }
        Ok(Form {
            capacity: self.capacity,
            party: self.party.clone(),
            ground: self.ground.clone(),
            paper: room.keep_paper(&paper)?,
            sealed: sealed.map(|sealed| room.seal_paper(&sealed)).transpose()?,
            redacted: self.redacted.clone(),
            filed: self.filed,
        })
    }

    /// Writes the receipt, if one is asked for.
    fn receipt(&self, shell: &Shell, room: &Room, entered: &Entered) -> Result<Value> {
        let Some(path) = &self.receipt else { return Ok(Value::Null) };
        let written = write_proof(room.log().leaves(), room.log().checkpoint(), entered.index, path);
        let written =
            written.map_err(|failure| failure.hint("it is entered: write the receipt with `sanad record prove`"))?;
        let file = written.expect("the leaf was entered");
        tell_proof(shell, path, &file);
        shell.tell("Once witnesses have cosigned the record, `sanad record prove` writes it with their lines.", &[]);
        Ok(json!({ "proof": path, "file": file }))
    }
}

/// A complaint.
#[derive(clap::Args)]
pub struct Complain {
    /// The folder of the centre
    #[arg(long, value_hint = ValueHint::DirPath)]
    dir: PathBuf,
    /// Its number in the one register of complaints and appeals
    #[arg(long)]
    case: CaseId,
    #[command(flatten)]
    subject: Subject,
    #[command(flatten)]
    handed: Handed,
    /// A person with a key whom it concerns: they sign nothing that becomes of it
    #[arg(long, value_name = "PERSON")]
    concerns: Vec<PersonId>,
}

/// What a complaint is about.
#[derive(clap::Args)]
#[group(required = true, multiple = false)]
struct Subject {
    /// The station that it is about
    #[arg(long)]
    station: Option<StationId>,
    /// The list or candidate that it is about
    #[arg(long, value_name = "OPTION")]
    candidate: Option<OptionId>,
    /// The step of the procedure that it is about, in words
    #[arg(long, value_name = "TEXT")]
    step: Option<String>,
}

impl Subject {
    fn about(self) -> About {
        match (self.station, self.candidate, self.step) {
            (Some(station), ..) => About::Station(station),
            (_, Some(option), _) => About::Candidate(option),
            (.., step) => About::Step(step.expect("clap asks for one of them")),
        }
    }
}

/// The number is free: else the papers would be kept for nothing.
fn free(room: &Room, case: &CaseId) -> Result<()> {
    if room.state().docket.has(case) {
        return Err(DocketProblem::CaseTaken(case.clone()).into());
    }
    Ok(())
}

/// Enters a complaint.
pub fn complain(shell: &Shell, args: Complain) -> Result {
    let mut room = open(&args.dir)?;
    let Complain { case, subject, handed, concerns, .. } = args;
    free(&room, &case)?;
    let form = handed.form(&room)?;
    let own = record::docket::Complaint { case: case.clone(), about: subject.about(), form, concerns };
    let entered = Entered::reported(&mut room, &Body::Complaint(own))?;
    let (def, docket) = (&room.frozen().definition, &room.state().docket);
    let found = docket.inadmissible(def, &complaint_of(&room, &case)?.complaint);
    let stage = docket.stage(def, complaint_of(&room, &case)?);
    entered.tell(shell);
    shell.tell("Complaint {}: {}", &[text(&case), Fill::Words(shell.worded(stage_words(stage), &[]))]);
    let until = Docket::complaint_until(&room.frozen().definition);
    match (&found, until) {
        (Some(found), _) => tell_inadmissible(shell, &room, &case, found)?,
        (None, Some(until)) => shell.tell("In time: the last minute is {}", &[text(until)]),
        (None, None) => {}
    }
    let receipt = handed.receipt(shell, &room, &entered)?;
    let own = json!({
        "case": case, "stage": stage.as_str(), "inadmissible": found.map(|found| found.as_str()),
        "until": until, "receipt": receipt,
    });
    entered.json(shell, own);
    Ok(Verdict::Holds)
}

/// Says why the law does not allow a complaint, as far as its form tells.
fn tell_inadmissible(shell: &Shell, room: &Room, case: &CaseId, found: &Inadmissible) -> Result<()> {
    match found {
        Inadmissible::Late(until) => {
            shell.find("Its form is not admissible [late]: the last minute was {}", &[text(until)]);
        }
        Inadmissible::Unknown => {
            shell.find("Its form is not admissible [unknown]: the definition has nothing that it is about", &[]);
            if let Some(near) = near(room, &complaint_of(room, case)?.complaint.about) {
                shell.find("the nearest is {}", &[text(near)]);
            }
        }
        Inadmissible::Empty => shell.find("Its form is not admissible [empty]: the ground says nothing", &[]),
        Inadmissible::Duplicate(of) => {
            shell.find("Its form is not admissible [duplicate]: the same paper was handed in as {}", &[text(of)]);
        }
        Inadmissible::NoStanding => {
            shell.find("Its form is not admissible [no_standing]: the law gives this capacity no complaint", &[]);
        }
    }
    shell.tell("It stands in the register all the same; a panel may say otherwise with `sanad case classify`.", &[]);
    Ok(())
}

/// The nearest station, list or candidate.
fn near(room: &Room, about: &About) -> Option<String> {
    let def = &room.frozen().definition;
    let near = match about {
        About::Station(id) => election::nearest(id.as_str(), def.stations.iter().map(|station| station.id.as_str())),
        About::Candidate(id) => {
            let lists = def.lists.iter().map(|list| list.id.as_str());
            election::nearest(id.as_str(), lists.chain(def.candidates.iter().map(|candidate| candidate.id.as_str())))
        }
        About::Step(_) => None,
    };
    near.map(str::to_owned)
}

/// An appeal.
#[derive(clap::Args)]
pub struct Appeal {
    /// The folder of the centre
    #[arg(long, value_hint = ValueHint::DirPath)]
    dir: PathBuf,
    /// Its number in the one register of complaints and appeals
    #[arg(long)]
    case: CaseId,
    #[command(flatten)]
    target: Target,
    #[command(flatten)]
    handed: Handed,
    /// When what it is against was served or published; without it, as the resolution says
    #[arg(long, value_name = "MOMENT", required_unless_present = "against")]
    served: Option<Moment>,
}

/// What an appeal is against.
#[derive(clap::Args)]
#[group(required = true, multiple = false)]
struct Target {
    /// The complaint whose decision it is against
    #[arg(long, value_name = "CASE")]
    against: Option<CaseId>,
    /// The version of the results that it is against
    #[arg(long, value_name = "VERSION")]
    against_version: Option<u16>,
}

/// What it is against, and when that was served.
fn against(room: &Room, target: Target, served: Option<Moment>) -> Result<(Against, Moment)> {
    if let Some(version) = target.against_version {
        return Ok((Against::Announcement(version), served.expect("clap asks for it")));
    }
    let case = target.against.expect("clap asks for one of them");
    let resolution = complaint_of(room, &case)?.resolution.as_ref().map(|(_, own)| own.served);
    let Some(own) = resolution else {
        return Err(DocketProblem::Case { kind: "resolution of", case, near: String::new() }.into());
    };
    Ok((Against::Resolution(case), served.unwrap_or(own)))
}

/// Enters an appeal.
pub fn appeal(shell: &Shell, args: Appeal) -> Result {
    let mut room = open(&args.dir)?;
    let Appeal { case, target, handed, served, .. } = args;
    free(&room, &case)?;
    let (against, served) = against(&room, target, served)?;
    let form = handed.form(&room)?;
    let own = record::docket::Appeal { case: case.clone(), against, served, form };
    let entered = Entered::reported(&mut room, &Body::Appeal(own))?;
    entered.tell(shell);
    let def = &room.frozen().definition;
    let until = Docket::appeal_until(def, served);
    let late = until.map(|until| handed.filed > until);
    match (until, late) {
        (Some(until), Some(true)) => shell.find("It is late: the last minute was {}", &[text(until)]),
        (Some(until), _) => shell.tell("In time: the last minute is {}", &[text(until)]),
        (None, _) => shell.tell("The rules name no last minute for an appeal.", &[]),
    }
    let due = Docket::ruling_until(def, handed.filed);
    if let Some(due) = due {
        shell.tell("A ruling is due by {}", &[text(due.day())]);
    }
    let receipt = handed.receipt(shell, &room, &entered)?;
    entered.json(shell, json!({ "case": case, "until": until, "late": late, "due": due, "receipt": receipt }));
    Ok(Verdict::Holds)
}
