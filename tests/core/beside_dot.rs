//! Our arrangement of hard graphs beside that of Graphviz: `scripts/beside_dot.py FOLDER` draws both and counts.
//!
//! What `dot` came to is written down in tests/data/dot.tsv, so that the comparison holds on machines without it.

use crate::support::graphs::{self, PAGE};
use palisade::edit::Document;
use palisade::geometry::goes_across;
use palisade::library::Library;
use palisade::model::*;
use palisade::progress::Quiet;
use palisade::scene::{self, DiagramLayout, Look, Words, lay_out, to_svg};
use palisade::theme::Theme;
use palisade::tidy::{Scope, Wish, tidy};
use std::collections::BTreeMap;
use std::fmt::Write;

const DOT: &str = include_str!("../data/dot.tsv");

fn graphs() -> Vec<(&'static str, ThreatModel)> {
    vec![
        ("nested five deep", graphs::nested(1, 5)),
        ("nested five deep 2", graphs::nested(2, 5)),
        ("nested three deep", graphs::nested(4, 3)),
        ("hub of 40", graphs::hub(40)),
        ("parallel and self", graphs::parallel()),
        ("long names", graphs::long_names(1)),
        ("crowd of 30", graphs::crowd(1, 30)),
    ]
}

fn tidied(model: &ThreatModel) -> Document {
    let wish = Wish { diagram: PAGE.into(), scope: Scope::All, shape: 1.6, keeps: false };
    let tidied = tidy(model, &wish, &Quiet).unwrap();
    let mut document = Document::new(model.clone());
    document.commit(&tidied.edit(model)).unwrap();
    document
}

/// Crossings and bends.
fn count(layout: &DiagramLayout) -> (usize, usize) {
    let lines: Vec<Vec<_>> = layout.flows.values().map(|f| f.points.windows(2).map(|w| (w[0], w[1])).collect()).collect();
    let mut crossings = 0;
    for (n, a) in lines.iter().enumerate() {
        for b in &lines[n + 1..] {
            crossings += a.iter().map(|p| b.iter().filter(|q| goes_across(*p, **q)).count()).sum::<usize>();
        }
    }
    (crossings, layout.flows.values().map(|f| f.corners.len().saturating_sub(2)).sum())
}

/// The graph for `dot`, with boxes of our sizes and names in the same lines.
fn dot(m: &ThreatModel, layout: &DiagramLayout) -> String {
    let mut out = String::from("digraph { rankdir=LR; compound=true; nodesep=0.4; ranksep=0.7; fontname=Arial;\n");
    out.push_str("node [shape=box fixedsize=true fontname=Arial fontsize=12]; edge [fontname=Arial fontsize=10];\n");
    level(m, layout, None, &mut out);
    for (id, f) in &m.flows {
        let (Some(from), Some(to)) = (&f.from, &f.to) else { continue };
        let lines = layout.flows.get(id).and_then(|f| f.label.as_ref()).map(|l| &l.lines);
        let lines: Vec<&str> = lines.into_iter().flatten().map(|l| l.text.as_str()).collect();
        writeln!(out, "{from} -> {to} [label=\"{}\" id={id}];", lines.join("\\n")).unwrap();
    }
    out + "}\n"
}

fn level(m: &ThreatModel, layout: &DiagramLayout, home: Option<&Id>, out: &mut String) {
    for (id, e) in m.elements.iter().filter(|(_, e)| e.boundary.as_ref() == home) {
        let r = layout.boxes[id].rect;
        writeln!(out, "{id} [label=\"{}\" width={:.3} height={:.3}];", e.name, r.w / 72.0, r.h / 72.0).unwrap();
    }
    for (id, b) in m.boundaries.iter().filter(|(_, b)| b.parent.as_ref() == home) {
        writeln!(out, "subgraph cluster_{id} {{ label=\"{}\"; margin=20; style=dashed;", b.name).unwrap();
        level(m, layout, Some(id), out);
        out.push_str("}\n");
    }
}

#[test]
fn tidy_diagrams_cross_no_more_than_those_of_dot() {
    // Drawn with square lines, as ours are.
    let theirs: BTreeMap<&str, usize> = DOT
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once('\t'))
        .map(|(name, figures)| (name, figures.split('\t').next().unwrap().parse().unwrap()))
        .collect();
    let folder = std::env::var_os("PALISADE_BESIDE").map(std::path::PathBuf::from);
    let mut table = String::from("name\tcrossings\tbends\n");
    let mut sums = (0, 0);
    for (name, model) in graphs() {
        let done = tidied(&model);
        let layout = lay_out(done.model(), &PAGE.into());
        let (crossings, bends) = count(&layout);
        writeln!(table, "{name}\t{crossings}\t{bends}").unwrap();
        if let Some(folder) = &folder {
            let assessment = palisade::risk::assess(done.model(), Library::builtin());
            let shapes = scene::draw(done.model(), &assessment, &layout, &Look { badges: false, ..Look::default() });
            std::fs::write(folder.join(format!("{name}.ours.svg")), to_svg(&shapes, Theme::Light, Words::Outlines)).unwrap();
            std::fs::write(folder.join(format!("{name}.dot")), dot(done.model(), &layout)).unwrap();
        }
        sums = (sums.0 + crossings, sums.1 + theirs.get(name).copied().unwrap_or_default());
    }
    println!("{table}");
    if let Some(folder) = &folder {
        return std::fs::write(folder.join("ours.tsv"), table).unwrap();
    }
    assert_eq!(theirs.len(), graphs().len(), "tests/data/dot.tsv is of other graphs");
    assert!(sums.0 <= sums.1, "{} crossings, and {} of dot\n{table}", sums.0, sums.1);
}
