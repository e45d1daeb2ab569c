//! The diagrams, each on a page of its own.

use super::{Cx, words};
use crate::model::{ElementKind, Id, Key, Placement};
use crate::report::page::Sheet;
use crate::report::style::*;
use crate::report::tree::*;
use crate::risk;
use crate::scene::{self, DiagramLayout, Layer, Look, Scene, Shape};

/// Points a world unit: the names of elements come out at 8.5 points where there is room.
const SCALE: f32 = 0.65;
const LEGEND_SCALE: f32 = 0.6;

pub fn blocks(cx: &Cx<'_>) -> Vec<Block> {
    cx.layouts().iter().map(|(id, layout)| Block::Figure(figure(cx, id, layout))).collect()
}

fn figure(cx: &Cx<'_>, id: &Id, layout: &DiagramLayout) -> Figure {
    let mut scene = scene::draw(cx.model, cx.assessment, layout, &Look::default());
    // Notes are for those who draw, unless said otherwise.
    scene.items.retain(|item| !matches!(&item.key, Some(Key::Note(id)) if cx.model.notes.get(id).is_some_and(|n| !n.in_report)));
    let drawing = Drawing::of_scene(&scene, SCALE, alt(cx, id, layout));
    let name = title(cx, id);
    let mut caption = Rich::new().text(SMALL.bold().ink(crate::theme::Ink::Text), format!("Figure {}. {name}.", cx.figure()));
    let mut about = "Badges count the threats that apply, coloured by the highest current risk.".to_owned();
    if let Some(description) = cx.model.diagrams.get(id).map(|d| d.description.trim()).filter(|d| !d.is_empty()) {
        about = format!("{description} {about}");
    }
    caption = caption.text(SMALL, format!("  {about}"));
    let width = Sheet::for_picture(cx.options.paper, drawing.width, drawing.height).body().w;
    let (shapes, bounds) = scene::legend(cx.model, cx.assessment, layout, width / LEGEND_SCALE);
    let legend = Drawing::of_shapes(shapes, bounds, LEGEND_SCALE, String::new());
    Figure {
        drawing,
        caption,
        legend: Some(legend),
        place: Place::OwnPage,
        anchor: Some(format!("diagram {id}")),
        bookmark: Some(name),
    }
}

fn title(cx: &Cx<'_>, id: &Id) -> String {
    let name = cx.name(id);
    if name.trim().is_empty() { "Diagram".to_owned() } else { name }
}

/// The picture in words.
fn alt(cx: &Cx<'_>, id: &Id, layout: &DiagramLayout) -> String {
    let kind = |kind: ElementKind| {
        cx.model.placed(id).filter(move |(item, _)| cx.model.elements.get(*item).is_some_and(|e| e.kind == kind)).count()
    };
    let boundaries = cx.model.placed(id).filter(|(item, _)| cx.model.boundaries.contains_key(*item)).count();
    let parts = [
        words::count(kind(ElementKind::Process), "process", "processes"),
        words::count(kind(ElementKind::DataStore), "data store", "data stores"),
        words::count(kind(ElementKind::ExternalEntity), "external entity", "external entities"),
        words::count(layout.flows.len(), "data flow", "data flows"),
        words::count(boundaries, "trust boundary", "trust boundaries"),
    ];
    let peak = cx.model.placed(id).flat_map(|(item, _)| cx.assessment.at(item)).filter(|f| f.counts()).map(|f| f.current.score);
    let peak = peak.fold(None, |best: Option<f64>, s| Some(best.map_or(s, |b| b.max(s))));
    let risk = peak.map_or_else(|| "no threat applies".to_owned(), |p| format!("highest current risk {}", risk::band(p).label()));
    format!("Data flow diagram “{}” with {}; {risk}.", title(cx, id), words::list(parts))
}

/// The first diagram without words, for the cover.
pub fn cover_picture(cx: &Cx<'_>) -> Option<Drawing> {
    let boxes = |id: &Id| cx.model.placed(id).filter(|(_, p)| matches!(p, Placement::Box(_))).count();
    let (_, layout) = cx.layouts().iter().find(|(id, _)| boxes(id) > 1)?;
    let scene = scene::draw(cx.model, cx.assessment, layout, &Look { badges: false, ..Look::default() });
    Some(Drawing::of_scene(&without_words(scene), SCALE, String::new()))
}

fn without_words(scene: Scene) -> Scene {
    let mut items = scene.items;
    items.retain(|item| item.layer <= Layer::Element && !matches!(item.key, Some(Key::Note(_))));
    for item in &mut items {
        item.shapes.retain(|shape| !matches!(shape, Shape::Text(_)));
    }
    Scene { items, bounds: scene.bounds }
}
