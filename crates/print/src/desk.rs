//! The world a template lives in: its own source, the shared one, the fonts, the data.

use std::collections::HashMap;
use std::sync::LazyLock;

use election::Digest;
use serde_json::Value;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;

use crate::{DrawError, Drawn};

/// Vazirmatn for what is read at a glance, Amiri for titles; both under the SIL Open Font
/// License (`fonts/OFL-*.txt`). Their text can be copied out of a PDF in reading order.
static FONT_FILES: [&[u8]; 4] = [
    include_bytes!("../fonts/Vazirmatn_400Regular.ttf"),
    include_bytes!("../fonts/Vazirmatn_700Bold.ttf"),
    include_bytes!("../fonts/Amiri_400Regular.ttf"),
    include_bytes!("../fonts/Amiri_700Bold.ttf"),
];

static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    FONT_FILES.iter().map(|data| Font::new(Bytes::new(*data), 0).expect("an embedded font is a font")).collect()
});

static BOOK: LazyLock<LazyHash<FontBook>> = LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// A template and what it shares with the others.
pub(crate) struct Template {
    /// Its text.
    pub source: &'static str,
}

/// Everything a compilation may look at.
struct Desk {
    main: FileId,
    sources: HashMap<FileId, Source>,
    files: HashMap<FileId, Bytes>,
}

fn file_id(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("a path of our own");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    /// No clock: a date that is printed is part of the data.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Sets `template` with `data` (as `/data.json`) and `pictures` (SVG, as `/NAME`);
/// `date` goes into the metadata, since nothing here knows today's.
pub(crate) fn set(
    template: &Template,
    data: &impl serde::Serialize,
    pictures: Vec<(String, String)>,
    date: jiff::civil::Date,
) -> Result<Drawn, DrawError> {
    let refused = |error: serde_json::Error| DrawError::Template(error.to_string());
    let mut data = serde_json::to_value(data).map_err(refused)?;
    make_printable(&mut data);
    let data = serde_json::to_vec(&data).map_err(refused)?;

    // The same data is the same document, also to a reader of its metadata.
    let mut identity = data.clone();
    identity.extend_from_slice(template.source.as_bytes());
    let identity = Digest::of(&identity);

    let main = file_id("/main.typ");
    let shared = [
        ("/main.typ", template.source),
        ("/common.typ", include_str!("../templates/common.typ")),
        ("/words.typ", include_str!("../templates/words.typ")),
    ];
    let sources =
        shared.map(|(path, text)| (file_id(path), Source::new(file_id(path), text.to_owned()))).into_iter().collect();
    let mut files = HashMap::from([(file_id("/data.json"), Bytes::new(data))]);
    files.extend(pictures.into_iter().map(|(name, svg)| (file_id(&format!("/{name}")), Bytes::from_string(svg))));

    let set = typst::compile::<PagedDocument>(&Desk { main, sources, files }).output;
    // What was remembered between documents is dropped: a nation has 50,000 of them.
    typst::comemo::evict(2);
    let document = set.map_err(|errors| {
        let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
        DrawError::Template(messages.join("; "))
    })?;
    Ok(Drawn::new(document, identity, date))
}

/// Replaces what no embedded font can show by a question mark, and drops control characters and
/// explicit bidirectional overrides, which could make a printed name read as another.
/// (PDF/A has no place for a character without a glyph.)
fn make_printable(value: &mut Value) {
    match value {
        Value::String(text) => *text = printable(text),
        Value::Array(values) => values.iter_mut().for_each(make_printable),
        Value::Object(fields) => fields.values_mut().for_each(make_printable),
        _ => {}
    }
}

fn printable(text: &str) -> String {
    text.chars().filter_map(printable_char).collect()
}

fn printable_char(c: char) -> Option<char> {
    match c {
        // The joiners belong to the spelling of Kurdish and Persian words.
        '\u{200c}' | '\u{200d}' => Some(c),
        '\n' | '\t' => Some(' '),
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{61c}' => None,
        c if c.is_control() => None,
        c if c.is_whitespace() => Some(' '),
        c if FONTS.iter().any(|font| font.info().coverage.contains(c.into())) => Some(c),
        _ => Some(NO_GLYPH),
    }
}

/// Stands for a character that no embedded font has.
const NO_GLYPH: char = '?';

#[cfg(test)]
mod tests {
    use super::*;
    use election::Coded;

    fn set_of(source: &'static str) -> Result<Drawn, DrawError> {
        set(&Template { source }, &"a name", Vec::new(), jiff::civil::date(2018, 5, 12))
    }

    #[test]
    fn a_template_that_refuses_its_data_says_why() {
        let refused = set_of("#let name = json(\"/data.json\")\n#panic(\"no place for \" + name)").unwrap_err();
        assert_eq!(refused.code(), "print.template");
        assert!(refused.to_string().contains("no place for a name"), "{refused}");
        // A template sees its own files alone.
        assert_eq!(set_of("#read(\"/etc/passwd\")").unwrap_err().code(), "print.template");
    }

    #[test]
    fn a_document_that_a_screen_reader_cannot_read_is_no_pdf() {
        // PDF/UA-1 asks for a title.
        let untitled = set_of("Figures").unwrap();
        assert_eq!(untitled.pdf().unwrap_err().code(), "print.pdf");
        assert!(untitled.png(0, 60).is_ok(), "its picture can be printed all the same");
        assert!(set_of("#set document(title: \"Figures\")\nFigures").unwrap().pdf().is_ok());
    }

    #[test]
    fn names_are_made_printable() {
        assert_eq!(printable("الكتلة ٣ – List 3"), "الكتلة ٣ – List 3");
        assert_eq!(printable("a\u{202e}b\u{0}c\nd"), "abc d");
        assert_eq!(printable("نا\u{200c}و"), "نا\u{200c}و");
        assert_eq!(printable("😀"), NO_GLYPH.to_string());
        assert_eq!(printable("ڕێکخراوی ڵ ۆ ێ ە ڤ گ چ پ ژ"), "ڕێکخراوی ڵ ۆ ێ ە ڤ گ چ پ ژ");
    }

    #[test]
    fn the_mark_for_a_missing_glyph_has_one() {
        assert!(FONTS.iter().any(|font| font.info().coverage.contains(NO_GLYPH.into())));
    }
}
