//! The dashboard: what the risk is, where it lies and where it goes, in charts that narrow the register of threats down.
//!
//! It fills whatever room it is drawn into, and knows nothing of where that is.

mod card;
mod legend;
mod table;
mod tiles;

use super::widgets::{bare_button, caption, tipped};
use super::{Action, Command, Outbox, Seen, ViewCx, fonts, style};
use crate::chart::{Drawn, Figure, Look, Sources, State, Step, Topic};
use crate::register::Term;
use crate::text::{Face, icon};
use crate::theme::{Ink, Theme};
use egui::{Align, Frame, Key, Layout, Margin, Modifiers, RichText, ScrollArea, Ui, UiBuilder, vec2};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// From these widths on two and three cards stand side by side, in points.
const TWO: f32 = 760.0;
const THREE: f32 = 1120.0;
const CARD: f32 = 316.0;
const GAP: f32 = 12.0;
/// What the key to the levels and the buttons of the head take, in points.
const RIGHT: f32 = 560.0;

/// What the dashboard remembers between frames.
#[derive(Default)]
pub struct Dashboard {
    state: State,
    /// Privacy threats instead of STRIDE.
    privacy: bool,
    /// Shown as tables.
    tables: BTreeSet<Topic>,
    /// Charts, and what they were made for.
    made: (Option<Made>, BTreeMap<Topic, Rc<Figure>>),
    drawn: BTreeMap<Topic, (Rc<Figure>, Look, Theme, Drawn)>,
}

/// What charts depend on.
#[derive(Clone, Copy, PartialEq)]
struct Made {
    content: u64,
    seen: Seen,
    roadmap: Option<(u64, bool)>,
}

/// A place for a chart.
struct Slot {
    topic: Topic,
    /// Two places wide, where there are three.
    is_wide: bool,
}

impl Dashboard {
    /// Draws it into all the room there is.
    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, narrowed: &[Term], out: &mut Outbox) {
        let roadmap = cx.roadmap.map(|found| (found.revision, found.roadmap.is_some()));
        let made = Some(Made { content: cx.content, seen: cx.seen, roadmap });
        if self.made.0 != made {
            self.made = (made, BTreeMap::new());
        }
        let room = ui.available_rect_before_wrap();
        ui.painter().rect_filled(room, 0.0, style::ink(ui, Ink::Canvas));
        ScrollArea::vertical().id_salt("dashboard").auto_shrink([false, false]).show(ui, |ui| {
            Frame::new().inner_margin(Margin::symmetric(20, 14)).show(ui, |ui| {
                ui.spacing_mut().item_spacing = vec2(GAP, GAP);
                head_ui(ui, cx, out);
                tiles::ui(ui, cx, out);
                self.cards_ui(ui, cx, narrowed, out);
            });
        });
        let is_free = ui.memory(|m| m.focused().is_none()) && !egui::Popup::is_any_open(ui.ctx());
        if is_free && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape)) {
            out.run(Command::Dashboard);
        }
    }

    fn slots(&self) -> [Slot; 9] {
        let slot = |topic| Slot { topic, is_wide: false };
        let by_class = if self.privacy { Topic::Linddun } else { Topic::Stride };
        [
            slot(Topic::Matrix(self.state)),
            slot(Topic::Boundaries),
            slot(by_class),
            Slot { topic: Topic::Load, is_wide: true },
            slot(Topic::States),
            slot(Topic::Elements),
            slot(Topic::Layers),
            slot(Topic::Trend),
            Slot { topic: Topic::Roadmap, is_wide: true },
        ]
    }

    /// Cards in rows, as many side by side as there is room for.
    fn cards_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, narrowed: &[Term], out: &mut Outbox) {
        let room = ui.available_width();
        let columns = if room >= THREE {
            3
        } else if room >= TWO {
            2
        } else {
            1
        };
        let one = (room - GAP * (columns - 1) as f32) / columns as f32;
        let mut rows: Vec<Vec<(Topic, usize)>> = vec![Vec::new()];
        for slot in self.slots() {
            let wide = if slot.is_wide && columns > 1 { 2 } else { 1 };
            let used: usize = rows.last().map_or(0, |row| row.iter().map(|(_, wide)| wide).sum());
            if used + wide > columns {
                rows.push(Vec::new());
            }
            if let Some(row) = rows.last_mut() {
                row.push((slot.topic, wide));
            }
        }
        for row in rows {
            let used: usize = row.iter().map(|(_, wide)| wide).sum();
            let spare = columns - used;
            let (rect, _) = ui.allocate_exact_size(vec2(room, CARD), egui::Sense::hover());
            let mut left = rect.left();
            let last = row.len().saturating_sub(1);
            for (n, (topic, wide)) in row.into_iter().enumerate() {
                // The last one fills what would be left over.
                let wide = if n == last { wide + spare } else { wide } as f32;
                let size = vec2(one * wide + GAP * (wide - 1.0), CARD);
                let area = egui::Rect::from_min_size(egui::pos2(left, rect.top()), size);
                left = area.right() + GAP;
                if !ui.is_rect_visible(area) {
                    continue;
                }
                let mut card = ui.new_child(UiBuilder::new().max_rect(area).id_salt(("card", topic)));
                self.card_ui(&mut card, cx, topic, narrowed, out);
            }
        }
    }

    /// A chart, made when it is first looked at.
    fn figure(&mut self, cx: &ViewCx<'_>, topic: Topic) -> Rc<Figure> {
        let made = self.made.1.entry(topic).or_insert_with(|| Rc::new(Figure::of(topic, &sources(cx, &steps(cx)))));
        Rc::clone(made)
    }
}

/// What charts are made from in the window.
pub fn sources<'a>(cx: &ViewCx<'a>, roadmap: &'a [Step]) -> Sources<'a> {
    Sources { model: cx.model, library: cx.library, assessment: cx.assessment, today: cx.today, roadmap }
}

/// The next best controls, when somebody looked for them.
pub fn steps(cx: &ViewCx<'_>) -> Vec<Step> {
    let steps = cx.roadmap.and_then(|found| found.roadmap.as_ref()).map(|roadmap| roadmap.steps.as_slice());
    let named = steps.unwrap_or_default().iter().map(|step| {
        let names: Vec<&str> = step.controls.iter().map(|(control, _)| cx.control_name(control)).collect();
        Step { name: names.join(" and "), days: step.days, load: step.load, peak: step.peak }
    });
    named.collect()
}

fn head_ui(ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
    ui.horizontal(|ui| {
        ui.set_min_height(32.0);
        ui.label(RichText::new("Risk dashboard").font(fonts::font(Face::Bold, 22.0)).color(style::ink(ui, Ink::Text)));
        // What there is room for beside the name.
        let room = ui.available_width();
        let seen = if cx.seen == Seen::Today { String::new() } else { format!(", {}", cx.seen.label().to_lowercase()) };
        let about = caption(ui, format!("{}, whole model{seen}", cx.model.info.name));
        let wide = (room - RIGHT).min(420.0);
        if wide > 120.0 {
            ui.allocate_ui(vec2(wide, 32.0), |ui| ui.add(egui::Label::new(about).truncate()));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let keys = Command::Dashboard.keys(ui.ctx());
            if tipped(bare_button(ui, icon::X, "Close the dashboard"), "Close the dashboard", keys).clicked() {
                out.run(Command::Dashboard);
            }
            if cx.model.baselines.is_empty() && ui.button("Keep a baseline…").clicked() {
                out.run(Command::KeepBaseline);
            }
            if room > RIGHT - 120.0 {
                legend::ui(ui);
            }
        });
    });
}

/// Asks for the register of threats to be narrowed down, or no longer when that is how it is.
fn ask(narrowed: &[Term], terms: Vec<Term>, out: &mut Outbox) {
    if terms.is_empty() {
        return;
    }
    let terms = if narrowed == terms.as_slice() { Vec::new() } else { terms };
    out.push(Action::ShowThreats(terms));
}
