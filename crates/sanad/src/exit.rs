//! What a reason code means to the exit code.

use std::process::ExitCode;

/// What a command found; its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// 0: it holds.
    Holds,
    /// 1: it does not hold.
    DoesNot,
    /// 2: the input or the call is wrong.
    Wrong,
    /// 3: evidence is missing.
    Missing,
}

impl Verdict {
    /// The worse of two: a wrong call beats what does not hold beats what is missing beats what holds.
    pub fn and(self, other: Verdict) -> Verdict {
        let weight = |verdict| match verdict {
            Verdict::Holds => 0,
            Verdict::Missing => 1,
            Verdict::DoesNot => 2,
            Verdict::Wrong => 3,
        };
        if weight(other) > weight(self) { other } else { self }
    }
}

impl From<Verdict> for ExitCode {
    fn from(verdict: Verdict) -> Self {
        ExitCode::from(verdict as u8)
    }
}

/// Codes of something refused, or of a check that failed: exit code 1. Those that end with a dot stand for all that
/// begin so.
pub const DOES_NOT_HOLD: &[&str] = &[
    // Cards of officers: denied.
    "card.",
    // Packages and their labels: authentic or not.
    "archive.",
    "bag.",
    "cvr.",
    "events.",
    "figures.",
    "json.",
    "label.",
    "package.",
    "cose.",
    "sign.signature",
    "dsse.key",
    "dsse.kind",
    "dsse.signature",
    "dsse.payload",
    "dsse.unsigned",
    // A party's disk: given to nobody it is not for, and from nothing that does not hold.
    "disk.not_agent",
    "disk.signer",
    "disk.source",
    // Slips.
    "slip.altered",
    "slip.figures",
    "slip.other",
    // Keys of people who may not.
    "key.role",
    "key.twice",
    "key.unlisted",
    // Polling day: who may not, and what does not add up.
    "station.account",
    "station.answered",
    "station.before_hour",
    "station.changed",
    "station.definition_changed",
    "station.leftover",
    "station.medium",
    "station.misfed",
    "station.mode",
    "station.not_listed",
    "station.not_officer",
    "station.not_the_device",
    "station.one_person",
    "station.other_fingerprint",
    "station.store.damaged",
    "station.two_officers",
    "station.zero_invalid",
    // Cards of shares.
    "share.false",
    "share.mismatch",
    "share.set",
    // The relay and the service.
    "relay.answer",
    "relay.receipt",
    "relay.receiver",
    "relay.refused",
    "relay.server",
    "intake.cosignature",
    "intake.leaf",
    "intake.log",
    "intake.rollback",
    // The record.
    "decision.before",
    "decision.candidacy",
    "decision.figures_known",
    "decision.letters",
    "decision.not_withdrawn",
    "decision.frozen",
    "decision.unchanged",
    "docket.beside",
    "docket.conflict",
    "docket.not_admissible",
    "docket.order",
    "docket.ruling",
    "docket.served",
    "docket.stopped",
    "docket.version",
    "centre.content",
    "centre.not_isolated",
    "centre.record",
    "centre.withheld",
    "log.fork",
    "log.rollback",
    "log.unexpected",
    "log.wrong",
    "note.signature",
    "note.unsigned",
    "outcome.sum",
    "proof.",
    "ratification.ahead",
    "ratification.certification",
    "ratification.earlier",
    "ratification.not_elected",
    "ratification.not_sent",
    "record.device",
    "record.equipment",
    "record.envelope",
    "record.finding",
    "record.fingerprint",
    "record.first",
    "record.isolation",
    "record.kind",
    "record.lot",
    "record.manifest",
    "record.match",
    "record.order",
    "record.payload",
    "record.redaction",
    "record.repeated",
    "record.revoked",
    "record.scope",
    "record.signature",
    "record.slip",
    "record.supersedes",
    "record.threshold",
    "record.transmission",
    "record.version",
    "transmission.",
    "register.ahead",
    "register.beside",
    "register.cleared",
    "register.contract",
    "register.device",
    "register.hand_over",
    "register.later",
    "register.read_back",
    "rotation.",
    "store.foreign",
    "succession.begins",
    "succession.ended",
    "succession.ends",
    "succession.handed",
    "succession.key",
    "succession.possession",
    "succession.shares",
    "succession.threshold",
    "witness.",
    "witnessed.",
    // A machine whose random numbers cannot be relied on.
    "entropy.",
];

/// Codes of something that is needed and not there yet: exit code 3.
pub const MISSING: &[&str] = &[
    "centre.not_yet",
    "disk.unwitnessed",
    "docket.open",
    "log.missing",
    "outcome.missing",
    "package.absent",
    "proof.apart",
    "proof.empty",
    "proof.no_leaf",
    "proof.quorum",
    "proof.unknown_key",
    "record.second_evidence",
    "relay.cut",
    "share.few",
    "slip.incomplete",
    "slip.no_code",
    "station.no_account",
    "station.unsettled",
];

/// The exit code of an error. Whatever is in neither table is a wrong input or call: 2.
pub fn verdict_of(code: &str) -> Verdict {
    let among = |codes: &[&str]| codes.iter().any(|c| *c == code || (c.ends_with('.') && code.starts_with(c)));
    if among(MISSING) {
        Verdict::Missing
    } else if among(DOES_NOT_HOLD) && !WRONG.contains(&code) {
        Verdict::DoesNot
    } else {
        Verdict::Wrong
    }
}

/// Exceptions from a family of [`DOES_NOT_HOLD`]: here the call is wrong.
pub const WRONG: &[&str] = &[
    "card.form",
    "card.no_terminal",
    "card.not_used",
    "card.number",
    "card.pin",
    "package.identity",
    "package.name",
    "proof.form",
    "proof.keys",
    "rotation.form",
    "rotation.witness",
    "witness.absent",
    "witness.exists",
    "witness.file",
    "witness.form",
    "witness.listen",
    "witness.log",
    "witness.no_successor",
    "witness.old_key",
    "witness.stopped",
    "witness.unknown_log",
];
