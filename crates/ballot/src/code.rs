//! What the QR code of a side says: which election, style, sheet and side it
//! is. Never which ballot: no two ballots of a style differ.

use std::fmt;
use std::str::FromStr;

use election::{Digest, Mode, StyleId};

/// What every code starts with; the digit is the version of the sheet's design.
pub const PREFIX: &str = "SANADB1:";

/// How many bytes of the election's fingerprint the code holds: enough that nobody can make another
/// election with the same ones (2^64 hashes for a pair, 2^128 for a given one).
pub const FINGERPRINT_BYTES: usize = 16;

/// The front or the back of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The front.
    Front,
    /// The back.
    Back,
}

/// What the QR code of a side says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetCode {
    /// The first bytes of the election's fingerprint.
    pub fingerprint: [u8; FINGERPRINT_BYTES],
    /// The style.
    pub style: StyleId,
    /// What the sheet was printed for.
    pub mode: Mode,
    /// The sheet, from 1.
    pub sheet: u8,
    /// The side.
    pub side: Side,
}

/// The text is not a sheet code of this version.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the code of a ballot sheet: {0} is wrong")]
pub struct SheetCodeError(pub &'static str);

impl SheetCode {
    /// The code of one side of an election's sheet.
    pub fn new(fingerprint: &Digest, style: StyleId, mode: Mode, sheet: u8, side: Side) -> Self {
        let mut first = [0; FINGERPRINT_BYTES];
        first.copy_from_slice(&fingerprint.0[..FINGERPRINT_BYTES]);
        SheetCode { fingerprint: first, style, mode, sheet, side }
    }

    /// The text in the QR code: `SANADB1:FINGERPRINT:STYLE:O|R|D:SHEET:F|B`, in the alphanumeric set of
    /// ISO/IEC 18004 (5.5 bits a letter), so upper case and `_` as `.`. At most 90 letters:
    /// version 6 at level Q.
    pub fn to_text(&self) -> String {
        let mode = match self.mode {
            Mode::Official => 'O',
            Mode::Rehearsal => 'R',
            Mode::Demo => 'D',
        };
        let side = match self.side {
            Side::Front => 'F',
            Side::Back => 'B',
        };
        let fingerprint = hex::encode_upper(self.fingerprint);
        let style = self.style.as_str().to_ascii_uppercase().replace('_', ".");
        format!("{PREFIX}{fingerprint}:{style}:{mode}:{}:{side}", self.sheet)
    }

    /// Reads [`Self::to_text`]; one text for one code, nothing else is taken.
    pub fn parse(text: &str) -> Result<Self, SheetCodeError> {
        let rest = text.strip_prefix(PREFIX).ok_or(SheetCodeError("the prefix"))?;
        let parts: Vec<&str> = rest.splitn(6, ':').collect();
        let [fingerprint, style, mode, sheet, side] = parts[..] else {
            return Err(SheetCodeError("the number of parts"));
        };
        let mut bytes = [0; FINGERPRINT_BYTES];
        hex::decode_to_slice(fingerprint, &mut bytes).map_err(|_| SheetCodeError("the fingerprint"))?;
        let code = SheetCode {
            fingerprint: bytes,
            style: style.to_ascii_lowercase().replace('.', "_").parse().map_err(|_| SheetCodeError("the style"))?,
            mode: match mode {
                "O" => Mode::Official,
                "R" => Mode::Rehearsal,
                "D" => Mode::Demo,
                _ => return Err(SheetCodeError("the mode")),
            },
            sheet: sheet.parse().map_err(|_| SheetCodeError("the sheet"))?,
            side: match side {
                "F" => Side::Front,
                "B" => Side::Back,
                _ => return Err(SheetCodeError("the side")),
            },
        };
        if code.to_text() == text { Ok(code) } else { Err(SheetCodeError("the spelling")) }
    }
}

impl fmt::Display for SheetCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text())
    }
}

impl FromStr for SheetCode {
    type Err = SheetCodeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        SheetCode::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_code_reads_as_it_is_written(bytes: [u8; 16], style in "[a-z0-9][a-z0-9_]{0,39}", sheet: u8) {
            let mut digest = Digest([7; 32]);
            digest.0[..16].copy_from_slice(&bytes);
            for mode in [Mode::Official, Mode::Rehearsal, Mode::Demo] {
                for side in [Side::Front, Side::Back] {
                    let code = SheetCode::new(&digest, style.parse().unwrap(), mode, sheet, side);
                    let text = code.to_text();
                    prop_assert!(text.len() <= 90, "{text}");
                    prop_assert!(text.bytes().all(|b| b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ.:".contains(&b)));
                    prop_assert_eq!(SheetCode::parse(&text), Ok(code));
                }
            }
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,100}") {
            let _ = SheetCode::parse(&text);
            let _ = SheetCode::parse(&format!("{PREFIX}{text}"));
        }
    }

    #[test]
    fn a_code_has_one_spelling() {
        let good = format!("SANADB1:{}:BAGHDAD:D:1:F", "0A".repeat(16));
        assert_eq!(SheetCode::parse(&good).unwrap().to_text(), good);
        for (wrong, part) in [
            (good.replace("SANADB1", "SANADB2"), "the prefix"),
            (good.replace("0A", "0a"), "the spelling"),
            (good.replace(":1:", ":01:"), "the spelling"),
            (good.replace(":1:", ":256:"), "the sheet"),
            (good.replace(":D:", ":X:"), "the mode"),
            (good.replace(":F", ":f"), "the side"),
            (format!("{good}:SERIAL7"), "the number of parts"),
            (good.replace("BAGHDAD", ""), "the style"),
            (good.replace("0A", ""), "the fingerprint"),
        ] {
            assert_eq!(SheetCode::parse(&wrong), Err(SheetCodeError(part)), "{wrong}");
        }
    }
}
