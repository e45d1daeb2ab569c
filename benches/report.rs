//! What a report costs, in processor time: `cargo bench --bench report`. From the model to the finished file, and its parts.

mod clock;

use clock::CpuTime;
use criterion::{Criterion, SamplingMode, criterion_group, criterion_main};
use palisade::interchange::plain_json;
use palisade::library::Library;
use palisade::model::{Diagram, Id, Placement, PlacementKey, Route, ThreatModel};
use palisade::progress::Quiet;
use palisade::report::{Block, Format, Profile, Report, ReportOptions, Theme, compose, lay_out, write};
use palisade::risk::{Assessment, assess};
use std::time::Duration;

/// The web shop with five diagrams of everything: more than 100 threats.
fn shop() -> ThreatModel {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/oracle/web-shop.model.json");
    let mut model = plain_json::read(&std::fs::read_to_string(path).expect("the sample is there")).expect("it is sound").model;
    for n in 0..5 {
        let id = Id::new(format!("d{n}"));
        model.diagrams.insert(id.clone(), Diagram { name: format!("View {n}"), ..Diagram::default() });
        for (k, item) in model.elements.keys().cloned().enumerate() {
            let at = palisade::geometry::rect(60.0 + 220.0 * (k % 5) as f32, 60.0 + 160.0 * (k / 5) as f32, 130.0, 56.0);
            model.placements.insert(PlacementKey::new(id.as_str(), item), Placement::Box(at));
        }
        for item in model.flows.keys().cloned() {
            model.placements.insert(PlacementKey::new(id.as_str(), item), Placement::Route(Route::default()));
        }
    }
    model
}

/// Only so many threats, worst first, as a report of that many has them.
fn with_threats(model: &mut ThreatModel, most: usize) -> Assessment {
    let library = Library::builtin();
    let assessment = assess(model, library);
    let rest: Vec<_> = assessment.ranked().into_iter().filter(|f| f.counts()).skip(most).map(|f| f.key.clone()).collect();
    for key in rest {
        let decision =
            palisade::model::Decision { disposition: palisade::model::Disposition::NotApplicable, ..Default::default() };
        model.decisions.insert(key, decision);
    }
    assess(model, library)
}

fn options() -> ReportOptions {
    ReportOptions::new("2026-11-22".parse().expect("a date"))
}

/// The report repeated and then cut to at least so many pages.
fn long(report: &Report, pages: usize) -> Report {
    let count = |report: &Report| lay_out(report, &Quiet).expect("nobody cancels").pages.len();
    let mut out = report.clone();
    while count(&out) < pages {
        out.chapters.extend(report.chapters.iter().filter(|c| c.blocks != [Block::Contents]).cloned());
    }
    while let Some(last) = out.chapters.pop() {
        if count(&out) < pages {
            out.chapters.push(last);
            break;
        }
    }
    out
}

/// A sample as it is delivered.
fn sample(name: &str) -> ThreatModel {
    let path = format!("{}/sample_models/{name}.ron", env!("CARGO_MANIFEST_DIR"));
    palisade::storage::load(&std::fs::read_to_string(path).expect("the sample is there")).expect("it is sound").model
}

/// Greatest memory of the process so far, where the system tells.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")).map_or_else(|| "unknown".to_owned(), |m| m.trim().to_owned())
}

fn reports(c: &mut Criterion<CpuTime>) {
    let mut model = shop();
    let assessment = with_threats(&mut model, 100);
    let library = Library::builtin();
    let report = compose(&model, library, &assessment, &options());
    let bytes = write(Format::Pdf, &report, &Quiet).expect("it is written").len();
    println!("100 threats and 5 diagrams: {} KB (goal 1500), memory at most {} (goal 300 MB)", bytes / 1024, memory());
    let book = long(&report, 300);
    let bytes = write(Format::Pdf, &book, &Quiet).expect("it is written").len();
    println!("300 pages: {} KB, memory at most {} (goal 300 MB)", bytes / 1024, memory());
    let count = |report: &Report| lay_out(report, &Quiet).expect("nobody cancels").pages.len();
    println!(
        "100 threats and 5 diagrams: {} pages (goal 60), goal 0.5 s; the long one: {}, goal 2 s",
        count(&report),
        count(&book)
    );
    let mut group = c.benchmark_group("report");
    group.sample_size(10).sampling_mode(SamplingMode::Flat);
    group.bench_function("100 threats + 5 diagrams, from model to file", |b| {
        b.iter(|| write(Format::Pdf, &compose(&model, library, &assessment, &options()), &Quiet).expect("it is written").len());
    });
    group.bench_function("its pages alone, as the preview has them", |b| {
        b.iter(|| lay_out(&compose(&model, library, &assessment, &options()), &Quiet).expect("nobody cancels").pages.len());
    });
    group.bench_function("300 pages, from tree to file", |b| {
        b.iter(|| write(Format::Pdf, &book, &Quiet).expect("it is written").len());
    });
    let shop = sample("web-shop");
    let assessed = assess(&shop, library);
    for profile in Profile::ALL {
        let options = ReportOptions::of(*profile, Theme::default(), options().date);
        group.bench_function(format!("web shop, {}, its tree", profile.name()), |b| {
            b.iter(|| compose(&shop, library, &assessed, &options).chapters.len());
        });
        let report = compose(&shop, library, &assessed, &options);
        group.bench_function(format!("web shop, {}, from tree to pages", profile.name()), |b| {
            b.iter(|| lay_out(&report, &Quiet).expect("nobody cancels").pages.len());
        });
        group.bench_function(format!("web shop, {}, from tree to file", profile.name()), |b| {
            b.iter(|| write(Format::Pdf, &report, &Quiet).expect("it is written").len());
        });
    }
    // The largest sample as the window lays it out while somebody chooses chapters: goal 0.5 s.
    let drone = sample("drone-pharmacy");
    let assessed = assess(&drone, library);
    group.bench_function("drone pharmacy, full, its pages as the preview has them", |b| {
        b.iter(|| lay_out(&compose(&drone, library, &assessed, &options()), &Quiet).expect("nobody cancels").pages.len());
    });
    group
        .bench_function("100 threats as HTML", |b| b.iter(|| write(Format::Html, &report, &Quiet).expect("it is written").len()));
}

criterion_group! {
    name = benches;
    config = Criterion::default().with_measurement(CpuTime).warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(3));
    targets = reports
}
criterion_main!(benches);
