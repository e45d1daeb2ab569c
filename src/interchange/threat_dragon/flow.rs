//! Data flows with their ends and course.

use super::cell::{Cell, CellKind, point};
use super::element::{COMMON, own};
use super::{PREFIX, Reader, Sheet, out_of_scope};
use crate::geometry::{Point, pt, vec2};
use crate::interchange::lenient::{flag, object, text};
use crate::interchange::{LossKind, protocol};
use crate::model::{Attach, Authn, Channel, Extra, Flow, Id, LineStyle, Placement, Protocol, Route};
use serde_json::Value;

/// Fields of a flow's `data` beside the common ones that are read.
const OWN: &[&str] = &["outOfScope", "reasonOutOfScope", "protocol", "isEncrypted", "isPublicNetwork", "isBidirectional"];

/// One end of a flow, before a place is found for one that has none.
struct End {
    element: Option<Id>,
    /// How it is attached; `None` when the file does not say where.
    attach: Option<Attach>,
    /// Where it is, roughly.
    near: Option<Point>,
}

impl Reader {
    pub(super) fn flows(&mut self, sheet: &Sheet<'_>) {
        for cell in sheet.cells.iter().filter(|c| c.kind == CellKind::Flow) {
            self.flow(sheet, cell);
        }
    }

    fn flow(&mut self, sheet: &Sheet<'_>, cell: &Cell<'_>) {
        let mut extra = self.set_aside(cell, &[COMMON, OWN].concat());
        let protocol = self.protocol(cell, &mut extra);
        let (from, to) = (self.end(sheet, cell, "source"), self.end(sheet, cell, "target"));
        let bends = cell.vertices();
        let start = from.attach.unwrap_or_else(|| beside(bends.first().copied().or(to.near), -1.0));
        let end = to.attach.unwrap_or_else(|| beside(bends.last().copied().or(from.near), 1.0));
        let flow = Flow {
            name: cell.name.clone(),
            from: from.element,
            to: to.element,
            protocol: own(cell.data, "protocol").unwrap_or(protocol),
            authn: own(cell.data, "authn").unwrap_or(Authn::Unknown),
            channel: match flag(cell.data, "isPublicNetwork") {
                true => Channel::Internet,
                false => own(cell.data, "channel").unwrap_or(Channel::Unknown),
            },
            bidirectional: flag(cell.data, "isBidirectional"),
            out_of_scope: out_of_scope(cell.data),
            description: text(cell.data, "description"),
            extra,
            ..Flow::default()
        };
        let style = if cell.is_smooth() { LineStyle::Curved } else { LineStyle::Straight };
        let two_heads = flow.bidirectional;
        let route = Route { style, start, end, bends, label: cell.label_at(), label_by: None, two_heads };
        self.import.model.flows.insert(cell.id.clone(), flow);
        self.import.model.placements.insert(sheet.place(cell), Placement::Route(route));
    }

    fn end(&mut self, sheet: &Sheet<'_>, cell: &Cell<'_>, key: &str) -> End {
        let raw = object(cell.raw, key);
        let name = match cell.raw.get(key) {
            Some(Value::String(id)) => id.clone(),
            _ => [text(raw, "cell"), text(raw, "id")].into_iter().find(|id| !id.is_empty()).unwrap_or_default(),
        };
        let node = Some(&name).filter(|n| !n.is_empty()).and_then(|n| sheet.by_id.get(n.as_str()));
        if let Some(node) = node.filter(|n| n.is_element()) {
            let attach = node.port(&text(raw, "port")).map_or(Attach::Auto, Attach::At);
            return End { element: Some(node.id.clone()), attach: Some(attach), near: node.rect().map(|r| r.center()) };
        }
        let loose = |at: Option<Point>| End { element: None, attach: at.map(Attach::Loose), near: at };
        if let Some(node) = node {
            self.lose_of(
                cell,
                LossKind::Changed,
                format!("its {key} is the {}, which is no element; that end is loose now", node.title()),
            );
            return loose(node.rect().map(|r| r.center()));
        }
        let at = point(raw);
        if at.is_none() || !name.is_empty() {
            let missing =
                if name.is_empty() { "says nothing".to_owned() } else { format!("is “{name}”, which is not on the diagram") };
            self.lose_of(cell, LossKind::Changed, format!("its {key} {missing}; that end is loose now"));
        }
        loose(at)
    }

    fn protocol(&mut self, cell: &Cell<'_>, extra: &mut Extra) -> Protocol {
        let (written, encrypted) = (text(cell.data, "protocol"), flag(cell.data, "isEncrypted"));
        let reading = protocol::read(&written);
        let mut protocol = reading.protocol;
        let mut exact = reading.exact;
        if encrypted && !protocol.is_encrypted() {
            match protocol::encrypted_form(protocol) {
                Some(secure) => (protocol, exact) = (secure, false),
                None => {
                    extra.insert(format!("{PREFIX}isEncrypted"), "true".to_owned());
                    let why =
                        format!("marked as encrypted, which {} is not by itself: attach a control for it", protocol.label());
                    self.lose_of(cell, LossKind::Kept, why);
                }
            }
        }
        if exact {
            return protocol;
        }
        if !written.trim().is_empty() {
            extra.insert(format!("{PREFIX}protocol"), written.clone());
        }
        let written = written.trim();
        match (protocol, written, encrypted) {
            (Protocol::Unknown, _, _) => {
                self.lose_of(cell, LossKind::Kept, format!("its protocol “{written}” is not known; choose one"));
            }
            (_, "", _) => {
                let why = format!("marked as encrypted without naming a protocol; read as {}", protocol.label());
                self.lose_of(cell, LossKind::Changed, why);
            }
            (_, _, encrypted) => {
                let marked = if encrypted { ", marked as encrypted," } else { "" };
                self.lose_of(
                    cell,
                    LossKind::Changed,
                    format!("its protocol “{written}”{marked} is read as {}", protocol.label()),
                );
            }
        }
        protocol
    }
}

/// A place for an end that has none: a little before or after what it leads to.
fn beside(other: Option<Point>, side: f32) -> Attach {
    const APART: f32 = 120.0;
    Attach::Loose(other.unwrap_or(pt(0.0, 0.0)) + vec2(side * APART, 0.0))
}
