//! `sanad case cancel`, `restore` and `count`, and what `sanad centre decide` shares with them: an order about a station, and what it
//! changes before anybody signs it.

use std::path::PathBuf;

use centre::Centre as Room;
use clap::ValueHint;
use election::{CaseId, Digest, Role, StationId};
use record::Body;
use record::entry::{Absence, Order};
use serde_json::json;
use sign::FileKey;

use super::case::{Entered, complaint_of, one_of};
use super::centre::open;
use super::centre_findings::Named;
use super::centre_order::{self, Act};
use super::decisions::Grounds;
use crate::shell::{Result, Shell, Verdict, text};
use crate::{inputs, summary};

const COPIES: [(&str, Act); 2] = [("network", Act::CountNetwork), ("stick", Act::CountStick)];

/// An order that leaves a station out, or takes that back.
#[derive(clap::Args)]
pub struct Left {
    #[command(flatten)]
    ordered: Ordered,
}

/// An order that counts one copy.
#[derive(clap::Args)]
pub struct Count {
    /// The copy that is counted
    #[arg(long, value_parser = one_of(&COPIES), required_unless_present = "hand_count")]
    copy: Option<Act>,
    /// SHA-256 of the leaf of a count by hand, which is counted instead of a copy
    #[arg(long, value_name = "LEAF", conflicts_with = "copy")]
    hand_count: Option<Digest>,
    /// Of a copy that came alone: why nothing came by the other channel
    #[arg(long, value_parser = one_of(&Absence::WORDS), conflicts_with = "hand_count")]
    absent: Option<Absence>,
    #[command(flatten)]
    ordered: Ordered,
}

/// The station, the grounds, and who signs.
#[derive(clap::Args)]
pub struct Ordered {
    #[command(flatten)]
    grounded: Grounded,
    #[command(flatten)]
    named: Named,
    /// An officer's key; two of different officers. Without it nothing is entered
    #[arg(long = "signer", value_name = "KEY.pem", value_hint = ValueHint::FilePath)]
    signers: Vec<PathBuf>,
}

/// What is ordered about a station rests on this.
#[derive(clap::Args)]
pub struct Grounded {
    /// The folder of the centre
    #[arg(long, value_hint = ValueHint::DirPath)]
    pub dir: PathBuf,
    /// The station
    #[arg(long)]
    pub station: StationId,
    #[command(flatten)]
    pub grounds: Grounds,
    /// The complaint that it rests on
    #[arg(long, value_name = "CASE")]
    complaint: Option<CaseId>,
    /// SHA-256 of further evidence it rests on
    #[arg(long)]
    evidence: Vec<Digest>,
    /// SHA-256 of the leaf of the court's ruling that it carries out
    #[arg(long, value_name = "LEAF")]
    pub under: Option<Digest>,
}

impl Grounded {
    /// The evidence, with the leaf of the complaint.
    pub fn evidence(&self, room: &Room) -> Result<Vec<Digest>> {
        let complaint = self.complaint.as_ref().map(|case| complaint_of(room, case)).transpose()?;
        Ok(self.evidence.iter().copied().chain(complaint.map(|own| own.leaf)).collect())
    }
}

/// Leaves a station out.
pub fn cancel(shell: &Shell, args: Left) -> Result {
    ordered(shell, Act::Cancel, None, args.ordered)
}

/// Takes a cancellation back.
pub fn restore(shell: &Shell, args: Left) -> Result {
    ordered(shell, Act::Restore, None, args.ordered)
}

/// Counts one copy.
pub fn count(shell: &Shell, args: Count) -> Result {
    let act = args.hand_count.map(Act::CountHand).or(args.copy).expect("clap asks for one of them");
    ordered(shell, act, args.absent, args.ordered)
}

/// An order of the register of cases.
fn ordered(shell: &Shell, act: Act, absent: Option<Absence>, args: Ordered) -> Result {
    let Ordered { grounded, named, signers } = args;
    let mut room = open(&grounded.dir)?;
    let keys = inputs::keys_of(&room.state().signatories, Role::Officer, &signers)?;
    let findings = named.findings.into_iter().collect();
    let order = Order { findings, ..worded(&room, act, absent, grounded)? };
    enter(shell, &mut room, act, order, &keys)
}

/// Shows what an order would change and, where it is signed, enters it.
pub fn enter(shell: &Shell, room: &mut Room, act: Act, order: Order, keys: &[FileKey]) -> Result {
    let changes = room.effect(&order)?;
    if changes.is_empty() {
        shell.tell("It changes no figure.", &[]);
    } else {
        shell.say(summary::changes(&room.frozen().definition, &changes, shell.lang));
    }
    let own = json!({ "station": order.station, "supersedes": order.supersedes, "changes": changes });
    if keys.is_empty() {
        shell.tell("Nothing is entered. To enter it, run the same command with --signer of two officers.", &[]);
        Entered::nothing(shell, own);
        return Ok(Verdict::Holds);
    }
    let fills = [text(&order.station)];
    let entered = Entered::signed(room, &Body::Order(order), keys)?;
    entered.tell(shell);
    shell.tell(act.entered(), &fills);
    entered.json(shell, own);
    Ok(Verdict::Holds)
}

/// The order, with the leaf of the complaint among its evidence.
fn worded(room: &Room, act: Act, absent: Option<Absence>, args: Grounded) -> Result<Order> {
    let evidence = args.evidence(room)?;
    let Grounded { station, grounds: Grounds { reason, basis }, under, .. } = args;
    let order = centre_order::order(room, station, act, absent, reason, basis, evidence);
    let order = order.map_err(|failure| match failure.code() {
        "centre.cancelled" => failure.hint("take the cancellation back first with `sanad case restore`"),
        _ => failure,
    })?;
    let mut supersedes = order.supersedes;
    if under.is_some() {
        let known = room.state().evidence.get(&order.station).into_iter().flat_map(|known| &known.heads);
        supersedes.extend(known.filter(|(_, head)| head.under.is_some()).map(|(leaf, _)| *leaf));
    }
    Ok(Order { under, supersedes, ..order })
}
