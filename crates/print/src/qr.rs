//! QR codes as vector squares (ISO/IEC 18004).

use std::fmt::Write as _;

pub(crate) use fast_qr::ECL;
use fast_qr::QRBuilder;

use crate::DrawError;

/// A code as an SVG picture and its size in modules, quiet zone not counted.
pub(crate) struct QrPicture {
    /// One path of whole modules; the view box is one unit a module.
    pub svg: String,
    /// Modules a side.
    pub modules: usize,
}

/// Draws `text`, in the smallest version that holds it; upper-case base45 takes the
/// alphanumeric mode by itself, 5½ bits a character.
pub(crate) fn qr(text: &str, level: ECL) -> Result<QrPicture, DrawError> {
    let code = QRBuilder::new(text).ecl(level).build().map_err(|_| DrawError::QrTooLong(text.len()))?;
    let size = code.size;
    let mut path = String::new();
    for y in 0..size {
        let row = &code[y];
        let mut x = 0;
        while x < size {
            let run = (x..size).take_while(|&x| row[x].value()).count();
            if run > 0 {
                // Infallible: writing to a String.
                let _ = write!(path, "M{x} {y}h{run}v1h-{run}z");
            }
            x += run.max(1);
        }
    }
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" width=\"{size}\" height=\"{size}\" \
         shape-rendering=\"crispEdges\"><path d=\"{path}\"/></svg>"
    );
    Ok(QrPicture { svg, modules: size })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_of_1100_characters_stays_readable_in_print() {
        let picture =
            qr(&"SANAD1:".chars().chain("AB1+".chars().cycle()).take(1100).collect::<String>(), ECL::M).unwrap();
        assert_eq!(picture.modules, 105, "version 22");
    }

    #[test]
    fn too_long_a_text_is_refused() {
        assert_eq!(qr(&"a".repeat(5000), ECL::M).err(), Some(DrawError::QrTooLong(5000)));
    }
}
