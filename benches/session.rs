//! What the end of a meeting costs, in processor time: `cargo bench --bench session`.
//!
//! Goal: from the key to both files of the summary within 2 s, after a session of ninety minutes.

mod clock;

use clock::CpuTime;
use criterion::{Criterion, SamplingMode, criterion_group, criterion_main};
use palisade::compare::{Scores, freeze};
use palisade::generate::{Size, generate};
use palisade::library::Library;
use palisade::model::*;
use palisade::progress::Quiet;
use palisade::report::{Format, session_report, write};
use palisade::risk::assess;
use palisade::session::{self, Scope, Summary};
use std::hint::black_box;
use std::time::Duration;

fn at(minute: u16) -> Moment {
    "2026-10-02".parse().ok().and_then(|day| Moment::new(day, 14 + minute / 60, minute % 60)).expect("a time of day")
}

/// A model after a session: forty decisions, ten blind scores, what was parked and noted, and things changed meanwhile.
fn held(mut model: ThreatModel) -> (ThreatModel, Id) {
    let library = Library::builtin();
    let assessment = assess(&model, library);
    let start = freeze(&model, &Scores::of(&assessment), library, "Start", "", at(0).date);
    let mut meeting = session::begin(&model, at(0), start);
    let people: Vec<Id> = (0..6).map(|n| Id::from(format!("person{n}"))).collect();
    for (n, id) in people.iter().enumerate() {
        model.people.insert(id.clone(), Person { name: format!("Person {n}"), ..Person::default() });
        meeting.attendance.insert(id.clone(), [Role::Participant].into());
    }
    let open: Vec<ThreatKey> = assessment.ranked().into_iter().filter(|f| f.counts()).map(|f| f.key.clone()).collect();
    for (n, threat) in open.iter().take(40).enumerate() {
        let disposition = if n % 3 == 0 { Disposition::Accept } else { Disposition::Mitigate };
        let by = people.get(n % people.len()).cloned();
        model.decisions.insert(threat.clone(), Decision { disposition, owner: by.clone(), ..Decision::default() });
        let (text, dissent) = (disposition.label().to_owned(), people.iter().take(n % 2).cloned().collect());
        let at = Some(at(20 + n as u16));
        meeting.decided.push(Resolution { at, threat: Some(threat.clone()), disposition, text, by, dissent });
        if n % 4 == 0 {
            let ballot = |(n, id): (usize, &Id)| (id.clone(), Ballot { likelihood: 2 + (n % 3) as u8, impact: 4 });
            meeting.ballots.insert(threat.clone(), vec![people.iter().enumerate().map(ballot).collect()]);
            meeting.parked.push(Parked { text: format!("Come back to matter {n}"), at, ..Parked::default() });
            meeting.notes.push(Remark { text: format!("What was said about {n}"), at, ..Remark::default() });
        }
    }
    for element in model.elements.values_mut().take(20) {
        element.name.push_str(" (named anew)");
    }
    meeting.ended = Some(at(90));
    let id = Id::new("meeting");
    model.sessions.insert(id.clone(), meeting);
    (model, id)
}

fn shop() -> ThreatModel {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_models/web-shop.ron");
    palisade::storage::load(&std::fs::read_to_string(path).expect("the sample is there")).expect("it is sound").model
}

fn closing(c: &mut Criterion<CpuTime>) {
    let library = Library::builtin();
    let mut group = c.benchmark_group("close");
    group.sampling_mode(SamplingMode::Flat).sample_size(10).measurement_time(Duration::from_secs(5));
    for (name, model) in [("the web shop", shop()), ("400 elements", generate(Size::elements(400), 7))] {
        let (model, id) = held(model);
        let assessment = assess(&model, library);
        group.bench_function(format!("{name}: summary as PDF and Markdown"), |b| {
            b.iter(|| {
                let summary = Summary::of(&model, library, &assessment, &id).expect("it was held");
                let report = session_report(&summary, at(0).date);
                let pdf = write(Format::Pdf, &report, &Quiet).expect("it is written").len();
                pdf + write(Format::Markdown, &report, &Quiet).expect("it is written").len()
            });
        });
        group.bench_function(format!("{name}: the steps to begin with"), |b| {
            b.iter(|| black_box(session::generate(&model, &assessment, Scope::Gravest)).len());
        });
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().with_measurement(CpuTime).warm_up_time(Duration::from_millis(300));
    targets = closing
}
criterion_main!(benches);
