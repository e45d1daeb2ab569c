//! Names of places that every browser understands.

use crate::report::tree::Report;
use crate::report::walk::anchors;
use std::collections::{BTreeMap, BTreeSet};

/// Anchors of a report and the short names they go by in files.
pub struct Anchors(BTreeMap<String, String>);

impl Anchors {
    pub fn of(report: &Report) -> Anchors {
        let mut taken = BTreeSet::new();
        let mut out = BTreeMap::new();
        for name in anchors(report) {
            if out.contains_key(&name) {
                continue;
            }
            let plain = plain(&name);
            let mut unique = plain.clone();
            let mut n = 2;
            while !taken.insert(unique.clone()) {
                unique = format!("{plain}-{n}");
                n += 1;
            }
            out.insert(name, unique);
        }
        Anchors(out)
    }

    /// The short name; `None` for an anchor that is nowhere in the report.
    pub fn get(&self, anchor: &str) -> Option<&str> {
        self.0.get(anchor).map(String::as_str)
    }
}

fn plain(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
    let joined = words.collect::<Vec<_>>().join("-").to_lowercase();
    if joined.is_empty() { "place".to_owned() } else { joined }
}
