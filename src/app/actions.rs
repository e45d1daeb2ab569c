//! What panels asked for, carried out between frames.

use super::questions::After;
use super::{App, memory};
use crate::edit::Edit;
use crate::library::Library;
use crate::model::Id;
use crate::tool::{Selection, Tool};
use crate::ui::{Action, Page};

/// What a field holds that is not yet a step of its own.
pub(super) struct Typed {
    field: egui::Id,
    edit: Edit,
    /// Steps with the same tag in a row become one.
    tag: Option<String>,
}

impl App {
    /// Performs what was asked for since the last frame.
    pub(super) fn perform_actions(&mut self, ctx: &egui::Context) {
        self.hover = None;
        for action in self.outbox.drain() {
            self.perform(action, ctx);
        }
    }

    fn perform(&mut self, action: Action, ctx: &egui::Context) {
        match action {
            Action::Commit(edit) => {
                self.commit_typed();
                self.commit_whole(edit);
            }
            Action::KeepInside(edit) => self.keep_inside(&edit),
            Action::CommitMerged(edit, tag) => {
                self.commit_typed();
                self.try_edit(|document| document.commit_merged(&edit, &tag).map(|_| ()));
            }
            Action::Preview(edit) => {
                self.commit_typed();
                self.try_edit(|document| document.preview(&edit));
            }
            Action::Type { field, edit, tag } => {
                if self.typing.as_ref().is_some_and(|typed| typed.field != field) {
                    self.commit_typed();
                }
                if self.try_edit(|document| document.preview(&edit)) {
                    self.typing = Some(Typed { field, edit, tag });
                }
            }
            Action::CancelPreview => {
                self.typing = None;
                self.document.cancel_preview();
            }
            Action::Select(selection) => self.selection = selection,
            Action::ShowThreat(key) => {
                self.reveal_diagram_of(&key.anchor.clone());
                self.selection = Selection::threat(key);
                self.show_page(Page::Inspector);
            }
            Action::ShowRecord(id) => self.show_record(id),
            Action::ShowRule(id) => self.views.rule_pages.open(Library::builtin().page(&id)),
            Action::FindRoadmap(aim) => self.find_roadmap(aim),
            Action::FindPaths => self.find_paths(),
            Action::RateThreats => self.rate_threats(),
            Action::ReadNames => self.read_names(),
            Action::PlayYears => self.play_years(),
            Action::ExportTree(id) => self.ask_export_of_tree(id),
            Action::Light(lit) => self.lit = lit,
            Action::CompareWith(base) => self.compare_with(base),
            Action::SetTool(tool) => self.tool = tool,
            Action::ShowDiagram(id) => {
                self.commit_typed();
                self.show_diagram(id);
            }
            Action::OpenDetail(id) => {
                self.commit_typed();
                self.open_detail(&id);
            }
            Action::DropHere(id, at) => {
                self.commit_typed();
                self.drop_here(&id, at);
            }
            Action::MakeHere(tool, at) => {
                self.tool = Tool::Select;
                self.views.canvas.make_at(tool, at);
            }
            Action::Reveal(id) => {
                self.reveal_diagram_of(&id);
                self.views.canvas.reveal(id);
            }
            Action::LookAt(diagram, camera) => {
                if self.diagram != diagram && self.document.model().diagrams.contains_key(&diagram) {
                    self.show_diagram(diagram.clone());
                }
                self.views.canvas.look(&diagram, camera);
            }
            Action::RoomFor(page, height) => self.room_for(page, height, ctx),
            Action::PlacePage(page, place, at) => self.docks.place(page, place, at),
            Action::SplitDock(side, share) => self.docks.split(side, share),
            Action::Stamp(pattern, at) => self.stamp(&pattern, at),
            Action::WriteThreat(id, about, begun) => self.write_threat(id, about, begun),
            Action::SetPreferences(preferences) => self.set_preferences(*preferences, ctx),
            Action::Pulse(id) => self.views.canvas.pulse(id),
            Action::WriteText(text) => self.views.canvas.write_text(text),
            Action::EditLabel(id) => self.views.canvas.edit_label(id),
            Action::Say(text) => self.views.messages.say(text),
            Action::Hover(id) => self.hover = Some(id),
            Action::Run(command) => self.run(command, ctx),
            Action::Open(path) => self.open_files(vec![path]),
            Action::OpenSample(name) => self.guarded(After::OpenSample(name), ctx),
            Action::SetAuthor(name) => {
                self.preferences.author = name;
                memory::store_preferences(&self.preferences, self.services.config.as_deref());
            }
            Action::SignOff(sign_off) => self.sign_off(sign_off),
            Action::ForgetRecent => self.recent.forget(self.services.state.as_deref()),
            Action::Match(matching) => self.matching = matching,
            Action::ShowThreats(terms) => {
                self.views.panes.drawer.show_threats(terms);
                self.show_page(crate::ui::Page::Threats);
            }
            Action::SaveChart(topic, file) => self.save_chart(topic, file),
            Action::CancelJobs => self.stop_waiting(),
        }
    }

    /// Goes to a diagram that shows the item, when the present one does not.
    fn reveal_diagram_of(&mut self, id: &Id) {
        let model = self.document.model();
        if model.placement(&self.diagram, id).is_none()
            && let Some(key) = model.placements.keys().find(|key| &key.item == id)
        {
            self.show_diagram(key.diagram.clone());
        }
    }

    /// Shows another diagram. What is not on it is no longer selected: nobody deletes what they do not see.
    pub(super) fn show_diagram(&mut self, id: Id) {
        let model = self.document.model();
        self.selection.retain(|item| model.placement(&id, item).is_some());
        let before = std::mem::replace(&mut self.diagram, id);
        if model.diagrams.contains_key(&before) && before != self.diagram {
            self.before = Some(before);
        }
    }

    /// One undo step; a refusal is told.
    pub(super) fn commit(&mut self, edit: &Edit) {
        self.is_committed(edit);
    }

    /// The same, saying whether it was done.
    pub(super) fn is_committed(&mut self, edit: &Edit) -> bool {
        self.try_edit(|document| document.commit(edit).map(|_| ()))
    }

    fn try_edit(&mut self, edit: impl FnOnce(&mut crate::edit::Document) -> Result<(), crate::edit::EditError>) -> bool {
        let (step, depth) = (self.document.newest(), self.document.depth());
        match edit(&mut self.document) {
            Ok(()) => {
                if self.document.depth() > depth {
                    self.chosen.keep(self.document.newest(), &self.selection);
                } else if self.document.newest() != step {
                    self.chosen.renumber(step, self.document.newest());
                }
                true
            }
            Err(e) => {
                self.views.messages.warn(format!("This cannot be done: {e}"));
                false
            }
        }
    }

    /// Makes a step of what is being typed.
    pub(super) fn commit_typed(&mut self) {
        if let Some(Typed { edit, tag, .. }) = self.typing.take() {
            self.try_edit(|document| match tag {
                Some(tag) => document.commit_merged(&edit, &tag).map(|_| ()),
                None => document.commit(&edit).map(|_| ()),
            });
        }
    }

    /// Makes a step of what was typed into a field that no longer has the keyboard, or is no longer there.
    pub(super) fn let_go_of_text(&mut self, ctx: &egui::Context) {
        let cancelled = self.outbox.is_cancelling();
        let focused = ctx.memory(|m| m.focused());
        if !cancelled && self.typing.as_ref().is_some_and(|typed| focused != Some(typed.field)) && !self.outbox.is_typing() {
            self.commit_typed();
            ctx.request_repaint();
        }
    }

    /// Opens files dropped on the window; while something is asked there they are left alone.
    pub(super) fn take_dropped_files(&mut self, ctx: &egui::Context) {
        let dropped: Vec<_> = ctx.input(|i| i.raw.dropped_files.iter().map(|f| f.path().to_owned()).collect());
        if self.question.is_none() {
            self.open_files(dropped);
        }
    }

    /// Keeps title and closing in step with the document.
    pub(super) fn tell_window(&mut self, ctx: &egui::Context) {
        let mark = if self.document.is_dirty() { " •" } else { "" };
        let title = if self.is_open { format!("{} — Palisade{mark}", self.name()) } else { "Palisade".to_owned() };
        if title != self.title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
        if ctx.input(|i| i.viewport().close_requested()) && !self.leaving {
            self.commit_typed();
            if (self.is_open && self.document.is_dirty()) || !self.saves.is_empty() {
                ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
                self.guarded(After::Quit, ctx);
                ctx.request_repaint();
            }
        }
    }
}
