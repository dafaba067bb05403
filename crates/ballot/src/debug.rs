//! A picture of every stage, to see why a sheet was read as it was.

use crate::bits::Bits;
use crate::code::Side;
use crate::design::Design;
use crate::find::find;
use crate::image::Gray;
use crate::read::{frames, run};
use crate::reading::Class;
use crate::stage::Point;
use crate::stage::threshold::threshold;

/// A picture: its name, such as `front-2-shapes.png`, and its bytes.
pub type Picture = (String, Vec<u8>);

const BLUE: [u8; 3] = [40, 90, 255];
const GREEN: [u8; 3] = [0, 150, 40];
const ORANGE: [u8; 3] = [255, 140, 0];
const RED: [u8; 3] = [230, 0, 40];

/// The stages of reading a sheet, as PNG pictures. Where a stage fails, those before it are given.
pub fn pictures(front: &Gray, back: Option<&Gray>, design: &Design) -> Vec<Picture> {
    let mut pictures = Vec::new();
    let images: Vec<&Gray> = std::iter::once(front).chain(back).filter(|image| image.check().is_ok()).collect();
    let frames = frames(design);
    let mut bits: Vec<Bits> = Vec::new();
    for (image, side) in images.iter().zip([Side::Front, Side::Back]) {
        let name = if side == Side::Front { "front" } else { "back" };
        let thresholded = threshold(image);
        pictures.push((format!("{name}-1-threshold.png"), thresholded.to_png()));
        let (thresholded, found) = find(thresholded, &frames, side);
        bits.push(thresholded);
        let Ok(found) = found else { continue };
        let mut shapes = Canvas::of(&found.bits);
        for shape in &found.shapes {
            shapes.frame(shape.left, shape.top, shape.right, shape.bottom, BLUE);
        }
        pictures.push((format!("{name}-2-shapes.png"), shapes.to_png()));
        let mut marks = Canvas::of(&found.bits);
        for edge in [&found.marks.left, &found.marks.right, &found.marks.top, &found.marks.bottom] {
            edge.found.iter().flatten().for_each(|mark| marks.cross(*mark, 12, GREEN));
        }
        found.marks.corners.iter().for_each(|corner| marks.cross(*corner, 30, RED));
        pictures.push((format!("{name}-3-marks.png"), marks.to_png()));
        let mut grid = Canvas::of(&found.bits);
        for y in &frames[0].rows {
            frames[0].columns.iter().for_each(|x| grid.cross(found.grid.map(*x, *y), 4, ORANGE));
        }
        pictures.push((format!("{name}-4-grid.png"), grid.to_png()));
    }
    let mut bits = bits.into_iter();
    let Some(first) = bits.next() else { return pictures };
    let (reading, geometry) = run(first, bits.next(), design, &mut |_| ());
    let Ok(sheet) = reading.outcome else { return pictures };
    for (i, image) in geometry.iter().enumerate() {
        let mut canvas = Canvas::of(&image.found.bits);
        for (mark, oval) in sheet.marks[image.marks.clone()].iter().zip(&image.ovals) {
            let [x, y, width, height] = mark.crop;
            let colour = match mark.class {
                Class::Unmarked => BLUE,
                Class::Ambiguous => ORANGE,
                Class::Marked => GREEN,
            };
            canvas.frame(x, y, x + width, y + height, colour);
            canvas.cross(oval.centre, 3, RED);
        }
        let name = if i == 0 { "front" } else { "back" };
        pictures.push((format!("{name}-5-ovals.png"), canvas.to_png()));
    }
    pictures
}

/// A picture in colour.
struct Canvas {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

impl Canvas {
    /// The archived image, its ink as grey.
    fn of(bits: &Bits) -> Self {
        let row = |y: i32| (0..bits.width() as i32).flat_map(move |x| [if bits.get(x, y) { 150 } else { 255 }; 3]);
        let pixels = (0..bits.height() as i32).flat_map(row).collect();
        Canvas { width: bits.width(), height: bits.height(), pixels }
    }

    fn dot(&mut self, x: i64, y: i64, colour: [u8; 3]) {
        if (0..i64::from(self.width)).contains(&x) && (0..i64::from(self.height)).contains(&y) {
            let at = (y as usize * self.width as usize + x as usize) * 3;
            self.pixels[at..at + 3].copy_from_slice(&colour);
        }
    }

    fn cross(&mut self, at: Point, arm: i64, colour: [u8; 3]) {
        let (x, y) = (at.x.round() as i64, at.y.round() as i64);
        for i in -arm..=arm {
            self.dot(x + i, y, colour);
            self.dot(x, y + i, colour);
        }
    }

    fn frame(&mut self, left: u32, top: u32, right: u32, bottom: u32, colour: [u8; 3]) {
        let (left, top, right, bottom) = (i64::from(left), i64::from(top), i64::from(right), i64::from(bottom));
        (left..=right).for_each(|x| [top, bottom].into_iter().for_each(|y| self.dot(x, y, colour)));
        (top..=bottom).for_each(|y| [left, right].into_iter().for_each(|x| self.dot(x, y, colour)));
    }

    fn to_png(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width, self.height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_compression(png::Compression::Fast);
        let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&self.pixels));
        debug_assert!(written.is_ok(), "memory takes what is written: {written:?}");
        bytes
    }
}
