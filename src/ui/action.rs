//! What panels ask for. The app performs the actions of a frame after it is drawn.

use super::{Base, Command, Lit, Page, Place, Side};
use crate::chart::Topic;
use crate::edit::Edit;
use crate::model::{Category, Id, IdSource, SignOff, ThreatKey};
use crate::preferences::Preferences;
use crate::register::Term;
use crate::tool::{Camera, Selection, Tool};
use crate::what_if::Aim;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// A wish of the interface.
#[derive(Clone, Debug)]
pub enum Action {
    /// One undo step.
    Commit(Edit),
    /// Takes the last step back, and deletes only the whole: what is inside of it stays.
    KeepInside(Edit),
    /// Steps with the same tag in a row (nudging; making and naming a thing) are one undo step.
    CommitMerged(Edit, String),
    /// Shown live, not yet in the history; replaced by the next preview, dropped by [`Action::CancelPreview`].
    Preview(Edit),
    /// Typed into a field: shown live, and one undo step as soon as the field lets go of the keyboard, or the model is
    /// saved or left. With a tag it merges like [`Action::CommitMerged`].
    Type {
        field: egui::Id,
        edit: Edit,
        tag: Option<String>,
    },
    CancelPreview,
    Select(Selection),
    /// The threat to show in full; selects its anchor too.
    ShowThreat(ThreatKey),
    /// Brings a record of any kind before one's eyes.
    ShowRecord(Id),
    /// Opens the page of a rule of the library.
    ShowRule(String),
    SetTool(Tool),
    ShowDiagram(Id),
    /// The diagram that details an element; made when there is none.
    OpenDetail(Id),
    /// Shows an element on this diagram, where it was let go of on the screen.
    DropHere(Id, egui::Pos2),
    /// Makes what a tool makes, where it was let go of on the screen.
    MakeHere(Tool, egui::Pos2),
    /// Brings an item into view on the canvas.
    Reveal(Id),
    /// Looks at a diagram as it was looked at before.
    LookAt(Id, Camera),
    /// Puts a panel before the one of that number in a dock.
    PlacePage(Page, Place, usize),
    /// How much of a dock its second half takes.
    SplitDock(Side, f32),
    /// Puts a pattern where it was let go of on the screen, or where there is room.
    Stamp(String, Option<egui::Pos2>),
    /// Opens the form of a new threat at an item, about a category.
    WriteThreat(Id, Option<Category>, String),
    /// Draws attention to an item on the canvas for a moment.
    Pulse(Id),
    /// Opens the field for writing a diagram as text, with this in it.
    WriteText(String),
    /// Starts in-place editing of an item's label.
    EditLabel(Id),
    /// The pointer is over this item in some panel.
    Hover(Id),
    /// Tells people something.
    Say(String),
    Run(Command),
    Open(PathBuf),
    /// Opens a copy of the built-in sample of this name.
    OpenSample(&'static str),
    /// What people set for themselves, changed.
    SetPreferences(Box<Preferences>),
    /// Who works here, for the preferences.
    SetAuthor(String),
    /// Signs off as things are now, in the author's name.
    SignOff(SignOff),
    ForgetRecent,
    /// Compares the model with something.
    CompareWith(Base),
    /// Searches the next best controls beside the window.
    FindRoadmap(Aim),
    /// Looks for attack paths beside the window.
    FindPaths,
    /// Rates all threats by the method of the model beside the window.
    RateThreats,
    /// Reads beside the window what names say.
    ReadNames,
    /// Plays years of losses through beside the window.
    PlayYears,
    /// Asks how an attack tree is to become a picture.
    ExportTree(Id),
    /// Makes the dock a page is in at least this high, in points, where it is below the canvas and the window is high enough.
    RoomFor(Page, f32),
    /// Marks a path on the canvas.
    Light(Lit),
    /// Leaves these bright on the canvas and dims the rest; `None` for all bright.
    Match(Option<BTreeSet<Id>>),
    /// Narrows the register of threats down and shows it; nothing in it shows all.
    ShowThreats(Vec<Term>),
    /// Writes a chart into a file.
    SaveChart(Topic, ChartFile),
    /// Asks the work in the background to give up.
    CancelJobs,
}

/// What a chart is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartFile {
    Svg,
    Png,
    Csv,
}

impl ChartFile {
    pub fn ending(self) -> &'static str {
        match self {
            ChartFile::Svg => "svg",
            ChartFile::Png => "png",
            ChartFile::Csv => "csv",
        }
    }
}

/// Collects the actions of one frame, and gives out ids for what they create.
#[derive(Debug)]
pub struct Outbox {
    actions: Vec<Action>,
    ids: IdSource,
}

impl Outbox {
    pub fn new(ids: IdSource) -> Outbox {
        Outbox { actions: Vec::new(), ids }
    }
    /// Lends itself out for a frame; what comes back takes its place.
    pub fn lend(&mut self) -> Outbox {
        Outbox { actions: self.drain(), ids: self.ids.clone() }
    }
    /// An id for a new record; a plan that finds it taken is refused.
    pub fn fresh_id(&mut self) -> Id {
        self.ids.fresh()
    }
    /// Where ids for new records come from.
    pub fn ids(&mut self) -> &mut IdSource {
        &mut self.ids
    }
    pub fn push(&mut self, action: Action) {
        self.actions.push(action);
    }
    pub fn commit(&mut self, edit: Edit) {
        self.push(Action::Commit(edit));
    }
    pub fn preview(&mut self, edit: Edit) {
        self.push(Action::Preview(edit));
    }
    pub fn run(&mut self, command: Command) {
        self.push(Action::Run(command));
    }
    pub fn is_empty(&self) -> bool {
        self.actions.is_empty()
    }
    /// True when nothing is asked for but to keep the item under the pointer as it is.
    pub fn is_settled(&self, hover: Option<&Id>) -> bool {
        let mut hovered = None;
        for action in &self.actions {
            match action {
                Action::Hover(id) => hovered = Some(id),
                _ => return false,
            }
        }
        hovered == hover
    }
    /// True when a field reported text in this frame.
    pub fn is_typing(&self) -> bool {
        self.actions.iter().any(|a| matches!(a, Action::Type { .. }))
    }
    /// True when something asked to drop what is shown but not kept.
    pub fn is_cancelling(&self) -> bool {
        self.actions.iter().any(|a| matches!(a, Action::CancelPreview))
    }
    /// Takes everything out, in the order it was asked for.
    pub fn drain(&mut self) -> Vec<Action> {
        std::mem::take(&mut self.actions)
    }
}
