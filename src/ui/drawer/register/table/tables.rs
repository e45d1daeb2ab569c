//! All registers together, and what is remembered of how they are looked at.

use super::RegisterTable;
use crate::register::{Register, View};
use std::collections::BTreeMap;

/// The registers with what each remembers.
#[derive(Default)]
pub struct Tables {
    by: BTreeMap<Register, RegisterTable>,
}

impl Tables {
    /// With what was remembered from another time.
    pub fn remembering(views: BTreeMap<Register, View>) -> Tables {
        let tables = views.into_iter().map(|(register, view)| (register, RegisterTable::new(register, view.sound(register))));
        Tables { by: tables.collect() }
    }

    pub fn of(&mut self, register: Register) -> &mut RegisterTable {
        self.by.entry(register).or_insert_with(|| RegisterTable::new(register, View::of(register)))
    }

    pub fn get(&self, register: Register) -> Option<&RegisterTable> {
        self.by.get(&register)
    }

    /// What is to be remembered, if that is different from before.
    pub fn changed(&mut self) -> Option<BTreeMap<Register, View>> {
        let is_changed = self.by.values().any(|table| table.is_changed);
        self.by.values_mut().for_each(|table| table.is_changed = false);
        is_changed.then(|| self.views())
    }

    /// How all of them are looked at.
    pub fn views(&self) -> BTreeMap<Register, View> {
        self.by.iter().map(|(register, table)| (*register, table.view.clone())).collect()
    }
}
