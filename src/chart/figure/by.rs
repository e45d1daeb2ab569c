//! Threats by what they are at and what they are, in pieces by level.

use super::{Entry, Figure, Form, Series, Sources, Topic, Value};
use crate::model::{Band, Category, Id, Layer};
use crate::register::{Column, Facts, Flag, Term};
use crate::risk::{BandCounts, Finding, Rollup, name_of};
use std::collections::{BTreeMap, BTreeSet};

/// Most elements in a chart; the rest is in the register.
const ELEMENTS: usize = 24;
/// Most areas of their own in a treemap.
const AREAS: usize = 60;

/// What tells threats that count from those that only may apply or were ruled out.
pub(super) fn counting() -> Term {
    Term::word(Flag::Counting.word())
}

/// A column for each level, and beside them the worst score.
fn levels() -> Vec<Series> {
    let level = |band: &Band| Series {
        heading: band.label().to_owned(),
        band: Some(*band),
        filter: Some(Term::is(Column::Level.key(), [band.label()])),
        is_beside: false,
    };
    let worst = Series { heading: "Worst".to_owned(), band: None, filter: None, is_beside: true };
    Band::ALL.iter().map(level).chain([worst]).collect()
}

/// Threats that count, with the worst of them.
#[derive(Default)]
struct Pile {
    counts: BandCounts,
    worst: Option<(f64, Band)>,
}

impl Pile {
    fn add(&mut self, finding: &Finding) {
        self.counts.add(finding.current.band);
        let one = (finding.current.score, finding.current.band);
        self.worst = Some(self.worst.filter(|worst| worst.0 >= one.0).unwrap_or(one));
    }

    fn entry(&self, label: String, mark: &str, filter: Term) -> Entry {
        let counts = Band::ALL.iter().map(|band| Value::of(self.counts.get(*band) as f64));
        let worst = self.worst.map(|(score, band)| Value { amount: score, band: Some(band) });
        let filter = vec![counting(), filter];
        Entry { label, mark: mark.to_owned(), values: counts.chain([worst]).collect(), filter, is_ahead: false }
    }
}

fn counted<'a>(sources: &Sources<'a>) -> impl Iterator<Item = &'a Finding> + use<'a> {
    sources.assessment.findings.values().filter(|finding| finding.counts())
}

fn stacks(topic: Topic, note: &str, rows: Vec<Entry>) -> Figure {
    Figure { topic, form: Form::Stacks, title: topic.label(), note: note.to_owned(), columns: levels(), rows }
}

pub(super) fn boundaries(sources: &Sources<'_>) -> Figure {
    let nothing = BTreeSet::new();
    let facts = Facts::new(sources.model, sources.library, sources.assessment, sources.today, "", &nothing);
    let mut piles: BTreeMap<Option<Id>, Pile> = BTreeMap::new();
    for finding in counted(sources) {
        piles.entry(facts.home(finding)).or_default().add(finding);
    }
    let between = piles.remove(&None);
    // Boundaries of the same name are one to whoever reads the name.
    let mut named: BTreeMap<String, (Option<u8>, Pile)> = BTreeMap::new();
    for (id, pile) in piles.into_iter().filter_map(|(id, pile)| Some((id?, pile))) {
        let trust = sources.model.boundaries.get(&id).and_then(|b| b.trust);
        let known = named.entry(name_of(sources.model, &id)).or_insert_with(|| (trust, Pile::default()));
        Band::ALL.iter().for_each(|band| (0..pile.counts.get(*band)).for_each(|_| known.1.counts.add(*band)));
        let worst = [known.1.worst, pile.worst].into_iter().flatten();
        known.1.worst = worst.max_by(|a, b| a.0.total_cmp(&b.0));
    }
    let mut rows: Vec<Entry> = named
        .into_iter()
        .map(|(name, (trust, pile))| {
            let mark = trust.map(|trust| format!("T{trust}")).unwrap_or_default();
            let filter = Term::is(Column::Boundary.key(), [name.as_str()]);
            pile.entry(name, &mark, filter)
        })
        .collect();
    sort(&mut rows);
    if let Some(pile) = between {
        rows.push(pile.entry("Between or outside".to_owned(), "", Term::is(Column::Boundary.key(), ["none"])));
    }
    stacks(Topic::Boundaries, "Threats that count, at the boundary they lie in innermost.", rows)
}

pub(super) fn stride(sources: &Sources<'_>) -> Figure {
    let note = "A threat with two classes counts in both.";
    categories(Topic::Stride, note, sources, |category| category.is_stride())
}

pub(super) fn linddun(sources: &Sources<'_>) -> Figure {
    let note = "A threat with two classes counts in both.";
    categories(Topic::Linddun, note, sources, |category| !category.is_stride())
}

fn categories(topic: Topic, note: &str, sources: &Sources<'_>, of: impl Fn(Category) -> bool) -> Figure {
    let mut piles: BTreeMap<Category, Pile> = BTreeMap::new();
    for finding in counted(sources) {
        let all: BTreeSet<Category> = finding.about.categories.iter().copied().collect();
        all.into_iter().for_each(|category| piles.entry(category).or_default().add(finding));
    }
    let rows = Category::ALL.iter().copied().filter(|category| of(*category)).map(|category| {
        let filter = Term::is(Column::Category.key(), [category.name()]);
        piles.remove(&category).unwrap_or_default().entry(category.label().to_owned(), category.name(), filter)
    });
    stacks(topic, note, rows.collect())
}

pub(super) fn layers(sources: &Sources<'_>) -> Figure {
    let mut piles: BTreeMap<Layer, Pile> = BTreeMap::new();
    counted(sources).for_each(|finding| piles.entry(finding.layer).or_default().add(finding));
    let rows = Layer::ALL.iter().map(|layer| {
        let filter = Term::is(Column::Layer.key(), [layer.label()]);
        piles.remove(layer).unwrap_or_default().entry(layer.label().to_owned(), "", filter)
    });
    stacks(Topic::Layers, "Threats that count; flows and boundaries lie in the network.", rows.collect())
}

pub(super) fn elements(sources: &Sources<'_>) -> Figure {
    let mut piles: BTreeMap<String, Pile> = BTreeMap::new();
    for finding in counted(sources) {
        piles.entry(name_of(sources.model, &finding.key.anchor)).or_default().add(finding);
    }
    let mut rows: Vec<Entry> = piles
        .into_iter()
        .map(|(name, pile)| {
            let filter = Term::is(Column::Place.key(), [name.as_str()]);
            pile.entry(name, "", filter)
        })
        .collect();
    sort(&mut rows);
    let more = rows.len().saturating_sub(ELEMENTS);
    rows.truncate(ELEMENTS);
    let note = if more > 0 { format!("{more} more elements and flows are in the table of threats.") } else { String::new() };
    stacks(Topic::Elements, &note, rows)
}

/// By the worst first, then by how many.
fn sort(rows: &mut [Entry]) {
    let worst = |entry: &Entry| entry.values.last().copied().flatten().map_or(0.0, |value| value.amount);
    let many = |entry: &Entry| entry.values.iter().take(Band::ALL.len()).flatten().map(|value| value.amount).sum::<f64>();
    rows.sort_by(|a, b| many(b).total_cmp(&many(a)).then(worst(b).total_cmp(&worst(a))).then_with(|| a.label.cmp(&b.label)));
}

/// The load of every element, flow and boundary: together that of the model.
pub(super) fn load(sources: &Sources<'_>) -> Figure {
    let m = sources.model;
    // Wholes and boundaries by what hangs on themselves: what is inside of them has areas of its own.
    let wholes: BTreeSet<&Id> = m.elements.values().filter_map(|e| e.parent.as_ref()).collect();
    let element = |id: &Id, risk: Rollup| if wholes.contains(id) { sources.assessment.own_risk(id) } else { risk };
    let elements = sources.assessment.elements.iter().map(|(id, e)| (id, element(id, e.risk)));
    let flows = sources.assessment.flows.iter().map(|(id, risk)| (id, *risk));
    let boundaries = sources.assessment.boundaries.iter().map(|(id, b)| (id, b.own));
    let mut found: Vec<(&Id, Rollup)> = elements.chain(flows).chain(boundaries).filter(|(_, risk)| risk.load > 0.0).collect();
    found.sort_by(|(a, x), (b, y)| y.load.total_cmp(&x.load).then_with(|| a.cmp(b)));
    let rest = found.split_off(found.len().min(AREAS));
    let rows = found.into_iter().map(|(id, risk)| {
        let name = name_of(m, id);
        let band = sources.library.calibration.band(risk.peak);
        let filter = vec![counting(), Term::is(Column::Place.key(), [name.as_str()])];
        Entry {
            label: name,
            mark: String::new(),
            values: vec![
                Some(Value { amount: risk.load, band: Some(band) }),
                Some(Value { amount: risk.peak, band: Some(band) }),
                Value::of(risk.counts.total() as f64),
            ],
            filter,
            is_ahead: false,
        }
    });
    let beside = |heading: &str| Series { heading: heading.to_owned(), band: None, filter: None, is_beside: true };
    Figure {
        topic: Topic::Load,
        form: Form::Treemap,
        title: Topic::Load.label(),
        note: "Areas are loads: the sum of the worst threat of each class at one place. Colours are peaks.".to_owned(),
        columns: vec![
            Series { heading: "Load".to_owned(), band: None, filter: None, is_beside: false },
            beside("Peak"),
            beside("Threats"),
        ],
        rows: rows.chain((!rest.is_empty()).then(|| others(sources, &rest))).collect(),
    }
}

/// What is too little to have an area of its own.
fn others(sources: &Sources<'_>, rest: &[(&Id, Rollup)]) -> Entry {
    let sum = |of: fn(&Rollup) -> f64| rest.iter().map(|(_, risk)| of(risk)).sum::<f64>();
    let peak = rest.iter().map(|(_, risk)| risk.peak).fold(0.0, f64::max);
    let band = Some(sources.library.calibration.band(peak));
    Entry {
        label: format!("{} others", rest.len()),
        mark: String::new(),
        values: vec![
            Some(Value { amount: sum(|risk| risk.load), band }),
            Some(Value { amount: peak, band }),
            Value::of(sum(|risk| risk.counts.total() as f64)),
        ],
        filter: Vec::new(),
        is_ahead: false,
    }
}
