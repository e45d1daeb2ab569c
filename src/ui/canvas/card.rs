//! A card beside the selected item with its worst threats, to decide on them without leaving the canvas.

use super::{CanvasFrame, CanvasState};
use crate::edit::Edit;
use crate::model::{Band, Decision, Disposition, Id, ThreatKey};
use crate::risk::{Finding, basis_of};
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::painter::View;
use crate::ui::style::color32;
use crate::ui::widgets::{bold, caption, icon_button, named, risk_pill};
use crate::ui::{Action, Command, ViewCx, fonts};
use egui::{Area, Button, Color32, Frame, Label, Margin, Order, Rect, RichText, Sense, Stroke, Ui, pos2, vec2};

/// Room it takes, for choosing a place before it is drawn.
const SIZE: egui::Vec2 = vec2(248.0, 172.0);
/// Distance from the item.
const GAP: f32 = 28.0;
/// Threats listed.
const SHOWN: usize = 2;

/// Decisions that have a key while the card is shown.
const DECISIONS: [(char, &str, Disposition); 3] =
    [('M', "Mitigate", Disposition::Mitigate), ('A', "Accept", Disposition::Accept), ('X', "n/a", Disposition::NotApplicable)];

/// The item the card is about; `None` while there is none or something else has the attention.
fn subject(frame: &CanvasFrame<'_, '_>, state: &CanvasState) -> Option<Id> {
    let id = frame.selection.single()?;
    let calm = !state.gesture.is_dragging() && state.editor.is_none() && state.closed_card.as_ref() != Some(id);
    (calm && threats(frame.cx, id).next().is_some()).then(|| id.clone())
}

/// The threats of an item that count, worst first.
fn threats<'a>(cx: &'a ViewCx<'_>, id: &Id) -> impl Iterator<Item = &'a Finding> + use<'a> {
    cx.assessment.at(id).filter(|f| f.counts())
}

/// The threat that decisions are about: the selected one, else the worst.
fn current<'a>(cx: &'a ViewCx<'_>, id: &Id) -> Option<&'a Finding> {
    let selected = cx.selection.threat.as_ref().filter(|key| key.anchor == *id);
    selected.and_then(|key| cx.assessment.findings.get(key)).or_else(|| threats(cx, id).next())
}

/// Decides by key. False when the key means nothing here.
pub fn key(letter: char, frame: &mut CanvasFrame<'_, '_>, state: &CanvasState) -> bool {
    let decision = DECISIONS.iter().find(|(key, ..)| *key == letter);
    let finding = subject(frame, state).and_then(|id| current(frame.cx, &id).map(|f| f.key.clone()));
    let (Some((_, _, disposition)), Some(threat)) = (decision, finding) else { return false };
    decide(frame, threat, *disposition);
    true
}

fn decide(frame: &mut CanvasFrame<'_, '_>, threat: ThreatKey, disposition: Disposition) {
    let cx = frame.cx;
    let before = cx.model.decisions.get(&threat).cloned().unwrap_or_default();
    // The same key again takes the decision back.
    let disposition = if before.disposition == disposition { Disposition::Open } else { disposition };
    let basis = basis_of(cx.model, cx.library, &threat);
    let decision = Decision { disposition, on: Some(cx.today), basis, inherited: false, ..before };
    frame.out.commit(Edit::Decide { threat, decision });
}

pub fn show(ui: &Ui, frame: &mut CanvasFrame<'_, '_>, state: &mut CanvasState) {
    if frame.selection.single() != state.closed_card.as_ref() {
        state.closed_card = None;
    }
    let Some(id) = subject(frame, state) else { return };
    let view = frame.view(state);
    let Some(item) = super::navigation::bounds_of(frame.cx, &id).map(|r| view.rect_to_screen(r)) else { return };
    if !item.intersects(frame.rect) {
        return;
    }
    let at = free_place(frame, &view, item);
    let theme = frame.cx.theme;
    let ink = |ink| color32(theme.color(ink));
    let area = Area::new(frame.id.with("card")).order(Order::Middle).fixed_pos(at.min).constrain_to(frame.rect);
    let shown = area.show(ui.ctx(), |ui| {
        let ground = Frame::new().fill(ink(Ink::Panel)).corner_radius(6.0).stroke(Stroke::new(1.0, ink(Ink::Accent)));
        let shadow = egui::Shadow { offset: [0, 3], blur: 8, spread: 0, color: ink(Ink::Shadow).gamma_multiply(0.14) };
        ground.shadow(shadow).show(ui, |ui| {
            ui.set_width(SIZE.x);
            ui.spacing_mut().item_spacing = vec2(6.0, 2.0);
            contents(ui, frame, &id, state);
        });
    });
    leader(ui, frame, shown.response.rect, item.expand(4.0));
}

fn contents(ui: &mut Ui, frame: &mut CanvasFrame<'_, '_>, id: &Id, state: &mut CanvasState) {
    let cx = frame.cx;
    let ink = |ink| color32(cx.theme.color(ink));
    let findings: Vec<&Finding> = threats(cx, id).collect();
    let chosen = current(cx, id).map(|f| f.key.clone());
    let title = current(cx, id).map_or("", |f| f.title.as_str());
    Frame::new().inner_margin(Margin { left: 10, right: 6, top: 6, bottom: 2 }).show(ui, |ui| {
        ui.horizontal(|ui| {
            let name = bold(crate::risk::name_of(cx.model, id)).color(ink(Ink::Text));
            ui.add(Label::new(name).truncate());
            ui.label(caption(ui, findings.len().to_string()));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if icon_button(ui, icon::X, "Close the card").clicked() {
                    state.closed_card = Some(id.clone());
                }
            });
        });
    });
    for finding in findings.iter().take(SHOWN) {
        let is_chosen = chosen.as_ref() == Some(&finding.key);
        if row(ui, cx, finding, is_chosen).clicked() {
            frame.out.push(Action::ShowThreat(finding.key.clone()));
        }
    }
    if findings.len() > SHOWN {
        Frame::new().inner_margin(Margin::symmetric(10, 2)).show(ui, |ui| {
            ui.label(caption(ui, rest_in_words(&findings)));
        });
    }
    Frame::new().inner_margin(Margin { left: 8, right: 8, top: 4, bottom: 8 }).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            ui.spacing_mut().button_padding.x = 6.0;
            let decided = chosen.as_ref().and_then(|key| cx.model.decisions.get(key)).map(|d| d.disposition);
            for (letter, words, disposition) in DECISIONS {
                let button = key_button(ui, cx, words, letter, decided == Some(disposition));
                let button = named(button, &format!("{}: {title}", disposition.label()));
                if let Some(threat) = chosen.clone().filter(|_| button.clicked()) {
                    decide(frame, threat, disposition);
                }
            }
            if named(key_button(ui, cx, "Add", 'T', false), "Add a threat here").clicked() {
                frame.out.run(Command::AddThreat);
            }
        });
    });
}

/// One threat: its score in the colour of its risk, and its title on at most two lines.
fn row(ui: &mut Ui, cx: &ViewCx<'_>, finding: &Finding, chosen: bool) -> egui::Response {
    let ink = |ink| color32(cx.theme.color(ink));
    let ground = if chosen { ink(Ink::AccentSoft) } else { Color32::TRANSPARENT };
    let response = Frame::new().fill(ground).inner_margin(Margin::symmetric(10, 4)).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.set_width(ui.available_width());
            risk_pill(ui, finding.band(), &format!("{:.1}", finding.current.score));
            let title = RichText::new(&finding.title).font(fonts::font(Face::Regular, 12.0)).color(ink(Ink::Text));
            ui.add(Label::new(title).wrap());
        });
    });
    let name = format!("Show threat {}, {:.1}, {}", finding.title, finding.current.score, finding.band().label());
    named(response.response.interact(Sense::click()), &name)
}

fn key_button(ui: &mut Ui, cx: &ViewCx<'_>, words: &str, letter: char, on: bool) -> egui::Response {
    let ink = |ink| color32(cx.theme.color(ink));
    let mut text = egui::text::LayoutJob::default();
    let format = |font, ink| egui::TextFormat { font_id: font, color: ink, ..egui::TextFormat::default() };
    text.append(words, 0.0, format(fonts::font(Face::Regular, 11.0), ink(Ink::Text)));
    text.append(&letter.to_string(), 4.0, format(fonts::font(Face::Mono, 10.0), ink(Ink::Accent)));
    let ground = if on { ink(Ink::AccentSoft) } else { ink(Ink::Panel) };
    ui.add(Button::new(text).fill(ground).stroke(Stroke::new(1.0, ink(Ink::Border))).min_size(vec2(0.0, 24.0)))
}

/// "12 more, 3 High".
fn rest_in_words(findings: &[&Finding]) -> String {
    let rest = findings.get(SHOWN..).unwrap_or_default();
    let worst = rest
        .iter()
        .map(|f| f.band())
        .filter(|b| matches!(b, Band::Critical | Band::High))
        .fold((0, 0), |(c, h), band| if band == Band::Critical { (c + 1, h) } else { (c, h + 1) });
    let mut words = format!("{} more", rest.len());
    for (count, band) in [(worst.0, Band::Critical), (worst.1, Band::High)] {
        if count > 0 {
            words += &format!(", {count} {}", band.label());
        }
    }
    words
}

/// Beside the item, where least is in the way.
fn free_place(frame: &CanvasFrame<'_, '_>, view: &View, item: Rect) -> Rect {
    let c = item.center();
    let candidates = [
        pos2(item.right() + GAP, item.top() - 16.0),
        pos2(item.left() - GAP - SIZE.x, item.top() - 16.0),
        pos2(item.right() + GAP, item.bottom() + 16.0 - SIZE.y),
        pos2(item.left() - GAP - SIZE.x, item.bottom() + 16.0 - SIZE.y),
        pos2(c.x - SIZE.x / 2.0, item.top() - GAP - SIZE.y),
        pos2(c.x - SIZE.x / 2.0, item.bottom() + GAP),
        pos2(frame.rect.right() - SIZE.x - 16.0, frame.rect.top() + 16.0),
    ];
    let room = frame.rect.shrink(8.0);
    let covered = |at: Rect| -> f32 {
        let layout = frame.cx.layout;
        let under = layout.near(crate::geometry::Rect::from_corners(view.to_world(at.min), view.to_world(at.max)));
        let boxes = under.iter().filter_map(|id| layout.boxes.get(*id));
        let boxes = boxes.filter(|b| b.kind != crate::scene::BoxKind::Boundary).map(|b| b.rect);
        let labels = under.iter().filter_map(|id| layout.flows.get(*id)?.label.as_ref()).map(|l| l.bounds());
        boxes.chain(labels).map(|r| view.rect_to_screen(r).intersect(at)).filter(|r| r.is_positive()).map(|r| r.area()).sum()
    };
    let fitted = candidates.map(|min| {
        let fits = vec2(room.width().max(SIZE.x) - SIZE.x, room.height().max(SIZE.y) - SIZE.y);
        let min = pos2(min.x.clamp(room.left(), room.left() + fits.x), min.y.clamp(room.top(), room.top() + fits.y));
        Rect::from_min_size(min, SIZE)
    });
    // What it covers, in square pixels, against how far one has to look for it.
    let cost = |at: Rect| covered(at) + 15.0 * at.clamp(c).distance(item.clamp(at.center()));
    fitted.into_iter().min_by(|a, b| cost(*a).total_cmp(&cost(*b))).unwrap_or(Rect::from_min_size(room.min, SIZE))
}

/// A line from the card to what it is about.
fn leader(ui: &Ui, frame: &CanvasFrame<'_, '_>, card: Rect, item: Rect) {
    let from = card.clamp(item.center());
    let to = item.clamp(from);
    if from.distance(to) > 2.0 && !card.intersects(item) {
        let painter = ui.painter().with_clip_rect(frame.rect);
        painter.line_segment([from, to], Stroke::new(1.5, color32(frame.cx.theme.color(Ink::Accent))));
    }
}
