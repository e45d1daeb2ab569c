//! What is written into rows of records.

use super::Value;
use crate::edit::Edit;
use crate::model::*;
use crate::register::{Column, Facts};

impl Facts<'_> {
    /// The edit that stores a value in a record; nothing when it stands there already.
    pub(super) fn rewritten(&self, key: &Key, column: Column, value: &Value) -> Option<Edit> {
        let before = self.model.get(key)?;
        let mut after = before.clone();
        match &mut after {
            Record::Instance(i) => control(i, column, value)?,
            Record::Vulnerability(v) => vulnerability(v, column, value)?,
            Record::Agent(a) => agent(a, column, value)?,
            Record::Element(e) => element(e, column, value)?,
            Record::Flow(f) => flow(f, column, value)?,
            Record::Boundary(b) => boundary(b, column, value)?,
            Record::Asset(a) => asset(a, column, value)?,
            Record::Assumption(a) => assumption(a, column, value)?,
            Record::Person(p) if column == Column::Name => p.name = text(value)?,
            _ => return None,
        }
        (after != before).then(|| Edit::Put { key: key.clone(), record: after })
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Nothing => Some(String::new()),
        _ => None,
    }
}

fn person(value: &Value) -> Option<Option<Id>> {
    match value {
        Value::Person(id) => Some(Some(id.clone())),
        Value::Nothing => Some(None),
        _ => None,
    }
}

fn day(value: &Value) -> Option<Option<Date>> {
    match value {
        Value::Day(day) => Some(Some(*day)),
        Value::Nothing => Some(None),
        _ => None,
    }
}

fn choice<T: Copy>(value: &Value, all: &[T]) -> Option<T> {
    if let Value::Choice(at) = value { all.get(*at).copied() } else { None }
}

fn number(value: &Value) -> Option<Option<f64>> {
    match value {
        Value::Number(n) => Some(Some(*n)),
        Value::Nothing => Some(None),
        _ => None,
    }
}

/// A level that has to be something.
fn level(value: &Value) -> Option<u8> {
    number(value)?.map(|n| n as u8)
}

fn control(i: &mut ControlInstance, column: Column, value: &Value) -> Option<()> {
    match column {
        Column::Status => i.status = choice(value, ControlStatus::ALL)?,
        Column::Evidence => i.evidence.level = choice(value, EvidenceLevel::ALL)?,
        Column::Reviewed => i.evidence.on = day(value)?,
        Column::Owner => i.owner = person(value)?,
        Column::Due => i.due = day(value)?,
        Column::Share => i.coverage = number(value)??,
        Column::Cost => i.cost = number(value)?,
        Column::Notes => i.notes = text(value)?,
        _ => return None,
    }
    Some(())
}

fn vulnerability(v: &mut Vulnerability, column: Column, value: &Value) -> Option<()> {
    match column {
        Column::Name => v.name = text(value)?,
        Column::Status => v.status = choice(value, VulnerabilityStatus::ALL)?,
        Column::Kind => v.kind = choice(value, VulnerabilityKind::ALL)?,
        Column::Cwe => v.cwe = number(value)?.map(|n| n as u32),
        Column::Evidence => v.evidence = text(value)?,
        Column::Description => v.description = text(value)?,
        _ => return None,
    }
    Some(())
}

fn agent(a: &mut ThreatAgent, column: Column, value: &Value) -> Option<()> {
    match column {
        Column::Name => a.name = text(value)?,
        Column::Kind => a.kind = choice(value, AgentKind::ALL)?,
        Column::Capability => a.capability = level(value)?,
        Column::Intent => a.intent = level(value)?,
        Column::Active => a.active = choice(value, &[true, false])?,
        Column::Description => a.description = text(value)?,
        _ => return None,
    }
    Some(())
}

fn element(e: &mut Element, column: Column, value: &Value) -> Option<()> {
    match column {
        Column::Name => e.name = text(value)?,
        Column::Kind => e.kind = choice(value, ElementKind::ALL)?,
        Column::Layer => e.layer = Some(choice(value, Layer::ALL)?),
        Column::Owner => e.owner = person(value)?,
        Column::Notes => e.notes = text(value)?,
        Column::Reviewed => e.reviewed = day(value)?,
        Column::Description => e.description = text(value)?,
        _ => return None,
    }
    Some(())
}

fn flow(f: &mut Flow, column: Column, value: &Value) -> Option<()> {
    match column {
        Column::Name => f.name = text(value)?,
        Column::Protocol => f.protocol = choice(value, Protocol::ALL)?,
        Column::Authn => f.authn = choice(value, Authn::ALL)?,
        Column::Channel => f.channel = choice(value, Channel::ALL)?,
        Column::Notes => f.notes = text(value)?,
        Column::Reviewed => f.reviewed = day(value)?,
        Column::Description => f.description = text(value)?,
        _ => return None,
    }
    Some(())
}

fn boundary(b: &mut Boundary, column: Column, value: &Value) -> Option<()> {
    match column {
        Column::Name => b.name = text(value)?,
        Column::Kind => b.kind = choice(value, BoundaryKind::ALL)?,
        Column::Trust => b.trust = number(value)?.map(|n| n as u8),
        Column::Region => b.region = text(value).map(|region| (!region.is_empty()).then_some(region))?,
        Column::Owner => b.owner = person(value)?,
        Column::Description => b.description = text(value)?,
        _ => return None,
    }
    Some(())
}

fn asset(a: &mut Asset, column: Column, value: &Value) -> Option<()> {
    match column {
        Column::Name => a.name = text(value)?,
        Column::Confidentiality => a.c = level(value)?,
        Column::Integrity => a.i = level(value)?,
        Column::Availability => a.a = level(value)?,
        Column::Privacy => a.p = number(value)?.map(|n| n as u8),
        Column::Safety => a.s = number(value)?.map(|n| n as u8),
        Column::Records => a.records = number(value)?.map(|n| n as u64),
        Column::Owner => a.owner = person(value)?,
        Column::Why => a.reason = text(value)?,
        Column::Description => a.description = text(value)?,
        _ => return None,
    }
    Some(())
}

fn assumption(a: &mut Assumption, column: Column, value: &Value) -> Option<()> {
    match column {
        Column::Name => a.text = text(value)?,
        Column::Status => a.status = choice(value, AssumptionStatus::ALL)?,
        Column::Owner => a.owner = person(value)?,
        Column::Reviewed => a.reviewed = day(value)?,
        _ => return None,
    }
    Some(())
}
