//! The centre looks at its own networks whenever it opens, announces or publishes. Where something is up that the policy does not
//! list it stops, if the election is official; a rehearsal or demo is told, and goes on.

use std::collections::BTreeSet;
use std::path::Path;

use election::Mode;
use record::Body;
use record::register::isolation::{Isolation, Look, Sighting};

use crate::centre::Centre;
use crate::error::CentreError;
use crate::isolation;

impl Centre {
    /// From now on what is below `root` is looked at in place of `/`: what a kernel shows, in a folder.
    pub fn watch(&mut self, root: &Path) {
        self.root = root.to_owned();
    }

    /// What is up now.
    pub fn sighting(&self) -> Sighting {
        isolation::look(&self.root)
    }

    /// What is up now, and what of it the policy does not list; none where the rules have no policy.
    pub fn look(&self, step: Look) -> Option<Isolation> {
        let policy = self.state.decisions.rules.isolation.as_ref()?;
        let seen = self.sighting();
        Some(Isolation { step, outside: seen.outside(policy), seen })
    }

    /// What the policy does not list and was up since this centre was opened, though nothing was stopped by it.
    pub fn tolerated(&self) -> &BTreeSet<String> {
        &self.tolerated
    }

    /// Would anything that is found stop the centre?
    pub(crate) fn is_strict(&self) -> bool {
        self.frozen.definition.scope.mode == Mode::Official
    }

    /// Must the centre stop at this?
    fn stops(&self, own: &Isolation) -> bool {
        self.is_strict() && !own.outside.is_empty()
    }

    /// Looks, and gives what is to be entered of it. Where it must stop, `before` is entered, and then the look.
    ///
    /// # Errors
    ///
    /// [`CentreError::NotIsolated`].
    pub(crate) fn isolated(
        &mut self,
        step: Look,
        before: &mut Vec<Body>,
        at: &str,
    ) -> Result<Option<Body>, CentreError> {
        let Some(own) = self.look(step) else { return Ok(None) };
        if self.stops(&own) {
            let outside = own.outside.clone();
            before.push(Body::Isolation(own));
            self.report(&std::mem::take(before), at)?;
            return Err(CentreError::NotIsolated { outside });
        }
        self.tolerated.extend(own.outside.iter().cloned());
        Ok(Some(Body::Isolation(own)))
    }

    /// Looks, and enters it.
    ///
    /// # Errors
    ///
    /// As [`Centre::isolated`].
    pub(crate) fn enter_isolated(&mut self, step: Look, at: &str) -> Result<(), CentreError> {
        let own = self.isolated(step, &mut Vec::new(), at)?;
        own.map_or(Ok(()), |own| self.report(&[own], at))
    }
}
