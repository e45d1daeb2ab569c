//! The findings of a model: by anchor, within an anchor by rule.

use super::finding::Finding;
use crate::model::{Id, ThreatKey};
use std::collections::BTreeMap;

/// All findings of a model, in order of anchor and rule.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// No list is empty; each is in order of rules.
    by_anchor: BTreeMap<Id, Vec<Finding>>,
    count: usize,
}

impl Findings {
    pub fn len(&self) -> usize {
        self.count
    }
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    pub fn get(&self, key: &ThreatKey) -> Option<&Finding> {
        let list = self.at(&key.anchor);
        list.binary_search_by(|f| f.key.rule.cmp(&key.rule)).ok().and_then(|n| list.get(n))
    }
    pub fn contains_key(&self, key: &ThreatKey) -> bool {
        self.get(key).is_some()
    }

    /// Findings anchored right at an element, flow or boundary, in order of rules.
    pub fn at(&self, anchor: &Id) -> &[Finding] {
        self.by_anchor.get(anchor).map_or(&[], Vec::as_slice)
    }

    pub fn values(&self) -> impl Iterator<Item = &Finding> + Clone {
        self.by_anchor.values().flatten()
    }
    pub fn keys(&self) -> impl Iterator<Item = &ThreatKey> + Clone {
        self.values().map(|f| &f.key)
    }
    pub fn iter(&self) -> impl Iterator<Item = (&ThreatKey, &Finding)> + Clone {
        self.values().map(|f| (&f.key, f))
    }
    pub fn into_values(self) -> impl Iterator<Item = Finding> {
        self.by_anchor.into_values().flatten()
    }

    /// Replaces what is anchored at one place; returns what was there.
    pub(super) fn replace(&mut self, anchor: &Id, findings: Vec<Finding>) -> Vec<Finding> {
        self.count += findings.len();
        let was = match findings.is_empty() {
            true => self.by_anchor.remove(anchor),
            false => self.by_anchor.insert(anchor.clone(), findings),
        };
        let was = was.unwrap_or_default();
        self.count -= was.len();
        was
    }

    /// Takes what is anchored at one place.
    pub(super) fn take(&mut self, anchor: &Id) -> Vec<Finding> {
        self.replace(anchor, Vec::new())
    }
}

impl FromIterator<(Id, Vec<Finding>)> for Findings {
    fn from_iter<T: IntoIterator<Item = (Id, Vec<Finding>)>>(lists: T) -> Findings {
        let by_anchor: BTreeMap<Id, Vec<Finding>> = lists.into_iter().filter(|(_, list)| !list.is_empty()).collect();
        let count = by_anchor.values().map(Vec::len).sum();
        Findings { by_anchor, count }
    }
}

impl std::ops::Index<&ThreatKey> for Findings {
    type Output = Finding;
    /// Fails where there is no such finding, as maps do; [`Findings::get`] asks.
    #[expect(clippy::indexing_slicing, reason = "an index of what is not there has no answer")]
    fn index(&self, key: &ThreatKey) -> &Finding {
        let list = &self.by_anchor[&key.anchor];
        &list[list.binary_search_by(|f| f.key.rule.cmp(&key.rule)).unwrap_or(usize::MAX)]
    }
}

impl<'a> IntoIterator for &'a Findings {
    type Item = (&'a ThreatKey, &'a Finding);
    type IntoIter = Box<dyn Iterator<Item = Self::Item> + 'a>;
    fn into_iter(self) -> Self::IntoIter {
        Box::new(self.iter())
    }
}
