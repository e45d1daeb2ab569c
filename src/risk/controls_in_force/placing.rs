//! Where controls are: those people attached, and those that flows bring along. Following a change, only what changed is
//! placed again.

use super::{ControlsInForce, Means, Placed, place};
use crate::library::Calibration;
use crate::model::{Authn, ControlStatus, EvidenceLevel, Id, Site, ThreatModel};
use crate::risk::order::natural;
use crate::risk::state::{Anchor, FlowIx, State, Touched};
use std::collections::BTreeSet;
use std::sync::Arc;

impl ControlsInForce {
    pub fn new(model: &ThreatModel, state: &State<'_>) -> ControlsInForce {
        let mut out = ControlsInForce::default();
        let mut instances: Vec<_> = model.instances.keys().collect();
        instances.sort_by(|a, b| natural(a.as_str(), b.as_str()));
        let mut placed: Vec<Placed> = instances.into_iter().flat_map(|id| out.of_instance(model, state, id)).collect();
        placed.extend(state.flows().flat_map(|flow| out.implied(model, state, flow)));
        out.placed = placed;
        out.index(state);
        out
    }

    /// Follows a change of these instances, of the flows touched, and of what went. Returns the sites of the instances, as
    /// they were and as they are; `None` is the whole model.
    pub fn follow(
        &mut self,
        model: &ThreatModel,
        state: &State<'_>,
        instances: &BTreeSet<&Id>,
        touched: &Touched,
    ) -> BTreeSet<Option<Anchor>> {
        let gone: BTreeSet<Anchor> = touched.gone.iter().map(|(anchor, _)| *anchor).collect();
        let mut sites = BTreeSet::new();
        let before = self.placed.len();
        self.placed.retain(|placed| {
            let is_changed = match &placed.instance {
                Some(id) => instances.contains(id),
                None => matches!(placed.site, Some(Anchor::Flow(flow)) if touched.flows.contains(&flow)),
            };
            if is_changed && placed.instance.is_some() {
                sites.insert(placed.site);
            }
            !is_changed && placed.site.is_none_or(|site| !gone.contains(&site))
        });
        let mut is_same = self.placed.len() == before;
        for id in instances {
            let new = self.of_instance(model, state, id);
            sites.extend(new.iter().map(|placed| placed.site));
            let is_before =
                |placed: &Placed| placed.instance.as_ref().is_some_and(|other| natural(other.as_str(), id.as_str()).is_lt());
            let at = self.placed.partition_point(is_before);
            is_same &= new.is_empty();
            self.placed.splice(at..at, new);
        }
        for flow in &touched.flows {
            let new = self.implied(model, state, *flow);
            let rank = state.rank(Anchor::Flow(*flow));
            let is_before =
                |placed: &Placed| placed.instance.is_some() || placed.site.is_some_and(|site| state.rank(site) < rank);
            let at = self.placed.partition_point(is_before);
            is_same &= new.is_empty();
            self.placed.splice(at..at, new);
        }
        if is_same {
            self.widen(state);
        } else {
            self.index(state);
        }
        sites
    }

    /// Makes room for what came.
    fn widen(&mut self, state: &State<'_>) {
        self.by_site.iter_mut().zip(state.widths()).for_each(|(lists, width)| lists.resize(width, Vec::new()));
    }

    /// Notes what is where.
    fn index(&mut self, state: &State<'_>) {
        self.everywhere.clear();
        self.by_site.iter_mut().flatten().for_each(Vec::clear);
        self.widen(state);
        for (n, control) in (0u32..).zip(&self.placed) {
            let list = match control.site {
                None => Some(&mut self.everywhere),
                Some(site) => {
                    let (kind, position) = place(site);
                    self.by_site.get_mut(kind).and_then(|lists| lists.get_mut(position))
                }
            };
            list.into_iter().for_each(|list| list.push(n));
        }
    }

    /// An instance at its sites; nothing when it went, or nobody defines what it is of.
    fn of_instance(&mut self, model: &ThreatModel, state: &State<'_>, id: &Id) -> Vec<Placed> {
        let Some(instance) = model.instances.get(id) else { return Vec::new() };
        let Some(means) = self.means(model, state, &instance.control) else { return Vec::new() };
        let calibration = &state.library.calibration;
        let today = calibration.quality(instance);
        let planned = match instance.status {
            ControlStatus::Planned => full_and_documented(calibration) * instance.coverage,
            _ => today,
        };
        let site = |site: &Site| match site {
            Site::Model => Some(None),
            Site::At(at) => state.anchor(at).map(Some),
        };
        let sites = instance.at.iter().filter_map(site);
        sites.map(|site| Placed { means: means.clone(), site, instance: Some(id.clone()), today, planned }).collect()
    }

    /// Controls that the protocol or authentication of a flow brings along.
    fn implied(&mut self, model: &ThreatModel, state: &State<'_>, flow: FlowIx) -> Vec<Placed> {
        let talk = state.flow(flow).talk;
        if state.flow(flow).ends.is_none() {
            return Vec::new();
        }
        let by_protocol = talk.protocol.is_encrypted().then_some("C-NET-TLS");
        let by_authn = match talk.authn {
            Authn::MutualTls => Some("C-NET-MTLS"),
            Authn::SignedRequest => Some("C-API-SIGN"),
            Authn::Mfa => Some("C-IAM-MFA"),
            Authn::Oidc => Some("C-IAM-FED"),
            _ => None,
        };
        let quality = full_and_documented(&state.library.calibration);
        let site = Some(Anchor::Flow(flow));
        let all = by_protocol.into_iter().chain(by_authn).filter_map(|control| self.means(model, state, control));
        all.map(|means| Placed { means, site, instance: None, today: quality, planned: quality }).collect()
    }

    /// What a control does, found out once.
    fn means(&mut self, model: &ThreatModel, state: &State<'_>, control: &str) -> Option<Arc<Means>> {
        if let Some(known) = self.known.get(control) {
            return known.clone();
        }
        let or_id = |text: &str| if text.is_empty() { control.to_owned() } else { text.to_owned() };
        let means = state.library.control(model, control).map(|definition| {
            Arc::new(Means {
                control: control.to_owned(),
                name: or_id(&definition.name),
                strength: definition.strength,
                effects: definition.effects.clone(),
                // A control without a family stands alone.
                family: or_id(&definition.family),
            })
        });
        self.known.insert(control.to_owned(), means.clone());
        means
    }
}

fn full_and_documented(calibration: &Calibration) -> f64 {
    calibration.status_share(ControlStatus::Implemented) * calibration.evidence_share(EvidenceLevel::Documented)
}
