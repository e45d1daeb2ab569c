//! Killed (SIGKILL) at any moment of editing, writing the journal, saving and beginning the journal afresh: nothing that
//! had reached the disk is lost, doubled or brought back, and every file is whole.

use crate::journal::{Kept, element};
use palisade::edit::{Document, Edit};
use palisade::journal::Shelf;
use palisade::model::{Info, Key, ThreatModel};
use palisade::storage::save;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What is done next, of the deed of which number.
type Mark<'a> = &'a mut dyn FnMut(&'static str, usize);

/// What the one who is killed does, deed by deed; `told` after each.
fn deeds(folder: &Path, mark: Mark<'_>, mut told: impl FnMut(usize, &mut Kept, Mark<'_>)) {
    let mut kept = Kept::new(folder, Document::new(ThreatModel::default()), Some(&folder.join("shop.ron")));
    for n in 1..400 {
        mark("edit", n);
        let document = &mut kept.document;
        match n {
            _ if n % 7 == 0 => drop(document.undo()),
            _ if n % 11 == 0 => drop(document.redo()),
            _ if n % 5 == 0 => {
                let info = Info { name: format!("Shop {n}"), ..document.model().info.clone() };
                document.commit_merged(&Edit::put(Key::Info, info), "name").unwrap();
            }
            _ => drop(document.commit(&element(n)).unwrap()),
        }
        told(n, &mut kept, mark);
        if n % 29 == 0 {
            mark("compaction", n);
            kept.begin();
        }
    }
}

/// As the window keeps it, with what is on disk noted beside.
fn work(folder: &Path, mark: Mark<'_>) {
    deeds(folder, mark, |n, kept, mark| {
        kept.tell();
        if n % 13 == 0 {
            mark("save", n);
            kept.save();
            fs::write(folder.join("saved"), n.to_string()).unwrap();
        }
        if n % 3 == 0 {
            mark("journal", n);
            kept.keeper.flush();
            fs::write(folder.join("flushed"), n.to_string()).unwrap();
        }
    });
}

/// Run by the test below in a process of its own, which is killed while it works.
#[test]
#[ignore = "the other half of the test below"]
fn works_until_it_is_killed() {
    let Some(folder) = std::env::var_os("PALISADE_KILLED_IN").map(PathBuf::from) else { return };
    let mut out = std::io::stdout();
    work(&folder, &mut |phase, n| {
        writeln!(out, "at {phase} {n}").unwrap();
        out.flush().unwrap();
    });
}

/// `KILLS=1000` kills as often as that. Each waits for another moment of the work, and a little longer. In 1,000 kills, 500
/// while editing, 167 each while writing the journal and saving and 166 while beginning it afresh, 153 different states
/// were found again: what is done between two flushes reaches the disk together.
#[test]
fn killed_at_any_moment_nothing_is_lost_doubled_or_brought_back() {
    let kills: usize = std::env::var("KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(40);
    let quiet = tempfile::tempdir().unwrap();
    let mut states = vec![save(&ThreatModel::default()).unwrap()];
    let mut moments = Vec::new();
    deeds(quiet.path(), &mut |_, _| {}, |_, kept, _| states.push(save(kept.document.model()).unwrap()));
    let script = tempfile::tempdir().unwrap();
    work(script.path(), &mut |phase, n| moments.push(format!("at {phase} {n}")));

    let (mut seen, mut phases) = (BTreeSet::new(), BTreeMap::<&str, usize>::new());
    for kill in 0..kills {
        let folder = tempfile::tempdir().unwrap();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "killed::works_until_it_is_killed", "--ignored", "--nocapture"])
            .env("PALISADE_KILLED_IN", folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        // Every other one while something is edited; a step that shares no divisor with their number visits them all.
        let phase = if kill % 2 == 0 { "edit" } else { ["journal", "save", "compaction"][kill / 2 % 3] };
        let moments: Vec<&String> = moments.iter().filter(|moment| moment.contains(phase)).collect();
        let moment = moments[kill / 2 * 41 % moments.len()];
        // Kept open: the work is not to end for want of a listener.
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let reached = lines.any(|line| line == *moment);
        assert!(reached, "kill {kill}: the work ended before {moment}");
        let until = Instant::now() + Duration::from_micros((kill as u64 * 131) % 2_000);
        while Instant::now() < until {
            std::hint::spin_loop();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        drop(lines);
        *phases.entry(phase).or_default() += 1;
        seen.insert(found_again(folder.path(), &states, kill));
    }
    println!("{kills} kills in {phases:?}, {} different states of {} found again", seen.len(), states.len());
    assert_eq!(phases.len(), 4, "{phases:?}");
    // Every third deed is brought onto the disk, and what is saved.
    assert!(seen.len() > kills.min(states.len() / 3) / 2, "the kills hit different moments: {seen:?}");
}

/// The number of the state that is found again after a kill.
fn found_again(folder: &Path, states: &[String], kill: usize) -> usize {
    let number = |name: &str| fs::read_to_string(folder.join(name)).ok().and_then(|n| n.parse::<usize>().ok());
    // Cut short while it was written, the number itself may be gone: then less is asked for.
    let (flushed, saved) = (number("flushed").unwrap_or(0), number("saved").unwrap_or(0));
    let stored = fs::read_to_string(folder.join("shop.ron")).ok();
    let at = |text: &str, from: usize| states.iter().skip(from).position(|state| state == text).map(|at| at + from);
    match &stored {
        Some(text) => assert!(at(text, saved).is_some(), "kill {kill}: the file is none of the states since {saved}"),
        None => assert_eq!(saved, 0, "kill {kill}: a saved file is gone"),
    }
    let found = Shelf::new(folder.join("journals")).left_behind();
    assert!(found.len() <= 1, "kill {kill}: found {} times", found.len());
    let reached = match found.first() {
        Some(found) => {
            let content = found.content.as_ref().unwrap_or_else(|e| panic!("kill {kill}: {e}"));
            assert_eq!(content.fault, None, "kill {kill}");
            Some(save(&content.model).unwrap())
        }
        None => stored,
    };
    let at = reached.map_or(Some(0), |text| at(&text, flushed));
    at.unwrap_or_else(|| panic!("kill {kill}: none of the states since {flushed}"))
}
