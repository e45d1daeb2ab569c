//! The threat agents with the threats each decides, and those that are usual.

use super::effects::{Effects, points};
use super::register::{Cells, Column, ROW, Sorting, Split, head, rows};
use crate::edit::Edit;
use crate::model::{AgentAccess, Id, Key, ThreatAgent, ThreatKey};
use crate::risk::name_of;
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::widgets::{Row, bold, caption, icon_button};
use crate::ui::{Outbox, ViewCx, fonts, inspector, style};
use egui::{Align2, Rect, Ui, pos2, vec2};
use std::collections::BTreeMap;

/// Columns by their width, from the right.
const EFFECT: f32 = 70.0;
const WORST: f32 = 64.0;
const DECIDES: f32 = 126.0;
const LEVEL: f32 = 144.0;
const ACCESS: f32 = 200.0;

#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Name,
    Access,
    Level,
    Decides,
    Worst,
}

#[derive(Default)]
pub struct AgentsPage {
    sorting: Sorting<By>,
    chosen: Option<Id>,
    /// The threats an agent decides, worst first, and the content that holds for.
    decides: (Option<u64>, BTreeMap<Id, Vec<ThreatKey>>),
}

impl AgentsPage {
    pub fn tools_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        if icon_button(ui, icon::PLUS, "New threat agent of your own").clicked() {
            let id = out.fresh_id();
            let agent = ThreatAgent { name: "New agent".into(), ..ThreatAgent::default() };
            out.commit(Edit::put(Key::Agent(id.clone()), agent));
            self.chosen = Some(id);
        }
        let idle = cx.model.agents.values().filter(|a| !a.active).count();
        if idle > 0 {
            ui.label(caption(ui, format!("{idle} not counted")));
        }
    }

    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, effects: &mut Effects, out: &mut Outbox) {
        if self.decides.0 != Some(cx.content) {
            let mut decides: BTreeMap<Id, Vec<ThreatKey>> = BTreeMap::new();
            for finding in cx.assessment.ranked().into_iter().filter(|f| f.counts()) {
                if let Some(agent) = &finding.agent {
                    decides.entry(agent.clone()).or_default().push(finding.key.clone());
                }
            }
            self.decides = (Some(cx.content), decides);
        }
        let mut agents: Vec<(&Id, &ThreatAgent)> = cx.model.agents.iter().collect();
        let many = |id: &Id| self.decides.1.get(id).map_or(0, Vec::len);
        agents.sort_by_key(|(id, a)| (!a.active, std::cmp::Reverse(many(id)), *id));
        let worst = |id: &Id| {
            let first = self.decides.1.get(id).and_then(|keys| keys.first());
            first.and_then(|key| cx.assessment.findings.get(key)).map_or(-1.0, |finding| finding.current.score)
        };
        self.sorting.sort(&mut agents, |by, (a_id, a), (b_id, b)| match by {
            By::Name => a.name.to_lowercase().cmp(&b.name.to_lowercase()),
            By::Access => access(a).cmp(&access(b)),
            By::Level => (a.capability, a.intent).cmp(&(b.capability, b.intent)),
            By::Decides => many(a_id).cmp(&many(b_id)),
            By::Worst => worst(a_id).total_cmp(&worst(b_id)),
        });
        let chosen = self.chosen.clone().filter(|id| cx.model.agents.contains_key(id));
        let (mut clicked, mut back) = (None, false);
        let split = Split::of(ui);
        split.list(ui, |ui| {
            if agents.is_empty() {
                return super::empty_ui(ui, "Nobody attacks yet: every threat is taken to be within somebody’s reach.");
            }
            head(ui, &mut self.sorting, (By::Name, "Agent"), &columns(ui.available_width()));
            rows(ui, "agents", agents.len(), |ui, n| {
                let Some((id, agent)) = agents.get(n) else { return };
                let decides = self.decides.1.get(*id).map(Vec::as_slice).unwrap_or_default();
                if row_ui(ui, cx, (id, agent), decides, chosen.as_ref() == Some(*id), effects) {
                    clicked = Some((*id).clone());
                }
            });
        });
        split.details(ui, |ui| match chosen.as_ref().and_then(|id| cx.model.agents.get_key_value(id)) {
            Some((id, agent)) => back = details_ui(ui, cx, id, agent, many(id), effects, out),
            None => presets_ui(ui, cx, out),
        });
        if back {
            self.chosen = None;
        }
        self.chosen = clicked.or(self.chosen.take());
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

/// From these widths on there is room for levels, and for access.
const MIDDLING: f32 = 560.0;
const WIDE: f32 = 800.0;

fn columns(width: f32) -> Vec<Column<By>> {
    let mut columns = vec![
        Column { by: None, label: "Load", width: EFFECT },
        Column::new(By::Worst, "Worst", WORST),
        Column::new(By::Decides, "Decides", DECIDES),
    ];
    columns.extend((width > MIDDLING).then(|| Column::new(By::Level, "Level", LEVEL)));
    columns.extend((width > WIDE).then(|| Column::new(By::Access, "Access", ACCESS)));
    columns
}

/// One agent; true when it was clicked.
fn row_ui(
    ui: &mut Ui,
    cx: &ViewCx<'_>,
    (id, agent): (&Id, &ThreatAgent),
    decides: &[ThreatKey],
    is_chosen: bool,
    effects: &mut Effects,
) -> bool {
    let many = match decides.len() {
        0 if !agent.active => "not counted".to_owned(),
        0 => "decides nothing".to_owned(),
        1 => "decides 1 threat".to_owned(),
        n => format!("decides {n} threats"),
    };
    let row = Row::new(ui, ROW, is_chosen, &format!("{}, {many}", agent.name));
    let (whole, clicked) = (row.whole, row.response.clicked());
    let mut cells = Cells { ui, rest: whole.shrink2(vec2(8.0, 0.0)) };
    cells.line(whole);
    let by = effects.of(ui, cx, &Key::Agent(id.clone())).map(|effect| effect.load).filter(|by| by.abs() >= 0.05);
    cells.right(EFFECT, &by.map(points).unwrap_or_default(), Face::Bold, Ink::Text);
    let worst = decides.first().and_then(|key| cx.assessment.findings.get(key));
    let score = worst.map(|f| format!("{:.1}", f.current.score)).unwrap_or_default();
    let cell = cells.right(46.0, &score, Face::Regular, Ink::Text);
    if let Some(finding) = worst {
        let swatch = Rect::from_center_size(pos2(cell.left() - 10.0, cell.center().y), vec2(9.0, 9.0));
        crate::ui::widgets::paint_ground(ui, swatch, 2.0, finding.band());
    }
    cells.rest.max.x -= 18.0;
    cells.right(DECIDES, &many, Face::Regular, if decides.is_empty() { Ink::Muted } else { Ink::Text });
    if whole.width() > MIDDLING {
        let level = format!("capability {}, intent {}", agent.capability, agent.intent);
        cells.right(LEVEL, &level, Face::Regular, Ink::Muted);
    }
    if whole.width() > WIDE {
        cells.right(ACCESS, &access(agent), Face::Regular, Ink::Muted);
    }
    let at = pos2(whole.left() + 17.0, whole.center().y);
    let ink = if agent.active { Ink::Text } else { Ink::Muted };
    ui.painter().text(at, Align2::CENTER_CENTER, icon::USER, fonts::font(Face::Icon, 15.0), style::ink(ui, ink));
    cells.rest.min.x += 28.0;
    cells.left(&agent.name, if is_chosen { Face::Bold } else { Face::Regular }, ink);
    clicked
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
