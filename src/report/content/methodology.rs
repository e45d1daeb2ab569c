//! How the ratings come about, with every scale and number used.

use super::{Cx, words};
use crate::model::{Band, ControlStatus, EvidenceLevel, IMPACT_LABELS, LIKELIHOOD_LABELS, Link as Answer, VALUE_LABELS};
use crate::report::style::*;
use crate::report::tree::*;
use crate::risk::exposure_label;

pub fn blocks(cx: &Cx<'_>) -> Vec<Block> {
    let mut blocks = vec![
        paragraph(
            "The system is drawn as a data flow diagram with trust boundaries. Rules compare every element, flow and boundary \
             with what is known about it: a threat applies when its conditions hold, is possible while an open question decides \
             about it, and is left out when a condition is known not to hold. Threats carry STRIDE categories (spoofing, \
             tampering, repudiation, information disclosure, denial of service, elevation of privilege) and, for privacy, LINDDUN.",
        ),
        paragraph(
            "Risk is 100 × likelihood × impact. Likelihood is a probability within a year: the level of the rule, turned into \
             odds, times factors for exposure, for the channel, for the ability, intent and access of the most able agent, and \
             for known vulnerabilities. Impact is the value of the asset at stake times the share of it a success would take. \
             Inherent risk counts no control, current risk those in force, planned risk also those planned. Of several routes a \
             threat takes the worst.",
        ),
    ];
    blocks.push(section("Levels of risk", Some("levels".to_owned())));
    blocks.push(bands(cx));
    blocks.push(section("Scales", Some("scales".to_owned())));
    blocks.push(Block::Columns(vec![(1.0, likelihood(cx)), (1.0, impact(cx))]));
    blocks.push(Block::Columns(vec![(1.0, exposure(cx)), (1.0, values(cx))]));
    blocks.push(section("What controls count", Some("control effect".to_owned())));
    blocks.push(paragraph(
        "The effect of a control is its strength × how well it answers the threat × how far it is in place × how well that is \
         shown × the share it covers. Of one family of controls the best counts; effects of different families multiply.",
    ));
    blocks.push(Block::Columns(vec![(1.0, status(cx)), (1.0, evidence(cx)), (1.0, answers(cx))]));
    blocks.push(note(
        "Levels and factors are expert judgement, the same for every threat and every model; scores serve to put threats in \
         order and to compare states of one system, not to predict incidents.",
    ));
    blocks
}

fn percent(share: f64) -> String {
    format!("{:.0} %", 100.0 * share)
}

fn bands(cx: &Cx<'_>) -> Block {
    let edges = &cx.library.calibration.bands;
    let mut table = Table::with_head([("Level", fixed(60.0)), ("Score", fixed(90.0)), ("Meaning", share(1.0))]);
    let range = |from: f64, to: f64| format!("{from} to below {to}");
    let rows = [
        (Band::Critical, format!("{} and more", edges.critical), "Act now; do not go live without a decision of the owner."),
        (Band::High, range(edges.high, edges.critical), "Plan a treatment with owner and date."),
        (
            Band::Medium,
            range(edges.medium, edges.high),
            "Treat when it is cheap or together with others; else accept with a reason.",
        ),
        (Band::Low, range(edges.low, edges.medium), "Watch."),
        (Band::Minimal, format!("below {}", edges.low), "No action."),
    ];
    for (band, range, meaning) in rows {
        table.row([Rich::new().chip(band), cell(range), cell(meaning)]);
    }
    Block::Table(table)
}

fn scale(title: &str, head: [&'static str; 2], rows: impl IntoIterator<Item = (String, String)>) -> Vec<Block> {
    let mut table = Table::with_head([(head[0], share(1.0)), (head[1], fixed(60.0).right())]);
    for (label, value) in rows {
        table.row([cell(label), cell(value)]);
    }
    vec![topic(title), Block::Table(table)]
}

fn likelihood(cx: &Cx<'_>) -> Vec<Block> {
    let level = |(n, name): (usize, &&str)| {
        let level = u8::try_from(n + 1).unwrap_or(5);
        (format!("{level}  {name}"), percent(cx.library.calibration.probability_of(level)))
    };
    scale("Likelihood", ["Level", "In a year"], LIKELIHOOD_LABELS.iter().enumerate().map(level).rev())
}

fn impact(cx: &Cx<'_>) -> Vec<Block> {
    let level = |(n, name): (usize, &&str)| {
        let level = u8::try_from(n + 1).unwrap_or(5);
        (format!("{level}  {name}"), percent(cx.library.calibration.impact_of(level)))
    };
    scale("Impact", ["Level", "Of the worst"], IMPACT_LABELS.iter().enumerate().map(level).rev())
}

fn exposure(cx: &Cx<'_>) -> Vec<Block> {
    let row = |n: u8| (words::capitalised(exposure_label(n)), format!("× {}", cx.library.calibration.exposure_factor(n)));
    scale("Exposure", ["Reached from", "Odds"], (0..=3).rev().map(row))
}

fn values(cx: &Cx<'_>) -> Vec<Block> {
    let row = |(n, name): (usize, &&str)| {
        let value = u8::try_from(n).unwrap_or(4);
        (format!("{value}  {}", name), percent(cx.library.calibration.utility_of(value)))
    };
    scale("Value of an asset", ["Value", "Counts as"], VALUE_LABELS.iter().enumerate().map(row).rev())
}

fn status(cx: &Cx<'_>) -> Vec<Block> {
    let row = |s: &ControlStatus| (s.label().to_owned(), percent(cx.library.calibration.status_share(*s)));
    scale("Status", ["Status", "Counts"], ControlStatus::ALL.iter().map(row))
}

fn evidence(cx: &Cx<'_>) -> Vec<Block> {
    let row = |e: &EvidenceLevel| (e.label().to_owned(), percent(cx.library.calibration.evidence_share(*e)));
    scale("Evidence", ["Evidence", "Counts"], EvidenceLevel::ALL.iter().map(row))
}

fn answers(cx: &Cx<'_>) -> Vec<Block> {
    let row = |l: &Answer| (words::capitalised(l.label()), percent(cx.library.calibration.link_share(*l)));
    scale("Answer", ["Answers the threat", "Counts"], Answer::ALL.iter().map(row))
}
