//! Lists of records: a row each, and the fields of the unfolded one in place.

use super::Inspector;
use crate::edit::Edit;
use crate::model::{Id, Key, Record};
use crate::text::Face;
use crate::text::icon::{self, Icon};
use crate::theme::Ink;
use crate::ui::widgets::{Row, elided, empty_note, icon_button, in_two_lines, section};
use crate::ui::{Outbox, ViewCx, fonts, style};
use egui::{Frame, Margin, Ui, pos2, vec2};

/// What the row of a record shows.
pub(super) struct Line<'a> {
    pub face: Face,
    pub icon: Icon,
    pub ink: Ink,
    pub name: &'a str,
    /// A word or a few figures at the right end.
    pub about: String,
    /// It does not count at present.
    pub dim: bool,
}

impl<'a> Line<'a> {
    pub fn new(icon: Icon, name: &'a str, about: impl Into<String>) -> Line<'a> {
        Line { face: Face::Icon, icon, ink: Ink::Muted, name, about: about.into(), dim: false }
    }
}

/// A section that lists all records of a kind.
pub(super) struct RecordList<'a, R> {
    pub title: &'a str,
    /// What one of them is called.
    pub one: &'a str,
    /// What an empty list says: the state, and what to do about it.
    pub empty: [&'a str; 2],
    pub records: Vec<(&'a Id, &'a R)>,
    pub key: fn(Id) -> Key,
    pub line: fn(&R) -> Line<'_>,
    /// The fields of one.
    pub fields: fn(&mut Ui, &ViewCx<'_>, &Id, &R, &mut Outbox),
    /// A new one.
    pub fresh: R,
}

impl Inspector {
    /// Lists records, with a button that makes one and a button that deletes the unfolded one.
    pub(super) fn list_ui<R: Into<Record>>(
        &mut self,
        ui: &mut Ui,
        cx: &ViewCx<'_>,
        salt: impl egui::AsId,
        list: RecordList<'_, R>,
        out: &mut Outbox,
    ) {
        let mut add = false;
        let RecordList { title, one, empty: [state, advice], records, key, line, fields, fresh } = list;
        let trailing = |ui: &mut Ui| add = icon_button(ui, icon::PLUS, &format!("New {one}")).clicked();
        section(ui, salt, title, Some(records.len()), trailing, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            if records.is_empty() {
                empty_note(ui, state, advice);
            }
            for (id, record) in records {
                self.unfolding(ui, id, line(record), |ui| {
                    fields(ui, cx, id, record, out);
                    if ui.button(format!("Delete this {one}")).clicked() {
                        out.commit(Edit::Remove { keys: [key(id.clone())].into() });
                    }
                });
            }
        });
        if add {
            let id = out.fresh_id();
            out.commit(Edit::put(key(id.clone()), fresh));
            self.unfolded = Some(id);
        }
    }

    /// A row that unfolds to `fields`, one of all at a time.
    pub(super) fn unfolding(&mut self, ui: &mut Ui, id: &Id, line: Line<'_>, fields: impl FnOnce(&mut Ui)) {
        let is_open = self.unfolded.as_ref() == Some(id);
        let ink = |ink| style::ink(ui, ink);
        let (color, text, muted) = (ink(line.ink), ink(if line.dim { Ink::Muted } else { Ink::Text }), ink(Ink::Muted));
        // The name comes first: what is said about it has what is left, or half of the row where it is long.
        let room = ui.available_width() - 8.0 - 21.0;
        let whole = elided(ui, line.name, fonts::font(Face::Regular, 12.0), text, room).size().x;
        let about = elided(ui, &line.about, fonts::font(Face::Regular, 11.0), muted, (room / 2.0).max(room - whole - 12.0));
        let rest = if line.about.is_empty() { room } else { room - about.size().x - 8.0 };
        let name = in_two_lines(ui, line.name, fonts::font(Face::Regular, 12.0), text, rest);
        let is_cut = name.elided || about.elided;
        let mut row = Row::new(ui, (name.size().y + 8.0).max(26.0), is_open, line.name);
        row.rest = row.whole.shrink2(vec2(4.0, 0.0));
        row.icon(line.face, line.icon, 15.0, color);
        let at = pos2(row.rest.right() - about.size().x, row.rest.center().y - about.size().y / 2.0);
        row.ui.painter().galley(at, about, muted);
        row.galley(name, text);
        let response = if is_cut { row.response.on_hover_text(format!("{}\n{}", line.name, line.about)) } else { row.response };
        if response.clicked() {
            self.unfolded = (!is_open).then(|| id.clone());
        }
        if is_open {
            let frame = Frame::new().fill(style::ink(ui, Ink::Canvas)).inner_margin(Margin::same(8)).corner_radius(4);
            frame.show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 4.0;
                ui.set_width(ui.available_width());
                fields(ui);
            });
        }
    }
}
