//! A threat in two keys: T opens this at the selected item, Enter takes the worst suggestion that nobody decided on.
//!
//! A suggested threat is in the register already; to take it on means to decide that it is to be mitigated. What is typed
//! narrows the list, and is a new threat when nothing fits. Tab goes on with it in the form, as a whole sentence.

use super::{CanvasFrame, CanvasState};
use crate::edit::Edit;
use crate::model::{Category, Decision, Disposition, Id, Key, Threat, ThreatKey};
use crate::risk::{Finding, FindingStatus};
use crate::scene::band_icon;
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::deciding::decision_edit;
use crate::ui::widgets::{Row, bold, caption, key_cap, line_edit, link, named};
use crate::ui::{Action, fonts, style};
use egui::{Area, EventFilter, Frame, Key as Press, Margin, Modifiers, Order, ScrollArea, vec2};

/// Suggestions listed at most.
const MOST: usize = 24;

#[derive(Debug)]
pub struct ThreatPopup {
    at: Id,
    text: String,
    chosen: usize,
}

impl ThreatPopup {
    pub fn at(id: Id) -> ThreatPopup {
        ThreatPopup { at: id, text: String::new(), chosen: 0 }
    }
}

pub fn show(ui: &egui::Ui, frame: &mut CanvasFrame<'_, '_>, state: &mut CanvasState) {
    let Some(mut popup) = state.threat_popup.take() else { return };
    let view = frame.view(state);
    let Some(item) = super::navigation::bounds_of(frame.cx, &popup.at).map(|r| view.rect_to_screen(r)) else { return };
    let ctx = ui.ctx().clone();
    let (moved, enter, escape, mut whole) = ctx.input_mut(|i| {
        let mut key = |key| i.count_and_consume_key(Modifiers::NONE, key) as isize;
        (key(Press::ArrowDown) - key(Press::ArrowUp), key(Press::Enter) > 0, key(Press::Escape) > 0, key(Press::Tab) > 0)
    });
    let found = suggestions(frame, &popup);
    let rows = found.len() + usize::from(!popup.text.trim().is_empty());
    popup.chosen = popup.chosen.saturating_add_signed(moved).min(rows.saturating_sub(1));
    let mut picked = enter.then_some(popup.chosen);
    let area = Area::new(frame.id.with("threat popup")).order(Order::Foreground).constrain_to(frame.rect);
    let shown = area.fixed_pos(item.right_top() + vec2(20.0, -8.0)).show(&ctx, |ui| {
        let ground = Frame::popup(ui.style()).stroke(style::line(ui, Ink::Accent)).inner_margin(Margin::same(8));
        ground.show(ui, |ui| {
            list_ui(ui, frame, &mut popup, &found, moved, &mut picked);
            whole |= whole_ui(ui);
        });
    });
    let clicked_away = ctx.input(|i| i.pointer.any_pressed()) && !shown.response.contains_pointer();
    let taken = picked.filter(|n| *n < rows);
    if let Some(n) = taken {
        let key = match found.get(n) {
            Some(finding) => take(frame, finding),
            None => write(frame, &popup),
        };
        frame.out.push(Action::ShowThreat(key));
    }
    if whole {
        // The form goes on with what was typed.
        frame.out.push(Action::WriteThreat(popup.at, None, popup.text.trim().to_owned()));
        return ctx.request_repaint();
    }
    if taken.is_some() || escape || clicked_away {
        ctx.memory_mut(|m| m.request_focus(frame.id));
        return ctx.request_repaint();
    }
    state.threat_popup = Some(popup);
}

/// Threats of the item nobody decided on, those that apply before those that may, each worst first.
fn suggestions<'v>(frame: &CanvasFrame<'_, 'v>, popup: &ThreatPopup) -> Vec<&'v Finding> {
    let words: Vec<String> = popup.text.split_whitespace().map(str::to_lowercase).collect();
    let fits = |f: &&Finding| {
        let title = f.title.to_lowercase();
        words.iter().all(|w| title.contains(w.as_str()))
    };
    let assessment = frame.cx.assessment;
    let open = assessment.at(&popup.at).filter(|f| f.disposition == Disposition::Open);
    let mut found: Vec<&Finding> = open.filter(|f| f.counts() || f.status == FindingStatus::Possible).filter(fits).collect();
    found.sort_by(|a, b| b.counts().cmp(&a.counts()).then(b.current.score.total_cmp(&a.current.score)));
    found.truncate(MOST);
    found
}

fn list_ui(
    ui: &mut egui::Ui,
    frame: &CanvasFrame<'_, '_>,
    popup: &mut ThreatPopup,
    found: &[&Finding],
    moved: isize,
    picked: &mut Option<usize>,
) {
    ui.set_width(340.0);
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.label(bold(format!("Threat to {}", crate::risk::name_of(frame.cx.model, &popup.at))));
    let edit = line_edit(&mut popup.text).id(frame.id.with("new threat")).hint_text("What can go wrong");
    let edit = edit.event_filter(EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true });
    let field = named(ui.add(edit.min_size(vec2(0.0, 26.0))), "Title of the new threat");
    if !field.has_focus() {
        field.request_focus();
    }
    if field.changed() {
        popup.chosen = 0;
    }
    let text = popup.text.trim().to_owned();
    ScrollArea::vertical().max_height(220.0).auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (n, finding) in found.iter().enumerate() {
            let mut row = Row::new(ui, 28.0, n == popup.chosen, &format!("Take on: {}", finding.title));
            let (face, glyph) = band_icon(finding.band());
            let color = style::ink(row.ui, Ink::RiskOutline(finding.band()));
            let (strong, weak) = (style::ink(row.ui, Ink::Text), style::ink(row.ui, Ink::Muted));
            let score = if finding.counts() { format!("{:.1}", finding.current.score) } else { "possible".to_owned() };
            row.icon(face, glyph, 14.0, color).right(score, fonts::font(Face::Regular, 11.0), weak);
            row.text(&finding.title, fonts::font(Face::Regular, 12.0), strong);
            if n == popup.chosen && moved != 0 {
                row.response.scroll_to_me(None);
            }
            if row.response.clicked() {
                *picked = Some(n);
            }
        }
        if !text.is_empty() {
            let label = format!("New threat “{text}”");
            let mut row = Row::new(ui, 28.0, popup.chosen == found.len(), &label);
            let accent = style::ink(row.ui, Ink::Accent);
            row.icon(Face::Icon, icon::PLUS, 12.0, accent).text(&label, fonts::font(Face::Regular, 12.0), accent);
            if row.response.clicked() {
                *picked = Some(found.len());
            }
        } else if found.is_empty() {
            ui.label(caption(ui, "Nothing suggested is open here. Write what can go wrong."));
        }
    });
    let what = if popup.chosen < found.len() { "takes it on, to be mitigated" } else { "writes it down, to be decided" };
    ui.label(caption(ui, format!("Enter {what} · Esc closes")));
}

/// The way to the whole sentence.
fn whole_ui(ui: &mut egui::Ui) -> bool {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        key_cap(ui, "Tab");
        link(ui, "Write it out: who, with what access, what it harms").clicked()
    })
    .inner
}

/// How the label of such a step begins; the threat follows.
pub const TAKEN_ON: &str = "take on ";

/// A suggestion that is taken on is to be mitigated.
fn take(frame: &mut CanvasFrame<'_, '_>, finding: &Finding) -> ThreatKey {
    let cx = frame.cx;
    let before = cx.model.decisions.get(&finding.key).cloned().unwrap_or_default();
    let decision = Decision { disposition: Disposition::Mitigate, ..before };
    let (edit, _) = decision_edit(cx, frame.out, &finding.key, decision);
    frame.out.commit(Edit::Batch { label: format!("{TAKEN_ON}“{}”", finding.title), edits: vec![edit] });
    finding.key.clone()
}

fn write(frame: &mut CanvasFrame<'_, '_>, popup: &ThreatPopup) -> ThreatKey {
    let rule = frame.out.fresh_id();
    let threat = Threat {
        title: popup.text.trim().to_owned(),
        categories: vec![Category::T],
        targets: [popup.at.clone()].into(),
        ..Threat::default()
    };
    frame.out.commit(Edit::put(Key::Threat(rule.clone()), threat));
    ThreatKey::new(rule, popup.at.clone())
}
