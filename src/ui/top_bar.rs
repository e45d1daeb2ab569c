//! The bar at the top: menus, undo and redo, diagram tabs, search, report.

use super::widgets::{bare_button, command_button, named, primary_button, text_area, text_field, tipped};
use super::{Action, Command, Outbox, ViewCx, fonts, menus, style};
use crate::edit::Edit;
use crate::model::{Diagram, Id, Key};
use crate::text::{Face, icon as icons};
use crate::theme::Ink;
use crate::tool::reorder;
use egui::{Align, Align2, Layout, Rect, ScrollArea, Sense, Stroke, Ui, WidgetInfo, WidgetType};
use egui::{pos2, vec2};

#[derive(Default)]
pub struct TopBar {
    /// The diagram whose name is being edited, and whether the field has the keyboard already.
    renaming: Option<(Id, bool)>,
    /// The tab being dragged.
    dragged: Option<Id>,
    /// Where the tabs were in the last frame, and those of this one so far.
    row: Vec<Rect>,
    places: Vec<Rect>,
    /// The shown tab that was brought into view.
    seen: Option<Id>,
}

impl TopBar {
    /// Starts editing a diagram's name in its tab.
    pub fn rename(&mut self, diagram: Id) {
        self.renaming = Some((diagram, false));
    }

    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        ui.horizontal_centered(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            logo(ui, 22.0);
            ui.add_space(4.0);
            model_name(ui, cx, out);
            ui.add_space(8.0);
            menus::menu_bar_ui(ui, cx, out);
            divider(ui);
            for command in [Command::Undo, Command::Redo] {
                let what = if command == Command::Undo { cx.undo } else { cx.redo };
                let label = what.map_or_else(|| command.label().to_owned(), |what| format!("{}: {what}", command.label()));
                let keys = command.keys(ui.ctx());
                let button = ui.add_enabled_ui(command.enabled(cx), |ui| {
                    bare_button(ui, command.icon().unwrap_or(icons::CIRCLE), command.label())
                });
                if tipped(button.inner, &label, keys).clicked() {
                    out.run(command);
                }
            }
            divider(ui);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = 8.0;
                let (what, keys) = (Command::Report.label(), Command::Report.keys(ui.ctx()));
                if tipped(named(primary_button(ui, "Report"), what), what, keys).clicked() {
                    out.run(Command::Report);
                }
                search_button(ui, out);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| self.tabs_ui(ui, cx, out));
            });
        });
    }

    fn tabs_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        ui.spacing_mut().item_spacing.x = 0.0;
        // What adds a diagram stays in sight beside many.
        let room = (ui.available_width() - 26.0).max(40.0);
        ScrollArea::horizontal().auto_shrink([true, true]).max_width(room).show(ui, |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            ui.set_min_height(44.0);
            self.row = std::mem::take(&mut self.places);
            for id in cx.model.diagram_order() {
                let Some(diagram) = cx.model.diagrams.get(&id) else { continue };
                match self.renaming.take() {
                    Some((renamed, focused)) if renamed == id => self.name_field(ui, id, diagram, focused, out),
                    other => {
                        self.renaming = other;
                        self.tab(ui, cx, &id, diagram, room, out);
                    }
                }
            }
        });
        if command_button(ui, icons::PLUS, Command::AddDiagram.label(), Command::AddDiagram).clicked() {
            out.run(Command::AddDiagram);
        }
    }

    /// A tab; even a long name is whole or ends in dots within the row, which is `row` points wide.
    fn tab(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, diagram: &Diagram, row: f32, out: &mut Outbox) {
        let is_shown = id == cx.diagram;
        let name = if diagram.name.is_empty() { "Unnamed diagram" } else { &diagram.name };
        let (face, ink) = if is_shown { (Face::Bold, Ink::Text) } else { (Face::Regular, Ink::Muted) };
        let color = style::ink(ui, ink);
        let is_detail = diagram.of.is_some();
        let room = if is_detail { 64.0 } else { 46.0 };
        let galley = super::widgets::elided(ui, name, fonts::font(face, 13.0), color, (row - room).clamp(24.0, 200.0));
        let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + room, 44.0), Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::selected(WidgetType::SelectableLabel, true, is_shown, format!("Diagram {name}")));
        if is_shown && self.seen.as_ref() != Some(id) {
            response.scroll_to_me(None);
            self.seen = Some(id.clone());
        }
        self.places.push(rect);
        if response.hovered() && !is_shown {
            ui.painter().rect_filled(rect, 0.0, style::ink(ui, Ink::Raised));
        }
        let at = pos2(rect.left() + 20.0, rect.center().y);
        ui.painter().text(at, Align2::CENTER_CENTER, icons::FLOW_ARROW, fonts::font(Face::Icon, 14.0), color);
        let galley_width = galley.size().x;
        ui.painter().galley(pos2(rect.left() + 32.0, rect.center().y - galley.size().y / 2.0), galley, color);
        if is_detail {
            let at = pos2(rect.left() + 32.0 + galley_width + 10.0, rect.center().y);
            ui.painter().text(at, Align2::CENTER_CENTER, "⊞", fonts::font(Face::Symbols, 12.0), color);
        }
        if is_shown {
            let line = Rect::from_min_max(pos2(rect.left(), rect.bottom() - 2.0), rect.max);
            ui.painter().rect_filled(line, 0.0, style::ink(ui, Ink::Accent));
        }
        if response.clicked() {
            out.push(Action::ShowDiagram(id.clone()));
        }
        if response.double_clicked() {
            self.rename(id.clone());
        }
        self.drag(ui, cx, id, &response, out);
        let tip = [name, diagram.description.trim()].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join("\n");
        let response = if response.dragged() { response } else { tipped(response, &tip, None) };
        response.context_menu(|ui| TopBar::menu(ui, cx, id, diagram, out));
    }

    fn menu(ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, diagram: &Diagram, out: &mut Outbox) {
        for command in [
            Command::RenameDiagram,
            Command::DuplicateDiagram,
            Command::MoveDiagramLeft,
            Command::MoveDiagramRight,
            Command::DeleteDiagram,
        ] {
            if menus::entry(ui, command, cx).clicked() {
                out.push(Action::ShowDiagram(id.clone()));
                out.run(command);
                ui.close();
            }
        }
        ui.separator();
        ui.set_min_width(220.0);
        let put = |description| Edit::put(Key::Diagram(id.clone()), Diagram { description, ..diagram.clone() });
        text_area(ui, out, ("about", id), "Description", &diagram.description, "What this diagram shows", put);
    }

    /// A tab dragged along the row is put where it is let go of.
    fn drag(&mut self, ui: &Ui, cx: &ViewCx<'_>, id: &Id, response: &egui::Response, out: &mut Outbox) {
        if response.drag_started() {
            self.dragged = Some(id.clone());
        }
        let Some(at) = response.interact_pointer_pos().filter(|_| self.dragged.as_ref() == Some(id)) else { return };
        let left_of = |place: &&Rect| place.center().x < at.x;
        if response.dragged() {
            ui.ctx().set_cursor_icon(egui::CursorIcon::Grabbing);
            let to = self.row.iter().filter(left_of).count();
            let edge = self.row.get(to).map(|r| r.left()).or_else(|| self.row.last().map(|r| r.right()));
            if let Some(x) = edge {
                ui.painter().vline(x, response.rect.y_range(), Stroke::new(2.0, style::ink(ui, Ink::Accent)));
            }
        }
        if response.drag_stopped() {
            self.dragged = None;
            let order = cx.model.diagram_order();
            let from = order.iter().position(|other| other == id).unwrap_or_default();
            let before = self.row.iter().filter(left_of).count();
            let to = if before > from { before - 1 } else { before };
            reorder(cx.model, id, to).into_iter().for_each(|edit| out.commit(edit));
        }
    }

    fn name_field(&mut self, ui: &mut Ui, id: Id, diagram: &Diagram, focused: bool, out: &mut Outbox) {
        let rename = |name: String| Edit::put(Key::Diagram(id.clone()), Diagram { name, ..diagram.clone() });
        let field = ui.allocate_ui(vec2(140.0, 24.0), |ui| {
            text_field(ui, out, ("rename", &id), "Name of the diagram", &diagram.name, "Name", rename)
        });
        if !focused {
            field.inner.request_focus();
        }
        if !field.inner.lost_focus() {
            self.renaming = Some((id, true));
        }
    }
}

/// The name of the model; it leads to its properties.
fn model_name(ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
    let name = match cx.model.info.name.trim() {
        "" => "Unnamed model",
        name => name,
    };
    let color = style::ink(ui, Ink::Text);
    // Beside few diagrams there is room for more of it.
    let few = if cx.model.diagrams.len() <= 2 { 56.0 } else { 0.0 };
    let is_narrow = ui.ctx().content_rect().width() < 1400.0;
    let galley =
        super::widgets::elided(ui, name, fonts::font(Face::Bold, 14.0), color, if is_narrow { 112.0 } else { 190.0 } + few);
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x, 28.0), Sense::click());
    let label = Command::ModelProperties.label();
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, format!("{label} of {name}")));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect.expand2(vec2(4.0, 0.0)), 4.0, style::ink(ui, Ink::Raised));
    }
    ui.painter().galley(pos2(rect.left(), rect.center().y - galley.size().y / 2.0), galley, color);
    let keys = Command::ModelProperties.keys(ui.ctx());
    if tipped(response, &format!("{name}: {}", label.to_lowercase()), keys).clicked() {
        out.run(Command::ModelProperties);
    }
}

fn search_button(ui: &mut Ui, out: &mut Outbox) {
    let width = match ui.available_width() {
        wide if wide > 520.0 => 256.0,
        wide if wide > 330.0 => 150.0,
        _ => 92.0,
    };
    let (rect, response) = ui.allocate_exact_size(vec2(width, 28.0), Sense::click());
    let label = Command::Palette.label();
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, label));
    let border = if response.hovered() || response.has_focus() { Ink::BorderStrong } else { Ink::Border };
    let painter = ui.painter();
    painter.rect(rect, 4.0, style::ink(ui, Ink::Canvas), style::line(ui, border), egui::StrokeKind::Inside);
    let muted = style::ink(ui, Ink::Muted);
    let at = pos2(rect.left() + 16.0, rect.center().y);
    painter.text(at, Align2::CENTER_CENTER, icons::MAGNIFYING_GLASS, fonts::font(Face::Icon, 15.0), muted);
    let keys = Command::Palette.keys(ui.ctx()).unwrap_or_default();
    let keys = painter.layout_no_wrap(keys, fonts::font(Face::Mono, 11.0), muted);
    let cap =
        Rect::from_center_size(pos2(rect.right() - keys.size().x / 2.0 - 12.0, rect.center().y), keys.size() + vec2(8.0, 2.0));
    painter.rect_stroke(cap, 3.0, style::line(ui, Ink::Border), egui::StrokeKind::Inside);
    painter.galley(cap.center() - keys.size() / 2.0, keys, muted);
    let room = cap.left() - rect.left() - 36.0;
    if room > 40.0 {
        let galley = super::widgets::elided(ui, label, fonts::font(Face::Regular, 13.0), muted, room);
        painter.galley(pos2(rect.left() + 30.0, rect.center().y - galley.size().y / 2.0), galley, muted);
    }
    let keys = Command::Palette.keys(ui.ctx());
    if tipped(response, "Search for anything, or run a command", keys).clicked() {
        out.run(Command::Palette);
    }
}

fn divider(ui: &mut Ui) {
    ui.add_space(6.0);
    let (rect, _) = ui.allocate_exact_size(vec2(1.0, 20.0), Sense::hover());
    ui.painter().vline(rect.center().x, rect.y_range(), style::line(ui, Ink::Border));
    ui.add_space(6.0);
}

/// The mark: three stakes bound by a rail.
pub fn logo(ui: &mut Ui, size: f32) {
    let (rect, _) = ui.allocate_exact_size(vec2(size, size), Sense::hover());
    let at = |x: f32, y: f32| rect.lerp_inside(vec2(x, y));
    let stroke = Stroke::new(size * 0.09, style::ink(ui, Ink::Accent));
    let painter = ui.painter();
    for x in [0.22, 0.5, 0.78] {
        painter.line_segment([at(x, 0.28), at(x, 0.95)], stroke);
    }
    let crown = [at(0.22, 0.3), at(0.36, 0.1), at(0.5, 0.3), at(0.64, 0.1), at(0.78, 0.3)];
    painter.line(crown.to_vec(), stroke);
    painter.line_segment([at(0.06, 0.58), at(0.94, 0.58)], stroke);
}
