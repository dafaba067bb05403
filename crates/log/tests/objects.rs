//! A log in a store of objects: requests that get lost, are done without an answer or arrive late, writers that die at any
//! of them, and two that write at once. What was promised is there, and there is one history.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::io::{Error, ErrorKind};

use election::Coded as _;
use faults::{Random, rounds};
use sanad_log::{
    Checkpoint, Condition, Exclusive, Log, LogError, ObjectError, ObjectStore, Objects, Store, StoreError, Tag,
    own_files,
};
use sign::{FileKey, KeyKind};

/// The store, and what is drawn of its faults.
struct World {
    signer: FileKey,
    random: Random,
    objects: BTreeMap<String, Vec<u8>>,
    /// Writes that have been sent and not arrived.
    late: Vec<(String, Option<Vec<u8>>, Condition)>,
    calm: bool,
    /// Ignores conditions, as some stores do.
    unconditional: bool,
    writers: u32,
    leaves: u64,
    promised: Vec<(Checkpoint, Vec<Vec<u8>>)>,
    raced: u64,
}

/// By content, as S3 does without encryption: the same bytes have the same tag again.
fn tag(bytes: &[u8]) -> Tag {
    Tag(format!("\"{}\"", sign::sha256(bytes).hex()))
}

impl World {
    fn new(seed: u64) -> RefCell<World> {
        RefCell::new(World {
            signer: FileKey::generate(KeyKind::Ed25519).unwrap(),
            random: Random::new(seed),
            objects: BTreeMap::new(),
            late: Vec::new(),
            calm: false,
            unconditional: false,
            writers: 0,
            leaves: 0,
            promised: Vec::new(),
            raced: 0,
        })
    }

    fn apply(&mut self, key: &str, bytes: Option<Vec<u8>>, condition: &Condition) -> Result<Tag, ObjectError> {
        let found = self.objects.get(key).map(|bytes| tag(bytes));
        let holds = match condition {
            Condition::Always => true,
            Condition::Absent => found.is_none(),
            Condition::Is(tag) => found.as_ref() == Some(tag),
        };
        if !holds && !self.unconditional {
            return Err(ObjectError::Condition);
        }
        match bytes {
            Some(bytes) => drop(self.objects.insert(key.to_owned(), bytes)),
            None => drop(self.objects.remove(key)),
        }
        Ok(tag(self.objects.get(key).map_or(b"", Vec::as_slice)))
    }

    fn once_in(&mut self, times: u64) -> bool {
        !self.calm && self.random.once_in(times)
    }

    /// Some of what was sent long ago arrives now.
    fn arrive(&mut self) {
        for (key, bytes, condition) in std::mem::take(&mut self.late) {
            if self.calm || self.random.once_in(4) {
                let _ = self.apply(&key, bytes, &condition);
            } else {
                self.late.push((key, bytes, condition));
            }
        }
    }

    fn signer(&self) -> Box<FileKey> {
        Box::new(FileKey::from_pem(&self.signer.to_pem("").unwrap()).unwrap())
    }
}

/// Leaves that nobody has appended yet.
fn fresh(world: &RefCell<World>, n: u64) -> Vec<Vec<u8>> {
    let mut world = world.borrow_mut();
    world.leaves += n;
    (world.leaves - n..world.leaves).map(|leaf| format!("leaf {leaf}").into_bytes()).collect()
}

fn unanswered() -> ObjectError {
    ObjectError::Unanswered(Error::from(ErrorKind::TimedOut))
}

/// One writer's way to the store.
struct Wire<'a> {
    world: &'a RefCell<World>,
    /// How many requests it lives for.
    left: Cell<u64>,
    /// What another writer does between two requests of this one.
    other: Option<&'a dyn Fn()>,
}

impl Wire<'_> {
    fn write(&self, key: &str, bytes: Option<&[u8]>, condition: &Condition) -> Result<Tag, ObjectError> {
        self.pass()?;
        let mut world = self.world.borrow_mut();
        let bytes = bytes.map(<[u8]>::to_vec);
        if self.left.get() == 0 || world.once_in(8) {
            match world.random.below(3) {
                0 => {}
                1 => drop(world.apply(key, bytes, condition)),
                _ => world.late.push((key.to_owned(), bytes, condition.clone())),
            }
            return Err(unanswered());
        }
        if *condition != Condition::Always && world.once_in(20) {
            return Err(ObjectError::Condition);
        }
        world.apply(key, bytes, condition)
    }

    /// Lets the other writer in, and ends the life of this one when its time has come.
    fn pass(&self) -> Result<(), ObjectError> {
        let Some(left) = self.left.get().checked_sub(1) else { return Err(unanswered()) };
        self.left.set(left);
        let lets_in = {
            let mut world = self.world.borrow_mut();
            world.arrive();
            world.once_in(10)
        };
        if let Some(other) = self.other.filter(|_| lets_in) {
            other();
        }
        Ok(())
    }
}

/// Again, where that changes nothing.
fn again<T>(request: impl Fn() -> Result<T, ObjectError>) -> Result<T, ObjectError> {
    (0..4).find_map(|_| request().ok()).map_or_else(request, Ok)
}

impl Objects for Wire<'_> {
    fn get(&self, key: &str) -> Result<Option<(Vec<u8>, Tag)>, ObjectError> {
        again(|| {
            self.pass()?;
            let mut world = self.world.borrow_mut();
            if world.once_in(8) {
                return Err(unanswered());
            }
            Ok(world.objects.get(key).map(|bytes| (bytes.clone(), tag(bytes))))
        })
    }

    fn put(&self, key: &str, bytes: &[u8], condition: &Condition) -> Result<Tag, ObjectError> {
        match condition {
            Condition::Always => again(|| self.write(key, Some(bytes), condition)),
            _ => self.write(key, Some(bytes), condition),
        }
    }

    fn remove(&self, key: &str) -> Result<(), ObjectError> {
        again(|| self.write(key, None, &Condition::Always)).map(drop)
    }

    fn keys(&self) -> Result<Vec<String>, ObjectError> {
        self.pass()?;
        Ok(self.world.borrow().objects.keys().cloned().collect())
    }

    fn pause(&self, _tries: u32) {}
}

/// What one would write first: tiles under their names, then the checkpoint on condition.
struct TilesFirst<'a>(Wire<'a>);

fn io(error: ObjectError) -> StoreError {
    StoreError::Io { path: String::new(), error: Error::other(error.to_string()) }
}

impl Store for TilesFirst<'_> {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.0.get(path).map_err(io)?.map(|(bytes, _)| bytes))
    }
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.0.put(path, bytes, &Condition::Always).map(drop).map_err(io)
    }
    fn remove(&self, path: &str) -> Result<(), StoreError> {
        self.0.remove(path).map_err(io)
    }
    fn paths(&self) -> Result<Vec<String>, StoreError> {
        self.0.keys().map_err(io)
    }
    fn swap_checkpoint(&self, old: Option<&[u8]>, new: &[u8]) -> Result<(), StoreError> {
        let condition = old.map_or(Condition::Absent, |old| Condition::Is(tag(old)));
        match self.0.put("checkpoint", new, &condition) {
            Ok(_) => Ok(()),
            Err(_) if self.read("checkpoint")?.as_deref() == Some(new) => Ok(()),
            Err(_) => Err(StoreError::Raced),
        }
    }
    fn exclusive(&self) -> Result<Exclusive, StoreError> {
        Ok(Exclusive::holding(()))
    }
}

fn opened<'a>(world: &RefCell<World>, wire: Wire<'a>, tiles_first: bool) -> Result<Log<Box<dyn Store + 'a>>, LogError> {
    let (signer, writer) = {
        let mut world = world.borrow_mut();
        world.writers += 1;
        (world.signer(), world.writers)
    };
    let store: Box<dyn Store> =
        if tiles_first { Box::new(TilesFirst(wire)) } else { Box::new(ObjectStore::new(wire, &writer.to_string())) };
    Log::open(store, "e", signer)
}

/// Opens the log and appends until it is done, beaten or dead; in between another does the same.
fn session(world: &RefCell<World>, alone: bool, tiles_first: bool) {
    let other: &dyn Fn() = &|| session(world, true, tiles_first);
    let (left, appends) = {
        let mut world = world.borrow_mut();
        (if world.random.once_in(3) { world.random.below(80) } else { u64::MAX }, 1 + world.random.below(3))
    };
    let wire = Wire { world, left: Cell::new(left), other: (!alone).then_some(other) };
    let Ok(mut log) = opened(world, wire, tiles_first) else { return };
    for _ in 0..appends {
        let n = [1, 2, 40, 230][world.borrow_mut().random.below(4) as usize];
        let leaves = fresh(world, n);
        match log.append(&leaves) {
            Ok(head) => world.borrow_mut().promised.push((head, leaves)),
            Err(LogError::Store(StoreError::Raced)) => {
                world.borrow_mut().raced += 1;
                return;
            }
            Err(_) => return,
        }
    }
}

fn calm(world: &RefCell<World>) -> Wire<'_> {
    world.borrow_mut().calm = true;
    Wire { world, left: Cell::new(u64::MAX), other: None }
}

/// Everything that was promised is there, once, under the root that was promised.
fn check(world: &RefCell<World>, tiles_first: bool) -> Result<u64, String> {
    let mut log = opened(world, calm(world), tiles_first).map_err(|e| format!("it does not open: {e}"))?;
    log.append(&fresh(world, 3)).map_err(|e| format!("it does not go on: {e}"))?;
    let promised = std::mem::take(&mut world.borrow_mut().promised);
    for (head, leaves) in &promised {
        if log.root_at(head.size).ok() != Some(head.root) {
            return Err(format!("two histories of {} leaves", head.size));
        }
        let to = head.size as usize;
        if log.leaves()[to - leaves.len()..to] != leaves[..] {
            return Err(format!("other leaves before {to}"));
        }
    }
    let store = ObjectStore::new(calm(world), "reader");
    let (read, _) = own_files(&store, log.key()).map_err(|problems| problems[0].to_string())?;
    if read.leaves != log.leaves() { Err("other files than leaves".to_owned()) } else { Ok(promised.len() as u64) }
}

fn begun(seed: u64) -> RefCell<World> {
    let world = World::new(seed);
    let signer = world.borrow().signer();
    Log::create(ObjectStore::new(calm(&world), "first"), "e", signer).unwrap();
    world.borrow_mut().calm = false;
    world
}

#[test]
fn what_was_promised_is_there_and_there_is_one_history() {
    let (promised, raced) = (Cell::new(0), Cell::new(0));
    rounds::hold(150, "cargo test --release -p sanad-log --test objects one_history", |seed| {
        let world = begun(seed);
        (0..6).for_each(|_| session(&world, false, false));
        raced.set(raced.get() + world.borrow().raced);
        promised.set(promised.get() + check(&world, false)?);
        Ok(())
    });
    if std::env::var(rounds::SEED).is_err() {
        assert!(promised.get() > 400 && raced.get() > 20, "{promised:?} promised, {raced:?} raced");
    }
}

/// The same rounds with tiles written before it is decided that they count: two writers overwrite each other's.
#[test]
fn the_rounds_find_tiles_that_are_written_first() {
    let lost = rounds::count_lost(100, |seed| {
        let world = begun(seed);
        (0..6).for_each(|_| session(&world, false, true));
        check(&world, true).map(drop)
    });
    assert!(lost.lost > 10 || std::env::var(rounds::SEED).is_ok(), "{lost:?}");
}

#[test]
fn a_writer_that_dies_at_any_request_leaves_its_step_whole_or_undone() {
    let mut at = 0;
    loop {
        let world = begun(at);
        let mut log = opened(&world, calm(&world), false).unwrap();
        log.append(&fresh(&world, 250)).unwrap();
        let dying = opened(&world, Wire { left: Cell::new(at), ..calm(&world) }, false);
        let ended = dying.and_then(|mut dying| dying.append(&fresh(&world, 20)));
        let ended =
            ended.map_err(|error| assert!(matches!(error.code(), "store.unknown" | "log.wrong"), "{error}")).is_ok();
        // A writer that had opened before sees that it was beaten, or goes on.
        let size = opened(&world, calm(&world), false).unwrap().size();
        assert!(size == 270 || (size == 250 && !ended), "{size} after {at}");
        let beaten = log.append(&fresh(&world, 1));
        assert_eq!(beaten.as_ref().err().map(|e| e.code()), (size == 270).then_some("store.raced"));
        check(&world, false).unwrap();
        if ended {
            break;
        }
        at += 1;
    }
    assert!(at > 12, "{at} requests");
}

/// The answer to the step is lost, and before the writer reads again another one opens the log and appends.
struct Overtaken<'a> {
    wire: Wire<'a>,
    /// The step had arrived.
    arrives: bool,
    once: Cell<bool>,
}

impl Objects for Overtaken<'_> {
    fn get(&self, key: &str) -> Result<Option<(Vec<u8>, Tag)>, ObjectError> {
        self.wire.get(key)
    }
    fn put(&self, key: &str, bytes: &[u8], condition: &Condition) -> Result<Tag, ObjectError> {
        if key != "step" || !self.once.take() {
            return self.wire.put(key, bytes, condition);
        }
        if self.arrives {
            self.wire.put(key, bytes, condition)?;
        }
        let mut other = opened(self.wire.world, calm(self.wire.world), false).unwrap();
        other.append(&fresh(self.wire.world, 1)).unwrap();
        Err(unanswered())
    }
    fn remove(&self, key: &str) -> Result<(), ObjectError> {
        self.wire.remove(key)
    }
    fn keys(&self) -> Result<Vec<String>, ObjectError> {
        self.wire.keys()
    }
    fn pause(&self, _tries: u32) {}
}

#[test]
fn who_lost_an_answer_does_not_say_that_nothing_was_written() {
    for arrives in [true, false] {
        let world = begun(7);
        let overtaken = Overtaken { wire: calm(&world), arrives, once: Cell::new(true) };
        let signer = world.borrow().signer();
        let mut log = Log::open(ObjectStore::new(overtaken, "overtaken"), "e", signer).unwrap();
        let leaves = fresh(&world, 2);
        assert_eq!(log.append(&leaves).unwrap_err().code(), "store.unknown");
        let found = opened(&world, calm(&world), false).unwrap();
        assert_eq!(found.leaves().starts_with(&leaves), arrives, "the other one carried it to its end");
        check(&world, false).unwrap();
    }
}

#[test]
fn a_log_that_was_begun_and_not_finished_opens() {
    for at in 0..4 {
        let world = World::new(at);
        let dying = Wire { left: Cell::new(at), ..calm(&world) };
        let signer = world.borrow().signer();
        let created = Log::create(ObjectStore::new(dying, "dying"), "e", signer);
        world.borrow_mut().arrive();
        let decided = world.borrow().objects.contains_key("step");
        let opened = opened(&world, calm(&world), false);
        assert_eq!(opened.as_ref().err().map(|e| e.code()), (!decided).then_some("log.absent"), "{at}");
        assert!(decided || created.is_err());
        let signer = world.borrow().signer();
        let created = Log::create(ObjectStore::new(calm(&world), "other"), "e", signer);
        assert_eq!(created.err().map(|e| e.code()), decided.then_some("log.exists"));
    }
}

#[test]
fn a_store_that_cannot_be_relied_on_is_refused() {
    let world = begun(1);
    world.borrow_mut().unconditional = true;
    assert_eq!(opened(&world, calm(&world), false).err().unwrap().code(), "store.unconditional");
    world.borrow_mut().unconditional = false;
    let mut log = opened(&world, calm(&world), false).unwrap();
    log.append(&fresh(&world, 2)).unwrap();
    for (name, other) in [("checkpoint", &b"another"[..]), ("step", b"another")] {
        let was = world.borrow_mut().objects.insert(name.to_owned(), other.to_vec()).unwrap();
        let refused = opened(&world, calm(&world), false).err().unwrap();
        assert_eq!(refused.code(), "store.foreign");
        assert!(refused.to_string().starts_with(name), "{refused}");
        world.borrow_mut().objects.insert(name.to_owned(), was);
    }
    // A step that was taken away: for who has written the newest, for who has only opened the log, for who opens it.
    let mut opened_before = opened(&world, calm(&world), false).unwrap();
    let step = world.borrow_mut().objects.remove("step").unwrap();
    for refused in [log.append(&fresh(&world, 1)).err(), opened_before.append(&fresh(&world, 1)).err()] {
        assert_eq!(refused.unwrap().code(), "store.foreign");
    }
    assert_eq!(opened(&world, calm(&world), false).err().unwrap().code(), "store.foreign");
    world.borrow_mut().objects.insert("step".to_owned(), step);
    check(&world, false).unwrap();
}
