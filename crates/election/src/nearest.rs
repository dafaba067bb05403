//! The id that a person may have meant.

/// The candidate nearest to `wanted`: equal but for leading zeros, else at most two typing errors away
/// (insertions, deletions, replacements); the first of equals. `None` where nothing is near.
pub fn nearest<'a>(wanted: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if wanted.len() > 80 {
        return None;
    }
    let bare = wanted.trim_start_matches('0');
    let wanted: Vec<char> = wanted.chars().collect();
    let most = if wanted.len() <= 3 { 1 } else { 2 };
    let distance = |candidate: &str| {
        if !bare.is_empty() && candidate.trim_start_matches('0') == bare { 0 } else { errors(&wanted, candidate, most) }
    };
    let near = candidates.map(|c| (distance(c), c)).filter(|(d, _)| *d <= most).min_by_key(|(d, _)| *d);
    near.map(|(_, candidate)| candidate)
}

/// Levenshtein's distance, given up (as `most + 1`) where it exceeds `most`.
fn errors(a: &[char], b: &str, most: usize) -> usize {
    if b.len().abs_diff(a.len()) > most + 3 * a.len() {
        return most + 1;
    }
    let b: Vec<char> = b.chars().collect();
    if a.len().abs_diff(b.len()) > most {
        return most + 1;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
        if row.iter().all(|&d| d > most) {
            return most + 1;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant() {
        let ids = ["baghdad", "basra", "0101001", "10101"];
        let near = |text| nearest(text, ids.into_iter());
        assert_eq!(near("101001"), Some("0101001"), "a leading zero lost in a spreadsheet");
        assert_eq!(near("bagdad"), Some("baghdad"));
        assert_eq!(near("b\u{430}sra"), Some("basra"), "a Cyrillic letter that looks alike");
        assert_eq!(near("wasit"), None);
        assert_eq!(near(""), None);
    }
}
