//! Stable identity of records.

use super::ThreatModel;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::sync::Arc;

/// Identity of a record, unique across all record kinds of a model.
///
/// Never derived from a name, never reused. Foreign ids are kept on import; new ones come from an [`IdSource`].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Arc<str>);

impl Id {
    pub fn new(text: impl AsRef<str>) -> Id {
        Id(Arc::from(text.as_ref()))
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Id {
    fn from(s: &str) -> Id {
        Id::new(s)
    }
}
impl From<String> for Id {
    fn from(s: String) -> Id {
        Id(Arc::from(s))
    }
}
impl std::borrow::Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}
impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &*self.0)
    }
}
impl Serialize for Id {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.0)
    }
}
impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Id, D::Error> {
        String::deserialize(d).map(Id::from)
    }
}

/// Makes new ids: 10 base32 characters (50 bits) from an injected seed, so that two people may add at once and merge.
///
/// The generator is SplitMix64 (Steele, Lea, Flood 2014). The shell seeds it from the operating system, tests with a number.
#[derive(Clone, Debug)]
pub struct IdSource(u64);

impl IdSource {
    pub fn seeded(seed: u64) -> IdSource {
        IdSource(seed)
    }

    /// A fresh id. Uniqueness is probabilistic; a plan that would reuse an id is refused.
    pub fn fresh(&mut self) -> Id {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^= z >> 31;
        let text: String = (0..10)
            .map(|i| {
                let digit = ((z >> (i * 5)) & 31) as u8;
                char::from(if digit < 26 { b'a' + digit } else { b'2' + digit - 26 })
            })
            .collect();
        Id::from(text)
    }

    /// The next one that nothing in the model has.
    pub fn free_in(&mut self, model: &ThreatModel) -> Id {
        loop {
            let id = self.fresh();
            if !model.has_id(&id) {
                return id;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fresh_ids_are_short_distinct_and_repeatable() {
        let draw = |seed| {
            let mut source = IdSource::seeded(seed);
            (0..10_000).map(|_| source.fresh()).collect::<Vec<_>>()
        };
        let ids = draw(7);
        assert_eq!(ids, draw(7));
        assert!(ids.iter().all(|i| i.as_str().len() == 10));
        assert_eq!(ids.iter().collect::<std::collections::BTreeSet<_>>().len(), ids.len());
    }
}
