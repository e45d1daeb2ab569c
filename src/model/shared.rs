//! A table of records by key that copies of a model share: threads look at a model of their own while the window goes on.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::collections::btree_map::{Entry, IntoIter, Iter, IterMut};
use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

/// Records by key, in order. Cloning costs nothing; the first change of a shared table copies it, and only it.
pub struct Table<K, V>(Arc<BTreeMap<K, V>>);

impl<K: Clone + Ord, V: Clone> Table<K, V> {
    /// A copy of one's own, so that whoever shares it may change theirs for nothing.
    pub fn part(&mut self) {
        *self = Table(Arc::new((**self).clone()));
    }
}

impl<K, V> Deref for Table<K, V> {
    type Target = BTreeMap<K, V>;
    fn deref(&self) -> &BTreeMap<K, V> {
        &self.0
    }
}

impl<K: Clone + Ord, V: Clone> DerefMut for Table<K, V> {
    fn deref_mut(&mut self) -> &mut BTreeMap<K, V> {
        Arc::make_mut(&mut self.0)
    }
}

impl<K, V> Default for Table<K, V> {
    fn default() -> Table<K, V> {
        Table(Arc::default())
    }
}

impl<K, V> Clone for Table<K, V> {
    fn clone(&self) -> Table<K, V> {
        Table(Arc::clone(&self.0))
    }
}

impl<K: PartialEq, V: PartialEq> PartialEq for Table<K, V> {
    /// What is shared is equal without looking, so no value may differ from itself.
    fn eq(&self, other: &Table<K, V>) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0 == other.0
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Table<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<K, V> From<BTreeMap<K, V>> for Table<K, V> {
    fn from(records: BTreeMap<K, V>) -> Table<K, V> {
        Table(Arc::new(records))
    }
}

impl<K: Ord, V, const N: usize> From<[(K, V); N]> for Table<K, V> {
    fn from(records: [(K, V); N]) -> Table<K, V> {
        records.into_iter().collect()
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Table<K, V> {
    fn from_iter<T: IntoIterator<Item = (K, V)>>(records: T) -> Table<K, V> {
        Table(Arc::new(records.into_iter().collect()))
    }
}

impl<K: Clone + Ord, V: Clone> IntoIterator for Table<K, V> {
    type Item = (K, V);
    type IntoIter = IntoIter<K, V>;
    fn into_iter(self) -> IntoIter<K, V> {
        Arc::unwrap_or_clone(self.0).into_iter()
    }
}

impl<'a, K, V> IntoIterator for &'a Table<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;
    fn into_iter(self) -> Iter<'a, K, V> {
        self.0.iter()
    }
}

impl<'a, K: Clone + Ord, V: Clone> IntoIterator for &'a mut Table<K, V> {
    type Item = (&'a K, &'a mut V);
    type IntoIter = IterMut<'a, K, V>;
    fn into_iter(self) -> IterMut<'a, K, V> {
        self.iter_mut()
    }
}

impl<K: Serialize, V: Serialize> Serialize for Table<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// Refuses a key that comes twice: keeping either record would lose the other silently.
impl<'de, K, V> Deserialize<'de> for Table<K, V>
where
    K: Deserialize<'de> + Ord + fmt::Display,
    V: Deserialize<'de>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Table<K, V>, D::Error> {
        deserializer.deserialize_map(UniqueKeys(PhantomData))
    }
}

struct UniqueKeys<K, V>(PhantomData<(K, V)>);

impl<'de, K: Deserialize<'de> + Ord + fmt::Display, V: Deserialize<'de>> Visitor<'de> for UniqueKeys<K, V> {
    type Value = Table<K, V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table of records by id")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Table<K, V>, A::Error> {
        let mut out = BTreeMap::new();
        while let Some(key) = map.next_key::<K>()? {
            match out.entry(key) {
                Entry::Vacant(place) => drop(place.insert(map.next_value()?)),
                Entry::Occupied(taken) => {
                    return Err(Error::custom(format_args!(
                        "the id “{}” comes twice in this table; give one another id",
                        taken.key()
                    )));
                }
            }
        }
        // Grown in order its nodes are half empty; made at once they are full.
        Ok(out.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_share_until_one_of_them_changes() {
        let mut table: Table<u8, String> = [(1, "one".to_owned()), (2, "two".to_owned())].into_iter().collect();
        let copy = table.clone();
        assert!(std::ptr::eq(&*table, &*copy));
        table.insert(3, "three".to_owned());
        assert_eq!((table.len(), copy.len()), (3, 2), "the other keeps what it had");
        table.remove(&3);
        assert!(table == copy && !std::ptr::eq(&*table, &*copy), "equal by what is in it");
    }
}
