//! The layout of the diagram shown, kept up to date with as little work in a frame as the change allows.

use crate::edit::Transaction;
use crate::model::{Id, ThreatModel};
use crate::progress::Progress;
use crate::scene::{DiagramLayout, Differences, LiveLayout};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Diagrams with at most so many things on them get their whole layout in the frame in which something is dropped.
const SMALL: usize = 120;
/// And those with at most so many when they are opened. Larger ones are shown as a sketch first.
const MEDIUM: usize = 1_500;

/// The layout of the diagram shown with what it was made for.
///
/// While something is previewed only what depends on it is laid out again. What is committed gets the whole layout, so that
/// the picture of a model is always the same: small diagrams at once. Of large ones what follows the change is shown until
/// the whole one is [made](Errand) beside the window.
#[derive(Default)]
pub struct LaidOut {
    live: LiveLayout,
    /// What changed since the layout was made that `live` began with.
    drift: Transaction,
    is_previewing: bool,
    /// It began with a sketch.
    is_sketch: bool,
    /// What is shown is not yet the whole layout of what is committed.
    is_provisional: bool,
    errand: Option<Sent>,
    /// How many errands were sent, and how often what is shown became another without a change of the model.
    sent: u64,
    taken: u64,
    /// How long following a change may take in one frame; without, as long as it takes.
    pace: Option<Duration>,
    /// When work for this frame began.
    begun: Option<Instant>,
}

/// The time of a frame is over.
struct Until(Option<Instant>);

impl Progress for Until {
    fn report(&self, _: f32, _: &str) {}

    fn cancelled(&self) -> bool {
        self.0.is_some_and(|end| Instant::now() >= end)
    }
}

/// An errand that is under way.
struct Sent {
    number: u64,
    /// What changed since.
    since: Transaction,
    stop: Stop,
    /// What it brought, while that is compared with what is shown.
    brought: Option<(Box<LiveLayout>, Differences)>,
}

impl Drop for Sent {
    fn drop(&mut self) {
        self.stop.0.store(true, Ordering::Relaxed);
    }
}

/// Nobody waits for an errand any more.
#[derive(Clone, Debug, Default)]
struct Stop(Arc<AtomicBool>);

impl Progress for Stop {
    fn report(&self, _: f32, _: &str) {}

    fn cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// The whole layout of a diagram to be made, on any thread.
pub struct Errand {
    number: u64,
    model: Arc<ThreatModel>,
    diagram: Id,
    stop: Stop,
}

/// What an errand brought; nothing when it was called back.
pub struct Brought {
    number: u64,
    whole: Option<LiveLayout>,
}

impl Errand {
    pub fn run(self) -> Brought {
        let mut model = Arc::unwrap_or_clone(self.model);
        // What is edited most and looked at until the end: its own, or the next edit in the window would have to copy it.
        model.placements.part();
        model.flows.part();
        Brought { number: self.number, whole: LiveLayout::awaited(&model, &self.diagram, &self.stop) }
    }
}

impl LaidOut {
    /// Starts on a diagram.
    pub fn start(&mut self, model: &ThreatModel, diagram: &Id) {
        let is_sketch = model.placed(diagram).count() > MEDIUM;
        let live = if is_sketch { LiveLayout::sketch(model, diagram) } else { LiveLayout::new(model, diagram) };
        let (sent, taken, pace) = (self.sent, self.taken, self.pace);
        *self = LaidOut { live, is_sketch, is_provisional: is_sketch, sent, taken, pace, ..LaidOut::default() };
    }

    /// Starts on the same diagram after most of it changed: with a sketch, until the whole layout is made.
    pub fn start_over(&mut self, model: &ThreatModel) {
        let Some(diagram) = self.layout().diagram.clone() else { return };
        let (sent, taken, pace) = (self.sent, self.taken + 1, self.pace);
        let live = LiveLayout::sketch(model, &diagram);
        *self = LaidOut { live, is_sketch: true, is_provisional: true, sent, taken, pace, ..LaidOut::default() };
    }

    pub fn layout(&self) -> &DiagramLayout {
        self.live.layout()
    }

    /// Grows whenever the layout changes without the model.
    pub fn revision(&self) -> u64 {
        self.taken
    }

    /// Whether what is shown is only a sketch.
    pub fn is_sketch(&self) -> bool {
        self.is_sketch
    }

    /// Sets how long following a change may take in one frame.
    pub fn set_pace(&mut self, pace: Option<Duration>) {
        self.pace = pace;
    }

    /// Whether frames are waited for.
    pub fn has_pace(&self) -> bool {
        self.pace.is_some()
    }

    /// Whether there is more to be done in the next frame.
    pub fn is_behind(&self) -> bool {
        self.live.is_behind() || self.errand.as_ref().is_some_and(|sent| sent.brought.is_some())
    }

    /// What was worked out before in this frame is not there for laying out, but for the half of it.
    fn patience(&self) -> Until {
        let now = Instant::now();
        Until(self.pace.map(|pace| (self.begun.unwrap_or(now) + pace).max(now + pace / 2)))
    }

    /// Says that from now on work is done that a change in this frame calls for.
    pub fn begin(&mut self) {
        self.begun = Some(Instant::now());
    }

    /// Follows the model through a change; `is_previewing` says whether it may be taken back.
    pub fn follow(&mut self, model: &ThreatModel, changes: &Transaction, is_previewing: bool) {
        let was_previewing = std::mem::replace(&mut self.is_previewing, is_previewing);
        if changes.is_empty() && (is_previewing || !was_previewing) {
            if self.live.is_behind() {
                let patience = self.patience();
                self.live.go_on(model, &patience);
                self.taken += 1;
            }
            return;
        }
        if let Some(sent) = &mut self.errand {
            sent.since = std::mem::take(&mut sent.since).then(changes.clone());
        }
        self.drift = std::mem::take(&mut self.drift).then(changes.clone());
        self.catch_up(model);
    }

    /// Lays out what changed.
    fn catch_up(&mut self, model: &ThreatModel) {
        let is_touched = !self.is_previewing && self.live.is_touched(model, self.drift.changes.keys());
        let is_small = self.layout().boxes.len() + self.layout().flows.len() <= SMALL;
        let patience = self.patience();
        if (is_touched && is_small) || !self.live.follow_for(model, self.drift.changes.keys(), &patience) {
            let (diagram, is_previewing) = (self.layout().diagram.clone(), self.is_previewing);
            diagram.iter().for_each(|diagram| self.start(model, diagram));
            self.is_previewing = is_previewing;
        } else if !self.is_previewing {
            self.is_provisional = is_touched || self.is_sketch;
        }
    }

    /// The errand to be run now, if any: one at a time, and none for what may be taken back.
    pub fn send(&mut self, model: impl FnOnce() -> Arc<ThreatModel>) -> Option<Errand> {
        if !self.is_provisional || self.is_previewing || self.errand.is_some() {
            return None;
        }
        let diagram = self.layout().diagram.clone()?;
        self.sent += 1;
        let stop = Stop::default();
        self.errand = Some(Sent { number: self.sent, since: Transaction::default(), stop: stop.clone(), brought: None });
        Some(Errand { number: self.sent, model: model(), diagram, stop })
    }

    /// Takes what an errand brought. Returns a layout that is not needed any more: of a large diagram even throwing it away
    /// takes its time.
    pub fn take(&mut self, brought: Brought, model: &ThreatModel) -> Option<Box<LiveLayout>> {
        let whole = Box::new(brought.whole?);
        match self.errand.as_mut().filter(|sent| sent.number == brought.number) {
            None => Some(whole),
            Some(sent) => {
                sent.brought = Some((whole, Differences::begin(self.live.layout())));
                self.take_over(model)
            }
        }
    }

    /// Goes on comparing what was brought with what is shown; then takes it, and what changed since. Returns the layout
    /// shown before.
    pub fn take_over(&mut self, model: &ThreatModel) -> Option<Box<LiveLayout>> {
        let patience = self.patience();
        let (whole, differences) = self.errand.as_mut()?.brought.as_mut()?;
        if !differences.go_on(self.live.layout(), whole.layout(), &patience) {
            return None;
        }
        let mut sent = self.errand.take()?;
        let (mut whole, differences) = sent.brought.take()?;
        if let Some(differing) = differences.found(self.live.layout(), whole.layout()) {
            whole.succeed(&mut self.live, &differing);
        }
        std::mem::swap(&mut self.live, &mut whole);
        self.drift = std::mem::take(&mut sent.since);
        (self.is_sketch, self.is_provisional) = (false, false);
        self.taken += 1;
        self.catch_up(model);
        Some(whole)
    }

    /// Nobody could be sent.
    pub fn call_back(&mut self) {
        self.errand = None;
    }
}
