//! A station of an election without paper: what its voters marked, drawn by the seed, counted, signed and sealed by its
//! own device as any other count.

use std::collections::BTreeMap;
use std::path::PathBuf;

use election::{ContestId, Station};
use package::cvr::{CastVoteRecord, Outcome, RecordContest, Records};
use package::make::{Package, PackageParts, Sheet, make};
use package::slip::SlipFigures;
use package::{BallotAccount, Expected, Part, Salt, StationResults};
use rayon::prelude::*;
use sign::{FileKey, SystemEntropy};
use sim::Rng;
use sim::voters::{self, Electorate};
use tally::ContestOptions;

use super::Dispute;
use crate::demo::people::device_of;
use crate::shell::{Result, draft};

impl Dispute<'_> {
    /// Every station counts, and leaves its three files for the relay and on a stick. Gives the labels and how many ballots
    /// were cast.
    pub fn poll(&self) -> Result<(Vec<PathBuf>, u64)> {
        let def = self.def();
        let electorate = Electorate::random(def, &mut Rng::of(self.seed, "electorate"));
        let options: BTreeMap<&ContestId, ContestOptions<'_>> =
            def.contests.iter().map(|contest| (&contest.id, ContestOptions::of(def, contest))).collect();
        let bar = self.shell.progress("polling day", def.stations.len() as u64);
        let counted = def.stations.par_iter().map(|place| {
            let key = self.people.private(&format!("devices/{}.key.pem", device_of(&place.id)))?;
            let parts = self.count(place, &key, &electorate, &options)?;
            let cast = u64::from(parts.results.account.cast);
            let package = make(parts, &centre::recipients(&self.frozen, &place.id), &key, &SystemEntropy)?;
            bar.inc(1);
            Ok((self.leave(place, &package)?, cast))
        });
        let counted = counted.collect::<Result<Vec<_>>>()?;
        bar.finish_and_clear();
        let (labels, cast): (Vec<_>, Vec<_>) = counted.into_iter().unzip();
        Ok((labels, cast.into_iter().sum()))
    }

    /// The ballots of a station, and all that follows from them.
    fn count(
        &self,
        place: &Station,
        key: &FileKey,
        electorate: &Electorate,
        options: &BTreeMap<&ContestId, ContestOptions<'_>>,
    ) -> Result<PackageParts> {
        let def = self.def();
        let mut rng = Rng::of(self.seed, &format!("voters/{}", place.id));
        // Not so few that the rules withhold the records, where that can be.
        let fewest = def.rules.privacy.cast_vote_records_from.min(self.ballots);
        let cast = fewest + rng.below(self.ballots - fewest + 1);
        let mut cast_one = || {
            let contests = def.contests_at(place).map(|contest| {
                let mut marked = voters::vote(def, contest, electorate, &mut rng).marks;
                marked.sort();
                let (outcome, counted) = station::recorded(&options[&contest.id].vote(&marked));
                RecordContest { contest: contest.id.clone(), outcome, marked, counted, settled: false }
            });
            let style = place.constituencies[0].as_str().parse().expect("one grammar for all ids");
            CastVoteRecord { style, sheet: 1, contests: contests.collect() }
        };
        let records: Vec<CastVoteRecord> = (0..cast).map(|_| cast_one()).collect();

        let expected = Expected::of(def, &place.id).expect("a station of the definition");
        let salt = Salt::draw(&SystemEntropy)?;
        let mut zero = StationResults::zero(&expected, &def.scope, &device_of(&place.id), 1, salt);
        (zero.account.received, zero.account.unused) = (place.registered, place.registered);
        let results = results(&zero, &records);
        let build = crate::inputs::build();
        let slip = SlipFigures::of(&results, &zero, self.fingerprint, &build).sign(key)?;
        // There is no paper; as many images as records a package must have.
        let blank = ballot::Bits::new(1, 1).to_png();
        let sheets = records.into_iter().map(|record| Sheet::new(record, blank.clone()));
        Ok(PackageParts {
            fingerprint: self.fingerprint,
            build,
            cvr_salt: Salt::draw(&SystemEntropy)?,
            sheets: sheets.collect(),
            slip,
            slip_pdf: None,
            events: Vec::new(),
            results,
            zero,
        })
    }

    /// The three files on both media; gives the label.
    fn leave(&self, place: &Station, package: &Package) -> Result<PathBuf> {
        let parts =
            [(Part::Results, &package.results_age), (Part::Images, &package.images_age), (Part::Label, &package.label)];
        for (part, bytes) in parts {
            for medium in ["stations", "sticks"] {
                draft(&self.dir.join(medium).join(place.id.as_str()).join(package.name.of(part)), bytes)?;
            }
        }
        Ok(self.dir.join("stations").join(place.id.as_str()).join(package.name.of(Part::Label)))
    }
}

/// What the records of a station with one contest add up to, beside its zero report.
fn results(zero: &StationResults, records: &[CastVoteRecord]) -> StationResults {
    let StationResults { scope, station, device, generation, salt, .. } = zero.clone();
    let records = Records { scope, station, device, generation, salt, records: records.to_vec() };
    let of = |is: &dyn Fn(&Outcome) -> bool| {
        let outcomes = |record: &&CastVoteRecord| record.contests.iter().any(|own| is(&own.outcome));
        u32::try_from(records.records.iter().filter(outcomes).count()).unwrap_or(u32::MAX)
    };
    let (valid, blank, invalid) = (
        of(&|outcome| *outcome == Outcome::Valid),
        of(&|outcome| *outcome == Outcome::Blank),
        of(&|outcome| matches!(outcome, Outcome::Invalid(_))),
    );
    let cast = valid + blank + invalid;
    let unused = zero.account.received - cast;
    let account = BallotAccount { used: cast, cast, valid, blank, invalid, unused, ..zero.account };
    StationResults { account, contests: records.contests(zero), ..zero.clone() }
}
