//! The native file: short, ordered, exact; strict about syntax, lenient about content.

use crate::support::models::{any_model, sound_model};
use palisade::disk::{self, DiskError};
use palisade::geometry::{pt, rect};
use palisade::model::*;
use palisade::open::open;
use palisade::storage::{self, LoadError};
use proptest::prelude::*;

fn id(text: &str) -> Id {
    Id::from(text)
}

/// A shop front behind a boundary, drawn.
fn small() -> ThreatModel {
    let mut m = ThreatModel::default();
    m.info.name = "Shop".into();
    m.boundaries.insert(id("dmz"), Boundary { name: "Edge".into(), trust: Some(2), ..Boundary::default() });
    m.elements.insert(id("user"), Element { name: "Buyer".into(), kind: ElementKind::ExternalEntity, ..Element::default() });
    let web =
        Element { name: "Web\nfront".into(), boundary: Some(id("dmz")), tags: ["spa".to_owned()].into(), ..Element::default() };
    m.elements.insert(id("web"), web);
    let order =
        Flow { name: "order".into(), from: Some(id("user")), to: Some(id("web")), protocol: Protocol::Https, ..Flow::default() };
    m.flows.insert(id("order"), order);
    m.decisions.insert(ThreatKey::new("T-1", "web"), Decision { disposition: Disposition::Accept, ..Decision::default() });
    m.diagrams.insert(id("d"), Diagram { name: "Overview".into(), ..Diagram::default() });
    m.placements.insert(PlacementKey::new("d", "user"), Placement::Box(rect(0.0, 10.5, 150.0, 80.0)));
    let route = Route { bends: vec![pt(1.0, 2.0), pt(3.0, 4.25)], end: Attach::At(pt(0.0, 0.5)), ..Route::default() };
    m.placements.insert(PlacementKey::new("d", "order"), Placement::Route(route));
    m
}

const SMALL: &str = r#"(
    format: (1, 0),
    info: (
        name: "Shop",
    ),
    boundaries: {
        "dmz": (
            name: "Edge",
            trust: Some(2),
        ),
    },
    elements: {
        "user": (
            name: "Buyer",
            kind: ExternalEntity,
        ),
        "web": (
            name: "Web\nfront",
            tags: ["spa"],
            boundary: Some("dmz"),
        ),
    },
    flows: {
        "order": (
            name: "order",
            from: Some("user"),
            to: Some("web"),
            protocol: Https,
        ),
    },
    decisions: {
        "T-1@web": (
            disposition: Accept,
        ),
    },
    diagrams: {
        "d": (
            name: "Overview",
        ),
    },
    placements: {
        "d/order": Route((
            end: At((x: 0.0, y: 0.5)),
            bends: [(x: 1.0, y: 2.0), (x: 3.0, y: 4.25)],
        )),
        "d/user": Box((
            x: 0.0,
            y: 10.5,
            w: 150.0,
            h: 80.0,
        )),
    },
)
"#;

#[test]
fn a_file_says_what_people_said_and_nothing_else() {
    assert_eq!(storage::save(&small()).unwrap(), SMALL);
    let loaded = storage::load(SMALL).unwrap();
    assert_eq!(loaded.model, small());
    assert_eq!(loaded.told(), Vec::<String>::new());
    assert_eq!(storage::save(&ThreatModel::default()).unwrap(), "(\n    format: (1, 0),\n    info: (),\n)\n");
}

#[test]
fn a_change_of_one_thing_is_a_change_of_one_line() {
    let mut changed = small();
    changed.boundaries.get_mut("dmz").unwrap().trust = Some(3);
    let after = storage::save(&changed).unwrap();
    let differing = SMALL.lines().zip(after.lines()).filter(|(a, b)| a != b).count();
    assert_eq!((differing, after.lines().count()), (1, SMALL.lines().count()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_saved_comes_back(model in sound_model()) {
        let text = storage::save(&model).unwrap();
        let loaded = storage::load(&text).unwrap();
        prop_assert_eq!(loaded.told(), Vec::<String>::new());
        prop_assert_eq!(&loaded.model, &model);
        prop_assert_eq!(storage::save(&loaded.model).unwrap(), text);
        let twin = storage::load_json(&storage::save_json(&model).unwrap()).unwrap();
        prop_assert_eq!(twin.model, model);
    }

    #[test]
    fn a_damaged_model_is_sound_after_loading_and_stays_so(model in any_model()) {
        let faulty = !check(&model).is_empty();
        let loaded = storage::load(&storage::save(&model).unwrap()).unwrap();
        prop_assert_eq!(check(&loaded.model), vec![]);
        prop_assert_eq!(!loaded.repairs.is_empty(), faulty);
        let again = storage::load(&storage::save(&loaded.model).unwrap()).unwrap();
        prop_assert_eq!(again.repairs, vec![]);
        prop_assert_eq!(again.model, loaded.model);
    }
}

/// Loads a file with these tables.
fn load(tables: &str) -> Result<storage::Loaded, LoadError> {
    storage::load(&format!("(\n    format: (1, 0),\n{tables}\n)"))
}

#[test]
fn faults_are_repaired_and_told_by_name() {
    for (tables, told) in [
        (
            r#"elements: {"web": (name: "Web", boundary: Some("gone"))}"#,
            "element “Web” refers to the trust boundary “gone”, which is not in the model; the reference was removed",
        ),
        (
            r#"boundaries: {"a": (name: "Outer", parent: Some("b")), "b": (name: "Inner", parent: Some("a"))}"#,
            "trust boundary “Outer” contains itself through its parents; it was taken out of its parent",
        ),
        (
            r#"diagrams: {"d": ()}, placements: {"d/ghost": Box((x: 0.0, y: 0.0, w: 1.0, h: 1.0))}"#,
            "place on a diagram “d/ghost” belongs to something that is not in the model; it was removed",
        ),
        (
            r#"boundaries: {"a": (name: "Vault", trust: Some(9))}"#,
            "trust boundary “Vault” has a trust level out of range; the nearest allowed value was set",
        ),
        (
            r#"notes: {"n": (text: "Far")}, diagrams: {"d": ()}, placements: {"d/n": Box((x: NaN, y: 1e30, w: 10, h: 10))}"#,
            "place on a diagram “Far” has a coordinate out of range; the nearest allowed value was set",
        ),
        (
            r#"elements: {"x": (name: "Web")}, flows: {"x": (name: "order", to: Some("x"))}"#,
            "data flow “Web” shares its id with a record of another kind; it is now “x-2”",
        ),
    ] {
        let loaded = load(tables).unwrap();
        assert_eq!(loaded.told(), [told], "{tables}");
        assert_eq!(check(&loaded.model), vec![], "{tables}");
    }
}

#[test]
fn records_that_shared_an_id_keep_what_refers_to_them() {
    let loaded = load(
        r#"
        boundaries: {"x": (name: "Zone")},
        elements: {"x": (name: "Web", boundary: Some("x"))},
        flows: {"x": (name: "order", to: Some("x"))},
        diagrams: {"d": ()},
        placements: {"d/x": Route(())},"#,
    )
    .unwrap();
    let m = loaded.model;
    assert_eq!(m.boundaries["x"].name, "Zone");
    assert_eq!((m.elements["x-2"].name.as_str(), &m.elements["x-2"].boundary), ("Web", &Some(id("x"))));
    assert_eq!(m.flows["x-3"].to, Some(id("x-2")));
    assert!(m.placements.contains_key(&PlacementKey::new("d", "x-3")));
}

#[test]
fn a_load_error_names_the_place_and_what_was_expected() {
    for (tables, line, words) in [
        (r#"elements: {"web": (name: "Web" tags: [])}"#, 3, "expected a comma"),
        (r#"elements: {"web": (name: Web)}"#, 3, "expected text in double quotes"),
        (r#"elements: {"web": (kind: Proces)}"#, 3, "Process, DataStore, Store, found “Proces”"),
        (r#"flows: {"f": (protocol: Htps)}"#, 3, "expected one of Http, Https"),
        (r#"elements: {"web" (name: "Web")}"#, 3, "expected a colon after the name"),
        (r#"elements: ["web"]"#, 3, "expected a table beginning with “{”"),
        (r#"boundaries: {"b": (trust: Some(-1))}"#, 3, "the number is too large or too small here"),
        (r#"boundaries: {"b": (trust: Some(300))}"#, 3, "the number is too large or too small here"),
        (r#"decisions: {"no-anchor": ()}"#, 3, "threat key “no-anchor” should read rule@anchor"),
        (r#"assets: {"a": (owner: Some("p"), owner: None)}"#, 3, "the field “owner” is given twice"),
        (r#"people: {"p": (name: "A"), "p": (name: "B")}"#, 3, "the id “p” comes twice in this table; give one another id"),
        ("decisions: {\n\"a@b\": (\non: Some(\"2026-02-30\"))}", 5, "“2026-02-30” is not a date; write it as YYYY-MM-DD"),
    ] {
        match load(tables) {
            Err(LoadError::Syntax { line: at, column, problem }) => {
                assert!(problem.contains(words), "{tables}: {problem}");
                assert_eq!(at, line, "{tables}: {problem}");
                assert!(column > 0);
            }
            other => panic!("{tables}: {other:?}"),
        }
    }
    let cut = storage::load(&SMALL[..SMALL.len() / 2]).unwrap_err().to_string();
    assert!(cut.contains("the file ends too early") || cut.contains("closing double quote"), "{cut}");
}

#[test]
fn a_newer_file_is_refused_in_one_sentence_and_says_what_to_do() {
    for newer in ["(2, 0)", "(1, 1)"] {
        let e = storage::load(&SMALL.replace("(1, 0)", newer)).unwrap_err();
        assert!(matches!(e, LoadError::Newer { .. }));
        assert!(e.to_string().contains("newer version of Palisade"), "{e}");
    }
    assert_eq!(storage::load("(info: ())").unwrap_err(), LoadError::NoFormat);
    assert_eq!(storage::load_json(r#"{"info": {}}"#).unwrap_err(), LoadError::NoFormat);
    assert!(storage::load(&SMALL.replace("(1, 0)", "(0, 9)")).is_ok(), "an older file opens");
}

#[test]
fn unknown_fields_are_ignored_and_told_and_some_may_be_left_out() {
    let loaded = load(r#"elements: {"web": (name: "Web", colour: (red: 1, deep: [1, "x"]))}, moods: {}"#).unwrap();
    assert_eq!(
        loaded.told(),
        ["the field elements.web.colour is not known and was ignored", "the field moods is not known and was ignored"]
    );
    let loaded = load(r#"boundaries: {"b": (trust: 3, region: "EU")}"#).unwrap();
    assert_eq!((loaded.model.boundaries["b"].trust, loaded.model.boundaries["b"].region.as_deref()), (Some(3), Some("EU")));
}

#[test]
fn windows_line_ends_and_byte_order_marks_and_comments_do_not_matter() {
    for text in [
        SMALL.replace('\n', "\r\n"),
        format!("\u{feff}{SMALL}"),
        format!("\n\n  // by hand\n/* and more */ {SMALL}"),
        format!("#![enable(implicit_some)]\n{SMALL}"),
    ] {
        let opened = open(text.as_bytes(), "x").unwrap();
        assert_eq!(opened.model, small());
        assert!(!opened.is_foreign());
    }
    let twin = storage::save_json(&small()).unwrap();
    assert!(twin.starts_with("{\n  \"format\": [\n    1,\n    0\n  ],\n  \"info\""), "{twin}");
    assert_eq!(open(twin.as_bytes(), "x").unwrap().model, small());
}

// ---- the disk ----

#[test]
fn saving_keeps_one_backup_and_never_half_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.ron");
    let backup = folder.path().join("shop.ron.bak");
    assert_eq!(disk::backup_path(&path), backup);
    disk::save(&path, b"one").unwrap();
    assert!(!backup.exists());
    disk::save(&path, b"two").unwrap();
    disk::save(&path, b"three").unwrap();
    assert_eq!((disk::read(&path).unwrap(), disk::read(&backup).unwrap()), (b"three".to_vec(), b"two".to_vec()));
    disk::save(&path, b"three").unwrap();
    assert_eq!(disk::read(&backup).unwrap(), b"two", "saving what is there already does not cost the backup");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "nothing else is left behind");
}

#[test]
fn a_failed_save_names_the_file_and_leaves_it_alone() {
    let folder = tempfile::tempdir().unwrap();
    let e = disk::save(&folder.path().join("nowhere/shop.ron"), b"x").unwrap_err();
    assert!(matches!(&e, DiskError::NoFolder(p) if p.ends_with("nowhere/shop.ron")), "{e}");
    let e = disk::save(folder.path(), b"x").unwrap_err();
    assert!(matches!(e, DiskError::Folder(_)));
    assert!(disk::read(&folder.path().join("none.ron")).unwrap_err().to_string().contains("none.ron: there is no such file"));
}

#[cfg(unix)]
#[test]
fn saving_keeps_permissions_and_follows_links() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let (path, link) = (folder.path().join("shop.ron"), folder.path().join("link.ron"));
    disk::save(&path, b"one").unwrap();
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o640)).unwrap();
    symlink(&path, &link).unwrap();
    disk::save(&link, b"two").unwrap();
    assert!(link.is_symlink());
    assert_eq!(disk::read(&path).unwrap(), b"two");
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
}
