//! Attack scenarios in the lower panel: named attacks whose steps tie several elements together, in the order they are taken.

use super::fields::{place_field, threat_field};
use super::{Lit, light, nothing_ui};
use crate::attack::{Outlook, TREE_CAVEAT, as_tree, outlook, percent, whose};
use crate::edit::Edit;
use crate::model::{AttackScenario, AttackTree, Id, Key, ScenarioStep};
use crate::risk::likelihood_level;
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::drawer::register::Split;
use crate::ui::widgets::{bold, caption, icon_button, labelled, number_field, optional_choice, text_area, text_field};
use crate::ui::{Action, Outbox, ViewCx, fonts, style};
use egui::{Align, Layout, RichText, ScrollArea, Sense, Ui, vec2};

/// Height of a step.
const ROW: f32 = 30.0;
/// Room for likelihood and buttons at the right end of a step.
const END: f32 = 150.0;

#[derive(Default)]
pub struct Scenarios {
    chosen: Option<Id>,
    /// What the chosen one amounts to, and of which state of the model.
    told: Option<(u64, Id, Option<Outlook>)>,
}

/// What somebody does to the list of steps.
enum Change {
    Set(usize, ScenarioStep),
    /// One place up.
    Earlier(usize),
    Remove(usize),
    Add(ScenarioStep),
}

impl Scenarios {
    pub fn show(&mut self, id: Id) {
        self.chosen = Some(id);
    }

    pub fn tools_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        if icon_button(ui, icon::PLUS, "New attack scenario").clicked() {
            let id = out.fresh_id();
            let agent = cx.model.agents.iter().find(|(_, agent)| agent.active).map(|(id, _)| id.clone());
            let scenario = AttackScenario {
                name: "New scenario".into(),
                agent,
                steps: vec![ScenarioStep { text: "First step".into(), ..ScenarioStep::default() }],
                ..AttackScenario::default()
            };
            out.commit(Edit::put(Key::Scenario(id.clone()), scenario));
            self.show(id);
        }
        let all: Vec<(Id, String)> = cx.model.scenarios.iter().map(|(id, s)| (id.clone(), told(&s.name))).collect();
        if all.len() > 1 {
            ui.allocate_ui(vec2(240.0, 24.0), |ui| {
                let chosen = optional_choice(ui, "scenario", "Attack scenario", self.chosen.as_ref(), &all, "Choose a scenario");
                if let Some(Some(id)) = chosen {
                    self.show(id);
                }
            });
        }
    }

    /// Shows the chosen scenario; the tree that is to be made of it, when somebody asks.
    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) -> Option<AttackTree> {
        let stands = |id: &Id| cx.model.scenarios.contains_key(id);
        let id = self.chosen.clone().filter(stands).or_else(|| cx.model.scenarios.keys().next().cloned());
        let Some((id, scenario)) = id.as_ref().and_then(|id| cx.model.scenarios.get_key_value(id)) else {
            nothing_ui(ui, "No attack scenario yet. Keep a way to a goal as one, or begin one with the + above.");
            return None;
        };
        self.chosen = Some(id.clone());
        if self.told.as_ref().is_none_or(|(content, of, _)| (*content, of) != (cx.content_now, id)) {
            self.told = Some((cx.content_now, id.clone(), outlook(cx.model, cx.library, cx.actual, scenario)));
        }
        let outlook = self.told.as_ref().and_then(|(.., outlook)| outlook.as_ref());
        let mut change = None;
        let split = Split::of(ui);
        split.list(ui, |ui| {
            ScrollArea::vertical().id_salt("scenario steps").auto_shrink([false, false]).show(ui, |ui| {
                ui.add_space(4.0);
                for n in 0..scenario.steps.len() {
                    let likely = outlook.and_then(|outlook| *outlook.steps.get(n)?);
                    change = step_ui(ui, cx, (id, scenario, n), likely, out).or(change.take());
                }
                ui.horizontal(|ui| {
                    ui.add_space(38.0);
                    change = add_ui(ui, cx).or(change.take());
                });
            });
        });
        let mut kept = None;
        split.details(ui, |ui| kept = about_ui(ui, cx, (id, scenario), outlook, out));
        if let Some(change) = change {
            out.commit(Edit::put(Key::Scenario(id.clone()), changed(scenario, change)));
        }
        light(cx, lit(cx, scenario), out);
        kept
    }
}

fn told(name: &str) -> String {
    if name.trim().is_empty() { "Unnamed scenario".to_owned() } else { name.to_owned() }
}

fn changed(scenario: &AttackScenario, change: Change) -> AttackScenario {
    let mut out = scenario.clone();
    match change {
        Change::Set(n, step) => out.steps.iter_mut().skip(n).take(1).for_each(|place| *place = step.clone()),
        Change::Earlier(n) if n > 0 && n < out.steps.len() => out.steps.swap(n - 1, n),
        Change::Remove(n) if n < out.steps.len() => drop(out.steps.remove(n)),
        Change::Add(step) => out.steps.push(step),
        Change::Earlier(_) | Change::Remove(_) => {}
    }
    out
}

/// A step in a line: number, what is done, where, by which threat, how likely, and what moves it.
fn step_ui(
    ui: &mut Ui,
    cx: &ViewCx<'_>,
    (id, scenario, n): (&Id, &AttackScenario, usize),
    likely: Option<f64>,
    out: &mut Outbox,
) -> Option<Change> {
    let step = scenario.steps.get(n)?;
    let mut change = None;
    ui.horizontal(|ui| {
        ui.set_min_height(ROW);
        ui.add_space(12.0);
        let (disc, _) = ui.allocate_exact_size(vec2(20.0, 20.0), Sense::hover());
        ui.painter().circle_filled(disc.center(), 9.0, style::ink(ui, Ink::Accent));
        let number = (n + 1).to_string();
        let (font, ink) = (fonts::font(Face::Bold, 11.0), style::ink(ui, Ink::OnAccent));
        ui.painter().text(disc.center(), egui::Align2::CENTER_CENTER, number, font, ink);
        let room = (ui.available_width() - END).max(240.0);
        let cell = |ui: &mut Ui, share: f32, add: &mut dyn FnMut(&mut Ui)| {
            ui.allocate_ui_with_layout(vec2(room * share - 6.0, 24.0), Layout::left_to_right(Align::Center), |ui| add(ui));
        };
        cell(ui, 0.44, &mut |ui| {
            let field = ("scenario step", id.to_string(), n);
            text_field(ui, out, field, &format!("Step {}", n + 1), &step.text, "What the attacker does", |text| {
                Edit::put(Key::Scenario(id.clone()), changed(scenario, Change::Set(n, ScenarioStep { text, ..step.clone() })))
            });
        });
        cell(ui, 0.24, &mut |ui| {
            if let Some(at) = place_field(ui, cx, &format!("Step {} happens at", n + 1), step.at.as_ref()) {
                change = Some(Change::Set(n, ScenarioStep { at, ..step.clone() }));
            }
        });
        cell(ui, 0.32, &mut |ui| {
            let name = format!("Step {} is the threat", n + 1);
            if let Some(threat) = threat_field(ui, cx, &name, step.threat.as_ref(), step.at.as_ref()) {
                // Where it happens follows from the threat, unless somebody said.
                let at = step.at.clone().or_else(|| threat.as_ref().map(|key| key.anchor.clone()));
                change = Some(Change::Set(n, ScenarioStep { threat, at, p: None, share: None, ..step.clone() }));
            }
        });
        ui.allocate_ui_with_layout(vec2(60.0, 24.0), Layout::right_to_left(Align::Center), |ui| {
            if step.threat.is_some() {
                let words = likely.map_or_else(|| "–".to_owned(), percent);
                ui.label(RichText::new(words).font(fonts::font(Face::Mono, 11.0)).color(style::ink(ui, Ink::Muted)));
            } else if let Some(new) = likely_ui(ui, n, step.p) {
                change = Some(Change::Set(n, ScenarioStep { p: new, ..step.clone() }));
            }
        });
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.add_enabled_ui(n > 0, |ui| {
            if icon_button(ui, icon::ARROW_UP, &format!("Step {}: earlier", n + 1)).clicked() {
                change = Some(Change::Earlier(n));
            }
        });
        ui.add_enabled_ui(n + 1 < scenario.steps.len(), |ui| {
            if icon_button(ui, icon::ARROW_DOWN, &format!("Step {}: later", n + 1)).clicked() {
                change = Some(Change::Earlier(n + 1));
            }
        });
        if icon_button(ui, icon::X, &format!("Remove step {}", n + 1)).clicked() {
            change = Some(Change::Remove(n));
        }
    });
    change
}

/// How likely a step without a threat is, in percent; certain is no estimate.
fn likely_ui(ui: &mut Ui, n: usize, p: Option<f64>) -> Option<Option<f64>> {
    let name = format!("Step {}: likelihood", n + 1);
    let new = number_field(ui, &name, 100.0 * p.unwrap_or(1.0), |field| {
        field.range(0.0..=100.0).speed(0.5).max_decimals(1).suffix(" %")
    })?;
    Some((new < 100.0).then_some(new / 100.0))
}

/// What adds a step: an empty one, or one for what is selected.
fn add_ui(ui: &mut Ui, cx: &ViewCx<'_>) -> Option<Change> {
    let mut change = None;
    if ui.button("Add a step").clicked() {
        change = Some(Change::Add(ScenarioStep::default()));
    }
    let threat = cx.selection.threat.as_ref().and_then(|key| cx.actual.findings.get(key));
    if let Some(finding) = threat {
        if ui.button("Add the selected threat").on_hover_text(&finding.title).clicked() {
            let (text, at) = (finding.title.clone(), Some(finding.key.anchor.clone()));
            let threat = Some(finding.key.clone());
            change = Some(Change::Add(ScenarioStep { text, at, threat, ..ScenarioStep::default() }));
        }
    } else if let Some(at) = cx.selection.single().filter(|id| is_place(cx, id))
        && ui.button("Add what is selected").on_hover_text("A step at the selected element, flow or boundary").clicked()
    {
        change = Some(Change::Add(ScenarioStep { at: Some(at.clone()), ..ScenarioStep::default() }));
    }
    change
}

fn is_place(cx: &ViewCx<'_>, id: &Id) -> bool {
    cx.model.elements.contains_key(id) || cx.model.flows.contains_key(id) || cx.model.boundaries.contains_key(id)
}

/// Name, agent and words of a scenario, what it amounts to, and what becomes of it.
fn about_ui(
    ui: &mut Ui,
    cx: &ViewCx<'_>,
    (id, scenario): (&Id, &AttackScenario),
    outlook: Option<&Outlook>,
    out: &mut Outbox,
) -> Option<AttackTree> {
    let put = |change: &dyn Fn(&mut AttackScenario)| {
        let mut scenario = scenario.clone();
        change(&mut scenario);
        Edit::put(Key::Scenario(id.clone()), scenario)
    };
    let field = |what: &'static str| ("scenario", what, id.to_string());
    text_field(ui, out, field("name"), "Name of the scenario", &scenario.name, "What happens, in a few words", |name| {
        put(&|s| s.name.clone_from(&name))
    });
    let agents: Vec<(Id, String)> = cx.model.agents.iter().map(|(id, agent)| (id.clone(), agent.name.clone())).collect();
    let chosen = labelled(ui, "Carried out by", |ui| {
        optional_choice(ui, field("agent"), "Who carries it out", scenario.agent.as_ref(), &agents, "Nobody in particular")
    });
    if let Some(agent) = chosen {
        out.commit(put(&|s| s.agent.clone_from(&agent)));
    }
    let about = &scenario.description;
    text_area(ui, out, field("about"), "About the scenario", about, "What it comes to, and why it is told", |text| {
        put(&|s| s.description.clone_from(&text))
    });
    match outlook {
        Some(outlook) => {
            let level = likelihood_level(outlook.p);
            ui.label(bold(format!("{} a year, likelihood level {level} of 5", percent(outlook.p))));
            let rest = match outlook.certain() {
                0 => String::new(),
                1 => "One step is taken as certain. ".to_owned(),
                many => format!("{many} steps are taken as certain. "),
            };
            let whose = whose(cx.model, scenario.agent.as_ref());
            ui.add(egui::Label::new(caption(ui, format!("{rest}{whose} {TREE_CAVEAT}"))).wrap());
        }
        None => drop(ui.add(egui::Label::new(caption(ui, "Bind a step to a threat, and its likelihood follows.")).wrap())),
    }
    let mut kept = None;
    ui.horizontal_wrapped(|ui| {
        if ui.button("As an attack tree").on_hover_text("Its steps in order, to be given other ways").clicked() {
            kept = Some(as_tree(scenario));
        }
        if let Some(first) = scenario.steps.iter().find_map(|step| step.at.as_ref())
            && ui.button("Show on the diagram").clicked()
        {
            out.push(Action::Reveal(first.clone()));
        }
        if ui.button("Delete this scenario").clicked() {
            out.commit(Edit::Remove { keys: [Key::Scenario(id.clone())].into() });
        }
    });
    kept
}

/// Its places on the canvas, numbered.
fn lit(cx: &ViewCx<'_>, scenario: &AttackScenario) -> Lit {
    let mut lit = Lit::default();
    for (n, step) in scenario.steps.iter().enumerate() {
        let Some(at) = step.at.as_ref().filter(|at| !cx.model.boundaries.contains_key(*at)) else { continue };
        if !lit.path.iter().any(|(id, _)| id == at) {
            lit.path.push((at.clone(), Some(n)));
        }
    }
    lit
}
