//! A slip as a file: PDF or PNG, with all its pages.

use std::path::Path;

use crate::shell::{Failure, Result, write};

/// Dots an inch of a picture, as of a scan.
const DPI: u16 = 200;

/// Is it a PNG? An ending of another kind is refused before anything is done.
pub fn drawable(path: &Path) -> Result<bool> {
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "png" => Ok(true),
        "pdf" => Ok(false),
        _ => {
            let next = "let the name end in .pdf or .png";
            Err(Failure::new("file.ending", "a drawing is PDF or PNG", next).at(path.display()))
        }
    }
}

/// Draws a slip to a file. A picture shows every page, as the PDF does: one below the other.
pub fn draw(view: &print::SlipView, path: &Path) -> Result<()> {
    let drawn = print::slip(view)?;
    write(path, &if drawable(path)? { drawn.whole_png(DPI)? } else { drawn.pdf()? })
}

#[cfg(test)]
mod tests {
    use election::{Digest, Lang, Mode, Text};
    use print::{AccountView, ContestView, ListLine, Paper, SlipKind, SlipView};

    use super::*;

    fn named(name: &str) -> Text {
        Text { en: name.to_owned(), ..Text::default() }
    }

    /// A slip with so many lists that it fills more than one page.
    fn long() -> SlipView {
        let line = |number| ListLine { number, name: named("A list"), votes: 1, candidates: Vec::new() };
        let figures = |cast| AccountView {
            registered: cast,
            checked_in: None,
            received: cast,
            used: cast,
            spoiled: 0,
            unused: 0,
            cast,
            valid: cast,
            blank: 0,
            invalid: 0,
            unread: 0,
        };
        let lines: Vec<ListLine> = (1..=100).map(line).collect();
        let contest = ContestView { title: named("A contest"), ballots: 100, valid: 100, blank: 0, invalid: 0, lines };
        SlipView {
            paper: Paper::A4,
            kind: SlipKind::Results,
            languages: vec![Lang::En],
            mode: Mode::Demo,
            election: named("An election"),
            date: jiff::civil::date(2026, 5, 12),
            round: 1,
            station: "0101".into(),
            station_name: named("A school"),
            centre: "01".into(),
            office: named("An office"),
            device: "d1".into(),
            generation: 1,
            printed_at: "2026-05-12 18:42 +03:00".into(),
            copy: 1,
            account: figures(100),
            account_differs: false,
            contests: vec![contest],
            codes: Vec::new(),
            fingerprint: Digest([0; 32]),
            build: "test".into(),
            agents: 2,
        }
    }

    #[test]
    fn a_slip_of_several_pages_is_drawn_whole() {
        let pages = print::slip(&long()).unwrap().pages();
        assert!(pages > 1, "{pages} page");
        let folder = std::env::temp_dir().join(format!("sanad-drawing-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("slip.png");
        draw(&long(), &path).unwrap();
        let picture = ballot::decode(&std::fs::read(&path).unwrap()).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        // A4 at 200 dots an inch is 2,339 pixels high.
        assert_eq!(picture.height, 2_339 * pages as u32);
    }
}
