//! `sanad case recount`, `hand-form` and `hand-count`: a box is counted by hand, and two people type its protocol apart.

use std::path::PathBuf;

use clap::ValueHint;
use election::{Digest, Role, StationId};
use record::Body;
use record::entry::{HandCount, Recount};
use record::recount::{hold_together, same_box, typed};
use serde_json::json;

use super::case::Entered;
use super::case_order::Grounded;
use super::centre::open;
use super::centre_order::unknown_station;
use super::decisions::Grounds;
use crate::inputs;
use crate::shell::{Failure, Result, Shell, Verdict, read_ordinary, text};

/// A recount that is ordered, or taken back.
#[derive(clap::Args)]
pub struct Order {
    #[command(flatten)]
    grounded: Grounded,
    /// SHA-256 of the leaf of a recount that is taken back
    #[arg(long, value_name = "LEAF")]
    withdraws: Option<Digest>,
    /// An officer's key; two of different officers
    #[arg(long = "signer", value_name = "KEY.pem", required = true, value_hint = ValueHint::FilePath)]
    signers: Vec<PathBuf>,
}

/// Enters a recount.
pub fn recount(shell: &Shell, args: Order) -> Result {
    let Order { grounded, withdraws, signers } = args;
    let mut room = open(&grounded.dir)?;
    let keys = inputs::keys_of(&room.state().signatories, Role::Officer, &signers)?;
    let evidence = grounded.evidence(&room)?;
    let Grounded { station, grounds: Grounds { reason, basis }, under, .. } = grounded;
    let own = Recount { station: station.clone(), reason, basis, evidence, under, withdraws };
    let entered = Entered::signed(&mut room, &Body::Recount(own), &keys)?;
    entered.tell(shell);
    shell.tell(
        match withdraws {
            None => "station {}: entered, its box is to be counted by hand",
            Some(_) => "station {}: entered, the recount is taken back",
        },
        &[text(&station)],
    );
    entered.json(shell, json!({ "station": station, "withdraws": withdraws }));
    Ok(Verdict::Holds)
}

/// The form of a station.
#[derive(clap::Args)]
pub struct Form {
    /// The folder of the centre
    #[arg(long, value_hint = ValueHint::DirPath)]
    dir: PathBuf,
    /// The station
    #[arg(long)]
    station: StationId,
    /// Where the form goes
    #[arg(short, long, value_name = "FORM.csv", value_hint = ValueHint::FilePath)]
    output: PathBuf,
}

/// Writes the empty form, once for each of the two people.
pub fn form(shell: &Shell, args: &Form) -> Result {
    let room = open(&args.dir)?;
    let bytes = typed::form(&room.frozen().definition, &args.station, shell.lang)
        .map_err(|_| unknown_station(&room, &args.station))?;
    crate::shell::write(&args.output, &bytes)?;
    shell.tell("Wrote {}. One officer fills it; the other fills one of their own.", &[text(args.output.display())]);
    shell.json(&json!({ "station": args.station, "form": args.output }));
    Ok(Verdict::Holds)
}

/// What two people typed.
#[derive(clap::Args)]
pub struct Count {
    /// The folder of the centre
    #[arg(long, value_hint = ValueHint::DirPath)]
    dir: PathBuf,
    /// The station
    #[arg(long)]
    station: StationId,
    /// The form as the first officer filled it
    #[arg(long, value_name = "FORM.csv", value_hint = ValueHint::FilePath)]
    first: PathBuf,
    /// The form as the second officer filled it, without a look at the first
    #[arg(long, value_name = "FORM.csv", value_hint = ValueHint::FilePath)]
    second: PathBuf,
    /// The scanned protocol, signed on paper by those who counted
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    paper: PathBuf,
    /// SHA-256 of the leaf of the recount that it answers; the one that is due where there is one
    #[arg(long, value_name = "LEAF")]
    ordered: Option<Digest>,
    /// The keys of the two officers who typed. Without them the forms are only compared
    #[arg(long = "signer", value_name = "KEY.pem", value_hint = ValueHint::FilePath)]
    signers: Vec<PathBuf>,
}

/// Compares both forms and, where they are one and signed, enters the count.
pub fn count_by_hand(shell: &Shell, args: Count) -> Result {
    let mut room = open(&args.dir)?;
    let def = room.frozen().definition.clone();
    let keys = inputs::keys_of(&room.state().signatories, Role::Officer, &args.signers)?;
    let known = room.state().evidence.get(&args.station).ok_or_else(|| unknown_station(&room, &args.station))?;
    if args.first.canonicalize().ok().is_some_and(|first| args.second.canonicalize().ok() == Some(first)) {
        let what = format!("both forms are one file: {}", args.first.display());
        return Err(Failure::new("typed.one", what, "give the form that each of the two officers has filled"));
    }
    let read = |path: &PathBuf| {
        let bytes = read_ordinary(path)?;
        typed::read(&def, &args.station, &bytes).map_err(|e| Failure::from(e).at(path.display()))
    };
    let (first, second) = (read(&args.first)?, read(&args.second)?);
    let disagreements = first.disagreements(&second);
    if !disagreements.is_empty() {
        for own in &disagreements {
            let figure = |figure: Option<u32>| figure.map_or_else(|| "-".to_owned(), |figure| figure.to_string());
            let place = format!("{} {}", own.contest, own.figure);
            let fills = [text(place.trim()), text(figure(own.first)), text(figure(own.second))];
            shell.tell("{}: the first typed {}, the second {}", &fills);
        }
        shell.tell("Nothing is entered: both look at the protocol again, each for themselves.", &[]);
        shell.json(&json!({ "entered": null, "leaf": null, "digest": null, "station": args.station,
            "disagreements": disagreements, "agrees": null, "ordered": null }));
        return Ok(Verdict::DoesNot);
    }
    let due = || known.recounts_standing().map(|(leaf, _)| leaf).find(|leaf| known.answers(leaf).next().is_none());
    let ordered = args.ordered.or_else(|| due().copied());
    let paper = read_ordinary(&args.paper)?;
    let own = first.hand_count(&def, &args.station, ordered, Digest::of(&paper))?;
    hold_together(&def, &own).map_err(|why| {
        let next =
            "compare the forms with the protocol; what the protocol itself says wrongly is for those who counted";
        Failure::new("record.hand_count", format!("the count by hand does not hold: {why}"), next)
    })?;
    let figures = room.figures()?;
    let by_hand = own.results(&def).expect("the station is known");
    let came = known.current().map(|import| import.content);
    let agrees =
        came.into_iter().find(|content| figures.get(&content.results).is_some_and(|own| same_box(own, &by_hand)));
    let own = HandCount { agrees, ..own };
    let results = agrees.map(|content| content.results);
    let expected = package::Expected::of(&def, &args.station).expect("the station is known");
    for wrong in by_hand.inconsistencies(&expected) {
        shell.find("its paper does not add up, as those who decide will see: {}", &[text(wrong)]);
    }
    shell.tell(
        match agrees {
            Some(_) => "station {}: the count by hand is the same as the device's",
            None if known.imports.is_empty() => {
                "station {}: no device's count has come; until an order counts the one by hand, nothing is counted"
            }
            None => "station {}: the count by hand is another than the device's; until an order says which counts, none does",
        },
        &[text(&args.station)],
    );
    let object =
        json!({ "station": args.station, "disagreements": disagreements, "agrees": results, "ordered": ordered });
    if args.signers.is_empty() {
        shell.tell(
            "Nothing is entered. To enter it, run the same command with --signer of the two officers who typed.",
            &[],
        );
        let mut object = object;
        for field in ["entered", "leaf", "digest"] {
            object[field] = serde_json::Value::Null;
        }
        shell.json(&object);
        return Ok(Verdict::Holds);
    }
    room.keep_paper(&paper)?;
    let entered = Entered::signed(&mut room, &Body::HandCount(own), &keys)?;
    entered.tell(shell);
    entered.json(shell, object);
    Ok(Verdict::Holds)
}
