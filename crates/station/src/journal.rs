//! The device's log as it leaves the station: `data/events.jsonl`.

use std::collections::BTreeSet;

use election::PersonId;
use jiff::Timestamp;
use package::events;

use crate::state::{CardUse, Event, EventKind, UnixTime};

/// A time as text (RFC 3339), in UTC; `None` where it is beyond all calendars.
pub(crate) fn clock(time: UnixTime) -> Option<String> {
    Timestamp::from_second(time).ok().map(|time| time.to_string())
}

/// The log in the words of the package.
pub(crate) fn exported(log: &[Event]) -> Vec<events::Event> {
    log.iter().map(line).collect()
}

fn line(event: &Event) -> events::Event {
    use events::EventKind as Kind;
    let (kind, by, note) = match &event.what {
        EventKind::Prepared => (Kind::DefinitionLoaded, vec![], String::new()),
        EventKind::OpenRefused { code } => (Kind::AccessDenied, vec![], format!("polls not opened: {code}")),
        EventKind::Opened { officer, zero } => (Kind::Opened, vec![officer.clone()], format!("zero.json {zero}")),
        EventKind::ZeroInvalidated { zero } => {
            (Kind::DefinitionLoaded, vec![], format!("another definition: zero.json {zero} no longer stands"))
        }
        EventKind::SlotRecovered => (Kind::Restarted, vec![], "one sheet was in flight and was not counted".into()),
        EventKind::ClockJumped { seconds } => (Kind::ClockJumped, vec![], format!("{seconds} seconds")),
        EventKind::AccountEntered { officer } => (Kind::Entered, vec![officer.clone()], "ballot account".into()),
        EventKind::RefusedMarked { officers, unread, fed_again, foreign } => {
            let note = format!("refused sheets: unread {unread}, fed again {fed_again}, foreign {foreign}");
            (Kind::Entered, pair(officers), note)
        }
        EventKind::Closed { officers, early, broken, same_file, look_alikes, refused, settled } => {
            let refused: u32 = refused.values().sum();
            let early = if *early { "before the hour, " } else { "" };
            let broken = match broken.is_empty() {
                true => String::new(),
                false => format!("the account does not hold ({}), ", broken.join(" ")),
            };
            let note = format!(
                "{early}{broken}same file again {same_file}, look-alikes {look_alikes}, sheets refused {refused}, contests settled {settled}"
            );
            (Kind::Closed, pair(officers), note)
        }
        EventKind::Reopened { officers, generation } => {
            (Kind::Reopened, pair(officers), format!("generation {generation}"))
        }
        EventKind::Sealed { generation } => (Kind::PackageMade, vec![], format!("generation {generation}")),
        EventKind::SlipPrinted { generation, copy, to } => {
            (Kind::SlipPrinted, to.iter().cloned().collect(), format!("generation {generation}, copy {copy}"))
        }
        EventKind::HandedOver { generation, medium } => {
            (Kind::HandedOver, vec![], format!("generation {generation}, medium {medium}"))
        }
        EventKind::CardDenied { card, code } => {
            let note = card.iter().map(shown).chain([code.clone()]).collect::<Vec<_>>().join(": ");
            (Kind::AccessDenied, holders(card.as_slice()), note)
        }
        EventKind::CardsAccepted { act, cards, .. } => {
            let shown: Vec<String> = cards.iter().take(SHOWN_CARDS).map(shown).collect();
            (Kind::AccessGranted, holders(cards), format!("{act}: {}", shown.join(", ")))
        }
    };
    let proof = match &event.what {
        EventKind::CardsAccepted { proof: Some(proof), .. } => {
            Some(events::Proof { act: proof.act.clone(), cards: proof.cards.clone() })
        }
        _ => None,
    };
    let number = u32::try_from(event.sequence).unwrap_or(u32::MAX);
    events::Event { number, clock: clock(event.untrusted_time), event: kind, by, note, proof }
}

/// More cards than this take no part in an act, but in settling doubts; the note must not grow with them.
const SHOWN_CARDS: usize = 4;

/// A card as a note names it: the duty of its holder, and the first digits of its id.
fn shown(card: &CardUse) -> String {
    format!("{} {}", card.duty.as_str(), &card.card.to_string()[..CARD_DIGITS])
}

/// So many digits of a card's id are shown to people.
const CARD_DIGITS: usize = 16;

fn holders(cards: &[CardUse]) -> Vec<PersonId> {
    let people: BTreeSet<PersonId> = cards.iter().map(|card| card.person.clone()).collect();
    people.into_iter().collect()
}

fn pair((first, second): &(PersonId, PersonId)) -> Vec<PersonId> {
    vec![first.clone(), second.clone()]
}
