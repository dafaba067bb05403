//! Papers of the docket, what an order would change, and the files of `docket/` in a publication.

use std::collections::BTreeSet;

use election::{Digest, RecipientName};
use record::docket::changes::{Change, changes};
use record::docket::ratification::{self, Name};
use record::docket::{DocketProblem, Ratification, tables};
use record::entry::Order;
use record::fold::LeafProblem;
use record::results::Files;
use record::{Body, Figures, Outcome};
use sign::Signer;

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

    /// Whoever is elected by the last certification; nobody before the first.
    ///
    /// # Errors
    ///
    /// Those of the figures and of the fold.
    pub fn certified_names(&self) -> Result<BTreeSet<Name>, CentreError> {
        let outcome = tables::certified(&self.frozen, self.log.leaves(), &self.state, &self.figures()?)?;
        Ok(outcome.as_ref().map(ratification::elected).unwrap_or_default())
    }

    /// Enters what papers say of names that the last certification elects; all of them may stand, or none is entered.
    ///
    /// # Errors
    ///
    /// [`RatificationProblem::NotElected`] of the first name that the certification does not elect; what else such a leaf may not be.
    pub fn ratify(&mut self, names: &[Ratification], signers: &[&dyn Signer], at: &str) -> Result<(), CentreError> {
        let elected = self.certified_names()?;
        let is_elected = |own: &Ratification| elected.contains(&(own.contest.clone(), own.candidate.clone()));
        // Without a certification the fold says so.
        let is_certified = !self.state.docket.certifications.is_empty();
        if let Some(other) = names.iter().find(|own| is_certified && !is_elected(own)) {
            return Err(LeafProblem::from(DocketProblem::from(other.not_elected())).into());
        }
        let head = self.head(at);
        let leaves = names.iter().map(|own| Body::Ratification(own.clone()).sign(&head, signers));
        self.append(&leaves.collect::<Result<Vec<_>, _>>()?)
    }

    /// The files of `docket/`, by their path in the publication.
    pub(crate) fn docket_files(&self, outcome: &Outcome, figures: &Figures) -> Result<Files, CentreError> {
        let versions = tables::versions(&self.frozen, self.log.leaves(), &self.state, outcome, figures)?;
        let def = &self.frozen.definition;
        let files = tables::files(def, &self.state, outcome, figures, &versions);
        Ok(files.map_err(record::outcome::OutcomeError::from)?)
    }
}
