//! The commands, one row each, in menu order.

use super::{Group, Spec, icon};
use crate::model::{Disposition, LineStyle, Notation};
use crate::tool::{Arrangement, Tool};
use crate::ui::{Deed, Layout, Page, Seen};
use egui::{Key, KeyboardShortcut, Modifiers};

const CTRL: Modifiers = Modifiers::COMMAND;
const ALT: Modifiers = Modifiers::ALT;
const SHIFT: Modifiers = Modifiers::SHIFT;
const ALT_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::ALT };
const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };
const CTRL_ALT: Modifiers = Modifiers { alt: true, ..Modifiers::COMMAND };

const fn keys(modifiers: Modifiers, key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(modifiers, key)
}

const fn key(key: Key) -> KeyboardShortcut {
    keys(Modifiers::NONE, key)
}

/// Rows of `Name: label, icon, keys`; a row that begins a part of its menu ends in `part`.
macro_rules! commands {
    ($($group:ident { $($name:ident $(($value:expr))?: $label:literal, $icon:expr, $keys:expr $(, $part:ident)?;)* })*) => {
        pub(super) const TABLE: &[Spec] = &[$($(Spec {
            command: Command::$name $(($value))?,
            group: Group::$group,
            label: $label,
            icon: $icon,
            shortcuts: &$keys,
            part: commands!(@ $($part)?),
        },)*)*];
    };
    (@ part) => { true };
    (@) => { false };
}

/// Something a person can do by menu, key or palette.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Command {
    New,
    Open,
    Import,
    ImportFindings,
    Save,
    SaveAs,
    Reload,
    KeepMine,
    MergeFile,
    CloseModel,
    Quit,
    Undo,
    Redo,
    Cut,
    Copy,
    Paste,
    PasteInPlace,
    CopyPng,
    CopySvg,
    PasteOriginals,
    Duplicate,
    CopyStyle,
    PasteStyle,
    Delete,
    DeleteAndJoin,
    DeleteEverywhere,
    SelectAll,
    SelectSameKind,
    SelectConnected,
    SelectContent,
    Deselect,
    Find,
    FindNext,
    FindPrevious,
    EditLabel,
    ZoomIn,
    ZoomOut,
    ZoomActual,
    ZoomFit,
    ZoomSelection,
    ToggleLeft,
    ToggleInspector,
    NextPanel,
    PreviousPanel,
    ToggleTable,
    Page(Page),
    Layout(Layout),
    ResetPanels,
    Zen,
    Legend,
    Notation(Notation),
    ToggleGrid,
    Minimap,
    Cards,
    WheelZooms,
    FollowTheme,
    LightTheme,
    DarkTheme,
    SwitchTheme,
    Projector,
    LargerInterface,
    SmallerInterface,
    UsualInterface,
    Preferences,
    ContextMenu,
    Tool(Tool),
    KeepTool,
    Wrap,
    PullOut,
    FitToContent,
    SizeByKeys,
    Fold,
    Arrange(Arrangement),
    Tidy,
    TidyAll,
    ToggleLock,
    UnlockAll,
    CycleLineStyle,
    ToggleHeads,
    ReverseFlow,
    ResetRoute,
    NewFlows(LineStyle),
    ChangeKind,
    AddThreat,
    WriteText,
    AddControl,
    ModelProperties,
    Dashboard,
    Heat,
    FilterRegister,
    AcceptProposals,
    DeclineProposals,
    AcceptSure,
    NextQuestion,
    Identification,
    See(Seen),
    StartTrial,
    KeepTrial,
    DropTrial,
    CompareWithFile,
    EndCompare,
    KeepBaseline,
    OpenDetail,
    Outward,
    Inward,
    OutOfScope,
    HideHere,
    ShowConnected,
    AddDiagram,
    DuplicateDiagram,
    MoveDiagramLeft,
    MoveDiagramRight,
    RenameDiagram,
    DeleteDiagram,
    NextDiagram,
    PreviousDiagram,
    ExportDiagram,
    Report,
    Present,
    KeepScenario,
    Stage(Deed),
    Palette,
    Shortcuts,
    Tour,
    About,
}

commands! {
    File {
        New: "New model", Some(icon::FILE_PLUS), [keys(CTRL, Key::N)];
        Open: "Open or import…", Some(icon::FOLDER_OPEN), [keys(CTRL, Key::O)];
        Import: "Import into this model…", Some(icon::TRAY), [keys(CTRL_SHIFT, Key::I)];
        ImportFindings: "Import findings…", Some(icon::DOWNLOAD_SIMPLE), [];
        Save: "Save", Some(icon::FLOPPY_DISK), [keys(CTRL, Key::S)], part;
        SaveAs: "Save as…", None, [keys(CTRL_SHIFT, Key::S)];
        Reload: "Reload from file", None, [], part;
        KeepMine: "Keep mine when the file was changed", None, [];
        MergeFile: "Merge with what is in the file…", None, [];
        CloseModel: "Close model", None, [keys(CTRL, Key::W)], part;
        Quit: "Quit", None, [keys(CTRL, Key::Q)];
    }
    Edit {
        Undo: "Undo", Some(icon::ARROW_COUNTER_CLOCKWISE), [keys(CTRL, Key::Z)];
        Redo: "Redo", Some(icon::ARROW_CLOCKWISE), [keys(CTRL_SHIFT, Key::Z), keys(CTRL, Key::Y)];
        Cut: "Cut", Some(icon::SCISSORS), [keys(CTRL, Key::X)], part;
        Copy: "Copy", Some(icon::COPY), [keys(CTRL, Key::C)];
        CopyPng: "Copy as a picture", Some(icon::CAMERA), [keys(CTRL_SHIFT, Key::C)];
        CopySvg: "Copy as SVG", None, [keys(ALT_SHIFT, Key::C)];
        Paste: "Paste", Some(icon::CLIPBOARD), [keys(CTRL, Key::V)];
        PasteInPlace: "Paste in place", None, [keys(CTRL_SHIFT, Key::V)];
        PasteOriginals: "Paste as the same elements", None, [];
        Duplicate: "Duplicate", None, [keys(CTRL, Key::D)];
        CopyStyle: "Copy style: lines, arrow heads, size", None, [keys(CTRL_ALT, Key::C)];
        PasteStyle: "Paste style", None, [keys(CTRL_ALT, Key::V)];
        Delete: "Delete", Some(icon::TRASH), [key(Key::Delete), key(Key::Backspace)];
        DeleteAndJoin: "Delete and join its flows", None, [keys(SHIFT, Key::Delete)];
        DeleteEverywhere: "Delete from every diagram", None, [keys(CTRL, Key::Delete)];
        SelectAll: "Select all", Some(icon::SELECTION_ALL), [keys(CTRL, Key::A)], part;
        SelectSameKind: "Select the same kind", None, [];
        SelectConnected: "Select what is connected", None, [];
        SelectContent: "Select what is inside", None, [];
        Deselect: "Select nothing", None, [key(Key::Escape)];
        Find: "Find…", Some(icon::MAGNIFYING_GLASS), [keys(CTRL, Key::F)], part;
        FindNext: "Find next", None, [key(Key::F3)];
        FindPrevious: "Find previous", None, [keys(SHIFT, Key::F3)];
        EditLabel: "Edit label", Some(icon::PENCIL_SIMPLE), [key(Key::F2)], part;
        ContextMenu: "Menu of the selection", Some(icon::LIST), [keys(SHIFT, Key::F10)];
        Preferences: "Preferences…", Some(icon::GEAR_SIX), [keys(CTRL, Key::Comma)], part;
    }
    Insert {
        Tool(Tool::Select): "Select", Some(icon::CURSOR), [key(Key::V)];
        Tool(Tool::Hand): "Hand", Some(icon::HAND), [key(Key::H)];
        Tool(Tool::Flow): "Flow", Some(icon::FLOW_ARROW), [key(Key::F)], part;
        Tool(Tool::Process): "Process", Some(icon::CIRCLE), [key(Key::P)];
        Tool(Tool::Store): "Store", Some(icon::DATABASE), [key(Key::S)];
        Tool(Tool::Entity): "Entity", Some(icon::SQUARE), [key(Key::E)];
        Tool(Tool::Boundary): "Boundary", Some(icon::SELECTION), [key(Key::B)];
        Tool(Tool::Line): "Line boundary", Some(icon::PATH), [keys(SHIFT, Key::B)];
        Tool(Tool::Note): "Note", Some(icon::NOTE), [key(Key::N)];
        Tool(Tool::Laser): "Laser to point with", Some(icon::PEN_NIB), [key(Key::K)];
        KeepTool: "Keep the tool in hand", Some(icon::LOCK_SIMPLE), [key(Key::Q)];
        AddThreat: "Add a threat", Some(icon::WARNING), [key(Key::T)], part;
        WriteText: "Write as text…", Some(icon::TEXT_AA), [keys(CTRL, Key::L)];
        AddControl: "Add a control…", Some(icon::SHIELD_PLUS), [key(Key::U)];
    }
    Arrange {
        Tidy: "Tidy the selection, or the whole diagram", Some(icon::TREE_STRUCTURE), [keys(CTRL_SHIFT, Key::T)];
        TidyAll: "Tidy the whole diagram", None, [];
        Wrap: "Boundary around the selection", Some(icon::SELECTION), [], part;
        PullOut: "Pull out of its boundary", None, [keys(CTRL_SHIFT, Key::ArrowUp)];
        FitToContent: "Fit boundary to content", None, [];
        SizeByKeys: "Size with the arrow keys", None, [keys(SHIFT, Key::R)];
        Fold: "Collapse or expand boundary", None, [];
        Arrange(Arrangement::Left): "Align left", None, [keys(ALT, Key::A)], part;
        Arrange(Arrangement::Centre): "Align centres", None, [keys(ALT, Key::H)];
        Arrange(Arrangement::Right): "Align right", None, [keys(ALT, Key::D)];
        Arrange(Arrangement::Top): "Align top", None, [keys(ALT, Key::W)];
        Arrange(Arrangement::Middle): "Align middles", None, [keys(ALT, Key::V)];
        Arrange(Arrangement::Bottom): "Align bottom", None, [keys(ALT, Key::S)];
        Arrange(Arrangement::SpreadAcross): "Distribute across", None, [keys(ALT_SHIFT, Key::H)], part;
        Arrange(Arrangement::SpreadDown): "Distribute down", None, [keys(ALT_SHIFT, Key::V)];
        Arrange(Arrangement::Row): "In a row", None, [];
        Arrange(Arrangement::Column): "In a column", None, [];
        Arrange(Arrangement::SameWidth): "Same width", None, [], part;
        Arrange(Arrangement::SameHeight): "Same height", None, [];
        Arrange(Arrangement::SameSize): "Same size", None, [];
        ToggleLock: "Lock or unlock", None, [keys(CTRL_SHIFT, Key::L)], part;
        UnlockAll: "Unlock everything", None, [];
    }
    Flow {
        CycleLineStyle: "Straight, square or curved", Some(icon::PATH), [keys(SHIFT, Key::F)];
        ToggleHeads: "Arrow heads at both ends", Some(icon::ARROWS_LEFT_RIGHT), [keys(CTRL, Key::B)];
        ReverseFlow: "Reverse direction", Some(icon::ARROW_LEFT), [];
        ResetRoute: "Reset route and label", Some(icon::ERASER), [keys(ALT_SHIFT, Key::R)];
        NewFlows(LineStyle::Straight): "New flows are straight", None, [], part;
        NewFlows(LineStyle::Orthogonal): "New flows are square", None, [];
        NewFlows(LineStyle::Curved): "New flows are curved", None, [];
        ChangeKind: "Change the kind", Some(icon::SHUFFLE), [key(Key::C)];
    }
    View {
        ZoomIn: "Zoom in", Some(icon::PLUS), [keys(CTRL, Key::Plus), keys(CTRL, Key::Equals)];
        ZoomOut: "Zoom out", Some(icon::MINUS), [keys(CTRL, Key::Minus)];
        ZoomActual: "Zoom to 100 %", None, [keys(SHIFT, Key::Num0), keys(CTRL, Key::Num0)];
        ZoomFit: "Zoom to fit", Some(icon::CORNERS_OUT), [keys(SHIFT, Key::Num1)];
        ZoomSelection: "Zoom to selection", None, [keys(SHIFT, Key::Num2)];
        Present: "Present", Some(icon::PRESENTATION), [key(Key::F5)], part;
        Legend: "Legend", Some(icon::LIST_BULLETS), [keys(CTRL_SHIFT, Key::K)];
        ToggleGrid: "Grid", None, [keys(CTRL, Key::Quote)];
        Minimap: "Map of the diagram", None, [keys(CTRL, Key::M)];
        Cards: "Cards beside what is selected", None, [keys(SHIFT, Key::T)];
        WheelZooms: "The wheel zooms", None, [];
        Notation(Notation::YourdonDeMarco): "Notation of Yourdon and DeMarco", Some(icon::CIRCLE), [];
        Notation(Notation::GaneSarson): "Notation of Gane and Sarson", Some(icon::RECTANGLE), [];
        Notation(Notation::Rounded): "Rounded notation, with drums", Some(icon::DATABASE), [];
        FollowTheme: "Theme of the system", Some(icon::MONITOR), [], part;
        LightTheme: "Light theme", Some(icon::SUN), [];
        DarkTheme: "Dark theme", Some(icon::MOON), [];
        SwitchTheme: "Light or dark", None, [keys(ALT_SHIFT, Key::D)];
        Projector: "For the projector: larger, more contrast", Some(icon::PRESENTATION), [keys(CTRL_ALT, Key::P)];
    }
    Model {
        ModelProperties: "Model properties", Some(icon::INFO), [keys(ALT, Key::Enter)];
        OpenDetail: "Open its detail diagram", Some(icon::TREE_STRUCTURE), [keys(CTRL, Key::Enter)], part;
        Outward: "Out to what is around", Some(icon::ARROW_UP), [keys(CTRL, Key::OpenBracket)];
        Inward: "Into what is inside", Some(icon::ARROW_DOWN), [keys(CTRL, Key::CloseBracket)];
        OutOfScope: "Out of scope…", Some(icon::PROHIBIT), [];
        HideHere: "Hide from this diagram", Some(icon::EYE_SLASH), [];
        ShowConnected: "Show what it is connected to", Some(icon::SHARE_NETWORK), [];
        AddDiagram: "Add a diagram", Some(icon::PLUS), [], part;
        DuplicateDiagram: "Duplicate this diagram", Some(icon::COPY), [];
        RenameDiagram: "Rename this diagram", None, [];
        DeleteDiagram: "Delete this diagram", None, [];
        MoveDiagramLeft: "Move this diagram to the left", None, [keys(CTRL_SHIFT, Key::PageUp)];
        MoveDiagramRight: "Move this diagram to the right", None, [keys(CTRL_SHIFT, Key::PageDown)];
        NextDiagram: "Next diagram", None, [keys(CTRL, Key::PageDown)];
        PreviousDiagram: "Previous diagram", None, [keys(CTRL, Key::PageUp)];
    }
    Analyse {
        Page(Page::Threats): "Threats", Some(icon::WARNING), [keys(CTRL, Key::Num1)];
        Page(Page::Questions): "Questions", Some(icon::QUESTION), [keys(CTRL, Key::Num2)];
        Page(Page::Proposals): "Proposals", Some(icon::SPARKLE), [keys(CTRL, Key::Num3)];
        Page(Page::Vulnerabilities): "Vulnerabilities", Some(icon::BUG), [keys(CTRL, Key::Num4)];
        Page(Page::Agents): "Agents", Some(icon::USERS), [keys(CTRL, Key::Num5)];
        Page(Page::Controls): "Controls", Some(icon::SHIELD_CHECK), [keys(CTRL, Key::Num6)];
        Page(Page::Inventory): "Inventory", Some(icon::ROWS), [keys(CTRL_SHIFT, Key::R)];
        Page(Page::WhatIf): "What if", Some(icon::TREND_DOWN), [keys(CTRL, Key::Num7)];
        Page(Page::Methods): "Methods", Some(icon::SLIDERS_HORIZONTAL), [];
        Page(Page::Paths): "Paths", Some(icon::PATH), [];
        Page(Page::Hygiene): "Hygiene", Some(icon::LIST_CHECKS), [keys(CTRL, Key::Num8)];
        Page(Page::Guide): "Guide", Some(icon::FLAG), [keys(CTRL, Key::Num9)];
        Page(Page::History): "History", Some(icon::CLOCK), [keys(CTRL, Key::H)];
        Dashboard: "Risk dashboard", Some(icon::CHART_BAR), [key(Key::F4)], part;
        Heat: "Risk as colour over the drawing", Some(icon::THERMOMETER), [keys(CTRL_SHIFT, Key::H)];
        FilterRegister: "Quick filter of the register", Some(icon::FUNNEL), [key(Key::Slash)];
        AcceptProposals: "Accept what is proposed here", Some(icon::SPARKLE), [key(Key::F8)], part;
        DeclineProposals: "Decline what is proposed here", None, [keys(SHIFT, Key::F8)];
        AcceptSure: "Accept all proposals of high confidence…", None, [];
        Identification: "How threats are found", Some(icon::SLIDERS_HORIZONTAL), [];
        NextQuestion: "Next question", Some(icon::QUESTION), [key(Key::F7)];
        See(Seen::Before): "Risk before controls", Some(icon::THERMOMETER), [keys(ALT, Key::Num1)], part;
        See(Seen::Today): "Risk today", None, [keys(ALT, Key::Num2)];
        See(Seen::Planned): "Risk with the plans carried out", None, [keys(ALT, Key::Num3)];
        See(Seen::Target): "Risk with the roadmap carried out", None, [keys(ALT, Key::Num4)];
        StartTrial: "Try things out", Some(icon::ARROWS_LEFT_RIGHT), [keys(ALT_SHIFT, Key::T)], part;
        KeepTrial: "Keep what was tried", None, [];
        DropTrial: "Drop what was tried", None, [];
        KeepScenario: "Keep what was tried as a scenario", None, [];
        Page(Page::Compare): "Compare", Some(icon::ARROWS_LEFT_RIGHT), [keys(CTRL_SHIFT, Key::D)], part;
        CompareWithFile: "Compare with another file…", None, [];
        EndCompare: "Leave the comparison", None, [];
        KeepBaseline: "Keep as baseline…", None, [];
    }
    Report {
        ExportDiagram: "Export the diagram as a picture…", Some(icon::EXPORT), [keys(CTRL_SHIFT, Key::E)];
        Report: "Report…", Some(icon::FILE_PDF), [keys(CTRL, Key::P)];
    }
    Stage {
        Stage(Deed::Next): "Next step", None, [key(Key::ArrowRight), key(Key::PageDown)];
        Stage(Deed::Back): "Step before", None, [key(Key::ArrowLeft), key(Key::PageUp)];
        Stage(Deed::NextPart): "Next part", None, [keys(SHIFT, Key::PageDown)];
        Stage(Deed::PartBefore): "Part before", None, [keys(SHIFT, Key::PageUp)];
        Stage(Deed::First): "First step", None, [key(Key::Home)];
        Stage(Deed::Last): "Last step", None, [key(Key::End)];
        Stage(Deed::ThreatDown): "Next threat of the step", None, [key(Key::ArrowDown)];
        Stage(Deed::ThreatUp): "Threat before", None, [key(Key::ArrowUp)];
        Stage(Deed::ReadOn): "Read on", None, [keys(SHIFT, Key::ArrowDown)];
        Stage(Deed::ReadBack): "Read back", None, [keys(SHIFT, Key::ArrowUp)];
        Stage(Deed::Decide(Disposition::Mitigate)): "Mitigate the threat", None, [key(Key::M)], part;
        Stage(Deed::Decide(Disposition::Accept)): "Accept the threat", None, [key(Key::A)];
        Stage(Deed::Decide(Disposition::Transfer)): "Transfer its risk", None, [key(Key::T), key(Key::R)];
        Stage(Deed::Decide(Disposition::NotApplicable)): "Not relevant here", None, [key(Key::X)];
        Stage(Deed::Score): "Score the threat", None, [key(Key::S), key(Key::L)];
        Stage(Deed::Vote): "Vote blind", None, [key(Key::V)];
        Stage(Deed::Disagree): "Who disagrees", None, [key(Key::D)];
        Stage(Deed::Owner): "Who does it, by when", None, [key(Key::J)];
        Stage(Deed::Note): "Write a note", None, [key(Key::N)];
        Stage(Deed::Reviewed): "Reviewed, next step", None, [key(Key::Enter)];
        Stage(Deed::Card): "Deal a card", None, [key(Key::C)];
        Stage(Deed::Flip): "Risk today, planned, before controls", None, [key(Key::Backslash)], part;
        Stage(Deed::Scenarios): "Scenarios beside today", None, [key(Key::Z)];
        Stage(Deed::Beside): "Scenario: flip, side by side, off", None, [keys(SHIFT, Key::Z)];
        Stage(Deed::Pen): "Pen; again: wipe it off", None, [key(Key::I)];
        Stage(Deed::Park): "Park a matter", None, [key(Key::Semicolon)], part;
        Stage(Deed::People): "Who is there", None, [key(Key::W)];
        Stage(Deed::Agenda): "Agenda", None, [key(Key::O)];
        Stage(Deed::NextOnAgenda): "Next part of the agenda", None, [key(Key::Period)];
        Stage(Deed::BackOnAgenda): "Part before on the agenda", None, [key(Key::Comma)];
        Stage(Deed::Pause): "Stop the clock, or let it go on", None, [keys(SHIFT, Key::Space)];
        Stage(Deed::Log): "Log of the session", None, [key(Key::Y)];
        Stage(Deed::Steps): "List of steps", None, [key(Key::G)];
        Stage(Deed::Widen): "Steps: all, or the gravest", None, [keys(SHIFT, Key::E)];
        Stage(Deed::KeepView): "Keep this view for the step, or let go of it", None, [keys(SHIFT, Key::V)];
        Stage(Deed::Filter): "Which threats the step brings up", None, [keys(SHIFT, Key::F)];
        Stage(Deed::AddStep): "A step of what is seen and selected", None, [key(Key::Insert), key(Key::Plus)];
        Stage(Deed::Presenter): "Window of the presenter", None, [key(Key::F4)];
        Stage(Deed::Help): "Keys of the stage", None, [key(Key::F1), key(Key::Questionmark)];
        Stage(Deed::Close): "Close the session, write its summary", None, [key(Key::F9)];
        Stage(Deed::Leave): "Leave the stage", None, [key(Key::Escape), key(Key::F5)];
    }
    Window {
        Layout(Layout::Sketching): "Layout for sketching", Some(icon::PEN_NIB), [keys(CTRL_ALT, Key::Num1)];
        Layout(Layout::Analysing): "Layout for analysing", Some(icon::TABLE), [keys(CTRL_ALT, Key::Num2)];
        Layout(Layout::Presenting): "Layout for presenting", Some(icon::PRESENTATION), [keys(CTRL_ALT, Key::Num3)];
        ResetPanels: "Panels of this layout as they were", Some(icon::ARROW_COUNTER_CLOCKWISE), [];
        Zen: "Only the canvas", Some(icon::ARROWS_OUT), [keys(CTRL, Key::Period), key(Key::F11)], part;
        ToggleLeft: "Left panel", Some(icon::SIDEBAR_SIMPLE), [keys(CTRL_SHIFT, Key::O)];
        ToggleInspector: "Right panel", Some(icon::SLIDERS_HORIZONTAL), [keys(CTRL, Key::I)];
        ToggleTable: "Lower panel", Some(icon::TABLE), [keys(CTRL, Key::J)];
        NextPanel: "Keyboard to the next panel", None, [key(Key::F6)];
        PreviousPanel: "Keyboard to the panel before", None, [keys(SHIFT, Key::F6)];
        Page(Page::Structure): "Structure", Some(icon::TREE_STRUCTURE), [], part;
        Page(Page::Patterns): "Patterns", Some(icon::SQUARES_FOUR), [];
        Page(Page::Safeguards): "Safeguards", Some(icon::SHIELD_PLUS), [];
        Page(Page::Inspector): "Inspector", Some(icon::SLIDERS_HORIZONTAL), [];
        Page(Page::Assets): "Assets", Some(icon::CUBE), [];
        Page(Page::People): "People", Some(icon::USER_CIRCLE), [];
        Page(Page::Assumptions): "Assumptions", Some(icon::LIST_BULLETS), [];
        Page(Page::Cards): "Cards", Some(icon::LIGHTNING), [];
        Page(Page::Notes): "Notes", Some(icon::NOTE), [];
        LargerInterface: "Larger interface", None, [keys(CTRL_ALT, Key::Plus), keys(CTRL_ALT, Key::Equals)], part;
        SmallerInterface: "Smaller interface", None, [keys(CTRL_ALT, Key::Minus)];
        UsualInterface: "Interface of the usual size", None, [keys(CTRL_ALT, Key::Num0)];
    }
    Help {
        Palette: "Search or run a command", Some(icon::MAGNIFYING_GLASS), [keys(CTRL, Key::K)];
        Shortcuts: "Keyboard shortcuts", Some(icon::KEYBOARD), [key(Key::F1), key(Key::Questionmark)];
        Tour: "Tour: five minutes around a sample", Some(icon::FLAG), [];
        About: "About Palisade", Some(icon::INFO), [], part;
    }
}
