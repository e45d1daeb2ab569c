//! What laying out costs, in processor time: `cargo bench --bench layout`. Whole diagrams, and following one step of a drag.

mod clock;

use clock::{CpuTime, now};
use criterion::{Criterion, SamplingMode, criterion_group, criterion_main};
use palisade::edit::{Document, Edit};
use palisade::generate::{DIAGRAM, Size, generate};
use palisade::geometry::vec2;
use palisade::model::Id;
use palisade::model::{Flow, Placement, PlacementKey, Route};
use palisade::progress::{Progress, Quiet};
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
        let model = document.model().clone();
        group.bench_function("the whole diagram", |b| b.iter(|| lay_out(&model, &diagram)));
        // Made when it is asked for: of the largest that takes its time.
        let (mut live, mut step) = (None, 0u16);
        // There and back within its boundary, as a hand does.
        let mut drag = || {
            let live = live.get_or_insert_with(|| LiveLayout::new(document.model(), &diagram));
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
            b.iter_custom(|times| (0..times).map(|_| drag()).sum::<Duration>());
        });
    }
}

/// What the window gives to following a drag in a frame.
const PACE: Duration = Duration::from_micros(1_500);

/// The time of a frame is over.
struct Until(Duration);

impl Progress for Until {
    fn report(&self, _: f32, _: &str) {}

    fn cancelled(&self) -> bool {
        now() >= self.0
    }
}

/// An element with forty flows, and a boundary with all it holds, dragged across a diagram of 500 elements: what one frame
/// takes, the longest of all, and how many frames it takes to settle.
fn heavy(c: &mut Criterion<CpuTime>) {
    let diagram = Id::new(DIAGRAM);
    let mut model = generate(Size { elements: 500, flows: 600 }, 1);
    let hub = Id::new("e00007");
    let others: Vec<Id> = model.elements.keys().filter(|id| **id != hub).step_by(12).take(40).cloned().collect();
    for (n, other) in others.into_iter().enumerate() {
        let id = Id::from(format!("hub{n:02}"));
        let flow = Flow { name: "Events".into(), from: Some(other), to: Some(hub.clone()), ..Flow::default() };
        model.flows.insert(id.clone(), flow);
        model.placements.insert(PlacementKey::new(diagram.clone(), id), Placement::Route(Route::default()));
    }
    let held = |b: &Id| model.elements.values().filter(|e| e.boundary.as_ref() == Some(b)).count();
    let fullest = model.boundaries.keys().max_by_key(|b| held(b)).cloned().expect("there are boundaries");
    let mut group = c.benchmark_group("a frame of dragging among 500");
    group.sample_size(10).sampling_mode(SamplingMode::Flat);
    for (name, item) in [("a hub of 40", hub), ("a full boundary", fullest)] {
        let mut document = Document::new(model.clone());
        let mut live = LiveLayout::new(document.model(), &diagram);
        let (mut step, mut longest, mut frames, mut drags) = (0u16, Duration::ZERO, 0u32, 0u32);
        let mut drag = || {
            step += 1;
            let by = vec2(f32::from(step % 40), f32::from(step % 40) / 2.0);
            document
                .preview(&Edit::Move { diagram: diagram.clone(), items: [item.clone()].into(), by })
                .expect("it can be moved");
            let changes = document.take_changes();
            let start = now();
            live.follow_for(document.model(), changes.changes.keys(), &Until(start + PACE));
            let mut took = vec![now() - start];
            while live.is_behind() {
                let start = now();
                live.go_on(document.model(), &Until(start + PACE));
                took.push(now() - start);
            }
            longest = took.iter().copied().fold(longest, Duration::max);
            (frames, drags) = (frames + took.len() as u32, drags + 1);
            took.iter().sum::<Duration>() / took.len() as u32
        };
        group.bench_function(name, |b| b.iter_custom(|times| (0..times).map(|_| drag()).sum::<Duration>()));
        println!(
            "{name}: the longest frame {longest:?}, {:.1} frames until it has settled",
            f64::from(frames) / f64::from(drags.max(1))
        );
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
    targets = layout, heavy, tidying
}
criterion_main!(benches);
