//! The step of an attack tree that is worked on: its name, how the steps below it belong together, or what a leaf stands for.

use super::super::fields::threat_field;
use super::without;
use crate::attack::TREE_CAVEAT;
use crate::edit::Edit;
use crate::model::{AttackTree, Gate, Id, Key, MAX_TREE_DEPTH, ThreatKey, TreeStep};
use crate::text::icon;
use crate::ui::widgets::{
    bold, caption, icon_button, labelled, link, named, number_field, optional_choice, segmented, text_field,
};
use crate::ui::{Action, Outbox, ViewCx};
use egui::Ui;

/// A change of a step.
type Change<'a> = &'a dyn Fn(&mut TreeStep);

/// A tree, and the step of it that is worked on.
struct Place<'a> {
    id: &'a Id,
    tree: &'a AttackTree,
    place: &'a [usize],
}

impl Place<'_> {
    /// The edit that changes the step.
    fn changed(&self, change: Change<'_>) -> Edit {
        let mut tree = self.tree.clone();
        tree.root.at_mut(self.place).into_iter().for_each(change);
        Edit::put(Key::AttackTree(self.id.clone()), tree)
    }

    /// The edit that swaps the step with the one `by` places further, and where it is then.
    fn moved(&self, by: isize) -> Option<(Edit, Vec<usize>)> {
        let (last, above) = self.place.split_last()?;
        let other = last.checked_add_signed(by)?;
        let mut tree = self.tree.clone();
        let steps = &mut tree.root.at_mut(above)?.steps;
        if other >= steps.len() {
            return None;
        }
        steps.swap(*last, other);
        let place = above.iter().copied().chain([other]).collect();
        Some((Edit::put(Key::AttackTree(self.id.clone()), tree), place))
    }
}

/// The fields of a step; the place to go on with, when that is another one.
pub fn ui(ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, tree: &AttackTree, place: &[usize], out: &mut Outbox) -> Option<Vec<usize>> {
    let step = tree.root.at(place)?;
    let at = Place { id, tree, place };
    let mut next = None;
    ui.horizontal(|ui| {
        ui.label(bold(if place.is_empty() { "Goal of the tree" } else { "Step of the tree" }));
        for (by, glyph, name) in [(-1, icon::ARROW_LEFT, "Step: earlier"), (1, icon::ARROW_RIGHT, "Step: later")] {
            if let Some((edit, to)) = at.moved(by)
                && icon_button(ui, glyph, name).clicked()
            {
                out.commit(edit);
                next = Some(to);
            }
        }
    });
    let field = ("tree step", id.to_string(), format!("{place:?}"));
    text_field(ui, out, field, "Name of the step", &step.name, "What the attacker does", |name| {
        at.changed(&|step| step.name.clone_from(&name))
    });
    if step.is_leaf() {
        leaf_ui(ui, cx, step, &at, out);
    } else {
        let gates = [(Gate::Or, "any of"), (Gate::And, "all of"), (Gate::Sand, "in order")];
        if let Some(gate) = labelled(ui, "Takes", |ui| segmented(ui, "Steps below", step.gate, &gates)) {
            out.commit(at.changed(&|step| step.gate = gate));
        }
    }
    ui.horizontal_wrapped(|ui| {
        let below = || place.iter().copied().chain([step.steps.len()]).collect::<Vec<usize>>();
        ui.add_enabled_ui(place.len() + 1 < MAX_TREE_DEPTH, |ui| {
            if ui.button("Add a step below").clicked() {
                let new = || TreeStep { name: "New step".into(), ..TreeStep::default() };
                out.commit(at.changed(&|step| step.steps.push(new())));
                next = Some(below());
            }
            if let Some(threat) = cx.selection.threat.as_ref()
                && let Some(finding) = cx.actual.findings.get(threat)
                && ui.button("Add the selected threat below").on_hover_text(&finding.title).clicked()
            {
                let new = || TreeStep::of_threat(finding.title.clone(), threat.clone());
                out.commit(at.changed(&|step| step.steps.push(new())));
                next = Some(below());
            }
        });
        if let Some((_, above)) = place.split_last() {
            if ui.button("Remove this step").on_hover_text("With the steps below it (Del)").clicked() {
                out.commit(without(id, tree, place));
                next = Some(above.to_vec());
            }
        } else if ui.button("Delete this tree").clicked() {
            out.commit(Edit::Remove { keys: [Key::AttackTree(id.clone())].into() });
        }
    });
    if place.is_empty() {
        let field = ("tree", id.to_string(), "description");
        text_field(ui, out, field, "About the tree", &tree.description, "What the tree is about", |description| {
            Edit::put(Key::AttackTree(id.clone()), AttackTree { description, ..tree.clone() })
        });
        let agents: Vec<(Id, String)> = cx.model.agents.iter().map(|(id, agent)| (id.clone(), agent.name.clone())).collect();
        let chosen = labelled(ui, "As likely as for", |ui| {
            let none = "Whoever is likeliest";
            optional_choice(ui, ("tree agent", id.to_string()), "Whose attack the tree is", tree.agent.as_ref(), &agents, none)
        });
        if let Some(agent) = chosen {
            out.commit(Edit::put(Key::AttackTree(id.clone()), AttackTree { agent, ..tree.clone() }));
        }
        ui.add(egui::Label::new(caption(ui, TREE_CAVEAT)).wrap());
    }
    next
}

/// What a leaf stands for, and what is estimated of it.
fn leaf_ui(ui: &mut Ui, cx: &ViewCx<'_>, step: &TreeStep, at: &Place<'_>, out: &mut Outbox) {
    let current = step.threat.as_ref();
    let chosen = labelled(ui, "Threat", |ui| threat_field(ui, cx, "Threat of the step", current, None));
    if let Some(threat) = chosen {
        out.commit(at.changed(&|step| bind(step, cx, threat.clone())));
    }
    if let Some(threat) = current {
        match cx.actual.findings.get(threat).filter(|f| f.counts()) {
            Some(f) => {
                if link(ui, &format!("{:.0} % today: show the threat", 100.0 * f.current.p)).clicked() {
                    out.push(Action::ShowThreat(threat.clone()));
                }
            }
            None => {
                let words = "The threat is not found any more, or was ruled out: no way leads here.";
                ui.add(egui::Label::new(caption(ui, words)).wrap());
            }
        }
    }
    let name = if current.is_some() { "Probability, over that of the threat" } else { "Probability" };
    estimate_ui(ui, (name, 1.0), step.p, at, &|step, value| step.p = value, out);
    estimate_ui(ui, ("Cost", 1000.0), step.cost, at, &|step, value| step.cost = value, out);
    let skill = step.skill.map(f64::from);
    let put = |step: &mut TreeStep, value: Option<f64>| step.skill = value.map(|value| value.round().clamp(1.0, 5.0) as u8);
    estimate_ui(ui, ("Skill", 5.0), skill, at, &put, out);
}

/// Binds a leaf to a threat; a leaf nobody named takes the threat's title.
fn bind(step: &mut TreeStep, cx: &ViewCx<'_>, threat: Option<ThreatKey>) {
    let title = threat.as_ref().and_then(|key| cx.actual.findings.get(key)).map(|f| f.title.clone());
    let is_unnamed = step.name.trim().is_empty() || step.name == "New step";
    if let (Some(title), true) = (title, is_unnamed) {
        step.name = title;
    }
    // What was part of the likelihood of one threat is none of another.
    (step.threat, step.share) = (threat, None);
}

/// A number that may be left open, with its greatest value.
fn estimate_ui(
    ui: &mut Ui,
    (name, most): (&str, f64),
    value: Option<f64>,
    at: &Place<'_>,
    put: &dyn Fn(&mut TreeStep, Option<f64>),
    out: &mut Outbox,
) {
    let label = name.split(',').next().unwrap_or(name);
    labelled(ui, label, |ui| match value {
        Some(value) => {
            if let Some(new) = number_field(ui, name, value, |field| field.range(0.0..=most).speed(most / 200.0).max_decimals(2))
            {
                out.commit(at.changed(&|step| put(step, Some(new))));
            }
            if icon_button(ui, icon::X, &format!("{label}: not stated")).clicked() {
                out.commit(at.changed(&|step| put(step, None)));
            }
        }
        None => {
            if named(ui.button("State it"), &format!("State the {}", label.to_lowercase())).on_hover_text(name).clicked() {
                out.commit(at.changed(&|step| put(step, Some(most / 2.0))));
            }
        }
    });
}
