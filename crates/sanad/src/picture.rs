//! A picture on a terminal: two pixels a character, the upper one in the colour of a half block, the lower one in that of
//! its ground.

use std::fmt::Write as _;

use ballot::Gray;

/// The picture in at most `columns` characters a line, in the 24 greys that terminals of 256 colours have.
pub fn half_blocks(picture: &Gray, columns: u32) -> String {
    let columns = columns.clamp(1, picture.width.max(1));
    // A character is as wide as half of its height, and so is a pixel as wide as it is high.
    let step = f64::from(picture.width) / f64::from(columns);
    let rows = ((f64::from(picture.height) / step).ceil() as u32).next_multiple_of(2);
    let mut lines = String::new();
    for row in (0..rows).step_by(2) {
        for column in 0..columns {
            let (upper, lower) = (shade(picture, column, row, step), shade(picture, column, row + 1, step));
            let _ = write!(lines, "\u{1b}[38;5;{upper};48;5;{lower}m▀");
        }
        lines.push_str("\u{1b}[0m\n");
    }
    lines
}

/// The grey of one character's half: the mean of its pixels, 232 for black to 255 for white.
fn shade(picture: &Gray, column: u32, row: u32, step: f64) -> u32 {
    let range = |at: u32, most: u32| {
        let from = (f64::from(at) * step) as u32;
        from.min(most)..((f64::from(at + 1) * step).ceil() as u32).min(most)
    };
    let (mut sum, mut count) = (0, 0);
    for y in range(row, picture.height) {
        for x in range(column, picture.width) {
            sum += u32::from(picture.pixels[(y * picture.width + x) as usize]);
            count += 1;
        }
    }
    // Below the picture there is paper.
    if count == 0 { 255 } else { 232 + sum / count * 23 / 255 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_keeps_its_shape_and_its_shades() {
        // Black on the left, white on the right.
        let pixels = (0..40u32).flat_map(|_| (0..80u32).map(|x| if x < 40 { 0 } else { 255 })).collect();
        let picture = Gray { width: 80, height: 40, pixels };
        let drawn = half_blocks(&picture, 20);
        let lines: Vec<&str> = drawn.lines().collect();
        assert_eq!(lines.len(), 5, "ten pixels of four high, two a line");
        assert!(lines.iter().all(|line| line.matches('▀').count() == 20));
        assert_eq!(lines[0].matches("38;5;232;48;5;232m").count(), 10);
        assert_eq!(lines[0].matches("38;5;255;48;5;255m").count(), 10);
        assert_eq!(half_blocks(&picture, 1_000).lines().next().unwrap().matches('▀').count(), 80, "never larger");
        assert_eq!(half_blocks(&Gray { width: 0, height: 0, pixels: vec![] }, 9), "");
    }
}
