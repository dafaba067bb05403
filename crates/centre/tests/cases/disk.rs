//! TB2 to TB4: whoever writes to the centre's disk, or enters what he may not.

use std::path::{Path, PathBuf};

use election::{Coded, Service};
use log::Witness;
use log::note::NoteAlgorithm;
use package::make::Package;
use record::entry::Effect;
use record::{Body, Standing};
use sanad_centre::{Centre, CentreError};
use sign::{FileKey, KeyKind};
use testing::{AT, Count, id};

use crate::common::{Desk, WORLD, files_below, package};

/// A centre that has announced: one station with a receipt, one that came by stick alone and counts by a slip and an
/// order, one whose copies differ.
fn announced() -> Desk<'static> {
    let mut desk = Desk::new();
    let (one, two) = (package("s1", [3, 2, 1, 0]), package("s2", [2, 1, 0, 0]));
    let (three, other) = (package("s3", [1, 2, 0, 0]), package("s3", [2, 1, 0, 0]));
    desk.network(&[&one, &three]);
    desk.stick(&[&one, &two, &other]);
    let content = *desk.room.outcome().unwrap().0.stations[&id("s2")].stick.first().unwrap();
    desk.slip(&Count::of("s2", [2, 1, 0, 0]));
    desk.decide("s2", Effect::Count(content));
    desk.room.compare(AT).unwrap();
    desk.draw_lots();
    desk.cosign();
    desk.room.announce(&WORLD.signers(&["officer_1", "officer_2"]), AT).unwrap();
    desk
}

/// Opens the centre and publishes, as the operator does the next morning.
fn publish(desk: &Desk<'_>, to: &Path) -> Result<Centre, CentreError> {
    let mut room = desk.open()?;
    room.publish(to, AT, site::pages)?;
    Ok(room)
}

#[test]
fn tb2_whatever_file_is_edited_removed_or_exchanged_nothing_is_published() {
    let desk = announced();
    let centre = desk.at("centre");
    let (mut tried, mut images) = (0, 0);
    for (path, bytes) in files_below(&centre) {
        let below = path.strip_prefix(&centre).unwrap().to_owned();
        let is_image = below.ends_with("images.tar");
        let to = desk.at("publication");
        let refuses = |what: &str| {
            if is_image && what == "edited" {
                // Images are not published: they are looked for, and read when the whole disk is.
                let problems = desk.open().unwrap().check(|_, _| {}).problems;
                assert!(!problems.is_empty(), "{} {what}", below.display());
                assert_eq!(problems[0].code(), "centre.content", "{} {what}", below.display());
                assert!(problems[0].to_string().contains(below.to_str().unwrap()), "{}", problems[0]);
                return;
            }
            let error = publish(&desk, &to).err().unwrap_or_else(|| panic!("{} {what}", below.display()));
            assert!(!to.exists(), "{} {what}: {error}", below.display());
            let named = error.to_string();
            let is_named = named.contains(below.file_name().unwrap().to_str().unwrap());
            assert!(is_named || !below.starts_with("contents"), "{} {what}: {named}", below.display());
        };
        // A checkpoint has lines of several signers.
        let step = if below.ends_with("checkpoint") { 24 } else { bytes.len().max(1) };
        for from in (0..bytes.len().max(1)).step_by(step) {
            let mut edited = bytes.clone();
            match edited.get_mut((from + step / 2).min(bytes.len().saturating_sub(1))) {
                Some(byte) => *byte ^= 1,
                None => edited.push(b' '),
            }
            std::fs::write(&path, &edited).unwrap();
            refuses("edited");
        }
        std::fs::remove_file(&path).unwrap();
        // Without a receipt nothing is wrong here; a stranger says that it is missing. What the centre remembers of its
        // witnesses tells a record that went back; without it the witnesses alone do.
        if !below.ends_with("receipt.json") && !below.ends_with("last-cosigned.txt") {
            refuses("removed");
        }
        std::fs::create_dir(&path).unwrap();
        refuses("a folder");
        std::fs::remove_dir(&path).unwrap();
        std::fs::write(&path, &bytes).unwrap();
        tried += 1;
        images += usize::from(is_image);
    }
    assert!(tried > 50 && images == 4, "{tried} files, {images} of them images");
    // All is back as it was.
    assert!(publish(&desk, &desk.at("publication")).is_ok());
}

/// A key of one's own, with the log signed anew by it: the file holds together, and is not the frozen key's.
#[test]
fn tb2_a_record_signed_anew_by_another_key_is_refused() {
    let desk = announced();
    let other = |kind| FileKey::generate(kind).unwrap();
    let key = other(KeyKind::Ed25519);
    let record = desk.at("centre/record");
    std::fs::remove_dir_all(&record).unwrap();
    let pem = key.to_pem("").unwrap();
    let mut log = log::Log::create(log::FolderStore::new(&record), "tiny/record", Box::new(key)).unwrap();
    log.append(desk.room.log().leaves()).unwrap();
    std::fs::write(desk.at("centre/record-log.key.pem"), pem.as_bytes()).unwrap();
    assert_eq!(desk.open().err().unwrap().code(), "centre.other_key");
    // The centre's own key likewise.
    let desk = announced();
    let pem = other(KeyKind::P256).to_pem("").unwrap();
    std::fs::write(desk.at("centre/centre.key.pem"), pem.as_bytes()).unwrap();
    assert_eq!(desk.open().err().unwrap().code(), "centre.other_key");
}

#[test]
fn tb2_edited_while_the_centre_is_open() {
    let mut desk = announced();
    let tile =
        files_below(&desk.at("centre/record")).into_keys().find(|p| p.to_str().unwrap().contains("entries")).unwrap();
    let mut bytes = std::fs::read(&tile).unwrap();
    bytes[100] ^= 1;
    std::fs::write(&tile, bytes).unwrap();
    let size = desk.room.log().size();
    assert_eq!(desk.refresh().unwrap_err().code(), "log.wrong");
    assert_eq!(desk.room.log().size(), size, "no publication is entered");
    assert!(!desk.at("publication").exists());
}

/// What a station sent is read twice: for its hash in the manifest, and to be written. The pages are drawn in between.
#[test]
fn tb2_a_file_that_goes_or_is_exchanged_while_it_is_published() {
    let mut desk = announced();
    let (centre, to) = (desk.at("centre"), desk.at("publication"));
    let is_receipt = |path: &PathBuf| path.ends_with("receipt.json");
    let receipts: Vec<PathBuf> = files_below(&centre.join("contents")).into_keys().filter(is_receipt).collect();
    let [one, other] = &receipts[..] else { panic!("two stations have a receipt: {receipts:?}") };
    let bytes = std::fs::read(one).unwrap();
    // Each is a leaf of the intake log.
    let spoils: [&dyn Fn(); 2] =
        [&|| std::fs::remove_file(one).unwrap(), &|| assert!(std::fs::copy(other, one).unwrap() > 0)];
    for spoil in spoils {
        let pages = |site: &site::Site<'_>| {
            spoil();
            site::pages(site)
        };
        let error = desk.room.publish(&to, AT, pages).unwrap_err();
        assert_eq!(error.code(), "centre.content");
        let place = one.strip_prefix(&centre).unwrap().to_str().unwrap();
        assert!(error.to_string().contains(place), "where the centre has it: {error}");
        assert!(!to.exists(), "nothing is published");
        std::fs::write(one, &bytes).unwrap();
    }
    desk.room.publish(&to, AT, site::pages).unwrap();
}

#[test]
fn tb3_what_changes_a_result_needs_an_order_of_two() {
    let mut desk = Desk::new();
    let one = package("s1", [6, 3, 1, 1]);
    desk.network(&[&one]);
    desk.stick(&[&one]);
    let before = (desk.room.log().size(), desk.results());
    let cancel = desk.order("s1", Effect::Cancel);
    let refused = |desk: &mut Desk<'_>, body: &Body, who: &[&str], code: &str| {
        let error = desk.room.enter(body, &WORLD.signers(who), AT).unwrap_err();
        assert_eq!(error.code(), code, "{who:?}: {error}");
        assert_eq!((desk.room.log().size(), desk.results()), before, "nothing is entered, nothing changes");
    };
    refused(&mut desk, &cancel, &["officer_1"], "record.threshold");
    refused(&mut desk, &cancel, &["officer_1", "officer_1"], "dsse.order");
    refused(&mut desk, &cancel, &["officer_1", "board_1"], "record.signature");
    refused(&mut desk, &cancel, &["officer_1", "centre"], "record.signature");
    refused(&mut desk, &cancel, &["centre"], "record.signature");
    let Body::Order(mut silent) = cancel.clone() else { unreachable!() };
    silent.reason.clear();
    refused(&mut desk, &Body::Order(silent), &["officer_1", "officer_2"], "record.order");
    // The centre cannot report an order as its own either.
    assert_eq!(desk.room.report(std::slice::from_ref(&cancel), AT).unwrap_err().code(), "record.signature");
    desk.room.enter(&cancel, &WORLD.signers(&["officer_1", "officer_2"]), AT).unwrap();
    assert_eq!(desk.standing("s1"), Standing::Cancelled);
    assert_eq!(desk.room.log().size(), before.0 + 1, "the adjustment is a leaf of its own");
}

/// "Deck 0" was deleted in Humboldt County in 2008, and nothing told.
#[test]
fn tb4_a_content_that_is_removed_is_missed_and_comes_back_from_either_medium() {
    let mut desk = Desk::new();
    let packages = [package("s1", [6, 3, 1, 1]), package("s2", [3, 8, 0, 0])];
    let all: Vec<&Package> = packages.iter().collect();
    desk.network(&all);
    desk.stick(&all);
    let before = desk.results();
    let contents: Vec<PathBuf> =
        std::fs::read_dir(desk.at("centre/contents")).unwrap().map(|entry| entry.unwrap().path()).collect();
    for content in contents {
        std::fs::rename(&content, desk.at("taken")).unwrap();
        // Neither totals nor a status without it: nobody is shown a sum that has silently become smaller.
        assert_eq!(desk.open().unwrap().outcome().unwrap_err().code(), "centre.content");
        desk.cosign();
        let error = desk.room.announce(&WORLD.signers(&["officer_1", "officer_2"]), AT).unwrap_err();
        assert_eq!(error.code(), "centre.content");
        assert!(error.to_string().contains(content.to_str().unwrap()), "{error}");
        std::fs::remove_dir_all(desk.at("taken")).unwrap();
        let size = desk.room.log().size();
        desk.stick(&all);
        assert_eq!((desk.results(), desk.room.log().size()), (before.clone(), size), "back, and nothing entered twice");
    }
    assert!(desk.room.check(|_, _| {}).problems.is_empty());
}

#[test]
fn tb4_a_station_can_be_annulled_and_never_deleted() {
    let mut desk = Desk::new();
    let (one, two) = (package("s1", [6, 3, 1, 1]), package("s2", [1, 2, 0, 0]));
    desk.network(&[&one, &two]);
    desk.stick(&[&one, &two]);
    let before = desk.results();
    desk.decide("s1", Effect::Cancel);
    desk.publish().unwrap();
    let report = desk.passes();
    let decisions = report.check("V.503").unwrap();
    assert!(
        decisions.detail.iter().any(|d| d.code == "standing.cancelled" && d.what.contains("a reason")),
        "{decisions:#?}"
    );
    assert!(desk.at("publication/stations/s1/ds1-1/results.json").exists(), "what it counted stays published");
    desk.decide("s1", Effect::Restore);
    assert_eq!(desk.results(), before, "exactly as before");
    let orders = desk.room.state().orders.len();
    assert_eq!(orders, 2, "both acts stay in the record");
}

/// The centre's own keys can sign a shorter record; a witness that has seen the longer one tells.
#[test]
fn tb4_a_leaf_that_is_taken_away_is_seen_by_the_witnesses() {
    let mut desk = Desk::new();
    desk.stick(&[&package("s1", [6, 3, 1, 1])]);
    let saved = desk.at("saved");
    copy(&desk.at("centre/record"), &saved);
    desk.stick(&[&package("s2", [3, 8, 0, 0])]);
    let policy = WORLD.policy();
    let witness = |name: &str| Witness { log: policy.logs[0].clone(), name: name.to_owned(), seen: None };
    let key = &WORLD.keys["court"];
    assert_eq!(policy.witnesses[0].key.algorithm, NoteAlgorithm::CosignatureV1);
    let (_, seen) = witness(&policy.witnesses[0].key.name).cosign(&desk.room.request(0).unwrap(), key, 1).unwrap();
    // The end is cut off: the disk of the evening before.
    std::fs::remove_dir_all(desk.at("centre/record")).unwrap();
    copy(&saved, &desk.at("centre/record"));
    let room = desk.open().unwrap();
    let refused = seen.cosign(&room.request(0).unwrap(), key, 2).unwrap_err();
    assert_eq!(refused.code(), "witness.rollback", "{refused}");
    // One leaf is left out, the record signed anew by its own key, as long as before.
    let mut leaves = desk.room.log().leaves().to_vec();
    leaves.remove(1);
    let more = WORLD.package(&Count::of("s3", [1, 1, 0, 0]));
    std::fs::remove_dir_all(desk.at("centre/record")).unwrap();
    let mut log = testing::start_log(&WORLD, &desk.at("centre/record"), "record", Service::RecordLog);
    log.append(&leaves).unwrap();
    desk.room = desk.open().unwrap();
    desk.stick(&[&more]);
    assert_eq!(desk.room.log().size(), 3);
    let refused = seen.cosign(&desk.room.request(3).unwrap(), key, 2).unwrap_err();
    assert_eq!(refused.code(), "witness.fork", "{refused}");
}

fn copy(from: &Path, to: &Path) {
    for (path, bytes) in files_below(from) {
        let to = to.join(path.strip_prefix(from).unwrap());
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::write(to, bytes).unwrap();
    }
}
