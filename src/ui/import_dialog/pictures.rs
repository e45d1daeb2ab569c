//! The diagrams of a file, small.

use super::ImportDialog;
use crate::model::ThreatModel;
use crate::risk::Assessment;
use crate::scene::{self, Detail, DiagramLayout, LiveLayout, Look, Scene};
use crate::text::Face;
use crate::theme::Ink;
use crate::tool::Camera;
use crate::ui::painter::{Painter, View};
use crate::ui::{fonts, style};
use egui::{Rect, ScrollArea, Sense, StrokeKind, Ui, WidgetInfo, WidgetType, pos2, vec2};

/// A picture with its caption.
const SIZE: egui::Vec2 = vec2(300.0, 150.0);
const CAPTION: f32 = 22.0;
/// The whole row.
pub(super) const HEIGHT: f32 = SIZE.y + CAPTION + 18.0;
/// Diagrams that are shown; nobody looks at more in a preview.
const MOST: usize = 12;
/// Things on a diagram up to which it is laid out in full.
const SMALL: usize = 1_500;

/// One diagram, drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportPicture {
    name: String,
    scene: Scene,
}

/// Draws the diagrams of a model that is looked at before it is opened. Nothing is assessed yet, so nothing shows risk.
pub fn import_pictures(model: &ThreatModel) -> Vec<ImportPicture> {
    let assessment = Assessment::default();
    let picture = |diagram| {
        let things = model.placed(&diagram).count();
        let layout = if things > SMALL {
            DiagramLayout::clone(LiveLayout::sketch(model, &diagram).layout())
        } else {
            scene::lay_out(model, &diagram)
        };
        let detail = Detail::at_zoom(camera(layout.bounds).scale * 1.6);
        let look = Look { detail, badges: false, ..Look::default() };
        let mut scene = scene::draw(model, &assessment, &layout, &look);
        scene.bounds = layout.bounds;
        ImportPicture { name: model.name_of(&diagram).to_owned(), scene }
    };
    model.diagram_order().into_iter().take(MOST).map(picture).collect()
}

fn camera(bounds: crate::geometry::Rect) -> Camera {
    Camera::fit(bounds, crate::geometry::vec2(SIZE.x, SIZE.y), 12.0, 1.0)
}

impl ImportDialog {
    pub(super) fn pictures_ui(&self, ui: &mut Ui) {
        if self.pictures.is_empty() {
            return;
        }
        ScrollArea::horizontal().id_salt("import pictures").max_height(HEIGHT).auto_shrink([false, true]).show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 12.0;
                self.pictures.iter().for_each(|picture| picture_ui(ui, picture));
                let left_out = self.model.diagrams.len().saturating_sub(self.pictures.len());
                if left_out > 0 {
                    ui.label(super::muted(ui, format!("and {left_out} more")));
                }
            });
        });
    }
}

fn picture_ui(ui: &mut Ui, picture: &ImportPicture) {
    let (whole, response) = ui.allocate_exact_size(SIZE + vec2(0.0, CAPTION), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, format!("Diagram {}", picture.name)));
    if !ui.is_rect_visible(whole) {
        return;
    }
    let rect = Rect::from_min_size(whole.min, SIZE);
    ui.painter().rect_filled(rect, 4.0, style::ink(ui, Ink::Canvas));
    let view = View { camera: camera(picture.scene.bounds), rect };
    let clipped = ui.painter().with_clip_rect(rect.shrink(1.0).intersect(ui.clip_rect()));
    let painter = Painter { painter: &clipped, view, theme: style::theme(ui), opacity: 1.0 };
    painter.items(&picture.scene.items);
    ui.painter().rect_stroke(rect, 4.0, style::line(ui, Ink::Border), StrokeKind::Inside);
    let color = style::ink(ui, Ink::Muted);
    let name = crate::ui::widgets::elided(ui, &picture.name, fonts::font(Face::Regular, 12.0), color, SIZE.x);
    ui.painter().galley(pos2(rect.left(), rect.bottom() + 4.0), name, color);
}
