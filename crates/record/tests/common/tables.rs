//! Tables of `results/`, read back.

use sanad_record::results::Files;

/// The rows of a table of `results/`, without the header.
pub fn rows(files: &Files, name: &str) -> Vec<Vec<String>> {
    let text = std::str::from_utf8(&files[name]).unwrap().trim_start_matches('\u{feff}');
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}
