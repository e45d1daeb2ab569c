//! The way down to a detail diagram, at the top left; below it what this level and the one above tell differently.

use super::{CanvasFrame, CanvasState};
use crate::model::{Balance, Exchange, Id, Way};
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::tool::show_outside;
use crate::ui::widgets::{caption, link, named, tipped};
use crate::ui::{Action, Command, ViewCx, fonts, style::color32};
use egui::{Area, Button, Frame, Margin, Order, RichText, Stroke, Ui, vec2};

/// The way and the balance as worked out last; they change with the model only.
#[derive(Debug, Default)]
pub struct Crumbs {
    made_for: Option<(u64, Id)>,
    trail: Vec<Id>,
    balance: Option<Balance>,
}

impl Crumbs {
    fn refresh(&mut self, cx: &ViewCx<'_>) {
        let wanted = Some((cx.content_now, cx.diagram.clone()));
        if self.made_for != wanted {
            self.trail = cx.model.trail(cx.diagram);
            self.balance = crate::model::balance(cx.model, cx.diagram).filter(|b| !b.is_even());
            self.made_for = wanted;
        }
    }
}

pub fn show(ui: &Ui, frame: &mut CanvasFrame<'_, '_>, state: &mut CanvasState) {
    state.crumbs.refresh(frame.cx);
    let crumbs = &state.crumbs;
    if frame.cx.model.diagrams.get(frame.cx.diagram).is_none_or(|d| d.of.is_none()) {
        return;
    }
    let theme = frame.cx.theme;
    let ink = |ink| color32(theme.color(ink));
    let ground = Frame::new().fill(ink(Ink::Panel)).corner_radius(4.0).stroke(Stroke::new(1.0, ink(Ink::Border)));
    let corner = frame.rect.left_top() + vec2(12.0, 10.0);
    let area = Area::new(frame.id.with("crumbs")).order(Order::Middle).fixed_pos(corner);
    area.constrain_to(frame.rect).show(ui.ctx(), |ui| {
        ui.spacing_mut().item_spacing = vec2(2.0, 6.0);
        ground.inner_margin(Margin::symmetric(4, 2)).show(ui, |ui| {
            ui.horizontal(|ui| trail_ui(ui, frame, &crumbs.trail));
        });
        if let Some(balance) = &crumbs.balance {
            ground.inner_margin(Margin { left: 8, right: 6, top: 3, bottom: 3 }).show(ui, |ui| {
                ui.spacing_mut().item_spacing = vec2(6.0, 2.0);
                balance_ui(ui, frame, balance);
            });
        }
    });
}

/// "Context › Payments ⊞ › Ledger": every one but the last leads there.
fn trail_ui(ui: &mut Ui, frame: &mut CanvasFrame<'_, '_>, trail: &[Id]) {
    let cx = frame.cx;
    let muted = color32(cx.theme.color(Ink::Muted));
    for (n, id) in trail.iter().enumerate() {
        if n > 0 {
            ui.label(RichText::new(icon::CARET_RIGHT).font(fonts::font(Face::Icon, 10.0)).color(muted));
        }
        let name = match cx.model.name_of(id) {
            "" => "Unnamed diagram",
            name => name,
        };
        let mark = if cx.model.diagrams.get(id).is_some_and(|d| d.of.is_some()) { " ⊞" } else { "" };
        let text = format!("{}{mark}", short(name));
        if id == cx.diagram {
            let text = RichText::new(text).font(fonts::font(Face::Bold, 12.0)).color(color32(cx.theme.color(Ink::Text)));
            ui.add(egui::Label::new(text).selectable(false));
        } else {
            let button = ui.add(Button::new(RichText::new(text).size(12.0)).frame_when_inactive(false).small());
            let up = Command::Outward.keys(ui.ctx()).filter(|_| n + 2 == trail.len());
            let what = format!("Up to {name}");
            if tipped(named(button, &what), &what, up).clicked() {
                frame.out.push(Action::ShowDiagram(id.clone()));
            }
        }
    }
}

fn short(name: &str) -> String {
    if name.chars().count() <= 28 { name.to_owned() } else { name.chars().take(27).chain(['…']).collect() }
}

fn balance_ui(ui: &mut Ui, frame: &mut CanvasFrame<'_, '_>, balance: &Balance) {
    let cx = frame.cx;
    let of = cx.model.diagrams.get(cx.diagram).and_then(|d| d.of.as_ref());
    let whole = of.map_or_else(String::new, |id| crate::risk::name_of(cx.model, id));
    if !balance.missing.is_empty() {
        let text = format!("{} of {} not shown here", flows(balance.missing_flows()), short(&whole));
        if hint(ui, &text, &told(cx, &balance.missing), "Show") {
            frame.out.run(Command::ShowConnected);
        }
    }
    if !balance.extra.is_empty() {
        let count = balance.extra.iter().map(|e| e.flows.len()).sum();
        let text = format!("{} here not shown at {}", flows(count), short(&whole));
        let shown = hint(ui, &text, &told(cx, &balance.extra), "Show there");
        if let Some(edit) = Some(()).filter(|()| shown).and_then(|()| show_outside(cx.model, cx.diagram)) {
            frame.out.commit(edit);
        }
    }
    if let Some(first) = balance.loose.iter().next() {
        let text = format!("{} to lead to a part: drag the open end", flows(balance.loose.len()));
        let names: Vec<String> = balance.loose.iter().map(|id| crate::risk::name_of(cx.model, id)).collect();
        if hint(ui, &text, &names.join("\n"), "Find") {
            frame.out.push(Action::Select(crate::tool::Selection::one(first.clone())));
            frame.out.push(Action::Reveal(first.clone()));
        }
    }
}

/// A quiet line with what to do about it. True when that is clicked.
fn hint(ui: &mut Ui, text: &str, more: &str, act: &str) -> bool {
    ui.horizontal(|ui| {
        ui.label(caption(ui, text)).on_hover_text(more);
        named(link(ui, act), &format!("{act}: {text}")).clicked()
    })
    .inner
}

fn flows(count: usize) -> String {
    if count == 1 { "1 flow".to_owned() } else { format!("{count} flows") }
}

/// By neighbour and direction.
fn told(cx: &ViewCx<'_>, exchanges: &[Exchange]) -> String {
    let line = |e: &Exchange| {
        let way = if e.way == Way::In { "from" } else { "to" };
        let names: Vec<String> = e.flows.iter().map(|id| crate::risk::name_of(cx.model, id)).collect();
        format!("{way} {}: {}", crate::risk::name_of(cx.model, &e.neighbour), names.join(", "))
    };
    exchanges.iter().map(line).collect::<Vec<_>>().join("\n")
}
