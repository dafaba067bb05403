//! The disk as a tree of folders and files: pure, without FUSE.
//!
//! A file's bytes outlive a loss of power once the file was synced, a name once its folder was. Nothing else is
//! promised, and a seed decides about the rest: this is less than ext4 gives, and what POSIX gives.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};

use crate::file::File;
use crate::random::Random;

/// The number of a file or folder.
pub(crate) type Ino = u64;

/// The folder that is mounted.
pub(crate) const ROOT: Ino = 1;

/// Names in a folder that were given or taken since it was synced.
#[derive(Clone, Debug)]
struct NameChange {
    /// In which order all changes of names came, on the whole disk.
    number: u64,
    set: Option<(OsString, Ino)>,
    removed: Option<OsString>,
}

/// A folder.
#[derive(Clone, Debug, Default)]
pub(crate) struct Folder {
    durable: BTreeMap<OsString, Ino>,
    pub(crate) now: BTreeMap<OsString, Ino>,
    pending: Vec<NameChange>,
}

impl NameChange {
    fn apply(&self, names: &mut BTreeMap<OsString, Ino>) {
        if let Some(name) = &self.removed {
            names.remove(name);
        }
        if let Some((name, ino)) = &self.set {
            names.insert(name.clone(), *ino);
        }
    }
}

/// A file or a folder.
#[derive(Clone, Debug)]
pub(crate) enum Node {
    File(File),
    Folder(Folder),
}

/// A file or folder and the time it bears, which means nothing to durability.
#[derive(Clone, Debug)]
pub(crate) struct Inode {
    pub(crate) node: Node,
    pub(crate) modified: std::time::SystemTime,
}

/// The disk.
#[derive(Clone, Debug)]
pub(crate) struct Tree {
    pub(crate) inodes: BTreeMap<Ino, Inode>,
    next: Ino,
    number: u64,
}

impl Tree {
    pub(crate) fn new() -> Self {
        let mut tree = Tree { inodes: BTreeMap::new(), next: ROOT, number: 1 };
        tree.add(Node::Folder(Folder::default()));
        tree
    }

    fn add(&mut self, node: Node) -> Ino {
        let ino = self.next;
        self.next += 1;
        self.inodes.insert(ino, Inode { node, modified: std::time::SystemTime::now() });
        ino
    }

    pub(crate) fn folder(&self, ino: Ino) -> Option<&Folder> {
        match &self.inodes.get(&ino)?.node {
            Node::Folder(folder) => Some(folder),
            Node::File(_) => None,
        }
    }

    pub(crate) fn file(&mut self, ino: Ino) -> Option<&mut File> {
        match &mut self.inodes.get_mut(&ino)?.node {
            Node::File(file) => Some(file),
            Node::Folder(_) => None,
        }
    }

    pub(crate) fn find(&self, folder: Ino, name: &OsStr) -> Option<Ino> {
        self.folder(folder)?.now.get(name).copied()
    }

    fn change(&mut self, ino: Ino, set: Option<(OsString, Ino)>, removed: Option<OsString>) {
        self.number += 1;
        let change = NameChange { number: self.number, set, removed };
        if let Some(Inode { node: Node::Folder(folder), .. }) = self.inodes.get_mut(&ino) {
            change.apply(&mut folder.now);
            folder.pending.push(change);
        }
    }

    /// Makes a file or folder.
    pub(crate) fn make(&mut self, folder: Ino, name: &OsStr, node: Node) -> Ino {
        let ino = self.add(node);
        self.change(folder, Some((name.to_owned(), ino)), None);
        ino
    }

    /// Gives what is there a further name.
    pub(crate) fn link(&mut self, ino: Ino, folder: Ino, name: &OsStr) {
        self.change(folder, Some((name.to_owned(), ino)), None);
    }

    /// Takes a name away.
    pub(crate) fn unlink(&mut self, folder: Ino, name: &OsStr) {
        self.change(folder, None, Some(name.to_owned()));
    }

    /// Gives another name in the same folder; whatever had it is replaced.
    pub(crate) fn rename(&mut self, folder: Ino, from: &OsStr, to: &OsStr) {
        if let Some(ino) = self.find(folder, from)
            && from != to
        {
            self.change(folder, Some((to.to_owned(), ino)), Some(from.to_owned()));
        }
    }

    /// fsync of a file, or of a folder: its names, not what is in the folders in it.
    pub(crate) fn sync(&mut self, ino: Ino) {
        match self.inodes.get_mut(&ino).map(|inode| &mut inode.node) {
            Some(Node::File(file)) => file.sync(),
            Some(Node::Folder(folder)) => {
                for change in std::mem::take(&mut folder.pending) {
                    change.apply(&mut folder.durable);
                }
            }
            None => {}
        }
    }

    /// The power went and is back. Either the disk had come to a moment in the order of all changes of names, as a
    /// journal would have it, or each change was done, was not done, or (a rename) left both names.
    pub(crate) fn power_cycle(&mut self, random: &mut Random) {
        let first = self.folders().flat_map(|folder| &folder.pending).map(|change| change.number).min();
        let first = first.unwrap_or(self.number);
        let reached = (!random.once_in(3)).then(|| first - 1 + random.below(self.number + 2 - first));
        for inode in self.inodes.values_mut() {
            match &mut inode.node {
                Node::File(file) => file.power_cycle(random),
                Node::Folder(folder) => {
                    for mut change in std::mem::take(&mut folder.pending) {
                        let fate = match reached {
                            Some(reached) => 2 * u64::from(change.number <= reached),
                            None => random.below(3),
                        };
                        match fate {
                            0 => {}
                            1 if change.set.is_some() => {
                                change.removed = None;
                                change.apply(&mut folder.durable);
                            }
                            _ => change.apply(&mut folder.durable),
                        }
                    }
                    folder.now.clone_from(&folder.durable);
                }
            }
        }
        self.sweep();
    }

    fn folders(&self) -> impl Iterator<Item = &Folder> {
        self.inodes.values().filter_map(|inode| match &inode.node {
            Node::Folder(folder) => Some(folder),
            Node::File(_) => None,
        })
    }

    /// Forgets what has no name any more.
    fn sweep(&mut self) {
        let mut named = std::collections::BTreeSet::from([ROOT]);
        let mut folders = vec![ROOT];
        while let Some(folder) = folders.pop() {
            for ino in self.folder(folder).into_iter().flat_map(|folder| folder.now.values()) {
                if named.insert(*ino) && self.folder(*ino).is_some() {
                    folders.push(*ino);
                }
            }
        }
        self.inodes.retain(|ino, _| named.contains(ino));
    }

    /// Every file by its path, for looking at.
    pub(crate) fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut found = BTreeMap::new();
        let mut folders = vec![(String::new(), ROOT)];
        while let Some((path, ino)) = folders.pop() {
            for (name, ino) in self.folder(ino).into_iter().flat_map(|folder| &folder.now) {
                let path = format!("{path}{}", name.to_string_lossy());
                match &self.inodes[ino].node {
                    Node::File(file) => drop(found.insert(path, file.now().to_vec())),
                    Node::Folder(_) => folders.push((format!("{path}/"), *ino)),
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> &OsStr {
        OsStr::new(text)
    }

    /// What the disk holds after a file was replaced in the usual way, with these syncs.
    fn after(seed: u64, sync_file: bool, sync_folder: bool) -> Option<Vec<u8>> {
        let mut tree = Tree::new();
        let old = tree.make(ROOT, name("a"), Node::File(File::default()));
        tree.file(old).unwrap().write(0, b"old");
        tree.sync(old);
        tree.sync(ROOT);
        let new = tree.make(ROOT, name("a.new"), Node::File(File::default()));
        tree.file(new).unwrap().write(0, b"new");
        if sync_file {
            tree.sync(new);
        }
        tree.rename(ROOT, name("a.new"), name("a"));
        if sync_folder {
            tree.sync(ROOT);
        }
        assert_eq!(tree.files()["a"], b"new");
        tree.power_cycle(&mut Random::new(seed));
        tree.files().remove("a")
    }

    #[test]
    fn a_replaced_file_is_old_or_new_and_new_once_its_folder_was_synced() {
        let outcomes = |file, folder| (0..100).map(|seed| after(seed, file, folder)).collect::<Vec<_>>();
        assert!(outcomes(true, true).iter().all(|a| a.as_deref() == Some(b"new")));
        let unsynced = outcomes(true, false);
        assert!(unsynced.iter().all(|a| [&b"old"[..], b"new"].contains(&a.as_deref().unwrap())));
        assert!(unsynced.contains(&Some(b"old".to_vec())) && unsynced.contains(&Some(b"new".to_vec())));
        assert!(outcomes(false, true).iter().any(|a| a.as_deref() == Some(b"")), "an empty file under the new name");
    }

    #[test]
    fn a_folder_whose_name_was_not_synced_is_gone_with_all_in_it() {
        let lost = |seed| {
            let mut tree = Tree::new();
            let folder = tree.make(ROOT, name("f"), Node::Folder(Folder::default()));
            let file = tree.make(folder, name("a"), Node::File(File::default()));
            tree.file(file).unwrap().write(0, b"one");
            tree.sync(file);
            tree.sync(folder);
            tree.power_cycle(&mut Random::new(seed));
            !tree.files().contains_key("f/a")
        };
        let times = (0..100).filter(|seed| lost(*seed)).count();
        assert!((20..80).contains(&times), "{times} of 100");
    }
}
