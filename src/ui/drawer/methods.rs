//! The page of rating methods: what each says of one threat, the factors behind it, and why.

mod allegro;
mod factors;
mod losses;

pub use losses::{LossesFound, Played};

use crate::edit::Edit;
use crate::methods::{Rater, Sheet};
use crate::model::{Info, Key, Method, RatingChoice, ThreatKey};
use crate::risk::{Finding, StepKind};
use crate::text::Face;
use crate::theme::Ink;
use crate::ui::widgets::{Row, bold, caption, choice, filter_chip, paint_swatch};
use crate::ui::{Outbox, ViewCx, fonts, style};
use egui::{Rect, ScrollArea, Ui, pos2, vec2};

/// Height of the row of a method.
const ROW: f32 = 30.0;

#[derive(Default)]
pub struct MethodsPage {
    shown: Option<Method>,
    /// The sheets of a threat, and the state they hold for.
    filled: Option<(u64, ThreatKey, Vec<Sheet>)>,
    factors: factors::Factors,
    worksheets: allegro::Worksheets,
    losses: losses::Losses,
}

/// The threat in question: the selected one, else the worst of what is selected, else of all.
fn subject<'a>(cx: &ViewCx<'a>) -> Option<&'a Finding> {
    let selected = cx.selection.threat.as_ref().and_then(|key| cx.actual.findings.get(key));
    let here = || {
        let id = cx.selection.single()?;
        cx.actual.shown_at(id).filter(|f| f.counts()).max_by(|a, b| a.current.score.total_cmp(&b.current.score))
    };
    let worst = || {
        let counting = cx.actual.findings.values().filter(|f| f.counts());
        counting.max_by(|a, b| a.current.score.total_cmp(&b.current.score).then_with(|| b.key.cmp(&a.key)))
    };
    selected.or_else(here).or_else(worst)
}

impl MethodsPage {
    /// The method of the register, from the right.
    pub fn tools_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        let rating = &cx.model.info.rating;
        if rating.method == Method::Owasp {
            let response = filter_chip(ui, rating.greater_impact, "Greater impact");
            let tip = "The greater of technical and business impact counts, instead of business impact wherever it is marked";
            if response.on_hover_text(tip).clicked() {
                put(cx, RatingChoice { greater_impact: !rating.greater_impact, ..rating.clone() }, out);
            }
        }
        ui.allocate_ui(vec2(190.0, 24.0), |ui| {
            if let Some(method) = choice(ui, "method", "Method of the model", rating.method, Method::ALL, Method::label) {
                put(cx, RatingChoice { method, ..rating.clone() }, out);
            }
        });
        ui.label(caption(ui, "This model rates by"));
    }

    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        let Some(finding) = subject(cx) else {
            // Taken up whole, or the panel would shrink to nothing.
            let whole = ui.available_rect_before_wrap();
            ui.advance_cursor_after_rect(whole);
            return super::empty_ui(ui, "No threat counts yet, so there is nothing to rate.");
        };
        let holds = |(revision, key, _): &(u64, ThreatKey, Vec<Sheet>)| *revision == cx.revision && *key == finding.key;
        if !self.filled.as_ref().is_some_and(holds) {
            let sheets = Rater::new(cx.model, cx.library, cx.actual).sheets(&finding.key);
            self.filled = Some((cx.revision, finding.key.clone(), sheets));
        }
        let Some((.., sheets)) = &self.filled else { return };
        let shown = self.shown.unwrap_or(cx.model.info.rating.method);
        let mut clicked = None;
        let split = super::register::Split::at(ui, 0.52, 860.0);
        split.list(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.horizontal(|ui| {
                ui.set_min_height(26.0);
                ui.add_space(12.0);
                ui.add(egui::Label::new(bold(format!("{}  {}", finding.label(), finding.title))).truncate());
            });
            ScrollArea::vertical().id_salt("methods").auto_shrink([false, false]).show(ui, |ui| {
                for sheet in sheets {
                    if row_ui(ui, cx, sheet, sheet.method == shown) {
                        clicked = Some(sheet.method);
                    }
                }
            });
        });
        split.details(ui, |ui| {
            let Some(sheet) = sheets.iter().find(|sheet| sheet.method == shown) else { return };
            ui.label(bold(sheet.method.label()));
            ui.add(egui::Label::new(caption(ui, sheet.caveat)).wrap());
            self.factors.ui(ui, cx, &finding.key, sheet, out);
            ui.add_space(6.0);
            ui.label(bold(why(sheet)));
            for step in &sheet.steps {
                let (words, is_result) = (format!("{}  {}", step.factor, step.words), step.kind == StepKind::Result);
                let text = if is_result { bold(words) } else { caption(ui, words) };
                ui.add(egui::Label::new(text).wrap());
            }
            match sheet.method {
                Method::Allegro => self.worksheets.ui(ui, cx, finding, out),
                Method::Money => {
                    ui.add_space(8.0);
                    self.losses.ui(ui, cx, out);
                }
                _ => {}
            }
        });
        self.shown = clicked.or(self.shown);
    }
}

/// What the steps below it lead to.
fn why(sheet: &Sheet) -> String {
    let current = &sheet.current;
    // Nothing is worked out yet.
    if current.told == "–" { format!("Why {}", current.label) } else { format!("Why {} {}", current.told, current.label) }
}

fn put(cx: &ViewCx<'_>, rating: RatingChoice, out: &mut Outbox) {
    out.commit(Edit::put(Key::Info, Info { rating, ..cx.model.info.clone() }));
}

/// One method with what it says before and now; true when it was clicked.
fn row_ui(ui: &mut Ui, cx: &ViewCx<'_>, sheet: &Sheet, is_shown: bool) -> bool {
    let is_chosen = sheet.method == cx.model.info.rating.method;
    let said = format!("{}: {}, {}", sheet.method.label(), sheet.current.told, sheet.current.label);
    let mut row = Row::new(ui, ROW, is_shown, &said);
    let ink = |ink| style::ink(row.ui, ink);
    let (text, muted, accent) = (ink(Ink::Text), ink(Ink::Muted), ink(Ink::Accent));
    row.rest = row.whole.shrink2(vec2(12.0, 0.0));
    let wide = row.whole.width();
    // Columns from the right: what it is called, now, before.
    let mut right = row.whole.right() - 12.0;
    let mut column = |words: &str, width: f32, face: Face, color| {
        let galley = crate::ui::widgets::elided(row.ui, words, fonts::font(face, 12.0), color, width - 8.0);
        let at = pos2(right - width, row.whole.center().y - galley.size().y / 2.0);
        row.ui.painter().galley(at, galley, color);
        right -= width;
        at.x
    };
    let at = column(&sheet.current.label, (wide * 0.24).max(96.0), Face::Regular, text);
    if let Some(band) = sheet.current.band {
        let swatch = Rect::from_center_size(pos2(at - 10.0, row.whole.center().y), vec2(9.0, 9.0));
        paint_swatch(row.ui, swatch, band);
    }
    right -= 22.0;
    let mut column = |words: &str, width: f32, face: Face, color| {
        let galley = crate::ui::widgets::elided(row.ui, words, fonts::font(face, 12.0), color, width - 8.0);
        let at = pos2(right - width, row.whole.center().y - galley.size().y / 2.0);
        row.ui.painter().galley(at, galley, color);
        right -= width;
    };
    column(&sheet.current.told, 104.0, Face::Bold, text);
    let before = if sheet.inherent.told == sheet.current.told { String::new() } else { format!("{} →", sheet.inherent.told) };
    column(&before, 112.0, Face::Regular, muted);
    row.rest.max.x = right - 6.0;
    let mark = match (is_chosen, sheet.is_by_hand()) {
        (true, true) => " · chosen, set by hand",
        (true, false) => " · chosen",
        (false, true) => " · set by hand",
        (false, false) => "",
    };
    let face = if is_shown { Face::Bold } else { Face::Regular };
    let name = format!("{}{mark}", sheet.method.label());
    row.text(&name, fonts::font(face, 13.0), if is_chosen { accent } else { text });
    row.response.clicked()
}
