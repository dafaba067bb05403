//! The results bag of a station that signs whatever it is told: its JSON files, and what they say together.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use election::Digest;
use package::archive::{self, Files, IMAGES_LIMITS, RESULTS_LIMITS};
use package::bag::Bag;
use package::open::{OpenedImages, Trust, check_images, check_results};
use package::{Expected, Label, Recipients, STATEMENT_KIND, Statement};
use sign::dsse::{self, Envelope};
use sign::{FileKey, Signer, canonical};
use testing::{Count, World, unseal};

use crate::input::{files, parted};
use crate::{is_coded, is_printable};

/// A true package, opened.
struct Whole {
    world: World,
    label: Label,
    statement: Statement,
    results: Bag,
    images: Files,
    recipients: Recipients,
    expected: Expected,
}

static WHOLE: LazyLock<Whole> = LazyLock::new(|| {
    let world = World::new(1);
    let count = Count::of("s1", [3, 2, 1, 1]);
    let package = world.package(&count);
    let opened = |sealed: &[u8], limits| archive::read(&unseal(sealed, &world.centre), limits).expect("an archive");
    let results = Bag::check(opened(&package.results_age, RESULTS_LIMITS)).expect("a bag");
    let images = opened(&package.images_age, IMAGES_LIMITS);
    let (label, _) = Label::parse(&package.label).expect("a label");
    let statement = Envelope::parse(&results.tags["statement.dsse.json"]).and_then(|envelope| envelope.read());
    let recipients = world.recipients(&label.station);
    let expected = Expected::of(&world.frozen.definition, &label.station).expect("a station of the definition");
    Whole { label, statement: statement.expect("a statement"), results, images, recipients, expected, world }
});

/// Files after lines `%% NAME` take the place of those of a true bag, or stand beside them; `%% images/NAME` those of the
/// images. Manifests, statement and label are made and signed anew by the station's device.
pub fn results(data: &[u8]) {
    let whole = &*WHOLE;
    let (images, results): (BTreeMap<_, _>, BTreeMap<_, _>) =
        files(data).into_iter().partition(|(name, _)| name.starts_with("images/"));
    let images = images.into_iter().map(|(name, bytes)| (name["images/".len()..].to_owned(), bytes));
    let images = rebuilt(Bag::check(whole.images.clone()).expect("a bag"), images.collect());
    let results = rebuilt(whole.results.clone(), results);
    let device = &whole.world.keys["ds1"];
    let key = device.public_key();
    let manifest = |bag: &Bag| Digest::of(&bag.manifest());
    let statement = Statement {
        results_manifest: manifest(&results),
        results_info: Digest::of(&results.info),
        images_manifest: manifest(&images),
        images_info: Digest::of(&images.info),
        ..whole.statement.clone()
    };
    let mut label = whole.label.clone();
    (label.results.manifest, label.images.manifest) = (statement.results_manifest, statement.images_manifest);
    let trust = Trust {
        scope: &whole.world.frozen.definition.scope,
        fingerprint: whole.world.fingerprint,
        station: &whole.label.station,
        device: &whole.label.device,
        key,
        recipients: &whole.recipients,
    };
    let is_whole = results.data == whole.results.data;
    let files = stated(results, &statement, device);
    let images = images_of(&label, images);
    match check_results(label, files.clone(), &trust) {
        Ok(opened) => {
            assert_eq!(opened.bag.to_files(), files, "what is opened is what was signed");
            assert_eq!(canonical::to_bytes(&opened.adjudicated).as_deref(), Ok(&*opened.bag.data["adjudication.json"]));
            let found = opened.inconsistencies(&whole.expected, images.as_ref());
            assert!(!data.is_empty() || found.is_empty(), "a true package is consistent: {found:?}");
            found.iter().for_each(is_coded);
            found.iter().for_each(|one| is_printable(&one.to_string()));
        }
        Err(error) => {
            is_coded(&error);
            assert!(!is_whole, "a true bag is refused: {error}");
        }
    }
}

/// A bag with these files instead of its own.
fn rebuilt(bag: Bag, files: Files) -> Bag {
    let files = files.into_iter().map(|(name, file)| {
        let file = parted(file, bag.data.get(&name));
        (name, file)
    });
    let files: Files = files.collect();
    Bag::new(bag.data.into_iter().chain(files).collect(), &[("External-Identifier", "s1-ds1-1")])
}

/// The files of a bag with its statement, which the device signs.
fn stated(mut bag: Bag, statement: &Statement, device: &FileKey) -> Files {
    let signed = dsse::sign_json(STATEMENT_KIND, statement, &[device]).expect("hashes alone have changed");
    bag.tags.insert("statement.dsse.json".into(), signed.to_bytes());
    bag.to_files()
}

fn images_of(label: &Label, images: Bag) -> Option<OpenedImages> {
    match check_images(label, images.to_files()) {
        Ok(images) => Some(images),
        Err(error) => {
            is_coded(&error);
            None
        }
    }
}
