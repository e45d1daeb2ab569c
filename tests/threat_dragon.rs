//! Threat Dragon 2 files open with everything they hold, and tell what they could not bring.

mod support;

use palisade::geometry::{Point, Rect, pt};
use palisade::interchange::{Format, Import, LossKind, import, recognise};
use palisade::model::*;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn read(path: &Path) -> (Import, Value) {
    let bytes = std::fs::read(path).unwrap();
    let (format, text) = recognise(&bytes).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    assert_eq!(format, Format::ThreatDragon2, "{}", path.display());
    let import = import(format, text, "untitled").unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    (import, serde_json::from_str(text).unwrap())
}

fn fixture(name: &str) -> Import {
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/td2").join(name)).0
}

/// Reads a model given as JSON text.
fn from_text(text: &str) -> Import {
    let (format, text) = recognise(text.as_bytes()).unwrap();
    import(format, text, "untitled").unwrap()
}

/// A file of one diagram with these cells.
fn with_cells(cells: &str) -> Import {
    from_text(&format!(
        r#"{{"version":"2.3.0","summary":{{"title":"T"}},"detail":{{"diagrams":[{{"id":0,"title":"D","cells":[{cells}]}}]}}}}"#
    ))
}

fn losses(import: &Import) -> String {
    import.losses.iter().map(|l| format!("{l}\n")).collect()
}

fn id(text: &str) -> Id {
    Id::from(text)
}

// ---- the corpus ----

struct Expected {
    path: PathBuf,
    counts: BTreeMap<&'static str, usize>,
}

/// The rows of the manifest for Threat Dragon 2, with what each file holds.
fn manifest() -> Vec<Expected> {
    let Some(folder) = support::corpus("td2") else { return Vec::new() };
    let root = folder.parent().unwrap();
    let manifest = std::fs::read_to_string(root.join("MANIFEST.tsv")).unwrap();
    let mut rows = manifest.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let head = rows.next().unwrap();
    let column = |name: &str| head.iter().position(|h| *h == name).unwrap();
    let counted = ["diagrams", "elements", "flows", "boundaries", "threats"];
    rows.filter(|row| row[0].starts_with("td2/"))
        .map(|row| {
            let mut counts: BTreeMap<_, _> = counted.iter().map(|name| (*name, row[column(name)].parse().unwrap())).collect();
            let texts = row[column("extra_counts")].split(' ').find_map(|c| c.strip_prefix("Text="));
            counts.insert("notes", texts.map_or(0, |t| t.parse().unwrap()));
            Expected { path: root.join(row[0]), counts }
        })
        .collect()
}

#[test]
fn every_corpus_file_opens_with_all_it_holds() {
    let rows = manifest();
    assert!(rows.is_empty() || rows.len() >= 18);
    for Expected { path, counts } in rows {
        let (import, _) = read(&path);
        let m = &import.model;
        let found = BTreeMap::from([
            ("diagrams", m.diagrams.len()),
            ("elements", m.elements.len()),
            ("flows", m.flows.len()),
            ("boundaries", m.boundaries.len()),
            ("threats", m.threats.len()),
            ("notes", m.notes.len()),
        ]);
        assert_eq!(found, counts, "{}", path.display());
        assert_eq!(check(m), vec![], "{}", path.display());
        assert_eq!(
            m.placements.len(),
            m.elements.len() + m.flows.len() + m.boundaries.len() + m.notes.len(),
            "{}",
            path.display()
        );
        assert!(!m.info.name.is_empty(), "{}", path.display());
        assert_eq!(read(&path).0, import, "{}: the same file gives the same model", path.display());
    }
}

#[test]
fn every_corpus_file_keeps_its_geometry_and_threat_texts() {
    for Expected { path, .. } in manifest() {
        let (import, file) = read(&path);
        let m = &import.model;
        for (order, diagram) in file["detail"]["diagrams"].as_array().unwrap().iter().enumerate() {
            let on = m.diagram_order()[order].clone();
            for cell in diagram["cells"].as_array().into_iter().flatten() {
                let item = id(cell["id"].as_str().unwrap());
                match m.placement(&on, &item).unwrap_or_else(|| panic!("{}: {item} is not drawn", path.display())) {
                    Placement::Box(rect) => assert_eq!(*rect, rect_of(cell), "{}: {item}", path.display()),
                    Placement::Route(route) => {
                        assert_eq!(route.bends, points(&cell["vertices"]), "{}: {item}", path.display());
                        assert_eq!(route.style == LineStyle::Curved, cell["connector"] == "smooth");
                        let flow = &m.flows[&item];
                        for (raw, end, attach) in
                            [(&cell["source"], &flow.from, route.start), (&cell["target"], &flow.to, route.end)]
                        {
                            match raw["cell"].as_str() {
                                Some(cell) => assert_eq!(end.as_ref().map(Id::as_str), Some(cell)),
                                None => assert_eq!((end, attach), (&None, Attach::Loose(point(raw)))),
                            }
                            assert_eq!(matches!(attach, Attach::At(_)), raw["port"].is_string(), "{}: {item}", path.display());
                        }
                    }
                    Placement::Line(line) => {
                        let expected: Vec<Point> = std::iter::once(point(&cell["source"]))
                            .chain(points(&cell["vertices"]))
                            .chain([point(&cell["target"])])
                            .collect();
                        assert_eq!(line.points, expected, "{}: {item}", path.display());
                    }
                }
                for threat in cell["data"]["threats"].as_array().into_iter().flatten() {
                    let found = m.threats.values().find(|t| {
                        t.title == threat["title"].as_str().unwrap()
                            && t.targets.contains(&item)
                            && rated(t) == threat["severity"].as_str()
                    });
                    let status = threat["status"].as_str().unwrap();
                    let found = found.unwrap_or_else(|| panic!("{}: {threat}", path.display()));
                    let key = m.threats.iter().find(|(_, t)| std::ptr::eq(*t, found)).unwrap().0;
                    let decided = m.decisions.get(&ThreatKey::new(key.clone(), item.clone())).map(|d| d.disposition);
                    let expected = match status {
                        "Mitigated" => Disposition::Mitigate,
                        "NotApplicable" => Disposition::NotApplicable,
                        _ => Disposition::Open,
                    };
                    assert_eq!(decided.unwrap_or(Disposition::Open), expected, "{}: {threat}", path.display());
                }
            }
        }
    }
}

fn rated(threat: &Threat) -> Option<&'static str> {
    Some(threat.severity_override.as_ref().map_or("TBA", |s| s.band.label()))
}

fn number(v: &Value) -> f32 {
    v.as_f64().unwrap() as f32
}

fn point(v: &Value) -> Point {
    pt(number(&v["x"]), number(&v["y"]))
}

fn points(v: &Value) -> Vec<Point> {
    v.as_array().into_iter().flatten().map(point).collect()
}

fn rect_of(cell: &Value) -> Rect {
    let (p, s) = (&cell["position"], &cell["size"]);
    Rect { x: number(&p["x"]), y: number(&p["y"]), w: number(&s["width"]), h: number(&s["height"]) }
}
