//! The keyboard is only where something is drawn. egui lets a control ask for it one frame before it is there; whoever has the
//! window read out would be told of a place that does not exist, and accesskit stops the program then.

use egui::{Context, Id};

fn waiting() -> Id {
    Id::new("waits for the keyboard")
}

/// Gives the keyboard to what asked for it too early. Called before anything is drawn.
pub fn hand_over(ctx: &Context) {
    if let Some(id) = ctx.data(|data| data.get_temp::<Option<Id>>(waiting()).flatten()) {
        ctx.memory_mut(|m| m.request_focus(id));
    }
}

/// Takes the keyboard from what is not there; it has it in the next frame, or not at all. Called when everything is drawn.
pub fn keep_to_what_is_drawn(ctx: &Context) {
    let waited = ctx.data_mut(|data| data.remove_temp::<Option<Id>>(waiting()).flatten());
    let Some(id) = ctx.memory(|m| m.focused()) else { return };
    let is_there = ctx.viewport(|viewport| {
        let pass = &viewport.this_pass;
        pass.used_ids.contains_key(&id) && pass.accesskit_state.as_ref().is_none_or(|tree| tree.nodes.contains_key(&id))
    });
    if is_there {
        return;
    }
    ctx.memory_mut(|m| m.surrender_focus(id));
    if waited != Some(id) {
        ctx.data_mut(|data| data.insert_temp(waiting(), Some(id)));
        ctx.request_repaint();
    }
}
