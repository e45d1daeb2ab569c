//! Where panels are: three docks around the canvas, in each of them pages behind one another. Each page is in exactly one
//! dock. There are three layouts, each arranged for itself.

mod strip;

pub use strip::{Pages, dock_ui, drop_ui};

use super::Page;
use serde::{Deserialize, Serialize};

/// A side of the canvas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Side {
    Left,
    Right,
    Bottom,
}

impl Side {
    pub const ALL: [Side; 3] = [Side::Left, Side::Right, Side::Bottom];

    /// Words for people, as they go on after "to".
    pub fn label(self) -> &'static str {
        match self {
            Side::Left => "the left",
            Side::Right => "the right",
            Side::Bottom => "the bottom",
        }
    }

    /// Least and most width (height, at the bottom) in points.
    pub fn sizes(self) -> std::ops::RangeInclusive<f32> {
        match self {
            Side::Left => 180.0..=560.0,
            Side::Right => 260.0..=640.0,
            Side::Bottom => 136.0..=2000.0,
        }
    }
}

/// What the window is arranged for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Layout {
    /// Drawing: tools and structure, and much canvas.
    Sketching,
    /// Everything at hand.
    #[default]
    Analysing,
    /// The diagram for others to see.
    Presenting,
}

impl Layout {
    pub const ALL: [Layout; 3] = [Layout::Sketching, Layout::Analysing, Layout::Presenting];
}

/// One side with its pages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dock {
    /// In the order of their names.
    pub pages: Vec<Page>,
    pub shown: Page,
    pub is_open: bool,
    /// Width (height, at the bottom) in points.
    pub size: f32,
}

/// The three sides in one layout.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Arrangement {
    left: Dock,
    right: Dock,
    bottom: Dock,
}

/// Where everything is, in every layout.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Docks {
    pub layout: Layout,
    sketching: Arrangement,
    analysing: Arrangement,
    presenting: Arrangement,
    /// How often it was put back: the window forgets the sizes of what was before.
    #[serde(skip)]
    pub turn: u64,
}

impl Default for Docks {
    fn default() -> Docks {
        let of = Arrangement::of;
        Docks {
            layout: Layout::default(),
            sketching: of(Layout::Sketching),
            analysing: of(Layout::Analysing),
            presenting: of(Layout::Presenting),
            turn: 0,
        }
    }
}

impl Arrangement {
    /// As it is before anybody changed it.
    fn of(layout: Layout) -> Arrangement {
        let dock = |side: Side, size: f32, is_open: bool| {
            let pages: Vec<Page> = Page::ALL.iter().copied().filter(|page| page.home() == side).collect();
            Dock { shown: pages.first().copied().unwrap_or_default(), pages, is_open, size }
        };
        let all = layout == Layout::Analysing;
        Arrangement {
            left: dock(Side::Left, 224.0, layout != Layout::Presenting),
            right: dock(Side::Right, 300.0, all),
            bottom: dock(Side::Bottom, 200.0, all),
        }
    }

    fn dock(&self, side: Side) -> &Dock {
        match side {
            Side::Left => &self.left,
            Side::Right => &self.right,
            Side::Bottom => &self.bottom,
        }
    }

    fn dock_mut(&mut self, side: Side) -> &mut Dock {
        match side {
            Side::Left => &mut self.left,
            Side::Right => &mut self.right,
            Side::Bottom => &mut self.bottom,
        }
    }

    /// What was stored may be of another version: every page is there once, and sizes are within bounds.
    fn put_right(&mut self) {
        let mut seen = std::collections::BTreeSet::new();
        for side in Side::ALL {
            let sizes = side.sizes();
            let dock = self.dock_mut(side);
            dock.pages.retain(|page| seen.insert(*page));
            let is_number = dock.size.is_finite();
            dock.size = if is_number { dock.size.clamp(*sizes.start(), *sizes.end()) } else { *sizes.start() };
        }
        for page in Page::ALL.iter().filter(|page| !seen.contains(page)) {
            self.dock_mut(page.home()).pages.push(*page);
        }
        Side::ALL.into_iter().for_each(|side| self.dock_mut(side).settle());
    }
}

impl Dock {
    /// What is shown is one of its pages.
    fn settle(&mut self) {
        if !self.pages.contains(&self.shown) {
            self.shown = self.pages.first().copied().unwrap_or_default();
        }
    }
}

impl Docks {
    fn now(&self) -> &Arrangement {
        match self.layout {
            Layout::Sketching => &self.sketching,
            Layout::Analysing => &self.analysing,
            Layout::Presenting => &self.presenting,
        }
    }

    fn now_mut(&mut self) -> &mut Arrangement {
        match self.layout {
            Layout::Sketching => &mut self.sketching,
            Layout::Analysing => &mut self.analysing,
            Layout::Presenting => &mut self.presenting,
        }
    }

    /// After reading: what a file says may not hold.
    pub fn put_right(&mut self) {
        [&mut self.sketching, &mut self.analysing, &mut self.presenting].into_iter().for_each(Arrangement::put_right);
    }

    pub fn dock(&self, side: Side) -> &Dock {
        self.now().dock(side)
    }

    /// Where a page is.
    pub fn side_of(&self, page: Page) -> Side {
        let holds = |side: &Side| self.dock(*side).pages.contains(&page);
        Side::ALL.into_iter().find(holds).unwrap_or_else(|| page.home())
    }

    /// Whether a page is in front, in a dock that is open.
    pub fn is_shown(&self, page: Page) -> bool {
        let dock = self.dock(self.side_of(page));
        dock.is_open && dock.shown == page
    }

    /// Opens its dock and brings a page to the front.
    pub fn show(&mut self, page: Page) {
        let side = self.side_of(page);
        let dock = self.now_mut().dock_mut(side);
        (dock.is_open, dock.shown) = (true, page);
    }

    pub fn toggle(&mut self, side: Side) {
        let dock = self.now_mut().dock_mut(side);
        // The left one has the tools as well.
        dock.is_open = !dock.is_open && (side == Side::Left || !dock.pages.is_empty());
    }

    /// Puts a page before the one of that number in a dock, in front. A dock that has none left closes.
    pub fn place(&mut self, page: Page, side: Side, at: usize) {
        let mut at = at;
        let from = self.side_of(page);
        let was = self.dock(from).pages.iter().position(|p| *p == page);
        if from == side && was.is_some_and(|was| was < at) {
            at -= 1;
        }
        let arrangement = self.now_mut();
        let dock = arrangement.dock_mut(from);
        dock.pages.retain(|p| *p != page);
        dock.settle();
        dock.is_open &= !dock.pages.is_empty();
        let dock = arrangement.dock_mut(side);
        dock.pages.insert(at.min(dock.pages.len()), page);
        (dock.shown, dock.is_open) = (page, true);
    }

    /// Turns from a page that has nothing to say any more to the first one of its dock.
    pub fn leave(&mut self, page: Page) {
        let side = self.side_of(page);
        let dock = self.now_mut().dock_mut(side);
        if dock.shown == page {
            dock.shown = dock.pages.iter().copied().find(|p| *p != page).unwrap_or(page);
        }
    }

    pub fn set_size(&mut self, side: Side, size: f32) {
        self.now_mut().dock_mut(side).size = size.clamp(*side.sizes().start(), *side.sizes().end());
    }

    /// This layout as it was in the beginning; the others stay.
    pub fn reset(&mut self) {
        *self.now_mut() = Arrangement::of(self.layout);
        self.turn += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_once(docks: &Docks) {
        let mut pages: Vec<Page> = Side::ALL.into_iter().flat_map(|side| docks.dock(side).pages.clone()).collect();
        pages.sort_unstable();
        let mut all = Page::ALL.to_vec();
        all.sort_unstable();
        assert_eq!(pages, all);
    }

    #[test]
    fn every_page_is_somewhere_once_however_it_is_moved() {
        let mut docks = Docks::default();
        all_once(&docks);
        docks.place(Page::Questions, Side::Right, 0);
        assert!(docks.is_shown(Page::Questions) && docks.dock(Side::Right).pages.first() == Some(&Page::Questions));
        assert!(!docks.is_shown(Page::Inspector));
        all_once(&docks);
        let last = docks.dock(Side::Right).pages.len();
        docks.place(Page::Questions, Side::Right, last);
        assert_eq!(docks.dock(Side::Right).pages.last(), Some(&Page::Questions));
        all_once(&docks);
        for page in docks.dock(Side::Right).pages.clone() {
            docks.place(page, Side::Bottom, 99);
        }
        assert!(!docks.dock(Side::Right).is_open);
        docks.toggle(Side::Right);
        assert!(!docks.dock(Side::Right).is_open, "there is nothing to open");
        all_once(&docks);
        docks.reset();
        assert_eq!(docks.dock(Side::Right), Docks::default().dock(Side::Right));
    }

    #[test]
    fn layouts_are_arranged_each_for_itself() {
        let mut docks = Docks { layout: Layout::Sketching, ..Docks::default() };
        docks.show(Page::Guide);
        docks.layout = Layout::Analysing;
        assert!(!docks.is_shown(Page::Guide));
        docks.layout = Layout::Sketching;
        assert!(docks.is_shown(Page::Guide));
    }

    #[test]
    fn what_is_read_is_put_right() {
        let mut docks = Docks::default();
        let right = docks.now_mut().dock_mut(Side::Right);
        right.pages.push(Page::Threats);
        right.size = f32::NAN;
        docks.now_mut().dock_mut(Side::Left).pages.clear();
        docks.put_right();
        all_once(&docks);
        assert!(docks.dock(Side::Left).pages.contains(&docks.dock(Side::Left).shown));
        assert!(docks.dock(Side::Right).size > 0.0);
    }
}
