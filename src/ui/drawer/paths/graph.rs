//! All ways of an agent, or of all agents, as one graph: from agents over entry points and elements to assets. It is dragged
//! and zoomed like a diagram; a click selects in the model. It is drawn anew only when something changed, and asks for no
//! frame by itself.

use super::{FoundPaths, Lit, light};
use crate::attack::{AttackGraph, CAVEAT, Station, graph};
use crate::chart::{DrawnStation, GraphDrawing, about_graph, draw_graph};
use crate::geometry::pt;
use crate::model::Id;
use crate::risk::name_of;
use crate::text::icon;
use crate::theme::Ink;
use crate::tool::{Camera, Selection};
use crate::ui::drawer::effects::go_to;
use crate::ui::painter::{Painter, View};
use crate::ui::widgets::{caption, icon_button, optional_choice};
use crate::ui::{Action, Outbox, ViewCx, style};
use egui::{Rect, Response, Sense, Ui, WidgetInfo, WidgetType, vec2};
use std::collections::BTreeSet;

/// How far it can be zoomed.
const LEAST: f32 = 0.2;
const MOST: f32 = 2.0;

#[derive(Default)]
pub struct Graph {
    /// The agent whose ways are shown; all of them when `None`.
    agent: Option<Id>,
    drawn: Option<Drawn>,
    /// Where people look; `None`: at all of it.
    camera: Option<Camera>,
}

/// The picture, and what it was drawn for.
struct Drawn {
    revision: u64,
    agent: Option<Id>,
    selection: BTreeSet<Id>,
    graph: AttackGraph,
    drawing: GraphDrawing,
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
        self.follow(cx, revision, agents);
        let Some(drawn) = &self.drawn else { return };
        ui.horizontal(|ui| {
            ui.add_space(12.0);
            let legend = "From agents over entry points to assets; wider and redder is likelier.";
            ui.add(egui::Label::new(caption(ui, format!("{legend} {CAVEAT}"))).truncate());
        });
        let room = ui.available_rect_before_wrap();
        ui.painter().rect_filled(room, 0.0, style::ink(ui, Ink::Canvas));
        let response = ui.allocate_rect(room, Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, about_graph(cx.model, &drawn.graph)));
        let mut camera = self.camera.unwrap_or_else(|| fitted(drawn.drawing.scene.bounds, room));
        if moved(ui, &response, room, &mut camera) {
            self.camera = Some(camera);
        }
        let view = View { camera, rect: room };
        let painter = ui.painter().with_clip_rect(room.intersect(ui.clip_rect()));
        Painter { painter: &painter, view, theme: cx.theme, opacity: 1.0 }.items(&drawn.drawing.scene.items);
        for station in &drawn.drawing.stations {
            station_ui(ui, cx, view, station, out);
        }
        light(cx, Lit::default(), out);
    }

    /// Draws it anew when paths, agent or selection are other ones.
    fn follow(&mut self, cx: &ViewCx<'_>, revision: u64, agents: &[FoundPaths]) {
        let same = |d: &Drawn| d.revision == revision && d.agent == self.agent && d.selection == cx.selection.items;
        if self.drawn.as_ref().is_some_and(same) {
            return;
        }
        let shown = agents.iter().filter(|agent| self.agent.as_ref().is_none_or(|id| agent.paths.agent == *id));
        let graph = graph(cx.model, shown.flat_map(|agent| agent.paths.goals.iter().flatten()));
        let selection = cx.selection.items.clone();
        let drawing = draw_graph(cx.model, &graph, &selection);
        self.drawn = Some(Drawn { revision, agent: self.agent.clone(), selection, graph, drawing });
    }
}

/// All of it in the room.
fn fitted(bounds: crate::geometry::Rect, room: Rect) -> Camera {
    let fits = (room.width() / bounds.w.max(1.0)).min(room.height() / bounds.h.max(1.0));
    Camera { center: pt(bounds.x + bounds.w / 2.0, bounds.y + bounds.h / 2.0), scale: fits.clamp(LEAST, 1.0) }
}

/// A drag moves, the wheel zooms at the pointer. True when it did.
fn moved(ui: &Ui, response: &Response, room: Rect, camera: &mut Camera) -> bool {
    let mut is_moved = false;
    if response.dragged() {
        let by = response.drag_delta() / camera.scale;
        camera.center = pt(camera.center.x - by.x, camera.center.y - by.y);
        is_moved = by != egui::Vec2::ZERO;
    }
    let over = ui.input(|i| i.pointer.latest_pos()).filter(|at| room.contains(*at) && ui.rect_contains_pointer(room));
    if let Some(at) = over {
        let by = ui.input(|i| i.zoom_delta() * (i.smooth_scroll_delta().y / 200.0).exp());
        let scale = (camera.scale * by).clamp(LEAST, MOST);
        if scale != camera.scale {
            let before = View { camera: *camera, rect: room }.to_world(at);
            camera.scale = scale;
            let after = View { camera: *camera, rect: room }.to_world(at);
            camera.center = pt(camera.center.x + before.x - after.x, camera.center.y + before.y - after.y);
            is_moved = true;
        }
    }
    is_moved
}

/// A station as a control: a click or Enter selects it in the model.
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
    let told: Vec<&str> = station.by.iter().take(6).map(String::as_str).collect();
    response.on_hover_text(format!("{}\n{}", station.said, told.join("\n")));
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
