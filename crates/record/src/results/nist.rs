//! NIST SP 1500-100 v2, for other programs.

use election::{ContestKind, Definition, Lang, OptionId, Text};
use serde_json::{Value, json};

use crate::outcome::Outcome;

/// NIST SP 1500-100 v2, `ElectionResults.ElectionReport`. Its date is the day of the vote: results carry no clock.
pub(super) fn election_report(def: &Definition, outcome: &Outcome) -> Value {
    let units = def.constituencies.iter().map(|constituency| {
        json!({
            "@type": "ElectionResults.ReportingUnit",
            "@id": unit(constituency.id.as_str()),
            "Type": "other",
            "OtherType": "constituency",
            "Name": international(&constituency.name),
        })
    });
    let status = &outcome.status;
    let contests: Vec<Value> = def.contests.iter().map(|contest| contest_report(def, outcome, contest)).collect();
    let candidates: Vec<Value> = def
        .candidates
        .iter()
        .map(|candidate| {
            json!({
                "@type": "ElectionResults.Candidate",
                "@id": format!("candidate-{}", candidate.id),
                "BallotName": international(&candidate.name),
            })
        })
        .collect();
    json!({
        "@type": "ElectionResults.ElectionReport",
        "Format": "summary-contest",
        "GeneratedDate": format!("{}T00:00:00Z", def.date),
        "Issuer": def.name.get(Lang::En),
        "IssuerAbbreviation": def.scope.election.as_str(),
        "SequenceStart": 1,
        "SequenceEnd": 1,
        "Status": if status.counted < status.expected { "unofficial-partial" } else { "unofficial-complete" },
        "IsTest": def.scope.mode != election::Mode::Official,
        "VendorApplicationId": "sanad",
        "GpUnit": units.collect::<Vec<_>>(),
        "Party": def.lists.iter().map(|list| json!({
            "@type": "ElectionResults.Party",
            "@id": format!("list-{}", list.id),
            "Name": international(&list.name),
        })).collect::<Vec<_>>(),
        "Election": [{
            "@type": "ElectionResults.Election",
            "ElectionScopeId": def.constituencies.first().map(|c| unit(c.id.as_str())).unwrap_or_default(),
            "StartDate": def.date.to_string(),
            "EndDate": def.date.to_string(),
            "Name": international(&def.name),
            "Type": "general",
            "Candidate": candidates,
            "Contest": contests,
        }],
    })
}

fn contest_report(def: &Definition, outcome: &Outcome, contest: &election::Contest) -> Value {
    let totals = &outcome.totals[&contest.id];
    let place = unit(contest.constituency.as_str());
    let counts = |option: &OptionId| {
        json!([{
            "@type": "ElectionResults.VoteCounts",
            "GpUnitId": place,
            "Type": "total",
            "Count": totals.votes.get(option).copied().unwrap_or(0),
        }])
    };
    let lists = def.lists_of(&contest.id).map(|list| {
        json!({
            "@type": "ElectionResults.PartySelection",
            "@id": format!("selection-{}", list.id),
            "PartyIds": [format!("list-{}", list.id)],
            "VoteCounts": counts(&OptionId::from(&list.id)),
        })
    });
    let candidates = def.candidates_of(&contest.id).map(|candidate| {
        json!({
            "@type": "ElectionResults.CandidateSelection",
            "@id": format!("selection-{}", candidate.id),
            "CandidateIds": [format!("candidate-{}", candidate.id)],
            "VoteCounts": counts(&OptionId::from(&candidate.id)),
        })
    });
    let (variation, allowed) = match contest.kind {
        ContestKind::OpenList | ContestKind::ClosedList => ("proportional", 1),
        ContestKind::Candidates { vote_for: 1 } => ("plurality", 1),
        ContestKind::Candidates { vote_for } => ("n-of-m", vote_for),
    };
    json!({
        "@type": "ElectionResults.CandidateContest",
        "@id": format!("contest-{}", contest.id),
        "ElectionDistrictId": place,
        "Name": contest.title.get(Lang::En),
        "BallotTitle": international(&contest.title),
        "NumberElected": contest.seats,
        "VotesAllowed": allowed,
        "VoteVariation": variation,
        "ContestSelection": lists.chain(candidates).collect::<Vec<_>>(),
    })
}

fn unit(id: &str) -> String {
    format!("unit-{id}")
}

fn international(text: &Text) -> Value {
    let strings = Lang::ALL.into_iter().filter(|lang| !text.exact(*lang).is_empty()).map(|lang| {
        json!({ "@type": "ElectionResults.LanguageString", "Language": lang.tag(), "Content": text.exact(lang) })
    });
    json!({ "@type": "ElectionResults.InternationalizedText", "Text": strings.collect::<Vec<_>>() })
}
