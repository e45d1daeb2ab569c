//! Controls to drop: the library's and the model's own, those that answer most threats first.

use super::widgets::{Row, caption, empty_note, in_two_lines, line_edit, named};
use super::{Outbox, ViewCx, fonts, style};
use crate::edit::Edit;
use crate::model::{ControlInstance, ControlStatus, Evidence, EvidenceLevel, Id, Key, Site};
use crate::risk::{Finding, name_of};
use crate::text::{Face, icon};
use crate::theme::Ink;
use egui::{DragAndDrop, Frame, Margin, ScrollArea, Sense, Ui, vec2};
use std::collections::BTreeMap;

/// A control on its way to where it is dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ControlInHand(pub String);

/// The list with its search.
#[derive(Default)]
pub struct ControlList {
    text: String,
    wants_focus: bool,
    /// For which content and item the threats were counted, and how many open ones each control answers.
    counted: Option<((u64, Option<Id>), BTreeMap<String, usize>)>,
}

/// What a threat still lacks: listed controls that are not in force against it.
fn lacking(finding: &Finding) -> impl Iterator<Item = &str> {
    let missing = finding.about.listed.iter().filter(|(id, _)| !finding.controls.iter().any(|used| used.control == *id));
    missing.map(|(id, _)| id.as_str()).filter(|_| finding.counts())
}

/// How many threats at each item a control would answer.
pub fn helped(cx: &ViewCx<'_>, control: &str) -> BTreeMap<Id, usize> {
    let mut out = BTreeMap::new();
    for finding in cx.assessment.findings.values().filter(|f| lacking(f).any(|id| id == control)) {
        *out.entry(finding.key.anchor.clone()).or_default() += 1;
    }
    out
}

/// The control as people drop it: said to be there, which nobody has shown yet; planned ones do nothing today.
pub fn dropped(control: &str, at: Site, planned: bool) -> ControlInstance {
    let status = if planned { ControlStatus::Planned } else { ControlStatus::Implemented };
    let evidence = Evidence { level: EvidenceLevel::Assumed, ..Evidence::default() };
    ControlInstance { control: control.to_owned(), at: [at].into(), status, evidence, ..ControlInstance::default() }
}

/// Adds it as one step.
pub fn add(cx: &ViewCx<'_>, control: &str, at: Site, planned: bool, out: &mut Outbox) {
    let instance = Edit::put(Key::Instance(out.fresh_id()), dropped(control, at, planned));
    let name = cx.control_name(control);
    out.commit(Edit::Batch { label: format!("add {name}"), edits: vec![instance] });
}

/// True when it is attached there already.
pub fn is_at(cx: &ViewCx<'_>, control: &str, at: &Site) -> bool {
    cx.model.instances.values().any(|i| i.control == control && i.at.contains(at) && i.status != ControlStatus::Retired)
}

impl ControlList {
    /// Puts the keyboard into the search.
    pub fn focus(&mut self) {
        self.wants_focus = true;
    }

    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        let target = cx.selection.single().filter(|id| !cx.model.notes.contains_key(*id)).cloned();
        let site = target.clone().map_or(Site::Model, Site::At);
        let place = target.as_ref().map_or_else(|| "the whole model".to_owned(), |id| name_of(cx.model, id));
        let (mut first, mut enter) = (None, false);
        Frame::new().inner_margin(Margin::symmetric(12, 0)).show(ui, |ui| {
            let field = ui.add(line_edit(&mut self.text).hint_text("Search controls"));
            if std::mem::take(&mut self.wants_focus) {
                field.request_focus();
            }
            // Taken, or it would open the label of what is selected.
            enter = field.lost_focus() && ui.input_mut(|i| i.consume_key(egui::Modifiers::NONE, egui::Key::Enter));
            named(field, "Search controls");
            ui.add_space(2.0);
            ui.add(egui::Label::new(caption(ui, format!("Drag onto the diagram, or Enter for {place}"))).wrap());
            ui.add_space(2.0);
        });
        let rows = self.rows(cx, target.as_ref());
        let mut chosen = None;
        if rows.is_empty() {
            Frame::new().inner_margin(Margin::symmetric(12, 4)).show(ui, |ui| {
                empty_note(ui, "No control of this name.", "Try fewer words; a control of your own is made in the inspector.");
            });
        }
        // Names are long: where there is little room they take two lines.
        let height = if ui.available_width() < 300.0 { 40.0 } else { 28.0 };
        ScrollArea::vertical().id_salt("controls").auto_shrink([false, false]).show_rows(ui, height, rows.len(), |ui, range| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for (id, name, count) in rows.iter().skip(range.start).take(range.len()) {
                if row(ui, height, cx, (id, name, *count), &site, &place) {
                    chosen = Some(id.clone());
                }
            }
        });
        if enter {
            first = rows.first().map(|(id, ..)| id.clone());
        }
        if let Some(control) = chosen.or(first).filter(|control| !is_at(cx, control, &site)) {
            add(cx, &control, site, ui.input(|i| i.modifiers.shift), out);
        }
    }

    /// Id, name and number of threats answered, of what fits the search.
    fn rows(&mut self, cx: &ViewCx<'_>, target: Option<&Id>) -> Vec<(String, String, usize)> {
        let counts = self.counts(cx, target);
        let words: Vec<String> = self.text.split_whitespace().map(str::to_lowercase).collect();
        let own = cx.model.controls.iter().map(|(id, c)| (id.as_str(), c));
        let all = own.chain(cx.library.controls.iter().map(|(id, c)| (id.as_str(), c)));
        let fitting = all.filter(|(id, c)| {
            let text = format!("{} {} {id}", c.name, c.layer.label()).to_lowercase();
            words.iter().all(|w| text.contains(w.as_str()))
        });
        let mut rows: Vec<_> =
            fitting.map(|(id, c)| (id.to_owned(), c.name.clone(), counts.get(id).copied().unwrap_or_default())).collect();
        rows.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.1.cmp(&b.1)));
        rows
    }

    fn counts(&mut self, cx: &ViewCx<'_>, target: Option<&Id>) -> BTreeMap<String, usize> {
        let wanted = (cx.content, target.cloned());
        if self.counted.as_ref().is_none_or(|(of, _)| *of != wanted) {
            let here = target.into_iter().flat_map(|id| cx.assessment.shown_at(id));
            let everywhere = cx.assessment.findings.values().take(if target.is_none() { usize::MAX } else { 0 });
            let mut counts: BTreeMap<String, usize> = BTreeMap::new();
            for finding in here.chain(everywhere) {
                lacking(finding).for_each(|id| *counts.entry(id.to_owned()).or_default() += 1);
            }
            self.counted = Some((wanted, counts));
        }
        self.counted.as_ref().map(|(_, counts)| counts.clone()).unwrap_or_default()
    }
}

/// One control; true when it is to be added where the selection is.
fn row(ui: &mut Ui, height: f32, cx: &ViewCx<'_>, control: (&str, &str, usize), site: &Site, place: &str) -> bool {
    let (id, name, count) = control;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click_and_drag());
    let is_here = is_at(cx, id, site);
    let spoken = match (is_here, count) {
        (true, _) => format!("{name}, is there already"),
        (_, 1) => format!("Add {name} to {place}, answers 1 threat"),
        (_, n) => format!("Add {name} to {place}, answers {n} threats"),
    };
    let mut row = Row::over(ui, rect, response, false, &spoken);
    let (muted, text) = (style::ink(row.ui, Ink::Muted), style::ink(row.ui, Ink::Text));
    row.indent(4.0);
    match is_here {
        true => row.icon(Face::IconFill, icon::SHIELD_CHECK, 14.0, style::ink(row.ui, Ink::Good)),
        false => row.icon(Face::Icon, icon::SHIELD_PLUS, 14.0, muted),
    };
    if count > 0 && !is_here {
        row.right(count, fonts::font(Face::Bold, 11.0), text);
    }
    let color = if count > 0 { text } else { muted };
    let lines = in_two_lines(row.ui, name, fonts::font(Face::Regular, 12.0), color, row.rest.width());
    row.galley(lines, color);
    let response = row.response;
    if response.drag_started() {
        DragAndDrop::set_payload(&response.ctx, ControlInHand(id.to_owned()));
    }
    let definition = cx.library.control(cx.model, id);
    let about = definition.map_or_else(String::new, |c| format!("{}\n{}", c.name, c.description));
    let response = if response.dragged() { response } else { response.on_hover_text(about) };
    response.clicked()
}
