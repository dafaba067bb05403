//! Keys of the board, of officers and of holders of shares end, others begin, and what was in their hands is handed over.
//!
//! Whoever comes proves that they hold their key by signing the leaf with it. The outgoing board signs too, or, where judges replace it
//! against its will, two registrars do, with the act that orders it: the record knows no key of a court.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use election::{ActId, Coded, Digest, PersonId, Role};
use serde::{Deserialize, Serialize};
use sign::{KeyKind, PublicKey};

use super::Revocation;
use crate::fold::State;
use crate::frozen::Frozen;
use crate::keyring::Signatories;
use crate::register::acts::ActKind;
use crate::results::{Table, or_empty};

/// Of whose keys the leaf has its authority, beside those that begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignedBy {
    /// The outgoing board's threshold hands over.
    Board,
    /// Two registrars, who have read the act back: the outgoing board does not sign.
    Registrars,
}

impl SignedBy {
    /// The word used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            SignedBy::Board => "board",
            SignedBy::Registrars => "registrars",
        }
    }
}

/// In what role somebody begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seat {
    /// A member of the board.
    Board,
    /// A commissioner, who may hold a share.
    Commissioner,
    /// An officer.
    Officer,
}

impl Seat {
    /// The role of the definition that it is.
    pub fn role(self) -> Role {
        match self {
            Seat::Board => Role::Board,
            Seat::Officer => Role::Officer,
            Seat::Commissioner => Role::Commissioner,
        }
    }

    /// The word used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Seat::Board => "board",
            Seat::Officer => "officer",
            Seat::Commissioner => "commissioner",
        }
    }
}

/// A key that begins.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Begins {
    /// Whose: an id that nobody has had.
    pub person: PersonId,
    /// In what role.
    pub seat: Seat,
    /// The public key (P-256), as in `keys/people.csv`.
    pub key: String,
}

/// What is to be handed over.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    /// Equipment: the leaf of its hand-over in the register.
    Custody(Digest),
    /// Anything else, in words.
    Other(String),
    /// A seal, by its number.
    Seal(String),
    /// The share of the centre's identity that this person holds.
    Share(PersonId),
}

impl fmt::Display for Thing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Thing::Custody(leaf) => write!(f, "custody:{leaf}"),
            Thing::Other(what) => write!(f, "other:{what}"),
            Thing::Seal(number) => write!(f, "seal:{number}"),
            Thing::Share(person) => write!(f, "share:{person}"),
        }
    }
}

impl FromStr for Thing {
    type Err = String;

    /// As it is displayed.
    fn from_str(text: &str) -> Result<Self, String> {
        let said = |words: &str| (!words.trim().is_empty()).then(|| words.to_owned());
        let read = text.split_once(':').and_then(|(kind, name)| match kind {
            "custody" => name.parse().ok().map(Thing::Custody),
            "other" => said(name).map(Thing::Other),
            "seal" => said(name).map(Thing::Seal),
            "share" => name.parse().ok().map(Thing::Share),
            _ => None,
        });
        read.ok_or_else(|| {
            let shown: String = text.escape_debug().take(100).collect();
            format!("'{shown}' is nothing to hand over: write seal:A-17, share:commissioner_1, custody:sha256:… or other:WORDS")
        })
    }
}

impl Serialize for Thing {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Thing {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// From this leaf on some keys sign nothing more, and others sign.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Succession {
    /// The act that orders it: a law, or an order of a court or parliament.
    pub act: ActId,
    /// SHA-256 of the act's paper.
    pub paper: Digest,
    /// Who signs it beside those who begin.
    pub signed_by: SignedBy,
    /// Whose keys end.
    pub ends: BTreeSet<PersonId>,
    /// Whose keys begin.
    pub begins: BTreeSet<Begins>,
    /// How many of the board sign together from here on.
    pub board: u8,
    /// What was handed over.
    pub handed: BTreeSet<Thing>,
    /// What was to be handed over, and was not.
    pub not_handed: BTreeSet<Thing>,
    /// SHA-256 of the new `shares.csv`, where shares were handed over: the identity is split anew among those who hold it now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shares: Option<Digest>,
    /// Who holds which of the new shares, as leaf 0 has it of the first ones. Records from before this was asked have the hash alone.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub commitments: BTreeMap<PersonId, Digest>,
}

/// A succession that may not stand, or a leaf by a key that ended.
#[derive(Debug, thiserror::Error)]
pub enum SuccessionProblem {
    /// Nothing changes hands.
    #[error("a succession says whose keys end or begin")]
    Empty,
    /// No such authority.
    #[error("'{0}' is no law or order with this paper that stands in the register of acts")]
    Act(ActId),
    /// Somebody who has no key to end.
    #[error("'{0}' has no key that could end")]
    Ends(PersonId),
    /// An id that somebody has had.
    #[error("'{0}' is the id of somebody else already")]
    Begins(PersonId),
    /// A key that is none, or is somebody's.
    #[error("the key of '{0}' is no P-256 key, or was another's")]
    Key(PersonId),
    /// A key that has not signed.
    #[error("the key of '{0}' begins, and has not signed")]
    Possession(PersonId),
    /// A board or officers that could not sign.
    #[error("{asked} of {there} {role} are to sign: at least 2 sign, and no more than there are")]
    Threshold {
        /// Of whom.
        role: &'static str,
        /// How many sign together.
        asked: usize,
        /// How many there are.
        there: usize,
    },
    /// A thing that is in no hand, or in both lists.
    #[error("the hand-over does not hold: {0}")]
    Handed(String),
    /// New commitments that cannot be those of an identity split anew among commissioners.
    #[error("the commitments to the new shares do not hold: {0}")]
    Shares(String),
    /// A key that ended.
    #[error("the key of '{0}' has ended")]
    Ended(PersonId),
}

impl Coded for SuccessionProblem {
    fn code(&self) -> &'static str {
        match self {
            SuccessionProblem::Empty => "succession.empty",
            SuccessionProblem::Act(_) => "succession.act",
            SuccessionProblem::Ends(_) => "succession.ends",
            SuccessionProblem::Begins(_) => "succession.begins",
            SuccessionProblem::Key(_) => "succession.key",
            SuccessionProblem::Possession(_) => "succession.possession",
            SuccessionProblem::Threshold { .. } => "succession.threshold",
            SuccessionProblem::Handed(_) => "succession.handed",
            SuccessionProblem::Shares(_) => "succession.shares",
            SuccessionProblem::Ended(_) => "succession.ended",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            SuccessionProblem::Empty => "name those who go or come, with --ends or --begins",
            SuccessionProblem::Act(_) => "enter the act first (`sanad act file`), and name its number",
            SuccessionProblem::Ends(_) => "name somebody whose key signs now",
            SuccessionProblem::Begins(_) => "give whoever comes an id that nobody has had",
            SuccessionProblem::Key(_) => "make a new key (`sanad key new`) for each of those who come",
            SuccessionProblem::Possession(_) => "have everybody whose key begins sign it too",
            SuccessionProblem::Threshold { .. } => "let enough people begin, or ask for fewer of them",
            SuccessionProblem::Handed(_) => "name each thing once, as handed over or as not",
            SuccessionProblem::Shares(_) => {
                "split the identity anew among those who stay or come (`sanad key split`), and give that shares.csv"
            }
            SuccessionProblem::Ended(_) => "have their successor sign",
        }
    }
}

impl Succession {
    /// Those who begin, each with their key.
    ///
    /// # Errors
    ///
    /// [`SuccessionProblem::Key`].
    pub(crate) fn keys(&self) -> Result<Vec<(&Begins, PublicKey)>, SuccessionProblem> {
        let key = |own: &Begins| own.key.parse::<PublicKey>().ok().filter(|key| key.kind() == KeyKind::P256);
        let none = |own: &Begins| SuccessionProblem::Key(own.person.clone());
        self.begins.iter().map(|own| Ok((own, key(own).ok_or_else(|| none(own))?))).collect()
    }

    /// Does this person come with it as a commissioner?
    fn brings_commissioner(&self, person: &PersonId) -> bool {
        self.begins.iter().any(|own| own.seat == Seat::Commissioner && own.person == *person)
    }

    /// Those who sign after it. Whose key was revoked is not among those who can.
    fn after(
        &self,
        frozen: &Frozen,
        before: &Signatories,
        revoked: &BTreeMap<PersonId, Revocation>,
    ) -> Result<Signatories, SuccessionProblem> {
        let mut after = before.clone();
        for person in &self.ends {
            let (_, key) = after.people.remove(person).ok_or_else(|| SuccessionProblem::Ends(person.clone()))?;
            after.ended.insert(key.id(), person.clone());
        }
        for (own, key) in self.keys()? {
            let person = &own.person;
            let is_listed = frozen.definition.people.iter().any(|known| known.id == *person);
            if is_listed || after.people.contains_key(person) || after.ended.values().any(|ended| ended == person) {
                return Err(SuccessionProblem::Begins(person.clone()));
            }
            let id = key.id();
            let is_known = frozen.keyring.owner(&id).is_some() || after.ended.contains_key(&id);
            if is_known || after.people.values().any(|(_, known)| known.id() == id) {
                return Err(SuccessionProblem::Key(person.clone()));
            }
            after.people.insert(person.clone(), (own.seat.role(), key));
        }
        after.board = usize::from(self.board);
        for (role, word, asked) in
            [(Role::Board, "members of the board", after.board), (Role::Officer, "officers", after.officers)]
        {
            let can = after.people.iter().filter(|(person, (own, _))| *own == role && !revoked.contains_key(*person));
            let there = can.count();
            if asked < 2 || asked > there {
                return Err(SuccessionProblem::Threshold { role: word, asked, there });
            }
        }
        Ok(after)
    }
}

impl State {
    pub(crate) fn succession(
        &mut self,
        frozen: &Frozen,
        leaf: Digest,
        own: &Succession,
    ) -> Result<(), SuccessionProblem> {
        if own.ends.is_empty() && own.begins.is_empty() {
            return Err(SuccessionProblem::Empty);
        }
        let registers = &self.registers;
        let stands = [ActKind::Law, ActKind::Order].into_iter().any(|kind| registers.stands(&own.act, kind));
        let is_same = registers.acts.get(&own.act).is_some_and(|(_, act)| act.paper == own.paper);
        // A party's disk holds leaves of its stations and those about keys, and no register.
        if !(self.is_part || stands && is_same) {
            return Err(SuccessionProblem::Act(own.act.clone()));
        }
        let after = own.after(frozen, &self.signatories, &self.docket.revoked)?;
        self.handed_over(own)?;
        self.committed(frozen, own)?;
        self.signatories = after;
        self.docket.successions.push((leaf, own.clone()));
        Ok(())
    }

    /// Does this person hold a share? Those of leaf 0 do, until they go or the identity is split anew among others; where the record
    /// does not say among whom, commissioners who came then do as well.
    fn holds_share(&self, person: &PersonId) -> bool {
        let mut holds = self.freeze.share_commitments.contains_key(person.as_str());
        for (_, own) in self.docket.successions.iter().filter(|(_, own)| own.shares.is_some()) {
            holds = match own.commitments.is_empty() {
                true => holds || own.brings_commissioner(person),
                false => own.commitments.contains_key(person),
            };
        }
        holds && !self.signatories.ended.values().any(|ended| ended == person)
    }

    /// The new shares are those of commissioners who stay or come, enough to open the identity, and none is an old one: whoever kept
    /// that could open with it.
    fn committed(&self, frozen: &Frozen, own: &Succession) -> Result<(), SuccessionProblem> {
        let wrong = |what: String| Err(SuccessionProblem::Shares(what));
        if own.commitments.is_empty() {
            return Ok(());
        }
        if own.shares.is_none() {
            return wrong("no share was handed over".to_owned());
        }
        let before: Vec<&Succession> = self.docket.successions.iter().map(|(_, before)| before).collect();
        let may_hold = |person: &PersonId| {
            let is_gone = own.ends.contains(person) || self.signatories.ended.values().any(|ended| ended == person);
            let mut came = before.iter().copied().chain([own]);
            let is_listed = self.freeze.share_commitments.contains_key(person.as_str());
            !is_gone && (is_listed || came.any(|one| one.brings_commissioner(person)))
        };
        if let Some(person) = own.commitments.keys().find(|person| !may_hold(person)) {
            return wrong(format!("'{person}' is no commissioner who stays or comes"));
        }
        let (asked, there) = (frozen.definition.rules.thresholds.shares, own.commitments.len());
        if there < usize::from(asked) {
            return wrong(format!("{asked} shares open the identity, and there are {there}"));
        }
        let old = before.iter().flat_map(|before| before.commitments.values());
        let mut known: BTreeSet<&Digest> = old.chain(self.freeze.share_commitments.values()).collect();
        match own.commitments.iter().find(|&(_, commitment)| !known.insert(commitment)) {
            Some((person, _)) => wrong(format!("the share of '{person}' is another's, or was one before")),
            None => Ok(()),
        }
    }

    /// Each thing is in one list; shares are those of holders, and the list names those of all who go.
    fn handed_over(&self, own: &Succession) -> Result<(), SuccessionProblem> {
        let wrong = |what: String| Err(SuccessionProblem::Handed(what));
        if let Some(thing) = own.handed.intersection(&own.not_handed).next() {
            return wrong(format!("{thing} is handed over and is not"));
        }
        let is_holder = |person: &PersonId| self.holds_share(person);
        for thing in own.handed.union(&own.not_handed) {
            match thing {
                Thing::Custody(leaf) if !self.is_part && !self.registers.custody.contains_key(leaf) => {
                    return wrong(format!("{leaf} is no hand-over of equipment before it"));
                }
                Thing::Share(person) if !is_holder(person) => return wrong(format!("'{person}' holds no share")),
                Thing::Custody(_) | Thing::Other(_) | Thing::Seal(_) | Thing::Share(_) => {}
            }
        }
        let is_named = |person: &PersonId| {
            let share = Thing::Share(person.clone());
            own.handed.contains(&share) || own.not_handed.contains(&share)
        };
        if let Some(person) = own.ends.iter().find(|person| is_holder(person) && !is_named(person)) {
            return wrong(format!("'{person}' goes and holds a share, of which nothing is said"));
        }
        let is_reshared = own.handed.iter().any(|thing| matches!(thing, Thing::Share(_)));
        if is_reshared != own.shares.is_some() {
            return wrong("the new commitments are there where a share is handed over, and only there".to_owned());
        }
        Ok(())
    }
}

/// A line each, by leaf: whose keys end, whose begin, what was handed over and what was not.
pub(super) fn table(state: &State) -> Table {
    let columns = ["leaf", "act", "paper", "signed_by", "board", "shares", "what", "name", "seat", "key"];
    let mut table = Table::new(&columns);
    for (leaf, own) in &state.docket.successions {
        let head = [
            leaf.to_string(),
            own.act.to_string(),
            own.paper.to_string(),
            own.signed_by.as_str().to_owned(),
            own.board.to_string(),
            or_empty(own.shares),
        ];
        let mut row = |what: &str, name: String, [seat, key]: [&str; 2]| {
            table.row(head.iter().cloned().chain([what.to_owned(), name, seat.to_owned(), key.to_owned()]));
        };
        own.ends.iter().for_each(|person| row("ends", person.to_string(), ["", ""]));
        own.begins.iter().for_each(|new| row("begins", new.person.to_string(), [new.seat.as_str(), &new.key]));
        own.handed.iter().for_each(|thing| row("handed", thing.to_string(), ["", ""]));
        own.not_handed.iter().for_each(|thing| row("not_handed", thing.to_string(), ["", ""]));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_is_read_as_it_is_displayed() {
        let leaf = format!("custody:sha256:{}", "ab".repeat(32));
        for text in [leaf.as_str(), "other:the archive, room 3", "seal:A-17", "share:commissioner_1"] {
            assert_eq!(text.parse::<Thing>().unwrap().to_string(), text);
        }
        for bad in ["", "seal:", "seal: ", "share:A", "custody:17", "Seal:A-17", "A-17"] {
            assert!(bad.parse::<Thing>().is_err(), "{bad}");
        }
    }
}
