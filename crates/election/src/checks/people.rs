//! Who signs: E.143 to E.146 and E.180.

use crate::read::Draft;
use crate::report::Report;
use crate::sheets::{PEOPLE, WITNESSES};
use crate::{ELECTION_TOML, Role, Rule};

pub(super) fn check(draft: &Draft, report: &mut Report) {
    let count = |role| draft.people.iter().filter(|(_, p)| p.role == role).count();
    let asked = &draft.settings.rules.thresholds;
    let thresholds = [
        (Rule::Officers, "officers", 2, asked.officers, count(Role::Officer), "officers", &PEOPLE),
        (Rule::Board, "board", 2, asked.board, count(Role::Board), "members of the board", &PEOPLE),
        (Rule::Shares, "shares", 2, asked.shares, count(Role::Commissioner), "commissioners", &PEOPLE),
        (Rule::Witnesses, "witnesses", 1, asked.witnesses, draft.witnesses.len(), "witnesses", &WITNESSES),
    ];
    for (rule, key, least, asked, there, who, sheet) in thresholds {
        let known = draft.known.contains_key(sheet.file);
        if asked < least || (known && usize::from(asked) > there) {
            let line = draft.settings.lines.get(&format!("thresholds.{key}")).copied();
            let what = format!("'thresholds.{key}' asks for {asked} of the {there} {who}");
            let next = format!("ask for at least {least}, and name at least as many {who}");
            report.add(rule, ELECTION_TOML, line, what, next);
        }
    }
    for (line, person) in &draft.people {
        if (person.role == Role::Agent) != person.party.is_some() {
            let (what, next) = match person.role {
                Role::Agent => ("the agent watches for no party", "write the party's id in 'party'"),
                _ => ("somebody of the commission belongs to a party here", "leave 'party' empty"),
            };
            report.add(Rule::AgentParty, PEOPLE.file, Some(*line), what, next);
        }
    }
}
