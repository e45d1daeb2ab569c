//! How diagrams are drawn in each notation, and what is read from afar.

use crate::support::dsl::{MAIN, id, model};
use palisade::geometry::{Cubic, Point, Rect, flatten, pt, rect, segment_distance};
use palisade::library::Library;
use palisade::model::*;
use palisade::risk::{self, Assessment};
use palisade::scene::{Detail, Item, Layer, Look, Scene, Shape, Step, draw, lay_out, legend};
use palisade::theme::Ink;
use std::collections::BTreeSet;

fn assess(m: &ThreatModel) -> Assessment {
    risk::assess(m, Library::builtin())
}

fn scene(m: &ThreatModel, detail: Detail) -> Scene {
    draw(m, &assess(m), &lay_out(m, &MAIN.into()), &Look { detail, ..Look::default() })
}

/// One element with straight flows to many sides.
fn star(kind: ElementKind, notation: Notation, size: (f32, f32)) -> ThreatModel {
    let mut m = ThreatModel::default();
    m.info.notation = notation;
    m.diagrams.insert(MAIN.into(), Diagram::default());
    let mut add = |name: &str, kind, place| {
        m.elements.insert(name.into(), Element { name: name.into(), kind, ..Element::default() });
        m.placements.insert(PlacementKey::new(MAIN, name), Placement::Box(place));
    };
    add("hub", kind, Rect::from_center(pt(0.0, 0.0), size.0, size.1));
    for n in 0..24 {
        let angle = n as f32 / 24.0 * std::f32::consts::TAU;
        let at = pt(600.0 * angle.cos(), 500.0 * angle.sin());
        add(&format!("far{n}"), ElementKind::ExternalEntity, Rect::from_center(at, 40.0, 30.0));
    }
    for n in 0..24 {
        let flow = Flow { from: Some("hub".into()), to: Some(format!("far{n}").as_str().into()), ..Flow::default() };
        m.flows.insert(format!("f{n}").as_str().into(), flow);
        let style = if n % 2 == 0 { LineStyle::Straight } else { LineStyle::Orthogonal };
        m.placements
            .insert(PlacementKey::new(MAIN, format!("f{n}").as_str()), Placement::Route(Route { style, ..Route::default() }));
    }
    m
}

/// The outline of the first filled shape of an element, as a closed polyline.
fn silhouette(m: &ThreatModel, element: &str) -> Vec<Point> {
    let scene = scene(m, Detail::Full);
    let is_it = |i: &&Item| i.layer == Layer::Element && i.key == Some(Key::Element(element.into()));
    let item = scene.items.iter().find(is_it).expect("drawn");
    match &item.shapes[0] {
        Shape::Rect { rect: r, radius, .. } => {
            let around = [(r.right(), r.bottom(), 0.0), (r.x, r.bottom(), 90.0), (r.x, r.y, 180.0), (r.right(), r.y, 270.0)];
            let mut out = Vec::new();
            for (x, y, from) in around {
                let c = pt(x + (r.center().x - x).signum() * radius, y + (r.center().y - y).signum() * radius);
                out.extend((0..=30).map(|n| {
                    let a = (from + n as f32 * 3.0f32).to_radians();
                    pt(c.x + radius * a.cos(), c.y + radius * a.sin())
                }));
            }
            out.push(out[0]);
            out
        }
        Shape::Path { steps, .. } => {
            let mut out: Vec<Point> = Vec::new();
            for step in steps {
                match step {
                    Step::Move(p) | Step::Line(p) => out.push(*p),
                    Step::Cubic(a, b, p) => {
                        let from = *out.last().unwrap();
                        out.extend(flatten(&[Cubic(from, *a, *b, *p)]));
                    }
                    Step::Quad(..) => panic!("not used"),
                    Step::Close => out.push(out[0]),
                }
            }
            out
        }
        other => panic!("no outline: {other:?}"),
    }
}

#[test]
fn flows_stop_at_the_shape_that_is_drawn_in_every_notation() {
    for notation in Notation::ALL {
        for kind in ElementKind::ALL {
            for size in [(132.0, 56.0), (90.0, 90.0), (60.0, 120.0)] {
                let m = star(*kind, *notation, size);
                let (layout, outline) = (lay_out(&m, &MAIN.into()), silhouette(&m, "hub"));
                assert_eq!(layout.flows.len(), 24);
                for (id, flow) in &layout.flows {
                    let off = outline.windows(2).map(|w| segment_distance(flow.start.at, w[0], w[1])).fold(f32::MAX, f32::min);
                    assert!(off < 0.5, "{notation:?} {kind:?} {size:?} {id}: {off} away at {:?}", flow.start.at);
                }
            }
        }
    }
}

#[test]
fn the_notation_changes_shapes_and_nothing_else() {
    let yourdon = star(ElementKind::DataStore, Notation::YourdonDeMarco, (132.0, 56.0));
    let mut shapes = BTreeSet::new();
    for notation in Notation::ALL {
        let mut m = yourdon.clone();
        m.info.notation = *notation;
        assert_eq!(assess(&m), assess(&yourdon), "risk does not depend on pictures");
        let drawn = scene(&m, Detail::Full);
        let said = |s: &Scene| s.items.iter().map(|i| i.alt.clone()).collect::<Vec<_>>();
        assert_eq!(said(&drawn), said(&scene(&yourdon, Detail::Full)));
        let is_hub = |i: &&Item| i.layer == Layer::Element && i.key == Some(Key::Element("hub".into()));
        shapes.insert(format!("{:?}", drawn.items.iter().find(is_hub).unwrap().shapes));
    }
    assert_eq!(shapes.len(), Notation::ALL.len(), "a store looks different in each");
}

#[test]
fn names_keep_clear_of_heads_compartments_and_lids() {
    for (notation, kind, left, top) in [
        (Notation::GaneSarson, ElementKind::Process, 0.0, 9.0),
        (Notation::GaneSarson, ElementKind::DataStore, 12.0, 0.0),
        (Notation::Rounded, ElementKind::DataStore, 0.0, 6.0),
    ] {
        let m = star(kind, notation, (132.0, 56.0));
        let layout = lay_out(&m, &MAIN.into());
        let placed = &layout.boxes[&Id::from("hub")];
        for line in &placed.text.lines {
            let ascent = placed.text.size * 0.73;
            assert!(line.at.x >= placed.rect.x + left && line.at.y - ascent >= placed.rect.y + top, "{notation:?}: {line:?}");
        }
    }
}

#[test]
fn a_model_in_the_usual_notation_says_nothing_about_it() {
    let text = |m: &ThreatModel| palisade::storage::save(m).unwrap();
    let mut m = model("Shop").process("Web").build();
    let before = text(&m);
    assert!(!before.contains("notation"));
    m.info.notation = Notation::GaneSarson;
    assert!(text(&m).contains("notation: GaneSarson"));
    m.info.notation = Notation::YourdonDeMarco;
    assert_eq!(text(&m), before);
}

/// Two nested boundaries with threats.
fn nested() -> ThreatModel {
    let mut m = model("Shop")
        .boundary("Internet", 0)
        .boundary("Cloud", 2)
        .boundary("Data network", 4)
        .inside("Cloud")
        .entity("Customer")
        .inside("Internet")
        .process("Web")
        .tagged("web-app")
        .inside("Cloud")
        .store("DB")
        .tagged("sql")
        .inside("Data network")
        .flow("Customer", "Web")
        .flow("Web", "DB")
        .build();
    for (name, place) in [
        ("internet", rect(0.0, 0.0, 300.0, 400.0)),
        ("cloud", rect(400.0, 0.0, 900.0, 400.0)),
        ("data-network", rect(900.0, 60.0, 340.0, 300.0)),
        ("customer", rect(80.0, 160.0, 140.0, 64.0)),
        ("web", rect(480.0, 160.0, 140.0, 64.0)),
        ("db", rect(1000.0, 160.0, 140.0, 64.0)),
    ] {
        m.placements.insert(PlacementKey::new(MAIN, name), Placement::Box(place));
    }
    m
}

#[test]
fn from_afar_boundaries_say_how_much_is_in_them_and_no_pill_hides_another() {
    let m = nested();
    let assessment = assess(&m);
    let far = scene(&m, Detail::Heat);
    let pills: Vec<&Item> = far.items.iter().filter(|i| i.layer == Layer::Badge).collect();
    assert_eq!(pills.len(), 3);
    for pill in &pills {
        let boundary = pill.key.as_ref().and_then(|k| k.id()).unwrap();
        let count = assessment.boundaries[boundary].risk.counts.total().to_string();
        let run = pill.shapes.iter().find_map(|s| match s {
            Shape::Text(run) if run.text == count => Some(run),
            _ => None,
        });
        let size = run.unwrap_or_else(|| panic!("{boundary} does not say {count}")).size;
        assert!(size * 0.25 >= 8.0, "{size} cannot be read at 25 %");
        for other in &pills {
            assert!(pill.key == other.key || !pill.bounds.intersects(other.bounds));
        }
    }
    let words = far.items.iter().filter(|i| i.layer != Layer::Badge).flat_map(|i| &i.shapes);
    assert_eq!(words.filter(|s| matches!(s, Shape::Text(_))).count(), 0, "no other words");
}

#[test]
fn a_pill_is_hollow_once_everything_is_treated() {
    let mut m = nested();
    let fills = |m: &ThreatModel| -> Vec<Ink> {
        let scene = scene(m, Detail::Full);
        let pill = scene.items.iter().find(|i| i.layer == Layer::Badge && i.key == Some(Key::Element(id("Web")))).unwrap();
        let filled = pill.shapes.iter().filter_map(|s| match s {
            Shape::Rect { fill: Some(paint), .. } => Some(paint.ink),
            _ => None,
        });
        filled.collect()
    };
    assert!(fills(&m).iter().any(|ink| matches!(ink, Ink::RiskFill(_))));
    let here: Vec<ThreatKey> = assess(&m).at(&id("Web")).map(|f| f.key.clone()).collect();
    assert!(here.len() > 2);
    for key in here {
        m.decisions.insert(key, Decision { disposition: Disposition::Accept, ..Decision::default() });
    }
    assert!(fills(&m).iter().all(|ink| *ink == Ink::Panel), "outline, icon and number only");
}

#[test]
fn a_decomposed_element_counts_its_parts_on_a_second_card() {
    let mut m = nested();
    let cards = |m: &ThreatModel| {
        let scene = scene(m, Detail::Full);
        let pill = scene.items.into_iter().find(|i| i.layer == Layer::Badge && i.key == Some(Key::Element(id("Web")))).unwrap();
        pill.shapes.iter().filter(|s| matches!(s, Shape::Rect { .. })).count()
    };
    let plain = cards(&m);
    m.elements.get_mut(&id("DB")).unwrap().parent = Some(id("Web"));
    assert_eq!(cards(&m), plain + 1);
}

#[test]
fn the_legend_names_the_notation_and_the_ring() {
    let mut m = nested();
    m.info.notation = Notation::GaneSarson;
    let key = assess(&m).at(&id("Web")).find(|f| f.counts()).unwrap().key.clone();
    m.decisions.insert(key, Decision { disposition: Disposition::Accept, ..Decision::default() });
    let (shapes, _) = legend(&m, &assess(&m), &lay_out(&m, &MAIN.into()), 400.0);
    let words: Vec<&str> =
        shapes.iter().filter_map(|s| if let Shape::Text(run) = s { Some(run.text.as_str()) } else { None }).collect();
    assert!(words.contains(&"Notation: Gane and Sarson") && words.contains(&"Threats, ring: share treated"), "{words:?}");
}

#[cfg(feature = "gui")]
mod in_the_window {
    use super::*;
    use crate::support::app::{app, click, open, oracle, start};
    use egui_kittest::kittest::Queryable;

    #[test]
    fn a_menu_entry_changes_the_whole_document_in_one_step() {
        let mut window = start(1280.0, 720.0, None);
        open(&mut window, &oracle("web-shop"));
        let before = app(&window).model().clone();
        click(&mut window, "View");
        click(&mut window, "Notation of Gane and Sarson");
        let mut changed = before.clone();
        changed.info.notation = Notation::GaneSarson;
        assert_eq!(app(&window).model(), &changed);
        window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
        window.run();
        assert_eq!(app(&window).model(), &before);
    }

    #[test]
    fn the_legend_is_shown_over_the_canvas_and_closed_again() {
        let mut window = start(1280.0, 720.0, None);
        open(&mut window, &oracle("web-shop"));
        assert!(window.query_by_label_contains("Notation: Yourdon").is_none());
        click(&mut window, "View");
        click(&mut window, "Legend");
        assert!(window.query_by_label_contains("Notation: Yourdon").is_some());
        click(&mut window, "Close the legend");
        assert!(window.query_by_label_contains("Notation: Yourdon").is_none());
    }
}

#[test]
fn what_is_out_of_scope_is_dashed_grey_and_says_why() {
    let mut m = nested();
    m.elements.get_mut(&id("Web")).unwrap().out_of_scope = Some("run by the bank".into());
    let scene = scene(&m, Detail::Full);
    let item = scene.items.iter().find(|i| i.layer == Layer::Element && i.key == Some(Key::Element(id("Web")))).unwrap();
    assert!(item.alt.contains("out of scope: run by the bank"), "{}", item.alt);
    let stroke = item.shapes.iter().find_map(|s| match s {
        Shape::Rect { stroke, .. } => *stroke,
        _ => None,
    });
    let stroke = stroke.expect("an outline");
    assert!(stroke.dash.is_some() && stroke.paint.ink == Ink::Muted);
}
