//! The structure of the model as a tree.

mod listing;
mod moving;

use super::later::Later;
use super::widgets::{Row, element_icon, line_edit, named};
use super::{Action, Command, Outbox, ViewCx, fonts, menus, style};
use crate::model::Id;
use crate::risk;
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::tool::{Selection, show_here};
use egui::{Frame, Margin, Rect, ScrollArea, Sense, StrokeKind, Ui, WidgetInfo, WidgetType, pos2, vec2};
use listing::{Kind, Line, lines};
use std::collections::BTreeSet;

/// Height of a row.
const ROW: f32 = 24.0;

/// Of longer lists only the rows in view are made; in shorter ones screen readers find all of them.
const LONG: usize = 400;

/// Still longer ones follow a change after what is on the canvas.
const VERY_LONG: usize = 2_000;

#[derive(Default)]
pub struct Structure {
    filter: String,
    collapsed: BTreeSet<Id>,
    /// The rows, and the content, diagram, filter and number of collapsed boundaries they were listed for.
    listed: (Option<(u64, Id, String, usize)>, Vec<Line>),
    /// And the revision, for their order is that of the diagram.
    revision: u64,
    later: Later,
    /// What was selected last, to bring it into view once.
    seen: Option<Id>,
}

impl Structure {
    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        let padded = Frame::new().inner_margin(Margin::symmetric(12, 0));
        padded.show(ui, |ui| {
            ui.add_space(4.0);
            named(ui.add(line_edit(&mut self.filter).hint_text("Filter")), "Filter the structure");
            ui.add_space(4.0);
        });
        let selected = cx.selection.single().cloned();
        let scroll_to = if selected != self.seen { selected.clone() } else { None };
        self.seen = selected;
        let wanted = Some((cx.content, cx.diagram.clone(), self.filter.clone(), self.collapsed.len()));
        // What is in the hand keeps its row until it is let go of.
        let is_other = self.listed.0 != wanted || (self.revision != cx.model_revision && !cx.is_previewing);
        let is_long = self.listed.1.len() > VERY_LONG;
        if is_other && !(is_long && self.later.waits(ui.ctx(), cx.model_revision, 2)) {
            self.revision = cx.model_revision;
            self.listed = (wanted, lines(cx, &words(&self.filter), &self.collapsed));
        }
        let rows = &self.listed.1;
        let is_filtered = !self.filter.trim().is_empty();
        ui.spacing_mut().item_spacing.y = 0.0;
        let area = ScrollArea::vertical().id_salt("structure").auto_shrink([false, false]);
        let room = ui.available_rect_before_wrap();
        let mut tree = Tree { cx, out, collapsed: &mut self.collapsed, scroll_to, is_filtered, drawn: Vec::new() };
        if rows.len() > LONG {
            area.show_rows(ui, ROW, rows.len(), |ui, range| tree.rows(ui, rows, range));
            return tree.move_ui(ui, room);
        }
        area.show(ui, |ui| {
            tree.rows(ui, rows, 0..rows.len());
            if cx.model.elements.is_empty() && cx.model.boundaries.is_empty() {
                padded.show(ui, |ui| {
                    let keys = Command::any_of(&Command::MAKING, ui.ctx());
                    let advice = format!("Choose a tool and click on the canvas, or press {keys} over it.");
                    super::widgets::empty_note(ui, "Nothing here yet.", &advice);
                });
            }
            ui.add_space(8.0);
        });
        tree.move_ui(ui, room);
    }
}

/// What the row shows beside its name, for screen readers.
fn describe(row: &egui::Response, depth: usize, what: String) {
    row.ctx.accesskit_node_builder(row.id, |node| {
        node.set_description(what);
        node.set_level(depth + 1);
    });
}

/// The diagrams that show an element, and how it comes onto the present one.
fn places(cx: &ViewCx<'_>, id: &Id, is_here: bool) -> String {
    let names: Vec<&str> = cx
        .model
        .shown_on(id)
        .iter()
        .map(|d| cx.model.name_of(d))
        .map(|n| if n.is_empty() { "unnamed diagram" } else { n })
        .collect();
    let on = if names.is_empty() { "On no diagram.".to_owned() } else { format!("On {}.", names.join(", ")) };
    if is_here { on } else { format!("{on} Drag it here to show it on this one.") }
}

fn words(filter: &str) -> Vec<String> {
    filter.split_whitespace().map(str::to_lowercase).collect()
}

struct Tree<'a> {
    cx: &'a ViewCx<'a>,
    out: &'a mut Outbox,
    collapsed: &'a mut BTreeSet<Id>,
    scroll_to: Option<Id>,
    is_filtered: bool,
    /// The rows on the screen.
    drawn: Vec<(Id, Rect)>,
}

impl Tree<'_> {
    /// Draws some of the rows, and brings the one that was selected into view, drawn or not.
    fn rows(&mut self, ui: &mut Ui, lines: &[Line], range: std::ops::Range<usize>) {
        let to = self.scroll_to.as_ref().and_then(|id| lines.iter().position(|line| line.id == *id));
        if let Some(n) = to.filter(|n| !range.contains(n)) {
            let top = ui.max_rect().top() + (n as f32 - range.start as f32) * ROW;
            ui.scroll_to_rect(Rect::from_min_size(pos2(ui.max_rect().left(), top), vec2(1.0, ROW)), None);
        }
        for line in lines.get(range).unwrap_or_default() {
            match line.kind {
                Kind::Boundary => self.boundary(ui, &line.id, line.depth),
                Kind::Element => self.element(ui, line),
                Kind::Flow => self.flow(ui, &line.id),
            }
        }
    }

    fn boundary(&mut self, ui: &mut Ui, id: &Id, depth: usize) {
        let Some(boundary) = self.cx.model.boundaries.get(id) else { return };
        let name = risk::name_of(self.cx.model, id);
        let mut row = Row::new(ui, ROW, self.cx.selection.items.contains(id), &name);
        let (color, text) = (style::ink(row.ui, Ink::Boundary), style::ink(row.ui, Ink::Text));
        row.indent(8.0 * depth as f32);
        self.caret(&mut row, id, &name);
        row.icon(Face::Icon, icon::SELECTION, 14.0, color);
        let trust = boundary.trust.map_or_else(|| "T?".to_owned(), |t| format!("T{t}"));
        row.right(trust, fonts::font(Face::Bold, 11.0), color);
        row.text(&name, fonts::font(Face::Bold, 12.0), text);
        let trust = boundary.trust.map_or_else(|| "trust unknown".to_owned(), |t| format!("trust {t}"));
        describe(&row.response, depth, trust);
        let response = row.response;
        self.react(&response, id);
        let dragged = response.interact(Sense::drag());
        self.take(&dragged, id, &name);
        response.context_menu(|ui| menus::of_item(ui, id, self.cx, self.out));
    }

    /// The button that hides and shows the rows that belong to this one.
    fn caret(&mut self, row: &mut Row<'_>, id: &Id, name: &str) {
        let is_open = !self.collapsed.contains(id) || self.is_filtered;
        let glyph = if is_open { icon::CARET_DOWN } else { icon::CARET_RIGHT };
        let rect = Rect::from_center_size(pos2(row.rest.left() + 5.0, row.rest.center().y), vec2(24.0, row.whole.height()));
        let muted = style::ink(row.ui, Ink::Muted);
        row.icon(Face::Icon, glyph, 10.0, muted).indent(-2.0);
        let folds = row.ui.interact(rect, row.response.id.with("caret"), Sense::click());
        let what = if is_open { "Collapse" } else { "Expand" };
        folds.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, format!("{what} {name}")));
        folds.ctx.accesskit_node_builder(folds.id, |node| node.set_expanded(is_open));
        if folds.has_focus() {
            row.ui.painter().rect_stroke(rect, 2.0, style::line(row.ui, Ink::Accent), StrokeKind::Inside);
        }
        if folds.clicked() && !self.collapsed.remove(id) {
            self.collapsed.insert(id.clone());
        }
    }

    fn element(&mut self, ui: &mut Ui, line: &Line) {
        let Line { id, depth, .. } = line;
        let Some(element) = self.cx.model.elements.get(id) else { return };
        let name = risk::name_of(self.cx.model, id);
        let shown = self.cx.model.shown_on(id).len();
        let is_selected = self.cx.selection.items.contains(id);
        let mut row = Row::new(ui, ROW, is_selected, &name);
        let (glyph, ink) = element_icon(element);
        let (color, text, muted) = (style::ink(row.ui, ink), style::ink(row.ui, Ink::Text), style::ink(row.ui, Ink::Muted));
        row.indent(8.0 * *depth as f32);
        if line.opens {
            self.caret(&mut row, id, &name);
        } else {
            row.indent(12.0);
        }
        row.icon(Face::Icon, glyph, 14.0, color);
        if let Some(risk) = self.cx.assessment.elements.get(id).map(|e| &e.risk).filter(|r| r.counts.total() > 0) {
            row.right_swatch(self.cx.library.calibration.band(risk.peak));
            row.right(risk.counts.total(), fonts::font(Face::Regular, 12.0), muted);
        }
        if shown > 1 {
            row.right_icon(Face::Icon, icon::STACK, 13.0, muted);
        }
        let possible = self.cx.assessment.elements.get(id).map_or(0, |e| e.risk.possible);
        if possible > 0 {
            row.right_hatch(muted);
        }
        let is_here = self.cx.model.placement(self.cx.diagram, id).is_some();
        let text = if is_here { text } else { muted };
        let face = if is_selected { Face::Bold } else { Face::Regular };
        row.text(&name, fonts::font(face, 12.0), text);
        let response = row.response;
        let risk = self.cx.assessment.elements.get(id).map(|e| &e.risk).filter(|r| r.counts.total() > 0);
        let said = risk.map_or_else(
            || "no threats".to_owned(),
            |r| format!("threats: {}, worst {}", r.counts.total(), self.cx.library.calibration.band(r.peak).label()),
        );
        let several = if shown > 1 { format!(", on {} diagrams", shown) } else { String::new() };
        let open = if possible > 0 { format!(", {possible} more possible") } else { String::new() };
        describe(&response, *depth, said + &several + &open);
        self.react(&response, id);
        if shown > 1 || !is_here {
            response.clone().on_hover_ui(|ui| drop(ui.label(places(self.cx, id, is_here))));
        }
        let dragged = response.interact(Sense::drag());
        self.take(&dragged, id, &name);
        if !is_here && dragged.drag_stopped() {
            let at = response.ctx.pointer_latest_pos();
            at.into_iter().for_each(|at| self.out.push(Action::DropHere(id.clone(), at)));
        }
        response.context_menu(|ui| self.menu(ui, id, is_here));
    }

    fn menu(&mut self, ui: &mut Ui, id: &Id, is_here: bool) {
        let (model, diagram) = (self.cx.model, self.cx.diagram);
        if !is_here && ui.button("Show on this diagram").clicked() {
            if let Some(edit) = show_here(model, diagram, id) {
                self.out.commit(edit);
                self.out.push(Action::Select(Selection::one(id.clone())));
                self.out.push(Action::Reveal(id.clone()));
            }
            ui.close();
        }
        if is_here {
            return menus::of_item(ui, id, self.cx, self.out);
        }
        if ui.button(Command::OpenDetail.label()).clicked() {
            self.out.push(Action::OpenDetail(id.clone()));
            ui.close();
        }
    }

    fn flow(&mut self, ui: &mut Ui, id: &Id) {
        let name = risk::name_of(self.cx.model, id);
        let mut row = Row::new(ui, ROW, self.cx.selection.items.contains(id), &name);
        let (color, text) = (style::ink(row.ui, Ink::Flow), style::ink(row.ui, Ink::Text));
        row.indent(12.0).icon(Face::Icon, icon::FLOW_ARROW, 14.0, color);
        row.text(&name, fonts::font(Face::Regular, 12.0), text);
        let response = row.response;
        self.react(&response, id);
        response.context_menu(|ui| menus::of_item(ui, id, self.cx, self.out));
    }

    fn react(&mut self, response: &egui::Response, id: &Id) {
        self.drawn.push((id.clone(), response.rect));
        if self.scroll_to.as_ref() == Some(id) {
            response.scroll_to_me(None);
        }
        if response.hovered() {
            self.out.push(Action::Hover(id.clone()));
        }
        if response.clicked() {
            if response.ctx.input(|i| i.modifiers.command || i.modifiers.shift) {
                let mut selection = self.cx.selection.clone();
                selection.toggle(id.clone());
                self.out.push(Action::Select(selection));
            } else {
                self.out.push(Action::Select(Selection::one(id.clone())));
                self.out.push(Action::Reveal(id.clone()));
            }
        }
        if response.double_clicked() {
            self.out.push(Action::EditLabel(id.clone()));
        }
    }
}
