//! `sanad station alike`: sheets that may be one paper fed twice.

use std::path::{Path, PathBuf};

use clap::ValueHint;
use election::PersonId;
use serde_json::json;
use station::{Slot, Station as Room};

use super::station::private_folder;
use super::station_cards::Cards;
use crate::shell::{Result, Shell, Verdict, count, file_failure, text};

/// What is asked.
#[derive(clap::Args)]
pub struct Args {
    /// One officer and another
    #[arg(long = "officer", required_unless_present = "cards", conflicts_with = "cards", num_args = 1)]
    pub officers: Vec<PersonId>,
    #[command(flatten)]
    pub shown: Cards,
    /// The folder for the pictures of the sheets, which are PNG; by default `alike` in the station's folder, until the close
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pictures: Option<PathBuf>,
}

/// Where pictures are put when nothing else is said.
pub(super) const ALIKE: &str = "alike";

/// Lists the sheets that look alike, with pictures of their sides.
pub fn run(shell: &Shell, dir: &Path, room: &Room, args: &Args, officers: (&PersonId, &PersonId)) -> Result {
    let folder = args.pictures.clone().unwrap_or_else(|| dir.join(ALIKE));
    let mut groups = Vec::new();
    for sheets in room.alike(officers.0, officers.1)? {
        private_folder(&folder)?;
        let mut drawn = Vec::new();
        for sheet in &sheets {
            for (side, picture) in (1..).zip(room.pictures(*sheet)?) {
                let side: u8 = side;
                let path = folder.join(format!("{sheet}-{side}.png"));
                std::fs::write(&path, picture).map_err(|e| file_failure(&path, &e))?;
                drawn.push(path);
            }
        }
        let named: Vec<String> = sheets.iter().map(Slot::to_string).collect();
        shell.tell("Sheets {} look alike:", &[text(named.join(", "))]);
        drawn.iter().for_each(|path| shell.say(format_args!("  {}", path.display())));
        groups.push(json!({ "sheets": sheets, "pictures": drawn }));
    }
    shell.tell("{} groups of sheets look alike; compare the pictures with the papers", &[count(groups.len())]);
    shell.json(&json!({ "groups": groups }));
    Ok(Verdict::Holds)
}
