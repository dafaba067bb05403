//! Papers of the docket, what an order would change, and the files of `docket/` in a publication.

use election::{Digest, RecipientName};
use record::docket::changes::{Change, changes};
use record::docket::tables;
use record::entry::Order;
use record::results::Files;
use record::{Figures, Outcome};

use crate::centre::Centre;
use crate::error::CentreError;

/// The folder of papers: forms, sealed parts and rulings, each under its hash. Nothing of it is published.
pub(crate) const PAPERS: &str = "papers";

impl Centre {
    /// Keeps a paper, readable by the owner of this disk alone, and gives the hash that a leaf names. Durable when it returns.
    ///
    /// # Errors
    ///
    /// The centre's own disk.
    pub fn keep_paper(&self, bytes: &[u8]) -> Result<Digest, CentreError> {
        let digest = Digest::of(bytes);
        let folder = self.dir.join(PAPERS);
        durable::make_folder(&folder)?;
        durable::write_private(&folder.join(digest.hex()), bytes)?;
        Ok(digest)
    }

    /// Seals what has data of persons to the centre's key and keeps it; gives the hash of the sealed bytes.
    ///
    /// # Errors
    ///
    /// [`CentreError::NotYet`] where the frozen list has no recipient of the centre; the centre's own disk.
    pub fn seal_paper(&self, bytes: &[u8]) -> Result<Digest, CentreError> {
        let listed = self.frozen.lists.recipients.iter().find(|listed| listed.recipient == RecipientName::Centre);
        let recipient = listed.and_then(|listed| listed.age.parse().ok());
        let sealed = recipient.and_then(|recipient| sign::identity::seal(bytes, &recipient).ok());
        let sealed =
            sealed.ok_or_else(|| CentreError::NotYet("keys/recipients.csv has no key of the centre".into()))?;
        self.keep_paper(&sealed)
    }

    /// What `order` would change, before anybody signs it.
    ///
    /// # Errors
    ///
    /// [`CentreError::Leaf`] for an order that may not stand; [`CentreError::Finding`]; those of the outcome.
    pub fn effect(&self, order: &Order) -> Result<Vec<Change>, CentreError> {
        self.has_its_findings(order)?;
        let def = &self.frozen.definition;
        let (before, figures) = self.outcome()?;
        let after = Outcome::of(def, &self.state.with_order(def, order)?, &figures)?;
        Ok(changes(def, &before, &after))
    }

    /// Each rule that `order` names finds its station, or the station's kind, as it stands now. The fold, which knows no figures,
    /// cannot tell; and a later count may take a finding away.
    pub(crate) fn has_its_findings(&self, order: &Order) -> Result<(), CentreError> {
        let Some(place) = self.frozen.definition.station(&order.station).filter(|_| !order.findings.is_empty()) else {
            return Ok(());
        };
        let (outcome, _) = self.outcome()?;
        match order.findings.iter().find(|rule| !outcome.by_rule.finds(**rule, place)) {
            Some(rule) => Err(CentreError::Finding { rule: *rule, station: order.station.clone() }),
            None => Ok(()),
        }
    }

    /// The files of `docket/`, by their path in the publication.
    pub(crate) fn docket_files(&self, outcome: &Outcome, figures: &Figures) -> Result<Files, CentreError> {
        let versions = tables::versions(&self.frozen, self.log.leaves(), &self.state, outcome, figures)?;
        let def = &self.frozen.definition;
        let files = tables::files(def, &self.state, outcome, figures, &versions);
        Ok(files.map_err(record::outcome::OutcomeError::from)?)
    }
}
