//! `sanad station alike`: sheets that may be one paper fed twice.

use std::path::{Path, PathBuf};

use clap::{ValueEnum, ValueHint};
use election::PersonId;
use serde_json::json;
use station::{Slot, Station as Room};

use super::station::private_folder;
use crate::shell::{Result, Shell, Verdict, count, text, write};

/// What a sheet that looks like another is.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Is {
    /// The same paper as the other one: kept, and in no figure
    FedAgain,
    /// A ballot of its own after all
    Counted,
}

/// What is asked.
#[derive(clap::Args)]
pub struct Args {
    /// One sheet of a pair; without it the pairs are listed
    #[arg(requires = "is")]
    sheet: Option<Slot>,
    /// What it is
    #[arg(long = "as", value_enum, requires = "sheet")]
    is: Option<Is>,
    /// One officer and another
    #[arg(long = "officer", num_args = 1)]
    pub officers: Vec<PersonId>,
    /// The folder for the pictures of the sheets, which are PNG; by default `alike` in the station's folder
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pictures: Option<PathBuf>,
}

impl Args {
    /// Is anything to be said, which two officers must do?
    pub fn says(&self) -> bool {
        self.sheet.is_some()
    }
}

/// Where pictures are put when nothing else is said.
pub(super) const ALIKE: &str = "alike";

/// Takes the word of two officers about one sheet, if they give it, and lists the pairs with a picture of each sheet.
pub fn run(
    shell: &Shell,
    dir: &Path,
    room: &mut Room,
    args: &Args,
    officers: Option<(&PersonId, &PersonId)>,
    now: i64,
) -> Result {
    if let (Some(sheet), Some(is), Some(officers)) = (args.sheet, args.is, officers) {
        room.say_fed_again(sheet, is == Is::FedAgain, officers, now)?;
    }
    let folder = args.pictures.clone().unwrap_or_else(|| dir.join(ALIKE));
    let mut pairs = Vec::new();
    for (one, other) in room.look_alikes() {
        private_folder(&folder)?;
        let drawn = [one, other].map(|sheet| (sheet, folder.join(format!("{sheet}.png"))));
        for (sheet, path) in &drawn {
            write(path, &room.picture(*sheet)?)?;
        }
        shell.tell(
            "Sheets {} and {} look alike: {} {}",
            &[text(one), text(other), text(drawn[0].1.display()), text(drawn[1].1.display())],
        );
        pairs.push(json!({ "sheets": [one, other], "pictures": drawn.map(|(_, path)| path) }));
    }
    let fed_again = &room.state().fed_again;
    for sheet in fed_again {
        shell.tell("Sheet {} is a paper fed again: kept, and in no figure", &[text(sheet)]);
    }
    shell.tell("{} pairs look alike; {} sheets are a paper fed again", &[count(pairs.len()), count(fed_again.len())]);
    shell.json(&json!({ "pairs": pairs, "fed_again": fed_again }));
    Ok(Verdict::Holds)
}
