//! `sanad case succession`: keys end, others begin, and what was in the hands of those who go is handed over.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use clap::ValueHint;
use election::{ActId, Digest, PersonId, Role};
use record::Body;
use record::docket::{Begins, DocketProblem, Seat, SignedBy, Succession, SuccessionProblem, Thing};
use serde_json::json;
use sign::{Signer, sha256};

use super::case::{Entered, one_of};
use super::centre::open;
use crate::inputs;
use crate::shell::{Fill, Result, Shell, Verdict, count, read, text};

const SIGNED_BY: [(&str, SignedBy); 2] = [("board", SignedBy::Board), ("registrars", SignedBy::Registrars)];
const SEATS: [(&str, Seat); 3] =
    [("board", Seat::Board), ("officer", Seat::Officer), ("commissioner", Seat::Commissioner)];

/// Keys that end and begin.
#[derive(clap::Args)]
pub struct Succeed {
    /// The folder of the centre
    #[arg(long, value_hint = ValueHint::DirPath)]
    dir: PathBuf,
    /// The act of the register that orders it: a law, or an order of a court or parliament
    #[arg(long)]
    act: ActId,
    /// Who signs beside those who begin: the outgoing board, or, where it does not, two registrars
    #[arg(long, value_parser = one_of(&SIGNED_BY))]
    signed_by: SignedBy,
    /// Somebody whose key ends
    #[arg(long, value_name = "PERSON")]
    ends: Vec<PersonId>,
    /// Somebody whose key begins, in which role, and their new key, which signs: board:judge_1=judge_1.key.pem
    #[arg(long, value_name = "ROLE:PERSON=KEY.pem", value_parser = begins)]
    begins: Vec<New>,
    /// How many members of the board sign together from here on
    #[arg(long, value_name = "N")]
    board: u8,
    /// What was handed over: seal:A-17, share:commissioner_1, custody:sha256:…, other:WORDS
    #[arg(long, value_name = "THING")]
    handed: Vec<Thing>,
    /// What was to be handed over, and was not
    #[arg(long, value_name = "THING")]
    not_handed: Vec<Thing>,
    /// Where shares were handed over: the new shares.csv, with a commitment to each new share. The centre keeps it, and its hash and the commitments are public
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    shares: Option<PathBuf>,
    /// A key of the outgoing board, or of a registrar
    #[arg(long = "signer", value_name = "KEY.pem", required = true, value_hint = ValueHint::FilePath)]
    signers: Vec<PathBuf>,
}

/// Somebody who comes.
#[derive(Clone)]
struct New {
    seat: Seat,
    person: PersonId,
    key: PathBuf,
}

/// `ROLE:PERSON=KEY.pem`.
fn begins(said: &str) -> std::result::Result<New, String> {
    let read = said.split_once(':').and_then(|(role, rest)| {
        let (_, seat) = SEATS.into_iter().find(|(word, _)| *word == role)?;
        let (person, key) = rest.split_once('=')?;
        Some(New { seat, person: person.parse().ok()?, key: key.into() })
    });
    read.ok_or_else(|| "write ROLE:PERSON=KEY.pem, such as board:judge_1=judge_1.key.pem".to_owned())
}

/// Who holds which share, as `keys/shares.csv` of a definition has it.
fn commitments(file: &[u8]) -> std::result::Result<BTreeMap<PersonId, Digest>, DocketProblem> {
    let text = String::from_utf8_lossy(file);
    let mut found = BTreeMap::new();
    for (line, number) in text.trim_start_matches('\u{feff}').lines().zip(1..) {
        let read = line.split_once(',').and_then(|(person, commitment)| {
            Some((person.trim().parse::<PersonId>().ok()?, commitment.trim().parse::<Digest>().ok()?))
        });
        let is_new = read.is_some_and(|(person, commitment)| found.insert(person, commitment).is_none());
        let is_empty = line.trim().is_empty() || number == 1 && line.trim() == "person,commitment";
        if !(is_new || is_empty) {
            let what = format!("line {number} is not PERSON,sha256:… of somebody new");
            return Err(SuccessionProblem::Shares(what).into());
        }
    }
    Ok(found)
}

/// Enters a succession.
pub fn succession(shell: &Shell, args: Succeed) -> Result {
    let mut room = open(&args.dir)?;
    let role = match args.signed_by {
        SignedBy::Board => Role::Board,
        SignedBy::Registrars => Role::Officer,
    };
    let mut keys = inputs::keys_of(&room.state().signatories, role, &args.signers)?;
    let new_keys: Vec<PathBuf> = args.begins.iter().map(|new| new.key.clone()).collect();
    let new_keys = inputs::keys(&new_keys)?;
    let unknown = || DocketProblem::from(SuccessionProblem::Act(args.act.clone()));
    let paper = room.state().registers.acts.get(&args.act).map(|(_, act)| act.paper).ok_or_else(unknown)?;
    let shares = args.shares.as_deref().map(read).transpose()?;
    let begins = args.begins.iter().zip(&new_keys).map(|(new, key)| Begins {
        person: new.person.clone(),
        seat: new.seat,
        key: key.public_key().to_string(),
    });
    let own = Succession {
        act: args.act,
        paper,
        signed_by: args.signed_by,
        ends: args.ends.into_iter().collect(),
        begins: begins.collect(),
        board: args.board,
        handed: args.handed.into_iter().collect(),
        not_handed: args.not_handed.into_iter().collect(),
        shares: shares.as_deref().map(sha256),
        commitments: shares.as_deref().map(commitments).transpose()?.unwrap_or_default(),
    };
    if let Some(shares) = &shares {
        room.keep_paper(shares)?;
    }
    keys.extend(new_keys);
    let told = own.clone();
    let entered = Entered::signed(&mut room, &Body::Succession(own), &keys)?;
    entered.tell(shell);
    for person in &told.ends {
        shell.tell("{}: from here on this key signs nothing more", &[text(person)]);
    }
    for new in &told.begins {
        let seat = Fill::Words(shell.worded(seat_words(new.seat), &[]));
        shell.tell("{}: from here on this key signs; {}", &[text(&new.person), seat]);
    }
    let of_board = room.state().signatories.of_role(Role::Board).len();
    shell.tell("Of the board {} of {} sign together", &[count(told.board), count(of_board)]);
    told.not_handed.iter().for_each(|thing| shell.find("Not handed over: {}", &[text(thing)]));
    let people: BTreeSet<&PersonId> = told.begins.iter().map(|new| &new.person).collect();
    entered.json(
        shell,
        json!({
            "act": told.act, "signed_by": told.signed_by.as_str(), "ends": told.ends, "begins": people,
            "board": told.board, "handed": told.handed, "not_handed": told.not_handed, "shares": told.shares,
        }),
    );
    Ok(Verdict::Holds)
}

/// A role in words.
fn seat_words(seat: Seat) -> &'static str {
    match seat {
        Seat::Board => "a member of the board",
        Seat::Officer => "an officer",
        Seat::Commissioner => "a commissioner",
    }
}
