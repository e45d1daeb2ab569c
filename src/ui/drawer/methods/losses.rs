//! What a year costs: the loss-exceedance curve of the whole model, played through beside the window. Indicative.

use crate::chart::loss_curve;
use crate::geometry::pt;
use crate::methods::{Simulation, amount};
use crate::model::{ThreatKey, ThreatModel};
use crate::scene::Scene;
use crate::tool::Camera;
use crate::ui::painter::{Painter, View};
use crate::ui::widgets::{bold, caption, link};
use crate::ui::{Action, Outbox, ViewCx};
use egui::{Label, Sense, Ui, WidgetInfo, WidgetType, vec2};

/// Height of the curve, in points, and how much larger than on paper it is drawn.
const HIGH: f32 = 230.0;
const LARGER: f32 = 1.35;
/// Threats named below it.
const MOST: usize = 5;

/// Losses of a model, and the state they are of.
#[derive(Clone, Debug)]
pub struct LossesFound {
    pub revision: u64,
    /// `None` when it was stopped.
    pub played: Option<Played>,
}

/// Years played through.
#[derive(Clone, Debug)]
pub struct Played {
    pub years: Simulation,
    /// Threats with what they cost a year on average, the costliest first.
    pub costliest: Vec<(ThreatKey, f64)>,
}

#[derive(Default)]
pub struct Losses {
    /// The curve for a revision and a width.
    drawn: Option<(u64, u32, Scene)>,
}

impl Losses {
    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        ui.label(bold("What a year costs, indicative"));
        let note = |ui: &mut Ui, words: &str| drop(ui.add(Label::new(caption(ui, words)).wrap()));
        if !has_losses(cx.model) {
            return note(ui, "Nothing says what a loss costs. Give assets a loss of one event: least, likely and most.");
        }
        let is_current = cx.losses.is_some_and(|found| found.revision == cx.model_revision);
        if !is_current && !cx.is_previewing {
            out.push(Action::PlayYears);
        }
        let Some(found) = cx.losses else {
            note(ui, "Playing years through…");
            if ui.button("Stop").clicked() {
                out.push(Action::CancelJobs);
            }
            return;
        };
        let Some(played) = &found.played else {
            note(ui, "It was stopped.");
            if ui.button("Play the years through").clicked() {
                out.push(Action::PlayYears);
            }
            return;
        };
        self.curve_ui(ui, cx, found.revision, &played.years);
        let years = &played.years;
        let told = format!(
            "{} a year on average; {:.0} % of years cost something. One year in ten costs more than {}, one in twenty more than {}.",
            amount(years.mean),
            100.0 * years.any,
            amount(years.quantile(0.9)),
            amount(years.quantile(0.95)),
        );
        ui.add(Label::new(told).wrap());
        let many = amount(years.years.len() as f64);
        let caveat = format!(
            "Indicative: estimates multiplied by estimates, played through {many} times; the same model gives the same years. Of \
             several threats of one class at one place only the costliest counts."
        );
        note(ui, &caveat);
        for (threat, a_year) in played.costliest.iter().take(MOST) {
            let Some(finding) = cx.actual.findings.get(threat) else { continue };
            if link(ui, &format!("{} a year: {} {}", amount(*a_year), finding.label(), finding.title)).clicked() {
                out.push(Action::ShowThreat(threat.clone()));
            }
        }
    }

    fn curve_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, revision: u64, years: &Simulation) {
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), HIGH), Sense::hover());
        let width = rect.width().round() as u32;
        if self.drawn.as_ref().is_none_or(|(of, wide, _)| (*of, *wide) != (revision, width)) {
            let scene = loss_curve(years, rect.width() / LARGER, HIGH / LARGER);
            self.drawn = Some((revision, width, scene));
        }
        let Some((.., scene)) = &self.drawn else { return };
        let alt = scene.items.first().map_or("", |item| item.alt.as_str());
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, alt));
        let center = pt(scene.bounds.w / 2.0, scene.bounds.h / 2.0);
        let view = View { camera: Camera { center, scale: LARGER }, rect };
        let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
        Painter { painter: &painter, view, theme: cx.theme, opacity: 1.0 }.items(&scene.items);
    }
}

/// Whether anything says what a loss costs.
fn has_losses(model: &ThreatModel) -> bool {
    let by_hand = |given: &crate::model::Appraisal| given.given.contains_key("money.loss");
    model.assets.values().any(|asset| asset.loss.is_some()) || model.appraisals.values().any(by_hand)
}
