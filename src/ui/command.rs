//! The one list of commands: menus, shortcuts, tooltips, palette and help are made from it.

use super::ViewCx;
use crate::text::icon::{self, Icon};
use crate::tool::Tool;
use egui::{Key, KeyboardShortcut, Modifiers};

/// Something a person can do by menu, key or palette.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Command {
    New,
    Open,
    Save,
    SaveAs,
    CloseModel,
    Quit,
    Undo,
    Redo,
    Cut,
    Copy,
    Paste,
    Duplicate,
    Delete,
    SelectAll,
    Deselect,
    EditLabel,
    ZoomIn,
    ZoomOut,
    ZoomActual,
    ZoomFit,
    ZoomSelection,
    ToggleLeft,
    ToggleInspector,
    ToggleTable,
    Zen,
    FollowTheme,
    LightTheme,
    DarkTheme,
    Tool(Tool),
    AddThreat,
    ModelProperties,
    AddDiagram,
    RenameDiagram,
    DeleteDiagram,
    NextDiagram,
    PreviousDiagram,
    ExportPdf,
    Palette,
    Shortcuts,
    About,
}

/// The menu a command is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    File,
    Edit,
    View,
    Model,
    Report,
    Help,
}

impl Group {
    pub const ALL: &'static [Group] = &[Group::File, Group::Edit, Group::View, Group::Model, Group::Report, Group::Help];

    pub fn label(self) -> &'static str {
        match self {
            Group::File => "File",
            Group::Edit => "Edit",
            Group::View => "View",
            Group::Model => "Model",
            Group::Report => "Report",
            Group::Help => "Help",
        }
    }
}

/// What is known about a command.
struct Spec {
    group: Group,
    label: &'static str,
    icon: Option<Icon>,
    shortcut: Option<KeyboardShortcut>,
}

const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };

const fn keys(modifiers: Modifiers, key: Key) -> Option<KeyboardShortcut> {
    Some(KeyboardShortcut::new(modifiers, key))
}

const fn key(key: Key) -> Option<KeyboardShortcut> {
    keys(Modifiers::NONE, key)
}

impl Command {
    /// Every command, in menu order.
    pub const ALL: &'static [Command] = &[
        Command::New,
        Command::Open,
        Command::Save,
        Command::SaveAs,
        Command::CloseModel,
        Command::Quit,
        Command::Undo,
        Command::Redo,
        Command::Cut,
        Command::Copy,
        Command::Paste,
        Command::Duplicate,
        Command::Delete,
        Command::SelectAll,
        Command::Deselect,
        Command::EditLabel,
        Command::ZoomIn,
        Command::ZoomOut,
        Command::ZoomActual,
        Command::ZoomFit,
        Command::ZoomSelection,
        Command::ToggleLeft,
        Command::ToggleInspector,
        Command::ToggleTable,
        Command::Zen,
        Command::FollowTheme,
        Command::LightTheme,
        Command::DarkTheme,
        Command::Tool(Tool::Select),
        Command::Tool(Tool::Hand),
        Command::Tool(Tool::Flow),
        Command::Tool(Tool::Process),
        Command::Tool(Tool::Store),
        Command::Tool(Tool::Entity),
        Command::Tool(Tool::Boundary),
        Command::Tool(Tool::Note),
        Command::AddThreat,
        Command::ModelProperties,
        Command::AddDiagram,
        Command::RenameDiagram,
        Command::DeleteDiagram,
        Command::NextDiagram,
        Command::PreviousDiagram,
        Command::ExportPdf,
        Command::Palette,
        Command::Shortcuts,
        Command::About,
    ];

    fn spec(self) -> Spec {
        let (group, label, icon, shortcut) = match self {
            Command::New => (Group::File, "New model", Some(icon::FILE_PLUS), keys(CTRL, Key::N)),
            Command::Open => (Group::File, "Open or import…", Some(icon::FOLDER_OPEN), keys(CTRL, Key::O)),
            Command::Save => (Group::File, "Save", Some(icon::FLOPPY_DISK), keys(CTRL, Key::S)),
            Command::SaveAs => (Group::File, "Save as…", None, keys(CTRL_SHIFT, Key::S)),
            Command::CloseModel => (Group::File, "Close model", None, keys(CTRL, Key::W)),
            Command::Quit => (Group::File, "Quit", None, keys(CTRL, Key::Q)),
            Command::Undo => (Group::Edit, "Undo", Some(icon::ARROW_COUNTER_CLOCKWISE), keys(CTRL, Key::Z)),
            Command::Redo => (Group::Edit, "Redo", Some(icon::ARROW_CLOCKWISE), keys(CTRL_SHIFT, Key::Z)),
            Command::Cut => (Group::Edit, "Cut", Some(icon::SCISSORS), keys(CTRL, Key::X)),
            Command::Copy => (Group::Edit, "Copy", Some(icon::COPY), keys(CTRL, Key::C)),
            Command::Paste => (Group::Edit, "Paste", Some(icon::CLIPBOARD), keys(CTRL, Key::V)),
            Command::Duplicate => (Group::Edit, "Duplicate", None, keys(CTRL, Key::D)),
            Command::Delete => (Group::Edit, "Delete", Some(icon::TRASH), key(Key::Delete)),
            Command::SelectAll => (Group::Edit, "Select all", Some(icon::SELECTION_ALL), keys(CTRL, Key::A)),
            Command::Deselect => (Group::Edit, "Select nothing", None, key(Key::Escape)),
            Command::EditLabel => (Group::Edit, "Edit label", Some(icon::PENCIL_SIMPLE), key(Key::F2)),
            Command::ZoomIn => (Group::View, "Zoom in", Some(icon::PLUS), keys(CTRL, Key::Plus)),
            Command::ZoomOut => (Group::View, "Zoom out", Some(icon::MINUS), keys(CTRL, Key::Minus)),
            Command::ZoomActual => (Group::View, "Zoom to 100 %", None, keys(CTRL, Key::Num0)),
            Command::ZoomFit => (Group::View, "Zoom to fit", Some(icon::CORNERS_OUT), keys(Modifiers::SHIFT, Key::Num1)),
            Command::ZoomSelection => (Group::View, "Zoom to selection", None, keys(Modifiers::SHIFT, Key::Num2)),
            Command::ToggleLeft => (Group::View, "Tools and structure", Some(icon::SIDEBAR_SIMPLE), keys(CTRL, Key::B)),
            Command::ToggleInspector => (Group::View, "Inspector", Some(icon::SLIDERS_HORIZONTAL), keys(CTRL, Key::I)),
            Command::ToggleTable => (Group::View, "Threat table", Some(icon::TABLE), keys(CTRL, Key::J)),
            Command::Zen => (Group::View, "Only the canvas", Some(icon::ARROWS_OUT), keys(CTRL, Key::Period)),
            Command::FollowTheme => (Group::View, "Theme of the system", Some(icon::MONITOR), None),
            Command::LightTheme => (Group::View, "Light theme", Some(icon::SUN), None),
            Command::DarkTheme => (Group::View, "Dark theme", Some(icon::MOON), None),
            Command::Tool(tool) => (Group::Model, tool_label(tool), Some(tool_icon(tool)), key(tool_key(tool))),
            Command::AddThreat => (Group::Model, "Add a threat", Some(icon::WARNING), key(Key::T)),
            Command::ModelProperties => (Group::Model, "Model properties", Some(icon::INFO), keys(CTRL, Key::M)),
            Command::AddDiagram => (Group::Model, "Add a diagram", Some(icon::PLUS), None),
            Command::RenameDiagram => (Group::Model, "Rename this diagram", None, None),
            Command::DeleteDiagram => (Group::Model, "Delete this diagram", None, None),
            Command::NextDiagram => (Group::Model, "Next diagram", None, keys(CTRL, Key::PageDown)),
            Command::PreviousDiagram => (Group::Model, "Previous diagram", None, keys(CTRL, Key::PageUp)),
            Command::ExportPdf => (Group::Report, "Report as PDF…", Some(icon::FILE_PDF), keys(CTRL, Key::P)),
            Command::Palette => (Group::Help, "Search or run a command", Some(icon::MAGNIFYING_GLASS), keys(CTRL, Key::K)),
            Command::Shortcuts => (Group::Help, "Keyboard shortcuts", Some(icon::KEYBOARD), key(Key::F1)),
            Command::About => (Group::Help, "About Palisade", Some(icon::INFO), None),
        };
        Spec { group, label, icon, shortcut }
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

    pub fn shortcut(self) -> Option<KeyboardShortcut> {
        self.spec().shortcut
    }

    /// A second key for the same command, by custom of some platform.
    pub fn second_shortcut(self) -> Option<KeyboardShortcut> {
        match self {
            Command::Redo => keys(CTRL, Key::Y),
            Command::Delete => key(Key::Backspace),
            Command::ZoomIn => keys(CTRL, Key::Equals),
            Command::Zen => key(Key::F11),
            Command::Palette => keys(CTRL, Key::F),
            Command::Shortcuts => key(Key::Questionmark),
            _ => None,
        }
    }

    /// The shortcut as written on keys, for menus and tooltips.
    pub fn keys(self, ctx: &egui::Context) -> Option<String> {
        self.shortcut().map(|shortcut| written(&shortcut, ctx))
    }

    /// Every way to press it, for the sheet of shortcuts.
    pub fn all_keys(self, ctx: &egui::Context) -> Vec<String> {
        let both = [self.shortcut(), self.second_shortcut()];
        both.iter().flatten().map(|shortcut| written(shortcut, ctx)).collect()
    }

    /// Whether it would do anything now.
    pub fn enabled(self, cx: &ViewCx<'_>) -> bool {
        match self {
            Command::New | Command::Open | Command::Quit | Command::Palette | Command::Shortcuts | Command::About => true,
            Command::FollowTheme | Command::LightTheme | Command::DarkTheme => true,
            Command::Undo => cx.is_open && cx.undo.is_some(),
            Command::Redo => cx.is_open && cx.redo.is_some(),
            Command::Cut | Command::Copy | Command::Duplicate | Command::Delete | Command::ZoomSelection | Command::Deselect => {
                cx.is_open && !cx.selection.items.is_empty()
            }
            Command::EditLabel => cx.is_open && cx.selection.single().is_some(),
            Command::AddThreat => cx.is_open && cx.selection.single().is_some_and(|id| !cx.model.notes.contains_key(id)),
            Command::DeleteDiagram | Command::NextDiagram | Command::PreviousDiagram => cx.is_open && cx.model.diagrams.len() > 1,
            _ => cx.is_open,
        }
    }

    /// Whether it must wait while a text field has the keyboard: everything without Ctrl, and what text fields do themselves.
    pub fn yields_to_typing(self) -> bool {
        let plain = |shortcut: Option<KeyboardShortcut>| shortcut.is_none_or(|s| !s.modifiers.command);
        let in_text = [Command::Undo, Command::Redo, Command::Cut, Command::Copy, Command::Paste, Command::SelectAll];
        plain(self.shortcut()) || self == Command::Duplicate || in_text.contains(&self)
    }
}

/// "Ctrl Shift Z"; signs as they are printed on the keys.
fn written(shortcut: &KeyboardShortcut, ctx: &egui::Context) -> String {
    let mut keys = ctx.format_shortcut(shortcut).replace('+', " ");
    for (name, sign) in
        [("Plus", "+"), ("Minus", "-"), ("Equals", "="), ("Period", "."), ("Questionmark", "?"), ("Exclamationmark", "!")]
    {
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
        Tool::Note => "Note",
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
        Tool::Note => icon::NOTE,
    }
}

fn tool_key(tool: Tool) -> Key {
    match tool {
        Tool::Select => Key::V,
        Tool::Hand => Key::H,
        Tool::Flow => Key::F,
        Tool::Process => Key::P,
        Tool::Store => Key::S,
        Tool::Entity => Key::E,
        Tool::Boundary => Key::B,
        Tool::Note => Key::N,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_shortcut_is_used_twice() {
        let mut seen = std::collections::BTreeMap::new();
        for command in Command::ALL {
            for shortcut in [command.shortcut(), command.second_shortcut()].into_iter().flatten() {
                let keys = format!("{shortcut:?}");
                assert_eq!(seen.insert(keys, *command), None, "{command:?}");
            }
        }
    }

    #[test]
    fn every_menu_has_commands() {
        for group in Group::ALL {
            assert!(Command::ALL.iter().any(|c| c.group() == *group), "{group:?}");
        }
    }
}
