//! What is written on the card.

use super::{DECISIONS, Wish, current, fulfil, score, threats};
use crate::model::{Band, Disposition, Id};
use crate::risk::{Finding, name_of};
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::canvas::{CanvasFrame, CanvasState};
use crate::ui::widgets::{bold, caption, icon_button, in_two_lines, named, risk_pill, tipped, treatment};
use crate::ui::{Command, ViewCx, fonts, style};
use egui::{Align, Button, Color32, Frame, Label, Layout, Margin, RichText, Sense, Stroke, Ui, UiBuilder, pos2, vec2};

/// Controls listed.
const CONTROLS: usize = 2;
/// On a canvas lower than this, in points, the card is kept small.
const LOW: f32 = 560.0;

pub(super) fn ui(ui: &mut Ui, frame: &mut CanvasFrame<'_, '_>, id: &Id, state: &mut CanvasState) {
    let cx = frame.cx;
    let findings: Vec<&Finding> = threats(cx, id).collect();
    let Some(chosen) = current(cx, &frame.selection, id) else { return };
    let mut wish = None;
    head(ui, cx, id, findings.len(), &mut wish);
    // The chosen one is always among those listed.
    let at = findings.iter().position(|f| f.key == chosen.key).unwrap_or_default();
    let shown = if frame.rect.height() < LOW { 2 } else { 3 };
    let first = at.saturating_sub(shown - 1);
    for finding in findings.iter().skip(first).take(shown) {
        if row(ui, cx, finding, finding.key == chosen.key).clicked() {
            wish = Some(Wish::Select(finding.key.clone()));
        }
    }
    if findings.len() > shown {
        Frame::new().inner_margin(Margin::symmetric(10, 1)).show(ui, |ui| rest(ui, &findings, at, shown));
    }
    if chosen.inherited {
        inherited(ui);
    }
    controls(ui, cx, chosen);
    super::open_ends::ui(ui, frame, id, state);
    match state.card.scoring.clone().filter(|(scored, _)| *scored == chosen.key) {
        Some((_, next)) => score::ui(ui, cx, chosen, next, frame.out),
        None => state.card.scoring = None,
    }
    buttons(ui, cx, chosen, state.card.scoring.is_some(), &mut wish);
    if let Some(wish) = wish {
        fulfil(wish, id, frame, state);
    }
}

fn head(ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, count: usize, wish: &mut Option<Wish>) {
    Frame::new().inner_margin(Margin { left: 10, right: 6, top: 6, bottom: 2 }).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if icon_button(ui, icon::X, "Close the card").clicked() {
                    *wish = Some(Wish::Close);
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let name = bold(name_of(cx.model, id)).color(style::ink(ui, Ink::Text));
                    let width = (ui.available_width() - 34.0).max(20.0);
                    let fits = ui.painter().layout_no_wrap(name.text().to_owned(), fonts::font(Face::Bold, 13.0), Color32::WHITE);
                    ui.add_sized(vec2(fits.size().x.min(width), 20.0), Label::new(name).truncate());
                    let inside = if cx.assessment.boundaries.contains_key(id) { " inside" } else { "" };
                    ui.label(caption(ui, format!("{count}{inside}")));
                });
            });
        });
    });
}

/// One threat: its score in the colour of its risk, its title on at most two lines, and what was decided as a shape.
pub(super) fn row(ui: &mut Ui, cx: &ViewCx<'_>, finding: &Finding, chosen: bool) -> egui::Response {
    let text = style::ink(ui, Ink::Text);
    let galley = in_two_lines(ui, &finding.title, fonts::font(Face::Regular, 12.0), text, ui.available_width() - 100.0);
    let height = (galley.size().y + 8.0).max(28.0);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    if chosen {
        ui.painter().rect_filled(rect, 0.0, style::ink(ui, Ink::AccentSoft));
        ui.painter().rect_filled(rect.with_max_x(rect.left() + 2.0), 0.0, style::ink(ui, Ink::Accent));
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 0.0, style::ink(ui, Ink::Raised));
    }
    if response.has_focus() {
        ui.painter().rect_stroke(rect, 2.0, style::line(ui, Ink::Accent), egui::StrokeKind::Inside);
    }
    if let Some(glow) = cx.glow(&finding.key) {
        ui.painter().rect_filled(rect, 0.0, style::ink(ui, Ink::Good).gamma_multiply(glow));
    }
    let pill = egui::Rect::from_min_size(pos2(rect.left() + 10.0, rect.center().y - 10.0), vec2(60.0, 20.0));
    let mut inner = ui.new_child(UiBuilder::new().max_rect(pill).layout(Layout::left_to_right(Align::Center)));
    risk_pill(&mut inner, finding.band(), &format!("{:.1}", finding.current.score));
    ui.painter().galley(pos2(rect.left() + 72.0, rect.center().y - galley.size().y / 2.0), galley, text);
    let (face, glyph, ink, decided) = treatment(finding);
    let at = pos2(rect.right() - 16.0, rect.center().y);
    ui.painter().text(at, egui::Align2::CENTER_CENTER, glyph, fonts::font(face, 15.0), style::ink(ui, ink));
    let inherited = if finding.inherited { ", inherited, needs review" } else { "" };
    let name =
        format!("Show threat {}, {:.1}, {}, {decided}{inherited}", finding.title, finding.current.score, finding.band().label());
    named(response.on_hover_text(decided), &name)
}

/// "9 more, 1 High", and where in the list one is.
fn rest(ui: &mut Ui, findings: &[&Finding], at: usize, shown: usize) {
    ui.horizontal(|ui| {
        let count = |band| findings.iter().skip(shown).filter(|f| f.band() == band).count();
        let mut words = format!("{} more", findings.len() - shown);
        for band in [Band::Critical, Band::High] {
            if count(band) > 0 {
                words += &format!(", {} {}", count(band), band.label());
            }
        }
        ui.label(caption(ui, words));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(caption(ui, format!("{} of {}  ,  .", at + 1, findings.len())));
        });
    });
}

/// That what was decided was decided about another thing, of which this is a copy.
fn inherited(ui: &mut Ui) {
    Frame::new().inner_margin(Margin { left: 12, right: 10, top: 3, bottom: 0 }).show(ui, |ui| {
        ui.horizontal(|ui| {
            let ink = style::ink(ui, Ink::RiskOutline(Band::Medium));
            ui.label(RichText::new(icon::COPY).font(fonts::font(Face::Icon, 13.0)).color(ink));
            ui.label(RichText::new("Inherited with a copy, needs review").size(12.0).color(ink));
        });
    });
}

/// What is in force against the chosen threat, the strongest first.
fn controls(ui: &mut Ui, cx: &ViewCx<'_>, finding: &Finding) {
    let mut used: Vec<_> = finding.controls.iter().collect();
    used.sort_by(|a, b| b.effect.total_cmp(&a.effect).then_with(|| a.control.cmp(&b.control)));
    Frame::new().inner_margin(Margin { left: 12, right: 10, top: 3, bottom: 2 }).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        if used.is_empty() {
            ui.label(caption(ui, "Nothing in force against it"));
        }
        for control in used.iter().take(CONTROLS) {
            let name = cx.library.control(cx.model, &control.control).map_or(control.control.as_str(), |c| c.name.as_str());
            let instance = control.instance.as_ref().and_then(|id| cx.model.instances.get(id));
            let status = instance.map_or("implied", |i| i.status.label());
            ui.horizontal(|ui| {
                let good = style::ink(ui, Ink::Good);
                ui.label(RichText::new(icon::SHIELD_CHECK).font(fonts::font(Face::IconFill, 13.0)).color(good));
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    ui.label(caption(ui, format!("{status}, −{:.0} %", control.effect * 100.0)));
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        ui.add(Label::new(RichText::new(name).size(12.0)).truncate()).on_hover_text(name);
                    });
                });
            });
        }
        if used.len() > CONTROLS {
            ui.label(caption(ui, format!("and {} more controls", used.len() - CONTROLS)));
        }
    });
}

fn buttons(ui: &mut Ui, cx: &ViewCx<'_>, chosen: &Finding, scoring: bool, wish: &mut Option<Wish>) {
    let decided = cx.model.decisions.get(&chosen.key).map_or(Disposition::Open, |d| d.disposition);
    Frame::new().inner_margin(Margin { left: 8, right: 8, top: 4, bottom: 8 }).show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        ui.spacing_mut().button_padding.x = 6.0;
        ui.horizontal(|ui| {
            for (letter, words, disposition) in DECISIONS {
                let button = key_button(ui, words, letter.name(), disposition.label(), decided == disposition);
                if named(button, &format!("{}: {}", disposition.label(), chosen.title)).clicked() {
                    *wish = Some(Wish::Decide(chosen.key.clone(), disposition));
                }
            }
        });
        ui.horizontal(|ui| {
            if named(
                key_button(ui, "Score", "L", "Score likelihood and impact by hand", scoring),
                &format!("Score: {}", chosen.title),
            )
            .clicked()
            {
                *wish = Some(Wish::Score(chosen.key.clone()));
            }
            if named(key_button(ui, "Details", "I", "All about this threat, in the inspector", false), "All about this threat")
                .clicked()
            {
                *wish = Some(Wish::Details(chosen.key.clone()));
            }
            if named(key_button(ui, "Add threat", "T", Command::AddThreat.label(), false), "Add a threat here").clicked() {
                *wish = Some(Wish::Add);
            }
        });
    });
}

/// A button with its letter; `what` says more of what it does.
fn key_button(ui: &mut Ui, words: &str, letter: &str, what: &str, on: bool) -> egui::Response {
    let mut text = egui::text::LayoutJob::default();
    let format = |font, color| egui::TextFormat { font_id: font, color, ..egui::TextFormat::default() };
    text.append(words, 0.0, format(fonts::font(Face::Regular, 11.0), style::ink(ui, Ink::Text)));
    text.append(letter, 4.0, format(fonts::font(Face::Mono, 10.0), style::ink(ui, Ink::Accent)));
    let (ground, edge) = if on { (Ink::AccentSoft, Ink::Accent) } else { (Ink::Panel, Ink::Border) };
    let stroke = Stroke::new(1.0, style::ink(ui, edge));
    let button = Button::new(text).fill(style::ink(ui, ground)).stroke(stroke).min_size(vec2(0.0, 24.0)).selected(on);
    let response = ui.add(button);
    tipped(response, what, Some(letter.to_owned()))
}
