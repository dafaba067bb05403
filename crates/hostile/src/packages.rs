//! What a station hands over: the sealed file, the archive in it, the bag in that.

use std::io::Write as _;
use std::sync::LazyLock;

use election::{Digest, Mode, Scope};
use package::archive::{self, Files, Limits};
use package::bag::{self, Bag};
use package::open::open_images;
use package::{FileName, Label, Part, Sealed};
use sign::identity::{Identity, age_recipient};

use crate::input::{Bytes, choice};
use crate::is_coded;

/// What the archives of this target may hold.
const LIMITS: Limits = Limits { files: 64, bytes: 1 << 20 };

/// An archive and the bag in it, or a manifest alone. What is read is what would be written.
pub fn archive(data: &[u8]) {
    match choice(data, 3) {
        Some((0, data)) => match archive::read(data, LIMITS) {
            Ok(files) => {
                assert_eq!(archive::write(&files).expect("its own names"), data);
                checked(files);
            }
            Err(error) => is_coded(&error),
        },
        // The hashes are no obstacle: the files are put into a bag first, and then one of them is changed.
        Some((1, data)) => changed(data),
        Some((_, data)) => match bag::parse_manifest(data, "manifest") {
            Ok(listed) => {
                let again: String = listed.iter().map(|(name, digest)| format!("{}  {name}\n", digest.hex())).collect();
                assert_eq!(again.as_bytes(), data);
            }
            Err(error) => is_coded(&error),
        },
        None => {}
    }
}

fn checked(files: Files) {
    match Bag::check(files.clone()) {
        Ok(bag) => assert_eq!(bag.into_files(), files, "a bag that is whole has one form"),
        Err(error) => is_coded(&error),
    }
}

fn changed(data: &[u8]) {
    let mut bytes = Bytes(data);
    let (which, at, flip, extra) = (bytes.byte(), bytes.word(), bytes.byte(), bytes.byte());
    let names = ["a", "b/c.json", "d-1.png", "e"];
    let part = bytes.0.len() / names.len();
    let data = names.iter().enumerate().map(|(i, name)| ((*name).to_owned(), bytes.0[i * part..][..part].to_vec()));
    let mut bag = Bag::new(data.collect(), &[("External-Identifier", "s-d-1")]);
    bag.tags.insert("statement.dsse.json".into(), bytes.0.to_vec());
    let whole = bag.to_files();
    assert_eq!(Bag::check(whole.clone()), Ok(bag));
    let mut other = whole.clone();
    let name = whole.keys().nth(usize::from(which) % whole.len()).expect("a bag has files").clone();
    match extra % 4 {
        0 => _ = other.remove(&name),
        1 => _ = other.insert(format!("{name}.x"), Vec::new()),
        2 => other.get_mut(&name).expect("its own name").push(flip),
        _ => {
            let file = other.get_mut(&name).expect("its own name");
            if let Some(place) = (!file.is_empty()).then(|| usize::from(at) % file.len()) {
                file[place] ^= flip;
            }
        }
    }
    if other != whole {
        is_coded(&Bag::check(other).expect_err("a changed bag is refused"));
    }
}

static IDENTITY: LazyLock<Identity> = LazyLock::new(Identity::generate);

/// A sealed file under a label that names its hash. Half of the inputs are the sealed bytes themselves; the others are
/// the content, sealed here, and what is done to the sealed bytes.
pub fn sealed(data: &[u8]) {
    let Some((way, data)) = choice(data, 2) else { return };
    if way == 0 {
        let opened = open_images(&label(data, Digest([0; 32])), data, &IDENTITY);
        return is_coded(&opened.expect_err("nothing of this input is sealed to an identity made after it"));
    }
    let mut bytes = Bytes(data);
    let (changes, cut) = (bytes.byte() % 4, bytes.word());
    let places: Vec<(u16, u8)> = (0..changes).map(|_| (bytes.word(), bytes.byte())).collect();
    let content = bytes.0;
    let whole = seal(content);
    let mut sealed = whole.clone();
    places.iter().for_each(|(at, flip)| sealed[usize::from(*at) % whole.len()] ^= flip);
    if changes == 3 {
        sealed.truncate(usize::from(cut) % whole.len());
    }
    let bag = archive::read(content, archive::IMAGES_LIMITS).ok().and_then(|files| Bag::check(files).ok());
    let manifest = bag.as_ref().map_or(Digest([0; 32]), |bag| Digest::of(&bag.manifest()));
    match open_images(&label(&sealed, manifest), &sealed, &IDENTITY) {
        Ok(opened) => {
            assert_eq!(sealed, whole, "a changed file is opened");
            assert_eq!(archive::write(&opened.bag.into_files()).expect("its own names"), content);
        }
        Err(error) => {
            is_coded(&error);
            assert!(sealed != whole || bag.is_none_or(|bag| !bag.tags.is_empty()), "a whole bag is refused: {error}");
        }
    }
}

fn seal(content: &[u8]) -> Vec<u8> {
    let recipient = age_recipient(&IDENTITY.recipient()).expect("its own recipient");
    let recipients = std::iter::once(&recipient as &dyn age::Recipient);
    let mut sealed = Vec::new();
    let mut writer = age::Encryptor::with_recipients(recipients)
        .expect("one recipient")
        .wrap_output(&mut sealed)
        .expect("memory takes all");
    writer.write_all(content).expect("memory takes all");
    writer.finish().expect("memory takes all");
    sealed
}

/// A label of this file as the images of a station.
fn label(file: &[u8], manifest: Digest) -> Label {
    let name: FileName = "s-d-1".parse().expect("a name");
    let sealed = |part| Sealed { name: name.of(part), bytes: file.len() as u64, sha256: sign::sha256(file), manifest };
    Label {
        scope: Scope { election: "e".parse().expect("an id"), round: 1, mode: Mode::Demo },
        station: name.station.clone(),
        device: name.device.clone(),
        generation: 1,
        results: sealed(Part::Results),
        images: sealed(Part::Images),
    }
}
