//! `data/events.jsonl`: the device's log. No event is of one ballot; none holds a selection.

use election::{Coded, PersonId};
use serde::{Deserialize, Serialize};
use sign::canonical::{self, CanonicalError};

/// What happened. There is no word for "a ballot was read": its time would point to a voter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// The device was switched on.
    Started,
    /// The device came back after losing power.
    Restarted,
    /// A definition was loaded.
    DefinitionLoaded,
    /// The zero report was made.
    ZeroReport,
    /// The polls were opened.
    Opened,
    /// The polls were closed.
    Closed,
    /// The polls were opened again, by order: a new generation.
    Reopened,
    /// A slip was printed; the note says which copy.
    SlipPrinted,
    /// The package was made.
    PackageMade,
    /// The media were handed over.
    HandedOver,
    /// The clock moved by more than it should.
    ClockJumped,
    /// A person was refused.
    AccessDenied,
    /// A person was let in.
    AccessGranted,
    /// The scanner failed or was cleaned.
    Scanner,
    /// The disk failed or is full.
    Disk,
    /// Doubtful marks were settled by two people; the note says how many.
    Settled,
    /// Papers were counted by hand or entered.
    Entered,
    /// The device replaces another, by order.
    Replaced,
}

/// One line of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Its number, from 1 without gaps: the order, whatever the clock says.
    pub number: u32,
    /// The device's clock (RFC 3339), which is not trusted.
    pub clock: Option<String>,
    /// What happened.
    pub event: EventKind,
    /// Who acted, sorted.
    pub by: Vec<PersonId>,
    /// A remark of at most 200 characters, without control characters.
    pub note: String,
    /// What the cards of those who acted have signed, where the station works with cards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Proof>,
}

/// The signatures of an act's cards, with what is needed to check them by the key list alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// The envelope of kind `station_act`, as text.
    pub act: String,
    /// The certificates of the cards, envelopes of kind `card_certificate`, as text.
    pub cards: Vec<String>,
}

/// A log that is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EventsError {
    /// A line that is not an event.
    #[error("line {line} of the device's log: {error}")]
    Line {
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        error: CanonicalError,
    },
    /// A number, remark or clock that cannot be.
    #[error("line {0} of the device's log is out of sequence or holds a remark that cannot be")]
    Sequence(usize),
}

impl Coded for EventsError {
    fn code(&self) -> &'static str {
        match self {
            EventsError::Line { .. } => "events.line",
            EventsError::Sequence(_) => "events.sequence",
        }
    }

    fn next(&self) -> &'static str {
        "Keep the package as evidence and ask the station for its medium."
    }
}

/// The file of these events.
pub fn to_bytes(events: &[Event]) -> Vec<u8> {
    events
        .iter()
        .flat_map(|event| [canonical::to_bytes(event).expect("strings only"), b"\n".to_vec()].concat())
        .collect()
}

/// The longest remark, in characters.
const NOTE_LENGTH: usize = 200;

/// The most cards of one act, and the longest envelope of each.
const MOST_CARDS: usize = 4;

fn is_bounded(proof: &Proof) -> bool {
    let mut envelopes = proof.cards.iter().chain([&proof.act]);
    proof.cards.len() <= MOST_CARDS && envelopes.all(|text| text.len() <= sign::dsse::MOST_BYTES)
}

/// Reads a file.
///
/// # Errors
/// [`EventsError`].
pub fn parse(bytes: &[u8]) -> Result<Vec<Event>, EventsError> {
    let mut events = Vec::new();
    for (at, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
        let line = line.strip_suffix(b"\n").ok_or(EventsError::Sequence(at + 1))?;
        let event: Event = canonical::from_bytes(line).map_err(|error| EventsError::Line { line: at + 1, error })?;
        let clock = event.clock.as_deref().unwrap_or_default();
        let words = event.note.chars().count() <= NOTE_LENGTH && !event.note.chars().any(char::is_control);
        let times = clock.len() <= 40 && clock.bytes().all(|b| b.is_ascii_digit() || b"-+:.TZ".contains(&b));
        let bounded = event.proof.as_ref().is_none_or(is_bounded);
        if u32::try_from(at + 1) != Ok(event.number) || !words || !times || !bounded || !event.by.is_sorted() {
            return Err(EventsError::Sequence(at + 1));
        }
        events.push(event);
    }
    Ok(events)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_has_no_gap_and_no_word_for_a_ballot() {
        let event = |number, note: &str| Event {
            number,
            clock: Some("2018-05-12T07:00:00+03:00".into()),
            event: EventKind::Opened,
            by: vec!["officer_1".parse().unwrap()],
            note: note.into(),
            proof: None,
        };
        let proof = |cards: usize| Some(Proof { act: "{}".into(), cards: vec!["{}".into(); cards] });
        let events = vec![event(1, ""), event(2, "copy 2"), Event { proof: proof(2), ..event(3, "close") }];
        let bytes = to_bytes(&events);
        assert_eq!(parse(&bytes), Ok(events));
        for bad in [
            vec![event(2, "")],
            vec![event(1, "a\u{1b}[31m")],
            vec![event(1, &"x".repeat(201))],
            vec![event(1, ""), event(1, "")],
            vec![Event { proof: proof(5), ..event(1, "") }],
        ] {
            assert_eq!(parse(&to_bytes(&bad)).unwrap_err().code(), "events.sequence");
        }
        assert_eq!(parse(&bytes[..bytes.len() - 1]).unwrap_err().code(), "events.sequence");
        let ballot = String::from_utf8(bytes).unwrap().replace("\"opened\"", "\"ballot_read\"");
        assert_eq!(parse(ballot.as_bytes()).unwrap_err().code(), "events.line");
    }
}
