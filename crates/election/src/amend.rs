//! A rule that is changed after the freeze: by the board's threshold, in a leaf of the record, named for ever.

use serde::Deserialize;

use crate::{Coded, Rules};

/// A change that the rules do not allow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmendError {
    /// A key that is no rule, or one that cannot be changed once devices work by it.
    #[error(
        "'{0}' is no rule that can be amended: [seats], [seats_in], announce, [announce_by_kind] and votes.withdrawn are"
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
}

impl Coded for AmendError {
    fn code(&self) -> &'static str {
        match self {
            AmendError::Key(_) => "rules.key",
            AmendError::Value { .. } => "rules.value",
        }
    }

    fn next(&self) -> &'static str {
        "write a key and a value as docs/definition.md has them"
    }
}

/// Devices read marks and weigh them by the frozen rules; what they have done by then no amendment undoes.
fn can_be_amended(key: &str) -> bool {
    key == "announce"
        || key == "votes.withdrawn"
        || ["seats.", "seats_in.", "announce_by_kind."].iter().any(|table| key.starts_with(table))
}

impl Rules {
    /// What `key` of `election.toml` says, written out where it is meant without being written; `None` where there is none.
    ///
    /// # Errors
    ///
    /// [`AmendError::Key`].
    pub fn value_of(&self, key: &str) -> Result<Option<String>, AmendError> {
        if !can_be_amended(key) {
            return Err(AmendError::Key(key.escape_debug().to_string()));
        }
        let all = toml::Table::try_from(self).map_err(|_| AmendError::Key(key.escape_debug().to_string()))?;
        let (parents, last) = split(key);
        let table = parents.iter().try_fold(&all, |table, name| table.get(*name)?.as_table());
        Ok(table.and_then(|table| table.get(last)?.as_str()).map(str::to_owned))
    }

    /// These rules with `key` as `value`; without one, as it is meant where it is not written.
    ///
    /// # Errors
    ///
    /// [`AmendError`].
    pub fn amended(&self, key: &str, value: Option<&str>) -> Result<Rules, AmendError> {
        let no_key = || AmendError::Key(key.escape_debug().to_string());
        if !can_be_amended(key) {
            return Err(no_key());
        }
        let wrong = |why: String| AmendError::Value {
            key: key.to_owned(),
            value: value.unwrap_or_default().escape_debug().to_string(),
            why,
        };
        let mut all = toml::Table::try_from(self).map_err(|_| no_key())?;
        let (parents, last) = split(key);
        let mut table = &mut all;
        for name in parents {
            let next = table.entry(name).or_insert_with(|| toml::Value::Table(toml::Table::new()));
            table = next.as_table_mut().ok_or_else(no_key)?;
        }
        match value {
            Some(value) => table.insert(last.to_owned(), toml::Value::String(value.to_owned())),
            None => table.remove(last),
        };
        let rules = Rules::deserialize(all).map_err(|e| wrong(e.message().escape_debug().to_string()))?;
        let mut trouble = None;
        rules.each_trouble(&mut |_, what| trouble = trouble.take().or(Some(what)));
        trouble.map_or(Ok(rules), |what| Err(wrong(what)))
    }

    /// What is wrong with the values of the rules that may be amended, by their keys.
    pub(crate) fn each_trouble(&self, told: &mut impl FnMut(String, String)) {
        let own = self.seats_in.iter().map(|(contest, rules)| (format!("seats_in.{contest}"), rules));
        for (table, rules) in std::iter::once(("seats".to_owned(), &self.seats)).chain(own) {
            if let Some(threshold) = rules.threshold.filter(|t| t.numerator >= t.denominator) {
                told(format!("{table}.threshold"), format!("a threshold of {threshold} leaves no list a seat"));
            }
        }
    }
}

/// The tables of a dotted key, and its own name.
fn split(key: &str) -> (Vec<&str>, &str) {
    let mut names: Vec<&str> = key.split('.').collect();
    let last = names.pop().unwrap_or_default();
    (names, last)
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
        for key in
            ["votes.two_candidates", "marks.marked_from", "thresholds.officers", "privacy.images_from", "", "seats"]
        {
            assert_eq!(rules().amended(key, Some("1")).unwrap_err().code(), "rules.key", "{key}");
            assert_eq!(rules().value_of(key).unwrap_err().code(), "rules.key", "{key}");
        }
        for (key, value) in [
            ("seats.method", "borda"),
            ("seats.threshold", "7/5"),
            ("seats.colour", "green"),
            ("announce", "never"),
            ("announce_by_kind.ship", "order"),
            ("seats_in.member.women", "none"),
        ] {
            assert_eq!(rules().amended(key, Some(value)).unwrap_err().code(), "rules.value", "{key}");
        }
        assert_eq!(rules().amended("seats.method", None).unwrap_err().code(), "rules.value", "it must be there");
    }
}
