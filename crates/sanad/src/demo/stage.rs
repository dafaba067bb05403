//! A frozen election with a folder and everybody's keys: what every demo plays on.

use std::path::{Path, PathBuf};
use std::time::Instant;

use centre::Centre;
use election::{Definition, Digest, Folder, Moment, Role};
use jiff::{Timestamp, ToSpan};
use record::docket::Certification;
use record::{Body, Frozen, Medium};
use sign::FileKey;

use super::people::People;
use super::tell;
use crate::commands::import;
use crate::inputs;
use crate::shell::{At, Result, Shell, write};

/// The eve of the vote, on which a demo has its election frozen and shown to the witnesses, whatever the clock of this machine
/// says: the polls of the example opened long ago.
pub fn eve(def: &Definition) -> Timestamp {
    let evening = def.date.yesterday().map(|day| Moment::at(day, "18:00".parse().expect("an hour")));
    evening.ok().and_then(|evening| def.instant(evening)).unwrap_or_else(Timestamp::now)
}

/// The stage of a demo.
pub struct Stage<'a> {
    pub(super) shell: &'a Shell,
    pub(super) dir: PathBuf,
    pub(super) seed: u64,
    pub(super) folder: Folder,
    pub(super) frozen: Frozen,
    pub(super) leaf_0: Vec<u8>,
    pub(super) fingerprint: Digest,
    pub(super) people: People,
}

impl<'a> Stage<'a> {
    /// Makes everybody's keys and freezes `folder`, the definition.
    pub fn freeze(shell: &'a Shell, dir: &Path, seed: u64, folder: Folder) -> Result<Self> {
        let definition = election::read(&folder)
            .map_err(|problems| inputs::definition_failure(Path::new(super::EXAMPLE), &problems))?;
        tell::step(shell, 1, "The definition", &tell::definition(&definition));
        let people = People::make(dir, &definition)?;
        let (folder, frozen, leaf_0) = people.freeze(dir, folder)?;
        let fingerprint = Digest::of(&leaf_0);
        write(&dir.join("fingerprint.txt"), format!("{fingerprint}\n").as_bytes())?;
        tell::step(
            shell,
            2,
            "Frozen",
            &format!("by 3 of 5 of the board; fingerprint {fingerprint}; the centre's identity is in 3-of-5 shares"),
        );
        Ok(Stage { shell, dir: dir.to_owned(), seed, folder, frozen, leaf_0, fingerprint, people })
    }

    /// The definition.
    pub fn def(&self) -> &Definition {
        &self.frozen.definition
    }

    /// The isolated room on the eve of the vote: it holds the freeze, and that the witnesses have seen it.
    pub fn room(&self) -> Result<Centre> {
        let keys = centre::CentreKeys {
            centre: &self.people.pem("services/centre.key.pem")?,
            record_log: &self.people.pem("services/record_log.key.pem")?,
        };
        let mut room = Centre::init(&self.dir.join("centre"), &self.folder, &self.leaf_0, &keys)?;
        let eve = eve(self.def());
        self.witness_at(&mut room, eve)?;
        room.keep_sight(&eve.to_string())?;
        Ok(room)
    }

    /// Both media come into the room: what was sent, and the folders that stand for sticks.
    pub fn import(&self, room: &mut Centre, export: &Path) -> Result<()> {
        let identity = self.people.join()?;
        let network = import::network(self.shell, room, export, &identity)?;
        let sticks = import::sticks(self.shell, room, &self.dir.join("sticks"), &identity)?;
        tell::step(self.shell, 6, "Imported", &tell::imports(&[(Medium::Network, &network), (Medium::Stick, &sticks)]));
        Ok(())
    }

    /// The witnesses cosign the record, and two officers announce the results as they stand. Gives the version.
    pub fn announce(&self, room: &mut Centre) -> Result<u16> {
        self.witness(room)?;
        let officers = self.people.officers()?;
        Ok(room.announce(&inputs::signers(&officers), &inputs::clock())?)
    }

    /// The board certifies what was announced last, `despite` what a ruling permits to be open.
    pub fn certify_latest(&self, room: &mut Centre, despite: Option<Digest>) -> Result<()> {
        let Some((_, latest)) = room.state().announcements.last() else { return Ok(()) };
        let number = u16::try_from(room.state().docket.certifications.len() + 1).unwrap_or(u16::MAX);
        let own = Certification { number, version: latest.version, results: latest.results, despite };
        self.entered(room, &Body::Certification(own), &[Role::Board]).map(drop)
    }

    /// Publishes, and again with the witnesses' lines on what the first publication has entered.
    pub fn publish(&self, room: &mut Centre) -> Result<PathBuf> {
        let publication = self.dir.join("publication");
        crate::commands::centre::publish(self.shell, room, &publication)?;
        self.witness(room)?;
        crate::commands::centre::publish(self.shell, room, &publication)?;
        Ok(publication)
    }

    /// The day so many days after the vote, at an hour.
    pub fn day(&self, days: i64, hour: &str) -> Moment {
        let day = self.def().date.checked_add(days.days()).expect("the demo's vote is in this age");
        Moment::at(day, hour.parse().expect("an hour"))
    }

    /// Enters what people signed, and gives the hash of its leaf.
    pub fn entered(&self, room: &mut Centre, body: &Body, roles: &[Role]) -> Result<Digest> {
        Ok(self.all_entered(room, std::slice::from_ref(body), roles)?[0])
    }

    /// Enters all of these at once, or none; gives the hash of each leaf.
    pub fn all_entered(&self, room: &mut Centre, bodies: &[Body], roles: &[Role]) -> Result<Vec<Digest>> {
        let mut keys: Vec<FileKey> = Vec::new();
        for role in roles {
            keys.extend(self.people.of_role(self.def(), *role)?);
        }
        let (head, signers) = (room.head(&inputs::clock()), inputs::signers(&keys));
        let leaves = bodies.iter().map(|body| Ok(body.sign(&head, &signers)?)).collect::<Result<Vec<_>>>()?;
        room.append(&leaves)?;
        Ok(leaves.iter().map(|leaf| Digest::of(leaf)).collect())
    }

    /// A stranger: the publication, the fingerprint from the gazette, and slips that agents hold.
    pub fn verify(&self, publication: &Path, slips: Option<Vec<verify::SlipInput>>) -> Result<verify::Report> {
        let options = verify::Options { root: Some(self.fingerprint), slips, ..verify::Options::default() };
        let bar = self.shell.progress("verify", 0);
        let report = verify::verify(publication, &options, &|progress: verify::Progress| {
            bar.set_length(progress.of);
            bar.set_position(progress.done);
        });
        bar.finish_and_clear();
        report.at(publication.display())
    }
    /// The object of `sanad demo --json`.
    pub fn json(&self, outcome: &record::Outcome, report: &verify::Report, start: Instant) {
        if self.shell.json {
            let mut object = crate::summary::status_json(outcome);
            object["fingerprint"] = serde_json::json!(self.fingerprint);
            object["verify"] = serde_json::json!(report.verdict);
            object["seconds"] = serde_json::json!(start.elapsed().as_secs());
            self.shell.json(&object);
        }
    }
}
