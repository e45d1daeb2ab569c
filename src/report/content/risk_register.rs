//! The risk register for spreadsheets: everything known about a threat in one row.

use super::{Cx, words};
use crate::model::{Disposition, Link as Answer};
use crate::report::tree::{Register, RegisterColumn, Value};
use crate::risk::{AnchorKind, Finding, FindingSource};

/// Key, title, width in a workbook and what stands in it.
type Column = (&'static str, &'static str, f64, fn(&Cx<'_>, &Finding) -> Value);

const COLUMNS: &[Column] = &[
    ("id", "Id", 14.0, |_, f| Value::text(f.label())),
    ("threat", "Threat", 46.0, |_, f| Value::text(f.title.clone())),
    ("place", "Place", 24.0, |cx, f| Value::text(cx.name(&f.key.anchor))),
    ("kind_of_place", "Kind of place", 13.0, |_, f| {
        Value::text(match f.anchor {
            AnchorKind::Element => "Element",
            AnchorKind::Flow => "Flow",
            AnchorKind::Boundary => "Boundary",
        })
    }),
    ("categories", "Categories", 24.0, |_, f| Value::text(joined(f.about.categories.iter().map(|c| c.label().to_owned())))),
    ("level", "Level", 10.0, |_, f| Value::Level(f.current.band)),
    ("score", "Score", 8.0, |_, f| number(f.current.score)),
    ("likelihood", "Likelihood", 10.0, |_, f| Value::Number(f64::from(f.current.likelihood))),
    ("impact", "Impact", 8.0, |_, f| Value::Number(f64::from(f.current.impact))),
    ("inherent_level", "Inherent level", 14.0, |_, f| Value::Level(f.inherent.band)),
    ("inherent_score", "Inherent score", 14.0, |_, f| number(f.inherent.score)),
    ("planned_level", "Planned level", 13.0, |_, f| Value::Level(f.planned.band)),
    ("planned_score", "Planned score", 13.0, |_, f| number(f.planned.score)),
    ("decision", "Decision", 14.0, |_, f| Value::text(f.disposition.label())),
    ("justification", "Justification", 36.0, |cx, f| decided(cx, f, |d| Value::text(d.justification.clone()))),
    ("owner", "Owner", 18.0, |cx, f| decided(cx, f, |d| person(cx, d.owner.as_ref()))),
    ("due", "Due", 12.0, |cx, f| decided(cx, f, |d| date(d.due))),
    ("approver", "Approver", 18.0, |cx, f| decided(cx, f, |d| person(cx, d.approver.as_ref()))),
    ("expires", "Expires", 12.0, |cx, f| {
        decided(cx, f, |d| if d.disposition == Disposition::Accept { date(d.expires) } else { Value::Nothing })
    }),
    ("ticket", "Ticket", 14.0, |cx, f| decided(cx, f, |d| Value::text(d.ticket.clone()))),
    ("controls_in_force", "Controls in force", 34.0, |cx, f| {
        Value::text(joined(f.controls.iter().map(|c| cx.control_name(&c.control))))
    }),
    ("recommended", "Recommended controls", 34.0, |cx, f| {
        let missing = |control: &&(String, Answer)| !f.controls.iter().any(|used| used.control == control.0);
        Value::text(joined(f.about.listed.iter().filter(missing).map(|(control, _)| cx.control_name(control))))
    }),
    ("agent", "Threat agent", 20.0, |cx, f| Value::text(f.agent.as_ref().map(|id| cx.name(id)).unwrap_or_default())),
    ("assets", "Assets at stake", 26.0, |cx, f| Value::text(joined(f.assets.iter().map(|id| cx.name(id))))),
    ("cwe", "CWE", 18.0, |_, f| Value::text(joined(f.about.cwe.iter().map(|n| words::cwe(*n).0)))),
    ("capec", "CAPEC", 18.0, |_, f| Value::text(joined(f.about.capec.iter().map(|n| words::capec(*n).0)))),
    ("attack", "ATT&CK", 18.0, |_, f| Value::text(joined(f.about.attack.iter().cloned()))),
    ("rule", "Rule", 14.0, |_, f| match &f.about.source {
        FindingSource::Rule { .. } => Value::text(f.key.rule.to_string()),
        FindingSource::Manual { from } if from.is_empty() => Value::text("written by hand"),
        FindingSource::Manual { from } => Value::text(from.to_string()),
    }),
    ("description", "Description", 60.0, |_, f| Value::text(f.about.description.to_string())),
];

pub fn register(cx: &Cx<'_>) -> Register {
    let columns = COLUMNS.iter().map(|&(key, title, width, _)| RegisterColumn { key, title, width }).collect();
    let row = |finding: &&Finding| COLUMNS.iter().map(|(.., value)| value(cx, finding)).collect();
    Register { columns, rows: cx.threats.iter().map(row).collect() }
}

fn number(score: f64) -> Value {
    Value::Number((score * 10.0).round() / 10.0)
}

fn joined(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(", ")
}

fn person(cx: &Cx<'_>, id: Option<&crate::model::Id>) -> Value {
    Value::text(id.map(|id| cx.name(id)).unwrap_or_default())
}

fn date(date: Option<crate::model::Date>) -> Value {
    date.map_or(Value::Nothing, Value::Date)
}

fn decided(cx: &Cx<'_>, finding: &Finding, value: impl Fn(&crate::model::Decision) -> Value) -> Value {
    cx.model.decisions.get(&finding.key).map_or(Value::Nothing, value)
}
