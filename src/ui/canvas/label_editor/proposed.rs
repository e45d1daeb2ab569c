//! What the name says while it is typed: a chip under the field, taken over with a key.

use crate::detect::{Confidence, Detector, Proposal, Suggestion};
use crate::model::{Id, Record};
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::style::color32;
use crate::ui::{Command, ViewCx, fonts};
use egui::{Area, Frame, Margin, Modifiers, Order, Rect, RichText, Stroke, Ui, WidgetInfo, WidgetType, vec2};

/// What is proposed for a name.
#[derive(Debug, Default)]
pub struct Proposed {
    of: Option<Record>,
    chosen: Vec<Proposal>,
}

impl Proposed {
    pub fn is_some(&self) -> bool {
        !self.chosen.is_empty()
    }

    /// Reads the name again when it, or what is stated beside it, changed.
    pub fn follow(&mut self, cx: &ViewCx<'_>, id: &Id, record: &Record) {
        if self.of.as_ref() == Some(record) {
            return;
        }
        let detector = Detector::new(cx.model, cx.library);
        let proposals = match record {
            Record::Element(element) => detector.as_element(id, element),
            Record::Flow(flow) => detector.as_flow(id, flow),
            Record::Boundary(boundary) => detector.as_boundary(id, boundary),
            _ => Vec::new(),
        };
        // Data may need a new asset: that waits for the inspector.
        let now = |p: &Proposal| p.confidence >= Confidence::Medium && !matches!(p.what, Suggestion::Data(_));
        self.chosen = proposals.into_iter().filter(now).collect();
        self.of = Some(record.clone());
    }

    /// What is to be taken over, when its key was pressed in the field.
    pub fn take_key(&mut self, ctx: &egui::Context, field: egui::Id) -> Option<Vec<Proposal>> {
        let keys = Command::AcceptProposals.shortcut()?;
        let is_here = self.is_some() && ctx.memory(|m| m.has_focus(field));
        let pressed = is_here && ctx.input_mut(|i| i.consume_key(Modifiers::NONE, keys.logical_key));
        pressed.then(|| std::mem::take(&mut self.chosen))
    }

    pub fn show(&self, ui: &Ui, cx: &ViewCx<'_>, field: egui::Id, under: Rect) {
        if !self.is_some() {
            return;
        }
        let ink = |ink| color32(cx.theme.color(ink));
        let values: Vec<String> = self.chosen.iter().map(|p| p.value(cx.model, cx.library)).collect();
        let words = values.join(" · ");
        let keys = Command::AcceptProposals.keys(ui.ctx()).unwrap_or_default();
        let at = under.center_bottom() + vec2(0.0, 8.0);
        let area = Area::new(field.with("proposed")).order(Order::Foreground).pivot(egui::Align2::CENTER_TOP).fixed_pos(at);
        area.interactable(false).show(ui.ctx(), |ui| {
            let frame = Frame::new().fill(ink(Ink::Panel)).corner_radius(4.0).inner_margin(Margin::symmetric(6, 3));
            frame.stroke(Stroke::new(1.0, ink(Ink::Accent))).show(ui, |ui| {
                ui.spacing_mut().item_spacing.x = 5.0;
                ui.horizontal(|ui| {
                    let small = |text: &str, face, size, color| RichText::new(text).font(fonts::font(face, size)).color(color);
                    ui.label(RichText::new(icon::SPARKLE).font(fonts::font(Face::Icon, 12.0)).color(ink(Ink::Accent)));
                    let label = ui.add(egui::Label::new(small(&words, Face::Regular, 11.0, ink(Ink::Text))).extend());
                    ui.add(egui::Label::new(small(&keys, Face::Mono, 10.0, ink(Ink::Accent))).extend());
                    let spoken = format!("Proposed: {words}; {keys} accepts");
                    label.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, &spoken));
                });
            });
        });
    }
}
