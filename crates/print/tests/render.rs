//! Every document is drawn, looks the same twice, and says what it was given.

mod common;

use std::collections::BTreeSet;

use ballot::{Gray, layouts};
use election::{Digest, Lang, Mode, Text};
use rxing::common::HybridBinarizer;
use rxing::qrcode::QRCodeReader;
use rxing::{BinaryBitmap, DecodeHints, Luma8LuminanceSource, Reader as _};
use sanad_print::{Block, Drawn, Paper, SlipKind, SlipView, ballot_sheet, card, report, slip};

/// The text of the one QR code in a window of the page: left, top, width, height in pixels.
fn code_in(page: &Gray, [left, top, width, height]: [u32; 4]) -> Option<String> {
    let rows = (top..top + height).map(|y| (y * page.width + left) as usize);
    let pixels: Vec<u8> = rows.flat_map(|at| page.pixels[at..at + width as usize].iter().copied()).collect();
    // A code is half black; a page of text is not worth a try.
    if pixels.iter().filter(|&&pixel| pixel < 128).count() * 5 < pixels.len() {
        return None;
    }
    let hints = DecodeHints { TryHarder: Some(true), ..DecodeHints::default() };
    let source = Luma8LuminanceSource::new(pixels, width, height).unwrap();
    let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
    Some(QRCodeReader.decode_with_hints(&mut bitmap, &hints).ok()?.getText().to_owned())
}

/// The codes of a page whose columns start at `left` and are `width` pixels wide.
fn codes(page: &Gray, left: u32, width: u32) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for left in (left..=page.width - width).step_by(width as usize) {
        for top in (0..page.height.saturating_sub(width)).step_by(36) {
            found.extend(code_in(page, [left, top, width, width]));
        }
    }
    found
}

#[test]
fn a_slip_whose_account_does_not_add_up_does_not_look_as_if_it_did() {
    for paper in [Paper::A4, Paper::Roll80] {
        let whole = common::slip_view(paper, 3);
        let ink = |view: &SlipView| {
            let page = slip(view).unwrap().gray(0, 60).unwrap();
            page.pixels.iter().filter(|pixel| **pixel < 128).count()
        };
        // A box with a sentence in three languages.
        let told = SlipView { account_differs: true, ..whole.clone() };
        assert!(ink(&told) > ink(&whole), "{paper:?}");
    }
    // In the sums of the sheet stands ≠, which is among the letters that can be copied out of the document.
    let differs = |view: &SlipView| inflated(&slip(view).unwrap().pdf().unwrap()).contains("2260");
    let mut view = common::slip_view(Paper::A4, 3);
    assert!(!differs(&view));
    view.account.received += 1;
    assert!(differs(&view));
}

/// The streams of a PDF that can be inflated, one after the other.
fn inflated(pdf: &[u8]) -> String {
    use std::io::Read as _;
    let mut all = String::new();
    let starts = pdf.windows(7).enumerate().filter(|(_, w)| w == b"stream\n" || w == b"stream\r").map(|(i, _)| i + 7);
    for start in starts {
        let start = start + usize::from(pdf.get(start) == Some(&b'\n'));
        let mut bytes = Vec::new();
        let _ = flate2::read::ZlibDecoder::new(&pdf[start..]).read_to_end(&mut bytes);
        all.push_str(&String::from_utf8_lossy(&bytes));
    }
    all
}

/// Can this text be copied out of the PDF? Each letter stands in a table of glyphs to text.
fn has_letters(pdf: &str, text: &str) -> bool {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .all(|c| pdf.contains(&format!("{:04x}", c as u32)) || pdf.contains(&format!("{:04X}", c as u32)))
}

fn same_twice(draw: impl Fn() -> Drawn) -> Drawn {
    let (one, two) = (draw(), draw());
    assert_eq!(one.pdf().unwrap(), two.pdf().unwrap());
    for page in 0..one.pages() {
        assert_eq!(one.png(page, 60).unwrap(), two.png(page, 60).unwrap());
    }
    one
}

#[test]
fn the_codes_of_a_slip_are_read_from_its_picture() {
    // A4: three columns of 60 mm within margins of 15 mm.
    for (paper, left, width) in [(Paper::A4, 118, 472), (Paper::Roll80, 0, 630)] {
        let view = common::slip_view(paper, 8);
        let drawn = slip(&view).unwrap();
        let found: BTreeSet<String> =
            (0..drawn.pages()).flat_map(|page| codes(&drawn.gray(page, 200).unwrap(), left, width)).collect();
        assert_eq!(found, view.codes.iter().cloned().collect(), "{paper:?}");
    }
}

#[test]
fn a_picture_of_a_slip_shows_every_page() {
    let view = common::slip_view(Paper::A4, 200);
    let drawn = slip(&view).unwrap();
    assert!(drawn.pages() > 1, "{} page", drawn.pages());
    let whole = drawn.whole(100).unwrap();
    let pages: Vec<_> = (0..drawn.pages()).map(|page| drawn.gray(page, 100).unwrap()).collect();
    assert_eq!(whole.height, pages.iter().map(|page| page.height).sum::<u32>());
    let rows: Vec<&[u8]> = pages.iter().flat_map(|page| page.pixels.chunks(page.width as usize)).collect();
    assert!(whole.pixels.chunks(whole.width as usize).eq(rows), "one below the other");
    let picture = ballot::decode(&drawn.whole_png(100).unwrap()).unwrap();
    assert_eq!((picture.width, picture.height), (whole.width, whole.height));
    assert_eq!(election::Coded::code(&drawn.whole(1_200).unwrap_err()), "print.raster");
}

#[test]
fn slips_are_drawn_alike_twice_in_every_kind() {
    for paper in [Paper::A4, Paper::Roll80] {
        let drawn = same_twice(|| slip(&common::slip_view(paper, 6)).unwrap());
        assert!(drawn.pages() >= 1);
        let pdf = drawn.pdf().unwrap();
        let whole = String::from_utf8_lossy(&pdf);
        assert!(whole.contains("pdfaid:part") && whole.contains("pdfuaid:part"), "PDF/A and PDF/UA say so");
        assert!(whole.contains("تقرير نتائج المحطة"), "the title is in the metadata");
        let text = inflated(&pdf);
        assert!(has_letters(&text, "كتلة المدينة المفتوحة"), "Arabic text can be copied");
        assert!(has_letters(&text, "بلۆکی شاری کراوە"), "Kurdish text can be copied");
    }
}

#[test]
fn a_slip_survives_empty_hostile_and_long_words() {
    let mut view = common::slip_view(Paper::A4, 3);
    view.kind = SlipKind::Zero;
    view.mode = Mode::Official;
    view.languages = vec![Lang::En];
    view.codes.clear();
    view.station_name = Text::default();
    view.contests[0].lines[0].name.en = "#panic(\"code\") $x$ *bold* \u{202e}evil\u{0} 😀".into();
    view.contests[0].lines[1].name.en = "W".repeat(400);
    view.contests[0].lines[2].votes = 0;
    assert!(slip(&view).unwrap().pdf().is_ok());
    view.languages.clear();
    view.contests.clear();
    assert!(slip(&view).unwrap().pdf().is_ok());
}

#[test]
fn sheets_are_where_the_layout_has_them() {
    for (lists, candidates, languages) in
        [(8, 12, Lang::ALL.to_vec()), (45, 60, vec![Lang::Ckb, Lang::Ar]), (60, 100, vec![Lang::En])]
    {
        let definition = common::definition(lists, candidates, languages);
        let layout = &layouts(&definition).unwrap()[0];
        let draw = || ballot_sheet(&definition, layout, Digest::of(b"root")).unwrap();
        let drawn = if lists == 8 { same_twice(draw) } else { draw() };
        assert_eq!(drawn.pages(), layout.sides().count());
        for (page, side) in layout.sides().enumerate() {
            let gray = drawn.gray(page, 200).unwrap();
            assert_eq!((gray.width, gray.height), (1654, 2339));
            let at = |x: u32, y: u32| gray.pixels[(y * 200 / 25_400 * gray.width + x * 200 / 25_400) as usize];
            for mark in &side.timing_marks {
                let (x, y) = mark.centre();
                assert!(at(x, y) < 30, "timing mark at {x} {y}");
                assert!(at(x, mark.bottom() + 600) > 225 && at(x, mark.y - 600) > 225, "white round {x} {y}");
            }
            for bubble in &side.bubbles {
                let (x, y) = bubble.oval.centre();
                assert!(at(x, y) > 240, "{:?} is empty", bubble.option);
                assert!(
                    at(bubble.oval.x + 130, y) < 200 && at(bubble.oval.right() - 130, y) < 200,
                    "its outline is there"
                );
                // No ink within a millimetre of it.
                for beyond in [bubble.oval.x - 700, bubble.oval.right() + 700] {
                    assert!(at(beyond, y) > 240, "white beside {:?}", bubble.option);
                }
            }
            let pixels = |um: u32| um * 200 / 25_400;
            let (left, top, size) =
                (pixels(side.qr.x - 2_400), pixels(side.qr.y - 2_400), pixels(side.qr.width + 4_800));
            let text = code_in(&gray, [left, top, size, size]).expect("a code");
            assert!(text.parse::<ballot::SheetCode>().is_ok(), "{text}");
        }
    }
}

#[test]
fn a_layout_of_another_definition_is_refused() {
    let definition = common::definition(8, 12, vec![Lang::En]);
    let layout = &layouts(&definition).unwrap()[0];
    let other = common::definition(7, 12, vec![Lang::En]);
    let refused = ballot_sheet(&other, layout, Digest::of(b"root")).unwrap_err();
    assert_eq!(election::Coded::code(&refused), "print.layout");
}

#[test]
fn reports_and_cards_are_drawn() {
    for language in Lang::ALL {
        let view = common::report_view(language);
        let drawn = same_twice(|| report(&view).unwrap());
        let pdf = inflated(&drawn.pdf().unwrap());
        assert!(has_letters(&pdf, &view.issuer));
        for block in &view.blocks {
            if let Block::Figure { name, value, except, exceptions } = block {
                assert!(has_letters(&pdf, &format!("{name}{value}{except}{}", exceptions.concat())));
            }
        }
    }
    let view = common::card_view();
    let drawn = same_twice(|| card(&view).unwrap());
    assert_eq!(drawn.pages(), 1);
    let page = drawn.gray(0, 200).unwrap();
    // In the middle of the card's width, 56 mm at most.
    assert_eq!(codes(&page, (page.width - 441) / 2, 441), BTreeSet::from([view.share]));
}

#[test]
fn a_share_too_long_for_a_code_is_refused() {
    let view = sanad_print::CardView { share: "A".repeat(5_000), ..common::card_view() };
    let refused = card(&view).unwrap_err();
    assert_eq!(election::Coded::code(&refused), "print.qr");
    assert!(refused.to_string().contains("5000 bytes"), "{refused}");
}

#[test]
fn rasters_have_bounds() {
    let drawn = card(&common::card_view()).unwrap();
    for (page, dpi) in [(1, 200), (0, 5), (0, 5000)] {
        assert_eq!(election::Coded::code(&drawn.gray(page, dpi).unwrap_err()), "print.raster");
    }
}
