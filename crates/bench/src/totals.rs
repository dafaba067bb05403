//! Totals of 11,000,000 cast vote records by station, list and candidate; and of the figures of 55,000 stations.
//!
//! The records are decoded already: of each contest the place of the list and of the candidate among its options, 4 bytes
//! a record, station after station, as packages bring them. Read from a file and counted by `tally::Sums`, as
//! `verify` counts published records again (V.408). What reading their JSON costs is a line of its own.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::Path;

use election::Folder;
use package::{ContestResults, StationResults};
use tally::{Ballot, ContestOptions, Place, Sums};

use crate::measure::{Line, measure};
use crate::random::{Random, falling};
use crate::{Bench, Result, nation};

/// Totals of records.
pub const BENCH: Bench = Bench { name: "totals", prepare, run };
/// Totals of stations.
pub const OUTCOME: Bench = Bench { name: "outcome", prepare: |_| Ok(()), run: outcome };

/// Stations, and records of each.
pub const STATIONS: usize = 55_000;
const RECORDS: usize = 200;

/// In the place of a list: no mark, or marks that are worth nothing. In the place of a candidate: none.
const BLANK: u16 = u16::MAX;
const INVALID: u16 = u16::MAX - 1;
const NONE: u16 = u16::MAX;

fn definition() -> Result<Folder> {
    nation::folder(1000, 32)
}

/// Writes `records.bin`: a station's number (4 bytes), its contest (2), how many records (2), then each as the places
/// of list and candidate (2 each), little-endian; and the same as `records.csv`, for other programs.
fn prepare(dir: &Path) -> Result<()> {
    let done = dir.join("records.csv");
    if done.exists() {
        return Ok(());
    }
    let def = nation::read(&definition()?)?;
    let mut random = Random(11);
    let mut binary = BufWriter::new(File::create(dir.join("records.bin"))?);
    let mut csv = BufWriter::new(File::create(dir.join("records.csv.new"))?);
    writeln!(csv, "station,contest,outcome,list,candidate")?;
    let contests: Vec<Votes> = def.contests.iter().map(|contest| Votes::of(&def, contest, &mut random)).collect();
    let seats: u64 = def.contests.iter().map(|contest| u64::from(contest.seats)).sum();
    let mut before = 0;
    let ends = def.contests.iter().map(|c| {
        before += u64::from(c.seats);
        before * STATIONS as u64 / seats
    });
    let ends: Vec<u64> = ends.collect();
    for station in 0..STATIONS as u32 {
        let contest = ends.partition_point(|end| *end <= u64::from(station));
        binary.write_all(&station.to_le_bytes())?;
        binary.write_all(&(contest as u16).to_le_bytes())?;
        binary.write_all(&(RECORDS as u16).to_le_bytes())?;
        for _ in 0..RECORDS {
            let (list, candidate) = contests[contest].draw(&mut random);
            binary.write_all(&list.to_le_bytes())?;
            binary.write_all(&candidate.to_le_bytes())?;
            match (list, candidate) {
                (BLANK, _) => writeln!(csv, "{station},{contest},1,,")?,
                (INVALID, _) => writeln!(csv, "{station},{contest},2,,")?,
                (list, NONE) => writeln!(csv, "{station},{contest},0,{list},")?,
                (list, candidate) => writeln!(csv, "{station},{contest},0,{list},{candidate}")?,
            }
        }
    }
    binary.flush()?;
    csv.flush()?;
    Ok(std::fs::rename(dir.join("records.csv.new"), done)?)
}

/// How a contest votes: a few lists have most of it, and the first candidates of each.
struct Votes {
    lists: Vec<u64>,
    /// Of each list its place, the places of its candidates, and their ends.
    places: Vec<(u16, Vec<u16>, Vec<u64>)>,
}

impl Votes {
    fn of(def: &election::Definition, contest: &election::Contest, random: &mut Random) -> Self {
        let options = ContestOptions::of(def, contest);
        let place = |id: &str| options.find(id).map_or(0, Place::index) as u16;
        let lists = def.lists_of(&contest.id).map(|list| {
            let own = def.candidates_of(&contest.id).filter(|c| c.list.as_ref() == Some(&list.id));
            let own: Vec<u16> = own.map(|c| place(c.id.as_str())).collect();
            let ends = falling(own.len());
            (place(list.id.as_str()), own, ends)
        });
        let mut places: Vec<_> = lists.collect();
        for at in (1..places.len()).rev() {
            places.swap(at, random.below(at + 1));
        }
        Votes { lists: falling(places.len()), places }
    }

    fn draw(&self, random: &mut Random) -> (u16, u16) {
        match random.below(100) {
            0..2 => (BLANK, NONE),
            2..5 => (INVALID, NONE),
            5..35 => (self.places[random.weighted(&self.lists)].0, NONE),
            _ => {
                let (list, own, ends) = &self.places[random.weighted(&self.lists)];
                (*list, own[random.weighted(ends)])
            }
        }
    }
}

fn run(dir: &Path) -> Result<Vec<Line>> {
    let def = nation::read(&definition()?)?;
    let options: Vec<ContestOptions> = def.contests.iter().map(|c| ContestOptions::of(&def, c)).collect();
    let amount = (STATIONS * RECORDS) as f64;
    let what = "totals of 11,000,000 records by station, list and candidate";
    let (check, line) = measure(what, amount, "records", || count(&dir.join("records.bin"), &options))?;
    std::fs::write(dir.join("records.check"), format!("{check:?}\n"))?;
    Ok(vec![line])
}

/// What shows that another program has counted the same: ballots of each outcome; of every station and contest the
/// figures that are not zero, their sum, and the sum of their squares.
#[derive(Debug, Default, PartialEq)]
struct Check {
    ballots: [u64; 4],
    of_stations: [u64; 3],
    of_contests: [u64; 3],
}

fn add(sums: &mut [u64; 3], votes: u64) {
    *sums = [sums[0] + 1, sums[1] + votes, sums[2] + votes * votes];
}

fn count(records: &Path, options: &[ContestOptions]) -> Result<Check> {
    let mut from = BufReader::with_capacity(1 << 16, File::open(records)?);
    let mut totals: Vec<Sums> = options.iter().map(Sums::zero).collect();
    let mut stations: Vec<Sums> = totals.clone();
    let (mut check, mut head, mut bytes) = (Check::default(), [0; 8], Vec::new());
    while !from.fill_buf_is_empty()? {
        from.read_exact(&mut head)?;
        let contest = usize::from(u16::from_le_bytes([head[4], head[5]]));
        let records = usize::from(u16::from_le_bytes([head[6], head[7]]));
        bytes.resize(records * 4, 0);
        from.read_exact(&mut bytes)?;
        let (options, station) = (&options[contest], &mut stations[contest]);
        station.clear();
        let place = |at: u16| options.place(at.into()).ok_or("a record of another contest");
        for record in bytes.chunks_exact(4) {
            let (list, candidate) =
                (u16::from_le_bytes([record[0], record[1]]), u16::from_le_bytes([record[2], record[3]]));
            match (list, candidate) {
                (BLANK, _) => station.ballot(Ballot::Blank)?,
                (INVALID, _) => station.ballot(Ballot::Invalid)?,
                (list, NONE) => station.ballot(Ballot::Valid(&[place(list)?]))?,
                (list, candidate) => station.ballot(Ballot::Valid(&[place(list)?, place(candidate)?]))?,
            }
        }
        for (sum, ballots) in check.ballots.iter_mut().zip(station.ballots()) {
            *sum += ballots;
        }
        station.nonzero().for_each(|votes| add(&mut check.of_stations, votes));
        totals[contest].add(station)?;
    }
    totals.iter().flat_map(Sums::nonzero).for_each(|votes| add(&mut check.of_contests, votes));
    Ok(check)
}

trait AtEnd {
    fn fill_buf_is_empty(&mut self) -> Result<bool>;
}

impl<R: Read> AtEnd for BufReader<R> {
    fn fill_buf_is_empty(&mut self) -> Result<bool> {
        Ok(std::io::BufRead::fill_buf(self)?.is_empty())
    }
}

/// The sums that `record::Outcome` makes, of what stations state: 55,000 `results.json` of the example's lists, in memory
/// one after another.
fn outcome(_: &Path) -> Result<Vec<Line>> {
    let def = nation::read(&nation::folder(STATIONS, 0)?)?;
    let options: Vec<ContestOptions> = def.contests.iter().map(|c| ContestOptions::of(&def, c)).collect();
    let mut random = Random(12);
    let mut figures: Vec<Vec<u8>> = Vec::new();
    for (contest, options) in def.contests.iter().zip(&options) {
        let votes = options.ids().iter().map(|id| (id.clone(), random.below(100) as u32)).collect();
        let results =
            ContestResults { contest: contest.id.clone(), ballots: 300, valid: 290, blank: 5, invalid: 5, votes };
        let station = StationResults {
            scope: def.scope.clone(),
            station: def.stations[0].id.clone(),
            device: "d1".parse()?,
            generation: 1,
            salt: package::Salt([1; 32]),
            account: Default::default(),
            contests: vec![results],
        };
        figures.push(station.to_bytes());
    }
    let of: Vec<usize> = def
        .stations
        .iter()
        .map(|station| def.contests.iter().position(|c| station.constituencies.contains(&c.constituency)).unwrap_or(0))
        .collect();
    let what = "totals of 55,000 stations from their results.json, as read and as added";
    let (_, line) = measure(what, STATIONS as f64, "stations", || {
        let mut totals: Vec<Sums> = options.iter().map(Sums::zero).collect();
        for contest in &of {
            let results = StationResults::parse(&figures[*contest])?;
            for figures in &results.contests {
                let ballots = [figures.ballots, figures.valid, figures.blank, figures.invalid].map(u64::from);
                let votes = figures.votes.iter().map(|(option, votes)| (option, u64::from(*votes)));
                totals[*contest].add(&Sums::of(&options[*contest], ballots, votes)?)?;
            }
        }
        Ok(totals.iter().map(|t| t.ballots()[0]).sum::<u64>())
    })?;
    Ok(vec![line])
}
