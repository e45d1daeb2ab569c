//! Putting diagrams in order: worked out beside the window, then shown as a move the eye can follow.

use super::App;
use super::jobs::Done;
use crate::model::Id;
use crate::scene::{self, DiagramLayout};
use crate::tidy::{NotTidied, Scope, Tidied, Wish, tidy};
use crate::ui::Command;

/// How long things are under way, in seconds.
const UNDER_WAY: f64 = 0.3;
/// Larger diagrams change at once.
const MOST: usize = 1_200;

/// A diagram on its way to a new layout.
pub(super) struct Morph {
    from: DiagramLayout,
    pub(super) now: DiagramLayout,
    diagram: Id,
    revision: u64,
    since: f64,
    /// The view goes along, so that everything is seen when it has arrived.
    is_whole: bool,
}

impl App {
    /// Arranges what is selected: the inside of a boundary, several things, or else the whole diagram.
    pub(super) fn tidy(&mut self, everything: bool, ctx: &egui::Context) {
        let model = self.document.model();
        let boxes = self.selection.items.iter().filter(|id| model.rect_of(&self.diagram, id).is_some());
        let boxes: std::collections::BTreeSet<Id> = boxes.cloned().collect();
        let one = boxes.first().filter(|_| boxes.len() == 1);
        let scope = match one {
            _ if everything => Scope::All,
            Some(id) if model.boundaries.contains_key(id) && !model.is_collapsed(&self.diagram, id) => Scope::Inside(id.clone()),
            _ if boxes.len() > 1 => Scope::Items(boxes),
            _ => Scope::All,
        };
        let room = ctx.content_rect().size();
        let wish = Wish { diagram: self.diagram.clone(), scope, shape: (room.x / room.y.max(1.0)).clamp(1.0, 2.2), keeps: true };
        let (model, serial, revision) = (self.document.share(), self.serial, self.document.revision());
        self.work("Arranging the diagram", move |line| {
            let is_whole = wish.scope == Scope::All;
            match tidy(&model, &wish, line) {
                Err(NotTidied::Stopped) => Done::Cancelled,
                tidied => Done::Tidied { serial, revision, is_whole, tidied: tidied.map(Box::new) },
            }
        });
    }

    pub(super) fn take_tidied(&mut self, serial: u64, revision: u64, is_whole: bool, tidied: Result<Box<Tidied>, NotTidied>) {
        if serial != self.serial {
            return;
        }
        let tidied = match tidied {
            Ok(tidied) if revision == self.document.revision() => tidied,
            Ok(_) => {
                let why = "The model changed while the diagram was being arranged, so it was left as it is. Try again.";
                return self.views.messages.say(why.to_owned());
            }
            Err(why) => return self.views.messages.warn(format!("The diagram was left as it is: {why}.")),
        };
        let from = self.laid_out.layout().clone();
        let edit = tidied.edit(self.document.model());
        self.commit(&edit);
        let ctx = self.jobs.context().clone();
        if self.document.revision() == revision {
            return self.views.messages.say("Everything is tidy already.".to_owned());
        }
        let is_calm = ctx.global_style().animation_time <= 0.0;
        let is_large = from.boxes.len() + from.flows.len() > MOST;
        if is_large {
            // A sketch first: placing everything anew would hold up the window.
            let changes = self.document.take_changes();
            self.assessed.follow(self.document.model(), &changes);
            self.content += 1;
            self.laid_out.start_over(self.document.model());
        } else if !is_calm {
            let since = ctx.input(|i| i.time);
            let diagram = self.diagram.clone();
            self.morph = Some(Morph { now: from.clone(), from, diagram, revision: self.document.revision(), since, is_whole });
        }
        if is_whole && self.morph.is_none() {
            self.views.canvas.zoom(Command::ZoomFit);
        }
    }

    /// Brings a move that is under way to this moment, and asks for the next frame.
    pub(super) fn advance_morph(&mut self, ctx: &egui::Context) {
        let Some(morph) = &mut self.morph else { return };
        let share = (ctx.input(|i| i.time) - morph.since) / UNDER_WAY;
        self.looks += 1;
        if morph.is_whole && morph.diagram == self.diagram {
            self.views.canvas.zoom(Command::ZoomFit);
        }
        let is_over = share >= 1.0 || morph.diagram != self.diagram || morph.revision != self.document.revision();
        if is_over {
            self.morph = None;
            return;
        }
        // Slow, quick, slow.
        let t = share.clamp(0.0, 1.0) as f32;
        let eased = t * t * (3.0 - 2.0 * t);
        morph.now = scene::between(&morph.from, self.laid_out.layout(), eased);
        ctx.request_repaint();
    }
}
