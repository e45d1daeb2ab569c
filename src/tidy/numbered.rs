//! Values by number, where asking for one that is not there is no fault.

use std::ops::AddAssign;

/// One value for each number; what was never set is the default.
#[derive(Clone, Debug, Default)]
pub(super) struct Of<T>(Vec<T>);

impl<T: Copy + Default> Of<T> {
    pub fn new(count: usize) -> Of<T> {
        Of(vec![T::default(); count])
    }

    pub fn get(&self, n: usize) -> T {
        self.0.get(n).copied().unwrap_or_default()
    }

    pub fn set(&mut self, n: usize, value: T) {
        if let Some(slot) = self.0.get_mut(n) {
            *slot = value;
        }
    }

    pub fn add(&mut self, n: usize, value: T)
    where
        T: AddAssign,
    {
        if let Some(slot) = self.0.get_mut(n) {
            *slot += value;
        }
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = T> + '_ {
        self.0.iter().copied()
    }
}

impl<T> FromIterator<T> for Of<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Of<T> {
        Of(values.into_iter().collect())
    }
}

/// A list for each number.
#[derive(Clone, Debug, Default)]
pub(super) struct Lists<T>(Vec<Vec<T>>);

impl<T> Lists<T> {
    pub fn new(count: usize) -> Lists<T> {
        Lists((0..count).map(|_| Vec::new()).collect())
    }

    pub fn of(&self, n: usize) -> &[T] {
        self.0.get(n).map_or(&[], Vec::as_slice)
    }

    /// Longer where it must be.
    pub fn push(&mut self, n: usize, value: T) {
        if n >= self.0.len() {
            self.0.resize_with(n + 1, Vec::new);
        }
        if let Some(list) = self.0.get_mut(n) {
            list.push(value);
        }
    }
}
