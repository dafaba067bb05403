//! The tables of a definition and their columns.

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An id, a number, a word, a date, a digest or a key: digits of any script are folded to 0-9.
    Plain,
    /// Words for people, kept as they are.
    Text,
    /// As `Text`; the column may be missing where the election does not speak the language.
    Name,
}

/// A table: its file and columns in canonical order.
#[derive(Debug)]
pub(crate) struct Sheet {
    /// Path inside the folder.
    pub file: &'static str,
    /// May the file be missing?
    pub optional: bool,
    /// The columns.
    pub columns: &'static [(&'static str, Kind)],
}

macro_rules! columns {
    ($($plain:ident)* $(; $($text:ident)* $(; $($name:ident)*)?)?) => {
        &[$((stringify!($plain), Kind::Plain),)*
          $($((stringify!($text), Kind::Text),)* $($((stringify!($name), Kind::Name),)*)?)?]
    };
}

const fn sheet_of(file: &'static str, optional: bool, columns: &'static [(&'static str, Kind)]) -> Sheet {
    Sheet { file, optional, columns }
}

pub(crate) static CONSTITUENCIES: Sheet =
    sheet_of("constituencies.csv", false, columns!(constituency;; name_ar name_ckb name_en));
pub(crate) static OFFICES: Sheet = sheet_of("offices.csv", false, columns!(office;; name_ar name_ckb name_en));
pub(crate) static STATIONS: Sheet = sheet_of(
    "stations.csv",
    false,
    columns!(station centre office constituencies kind register registered source count_with;;
             name_ar name_ckb name_en),
);
pub(crate) static REGISTRATIONS: Sheet = sheet_of("registrations.csv", true, columns!(station source registered));
pub(crate) static SOURCES: Sheet = sheet_of(
    "sources.csv",
    false,
    &[
        ("source", Kind::Plain),
        ("body", Kind::Text),
        ("number", Kind::Text),
        ("date", Kind::Plain),
        ("sha256", Kind::Plain),
    ],
);
pub(crate) static CONTESTS: Sheet = sheet_of(
    "contests.csv",
    false,
    columns!(contest constituency kind vote_for seats sheet;; name_ar name_ckb name_en),
);
pub(crate) static RESERVED: Sheet =
    sheet_of("reserved.csv", true, columns!(contest community seats;; name_ar name_ckb name_en));
pub(crate) static LISTS: Sheet =
    sheet_of("lists.csv", true, columns!(list contest number party reserved;; name_ar name_ckb name_en));
pub(crate) static CANDIDATES: Sheet = sheet_of(
    "candidates.csv",
    false,
    columns!(candidate contest list number gender withdrawn;; name_ar name_ckb name_en),
);
pub(crate) static PARTIES: Sheet = sheet_of("parties.csv", true, columns!(party;; name_ar name_ckb name_en));
pub(crate) static PEOPLE: Sheet =
    sheet_of("people.csv", false, columns!(person role party office;; name_ar name_ckb name_en));
pub(crate) static WITNESSES: Sheet =
    sheet_of("witnesses.csv", false, columns!(witness group;; name_ar name_ckb name_en));

pub(crate) static KEYS_DEVICES: Sheet = sheet_of("keys/devices.csv", true, columns!(device station key));
pub(crate) static KEYS_PEOPLE: Sheet = sheet_of("keys/people.csv", true, columns!(person key));
pub(crate) static KEYS_SERVICES: Sheet = sheet_of("keys/services.csv", true, columns!(service key));
pub(crate) static KEYS_RECIPIENTS: Sheet = sheet_of("keys/recipients.csv", true, columns!(recipient age));
pub(crate) static KEYS_WITNESSES: Sheet = sheet_of("keys/witnesses.csv", true, columns!(witness name key));
pub(crate) static KEYS_SHARES: Sheet = sheet_of("keys/shares.csv", true, columns!(person commitment));

/// Every table, in the order in which a person would read them.
pub(crate) static SHEETS: [&Sheet; 18] = [
    &CONSTITUENCIES,
    &OFFICES,
    &STATIONS,
    &REGISTRATIONS,
    &SOURCES,
    &CONTESTS,
    &RESERVED,
    &PARTIES,
    &LISTS,
    &CANDIDATES,
    &PEOPLE,
    &WITNESSES,
    &KEYS_DEVICES,
    &KEYS_PEOPLE,
    &KEYS_SERVICES,
    &KEYS_RECIPIENTS,
    &KEYS_WITNESSES,
    &KEYS_SHARES,
];

/// The table in `file`.
pub(crate) fn sheet(file: &str) -> Option<&'static Sheet> {
    SHEETS.iter().copied().find(|sheet| sheet.file == file)
}
