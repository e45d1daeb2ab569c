//! Controls in place and on the way: where, how far, how well shown, what they do.

use super::{Cx, words};
use crate::model::{Control, ControlInstance, ControlStatus, Id};
use crate::report::style::*;
use crate::report::tree::*;
use crate::text::icon;
use crate::theme::Ink;

pub fn blocks(cx: &Cx<'_>) -> Vec<Block> {
    if cx.model.instances.is_empty() {
        return Vec::new();
    }
    let groups = [
        ("In force", "controls in force", &[ControlStatus::Operating, ControlStatus::Implemented, ControlStatus::Partial][..]),
        ("Planned and proposed", "controls planned", &[ControlStatus::Planned, ControlStatus::Proposed][..]),
        ("Retired", "controls retired", &[ControlStatus::Retired][..]),
    ];
    let mut blocks = Vec::new();
    for (title, anchor, statuses) in groups {
        let of_group: Vec<_> = cx.model.instances.iter().filter(|(_, i)| statuses.contains(&i.status)).collect();
        if !of_group.is_empty() {
            blocks.push(section(title, Some(anchor.to_owned())));
            blocks.push(Block::Table(table(cx, of_group)));
        }
    }
    blocks
}

fn table(cx: &Cx<'_>, mut instances: Vec<(&Id, &ControlInstance)>) -> Table {
    instances.sort_by_key(|(id, i)| (cx.control_name(&i.control), (*id).clone()));
    let mut table = Table::with_head([
        ("", fixed(9.0)),
        ("Control", share(1.7)),
        ("At", share(1.1)),
        ("Status", fixed(56.0)),
        ("Evidence", fixed(70.0)),
        ("Owner and date", fixed(74.0)),
        ("Bears on", fixed(62.0).right()),
    ]);
    for (id, instance) in instances {
        table.row([
            Rich::new().push(mark(instance.status)),
            name(cx, instance),
            cell(words::list(instance.at.iter().map(|site| cx.site(site)))),
            status(instance),
            evidence(cx, instance),
            owner(cx, instance),
            bearing(cx, id),
        ]);
    }
    table
}

fn mark(status: ControlStatus) -> Inline {
    let (icon, filled, ink) = match status {
        ControlStatus::Operating | ControlStatus::Implemented => (icon::SHIELD_CHECK, true, Ink::Good),
        ControlStatus::Partial => (icon::SHIELD_CHECK, false, Ink::Good),
        ControlStatus::Planned => (icon::CIRCLE_HALF, false, Ink::Accent),
        ControlStatus::Proposed => (icon::CIRCLE, false, Ink::Muted),
        ControlStatus::Retired => (icon::PROHIBIT, false, Ink::Muted),
    };
    Inline::Icon { icon, filled, size: 8.0, ink }
}

/// The control with the requirements it supports and what it is for.
fn name(cx: &Cx<'_>, instance: &ControlInstance) -> Rich {
    let mut out = styled(CELL.bold(), cx.control_name(&instance.control));
    if let Some(control) = cx.library.control(cx.model, &instance.control) {
        let supports = requirements(control);
        if !supports.is_empty() {
            out = out.text(SMALL.size(7.2), format!("\nSupports {supports}"));
        }
    }
    out
}

pub fn requirements(control: &Control) -> String {
    let parts = [("ASVS", &control.asvs), ("NIST", &control.nist), ("ISO", &control.iso), ("CIS", &control.cis)];
    let some = parts.iter().filter(|(_, ids)| !ids.is_empty());
    some.map(|(what, ids)| format!("{what} {}", ids.join(", "))).collect::<Vec<_>>().join("; ")
}

fn status(instance: &ControlInstance) -> Rich {
    let out = cell(instance.status.label());
    if instance.coverage < 0.995 {
        out.text(SMALL.size(7.2), format!("\n{:.0} % covered", 100.0 * instance.coverage))
    } else {
        out
    }
}

fn evidence(cx: &Cx<'_>, instance: &ControlInstance) -> Rich {
    let mut out = cell(instance.evidence.level.label());
    if let Some(on) = instance.evidence.on {
        out = out.text(SMALL.size(7.2), format!("\n{}", cx.date(on)));
    }
    if !instance.evidence.result.trim().is_empty() {
        out = out.text(SMALL.size(7.2), format!("\n{}", instance.evidence.result.trim()));
    }
    out
}

fn owner(cx: &Cx<'_>, instance: &ControlInstance) -> Rich {
    let mut out = cell(cx.person(instance.owner.as_ref()));
    if let Some(due) = instance.due {
        out = out.text(SMALL.size(7.2), format!("\ndue {}", cx.date(due)));
    }
    if let Some(cost) = instance.cost.filter(|_| cx.shows_effort()) {
        out = out.text(SMALL.size(7.2), format!("\n{cost} person-days"));
    }
    out
}

/// How many threats it lowers, and by how much at best.
fn bearing(cx: &Cx<'_>, id: &Id) -> Rich {
    let uses = cx.threats.iter().filter_map(|f| f.controls.iter().find(|used| used.instance.as_ref() == Some(id)));
    let (count, best) = uses.fold((0, 0.0_f64), |(count, best), used| (count + 1, best.max(used.effect)));
    if count == 0 {
        return quiet("–");
    }
    cell(words::count(count, "threat", "threats")).text(SMALL.size(7.2), format!("\nup to {:.0} %", 100.0 * best))
}
