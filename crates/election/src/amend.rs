//! A rule that is changed after the freeze: by the board's threshold, in a leaf of the record, named for ever.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::{Coded, ContestId, ContestSeats, Definition, Rule, Rules, SeatMethod, StationKind, Tier};

/// A change that the rules do not allow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmendError {
    /// A key that is no rule, or one that cannot be changed once devices work by it.
    #[error(
        "'{0}' is no rule that can be amended: [seats], [seats_in], announce, [announce_by_kind], votes.withdrawn, [isolation] and [findings] but its sources are"
    )]
    Key(String),
    /// A value that the key does not take.
    #[error("'{key}' cannot be '{value}': {why}")]
    Value {
        /// The key.
        key: String,
        /// The value.
        value: String,
        /// Why not.
        why: String,
    },
    /// A value that the key takes, and that no definition of this election may have.
    #[error("'{key}' cannot be '{value}': no definition may say so ({rule}): {why}")]
    Definition {
        /// The key.
        key: String,
        /// The value.
        value: String,
        /// The rule of a definition that it breaks.
        rule: &'static str,
        /// How.
        why: String,
    },
    /// A value that only the rules of the freeze may have: one copy of a result, and nothing to hold it against.
    #[error("with '{key}' as '{value}' one copy alone would do of stations of the kind {kind}")]
    Lowered {
        /// The key.
        key: String,
        /// The value.
        value: String,
        /// The first kind that would need no more.
        kind: &'static str,
    },
}

impl Coded for AmendError {
    fn code(&self) -> &'static str {
        match self {
            AmendError::Key(_) => "rules.key",
            AmendError::Value { .. } => "rules.value",
            AmendError::Definition { .. } => "rules.definition",
            AmendError::Lowered { .. } => "rules.lowered",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            AmendError::Lowered { .. } => "decide each such station by an order, on a slip or a count by hand",
            _ => "write a key and a value as docs/definition.md has them",
        }
    }
}

/// Devices read marks and weigh them by the frozen rules; what they have done by then no amendment undoes.
fn can_be_amended(key: &str) -> bool {
    key == "announce"
        || key == "votes.withdrawn"
        || ["seats.", "seats_in.", "announce_by_kind.", "isolation."].iter().any(|table| key.starts_with(table))
        || key.strip_prefix("findings.").is_some_and(|key| key != "sources" && !key.contains('.'))
}

/// `value` as it is told: escaped, and empty where there is none.
fn shown(value: Option<&str>) -> String {
    value.unwrap_or_default().escape_debug().to_string()
}

impl Definition {
    /// `rules`, those in force, with `key` as `value`: what an amendment of this election comes to. The whole definition is
    /// checked with them, as if they had stood in `election.toml` from the first.
    ///
    /// # Errors
    ///
    /// [`AmendError`]; of several problems the first.
    pub fn amended(&self, rules: &Rules, key: &str, value: Option<&str>) -> Result<Rules, AmendError> {
        let after = rules.amended(key, value)?;
        let (key, value) = (key.escape_debug().to_string(), shown(value));
        if let Some(problem) = crate::read::check_with(self, &after).into_iter().next() {
            return Err(AmendError::Definition { key, value, rule: problem.code, why: problem.what });
        }
        let is_alone = |rules: &Rules, kind| rules.tier(kind) == Tier::Arrived;
        match StationKind::ALL.into_iter().find(|kind| is_alone(&after, *kind) && !is_alone(rules, *kind)) {
            None => Ok(after),
            Some(kind) => Err(AmendError::Lowered { key, value, kind: kind.as_str() }),
        }
    }
}

impl Rules {
    /// What `key` of `election.toml` says, written out where it is meant without being written; `None` where there is none.
    /// Of a contest without rules of its own, `seats_in.CONTEST.KEY` is what `[seats]` says.
    ///
    /// # Errors
    ///
    /// [`AmendError::Key`].
    pub fn value_of(&self, key: &str) -> Result<Option<String>, AmendError> {
        let no_key = || AmendError::Key(key.escape_debug().to_string());
        if !can_be_amended(key) {
            return Err(no_key());
        }
        let (parents, last) = split(key);
        let own = contest_of(&parents);
        let all = match &own {
            Some(contest) => toml::Table::try_from(self.seats_of(contest)),
            None => toml::Table::try_from(self),
        };
        let (all, parents) = (all.map_err(|_| no_key())?, if own.is_some() { &[][..] } else { &parents[..] });
        let table = parents.iter().try_fold(&all, |table, name| table.get(*name)?.as_table());
        Ok(table.and_then(|table| table.get(last)).and_then(written))
    }

    /// These rules with `key` as `value`; without one, as it is meant where it is not written. What a contest's own table
    /// leaves out is as in `[seats]`, also when that changes.
    ///
    /// # Errors
    ///
    /// [`AmendError`].
    fn amended(&self, key: &str, value: Option<&str>) -> Result<Rules, AmendError> {
        let no_key = || AmendError::Key(key.escape_debug().to_string());
        if !can_be_amended(key) {
            return Err(no_key());
        }
        let wrong = |why: String| AmendError::Value { key: key.to_owned(), value: shown(value), why };
        let mut start = self.clone();
        let (parents, last) = split(key);
        let mut value = value.map(str::to_owned);
        let mut tables = vec![parents.clone()];
        let followers: Vec<String>;
        if let Some(contest) = contest_of(&parents) {
            let usual = || ContestSeats { rules: self.seats.clone(), own: BTreeSet::new() };
            let own = &mut start.seats_in.entry(contest).or_insert_with(usual).own;
            match value {
                Some(_) => drop(own.insert(last.to_owned())),
                None => {
                    own.remove(last);
                    value = self.value_of(&format!("seats.{last}"))?;
                }
            }
        } else if parents == ["seats"] {
            let follows = |(_, seats): &(_, &ContestSeats)| !seats.own.contains(last);
            followers = self.seats_in.iter().filter(follows).map(|(contest, _)| contest.to_string()).collect();
            tables.extend(followers.iter().map(|contest| vec!["seats_in", contest.as_str()]));
        }
        let mut all = toml::Table::try_from(&start).map_err(|_| no_key())?;
        for parents in tables {
            let mut table = &mut all;
            for name in parents {
                let next = table.entry(name).or_insert_with(|| toml::Value::Table(toml::Table::new()));
                table = next.as_table_mut().ok_or_else(no_key)?;
            }
            match &value {
                Some(value) => table.insert(last.to_owned(), value_from(key, value)),
                None => table.remove(last),
            };
        }
        let mut rules = Rules::deserialize(all).map_err(|e| wrong(e.message().escape_debug().to_string()))?;
        for (contest, seats) in &mut rules.seats_in {
            seats.own = start.seats_in.get(contest).map(|seats| seats.own.clone()).unwrap_or_default();
        }
        let mut trouble = None;
        rules.each_trouble(&mut |_, _, what, _| trouble = trouble.take().or(Some(what)));
        trouble.map_or(Ok(rules), |what| Err(wrong(what)))
    }

    /// What is wrong with the values of the rules that may be amended, by their keys.
    pub(crate) fn each_trouble(&self, told: &mut impl FnMut(Rule, String, String, &'static str)) {
        let own = self.seats_in.iter().map(|(contest, rules)| (format!("seats_in.{contest}"), &rules.rules));
        for (table, rules) in std::iter::once(("seats".to_owned(), &self.seats)).chain(own) {
            if let Some(threshold) = rules.threshold.filter(|t| t.numerator >= t.denominator) {
                let what = format!("a threshold of {threshold} leaves no list a seat");
                told(Rule::Threshold, format!("{table}.threshold"), what, "write a fraction below 1, such as 4/100");
            }
            if let SeatMethod::SainteLague { first } = rules.method
                && first.numerator >= first.denominator.saturating_mul(3)
            {
                let what = format!("the first divisor {first} is not below the second, 3");
                let next = "Write a first divisor below 3, such as sainte-lague:1.7.";
                told(Rule::KeyValue, format!("{table}.method"), what, next);
            }
        }
        if let Some((key, what)) = self.isolation.as_ref().and_then(crate::IsolationRules::trouble) {
            told(Rule::Isolation, key.to_owned(), what, "write each once, and no more than the centre needs");
        }
        if let Some((key, what)) = self.findings.trouble() {
            let next =
                "write a share above 0 and at most 1, such as 95/100; to leave the rule out, write it in findings.off";
            told(Rule::KeyValue, key.to_owned(), what, next);
        }
    }
}

/// A value of `election.toml` as an amendment writes it: of a list its items, with a space between them.
fn written(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::Array(items) => {
            items.iter().map(|item| item.as_str()).collect::<Option<Vec<_>>>().map(|all| all.join(" "))
        }
        toml::Value::Integer(number) => Some(number.to_string()),
        value => value.as_str().map(str::to_owned),
    }
}

/// The value of `key` that [`written`] gives `text` for.
fn value_from(key: &str, text: &str) -> toml::Value {
    if key.starts_with("isolation.") || key == "findings.off" {
        return text.split_ascii_whitespace().map(str::to_owned).collect::<Vec<_>>().into();
    }
    // A number has one spelling; what has another is told as no number.
    match text.parse::<i64>() {
        Ok(number) if key.starts_with("findings.") && key != "findings.turnout" && number.to_string() == text => {
            toml::Value::Integer(number)
        }
        _ => toml::Value::String(text.to_owned()),
    }
}

/// The tables of a dotted key, and its own name.
fn split(key: &str) -> (Vec<&str>, &str) {
    let mut names: Vec<&str> = key.split('.').collect();
    let last = names.pop().unwrap_or_default();
    (names, last)
}

/// The contest whose own rules a key is of: `seats_in.CONTEST.KEY`.
fn contest_of(parents: &[&str]) -> Option<ContestId> {
    match parents {
        ["seats_in", contest] => contest.parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> Rules {
        crate::read(&crate::scaffold()).unwrap().rules
    }

    #[test]
    fn a_rule_is_amended_by_its_key_and_back() {
        let before = rules();
        for (key, value) in [
            ("seats.method", "sainte-lague:8/5"),
            ("seats.threshold", "3/100"),
            ("seats.women", "quarter_rounded_half_up"),
            ("seats.quota_few_women", "forgo"),
            ("announce", "confirmed"),
            ("announce_by_kind.abroad", "order"),
            ("votes.withdrawn", "invalid"),
            ("findings.off", "R.501 R.505"),
            ("findings.unbalanced", "5"),
            ("findings.turnout", "19/20"),
        ] {
            let was = before.value_of(key).unwrap();
            let after = before.amended(key, Some(value)).unwrap();
            assert_eq!(after.value_of(key).unwrap().as_deref(), Some(value), "{key}");
            assert_ne!(before, after, "{key}");
            assert_eq!(after.amended(key, was.as_deref()).unwrap(), before, "{key}");
        }
        assert_eq!(before.value_of("seats.threshold").unwrap(), None);
        assert_eq!(before.value_of("seats.short_list").unwrap().as_deref(), Some("vacant"), "what is meant is said");
    }

    #[test]
    fn what_devices_work_by_is_not_amended() {
        for key in [
            "votes.two_candidates",
            "marks.marked_from",
            "thresholds.officers",
            "privacy.images_from",
            "findings.sources",
            "findings.sources.abroad.voters",
            "",
            "seats",
        ] {
            assert_eq!(rules().amended(key, Some("1")).unwrap_err().code(), "rules.key", "{key}");
            assert_eq!(rules().value_of(key).unwrap_err().code(), "rules.key", "{key}");
        }
        for (key, value) in [
            ("seats.method", "borda"),
            ("seats.threshold", "7/5"),
            ("seats.colour", "green"),
            ("announce", "never"),
            ("announce_by_kind.ship", "order"),
            ("seats_in.North.women", "none"),
            ("seats_in.north.women", "all"),
            ("seats_in.north", "hare"),
            ("seats_in.north.threshold.of", "valid"),
            ("findings.off", "R.510"),
            ("findings.unbalanced", "05"),
            ("findings.unbalanced", "-1"),
            ("findings.turnout", "0"),
            ("findings.turnout", "11/10"),
            ("findings.colour", "green"),
        ] {
            assert_eq!(rules().amended(key, Some(value)).unwrap_err().code(), "rules.value", "{key}");
        }
        assert_eq!(rules().amended("seats.method", None).unwrap_err().code(), "rules.value", "it must be there");
    }

    /// The list that takes the place of another is written with spaces; the policy as such is not taken away.
    #[test]
    fn what_may_be_up_at_the_centre_is_amended_as_a_list() {
        let before = rules().amended("isolation.interfaces", Some("lo")).unwrap();
        let after = before.amended("isolation.interfaces", Some("lo enp3s0")).unwrap();
        assert_eq!(after.value_of("isolation.interfaces").unwrap().as_deref(), Some("lo enp3s0"));
        assert_eq!(after.amended("isolation.interfaces", Some("lo")).unwrap(), before);
        let sockets = after.amended("isolation.listening", Some("127.0.0.1:5432 udp/[::1]:323")).unwrap();
        assert_eq!(sockets.isolation.as_ref().unwrap().listening.len(), 2);
        assert_eq!(sockets.amended("isolation.listening", None).unwrap(), after);
        let many: String = (0..65).map(|n| format!("eth{n} ")).collect();
        for (key, value) in [
            ("isolation.interfaces", None),
            ("isolation.interfaces", Some("lo lo")),
            ("isolation.interfaces", Some("../lo")),
            ("isolation.interfaces", Some(many.as_str())),
            ("isolation.listening", Some("5432")),
            ("isolation.radios", Some("none")),
        ] {
            assert_eq!(after.amended(key, value).unwrap_err().code(), "rules.value", "{key} {value:?}");
        }
        let alone = rules().amended("isolation.listening", Some("127.0.0.1:5432"));
        assert_eq!(alone.unwrap_err().code(), "rules.value", "no list of sockets without one of interfaces");
    }

    /// A contest that had no rules of its own keeps those of `[seats]`, but for the one that is amended.
    #[test]
    fn an_amendment_of_one_contest_changes_one_rule_of_it() {
        let mut before = rules();
        before.seats.threshold = crate::Fraction::new(4, 100);
        before.seats.women = crate::WomenQuota::QuarterRoundedHalfUp;
        let north: ContestId = "north".parse().unwrap();
        assert_eq!(before.value_of("seats_in.north.threshold").unwrap().as_deref(), Some("4/100"), "what is in force");
        let hare = before.amended("seats_in.north.method", Some("hare")).unwrap();
        let expected = crate::SeatRules { method: crate::SeatMethod::Hare, ..before.seats.clone() };
        assert_eq!(hare.seats_in[&north].rules, expected);
        assert_eq!(hare.seats, before.seats, "the others keep theirs");
        // The next one builds on it, and what is taken out is as in [seats] again.
        let waived = hare.amended("seats_in.north.threshold", Some("0")).unwrap();
        assert_eq!(waived.seats_in[&north].rules.method, crate::SeatMethod::Hare);
        assert_eq!(waived.amended("seats_in.north.threshold", None).unwrap(), hare);
        let back = hare.amended("seats_in.north.method", None).unwrap();
        assert_eq!(back.seats_in[&north].rules, before.seats);
    }

    /// What a contest's own table leaves out is as in `[seats]`, when that is amended too.
    #[test]
    fn an_amendment_for_all_reaches_what_a_contest_leaves_out() {
        let north: ContestId = "north".parse().unwrap();
        let before = rules().amended("seats_in.north.method", Some("hare")).unwrap();
        let after = before.amended("seats.threshold", Some("1/5")).unwrap();
        assert_eq!(after.seats_of(&north).threshold, crate::Fraction::new(1, 5));
        let method = after.amended("seats.method", Some("sainte-lague:1.4")).unwrap();
        assert_eq!(method.seats_of(&north).method, SeatMethod::Hare, "it has that itself");
        // Until it has not.
        let back = method.amended("seats_in.north.method", None).unwrap();
        assert_eq!(back.seats_of(&north), &back.seats);
        let all = back.amended("seats.method", Some("d-hondt")).unwrap();
        assert_eq!(all.seats_of(&north).method, SeatMethod::DHondt);
        // An amendment of its own value is its own, whatever it is.
        let own = back.amended("seats_in.north.threshold", Some("1/5")).unwrap();
        let all = own.amended("seats.threshold", Some("1/10")).unwrap();
        assert_eq!(all.seats_of(&north).threshold, crate::Fraction::new(1, 5));
    }

    #[test]
    fn a_first_divisor_that_no_seats_can_be_reckoned_with_is_refused() {
        for value in ["sainte-lague:3", "sainte-lague:7"] {
            assert_eq!(rules().amended("seats.method", Some(value)).unwrap_err().code(), "rules.value", "{value}");
        }
        assert!(rules().amended("seats.method", Some("sainte-lague:2.9")).is_ok());
    }

    /// SK5: where both copies were needed, no amendment makes one enough; that is a rule of the freeze or none.
    #[test]
    fn sk5_no_amendment_lets_one_copy_do() {
        let def = crate::read(&crate::scaffold()).unwrap();
        let code = |rules: &Rules, key: &str, value: Option<&str>| {
            def.amended(rules, key, value).map_err(|error| error.code()).map(|_| ())
        };
        assert_eq!(def.rules.announce, Tier::Matched);
        assert_eq!(code(&def.rules, "announce", Some("confirmed")), Ok(()));
        assert_eq!(code(&def.rules, "announce", Some("arrived")), Err("rules.lowered"));
        assert_eq!(code(&def.rules, "announce_by_kind.prison", Some("arrived")), Err("rules.lowered"));
        // Where it stood at the freeze it stays, and is raised for a kind; what was raised is not taken back.
        let alone = Rules { announce: Tier::Arrived, ..def.rules.clone() };
        assert_eq!(code(&alone, "seats.threshold", Some("1/100")), Ok(()));
        let raised = def.amended(&alone, "announce_by_kind.prison", Some("matched")).unwrap();
        assert_eq!(code(&raised, "announce_by_kind.prison", None), Err("rules.lowered"));
    }

    #[test]
    fn what_no_definition_may_say_no_amendment_says() {
        let mut def = crate::read(&crate::scaffold()).unwrap();
        let contest = def.contests[0].id.clone();
        let own = def.amended(&def.rules, &format!("seats_in.{contest}.method"), Some("hare")).unwrap();
        assert_eq!(own.seats_of(&contest).method, crate::SeatMethod::Hare);
        let refused = |def: &Definition, key: &str, value: &str| match def.amended(&def.rules, key, Some(value)) {
            Err(error @ AmendError::Definition { rule, .. }) => (error.code(), rule),
            other => panic!("{key}: {other:?}"),
        };
        assert_eq!(refused(&def, "seats_in.nowhere.method", "hare"), ("rules.definition", "E.132"));
        assert_eq!(refused(&def, "announce", "order"), ("rules.definition", "E.175"));
        // The example has a contest of candidates: where a voter has two marks, a withdrawal cannot make the ballot invalid.
        def.contests[0].kind = crate::ContestKind::Candidates { vote_for: 2 };
        assert_eq!(refused(&def, "votes.withdrawn", "invalid"), ("rules.definition", "E.174"));
    }
}
