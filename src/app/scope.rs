//! Taking elements and flows out of scope, and back in.

use super::App;
use crate::edit::Edit;
use crate::model::{Element, Flow, Id, Key};

impl App {
    /// Takes what is selected out of scope, or back in when all of it is out. Why it is out is asked for in the inspector.
    pub(super) fn toggle_scope(&mut self, ctx: &egui::Context) {
        let model = self.document.model();
        let scope = |id: &Id| {
            let of_flow = || model.flows.get(id).map(|f| f.out_of_scope.clone());
            model.elements.get(id).map(|e| e.out_of_scope.clone()).or_else(of_flow)
        };
        let all_out = self.selection.items.iter().filter_map(scope).all(|reason| reason.is_some());
        let put = |id: &Id| {
            let before = scope(id)?;
            let out_of_scope = if all_out { None } else { before.or_else(|| Some(String::new())) };
            let element = model.elements.get(id).cloned();
            let flow = || model.flows.get(id).cloned();
            Some(match element {
                Some(e) => Edit::put(Key::Element(id.clone()), Element { out_of_scope, ..e }),
                None => Edit::put(Key::Flow(id.clone()), Flow { out_of_scope, ..flow()? }),
            })
        };
        let edits: Vec<Edit> = self.selection.items.iter().filter_map(put).collect();
        let label = if all_out { "take into scope" } else { "take out of scope" };
        self.commit(&Edit::Batch { label: label.into(), edits });
        if let Some(id) = self.selection.single().filter(|_| !all_out).cloned() {
            self.show_page(crate::ui::Page::Inspector);
            ctx.memory_mut(|m| m.request_focus(crate::ui::scope_reason(&id)));
        }
    }
}
