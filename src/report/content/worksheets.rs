//! Ratings by the method the model chose instead of likelihood × impact, and the worksheets of OCTAVE Allegro.

use super::{Cx, words};
use crate::methods::{ContainerKind, Rater, Sheet};
use crate::model::{Dimension, Id, Method, VALUE_LABELS};
use crate::report::style::*;
use crate::report::tree::*;
use crate::risk::Finding;

/// Threats that are rated in the table; those with values by hand are in whatever their place.
const MOST: usize = 40;

pub fn blocks(cx: &Cx<'_>) -> Vec<Block> {
    let method = cx.model.info.rating.method;
    if method == Method::LikelihoodImpact {
        return Vec::new();
    }
    let rater = Rater::new(cx.model, cx.library, cx.assessment);
    let mut rated: Vec<(&Finding, Sheet)> = cx.threats.iter().filter_map(|f| Some((*f, rater.sheet(&f.key, method)?))).collect();
    rated.sort_by(|a, b| b.1.current.score.total_cmp(&a.1.current.score).then_with(|| a.0.key.cmp(&b.0.key)));
    let Some((_, first)) = rated.first() else { return Vec::new() };
    let about = format!(
        "This model rates its threats by {}. Factors are filled in from the model; those set by hand are told with their reason. {}",
        method.label(),
        first.caveat
    );
    let mut blocks = vec![paragraph(about)];
    if method == Method::Allegro {
        blocks.push(section("Impact areas", Some("impact areas".to_owned())));
        blocks.push(areas(cx));
    }
    blocks.push(section("Ratings", Some("ratings".to_owned())));
    blocks.push(table(cx, &rated));
    if rated.len() > MOST {
        blocks.push(note(format!("The {MOST} highest of {} threats, and every one with a factor set by hand.", rated.len())));
    }
    if method == Method::Allegro {
        let ids: Vec<&Id> = cx.model.assets.keys().collect();
        if !ids.is_empty() {
            blocks.push(section("Information asset profiles", Some("asset profiles".to_owned())));
            ids.into_iter().for_each(|id| blocks.extend(profile(cx, id, &rater)));
        }
    }
    blocks
}

fn areas(cx: &Cx<'_>) -> Block {
    let mut table = Table::with_head([("Rank", fixed(30.0).right()), ("Impact area", share(1.0))]);
    let all = &cx.model.info.rating.impact_areas;
    for (n, area) in all.iter().enumerate() {
        table.row([cell((all.len() - n).to_string()), cell(area.clone())]);
    }
    Block::Table(table)
}

fn table(cx: &Cx<'_>, rated: &[(&Finding, Sheet)]) -> Block {
    let some_by_hand = rated.iter().any(|(_, sheet)| sheet.is_by_hand());
    let columns = [
        ("Id", fixed(34.0)),
        ("Threat", share(1.7)),
        ("Before", fixed(64.0).right()),
        ("Today", fixed(64.0).right()),
        ("Rating", share(0.9)),
    ];
    let by_hand = some_by_hand.then_some(("Set by hand", share(1.1)));
    let mut table = Table::with_head(columns.into_iter().chain(by_hand));
    for (_, (finding, sheet)) in rated.iter().enumerate().filter(|(n, (_, sheet))| *n < MOST || sheet.is_by_hand()) {
        let mut by_hand = Rich::new();
        for (n, factor) in sheet.factors.iter().filter(|f| f.given.is_some()).enumerate() {
            let line = if n > 0 { "\n" } else { "" };
            let reason = factor.given.as_ref().map_or("", |given| given.reason.trim());
            let reason = if reason.is_empty() { String::new() } else { format!(": {reason}") };
            by_hand = by_hand.text(SMALL, format!("{line}{} {}{reason}", factor.name, factor.told()));
        }
        let rating = match sheet.current.band {
            Some(band) => Rich::new().push(Inline::Chip { band, text: sheet.current.label.clone() }),
            None => cell(sheet.current.label.clone()),
        };
        let cells = [
            cx.reference(finding),
            cx.titled(finding),
            quiet(sheet.inherent.told.clone()),
            styled(CELL.bold(), sheet.current.told.clone()),
            rating,
        ];
        table.row(cells.into_iter().chain(some_by_hand.then_some(by_hand)));
    }
    Block::Table(table)
}

/// The profile of an asset with its containers and risks (OCTAVE Allegro worksheets 8 to 10).
fn profile(cx: &Cx<'_>, id: &Id, rater: &Rater<'_>) -> Vec<Block> {
    let (Some(asset), Some(sheet)) = (cx.model.assets.get(id), rater.worksheet(id)) else { return Vec::new() };
    let needs = |dimension: Dimension| {
        let level = VALUE_LABELS.get(usize::from(asset.value(dimension))).copied().unwrap_or_default();
        format!("{} {}", dimension.label(), level.to_lowercase())
    };
    let needed = words::list([Dimension::C, Dimension::I, Dimension::A].map(needs));
    let mut table = Table::headless([fixed(110.0), share(1.0)], TableLook::Ruled);
    let mut row = |what: &str, told: String| {
        if told != "–" {
            table.row([styled(CELL.bold(), what.to_owned()), cell(told)]);
        }
    };
    row("Why it matters", words::or_dash(&asset.reason));
    row("What it is", words::or_dash(&asset.description));
    row("Owner", cx.person(asset.owner.as_ref()));
    row("Security requirements", words::capitalised(&needed));
    for kind in ContainerKind::ALL {
        let told = sheet.containers.iter().filter(|c| c.kind == kind).map(|c| {
            let whose = if c.is_internal { "internal" } else { "external" };
            format!("{} ({whose}{})", cx.name(&c.at), if c.is_kept { ", kept" } else { "" })
        });
        row(&format!("{} containers", kind.label()), words::list(told));
    }
    let risks = sheet.risks.iter().filter_map(|(key, rated)| Some((cx.assessment.findings.get(key)?, rated)));
    let told: Vec<String> = risks.map(|(f, rated)| format!("{}: {} {}", rated.current.told, f.label(), f.title)).collect();
    row("Greatest risks", words::or_dash(&told.join("\n")));
    vec![topic(&cx.name(id)), Block::Table(table)]
}
