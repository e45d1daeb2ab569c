//! How well flows and labels are drawn, counted: on the samples, on graphs that are hard to draw, on real files.
//!
//! `PALISADE_ROUTES=1 cargo test --test core routes:: -- --nocapture` writes the figures down anew and shows them;
//! `PALISADE_PICTURES=folder` leaves the pictures there.

use crate::support::graphs::{self, PAGE};
use palisade::geometry::{Point, Rect, segment_crossing, segment_distance};
use palisade::library::Library;
use palisade::model::*;
use palisade::scene::{self, BoxKind, DiagramLayout, Look, RoutedFlow, Words, lay_out, to_svg};
use palisade::theme::Theme;
use std::collections::BTreeMap;
use std::fmt::Write;

const BASELINE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/routes.tsv");
const SAMPLES: [&str; 8] = ["cicd", "drone-pharmacy", "first-sketch", "hospital", "iot-fleet", "mobile-bank", "rag", "web-shop"];

/// What is wrong with a diagram, and what is better less.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Count {
    flows: usize,
    /// Pairs of a flow and an element that is none of its ends and that it runs through.
    through: usize,
    /// Times a flow crosses a boundary that it need not cross.
    needless: usize,
    /// Crossings of boundaries that are not at right angles, or at a corner.
    slanted: usize,
    /// Pairs of flows of which a piece lies on a piece of the other.
    shared: usize,
    /// Times two flows cross.
    crossings: usize,
    bends: usize,
    /// Parts of labels on elements, tabs and other labels.
    labels: usize,
    /// Labels another flow runs through.
    struck: usize,
}

impl Count {
    const HEADS: [&str; 9] = ["flows", "through", "needless", "slanted", "shared", "crossings", "bends", "labels", "struck"];

    fn figures(&self) -> [usize; 9] {
        let Count { flows, through, needless, slanted, shared, crossings, bends, labels, struck } = *self;
        [flows, through, needless, slanted, shared, crossings, bends, labels, struck]
    }
}

fn pieces(flow: &RoutedFlow) -> Vec<(Point, Point)> {
    flow.points.windows(2).map(|w| (w[0], w[1])).collect()
}

fn cuts(r: Rect, (a, b): (Point, Point)) -> bool {
    let [p, q, s, t] = r.corners();
    r.contains(a) || r.contains(b) || [(p, q), (q, s), (s, t), (t, p)].iter().any(|e| segment_crossing((a, b), *e).is_some())
}

fn count(m: &ThreatModel, diagram: &Id, layout: &DiagramLayout) -> Count {
    let square = |f: &RoutedFlow| {
        f.style == LineStyle::Orthogonal
            && f.corners.windows(2).all(|w| (w[0].x - w[1].x).abs() < 0.6 || (w[0].y - w[1].y).abs() < 0.6)
    };
    let bent = |id: &Id| matches!(m.placement(diagram, id), Some(Placement::Route(r)) if !r.bends.is_empty());
    // Those people drew themselves are theirs.
    let ours: Vec<(&Id, &RoutedFlow)> =
        layout.flows.iter().filter(|(id, f)| f.style == LineStyle::Orthogonal && !bent(id)).collect();
    let mut c = Count { flows: layout.flows.len(), ..Count::default() };
    let solid: Vec<(&Id, Rect)> = layout
        .boxes
        .iter()
        .filter(|(_, b)| !matches!(b.kind, BoxKind::Boundary | BoxKind::Note))
        .map(|(id, b)| (id, b.rect))
        .collect();
    for (id, f) in &ours {
        let ends = [&f.start.element, &f.end.element];
        assert!(square(f), "{id} is square: {:?}", f.corners);
        for (other, r) in &solid {
            // Some files draw elements into elements: from the inside there is no other way.
            let holds = |e: &Id| layout.boxes.get(e).is_some_and(|b| r.intersects(b.rect));
            // So is a loose end that was left on one.
            let loose = [&f.start, &f.end].iter().any(|e| e.element.is_none() && r.expand(1.0).contains(e.at));
            let own = loose || ends.iter().any(|e| e.as_ref().is_some_and(|e| e == *other || holds(e)));
            let through = !own && pieces(f).iter().any(|p| cuts(r.expand(-1.0), *p));
            if through {
                println!("{id} runs through {other}");
            }
            c.through += usize::from(through);
        }
        // Notes that stand alone are gone around as well.
        let notes = layout.boxes.values().filter(|b| b.kind == BoxKind::Note).map(|b| b.rect);
        let alone = notes.filter(|n| !solid.iter().any(|(_, r)| r.expand(1.0).intersects(*n)));
        c.through += alone.filter(|n| pieces(f).iter().any(|p| cuts(n.expand(-1.0), *p))).count();
        c.bends += f.corners.len().saturating_sub(2);
        let inside = |r: Rect, end: &scene::FlowEnd| {
            r.contains(end.element.as_ref().and_then(|e| layout.boxes.get(e)).map_or(end.at, |b| b.rect.center()))
        };
        for (boundary, b) in layout.boxes.iter().filter(|(_, b)| b.kind == BoxKind::Boundary) {
            let needed = usize::from(inside(b.rect, &f.start) != inside(b.rect, &f.end));
            let met: Vec<Point> = f.crossings.iter().filter(|c| c.boundary == *boundary).map(|c| c.at).collect();
            c.needless += met.len().saturating_sub(needed);
            for at in met {
                let on_side = (at.x - b.rect.x).abs() < 0.5 || (at.x - b.rect.right()).abs() < 0.5;
                let straight = pieces(f).iter().any(|(p, q)| {
                    let level = (p.y - q.y).abs() < 0.5;
                    segment_distance(at, *p, *q) < 0.5 && level == on_side && at.distance(*p) > 4.0 && at.distance(*q) > 4.0
                });
                let cornered = b.rect.corners().iter().any(|k| k.distance(at) < 8.0);
                c.slanted += usize::from(!straight || cornered);
            }
        }
    }
    for (n, (_, f)) in ours.iter().enumerate() {
        for (_, g) in &ours[n + 1..] {
            let mut on = 0.0f32;
            for p in pieces(f) {
                for q in pieces(g) {
                    let upright = |s: (Point, Point)| (s.0.x - s.1.x).abs() < 0.5;
                    if upright(p) != upright(q) {
                        c.crossings += usize::from(segment_crossing(p, q).is_some());
                    } else {
                        let (a, b) = (Rect::from_corners(p.0, p.1), Rect::from_corners(q.0, q.1));
                        let (apart, both) = if upright(p) {
                            ((a.x - b.x).abs(), a.bottom().min(b.bottom()) - a.y.max(b.y))
                        } else {
                            ((a.y - b.y).abs(), a.right().min(b.right()) - a.x.max(b.x))
                        };
                        on += if apart < 2.5 { both.max(0.0) } else { 0.0 };
                    }
                }
            }
            c.shared += usize::from(on > 6.0);
        }
    }
    let parts = |f: &RoutedFlow| f.label.iter().flat_map(|l| [l.text, l.pill]).filter(|r| r.area() > 0.0).collect::<Vec<_>>();
    let labelled: Vec<(&Id, Vec<Rect>)> = layout.flows.iter().map(|(id, f)| (id, parts(f))).collect();
    // Where the file says where a label is, that is where it is.
    let put =
        |id: &Id| matches!(m.placement(diagram, id), Some(Placement::Route(r)) if r.label.is_some() || r.label_by.is_some());
    for (n, (id, mine)) in labelled.iter().enumerate() {
        for part in mine {
            let part = part.expand(-0.5);
            if !put(id) {
                c.labels += solid.iter().filter(|(_, r)| r.intersects(part)).count();
                c.labels += layout.boxes.values().filter_map(|b| b.tab).filter(|t| t.intersects(part)).count();
            }
            let others = labelled[n + 1..].iter().filter(|(other, _)| !(put(id) && put(other)));
            c.labels += others.flat_map(|(_, o)| o).filter(|o| o.intersects(part)).count();
            let struck = |(other, f): &(&Id, &RoutedFlow)| other != id && pieces(f).iter().any(|p| cuts(part, *p));
            c.struck += layout.flows.iter().filter(struck).count();
        }
    }
    c
}

fn sample(name: &str) -> ThreatModel {
    let path = format!("{}/sample_models/{name}.ron", env!("CARGO_MANIFEST_DIR"));
    palisade::open::open(&std::fs::read(path).unwrap(), name).unwrap().model
}

/// As if nobody had drawn a course by hand.
fn afresh(mut m: ThreatModel) -> ThreatModel {
    for placement in m.placements.values_mut() {
        if let Placement::Route(r) = placement {
            let free = |end: Attach| if matches!(end, Attach::Loose(_)) { end } else { Attach::Auto };
            *r = Route { start: free(r.start), end: free(r.end), two_heads: r.two_heads, ..Route::default() };
        }
    }
    m
}

fn hard() -> Vec<(String, ThreatModel)> {
    let mut out: Vec<(String, ThreatModel)> = (1..=3).map(|s| (format!("nested {s}"), graphs::nested(s, 5))).collect();
    out.extend([12, 40].map(|n| (format!("hub {n}"), graphs::hub(n))));
    out.push(("parallel".into(), graphs::parallel()));
    out.extend((1..=2).map(|s| (format!("long names {s}"), graphs::long_names(s))));
    out.extend([(1, 30), (2, 80)].map(|(s, n)| (format!("crowd {n}"), graphs::crowd(s, n))));
    out.push(("notes".into(), graphs::noted(3)));
    out
}

/// Every file of the corpus that can be read, with a picture of its own or the one it gets.
fn real() -> Vec<(String, ThreatModel)> {
    let Some(folder) = crate::support::corpus("td2") else { return Vec::new() };
    let root = folder.parent().unwrap();
    let manifest = std::fs::read_to_string(root.join("MANIFEST.tsv")).unwrap();
    let mut files: Vec<&str> = manifest.lines().skip(1).filter_map(|line| line.split('\t').next()).collect();
    files.sort_unstable();
    let open = |path: &&str| {
        let bytes = std::fs::read(root.join(path)).ok()?;
        let model = palisade::open::open_beside(&bytes, "test", &|_| None).ok()?.model;
        Some(((*path).to_owned(), model))
    };
    files.iter().filter_map(open).collect()
}

fn measured() -> BTreeMap<String, Count> {
    let samples = SAMPLES.iter().map(|name| ((*name).to_owned(), sample(name)));
    let mut out = BTreeMap::new();
    let again = SAMPLES.iter().map(|name| (format!("{name} afresh"), afresh(sample(name))));
    let real_again = real().into_iter().map(|(name, m)| (format!("{name} afresh"), afresh(m)));
    for (name, m) in samples.chain(again).chain(hard()).chain(real()).chain(real_again) {
        for (n, diagram) in m.diagram_order().iter().enumerate() {
            let layout = lay_out(&m, diagram);
            let name = if n == 0 { name.clone() } else { format!("{name} {}", n + 1) };
            if let Some(folder) = std::env::var_os("PALISADE_PICTURES") {
                let assessment = palisade::risk::assess(&m, Library::builtin());
                let look = Look { badges: diagram.as_str() != PAGE, ..Look::default() };
                let svg = to_svg(&scene::draw(&m, &assessment, &layout, &look), Theme::Light, Words::Outlines);
                std::fs::write(std::path::Path::new(&folder).join(format!("{}.svg", name.replace('/', " "))), svg).unwrap();
            }
            out.insert(name, count(&m, diagram, &layout));
        }
    }
    out
}

#[test]
fn flows_and_labels_are_drawn_as_well_as_before() {
    let now = measured();
    let mut table = format!("name\t{}\n", Count::HEADS.join("\t"));
    for (name, c) in &now {
        let figures: Vec<String> = c.figures().iter().map(usize::to_string).collect();
        writeln!(table, "{name}\t{}", figures.join("\t")).unwrap();
    }
    if std::env::var_os("PALISADE_ROUTES").is_some() {
        println!("{table}");
        std::fs::write(BASELINE, &table).unwrap();
    }
    let committed = std::fs::read_to_string(BASELINE).unwrap();
    let known: BTreeMap<&str, Vec<usize>> = committed
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once('\t'))
        .map(|(name, figures)| (name, figures.split('\t').map(|n| n.parse().unwrap()).collect()))
        .collect();
    let mut faults = Vec::new();
    for (name, c) in &now {
        // These never happen, whatever was before.
        if (c.through, c.needless, c.slanted, c.labels) != (0, 0, 0, 0) {
            faults.push(format!("{name}: {c:?}"));
        }
        let Some(was) = known.get(name.as_str()) else {
            faults.push(format!("{name} has no figures yet"));
            continue;
        };
        for ((head, now), was) in Count::HEADS.iter().zip(c.figures()).zip(was) {
            faults.extend((now > *was).then(|| format!("{name}: {head} was {was} and is {now}")));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn any_graph_is_drawn_without_faults_and_always_the_same() {
    for seed in 10..30 {
        let m = if seed % 2 == 0 { graphs::crowd(seed, 12 + seed as usize) } else { graphs::nested(seed, 2) };
        let layout = lay_out(&m, &PAGE.into());
        let c = count(&m, &PAGE.into(), &layout);
        assert_eq!((c.through, c.needless, c.slanted, c.shared), (0, 0, 0, 0), "{seed}: {c:?}");
        assert!(layout.flows.values().all(|f| f.points.iter().all(|p| p.is_finite())), "{seed}");
        assert!(layout == lay_out(&m, &PAGE.into()), "{seed}");
    }
}

#[test]
fn while_something_is_dragged_flows_keep_off_everything_as_well() {
    let mut document = palisade::edit::Document::new(graphs::nested(2, 3));
    let mut live = scene::LiveLayout::new(document.model(), &PAGE.into());
    let mut chance = graphs::Chance(7);
    let ids: Vec<Id> = document.model().elements.keys().cloned().collect();
    for _ in 0..25 {
        let id = ids[chance.below(ids.len())].clone();
        let by = palisade::geometry::vec2(chance.below(5) as f32 * 8.0 - 16.0, chance.below(5) as f32 * 8.0 - 16.0);
        let edit = palisade::edit::Edit::Move { diagram: PAGE.into(), items: [id.clone()].into(), by };
        document.preview(&edit).unwrap();
        let changes = document.take_changes();
        assert!(live.follow(document.model(), changes.changes.keys()));
        let c = count(document.model(), &PAGE.into(), live.layout());
        assert_eq!((c.through, c.needless), (0, 0), "{id} by {by:?}: {c:?}");
    }
}
