//! Files of other tools in the window: looked at, put right, opened or merged.

use crate::support::app::{Window, app, click, open, settle, start};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use palisade::model::ElementKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A drawing with a box that may be anything, a drum, and an arrow that ends nowhere.
const DRAWING: &str = r#"<mxfile><diagram id="orders-page-1" name="Orders"><mxGraphModel><root><mxCell id="0"/><mxCell id="1" parent="0"/>
<mxCell id="2" value="Shop" style="rounded=1" vertex="1" parent="1"><mxGeometry x="40" y="40" width="120" height="60" as="geometry"/></mxCell>
<mxCell id="3" value="Orders" style="shape=cylinder3" vertex="1" parent="1"><mxGeometry x="400" y="40" width="60" height="80" as="geometry"/></mxCell>
<mxCell id="4" value="reads" edge="1" source="2" target="3" parent="1"><mxGeometry as="geometry"/></mxCell>
<mxCell id="5" value="lost" edge="1" source="2" target="gone" parent="1"><mxGeometry as="geometry"/></mxCell>
</root></mxGraphModel></diagram></mxfile>"#;

struct Folder(tempfile::TempDir);

impl Folder {
    fn file(&self, name: &str, content: &str) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }
}

fn folder() -> Folder {
    Folder(tempfile::tempdir().unwrap())
}

/// What the system hands over when files are let go of over the window.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }
    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|e| e.to_string())
    }
}

fn drop_files(window: &mut Window, paths: &[PathBuf]) {
    window.input_mut().dropped_files = paths.iter().map(|path| Arc::new(Dropped(path.clone())) as _).collect();
    window.run();
    settle(window);
}

fn sees(window: &Window, label: &str) -> bool {
    window.query_by_label_contains(label).is_some()
}

fn key(window: &mut Window, key: Key) {
    window.key_press(key);
    settle(window);
}

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_models/first-sketch.ron")
}

fn kind(window: &Window, name: &str) -> Option<ElementKind> {
    app(window).model().elements.values().find(|e| e.name == name).map(|e| e.kind)
}

#[test]
fn a_drawing_is_seen_and_opens_with_enter() {
    let folder = folder();
    let mut window = start(1280.0, 720.0, None);
    open(&mut window, &folder.file("orders.drawio", DRAWING));
    for words in [
        "Import orders.drawio",
        "Read as a draw.io drawing",
        "2 elements  ·  2 data flows",
        "Diagram Orders",
        "2 kinds are guessed, 1 of them not for certain",
    ] {
        assert!(sees(&window, words), "{words}");
    }
    assert!(window.query_by_label("Merge into this model").is_none(), "there is no model to merge into");
    assert!(app(&window).model().elements.is_empty(), "it is only looked at");
    key(&mut window, Key::Enter);
    assert_eq!(kind(&window, "Orders"), Some(ElementKind::DataStore));
    assert!(sees(&window, "saving asks for a file"));
    assert!(!sees(&window, "not exactly as in the file"), "what was seen is not told again");
}

#[test]
fn a_guess_is_put_right_by_mouse_and_by_letter_before_anything_opens() {
    let folder = folder();
    let mut window = start(1280.0, 720.0, None);
    open(&mut window, &folder.file("orders.drawio", DRAWING));
    click(&mut window, "Shop is taken for");
    // The first is the legend of letters.
    window.query_all_by_label("External entity").last().unwrap().click();
    settle(&mut window);
    assert!(sees(&window, "Import orders.drawio"));
    window.get_by_label("Orders is taken for").focus();
    key(&mut window, Key::B);
    assert!(sees(&window, "1 element  ·  2 data flows  ·  1 trust boundary"), "counts follow");
    key(&mut window, Key::P);
    key(&mut window, Key::Tab);
    click(&mut window, "Open as new");
    assert_eq!((kind(&window, "Shop"), kind(&window, "Orders")), (Some(ElementKind::ExternalEntity), Some(ElementKind::Process)));
    assert_eq!(app(&window).model().flows["4"].to, Some("3".into()), "going through another kind lost nothing");
}

#[test]
fn every_loss_can_be_read() {
    let folder = folder();
    let mut window = start(1280.0, 720.0, None);
    open(&mut window, &folder.file("orders.drawio", DRAWING));
    assert!(!sees(&window, "which is not on the page"));
    click(&mut window, "Show all");
    assert!(sees(&window, "flow “lost”: its end is at “gone”, which is not on the page"));
    click(&mut window, "Back to the preview");
    assert!(window.query_by_label("Shop is taken for").is_some());
    key(&mut window, Key::Escape);
    assert!(app(&window).model().elements.is_empty(), "Escape leaves it alone");
}

#[test]
fn a_file_is_merged_in_one_step_and_again_changes_nothing() {
    let folder = folder();
    let drawing = folder.file("orders.drawio", DRAWING);
    let mut window = start(1280.0, 720.0, None);
    open(&mut window, &sample());
    let before = app(&window).model().clone();
    let import = |window: &mut Window| {
        window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::I);
        settle(window);
        window.get_by_label("Path of the file").focus();
        window.run();
        window.key_press_modifiers(Modifiers::COMMAND, Key::A);
        window.get_by_label("Path of the file").type_text(drawing.to_str().unwrap());
        window.run();
        click(window, "Import");
    };
    import(&mut window);
    key(&mut window, Key::Enter);
    let merged = app(&window).model().clone();
    assert_eq!((merged.elements.len(), merged.diagrams.len()), (before.elements.len() + 2, before.diagrams.len() + 1));
    assert!(sees(&window, "orders.drawio: 5 added. Undo takes it all back."));
    import(&mut window);
    assert!(sees(&window, "4 of 4 elements, flows and boundaries are in this model already"));
    key(&mut window, Key::Enter);
    assert!(sees(&window, "everything in it is in this model already"));
    assert!(*app(&window).model() == merged);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    assert!(*app(&window).model() == before, "one step");
    import(&mut window);
    key(&mut window, Key::Enter);
    import(&mut window);
    click(&mut window, "What is there already: Add all again");
    click(&mut window, "Merge into this model");
    assert_eq!(app(&window).model().elements.len(), before.elements.len() + 4);
}

#[test]
fn several_files_dropped_come_one_after_another() {
    let folder = folder();
    let chart = folder.file("chart.mmd", "flowchart LR\n  Browser --> Api\n");
    let drawing = folder.file("orders.drawio", DRAWING);
    let mut window = start(1280.0, 720.0, None);
    drop_files(&mut window, &[sample(), drawing, chart]);
    assert!(sees(&window, "Import orders.drawio") && sees(&window, "1 more file follows"), "the sample is open");
    let before = app(&window).model().elements.len();
    key(&mut window, Key::Enter);
    assert!(sees(&window, "Import chart.mmd"));
    assert_eq!(app(&window).model().elements.len(), before + 2, "merging is meant");
    click(&mut window, "Cancel");
    assert!(!sees(&window, "Import "));
    assert_eq!(app(&window).model().elements.len(), before + 2);
}

#[test]
fn opening_asks_once_about_what_is_not_saved_and_merging_never() {
    let folder = folder();
    let drawing = folder.file("orders.drawio", DRAWING);
    let mut window = start(1280.0, 720.0, None);
    open(&mut window, &sample());
    drop_files(&mut window, std::slice::from_ref(&drawing));
    click(&mut window, "Merge into this model");
    assert!(!sees(&window, "Save your changes?"));
    drop_files(&mut window, std::slice::from_ref(&drawing));
    click(&mut window, "Open as new");
    assert!(sees(&window, "Save your changes?"));
    click(&mut window, "Don’t save");
    assert!(!sees(&window, "Save your changes?"));
    assert_eq!(app(&window).model().elements.len(), 2);
    drop_files(&mut window, &[sample()]);
    assert!(!sees(&window, "Import "), "a file of ours opens at once");
    assert!(app(&window).model().elements.len() > 2);
}

#[test]
fn the_table_is_walked_with_the_keyboard() {
    let folder = folder();
    let mut window = start(1280.0, 720.0, None);
    open(&mut window, &folder.file("orders.drawio", DRAWING));
    let focused = |window: &Window| {
        let labels = ["Shop is taken for", "Orders is taken for", "Open as new", "Cancel"];
        labels.into_iter().find(|label| window.query_by_label(label).is_some_and(|node| node.accesskit_node().is_focused()))
    };
    assert_eq!(focused(&window), Some("Open as new"), "the keyboard starts at the usual answer");
    let mut seen = Vec::new();
    for _ in 0..8 {
        key(&mut window, Key::Tab);
        seen.extend(focused(&window));
    }
    for label in ["Shop is taken for", "Orders is taken for", "Cancel", "Open as new"] {
        assert!(seen.contains(&label), "{label} in {seen:?}");
    }
}
