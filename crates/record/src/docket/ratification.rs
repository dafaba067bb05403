//! What became of the names of those elected: sent to the court that ratifies them, ratified, withheld.
//!
//! The fold knows candidates and certifications, and no votes: who was elected in a certified version is worked out of the figures, by
//! the centre before such a leaf is entered and by whoever checks the record (V.507).

use std::collections::{BTreeMap, BTreeSet};

use election::{CandidateId, Coded, ContestId, Definition, Digest, PlainDate};
use serde::{Deserialize, Serialize};

use super::{Certification, Docket, DocketProblem};
use crate::check::Checked;
use crate::decisions::near;
use crate::fold::State;
use crate::outcome::Outcome;
use crate::results::{Table, or_empty, yes_no};

/// What is said of a name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// It was sent to the court, by this institution.
    Sent(String),
    /// The court ratifies it.
    Ratified,
    /// The court withholds it, for this reason.
    Withheld(String),
}

impl Said {
    /// The word used in files.
    pub fn as_str(&self) -> &'static str {
        match self {
            Said::Sent(_) => "sent",
            Said::Ratified => "ratified",
            Said::Withheld(_) => "withheld",
        }
    }

    /// Who sent it, or why it is withheld.
    fn words(&self) -> Option<&str> {
        match self {
            Said::Sent(words) | Said::Withheld(words) => Some(words),
            Said::Ratified => None,
        }
    }
}

/// One name of a certification, and what a paper says of it, read back by two registrars. A later one takes the place of an earlier one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ratification {
    /// The number of the certification: the last one.
    pub certification: u16,
    /// The contest.
    pub contest: ContestId,
    /// Who is elected in it.
    pub candidate: CandidateId,
    /// The court or authority that it was sent to, or that answers.
    pub court: String,
    /// The number on the paper.
    pub number: String,
    /// The date on the paper.
    pub dated: PlainDate,
    /// SHA-256 of the scanned paper.
    pub paper: Digest,
    /// What it says.
    pub said: Said,
}

/// A ratification that may not stand.
#[derive(Debug, thiserror::Error)]
pub enum RatificationProblem {
    /// Something that must be said is not.
    #[error("a ratification names the court, the number of its paper, who sent the name, and why it is withheld")]
    Blank,
    /// Not of the last certification.
    #[error("there is no certification {0}, or a later one was entered")]
    Certification(u16),
    /// Nobody stands in this contest under this id.
    #[error("'{candidate}' is no candidate of the contest '{contest}'{near}")]
    Candidate {
        /// As named.
        candidate: CandidateId,
        /// The contest.
        contest: ContestId,
        /// The nearest one.
        near: String,
    },
    /// An answer before the question.
    #[error("'{0}' was not sent to a court before that paper")]
    NotSent(CandidateId),
    /// A paper from before the last one, or a name sent again that is answered.
    #[error("the paper about '{0}' comes before the last one, or sends again what was answered")]
    Earlier(CandidateId),
    /// Of a day that had not come when it was entered. Clocks refuse no leaf: the command asks, and the fold tells.
    #[error("the paper about '{0}' is dated after the day on which it is entered")]
    Ahead(CandidateId),
    /// Not among those elected.
    #[error("'{candidate}' is not elected in '{contest}' by certification {certification}")]
    NotElected {
        /// As named.
        candidate: CandidateId,
        /// The contest.
        contest: ContestId,
        /// The certification.
        certification: u16,
    },
}

impl Coded for RatificationProblem {
    fn code(&self) -> &'static str {
        match self {
            RatificationProblem::Blank => "ratification.blank",
            RatificationProblem::Certification(_) => "ratification.certification",
            RatificationProblem::Candidate { .. } => "ratification.candidate",
            RatificationProblem::NotSent(_) => "ratification.not_sent",
            RatificationProblem::Earlier(_) => "ratification.earlier",
            RatificationProblem::Ahead(_) => "ratification.ahead",
            RatificationProblem::NotElected { .. } => "ratification.not_elected",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            RatificationProblem::Blank => "write what the paper says",
            RatificationProblem::Certification(_) => "`sanad case list` names the certification that stands",
            RatificationProblem::Candidate { .. } => "write the ids as candidates.csv has them",
            RatificationProblem::NotSent(_) => "enter first with which paper the name was sent, and compare the dates",
            RatificationProblem::Earlier(_) => {
                "compare the dates: the latest paper stands, and a name is sent again after another certification alone"
            }
            RatificationProblem::Ahead(_) => {
                "compare the date with the paper: no paper from before it could be entered after it"
            }
            RatificationProblem::NotElected { .. } => {
                "compare the name with results/elected.csv of the certified version"
            }
        }
    }
}

/// A name: the contest and the candidate.
pub type Name = (ContestId, CandidateId);

impl State {
    pub(crate) fn ratification(
        &mut self,
        def: &Definition,
        leaf: &Checked,
        own: &Ratification,
    ) -> Result<(), DocketProblem> {
        if [Some(own.court.as_str()), Some(own.number.as_str()), own.said.words()].into_iter().flatten().any(is_blank) {
            return Err(RatificationProblem::Blank.into());
        }
        if self.docket.certifications.last().map(|last| last.number) != Some(own.certification) {
            return Err(RatificationProblem::Certification(own.certification).into());
        }
        let (contest, candidate) = (own.contest.clone(), own.candidate.clone());
        if def.candidate(&candidate).is_none_or(|known| known.contest != contest) {
            let near = near(candidate.as_str(), def.candidates_of(&contest).map(|known| known.id.as_str()));
            return Err(RatificationProblem::Candidate { candidate, contest, near }.into());
        }
        let name = (contest, candidate);
        let said = self.docket.ratifications.get(&name).map_or(&[][..], Vec::as_slice);
        let was_sent = said.iter().any(|(_, before)| before.is_sent() && before.dated <= own.dated);
        if !own.is_sent() && !was_sent {
            return Err(RatificationProblem::NotSent(own.candidate.clone()).into());
        }
        if said.last().is_some_and(|(_, last)| own.is_earlier_than(last)) {
            return Err(RatificationProblem::Earlier(own.candidate.clone()).into());
        }
        if own.dated.is_ahead_of(&leaf.at) {
            self.docket.ahead.push((self.size, own.candidate.clone()));
        }
        self.docket.ratifications.entry(name).or_default().push((leaf.digest, own.clone()));
        Ok(())
    }
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// Whoever is elected, by contest.
pub fn elected(outcome: &Outcome) -> BTreeSet<Name> {
    let of = |(contest, allotment): (&ContestId, &tally::Allotment)| {
        let people = allotment.elected.iter();
        people.map(|person| (contest.clone(), person.candidate.clone())).collect::<Vec<_>>()
    };
    outcome.allotments.iter().flat_map(of).collect()
}

impl Docket {
    /// Whoever is elected by the certification, of the outcomes of all announced versions, the first one first.
    pub fn elected_by(&self, number: u16, versions: &[Outcome]) -> BTreeSet<Name> {
        let of = |own: &Certification| versions.get(usize::from(own.version).checked_sub(1)?);
        let certified = self.certifications.iter().find(|own| own.number == number);
        certified.and_then(of).map(elected).unwrap_or_default()
    }

    /// Ratifications of whom their certification did not elect.
    pub fn ratified_unelected(&self, versions: &[Outcome]) -> Vec<RatificationProblem> {
        let numbers = self.certifications.iter().map(|own| own.number);
        let elected: BTreeMap<u16, _> = numbers.map(|number| (number, self.elected_by(number, versions))).collect();
        let all = self.ratifications.iter().flat_map(|(name, said)| said.iter().map(move |(_, own)| (name, own)));
        all.filter(|(name, own)| !elected[&own.certification].contains(*name))
            .map(|(_, own)| own.not_elected())
            .collect()
    }

    /// What the latest paper says of a name; none where it was not sent.
    pub fn said_of(&self, name: &Name) -> Option<&(Digest, Ratification)> {
        self.ratifications.get(name)?.last()
    }
}

impl State {
    /// Whoever is elected by the last certification; none where `outcome` is another than what it certifies.
    pub fn certified_names(&self, outcome: &Outcome) -> Option<BTreeSet<Name>> {
        let ((index, latest), certified) = (self.announcements.last()?, self.docket.certifications.last()?);
        (certified.version == latest.version && self.docket.changed <= *index).then(|| elected(outcome))
    }
}

impl Ratification {
    fn is_sent(&self) -> bool {
        matches!(self.said, Said::Sent(_))
    }

    /// May it not take the place of `last`? Under one certification nothing is sent after the answer.
    fn is_earlier_than(&self, last: &Ratification) -> bool {
        let is_answered = !last.is_sent() && last.certification == self.certification;
        self.dated < last.dated || self.is_sent() && is_answered
    }

    /// The certification did not elect whom it names.
    pub fn not_elected(&self) -> RatificationProblem {
        RatificationProblem::NotElected {
            candidate: self.candidate.clone(),
            contest: self.contest.clone(),
            certification: self.certification,
        }
    }
}

/// A name each: all that the last certification elects, and all of which a paper says something, by contest and candidate.
pub(super) fn table(state: &State, versions: &[Outcome]) -> Table {
    let columns = [
        "contest",
        "candidate",
        "elected",
        "state",
        "certification",
        "court",
        "number",
        "dated",
        "paper",
        "sent_by",
        "reason",
        "leaf",
    ];
    let docket = &state.docket;
    let last = docket.certifications.last();
    let elected = last.map(|last| docket.elected_by(last.number, versions)).unwrap_or_default();
    let mut table = Table::new(&columns);
    for name in elected.iter().chain(docket.ratifications.keys()).collect::<BTreeSet<_>>() {
        let said = docket.said_of(name);
        let own = said.map(|(_, own)| own);
        let sent_by = own.and_then(|own| if let Said::Sent(by) = &own.said { Some(by) } else { None });
        let reason = own.and_then(|own| if let Said::Withheld(why) = &own.said { Some(why) } else { None });
        table.row([
            name.0.to_string(),
            name.1.to_string(),
            yes_no(elected.contains(name)),
            own.map_or("not_sent", |own| own.said.as_str()).to_owned(),
            or_empty(own.map(|own| own.certification)),
            or_empty(own.map(|own| &own.court)),
            or_empty(own.map(|own| &own.number)),
            or_empty(own.map(|own| own.dated)),
            or_empty(own.map(|own| own.paper)),
            or_empty(sent_by),
            or_empty(reason),
            or_empty(said.map(|(leaf, _)| leaf)),
        ]);
    }
    table
}
