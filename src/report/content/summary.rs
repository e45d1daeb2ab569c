//! The executive summary: one page from the numbers.

use super::{Cx, charts, register, words};
use crate::chart::State;
use crate::model::{Band, ControlStatus, Disposition, Id, Link as Answer};
use crate::report::style::*;
use crate::report::tree::*;
use crate::risk::{ControlUse, Finding};
use crate::text;
use std::collections::BTreeMap;

pub fn blocks(cx: &Cx<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::Paragraph(styled(LEAD, overview(cx)))];
    if !cx.threats.is_empty() {
        blocks.extend(matrices(cx, State::Inherent, State::Current));
        blocks.extend(highest(cx));
    }
    blocks.extend(decisions_asked(cx));
    blocks
}

/// Three or four sentences.
fn overview(cx: &Cx<'_>) -> String {
    let totals = &cx.assessment.totals;
    let Some(worst) = cx.threats.first() else {
        return if cx.model.elements.is_empty() {
            "The model is empty: nothing has been drawn yet, so there is nothing to rate.".to_owned()
        } else {
            format!(
                "No threat is confirmed for the {} drawn. That says little while {} open: the answers decide what applies.",
                words::count(cx.model.elements.len(), "element", "elements"),
                words::count(cx.assessment.questions.len(), "question is", "questions are"),
            )
        };
    };
    let total = totals.current.total();
    let (critical, high) = (totals.current.critical, totals.current.high);
    let severity = match (critical, high) {
        (0, 0) => "of which none is critical or high".to_owned(),
        (0, h) => format!("of which {} high", words::is_are(h)),
        (c, 0) => format!("of which {} critical", words::is_are(c)),
        (c, h) => format!("of which {} critical and {} high", words::is_are(c), words::number(h)),
    };
    let mut out = format!(
        "{} is exposed to {}, {severity} with the controls in place today.",
        cx.title(),
        words::count(total, "threat", "threats"),
    );
    out += &format!(" The greatest one is “{}”, rated {} of 100.", worst.title, words::score(worst.current.score));
    let share = |part: f64| (100.0 * part / totals.inherent_load.max(f64::EPSILON)).round();
    let removed = share(totals.inherent_load - totals.risk.load);
    let planned = share(totals.risk.load - totals.planned_load);
    if removed >= 1.0 {
        out += &format!(" The controls in force take away {removed:.0} % of the risk there would be without any");
        out += &if planned >= 1.0 { format!("; those planned will take away a further {planned:.0} %.") } else { ".".to_owned() };
    } else if planned >= 1.0 {
        out += &format!(" No control is in force that lowers it; those planned will take away {planned:.0} %.");
    } else {
        out += " No control in force lowers it noticeably.";
    }
    if totals.risk.possible > 0 {
        out += &format!(
            " {} may apply as well, depending on {}.",
            words::capitalised(&words::count(totals.risk.possible, "further threat", "further threats")),
            words::count(cx.assessment.questions.len(), "open question", "open questions"),
        );
    }
    out
}

/// Two states side by side.
pub(super) fn matrices(cx: &Cx<'_>, before: State, after: State) -> Vec<Block> {
    let totals = &cx.assessment.totals;
    let one = |state: State| {
        let counts = match state {
            State::Inherent => &totals.inherent,
            State::Current => &totals.current,
            State::Planned => &totals.planned,
        };
        let grave = words::bands(counts, &[Band::Critical, Band::High]);
        let title = Rich::new().text(TOPIC, state.label()).gap(6.0).text(SMALL, grave);
        let figure = Figure {
            drawing: charts::matrix(cx, state),
            caption: Rich::new(),
            legend: None,
            place: Place::InText,
            anchor: None,
            bookmark: None,
        };
        vec![Block::Heading(Heading { level: 3, text: title, anchor: None, bookmark: None }), Block::Figure(figure)]
    };
    let (left, right) = (one(before), one(after));
    let mut legend = Rich::new();
    for band in Band::ALL {
        legend = legend.chip(*band).gap(5.0);
    }
    let mut below = Table::headless([share(1.0), fixed(246.0).right()], TableLook::Plain);
    below.row([styled(SMALL, caption(cx, before, after)), legend]);
    vec![Block::Columns(vec![(1.0, left), (1.0, right)]), Block::Table(below)]
}

/// Honest where cells and exact scores differ.
fn caption(cx: &Cx<'_>, before: State, after: State) -> String {
    let calibration = &cx.library.calibration;
    let off = |state: State| {
        let differs = |f: &&&Finding| {
            let r = match state {
                State::Inherent => f.inherent,
                State::Current => f.current,
                State::Planned => f.planned,
            };
            crate::chart::cell_band(calibration, r.likelihood.max(1), r.impact.max(1)) != r.band
        };
        cx.threats.iter().filter(differs).count()
    };
    let (before, after) = (off(before), off(after));
    let mut out = format!("Figure {}. Threats by likelihood and impact.", cx.figure());
    if before + after > 0 {
        out += &format!(
            " Levels follow the exact score, so {before} threats on the left and {after} on the right lie in a cell of another level."
        );
    }
    out
}

fn highest(cx: &Cx<'_>) -> Vec<Block> {
    let worst = cx.threats.get(..5).unwrap_or(&cx.threats);
    let table = register::table(cx, worst, |_, finding| cell(finding.title.clone()));
    let title = match table.rows.len() {
        1 => "Highest risk",
        5 => "Five highest risks",
        _ => "Highest risks",
    };
    vec![section(title, None), Block::Table(table)]
}

/// A control that is wanted at several threats.
#[derive(Default)]
struct Wanted<'a> {
    threats: usize,
    sum: f64,
    worst: Option<&'a Finding>,
}

/// What the reader should decide next: the controls that answer most, then what is undecided and unanswered.
fn decisions_asked(cx: &Cx<'_>) -> Vec<Block> {
    let mut table = Table::headless([fixed(16.0), share(1.0), fixed(156.0).right()], TableLook::Ruled);
    let mut ask = |what: String, why: String| {
        let number = Rich::new().push(Inline::Disc((table.rows.len() + 1).to_string()));
        table.row([number, styled(BODY, what), styled(CELL.muted(), why)]);
    };
    for (control, wanted) in wanted(cx).into_iter().take(2) {
        let name = cx.control_name(control);
        let planned = cx.model.instances.values().any(|i| i.control == control && i.status == ControlStatus::Planned);
        let started = cx.model.instances.values().any(|i| i.control == control && i.status == ControlStatus::Partial);
        let verb = if started {
            "Finish"
        } else if planned {
            "Carry out the plan for"
        } else {
            "Decide on"
        };
        let worst = wanted.worst.map_or(0.0, |f| f.current.score);
        let why = format!("answers {}, worst {}", words::count(wanted.threats, "threat", "threats"), words::score(worst));
        ask(format!("{verb} {}", text::lower_first(&name)), why);
    }
    let grave = |f: &&&Finding| f.current.band <= Band::High && f.disposition == Disposition::Open;
    let undecided = cx.threats.iter().filter(grave).count();
    if undecided > 0 {
        let threats = words::count(undecided, "critical or high threat", "critical and high threats");
        ask(format!("Decide about {threats} still open"), "mitigate, accept, transfer or avoid".to_owned());
    }
    let lapsed = cx.threats.iter().filter(|f| f.lapsed.is_some()).count();
    if lapsed > 0 {
        let risks = words::count(lapsed, "risk", "risks");
        ask(format!("Extend or decide anew {risks} accepted until now"), "the acceptance has expired".to_owned());
    }
    let unapproved = cx.model.decisions.values().filter(|d| d.disposition == Disposition::Accept);
    let unapproved = unapproved.filter(|d| d.approver.is_none() || d.expires.is_none()).count();
    if unapproved > 0 {
        let risks = words::count(unapproved, "accepted risk", "accepted risks");
        ask(format!("Name approver and expiry of {risks}"), "an acceptance without them does not hold".to_owned());
    }
    let open = cx.assessment.questions.len();
    if open > 0 {
        let possible = words::count(cx.assessment.totals.risk.possible, "possible threat", "possible threats");
        ask(format!("Answer {}", words::count(open, "open question", "open questions")), format!("decides about {possible}"));
    }
    if table.rows.is_empty() { Vec::new() } else { vec![section("Decisions asked", None), Block::Table(table)] }
}

/// Primary answers that critical and high threats lack, by the risk they would bear on.
fn wanted<'a>(cx: &Cx<'a>) -> Vec<(&'a str, Wanted<'a>)> {
    let mut out: BTreeMap<&str, Wanted<'_>> = BTreeMap::new();
    let grave = cx.threats.iter().filter(|f| f.current.band <= Band::High);
    for finding in grave.filter(|f| !matches!(f.disposition, Disposition::Accept | Disposition::Transfer)) {
        for (control, _) in finding.about.listed.iter().filter(|(_, link)| *link == Answer::Primary) {
            let partial = |id: &Id| cx.model.instances.get(id).is_some_and(|i| i.status == ControlStatus::Partial);
            let used = |used: &&ControlUse| used.control == *control && !used.instance.as_ref().is_some_and(partial);
            if finding.controls.iter().any(|u| used(&u)) {
                continue;
            }
            let entry = out.entry(control.as_str()).or_default();
            entry.threats += 1;
            entry.sum += finding.current.score;
            entry.worst = Some(entry.worst.filter(|w| w.current.score >= finding.current.score).unwrap_or(finding));
        }
    }
    let mut out: Vec<_> = out.into_iter().collect();
    out.sort_by(|a, b| b.1.sum.total_cmp(&a.1.sum).then_with(|| a.0.cmp(b.0)));
    out
}
