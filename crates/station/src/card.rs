//! Cards of the people at a station, and the list of those that are revoked, each on the word of the key list's people.
//!
//! A card is a key under a PIN ([`sign::pin`]) beside its certificate: whose it is, at which stations, of which election
//! and for how long. The certificate is signed with the key of an officer or a member of the board, so that a device
//! without a network knows the card by the frozen key list alone.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use election::{Coded, Digest, PersonId, PlainDate, Role, Scope, Station as Place, StationId};
use serde::{Deserialize, Serialize};
use sign::canonical::{self, CanonicalError};
use sign::dsse::{self, DsseError, Envelope};
use sign::pin::{self, Pin, PinError};
use sign::{FileKey, KeyId, PublicKey, Signer};

use crate::station::Ground;

/// The kind of a certificate, in its payload type.
pub const CARD_KIND: &str = "card_certificate";
/// The kind of a list of revoked cards.
pub const REVOKED_KIND: &str = "revoked_cards";
/// The largest sealed key that is looked at: one has some 500 bytes.
const MOST_SEALED: usize = 8_192;

/// What the holder of a card is at the station.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// The presiding officer.
    Presiding,
    /// The second officer.
    Second,
}

impl Duty {
    /// The word used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Duty::Presiding => "presiding",
            Duty::Second => "second",
        }
    }
}

/// The payload of kind `card_certificate`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// Election, round and mode.
    pub scope: Scope,
    /// The election fingerprint.
    pub fingerprint: Digest,
    /// Whose card it is: an officer of `people.csv`.
    pub person: PersonId,
    /// What the holder is at the station.
    pub duty: Duty,
    /// The stations that it is for, sorted.
    pub stations: BTreeSet<StationId>,
    /// The first day on which it is valid, by the election's time zone.
    pub from: PlainDate,
    /// The last day.
    pub until: PlainDate,
    /// The card's public key; its id is the card's.
    pub key: PublicKey,
}

/// The payload of kind `revoked_cards`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revoked {
    /// Election, round and mode.
    pub scope: Scope,
    /// The election fingerprint.
    pub fingerprint: Digest,
    /// The cards, by the ids of their keys, sorted.
    pub cards: BTreeSet<KeyId>,
}

/// A card that cannot be read or made.
#[derive(Debug, thiserror::Error)]
pub enum CardError {
    /// Not a card at all.
    #[error("this is not a card: {0}")]
    Form(CanonicalError),
    /// What is signed is not a certificate, or not a list of revoked cards.
    #[error(transparent)]
    Envelope(#[from] DsseError),
    /// Its sealed key.
    #[error(transparent)]
    Pin(#[from] PinError),
    /// It is one, and does not hold here.
    #[error(transparent)]
    Denied(#[from] Denied),
}

impl Coded for CardError {
    fn code(&self) -> &'static str {
        match self {
            CardError::Form(_) => "card.form",
            CardError::Envelope(error) => error.code(),
            CardError::Pin(error) => error.code(),
            CardError::Denied(error) => error.code(),
        }
    }

    fn next(&self) -> &'static str {
        match self {
            CardError::Form(_) => "Give the file that `sanad card issue` wrote.",
            CardError::Envelope(error) => error.next(),
            CardError::Pin(error) => error.next(),
            CardError::Denied(error) => error.next(),
        }
    }
}

/// Why a device takes a card, or what is done with it, for nothing. Those about a card are lines of the device's log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// Of another election, round, mode or fingerprint.
    #[error("the card is of another election")]
    Election,
    /// Not signed by somebody who may issue it.
    #[error("the card is signed by nobody of the key list who may issue one for this station")]
    Issuer,
    /// For other stations.
    #[error("the card is for {for_stations}, and this is station {here}", for_stations = told(.stations))]
    Station {
        /// The card's.
        stations: BTreeSet<StationId>,
        /// This one.
        here: StationId,
    },
    /// Revoked.
    #[error("the card was revoked")]
    Revoked,
    /// Its holder is no officer of the definition.
    #[error("{0} is not an officer of this election")]
    Holder(PersonId),
    /// Issued by its own holder, or by somebody who acts at this station.
    #[error("a card that {0} has issued cannot stand beside the card of {0}")]
    OwnIssue(PersonId),
    /// Not today.
    #[error("the card is valid from {from} to {until}, and by the device's clock it is {today}")]
    Validity {
        /// The first day.
        from: PlainDate,
        /// The last day.
        until: PlainDate,
        /// The device's.
        today: PlainDate,
    },
    /// The PIN is wrong.
    #[error("the PIN is wrong; tries left before the card is locked: {left}")]
    Wrong {
        /// Wrong ones in a row that are left.
        left: u8,
    },
    /// Too many wrong PINs.
    #[error("the card is locked on this device after {0} wrong PINs in a row")]
    Locked(u8),
    /// The key under the PIN is not there, or not the certified one.
    #[error("the key on the card is damaged")]
    Damaged,
    /// One card for two people.
    #[error("one card was given twice, and this needs two people")]
    Same,
    /// Too few cards, or too many.
    #[error("this takes {needed} cards; {given} given")]
    Number {
        /// As many as people must act.
        needed: usize,
        /// As many as were given.
        given: usize,
    },
    /// A name where a card is needed.
    #[error("this station works with cards: a name that is typed proves nothing")]
    Needed,
    /// A card where names are typed.
    #[error("this station does not work with cards")]
    NotUsed,
}

fn told(stations: &BTreeSet<StationId>) -> String {
    let mut told: Vec<&str> = stations.iter().take(5).map(StationId::as_str).collect();
    if stations.len() > told.len() {
        told.push("…");
    }
    told.join(" ")
}

impl Coded for Denied {
    fn code(&self) -> &'static str {
        match self {
            Denied::Election => "card.election",
            Denied::Issuer => "card.issuer",
            Denied::Station { .. } => "card.station",
            Denied::Revoked => "card.revoked",
            Denied::Holder(_) => "station.not_officer",
            Denied::OwnIssue(_) => "card.own_issue",
            Denied::Validity { .. } => "card.validity",
            Denied::Wrong { .. } => "card.pin_wrong",
            Denied::Locked(_) => "card.locked",
            Denied::Damaged => "card.damaged",
            Denied::Same => "card.same",
            Denied::Number { .. } => "card.number",
            Denied::Needed => "card.needed",
            Denied::NotUsed => "card.not_used",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            Denied::Election | Denied::Issuer | Denied::Station { .. } => {
                "Give the card that the office issued for this station and this election; keep this one and report it."
            }
            Denied::Revoked => "Keep the card, note who brought it, and call the office.",
            Denied::Holder(_) => "Give the id of a person with the role officer in people.csv.",
            Denied::OwnIssue(_) => {
                "Let the office issue the cards with the key of somebody who has no duty at this station."
            }
            Denied::Validity { .. } => {
                "Look at the device's clock and set it right, which is logged; else ask the office for a new card."
            }
            Denied::Wrong { .. } => "Look into the letter of the office, wait, and type the PIN again.",
            Denied::Locked(_) => "Let the office revoke this card and issue a new one.",
            Denied::Damaged => "Use the other copy of the card, or ask the office for a new one.",
            Denied::Same => "Let the second officer give a card of their own.",
            Denied::Number { .. } => "Give --card once for each person who acts.",
            Denied::Needed => "Give --card instead of the name.",
            Denied::NotUsed => "Give the name of the person instead, or prepare the station with --cards.",
        }
    }
}

/// A card as it lies on a file or a stick.
#[derive(Clone, Debug)]
pub struct Card {
    certificate: Certificate,
    envelope: Envelope,
    sealed: Vec<u8>,
}

/// Its one form.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// The envelope of the certificate, as text.
    certificate: String,
    /// The key under its PIN: an age file, in base64.
    sealed: String,
}

impl Card {
    /// Issues a card for `key`, which its holder alone can use afterwards.
    ///
    /// # Errors
    /// [`CardError`] where a key refuses, or the certificate names so many stations that no envelope holds them.
    pub fn issue(
        certificate: Certificate,
        key: &FileKey,
        pin: &Pin,
        work: u8,
        issuers: &[&dyn Signer],
    ) -> Result<Card, CardError> {
        let envelope = dsse::sign_json(CARD_KIND, &certificate, issuers)?;
        Ok(Card { certificate, envelope, sealed: pin::seal_key(key, pin, work)? })
    }

    /// Reads a card. Whether it holds is for [`Card::check`].
    ///
    /// # Errors
    /// [`CardError`].
    pub fn parse(bytes: &[u8]) -> Result<Card, CardError> {
        let form = || CardError::Form(CanonicalError::Form);
        if bytes.len() > 2 * dsse::MOST_BYTES {
            return Err(form());
        }
        let file: File = canonical::from_bytes(bytes.strip_suffix(b"\n").unwrap_or(bytes)).map_err(CardError::Form)?;
        let envelope = Envelope::parse(file.certificate.as_bytes())?;
        let certificate = envelope.read()?;
        let sealed =
            STANDARD.decode(&file.sealed).ok().filter(|sealed| sealed.len() <= MOST_SEALED).ok_or_else(form)?;
        Ok(Card { certificate, envelope, sealed })
    }

    /// The bytes of its file: one line of JSON.
    pub fn to_bytes(&self) -> Vec<u8> {
        let file = File { certificate: self.certified(), sealed: STANDARD.encode(&self.sealed) };
        let mut bytes = canonical::to_bytes(&file).expect("strings only");
        bytes.push(b'\n');
        bytes
    }

    /// The id of the card: that of its key.
    pub fn id(&self) -> KeyId {
        self.certificate.key.id()
    }

    /// What the certificate says; nothing is checked.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// The envelope of the certificate, as text.
    pub fn certified(&self) -> String {
        String::from_utf8(self.envelope.to_bytes()).expect("an envelope is JSON")
    }

    /// Is this a card of this election for the station `place`, issued by people who may, revoked by nobody, of an officer,
    /// and valid `today`? Returns who has issued it.
    ///
    /// # Errors
    /// [`Denied`]; before the issuer is known to be one, nothing is believed of what the card says.
    pub fn check(
        &self,
        ground: &Ground,
        place: &Place,
        revoked: &BTreeSet<KeyId>,
        today: PlainDate,
    ) -> Result<BTreeSet<PersonId>, Denied> {
        let own = &self.certificate;
        if (&own.scope, own.fingerprint) != (&ground.definition.scope, ground.fingerprint) {
            return Err(Denied::Election);
        }
        let issuers = issuers(ground, &self.envelope, CARD_KIND, |person| {
            person.office.as_ref().is_none_or(|office| *office == place.office)
        })?;
        if !own.stations.contains(&place.id) {
            return Err(Denied::Station { stations: own.stations.clone(), here: place.id.clone() });
        }
        if revoked.contains(&self.id()) {
            return Err(Denied::Revoked);
        }
        if !ground.definition.people.iter().any(|p| p.id == own.person && p.role == Role::Officer) {
            return Err(Denied::Holder(own.person.clone()));
        }
        if issuers.contains(&own.person) {
            return Err(Denied::OwnIssue(own.person.clone()));
        }
        if !(own.from..=own.until).contains(&today) {
            return Err(Denied::Validity { from: own.from, until: own.until, today });
        }
        Ok(issuers)
    }

    /// Opens the key with its PIN: one guess.
    ///
    /// # Errors
    /// [`PinError::Wrong`]; [`PinError::Damaged`], also where the key is not the certified one.
    pub fn open(&self, pin: &Pin) -> Result<FileKey, PinError> {
        let key = pin::open_key(&self.sealed, pin)?;
        if *key.public_key() == self.certificate.key { Ok(key) } else { Err(PinError::Damaged) }
    }
}

impl Revoked {
    /// Signs the list.
    ///
    /// # Errors
    /// [`CardError`].
    pub fn sign(&self, signers: &[&dyn Signer]) -> Result<Vec<u8>, CardError> {
        let mut bytes = dsse::sign_json(REVOKED_KIND, self, signers)?.to_bytes();
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// Reads a list and checks that somebody of this election's key list has signed it.
    ///
    /// # Errors
    /// [`CardError`]; of another election or by somebody else as with a card.
    pub fn read(bytes: &[u8], ground: &Ground) -> Result<Revoked, CardError> {
        let envelope = Envelope::parse(bytes.strip_suffix(b"\n").unwrap_or(bytes))?;
        if envelope.kind() != REVOKED_KIND {
            let (expected, found) = (REVOKED_KIND.to_owned(), envelope.kind().to_owned());
            return Err(DsseError::Kind { expected, found }.into());
        }
        let list: Revoked = envelope.read()?;
        if (&list.scope, list.fingerprint) != (&ground.definition.scope, ground.fingerprint) {
            return Err(Denied::Election.into());
        }
        issuers(ground, &envelope, REVOKED_KIND, |_| true)?;
        Ok(list)
    }
}

/// The people who have signed: officers and members of the board with a key in the key list, for whom `may` holds.
fn issuers(
    ground: &Ground,
    envelope: &Envelope,
    kind: &str,
    may: impl Fn(&election::Person) -> bool,
) -> Result<BTreeSet<PersonId>, Denied> {
    let people = &ground.definition.people;
    let able = people.iter().filter(|p| matches!(p.role, Role::Officer | Role::Board) && may(p));
    let keys = able.filter_map(|p| Some((p, ground.keys.person(&p.id)?.parse::<PublicKey>().ok()?)));
    let keys: Vec<_> = keys.collect();
    let public: Vec<&PublicKey> = keys.iter().map(|(_, key)| key).collect();
    let signed = envelope.verify(kind, &public).map_err(|_| Denied::Issuer)?;
    Ok(keys.iter().filter(|(_, key)| signed.contains(&key.id())).map(|(p, _)| p.id.clone()).collect())
}
