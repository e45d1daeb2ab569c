//! Likelihood and impact set by hand on the card, with the reason.

use crate::edit::Edit;
use crate::model::{Decision, IMPACT_LABELS, LIKELIHOOD_LABELS, LevelOverride};
use crate::risk::Finding;
use crate::theme::Ink;
use crate::ui::canvas::{CanvasFrame, CanvasState};
use crate::ui::deciding::grounded;
use crate::ui::widgets::{caption, link, named, segmented, text_field};
use crate::ui::{Outbox, ViewCx, style};
use egui::{Frame, Key, Margin, Ui};

const LEVELS: &[(u8, &str)] = &[(1, "1"), (2, "2"), (3, "3"), (4, "4"), (5, "5")];
const DIGITS: [Key; 5] = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5];

/// The level the next digit sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Factor {
    Likelihood,
    Impact,
}

/// The levels in force, by hand or by the method.
fn levels(cx: &ViewCx<'_>, finding: &Finding) -> LevelOverride {
    let by_hand = cx.model.decisions.get(&finding.key).and_then(|d| d.level_override.clone());
    by_hand.unwrap_or_else(|| LevelOverride {
        likelihood: finding.current.likelihood.clamp(1, 5),
        impact: finding.current.impact.clamp(1, 5),
        reason: String::new(),
    })
}

fn with(cx: &ViewCx<'_>, finding: &Finding, levels: Option<LevelOverride>) -> Edit {
    let before = cx.model.decisions.get(&finding.key).cloned().unwrap_or_default();
    grounded(cx, &finding.key, Decision { level_override: levels, ..before })
}

/// A digit sets a level and goes on to the other; Enter and L end it, 0 goes back to the method.
pub(super) fn key(key: Key, finding: &Finding, frame: &mut CanvasFrame<'_, '_>, state: &mut CanvasState) -> bool {
    let Some((threat, factor)) = state.card.scoring.clone() else { return false };
    match DIGITS.iter().zip(1u8..).find(|(digit, _)| **digit == key) {
        Some((_, level)) => {
            let before = levels(frame.cx, finding);
            let (next, levels) = match factor {
                Factor::Likelihood => (Factor::Impact, LevelOverride { likelihood: level, ..before }),
                Factor::Impact => (Factor::Likelihood, LevelOverride { impact: level, ..before }),
            };
            let edit = with(frame.cx, finding, Some(levels));
            frame.out.commit(edit);
            state.card.scoring = Some((threat, next));
        }
        None if key == Key::Num0 => {
            let edit = with(frame.cx, finding, None);
            frame.out.commit(edit);
        }
        None if matches!(key, Key::Enter | Key::L | Key::Escape) => state.card.scoring = None,
        None => return false,
    }
    true
}

/// The two levels, the reason, and the way back to the method.
pub(super) fn ui(ui: &mut Ui, cx: &ViewCx<'_>, finding: &Finding, next: Factor, out: &mut Outbox) {
    let now = levels(cx, finding);
    let is_by_hand = cx.model.decisions.get(&finding.key).is_some_and(|d| d.level_override.is_some());
    let ground = Frame::new().fill(style::ink(ui, Ink::Canvas)).inner_margin(Margin::symmetric(10, 6));
    ground.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 4.0;
        let row = |ui: &mut Ui, factor, name: &str, level: u8, words: &str| {
            ui.horizontal(|ui| {
                let mark = if factor == next { "›" } else { " " };
                ui.allocate_ui(egui::vec2(66.0, 22.0), |ui| {
                    ui.set_width(66.0);
                    ui.label(caption(ui, format!("{mark} {name}")));
                });
                let picked = segmented(ui, name, level, LEVELS);
                ui.add(egui::Label::new(caption(ui, words)).truncate());
                picked
            })
            .inner
        };
        let said = |labels: &'static [&'static str], level: u8| labels.get(usize::from(level) - 1).copied().unwrap_or_default();
        let words = said(&LIKELIHOOD_LABELS, now.likelihood.max(1));
        let likelihood = row(ui, Factor::Likelihood, "Likelihood", now.likelihood, words);
        let words = said(&IMPACT_LABELS, now.impact.max(1));
        let impact = row(ui, Factor::Impact, "Impact", now.impact, words);
        let changed = match (likelihood, impact) {
            (Some(likelihood), _) => Some(LevelOverride { likelihood, ..now.clone() }),
            (_, Some(impact)) => Some(LevelOverride { impact, ..now.clone() }),
            _ => None,
        };
        if let Some(levels) = changed {
            out.commit(with(cx, finding, Some(levels)));
        }
        let hint = "Why these levels";
        let reason = text_field(ui, out, ("card reason", &finding.key), "Reason for the levels", &now.reason, hint, |reason| {
            with(cx, finding, Some(LevelOverride { reason, ..now.clone() }))
        });
        named(reason, "Reason for the levels");
        ui.horizontal(|ui| {
            if is_by_hand {
                ui.label(caption(ui, "Set by hand."));
                if link(ui, "Back to the method").clicked() {
                    out.commit(with(cx, finding, None));
                }
            } else {
                ui.label(caption(ui, "By the method. Keys 1 to 5 set a level."));
            }
        });
    });
}
