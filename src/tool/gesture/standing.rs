//! Whether what a gesture began with is still there: undo, or a file that is read again, may take it away meanwhile.

use super::Gesture;
use crate::model::Id;
use crate::tool::ToolCx;

impl Gesture {
    /// False when it would go on with something that is gone.
    pub(super) fn stands(&self, cx: &ToolCx<'_>) -> bool {
        let is_there = |id: &Id| cx.model.placement(cx.diagram, id).is_some();
        match self {
            Gesture::Idle | Gesture::Walking(_) | Gesture::Panning(_) | Gesture::Marquee(_) => true,
            Gesture::Pressed(g) => g.item().is_none_or(|id| cx.model.has_id(id)),
            Gesture::Moving(g) => g.ground().stands(cx),
            Gesture::Resizing(g) => g.ground().stands(cx),
            Gesture::Sizing(g) => g.ground().stands(cx),
            Gesture::Creating(g) => g.ground().stands(cx),
            Gesture::Drawing(g) => g.ground().stands(cx),
            Gesture::MakingRoom(g) => g.stands(cx),
            Gesture::Connecting(g) => g.from().is_none_or(is_there),
            Gesture::Choosing(g) => is_there(g.from()),
            Gesture::Reconnecting(g) => is_there(g.flow()),
            Gesture::Bending(g) => is_there(g.item()),
        }
    }
}
