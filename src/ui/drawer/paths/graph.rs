//! All ways of an agent, or of all agents, as one graph: from agents over entry points and elements to assets. It is dragged
//! and zoomed like a diagram; a click selects in the model.
//!
//! The widget of `egui_graphs` finds what is under the pointer, moves the view and draws. It asks for another frame in every
//! frame it is shown (`GraphViewFrame::show`), so it is shown only in frames in which something reached it; in all others the
//! same is drawn without it, and the window idles.

mod shown;

use super::{FoundPaths, Lit, light};
use crate::attack::{AttackGraph, CAVEAT, Station, graph};
use crate::chart::{DrawnStation, GraphDrawing, about_graph, draw_graph};
use crate::geometry;
use crate::model::Id;
use crate::risk::name_of;
use crate::text::icon;
use crate::theme::{Ink, Theme};
use crate::tool::{Camera, Selection};
use crate::ui::drawer::effects::go_to;
use crate::ui::painter::View;
use crate::ui::widgets::{caption, icon_button, optional_choice};
use crate::ui::{Action, Outbox, ViewCx, style};
use egui::{Rect, Response, Sense, Ui, WidgetInfo, WidgetType, vec2};
use egui_graphs::{GraphChange, GraphView, MetadataFrame, SettingsInteraction, SettingsNavigation};
use shown::{InPlace, Shown};
use std::collections::BTreeSet;

/// The least scale it is shown at unasked, at which names are read.
const READABLE: f32 = 0.6;
/// How far it can be zoomed.
const LEAST: f32 = 0.2;
const MOST: f32 = 2.0;

/// Under this name the widget keeps where people look.
const NAME: &str = "attack graph";

#[derive(Default)]
pub struct Graph {
    /// The agent whose ways are shown; all of them when `None`.
    agent: Option<Id>,
    built: Option<Built>,
    /// Where people look; `None`: at all of it.
    camera: Option<Camera>,
}

/// The graph, and what it was built for.
struct Built {
    of: (u64, Option<Id>, Theme),
    graph: AttackGraph,
    drawing: GraphDrawing,
    shown: Shown,
}

impl Graph {
    pub fn tools_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>) {
        if icon_button(ui, icon::CORNERS_OUT, "Fit the attack graph").clicked() {
            self.camera = None;
        }
        let found = cx.paths.into_iter().flat_map(|found| &found.agents).filter(|agent| !agent.paths.goals.is_empty());
        let all: Vec<(Id, String)> =
            found.map(|agent| (agent.paths.agent.clone(), name_of(cx.model, &agent.paths.agent))).collect();
        ui.allocate_ui(vec2(190.0, 24.0), |ui| {
            let chosen =
                optional_choice(ui, "agent of the graph", "Agents of the graph", self.agent.as_ref(), &all, "All agents");
            if let Some(agent) = chosen {
                (self.agent, self.camera) = (agent, None);
            }
        });
    }

    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, revision: u64, agents: &[FoundPaths], out: &mut Outbox) {
        self.agent = self.agent.take().filter(|id| agents.iter().any(|agent| agent.paths.agent == *id));
        let of = (revision, self.agent.clone(), cx.theme);
        if self.built.as_ref().is_none_or(|built| built.of != of) {
            self.built = Some(build(cx, of, agents));
        }
        let Some(built) = &mut self.built else { return };
        ui.horizontal(|ui| {
            ui.add_space(12.0);
            let legend = "From agents over entry points to assets; wider and redder is likelier.";
            ui.add(egui::Label::new(caption(ui, format!("{legend} {CAVEAT}"))).truncate());
        });
        let room = ui.available_rect_before_wrap();
        ui.painter().rect_filled(room, 0.0, style::ink(ui, Ink::Canvas));
        let stations = built.drawing.stations.iter().enumerate();
        let chosen = stations.filter(|(_, station)| cx.selection.items.contains(&station.id)).map(|(n, _)| n).collect();
        shown::mark(&mut built.shown, &chosen);
        let fitted = fitted(built.drawing.scene.bounds, room);
        let mut camera = zoomed(ui, room, self.camera.unwrap_or(fitted));
        // Below the widget, so that the pointer is the widget's and keys and screen readers have their controls.
        for station in &built.drawing.stations {
            station_ui(ui, cx, View { camera, rect: room }, station, out);
        }
        let (response, clicked) = picture_ui(ui, &mut built.shown, room, &mut camera);
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, about_graph(cx.model, &built.graph)));
        let station = |n: usize| built.drawing.stations.get(n);
        if let Some(station) = clicked.and_then(station) {
            select(cx, station, out);
        }
        if let Some(station) = built.shown.hovered_node().and_then(|n| station(n.index())) {
            let told: Vec<&str> = station.by.iter().take(6).map(String::as_str).collect();
            response.on_hover_text_at_pointer(format!("{}\n{}", station.said, told.join("\n")));
        }
        self.camera = (camera != fitted).then_some(camera);
        light(cx, Lit::default(), out);
    }
}

fn build(cx: &ViewCx<'_>, of: (u64, Option<Id>, Theme), agents: &[FoundPaths]) -> Built {
    let seen = agents.iter().filter(|agent| of.1.as_ref().is_none_or(|id| agent.paths.agent == *id));
    let graph = graph(cx.model, seen.flat_map(|agent| agent.paths.goals.iter().flatten()));
    let drawing = draw_graph(cx.model, &graph);
    let shown = shown::shown(&drawing, cx.theme);
    Built { of, graph, drawing, shown }
}

/// The picture, and the station that was clicked. A drag moves the view.
fn picture_ui(ui: &mut Ui, shown: &mut Shown, room: Rect, camera: &mut Camera) -> (Response, Option<usize>) {
    let is_over = ui.rect_contains_pointer(room);
    let is_reached = ui.input(|i| !i.events.is_empty() && (is_over || i.pointer.any_down()));
    if !is_reached {
        if !is_over {
            shown::leave(shown);
        }
        // The same room in the same place, so that the pointer finds it in the next frame.
        let (response, painter) = ui.allocate_painter(room.size(), Sense::click_and_drag());
        shown::paint(shown, &painter, View { camera: *camera, rect: room });
        return (response, None);
    }
    let mut before = shown::meta_of(*camera, room, NAME);
    before.clone().save(ui);
    let interaction = SettingsInteraction::new().with_node_clicking_enabled(true).with_hover_enabled(true);
    let navigation =
        SettingsNavigation::new().with_zoom_and_pan_enabled(true).with_fit_to_screen_enabled(false).with_zoom_speed(0.0);
    let view = GraphView::<InPlace, InPlace>::new().with_id(Some(NAME.to_owned()));
    let did = view.with_navigations(&navigation).with_interactions(&interaction).show(ui, shown);
    let after = MetadataFrame::new(Some(NAME.to_owned())).load(ui);
    if did.response.dragged() {
        camera.center = shown::camera_of(&after, room).center;
        before = after;
    } else if (after.zoom, after.pan) != (before.zoom, before.pan) {
        // It fits what it shows for the first time, as large as the room.
        ui.ctx().request_discard("the attack graph is fitted by its page");
    }
    before.save(ui);
    let clicked = did.changes.iter().find_map(|change| match change {
        GraphChange::NodeClicked { node } => Some(node.index()),
        _ => None,
    });
    (did.response, clicked)
}

/// All of it in the room, or where that could not be read, its beginning.
fn fitted(bounds: geometry::Rect, room: Rect) -> Camera {
    let fits = (room.width() / bounds.w.max(1.0)).min(room.height() / bounds.h.max(1.0));
    let scale = fits.clamp(READABLE, 1.0);
    let mut center = bounds.center();
    center.x = center.x.min(bounds.x + room.width() / scale / 2.0);
    Camera { center, scale }
}

/// The wheel zooms at the pointer.
fn zoomed(ui: &Ui, room: Rect, camera: Camera) -> Camera {
    let over = ui.input(|i| i.pointer.latest_pos()).filter(|at| room.contains(*at) && ui.rect_contains_pointer(room));
    let Some(at) = over else { return camera };
    let by = ui.input(|i| i.zoom_delta() * (i.smooth_scroll_delta().y / 200.0).exp());
    let by = (camera.scale * by).clamp(LEAST, MOST) / camera.scale;
    let from_middle = at - room.center();
    if by == 1.0 { camera } else { camera.zoom_at(geometry::vec2(from_middle.x, from_middle.y), by) }
}

/// A station as a control: Enter selects it in the model.
fn station_ui(ui: &Ui, cx: &ViewCx<'_>, view: View, station: &DrawnStation, out: &mut Outbox) {
    let whole = view.rect_to_screen(station.rect);
    let rect = whole.intersect(view.rect);
    if !rect.is_positive() {
        return;
    }
    let response = ui.interact(rect, ui.id().with(("station", &station.id)), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &station.said));
    if response.has_focus() {
        ui.painter().rect_stroke(whole.expand(4.0), 8.0, style::line(ui, Ink::Accent), egui::StrokeKind::Outside);
    }
    if response.clicked() {
        select(cx, station, out);
    }
}

/// Selects what a station is on the diagram: an agent by where it starts, an asset by what keeps it.
fn select(cx: &ViewCx<'_>, station: &DrawnStation, out: &mut Outbox) {
    let items: BTreeSet<Id> = match station.station {
        Station::Entry | Station::Position => return go_to(cx, &station.id, out),
        Station::Agent => cx.model.agents.get(&station.id).map(|agent| agent.starts.clone()).unwrap_or_default(),
        Station::Asset => {
            let keeps = cx.model.elements.iter().filter(|(_, element)| element.holds.contains(&station.id));
            keeps.map(|(id, _)| id.clone()).collect()
        }
    };
    if let Some(first) = items.first().cloned() {
        out.push(Action::Select(Selection { items, threat: None }));
        out.push(Action::Reveal(first));
    }
}
