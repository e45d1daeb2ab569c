//! Who attacks.

use super::list::{Line, RecordList};
use super::origin::{Origin, labelled_from};
use super::{Inspector, LEVELS};
use crate::edit::Edit;
use crate::model::{AgentAccess, AgentKind, Id, Key, ThreatAgent};
use crate::risk;
use crate::text::icon;
use crate::ui::widgets::{
    Pick, choice, filter_chip, icon_button, labelled, link, pick, removable_chip, segmented, text_area, text_field,
};
use crate::ui::{Command, Outbox, Page, ViewCx};
use egui::{Ui, vec2};

impl Inspector {
    pub(super) fn agents_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        let list = RecordList {
            title: "Threat agents",
            one: "threat agent",
            empty: ["None yet.", "Without agents every threat is taken to be within somebody’s reach."],
            records: cx.model.agents.iter().collect(),
            key: Key::Agent,
            line,
            fields: agent_ui,
            fresh: ThreatAgent { name: "New agent".into(), ..ThreatAgent::default() },
        };
        self.list_ui(ui, cx, "agents", list, out);
        if cx.model.agents.is_empty() && link(ui, "Choose from the usual agents").clicked() {
            out.run(Command::Page(Page::Agents));
        }
    }
}

fn line(agent: &ThreatAgent) -> Line<'_> {
    let about = if agent.active { agent.kind.label() } else { "not counted" };
    Line { dim: !agent.active, ..Line::new(icon::USER, &agent.name, about) }
}

pub(in crate::ui) fn agent_ui(ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, agent: &ThreatAgent, out: &mut Outbox) {
    let put = |agent: ThreatAgent| Edit::put(Key::Agent(id.clone()), agent);
    labelled(ui, "Name", |ui| {
        text_field(ui, out, ("name", id), "Name of the agent", &agent.name, "Name", |name| {
            put(ThreatAgent { name, ..agent.clone() })
        });
    });
    let of = Origin::of(agent.kind != AgentKind::Other, "it is like none of the usual ones");
    labelled_from(ui, "Kind", &of, |ui| {
        if let Some(kind) = choice(ui, ("kind", id), "Kind of agent", agent.kind, AgentKind::ALL, AgentKind::label) {
            out.commit(put(ThreatAgent { kind, ..agent.clone() }));
        }
    });
    let usual = ThreatAgent::default();
    let of = Origin::of_level(cx.library, agent, |preset| preset.capability, agent.capability, usual.capability);
    labelled_from(ui, "Capability", &of, |ui| {
        if let Some(capability) = segmented(ui, "Capability", agent.capability, LEVELS) {
            out.commit(put(ThreatAgent { capability, ..agent.clone() }));
        }
    });
    let of = Origin::of_level(cx.library, agent, |preset| preset.intent, agent.intent, usual.intent);
    labelled_from(ui, "Intent", &of, |ui| {
        if let Some(intent) = segmented(ui, "Intent", agent.intent, LEVELS) {
            out.commit(put(ThreatAgent { intent, ..agent.clone() }));
        }
    });
    labelled_from(ui, "Access", &Origin::of_access(cx.library, agent), |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
            for access in AgentAccess::ALL {
                let on = agent.access.contains(access);
                if filter_chip(ui, on, access.label()).clicked() {
                    let mut set = agent.access.clone();
                    if !set.remove(access) {
                        set.insert(*access);
                    }
                    out.commit(put(ThreatAgent { access: set, ..agent.clone() }));
                }
            }
        });
    });
    let of = Origin::of_starts(cx.library, cx.model, agent);
    labelled_from(ui, "Starts at", &of, |ui| ui.horizontal_wrapped(|ui| starts_ui(ui, cx, id, agent, out)));
    let mut active = agent.active;
    if ui.checkbox(&mut active, "Counts in the ratings").changed() {
        out.commit(put(ThreatAgent { active, ..agent.clone() }));
    }
    super::readers::readers_ui(ui, cx, Key::Agent(id.clone()), out);
    text_area(ui, out, ("text", id), "Description of the agent", &agent.description, "Description", |description| {
        put(ThreatAgent { description, ..agent.clone() })
    });
}

fn starts_ui(ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, agent: &ThreatAgent, out: &mut Outbox) {
    let mut changed = None;
    for start in &agent.starts {
        let name = risk::name_of(cx.model, start);
        if removable_chip(ui, &name, &format!("Does not start at {name}")) {
            let mut starts = agent.starts.clone();
            starts.remove(start);
            changed = Some(starts);
        }
    }
    let button = icon_button(ui, icon::PLUS, "Add a start");
    let items = || {
        let places = cx.model.boundaries.keys().map(|id| (id, "Boundary"));
        let places = places.chain(cx.model.elements.keys().map(|id| (id, "Element")));
        let fresh = places.filter(|(place, _)| !agent.starts.contains(*place));
        fresh.map(|(place, what)| (place.clone(), risk::name_of(cx.model, place), what.to_owned())).collect()
    };
    if let Some(Pick::Item(start)) = pick(&button, "Search places", None, items) {
        let mut starts = agent.starts.clone();
        starts.insert(start);
        changed = Some(starts);
    }
    if let Some(starts) = changed {
        out.commit(Edit::put(Key::Agent(id.clone()), ThreatAgent { starts, ..agent.clone() }));
    }
}
