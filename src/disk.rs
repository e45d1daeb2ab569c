//! Files: the one place besides the shells that touches them.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Largest file read, in bytes. Real models have less than 2 MB; thirty times more is no model.
pub const LIMIT: u64 = 64 * 1024 * 1024;

/// Told of a file too large to be read again; `None` of any other.
pub fn too_large(text: &str) -> Option<String> {
    let larger = |mb| format!("As a file the model has more than {mb} MB, and larger ones are not opened. Divide it in two.");
    (text.len() as u64 > LIMIT).then(|| larger(LIMIT / 1024 / 1024))
}

/// A file that could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum DiskError {
    #[error("{}: there is no such file; check the name", .0.display())]
    Missing(PathBuf),
    #[error("{}: the folder it should go into does not exist; create it or choose another", .0.display())]
    NoFolder(PathBuf),
    #[error("{}: this is a folder; choose a file in it", .0.display())]
    Folder(PathBuf),
    #[error("{}: the file is larger than {} MB, which no threat model is", .0.display(), LIMIT / 1024 / 1024)]
    TooLarge(PathBuf),
    #[error("{}: you are not allowed to {doing} it; check its permissions", path.display())]
    Forbidden { path: PathBuf, doing: &'static str },
    #[error("{}: it could not be {done} ({source})", path.display())]
    Failed { path: PathBuf, done: &'static str, source: io::Error },
}

/// The content of a file of at most [`LIMIT`] bytes. Its size is looked at before anything is read.
///
/// # Errors
/// The file is missing, a folder, too large, forbidden, or fails while being read.
pub fn read(path: &Path) -> Result<Vec<u8>, DiskError> {
    let failed = |e| failure(path, "read", "read", e);
    let meta = fs::metadata(path).map_err(failed)?;
    if meta.is_dir() {
        return Err(DiskError::Folder(path.to_owned()));
    }
    if meta.len() > LIMIT {
        return Err(DiskError::TooLarge(path.to_owned()));
    }
    let mut bytes = Vec::new();
    // Devices and pipes have no size beforehand.
    File::open(path).map_err(failed)?.take(LIMIT + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > LIMIT {
        return Err(DiskError::TooLarge(path.to_owned()));
    }
    Ok(bytes)
}

/// Reads files of the folder a file is in, by their plain names; nothing else, also not through a link out of it.
pub fn beside(path: &Path) -> impl Fn(&str) -> Option<Vec<u8>> {
    let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = fs::canonicalize(parent).ok();
    move |name| {
        let folder = folder.as_ref()?;
        let file = fs::canonicalize(folder.join(Path::new(name).file_name().filter(|plain| *plain == name)?)).ok()?;
        if file.parent() == Some(folder) { read(&file).ok() } else { None }
    }
}

/// Saves a model: as [`write`], and what the file held before is kept beside it under its name with `.bak` added.
/// Saving what is there already changes nothing.
///
/// # Errors
/// As [`write`].
pub fn save(path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    let failed = |e| failure(path, "write", "saved", e);
    let target = behind_links(path);
    match fs::read(&target) {
        Ok(old) if old == bytes => return Ok(()),
        Ok(old) => {
            File::options().write(true).open(&target).map_err(failed)?;
            let permissions = fs::metadata(&target).map_err(failed)?.permissions();
            replace(&backup_path(&target), &old, Some(permissions)).map_err(failed)?;
        }
        // Nothing to keep, or nothing that can be read: writing says what is wrong.
        Err(_) => {}
    }
    write(path, bytes)
}

/// Writes a file so that at every moment either the old or the new content is there, whole.
///
/// # Errors
/// The folder is missing, forbidden or full; the old file is then untouched.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    let failed = |e| failure(path, "write", "saved", e);
    let target = behind_links(path);
    let permissions = match fs::metadata(&target) {
        Ok(meta) if meta.is_dir() => return Err(DiskError::Folder(path.to_owned())),
        Ok(meta) => {
            // It is replaced, which needs no right to write it: what is kept from being written stays as it is.
            File::options().write(true).open(&target).map_err(failed)?;
            Some(meta.permissions())
        }
        Err(e) if e.kind() == io::ErrorKind::NotFound => None,
        Err(e) => return Err(failed(e)),
    };
    replace(&target, bytes, permissions).map_err(failed)
}

/// Makes a folder, with those around it; one that is there is fine.
///
/// # Errors
/// It may not be made there, or a file has its name.
pub fn make_folder(path: &Path) -> Result<(), DiskError> {
    fs::create_dir_all(path).map_err(|e| failure(path, "write", "made", e))
}

/// What tells, without reading it, that a file may have changed: equal stamps are as good as equal content unless
/// somebody wrote twice within a blink.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    len: u64,
    modified: Option<std::time::SystemTime>,
    /// Files that replace another one have a number of their own.
    number: u64,
}

/// The stamp of a file; `None` where there is none.
///
/// # Errors
/// It cannot be told, for example because a network folder does not answer.
pub fn stamp(path: &Path) -> io::Result<Option<Stamp>> {
    match fs::metadata(path) {
        Ok(meta) if meta.is_file() => {
            #[cfg(unix)]
            let number = std::os::unix::fs::MetadataExt::ino(&meta);
            #[cfg(not(unix))]
            let number = 0;
            Ok(Some(Stamp { len: meta.len(), modified: meta.modified().ok(), number }))
        }
        Ok(_) => Ok(None),
        Err(e) if matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(e) => Err(e),
    }
}

/// Through a link the file behind it is replaced, not the link.
pub(crate) fn behind_links(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// True when both names lead to one file, also one that is not there yet.
pub fn is_same(a: &Path, b: &Path) -> bool {
    let real = |path: &Path| {
        fs::canonicalize(path).or_else(|e| {
            let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
            Ok::<_, io::Error>(fs::canonicalize(folder)?.join(path.file_name().ok_or(e)?))
        })
    };
    match (real(a), real(b)) {
        (Ok(a), Ok(b)) => a == b,
        _ => a == b,
    }
}

/// True when an ordinary file is there with content that does not begin with `mark`.
pub fn holds_other_than(path: &Path, mark: &[u8]) -> bool {
    let mut start = Vec::new();
    let is_file = fs::metadata(path).is_ok_and(|meta| meta.is_file() && meta.len() > 0);
    let mut read = || File::open(path)?.take(mark.len() as u64).read_to_end(&mut start);
    is_file && read().is_ok() && start != mark
}

/// Where [`save`] keeps the previous content of a file.
pub fn backup_path(path: &Path) -> PathBuf {
    let mut name = path.file_name().map_or_else(OsString::new, OsString::from);
    name.push(".bak");
    path.with_file_name(name)
}

/// Writes beside the target, reaches the disk, then renames.
fn replace(target: &Path, bytes: &[u8], permissions: Option<fs::Permissions>) -> io::Result<()> {
    let folder = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".palisade-").suffix(".tmp");
    #[cfg(unix)]
    let ordinary = std::os::unix::fs::PermissionsExt::from_mode(0o666);
    #[cfg(unix)]
    builder.permissions(ordinary);
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    file.as_file().sync_all()?;
    file.persist(target).map_err(|e| e.error)?;
    // The new name is durable once the folder is.
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    Ok(())
}

fn failure(path: &Path, doing: &'static str, done: &'static str, source: io::Error) -> DiskError {
    let path = path.to_owned();
    match source.kind() {
        io::ErrorKind::NotFound if doing == "write" => DiskError::NoFolder(path),
        io::ErrorKind::NotFound => DiskError::Missing(path),
        io::ErrorKind::PermissionDenied => DiskError::Forbidden { path, doing },
        _ => DiskError::Failed { path, done, source },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_larger_than_what_is_read_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("large.ron");
        for (size, is_read) in [(LIMIT as usize, true), (LIMIT as usize + 1, false)] {
            let text = " ".repeat(size);
            assert_eq!(too_large(&text).is_none(), is_read);
            write(&file, text.as_bytes()).unwrap();
            assert_eq!(read(&file).is_ok(), is_read);
        }
    }
}
