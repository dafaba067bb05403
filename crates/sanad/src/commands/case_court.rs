//! `sanad case rule` and `enjoin`: a court's paper, read back by two officers before it takes effect.

use std::path::PathBuf;

use centre::Centre as Room;
use clap::ValueHint;
use election::{CaseId, Digest, Moment, Role};
use record::Body;
use record::docket::{Matter, Ruled, Ruling, Stay};
use serde_json::json;
use sign::sha256;

use super::case::{Entered, no_case, one_of};
use super::centre::open;
use super::read_back::ReadBack;
use crate::inputs;
use crate::shell::{Fill, Result, Shell, Verdict, count, read, text};

const STAYS: [(&str, Stay); 2] = [("announcement", Stay::Announcement), ("certification", Stay::Certification)];

/// A court's paper.
#[derive(clap::Args)]
pub struct Paper {
    /// The folder of the centre
    #[arg(long, value_hint = ValueHint::DirPath)]
    dir: PathBuf,
    /// The court, as its paper has it
    #[arg(long, value_name = "TEXT")]
    court: String,
    /// Its rank; 1 is the highest
    #[arg(long, value_name = "N")]
    rank: u8,
    #[command(flatten)]
    as_read: ReadBack,
    /// When it was served on the commission: 2018-05-28T12:00
    #[arg(long, value_name = "MOMENT")]
    served: Moment,
    /// The scanned paper: the centre keeps it, and its hash is public
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    paper: PathBuf,
    /// An appeal that it rules upon
    #[arg(long, value_name = "CASE")]
    about: Vec<CaseId>,
    /// An officer's key; two of different officers, who have read it back
    #[arg(long = "signer", value_name = "KEY.pem", required = true, value_hint = ValueHint::FilePath)]
    signers: Vec<PathBuf>,
}

/// A ruling.
#[derive(clap::Args)]
pub struct Rule {
    #[command(flatten)]
    paper: Paper,
    #[command(flatten)]
    orders: Orders,
}

/// What a court orders.
#[derive(clap::Args)]
#[group(required = true, multiple = false)]
struct Orders {
    /// The appeals are granted
    #[arg(long)]
    granted: bool,
    /// The appeals are dismissed
    #[arg(long)]
    dismissed: bool,
    /// It stops this
    #[arg(long, value_parser = one_of(&STAYS))]
    stays: Option<Stay>,
    /// It lifts the injunction whose leaf has this SHA-256
    #[arg(long, value_name = "LEAF")]
    lifts: Option<Digest>,
    /// The certification may go on though this is open: complaint:17, appeal:18, station:0101, injunction:sha256:…
    #[arg(long, value_name = "MATTER")]
    permits: Vec<Matter>,
}

impl Orders {
    fn ruled(self) -> Ruled {
        match self {
            Orders { granted: true, .. } => Ruled::Granted,
            Orders { dismissed: true, .. } => Ruled::Dismissed,
            Orders { stays: Some(stay), .. } => Ruled::Stays(stay),
            Orders { lifts: Some(leaf), .. } => Ruled::Lifts(leaf),
            Orders { permits, .. } => Ruled::Permits(permits),
        }
    }
}

/// An injunction.
#[derive(clap::Args)]
pub struct Enjoin {
    #[command(flatten)]
    paper: Paper,
    /// What the court stops
    #[arg(long, value_parser = one_of(&STAYS))]
    stays: Stay,
}

/// Enters a ruling.
pub fn rule(shell: &Shell, args: Rule) -> Result {
    enter(shell, args.paper, args.orders.ruled())
}

/// Enters an injunction.
pub fn enjoin(shell: &Shell, args: Enjoin) -> Result {
    enter(shell, args.paper, Ruled::Stays(args.stays))
}

fn enter(shell: &Shell, args: Paper, ruled: Ruled) -> Result {
    let mut room = open(&args.dir)?;
    let keys = inputs::keys_of(&room.state().signatories, Role::Officer, &args.signers)?;
    let (number, dated) = args.as_read.agreed()?;
    let paper = read(&args.paper)?;
    let Paper { court, rank, served, about, .. } = args;
    appeals(&room, &about)?;
    let own = Ruling { court, rank, number, dated, served, paper: sha256(&paper), about, ruled };
    tell(shell, &own);
    room.keep_paper(&paper)?;
    let (ruled, about) = (own.ruled.as_str(), own.about.clone());
    let entered = Entered::signed(&mut room, &Body::Ruling(own), &keys)?;
    entered.tell(shell);
    let injunctions: Vec<&Digest> = room.state().docket.injunctions.keys().collect();
    entered.json(shell, json!({ "ruled": ruled, "about": about, "injunctions": injunctions }));
    Ok(Verdict::Holds)
}

/// Appeals that stand in the register.
fn appeals(room: &Room, about: &[CaseId]) -> Result<()> {
    let known = &room.state().docket.appeals;
    match about.iter().find(|case| !known.contains_key(*case)) {
        Some(case) => Err(no_case("appeal", case, known.keys())),
        None => Ok(()),
    }
}

/// What is entered, to be compared with the paper.
fn tell(shell: &Shell, own: &Ruling) {
    shell.tell("Court: {} (rank {})", &[text(&own.court), count(own.rank)]);
    shell.tell("Number: {}, of {}; served {}", &[text(&own.number), text(own.dated), text(own.served)]);
    shell.tell("Paper: {}", &[text(own.paper)]);
    if !own.about.is_empty() {
        let about: Vec<&str> = own.about.iter().map(CaseId::as_str).collect();
        shell.tell("Upon the appeals: {}", &[text(about.join(" "))]);
    }
    shell.tell("It orders: {}", &[Fill::Words(ruled_words(shell, &own.ruled))]);
}

/// What a court orders, in words.
pub fn ruled_words(shell: &Shell, ruled: &Ruled) -> String {
    match ruled {
        Ruled::Granted => shell.worded("the appeals are granted", &[]),
        Ruled::Dismissed => shell.worded("the appeals are dismissed", &[]),
        Ruled::Stays(stay) => shell.worded(stay_words(*stay), &[]),
        Ruled::Lifts(leaf) => shell.worded("the injunction {} is lifted", &[text(leaf)]),
        Ruled::Permits(matters) => {
            let matters: Vec<String> = matters.iter().map(Matter::to_string).collect();
            shell.worded("the certification may go on though these are open: {}", &[text(matters.join(" "))])
        }
    }
}

/// What a court stops, in words.
pub fn stay_words(stay: Stay) -> &'static str {
    match stay {
        Stay::Announcement => "it stops further announcements",
        Stay::Certification => "it stops the certification",
    }
}
