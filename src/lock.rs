//! Who else has a file open. Each window lays a small file beside the model, which says who, where and since when; it
//! blocks nobody, it is only shown. Where none can be laid, nothing is said.
//!
//! A lock is named as office programs name theirs, `.~lock.shop.ron-1f2e3d#`, so that lists of files to be ignored know it.
//! Whoever laid it holds it for the system (on Unix) as long as the program lives, and touches it now and then: on the same
//! computer one that nobody holds was left by a crash and goes; one of another computer counts while it is touched.

use crate::disk;
use crate::model::Moment;
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// How often a lock is touched.
pub const BEAT: Duration = Duration::from_secs(60);

/// A lock of another computer that was not touched for this long is of nobody.
const STALE: Duration = Duration::from_secs(5 * 60);

/// One as old as this was forgotten, wherever it is from, and is cleared away.
const FORGOTTEN: Duration = Duration::from_secs(24 * 60 * 60);

/// Largest lock read, in bytes, and how many of a file are looked at: they lie where anybody may write.
const LIMIT: u64 = 1024;
const MOST: usize = 32;

/// Who has a file open.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Holder {
    /// Name for people.
    pub who: String,
    /// Name of the computer.
    pub host: String,
    pub since: Moment,
}

/// The lock of this window; it goes with it.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    held: File,
}

impl Lock {
    /// Lays a lock beside a file; `None` where that is not possible. `seed` tells windows apart.
    pub fn lay(file: &Path, holder: &Holder, seed: u64) -> Option<Lock> {
        let (folder, start) = place(file)?;
        let text = serde_json::to_string(holder).ok()?;
        for number in 0..MOST as u64 {
            let mut name = start.clone();
            name.push(format!("{:06x}#", seed.wrapping_add(number) & 0xff_ffff));
            let path = folder.join(&name);
            if path.exists() {
                continue;
            }
            // Held before it has its name: nobody may take it for one left behind.
            name.push("new");
            let draft = folder.join(name);
            let mut held = File::options().create_new(true).read(true).write(true).open(&draft).ok()?;
            if cfg!(unix) {
                // Elsewhere locks of the system keep others from reading. Where there are none, being touched must do.
                let _ = held.try_lock();
            }
            let laid = held.write_all(text.as_bytes()).and_then(|()| fs::rename(&draft, &path));
            if laid.is_err() {
                let _ = fs::remove_file(&draft);
                return None;
            }
            return Some(Lock { path, held });
        }
        None
    }

    /// Tells the others that this window is still there.
    pub fn touch(&self) {
        let _ = self.held.set_modified(SystemTime::now());
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

/// Who else has a file open, longest first. Locks that a crash left behind are cleared away.
pub fn others(file: &Path, own: Option<&Lock>, host: &str) -> Vec<Holder> {
    let Some((folder, start)) = place(file) else { return Vec::new() };
    let start = start.to_string_lossy().into_owned();
    let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
    let is_lock = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.strip_prefix(&start).and_then(|rest| rest.strip_suffix('#')).is_some_and(|rest| rest.len() == 6)
    };
    let locks = entries.map(|entry| entry.path()).filter(is_lock).filter(|path| own.is_none_or(|own| own.path != *path));
    // Clocks of other computers go otherwise; the own lock was touched by the same one.
    let modified = |path: &Path| fs::symlink_metadata(path).and_then(|meta| meta.modified()).ok();
    let now = own.and_then(|own| modified(&own.path)).unwrap_or_else(SystemTime::now);
    let mut out = Vec::new();
    for path in locks.take(MOST) {
        let age = modified(&path).and_then(|then| now.duration_since(then).ok()).unwrap_or_default();
        let Some(holder) = read(&path) else { continue };
        let is_left_behind = cfg!(unix) && holder.host == host && !is_held(&path);
        if is_left_behind || age > FORGOTTEN {
            let _ = fs::remove_file(&path);
        } else if age < STALE {
            out.push(holder);
        }
    }
    out.sort_by(|a, b| (a.since, a).cmp(&(b.since, b)));
    out
}

/// The folder of a file, links followed, and how the names of its locks begin.
fn place(file: &Path) -> Option<(PathBuf, OsString)> {
    let file = disk::behind_links(file);
    let mut start = OsString::from(".~lock.");
    start.push(file.file_name()?);
    start.push("-");
    Some((file.parent()?.to_owned(), start))
}

/// What a lock says, as far as it can be shown.
fn read(path: &Path) -> Option<Holder> {
    if !fs::symlink_metadata(path).ok()?.is_file() {
        return None;
    }
    let mut text = String::new();
    File::open(path).ok()?.take(LIMIT).read_to_string(&mut text).ok()?;
    let Holder { who, host, since } = serde_json::from_str(&text).ok()?;
    // Nor may it turn the writing around.
    let shown =
        |c: &char| !c.is_control() && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let plain = |text: String| text.chars().filter(shown).take(60).collect::<String>().trim().to_owned();
    Some(Holder { who: plain(who), host: plain(host), since })
}

/// True unless it is sure that nobody holds it.
fn is_held(path: &Path) -> bool {
    File::open(path).is_ok_and(|file| file.try_lock().is_err())
}
