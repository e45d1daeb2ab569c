//! Moving an end of a flow to another element, or off into the open.

use super::draft::Draft;
use super::{EditError, End};
use crate::geometry::Point;
use crate::model::{Attach, Id, Key, Placement};

/// Attaches an end of `flow` to `to`. `loose` is where it lies on which diagram if nothing is there to attach it to.
pub(super) fn reconnect(flow: &Id, end: End, to: Option<&Id>, loose: (&Id, Point), d: &mut Draft<'_>) -> Result<(), EditError> {
    let key = Key::Flow(flow.clone());
    d.require(key.clone())?;
    if let Some(to) = to {
        d.require(Key::Element(to.clone()))?;
    }
    let Some(mut record) = d.after.flows.get(flow).cloned() else { return Ok(()) };
    let attached = match end {
        End::From => &mut record.from,
        End::To => &mut record.to,
    };
    let was = std::mem::replace(attached, to.cloned());
    if was.as_ref() != to || to.is_none() {
        attach(flow, end, was.as_ref(), to, loose, d);
    }
    d.put(key, record);
    Ok(())
}

/// Brings the courses of the flow on every diagram in line.
fn attach(flow: &Id, end: End, was: Option<&Id>, to: Option<&Id>, (diagram, at): (&Id, Point), d: &mut Draft<'_>) {
    let drawn: Vec<_> =
        d.after.placements.iter().filter(|(key, _)| &key.item == flow).map(|(k, p)| (k.clone(), p.clone())).collect();
    for (key, placement) in drawn {
        let Placement::Route(mut route) = placement else { continue };
        let centre = |id: Option<&Id>| match d.after.placement(&key.diagram, d.after.stand_in(&key.diagram, id?)?)? {
            Placement::Box(rect) => Some(rect.center()),
            _ => None,
        };
        let attach = match end {
            End::From => &mut route.start,
            End::To => &mut route.end,
        };
        if centre(to).is_some() {
            *attach = Attach::Auto;
        } else if &key.diagram == diagram {
            *attach = Attach::Loose(at);
        } else if let Some(last) = centre(was) {
            *attach = Attach::Loose(last);
        }
        d.put(Key::Placement(key), Placement::Route(route));
    }
}
