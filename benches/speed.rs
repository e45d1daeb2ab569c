//! How long the live parts take on generated models of 100 and 500 elements: `cargo bench`.

use criterion::{Criterion, criterion_group, criterion_main};
use palisade::edit::{Edit, plan};
use palisade::geometry::{rect, vec2};
use palisade::library::Library;
use palisade::model::*;
use palisade::{risk, scene, storage};
use std::hint::black_box;
use std::time::Duration;

const SIZES: [usize; 2] = [100, 500];

/// A grid of services in four zones, each calling the next and keeping one asset in a store every fifth place.
fn generated(size: usize) -> ThreatModel {
    let mut model = ThreatModel::default();
    let diagram = Id::new("main");
    model.diagrams.insert(diagram.clone(), Diagram { name: "All".into(), ..Diagram::default() });
    for zone in 0..4u8 {
        let boundary = Boundary { name: format!("Zone {zone}"), trust: Some(zone), ..Boundary::default() };
        model.boundaries.insert(format!("b{zone}").into(), boundary);
    }
    model.assets.insert("a".into(), Asset { name: "Orders".into(), c: 3, i: 4, a: 2, ..Asset::default() });
    for n in 0..size {
        let id = Id::from(format!("e{n:04}"));
        let kind = [
            ElementKind::ExternalEntity,
            ElementKind::Process,
            ElementKind::Process,
            ElementKind::Process,
            ElementKind::DataStore,
        ];
        let element = Element {
            name: format!("Service {n}"),
            kind: kind[n % 5],
            boundary: Some(format!("b{}", n * 4 / size).into()),
            holds: if n % 5 == 4 { [Id::new("a")].into() } else { [].into() },
            ..Element::default()
        };
        model.elements.insert(id.clone(), element);
        let place = rect((n % 20) as f32 * 220.0, (n / 20) as f32 * 140.0, 140.0, 64.0);
        model.placements.insert(PlacementKey::new(diagram.clone(), id.clone()), Placement::Box(place));
        for to in [n + 1, n + 7].into_iter().filter(|to| *to < size) {
            let flow = Flow {
                name: format!("{n} calls {to}"),
                from: Some(id.clone()),
                to: Some(format!("e{to:04}").into()),
                protocol: if n % 2 == 0 { Protocol::Http } else { Protocol::Https },
                ..Flow::default()
            };
            let key = Id::from(format!("f{n:04}-{to:04}"));
            model.flows.insert(key.clone(), flow);
            model.placements.insert(PlacementKey::new(diagram.clone(), key), Placement::Route(Route::default()));
        }
    }
    assert_eq!(check(&model), []);
    model
}

fn speed(c: &mut Criterion) {
    let library = Library::builtin();
    for size in SIZES {
        let model = generated(size);
        let text = storage::save(&model).expect("a sound model can be saved");
        let diagram = Id::new("main");
        let nudge = Edit::Move { diagram: diagram.clone(), items: [Id::new("e0007")].into(), by: vec2(5.0, 0.0) };
        let mut run = |name: &str, work: &dyn Fn()| {
            c.bench_function(&format!("{name}/{size}"), |b| b.iter(work));
        };
        run("assess", &|| drop(black_box(risk::assess(&model, library))));
        run("lay out a diagram", &|| drop(black_box(scene::lay_out(&model, &diagram))));
        run("plan a move", &|| drop(black_box(plan(&nudge, &model))));
        run("save", &|| drop(black_box(storage::save(&model))));
        run("load", &|| drop(black_box(storage::load(&text))));
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1));
    targets = speed
}
criterion_main!(benches);
