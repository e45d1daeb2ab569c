//! Find: one line over everything the model has, on all diagrams. Arrow keys look ahead, Enter goes there.

use super::widgets::{Row, caption, line_edit, muted, named};
use super::{Action, Outbox, ViewCx, fuzzy, style};
use crate::model::{Id, Site, ThreatKey};
use crate::risk;
use crate::scene::band_icon;
use crate::text::{Face, icon, icon::Icon};
use crate::theme::Ink;
use crate::tool::{Camera, Selection};
use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{Align2, Area, EventFilter, Frame, Key, Margin, Modifiers, Order, ScrollArea, vec2};

/// Height of the list at most, in points.
const LIST: f32 = 264.0;
/// Most finds listed.
const MOST: usize = 40;

#[derive(Default)]
pub struct Find {
    is_open: bool,
    text: String,
    chosen: usize,
    /// The text that was looked ahead for, so that the view moves once.
    seen: Option<(String, usize)>,
    /// The text is from before: typing replaces it.
    is_old: bool,
    /// What was looked at before, to go back to.
    from: Option<(Id, Camera)>,
}

/// Something found, where it is drawn, and how good it fits.
struct Found {
    name: String,
    /// "Data store, on Main".
    what: String,
    at: Option<Id>,
    threat: Option<ThreatKey>,
    look: (Face, Icon, Ink),
    score: i32,
}

impl Find {
    /// `from` is what is looked at now; Escape goes back to it.
    pub fn open(&mut self, from: Option<(Id, Camera)>) {
        if !std::mem::replace(&mut self.is_open, true) {
            self.from = from;
        }
        self.is_old = true;
        self.seen = None;
    }

    /// Somebody types elsewhere now.
    pub fn close(&mut self) {
        self.is_open = false;
    }

    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Goes to the next match of what was looked for last, or to the one before; asks when there was nothing yet.
    pub fn step(&mut self, by: isize, from: Option<(Id, Camera)>, cx: &ViewCx<'_>, out: &mut Outbox) {
        let found = find(cx, &self.text);
        if self.text.trim().is_empty() || found.is_empty() {
            return self.open(from);
        }
        self.chosen = (self.chosen as isize + by).rem_euclid(found.len() as isize) as usize;
        if let Some(found) = found.get(self.chosen) {
            go(found, out);
        }
    }

    pub fn ui(&mut self, ctx: &egui::Context, cx: &ViewCx<'_>, out: &mut Outbox) {
        if !self.is_open || !cx.is_open {
            return;
        }
        let id = egui::Id::new("find");
        let (moved, enter, escape) = ctx.input_mut(|i| {
            let mut key = |modifiers, key| i.count_and_consume_key(modifiers, key) as isize;
            let back = key(Modifiers::SHIFT, Key::F3);
            let down = key(Modifiers::NONE, Key::ArrowDown) + key(Modifiers::NONE, Key::F3);
            let moved = down - key(Modifiers::NONE, Key::ArrowUp) - back;
            (moved, key(Modifiers::NONE, Key::Enter) > 0, key(Modifiers::NONE, Key::Escape) > 0)
        });
        let found = find(cx, &self.text);
        let last = found.len().saturating_sub(1);
        self.chosen = self.chosen.saturating_add_signed(moved).min(last);
        let mut picked = enter.then_some(self.chosen);
        let at = ctx.content_rect().right_top() + vec2(-320.0, 56.0);
        let area = Area::new(id).order(Order::Foreground).pivot(Align2::RIGHT_TOP).fixed_pos(at);
        let frame = Frame::popup(&ctx.global_style()).inner_margin(Margin::same(8));
        let before = self.text.clone();
        area.show(ctx, |ui| frame.show(ui, |ui| self.list_ui(ui, &found, moved, &mut picked)));
        let found = if self.text == before { found } else { find(cx, &self.text) };
        // The first match of a new text is shown, and whatever the arrow keys choose.
        let now = (self.text.clone(), self.chosen);
        if self.seen.as_ref() != Some(&now) {
            if let Some(id) = found.get(self.chosen).and_then(|f| f.at.clone()).filter(|_| !self.text.trim().is_empty()) {
                out.push(Action::Reveal(id.clone()));
                out.push(Action::Pulse(id));
            }
            self.seen = Some(now);
        }
        if let Some(found) = picked.and_then(|n| found.get(n)) {
            go(found, out);
            self.is_open = false;
        } else if escape {
            self.is_open = false;
            self.from.take().into_iter().for_each(|(diagram, camera)| out.push(Action::LookAt(diagram, camera)));
        }
    }

    fn list_ui(&mut self, ui: &mut egui::Ui, found: &[Found], moved: isize, picked: &mut Option<usize>) {
        ui.set_width(360.0);
        if std::mem::take(&mut self.is_old) {
            let (id, end) = (ui.id().with("text"), self.text.chars().count());
            let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
            state.cursor.set_char_range(Some(CCursorRange::two(CCursor::new(0), CCursor::new(end))));
            state.store(ui.ctx(), id);
            ui.memory_mut(|m| m.request_focus(id));
        }
        let edit = line_edit(&mut self.text).id(ui.id().with("text")).hint_text("Find elements, flows, threats, controls…");
        // Escape closes the list; it must not reach the canvas as well.
        let edit = edit.event_filter(EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true });
        let field = named(ui.add(edit.min_size(vec2(0.0, 28.0))), "Find");
        if !field.has_focus() {
            field.request_focus();
        }
        if field.changed() {
            self.chosen = 0;
        }
        if self.text.trim().is_empty() {
            return;
        }
        if found.is_empty() {
            ui.label(muted(ui, "Nothing found. Try another word."));
            return;
        }
        ui.label(caption(ui, format!("{} of {}", self.chosen + 1, found.len())));
        // The panel was as low as its field before: that must not keep the list low.
        let list = ScrollArea::vertical().max_height(LIST).min_scrolled_height(LIST).auto_shrink([false, true]);
        list.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for (n, found) in found.iter().enumerate() {
                let is_chosen = n == self.chosen;
                let mut row = Row::new(ui, 40.0, is_chosen, &format!("{}, {}", found.name, found.what));
                let (face, glyph, ink) = found.look;
                let color = style::ink(row.ui, ink);
                row.icon(face, glyph, 16.0, color).two_lines(&found.name, &found.what);
                if is_chosen && moved != 0 {
                    row.response.scroll_to_me(None);
                }
                if row.response.clicked() {
                    *picked = Some(n);
                }
            }
        });
    }
}

fn go(found: &Found, out: &mut Outbox) {
    match (&found.threat, &found.at) {
        (Some(key), _) => out.push(Action::ShowThreat(key.clone())),
        (None, Some(id)) => out.push(Action::Select(Selection::one(id.clone()))),
        (None, None) => {}
    }
    if let Some(id) = &found.at {
        out.push(Action::Reveal(id.clone()));
        out.push(Action::Pulse(id.clone()));
    }
}

/// So much better an element or a boundary fits than anything else of the same name.
const PLACES: i32 = 6;

/// What fits, best first; of equals in the order of the model.
fn find(cx: &ViewCx<'_>, text: &str) -> Vec<Found> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    let place = |id: &Id| {
        let mut on = cx.model.placements.keys().filter(|key| key.item == *id);
        let other = on.clone().map(|key| key.diagram.clone()).next();
        let here = on.any(|key| key.diagram == *cx.diagram).then(|| cx.diagram.clone());
        here.or(other).map_or_else(|| "on no diagram".to_owned(), |d| format!("on {}", cx.model.name_of(&d)))
    };
    let make = |name: String, kind: &str, at: Option<Id>, threat: Option<ThreatKey>, look: (Face, Icon, Ink)| {
        let what = at.as_ref().map_or_else(|| kind.to_owned(), |id| format!("{kind}, {}", place(id)));
        fuzzy::score(text, &name).map(|score| Found { name, what, at, threat, look, score })
    };
    let item = |id: &Id, kind: &str, glyph: Icon, ink: Ink| {
        make(risk::name_of(cx.model, id), kind, Some(id.clone()), None, (Face::Icon, glyph, ink))
    };
    let model = cx.model;
    let mut all: Vec<Found> = Vec::new();
    all.extend(model.elements.iter().filter_map(|(id, e)| {
        let (glyph, ink) = super::widgets::element_icon(e);
        item(id, e.kind.label(), glyph, ink)
    }));
    all.extend(model.boundaries.keys().filter_map(|id| item(id, "Trust boundary", icon::SELECTION, Ink::Boundary)));
    // Of names that fit about alike what has a place of its own comes before what lies between or in it.
    all.iter_mut().for_each(|found| found.score += PLACES);
    all.extend(model.flows.keys().filter_map(|id| item(id, "Data flow", icon::FLOW_ARROW, Ink::Flow)));
    all.extend(
        model.notes.iter().filter_map(|(id, note)| {
            make(note.text.clone(), "Note", Some(id.clone()), None, (Face::Icon, icon::NOTE, Ink::Muted))
        }),
    );
    all.extend(model.assets.iter().filter_map(|(id, asset)| {
        let kept = model.elements.iter().find(|(_, e)| e.holds.contains(id)).map(|(id, _)| id.clone());
        let carried = || model.flows.iter().find(|(_, f)| f.assets.contains(id)).map(|(id, _)| id.clone());
        make(asset.name.clone(), "Asset", kept.or_else(carried), None, (Face::Icon, icon::PACKAGE, Ink::Muted))
    }));
    all.extend(model.instances.values().filter_map(|instance| {
        let own = model.controls.iter().find(|(id, _)| id.as_str() == instance.control).map(|(_, c)| c.name.clone());
        let name = own.or_else(|| cx.library.controls.get(&instance.control).map(|c| c.name.clone()))?;
        let at = instance.at.iter().find_map(|site| if let Site::At(id) = site { Some(id.clone()) } else { None });
        make(name, "Control", at, None, (Face::Icon, icon::SHIELD_CHECK, Ink::Good))
    }));
    all.extend(cx.assessment.ranked().into_iter().filter_map(|f| {
        let (face, glyph) = band_icon(f.band());
        let look = (face, glyph, Ink::RiskOutline(f.band()));
        make(f.title.clone(), "Threat", Some(f.key.anchor.clone()), Some(f.key.clone()), look)
    }));
    all.sort_by_key(|f| std::cmp::Reverse(f.score));
    all.truncate(MOST);
    all
}
