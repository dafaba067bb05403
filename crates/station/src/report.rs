//! The report: totals, slip, both bags, label. Made once for each generation.
//!
//! A report that is cut short leaves files in `out/` that nobody may use, because the state does not name them; it is
//! made again over them, from the same ballots, answers and salts. What makes a generation sealed is one
//! write of the state, which names every file with its hash; after it the files never change.

use std::collections::{BTreeMap, BTreeSet};

use election::{ContestId, Digest, MarkScore, OptionId, RecipientName};
use package::adjudication::Answers;
use package::cvr::{CastVoteRecord, Outcome, RecordContest};
use package::make::{PackageParts, Sheet, make};
use package::slip::SlipFigures;
use package::{BallotAccount, ContestResults, FileName, Part, Recipients, StationResults};
use print::{Paper, SlipKind, SlipView};
use rayon::prelude::*;
use sign::{Entropy, Recipient, RecipientError, Signer};
use tally::Vote;
use tally::account::Account;
use tally::totals::Count;

use crate::count::Settled;
use crate::cut::Cutter;
use crate::disk::write_durably;
use crate::error::StationError;
use crate::journal::exported;
use crate::slip::{Draw, view};
use crate::state::{Closing, EventKind, Phase, Sealed, UnixTime};
use crate::station::{OUT, Station};

/// What the report needs from outside.
pub struct Sealer<'a> {
    /// The device's key.
    pub signer: &'a dyn Signer,
    /// Randomness for the sealing.
    pub entropy: &'a dyn Entropy,
    /// Draws the slip: [`crate::draw`].
    pub draw: Draw<'a>,
    /// Cuts the contests out of sheets, where pictures of them are published: [`crate::SheetCutter`].
    pub cut: &'a dyn Cutter,
}

/// What stands after `STATION-DEVICE-GENERATION` in the names of the slip's files.
const SLIP_PDF: &str = "slip.pdf";
const SLIP_CODES: &str = "slip.txt";
const RESULTS: &str = "results.json";

impl Station {
    /// Makes the report of this generation and seals it, or does nothing where it is sealed.
    ///
    /// # Errors
    /// [`StationError::TooEarly`] while the polls are open; a key that is not the device's.
    pub fn report(&mut self, sealer: &Sealer<'_>, now: UnixTime) -> Result<(), StationError> {
        match self.state.phase {
            Phase::Sealed => return Ok(()),
            Phase::Open => return Err(StationError::TooEarly),
            Phase::Prepared | Phase::Closed => self.phase_is(Phase::Closed)?,
        }
        let (parts, results) = self.parts(sealer)?;
        let recipients = self.recipients()?;
        let codes = parts.slip.join("\n") + "\n";
        let pdf = parts.slip_pdf.clone().unwrap_or_default();
        let package = make(parts, &recipients, sealer.signer, sealer.entropy)
            .map_err(|error| StationError::Seal(error.to_string()))?;
        let name = |end: &str| format!("{}.{end}", package.name);
        let files = BTreeMap::from([
            (package.name.of(Part::Results), package.results_age),
            (package.name.of(Part::Images), package.images_age),
            (package.name.of(Part::Label), package.label),
            (name(SLIP_PDF), pdf),
            (name(SLIP_CODES), codes.into_bytes()),
            (name(RESULTS), results.to_bytes()),
        ]);
        for (name, bytes) in &files {
            if let Err(error) = write_durably(&*self.disk, &format!("{OUT}/{name}"), bytes) {
                self.halt();
                return Err(error.into());
            }
        }
        let files = files.into_iter().map(|(name, bytes)| (name, sign::sha256(&bytes))).collect();
        self.change(now, |state, now| {
            state.sealed.insert(state.generation, Sealed { files, copies: 0 });
            state.phase = Phase::Sealed;
            let generation = state.generation;
            state.log(now, EventKind::Sealed { generation });
        })
    }

    /// All that goes into the package, before it is sealed.
    ///
    /// # Errors
    /// [`StationError::TooEarly`] while the polls are open; a key that is not the device's.
    pub fn parts(&self, sealer: &Sealer<'_>) -> Result<(PackageParts, StationResults), StationError> {
        if self.state.phase == Phase::Open {
            return Err(StationError::TooEarly);
        }
        let config = &self.state.config;
        let registered = (self.ground.keys.devices.iter()).any(|d| {
            d.device == config.device && d.station == config.station && d.key == sealer.signer.public_key().to_string()
        });
        if !registered {
            return Err(StationError::NotTheDevice(config.device.clone()));
        }
        let closing = self.state.closing.clone().ok_or(StationError::Phase { is: self.state.phase })?;
        let zero = self.zero_report()?;
        let settled = self.settled()?;
        let results = self.results(&settled, &closing)?;
        let (fingerprint, build) = (self.ground.fingerprint, self.ground.build.clone());
        let figures = SlipFigures::of(&results, &zero, fingerprint, &build);
        let slip = figures.sign(sealer.signer).map_err(|error| StationError::Seal(error.to_string()))?;
        let time = closing.untrusted_time;
        let page = view(self, &results, SlipKind::Results, Paper::A4, &slip, time, 0)?;
        let pdf = (sealer.draw)(&page).map_err(|error| StationError::Slip(error.to_string()))?;
        let mut sheets = settled.iter().map(|sheet| self.sheet(sheet)).collect::<Result<Vec<_>, _>>()?;
        if self.is_shown(results.account.cast) {
            cut(&mut sheets, sealer.cut);
        }
        let parts = PackageParts {
            fingerprint,
            build,
            results: results.clone(),
            zero,
            cvr_salt: closing.cvr_salt,
            sheets,
            slip,
            slip_pdf: Some(pdf),
            events: exported(&self.state.events),
        };
        Ok((parts, results))
    }

    /// The zero report of the opening; it stands for all generations, since nothing can be zero a second time.
    pub fn zero_report(&self) -> Result<StationResults, StationError> {
        let zero = self.state.zero.as_ref().ok_or(StationError::Phase { is: self.state.phase })?;
        StationResults::parse(zero.json.as_bytes()).map_err(|error| StationError::State(error.to_string()))
    }

    fn results(&self, sheets: &[Settled<'_>], closing: &Closing) -> Result<StationResults, StationError> {
        let paper = self.state.paper.ok_or(StationError::NoAccount)?;
        let account = self.account(&paper, sheets);
        if !closing.account_differs {
            self.check_account(&account)?;
        }
        let figures = self.figures(sheets)?;
        let contests = self.contests().into_iter().filter_map(|contest| Some((&contest.id, figures.get(&contest.id)?)));
        Ok(StationResults {
            scope: self.ground.definition.scope.clone(),
            station: self.state.config.station.clone(),
            device: self.state.config.device.clone(),
            generation: self.state.generation,
            salt: closing.results_salt,
            account: narrow_account(&account)?,
            contests: contests.map(|(id, count)| narrow_contest(id, count)).collect::<Result<_, _>>()?,
        })
    }

    /// One sheet with its images, as the package takes it; the package sorts and numbers them.
    fn sheet(&self, settled: &Settled<'_>) -> Result<Sheet, StationError> {
        let record = self.slots.whole(&*self.disk, settled.slot)?;
        let mut images = record.images.into_iter();
        let contests = settled.reading.contests.iter().zip(&settled.marks).filter_map(|(read, marks)| {
            let contest = self.ground.definition.contest(&read.contest)?;
            let (outcome, counted) = recorded(&tally::vote(&self.ground.definition, contest, marks));
            let settled = !read.ambiguous.is_empty();
            Some(RecordContest { contest: read.contest.clone(), outcome, marked: marks.clone(), counted, settled })
        });
        let mut scores: BTreeMap<ContestId, BTreeMap<OptionId, MarkScore>> = BTreeMap::new();
        for score in &settled.reading.scores {
            scores.entry(score.contest.clone()).or_default().insert(score.option.clone(), score.score);
        }
        Ok(Sheet {
            record: CastVoteRecord {
                style: settled.reading.style.clone(),
                sheet: settled.reading.sheet,
                contests: contests.collect(),
            },
            scores,
            front: images.next().unwrap_or_default(),
            back: images.next(),
            crops: record.crops.into_iter().collect(),
            answers: self.answers(settled),
            cuts: BTreeMap::new(),
        })
    }

    /// Are pictures published of a station with so many ballots?
    fn is_shown(&self, cast: u32) -> bool {
        let from = self.ground.definition.rules.privacy.images_from;
        from > 0 && cast >= from
    }

    /// What people said of the doubtful contests of a sheet.
    fn answers(&self, settled: &Settled<'_>) -> BTreeMap<ContestId, Answers> {
        let doubtful = settled.reading.contests.iter().filter(|read| !read.ambiguous.is_empty());
        let answers = doubtful.filter_map(|read| {
            let said = self.state.doubt(settled.slot, &read.contest)?.answers.clone();
            Some((read.contest.clone(), Answers { asked: read.ambiguous.iter().cloned().collect(), said }))
        });
        answers.collect()
    }

    /// For whom: the results for the centre, the images also for the station's office.
    fn recipients(&self) -> Result<Recipients, StationError> {
        let office = RecipientName::Office(self.place()?.office.clone());
        let of = |names: &[&RecipientName]| {
            let known = self.ground.keys.recipients.iter().filter(|key| names.contains(&&key.recipient));
            let parsed: Result<Vec<Recipient>, RecipientError> = known.map(|key| key.age.parse()).collect();
            parsed.map_err(|error| StationError::Seal(error.to_string()))
        };
        let centre = &RecipientName::Centre;
        Ok(Recipients { results: of(&[centre])?, images: of(&[centre, &office])? })
    }

    /// The figures, once they are sealed.
    ///
    /// # Errors
    /// [`StationError::TooEarly`] while the polls are open; another phase than sealed.
    pub fn sealed_results(&self) -> Result<StationResults, StationError> {
        let bytes = self.sealed_file(RESULTS)?;
        StationResults::parse(&bytes).map_err(|_| StationError::Changed(RESULTS.into()))
    }

    /// What a copy of the slip says. The signed codes are those of the first print; only the number of the copy
    /// is new. The number is logged before the paper is out, so that no two copies bear the same.
    ///
    /// # Errors
    /// As [`Station::sealed_results`].
    pub fn slip_copy(
        &mut self,
        paper: Paper,
        to: Option<&election::PersonId>,
        now: UnixTime,
    ) -> Result<SlipView, StationError> {
        let results = self.sealed_results()?;
        let codes = self.slip_codes()?;
        let generation = self.state.generation;
        let closed = self.state.closing.as_ref().map_or(now, |closing| closing.untrusted_time);
        let copy = self.state.sealed.get(&generation).map_or(0, |sealed| sealed.copies).saturating_add(1);
        let number = u16::try_from(copy).unwrap_or(u16::MAX);
        let page = view(self, &results, SlipKind::Results, paper, &codes, closed, number)?;
        self.change(now, |state, now| {
            if let Some(sealed) = state.sealed.get_mut(&generation) {
                sealed.copies = copy;
            }
            state.log(now, EventKind::SlipPrinted { generation, copy, to: to.cloned() });
        })?;
        Ok(page)
    }

    /// What the zero report says on paper; it has no codes, its hash is in the slip's.
    ///
    /// # Errors
    /// A station that was not opened.
    pub fn zero_view(&self, paper: Paper) -> Result<SlipView, StationError> {
        let opened = |event: &&crate::state::Event| matches!(event.what, EventKind::Opened { .. });
        let time = self.state.events.iter().rev().find(opened).map_or(0, |event| event.untrusted_time);
        view(self, &self.zero_report()?, SlipKind::Zero, paper, &[], time, 1)
    }

    /// The texts of the slip's codes.
    ///
    /// # Errors
    /// As [`Station::sealed_results`].
    pub fn slip_codes(&self) -> Result<Vec<String>, StationError> {
        let text = String::from_utf8(self.sealed_file(SLIP_CODES)?);
        let text = text.map_err(|_| StationError::Changed(SLIP_CODES.into()))?;
        Ok(text.lines().map(str::to_owned).collect())
    }

    /// A sealed file of this generation by the end of its name, checked against the hash in the state.
    pub(crate) fn sealed_file(&self, end: &str) -> Result<Vec<u8>, StationError> {
        let (name, digest) = match self.state.phase {
            Phase::Open => return Err(StationError::TooEarly),
            Phase::Sealed => self.sealed_name(end),
            is => return Err(StationError::Phase { is }),
        }?;
        let bytes = self.disk.read(&format!("{OUT}/{name}"))?.unwrap_or_default();
        if sign::sha256(&bytes) == digest { Ok(bytes) } else { Err(StationError::Changed(name)) }
    }

    fn sealed_name(&self, end: &str) -> Result<(String, Digest), StationError> {
        let name = format!("{}.{end}", self.file_name());
        let sealed = self.state.sealed.get(&self.state.generation);
        let digest = sealed.and_then(|sealed| sealed.files.get(&name)).copied();
        digest.map(|digest| (name.clone(), digest)).ok_or(StationError::Changed(name))
    }

    /// What the files of this generation are called.
    pub fn file_name(&self) -> FileName {
        let config = &self.state.config;
        FileName { station: config.station.clone(), device: config.device.clone(), generation: self.state.generation }
    }
}

/// Cuts the contests out of all sheets, or of none.
fn cut(sheets: &mut [Sheet], cutter: &dyn Cutter) {
    let cut = |sheet: &Sheet| {
        let images: Vec<Vec<u8>> = std::iter::once(&sheet.front).chain(&sheet.back).cloned().collect();
        let cuts = cutter.cut(&images)?;
        // One for each contest that was read, and no other.
        let read = sheet.record.contests.iter().map(|contest| &contest.contest);
        (read.collect::<BTreeSet<_>>() == cuts.keys().collect()).then_some(cuts)
    };
    let Some(all) = sheets.par_iter().map(cut).collect::<Option<Vec<_>>>() else { return };
    sheets.iter_mut().zip(all).for_each(|(sheet, cuts)| sheet.cuts = cuts);
}

/// What a vote is in the words of a cast vote record: its outcome, and what it counts for, sorted.
pub fn recorded(vote: &Vote) -> (Outcome, Vec<OptionId>) {
    let outcome = match vote {
        Vote::Blank => Outcome::Blank,
        Vote::Invalid(reason) => Outcome::Invalid(reason.code().into()),
        Vote::List { .. } | Vote::Candidates(_) => Outcome::Valid,
    };
    (outcome, vote.counted())
}

/// A figure of one station fits 32 bits.
fn narrow(figure: u64) -> Result<u32, StationError> {
    u32::try_from(figure).map_err(|_| StationError::Figures(figure.to_string()))
}

fn narrow_account(account: &Account) -> Result<BallotAccount, StationError> {
    Ok(BallotAccount {
        registered: narrow(account.registered)?,
        checked_in: account.checked_in.map(narrow).transpose()?,
        received: narrow(account.received)?,
        used: narrow(account.used)?,
        spoiled: narrow(account.spoiled)?,
        unused: narrow(account.unused)?,
        cast: narrow(account.cast)?,
        valid: narrow(account.valid)?,
        blank: narrow(account.blank)?,
        invalid: narrow(account.invalid)?,
        unread: narrow(account.unread)?,
    })
}

fn narrow_contest(contest: &ContestId, count: &Count) -> Result<ContestResults, StationError> {
    let totals = &count.totals;
    Ok(ContestResults {
        contest: contest.clone(),
        ballots: narrow(totals.ballots)?,
        valid: narrow(totals.valid)?,
        blank: narrow(totals.blank)?,
        invalid: narrow(totals.invalid)?,
        votes: (totals.votes.iter())
            .map(|(id, votes)| Ok((id.clone(), narrow(*votes)?)))
            .collect::<Result<_, StationError>>()?,
    })
}
