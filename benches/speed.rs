//! How long the live parts take on generated models: `cargo bench --bench speed`. Processor time, so that figures mean
//! something on a busy machine.

mod clock;

use clock::{CpuTime, now};
use criterion::{Criterion, criterion_group, criterion_main};
use palisade::edit::{Edit, plan};
use palisade::generate::{DIAGRAM, Size, generate};
use palisade::geometry::vec2;
use palisade::library::Library;
use palisade::model::*;
use palisade::risk::LiveAssessment;
use palisade::{risk, scene, storage};
use std::hint::black_box;
use std::time::Duration;

const SIZES: [usize; 2] = [100, 500];

fn speed(c: &mut Criterion<CpuTime>) {
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

/// An edit as people make it: changes the model, to and fro by the number, and tells the records it changed.
type Change = fn(&mut ThreatModel, u64) -> Vec<Key>;

const CHANGES: [(&str, Change); 9] = [
    ("decision", decide),
    ("rename", |model, n| element(model, n, |e, n| e.name = format!("Renamed {n}"))),
    ("tag", |model, n| element(model, n, |e, n| e.tags = [["web-app", "rest-api"][(n / 7) as usize % 2].to_owned()].into())),
    ("membership", |model, n| {
        let home = model.boundaries.keys().nth(3 + (n / 7) as usize % 5).cloned();
        element(model, n, |e, _| e.boundary = home.clone())
    }),
    ("control", control),
    ("protocol", |model, n| {
        let id = model.flows.keys().nth(700 + n as usize % 8).cloned().expect("there are flows");
        model.flows.entry(id.clone()).and_modify(|f| f.protocol = [Protocol::Http, Protocol::Https][(n / 8) as usize % 2]);
        vec![Key::Flow(id)]
    }),
    ("flow added or taken away", |model, n| {
        let id = Id::new("added");
        if model.flows.remove(&id).is_none() {
            let end = |n: u64| model.elements.keys().nth(100 + n as usize % 800).cloned();
            let flow = Flow { from: end(n), to: end(n * 7 + 1), protocol: Protocol::Http, ..Flow::default() };
            model.flows.insert(id.clone(), flow);
        }
        vec![Key::Flow(id)]
    }),
    ("element added or taken away", |model, _| {
        let id = Id::new("added");
        if model.elements.remove(&id).is_none() {
            let like = model.elements.values().nth(300).cloned().expect("there are elements");
            model.elements.insert(id.clone(), like);
        }
        vec![Key::Element(id)]
    }),
    ("asset value", |model, n| {
        let id = model.assets.keys().next().cloned().expect("there are assets");
        model.assets.entry(id.clone()).and_modify(|a| a.c = (n % 2) as u8 + 2);
        vec![Key::Asset(id)]
    }),
];

fn element(model: &mut ThreatModel, n: u64, change: impl Fn(&mut Element, u64)) -> Vec<Key> {
    let id = model.elements.keys().nth(100 + (n * 97) as usize % 800).cloned().expect("there are elements");
    model.elements.entry(id.clone()).and_modify(|e| change(e, n));
    vec![Key::Element(id)]
}

fn decide(model: &mut ThreatModel, n: u64) -> Vec<Key> {
    let id = model.elements.keys().nth(100 + (n * 97) as usize % 800).cloned().expect("there are elements");
    let key = ThreatKey::new("T-GEN-T", id);
    if model.decisions.remove(&key).is_none() {
        model.decisions.insert(key.clone(), Decision { disposition: Disposition::Accept, ..Decision::default() });
    }
    vec![Key::Decision(key)]
}

fn control(model: &mut ThreatModel, n: u64) -> Vec<Key> {
    let at = model.elements.keys().nth(100 + (n / 2 * 97) as usize % 800).cloned().expect("there are elements");
    let id = Id::new("added");
    if model.instances.remove(&id).is_none() {
        let (at, status) = ([Site::At(at)].into(), ControlStatus::Implemented);
        let instance = ControlInstance { control: "C-APP-VALID".into(), at, status, ..ControlInstance::default() };
        model.instances.insert(id.clone(), instance);
    }
    vec![Key::Instance(id)]
}

/// Goals: from scratch 20 ms and (on two cores) 400 ms, an edit 5 ms.
fn living(c: &mut Criterion<CpuTime>) {
    let library = Library::builtin();
    for (elements, flows) in [(1_000, 1_500), (10_000, 15_000)] {
        let mut model = generate(Size { elements, flows }, 1);
        let mut group = c.benchmark_group(format!("{elements} + {flows}"));
        group.bench_function("assess from scratch", |b| {
            b.iter_with_large_drop(|| black_box(risk::assess(&model, library)));
        });
        let mut live = LiveAssessment::new(&model, library);
        for (name, change) in CHANGES {
            let mut n = 0;
            group.bench_function(name, |b| {
                b.iter_custom(|times| {
                    let one = |_| {
                        let keys = change(&mut model, n);
                        n += 1;
                        let start = now();
                        black_box(live.follow(&model, keys.iter()));
                        now() - start
                    };
                    (0..times).map(one).sum::<Duration>()
                });
            });
        }
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().with_measurement(CpuTime).sample_size(10).warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1));
    targets = speed, living
}
criterion_main!(benches);
