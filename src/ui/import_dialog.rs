//! What is in a file of another tool, seen before it becomes a model: counts, pictures, guesses to put right, losses.

mod footer;
mod guesses;
mod losses;
mod pictures;

pub use pictures::{ImportPicture, import_pictures};

use super::Keys;
use super::style;
use super::widgets::muted;
use crate::intake::{Counts, How, Known, correct};
use crate::interchange::{Format, Guess, Taken};
use crate::model::{Id, ThreatModel};
use crate::open::Opened;
use crate::theme::Ink;
use egui::{Align, Key, Layout, Modifiers, Sense, Ui, vec2};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The dialog at most, and what it leaves of the window.
const MOST: egui::Vec2 = vec2(940.0, 720.0);
const LEFT: egui::Vec2 = vec2(240.0, 160.0);

/// A file that was read, and what people said about it.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportDialog {
    /// Name of the file.
    name: String,
    format: Format,
    /// As it was read.
    read: Arc<ThreatModel>,
    /// With what people corrected.
    model: Arc<ThreatModel>,
    guesses: Vec<Guess>,
    /// Sentences about what did not come over as it was, the gravest first, under headings.
    losses: Vec<(&'static str, Vec<String>)>,
    corrections: BTreeMap<Id, Taken>,
    pictures: Vec<ImportPicture>,
    /// Elements, flows and boundaries the open model has already; `None` when there is no model to merge into.
    known: Option<usize>,
    pub how: How,
    /// Merging is what was asked for.
    is_for_merging: bool,
    /// Files that come after this one.
    waiting: usize,
    shows_losses: bool,
    /// Grows with every correction.
    wish: u64,
    /// The wish the pictures were last asked for; those that came with the file are for none.
    asked: u64,
    is_drawing: bool,
}

/// How the dialog ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportAnswer {
    Open,
    Merge,
    Close,
}

impl ImportDialog {
    /// `into` is the model that is open, if any.
    pub fn new(name: String, opened: &Opened, pictures: Vec<ImportPicture>, into: Option<&ThreatModel>) -> ImportDialog {
        let read = Arc::new(opened.model.clone());
        let mut guesses = opened.guesses.clone();
        // What is least sure is looked at first.
        guesses.sort_by(|a, b| a.sure.cmp(&b.sure).then_with(|| read.name_of(&a.at).cmp(read.name_of(&b.at))));
        ImportDialog {
            name,
            format: opened.format,
            model: Arc::clone(&read),
            known: into.map(|model| Known::find(model, &read).drawn()),
            read,
            guesses,
            losses: losses::told(opened),
            corrections: BTreeMap::new(),
            pictures,
            how: How::Update,
            is_for_merging: false,
            waiting: 0,
            shows_losses: false,
            wish: 0,
            asked: 0,
            is_drawing: false,
        }
    }

    /// Merging is the default answer, where there is something to merge into.
    pub fn for_merging(self) -> ImportDialog {
        ImportDialog { is_for_merging: true, ..self }
    }

    /// So many files come after this one.
    pub fn set_waiting(&mut self, waiting: usize) {
        self.waiting = waiting;
    }

    /// What would be merged into is another one now, or was changed.
    pub fn follow(&mut self, into: Option<&ThreatModel>) {
        self.known = into.map(|model| Known::find(model, &self.read).drawn());
    }

    /// What it is called: it names the file.
    pub fn title(&self) -> String {
        format!("Import {}", self.name)
    }

    /// Width of the content in a window of this size.
    pub fn width(screen: egui::Vec2) -> f32 {
        (screen.x - LEFT.x).clamp(560.0, MOST.x)
    }

    /// The model with everything corrected.
    pub fn model(&self) -> &Arc<ThreatModel> {
        &self.model
    }

    pub fn is_corrected(&self) -> bool {
        !self.corrections.is_empty()
    }

    /// Elements whose kind is a guess that nobody put right.
    pub fn guessed(&self) -> BTreeSet<Id> {
        self.guesses.iter().map(|guess| guess.at.clone()).filter(|id| !self.corrections.contains_key(id)).collect()
    }

    /// The model to draw anew, when it has changed and nothing is under way.
    pub fn wanted(&mut self) -> Option<Arc<ThreatModel>> {
        if self.is_drawing || self.asked == self.wish {
            return None;
        }
        self.asked = self.wish;
        self.is_drawing = true;
        Some(Arc::clone(&self.model))
    }

    /// The pictures are there; a newer wish asks again.
    pub fn show(&mut self, pictures: Vec<ImportPicture>) {
        self.is_drawing = false;
        self.pictures = pictures;
    }

    /// Takes something for what people say it is; everything is worked out from what was read, so that the order of
    /// corrections does not matter to what hangs on them.
    fn take_for(&mut self, at: &Id, taken: Taken) {
        let said = self.guesses.iter().find(|guess| guess.at == *at).map(|guess| guess.taken_for);
        if said == Some(taken) {
            self.corrections.remove(at);
        } else {
            self.corrections.insert(at.clone(), taken);
        }
        let mut model = ThreatModel::clone(&self.read);
        self.corrections.iter().for_each(|(id, taken)| correct(&mut model, id, *taken));
        self.model = Arc::new(model);
        self.wish += 1;
    }

    /// The dialog; its answer once there is one.
    pub fn ui(&mut self, ui: &mut Ui, keys: Keys) -> Option<ImportAnswer> {
        let screen = ui.ctx().content_rect().size();
        let most = (screen.y - LEFT.y).clamp(360.0, MOST.y);
        let size = vec2(ImportDialog::width(screen), most.min(self.height()));
        ui.set_min_size(size);
        ui.set_max_size(size);
        self.head_ui(ui);
        let below = footer::HEIGHT + if self.known.is_some_and(|known| known > 0) { footer::KNOWN } else { 0.0 };
        let room = vec2(ui.available_width(), (ui.available_height() - below).max(120.0));
        ui.allocate_ui_with_layout(room, Layout::top_down(Align::Min), |ui| {
            ui.set_min_size(room);
            self.content_ui(ui);
        });
        let answer = self.footer_ui(ui, keys);
        if answer.is_none() && keys.free && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Enter)) {
            return Some(self.default_answer());
        }
        answer
    }

    fn default_answer(&self) -> ImportAnswer {
        if self.is_for_merging && self.known.is_some() { ImportAnswer::Merge } else { ImportAnswer::Open }
    }

    /// As high as there is something to show.
    fn height(&self) -> f32 {
        let table = if self.guesses.is_empty() { 0.0 } else { guesses::HEAD + guesses::ROW * self.guesses.len() as f32 };
        let known = if self.known.is_some_and(|known| known > 0) { footer::KNOWN } else { 0.0 };
        let whole = 80.0 + pictures::HEIGHT + table + losses::LINE + footer::HEIGHT + known;
        if self.shows_losses { MOST.y } else { whole }
    }

    fn head_ui(&self, ui: &mut Ui) {
        let counts = Counts::of(&self.model).words().join("  ·  ");
        let counts = if counts.is_empty() { "nothing that is drawn or listed".to_owned() } else { counts };
        ui.label(muted(ui, format!("Read as {}", self.format.label())));
        ui.add(egui::Label::new(counts).wrap());
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
        ui.painter().hline(rect.x_range(), rect.center().y, style::line(ui, Ink::Border));
    }

    fn content_ui(&mut self, ui: &mut Ui) {
        if self.shows_losses {
            return self.all_losses_ui(ui);
        }
        self.pictures_ui(ui);
        if !self.guesses.is_empty() {
            let room = (ui.available_height() - losses::LINE).max(80.0);
            self.guesses_ui(ui, room);
        }
        self.losses_ui(ui);
    }
}
