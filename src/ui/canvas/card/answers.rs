//! What answers the chosen threat: controls in force, what is on its way, and once it is to be mitigated, what could be
//! planned.

use crate::model::{ControlInstance, Disposition, Link, Site};
use crate::risk::{Finding, sensible_site, sites_of};
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::canvas::CanvasFrame;
use crate::ui::control_list::add;
use crate::ui::widgets::{caption, named};
use crate::ui::{ViewCx, fonts, style};
use egui::{Align, Button, Frame, Label, Layout, Margin, RichText, Ui};

/// At most so many of each are listed.
pub(super) fn ui(ui: &mut Ui, frame: &mut CanvasFrame<'_, '_>, finding: &Finding, most: usize) {
    let cx = frame.cx;
    let mut used: Vec<_> = finding.controls.iter().collect();
    used.sort_by(|a, b| b.effect.total_cmp(&a.effect).then_with(|| a.control.cmp(&b.control)));
    let planned = planned(cx, finding);
    Frame::new().inner_margin(Margin { left: 12, right: 10, top: 3, bottom: 2 }).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        if used.is_empty() && planned.is_empty() {
            ui.label(caption(ui, "Nothing in force against it"));
        }
        for control in used.iter().take(most) {
            let instance = control.instance.as_ref().and_then(|id| cx.model.instances.get(id));
            let status = instance.map_or("implied", |i| i.status.label());
            let sign = RichText::new(icon::SHIELD_CHECK).font(fonts::font(Face::IconFill, 13.0));
            let sign = sign.color(style::ink(ui, Ink::Good));
            line(ui, sign, cx.control_name(&control.control), &format!("{status}, −{:.0} %", control.effect * 100.0));
        }
        if used.len() > most {
            ui.label(caption(ui, format!("and {} more controls", used.len() - most)));
        }
        for instance in planned.iter().take(most) {
            let sign = RichText::new(icon::CIRCLE_HALF).font(fonts::font(Face::Icon, 13.0));
            line(ui, sign.color(style::ink(ui, Ink::Accent)), cx.control_name(&instance.control), instance.status.label());
        }
        if finding.disposition == Disposition::Mitigate && planned.is_empty() {
            for (control, site) in offers(cx, finding).into_iter().take(most) {
                if offer(ui, cx.control_name(control)) {
                    add(cx, control, site, true, frame.out);
                }
            }
        }
    });
}

/// Controls that answer it and are not in force yet.
fn planned<'a>(cx: &ViewCx<'a>, finding: &Finding) -> Vec<&'a ControlInstance> {
    let sites = sites_of(cx.model, finding);
    let answers = |i: &&ControlInstance| finding.about.listed.iter().any(|(control, _)| *control == i.control);
    let open = |i: &&ControlInstance| i.status.is_planned() && i.at.iter().any(|site| sites.contains(site));
    cx.model.instances.values().filter(answers).filter(open).collect()
}

/// Controls that could be planned, with where they belong: what answers it first of all, the strongest first.
fn offers<'a>(cx: &ViewCx<'_>, finding: &'a Finding) -> Vec<(&'a str, Site)> {
    let used = |control: &str| finding.controls.iter().any(|used| used.control == control);
    let listed = finding.about.listed.iter().filter(|(control, _)| !used(control));
    let mut offers: Vec<_> = listed
        .filter_map(|(control, link)| {
            let strength = cx.library.control(cx.model, control)?.strength;
            Some((control.as_str(), *link == Link::Primary, strength, sensible_site(cx.model, cx.library, finding, control)?))
        })
        .collect();
    offers.sort_by(|a, b| b.1.cmp(&a.1).then(b.2.total_cmp(&a.2)));
    offers.into_iter().map(|(control, .., site)| (control, site)).collect()
}

/// A control with how far it is.
fn line(ui: &mut Ui, sign: RichText, name: &str, status: &str) {
    ui.horizontal(|ui| {
        ui.label(sign);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(caption(ui, status));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(Label::new(RichText::new(name).size(12.0)).truncate()).on_hover_text(name);
            });
        });
    });
}

/// "Plan Strong authentication". True when it is taken.
fn offer(ui: &mut Ui, name: &str) -> bool {
    let ink = style::ink(ui, Ink::Accent);
    ui.horizontal(|ui| {
        ui.label(RichText::new(icon::SHIELD_PLUS).font(fonts::font(Face::Icon, 13.0)).color(ink));
        let button = ui.add(Button::new(RichText::new(format!("Plan {name}")).size(12.0)).small().truncate());
        named(button.on_hover_text(format!("Plan {name} where it belongs")), &format!("Plan {name}")).clicked()
    })
    .inner
}
