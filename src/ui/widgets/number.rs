//! Numbers that are dragged or typed.

use super::named;
use egui::{DragValue, Ui};

/// A number whose whole drag, or all that is typed into it, is one change. `set` gives the field its range and looks.
/// Returns the new number once the hand or the keyboard lets go.
pub fn number_field(ui: &mut Ui, name: &str, value: f64, set: impl FnOnce(DragValue<'_>) -> DragValue<'_>) -> Option<f64> {
    let under_way = ui.next_auto_id().with("under way");
    let mut new = ui.data(|d| d.get_temp::<f64>(under_way)).unwrap_or(value);
    let response = named(ui.add(set(DragValue::new(&mut new))), name);
    if response.changed() {
        ui.data_mut(|d| d.insert_temp(under_way, new));
    }
    if response.dragged() || response.has_focus() {
        return None;
    }
    ui.data_mut(|d| d.remove_temp::<f64>(under_way)).filter(|new| *new != value)
}
