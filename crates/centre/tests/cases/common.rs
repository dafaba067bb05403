//! A tally centre of the tiny election, and what is carried into it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use package::make::Package;
use record::docket::{About, Capacity, Certification, Complaint, Form, Ruled, Ruling};
use record::entry::{Absence, Effect, Lot, Order, Slip};
use record::{Body, Medium, Standing, results};
use sanad_centre::{Became, Carrier, Centre, CentreError, CentreKeys, ImportReport};
use testing::intake::Export;
use testing::{AT, Count, World, id, put};

/// The tiny election with four stations: the odd ones of the office north, the even ones of south.
pub static WORLD: LazyLock<World> = LazyLock::new(|| World::new(4));

/// A form as it was handed in, and the part of it that is sealed.
pub const FORM: &[u8] = b"a form with a signature";
pub const NAMES: &[u8] = b"a name, a number, an address";

/// A package of a station of [`WORLD`] with these ballots.
pub fn package(station: &str, ballots: [u32; 4]) -> Package {
    WORLD.package(&Count::of(station, ballots))
}

/// A centre in a folder of its own.
pub struct Desk<'a> {
    pub world: &'a World,
    pub dir: tempfile::TempDir,
    pub room: Centre,
}

impl Desk<'static> {
    pub fn new() -> Self {
        Desk::of(&WORLD)
    }
}

impl<'a> Desk<'a> {
    pub fn of(world: &'a World) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let (centre, record_log) = (world.pem("centre"), world.pem("record_log"));
        let keys = CentreKeys { centre: &centre, record_log: &record_log };
        let room = Centre::init(&dir.path().join("centre"), &world.folder, &world.leaf_0, &keys).unwrap();
        Desk { world, dir, room }
    }

    pub fn at(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    /// The centre is closed and opened again, as after a night.
    pub fn open(&self) -> Result<Centre, CentreError> {
        Centre::open(&self.at("centre"))
    }

    pub fn carry(&mut self, carrier: &Carrier, medium: Medium) -> ImportReport {
        self.room.import(carrier, medium, None, &self.world.centre, AT, |_| {}).unwrap()
    }

    /// Imports a stick with these packages, each of which must come in.
    pub fn stick(&mut self, packages: &[&Package]) -> ImportReport {
        let folder = tempfile::tempdir().unwrap();
        for package in packages {
            put(package, &folder.path().join(package.name.station.as_str()));
        }
        let report = self.carry(&Carrier::look(folder.path()).unwrap(), Medium::Stick);
        holds(&report);
        report
    }

    /// Imports an export of the receiving service that got these packages, in this order, and was closed.
    pub fn network(&mut self, packages: &[&Package]) -> ImportReport {
        let folder = tempfile::tempdir().unwrap();
        let mut export = Export::begin(self.world, folder.path());
        packages.iter().for_each(|package| export.add(package));
        export.close();
        let report = self.export(folder.path()).unwrap();
        holds(&report);
        report
    }

    /// Imports an export that lies in `folder`.
    pub fn export(&mut self, folder: &Path) -> Result<ImportReport, CentreError> {
        let position = self.room.import_intake_log(&folder.join("intake"))?;
        let carrier = Carrier::look(&folder.join("packages"))?;
        self.room.import(&carrier, Medium::Network, Some(position), &self.world.centre, AT, |_| {})
    }

    /// Enters the slip of a count, which an agent of party `pa` holds.
    pub fn slip(&mut self, count: &Count<'_>) {
        let body = Body::Slip(Slip { codes: self.world.slip(count), party: Some(id("pa")) });
        self.room.report(&[body], AT).unwrap();
    }

    /// An order about a station that takes the place of all that stand, and says of a copy that is missing why.
    pub fn order(&self, station: &str, effect: Effect) -> Body {
        let known = &self.room.state().evidence[&id(station)];
        let missing = match &effect {
            Effect::Count(content) => known.missing_beside(content),
            _ => None,
        };
        Body::Order(Order {
            supersedes: known.heads.iter().map(|(digest, _)| *digest).collect(),
            absent: missing.map(|medium| match medium {
                Medium::Network => Absence::NetworkDown,
                Medium::Stick => Absence::Lost,
            }),
            ..Order::new(id(station), effect, "a reason", "a clause")
        })
    }

    /// Enters an order by two officers.
    pub fn decide(&mut self, station: &str, effect: Effect) {
        let order = self.order(station, effect);
        self.room.enter(&order, &self.world.signers(&["officer_1", "officer_2"]), AT).unwrap();
    }

    /// Files a complaint about a station with a sealed part, and gives its leaf.
    pub fn complain(&mut self, station: &str) -> election::Digest {
        self.complain_about(&format!("c_{station}"), About::Station(id(station)))
    }

    /// Files a complaint about anything with a sealed part, and gives its leaf.
    pub fn complain_about(&mut self, case: &str, about: About) -> election::Digest {
        let case: election::CaseId = id(case);
        let form = Form {
            capacity: Capacity::Observer,
            party: None,
            ground: "the box was open".into(),
            paper: self.room.keep_paper(FORM).unwrap(),
            sealed: Some(self.room.seal_paper(NAMES).unwrap()),
            redacted: vec!["name".into()],
            filed: "2026-05-13T10:00".parse().unwrap(),
        };
        let complaint = Complaint { case: case.clone(), about, form, concerns: Vec::new() };
        self.room.report(&[Body::Complaint(complaint)], AT).unwrap();
        self.room.state().docket.complaints[&case].leaf
    }

    /// The board certifies what was announced; a court permits all that is open.
    pub fn certify(&mut self) {
        let open = self.room.state().open_matters(&self.world.frozen.definition);
        let ruling = Body::Ruling(Ruling {
            court: "a court".into(),
            rank: 1,
            number: "5".into(),
            dated: "2026-05-20".parse().unwrap(),
            served: "2026-05-20T10:00".parse().unwrap(),
            paper: self.room.keep_paper(b"a ruling").unwrap(),
            about: Vec::new(),
            ruled: Ruled::Permits(open.into_iter().collect()),
        });
        self.room.enter(&ruling, &self.world.signers(&["officer_1", "officer_2"]), AT).unwrap();
        let despite = sign::sha256(self.room.log().leaves().last().unwrap());
        let (_, latest) = self.room.state().announcements.last().unwrap();
        let number = self.room.state().docket.certifications.len() as u16 + 1;
        let own = Certification { number, version: latest.version, results: latest.results, despite: Some(despite) };
        let board = self.world.signers(&["board_1", "board_2"]);
        self.room.enter(&Body::Certification(own), &board, AT).unwrap();
    }

    pub fn standing(&self, station: &str) -> Standing {
        self.room.outcome().unwrap().0.stations[&id(station)].standing
    }

    /// The tables and the report, as they would be announced.
    pub fn results(&self) -> results::Files {
        let (outcome, figures) = self.room.outcome().unwrap();
        results::files(&self.world.frozen.definition, &outcome, &figures)
    }

    /// Draws every lot that the tally asks for: the first ones, as the urn had them.
    pub fn draw_lots(&mut self) {
        loop {
            let (outcome, _) = self.room.outcome().unwrap();
            let needed: Vec<_> = outcome.allotments.values().flat_map(|a| a.lots_needed.clone()).collect();
            if needed.is_empty() {
                return;
            }
            for lot in needed {
                let drawn = lot.between.into_iter().take(lot.seats as usize).collect();
                let outcome = tally::LotOutcome { id: lot.id, drawn };
                let body = Body::Lot(Lot { outcome, drawing: "an urn".into(), supersedes: None });
                self.room.enter(&body, &self.world.signers(&["officer_1", "officer_2"]), AT).unwrap();
            }
        }
    }

    /// Compares, draws lots, has the record cosigned, announces, publishes to `publication`, has the end cosigned too.
    pub fn publish(&mut self) -> Result<PathBuf, CentreError> {
        self.room.compare(AT)?;
        self.draw_lots();
        self.cosign();
        self.room.announce(&self.world.signers(&["officer_1", "officer_2"]), AT)?;
        self.refresh()
    }

    /// Publishes what was announced.
    pub fn refresh(&mut self) -> Result<PathBuf, CentreError> {
        let to = self.at("publication");
        self.room.publish(&to, AT, site::pages)?;
        self.cosign();
        self.room.publish(&to, AT, site::pages)?;
        Ok(to)
    }

    pub fn cosign(&mut self) {
        let lines = self.world.cosign(self.room.log().checkpoint());
        self.room.cosigned(&lines).unwrap();
    }

    /// A stranger's report on the publication.
    pub fn verified(&self) -> verify::Report {
        let options = verify::Options { root: Some(self.world.fingerprint), ..verify::Options::default() };
        verify::verify(&self.at("publication"), &options, &|_| {}).unwrap()
    }

    /// The stranger's verdict is pass.
    #[track_caller]
    pub fn passes(&self) -> verify::Report {
        let report = self.verified();
        assert_eq!(
            report.verdict,
            verify::Verdict::Pass,
            "{}",
            verify::render(&report, election::Lang::En, verify::Show::Amiss, &|what| what.to_owned())
        );
        report
    }
}

/// Nothing was refused or unreadable.
#[track_caller]
pub fn holds(report: &ImportReport) {
    let good = |became| matches!(became, Became::Imported | Became::Duplicate);
    assert!(report.arrivals.iter().all(|a| good(a.outcome)), "{:#?}", report.arrivals);
}

/// What became of each package, by name, with the code of its reason.
pub fn became(report: &ImportReport) -> Vec<(&str, &'static str, &str)> {
    let rows = report.arrivals.iter();
    rows.map(|a| (a.name.as_str(), a.outcome.as_str(), a.reason.as_ref().map_or("", |(code, _)| code))).collect()
}

/// Every file below a folder, by path.
pub fn files_below(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match std::fs::symlink_metadata(&path).unwrap() {
                meta if meta.is_dir() => folders.push(path),
                meta if meta.is_file() => drop(found.insert(path.clone(), std::fs::read(&path).unwrap())),
                _ => {}
            }
        }
    }
    found
}

/// What the second verifier says: its verdict, and all that it found.
pub fn second(desk: &Desk<'_>) -> (bool, String) {
    let tool = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tools/verify.py");
    let mut command = std::process::Command::new("python3");
    command.arg(tool).arg(desk.at("publication")).args(["--fingerprint", &desk.world.fingerprint.to_string()]);
    let output = command.output().expect("python3 is needed; tools/test installs it");
    (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
}
