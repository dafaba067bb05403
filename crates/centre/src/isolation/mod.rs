//! What the kernel shows of this machine's ways to others, read below a folder that stands for `/`.
//!
//! Nothing here opens a socket or asks a service: all is text of `/sys` and `/proc`. What cannot be read or understood is told with its
//! file, and is a reason to stop: it might be what is looked for.

mod interfaces;
mod routes;
mod sockets;

use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};

use record::register::isolation::Sighting;

/// The longest file that is read, in bytes.
const MOST_BYTES: u64 = 4 << 20;
/// So many of a kind go into a leaf. No isolated machine has more, and what has is not understood.
const MOST_SEEN: usize = 64;
/// The most entries of a folder that are looked at.
const MOST_ENTRIES: usize = 4096;

/// Why a file says nothing.
const UNREADABLE: &str = "cannot be read";
const TOO_LONG: &str = "is longer than what is read";
const STRANGE: &str = "is not as the kernel writes it";
const TOO_MANY: &str = "are more than a leaf holds";

/// Files that are there as long as the kernel has IPv6 at all.
const IPV6: [&str; 5] = ["proc/net/if_inet6", "proc/net/ipv6_route", "proc/net/tcp6", "proc/net/udp6", "proc/net/raw6"];

/// What is up, as the kernel below `root` shows it: `/`, or a folder that looks like it.
pub fn look(root: &Path) -> Sighting {
    let mut looking = Looking { root, seen: Sighting::default() };
    interfaces::look(&mut looking);
    // A kernel without IPv6 has none of these; one that lacks some hides something.
    let has_ipv6 = IPV6.iter().any(|file| !is_missing(&root.join(file)));
    routes::look(&mut looking, has_ipv6);
    sockets::look(&mut looking, has_ipv6);
    looking.finish()
}

/// Is it known not to be there?
fn is_missing(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound)
}

/// A look that is under way.
struct Looking<'a> {
    root: &'a Path,
    seen: Sighting,
}

impl Looking<'_> {
    fn path(&self, file: &str) -> PathBuf {
        self.root.join(file)
    }

    fn unread(&mut self, file: &str, why: &str) {
        self.seen.unread.insert(format!("{}: {why}", shown(file)));
    }

    /// A file as the kernel gives it, without what is to be said if it gives none.
    fn read(&self, file: &str) -> Result<String, &'static str> {
        let opened = std::fs::File::open(self.path(file)).map_err(|_| UNREADABLE)?;
        let mut bytes = Vec::new();
        opened.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(|_| UNREADABLE)?;
        if bytes.len() as u64 > MOST_BYTES {
            return Err(TOO_LONG);
        }
        String::from_utf8(bytes).map_err(|_| STRANGE)
    }

    /// What `parse` makes of a file; it is told where there is no file, or `parse` makes nothing of it.
    fn parsed<T>(&mut self, file: &str, parse: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        match self.read(file).and_then(|text| parse(&text).ok_or(STRANGE)) {
            Ok(value) => Some(value),
            Err(why) => {
                self.unread(file, why);
                None
            }
        }
    }

    /// The names in a folder; those that are no text are told.
    fn names(&mut self, folder: &str) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(self.path(folder)) else {
            self.unread(folder, UNREADABLE);
            return Vec::new();
        };
        let mut names = Vec::new();
        for (place, entry) in entries.enumerate() {
            match entry.map(|entry| entry.file_name().into_string()) {
                _ if place >= MOST_ENTRIES => {
                    self.unread(folder, TOO_MANY);
                    break;
                }
                Ok(Ok(name)) => names.push(name),
                Ok(Err(name)) => self.unread(&format!("{folder}/{}", name.to_string_lossy()), STRANGE),
                Err(_) => self.unread(folder, UNREADABLE),
            }
        }
        names
    }

    /// What was seen, no more of it than a leaf holds; what is left out is told.
    fn finish(mut self) -> Sighting {
        let seen = &mut self.seen;
        let many = [
            ("interfaces", cut(&mut seen.up)),
            ("radios", cut(&mut seen.radios)),
            ("sockets", cut(&mut seen.listening)),
            ("files", cut(&mut seen.unread)),
            ("routes", seen.routes.len() > MOST_SEEN),
        ];
        while seen.routes.len() > MOST_SEEN {
            seen.routes.pop_last();
        }
        for (what, _) in many.iter().filter(|(_, is_cut)| *is_cut) {
            self.unread(what, TOO_MANY);
        }
        self.seen
    }
}

/// Leaves so many as a leaf holds; whether there were more.
fn cut<T: Ord>(found: &mut BTreeSet<T>) -> bool {
    let is_cut = found.len() > MOST_SEEN;
    while found.len() > MOST_SEEN {
        found.pop_last();
    }
    is_cut
}

/// A name of the kernel's as it is told: escaped, and no longer than such a name is.
fn shown(name: &str) -> String {
    name.escape_debug().take(80).collect()
}

/// A whole number in hexadecimal, of so many digits at most.
fn hex(text: &str, most: usize) -> Option<u32> {
    let good = (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_hexdigit());
    good.then(|| u32::from_str_radix(text, 16).ok()).flatten()
}

#[cfg(test)]
mod tests;
