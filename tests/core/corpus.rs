//! Every real file opens; what is counted in it is what its manifest says, or the difference is explained here.

use crate::support::corpus;
use palisade::model::{ThreatModel, check};
use palisade::open::{Opened, open_beside};
use std::path::Path;
use std::time::{Duration, Instant};

/// The formats whose files are held to the manifest here.
const FOLDERS: &[&str] = &["cyclonedx", "drawio", "otm", "pytm", "td1", "td2", "threagile", "threatcomposer", "tm7", "tmlibrary"];

/// Where another count is right: file, what is counted, our count and why.
const EXPLAINED: &[(&str, &str, usize, &str)] = &[
    ("cyclonedx/tmbom-otm.cdx.json", "elements", 3, "two assets are assets; code and repository are no elements"),
    ("cyclonedx/valid-threatmodel-simple-2.0.json", "elements", 1, WHOLE),
    (
        "drawio/blog-threat-modelling.drawio",
        "elements",
        19,
        "three tables are a note each, and so are the goals of an attack tree",
    ),
    ("drawio/blog-threat-modelling.drawio", "flows", 25, "the lines of its attack tree are no flows"),
    ("drawio/library-materialize.xml", "elements", 3, LIBRARY),
    ("drawio/library-materialize.xml", "flows", 2, LIBRARY),
    ("drawio/library-materialize.xml", "boundaries", 1, LIBRARY),
    ("drawio/library-michenriksen-dfd.xml", "elements", 4, LIBRARY),
    ("drawio/library-michenriksen-dfd.xml", "flows", 2, LIBRARY),
    ("drawio/library-michenriksen-dfd.xml", "boundaries", 2, LIBRARY),
    ("drawio/startleft-basic.drawio", "elements", 4, "three of the seven shapes have others in them"),
    ("drawio/startleft-basic.drawio", "boundaries", 3, "three of the seven shapes have others in them"),
    (
        "threagile/example.yaml",
        "threats",
        8,
        "six decisions about risks of the tool itself are threats, beside two found by hand",
    ),
    ("threatcomposer/dd-broken-assumption-links.json", "elements", 1, WHOLE),
    ("threatcomposer/dd-many-threats.json", "elements", 1, WHOLE),
    ("threatcomposer/dd-one-threat.json", "elements", 1, WHOLE),
    ("threatcomposer/e2e-ministack.tc.json", "elements", 1, WHOLE),
    ("threatcomposer/knowledge-packs.tc.json", "elements", 1, WHOLE),
    ("threatcomposer/vehicle-exercise4.tc.json", "elements", 1, WHOLE),
    ("otm/tm7-coordinates.otm", "threats", 105, "threats that are only referred to are there by their id, as the losses tell"),
];
const WHOLE: &str = "threats need something they threaten: the system as a whole";
const LIBRARY: &str = "the manifest counts entries; each is what it looks like";

fn counts(m: &ThreatModel) -> [(&'static str, usize); 5] {
    [
        ("diagrams", m.diagrams.len()),
        ("elements", m.elements.len()),
        ("flows", m.flows.len()),
        ("boundaries", m.boundaries.len()),
        ("threats", m.threats.len()),
    ]
}

fn read(path: &Path) -> Opened {
    let bytes = std::fs::read(path).unwrap();
    let start = Instant::now();
    let opened = open_beside(&bytes, "untitled", &|_| None).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    assert!(start.elapsed() < Duration::from_secs(2), "{} took {:?}", path.display(), start.elapsed());
    opened
}

#[test]
fn a_template_is_named_and_what_to_open_instead() {
    let Some(folder) = corpus("tb7") else { return };
    for file in std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()) {
        let refused = open_beside(&std::fs::read(&file).unwrap(), "x", &|_| None).unwrap_err().to_string();
        assert!(refused.contains("template") && refused.contains("open a .tm7 model made from it"), "{refused}");
    }
}

#[test]
fn every_file_opens_with_all_it_holds() {
    let Some(folder) = corpus("td2") else { return };
    let root = folder.parent().unwrap();
    let manifest = std::fs::read_to_string(root.join("MANIFEST.tsv")).unwrap();
    let mut rows = manifest.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let head = rows.next().unwrap();
    let column = |name: &str| head.iter().position(|h| *h == name).unwrap();
    let mut faults = Vec::new();
    let mut seen = 0;
    for row in rows.filter(|row| FOLDERS.contains(&row[0].split('/').next().unwrap())) {
        seen += 1;
        let opened = read(&root.join(row[0]));
        let m = &opened.model;
        for (name, found) in counts(m) {
            let expected: usize = row[column(name)].parse().unwrap();
            let explained = EXPLAINED.iter().find(|(file, what, ..)| *file == row[0] && *what == name).map(|(.., n, _)| *n);
            // What has no picture gets one.
            let first_picture = name == "diagrams" && expected == 0 && found <= 1;
            if found != explained.unwrap_or(expected) && !first_picture {
                faults.push(format!("{}: {found} {name} instead of {}", row[0], explained.unwrap_or(expected)));
            }
        }
        let (broken, again) = (check(m), read(&root.join(row[0])));
        assert!(broken.is_empty(), "{}: {broken:?}", row[0]);
        assert!(again == opened, "{}: the same file gives the same model", row[0]);
        assert!(!m.info.name.is_empty(), "{}", row[0]);
        let drawn = m.placements.len() >= m.elements.len() + m.boundaries.len();
        assert!(drawn, "{}: everything is drawn", row[0]);
        // What is told of a record is told of one that is there.
        let astray = opened.losses.iter().find(|l| l.at.as_ref().is_some_and(|id| !m.has_id(id)));
        assert!(astray.is_none(), "{}: {astray:?}", row[0]);
        let guessed = opened.guesses.iter().find(|g| !m.has_id(&g.at));
        assert!(guessed.is_none(), "{}: {guessed:?}", row[0]);
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    assert!(seen >= 70, "only {seen} files");
}
