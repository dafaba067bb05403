//! `sanad act`: what others have ordered, asked, answered and found, each by its paper.

use std::path::PathBuf;

use clap::{Subcommand, ValueHint};
use election::{ActId, ItemId, Moment, PlainDate, Role, StationId};
use record::Body;
use record::register::acts::{Act as Entry, ActKind, ActStanding, ActState, Tested};
use serde_json::{Value, json};
use sign::sha256;

use super::case::{Entered, one_of};
use super::centre::open;
use super::read_back::ReadBack;
use crate::inputs;
use crate::shell::{Fill, Result, Shell, Verdict, read, text};
use crate::words::isolated;

const KINDS: [(&str, ActKind); 16] = [
    ("law", ActKind::Law),
    ("directive", ActKind::Directive),
    ("committee", ActKind::Committee),
    ("minutes", ActKind::Minutes),
    ("security-plan", ActKind::SecurityPlan),
    ("request", ActKind::Request),
    ("reply", ActKind::Reply),
    ("allegation", ActKind::Allegation),
    ("notice", ActKind::Notice),
    ("attendance", ActKind::Attendance),
    ("test-report", ActKind::TestReport),
    ("contract", ActKind::Contract),
    ("remark", ActKind::Remark),
    ("order", ActKind::Order),
    ("annulment", ActKind::Annulment),
    ("other", ActKind::Other),
];

/// The register of acts.
#[derive(Subcommand)]
pub enum Act {
    /// Enter a paper; two registrars read it back before it takes effect
    ///
    /// Whoever signs second types number and date again, from the paper (--read-back, --read-back-dated). The centre keeps the paper, and
    /// its hash is public. Whether an act is open, answered or annulled is never typed: it follows from the acts that name it.
    #[command(after_help = "Example: sanad act file --dir centre --act 12 --kind remark --issuer 'Audit Board' \
                            --number 7/2018 --dated 2018-04-20 --read-back 7/2018 --read-back-dated 2018-04-20 \
                            --paper remark.pdf --effect 'no delivery note for 40 devices' --owner 'contracts office' \
                            --served 2018-04-22T09:00 --answer-days 10 --item dev_1 \
                            --signer officer_1.key.pem --signer officer_2.key.pem")]
    File(Box<File>),
    /// The register: each act with what it answers, what answers it, and where it is
    ///
    /// Where an act is follows from the acts that name it: in force, open, answered, annulled. --open shows those alone that expect an
    /// answer and have none.
    #[command(after_help = "Example: sanad act list --dir centre --open")]
    List(List),
}

/// A paper.
#[derive(clap::Args)]
pub struct File {
    /// The folder of the centre
    #[arg(long, value_hint = ValueHint::DirPath)]
    dir: PathBuf,
    /// Its number in the register
    #[arg(long)]
    act: ActId,
    /// What it is
    #[arg(long, value_parser = one_of(&KINDS))]
    kind: ActKind,
    /// Who gave it, as the paper has it: an institution
    #[arg(long, value_name = "TEXT")]
    issuer: String,
    #[command(flatten)]
    paper_as_read: ReadBack,
    /// The scanned paper: the centre keeps it, and its hash is public
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    paper: PathBuf,
    /// What it says, in a sentence; of a test report its finding. It is published: no name of a person
    #[arg(long, value_name = "TEXT")]
    effect: String,
    /// When it was served on whoever must answer or obey: 2018-04-22T09:00
    #[arg(long, value_name = "MOMENT")]
    served: Option<Moment>,
    /// Days after service in which an answer is due
    #[arg(long, value_name = "DAYS")]
    answer_days: Option<u8>,
    /// Its last day, where it has a term
    #[arg(long, value_name = "DATE")]
    until: Option<PlainDate>,
    /// The office that must answer it, or see to it
    #[arg(long, value_name = "TEXT")]
    owner: Option<String>,
    /// The act that it rests on: the committee of minutes, the notice of an attendance
    #[arg(long, value_name = "ACT")]
    under: Option<ActId>,
    /// An act that it answers
    #[arg(long, value_name = "ACT")]
    answers: Vec<ActId>,
    /// An act that it takes away
    #[arg(long, value_name = "ACT")]
    annuls: Vec<ActId>,
    /// An institution or role that sits in the committee, or that came; no name of a person
    #[arg(long = "member", value_name = "TEXT")]
    members: Vec<String>,
    /// A station that was examined
    #[arg(long, value_name = "STATION")]
    examined: Vec<StationId>,
    /// A station that was examined and of which nothing was found
    #[arg(long, value_name = "STATION")]
    cleared: Vec<StationId>,
    /// A piece of equipment that it is about
    #[arg(long = "item", value_name = "ITEM")]
    items: Vec<ItemId>,
    /// Of a test report: what was tested
    #[arg(long, value_name = "TEXT", requires = "tested_version")]
    tested: Option<String>,
    /// Of a test report: in which version
    #[arg(long, value_name = "TEXT", requires = "tested")]
    tested_version: Option<String>,
    /// A further file: tender, delivery, acceptance, payment, evidence. The centre keeps it, and its hash is public
    #[arg(long = "annex", value_name = "NAME=FILE", value_parser = annex)]
    annexes: Vec<(String, PathBuf)>,
    /// It corrects the act that stands under this number
    #[arg(long)]
    corrects: bool,
    /// An officer's key; two of different officers, who have read it back
    #[arg(long = "signer", value_name = "KEY.pem", required = true, value_hint = ValueHint::FilePath)]
    signers: Vec<PathBuf>,
}

/// What is listed.
#[derive(clap::Args)]
pub struct List {
    /// The folder of the centre
    #[arg(long, value_hint = ValueHint::DirPath)]
    dir: PathBuf,
    /// Only what expects an answer and has none
    #[arg(long)]
    open: bool,
}

/// `NAME=FILE`.
fn annex(said: &str) -> std::result::Result<(String, PathBuf), String> {
    let (name, file) = said.split_once('=').ok_or("write NAME=FILE, such as tender=tender.pdf")?;
    Ok((name.to_owned(), file.into()))
}

/// Runs it.
pub fn run(shell: &Shell, command: Act) -> Result {
    match command {
        Act::File(args) => file(shell, *args),
        Act::List(args) => list(shell, &args),
    }
}

fn file(shell: &Shell, args: File) -> Result {
    let mut room = open(&args.dir)?;
    let keys = inputs::keys_of(&room.state().signatories, Role::Officer, &args.signers)?;
    let (number, dated) = args.paper_as_read.agreed()?;
    let paper = read(&args.paper)?;
    let annexes = args.annexes.iter().map(|(name, path)| Ok((name.clone(), read(path)?)));
    let annexes = annexes.collect::<Result<Vec<_>>>()?;
    let stands = room.state().registers.acts.get(&args.act).map(|(leaf, _)| *leaf);
    let own = Entry {
        act: args.act,
        kind: args.kind,
        issuer: args.issuer,
        number,
        dated,
        served: args.served,
        paper: sha256(&paper),
        effect: args.effect,
        answer_days: args.answer_days,
        until: args.until,
        owner: args.owner,
        under: args.under,
        answers: args.answers.into_iter().collect(),
        annuls: args.annuls.into_iter().collect(),
        members: args.members,
        // Whoever clears a station has examined it.
        examined: args.examined.into_iter().chain(args.cleared.iter().cloned()).collect(),
        cleared: args.cleared.into_iter().collect(),
        items: args.items.into_iter().collect(),
        tested: args.tested.zip(args.tested_version).map(|(scope, version)| Tested { scope, version }),
        annexes: annexes.iter().map(|(name, bytes)| (name.clone(), sha256(bytes))).collect(),
        supersedes: stands.filter(|_| args.corrects),
    };
    for bytes in annexes.iter().map(|(_, bytes)| bytes).chain([&paper]) {
        room.keep_paper(bytes)?;
    }
    let id = own.act.clone();
    let entered = Entered::signed(&mut room, &Body::Act(own), &keys)?;
    entered.tell(shell);
    let standing = room.state().registers.acts_standing();
    let own = &standing[&id];
    tell(shell, own);
    let due = own.act.due(&room.frozen().definition);
    if let Some(due) = due {
        shell.tell("  an answer is due by {}", &[text(due)]);
    }
    entered.json(shell, json!({ "act": id, "state": own.state.as_str(), "due": due }));
    Ok(Verdict::Holds)
}

/// Lists the register.
fn list(shell: &Shell, args: &List) -> Result {
    let room = open(&args.dir)?;
    let def = &room.frozen().definition;
    let standing = room.state().registers.acts_standing();
    let listed = standing.values().filter(|own| !args.open || own.state == ActState::Open);
    let listed: Vec<&ActStanding> = listed.collect();
    listed.iter().for_each(|own| tell(shell, own));
    if listed.is_empty() {
        shell.tell("Nothing is in the register of acts.", &[]);
    }
    let acts: Vec<Value> = listed
        .into_iter()
        .map(|own| {
            json!({
                "leaf": own.leaf, "act": own.act, "state": own.state.as_str(), "due": own.act.due(def),
                "answered_by": own.answered_by, "annulled_by": own.annulled_by,
            })
        })
        .collect();
    shell.json(&json!({ "acts": acts }));
    Ok(Verdict::Holds)
}

/// One act, and the acts that name it.
fn tell(shell: &Shell, own: &ActStanding) {
    let state = Fill::Words(shell.worded(state_words(own.state), &[]));
    let act = own.act;
    shell.tell("{}: {} of {}, {}: {}", &[text(&act.act), text(&act.number), text(act.dated), text(&act.issuer), state]);
    shell.say(format_args!("  {}", isolated(shell.lang, &act.effect)));
    let joined = |ids: &[&ActId]| ids.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(" ");
    if !own.answered_by.is_empty() {
        shell.tell("  answered by {}", &[text(joined(&own.answered_by))]);
    }
    if !own.annulled_by.is_empty() {
        shell.tell("  annulled by {}", &[text(joined(&own.annulled_by))]);
    }
}

/// Where an act is, in words.
fn state_words(state: ActState) -> &'static str {
    match state {
        ActState::InForce => "it stands",
        ActState::Open => "open: it has no answer",
        ActState::Answered => "answered",
        ActState::Annulled => "annulled: another act has taken it away",
    }
}
