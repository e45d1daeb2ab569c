//! One block for every threat: what it is, how it is rated and why, what is done about it.

use super::{Cx, chapter as chapter_of, threat_anchor, words};
use crate::model::{Band, ControlStatus, Disposition, Link as Answer};
use crate::report::style::*;
use crate::report::tree::*;
use crate::risk::{Explainer, Explanation, Finding, FindingSource, RatedBy, StepKind};
use crate::text::icon;
use crate::theme::Ink;

pub fn chapter(cx: &Cx<'_>) -> Option<Chapter> {
    let explainer = Explainer::new(cx.model, cx.library);
    let mut blocks = Vec::new();
    for band in Band::ALL {
        let of_band: Vec<&&Finding> = cx.threats.iter().filter(|f| f.current.band == *band).collect();
        if of_band.is_empty() {
            continue;
        }
        let title = format!("{} threats", band.label());
        blocks.push(section(&title, Some(title.to_lowercase())));
        for (n, finding) in of_band.into_iter().enumerate() {
            if n > 0 {
                blocks.push(Block::Space(16.0));
            }
            blocks.extend(detail(cx, finding, explainer.explain(&finding.key)));
        }
    }
    if blocks.is_empty() { None } else { chapter_of("Threats in detail", "threats", blocks) }
}

/// Critical and high threats get room; the others are kept short and whole.
fn detail(cx: &Cx<'_>, finding: &Finding, why: Option<Explanation>) -> Vec<Block> {
    let roomy = finding.current.band <= Band::High;
    let mut head = head(cx, finding, why.as_ref(), roomy);
    let bars = risk_bars(finding);
    let chain = why.as_ref().map(|why| factor_chain(why, roomy));
    let risk = match chain {
        Some(chain) => Block::Columns(vec![(1.0, bars), (1.2, chain)]),
        None => Block::Columns(vec![(1.0, bars), (1.2, Vec::new())]),
    };
    let controls = controls(cx, finding);
    let advice = advice(cx, finding);
    if roomy {
        head.push(risk);
        let mut out = vec![Block::Together(head)];
        out.extend(controls);
        out.push(Block::Callout(advice));
        out
    } else {
        head.push(risk);
        head.extend(controls);
        head.push(Block::Callout(advice));
        vec![Block::Together(head)]
    }
}

fn head(cx: &Cx<'_>, finding: &Finding, why: Option<&Explanation>, roomy: bool) -> Vec<Block> {
    let categories = words::list(finding.categories.iter().map(|c| c.label().to_owned()));
    let label = Rich::new()
        .text(CODE.bold_mono(), finding.label())
        .gap(7.0)
        .push(Inline::Chip {
            band: finding.current.band,
            text: format!("{} {}", finding.current.band.label(), words::score(finding.current.score)),
        })
        .gap(7.0)
        .text(SMALL, words::sentence(&categories.to_lowercase()));
    let title = Block::Heading(Heading {
        level: 3,
        text: styled(TOPIC.size(if roomy { 12.0 } else { 10.2 }), finding.title.clone()),
        anchor: Some(threat_anchor(&finding.key)),
        bookmark: Some(format!("{}  {}", finding.label(), finding.title)),
    });
    let mut out = vec![title, Block::Paragraph(label)];
    let mut text = finding.description.trim().to_owned();
    if let Some(why) = why.filter(|why| !why.sentence.is_empty()) {
        text = format!("{text}\n{}", why.sentence).trim().to_owned();
    }
    if !text.is_empty() {
        out.push(Block::Paragraph(styled(if roomy { BODY } else { CELL }, text)));
    }
    out.push(facts(cx, finding));
    out
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
    let weakness = linked(finding.cwe.iter().map(|id| words::cwe(*id)).collect());
    let patterns = finding.capec.iter().map(|id| words::capec(*id)).chain(finding.attack.iter().map(|id| words::technique(id)));
    let source = match &finding.source {
        FindingSource::Rule { .. } => format!("Rule {}", finding.key.rule),
        FindingSource::Manual { from } if from.is_empty() => "Written by hand".to_owned(),
        FindingSource::Manual { from } => from.clone(),
    };
    let columns = [share(1.1), share(1.0), share(1.3), share(1.0), share(0.9)];
    let mut table = Table::headless(columns, TableLook::Plain);
    let label = |text: &str| styled(SMALL.size(7.2), text);
    table.row([label("At"), label("Weakness"), label("Attack pattern"), label("Actor"), label("Source")]);
    table.row([
        cell(cx.name(&finding.key.anchor)),
        weakness,
        linked(patterns.collect()),
        cell(cx.person(finding.agent.as_ref())),
        cell(source),
    ]);
    Block::Table(table)
}

/// Inherent, current and planned as bars.
fn risk_bars(finding: &Finding) -> Vec<Block> {
    let mut table = Table::headless([fixed(40.0), fixed(82.0), fixed(26.0).right(), share(1.0)], TableLook::Plain);
    let ratings = [
        ("Inherent", finding.inherent, None),
        ("Current", finding.current, Some(finding.inherent.score)),
        ("Planned", finding.planned, Some(finding.current.score)),
    ];
    for (label, rating, ghost) in ratings {
        table.row([
            cell(label),
            Rich::new().push(Inline::Bar { band: rating.band, score: rating.score, ghost, width: 82.0 }),
            styled(CELL.bold(), words::score(rating.score)),
            styled(CELL.bold().ink(Ink::RiskOutline(rating.band)), rating.band.label()),
        ]);
    }
    let mut out = vec![topic("Risk"), Block::Table(table)];
    let words = match finding.rated_by {
        RatedBy::Method => None,
        RatedBy::Severity => Some("Rated by the severity its author or source gave it."),
        RatedBy::Decision => Some("Likelihood and impact were set by hand in a decision."),
    };
    out.extend(words.map(note));
    let routes = finding.bindings.len();
    if routes > 1 {
        out.push(note(format!("A threat takes its worst route; this one has {}.", words::number(routes))));
    }
    out
}

/// The links of the rating, a line each where there is room.
fn factor_chain(why: &Explanation, roomy: bool) -> Vec<Block> {
    let title = topic("Why");
    if !roomy {
        let link = |step: &crate::risk::Step| format!("{} {}", step.factor, step.words).trim().to_owned();
        let links: Vec<String> = why.steps.iter().map(link).collect();
        return vec![title, Block::Paragraph(styled(SMALL, links.join("; ")))];
    }
    let mut table = Table::headless([fixed(52.0).right(), share(1.0)], TableLook::Plain);
    for step in &why.steps {
        let words = match step.kind {
            StepKind::Input => CELL,
            StepKind::Result => CELL.bold(),
        };
        table.row([styled(CODE.size(7.8).muted(), step.factor.clone()), styled(words, step.words.clone())]);
    }
    vec![title, Block::Table(table)]
}

/// The controls that answer it, in force or not.
fn controls(cx: &Cx<'_>, finding: &Finding) -> Vec<Block> {
    let columns = [
        ("", fixed(9.0)),
        ("Control", share(1.4)),
        ("At", share(1.1)),
        ("Status", fixed(56.0)),
        ("Evidence", fixed(54.0)),
        ("Effect on the worst route", fixed(96.0).right()),
    ];
    let mut table = Table::with_head(columns);
    for used in &finding.controls {
        let instance = used.instance.as_ref().and_then(|id| cx.model.instances.get(id));
        let status = instance.map_or("By the flow itself", |i| i.status.label());
        let shield = Inline::Icon { icon: icon::SHIELD_CHECK, filled: true, size: 8.0, ink: Ink::Good };
        table.row([
            Rich::new().push(shield),
            cell(cx.control_name(&used.control)),
            cell(cx.site(&used.site)),
            cell(status),
            cell(instance.map_or("–", |i| i.evidence.level.label())),
            quiet(format!("lowers it by {:.0} %", 100.0 * used.effect)),
        ]);
    }
    let waiting = |status| matches!(status, ControlStatus::Proposed | ControlStatus::Planned);
    for (control, _) in &finding.listed {
        for instance in cx.model.instances.values().filter(|i| i.control == *control && waiting(i.status)) {
            let sites = instance.at.iter().map(|site| cx.site(site));
            let half = Inline::Icon { icon: icon::CIRCLE_HALF, filled: false, size: 8.0, ink: Ink::Accent };
            table.row([
                Rich::new().push(half),
                cell(cx.control_name(control)),
                cell(words::list(sites)),
                cell(instance.status.label()),
                quiet("none yet"),
                quiet(instance.due.map_or_else(|| "when done".to_owned(), |due| format!("due {}", due.long()))),
            ]);
        }
    }
    if table.rows.is_empty() { Vec::new() } else { vec![Block::Table(table)] }
}

/// What to do, and who does it by when.
fn advice(cx: &Cx<'_>, finding: &Finding) -> Vec<Block> {
    let decision = cx.model.decisions.get(&finding.key);
    let lacking = |(control, link): &&(String, Answer)| {
        *link == Answer::Primary && !finding.controls.iter().any(|used| used.control == *control)
    };
    let names: Vec<String> = finding.listed.iter().filter(lacking).map(|(control, _)| cx.control_name(control)).collect();
    let recommendation = match (names.is_empty(), finding.listed.is_empty()) {
        (false, _) => format!("Put in place {}.", words::alternatives(names.iter().map(|n| words::lower_first(n)))),
        (true, false) => "The controls that answer it best are in place; raise their coverage and evidence.".to_owned(),
        (true, true) => "No control is listed for this threat; describe what would answer it.".to_owned(),
    };
    let mut out = vec![Block::Paragraph(Rich::new().text(CELL.bold(), "Recommendation  ").text(CELL, recommendation))];
    let mut state = vec![format!("Decision: {}", finding.disposition.label().to_lowercase())];
    if let Some(decision) = decision {
        let people = [("Owner", &decision.owner), ("Decided by", &decision.by), ("Approved by", &decision.approver)];
        state.extend(people.iter().filter_map(|(what, id)| id.as_ref().map(|id| format!("{what}: {}", cx.name(id)))));
        let dates = [("Due", decision.due), ("Decided on", decision.on), ("Expires", decision.expires)];
        state.extend(dates.iter().filter_map(|(what, date)| date.map(|d| format!("{what}: {}", d.long()))));
        if !decision.ticket.is_empty() {
            state.push(format!("Ticket: {}", decision.ticket));
        }
        if !decision.justification.trim().is_empty() {
            out.push(Block::Paragraph(Rich::new().text(CELL.bold(), "Reason  ").text(CELL, decision.justification.trim())));
        }
    } else if finding.disposition == Disposition::Open {
        state.push("no owner, no date".to_owned());
    }
    if !finding.stale.is_empty() {
        let changed = finding.stale.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
        state.push(format!("out of date, because changed: {changed}"));
    }
    out.push(Block::Paragraph(styled(SMALL, state.join("   "))));
    out
}
