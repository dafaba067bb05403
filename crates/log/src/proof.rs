//! A leaf's inclusion proof as a carried file (C2SP tlog-proof).

use crate::checkpoint::{Checkpoint, hash, hash_lines, number};
use crate::merkle::{Hash, check_inclusion, leaf_hash};
use crate::note::{Note, NoteError};

/// An inclusion proof with the checkpoint it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InclusionProof {
    /// The index of the leaf.
    pub index: u64,
    /// The hashes.
    pub hashes: Vec<Hash>,
    /// The signed checkpoint.
    pub checkpoint: Note,
}

/// The first line of the file.
pub const FIRST_LINE: &str = "c2sp.org/tlog-proof@v1";

impl InclusionProof {
    /// The file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let head = format!("{FIRST_LINE}\nindex {}\n{}\n", self.index, hash_lines(&self.hashes));
        [head.into_bytes(), self.checkpoint.to_bytes()].concat()
    }

    /// Reads a file without extra data; at most 64 hashes.
    ///
    /// # Errors
    /// [`NoteError::Form`].
    pub fn parse(bytes: &[u8]) -> Result<Self, NoteError> {
        let text = std::str::from_utf8(bytes).map_err(|_| NoteError::Form)?;
        let (head, note) = text.split_once("\n\n").ok_or(NoteError::Form)?;
        let mut lines = head.split('\n');
        if lines.next() != Some(FIRST_LINE) {
            return Err(NoteError::Form);
        }
        let index =
            lines.next().and_then(|line| line.strip_prefix("index ")).and_then(number).ok_or(NoteError::Form)?;
        let hashes = lines.map(hash).take(65).collect::<Option<Vec<_>>>().ok_or(NoteError::Form)?;
        if hashes.len() > 64 {
            return Err(NoteError::Form);
        }
        Ok(InclusionProof { index, hashes, checkpoint: Note::parse(note.as_bytes())? })
    }

    /// Checks that `leaf` is at the index in the tree of the checkpoint; the note's signatures are the caller's to check.
    ///
    /// # Errors
    /// [`ProofError`].
    pub fn verify(&self, leaf: &[u8]) -> Result<Checkpoint, ProofError> {
        let checkpoint = Checkpoint::parse(&self.checkpoint.text)?;
        check_inclusion(&leaf_hash(leaf), self.index, checkpoint.size, &self.hashes, &checkpoint.root)
            .map_err(|_| ProofError::Hashes)?;
        Ok(checkpoint)
    }
}

/// A proof that does not lead from the leaf to the checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The checkpoint is not one.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The hashes do not lead to the root.
    #[error("the leaf is not in the tree of this checkpoint")]
    Hashes,
}

impl election::Coded for ProofError {
    fn code(&self) -> &'static str {
        match self {
            ProofError::Note(error) => error.code(),
            ProofError::Hashes => "proof.hashes",
        }
    }

    fn next(&self) -> &'static str {
        "Keep the proof as evidence and ask the log for a new one."
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Log, MemoryStore};
    use election::Coded;
    use sign::{FileKey, KeyKind};

    #[test]
    fn a_carried_proof_holds_for_its_leaf_alone() {
        let signer = Box::new(FileKey::generate(KeyKind::Ed25519).unwrap());
        let mut log = Log::create(MemoryStore::default(), "e/record", signer).unwrap();
        log.append(&(0..1000u32).map(|n| n.to_be_bytes().to_vec()).collect::<Vec<_>>()).unwrap();
        for index in [0, 500, 999] {
            let bytes = log.proof(index).unwrap().to_bytes();
            assert!(bytes.len() < 2000, "LG9: proofs under 2 kB");
            let proof = InclusionProof::parse(&bytes).unwrap();
            assert_eq!(proof.to_bytes(), bytes);
            assert_eq!(proof.verify(log.leaf(index).unwrap()).unwrap(), log.head());
            assert_eq!(proof.verify(b"other").unwrap_err().code(), "proof.hashes");
            proof.checkpoint.verify(log.key()).unwrap();
            let text = String::from_utf8(bytes).unwrap();
            for bad in [
                text.replace("@v1", "@v2"),
                text.replace("index ", "index 0"),
                text.replace("index ", "idx "),
                text[..60].to_owned(),
                text.replacen('=', "", 1),
            ] {
                assert_eq!(InclusionProof::parse(bad.as_bytes()).unwrap_err().code(), "note.form", "{bad}");
            }
        }
    }

    /// LG9: a million leaves; every thousandth one proved, and checked as a laptop would. The tree hash is that of RFC 9162.
    #[test]
    fn lg9_proofs_of_a_million_leaves_are_short_and_hold() {
        let size = 1_000_000;
        let tree = crate::merkle::Tree::of((0..size as u32).map(|n| leaf_hash(&n.to_be_bytes())));
        let signer = FileKey::generate(KeyKind::Ed25519).unwrap();
        let root = tree.root_at(size).unwrap();
        let text = Checkpoint { origin: "iraq_2018/record".into(), size, root }.to_text();
        let mut checkpoint = Note { text, signatures: Vec::new() };
        checkpoint.sign("iraq_2018/record", &signer).unwrap();
        // The lines of six witnesses stand under it.
        for n in 0..6 {
            checkpoint.sign(&format!("party-{n}.example/witness"), &signer).unwrap();
        }
        for index in (0..size).step_by(997).chain([size - 1]) {
            let proof =
                InclusionProof { index, hashes: tree.inclusion(index, size).unwrap(), checkpoint: checkpoint.clone() };
            let bytes = proof.to_bytes();
            assert!(bytes.len() < 2000, "{} bytes", bytes.len());
            let carried = InclusionProof::parse(&bytes).unwrap();
            assert_eq!(carried.verify(&(index as u32).to_be_bytes()).unwrap().size, size);
            assert!(carried.verify(&(index as u32 ^ 1).to_be_bytes()).is_err());
        }
    }
}
