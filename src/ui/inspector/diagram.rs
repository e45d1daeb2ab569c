//! The diagram that is seen: what it shows, and who may read it.

use super::readers::readers_ui;
use crate::edit::Edit;
use crate::model::{Diagram, Key};
use crate::ui::widgets::{section, text_area};
use crate::ui::{Outbox, ViewCx};
use egui::Ui;

/// What is said about the diagram; nothing where there is none.
pub(super) fn diagram_ui(ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
    let Some(diagram) = cx.model.diagrams.get(cx.diagram) else { return };
    let key = Key::Diagram(cx.diagram.clone());
    section(
        ui,
        "diagram",
        "This diagram",
        None,
        |_| {},
        |ui| {
            let put = |description: String| Edit::put(key.clone(), Diagram { description, ..diagram.clone() });
            let id = format!("description of diagram {}", cx.diagram);
            text_area(ui, out, id, "Description of the diagram", &diagram.description, "What it shows", put);
            readers_ui(ui, cx, key.clone(), out);
        },
    );
}
