//! A model as the checks look at it, with what several of them ask for.

use super::Policy;
use crate::library::Library;
use crate::model::{AssetKind, Control, ControlInstance, Date, Dimension, Element, ElementKind, Flow, Id, Site, ThreatModel};
use crate::risk::Assessment;
use std::collections::{BTreeMap, BTreeSet};

pub struct Survey<'a> {
    pub model: &'a ThreatModel,
    pub library: &'a Library,
    pub assessment: &'a Assessment,
    pub today: Date,
    pub policy: &'a Policy,
    /// Flows that leave and that enter an element; each in both where answers come back.
    pub leaving: BTreeMap<&'a Id, Vec<&'a Id>>,
    pub entering: BTreeMap<&'a Id, Vec<&'a Id>>,
    /// Controls in effect or planned, by where they are attached.
    instances_at: BTreeMap<&'a Site, Vec<(&'a Id, &'a ControlInstance)>>,
}

impl<'a> Survey<'a> {
    pub fn new(
        model: &'a ThreatModel,
        library: &'a Library,
        assessment: &'a Assessment,
        today: Date,
        policy: &'a Policy,
    ) -> Survey<'a> {
        let mut survey = Survey {
            model,
            library,
            assessment,
            today,
            policy,
            leaving: BTreeMap::new(),
            entering: BTreeMap::new(),
            instances_at: BTreeMap::new(),
        };
        for (id, flow) in &model.flows {
            let (Some(from), Some(to)) = (&flow.from, &flow.to) else { continue };
            survey.leaving.entry(from).or_default().push(id);
            survey.entering.entry(to).or_default().push(id);
        }
        for (id, instance) in &model.instances {
            for site in &instance.at {
                survey.instances_at.entry(site).or_default().push((id, instance));
            }
        }
        survey
    }

    /// Elements in scope, with their ids.
    pub fn elements(&self) -> impl Iterator<Item = (&'a Id, &'a Element)> + use<'a> {
        self.model.elements.iter().filter(|(_, e)| e.out_of_scope.is_none())
    }

    /// Flows in scope that have both ends, with them.
    pub fn flows(&self) -> impl Iterator<Item = (&'a Id, &'a Flow, Ends<'a>)> + use<'a> {
        let model = self.model;
        model.flows.iter().filter(|(_, f)| f.out_of_scope.is_none()).filter_map(|(id, flow)| {
            let from = model.elements.get_key_value(flow.from.as_ref()?)?;
            let to = model.elements.get_key_value(flow.to.as_ref()?)?;
            (from.1.out_of_scope.is_none() || to.1.out_of_scope.is_none()).then_some((id, flow, Ends { from, to }))
        })
    }

    /// Whether data goes into and out of an element.
    pub fn directions(&self, element: &Id) -> (bool, bool) {
        let answers = |ids: Option<&Vec<&Id>>| {
            ids.into_iter().flatten().any(|id| self.model.flows.get(*id).is_some_and(|f| f.bidirectional))
        };
        let (entering, leaving) = (self.entering.get(element), self.leaving.get(element));
        (entering.is_some() || answers(leaving), leaving.is_some() || answers(entering))
    }

    /// The name people know it by.
    pub fn name(&self, id: &Id) -> String {
        crate::risk::name_of(self.model, id)
    }

    /// Greatest value of these assets in a dimension; `None` when there are none.
    pub fn value<'b>(&self, assets: impl IntoIterator<Item = &'b Id>, dimensions: &[Dimension]) -> Option<u8> {
        let assets = assets.into_iter().filter_map(|id| self.model.assets.get(id));
        assets.flat_map(|asset| dimensions.iter().map(move |d| asset.value(*d))).max()
    }

    /// Assets kept at an element or carried by a flow at it.
    pub fn handled(&self, id: &Id, element: &Element) -> BTreeSet<&'a Id> {
        let flows = self.leaving.get(id).into_iter().chain(self.entering.get(id)).flatten();
        let carried = flows.filter_map(|flow| self.model.flows.get(*flow)).flat_map(|flow| &flow.assets);
        let all = element.holds.iter().chain(carried);
        all.filter_map(|asset| self.model.assets.get_key_value(asset)).map(|(id, _)| id).collect()
    }

    /// True when one of these assets is of a kind.
    pub fn any_kind<'b>(&self, assets: impl IntoIterator<Item = &'b Id>, kinds: &[AssetKind]) -> bool {
        let mut assets = assets.into_iter().filter_map(|id| self.model.assets.get(id));
        assets.any(|asset| kinds.iter().any(|kind| asset.kinds.contains(kind)))
    }

    /// Controls attached to an item, to a boundary around it or to the whole model.
    pub fn controls_over(&self, item: &Id) -> impl Iterator<Item = (&'a Id, &'a ControlInstance)> {
        let around = self.model.boundaries_around(item).into_iter().map(Site::At);
        let sites = [Site::Model, Site::At(item.clone())].into_iter().chain(around);
        let found = sites.filter_map(|site| self.instances_at.get(&site)).flatten().copied();
        found.collect::<Vec<_>>().into_iter()
    }

    pub fn definition(&self, instance: &ControlInstance) -> Option<&'a Control> {
        let (model, library) = (self.model, self.library);
        library.control(model, &instance.control)
    }

    /// True when one of an element's technology tags is this one or a kind of it.
    pub fn is_tagged(&self, element: &Element, tag: &str) -> bool {
        self.library.tags.any_is(&element.tags, tag)
    }
}

/// The elements at the ends of a flow.
#[derive(Clone, Copy)]
pub struct Ends<'a> {
    pub from: (&'a Id, &'a Element),
    pub to: (&'a Id, &'a Element),
}

impl Ends<'_> {
    pub fn kinds(&self) -> (ElementKind, ElementKind) {
        (self.from.1.kind, self.to.1.kind)
    }
}
