//! The pill with the number of threats, coloured by the worst of them today, and its ring: the share already treated.

use super::{Detail, icon, polygon, text_at};
use crate::geometry::{Point, Rect, pt, vec2};
use crate::model::{Band, Id};
use crate::risk::{Assessment, Rollup};
use crate::scene::band_icon;
use crate::scene::shape::{Shape, Step, Stroke};
use crate::text::icon::QUESTION;
use crate::text::{Face, width};
use crate::theme::Ink;

/// The threats at one element, flow or boundary in brief.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Summary {
    /// Threats that apply and nobody ruled out.
    pub count: usize,
    pub worst: Option<Band>,
    /// Share that was decided about or has a control in force, 0 to 1.
    pub treated: f32,
    /// Threats that may apply, depending on what nobody stated yet.
    pub possible: usize,
}

impl Summary {
    /// There is something to show: threats that apply, or such as wait for answers.
    pub fn says_something(&self) -> bool {
        self.count > 0 || self.possible > 0
    }

    /// The number on the pill: of what applies, else of what waits for answers.
    fn number(&self) -> usize {
        if self.count > 0 { self.count } else { self.possible }
    }

    /// Every threat is treated: what is left is accepted or covered.
    pub fn is_done(&self) -> bool {
        self.count > 0 && self.treated >= 1.0
    }
}

/// The threats anchored here; for a decomposed element also those of its parts.
pub(super) fn summary(assessment: &Assessment, anchor: &Id) -> Summary {
    sum(assessment.rollup_at(anchor))
}

/// The threats at a boundary, in it, and at flows with an end in it.
pub(super) fn roll_up(assessment: &Assessment, boundary: &Id) -> Summary {
    sum(assessment.boundaries.get(boundary).map(|b| &b.risk))
}

/// The threats at several anchors together.
pub(super) fn summary_of_all(assessment: &Assessment, anchors: &[Id]) -> Summary {
    sum(anchors.iter().filter_map(|anchor| assessment.rollup_at(anchor)))
}

fn sum<'a>(rollups: impl IntoIterator<Item = &'a Rollup>) -> Summary {
    let (mut count, mut treated, mut possible, mut worst) = (0, 0, 0, None);
    for rollup in rollups {
        count += rollup.counts.total();
        treated += rollup.treated;
        possible += rollup.possible;
        let here = Band::ALL.iter().copied().find(|band| rollup.counts.get(*band) > 0);
        worst = worst.into_iter().chain(here).min();
    }
    Summary { count, worst, treated: if count == 0 { 0.0 } else { treated as f32 / count as f32 }, possible }
}

/// Sizes of a pill.
struct Size {
    height: f32,
    icon: f32,
    text: f32,
    padding: f32,
}

impl Size {
    /// The usual pill of an element this many times as large.
    fn scaled(by: f32) -> Size {
        let Size { height, icon, text, padding } = ELEMENT;
        Size { height: height * by, icon: icon * by, text: text * by, padding: padding * by }
    }
}

const ELEMENT: Size = Size { height: 20.0, icon: 13.0, text: 11.0, padding: 6.5 };
const FLOW: Size = Size { height: 17.0, icon: 11.0, text: 10.0, padding: 5.5 };

/// The pill of an element around a point, with halo and ring.
pub(super) fn element_pill(center: Point, summary: &Summary, detail: Detail, out: &mut Vec<Shape>) {
    let pill = extent(center, summary.number(), &ELEMENT);
    match summary.worst {
        None => waiting(pill, summary.possible, detail, &ELEMENT, out),
        Some(band) if detail == Detail::Compact => small_shape(center, band, summary, 9.0, out),
        Some(band) => ringed(pill, 1.0, summary, band, out),
    }
}

/// The pill of something that stands for what is inside it (a collapsed boundary, a decomposed element, a boundary seen
/// from afar): the usual pill, `scale` times as large, on a second card. Returns what it covers.
pub(super) fn roll_up_pill(center: Point, summary: &Summary, scale: f32, out: &mut Vec<Shape>) -> Rect {
    let pill = extent(center, summary.count, &Size::scaled(scale));
    let Some(band) = summary.worst else { return pill };
    let card = card_behind(pill, scale);
    let edge = Some(Stroke::new(1.2 * scale, Ink::BorderStrong));
    out.push(Shape::Rect { rect: card, radius: card.h / 2.0, fill: Some(Ink::Panel.into()), stroke: edge });
    ringed(pill, scale, summary, band, out);
    roll_up_extent(center, summary, scale)
}

/// The room such a pill takes.
pub(super) fn roll_up_extent(center: Point, summary: &Summary, scale: f32) -> Rect {
    let pill = extent(center, summary.count, &Size::scaled(scale));
    if summary.worst.is_none() { pill } else { pill.expand(3.5 * scale).union(card_behind(pill, scale)) }
}

fn card_behind(pill: Rect, scale: f32) -> Rect {
    pill.expand(3.5 * scale).translate(vec2(3.0 * scale, 3.0 * scale))
}

/// What may come on top sticks out at the right, hatched: its share of the height of the pill is the same for one threat
/// as for many, since the number stands in the panels.
fn tail(ring: Rect, scale: f32, out: &mut Vec<Shape>) {
    let r = ring.h / 2.0;
    let reach = 7.0 * scale;
    let rect = Rect { x: ring.right() - ring.h, w: ring.h + reach, ..ring };
    let stroke = Stroke::new(1.2 * scale, Ink::BorderStrong);
    out.push(Shape::Rect { rect: rect.expand(scale), radius: r + scale, fill: Some(Ink::Panel.into()), stroke: None });
    out.push(Shape::Rect { rect, radius: r, fill: None, stroke: Some(stroke) });
    // Slanted lines between the end of the ring and that of the tail.
    for n in 0..3 {
        let y = ring.y + ring.h * (0.3 + 0.2 * n as f32);
        let half = (r * r - (y - ring.center().y).powi(2)).max(0.0).sqrt();
        let x = rect.right() - r + half;
        let steps = vec![Step::Move(pt(x - reach, y + 0.12 * ring.h)), Step::Line(pt(x - 0.5 * scale, y - 0.12 * ring.h))];
        out.push(Shape::Path { steps, fill: None, stroke: Some(stroke) });
    }
}

fn ringed(pill: Rect, scale: f32, summary: &Summary, band: Band, out: &mut Vec<Shape>) {
    if summary.possible > 0 {
        tail(pill.expand(2.5 * scale), scale, out);
    }
    let (ring, halo) = (pill.expand(2.5 * scale), pill.expand(3.5 * scale));
    out.push(Shape::Rect { rect: halo, radius: halo.h / 2.0, fill: Some(Ink::Panel.into()), stroke: None });
    let stroke = Stroke::new(2.0 * scale, Ink::Border);
    out.push(Shape::Rect { rect: ring, radius: ring.h / 2.0, fill: None, stroke: Some(stroke) });
    let arc = part_of_ring(ring, summary.treated);
    if arc.len() > 1 {
        out.push(Shape::Path { steps: arc, fill: None, stroke: Some(Stroke::new(2.0 * scale, Ink::Good)) });
    }
    face_with(pill, band, summary.is_done(), &summary.count.to_string(), &Size::scaled(scale), out);
}

/// The pill of a flow in the place its label keeps for it.
pub(super) fn flow_pill(place: Rect, summary: &Summary, detail: Detail, out: &mut Vec<Shape>) {
    let pill = extent(place.center(), summary.number(), &FLOW);
    match summary.worst {
        None => waiting(pill, summary.possible, detail, &FLOW, out),
        Some(band) if detail == Detail::Compact => small_shape(place.center(), band, summary, 7.0, out),
        Some(band) => face_with(pill, band, summary.is_done(), &summary.count.to_string(), &FLOW, out),
    }
}

/// Nothing applies as far as is known, but something may: without a colour, for nobody knows how bad it is, and quiet, for
/// most of what is just drawn is so.
fn waiting(pill: Rect, possible: usize, detail: Detail, size: &Size, out: &mut Vec<Shape>) {
    let edge = Some(Stroke::new(1.0, Ink::Border));
    if possible == 0 || detail == Detail::Compact {
        return;
    }
    out.push(Shape::Rect { rect: pill, radius: pill.h / 2.0, fill: Some(Ink::Panel.into()), stroke: edge });
    let middle = pill.center().y;
    out.push(icon(QUESTION, Face::Icon, pt(pill.x + size.padding + size.icon / 2.0, middle), size.icon, Ink::Muted));
    let x = pill.x + size.padding + size.icon + size.height * 0.15;
    out.push(text_at(x, middle, &possible.to_string(), Face::Regular, size.text, Ink::Muted));
}

/// A pill with words instead of a number, for legends; returns its width.
pub(super) fn word_pill(left: Point, band: Band, out: &mut Vec<Shape>) -> f32 {
    let w = ELEMENT.padding * 2.0 + ELEMENT.icon + 4.0 + width(Face::Bold, ELEMENT.text, band.label());
    let pill = Rect { x: left.x, y: left.y - ELEMENT.height / 2.0, w, h: ELEMENT.height };
    face_with(pill, band, false, band.label(), &ELEMENT, out);
    w
}

fn extent(center: Point, count: usize, size: &Size) -> Rect {
    let w = size.padding * 2.0 + size.icon + size.height * 0.15 + width(Face::Bold, size.text, &count.to_string());
    Rect::from_center(center, w, size.height)
}

/// Filled with its level; hollow once every threat is treated.
fn face_with(pill: Rect, band: Band, hollow: bool, words: &str, size: &Size, out: &mut Vec<Shape>) {
    let (fill, on, text) = if hollow {
        (Ink::Panel, Ink::RiskOutline(band), Ink::Text)
    } else {
        (Ink::RiskFill(band), Ink::OnRisk(band), Ink::OnRisk(band))
    };
    // The outline keeps the dark fills apart from a dark ground.
    let outline = Stroke::new(size.height * if hollow { 0.08 } else { 0.05 }, Ink::RiskOutline(band));
    out.push(Shape::Rect { rect: pill, radius: pill.h / 2.0, fill: Some(fill.into()), stroke: Some(outline) });
    let middle = pill.center().y;
    let icon_center = pt(pill.x + size.padding + size.icon / 2.0, middle);
    let (face, glyph) = band_icon(band);
    out.push(icon(glyph, face, icon_center, size.icon, on));
    let x = pill.x + size.padding + size.icon + size.height * 0.15;
    out.push(text_at(x, middle, words, Face::Bold, size.text, text));
}

/// The shape of a level without words, for small scales.
fn small_shape(center: Point, band: Band, summary: &Summary, r: f32, out: &mut Vec<Shape>) {
    let corners: &[f32] = match band {
        Band::Critical => &[22.5, 67.5, 112.5, 157.5, 202.5, 247.5, 292.5, 337.5],
        Band::High => &[270.0, 30.0, 150.0],
        Band::Medium => &[0.0, 90.0, 180.0, 270.0],
        Band::Low | Band::Minimal => &[],
    };
    let fill = if summary.is_done() { Ink::Panel } else { Ink::RiskFill(band) };
    let (fill, stroke) = (Some(fill.into()), Some(Stroke::new(1.5, Ink::RiskOutline(band))));
    if corners.is_empty() {
        out.push(Shape::Circle { center, radius: r * 0.85, fill, stroke });
        return;
    }
    let points: Vec<Point> =
        corners.iter().map(|deg| pt(center.x + r * deg.to_radians().cos(), center.y + r * deg.to_radians().sin())).collect();
    out.push(Shape::Path { steps: polygon(&points), fill, stroke });
}

/// The first share of the way around a stadium, clockwise from the top left.
fn part_of_ring(ring: Rect, share: f32) -> Vec<Step> {
    const PIECES: usize = 64;
    if share <= 0.0 {
        return Vec::new();
    }
    let (r, straight) = (ring.h / 2.0, (ring.w - ring.h).max(0.0));
    let half_turn = std::f32::consts::PI * r;
    let whole = 2.0 * (straight + half_turn);
    let at = |walked: f32| {
        let turn = |center: Point, from: f32, walked: f32| {
            let angle = from + walked / r;
            pt(center.x + r * angle.cos(), center.y + r * angle.sin())
        };
        let (left, right, middle) = (ring.x + r, ring.right() - r, ring.y + r);
        let quarter = std::f32::consts::FRAC_PI_2;
        if walked < straight {
            pt(left + walked, ring.y)
        } else if walked < straight + half_turn {
            turn(pt(right, middle), -quarter, walked - straight)
        } else if walked < 2.0 * straight + half_turn {
            pt(right - (walked - straight - half_turn), ring.bottom())
        } else {
            turn(pt(left, middle), quarter, walked - 2.0 * straight - half_turn)
        }
    };
    let last = ((share.min(1.0) * PIECES as f32).round() as usize).max(1);
    let points = (0..=last).map(|n| at(whole * n as f32 / PIECES as f32));
    points.enumerate().map(|(n, p)| if n == 0 { Step::Move(p) } else { Step::Line(p) }).collect()
}
