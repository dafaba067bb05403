//! `sanad case certify` and `revoke`: what the board signs.

use std::path::PathBuf;

use clap::ValueHint;
use election::{Digest, PersonId, Role};
use record::Body;
use record::docket::{Certification, DocketProblem, Matter, Revocation, Ruled};
use serde_json::json;

use super::case::Entered;
use super::case_list::{open_matters, tell_open};
use super::centre::open;
use super::decisions::Grounds;
use crate::inputs;
use crate::shell::{Failure, Result, Shell, Verdict, count, text};

/// A certification.
#[derive(clap::Args)]
pub struct Certify {
    /// The folder of the centre
    #[arg(long, value_hint = ValueHint::DirPath)]
    dir: PathBuf,
    /// SHA-256 of the leaf of the ruling that permits it though matters are open
    #[arg(long, value_name = "LEAF")]
    despite: Option<Digest>,
    /// A key of a member of the board
    #[arg(long = "signer", value_name = "KEY.pem", required = true, value_hint = ValueHint::FilePath)]
    signers: Vec<PathBuf>,
}

/// Certifies what was announced last.
pub fn certify(shell: &Shell, args: &Certify) -> Result {
    let mut room = open(&args.dir)?;
    let keys = inputs::keys_of(&room.state().signatories, Role::Board, &args.signers)?;
    let state = room.state();
    let Some((_, latest)) = state.announcements.last() else {
        return Err(DocketProblem::Version("nothing is announced yet").into());
    };
    let (version, results) = (latest.version, latest.results);
    let number = u16::try_from(state.docket.certifications.len() + 1).unwrap_or(u16::MAX);
    let open = open_matters(&room)?;
    let permitted: &[Matter] = match args.despite.and_then(|leaf| state.docket.rulings.get(&leaf)).map(|own| &own.ruled)
    {
        Some(Ruled::Permits(matters)) => matters,
        _ => &[],
    };
    let is_permitted = |matter: &Matter| permitted.contains(matter);
    shell.tell("Certification {}: version {} of the results, {}", &[count(number), count(version), text(results)]);
    let named = open.iter().filter(|open| is_permitted(&open.matter)).count();
    shell.tell("Open: {}, of which the ruling permits {}", &[count(open.len()), count(named)]);
    tell_open(shell, open.iter().filter(|open| !is_permitted(&open.matter)));
    let own = Certification { number, version, results, despite: args.despite };
    let entered = Entered::signed(&mut room, &Body::Certification(own), &keys).map_err(hinted)?;
    entered.tell(shell);
    shell.tell("Version {} is certified.", &[count(version)]);
    let own = json!({ "number": number, "version": version, "results": results, "open": open.len() });
    entered.json(shell, own);
    Ok(Verdict::Holds)
}

/// What stands in the way is told where to look for it.
fn hinted(failure: Failure) -> Failure {
    match failure.code() {
        "docket.open" => failure.hint(
            "`sanad case list --open` names them; settle them, or give the ruling that permits each of them with --despite",
        ),
        _ => failure,
    }
}

/// A key that signs nothing more.
#[derive(clap::Args)]
pub struct Revoke {
    /// The folder of the centre
    #[arg(long, value_hint = ValueHint::DirPath)]
    dir: PathBuf,
    /// The person
    #[arg(long)]
    person: PersonId,
    #[command(flatten)]
    grounds: Grounds,
    /// A key of a member of the board
    #[arg(long = "signer", value_name = "KEY.pem", required = true, value_hint = ValueHint::FilePath)]
    signers: Vec<PathBuf>,
}

/// Revokes a person's key.
pub fn revoke(shell: &Shell, args: Revoke) -> Result {
    let mut room = open(&args.dir)?;
    let Revoke { person, grounds: Grounds { reason, basis }, signers, .. } = args;
    let known = &room.frozen().definition.people;
    if !room.state().knows(&room.frozen().definition, &person) {
        let what = format!("there is no '{person}' in people.csv");
        return Err(inputs::unknown("docket.person", what, person.as_str(), known.iter().map(|own| own.id.as_str())));
    }
    let keys = inputs::keys_of(&room.state().signatories, Role::Board, &signers)?;
    let own = Revocation { person: person.clone(), reason, basis };
    let entered = Entered::signed(&mut room, &Body::Revocation(own), &keys)?;
    entered.tell(shell);
    shell.tell("{}: from here on this key signs nothing more", &[text(&person)]);
    entered.json(shell, json!({ "person": person }));
    Ok(Verdict::Holds)
}
