//! The commission's statement: the nine points, each figure with its denominator and its exceptions by name.

use askama::Template;
use election::Lang;
use record::statement::{Phrases, Point, Share, banner, statement};

use super::{Page, number, page, render};
use crate::Site;
use crate::words::{Words, words};

#[derive(Template)]
#[template(path = "statement.html")]
struct StatementPage {
    page: Page,
    w: Words,
    title: String,
    /// Which version of the results it is about.
    version: String,
    /// Rules that were changed after the freeze.
    changed: Vec<String>,
    phrases: Phrases,
    points: Vec<Point>,
}

impl StatementPage {
    fn n(&self, count: &u8) -> String {
        number(self.page.lang, (*count).into())
    }

    fn share(&self, share: &Share) -> String {
        share.say(self.page.lang, |count| number(self.page.lang, count))
    }
}

/// The page among the others.
pub fn page_of(site: &Site<'_>, lang: Lang) -> String {
    drawn(site, lang, page(site, lang, "statement.html"))
}

/// The page as a file of its own.
pub fn alone(site: &Site<'_>, lang: Lang) -> String {
    drawn(site, lang, page(site, lang, "statement.html").alone())
}

fn drawn(site: &Site<'_>, lang: Lang, page: Page) -> String {
    let w = words(lang);
    render(&StatementPage {
        page,
        w,
        title: w.statement.to_owned(),
        version: version(site, lang),
        changed: banner(site.outcome, lang),
        phrases: Phrases::of(lang),
        points: statement(site.definition, site.state, (site.outcome, site.figures), site.witnessed, lang),
    })
}

/// Which version of the results the statement is about, in words.
pub fn version(site: &Site<'_>, lang: Lang) -> String {
    let w = words(lang);
    match site.version {
        0 => w.not_announced.to_owned(),
        version => format!("{} {}", w.version, number(lang, version.into())),
    }
}
