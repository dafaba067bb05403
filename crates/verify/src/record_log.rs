//! V.105, V.106 and V.2xx: the definition, and the record from leaf 0 to the publication that ends it.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use election::{Coded, Digest, PersonId};
use log::{Checkpoint, Note, Policy};
use record::docket::SignedBy;
use record::entry::{Announcement, Body, Entry};
use record::fold::LeafProblem;
use record::frozen::FrozenError;
use record::rotation::Cause;
use record::witnessed::utc;
use record::{Freshness, Frozen, State};

use crate::bag::{MANIFEST, Manifest};
use crate::docket;
use crate::folder::Folder;
use crate::logs::{self, ReadLog};
use crate::report::Check;
use crate::table::CheckId;

const ELECTION: &str = "election/";
const RECORD: &str = "record/";

/// The definition as published, and the files it was read from.
pub struct Election {
    /// The definition and its keys.
    pub frozen: Frozen,
    /// Its files.
    pub files: election::Folder,
    /// The witness policy.
    pub policy: Option<Policy>,
}

impl Election {
    /// The witness policy for a checkpoint of `size` leaves of the record: the frozen one, with the keys that were replaced among
    /// these. Without a state nothing is known to be replaced.
    pub fn policy_at(&self, state: Option<&State>, size: u64) -> Option<Policy> {
        let frozen = self.policy.as_ref()?;
        Some(state.map_or_else(|| frozen.clone(), |state| state.policy_at(frozen, size)))
    }
}

/// The record as published.
pub struct Record {
    /// Its leaves, from leaf 0 on; none of a disk, which does not hold all, and of a bundle, whose log has them.
    pub leaves: Vec<Vec<u8>>,
    /// What its leaves come to.
    pub state: Option<State>,
    /// Since when enough witnesses have seen its checkpoint, in POSIX seconds.
    pub witnessed_at: Option<u64>,
}

impl Record {
    /// The latest announcement and the index of its leaf.
    pub fn announcement(&self) -> Option<&(u64, Announcement)> {
        self.state.as_ref()?.announcements.last()
    }
}

/// How old the record is by the caller's clock; none without one, or where too few witnesses have seen it.
pub fn freshness(election: Option<&Election>, record: Option<&Record>, now: Option<i64>) -> Option<Freshness> {
    let limit = election?.frozen.definition.rules.thresholds.fresh_hours;
    Freshness::of(record?.witnessed_at?, now?, limit)
}

/// V.105 and V.106.
pub fn election(folder: &Folder, manifest: Option<&Manifest>, checks: &mut Vec<Check>) -> Option<Election> {
    let mut definition = Check::new(CheckId::Definition);
    let mut not_empty = Check::new(CheckId::NotEmpty);
    let election = read_definition(folder, manifest, &mut definition);
    match &election {
        None => not_empty.misses(ELECTION, "verify.needs", "needs the definition (V.105)"),
        Some(election) => {
            let def = &election.frozen.definition;
            let witnesses = election.policy.as_ref().map_or(0, |policy| policy.witnesses.len());
            let counts = [
                ("stations", def.stations.len()),
                ("contests", def.contests.len()),
                ("constituencies", def.constituencies.len()),
                ("witnesses", def.witnesses.len().min(witnesses)),
                ("witnesses that must cosign", usize::from(def.rules.thresholds.witnesses)),
            ];
            for (what, count) in counts {
                not_empty.expect(count > 0, ELECTION, "verify.empty", || format!("the election has no {what}"));
            }
        }
    }
    checks.extend([definition, not_empty]);
    election
}

fn read_definition(folder: &Folder, manifest: Option<&Manifest>, check: &mut Check) -> Option<Election> {
    let absent: Vec<&String> = manifest
        .into_iter()
        .flat_map(|manifest| manifest.keys())
        .filter(|path| path.starts_with(ELECTION) && !folder.files.contains_key(*path))
        .collect();
    for path in &absent {
        check.misses(path, "file.missing", "is not there, so the definition cannot be read");
    }
    let mut files = election::Folder::default();
    for (path, _) in folder.under(ELECTION) {
        match folder.bytes(path) {
            Ok(bytes) => {
                files.files.insert(path[ELECTION.len()..].to_owned(), bytes);
            }
            Err(why) => why.tell(check, path),
        }
    }
    if files.files.is_empty() {
        check.misses(ELECTION, "file.missing", "there is no definition");
    }
    if check.missing > 0 {
        return None;
    }
    check.checked = files.files.len() as u64;
    let frozen = match Frozen::of(&files) {
        Ok(frozen) => frozen,
        Err(FrozenError::Definition(problems)) => {
            for problem in problems {
                check.fails(format!("{ELECTION}{}", problem.place), problem.code, problem.what);
            }
            return None;
        }
        Err(e) => {
            check.fails(ELECTION, e.code(), e);
            return None;
        }
    };
    let policy = match Policy::parse(&frozen.lists.witness_policy) {
        Ok(policy) => Some(policy),
        Err(e) => {
            check.fails(format!("{ELECTION}{}:{}", election::WITNESS_POLICY, e.line), e.code(), &e.why);
            None
        }
    };
    Some(Election { frozen, files, policy })
}

/// The name of a log of the election: `ELECTION/record` or `ELECTION/intake`.
pub fn origin(election: &Election, log: &str) -> String {
    format!("{}/{log}", election.frozen.definition.scope.election)
}

/// V.201 to V.209. Gives the record, and the fingerprint where leaf 0 can be read at all.
pub fn record(
    folder: &Folder,
    election: Option<&Election>,
    pinned: Option<Digest>,
    checks: &mut Vec<Check>,
) -> (Option<Record>, Option<Digest>) {
    let (read, fingerprint) = whole(folder, election, pinned, checks);
    let (Some(election), Some((log, record))) = (election, read) else {
        let rest = [CheckId::AnnouncementWitnesses, CheckId::PublicationLeaf, CheckId::Certified, CheckId::BeforePolls];
        checks.extend(rest.map(|id| needs(id, RECORD, NEEDED)));
        return (None, fingerprint);
    };
    let state = record.state.as_ref();
    checks.push(announcements(election, &log, state));
    checks.push(publication(folder, &log, state));
    checks.push(certification(election, state));
    checks.push(before_polls(election, &log, state));
    (Some(Record { leaves: log.log.leaves, ..record }), fingerprint)
}

/// V.208.
pub fn certification(election: &Election, state: Option<&State>) -> Check {
    match state {
        Some(state) => docket::certification(&election.frozen.definition, state),
        None => needs(CheckId::Certified, RECORD, "leaf 0 (V.204)"),
    }
}

const NEEDED: &str = "the definition and the record (V.105, V.201)";

/// V.201 to V.205, also of a record that no publication has ended: the log with its leaves and tree, and what these come to.
pub fn whole(
    folder: &Folder,
    election: Option<&Election>,
    pinned: Option<Digest>,
    checks: &mut Vec<Check>,
) -> (Option<(ReadLog, Record)>, Option<Digest>) {
    let mut whole = Check::new(CheckId::RecordLog);
    let log = match election {
        None => {
            whole.misses(RECORD, "verify.needs", "needs the key of the log, which is in the definition (V.105)");
            None
        }
        Some(election) => match election.frozen.keyring.service(election::Service::RecordLog) {
            Ok(key) => logs::read(folder, RECORD, &origin(election, "record"), key, &mut whole),
            Err(e) => {
                whole.fails(RECORD, e.code(), e);
                None
            }
        },
    };
    checks.push(whole);

    let first = log.as_ref().and_then(|log| log.log.leaves.first().cloned()).or_else(|| first_leaf(folder));
    let fingerprint = first.as_deref().map(Digest::of);
    checks.push(root(fingerprint, pinned));

    let (Some(election), Some(log)) = (election, log) else {
        let rest = [CheckId::Frozen, CheckId::Leaves, CheckId::RecordWitnesses];
        checks.extend(rest.map(|id| needs(id, RECORD, NEEDED)));
        return (None, fingerprint);
    };
    checks.push(frozen(election, log.log.leaves.first().map(Vec::as_slice)));
    let (leaves, state) = fold(election, &log.log.leaves, false, |place| place);
    checks.push(leaves);

    let mut witnesses = Check::new(CheckId::RecordWitnesses);
    let mut witnessed_at = None;
    match election.policy_at(state.as_ref(), log.log.checkpoint.size) {
        Some(policy) => {
            logs::judge(&log.log.note, &log.key, &policy, "record/checkpoint", false, &mut witnesses);
            replaced(state.as_ref(), &mut witnesses);
            witnessed_at = policy.quorum(&log.log.note).seen_at;
        }
        None => witnesses.misses("record/checkpoint", "verify.needs", "needs the witness policy (V.105)"),
    }
    checks.push(witnesses);
    (Some((log, Record { leaves: Vec::new(), state, witnessed_at })), fingerprint)
}

/// Names every key of a witness that gave way to another.
pub fn replaced(state: Option<&State>, check: &mut Check) {
    for own in state.into_iter().flat_map(|state| &state.rotations) {
        let (code, what) = match own.request.cause {
            Cause::Lost => ("witness.lost_key", "its key was lost, and the board alone vouches for the new one"),
            Cause::Stolen => ("witness.stolen_key", "its key was stolen, and gave way to another"),
            Cause::Planned => ("witness.new_key", "its key gave way to another"),
        };
        check.records(format!("witness {}", own.request.name), code, what);
    }
}

/// A check that could not be made for want of something else.
pub fn needs(id: CheckId, place: &str, what: &str) -> Check {
    let mut check = Check::new(id);
    check.misses(place, "verify.needs", format!("needs {what}"));
    check
}

/// Leaf 0 from the first entry bundle alone (C2SP tlog-tiles: a length of two bytes, big-endian, then the entry), to
/// show a fingerprint even where the rest cannot be read.
fn first_leaf(folder: &Folder) -> Option<Vec<u8>> {
    let (path, _) = folder.under("record/tile/entries/000").next()?;
    let bytes = folder.bytes(path).ok()?;
    let (length, rest) = bytes.split_first_chunk::<2>()?;
    rest.get(..usize::from(u16::from_be_bytes(*length))).map(<[u8]>::to_vec)
}

/// V.202.
pub fn root(fingerprint: Option<Digest>, pinned: Option<Digest>) -> Check {
    let mut check = Check::new(CheckId::Root);
    match (fingerprint, pinned) {
        (None, _) => check.misses("record/tile/entries", "root.no_leaf", "leaf 0 cannot be read"),
        (Some(found), None) => {
            let what = format!("no fingerprint was given; compare {found} with the gazette, a ballot or a slip");
            check.misses("record leaf 0", "root.not_pinned", what);
        }
        (Some(found), Some(pinned)) => {
            check.expect(found == pinned, "record leaf 0", "root.other", || {
                format!("is {found}; this is another election, or another history of it, than the one pinned, {pinned}")
            });
        }
    }
    check
}

/// V.203: every hash that leaf 0 names, computed again from the files.
pub fn frozen(election: &Election, first: Option<&[u8]>) -> Check {
    let mut check = Check::new(CheckId::Frozen);
    let place = "record leaf 0";
    let freeze = match first.map(Entry::parse) {
        None => return needs(CheckId::Frozen, RECORD, "a leaf 0"),
        Some(Err(e)) => {
            check.fails(place, e.code(), e);
            return check;
        }
        Some(Ok(Entry { body: Body::Freeze(freeze), .. })) => freeze,
        Some(Ok(other)) => {
            check.fails(place, "record.first", format!("is a '{}' leaf, not the freeze", other.body.kind()));
            return check;
        }
    };
    let computed = match election.frozen.freeze(&election.files) {
        Ok(computed) => computed,
        Err(e) => {
            check.fails(ELECTION, e.code(), e);
            return check;
        }
    };
    let mut same = |yes: bool, what: &str| {
        check.expect(yes, place, "frozen.other", || format!("{what} is not the one at hand in election/"));
    };
    same(freeze.manifest == computed.manifest, "the manifest of the definition");
    same(freeze.witness_policy == computed.witness_policy, "the witness policy");
    same(freeze.recipients == computed.recipients, "the list of recipients");
    same(freeze.share_commitments == computed.share_commitments, "the list of commitments to key shares");
    if let Some(policy) = &election.policy {
        same(is_policy_of(policy, election), "the set of witnesses or the threshold of the policy");
    }
    for name in freeze.key_lists.keys().chain(computed.key_lists.keys().filter(|k| !freeze.key_lists.contains_key(*k)))
    {
        same(freeze.key_lists.get(name) == computed.key_lists.get(name), name);
    }
    check
}

/// Are the policy's witnesses those of the key list, each in its group, and are as many asked for as the rules say?
fn is_policy_of(policy: &Policy, election: &Election) -> bool {
    let Election { frozen: Frozen { definition, lists, .. }, .. } = election;
    let listed: BTreeSet<(&str, String, &str)> = lists
        .witnesses
        .iter()
        .filter_map(|key| {
            let witness = definition.witnesses.iter().find(|witness| witness.id == key.witness)?;
            Some((key.name.as_str(), key.key.clone(), witness.group.as_str()))
        })
        .collect();
    let named: BTreeSet<(&str, String, &str)> =
        policy.witnesses.iter().map(|w| (w.key.name.as_str(), w.key.key.to_string(), w.group.as_str())).collect();
    named == listed && policy.threshold >= definition.rules.thresholds.witnesses
}

/// V.204: the fold of leaves, leaf 0 first. An invalid one changes nothing; it is named and the rest is folded on. `index`
/// gives the index in the record of the leaf at a place among these, `is_part` whether the record has others.
pub fn fold(
    election: &Election,
    leaves: &[Vec<u8>],
    is_part: bool,
    index: impl Fn(u64) -> u64,
) -> (Check, Option<State>) {
    let mut check = Check::new(CheckId::Leaves);
    let Some((first, rest)) = leaves.split_first() else { return (check, None) };
    let mut tell = |place: u64, result: Result<(), LeafProblem>| match result {
        Ok(()) => check.holds(),
        Err(problem) => check.fails(format!("record leaf {}", index(place)), problem.code(), problem),
    };
    let begun = State::begin(&election.frozen, first);
    let mut state = match begun {
        Ok(state) => {
            tell(0, Ok(()));
            state
        }
        Err(problem) => {
            tell(0, Err(problem));
            if !rest.is_empty() {
                check.misses("record leaf 1", "verify.needs", "needs leaf 0");
            }
            return (check, None);
        }
    };
    state.is_part = is_part;
    state.apply_each(&election.frozen, rest, |place, result| {
        tell(place + 1, result);
        ControlFlow::<()>::Continue(())
    });
    succeeded(&state, &mut check);
    (check, Some(state))
}

/// Names those whose keys ended and began, by which act, and who signed that.
fn succeeded(state: &State, check: &mut Check) {
    let names = |people: Vec<&PersonId>| people.into_iter().map(PersonId::as_str).collect::<Vec<_>>().join(", ");
    for (_, own) in &state.docket.successions {
        let code = match own.signed_by {
            SignedBy::Board => "succession.board",
            SignedBy::Registrars => "succession.registrars",
        };
        let begins = own.begins.iter().map(|new| &new.person).collect();
        let people = format!("{} -> {}", names(own.ends.iter().collect()), names(begins));
        check.records(format!("act {}", own.act), code, people);
    }
}

/// Each announcement holds a checkpoint over exactly the leaves before it, which the witnesses have cosigned.
pub fn announcements(election: &Election, log: &ReadLog, state: Option<&State>) -> Check {
    let mut check = Check::new(CheckId::AnnouncementWitnesses);
    let (Some(state), Some(frozen)) = (state, &election.policy) else {
        return needs(CheckId::AnnouncementWitnesses, RECORD, "leaf 0 and the witness policy (V.105, V.204)");
    };
    if state.announcements.is_empty() {
        check.fails(RECORD, "announcement.none", "nothing was announced");
    }
    for (index, announcement) in &state.announcements {
        let place = format!("record leaf {index}");
        let note = Note::parse(announcement.witnessed.as_bytes());
        let (note, said) = match note.and_then(|note| Checkpoint::parse(&note.text).map(|said| (note, said))) {
            Ok(read) => read,
            Err(e) => {
                check.fails(place, e.code(), e);
                continue;
            }
        };
        check.expect(said.origin == log.key.name, &place, "announcement.origin", || {
            format!("the checkpoint is of the log '{}'", said.origin)
        });
        let same = said.size == *index && log.root_at(*index) == Some(Digest(said.root));
        check.expect(same, &place, "announcement.checkpoint", || {
            format!("the checkpoint is of {} leaves, and not over exactly the {index} leaves before it", said.size)
        });
        logs::judge(&note, &log.key, &state.policy_at(frozen, *index), &place, true, &mut check);
    }
    check
}

/// V.209: checkpoints that leaves have kept are those of this tree, and one of them had its quorum before the polls opened.
pub fn before_polls(election: &Election, log: &ReadLog, state: Option<&State>) -> Check {
    let mut check = Check::new(CheckId::BeforePolls);
    let Some(state) = state else { return needs(CheckId::BeforePolls, RECORD, "leaf 0 (V.204)") };
    for sight in &state.sights {
        let place = format!("record leaf {}", sight.leaf);
        check.expect(log.root_at(sight.size) == Some(sight.root), place, "witnessed.root", || {
            format!("the checkpoint that it keeps is not that of the first {} leaves", sight.size)
        });
    }
    let Some(own) = state.before_polls(&election.frozen.definition) else {
        check.records(RECORD, "freeze.no_hour", "the definition names no hour at which the polls open");
        return check;
    };
    let opens = utc(own.opens);
    match own.since {
        _ if own.holds() => check.holds(),
        Some(since) => {
            let what = format!("the witnesses saw it at {}, and the polls opened at {opens}", utc(since));
            check.fails("record leaf 0", "freeze.unseen", what);
        }
        None if state.announcements.is_empty() => {
            let what = format!("nothing shows that the witnesses had seen it before the polls opened at {opens}");
            check.misses("record leaf 0", "freeze.not_kept", what);
        }
        None => {
            let what = format!(
                "the first checkpoint that shows it seen is an announcement's, and the polls opened at {opens}"
            );
            check.fails("record leaf 0", "freeze.unseen", what);
        }
    }
    for (leaf, kind) in own.seen.iter().filter(|(leaf, _)| *leaf > 0) {
        let what = format!("'{kind}', which the witnesses had seen before the polls opened");
        check.records(format!("record leaf {leaf}"), "change.seen", what);
    }
    for (leaf, kind) in own.unseen.iter().filter(|(leaf, _)| *leaf > 0) {
        let what = format!("'{kind}', which is not shown to have been seen by the witnesses before the polls opened");
        check.records(format!("record leaf {leaf}"), "change.unseen", what);
    }
    check
}

/// The last leaf names the manifest at hand and the latest announcement.
fn publication(folder: &Folder, log: &ReadLog, state: Option<&State>) -> Check {
    let mut check = Check::new(CheckId::PublicationLeaf);
    let Some(state) = state else {
        return needs(CheckId::PublicationLeaf, RECORD, "leaf 0 (V.204)");
    };
    let Some(last) = log.log.leaves.last() else {
        return needs(CheckId::PublicationLeaf, RECORD, "a leaf");
    };
    let place = format!("record leaf {}", log.log.leaves.len() - 1);
    let publication = match Entry::parse(last).map(|entry| entry.body) {
        Ok(Body::Publication(publication)) => publication,
        Ok(other) => {
            check.fails(
                place,
                "publication.not_last",
                format!("the last leaf is a '{}', not a publication", other.kind()),
            );
            return check;
        }
        Err(e) => {
            check.fails(place, e.code(), e);
            return check;
        }
    };
    match folder.files.get(MANIFEST) {
        None => check.misses(MANIFEST, "file.missing", "is not there to be compared with the last leaf"),
        Some(found) => {
            check.expect(found.digest == publication.manifest, MANIFEST, "publication.manifest", || {
                format!("has {}, but the record ends by naming {}", found.digest, publication.manifest)
            });
        }
    }
    let latest = state.announcements.len();
    check.expect(usize::from(publication.version) == latest, place, "publication.version", || {
        format!("names announcement {}, but {latest} is the latest", publication.version)
    });
    check
}
