//! Signing off, and how the sign-offs there are stand: what changed since, by name.

use super::named_or_not;
use crate::audit::sign_offs;
use crate::model::{Id, LogChange, Moment, Role, SignOff, SignedOff};
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::widgets::{bold, caption, choice, labelled, line_edit, link, muted, named, primary_button, segmented};
use crate::ui::{Action, Outbox, ViewCx, fonts, style};
use egui::{Label, RichText, Ui};
use std::collections::BTreeSet;

/// Most changes named under a sign-off until all are asked for.
const NAMED: usize = 5;

/// The form, and how each sign-off stands.
pub struct SignOffForm {
    is_open: bool,
    /// As somebody chose; otherwise a role the author has.
    role: Option<Role>,
    of: SignedOff,
    statement: String,
    standings: Vec<Standing>,
    /// Sign-offs of which every change is named.
    unfolded: BTreeSet<Id>,
}

impl Default for SignOffForm {
    fn default() -> SignOffForm {
        let (is_open, role, statement) = (false, None, String::new());
        SignOffForm { is_open, role, of: SignedOff::Model, statement, standings: Vec::new(), unfolded: BTreeSet::new() }
    }
}

struct Standing {
    id: Id,
    who: String,
    at: Option<Moment>,
    sign_off: SignOff,
    changed: Vec<LogChange>,
}

impl SignOffForm {
    /// Works out anew how the sign-offs stand.
    pub fn follow(&mut self, cx: &ViewCx<'_>, unlogged: &[LogChange]) {
        let standing = sign_offs(cx.model, unlogged).into_iter().map(|signed| Standing {
            id: signed.id.clone(),
            who: signed.entry.who.clone(),
            at: signed.entry.at,
            sign_off: signed.sign_off.clone(),
            changed: signed.changed,
        });
        self.standings = standing.collect();
    }

    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        if self.is_open {
            self.form_ui(ui, cx, out);
        } else {
            ui.horizontal(|ui| {
                ui.label(bold("Sign-offs"));
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    if ui.button("Sign off…").clicked() {
                        self.is_open = true;
                    }
                });
            });
        }
        if self.standings.is_empty() && !self.is_open {
            let text = "Nobody has signed off yet. A sign-off says who stands up for the model as it is now; whatever changes \
                        later is named here.";
            let text = caption(ui, text);
            ui.add(Label::new(text).wrap());
        }
        for standing in &self.standings {
            ui.add_space(4.0);
            standing_ui(ui, cx, standing, &mut self.unfolded, out);
        }
    }

    fn form_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        ui.label(bold("Sign off as it is now"));
        labelled(ui, "Your name", |ui| {
            let mut name = cx.author.to_owned();
            let field = ui.add(line_edit(&mut name).id_salt("signer").hint_text("Who signs"));
            if named(field, "Name of who signs").changed() {
                out.push(Action::SetAuthor(name));
            }
        });
        let role = self.role.or_else(|| role_of(cx)).unwrap_or(Role::Approver);
        labelled(ui, "Role", |ui| {
            if let Some(chosen) = choice(ui, "sign-off role", "Role of who signs", role, Role::ALL, Role::label) {
                self.role = Some(chosen);
            }
        });
        labelled(ui, "Of", |ui| {
            let all = [(SignedOff::Model, "Whole model"), (SignedOff::Decisions, "Decisions")];
            if let Some(of) = segmented(ui, "Sign off", self.of, &all) {
                self.of = of;
            }
        });
        labelled(ui, "Statement", |ui| {
            let field = line_edit(&mut self.statement).id_salt("statement").hint_text("Optional, for example: fit for release 4");
            named(ui.add(field), "Statement");
        });
        ui.horizontal(|ui| {
            let is_named = !cx.author.trim().is_empty();
            let button = ui.add_enabled_ui(is_named, |ui| primary_button(ui, "Sign off")).inner;
            if button.on_disabled_hover_text("Say first who signs").clicked() {
                let statement = std::mem::take(&mut self.statement).trim().to_owned();
                out.push(Action::SignOff(SignOff { role, of: self.of, statement }));
                self.is_open = false;
            }
            if ui.button("Cancel").clicked() {
                self.is_open = false;
            }
        });
        let text = caption(ui, "It is written into the log at once and cannot be undone; save to keep it.");
        ui.add(Label::new(text).wrap());
    }
}

/// A role the author has in this model, whoever approves first.
fn role_of(cx: &ViewCx<'_>) -> Option<Role> {
    let name = cx.author.trim();
    let person = cx.model.people.values().find(|person| person.name.trim().eq_ignore_ascii_case(name))?;
    let fitting = [Role::Approver, Role::Reviewer, Role::Owner].into_iter().find(|role| person.roles.contains(role));
    fitting.or_else(|| person.roles.first().copied())
}

fn standing_ui(ui: &mut Ui, cx: &ViewCx<'_>, standing: &Standing, unfolded: &mut BTreeSet<Id>, out: &mut Outbox) {
    let Standing { id, who, at, sign_off, changed } = standing;
    let holds = changed.is_empty();
    ui.horizontal(|ui| {
        let (glyph, ink) = if holds { (icon::CHECK_CIRCLE, Ink::Good) } else { (icon::WARNING_CIRCLE, Ink::Boundary) };
        ui.label(RichText::new(glyph).font(fonts::font(Face::Icon, 15.0)).color(style::ink(ui, ink)));
        let when = at.map(|at| format!(", {}", at.date.long())).unwrap_or_default();
        let words = format!("{}, {}{when}", named_or_not(who), sign_off.role.label().to_lowercase());
        ui.add(Label::new(bold(&words)).truncate());
    });
    let of = match sign_off.of {
        SignedOff::Model => "the whole model",
        SignedOff::Decisions => "the decisions",
    };
    let since = match changed.len() {
        0 => "nothing has changed since".to_owned(),
        n => format!("{n} changed since"),
    };
    let statement = if sign_off.statement.is_empty() { String::new() } else { format!("“{}” ", sign_off.statement) };
    let text = caption(ui, format!("{statement}Signed off {of}; {since}."));
    ui.add(Label::new(text).wrap());
    let many = if unfolded.contains(id) { changed.len() } else { changed.len().min(NAMED) };
    for (n, change) in changed.iter().take(many).enumerate() {
        let words = format!("{}: {} → {}", change.about, change.before, change.after);
        let line = ui.push_id((id, n), |ui| ui.add(Label::new(muted(ui, words)).truncate().sense(egui::Sense::click()))).inner;
        if named(line, &format!("Changed since sign-off: {}", change.about)).clicked() {
            super::go_to(cx, change, out);
        }
    }
    if many < changed.len() && link(ui, &format!("and {} more", changed.len() - many)).clicked() {
        unfolded.insert(id.clone());
    }
}
