//! What laying out costs, in processor time: `cargo bench --bench layout`. Whole diagrams, and following one step of a drag.

mod clock;

use clock::{CpuTime, now};
use criterion::{Criterion, SamplingMode, criterion_group, criterion_main};
use palisade::edit::{Document, Edit};
use palisade::generate::{DIAGRAM, Size, generate};
use palisade::geometry::vec2;
use palisade::model::Id;
use palisade::progress::Quiet;
use palisade::scene::{LiveLayout, lay_out};
use palisade::tidy::{Scope, Wish, tidy};
use std::time::Duration;

const SIZES: [(usize, usize); 3] = [(100, 120), (500, 600), (10_000, 15_000)];

fn layout(c: &mut Criterion<CpuTime>) {
    let diagram = Id::new(DIAGRAM);
    for (elements, flows) in SIZES {
        let mut document = Document::new(generate(Size { elements, flows }, 1));
        let mut group = c.benchmark_group(format!("{elements} + {flows}"));
        group.sample_size(10).sampling_mode(SamplingMode::Flat);
        group.bench_function("the whole diagram", |b| b.iter(|| lay_out(document.model(), &diagram)));
        let mut live = LiveLayout::new(document.model(), &diagram);
        let mut step = 0u16;
        // There and back within its boundary, as a hand does.
        let mut drag = |live: &mut LiveLayout| {
            step += 1;
            let by = vec2(f32::from(step % 40), f32::from(step % 40) / 2.0);
            let edit = Edit::Move { diagram: diagram.clone(), items: [Id::new("e00007")].into(), by };
            document.preview(&edit).expect("it can be moved");
            let changes = document.take_changes();
            let start = now();
            assert!(live.follow(document.model(), changes.changes.keys()), "nothing else is needed");
            now() - start
        };
        group.bench_function("a step of a drag", |b| {
            b.iter_custom(|times| (0..times).map(|_| drag(&mut live)).sum::<Duration>());
        });
    }
}

/// Nested diagrams put in order, with as many flows as real ones have.
fn tidying(c: &mut Criterion<CpuTime>) {
    let mut group = c.benchmark_group("tidy");
    group.sample_size(10).sampling_mode(SamplingMode::Flat);
    for elements in [100, 1_000] {
        let model = generate(Size::elements(elements), 1);
        let wish = Wish { diagram: Id::new(DIAGRAM), scope: Scope::All, shape: 1.6, keeps: true };
        group.bench_function(format!("{elements} elements"), |b| b.iter(|| tidy(&model, &wish, &Quiet)));
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().with_measurement(CpuTime).warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1));
    targets = layout, tidying
}
criterion_main!(benches);
