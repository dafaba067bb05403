//! What a station hands over, made by the room that makes it.

use std::io::{Read, Write};
use std::path::Path;

use election::{Definition, DeviceId, OptionId, StationId};
use package::cvr::{CastVoteRecord, Outcome, RecordContest};
use package::make::{Package, PackageParts, Sheet, make};
use package::slip::SlipFigures;
use package::{BallotAccount, ContestResults, Expected, Part, Salt, StationResults};
use sign::identity::Identity;
use sign::{Recipient, SystemEntropy};

use crate::id;
use crate::world::World;

/// One count of a station: so many ballots for list A and its first candidate, for list B, blank, and invalid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count<'a> {
    /// The station; its device is `dSTATION`.
    pub station: &'a str,
    /// The generation.
    pub generation: u16,
    /// The ballots.
    pub ballots: [u32; 4],
    /// Sheets that could not be read.
    pub unread: u32,
    /// Tells two counts of the same ballots apart.
    pub salt: u8,
}

impl<'a> Count<'a> {
    /// The first count of a station.
    pub fn of(station: &'a str, ballots: [u32; 4]) -> Self {
        Count { station, generation: 1, ballots, unread: 0, salt: 7 }
    }
}

/// The ballots, one by one.
pub fn ballots(counts: [u32; 4]) -> Vec<RecordContest> {
    let contest = |outcome: Outcome, marked: &[&str], counted: &[&str]| RecordContest {
        contest: id("assembly"),
        outcome,
        marked: marked.iter().map(|o| id::<OptionId>(o)).collect(),
        counted: counted.iter().map(|o| id::<OptionId>(o)).collect(),
        settled: false,
    };
    let kinds = [
        contest(Outcome::Valid, &["la", "n1"], &["a1", "la"]),
        contest(Outcome::Valid, &["lb"], &["lb"]),
        contest(Outcome::Blank, &[], &[]),
        contest(Outcome::Invalid("several_lists".to_owned()), &["la", "lb"], &[]),
    ];
    kinds.into_iter().zip(counts).flat_map(|(kind, count)| vec![kind; count as usize]).collect()
}

/// The figures of a count.
pub fn results(def: &Definition, count: &Count<'_>) -> StationResults {
    let station: StationId = id(count.station);
    let device: DeviceId = id(&format!("d{}", count.station));
    let expected = Expected::of(def, &station).expect("a station of the definition");
    let [a, b, blank, invalid] = count.ballots;
    let (cast, valid) = (a + b + blank + invalid, a + b);
    let used = cast + count.unread;
    let marked = [("la", a), ("lb", b), ("a1", a)].into_iter().filter(|(_, votes)| *votes > 0);
    let assembly = expected.contests.iter().filter(|contest| contest.contest.as_str() == "assembly");
    let none = assembly.flat_map(|contest| contest.options.keys()).map(|option| (option.clone(), 0));
    StationResults {
        scope: def.scope.clone(),
        station,
        device,
        generation: count.generation,
        salt: Salt([count.salt; 32]),
        account: BallotAccount {
            registered: expected.registered,
            checked_in: None,
            received: expected.registered,
            used,
            spoiled: 1,
            unused: expected.registered - used - 1,
            cast,
            valid,
            blank,
            invalid,
            unread: count.unread,
        },
        contests: vec![ContestResults {
            contest: id("assembly"),
            ballots: cast,
            valid,
            blank,
            invalid,
            votes: none.chain(marked.map(|(option, votes)| (id(option), votes))).collect(),
        }],
    }
}

impl World {
    /// The texts of the codes of the slip of a count.
    pub fn slip(&self, count: &Count<'_>) -> Vec<String> {
        self.parts(count).slip
    }

    /// All that goes into the package of a count.
    pub fn parts(&self, count: &Count<'_>) -> PackageParts {
        let def = &self.frozen.definition;
        let results = results(def, count);
        let expected = Expected::of(def, &results.station).expect("a station of the definition");
        let zero = StationResults::zero(&expected, &def.scope, &results.device, 1, Salt([3; 32]));
        let figures = SlipFigures::of(&results, &zero, self.fingerprint, "test");
        let slip = figures.sign(&self.keys[results.device.as_str()]).expect("a slip");
        let sheets = ballots(count.ballots).into_iter().zip(0u32..).map(|(contest, number)| {
            let record = CastVoteRecord { style: id("spring"), sheet: 1, contests: vec![contest] };
            Sheet::new(record, number.to_be_bytes().to_vec())
        });
        PackageParts {
            fingerprint: self.fingerprint,
            build: "test".to_owned(),
            cvr_salt: Salt([count.salt; 32]),
            sheets: sheets.collect(),
            slip,
            slip_pdf: Some(b"%PDF-1.7\n".to_vec()),
            events: Vec::new(),
            results,
            zero,
        }
    }

    /// A package, sealed and signed by the station's device.
    pub fn package(&self, count: &Count<'_>) -> Package {
        self.seal(self.parts(count), &format!("d{}", count.station))
    }

    /// A package of any parts, signed by the key of `signer`.
    pub fn seal(&self, parts: PackageParts, signer: &str) -> Package {
        let recipients = self.recipients(&parts.results.station);
        make(parts, &recipients, &self.keys[signer], &SystemEntropy).expect("a package")
    }
}

/// Puts the three files of a package into a folder, as they lie on a stick.
pub fn put(package: &Package, folder: &Path) {
    std::fs::create_dir_all(folder).expect("a folder");
    for (part, bytes) in
        [(Part::Label, &package.label), (Part::Results, &package.results_age), (Part::Images, &package.images_age)]
    {
        std::fs::write(folder.join(package.name.of(part)), bytes).expect("written");
    }
}

/// What an identity opens.
pub fn unseal(sealed: &[u8], identity: &Identity) -> Vec<u8> {
    let decryptor = age::Decryptor::new_buffered(sealed).expect("an age file");
    let identity: &dyn age::Identity = identity.as_age();
    let mut bytes = Vec::new();
    decryptor.decrypt(std::iter::once(identity)).expect("opened").read_to_end(&mut bytes).expect("read");
    bytes
}

/// Bytes sealed to recipients, whatever they are: an attacker needs no key for it.
pub fn seal(bytes: &[u8], recipients: &[Recipient]) -> Vec<u8> {
    let recipients: Vec<_> =
        recipients.iter().map(|r| sign::identity::age_recipient(r).expect("a recipient")).collect();
    let recipients = recipients.iter().map(|recipient| recipient as &dyn age::Recipient);
    let mut sealed = Vec::new();
    let mut writer =
        age::Encryptor::with_recipients(recipients).expect("recipients").wrap_output(&mut sealed).expect("begun");
    writer.write_all(bytes).and_then(|()| writer.finish().map(drop)).expect("memory takes it");
    sealed
}
