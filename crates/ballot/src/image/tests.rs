//! Images of every kind, and files that lie about them.

use super::*;
use election::Coded as _;
use proptest::prelude::*;

fn encode(width: u32, height: u32, color: png::ColorType, depth: png::BitDepth, data: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(color);
    encoder.set_depth(depth);
    if color == png::ColorType::Indexed {
        encoder.set_palette(&[0, 0, 0, 255, 255, 255][..]);
    }
    encoder.write_header().unwrap().write_image_data(data).unwrap();
    bytes
}

fn code(bytes: &[u8]) -> &'static str {
    decode(bytes).unwrap_err().code()
}

#[test]
fn bi5_every_kind_of_png_gives_the_same_grey() {
    use png::{BitDepth, ColorType};
    let (w, h) = (640u32, 620u32);
    let dark = |i: u32| i % 16 < 8;
    let n = w * h;
    let bytes = |of: &dyn Fn(u32) -> Vec<u8>| (0..n).flat_map(of).collect::<Vec<u8>>();
    let value = |i: u32| if dark(i) { 0u8 } else { 255 };
    let bits: Vec<u8> = (0..n / 8).map(|i| if dark(i * 8) { 0 } else { 255 }).collect();
    let expected: Vec<u8> = (0..n).map(value).collect();
    for (color, depth, data) in [
        (ColorType::Grayscale, BitDepth::One, bits.clone()),
        (ColorType::Indexed, BitDepth::One, bits),
        (ColorType::Grayscale, BitDepth::Eight, expected.clone()),
        (ColorType::Grayscale, BitDepth::Sixteen, bytes(&|i| vec![value(i); 2])),
        (ColorType::GrayscaleAlpha, BitDepth::Eight, bytes(&|i| vec![value(i), 255])),
        (ColorType::Rgb, BitDepth::Eight, bytes(&|i| vec![value(i); 3])),
        (ColorType::Rgba, BitDepth::Eight, bytes(&|i| vec![value(i), value(i), value(i), 255])),
    ] {
        let image = decode(&encode(w, h, color, depth, &data)).unwrap();
        assert!(image.pixels == expected, "{color:?} {depth:?}");
    }
}

#[test]
fn bi5_netpbm_is_read() {
    let (w, h) = (640usize, 620usize);
    let grey: Vec<u8> = (0..w * h).map(|i| (i % 251) as u8).collect();
    let file = |head: &str, data: &[u8]| [head.as_bytes(), data].concat();
    assert_eq!(decode(&file("P5\n# made by a scanner\n640 620\n255\n", &grey)).unwrap().pixels, grey);
    let wide: Vec<u8> = grey.iter().flat_map(|v| [*v, *v]).collect();
    assert_eq!(decode(&file("P5 640 620 65535 ", &wide)).unwrap().pixels, grey);
    let bits = decode(&file("P4 640 620\n", &vec![0b1010_1010; w * h / 8])).unwrap().pixels;
    assert!(bits.chunks(2).all(|pair| pair == [0, 255]));
    for bad in [
        "P5 640 620 0 ",
        "P5 640 620 70000 ",
        "P5 640 -620 255 ",
        "P5 640",
        "P5 640 620 255",
        "P5 640 620 99999999999 ",
    ] {
        assert_eq!(code(&file(bad, &[])), "image.decode", "{bad}");
    }
    assert_eq!(code(&file("P5 640 620 255 ", &grey[1..])), "image.decode");
}

/// A PNG whose header says what it likes: nothing is allocated for it.
fn header(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = encode(8, 8, png::ColorType::Grayscale, png::BitDepth::Eight, &[0; 64]);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let crc = bytes[12..29].iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
    });
    bytes[29..33].copy_from_slice(&(!crc).to_be_bytes());
    bytes
}

#[test]
fn bi5_bombs_and_stumps_are_refused_before_memory_is_taken() {
    assert_eq!(code(&header(30_000, 30_000)), "image.too_large");
    assert_eq!(code(&header(2_000_000_000, 2_000_000_000)), "image.too_large");
    assert_eq!(code(&header(8_000, 8_000)), "image.too_large");
    assert_eq!(code(&header(40, 40)), "image.too_small");
    assert_eq!(code(&header(0, 0)), "image.decode", "the format itself forbids it");
    // The size is right, the pixels are not there.
    assert_eq!(code(&header(1_700, 2_200)), "image.decode");
    assert_eq!(code(b"P5 30000 30000 255 "), "image.too_large");
    assert_eq!(code(b"P4 0 0 "), "image.too_small");
    assert_eq!(code(b""), "image.decode");
    assert_eq!(code(b"%PDF-1.7"), "image.decode");
    // A JPEG header of 65,500 by 65,500 pixels.
    let jpeg = [0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0xff, 0xdc, 0xff, 0xdc, 1, 1, 0x11, 0];
    assert!(["image.too_large", "image.decode"].contains(&code(&jpeg)));
    let whole = encode(700, 700, png::ColorType::Grayscale, png::BitDepth::Eight, &vec![9; 490_000]);
    for cut in (0..whole.len() - 12).step_by(37) {
        assert_eq!(code(&whole[..cut]), "image.decode", "cut at {cut}");
    }
}

#[test]
fn memory_is_used_again_and_nothing_of_the_last_image_shows() {
    let image = |shade: u8, side: u32| {
        encode(side, side, png::ColorType::Grayscale, png::BitDepth::Eight, &vec![shade; (side * side) as usize])
    };
    for (shade, side) in [(200, 800), (10, 640), (90, 900), (91, 900)] {
        let file = image(shade, side);
        let seen = with_images(&[&file, &file], |images| {
            assert!(images.iter().all(|i| (i.width, i.height) == (side, side) && i.pixels.iter().all(|p| *p == shade)));
            images.len()
        });
        assert_eq!(seen, Ok(2));
        assert_eq!(with_images(&[&file, b"broken"], |_| ()).unwrap_err().code(), "image.decode");
    }
}

#[test]
fn a_crop_may_be_small_and_not_large() {
    let file = encode(30, 20, png::ColorType::Grayscale, png::BitDepth::Eight, &[7; 600]);
    assert_eq!(decode_crop(&file).unwrap(), Gray { width: 30, height: 20, pixels: vec![7; 600] });
    assert_eq!(decode_crop(&header(30_000, 30_000)).unwrap_err().code(), "image.too_large");
    assert_eq!(decode_crop(b"P5 30 20 255 ").unwrap_err().code(), "image.decode");
}

#[test]
fn a_grey_image_that_lies_about_its_size_is_refused() {
    assert_eq!(Gray::new(700, 700, vec![0; 3]).unwrap_err().code(), "image.decode");
    assert_eq!(Gray::new(0, 0, vec![]).unwrap_err().code(), "image.too_small");
}

/// Each block of this JPEG is brighter than the last by as much as a file can say, until no number holds it.
#[test]
fn bi5_a_jpeg_that_grows_brighter_without_end_stops_nobody() {
    let segment = |marker: u8, data: &[&[u8]]| {
        let data = data.concat();
        [&[0xff, marker, 0, data.len() as u8 + 2][..], &data].concat()
    };
    // One code of one bit: of the first coefficient 15 more bits, of the others that there are none.
    let table = |class: u8, symbol: u8| segment(0xc4, &[&[class, 1], &[0; 15], &[symbol]]);
    let bits: Vec<bool> = (0..80 * 80 * 17).map(|i| (1..16).contains(&(i % 17))).collect();
    let byte = |bits: &[bool]| bits.iter().fold(0u8, |byte, bit| byte << 1 | u8::from(*bit));
    let coded: Vec<u8> =
        bits.chunks(8).map(byte).flat_map(|byte| if byte == 0xff { vec![byte, 0] } else { vec![byte] }).collect();
    let file = [
        vec![0xff, 0xd8],
        segment(0xdb, &[&[0], &[255; 64]]),
        segment(0xc0, &[&[8, 2, 128, 2, 128, 1, 1, 0x11, 0]]),
        table(0x00, 15),
        table(0x10, 0),
        segment(0xda, &[&[1, 1, 0, 0, 63, 0]]),
        coded,
        vec![0xff, 0xd9],
    ]
    .concat();
    assert_eq!(decode(&file).map(|image| image.width), Ok(640));
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), kind in 0usize..4) {
        let magic: [&[u8]; 4] = [&[0x89, b'P', b'N', b'G', 13, 10, 26, 10], &[0xff, 0xd8, 0xff], b"P5 ", b"P4\n"];
        let _ = decode(&[magic[kind], &bytes].concat());
    }
}
