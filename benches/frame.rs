//! What a frame costs: `cargo bench --bench frame`. Processor time of this thread, from input to triangles, so that the
//! figures mean something on a busy machine; a table of medians comes last. With `--features compare`
//! `egui_graphs` draws the same graph beside it.

use criterion::measurement::{Measurement, ValueFormatter, WallTime};
use criterion::{Criterion, criterion_group, criterion_main};
use egui::{Event, Modifiers, PointerButton, Pos2, RawInput, Rect, pos2, vec2};
use palisade::app::{App, Services};
use palisade::edit::{Document, Edit};
use palisade::generate::{DIAGRAM, Size, generate};
use palisade::geometry;
use palisade::library::Library;
use palisade::model::*;
use palisade::risk::{Assessment, assess};
use palisade::scene::{DiagramLayout, lay_out};
use palisade::theme::Theme;
use palisade::tool::{Selection, Tool};
use palisade::ui::{CanvasState, Outbox, Panels, ViewCx, canvas_ui, style};
use std::sync::Mutex;
use std::time::Duration;

const WINDOW: egui::Vec2 = vec2(1280.0, 720.0);

/// Processor time of the thread.
struct CpuTime;

#[cfg(unix)]
fn now() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// Where there is no such clock, time on the wall.
#[cfg(not(unix))]
fn now() -> Duration {
    static START: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
    START.elapsed()
}

impl Measurement for CpuTime {
    type Intermediate = Duration;
    type Value = Duration;
    fn start(&self) -> Duration {
        now()
    }
    fn end(&self, start: Duration) -> Duration {
        now() - start
    }
    fn add(&self, a: &Duration, b: &Duration) -> Duration {
        *a + *b
    }
    fn zero(&self) -> Duration {
        Duration::ZERO
    }
    fn to_f64(&self, value: &Duration) -> f64 {
        value.as_nanos() as f64
    }
    fn formatter(&self) -> &dyn ValueFormatter {
        static WALL: WallTime = WallTime;
        WALL.formatter()
    }
}

/// A window without a screen.
struct Window {
    ctx: egui::Context,
    frames: u32,
    triangles: usize,
}

impl Window {
    fn new() -> Window {
        let ctx = egui::Context::default();
        style::install(&ctx);
        let mut window = Window { ctx, frames: 0, triangles: 0 };
        window.frame(Vec::new(), |_| {});
        window
    }

    /// A whole frame; the processor time it took.
    fn frame(&mut self, events: Vec<Event>, draw: impl FnMut(&mut egui::Ui)) -> Duration {
        self.frames += 1;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, WINDOW)),
            time: Some(f64::from(self.frames) / 60.0),
            events,
            ..RawInput::default()
        };
        let start = now();
        let output = self.ctx.run_ui(input, draw);
        let primitives = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        let time = now() - start;
        let triangles = |p: &egui::ClippedPrimitive| match &p.primitive {
            egui::epaint::Primitive::Mesh(mesh) => mesh.indices.len() / 3,
            egui::epaint::Primitive::Callback(_) => 0,
        };
        self.triangles = primitives.iter().map(triangles).sum();
        time
    }
}

/// A canvas that shows a model.
struct Stage {
    window: Window,
    model: ThreatModel,
    assessment: Assessment,
    layout: DiagramLayout,
    diagram: Id,
    canvas: CanvasState,
    out: Outbox,
    revision: u64,
}

impl Stage {
    fn new(elements: usize, flows: usize) -> Stage {
        let model = generate(Size { elements, flows }, 1);
        let diagram = Id::new(DIAGRAM);
        Stage {
            window: Window::new(),
            assessment: assess(&model, Library::builtin()),
            layout: lay_out(&model, &diagram),
            model,
            diagram,
            canvas: CanvasState::default(),
            out: Outbox::new(IdSource::seeded(1)),
            revision: 1,
        }
    }

    fn frame(&mut self, events: Vec<Event>) -> Duration {
        let cx = ViewCx {
            is_open: true,
            model: &self.model,
            revision: self.revision,
            assessment: &self.assessment,
            library: Library::builtin(),
            diagram: &self.diagram,
            layout: &self.layout,
            selection: &Selection::default(),
            hover: None,
            pulse: None,
            tool: Tool::Select,
            theme: Theme::Light,
            undo: None,
            redo: None,
            is_dirty: false,
            file_name: "",
            today: "2026-01-01".parse().expect("a date"),
            panels: Panels::default(),
        };
        let (canvas, out) = (&mut self.canvas, &mut self.out);
        let time = self.window.frame(events, |ui| canvas_ui(ui, &cx, canvas, out));
        self.out.drain();
        time
    }

    /// Until everything is sharp.
    fn settle(&mut self) {
        for _ in 0..200 {
            self.frame(vec![Event::PointerMoved(pos2(640.0, 360.0))]);
        }
    }

    fn scale(&self) -> f32 {
        self.canvas.scale(&self.diagram)
    }
}

fn scroll(by: egui::Vec2) -> Event {
    let (unit, phase) = (egui::MouseWheelUnit::Point, egui::TouchPhase::Move);
    Event::MouseWheel { unit, delta: by, phase, modifiers: Modifiers::NONE }
}

/// Medians by name, in the order of the table.
static TABLE: Mutex<Vec<(String, Duration, String)>> = Mutex::new(Vec::new());

/// Has criterion measure a frame, and notes its median for the table.
fn measure(c: &mut Criterion<CpuTime>, name: &str, note: impl Into<String>, mut frame: impl FnMut(u64) -> Duration) {
    let mut times = Vec::new();
    let mut n = 0;
    c.bench_function(name, |b| {
        b.iter_custom(|iterations| {
            let run = |_| {
                n += 1;
                frame(n)
            };
            let some: Vec<Duration> = (0..iterations).map(run).collect();
            times.extend_from_slice(&some);
            some.iter().sum()
        });
    });
    times.sort();
    if let Some(median) = times.get(times.len() / 2) {
        TABLE.lock().expect("one thread").push((name.to_owned(), *median, note.into()));
    }
}

/// The three ways a view is looked at.
fn looks(c: &mut Criterion<CpuTime>, what: &str, limit: &str, stage: &mut Stage) {
    stage.settle();
    let note = format!("{limit}, at {:.1} %, {} triangles", stage.scale() * 100.0, stage.window.triangles);
    measure(c, &format!("{what}, nothing moves"), note, |_| stage.frame(Vec::new()));
    let back_and_forth = |n: u64| if (n / 20).is_multiple_of(2) { 3.0 } else { -3.0 };
    measure(c, &format!("{what}, panning"), limit, |n| stage.frame(vec![scroll(vec2(back_and_forth(n), 0.0))]));
    measure(c, &format!("{what}, zooming"), limit, |n| stage.frame(vec![Event::Zoom(1.0 + back_and_forth(n) * 0.002)]));
}

fn canvas(c: &mut Criterion<CpuTime>) {
    let mut stage = Stage::new(500, 600);
    looks(c, "500 + 600 fitted", "≤ 4 ms", &mut stage);
    // The two states a drag goes back and forth between; working them out is not part of drawing.
    let moved = {
        let items = [Id::new("e00007")].into();
        let mut document = Document::new(stage.model.clone());
        let edit = Edit::Move { diagram: stage.diagram.clone(), items, by: geometry::vec2(40.0, 24.0) };
        document.commit(&edit).expect("it can be moved");
        document.model().clone()
    };
    let mut other = (lay_out(&moved, &stage.diagram), moved);
    measure(c, "500 + 600 fitted, one moved, drawing alone", "of ≤ 6 ms", |_| {
        stage.revision += 1;
        std::mem::swap(&mut stage.layout, &mut other.0);
        std::mem::swap(&mut stage.model, &mut other.1);
        stage.frame(Vec::new())
    });
    let mut stage = Stage::new(10_000, 15_000);
    looks(c, "10,000 + 15,000 fitted", "≤ 8 ms", &mut stage);
    stage.canvas.zoom(palisade::ui::Command::ZoomActual);
    looks(c, "10,000 + 15,000 at 100 %", "≤ 1 ms", &mut stage);
}

/// The app with everything around the canvas.
struct Whole {
    window: Window,
    app: Option<App>,
}

impl Whole {
    fn new(elements: usize, flows: usize) -> Whole {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("model.ron");
        let text = palisade::storage::save(&generate(Size { elements, flows }, 1)).expect("a sound model");
        std::fs::write(&file, text).expect("it can be written");
        let mut whole = Whole { window: Window::new(), app: None };
        let today = Date::new(2026, 1, 1).expect("a date");
        let services = Services { today, seed: 1, config: None, state: None, system_dialogs: false };
        whole.app = Some(App::new(&whole.window.ctx, services));
        whole.frame(Vec::new());
        whole.app.as_mut().expect("just made").open_path(file);
        while whole.app.as_ref().is_some_and(App::is_busy) {
            std::thread::sleep(Duration::from_millis(20));
            whole.frame(Vec::new());
        }
        for _ in 0..100 {
            whole.frame(Vec::new());
        }
        whole
    }

    fn frame(&mut self, events: Vec<Event>) -> Duration {
        let app = &mut self.app;
        self.window.frame(events, |ui| {
            if let Some(app) = app {
                app.frame(ui);
            }
        })
    }

    /// Presses in the middle of the first thing found on the canvas.
    fn take_hold(&mut self) -> Pos2 {
        let press =
            |pos, pressed| Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE };
        for n in 0..4000 {
            let at = pos2(260.0 + (n % 80) as f32 * 8.0, 70.0 + (n / 80) as f32 * 8.0);
            self.frame(vec![Event::PointerMoved(at)]);
            self.frame(vec![press(at, true), press(at, false)]);
            self.frame(Vec::new());
            let app = self.app.as_ref().expect("it is there");
            if app.selection().single().is_some_and(|id| app.model().elements.contains_key(id)) {
                self.frame(vec![press(at, true)]);
                return at;
            }
        }
        panic!("there are elements");
    }
}

fn window(c: &mut Criterion<CpuTime>) {
    let mut whole = Whole::new(500, 600);
    measure(c, "whole window, 500 + 600, nothing moves", "", |_| whole.frame(Vec::new()));
    let from = whole.take_hold();
    measure(c, "whole window, 500 + 600, dragging one, live risk", "≤ 6 ms", |n| {
        let by = vec2((n % 16) as f32 * 4.0, (n / 16 % 16) as f32 * 4.0);
        whole.frame(vec![Event::PointerMoved(from + by)])
    });
    let mut whole = Whole::new(10_000, 15_000);
    measure(c, "whole window, 10,000 + 15,000, nothing moves", "", |_| whole.frame(Vec::new()));
}

/// The widget of `egui_graphs` as it comes.
#[cfg(feature = "compare")]
mod compare {
    use super::*;
    use egui_graphs::{GraphView, Layout, LayoutState, SettingsStyle, to_graph};
    use std::collections::BTreeMap;

    /// Leaves everything where it is.
    #[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
    struct Still;

    impl LayoutState for Still {}

    impl Layout<Still> for Still {
        fn from_state(state: Still) -> impl Layout<Still> {
            state
        }
        fn next<N, E, Ty, Ix, Dn, De>(&mut self, _: &mut egui_graphs::Graph<N, E, Ty, Ix, Dn, De>, _: &egui::Ui)
        where
            N: Clone,
            E: Clone,
            Ty: petgraph::EdgeType,
            Ix: petgraph::stable_graph::IndexType,
            Dn: egui_graphs::DisplayNode<N, E, Ty, Ix>,
            De: egui_graphs::DisplayEdge<N, E, Ty, Ix, Dn>,
        {
        }
        fn state(&self) -> Still {
            self.clone()
        }
    }

    /// The same graph in the widget of `egui_graphs` as it comes, with labels, fitted into the window, nothing moving.
    pub fn others(c: &mut Criterion<CpuTime>) {
        for (elements, flows) in [(500, 600), (10_000, 15_000)] {
            let model = generate(Size { elements, flows }, 1);
            let mut graph = petgraph::stable_graph::StableGraph::<(), ()>::new();
            let nodes: BTreeMap<&Id, _> = model.elements.keys().map(|id| (id, graph.add_node(()))).collect();
            for flow in model.flows.values() {
                if let (Some(from), Some(to)) = (&flow.from, &flow.to) {
                    graph.add_edge(nodes[from], nodes[to], ());
                }
            }
            let mut graph: egui_graphs::Graph = to_graph(&graph);
            for (id, node) in nodes {
                let at = model.rect_of(&DIAGRAM.into(), id).expect("all are placed").center();
                let shown = graph.node_mut(node).expect("just added");
                shown.set_location(pos2(at.x, at.y));
                shown.set_label(model.elements[id].name.clone());
            }
            let mut window = Window::new();
            let mut frame = |_| {
                window.frame(Vec::new(), |ui| {
                    let style = SettingsStyle::new().with_labels_always(true);
                    ui.add_sized(WINDOW, |ui: &mut egui::Ui| {
                        GraphView::<Still, Still>::new().with_styles(&style).show(ui, &mut graph).response
                    });
                })
            };
            (0..30).for_each(|n| assert!(frame(n) > Duration::ZERO));
            let elements = if elements == 500 { "500 + 600" } else { "10,000 + 15,000" };
            measure(c, &format!("egui_graphs, {elements} fitted, nothing moves"), "for comparison", frame);
        }
    }
}

#[cfg(not(feature = "compare"))]
mod compare {
    pub fn others(_: &mut super::Criterion<super::CpuTime>) {}
}

fn table(_: &mut Criterion<CpuTime>) {
    println!("Processor time of a frame with tessellation, median:");
    for (name, median, note) in TABLE.lock().expect("one thread").iter() {
        println!("{name:<58} {:>8.2} ms  {note}", median.as_secs_f64() * 1000.0);
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().with_measurement(CpuTime).sample_size(10).warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1));
    targets = canvas, window, compare::others, table
}
criterion_main!(benches);
