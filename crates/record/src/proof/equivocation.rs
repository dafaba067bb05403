//! Two contents of one count, both signed by its device.

use election::{DeviceId, Digest, Scope, StationId};
use package::slip::Slip;
use package::{LABEL_KIND, Label, STATEMENT_KIND, Statement};
use serde::{Deserialize, Serialize};
use sign::dsse::Envelope;

use super::{Against, ProofProblem, Shown, no_form};

/// What a device has signed, in the very bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Signed {
    /// `label.json`, and `results-manifest.txt` where the other part is a slip.
    Label {
        /// The DSSE envelope.
        text: String,
        /// The manifest of the results bag.
        #[serde(skip_serializing_if = "Option::is_none")]
        manifest: Option<String>,
    },
    /// `statement.dsse.json`, and as above.
    Statement {
        /// The DSSE envelope.
        text: String,
        /// The manifest of the results bag.
        #[serde(skip_serializing_if = "Option::is_none")]
        manifest: Option<String>,
    },
    /// The texts of a slip's codes.
    Slip {
        /// The codes, in any order.
        codes: Vec<String>,
    },
}

/// Two of them that cannot both be true.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Equivocation {
    /// The one.
    pub one: Signed,
    /// The other.
    pub other: Signed,
}

/// What two contents differ in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The hash of `results.json`: the figures.
    Results,
    /// The hash of the manifest of the results: figures, records or events.
    ResultsManifest,
    /// The hash of the manifest of the images.
    ImagesManifest,
}

/// What a signed part says, once its signature holds.
struct Claim {
    scope: Scope,
    station: StationId,
    device: DeviceId,
    generation: u16,
    fingerprint: Option<Digest>,
    results: Option<Digest>,
    manifests: Option<[Digest; 2]>,
}

impl Claim {
    fn name(&self) -> String {
        format!("{}-{}-{}", self.station, self.device, self.generation)
    }
}

impl Signed {
    /// What a file is: the codes of a slip, a label or a statement.
    ///
    /// # Errors
    /// [`ProofProblem::Form`] where it is neither; nothing is verified yet.
    pub fn of(bytes: &[u8], manifest: Option<String>) -> Result<Signed, ProofProblem> {
        let envelope = Envelope::parse(bytes)?;
        let text = String::from_utf8(bytes.to_vec()).map_err(no_form)?;
        match envelope.kind() {
            LABEL_KIND => Ok(Signed::Label { text, manifest }),
            STATEMENT_KIND => Ok(Signed::Statement { text, manifest }),
            other => Err(no_form(format_args!("a '{other}' names no content of a station"))),
        }
    }

    /// What it claims: the device and its station, before any signature.
    fn claim(&self) -> Result<Claim, ProofProblem> {
        Ok(match self {
            Signed::Label { text, manifest } => {
                let (label, _) = Label::parse(text.as_bytes())?;
                Claim {
                    results: results_in(manifest.as_deref(), label.results.manifest)?,
                    scope: label.scope,
                    station: label.station,
                    device: label.device,
                    generation: label.generation,
                    fingerprint: None,
                    manifests: Some([label.results.manifest, label.images.manifest]),
                }
            }
            Signed::Statement { text, manifest } => {
                let statement: Statement = Envelope::parse(text.as_bytes())?.read()?;
                Claim {
                    results: results_in(manifest.as_deref(), statement.results_manifest)?,
                    scope: statement.scope,
                    station: statement.station,
                    device: statement.device,
                    generation: statement.generation,
                    fingerprint: Some(statement.definition),
                    manifests: Some([statement.results_manifest, statement.images_manifest]),
                }
            }
            Signed::Slip { codes } => {
                let slip = Slip::join(codes)?;
                let figures = slip.claims();
                Claim {
                    scope: figures.scope.clone(),
                    station: figures.station.clone(),
                    device: figures.device.clone(),
                    generation: figures.generation,
                    fingerprint: Some(figures.fingerprint),
                    results: Some(figures.results),
                    manifests: None,
                }
            }
        })
    }

    /// What it says, signed by the device that is listed for its station.
    fn verified(&self, against: &Against<'_>) -> Result<Claim, ProofProblem> {
        let claim = self.claim()?;
        let pinned = against.fingerprint.zip(claim.fingerprint);
        if claim.scope != against.frozen.definition.scope || pinned.is_some_and(|(pinned, own)| pinned != own) {
            return Err(ProofProblem::Scope);
        }
        let listed = against.frozen.keyring.devices.get(&claim.device).filter(|(station, _)| *station == claim.station);
        let Some((_, key)) = listed else {
            return Err(ProofProblem::Device { device: claim.device, station: claim.station });
        };
        match self {
            Signed::Label { text, .. } => drop(Label::verify(text.as_bytes(), key, &claim.scope)?),
            Signed::Statement { text, .. } => drop(Envelope::parse(text.as_bytes())?.verify(STATEMENT_KIND, &[key])?),
            Signed::Slip { codes } => drop(Slip::join(codes)?.verify(key)?),
        }
        Ok(claim)
    }
}

/// The hash of `results.json` in a manifest that was signed.
fn results_in(manifest: Option<&str>, signed: Digest) -> Result<Option<Digest>, ProofProblem> {
    let Some(manifest) = manifest else { return Ok(None) };
    if Digest::of(manifest.as_bytes()) != signed {
        return Err(ProofProblem::Manifest);
    }
    let line = manifest.lines().find_map(|line| line.strip_suffix("  data/results.json"));
    line.and_then(|hex| Digest::from_hex(hex).ok()).map(Some).ok_or(ProofProblem::Manifest)
}

impl Equivocation {
    /// Both signatures hold, both are of one count, and they name different contents.
    ///
    /// # Errors
    /// [`ProofProblem`].
    pub fn check(&self, against: &Against<'_>) -> Result<Shown, ProofProblem> {
        let (one, other) = (self.one.verified(against)?, self.other.verified(against)?);
        if one.name() != other.name() || one.fingerprint.zip(other.fingerprint).is_some_and(|(a, b)| a != b) {
            return Err(ProofProblem::Other(one.name(), other.name()));
        }
        let manifest = |place: usize| one.manifests.zip(other.manifests).map(|(a, b)| (a[place], b[place]));
        let pairs = [
            (Field::Results, one.results.zip(other.results)),
            (Field::ResultsManifest, manifest(0)),
            (Field::ImagesManifest, manifest(1)),
        ];
        let differ = pairs.iter().find(|(_, pair)| pair.is_some_and(|(a, b)| a != b)).map(|(field, _)| *field);
        match differ {
            Some(differ) => {
                Ok(Shown::Equivocation { station: one.station, device: one.device, generation: one.generation, differ })
            }
            None if pairs.iter().all(|(_, pair)| pair.is_none()) => Err(ProofProblem::Apart),
            None => Err(ProofProblem::Same),
        }
    }
}
