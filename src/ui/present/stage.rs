//! The stage: bars above and below, the card at the side, the canvas with its light between them.

use super::help::help_ui;
use super::{Measure, Pane, Present, presenter};
use crate::geometry::Rect;
use crate::model::{Id, StepPart};
use crate::theme::Ink;
use crate::tool::Tool;
use crate::ui::canvas::{CanvasState, Light, Sight, canvas_ui};
use crate::ui::{Action, Command, Group, Outbox, ViewCx, style};
use egui::{CentralPanel, Context, Frame, Margin, Panel, Stroke, Ui};

/// Room for what hangs over outlines, in units of the world.
const ROOM: f32 = 12.0;
/// How much larger than legible things may be shown.
const LARGEST: f32 = 1.4;
/// How much smaller what belongs together may be for all of it to be seen, with names in the place of its words.
const SMALLEST: f32 = 0.26;
/// After so many seconds a pointer that rests is not shown.
const REST: f32 = 3.0;

/// Draws the presentation into the whole window. `is_free` tells whether keys are the stage's.
pub fn stage_ui(ui: &mut Ui, cx: &ViewCx<'_>, canvas: &mut CanvasState, present: &mut Present, is_free: bool, out: &mut Outbox) {
    let m = Measure::of(ui.ctx());
    if is_free && !canvas.is_busy() {
        present.keys(ui.ctx(), cx, out);
    }
    let ink = |ink| style::color32(cx.theme.color(ink));
    let bar = m.px(72.0).max(m.letters(24.0) * 2.0);
    let edge = Stroke::new(m.px(2.0), ink(Ink::Border));
    let frame = Frame::new().fill(ink(Ink::Panel));
    let name = match cx.model.info.name.trim() {
        "" => "Unnamed model",
        name => name,
    };
    let top = Panel::top("stage top").exact_size(bar).frame(frame).show_separator_line(false);
    let above = top.show(ui, |ui| present.top_ui(ui, cx, name)).response.rect;
    let bottom = Panel::bottom("stage bottom").exact_size(bar).frame(frame).show_separator_line(false);
    let below = bottom.show(ui, |ui| present.bottom_ui(ui, cx)).response.rect;
    let width = m.px(632.0).max(m.letters(24.0) * 19.0);
    let margin = m.px(24.0).clamp(0.0, 100.0) as i8;
    let card = frame.inner_margin(Margin::symmetric(margin, margin / 2));
    let side = Panel::right("stage side").resizable(false).exact_size(width).frame(card).show_separator_line(false);
    // Two pictures beside each other, and the list of keys, take all the room there is.
    let at_side = (!present.takes_all_room()).then(|| side.show(ui, |ui| present.side_ui(ui, cx, out)).response.rect);
    let right = at_side.map_or(below.right(), |side| side.left());
    let room = egui::Rect::from_min_max(above.left_bottom(), egui::pos2(right, below.top()));
    canvas.set_legible(m.is_staged().then(|| m.legible()));
    if at_side.is_some() {
        present.sight = canvas.sight(cx.diagram);
        present.aim(m, room, cx, canvas, out);
    }
    canvas.set_light(present.light(cx).map(|lit| Light { lit, framed: present.framed(cx) }));
    let central = CentralPanel::default();
    if present.pane == Pane::Help {
        central.frame(card).show(ui, |ui| help_ui(ui, m));
    } else {
        central.frame(Frame::new().fill(ink(Ink::Canvas))).show(ui, |ui| canvas_ui(ui, cx, canvas, out));
    }
    if cx.tool == Tool::Select && ui.input(|i| i.pointer.time_since_last_movement() > REST) {
        ui.ctx().set_cursor_icon(egui::CursorIcon::None);
    }
    let painter = ui.painter();
    painter.hline(above.x_range(), above.bottom(), edge);
    painter.hline(below.x_range(), below.top(), edge);
    if let Some(at_side) = at_side {
        painter.vline(at_side.left(), at_side.y_range(), edge);
    }
    if let Some(camera) = canvas.camera(cx.diagram) {
        present.scenario_ui(ui, room, camera, cx);
    }
    present.told_ui(ui, room);
    // What is written is written where the keyboard is.
    if !present.has_presenter() || ui.input(|i| i.viewport().focused != Some(false)) {
        present.line_ui(ui, room, cx, out);
    }
    if present.has_presenter() {
        let (id, builder) = presenter::viewport();
        let is_closed = ui.ctx().clone().show_viewport_immediate(id, builder, |ui, class| {
            if is_free {
                present.keys(ui.ctx(), cx, out);
            }
            // Its own size of letters: whoever reads it sits before it.
            let frame = Frame::new().fill(style::color32(cx.theme.color(Ink::Panel))).inner_margin(Margin::same(8));
            frame.show(ui, |ui| {
                ui.set_min_size(ui.available_size());
                egui::ScrollArea::vertical().show(ui, |ui| present.presenter_ui(ui, m, cx));
            });
            let is_own = class == egui::ViewportClass::Immediate;
            if is_own && ui.input(|i| i.viewport().focused == Some(true)) {
                present.line_ui(ui, ui.max_rect(), cx, out);
            }
            ui.input(|i| i.viewport().close_requested())
        });
        if is_closed {
            present.close_presenter();
        }
    }
}

impl Present {
    /// Takes the keys of the stage out of the input: those of what is asked first, then those of the list of commands.
    fn keys(&mut self, ctx: &Context, cx: &ViewCx<'_>, out: &mut Outbox) {
        if ctx.text_edit_focused() || egui::Popup::is_any_open(ctx) || self.is_asking() {
            return;
        }
        self.take_keys(ctx, cx, out);
        let keys = |c: Command| c.usual().iter().map(move |keys| (c, keys));
        let mut shortcuts: Vec<_> = Group::Stage.commands().flat_map(keys).collect();
        shortcuts.sort_by_key(|(_, keys)| !keys.modifiers.shift);
        for (command, keys) in shortcuts {
            // Enter is the label's of what is selected.
            let is_for_canvas = keys.logical_key == egui::Key::Enter && !cx.selection.items.is_empty();
            if !is_for_canvas && ctx.input_mut(|i| plain(i, keys.logical_key, keys.modifiers.shift)) {
                out.run(command);
            }
        }
    }

    /// Sends the camera to a step that was not looked at yet, on its diagram.
    fn aim(&mut self, m: Measure, room: egui::Rect, cx: &ViewCx<'_>, canvas: &mut CanvasState, out: &mut Outbox) {
        let Some(step) = self.stage.step() else { return };
        let wanted = (self.stage.at(), step.highlighted.first().cloned(), room.size().round(), step.viewport);
        if !m.is_staged() || self.looked.as_ref() == Some(&wanted) {
            return;
        }
        let shown = |diagram: &Id| {
            step.highlighted.is_empty() || step.highlighted.iter().any(|id| cx.model.placement(diagram, id).is_some())
        };
        let first = || cx.model.diagram_order().into_iter().find(|diagram| shown(diagram));
        let diagram = step.diagram.clone().filter(|id| cx.model.diagrams.contains_key(id)).or_else(first);
        if let Some(diagram) = diagram.filter(|diagram| diagram != cx.diagram) {
            return out.push(Action::ShowDiagram(diagram));
        }
        let legible = m.legible();
        let (worlds, least, most) = match (step.viewport, step.part) {
            (Some(kept), _) => (vec![kept], 0.0, f32::INFINITY),
            (None, StepPart::Overview | StepPart::Boundaries) => (self.worlds(cx), 0.0, legible * LARGEST),
            (None, _) => (self.worlds(cx), legible * SMALLEST, legible * LARGEST),
        };
        canvas.show(Sight { worlds, least, most });
        canvas.wipe();
        self.looked = Some(wanted);
    }

    /// What is to be seen of a step: with all its surroundings, without, or only the thing itself; of none in particular, all.
    pub(super) fn worlds(&self, cx: &ViewCx<'_>) -> Vec<Rect> {
        let Some(step) = self.stage.step() else { return Vec::new() };
        if step.highlighted.is_empty() {
            return vec![cx.layout.bounds.expand(ROOM)];
        }
        // With room for tabs and pills.
        let bounds = |id: &Id| crate::ui::canvas::bounds_of(cx, id).map(|bounds| bounds.expand(ROOM));
        let of = |ids: &mut dyn Iterator<Item = &Id>| ids.filter_map(bounds).reduce(Rect::union);
        let ends = |id: &Id| {
            let flow = cx.model.flows.get(id);
            flow.into_iter().flat_map(|flow| flow.from.iter().chain(&flow.to)).cloned().collect::<Vec<Id>>()
        };
        let ends: Vec<Id> = step.highlighted.iter().flat_map(ends).collect();
        let all = of(&mut step.highlighted.iter().chain(&ends));
        let anchor = step.threat.as_ref().map(|threat| &threat.anchor).or(step.highlighted.first());
        let worlds = [all, of(&mut step.highlighted.iter()), of(&mut anchor.into_iter())];
        worlds.into_iter().flatten().collect()
    }

    /// What stands out in the light: what the step or its threat is about, and the flows that lead there.
    fn framed(&self, cx: &ViewCx<'_>) -> std::collections::BTreeSet<Id> {
        if !cx.selection.items.is_empty() {
            return Default::default();
        }
        let flows =
            self.stage.step().into_iter().flat_map(|step| &step.highlighted).filter(|id| cx.model.flows.contains_key(*id));
        self.subject(cx).into_iter().chain(flows.cloned()).collect()
    }
}

/// Takes a press of a key without Ctrl and Alt, and with Shift only where it is asked for; signs may need Shift to be typed.
fn plain(input: &mut egui::InputState, key: egui::Key, with_shift: bool) -> bool {
    let is_sign = matches!(
        key,
        egui::Key::Questionmark
            | egui::Key::Semicolon
            | egui::Key::Backslash
            | egui::Key::Period
            | egui::Key::Comma
            | egui::Key::Plus
    );
    let before = input.events.len();
    input.events.retain(|event| match event {
        egui::Event::Key { key: pressed, pressed: true, modifiers, .. }
            if *pressed == key && !modifiers.command && !modifiers.alt =>
        {
            !(modifiers.shift == with_shift || is_sign)
        }
        _ => true,
    });
    input.events.len() < before
}
