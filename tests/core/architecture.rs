//! The house keeps its shape: what `ARCHITECTURE.md` says about rooms, directions and absences holds in the source.

use crate::support::source::{Source, sources};

/// Each room with the rooms it may name. A new room is added here deliberately.
const ROOMS: &[(&str, &[&str])] = &[
    ("geometry", &[]),
    ("progress", &[]),
    ("disk", &[]),
    ("threads", &["progress"]),
    ("text", &[]),
    ("model", &["geometry"]),
    ("theme", &["model"]),
    ("generate", &["geometry", "model"]),
    ("edit", &["geometry", "model"]),
    ("library", &["model"]),
    ("risk", &["library", "model", "progress"]),
    ("audit", &["edit", "library", "model"]),
    ("detect", &["edit", "library", "model"]),
    ("vulnerabilities", &["edit", "library", "model", "risk"]),
    ("hygiene", &["edit", "geometry", "library", "model", "risk"]),
    ("guide", &["hygiene", "library", "model", "risk"]),
    ("what_if", &["library", "model", "progress", "risk"]),
    ("methods", &["library", "model", "progress", "risk"]),
    ("compare", &["edit", "library", "model", "progress", "risk"]),
    ("session", &["compare", "edit", "geometry", "library", "model", "progress", "risk", "text"]),
    ("attack", &["library", "model", "progress", "risk", "what_if"]),
    ("register", &["edit", "library", "methods", "model", "risk"]),
    ("scene", &["geometry", "library", "model", "progress", "risk", "text", "theme"]),
    ("tidy", &["edit", "geometry", "model", "progress", "text"]),
    (
        "chart",
        &["attack", "geometry", "library", "methods", "model", "progress", "register", "risk", "scene", "text", "theme", "tidy"],
    ),
    ("tool", &["detect", "edit", "geometry", "model", "scene"]),
    ("storage", &["model"]),
    ("lock", &["disk", "model"]),
    ("journal", &["disk", "edit", "model", "storage"]),
    ("interchange", &["geometry", "model", "progress", "tidy"]),
    ("intake", &["edit", "geometry", "interchange", "model"]),
    ("open", &["interchange", "library", "model", "storage"]),
    (
        "report",
        &[
            "attack", "audit", "chart", "compare", "geometry", "library", "methods", "model", "progress", "risk", "scene",
            "session", "text", "theme", "what_if",
        ],
    ),
    ("picture", &["model", "progress", "report", "risk", "scene", "storage", "theme"]),
    ("preferences", &["model", "picture"]),
    (
        "cli",
        &[
            "attack",
            "audit",
            "chart",
            "compare",
            "detect",
            "disk",
            "edit",
            "generate",
            "interchange",
            "library",
            "methods",
            "model",
            "open",
            "picture",
            "progress",
            "report",
            "risk",
            "scene",
            "session",
            "storage",
            "theme",
            "tidy",
            "threads",
            "vulnerabilities",
            "hygiene",
            "what_if",
        ],
    ),
    (
        "ui",
        &[
            "attack",
            "audit",
            "chart",
            "compare",
            "detect",
            "edit",
            "geometry",
            "guide",
            "hygiene",
            "intake",
            "interchange",
            "library",
            "methods",
            "model",
            "open",
            "preferences",
            "register",
            "report",
            "risk",
            "scene",
            "session",
            "text",
            "theme",
            "tool",
            "vulnerabilities",
            "what_if",
        ],
    ),
    (
        "app",
        &[
            "attack",
            "audit",
            "chart",
            "compare",
            "detect",
            "disk",
            "edit",
            "geometry",
            "intake",
            "interchange",
            "journal",
            "library",
            "lock",
            "methods",
            "model",
            "open",
            "picture",
            "preferences",
            "progress",
            "register",
            "report",
            "risk",
            "scene",
            "session",
            "storage",
            "text",
            "theme",
            "threads",
            "tidy",
            "tool",
            "ui",
            "vulnerabilities",
            "what_if",
        ],
    ),
    ("main", &["app", "cli"]),
    ("lib", &[]),
];

/// Crates that stay in their rooms (path prefixes below `src`).
const CRATES: &[(&str, &[&str])] = &[
    ("egui", &["ui", "app"]),
    ("egui_extras", &["ui", "app"]),
    ("egui_graphs", &["ui"]),
    ("eframe", &["app"]),
    ("rfd", &["app"]),
    ("directories", &["app"]),
    ("gethostname", &["app"]),
    ("log", &["app"]),
    ("clap", &["cli"]),
    ("csv", &["vulnerabilities", "report/writers/rows", "interchange/threat_table"]),
    ("printpdf", &["report/pdf"]),
    ("lopdf", &["report/pdf"]),
    ("allsorts", &["report/pdf"]),
    ("rust_xlsxwriter", &["report/writers/xlsx"]),
    ("harfrust", &["text"]),
    ("unicode_linebreak", &["text"]),
    ("unicode_bidi", &["text"]),
    ("hypher", &["text"]),
    ("skrifa", &["text"]),
    ("resvg", &["scene/png", "report/logo"]),
    ("granit_parser", &["interchange/yaml"]),
    ("png", &["picture/pixels", "scene", "report/logo"]),
    ("base64", &["interchange/drawio", "compare/baseline", "report/writers/html"]),
    ("flate2", &["interchange/drawio", "compare/baseline"]),
    ("roxmltree", &["interchange"]),
    ("tempfile", &["disk"]),
    ("cvss", &["methods/severity"]),
    ("zip", &["report/writers/searched"]),
];

/// Rooms that may touch files, threads, the clock and the environment.
const SHELLS: &[&str] = &["disk", "lock", "journal", "threads", "app", "cli", "main"];

/// Rooms that build or read whole models, and so may take one to change.
const BUILDERS: &[&str] = &["intake", "model", "edit", "storage", "interchange"];

/// Files that may be longer than 400 lines, each with its reason.
const LONG: &[(&str, &str)] = &[("ui/command/table.rs", "the one list of all commands, a row each")];

fn room_faults(source: &Source) -> Vec<String> {
    let Some((_, allowed)) = ROOMS.iter().find(|(room, _)| *room == source.room()) else {
        return vec![format!("the room {} is not in the table", source.room())];
    };
    let root = if source.room() == "main" { "palisade" } else { "crate" };
    let mut faults: Vec<String> = source
        .named_after(root)
        .into_iter()
        // What `lib.rs` itself declares is lower case; macros of the room are not.
        .filter(|name| name != source.room() && ROOMS.iter().any(|(room, _)| room == name))
        .filter(|name| !allowed.contains(&name.as_str()))
        .map(|name| format!("names crate::{name}"))
        .collect();
    if source.escapes_by_super() {
        faults.push("leaves its room by super::".into());
    }
    faults
}

fn crate_faults(source: &Source) -> Vec<String> {
    let strayed = CRATES
        .iter()
        .filter(|(name, homes)| !source.named_after(name).is_empty() && !homes.iter().any(|home| source.path.starts_with(home)));
    strayed.map(|(name, homes)| format!("names {name}, which stays in {homes:?}")).collect()
}

fn effect_faults(source: &Source) -> Vec<String> {
    let modules = source.named_after("std").into_iter().filter(|m| matches!(&m[..], "fs" | "thread" | "env" | "net" | "process"));
    let clocks = ["SystemTime", "Instant"].into_iter().filter(|w| source.has_word(w)).map(String::from);
    let effects = modules.chain(clocks);
    effects.filter(|e| e == "net" || !SHELLS.contains(&source.room())).map(|e| format!("touches the world through {e}")).collect()
}

fn colour_faults(source: &Source) -> Vec<String> {
    let mut faults = Vec::new();
    for (at, _) in source.code.match_indices('#') {
        let digits = source.code[at + 1..].chars().take_while(char::is_ascii_hexdigit).count();
        if (digits == 6 || digits == 8) && source.code[at + 1..].chars().nth(digits).is_none_or(|c| !c.is_alphanumeric()) {
            faults.push(format!("hex colour {}", &source.code[at..=at + digits]));
        }
    }
    for (at, _) in source.names.match_indices("Color32::") {
        let rest = &source.names[at + "Color32::".len()..];
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let is_number = rest[name.len()..].trim_start_matches(['(', ' ', '\n']).starts_with(|c: char| c.is_ascii_digit());
        let is_constant = name.chars().all(|c| c.is_ascii_uppercase() || c == '_');
        // White is the neutral tint of pictures.
        if (name.starts_with("from_") && is_number)
            || (is_constant && !matches!(&name[..], "TRANSPARENT" | "WHITE" | "PLACEHOLDER"))
        {
            faults.push(format!("colour Color32::{name}"));
        }
    }
    if source.room() == "theme" { Vec::new() } else { faults }
}

fn panic_faults(source: &Source) -> Vec<String> {
    const CALLS: &[&str] =
        &[".unwrap()", ".unwrap_err()", ".expect(", ".expect_err(", "panic!", "unreachable!", "todo!", "unimplemented!", "dbg!"];
    let mut faults: Vec<String> = CALLS.iter().filter(|c| source.names.contains(**c)).map(|c| format!("uses {c}")).collect();
    if source.has_word("unsafe") {
        faults.push("uses unsafe".into());
    }
    faults
}

fn ownership_faults(source: &Source) -> Vec<String> {
    let mut faults = Vec::new();
    if source.has_word("model_mut") {
        faults.push("offers model_mut".into());
    }
    if !BUILDERS.contains(&source.room()) && source.names.contains("&mut ThreatModel") {
        faults.push("takes a ThreatModel to change".into());
    }
    faults
}

fn size_faults(source: &Source) -> Vec<String> {
    let lines = source.text.lines().count();
    let is_listed = LONG.iter().any(|(path, _)| *path == source.path);
    let mut faults = Vec::new();
    if lines > 400 && !is_listed {
        faults.push(format!("has {lines} lines; split it, or list it with the reason"));
    }
    let name = source.path.rsplit('/').next().unwrap_or_default();
    if matches!(name, "mod.rs" | "utils.rs" | "util.rs" | "helpers.rs" | "misc.rs" | "common.rs") {
        faults.push("has a name that says nothing".into());
    }
    if !source.text.starts_with("//!") && source.path != "main.rs" {
        faults.push("does not begin with what it is for (//!)".into());
    }
    faults
}

#[track_caller]
fn everywhere(check: fn(&Source) -> Vec<String>) {
    let faults: Vec<String> =
        sources().iter().flat_map(|s| check(s).into_iter().map(|f| format!("src/{}: {f}", s.path))).collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn rooms_name_only_the_rooms_below_them() {
    everywhere(room_faults);
}
#[test]
fn crates_stay_in_their_rooms() {
    everywhere(crate_faults);
}
#[test]
fn only_the_shells_touch_the_world() {
    everywhere(effect_faults);
}
#[test]
fn colours_come_from_the_theme() {
    everywhere(colour_faults);
}
#[test]
fn nothing_panics() {
    everywhere(panic_faults);
}
#[test]
fn only_the_document_changes_a_model() {
    everywhere(ownership_faults);
}
#[test]
fn files_are_small_and_say_what_they_are_for() {
    everywhere(size_faults);
}

#[test]
fn the_tables_have_no_cycle_and_nothing_idle() {
    let rooms: Vec<&str> = ROOMS.iter().map(|(room, _)| *room).collect();
    for (at, (room, allowed)) in ROOMS.iter().enumerate() {
        for below in *allowed {
            let place = rooms.iter().position(|r| r == below);
            assert!(place.is_some_and(|p| p < at), "{room} may name {below}, which must stand above it in the table");
        }
    }
    let there: Vec<Source> = sources();
    for room in rooms {
        assert!(there.iter().any(|s| s.room() == room), "the room {room} is gone: take it out of the table");
    }
    for (path, _) in LONG {
        assert!(there.iter().any(|s| s.path == *path && s.text.lines().count() > 400), "{path} need not be listed as long");
    }
}

/// Every check finds what it is there to find.
#[test]
fn the_checks_can_fail() {
    let found = |check: fn(&Source) -> Vec<String>, path: &str, text: &str| !check(&Source::new(path, text)).is_empty();

    assert!(found(room_faults, "model/a.rs", "use crate::edit::Edit;"));
    assert!(found(room_faults, "model.rs", "use crate::{geometry::Point, ui::{a, b}};"));
    assert!(found(room_faults, "model/a.rs", "fn f() { crate::risk::assess() }"));
    assert!(found(room_faults, "model/a.rs", "use super::super::risk;"));
    assert!(found(room_faults, "attic.rs", ""));
    assert!(found(room_faults, "main.rs", "use palisade::edit;"));
    assert!(!found(room_faults, "model/a.rs", "use crate::geometry::Point; // not crate::edit"));
    assert!(!found(room_faults, "model/a.rs", "#[cfg(test)]\nmod tests { use crate::edit::Edit; }"));
    assert!(!found(
        room_faults,
        "model/a.rs",
        r##"const A: &str = "crate::edit"; /* crate::edit */ const B: &str = r#"crate::edit"#;"##
    ));
    assert!(found(room_faults, "model/a.rs", "const QUOTE: char = '\"'; use crate::edit::Edit; const B: char = '\"';"));
    assert!(found(room_faults, "model/a.rs", "fn f<'a>(x: &'a str) { crate::edit::plan() }"));

    assert!(found(crate_faults, "tool/a.rs", "fn f(p: egui::Pos2) {}"));
    assert!(found(crate_faults, "report/word.rs", "use printpdf::Op;"));
    assert!(!found(crate_faults, "report/pdf/font.rs", "use printpdf::Op;"));
    assert!(!found(crate_faults, "tool/a.rs", "fn f(p: my_egui::Pos2) {}"));

    assert!(found(effect_faults, "storage.rs", "use std::fs::File;"));
    assert!(found(effect_faults, "risk.rs", "use std::{collections::BTreeMap, thread};"));
    assert!(found(effect_faults, "ui/a.rs", "let now = std::time::Instant::now();"));
    assert!(found(effect_faults, "app/a.rs", "std::net::TcpStream::connect(a)"));
    assert!(!found(effect_faults, "app/a.rs", "std::thread::spawn(f)"));
    assert!(!found(effect_faults, "model/a.rs", "struct InstanceTime; // Instant"));

    assert!(found(colour_faults, "ui/a.rs", "let c = Color32::from_rgb(1, 2, 3);"));
    assert!(found(colour_faults, "ui/a.rs", "let c = egui::Color32::RED;"));
    assert!(found(colour_faults, "report/a.rs", "let c = \"#0B5FCC\";"));
    assert!(!found(
        colour_faults,
        "report/a.rs",
        "// was #0B5FCC\nlet id = \"#0B5FCCx\"; let c = Color32::from_rgb(c.r, c.g, c.b);"
    ));
    assert!(!found(colour_faults, "theme/dark.rs", "let c = \"#0B5FCC\";"));

    for call in ["x.unwrap()", "x.expect(\"y\")", "panic!()", "todo!()", "unreachable!()", "unsafe { f() }"] {
        assert!(found(panic_faults, "model.rs", call), "{call}");
    }
    assert!(!found(
        panic_faults,
        "model.rs",
        "x.unwrap_or_default(); // panic!\n#[cfg(test)]\nmod tests { fn f() { x.unwrap() } }"
    ));
    assert!(found(panic_faults, "model.rs", "#[cfg(test)]\nuse a::b;\nfn f() { x.unwrap() }"));

    assert!(found(ownership_faults, "app.rs", "fn f(m: &mut ThreatModel) {}"));
    assert!(found(ownership_faults, "edit/document.rs", "pub fn model_mut(&mut self) {}"));

    assert!(found(size_faults, "model/mod.rs", "//! x"));
    assert!(found(size_faults, "model/a.rs", &"//! x\n".repeat(401)));
    assert!(found(size_faults, "model/a.rs", "use a;"));
}

/// What stands between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// Paths a document names that are not there, seen from the repository or from `src`.
fn missing_paths(text: &str) -> Vec<&str> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let is_path = |word: &&str| word.contains('/') && !word.contains(['*', ' ', '<']) && !word.starts_with('/');
    let is_there = |word: &&str| {
        let word = word.trim_start_matches("./");
        let as_module = root.join("src").join(format!("{word}.rs"));
        root.join(word).exists() || root.join("src").join(word).exists() || as_module.exists()
    };
    quoted(text).filter(is_path).filter(|word| !is_there(word)).collect()
}

#[test]
fn the_documents_name_what_is_there() {
    let read = |name: &str| std::fs::read_to_string(format!("{}/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let map = read("ARCHITECTURE.md");
    for (room, _) in ROOMS.iter().filter(|(room, _)| !matches!(*room, "main" | "lib")) {
        assert!(map.contains(&format!("| `{room}` |")), "the code map of ARCHITECTURE.md lacks the room {room}");
    }
    assert_eq!(missing_paths(&map), [""; 0]);
    assert_eq!(missing_paths(&read("README.md")), [""; 0]);
    assert_eq!(missing_paths("see `tests/gone.rs`, `src/lib.rs` and `a b/c`"), ["tests/gone.rs"]);
}
