//! What to do next: the controls that take away most risk for their effort, in their order.

use super::{Cx, charts, words};
use crate::progress::Quiet;
use crate::report::style::*;
use crate::report::tree::*;
use crate::what_if::{Aim, Roadmap, Step, roadmap};

/// Person-days up to which work counts as now, and as next.
const NOW: f64 = 10.0;
const NEXT: f64 = 40.0;

pub fn blocks(cx: &Cx<'_>) -> Vec<Block> {
    let aim = Aim { on: Some(cx.options.date), ..Aim::default() };
    let search = || roadmap(cx.model, cx.library, &aim, &Quiet).filter(|found| !found.steps.is_empty());
    let Some(found) = cx.origin.roadmap.get_or_init(search) else { return Vec::new() };
    let left = found.steps.last().map_or(found.load, |s| s.load);
    let days: f64 = found.steps.iter().map(|s| s.days).sum();
    let share = 100.0 * (found.load - left) / found.load.max(f64::EPSILON);
    let effort = if cx.shows_effort() { format!(" and take about {days:.0} person-days") } else { String::new() };
    let intro = format!(
        "{}, in the order in which they take away most risk for their effort. Together they lower the load from {:.0} to {left:.0}, \
         by {share:.0} %{effort}. Each figure counts on top of the steps before.",
        words::capitalised(&words::count(found.steps.len(), "step", "steps")),
        found.load,
    );
    let mut blocks = vec![Block::Paragraph(styled(LEAD, intro)), curve(cx, found)];
    let mut spent = 0.0;
    let mut load = found.load;
    let mut lanes: [(&str, &str, Table); 3] =
        [("Now", "now", table(cx)), ("Next", "next", table(cx)), ("Later", "later", table(cx))];
    for (n, step) in found.steps.iter().enumerate() {
        spent += step.days;
        let lane = if spent <= NOW || n == 0 {
            0
        } else if spent <= NEXT {
            1
        } else {
            2
        };
        if let Some((.., table)) = lanes.get_mut(lane) {
            table.row(row(cx, n, step, spent, load));
        }
        load = step.load;
    }
    for (title, anchor, table) in lanes {
        if !table.rows.is_empty() {
            blocks.push(section(title, Some(format!("roadmap {anchor}"))));
            blocks.push(Block::Table(table));
        }
    }
    let lanes = if cx.shows_effort() {
        format!(" Now is the first {NOW:.0} person-days, next the first {NEXT:.0}.")
    } else {
        String::new()
    };
    blocks.push(note(format!(
        "Steps are found one after the other by the greatest gain for their effort; doing them in another order changes what \
         each one brings, not what all bring together.{lanes}"
    )));
    blocks
}

fn table(cx: &Cx<'_>) -> Table {
    let mut head = vec![("", fixed(16.0)), ("Control", share(1.5)), ("Eases most", share(1.2))];
    if cx.shows_effort() {
        head.extend([("Days", fixed(32.0).right()), ("So far", fixed(36.0).right())]);
    }
    head.extend([("Takes off", fixed(44.0).right()), ("Load left", fixed(46.0).right())]);
    Table::with_head(head)
}

fn row(cx: &Cx<'_>, n: usize, step: &Step, spent: f64, before: f64) -> Vec<Rich> {
    let mut what = Rich::new();
    for (k, (control, site)) in step.controls.iter().enumerate() {
        let and = if k > 0 { "\n" } else { "" };
        what = what.text(CELL.bold(), format!("{and}{}", cx.control_name(control)));
        what = what.text(SMALL, format!("\nat {}", cx.site(site)));
    }
    let mut eases = Rich::new();
    for (k, (key, _)) in step.eases.iter().take(3).enumerate() {
        eases = eases.text(CELL, if k > 0 { ", " } else { "" });
        eases.0.extend(cx.reference_to(key).0);
    }
    if step.eases.len() > 3 {
        eases = eases.text(SMALL, format!(" and {} more", step.eases.len() - 3));
    }
    let mut cells = vec![Rich::new().push(Inline::Disc((n + 1).to_string())), what, eases];
    if cx.shows_effort() {
        cells.extend([cell(format!("{:.0}", step.days)), quiet(format!("{spent:.0}"))]);
    }
    cells.extend([styled(CELL.bold(), taken(before - step.load)), cell(format!("{:.0}", step.load))]);
    cells
}

/// Small steps are not nothing.
fn taken(load: f64) -> String {
    if (0.05..1.0).contains(&load) { format!("{load:.1}") } else { format!("{load:.0}") }
}

/// The load that is left after each step.
fn curve(cx: &Cx<'_>, found: &Roadmap) -> Block {
    let words = format!("Figure {}. Load that is left after each step.", cx.figure());
    Block::Figure(Figure {
        drawing: charts::roadmap(cx, found),
        caption: styled(SMALL, words),
        legend: None,
        place: Place::InText,
        anchor: Some("roadmap curve".to_owned()),
        bookmark: None,
    })
}
