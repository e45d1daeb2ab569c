//! What was found: the worst threats in a block each, the others by weakness, a row for every place.

use super::{Cx, crop, threat_anchor, weaknesses, words};
use crate::model::{Band, ControlStatus, Disposition, Link as Answer};
use crate::report::style::*;
use crate::report::tree::*;
use crate::risk::{ControlUse, Explainer, Explanation, Finding, FindingSource, RatedBy, Rating, StepKind};
use crate::text::{self, icon};
use crate::theme::Ink;

/// So many of the worst have a block of their own even where nothing is critical.
const AT_LENGTH: usize = 5;

pub fn blocks(cx: &Cx<'_>) -> Vec<Block> {
    if cx.threats.is_empty() {
        return Vec::new();
    }
    let explainer = Explainer::new(cx.model, cx.library);
    let of_band = |band: Band| cx.threats.iter().copied().filter(|f| f.current.band == band).collect::<Vec<&Finding>>();
    let (critical, high) = (of_band(Band::Critical), of_band(Band::High));
    let mut blocks = vec![paragraph(about(cx))];
    if !critical.is_empty() {
        blocks.push(section("Critical threats", Some("critical threats".to_owned())));
        blocks.extend(each_at_length(cx, &critical, &explainer));
    }
    if !high.is_empty() {
        let (worst, others) = high.split_at(AT_LENGTH.saturating_sub(critical.len()).min(high.len()));
        blocks.push(section("High threats", Some("high threats".to_owned())));
        blocks.extend(each_at_length(cx, worst, &explainer));
        blocks.extend(weaknesses::blocks(cx, others, &explainer));
    }
    let minor: Vec<&Finding> = cx.threats.iter().copied().filter(|f| f.current.band > Band::High).collect();
    if !minor.is_empty() {
        let title = if critical.len() + high.len() > 0 { "Medium and lower threats" } else { "Threats" };
        blocks.push(section(title, Some("minor threats".to_owned())));
        blocks.push(Block::Table(weaknesses::table(cx, &minor, &explainer)));
    }
    blocks
}

/// How the chapter is to be read.
fn about(cx: &Cx<'_>) -> String {
    let kinds = weaknesses::grouped(&cx.threats).len();
    format!(
        "{} of {}. The worst are told at length. The others stand with those of their kind: what they share is said once, then \
         each has its row. Small figures are the chain of a rating: how likely it is before any factor, what makes it likelier or \
         less so, what is at stake, what controls take off, and after the arrows what comes out.",
        words::capitalised(&words::count(cx.threats.len(), "threat", "threats")),
        words::count(kinds, "kind", "kinds"),
    )
}

fn each_at_length(cx: &Cx<'_>, findings: &[&Finding], explainer: &Explainer<'_>) -> Vec<Block> {
    let mut out = Vec::new();
    for (n, finding) in findings.iter().enumerate() {
        if n > 0 {
            out.push(Block::Space(10.0));
        }
        out.extend(at_length(cx, finding, explainer.explain(&finding.key).as_ref()));
    }
    out
}

fn at_length(cx: &Cx<'_>, finding: &Finding, why: Option<&Explanation>) -> Vec<Block> {
    let mut whole = vec![heading(finding, 12.0), Block::Paragraph(label(finding))];
    whole.extend(what(finding, why, BODY, "\n"));
    whole.extend(crop::first_at(cx, finding));
    whole.push(facts(cx, finding));
    // A page may end between what it is and how it is rated, or every other page would be half empty.
    let bars = [vec![topic("Risk")], risk_bars(finding), controls(cx, finding)].concat();
    let rated = vec![
        Block::Columns(vec![(1.0, bars), (1.6, why.map(factor_chain).unwrap_or_default())]),
        Block::Callout(vec![Block::Paragraph(joined(advice(cx, finding)))]),
    ];
    vec![Block::Together(whole), Block::Continued(goes_on(finding, &finding.title), rated)]
}

/// What stands above the rest of a block on the next page.
pub(super) fn goes_on(finding: &Finding, title: &str) -> Rich {
    let id = Rich::new().text(CODE.size(7.8).ink(Ink::Accent), finding.label()).gap(6.0);
    id.text(CELL.bold(), title.to_owned()).text(SMALL, ", continued")
}

/// A threat that is alone of its kind: short and whole.
pub(super) fn in_short(cx: &Cx<'_>, finding: &Finding, why: Option<&Explanation>) -> Vec<Block> {
    let mut whole = vec![heading(finding, 10.2), Block::Paragraph(in_one_line(cx, finding))];
    whole.extend(what(finding, why, CELL, " "));
    whole.extend(crop::first_at(cx, finding));
    let mut rated = vec![bars_in_a_row(finding)];
    rated.extend(why.map(|why| Block::Paragraph(styled(SMALL.size(7.2), chain_in_words(why)))));
    rated.extend(about_rating(finding));
    let mut advice = advice(cx, finding);
    advice.splice(0..0, controls_in_words(cx, finding));
    rated.push(Block::Paragraph(joined(advice)));
    vec![Block::Together(whole), Block::Continued(goes_on(finding, &finding.title), rated)]
}

/// The paragraphs as one, a line each.
fn joined(blocks: Vec<Block>) -> Rich {
    let mut out = Rich::new();
    for block in blocks {
        if let Block::Paragraph(text) = block {
            if !out.is_empty() {
                out = out.text(CELL, "\n");
            }
            out.0.extend(text.0);
        }
    }
    out
}

fn heading(finding: &Finding, size: f32) -> Block {
    Block::Heading(Heading {
        level: 3,
        text: styled(TOPIC.size(size), finding.title.clone()),
        anchor: Some(threat_anchor(&finding.key)),
        bookmark: Some(format!("{}  {}", finding.label(), finding.title)),
    })
}

/// Number, level and categories.
fn label(finding: &Finding) -> Rich {
    let chip = format!("{} {}", finding.current.band.label(), words::score(finding.current.score));
    Rich::new()
        .text(CODE.size(9.0).ink(Ink::Accent), finding.label())
        .gap(7.0)
        .push(Inline::Chip { band: finding.current.band, text: chip })
        .gap(7.0)
        .text(SMALL, kind(finding))
}

/// Its categories, and who says that it exists.
pub(super) fn kind(finding: &Finding) -> String {
    let categories = words::list(finding.about.categories.iter().map(|c| c.label().to_lowercase()));
    format!("{} · {}", words::capitalised(&categories), source(finding))
}

/// Who says that the threat exists.
fn source(finding: &Finding) -> String {
    match &finding.about.source {
        FindingSource::Rule { .. } => format!("rule {}", finding.key.rule),
        FindingSource::Manual { from } if from.is_empty() => "written by hand".to_owned(),
        FindingSource::Manual { from } => from.to_string(),
    }
}

/// The label with the facts behind it.
fn in_one_line(cx: &Cx<'_>, finding: &Finding) -> Rich {
    numbers(finding, label(finding).text(SMALL, format!(" · at {}", cx.name(&finding.key.anchor))))
}

/// Its numbers in catalogues, behind other words.
pub(super) fn numbers(finding: &Finding, mut out: Rich) -> Rich {
    for (text, link) in finding.about.cwe.iter().map(|id| words::cwe(*id)).chain(patterns(finding)) {
        out = out.text(SMALL, " · ").link(SMALL.ink(Ink::Accent), text, link);
    }
    out
}

fn patterns(finding: &Finding) -> impl Iterator<Item = (String, Link)> {
    finding.about.capec.iter().map(|id| words::capec(*id)).chain(finding.about.attack.iter().map(|id| words::technique(id)))
}

/// What happens, and who would do it.
pub(super) fn what(finding: &Finding, why: Option<&Explanation>, style: Style, between: &str) -> Option<Block> {
    let sentence = why.map(|why| why.sentence.trim()).unwrap_or_default();
    let parts: Vec<&str> = [finding.about.description.trim(), sentence].into_iter().filter(|t| !t.is_empty()).collect();
    (!parts.is_empty()).then(|| Block::Paragraph(styled(style, parts.join(between))))
}

/// Where it is, what kind of weakness, who would do it.
fn facts(cx: &Cx<'_>, finding: &Finding) -> Block {
    let linked = |pairs: Vec<(String, Link)>| {
        let mut out = Rich::new();
        for (n, (text, link)) in pairs.into_iter().enumerate() {
            if n > 0 {
                out = out.text(CELL, ", ");
            }
            out = out.link(CELL.ink(Ink::Accent), text, link);
        }
        if out.is_empty() { quiet("–") } else { out }
    };
    let weakness = linked(finding.about.cwe.iter().map(|id| words::cwe(*id)).collect());
    let columns = [share(1.0), share(1.0), share(1.4), share(1.0)];
    let mut table = Table::headless(columns, TableLook::Plain);
    let label = |text: &str| styled(SMALL.size(7.2), text);
    table.row([label("At"), label("Weakness"), label("Attack pattern"), label("Actor")]);
    table.row([
        cell(cx.name(&finding.key.anchor)),
        weakness,
        linked(patterns(finding).collect()),
        cell(cx.person(finding.agent.as_ref())),
    ]);
    Block::Table(table)
}

/// Name, rating, and what it was before.
type State = (&'static str, Rating, Option<f64>);

fn states(finding: &Finding) -> [State; 3] {
    [
        ("Inherent", finding.inherent, None),
        ("Current", finding.current, Some(finding.inherent.score)),
        ("Planned", finding.planned, Some(finding.current.score)),
    ]
}

/// Inherent, current and planned as bars.
fn risk_bars(finding: &Finding) -> Vec<Block> {
    let mut table = Table::headless([fixed(34.0), fixed(64.0), fixed(22.0).right(), share(1.0)], TableLook::Plain);
    for (label, rating, ghost) in states(finding) {
        table.row([
            cell(label),
            Rich::new().push(Inline::Bar { band: rating.band, score: rating.score, ghost, width: 64.0 }),
            styled(CELL.bold(), words::score(rating.score)),
            styled(CELL.bold().ink(Ink::RiskOutline(rating.band)), rating.band.label()),
        ]);
    }
    let mut out = vec![Block::Table(table)];
    out.extend(about_rating(finding));
    out
}

/// The same beside each other.
fn bars_in_a_row(finding: &Finding) -> Block {
    let mut table = Table::headless([share(1.0), share(1.0), share(1.0)], TableLook::Plain);
    table.row(states(finding).map(|(label, rating, ghost)| {
        let bar = Inline::Bar { band: rating.band, score: rating.score, ghost, width: 44.0 };
        let out = Rich::new().text(CELL, label).gap(5.0).push(bar).gap(5.0);
        let out = out.text(CELL.bold(), words::score(rating.score)).gap(3.5);
        out.text(CELL.bold().ink(Ink::RiskOutline(rating.band)), rating.band.label())
    }));
    Block::Table(table)
}

/// What else there is to say about how it was rated.
pub(super) fn about_rating(finding: &Finding) -> Option<Block> {
    let words = match finding.rated_by {
        RatedBy::Method => None,
        RatedBy::Severity => Some("Rated by the severity its author or source gave it.".to_owned()),
        RatedBy::Decision => Some("Likelihood and impact were set by hand in a decision.".to_owned()),
    };
    let routes = finding.bindings.len();
    let worst = (routes > 1).then(|| format!("A threat takes its worst route; this one has {}.", words::number(routes)));
    let told: Vec<String> = words.into_iter().chain(worst).collect();
    (!told.is_empty()).then(|| note(told.join(" ")))
}

/// The links of the rating, a line each.
fn factor_chain(why: &Explanation) -> Vec<Block> {
    let mut table = Table::headless([fixed(58.0).right(), share(1.0)], TableLook::Plain);
    for step in &why.steps {
        let words = match step.kind {
            StepKind::Input => CELL.size(7.5),
            StepKind::Result => CELL.size(7.5).bold(),
        };
        table.row([styled(CODE.size(7.0).muted(), step.factor.clone()), styled(words, step.words.clone())]);
    }
    vec![topic("Why"), Block::Table(table)]
}

/// What goes into the rating and what comes out, as running text.
pub(super) fn chain_in_words(why: &Explanation) -> String {
    let last = why.steps.len().saturating_sub(1);
    let told = why.steps.iter().enumerate().filter(|(n, step)| step.kind == StepKind::Input || *n == last);
    let links: Vec<String> = told.map(|(_, step)| format!("{} {}", step.factor, step.words).trim().to_owned()).collect();
    format!("Why: {}.", links.join("; "))
}

/// The controls in force in a line.
fn controls_in_words(cx: &Cx<'_>, finding: &Finding) -> Option<Block> {
    let used = |used: &ControlUse| {
        format!("{} at {} lowers it by {:.0} %", cx.control_name(&used.control), cx.site(&used.site), 100.0 * used.effect)
    };
    let used: Vec<String> = finding.controls.iter().map(used).collect();
    (!used.is_empty())
        .then(|| Block::Paragraph(Rich::new().text(CELL.bold(), "Controls  ").text(CELL, format!("{}.", used.join("; ")))))
}

/// The controls that answer it, in force or on the way.
fn controls(cx: &Cx<'_>, finding: &Finding) -> Vec<Block> {
    let mut table = Table::headless([fixed(9.0), share(1.0)], TableLook::Plain);
    let mut put = |icon: Inline, control: &str, at: String, words: String| {
        let text = Rich::new().text(CELL, cx.control_name(control)).text(SMALL, format!("\n{at}: {words}"));
        table.row([Rich::new().push(icon), text]);
    };
    for used in &finding.controls {
        let instance = used.instance.as_ref().and_then(|id| cx.model.instances.get(id));
        let status = instance.map_or_else(|| "by the flow itself".to_owned(), |i| i.status.label().to_lowercase());
        let evidence = instance.map_or_else(String::new, |i| format!(", {}", i.evidence.level.label().to_lowercase()));
        let words = format!("{status}{evidence}; lowers it by {:.0} %", 100.0 * used.effect);
        let shield = Inline::Icon { icon: icon::SHIELD_CHECK, filled: true, size: 8.0, ink: Ink::Good };
        put(shield, &used.control, cx.site(&used.site), words);
    }
    let waiting = ControlStatus::is_planned;
    for (control, _) in finding.about.listed.iter() {
        for instance in cx.model.instances.values().filter(|i| i.control == *control && waiting(i.status)) {
            let due = instance.due.map_or_else(String::new, |due| format!(", due {}", cx.date(due)));
            let words = format!("{}{due}", instance.status.label().to_lowercase());
            let half = Inline::Icon { icon: icon::CIRCLE_HALF, filled: false, size: 8.0, ink: Ink::Accent };
            put(half, control, words::list(instance.at.iter().map(|site| cx.site(site))), words);
        }
    }
    if table.rows.is_empty() { Vec::new() } else { vec![topic("Controls"), Block::Table(table)] }
}

/// What to do, and who does it by when.
fn advice(cx: &Cx<'_>, finding: &Finding) -> Vec<Block> {
    let line = |what: &str, told: String| Block::Paragraph(Rich::new().text(CELL.bold(), format!("{what}  ")).text(CELL, told));
    let mut out = vec![line("Recommendation", recommendation(cx, finding))];
    out.extend(reason(cx, finding).map(|reason| line("Reason", reason)));
    out.push(Block::Paragraph(styled(SMALL, standing(cx, finding).join("   "))));
    out
}

/// What would answer it.
pub(super) fn recommendation(cx: &Cx<'_>, finding: &Finding) -> String {
    let lacking = |(control, _): &&(String, Answer)| !finding.controls.iter().any(|used| used.control == *control);
    let best = finding.about.listed.iter().filter(lacking).map(|(_, link)| *link).min();
    let wanted = finding.about.listed.iter().filter(lacking).filter(|(_, link)| Some(*link) == best);
    let planned = |id: &&String| cx.model.instances.values().any(|i| i.control == **id && i.status == ControlStatus::Planned);
    let wanted: Vec<&String> = wanted.map(|(control, _)| control).collect();
    let coming: Vec<String> = wanted.iter().copied().filter(planned).map(|control| cx.control_name(control)).collect();
    let names: Vec<String> = wanted.iter().map(|control| cx.control_name(control)).collect();
    match (names.is_empty(), finding.about.listed.is_empty()) {
        (false, _) if !coming.is_empty() => {
            format!("Carry out what is planned: {}.", words::list(coming.iter().map(|n| text::lower_first(n))))
        }
        (false, _) => format!("Put in place {}.", words::alternatives(names.iter().map(|n| text::lower_first(n)))),
        (true, false) => "Every control that answers it is in place; raise their coverage and evidence.".to_owned(),
        (true, true) => "No control is listed for this threat; describe what would answer it.".to_owned(),
    }
}

/// Why it was decided so.
pub(super) fn reason(cx: &Cx<'_>, finding: &Finding) -> Option<String> {
    let reason = cx.model.decisions.get(&finding.key)?.justification.trim();
    (!reason.is_empty()).then(|| reason.to_owned())
}

/// What was decided, by whom and until when.
pub(super) fn standing(cx: &Cx<'_>, finding: &Finding) -> Vec<String> {
    let mut state = vec![format!("Decision: {}", finding.disposition.label().to_lowercase())];
    if let Some(decision) = cx.model.decisions.get(&finding.key) {
        let people = [("Owner", &decision.owner), ("Decided by", &decision.by), ("Approved by", &decision.approver)];
        state.extend(people.iter().filter_map(|(what, id)| id.as_ref().map(|id| format!("{what}: {}", cx.name(id)))));
        let dates = [("Due", decision.due), ("Decided on", decision.on), ("Expires", decision.expires)];
        state.extend(dates.iter().filter_map(|(what, date)| date.map(|d| format!("{what}: {}", cx.date(d)))));
        if !decision.ticket.is_empty() {
            state.push(format!("Ticket: {}", decision.ticket));
        }
    } else if finding.disposition == Disposition::Open {
        state.push("no owner, no date".to_owned());
    }
    if finding.lapsed.is_some() {
        state.push(text::lower_first(&finding.expiry()));
    }
    if finding.inherited {
        state.push("inherited with a copy, needs review".to_owned());
    }
    if !finding.stale.is_empty() {
        let changed = finding.stale.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
        state.push(format!("out of date, because changed: {changed}"));
    }
    state
}
