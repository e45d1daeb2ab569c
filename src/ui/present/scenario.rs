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
use crate::ui::canvas::{Ground, Light, names};
use crate::ui::compared::way_ink;
use crate::ui::painter::{Painter, View};
use crate::ui::{Outbox, ViewCx, style};
use egui::{Align2, Key, Rect, Stroke, StrokeKind, Ui, pos2, vec2};
use std::collections::BTreeMap;

/// Threats that moved, as they are listed.
const MOVED: usize = 4;

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
        let Some(made) = self.scenarios.make(cx) else { return };
        let diagram = cx.diagram;
        if !made.layouts.contains_key(diagram) {
            made.layouts.insert(diagram.clone(), [lay_out(cx.model, diagram), lay_out(&made.model, diagram)]);
        }
        let Some([today, other]) = made.layouts.get(diagram) else { return };
        let (left, right) = canvas.split_left_right_at_fraction(0.5);
        let load = made.movement.load;
        let sides = Sides { ui, m, camera, whole: canvas.width(), marks: &made.marks, cx };
        match shows {
            Shows::Beside => {
                sides.side(left, &format!("Today, load {:.0}", load.0), cx.model, cx.actual, today, false);
                sides.side(right, &format!("{}, load {:.0}", made.name, load.1), &made.model, &made.assessment, other, true);
                ui.painter().vline(right.left(), canvas.y_range(), Stroke::new(2.0, style::ink(ui, Ink::BorderStrong)));
            }
            _ => {
                let name = format!("{}, load {:.0} instead of {:.0}", made.name, load.1, load.0);
                sides.side(canvas, &name, &made.model, &made.assessment, other, true);
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
    camera: Camera,
    /// Width of the canvas that the camera is for.
    whole: f32,
    marks: &'a [(Id, Way)],
    cx: &'a ViewCx<'v>,
}

impl Sides<'_, '_> {
    fn side(&self, rect: Rect, name: &str, model: &ThreatModel, assessment: &Assessment, layout: &DiagramLayout, is_later: bool) {
        let (ui, m) = (self.ui, self.m);
        let clip = ui.painter().with_clip_rect(rect);
        clip.rect_filled(rect, 0.0, style::ink(ui, Ink::Canvas));
        let camera = Camera { scale: self.camera.scale * rect.width() / self.whole, ..self.camera };
        let view = View { camera, rect }.on_pixels(ui.ctx().pixels_per_point());
        let is_far = camera.scale < m.legible();
        let detail = Detail::at_zoom(camera.scale).max(if is_far { Detail::Heat } else { Detail::Full });
        // Names take the place of words and pills then.
        let look = Look { detail, spoken: false, ..Look::default() };
        let painter = Painter { painter: &clip, view, theme: self.cx.theme, opacity: 1.0 };
        let items = draw(model, assessment, layout, &look).items;
        painter.items(items.iter().filter(|item| !is_far || item.layer != Layer::Badge));
        let room = rect.with_min_y(rect.top() + m.letters(26.0) * 2.0);
        let ground = Ground { model, assessment, library: self.cx.library, layout, view, room };
        names(ui, ground, &Light::default(), is_far);
        for (id, way) in self.marks.iter().filter(|(_, way)| is_later != (*way == Way::Removed)) {
            let course = || layout.flows.get(id).and_then(|flow| World::around(flow.points.iter().copied()));
            let Some(world) = layout.boxes.get(id).map(|placed| placed.rect).or_else(course) else { continue };
            let frame = view.rect_to_screen(world).expand(m.px(8.0));
            let ink = style::ink(ui, way_ink(*way));
            clip.rect_stroke(frame, 6.0, Stroke::new(m.px(4.0).max(1.5), ink), StrokeKind::Middle);
            let radius = m.letters(24.0) * 0.62;
            clip.circle(frame.left_top(), radius, style::ink(ui, Ink::Canvas), Stroke::new(1.5, ink));
            clip.text(frame.left_top(), Align2::CENTER_CENTER, way.sign(), m.font(Face::Bold, 24.0), ink);
        }
        let text = style::ink(ui, Ink::Text);
        let galley = crate::ui::widgets::elided(ui, name, m.font(Face::Bold, 26.0), text, rect.width() - m.px(60.0));
        let ground =
            Rect::from_min_size(rect.left_top() + vec2(m.px(16.0), m.px(12.0)), galley.size() + vec2(m.px(24.0), m.px(12.0)));
        clip.rect(
            ground,
            4.0,
            style::ink(ui, Ink::Panel),
            Stroke::new(1.0, style::ink(ui, Ink::BorderStrong)),
            StrokeKind::Inside,
        );
        clip.galley(pos2(ground.left() + m.px(12.0), ground.center().y - galley.size().y / 2.0), galley, text);
    }
}
