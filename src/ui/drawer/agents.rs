//! The threat agents with the threats each decides, and those that are usual.

use super::effects::{Effects, points};
use super::register::Split;
use super::register::table::{Tables, facts};
use crate::edit::Edit;
use crate::model::{AgentAccess, Id, Key, ThreatAgent};
use crate::register::{self, Register};
use crate::risk::name_of;
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::widgets::{Row, bold, caption, icon_button};
use crate::ui::{Outbox, ViewCx, fonts, inspector, style};
use egui::{Ui, vec2};

#[derive(Default)]
pub struct AgentsPage;

impl AgentsPage {
    pub fn tools_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, tables: &mut Tables, out: &mut Outbox) {
        if icon_button(ui, icon::PLUS, "New threat agent of your own").clicked() {
            let id = out.fresh_id();
            let agent = ThreatAgent { name: "New agent".into(), ..ThreatAgent::default() };
            out.commit(Edit::put(Key::Agent(id.clone()), agent));
            tables.of(Register::Agents).choose(Some(register::Row::Record(Key::Agent(id))));
        }
        tables.of(Register::Agents).tools_ui(ui, &facts(cx), out);
        let idle = cx.model.agents.values().filter(|a| !a.active).count();
        if idle > 0 {
            ui.label(caption(ui, format!("{idle} not counted")));
        }
    }

    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, tables: &mut Tables, effects: &mut Effects, out: &mut Outbox) {
        let table = tables.of(Register::Agents);
        let split = Split::of(ui);
        split.list(ui, |ui| {
            let empty = "Nobody attacks yet: every threat is taken to be within somebody’s reach.";
            table.ui(ui, cx, &mut |ui, row| effects.load_of(ui, cx, row), empty, out);
        });
        let chosen = match table.single() {
            Some(register::Row::Record(Key::Agent(id))) => cx.model.agents.get_key_value(id),
            _ => None,
        };
        let mut back = false;
        split.details(ui, |ui| match chosen {
            Some((id, agent)) => {
                let decides = facts(cx).decides(id).len();
                back = details_ui(ui, cx, id, agent, decides, effects, out);
            }
            None => presets_ui(ui, cx, out),
        });
        if back {
            table.choose(None);
        }
    }
}

/// How many count.
pub fn count(cx: &ViewCx<'_>) -> String {
    let active = cx.model.agents.values().filter(|a| a.active).count();
    if active == 0 { String::new() } else { active.to_string() }
}

fn access(agent: &ThreatAgent) -> String {
    agent.access.iter().map(|a| AgentAccess::label(*a)).collect::<Vec<_>>().join(", ")
}

/// Everything about one; true to go back to the presets.
fn details_ui(
    ui: &mut Ui,
    cx: &ViewCx<'_>,
    id: &Id,
    agent: &ThreatAgent,
    decides: usize,
    effects: &mut Effects,
    out: &mut Outbox,
) -> bool {
    let mut back = false;
    ui.horizontal(|ui| {
        back = icon_button(ui, icon::CARET_LEFT, "Back to the usual agents").clicked();
        ui.add(egui::Label::new(bold(&agent.name)).truncate());
    });
    let key = Key::Agent(id.clone());
    if let Some(effect) = effects.of(ui, cx, &key) {
        let words = match effect.threats.len() {
            0 => format!("It decides {decides} threats; without it others would bring about the same."),
            n => format!("It decides {decides} threats. Without it {n} would change, and the load by {}.", points(-effect.load)),
        };
        ui.add(egui::Label::new(caption(ui, words)).wrap());
    }
    effects.list_ui(ui, cx, &key, "Nothing would change without it.", out);
    ui.add_space(4.0);
    inspector::agent_ui(ui, cx, id, agent, out);
    if ui.button("Delete this threat agent").clicked() {
        out.commit(Edit::Remove { keys: [key].into() });
    }
    back
}

/// The usual agents, each to be added with a click.
fn presets_ui(ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
    ui.label(bold("Usual agents, with where they would start here"));
    ui.spacing_mut().item_spacing.y = 0.0;
    for preset in &cx.library.agents {
        let is_there = cx.model.agents.values().any(|a| a.kind == preset.kind && a.access == preset.access);
        let agent = cx.library.agent(cx.model, preset);
        let starts = match agent.starts.iter().collect::<Vec<_>>().as_slice() {
            [] => "no start found".to_owned(),
            [one] => format!("at {}", name_of(cx.model, one)),
            [one, more @ ..] => format!("at {} and {} more", name_of(cx.model, one), more.len()),
        };
        let verb = if is_there { "There already" } else { "Add" };
        let mut row = Row::new(ui, 24.0, false, &format!("{verb}: {}, {starts}", preset.name));
        let ink = |ink| style::ink(row.ui, ink);
        let (text, muted, good) = (ink(Ink::Text), ink(Ink::Muted), ink(Ink::Good));
        row.rest = row.whole.shrink2(vec2(4.0, 0.0));
        let (glyph, color) = if is_there { (icon::CHECK, good) } else { (icon::PLUS, muted) };
        row.icon(Face::Icon, glyph, 12.0, color).right(&starts, fonts::font(Face::Regular, 11.0), muted);
        row.right(format!("{} · {}", preset.capability, preset.intent), fonts::font(Face::Mono, 11.0), muted);
        row.text(&preset.name, fonts::font(Face::Regular, 12.0), if is_there { muted } else { text });
        let tip =
            format!("{}\nCapability {} and intent {} of 5; {}", preset.motive, preset.capability, preset.intent, access(&agent));
        if row.response.on_hover_text(tip).clicked() && !is_there {
            let id = out.fresh_id();
            out.commit(Edit::put(Key::Agent(id), agent));
        }
    }
}
