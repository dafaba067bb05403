//! The disk through the kernel: what programs see of it.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::FileExt as _;

use sanad_faults::{Disk, Faults, Mounted};

#[test]
fn what_is_synced_outlives_a_loss_of_power_and_the_rest_may_not() {
    let (mut kept, mut torn, mut dropped) = (0, 0, 0);
    for seed in 0..60 {
        let mut mounted = Mounted::new(Disk::new(seed));
        let at = |mounted: &Mounted, name: &str| mounted.path().join(name);
        let mut file = File::create(at(&mounted, "synced")).unwrap();
        file.write_all(&[1; 5000]).unwrap();
        file.sync_all().unwrap();
        let mut other = File::create(at(&mounted, "unsynced")).unwrap();
        File::open(mounted.path()).unwrap().sync_all().unwrap();
        other.write_all(&[2; 5000]).unwrap();
        fs::write(at(&mounted, "without a name"), b"x").unwrap();
        drop((file, other));
        mounted.power_cycle();
        assert_eq!(fs::read(at(&mounted, "synced")).unwrap(), [1; 5000]);
        let found = fs::read(at(&mounted, "unsynced")).unwrap();
        match found.iter().filter(|b| **b == 2).count() {
            0 => dropped += 1,
            5000 => kept += 1,
            _ => torn += 1,
        }
    }
    assert!(kept > 0 && torn > 0 && dropped > 0, "{kept} kept, {torn} torn, {dropped} dropped");
}

#[test]
fn the_power_goes_at_the_change_that_was_said() {
    let mounted = Mounted::new(Disk::new(1));
    let path = mounted.path().join("a");
    fs::write(&path, b"one").unwrap();
    assert_eq!(mounted.disk().counts().changes, 2, "a name and a write");
    mounted.disk().set(Faults { power_loss_at: Some(2), ..Faults::default() });
    let file = OpenOptions::new().write(true).open(&path).unwrap();
    file.write_all_at(b"two", 0).unwrap();
    assert!(!mounted.disk().is_off());
    file.sync_all().unwrap_err();
    assert!(mounted.disk().is_off());
    file.write_all_at(b"six", 0).unwrap_err();
    assert_eq!(mounted.disk().counts().changes, 2);
}

#[test]
fn a_killed_process_leaves_what_it_wrote_to_the_next_one() {
    let mounted = Mounted::new(Disk::new(1));
    let path = mounted.path().join("a");
    mounted.disk().set(Faults { kill_at: Some(2), ..Faults::default() });
    fs::write(&path, b"one").unwrap();
    assert!(mounted.disk().is_off(), "what is answered now, nobody hears");
    fs::write(&path, b"two").unwrap_err();
    mounted.disk().revive();
    assert_eq!(fs::read(&path).unwrap(), b"one");
}

#[test]
fn a_full_disk_takes_half_and_a_read_only_one_nothing() {
    let mounted = Mounted::new(Disk::new(1));
    let path = mounted.path().join("a");
    mounted.disk().set(Faults { full_from: Some(2), ..Faults::default() });
    assert_eq!(fs::write(&path, b"abcdef").unwrap_err().kind(), ErrorKind::StorageFull);
    assert_eq!(mounted.disk().files()["a"], b"abc");
    assert_eq!(fs::write(mounted.path().join("b"), b"").unwrap_err().kind(), ErrorKind::StorageFull);
    fs::remove_file(&path).unwrap();
    mounted.disk().set(Faults { read_only_from: Some(1), ..Faults::default() });
    assert_eq!(fs::write(&path, b"").unwrap_err().kind(), ErrorKind::ReadOnlyFilesystem);
    mounted.disk().set(Faults { fail_write_at: Some(1), ..Faults::default() });
    assert_eq!(fs::write(&path, b"abc").unwrap_err().raw_os_error(), Some(5));
    fs::write(&path, b"abc").unwrap();
}

/// The kernel's cache shows what a failed sync has lost, until it is dropped: the trap of trying again.
#[test]
fn a_failed_sync_loses_what_memory_still_shows() {
    let mut mounted = Mounted::new(Disk::new(1));
    let path = mounted.path().join("a");
    let mut file = File::create(&path).unwrap();
    File::open(mounted.path()).unwrap().sync_all().unwrap();
    mounted.disk().set(Faults { fail_sync_at: Some(1), ..Faults::default() });
    file.write_all(&[7; 4096]).unwrap();
    file.sync_all().unwrap_err();
    file.sync_all().unwrap();
    drop(file);
    assert_eq!(fs::read(&path).unwrap(), [7; 4096], "memory remembers");
    assert_eq!(mounted.disk().counts().after_failed_sync.len(), 1);
    mounted.power_cycle();
    assert_eq!(fs::read(mounted.path().join("a")).unwrap(), [0; 4096]);
}

#[test]
fn folders_links_renames_and_locks_work_as_on_any_disk() {
    let mounted = Mounted::new(Disk::new(1));
    let at = |name: &str| mounted.path().join(name);
    fs::create_dir_all(at("a/b/c")).unwrap();
    for n in 0..300 {
        fs::write(at(&format!("a/b/{n}")), n.to_string()).unwrap();
    }
    assert_eq!(fs::read_dir(at("a/b")).unwrap().count(), 301);
    fs::hard_link(at("a/b/7"), at("a/seven")).unwrap();
    assert_eq!(fs::hard_link(at("a/b/7"), at("a/seven")).unwrap_err().kind(), ErrorKind::AlreadyExists);
    fs::rename(at("a/seven"), at("a/7")).unwrap();
    assert_eq!(fs::read(at("a/7")).unwrap(), b"7");
    fs::rename(at("a"), at("z")).unwrap();
    assert_eq!(fs::copy(at("z/7"), at("copy")).unwrap(), 1);
    assert_eq!(fs::remove_dir(at("z")).unwrap_err().kind(), ErrorKind::DirectoryNotEmpty);
    fs::remove_dir_all(at("z")).unwrap();
    assert_eq!(fs::read_dir(mounted.path()).unwrap().count(), 1);
    let first = File::create(at("lock")).unwrap();
    first.try_lock().unwrap();
    assert!(matches!(File::open(at("lock")).unwrap().try_lock(), Err(fs::TryLockError::WouldBlock)));
}
