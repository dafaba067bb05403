//! `sanad slip check`: slips against a publication, station by station.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use election::Digest;
use package::slip::{Slip, SlipContest, SlipError, SlipFigures};
use record::{Figures, Standing, StationStanding};
use serde_json::json;
use site::words::{number, standing, words};

use super::slip::{check_signature, of_another_election};
use crate::published::{self, Published};
use crate::shell::{Failure, Result, Shell, Verdict, text};
use crate::slips;

/// What became of one slip.
struct Checked {
    /// The word of `--json`.
    result: &'static str,
    verdict: Verdict,
    station: Option<election::StationId>,
    standing: Option<Standing>,
    /// Why it could not be compared.
    code: Option<String>,
    /// Sentences, in the language asked for.
    said: Vec<String>,
}

/// Compares each slip; the exit code is that of the worst.
pub fn check(shell: &Shell, paths: &[PathBuf], publication: &Path) -> Result {
    let published = published::open(publication)?;
    let figures = published.figures(publication)?;
    let (mut worst, mut rows) = (Verdict::Holds, Vec::new());
    for path in paths {
        let checked = one(shell, path, &published, &figures)?;
        let code = checked.code.as_ref().map(|code| format!("[{code}] ")).unwrap_or_default();
        let said = format!(
            "{}: {code}{}",
            crate::words::isolated(shell.lang, &path.display().to_string()),
            checked.said.join("\n  ")
        );
        if checked.verdict == Verdict::Holds {
            shell.say(&said);
        } else {
            shell.found(&said);
        }
        rows.push(json!({
            "slip": path, "holds": checked.verdict == Verdict::Holds, "result": checked.result,
            "station": checked.station, "standing": checked.standing, "code": checked.code, "detail": checked.said.join("; "),
        }));
        worst = worst.and(checked.verdict);
    }
    shell.json(&json!({ "slips": rows }));
    Ok(worst)
}

fn one(shell: &Shell, path: &Path, published: &Published, all: &Figures) -> Result<Checked> {
    let refused = |result, failure: &Failure| Checked {
        result,
        verdict: failure.verdict(),
        station: None,
        standing: None,
        code: Some(failure.code().to_owned()),
        said: vec![failure.what(shell.lang), failure.next(shell.lang)],
    };
    let codes = match slips::codes_of(path) {
        Ok(codes) => codes,
        // A file that is not there is a mistake in the call; a photo that cannot be read is missing evidence.
        Err(failure) if failure.code() == "file" => return Err(failure),
        Err(failure) => return Ok(refused("unreadable", &failure.but(Verdict::Missing))),
    };
    if codes.is_empty() {
        return Ok(refused("unreadable", &slips::no_code()));
    }
    let slip = match Slip::join(&codes) {
        Ok(slip) => slip,
        Err(error @ SlipError::Incomplete { .. }) => return Ok(refused("incomplete", &error.into())),
        Err(error) => return Ok(refused("altered", &error.into())),
    };
    let claims = slip.claims();
    let def = &published.frozen.definition;
    if claims.scope != def.scope {
        let failure = of_another_election(claims, "compare it with the publication of its own election");
        return Ok(refused("other_election", &failure));
    }
    if let Err(why) = check_signature(&slip, &published.frozen) {
        return Ok(refused("unsigned", &why));
    }
    if claims.fingerprint != published.state.fingerprint {
        let what = format!(
            "the slip names the election fingerprint {}, the publication has {}",
            claims.fingerprint, published.state.fingerprint
        );
        let next = "find out with the gazette which of the two is the election; keep the paper as evidence";
        return Ok(refused("other_fingerprint", &Failure::new("slip.other", what, next)));
    }
    let stands = published.state.standing(def, &claims.station);
    Ok(compared(shell, claims, stands.as_ref(), published, all))
}

/// What the publication says of the station that the slip is of.
fn compared(
    shell: &Shell,
    claims: &SlipFigures,
    stands: Option<&StationStanding>,
    published: &Published,
    all: &Figures,
) -> Checked {
    let station = &claims.station;
    let imports = published.state.evidence.get(station).into_iter().flat_map(|e| &e.imports);
    let of_count = imports.filter(|i| i.device == claims.device && i.generation == claims.generation);
    let copies: BTreeSet<Digest> = of_count.map(|import| import.content.results).collect();
    let counted = stands.and_then(|s| s.counted).map(|counted| counted.figures()).filter(|c| copies.contains(c));
    let by_hand = stands.and_then(|s| s.counted).filter(|counted| counted.package().is_none());
    let by_hand = by_hand.and_then(|counted| all.get(&counted.figures()));
    let mut said = Vec::new();
    let mut tell = |sentence| said.push(shell.worded(sentence, &[text(station)]));
    let (result, verdict) = match (copies.contains(&claims.results), counted) {
        _ if copies.is_empty() => {
            tell("the publication has no results of station {} by this device and generation");
            ("unpublished", Verdict::Missing)
        }
        (true, _) if all.get(&claims.results).is_none() => {
            tell(
                "station {}: the record names the figures of the slip, and the publication's file of them is gone or was changed",
            );
            ("changed", Verdict::DoesNot)
        }
        (true, _) if by_hand.is_some_and(|by_hand| has_votes(claims, by_hand)) => {
            tell("station {}: what counts is a count by hand, by order, with the votes that were printed");
            ("agrees", Verdict::Holds)
        }
        (true, _) if by_hand.is_some() => {
            tell("station {}: what counts is a count by hand, by order, and it differs from the slip");
            ("differs", Verdict::DoesNot)
        }
        (true, Some(counted)) if counted != claims.results => {
            tell("station {}: the copy that is counted differs from the slip; another copy is the same as the slip");
            ("differs", Verdict::DoesNot)
        }
        (true, _) if copies.len() > 1 && counted.is_none() => {
            tell("station {}: one of its copies is the same as the slip, and the copies differ");
            ("agrees", Verdict::Holds)
        }
        (true, _) => {
            tell("station {}: the publication has exactly the figures that were printed");
            ("agrees", Verdict::Holds)
        }
        (false, _) => {
            tell("station {}: the publication differs from the slip");
            ("differs", Verdict::DoesNot)
        }
    };
    if result == "differs"
        && let Some(results) = by_hand.or_else(|| all.get(&counted.or(copies.first().copied())?))
    {
        said.extend(differences(shell, claims, results, &published.frozen.definition));
    }
    let stands = stands.map(|s| (s.standing, s.counted.is_some()));
    if let Some((state, is_counted)) = stands
        && result != "unpublished"
        && !is_counted
    {
        let word = standing(&words(shell.lang), state).to_owned();
        let sentence = "its figures are not counted: {}";
        said.push(shell.worded(sentence, &[crate::shell::Fill::Words(word)]));
    }
    Checked { result, verdict, station: Some(station.clone()), standing: stands.map(|s| s.0), code: None, said }
}

/// Are the ballots and votes of each contest those that were printed?
fn has_votes(slip: &SlipFigures, results: &package::StationResults) -> bool {
    slip.contests.iter().all(|(id, printed)| {
        results.contest(id).is_some_and(|own| {
            let votes = own.votes.iter().filter(|(_, votes)| **votes > 0);
            [own.ballots, own.valid, own.blank, own.invalid]
                == [printed.ballots, printed.valid, printed.blank, printed.invalid]
                && votes.eq(&printed.votes)
        })
    })
}

/// The figures that differ, down to the candidate.
fn differences(
    shell: &Shell,
    slip: &SlipFigures,
    results: &package::StationResults,
    def: &election::Definition,
) -> Vec<String> {
    let n = |count: u32| number(shell.lang, count.into());
    let mut lines = Vec::new();
    if slip.account != results.account {
        lines.push(shell.worded("the ballot account differs", &[]));
    }
    let votes = |contests: &mut dyn Iterator<Item = &SlipContest>| -> BTreeMap<election::OptionId, u32> {
        contests.flat_map(|c| c.votes.clone()).collect()
    };
    let printed = votes(&mut slip.contests.values());
    let published: BTreeMap<_, u32> =
        results.contests.iter().flat_map(|c| c.votes.clone()).filter(|(_, votes)| *votes > 0).collect();
    let options: BTreeSet<_> = printed.keys().chain(published.keys()).collect();
    for option in options {
        let (a, b) = (printed.get(option).copied().unwrap_or(0), published.get(option).copied().unwrap_or(0));
        if a != b {
            let name = def.option_name(option).map(|name| name.get(shell.lang)).unwrap_or_default();
            let name = format!("{name} ({})", crate::words::isolated(shell.lang, option.as_str()));
            let fills = [name, n(a), n(b)].map(crate::shell::Fill::Words);
            lines.push(shell.worded("{}: slip {}, publication {}", &fills));
        }
    }
    lines
}
