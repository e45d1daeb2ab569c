//! What is taken for granted.

use super::Inspector;
use super::list::{Line, RecordList};
use crate::edit::Edit;
use crate::model::{Assumption, AssumptionStatus, Id, Key};
use crate::text::icon;
use crate::ui::widgets::{labelled, segmented, text_area};
use crate::ui::{Outbox, ViewCx};
use egui::Ui;

const STATUS: &[(AssumptionStatus, &str)] =
    &[(AssumptionStatus::Open, "Open"), (AssumptionStatus::Confirmed, "Confirmed"), (AssumptionStatus::Refuted, "Refuted")];

impl Inspector {
    pub(super) fn assumptions_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        let list = RecordList {
            title: "Assumptions",
            one: "assumption",
            empty: ["None yet.", "Write down what the ratings rely on but the model does not show."],
            records: cx.model.assumptions.iter().collect(),
            key: Key::Assumption,
            line: |assumption| Line::new(icon::LIST_BULLETS, &assumption.text, assumption.status.label()),
            fields: assumption_ui,
            fresh: Assumption { text: "New assumption".into(), ..Assumption::default() },
        };
        self.list_ui(ui, cx, "assumptions", list, out);
    }
}

fn assumption_ui(ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, assumption: &Assumption, out: &mut Outbox) {
    let put = |assumption: Assumption| Edit::put(Key::Assumption(id.clone()), assumption);
    text_area(ui, out, ("text", id), "Assumption", &assumption.text, "What is taken for granted", |text| {
        put(Assumption { text, ..assumption.clone() })
    });
    labelled(ui, "Status", |ui| {
        if let Some(status) = segmented(ui, "Status of the assumption", assumption.status, STATUS) {
            out.commit(put(Assumption { status, ..assumption.clone() }));
        }
    });
    super::readers::readers_ui(ui, cx, Key::Assumption(id.clone()), out);
}
