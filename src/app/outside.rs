//! The file of the model is everybody's: what others did to it is noticed and offered, never taken silently, and who else
//! has it open is shown.

use super::App;
use super::jobs::Done;
use super::watch::Watch;
use crate::lock::{self, Holder, Lock};
use crate::model::ThreatModel;
use crate::open;
use crate::ui::Outside;
use crate::{audit, disk, journal};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What this window knows of its file.
pub(super) struct Minded {
    watch: Watch,
    /// The file that is minded, and the number of the model in it.
    file: Option<(PathBuf, u64)>,
    /// What happened to it, until somebody decides about it.
    found: Option<Found>,
    /// Shown from the first moment on when nobody has anything in the hand.
    pub(super) is_shown: bool,
    lock: Option<Arc<Lock>>,
    /// Who else has it open, in words.
    pub(super) also_open: String,
    had_focus: bool,
    is_looking: bool,
}

struct Found {
    pub(super) told: Outside,
    /// What is in the file has this sum.
    sum: String,
}

/// How the file is, compared with how this window last read or wrote it.
pub(super) enum Look {
    Same,
    /// It holds what is shown.
    Equal(String),
    Changed {
        sum: String,
        records: usize,
    },
    Broken {
        sum: String,
        why: String,
    },
    Gone,
}

/// A model that was read again.
pub(super) struct Reread {
    pub(super) sum: String,
    pub(super) model: ThreatModel,
    pub(super) told: Vec<String>,
}

impl Minded {
    pub(super) fn new(watch: Watch) -> Minded {
        let (file, found, lock, also_open) = (None, None, None, String::new());
        Minded { watch, file, found, is_shown: false, lock, also_open, had_focus: true, is_looking: false }
    }

    /// What is to be decided.
    pub(super) fn outside(&self) -> Option<&Outside> {
        self.found.as_ref().filter(|_| self.is_shown).map(|found| &found.told)
    }
}

impl App {
    /// Follows the file of the model, and looks at it when somebody may have changed it: when people come back to the
    /// window, and when its stamp is another one.
    pub(super) fn mind_file(&mut self, ctx: &egui::Context) {
        let file = self.file.clone().filter(|_| self.is_open).map(|file| (file, self.serial));
        let is_other = self.minded.file != file;
        if is_other {
            self.leave_file();
            self.minded.watch.follow(file.as_ref().map(|(file, _)| file.clone()));
            self.minded.file = file;
        }
        let (has_stirred, is_due) = (self.minded.watch.has_stirred(), self.minded.watch.is_due());
        let focused = ctx.input(|i| i.focused);
        let had_focus = std::mem::replace(&mut self.minded.had_focus, focused);
        let came_back = focused && !had_focus;
        if self.minded.file.is_none() {
            return;
        }
        if is_other || is_due || came_back {
            self.tell_others();
        }
        if has_stirred || came_back {
            self.look_at_file();
        }
        // A strip that comes moves the canvas: not under somebody's hand.
        if self.minded.found.is_some() && !self.minded.is_shown && !ctx.input(|i| i.pointer.any_down()) {
            self.minded.is_shown = true;
            ctx.request_repaint();
        }
    }

    /// Nobody else is to think that this window has the file open.
    pub(super) fn leave_file(&mut self) {
        (self.minded.found, self.minded.is_shown) = (None, false);
        self.minded.also_open.clear();
        self.minded.file = None;
        if let Some(lock) = self.minded.lock.take() {
            self.jobs.clear(lock);
        }
    }

    /// Lays the lock of this window, or touches it, and looks who else has one.
    fn tell_others(&mut self) {
        let (Some((file, serial)), Some(host)) = (self.minded.file.clone(), self.services.host.clone()) else { return };
        let author = self.preferences.author.trim();
        let who = if author.is_empty() { self.services.user.clone() } else { author.to_owned() };
        let own = Holder { who, host, since: (self.services.now)() };
        let (lock, seed) = (self.minded.lock.clone(), self.services.seed);
        self.jobs.start(move |_| {
            if let Some(lock) = &lock {
                lock.touch();
            }
            let lock = lock.or_else(|| Lock::lay(&file, &own, seed).map(Arc::new));
            let others = lock::others(&file, lock.as_deref(), &own.host);
            Done::Neighbours { serial, file, lock, others: in_words(&others, &own) }
        });
    }

    pub(super) fn note_neighbours(&mut self, serial: u64, file: PathBuf, lock: Option<Arc<Lock>>, others: String) {
        // Of another file by now: its lock goes with this message.
        if self.minded.file == Some((file, serial)) {
            self.minded.lock = lock;
            if !others.is_empty() && self.minded.also_open != others {
                self.views.messages.say(format!("{others}. Each sees what the other saves."));
            }
            self.minded.also_open = others;
        } else if let Some(lock) = lock {
            self.jobs.clear(lock);
        }
    }

    /// Compares the file with how it was last read or written, beside the window.
    fn look_at_file(&mut self) {
        let Some((file, serial)) = self.minded.file.clone() else { return };
        // While it is being written it is looked at by the writer.
        if self.minded.is_looking || !self.saves.is_empty() || self.sum.is_empty() {
            return;
        }
        let (expected, model) = (self.sum.clone(), self.document.committed());
        let before = self.document.as_saved();
        self.minded.is_looking = self.jobs.start(move |_| {
            let look = look(&file, &expected, &model, before.as_ref());
            Done::Looked { serial, expected, look }
        });
    }

    pub(super) fn note_looked(&mut self, serial: u64, expected: &str, look: Look) {
        self.minded.is_looking = false;
        let is_meant = self.minded.file.as_ref().is_some_and(|(_, of)| *of == serial) && self.sum == expected;
        if !is_meant || !self.saves.is_empty() {
            return;
        }
        let found = match look {
            Look::Same => {
                // Back again as it was.
                if self.minded.found.take().is_some() {
                    self.document.mark_lost(false);
                }
                None
            }
            Look::Equal(sum) => {
                self.sum = sum;
                self.document.mark_saved();
                None
            }
            Look::Changed { sum, records } => Some(Found { told: Outside::Changed(records), sum }),
            Look::Broken { sum, why } => Some(Found { told: Outside::Broken(why), sum }),
            Look::Gone => {
                self.document.mark_lost(true);
                self.begin_journal();
                Some(Found { told: Outside::Gone, sum: String::new() })
            }
        };
        self.minded.is_shown &= found.is_some();
        self.minded.found = found;
    }

    /// The file was written: whatever had happened to it is dealt with.
    pub(super) fn forget_outside(&mut self) {
        (self.minded.found, self.minded.is_shown) = (None, false);
        // What was just written is no news.
        self.minded.watch.follow(self.file.clone());
    }

    /// People decided for what is shown: saving replaces what is in the file, which is kept beside it.
    pub(super) fn keep_mine(&mut self) {
        if let Some(found) = self.minded.found.take().filter(|found| !found.sum.is_empty()) {
            self.minded.is_shown = false;
            self.sum = found.sum;
            self.document.mark_lost(true);
            self.begin_journal();
        }
    }

    /// The file that is minded, and the number of the model in it.
    pub(super) fn minded_file(&self) -> Option<(PathBuf, u64)> {
        self.minded.file.clone()
    }

    /// Reads the file again.
    pub(super) fn reload(&mut self) {
        let Some((file, serial)) = self.minded.file.clone() else { return };
        self.commit_typed();
        self.drop_trial();
        self.work("Reading the file", move |_| Done::Reread { serial, read: reread(&file).map(Box::new) });
    }

    /// Takes over what was read, as one step.
    pub(super) fn note_reread(&mut self, serial: u64, read: Result<Box<Reread>, String>) {
        if serial != self.serial || !self.saves.is_empty() {
            return;
        }
        let Reread { sum, model, told } = match read {
            Ok(read) => *read,
            Err(why) => return self.views.messages.warn(why),
        };
        self.commit_typed();
        self.drop_trial();
        let changed = self.document.reload(model, "reload from file");
        self.changed_outside = audit::began_outside(&self.document);
        self.sum = sum;
        self.forget_outside();
        drop(self.document.take_events());
        self.begin_journal();
        if !told.is_empty() {
            self.views.told.tell("Reloaded".to_owned(), told);
        }
        let said = if changed { "Reloaded. Undo brings back what was here before" } else { "Everything is as in the file" };
        self.views.messages.say(said.to_owned());
    }
}

/// `model` is what is shown, `before` how it was last read or written.
fn look(file: &Path, expected: &str, model: &ThreatModel, before: Option<&ThreatModel>) -> Look {
    match disk::stamp(file) {
        Ok(None) => return Look::Gone,
        // A folder that does not answer says nothing about the file.
        Err(_) => return Look::Same,
        Ok(Some(_)) => {}
    }
    let broken = |sum: &str, why: String| Look::Broken { sum: sum.to_owned(), why };
    let bytes = match disk::read(file) {
        Ok(bytes) => bytes,
        Err(disk::DiskError::Missing(_)) => return Look::Gone,
        Err(e) => return broken("", e.to_string()),
    };
    let sum = journal::sum(&bytes);
    if sum == expected {
        return Look::Same;
    }
    match native(file, &bytes) {
        Err(why) => broken(&sum, why),
        Ok(opened) if opened.model == *model && opened.told().is_empty() => Look::Equal(sum),
        Ok(opened) => Look::Changed { sum, records: differing(&opened.model, before.unwrap_or(model)) },
    }
}

pub(super) fn reread(file: &Path) -> Result<Reread, String> {
    let bytes = disk::read(file).map_err(|e| e.to_string())?;
    let opened = native(file, &bytes)?;
    Ok(Reread { sum: journal::sum(&bytes), told: opened.told(), model: opened.model })
}

fn native(file: &Path, bytes: &[u8]) -> Result<open::Opened, String> {
    let name = file.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let opened = open::open(bytes, &name).map_err(|e| format!("{}: {e}", file.display()))?;
    if opened.is_foreign() {
        return Err(format!("{}: it is a file of another program now; open it to import it", file.display()));
    }
    Ok(opened)
}

/// In how many records two models differ.
fn differing(a: &ThreatModel, b: &ThreatModel) -> usize {
    let keys: std::collections::BTreeSet<_> = a.keys().into_iter().chain(b.keys()).collect();
    keys.iter().filter(|key| a.get(key) != b.get(key)).count()
}

/// "Also open: Anna on laptop since 10:12".
fn in_words(others: &[Holder], own: &Holder) -> String {
    let day = |holder: &Holder| {
        let date = if holder.since.date == own.since.date { String::new() } else { format!("{}, ", holder.since.date.long()) };
        format!("{date}{}", holder.since.time())
    };
    let words = others.iter().map(|holder| match (holder.who == own.who, holder.host == own.host) {
        (true, true) => format!("in another window of yours since {} UTC", day(holder)),
        _ if holder.who.is_empty() => format!("somebody on {} since {} UTC", holder.host, day(holder)),
        _ => format!("{} on {} since {} UTC", holder.who, holder.host, day(holder)),
    });
    let words: Vec<String> = words.collect();
    if words.is_empty() { String::new() } else { format!("Also open: {}", words.join(", ")) }
}
