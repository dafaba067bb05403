//! The objects of a PDF (ISO 32000-1, chapter 7), as far as files of scans have them: read in one pass from the first byte to the
//! last, where the last of one number counts. Tables of cross-references are not looked at, so that there is nothing to
//! follow in circles; depth, number and what is inflated are bounded.
//!
//! The readers of all PDFs there are follow whatever a file says, and repair it where it lies. A page tree of a thousand
//! bytes keeps the one that we had for ever, or takes all memory.

use std::collections::BTreeMap;
use std::io::Read;
use std::ops::Range;

use flate2::read::ZlibDecoder;

use crate::image::broken;
use crate::reject::Rejection;

/// How deep a value may lie in others.
const MOST_DEEP: usize = 32;

/// The most values of a file: a page takes some forty.
const MOST_VALUES: usize = 2_000_000;

/// The most keys of a dictionary, which is searched from its beginning.
const MOST_KEYS: usize = 10_000;

/// How much the streams of a PDF that are not images may inflate to, all together: lists of objects and the few
/// operators that draw a page.
pub(super) const MOST_STRUCTURE: u64 = 32 << 20;

/// A value; of texts, nulls and the like it is known alone that they are there.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Name(String),
    /// A number, without what stands behind its point.
    Number(i64),
    Bool(bool),
    Array(Vec<Value>),
    Dict(Dict),
    Ref(u32),
    Other,
}

/// Keys and values in their order; many are small, and a map of each would take three times the memory.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Dict(Vec<(String, Value)>);

impl Dict {
    /// How many keys it has.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.iter().find(|(own, _)| own == key).map(|(_, value)| value)
    }
}

impl Value {
    pub fn dict(&self) -> Option<&Dict> {
        match self {
            Value::Dict(dict) => Some(dict),
            _ => None,
        }
    }

    pub fn array(&self) -> Option<&[Value]> {
        match self {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    pub fn name(&self) -> Option<&str> {
        match self {
            Value::Name(name) => Some(name),
            _ => None,
        }
    }

    pub fn number<T: TryFrom<i64>>(&self) -> Option<T> {
        match self {
            Value::Number(number) => T::try_from(*number).ok(),
            _ => None,
        }
    }

    pub fn reference(&self) -> Option<u32> {
        match self {
            Value::Ref(number) => Some(*number),
            _ => None,
        }
    }

    pub fn flag(&self) -> Option<bool> {
        match self {
            Value::Bool(flag) => Some(*flag),
            _ => None,
        }
    }
}

/// A part of the text.
pub(super) enum Token<'a> {
    Value(Value),
    /// An operator or a keyword.
    Word(&'a [u8]),
    /// The end of an array or a dictionary.
    Close,
    /// There is no more.
    End,
}

/// Takes text apart, of a file or of what draws a page.
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    pub at: usize,
    /// How many values may still come.
    pub left: usize,
}

impl<'a> Lexer<'a> {
    pub fn new(bytes: &'a [u8], left: usize) -> Self {
        Lexer { bytes, at: 0, left }
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn skip_while(&mut self, is: impl Fn(u8) -> bool) {
        self.at += self.rest().iter().take_while(|byte| is(**byte)).count();
    }

    /// White space and comments.
    fn skip_space(&mut self) {
        loop {
            self.skip_while(is_space);
            if self.rest().first() != Some(&b'%') {
                return;
            }
            self.skip_while(|byte| byte != b'\n' && byte != b'\r');
        }
    }

    /// Goes behind the next `word`, or to the end where there is none.
    pub fn skip_behind(&mut self, word: &[u8]) -> Range<usize> {
        let from = self.at;
        let found = self.rest().windows(word.len()).position(|window| window == word);
        let end = found.map_or(self.bytes.len(), |found| from + found);
        self.at = (end + word.len()).min(self.bytes.len());
        from.min(end)..end
    }

    /// The next part; none where there is something else, which is passed over.
    pub fn token(&mut self) -> Option<Token<'a>> {
        self.token_in(0)
    }

    fn token_in(&mut self, deep: usize) -> Option<Token<'a>> {
        self.skip_space();
        self.left = self.left.checked_sub(1)?;
        let value = match self.rest() {
            [] => return Some(Token::End),
            [b'/', ..] => Value::Name(self.name()),
            [b'(', ..] => self.text(),
            [b'<', b'<', ..] => Value::Dict(self.dict(deep)?),
            [b'<', ..] => {
                self.skip_behind(b">");
                Value::Other
            }
            [b'[', ..] => Value::Array(self.array(deep)?),
            [b'>', b'>', ..] => {
                self.at += 2;
                return Some(Token::Close);
            }
            [b']', ..] => {
                self.at += 1;
                return Some(Token::Close);
            }
            [byte, ..] if byte.is_ascii_digit() || b"+-.".contains(byte) => self.number(),
            [byte, ..] if is_regular(*byte) => match self.word() {
                b"true" => Value::Bool(true),
                b"false" => Value::Bool(false),
                b"null" => Value::Other,
                word => return Some(Token::Word(word)),
            },
            _ => {
                self.at += 1;
                return None;
            }
        };
        Some(Token::Value(value))
    }

    fn word(&mut self) -> &'a [u8] {
        let rest = self.rest();
        let length = rest.iter().take_while(|byte| is_regular(**byte)).count();
        self.at += length;
        &rest[..length]
    }

    /// A name, in which `#41` stands for `A`.
    fn name(&mut self) -> String {
        self.at += 1;
        let mut word = self.word();
        let mut name = Vec::new();
        while let Some((first, rest)) = word.split_first() {
            let escaped = rest.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
            let (byte, length) = escaped.filter(|_| *first == b'#').map_or((*first, 1), |byte| (byte, 3));
            name.push(byte);
            word = &word[length..];
        }
        String::from_utf8_lossy(&name).into_owned()
    }

    /// A text in brackets, which may hold others.
    fn text(&mut self) -> Value {
        let mut open = 0usize;
        while let Some(byte) = self.rest().first() {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'(' => open += 1,
                b')' if open == 1 => break,
                b')' => open -= 1,
                _ => {}
            }
        }
        Value::Other
    }

    /// A number, or `7 0 R`.
    fn number(&mut self) -> Value {
        let word = self.word();
        let whole = word.split(|byte| *byte == b'.').next().unwrap_or_default();
        let number = std::str::from_utf8(whole).ok().and_then(|text| text.parse::<i64>().ok());
        let behind = self.at;
        self.skip_space();
        let generation = self.word();
        self.skip_space();
        let is_ref = !generation.is_empty() && generation.iter().all(u8::is_ascii_digit) && self.word() == b"R";
        if let Some(object) = number.filter(|_| is_ref).and_then(|number| u32::try_from(number).ok()) {
            return Value::Ref(object);
        }
        self.at = behind;
        Value::Number(number.unwrap_or(0))
    }

    fn array(&mut self, deep: usize) -> Option<Vec<Value>> {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            match (deep < MOST_DEEP).then(|| self.token_in(deep + 1))?? {
                Token::Value(value) => items.push(value),
                Token::Close => return Some(items),
                Token::Word(_) | Token::End => return None,
            }
        }
    }

    fn dict(&mut self, deep: usize) -> Option<Dict> {
        self.at += 2;
        let mut dict = Dict::default();
        loop {
            match (deep < MOST_DEEP).then(|| self.token_in(deep + 1))?? {
                Token::Value(Value::Name(key)) if dict.len() < MOST_KEYS => match self.token_in(deep + 1)? {
                    Token::Value(value) => dict.0.push((key, value)),
                    _ => return None,
                },
                Token::Close => return Some(dict),
                _ => return None,
            };
        }
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b'\0' | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !b"()<>[]{}/%".contains(&byte)
}

/// A file, and its objects by their number.
pub(super) struct Objects {
    file: Vec<u8>,
    values: BTreeMap<u32, Value>,
    /// Where in the file the bytes of a stream are.
    streams: BTreeMap<u32, Range<usize>>,
    /// The catalog, as the last trailer names it.
    root: Option<Value>,
}

impl Objects {
    /// Reads a whole file; its lists of objects take of the bytes that are `left` to be inflated.
    ///
    /// # Errors
    /// [`Rejection::Decode`] for more than any file of scans has. What is damaged is left out.
    pub fn read(file: Vec<u8>, left: &mut u64) -> Result<Self, Rejection> {
        if file.windows(8).any(|window| window == b"/Encrypt") {
            return Err(broken("an encrypted PDF; let the scanner save it without a password"));
        }
        let (values, streams) = (BTreeMap::new(), BTreeMap::new());
        let mut objects = Objects { file: Vec::new(), values, streams, root: None };
        let mut lexer = Lexer::new(&file, MOST_VALUES);
        // `7 0 obj`: the two numbers before it.
        let mut before = [None; 2];
        loop {
            match lexer.token() {
                Some(Token::End) => break,
                Some(Token::Value(value)) => before = [before[1], value.number::<u32>()],
                Some(Token::Word(b"obj")) => {
                    if let [Some(number), Some(_)] = std::mem::take(&mut before) {
                        objects.object(number, &mut lexer, &file, left)?;
                    }
                }
                Some(Token::Word(b"trailer")) => {
                    if let Some(Token::Value(Value::Dict(trailer))) = lexer.token() {
                        objects.root = trailer.get("Root").cloned().or_else(|| objects.root.take());
                    }
                }
                _ => before = [None; 2],
            }
            if lexer.left == 0 {
                return Err(broken("a PDF of more objects than any file of scans"));
            }
        }
        objects.file = file;
        Ok(objects)
    }

    fn object(&mut self, number: u32, lexer: &mut Lexer<'_>, file: &[u8], left: &mut u64) -> Result<(), Rejection> {
        let Some(Token::Value(value)) = lexer.token() else { return Ok(()) };
        self.streams.remove(&number);
        if let Some(dict) = value.dict() {
            lexer.skip_space();
            if lexer.rest().starts_with(b"stream") {
                let bytes = stream(dict, lexer);
                match dict.get("Type").and_then(Value::name) {
                    Some("ObjStm") => {
                        let text = self.unpacked(dict, &file[bytes.clone()], left)?;
                        self.list(dict, &text, lexer);
                    }
                    Some("XRef") => self.root = dict.get("Root").cloned().or_else(|| self.root.take()),
                    _ => {}
                }
                self.streams.insert(number, bytes);
            }
        }
        self.values.insert(number, value);
        Ok(())
    }

    /// A list of objects: pairs of a number and a place, and from `First` on the objects, one behind the other.
    fn list(&mut self, dict: &Dict, text: &[u8], outer: &mut Lexer<'_>) {
        let first = dict.get("First").and_then(Value::number::<usize>).unwrap_or(0).min(text.len());
        let mut heads = Lexer::new(&text[..first], outer.left);
        let mut objects = Lexer::new(text, 0);
        while let (Some(Token::Value(number)), Some(Token::Value(place))) = (heads.token(), heads.token()) {
            let (Some(number), Some(place)) = (number.number::<u32>(), place.number::<usize>()) else { break };
            // What lies before the last one would be read over and over.
            let Some(at) = place.checked_add(first).filter(|at| *at >= objects.at) else { continue };
            (objects.at, objects.left) = (at, heads.left);
            if let Some(Token::Value(value)) = objects.token() {
                self.streams.remove(&number);
                self.values.insert(number, value);
            }
            heads.left = objects.left;
        }
        outer.left = heads.left;
    }

    /// What a value is, where it is a reference.
    pub fn at<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value {
            Value::Ref(number) => self.values.get(number).unwrap_or(&Value::Other),
            value => value,
        }
    }

    /// What a dictionary says under a key.
    pub fn get<'a>(&'a self, dict: &'a Dict, key: &str) -> Option<&'a Value> {
        dict.get(key).map(|value| self.at(value))
    }

    /// The catalog; where no trailer names it, the last that there is.
    pub fn catalog(&self) -> Option<&Dict> {
        let is_catalog = |dict: &&Dict| dict.get("Type").and_then(Value::name) == Some("Catalog");
        let named = self.root.as_ref().and_then(|root| self.at(root).dict());
        named.or_else(|| self.values.values().rev().filter_map(Value::dict).find(is_catalog))
    }

    /// The dictionary and the bytes of a stream.
    pub fn stream(&self, number: u32) -> Option<(&Dict, &[u8])> {
        Some((self.values.get(&number)?.dict()?, &self.file[self.streams.get(&number)?.clone()]))
    }

    /// The text of a stream that is no image, of the bytes that are `left`; none where there is no such stream. What was inflated
    /// before some damage is text too.
    ///
    /// # Errors
    /// [`Rejection::Decode`] where it is more, or is packed otherwise than by deflate.
    pub fn text(&self, number: u32, left: &mut u64) -> Result<Vec<u8>, Rejection> {
        match self.stream(number) {
            Some((dict, data)) => self.unpacked(dict, data, left),
            None => self.unpacked(&Dict::default(), &[], left),
        }
    }

    /// A byte more is taken for each stream, so that empty ones have an end too, and one for each key that is looked through.
    fn unpacked(&self, dict: &Dict, data: &[u8], left: &mut u64) -> Result<Vec<u8>, Rejection> {
        let filters = self.filters(dict);
        let mut text = Vec::new();
        match &filters.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            [] => text.extend(data.iter().take(*left as usize)),
            ["FlateDecode"] => _ = ZlibDecoder::new(data).take(*left).read_to_end(&mut text),
            _ => return Err(broken("a PDF packed in an old way; save it again as PDF of images")),
        }
        let rest = left.checked_sub((text.len() + dict.len()) as u64 + 1);
        *left = rest.ok_or_else(|| broken("a PDF that inflates to more than any scan does"))?;
        Ok(text)
    }

    /// The filters of a stream, by their full names.
    pub fn filters(&self, dict: &Dict) -> Vec<String> {
        let of = |value: &Value| match self.at(value).name() {
            Some("Fl") => "FlateDecode".to_owned(),
            Some("DCT") => "DCTDecode".to_owned(),
            Some("CCF") => "CCITTFaxDecode".to_owned(),
            other => other.unwrap_or_default().to_owned(),
        };
        match self.get(dict, "Filter") {
            Some(Value::Array(filters)) => filters.iter().take(3).map(of).collect(),
            Some(filter @ Value::Name(_)) => vec![of(filter)],
            _ => Vec::new(),
        }
    }

    /// The parameters of a stream's first filter.
    pub fn parameters<'a>(&'a self, dict: &'a Dict) -> Option<&'a Dict> {
        match self.get(dict, "DecodeParms")? {
            Value::Array(items) => items.first().and_then(|first| self.at(first).dict()),
            value => value.dict(),
        }
    }
}

/// The bytes of a stream whose dictionary the lexer has just read: as many as it says, if it ends there, else up to the end.
fn stream(dict: &Dict, lexer: &mut Lexer<'_>) -> Range<usize> {
    lexer.at += b"stream".len();
    lexer.at += match lexer.rest() {
        [b'\r', b'\n', ..] => 2,
        [b'\n' | b'\r', ..] => 1,
        _ => 0,
    };
    let begin = lexer.at;
    let said = dict.get("Length").and_then(Value::number::<usize>).and_then(|length| begin.checked_add(length));
    if let Some(end) = said.filter(|end| *end <= lexer.bytes.len()) {
        // A line end, and no long run of blanks that many objects could name.
        lexer.at = end + lexer.bytes[end..].iter().take(16).take_while(|byte| is_space(**byte)).count();
        if lexer.rest().starts_with(b"endstream") {
            return begin..end;
        }
        lexer.at = begin;
    }
    let mut bytes = lexer.skip_behind(b"endstream");
    let line_end = match &lexer.bytes[bytes.clone()] {
        [.., b'\r', b'\n'] => 2,
        [.., b'\n' | b'\r'] => 1,
        _ => 0,
    };
    bytes.end -= line_end;
    bytes
}
