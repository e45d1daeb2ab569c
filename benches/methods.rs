//! What attack paths, ratings and years of losses cost, in processor time: `cargo bench --bench methods`.
//!
//! Goals on 1,000 elements: the best paths of five agents within 200 ms, 10,000 years of losses within 1 s.

mod clock;

use clock::CpuTime;
use criterion::{Criterion, SamplingMode, criterion_group, criterion_main};
use palisade::attack::{Attacks, PATHS};
use palisade::generate::{Size, generate};
use palisade::library::Library;
use palisade::methods::{Rater, quantified, simulate};
use palisade::model::{AgentAccess, Method, Pert, ThreatAgent, ThreatModel};
use palisade::progress::Quiet;
use palisade::risk::assess;
use std::hint::black_box;
use std::time::Duration;

/// A landscape with five agents that start in its outermost boundaries, and a loss for every asset.
fn landscape(elements: usize) -> ThreatModel {
    let mut model = generate(Size::elements(elements), 7);
    model.agents.clear();
    let starts: Vec<_> = model.boundaries.iter().filter(|(_, b)| b.trust.unwrap_or(9) <= 2).map(|(id, _)| id.clone()).collect();
    for n in 0..5u8 {
        let starts = starts.iter().skip(usize::from(n)).step_by(5).cloned().collect();
        let access = [AgentAccess::Remote, AgentAccess::Account].into();
        let agent = ThreatAgent { name: format!("Agent {n}"), capability: 1 + n, access, starts, ..ThreatAgent::default() };
        model.agents.insert(format!("agent{n}").into(), agent);
    }
    for asset in model.assets.values_mut() {
        asset.c = asset.c.max(3);
        asset.loss = Some(Pert { min: 4e4, mode: 2.5e5, max: 2e6 });
    }
    model
}

fn costs(c: &mut Criterion<CpuTime>) {
    let library = Library::builtin();
    let model = landscape(1000);
    let assessment = assess(&model, library);
    let mut group = c.benchmark_group("1000 elements");
    group.sampling_mode(SamplingMode::Flat).sample_size(10).measurement_time(Duration::from_secs(5));
    group.bench_function("openings and the graph", |b| b.iter(|| black_box(Attacks::new(&model, library))));
    let attacks = Attacks::new(&model, library);
    group.bench_function("best paths of five agents", |b| {
        b.iter(|| attacks.agents().map(|agent| attacks.best(agent).len()).sum::<usize>());
    });
    let best = attacks.agents().flat_map(|agent| attacks.best(agent)).max_by(|a, b| a.risk.total_cmp(&b.risk));
    if let Some(best) = best {
        group.bench_function("five best paths to one goal", |b| b.iter(|| attacks.k_best(&best.agent, &best.goal, 5)));
        group.bench_function("a cut", |b| {
            b.iter(|| attacks.attacker(&best.agent).and_then(|attacker| attacker.cut(&best.goal, &assessment, 0.05)))
        });
    }
    // What the page of paths asks for: five ways to each of six goals, and what interrupts them.
    group.bench_function("ways of five agents and what interrupts them", |b| {
        b.iter(|| {
            let attackers = attacks.agents().filter_map(|agent| attacks.attacker(agent));
            let cuts = attackers.map(|attacker| {
                let paths = attacker.paths(6, PATHS, &Quiet);
                let goals = paths.into_iter().flat_map(|paths| paths.goals).take(6);
                goals.filter_map(|ways| attacker.cuts(&ways, &assessment)).count()
            });
            cuts.sum::<usize>()
        });
    });
    group.bench_function("ways of five agents", |b| {
        b.iter(|| attacks.agents().filter_map(|agent| attacks.paths(agent, 6, PATHS, &Quiet)).count());
    });
    let sources = quantified(&model, library, &assessment, &Quiet).unwrap_or_default().whole(&assessment);
    group.bench_function("10,000 years of losses", |b| b.iter(|| simulate(&sources, 10_000, 0.5, &Quiet)));
    let rater = Rater::new(&model, library, &assessment);
    let keys: Vec<_> = assessment.findings.keys().take(1000).collect();
    group.bench_function("1,000 threats by OWASP Risk Rating", |b| {
        b.iter(|| keys.iter().filter_map(|key| rater.sheet(key, Method::Owasp)).count());
    });
    group.finish();
}

criterion_group! {
    name = methods;
    config = Criterion::default().with_measurement(CpuTime);
    targets = costs
}
criterion_main!(methods);
