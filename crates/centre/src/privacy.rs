//! What the centre may publish of single ballots, and what waits for two officers.

use std::collections::{BTreeMap, BTreeSet};

use election::{ContestId, Digest, StationId};
use package::cuts::{self, Stray};
use package::cvr::Records;
use record::Content;
use record::entry::Import;
use record::privacy::{
    NEVER_CLAUSE, PICTURES_CLAUSE, REDACTION_CLAUSE, Redaction, Shown, StationLeak, shown, shows_records,
};
use record::withheld;
use sign::Entropy;

use crate::centre::Centre;
use crate::contents::{Files, Stored};
use crate::error::CentreError;
use crate::publish::PublishedStation;

/// More stray ink than this, and people look before a picture is published: four square millimetres, in hundredths. A
/// word is ten and more; speckles, folds and ticks that reach beyond their oval stay below.
pub const LOOK_FROM: u32 = 400;

/// Shorter files are not looked for among those that are withheld.
const LEAST_BYTES: usize = 64;

/// The pictures of one content that wait for two officers, or have been decided.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Queue {
    /// The station.
    pub station: StationId,
    /// The folder in the publication.
    pub folder: String,
    /// Pictures of all contests.
    pub pictures: usize,
    /// Those with stray ink, by contest and number.
    pub marked: BTreeMap<ContestId, BTreeSet<u32>>,
    /// Two officers have said what stays hidden.
    pub decided: bool,
}

/// How many pictures of each contest there are.
pub(crate) fn pictures(stored: &Stored<'_>) -> BTreeMap<ContestId, usize> {
    cuts::counted(stored.images.keys().filter_map(|path| path.strip_prefix("data/")))
}

/// Stray ink, as the device measured it.
fn stray(stored: &Stored<'_>) -> Result<Stray, CentreError> {
    if !stored.results.contains_key("data/stray.json") {
        return Ok(Stray::new());
    }
    sign::canonical::from_bytes(&stored.file("stray.json")?).map_err(|_| stored.wrong("stray.json"))
}

impl Centre {
    /// What each published content tells, by folder.
    ///
    /// # Errors
    /// A content that is not on the disk as its leaf names it.
    pub fn leaks(&self) -> Result<Vec<StationLeak>, CentreError> {
        let def = &self.frozen.definition;
        let leak = |station: PublishedStation| {
            let imports: Vec<&Import> = station.imports.iter().collect();
            let (stored, content) = (self.contents.open(&imports)?, imports[0].content);
            let results = self.contents.results(&content)?;
            let records = Records::parse(&stored.file("cvr.json")?).map_err(|_| stored.wrong("cvr.json"))?;
            let withheld = self.state.redactions.get(&content);
            Ok(StationLeak::of(def, station.folder, &results, Some(&records), &pictures(&stored), withheld))
        };
        self.published_stations().into_iter().map(leak).collect()
    }

    /// The contents of whose pictures the rules publish some, with those that people must look at first.
    ///
    /// # Errors
    /// A content that is not on the disk as its leaf names it.
    pub fn redaction_queue(&self) -> Result<Vec<Queue>, CentreError> {
        let rules = &self.frozen.definition.rules.privacy;
        let mut queue = Vec::new();
        for station in self.published_stations() {
            let imports: Vec<&Import> = station.imports.iter().collect();
            let (stored, content) = (self.contents.open(&imports)?, imports[0].content);
            let cast = self.contents.results(&content)?.account.cast;
            let counts = pictures(&stored);
            let all = Default::default();
            let is_shown = |(contest, count): (&ContestId, &usize)| {
                shown(rules, Some(&all), cast, contest, *count) != Shown::None(PICTURES_CLAUSE)
            };
            if !counts.iter().any(is_shown) {
                continue;
            }
            queue.push(Queue {
                station: imports[0].station.clone(),
                pictures: counts.values().sum(),
                marked: marked(&stray(&stored)?),
                decided: self.state.redactions.contains_key(&content),
                folder: station.folder.clone(),
            });
        }
        Ok(queue)
    }

    /// The picture of one contest in a folder of the publication, as the officers look at it.
    ///
    /// # Errors
    /// No such folder or picture.
    pub fn picture(&self, folder: &str, contest: &ContestId, number: u32) -> Result<Vec<u8>, CentreError> {
        let station = self.published(folder)?;
        let imports: Vec<&Import> = station.imports.iter().collect();
        let name = cuts::name(contest, number as usize, 0);
        let picture = self.contents.open(&imports)?.images()?.remove(&name);
        picture.ok_or(CentreError::Picture("there is no such picture in that folder"))
    }

    fn published(&self, folder: &str) -> Result<PublishedStation, CentreError> {
        let found = self.published_stations().into_iter().find(|station| station.folder == folder);
        found.ok_or(CentreError::Picture("there is no such folder in the publication"))
    }

    /// The decision about the pictures of one content: marked ones stay hidden unless they are among `shown`, others
    /// are hidden if they are among `hidden`. So few that the totals would tell them are hidden among others
    /// drawn at random; where then too few would be shown, all stay hidden.
    ///
    /// # Errors
    /// No such folder; a picture that is not there; randomness that cannot be relied on.
    pub fn redaction(
        &self,
        folder: &str,
        open: &BTreeSet<(ContestId, u32)>,
        hidden: &BTreeSet<(ContestId, u32)>,
        entropy: &dyn Entropy,
    ) -> Result<Redaction, CentreError> {
        sign::entropy::start_up(entropy)?;
        let station = self.published(folder)?;
        let imports: Vec<&Import> = station.imports.iter().collect();
        let stored = self.contents.open(&imports)?;
        let from = self.frozen.definition.rules.privacy.images_from as usize;
        let counts = pictures(&stored);
        let exists = |(contest, number): &&(ContestId, u32)| {
            counts.get(contest).is_some_and(|count| (1..=*count).contains(&(*number as usize)))
        };
        if open.iter().chain(hidden).any(|picture| !exists(&picture)) {
            return Err(CentreError::Picture("there is no such picture in that folder"));
        }
        let marked = marked(&stray(&stored)?);
        let mut withheld = BTreeMap::new();
        for (contest, count) in counts.iter().filter(|(_, count)| **count >= from) {
            let own = |number: &u32| !open.contains(&(contest.clone(), *number));
            let mut numbers: BTreeSet<u32> = marked.get(contest).into_iter().flatten().copied().filter(own).collect();
            numbers.extend(hidden.iter().filter(|(id, _)| id == contest).map(|(_, number)| *number));
            if numbers.is_empty() {
                continue;
            }
            let mut others: Vec<u32> = (1..=*count as u32).filter(|number| !numbers.contains(number)).collect();
            while numbers.len() < from && !others.is_empty() {
                numbers.insert(others.swap_remove(below(entropy, others.len())?));
            }
            if count - numbers.len() < from {
                numbers.extend(others);
            }
            withheld.insert(contest.clone(), numbers);
        }
        Ok(Redaction { station: imports[0].station.clone(), content: imports[0].content, withheld })
    }

    /// Whether a file of the images bag is published, or the clause that withholds it.
    pub(crate) fn picture_shown(
        &self,
        content: &Content,
        cast: u32,
        counts: &BTreeMap<ContestId, usize>,
        name: &str,
    ) -> Result<(), &'static str> {
        let Some((contest, number, _)) = cuts::parse_name(name) else { return Err(NEVER_CLAUSE) };
        let (rules, withheld) = (&self.frozen.definition.rules.privacy, self.state.redactions.get(content));
        let count = counts.get(&contest).copied().unwrap_or(0);
        match shown(rules, withheld, cast, &contest, count) {
            Shown::None(clause) => Err(clause),
            Shown::But(hidden) if hidden.contains(&(number as u32)) => Err(REDACTION_CLAUSE),
            Shown::But(_) => Ok(()),
        }
    }

    /// What may not be published of the contents of this centre.
    pub(crate) fn guard(&self) -> Result<Guard, CentreError> {
        let rules = &self.frozen.definition.rules.privacy;
        let (mut forbidden, mut shown) = (BTreeMap::new(), BTreeSet::new());
        for station in self.published_stations() {
            let imports: Vec<&Import> = station.imports.iter().collect();
            let (stored, content) = (self.contents.open(&imports)?, imports[0].content);
            let cast = self.contents.results(&content)?.account.cast;
            let counts = pictures(&stored);
            for (path, digest) in &stored.results {
                let name = path.trim_start_matches("data/");
                if let Some(clause) = withheld::clause(name, shows_records(rules, cast)) {
                    forbidden.insert(*digest, clause);
                }
            }
            for (path, digest) in &stored.images {
                let name = path.trim_start_matches("data/");
                if let Err(clause) = self.picture_shown(&content, cast, &counts, name) {
                    forbidden.insert(*digest, clause);
                } else {
                    shown.insert(*digest);
                }
            }
        }
        // Two voters who made no mark, or the same one, may have the very same picture: where the one is shown, the bytes
        // tell nothing of the other.
        forbidden.retain(|digest, _| !shown.contains(digest));
        Ok(Guard(forbidden))
    }
}

/// The SHA-256 of everything that the rules withhold of the contents of a centre, with the clause.
pub(crate) struct Guard(BTreeMap<Digest, &'static str>);

impl Guard {
    /// The SHA-256 of files that are to be published. Refuses one that the rules withhold, under whatever name it lies.
    pub(crate) fn listed(&self, files: &Files) -> Result<BTreeMap<String, Digest>, CentreError> {
        let hashed = |(path, bytes): (&String, &Vec<u8>)| {
            let digest = sign::sha256(bytes);
            // A file of a few bytes, such as an empty list, says nothing of anybody, and may well stand elsewhere.
            match self.0.get(&digest).filter(|_| bytes.len() >= LEAST_BYTES) {
                Some(clause) => Err(CentreError::Withheld { path: path.clone(), clause }),
                None => Ok((path.clone(), digest)),
            }
        };
        files.iter().map(hashed).collect()
    }
}

fn marked(stray: &Stray) -> BTreeMap<ContestId, BTreeSet<u32>> {
    let of = |figures: &Vec<u32>| {
        let numbered = figures.iter().zip(1u32..);
        numbered.filter(|(ink, _)| **ink >= LOOK_FROM).map(|(_, number)| number).collect::<BTreeSet<u32>>()
    };
    stray.iter().map(|(contest, figures)| (contest.clone(), of(figures))).filter(|(_, all)| !all.is_empty()).collect()
}

/// A number below `bound`, which is not zero; the bias is below `bound / 2⁶⁴`.
fn below(entropy: &dyn Entropy, bound: usize) -> Result<usize, sign::entropy::EntropyError> {
    let mut bytes = [0; 8];
    entropy.fill(&mut bytes)?;
    Ok(((u128::from(u64::from_le_bytes(bytes)) * bound as u128) >> 64) as usize)
}
