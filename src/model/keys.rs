//! Compound keys, written as one string so that they work as map keys in RON and JSON alike.

use super::Id;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// Stable key of a finding: which rule (or threat written by hand) at which anchor.
///
/// Contains no name, version, binding or position, so renaming, moving, retyping or a pack upgrade keeps it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThreatKey {
    /// Library rule id, or the id of a hand-written [`Threat`](super::Threat).
    pub rule: Id,
    /// The element, flow or boundary threatened.
    pub anchor: Id,
}

/// Key of a placement: what is drawn on which diagram.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlacementKey {
    pub diagram: Id,
    pub item: Id,
}

impl ThreatKey {
    pub fn new(rule: impl Into<Id>, anchor: impl Into<Id>) -> ThreatKey {
        ThreatKey { rule: rule.into(), anchor: anchor.into() }
    }
}

impl PlacementKey {
    pub fn new(diagram: impl Into<Id>, item: impl Into<Id>) -> PlacementKey {
        PlacementKey { diagram: diagram.into(), item: item.into() }
    }
}

/// `first` and `second` joined by `by`, which is escaped inside `first`.
fn join(first: &str, by: char, second: &str) -> String {
    let mut out = String::with_capacity(first.len() + second.len() + 1);
    for c in first.chars() {
        if c == by || c == '%' {
            out.push_str(&format!("%{:02X}", c as u32));
        } else {
            out.push(c);
        }
    }
    out.push(by);
    out.push_str(second);
    out
}

fn split(text: &str, by: char) -> Option<(Id, Id)> {
    let (first, second) = text.split_once(by)?;
    let first = first.replace(&format!("%{:02X}", by as u32), &by.to_string()).replace("%25", "%");
    Some((Id::from(first), Id::new(second)))
}

impl fmt::Display for ThreatKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&join(self.rule.as_str(), '@', self.anchor.as_str()))
    }
}

impl fmt::Display for PlacementKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&join(self.diagram.as_str(), '/', self.item.as_str()))
    }
}

impl Serialize for ThreatKey {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl Serialize for PlacementKey {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for ThreatKey {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<ThreatKey, D::Error> {
        let text = String::deserialize(d)?;
        split(&text, '@')
            .map(|(rule, anchor)| ThreatKey { rule, anchor })
            .ok_or_else(|| serde::de::Error::custom(format!("threat key “{text}” should read rule@anchor")))
    }
}
impl<'de> Deserialize<'de> for PlacementKey {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<PlacementKey, D::Error> {
        let text = String::deserialize(d)?;
        split(&text, '/')
            .map(|(diagram, item)| PlacementKey { diagram, item })
            .ok_or_else(|| serde::de::Error::custom(format!("placement key “{text}” should read diagram/item")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compound_keys_survive_any_id() {
        for (a, b) in [("T-INJ-01", "db"), ("a@b", "c@d"), ("50%", "%40@"), ("%40", "x"), ("", "")] {
            let key = ThreatKey::new(a, b);
            let text = ron::to_string(&key).unwrap();
            assert_eq!(ron::from_str::<ThreatKey>(&text).unwrap(), key, "{text}");
            let key = PlacementKey::new(a, b);
            assert_eq!(ron::from_str::<PlacementKey>(&ron::to_string(&key).unwrap()).unwrap(), key);
        }
    }
}
