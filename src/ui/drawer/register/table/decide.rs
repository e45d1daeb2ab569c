//! Decisions by key in the list of threats, with the letters of the card.

use super::keys::pressed;
use super::{RegisterTable, threat_of};
use crate::model::Disposition;
use crate::register::{Column, Facts, Register, Row, Value};
use crate::ui::deciding::BY_KEY;
use crate::ui::{Outbox, ViewCx};
use egui::{Modifiers, Ui};

impl RegisterTable {
    /// Decides about all chosen threats in one step; what all of them stand for already is taken back. Where a reason is
    /// owed the field for it is ready at once.
    pub(super) fn decision_keys(&mut self, ui: &Ui, cx: &ViewCx<'_>, facts: &Facts<'_>, out: &mut Outbox) {
        if self.register != Register::Threats {
            return;
        }
        let asked = BY_KEY.iter().find(|(key, ..)| pressed(ui, Modifiers::NONE, *key));
        let Some(((.., disposition), (row, _))) = asked.zip(self.cursor.clone()) else { return };
        let rows = self.rows_written(&row);
        let stands = |row: &Row| threat_of(row).and_then(|key| cx.model.decisions.get(key)).map(|d| d.standing(cx.today));
        let is_back = rows.iter().all(|row| stands(row) == Some(*disposition));
        let wanted = if is_back { Disposition::Open } else { *disposition };
        let Some(at) = Disposition::ALL.iter().position(|d| *d == wanted) else { return };
        let Some(edit) = facts.change(&rows, Column::Status, &Value::Choice(at), out.ids()) else { return };
        out.commit(edit);
        let before = threat_of(&row).and_then(|key| cx.model.decisions.get(key)).cloned().unwrap_or_default();
        if !is_back && before.choose(wanted, cx.today).lacks_reason() {
            self.open_editor(facts, &row, Column::Why);
        }
    }
}
