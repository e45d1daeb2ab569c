//! Where two layouts of a diagram differ, found bit by bit: comparing those of large diagrams takes longer than a frame.

use super::DiagramLayout;
use crate::model::{Id, Mark};
use crate::progress::Progress;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::Bound;

/// More differences than this are not worth telling one by one.
const MANY: usize = 1_000;
/// So many things are compared between two looks at the clock.
const AT_ONCE: usize = 64;

/// On the way through two layouts.
pub struct Differences {
    found: Vec<Id>,
    /// The table that is gone through: boxes, lines, flows.
    table: u8,
    /// What was compared last in it.
    last: Option<Id>,
    /// What is replaced in the first one from here on differs as well.
    mark: Mark,
}

impl Differences {
    pub fn begin(before: &DiagramLayout) -> Differences {
        Differences { found: Vec::new(), table: 0, last: None, mark: before.mark() }
    }

    /// Goes on until it is said to be enough; true once all is compared.
    pub fn go_on(&mut self, before: &DiagramLayout, after: &DiagramLayout, patience: &dyn Progress) -> bool {
        while self.table < 3 && self.found.len() <= MANY {
            let is_done = match self.table {
                0 => self.compare(&before.boxes, &after.boxes),
                1 => self.compare(&before.lines, &after.lines),
                _ => self.compare(&before.flows, &after.flows),
            };
            if is_done {
                (self.table, self.last) = (self.table + 1, None);
            } else if patience.cancelled() {
                return false;
            }
        }
        true
    }

    /// Compares the next things of a table; true when there are no more.
    fn compare<V: PartialEq>(&mut self, before: &BTreeMap<Id, V>, after: &BTreeMap<Id, V>) -> bool {
        let from = (self.last.as_ref().map_or(Bound::Unbounded, Bound::Excluded), Bound::Unbounded);
        let mut old = before.range::<Id, _>(from).peekable();
        let mut new = after.range::<Id, _>(from).peekable();
        let mut last = None;
        for _ in 0..AT_ONCE {
            let order = match (old.peek(), new.peek()) {
                (Some((a, _)), Some((b, _))) => a.cmp(b),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => return true,
            };
            let was = if order.is_le() { old.next() } else { None };
            let is = if order.is_ge() { new.next() } else { None };
            last = was.or(is).map(|(id, _)| id);
            if was.map(|(_, was)| was) != is.map(|(_, is)| is) {
                self.found.extend(last.cloned());
            }
        }
        self.last = last.cloned();
        false
    }

    /// What differs; `None` when that is too much to be told one by one, or anything.
    pub fn found(mut self, before: &DiagramLayout, after: &DiagramLayout) -> Option<Vec<Id>> {
        self.found.extend(before.replaced_since(&self.mark)?.iter().cloned());
        (self.found.len() <= MANY && before.bundles == after.bundles).then_some(self.found)
    }
}
