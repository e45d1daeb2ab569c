//! The key to the marks of a diagram, for pages and pictures: only what the diagram uses.

use super::access::{self, Access};
use super::badge::{Summary, element_pill, roll_up_pill, summary, word_pill};
use super::element::{fill_ink, stroke_ink};
use super::{Detail, boundary, flow, outline, text_at};
use crate::geometry::{Point, Rect, pt, rect, vec2};
use crate::model::{Authn, Band, ElementKind, Notation, ThreatModel};
use crate::risk::Assessment;
use crate::scene::layout::{BoxKind, DiagramLayout, is_private};
use crate::scene::shape::{Shape, Step, Stroke};
use crate::text::{Face, width};
use crate::theme::Ink;
use std::collections::BTreeSet;

const ROW: f32 = 30.0;
const GAP: f32 = 22.0;
const TEXT: f32 = 12.0;

/// One mark with its meaning.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    Kind(ElementKind),
    Flow,
    Boundary,
    Trust,
    Crossing(Authn),
    Access(Access),
    Lock(bool),
    OutOfScope,
    Risk(Band),
    Treated(Treated),
    /// Open questions may add threats.
    Possible,
    /// Nothing but threats that wait for answers.
    Waiting,
    RollUp,
    Notation(Notation),
}

/// What the ring of a pill says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Treated {
    Some,
    All,
}

/// The legend for a diagram, wrapped to a width, with its top left corner at the origin; shapes and size.
pub fn legend(model: &ThreatModel, assessment: &Assessment, layout: &DiagramLayout, max_width: f32) -> (Vec<Shape>, Rect) {
    let mut shapes = Vec::new();
    let (mut x, mut y, mut right) = (0.0, ROW / 2.0, 0.0f32);
    for mark in marks(model, assessment, layout) {
        let mut drawn = Vec::new();
        let w = mark.draw(model.info.notation, &mut drawn);
        if x > 0.0 && x + w > max_width {
            (x, y) = (0.0, y + ROW);
        }
        shapes.extend(drawn.into_iter().map(|s| s.translated(vec2(x, y))));
        right = right.max(x + w);
        x += w + GAP;
    }
    let height = if shapes.is_empty() { 0.0 } else { y + ROW / 2.0 };
    (shapes, rect(0.0, 0.0, right, height))
}

/// The marks the diagram uses, in the order of the legend.
fn marks(model: &ThreatModel, assessment: &Assessment, layout: &DiagramLayout) -> BTreeSet<Mark> {
    let mut out = BTreeSet::new();
    for (id, placed) in &layout.boxes {
        match placed.kind {
            BoxKind::Element(kind) => {
                out.insert(Mark::Kind(kind));
                if model.elements.get(id).is_some_and(|e| e.out_of_scope.is_some()) {
                    out.insert(Mark::OutOfScope);
                }
            }
            BoxKind::Boundary => {
                out.insert(Mark::Boundary);
            }
            BoxKind::Folded | BoxKind::Note => {}
        }
    }
    if !layout.lines.is_empty() {
        out.insert(Mark::Boundary);
    }
    let drawn = layout.boxes.keys().chain(layout.lines.keys());
    if drawn.filter_map(|id| model.boundaries.get(id)).any(|b| b.trust.is_some()) {
        out.insert(Mark::Trust);
    }
    for (id, course) in &layout.flows {
        let Some(flow) = model.flows.get(id) else { continue };
        out.insert(Mark::Flow);
        out.extend(access::points(model, assessment, id, course).into_iter().map(|(_, access)| Mark::Access(access)));
        out.extend(is_private(flow).map(Mark::Lock));
        if !course.crossings.is_empty() {
            out.insert(Mark::Crossing(match flow.authn {
                Authn::NoAuth | Authn::Unknown => flow.authn,
                _ => Authn::Password,
            }));
        }
    }
    for id in layout.boxes.keys().chain(layout.flows.keys()) {
        out.extend(assessment.at(id).filter(|f| f.counts()).map(|f| Mark::Risk(f.band())));
    }
    for summary in layout.boxes.keys().map(|id| summary(assessment, id)).filter(|s| s.treated > 0.0) {
        out.insert(Mark::Treated(if summary.is_done() { Treated::All } else { Treated::Some }));
    }
    if layout.boxes.keys().map(|id| summary(assessment, id)).any(|s| s.possible > 0 && s.count > 0) {
        out.insert(Mark::Possible);
    }
    let with_pill = layout.boxes.iter().filter(|(_, b)| matches!(b.kind, BoxKind::Element(_))).map(|(id, _)| id);
    if with_pill.chain(layout.flows.keys()).map(|id| summary(assessment, id)).any(|s| s.possible > 0 && s.count == 0) {
        out.insert(Mark::Waiting);
    }
    if model.elements.values().filter_map(|e| e.parent.as_ref()).any(|whole| layout.boxes.contains_key(whole)) {
        out.insert(Mark::RollUp);
    }
    if !out.is_empty() {
        out.insert(Mark::Notation(model.info.notation));
    }
    out
}

impl Mark {
    /// Draws the mark and its words from the origin to the right, centred on height zero; returns the width.
    fn draw(self, notation: Notation, out: &mut Vec<Shape>) -> f32 {
        let sample = rect(0.0, -8.0, 34.0, 16.0);
        let words = match self {
            Mark::Kind(kind) => {
                let stroke = Stroke::new(1.5, stroke_ink(kind));
                out.extend(outline::shapes(
                    notation,
                    kind,
                    sample,
                    outline::Look { fill: fill_ink(kind).into(), stroke, bare: false },
                ));
                kind.label()
            }
            Mark::Flow => {
                let steps = vec![Step::Move(pt(0.0, 0.0)), Step::Line(pt(28.0, 0.0))];
                out.push(Shape::Path { steps, fill: None, stroke: Some(Stroke::new(flow::WIDTH, Ink::Flow)) });
                out.push(Shape::Path {
                    steps: flow::head(pt(34.0, 0.0), vec2(1.0, 0.0)),
                    fill: Some(Ink::Flow.into()),
                    stroke: None,
                });
                "Data flow"
            }
            Mark::Boundary => {
                let stroke = Some(Stroke::new(1.8, Ink::Boundary).dashed(8.0, 5.0));
                out.push(Shape::Rect { rect: sample, radius: 4.0, fill: Some(Ink::Boundary.at(boundary::GROUND)), stroke });
                "Trust boundary"
            }
            Mark::Trust => {
                boundary::trust_chip(rect(0.0, -7.0, 19.0, 14.0), 4, out);
                return caption(out, 19.0, "Trust level, 0 to 4");
            }
            Mark::Crossing(authn) => {
                out.push(flow::diamond(pt(6.0, 0.0), authn, Ink::Flow));
                let words = match authn {
                    Authn::NoAuth => "No authentication",
                    Authn::Unknown => "Authentication not stated",
                    _ => "Authenticated crossing",
                };
                return caption(out, 12.0, words);
            }
            Mark::Access(access) => {
                out.push(access::bar(pt(3.0, 0.0), vec2(1.0, 0.0), access));
                let words = if access == Access::Entry { "Entry point" } else { "Exit point" };
                return caption(out, 12.0, words);
            }
            Mark::Lock(private) => {
                out.push(flow::lock(pt(6.0, 0.0), private, 1.0));
                return caption(out, 12.0, if private { "Encrypted" } else { "Plain text" });
            }
            Mark::OutOfScope => {
                let stroke = Stroke::new(1.5, Ink::Muted.at(0.8)).dashed(5.0, 4.0);
                out.push(Shape::Rect { rect: sample, radius: 0.0, fill: None, stroke: Some(stroke) });
                "Out of scope"
            }
            Mark::Risk(band) => return word_pill(Point::default(), band, out),
            Mark::Treated(treated) => {
                let (share, words) = match treated {
                    Treated::Some => (0.4, "Threats, ring: share treated"),
                    Treated::All => (1.0, "All treated"),
                };
                let risk = Summary { count: 5, worst: Some(Band::Medium), treated: share, possible: 0 };
                element_pill(pt(19.0, 0.0), &risk, Detail::Full, out);
                return caption(out, 40.0, words);
            }
            Mark::Possible => {
                let risk = Summary { count: 5, worst: Some(Band::Medium), treated: 0.0, possible: 1 };
                element_pill(pt(19.0, 0.0), &risk, Detail::Full, out);
                return caption(out, 47.0, "More may apply: questions are open");
            }
            Mark::Waiting => {
                let risk = Summary { count: 0, worst: None, treated: 0.0, possible: 3 };
                element_pill(pt(19.0, 0.0), &risk, Detail::Full, out);
                return caption(out, 40.0, "May apply: questions are open");
            }
            Mark::RollUp => {
                let risk = Summary { count: 9, worst: Some(Band::Medium), treated: 0.0, possible: 0 };
                roll_up_pill(pt(19.0, -1.0), &risk, 1.0, out);
                return caption(out, 42.0, "With everything inside");
            }
            Mark::Notation(notation) => {
                out.push(text_at(0.0, 0.0, &format!("Notation: {}", notation.label()), Face::Regular, TEXT, Ink::Muted));
                return width(Face::Regular, TEXT, &format!("Notation: {}", notation.label()));
            }
        };
        caption(out, sample.w, words)
    }
}

fn caption(out: &mut Vec<Shape>, after: f32, words: &str) -> f32 {
    out.push(text_at(after + 8.0, 0.0, words, Face::Regular, TEXT, Ink::Text));
    after + 8.0 + width(Face::Regular, TEXT, words)
}
