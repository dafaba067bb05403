//! A sample of sheets that anybody draws again from its seed.

use std::collections::BTreeSet;

use election::Digest;
use sign::sha256;

/// How many sheets are read again, and by which seed they are drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// How many; all, where there are fewer.
    pub sheets: usize,
    /// Any text. Whoever signed for the images must not have known it then.
    pub seed: String,
}

/// The place of a sheet in the drawing: the lowest are drawn.
fn ticket(seed: &str, name: &str) -> Digest {
    sha256(format!("{seed}\n{name}").as_bytes())
}

/// Draws from `sheets`, each with its name `STATION/COPY/NUMBER`, in whatever order they come. It remembers those that
/// are drawn, and no others.
pub fn draw<T: Ord>(sample: &Sample, sheets: impl IntoIterator<Item = (String, T)>) -> BTreeSet<T> {
    let mut drawn = BTreeSet::new();
    for (name, sheet) in sheets {
        drawn.insert((ticket(&sample.seed, &name), sheet));
        if drawn.len() > sample.sheets {
            drawn.pop_last();
        }
    }
    drawn.into_iter().map(|(_, sheet)| sheet).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(sheets: usize, seed: &str, of: impl Iterator<Item = u32>) -> Vec<u32> {
        let sample = Sample { sheets, seed: seed.to_owned() };
        draw(&sample, of.map(|number| (format!("s1/d1-1/{number:06}"), number))).into_iter().collect()
    }

    #[test]
    fn a_seed_draws_one_sample_in_whatever_order_the_sheets_come() {
        let sample = drawn(20, "4711", 1..=500);
        assert_eq!(sample.len(), 20);
        assert_eq!(drawn(20, "4711", (1..=500).rev()), sample);
        assert_ne!(drawn(20, "4712", 1..=500), sample, "another seed draws others");
        let more = drawn(40, "4711", 1..=500);
        assert!(sample.iter().all(|number| more.contains(number)), "a larger sample has the smaller one in it");
        assert_eq!(drawn(600, "4711", 1..=500), (1..=500).collect::<Vec<_>>(), "of fewer sheets all are drawn");
    }

    /// `printf '4711\ns1/d1-1/000001' | sha256sum`
    #[test]
    fn a_ticket_is_the_hash_of_the_seed_a_line_end_and_the_name() {
        assert_eq!(
            ticket("4711", "s1/d1-1/000001").hex(),
            "1cd9851b4dcd2379e11613f207b90566ca4fc6b9efd24f69c080e01072b58195"
        );
    }
}
