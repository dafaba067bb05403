//! A ballot sheet: everything at the micrometre where the layout has it.

use ballot::{Part, Rect, SheetCode, SheetLayout, Side, SideLayout};
use election::{ContestKind, Definition, Digest, Lang, Mode, Text};
use serde::Serialize;

use crate::desk::{Template, set};
use crate::qr::{ECL, qr};
use crate::{DrawError, Drawn};

/// Left, top, width, height in micrometres.
type Place = [u32; 4];

fn at(rect: &Rect) -> Place {
    [rect.x, rect.y, rect.width, rect.height]
}

#[derive(Serialize)]
struct Bubble<'a> {
    oval: Place,
    label: Place,
    /// The number of the list or candidate.
    number: u16,
    /// Its name; none for a candidate number.
    name: Option<&'a Text>,
}

#[derive(Serialize)]
struct Heading<'a> {
    rect: Place,
    title: &'a Text,
    /// Which instruction: `list`, `candidates` or `number`.
    kind: &'static str,
    vote_for: u8,
}

#[derive(Serialize)]
struct SideData<'a> {
    marks: Vec<Place>,
    bubbles: Vec<Bubble<'a>>,
    headings: Vec<Heading<'a>>,
    qr: Place,
    code: String,
    title: Place,
}

#[derive(Serialize)]
struct Data<'a> {
    languages: &'a [Lang],
    mode: Mode,
    election: &'a Text,
    date: String,
    constituency: &'a Text,
    sheet: u8,
    sheets: u8,
    width: u32,
    height: u32,
    sides: Vec<SideData<'a>>,
}

/// Draws one sheet of `definition`: page 0 is the front, page 1 the back where there is one.
///
/// `fingerprint` is the election's; the sheet carries it in its QR codes, with style,
/// sheet and side. It carries no serial: two sheets of a style are the same.
///
/// # Errors
/// The layout names a style, contest or option that the definition does not have; the
/// document cannot be set.
pub fn ballot_sheet(definition: &Definition, layout: &SheetLayout, fingerprint: Digest) -> Result<Drawn, DrawError> {
    let unknown = || DrawError::Unknown(layout.style.to_string());
    let style = definition.styles().into_iter().find(|style| style.id == layout.style).ok_or_else(unknown)?;
    let constituency = definition.constituency(&style.constituency).ok_or_else(unknown)?;
    let mut sides = Vec::new();
    let mut pictures = Vec::new();
    for (side_layout, side) in layout.sides().zip([Side::Front, Side::Back]) {
        let code = SheetCode::new(&fingerprint, layout.style.clone(), definition.scope.mode, layout.sheet, side);
        let file = format!("sheet{}.svg", sides.len());
        pictures.push((file.clone(), qr(&code.to_text(), ECL::Q)?.svg));
        sides.push(side_data(definition, side_layout, file)?);
    }
    let data = Data {
        languages: if definition.languages.is_empty() { &[Lang::En] } else { &definition.languages },
        mode: definition.scope.mode,
        election: &definition.name,
        date: definition.date.to_string(),
        constituency: &constituency.name,
        sheet: layout.sheet,
        sheets: style.sheets,
        width: layout.page_width,
        height: layout.page_height,
        sides,
    };
    set(&Template { source: include_str!("../templates/ballot.typ") }, &data, pictures, definition.date)
}

fn side_data<'a>(definition: &'a Definition, side: &'a SideLayout, code: String) -> Result<SideData<'a>, DrawError> {
    let mut bubbles = Vec::new();
    for bubble in &side.bubbles {
        let id = bubble.option.as_str();
        let list = definition.lists_of(&bubble.contest).find(|list| list.id.as_str() == id);
        let candidate = definition.candidates_of(&bubble.contest).find(|candidate| candidate.id.as_str() == id);
        let (number, name) = match (list, candidate, bubble.option.as_number()) {
            (Some(list), _, _) => (list.number, Some(&list.name)),
            (_, Some(candidate), _) => (candidate.number, Some(&candidate.name)),
            (_, _, Some(number)) => (number, None),
            _ => return Err(DrawError::Unknown(id.to_owned())),
        };
        bubbles.push(Bubble { oval: at(&bubble.oval), label: at(&bubble.label), number, name });
    }
    let mut headings = Vec::new();
    for heading in &side.headings {
        let unknown = || DrawError::Unknown(heading.contest.to_string());
        let contest = definition.contest(&heading.contest).ok_or_else(unknown)?;
        let (kind, vote_for) = match (heading.part, contest.kind) {
            (Part::Numbers, _) => ("number", 1),
            (Part::Options, ContestKind::Candidates { vote_for }) => ("candidates", vote_for),
            (Part::Options, _) => ("list", 1),
        };
        headings.push(Heading { rect: at(&heading.rect), title: &contest.title, kind, vote_for });
    }
    let marks = side.timing_marks.iter().map(at).collect();
    Ok(SideData { marks, bubbles, headings, qr: at(&side.qr), code, title: at(&side.title) })
}
