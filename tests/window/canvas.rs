//! The canvas in a window without a screen: found by accessible name, driven by mouse and keys.
use crate::support::dsl::{MAIN, id, model};
use crate::support::window::window;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use palisade::edit::{Document, Edit};
use palisade::geometry::{Rect, rect};
use palisade::library::Library;
use palisade::model::*;
use palisade::risk::{Assessment, assess};
use palisade::scene::{DiagramLayout, lay_out};
use palisade::theme::Theme;
use palisade::tool::{Selection, Tool};
use palisade::ui::{Action, CanvasState, Docks, Outbox, Panels, ViewCx, canvas_ui, style};

/// The least app around a canvas: performs its actions after each frame.
struct Host {
    document: Document,
    assessment: Assessment,
    layout: DiagramLayout,
    selection: Selection,
    hover: Option<Id>,
    tool: Tool,
    theme: Theme,
    canvas: CanvasState,
    records: Trail,
    out: Outbox,
    /// Typed but not yet a step: the field, the edit, and what it merges with.
    typing: Option<(egui::Id, Edit, Option<String>)>,
    installed: bool,
    /// A letter was left over for shortcuts although a label was being typed.
    leaked: bool,
}

impl Host {
    fn new(document: Document) -> Host {
        let mut host = Host {
            document,
            assessment: Assessment::default(),
            layout: DiagramLayout::default(),
            selection: Selection::default(),
            hover: None,
            tool: Tool::Select,
            theme: Theme::Light,
            canvas: CanvasState::default(),
            records: Trail::default(),
            out: Outbox::new(IdSource::seeded(3)),
            typing: None,
            installed: false,
            leaked: false,
        };
        host.refresh();
        host
    }

    fn refresh(&mut self) {
        self.records.begin_anew();
        self.assessment = assess(self.document.model(), Library::builtin());
        self.layout = lay_out(self.document.model(), &MAIN.into());
    }

    fn frame(&mut self, ui: &mut egui::Ui) {
        if !self.installed {
            style::install(ui.ctx());
            self.installed = true;
            return ui.ctx().request_repaint();
        }
        let cx = ViewCx {
            is_open: true,
            model: self.document.model(),
            revision: self.document.revision(),
            content: self.document.revision(),
            content_now: self.document.revision(),
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
            diagram: &MAIN.into(),
            layout: &self.layout,
            selection: &self.selection,
            hover: self.hover.as_ref(),
            tool: self.tool,
            has_style: false,
            theme: self.theme,
            undo: None,
            redo: None,
            is_dirty: false,
            unlogged: &Default::default(),
            file_name: "",
            pulse: None,
            today: "2026-01-01".parse().expect("a date"),
            author: "",
            panels: Panels::default(),
            docks: &Docks::default(),
            outside: None,
            also_open: "",
        };
        canvas_ui(ui, &cx, &mut self.canvas, &mut self.out);
        let keys = ui.input(|i| i.events.iter().filter(|e| matches!(e, Event::Key { pressed: true, .. })).count());
        self.leaked = keys > 0 && !ui.ctx().text_edit_focused();
        self.hover = None;
        let typing = self.out.is_typing();
        for action in self.out.drain() {
            self.perform(action);
        }
        if !typing && self.typing.as_ref().is_some_and(|(field, ..)| ui.memory(|m| m.focused()) != Some(*field)) {
            self.commit_typed();
        }
    }

    fn commit_typed(&mut self) {
        if let Some((_, edit, tag)) = self.typing.take() {
            let done = match tag {
                Some(tag) => self.document.commit_merged(&edit, &tag),
                None => self.document.commit(&edit),
            };
            done.expect("it can be done");
            self.refresh();
        }
    }

    fn perform(&mut self, action: Action) {
        match &action {
            Action::Commit(_) | Action::CommitMerged(..) | Action::Preview(_) => self.commit_typed(),
            Action::CancelPreview => self.typing = None,
            Action::Type { field, edit, tag } => self.typing = Some((*field, edit.clone(), tag.clone())),
            _ => {}
        }
        let changed = match action {
            Action::Commit(edit) => self.document.commit(&edit).expect("it can be done"),
            Action::CommitMerged(edit, tag) => self.document.commit_merged(&edit, &tag).expect("it can be done"),
            Action::Preview(edit) | Action::Type { edit, .. } => {
                self.document.preview(&edit).map(|()| true).expect("it can be shown")
            }
            Action::CancelPreview => self.document.cancel_preview(),
            Action::Select(selection) => return self.selection = selection,
            Action::SetTool(tool) => return self.tool = tool,
            Action::Hover(id) => return self.hover = Some(id),
            _ => false,
        };
        if changed {
            self.refresh();
        }
    }
}

/// 1000 × 600, the middle of the world in the middle of the window at 100 %: screen = world + (500 − 420, 300 − 220).
fn shop() -> Harness<'static, Host> {
    let place = |m: &mut ThreatModel, name: &str, r: Rect| {
        m.placements.insert(PlacementKey::new(MAIN, id(name)), Placement::Box(r));
    };
    let mut m = model("Shop")
        .boundary("DMZ", 1)
        .entity("Customer")
        .process("Web")
        .inside("DMZ")
        .tagged("web-app")
        .store("DB")
        .flow("Customer", "Web")
        .asset("Orders", [3, 3, 3])
        .kept_in("DB")
        .build();
    place(&mut m, "Customer", rect(0.0, 104.0, 144.0, 64.0));
    place(&mut m, "Web", rect(400.0, 104.0, 144.0, 64.0));
    place(&mut m, "DMZ", rect(360.0, 48.0, 224.0, 176.0));
    place(&mut m, "DB", rect(640.0, 320.0, 144.0, 64.0));
    window(1000.0, 600.0).build_ui_state(|ui, host: &mut Host| host.frame(ui), Host::new(Document::new(m)))
}

fn selected(harness: &Harness<'_, Host>) -> Vec<String> {
    harness.state().selection.items.iter().map(|id| id.to_string()).collect()
}

fn center(harness: &Harness<'_, Host>, label: &str) -> Pos2 {
    harness.get_by_label_contains(label).rect().center()
}

fn world(harness: &Harness<'_, Host>, name: &str) -> Rect {
    harness.state().document.model().rect_of(&MAIN.into(), &id(name)).expect("it is drawn")
}

fn drag(harness: &mut Harness<'_, Host>, from: Pos2, to: Pos2) {
    let button = |pos, pressed| Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE };
    for event in [
        Event::PointerMoved(from),
        button(from, true),
        Event::PointerMoved(from.lerp(to, 0.5)),
        Event::PointerMoved(to),
        button(to, false),
    ] {
        harness.event(event);
    }
    harness.run();
}

#[test]
fn objects_are_found_and_selected_by_name() {
    let mut harness = shop();
    harness.get_by_label_contains("Process Web").click();
    harness.run();
    assert_eq!(selected(&harness), ["web"]);
    harness.get_by_label_contains("Data store DB").click_modifiers(Modifiers::SHIFT);
    harness.run();
    assert_eq!(selected(&harness), ["db", "web"]);
    harness.get_by_label_contains("Data flow Customer to Web").click();
    harness.run();
    assert_eq!(selected(&harness), ["customer>web"]);
    harness.get_by_label_contains("Trust boundary DMZ").click_accesskit();
    harness.run();
    assert_eq!(selected(&harness), ["dmz"], "a screen reader's click selects too");
}

#[test]
fn dragging_moves_and_drops_into_a_boundary() {
    let mut harness = shop();
    let (from, to) = (center(&harness, "Data store DB"), center(&harness, "Process Web") + vec2(0.0, 20.0));
    drag(&mut harness, from, to);
    let model = harness.state().document.model();
    assert_eq!(model.elements[&id("DB")].boundary, Some(id("DMZ")));
    assert_eq!(world(&harness, "DB").x % 8.0, 0.0);
    harness.get_by_label_contains("Data store DB, in DMZ");
}

#[test]
fn a_key_over_the_canvas_creates_and_the_label_is_typed_at_once() {
    let mut harness = shop();
    harness.hover_at(pos2(200.0, 480.0));
    harness.run();
    harness.key_press(Key::P);
    harness.run();
    harness.get_by_label("Name").type_text("Mail gateway");
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    harness.get_by_label_contains("Process Mail gateway");
    assert!(harness.query_by_label("Name").is_none(), "the field is gone");
    let host = harness.state_mut();
    assert_eq!(host.document.model().elements.len(), 4);
    assert!(host.document.undo());
    assert_eq!(host.document.model().elements.len(), 3, "making and naming is one step");
    assert!(!host.document.undo());
}

/// Keys as a keyboard sends them: the key, then its text, then the release.
fn stroke(key: Key, text: &str) -> Vec<Event> {
    let press = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers: Modifiers::NONE };
    let mut events = vec![press(true)];
    events.extend((!text.is_empty()).then(|| Event::Text(text.to_owned())));
    events.push(press(false));
    events
}

#[test]
fn fast_typing_goes_into_the_label_even_within_one_frame() {
    let mut harness = shop();
    harness.hover_at(pos2(200.0, 480.0));
    harness.run();
    let keys = [(Key::S, "s"), (Key::P, "P"), (Key::E, "e"), (Key::B, "b"), (Key::S, "s"), (Key::Enter, "")];
    let all: Vec<Vec<Event>> = keys.iter().map(|(key, text)| stroke(*key, text)).collect();
    // However the strokes fall into frames: slow frames get several at once.
    for (n, per_frame) in [1, 2, 3, 4, 5].into_iter().enumerate() {
        for strokes in all.chunks(per_frame) {
            harness.input_mut().events.extend(strokes.concat());
            harness.step();
            assert!(!harness.state().leaked, "{per_frame} strokes a frame: a key went past the field to the shortcuts");
        }
        harness.run();
        assert_eq!(harness.query_all_by_label_contains("Data store Pebs").count(), n + 1, "{per_frame} strokes a frame");
        assert_eq!((harness.state().tool, harness.state().document.model().elements.len()), (Tool::Select, n + 4));
    }
}

#[test]
fn a_double_click_opens_the_label_escape_leaves_it_alone() {
    let mut harness = shop();
    let double = |harness: &mut Harness<'_, Host>| {
        // Long enough that it is not a third click of the last one.
        harness.run_steps(60);
        harness.get_by_label_contains("Process Web").click();
        harness.get_by_label_contains("Process Web").click();
        harness.run();
    };
    double(&mut harness);
    harness.get_by_label("Name").type_text("Shop");
    harness.run();
    harness.key_press(Key::Escape);
    harness.run();
    harness.get_by_label_contains("Process Web");
    double(&mut harness);
    harness.get_by_label("Name").type_text("Shop");
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    harness.get_by_label_contains("Process Shop");
    harness.key_press(Key::Tab);
    harness.run();
    assert_eq!(selected(&harness), ["db"], "the keyboard is back on the canvas");
}

#[test]
fn tab_goes_on_to_what_has_no_name_and_prefixes_set_the_kind() {
    let mut harness = shop();
    harness.hover_at(pos2(200.0, 480.0));
    harness.run();
    harness.get_by_label_contains("Process Web").click();
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::ArrowRight);
    harness.run();
    harness.get_by_label("Name").type_text("db: Orders");
    harness.run();
    harness.key_press(Key::Tab);
    harness.run();
    harness.get_by_label_contains("Data store Orders");
    harness.get_by_label("Name").type_text("Writes");
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    let model = harness.state().document.model();
    let orders = model.elements.iter().find(|(_, e)| e.name == "Orders").expect("named").0;
    let flow = model.flows.values().find(|f| f.to.as_ref() == Some(orders)).expect("connected");
    assert_eq!((flow.name.as_str(), flow.from.clone()), ("Writes", Some(id("Web"))));
}

#[test]
fn zooming_keeps_what_is_under_the_pointer() {
    let mut harness = shop();
    let at = center(&harness, "Process Web");
    harness.hover_at(at);
    harness.run();
    harness.event(Event::Zoom(2.0));
    harness.run();
    let after = center(&harness, "Process Web");
    // Places are told in whole points.
    assert!(after.distance(at) < 1.5, "{after:?} was at {at:?}");
    assert!((harness.state().canvas.scale(&MAIN.into()) - 2.0).abs() < 0.01);
    harness.get_by_label("Zoom to fit").click();
    harness.run();
    assert!(harness.state().canvas.scale(&MAIN.into()) < 1.3);
    harness.get_by_label("Zoom to 100 %").click();
    harness.run();
    assert_eq!(harness.state().canvas.scale(&MAIN.into()), 1.0);
}

#[test]
fn the_wheel_scrolls_and_space_drags_the_view() {
    let mut harness = shop();
    let at = center(&harness, "Process Web");
    harness.event(Event::PointerMoved(at));
    harness.run();
    let phase = egui::TouchPhase::Move;
    let scroll =
        Event::MouseWheel { unit: egui::MouseWheelUnit::Point, delta: vec2(0.0, -60.0), phase, modifiers: Modifiers::NONE };
    harness.event(scroll);
    harness.run_steps(30);
    let scrolled = center(&harness, "Process Web");
    assert!((scrolled.y - (at.y - 60.0)).abs() < 1.0, "{scrolled:?}");
    harness.key_down(Key::Space);
    drag(&mut harness, pos2(100.0, 400.0), pos2(150.0, 420.0));
    harness.key_up(Key::Space);
    harness.run();
    assert!(center(&harness, "Process Web").distance(scrolled + vec2(50.0, 20.0)) < 1.0);
    assert_eq!(selected(&harness), Vec::<String>::new());
}

#[test]
fn copying_and_pasting_goes_through_the_clipboard() {
    let mut harness = shop();
    harness.get_by_label_contains("Process Web").click();
    harness.run();
    harness.event(Event::Copy);
    harness.step();
    let copied = harness.output().platform_output.commands.iter().find_map(|c| match c {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    harness.hover_at(pos2(200.0, 480.0));
    harness.run();
    harness.event(Event::Paste(copied.expect("it is on the clipboard")));
    harness.run();
    assert_eq!(harness.query_all_by_label_contains("Process Web").count(), 2);
}

#[test]
fn the_card_decides_about_the_worst_threat() {
    let mut harness = shop();
    assert!(harness.query_by_label_contains("Mitigate: ").is_none());
    harness.get_by_label_contains("Data store DB").click();
    harness.run();
    harness.get_by_label_contains("Mitigate: ").click();
    harness.run();
    let decided = |harness: &Harness<'_, Host>| -> Vec<Disposition> {
        harness.state().document.model().decisions.values().map(|d| d.disposition).collect()
    };
    assert_eq!(decided(&harness), [Disposition::Mitigate]);
    let before = harness.state().assessment.at(&id("DB")).filter(|f| f.counts()).count();
    harness.key_press(Key::X);
    harness.run();
    assert_eq!(decided(&harness), [Disposition::NotApplicable]);
    assert_eq!(harness.state().assessment.at(&id("DB")).filter(|f| f.counts()).count(), before - 1, "it no longer counts");
    let decision = harness.state().document.model().decisions.values().next().expect("one").clone();
    assert!(!decision.basis.is_empty() && decision.number == Some(1), "{decision:?}");
}

#[test]
#[ignore = "writes pictures to look at"]
fn pictures() {
    for theme in [Theme::Light, Theme::Dark] {
        let mut harness = shop();
        harness.state_mut().theme = theme;
        harness.get_by_label_contains("Data store DB").click();
        harness.run();
        let image = harness.render().expect("it draws");
        image.save(std::env::temp_dir().join(format!("canvas_{theme:?}.png"))).expect("it can be written");
    }
}

#[test]
fn nothing_repaints_when_nothing_moves() {
    let mut harness = shop();
    harness.get_by_label_contains("Process Web").click();
    harness.run();
    harness.hover_at(center(&harness, "Data store DB"));
    harness.run();
    assert_eq!(harness.run(), 1, "one frame and still");
}

#[test]
fn what_was_fitted_follows_the_window_until_it_is_moved() {
    let mut harness = shop();
    let scale = |harness: &Harness<'_, Host>| harness.state().canvas.scale(&MAIN.into());
    assert_eq!(scale(&harness), 1.0);
    harness.set_size(vec2(500.0, 400.0));
    harness.run();
    let small = scale(&harness);
    assert!(small < 0.6, "{small}");
    harness.set_size(vec2(1000.0, 600.0));
    harness.run();
    assert_eq!(scale(&harness), 1.0);
    harness.get_by_label("Zoom in").click();
    harness.run();
    harness.set_size(vec2(500.0, 400.0));
    harness.run();
    assert_eq!(scale(&harness), 1.25, "moved by hand it stays");
    harness.get_by_label("Zoom to fit").click();
    harness.run();
    assert_eq!(scale(&harness), small);
}
