//! Scenarios on the stage: today and how it could be, flipped or side by side, with what differs in risk and picture.

use super::parts::{head, key_line, quiet, row, rule, strong, words};
use super::{Measure, Present};
use crate::compare::{Difference, Movement, Scores, Way, bare};
use crate::edit::Edit;
use crate::geometry::Rect as World;
use crate::model::{Id, Key as RecordKey, Record, Site, ThreatModel, Variant};
use crate::risk::{Assessment, assess_on};
use crate::scene::{Detail, DiagramLayout, Layer, Look, draw, lay_out};
use crate::session::{applied, planned};
use crate::text::Face;
use crate::theme::Ink;
use crate::tool::Camera;
use crate::ui::canvas::{Ground, Light, detail, names};
use crate::ui::compared::way_ink;
use crate::ui::painter::{Painter, View};
use crate::ui::{Outbox, ViewCx, style};
use egui::{Align2, Key, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2};
use std::collections::BTreeMap;

/// Threats that moved, as they are listed.
const MOVED: usize = 4;

/// Height of the band above a picture, in letters.
const BAND: f32 = 2.8;
/// Room around what is looked at, in units of the world and in points.
const ROOM: f32 = 12.0;
const MARGIN: f32 = 16.0;

/// How the chosen scenario is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Shows {
    #[default]
    Nothing,
    /// In the place of today.
    Instead,
    /// At the right of today.
    Beside,
}

/// The scenarios, and the one that was chosen.
#[derive(Debug, Default)]
pub(super) struct Scenarios {
    chosen: usize,
    shows: Shows,
    made: Option<Box<Made>>,
}

/// A scenario worked out.
#[derive(Debug)]
struct Made {
    content: u64,
    chosen: usize,
    name: String,
    model: ThreatModel,
    assessment: Assessment,
    difference: Difference,
    movement: Movement,
    /// Of both models, as far as they were looked at.
    layouts: BTreeMap<Id, [DiagramLayout; 2]>,
    /// What to mark: in today's picture what goes, in the other what is new or another.
    marks: Vec<(Id, Way)>,
}

impl Scenarios {
    /// Looks on in the next way: instead, beside, not at all.
    pub(super) fn turn(&mut self) {
        self.chosen = self.chosen.max(1);
        self.shows = match self.shows {
            Shows::Nothing => Shows::Instead,
            Shows::Instead => Shows::Beside,
            Shows::Beside => Shows::Nothing,
        };
    }

    /// Shows only today again; false when it did.
    pub(super) fn hide(&mut self) -> bool {
        std::mem::take(&mut self.shows) != Shows::Nothing
    }

    /// True while two pictures are beside each other.
    pub(super) fn is_beside(&self) -> bool {
        self.shows == Shows::Beside
    }

    /// What is looked at instead of today.
    pub(super) fn label(&self, cx: &ViewCx<'_>) -> Option<String> {
        let name = || all(cx).into_iter().nth(self.chosen).map(|(name, _)| name);
        (self.shows != Shows::Nothing).then(name).flatten()
    }

    /// Works the chosen one out, once for each state of the model.
    fn make(&mut self, cx: &ViewCx<'_>) -> Option<&mut Made> {
        let is_known = self.made.as_ref().is_some_and(|made| (made.content, made.chosen) == (cx.content, self.chosen));
        if !is_known {
            let (name, variant) = all(cx).into_iter().nth(self.chosen)?;
            let model = variant.map_or_else(|| cx.model.clone(), |variant| applied(cx.model, &variant));
            let assessment = assess_on(&model, cx.library, cx.today);
            let difference = Difference::between(&bare(cx.model), &bare(&model), cx.library);
            let movement = Movement::between(&Scores::of(cx.actual), &Scores::of(&assessment));
            let marks = marks(&difference, cx.model, &model);
            let (content, chosen, layouts) = (cx.content, self.chosen, BTreeMap::new());
            self.made = Some(Box::new(Made { content, chosen, name, model, assessment, difference, movement, layouts, marks }));
        }
        self.made.as_deref_mut()
    }
}

/// Today, what is planned, and those that were kept.
fn all(cx: &ViewCx<'_>) -> Vec<(String, Option<Variant>)> {
    let mut all = vec![("Today".to_owned(), None), ("Planned".to_owned(), Some(planned(cx.model)))];
    all.extend(cx.model.variants.values().map(|variant| (variant.name.clone(), Some(variant.clone()))));
    all
}

/// What of a difference is seen on diagrams: also where controls are attached and decisions anchored.
fn marks(difference: &Difference, before: &ThreatModel, after: &ThreatModel) -> Vec<(Id, Way)> {
    let mut out: BTreeMap<Id, Way> = BTreeMap::new();
    for change in &difference.records {
        match &change.key {
            RecordKey::Instance(_) => {
                let instance = after.get(&change.key).or_else(|| before.get(&change.key));
                let Some(Record::Instance(instance)) = instance else { continue };
                for site in &instance.at {
                    if let Site::At(id) = site {
                        out.entry(id.clone()).or_insert(Way::Changed);
                    }
                }
            }
            RecordKey::Decision(threat) => drop(out.entry(threat.anchor.clone()).or_insert(Way::Changed)),
            key => {
                if let Some(id) = key.id() {
                    out.insert(id.clone(), change.way);
                }
            }
        }
    }
    out.into_iter().collect()
}

impl Present {
    /// True while a scenario lies over the canvas.
    pub fn covers_canvas(&self) -> bool {
        self.scenarios.shows != Shows::Nothing
    }

    /// Draws the chosen scenario over the canvas, or both beside each other, looked at as the canvas is.
    pub fn scenario_ui(&mut self, ui: &Ui, canvas: Rect, camera: Camera, cx: &ViewCx<'_>) {
        let shows = self.scenarios.shows;
        if shows == Shows::Nothing {
            return;
        }
        let m = Measure::of(ui.ctx());
        let mut worlds = self.worlds(cx);
        let Some(made) = self.scenarios.make(cx) else { return };
        let diagram = cx.diagram;
        if !made.layouts.contains_key(diagram) {
            made.layouts.insert(diagram.clone(), [lay_out(cx.model, diagram), lay_out(&made.model, diagram)]);
        }
        let Some([today, other]) = made.layouts.get(diagram) else { return };
        worlds.truncate(1);
        let of = |layout: &DiagramLayout, id: &Id| layout.boxes.get(id).map(|placed| placed.rect.expand(ROOM));
        worlds.extend(made.marks.iter().flat_map(|(id, _)| [of(today, id), of(other, id)]).flatten());
        let world = worlds.into_iter().reduce(World::union).unwrap_or(today.bounds);
        let (left, right) = canvas.split_left_right_at_fraction(0.5);
        let moved = &made.movement;
        let grave = |counts: &[usize; 5]| counts.iter().take(2).sum::<usize>();
        let figures = |load: f64, peak: f64, counts: &[usize; 5]| {
            format!("Load {load:.0}, greatest {peak:.0}, critical and high {}", grave(counts))
        };
        let told = [
            ("Today", figures(moved.load.0, moved.peak.0, &moved.counts.0)),
            (made.name.as_str(), figures(moved.load.1, moved.peak.1, &moved.counts.1)),
        ];
        let sides = Sides { ui, m, marks: &made.marks, cx };
        let [before, after] = &told;
        match shows {
            Shows::Beside => {
                let height = m.letters(26.0) * BAND;
                let fit = |rect: Rect| {
                    let size = crate::geometry::vec2(rect.width(), rect.height() - height);
                    Camera::fit(world, size, MARGIN, m.legible())
                };
                let (model, assessment, layout) = (cx.model, cx.actual, today);
                sides.side(left, before, &Picture { model, assessment, layout, camera: fit(left), is_later: false });
                let (model, assessment, layout) = (&made.model, &made.assessment, other);
                sides.side(right, after, &Picture { model, assessment, layout, camera: fit(right), is_later: true });
                ui.painter().vline(right.left(), canvas.y_range(), Stroke::new(2.0, style::ink(ui, Ink::BorderStrong)));
            }
            // The camera sees as much as it did without the band, in somewhat less height.
            _ => {
                let (model, assessment, layout) = (&made.model, &made.assessment, other);
                sides.side(canvas, after, &Picture { model, assessment, layout, camera, is_later: true });
            }
        }
    }

    pub(super) fn scenarios_ui(&mut self, ui: &mut Ui, m: Measure, cx: &ViewCx<'_>) {
        head(ui, m, "Scenarios");
        let names: Vec<String> = all(cx).into_iter().map(|(name, _)| name).collect();
        for (n, name) in names.iter().enumerate() {
            let shown = row(ui, n == self.scenarios.chosen, |ui| {
                strong(ui, m, format!("{}  {name}", n + 1), 28.0);
            });
            if shown.clicked() {
                self.scenarios.chosen = n;
            }
        }
        rule(ui, m);
        if self.scenarios.chosen > 0
            && let Some(made) = self.scenarios.make(cx)
        {
            let moved = &made.movement;
            words(ui, m, format!("Load {:.0} → {:.0}", moved.load.0, moved.load.1), 28.0);
            words(ui, m, format!("Greatest risk {:.1} → {:.1}", moved.peak.0, moved.peak.1), 28.0);
            let grave = |counts: &[usize; 5]| counts.iter().take(2).sum::<usize>();
            words(ui, m, format!("Critical and high {} → {}", grave(&moved.counts.0), grave(&moved.counts.1)), 28.0);
            let (added, removed, changed) = made.difference.counts();
            words(ui, m, format!("{added} added, {removed} removed, {changed} changed"), 24.0);
            ui.add_space(m.px(8.0));
            for threat in moved.threats.iter().take(MOVED) {
                let score = |standing: &Option<crate::compare::Standing>| standing.as_ref().map_or(0.0, |s| s.score);
                let line = format!("{:.0} → {:.0}  {}", score(&threat.before), score(&threat.after), threat.title);
                words(ui, m, line, 24.0);
            }
        }
        ui.add_space(m.px(8.0));
        for (key, what) in [("↑ ↓", "choose"), ("⏎", "flip"), ("B", "side by side")] {
            key_line(ui, m, key, what);
        }
        match self.scenarios.chosen > 1 {
            true => [("N", "name it"), ("Del", "forget it")].iter().for_each(|(key, what)| key_line(ui, m, key, what)),
            false => drop(quiet(ui, m, "Try things out (Alt Shift T) and keep them as a scenario to have more")),
        }
    }

    /// Another name for the one that is chosen, if it was kept.
    pub(super) fn rename_scenario(&mut self, cx: &ViewCx<'_>) {
        let kept = self.scenarios.chosen.checked_sub(2).and_then(|at| cx.model.variants.iter().nth(at));
        if let Some((id, variant)) = kept {
            self.ask_line(super::line::Asks::Scenario(id.clone()), variant.name.clone());
        }
    }

    pub(super) fn scenario_key(&mut self, key: Key, cx: &ViewCx<'_>, out: &mut Outbox) -> bool {
        let kept = self.scenarios.chosen.checked_sub(2).and_then(|at| cx.model.variants.keys().nth(at).cloned());
        let scenarios = &mut self.scenarios;
        let last = all(cx).len().saturating_sub(1);
        match key {
            Key::ArrowDown => scenarios.chosen = (scenarios.chosen + 1).min(last),
            Key::ArrowUp => scenarios.chosen = scenarios.chosen.saturating_sub(1),
            Key::Enter => scenarios.shows = if scenarios.shows == Shows::Instead { Shows::Nothing } else { Shows::Instead },
            Key::B => scenarios.shows = if scenarios.shows == Shows::Beside { Shows::Nothing } else { Shows::Beside },
            Key::Delete => {
                if let Some(id) = kept {
                    out.commit(Edit::Remove { keys: [RecordKey::Variant(id)].into() });
                    scenarios.chosen = 0;
                }
            }
            key => match super::run::digit(key) {
                Some(n) if n >= 1 && usize::from(n) <= last + 1 => scenarios.chosen = usize::from(n) - 1,
                _ => return false,
            },
        }
        if scenarios.chosen == 0 {
            scenarios.shows = Shows::Nothing;
        }
        true
    }
}

struct Sides<'a, 'v> {
    ui: &'a Ui,
    m: Measure,
    marks: &'a [(Id, Way)],
    cx: &'a ViewCx<'v>,
}

/// One of the states that are compared, as it is drawn.
struct Picture<'a> {
    model: &'a ThreatModel,
    assessment: &'a Assessment,
    layout: &'a DiagramLayout,
    camera: Camera,
    is_later: bool,
}

impl Sides<'_, '_> {
    /// A picture below a band with its name and figures.
    fn side(&self, whole: Rect, told: &(&str, String), picture: &Picture<'_>) {
        let (ui, m) = (self.ui, self.m);
        let Picture { model, assessment, layout, camera, .. } = *picture;
        let rect = whole.with_min_y(whole.top() + m.letters(26.0) * BAND);
        let clip = ui.painter().with_clip_rect(rect);
        clip.rect_filled(rect, 0.0, style::ink(ui, Ink::Canvas));
        let view = View { camera, rect }.on_pixels(ui.ctx().pixels_per_point());
        let legible = m.legible();
        let detail = detail(Detail::at_zoom(camera.scale), camera.scale, legible);
        let look = Look { detail, spoken: false, ..Look::default() };
        let painter = Painter { painter: &clip, view, theme: self.cx.theme, opacity: 1.0 };
        let items = draw(model, assessment, layout, &look).items;
        // Names take the place of pills where these could not be read.
        let is_far = camera.scale < legible;
        painter.items(items.iter().filter(|item| !is_far || item.layer != Layer::Badge));
        let marks: Vec<(&Id, Rect, Way)> =
            self.marks(picture).map(|(id, world, way)| (id, view.rect_to_screen(world).expand(m.px(8.0)), way)).collect();
        let stroke = |way| Stroke::new(m.px(5.0).max(2.0), style::ink(ui, way_ink(way)));
        for (_, frame, way) in &marks {
            clip.rect_stroke(*frame, 6.0, stroke(*way), StrokeKind::Middle);
        }
        let ground = Ground { model, assessment, library: self.cx.library, layout, view, room: rect, legible };
        let grown = names(ui, ground, &Light::default());
        for (id, frame, way) in &marks {
            let at = grown.get(*id).unwrap_or(frame);
            if grown.contains_key(*id) {
                clip.rect_stroke(at.expand(m.px(5.0)), 8.0, stroke(*way), StrokeKind::Middle);
            }
            // Clear of pills, or of the sign before a name.
            let corner = if is_far { at.right_top() } else { at.left_top() };
            let (at, radius, ink) = (corner, m.letters(24.0) * 0.62, style::ink(ui, way_ink(*way)));
            clip.circle(at, radius, style::ink(ui, Ink::Canvas), Stroke::new(m.px(3.0).max(1.0), ink));
            clip.text(at, Align2::CENTER_CENTER, way.sign(), m.font(Face::Bold, 24.0), ink);
        }
        self.band(whole.with_max_y(rect.top()), told);
    }

    /// What differs and is seen in a picture, with where it is.
    fn marks(&self, picture: &Picture<'_>) -> impl Iterator<Item = (&Id, World, Way)> {
        let (layout, is_later) = (picture.layout, picture.is_later);
        let seen = self.marks.iter().filter(move |(_, way)| is_later != (*way == Way::Removed));
        seen.filter_map(move |(id, way)| {
            let course = || layout.flows.get(id).and_then(|flow| World::around(flow.points.iter().copied()));
            layout.boxes.get(id).map(|placed| placed.rect).or_else(course).map(|world| (id, world, *way))
        })
    }

    /// What a picture is of, and its figures.
    fn band(&self, rect: Rect, (name, figures): &(&str, String)) {
        let (ui, m) = (self.ui, self.m);
        let painter = ui.painter();
        painter.rect_filled(rect, 0.0, style::ink(ui, Ink::Raised));
        painter.hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, style::ink(ui, Ink::Border)));
        let said = ui.interact(rect, ui.id().with(("band", *name)), Sense::hover());
        said.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, format!("{name}: {figures}")));
        let (text, pad) = (style::ink(ui, Ink::Text), m.px(16.0));
        let width = rect.width() - 2.0 * pad;
        for (words, face, share) in [(*name, Face::Bold, 0.29), (figures.as_str(), Face::Regular, 0.71)] {
            let galley = crate::ui::widgets::elided(ui, words, m.font(face, 25.0), text, width);
            let y = rect.top() + rect.height() * share - galley.size().y / 2.0;
            painter.galley(pos2(rect.left() + pad, y), galley, text);
        }
    }
}
