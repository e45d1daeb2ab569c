//! Attack trees in the lower panel: drawn with what their steps amount to today, and worked on step by step.

use crate::chart::{TreeDrawing, about_tree, draw_tree};
use crate::edit::Edit;
use crate::geometry::pt;
use crate::model::{AttackTree, Gate, Id, Key, ThreatKey, TreeStep};
use crate::text::icon;
use crate::theme::Ink;
use crate::tool::Camera;
use crate::ui::painter::{Painter, View};
use crate::ui::widgets::{bold, caption, icon_button, labelled, named, optional_choice, segmented, text_field};
use crate::ui::{Action, Outbox, ViewCx, style};
use egui::{DragValue, Sense, Ui, WidgetInfo, WidgetType, vec2};

#[derive(Default)]
pub struct Trees {
    tree: Option<Id>,
    /// The step that is worked on.
    step: Vec<usize>,
    drawn: Option<(u64, Id, Vec<usize>, TreeDrawing)>,
}

impl Trees {
    pub fn show(&mut self, id: Id) {
        (self.tree, self.step) = (Some(id), Vec::new());
    }

    pub fn tools_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        if icon_button(ui, icon::PLUS, "New attack tree").clicked() {
            let id = out.fresh_id();
            let root = TreeStep { name: "What the attacker wants".into(), ..TreeStep::default() };
            out.commit(Edit::put(Key::AttackTree(id.clone()), AttackTree { root, ..AttackTree::default() }));
            self.show(id);
        }
        let all: Vec<(Id, String)> =
            cx.model.attack_trees.iter().map(|(id, tree)| (id.clone(), tree.root.name.clone())).collect();
        if all.len() > 1 {
            ui.allocate_ui(vec2(220.0, 24.0), |ui| {
                let chosen = optional_choice(ui, "tree", "Attack tree", self.tree.as_ref(), &all, "Choose a tree");
                if let Some(Some(id)) = chosen {
                    self.show(id);
                }
            });
        }
    }

    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        let stands = |id: &Id| cx.model.attack_trees.contains_key(id);
        let id = self.tree.clone().filter(stands).or_else(|| cx.model.attack_trees.keys().next().cloned());
        let Some((id, tree)) = id.as_ref().and_then(|id| cx.model.attack_trees.get_key_value(id)) else {
            let text = "No attack tree yet. Keep the ways to a goal as one, or begin one with the + above.";
            return super::nothing_ui(ui, text);
        };
        self.tree = Some(id.clone());
        if tree.root.at(&self.step).is_none() {
            self.step.clear();
        }
        let holds = |(revision, of, step, _): &(u64, Id, Vec<usize>, TreeDrawing)| {
            *revision == cx.revision && of == id && *step == self.step
        };
        if !self.drawn.as_ref().is_some_and(holds) {
            let drawing = draw_tree(cx.model, cx.library, cx.actual, tree, Some(&self.step));
            self.drawn = Some((cx.revision, id.clone(), self.step.clone(), drawing));
        }
        let split = super::super::register::Split::of(ui);
        let mut clicked = None;
        if let Some((.., drawing)) = &self.drawn {
            split.list(ui, |ui| clicked = picture_ui(ui, cx, drawing, &about_tree(tree)));
        }
        split.details(ui, |ui| self.step_ui(ui, cx, id, tree, out));
        if let Some(step) = clicked {
            self.step = step;
        }
    }

    fn step_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, tree: &AttackTree, out: &mut Outbox) {
        let Some(step) = tree.root.at(&self.step) else { return };
        let place = self.step.clone();
        let changed = |change: &dyn Fn(&mut TreeStep)| {
            let mut tree = tree.clone();
            tree.root.at_mut(&place).into_iter().for_each(change);
            Edit::put(Key::AttackTree(id.clone()), tree)
        };
        ui.label(bold(if place.is_empty() { "Goal of the tree" } else { "Step of the tree" }));
        let field = ("tree step", id.to_string(), format!("{place:?}"));
        text_field(ui, out, field, "Name of the step", &step.name, "What the attacker does", |name| {
            changed(&|step: &mut TreeStep| step.name.clone_from(&name))
        });
        if !step.is_leaf() {
            let gates = [(Gate::Or, "any of"), (Gate::And, "all of"), (Gate::Sand, "in order")];
            if let Some(gate) = segmented(ui, "Steps below", step.gate, &gates) {
                out.commit(changed(&|step: &mut TreeStep| step.gate = gate));
            }
        } else {
            leaf_ui(ui, cx, step, &changed, out);
        }
        ui.horizontal_wrapped(|ui| {
            if ui.button("Add a step below").clicked() {
                out.commit(changed(&|step: &mut TreeStep| {
                    step.steps.push(TreeStep { name: "New step".into(), ..TreeStep::default() });
                }));
                self.step.push(step.steps.len());
            }
            if let Some(threat) = cx.selection.threat.as_ref()
                && let Some(finding) = cx.actual.findings.get(threat)
                && ui.button("Add the selected threat below").on_hover_text(&finding.title).clicked()
            {
                let (title, threat) = (finding.title.clone(), threat.clone());
                out.commit(changed(&|step: &mut TreeStep| {
                    step.steps.push(TreeStep::of_threat(title.clone(), threat.clone()));
                }));
            }
            if !place.is_empty() && ui.button("Remove this step").clicked() {
                let mut tree = tree.clone();
                if let Some((last, above)) = place.split_last()
                    && let Some(above) = tree.root.at_mut(above)
                    && *last < above.steps.len()
                {
                    above.steps.remove(*last);
                }
                out.commit(Edit::put(Key::AttackTree(id.clone()), tree));
                self.step.pop();
            }
            if place.is_empty() && ui.button("Delete this tree").clicked() {
                out.commit(Edit::Remove { keys: [Key::AttackTree(id.clone())].into() });
            }
        });
        ui.add(egui::Label::new(caption(ui, tree.description.clone())).wrap());
    }
}

/// What a leaf stands for, and what is estimated of it.
fn leaf_ui(ui: &mut Ui, cx: &ViewCx<'_>, step: &TreeStep, changed: &dyn Fn(&dyn Fn(&mut TreeStep)) -> Edit, out: &mut Outbox) {
    match &step.threat {
        Some(threat) => {
            let finding = cx.actual.findings.get(threat).filter(|f| f.counts());
            let words = match finding {
                Some(f) => format!("{} {}: {:.0} % today", f.label(), f.title, 100.0 * f.current.p),
                None => "The threat is not found any more, or was ruled out: no way leads here.".to_owned(),
            };
            if ui.add(egui::Link::new(caption(ui, words))).clicked() {
                out.push(Action::ShowThreat(ThreatKey::clone(threat)));
            }
            if ui.button("Stand for no threat").clicked() {
                out.commit(changed(&|step: &mut TreeStep| step.threat = None));
            }
        }
        None => {
            if let Some(threat) = cx.selection.threat.clone()
                && ui.button("Stand for the selected threat").clicked()
            {
                out.commit(changed(&|step: &mut TreeStep| step.threat = Some(threat.clone())));
            }
        }
    }
    let mut number = |ui: &mut Ui, name: &str, value: Option<f64>, most: f64, put: &dyn Fn(&mut TreeStep, Option<f64>)| {
        labelled(ui, name, |ui| match value {
            Some(value) => {
                let mut new = value;
                let response =
                    named(ui.add(DragValue::new(&mut new).range(0.0..=most).speed(most / 200.0).max_decimals(2)), name);
                let id = response.id.with("kept");
                if response.changed() {
                    ui.data_mut(|d| d.insert_temp(id, new));
                }
                let is_done = !response.dragged() && !response.has_focus();
                if let Some(kept) = ui.data(|d| d.get_temp::<f64>(id)).filter(|_| is_done) {
                    ui.data_mut(|d| d.remove_temp::<f64>(id));
                    out.commit(changed(&|step: &mut TreeStep| put(step, Some(kept))));
                }
                if icon_button(ui, icon::X, &format!("{name}: not stated")).clicked() {
                    out.commit(changed(&|step: &mut TreeStep| put(step, None)));
                }
            }
            None => {
                if ui.button("State it").on_hover_text(name).clicked() {
                    out.commit(changed(&|step: &mut TreeStep| put(step, Some(most / 2.0))));
                }
            }
        });
    };
    number(ui, "Probability", step.p, 1.0, &|step, value| step.p = value);
    number(ui, "Cost", step.cost, 1000.0, &|step, value| step.cost = value);
    number(ui, "Skill", step.skill.map(f64::from), 5.0, &|step, value| {
        step.skill = value.map(|value| value.round().clamp(1.0, 5.0) as u8);
    });
}

/// The tree as large as the room allows; the step that was clicked.
fn picture_ui(ui: &mut Ui, cx: &ViewCx<'_>, drawing: &TreeDrawing, about: &str) -> Option<Vec<usize>> {
    let room = ui.available_rect_before_wrap();
    let response = ui.allocate_rect(room, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, about));
    ui.painter().rect_filled(room, 0.0, style::ink(ui, Ink::Canvas));
    let bounds = drawing.scene.bounds;
    let scale = (room.width() / bounds.w.max(1.0)).min(room.height() / bounds.h.max(1.0)).min(1.0);
    let center = pt(bounds.x + bounds.w / 2.0, bounds.y + bounds.h / 2.0);
    let view = View { camera: Camera { center, scale }, rect: room };
    let painter = ui.painter().with_clip_rect(room.intersect(ui.clip_rect()));
    Painter { painter: &painter, view, theme: cx.theme, opacity: 1.0 }.items(&drawing.scene.items);
    let at = response.interact_pointer_pos().filter(|_| response.clicked())?;
    drawing.at(view.to_world(at)).cloned()
}
