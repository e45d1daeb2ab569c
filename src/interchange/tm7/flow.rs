//! Data flows with their ends and course.

use super::element::Course;
use super::stencil::Stencil;
use super::surface::Sheet;
use super::template::Meanings;
use super::{Reader, is_guid, shortened};
use crate::geometry::{Point, Rect, pt, vec2};
use crate::interchange::{LossKind, protocol, xml};
use crate::model::{Attach, Authn, Channel, Flow, Id, LineStyle, Placement, Protocol, Route};

/// How far inside a stencil's box the tool draws its outline, where lines end.
const INSET: f32 = 6.0;

impl Reader {
    pub(super) fn flow(&mut self, sheet: &Sheet, stencil: &Stencil<'_, '_>) {
        let id = self.claim(&stencil.guid, &stencil.title());
        let course = Course::of(stencil);
        let apart = vec2(120.0, 0.0);
        let from = course.from.or_else(|| course.to.map(|p| p + vec2(-apart.x, 0.0)));
        let to = course.to.or_else(|| from.map(|p| p + apart));
        let (source, start) = self.end(sheet, stencil, &id, "Source", from.unwrap_or(pt(0.0, 0.0)), course.from.is_some());
        let (target, end) = self.end(sheet, stencil, &id, "Target", to.unwrap_or(pt(apart.x, 0.0)), course.to.is_some());
        let mut name = stencil.name.clone();
        if name == "Generic Data Flow" || (name == stencil.type_name && stencil.types.first().is_some_and(|t| t == "GE.DF")) {
            name.clear();
            self.unnamed += 1;
        }
        let flow = Flow {
            name,
            from: source,
            to: target,
            protocol: self.protocol(stencil, &id),
            authn: authn(stencil),
            channel: channel(stencil.value("channel")),
            // Answers are flows of their own in the tool.
            bidirectional: false,
            out_of_scope: stencil.out_of_scope(),
            extra: stencil.extra(),
            ..Flow::default()
        };
        self.hints(stencil, &id, &flow);
        let bends: Vec<Point> = course.handle.into_iter().collect();
        let style = if bends.is_empty() { LineStyle::Straight } else { LineStyle::Curved };
        let route = Route { style, start, end, bends, ..Route::default() };
        self.draft.model.flows.insert(id.clone(), flow);
        self.draft.model.placements.insert(sheet.place(&id), Placement::Route(route));
    }

    fn end(
        &mut self,
        sheet: &Sheet,
        stencil: &Stencil<'_, '_>,
        id: &Id,
        side: &str,
        at: Point,
        is_known: bool,
    ) -> (Option<Id>, Attach) {
        let guid = xml::text_of(stencil.node, &format!("{side}Guid"));
        let end = sheet.ends.get(&guid).filter(|_| is_guid(&guid)).cloned();
        match end {
            Some(end) => {
                if let Some(element) = end.element {
                    let attach = end.rect.filter(|_| is_known).map_or(Attach::Auto, |r| Attach::At(share(r, at)));
                    return (Some(element), attach);
                }
                let why = format!("its {} is the {}, which is no element; that end is loose now", side.to_lowercase(), end.title);
                self.draft.lose_at(id, LossKind::Changed, stencil.title(), why);
            }
            None if is_guid(&guid) => {
                let why = format!("its {} “{guid}” is not on the diagram; that end is loose now", side.to_lowercase());
                self.draft.lose_at(id, LossKind::Changed, stencil.title(), why);
            }
            // Not attached in the tool either.
            None => {}
        }
        (None, Attach::Loose(at))
    }

    /// The protocol its stencil stands for, or is named after.
    fn protocol(&mut self, stencil: &Stencil<'_, '_>, id: &Id) -> Protocol {
        let meant = stencil.types.iter().find_map(|t| Meanings::shipped().protocols.get(t)).copied();
        if let Some(protocol) = meant {
            return protocol;
        }
        let reading = protocol::read(&stencil.type_name);
        if reading.exact && reading.protocol != Protocol::Unknown {
            return reading.protocol;
        }
        let says_nothing = matches!(stencil.type_name.as_str(), "" | "Generic Data Flow" | "Request" | "Response");
        if !says_nothing && stencil.types.first().is_some_and(|t| !t.starts_with("GE.")) {
            let why = format!("its stencil “{}” is no protocol that is known; choose one", shortened(&stencil.type_name));
            self.draft.lose_at(id, LossKind::Kept, stencil.title(), why);
        }
        Protocol::Unknown
    }

    /// Tells what was set on a flow and is not modelled the same way here.
    fn hints(&mut self, stencil: &Stencil<'_, '_>, id: &Id, flow: &Flow) {
        for property in stencil.properties.iter().filter(|p| !p.says_nothing() && !p.is_default()) {
            let yes = property.value == "Yes";
            let hint = match property.field() {
                "Out Of Scope" | "Reason For Out Of Scope" | "channel" => continue,
                "authenticatesSource" if !yes => continue,
                "authenticatesSource" => "marked as authenticating its source: choose how".to_owned(),
                "authenticatesDestination" if flow.protocol.authenticates_server() => continue,
                "authenticatesDestination" => "marked as authenticating its destination: choose a protocol that does".to_owned(),
                "providesConfidentiality" | "providesIntegrity" if flow.protocol.is_encrypted() => continue,
                "providesConfidentiality" => {
                    "marked as confidential: choose an encrypted protocol, or attach a control".to_owned()
                }
                "providesIntegrity" => "marked as tamper-proof: choose an encrypted protocol, or attach a control".to_owned(),
                "Dataflow Order" if property.value == "0" => continue,
                _ => format!("the field “{}” has no counterpart: {}", property.label, shortened(&property.value)),
            };
            self.draft.lose_at(id, LossKind::Kept, stencil.title(), format!("{hint} (“{}”)", property.field()));
        }
    }
}

/// Only a stated No is certain: the tool does not ask how somebody is authenticated.
fn authn(stencil: &Stencil<'_, '_>) -> Authn {
    let stated = stencil.chosen("authenticatesSource").filter(|p| p.value == "No" && !p.is_default());
    stated.map_or(Authn::Unknown, |_| Authn::NoAuth)
}

fn channel(network: &str) -> Channel {
    match network {
        "Wire" => Channel::Wired,
        "Wi-Fi" => Channel::Wifi,
        "Bluetooth" => Channel::Bluetooth,
        "2G-4G" => Channel::Cellular,
        _ => Channel::Unknown,
    }
}

/// A point on the outline the tool drew, as a share of the box: as far along the outline that is drawn here.
fn share(r: Rect, at: Point) -> Point {
    let along = |v: f32, from: f32, length: f32| {
        let (from, length) = if length > 4.0 * INSET { (from + INSET, length - 2.0 * INSET) } else { (from, length.max(1.0)) };
        ((v - from) / length).clamp(0.0, 1.0)
    };
    pt(along(at.x, r.x, r.w), along(at.y, r.y, r.h))
}
