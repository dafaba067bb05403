//! scratch
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let g = sanad_ballot::decode(&std::fs::read(&a[1]).unwrap()).unwrap();
    let (x0, y0, w, h, s): (u32, u32, u32, u32, u32) = if a.len() > 7 {
        (
            a[3].parse().unwrap(),
            a[4].parse().unwrap(),
            a[5].parse().unwrap(),
            a[6].parse().unwrap(),
            a[7].parse().unwrap(),
        )
    } else {
        (0, 0, g.width, g.height, 1)
    };
    let mut px = vec![];
    for y in 0..h * s {
        for x in 0..w * s {
            let (sx, sy) = ((x0 + x / s).min(g.width - 1), (y0 + y / s).min(g.height - 1));
            px.push(g.pixels[(sy * g.width + sx) as usize]);
        }
    }
    let f = std::fs::File::create(&a[2]).unwrap();
    let mut e = png::Encoder::new(f, w * s, h * s);
    e.set_color(png::ColorType::Grayscale);
    e.write_header().unwrap().write_image_data(&px).unwrap();
}
