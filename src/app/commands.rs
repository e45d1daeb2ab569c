//! Commands and their keys, carried out.

use super::App;
use super::jobs::Purpose;
use super::memory;
use super::questions::After;
use crate::detect::{self, Confidence, Detector, Proposal};
use crate::edit::Edit;
use crate::library::Library;
use crate::model::{Diagram, Id, Info, Key};
use crate::preferences::ThemeChoice;
use crate::tool::{Camera, Selection, Tool};
use crate::ui::{self, Action, Command, Group, Page, Pasted, Side};

impl App {
    /// Does what a menu, a key or the palette would, where that would do anything now.
    pub fn ask_for(&mut self, command: Command) -> bool {
        let ctx = self.jobs.context().clone();
        let enabled = self.question.is_none() && self.with_view(&ctx, |cx| command.enabled(cx));
        if enabled {
            self.outbox.push(Action::Run(command));
            ctx.request_repaint();
        }
        enabled
    }

    /// Puts commands whose keys were pressed, and that nobody took, into the outbox.
    pub(super) fn run_shortcuts(&mut self, ctx: &egui::Context) {
        let is_press = |event: &egui::Event| matches!(event, egui::Event::Key { pressed: true, .. });
        let has_press = ctx.input(|i| i.events.iter().any(is_press));
        if !has_press || self.question.is_some() || self.views.preferences.is_listening() {
            return;
        }
        let typing = ctx.text_edit_focused();
        let modal = self.views.palette.is_open() || self.views.find.is_open();
        let has_menu = egui::Popup::is_any_open(ctx);
        // What acts on the canvas is not meant while the keyboard is in a dialog; taking a step back is.
        let in_dialog = ui::is_in_dialog(ctx);
        let is_dialogs = |command: Command| in_dialog && !matches!(command, Command::Undo | Command::Redo);
        let yields = |command: Command| (typing || modal || is_dialogs(command)) && command.yields_to_typing();
        let waits = |command: Command| yields(command) || (command == Command::Deselect && has_menu);
        // A menu that is open takes letters for itself, but not what is pressed together with Ctrl.
        let is_menus =
            |command: Command, keys: &egui::KeyboardShortcut| has_menu && command.yields_to_typing() && !keys.modifiers.command;
        // egui takes Ctrl Shift Z for Ctrl Z when asked for the latter, so the longer shortcuts are asked for first.
        // The keys of the stage are taken before anything else sees them.
        let is_staged = |c: &Command| c.group() == Group::Stage;
        let keys = |c: Command| c.usual().iter().map(move |keys| (c, keys));
        let mut shortcuts: Vec<_> = Command::all().filter(|c| !waits(*c) && !is_staged(c)).flat_map(keys).collect();
        shortcuts.retain(|(command, keys)| !is_menus(*command, keys));
        shortcuts.sort_by_key(|(_, keys)| !(keys.modifiers.shift && keys.modifiers.alt));
        shortcuts.sort_by_key(|(_, keys)| !(keys.modifiers.shift || keys.modifiers.alt));
        let pressed = shortcuts.into_iter().filter(|(_, keys)| ctx.input_mut(|i| take(i, keys)));
        let pressed: Vec<Command> = pressed.map(|(command, _)| command).collect();
        let (enabled, refused): (Vec<Command>, Vec<Command>) =
            self.with_view(ctx, |cx| pressed.into_iter().partition(|command| command.enabled(cx)));
        if self.is_open && refused.contains(&Command::AddThreat) {
            self.views.messages.say("Select an element, a flow or a boundary first: a threat is about one of them".to_owned());
        }
        for command in enabled {
            self.outbox.push(Action::Run(command));
        }
    }

    pub(super) fn run(&mut self, command: Command, ctx: &egui::Context) {
        if !matches!(command, Command::Undo | Command::Redo) {
            self.commit_typed();
        }
        match command {
            Command::New => self.guarded(After::New, ctx),
            Command::Open => self.choose(Purpose::Open),
            Command::Import => self.choose(Purpose::Import),
            Command::Save => self.save(None),
            Command::SaveAs => self.choose(Purpose::Save { then: None }),
            Command::Reload => self.reload(),
            Command::KeepMine => self.keep_mine(),
            Command::MergeFile => self.merge_file(),
            Command::CloseModel => self.guarded(After::CloseModel, ctx),
            Command::Quit => self.guarded(After::Quit, ctx),
            Command::Undo => {
                self.typing = None;
                // What is only typed goes first.
                if !self.document.cancel_preview() {
                    self.undo();
                }
            }
            Command::Redo => self.redo(),
            // The clipboard is the window's; what is on it comes back as an event.
            Command::Paste => self.request_paste(Pasted::AtPointer, ctx),
            Command::PasteInPlace => self.request_paste(Pasted::InPlace, ctx),
            Command::PasteOriginals => self.request_paste(Pasted::Originals, ctx),
            Command::Deselect if self.selection.items.is_empty() && self.matching.is_some() => {
                self.matching = None;
                self.views.panes.drawer.show_threats(Vec::new());
            }
            Command::Deselect if self.selection.items.is_empty() && self.tool == Tool::Select => self.end_compare(),
            Command::Deselect => {
                self.selection = Selection::default();
                self.tool = Tool::Select;
            }
            Command::ZoomIn | Command::ZoomOut | Command::ZoomActual | Command::ZoomFit | Command::ZoomSelection => {
                self.views.canvas.zoom(command);
            }
            Command::ToggleLeft => self.toggle_dock(Side::Left),
            Command::ToggleInspector => self.toggle_dock(Side::Right),
            Command::ToggleTable => self.toggle_dock(Side::Bottom),
            Command::Layout(layout) => (self.docks.layout, self.panels.zen) = (layout, false),
            Command::ResetPanels => self.docks.reset(),
            Command::Preferences => self.views.preferences.open(),
            Command::Tour => self.guarded(After::Tour, ctx),
            Command::Dashboard => self.toggle_dashboard(),
            Command::Heat => self.panels.heat = !self.panels.heat,
            Command::FilterRegister => self.filter_register(),
            Command::Page(Page::Compare) => self.compare(),
            Command::Page(page) => self.show_page(page),
            Command::CompareWithFile => self.choose(Purpose::Compare),
            Command::EndCompare => self.end_compare(),
            Command::KeepBaseline => self.ask_baseline(),
            Command::Present => self.present(ctx),
            Command::Stage(deed) => self.run_deed(deed, ctx),
            Command::KeepScenario => self.keep_scenario(),
            Command::Zen => self.panels.zen = !self.panels.zen,
            Command::Legend => self.panels.legend = !self.panels.legend,
            Command::Notation(notation) => {
                let info = Info { notation, ..self.document.model().info.clone() };
                self.commit(&Edit::put(Key::Info, info));
            }
            Command::NewFlows(line_style) => {
                if let Some(diagram) = self.document.model().diagrams.get(&self.diagram) {
                    let diagram = Diagram { line_style, ..diagram.clone() };
                    self.commit(&Edit::put(Key::Diagram(self.diagram.clone()), diagram));
                }
            }
            Command::PasteStyle => self.views.canvas.give_style(),
            Command::SizeByKeys => self.views.canvas.size_by_keys(),
            Command::NextPanel => ui::walk(ctx, 1),
            Command::PreviousPanel => ui::walk(ctx, -1),
            Command::ToggleGrid => self.panels.grid = !self.panels.grid,
            Command::KeepTool => self.panels.keeps_tool = !self.panels.keeps_tool,
            Command::Minimap => {
                self.panels.minimap = !self.panels.minimap;
                self.remember_ways();
            }
            Command::Identification => {
                self.selection = Selection::default();
                self.show_page(Page::Inspector);
                ui::show_rules(ctx);
            }
            Command::Cards => {
                self.panels.cards = !self.panels.cards;
                self.remember_ways();
                if !self.panels.cards {
                    let keys = command.keys(ctx).unwrap_or_default();
                    self.views.messages.say(format!("Cards are off. {keys}, or the menu View, brings them back."));
                }
            }
            Command::WheelZooms => {
                self.panels.wheel_zooms = !self.panels.wheel_zooms;
                self.remember_ways();
            }
            Command::FollowTheme => self.wear(ThemeChoice::Follow, ctx),
            Command::SwitchTheme => self.switch_theme(ctx),
            Command::Projector => self.switch_projector(ctx),
            Command::LargerInterface => self.resize_interface(true, ctx),
            Command::SmallerInterface => self.resize_interface(false, ctx),
            Command::UsualInterface => self.set_interface_size(100, ctx),
            Command::ContextMenu => self.views.canvas.open_menu(),
            Command::LightTheme => self.wear(ThemeChoice::Light, ctx),
            Command::DarkTheme => self.wear(ThemeChoice::Dark, ctx),
            Command::Tool(tool) => self.tool = tool,
            Command::AddThreat => {
                if let Some(target) = self.selection.single().cloned() {
                    self.tool = Tool::Select;
                    self.views.canvas.add_threat(target);
                }
            }
            Command::Find => self.views.find.open(self.place()),
            Command::FindNext | Command::FindPrevious => {
                let mut find = std::mem::take(&mut self.views.find);
                let mut out = self.outbox.lend();
                let by = if command == Command::FindNext { 1 } else { -1 };
                let from = self.place();
                self.with_view(ctx, |cx| find.step(by, from, cx, &mut out));
                (self.views.find, self.outbox) = (find, out);
            }
            Command::WriteText => {
                // On the welcome page there is nothing to lose.
                if !self.is_open {
                    self.go_on(After::New, ctx);
                }
                self.views.canvas.write_text(String::new());
            }
            Command::AddControl => {
                self.show_page(Page::Safeguards);
                self.views.panes.safeguards.focus();
            }
            Command::ModelProperties => {
                self.selection = Selection::default();
                self.show_page(Page::Inspector);
            }
            Command::See(seen) => self.see(seen),
            Command::StartTrial => self.start_trial(),
            Command::KeepTrial => self.keep_trial(),
            Command::DropTrial => self.drop_trial(),
            Command::CopySvg => self.copy_as_svg(ctx),
            Command::CopyPng => self.copy_as_png(),
            Command::AcceptProposals => self.settle_proposals(true),
            Command::DeclineProposals => self.settle_proposals(false),
            Command::AcceptSure => {
                self.show_page(Page::Proposals);
                self.views.panes.drawer.review_sure();
            }
            Command::NextQuestion => {
                self.show_page(Page::Questions);
                self.views.panes.drawer.next_question();
            }
            Command::OpenDetail => {
                if let Some(id) = self.selection.single().cloned() {
                    self.open_detail(&id);
                }
            }
            Command::OutOfScope => self.toggle_scope(ctx),
            Command::Outward => self.go_out(),
            Command::Inward => self.go_in(),
            Command::HideHere => self.hide_selected(),
            Command::ShowConnected => self.show_connected(),
            Command::AddDiagram => self.add_diagram(),
            Command::DuplicateDiagram => self.duplicate_diagram(),
            Command::MoveDiagramLeft => self.move_diagram(-1),
            Command::MoveDiagramRight => self.move_diagram(1),
            Command::RenameDiagram => self.views.top_bar.rename(self.diagram.clone()),
            Command::DeleteDiagram => self.delete_diagram(),
            Command::NextDiagram => self.step_diagram(1),
            Command::PreviousDiagram => self.step_diagram(-1),
            Command::ImportFindings => self.choose(Purpose::Findings),
            Command::ExportDiagram => self.ask_export(),
            Command::Tidy => self.tidy(false, ctx),
            Command::TidyAll => self.tidy(true, ctx),
            Command::Report => self.ask_report(),
            Command::Palette => self.views.palette.open(),
            Command::Shortcuts => self.views.help.toggle_shortcuts(),
            Command::About => self.views.help.open_about(),
            on_canvas => {
                if let Some(operation) = on_canvas.operation() {
                    self.views.canvas.perform(operation);
                }
            }
        }
    }

    /// The charts have the window to themselves until one of them is asked for its threats.
    fn toggle_dashboard(&mut self) {
        self.panels.dashboard = !self.panels.dashboard;
        self.panels.zen = false;
        let is_open = self.docks.dock(Side::Bottom).is_open;
        if self.panels.dashboard {
            self.had_table = is_open;
        }
        if is_open == self.panels.dashboard && self.had_table {
            self.docks.toggle(Side::Bottom);
        }
    }

    /// Gives the keyboard to the quick filter of the register in sight; of threats where another page is shown.
    fn filter_register(&mut self) {
        let registers = [Page::Threats, Page::Vulnerabilities, Page::Agents, Page::Controls, Page::Inventory];
        let page = registers.into_iter().find(|page| self.docks.is_shown(*page)).unwrap_or(Page::Threats);
        self.show_page(page);
        self.views.panes.drawer.focus_search(page);
    }

    /// Accepts or declines what is proposed about the selection, as one step; hints of low confidence are left alone.
    fn settle_proposals(&mut self, accept: bool) {
        let model = self.document.model();
        let detector = Detector::new(model, Library::builtin());
        let about = self.selection.items.iter().flat_map(|id| detector.about(id));
        let proposals: Vec<Proposal> = about.filter(|p| p.confidence >= Confidence::Medium).collect();
        if proposals.is_empty() {
            return self.views.messages.say("Nothing is proposed about what is selected.".to_owned());
        }
        let edit = match accept {
            true => detect::accept(model, &proposals, &mut || self.outbox.fresh_id()),
            false => detect::decline(model, &proposals),
        };
        self.commit(&edit);
    }

    /// What is looked at: the diagram, and how.
    fn place(&self) -> Option<(Id, Camera)> {
        self.views.canvas.camera(&self.diagram).map(|camera| (self.diagram.clone(), camera))
    }

    /// Keeps how people like to work for the next time.
    fn remember_ways(&mut self) {
        (self.preferences.wheel_zooms, self.preferences.minimap) = (self.panels.wheel_zooms, self.panels.minimap);
        self.preferences.cards = self.panels.cards;
        memory::store_preferences(&self.preferences, self.services.config.as_deref());
    }

    fn request_paste(&mut self, pasted: Pasted, ctx: &egui::Context) {
        self.views.canvas.expect_paste(pasted);
        ctx.send_viewport_cmd(egui::ViewportCommand::RequestPaste);
    }
}

/// Takes a press of these keys out of the input. With Shift a digit is another sign on most layouts ("!" for 1), so there
/// its place on the keyboard counts as well.
fn take(input: &mut egui::InputState, keys: &egui::KeyboardShortcut) -> bool {
    if input.consume_shortcut(keys) {
        return true;
    }
    let is_digit = keys.logical_key.name().parse::<u8>().is_ok();
    let events = input.events.len();
    input.events.retain(|event| match event {
        egui::Event::Key { physical_key, pressed: true, modifiers, .. } if is_digit && keys.modifiers.shift => {
            *physical_key != Some(keys.logical_key) || !modifiers.matches_logically(keys.modifiers)
        }
        _ => true,
    });
    input.events.len() < events
}
