//! Natural order of ids: f2 before f10.
//!
//! Routes, agents and controls are visited in this order, so that among equals the one a person would list first decides.

use std::cmp::Ordering;

/// Compares runs of digits by value and everything else by character.
pub(super) fn natural(a: &str, b: &str) -> Ordering {
    let (mut x, mut y) = (a, b);
    loop {
        let (head_x, rest_x) = run(x);
        let (head_y, rest_y) = run(y);
        let ordering = match (is_number(head_x), is_number(head_y)) {
            (true, true) => by_value(head_x, head_y),
            _ => head_x.cmp(head_y),
        };
        if ordering != Ordering::Equal {
            return ordering;
        }
        if head_x.is_empty() && head_y.is_empty() {
            return a.cmp(b);
        }
        (x, y) = (rest_x, rest_y);
    }
}

/// The leading run of digits, or of anything else, and the rest.
fn run(text: &str) -> (&str, &str) {
    let number = is_number(text);
    let end = text.find(|c: char| c.is_ascii_digit() != number).unwrap_or(text.len());
    text.split_at(end)
}

fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

fn by_value(a: &str, b: &str) -> Ordering {
    let (a, b) = (a.trim_start_matches('0'), b.trim_start_matches('0'));
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_inside_ids_count_by_value() {
        let mut ids = vec!["f10", "f2", "f1", "n1a", "f", "", "f02", "ctl-9", "ctl-10"];
        ids.sort_by(|a, b| natural(a, b));
        assert_eq!(ids, ["", "ctl-9", "ctl-10", "f", "f1", "f02", "f2", "f10", "n1a"]);
    }
}
