//! A dock in two: pages above and below each other at the sides, beside each other at the bottom.

use super::{Dock, Side};
use crate::ui::Page;
use serde::{Deserialize, Serialize};

/// Which part of a dock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Half {
    /// The upper one, the left one at the bottom; all of it where there is no other.
    First,
    Second,
}

impl Half {
    pub const BOTH: [Half; 2] = [Half::First, Half::Second];
}

/// Where a page can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    pub side: Side,
    pub half: Half,
}

impl Place {
    /// Words for people, as they go on after "to".
    pub fn label(self) -> &'static str {
        match (self.half, self.side) {
            (Half::First, side) => side.label(),
            (Half::Second, Side::Left) => "the lower left",
            (Half::Second, Side::Right) => "the lower right",
            (Half::Second, Side::Bottom) => "the bottom right",
        }
    }
}

impl Side {
    /// A side as long as it has one stack, and its first one else.
    pub fn whole(self) -> Place {
        Place { side: self, half: Half::First }
    }
}

/// The second stack of a dock.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Split {
    pub pages: Vec<Page>,
    pub shown: Page,
    /// How much of the dock it takes, 0.2 to 0.8.
    pub share: f32,
}

impl Split {
    pub(super) fn settle(&mut self) {
        self.share = if self.share.is_finite() { self.share.clamp(0.2, 0.8) } else { 0.5 };
        if !self.pages.contains(&self.shown) {
            self.shown = self.pages.first().copied().unwrap_or_default();
        }
    }
}

impl Dock {
    pub fn pages(&self, half: Half) -> &[Page] {
        match half {
            Half::First => &self.pages,
            Half::Second => self.split.as_ref().map_or(&[], |split| &split.pages),
        }
    }

    /// The page in front, if there are any.
    pub fn shown(&self, half: Half) -> Option<Page> {
        match half {
            Half::First => self.pages.first().map(|_| self.shown),
            Half::Second => self.split.as_ref().map(|split| split.shown),
        }
    }

    pub(super) fn half_of(&self, page: Page) -> Option<Half> {
        Half::BOTH.into_iter().find(|half| self.pages(*half).contains(&page))
    }

    pub(super) fn bring_forward(&mut self, page: Page) {
        match (self.half_of(page), &mut self.split) {
            (Some(Half::Second), Some(split)) => split.shown = page,
            _ => self.shown = page,
        }
    }

    /// Brings another page to the front, where there is one.
    pub(super) fn turn_from(&mut self, page: Page) {
        let Some(half) = self.half_of(page).filter(|half| self.shown(*half) == Some(page)) else { return };
        if let Some(other) = self.pages(half).iter().copied().find(|other| *other != page) {
            self.bring_forward(other);
        }
    }

    pub(super) fn take(&mut self, page: Page) {
        self.pages.retain(|other| *other != page);
        if let Some(split) = &mut self.split {
            split.pages.retain(|other| *other != page);
        }
    }

    /// Puts a page before the one of that number, in front.
    pub(super) fn insert(&mut self, page: Page, half: Half, at: usize) {
        match half {
            Half::First => {
                self.pages.insert(at.min(self.pages.len()), page);
                self.shown = page;
            }
            Half::Second => {
                let split = self.split.get_or_insert_with(|| Split { pages: Vec::new(), shown: page, share: 0.5 });
                split.pages.insert(at.min(split.pages.len()), page);
                split.shown = page;
            }
        }
    }

    /// No half is empty beside the other, and what is shown is one of its pages.
    pub(super) fn settle(&mut self) {
        self.split = self.split.take().filter(|split| !split.pages.is_empty());
        if self.pages.is_empty()
            && let Some(split) = self.split.take()
        {
            (self.pages, self.shown) = (split.pages, split.shown);
        }
        if !self.pages.contains(&self.shown) {
            self.shown = self.pages.first().copied().unwrap_or_default();
        }
        if let Some(split) = &mut self.split {
            split.settle();
        }
    }
}
