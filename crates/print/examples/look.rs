//! Draws the test documents into a folder and tells how long each step took.
#![allow(missing_docs)]

#[path = "../tests/common/mod.rs"]
mod common;

use std::time::Instant;

use sanad_print as print;

fn show(folder: &str, name: &str, draw: impl Fn() -> Result<print::Drawn, print::DrawError>) {
    let start = Instant::now();
    let drawn = match draw() {
        Ok(drawn) => drawn,
        Err(error) => return println!("{name}: {error}"),
    };
    let laid_out = start.elapsed();
    let start = Instant::now();
    match drawn.pdf() {
        Ok(pdf) => std::fs::write(format!("{folder}/{name}.pdf"), pdf).unwrap(),
        Err(error) => println!("{name}: {error}"),
    }
    let as_pdf = start.elapsed();
    let start = Instant::now();
    for page in 0..drawn.pages() {
        std::fs::write(format!("{folder}/{name}-{page}.png"), drawn.png(page, 200).unwrap()).unwrap();
    }
    println!("{name}: {} pages, layout {laid_out:?}, pdf {as_pdf:?}, png {:?}", drawn.pages(), start.elapsed());
}

fn main() {
    let folder = std::env::args().nth(1).expect("a folder");
    for _ in 0..2 {
        show(&folder, "slip", || print::slip(&common::slip_view(print::Paper::A4, 30)));
    }
    show(&folder, "card", || print::card(&common::card_view()));
    for lang in election::Lang::ALL {
        show(&folder, &format!("report-{lang}"), || print::report(&common::report_view(lang)));
    }
    for (name, lists, candidates, languages) in [
        ("ballot", 8, 12, election::Lang::ALL.to_vec()),
        ("ballot-long", 45, 60, election::Lang::ALL.to_vec()),
        ("ballot-en", 20, 20, vec![election::Lang::En]),
    ] {
        let definition = common::definition(lists, candidates, languages);
        let layout = &ballot::layouts(&definition).unwrap()[0];
        show(&folder, name, || print::ballot_sheet(&definition, layout, election::Digest::of(b"root")));
    }
    show(&folder, "roll", || print::slip(&common::slip_view(print::Paper::Roll80, 12)));
}
