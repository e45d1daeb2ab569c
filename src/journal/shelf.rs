//! The folder of the journals: which are being written, which were left behind, and the histories of saved files.

use super::entry::{Entry, HEAD, Start, sum};
use super::replay::{Fault, Replayed, replay};
use crate::disk::{self, DiskError};
use crate::edit::History;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// Histories kept of saved files.
const MOST_KEPT: usize = 40;

/// The folder of the journals.
#[derive(Clone, Debug)]
pub struct Shelf {
    folder: PathBuf,
}

/// A journal and the right to write it: nobody else has it as long as this lives.
#[derive(Debug)]
pub struct Desk {
    pub(super) journal: PathBuf,
    lock: PathBuf,
    _held: File,
}

/// A journal somebody left behind.
#[derive(Debug)]
pub struct Found {
    desk: Desk,
    /// What it holds, or why it cannot be read.
    pub content: Result<Replayed, Fault>,
}

impl Shelf {
    pub fn new(folder: PathBuf) -> Shelf {
        Shelf { folder }
    }

    /// A new journal, whose name begins with `seed`.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub(super) fn desk(&self, seed: u64) -> io::Result<Desk> {
        fs::create_dir_all(&self.folder)?;
        let mut number = 0_u32;
        loop {
            let name = format!("{seed:016x}-{number}");
            if let Some(desk) = self.take(&name)? {
                if !desk.journal.exists() {
                    return Ok(desk);
                }
                // Somebody else's, left behind under the same name.
                desk.let_go();
            }
            number += 1;
        }
    }

    /// Takes the journal of this name; `None` when somebody is writing it.
    fn take(&self, name: &str) -> io::Result<Option<Desk>> {
        let lock = self.folder.join(format!("{name}.lock"));
        let held = File::options().create(true).truncate(false).write(true).open(&lock)?;
        match held.try_lock() {
            Ok(()) => Ok(Some(Desk { journal: self.folder.join(format!("{name}.journal")), lock, _held: held })),
            Err(fs::TryLockError::WouldBlock) => Ok(None),
            Err(fs::TryLockError::Error(e)) => Err(e),
        }
    }

    /// What was left behind with changes that are not saved, oldest first. Journals of which everything is saved are
    /// cleared away.
    pub fn left_behind(&self) -> Vec<Found> {
        let mut found: Vec<(Option<std::time::SystemTime>, Found)> = Vec::new();
        for path in self.files("journal") {
            let Some(name) = path.file_stem().and_then(|n| n.to_str()) else { continue };
            let Ok(Some(desk)) = self.take(name) else { continue };
            let content = match disk::read(&path) {
                Ok(bytes) => replay(&bytes),
                // Cleared away by its owner a moment ago.
                Err(DiskError::Missing(_)) => {
                    desk.clear();
                    continue;
                }
                Err(_) => Err(Fault::Foreign),
            };
            if content.as_ref().is_ok_and(|content| content.fault.is_none() && is_saved(content)) {
                desk.clear();
            } else {
                let changed = fs::metadata(&path).and_then(|meta| meta.modified()).ok();
                found.push((changed, Found { desk, content }));
            }
        }
        found.sort_by_key(|(changed, _)| *changed);
        found.into_iter().map(|(_, found)| found).collect()
    }

    /// Keeps the history of a file that was saved and closed, for the next time it is opened.
    pub(super) fn keep(&self, file: &Path, sum: &str, history: History) {
        let start = Start { file: Some(file.to_owned()), sum: sum.to_owned(), history, ..Start::default() };
        let Some(line) = Entry::Start(start).line() else { return };
        // Without it undo begins afresh: no reason to bother anybody.
        let _ = fs::create_dir_all(&self.folder);
        let _ = disk::write(&self.kept(file), format!("{HEAD}{line}").as_bytes());
        self.forget_oldest();
    }

    /// The history of a file whose content has this sum, if it was the last to be saved under this name.
    pub fn history_of(&self, file: &Path, sum: &str) -> Option<History> {
        let bytes = disk::read(&self.kept(file)).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        match Entry::read(text.strip_prefix(HEAD)?.lines().next()?)? {
            Entry::Start(start) if start.file.as_deref() == Some(file) && start.sum == sum => Some(start.history),
            _ => None,
        }
    }

    fn kept(&self, file: &Path) -> PathBuf {
        self.folder.join(format!("{}.history", sum(file.to_string_lossy().as_bytes())))
    }

    fn forget_oldest(&self) {
        let mut kept = self.files("history");
        kept.sort_by_key(|path| fs::metadata(path).and_then(|meta| meta.modified()).ok());
        let over = kept.len().saturating_sub(MOST_KEPT);
        kept.into_iter().take(over).for_each(|path| drop(fs::remove_file(path)));
    }

    fn files(&self, ending: &str) -> Vec<PathBuf> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten().map(|entry| entry.path());
        let mut files: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|e| e == ending)).collect();
        files.sort();
        files
    }
}

/// True when the file holds what the journal leads to, whatever the journal says about it: the program may have ended
/// between the two.
fn is_saved(content: &Replayed) -> bool {
    let Some(file) = &content.file else { return !content.history.is_dirty() && content.history.past.is_empty() };
    let Ok(bytes) = disk::read(file) else { return !content.history.is_dirty() };
    let written = crate::storage::Encoding::of(file).and_then(|encoding| encoding.write(&content.model).ok());
    written.is_some_and(|text| text.as_bytes() == bytes) || (!content.history.is_dirty() && sum(&bytes) == content.sum)
}

impl Desk {
    /// False when somebody took the journal or its folder away.
    pub(super) fn is_there(&self) -> bool {
        self.journal.exists()
    }

    /// False when somebody took the folder away; with it went the lock.
    pub(super) fn has_place(&self) -> bool {
        self.lock.exists()
    }

    /// Clears the journal away: nothing in it is needed any more.
    pub(super) fn clear(self) {
        // The journal first: a lock without a journal is nothing, a journal without a lock is one left behind.
        let _ = fs::remove_file(&self.journal);
        self.let_go();
    }

    fn let_go(self) {
        let _ = fs::remove_file(&self.lock);
    }
}

impl Found {
    /// The journal is written on by whoever took it up.
    pub(super) fn into_desk(self) -> Desk {
        self.desk
    }

    /// Nobody wants what is in it.
    pub fn discard(self) {
        self.desk.clear();
    }

    /// Puts a journal that cannot be read where it is not found again, and says where.
    pub fn set_aside(self) -> PathBuf {
        let aside = self.desk.journal.with_extension("damaged");
        let _ = fs::rename(&self.desk.journal, &aside);
        self.desk.let_go();
        aside
    }

    /// A copy of a damaged journal is kept, since more may be in it than could be read.
    pub fn copy_aside(&self) -> PathBuf {
        let aside = self.desk.journal.with_extension("damaged");
        let _ = fs::copy(&self.desk.journal, &aside);
        aside
    }
}
