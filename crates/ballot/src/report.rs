//! What `sanad ballot read --json` prints.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::reading::{Class, ContestState, Doubt, SheetReading};

/// One sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetReport {
    /// The number of the sheet in this run, from 1.
    pub sheet: usize,
    /// The files, as given.
    pub images: Vec<String>,
    /// `read` or `rejected`.
    pub status: String,
    /// The reason code of a rejection.
    pub reason: Option<String>,
    /// The reason as a sentence.
    pub detail: Option<String>,
    /// The style, and the sheet within it.
    pub style: Option<String>,
    /// Which of the style's sheets it is.
    pub style_sheet: Option<u8>,
    /// The contests.
    pub contests: Vec<ContestReport>,
    /// The ovals.
    pub marks: Vec<MarkReport>,
}

/// One contest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContestReport {
    /// The contest.
    pub id: String,
    /// The options marked.
    pub marked: Vec<String>,
    /// The options people must look at.
    pub ambiguous: Vec<String>,
    /// All of it together.
    pub state: ContestState,
}

/// One oval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarkReport {
    /// The contest.
    pub contest: String,
    /// The option.
    pub option: String,
    /// Ink in the oval, in thousandths.
    pub score: u16,
    /// Ink round the oval, in thousandths of its inner area.
    pub outside: u16,
    /// In how many of eight directions there is ink round it.
    pub around: u16,
    /// How long the ink in it is for its amount, in micrometres: small for a dot.
    pub spread: u16,
    /// The share of it that streaks hide, in thousandths.
    pub hidden: u16,
    /// Darkness on grey, in thousandths.
    pub grey: Option<u16>,
    /// How dark on grey that is which is not paper, in thousandths.
    pub depth: Option<u16>,
    /// The class.
    pub class: Class,
    /// The doubt.
    pub doubt: Option<Doubt>,
}

/// The names under which a foreign definition knows its contests and options; empty for our own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// By our id: contests, and options.
    pub contests: BTreeMap<election::ContestId, String>,
    /// By our id.
    pub options: BTreeMap<election::OptionId, String>,
}

impl Names {
    fn contest(&self, id: &election::ContestId) -> String {
        self.contests.get(id).cloned().unwrap_or_else(|| id.to_string())
    }

    fn option(&self, id: &election::OptionId) -> String {
        self.options.get(id).cloned().unwrap_or_else(|| id.to_string())
    }
}

impl SheetReport {
    /// The report of one reading.
    pub fn new(number: usize, images: Vec<String>, reading: &SheetReading, names: &Names) -> Self {
        let sheet = reading.sheet();
        let contests = sheet.map_or(&[][..], |sheet| &sheet.contests);
        let marks = sheet.map_or(&[][..], |sheet| &sheet.marks);
        let options = |ids: &[election::OptionId]| ids.iter().map(|id| names.option(id)).collect();
        SheetReport {
            sheet: number,
            images,
            status: reading.status().into(),
            reason: reading.reason().map(Into::into),
            detail: reading.rejection().map(ToString::to_string),
            style: sheet.map(|sheet| sheet.style.to_string()),
            style_sheet: sheet.map(|sheet| sheet.sheet),
            contests: contests
                .iter()
                .map(|c| ContestReport {
                    id: names.contest(&c.contest),
                    marked: options(&c.marked),
                    ambiguous: options(&c.ambiguous),
                    state: c.state,
                })
                .collect(),
            marks: marks
                .iter()
                .map(|m| MarkReport {
                    contest: names.contest(&m.contest),
                    option: names.option(&m.option),
                    score: m.score.ink,
                    outside: m.score.outside,
                    around: m.score.around,
                    spread: m.score.spread,
                    hidden: m.score.hidden,
                    grey: m.score.grey,
                    depth: m.score.depth,
                    class: m.class,
                    doubt: m.doubt,
                })
                .collect(),
        }
    }
}
