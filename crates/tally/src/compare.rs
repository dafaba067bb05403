//! How two readings of the same figures differ.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The kind of a difference. A station is in the first that fits, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// One side says zero everywhere: a form not filled in, or a count not made.
    AllZero,
    /// Exactly one figure differs: a slip of the pen, or of the reader.
    OneField,
    /// The same figures at other places: a shifted or exchanged line.
    Permuted,
    /// Other figures with the same sum: votes have moved from one to another.
    Redistributed,
    /// Anything else.
    SeveralFields,
}

impl Class {
    /// All of them, in the order in which they are tried.
    pub const ALL: [Class; 5] =
        [Class::AllZero, Class::OneField, Class::Permuted, Class::Redistributed, Class::SeveralFields];

    /// The word used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Class::AllZero => "all_zero",
            Class::OneField => "one_field",
            Class::Permuted => "permuted",
            Class::Redistributed => "redistributed",
            Class::SeveralFields => "several_fields",
        }
    }
}

/// One figure that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Field<N = String> {
    /// Its name.
    pub name: N,
    /// What the left side says; none where it does not have this figure.
    pub left: Option<u64>,
    /// What the right side says.
    pub right: Option<u64>,
}

/// How two sides differ: the class, and each figure that does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference<N = String> {
    /// The class.
    pub class: Class,
    /// Each figure that differs.
    pub fields: Vec<Field<N>>,
}

/// The class of the difference between two vectors of figures in the same order; none where they are identical.
/// A vector that is shorter has no figure there, which is a difference even to zero.
pub fn classify(left: &[u64], right: &[u64]) -> Option<Class> {
    if left == right {
        return None;
    }
    let all_zero = |side: &[u64]| side.iter().all(|v| *v == 0);
    let sorted = |side: &[u64]| {
        let mut side = side.to_vec();
        side.sort_unstable();
        side
    };
    let sum = |side: &[u64]| side.iter().map(|v| u128::from(*v)).sum::<u128>();
    let places = left.len().max(right.len());
    Some(if all_zero(left) || all_zero(right) {
        Class::AllZero
    } else if (0..places).filter(|i| left.get(*i) != right.get(*i)).count() == 1 {
        Class::OneField
    } else if sorted(left) == sorted(right) {
        Class::Permuted
    } else if sum(left) == sum(right) {
        Class::Redistributed
    } else {
        Class::SeveralFields
    })
}

/// Compares named figures; none where both sides have the same names and the same figures.
pub fn compare<N: Ord + Clone>(left: &BTreeMap<N, u64>, right: &BTreeMap<N, u64>) -> Option<Difference<N>> {
    if left == right {
        return None;
    }
    let mut names: Vec<&N> = left.keys().chain(right.keys().filter(|n| !left.contains_key(*n))).collect();
    names.sort();
    let fields: Vec<Field<N>> = names
        .iter()
        .map(|n| Field { name: (*n).clone(), left: left.get(*n).copied(), right: right.get(*n).copied() })
        .filter(|f| f.left != f.right)
        .collect();
    let of = |side: &BTreeMap<N, u64>| names.iter().map(|n| side.get(*n).copied().unwrap_or(0)).collect::<Vec<u64>>();
    // Where only names are missing whose figure is zero on the other side, the vectors are equal.
    let by_values = classify(&of(left), &of(right));
    let class = by_values.unwrap_or(if fields.len() == 1 { Class::OneField } else { Class::SeveralFields });
    Some(Difference { class, fields })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_class_that_fits() {
        assert_eq!(classify(&[1, 2], &[1, 2]), None);
        assert_eq!(classify(&[0, 0], &[0, 5]), Some(Class::AllZero), "before one_field");
        assert_eq!(classify(&[4, 1], &[0, 0]), Some(Class::AllZero));
        assert_eq!(classify(&[1, 2, 3], &[1, 2, 4]), Some(Class::OneField));
        assert_eq!(classify(&[1, 2, 3], &[2, 1, 3]), Some(Class::Permuted), "before redistributed");
        assert_eq!(classify(&[1, 2, 3], &[2, 2, 2]), Some(Class::Redistributed));
        assert_eq!(classify(&[1, 2, 3], &[2, 3, 3]), Some(Class::SeveralFields));
        assert_eq!(classify(&[u64::MAX, u64::MAX, 1], &[u64::MAX, 1, 1]), Some(Class::OneField));
        assert_eq!(classify(&[1], &[1, 0]), Some(Class::OneField));
    }

    #[test]
    fn names_that_one_side_lacks_are_told() {
        let side = |figures: &[(&'static str, u64)]| figures.iter().copied().collect::<BTreeMap<_, _>>();
        assert_eq!(compare(&side(&[("a", 1)]), &side(&[("a", 1)])), None);
        let difference = compare(&side(&[("a", 1)]), &side(&[("a", 1), ("b", 0)])).unwrap();
        assert_eq!(difference.class, Class::OneField);
        assert_eq!(difference.fields, [Field { name: "b", left: None, right: Some(0) }]);
    }
}
