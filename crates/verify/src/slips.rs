//! V.801 and V.802: slips that the caller brought, against what was published of their stations.

use std::collections::BTreeSet;

use election::{Coded, Digest, Scope};
use package::slip::{Slip, SlipError, SlipFigures};

use crate::SlipInput;
use crate::figures;
use crate::record_log::{Election, Record, needs};
use crate::report::Check;
use crate::stations::Stations;
use crate::table::CheckId;

/// The fingerprint that the slips of this election name, where they all name one: it pins the root like one from the
/// gazette. Slips of another election have no say in it.
pub fn fingerprint(slips: &[SlipInput], scope: Option<&Scope>) -> Option<Digest> {
    let joined = slips.iter().filter_map(|slip| Slip::join(&slip.texts).ok());
    let own = joined.filter(|slip| scope.is_none_or(|scope| slip.claims().scope == *scope));
    let named: BTreeSet<Digest> = own.map(|slip| slip.claims().fingerprint).collect();
    match named.len() {
        1 => named.first().copied(),
        _ => None,
    }
}

/// V.801 and V.802. Where none was brought, though somebody meant to, both are incomplete.
pub fn check(
    slips: &[SlipInput],
    fingerprint: Option<Digest>,
    election: Option<&Election>,
    record: Option<&Record>,
    stations: Option<&Stations>,
    checks: &mut Vec<Check>,
) {
    let (Some(election), Some(stations)) = (election, stations) else {
        let ids = [CheckId::SlipSignatures, CheckId::SlipFigures];
        checks.extend(ids.map(|id| needs(id, "slips", "the definition, the record and the stations")));
        return;
    };
    let mut signatures = Check::new(CheckId::SlipSignatures);
    let mut compared = Check::new(CheckId::SlipFigures);
    for slip in slips {
        if let Some(figures) = signed(slip, fingerprint, election, &mut signatures) {
            let state = record.and_then(|record| record.state.as_ref());
            let standing = state.and_then(|s| s.standing(&election.frozen.definition, &figures.station));
            let counted = standing.and_then(|standing| standing.counted);
            compare(&slip.name, &figures, stations, counted.map(|counted| counted.figures()), &mut compared);
        }
    }
    if compared.checked + compared.missing == 0 {
        compared.misses("slips", "verify.needs", "needs a slip whose signature holds (V.801)");
    }
    checks.extend([signatures, compared]);
}

fn signed(
    slip: &SlipInput,
    fingerprint: Option<Digest>,
    election: &Election,
    check: &mut Check,
) -> Option<SlipFigures> {
    if slip.texts.is_empty() {
        check.misses(&slip.name, "slip.no_code", "no code of a slip can be read");
        return None;
    }
    let joined = match Slip::join(&slip.texts) {
        Ok(joined) => joined,
        Err(e @ (SlipError::Incomplete { .. } | SlipError::Code)) => {
            check.misses(&slip.name, e.code(), e);
            return None;
        }
        Err(e) => {
            check.fails(&slip.name, e.code(), e);
            return None;
        }
    };
    let claims = joined.claims();
    let own = &election.frozen.definition.scope;
    if claims.scope != *own {
        // Whoever signed it, it does not speak of this election, and proves nothing for or against it.
        let other = &claims.scope;
        let what = format!("is of another election: {} round {} {}", other.election, other.round, other.mode.as_str());
        check.sets_aside(&slip.name, "slip.other_election", what);
        return None;
    }
    let Some((station, key)) = election.frozen.keyring.devices.get(&claims.device) else {
        check.fails(&slip.name, "record.device", format!("device '{}' is not listed", claims.device));
        return None;
    };
    let figures = match joined.verify(key) {
        Ok(figures) => figures,
        Err(e) => {
            check.fails(&slip.name, e.code(), e);
            return None;
        }
    };
    let same = Some(figures.fingerprint) == fingerprint && figures.station == *station;
    let holds = check.expect(same, &slip.name, "slip.other", || {
        format!("is of another record or station ({}, {})", figures.fingerprint, figures.station)
    });
    holds.then(|| figures.clone())
}

/// A slip says what is counted of its station; where nothing is counted because copies differ, it says what one of
/// them says, and the record names the difference.
fn compare(name: &str, slip: &SlipFigures, stations: &Stations, counted: Option<Digest>, check: &mut Check) {
    let published = stations.of.get(&slip.station).map_or(&[][..], Vec::as_slice);
    let of_count: Vec<_> =
        published.iter().filter(|p| p.device == slip.device && p.generation == slip.generation).collect();
    let place = format!("{name} (station {})", slip.station);
    if of_count.is_empty() {
        check.misses(place, "slip.unpublished", "nothing is published of this station, device and generation");
        return;
    }
    let says = |digest: Digest| slip.results == digest;
    // Where the file is not the one that is counted, it was changed: it is held against the slip all the same.
    let counted = counted.filter(|counted| of_count.iter().any(|p| p.digest == *counted));
    let one_of_several = counted.is_none() && of_count.len() > 1 && of_count.iter().any(|p| says(p.digest));
    for content in of_count.into_iter().filter(|p| counted.is_none_or(|counted| counted == p.digest)) {
        let wrong = figures::slip(slip, &content.results);
        let same = says(content.digest);
        if one_of_several && !same {
            let what = "the slip says what the other copy says; neither copy is counted";
            check.records(&place, "slip.differing_copies", what);
            continue;
        }
        check.expect(same && wrong.is_empty(), &place, "slip.differs", || {
            let what: Vec<String> = wrong.iter().take(5).map(|(_, what)| what.clone()).collect();
            format!("does not say what {} says: {}", content.place, what.join("; "))
        });
    }
}
