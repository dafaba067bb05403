//! Everything that somebody could look at, as one number for each ballot in the order of casting.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use crate::polls::Ballot;

/// What is looked at, and the values it has, ballot by ballot in the order of casting; not all ballots need have one.
pub type Seen = BTreeMap<String, Vec<f64>>;

/// The place of each ballot in the order of casting.
pub struct Casting(BTreeMap<u64, usize>);

impl Casting {
    /// The order of these ballots.
    pub fn of(ballots: &[Ballot]) -> Self {
        Casting(ballots.iter().zip(0..).map(|(ballot, place)| (ballot.0, place)).collect())
    }

    /// Adds what was seen of some ballots, whatever order it came in.
    pub fn add(&self, seen: &mut Seen, what: &str, values: impl IntoIterator<Item = (Ballot, f64)>) {
        let mut placed: Vec<(usize, f64)> =
            values.into_iter().map(|(ballot, value)| (self.0[&ballot.0], value)).collect();
        placed.sort_by_key(|(place, _)| *place);
        let before = seen.insert(what.to_owned(), placed.into_iter().map(|(_, value)| value).collect());
        assert!(before.is_none(), "{what} is looked at once");
    }

    /// All that a folder tells of files that are each of one ballot: names, sizes, times, inodes, their order in the folder.
    pub fn add_folder(&self, seen: &mut Seen, what: &str, folder: &Path, of: &dyn Fn(&[u8]) -> Option<Ballot>) {
        // The order in which the system lists the folder, and the order of names.
        let listed: Vec<PathBuf> =
            fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
        let mut named = listed.clone();
        named.sort();
        let names: BTreeMap<&PathBuf, usize> = named.iter().zip(0..).collect();
        let files: Vec<(Ballot, usize, &PathBuf, Metadata)> = listed
            .iter()
            .enumerate()
            .filter_map(|(place, path)| {
                let ballot = of(&fs::read(path).expect("a file"))?;
                Some((ballot, place, path, fs::metadata(path).expect("a file")))
            })
            .collect();
        assert_eq!(files.len(), self.0.len(), "every ballot is found in {}", folder.display());
        let time = |seconds: i64, nanoseconds: i64| seconds as f64 * 1e9 + nanoseconds as f64;
        type Look<'a> = &'a dyn Fn(&(Ballot, usize, &PathBuf, Metadata)) -> f64;
        let looks: [(&str, Look<'_>); 9] = [
            ("place in the folder", &|(_, place, ..)| *place as f64),
            ("name", &|(_, _, path, _)| names[path] as f64),
            ("size", &|(.., meta)| meta.len() as f64),
            ("blocks", &|(.., meta)| meta.blocks() as f64),
            ("inode", &|(.., meta)| meta.ino() as f64),
            ("mtime", &|(.., meta)| time(meta.mtime(), meta.mtime_nsec())),
            ("atime", &|(.., meta)| time(meta.atime(), meta.atime_nsec())),
            ("ctime", &|(.., meta)| time(meta.ctime(), meta.ctime_nsec())),
            ("birth", &|(.., meta)| {
                let birth = meta.created().ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
                birth.map_or(0.0, |birth| birth.as_nanos() as f64)
            }),
        ];
        for (name, look) in looks {
            self.add(seen, &format!("{what}: {name}"), files.iter().map(|file| (file.0, look(file))));
        }
    }
}
