//! Decisions at the centre that are not about a station's votes: openings, withdrawals, amendments.

use centre::Centre as Room;
use election::{Digest, OptionId, SourceId, StationId};
use record::Body;
use record::entry::{Amendment, Candidacy, Opening, Withdrawal};

use super::centre_order::unknown_station;
use crate::shell::{Failure, Result};

/// Why, and by which article.
#[derive(clap::Args)]
pub struct Grounds {
    /// Why, in words
    #[arg(long)]
    pub reason: String,
    /// The legal basis
    #[arg(long)]
    pub basis: String,
}

/// The opening of a station by the letter `follows`; it takes the place of the openings and "not opened" orders that stand.
pub fn opening(
    room: &Room,
    station: StationId,
    follows: SourceId,
    grounds: Grounds,
    evidence: Vec<Digest>,
) -> Result<Body> {
    let def = &room.frozen().definition;
    let place = def.station(&station).ok_or_else(|| unknown_station(room, &station))?;
    let letters: std::collections::BTreeMap<SourceId, u32> = def.letters_of(place).into_iter().collect();
    let Some(&bound) = letters.get(&follows) else {
        let known: Vec<String> = letters.iter().map(|(source, figure)| format!("{source} ({figure})")).collect();
        let what = format!("no letter '{follows}' speaks of the station {station}");
        return Err(Failure::new("centre.letter", what, format!("follow one of: {}", known.join(", "))));
    };
    let known = &room.state().evidence[&station];
    let mut supersedes: Vec<Digest> = known.openings.iter().map(|(digest, _)| *digest).collect();
    let not_opened = known.heads.iter().filter(|(_, order)| order.effect == record::entry::Effect::NotOpened);
    supersedes.extend(not_opened.map(|(digest, _)| *digest));
    let Grounds { reason, basis } = grounds;
    Ok(Body::Opening(Opening { station, letters, follows, bound, reason, basis, evidence, supersedes }))
}

/// The withdrawal of a list or candidate, or that one is taken back; it takes the place of the one that stands.
pub fn withdrawal(room: &Room, option: OptionId, restore: bool, grounds: Grounds, evidence: Vec<Digest>) -> Body {
    let supersedes = room.state().decisions.candidacies.get(&option).copied();
    let candidacy = if restore { Candidacy::Stands } else { Candidacy::Withdrawn };
    let Grounds { reason, basis } = grounds;
    Body::Withdrawal(Withdrawal { option, candidacy, reason, basis, evidence, supersedes })
}

/// The amendment of a rule: what it says now stands in it.
pub fn amendment(room: &Room, key: String, after: Option<String>, grounds: Grounds) -> Result<Body> {
    let before = room.state().decisions.rules.value_of(&key)?;
    let Grounds { reason, basis } = grounds;
    Ok(Body::Amendment(Amendment { key, before, after, reason, basis }))
}
