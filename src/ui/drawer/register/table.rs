//! The one table all registers are shown in: virtual rows, order, groups, filters, keys, and cells that are written into.

mod cell;
mod choose;
mod decide;
mod editor;
mod filter;
mod head;
mod keys;
mod lead;
mod order;
mod rating;
mod search;
mod tables;
mod tools;

pub use tables::Tables;

use crate::methods::Rated;
use crate::model::{Mark, Method, ThreatKey};
use crate::register::{Cell, Column, Facts, Flag, Known, Line, Listing, Register, Row, View};
use crate::theme::Ink;
use crate::tool::Selection;
use crate::ui::later::Later;
use crate::ui::{Action, Outbox, Seen, ViewCx, style};
use egui::{Id, Rect, ScrollArea, Sense, Ui, pos2, vec2};
use rating::{asks_for_ratings, rates_beside};
use std::collections::{BTreeMap, BTreeSet};

/// Height of a row, and of the headings, in points.
pub const ROW: f32 = 28.0;
const HEAD: f32 = 25.0;
/// Width of the mark before the first column, and the least of the column rows are called by.
const LEAD: f32 = 28.0;
const NAME: f32 = 180.0;

/// What the method of a model says of its threats, worked out beside the window, and the state it is of.
#[derive(Clone, Debug)]
pub struct RatingsFound {
    pub revision: u64,
    pub method: Method,
    pub of: BTreeMap<ThreatKey, Rated>,
}

/// What a page knows of a row that has to be worked out with patience: what it does to the load.
pub type Loads<'l> = &'l mut dyn FnMut(&Ui, &Row) -> Option<f64>;

/// A register as it is shown, with what it remembers between frames.
pub struct RegisterTable {
    register: Register,
    pub view: View,
    /// The rows there are, and what they are of: content, time and ratings.
    known: (Option<(u64, Seen, Option<u64>)>, Known),
    /// What is seen, and what that was worked out for.
    listed: (Option<Listed>, Listing),
    /// Cells of rows that were drawn since.
    drawn: BTreeMap<usize, Vec<Cell>>,
    chosen: BTreeSet<Row>,
    /// The cell the keyboard is at.
    cursor: Option<(Row, Column)>,
    /// Where a range of rows began.
    anchor: Option<Row>,
    /// The selection of the canvas as it was seen last.
    seen: Selection,
    search: search::Search,
    filter: filter::Filter,
    editor: Option<editor::CellEditor>,
    /// Where it was drawn, where it is scrolled to, and how much is in sight.
    room: Rect,
    across: f32,
    scrolled: (f32, f32),
    /// A row to be brought into sight.
    bring: Option<usize>,
    /// The line that the row the keyboard was at has left.
    left: Option<usize>,
    /// A row was clicked on: the keyboard comes here.
    takes_keyboard: bool,
    /// The drawing is dimmed down to what is listed.
    pub dims: bool,
    /// Something is different that is to be remembered.
    pub is_changed: bool,
    later: Later,
    /// The findings that were listed.
    found: Option<Mark>,
}

/// Registers with more rows than this follow a change after what is on the canvas.
const LONG: usize = 2_000;

/// What a listing depends on.
#[derive(Clone, PartialEq)]
struct Listed {
    content: u64,
    seen: Seen,
    view: View,
    /// Only while that matters.
    selection: Option<BTreeSet<crate::model::Id>>,
    /// Of which state the ratings are that were worked out beside the window.
    ratings: Option<u64>,
}

/// A column in its place, from the left end of the rows.
#[derive(Clone, Copy, Debug)]
struct Spot {
    column: Column,
    left: f32,
    width: f32,
}

impl RegisterTable {
    pub fn new(register: Register, view: View) -> RegisterTable {
        RegisterTable {
            register,
            view,
            known: (None, Known::default()),
            listed: (None, Listing::default()),
            drawn: BTreeMap::new(),
            chosen: BTreeSet::new(),
            cursor: None,
            anchor: None,
            seen: Selection::default(),
            search: search::Search::default(),
            filter: filter::Filter::default(),
            editor: None,
            room: Rect::NOTHING,
            across: 0.0,
            scrolled: (0.0, 0.0),
            bring: None,
            left: None,
            takes_keyboard: false,
            dims: false,
            is_changed: false,
            later: Later::default(),
            found: None,
        }
    }

    /// What has the keyboard while somebody works in the rows.
    fn id(&self) -> Id {
        Id::new(("register", self.register))
    }

    /// Somebody works in the rows.
    pub fn has_keyboard(&self, ui: &Ui) -> bool {
        ui.memory(|m| m.has_focus(self.id()))
    }

    /// The row that is chosen, if it is one.
    pub fn single(&self) -> Option<&Row> {
        let mut rows = self.chosen.iter();
        rows.next().filter(|_| rows.next().is_none())
    }

    /// Chooses one row, or none.
    pub fn choose(&mut self, row: Option<Row>) {
        self.anchor.clone_from(&row);
        self.cursor = row.clone().map(|row| (row, Column::Name));
        self.chosen = row.into_iter().collect();
    }

    /// Gives the keyboard to the field that narrows the rows down.
    pub fn focus_search(&mut self) {
        self.search.wants_focus = true;
    }

    /// Places of the rows that come through the filters.
    pub fn places(&self, facts: &Facts<'_>) -> BTreeSet<crate::model::Id> {
        self.listed.1.rows().flat_map(|row| facts.places(row)).collect()
    }

    /// How many rows come through, of how many.
    pub fn shown(&self) -> (usize, usize) {
        (self.listed.1.many, self.listed.1.of)
    }

    /// Draws it into all the room there is.
    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, loads: Loads<'_>, empty: &str, out: &mut Outbox) {
        let facts = facts(cx);
        if self.register == Register::Threats && asks_for_ratings(cx) {
            out.push(Action::RateThreats);
        }
        self.list_and_go_on(ui, cx, &facts, out);
        self.follow(cx, &facts);
        let room = ui.available_rect_before_wrap();
        ui.advance_cursor_after_rect(room);
        let (spots, width) = self.spots(room.width());
        let listing = std::mem::take(&mut self.listed.1);
        let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(room).id_salt(("register", self.register)));
        inside.set_clip_rect(room.intersect(ui.clip_rect()));
        inside.spacing_mut().item_spacing = vec2(0.0, 0.0);
        self.room = room;
        let columns = ScrollArea::horizontal().id_salt("columns").auto_shrink([false, false]).show(&mut inside, |ui| {
            ui.set_min_width(width);
            self.head_ui(ui, &facts, &spots, width);
            self.body_ui(ui, cx, &facts, (&listing, &spots, width), loads, out);
        });
        self.across = columns.state.offset.x;
        self.keys(ui, cx, &facts, &listing, room, out);
        if listing.lines.is_empty() {
            let text = if listing.of == 0 { empty } else { "Nothing passes the filters. Take one of them away." };
            let at = pos2(room.center().x, room.center().y.max(room.top() + HEAD + ROW / 2.0));
            let font = crate::ui::fonts::font(crate::text::Face::Regular, 12.0);
            ui.painter().text(at, egui::Align2::CENTER_CENTER, text, font, style::ink(ui, Ink::Muted));
        }
        self.listed.1 = listing;
        self.edit_ui(ui, &facts, out);
    }

    /// Works out what is seen, when that may be different.
    fn list(&mut self, ctx: &egui::Context, cx: &ViewCx<'_>, facts: &Facts<'_>) {
        let looks_at_selection = self.view.query().terms.iter().any(|t| t.to_string().ends_with(Flag::Selected.word()));
        let listed = Listed {
            content: cx.content,
            seen: cx.seen,
            view: self.view.clone(),
            selection: looks_at_selection.then(|| cx.selection.items.clone()),
            ratings: cx.ratings.map(|found| found.revision).filter(|_| rates_beside(cx)),
        };
        if self.listed.0.as_ref() == Some(&listed) {
            return;
        }
        let again = self.found_again(cx, &listed);
        if again.is_some_and(<[_]>::is_empty) {
            self.listed.0 = Some(listed);
            self.drawn.clear();
            return;
        }
        let is_newer = self.listed.0.as_ref().is_some_and(|before| before.content != cx.content);
        if is_newer && self.listed.1.of > LONG && self.later.waits(ctx, cx.content, 1) {
            return;
        }
        self.found = cx.live.map(|live| live.refound().mark());
        let is_followed = again.is_some_and(|places| self.listed.1.follow(facts, &self.view, places));
        if !is_followed {
            self.listed.1 = self.listing(&listed, facts);
        }
        // Who sorts or filters wants to see what comes first then.
        if self.is_asked_otherwise() {
            self.bring = Some(0);
        }
        self.listed.0 = Some(listed);
        self.drawn.clear();
        if !self.chosen.is_empty() {
            self.chosen = self.listed.1.rows().filter(|row| self.chosen.contains(row)).cloned().collect();
        }
    }

    /// Chooses what was selected elsewhere.
    fn follow(&mut self, cx: &ViewCx<'_>, facts: &Facts<'_>) {
        if self.seen == *cx.selection {
            return;
        }
        self.seen = cx.selection.clone();
        let is_own = !self.chosen.is_empty() && self.selection(facts) == *cx.selection;
        if is_own {
            return;
        }
        let is_meant = |row: &&Row| match (row, &cx.selection.threat) {
            (Row::Threat(key), threat) => threat.as_ref() == Some(key),
            (Row::Record(key), _) => key.id().is_some_and(|id| cx.selection.items.contains(id)),
            (Row::Question(about), _) => about.subject().is_some_and(|id| cx.selection.items.contains(id)),
            (Row::Implied(..), _) => false,
        };
        let meant: Vec<Row> = self.listed.1.rows().filter(is_meant).cloned().collect();
        // Details of a record stay open while somebody looks at the drawing.
        let is_drawn = matches!(self.register, Register::Threats | Register::Elements | Register::Flows | Register::Boundaries);
        if is_drawn || !meant.is_empty() {
            self.anchor = meant.first().cloned();
            self.cursor = self.anchor.clone().map(|row| (row, self.cursor.as_ref().map_or(Column::Name, |(_, c)| *c)));
            self.chosen = meant.into_iter().collect();
        }
        let here = |row: &Row| self.chosen.contains(row) || (self.chosen.is_empty() && facts.is(row, Flag::Selected));
        self.bring = self.listed.1.lines.iter().position(|line| matches!(line, Line::Row(row) if here(row)));
    }

    /// What choosing these rows selects on the canvas.
    fn selection(&self, facts: &Facts<'_>) -> Selection {
        if let Some(Row::Threat(key)) = self.single() {
            return Selection::threat(key.clone());
        }
        let places = self.chosen.iter().flat_map(|row| facts.places(row));
        Selection { items: places.filter(|id| facts.model.item_key(id).is_some()).collect(), threat: None }
    }

    /// Where the columns stand; what rows are called by gets what is left.
    fn spots(&self, room: f32) -> (Vec<Spot>, f32) {
        let fixed: f32 = self.view.columns.iter().filter(|w| w.column != Column::Name).map(|w| w.width).sum();
        let own = self.view.columns.iter().find(|w| w.column == Column::Name).map_or(NAME, |w| w.width);
        let least = if own == Column::Name.width() { NAME } else { own };
        let name = (room - LEAD - fixed).max(least);
        let mut left = LEAD;
        let spots = self.view.columns.iter().map(|w| {
            let width = if w.column == Column::Name { name } else { w.width };
            left += width;
            Spot { column: w.column, left: left - width, width }
        });
        (spots.collect(), left)
    }

    fn body_ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewCx<'_>,
        facts: &Facts<'_>,
        (listing, spots, width): (&Listing, &[Spot], f32),
        loads: Loads<'_>,
        out: &mut Outbox,
    ) {
        let mut area = ScrollArea::vertical().id_salt("rows").auto_shrink([false, false]);
        if let Some(at) = self.bring.take() {
            let (offset, height) = self.scrolled;
            let top = at as f32 * ROW;
            if top < offset || top + ROW > offset + height {
                area = area.vertical_scroll_offset((top - (height - ROW) / 2.0).max(0.0));
            }
        }
        let has_keyboard = ui.memory(|m| m.has_focus(self.id()));
        let shown = area.show_rows(ui, ROW, listing.lines.len(), |ui, range| {
            for n in range {
                let (rect, response) = ui.allocate_exact_size(vec2(width, ROW), Sense::click());
                match listing.lines.get(n) {
                    Some(Line::Group(group)) => {
                        cell::group_ui(ui, self.register, rect, &response, group);
                        if response.clicked() && !self.view.folded.remove(&group.words) {
                            self.view.folded.insert(group.words.clone());
                        }
                    }
                    Some(Line::Row(row)) => {
                        let cells = self.drawn.entry(n).or_insert_with(|| cells_of(facts, row, spots));
                        let state = cell::State {
                            is_chosen: self.chosen.contains(row),
                            cursor: self.cursor.as_ref().filter(|(at, _)| at == row && has_keyboard).map(|(_, c)| *c),
                        };
                        let shown = cell::RowUi { cx, facts, register: self.register, row, rect, spots, state };
                        shown.draw(ui, cells, &response, loads);
                        if let Some(edit) = shown.lead_ui(ui) {
                            out.commit(edit);
                        }
                        if response.hovered() {
                            facts.places(row).into_iter().take(1).for_each(|place| out.push(Action::Hover(place)));
                        }
                        self.clicked(ui, cx, facts, listing, (row, spots, rect), &response, out);
                    }
                    None => {}
                }
            }
        });
        self.scrolled = (shown.state.offset.y, shown.inner_rect.height());
    }
}

/// What registers of a frame are read from.
pub fn facts<'a>(cx: &ViewCx<'a>) -> Facts<'a> {
    let facts = Facts::new(cx.model, cx.library, cx.assessment, cx.today, cx.author, &cx.selection.items);
    match rates_beside(cx) {
        true => facts.with_ratings(cx.ratings.filter(|found| found.method == cx.model.info.rating.method).map(|found| &found.of)),
        false => facts,
    }
}

fn cells_of(facts: &Facts<'_>, row: &Row, spots: &[Spot]) -> Vec<Cell> {
    spots.iter().map(|spot| facts.cell(row, spot.column)).collect()
}

/// Where a column lies in a row.
fn cell_rect(row: Rect, spot: &Spot) -> Rect {
    Rect::from_min_size(pos2(row.left() + spot.left, row.top()), vec2(spot.width, row.height()))
}

/// The threat a row is about.
pub fn threat_of(row: &Row) -> Option<&ThreatKey> {
    if let Row::Threat(key) = row { Some(key) } else { None }
}
