//! Who acts at a station: names where names are typed, else cards, each with its PIN.

use std::io::BufRead as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::ValueHint;
use console::Term;
use election::PersonId;
use sign::pin::Pin;
use station::{Act, Card, Denied, Station as Room, StationError};

use crate::shell::{At, Failure, Result, Shell, count, file_failure, read, text};

/// The cards of those who act. A PIN is in no argument, which everybody on the machine could read.
#[derive(clap::Args)]
pub struct Cards {
    /// At a station that works with cards: the card of who acts; for what takes two, one and another
    #[arg(long = "card", value_name = "CARD", num_args = 1, group = "who", value_hint = ValueHint::FilePath)]
    cards: Vec<PathBuf>,
    /// A file with the PIN, for each card in its order; - takes a line from standard input. Without it the PIN is asked for
    #[arg(long = "pin-file", value_name = "FILE", num_args = 1, requires = "cards", value_hint = ValueHint::FilePath)]
    pins: Vec<PathBuf>,
}

impl Cards {
    /// Is no card given?
    pub fn is_none(&self) -> bool {
        self.cards.is_empty()
    }

    /// Those who act: as they are named, or as their cards prove it.
    pub fn people(
        &self,
        shell: &Shell,
        room: &mut Room,
        act: Act,
        named: &[PersonId],
        now: i64,
    ) -> Result<Vec<PersonId>> {
        if self.is_none() {
            return match room.works_with_cards() {
                true => Err(StationError::from(Denied::Needed).into()),
                false => Ok(named.to_vec()),
            };
        }
        room.expects(&act, self.cards.len())?;
        let mut opened = Vec::new();
        for (place, path) in self.cards.iter().enumerate() {
            let card = Card::parse(&read(path)?).at(path.display())?;
            room.admit(&card, now).at(path.display())?;
            let pin = pin(shell, self.pins.get(place).map(PathBuf::as_path), path)?;
            let wait = &mut |time| wait(shell, time);
            opened.push(room.unlock(card, &pin, wait, now).at(path.display())?);
        }
        Ok(room.prove(act, &opened, now)?)
    }
}

/// The one person of an act that takes one: the arguments, or the number of cards, have made sure of it.
pub fn one(people: Vec<PersonId>) -> PersonId {
    people.into_iter().next().expect("one was named or has shown a card")
}

/// The PIN of a card: from a file, a line of standard input, or asked for at the terminal, where it is not shown.
pub fn pin(shell: &Shell, from: Option<&Path>, card: &Path) -> Result<Pin> {
    let typed = match from {
        Some(path) if path == Path::new("-") => {
            let mut line = String::new();
            std::io::stdin().lock().read_line(&mut line).map_err(|e| file_failure(path, &e))?;
            line
        }
        Some(path) => String::from_utf8_lossy(&read(path)?).lines().next().unwrap_or_default().to_owned(),
        None => {
            let terminal = Term::stderr();
            if !terminal.is_term() {
                let next = "give --pin-file for each card, or - for standard input";
                return Err(Failure::new("card.no_terminal", "there is no terminal to ask for the PIN at", next)
                    .at(card.display()));
            }
            shell.warn(shell.worded("PIN of {}:", &[text(card.display())]));
            terminal.read_secure_line().map_err(|e| file_failure(Path::new("/dev/tty"), &e))?
        }
    };
    Pin::of(typed).at(card.display())
}

/// Waits before a PIN is tried. Whoever ends the process instead has not had it tried.
fn wait(shell: &Shell, time: Duration) {
    let seconds = time.as_secs();
    shell.warn(shell.worded("The PIN was wrong before: {} seconds until it is tried", &[count(seconds)]));
    std::thread::sleep(time);
}
