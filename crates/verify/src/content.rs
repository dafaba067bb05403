//! One content folder of a station: V.307 and V.402 to V.409.

use std::collections::{BTreeMap, BTreeSet};

use election::{Coded, Digest, Station};
use package::StationResults;
use package::cvr::Records;
use package::slip::Slip;
use record::entry::{Content, Import, Medium};
use record::evidence;
use record::privacy::{RECORDS_CLAUSE, StationLeak, Withheld, shows_records};
use record::register::exports::{Class, Mandate};
use record::withheld;
use serde::Deserialize;
use sign::PublicKey;
use sign::dsse::Envelope;

use crate::bag::{Manifest, parse_manifest};
use crate::defined::Defined;
use crate::figures;
use crate::folder::{Absent, Folder};
use crate::intake_log::{Intake, device_label};
use crate::pictures::Pictures;
use crate::record_log::Election;
use crate::report::Check;
use crate::stations::{Checks, Place};
use crate::table::CheckId;

/// What the label and statement files of a content folder are called; all else in it is data of the bags.
const LABEL: &str = "label.json";
const STATEMENT: &str = "statement.dsse.json";
const RESULTS_MANIFEST: &str = "results-manifest.txt";
const IMAGES_MANIFEST: &str = "images-manifest.txt";
const RECEIPT: &str = "receipt.json";
const WITHHELD: &str = "withheld.json";
const BESIDE: [&str; 5] = [LABEL, STATEMENT, RESULTS_MANIFEST, IMAGES_MANIFEST, RECEIPT];

/// Data of the results bag that is never public: raw scores, stray ink, who answered what, and the device's log.
const NEVER: [&str; 4] = ["data/scores.json", "data/stray.json", "data/adjudication.json", "data/events.jsonl"];

/// What a content folder is checked against.
pub struct Context<'a> {
    pub folder: &'a Folder,
    pub manifest: Option<&'a Manifest>,
    pub election: &'a Election,
    pub defined: &'a Defined<'a>,
    pub fingerprint: Digest,
    pub intake: Option<&'a Intake>,
    /// What two officers have said of pictures.
    pub redactions: &'a BTreeMap<Content, Withheld>,
    /// Of a bundle, what was asked for.
    pub mandate: Option<&'a Mandate>,
}

/// What one content folder showed.
pub struct Seen {
    /// The checks.
    pub checks: Checks,
    /// SHA-256 of the manifests of both bags, where they are there.
    pub manifests: Option<(Digest, Digest)>,
    /// The figures and the SHA-256 of their file.
    pub results: Option<(Digest, StationResults)>,
    /// What they tell of few voters.
    pub leak: Option<StationLeak>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WithheldJson {
    withheld: Vec<WithheldFile>,
    /// How many pictures of each contest; it is compared as bytes.
    #[serde(rename = "pictures")]
    _pictures: Vec<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WithheldFile {
    path: String,
    sha256: Digest,
    clause: String,
}

impl Context<'_> {
    /// A file that must be there; if it is not, `check` is told.
    fn get(&self, check: &mut Check, path: &str) -> Option<Vec<u8>> {
        self.folder.bytes(path).map_err(|absent| absent.tell(check, path)).ok()
    }

    /// A file that need not be there. `Err` where it should, since the publication's manifest lists it.
    fn get_listed(&self, check: &mut Check, path: &str) -> Result<Option<Vec<u8>>, ()> {
        match self.folder.bytes(path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(Absent::Missing) if !self.manifest.is_some_and(|manifest| manifest.contains_key(path)) => Ok(None),
            Err(absent) => {
                absent.tell(check, path);
                Err(())
            }
        }
    }

    /// Looks at one folder; `imports` are those of its station, device and generation.
    pub fn look(&self, place: &Place, imports: &[&Import]) -> Seen {
        let mut seen = Seen { checks: Checks::new(), manifests: None, results: None, leak: None };
        let checks = &mut seen.checks;
        let at = |file: &str| format!("{}{file}", place.path);
        let listed = self.election.frozen.keyring.devices.get(&place.name.device);
        let key = listed.filter(|(station, _)| *station == place.name.station).map(|(_, key)| key);
        let (Some(station), Some(key)) = (self.defined.station(&place.name.station), key) else {
            let what = format!("device '{}' is not listed for station '{}'", place.name.device, place.name.station);
            checks.at(CheckId::Contents).fails(&place.path, "record.device", what);
            return seen;
        };

        let results_manifest = self.get(checks.at(CheckId::Manifests), &at(RESULTS_MANIFEST));
        let images_manifest = self.get(checks.at(CheckId::Manifests), &at(IMAGES_MANIFEST));
        let (Some(results_manifest), Some(images_manifest)) = (results_manifest, images_manifest) else {
            return seen;
        };
        let manifests = (sign::sha256(&results_manifest), sign::sha256(&images_manifest));
        seen.manifests = Some(manifests);
        let medium = |import: &&&Import| place.medium.is_none_or(|medium| import.medium == medium);
        let ours: Vec<&Import> = imports
            .iter()
            .filter(medium)
            .filter(|import| (import.content.results_manifest, import.content.images_manifest) == manifests)
            .copied()
            .collect();
        if !checks.at(CheckId::Contents).expect(!ours.is_empty(), &place.path, "station.no_import", || {
            "no import leaf of the record names this content".into()
        }) {
            return seen;
        }

        let label = self.label(checks, place, manifests, &ours);
        self.statement(checks, place, station, key, manifests, &ours);
        self.receipt(checks, place, label, &ours);
        let data = self.manifests(checks, place, &results_manifest, &images_manifest);
        seen.results = self.results(checks, place, station, &ours);
        let Some((digest, results)) = &seen.results else { return seen };
        self.zero_and_slip(checks, place, key, *digest, results);
        let records = self.vote_records(checks, place, results);
        let Some((data, images)) = data else { return seen };
        if let Some(mandate) = self.mandate {
            self.given(checks.at(CheckId::Given), place, &data, &images, mandate);
            return seen;
        }
        let withheld = self.redactions.get(&ours[0].content);
        let pictures = self.pictures(place, &images, withheld, results);
        pictures.check(checks.at(CheckId::Pictures));
        let folder = place.path.trim_end_matches('/').to_owned();
        let (def, counts) = (&self.election.frozen.definition, pictures.counts());
        let leak = StationLeak::of(def, folder, results, records.as_ref(), &counts, withheld);
        let expected = withheld::file(&data, &leak, &counts);
        self.withheld(checks.at(CheckId::Withheld), place, &data, results, &expected);
        // Where the records should be at hand and are not, nobody can count their patterns.
        seen.leak = Some(leak).filter(|leak| !leak.records || records.is_some());
        seen
    }

    /// V.402; gives the label's digest.
    fn label(
        &self,
        checks: &mut Checks,
        place: &Place,
        manifests: (Digest, Digest),
        ours: &[&Import],
    ) -> Option<Digest> {
        let check = checks.at(CheckId::Labels);
        let path = format!("{}{LABEL}", place.path);
        let bytes = self.get(check, &path)?;
        let digest = sign::sha256(&bytes);
        match device_label(self.election, &bytes) {
            Err((code, why)) => check.fails(&path, code, why),
            Ok(label) => {
                let same =
                    label.file_name() == place.name && (label.results.manifest, label.images.manifest) == manifests;
                check.expect(same, &path, "label.other", || "names another content than the one beside it".into());
            }
        }
        check.expect(ours.iter().any(|import| import.label == digest), &path, "label.not_imported", || {
            format!("no import leaf names the label {digest}")
        });
        Some(digest)
    }

    /// V.403.
    fn statement(
        &self,
        checks: &mut Checks,
        place: &Place,
        station: &Station,
        key: &PublicKey,
        manifests: (Digest, Digest),
        ours: &[&Import],
    ) {
        let check = checks.at(CheckId::Statements);
        let path = format!("{}{STATEMENT}", place.path);
        let Some(bytes) = self.get(check, &path) else { return };
        let digest = sign::sha256(&bytes);
        let statement = Envelope::parse(&bytes).and_then(|envelope| {
            envelope.verify("statement", &[key])?;
            envelope.read::<package::Statement>()
        });
        let statement = match statement {
            Ok(statement) => statement,
            Err(e) => return check.fails(&path, e.code(), e),
        };
        let mut same = |yes: bool, what: &str| {
            check.expect(yes, &path, "statement.other", || format!("names another {what}"));
        };
        same(statement.scope == self.election.frozen.definition.scope, "election, round or mode");
        same(statement.definition == self.fingerprint, "election fingerprint");
        let name = &place.name;
        let about = (&statement.station, &statement.device, statement.generation);
        same(about == (&name.station, &name.device, name.generation), "station, device or generation");
        same((statement.results_manifest, statement.images_manifest) == manifests, "content than the one beside it");
        same(self.sealed_to(&statement.recipients, station), "set of recipients than the frozen one");
        check.expect(ours.iter().any(|import| import.statement == digest), &path, "statement.not_imported", || {
            format!("no import leaf names the statement {digest}")
        });
        let named = statement.program();
        for import in ours.iter().filter(|import| import.statement == digest && (import.build, named) != (None, None)) {
            if import.build.is_none() {
                let what = "names the program that counted, and its import leaf does not";
                check.records(&path, "statement.build_left_out", what);
            } else {
                check.expect(import.build == named, &path, "statement.build", || {
                    "names another program than its import leaf".to_owned()
                });
            }
        }
    }

    /// Results are for the centre alone, images for the centre and the station's office.
    fn sealed_to(&self, said: &package::Recipients, station: &Station) -> bool {
        let listed = &self.election.frozen.lists.recipients;
        let age = |is: &dyn Fn(&election::RecipientName) -> bool| -> BTreeSet<&str> {
            listed.iter().filter(|r| is(&r.recipient)).map(|r| r.age.as_str()).collect()
        };
        use election::RecipientName::{Centre, Office};
        let centre = age(&|name| *name == Centre);
        let both = age(&|name| *name == Centre || *name == Office(station.office.clone()));
        let set =
            |said: &'_ [sign::Recipient]| -> BTreeSet<String> { said.iter().map(|r| r.as_str().to_owned()).collect() };
        let same = |said: &[sign::Recipient], listed: &BTreeSet<&str>| {
            said.len() == listed.len() && set(said).iter().map(String::as_str).eq(listed.iter().copied())
        };
        same(&said.results, &centre) && same(&said.images, &both)
    }

    /// V.307.
    fn receipt(&self, checks: &mut Checks, place: &Place, label: Option<Digest>, ours: &[&Import]) {
        let check = checks.at(CheckId::Receipts);
        let path = format!("{}{RECEIPT}", place.path);
        let came_by_network = ours.iter().any(|import| import.medium == Medium::Network);
        let bytes = match self.get_listed(check, &path) {
            Err(()) => return,
            Ok(None) if came_by_network => {
                return check.misses(&path, "file.missing", "came over the network, but its receipt is not there");
            }
            Ok(None) => {
                return check.records(&place.path, "station.by_stick", "came by stick alone, so there is no receipt");
            }
            Ok(Some(bytes)) => bytes,
        };
        match self.intake {
            None => check.misses(&path, "verify.needs", "needs the intake log (V.301)"),
            Some(intake) => match intake.receipts.get(&sign::sha256(&bytes)) {
                None => check.fails(&path, "receipt.no_leaf", "is no leaf of the intake log"),
                Some(of) => {
                    check.expect(label.is_none_or(|label| label == *of), &path, "receipt.other", || {
                        format!("is for the label {of}, not for the one beside it")
                    });
                }
            },
        }
    }

    /// The pictures of the folder, and what the rules and officers say of them.
    fn pictures<'a>(
        &'a self,
        place: &'a Place,
        signed: &'a Manifest,
        withheld: Option<&'a Withheld>,
        results: &'a StationResults,
    ) -> Pictures<'a> {
        let name = |path: &'a str| path.strip_prefix(place.path.as_str())?.strip_prefix("images/");
        let listed = self.manifest.into_iter().flat_map(|manifest| manifest.keys()).map(String::as_str);
        Pictures {
            place: &place.path,
            signed,
            published: self.folder.under(&place.path).filter_map(|(path, _)| name(path)).collect(),
            listed: listed.filter_map(name).collect(),
            rules: &self.election.frozen.definition.rules.privacy,
            withheld,
            results,
        }
    }

    /// V.404: each published file has the hash of the manifests. Gives both manifests.
    fn manifests(
        &self,
        checks: &mut Checks,
        place: &Place,
        results: &[u8],
        images: &[u8],
    ) -> Option<(Manifest, Manifest)> {
        let check = checks.at(CheckId::Manifests);
        let mut parse = |bytes: &[u8], name: &str| {
            let place = |line: usize| format!("{}{name}:{line}", place.path);
            parse_manifest(bytes).map_err(|(line, why)| check.fails(place(line), "bag.manifest", why)).ok()
        };
        let (results, images) = (parse(results, RESULTS_MANIFEST)?, parse(images, IMAGES_MANIFEST)?);
        for needed in ["data/results.json", "data/zero.json", "data/slip.json", "data/cvr.json"] {
            check.expect(
                results.contains_key(needed),
                format!("{}{RESULTS_MANIFEST}", place.path),
                "bag.lacks",
                || format!("the device did not sign for {needed}"),
            );
        }
        for (path, found) in self.folder.under(&place.path) {
            let name = &path[place.path.len()..];
            // A bundle has one table of all that is withheld: V.409 looks at no list of its contents.
            if BESIDE.contains(&name) || (name == WITHHELD && self.mandate.is_none()) {
                continue;
            }
            let data = format!("data/{name}");
            let image = name.strip_prefix("images/").map(|name| format!("data/{name}"));
            let signed = results.get(&data).or_else(|| images.get(&image?));
            match signed {
                None => check.fails(path, "bag.unsigned", "is no file that the device signed for"),
                Some(signed) => {
                    check.expect(*signed == found.digest, path, "bag.changed", || {
                        format!("has {}, but the device signed for {signed}", found.digest)
                    });
                }
            }
        }
        Some((results, images))
    }

    /// V.405; gives the figures, where the file is the imported one.
    fn results(
        &self,
        checks: &mut Checks,
        place: &Place,
        station: &Station,
        ours: &[&Import],
    ) -> Option<(Digest, StationResults)> {
        let path = format!("{}results.json", place.path);
        let check = checks.at(CheckId::Results);
        let bytes = self.get(check, &path)?;
        let digest = sign::sha256(&bytes);
        check.expect(ours.iter().any(|import| import.content.results == digest), &path, "results.not_imported", || {
            format!("no import leaf names the figures {digest}")
        });
        let results = match StationResults::parse(&bytes) {
            Ok(results) => results,
            Err(e) => {
                check.fails(&path, e.code(), e);
                return None;
            }
        };
        let def = &self.election.frozen.definition;
        let name = &place.name;
        let about = (&results.station, &results.device, results.generation);
        let same = results.scope == def.scope && about == (&name.station, &name.device, name.generation);
        check.expect(same, &path, "results.other", || "is of another election, station, device or generation".into());
        tell(check, &path, figures::results(self.defined, station, &results));
        account(check, &path, figures::paper(self.defined, station, &results.account), ours);
        Some((digest, results))
    }

    /// V.406 and V.407.
    fn zero_and_slip(
        &self,
        checks: &mut Checks,
        place: &Place,
        key: &PublicKey,
        digest: Digest,
        results: &StationResults,
    ) {
        let path = format!("{}zero.json", place.path);
        let check = checks.at(CheckId::Zero);
        let zero = self.get(check, &path);
        match zero.as_deref().map(StationResults::parse) {
            None => {}
            Some(Err(e)) => check.fails(&path, e.code(), e),
            Some(Ok(zero)) => tell(check, &path, figures::zero(&zero, results)),
        }

        let path = format!("{}slip.json", place.path);
        let check = checks.at(CheckId::Slip);
        let Some(bytes) = self.get(check, &path) else { return };
        let codes: Vec<String> = match sign::canonical::from_bytes(&bytes) {
            Ok(codes) => codes,
            Err(e) => return check.fails(&path, e.code(), e),
        };
        let slip = Slip::join(&codes);
        match slip.as_ref().map_err(Clone::clone).and_then(|slip| slip.verify(key)) {
            Err(e) => check.fails(&path, e.code(), e),
            Ok(slip) => {
                let mut wrong = figures::slip(slip, results);
                if slip.fingerprint != self.fingerprint {
                    wrong.push(("slip.fingerprint", format!("names the election fingerprint {}", slip.fingerprint)));
                }
                if slip.results != digest {
                    wrong.push(("slip.results", "names another results.json".to_owned()));
                }
                if zero.is_some_and(|zero| slip.zero != sign::sha256(&zero)) {
                    wrong.push(("slip.zero", "names another zero.json".to_owned()));
                }
                tell(check, &path, wrong);
            }
        }
    }

    /// V.408. Gives the records, where they are published and can be read.
    fn vote_records(&self, checks: &mut Checks, place: &Place, results: &StationResults) -> Option<Records> {
        let path = format!("{}cvr.json", place.path);
        let check = checks.at(CheckId::VoteRecords);
        match self.get_listed(check, &path) {
            Err(()) => None,
            Ok(None) => {
                match self.mandate {
                    None => check.withholds(&path, RECORDS_CLAUSE, "the cast vote records are not public"),
                    Some(mandate) if mandate.includes(Class::Records) => Absent::Missing.tell(check, &path),
                    Some(_) => check.withholds(&path, evidence::NOT_ASKED, "the mandate does not include the records"),
                }
                None
            }
            Ok(Some(bytes)) => match Records::parse(&bytes) {
                Err(e) => {
                    check.fails(&path, e.code(), e);
                    None
                }
                Ok(records) => {
                    tell(check, &path, figures::votes(self.defined, &records, results));
                    Some(records)
                }
            },
        }
    }

    /// V.954: what the device signed for is there where the mandate includes it, and nowhere else.
    fn given(&self, check: &mut Check, place: &Place, data: &Manifest, images: &Manifest, mandate: &Mandate) {
        let mut look = |name: &str, clause: Option<&str>| {
            let path = format!("{}{name}", place.path);
            match (clause, self.folder.open(&path)) {
                (None, Ok(_)) => check.holds(),
                (None, Err(absent)) => absent.tell(check, &path),
                (Some(clause), Err(Absent::Missing)) => check.withholds(&path, clause, "is not in the bundle"),
                (Some(clause), _) => check.fails(
                    &path,
                    "evidence.not_given",
                    format!("is in the bundle, though '{clause}' keeps it out"),
                ),
            }
        };
        let name = |path: &'_ String| path.strip_prefix("data/").unwrap_or(path).to_owned();
        data.keys().map(name).for_each(|name| look(&name, evidence::clause(mandate, &name)));
        if mandate.includes(Class::Images) {
            images.keys().map(name).for_each(|name| look(&format!("images/{name}"), None));
            return;
        }
        for (path, _) in self.folder.under(&format!("{}images/", place.path)) {
            check.fails(path, "evidence.not_given", "is in the bundle, though the mandate does not include images");
        }
        if !images.is_empty() {
            let what = format!("{} images of ballots are not in the bundle", images.len());
            check.withholds(&place.path, evidence::NOT_ASKED, what);
        }
    }

    /// V.409: a file of the results bag is published, never public, or withheld by a clause that stands; and the list
    /// of them is the one that is `expected`, to the byte.
    fn withheld(&self, check: &mut Check, place: &Place, data: &Manifest, results: &StationResults, expected: &[u8]) {
        let path = format!("{}{WITHHELD}", place.path);
        let withheld = match self.get_listed(check, &path) {
            Err(()) => return,
            Ok(None) => {
                check.fails(
                    &path,
                    "withheld.none",
                    "what is withheld of this content is not said: the list is not there",
                );
                Vec::new()
            }
            Ok(Some(bytes)) => {
                check.expect(bytes == expected, &path, "withheld.other", || {
                    "is not the list that follows from the rules, the manifests and the redactions".into()
                });
                match serde_json::from_slice::<WithheldJson>(&bytes) {
                    Ok(json) => json.withheld,
                    Err(e) => return check.fails(&path, "withheld.form", e),
                }
            }
        };
        let rules = &self.election.frozen.definition.rules.privacy;
        let (from, is_public) = (rules.cast_vote_records_from, shows_records(rules, results.account.cast));
        let is_published = |file: &str| {
            let name = file.strip_prefix("data/").unwrap_or(file);
            let path = format!("{}{name}", place.path);
            self.folder.files.contains_key(&path) || self.manifest.is_some_and(|m| m.contains_key(&path))
        };
        if !is_public && is_published("data/cvr.json") {
            let what = format!(
                "is published, though {RECORDS_CLAUSE} is {from} and {} ballots were cast",
                results.account.cast
            );
            check.fails(format!("{}cvr.json", place.path), "withheld.not", what);
        }
        for file in &withheld {
            let at = format!("{path}: {}", file.path);
            if data.get(&file.path) != Some(&file.sha256) {
                check.fails(at, "withheld.hash", "is no file of the bag, or has another hash there");
            } else if is_published(&file.path) {
                check.fails(at, "withheld.published", "is listed as withheld, and published");
            } else if NEVER.contains(&file.path.as_str()) {
                check.withholds(at, &file.clause, "is never public");
            } else if file.path == "data/cvr.json" && file.clause == RECORDS_CLAUSE && !is_public {
                check.withholds(at, &file.clause, "is withheld by the frozen rules");
            } else {
                check.fails(at, "withheld.clause", format!("no frozen rule withholds it; '{}' does not", file.clause));
            }
        }
        let is_listed = |path: &String| withheld.iter().any(|file| file.path == *path);
        for file in data.keys().filter(|path| path.starts_with("data/")) {
            let known = is_published(file) || is_listed(file) || NEVER.contains(&file.as_str());
            check.expect(known, format!("{}{file}", place.path), "withheld.silent", || {
                "is neither published nor listed as withheld".into()
            });
        }
    }
}

/// V.405: paper that does not add up is told, and is no fault of the figures where every import says so: the station is
/// then counted by an order alone (V.501). Where one says otherwise than the figures, nobody was asked.
fn account(check: &mut Check, path: &str, wrong: Vec<figures::Wrong>, ours: &[&Import]) {
    let says = |import: &&Import| import.account_differs != wrong.is_empty();
    let said = check.expect(ours.iter().all(says), path, "figures.account_differs", || match wrong.is_empty() {
        true => "its ballot account adds up, and an import leaf says that it does not".into(),
        false => "its ballot account does not add up, and an import leaf does not say so".into(),
    });
    for (code, what) in wrong {
        if said {
            check.records(path, code, what);
        } else {
            check.fails(path, code, what);
        }
    }
}

/// Tells what is wrong at a place; nothing wrong holds.
fn tell(check: &mut Check, path: &str, wrong: Vec<figures::Wrong>) {
    if wrong.is_empty() {
        check.holds();
    }
    for (code, what) in wrong {
        check.fails(path, code, what);
    }
}
