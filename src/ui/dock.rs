//! Where panels are: three docks around the canvas, in each of them pages behind one another, or two such stacks beside each
//! other. Each page is in exactly one place. There are three layouts, each arranged for itself.

mod drop;
mod halves;
mod room;
mod strip;

pub use drop::drop_ui;
pub use halves::{Half, Place, Split};
pub use room::dock_ui;
pub use strip::Pages;

use super::Page;
use serde::{Deserialize, Serialize};

/// Sizes of the sides in a window of a common size, in points.
const LEFT: f32 = 224.0;
const RIGHT: f32 = 300.0;
const BOTTOM: f32 = 200.0;

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

    /// Width (height, at the bottom) in points of a side that nobody sized: in a window of a common size, and in a large one.
    fn usual(self) -> [f32; 2] {
        match self {
            Side::Left => [LEFT, 264.0],
            Side::Right => [RIGHT, 348.0],
            Side::Bottom => [BOTTOM, 280.0],
        }
    }

    /// Whether a window of this size has more room for it than is common.
    pub fn is_roomy(self, window: egui::Vec2) -> bool {
        if self == Side::Bottom { window.y >= 1050.0 } else { window.x >= 1700.0 }
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
    /// More pages below them (to the right of them, at the bottom), in sight at the same time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub split: Option<Split>,
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
            Dock { shown: pages.first().copied().unwrap_or_default(), pages, is_open, size, split: None }
        };
        let all = layout == Layout::Analysing;
        Arrangement {
            left: dock(Side::Left, LEFT, layout != Layout::Presenting),
            right: dock(Side::Right, RIGHT, all),
            bottom: dock(Side::Bottom, BOTTOM, all),
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
            if let Some(split) = &mut dock.split {
                split.pages.retain(|page| seen.insert(*page));
            }
            let is_number = dock.size.is_finite();
            dock.size = if is_number { dock.size.clamp(*sizes.start(), *sizes.end()) } else { *sizes.start() };
        }
        for page in Page::ALL.iter().filter(|page| !seen.contains(page)) {
            self.dock_mut(page.home()).pages.push(*page);
        }
        Side::ALL.into_iter().for_each(|side| self.dock_mut(side).settle());
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
        self.place_of(page).side
    }

    /// Where exactly.
    pub fn place_of(&self, page: Page) -> Place {
        let place = |side: Side| self.dock(side).half_of(page).map(|half| Place { side, half });
        Side::ALL.into_iter().find_map(place).unwrap_or(Place { side: page.home(), half: Half::First })
    }

    /// Whether a page is in front, in a dock that is open.
    pub fn is_shown(&self, page: Page) -> bool {
        let place = self.place_of(page);
        let dock = self.dock(place.side);
        dock.is_open && dock.shown(place.half) == Some(page)
    }

    /// Opens its dock and brings a page to the front.
    pub fn show(&mut self, page: Page) {
        let side = self.side_of(page);
        let dock = self.now_mut().dock_mut(side);
        dock.is_open = true;
        dock.bring_forward(page);
    }

    pub fn toggle(&mut self, side: Side) {
        let dock = self.now_mut().dock_mut(side);
        // The left one has the tools as well.
        dock.is_open = !dock.is_open && (side == Side::Left || !dock.pages.is_empty());
    }

    /// Puts a page before the one of that number in a place, in front. A dock that has none left closes.
    pub fn place(&mut self, page: Page, to: Place, at: usize) {
        let mut at = at;
        let from = self.place_of(page);
        let was = self.dock(from.side).pages(from.half).iter().position(|p| *p == page);
        if from == to && was.is_some_and(|was| was < at) {
            at -= 1;
        }
        let arrangement = self.now_mut();
        let dock = arrangement.dock_mut(from.side);
        dock.take(page);
        // Both halves are settled at once, so that the second one does not move up before the page is there.
        if from.side != to.side {
            dock.settle();
            dock.is_open &= !dock.pages.is_empty();
        }
        let dock = arrangement.dock_mut(to.side);
        dock.insert(page, to.half, at);
        dock.settle();
        dock.is_open = true;
    }

    /// How much of a dock its second half takes.
    pub fn split(&mut self, side: Side, share: f32) {
        if let Some(split) = &mut self.now_mut().dock_mut(side).split {
            split.share = share;
            split.settle();
        }
    }

    /// Turns from a page that has nothing to say any more to the first one of its dock.
    pub fn leave(&mut self, page: Page) {
        let side = self.side_of(page);
        let dock = self.now_mut().dock_mut(side);
        dock.turn_from(page);
    }

    /// How large a side begins: as it was left, or as it suits the window where nobody sized it yet.
    pub fn begins(&self, side: Side, window: egui::Vec2) -> f32 {
        let (size, [common, large]) = (self.dock(side).size, side.usual());
        let is_untouched = [common, large].iter().any(|usual| (size - usual).abs() < 1.0);
        match (is_untouched, side.is_roomy(window)) {
            (false, _) => size,
            (true, false) => common,
            (true, true) => large,
        }
    }

    /// Whether a page could be put there: below itself alone it could not.
    pub fn can_take(&self, page: Page, to: Place) -> bool {
        let others = |half: Half| self.dock(to.side).pages(half).iter().any(|other| *other != page);
        to.half == Half::First || others(Half::First) || others(Half::Second)
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
        let mut pages: Vec<Page> = Side::ALL
            .into_iter()
            .flat_map(|side| Half::BOTH.map(|half| docks.dock(side).pages(half).to_vec()).concat())
            .collect();
        pages.sort_unstable();
        let mut all = Page::ALL.to_vec();
        all.sort_unstable();
        assert_eq!(pages, all);
    }

    #[test]
    fn every_page_is_somewhere_once_however_it_is_moved() {
        let mut docks = Docks::default();
        all_once(&docks);
        docks.place(Page::Questions, Side::Right.whole(), 0);
        assert!(docks.is_shown(Page::Questions) && docks.dock(Side::Right).pages.first() == Some(&Page::Questions));
        assert!(!docks.is_shown(Page::Inspector));
        all_once(&docks);
        let last = docks.dock(Side::Right).pages.len();
        docks.place(Page::Questions, Side::Right.whole(), last);
        assert_eq!(docks.dock(Side::Right).pages.last(), Some(&Page::Questions));
        all_once(&docks);
        for page in docks.dock(Side::Right).pages.clone() {
            docks.place(page, Side::Bottom.whole(), 99);
        }
        assert!(!docks.dock(Side::Right).is_open);
        docks.toggle(Side::Right);
        assert!(!docks.dock(Side::Right).is_open, "there is nothing to open");
        all_once(&docks);
        docks.reset();
        assert_eq!(docks.dock(Side::Right), Docks::default().dock(Side::Right));
    }

    #[test]
    fn a_side_holds_two_stacks_until_one_of_them_is_empty() {
        let mut docks = Docks::default();
        let below = Place { side: Side::Right, half: Half::Second };
        docks.place(Page::Assets, below, 0);
        assert!(docks.is_shown(Page::Assets) && docks.is_shown(Page::Inspector), "both are in sight");
        assert_eq!(docks.place_of(Page::Assets), below);
        all_once(&docks);
        docks.split(Side::Right, 7.0);
        assert!(docks.dock(Side::Right).split.as_ref().is_some_and(|split| split.share <= 0.8));
        docks.put_right();
        assert_eq!(docks.place_of(Page::Assets), below);
        // Whatever leaves the upper half, what is left takes the whole side.
        for page in docks.dock(Side::Right).pages.clone() {
            docks.place(page, Side::Left.whole(), 0);
        }
        assert_eq!(docks.place_of(Page::Assets), Side::Right.whole());
        assert!(docks.is_shown(Page::Assets) && docks.dock(Side::Right).split.is_none());
        // The last one has nothing to stand below.
        docks.place(Page::Assets, below, 0);
        assert_eq!(docks.place_of(Page::Assets), Side::Right.whole());
        all_once(&docks);
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
