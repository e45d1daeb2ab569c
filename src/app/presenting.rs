//! The stage: gone onto with everything as it is, and left with everything as it was.

use super::jobs::Done;
use super::{App, looks};
use crate::disk;
use crate::edit::Edit;
use crate::library::Library;
use crate::model::{Id, Key};
use crate::progress::Quiet;
use crate::report::{self, Format, session_report};
use crate::session::{self, Summary};
use crate::tool::{Selection, Tool};
use crate::ui::{Deed, Eyes, Panels, Present, Seen, stage_zoom, style};
use egui::Event;
use std::path::PathBuf;
use std::time::Duration;

/// A presentation under way, and what to come back to.
pub(super) struct Staged {
    pub(super) present: Present,
    diagram: Id,
    eyes: Eyes,
    panels: Panels,
    selection: Selection,
    tool: Tool,
    seen: Seen,
}

impl App {
    /// Goes onto the stage, or leaves it.
    pub(super) fn present(&mut self, ctx: &egui::Context) {
        if self.staged.is_some() {
            return self.leave_stage(ctx);
        }
        self.commit_typed();
        let now = (self.services.now)();
        let model = self.document.committed();
        let present = self.with_view(ctx, |cx| Present::new(cx, model, now));
        let staged = Staged {
            present,
            diagram: self.diagram.clone(),
            eyes: self.views.canvas.eyes(),
            panels: self.panels,
            selection: std::mem::take(&mut self.selection),
            tool: std::mem::take(&mut self.tool),
            seen: self.seen.0,
        };
        self.staged = Some(Box::new(staged));
        self.panels.presenting = true;
        style::project(ctx, true);
        style::calm(ctx, self.preferences.is_calm);
        ctx.set_theme(egui::ThemePreference::Light);
        // So that no frame is drawn in the size of before.
        self.fit_interface(ctx);
        ctx.request_repaint();
    }

    /// On the stage one key is taken a frame, since each decides what the next one means: however slow frames are, and while
    /// the stage comes up, none is lost and none counts twice.
    pub(super) fn pace_keys(&mut self, ctx: &egui::Context) {
        let is_paced = self.staged.is_some() || !self.late.is_empty();
        // What the key before asked for is not there yet, or its line has not got the keyboard.
        let is_coming = !self.outbox.is_settled(self.hover.as_ref());
        let is_asking = self.staged.as_ref().is_some_and(|staged| staged.present.is_asking());
        let is_held = is_paced && (is_coming || (is_asking && !ctx.text_edit_focused()));
        let late = &mut self.late;
        ctx.input_mut(|i| {
            if !late.is_empty() {
                let new = std::mem::replace(&mut i.events, std::mem::take(late));
                // A key that is held does not go on after it is let go of.
                i.events.extend(new.into_iter().filter(|event| !matches!(event, Event::Key { repeat: true, .. })));
            }
            let is_press = |event: &Event| matches!(event, Event::Key { pressed: true, .. });
            let begins = |event: &Event| matches!(event, Event::Key { pressed: true, key: egui::Key::F5, .. });
            let from = if is_paced { Some(0) } else { i.events.iter().position(begins) };
            let presses = i.events.iter().enumerate().skip(from.unwrap_or(usize::MAX)).filter(|(_, event)| is_press(event));
            let presses: Vec<(usize, &Event)> = presses.collect();
            // Letters of a line mean the same however many come at once, up to the key that ends it.
            let ends =
                |(_, event): &(usize, &Event)| matches!(event, Event::Key { key: egui::Key::Enter | egui::Key::Escape, .. });
            let taken = match is_asking && !is_held {
                true => presses.iter().position(ends).map_or(presses.len(), |at| at + 1),
                false => usize::from(!is_held),
            };
            if let Some(waits) = presses.get(taken).map(|(at, _)| *at) {
                *late = i.events.split_off(waits);
            }
        });
        if !self.late.is_empty() {
            ctx.request_repaint();
        }
    }

    /// Comes back to exactly what was looked at before.
    pub(super) fn leave_stage(&mut self, ctx: &egui::Context) {
        let Some(staged) = self.staged.take() else { return };
        self.commit_typed();
        if self.document.model().diagrams.contains_key(&staged.diagram) {
            self.show_diagram(staged.diagram.clone());
        }
        self.views.canvas.look_again(staged.eyes);
        (self.panels, self.selection, self.tool) = (staged.panels, staged.selection, staged.tool);
        self.selection.prune(self.document.model());
        if self.seen.0 != staged.seen {
            self.see(staged.seen);
        }
        looks::apply(&self.preferences, ctx);
        self.fit_interface(ctx);
        ctx.request_repaint();
    }

    /// The zoom of the interface while presenting; `None` while it is as people chose, or something asks for the usual one.
    pub(super) fn stage_zoom(&self, ctx: &egui::Context) -> Option<f32> {
        let height = ctx.content_rect().height() * ctx.zoom_factor();
        let asks = self.question.is_some() || self.dialogs.is_any_open();
        (self.staged.is_some() && !asks).then(|| stage_zoom(height))
    }

    /// Lets time pass on the stage, and follows the model.
    pub(super) fn follow_stage(&mut self, ctx: &egui::Context) {
        let Some(staged) = &mut self.staged else { return };
        if !self.is_open {
            return self.leave_stage(ctx);
        }
        staged.present.follow(self.document.model());
        staged.present.pass_time(ctx.input(|i| i.time), (self.services.now)());
        if !staged.present.timer.is_stopped() {
            ctx.request_repaint_after(Duration::from_secs(1));
        }
    }

    pub(super) fn run_deed(&mut self, deed: Deed, ctx: &egui::Context) {
        match deed {
            Deed::Close => return self.close_session(),
            Deed::Pen => {
                let is_in_hand = self.views.canvas.toggle_pen();
                self.tool = if is_in_hand { Tool::Laser } else { Tool::Select };
                return;
            }
            _ => {}
        }
        let Some(mut staged) = self.staged.take() else { return };
        let mut out = self.outbox.lend();
        let leaves = self.with_view(ctx, |cx| staged.present.run(deed, cx, &mut out));
        (self.staged, self.outbox) = (Some(staged), out);
        if leaves {
            self.leave_stage(ctx);
        }
    }

    /// What was tried becomes a scenario, and the model is as before.
    pub(super) fn keep_scenario(&mut self) {
        self.commit_typed();
        let count = self.document.model().variants.len();
        let name = if count == 0 { "Target".to_owned() } else { format!("Scenario {}", count + 1) };
        let variant = session::kept(&name, &self.document.committed(), self.document.model());
        if variant.changes.is_empty() {
            return self.views.messages.say("Nothing was tried yet.".to_owned());
        }
        self.drop_trial();
        let id = self.outbox.fresh_id();
        let put = Edit::put(Key::Variant(id), variant);
        self.commit(&Edit::Batch { label: "keep a scenario".to_owned(), edits: vec![put] });
        self.views.messages.say(format!("Kept as the scenario “{name}”. F5, then Z, shows it beside today"));
    }

    /// Ends the session and writes its summary beside the model, as PDF and as Markdown.
    fn close_session(&mut self) {
        let model = self.document.model();
        let open = session::newest_open(model).map(|(id, _)| id.clone());
        let newest = || model.sessions.iter().max_by_key(|(id, s)| (s.began, (*id).clone())).map(|(id, _)| id.clone());
        let Some(id) = open.or_else(newest) else {
            let told = "Nothing was written down yet, so there is nothing to sum up. The session begins with the first decision, name or note.";
            return self.views.messages.say(told.to_owned());
        };
        if let Some(edit) = session::ended(model, &id, (self.services.now)()) {
            self.commit(&edit);
        }
        let target = self.summary_target(&id);
        if let Some(staged) = &mut self.staged {
            let name = target.as_ref().and_then(|target| target.file_stem()).map(|name| name.to_string_lossy().into_owned());
            staged.present.show_closed(id.clone(), name);
        }
        let Some(target) = target else {
            let told = "The session is closed. Save the model first: the summary is written beside it with F9.";
            return self.views.messages.say(told.to_owned());
        };
        let (model, assessment, day) = (self.document.share(), self.assessed.assessment().clone(), self.services.today);
        self.work("Writing the summary", move |_| {
            let Some(summary) = Summary::of(&model, Library::builtin(), &assessment, &id) else { return Done::Cancelled };
            let report = session_report(&summary, day);
            let write = |format: Format| {
                let path = target.with_extension(format.extension());
                let bytes = report::write(format, &report, &Quiet).map_err(|why| why.to_string())?;
                disk::save(&path, &bytes).map_err(|why| why.to_string())?;
                Ok::<PathBuf, String>(path)
            };
            let written = write(Format::Markdown).and_then(|_| write(Format::Pdf));
            Done::Summed(match written {
                Ok(path) => Ok(format!("The summary is in {} and beside it as .md", path.display())),
                Err(why) => Err(format!("The summary was not written. {why}")),
            })
        });
    }

    /// The summary was written, or not: told on the stage where the session was closed there.
    pub(super) fn note_summed(&mut self, written: Result<String, String>) {
        let is_told = self.staged.as_mut().is_some_and(|staged| staged.present.note_written(written.is_ok()));
        match written {
            Ok(_) if is_told => {}
            Ok(told) => self.views.messages.say(told),
            Err(why) => self.views.messages.warn(why),
        }
    }

    /// "shop session-1-2026-10-02" beside the file of the model.
    fn summary_target(&self, id: &Id) -> Option<PathBuf> {
        let file = self.file.as_ref()?;
        let session = self.document.model().sessions.get(id)?;
        let name: String = session.name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
        let day = session.began.map_or(self.services.today, |began| began.date);
        let stem = file.file_stem()?.to_string_lossy();
        Some(file.with_file_name(format!("{stem}-{}-{day}.md", name.to_lowercase())))
    }
}
