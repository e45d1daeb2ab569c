//! What a diagram looks like and what is under the pointer.

use crate::support::dsl::{MAIN, model};
use palisade::geometry::{Point, Rect, pt, rect};
use palisade::library::Library;
use palisade::model::*;
use palisade::risk::{self, Assessment};
use palisade::scene::Layer;
use palisade::scene::*;
use palisade::theme::Theme;
use std::collections::BTreeSet;

fn main_diagram() -> Id {
    Id::from(MAIN)
}

/// Puts an item somewhere on the main diagram.
fn put(model: &mut ThreatModel, item: &str, placement: Placement) {
    model.placements.insert(PlacementKey::new(MAIN, item), placement);
}

fn route(model: &mut ThreatModel, flow: &str, change: impl FnOnce(&mut Route)) {
    let mut route = Route::default();
    change(&mut route);
    put(model, flow, Placement::Route(route));
}

/// Customer in the Internet, a web application and a database in a data centre, one flow after the other.
fn shop() -> ThreatModel {
    let mut m = model("Shop")
        .boundary("Internet", 0)
        .boundary("Centre", 3)
        .entity("Customer")
        .inside("Internet")
        .process("Web")
        .inside("Centre")
        .store("DB")
        .inside("Centre")
        .flow("Customer", "Web")
        .flow("Web", "DB")
        .build();
    put(&mut m, "customer", Placement::Box(rect(40.0, 80.0, 120.0, 60.0)));
    put(&mut m, "web", Placement::Box(rect(320.0, 80.0, 120.0, 60.0)));
    put(&mut m, "db", Placement::Box(rect(560.0, 80.0, 120.0, 60.0)));
    put(&mut m, "internet", Placement::Box(rect(16.0, 40.0, 170.0, 160.0)));
    put(&mut m, "centre", Placement::Box(rect(280.0, 40.0, 440.0, 160.0)));
    m
}

fn assess(m: &ThreatModel) -> Assessment {
    risk::assess(m, Library::builtin())
}

fn full(m: &ThreatModel) -> Scene {
    draw(m, &assess(m), &lay_out(m, &main_diagram()), &Look::default())
}

fn hit(layout: &DiagramLayout, x: f32, y: f32) -> Option<(String, Part)> {
    layout.hit(pt(x, y), 8.0).map(|h| (h.id.to_string(), h.part))
}

#[test]
fn flows_stop_at_the_outline_and_cross_seams_once() {
    let layout = lay_out(&shop(), &main_diagram());
    let flow = &layout.flows["customer>web"];
    assert_eq!((flow.start.at, flow.end.at), (pt(160.0, 110.0), pt(320.0, 110.0)));
    assert!((flow.end.direction.x - 1.0).abs() < 1e-3);
    let crossed: Vec<(&str, Option<bool>)> = flow.crossings.iter().map(|c| (c.boundary.as_str(), c.enters)).collect();
    assert_eq!(crossed, [("internet", Some(false)), ("centre", Some(true))]);
    assert_eq!(layout.flows["web>db"].crossings, []);
}

#[test]
fn the_topmost_thing_is_hit() {
    let layout = lay_out(&shop(), &main_diagram());
    assert_eq!(hit(&layout, 380.0, 110.0), Some(("web".into(), Part::Body)));
    assert_eq!(hit(&layout, 280.0, 180.0), Some(("centre".into(), Part::Frame)));
    assert_eq!(hit(&layout, 400.0, 170.0), None, "the ground of a boundary is canvas");
    let tab = layout.boxes["centre"].tab.unwrap().center();
    assert_eq!(hit(&layout, tab.x, tab.y), Some(("centre".into(), Part::Title)));
    let label = layout.flows["customer>web"].label.as_ref().unwrap().text.center();
    assert_eq!(hit(&layout, label.x, label.y), Some(("customer>web".into(), Part::Label)));
    assert_eq!(hit(&layout, 166.0, 113.0), Some(("customer>web".into(), Part::Start)));
    assert_eq!(hit(&layout, 314.0, 107.0), Some(("customer>web".into(), Part::End)));
    let bare = layout.flows["web>db"].points.clone();
    assert!(layout.flows["web>db"].nearest(bare[0].lerp(bare[1], 0.3)).is_some_and(|(d, piece)| d < 0.1 && piece == 0));
}

#[test]
fn a_drop_finds_the_innermost_boundary_and_a_marquee_its_content() {
    let mut m = shop();
    m.boundaries.insert("vault".into(), Boundary { name: "Vault".into(), parent: Some("centre".into()), ..Boundary::default() });
    put(&mut m, "vault", Placement::Box(rect(540.0, 60.0, 160.0, 120.0)));
    let layout = lay_out(&m, &main_diagram());
    let at = |x, y, ignoring: &[&str]| layout.boundary_at(pt(x, y), &ignoring.iter().map(|i| Id::from(*i)).collect());
    assert_eq!(at(600.0, 100.0, &[]), Some("vault".into()));
    assert_eq!(at(600.0, 100.0, &["vault"]), Some("centre".into()));
    assert_eq!(at(240.0, 100.0, &[]), None);
    assert_eq!(layout.boxes["vault"].depth, 1);
    let ids = |r: Rect, reach| layout.within(r, reach).iter().map(Id::to_string).collect::<Vec<_>>();
    assert_eq!(ids(rect(300.0, 70.0, 150.0, 80.0), Reach::Contain), ["web"]);
    assert!(ids(rect(300.0, 70.0, 400.0, 80.0), Reach::Touch).contains(&"web>db".to_owned()));
    assert!(!ids(rect(300.0, 90.0, 150.0, 40.0), Reach::Touch).contains(&"centre".to_owned()), "a frame counts by its seam");
}

#[test]
fn what_is_near_a_place_is_found_without_looking_at_everything() {
    let layout = lay_out(&shop(), &main_diagram());
    let extent = |id: &Id| {
        let boxes = layout.boxes.get(id).map(|b| [Some(b.rect), b.tab]);
        let flow = || layout.flows.get(id).map(|f| [Rect::around(f.points.clone()), f.label.as_ref().map(|l| l.bounds())]);
        boxes.or_else(flow).unwrap().into_iter().flatten().reduce(Rect::union).unwrap()
    };
    let touch = |a: Rect, b: Rect| a.x <= b.right() && b.x <= a.right() && a.y <= b.bottom() && b.y <= a.bottom();
    let mut found = 0;
    for n in 0..400 {
        let area = rect((n % 20) as f32 * 41.0 - 20.0, (n / 20) as f32 * 13.0, 4.0, 90.0);
        let everything = layout.boxes.keys().chain(layout.flows.keys());
        let expected: BTreeSet<&Id> = everything.filter(|id| touch(extent(id), area)).collect();
        assert_eq!(layout.near(area), expected.iter().copied().collect::<Vec<_>>(), "{area:?}");
        found += expected.len();
    }
    assert!(found > 400, "{found}");
    let mut moved = layout.clone();
    moved.boxes.get_mut("web").unwrap().rect = rect(3000.0, 3000.0, 120.0, 60.0);
    assert_eq!(moved.near(rect(3000.0, 3000.0, 9.0, 9.0)), [&Id::from("web")], "a copy forgets where things were");
}

#[test]
fn outlines_are_round_for_processes_and_square_for_the_rest() {
    let layout = lay_out(&shop(), &main_diagram());
    let at = |id: &str, x, y| layout.outline_anchor(&id.into(), pt(x, y)).unwrap();
    assert_eq!(at("customer", 100.0, 500.0), pt(100.0, 140.0));
    let corner = at("web", 440.0, 80.0);
    assert!(corner.x < 440.0 && corner.y > 80.0, "the corner of a stadium is cut: {corner:?}");
    assert_eq!(layout.outline_anchor(&"nobody".into(), pt(0.0, 0.0)), None);
}

#[test]
fn parallel_flows_keep_apart_and_a_loop_is_drawn() {
    let mut m = shop();
    for (id, from, to) in [("f1", "web", "db"), ("f2", "db", "web"), ("f3", "web", "web")] {
        m.flows.insert(id.into(), Flow { from: Some(from.into()), to: Some(to.into()), ..Flow::default() });
        route(&mut m, id, |_| {});
    }
    let layout = lay_out(&m, &main_diagram());
    let mut heights: Vec<f32> = ["web>db", "f1", "f2"].iter().map(|f| layout.flows[*f].start.at.y).collect();
    heights.sort_by(f32::total_cmp);
    assert!(heights.windows(2).all(|w| w[1] - w[0] >= 13.0), "{heights:?}");
    assert!(["web>db", "f1", "f2"].iter().all(|f| layout.flows[*f].points.len() == 2), "straight between facing sides");
    assert!(layout.flows["f3"].length() > 60.0);
}

#[test]
fn an_automatic_course_goes_around_elements_and_is_square() {
    let mut m = shop();
    m.flows.insert("far".into(), Flow { from: Some("customer".into()), to: Some("db".into()), ..Flow::default() });
    route(&mut m, "far", |_| {});
    let layout = lay_out(&m, &main_diagram());
    let points = &layout.flows["far"].points;
    let web = layout.boxes["web"].rect;
    for w in points.windows(2) {
        assert!((w[0].x - w[1].x).abs() < 0.6 || (w[0].y - w[1].y).abs() < 0.6, "{points:?}");
        assert!(!web.intersects(Rect::from_corners(w[0], w[1]).expand(0.5)), "{points:?}");
    }
}

#[test]
fn way_points_and_curves_are_kept_as_they_are() {
    let mut m = shop();
    let bends = vec![pt(220.0, 300.0), pt(380.0, 280.0)];
    route(&mut m, "customer>web", |r| {
        r.style = LineStyle::Curved;
        r.bends = bends.clone();
    });
    let flow = &lay_out(&m, &main_diagram()).flows["customer>web"];
    assert_eq!(flow.corners[1..3], bends[..]);
    assert!(bends.iter().all(|b| flow.points.iter().any(|p| p.distance(*b) < 0.01)), "the curve passes its way-points");
    assert!(flow.steps.iter().any(|s| matches!(s, Step::Cubic(..))));

    route(&mut m, "customer>web", |r| r.bends = vec![pt(240.0, 100.0), pt(240.0, 120.0)]);
    let flow = &lay_out(&m, &main_diagram()).flows["customer>web"];
    assert_eq!(flow.corners, [pt(160.0, 100.0), pt(240.0, 100.0), pt(240.0, 120.0), flow.end.at]);
    assert!((flow.end.at.y - 120.0).abs() < 0.1 && flow.end.at.x < 325.0, "enters at a right angle: {:?}", flow.end.at);
}

#[test]
fn loose_and_broken_ends_do_no_harm() {
    let mut m = shop();
    m.flows.get_mut("customer>web").unwrap().to = None;
    assert!(!lay_out(&m, &main_diagram()).flows.contains_key("customer>web"), "no place to end");
    route(&mut m, "customer>web", |r| r.end = Attach::Loose(pt(260.0, 300.0)));
    let flow = &lay_out(&m, &main_diagram()).flows["customer>web"];
    assert_eq!((flow.end.at, &flow.end.element), (pt(260.0, 300.0), &None));
    put(&mut m, "db", Placement::Box(rect(f32::NAN, 0.0, 0.0, 0.0)));
    put(&mut m, "web", Placement::Box(rect(320.0, 80.0, 0.0, 0.0)));
    let _ = full(&m);
    assert_eq!(lay_out(&m, &"nowhere".into()).boxes.len(), 0);
}

#[test]
fn a_line_boundary_is_crossed_and_named() {
    let mut m = shop();
    m.boundaries.insert("wall".into(), Boundary { name: "Wall".into(), trust: Some(1), ..Boundary::default() });
    let points = vec![pt(240.0, 0.0), pt(250.0, 150.0), pt(230.0, 300.0)];
    put(&mut m, "wall", Placement::Line(BoundaryLine { points, style: LineStyle::Curved }));
    let layout = lay_out(&m, &main_diagram());
    assert!(layout.flows["customer>web"].crossings.iter().any(|c| c.boundary.as_str() == "wall" && c.enters.is_none()));
    assert!(layout.lines["wall"].tab.is_some());
    assert_eq!(hit(&layout, 231.0, 299.0), Some(("wall".into(), Part::Frame)));
}

#[test]
fn a_pinned_label_stays_where_it_was_put() {
    let mut m = shop();
    for share in [0.2, 0.8] {
        route(&mut m, "customer>web", |r| r.label = Some(share));
        let layout = lay_out(&m, &main_diagram());
        let flow = &layout.flows["customer>web"];
        let (anchor, label) = (flow.at(share).unwrap(), flow.label.as_ref().unwrap().bounds());
        assert!(label.expand(30.0).contains(anchor), "{anchor:?} {label:?}");
        assert!((flow.share_near(anchor) - share).abs() < 0.02);
    }
}

#[test]
fn every_item_says_what_it_is() {
    let m = shop();
    let scene = full(&m);
    let alts: Vec<&str> = scene.items.iter().map(|i| i.alt.as_str()).filter(|a| !a.is_empty()).collect();
    assert_eq!(alts.len(), m.elements.len() + m.flows.len() + m.boundaries.len(), "one sentence for each: {alts:#?}");
    let said = |start: &str| alts.iter().find(|a| a.starts_with(start)).unwrap_or_else(|| panic!("{start}: {alts:#?}"));
    assert!(said("Process Web, in Centre").contains("threats"));
    assert!(said("Trust boundary Internet, trust 0").contains("open threat"));
    assert!(said("Data flow Customer to Web, from Customer to Web").contains("crosses Centre and Internet"));
    assert!(scene.items.is_sorted_by_key(|i| i.layer));
    assert!(scene.items.iter().all(|i| scene.bounds.contains_rect(i.bounds)));
}

#[test]
fn flows_between_levels_of_trust_show_where_they_enter_and_leave() {
    let m = shop();
    let assessment = assess(&m);
    let scene = full(&m);
    let says = |flow: &str, words: &str| {
        let key = Some(Key::Flow(flow.into()));
        scene.items.iter().any(|i| i.key == key && i.alt.contains(words))
    };
    assert!(assessment.entry_points.iter().any(|p| p.flow.as_str() == "customer>web"));
    assert!(says("customer>web", "entry point"), "{:#?}", scene.items.iter().map(|i| &i.alt).collect::<Vec<_>>());
    assert!(!says("web>db", "entry point"), "both stand in one boundary");
}

#[test]
fn a_second_head_is_a_matter_of_the_route_alone() {
    let heads = |m: &ThreatModel, flow: &str| {
        let key = Some(Key::Flow(flow.into()));
        let scene = full(m);
        let item = scene.items.iter().find(|i| i.key == key && !i.alt.is_empty()).unwrap();
        item.shapes.iter().filter(|s| matches!(s, Shape::Path { fill: Some(_), .. })).count()
    };
    let mut m = shop();
    assert!(m.flows["web>db"].bidirectional, "answers travel back");
    assert_eq!((heads(&m, "customer>web"), heads(&m, "web>db")), (1, 1));
    route(&mut m, "web>db", |r| r.two_heads = true);
    assert_eq!((heads(&m, "customer>web"), heads(&m, "web>db")), (1, 2));
}

#[test]
fn detail_falls_with_the_zoom() {
    let m = shop();
    let (assessment, layout) = (assess(&m), lay_out(&m, &main_diagram()));
    let texts = |detail| {
        let scene = draw(&m, &assessment, &layout, &Look { detail, ..Look::default() });
        let on_things = scene.items.iter().filter(|i| detail != Detail::Heat || i.layer != palisade::scene::Layer::Badge);
        on_things.flat_map(|i| &i.shapes).filter(|s| matches!(s, Shape::Text(_))).count()
    };
    assert!(texts(Detail::Full) > texts(Detail::Compact), "pills become shapes");
    assert_eq!(texts(Detail::Heat), 0);
    assert_eq!(
        [1.0, 0.6, 0.59, 0.3, 0.1, 0.09].map(Detail::at_zoom),
        [Detail::Full, Detail::Full, Detail::Compact, Detail::Compact, Detail::Heat, Detail::Far]
    );
    let quiet = draw(&m, &assessment, &layout, &Look { badges: false, ..Look::default() });
    assert!(quiet.items.iter().all(|i| i.layer != palisade::scene::Layer::Badge));
}

#[test]
fn the_legend_explains_what_is_used_and_keeps_its_width() {
    let m = shop();
    let (assessment, layout) = (assess(&m), lay_out(&m, &main_diagram()));
    let (shapes, size) = legend(&m, &assessment, &layout, 400.0);
    let words: BTreeSet<&str> =
        shapes.iter().filter_map(|s| if let Shape::Text(run) = s { Some(run.text.as_str()) } else { None }).collect();
    for word in ["Process", "Data store", "External entity", "Trust boundary", "Trust level, 0 to 4", "Data flow"] {
        assert!(words.contains(word), "{word}: {words:?}");
    }
    assert!(!words.contains("Out of scope") && size.w <= 400.0 && size.h > 30.0);
}

#[test]
fn a_picture_is_well_formed_and_escapes_names() {
    let mut m = shop();
    m.elements.get_mut("web").unwrap().name = "<Web> & \"co\"".into();
    for theme in Theme::ALL {
        let svg = to_svg(&full(&m), *theme, Words::Text);
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
        assert!(svg.contains("&lt;Web&gt;") && !svg.contains("<Web>") && !svg.contains("NaN"));
        assert_eq!(svg.matches("<g").count(), svg.matches("</g>").count());
    }
}

#[test]
fn the_same_model_is_drawn_the_same() {
    let m = shop();
    assert_eq!(lay_out(&m, &main_diagram()), lay_out(&m, &main_diagram()));
    assert_eq!(full(&m), full(&m));
}

#[test]
fn a_large_diagram_is_laid_out() {
    let mut m = ThreatModel::default();
    m.diagrams.insert(MAIN.into(), Diagram::default());
    for n in 0..500 {
        let id = format!("e{n:03}");
        m.elements.insert(id.as_str().into(), Element { name: format!("Service {n}"), ..Element::default() });
        put(&mut m, &id, Placement::Box(rect((n % 25) as f32 * 220.0, (n / 25) as f32 * 140.0, 120.0, 56.0)));
    }
    for n in 0..600usize {
        let (from, to) = (format!("e{:03}", n % 500), format!("e{:03}", (n + [1, 25, 26, 3, 52][n % 5]) % 500));
        let id = format!("f{n:03}");
        m.flows.insert(
            id.as_str().into(),
            Flow { name: format!("Call {n}"), from: Some(from.into()), to: Some(to.into()), ..Flow::default() },
        );
        route(&mut m, &id, |_| {});
    }
    let layout = lay_out(&m, &main_diagram());
    assert_eq!((layout.boxes.len(), layout.flows.len()), (500, 600));
    assert!(layout.flows.values().all(|f| f.label.is_some()));
}

#[test]
fn every_real_diagram_is_drawn() {
    let Some(folder) = crate::support::corpus("td2") else { return };
    for file in std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
        let Ok(opened) = palisade::open::open(&std::fs::read(&file).unwrap(), "test") else { continue };
        let (m, assessment) = (&opened.model, assess(&opened.model));
        for diagram in m.diagrams.keys() {
            let layout = lay_out(m, diagram);
            let scene = draw(m, &assessment, &layout, &Look::default());
            let finite = |p: &Point| p.is_finite();
            assert!(layout.flows.values().all(|f| f.points.iter().all(finite)), "{}", file.display());
            assert!(scene.bounds.is_finite() && !to_svg(&scene, Theme::Light, Words::Text).contains("NaN"), "{}", file.display());
        }
    }
}

#[test]
fn names_can_be_read_down_to_the_zoom_at_which_only_heat_is_left() {
    let mut m = shop();
    m.boundaries.values_mut().for_each(|b| b.trust = Some(2));
    let (layout, assessment) = (lay_out(&m, &main_diagram()), risk::assess(&m, Library::builtin()));
    let look = Look { detail: Detail::Compact, ..Look::default() };
    let scene = draw(&m, &assessment, &layout, &look);
    let smallest_zoom = 0.31;
    for item in scene.items.iter().filter(|i| matches!(i.layer, Layer::Tab | Layer::Element)) {
        for shape in &item.shapes {
            let Shape::Text(run) = shape else { continue };
            assert!(run.size * smallest_zoom >= 4.3, "{}: {} px", run.text, run.size * smallest_zoom);
            let width = palisade::text::width(run.face, run.size, &run.text);
            let drawn = Rect { x: run.at.x, y: run.at.y - run.size, w: width, h: run.size };
            assert!(item.bounds.expand(1.0).contains_rect(drawn), "{} leaves its place: {drawn:?}, {:?}", run.text, item.bounds);
        }
    }
    let tabs: Vec<Rect> = scene.items.iter().filter(|i| i.layer == Layer::Tab).map(|i| i.bounds).collect();
    let names = layout.boxes.values().filter(|b| matches!(b.kind, BoxKind::Element(_))).map(|b| b.rect);
    assert!(names.into_iter().all(|r| tabs.iter().all(|t| !t.expand(-1.0).intersects(r))), "and cover nothing");
}
