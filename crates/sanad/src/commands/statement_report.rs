//! The statement as a report to be drawn: the same points, words and shares as its text and its page.

use election::Lang;
use print::{Block, ReportView};
use record::statement::{Phrases, Point, banner};
use site::Site;
use site::words::{number, words};

/// The report of `points`, dated by the day of the vote: the same record gives the same document.
pub fn report(site: &Site<'_>, points: &[Point], lang: Lang) -> ReportView {
    let (def, w, phrases) = (site.definition, words(lang), Phrases::of(lang));
    let unwitnessed = (!site.witnessed.met).then(|| w.unwitnessed.to_owned());
    let mut blocks: Vec<Block> =
        unwitnessed.into_iter().chain(banner(site.outcome, lang)).map(|text| Block::Notice { text }).collect();
    blocks.extend(points.iter().flat_map(|point| blocks_of(point, &phrases, lang)));
    ReportView {
        language: lang,
        mode: def.scope.mode,
        date: def.date,
        issuer: def.name.get(lang).to_owned(),
        title: w.statement.to_owned(),
        subtitle: site::statement_version(site, lang),
        blocks,
        footer: site.fingerprint.to_string(),
    }
}

fn blocks_of(point: &Point, phrases: &Phrases, lang: Lang) -> Vec<Block> {
    let digits = |count| number(lang, count);
    let mut blocks = vec![Block::Heading { text: format!("{}. {}", digits(point.number.into()), point.claim) }];
    if !point.evidenced {
        blocks.push(Block::Paragraph { text: phrases.not_evidenced.clone() });
    }
    for figure in &point.figures {
        blocks.push(Block::Figure {
            name: figure.name.clone(),
            value: figure.share.say(lang, digits),
            except: phrases.except.clone(),
            exceptions: figure.exceptions.clone(),
        });
    }
    let proof = point.proof();
    blocks.extend(proof.map(|proof| Block::Paragraph { text: format!("{}: {proof}", phrases.proved_by) }));
    blocks
}

#[cfg(test)]
mod tests {
    use record::statement::{Figure, Share};

    use super::*;

    #[test]
    fn every_figure_stands_with_its_denominator_and_its_exceptions() {
        let figure = Figure {
            name: "stations compared".into(),
            share: Share::new(999, 1000),
            exceptions: vec!["s7: its box burnt".into()],
        };
        let point = Point {
            number: 3,
            claim: "compared".into(),
            evidenced: true,
            figures: vec![figure],
            checks: vec!["V.501"],
        };
        let told = |lang| blocks_of(&point, &Phrases::of(lang), lang);
        let [
            Block::Heading { text },
            Block::Figure { value, except, exceptions, .. },
            Block::Paragraph { text: proof },
        ] = &told(Lang::En)[..]
        else {
            panic!("{:?}", told(Lang::En))
        };
        assert_eq!(
            [text, value, except, proof],
            ["3. compared", "999 of 1,000 (99 %)", "except", "proved by: V.501 (sanad verify)"]
        );
        assert_eq!(exceptions, &["s7: its box burnt"]);
        let Block::Figure { value, .. } = &told(Lang::Ar)[1] else { panic!("{:?}", told(Lang::Ar)) };
        assert_eq!(value, "٩٩٩ من ١٬٠٠٠ (٩٩ %)");
    }

    #[test]
    fn a_point_without_evidence_says_so() {
        let point = Point { number: 7, claim: "cut off".into(), evidenced: false, figures: vec![], checks: vec![] };
        let last = blocks_of(&point, &Phrases::of(Lang::En), Lang::En).pop();
        assert_eq!(last, Some(Block::Paragraph { text: "not evidenced".into() }));
    }
}
