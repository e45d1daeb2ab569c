//! Locks that are only shown: who has a file open, and nobody who has not.

use palisade::lock::{Holder, Lock, others};
use palisade::model::{Date, Moment};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

fn holder(who: &str, host: &str) -> Holder {
    Holder { who: who.into(), host: host.into(), since: Moment::new(Date::new(2026, 10, 2).unwrap(), 10, 12).unwrap() }
}

fn names(file: &Path, own: Option<&Lock>) -> Vec<String> {
    others(file, own, "desk").into_iter().map(|holder| holder.who).collect()
}

fn locks(folder: &Path) -> Vec<PathBuf> {
    let all = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    all.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with(".~lock.")).collect()
}

/// A lock as another computer, or a program that ended badly, leaves it: nobody holds it.
fn left(file: &Path, who: &str, host: &str, age: Duration) -> PathBuf {
    let path = file.with_file_name(format!(".~lock.{}-{:06x}#", file.file_name().unwrap().to_string_lossy(), age.as_secs()));
    fs::write(&path, serde_json::to_string(&holder(who, host)).unwrap()).unwrap();
    File::options().write(true).open(&path).unwrap().set_modified(SystemTime::now() - age).unwrap();
    path
}

fn minutes(n: u64) -> Duration {
    Duration::from_secs(n * 60)
}

#[test]
fn each_sees_the_others_and_not_itself_until_they_close() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop.ron");
    let anna = Lock::lay(&file, &holder("Anna", "laptop"), 1).unwrap();
    // Even with the same number windows do not take each other's lock.
    let ben = Lock::lay(&file, &holder("Ben", "desk"), 1).unwrap();
    assert_eq!(names(&file, Some(&anna)), ["Ben"]);
    assert_eq!(names(&file, Some(&ben)), ["Anna"]);
    assert_eq!(names(&folder.path().join("other.ron"), None), [""; 0]);
    drop(ben);
    assert_eq!(names(&file, Some(&anna)), [""; 0]);
    drop(anna);
    assert!(locks(folder.path()).is_empty());
}

#[cfg(unix)]
#[test]
fn one_left_by_a_crash_on_this_computer_is_cleared_away_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop.ron");
    left(&file, "Ben", "desk", minutes(0));
    assert_eq!(names(&file, None), [""; 0]);
    assert!(locks(folder.path()).is_empty());
}

#[test]
fn one_of_another_computer_counts_while_it_is_touched() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop.ron");
    let fresh = left(&file, "Anna", "laptop", minutes(2));
    let silent = left(&file, "Carl", "tower", minutes(9));
    let forgotten = left(&file, "Dora", "attic", minutes(25 * 60));
    assert_eq!(names(&file, None), ["Anna"]);
    assert!(fresh.exists() && silent.exists() && !forgotten.exists());
    // It is touched again: perhaps that computer slept.
    File::options().write(true).open(&silent).unwrap().set_modified(SystemTime::now()).unwrap();
    assert_eq!(names(&file, None).len(), 2);
}

#[test]
fn what_anybody_may_have_laid_there_does_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop.ron");
    let at = |n: u32| folder.path().join(format!(".~lock.shop.ron-{n:06x}#"));
    fs::write(at(1), "no lock at all").unwrap();
    fs::write(at(2), "{\"who\":\"".to_owned() + &"x".repeat(5_000_000)).unwrap();
    fs::create_dir(at(3)).unwrap();
    fs::write(at(4), serde_json::to_string(&holder("Eve\n\u{202e}\u{1b}[31m", &"h".repeat(500))).unwrap()).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("/dev/zero", at(5)).unwrap();
    for n in 100..400 {
        fs::write(at(n), serde_json::to_string(&holder("many", "laptop")).unwrap()).unwrap();
    }
    let all = others(&file, None, "desk");
    assert!(all.len() <= 32, "{}", all.len());
    assert!(all.iter().all(|h| !h.who.contains(|c: char| c.is_control() || c == '\u{202e}') && h.host.chars().count() <= 60));
}

#[cfg(unix)]
#[test]
fn two_names_of_one_file_have_the_same_locks() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop.ron");
    fs::write(&file, "").unwrap();
    let link = folder.path().join("link.ron");
    std::os::unix::fs::symlink(&file, &link).unwrap();
    let _anna = Lock::lay(&link, &holder("Anna", "laptop"), 1).unwrap();
    assert_eq!(names(&file, None), ["Anna"]);
}

#[test]
fn where_nothing_can_be_laid_nothing_is_said() {
    let folder = tempfile::tempdir().unwrap();
    assert!(Lock::lay(&folder.path().join("gone").join("shop.ron"), &holder("Anna", "laptop"), 1).is_none());
    assert!(others(&folder.path().join("gone").join("shop.ron"), None, "desk").is_empty());
}
