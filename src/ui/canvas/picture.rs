//! The drawn diagram, made anew only when something it shows has changed.

use crate::model::Id;
use crate::scene::{Detail, Look, Scene, draw};
use crate::ui::ViewCx;

/// A scene and what it was made for. Colours are tokens, so the theme does not matter.
#[derive(Debug, Default)]
pub struct Picture {
    made_for: Option<(u64, Id, Look)>,
    scene: Scene,
}

impl Picture {
    /// Draws again if anything it shows has changed.
    pub fn refresh(&mut self, cx: &ViewCx<'_>, scale: f32) {
        let look = Look { detail: Detail::at_zoom(scale), badges: true, highlight: worst_route(cx), spoken: true };
        let wanted = Some((cx.revision, cx.diagram.clone(), look.clone()));
        if self.made_for != wanted {
            self.scene = draw(cx.model, cx.assessment, cx.layout, &look);
            self.made_for = wanted;
        }
    }

    /// As last drawn.
    pub fn scene(&self) -> &Scene {
        &self.scene
    }
}

/// The flows of the worst route of the selected threat.
fn worst_route(cx: &ViewCx<'_>) -> Vec<Id> {
    let finding = cx.selection.threat.as_ref().and_then(|key| cx.assessment.findings.get(key));
    match finding.and_then(|f| f.bindings.get(f.worst)) {
        Some(crate::risk::Binding::Flow { route, .. }) => route.0.clone(),
        _ => Vec::new(),
    }
}
