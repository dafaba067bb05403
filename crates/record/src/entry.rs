//! The leaves of the record, as they are signed.
//!
//! A leaf is a DSSE envelope of type `application/vnd.sanad.KIND+json` over
//! `{"head":{…},"body":{…}}`. The head names election, round and mode, so that
//! nothing signed for one can be shown in another; the body is one of the
//! types below. Unknown fields and repeated keys are refused.

use std::collections::BTreeSet;

use election::{Coded, DeviceId, Digest, FindingRule, PartyId, Scope, StationId};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sign::Signer;
use sign::dsse::{self, DsseError, Envelope};

pub use crate::decisions::{Amendment, Candidacy, Opening, Withdrawal};
pub use crate::docket::{
    Appeal, Certification, Classification, Complaint, Ratification, Resolution, Revocation, Ruling, Succession,
};
pub use crate::one_channel::Absence;
pub use crate::privacy::Redaction;
pub use crate::recount::{HandCount, Recount};
pub use crate::register::acts::Act;
pub use crate::register::equipment::{Custody, Item};
pub use crate::register::exports::Export;
pub use crate::register::isolation::Isolation;
pub use crate::register::transmission::Transmission;
pub use crate::rotation::Rotation;
pub use crate::witnessed::Seen;

/// What every leaf says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// Election, round and mode.
    pub scope: Scope,
    /// The election fingerprint; absent in leaf 0 alone, which it is the hash of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<Digest>,
    /// The signer's clock (RFC 3339). Shown, never relied upon.
    pub at: String,
}

/// The way a package came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Medium {
    /// Medium A: the relay and the receiving service.
    Network,
    /// Medium B: the sealed memory stick.
    Stick,
}

impl Medium {
    /// The word used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Medium::Network => "network",
            Medium::Stick => "stick",
        }
    }
}

/// What two copies of one count are compared by: the manifests that the device signed.
/// The same content sealed again is the same content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// SHA-256 of the results bag's manifest.
    pub results_manifest: Digest,
    /// SHA-256 of the images bag's manifest.
    pub images_manifest: Digest,
    /// SHA-256 of `data/results.json`; slips name it.
    pub results: Digest,
}

/// A place in the intake log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IntakePosition {
    /// The size of the tree.
    pub size: u64,
    /// Its root hash (RFC 6962).
    pub root: Digest,
}

/// Leaf 0: what is fixed before the polls open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Freeze {
    /// SHA-256 of the sha256sum manifest of `election/`, key lists and witness policy among its files.
    pub manifest: Digest,
    /// SHA-256 of `keys/witness-policy.txt`.
    pub witness_policy: Digest,
    /// SHA-256 of each key list, by file name.
    pub key_lists: std::collections::BTreeMap<String, Digest>,
    /// The age recipients that packages are sealed to, by owner (`centre` or an office).
    pub recipients: std::collections::BTreeMap<String, String>,
    /// A commitment to each share of the centre's identity, by holder.
    pub share_commitments: std::collections::BTreeMap<String, Digest>,
}

/// A package was imported, opened and found whole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Import {
    /// How it came.
    pub medium: Medium,
    /// The station.
    pub station: StationId,
    /// The device that counted.
    pub device: DeviceId,
    /// 1, and one more for each authorised reopening.
    pub generation: u16,
    /// SHA-256 of the label file.
    pub label: Digest,
    /// SHA-256 of the statement file.
    pub statement: Digest,
    /// What it holds.
    pub content: Content,
    /// The intake checkpoint the copy stands under; for the network alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intake: Option<IntakePosition>,
    /// What people entered of its paper does not add up; nothing of it is counted without an order.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub account_differs: bool,
    /// SHA-256 of the program that counted, where the statement names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub build: Option<Digest>,
}

/// A package came and was refused. It is kept.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refused {
    /// How it came.
    pub medium: Medium,
    /// The station it says it is of, where that can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub station: Option<StationId>,
    /// SHA-256 of its label, or of the first file where there is none.
    pub label: Digest,
    /// The stable reason code.
    pub code: String,
    /// The reason in words.
    pub what: String,
}

/// A slip was read and its signature holds: what was printed on polling night.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slip {
    /// The texts of its codes: the signed figures, as they were printed.
    pub codes: Vec<String>,
    /// The party whose agent holds the paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<PartyId>,
}

/// The comparison of both channels, as it stood when it was made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Match {
    /// Stations that are expected to report.
    pub expected: u32,
    /// Stations of which both copies arrived.
    pub both: u32,
    /// Of these, identical ones.
    pub identical: u32,
    /// Of these, differing ones, by name.
    pub differing: Vec<StationId>,
    /// Stations whose stick did not arrive.
    pub missing_stick: Vec<StationId>,
    /// Stations whose network copy did not arrive.
    pub missing_network: Vec<StationId>,
}

/// What a decision does.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Effect {
    /// Count this content, though its evidence is less than the rules ask.
    Count(Content),
    /// Count the figures of this leaf of a count by hand.
    CountHand(Digest),
    /// The station did not open.
    NotOpened,
    /// Leave the station's votes out.
    Cancel,
    /// Take a cancellation back.
    Restore,
}

/// An order about one station, signed by two officers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// The station.
    pub station: StationId,
    /// What it does.
    pub effect: Effect,
    /// Why, in words.
    pub reason: String,
    /// The legal basis.
    pub basis: String,
    /// SHA-256 of the evidence it rests on: leaves or papers.
    pub evidence: Vec<Digest>,
    /// The rules whose findings about the station, or about its kind, it rests on.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub findings: BTreeSet<FindingRule>,
    /// SHA-256 of the leaves that it takes the place of.
    pub supersedes: Vec<Digest>,
    /// The leaf of the court's ruling that it carries out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under: Option<Digest>,
    /// Why the other copy has not come, where it counts one that came alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absent: Option<Absence>,
}

impl Order {
    /// An order that rests on its reason and legal basis alone, and takes the place of nothing.
    pub fn new(station: StationId, effect: Effect, reason: impl Into<String>, basis: impl Into<String>) -> Self {
        Order {
            station,
            effect,
            reason: reason.into(),
            basis: basis.into(),
            evidence: Vec::new(),
            findings: BTreeSet::new(),
            supersedes: Vec::new(),
            under: None,
            absent: None,
        }
    }
}

/// A tie was drawn before the representatives of those tied.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lot {
    /// The lot that the tally asked for, and those drawn.
    pub outcome: tally::LotOutcome,
    /// Where, before whom, and how; of one entered again, also what was wrong before.
    pub drawing: String,
    /// SHA-256 of the leaf that it takes the place of, where the drawing was entered wrongly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<Digest>,
}

/// Results are announced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Announcement {
    /// 1 for the first.
    pub version: u16,
    /// SHA-256 of the sha256sum manifest of `results/`.
    pub results: Digest,
    /// The checkpoint over all preceding leaves, with the witnesses' cosignatures (a signed note).
    pub witnessed: String,
}

/// A publication is complete.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publication {
    /// The announcement that it carries.
    pub version: u16,
    /// SHA-256 of the publication's `manifest-sha256.txt`.
    pub manifest: Digest,
}

macro_rules! bodies {
    ($($(#[$doc:meta])* $name:ident = $kind:literal, $role:expr;)*) => {
        /// What a leaf says.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Body {
            $($(#[$doc])* $name($name),)*
        }

        impl Body {
            /// The KIND of the payload type.
            pub fn kind(&self) -> &'static str {
                match self { $(Body::$name(_) => $kind,)* }
            }

            /// Who must sign it.
            pub fn signers(&self) -> Signers {
                match self { $(Body::$name(_) => $role,)* }
            }

            fn parse(envelope: &Envelope) -> Result<(Head, Body), EntryError> {
                match envelope.kind() {
                    $($kind => read::<$name>(envelope).map(|(head, body)| (head, Body::$name(body))),)*
                    other => Err(EntryError::Kind(other.escape_debug().to_string())),
                }
            }

            fn envelope(&self, head: Head, signers: &[&dyn Signer]) -> Result<Envelope, DsseError> {
                match self {
                    $(Body::$name(body) => {
                        dsse::sign_json(self.kind(), &Payload { head, body: body.clone() }, signers)
                    })*
                }
            }
        }
    };
}

bodies! {
    /// Leaf 0.
    Freeze = "freeze", Signers::Board;
    /// An import.
    Import = "import", Signers::Centre;
    /// A refused package.
    Refused = "refused", Signers::Centre;
    /// A slip.
    Slip = "slip", Signers::Centre;
    /// The comparison of both channels.
    Match = "match", Signers::Centre;
    /// An order about a station.
    Order = "order", Signers::TwoOfficers;
    /// The letter that a station's figure follows.
    Opening = "opening", Signers::TwoOfficers;
    /// Who withdrew after printing.
    Withdrawal = "withdrawal", Signers::TwoOfficers;
    /// A rule changed after the freeze.
    Amendment = "amendment", Signers::Board;
    /// Pictures that stay hidden.
    Redaction = "redaction", Signers::TwoOfficers;
    /// A lot.
    Lot = "lot", Signers::TwoOfficers;
    /// An announcement.
    Announcement = "announcement", Signers::TwoOfficers;
    /// A publication.
    Publication = "publication", Signers::Centre;
    /// A complaint, as it was filed.
    Complaint = "complaint", Signers::Centre;
    /// How grave a complaint is.
    Classification = "classification", Signers::Panel;
    /// A complaint is decided.
    Resolution = "resolution", Signers::TwoOfficers;
    /// An appeal, as it was filed.
    Appeal = "appeal", Signers::Centre;
    /// A court's paper.
    Ruling = "ruling", Signers::TwoOfficers;
    /// A version is certified.
    Certification = "certification", Signers::Board;
    /// What became of the name of somebody elected.
    Ratification = "ratification", Signers::TwoOfficers;
    /// A person's key signs nothing more.
    Revocation = "revocation", Signers::Board;
    /// Keys end, and others begin.
    Succession = "succession", Signers::Succession;
    /// A recount is ordered or taken back.
    Recount = "recount", Signers::TwoOfficers;
    /// A count by hand.
    HandCount = "hand_count", Signers::TwoOfficers;
    /// An act from outside.
    Act = "act", Signers::TwoOfficers;
    /// A piece of equipment.
    Item = "equipment", Signers::TwoOfficers;
    /// Equipment goes from hand to hand.
    Custody = "custody", Signers::TwoOfficers;
    /// A look at the centre's networks.
    Isolation = "isolation", Signers::Centre;
    /// A bundle of evidence was handed out.
    Export = "export", Signers::TwoOfficers;
    /// What the receiving service reports of how packages came.
    Transmission = "transmission", Signers::Centre;
    /// A witness cosigns with another key.
    Rotation = "rotation", Signers::Board;
    /// A checkpoint that witnesses had cosigned before the polls.
    Seen = "witnessed", Signers::Centre;
}

/// Who must sign a leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signers {
    /// As many members of the board as the threshold says.
    Board,
    /// The tally centre's own key: it changes nothing, it reports.
    Centre,
    /// As many officers as the threshold says, at least two: it changes a result.
    TwoOfficers,
    /// The same officers, and a member of the board.
    Panel,
    /// Everybody whose key begins, and the outgoing board's threshold or two officers, as the leaf says.
    Succession,
}

/// A leaf: the bytes that were signed and what they say.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The envelope.
    pub envelope: Envelope,
    /// What it says of itself.
    pub head: Head,
    /// What it says.
    pub body: Body,
    /// SHA-256 of the leaf's bytes: its name in `supersedes` and `evidence`.
    pub digest: Digest,
}

/// A leaf that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum EntryError {
    /// Not a canonical DSSE envelope.
    #[error("the leaf is not a signed envelope: {0}")]
    Envelope(String),
    /// An unknown kind.
    #[error("no leaf of the record is of the kind '{0}'")]
    Kind(String),
    /// The payload is not what its kind says.
    #[error("the payload of the '{kind}' leaf cannot be read: {why}")]
    Payload {
        /// The kind.
        kind: String,
        /// What the parser says.
        why: String,
    },
}

impl Coded for EntryError {
    fn code(&self) -> &'static str {
        match self {
            EntryError::Envelope(_) => "record.envelope",
            EntryError::Kind(_) => "record.kind",
            EntryError::Payload { .. } => "record.payload",
        }
    }

    fn next(&self) -> &'static str {
        "compare the leaf with another copy of the record; if it is the same there, report it to the commission"
    }
}

/// What is signed.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Payload<T> {
    head: Head,
    body: T,
}

fn read<T: Serialize + DeserializeOwned>(envelope: &Envelope) -> Result<(Head, T), EntryError> {
    let payload: Payload<T> =
        envelope.read().map_err(|e| EntryError::Payload { kind: envelope.kind().to_owned(), why: e.to_string() })?;
    Ok((payload.head, payload.body))
}

impl Body {
    /// Can a table of `results/` be another one after this leaf?
    pub fn changes_results(&self) -> bool {
        match self {
            Body::Import(_) | Body::Refused(_) | Body::Slip(_) | Body::HandCount(_) | Body::Lot(_) => true,
            Body::Order(_) | Body::Opening(_) | Body::Withdrawal(_) | Body::Amendment(_) => true,
            Body::Freeze(_) | Body::Match(_) | Body::Redaction(_) | Body::Announcement(_) | Body::Publication(_) => {
                false
            }
            Body::Complaint(_) | Body::Classification(_) | Body::Resolution(_) | Body::Appeal(_) => false,
            Body::Ruling(_) | Body::Certification(_) | Body::Ratification(_) | Body::Revocation(_) => false,
            Body::Recount(_) | Body::Succession(_) => false,
            Body::Act(_) | Body::Item(_) | Body::Custody(_) | Body::Isolation(_) | Body::Export(_) => false,
            Body::Transmission(_) | Body::Rotation(_) | Body::Seen(_) => false,
        }
    }

    /// Does it change a rule, or whose key signs what?
    pub fn changes_rules(&self) -> bool {
        matches!(self, Body::Amendment(_) | Body::Succession(_) | Body::Revocation(_) | Body::Rotation(_))
    }

    /// Is it about a complaint, an appeal, or what was ordered of one?
    pub fn is_of_case(&self) -> bool {
        matches!(
            self,
            Body::Complaint(_)
                | Body::Classification(_)
                | Body::Resolution(_)
                | Body::Appeal(_)
                | Body::Ruling(_)
                | Body::Recount(_)
        )
    }

    /// Signs the leaf with every one of `signers`.
    pub fn sign(&self, head: &Head, signers: &[&dyn Signer]) -> Result<Vec<u8>, DsseError> {
        self.envelope(head.clone(), signers).map(|envelope| envelope.to_bytes())
    }
}

impl Entry {
    /// Reads a leaf. Signatures are checked by the fold, which knows the keys.
    pub fn parse(bytes: &[u8]) -> Result<Self, EntryError> {
        let envelope = Envelope::parse(bytes).map_err(|e| EntryError::Envelope(e.to_string()))?;
        let (head, body) = Body::parse(&envelope)?;
        Ok(Entry { envelope, head, body, digest: Digest::of(bytes) })
    }
}
