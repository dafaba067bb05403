//! `sanad slip tally`: what slips alone say, without a server and without the centre.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use election::{Definition, Digest, OptionId};
use package::slip::{Slip, SlipFigures};
use record::Frozen;
use record::from_slips::{ContestFromSlips, FromSlips};
use serde_json::{Value, json};

use super::slip::{check_signature, of_another_election};
use crate::shell::{Failure, Result, Shell, Verdict, count, text};
use crate::{inputs, slips};

/// A file that is not used, and why.
struct Refused {
    file: String,
    why: Failure,
}

/// Adds up all slips of a folder.
pub fn tally(shell: &Shell, dir: &Path, election: &Path, fingerprint: Option<&str>) -> Result {
    let (_, frozen) = inputs::frozen(election)?;
    let pinned = fingerprint.map(inputs::fingerprint).transpose()?;
    let (good, mut refused) = read(shell, dir, &frozen, pinned)?;
    if let Some(two) = two_fingerprints(&good) {
        let what = format!("the slips name several election fingerprints: {} and {}", two[0], two[1]);
        let next = "give the one that the gazette prints with --fingerprint";
        return Err(Failure::new("slip.fingerprints", what, next).at(dir.display()));
    }
    let (files, figures): (Vec<String>, Vec<SlipFigures>) = good.into_iter().unzip();
    let def = &frozen.definition;
    let all = FromSlips::of(def, &figures)?;
    for (place, why) in &all.refused {
        let why = if why.is_of_paper() {
            Failure::from(why.clone())
        } else {
            let what = format!("the figures of the slip cannot be: {why}");
            Failure::new("slip.figures", what, "keep the paper as evidence and compare it with another agent's copy")
        };
        refused.push(Refused { file: files[*place].clone(), why });
    }
    tell(shell, def, &all, &refused);
    shell.json(&object(&all, &refused, figures.first().map(|slip| slip.fingerprint)));
    // A slip of another election says nothing of this one.
    let is_amiss = |refused: &Refused| refused.why.code() != "slip.other_election";
    let contradicted = refused.iter().any(is_amiss) || !all.contradicted.is_empty();
    Ok(match (contradicted, all.missing.is_empty() && all.expected > 0) {
        (true, _) => Verdict::DoesNot,
        (false, false) => Verdict::Missing,
        (false, true) => Verdict::Holds,
    })
}

/// The figures of a slip, with its file.
type Named = (String, SlipFigures);

/// Every slip of the folder whose signature holds and that is of this election, with its file; and the others.
fn read(shell: &Shell, dir: &Path, frozen: &Frozen, pinned: Option<Digest>) -> Result<(Vec<Named>, Vec<Refused>)> {
    let (mut good, mut refused) = (Vec::new(), Vec::new());
    for input in slips::folder(shell, dir)? {
        match one(&input.texts, frozen, pinned) {
            Ok(figures) => good.push((input.name, figures)),
            Err(why) => refused.push(Refused { file: input.name, why }),
        }
    }
    Ok((good, refused))
}

fn one(codes: &[String], frozen: &Frozen, pinned: Option<Digest>) -> Result<SlipFigures> {
    if codes.is_empty() {
        return Err(slips::no_code());
    }
    let slip = Slip::join(codes)?;
    let claims = slip.claims();
    if claims.scope != frozen.definition.scope {
        return Err(of_another_election(claims, "add it up with the slips of its own election"));
    }
    check_signature(&slip, frozen)?;
    if pinned.is_some_and(|pinned| pinned != claims.fingerprint) {
        let what = "the slip is of another election, round, mode or fingerprint";
        let next = "find out with the gazette which of the two is the election; keep the paper as evidence";
        return Err(Failure::new("slip.other", what, next));
    }
    Ok(claims.clone())
}

fn two_fingerprints(slips: &[(String, SlipFigures)]) -> Option<[Digest; 2]> {
    let first = slips.first()?.1.fingerprint;
    let other = slips.iter().find(|(_, slip)| slip.fingerprint != first)?;
    Some([first, other.1.fingerprint])
}

fn tell(shell: &Shell, def: &Definition, all: &FromSlips, refused: &[Refused]) {
    let open: u64 = all.missing.values().chain(all.contradicted.values()).map(|most| u64::from(*most)).sum();
    shell.tell(
        "Slips of {} of {} stations; {} voters are registered at the others.",
        &[count(all.covered.len()), count(all.expected), count(open)],
    );
    for refused in refused {
        shell.found(format_args!(
            "{}: [{}] {}\n  → {}",
            crate::words::isolated(shell.lang, &refused.file),
            refused.why.code(),
            refused.why.what(shell.lang),
            refused.why.next(shell.lang)
        ));
    }
    for station in all.contradicted.keys() {
        shell.find("Station {}: slips of one count contradict each other; it is not added. `sanad proof equivocation` makes the proof.", &[text(station)]);
    }
    if all.unread > 0 {
        shell.find("Sheets in the boxes that could not be read, and are in no figure: {}", &[count(all.unread)]);
    }
    for contest in &all.contests {
        tell_contest(shell, def, contest);
    }
}

fn name(shell: &Shell, def: &Definition, id: &OptionId) -> String {
    def.option_name(id).map_or_else(|| id.to_string(), |name| name.get(shell.lang).to_owned())
}

fn tell_contest(shell: &Shell, def: &Definition, contest: &ContestFromSlips) {
    let title = def.contest(&contest.contest).map(|c| c.title.get(shell.lang).to_owned()).unwrap_or_default();
    shell.say(format_args!("\n{title} ({})", contest.contest));
    let [stations, covered] = contest.stations;
    shell.tell(
        "  Slips of {} of {} stations; open: {} voters. Valid ballots: {}",
        &[count(covered), count(stations), count(contest.open), count(contest.totals.valid)],
    );
    if covered == 0 {
        shell.tell("  No slip of it is at hand: nothing can be said.", &[]);
        return;
    }
    let line = |id: &OptionId, votes: u64, said: &str| {
        shell.say(format_args!("  {:28} {:>10}  {said}", name(shell, def, id), site::words::number(shell.lang, votes)));
    };
    for runner in contest.runners.iter().filter(|runner| runner.votes > 0) {
        let sure = shell.worded("seats that no missing station can change: {}", &[count(runner.sure)]);
        line(&runner.id, runner.votes, &sure);
    }
    for list in def.lists_of(&contest.contest).filter(|list| list.reserved.is_some()) {
        let (id, votes) = (OptionId::from(&list.id), contest.totals.votes_of(list.id.as_str()));
        if votes > 0 {
            line(&id, votes, &shell.worded("for a reserved seat, and in no lead here", &[]));
        }
    }
    let of = |place: usize| text(contest.runners.get(place).map(|r| name(shell, def, &r.id)).unwrap_or_default());
    match contest.level() {
        Some(_) => shell.tell("  {} and {} have the same votes: what is open decides, or a lot", &[of(0), of(1)]),
        None if contest.is_decided => {
            shell.tell(
                "  DECIDED: {} leads by {}, more than the {} voters that are open",
                &[of(0), count(contest.lead), count(contest.open)],
            );
        }
        None => shell.tell(
            "  Not decided: {} leads by {}, and {} voters are open",
            &[of(0), count(contest.lead), count(contest.open)],
        ),
    }
    shell.tell("  Seats that no missing station can change: {} of {}", &[count(contest.sure()), count(contest.seats)]);
}

fn object(all: &FromSlips, refused: &[Refused], fingerprint: Option<Digest>) -> Value {
    let contests = all.contests.iter().map(|contest| {
        let [stations, covered] = contest.stations;
        json!({
            "contest": contest.contest, "constituency": contest.constituency,
            "stations": stations, "covered": covered, "open": contest.open,
            "ballots": contest.totals.ballots, "valid": contest.totals.valid, "blank": contest.totals.blank,
            "invalid": contest.totals.invalid, "votes": contest.totals.votes,
            "runners": contest.runners, "lead": contest.lead, "decided": contest.is_decided,
            "level": contest.level().is_some(), "seats": contest.seats, "sure": contest.sure(),
        })
    });
    let refused = refused.iter().map(|r| json!({ "file": r.file, "code": r.why.code() }));
    let open: BTreeMap<_, _> = all.missing.iter().chain(&all.contradicted).collect();
    json!({
        "fingerprint": fingerprint,
        "stations": { "expected": all.expected, "covered": all.covered.len() },
        "open": open.values().map(|most| u64::from(**most)).sum::<u64>(),
        "missing": all.missing, "contradicted": all.contradicted.keys().collect::<Vec<_>>(),
        "unread": all.unread, "refused": refused.collect::<Vec<_>>(), "contests": contests.collect::<Vec<_>>(),
    })
}

/// The arguments.
#[derive(clap::Args)]
pub struct Args {
    /// A folder of photos or text files, one a slip
    #[arg(value_hint = clap::ValueHint::DirPath)]
    pub slips: PathBuf,
    /// The frozen definition, with its key lists
    #[arg(long, value_hint = clap::ValueHint::DirPath)]
    pub election: PathBuf,
    /// The fingerprint that the gazette prints (or a file that holds it)
    #[arg(long, value_name = "FINGERPRINT")]
    pub fingerprint: Option<String>,
}
