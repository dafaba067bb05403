//! Checkpoints (C2SP tlog-checkpoint): origin, size and root hash of a log, as a signed note.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::merkle::Hash;
use crate::note::NoteError;

/// The body of a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log, such as `ELECTION/record`.
    pub origin: String,
    /// How many leaves.
    pub size: u64,
    /// The root hash.
    pub root: Hash,
}

/// A number in decimal, without sign or leading zero.
pub(crate) fn number(text: &str) -> Option<u64> {
    text.parse::<u64>().ok().filter(|number| number.to_string() == text)
}

/// One hash in base64.
pub(crate) fn hash(text: &str) -> Option<Hash> {
    STANDARD.decode(text).ok()?.try_into().ok()
}

/// Lines of base64, one a hash.
pub(crate) fn hash_lines(hashes: &[Hash]) -> String {
    hashes.iter().map(|hash| STANDARD.encode(hash) + "\n").collect()
}

impl Checkpoint {
    /// The text that is signed.
    pub fn to_text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, STANDARD.encode(self.root))
    }

    /// Reads the text of a note; extension lines are refused.
    ///
    /// # Errors
    /// [`NoteError::Form`].
    pub fn parse(text: &str) -> Result<Self, NoteError> {
        let lines: Vec<&str> = text.split('\n').collect();
        let [origin, size, root, ""] = lines[..] else { return Err(NoteError::Form) };
        let (size, root) = number(size).zip(hash(root)).ok_or(NoteError::Form)?;
        if origin.is_empty() { Err(NoteError::Form) } else { Ok(Checkpoint { origin: origin.to_owned(), size, root }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checkpoint_has_one_form() {
        // The example of C2SP tlog-checkpoint.
        let text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
        let read = Checkpoint::parse(text).unwrap();
        assert_eq!((read.origin.as_str(), read.size), ("example.com/behind-the-sofa", 20_852_163));
        assert_eq!(read.to_text(), text);
        for bad in [
            text.replace("2085", "02085"),
            text.replace("2085", "+2085"),
            text.replace("20852163", "-1"),
            text.replace("20852163", "18446744073709551616"),
            text.replace('=', ""),
            format!("{text}extension\n"),
            text.trim_end().to_owned(),
            text.replace("example.com/behind-the-sofa", ""),
            String::new(),
            text.replace("CsU", "Cs"),
        ] {
            assert_ne!(bad, text);
            assert!(Checkpoint::parse(&bad).is_err(), "{bad}");
        }
    }
}
