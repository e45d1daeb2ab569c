//! Big, plausible models out of a seed, to try out how Palisade does with them: `palisade generate`.
//!
//! Landscapes of a cloud account with environments of four networks each, and the Internet, partners and an office
//! beside it. Elements stand on a grid within their network, so that the picture reads; names, tags, assets and some
//! controls are there, so that risk has something to say. Same size and seed, same model.

mod draw;
mod flows;
mod landscape;
mod words;

use crate::geometry::{Point, Rect, pt};
use crate::model::*;
use draw::Draw;
use std::collections::BTreeSet;

/// How large a model shall be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    pub elements: usize,
    pub flows: usize,
}

impl Size {
    /// So many elements with a fifth more flows than elements, as real diagrams have.
    pub fn elements(elements: usize) -> Size {
        Size { elements, flows: if elements > 1 { elements + elements / 5 } else { 0 } }
    }
}

/// The diagram of a generated model, with everything on it.
pub const DIAGRAM: &str = "all";

/// A sound model of exactly this size (no flows among fewer than two elements).
pub fn generate(size: Size, seed: u64) -> ThreatModel {
    let mut made = Made { draw: Draw::seeded(seed), model: ThreatModel::default(), spots: Vec::new() };
    made.model.info.name = format!("Generated system of {} elements", size.elements);
    made.model.info.scope = format!("{} elements and {} data flows, seed {seed}", size.elements, size.flows);
    let diagram = Diagram { name: "Everything".into(), ..Diagram::default() };
    made.model.diagrams.insert(DIAGRAM.into(), diagram);
    made.people();
    landscape::build(size.elements, &mut made);
    flows::connect(size.flows, &mut made);
    made.controls();
    made.model
}

/// A model in the making.
struct Made {
    draw: Draw,
    model: ThreatModel,
    spots: Vec<Spot>,
}

/// An element and where it stands in the order of things.
struct Spot {
    id: Id,
    area: &'static str,
    kind: ElementKind,
    is_queue: bool,
    landscape: usize,
    /// `None` outside of the cloud.
    environment: Option<usize>,
    /// Place in the list of networks, inside or outside.
    network: usize,
    trust: u8,
}

impl Made {
    fn place(&mut self, item: &Id, placement: Placement) {
        self.model.placements.insert(PlacementKey::new(DIAGRAM, item.clone()), placement);
    }

    fn people(&mut self) {
        let owner = Person { name: "Ingrid Solheim".into(), roles: [Role::Owner, Role::Approver].into(), ..Person::default() };
        self.model.people.insert("p1".into(), owner);
        use AgentAccess::{Account, Local, Privileged, Remote};
        for (id, name, kind, capability, access) in [
            ("g1", "Criminal group", AgentKind::OrganisedCrime, 4, vec![Remote, Account]),
            ("g2", "Dissatisfied employee", AgentKind::MaliciousInsider, 3, vec![Account, Local, Privileged]),
        ] {
            let access = access.into_iter().collect();
            let agent = ThreatAgent { name: name.into(), kind, capability, intent: 4, access, ..ThreatAgent::default() };
            self.model.agents.insert(id.into(), agent);
        }
    }

    /// A control at every tenth element, every twelfth flow and every third boundary, in every state.
    fn controls(&mut self) {
        let pick = |ids: Vec<Id>, each: usize, controls: &'static [&'static str]| {
            ids.into_iter().step_by(each).map(move |id| (id, controls)).collect::<Vec<_>>()
        };
        let sites = [
            pick(self.model.elements.keys().cloned().collect(), 10, words::AT_ELEMENT),
            pick(self.model.flows.keys().cloned().collect(), 12, words::AT_FLOW),
            pick(self.model.boundaries.keys().cloned().collect(), 3, words::AT_BOUNDARY),
        ];
        let states = [ControlStatus::Implemented, ControlStatus::Implemented, ControlStatus::Partial, ControlStatus::Planned];
        for (n, (site, controls)) in sites.into_iter().flatten().enumerate() {
            let (Some(control), Some(status)) = (self.draw.pick(controls), self.draw.pick(&states)) else { continue };
            let at: BTreeSet<Site> = [Site::At(site)].into();
            let instance = ControlInstance { control: (*control).into(), at, status: *status, ..ControlInstance::default() };
            self.model.instances.insert(format!("c{n:05}").into(), instance);
        }
    }
}

/// A box with this corner and size.
fn at(corner: Point, (w, h): (f32, f32)) -> Rect {
    Rect { x: corner.x, y: corner.y, w, h }
}

/// `count` boxes of one size in rows of `columns`, from `corner` on, `gap` apart.
fn grid(corner: Point, columns: usize, size: (f32, f32), gap: (f32, f32), count: usize) -> impl Iterator<Item = Rect> {
    (0..count).map(move |n| {
        let (column, row) = (n % columns.max(1), n / columns.max(1));
        at(pt(corner.x + column as f32 * (size.0 + gap.0), corner.y + row as f32 * (size.1 + gap.1)), size)
    })
}
