//! The page of what could be done: a roadmap of the next best controls, and what a trial has moved.

use crate::edit::Edit;
use crate::model::{Band, ControlInstance, Key, Site};
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::trial::outcome;
use crate::ui::widgets::{Row, caption, elided, filter_chip, named, optional_choice, paint_swatch, primary_button};
use crate::ui::{Action, Command, Outbox, ViewCx, fonts, style};
use crate::what_if::{Aim, Delta, Moved, Roadmap, Step};
use egui::{Align, Align2, Button, DragValue, Layout, Rect, ScrollArea, Ui, UiBuilder, pos2, vec2};

const ROW: f32 = 28.0;

/// A search for the next best controls, and what it found.
#[derive(Clone, Debug)]
pub struct RoadmapFound {
    /// The state of the model it was for.
    pub revision: u64,
    pub aim: Aim,
    /// The model is another by now.
    pub is_stale: bool,
    /// `None` while it is under way.
    pub roadmap: Option<Roadmap>,
}

pub struct WhatIfPage {
    /// Person-days, when the roadmap is to end somewhere.
    budget: Option<f64>,
    appetite: Option<Band>,
    bundles: bool,
}

impl Default for WhatIfPage {
    fn default() -> WhatIfPage {
        WhatIfPage { budget: None, appetite: None, bundles: true }
    }
}

impl WhatIfPage {
    fn aim(&self, cx: &ViewCx<'_>) -> Aim {
        let edges = &cx.library.calibration.bands;
        // Content with what is Medium is content with everything below High.
        let above = match self.appetite {
            Some(Band::High) => edges.critical,
            Some(Band::Medium) => edges.high,
            Some(Band::Low) => edges.medium,
            _ => 0.0,
        };
        let steps = if self.budget.is_some() { 100 } else { Aim::default().steps };
        Aim { steps, budget: self.budget, above, bundles: self.bundles, on: Some(cx.today) }
    }

    /// The aim, and the button that searches, from the right.
    pub fn tools_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        let aim = self.aim(cx);
        let is_searching = cx.roadmap.is_some_and(|found| found.roadmap.is_none());
        let search = ui.add_enabled_ui(!is_searching, |ui| primary_button(ui, "Find the next best controls")).inner;
        if search.on_hover_text("Tries every control that would help, and puts them in the order in which they pay off").clicked()
        {
            out.push(Action::FindRoadmap(aim));
        }
        if filter_chip(ui, self.bundles, "Bundles").on_hover_text("Also controls that help only together").clicked() {
            self.bundles = !self.bundles;
        }
        ui.allocate_ui(vec2(150.0, 24.0), |ui| {
            let bands = [Band::Low, Band::Medium, Band::High].map(|b| (b, format!("Content with {}", b.label())));
            if let Some(appetite) =
                optional_choice(ui, "appetite", "Risk appetite", self.appetite.as_ref(), &bands, "No appetite")
            {
                self.appetite = appetite;
            }
        });
        let mut has_budget = self.budget.is_some();
        if let Some(budget) = &mut self.budget {
            let field = DragValue::new(budget).range(1.0..=10_000.0).speed(0.5).max_decimals(1).suffix(" days");
            named(ui.add(field), "Budget in person-days");
        }
        if filter_chip(ui, has_budget, "Budget").clicked() {
            has_budget = !has_budget;
            self.budget = has_budget.then_some(20.0);
        }
    }

    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        let whole = ui.available_rect_before_wrap();
        let (left, right) = match cx.trial {
            Some(_) => whole.split_left_right_at_fraction(0.6),
            None => (whole, Rect::NOTHING),
        };
        ui.advance_cursor_after_rect(whole);
        let mut left_ui = ui.new_child(UiBuilder::new().max_rect(left).id_salt("roadmap"));
        roadmap_ui(&mut left_ui, cx, out);
        if let Some(trial) = cx.trial {
            ui.painter().vline(right.left(), right.y_range(), style::line(ui, Ink::Border));
            let mut right_ui = ui.new_child(UiBuilder::new().max_rect(right.with_min_x(right.left() + 1.0)).id_salt("moved"));
            moved_ui(&mut right_ui, cx, &trial.delta, out);
        }
    }
}

fn roadmap_ui(ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
    let Some(found) = cx.roadmap else {
        let keys = Command::StartTrial.keys(ui.ctx()).unwrap_or_default();
        let text = format!("Which controls pay off most? Find them with the button above. Or try things out yourself: {keys}.");
        return super::empty_ui(ui, &text);
    };
    let Some(roadmap) = &found.roadmap else { return super::empty_ui(ui, "Trying controls…") };
    if roadmap.steps.is_empty() {
        return super::empty_ui(ui, "No control of the library would ease anything above the appetite.");
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.horizontal(|ui| {
        ui.set_min_height(ROW);
        ui.add_space(12.0);
        summary_ui(ui, cx, found, roadmap, out);
    });
    ScrollArea::vertical().auto_shrink([false, false]).show_rows(ui, ROW, roadmap.steps.len(), |ui, range| {
        let mut days: f64 = roadmap.steps.iter().take(range.start).map(|s| s.days).sum();
        for n in range {
            let Some(step) = roadmap.steps.get(n) else { continue };
            let before = n.checked_sub(1).and_then(|n| roadmap.steps.get(n)).map_or(roadmap.peak, |s| s.peak);
            days += step.days;
            step_ui(ui, cx, n + 1, step, before, days, out);
        }
    });
}

fn summary_ui(ui: &mut Ui, cx: &ViewCx<'_>, found: &RoadmapFound, roadmap: &Roadmap, out: &mut Outbox) {
    let days: f64 = roadmap.steps.iter().map(|s| s.days).sum();
    let last = roadmap.steps.last().map_or((roadmap.peak, roadmap.load), |s| (s.peak, s.load));
    let text = format!(
        "{} steps, {days:.0} person-days: load {:.0} → {:.0}, peak {:.1} → {:.1}",
        roadmap.steps.len(),
        roadmap.load,
        last.1,
        roadmap.peak,
        last.0
    );
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.add_space(12.0);
        if found.is_stale {
            ui.label(caption(ui, "For an earlier state"));
        }
        if named(ui.add(Button::new("Plan all")), "Plan all steps of the roadmap").clicked() {
            let steps = roadmap.steps.iter().flat_map(Step::plans).collect();
            let edit = put(out_ids(out, steps), "plan the roadmap");
            out.commit(edit);
        }
        if named(ui.add(Button::new("Try all")), "Try all steps of the roadmap").clicked() {
            try_out(&roadmap.steps.iter().collect::<Vec<_>>(), cx, out);
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.add(egui::Label::new(text).truncate());
            if let Some(best) = &roadmap.best {
                let single = format!("Best single step: {}, load → {:.0} in {:.0} days", title(cx, best), best.load, best.days);
                ui.add(egui::Label::new(caption(ui, single)).truncate());
            }
        });
    });
}

fn step_ui(ui: &mut Ui, cx: &ViewCx<'_>, number: usize, step: &Step, before: f64, days: f64, out: &mut Outbox) {
    let title = title(cx, step);
    let mut row = Row::new(ui, ROW, false, &format!("Step {number}: {title}"));
    let (text, muted, good) = (style::ink(row.ui, Ink::Text), style::ink(row.ui, Ink::Muted), style::ink(row.ui, Ink::Good));
    let whole = row.whole;
    row.indent(4.0);
    row.ui.painter().text(row.rest.left_center(), Align2::LEFT_CENTER, number, fonts::font(Face::Mono, 12.0), muted);
    row.indent(26.0).icon(Face::Icon, icon::SHIELD_PLUS, 15.0, good);
    row.rest.max.x -= 132.0;
    row.right(in_days(days), fonts::font(Face::Regular, 11.0), muted);
    let eases = match step.eases.len() {
        1 => "eases 1 threat".to_owned(),
        n => format!("eases {n} threats"),
    };
    row.rest.max.x = row.rest.max.x.min(whole.right() - 210.0);
    row.right(eases, fonts::font(Face::Regular, 11.0), muted);
    row.rest.max.x = row.rest.max.x.min(whole.right() - 310.0);
    // Load counts the worst of a class only, so the points of all threats say more about one step.
    let points: f64 = step.eases.iter().map(|(_, by)| by).sum();
    let peak = if before - step.peak >= 0.05 { format!(", peak → {:.1}", step.peak) } else { String::new() };
    row.right(format!("−{points:.0} points{peak}"), fonts::font(Face::Bold, 12.0), good);
    row.text(&title, fonts::font(Face::Regular, 12.0), text);
    let names =
        step.eases.iter().take(8).filter_map(|(key, by)| Some(format!("−{by:.1}  {}", cx.assessment.findings.get(key)?.title)));
    let tip = names.collect::<Vec<_>>().join("\n");
    row.ui.painter().hline(whole.x_range(), whole.bottom() - 0.5, style::line(row.ui, Ink::Border));
    let response = row.response.on_hover_text_at_pointer(tip);
    let place = step.places().next().cloned();
    if let Some(place) = place {
        if response.hovered() {
            out.push(Action::Hover(place.clone()));
        }
        if response.clicked() {
            out.push(Action::Select(crate::tool::Selection::one(place.clone())));
            out.push(Action::Reveal(place));
        }
    }
    let buttons = Rect::from_min_max(pos2(whole.right() - 132.0, whole.top() + 2.0), whole.max - vec2(10.0, 2.0));
    let builder = UiBuilder::new().max_rect(buttons).id_salt(("step", number)).layout(Layout::right_to_left(Align::Center));
    let mut ui = ui.new_child(builder);
    ui.spacing_mut().button_padding = vec2(8.0, 2.0);
    if is_there(cx, step) {
        ui.label(caption(&ui, if cx.trial.is_some() { "tried" } else { "there" }));
        return;
    }
    if named(ui.add(Button::new("Plan")), &format!("Plan step {number}")).clicked() {
        let plans = step.plans().collect();
        let edit = put(out_ids(out, plans), "plan a control");
        out.commit(edit);
    }
    if named(ui.add(Button::new("Try")), &format!("Try step {number}")).clicked() {
        try_out(&[step], cx, out);
    }
}

/// Whether a step of an earlier state has been carried out since.
fn is_there(cx: &ViewCx<'_>, step: &Step) -> bool {
    let is = |wanted: &ControlInstance, i: &ControlInstance| {
        i.control == wanted.control && i.at == wanted.at && i.status.is_in_force()
    };
    step.carried_out().all(|wanted| cx.model.instances.values().any(|i| is(&wanted, i)))
}

/// Person-days up to and with a step.
fn in_days(days: f64) -> String {
    let rounded = days.round();
    if rounded == 1.0 { "1 day".to_owned() } else { format!("{rounded} days") }
}

/// "Private-by-default store access control at Database backups"; of a bundle "… and 1 more".
fn title(cx: &ViewCx<'_>, step: &Step) -> String {
    let one = |(control, site): &(String, Site)| {
        let name = cx.control_name(control);
        match site {
            Site::Model => name.to_owned(),
            Site::At(id) => format!("{name} at {}", crate::risk::name_of(cx.model, id)),
        }
    };
    match step.controls.as_slice() {
        [] => String::new(),
        [only] => one(only),
        [first, rest @ ..] => format!("{} and {}", one(first), rest.iter().map(one).collect::<Vec<_>>().join(" and ")),
    }
}

/// Carries steps out in a trial, as they are meant to be: done and reviewed.
fn try_out(steps: &[&Step], cx: &ViewCx<'_>, out: &mut Outbox) {
    if cx.trial.is_none() {
        out.run(Command::StartTrial);
    }
    let instances = steps.iter().flat_map(|step| step.carried_out()).collect();
    let edit = put(out_ids(out, instances), "try a control");
    out.commit(edit);
}

fn out_ids(out: &mut Outbox, instances: Vec<ControlInstance>) -> Vec<Edit> {
    instances.into_iter().map(|instance| Edit::put(Key::Instance(out.fresh_id()), instance)).collect()
}

fn put(edits: Vec<Edit>, label: &str) -> Edit {
    Edit::Batch { label: label.into(), edits }
}

/// What the trial has moved, most first.
fn moved_ui(ui: &mut Ui, cx: &ViewCx<'_>, delta: &Delta, out: &mut Outbox) {
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.horizontal(|ui| {
        ui.set_min_height(ROW);
        ui.add_space(12.0);
        ui.add(egui::Label::new(caption(ui, outcome(delta))).truncate());
    });
    ScrollArea::vertical().auto_shrink([false, false]).show_rows(ui, ROW, delta.moved.len(), |ui, range| {
        for moved in delta.moved.get(range).into_iter().flatten() {
            moved_row(ui, cx, moved, out);
        }
    });
}

fn moved_row(ui: &mut Ui, cx: &ViewCx<'_>, moved: &Moved, out: &mut Outbox) {
    let said = |side: Option<(f64, Band)>| {
        side.map_or_else(|| "not there".to_owned(), |(score, band)| format!("{score:.1} {}", band.label()))
    };
    let name = format!("{}: {} to {}", moved.title, said(moved.before), said(moved.after));
    let is_selected = cx.selection.threat.as_ref() == Some(&moved.threat);
    let mut row = Row::new(ui, ROW, is_selected, &name);
    let (text, muted) = (style::ink(row.ui, Ink::Text), style::ink(row.ui, Ink::Muted));
    let whole = row.whole;
    let by = moved.by();
    let (sign, ink) = if by < 0.0 { ("▼", Ink::Good) } else { ("▲", Ink::RiskOutline(Band::Critical)) };
    let color = style::ink(row.ui, ink);
    row.right(format!("{:.1}", by.abs()), fonts::font(Face::Bold, 12.0), color);
    let at = pos2(row.rest.right(), whole.center().y);
    row.ui.painter().text(at, Align2::RIGHT_CENTER, sign, fonts::font(Face::Symbols, 10.0), color);
    row.rest.max.x = row.rest.max.x.min(whole.right() - 70.0);
    for (side, arrow) in [(moved.after, true), (moved.before, false)] {
        let score = side.map_or_else(|| "–".to_owned(), |(score, _)| format!("{score:.1}"));
        row.right(score, fonts::font(Face::Regular, 12.0), text);
        if let Some((_, band)) = side {
            let swatch = Rect::from_center_size(pos2(row.rest.right() - 4.0, whole.center().y), vec2(8.0, 8.0));
            paint_swatch(row.ui, swatch, band);
        }
        row.rest.max.x -= 16.0;
        if arrow {
            row.right("→", fonts::font(Face::Regular, 12.0), muted);
        }
    }
    let title = elided(row.ui, &moved.title, fonts::font(Face::Regular, 12.0), text, row.rest.width());
    row.galley(title, text);
    row.ui.painter().hline(whole.x_range(), whole.bottom() - 0.5, style::line(row.ui, Ink::Border));
    if row.response.clicked() && cx.assessment.findings.contains_key(&moved.threat) {
        out.push(Action::ShowThreat(moved.threat.clone()));
    }
}
