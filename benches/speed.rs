//! How long the live parts take on generated models of 100 and 500 elements: `cargo bench`.

use criterion::{Criterion, criterion_group, criterion_main};
use palisade::edit::{Edit, plan};
use palisade::generate::{DIAGRAM, Size, generate};
use palisade::geometry::vec2;
use palisade::library::Library;
use palisade::model::*;
use palisade::{risk, scene, storage};
use std::hint::black_box;
use std::time::Duration;

const SIZES: [usize; 2] = [100, 500];

fn speed(c: &mut Criterion) {
    let library = Library::builtin();
    for size in SIZES {
        let model = generate(Size::elements(size), 1);
        let text = storage::save(&model).expect("a sound model can be saved");
        let diagram = Id::new(DIAGRAM);
        let nudge = Edit::Move { diagram: diagram.clone(), items: [Id::new("e00007")].into(), by: vec2(5.0, 0.0) };
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
