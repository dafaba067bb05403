//! Every way of writing, on a disk that loses power.

use std::path::Path;

use faults::{Disk, Faults, Mounted, rounds};
use sanad_durable as durable;

/// Runs `write` with the power going, or the process being killed, at each of its changes in turn, and checks what is
/// there afterwards with `holds`, which is told whether the writing had returned.
fn at_every_change(
    seed: u64,
    before: impl Fn(&Path),
    write: impl Fn(&Path) -> durable::Result,
    holds: impl Fn(&Path, bool) -> bool,
) -> Result<(), String> {
    for at in 1.. {
        let mut mounted = Mounted::new(Disk::new(seed * 1000 + at));
        before(&mounted.path());
        let kill = seed.is_multiple_of(2);
        let at_change = Some(at);
        mounted.disk().set(match kill {
            true => Faults { kill_at: at_change, ..Faults::default() },
            false => Faults { power_loss_at: at_change, ..Faults::default() },
        });
        let mut done = write(&mounted.path()).is_ok() && !mounted.disk().is_off();
        let ended = done;
        if kill {
            // A second process finds what the first one left, does the same again, and then the power goes.
            mounted.disk().revive();
            mounted.disk().set(Faults::default());
            done = write(&mounted.path()).is_ok();
        }
        mounted.power_cycle();
        if !holds(&mounted.path(), done) {
            return Err(format!("change {at}: {:?}", mounted.disk().files().keys()));
        }
        if ended {
            return Ok(());
        }
    }
    Ok(())
}

fn read(path: &Path) -> Option<Vec<u8>> {
    std::fs::read(path).ok()
}

#[test]
fn a_file_is_old_or_new_and_new_when_it_was_said_so() {
    rounds::hold(6, "cargo test --release -p sanad-durable --test crash", |seed| {
        at_every_change(
            seed,
            |dir| durable::write(&dir.join("a"), b"old").unwrap(),
            |dir| durable::write(&dir.join("a"), &[b'n'; 1500]),
            |dir, done| match read(&dir.join("a")) {
                Some(bytes) if bytes == [b'n'; 1500] => true,
                Some(bytes) => bytes == b"old" && !done,
                None => false,
            },
        )
    });
}

#[test]
fn a_file_in_folders_that_a_killed_process_made_outlives_the_loss_of_power() {
    rounds::hold(6, "cargo test --release -p sanad-durable --test crash", |seed| {
        at_every_change(
            seed,
            |_| {},
            |dir| durable::write(&dir.join("x/y/a"), b"new"),
            |dir, done| read(&dir.join("x/y/a")).is_some_and(|bytes| bytes == b"new") || !done,
        )
    });
}

/// A rename that was cut in half leaves two names of one file: writing the unfinished one again must not empty the other.
#[test]
fn a_file_with_two_names_after_half_a_rename_stays_whole() {
    let mut halves = 0;
    for seed in 0..60 {
        let mut mounted = Mounted::new(Disk::new(seed));
        let path = mounted.path().join("a");
        mounted.disk().set(Faults { power_loss_at: Some(5), ..Faults::default() });
        let _ = durable::write(&path, b"one");
        mounted.power_cycle();
        let path = mounted.path().join("a");
        let both = path.exists() && durable::unfinished(&path).exists();
        if !both {
            continue;
        }
        halves += 1;
        let whole = read(&path);
        mounted.disk().set(Faults { full_from: Some(1), ..Faults::default() });
        let _ = durable::write(&path, b"another");
        assert_eq!(read(&path), whole, "seed {seed}");
    }
    assert!(halves > 3, "{halves}");
}

#[test]
fn a_folder_is_replaced_whole_or_not_at_all() {
    let fill = |to: &Path, text: &'static [u8]| {
        durable::replace_folder::<durable::Failed>(to, |fresh| {
            (0..3).try_for_each(|n| durable::draft(&fresh.join(format!("in/{n}")), text))
        })
    };
    let all = |dir: &Path, text: &[u8]| (0..3).all(|n| read(&dir.join(format!("in/{n}"))).as_deref() == Some(text));
    rounds::hold(6, "cargo test --release -p sanad-durable --test crash", |seed| {
        at_every_change(
            seed,
            |dir| fill(&dir.join("to"), b"old").unwrap(),
            |dir| fill(&dir.join("to"), b"new"),
            |dir, done| {
                let (to, old) = (dir.join("to"), dir.join(format!("to{}", durable::REPLACED)));
                match to.exists() {
                    true => all(&to, b"new") || (!done && all(&to, b"old")),
                    false => !done && all(&old, b"old"),
                }
            },
        )
    });
}

#[test]
fn what_memory_shows_and_the_disk_does_not_hold_is_found_by_reading_back() {
    let mounted = Mounted::new(Disk::new(1));
    let path = mounted.path().join("a");
    mounted.disk().set(Faults { swallow_from: Some(1), ..Faults::default() });
    durable::write(&path, &[7; 8192]).unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), [7; 8192], "memory");
    assert_eq!(durable::read_back(&path).unwrap(), [0; 8192], "the disk");
}

#[test]
fn st5_a_full_disk_leaves_the_old_file_and_no_half_one() {
    for from in 1..6 {
        let mounted = Mounted::new(Disk::new(from));
        let path = mounted.path().join("a");
        durable::write(&path, b"old").unwrap();
        mounted.disk().set(Faults { full_from: Some(from), ..Faults::default() });
        match durable::write(&path, b"brand new") {
            Ok(()) => assert_eq!(read(&path).unwrap(), b"brand new"),
            Err(failed) => {
                assert_eq!(failed.source().kind(), std::io::ErrorKind::StorageFull);
                assert_eq!(read(&path).unwrap(), b"old");
                assert_eq!(mounted.disk().files().len(), 1, "what was half written is cleared away");
            }
        }
    }
}

#[test]
fn after_a_sync_that_failed_nothing_more_is_asked_of_the_disk() {
    for nth in 1..3 {
        let mounted = Mounted::new(Disk::new(nth));
        mounted.disk().set(Faults { fail_sync_at: Some(nth), ..Faults::default() });
        let failed = durable::write(&mounted.path().join("a"), b"new").unwrap_err();
        assert!(matches!(failed, durable::Failed::Unconfirmed { .. }), "{failed}");
        assert_eq!(mounted.disk().counts().after_failed_sync, [""; 0]);
    }
}

#[cfg(unix)]
#[test]
fn a_private_file_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key");
    // What a cut-off attempt left readable for all is not trusted with the secret.
    std::fs::write(durable::unfinished(&path), b"").unwrap();
    durable::write_private(&path, b"secret").unwrap();
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    durable::write(&path, b"public").unwrap();
    assert_eq!(read(&path).unwrap(), b"public");
}
