//! Opening, saving and exporting. Reading and writing happen on workers; the results arrive as messages.

use super::export;
use super::jobs::{Answer, Choice, Done, Purpose};
use super::questions::{After, Question};
use super::{App, Assessed, SAMPLES};
use crate::audit;
use crate::detect::{Confidence, Detector};
use crate::edit::{Document, History};
use crate::journal;
use crate::library::Library;
use crate::model::{Band, Date, Diagram, Id, Info, NEW_MODEL, RatingChoice, ThreatModel};
use crate::open::{self, Opened};
use crate::progress::Progress;
use crate::report::Format;
use crate::tool::Selection;
use crate::ui::{ImportPicture, RecentFile, import_pictures};
use crate::{disk, storage::Encoding};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// A model that was read.
#[derive(Clone)]
pub(super) struct Read {
    pub(super) path: PathBuf,
    pub(super) opened: Opened,
    /// Its diagrams, where people look at it first.
    pub(super) pictures: Vec<ImportPicture>,
    /// It was asked for to become a part of what is open.
    pub(super) is_for_merging: bool,
    /// People saw what was guessed and lost.
    pub(super) is_looked_at: bool,
    /// Fingerprint of the file, and the steps that led to what is in it, where they are known.
    sum: String,
    history: Option<History>,
    /// Worked out right after reading, until it is taken up: of a large model that takes its time.
    assessed: Arc<Mutex<Option<Assessed>>>,
}

impl std::fmt::Debug for Read {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Read").field("path", &self.path).field("opened", &self.opened).finish_non_exhaustive()
    }
}

impl PartialEq for Read {
    fn eq(&self, other: &Read) -> bool {
        (&self.path, &self.opened) == (&other.path, &other.opened)
    }
}

impl Read {
    fn new(path: PathBuf, opened: Opened, is_for_merging: bool, today: Date) -> Read {
        let mut assessed = Assessed::default();
        assessed.start(&opened.model, today);
        let assessed = Arc::new(Mutex::new(Some(assessed)));
        let is_seen = is_for_merging || opened.wants_a_look();
        let pictures = if is_seen { import_pictures(&opened.model) } else { Vec::new() };
        let (sum, history, is_looked_at) = (String::new(), None, false);
        Read { path, opened, pictures, is_for_merging, is_looked_at, sum, history, assessed }
    }

    pub(super) fn file_name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Guesses were put right.
    pub(super) fn correct(&mut self, model: ThreatModel) {
        self.opened.model = model;
        self.assessed = Arc::default();
    }
}

impl App {
    /// Takes up the results of finished jobs.
    pub(super) fn finish_jobs(&mut self) {
        for done in self.jobs.finished() {
            match done {
                Done::Opened { wish, read } if wish == self.wish => {
                    self.is_reading = false;
                    match read {
                        Ok(read) => self.arrived = Some(*read),
                        Err(why) => self.views.messages.warn(why),
                    }
                }
                Done::ImportDrawn(pictures) => self.note_import_drawn(pictures),
                // Something else was asked for since.
                Done::Opened { .. } => {}
                Done::Saved(result) => self.note_saved(result),
                Done::Exported(Ok((path, unsearched))) => self.note_exported(&path, &unsearched),
                Done::Theme { path, read } => self.note_theme(path, read),
                Done::ReportPages { serial, pages } => self.note_report_pages(serial, pages),
                Done::Exported(Err(why)) => self.views.messages.warn(why),
                Done::Findings { serial, path, read } => self.import_findings(serial, &path, read),
                Done::Chosen(choice) => self.note_choice(choice),
                Done::Listed(listing) => self.note_listing(listing),
                Done::Picture { what, pixels } => self.note_picture(what, pixels),
                Done::Looked { serial, expected, look } => self.note_looked(serial, &expected, look),
                Done::Reread { serial, read } => self.note_reread(serial, read),
                Done::ToMerge { serial, read } => self.note_to_merge(serial, read),
                Done::Other { serial, path, read } => self.note_other(serial, path, read),
                Done::Compared { serial, revision, found } => self.note_compared(serial, revision, *found),
                Done::Neighbours { serial, file, lock, others } => self.note_neighbours(serial, file, lock, others),
                Done::LeftBehind(found) => self.note_left_behind(found),
                Done::LaidOut(brought) => {
                    if let Some(old) = self.laid_out.take(*brought, self.document.model()) {
                        self.jobs.clear(old);
                    }
                }
                Done::Roadmap { serial, revision, found } => self.take_roadmap(serial, revision, *found),
                Done::Paths { serial, revision, found } => self.take_paths(serial, revision, found),
                Done::Rated { serial, revision, found } => self.take_ratings(serial, revision, found),
                Done::NamesRead { serial, found } => self.take_proposals(serial, found),
                Done::Years { serial, revision, played } => self.take_years(serial, revision, played.map(|played| *played)),
                Done::Preview { wish, pixels } => self.note_preview(wish, pixels),
                Done::Summed(written) => self.note_summed(written),
                Done::Drawn(Ok(told)) => self.views.messages.say(told),
                Done::Drawn(Err(why)) => self.views.messages.warn(why),
                Done::Tidied { serial, revision, is_whole, tidied } => self.take_tidied(serial, revision, is_whole, tidied),
                Done::Card(card) => self.cards.push(*card),
                Done::Cleared | Done::Cancelled => {}
            }
        }
        // What was drawn while the file was read is not lost without asking.
        if self.question.is_none()
            && let Some(read) = self.arrived.take()
        {
            let ctx = self.jobs.context().clone();
            self.show_read(read, &ctx);
        }
        self.take_next_file();
    }

    fn note_choice(&mut self, choice: Choice) {
        match choice.answer {
            Answer::Cancelled => {}
            _ if choice.serial != self.serial && choice.purpose != Purpose::Open => {
                self.views.messages.warn("Nothing was done: another model was opened while the file was chosen".to_owned());
            }
            Answer::Path(path) => self.path_chosen(choice.purpose, path, false),
            Answer::NoDialog => self.ask_path(choice.purpose),
        }
    }

    /// Goes on with what would lose changes, asking first if there are any.
    pub(super) fn guarded(&mut self, after: After, ctx: &egui::Context) {
        self.commit_typed();
        // What was only tried out is not worth a question.
        self.drop_trial();
        if self.is_open && self.document.is_dirty() {
            self.question = Some(Question::Unsaved(after));
        } else {
            self.go_on(after, ctx);
        }
    }

    /// Goes on; changes are saved or given up.
    pub(super) fn go_on(&mut self, after: After, ctx: &egui::Context) {
        match after {
            After::New => self.start_new(),
            After::Recover(at) => self.recover(at),
            After::Show(read) => self.take_up(*read),
            After::OpenSample(name) => self.open_sample(name),
            After::Tour => self.start_tour(),
            After::CloseModel => self.show_model(ThreatModel::default(), None, false),
            After::Quit => {
                self.leaving = true;
                // What is being written is waited for.
                if self.saves.is_empty() {
                    self.close_journal();
                    self.leave_file();
                    ctx.send_viewport_cmd(egui::ViewportCommand::Close);
                }
            }
        }
    }

    fn start_new(&mut self) {
        let id = self.outbox.fresh_id();
        let diagram = Diagram { name: "System".into(), ..Diagram::default() };
        let packs_on = Library::builtin().further_packs();
        let (notation, method) = (self.preferences.notation, self.preferences.method);
        let rating = RatingChoice { method, ..RatingChoice::default() };
        let info = Info { name: NEW_MODEL.into(), packs_on, notation, rating, ..Info::default() };
        let model = ThreatModel { info, diagrams: [(id, diagram)].into(), ..ThreatModel::default() };
        self.show_model(model, None, true);
    }

    /// Opens the first sample and shows people around.
    fn start_tour(&mut self) {
        self.docks.layout = crate::ui::Layout::Analysing;
        if let Some(sample) = super::SAMPLES.first() {
            self.open_sample(sample.name);
            self.views.tour.start();
        }
    }

    /// Reads a file in the background and shows it when it is there.
    pub fn open_path(&mut self, path: PathBuf) {
        self.read_path(path, false);
    }

    /// Reads a file in the background, to be opened or to become a part of what is open.
    pub(super) fn read_path(&mut self, path: PathBuf, is_for_merging: bool) {
        self.wish += 1;
        self.is_reading = true;
        let (wish, today) = (self.wish, self.services.today);
        let shelf = self.recovery.shelf();
        let what = format!("Reading {}", path.file_name().unwrap_or_default().to_string_lossy());
        let started = self.work(what, move |line| {
            // Whoever changes the folder later means the same file.
            let path = std::path::absolute(&path).unwrap_or(path);
            let name = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
            let bytes = disk::read(&path).map_err(|e| e.to_string());
            let read = bytes.and_then(|bytes| {
                line.report(0.3, &format!("Understanding {name}"));
                let opened =
                    open::open_beside(&bytes, &name, &disk::beside(&path)).map_err(|e| format!("{}: {e}", path.display()))?;
                if line.cancelled() {
                    return Err("Stopped".to_owned());
                }
                line.report(0.6, &format!("Assessing {}", opened.model.info.name));
                let sum = journal::sum(&bytes);
                let history = shelf.and_then(|shelf| shelf.history_of(&path, &sum));
                let read = Read::new(path, opened, is_for_merging, today);
                Ok(Box::new(Read { sum, history, ..read }))
            });
            Done::Opened { wish, read }
        });
        self.is_reading = started;
    }

    fn open_sample(&mut self, name: &str) {
        let Some(sample) = SAMPLES.iter().find(|s| s.name == name) else { return };
        match open::open(sample.text.as_bytes(), sample.name) {
            Ok(opened) => self.show_model(opened.model, None, true),
            Err(e) => self.views.messages.warn(format!("The sample “{name}” does not open: {e}")),
        }
    }

    fn take_up(&mut self, read: Read) {
        let Read { path, opened, sum, history, assessed, is_looked_at, .. } = read;
        self.ready = assessed.lock().unwrap_or_else(PoisonError::into_inner).take();
        let mut told = opened.told();
        let said = if opened.is_foreign() { said_by_names(&opened.model) } else { 0 };
        if said > 0 {
            told.push(format!(
                "{} for sure that nobody stated. They are proposed, not taken over: Analyse, Proposals.",
                named_for_sure(said)
            ));
        }
        // A foreign format is not written back: saving asks for a new file.
        let file = (!opened.is_foreign()).then(|| path.clone());
        // Steps lead to what is in the file only if nothing had to be put right.
        let history =
            history.filter(|_| file.is_some() && told.is_empty()).unwrap_or(History { saved: Some(0), ..History::default() });
        let sum = if file.is_some() { sum } else { String::new() };
        self.show_document(Document::restored(opened.model, history), file, sum, true);
        self.remember(&path);
        if is_looked_at {
            self.dialogs.import = None;
            let names = if said > 0 { format!(" {} for sure: Analyse, Proposals.", named_for_sure(said)) } else { String::new() };
            self.views.messages.say(format!("Opened as a new model; saving asks for a file.{names}"));
        } else if !told.is_empty() {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            self.views.told.tell(format!("Opened {name}"), told);
        }
    }

    /// Replaces what is worked on.
    pub(super) fn show_model(&mut self, mut model: ThreatModel, file: Option<PathBuf>, is_open: bool) {
        if is_open && model.diagrams.is_empty() {
            let diagram = Diagram { name: "System".into(), ..Diagram::default() };
            model.diagrams.insert(self.outbox.fresh_id(), diagram);
        }
        self.show_document(Document::new(model), file, String::new(), is_open);
    }

    /// Replaces what is worked on, steps and all. `sum` is the fingerprint of the file.
    pub(super) fn show_document(&mut self, document: Document, file: Option<PathBuf>, sum: String, is_open: bool) {
        self.close_journal();
        self.changed_outside = audit::began_outside(&document);
        self.sum = sum;
        self.document = self.kept(document);
        self.serial += 1;
        self.paths.forget();
        self.ratings.forget();
        self.proposals.forget();
        self.losses.forget();
        self.lit = Default::default();
        (self.trial, self.roadmap, self.compared, self.seen) = (None, None, None, Default::default());
        self.wish += 1;
        self.is_reading = false;
        self.is_fresh = false;
        self.is_open = is_open;
        self.file = file;
        self.typing = None;
        self.chosen = Default::default();
        self.diagram = Id::new("");
        self.selection = Selection::default();
        self.refresh();
        self.views.show_model();
        self.dialogs.show_model();
    }

    pub(super) fn remember(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let current = self.assessed.assessment().totals.current;
        let worst = Band::ALL.iter().map(|b| (*b, current.get(*b))).find(|(_, count)| *count > 0);
        let file = RecentFile { path, name: self.name(), worst };
        self.recent.remember(file, self.services.state.as_deref());
    }

    /// The model's name for people.
    pub(super) fn name(&self) -> String {
        let name = self.document.model().info.name.trim();
        let by_file = || self.file.as_ref().and_then(|p| p.file_stem()).map(|s| s.to_string_lossy().into_owned());
        if name.is_empty() { by_file().unwrap_or_else(|| "Unnamed model".into()) } else { name.to_owned() }
    }

    /// Asks for a path: the system if it can, else the app itself.
    pub(super) fn choose(&mut self, purpose: Purpose) {
        if self.services.system_dialogs {
            let folder = self.file.as_ref().and_then(|p| p.parent()).map(Path::to_owned);
            let name = self.suggested(&purpose);
            self.jobs.choose_path(purpose, self.serial, folder, &name);
        } else {
            self.ask_path(purpose);
        }
    }

    /// Where files of this model belong: beside it, or beside the last one.
    pub(super) fn folder(&self) -> PathBuf {
        let recent = self.recent.files.first().map(|f| f.path.clone());
        let beside = self.file.clone().or(recent).and_then(|p| p.parent().map(Path::to_owned));
        beside.or_else(|| std::env::current_dir().ok()).unwrap_or_default()
    }

    pub(super) fn suggested(&self, purpose: &Purpose) -> String {
        let plain: String = self.name().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
        let plain = plain.split('-').filter(|w| !w.is_empty()).collect::<Vec<_>>().join("-").to_lowercase();
        match purpose {
            Purpose::Open | Purpose::Import => String::new(),
            Purpose::Save { .. } => format!("{plain}.ron"),
            Purpose::Picture(choices) => self.suggested_picture(choices, &plain),
            Purpose::Chart(topic, file) => super::charts::suggested(*topic, *file, &plain),
            Purpose::Report => format!("{plain}.{}", self.report_format().extension()),
            Purpose::Findings | Purpose::Compare | Purpose::Theme => String::new(),
        }
    }

    /// Acts on a chosen path. `ask` asks before another file is replaced; dialogs of the system have asked already.
    pub(super) fn path_chosen(&mut self, purpose: Purpose, mut path: PathBuf, ask: bool) {
        let (end, has_end) = match &purpose {
            Purpose::Picture(choices) => export::ending(choices, &path),
            Purpose::Open | Purpose::Import | Purpose::Findings | Purpose::Compare | Purpose::Theme => ("", true),
            Purpose::Chart(_, file) => (file.ending(), super::charts::has_ending(*file, &path)),
            Purpose::Save { .. } => ("ron", Encoding::of(&path).is_some()),
            Purpose::Report => (self.report_format().extension(), Format::of(&path).is_some()),
        };
        // Added, not replaced: "model v1.2" is a name with a dot, not one with an ending.
        if !has_end {
            path.as_mut_os_string().push(format!(".{end}"));
        }
        let is_new_name = ask || !has_end;
        if is_new_name && !end.is_empty() && path.exists() && self.file.as_ref() != Some(&path) {
            self.question = Some(Question::Overwrite { purpose, path });
            return;
        }
        match purpose {
            Purpose::Open => self.open_files(vec![path]),
            Purpose::Import => self.import_path(path),
            Purpose::Save { then } => self.save_to(path, then),
            Purpose::Report => self.export(path),
            Purpose::Theme => self.take_theme(path),
            Purpose::Picture(choices) => self.export_pictures(choices, path),
            Purpose::Chart(topic, file) => self.write_chart(topic, file, path),
            Purpose::Findings => self.read_findings(path),
            Purpose::Compare => self.compare_with(crate::ui::Base::File(path)),
        }
    }
}

fn named_for_sure(said: usize) -> String {
    format!("Names say {said} {}", if said == 1 { "thing" } else { "things" })
}

/// How much is proposed with high confidence.
fn said_by_names(model: &ThreatModel) -> usize {
    let proposals = Detector::new(model, Library::builtin()).all();
    proposals.iter().filter(|p| p.confidence == Confidence::High).count()
}

#[cfg(test)]
mod tests;
