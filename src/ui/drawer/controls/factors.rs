//! Why a control does as much as it does: design × implementation × evidence × coverage.

use crate::library::Library;
use crate::model::{ControlInstance, EvidenceLevel};
use crate::risk::{TEST_HOLDS, is_freshly_tested};
use crate::text::Face;
use crate::theme::Ink;
use crate::ui::widgets::caption;
use crate::ui::{ViewCx, fonts, style};
use egui::{Align2, Sense, Ui, WidgetInfo, WidgetType, vec2};

/// The four factors, each 0 to 1.
pub struct Factors {
    design: f64,
    implementation: f64,
    evidence: f64,
    coverage: f64,
}

impl Factors {
    /// What they make together, against a threat it answers in the first place.
    pub fn effect(&self) -> f64 {
        (self.design * self.implementation * self.evidence * self.coverage).min(Library::builtin().calibration.effect_cap)
    }
}

pub fn of(cx: &ViewCx<'_>, instance: &ControlInstance) -> Factors {
    let calibration = &cx.library.calibration;
    Factors {
        design: cx.library.control(cx.model, &instance.control).map_or(0.0, |c| c.strength),
        implementation: calibration.status_share(instance.status),
        evidence: calibration.evidence_share(instance.evidence.level),
        coverage: instance.coverage,
    }
}

/// The factors, each with its reason.
pub fn ui(ui: &mut Ui, cx: &ViewCx<'_>, instance: &ControlInstance) {
    let factors = of(cx, instance);
    let evidence = instance.evidence.on.map_or_else(String::new, |on| format!(" on {on}"));
    let lines = [
        ("Design", factors.design, "what it can do at best".to_owned()),
        ("Implementation", factors.implementation, instance.status.label().to_lowercase()),
        ("Evidence", factors.evidence, format!("{}{evidence}", instance.evidence.level.label().to_lowercase())),
        ("Coverage", factors.coverage, "share of the places it should be at".to_owned()),
        ("Effect", factors.effect(), "against threats it answers in the first place".to_owned()),
    ];
    for (n, (title, share, why)) in lines.iter().enumerate() {
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 18.0), Sense::hover());
        let sign = match n {
            0 => "",
            4 => "=",
            _ => "×",
        };
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, format!("{title} {:.0} %: {why}", share * 100.0)));
        let painter = ui.painter();
        let face = if n == 4 { Face::Bold } else { Face::Regular };
        let (text, muted) = (style::ink(ui, Ink::Text), style::ink(ui, Ink::Muted));
        let font = |size| fonts::font(face, size);
        painter.text(rect.left_center(), Align2::LEFT_CENTER, sign, font(12.0), muted);
        painter.text(rect.left_center() + vec2(14.0, 0.0), Align2::LEFT_CENTER, *title, font(12.0), text);
        painter.text(
            rect.left_center() + vec2(144.0, 0.0),
            Align2::RIGHT_CENTER,
            format!("{:.0} %", share * 100.0),
            font(12.0),
            text,
        );
        painter.text(rect.left_center() + vec2(154.0, 0.0), Align2::LEFT_CENTER, why, fonts::font(Face::Regular, 11.0), muted);
    }
    let evidence = &instance.evidence;
    let is_old = evidence.level == EvidenceLevel::Tested && !is_freshly_tested(evidence, cx.today);
    if is_old {
        let words = format!(
            "The test is more than {TEST_HOLDS} days old: it shows no more than a review does. Test it again, or say so."
        );
        ui.add(egui::Label::new(caption(ui, words)).wrap());
    }
}
