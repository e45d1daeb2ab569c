//! Where an element is shown, what details it, and what it is a part of.

use crate::model::{ElementKind, Id};
use crate::ui::widgets::{caption, labelled, link, named};
use crate::ui::{Action, Command, Outbox, ViewCx};
use egui::Ui;

pub(super) fn places_ui(ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, out: &mut Outbox) {
    let detail = cx.model.detail_of(id);
    let is_process = cx.model.elements.get(id).is_some_and(|e| e.kind == ElementKind::Process);
    if detail.is_some() || is_process {
        labelled(ui, "Detail", |ui| {
            let text = detail.map_or_else(|| "Draw what is inside".to_owned(), |d| format!("{} ⊞", name(cx, d)));
            let tip = crate::ui::widgets::tool_tip(Command::OpenDetail.label(), Command::OpenDetail.keys(ui.ctx()));
            if named(link(ui, &text), Command::OpenDetail.label()).on_hover_text(tip).clicked() {
                out.push(Action::OpenDetail(id.clone()));
            }
        });
    }
    let (own, inside) = cx.assessment.own_and_inside(id);
    if inside > 0 {
        labelled(ui, "Rolled up", |ui| {
            let threats = caption(ui, format!("{own} own threats, {inside} inside"));
            ui.add(egui::Label::new(threats).truncate()).on_hover_text(worst_inside(cx, id));
        });
    }
    if let Some(whole) = cx.model.elements.get(id).and_then(|e| e.parent.clone()) {
        labelled(ui, "Part of", |ui| {
            let name = crate::risk::name_of(cx.model, &whole);
            if named(link(ui, &name), &format!("Show {name}")).clicked() {
                out.push(Action::Reveal(whole.clone()));
                out.push(Action::Select(crate::tool::Selection::one(whole)));
            }
        });
    }
    also_on_ui(ui, cx, id, out);
}

/// The other diagrams that show an item.
pub(super) fn also_on_ui(ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, out: &mut Outbox) {
    let others: Vec<Id> = cx.model.shown_on(id).into_iter().filter(|d| d != cx.diagram).collect();
    if others.is_empty() {
        return;
    }
    labelled(ui, "Also on", |ui| {
        ui.horizontal_wrapped(|ui| {
            for diagram in others {
                let name = name(cx, &diagram);
                if named(link(ui, &name), &format!("Show it on {name}")).clicked() {
                    out.push(Action::ShowDiagram(diagram));
                    out.push(Action::Select(crate::tool::Selection::one(id.clone())));
                    out.push(Action::Reveal(id.clone()));
                }
            }
        });
    });
}

fn name(cx: &ViewCx<'_>, diagram: &Id) -> String {
    match cx.model.name_of(diagram) {
        "" => "Unnamed diagram".to_owned(),
        name => name.to_owned(),
    }
}

/// The worst threat of the parts, which is why the whole is rated so.
fn worst_inside(cx: &ViewCx<'_>, id: &Id) -> String {
    let inside = cx.assessment.at(id).filter(|f| f.counts() && f.key.anchor != *id);
    let worst = inside.max_by(|a, b| a.current.score.total_cmp(&b.current.score));
    worst.map_or_else(String::new, |f| {
        let at = crate::risk::name_of(cx.model, &f.key.anchor);
        format!("Worst inside: {} at {at}, {:.1} {}", f.title, f.current.score, f.band().label())
    })
}
