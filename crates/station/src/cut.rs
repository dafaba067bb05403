//! The contests of the sheets as they may be published, cut out when the polls are closed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use ballot::{Archived, Bits, Blank, Blanks, Design, contest_images};
use election::{ConstituencyId, ContestId, Definition, Digest};
use package::cuts::Cut;

use crate::station::Ground;

/// Cuts the contests out of one sheet's archived images. `None` where it cannot: then no contest of the station is
/// published, since a picture that is missing among the others would be as telling as one too many.
pub trait Cutter: Sync {
    /// `images` are the front and, where there is one, the back, as PNG.
    fn cut(&self, images: &[Vec<u8>]) -> Option<BTreeMap<ContestId, Cut>>;
}

/// Cuts by the layout of the sheets, and tells stray ink by what is drawn on an unmarked one.
pub struct SheetCutter {
    definition: Definition,
    fingerprint: Digest,
    constituencies: BTreeSet<ConstituencyId>,
    /// Drawn when the first sheet is cut: of most stations no picture is published.
    drawn: OnceLock<Option<(Design, Blanks)>>,
}

/// The resolution at which unmarked sheets are drawn, in dots an inch.
const DPI: u16 = 200;

impl SheetCutter {
    /// For a station of these constituencies.
    pub fn new(ground: &Ground, constituencies: impl IntoIterator<Item = ConstituencyId>) -> Self {
        SheetCutter {
            definition: ground.definition.clone(),
            fingerprint: ground.fingerprint,
            constituencies: constituencies.into_iter().collect(),
            drawn: OnceLock::new(),
        }
    }

    fn draw(&self) -> Option<(Design, Blanks)> {
        let design = Design::new(&self.definition, self.fingerprint).ok()?;
        let styles = self.definition.styles().into_iter();
        let here: BTreeSet<_> =
            styles.filter(|style| self.constituencies.contains(&style.constituency)).map(|style| style.id).collect();
        let mut blanks = Blanks::new();
        for layout in design.layouts.iter().filter(|layout| here.contains(&layout.style)) {
            let sheet = print::ballot_sheet(&self.definition, layout, self.fingerprint).ok()?;
            let sides: Vec<_> = (0..sheet.pages()).map(|page| sheet.gray(page, DPI)).collect::<Result<_, _>>().ok()?;
            blanks.extend([Blank::new(sides.first()?, sides.get(1), &design).ok()?]);
        }
        Some((design, blanks))
    }
}

impl Cutter for SheetCutter {
    fn cut(&self, images: &[Vec<u8>]) -> Option<BTreeMap<ContestId, Cut>> {
        let (design, blanks) = self.drawn.get_or_init(|| self.draw()).as_ref()?;
        let archived = Archived {
            front: Bits::from_png(images.first()?).ok()?,
            back: images.get(1).map(|png| Bits::from_png(png)).transpose().ok()?,
        };
        let mut cuts: BTreeMap<ContestId, Cut> = BTreeMap::new();
        for image in contest_images(&archived, design, blanks).ok()? {
            let cut = cuts.entry(image.contest).or_insert(Cut { pictures: Vec::new(), stray: 0 });
            cut.pictures.push(image.pixels.to_png());
            cut.stray = cut.stray.saturating_add(image.stray);
        }
        Some(cuts)
    }
}
