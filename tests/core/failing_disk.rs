//! A disk that is full, a folder that may not be written or is gone, a file whose permissions changed: it is told, nothing
//! is lost, and trying again works. Real failures: a process of its own with a limit on the size of files, and one
//! without the rights of an administrator.
#![cfg(target_os = "linux")]

use crate::journal::{Kept, element, journal};
use palisade::disk::{self, DiskError};
use palisade::edit::Document;
use palisade::journal::replay;
use palisade::model::ThreatModel;
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Names in a folder.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// What `folder` is for the other half of a test, which runs in a process of its own.
fn inside() -> Option<PathBuf> {
    std::env::var_os("PALISADE_FAILING_IN").map(PathBuf::from)
}

/// Runs the other half of a test and says what it said when it fails.
fn run(mut command: Command, half: &str, folder: &Path) {
    command.args(["--exact", &format!("failing_disk::{half}"), "--ignored", "--nocapture"]);
    let done = command.env("PALISADE_FAILING_IN", folder).current_dir(folder).output().unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success() && said.contains("1 passed"), "{said}");
}

fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

#[test]
fn on_a_full_disk_the_file_stays_whole_and_saving_works_once_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    // No file may become larger than this; a write beyond it fails as one onto a full disk does.
    let mut command = Command::new("sh");
    command.arg("-c").arg("trap '' XFSZ; ulimit -S -f 96; exec \"$0\" \"$@\"").arg(std::env::current_exe().unwrap());
    run(command, "inside_a_full_disk", folder.path());
}

#[test]
#[ignore = "the other half of the test above"]
fn inside_a_full_disk() {
    let Some(folder) = inside() else { return };
    let file = folder.join("shop.ron");
    disk::save(&file, b"small").unwrap();
    let large = vec![b'x'; 1 << 20];
    let why = disk::save(&file, &large).unwrap_err();
    assert!(matches!(why, DiskError::Failed { .. }) && why.to_string().contains("shop.ron"), "{why}");
    assert_eq!(fs::read(&file).unwrap(), b"small");
    assert!(names(&folder).iter().all(|name| !name.ends_with(".tmp")), "{:?}", names(&folder));

    // The journal grows until there is no room for it.
    let mut kept = Kept::new(&folder, Document::new(ThreatModel::default()), None);
    let mut n = 0;
    let problem = loop {
        n += 1;
        kept.document.commit(&element(n)).unwrap();
        kept.tell();
        kept.keeper.flush();
        if let Some(problem) = kept.keeper.problem() {
            break problem;
        }
        assert!(n < 5000, "it is never full");
    };
    assert!(problem.contains("could be lost") && problem.contains("tried again"), "{problem}");
    let read = replay(&fs::read(journal(&folder)).unwrap()).unwrap();
    assert_eq!((read.fault, read.model.elements.len()), (None, n - 1), "what was written is whole");
    kept.document.commit(&element(n + 1)).unwrap();
    kept.tell();
    kept.keeper.flush();
    assert_eq!(kept.keeper.problem(), None, "told once");

    // Room again: nothing that was done meanwhile is missing.
    let pid = format!("--pid={}", std::process::id());
    assert!(Command::new("prlimit").args([&pid, "--fsize=unlimited"]).status().unwrap().success());
    disk::save(&file, &large).unwrap();
    assert_eq!(fs::read(&file).unwrap(), large);
    kept.document.commit(&element(n + 2)).unwrap();
    kept.tell();
    kept.keeper.flush();
    let read = replay(&fs::read(journal(&folder)).unwrap()).unwrap();
    assert!(read.fault.is_none() && read.model == *kept.document.model());
}

#[test]
fn without_permission_it_is_told_and_works_again_when_given() {
    let folder = tempfile::tempdir().unwrap();
    // An administrator may do everything: somebody else is to try.
    let mut command = Command::new("/proc/self/exe");
    if fs::metadata("/proc/self").unwrap().uid() == 0 {
        let nobody = 65_534;
        chown(folder.path(), Some(nobody), Some(nobody)).unwrap();
        command.uid(nobody).gid(nobody);
    }
    run(command, "inside_without_permission", folder.path());
}

#[test]
#[ignore = "the other half of the test above"]
fn inside_without_permission() {
    let Some(folder) = inside() else { return };
    let file = folder.join("shop.ron");
    disk::save(&file, b"one").unwrap();
    disk::save(&file, b"two").unwrap();
    let before = names(&folder);
    let refused = |path: &Path| {
        let why = disk::save(path, b"three").unwrap_err();
        assert!(matches!(why, DiskError::Forbidden { .. }), "{why}");
        assert!(why.to_string().contains("not allowed to write"), "{why}");
        assert_eq!((fs::read(&file).unwrap(), names(&folder)), (b"two".to_vec(), before.clone()));
        assert_eq!(fs::read(disk::backup_path(&file)).unwrap(), b"one");
    };
    // The folder may not be written.
    mode(&folder, 0o555);
    refused(&file);
    refused(&folder.join("new.ron"));
    // Nor the file in a folder that may.
    mode(&folder, 0o755);
    mode(&file, 0o444);
    refused(&file);
    mode(&file, 0o644);
    disk::save(&file, b"three").unwrap();
    assert_eq!((fs::read(&file).unwrap(), fs::read(disk::backup_path(&file)).unwrap()), (b"three".to_vec(), b"two".to_vec()));
    // A file that may not be read says so too.
    mode(&file, 0o000);
    let why = disk::read(&file).unwrap_err();
    assert!(matches!(why, DiskError::Forbidden { .. }) && why.to_string().contains("not allowed to read"), "{why}");
    mode(&file, 0o644);

    // The journal in a folder that may not be written.
    fs::create_dir(folder.join("journals")).unwrap();
    mode(&folder.join("journals"), 0o555);
    let mut kept = Kept::new(&folder, Document::new(ThreatModel::default()), None);
    kept.keeper.flush();
    assert!(kept.keeper.problem().is_some_and(|why| why.contains("could be lost")));
    mode(&folder.join("journals"), 0o755);
    kept.document.commit(&element(1)).unwrap();
    kept.tell();
    kept.keeper.flush();
    assert!(kept.keeper.has_grown(), "a whole one is asked for");
    kept.begin();
    kept.keeper.flush();
    assert!(replay(&fs::read(journal(&folder)).unwrap()).unwrap().model == *kept.document.model());
}

#[test]
fn a_folder_that_is_gone_is_told_and_once_it_is_back_everything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("models");
    fs::create_dir(&place).unwrap();
    let file = place.join("shop.ron");
    disk::save(&file, b"one").unwrap();
    fs::remove_dir_all(&place).unwrap();
    let why = disk::save(&file, b"two").unwrap_err();
    assert!(matches!(why, DiskError::NoFolder(_)) && why.to_string().contains("create it or choose another"), "{why}");
    fs::create_dir(&place).unwrap();
    disk::save(&file, b"two").unwrap();
    assert_eq!(fs::read(&file).unwrap(), b"two");
}

#[test]
fn a_journal_whose_folder_is_taken_away_begins_again_in_a_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut kept = Kept::new(folder.path(), Document::new(ThreatModel::default()), None);
    kept.document.commit(&element(1)).unwrap();
    kept.tell();
    kept.keeper.flush();
    // Somebody tidies up. The system would go on writing into a file without a name.
    fs::remove_dir_all(folder.path().join("journals")).unwrap();
    kept.document.commit(&element(2)).unwrap();
    kept.tell();
    kept.keeper.flush();
    assert!(kept.keeper.has_grown(), "a whole one is asked for");
    kept.begin();
    kept.keeper.flush();
    let read = replay(&fs::read(journal(folder.path())).unwrap()).unwrap();
    assert!(read.model == *kept.document.model() && read.history.past.len() == 2);
}
