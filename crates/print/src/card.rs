//! A commissioner's card: one printed share of the centre's identity.

use election::{Digest, Lang, Mode, Text};
use serde::Serialize;

use crate::desk::{Template, set};
use crate::qr::{ECL, qr};
use crate::{DrawError, Drawn};

/// What a key-share card says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardView {
    /// The languages, the first one first.
    pub languages: Vec<Lang>,
    /// Official, rehearsal or demo.
    pub mode: Mode,
    /// The election.
    pub election: Text,
    /// The day the shares were made.
    pub date: jiff::civil::Date,
    /// Who holds the card.
    pub holder: Text,
    /// Which share this is, from 1.
    pub number: u8,
    /// How many shares open the identity.
    pub threshold: u8,
    /// How many shares there are.
    pub shares: u8,
    /// The share, as it is typed in where no camera is at hand; also the text of the QR code.
    pub share: String,
    /// The commitment to the share, published in leaf 0.
    pub commitment: String,
    /// The election fingerprint.
    pub fingerprint: Digest,
}

#[derive(Serialize)]
struct Data<'a> {
    languages: &'a [Lang],
    mode: Mode,
    election: &'a Text,
    date: String,
    holder: &'a Text,
    number: u8,
    threshold: u8,
    shares: u8,
    share: &'a str,
    commitment: &'a str,
    fingerprint: String,
    modules: usize,
}

/// Draws a card on an A5 page, to be folded so that the share lies inside.
///
/// # Errors
/// A share too long for a QR code; a document that cannot be set.
pub fn card(view: &CardView) -> Result<Drawn, DrawError> {
    let picture = qr(&view.share, ECL::M)?;
    let data = Data {
        languages: if view.languages.is_empty() { &[Lang::En] } else { &view.languages },
        mode: view.mode,
        election: &view.election,
        date: view.date.to_string(),
        holder: &view.holder,
        number: view.number,
        threshold: view.threshold,
        shares: view.shares,
        share: &view.share,
        commitment: &view.commitment,
        fingerprint: view.fingerprint.hex(),
        modules: picture.modules,
    };
    let pictures = vec![("share.svg".to_owned(), picture.svg)];
    set(&Template { source: include_str!("../templates/card.typ") }, &data, pictures, view.date)
}
