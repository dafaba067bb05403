//! The reference election, carried in the binary so that `sanad demo` runs from anywhere.

use election::Folder;

macro_rules! folder {
    ($root:literal: $($path:literal),* $(,)?) => {
        Folder {
            files: [$(($path, include_bytes!(concat!("../../../examples/", $root, "/", $path)).as_slice())),*]
                .into_iter()
                .map(|(path, bytes)| (path.to_owned(), bytes.to_vec()))
                .collect(),
        }
    };
}

/// `examples/iraq-2018`.
pub fn iraq_2018() -> Folder {
    folder!("iraq-2018":
        "election.toml", "constituencies.csv", "offices.csv", "stations.csv", "sources.csv", "contests.csv",
        "registrations.csv", "reserved.csv", "lists.csv", "candidates.csv", "parties.csv", "people.csv", "witnesses.csv",
    )
}
