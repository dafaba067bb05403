//! A titled report in one language: the summary, the commission's statement.

use election::{Lang, Mode};
use serde::Serialize;

use crate::desk::{Template, set};
use crate::{DrawError, Drawn};

/// A part of a report, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// A heading within the report.
    Heading {
        /// Its text.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// Its text.
        text: String,
    },
    /// A paragraph in a frame: a warning, a verdict.
    Notice {
        /// Its text.
        text: String,
    },
    /// Numbered points.
    Points {
        /// Their texts.
        texts: Vec<String>,
    },
    /// A figure that was counted: its name, and across from it what it comes to.
    Figure {
        /// What it counts.
        name: String,
        /// The figure, with its denominator.
        value: String,
        /// What is said before its exceptions.
        except: String,
        /// Those that are not in it, one below the other.
        exceptions: Vec<String>,
    },
    /// A table.
    Table {
        /// What it shows; empty for none.
        caption: String,
        /// The heads of its columns.
        columns: Vec<String>,
        /// Its rows; a short row is filled up, a long one is cut to the columns.
        rows: Vec<Vec<String>>,
    },
}

/// A report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReportView {
    /// Its language.
    pub language: Lang,
    /// Official, rehearsal or demo; the last two are printed across every page.
    pub mode: Mode,
    /// Its date, for the metadata of the PDF; printed only where a text says so.
    #[serde(skip)]
    pub date: jiff::civil::Date,
    /// Who reports, above the title.
    pub issuer: String,
    /// The title.
    pub title: String,
    /// The line below it; may be empty.
    pub subtitle: String,
    /// The parts.
    pub blocks: Vec<Block>,
    /// What stands at the foot of each page, such as the fingerprint; may be empty.
    pub footer: String,
}

/// Draws a report on A4.
///
/// # Errors
/// A document that cannot be set.
pub fn report(view: &ReportView) -> Result<Drawn, DrawError> {
    set(&Template { source: include_str!("../templates/report.typ") }, view, vec![], view.date)
}
