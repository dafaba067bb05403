//! The slip: the printed report of one station, which proves itself by the signed
//! figures in its QR codes.

use election::{Digest, Lang, Mode, Text};
use serde::Serialize;

use crate::desk::{Template, set};
use crate::qr::{ECL, qr};
use crate::{DrawError, Drawn};

/// What the slip is printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Paper {
    /// A4 pages, 210 × 297 mm.
    A4,
    /// A roll 80 mm wide of which 72 mm print (576 dots at 8 dots a millimetre); one page, as long as it must be.
    Roll80,
}

/// When it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SlipKind {
    /// Before the first ballot: every figure is zero.
    Zero,
    /// After the close.
    Results,
}

/// The account of the ballots of a station: `received = used + spoiled + unused`,
/// `used = cast + unread`, `cast = valid + blank + invalid`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccountView {
    /// Voters registered, or ballots delivered where there is no list of voters.
    pub registered: u32,
    /// Voters counted by a verification device, where there is one.
    pub checked_in: Option<u32>,
    /// Ballots delivered to the station.
    pub received: u32,
    /// Ballots found in the box.
    pub used: u32,
    /// Ballots spoilt by voters and replaced.
    pub spoiled: u32,
    /// Ballots never given out.
    pub unused: u32,
    /// Ballots read.
    pub cast: u32,
    /// Valid ones.
    pub valid: u32,
    /// Blank ones.
    pub blank: u32,
    /// Invalid ones.
    pub invalid: u32,
    /// Ballots in the box that could not be read.
    pub unread: u32,
}

/// A candidate with personal votes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CandidateLine {
    /// The number within the list.
    pub number: u16,
    /// The name; where all are empty, only number and votes are printed, several on a line.
    pub name: Text,
    /// Personal votes.
    pub votes: u32,
}

/// A list (or a candidate, in a contest without lists) and its votes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListLine {
    /// The number on the ballot.
    pub number: u16,
    /// The name.
    pub name: Text,
    /// Votes; a line with none is only named by its number, in the last line of the contest.
    pub votes: u32,
    /// Candidates with personal votes, in the order to print; those without any are left out by the slip.
    pub candidates: Vec<CandidateLine>,
}

/// One contest at the station.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContestView {
    /// Its title.
    pub title: Text,
    /// Ballots cast in it.
    pub ballots: u32,
    /// Valid ones.
    pub valid: u32,
    /// Blank ones.
    pub blank: u32,
    /// Invalid ones.
    pub invalid: u32,
    /// Its lists or candidates, in the order to print.
    pub lines: Vec<ListLine>,
}

/// Everything a slip says; the caller has chosen all names and counted all figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlipView {
    /// The paper.
    pub paper: Paper,
    /// Zero report or results.
    pub kind: SlipKind,
    /// The languages, the first one first; at least one.
    pub languages: Vec<Lang>,
    /// Official, rehearsal or demo; the last two are printed across every page.
    pub mode: Mode,
    /// The election.
    pub election: Text,
    /// The day of the vote.
    pub date: jiff::civil::Date,
    /// The round, from 1.
    pub round: u8,
    /// The station's id.
    pub station: String,
    /// Its name or address.
    pub station_name: Text,
    /// The polling centre's id.
    pub centre: String,
    /// The office's name.
    pub office: Text,
    /// The device's id.
    pub device: String,
    /// The generation of the count on this device.
    pub generation: u16,
    /// When the count was closed (or the zero report made), as written on the slip; local time.
    pub printed_at: String,
    /// Which copy this is, from 1; 0 for the one that is kept in the package.
    pub copy: u16,
    /// The account of ballots.
    pub account: AccountView,
    /// Was the station closed although its account does not hold? Its slip must not look as if it did.
    pub account_differs: bool,
    /// The contests.
    pub contests: Vec<ContestView>,
    /// The texts of the QR codes, in order, each at most about 1,100 bytes.
    pub codes: Vec<String>,
    /// The election fingerprint.
    pub fingerprint: Digest,
    /// The build of the software on the device.
    pub build: String,
    /// Boxes for the names and signatures of party agents and observers.
    pub agents: u8,
}

#[derive(Serialize)]
struct Code {
    file: String,
    modules: usize,
}

#[derive(Serialize)]
struct Data<'a> {
    paper: Paper,
    kind: SlipKind,
    languages: &'a [Lang],
    mode: Mode,
    election: &'a Text,
    date: String,
    round: u8,
    station: &'a str,
    station_name: &'a Text,
    centre: &'a str,
    office: &'a Text,
    device: &'a str,
    generation: u16,
    printed_at: &'a str,
    copy: u16,
    account: &'a AccountView,
    account_differs: bool,
    contests: &'a [ContestView],
    codes: Vec<Code>,
    fingerprint: String,
    build: &'a str,
    agents: u8,
}

/// Draws a slip.
///
/// # Errors
/// A QR text that is too long; a document that cannot be set.
pub fn slip(view: &SlipView) -> Result<Drawn, DrawError> {
    let mut codes = Vec::new();
    let mut pictures = Vec::new();
    for (index, text) in view.codes.iter().enumerate() {
        let picture = qr(text, ECL::M)?;
        let file = format!("code{index}.svg");
        codes.push(Code { file: file.clone(), modules: picture.modules });
        pictures.push((file, picture.svg));
    }
    let data = Data {
        paper: view.paper,
        kind: view.kind,
        languages: if view.languages.is_empty() { &[Lang::En] } else { &view.languages },
        mode: view.mode,
        election: &view.election,
        date: view.date.to_string(),
        round: view.round,
        station: &view.station,
        station_name: &view.station_name,
        centre: &view.centre,
        office: &view.office,
        device: &view.device,
        generation: view.generation,
        printed_at: &view.printed_at,
        copy: view.copy,
        account: &view.account,
        account_differs: view.account_differs,
        contests: &view.contests,
        codes,
        fingerprint: view.fingerprint.hex(),
        build: &view.build,
        agents: view.agents,
    };
    set(&Template { source: include_str!("../templates/slip.typ") }, &data, pictures, view.date)
}
