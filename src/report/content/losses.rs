//! Losses in money, for readers who may see them: what a year costs, and how likely it costs more.

use super::{Cx, words};
use crate::chart::loss_curve;
use crate::methods::{Quantified, amount, quantified, simulate};
use crate::model::ThreatKey;
use crate::progress::Quiet;
use crate::report::style::*;
use crate::report::tree::*;

/// Threats in the table.
const MOST: usize = 10;

pub fn blocks(cx: &Cx<'_>) -> Vec<Block> {
    if !cx.shows_effort() {
        return Vec::new();
    }
    // Nobody cancels here.
    let found: Quantified = quantified(cx.model, cx.library, cx.assessment, &Quiet).unwrap_or_default();
    if found.threats.is_empty() {
        return Vec::new();
    }
    let numbers = &cx.library.calibration.methods.money;
    let Some(years) = simulate(&found.whole(cx.assessment), numbers.years, numbers.activity, &Quiet) else { return Vec::new() };
    let figure = amount;
    let about = format!(
        "Indicative: estimates multiplied by estimates. {} years were played through with the threats that have an estimate of \
         their loss; of several threats of one class at one place only the costliest counts. A year costs {} on average; {:.0} % \
         of years cost something.",
        figure(numbers.years as f64),
        figure(years.mean),
        100.0 * years.any
    );
    let mut quantiles = Table::with_head([("Not exceeded in", share(1.0)), ("Loss in a year", share(1.0).right())]);
    for share in [0.5, 0.8, 0.9, 0.95] {
        quantiles.row([cell(format!("{:.0} % of years", 100.0 * share)), cell(figure(years.quantile(share)))]);
    }
    let scene = loss_curve(&years, 440.0, 170.0);
    let alt = scene.items.first().map(|item| item.alt.clone()).unwrap_or_default();
    let caption = format!("Figure {}. How likely a year costs more than an amount; indicative.", cx.figure());
    let curve = Block::Figure(Figure {
        drawing: Drawing::of_scene(&scene, 1.0, alt),
        caption: styled(SMALL, caption),
        legend: None,
        place: Place::InText,
        anchor: Some("loss curve".to_owned()),
        bookmark: None,
    });
    let mut costly: Vec<(&ThreatKey, f64)> = found.threats.iter().map(|(key, source)| (key, source.a_year())).collect();
    costly.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let mut table = Table::with_head([
        ("No.", fixed(66.0)),
        ("Threat", share(2.0)),
        ("Events a year", fixed(60.0).right()),
        ("Loss a year", fixed(70.0).right()),
    ]);
    for (key, a_year) in costly.iter().take(MOST) {
        let (Some(finding), Some(source)) = (cx.assessment.findings.get(key), found.threats.get(key)) else { continue };
        table.row([
            cx.reference(finding),
            cx.titled(finding),
            cell(format!("{:.2}", source.often)),
            styled(CELL.bold(), figure(*a_year)),
        ]);
    }
    let costliest = format!("The {} that cost most", words::count(table.rows.len(), "threat", "threats"));
    vec![
        paragraph(about),
        curve,
        Block::Table(quantiles),
        section(&words::capitalised(&costliest), Some("costliest".to_owned())),
        Block::Table(table),
    ]
}
