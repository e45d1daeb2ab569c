//! A canvas alone that shows a model.

use crate::window::Window;
use egui::{Event, pos2};
use palisade::generate::{DIAGRAM, Size, generate};
use palisade::geometry;
use palisade::library::Library;
use palisade::model::*;
use palisade::risk::{Assessment, assess};
use palisade::scene::{DiagramLayout, lay_out};
use palisade::theme::Theme;
use palisade::tool::{Selection, Tool};
use palisade::ui::{CanvasState, Docks, Outbox, Panels, ViewCx, canvas_ui};
use std::time::Duration;

/// A canvas that shows a model.
pub struct Stage {
    pub window: Window,
    size: egui::Vec2,
    pub model: ThreatModel,
    assessment: Assessment,
    pub layout: DiagramLayout,
    pub diagram: Id,
    pub canvas: CanvasState,
    out: Outbox,
    pub revision: u64,
    records: Trail,
}

impl Stage {
    pub fn new(size: egui::Vec2, elements: usize, flows: usize) -> Stage {
        let model = generate(Size { elements, flows }, 1);
        let diagram = Id::new(DIAGRAM);
        Stage {
            window: Window::new(size),
            size,
            assessment: assess(&model, Library::builtin()),
            layout: lay_out(&model, &diagram),
            model,
            diagram,
            canvas: CanvasState::default(),
            out: Outbox::new(IdSource::seeded(1)),
            revision: 1,
            records: Trail::default(),
        }
    }

    pub fn frame(&mut self, events: Vec<Event>) -> Duration {
        let cx = ViewCx {
            is_open: true,
            model: &self.model,
            revision: self.revision,
            content: 1,
            content_now: 1,
            records: &self.records,
            is_previewing: false,
            assessment: &self.assessment,
            actual: &self.assessment,
            live: None,
            seen: Default::default(),
            trial: None,
            compared: None,
            roadmap: None,
            model_revision: 0,
            paths: None,
            ratings: None,
            proposals: None,
            losses: None,
            matching: None,
            lit: &Default::default(),
            library: Library::builtin(),
            diagram: &self.diagram,
            layout: &self.layout,
            selection: &Selection::default(),
            hover: None,
            pulse: None,
            tool: Tool::Select,
            has_style: false,
            theme: Theme::Light,
            undo: None,
            redo: None,
            is_dirty: false,
            unlogged: &Default::default(),
            file_name: "",
            today: "2026-01-01".parse().expect("a date"),
            author: "",
            panels: Panels::default(),
            docks: &Docks::default(),
            outside: None,
            also_open: "",
        };
        let (canvas, out) = (&mut self.canvas, &mut self.out);
        let time = self.window.frame(events, |ui| canvas_ui(ui, &cx, canvas, out));
        self.out.drain();
        time
    }

    /// Until everything is sharp.
    pub fn settle(&mut self) {
        for _ in 0..200 {
            self.frame(vec![Event::PointerMoved(pos2(640.0, 360.0))]);
        }
    }

    pub fn scale(&self) -> f32 {
        self.canvas.scale(&self.diagram)
    }

    /// Whether the whole diagram is in the window.
    pub fn sees_all(&self) -> bool {
        let seen = self.canvas.camera(&self.diagram).expect("it was shown").visible(geometry::vec2(self.size.x, self.size.y));
        seen.contains_rect(self.layout.bounds)
    }
}
