//! What is decided about a threat.

use super::LEVELS;
use super::element::people;
use crate::edit::Edit;
use crate::model::{Decision, Disposition, LevelOverride};
use crate::risk::{self, Finding};
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::widgets::{caption, date_field, labelled, named, optional_choice, segmented, text_area, text_field};
use crate::ui::{Outbox, ViewCx, fonts, style};
use egui::{Button, RichText, Stroke, Ui, vec2};

/// The buttons, in the order they are used most.
const CHOICES: &[(Disposition, &str, char)] = &[
    (Disposition::Mitigate, "Mitigate", icon::SHIELD),
    (Disposition::Accept, "Accept", icon::SIGNATURE),
    (Disposition::Transfer, "Transfer", icon::HANDSHAKE),
    (Disposition::Avoid, "Avoid", icon::X_CIRCLE),
    (Disposition::NotApplicable, "Not applicable", icon::PROHIBIT),
];

pub(super) fn decision_ui(ui: &mut Ui, cx: &ViewCx<'_>, finding: &Finding, out: &mut Outbox) {
    let known = cx.model.decisions.get(&finding.key);
    let decision = known.cloned().unwrap_or_default();
    let key = &finding.key;
    // Stored with the inputs it relies on, so that a stale decision can say what changed.
    let decide = |decision: Decision| {
        let basis = risk::basis_of(cx.model, cx.library, key);
        let on = Some(cx.today);
        Edit::Decide { threat: key.clone(), decision: Decision { basis, on, inherited: false, ..decision } }
    };
    // What is filled in later changes the record, not what was decided on which grounds.
    let note = |decision: Decision| Edit::Decide { threat: key.clone(), decision };
    ui.add_space(2.0);
    ui.label(caption(ui, "Decision"));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        for (disposition, label, glyph) in CHOICES {
            let on = decision.disposition == *disposition;
            if choice_button(ui, label, *glyph, on).clicked() {
                let disposition = if on { Disposition::Open } else { *disposition };
                out.commit(decide(Decision { disposition, ..decision.clone() }));
            }
        }
    });
    if decision.disposition == Disposition::Open {
        return;
    }
    if finding.needs_review() && review_ui(ui, finding) {
        out.commit(decide(decision.clone()));
    }
    text_area(ui, out, ("why", key), "Justification", &decision.justification, "Why", |justification| {
        note(Decision { justification, ..decision.clone() })
    });
    labelled(ui, "Owner", |ui| {
        let owner = optional_choice(ui, ("owner", key), "Owner", decision.owner.as_ref(), &people(cx), "Nobody yet");
        if let Some(owner) = owner {
            out.commit(note(Decision { owner, ..decision.clone() }));
        }
    });
    labelled(ui, "Due", |ui| {
        date_field(ui, out, ("due", key), "Due", decision.due, |due| note(Decision { due, ..decision.clone() }));
    });
    if decision.disposition == Disposition::Accept {
        labelled(ui, "Approver", |ui| {
            let approver = decision.approver.as_ref();
            if let Some(approver) = optional_choice(ui, ("approver", key), "Approver", approver, &people(cx), "Nobody yet") {
                out.commit(note(Decision { approver, ..decision.clone() }));
            }
        });
        labelled(ui, "Expires", |ui| {
            date_field(ui, out, ("expires", key), "Expires", decision.expires, |expires| {
                note(Decision { expires, ..decision.clone() })
            });
        });
    }
    labelled(ui, "Ticket", |ui| {
        text_field(ui, out, ("ticket", key), "Ticket", &decision.ticket, "Number or address", |ticket| {
            note(Decision { ticket, ..decision.clone() })
        });
    });
    levels_ui(ui, finding, &decision, out, decide);
}

/// Why it needs another look. Returns true when people say that the decision still holds.
fn review_ui(ui: &mut Ui, finding: &Finding) -> bool {
    let why = if finding.inherited {
        "Inherited with the copy: needs review"
    } else {
        "Look at it again: what it rests on has changed"
    };
    ui.label(RichText::new(why).size(12.0).color(style::ink(ui, Ink::Boundary)));
    for stale in &finding.stale {
        ui.add(egui::Label::new(caption(ui, format!("Input changed: {stale}"))).wrap());
    }
    ui.button("Decision still holds").on_hover_text("Confirms it on the grounds of today").clicked()
}

/// Likelihood and impact set by hand over the computed ones.
fn levels_ui(ui: &mut Ui, finding: &Finding, decision: &Decision, out: &mut Outbox, decide: impl Fn(Decision) -> Edit) {
    let mut by_hand = decision.level_override.is_some();
    if ui.checkbox(&mut by_hand, "Set the levels by hand").changed() {
        let levels = LevelOverride {
            likelihood: finding.current.likelihood.clamp(1, 5),
            impact: finding.current.impact.clamp(1, 5),
            reason: String::new(),
        };
        out.commit(decide(Decision { level_override: by_hand.then_some(levels), ..decision.clone() }));
    }
    let Some(levels) = &decision.level_override else { return };
    let with = |levels: LevelOverride| decide(Decision { level_override: Some(levels), ..decision.clone() });
    labelled(ui, "Likelihood", |ui| {
        if let Some(likelihood) = segmented(ui, "Likelihood", levels.likelihood, LEVELS) {
            out.commit(with(LevelOverride { likelihood, ..levels.clone() }));
        }
    });
    labelled(ui, "Impact", |ui| {
        if let Some(impact) = segmented(ui, "Impact", levels.impact, LEVELS) {
            out.commit(with(LevelOverride { impact, ..levels.clone() }));
        }
    });
    labelled(ui, "Reason", |ui| {
        text_field(ui, out, ("reason", &finding.key), "Reason", &levels.reason, "Why these levels", |reason| {
            with(LevelOverride { reason, ..levels.clone() })
        });
    });
}

fn choice_button(ui: &mut Ui, label: &str, glyph: char, on: bool) -> egui::Response {
    let (ground, border, text) =
        if on { (Ink::AccentSoft, Ink::Accent, Ink::Accent) } else { (Ink::Panel, Ink::Border, Ink::Text) };
    let color = style::ink(ui, text);
    let sign = RichText::new(glyph).font(fonts::font(Face::Icon, 14.0)).color(color);
    let button = Button::new((sign, RichText::new(label).size(12.0).color(color)))
        .fill(style::ink(ui, ground))
        .stroke(Stroke::new(1.0, style::ink(ui, border)))
        .selected(on);
    named(ui.add(button), label)
}
