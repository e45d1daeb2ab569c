//! Slabs: what the blocks become, and how they are stacked onto pages.

use crate::geometry::vec2;
use crate::report::options::Paper;
use crate::report::page::{Bookmark, Content, Page, PageItem, Pages, Sheet};
use std::rc::Rc;

/// A piece of content no page break goes through; its items are placed from its top left corner.
#[derive(Clone, Debug, Default)]
pub struct Slab {
    pub height: f32,
    /// Room above, dropped at the top of a page.
    pub before: f32,
    pub items: Vec<PageItem>,
    /// Stays on the page of the next slab while what belongs together fits on a page.
    pub keep: bool,
    /// Stays on the page of the next slab in any case: a heading with its words, first lines with second ones.
    pub glue: bool,
    /// Stays on the page of the next slab where that leaves only a little of a page empty.
    pub lingers: bool,
    /// Set above it when it starts a page: the head of its table, or what it goes on with.
    pub head: Option<Rc<Slab>>,
    /// Wants a sheet of its own.
    pub own: Option<Sheet>,
    /// Starts a new page.
    pub new_page: bool,
    /// Level and title of what starts here.
    pub bookmarks: Vec<(u8, String)>,
}

impl Slab {
    pub fn spacer(height: f32) -> Slab {
        Slab { before: height, keep: true, ..Slab::default() }
    }

    /// Adds items at an offset.
    pub fn add(&mut self, items: impl IntoIterator<Item = PageItem>, x: f32, y: f32) {
        let moved = |item: PageItem| PageItem { content: item.content.translated(vec2(x, y)), ..item };
        self.items.extend(items.into_iter().map(moved));
    }

    /// One on top of the other, as a single slab.
    pub fn stacked(slabs: Vec<Slab>) -> Slab {
        let mut out = Slab::default();
        for slab in slabs {
            let before = if out.height > 0.0 { slab.before } else { 0.0 };
            let y = out.height + before;
            out.add(slab.items, 0.0, y);
            out.height = y + slab.height;
            out.bookmarks.extend(slab.bookmarks);
        }
        out
    }
}

/// Stacks slabs onto pages.
pub struct Stacker {
    pub out: Pages,
    paper: Paper,
    /// Used height of the page being filled; `None` before the first and after a page that takes no more.
    used: Option<f32>,
    chapter: String,
}

/// What cannot stay whole begins on a new page when less than this share of the old one is left.
const WORTHWHILE: f32 = 0.25;
/// What lingers leaves no more than this share of a page empty.
const LINGERING: f32 = 0.31;
/// A chapter goes on below another that took no more than this share of its page.
const SHARED: f32 = 0.5;

impl Stacker {
    pub fn new(paper: Paper) -> Stacker {
        Stacker { out: Pages::default(), paper, used: None, chapter: String::new() }
    }

    /// A chapter begins on a new page, unless it may share one that is half empty, and its beginning fits there.
    pub fn chapter(&mut self, title: &str, shares: bool, slabs: &[Slab]) {
        self.chapter = title.to_owned();
        let body = Sheet::upright(self.paper).body().h;
        let begins = slabs.iter().take_while(|slab| slab.glue).count() + 1;
        let begins = height(slabs.get(..begins).unwrap_or(slabs));
        self.used = self.used.filter(|used| shares && *used <= body * SHARED && used + begins <= body);
        self.stack(slabs);
    }

    fn stack(&mut self, slabs: &[Slab]) {
        let mut rest = slabs;
        while let Some(first) = rest.first() {
            let chain = rest.iter().take_while(|s| s.keep || s.glue).count() + 1;
            let (now, later) = rest.split_at(chain.min(rest.len()));
            let body = self.sheet(first).body().h;
            if now.last().is_some_and(|last| last.lingers) {
                self.linger(rest, body);
            }
            if height(now) - first.before <= body {
                self.make_room(first, now);
                now.iter().for_each(|slab| self.put(slab));
            } else {
                self.stack_parted(now, body);
            }
            rest = later;
        }
    }

    /// Turns the page for what would like to stay whole, does on a new page, and leaves little of this one empty.
    fn linger(&mut self, slabs: &[Slab], body: f32) {
        let whole = slabs.iter().take_while(|s| s.keep || s.glue || s.lingers).count() + 1;
        let needed = height(slabs.get(..whole).unwrap_or(slabs));
        let parts = |used: &f32| used + needed > body && needed <= body && body - used <= body * LINGERING;
        self.used = self.used.filter(|used| !parts(used));
    }

    fn sheet(&self, slab: &Slab) -> Sheet {
        slab.own.unwrap_or(Sheet::upright(self.paper))
    }

    /// What is higher than a page: parted, but only where nothing is glued.
    fn stack_parted(&mut self, slabs: &[Slab], body: f32) {
        if self.used.is_some_and(|used| used > body * (1.0 - WORTHWHILE)) {
            self.used = None;
        }
        let mut rest = slabs;
        while let Some(first) = rest.first() {
            let chain = rest.iter().take_while(|s| s.glue).count() + 1;
            let (now, later) = rest.split_at(chain.min(rest.len()));
            self.make_room(first, now);
            now.iter().for_each(|slab| self.put(slab));
            rest = later;
        }
    }

    /// Turns the page when a chain of slabs that belong together would be parted by its end.
    fn make_room(&mut self, first: &Slab, chain: &[Slab]) {
        let body = self.sheet(first).body().h;
        let needed = height(chain);
        let fits = self.used.is_some_and(|used| used + needed <= body);
        // On a new page the head of a table comes first.
        let head = first.head.as_ref().map_or(0.0, |head| head.height);
        let worth_it = needed - first.before + head <= body;
        if !fits && worth_it && self.used.is_some_and(|used| used > 0.0) {
            self.used = None;
        }
    }

    fn put(&mut self, slab: &Slab) {
        let sheet = self.sheet(slab);
        let body = sheet.body();
        let full = self.used.is_none_or(|used| used > 0.0 && used + slab.before + slab.height > body.h + 0.01);
        let turn = (slab.new_page || slab.own.is_some()) && self.used.is_some_and(|used| used > 0.0);
        if full || turn {
            self.out.pages.push(Page { sheet, chapter: self.chapter.clone(), bare: false, items: Vec::new() });
            self.used = Some(0.0);
            if let Some(head) = slab.head.as_ref().filter(|head| head.height + slab.height <= body.h) {
                self.place(head, body.y, None);
                self.used = Some(head.height);
            }
        }
        let used = self.used.unwrap_or_default();
        let top = if used > 0.0 { used + slab.before } else { 0.0 };
        self.place(slab, body.y + top, Some(sheet));
        self.used = if slab.own.is_some() { None } else { Some(top + slab.height) };
    }

    fn place(&mut self, slab: &Slab, y: f32, marks: Option<Sheet>) {
        let page = self.out.pages.len().saturating_sub(1);
        if marks.is_some() {
            let bookmark = |(level, title): &(u8, String)| Bookmark { level: *level, title: title.clone(), page, y };
            self.out.bookmarks.extend(slab.bookmarks.iter().map(bookmark));
        }
        let Some(last) = self.out.pages.last_mut() else { return };
        let x = last.sheet.margin();
        for item in &slab.items {
            // A repeated table head is decoration: its words were said where the table began.
            let tag = item.tag.filter(|_| marks.is_some());
            if marks.is_some() || !matches!(item.content, Content::Anchor { .. } | Content::Link { .. }) {
                last.items.push(PageItem { tag, content: item.content.clone().translated(vec2(x, y)) });
            }
        }
    }
}

fn height(slabs: &[Slab]) -> f32 {
    slabs.iter().map(|s| s.before + s.height).sum()
}
