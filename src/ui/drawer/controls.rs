//! The controls: the register, what they cover by layer and function, and the checklist of good practices.

mod coverage;
mod factors;
mod practices;

use super::effects::{Effects, go_to, points};
use super::register::{Cells, Column, ROW, Sorting, Split, head, mark, rows};
use super::upkeep::Upkeep;
use crate::edit::Edit;
use crate::model::{ControlFunction, ControlInstance, ControlStatus, Id, Key, Layer, Site};
use crate::risk::name_of;
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::widgets::{Row, bold, caption, filter_chip, icon_button, removable_chip, segmented};
use crate::ui::{Outbox, ViewCx, fonts, inspector, style};
use egui::{Align2, Ui, pos2, vec2};
use std::collections::BTreeMap;

/// What the page shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Look {
    #[default]
    Register,
    Coverage,
    Practices,
}

const LOOKS: &[(Look, &str)] = &[(Look::Register, "Register"), (Look::Coverage, "Coverage"), (Look::Practices, "Good practice")];

/// From this width on there is room for owner and due date.
const WIDE: f32 = 1000.0;

#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Name,
    Status,
    At,
    Due,
    Owner,
    Effect,
}

#[derive(Default)]
pub struct ControlsPage {
    look: Look,
    chosen: Option<Id>,
    /// Only controls of this layer and function.
    only: Option<(Layer, ControlFunction)>,
    retired: bool,
    sorting: Sorting<By>,
    listed: (Option<Listing>, Vec<Line>),
    coverage: coverage::CoverageView,
    practices: practices::PracticesView,
}

/// What the list depends on.
#[derive(Clone, PartialEq)]
struct Listing {
    content: u64,
    only: Option<(Layer, ControlFunction)>,
    retired: bool,
    sorting: Sorting<By>,
}

/// A row of the register.
enum Line {
    Instance(Id),
    /// A control that protocols and authentication bring along, and at how many flows it helps.
    Implied(String, usize),
}

impl ControlsPage {
    /// What to look at, from the right.
    pub fn tools_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>) {
        ui.allocate_ui_with_layout(vec2(250.0, 24.0), egui::Layout::left_to_right(egui::Align::Center), |ui| {
            if let Some(look) = segmented(ui, "Show", self.look, LOOKS) {
                self.look = look;
            }
        });
        if self.look != Look::Register {
            return;
        }
        let retired = cx.model.instances.values().filter(|i| i.status == ControlStatus::Retired).count();
        if retired > 0 && filter_chip(ui, self.retired, &format!("{retired} retired")).clicked() {
            self.retired = !self.retired;
        }
        if let Some((layer, function)) = self.only
            && removable_chip(
                ui,
                &format!("{}, {}", layer.label(), function.label().to_lowercase()),
                "Show controls of every layer",
            )
        {
            self.only = None;
        }
    }

    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, upkeep: &mut Upkeep, effects: &mut Effects, out: &mut Outbox) {
        match self.look {
            Look::Register => self.register_ui(ui, cx, effects, out),
            Look::Coverage => {
                if let Some(cell) = self.coverage.ui(ui, cx, out) {
                    (self.only, self.look) = (Some(cell), Look::Register);
                }
            }
            Look::Practices => self.practices.ui(ui, cx, upkeep, out),
        }
    }

    fn register_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, effects: &mut Effects, out: &mut Outbox) {
        let listing = Some(Listing { content: cx.content, only: self.only, retired: self.retired, sorting: self.sorting });
        if self.listed.0 != listing {
            self.listed = (listing, self.lines(cx));
        }
        let lines = &self.listed.1;
        let chosen = self.chosen.clone().filter(|id| cx.model.instances.contains_key(id));
        let (mut clicked, mut back) = (None, false);
        let split = Split::of(ui);
        split.list(ui, |ui| {
            if lines.is_empty() {
                return super::empty_ui(ui, "No controls here. Attach them in the inspector, or plan one under Coverage.");
            }
            head(ui, &mut self.sorting, (By::Name, "Control"), &columns(ui.available_width()));
            rows(ui, "controls", lines.len(), |ui, n| match lines.get(n) {
                Some(Line::Instance(id)) => {
                    if let Some(instance) = cx.model.instances.get(id)
                        && row_ui(ui, cx, (id, instance), chosen.as_ref() == Some(id), effects, out)
                    {
                        clicked = Some(id.clone());
                    }
                }
                Some(Line::Implied(control, flows)) => implied_ui(ui, cx, control, *flows),
                None => {}
            });
        });
        split.details(ui, |ui| match chosen.as_ref().and_then(|id| cx.model.instances.get_key_value(id)) {
            Some((id, instance)) => back = details_ui(ui, cx, id, instance, effects, out),
            None => {
                let text =
                    "Choose a control to see why it does what it does, which threats it answers and how much it takes off them.";
                ui.add(egui::Label::new(caption(ui, text)).wrap());
            }
        });
        if back {
            self.chosen = None;
        }
        if let Some(id) = clicked {
            if let Some(place) = cx.model.instances.get(&id).and_then(first_place) {
                go_to(cx, place, out);
            }
            self.chosen = Some(id);
        }
    }

    /// Instances by status, those to be worked on first; then what is implied.
    fn lines(&self, cx: &ViewCx<'_>) -> Vec<Line> {
        let fits = |control: &str| {
            let definition = cx.library.control(cx.model, control);
            self.only.is_none_or(|only| definition.is_some_and(|c| (c.layer, c.function) == only))
        };
        let shown = cx.model.instances.iter().filter(|(_, i)| self.retired || i.status != ControlStatus::Retired);
        let mut instances: Vec<_> = shown.filter(|(_, i)| fits(&i.control)).collect();
        instances.sort_by_key(|(id, i)| (i.status, i.due.is_none(), i.due, name(cx, &i.control).to_owned(), (*id).clone()));
        let mut implied: BTreeMap<&str, std::collections::BTreeSet<&Site>> = BTreeMap::new();
        let uses = cx.assessment.findings.values().flat_map(|f| &f.controls).filter(|u| u.instance.is_none() && fits(&u.control));
        for used in uses {
            implied.entry(&used.control).or_default().insert(&used.site);
        }
        let owner = |i: &ControlInstance| i.owner.as_ref().map_or("", |id| cx.model.name_of(id));
        let effect = |i: &ControlInstance| factors::of(cx, i).effect();
        self.sorting.sort(&mut instances, |by, (_, a), (_, b)| match by {
            By::Name => name(cx, &a.control).cmp(name(cx, &b.control)),
            By::Status => a.status.cmp(&b.status),
            By::At => places(cx, a).cmp(&places(cx, b)),
            By::Due => (a.due.is_none(), a.due).cmp(&(b.due.is_none(), b.due)),
            By::Owner => (owner(a).is_empty(), owner(a)).cmp(&(owner(b).is_empty(), owner(b))),
            By::Effect => effect(a).total_cmp(&effect(b)),
        });
        let instances = instances.into_iter().map(|(id, _)| Line::Instance(id.clone()));
        instances.chain(implied.into_iter().map(|(c, sites)| Line::Implied(c.to_owned(), sites.len()))).collect()
    }
}

/// How many are in force or coming.
pub fn count(cx: &ViewCx<'_>) -> String {
    let live = cx.model.instances.values().filter(|i| i.status != ControlStatus::Retired).count();
    if live == 0 { String::new() } else { live.to_string() }
}

fn name<'a>(cx: &'a ViewCx<'_>, control: &'a str) -> &'a str {
    cx.library.control(cx.model, control).map_or(control, |c| c.name.as_str())
}

fn first_place(instance: &ControlInstance) -> Option<&Id> {
    instance.at.iter().find_map(|site| match site {
        Site::At(id) => Some(id),
        Site::Model => None,
    })
}

fn places(cx: &ViewCx<'_>, instance: &ControlInstance) -> String {
    let first = first_place(instance).map(|id| name_of(cx.model, id));
    match (first, instance.at.len()) {
        (None, 0) => "nowhere".to_owned(),
        (None, _) => "the whole model".to_owned(),
        (Some(one), 1) => one,
        (Some(one), n) => format!("{one} and {} more", n - 1),
    }
}

/// The next step of its life.
fn next(status: ControlStatus) -> Option<ControlStatus> {
    use ControlStatus::*;
    Some(match status {
        Proposed => Planned,
        Planned => Partial,
        Partial => Implemented,
        Implemented => Operating,
        Operating => Retired,
        Retired => return None,
    })
}

fn columns(width: f32) -> Vec<Column<By>> {
    let is_wide = width > WIDE;
    let mut columns = vec![
        Column { by: None, label: "Load", width: 66.0 },
        Column::new(By::Effect, "Effect", 48.0),
        Column { by: None, label: "Next step", width: 94.0 },
    ];
    if is_wide {
        columns.push(Column::new(By::Owner, "Owner", 104.0));
        columns.push(Column::new(By::Due, "Due", 88.0));
    }
    columns.push(Column::new(By::At, "At", if is_wide { 160.0 } else { 120.0 }));
    columns.push(Column::new(By::Status, "Status", 92.0));
    columns
}

/// One control in its place; true when it was clicked. Its button takes the next step of its life.
fn row_ui(
    ui: &mut Ui,
    cx: &ViewCx<'_>,
    (id, instance): (&Id, &ControlInstance),
    is_chosen: bool,
    effects: &mut Effects,
    out: &mut Outbox,
) -> bool {
    let (title, place) = (name(cx, &instance.control), places(cx, instance));
    let status = instance.status.label();
    let row = Row::new(ui, ROW, is_chosen, &format!("{title} at {place}, {}", status.to_lowercase()));
    let (whole, clicked) = (row.whole, row.response.clicked());
    let mut cells = Cells { ui, rest: whole.shrink2(vec2(8.0, 0.0)) };
    cells.line(whole);
    let key = Key::Instance(id.clone());
    let by = effects.of(ui, cx, &key).map(|effect| effect.load).filter(|by| by.abs() >= 0.05);
    cells.right(66.0, &by.map(points).unwrap_or_default(), Face::Bold, Ink::Text);
    let effect = factors::of(cx, instance).effect();
    cells.right(48.0, &format!("{:.0} %", effect * 100.0), Face::Regular, if effect > 0.0 { Ink::Text } else { Ink::Muted });
    let step = cells.right(94.0, "", Face::Regular, Ink::Muted);
    let is_wide = whole.width() > WIDE;
    if is_wide {
        let owner = instance.owner.as_ref().map_or("", |id| cx.model.name_of(id));
        cells.right(104.0, owner, Face::Regular, Ink::Muted);
        let is_late = instance.due.is_some_and(|due| due < cx.today) && instance.status.is_coming();
        let due = instance.due.map(|due| due.to_string()).unwrap_or_default();
        cells.right(88.0, &due, Face::Regular, if is_late { Ink::Boundary } else { Ink::Muted });
    }
    cells.right(if is_wide { 160.0 } else { 120.0 }, &place, Face::Regular, Ink::Text);
    cells.right(92.0, status, Face::Regular, Ink::Text);
    let (face, glyph, ink) = inspector::control_mark(instance.status);
    let at = pos2(whole.left() + 17.0, whole.center().y);
    ui.painter().text(at, Align2::CENTER_CENTER, glyph, fonts::font(face, 15.0), style::ink(ui, ink));
    cells.rest.min.x += 28.0;
    cells.left(title, if is_chosen { Face::Bold } else { Face::Regular }, Ink::Text);
    if let Some(next) = next(instance.status) {
        let word = format!("→ {}", next.label());
        ui.painter().text(
            step.left_center() + vec2(4.0, 0.0),
            Align2::LEFT_CENTER,
            &word,
            fonts::font(Face::Regular, 11.0),
            style::ink(ui, Ink::Accent),
        );
        let said = format!("{title} at {place} is {} now", next.label().to_lowercase());
        if mark(ui, step.shrink2(vec2(0.0, 2.0)), ("step", id), &said).clicked() {
            out.commit(Edit::put(key, ControlInstance { status: next, ..instance.clone() }));
        }
    }
    clicked
}

fn implied_ui(ui: &mut Ui, cx: &ViewCx<'_>, control: &str, flows: usize) {
    let title = name(cx, control);
    let many = if flows == 1 { "at 1 flow".to_owned() } else { format!("at {flows} flows") };
    let row = Row::new(ui, ROW, false, &format!("{title}, implied {many}"));
    let whole = row.whole;
    row.response.on_hover_text("Brought along by the protocol or authentication of flows");
    let mut cells = Cells { ui, rest: whole.shrink2(vec2(8.0, 0.0)) };
    cells.line(whole);
    cells.right(200.0, &format!("implied {many}"), Face::Regular, Ink::Muted);
    let at = pos2(whole.left() + 17.0, whole.center().y);
    ui.painter().text(at, Align2::CENTER_CENTER, icon::LINK, fonts::font(Face::Icon, 14.0), style::ink(ui, Ink::Muted));
    cells.rest.min.x += 28.0;
    cells.left(title, Face::Regular, Ink::Muted);
}

/// Everything about one; true to close it.
fn details_ui(
    ui: &mut Ui,
    cx: &ViewCx<'_>,
    id: &Id,
    instance: &ControlInstance,
    effects: &mut Effects,
    out: &mut Outbox,
) -> bool {
    let mut back = false;
    ui.horizontal(|ui| {
        back = icon_button(ui, icon::CARET_LEFT, "Close the details").clicked();
        ui.add(egui::Label::new(bold(name(cx, &instance.control))).truncate());
    });
    factors::ui(ui, cx, instance);
    effects.list_ui(ui, cx, &Key::Instance(id.clone()), "It takes nothing off any threat today.", out);
    ui.add_space(4.0);
    let subject = first_place(instance).cloned().unwrap_or_else(|| Id::new(""));
    inspector::instance_ui(ui, cx, id, instance, &subject, out);
    back
}
