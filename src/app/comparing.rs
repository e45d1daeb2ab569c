//! Comparing what is open with its last saved state, a baseline or another file; and keeping baselines.

use super::App;
use super::dialogs::Kind;
use super::jobs::Done;
use crate::compare::{Comparison, Scores, bare, freeze, newest, thaw};
use crate::edit::Edit;
use crate::library::Library;
use crate::model::{Key, ThreatModel};
use crate::progress::Progress;
use crate::risk::assess_on;
use crate::ui::{Base, Command, Compared, Page};
use crate::{disk, open};
use std::path::{Path, PathBuf};
use std::sync::Arc;

impl App {
    /// Opens the page, compared with what is nearest at hand.
    pub(super) fn compare(&mut self) {
        self.show_page(Page::Compare);
        if self.compared.is_none() {
            let kept = newest(self.document.model()).map(|(id, _)| Base::Baseline(id.clone()));
            let saved = || self.document.is_dirty().then_some(Base::Saved);
            if let Some(base) = kept.or_else(saved) {
                self.compare_with(base);
            }
        }
    }

    pub(super) fn compare_with(&mut self, base: Base) {
        let model = self.document.model();
        let (name, earlier, scores) = match &base {
            Base::Saved => match self.document.as_saved() {
                Some(saved) => ("the last saved state".to_owned(), saved, None),
                None => return self.views.messages.warn("How it was last saved cannot be told any more".to_owned()),
            },
            Base::Baseline(id) => {
                let Some(baseline) = model.baselines.get(id) else { return };
                match thaw(baseline) {
                    Ok(frozen) => (format!("“{}”", baseline.name), frozen.model, Some(Arc::new(frozen.scores))),
                    Err(why) => return self.views.messages.warn(capital(&why.to_string())),
                }
            }
            Base::File(path) => return self.read_other(path.clone()),
        };
        self.show_compared(Compared { base, name, earlier: Arc::new(earlier), scores, found: None, asked: None });
    }

    fn show_compared(&mut self, compared: Compared) {
        self.show_page(Page::Compare);
        self.compared = Some(compared);
    }

    /// Reads another file to compare with.
    fn read_other(&mut self, path: PathBuf) {
        let serial = self.serial;
        self.work("Reading the other model", move |_| {
            let read = other(&path).map(Box::new);
            Done::Other { serial, path, read }
        });
    }

    pub(super) fn note_other(&mut self, serial: u64, path: PathBuf, read: Result<Box<ThreatModel>, String>) {
        match read {
            Err(why) => self.views.messages.warn(why),
            Ok(earlier) if serial == self.serial => {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let earlier = Arc::new(*earlier);
                self.show_compared(Compared { base: Base::File(path), name, earlier, scores: None, found: None, asked: None });
            }
            Ok(_) => {}
        }
    }

    pub(super) fn end_compare(&mut self) {
        self.compared = None;
        self.docks.leave(Page::Compare);
    }

    /// Has it worked out anew beside the window when the model is another than was compared.
    pub(super) fn follow_comparison(&mut self) {
        let revision = self.document.revision();
        let is_previewing = self.document.is_previewing();
        let Some(compared) = self.compared.as_mut().filter(|c| c.asked != Some(revision) && !is_previewing) else { return };
        // Undone past its making, or deleted.
        if let Base::Baseline(id) = &compared.base
            && !self.document.model().baselines.contains_key(id)
        {
            return self.end_compare();
        }
        compared.asked = Some(revision);
        let (earlier, scores) = (Arc::clone(&compared.earlier), compared.scores.clone());
        let is_baseline = matches!(compared.base, Base::Baseline(_));
        let (model, serial, day) = (self.document.share(), self.serial, self.services.today);
        let started = self.jobs.start_told("Comparing".to_owned(), true, move |line| {
            let library = Library::builtin();
            // What a baseline does not keep is not missing from it.
            let now = if is_baseline { bare(&model) } else { ThreatModel::clone(&model) };
            let was = scores.map_or_else(|| Scores::of(&assess_on(&earlier, library, day)), |scores| Scores::clone(&scores));
            let is = Scores::of(&assess_on(&now, library, day));
            let found = Comparison::of_scores((&earlier, &was), (&now, &is), library, day, line);
            if line.cancelled() {
                return Done::Cancelled;
            }
            Done::Compared { serial, revision, found: Box::new(found) }
        });
        if !started {
            self.end_compare();
        }
    }

    /// Takes what was worked out, if it is still of the model that is shown.
    pub(super) fn note_compared(&mut self, serial: u64, revision: u64, found: Comparison) {
        if let Some(compared) = self.compared.as_mut().filter(|c| serial == self.serial && c.asked == Some(revision)) {
            compared.found = Some(found);
        }
    }

    /// Asks what a baseline is to be called.
    pub(super) fn ask_baseline(&mut self) {
        let name = format!("Delivery {}", self.document.model().baselines.len() + 1);
        self.dialogs.baseline.get_or_insert(name);
        self.dialogs.bring(Kind::Baseline);
    }

    /// Keeps the model with its scores as they are, as one step.
    pub(super) fn keep_baseline(&mut self, name: &str) {
        let scores = Scores::of(self.assessed.assessment());
        let (author, today) = (self.preferences.author.clone(), self.services.today);
        let baseline = freeze(self.document.model(), &scores, Library::builtin(), name, &author, today);
        let keys = Command::any_of(&[Command::Page(Page::Compare)], self.jobs.context());
        let said = format!("Kept as “{}”. {keys} compares with it", baseline.name);
        let id = self.outbox.fresh_id();
        self.commit(&Edit::put(Key::Baseline(id), baseline));
        self.views.messages.say(said);
    }
}

fn other(path: &Path) -> Result<ThreatModel, String> {
    let bytes = disk::read(path).map_err(|e| e.to_string())?;
    let name = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let opened = open::open(&bytes, &name).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(opened.model)
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
