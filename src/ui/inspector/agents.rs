//! Who attacks.

use super::Inspector;
use crate::edit::Edit;
use crate::model::{AgentAccess, AgentKind, Id, Key, ThreatAgent};
use crate::risk;
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::widgets::{
    Pick, Row, choice, empty_note, filter_chip, icon_button, labelled, pick, removable_chip, section, segmented, text_area,
    text_field,
};
use crate::ui::{Outbox, ViewCx, fonts, style};
use egui::{Frame, Margin, Ui, vec2};

const LEVELS: &[(u8, &str)] = &[(1, "1"), (2, "2"), (3, "3"), (4, "4"), (5, "5")];

impl Inspector {
    pub(super) fn agents_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        let mut add = false;
        let trailing = |ui: &mut Ui| add = icon_button(ui, icon::PLUS, "New threat agent").clicked();
        section(ui, "agents", "Threat agents", Some(cx.model.agents.len()), trailing, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            if cx.model.agents.is_empty() {
                empty_note(ui, "None yet.", "Without agents every threat is taken to be within somebody’s reach.");
            }
            for (id, agent) in &cx.model.agents {
                let is_open = self.unfolded.as_ref() == Some(id);
                let mut row = Row::new(ui, 26.0, is_open, &agent.name);
                row.rest = row.whole.shrink2(vec2(4.0, 0.0));
                let (text, muted) =
                    (style::ink(row.ui, if agent.active { Ink::Text } else { Ink::Muted }), style::ink(row.ui, Ink::Muted));
                row.icon(Face::Icon, icon::USER, 15.0, muted);
                let about = format!("{}·{}", agent.capability, agent.intent);
                row.right(about, fonts::font(Face::Mono, 11.0), muted);
                row.text(&agent.name, fonts::font(Face::Regular, 12.0), text);
                if row.response.on_hover_text("Capability and intent").clicked() {
                    self.toggle(id);
                }
                if is_open {
                    let frame = Frame::new().fill(style::ink(ui, Ink::Canvas)).inner_margin(Margin::same(8)).corner_radius(4);
                    frame.show(ui, |ui| agent_ui(ui, cx, id, agent, out));
                }
            }
        });
        if add {
            let id = out.fresh_id();
            out.commit(Edit::put(Key::Agent(id.clone()), ThreatAgent { name: "New agent".into(), ..ThreatAgent::default() }));
            self.unfolded = Some(id);
        }
    }
}

fn agent_ui(ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, agent: &ThreatAgent, out: &mut Outbox) {
    ui.spacing_mut().item_spacing.y = 4.0;
    let put = |agent: ThreatAgent| Edit::put(Key::Agent(id.clone()), agent);
    labelled(ui, "Name", |ui| {
        text_field(ui, out, ("name", id), "Name of the agent", &agent.name, "Name", |name| {
            put(ThreatAgent { name, ..agent.clone() })
        });
    });
    labelled(ui, "Kind", |ui| {
        if let Some(kind) = choice(ui, ("kind", id), "Kind of agent", agent.kind, AgentKind::ALL, AgentKind::label) {
            out.commit(put(ThreatAgent { kind, ..agent.clone() }));
        }
    });
    labelled(ui, "Capability", |ui| {
        if let Some(capability) = segmented(ui, "Capability", agent.capability, LEVELS) {
            out.commit(put(ThreatAgent { capability, ..agent.clone() }));
        }
    });
    labelled(ui, "Intent", |ui| {
        if let Some(intent) = segmented(ui, "Intent", agent.intent, LEVELS) {
            out.commit(put(ThreatAgent { intent, ..agent.clone() }));
        }
    });
    labelled(ui, "Access", |ui| {
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
    labelled(ui, "Starts at", |ui| ui.horizontal_wrapped(|ui| starts_ui(ui, cx, id, agent, out)));
    let mut active = agent.active;
    if ui.checkbox(&mut active, "Counts in the ratings").changed() {
        out.commit(put(ThreatAgent { active, ..agent.clone() }));
    }
    text_area(ui, out, ("text", id), "Description of the agent", &agent.description, "Description", |description| {
        put(ThreatAgent { description, ..agent.clone() })
    });
    if ui.button("Delete").clicked() {
        out.commit(Edit::Remove { keys: [Key::Agent(id.clone())].into() });
    }
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
