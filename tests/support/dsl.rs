//! Models in the user's words. Ids are the names in lower case with dashes; a flow's id is `from>to`.
//!
//! ```ignore
//! let shop = model("Shop")
//!     .boundary("Internet", 0)
//!     .entity("Customer").inside("Internet")
//!     .process("Web").tagged("web-app")
//!     .store("DB")
//!     .flow("Customer", "Web")
//!     .flow("Web", "DB").set(|f| f.protocol = Protocol::SqlTls)
//!     .asset("Card data", [4, 3, 2]).kept_in("DB").carried_by("Web>DB")
//!     .build();
//! ```

use palisade::edit::Document;
use palisade::geometry::{Rect, rect};
use palisade::model::*;

/// The diagram everything is drawn on.
pub const MAIN: &str = "main";

/// The id the name gets: `"Card data"` → `card-data`.
pub fn id(name: &str) -> Id {
    Id::from(name.to_lowercase().replace(' ', "-"))
}

pub fn model(name: &str) -> Draft {
    let mut draft = Draft { model: ThreatModel::default(), last: Id::new("") };
    draft.model.info.name = name.into();
    draft.model.diagrams.insert(MAIN.into(), Diagram { name: "Main".into(), ..Diagram::default() });
    draft
}

/// A model being described; the words after a record are about that record.
pub struct Draft {
    model: ThreatModel,
    last: Id,
}

impl Draft {
    pub fn entity(self, name: &str) -> Draft {
        self.element(name, ElementKind::ExternalEntity)
    }
    pub fn process(self, name: &str) -> Draft {
        self.element(name, ElementKind::Process)
    }
    pub fn store(self, name: &str) -> Draft {
        self.element(name, ElementKind::DataStore)
    }

    fn element(mut self, name: &str, kind: ElementKind) -> Draft {
        let column = self.model.elements.len();
        let place = rect(40.0 + 240.0 * (column % 4) as f32, 60.0 + 180.0 * (column / 4) as f32, 140.0, 64.0);
        self.last = id(name);
        self.model.elements.insert(id(name), Element { name: name.into(), kind, ..Element::default() });
        self.place(Placement::Box(place))
    }

    pub fn flow(mut self, from: &str, to: &str) -> Draft {
        self.last = id(&format!("{from}>{to}"));
        let flow = Flow { name: format!("{from} to {to}"), from: Some(id(from)), to: Some(id(to)), ..Flow::default() };
        self.model.flows.insert(self.last.clone(), flow);
        self.place(Placement::Route(Route::default()))
    }

    pub fn boundary(mut self, name: &str, trust: u8) -> Draft {
        self.last = id(name);
        self.model.boundaries.insert(id(name), Boundary { name: name.into(), trust: Some(trust), ..Boundary::default() });
        self
    }

    /// Value for confidentiality, integrity and availability, 0 to 4.
    pub fn asset(mut self, name: &str, [c, i, a]: [u8; 3]) -> Draft {
        self.last = id(name);
        self.model.assets.insert(id(name), Asset { name: name.into(), c, i, a, ..Asset::default() });
        self
    }

    /// The last element or boundary is inside this boundary.
    pub fn inside(mut self, boundary: &str) -> Draft {
        let into = Some(id(boundary));
        match (self.model.elements.get_mut(&self.last), self.model.boundaries.get_mut(&self.last)) {
            (Some(element), _) => element.boundary = into,
            (None, Some(inner)) => inner.parent = into,
            (None, None) => panic!("“{}” is neither element nor boundary", self.last),
        }
        self
    }

    pub fn tagged(self, tag: &str) -> Draft {
        self.set_element(|e| e.tags.extend([tag.to_owned()]))
    }

    pub fn kept_in(mut self, element: &str) -> Draft {
        let asset = self.last.clone();
        self.model.elements.get_mut(&id(element)).expect("no such element").holds.insert(asset);
        self
    }

    pub fn carried_by(mut self, flow: &str) -> Draft {
        let asset = self.last.clone();
        self.model.flows.get_mut(&id(flow)).expect("no such flow").assets.insert(asset);
        self
    }

    /// A control of the library on the last element, flow or boundary.
    pub fn control(mut self, control: &str, status: ControlStatus) -> Draft {
        let instance = ControlInstance {
            visibility: None,
            control: control.into(),
            at: [Site::At(self.last.clone())].into(),
            status,
            coverage: 1.0,
            evidence: Evidence::default(),
            owner: None,
            due: None,
            cost: None,
            notes: String::new(),
        };
        self.model.instances.insert(id(&format!("{control} at {}", self.last)), instance);
        self
    }

    /// Sets fields of the last flow.
    pub fn set(mut self, change: impl FnOnce(&mut Flow)) -> Draft {
        change(self.model.flows.get_mut(&self.last).expect("the last record is no flow"));
        self
    }

    /// Sets fields of the last element.
    pub fn set_element(mut self, change: impl FnOnce(&mut Element)) -> Draft {
        change(self.model.elements.get_mut(&self.last).expect("the last record is no element"));
        self
    }

    /// Sets anything the words above have no word for.
    pub fn also(mut self, change: impl FnOnce(&mut ThreatModel)) -> Draft {
        change(&mut self.model);
        self
    }

    fn place(mut self, placement: Placement) -> Draft {
        self.model.placements.insert(PlacementKey::new(MAIN, self.last.clone()), placement);
        self
    }

    /// The sound model, with a box around the members of each boundary.
    pub fn build(mut self) -> ThreatModel {
        let boxes: Vec<(Id, Rect)> = self.model.boundaries.keys().filter_map(|b| Some((b.clone(), self.around(b)?))).collect();
        for (boundary, place) in boxes {
            self.model.placements.insert(PlacementKey::new(MAIN, boundary), Placement::Box(place));
        }
        assert_eq!(check(&self.model), [], "the model described is not sound");
        self.model
    }

    pub fn open(self) -> Document {
        Document::new(self.build())
    }

    fn around(&self, boundary: &Id) -> Option<Rect> {
        let members = self.model.elements.iter().filter(|(_, e)| e.boundary.as_ref() == Some(boundary));
        let members = members.filter_map(|(e, _)| self.model.rect_of(&MAIN.into(), e));
        let inner = self.model.boundaries.iter().filter(|(_, b)| b.parent.as_ref() == Some(boundary));
        let inner = inner.filter_map(|(b, _)| self.around(b));
        members.chain(inner).reduce(Rect::union).map(|r| r.expand(24.0))
    }
}
