//! What is drawn stays where it is while other things are edited: courses and labels of flows that have nothing to do with
//! the edit do not jump.

use crate::support::graphs::{self, Chance};
use palisade::edit::{Document, Edit};
use palisade::geometry::{Rect, rect, vec2};
use palisade::model::*;
use palisade::scene::{DiagramLayout, RoutedFlow, lay_out};
use std::collections::BTreeMap;

/// Further than this, in points, is a jump.
const JUMP: f32 = 4.0;

fn sample(name: &str) -> ThreatModel {
    let path = format!("{}/sample_models/{name}.ron", env!("CARGO_MANIFEST_DIR"));
    palisade::open::open(&std::fs::read(path).unwrap(), name).unwrap().model
}

/// How often something jumped, of how many.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    flows: usize,
    courses: usize,
    labels: usize,
}

fn around(flow: &RoutedFlow) -> Rect {
    let all = Rect::around(flow.points.iter().copied()).unwrap();
    flow.label.as_ref().map_or(all, |label| all.union(label.mask))
}

fn has_jumped(a: &RoutedFlow, b: &RoutedFlow) -> bool {
    a.corners.len() != b.corners.len() || a.corners.iter().zip(&b.corners).any(|(p, q)| (*p - *q).length() > JUMP)
}

/// Flows that neither changed nor come near to what did.
fn compare(before: &DiagramLayout, after: &DiagramLayout, changed: &[Rect], touched: &[Id], tally: &mut Tally) {
    for (id, a) in before.flows.iter().filter(|(id, _)| !touched.contains(id)) {
        let Some(b) = after.flows.get(id) else { continue };
        if changed.iter().any(|r| r.expand(48.0).intersects(around(a))) {
            continue;
        }
        tally.flows += 1;
        tally.courses += usize::from(has_jumped(a, b));
        let centre = |f: &RoutedFlow| f.label.as_ref().map(|label| label.mask.center());
        let is_elsewhere = match (centre(a), centre(b)) {
            (Some(p), Some(q)) => (p - q).length() > JUMP,
            (p, q) => p.is_some() != q.is_some(),
        };
        tally.labels += usize::from(is_elsewhere);
    }
}

/// An edit as people make them all day, the areas it changes and the flows it is about.
fn any_edit(m: &ThreatModel, diagram: &Id, before: &DiagramLayout, chance: &mut Chance) -> (&'static str, Edit, Vec<Id>) {
    let elements: Vec<&Id> = m.elements.keys().filter(|id| before.boxes.contains_key(*id)).collect();
    let element = elements[chance.below(elements.len())].clone();
    let at_element = |id: &Id| -> Vec<Id> {
        m.flows
            .iter()
            .filter(|(_, f)| f.from.as_ref() == Some(id) || f.to.as_ref() == Some(id))
            .map(|(id, _)| id.clone())
            .collect()
    };
    let flows: Vec<&Id> = before.flows.keys().collect();
    let flow = flows[chance.below(flows.len())].clone();
    match chance.below(5) {
        0 => {
            let mut record = m.elements[&element].clone();
            record.name += " renamed";
            ("rename an element", Edit::put(Key::Element(element.clone()), record), at_element(&element))
        }
        1 => {
            let mut record = m.flows[&flow].clone();
            record.name += " renamed";
            ("rename a flow", Edit::put(Key::Flow(flow.clone()), record), vec![flow])
        }
        2 => {
            let all = before.boxes.values().map(|b| b.rect).reduce(Rect::union).unwrap();
            let rect = rect(all.x + all.w + 120.0, all.y + 40.0, 120.0, 60.0);
            let new = Element { name: "Beside".into(), ..Element::default() };
            ("add an element", Edit::AddElement { id: "beside".into(), element: new, diagram: diagram.clone(), rect }, vec![])
        }
        3 => ("delete a flow", Edit::Remove { keys: [Key::Flow(flow.clone())].into() }, vec![flow]),
        _ => {
            let by = vec2(chance.below(5) as f32 * 8.0 - 16.0, chance.below(5) as f32 * 8.0 - 16.0);
            let of = at_element(&element);
            ("move an element", Edit::Move { diagram: diagram.clone(), items: [element].into(), by }, of)
        }
    }
}

#[test]
fn what_an_edit_does_not_concern_stays_where_it_is() {
    let samples = ["cicd", "hospital", "iot-fleet", "mobile-bank", "rag", "web-shop", "drone-pharmacy"];
    let drawn: Vec<ThreatModel> = samples.iter().map(|name| sample(name)).collect();
    for (what, tally) in edited(&drawn, 40) {
        println!("samples, {what}: {tally:?}");
        assert!(tally.flows > 250, "{what}: hardly anything was looked at");
        assert!(tally.courses == 0 && tally.labels == 0, "samples, {what}: {tally:?}");
    }
    // Where everything is crowded, one that finds a better place may make room for the next.
    let crowded = edited(&[graphs::nested(1, 4), graphs::nested(2, 4), graphs::crowd(1, 30)], 20);
    let all = |of: fn(&Tally) -> usize| crowded.values().map(of).sum::<usize>();
    let (flows, courses, labels) = (all(|t| t.flows), all(|t| t.courses), all(|t| t.labels));
    println!("crowded: of {flows} flows beside, {courses} courses and {labels} labels jumped");
    assert!(flows > 800 && courses.max(labels) * 100 <= flows * 4, "{crowded:?}");
}

/// So many edits of each, and what jumped by the kind of the edit.
fn edited(models: &[ThreatModel], times: usize) -> BTreeMap<&'static str, Tally> {
    let mut tallies: BTreeMap<&'static str, Tally> = BTreeMap::new();
    for m in models {
        let mut chance = Chance(7);
        let diagram = m.diagram_order()[0].clone();
        let before = lay_out(m, &diagram);
        for _ in 0..times {
            let (what, edit, touched) = any_edit(m, &diagram, &before, &mut chance);
            let mut document = Document::new(m.clone());
            if !document.commit(&edit).unwrap_or(false) {
                continue;
            }
            let after = lay_out(document.model(), &diagram);
            let rect = |layout: &DiagramLayout, id: &Id| layout.boxes.get(id).map(|b| b.rect);
            // A boundary that grows around what was moved is drawn elsewhere only along its edge.
            let elements = m.elements.keys().filter(|id| rect(&before, id) != rect(&after, id));
            let mut changed: Vec<Rect> = elements.flat_map(|id| [rect(&before, id), rect(&after, id)]).flatten().collect();
            changed.extend(touched.iter().flat_map(|id| [before.flows.get(id), after.flows.get(id)]).flatten().map(around));
            compare(&before, &after, &changed, &touched, tallies.entry(what).or_default());
        }
    }
    tallies
}
