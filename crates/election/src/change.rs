//! The canonical form of a folder, and a folder to begin with.

use crate::report::Report;
use crate::{ELECTION_TOML, Folder, sheets, table};

/// The one canonical form: UTF-8 without BOM, line feeds, commas, quotes only where needed, columns in one order,
/// western digits in ids, numbers and dates, no blank rows. Rows stay in their order, and so do the lines and
/// comments of `election.toml`. A file that cannot be read as its table stays as it is; so does the witness policy.
pub fn fmt(folder: &Folder) -> Folder {
    let canonical = |path: &str, bytes: &[u8]| {
        if path == ELECTION_TOML {
            return lines(bytes);
        }
        let mut report = Report::default();
        let table = table::table(folder, sheets::sheet(path)?, &mut report)?;
        report.into_result(table.write(|_| true)).ok()
    };
    let files = folder.files.iter();
    let files = files.map(|(path, bytes)| (path.clone(), canonical(path, bytes).unwrap_or_else(|| bytes.clone())));
    Folder { files: files.collect() }
}

/// Text without BOM, spaces at the ends of lines and blank lines at its end, each line ended by a line feed.
fn lines(bytes: &[u8]) -> Option<Vec<u8>> {
    let text = table::utf8(ELECTION_TOML, bytes, &mut Report::default())?;
    let mut out = String::with_capacity(text.len());
    for line in text.split('\n') {
        out.push_str(line.trim_end_matches(['\r', ' ', '\t']));
        out.push('\n');
    }
    out.truncate(out.trim_end_matches('\n').len());
    out.push('\n');
    Some(out.into_bytes())
}

/// A small commented definition to start from: `examples/minimal`.
pub fn scaffold() -> Folder {
    macro_rules! files {
        ($($file:literal)*) => {
            [$(($file.to_owned(), include_bytes!(concat!("../../../examples/minimal/", $file)).to_vec()),)*]
        };
    }
    let files = files!("election.toml" "constituencies.csv" "offices.csv" "stations.csv" "sources.csv" "contests.csv"
        "candidates.csv" "people.csv" "witnesses.csv");
    Folder { files: files.into() }
}
