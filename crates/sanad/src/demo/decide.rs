//! What people do at the tally centre of the demo: slips, decisions, lots, cosignatures.

use std::path::{Path, PathBuf};

use centre::Centre;
use election::{StationId, StationKind};
use jiff::Timestamp;
use log::witness::Request;
use record::Body;
use record::entry::{Absence, Lot, Slip};
use sim::Rng;

use super::Demo;
use super::stage::Stage;
use crate::commands::centre_order::{Act, order};
use crate::commands::{decisions, disk, witness};
use crate::inputs;
use crate::shell::{Failure, Result, file_failure, read, write};

/// The most rounds of lots; each settles at least one tie of every contest that has one.
const MOST_ROUNDS: usize = 500;

impl Demo<'_> {
    /// Agents hold slips of every third station, and of the one whose stick never came.
    pub fn enter_slips(&self, room: &mut Centre) -> Result<()> {
        let def = self.def();
        let stations = def.stations.iter().filter(|s| s.count_with.is_none());
        let held: Vec<StationId> = stations
            .enumerate()
            .filter(|(number, s)| number % 3 == 0 || s.id == self.planted.no_stick)
            .map(|(_, s)| s.id.clone())
            .collect();
        let mut bodies = Vec::new();
        for (number, station) in held.iter().enumerate() {
            let from = self.dir.join("stations").join(station.as_str());
            let codes = self.photograph(&from, station)?;
            let party = def.parties.get(number % def.parties.len().max(1)).map(|p| p.id.clone());
            bodies.push(Body::Slip(Slip { codes, party }));
        }
        room.report(&bodies, &inputs::clock())?;
        Ok(())
    }

    /// The agent photographs the slip. Where the photo is not good enough, the codes are scanned one by one, as a
    /// phone held close does; the texts lie in `slip.txt`.
    fn photograph(&self, from: &Path, station: &StationId) -> Result<Vec<String>> {
        let photo = self.dir.join(format!("slips/{station}.png"));
        write(&photo, &read(&from.join("slip.png"))?)?;
        let codes = crate::slips::codes_of(&photo)?;
        if package::slip::Slip::join(&codes).is_ok() {
            return Ok(codes);
        }
        std::fs::remove_file(&photo).map_err(|e| file_failure(&photo, &e))?;
        let texts = self.dir.join(format!("slips/{station}.txt"));
        write(&texts, &read(&from.join("slip.txt"))?)?;
        crate::slips::codes_of(&texts)
    }

    /// The orders of the demo, each signed by two officers.
    pub fn decide(&self, room: &mut Centre) -> Result<()> {
        let slip = read(&self.dir.join("stations").join(self.planted.no_stick.as_str()).join("slip.txt"))?;
        let orders = [order(
                room,
                self.planted.no_stick.clone(),
                Act::CountNetwork,
                Some(Absence::Uncollected),
                "The stick could not be collected from the centre; the network's copy agrees with the signed slip of an agent.".into(),
                "Regulation of counting, clause 12 (demo)".into(),
                vec![sign::sha256(&slip)],
            )?];
        let officers = self.people.officers()?;
        let openings = self.openings(room)?;
        for body in orders.into_iter().map(Body::Order).chain(openings) {
            room.enter(&body, &inputs::signers(&officers), &inputs::clock())?;
        }
        self.complain(room)
    }

    /// Where letters about displaced people disagree, two officers say which is followed. Abroad nobody has decided
    /// yet: such a station is named wherever results are.
    fn openings(&self, room: &Centre) -> Result<Vec<Body>> {
        let def = self.def();
        let mut openings = Vec::new();
        for station in def.stations.iter().filter(|s| s.kind == StationKind::Displaced) {
            let letters = def.letters_of(station);
            let Some((later, _)) = letters.iter().find(|(_, figure)| *figure != station.registered) else { continue };
            let grounds = decisions::Grounds {
                reason: "The international body's letter is the later one and counts the camp as it was (demo).".into(),
                basis: "Regulation of registers, clause 4 (demo)".into(),
            };
            openings.push(decisions::opening(room, station.id.clone(), later.clone(), grounds, Vec::new())?);
        }
        Ok(openings)
    }
}

impl Stage<'_> {
    /// Draws every lot that the tally stops for. The demo's urn is its seed.
    pub fn draw_lots(&self, room: &mut Centre) -> Result<usize> {
        let officers = self.people.officers()?;
        let bar = self.shell.progress("lots", 0);
        let mut drawn = 0;
        for _ in 0..MOST_ROUNDS {
            let (outcome, _) = room.outcome()?;
            let needed: Vec<tally::LotNeeded> =
                outcome.allotments.values().flat_map(|a| a.lots_needed.iter().cloned()).collect();
            if needed.is_empty() {
                bar.finish_and_clear();
                return Ok(drawn);
            }
            let mut leaves = Vec::new();
            for lot in needed {
                let mut rng = Rng::of(self.seed, lot.id.0.as_str());
                let mut urn = lot.between.clone();
                let count = usize::try_from(lot.seats).unwrap_or(usize::MAX).min(urn.len());
                let names = (0..count).map(|_| urn.remove(rng.below(u32::try_from(urn.len()).unwrap_or(1)) as usize));
                let outcome = tally::LotOutcome { id: lot.id.clone(), drawn: names.collect() };
                let drawing = "Drawn from an urn before the representatives of those tied (demo)".to_owned();
                let body = Body::Lot(Lot { outcome, drawing, supersedes: None });
                leaves.push(body.sign(&room.head(&inputs::clock()), &inputs::signers(&officers))?);
                drawn += 1;
                bar.set_position(drawn as u64);
            }
            room.append(&leaves)?;
        }
        Err(Failure::new("demo.lots", "the lots do not come to an end", "report this seed"))
    }

    /// The checkpoint goes out to all witnesses as a file, and their lines come back as files.
    pub fn witness(&self, room: &mut Centre) -> Result<()> {
        self.witness_at(room, Timestamp::now())
    }

    /// The same with the witnesses' clocks at this time.
    pub fn witness_at(&self, room: &mut Centre, now: Timestamp) -> Result<()> {
        for dir in self.witness_dirs()? {
            let memory = dir.join(format!("seen-{}.record.txt", self.def().scope.election));
            let seen = std::fs::read(&memory).ok().and_then(|bytes| log::Note::parse(&bytes).ok());
            let seen = seen.and_then(|note| log::Checkpoint::parse(&note.text).ok()).map_or(0, |c| c.size);
            let request = room.request(seen)?;
            let line = self.carry_to(&dir, "record", &request, now)?;
            room.cosigned(&line)?;
        }
        Ok(())
    }

    /// All witnesses' lines on one request.
    pub fn cosign(&self, log: &str, request: &Request) -> Result<Vec<String>> {
        self.witness_dirs()?.iter().map(|dir| self.carry_to(dir, log, request, Timestamp::now())).collect()
    }

    fn carry_to(&self, dir: &Path, log: &str, request: &Request, now: Timestamp) -> Result<String> {
        write(&dir.join(format!("request-{log}.txt")), &request.to_bytes())?;
        let line = witness::cosign_at(dir, request, now)?;
        write(&dir.join(format!("cosignature-{log}.txt")), line.as_bytes())?;
        Ok(line)
    }

    fn witness_dirs(&self) -> Result<Vec<PathBuf>> {
        let root = self.people.path("witnesses");
        let entries = std::fs::read_dir(&root).map_err(|e| file_failure(&root, &e))?;
        let mut dirs: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
        dirs.sort();
        Ok(dirs)
    }
}

impl Demo<'_> {
    /// The disks of two parties, each of another office: where a stick never came, and where the copies differ.
    pub fn write_disks(&self) -> Result<()> {
        let def = self.def();
        let stations = [&self.planted.no_stick, &self.planted.differing].map(|id| def.station(id));
        let agents = def.people.iter().filter_map(|person| Some((person, person.party.clone()?)));
        let officers = self.people.officers()?;
        for (station, (agent, party)) in stations.into_iter().flatten().zip(agents) {
            let dir = self.dir.join("disks").join(party.as_str());
            let to = disk::Recipient { office: station.office.clone(), party, delegate: agent.id.clone() };
            disk::write(self.shell, &dir, &self.dir.join("publication"), &to, &officers[0])?;
        }
        Ok(())
    }
}
