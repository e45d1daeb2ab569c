//! Items behind small numbers that stay theirs for as long as they exist, whatever comes and goes beside them.

#![expect(clippy::indexing_slicing, reason = "numbers are only made by the table they index, and tables never shrink")]

use crate::model::Id;
use crate::risk::order::natural;
use std::collections::HashMap;

/// Items of one kind. They are visited in the natural order of their ids; the number says nothing about that order.
#[derive(Default)]
pub(in crate::risk) struct Table<T> {
    items: Vec<T>,
    ids: Vec<Id>,
    at: HashMap<Id, u32>,
    /// Numbers in natural order of ids.
    order: Vec<u32>,
    /// Place in that order, by number.
    rank: Vec<u32>,
    free: Vec<u32>,
    /// Numbers of what went in the change under way: nothing may take them before it is over.
    leaving: Vec<u32>,
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

impl<T: Default> Table<T> {
    /// Empty items for these ids.
    pub fn with_ids<'a>(ids: impl Iterator<Item = &'a Id>) -> Table<T> {
        let mut ids: Vec<Id> = ids.cloned().collect();
        ids.sort_by(|a, b| natural(a.as_str(), b.as_str()));
        let order: Vec<u32> = (0..small(ids.len())).collect();
        let at = ids.iter().cloned().zip(order.iter().copied()).collect();
        let items = ids.iter().map(|_| T::default()).collect();
        Table { items, ids, at, rank: order.clone(), order, free: Vec::new(), leaving: Vec::new() }
    }

    /// Makes room for a new item. Returns its number; the number it already has when there is one.
    pub fn insert(&mut self, id: &Id) -> u32 {
        if let Some(known) = self.at.get(id) {
            return *known;
        }
        let n = self.free.pop().unwrap_or_else(|| {
            self.items.push(T::default());
            self.ids.push(id.clone());
            self.rank.push(0);
            small(self.items.len() - 1)
        });
        self.ids[n as usize] = id.clone();
        self.at.insert(id.clone(), n);
        let place = self.order.partition_point(|m| natural(self.ids[*m as usize].as_str(), id.as_str()).is_lt());
        self.order.insert(place, n);
        self.rank_from(place);
        n
    }

    /// Takes an item away. Returns its number and what it was.
    pub fn remove(&mut self, id: &Id) -> Option<(u32, T)> {
        let n = self.at.remove(id)?;
        let place = self.rank[n as usize] as usize;
        self.order.remove(place);
        self.rank_from(place);
        self.leaving.push(n);
        Some((n, std::mem::take(&mut self.items[n as usize])))
    }

    /// A change is over: the numbers of what went may be given out again.
    pub fn release(&mut self) {
        self.free.append(&mut self.leaving);
    }

    fn rank_from(&mut self, place: usize) {
        for (rank, n) in self.order.iter().enumerate().skip(place) {
            self.rank[*n as usize] = small(rank);
        }
    }
}

impl<T> Table<T> {
    pub fn find(&self, id: &Id) -> Option<u32> {
        self.at.get(id).copied()
    }
    pub fn get(&self, n: u32) -> &T {
        &self.items[n as usize]
    }
    pub fn get_mut(&mut self, n: u32) -> &mut T {
        &mut self.items[n as usize]
    }
    pub fn id(&self, n: u32) -> &Id {
        &self.ids[n as usize]
    }
    /// Place in the natural order.
    pub fn rank(&self, n: u32) -> u32 {
        self.rank[n as usize]
    }
    /// Numbers of what exists, in natural order of ids.
    pub fn order(&self) -> impl Iterator<Item = u32> + Clone + '_ {
        self.order.iter().copied()
    }
    /// Every number ever given out, for lists with one entry each.
    pub fn width(&self) -> usize {
        self.items.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_while_others_come_and_go_and_the_order_is_natural() {
        let ids = ["f10", "f2", "f1"].map(Id::new);
        let mut table: Table<u8> = Table::with_ids(ids.iter());
        let in_order = |t: &Table<u8>| t.order().map(|n| t.id(n).to_string()).collect::<Vec<_>>();
        assert_eq!(in_order(&table), ["f1", "f2", "f10"]);
        let ten = table.find(&ids[0]).unwrap();
        *table.get_mut(ten) = 7;
        let three = table.insert(&Id::new("f3"));
        assert_eq!(table.remove(&ids[2]).map(|(_, item)| item), Some(0));
        assert_eq!(in_order(&table), ["f2", "f3", "f10"]);
        assert_eq!((table.find(&ids[0]), *table.get(ten), table.rank(ten)), (Some(ten), 7, 2));
        assert_eq!((table.insert(&Id::new("f3")), table.find(&ids[2])), (three, None));
        let again = table.insert(&Id::new("f4"));
        table.remove(&Id::new("f4"));
        table.release();
        assert_eq!(table.insert(&ids[2]), again, "given out again once nothing can mistake it");
        assert_eq!((in_order(&table).join(" "), table.width()), ("f1 f2 f3 f10".to_owned(), 5));
    }
}
