//! `sanad card`: the office issues cards to the officers of a station, and revokes them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueEnum, ValueHint};
use election::{PersonId, PlainDate, StationId};
use serde_json::json;
use sign::{FileKey, KeyId, KeyKind, Signer};
use station::{Card, CardError, Certificate, Duty, Ground, Revoked};

use super::key::write_private;
use super::station::ground;
use super::station_cards::pin;
use crate::inputs;
use crate::shell::{At, Failure, Result, Shell, Verdict, count, read, text, write};

/// What the holder is at the station.
#[derive(Clone, Copy, ValueEnum)]
pub enum Holder {
    /// The presiding officer
    Presiding,
    /// The second officer
    Second,
}

/// Cards.
#[derive(Subcommand)]
pub enum CardCommand {
    /// Issue a card to an officer for a station
    ///
    /// Makes a key under a PIN, and signs whose it is, where and for how long with the key of an officer or a member of the
    /// board who has no duty at that station. Without --pin-file the PIN is asked for twice. Give the card and the letter with
    /// its PIN by different hands.
    #[command(
        after_help = "Example: sanad card issue --election election --fingerprint fingerprint.txt --person officer_1 \
                            --duty presiding --station 0101 --signer keys/chair.key.pem -o officer_1.card"
    )]
    Issue(Issue),
    /// Revoke cards: the list that `sanad station prepare --revoked` takes
    ///
    /// A list holds what it names; a device takes several. It reaches a device when it is prepared, and not later.
    #[command(after_help = "Example: sanad card revoke --election election --fingerprint fingerprint.txt \
                            --signer keys/chair.key.pem -o revoked.json lost.card")]
    Revoke {
        /// Each card: its file, or its id as `sanad card issue` printed it
        #[arg(required = true, value_name = "CARD", value_hint = ValueHint::FilePath)]
        cards: Vec<PathBuf>,
        /// The frozen definition
        #[arg(long, value_hint = ValueHint::DirPath)]
        election: PathBuf,
        /// The election fingerprint: sha256:… or a file that holds it
        #[arg(long, value_hint = ValueHint::FilePath)]
        fingerprint: String,
        /// The key of an officer or a member of the board
        #[arg(long = "signer", required = true, num_args = 1, value_hint = ValueHint::FilePath)]
        signers: Vec<PathBuf>,
        /// Where the list is written
        #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        output: PathBuf,
    },
}

/// What a card is to say.
#[derive(clap::Args)]
pub struct Issue {
    /// The frozen definition
    #[arg(long, value_hint = ValueHint::DirPath)]
    election: PathBuf,
    /// The election fingerprint: sha256:… or a file that holds it
    #[arg(long, value_hint = ValueHint::FilePath)]
    fingerprint: String,
    /// Whose card it is: an officer of people.csv
    #[arg(long)]
    person: PersonId,
    /// What the holder is at the station
    #[arg(long, value_enum)]
    duty: Holder,
    /// A station that it is for
    #[arg(long = "station", required = true, num_args = 1)]
    stations: Vec<StationId>,
    /// The first day on which it is valid; by default the day of the vote
    #[arg(long)]
    from: Option<PlainDate>,
    /// The last day; by default a week after the first
    #[arg(long)]
    until: Option<PlainDate>,
    /// The key of an officer or a member of the board
    #[arg(long = "signer", required = true, num_args = 1, value_hint = ValueHint::FilePath)]
    signers: Vec<PathBuf>,
    /// A file with the PIN; - takes a line from standard input
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pin_file: Option<PathBuf>,
    /// Where the card is written
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: PathBuf,
}

/// Runs it.
pub fn run(shell: &Shell, command: CardCommand) -> Result {
    match command {
        CardCommand::Issue(wanted) => issue(shell, wanted),
        CardCommand::Revoke { cards, election, fingerprint, signers, output } => {
            let ground = ground(&election, inputs::fingerprint(&fingerprint)?)?;
            let keys = inputs::keys(&signers)?;
            let list = Revoked {
                scope: ground.definition.scope.clone(),
                fingerprint: ground.fingerprint,
                cards: cards.iter().map(|card| id_of(card)).collect::<Result<_>>()?,
            };
            let bytes = list.sign(&inputs::signers(&keys))?;
            Revoked::read(&bytes, &ground)?;
            write(&output, &bytes)?;
            let named = text(output.display());
            shell.tell(
                "{} revoked cards in {}: give it to every device that is prepared",
                &[count(list.cards.len()), named],
            );
            shell.json(&json!({ "cards": list.cards, "file": output }));
            Ok(Verdict::Holds)
        }
    }
}

/// The id of a card: of one that is still there, or as it was written down when it was issued.
fn id_of(card: &Path) -> Result<KeyId> {
    match card.to_str().and_then(|text| text.parse().ok()) {
        Some(id) => Ok(id),
        None => Ok(Card::parse(&read(card)?).at(card.display())?.id()),
    }
}

fn issue(shell: &Shell, wanted: Issue) -> Result {
    let Issue { election, fingerprint, person, duty, stations, from, until, signers, pin_file, output } = wanted;
    if output.exists() {
        let next = "choose another name; a key is never overwritten";
        return Err(Failure::new("key.exists", "the file exists", next).at(output.display()));
    }
    let ground = ground(&election, inputs::fingerprint(&fingerprint)?)?;
    known(&ground, &person)?;
    let issuers = inputs::keys(&signers)?;
    let from = from.unwrap_or(PlainDate(ground.definition.date));
    let until = until.unwrap_or(PlainDate(from.0.saturating_add(jiff::Span::new().days(7))));
    if until < from {
        let next = "give a last day that is not before the first";
        return Err(Failure::new("usage.value", "--until is before --from", next));
    }
    let key = FileKey::generate(KeyKind::P256)?;
    let certificate = Certificate {
        scope: ground.definition.scope.clone(),
        fingerprint: ground.fingerprint,
        person: person.clone(),
        duty: match duty {
            Holder::Presiding => Duty::Presiding,
            Holder::Second => Duty::Second,
        },
        stations: stations.iter().cloned().collect(),
        from,
        until,
        key: key.public_key().clone(),
    };
    let chosen = pin(shell, pin_file.as_deref(), &output)?;
    let card = Card::issue(certificate, &key, &chosen, sign::pin::WORK, &inputs::signers(&issuers))?;
    // What a device would say on polling day is asked here.
    for station in &stations {
        let Some(place) = ground.definition.station(station) else {
            let what = format!("there is no station '{station}' in the definition");
            let known = ground.definition.stations.iter().map(|s| s.id.as_str());
            return Err(inputs::unknown("station.unknown", what, station.as_str(), known));
        };
        card.check(&ground, place, &BTreeSet::new(), from).map_err(CardError::from).at(station)?;
    }
    if pin_file.is_none() {
        shell.tell("Once more, so that it is the one that was meant.", &[]);
        let again = pin(shell, None, &output)?;
        card.open(&again).map_err(|_| {
            let next = "issue the card again, and type the same PIN twice";
            Failure::new("card.pin", "the two PINs differ; no card was written", next)
        })?;
    }
    write_private(&output, &card.to_bytes())?;
    shell.tell(
        "Card {} of {}: hand it over apart from its PIN, and write down its id",
        &[text(card.id()), text(&person)],
    );
    let own = card.certificate();
    shell.json(&json!({
        "card": card.id(), "person": person, "duty": own.duty, "stations": own.stations, "from": from, "until": until,
        "file": output,
    }));
    Ok(Verdict::Holds)
}

fn known(ground: &Ground, person: &PersonId) -> Result<()> {
    let people = &ground.definition.people;
    if people.iter().any(|p| p.id == *person) {
        return Ok(());
    }
    let what = format!("there is no person '{person}' in the definition");
    Err(inputs::unknown("station.unknown_person", what, person.as_str(), people.iter().map(|p| p.id.as_str())))
}
