//! Too many finder patterns: rxing looks at every three of them, so that a sheet strewn with a thousand would keep the
//! machine for minutes, with ten thousand for days.

use rxing::common::BitMatrix;
use rxing::qrcode::detector::FinderPatternFinder;

/// Does rxing see more than `most` finder patterns on this image? It is asked as rxing asks itself, row by row, and no
/// further than the answer.
pub(crate) fn is_crowded(image: &BitMatrix, most: usize) -> bool {
    let mut finder = FinderPatternFinder::new(image);
    for y in (0..image.getHeight()).step_by(2) {
        let (mut runs, mut at) = ([0; 5], 0);
        for x in 0..=image.getWidth() {
            // A white pixel beyond the end closes the last run.
            let is_dark = x < image.getWidth() && image.get(x, y);
            if is_dark == (at % 2 == 0) {
                runs[at] += 1;
                continue;
            }
            if at < 4 {
                // White before the first dark run begins nothing.
                if is_dark || runs[0] > 0 {
                    at += 1;
                    runs[at] += 1;
                }
                continue;
            }
            let is_pattern = FinderPatternFinder::foundPatternCross(&runs, 0.0);
            if is_pattern && finder.handlePossibleCenter(&runs, y, x) {
                if finder.getPossibleCenters().len() > most {
                    return true;
                }
                (runs, at) = ([0; 5], 0);
            } else {
                (runs, at) = ([runs[2], runs[3], runs[4], 1, 0], 3);
            }
        }
    }
    false
}
