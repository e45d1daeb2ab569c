//! Writing a diagram as text: a field over the canvas that shows live what its lines would add, and says in words what it
//! does not understand.

use super::{CanvasFrame, CanvasState};
use crate::model::ThreatModel;
use crate::scene::DiagramLayout;
use crate::text::Face;
use crate::theme::Ink;
use crate::tool::{Captured, ToolCx, capture};
use crate::ui::widgets::{caption, key_cap, named};
use crate::ui::{Action, fonts, style::color32};
use egui::{Align2, Area, EventFilter, Frame, Key, KeyboardShortcut, Margin, Modifiers, Order, RichText, Stroke, TextEdit, vec2};

/// Width of the field, and lines it shows at most, faults included.
const WIDTH: f32 = 560.0;
/// On a canvas that leaves no room for it the field lies over what is beside.
const NARROWEST: f32 = 160.0;
const LINES: usize = 10;
const FAULTS: usize = 3;

/// The field while it is open.
#[derive(Debug, Default)]
pub struct TextField {
    text: String,
    /// The text whose result is shown.
    told: String,
    captured: Captured,
    /// The model and its geometry without what is only shown; taken anew after each step.
    base: Option<(ThreatModel, DiagramLayout)>,
}

impl TextField {
    /// With something in it already.
    pub fn with(text: String) -> TextField {
        TextField { text, ..TextField::default() }
    }
}

pub fn show(ui: &egui::Ui, frame: &mut CanvasFrame<'_, '_>, state: &mut CanvasState) {
    let Some(mut field) = state.text_field.take() else { return };
    let id = frame.id.with("write as text");
    // What was added in the last frame is in the model by now, and nothing new is shown yet.
    if field.base.is_none() {
        field.base = Some((frame.cx.model.clone(), frame.cx.layout.clone()));
    }
    let (enter, escape) = take_end(ui.ctx(), id);
    field_ui(ui, frame, &mut field, id);
    if escape || (enter && field.text.trim().is_empty()) {
        frame.out.push(Action::CancelPreview);
        ui.ctx().memory_mut(|m| m.request_focus(frame.id));
        return ui.ctx().request_repaint();
    }
    if field.text != field.told {
        field.told.clone_from(&field.text);
        understand(frame, &mut field, state);
        match &field.captured.edit {
            Some(edit) => frame.out.preview(edit.clone()),
            None => frame.out.push(Action::CancelPreview),
        }
        ui.ctx().request_repaint();
    }
    // A text with faults stays, so that they can be mended.
    if enter
        && field.captured.faults.is_empty()
        && let Some(edit) = field.captured.edit.take()
    {
        frame.out.commit(edit);
        frame.out.push(Action::Select(field.captured.selection.clone()));
        let revealed = field.captured.selection.items.iter().next().cloned();
        revealed.into_iter().for_each(|id| state.reveal(id));
        field = TextField::default();
        ui.ctx().request_repaint();
    }
    state.text_field = Some(field);
}

/// Reads the text against the model as it was before anything was shown.
fn understand(frame: &mut CanvasFrame<'_, '_>, field: &mut TextField, state: &mut CanvasState) {
    let camera = *frame.camera(state);
    let Some((model, layout)) = &field.base else { return };
    let seen = camera.visible(frame.size());
    let out = &mut *frame.out;
    let mut tools = ToolCx {
        model,
        diagram: frame.cx.diagram,
        layout,
        selection: &frame.selection,
        tool: frame.cx.tool,
        scale: camera.scale,
        seen,
        grid: frame.cx.panels.grid,
        touch: state.fingers.pointing,
        fresh: &mut || out.fresh_id(),
    };
    field.captured = capture(&field.text, seen.center(), &mut tools);
}

/// Takes the keys that end or add before the field sees them.
fn take_end(ctx: &egui::Context, id: egui::Id) -> (bool, bool) {
    if !ctx.memory(|m| m.has_focus(id)) {
        return (false, false);
    }
    ctx.input_mut(|i| {
        let plain = i.modifiers.is_none();
        (plain && i.consume_key(Modifiers::NONE, Key::Enter), i.consume_key(Modifiers::NONE, Key::Escape))
    })
}

fn field_ui(ui: &egui::Ui, frame: &CanvasFrame<'_, '_>, field: &mut TextField, id: egui::Id) {
    let theme = frame.cx.theme;
    let ink = |ink| color32(theme.color(ink));
    let at = frame.rect.center_bottom() - vec2(0.0, 44.0);
    let area = Area::new(id.with("area")).order(Order::Foreground).pivot(Align2::CENTER_BOTTOM).fixed_pos(at);
    area.constrain_to(frame.rect).show(ui.ctx(), |ui| {
        let ground = Frame::popup(ui.style()).fill(ink(Ink::Panel)).stroke(Stroke::new(1.0, ink(Ink::Accent)));
        ground.inner_margin(Margin::symmetric(12, 8)).show(ui, |ui| {
            ui.set_width(WIDTH.min((frame.rect.width() - 48.0).max(NARROWEST)));
            for fault in field.captured.faults.iter().take(FAULTS) {
                let words = format!("Line {}: {}", fault.line, fault.words);
                ui.label(RichText::new(words).size(12.0).color(ink(Ink::Boundary)));
            }
            let more = field.captured.faults.len().saturating_sub(FAULTS);
            if more > 0 {
                ui.label(caption(ui, format!("and {more} more")));
            }
            let rows = field.text.lines().count().clamp(1, LINES);
            let edit = TextEdit::multiline(&mut field.text)
                .id(id)
                .frame(Frame::NONE)
                .margin(Margin::ZERO)
                .font(fonts::font(Face::Mono, 13.0))
                .hint_text("user > web: login [https]")
                .desired_width(f32::INFINITY)
                .desired_rows(rows)
                .event_filter(EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true })
                .return_key(KeyboardShortcut::new(Modifiers::SHIFT, Key::Enter));
            let response = named(ui.add(edit), "Diagram as text");
            if !response.has_focus() {
                response.request_focus();
            }
            ui.add_space(4.0);
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 6.0;
                let adds = in_words(&field.captured);
                let said = if adds.is_empty() { "db: Orders > api    in DMZ: web, api    web <> api: sync" } else { &adds };
                ui.label(caption(ui, said));
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    for (key, what) in [("Esc", "close"), ("Shift Enter", "new line"), ("Enter", "add")] {
                        ui.label(caption(ui, what));
                        key_cap(ui, key);
                    }
                });
            });
        });
    });
}

/// "Adds 2 elements, 1 flow".
fn in_words(captured: &Captured) -> String {
    let number = |n: usize, one: &str, many: &str| (n > 0).then(|| format!("{n} {}", if n == 1 { one } else { many }));
    let parts = [
        number(captured.elements, "element", "elements"),
        number(captured.flows, "flow", "flows"),
        number(captured.boundaries, "boundary", "boundaries"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { String::new() } else { format!("Adds {}", parts.join(", ")) }
}
