//! Two contents of one count that a device has signed: as soon as the centre holds both, it holds the proof.

use std::collections::{BTreeMap, BTreeSet};

use election::{DeviceId, Digest, StationId};
use package::FileName;
use record::entry::Import;
use record::proof::{Against, Equivocation, Signed};
use record::{Body, Content, Entry};

use crate::centre::Centre;
use crate::contents::{RESULTS_MANIFEST, STATEMENT};
use crate::error::CentreError;

/// One count of one device: what came of it, and what its slips say.
#[derive(Default)]
struct Count<'a> {
    imports: BTreeMap<Content, Vec<&'a Import>>,
    slips: BTreeSet<Digest>,
}

impl Count<'_> {
    /// Do a package and a slip, or two slips, name different figures?
    fn needs_slips(&self) -> bool {
        let named: BTreeSet<Digest> =
            self.imports.keys().map(|content| content.results).chain(self.slips.clone()).collect();
        self.imports.len() < 2 && named.len() > 1
    }
}

type Counts<'a> = BTreeMap<(&'a StationId, &'a DeviceId, u16), Count<'a>>;

impl Centre {
    /// A proof for each count of which a device has signed two contents, by the name of its files. Where there are more than
    /// two, the first two prove it.
    ///
    /// # Errors
    /// [`CentreError::Content`] for a stored content that was changed.
    pub fn equivocations(&self) -> Result<BTreeMap<FileName, Equivocation>, CentreError> {
        let mut counts: Counts<'_> = BTreeMap::new();
        for (station, evidence) in &self.state.evidence {
            for import in &evidence.imports {
                let count = counts.entry((station, &import.device, import.generation)).or_default();
                count.imports.entry(import.content).or_default().push(import);
            }
            for slip in &evidence.slips {
                counts.entry((station, &slip.device, slip.generation)).or_default().slips.insert(slip.results);
            }
        }
        counts.retain(|_, count| count.imports.len() > 1 || count.needs_slips());
        let codes = self.codes_of(&counts);
        let policy = self.policy()?;
        let against = Against { frozen: &self.frozen, policy: &policy, fingerprint: Some(self.state.fingerprint) };
        let mut proofs = BTreeMap::new();
        for ((station, device, generation), count) in &counts {
            let mut signed = Vec::new();
            for imports in count.imports.values().take(2) {
                let stored = self.contents.open(imports)?;
                let text = |name| Ok::<_, CentreError>(String::from_utf8_lossy(&stored.file(name)?).into_owned());
                let manifest = if count.imports.len() > 1 { None } else { Some(text(RESULTS_MANIFEST)?) };
                signed.push(Signed::Statement { text: text(STATEMENT)?, manifest });
            }
            let figures: BTreeSet<Digest> = count.imports.keys().map(|content| content.results).collect();
            let others = codes.iter().filter(|(of, results, _)| {
                (&of.0, &of.1, of.2) == (*station, *device, *generation) && !figures.contains(results)
            });
            signed.extend(others.map(|(_, _, codes)| Signed::Slip { codes: codes.clone() }));
            let mut parts = signed.into_iter();
            let (Some(one), Some(other)) = (parts.next(), parts.next()) else { continue };
            let proof = Equivocation { one, other };
            if proof.check(&against).is_ok() {
                let name = FileName { station: (*station).clone(), device: (*device).clone(), generation: *generation };
                proofs.insert(name, proof);
            }
        }
        Ok(proofs)
    }

    /// The codes of the slips of `counts` that the record holds, each figure of a count once, in the order of the record.
    #[expect(clippy::type_complexity, reason = "read once, right above")]
    fn codes_of(&self, counts: &Counts<'_>) -> Vec<((StationId, DeviceId, u16), Digest, Vec<String>)> {
        let mut found: Vec<((StationId, DeviceId, u16), Digest, Vec<String>)> = Vec::new();
        if counts.values().all(|count| !count.needs_slips()) {
            return found;
        }
        for leaf in self.log.leaves() {
            let Ok(Entry { body: Body::Slip(slip), .. }) = Entry::parse(leaf) else { continue };
            let Ok(joined) = package::slip::Slip::join(&slip.codes) else { continue };
            let claims = joined.claims();
            let of = (claims.station.clone(), claims.device.clone(), claims.generation);
            let is_wanted = counts.get(&(&of.0, &of.1, of.2)).is_some_and(Count::needs_slips);
            if is_wanted && !found.iter().any(|(known, results, _)| *known == of && *results == claims.results) {
                found.push((of, claims.results, slip.codes));
            }
        }
        found
    }
}
