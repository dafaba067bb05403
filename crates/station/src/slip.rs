//! What the slip says, in the words of the definition.

use election::{Contest, Definition, OptionId, Text};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use package::{ContestResults, StationResults};
use print::{AccountView, CandidateLine, ContestView, ListLine, Paper, SlipKind, SlipView};

use crate::error::StationError;
use crate::state::UnixTime;
use crate::station::Station;

/// Draws a slip as PDF. The one place that calls the drawing room is [`draw`]; a test may pass another.
pub type Draw<'a> = &'a dyn Fn(&SlipView) -> Result<Vec<u8>, print::DrawError>;

/// Draws a slip as PDF.
///
/// # Errors
/// As [`print::slip`].
pub fn draw(view: &SlipView) -> Result<Vec<u8>, print::DrawError> {
    print::slip(view)?.pdf()
}

/// Boxes for the names and signatures of party agents.
const AGENTS: u8 = 6;

/// What a slip says; copy 0 is the one in the package.
pub(crate) fn view(
    station: &Station,
    results: &StationResults,
    kind: SlipKind,
    paper: Paper,
    codes: &[String],
    closed: UnixTime,
    copy: u16,
) -> Result<SlipView, StationError> {
    let (definition, place) = (&station.ground.definition, station.place()?);
    let account = &results.account;
    let contests = results.contests.iter().filter_map(|figures| {
        let contest = definition.contest(&figures.contest)?;
        Some(contest_view(definition, contest, figures))
    });
    Ok(SlipView {
        paper,
        kind,
        languages: definition.languages.clone(),
        mode: definition.scope.mode,
        election: definition.name.clone(),
        date: definition.date,
        round: definition.scope.round,
        station: place.id.to_string(),
        station_name: place.name.clone(),
        centre: place.centre.to_string(),
        office: definition.office(&place.office).map(|office| office.name.clone()).unwrap_or_default(),
        device: results.device.to_string(),
        generation: results.generation,
        printed_at: local(closed, &definition.time_zone),
        copy,
        account: AccountView {
            registered: account.registered,
            checked_in: account.checked_in,
            received: account.received,
            used: account.used,
            spoiled: account.spoiled,
            unused: account.unused,
            cast: account.cast,
            valid: account.valid,
            blank: account.blank,
            invalid: account.invalid,
            unread: account.unread,
        },
        account_differs: kind == SlipKind::Results
            && station.state.closing.as_ref().is_some_and(|closing| closing.account_differs),
        contests: contests.collect(),
        codes: codes.to_vec(),
        fingerprint: station.ground.fingerprint,
        build: package::shown_build(&station.ground.build),
        agents: AGENTS,
    })
}

/// The device's clock in the election's time zone, to the minute; in UTC where the zone is not known to the device.
fn local(time: UnixTime, zone: &str) -> String {
    let Ok(time) = Timestamp::from_second(time) else { return String::new() };
    let (zone, name) = TimeZone::get(zone).map_or((TimeZone::UTC, " UTC"), |zone| (zone, ""));
    format!("{}{name}", time.to_zoned_datetime(zone).strftime("%Y-%m-%d %H:%M"))
}

fn contest_view(definition: &Definition, contest: &Contest, figures: &ContestResults) -> ContestView {
    let votes = |option: &OptionId| figures.votes.get(option).copied().unwrap_or(0);
    let mut lines: Vec<ListLine> = (definition.lists_of(&contest.id))
        .map(|list| ListLine {
            number: list.number,
            name: list.name.clone(),
            votes: votes(&OptionId::from(&list.id)),
            candidates: (definition.candidates_of(&contest.id))
                .filter(|candidate| candidate.list.as_ref() == Some(&list.id))
                .map(|candidate| CandidateLine {
                    number: candidate.number,
                    name: Text::default(),
                    votes: votes(&OptionId::from(&candidate.id)),
                })
                .collect(),
        })
        .collect();
    if lines.is_empty() {
        let line = |candidate: &election::Candidate| ListLine {
            number: candidate.number,
            name: candidate.name.clone(),
            votes: votes(&OptionId::from(&candidate.id)),
            candidates: Vec::new(),
        };
        lines = definition.candidates_of(&contest.id).map(line).collect();
    }
    ContestView {
        title: contest.title.clone(),
        ballots: figures.ballots,
        valid: figures.valid,
        blank: figures.blank,
        invalid: figures.invalid,
        lines,
    }
}
