//! The one list of commands: menus, shortcuts, tooltips, palette and help are made from it.

mod keymap;
mod operation;
mod table;

pub use keymap::Keymap;
pub use table::Command;

use super::{Outside, Seen, ViewCx};
use crate::model::Id;
use crate::text::icon::{self, Icon};
use crate::tool::Tool;
use egui::KeyboardShortcut;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The menu a command is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    File,
    Edit,
    Insert,
    Arrange,
    Flow,
    View,
    Model,
    Analyse,
    Report,
    Window,
    /// Only while presenting: these keys go before all others then.
    Stage,
    Help,
}

impl Group {
    pub const ALL: &'static [Group] = &[
        Group::File,
        Group::Edit,
        Group::Insert,
        Group::Arrange,
        Group::Flow,
        Group::View,
        Group::Model,
        Group::Analyse,
        Group::Report,
        Group::Window,
        Group::Help,
    ];

    pub fn label(self) -> &'static str {
        match self {
            Group::File => "File",
            Group::Edit => "Edit",
            Group::Insert => "Insert",
            Group::Arrange => "Arrange",
            Group::Flow => "Flow",
            Group::View => "View",
            Group::Model => "Model",
            Group::Analyse => "Analyse",
            Group::Report => "Report",
            Group::Window => "Window",
            Group::Stage => "Presenting",
            Group::Help => "Help",
        }
    }

    /// The commands of the menu, in order.
    pub fn commands(self) -> impl Iterator<Item = Command> {
        Command::all().filter(move |c| c.group() == self)
    }
}

/// What is known about a command.
struct Spec {
    command: Command,
    group: Group,
    label: &'static str,
    icon: Option<Icon>,
    /// The usual key first; others by custom of some platform.
    shortcuts: &'static [KeyboardShortcut],
    /// Begins a new part of its menu.
    part: bool,
}

impl Command {
    /// The tools that make things, the most usual first.
    pub const MAKING: [Command; 4] =
        [Command::Tool(Tool::Process), Command::Tool(Tool::Store), Command::Tool(Tool::Entity), Command::Tool(Tool::Boundary)];

    /// Every command, in menu order.
    pub fn all() -> impl Iterator<Item = Command> {
        table::TABLE.iter().map(|spec| spec.command)
    }

    fn spec(self) -> &'static Spec {
        static NONE: Spec =
            Spec { command: Command::About, group: Group::Help, label: "", icon: None, shortcuts: &[], part: false };
        static SPECS: LazyLock<BTreeMap<Command, &'static Spec>> =
            LazyLock::new(|| table::TABLE.iter().map(|spec| (spec.command, spec)).collect());
        SPECS.get(&self).copied().unwrap_or(&NONE)
    }

    pub fn group(self) -> Group {
        self.spec().group
    }

    /// Words for people.
    pub fn label(self) -> &'static str {
        self.spec().label
    }

    pub fn icon(self) -> Option<Icon> {
        self.spec().icon
    }

    /// Its name in files.
    pub fn name(self) -> String {
        format!("{self:?}")
    }

    /// The key by which it is asked for inside, whatever people press for it.
    pub fn shortcut(self) -> Option<KeyboardShortcut> {
        self.usual().first().copied()
    }

    /// Every key it has while nobody chose others, the usual one first.
    pub fn usual(self) -> &'static [KeyboardShortcut] {
        self.spec().shortcuts
    }

    /// Whether people may choose other keys for it. Those of the clipboard come from the system, and Escape leads back.
    pub fn is_rebindable(self) -> bool {
        let fixed = [
            Command::Cut,
            Command::Copy,
            Command::Paste,
            Command::PasteInPlace,
            Command::CopyPng,
            Command::CopyStyle,
            Command::PasteStyle,
            Command::Deselect,
        ];
        !fixed.contains(&self) && self.group() != Group::Stage
    }

    /// Whether it begins a new part of its menu.
    pub fn begins_part(self) -> bool {
        self.spec().part
    }

    /// The shortcut as written on keys, for menus and tooltips.
    pub fn keys(self, ctx: &egui::Context) -> Option<String> {
        Keymap::installed(ctx).of(self).first().map(|shortcut| written(shortcut, ctx))
    }

    /// The keys of several commands, as a sentence names them: "P, S or E". Those without keys are left out.
    pub fn any_of(commands: &[Command], ctx: &egui::Context) -> String {
        let keys: Vec<String> = commands.iter().filter_map(|command| command.keys(ctx)).collect();
        match keys.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
            None => "a key of your own".to_owned(),
        }
    }

    /// Every way to press it, for the sheet of shortcuts.
    pub fn all_keys(self, ctx: &egui::Context) -> Vec<String> {
        Keymap::installed(ctx).of(self).iter().map(|shortcut| written(shortcut, ctx)).collect()
    }

    /// Whether it would do anything now.
    pub fn enabled(self, cx: &ViewCx<'_>) -> bool {
        match self {
            Command::New | Command::Open | Command::Quit | Command::Palette | Command::Shortcuts | Command::About => true,
            Command::FollowTheme | Command::SwitchTheme | Command::LightTheme | Command::DarkTheme | Command::Projector => true,
            Command::LargerInterface | Command::SmallerInterface | Command::UsualInterface => true,
            Command::Preferences | Command::Tour | Command::WriteText => true,
            Command::See(Seen::Target) => cx.roadmap.is_some_and(|found| found.roadmap.is_some()),
            Command::KeepTrial | Command::DropTrial | Command::KeepScenario => cx.trial.is_some(),
            Command::Stage(_) => cx.is_open && cx.panels.presenting,
            Command::StartTrial => cx.is_open && cx.trial.is_none(),
            Command::EndCompare => cx.compared.is_some(),
            Command::KeepBaseline => cx.is_open && cx.trial.is_none(),
            Command::MergeFile => cx.is_open && cx.trial.is_none() && matches!(cx.outside, Some(Outside::Changed(_))),
            // With nothing selected it leaves what is shown beside the model.
            Command::Deselect if cx.compared.is_some() || cx.matching.is_some() => cx.is_open,
            // What is only tried out is neither stored nor handed over.
            Command::Save | Command::SaveAs | Command::Report => cx.is_open && cx.trial.is_none(),
            Command::Reload => cx.is_open && !cx.file_name.is_empty(),
            Command::KeepMine => matches!(cx.outside, Some(Outside::Changed(_) | Outside::Broken(_))),
            Command::Undo => cx.is_open && cx.undo.is_some(),
            Command::Redo => cx.is_open && cx.redo.is_some(),
            Command::Cut | Command::Copy | Command::Duplicate | Command::Delete | Command::ZoomSelection | Command::Deselect => {
                cx.is_open && !cx.selection.items.is_empty()
            }
            Command::AcceptProposals | Command::DeclineProposals => {
                cx.is_open && cx.selection.items.iter().any(|id| !cx.model.notes.contains_key(id))
            }
            Command::NextQuestion => cx.is_open && !cx.assessment.questions.is_empty(),
            Command::Wrap => cx.is_open && cx.selection.items.iter().any(|id| cx.layout.boxes.contains_key(id)),
            Command::PullOut => {
                let is_drawn = |id: &&Id| cx.layout.boxes.contains_key(*id);
                cx.is_open && cx.selection.items.iter().filter(is_drawn).any(|id| cx.model.home_on(cx.diagram, id).is_some())
            }
            Command::FitToContent | Command::Fold => {
                let is_frame = |id: &Id| cx.model.boundaries.contains_key(id) && cx.model.rect_of(cx.diagram, id).is_some();
                let is_hidden = |id: &Id| self == Command::Fold && cx.model.hidden_by(cx.diagram, id).is_some();
                cx.is_open && cx.selection.items.iter().any(|id| is_frame(id) || is_hidden(id))
            }
            Command::ChangeKind => cx.is_open && cx.selection.items.iter().any(|id| cx.model.elements.contains_key(id)),
            Command::Arrange(arrangement) => {
                let boxes = cx.selection.items.iter().filter(|id| cx.layout.boxes.contains_key(*id));
                cx.is_open && boxes.count() >= arrangement.least()
            }
            Command::DeleteAndJoin => cx.is_open && cx.selection.items.iter().any(|id| cx.model.elements.contains_key(id)),
            Command::SelectSameKind | Command::SelectConnected | Command::ToggleLock => {
                cx.is_open && !cx.selection.items.is_empty()
            }
            Command::SelectContent => cx.is_open && cx.selection.items.iter().any(|id| cx.model.boundaries.contains_key(id)),
            Command::CycleLineStyle => {
                let is_line = |id: &Id| cx.layout.flows.contains_key(id) || cx.layout.lines.contains_key(id);
                cx.is_open && cx.selection.items.iter().any(is_line)
            }
            Command::ToggleHeads | Command::ReverseFlow | Command::ResetRoute => {
                cx.is_open && cx.selection.items.iter().any(|id| cx.layout.flows.contains_key(id))
            }
            Command::OutOfScope => {
                let has_scope = |id: &Id| cx.model.elements.contains_key(id) || cx.model.flows.contains_key(id);
                cx.is_open && cx.selection.items.iter().any(has_scope)
            }
            Command::CopyStyle => cx.is_open && !cx.selection.items.is_empty(),
            Command::PasteStyle => cx.is_open && cx.has_style && !cx.selection.items.is_empty(),
            Command::SizeByKeys => cx.is_open && cx.selection.single().is_some_and(|id| cx.layout.boxes.contains_key(id)),
            Command::ExportDiagram => cx.is_open && !cx.layout.boxes.is_empty(),
            Command::Tidy | Command::TidyAll => cx.is_open && cx.layout.boxes.len() > 1,
            Command::UnlockAll => cx.is_open && cx.model.diagrams.get(cx.diagram).is_some_and(|d| !d.locked.is_empty()),
            Command::EditLabel => cx.is_open && cx.selection.single().is_some(),
            Command::AddThreat => cx.is_open && cx.selection.single().is_some_and(|id| !cx.model.notes.contains_key(id)),
            Command::DeleteEverywhere | Command::HideHere => cx.is_open && !cx.selection.items.is_empty(),
            Command::OpenDetail => cx.is_open && cx.selection.single().is_some_and(|id| cx.model.elements.contains_key(id)),
            Command::Inward => {
                let opens = |id: &Id| cx.model.boundaries.contains_key(id) || cx.model.detail_of(id).is_some();
                cx.is_open && cx.selection.single().is_some_and(opens)
            }
            Command::Outward => {
                let is_detail = cx.model.diagrams.get(cx.diagram).is_some_and(|d| d.of.is_some());
                let drawn = |id: &Id| cx.model.boundaries_around(id).iter().any(|b| cx.layout.boxes.contains_key(b));
                cx.is_open && (is_detail || cx.selection.single().is_some_and(drawn))
            }
            Command::ShowConnected => {
                let is_detail = cx.model.diagrams.get(cx.diagram).is_some_and(|d| d.of.is_some());
                cx.is_open && (is_detail || cx.selection.single().is_some_and(|id| cx.model.elements.contains_key(id)))
            }
            Command::MoveDiagramLeft | Command::MoveDiagramRight => cx.is_open && cx.model.diagrams.len() > 1,
            Command::DeleteDiagram | Command::NextDiagram | Command::PreviousDiagram => cx.is_open && cx.model.diagrams.len() > 1,
            _ => cx.is_open,
        }
    }

    /// Why it would do nothing now, for people; `None` when it would do something.
    pub fn why_not(self, cx: &ViewCx<'_>) -> Option<&'static str> {
        if self.enabled(cx) {
            return None;
        }
        Some(match self {
            _ if !cx.is_open => "no model is open",
            Command::Save | Command::SaveAs | Command::Report => "keep or drop first what you try out",
            Command::Reload => "it was never saved",
            Command::KeepMine | Command::MergeFile => "the file was not changed",
            Command::EndCompare => "nothing is compared",
            Command::KeepBaseline => "keep or drop first what you try out",
            Command::See(Seen::Target) => "find the next best controls first",
            Command::KeepTrial | Command::DropTrial | Command::KeepScenario => "nothing is being tried out",
            Command::Stage(_) => "only while presenting",
            Command::StartTrial => "things are being tried out already",
            Command::Undo => "nothing to undo",
            Command::Redo => "nothing to redo",
            Command::DeleteDiagram | Command::NextDiagram | Command::PreviousDiagram => "there is only one diagram",
            Command::MoveDiagramLeft | Command::MoveDiagramRight => "there is only one diagram",
            Command::ExportDiagram => "there is nothing on this diagram",
            Command::Tidy | Command::TidyAll => "there is nothing to arrange",
            Command::UnlockAll => "nothing is locked",
            Command::NextQuestion => "every question is answered",
            Command::AddThreat => "select an element, a flow or a boundary first",
            Command::PasteStyle if !cx.has_style => "no style was copied yet",
            _ if cx.selection.items.is_empty() => "select something first",
            _ => "not for what is selected",
        })
    }

    /// Whether it must wait while a text field has the keyboard: everything without Ctrl, and what text fields do themselves.
    pub fn yields_to_typing(self) -> bool {
        if matches!(self, Command::NextPanel | Command::PreviousPanel) {
            return false;
        }
        let plain = |shortcut: Option<KeyboardShortcut>| shortcut.is_none_or(|s| !s.modifiers.command);
        let in_text = [
            Command::Undo,
            Command::Redo,
            Command::Cut,
            Command::Copy,
            Command::Paste,
            Command::PasteInPlace,
            Command::SelectAll,
        ];
        plain(self.shortcut()) || self == Command::Duplicate || in_text.contains(&self)
    }
}

/// "Ctrl Shift Z"; signs as they are printed on the keys.
pub(super) fn written(shortcut: &KeyboardShortcut, ctx: &egui::Context) -> String {
    let mut keys = ctx.format_shortcut(shortcut).replace('+', " ");
    for (name, sign) in [
        ("Quote", "'"),
        ("Plus", "+"),
        ("Minus", "-"),
        ("Equals", "="),
        ("Period", "."),
        ("Comma", ","),
        ("Slash", "/"),
        ("OpenBracket", "["),
        ("CloseBracket", "]"),
        ("Questionmark", "?"),
        ("Exclamationmark", "!"),
    ] {
        keys = keys.replace(name, sign);
    }
    keys
}

/// Words for a tool.
pub fn tool_label(tool: Tool) -> &'static str {
    match tool {
        Tool::Select => "Select",
        Tool::Hand => "Hand",
        Tool::Flow => "Flow",
        Tool::Process => "Process",
        Tool::Store => "Store",
        Tool::Entity => "Entity",
        Tool::Boundary => "Boundary",
        Tool::Line => "Line",
        Tool::Note => "Note",
        Tool::Laser => "Laser",
    }
}

/// The picture of a tool.
pub fn tool_icon(tool: Tool) -> Icon {
    match tool {
        Tool::Select => icon::CURSOR,
        Tool::Hand => icon::HAND,
        Tool::Flow => icon::FLOW_ARROW,
        Tool::Process => icon::CIRCLE,
        Tool::Store => icon::DATABASE,
        Tool::Entity => icon::SQUARE,
        Tool::Boundary => icon::SELECTION,
        Tool::Line => icon::PATH,
        Tool::Note => icon::NOTE,
        Tool::Laser => icon::PEN_NIB,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_shortcut_is_used_twice() {
        // Presenting is a mode of its own.
        for is_staged in [false, true] {
            unique(Command::all().filter(|command| (command.group() == Group::Stage) == is_staged));
        }
    }

    fn unique(commands: impl Iterator<Item = Command>) {
        let mut seen = std::collections::BTreeMap::new();
        for command in commands {
            for shortcut in command.usual() {
                let keys = format!("{shortcut:?}");
                assert_eq!(seen.insert(keys, command), None, "{command:?}");
            }
        }
    }

    #[test]
    fn a_page_has_one_name() {
        for page in crate::ui::Page::ALL {
            assert_eq!(Command::Page(*page).label(), page.label());
        }
    }

    #[test]
    fn every_menu_has_commands() {
        for group in Group::ALL {
            assert!(group.commands().next().is_some(), "{group:?}");
        }
    }
}
