//! What is open at the centre, and what comes next.

use election::StationId;
use record::docket::Matter;
use record::{Outcome, Standing};
use sign::dsse::Envelope;

use crate::centre::Centre;
use crate::error::CentreError;
use crate::import::Missing;

/// Something that is still to be done, in the order of the evening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The polls have an hour, and the witnesses have not seen the rules and keys as they are.
    Witness,
    /// The receiving service is still open: an export is to be imported when it is closed.
    ImportNetwork,
    /// Sticks have not come.
    ImportSticks,
    /// The comparison of both channels is not entered, or older than what it compares.
    Match,
    /// Evidence or orders contradict each other: two officers decide.
    Decide,
    /// What has come is less than the rules ask for: wait for the rest, or two officers decide.
    Below,
    /// A tie is to be drawn.
    Lot,
    /// The witnesses have not all seen the record as it is.
    Cosign,
    /// The results as they stand are not announced.
    Announce,
    /// The latest announcement, or what was entered after it, is not published; or what was entered as published is not written.
    Publish,
    /// Complaints, appeals or injunctions are open.
    Settle,
    /// The latest version is not certified.
    Certify,
}

impl Step {
    /// The word used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Step::Witness => "witness",
            Step::ImportNetwork => "import_network",
            Step::ImportSticks => "import_sticks",
            Step::Match => "match",
            Step::Decide => "decide",
            Step::Below => "below",
            Step::Lot => "lot",
            Step::Cosign => "cosign",
            Step::Announce => "announce",
            Step::Publish => "publish",
            Step::Settle => "settle",
            Step::Certify => "certify",
        }
    }
}

/// An open step, and what it is about.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Open {
    /// The step.
    pub step: Step,
    /// How many stations, lots or bodies of witnesses it concerns; 0 where it concerns the record as a whole.
    pub count: usize,
    /// The first of the stations.
    pub stations: Vec<StationId>,
}

impl Open {
    fn whole(step: Step, count: usize) -> Self {
        Open { step, count, stations: Vec::new() }
    }

    fn of(step: Step, missing: Missing) -> Option<Self> {
        (missing.count > 0).then_some(Open { step, count: missing.count, stations: missing.first })
    }
}

impl Centre {
    /// What is open, in the order in which it is done; nothing where all is published, cosigned and certified.
    ///
    /// # Errors
    ///
    /// Those of the disk and of the outcome.
    pub fn open_steps(&self) -> Result<Vec<Open>, CentreError> {
        let def = &self.frozen.definition;
        let (outcome, _) = self.outcome()?;
        let mut open = Vec::new();
        if self.awaits_witnesses() {
            open.push(Open::whole(Step::Witness, self.quorum()?.lacking));
        }
        if !self.is_intake_closed()? {
            let missing = self.missing(record::Medium::Network);
            open.push(Open { step: Step::ImportNetwork, count: missing.count, stations: missing.first });
        }
        open.extend(Open::of(Step::ImportSticks, self.missing(record::Medium::Stick)));
        if self.state.last_match.as_ref() != Some(&self.state.compare(def)) {
            open.push(Open::whole(Step::Match, 0));
        }
        let standing = |wanted: &[Standing]| self.standing_in(&outcome, wanted);
        open.extend(Open::of(Step::Decide, standing(&[Standing::Quarantined, Standing::SubJudice])));
        open.extend(Open::of(Step::Below, standing(&[Standing::Arrived, Standing::Matched, Standing::Confirmed])));
        let lots = outcome.allotments.values().map(|allotment| allotment.lots_needed.len()).sum();
        if lots > 0 {
            open.push(Open::whole(Step::Lot, lots));
        }
        let is_announced = self.is_announced();
        let is_published = is_announced && self.is_published() && !self.is_unwritten()?;
        let quorum = self.quorum()?;
        // What was announced had its quorum: the witnesses' next round is after the publication.
        if !quorum.met && (!is_announced || is_published) {
            open.push(Open::whole(Step::Cosign, quorum.lacking));
        }
        if !is_announced {
            open.push(Open::whole(Step::Announce, 0));
        } else if !is_published {
            open.push(Open::whole(Step::Publish, 0));
        }
        let matters = self.state.open_matters(def);
        let cases = matters.iter().filter(|matter| !matches!(matter, Matter::Station(_))).count();
        if cases > 0 {
            open.push(Open::whole(Step::Settle, cases));
        }
        let certified = self.state.docket.certifications.last().map(|own| usize::from(own.version));
        if is_published && certified != Some(self.state.announcements.len()) {
            open.push(Open::whole(Step::Certify, matters.len()));
        }
        Ok(open)
    }

    /// Whether nothing that can change a result was entered since the latest announcement. Comparing the tables
    /// themselves would take as long as announcing.
    fn is_announced(&self) -> bool {
        self.state.announcements.last().is_some_and(|(index, _)| self.state.docket.changed < *index)
    }

    /// Whether nothing but comparisons was entered since the latest publication.
    pub(crate) fn is_published(&self) -> bool {
        let kinds = self.log.leaves().iter().rev().map(|leaf| Envelope::parse(leaf));
        let mut said = kinds.filter_map(Result::ok).skip_while(|envelope| envelope.kind() == "match");
        said.next().is_some_and(|envelope| envelope.kind() == "publication")
    }

    /// Whether the last export was of a receiving service that had been closed: nothing comes after.
    pub(crate) fn is_intake_closed(&self) -> Result<bool, CentreError> {
        let Some(log) = self.intake_log()? else { return Ok(false) };
        let last = log.leaves.last().and_then(|leaf| Envelope::parse(leaf).ok());
        Ok(last.is_some_and(|envelope| envelope.kind() == "close"))
    }

    /// Stations that stand so and are not counted.
    fn standing_in(&self, outcome: &Outcome, wanted: &[Standing]) -> Missing {
        let reporting = self.frozen.definition.stations.iter().filter(|station| station.count_with.is_none());
        let ids = reporting.map(|station| &station.id).filter(|id| {
            let known = &outcome.stations[*id];
            known.counted.is_none() && wanted.contains(&known.standing)
        });
        Missing::of(ids)
    }
}
