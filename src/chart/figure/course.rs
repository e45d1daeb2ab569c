//! How the load changes: over the baselines, along a roadmap, from before controls to what is planned.

use super::{Entry, Figure, Form, Series, Sources, Topic, Value};
use crate::model::Band;
use crate::risk::BandCounts;

fn series(heading: &str, is_beside: bool) -> Series {
    Series { heading: heading.to_owned(), band: None, filter: None, is_beside }
}

fn point(sources: &Sources<'_>, label: &str, load: f64, peak: f64, is_ahead: bool) -> Entry {
    let band = sources.library.calibration.band(peak);
    let peak = Some(Value { amount: peak, band: Some(band) });
    let load = Some(Value { amount: load, band: Some(band) });
    Entry { label: label.to_owned(), mark: String::new(), values: vec![load, peak], filter: Vec::new(), is_ahead }
}

/// Baselines are as they were delivered; today and what is planned follow them.
pub(super) fn trend(sources: &Sources<'_>) -> Figure {
    let mut baselines: Vec<_> = sources.model.baselines.values().collect();
    baselines.sort_by(|a, b| a.on.cmp(&b.on).then_with(|| a.name.cmp(&b.name)));
    let mut rows: Vec<Entry> = baselines.iter().map(|b| point(sources, &b.name, b.load, b.peak, false)).collect();
    let totals = &sources.assessment.totals;
    rows.push(point(sources, "Now", totals.risk.load, totals.risk.peak, false));
    rows.push(point(sources, "Planned", totals.planned_load, totals.planned_peak, true));
    let note = match baselines.is_empty() {
        true => "No baseline yet: keep one with each delivery, and the course shows.",
        false => "Baselines are frozen as they were delivered.",
    };
    Figure {
        topic: Topic::Trend,
        form: Form::Curve,
        title: Topic::Trend.label(),
        note: note.to_owned(),
        columns: vec![series("Load", false), series("Peak", true)],
        rows,
    }
}

pub(super) fn roadmap(sources: &Sources<'_>) -> Figure {
    let totals = &sources.assessment.totals;
    let mut rows = Vec::new();
    if !sources.roadmap.is_empty() {
        rows.push(point(sources, "Today", totals.risk.load, totals.risk.peak, false));
    }
    let mut days = 0.0;
    for step in sources.roadmap {
        days += step.days;
        let mut entry = point(sources, &step.name, step.load, step.peak, true);
        entry.values.push(Value::of(days));
        rows.push(entry);
    }
    rows.iter_mut().filter(|entry| entry.values.len() < 3).for_each(|entry| entry.values.push(Value::of(0.0)));
    Figure {
        topic: Topic::Roadmap,
        form: Form::Curve,
        title: Topic::Roadmap.label(),
        note: "The load that is left after each of the next best controls.".to_owned(),
        columns: vec![series("Load", false), series("Peak", true), series("Person-days so far", true)],
        rows,
    }
}

pub(super) fn states(sources: &Sources<'_>) -> Figure {
    let totals = &sources.assessment.totals;
    let with = |label: &str, load: f64, peak: f64, counts: Option<&BandCounts>, is_ahead: bool| {
        let mut entry = point(sources, label, load, peak, is_ahead);
        let counts = Band::ALL.iter().map(|band| counts.and_then(|counts| Value::of(counts.get(*band) as f64)));
        entry.values.extend(counts);
        entry
    };
    let mut rows = vec![
        with("Inherent", totals.inherent_load, totals.inherent_peak, Some(&totals.inherent), false),
        with("Current", totals.risk.load, totals.risk.peak, Some(&totals.current), false),
        with("Planned", totals.planned_load, totals.planned_peak, Some(&totals.planned), true),
    ];
    if let Some(last) = sources.roadmap.last() {
        rows.push(with("Target", last.load, last.peak, None, true));
    }
    let levels = Band::ALL.iter().map(|band| Series { band: Some(*band), ..series(band.label(), true) });
    Figure {
        topic: Topic::States,
        form: Form::Bars,
        title: Topic::States.label(),
        note: match sources.roadmap.is_empty() {
            true => "The load before controls, today, and with the plans carried out.".to_owned(),
            false => "The load before controls, today, with the plans and with the roadmap carried out.".to_owned(),
        },
        columns: [series("Load", false), series("Peak", true)].into_iter().chain(levels).collect(),
        rows,
    }
}
