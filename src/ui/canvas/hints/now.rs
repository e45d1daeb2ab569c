//! What can be done here and now.

use super::{Hint, held};
use crate::tool::{Modifiers, Tool};
use crate::ui::canvas::{CanvasFrame, CanvasState};

/// For what is under way, else for the keys held, else for the tool and what is selected.
pub fn hints(frame: &CanvasFrame<'_, '_>, state: &CanvasState, modifiers: Modifiers) -> Vec<Hint> {
    let of_gesture = state.gesture.hints();
    if !of_gesture.is_empty() {
        return of_gesture.to_vec();
    }
    if let Some(editor) = &state.editor {
        let draws_on = editor.draws_on().then_some(("Ctrl →", "add next element"));
        let tab = if editor.turns_kind() { "process, store, entity" } else { "next without a name" };
        let takes_over = editor.proposes().then_some(("F8", "take over what is proposed"));
        // What had no name ends with Escape as with Enter.
        let done = if editor.is_new() { "Enter Esc" } else { "Enter" };
        let escape = (!editor.is_new()).then_some(("Esc", "as it was"));
        return [(done, "done")]
            .into_iter()
            .chain(takes_over)
            .chain(draws_on)
            .chain([("Tab", tab), ("Shift Enter", "new line")])
            .chain(escape)
            .collect();
    }
    if state.card.is_scoring() {
        return vec![("1 to 5", "likelihood, then impact"), ("0", "by the method"), ("Enter", "done")];
    }
    if modifiers != Modifiers::NONE {
        return held::hints(frame, modifiers);
    }
    of_tool(frame.cx.tool, frame.cx.panels.keeps_tool).unwrap_or_else(|| {
        let proposes = frame.selection.single().is_some_and(|id| state.card.proposes(id));
        let accept = proposes.then_some(("F8", "accept what is proposed"));
        accept.into_iter().chain(of_selection(frame)).collect()
    })
}

/// Whether hints are about what comes beside the keys that are held.
pub fn follows_held(state: &CanvasState) -> bool {
    state.gesture.hints().is_empty() && state.editor.is_none() && !state.card.is_scoring()
}

/// What a tool other than selecting does next.
fn of_tool(tool: Tool, keeps: bool) -> Option<Vec<Hint>> {
    let mut hints: Vec<Hint> = match tool {
        Tool::Select => return None,
        Tool::Hand => return Some(vec![("Drag", "move the view"), ("V", "back to selecting")]),
        Tool::Laser => {
            return Some(vec![("Drag", "point something out"), ("Space", "drag the view"), ("Esc", "back to selecting")]);
        }
        Tool::Flow => vec![("Drag", "from an element to another")],
        Tool::Line => vec![("Click", "point by point"), ("Drag", "straight across")],
        _ => vec![("Click", "usual size"), ("Drag", "draw its size"), ("Enter", "where there is room")],
    };
    hints.push(("Q", if keeps { "once only" } else { "keep the tool" }));
    hints.push(("Esc", "back to selecting"));
    Some(hints)
}

fn of_selection(frame: &CanvasFrame<'_, '_>) -> Vec<Hint> {
    let (cx, selection) = (frame.cx, &frame.selection);
    let hints: &[Hint] = match selection.single() {
        Some(id) if cx.model.elements.contains_key(id) => &[
            ("Ctrl →", "add next element"),
            ("T", "add threat"),
            (", .", "its threats"),
            ("Tab", "next element"),
            ("Enter", "name"),
        ],
        Some(id) if cx.model.flows.contains_key(id) => {
            &[("Drag", "bend or reconnect"), ("T", "add threat"), ("Alt →", "to its end"), ("Enter", "name")]
        }
        Some(id) if cx.layout.lines.contains_key(id) => {
            &[("Drag", "adds a corner"), ("Double click", "a corner goes"), ("Shift F", "its style"), ("Enter", "name")]
        }
        Some(id) if cx.model.boundaries.contains_key(id) => &[
            ("Drag", "moves its content"),
            ("Alt at its edge", "the frame alone"),
            ("Space", "collapse or expand"),
            ("Enter", "name"),
        ],
        Some(_) => &[("Enter", "write"), ("Del", "delete")],
        None if selection.items.len() == 2 => &[("F", "connect the two"), ("B", "boundary around them"), ("Ctrl D", "duplicate")],
        None if !selection.items.is_empty() => &[("B", "boundary around them"), ("Ctrl D", "duplicate"), ("Del", "delete")],
        None if cx.layout.boxes.is_empty() => {
            &[("P", "process"), ("E", "external entity"), ("S", "data store"), ("B", "trust boundary")]
        }
        None => &[("P S E", "add at the pointer"), ("F", "flow"), ("Tab", "first element"), ("Space", "drag the view")],
    };
    hints.to_vec()
}
