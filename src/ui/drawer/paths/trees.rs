//! Attack trees in the lower panel: drawn with what their steps amount to today, and worked on step by step.

mod step;

use super::{Lit, light, nothing_ui};
use crate::chart::{TreeDrawing, about_tree, draw_tree};
use crate::edit::Edit;
use crate::geometry::pt;
use crate::model::{AttackTree, Gate, Id, Key, TreeStep};
use crate::text::icon;
use crate::theme::Ink;
use crate::tool::Camera;
use crate::ui::drawer::register::Split;
use crate::ui::painter::{Painter, View};
use crate::ui::widgets::{icon_button, optional_choice};
use crate::ui::{Action, Outbox, ViewCx, style};
use egui::{Modifiers, ScrollArea, Sense, Ui, WidgetInfo, WidgetType, vec2};

/// The least scale at which names are read.
const READABLE: f32 = 0.6;

#[derive(Default)]
pub struct Trees {
    tree: Option<Id>,
    /// The step that is worked on.
    step: Vec<usize>,
    drawn: Option<(u64, Id, Vec<usize>, TreeDrawing)>,
}

/// What somebody does with the step in the picture.
enum Deed {
    Choose(Vec<usize>),
    Remove(Vec<usize>),
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
        let shown = self.tree.as_ref().filter(|id| cx.model.attack_trees.contains_key(*id));
        if let Some(id) = shown
            && icon_button(ui, icon::EXPORT, "Export this tree as a picture").clicked()
        {
            out.push(Action::ExportTree(id.clone()));
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
            return nothing_ui(ui, text);
        };
        self.tree = Some(id.clone());
        // What an undo took away is worked on no longer: the nearest step above it is.
        while tree.root.at(&self.step).is_none() {
            self.step.pop();
        }
        let holds = |(revision, of, step, _): &(u64, Id, Vec<usize>, TreeDrawing)| {
            *revision == cx.content_now && of == id && *step == self.step
        };
        if !self.drawn.as_ref().is_some_and(holds) {
            let drawing = draw_tree(cx.model, cx.library, cx.actual, tree, Some(&self.step));
            self.drawn = Some((cx.content_now, id.clone(), self.step.clone(), drawing));
        }
        let split = Split::of(ui);
        let mut deed = None;
        if let Some((.., drawing)) = &self.drawn {
            split.list(ui, |ui| deed = picture_ui(ui, cx, tree, drawing));
        }
        split.details(ui, |ui| {
            if let Some(next) = step::ui(ui, cx, id, tree, &self.step, out) {
                self.step = next;
            }
        });
        match deed {
            Some(Deed::Choose(place)) => self.step = place,
            Some(Deed::Remove(place)) => {
                out.commit(without(id, tree, &place));
                self.step = place.split_last().map(|(_, above)| above.to_vec()).unwrap_or_default();
            }
            None => {}
        }
        light(cx, lit(cx, tree), out);
    }
}

/// Takes a step out of a tree, with those below it.
fn without(id: &Id, tree: &AttackTree, place: &[usize]) -> Edit {
    let mut tree = tree.clone();
    if let Some((last, above)) = place.split_last()
        && let Some(above) = tree.root.at_mut(above)
        && *last < above.steps.len()
    {
        above.steps.remove(*last);
    }
    Edit::put(Key::AttackTree(id.clone()), tree)
}

/// The tree as large as the room allows, and scrolled where it could not be read otherwise.
fn picture_ui(ui: &mut Ui, cx: &ViewCx<'_>, tree: &AttackTree, drawing: &TreeDrawing) -> Option<Deed> {
    let room = ui.available_rect_before_wrap();
    ui.painter().rect_filled(room, 0.0, style::ink(ui, Ink::Canvas));
    let bounds = drawing.scene.bounds;
    let fits = (room.width() / bounds.w.max(1.0)).min(room.height() / bounds.h.max(1.0));
    let scale = fits.clamp(READABLE, 1.0);
    let area = ScrollArea::both().id_salt("attack tree").auto_shrink([false, false]);
    let shown = area.show(ui, |ui| {
        let size = (vec2(bounds.w, bounds.h) * scale).max(room.size() - vec2(1.0, 1.0));
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, about_tree(tree)));
        let center = pt(bounds.x + bounds.w / 2.0, bounds.y + bounds.h / 2.0);
        let view = View { camera: Camera { center, scale }, rect };
        Painter { painter: ui.painter(), view, theme: cx.theme, opacity: 1.0 }.items(&drawing.scene.items);
        steps_ui(ui, view, drawing)
    });
    shown.inner
}

/// Every step as a control of its own, so that arrow keys walk the tree.
fn steps_ui(ui: &Ui, view: View, drawing: &TreeDrawing) -> Option<Deed> {
    let mut deed = None;
    for step in &drawing.steps {
        let rect = view.rect_to_screen(step.rect);
        let response = ui.interact(rect, ui.id().with(("tree step", &step.place)), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &step.said));
        if response.has_focus() {
            ui.painter().rect_stroke(rect.expand(5.0), 9.0, style::line(ui, Ink::Accent), egui::StrokeKind::Outside);
        }
        if response.clicked() {
            response.request_focus();
        }
        if response.clicked() || response.gained_focus() {
            deed = Some(Deed::Choose(step.place.clone()));
        }
        let asks = |key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
        if response.has_focus() && !step.place.is_empty() && (asks(egui::Key::Delete) || asks(egui::Key::Backspace)) {
            deed = Some(Deed::Remove(step.place.clone()));
        }
        response.on_hover_text(&step.said);
    }
    deed
}

/// Where the threats of a tree are, on the canvas; numbered where they come one after the other.
fn lit(cx: &ViewCx<'_>, tree: &AttackTree) -> Lit {
    let mut lit = Lit::default();
    let is_sequence = tree.root.gate == Gate::Sand && tree.root.steps.iter().all(TreeStep::is_leaf);
    let leaves = tree.root.all().into_iter().filter(|step| step.is_leaf());
    for (n, threat) in leaves.enumerate().filter_map(|(n, leaf)| Some((n, leaf.threat.as_ref()?))) {
        let at = &threat.anchor;
        if !cx.model.boundaries.contains_key(at) && !lit.path.iter().any(|(id, _)| id == at) {
            lit.path.push((at.clone(), is_sequence.then_some(n)));
        }
    }
    lit
}
