//! Taking an input apart.

use std::collections::BTreeMap;

/// The first byte chooses among `count` ways to read the rest.
pub fn choice(data: &[u8], count: u8) -> Option<(u8, &[u8])> {
    let (first, rest) = data.split_first()?;
    Some((first % count, rest))
}

/// Several files in one input: each begins with a line `%% NAME`, and goes on to the next such line.
pub fn files(data: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open: Option<(String, Vec<u8>)> = None;
    for line in data.split_inclusive(|byte| *byte == b'\n') {
        if let Some(name) = line.strip_prefix(b"%% ") {
            files.extend(open.take());
            open = Some((String::from_utf8_lossy(name.trim_ascii()).into_owned(), Vec::new()));
        } else if let Some((_, bytes)) = &mut open {
            bytes.extend_from_slice(line);
        }
    }
    files.extend(open);
    files
}

/// A file of an input, without the line end that only parts it from the next, unless what it stands for ends with one.
pub fn parted(mut file: Vec<u8>, instead_of: Option<&Vec<u8>>) -> Vec<u8> {
    let keeps = instead_of.is_some_and(|own| own.ends_with(b"\n"));
    if !keeps && file.ends_with(b"\n") {
        file.pop();
    }
    file
}

/// Small numbers from the front of an input, zeros once it has ended.
pub struct Bytes<'a>(pub &'a [u8]);

impl Bytes<'_> {
    /// The next byte.
    pub fn byte(&mut self) -> u8 {
        let (first, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        *first
    }

    /// The next number of two bytes.
    pub fn word(&mut self) -> u16 {
        u16::from_be_bytes([self.byte(), self.byte()])
    }

    /// Has it ended?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
