//! Threats of one kind together: what they have in common is said once, then each has its row.

use super::findings::{about_rating, chain_in_words, goes_on, in_short, kind, numbers, reason, recommendation, standing, what};
use super::{Cx, crop, threat_anchor, words};
use crate::model::Disposition;
use crate::report::style::*;
use crate::report::tree::*;
use crate::risk::{Explainer, Explanation, Finding, StepKind};
use crate::text;
use crate::theme::Ink;
use std::collections::BTreeMap;

/// Threats by the rule that found them, or the person who wrote them: the kind with the worst threat first, the worst first.
pub fn grouped<'a>(threats: &[&'a Finding]) -> Vec<Vec<&'a Finding>> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut out: Vec<Vec<&Finding>> = Vec::new();
    for finding in threats {
        let at = *places.entry(finding.key.rule.as_str()).or_insert(out.len());
        match out.get_mut(at) {
            Some(group) => group.push(finding),
            None => out.push(vec![finding]),
        }
    }
    out
}

/// A block for each kind.
pub fn blocks(cx: &Cx<'_>, threats: &[&Finding], explainer: &Explainer<'_>) -> Vec<Block> {
    let mut out = Vec::new();
    for group in grouped(threats) {
        out.push(Block::Space(9.0));
        match group.as_slice() {
            [] => {}
            [only] => out.extend(in_short(cx, only, explainer.explain(&only.key).as_ref())),
            [worst, ..] => out.extend(kind_at_length(cx, worst, &group, explainer)),
        }
    }
    out
}

fn kind_at_length(cx: &Cx<'_>, worst: &Finding, group: &[&Finding], explainer: &Explainer<'_>) -> Vec<Block> {
    let title = title(cx, worst);
    let why = explainer.explain(&worst.key);
    let places = words::count(group.len(), "place", "places");
    let heading = Heading {
        level: 3,
        text: Rich::new().text(TOPIC.size(10.2), title.clone()).text(SMALL, format!("   {places}")),
        anchor: None,
        bookmark: Some(format!("{}  {title}, {places}", worst.label())),
    };
    let mut whole = vec![Block::Heading(heading), Block::Paragraph(numbers(worst, styled(SMALL, kind(worst))))];
    whole.extend(what(worst, why.as_ref(), CELL, " "));
    whole.extend(crop::first_at(cx, worst));
    let advice = recommendation(cx, worst);
    let mut table = Table::with_head(COLUMNS);
    for finding in group {
        let why = explainer.explain(&finding.key);
        let told = told(cx, finding, why.as_ref(), &advice, styled(CELL, finding.title.clone()));
        row(&mut table, finding, told);
    }
    let mut rated = vec![Block::Table(table)];
    if let Some(why) = why {
        let first = format!("{}, {}", worst.label(), text::lower_first(&chain_in_words(&why)));
        rated.push(Block::Paragraph(styled(SMALL.size(7.2), first)));
    }
    rated.extend(about_rating(worst));
    rated.push(Block::Paragraph(Rich::new().text(CELL.bold(), "Recommendation  ").text(CELL, advice)));
    vec![Block::Together(whole), Block::Continued(goes_on(worst, &title), rated)]
}

/// All threats in one table, those of a kind below each other.
pub fn table(cx: &Cx<'_>, threats: &[&Finding], explainer: &Explainer<'_>) -> Table {
    let mut table = Table::with_head(COLUMNS);
    for group in grouped(threats) {
        let Some(worst) = group.first() else { continue };
        let advice = recommendation(cx, worst);
        for (n, finding) in group.iter().enumerate() {
            let mut first = styled(if n == 0 { CELL.bold() } else { CELL }, finding.title.clone());
            if n == 0 {
                let about = finding.about.description.trim();
                first = if about.is_empty() { first } else { first.text(CELL, format!("\n{about}")) };
                first = numbers(finding, first.text(SMALL, format!("\n{}", kind(finding))));
                first = first.text(CELL, format!("\n{advice}"));
            }
            let why = explainer.explain(&finding.key);
            row(&mut table, finding, told(cx, finding, why.as_ref(), &advice, first));
        }
    }
    table
}

const fn plain(width: f32, right: bool) -> Column {
    Column { width: Width::Fixed(width), right }
}

const COLUMNS: [(&str, Column); 6] = [
    ("Id", plain(38.0, false)),
    ("Current", plain(58.0, false)),
    ("Threat", Column { width: Width::Share(1.0), right: false }),
    ("L × I", plain(22.0, true)),
    ("Inherent", plain(32.0, true)),
    ("Planned", plain(31.0, true)),
];

fn row(table: &mut Table, finding: &Finding, told: Rich) {
    let band = finding.current.band;
    let chip = Inline::Chip { band, text: format!("{} {}", band.label(), words::score(finding.current.score)) };
    let cells = [
        styled(CODE.size(7.2).ink(Ink::Accent), finding.label()),
        Rich::new().push(chip),
        told,
        cell(format!("{} × {}", finding.current.likelihood, finding.current.impact)),
        cell(words::score(finding.inherent.score)),
        cell(words::score(finding.planned.score)),
    ];
    table.anchored(threat_anchor(&finding.key), cells);
}

/// What is special about one of its kind, below its title: how it is rated, what holds against it, what was decided.
fn told(cx: &Cx<'_>, finding: &Finding, why: Option<&Explanation>, advice: &str, mut out: Rich) -> Rich {
    let small = SMALL.size(7.2);
    if let Some(why) = why {
        out = out.text(CODE.size(6.6).muted(), format!("\n{}", chain(why)));
    }
    if !finding.controls.is_empty() {
        let used =
            finding.controls.iter().map(|used| format!("{} ({:.0} %)", cx.control_name(&used.control), 100.0 * used.effect));
        out = out.text(small, format!("\nIn force: {}", used.collect::<Vec<_>>().join(", ")));
    }
    let own = recommendation(cx, finding);
    if advice != own {
        out = out.text(small, format!("\n{own}"));
    }
    let is_untouched = finding.disposition == Disposition::Open && !cx.model.decisions.contains_key(&finding.key);
    if !is_untouched || finding.needs_review() || finding.lapsed.is_some() {
        out = out.text(small, format!("\n{}", standing(cx, finding).join("   ")));
    }
    match reason(cx, finding) {
        Some(reason) => out.text(small, format!("\n{reason}")),
        None => out,
    }
}

/// The factors of a rating in their order, what comes out of them behind arrows.
fn chain(why: &Explanation) -> String {
    let link = |step: &crate::risk::Step| match step.kind {
        StepKind::Input => step.factor.clone(),
        StepKind::Result => format!("→ {}", step.factor),
    };
    why.steps.iter().map(link).filter(|link| !link.trim().is_empty()).collect::<Vec<_>>().join("  ")
}

/// What a kind is called: by the words of its rule; what somebody wrote is called the same everywhere.
fn title(cx: &Cx<'_>, worst: &Finding) -> String {
    cx.library.rule(worst.key.rule.as_str()).map_or_else(|| worst.title.clone(), |(_, rule)| cx.library.title_of(rule))
}
