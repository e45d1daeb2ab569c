//! What the controls cover: threats with gaps, layer by function, and grave threats nobody would notice.

use crate::edit::Edit;
use crate::model::{Band, ControlFunction, Key, Layer, Link, ThreatKey};
use crate::risk::{Cell, Coverage, Coverages, name_of, natural_site};
use crate::text::Face;
use crate::theme::Ink;
use crate::ui::drawer::register::Split;
use crate::ui::widgets::{Row, bold, caption};
use crate::ui::{Action, Outbox, ViewCx, control_list, fonts, style};
use egui::{Align2, Rect, Sense, Ui, WidgetInfo, WidgetType, pos2, vec2};
use std::collections::BTreeMap;

/// Most rows of each list.
const LISTED: usize = 30;
const LINE: f32 = 22.0;

#[derive(Default)]
pub struct CoverageView {
    content: Option<u64>,
    cells: BTreeMap<(Layer, ControlFunction), Cell>,
    /// How many threats that count are answered so.
    threats: BTreeMap<Coverage, usize>,
    unnoticed: Vec<ThreatKey>,
    /// Controls that would close most gaps: how many, the control and the worst threat it answers.
    best: Vec<(usize, String, ThreatKey)>,
}

impl CoverageView {
    fn follow(&mut self, cx: &ViewCx<'_>) {
        if self.content == Some(cx.content) {
            return;
        }
        let coverages = Coverages::new(cx.model, cx.library, cx.today);
        self.cells = coverages.by_layer(cx.assessment);
        self.unnoticed = coverages.unnoticed(cx.assessment).into_iter().map(|f| f.key.clone()).collect();
        self.threats.clear();
        let mut answers: BTreeMap<&str, (usize, ThreatKey)> = BTreeMap::new();
        for finding in cx.assessment.ranked().into_iter().filter(|f| f.counts()) {
            let coverage = coverages.of(finding);
            *self.threats.entry(coverage).or_default() += 1;
            if coverage == Coverage::Gap && finding.band() <= Band::Medium {
                for (control, _) in finding.about.listed.iter().filter(|(_, link)| *link == Link::Primary) {
                    answers.entry(control).or_insert_with(|| (0, finding.key.clone())).0 += 1;
                }
            }
        }
        self.best = answers.into_iter().map(|(control, (n, worst))| (n, control.to_owned(), worst)).collect();
        self.best.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        self.content = Some(cx.content);
    }

    /// A cell that was clicked.
    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) -> Option<(Layer, ControlFunction)> {
        self.follow(cx);
        let mut clicked = None;
        let split = Split::of(ui);
        split.list(ui, |ui| {
            egui::ScrollArea::vertical().id_salt("coverage").auto_shrink([false, false]).show(ui, |ui| {
                egui::Frame::new().inner_margin(egui::Margin::symmetric(12, 6)).show(ui, |ui| {
                    self.threats_ui(ui);
                    clicked = self.matrix_ui(ui);
                });
            });
        });
        split.details(ui, |ui| {
            self.best_ui(ui, cx, out);
            ui.add_space(6.0);
            self.unnoticed_ui(ui, cx, out);
        });
        clicked
    }

    fn threats_ui(&self, ui: &mut Ui) {
        let many = |coverage| self.threats.get(&coverage).copied().unwrap_or_default();
        ui.horizontal(|ui| {
            ui.label(bold("Threats"));
            for coverage in Coverage::ALL {
                let text = format!("{} {}", many(*coverage), coverage.label().to_lowercase());
                ui.label(egui::RichText::new(text).size(12.0)).on_hover_text(coverage.about());
            }
        });
    }

    /// Layers down, functions across.
    fn matrix_ui(&self, ui: &mut Ui) -> Option<(Layer, ControlFunction)> {
        let mut clicked = None;
        let width = ui.available_width();
        let first = 130.0_f32.min(width * 0.28);
        let column = (width - first) / ControlFunction::ALL.len() as f32;
        let (head, _) = ui.allocate_exact_size(vec2(width, LINE), Sense::hover());
        let muted = style::ink(ui, Ink::Muted);
        for (n, function) in ControlFunction::ALL.iter().enumerate() {
            let at = pos2(head.left() + first + column * n as f32 + 6.0, head.center().y);
            ui.painter().text(at, Align2::LEFT_CENTER, function.label(), fonts::font(Face::Regular, 11.0), muted);
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        for layer in Layer::ALL {
            let (row, _) = ui.allocate_exact_size(vec2(width, LINE), Sense::hover());
            ui.painter().hline(row.x_range(), row.top(), style::line(ui, Ink::Border));
            ui.painter().text(
                row.left_center(),
                Align2::LEFT_CENTER,
                layer.label(),
                fonts::font(Face::Regular, 12.0),
                style::ink(ui, Ink::Text),
            );
            for (n, function) in ControlFunction::ALL.iter().enumerate() {
                let left = row.left() + first + column * n as f32;
                let rect = Rect::from_min_max(pos2(left, row.top() + 1.0), pos2(left + column - 2.0, row.bottom()));
                let cell = self.cells.get(&(*layer, *function)).copied().unwrap_or_default();
                if cell_ui(ui, rect, *layer, *function, cell) {
                    clicked = Some((*layer, *function));
                }
            }
        }
        clicked
    }

    fn best_ui(&self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        ui.label(bold("Controls that would close most gaps"));
        ui.spacing_mut().item_spacing.y = 0.0;
        for (n, control, worst) in self.best.iter().take(LISTED) {
            let Some(definition) = cx.library.control(cx.model, control) else { continue };
            let Some(finding) = cx.assessment.findings.get(worst) else { continue };
            let site = natural_site(cx.model, cx.library, finding, control);
            let place = match &site {
                crate::model::Site::Model => "the whole model".to_owned(),
                crate::model::Site::At(id) => name_of(cx.model, id),
            };
            let gaps = if *n == 1 { "1 gap".to_owned() } else { format!("{n} gaps") };
            let mut row = Row::new(ui, 24.0, false, &format!("Plan {} at {place}, {gaps}", definition.name));
            let ink = |ink| style::ink(row.ui, ink);
            let (text, muted) = (ink(Ink::Text), ink(Ink::Muted));
            row.rest = row.whole.shrink2(vec2(4.0, 0.0));
            row.icon(Face::Icon, crate::text::icon::SHIELD_PLUS, 13.0, muted).right(&gaps, fonts::font(Face::Bold, 11.0), text);
            row.right(format!("at {place}"), fonts::font(Face::Regular, 11.0), muted);
            row.text(&definition.name, fonts::font(Face::Regular, 12.0), text);
            let tip = format!(
                "Plan it where the worst of them is: {} at {}\n{}",
                finding.title,
                name_of(cx.model, &worst.anchor),
                definition.description
            );
            if row.response.on_hover_text(tip).clicked() {
                let instance = Edit::put(Key::Instance(out.fresh_id()), control_list::dropped(control, site, true));
                out.commit(Edit::Batch { label: format!("plan {}", definition.name), edits: vec![instance] });
            }
        }
        if self.best.is_empty() {
            ui.label(caption(ui, "No threat of medium risk or more is without an answer."));
        }
    }

    fn unnoticed_ui(&self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        let many = self.unnoticed.len();
        let words = match many {
            0 => "Every critical and high threat would be noticed".to_owned(),
            1 => "1 critical or high threat nobody would notice".to_owned(),
            n => format!("{n} critical or high threats nobody would notice"),
        };
        ui.label(bold(words));
        ui.spacing_mut().item_spacing.y = 0.0;
        for key in self.unnoticed.iter().take(LISTED) {
            let Some(finding) = cx.assessment.findings.get(key) else { continue };
            let place = name_of(cx.model, &key.anchor);
            let mut row = Row::new(ui, 24.0, false, &format!("{} at {place} would not be noticed", finding.title));
            let ink = |ink| style::ink(row.ui, ink);
            let (text, muted) = (ink(Ink::Text), ink(Ink::Muted));
            row.rest = row.whole.shrink2(vec2(4.0, 0.0));
            row.right(format!("{:.1}", finding.current.score), fonts::font(Face::Bold, 11.0), text).right_swatch(finding.band());
            row.right(place, fonts::font(Face::Regular, 11.0), muted);
            row.text(&finding.title, fonts::font(Face::Regular, 12.0), text);
            if row.response.clicked() {
                out.push(Action::ShowThreat(key.clone()));
            }
        }
        if many > LISTED {
            ui.label(caption(ui, format!("and {} more", many - LISTED)));
        }
    }
}

/// One cell of the table; true when it was clicked.
fn cell_ui(ui: &Ui, rect: Rect, layer: Layer, function: ControlFunction, cell: Cell) -> bool {
    let response = ui.interact(rect, ui.id().with(("cell", layer, function)), Sense::click());
    let Cell { in_force, planned, lacking } = cell;
    let said = format!(
        "{}, {}: {in_force} in force, {planned} planned, {lacking} lacking",
        layer.label(),
        function.label().to_lowercase()
    );
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &said));
    let painter = ui.painter();
    let ground = match (in_force, planned, lacking) {
        (0, 0, 0) => None,
        (0, 0, _) => Some(style::ink(ui, Ink::Boundary).gamma_multiply(0.14)),
        (_, _, 0) => Some(style::ink(ui, Ink::Good).gamma_multiply(0.16)),
        _ => Some(style::ink(ui, Ink::AccentSoft)),
    };
    if let Some(ground) = ground {
        painter.rect_filled(rect, 3.0, ground);
    }
    if response.hovered() || response.has_focus() {
        painter.rect_stroke(rect, 3.0, style::line(ui, Ink::Accent), egui::StrokeKind::Inside);
    }
    let mut parts = Vec::new();
    for (many, what) in [(in_force, "in force"), (planned, "planned"), (lacking, "lacking")] {
        if many > 0 {
            parts.push(format!("{many} {what}"));
        }
    }
    let (text, ink) = if parts.is_empty() { ("–".to_owned(), Ink::Muted) } else { (parts.join(" · "), Ink::Text) };
    let galley =
        crate::ui::widgets::elided(ui, &text, fonts::font(Face::Regular, 11.0), style::ink(ui, ink), rect.width() - 10.0);
    painter.galley(pos2(rect.left() + 6.0, rect.center().y - galley.size().y / 2.0), galley, style::ink(ui, ink));
    response.on_hover_text(said).clicked()
}
