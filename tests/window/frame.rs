//! What the canvas keeps from frame to frame never shows: it looks as if drawn afresh, and nothing is done twice.
use crate::support::dsl::{MAIN, id, model};
use crate::support::window::window;
use egui::{Event, Modifiers, Vec2, pos2, vec2};
use egui_kittest::Harness;
use image::RgbaImage;
use palisade::app::LaidOut;
use palisade::edit::{Document, Edit, Transaction};
use palisade::generate::{Size, generate};
use palisade::geometry;
use palisade::library::Library;
use palisade::model::*;
use palisade::risk::LiveAssessment;
use palisade::scene::{Detail, Look, draw};
use palisade::theme::{Ink, Theme};
use palisade::tool::{Selection, Tool};
use palisade::ui::painter::{Painter, View};
use palisade::ui::{CanvasState, Command, Docks, Outbox, Panels, ViewCx, canvas_ui, fonts, style};

/// A canvas that shows a model, or the same view drawn without keeping anything.
struct Host {
    document: Document,
    content: u64,
    records: Trail,
    diagram: Id,
    live: LiveAssessment<'static>,
    layout: LaidOut,
    theme: Theme,
    canvas: CanvasState,
    plain: bool,
    /// Letters drawn after the canvas in every frame, and how large.
    letters: Option<(&'static str, f32)>,
    installed: bool,
}

impl Host {
    fn note_changes(&mut self) -> Transaction {
        let changes = self.document.take_changes();
        self.content += u64::from(!changes.only_moves());
        self.records.follow(changes.redrawn());
        self.live.follow(self.document.model(), changes.changes.keys());
        changes
    }

    fn frame(&mut self, ui: &mut egui::Ui) {
        if !self.installed {
            style::install(ui.ctx());
            self.installed = true;
            return ui.ctx().request_repaint();
        }
        let model = self.document.model();
        if self.plain {
            let rect = ui.available_rect_before_wrap();
            let camera = self.canvas.camera(&self.diagram).expect("it was shown");
            let view = View { camera, rect }.on_pixels(ui.ctx().pixels_per_point());
            let painter = Painter { painter: &ui.painter().with_clip_rect(rect), view, theme: self.theme, opacity: 1.0 };
            painter.painter.rect_filled(rect, 0.0, style::color32(self.theme.color(Ink::Canvas)));
            let detail = Detail::of_view(self.layout.layout(), camera.scale, view.visible());
            let look = Look { detail, ..Look::default() };
            painter.items(&draw(model, self.live.assessment(), self.layout.layout(), &look).items);
        } else {
            let cx = ViewCx {
                is_open: true,
                model,
                revision: self.document.revision() + self.layout.revision(),
                content: self.content,
                content_now: self.content,
                records: &self.records,
                is_previewing: false,
                assessment: self.live.assessment(),
                actual: self.live.assessment(),
                live: Some(&self.live),
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
                layout: self.layout.layout(),
                selection: &Selection::default(),
                hover: None,
                pulse: None,
                tool: Tool::Select,
                has_style: false,
                theme: self.theme,
                undo: None,
                redo: None,
                is_dirty: false,
                unlogged: &Default::default(),
                file_name: "",
                today: "2026-01-01".parse().expect("a date"),
                author: "",
                panels: Panels { grid: false, ..Panels::default() },
                docks: &Docks::default(),
                outside: None,
                also_open: "",
            };
            canvas_ui(ui, &cx, &mut self.canvas, &mut Outbox::new(IdSource::seeded(1)));
        }
        if let Some((text, size)) = self.letters {
            let font = fonts::font(palisade::text::Face::Bold, size);
            ui.painter().text(pos2(4.0, 460.0), egui::Align2::LEFT_CENTER, text, font, egui::Color32::GRAY);
        }
    }
}

const SIZE: Vec2 = vec2(720.0, 480.0);

/// Two dozen elements in four boundaries, each calling the next.
fn town() -> Harness<'static, Host> {
    let mut draft = model("Town");
    for zone in 0..4 {
        draft = draft.boundary(&format!("Zone {zone}"), zone);
    }
    for n in 0..24 {
        let name = format!("Service {n}");
        draft = match n % 3 {
            0 => draft.process(&name),
            1 => draft.store(&name),
            _ => draft.entity(&name),
        };
        draft = draft.inside(&format!("Zone {}", n / 6));
    }
    for n in 1..24 {
        draft = draft.flow(&format!("Service {}", n - 1), &format!("Service {n}"));
    }
    let mut model = draft.build();
    for zone in 0..4 {
        // No edge falls on half a pixel at the zooms below: that may be rounded either way.
        let place = geometry::rect(11.0, 31.0 + 270.0 * zone as f32, 960.0, 240.0);
        model.placements.insert(PlacementKey::new(MAIN, id(&format!("Zone {zone}"))), Placement::Box(place));
    }
    shown(model)
}

/// The first diagram of a model.
fn shown(model: ThreatModel) -> Harness<'static, Host> {
    let diagram = model.diagrams.keys().next().expect("a diagram").clone();
    let mut layout = LaidOut::default();
    layout.start(&model, &diagram);
    let host = Host {
        live: LiveAssessment::new(&model, Library::builtin()),
        layout,
        diagram,
        document: Document::new(model),
        content: 0,
        records: Trail::default(),
        theme: Theme::Light,
        canvas: CanvasState::default(),
        plain: false,
        letters: None,
        installed: false,
    };
    let mut harness = window(SIZE.x, SIZE.y).build_ui_state(|ui, host: &mut Host| host.frame(ui), host);
    harness.run();
    harness
}

/// The part of the window without hints and zoom buttons.
fn picture(harness: &mut Harness<'_, Host>, plain: bool) -> RgbaImage {
    harness.state_mut().plain = plain;
    harness.run();
    let mut image = harness.render().expect("it draws");
    harness.state_mut().plain = false;
    let height = image.height() * 9 / 10;
    image::imageops::crop(&mut image, 0, 0, SIZE.x as u32, height).to_image()
}

/// Checks that the picture equals one drawn afresh, and is not blank.
#[track_caller]
fn looks_right(harness: &mut Harness<'_, Host>) {
    let (kept, fresh) = (picture(harness, false), picture(harness, true));
    let differs = |a: &image::Rgba<u8>, b: &image::Rgba<u8>| a.0.iter().zip(b.0).any(|(a, b)| a.abs_diff(b) > 40);
    let wrong = kept.pixels().zip(fresh.pixels()).filter(|(a, b)| differs(a, b)).count();
    let ground = kept.get_pixel(1, 1);
    let drawn = kept.pixels().filter(|p| differs(p, ground)).count();
    assert!(drawn > 1000, "only {drawn} pixels are drawn");
    assert!(wrong < 40, "{wrong} pixels are wrong");
}

/// How many triangles the window is.
fn triangles(harness: &mut Harness<'_, Host>) -> usize {
    harness.run();
    let (shapes, ppp) = (harness.output().shapes.clone(), harness.ctx.pixels_per_point());
    let primitives = harness.ctx.tessellate(shapes, ppp);
    let count = |p: &egui::ClippedPrimitive| match &p.primitive {
        egui::epaint::Primitive::Mesh(mesh) => mesh.indices.len() / 3,
        egui::epaint::Primitive::Callback(_) => 0,
    };
    primitives.iter().map(count).sum()
}

fn count(harness: &Harness<'_, Host>) -> usize {
    harness.state().canvas.tessellated()
}

fn zoom(harness: &mut Harness<'_, Host>, command: Command) {
    harness.state_mut().canvas.zoom(command);
    harness.run();
}

fn scroll(harness: &mut Harness<'_, Host>, delta: Vec2) {
    let (unit, phase) = (egui::MouseWheelUnit::Point, egui::TouchPhase::Move);
    harness.event(Event::PointerMoved(pos2(360.0, 160.0)));
    harness.event(Event::MouseWheel { unit, delta, phase, modifiers: Modifiers::NONE });
    harness.run_steps(30);
    harness.event(Event::PointerGone);
    harness.run();
}

fn commit(harness: &mut Harness<'_, Host>, edit: Edit) {
    let host = harness.state_mut();
    host.document.commit(&edit).expect("it can be done");
    host.note_changes();
    host.layout.start(host.document.model(), &host.diagram);
    harness.run();
}

/// A step of a drag, or with nothing the end of it.
fn drag(harness: &mut Harness<'_, Host>, edit: Option<&Edit>) {
    let host = harness.state_mut();
    match edit {
        Some(edit) => host.document.preview(edit).expect("it can be done"),
        None => drop(host.document.cancel_preview()),
    }
    let changes = host.note_changes();
    host.layout.follow(host.document.model(), &changes, edit.is_some());
    harness.run();
}

#[test]
fn a_frame_in_which_nothing_changed_makes_no_triangles() {
    let mut harness = town();
    let made = count(&harness);
    assert!(made > 100, "{made}");
    harness.run_steps(5);
    assert_eq!(count(&harness), made);
    assert_eq!(harness.run(), 1, "and it rests");
}

#[test]
fn moving_the_view_makes_only_what_comes_into_it() {
    let mut harness = town();
    zoom(&mut harness, Command::ZoomActual);
    let made = count(&harness);
    scroll(&mut harness, vec2(-13.3, -21.7));
    let came = count(&harness) - made;
    assert!(came < 20, "{came}");
    let made = count(&harness);
    scroll(&mut harness, vec2(13.3, 21.7));
    assert_eq!(count(&harness), made, "it was all there before");
    looks_right(&mut harness);
}

#[test]
fn everything_in_view_is_drawn_wherever_one_goes() {
    let mut harness = town();
    looks_right(&mut harness);
    for (n, command) in [Command::ZoomActual, Command::ZoomIn, Command::ZoomFit].into_iter().enumerate() {
        zoom(&mut harness, command);
        scroll(&mut harness, vec2(-150.0 + 90.0 * n as f32, -160.0));
        looks_right(&mut harness);
    }
    for _ in 0..6 {
        zoom(&mut harness, Command::ZoomOut);
    }
    looks_right(&mut harness);
}

#[test]
fn of_a_large_outline_only_the_dashes_around_the_view_are_made() {
    let mut m = model("Estate").boundary("Estate", 1).process("Lodge").inside("Estate").build();
    let mut place = |name: &str, r| m.placements.insert(PlacementKey::new(MAIN, id(name)), Placement::Box(r));
    place("Estate", geometry::rect(11.0, 31.0, 60_000.0, 50_000.0));
    place("Lodge", geometry::rect(101.0, 81.0, 160.0, 64.0));
    let mut harness = shown(m);
    harness.state_mut().canvas.reveal(id("Lodge"));
    zoom(&mut harness, Command::ZoomActual);
    looks_right(&mut harness);
    let few = triangles(&mut harness);
    assert!(few < 6000, "{few}");
    // Along the seam and back: the dashes come into view as they go, and never wander.
    for delta in [vec2(-700.0, 0.0), vec2(-333.0, -20.0), vec2(1200.0, 60.0), vec2(0.0, -600.0)] {
        scroll(&mut harness, delta);
        looks_right(&mut harness);
    }
    assert!(triangles(&mut harness) < 6000);
}

#[test]
fn from_far_away_a_large_model_is_few_triangles() {
    let mut harness = shown(generate(Size { elements: 400, flows: 600 }, 1));
    zoom(&mut harness, Command::ZoomFit);
    let things = harness.state().layout.layout().boxes.len() + harness.state().layout.layout().flows.len();
    let made = triangles(&mut harness);
    assert!(made > things && made < 20 * things, "{made} of {things}");
    looks_right(&mut harness);
}

#[test]
fn an_edit_makes_only_what_it_changed() {
    let mut harness = town();
    let made = count(&harness);
    let items = [id("Service 8")].into();
    commit(&mut harness, Edit::Move { diagram: MAIN.into(), items, by: geometry::vec2(16.0, 24.0) });
    let changed = count(&harness) - made;
    // The element with its badge, and two flows with mask, label, marks and pill each.
    assert!((3..=24).contains(&changed), "{changed} of {made}");
    looks_right(&mut harness);
    let mut web = harness.state().document.model().elements[&id("Service 3")].clone();
    web.name = "Ticket office".into();
    commit(&mut harness, Edit::put(Key::Element(id("Service 3")), web));
    looks_right(&mut harness);
}

#[test]
fn a_record_that_says_something_else_is_drawn_anew_and_nothing_but_it() {
    let mut harness = town();
    let made = count(&harness);
    let mut renamed = harness.state().document.model().elements[&id("Service 3")].clone();
    renamed.name = "Ticket office".into();
    commit(&mut harness, Edit::put(Key::Element(id("Service 3")), renamed));
    assert!((1..=6).contains(&(count(&harness) - made)), "{}", count(&harness) - made);
    looks_right(&mut harness);
    let mut zone = harness.state().document.model().boundaries[&id("Zone 1")].clone();
    zone.trust = Some(4);
    commit(&mut harness, Edit::put(Key::Boundary(id("Zone 1")), zone));
    looks_right(&mut harness);
    let mut part = harness.state().document.model().elements[&id("Service 4")].clone();
    part.parent = Some(id("Service 3"));
    commit(&mut harness, Edit::put(Key::Element(id("Service 4")), part));
    looks_right(&mut harness);
    commit(&mut harness, Edit::Remove { keys: [Key::Element(id("Service 8"))].into() });
    looks_right(&mut harness);
    let host = harness.state_mut();
    host.document.undo();
    host.note_changes();
    host.layout.start(host.document.model(), &host.diagram);
    looks_right(&mut harness);
}

#[test]
fn while_something_is_dragged_only_what_changes_is_made_and_each_frame_looks_as_if_drawn_afresh() {
    let mut harness = town();
    let diagram = Id::new(MAIN);
    let away = |item: &str, x: f32, y: f32| {
        let (items, by) = ([id(item)].into(), geometry::vec2(x, y));
        Edit::Move { diagram: diagram.clone(), items, by }
    };
    let into = |zone: &str| Edit::Reparent { items: [id("Service 8")].into(), into: Some(id(zone)) };
    for zooms_out in [0, 3] {
        (0..zooms_out).for_each(|_| zoom(&mut harness, Command::ZoomOut));
        looks_right(&mut harness);
        // Within its boundary: the element with its badge, its two flows, and labels that make way. What was drawn without
        // the canvas in between let go of the letters, which are made once more first.
        harness.run();
        let made = count(&harness);
        drag(&mut harness, Some(&away("Service 8", 16.0, 24.0)));
        let changed = count(&harness) - made;
        assert!((1..=48).contains(&changed), "{changed} of {made}");
        looks_right(&mut harness);
        // Over two seams and back, with the risk it has there.
        for (step, zone) in [(40.0, "Zone 1"), (270.0, "Zone 2"), (540.0, "Zone 3"), (300.0, "Zone 2"), (60.0, "Zone 1")] {
            let edits = vec![away("Service 8", 24.0, step), into(zone)];
            drag(&mut harness, Some(&Edit::Batch { label: "move".into(), edits }));
            looks_right(&mut harness);
        }
        // The ground goes away under the words of flows.
        for step in [0.0, 250.0, 700.0] {
            drag(&mut harness, Some(&away("Zone 2", 0.0, step)));
            looks_right(&mut harness);
        }
        drag(&mut harness, None);
        looks_right(&mut harness);
    }
}

#[test]
fn another_theme_and_another_resolution_show_at_once() {
    let mut harness = town();
    harness.state_mut().theme = Theme::Dark;
    harness.run();
    looks_right(&mut harness);
    let made = count(&harness);
    harness.ctx.set_pixels_per_point(1.5);
    harness.run();
    assert!(count(&harness) > made);
    harness.ctx.set_pixels_per_point(1.0);
    harness.run();
    looks_right(&mut harness);
}

#[test]
fn letters_stay_right_when_their_atlas_changes() {
    let mut harness = town();
    zoom(&mut harness, Command::ZoomActual);
    let height = |harness: &Harness<'_, Host>| harness.ctx.fonts(|f| f.font_image_size())[1];
    let before = height(&harness);
    let made = count(&harness);
    // Growing: letters drawn after the canvas in the same frame need more room.
    harness.state_mut().letters = Some(("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefgh", 96.0));
    harness.step();
    assert!(height(&harness) > before, "the atlas grew");
    let first = harness.render().expect("it draws");
    harness.run();
    assert_eq!(first, harness.render().expect("it draws"), "not even one frame shows other letters");
    assert_eq!(count(&harness), made, "and nothing was made anew");
    looks_right(&mut harness);
    // Made anew: the same letters lie elsewhere.
    harness.ctx.all_styles_mut(|style| {
        style.visuals.text_options.color_transfer_function = egui::epaint::FontColorTransferFunction::Gamma(0.7)
    });
    harness.run();
    assert!(count(&harness) > made);
    looks_right(&mut harness);
}
