//! Presenting a model to a room: a step at a time, in large letters, with a key for everything and all of it editable.
//!
//! [`Present`] is what the presentation remembers; the app shows it with [`Present::top_ui`], [`Present::side_ui`] and
//! [`Present::bottom_ui`] around the canvas, hands it the keys ([`Deed`]) and takes it away again.

mod agenda;
mod bars;
mod cards;
mod closed;
mod deed;
mod help;
mod line;
mod log;
mod measure;
mod owner;
mod parts;
mod people;
mod playlist;
mod presenter;
mod run;
mod scenario;
mod side;
mod stage;
mod steps;
mod threat;
mod vote;
mod write;

pub use deed::Deed;
pub use measure::{Measure, stage_zoom};
pub use stage::stage_ui;

use super::ViewCx;
use crate::geometry::Rect;
use crate::model::{Id, Moment, PlayStep, ThreatKey, ThreatModel};
use crate::risk::{Assessment, Explanation, Finding};
use crate::session::{Scope, Stage, Summary, Timer, Vote, generate, in_light, threats_of};
use line::Line;
use scenario::Scenarios;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What the side shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Pane {
    /// The step, with its threat.
    #[default]
    Step,
    People,
    Agenda,
    Log,
    Steps,
    Scenarios,
    Help,
    /// The session is over: what came of it.
    Closed,
}

/// The model when the presentation began.
#[derive(Clone, Debug)]
pub struct Entered {
    pub model: Arc<ThreatModel>,
    pub assessment: Assessment,
}

/// A presentation under way.
#[derive(Debug)]
pub struct Present {
    pub stage: Stage,
    pub timer: Timer,
    /// What the clock says.
    pub now: Moment,
    began: Moment,
    entered: Entered,
    session: Option<Id>,
    pane: Pane,
    /// Which of the threats of the step.
    chosen: usize,
    /// The step the camera was last sent to, and the room there was.
    looked: Option<(usize, Option<Id>, egui::Vec2, Option<Rect>)>,
    /// What is seen now.
    sight: Option<Rect>,
    /// How much of the model the steps go through, and how many there would be in all.
    scope: Scope,
    in_all: usize,
    /// The steps of that scope as the model suggests them, and whether others are stored.
    suggested: Vec<PlayStep>,
    is_stored: bool,
    /// By how much the card is to be scrolled, in lines.
    scrolled: i8,
    /// The threat whose levels digits set, and whether impact is next.
    scoring: Option<(ThreatKey, bool)>,
    /// The threat whose dissenters are chosen.
    disagreeing: Option<ThreatKey>,
    /// The threat that somebody is to do something about.
    owning: Option<ThreatKey>,
    vote: Option<Vote>,
    /// The card on the table.
    dealt: Option<(String, Id)>,
    passed: BTreeSet<(String, Id)>,
    /// Whose turn it is in the card game.
    player: usize,
    line: Option<Line>,
    scenarios: Scenarios,
    has_presenter: bool,
    /// When seconds were last counted, in the window's time; and those of the present step.
    counted: Option<f64>,
    spent: f64,
    /// Whether the card goes on below what is seen.
    goes_on: bool,
    /// What was written down last, and when in the window's time.
    told: Option<(String, Option<f64>)>,
    /// The name of the summary's files, and whether they were written as soon as that is known.
    summed_up: Option<(String, Option<bool>)>,
    summary: Option<(u64, Option<Arc<Summary>>)>,
    why: Option<(u64, ThreatKey, Option<Arc<Explanation>>)>,
    progress: Option<(u64, crate::session::Progressed)>,
}

impl Present {
    /// Begins with the stored steps, or with those the model suggests.
    pub fn new(cx: &ViewCx<'_>, model: Arc<ThreatModel>, now: Moment) -> Present {
        let stored = cx.model.playlists.values().next().filter(|list| !list.steps.is_empty());
        let suggested = generate(cx.model, cx.actual, Scope::default());
        let steps = stored.map_or_else(|| suggested.clone(), |list| list.steps.clone());
        Present {
            stage: Stage::new(steps),
            timer: Timer::default(),
            now,
            began: now,
            entered: Entered { model, assessment: cx.actual.clone() },
            session: open_today(cx.model, now),
            pane: Pane::Step,
            chosen: 0,
            looked: None,
            sight: None,
            scope: Scope::default(),
            in_all: generate(cx.model, cx.actual, Scope::All).len(),
            suggested,
            is_stored: stored.is_some(),
            scrolled: 0,
            scoring: None,
            disagreeing: None,
            owning: None,
            vote: None,
            dealt: None,
            passed: BTreeSet::new(),
            player: 0,
            line: None,
            scenarios: Scenarios::default(),
            has_presenter: false,
            counted: None,
            spent: 0.0,
            goes_on: false,
            told: None,
            summed_up: None,
            summary: None,
            why: None,
            progress: None,
        }
    }

    /// Follows the model.
    pub fn follow(&mut self, model: &ThreatModel) {
        let known = self.session.take().filter(|id| model.sessions.contains_key(id));
        self.session = known.or_else(|| open_today(model, self.now));
        let stored = model.playlists.values().next().filter(|list| !list.steps.is_empty());
        // What was stored was taken back.
        if std::mem::replace(&mut self.is_stored, stored.is_some()) && stored.is_none() {
            self.stage.replace(self.suggested.clone());
        }
        self.stage.follow(model, stored);
    }

    /// Lets time pass; `seconds` is the time of the window.
    pub fn pass_time(&mut self, seconds: f64, now: Moment) {
        self.now = now;
        let by = self.counted.map_or(0.0, |before| seconds - before).clamp(0.0, 60.0);
        self.counted = Some(seconds);
        self.timer.pass(by);
        if !self.timer.is_stopped() {
            self.spent += by;
        }
    }

    /// What the light is on; nothing while the whole picture is looked at.
    pub fn light(&self, cx: &ViewCx<'_>) -> Option<BTreeSet<Id>> {
        let step = self.stage.step()?;
        let mut lit = in_light(cx.model, cx.assessment, step);
        lit.extend(cx.selection.items.iter().cloned());
        (!lit.is_empty()).then_some(lit)
    }

    /// The threats that can be chosen from: those of what is selected, else those of the step.
    fn threats<'a>(&self, cx: &ViewCx<'a>) -> Vec<&'a Finding> {
        if let Some(threat) = &cx.selection.threat {
            return cx.assessment.findings.get(threat).into_iter().collect();
        }
        if let Some(item) = cx.selection.single() {
            return cx.assessment.shown_at(item).filter(|finding| finding.counts()).collect();
        }
        self.stage.step().map(|step| threats_of(cx.assessment, step)).unwrap_or_default()
    }

    /// The threat that keys are about.
    fn threat<'a>(&self, cx: &ViewCx<'a>) -> Option<&'a Finding> {
        let all = self.threats(cx);
        all.get(self.chosen.min(all.len().saturating_sub(1))).copied()
    }

    /// What the step is about, for the parking lot, notes and cards.
    fn subject(&self, cx: &ViewCx<'_>) -> Option<Id> {
        let selected = cx.selection.single().cloned();
        let threat = || self.stage.step()?.threat.as_ref().map(|threat| threat.anchor.clone());
        selected.or_else(threat).or_else(|| self.stage.step()?.highlighted.first().cloned())
    }

    /// What the session has come to, worked out once for each state of the model.
    fn summary(&mut self, cx: &ViewCx<'_>) -> Option<Arc<Summary>> {
        if self.summary.as_ref().is_none_or(|(content, _)| *content != cx.content_now) {
            let made = self.session.as_ref().and_then(|id| Summary::of(cx.model, cx.library, cx.actual, id));
            self.summary = Some((cx.content_now, made.map(Arc::new)));
        }
        self.summary.as_ref().and_then(|(_, made)| made.clone())
    }

    /// True while nothing is beside what is shown.
    fn takes_all_room(&self) -> bool {
        self.pane == Pane::Help || self.scenarios.is_beside()
    }

    /// True while digits and letters mean something of their own, or something is written.
    pub fn is_asking(&self) -> bool {
        self.line.is_some()
    }
}

/// A session that was left open is gone on with on the same day.
fn open_today(model: &ThreatModel, now: Moment) -> Option<Id> {
    let open = crate::session::newest_open(model).filter(|(_, s)| s.began.is_some_and(|began| began.date == now.date));
    open.map(|(id, _)| id.clone())
}
