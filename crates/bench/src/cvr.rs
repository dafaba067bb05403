//! Reading `cvr.json` (NIST SP 1500-103) in its one form, and counting it as V.408 does: what the records say is
//! counted, and what the marks are worth.

use std::path::Path;

use package::Salt;
use package::cvr::{CastVoteRecord, Outcome, RecordContest, Records};
use tally::{Ballot, ContestOptions, Sums, Vote};

use crate::measure::{Line, measure};
use crate::random::{Random, falling};
use crate::{Bench, Result, nation};

/// Reading and counting.
pub const BENCH: Bench = Bench { name: "cvr", prepare, run };

/// Files, and records of each.
const FILES: usize = 40;
const RECORDS: usize = 450;
/// How often each is read.
const TIMES: usize = 10;

/// How a contest votes: a few lists have most of it, and the first candidates of each.
pub struct Votes<'a> {
    contest: &'a election::Contest,
    options: ContestOptions<'a>,
    lists: Vec<(&'a election::List, Vec<u64>)>,
    ends: Vec<u64>,
}

impl<'a> Votes<'a> {
    /// Those of one contest.
    pub fn of(def: &'a election::Definition, contest: &'a election::Contest) -> Self {
        let candidates = |list: &election::List| {
            falling(def.candidates_of(&contest.id).filter(|c| c.list.as_ref() == Some(&list.id)).count())
        };
        let lists: Vec<_> = def.lists_of(&contest.id).map(|list| (list, candidates(list))).collect();
        Votes { contest, options: ContestOptions::of(def, contest), ends: falling(lists.len()), lists }
    }
}

/// Records of one station of a contest, as a device makes them.
pub fn records(def: &election::Definition, votes: &Votes<'_>, count: usize, random: &mut Random) -> Result<Records> {
    let Votes { contest, options, lists, ends } = votes;
    let mut records = Vec::new();
    for _ in 0..count {
        let (list, candidates) = &lists[random.weighted(ends)];
        let mut marked = match random.below(100) {
            0..2 => vec![],
            2..5 => vec![election::OptionId::from(&lists[0].0.id), election::OptionId::from(&lists[1].0.id)],
            5..35 => vec![election::OptionId::from(&list.id)],
            _ => vec![
                election::OptionId::from(&list.id),
                election::OptionId::number(1 + random.weighted(candidates) as u16),
            ],
        };
        marked.sort();
        let vote = options.vote(&marked);
        let outcome = match &vote {
            Vote::Blank => Outcome::Blank,
            Vote::Invalid(reason) => Outcome::Invalid(reason.code().to_owned()),
            Vote::List { .. } | Vote::Candidates(_) => Outcome::Valid,
        };
        let counted = vote.counted();
        let contest = RecordContest { contest: contest.id.clone(), outcome, marked, counted, settled: false };
        records.push(CastVoteRecord { style: contest.contest.as_str().parse()?, sheet: 1, contests: vec![contest] });
    }
    records.sort();
    let station = def.stations[0].id.clone();
    Ok(Records {
        scope: def.scope.clone(),
        station,
        device: "d1".parse()?,
        generation: 1,
        salt: Salt([2; 32]),
        records,
    })
}

/// Writes one such file, for other programs.
fn prepare(dir: &Path) -> Result<()> {
    let def = nation::read(&nation::folder(1000, 32)?)?;
    let records = records(&def, &Votes::of(&def, &def.contests[0]), RECORDS, &mut Random(13))?;
    Ok(std::fs::write(dir.join("cvr.json"), records.to_bytes())?)
}

fn run(_: &Path) -> Result<Vec<Line>> {
    let def = nation::read(&nation::folder(1000, 32)?)?;
    let votes: Vec<Votes> = def.contests.iter().map(|c| Votes::of(&def, c)).collect();
    let options: Vec<&ContestOptions> = votes.iter().map(|votes| &votes.options).collect();
    let mut random = Random(13);
    let places: Vec<usize> = (0..FILES).map(|n| n % options.len()).collect();
    let made = places.iter().map(|at| records(&def, &votes[*at], RECORDS, &mut random));
    let files: Vec<Vec<u8>> = made.map(|records| Ok(records?.to_bytes())).collect::<Result<_>>()?;
    let bytes = (files.iter().map(Vec::len).sum::<usize>() * TIMES) as f64;
    let amount = (FILES * RECORDS * TIMES) as f64;
    let (read, reading) = measure("cvr.json read in its one form, on one core", bytes, "B", || {
        let mut read = Vec::new();
        for time in 0..TIMES {
            for file in &files {
                let records = Records::parse(file)?;
                if time == 0 {
                    read.push(records);
                }
            }
        }
        Ok(read)
    })?;
    let per_record = Line {
        what: format!("the same, in records of {:.0} bytes", bytes / amount),
        amount,
        unit: "records".into(),
        ..reading.clone()
    };
    let (_, counting) = measure("what was read counted twice, as V.408 does", amount, "records", || {
        for _ in 0..TIMES {
            for (records, at) in read.iter().zip(&places) {
                let sheets = || records.records.iter().flat_map(|record| &record.contests);
                let mut sums = Sums::zero(options[*at]);
                let mut counted = Vec::new();
                for record in sheets() {
                    counted.clear();
                    counted.extend(record.counted.iter().filter_map(|option| options[*at].find(option.as_str())));
                    sums.ballot(match record.outcome {
                        Outcome::Valid => Ballot::Valid(&counted),
                        Outcome::Blank => Ballot::Blank,
                        Outcome::Invalid(_) => Ballot::Invalid,
                    })?;
                }
                let marks = Sums::of_marks(options[*at], sheets().map(|record| &record.marked[..]))?;
                if marks.totals() != sums.totals() {
                    return Err("the marks do not add up to what is counted".into());
                }
            }
        }
        Ok(())
    })?;
    Ok(vec![reading, per_record, counting])
}
