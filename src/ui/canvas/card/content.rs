//! What is written on the card.

use super::{Wish, current, fulfil, is_small, score, threats, waiting, waiting_words};
use crate::model::{Band, Disposition, Id};
use crate::risk::{Finding, name_of};
use crate::text::Face;
use crate::text::icon::{self, Icon};
use crate::theme::Ink;
use crate::ui::canvas::{CanvasFrame, CanvasState};
use crate::ui::deciding::BY_KEY;
use crate::ui::logged::last_logged;
use crate::ui::widgets::{bold, caption, icon_button, in_two_lines, key_button, named, risk_pill, tipped, treatment};
use crate::ui::{Command, ViewCx, fonts, style};
use egui::{Align, Align2, Button, Color32, Frame, Label, Layout, Margin, RichText, Sense, Stroke, Ui, UiBuilder, pos2, vec2};

/// Controls listed.
const CONTROLS: usize = 2;

pub(super) fn ui(ui: &mut Ui, frame: &mut CanvasFrame<'_, '_>, id: &Id, state: &mut CanvasState) {
    let cx = frame.cx;
    let findings: Vec<&Finding> = threats(cx, &frame.selection, id).collect();
    let mut wish = None;
    let Some(chosen) = current(cx, &frame.selection, id) else {
        head(ui, cx, id, waiting_words(waiting(cx, id)).unwrap_or_default(), &mut wish);
        super::open_ends::ui(ui, frame, id, state);
        ui.add_space(6.0);
        return wish.into_iter().for_each(|wish| fulfil(wish, id, frame, state));
    };
    let small = is_small(frame);
    // The chosen one is always among those listed.
    let at = findings.iter().position(|f| f.key == chosen.key).unwrap_or_default();
    let shown = if small { 2 } else { 3 };
    let first = at.saturating_sub(shown - 1);
    let inside = if cx.assessment.boundaries.contains_key(id) { " inside" } else { "" };
    let is_long = findings.len() > shown;
    // A small card has no row for where in the list one is.
    let where_ = if small && is_long { format!("{} of ", at + 1) } else { String::new() };
    head(ui, cx, id, format!("{where_}{}{inside}", findings.len()), &mut wish);
    for finding in findings.iter().skip(first).take(shown) {
        if row(ui, cx, finding, finding.key == chosen.key).clicked() {
            wish = Some(Wish::Select(finding.key.clone()));
        }
    }
    if is_long && !small {
        Frame::new().inner_margin(Margin::symmetric(10, 1)).show(ui, |ui| rest(ui, &findings, at, shown));
    }
    if chosen.inherited {
        notice(ui, icon::COPY, "Inherited with a copy, needs review");
    }
    if chosen.lapsed.is_some() {
        notice(ui, icon::CLOCK, &chosen.expiry());
    }
    super::reason::ui(ui, frame, chosen, state);
    super::answers::ui(ui, frame, chosen, if small { 1 } else { CONTROLS });
    super::open_ends::ui(ui, frame, id, state);
    match state.card.scoring.clone().filter(|(scored, _)| *scored == chosen.key) {
        Some((_, next)) => score::ui(ui, cx, chosen, next, frame.out),
        None => state.card.scoring = None,
    }
    buttons(ui, deeds(chosen, state.card.scoring.is_some()), small, &mut wish);
    if let Some(wish) = wish {
        fulfil(wish, id, frame, state);
    }
}

fn head(ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, count: String, wish: &mut Option<Wish>) {
    Frame::new().inner_margin(Margin { left: 10, right: 6, top: 6, bottom: 2 }).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if icon_button(ui, icon::X, "No more cards").clicked() {
                    *wish = Some(Wish::Close);
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let name = bold(name_of(cx.model, id)).color(style::ink(ui, Ink::Text));
                    let counted = ui.painter().layout_no_wrap(count.clone(), fonts::font(Face::Regular, 12.0), Color32::WHITE);
                    let width = (ui.available_width() - counted.size().x - 12.0).max(20.0);
                    let fits = ui.painter().layout_no_wrap(name.text().to_owned(), fonts::font(Face::Bold, 13.0), Color32::WHITE);
                    ui.add_sized(vec2(fits.size().x.min(width), 20.0), Label::new(name).truncate());
                    ui.label(caption(ui, count));
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
    ui.painter().text(at, Align2::CENTER_CENTER, glyph, fonts::font(face, 15.0), style::ink(ui, ink));
    let inherited = if finding.inherited { ", inherited, needs review" } else { "" };
    let name =
        format!("Show threat {}, {:.1}, {}, {decided}{inherited}", finding.title, finding.current.score, finding.band().label());
    let tip = |ui: &mut Ui| {
        ui.label(decided);
        if let Some(logged) = last_logged(cx, &finding.key) {
            ui.label(caption(ui, logged));
        }
    };
    named(response.on_hover_ui(tip), &name)
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

/// What is to be known about the decision on the chosen threat: it came with a copy, or has ended.
fn notice(ui: &mut Ui, glyph: icon::Icon, words: &str) {
    Frame::new().inner_margin(Margin { left: 12, right: 10, top: 3, bottom: 0 }).show(ui, |ui| {
        ui.horizontal(|ui| {
            let ink = style::ink(ui, Ink::RiskOutline(Band::Medium));
            ui.label(RichText::new(glyph).font(fonts::font(Face::Icon, 13.0)).color(ink));
            ui.add(Label::new(RichText::new(words).size(12.0).color(ink)).wrap());
        });
    });
}

/// A button of the card.
struct Deed {
    words: &'static str,
    sign: Icon,
    letter: &'static str,
    what: &'static str,
    /// For who does not see it.
    name: String,
    on: bool,
    wish: Wish,
}

fn deeds(chosen: &Finding, scoring: bool) -> Vec<Deed> {
    let (title, key) = (&chosen.title, || chosen.key.clone());
    let decision = |(letter, words, sign, disposition): (egui::Key, _, _, Disposition)| {
        let is_ended = disposition == Disposition::Accept && chosen.lapsed.is_some();
        let (words, what) = if is_ended { ("Extend", "Extend") } else { (words, disposition.label()) };
        Deed {
            words,
            sign,
            letter: letter.name(),
            what,
            name: format!("{what}: {title}"),
            on: chosen.disposition == disposition,
            wish: Wish::Decide(key(), disposition),
        }
    };
    let other = |words, sign, letter, what, name, on, wish| Deed { words, sign, letter, what, name, on, wish };
    let score = "Score likelihood and impact by hand";
    let details = "All about this threat";
    let others = [
        other("Score", icon::SLIDERS_HORIZONTAL, "L", score, format!("Score: {title}"), scoring, Wish::Score(key())),
        other("Details", icon::INFO, "I", "All about this threat, in the inspector", details.into(), false, Wish::Details(key())),
        other("Add threat", icon::PLUS, "T", Command::AddThreat.label(), "Add a threat here".into(), false, Wish::Add),
    ];
    BY_KEY.map(decision).into_iter().chain(others).collect()
}

/// In words over two rows, or as signs with their letters in one.
fn buttons(ui: &mut Ui, deeds: Vec<Deed>, small: bool, wish: &mut Option<Wish>) {
    let margin = Margin { left: 8, right: 8, top: 4, bottom: if small { 6 } else { 8 } };
    let in_a_row = if small { deeds.len() } else { BY_KEY.len() };
    let mut deeds = deeds.into_iter().peekable();
    Frame::new().inner_margin(margin).show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(if small { 3.0 } else { 4.0 }, 4.0);
        ui.spacing_mut().button_padding.x = if small { 3.0 } else { 6.0 };
        while deeds.peek().is_some() {
            ui.horizontal(|ui| {
                for deed in deeds.by_ref().take(in_a_row) {
                    let button = if small { sign_button(ui, &deed) } else { key_button(ui, deed.words, deed.letter, deed.on) };
                    if named(tipped(button, deed.what, Some(deed.letter.to_owned())), &deed.name).clicked() {
                        *wish = Some(deed.wish);
                    }
                }
            });
        }
    });
}

/// A sign with its letter.
fn sign_button(ui: &mut Ui, deed: &Deed) -> egui::Response {
    let (ground, edge) = if deed.on { (Ink::AccentSoft, Ink::Accent) } else { (Ink::Panel, Ink::Border) };
    let button = Button::new("").fill(style::ink(ui, ground)).stroke(Stroke::new(1.0, style::ink(ui, edge)));
    let button = ui.add(button.min_size(vec2(28.0, 24.0)).selected(deed.on));
    let at = button.rect.left_center();
    let text = style::ink(ui, Ink::Text);
    ui.painter().text(at + vec2(11.0, 0.0), Align2::CENTER_CENTER, deed.sign, fonts::font(Face::Icon, 14.0), text);
    let accent = style::ink(ui, Ink::Accent);
    ui.painter().text(at + vec2(22.0, 0.0), Align2::CENTER_CENTER, deed.letter, fonts::font(Face::Mono, 9.0), accent);
    button
}
