//! The audit log in the window: it grows with every save, tells who changed what, and leads there; sign-offs say what changed
//! since. It is five past two on 2 October 2026 there.

use crate::support::app::{Window, app, click, key, open, oracle, press, settle, start};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{By, NodeT, Queryable};
use palisade::audit::verify;
use palisade::edit::{Document, Edit};
use palisade::library::Library;
use palisade::model::*;
use palisade::open::open as read;
use palisade::risk::assess;
use palisade::storage::{Encoding, load};
use std::path::PathBuf;

struct Saved {
    window: Window,
    path: PathBuf,
    worst: ThreatKey,
    _folder: tempfile::TempDir,
}

/// The web shop in a file of ours, its history shown, in the name of Ann Lee.
fn shop(prepare: impl FnOnce(&mut Document)) -> Saved {
    let model = read(&std::fs::read(oracle("web-shop")).unwrap(), "web-shop.model.json").unwrap().model;
    let worst = assess(&model, Library::builtin()).ranked().first().unwrap().key.clone();
    let mut document = Document::new(model);
    prepare(&mut document);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.ron");
    std::fs::write(&path, Encoding::Ron.write(document.model()).unwrap()).unwrap();
    std::fs::create_dir_all(folder.path().join("config")).unwrap();
    std::fs::write(folder.path().join("config/preferences.ron"), "(author: \"Ann Lee\")").unwrap();
    let mut window = start(1600.0, 1400.0, Some(folder.path()));
    open(&mut window, &path);
    key(&mut window, Modifiers::COMMAND, Key::H);
    Saved { window, path, worst, _folder: folder }
}

fn save(window: &mut Window) {
    key(window, Modifiers::COMMAND, Key::S);
}

/// The names of everything whose name begins so.
fn all(window: &Window, beginning: &str) -> Vec<String> {
    let said = |node: &egui_kittest::Node<'_>| node.accesskit_node().label().or_else(|| node.accesskit_node().value());
    let nodes = window.query_all(By::new().predicate(|_| true));
    nodes.filter_map(|node| said(&node)).filter(|said| said.starts_with(beginning)).collect()
}

fn model(window: &Window) -> &ThreatModel {
    app(window).model()
}

/// Decides the threat from the inspector.
fn mitigate(saved: &mut Saved) {
    key(&mut saved.window, Modifiers::COMMAND, Key::Num1);
    let title = app(&saved.window).assessment().findings[&saved.worst].title.clone();
    saved.window.get_all_by_label(&title).next().unwrap().click();
    settle(&mut saved.window);
    press(&mut saved.window, "Mitigate");
    key(&mut saved.window, Modifiers::COMMAND, Key::H);
}

#[test]
fn saving_logs_the_decision_with_its_author_and_its_row_leads_to_the_threat() {
    let mut saved = shop(|_| {});
    mitigate(&mut saved);
    let row = all(&saved.window, "Decision: ").into_iter().next().expect("what is not saved yet is listed as well");
    assert!(row.ends_with("Open → Mitigate"), "{row}");
    assert!(model(&saved.window).log.is_empty());
    save(&mut saved.window);
    let log = &model(&saved.window).log;
    let entry = log.values().next().unwrap();
    assert_eq!((log.len(), entry.who.as_str()), (1, "Ann Lee"));
    assert_eq!(entry.at.unwrap().to_string(), "2026-10-02T14:05Z");
    let written = load(&std::fs::read_to_string(&saved.path).unwrap()).unwrap().model;
    assert!(written.log == *log && verify(&written, None).is_empty());
    // Nothing done, nothing logged.
    save(&mut saved.window);
    assert_eq!(model(&saved.window).log.len(), 1);
    key(&mut saved.window, Modifiers::NONE, Key::Escape);
    assert!(app(&saved.window).selection().threat.is_none());
    click(&mut saved.window, &row);
    assert_eq!(app(&saved.window).selection().threat.as_ref(), Some(&saved.worst));
    let logged = all(&saved.window, "2026-10-02, Ann Lee: Open → Mitigate");
    assert_eq!(logged.len(), 1, "beside its decision as well");
}

#[test]
fn a_decision_undone_before_saving_is_never_logged() {
    let mut saved = shop(|_| {});
    mitigate(&mut saved);
    while app(&saved.window).model().decisions.get(&saved.worst).is_some_and(|d| d.disposition != Disposition::Open) {
        key(&mut saved.window, Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(all(&saved.window, "Decision: ").len(), 0);
    save(&mut saved.window);
    assert!(!model(&saved.window).log.values().any(|e| e.changes.iter().any(|c| c.kind == LogKind::Decision)));
}

#[test]
fn a_sign_off_holds_until_something_changes_and_names_it() {
    let mut saved = shop(|_| {});
    press(&mut saved.window, "Sign off…");
    press(&mut saved.window, "Sign off");
    let signed = model(&saved.window).log.values().find_map(|e| e.sign_off.clone()).unwrap();
    assert_eq!((signed.role, signed.of), (Role::Approver, SignedOff::Model));
    assert_eq!(all(&saved.window, "Signed off the whole model; nothing has changed since").len(), 1);
    save(&mut saved.window);
    mitigate(&mut saved);
    assert!(!all(&saved.window, "Signed off the whole model; ")[0].contains("nothing has"));
    assert!(!all(&saved.window, "Changed since sign-off: ").is_empty());
    // Undo takes back the change, and the sign-off holds again; the sign-off itself stays.
    for _ in 0..2 {
        key(&mut saved.window, Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(all(&saved.window, "Signed off the whole model; nothing has changed since").len(), 1);
}

#[test]
fn the_log_is_filtered_by_kind_and_sorted_by_its_headings() {
    let mut saved = shop(|_| {});
    mitigate(&mut saved);
    save(&mut saved.window);
    let rows = |window: &Window| all(window, "Decision: ").len() + all(window, "Model: ").len();
    assert!(rows(&saved.window) >= 2, "the decision, and the person who made it");
    click(&mut saved.window, "Kind of change");
    click(&mut saved.window, "Rating");
    assert_eq!(rows(&saved.window), 0);
    click(&mut saved.window, "Kind of change");
    click(&mut saved.window, "Every kind");
    assert!(rows(&saved.window) >= 2);
    saved.window.get_by_label("Filter history").focus();
    saved.window.get_by_label("Filter history").type_text("mitigate");
    settle(&mut saved.window);
    assert_eq!(rows(&saved.window), 1);
    press(&mut saved.window, "Sort by who");
    assert_eq!(all(&saved.window, "Sort by who, sorted up").len(), 1);
}

#[test]
fn decisions_without_their_threat_are_listed_and_forgotten_as_one_step() {
    let mut saved = shop(|document| {
        let decision =
            Decision { disposition: Disposition::Avoid, justification: "Gone with the old shop".into(), ..Decision::default() };
        for (rule, anchor) in [("T-INJ-01", "gone"), ("T-INJ-02", "gone"), ("T-LLM-01", "web")] {
            document.commit(&Edit::Decide { threat: ThreatKey::new(rule, anchor), decision: decision.clone() }).unwrap();
        }
    });
    let before = model(&saved.window).clone();
    let archived = before.decisions.keys().filter(|k| before.item_key(&k.anchor).is_none()).count();
    assert_eq!(archived, 2);
    let chip = all(&saved.window, &format!("{} without their threat", app(&saved.window).assessment().dormant.len()));
    press(&mut saved.window, &chip[0]);
    assert_eq!(all(&saved.window, "Forget the decision about ").len(), app(&saved.window).assessment().dormant.len());
    press(&mut saved.window, "Forget 2 archived");
    assert_eq!(model(&saved.window).decisions.len(), before.decisions.len() - 2);
    key(&mut saved.window, Modifiers::COMMAND, Key::Z);
    assert!(*model(&saved.window) == before, "one undo brings them back");
    let one = all(&saved.window, "Forget the decision about ").into_iter().next().unwrap();
    click(&mut saved.window, &one);
    assert_eq!(model(&saved.window).decisions.len(), before.decisions.len() - 1);
}
