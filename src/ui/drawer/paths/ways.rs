//! The likeliest ways of each agent to each goal, step by step, and what interrupts them.

use super::{FoundPaths, Lit, light};
use crate::attack::{AttackPath, CAVEAT, Cut, Cuts, How, Interruption, PathStep, Spot, as_scenario, explained, percent};
use crate::edit::Edit;
use crate::model::{AttackScenario, AttackTree, ControlInstance, Id, Key, Site};
use crate::risk::{band, name_of};
use crate::text::Face;
use crate::theme::Ink;
use crate::ui::Page;
use crate::ui::drawer::register::Split;
use crate::ui::widgets::{Row, bold, caption, filter_chip, paint_swatch};
use crate::ui::{Action, Command, Outbox, ViewCx, fonts, style};
use egui::{Rect, ScrollArea, Ui, pos2, vec2};

const ROW: f32 = 26.0;

/// What is to be kept of the ways to a goal.
pub enum Kept {
    Tree(AttackTree),
    Scenario(AttackScenario),
}

#[derive(Default)]
pub struct Ways {
    /// Agent and number of the goal that is shown.
    chosen: Option<(Id, usize)>,
    /// Which of the paths to it.
    way: usize,
    /// What interrupts every likely way is shown, not only those told.
    cuts_all: bool,
}

impl Ways {
    /// Lists goals and tells the ways to one of them; what somebody wants to keep of them.
    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, agents: &[FoundPaths], out: &mut Outbox) -> Option<Kept> {
        let first = agents.iter().find(|a| !a.paths.goals.is_empty()).map(|a| (a.paths.agent.clone(), 0));
        let stands = |(agent, n): &(Id, usize)| agents.iter().any(|a| a.paths.agent == *agent && a.paths.goals.len() > *n);
        let chosen = self.chosen.clone().filter(stands).or(first);
        let mut clicked = None;
        let split = Split::at(ui, 0.56, 760.0);
        split.list(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ScrollArea::vertical().id_salt("goals").auto_shrink([false, false]).show(ui, |ui| {
                for agent in agents.iter().filter(|a| !a.paths.goals.is_empty()) {
                    ui.horizontal(|ui| {
                        ui.set_min_height(ROW);
                        ui.add_space(12.0);
                        ui.label(bold(name_of(cx.model, &agent.paths.agent)));
                    });
                    for (n, best) in agent.paths.best().enumerate() {
                        let is_shown = chosen.as_ref().is_some_and(|(id, at)| *id == agent.paths.agent && *at == n);
                        if goal_ui(ui, cx, best, is_shown) {
                            clicked = Some((agent.paths.agent.clone(), n));
                        }
                    }
                }
            });
        });
        let shown = chosen.as_ref().and_then(|(id, n)| {
            let agent = agents.iter().find(|a| a.paths.agent == *id)?;
            Some((agent, agent.paths.goals.get(*n)?, agent.cuts.get(*n).and_then(Option::as_ref)))
        });
        let mut kept = None;
        split.details(ui, |ui| {
            if let Some((agent, paths, cuts)) = shown {
                kept = self.details_ui(ui, cx, agent, paths, cuts, out);
            }
        });
        if clicked.is_some() {
            self.way = 0;
        }
        self.chosen = clicked.or(chosen);
        kept
    }

    fn details_ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewCx<'_>,
        agent: &FoundPaths,
        paths: &[AttackPath],
        cuts: Option<&Cuts>,
        out: &mut Outbox,
    ) -> Option<Kept> {
        let way = self.way.min(paths.len().saturating_sub(1));
        let path = paths.get(way)?;
        ui.label(bold(format!("{} → {}", name_of(cx.model, &path.agent), path.goal.told(cx.model))));
        ui.horizontal_wrapped(|ui| {
            for (n, path) in paths.iter().enumerate() {
                let label = format!("{}: {}", n + 1, percent(path.p));
                if filter_chip(ui, n == way, &label).on_hover_text("Another way to the same goal").clicked() {
                    self.way = n;
                }
            }
        });
        for (n, step) in path.steps.iter().enumerate() {
            step_ui(ui, cx, path, n, step, out);
        }
        ui.add(egui::Label::new(caption(ui, format!("Risk {:.1}. {CAVEAT}", path.risk))).wrap());
        let mut kept = None;
        ui.horizontal(|ui| {
            let tree = ui.button("As an attack tree").on_hover_text("Keeps these ways as a tree that can be worked on");
            if tree.clicked() {
                kept = explained(cx.model, cx.library, cx.actual, paths).map(Kept::Tree);
            }
            let scenario = ui.button("As a scenario").on_hover_text("Keeps this way as a named attack, step by step");
            if scenario.clicked() {
                kept = Some(Kept::Scenario(as_scenario(cx.model, cx.library, cx.actual, path)));
            }
        });
        if let Some(cuts) = cuts {
            ui.add_space(6.0);
            self.cuts_ui(ui, cx, cuts, out);
        }
        if !agent.paths.chokes.is_empty() {
            ui.add_space(6.0);
            ui.label(bold("Where the paths of this agent come together"));
            for choke in agent.paths.chokes.iter().take(6) {
                let words = format!("{:.0} %  {}", 100.0 * choke.share, name_of(cx.model, &choke.at));
                if ui.add(egui::Link::new(caption(ui, words))).clicked() {
                    out.push(Action::Reveal(choke.at.clone()));
                }
            }
        }
        let mut lit = Lit::default();
        for (n, step) in path.steps.iter().enumerate() {
            for place in step.places() {
                if !lit.path.iter().any(|(id, _)| id == place) && !cx.model.boundaries.contains_key(place) {
                    let gets_here = |id: &Id| step.to.id() == Some(id) && !matches!(step.to, Spot::Goal(_));
                    lit.path.push((place.clone(), gets_here(place).then_some(n)));
                }
            }
        }
        // Flows come together at the element they lead to, which is told.
        let drawn = agent.paths.chokes.iter().filter(|choke| cx.model.elements.contains_key(&choke.at));
        lit.chokes = drawn.take(3).map(|choke| (choke.at.clone(), choke.share)).collect();
        light(cx, lit, out);
        kept
    }

    fn cuts_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, cuts: &Cuts, out: &mut Outbox) {
        ui.label(bold("What interrupts them"));
        if cuts.told != cuts.likely {
            let days = |cut: &Cut| match cut {
                Cut::Controls { .. } => format!(", {:.0} days", cut.days()),
                _ => String::new(),
            };
            let relevant = 100.0 * cx.library.calibration.paths.relevant;
            let choices = [
                (false, format!("These ways{}", days(&cuts.told)), format!("Every way from {} on", percent(cuts.least))),
                (true, format!("Every likely way{}", days(&cuts.likely)), format!("Every way from {relevant:.0} % on")),
            ];
            ui.horizontal_wrapped(|ui| {
                for (all, label, about) in choices {
                    if filter_chip(ui, self.cuts_all == all, &label).on_hover_text(about).clicked() {
                        self.cuts_all = all;
                    }
                }
            });
        }
        cut_ui(ui, cx, if self.cuts_all { &cuts.likely } else { &cuts.told }, out);
    }
}

fn goal_ui(ui: &mut Ui, cx: &ViewCx<'_>, best: &AttackPath, is_shown: bool) -> bool {
    let told = best.goal.told(cx.model);
    let said = format!("{told}: {}, risk {:.1}", percent(best.p), best.risk);
    let mut row = Row::new(ui, ROW, is_shown, &said);
    let (text, muted) = (style::ink(row.ui, Ink::Text), style::ink(row.ui, Ink::Muted));
    row.rest = row.whole.shrink2(vec2(24.0, 0.0));
    row.right(format!("{:.1}", best.risk), fonts::font(Face::Bold, 12.0), text);
    row.rest.max.x -= 14.0;
    let swatch = Rect::from_center_size(pos2(row.rest.right() + 4.0, row.whole.center().y), vec2(9.0, 9.0));
    paint_swatch(row.ui, swatch, band(best.risk));
    row.rest.max.x -= 8.0;
    row.right(percent(best.p), fonts::font(Face::Regular, 12.0), muted);
    let steps = best.steps.iter().filter(|step| step.how != How::Start).count();
    row.right(if steps == 1 { "1 step".to_owned() } else { format!("{steps} steps") }, fonts::font(Face::Regular, 11.0), muted);
    row.text(&told, fonts::font(if is_shown { Face::Bold } else { Face::Regular }, 13.0), text);
    row.response.clicked()
}

fn step_ui(ui: &mut Ui, cx: &ViewCx<'_>, path: &AttackPath, n: usize, step: &PathStep, out: &mut Outbox) {
    let told = step.told(cx.model);
    let to = step.gained(cx.model).map(|gained| format!(" → {gained}")).unwrap_or_default();
    let said = format!("Step {} of {}: {told}{to}, {}", n + 1, path.steps.len(), percent(step.p));
    let mut row = Row::new(ui, 24.0, false, &said);
    let (text, muted, accent) = (style::ink(row.ui, Ink::Text), style::ink(row.ui, Ink::Muted), style::ink(row.ui, Ink::Accent));
    row.rest = row.whole.shrink2(vec2(2.0, 0.0));
    row.right(percent(step.p), fonts::font(Face::Mono, 11.0), muted);
    let at = pos2(row.rest.left(), row.rest.center().y);
    row.ui.painter().text(at, egui::Align2::LEFT_CENTER, format!("{}", n + 1), fonts::font(Face::Bold, 12.0), accent);
    row.indent(18.0);
    let ink = if matches!(step.how, How::Threat { .. }) { text } else { muted };
    row.text(&format!("{told}{to}"), fonts::font(Face::Regular, 12.0), ink);
    let clicked = row.response.on_hover_text_at_pointer(said).clicked();
    match &step.how {
        How::Threat { threat, .. } if clicked => out.push(Action::ShowThreat(threat.clone())),
        _ if clicked => step.to.id().into_iter().for_each(|id| out.push(Action::Reveal(id.clone()))),
        _ => {}
    }
}

/// What interrupts the paths, to be tried out or planned.
fn cut_ui(ui: &mut Ui, cx: &ViewCx<'_>, cut: &Cut, out: &mut Outbox) {
    let note = |ui: &mut Ui, words: &str| drop(ui.add(egui::Label::new(caption(ui, words)).wrap()));
    match cut {
        Cut::Nothing => note(ui, "Nothing has to: no path is likely enough."),
        Cut::Never(threats) if threats.is_empty() => note(ui, "Nothing can: the agent holds it from the start."),
        Cut::Never(_) => note(ui, "No control of the library is left to add against them."),
        Cut::Controls { controls, left } => {
            controls.iter().for_each(|one| control_ui(ui, cx, one, out));
            let rest = if left.is_empty() { "" } else { " Some paths stay: no control is left to add against them." };
            note(ui, &format!("The cheapest set, {:.0} person-days.{rest}", cut.days()));
            ui.horizontal(|ui| {
                if ui.button("Try it out").on_hover_text("As carried out, to be kept or dropped").clicked() {
                    if cx.trial.is_none() {
                        out.run(Command::StartTrial);
                        out.run(Command::Page(Page::Paths));
                    }
                    put("interrupt attack paths", cut.carried_out(), out);
                }
                if ui.button("Plan it").clicked() {
                    put("plan controls against attack paths", cut.plans(), out);
                }
            });
        }
    }
}

/// One control of a cut, with what it costs; a click shows where it is put.
fn control_ui(ui: &mut Ui, cx: &ViewCx<'_>, one: &Interruption, out: &mut Outbox) {
    let name = cx.control_name(&one.control);
    let at = match &one.at {
        Site::Model => "the whole model".to_owned(),
        Site::At(id) => name_of(cx.model, id),
    };
    let days = format!("{:.0} {}", one.days, if one.days.round() == 1.0 { "day" } else { "days" });
    let mut row = Row::new(ui, 24.0, false, &format!("{name} at {at}: {days}"));
    let (text, muted) = (style::ink(row.ui, Ink::Text), style::ink(row.ui, Ink::Muted));
    row.rest = row.whole.shrink2(vec2(2.0, 0.0));
    row.right(days, fonts::font(Face::Regular, 12.0), muted);
    row.text(&format!("{name} at {at}"), fonts::font(Face::Regular, 12.0), text);
    let titles = one.threats.iter().filter_map(|key| cx.actual.findings.get(key)).map(|finding| finding.title.as_str());
    let against = format!("Against: {}", titles.take(6).collect::<Vec<_>>().join("; "));
    if let (true, Site::At(id)) = (row.response.on_hover_text_at_pointer(against).clicked(), &one.at) {
        out.push(Action::Reveal(id.clone()));
    }
}

fn put(label: &str, instances: Vec<ControlInstance>, out: &mut Outbox) {
    let edits = instances.into_iter().map(|instance| (out.fresh_id(), instance));
    let edits = edits.map(|(id, instance)| Edit::put(Key::Instance(id), instance)).collect::<Vec<_>>();
    out.commit(Edit::Batch { label: label.to_owned(), edits });
}
