//! `sanad case classify` and `decide`: what people say of a complaint.

use std::path::PathBuf;

use clap::ValueHint;
use election::{CaseId, Digest, Moment, Role};
use record::Body;
use record::docket::{Class, Classification, Docket, Resolution, Verdict as Decided};
use serde_json::json;

use super::case::{Entered, class_words, complaint_of, one_of, verdict_words};
use super::centre::open;
use super::decisions::Grounds;
use crate::inputs;
use crate::shell::{Fill, Result, Shell, Verdict, text};

const CLASSES: [(&str, Class); 4] =
    [("red", Class::Red), ("yellow", Class::Yellow), ("green", Class::Green), ("inadmissible", Class::Inadmissible)];

const VERDICTS: [(&str, Decided); 3] =
    [("upheld", Decided::Upheld), ("partly", Decided::Partly), ("dismissed", Decided::Dismissed)];

/// What a panel says.
#[derive(clap::Args)]
pub struct Classify {
    /// The folder of the centre
    #[arg(long, value_hint = ValueHint::DirPath)]
    dir: PathBuf,
    /// The complaint
    #[arg(long)]
    case: CaseId,
    /// How grave it is
    #[arg(long, value_parser = one_of(&CLASSES))]
    class: Class,
    #[command(flatten)]
    grounds: Grounds,
    /// A key of the panel: a member of the board and two different officers
    #[arg(long = "signer", value_name = "KEY.pem", required = true, value_hint = ValueHint::FilePath)]
    signers: Vec<PathBuf>,
}

/// Enters a classification, in the place of the one that stands.
pub fn classify(shell: &Shell, args: Classify) -> Result {
    let mut room = open(&args.dir)?;
    let Classify { case, class, grounds: Grounds { reason, basis }, signers, .. } = args;
    let supersedes = complaint_of(&room, &case)?.classification.as_ref().map(|(leaf, _)| *leaf);
    let keys = inputs::keys_of_panel(&room.state().signatories, &signers)?;
    let own = Classification { case: case.clone(), class, reason, basis, supersedes };
    let entered = Entered::signed(&mut room, &Body::Classification(own), &keys)?;
    entered.tell(shell);
    shell.tell("Complaint {}: {}", &[text(&case), Fill::Words(shell.worded(class_words(class), &[]))]);
    entered.json(shell, json!({ "case": case, "class": class.as_str(), "supersedes": supersedes }));
    Ok(Verdict::Holds)
}

/// What two officers decide.
#[derive(clap::Args)]
pub struct Decide {
    /// The folder of the centre
    #[arg(long, value_hint = ValueHint::DirPath)]
    dir: PathBuf,
    /// The complaint
    #[arg(long)]
    case: CaseId,
    /// What is decided
    #[arg(long, value_parser = one_of(&VERDICTS))]
    verdict: Decided,
    #[command(flatten)]
    grounds: Grounds,
    /// SHA-256 of the leaf of an order about a station that comes of it
    #[arg(long = "order", value_name = "LEAF")]
    orders: Vec<Digest>,
    /// When it was served on who complained: 2018-05-20T09:00
    #[arg(long, value_name = "MOMENT")]
    served: Moment,
    /// An officer's key; two of different officers
    #[arg(long = "signer", value_name = "KEY.pem", required = true, value_hint = ValueHint::FilePath)]
    signers: Vec<PathBuf>,
}

/// Enters a resolution, in the place of the one that stands.
pub fn decide(shell: &Shell, args: Decide) -> Result {
    let mut room = open(&args.dir)?;
    let Decide { case, verdict, grounds: Grounds { reason, basis }, orders, served, signers, .. } = args;
    let supersedes = complaint_of(&room, &case)?.resolution.as_ref().map(|(leaf, _)| *leaf);
    let keys = inputs::keys_of(&room.state().signatories, Role::Officer, &signers)?;
    let own = Resolution { case: case.clone(), verdict, reason, basis, orders, served, supersedes };
    let entered = Entered::signed(&mut room, &Body::Resolution(own), &keys)?;
    entered.tell(shell);
    shell.tell("Complaint {}: {}", &[text(&case), Fill::Words(shell.worded(verdict_words(verdict), &[]))]);
    let until = Docket::appeal_until(&room.frozen().definition, served);
    match until {
        Some(until) => shell.tell("The last minute for an appeal is {}", &[text(until)]),
        None => shell.tell("The rules name no last minute for an appeal.", &[]),
    }
    let own = json!({
        "case": case, "verdict": verdict.as_str(), "served": served, "appeal_until": until, "supersedes": supersedes,
    });
    entered.json(shell, own);
    Ok(Verdict::Holds)
}
