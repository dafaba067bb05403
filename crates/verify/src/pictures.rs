//! V.410: of ballots nothing is shown but pictures of single contests, and of these what the rules and two officers let be shown.

use std::collections::{BTreeMap, BTreeSet};

use election::{ContestId, Digest, PrivacyRules};
use package::{StationResults, cuts};
use record::privacy::{PICTURES_CLAUSE, Shown, Withheld, shown};

use crate::bag::Manifest;
use crate::report::Check;

/// The pictures of one content folder.
pub struct Pictures<'a> {
    /// The folder, with a `/` at its end.
    pub place: &'a str,
    /// The images manifest that the device signed.
    pub signed: &'a Manifest,
    /// Names below `images/` that are published.
    pub published: BTreeSet<&'a str>,
    /// Names below `images/` that the publication's manifest lists.
    pub listed: BTreeSet<&'a str>,
    /// The frozen rules.
    pub rules: &'a PrivacyRules,
    /// What two officers have said of this content.
    pub withheld: Option<&'a Withheld>,
    /// The figures.
    pub results: &'a StationResults,
}

impl Pictures<'_> {
    /// How many pictures of each contest the device signed for.
    pub fn counts(&self) -> BTreeMap<ContestId, usize> {
        cuts::counted(self.signed.keys().filter_map(|path| path.strip_prefix("data/")))
    }

    /// V.410.
    pub fn check(&self, check: &mut Check) {
        let at = |name: &str| format!("{}images/{name}", self.place);
        for name in self.published.iter().filter(|name| cuts::parse_name(name).is_none()) {
            check.fails(at(name), "images.whole", "is no picture of one contest: a whole ballot is never public");
        }
        let least = self.rules.images_from;
        check.expect(least > 0 || self.published.is_empty(), at(""), "images.not", || {
            "pictures are published, though the rules publish none".into()
        });
        let counts = self.counts();
        // Where the rules show pictures, a device that signs for none hides its ballots.
        let lacking = self.results.contests.iter().filter(|own| own.ballots > 0 && !counts.contains_key(&own.contest));
        for own in lacking.filter(|_| least > 0 && self.results.account.cast >= least) {
            let (contest, count, ballots) = (&own.contest, 0, own.ballots);
            check.fails(at(""), "images.count", format!("{contest} has {count} pictures for {ballots} ballots"));
        }
        let whole = self.signed.keys().filter_map(|path| path.strip_prefix("data/"));
        if let whole @ 1.. = whole.filter(|name| cuts::parse_name(name).is_none()).count() {
            let what = format!("{whole} images of whole ballots and of doubtful contests are not in this publication");
            check.withholds(self.place, "never_public", what);
        }
        for (contest, count) in &counts {
            self.numbers(check, contest, *count);
            self.shown(check, contest, *count);
        }
    }

    /// Numbers say nothing: they are given in the order of the hashes, one for each ballot.
    fn numbers(&self, check: &mut Check, contest: &ContestId, count: usize) {
        let place = format!("{}images-manifest.txt", self.place);
        let digest = |number: usize| self.signed.get(&format!("data/{}", cuts::name(contest, number, 0)));
        let digests: Option<Vec<&Digest>> = (1..=count).map(digest).collect();
        let sorted = digests.is_some_and(|digests| digests.is_sorted());
        check.expect(sorted, &place, "images.order", || {
            format!(
                "the pictures of {contest} are not numbered in the order of their hashes: their order may tell another"
            )
        });
        let ballots = self.results.contest(contest).map_or(0, |figures| figures.ballots as usize);
        check.expect(ballots == count, &place, "images.count", || {
            format!("{contest} has {count} pictures for {ballots} ballots")
        });
    }

    fn shown(&self, check: &mut Check, contest: &ContestId, count: usize) {
        let parts = |number: usize| {
            let named = (0..).map(move |part| cuts::name(contest, number, part));
            named.take_while(|name| self.signed.contains_key(&format!("data/{name}")))
        };
        let at = |name: &str| format!("{}images/{name}", self.place);
        let hidden = match shown(self.rules, self.withheld, self.results.account.cast, contest, count) {
            Shown::But(hidden) => hidden,
            Shown::None(clause) => {
                let published: Vec<String> =
                    (1..=count).flat_map(parts).filter(|name| self.published.contains(name.as_str())).collect();
                for name in &published {
                    let why = match clause {
                        PICTURES_CLAUSE => "is published, though the rules withhold the pictures of so few ballots",
                        _ => "is published, though no two officers have said that the pictures of this contest may be",
                    };
                    check.fails(at(name), "images.not", why);
                }
                if published.is_empty() {
                    check.withholds(self.place, clause, format!("{count} pictures of {contest} are withheld"));
                }
                return;
            }
        };
        for number in 1..=count {
            for name in parts(number) {
                match (hidden.contains(&(number as u32)), self.published.contains(name.as_str())) {
                    (true, true) => {
                        check.fails(at(&name), "images.redacted", "is published, though two officers withhold it")
                    }
                    (false, true) => check.holds(),
                    (true, false) => {}
                    (false, false) if self.listed.contains(name.as_str()) => {
                        check.misses(at(&name), "file.missing", "is listed, and is not there");
                    }
                    (false, false) => {
                        check.fails(at(&name), "images.silent", "is neither published nor withheld by two officers");
                    }
                }
            }
        }
        if !hidden.is_empty() {
            let what = format!("{} of {count} pictures of {contest} are withheld by two officers", hidden.len());
            check.withholds(self.place, "privacy.redaction", what);
        }
    }
}
