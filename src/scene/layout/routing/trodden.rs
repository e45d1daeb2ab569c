//! What a search knows about the states it came by. Searches are short and the ground is wide, so only the pages of
//! states that were trodden take room, and the next search takes them over.
#![expect(clippy::indexing_slicing, reason = "pages are numbered by the states of the graph they were made for")]

/// States on a page: sixteen neighbouring places.
const PAGE: usize = 64;

/// What is known about a state.
#[derive(Clone, Copy)]
pub(super) struct Known {
    pub cost: f32,
    /// The state before, or whatever the search wrote there.
    pub before: u32,
}

const UNKNOWN: Known = Known { cost: f32::INFINITY, before: 0 };

pub(super) struct Trodden {
    /// For every page of states where it lies, counted from one; 0 where nobody came by.
    at: Vec<u32>,
    pages: Vec<[Known; PAGE]>,
    /// The pages in use.
    used: Vec<u32>,
}

impl Trodden {
    pub fn new(states: usize) -> Trodden {
        Trodden { at: vec![0; states.div_ceil(PAGE)], pages: Vec::new(), used: Vec::new() }
    }

    /// Nobody came by anywhere.
    pub fn forget(&mut self) {
        self.used.drain(..).for_each(|page| self.at[page as usize] = 0);
        self.pages.clear();
    }

    /// What is known about a state; endlessly dear where nobody came by.
    pub fn get(&self, state: u32) -> Known {
        match self.at[state as usize / PAGE] {
            0 => UNKNOWN,
            page => self.pages[page as usize - 1][state as usize % PAGE],
        }
    }

    pub fn at(&mut self, state: u32) -> &mut Known {
        let number = state as usize / PAGE;
        if self.at[number] == 0 {
            self.pages.push([UNKNOWN; PAGE]);
            self.used.push(number as u32);
            self.at[number] = self.pages.len() as u32;
        }
        &mut self.pages[self.at[number] as usize - 1][state as usize % PAGE]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_known_is_forgotten_and_its_room_taken_over() {
        let mut trodden = Trodden::new(1_000);
        for state in [0, 63, 64, 999] {
            *trodden.at(state) = Known { cost: state as f32, before: state + 1 };
        }
        assert_eq!((trodden.get(64).cost, trodden.get(999).before), (64.0, 1_000));
        assert!(trodden.get(65).cost.is_infinite() && trodden.get(500).cost.is_infinite());
        assert_eq!(trodden.pages.len(), 3);
        trodden.forget();
        assert!((0..1_000).all(|state| trodden.get(state).cost.is_infinite()));
        trodden.at(500).cost = 1.0;
        assert_eq!(trodden.pages.len(), 1);
    }
}
