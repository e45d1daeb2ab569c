//! What is decided about a threat.

use super::LEVELS;
use crate::edit::Edit;
use crate::model::{Decision, Disposition, LevelOverride, Role, ThreatKey};
use crate::risk::Finding;
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::deciding::{decide, grounded};
use crate::ui::people::person_field;
use crate::ui::widgets::{caption, date_field, labelled, named, reason_field, segmented, text_field};
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

/// The threat whose decision was made a moment ago and wants its reason.
const ASKS: &str = "asks why";

/// How long an acceptance holds, in days.
const TERMS: &[(i64, &str)] = &[(90, "90 days"), (180, "180 days"), (365, "1 year")];

pub(super) fn decision_ui(ui: &mut Ui, cx: &ViewCx<'_>, finding: &Finding, out: &mut Outbox) {
    let key = &finding.key;
    let decision = cx.model.decisions.get(key).cloned().unwrap_or_default();
    ui.add_space(2.0);
    ui.label(caption(ui, "Decision"));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        for (disposition, label, glyph) in CHOICES {
            if choice_button(ui, label, *glyph, finding.disposition == *disposition).clicked() {
                let chosen = decision.choose(*disposition, cx.today);
                if chosen.lacks_reason() {
                    // The field for it is there with the next frame, and gets the keyboard then.
                    ui.data_mut(|d| d.insert_temp(egui::Id::new(ASKS), Some(key.clone())));
                }
                decide(cx, out, key, chosen);
            }
        }
    });
    if finding.lapsed.is_some() {
        lapsed_ui(ui, cx, finding, &decision, out);
    }
    if finding.needs_review() && review_ui(ui, finding) {
        decide(cx, out, key, decision.clone());
    }
    if decision.disposition != Disposition::Open {
        terms_ui(ui, cx, finding, &decision, out);
        levels_ui(ui, cx, finding, &decision, out);
    }
}

/// That an acceptance has ended, and how to go on with it.
fn lapsed_ui(ui: &mut Ui, cx: &ViewCx<'_>, finding: &Finding, decision: &Decision, out: &mut Outbox) {
    let text = RichText::new(finding.expiry()).size(12.0).color(style::ink(ui, Ink::Boundary));
    ui.add(egui::Label::new(text).wrap());
    ui.horizontal(|ui| {
        ui.label(caption(ui, "Extend by"));
        if let Some(days) = term_buttons(ui, "Extend by") {
            decide(cx, out, &finding.key, decision.extended(cx.today, days));
        }
    });
}

fn term_buttons(ui: &mut Ui, verb: &str) -> Option<i64> {
    // All three fit beside the names of fields, or they would make the others wider.
    ui.spacing_mut().item_spacing.x = 3.0;
    ui.spacing_mut().button_padding.x = 3.0;
    let mut chosen = None;
    for (days, label) in TERMS {
        let button = ui.add(Button::new(RichText::new(*label).size(12.0)).small());
        if named(button, &format!("{verb} {label}")).clicked() {
            chosen = Some(*days);
        }
    }
    chosen
}

/// Exactly what a decision of its kind is asked for, and what it says besides.
fn terms_ui(ui: &mut Ui, cx: &ViewCx<'_>, finding: &Finding, decision: &Decision, out: &mut Outbox) {
    let key = &finding.key;
    // What is filled in later changes the record, not what was decided on which grounds.
    let note = |decision: Decision| Edit::Decide { threat: key.clone(), decision };
    let is = |disposition| decision.disposition == disposition;
    let hint = "Why? A few words help whoever reads this later. Enter stores it";
    if ui.data_mut(|d| d.remove_temp::<Option<ThreatKey>>(egui::Id::new(ASKS))).flatten().as_ref() == Some(key) {
        ui.memory_mut(|m| m.request_focus(egui::Id::new(("why", key))));
    }
    reason_field(ui, out, ("why", key), "Justification", &decision.justification, hint, |justification| {
        note(Decision { justification, ..decision.clone() })
    });
    if is(Disposition::Transfer) || !decision.transferred_to.is_empty() {
        labelled(ui, "To", |ui| {
            let hint = "Insurer, supplier, customer";
            text_field(ui, out, ("to", key), "Transferred to", &decision.transferred_to, hint, |transferred_to| {
                note(Decision { transferred_to, ..decision.clone() })
            });
        });
    }
    if is(Disposition::Accept) {
        labelled(ui, "Approver", |ui| {
            person_field(ui, cx, out, "Approver", decision.approver.as_ref(), Role::Approver, |approver| {
                note(Decision { approver, ..decision.clone() })
            });
        });
        labelled(ui, "Until", |ui| {
            date_field(ui, out, ("expires", key), "Expires", decision.expires, |expires| {
                note(Decision { expires, ..decision.clone() })
            });
        });
        if finding.lapsed.is_none() {
            labelled(ui, "", |ui| {
                if let Some(days) = term_buttons(ui, "Accept for") {
                    out.commit(note(decision.extended(cx.today, days)));
                }
            });
        }
    }
    if is(Disposition::Mitigate) || decision.owner.is_some() {
        labelled(ui, "Owner", |ui| {
            person_field(ui, cx, out, "Owner", decision.owner.as_ref(), Role::Owner, |owner| {
                note(Decision { owner, ..decision.clone() })
            });
        });
    }
    if is(Disposition::Mitigate) || decision.due.is_some() {
        labelled(ui, "Due", |ui| {
            date_field(ui, out, ("due", key), "Due", decision.due, |due| note(Decision { due, ..decision.clone() }));
        });
    }
    if cx.model.decisions.contains_key(key) {
        super::readers::readers_ui(ui, cx, crate::model::Key::Decision(key.clone()), out);
    }
    labelled(ui, "Ticket", |ui| {
        text_field(ui, out, ("ticket", key), "Ticket", &decision.ticket, "Number or address", |ticket| {
            note(Decision { ticket, ..decision.clone() })
        });
    });
    labelled(ui, "Decided by", |ui| {
        person_field(ui, cx, out, "Decided by", decision.by.as_ref(), Role::SecurityAnalyst, |by| {
            note(Decision { by, ..decision.clone() })
        });
    });
    labelled(ui, "On", |ui| {
        date_field(ui, out, ("on", key), "Decided on", decision.on, |on| note(Decision { on, ..decision.clone() }));
    });
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
fn levels_ui(ui: &mut Ui, cx: &ViewCx<'_>, finding: &Finding, decision: &Decision, out: &mut Outbox) {
    let decide = |decision: Decision| grounded(cx, &finding.key, decision);
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
