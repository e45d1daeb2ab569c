//! One threat in full: sentence, description, routes, recommended controls, decision.

use super::decision::decision_ui;
use super::manual::manual_ui;
use super::questions::missing_ui;
use super::rating::LastExplanation;
use crate::edit::Edit;
use crate::model::{ControlInstance, ControlStatus, Evidence, Id, Key, Link, Site};
use crate::risk::{Binding, Coverages, Finding, FindingSource, RatedBy, name_of, natural_site, sites_of};
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::logged::logged_ui;
use crate::ui::widgets::{bold, caption, link, muted, named};
use crate::ui::{Action, Outbox, ViewCx, fonts, style};
use egui::{Align, Button, Frame, Layout, Margin, RichText, Ui};
use std::collections::BTreeSet;

/// Most routes listed.
const ROUTES: usize = 6;

pub(super) fn threat_ui(ui: &mut Ui, cx: &ViewCx<'_>, finding: &Finding, why: &mut LastExplanation, out: &mut Outbox) {
    let frame = Frame::new().fill(style::ink(ui, Ink::Canvas)).inner_margin(Margin::symmetric(8, 8)).corner_radius(4);
    frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        ui.set_width(ui.available_width());
        ui.add(egui::Label::new(bold(&finding.title)).wrap());
        about_ui(ui, cx, finding, why, out);
        missing_ui(ui, cx, finding, out);
        routes_ui(ui, cx, finding);
        if finding.about.listed.is_empty() {
            ui.label(caption(ui, "No control of the library answers this threat."));
        } else {
            recommended_ui(ui, cx, finding, out);
        }
        decision_ui(ui, cx, finding, out);
        logged_ui(ui, cx, &finding.key, out);
        if let FindingSource::Manual { .. } = finding.about.source {
            manual_ui(ui, cx, &finding.key.rule, out);
        }
    });
    ui.add_space(4.0);
}

fn about_ui(ui: &mut Ui, cx: &ViewCx<'_>, finding: &Finding, why: &mut LastExplanation, out: &mut Outbox) {
    let wrapped = |ui: &mut Ui, text: RichText| drop(ui.add(egui::Label::new(text).wrap()));
    if let Some(why) = why.of(cx, &finding.key) {
        wrapped(ui, RichText::new(&why.sentence).size(12.0));
    }
    if !finding.about.description.is_empty() {
        let text = muted(ui, &*finding.about.description);
        wrapped(ui, text);
    }
    if let FindingSource::Manual { from } = &finding.about.source {
        let from = if from.is_empty() { "Written by hand".to_owned() } else { format!("Imported from {from}") };
        let text = caption(ui, from);
        wrapped(ui, text);
    }
    let categories: Vec<&str> = finding.about.categories.iter().map(|c| c.label()).collect();
    let mut facts = vec![finding.label(), categories.join(", ")];
    facts.extend(finding.agent.as_ref().map(|agent| format!("decided by {}", name_of(cx.model, agent))));
    facts.extend(finding.about.cwe.iter().map(|n| format!("CWE-{n}")));
    facts.extend(finding.about.capec.iter().map(|n| format!("CAPEC-{n}")));
    facts.extend(finding.about.attack.iter().cloned());
    match finding.rated_by {
        RatedBy::Method => {}
        RatedBy::Severity => facts.push("severity given from outside".into()),
        RatedBy::Decision => facts.push("levels set by hand".into()),
    }
    let text = caption(ui, facts.join(" · "));
    wrapped(ui, text);
    if let FindingSource::Rule { .. } = finding.about.source
        && link(ui, "About this rule").on_hover_text("When it fires, when it is a false alarm, how to check").clicked()
    {
        out.push(Action::ShowRule(finding.key.rule.to_string()));
    }
}

fn routes_ui(ui: &mut Ui, cx: &ViewCx<'_>, finding: &Finding) {
    if finding.bindings.len() < 2 {
        return;
    }
    ui.label(caption(ui, "Routes"));
    for (n, binding) in finding.bindings.iter().enumerate().take(ROUTES) {
        let words = match binding {
            Binding::Element(id) | Binding::Boundary(id) => name_of(cx.model, id),
            Binding::Flow { route, .. } => {
                let legs: Vec<String> = route.legs().iter().map(|id| name_of(cx.model, id)).collect();
                legs.join(" + ")
            }
        };
        let worst = if n == finding.worst { " (worst)" } else { "" };
        ui.add(egui::Label::new(RichText::new(format!("• {words}{worst}")).size(12.0)).truncate());
    }
    if finding.bindings.len() > ROUTES {
        ui.label(caption(ui, format!("and {} more", finding.bindings.len() - ROUTES)));
    }
}

fn recommended_ui(ui: &mut Ui, cx: &ViewCx<'_>, finding: &Finding, out: &mut Outbox) {
    let coverage = Coverages::new(cx.model, cx.library, cx.today).of(finding);
    let words = format!("Controls that answer it: {}", coverage.label().to_lowercase());
    ui.label(caption(ui, words)).on_hover_text(coverage.about());
    let sites = sites_of(cx.model, finding);
    for (control, link) in finding.about.listed.iter() {
        let Some(definition) = cx.library.control(cx.model, control) else { continue };
        let used = finding.controls.iter().find(|u| &u.control == control);
        let instance = cx.model.instances.values().find(|i| &i.control == control && i.at.iter().any(|s| sites.contains(s)));
        ui.horizontal(|ui| {
            let (glyph, ink) = match (used, instance) {
                (Some(_), _) => (icon::SHIELD_CHECK, Ink::Good),
                (None, Some(_)) => (icon::CIRCLE_HALF, Ink::Accent),
                (None, None) => (icon::SHIELD_PLUS, Ink::Muted),
            };
            ui.label(RichText::new(glyph).font(fonts::font(Face::Icon, 14.0)).color(style::ink(ui, ink)));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                match (used.map(|u| u.instance.is_none()), instance) {
                    (Some(true), _) => drop(ui.label(caption(ui, "implied"))),
                    (_, Some(instance)) => drop(ui.label(caption(ui, instance.status.label()))),
                    (Some(false), None) => drop(ui.label(caption(ui, "in force"))),
                    (None, None) => attach_button(ui, cx, finding, control, out),
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let strength = if *link == Link::Primary { bold(&definition.name) } else { RichText::new(&definition.name) };
                    let label = ui.add(egui::Label::new(strength.size(12.0)).wrap());
                    label.on_hover_text(format!("{} ({} answer)\n{}", definition.name, link.label(), definition.description));
                });
            });
        });
    }
}

fn attach_button(ui: &mut Ui, cx: &ViewCx<'_>, finding: &Finding, control: &str, out: &mut Outbox) {
    let name = cx.control_name(control);
    let button = ui.add(Button::new(RichText::new("Attach").size(12.0)).small());
    let button = named(button, &format!("Attach {name}"));
    egui::Popup::menu(&button).show(|ui| {
        ui.set_min_width(140.0);
        for status in ControlStatus::ALL.iter().filter(|s| **s != ControlStatus::Retired) {
            if ui.button(status.label()).clicked() {
                let site = natural_site(cx.model, cx.library, finding, control);
                let id = out.fresh_id();
                out.commit(attach(control, site, *status, id));
                ui.close();
            }
        }
    });
}

/// A new control in place.
pub(super) fn attach(control: &str, site: Site, status: ControlStatus, id: Id) -> Edit {
    let instance = ControlInstance {
        visibility: None,
        control: control.to_owned(),
        at: BTreeSet::from([site]),
        status,
        coverage: 1.0,
        evidence: Evidence::default(),
        owner: None,
        due: None,
        cost: None,
        notes: String::new(),
    };
    Edit::Batch { label: "attach control".into(), edits: vec![Edit::put(Key::Instance(id), instance)] }
}
