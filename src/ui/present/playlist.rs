//! The list of steps made one's own: what is seen and brought up at a step, steps of one's own, all steps or the gravest.

use super::Present;
use crate::model::{Id, Key, PlayStep, StepFilter, StepPart};
use crate::risk::name_of;
use crate::session::{Scope, Stage, generate, rescoped};
use crate::ui::{Outbox, ViewCx};

impl Present {
    /// All steps, or the gravest; what people changed of them stays.
    pub(super) fn rescope(&mut self, cx: &ViewCx<'_>, out: &mut Outbox) {
        self.scope = self.scope.other();
        let steps = rescoped(cx.model, cx.actual, self.stage.steps(), self.scope);
        self.suggested = generate(cx.model, cx.actual, self.scope);
        self.in_all = generate(cx.model, cx.actual, Scope::All).len();
        self.stage.replace(steps);
        // What was only suggested is not stored.
        if !cx.model.playlists.is_empty() {
            self.store_steps(cx, out, "change the scope of the steps");
        }
    }

    /// The view as it is now belongs to the step; again: it is found anew each time.
    pub(super) fn keep_view(&mut self, cx: &ViewCx<'_>, out: &mut Outbox) {
        let Some(kept) = self.stage.step().map(|step| step.viewport.is_some()) else { return };
        let (viewport, diagram) = (self.sight.filter(|_| !kept), cx.diagram.clone());
        self.stage.change(|step| {
            step.viewport = viewport;
            if viewport.is_some() {
                step.diagram = Some(diagram);
            }
        });
        self.store_steps(cx, out, if kept { "let go of the view of a step" } else { "keep the view of a step" });
    }

    /// The next filter of the step; one about a single threat has none.
    pub(super) fn turn_filter(&mut self, cx: &ViewCx<'_>, out: &mut Outbox) {
        let Some(now) = self.stage.step().filter(|step| step.threat.is_none()).map(|step| step.filter) else { return };
        let at = StepFilter::ALL.iter().position(|filter| *filter == now).unwrap_or_default();
        let next = StepFilter::ALL.get((at + 1) % StepFilter::ALL.len()).copied().unwrap_or_default();
        self.stage.change(|step| step.filter = next);
        self.chosen = 0;
        self.store_steps(cx, out, "choose the threats of a step");
    }

    /// A step of what is seen and selected, after the present one.
    pub(super) fn add_step(&mut self, cx: &ViewCx<'_>, out: &mut Outbox) {
        let named = cx.selection.items.iter().map(|id| name_of(cx.model, id)).collect::<Vec<_>>().join(", ");
        let title = if named.is_empty() { format!("View of {}", name_of(cx.model, cx.diagram)) } else { named };
        let highlighted = cx.selection.items.iter().filter(|id| cx.model.item_key(id).is_some()).cloned().collect();
        let diagram: Option<Id> = Some(cx.diagram.clone());
        let step = PlayStep { title, part: StepPart::Other, diagram, viewport: self.sight, highlighted, ..PlayStep::default() };
        self.stage.insert(step);
        self.chosen = 0;
        self.store_steps(cx, out, "add a step");
    }

    /// All anew from the model.
    pub(super) fn forget_steps(&mut self, cx: &ViewCx<'_>, out: &mut Outbox) {
        let stored = cx.model.playlists.keys().cloned().map(Key::Playlist).collect();
        self.suggested = generate(cx.model, cx.actual, self.scope);
        self.stage = Stage::new(self.suggested.clone());
        out.commit(crate::edit::Edit::Remove { keys: stored });
    }
}
