use std::time::Instant;
use ballot::{Gray, Rect};
fn main() {
    let n: u32 = std::env::args().nth(1).unwrap().parse().unwrap();
    let px: u32 = std::env::args().nth(2).unwrap().parse().unwrap();
    let mode = std::env::args().nth(3).unwrap();
    let folder = election::scaffold();
    let def = election::read(&folder).unwrap();
    let design = ballot::Design::new(&def, election::Digest([7; 32])).unwrap();
    let sheet = &design.layouts[0];
    let mut image = if mode == "read" { hostile::sheet::draw(sheet, &sheet.front, None, 200) } else { Gray { width: 1654, height: 2339, pixels: vec![255; 1654 * 2339] } };
    let pitch = 8 * px;
    let across = (image.width - 400) / pitch;
    for i in 0..n {
        let (x, y) = (200 + i % across * pitch, 200 + i / across * pitch);
        if y + pitch > image.height - 200 { println!("only {i}"); break; }
        hostile::sheet::ink(&mut image, &Rect { x, y, width: 7 * px, height: 7 * px }, |dx, dy| {
            let (dx, dy) = ((dx / px).abs_diff(3), (dy / px).abs_diff(3));
            dx.max(dy) != 2
        });
    }
    let t = Instant::now();
    if mode == "read" {
        let r = ballot::read(&image, None, &design);
        println!("{n} {px}: {:.2} s {:?}", t.elapsed().as_secs_f64(), r.reason());
    } else {
        let c = ballot::codes(&image, |_| false);
        println!("{n} {px}: codes {:.2} s {}", t.elapsed().as_secs_f64(), c.len());
    }
}
