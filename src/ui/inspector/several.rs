//! Several things selected: what they are together.

use crate::edit::Edit;
use crate::model::Id;
use crate::risk;
use crate::text::Face;
use crate::theme::Ink;
use crate::tool::Selection;
use crate::ui::widgets::{Row, labelled, muted, optional_choice, rule, title};
use crate::ui::{Action, Command, Outbox, ViewCx, fonts, style};
use egui::Ui;

pub(super) fn several_ui(ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
    let items = &cx.selection.items;
    ui.label(title(format!("{} items", items.len())));
    let load: f64 = items.iter().filter_map(|id| cx.assessment.elements.get(id)).map(|e| e.risk.load).sum();
    let threats: usize = items.iter().map(|id| cx.assessment.at(id).filter(|f| f.counts()).count()).sum();
    ui.label(muted(ui, format!("{threats} threats, load {load:.1}")));
    ui.add_space(4.0);
    let movable = items.iter().filter(|id| cx.model.elements.contains_key(*id) || cx.model.boundaries.contains_key(*id));
    let movable: std::collections::BTreeSet<Id> = movable.cloned().collect();
    if !movable.is_empty() {
        labelled(ui, "Trust boundary", |ui| {
            let free = cx
                .model
                .boundaries
                .iter()
                .filter(|(id, _)| !cx.model.boundary_path(id).iter().any(|outer| movable.contains(outer)));
            let zones: Vec<(Id, String)> = free.map(|(id, b)| (id.clone(), super::element::zone_label(b))).collect();
            let mut own = movable.iter().filter_map(|id| cx.model.elements.get(id)).map(|e| e.boundary.clone());
            let first = own.next().flatten();
            let same = first.filter(|f| own.all(|o| o.as_ref() == Some(f)));
            if let Some(into) = optional_choice(ui, "zone of several", "Trust boundary", same.as_ref(), &zones, "None or several")
            {
                out.commit(Edit::Reparent { items: movable.clone(), into });
            }
        });
    }
    let keys = items.iter().filter_map(|id| cx.model.item_key(id)).filter(crate::model::Key::can_be_hidden).collect();
    super::readers::readers_of_all(ui, cx, &keys, out);
    if ui.button("Delete all").clicked() {
        out.run(Command::Delete);
    }
    ui.add_space(4.0);
    rule(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    for id in items {
        let name = risk::name_of(cx.model, id);
        let mut row = Row::new(ui, 24.0, false, &name);
        let color = style::ink(row.ui, Ink::Text);
        row.text(&name, fonts::font(Face::Regular, 12.0), color);
        if row.response.clicked() {
            out.push(Action::Select(Selection::one(id.clone())));
        }
    }
}
