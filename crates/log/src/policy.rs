//! Which witnesses must have seen a checkpoint (C2SP tlog-policy), and whether they have.

use std::collections::{BTreeMap, BTreeSet};

use election::Coded;

use crate::note::{Note, NoteAlgorithm, NoteKey};

/// A witness of the policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyWitness {
    /// Its cosignature key; the name in it is the witness's.
    pub key: NoteKey,
    /// The body that runs it; one body counts once.
    pub body: String,
    /// The kind of body (party, observer, court): at least one of each group must have signed.
    pub group: String,
}

/// A log and its witnesses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The keys of the logs.
    pub logs: Vec<NoteKey>,
    /// The witnesses.
    pub witnesses: Vec<PolicyWitness>,
    /// How many distinct bodies must have cosigned.
    pub threshold: u8,
}

/// Which witnesses have seen a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quorum {
    /// Enough bodies and one of each group?
    pub met: bool,
    /// Names of the witnesses that have cosigned, sorted.
    pub by: Vec<String>,
    /// Distinct bodies that have cosigned.
    pub bodies: BTreeSet<String>,
    /// Bodies still needed.
    pub lacking: usize,
    /// Groups of which no witness has cosigned.
    pub missing_groups: BTreeSet<String>,
    /// The latest time (POSIX seconds) since which enough have seen it: the earliest among the newest cosignatures that meet
    /// the quorum by themselves. None where it is not met; one witness with a clock that is behind makes nothing old.
    pub seen_at: Option<u64>,
    /// The first time (POSIX seconds) at which enough had seen it: the latest among the earliest cosignatures that meet the
    /// quorum by themselves. None where it is not met.
    pub since: Option<u64>,
    /// Names on signature lines that do not hold or are of no key in the policy.
    pub refused: Vec<String>,
}

/// A policy that is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {why}")]
pub struct PolicyError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub why: String,
}

impl Coded for PolicyError {
    fn code(&self) -> &'static str {
        "policy.form"
    }

    fn next(&self) -> &'static str {
        "Correct the line; the format is c2sp.org/tlog-policy, with groups named BODY and GROUP."
    }
}

/// Words for bodies and groups: `a-z`, `0-9` and `_`, at most 40.
fn is_word(word: &str) -> bool {
    !word.is_empty()
        && word.len() <= 40
        && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// Limits of a policy file.
const MOST_BYTES: usize = 65_535;

impl Policy {
    /// Bodies by group, each with its witnesses' keys.
    fn groups(&self) -> BTreeMap<&str, BTreeMap<&str, Vec<&NoteKey>>> {
        let mut groups: BTreeMap<&str, BTreeMap<&str, Vec<&NoteKey>>> = BTreeMap::new();
        for witness in &self.witnesses {
            groups.entry(&witness.group).or_default().entry(&witness.body).or_default().push(&witness.key);
        }
        groups
    }

    /// The policy file. Its `quorum` asks for one body of each group, which is what the format can say;
    /// the comment `# bodies K` adds how many distinct bodies there must be in all.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        self.logs.iter().for_each(|log| text += &format!("log {log}\n"));
        for witness in &self.witnesses {
            text += &format!("witness {} {}\n", witness.key.name, witness.key);
        }
        let groups = self.groups();
        for (group, bodies) in &groups {
            for (body, keys) in bodies {
                let names = keys.iter().map(|key| key.name.as_str()).collect::<Vec<_>>().join(" ");
                text += &format!("group body:{body} any {names}\n");
            }
            let names = bodies.keys().map(|body| format!(" body:{body}")).collect::<String>();
            text += &format!("group group:{group} any{names}\n");
        }
        text += &format!("# bodies {}\n", self.threshold);
        if groups.is_empty() {
            return text + "quorum none\n";
        }
        let names = groups.keys().map(|group| format!(" group:{group}")).collect::<String>();
        text + &format!("group groups all{names}\nquorum groups\n")
    }

    /// Reads a policy file in the one form that [`Self::to_text`] writes.
    ///
    /// # Errors
    /// [`PolicyError`] with the first line that differs.
    pub fn parse(text: &str) -> Result<Self, PolicyError> {
        let refused = |line: usize, why: &str| PolicyError { line, why: why.to_owned() };
        if text.len() > MOST_BYTES {
            return Err(refused(1, "the file is longer than 65,535 bytes"));
        }
        let mut policy = Policy { logs: Vec::new(), witnesses: Vec::new(), threshold: 0 };
        let mut bodies: BTreeMap<&str, &str> = BTreeMap::new();
        let mut groups: BTreeMap<&str, &str> = BTreeMap::new();
        for (at, line) in text.lines().enumerate() {
            let words: Vec<&str> = line.split(' ').collect();
            match words[..] {
                ["log", key] => policy.logs.push(key.parse().map_err(|_| refused(at + 1, "not a verifier key"))?),
                ["witness", _, key] => {
                    let key = key.parse().map_err(|_| refused(at + 1, "not a verifier key"))?;
                    policy.witnesses.push(PolicyWitness { key, body: String::new(), group: String::new() });
                }
                ["group", body, "any", ref names @ ..] if body.starts_with("body:") => {
                    bodies.extend(names.iter().map(|name| (*name, &body[5..])));
                }
                ["group", group, "any", ref names @ ..] if group.starts_with("group:") => {
                    groups.extend(names.iter().map(|body| (body.strip_prefix("body:").unwrap_or(body), &group[6..])));
                }
                ["#", "bodies", number] => policy.threshold = number.parse().unwrap_or(0),
                _ => {}
            }
        }
        for witness in &mut policy.witnesses {
            let body = bodies.get(witness.key.name.as_str()).copied().unwrap_or_default();
            witness.body = body.to_owned();
            witness.group = groups.get(body).copied().unwrap_or_default().to_owned();
        }
        policy.check().map_err(|why| refused(1, why))?;
        // The files say what they mean in one way, so whatever was not understood shows here.
        let own = policy.to_text();
        let line = own.lines().zip(text.lines()).take_while(|(a, b)| a == b).count() + 1;
        if own == text { Ok(policy) } else { Err(refused(line, "not as this software writes it")) }
    }

    /// What makes a policy meaningless or ambiguous.
    ///
    /// # Errors
    /// The reason.
    pub fn check(&self) -> Result<(), &'static str> {
        let names: BTreeSet<&str> = self.witnesses.iter().map(|witness| witness.key.name.as_str()).collect();
        let keys: BTreeSet<_> = self.witnesses.iter().map(|witness| &witness.key.key).collect();
        let logs: BTreeSet<_> = self.logs.iter().map(|log| &log.key).collect();
        if names.len() < self.witnesses.len() || keys.len() < self.witnesses.len() || logs.len() < self.logs.len() {
            return Err("a witness or log is there twice");
        }
        if names.iter().any(|name| name.contains(':') || ["none", "groups"].contains(name)) {
            return Err("a witness has a name that the format uses itself");
        }
        let cosigners = self.witnesses.iter().all(|w| w.key.algorithm == NoteAlgorithm::CosignatureV1);
        if !cosigners || self.logs.iter().any(|log| log.algorithm != NoteAlgorithm::Ed25519) {
            return Err("a key is of the wrong kind for a log or a witness");
        }
        if !self.witnesses.iter().all(|w| is_word(&w.body) && is_word(&w.group)) {
            return Err("a witness has no body or group of a-z, 0-9 and _");
        }
        let mut bodies: BTreeMap<&str, &str> = BTreeMap::new();
        if self.witnesses.iter().any(|w| *bodies.entry(&w.body).or_insert(&w.group) != w.group) {
            return Err("a body is in two groups");
        }
        if usize::from(self.threshold) > bodies.len() {
            return Err("more bodies are asked for than there are");
        }
        Ok(())
    }

    /// Judges the cosignatures on a checkpoint. A line of no key in the policy, or that does not hold, counts for nothing
    /// and is named in `refused`; the caller decides whether that alone is a failure.
    /// With a threshold of 0 and no witness nothing is witnessed, and the quorum is not met.
    pub fn quorum(&self, checkpoint: &Note) -> Quorum {
        let (mut by, mut refused, mut seen) = (BTreeSet::new(), Vec::new(), Vec::new());
        for line in &checkpoint.signatures {
            if let Some(log) = self.logs.iter().find(|log| log.made(line)) {
                if log.verify(&checkpoint.text, line).is_err() {
                    refused.push(line.name.clone());
                }
                continue;
            }
            let witness = self.witnesses.iter().find(|witness| witness.key.made(line));
            match witness.map(|witness| (witness, witness.key.verify(&checkpoint.text, line))) {
                Some((witness, Ok(Some(time)))) => {
                    by.insert(witness.key.name.clone());
                    seen.push((time, witness));
                }
                _ => refused.push(line.name.clone()),
            }
        }
        seen.sort_by_key(|(time, _)| *time);
        let (bodies, missing_groups) = self.of_each(seen.iter().map(|(_, witness)| *witness));
        let lacking = usize::from(self.threshold.max(1)).saturating_sub(bodies.len());
        let (since, seen_at) = (self.met_at(seen.iter()), self.met_at(seen.iter().rev()));
        let by = by.into_iter().collect();
        Quorum { met: since.is_some(), by, bodies, lacking, missing_groups, seen_at, since, refused }
    }

    /// The bodies of these witnesses, and the groups of which none is among them.
    fn of_each<'a>(&self, witnesses: impl Iterator<Item = &'a PolicyWitness>) -> (BTreeSet<String>, BTreeSet<String>) {
        let mut missing: BTreeSet<String> = self.witnesses.iter().map(|witness| witness.group.clone()).collect();
        let bodies = witnesses.map(|witness| {
            missing.remove(&witness.group);
            witness.body.clone()
        });
        (bodies.collect(), missing)
    }

    /// The time of the line, in this order, with which those up to it meet the quorum.
    fn met_at<'a>(&self, lines: impl Iterator<Item = &'a (u64, &'a PolicyWitness)> + Clone) -> Option<u64> {
        let is_met = |count: usize| {
            let (bodies, missing) = self.of_each(lines.clone().take(count).map(|(_, witness)| *witness));
            bodies.len() >= usize::from(self.threshold.max(1)) && missing.is_empty()
        };
        // A note has 64 lines at most.
        (1..).zip(lines.clone()).find(|(count, _)| is_met(*count)).map(|(_, (time, _))| *time)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sign::{FileKey, KeyKind, Signer};

    struct World {
        log: FileKey,
        witnesses: Vec<FileKey>,
        policy: Policy,
    }

    /// Witnesses: two of one party, one of another, one court; three bodies must sign.
    fn world() -> World {
        let new = || FileKey::generate(KeyKind::Ed25519).unwrap();
        let (log, witnesses) = (new(), vec![new(), new(), new(), new()]);
        let names =
            [("p1a", "p1", "party"), ("p1b", "p1", "party"), ("p2", "p2", "party"), ("court", "supreme", "court")];
        let key = |name, algorithm, key: &FileKey| NoteKey::new(name, algorithm, key.public_key().clone()).unwrap();
        let policy = Policy {
            logs: vec![key("e/record", NoteAlgorithm::Ed25519, &log)],
            witnesses: names
                .iter()
                .zip(&witnesses)
                .map(|((name, body, group), file)| PolicyWitness {
                    key: key(name, NoteAlgorithm::CosignatureV1, file),
                    body: (*body).into(),
                    group: (*group).into(),
                })
                .collect(),
            threshold: 3,
        };
        World { log, witnesses, policy }
    }

    impl World {
        fn note(&self, by: &[usize]) -> Note {
            let mut note =
                Note { text: "e/record\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n".into(), signatures: vec![] };
            note.sign("e/record", &self.log).unwrap();
            for i in by {
                let line =
                    self.policy.witnesses[*i].key.cosign(&note.text, 100 + *i as u64, &self.witnesses[*i]).unwrap();
                note.signatures.push(line);
            }
            note
        }
    }

    #[test]
    fn lg4_the_quorum_is_distinct_bodies_of_every_group() {
        let world = world();
        let judge = |by: &[usize]| world.policy.quorum(&world.note(by));
        assert!(judge(&[0, 2, 3]).met && judge(&[0, 1, 2, 3]).met);
        assert_eq!(judge(&[3, 2, 0]).seen_at, Some(100));
        assert_eq!(judge(&[0, 1, 2, 3]).seen_at, Some(101), "a clock that is behind makes nothing old");
        assert_eq!(judge(&[2, 3]).seen_at, None, "too few have seen it, whenever");
        // The first time at which enough had seen it: the last of three bodies and both groups, however they stand in the note.
        assert_eq!([judge(&[0, 2, 3]).since, judge(&[3, 2, 0]).since], [Some(103), Some(103)]);
        assert_eq!(judge(&[2, 3]).since, None);
        let early = Policy { threshold: 2, ..world.policy.clone() };
        let times = [(3, 50), (2, 900), (0, 70), (3, 800)];
        let mut note = world.note(&[]);
        for (i, time) in times {
            let line = world.policy.witnesses[i].key.cosign(&note.text, time, &world.witnesses[i]).unwrap();
            note.signatures.push(line);
        }
        let quorum = early.quorum(&note);
        assert_eq!(
            (quorum.since, quorum.seen_at),
            (Some(70), Some(800)),
            "court and one party: at 70, and anew since 800"
        );
        for few in [&[][..], &[0, 3], &[0, 1, 3], &[0, 0, 3], &[0, 1, 2]] {
            assert!(!judge(few).met, "{few:?}");
        }
        let one_side = judge(&[0, 1, 2]);
        assert_eq!((one_side.lacking, one_side.missing_groups), (1, BTreeSet::from(["court".to_owned()])));
        // A cosignature of another checkpoint, and one by a stranger.
        let mut note = world.note(&[0, 2]);
        let other = world.policy.witnesses[3].key.cosign("e/intake\n0\nx\n", 1, &world.witnesses[3]).unwrap();
        note.signatures.push(other);
        assert_eq!(
            (world.policy.quorum(&note).met, world.policy.quorum(&note).refused),
            (false, vec!["court".to_owned()])
        );
        note.sign("stranger", &world.witnesses[0]).unwrap();
        assert_eq!(world.policy.quorum(&note).refused.len(), 2);
        // Nobody at all is never enough.
        let nobody = Policy { logs: vec![], witnesses: vec![], threshold: 0 };
        assert!(!nobody.quorum(&world.note(&[])).met);
    }

    #[test]
    fn a_policy_reads_as_it_is_written() {
        let world = world();
        let text = world.policy.to_text();
        assert_eq!(Policy::parse(&text).unwrap(), world.policy);
        assert!(text.ends_with("# bodies 3\ngroup groups all group:court group:party\nquorum groups\n"), "{text}");
        let first = text.lines().nth(1).unwrap();
        let bad = [
            String::new(),
            text.replace("# bodies 3", "# bodies 4"),
            text.replace("# bodies 3\n", ""),
            text.replace("any", "all"),
            format!("{text}quorum none\n"),
            text.replace("quorum groups", "quorum none"),
            format!("{first}\n{text}"),
            text.replace('\n', "\r\n"),
            text.replacen("log ", "witness log ", 1),
            text.replace("group:court any body:supreme", "group:court any body:supreme body:p1"),
        ];
        for bad in bad {
            assert_eq!(Policy::parse(&bad).unwrap_err().code(), "policy.form", "{bad}");
        }
    }
}
