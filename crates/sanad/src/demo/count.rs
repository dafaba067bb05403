//! Polling day in every station.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use ballot::Design;
use election::{DeviceKey, OptionId, PersonId, Role, Station as Place, StationId};
use rayon::prelude::*;
use sign::{FileKey, KeyKind, Signer, SystemEntropy};
use station::{BallotReader, Config, Ground, Outcome, Paper, RealDisk, Sealer, Sheet, SheetCutter, Slot, Station};

use super::Demo;
use super::paper::{self, Blanks, Scanned, Twist};
use super::people::device_of;
use crate::commands::station::FINGERPRINT;
use crate::shell::{Failure, Result, draft, file_failure, write};

/// What polling day came to.
#[derive(Default)]
pub struct Counted {
    sheets: usize,
    read: usize,
    refused: usize,
    settled: usize,
    /// Marks that were read otherwise than they were made; a demo that finds one says so.
    wrong: usize,
}

impl Counted {
    /// For people.
    pub fn in_words(&self) -> String {
        format!(
            "{} sheets drawn, marked, scanned; {} read and counted, {} refused and kept, {} doubtful contests settled by two people; {} read otherwise than marked",
            self.sheets, self.read, self.refused, self.settled, self.wrong
        )
    }

    fn add(mut self, other: Counted) -> Counted {
        self.sheets += other.sheets;
        self.read += other.read;
        self.refused += other.refused;
        self.settled += other.settled;
        self.wrong += other.wrong;
        self
    }
}

/// One device on polling day.
struct Device {
    id: election::DeviceId,
    key: FileKey,
    ground: Ground,
    /// Where it leaves its three files, the slip and the scans.
    dir: PathBuf,
}

impl Demo<'_> {
    /// Draws the ballots, and runs every station from opening to hand-over.
    pub fn count_stations(&self) -> Result<Counted> {
        let def = self.def();
        let bar = self.shell.progress("draw ballots", def.styles().len() as u64);
        let blanks = paper::draw(def, self.fingerprint, || bar.inc(1))?;
        bar.finish_and_clear();
        for (style, sheets) in &blanks {
            let first = &sheets[0];
            let png = sim::scanner::png(&first.sides[0], paper::DPI).map_err(|e| file_failure(&self.dir, &e))?;
            draft(&self.dir.join(format!("ballots/{style}.png")), &png)?;
        }
        super::tell::step(
            self.shell,
            3,
            "Ballots drawn",
            &format!("{} styles, in {}/ballots", blanks.len(), self.dir.display()),
        );

        let stations: Vec<&Place> = def.stations.iter().filter(|s| s.count_with.is_none()).collect();
        let bar = self.shell.progress("polling day", stations.len() as u64);
        let counted: Vec<Result<Counted>> = stations
            .par_iter()
            .map(|place| {
                let counted = self.polling_day(place, &blanks)?;
                bar.inc(1);
                Ok(counted)
            })
            .collect();
        bar.finish_and_clear();
        counted.into_iter().try_fold(Counted::default(), |sum, one| Ok(sum.add(one?)))
    }

    fn polling_day(&self, place: &Place, blanks: &Blanks) -> Result<Counted> {
        let (def, planted) = (self.def(), &self.planted);
        let twist = match &place.id {
            id if *id == planted.damaged => Twist::Damaged,
            id if *id == planted.doubtful => Twist::Doubtful,
            _ => Twist::None,
        };
        let pile = paper::pile(def, blanks, place, (self.seed, "voters"), self.ballots, twist)?;
        let device = self.device(&place.id)?;
        let counted = self.count(place, &device, &pile)?;
        if place.id == planted.differing {
            // Somebody who holds the device's key makes a second count of other ballots, and
            // changes the stick for it: both copies are signed and whole.
            let other = paper::pile(def, blanks, place, (self.seed, "forged"), self.ballots, Twist::None)?;
            let forged = Device { dir: self.dir.join("forged").join(place.id.as_str()), ..self.device(&place.id)? };
            self.count(place, &forged, &other)?;
        }
        if place.id == planted.unknown_device {
            let unknown = self.unknown_device(&place.id)?;
            self.count(place, &unknown, &pile)?;
        }
        Ok(counted)
    }

    fn device(&self, station: &StationId) -> Result<Device> {
        let id = device_of(station);
        Ok(Device {
            key: self.people.private(&format!("devices/{id}.key.pem"))?,
            id,
            ground: Ground {
                definition: self.frozen.definition.clone(),
                digest: self.frozen.manifest,
                keys: self.frozen.lists.clone(),
                fingerprint: self.fingerprint,
                build: crate::inputs::build(),
            },
            dir: self.dir.join("stations").join(station.as_str()),
        })
    }

    /// A device that believes itself listed: its own copy of the key list says so, the frozen one does not.
    fn unknown_device(&self, station: &StationId) -> Result<Device> {
        let mut device = self.device(station)?;
        device.id = "unknown_device".parse().expect("an id");
        device.key = FileKey::generate(KeyKind::P256)?;
        device.dir = self.dir.join("unknown").join(station.as_str());
        device.ground.keys.devices.push(DeviceKey {
            device: device.id.clone(),
            station: station.clone(),
            key: device.key.public_key().to_string(),
        });
        Ok(device)
    }

    fn count(&self, place: &Place, device: &Device, pile: &[Scanned]) -> Result<Counted> {
        let now = jiff::Timestamp::now().as_second();
        let folder = device.dir.join("device");
        let disk = |path: &Path| RealDisk::open(path).map_err(|e| file_failure(path, &e));
        std::fs::create_dir_all(&folder).map_err(|e| file_failure(&folder, &e))?;
        let config = Config {
            station: place.id.clone(),
            device: device.id.clone(),
            mode: self.def().scope.mode,
            slots: u32::try_from(pile.len()).unwrap_or(u32::MAX).saturating_mul(2),
            slot_bytes: 200_000,
            election: "../../../election".into(),
            key: format!("../../../keys/devices/{}.key.pem", device.id),
            cards: None,
        };
        let mut station = Station::prepare(Box::new(disk(&folder)?), device.ground.clone(), config, now)?;
        // As `sanad station prepare` leaves it, so that `sanad station status` can look into it.
        write(&device.dir.join(FINGERPRINT), format!("{}\n", self.fingerprint).as_bytes())?;
        let officers = self.officers_of(place);
        let [first, second] = &officers[..] else {
            return Err(Failure::new(
                "demo.officers",
                "the definition has fewer than two officers",
                "add officers to people.csv",
            ));
        };
        station.open(first, &SystemEntropy, now)?;

        let reader = BallotReader { design: Design::new(self.def(), self.fingerprint)? };
        let mut counted = Counted { sheets: pile.len(), ..Counted::default() };
        // One sheet at a time, so that the two people who settle a doubt hold its paper in hand.
        let mut in_hand: BTreeMap<Slot, &Scanned> = BTreeMap::new();
        for (number, scanned) in pile.iter().enumerate() {
            let sheet = Sheet {
                name: format!("{:04}", number + 1),
                front: scanned.sides[0].clone(),
                back: scanned.sides.get(1).cloned(),
                alone: true,
            };
            let mut doubts = 0;
            station.scan([sheet], &reader, &SystemEntropy, now, &mut |_, outcome| match outcome {
                Outcome::Counted { doubtful } => {
                    counted.read += 1;
                    doubts = *doubtful;
                }
                Outcome::SameFile | Outcome::Refused { .. } => counted.refused += 1,
            })?;
            if doubts > 0 {
                for question in station.questions() {
                    in_hand.entry(question.slot).or_insert(scanned);
                }
            }
        }
        for (number, scanned) in pile.iter().enumerate() {
            for (side, bytes) in ["front", "back"].iter().zip(&scanned.sides) {
                draft(&device.dir.join(format!("scans/{:04}-{side}.png", number + 1)), bytes)?;
            }
        }
        counted.settled = self.settle(&mut station, &in_hand, &officers, now, &device.dir)?;

        let received = place.registered.max(u32::try_from(pile.len()).unwrap_or(u32::MAX));
        let used = u32::try_from(pile.len()).unwrap_or(u32::MAX);
        let paper = Paper { received, spoiled: 0, unused: received - used, checked_in: Some(used) };
        station.enter(paper, first, now)?;
        station.close(first, second, &SystemEntropy, now)?;
        // The slip is drawn once: what is sealed is what the agents hold.
        let slip = RefCell::new(None);
        let draw = |view: &print::SlipView| {
            let drawn = print::slip(view)?;
            let pdf = drawn.pdf();
            *slip.borrow_mut() = Some(drawn);
            pdf
        };
        let cut = SheetCutter::new(&device.ground, place.constituencies.clone());
        station.report(&Sealer { signer: &device.key, entropy: &SystemEntropy, draw: &draw, cut: &cut }, now)?;
        counted.wrong = self.compare_with_truth(&station, pile)?;
        let slip = slip.into_inner().expect("a new report draws its slip");
        self.leave(&mut station, device, &slip, now)?;
        Ok(counted)
    }

    fn officers_of(&self, place: &Place) -> Vec<PersonId> {
        let officers = self.def().people.iter().filter(|p| p.role == Role::Officer);
        let own = |p: &&election::Person| p.office.is_none() || p.office.as_ref() == Some(&place.office);
        officers.filter(own).map(|p| p.id.clone()).take(2).collect()
    }

    /// Two people look at the paper itself: in the demo they see what its voter did.
    fn settle(
        &self,
        station: &mut Station,
        in_hand: &BTreeMap<Slot, &Scanned>,
        officers: &[PersonId],
        now: i64,
        dir: &Path,
    ) -> Result<usize> {
        let questions = station.questions();
        for question in &questions {
            let crop = station.crop(question.slot, &question.contest)?;
            draft(&dir.join(format!("doubtful-{}-{}.png", question.slot, question.contest)), &crop)?;
            let voter = in_hand.get(&question.slot).and_then(|sheet| sheet.truth.get(&question.contest));
            let said: BTreeSet<OptionId> =
                question.options.iter().filter(|o| voter.is_some_and(|marks| marks.contains(o))).cloned().collect();
            for officer in officers.iter().take(2) {
                station.answer(question.slot, &question.contest, officer, said.clone(), now)?;
            }
        }
        Ok(questions.len())
    }

    /// How many votes of this count differ from what the voters did, damaged sheets aside.
    fn compare_with_truth(&self, station: &Station, pile: &[Scanned]) -> Result<usize> {
        let results = station.sealed_results()?;
        let def = self.def();
        let mut wrong = 0;
        for contest in &results.contests {
            let asked = def.contest(&contest.contest).expect("results have the contests of the definition");
            let marks = pile.iter().filter_map(|sheet| sheet.truth.get(&contest.contest)).map(Vec::as_slice);
            let truth = tally::totals::count(def, asked, marks)?.totals;
            let missing = usize::try_from(truth.ballots).unwrap_or(0).saturating_sub(contest.ballots as usize);
            let differing: u64 = truth
                .votes
                .iter()
                .map(|(option, votes)| votes.abs_diff(u64::from(contest.votes.get(option).copied().unwrap_or(0))))
                .sum();
            // An unread sheet takes at most a list vote and a personal vote with it.
            wrong += usize::try_from(differing).unwrap_or(usize::MAX).saturating_sub(2 * missing);
        }
        Ok(wrong)
    }

    /// The slip for agents, and the three files on both media.
    fn leave(&self, station: &mut Station, device: &Device, slip: &print::Drawn, now: i64) -> Result<()> {
        write(&device.dir.join("slip.pdf"), &slip.pdf()?)?;
        // As an agent's photos would show its pages together.
        write(&device.dir.join("slip.png"), &slip.whole_png(paper::DPI)?)?;
        write(&device.dir.join("slip.txt"), (station.slip_codes()?.join("\n") + "\n").as_bytes())?;
        for (name, medium) in [("medium A", device.dir.clone()), ("medium B", device.dir.join("medium-b"))] {
            let disk = RealDisk::medium(&medium).map_err(|e| file_failure(&medium, &e))?;
            station.hand_over(name, &disk, now)?;
        }
        Ok(())
    }
}
