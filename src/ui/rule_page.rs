//! The page of a rule, beside the work: when it fires, when it is a false alarm, what answers it, how to check, where it fires.

use super::beside::{beside, takes_escape};
use super::widgets::{Row, bold, caption, muted, named, title};
use super::{Action, Outbox, ViewCx, fonts, style};
use crate::library::RulePage;
use crate::model::{Id, Link};
use crate::risk::{Finding, FindingStatus, name_of};
use crate::text::Face;
use crate::theme::Ink;
use egui::{Button, Label, RichText, ScrollArea, Ui, vec2};

const NAME: &str = "The page";
const WIDTH: f32 = 600.0;
/// Room left above and below.
const AROUND: f32 = 220.0;

/// The page that is open, if any.
#[derive(Default)]
pub struct RulePages {
    open: Option<RulePage>,
}

impl RulePages {
    pub fn open(&mut self, page: Option<RulePage>) {
        self.open = page;
    }

    pub fn take_escape(&mut self, ctx: &egui::Context) {
        if self.open.is_some() && takes_escape(ctx, NAME) {
            self.open = None;
        }
    }

    pub fn ui(&mut self, ctx: &egui::Context, cx: &ViewCx<'_>, out: &mut Outbox) {
        let Some(page) = &self.open else { return };
        let mut goes = false;
        let head = |ui: &mut Ui| drop(ui.vertical(|ui| head_ui(ui, page)));
        let stays = beside(ctx, NAME, vec2(WIDTH, 1000.0), head, |ui| {
            let room = (ctx.content_rect().height() - AROUND).clamp(160.0, 620.0);
            ScrollArea::vertical().id_salt(&page.id).max_height(room).auto_shrink([false, true]).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 4.0;
                goes = body_ui(ui, cx, page, out);
            });
        });
        if goes || !stays {
            self.open = None;
        }
    }
}

fn head_ui(ui: &mut Ui, page: &RulePage) {
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.add(Label::new(title(&page.title)).wrap());
    let mut facts = vec![page.id.clone(), page.pack.clone()];
    facts.extend(page.categories.iter().map(|c| c.label().to_owned()));
    let text = caption(ui, facts.join(" · "));
    ui.add(Label::new(text).wrap());
}

/// Returns true when a place was chosen, so that the page may close.
fn body_ui(ui: &mut Ui, cx: &ViewCx<'_>, page: &RulePage, out: &mut Outbox) -> bool {
    wrapped(ui, RichText::new(&page.what));
    part(ui, "When it fires");
    let text = muted(ui, &page.asked_of);
    wrapped(ui, text);
    for line in &page.fires {
        bullet(ui, line.indent, &line.text);
    }
    part(ui, "When it is a false alarm");
    page.false_alarms.iter().for_each(|line| bullet(ui, 0, line));
    part(ui, "How it is rated");
    wrapped(ui, RichText::new(&page.rating));
    part(ui, "Controls that answer it");
    for control in &page.controls {
        let name = if control.link == Link::Primary { bold(&control.name) } else { RichText::new(&control.name) };
        wrapped(ui, name).on_hover_text(format!("{} ({} answer)", control.id, control.link.label()));
        let test = caption(ui, format!("Test: {}", control.verify));
        wrapped(ui, test);
    }
    part(ui, "How to verify");
    wrapped(ui, RichText::new(&page.verify));
    if !page.mappings.is_empty() {
        part(ui, "Mappings");
        ui.horizontal_wrapped(|ui| {
            for mapping in &page.mappings {
                let number = RichText::new(&mapping.number).font(fonts::font(Face::Mono, 11.0));
                let button = named(ui.add(Button::new(number).small()), &format!("Copy the address of {}", mapping.number));
                if button.on_hover_text(format!("Copy {}", mapping.address)).clicked() {
                    ui.ctx().copy_text(mapping.address.clone());
                }
            }
        });
    }
    places_ui(ui, cx, page, out)
}

/// Where the rule fires in this model.
fn places_ui(ui: &mut Ui, cx: &ViewCx<'_>, page: &RulePage, out: &mut Outbox) -> bool {
    part(ui, "In this model");
    let found = cx.assessment.of_rule(&Id::new(&page.id));
    if found.is_empty() {
        let asked =
            cx.library.rule(&page.id).is_some_and(|(pack, rule)| pack.is_on(&cx.model.info) && rule.depth <= cx.model.info.depth);
        let why = if asked { "It fires nowhere." } else { "It is not asked here: its pack or its depth is switched off." };
        let text = muted(ui, why);
        wrapped(ui, text);
    }
    let mut chosen = false;
    for finding in found {
        if place_row(ui, cx, finding).clicked() {
            out.push(Action::ShowThreat(finding.key.clone()));
            out.push(Action::Reveal(finding.key.anchor.clone()));
            chosen = true;
        }
    }
    chosen
}

fn place_row(ui: &mut Ui, cx: &ViewCx<'_>, finding: &Finding) -> egui::Response {
    let name = name_of(cx.model, &finding.key.anchor);
    let mut row = Row::new(ui, 26.0, false, &format!("Show at {name}"));
    let (text, faint) = (style::ink(row.ui, Ink::Text), style::ink(row.ui, Ink::Muted));
    let possible = if finding.status == FindingStatus::Possible { " possible" } else { "" };
    row.right_swatch(finding.band());
    row.right(format!("{:.1}{possible}", finding.current.score), fonts::font(Face::Regular, 12.0), faint);
    row.text(&name, fonts::font(Face::Regular, 13.0), text);
    row.response
}

fn part(ui: &mut Ui, heading: &str) {
    ui.add_space(10.0);
    ui.label(bold(heading));
}

fn wrapped(ui: &mut Ui, text: RichText) -> egui::Response {
    ui.add(Label::new(text).wrap())
}

fn bullet(ui: &mut Ui, indent: usize, text: &str) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.add_space(4.0 + 16.0 * indent as f32);
        let dot = muted(ui, "•");
        ui.label(dot);
        ui.add(Label::new(text).wrap());
    });
}
