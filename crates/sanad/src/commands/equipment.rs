//! `sanad equipment`: devices and other equipment, and in whose hands they were.

use std::collections::BTreeMap;
use std::path::PathBuf;

use centre::Centre as Room;
use clap::{Subcommand, ValueHint};
use election::{ActId, DeviceId, Digest, ItemId, Moment, Role, StationId};
use record::Body;
use record::register::equipment::{Custody, HandOver, Item, ItemKind};
use record::register::tables;
use serde_json::{Value, json};
use sign::sha256;

use super::case::{Entered, one_of};
use super::centre::open;
use crate::inputs;
use crate::shell::{Failure, Fill, Result, Shell, Verdict, count, text, write};

const KINDS: [(&str, ItemKind); 5] = [
    ("device", ItemKind::Device),
    ("server", ItemKind::Server),
    ("stick", ItemKind::Stick),
    ("box", ItemKind::Box),
    ("link", ItemKind::Link),
];

/// What two officers have signed over an export.
const SIGNED: &str = "registers.dsse.json";

/// The register of equipment.
#[derive(Subcommand)]
pub enum Equipment {
    /// Enter a device, a server, a stick, a box or a link; signed by two officers
    ///
    /// A device is one of the frozen key list, with its key and its station. Where `equipment.required` is set, packages of a device that
    /// is not in the register are refused.
    #[command(after_help = "Example: sanad equipment enter --dir centre --item dev_1 --kind device --serial SN-4711 \
                            --device d0101 --contract 3 --article 'article 38' \
                            --signer officer_1.key.pem --signer officer_2.key.pem")]
    Enter(Enter),
    /// Enter that a piece of equipment went from hand to hand; signed by two officers
    ///
    /// One that does not begin where the one before it ended is entered as well, and the gap is told wherever the register is shown.
    #[command(after_help = "Example: sanad equipment hand-over --dir centre --item dev_1 --from 'central store' \
                            --to 'office of the north' --seal A-17 --at 2018-05-10T08:00 --place 'central store' \
                            --signer officer_1.key.pem --signer officer_2.key.pem")]
    HandOver(Handed),
    /// The register: each item with who has it, gaps between hands, and remarks that nobody has answered
    ///
    /// Says at the end how many devices of the frozen key list are in it: a device that is not in it is named in the first point of the
    /// commission's statement.
    #[command(after_help = "Example: sanad equipment list --dir centre")]
    List(List),
    /// Write the registers to a folder, and what two officers sign over them
    ///
    /// The tables of acts, equipment and custody as the record has them, and registers.dsse.json: under the fingerprint, the SHA-256 of
    /// each, with the size and root of the record. Whoever has the frozen keys checks it without Sanad (docs/acts.md).
    #[command(after_help = "Example: sanad equipment export --dir centre -o equipment \
                            --signer officer_1.key.pem --signer officer_2.key.pem")]
    Export(Export),
}

/// An item.
#[derive(clap::Args)]
pub struct Enter {
    /// The folder of the centre
    #[arg(long, value_hint = ValueHint::DirPath)]
    dir: PathBuf,
    /// Its number in the register
    #[arg(long)]
    item: ItemId,
    /// What it is
    #[arg(long, value_parser = one_of(&KINDS))]
    kind: ItemKind,
    /// The serial number on it; of a link the number of the line
    #[arg(long, value_name = "TEXT")]
    serial: String,
    /// Of a device: its id in keys/devices.csv
    #[arg(long)]
    device: Option<DeviceId>,
    /// Of a device: its public key, as the device shows it; without it that of keys/devices.csv
    #[arg(long, value_name = "KEY", requires = "device")]
    key: Option<String>,
    /// SHA-256 of the software that it runs
    #[arg(long, value_name = "DIGEST")]
    build: Option<Digest>,
    /// The contract by which it was bought or is provided, by its number in the register of acts
    #[arg(long, value_name = "ACT")]
    contract: Option<ActId>,
    /// The article of the law by which it is used
    #[arg(long, value_name = "TEXT")]
    article: String,
    /// Where it serves; of a device the station of keys/devices.csv
    #[arg(long)]
    station: Option<StationId>,
    /// It corrects the item that stands under this number
    #[arg(long)]
    corrects: bool,
    /// An officer's key; two of different officers
    #[arg(long = "signer", value_name = "KEY.pem", required = true, value_hint = ValueHint::FilePath)]
    signers: Vec<PathBuf>,
}

/// A hand-over.
#[derive(clap::Args)]
pub struct Handed {
    /// The folder of the centre
    #[arg(long, value_hint = ValueHint::DirPath)]
    dir: PathBuf,
    /// What is handed over
    #[arg(long)]
    item: ItemId,
    /// From whom: an office or a role, no name of a person
    #[arg(long, value_name = "TEXT")]
    from: String,
    /// To whom
    #[arg(long, value_name = "TEXT")]
    to: String,
    /// The number of a seal on it
    #[arg(long = "seal", value_name = "TEXT")]
    seals: Vec<String>,
    /// When: 2018-05-10T08:00
    #[arg(long, value_name = "MOMENT")]
    at: Moment,
    /// Where
    #[arg(long, value_name = "TEXT")]
    place: String,
    /// SHA-256 of the leaf of the hand-over that it corrects
    #[arg(long, value_name = "LEAF")]
    corrects: Option<Digest>,
    /// An officer's key; two of different officers
    #[arg(long = "signer", value_name = "KEY.pem", required = true, value_hint = ValueHint::FilePath)]
    signers: Vec<PathBuf>,
}

/// What is listed.
#[derive(clap::Args)]
pub struct List {
    /// The folder of the centre
    #[arg(long, value_hint = ValueHint::DirPath)]
    dir: PathBuf,
}

/// What is exported.
#[derive(clap::Args)]
pub struct Export {
    /// The folder of the centre
    #[arg(long, value_hint = ValueHint::DirPath)]
    dir: PathBuf,
    /// The folder to write
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    output: PathBuf,
    /// An officer's key; two of different officers
    #[arg(long = "signer", value_name = "KEY.pem", required = true, value_hint = ValueHint::FilePath)]
    signers: Vec<PathBuf>,
}

/// Runs it.
pub fn run(shell: &Shell, command: Equipment) -> Result {
    match command {
        Equipment::Enter(args) => enter(shell, args),
        Equipment::HandOver(args) => hand_over(shell, args),
        Equipment::List(args) => list(shell, &args),
        Equipment::Export(args) => export(shell, &args),
    }
}

fn enter(shell: &Shell, args: Enter) -> Result {
    let mut room = open(&args.dir)?;
    let keys = inputs::keys_of(&room.state().signatories, Role::Officer, &args.signers)?;
    let listed = args.device.as_ref().and_then(|device| room.frozen().keyring.devices.get(device));
    let stands = room.state().registers.items.get(&args.item).map(|(leaf, _)| *leaf);
    let own = Item {
        key: args.key.or_else(|| listed.map(|(_, key)| key.to_string())),
        station: args.station.or_else(|| listed.map(|(station, _)| station.clone())),
        item: args.item,
        kind: args.kind,
        serial: args.serial,
        device: args.device,
        build: args.build,
        contract: args.contract,
        article: args.article,
        supersedes: stands.filter(|_| args.corrects),
    };
    let id = own.item.clone();
    let entered = Entered::signed(&mut room, &Body::Item(own), &keys)?;
    entered.tell(shell);
    let (registered, listed) = devices(&room);
    shell.tell("Devices of the key list that are in the register: {} of {}", &[count(registered), count(listed)]);
    entered.json(shell, json!({ "item": id, "registered": registered, "listed": listed }));
    Ok(Verdict::Holds)
}

/// How many devices of the key list are in the register, and how many there are.
fn devices(room: &Room) -> (usize, usize) {
    (room.state().registers.devices.len(), room.frozen().keyring.devices.len())
}

fn hand_over(shell: &Shell, args: Handed) -> Result {
    let mut room = open(&args.dir)?;
    let keys = inputs::keys_of(&room.state().signatories, Role::Officer, &args.signers)?;
    let Handed { item, from, to, seals, at, place, corrects, .. } = args;
    let own = Custody { item: item.clone(), from, to, seals, at, place, supersedes: corrects };
    let entered = Entered::signed(&mut room, &Body::Custody(own), &keys)?;
    entered.tell(shell);
    let all = room.state().registers.hand_overs();
    let gaps = all[&item].iter().filter(|own| tell_gap(shell, own)).count();
    entered.json(shell, json!({ "item": item, "hand_overs": all[&item].len(), "gaps": gaps }));
    Ok(Verdict::Holds)
}

/// Tells a hand-over that does not begin where the one before it ended.
fn tell_gap(shell: &Shell, own: &HandOver) -> bool {
    let is_gap = own.follows == Some(false);
    if is_gap {
        let fills = [text(own.custody.at), text(&own.custody.item), text(&own.custody.from)];
        shell.find("  a gap: at {} {} was handed over by {}, who had not taken it before", &fills);
    }
    is_gap
}

fn list(shell: &Shell, args: &List) -> Result {
    let room = open(&args.dir)?;
    let registers = &room.state().registers;
    let hand_overs = registers.hand_overs();
    for (id, (_, item)) in &registers.items {
        let own = hand_overs.get(id).map(Vec::as_slice).unwrap_or_default();
        let kind = shell.worded(kind_words(item.kind), &[]);
        shell.tell("{}: {}, serial number {}", &[text(id), Fill::Words(kind), text(&item.serial)]);
        if let Some(last) = own.last() {
            shell.tell("  in the hands of {} since {}", &[text(&last.custody.to), text(last.custody.at)]);
        }
        for own in own {
            tell_gap(shell, own);
        }
    }
    let (registered, listed) = devices(&room);
    shell.tell("Devices of the key list that are in the register: {} of {}", &[count(registered), count(listed)]);
    shell.json(&json!({ "items": items(&room), "registered": registered, "listed": listed }));
    Ok(Verdict::Holds)
}

/// What an item is, in words.
fn kind_words(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Device => "a counting device",
        ItemKind::Server => "a server",
        ItemKind::Stick => "a memory stick",
        ItemKind::Box => "a ballot box",
        ItemKind::Link => "a link",
    }
}

/// Every item with its hand-overs.
fn items(room: &Room) -> Vec<Value> {
    let registers = &room.state().registers;
    let hand_overs = registers.hand_overs();
    let of = |own: &HandOver| {
        json!({
            "leaf": own.leaf, "custody": own.custody, "follows": own.follows, "same_seals": own.same_seals,
        })
    };
    let item = |(id, (leaf, item)): (&ItemId, &(Digest, Item))| {
        let own = hand_overs.get(id).into_iter().flatten().map(of).collect::<Vec<_>>();
        json!({ "leaf": leaf, "item": item, "hand_overs": own })
    };
    registers.items.iter().map(item).collect()
}

/// The tables of the registers as the record has them, and what two officers sign over them.
fn export(shell: &Shell, args: &Export) -> Result {
    let room = open(&args.dir)?;
    let keys = inputs::keys_of(&room.state().signatories, Role::Officer, &args.signers)?;
    let def = &room.frozen().definition;
    let needed = usize::from(def.rules.thresholds.officers).max(2);
    if keys.len() < needed {
        let what = format!("the export of a register takes the signatures of {needed} officers; {} signed", keys.len());
        return Err(Failure::new("record.threshold", what, "have the others sign it as well"));
    }
    let files = tables::files(def, room.state());
    let digests: BTreeMap<&str, Digest> =
        files.iter().map(|(path, bytes)| (path.trim_start_matches(tables::FOLDER), sha256(bytes))).collect();
    let body = json!({
        "scope": def.scope,
        "fingerprint": room.state().fingerprint,
        "at": inputs::clock(),
        "record": { "size": room.log().size(), "root": Digest(room.log().root()) },
        "files": digests,
    });
    let signed = sign::dsse::sign_json("registers", &body, &inputs::signers(&keys))?;
    for (path, bytes) in &files {
        write(&args.output.join(path.trim_start_matches(tables::FOLDER)), bytes)?;
    }
    write(&args.output.join(SIGNED), &signed.to_bytes())?;
    shell.tell("Written and signed: {} tables, as of leaf {}", &[count(files.len()), count(room.log().size() - 1)]);
    shell.json(&json!({ "folder": args.output, "signed": SIGNED, "files": digests }));
    Ok(Verdict::Holds)
}
