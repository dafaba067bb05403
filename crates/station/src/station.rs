//! One station on polling day: its folder, its phase, and the steps that do not look at ballots.

use election::{Contest, Definition, Digest, KeyLists, PersonId, Role, Station as Place, StationId};

use package::{Expected, Salt, StationResults};
use sign::Entropy;

use crate::act::Act;
use crate::cards::Proven;
use crate::disk::{Disk, TEMPORARY, write_durably};
use crate::error::StationError;
use crate::slots::{FOLDER, MOST_SLOTS, Slots};
use crate::state::{Config, EventKind, Phase, State, UnixTime, Zero};

/// The frozen election that a station works by.
#[derive(Clone, Debug)]
pub struct Ground {
    /// The definition, read.
    pub definition: Definition,
    /// SHA-256 of its manifest: [`election::Folder::digest`].
    pub digest: Digest,
    /// Its key lists: the device's key, and for whom packages are sealed.
    pub keys: KeyLists,
    /// The election fingerprint, printed on ballots and slips.
    pub fingerprint: Digest,
    /// The build of this software, for statement and slip.
    pub build: String,
}

/// One station on polling day. Every step is durable when it returns.
pub struct Station {
    pub(crate) disk: Box<dyn Disk>,
    pub(crate) ground: Ground,
    pub(crate) state: State,
    pub(crate) slots: Slots,
    /// What cards have proven and is not done yet; it dies with the process.
    pub(crate) proven: Option<Proven>,
    halted: bool,
}

const STATE: &str = "state.json";
/// Where sealed files lie, inside the station's folder.
pub const OUT: &str = "out";

impl std::fmt::Debug for Station {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Station").field("station", &self.state.config.station).finish_non_exhaustive()
    }
}

impl Station {
    /// Prepares a folder: its slots and its state. A preparation that was cut short is repeated.
    ///
    /// # Errors
    /// A folder that already holds something, and a station or mode that is not the definition's.
    pub fn prepare(disk: Box<dyn Disk>, ground: Ground, config: Config, now: UnixTime) -> Result<Self, StationError> {
        check_place(&ground.definition, &config)?;
        Station::may_be_prepared(&*disk, &config)?;
        Slots::prepare(&*disk, config.slots, config.slot_bytes)?;
        disk.create_dir(OUT)?;
        disk.sync_dir("")?;
        let state = State::new(config, now);
        write_state(&*disk, &state)?;
        Station::load(disk, ground, now)
    }

    /// May a folder be prepared? Only if it is empty, or a preparation was cut short in it: a ballot or a sealed file tells
    /// of a station whose state is lost, and preparing would empty its slots.
    ///
    /// # Errors
    /// [`StationError::Leftover`].
    pub fn may_be_prepared(disk: &dyn Disk, config: &Config) -> Result<(), StationError> {
        let mut found = disk.list("")?.into_iter().find(|name| is_stranger(name));
        if found.is_none() {
            found = Slots::leftover(disk, config.slots)?;
        }
        if found.is_none() {
            found = disk.list(OUT)?.into_iter().next().map(|name| format!("{OUT}/{name}"));
        }
        found.map_or(Ok(()), |name| Err(StationError::Leftover(name)))
    }

    /// Opens the folder of a prepared station, after an ordinary end or a loss of power:
    /// a sheet whose storing was cut short is taken out and logged, and a zero report of
    /// another definition loses its worth while no ballot is there.
    ///
    /// # Errors
    /// A damaged folder; another mode; a definition that changed after ballots were counted.
    pub fn load(disk: Box<dyn Disk>, ground: Ground, now: UnixTime) -> Result<Self, StationError> {
        let mut bytes = disk.read(STATE)?.ok_or(StationError::NotPrepared)?;
        if disk.is_unsettled() {
            disk.sync_dir("")?;
            bytes = disk.read_back(STATE)?.ok_or(StationError::NotPrepared)?;
        }
        let state: State = serde_json::from_slice(&bytes).map_err(|e| StationError::State(e.to_string()))?;
        check_place(&ground.definition, &state.config)?;
        let slots = Slots::load(&*disk, state.config.slots, state.config.slot_bytes, state.stored)?;
        disk.settled();
        let mut station = Station { disk, ground, state, slots, proven: None, halted: false };
        if station.slots.recover(&*station.disk)? {
            station.change(now, |state, now| state.log(now, EventKind::SlotRecovered))?;
        }
        let of_this =
            |zero: &Zero| zero.definition == station.ground.digest && zero.fingerprint == station.ground.fingerprint;
        if let Some(zero) = station.state.zero.as_ref().filter(|zero| !of_this(zero)) {
            if !station.slots.full().is_empty() || station.state.phase != Phase::Open {
                return Err(StationError::DefinitionChanged);
            }
            let zero = Digest::of(zero.json.as_bytes());
            station.change(now, |state, now| {
                state.zero = None;
                state.phase = Phase::Prepared;
                state.log(now, EventKind::ZeroInvalidated { zero });
            })?;
        }
        Ok(station)
    }

    /// Makes the zero report and opens the polls.
    ///
    /// # Errors
    /// [`StationError::Leftover`] where anything is left over; that is logged, and no zero report is made.
    /// A generator of randomness that fails its start-up test.
    pub fn open(&mut self, officer: &PersonId, entropy: &dyn Entropy, now: UnixTime) -> Result<(), StationError> {
        self.officer(&Act::Open, officer)?;
        self.phase_is(Phase::Prepared)?;
        if let Some(what) = self.leftover()? {
            return Err(self.refuse_to_open(what, now));
        }
        sign::entropy::start_up(entropy)?;
        let json = zero_json(self, entropy)?;
        let digest = Digest::of(json.as_bytes());
        let zero = Zero { definition: self.ground.digest, fingerprint: self.ground.fingerprint, json };
        let officer = officer.clone();
        self.change(now, |state, now| {
            state.zero = Some(zero);
            state.phase = Phase::Open;
            state.log(now, EventKind::Opened { officer, zero: digest });
        })
    }

    /// Logs that something is left over; also what the caller has found beside the station's own folder.
    pub fn refuse_to_open(&mut self, leftover: String, now: UnixTime) -> StationError {
        let refused = StationError::Leftover(leftover);
        let code = election::Coded::code(&refused).to_owned();
        match self.change(now, |state, now| state.log(now, EventKind::OpenRefused { code })) {
            Ok(()) => refused,
            Err(error) => error,
        }
    }

    /// What is in the folder that must not be there when the polls open.
    fn leftover(&self) -> Result<Option<String>, StationError> {
        let (state, full) = (&self.state, self.slots.full().len());
        if full > 0 {
            return Ok(Some(format!("{full} ballots")));
        }
        let traces = !state.doubts.is_empty() || !state.refused.is_empty() || state.same_file > 0;
        if traces || state.generation != 1 || state.closing.is_some() || !state.sealed.is_empty() {
            return Ok(Some("traces of an earlier count".into()));
        }
        let mut strangers: Vec<String> = self.disk.list(OUT)?.iter().map(|name| format!("{OUT}/{name}")).collect();
        strangers.extend(self.disk.list("")?.into_iter().filter(|name| name != STATE && is_stranger(name)));
        strangers.extend(self.slots.strangers(&*self.disk)?);
        Ok(strangers.into_iter().next())
    }

    /// Opens the polls again after the close: a new generation with the same ballots, and no new zero report.
    ///
    /// # Errors
    /// One person instead of two; a station that is not closed.
    pub fn reopen(&mut self, first: &PersonId, second: &PersonId, now: UnixTime) -> Result<(), StationError> {
        let officers = self.two_officers(&Act::Reopen, first, second)?;
        match self.state.phase {
            Phase::Closed | Phase::Sealed => {}
            is => return Err(StationError::Phase { is }),
        }
        let generation = self.state.generation.checked_add(1).ok_or(StationError::ClosedAlready)?;
        self.change(now, |state, now| {
            state.phase = Phase::Open;
            state.generation = generation;
            state.closing = None;
            state.paper = None;
            state.log(now, EventKind::Reopened { officers, generation });
        })
    }

    /// The state as it stands.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The election it works by.
    pub fn ground(&self) -> &Ground {
        &self.ground
    }

    /// How many sheets are counted. The one figure that is told while the polls are open.
    pub fn counted(&self) -> u32 {
        u32::try_from(self.slots.full().len()).expect("there are fewer slots")
    }

    /// The contests of the station, in the order of the definition.
    pub fn contests(&self) -> Vec<&Contest> {
        let definition = &self.ground.definition;
        self.place().map(|place| definition.contests_at(place).collect()).unwrap_or_default()
    }

    /// The station as the definition has it.
    pub(crate) fn place(&self) -> Result<&Place, StationError> {
        let id = &self.state.config.station;
        self.ground.definition.station(id).ok_or_else(|| StationError::Unknown(id.clone()))
    }

    /// The station and those whose ballots go into its box.
    pub fn places(&self) -> Vec<&Place> {
        places(&self.ground.definition, &self.state.config.station)
    }

    /// Changes the state: on the disk first, then in memory.
    pub(crate) fn change(
        &mut self,
        now: UnixTime,
        change: impl FnOnce(&mut State, UnixTime),
    ) -> Result<(), StationError> {
        self.running()?;
        let mut state = self.state.clone();
        change(&mut state, now);
        state.stored = self.counted();
        if let Err(error) = write_state(&*self.disk, &state) {
            self.halted = true;
            return Err(error.into());
        }
        self.state = state;
        Ok(())
    }

    /// After a disk has failed nothing is written any more: what it holds is not known until it is read again.
    pub(crate) fn halt(&mut self) {
        self.halted = true;
    }

    pub(crate) fn running(&self) -> Result<(), StationError> {
        if self.halted { Err(StationError::Halted) } else { Ok(()) }
    }

    pub(crate) fn phase_is(&self, wanted: Phase) -> Result<(), StationError> {
        self.running()?;
        match self.state.phase {
            is if is == wanted => Ok(()),
            Phase::Prepared if self.state.zero_was_invalidated() => Err(StationError::ZeroInvalid),
            is => Err(StationError::Phase { is }),
        }
    }

    /// May this officer do this, and was it proven where cards are needed?
    pub(crate) fn officer(&self, act: &Act, person: &PersonId) -> Result<(), StationError> {
        self.is_officer(person)?;
        self.proven(act, &[person])
    }

    fn is_officer(&self, person: &PersonId) -> Result<(), StationError> {
        let people = &self.ground.definition.people;
        match people.iter().any(|p| &p.id == person && p.role == Role::Officer) {
            true => Ok(()),
            false => Err(StationError::NotOfficer(person.clone())),
        }
    }

    /// As [`Station::officer`], for what takes two.
    pub(crate) fn two_officers(
        &self,
        act: &Act,
        a: &PersonId,
        b: &PersonId,
    ) -> Result<(PersonId, PersonId), StationError> {
        self.is_officer(a)?;
        self.is_officer(b)?;
        if a == b {
            return Err(StationError::OnePerson(a.clone()));
        }
        self.proven(act, &[a, b])?;
        Ok((a.clone().min(b.clone()), a.clone().max(b.clone())))
    }
}

/// Is a name in the station's folder none that preparing makes, before the state?
fn is_stranger(name: &str) -> bool {
    let made = name.strip_suffix('/').is_some_and(|folder| [FOLDER, OUT].contains(&folder));
    !made && !name.ends_with(TEMPORARY)
}

fn write_state(disk: &dyn Disk, state: &State) -> std::io::Result<()> {
    let bytes = serde_json::to_vec_pretty(state).expect("a state is plain data");
    write_durably(disk, STATE, &bytes)
}

/// The zero report: the results of a device that has counted nothing, of the first generation.
fn zero_json(station: &Station, entropy: &dyn Entropy) -> Result<String, StationError> {
    let (definition, config) = (&station.ground.definition, &station.state.config);
    let expected = Expected::of(definition, &config.station);
    let expected = expected.ok_or_else(|| StationError::Unknown(config.station.clone()))?;
    let zero = StationResults::zero(&expected, &definition.scope, &config.device, 1, Salt::draw(entropy)?);
    String::from_utf8(zero.to_bytes()).map_err(|e| StationError::Seal(e.to_string()))
}

fn places<'a>(definition: &'a Definition, station: &StationId) -> Vec<&'a Place> {
    definition.stations.iter().filter(|s| &s.id == station || s.count_with.as_ref() == Some(station)).collect()
}

fn check_place(definition: &Definition, config: &Config) -> Result<(), StationError> {
    let (id, mode) = (&config.station, definition.scope.mode);
    if config.mode != mode {
        return Err(StationError::Mode { folder: config.mode, definition: mode });
    }
    let place = definition.station(id).ok_or_else(|| StationError::Unknown(id.clone()))?;
    let refused = |why: String| Err(StationError::NotCounted(id.clone(), why));
    match &place.count_with {
        Some(other) => return refused(format!("its ballots go into the box of {other}")),
        None if definition.contests_at(place).next().is_none() => return refused("it has no contest".into()),
        None => {}
    }
    match config.slots {
        1..=MOST_SLOTS => Ok(()),
        many => refused(format!("a store has 1 to {MOST_SLOTS} slots, not {many}")),
    }
}
