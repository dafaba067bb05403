//! What happened, told from the versions of the results and the register, and by which commands anyone checks each line.

use std::collections::BTreeSet;
use std::time::Duration;

use centre::Centre;
use election::{Lang, ListId, StationId};
use record::Outcome;
use record::docket::changes::{Change, Level, changes};

use super::Dispute;
use super::choose::Shift;
use super::complaints::{Case, REASONS};
use super::courts::{Court, REFUSED};

/// Everything that the story is told from.
pub struct Story<'a> {
    pub(super) dispute: &'a Dispute<'a>,
    pub(super) room: &'a Centre,
    /// The results of the three versions.
    pub(super) versions: [&'a Outcome; 3],
    pub(super) cases: &'a [Case],
    pub(super) restored: &'a BTreeSet<StationId>,
    pub(super) court: &'a Court,
    pub(super) shift: &'a Shift,
}

impl Story<'_> {
    /// Tells it.
    pub fn tell(&self, took: Duration) {
        let shell = self.dispute.shell;
        let title = |title: &str| shell.say(format_args!("\n\u{1b}[1m{title}\u{1b}[0m"));
        title("What happened");
        self.cancelled().into_iter().chain(self.at_court()).for_each(|line| shell.say(format_args!("  {line}")));
        title("What it changed between the two certified versions");
        self.changed().into_iter().for_each(|line| shell.say(format_args!("  {line}")));
        title(&format!("Check each line ({} s)", took.as_secs()));
        self.commands().into_iter().for_each(|line| shell.say(format_args!("  {line}")));
    }

    /// How many were cancelled for which reason, and what that took out of the results.
    fn cancelled(&self) -> Vec<String> {
        let [first, second, _] = self.versions;
        let (all, of) = (self.cases.len(), first.status.expected);
        let ballots = |outcome: &Outcome| outcome.totals.values().map(|own| own.ballots).sum::<u64>();
        let (before, after) = (ballots(first), ballots(second));
        let moved = seats(&self.between(first, second)).len();
        let mut lines = vec![
            format!(
                "Version 1: {} of {of} stations counted, {before} ballots; certified as number 1.",
                first.status.counted
            ),
            format!("{all} of {of} stations are cancelled, each on a red complaint:"),
        ];
        lines.extend(REASONS.iter().enumerate().map(|(reason, (_, ground, _))| {
            let own = self.cases.iter().filter(|case| case.reason == reason).count();
            format!("  {own} of {all}: {ground}")
        }));
        lines.push(format!(
            "Version 2: {} of {of} stations counted; {} of {before} ballots less, and {moved} lists with another number of seats.",
            second.status.counted,
            before - after
        ));
        lines
    }

    /// Appeals, the injunction and the recount.
    fn at_court(&self) -> Vec<String> {
        let Story { cases, court, restored, shift, .. } = self;
        let appeals = court.granted.len() + court.dismissed.len();
        let votes: u32 = shift.at.iter().map(|(_, votes)| votes).sum();
        let [from, to] = [&shift.from, &shift.to].map(|list| self.name(list));
        let mut lines = vec![
            format!("An injunction stops the certification: that of version 2 was refused [{REFUSED}]."),
            format!(
                "{} of {appeals} appeals against cancellations are granted, {} dismissed: {} of {} stations are restored.",
                court.granted.len(),
                court.dismissed.len(),
                restored.len(),
                cases.len()
            ),
            format!("Appeal {} against version 2 is granted. The injunction is lifted.", court.recount.0),
            format!(
                "{} recounted by hand, each protocol typed twice: {votes} votes of {from} are of {to}.",
                stations(shift.at.len())
            ),
        ];
        lines.extend(shift.at.iter().map(|(station, votes)| format!("  {station}: {votes}")));
        lines
    }

    /// Stations, seats and people that are others in the third version than in the first.
    fn changed(&self) -> Vec<String> {
        let [first, _, third] = self.versions;
        let found = self.between(first, third);
        let of = first.status.expected;
        let other = found.iter().filter(|own| own.level == Level::Station).count();
        let mut lines = vec![
            format!("Version 3, certified as number 2: {} of {of} stations cancelled.", third.status.cancelled),
            format!("{other} of {of} stations stand otherwise: cancelled, or counted by hand."),
        ];
        lines.extend(seats(&found).into_iter().map(|own| {
            let list = own.option.parse::<ListId>().map_or_else(|_| own.option.clone(), |list| self.name(&list));
            format!("{}: {list} has {} seats, before {}.", own.place, own.after, own.before)
        }));
        let people = |now: &str| found.iter().filter(|own| own.level == Level::Elected && own.after == now).count();
        lines.push(format!("{} people are elected who were not, {} no longer.", people("elected"), people("")));
        lines
    }

    fn between(&self, before: &Outcome, after: &Outcome) -> Vec<Change> {
        changes(self.dispute.def(), before, after)
    }

    fn name(&self, list: &ListId) -> String {
        let name = self.dispute.def().lists.iter().find(|own| own.id == *list).map(|own| own.name.get(Lang::En));
        format!("{list} ({})", name.unwrap_or_default())
    }

    fn commands(&self) -> Vec<String> {
        let dir = self.dispute.dir.display();
        let recounted = self.shift.at.first().map(|(station, _)| station.as_str()).unwrap_or_default();
        let last = self.room.log().size() - 1;
        vec![
            format!("sanad verify {dir}/publication --root {dir}/fingerprint.txt    all of it"),
            format!(
                "tools/verify.py {dir}/publication --fingerprint {dir}/fingerprint.txt    the same by the second verifier"
            ),
            format!("sanad case list --dir {dir}/centre    the register: complaints, appeals, rulings, certifications"),
            format!("cut -d, -f1,3,6,12,15 {dir}/publication/docket/complaints.csv    which station, why, how grave"),
            format!(
                "cat {dir}/publication/docket/rulings.csv    appeals granted and dismissed, the injunction and its end"
            ),
            format!(
                "grep -E 'station|seats|elected' {dir}/publication/docket/changes.csv    what versions 2 and 3 changed"
            ),
            format!(
                "cat {dir}/publication/docket/hand_differences.csv    every figure that the recount found to be another"
            ),
            format!(
                "diff {dir}/recounts/{recounted}-first.csv {dir}/recounts/{recounted}-second.csv    what two officers typed"
            ),
            format!("cat {dir}/publication/docket/certifications.csv    which versions are certified"),
            format!(
                "sanad record show --publication {dir}/publication --leaf {last}    any leaf, and who has signed it"
            ),
        ]
    }
}

/// The rows of lists that have another number of seats.
fn seats(found: &[Change]) -> Vec<&Change> {
    found.iter().filter(|own| own.level == Level::Seats).collect()
}

fn stations(count: usize) -> String {
    match count {
        1 => "1 station is".to_owned(),
        count => format!("{count} stations are"),
    }
}
