//! `sanad station adjudicate`: people look at what the reader doubts, each without the other's answer.

use std::collections::BTreeSet;
use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::ValueHint;
use election::{ContestId, OptionId, PersonId};
use serde_json::json;
use station::{Act, Question, Slot, Station as Room};

use super::station::{known, private_folder};
use super::station_cards::{Cards, one};
use crate::picture::half_blocks;
use crate::shell::{Result, Shell, Verdict, count, text, write};

/// What is asked.
#[derive(clap::Args)]
pub struct Args {
    /// The person who answers; without --slot one doubt is shown after the other, and answers are typed
    #[arg(long, group = "who")]
    person: Option<PersonId>,
    #[command(flatten)]
    shown: Cards,
    /// The sheet
    #[arg(long, requires_all = ["contest", "who", "seen"])]
    slot: Option<Slot>,
    /// The contest
    #[arg(long, requires = "slot")]
    contest: Option<ContestId>,
    /// An option that the person sees as marked
    #[arg(long, requires = "slot", group = "seen")]
    marked: Vec<OptionId>,
    /// No doubtful option is marked
    #[arg(long, requires = "slot", group = "seen")]
    none: bool,
    /// The folder for the pictures of doubtful contests, which are PNG; by default `doubts` in the station's folder
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pictures: Option<PathBuf>,
}

/// Where pictures are put when nothing else is said.
pub(super) const DOUBTS: &str = "doubts";

/// Takes one answer, or asks for answers, or lists; 3 while any doubt is open.
pub fn run(shell: &Shell, dir: &Path, room: &mut Room, args: Args, now: i64) -> Result {
    let Args { person, shown: cards, slot, contest, marked, none: _, pictures } = args;
    let shown = std::io::stdout().is_terminal() && !shell.json && !shell.quiet;
    let person = match person.is_none() && cards.is_none() {
        true => None,
        false => Some(one(cards.people(shell, room, Act::Adjudicate, person.as_slice(), now)?)),
    };
    let asks = person.is_some() && slot.is_none();
    if let Some(person) = &person {
        known(room, person)?;
        room.may_answer(person)?;
    }
    let mut drawn = Vec::new();
    if let (Some(person), Some(slot), Some(contest)) = (&person, slot, contest) {
        room.answer(slot, &contest, person, marked.into_iter().collect(), now)?;
    } else if pictures.is_some() || shown || asks {
        let folder = pictures.unwrap_or_else(|| dir.join(DOUBTS));
        private_folder(&folder)?;
        for question in room.questions() {
            let path = folder.join(format!("{}-{}.png", question.slot, question.contest));
            write(&path, &room.crop(question.slot, &question.contest)?)?;
            if !asks {
                shell.say(path.display());
                if shown && !question.settled {
                    show(room, &question)?;
                }
            }
            drawn.push(path);
        }
    }
    if let (Some(person), true) = (&person, asks) {
        ask(shell, room, person, &drawn, now)?;
    }
    Ok(questions(shell, room, &drawn))
}

/// The picture of a doubt on the terminal.
fn show(room: &Room, question: &Question) -> Result<()> {
    let width = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).unwrap_or(100u32);
    let crop = ballot::decode_crop(&room.crop(question.slot, &question.contest)?)?;
    let _ = write!(std::io::stdout(), "{}", half_blocks(&crop, width.min(160)));
    Ok(())
}

/// Shows every doubt that the person has not answered, and takes the answer from the keyboard.
fn ask(shell: &Shell, room: &mut Room, person: &PersonId, pictures: &[PathBuf], now: i64) -> Result<()> {
    let is_terminal = std::io::stdout().is_terminal();
    let mut answers = std::io::stdin().lock().lines();
    for (question, picture) in room.questions().into_iter().zip(pictures) {
        if question.settled || question.answered.contains(person) {
            continue;
        }
        shell.say(picture.display());
        if is_terminal {
            show(room, &question)?;
        }
        shell.tell(
            "Sheet {}, {}. In doubt are, as in the picture from above:",
            &[text(question.slot), text(&question.contest)],
        );
        for (number, option) in (1..).zip(&question.options) {
            shell.say(format_args!("  {number}  {option}"));
        }
        shell.tell(
            "Which are marked? Numbers with blanks between them, 0 for none, an empty line to leave it open:",
            &[],
        );
        loop {
            let Some(Ok(line)) = answers.next() else { return Ok(()) };
            if line.trim().is_empty() {
                break;
            }
            match chosen(&line, &question.options) {
                Some(marked) => {
                    room.answer(question.slot, &question.contest, person, marked, now)?;
                    break;
                }
                None => shell.find(
                    "'{}' is not an answer; the highest number is {}",
                    &[text(line.trim()), count(question.options.len())],
                ),
            }
        }
    }
    if is_terminal {
        // The next person must not see what this one answered.
        let _ = write!(std::io::stdout(), "\u{1b}[2J\u{1b}[3J\u{1b}[H");
    }
    Ok(())
}

/// The options that a line of numbers names, in any of the digits that people here write.
fn chosen(line: &str, options: &[OptionId]) -> Option<BTreeSet<OptionId>> {
    let western = |c: char| match c {
        '٠'..='٩' => char::from_digit(c as u32 - '٠' as u32, 10).unwrap_or(c),
        '۰'..='۹' => char::from_digit(c as u32 - '۰' as u32, 10).unwrap_or(c),
        other => other,
    };
    let line: String = line.chars().map(western).collect();
    let numbers = line.split_whitespace().map(|n| n.parse().ok()).collect::<Option<Vec<usize>>>()?;
    if numbers == [0] {
        return Some(BTreeSet::new());
    }
    numbers.into_iter().map(|n| options.get(n.checked_sub(1)?).cloned()).collect()
}

/// Lists the doubtful contests; 3 while any is open.
fn questions(shell: &Shell, room: &Room, pictures: &[PathBuf]) -> Verdict {
    let questions = room.questions();
    for question in &questions {
        let options: Vec<&str> = question.options.iter().map(|o| o.as_str()).collect();
        let answered: Vec<&str> = question.answered.iter().map(|p| p.as_str()).collect();
        let fills = [question.slot.to_string(), question.contest.to_string(), options.join(", "), answered.join(", ")];
        let fills = fills.map(text);
        if question.settled {
            shell.tell("sheet {} {}: was any of these marked? {} (settled; answered: {})", &fills);
        } else if question.answered.len() > 1 {
            // Not who said what: whoever comes next must not know.
            shell.find("sheet {} {}: is any of these marked? {} (open; {} differ, another person must look)", &fills);
        } else {
            shell.find("sheet {} {}: is any of these marked? {} (open; answered: {})", &fills);
        }
    }
    let open = questions.iter().filter(|q| !q.settled).count();
    shell.tell("{} of {} doubtful contests are open", &[count(open), count(questions.len())]);
    shell.json(&json!({ "questions": questions, "open": open, "pictures": pictures }));
    if open == 0 { Verdict::Holds } else { Verdict::Missing }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_numbers_or_nothing() {
        let options: Vec<OptionId> = ["a", "b", "c"].map(|id| id.parse().unwrap()).into();
        let said = |line: &str| chosen(line, &options).map(|set| set.iter().map(|o| o.to_string()).collect::<String>());
        assert_eq!(said("1"), Some("a".into()));
        assert_eq!(said(" 3 1 "), Some("ac".into()));
        assert_eq!(said("٢ ۳"), Some("bc".into()));
        assert_eq!(said("0"), Some("".into()));
        for wrong in ["4", "0 1", "x", "-1", "1,2", "99999999999999999999"] {
            assert_eq!(said(wrong), None, "{wrong}");
        }
    }
}
