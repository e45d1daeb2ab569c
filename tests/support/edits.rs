//! Random edits of every kind, possible and impossible ones.

use super::models::*;
use palisade::edit::{Edit, End};
use palisade::geometry::{pt, rect, vec2};
use palisade::model::{Id, Visibility};
use proptest::collection::{btree_set, vec};
use proptest::option::of;
use proptest::prelude::*;

pub fn any_edit() -> BoxedStrategy<Edit> {
    let batch = (text(), vec(single(), 0..4)).prop_map(|(label, edits)| Edit::Batch { label, edits });
    // Boundaries drawn over much of what is there: the rest has to step aside.
    let corner = (-600.0..200.0f32, -600.0..200.0f32, 200.0..900.0f32);
    let roomy = (new_id("b"), boundary(), id_of("d"), corner, btree_set(member(), 0..3)).prop_map(
        |(id, boundary, diagram, (x, y, size), members)| {
            let items = members.iter().chain([&id]).cloned().collect();
            let settle = Edit::Settle { diagram: diagram.clone(), items };
            let add = Edit::AddBoundary { id, boundary, diagram, rect: rect(x, y, size, size), members };
            Edit::Batch { label: "wrap".into(), edits: vec![add, settle] }
        },
    );
    prop_oneof![12 => single(), 1 => batch, 1 => roomy].boxed()
}

fn single() -> BoxedStrategy<Edit> {
    let put = any_key().prop_flat_map(|key| any_record(&key).prop_map(move |record| Edit::Put { key: key.clone(), record }));
    let misfit = (any_key(), any_key())
        .prop_flat_map(|(key, other)| any_record(&other).prop_map(move |record| Edit::Put { key: key.clone(), record }));
    let remove = btree_set(any_key(), 0..4).prop_map(|keys| Edit::Remove { keys });
    let add_element = (new_id("e"), element(), id_of("d"), any_rect())
        .prop_map(|(id, element, diagram, rect)| Edit::AddElement { id, element, diagram, rect });
    let add_boundary = (new_id("b"), boundary(), id_of("d"), any_rect(), btree_set(member(), 0..3))
        .prop_map(|(id, boundary, diagram, rect, members)| Edit::AddBoundary { id, boundary, diagram, rect, members });
    let add_note = (new_id("n"), note(), id_of("d"), any_rect()).prop_map(|(id, note, diagram, rect)| Edit::AddNote {
        id,
        note,
        diagram,
        rect,
    });
    let connect = (new_id("f"), flow(), id_of("d"), route()).prop_map(|(id, flow, diagram, route)| Edit::Connect {
        id,
        flow,
        diagram,
        route,
    });
    let end = prop_oneof![Just(End::From), Just(End::To)];
    let reconnect = (id_of("f"), end, of(id_of("e")), id_of("d"), -500.0..500.0f32)
        .prop_map(|(flow, end, to, diagram, at)| Edit::Reconnect { flow, end, to, diagram, at: pt(at, -at) });
    let distance = prop_oneof![20 => -500.0..500.0f32, 1 => Just(5e6), 1 => Just(f32::NAN), 2 => Just(0.0)];
    let shift = (id_of("d"), btree_set(item(), 0..4), distance.clone(), distance).prop_map(|(diagram, items, x, y)| Edit::Move {
        diagram,
        items,
        by: vec2(x, y),
    });
    let resize = (id_of("d"), boxed_item(), any_rect()).prop_map(|(diagram, item, rect)| Edit::Resize { diagram, item, rect });
    let reparent = (btree_set(member(), 0..4), of(id_of("b"))).prop_map(|(items, into)| Edit::Reparent { items, into });
    let settle = (id_of("d"), btree_set(member(), 0..4)).prop_map(|(diagram, items)| Edit::Settle { diagram, items });
    let decide = (threat_key(), decision()).prop_map(|(threat, decision)| Edit::Decide { threat, decision });
    let order = (id_of("d"), -3..9i32).prop_map(|(diagram, order)| Edit::OrderDiagram { diagram, order });
    let readers = prop_oneof![Just(None), Just(Some(Visibility::Internal)), Just(Some(Visibility::Public))];
    let disclose = (btree_set(any_key(), 0..4), readers).prop_map(|(keys, to)| Edit::Disclose { keys, to });
    prop_oneof![
        1 => order,
        4 => disclose,
        10 => put,
        1 => misfit,
        4 => remove,
        3 => add_element,
        3 => add_boundary,
        1 => add_note,
        3 => connect,
        3 => reconnect,
        4 => shift,
        2 => resize,
        3 => reparent,
        3 => settle,
        2 => decide,
    ]
    .boxed()
}

/// Mostly an id no random model has.
fn new_id(pool: &'static str) -> impl Strategy<Value = Id> {
    prop_oneof![1 => id_of(pool), 6 => (4..30u8).prop_map(move |n| Id::from(format!("{pool}{n}")))]
}

fn boxed_item() -> impl Strategy<Value = Id> {
    prop_oneof![4 => id_of("e"), 2 => id_of("b"), 1 => id_of("n"), 1 => item()]
}

fn member() -> impl Strategy<Value = Id> {
    prop_oneof![3 => id_of("e"), 2 => id_of("b"), 1 => item()]
}
