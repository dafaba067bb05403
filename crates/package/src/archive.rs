//! One folder as one deterministic tar (POSIX.1-1988 ustar): mtime 0, owner 0, mode 0644, names sorted.

use std::collections::BTreeMap;
use std::io::{Read, Write};

use election::Coded;

/// Files by name, as they lie in a folder.
pub type Files = BTreeMap<String, Vec<u8>>;

/// What a reader accepts at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Files.
    pub files: usize,
    /// Bytes of the whole archive.
    pub bytes: usize,
}

/// Of the results bag: 32 files, 64 MiB.
pub const RESULTS_LIMITS: Limits = Limits { files: 32, bytes: 64 << 20 };

/// Of the images bag: 40,000 files, 2 GiB.
pub const IMAGES_LIMITS: Limits = Limits { files: 40_000, bytes: 2 << 30 };

/// An archive that is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveError {
    /// A name outside the grammar.
    #[error("'{0}' is not a name that a package may hold")]
    Name(String),
    /// More files or bytes than the limits.
    #[error("the archive is larger than {0:?}")]
    Limit(Limits),
    /// Not the one form that the writer makes: a link, a folder, other owners, order or padding.
    #[error("the archive is not in its one form, at byte {0}")]
    Form(usize),
}

impl Coded for ArchiveError {
    fn code(&self) -> &'static str {
        match self {
            ArchiveError::Name(_) => "archive.name",
            ArchiveError::Limit(_) => "archive.limit",
            ArchiveError::Form(_) => "archive.form",
        }
    }

    fn next(&self) -> &'static str {
        "Keep the file as evidence; it was not written by a station of this software."
    }
}

/// Of the archive's own fields: what stands in the one for names, and in the one for folders before it.
const NAME: usize = 100;
const PREFIX: usize = 155;

/// Is `name` made of `[a-z0-9._/-]`, relative, without empty, `.` or `..` parts, and at most 100 bytes?
pub fn is_name(name: &str) -> bool {
    name.len() <= NAME && is_long_name(name)
}

/// As [`is_name`], of any length that the format can hold: that of a file in a bundle of evidence.
pub fn is_long_name(name: &str) -> bool {
    let letters = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'_' | b'/' | b'-');
    name.bytes().all(letters) && name.split('/').all(|part| !matches!(part, "" | "." | "..")) && parted(name).is_some()
}

/// The folders that are kept apart of a name that is too long for its field, and the rest: parted at the last `/` at which
/// both have room.
fn parted(name: &str) -> Option<(&str, &str)> {
    if name.len() <= NAME {
        return Some(("", name));
    }
    let parts = name.rmatch_indices('/').map(|(at, _)| (&name[..at], &name[at + 1..]));
    parts.into_iter().find(|(folders, rest)| folders.len() <= PREFIX && rest.len() <= NAME)
}

const BLOCK: usize = 512;

/// The header of a regular file (IEEE Std 1003.1-1988, ustar).
fn header(name: &str, size: usize) -> [u8; BLOCK] {
    let (folders, name) = parted(name).expect("a name that the format can hold");
    let mut block = [0; BLOCK];
    let mut set = |at: usize, bytes: &[u8]| block[at..at + bytes.len()].copy_from_slice(bytes);
    set(0, name.as_bytes());
    set(100, b"0000644\x000000000\x000000000\0"); // mode, uid, gid
    set(124, format!("{size:011o}\0").as_bytes());
    set(136, b"00000000000\0        0"); // mtime, room of the checksum, kind
    set(257, b"ustar\x0000");
    set(329, b"0000000\x000000000\0"); // device numbers
    set(345, folders.as_bytes());
    let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    block
}

/// The archive of `files`.
///
/// # Errors
/// As [`write_to`].
pub fn write(files: &Files) -> Result<Vec<u8>, ArchiveError> {
    let mut bytes = Vec::with_capacity(files.values().map(|file| file.len() + 2 * BLOCK).sum::<usize>() + 2 * BLOCK);
    match write_to(files, &mut bytes) {
        Ok(()) => Ok(bytes),
        Err(StreamError::Archive(error)) => Err(error),
        Err(StreamError::Io(_)) => unreachable!("memory takes all"),
    }
}

/// Writes the archive of `files` to where it is sealed, so that there is no second copy of it in memory.
///
/// # Errors
/// [`ArchiveError::Name`], and [`ArchiveError::Limit`] for a file of 8 GiB, which the format cannot hold; those of the
/// writer.
pub fn write_to(files: &Files, to: &mut impl Write) -> Result<(), StreamError> {
    let mut archive = Writer(to);
    for (name, file) in files {
        if !is_name(name) {
            return Err(bad_name(name).into());
        }
        archive.add(name, file)?;
    }
    Ok(archive.finish().map(drop)?)
}

/// An archive that is written a file at a time. The caller gives them sorted by name: no reader takes them otherwise.
pub struct Writer<W>(pub W);

impl<W: Write> Writer<W> {
    /// Writes one file.
    ///
    /// # Errors
    /// As [`write_to`]; of names those that [`is_long_name`] refuses.
    pub fn add(&mut self, name: &str, file: &[u8]) -> Result<(), StreamError> {
        if !is_long_name(name) {
            return Err(bad_name(name).into());
        }
        if file.len() >= 8 << 30 {
            return Err(ArchiveError::Limit(IMAGES_LIMITS).into());
        }
        self.0.write_all(&header(name, file.len()))?;
        self.0.write_all(file)?;
        Ok(self.0.write_all(&[0; BLOCK][..padding(file.len())])?)
    }

    /// Ends the archive, and gives back what it was written to.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn finish(mut self) -> std::io::Result<W> {
        self.0.write_all(&[0; 2 * BLOCK])?;
        Ok(self.0)
    }
}

fn bad_name(name: &str) -> ArchiveError {
    ArchiveError::Name(name.chars().take(NAME).collect::<String>().escape_debug().to_string())
}

/// The zeros after a file of `size` bytes.
fn padding(size: usize) -> usize {
    size.next_multiple_of(BLOCK) - size
}

/// An archive that is refused, or that cannot be read or written where it comes from or goes.
#[derive(Debug, thiserror::Error)]
pub enum StreamError {
    /// It is refused.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The reader or writer fails.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// The files of an archive, which must be exactly what [`write`] makes of them.
///
/// # Errors
/// [`ArchiveError`].
pub fn read(bytes: &[u8], limits: Limits) -> Result<Files, ArchiveError> {
    match read_from(bytes, limits) {
        Ok(files) => Ok(files),
        Err(StreamError::Archive(error)) => Err(error),
        Err(StreamError::Io(_)) => unreachable!("memory gives all"),
    }
}

/// The files of an archive as it is unsealed, to its very end; memory is taken for what has come, not for what is
/// announced.
///
/// # Errors
/// [`ArchiveError`], and those of the reader.
pub fn read_from(reader: impl Read, limits: Limits) -> Result<Files, StreamError> {
    #[derive(Default)]
    struct Held(Files, String, Vec<u8>);
    impl Visitor for Held {
        fn file(&mut self, name: &str, _at: usize, size: usize) {
            (self.1, self.2) = (name.to_owned(), Vec::with_capacity(size.min(AT_ONCE)));
        }
        fn bytes(&mut self, piece: &[u8]) {
            self.2.extend_from_slice(piece);
        }
        fn end(&mut self) {
            self.0.insert(std::mem::take(&mut self.1), std::mem::take(&mut self.2));
        }
    }
    let mut held = Held::default();
    visit(reader, limits, is_name, &mut held)?;
    Ok(held.0)
}

/// Who is told of the files of an archive, one after the other.
pub trait Visitor {
    /// The next file: its name, where in the archive its bytes begin, and how many they are.
    fn file(&mut self, name: &str, at: usize, size: usize);
    /// The next bytes of it.
    fn bytes(&mut self, piece: &[u8]);
    /// That was all of it.
    fn end(&mut self);
}

/// Reads an archive to its very end in pieces of at most [`AT_ONCE`] bytes; `is_name` says which names it may hold.
///
/// # Errors
/// As [`read_from`]. What was told of before was in its one form.
pub fn visit(
    reader: impl Read,
    limits: Limits,
    is_name: fn(&str) -> bool,
    visitor: &mut impl Visitor,
) -> Result<(), StreamError> {
    let mut from = Counting { reader, at: 0, limits };
    let mut piece = Vec::new();
    let (mut last, mut count) = (String::new(), 0);
    loop {
        let refused = ArchiveError::Form(from.at);
        let mut block = [0; BLOCK];
        from.fill(&mut block, &refused)?;
        if block[0] == 0 {
            // Two blocks of zeros and nothing else end the archive.
            let mut end = [0; BLOCK];
            from.fill(&mut end, &refused)?;
            let rest = from.some(&mut [0])?;
            let ends = block == [0; BLOCK] && end == [0; BLOCK] && rest == 0;
            return if ends { Ok(()) } else { Err(refused.into()) };
        }
        let name = named(&block).ok_or(refused.clone())?;
        if !is_name(&name) {
            return Err(bad_name(&name).into());
        }
        let size = std::str::from_utf8(&block[124..135]).ok().and_then(|digits| usize::from_str_radix(digits, 8).ok());
        let size = size.ok_or(refused.clone())?;
        // Comparing with the one header of this name and size refuses links, folders, owners and times alike.
        if block != header(&name, size) || name <= last {
            return Err(refused.into());
        }
        if count == limits.files || size > limits.bytes {
            return Err(ArchiveError::Limit(limits).into());
        }
        visitor.file(&name, from.at, size);
        (last, count) = (name, count + 1);
        let mut left = size;
        while left > 0 {
            piece.resize(left.min(AT_ONCE), 0);
            from.fill(&mut piece, &refused)?;
            visitor.bytes(&piece);
            left -= piece.len();
        }
        visitor.end();
        let mut zeros = [0; BLOCK];
        let zeros = &mut zeros[..padding(size)];
        from.fill(zeros, &refused)?;
        if zeros.iter().any(|byte| *byte != 0) {
            return Err(refused.into());
        }
    }
}

/// The name in a header, folders before it.
fn named(block: &[u8; BLOCK]) -> Option<String> {
    let text = |field: &'_ [u8]| {
        let text = field.split(|byte| *byte == 0).next()?;
        std::str::from_utf8(text).ok().map(str::to_owned)
    };
    let (folders, name) = (text(&block[345..345 + PREFIX])?, text(&block[..NAME])?);
    Some(if folders.is_empty() { name } else { format!("{folders}/{name}") })
}

/// So much is taken from memory before the bytes for it have come.
pub const AT_ONCE: usize = 1 << 20;

/// A reader that knows how far it is, and goes no further than it may.
struct Counting<R> {
    reader: R,
    at: usize,
    limits: Limits,
}

impl<R: Read> Counting<R> {
    /// Some bytes, or none at the end.
    fn some(&mut self, place: &mut [u8]) -> Result<usize, StreamError> {
        loop {
            match self.reader.read(place) {
                Ok(read) => {
                    self.at += read;
                    let within = self.at <= self.limits.bytes;
                    return if within { Ok(read) } else { Err(ArchiveError::Limit(self.limits).into()) };
                }
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Fills `place`; an archive that ends before is refused.
    fn fill(&mut self, mut place: &mut [u8], refused: &ArchiveError) -> Result<(), StreamError> {
        while !place.is_empty() {
            match self.some(place)? {
                0 => return Err(refused.clone().into()),
                read => place = &mut place[read..],
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LIMITS: Limits = Limits { files: 4, bytes: 1 << 20 };

    fn files() -> Files {
        [("a.txt", vec![1; 513]), ("data/b_1.json", vec![]), ("data/c-2.png", vec![2; 512])]
            .map(|(name, file)| (name.to_owned(), file))
            .into()
    }

    #[test]
    fn pk1_every_flipped_byte_of_an_archive_is_seen() {
        let good = write(&files()).unwrap();
        assert_eq!(read(&good, LIMITS), Ok(files()));
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 1;
            assert_ne!(read(&bad, LIMITS).ok(), Some(files()), "byte {at}");
        }
        for at in 0..good.len() {
            assert!(read(&good[..at], LIMITS).is_err(), "cut at {at}");
        }
        assert!(read(&[good.as_slice(), &[0]].concat(), LIMITS).is_err());
    }

    #[test]
    fn tricks_are_refused() {
        let one = |name: &str| write(&[(name.to_owned(), vec![1])].into());
        for bad in [
            "",
            "/a",
            "../a",
            "a/../b",
            "a//b",
            "a/",
            "./a",
            "A",
            "a\\b",
            "a b",
            "a\0",
            "é",
            "a\u{202e}b",
            &"a".repeat(101),
        ] {
            assert_eq!(one(bad).unwrap_err().code(), "archive.name", "{bad}");
        }
        let good = one("data/a").unwrap();
        for (kind, at) in
            [(b'1', 156), (b'2', 156), (b'5', 156), (b'6', 156), (b'x', 156), (b'7', 106), (b'1', 114), (b'1', 146)]
        {
            let mut bad = good.clone();
            bad[at] = kind;
            let sum: u32 = bad[..512]
                .iter()
                .enumerate()
                .map(|(i, b)| if (148..156).contains(&i) { 32 } else { u32::from(*b) })
                .sum();
            bad[148..154].copy_from_slice(format!("{sum:06o}").as_bytes());
            assert_eq!(read(&bad, LIMITS).unwrap_err().code(), "archive.form", "{} at {at}", kind as char);
        }
        let end = good.len() - 1024;
        let twice = [&good[..end], good.as_slice()].concat();
        assert_eq!(read(&twice, LIMITS).unwrap_err().code(), "archive.form");
        let escaped = good.iter().map(|b| if *b == b'd' { b'/' } else { *b }).collect::<Vec<u8>>();
        assert_eq!(read(&escaped, LIMITS).unwrap_err().code(), "archive.name");
        assert_eq!(read(&good, Limits { files: 0, ..LIMITS }).unwrap_err().code(), "archive.limit");
        assert_eq!(read(&good, Limits { bytes: 100, ..LIMITS }).unwrap_err().code(), "archive.limit");
    }

    /// A name of more than 100 bytes is parted in one way, and read back as it was; a package holds none.
    #[test]
    fn long_names_are_of_bundles_alone() {
        #[derive(Default)]
        struct Seen(Vec<(String, usize, usize)>, Vec<u8>);
        impl Visitor for Seen {
            fn file(&mut self, name: &str, at: usize, size: usize) {
                self.0.push((name.to_owned(), at, size));
            }
            fn bytes(&mut self, piece: &[u8]) {
                self.1.extend_from_slice(piece);
            }
            fn end(&mut self) {
                self.1.push(b';');
            }
        }
        let long = |folder: usize, name: usize| format!("{}/{}", "f".repeat(folder), "n".repeat(name));
        let names = [long(1, 98), long(1, 99), long(155, 100)];
        let mut archive = Writer(Vec::new());
        for (number, name) in names.iter().enumerate() {
            archive.add(name, &vec![b'0' + number as u8; number]).unwrap();
        }
        let bytes = archive.finish().unwrap();
        let mut seen = Seen::default();
        visit(bytes.as_slice(), LIMITS, is_long_name, &mut seen).unwrap();
        let places = [512, 1024, 2048];
        let expected: Vec<_> = (0..3).map(|number| (names[number].clone(), places[number], number)).collect();
        assert_eq!((seen.0, seen.1), (expected, b";1;22;".to_vec()));
        assert_eq!(read(&bytes, LIMITS).unwrap_err().code(), "archive.name", "no package holds such a name");
        for bad in [long(156, 100), long(155, 101), "a".repeat(101), format!("../{}", long(100, 1)), "A".to_owned()] {
            assert!(!is_long_name(&bad), "{bad}");
            let refused = Writer(Vec::new()).add(&bad, b"").unwrap_err();
            assert!(matches!(refused, StreamError::Archive(ArchiveError::Name(_))), "{bad}");
        }
        for at in 0..bytes.len() {
            let mut bad = bytes.clone();
            bad[at] ^= 1;
            let mut found = Seen::default();
            let same = visit(bad.as_slice(), LIMITS, is_long_name, &mut found).is_ok();
            assert!(!same || found.1 != b";1;22;", "byte {at}");
        }
    }

    proptest! {
        #[test]
        fn what_is_read_is_what_would_be_written(bytes in proptest::collection::vec(any::<u8>(), 0..2000), at in 0usize..2000) {
            let mut mixed = write(&files()).unwrap();
            for (place, byte) in mixed.iter_mut().skip(at).zip(&bytes).take(3) {
                *place = *byte;
            }
            for bytes in [bytes, mixed] {
                if let Ok(files) = read(&bytes, LIMITS) {
                    prop_assert_eq!(write(&files).unwrap(), bytes);
                }
            }
        }
    }
}
