//! A small bar above what is selected, with what is done to it most. It is out of the way while anything goes on.

use super::{CanvasFrame, CanvasState, navigation};
use crate::geometry::Rect;
use crate::model::Id;
use crate::scene::BoxKind;
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::tool::{Arrangement, Direction, Gesture, Operation, ToolCx};
use crate::ui::painter::View;
use crate::ui::style::color32;
use crate::ui::widgets::{named, tipped};
use crate::ui::{Command, fonts};
use egui::{Align2, Area, Button, Color32, Frame, Order, RichText, Ui, pos2, vec2};

/// Side of a button, in points.
const SIDE: f32 = 26.0;
/// Distance from the selection, which leaves room for its handles.
const GAP: f32 = 16.0;

/// What a button does.
#[derive(Clone, Copy, PartialEq)]
enum Deed {
    Run(Command),
    /// The arrow that draws a flow from the selected element.
    Flow,
    Connect,
    Next,
}

const ARRANGE: [Arrangement; 9] = [
    Arrangement::Left,
    Arrangement::Centre,
    Arrangement::Right,
    Arrangement::Top,
    Arrangement::Middle,
    Arrangement::Bottom,
    Arrangement::SpreadAcross,
    Arrangement::SpreadDown,
    Arrangement::SameSize,
];

const FLOW: [Command; 5] =
    [Command::AddThreat, Command::CycleLineStyle, Command::ToggleHeads, Command::ReverseFlow, Command::ResetRoute];

pub fn show(ui: &egui::Ui, frame: &mut CanvasFrame<'_, '_>, state: &mut CanvasState) {
    let calm = !state.gesture.is_active() && state.editor.is_none() && state.held.is_none();
    let Some(place) = calm.then(|| place(frame, &frame.view(state))).flatten() else { return };
    let deeds = deeds(frame);
    let theme = frame.cx.theme;
    let mut done = None;
    let area = Area::new(frame.id.with("selection bar")).order(Order::Middle).fixed_pos(place.min);
    area.show(ui.ctx(), |ui| {
        let ground = Frame::new().fill(color32(theme.color(Ink::Panel))).corner_radius(6.0).inner_margin(2.0);
        ground.stroke(egui::Stroke::new(1.0, color32(theme.color(Ink::Border)))).show(ui, |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            ui.horizontal(|ui| {
                for deed in &deeds {
                    if button(ui, *deed, color32(theme.color(Ink::Text))) {
                        done = Some(*deed);
                    }
                }
            });
        });
    });
    if let Some(deed) = done {
        carry_out(deed, ui.ctx(), frame, state);
        ui.ctx().request_repaint();
    }
}

/// Where it lies, if it is shown.
pub fn place(frame: &CanvasFrame<'_, '_>, view: &View) -> Option<egui::Rect> {
    let count = deeds(frame).len();
    // Of a flow its label: the line may lead across the whole view.
    let label = |id: &Id| frame.cx.layout.flows.get(id)?.label.as_ref().map(|l| l.bounds());
    let bounds = |id: &Id| label(id).or_else(|| navigation::bounds_of(frame.cx, id));
    let around = frame.selection.items.iter().filter_map(bounds).reduce(Rect::union).filter(|_| count > 0)?;
    let on_screen = view.rect_to_screen(around);
    if !on_screen.intersects(frame.rect.shrink(8.0)) {
        return None;
    }
    let size = vec2(count as f32 * SIDE + 8.0, SIDE + 4.0);
    let (first, last) = (frame.rect.left() + 8.0, frame.rect.right() - size.x - 8.0);
    let x = (on_screen.center().x - size.x / 2.0).min(last).max(first);
    let room = frame.rect.with_max_y(frame.rect.bottom() - 36.0).shrink(4.0);
    let at = |x: f32, y: f32| Some(egui::Rect::from_min_size(pos2(x, y), size)).filter(|r| room.contains_rect(*r));
    let (above, below) = (at(x, on_screen.top() - GAP - size.y), at(x, on_screen.bottom() + GAP));
    let y = on_screen.center().y - size.y / 2.0;
    // Beside a label, where an upright flow has its bends above and below.
    let is_flow = frame.selection.single().is_some_and(|id| frame.cx.layout.flows.contains_key(id));
    let beside = [on_screen.right() + GAP, on_screen.left() - GAP - size.x].map(|x| at(x, y).filter(|_| is_flow));
    // Wherever it lies over least; else nowhere: it never covers what it is about.
    let places = [above, below].into_iter().chain(beside).flatten().enumerate();
    let cost = |(n, place): &(usize, egui::Rect)| covered(frame, view, *place) + *n as f32;
    places.min_by(|a, b| cost(a).total_cmp(&cost(b))).map(|(_, place)| place)
}

/// How far the pill of an element reaches above it, in points.
const PILL: f32 = 12.0;
/// So much worse than a name.
const ELEMENT: f32 = 4.0;
const HANDLE: f32 = 8.0;

/// How much of elements with their pills, which are worse to lose, and of names a place on the screen covers.
fn covered(frame: &CanvasFrame<'_, '_>, view: &View, at: egui::Rect) -> f32 {
    let layout = frame.cx.layout;
    // A pill may reach into it from an element below.
    let reach = at.expand(PILL);
    let seen = Rect::from_corners(view.to_world(reach.min), view.to_world(reach.max));
    let near = layout.near(seen).into_iter().filter(|id| !frame.selection.items.contains(*id));
    let lies = |id| match layout.boxes.get(id) {
        Some(b) if matches!(b.kind, BoxKind::Element(_)) => {
            let rect = view.rect_to_screen(b.rect);
            Some((rect.with_min_y(rect.top() - PILL), ELEMENT))
        }
        Some(b) => b.tab.map(|tab| (view.rect_to_screen(tab), 1.0)),
        None => layout.flows.get(id)?.label.as_ref().map(|l| (view.rect_to_screen(l.bounds()), 1.0)),
    };
    let handles = handles(frame, view, 20.0).map(|r| (r, HANDLE));
    let covered =
        near.filter_map(lies).chain(handles).map(|(r, weight)| (r.intersect(at), weight)).filter(|(r, _)| r.is_positive());
    covered.map(|(r, weight)| r.area() * weight).sum()
}

/// The places where a selected flow is taken hold of, so large.
pub fn handles<'f>(frame: &'f CanvasFrame<'_, '_>, view: &'f View, side: f32) -> impl Iterator<Item = egui::Rect> + use<'f> {
    let own = frame.selection.single().and_then(|id| frame.cx.layout.flows.get(id)).map(|flow| &flow.corners);
    own.into_iter().flatten().map(move |p| egui::Rect::from_center_size(view.to_screen(*p), egui::Vec2::splat(side)))
}

fn deeds(frame: &CanvasFrame<'_, '_>) -> Vec<Deed> {
    let boxes = frame.selection.items.iter().filter_map(|id| frame.cx.layout.boxes.get(id).map(|b| b.kind));
    let kinds: Vec<BoxKind> = boxes.collect();
    let elements = kinds.iter().filter(|kind| matches!(kind, BoxKind::Element(_))).count();
    match kinds.len() {
        1 if elements == 1 && frame.selection.single().is_some() => {
            vec![Deed::Run(Command::AddThreat), Deed::Flow, Deed::Next, Deed::Run(Command::ChangeKind)]
        }
        0 if frame.selection.single().is_some_and(|id| frame.cx.layout.flows.contains_key(id)) => FLOW.map(Deed::Run).to_vec(),
        0 | 1 => Vec::new(),
        n => {
            let arrange = ARRANGE.into_iter().filter(|a| n >= a.least()).map(|a| Deed::Run(Command::Arrange(a)));
            let connect = (n == 2 && elements == 2 && frame.selection.items.len() == 2).then_some(Deed::Connect);
            let wrap = kinds.iter().any(|kind| *kind != BoxKind::Note).then_some(Deed::Run(Command::Wrap));
            arrange.chain(wrap).chain(connect).collect()
        }
    }
}

fn carry_out(deed: Deed, ctx: &egui::Context, frame: &mut CanvasFrame<'_, '_>, state: &mut CanvasState) {
    match deed {
        Deed::Run(command) => frame.out.run(command),
        Deed::Connect => frame.perform(ctx, Operation::Connect, state),
        Deed::Next => frame.perform(ctx, Operation::QuickAdd(Direction::Right), state),
        Deed::Flow => {
            if let Some(id) = frame.selection.single().cloned() {
                let begin = |gesture: &mut Gesture, tools: &mut ToolCx<'_>| gesture.connect_from(id, tools);
                frame.with_tools(state, begin);
            }
        }
    }
}

fn button(ui: &mut Ui, deed: Deed, color: Color32) -> bool {
    let (label, keys, glyph) = match deed {
        Deed::Run(command) => (command.label(), command.keys(ui.ctx()), command.icon()),
        Deed::Flow => ("Flow from here", Some("F".to_owned()), Some(icon::FLOW_ARROW)),
        Deed::Connect => ("Connect the two", Some("F".to_owned()), Some(icon::FLOW_ARROW)),
        Deed::Next => ("Next element with a flow", Some("Ctrl →".to_owned()), Some(icon::PLUS)),
    };
    let text = RichText::new(glyph.map(String::from).unwrap_or_default()).font(fonts::font(Face::Icon, 15.0));
    let response = ui.add(Button::new(text).frame_when_inactive(false).min_size(vec2(SIDE, SIDE)));
    if let Deed::Run(Command::Arrange(arrangement)) = deed {
        picture(ui, response.rect, arrangement, color);
    } else if glyph.is_none() {
        ui.painter().text(response.rect.center(), Align2::CENTER_CENTER, "·", fonts::font(Face::Bold, 15.0), color);
    }
    tipped(named(response, label), label, keys).clicked()
}

/// Two bars and the line they keep to, or what lies between them.
fn picture(ui: &Ui, at: egui::Rect, arrangement: Arrangement, color: Color32) {
    let middle = at.center();
    // Drawn for the ones from left to right; the others are the same, turned.
    let turned = matches!(
        arrangement,
        Arrangement::Top | Arrangement::Middle | Arrangement::Bottom | Arrangement::SpreadDown | Arrangement::SameHeight
    );
    let fill = |x: f32, y: f32, w: f32, h: f32, color: Color32| {
        let (x, y, w, h) = if turned { (y, x, h, w) } else { (x, y, w, h) };
        ui.painter().rect_filled(egui::Rect::from_min_size(middle + vec2(x, y), vec2(w, h)), 1.0, color);
    };
    let faint = color.gamma_multiply(0.55);
    let line = |x: f32| fill(x - 0.75, -8.0, 1.5, 16.0, color);
    match arrangement {
        Arrangement::Left | Arrangement::Top => {
            line(-7.0);
            fill(-5.0, -5.5, 12.0, 4.5, faint);
            fill(-5.0, 1.5, 7.0, 4.5, faint);
        }
        Arrangement::Right | Arrangement::Bottom => {
            line(7.0);
            fill(-7.0, -5.5, 12.0, 4.5, faint);
            fill(-2.0, 1.5, 7.0, 4.5, faint);
        }
        Arrangement::Centre | Arrangement::Middle => {
            fill(-6.5, -5.5, 13.0, 4.5, faint);
            fill(-4.0, 1.5, 8.0, 4.5, faint);
            line(0.0);
        }
        Arrangement::SpreadAcross | Arrangement::SpreadDown => {
            line(-7.5);
            line(7.5);
            fill(-2.5, -5.5, 5.0, 11.0, faint);
        }
        Arrangement::Row | Arrangement::Column | Arrangement::SameWidth | Arrangement::SameHeight | Arrangement::SameSize => {
            fill(-8.0, -5.0, 6.5, 10.0, faint);
            fill(1.5, -5.0, 6.5, 10.0, faint);
            fill(-1.5, -2.0, 3.0, 1.2, color);
            fill(-1.5, 0.8, 3.0, 1.2, color);
        }
    }
}
