//! Scanned sheets in files of many pages, and files that lie.

use election::{Coded as _, ContestKind, Digest};
use fax::{Color, VecWriter, encoder::Encoder};

use super::Pages;
use crate::testing::definition;
use crate::testing::paper::{Pen, Scan, sheet};
use crate::{Design, Gray, decode, read};

fn design() -> Design {
    Design::new(&definition(&[(ContestKind::OpenList, 8, 20)]), Digest::of(b"test")).unwrap()
}

/// Two scanned sheets, of lists 2 and 5.
fn scans(design: &Design) -> Vec<Gray> {
    let scan = |list: &str| {
        let papers = sheet(design, 0, &[(list.parse().unwrap(), Pen::Filled)], 1);
        Scan { dpi: 150, ..Scan::default() }.of(&papers[0], 1)
    };
    vec![scan("c1_list2"), scan("c1_list5")]
}

fn lists(design: &Design, file: Vec<u8>) -> Vec<String> {
    let pages = Pages::of(file).unwrap();
    assert_eq!(pages.count_all(), 2);
    let read = |page: Vec<u8>| {
        let reading = read(&decode(&page).unwrap(), None, design);
        let sheet = reading.sheet().unwrap_or_else(|| panic!("{:?}", reading.rejection())).clone();
        sheet.contests[0].marked[0].to_string()
    };
    pages.map(read).collect()
}

fn jpeg(image: &Gray) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 80);
    encoder.encode(&image.pixels, image.width, image.height, image::ExtendedColorType::L8).unwrap();
    bytes
}

fn g4(image: &Gray) -> Vec<u8> {
    let mut encoder = Encoder::new(VecWriter::new());
    for row in image.pixels.chunks(image.width as usize) {
        let pixels = row.iter().map(|pixel| if *pixel < 128 { Color::Black } else { Color::White });
        encoder.encode_line(pixels, image.width as u16).unwrap();
    }
    encoder.finish().unwrap().finish()
}

fn deflated(data: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// A PDF of images, each with the entries that say how it is packed.
fn pdf(images: &[(&Gray, String, Vec<u8>)]) -> Vec<u8> {
    let mut objects: Vec<Vec<u8>> = Vec::new();
    let kids: Vec<String> = (0..images.len()).map(|i| format!("{} 0 R", 3 + 3 * i)).collect();
    objects.push(b"<< /Type /Catalog /Pages 2 0 R >>".to_vec());
    objects.push(format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), kids.len()).into_bytes());
    for (i, (image, packing, data)) in images.iter().enumerate() {
        let (page, content) = (3 + 3 * i, deflated(b"q 595 0 0 842 0 0 cm /Im0 Do Q"));
        objects.push(
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << /XObject << /Im0 {} \
                 0 R >> >> >>",
                page + 1,
                page + 2
            )
            .into_bytes(),
        );
        objects.push(stream("/Filter /FlateDecode", &content));
        let (width, height) = (image.width, image.height);
        let size = format!("/Type /XObject /Subtype /Image /Width {width} /Height {height} {packing}");
        objects.push(stream(&size, data));
    }
    written(&objects)
}

/// A PDF of these objects, from 1; the first is its catalog.
fn written(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        offsets.push(file.len());
        file.extend(format!("{} 0 obj\n", i + 1).into_bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let xref = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes());
    offsets.iter().for_each(|offset| file.extend(format!("{offset:010} 00000 n \n").into_bytes()));
    let size = objects.len() + 1;
    file.extend(format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{xref}\n%%EOF\n").into_bytes());
    file
}

/// Each row as PNG writes it, in the way that `way` names.
fn predicted(image: &Gray, way: u8) -> Vec<u8> {
    let width = image.width as usize;
    let pixel = |x: Option<usize>, y: Option<usize>| x.zip(y).map_or(0, |(x, y)| image.pixels[y * width + x]);
    let row = |y: usize| {
        let guess = move |x: usize| {
            let (left, above) = (pixel(x.checked_sub(1), Some(y)), pixel(Some(x), y.checked_sub(1)));
            match way {
                1 => left,
                2 => above,
                3 => ((u16::from(left) + u16::from(above)) / 2) as u8,
                _ => {
                    let corner = pixel(x.checked_sub(1), y.checked_sub(1));
                    let far = |own: u8| (i32::from(left) + i32::from(above) - i32::from(corner) - i32::from(own)).abs();
                    [left, above, corner].into_iter().min_by_key(|own| far(*own)).unwrap()
                }
            }
        };
        std::iter::once(way).chain((0..width).map(move |x| pixel(Some(x), Some(y)).wrapping_sub(guess(x))))
    };
    (0..image.height as usize).flat_map(row).collect()
}

#[test]
fn a_pdf_of_scans_is_read_whatever_packs_its_images() {
    let design = design();
    let scans = scans(&design);
    type Packed = fn(&Gray) -> Vec<u8>;
    let packings: [(&str, Packed); 5] = [
        ("/Filter /DCTDecode /ColorSpace /DeviceGray /BitsPerComponent 8", jpeg),
        ("/Filter [/FlateDecode] /ColorSpace /DeviceGray /BitsPerComponent 8", |image| deflated(&image.pixels)),
        ("/Filter /FlateDecode /ColorSpace /DeviceRGB /BitsPerComponent 8", |image| {
            deflated(&image.pixels.iter().flat_map(|v| [*v; 3]).collect::<Vec<u8>>())
        }),
        ("/Filter /FlateDecode /ImageMask true /Decode [1 0] /BitsPerComponent 1", |image| {
            let row = |row: &[u8]| {
                let byte = |eight: &[u8]| (0..).zip(eight).map(|(i, v)| u8::from(*v < 128) << (7 - i)).sum::<u8>();
                row.chunks(8).map(byte).collect::<Vec<u8>>()
            };
            deflated(&image.pixels.chunks(image.width as usize).flat_map(row).collect::<Vec<u8>>())
        }),
        (
            "/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 1240 >> /ColorSpace /DeviceGray /BitsPerComponent 1",
            g4,
        ),
    ];
    for (packing, pack) in packings {
        let images: Vec<_> = scans.iter().map(|image| (image, packing.to_owned(), pack(image))).collect();
        assert_eq!(lists(&design, pdf(&images)), ["c1_list2", "c1_list5"], "{packing}");
    }
}

#[test]
fn a_pdf_of_differences_from_neighbours_is_read() {
    let design = design();
    let scans = scans(&design);
    let packing = "/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 1240 >> /ColorSpace /DeviceGray \
                   /BitsPerComponent 8";
    for way in 1..=4 {
        let packed = |image| (image, packing.to_owned(), deflated(&predicted(image, way)));
        let images: Vec<_> = scans.iter().map(packed).collect();
        assert_eq!(lists(&design, pdf(&images)), ["c1_list2", "c1_list5"], "way {way}");
    }
}

#[test]
fn a_tiff_of_many_pages_is_read() {
    use ::tiff::encoder::{Compression, TiffEncoder, colortype};
    let design = design();
    let scans = scans(&design);
    for compression in [Compression::Uncompressed, Compression::Lzw, Compression::Packbits] {
        let mut file = std::io::Cursor::new(Vec::new());
        let mut encoder = TiffEncoder::new(&mut file).unwrap().with_compression(compression);
        for image in &scans {
            encoder.write_image::<colortype::Gray8>(image.width, image.height, &image.pixels).unwrap();
        }
        assert_eq!(lists(&design, file.into_inner()), ["c1_list2", "c1_list5"], "packed");
    }
    let mut file = std::io::Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut file).unwrap();
    for image in &scans {
        let rgb: Vec<u8> = image.pixels.iter().flat_map(|v| [*v; 3]).collect();
        encoder.write_image::<colortype::RGB8>(image.width, image.height, &rgb).unwrap();
    }
    assert_eq!(lists(&design, file.into_inner()), ["c1_list2", "c1_list5"], "colour");
    assert_eq!(lists(&design, fax_tiff(&scans)), ["c1_list2", "c1_list5"], "Fax G4");
}

/// A little-endian TIFF of Fax G4 images, white being 0, as scanners write it.
fn fax_tiff(images: &[Gray]) -> Vec<u8> {
    let mut file = b"II*\0".to_vec();
    let mut link = file.len();
    file.extend([0; 4]);
    for image in images {
        let data = g4(image);
        let start = file.len() as u32;
        file.extend(&data);
        file.resize(file.len().next_multiple_of(2), 0);
        let directory = file.len() as u32;
        file[link..link + 4].copy_from_slice(&directory.to_le_bytes());
        let entries: [(u16, u16, u32); 9] = [
            (256, 4, image.width),
            (257, 4, image.height),
            (258, 3, 1),
            (259, 3, 4),
            (262, 3, 0),
            (273, 4, start),
            (277, 3, 1),
            (278, 4, image.height),
            (279, 4, data.len() as u32),
        ];
        file.extend((entries.len() as u16).to_le_bytes());
        for (tag, kind, value) in entries {
            file.extend(tag.to_le_bytes());
            file.extend(kind.to_le_bytes());
            file.extend(1u32.to_le_bytes());
            file.extend(value.to_le_bytes());
        }
        link = file.len();
        file.extend([0; 4]);
    }
    file
}

fn reason(file: Vec<u8>) -> String {
    let Err(rejection) = Pages::of(file) else { panic!("a bad file was taken") };
    assert!(["image.decode", "image.too_large", "image.too_small"].contains(&rejection.code()));
    rejection.to_string()
}

#[test]
fn bi5_files_that_lie_are_refused_and_the_page_is_named() {
    let image = Gray { width: 1_240, height: 1_754, pixels: vec![230; 1_240 * 1_754] };
    let huge = Gray { width: 30_000, height: 30_000, pixels: vec![] };
    let grey = "/Filter /FlateDecode /ColorSpace /DeviceGray /BitsPerComponent 8".to_owned();
    let pixels = deflated(&image.pixels);
    assert!(reason(pdf(&[(&huge, grey.clone(), pixels.clone())])).contains("too large"));
    let good = || (&image, grey.clone(), pixels.clone());
    for (packing, what) in [
        ("/Filter /JBIG2Decode /ColorSpace /DeviceGray /BitsPerComponent 1", "JBIG2"),
        ("/Filter /FlateDecode /ColorSpace /DeviceCMYK /BitsPerComponent 8", "colours"),
        ("/Filter /FlateDecode /ColorSpace /DeviceGray /BitsPerComponent 4", "4 bits"),
        ("/Filter /DCTDecode /Decode [1 0] /ColorSpace /DeviceGray /BitsPerComponent 8", "negative"),
    ] {
        let reason = reason(pdf(&[good(), (&image, packing.into(), pixels.clone())]));
        assert!(reason.contains("page 2") && reason.contains(what), "{reason}");
    }
    let mut text = pdf(&[good()]);
    let at = text.windows(6).position(|w| w == b"/Image").unwrap();
    text[at..at + 6].copy_from_slice(b"/Form ");
    assert!(reason(text).contains("not an image"));
    assert!(reason(b"%PDF-1.4\nnothing".to_vec()).contains("PDF"));
    let secret = [pdf(&[good()]), b"/Encrypt 9 0 R".to_vec()].concat();
    assert!(reason(secret).contains("password"));
    assert!(reason(b"II*\0\xff\xff\xff\xff".to_vec()).contains("cannot be decoded"));
    assert!(reason(b"II*\0\x08\0\0\0\0\0\0\0\0\0".to_vec()).contains("cannot be decoded"));
}

#[test]
fn bi5_a_damaged_page_takes_only_itself_out() {
    let image = Gray { width: 1_240, height: 1_754, pixels: vec![230; 1_240 * 1_754] };
    let grey = "/Filter /FlateDecode /ColorSpace /DeviceGray /BitsPerComponent 8".to_owned();
    let good = || (&image, grey.clone(), deflated(&image.pixels));
    // Twice as large as it says it is, a bomb, and half of it.
    let bomb = deflated(&vec![0; 200_000_000]);
    let half = deflated(&image.pixels[..image.pixels.len() / 2]);
    let file = pdf(&[good(), (&image, grey.clone(), bomb), (&image, grey.clone(), half), good()]);
    let results: Vec<bool> = Pages::of(file).unwrap().map(|page| decode(&page).is_ok()).collect();
    assert_eq!(results, [true, false, false, true]);
}

/// A stream with these entries in its dictionary.
fn stream(entries: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("<< {entries} /Length {} >>\nstream\n", data.len());
    [head.as_bytes(), data, b"\nendstream"].concat()
}

#[test]
fn bi5_lists_of_objects_may_not_inflate_without_end() {
    let bomb = deflated(&vec![0; 40 << 20]);
    for keys in ["/Type /ObjStm /N 1 /First 4", "/Type /ObjSt#6d /Width 9 /Height 9 /Subtype /Image"] {
        let list = stream(&format!("{keys} /Filter /FlateDecode"), &bomb);
        assert!(reason(written(&[list])).contains("inflates"), "{keys}");
    }
    // What was inflated before some damage counts as well, and nothing is inflated twice.
    let torn = deflated(&vec![0; 20 << 20]);
    let torn = stream("/Type /ObjStm /Filter /FlateDecode", &torn[..torn.len() - 9]);
    assert!(reason(written(&[torn.clone(), torn])).contains("inflates"));
    let twice = stream("/Type /ObjStm /Filter [/FlateDecode /FlateDecode]", &deflated(&bomb));
    assert!(reason(written(&[twice])).contains("old way"));
}

/// The library that read PDFs before went through such trees for ever, took all memory, or ended the program.
#[test]
fn bi5_a_pdf_that_leads_in_circles_or_into_the_deep_is_refused() {
    let catalog = b"<< /Type /Catalog /Pages 2 0 R >>".to_vec();
    let tree = |kids: &dyn Fn(usize) -> String, parts: usize| {
        let node = |part| format!("<< /Type /Pages /Kids [{}] /Count 1 >>", kids(part)).into_bytes();
        let page = b"<< /Type /Page >>".to_vec();
        written(&std::iter::once(catalog.clone()).chain((0..parts).map(node)).chain([page]).collect::<Vec<_>>())
    };
    assert!(reason(tree(&|_| "2 0 R".into(), 1)).contains("listed twice"), "it is its own part");
    let eight = |part: usize| format!("{} 0 R ", part + 3).repeat(8);
    assert!(reason(tree(&eight, 8)).contains("listed twice"), "sixteen million pages");
    let next = |part: usize| format!("{} 0 R", part + 3);
    assert!(reason(tree(&next, 30_000)).contains("no scanned image"), "one page below thirty thousand parts");
    let deep = |open: &str, close: &str| [open.repeat(100_000), close.repeat(100_000)].concat();
    for within in [deep("[", "]"), deep("<< /B ", ">>"), "[".repeat(100_000), "(".repeat(100_000)] {
        let pages = format!("<< /Type /Pages /A {within} /Kids [] >>").into_bytes();
        assert!(reason(written(&[catalog.clone(), pages])).contains("PDF"));
    }
    assert!(reason(b"%PDF-1.4\n1 0 obj<</Pages 1 0 R>>\n".repeat(50_000)).contains("no catalog"));
    assert!(reason([&b"%PDF-1.4\n"[..], &b"<</A 1>>".repeat(1_000_000)].concat()).contains("more objects"));
}

/// A page whose text is one stream a thousand times over, and pages that share such a text.
#[test]
fn bi5_what_draws_pages_is_counted_each_time_that_it_is_read() {
    let objects = |pages: usize, parts: usize| {
        let kids: String = (0..pages).map(|page| format!("{} 0 R ", page + 5)).collect();
        let contents = "3 0 R ".repeat(parts);
        let page = format!("<< /Type /Page /Contents [{contents}] /Resources << /XObject << /Im 4 0 R >> >> >>");
        let tree = format!("<< /Type /Pages /Kids [{kids}] >>").into_bytes();
        let text = stream("", &[b"/Im Do ".to_vec(), b"q Q ".repeat(1 << 18)].concat());
        let image = stream("/Subtype /Image /Width 600 /Height 600 /Filter /DCTDecode", b"");
        let first = [b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(), tree, text, image];
        written(&first.into_iter().chain(std::iter::repeat_n(page.into_bytes(), pages)).collect::<Vec<_>>())
    };
    assert_eq!(Pages::of(objects(5, 2)).unwrap().count_all(), 5);
    assert!(reason(objects(1, 1_000)).contains("inflates"));
    assert!(reason(objects(1_000, 1)).contains("inflates"));
}

mod hostile {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), kind in 0usize..3, at in 0usize..3_000, flip: u8) {
            let magic: [&[u8]; 3] = [b"II*\0", b"MM\0*", b"%PDF-1.4\n"];
            if let Ok(pages) = Pages::of([magic[kind], &bytes].concat()) {
                pages.take(3).for_each(|page| drop(decode(&page)));
            }
            let image = Gray { width: 640, height: 640, pixels: vec![200; 640 * 640] };
            let grey = "/Filter /FlateDecode /ColorSpace /DeviceGray /BitsPerComponent 8".to_owned();
            let mut file = if kind == 0 { fax_tiff(&[image]) } else { pdf(&[(&image, grey, deflated(&image.pixels))]) };
            let at = at % file.len();
            file[at] ^= flip;
            if let Ok(pages) = Pages::of(file) {
                pages.take(3).for_each(|page| drop(decode(&page)));
            }
        }
    }
}
