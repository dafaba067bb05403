//! The tree hash, inclusion and consistency proofs of RFC 6962 and RFC 9162 section 2.1.

/// A node of the tree: 32 bytes of SHA-256.
pub type Hash = [u8; 32];

/// The hash of a leaf, `SHA-256(0x00 ‖ leaf)`.
pub fn leaf_hash(leaf: &[u8]) -> Hash {
    sign::sha256(&[&[0], leaf].concat()).0
}

/// The hash of a node, `SHA-256(0x01 ‖ left ‖ right)`.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    let mut bytes = [1; 65];
    bytes[1..33].copy_from_slice(left);
    bytes[33..].copy_from_slice(right);
    sign::sha256(&bytes).0
}

/// The root of the empty tree, `SHA-256("")`.
pub fn empty_root() -> Hash {
    sign::sha256(&[]).0
}

/// A proof that does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the proof does not hold")]
pub struct BadProof;

/// The largest power of two below `n`, which is at least 2.
fn split(n: u64) -> u64 {
    1 << (63 - (n - 1).leading_zeros())
}

/// A tree in memory: the hashes of every complete subtree, by level.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    levels: Vec<Vec<Hash>>,
}

impl Tree {
    /// The tree of these leaf hashes.
    pub fn of(leaves: impl IntoIterator<Item = Hash>) -> Self {
        let mut tree = Tree::default();
        leaves.into_iter().for_each(|leaf| tree.push(leaf));
        tree
    }

    /// Appends a leaf hash.
    pub fn push(&mut self, leaf: Hash) {
        let (mut level, mut hash) = (0, leaf);
        loop {
            if self.levels.len() == level {
                self.levels.push(Vec::new());
            }
            self.levels[level].push(hash);
            let row = &self.levels[level];
            if row.len() % 2 == 1 {
                return;
            }
            hash = node_hash(&row[row.len() - 2], &row[row.len() - 1]);
            level += 1;
        }
    }

    /// How many leaves.
    pub fn size(&self) -> u64 {
        self.levels.first().map_or(0, |row| row.len() as u64)
    }

    /// The hashes of the complete subtrees of 2^`level` leaves.
    pub fn row(&self, level: usize) -> &[Hash] {
        self.levels.get(level).map_or(&[], Vec::as_slice)
    }

    /// The hash of the leaves from `from` to before `to`, where `from` is a multiple of the
    /// power of two that is not below their number.
    fn range(&self, from: u64, to: u64) -> Hash {
        let n = to - from;
        if n.is_power_of_two() {
            let level = n.trailing_zeros();
            return self.levels[level as usize][(from >> level) as usize];
        }
        let middle = from + split(n);
        node_hash(&self.range(from, middle), &self.range(middle, to))
    }

    /// The root of the first `size` leaves; `None` if there are fewer.
    pub fn root_at(&self, size: u64) -> Option<Hash> {
        match size {
            0 => Some(empty_root()),
            _ => (size <= self.size()).then(|| self.range(0, size)),
        }
    }

    /// The inclusion proof of leaf `index` in the first `size` leaves (RFC 6962 2.1.1), from the leaf up.
    pub fn inclusion(&self, index: u64, size: u64) -> Option<Vec<Hash>> {
        if index >= size || size > self.size() {
            return None;
        }
        let (mut from, mut to, mut path) = (0, size, Vec::new());
        while to - from > 1 {
            let middle = from + split(to - from);
            if index < middle {
                path.push(self.range(middle, to));
                to = middle;
            } else {
                path.push(self.range(from, middle));
                from = middle;
            }
        }
        path.reverse();
        Some(path)
    }

    /// The proof that the first `old` leaves are the beginning of the first `size` (RFC 6962 2.1.2).
    pub fn consistency(&self, old: u64, size: u64) -> Option<Vec<Hash>> {
        if old > size || size > self.size() {
            return None;
        }
        if old == 0 || old == size {
            return Some(Vec::new());
        }
        let (mut from, mut to, mut proof) = (0, size, Vec::new());
        // Down to the subtree that ends where the old tree ends.
        while to != old {
            let middle = from + split(to - from);
            if old <= middle {
                proof.push(self.range(middle, to));
                to = middle;
            } else {
                proof.push(self.range(from, middle));
                from = middle;
            }
        }
        // The old root itself is known to the one who checks.
        if from != 0 {
            proof.push(self.range(from, to));
        }
        proof.reverse();
        Some(proof)
    }
}

/// Checks an inclusion proof (RFC 9162 2.1.3.2).
///
/// # Errors
/// [`BadProof`].
pub fn check_inclusion(leaf: &Hash, index: u64, size: u64, proof: &[Hash], root: &Hash) -> Result<(), BadProof> {
    if index >= size {
        return Err(BadProof);
    }
    let (mut place, mut last, mut hash) = (index, size - 1, *leaf);
    for step in proof {
        if last == 0 {
            return Err(BadProof);
        }
        if place % 2 == 1 || place == last {
            hash = node_hash(step, &hash);
            while place.is_multiple_of(2) && place != 0 {
                place >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, step);
        }
        place >>= 1;
        last >>= 1;
    }
    if last == 0 && hash == *root { Ok(()) } else { Err(BadProof) }
}

/// Checks a consistency proof (RFC 9162 2.1.4.2). From the empty tree, and between equal sizes, the proof is empty.
///
/// # Errors
/// [`BadProof`].
pub fn check_consistency(old: u64, old_root: &Hash, size: u64, root: &Hash, proof: &[Hash]) -> Result<(), BadProof> {
    let holds = |good: bool| if good { Ok(()) } else { Err(BadProof) };
    if old > size {
        return Err(BadProof);
    }
    if old == 0 {
        return holds(proof.is_empty() && *old_root == empty_root() && (size != 0 || root == old_root));
    }
    if old == size {
        return holds(proof.is_empty() && old_root == root);
    }
    let (first, rest) = match proof {
        _ if old.is_power_of_two() => (old_root, proof),
        [first, rest @ ..] => (first, rest),
        [] => return Err(BadProof),
    };
    let (mut place, mut last) = (old - 1, size - 1);
    while place % 2 == 1 {
        place >>= 1;
        last >>= 1;
    }
    let (mut hash_old, mut hash_new) = (*first, *first);
    for step in rest {
        if last == 0 {
            return Err(BadProof);
        }
        if place % 2 == 1 || place == last {
            hash_old = node_hash(step, &hash_old);
            hash_new = node_hash(step, &hash_new);
            while place.is_multiple_of(2) && place != 0 {
                place >>= 1;
                last >>= 1;
            }
        } else {
            hash_new = node_hash(&hash_new, step);
        }
        place >>= 1;
        last >>= 1;
    }
    holds(last == 0 && hash_old == *old_root && hash_new == *root)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// MTH of RFC 6962 2.1, as it is written there.
    fn root(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => empty_root(),
            [one] => *one,
            _ => {
                let (left, right) = leaves.split_at(split(leaves.len() as u64) as usize);
                node_hash(&root(left), &root(right))
            }
        }
    }

    fn hex(hash: &Hash) -> String {
        election::Digest(*hash).hex()
    }

    /// The leaves and roots of Certificate Transparency's reference tests (merkletree/merkle_tree_test.cc).
    #[test]
    fn roots_agree_with_the_published_vectors() {
        let leaves: [&[u8]; 8] =
            [b"", b"\x00", b"\x10", b"\x20\x21", b"\x30\x31", b"\x40\x41\x42\x43", b"PQRSTUVW", b"`abcdefghijklmno"];
        let roots = [
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        let tree = Tree::of(leaves.iter().map(|leaf| leaf_hash(leaf)));
        for (size, expected) in roots.iter().enumerate() {
            assert_eq!(hex(&tree.root_at(size as u64).unwrap()), *expected, "{size}");
        }
        assert_eq!(tree.root_at(9), None);
    }

    #[test]
    fn every_proof_of_small_trees_holds_and_no_other() {
        let leaves: Vec<Hash> = (0..70u8).map(|n| leaf_hash(&[n])).collect();
        let tree = Tree::of(leaves.clone());
        for size in 0..=70u64 {
            let top = tree.root_at(size).unwrap();
            assert_eq!(top, root(&leaves[..size as usize]));
            for index in 0..size {
                let proof = tree.inclusion(index, size).unwrap();
                let leaf = &leaves[index as usize];
                assert_eq!(check_inclusion(leaf, index, size, &proof, &top), Ok(()));
                assert!(check_inclusion(leaf, (index + 1) % size.max(2), size, &proof, &top).is_err());
                assert!(check_inclusion(&leaf_hash(b"x"), index, size, &proof, &top).is_err());
                let longer = [proof.clone(), vec![top]].concat();
                assert!(check_inclusion(leaf, index, size, &longer, &top).is_err());
                if let Some((_, shorter)) = proof.split_last() {
                    assert!(check_inclusion(leaf, index, size, shorter, &top).is_err());
                }
            }
            for old in 0..=size {
                let before = tree.root_at(old).unwrap();
                let proof = tree.consistency(old, size).unwrap();
                assert_eq!(check_consistency(old, &before, size, &top, &proof), Ok(()), "{old} {size}");
                assert!(check_consistency(old, &leaf_hash(b"x"), size, &top, &proof).is_err());
                assert!(old == 0 || check_consistency(old, &before, size, &leaf_hash(b"x"), &proof).is_err());
                let longer = [proof.clone(), vec![top]].concat();
                assert!(check_consistency(old, &before, size, &top, &longer).is_err());
                if let Some((_, shorter)) = proof.split_last() {
                    assert!(check_consistency(old, &before, size, &top, shorter).is_err());
                }
            }
        }
        assert_eq!((tree.inclusion(70, 70), tree.inclusion(0, 71), tree.consistency(3, 2)), (None, None, None));
    }

    proptest! {
        #[test]
        fn hostile_proofs_do_no_harm(a in any::<u64>(), b in any::<u64>(), n in 0usize..70) {
            let proof = vec![[7; 32]; n];
            prop_assert!(check_inclusion(&[1; 32], a, b, &proof, &[2; 32]).is_err());
            prop_assert!(check_consistency(a, &[1; 32], b, &[2; 32], &proof).is_err() || a == 0);
        }
    }
}
