//! Results of the assessment: before and after, and where the risk lies.

use super::{Cx, summary, words};
use crate::chart::State;
use crate::model::{Band, Category};
use crate::report::options::ChapterKind;
use crate::report::style::*;
use crate::report::tree::*;
use crate::risk::{self, Finding};

pub fn blocks(cx: &Cx<'_>) -> Vec<Block> {
    if cx.threats.is_empty() {
        return Vec::new();
    }
    let totals = &cx.assessment.totals;
    let mut blocks = vec![section("Before and after", Some("before and after".to_owned())), states(cx)];
    blocks.push(note(format!(
        "Inherent is before any control, current with those in force, planned with those on the way. Load is the sum of the \
         greatest risk of every element, flow and kind of threat: {:.0}, {:.0} today, then {:.0}.",
        totals.inherent_load, totals.risk.load, totals.planned_load
    )));
    // The executive summary shows before and today.
    blocks.extend(if cx.options.shown().any(|c| c.kind == ChapterKind::Summary) {
        summary::matrices(cx, State::Current, State::Planned)
    } else {
        summary::matrices(cx, State::Inherent, State::Current)
    });
    blocks.extend(by_boundary(cx));
    blocks.extend(by_category(cx));
    blocks.extend(coverage(cx));
    blocks
}

/// Counts of each level in the three states.
fn states(cx: &Cx<'_>) -> Block {
    let totals = &cx.assessment.totals;
    let mut head = vec![("State", share(1.0))];
    head.extend(Band::ALL.iter().map(|band| (band.label(), fixed(46.0).right())));
    head.extend([("All", fixed(36.0).right()), ("Greatest", fixed(48.0).right()), ("Load", fixed(44.0).right())]);
    let mut table = Table::with_head(head);
    let states = [
        ("Inherent", &totals.inherent, totals.inherent_peak, totals.inherent_load),
        ("Current", &totals.current, totals.risk.peak, totals.risk.load),
        ("Planned", &totals.planned, totals.planned_peak, totals.planned_load),
    ];
    for (state, counts, peak, load) in states {
        let mut cells = vec![cell(state)];
        cells.extend(Band::ALL.iter().map(|band| match counts.get(*band) {
            0 => quiet("–"),
            n => cell(n.to_string()),
        }));
        cells.extend([styled(CELL.bold(), counts.total().to_string()), cell(words::score(peak)), cell(format!("{load:.0}"))]);
        table.row(cells);
    }
    Block::Table(table)
}

/// A line of counts by level for some threats; nothing for none.
fn line(name: Rich, threats: &[&Finding], table: &mut Table) {
    let Some(worst) = threats.iter().map(|f| f.current.score).reduce(f64::max) else { return };
    let mut cells = vec![name];
    cells.extend(Band::ALL.iter().map(|band| match threats.iter().filter(|f| f.current.band == *band).count() {
        0 => quiet("–"),
        n => cell(n.to_string()),
    }));
    cells.extend([styled(CELL.bold(), threats.len().to_string()), Rich::new().chip(risk::band(worst))]);
    table.row(cells);
}

fn counted(what: &'static str) -> Table {
    let mut head = vec![(what, share(1.0))];
    head.extend(Band::ALL.iter().map(|band| (band.label(), fixed(46.0).right())));
    head.extend([("All", fixed(40.0).right()), ("Worst", fixed(58.0))]);
    Table::with_head(head)
}

fn by_boundary(cx: &Cx<'_>) -> Vec<Block> {
    let mut table = counted("Trust boundary");
    for id in cx.model.boundaries.keys() {
        let inside: Vec<&Finding> = cx.assessment.within(id).filter(|f| f.counts()).collect();
        line(styled(CELL.bold(), cx.name(id)), &inside, &mut table);
    }
    if table.rows.is_empty() {
        return Vec::new();
    }
    let about = "A threat counts in its boundary and in those around it; flows count at both of their ends.";
    vec![section("By trust boundary", Some("by boundary".to_owned())), Block::Table(table), note(about)]
}

fn by_category(cx: &Cx<'_>) -> Vec<Block> {
    let mut table = counted("Category");
    for category in Category::ALL {
        let of_it: Vec<&Finding> = cx.threats.iter().copied().filter(|f| f.about.categories.contains(category)).collect();
        line(cell(category.label()), &of_it, &mut table);
    }
    let about = "A threat of several categories counts in each of them.";
    vec![section("By category", Some("by category".to_owned())), Block::Table(table), note(about)]
}

/// How much of what matters is answered, decided and known.
fn coverage(cx: &Cx<'_>) -> Vec<Block> {
    let all = cx.threats.len();
    let answered = cx.threats.iter().filter(|f| !f.controls.is_empty()).count();
    let decided = cx.threats.iter().filter(|f| f.disposition != crate::model::Disposition::Open).count();
    let mut table = Table::headless([share(1.0), fixed(64.0).right()], TableLook::Plain);
    let rows = [
        ("Threats that a control in force bears on", answered),
        ("Threats somebody decided about", decided),
        ("Threats accepted", cx.assessment.totals.accepted),
    ];
    for (what, n) in rows {
        table.row([cell(what), cell(format!("{n} of {all}"))]);
    }
    table.row([cell("Open questions that decide about further threats"), cell(cx.assessment.questions.len().to_string())]);
    vec![section("Coverage", Some("coverage".to_owned())), Block::Table(table)]
}
