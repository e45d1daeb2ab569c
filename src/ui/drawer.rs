//! The panel under the canvas: one page at a time of what is to be worked through.

mod agents;
mod compare;
mod controls;
mod effects;
mod guide;
mod history;
mod hygiene;
mod inventory;
mod methods;
mod paths;
mod proposals;
mod questions;
mod register;
mod threats;
mod upkeep;
mod vulnerabilities;
mod what_if;

pub use methods::{LossesFound, Played};
pub use paths::{FoundPaths, Lit, PathsFound};
pub use register::table::facts;
pub use what_if::RoadmapFound;

use super::widgets::{command_button, key_cap, tipped};
use super::{Action, Command, Outbox, ViewCx, fonts, style};
use crate::model::Id;
use crate::register::{Query, Register, Term, View};
use crate::text::{Face, icon};
use crate::theme::Ink;
use egui::{Align, Frame, Layout, Margin, Rect, Sense, Ui, WidgetInfo, WidgetType, pos2, vec2};
use register::table::Tables;
use std::collections::{BTreeMap, BTreeSet};

/// From this width on, in points, names and filters fit beside each other, and where there are many filters.
const WIDE: f32 = 1560.0;
const WIDEST: f32 = 1800.0;

/// Height of names, filters and headings of a table above the first row, and half of that row, in points.
const HEADS: f32 = 32.0 + 28.0 + 25.0 + 14.0;

/// What the drawer shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Page {
    #[default]
    Threats,
    /// What nobody stated yet.
    Questions,
    /// What names say.
    Proposals,
    /// Known weaknesses, and likely ones.
    Vulnerabilities,
    /// Who attacks.
    Agents,
    /// What stands against it.
    Controls,
    /// What the model is made of.
    Inventory,
    /// What could be done next, and what a trial has moved.
    WhatIf,
    /// What rating methods say of a threat.
    Methods,
    /// How attackers get to what matters.
    Paths,
    /// What is to be put right.
    Hygiene,
    /// The seven steps of the process.
    Guide,
    /// The audit log.
    History,
    /// The model beside an earlier or another one; named only while something is compared.
    Compare,
}

impl Page {
    pub const ALL: &'static [Page] = &[
        Page::Threats,
        Page::Questions,
        Page::Proposals,
        Page::Vulnerabilities,
        Page::Agents,
        Page::Controls,
        Page::Inventory,
        Page::WhatIf,
        Page::Methods,
        Page::Paths,
        Page::Hygiene,
        Page::Guide,
        Page::History,
        Page::Compare,
    ];

    pub fn label(self) -> &'static str {
        match self {
            Page::Threats => "Threats",
            Page::Questions => "Questions",
            Page::Proposals => "Proposals",
            Page::Vulnerabilities => "Vulnerabilities",
            Page::Agents => "Agents",
            Page::Controls => "Controls",
            Page::Inventory => "Inventory",
            Page::WhatIf => "What if",
            Page::Methods => "Methods",
            Page::Paths => "Paths",
            Page::Hygiene => "Hygiene",
            Page::Guide => "Guide",
            Page::History => "History",
            Page::Compare => "Compare",
        }
    }

    /// What is there, in a few words: people look for a page by these as well.
    pub fn about(self) -> &'static str {
        match self {
            Page::Threats => "Every threat in a table",
            Page::Questions => "What is not known yet and decides threats",
            Page::Proposals => "What names say about things",
            Page::Vulnerabilities => "Register of vulnerabilities",
            Page::Agents => "Threat agents and where they start",
            Page::Controls => "Controls, what they cover, good practice",
            Page::Inventory => "Elements, flows, boundaries, assets, assumptions and people as tables",
            Page::WhatIf => "What could be done next: roadmap",
            Page::Methods => "Rating methods side by side",
            Page::Paths => "Attack paths and trees",
            Page::Hygiene => "What is to be put right",
            Page::Guide => "The seven steps of the process",
            Page::History => "Who changed what when, and sign-off",
            Page::Compare => "Beside an earlier or another model",
        }
    }
}

/// The pages, each with what it remembers.
#[derive(Default)]
pub struct Drawer {
    tables: Tables,
    inventory: inventory::InventoryPage,
    compare: compare::ComparePage,
    questions: questions::Questions,
    proposals: proposals::Proposals,
    vulnerabilities: vulnerabilities::VulnerabilitiesPage,
    agents: agents::AgentsPage,
    controls: controls::ControlsPage,
    effects: effects::Effects,
    what_if: what_if::WhatIfPage,
    methods: methods::MethodsPage,
    paths: paths::PathsPage,
    hygiene: hygiene::HygienePage,
    history: history::HistoryPage,
    upkeep: upkeep::Upkeep,
}

impl Drawer {
    /// With registers looked at as they were another time.
    pub fn remembering(views: BTreeMap<Register, View>) -> Drawer {
        Drawer { tables: Tables::remembering(views), ..Drawer::default() }
    }

    /// How the registers are looked at, to be remembered.
    pub fn views(&self) -> BTreeMap<Register, View> {
        self.tables.views()
    }

    /// The same, where somebody changed it since it was asked for.
    pub fn changed_views(&mut self) -> Option<BTreeMap<Register, View>> {
        self.tables.changed()
    }

    /// What narrows the register of threats down, beside what is typed.
    pub fn narrowed(&self) -> &[Term] {
        self.tables.get(Register::Threats).map(|table| table.view.filters.terms.as_slice()).unwrap_or_default()
    }

    /// Narrows the register of threats down, and dims the drawing to what is left.
    pub fn show_threats(&mut self, terms: Vec<Term>) {
        let table = self.tables.of(Register::Threats);
        table.dims = !terms.is_empty();
        table.view.filters = Query { terms };
    }

    /// Gives the keyboard to the quick filter of the register that is shown.
    pub fn focus_search(&mut self, page: Page) {
        if let Some(register) = self.register(page) {
            self.tables.of(register).focus_search();
        }
    }

    /// The register a page shows.
    fn register(&self, page: Page) -> Option<Register> {
        match page {
            Page::Threats => Some(Register::Threats),
            Page::Vulnerabilities => Some(Register::Vulnerabilities),
            Page::Agents => Some(Register::Agents),
            Page::Controls => Some(Register::Controls),
            Page::Inventory => Some(self.inventory.shown),
            _ => None,
        }
    }

    /// Tells the canvas what to leave bright.
    fn dim(&self, cx: &ViewCx<'_>, out: &mut Outbox) {
        let table = self.register(cx.panels.page).and_then(|register| self.tables.get(register));
        let table = table.filter(|table| table.dims && table.view.is_filtering());
        let places: Option<BTreeSet<Id>> = table.map(|table| table.places(&facts(cx)));
        if places.as_ref() != cx.matching {
            out.push(Action::Match(places));
        }
    }

    /// Asks the next question, and takes its answer by key.
    pub fn next_question(&mut self) {
        self.questions.next();
    }

    /// Brings what is proposed with high confidence to the front, to be looked at and accepted.
    pub fn review_sure(&mut self) {
        self.proposals.review_sure();
    }

    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        let page = cx.panels.page;
        self.upkeep.follow(cx, matches!(page, Page::Hygiene | Page::Guide | Page::Controls));
        self.effects.begin(cx);
        Frame::new().inner_margin(Margin::symmetric(12, 0)).show(ui, |ui| {
            // Where the filters would lie over the last names they get a row of their own.
            let many = matches!(page, Page::History | Page::Compare);
            // Registers have much to choose from, and always have one.
            let is_wide = self.register(page).is_none() && ui.available_width() >= if many { WIDEST } else { WIDE };
            ui.horizontal(|ui| {
                ui.set_min_height(32.0);
                if command_button(ui, icon::CARET_DOWN, "Hide the lower panel", Command::ToggleTable).clicked() {
                    out.run(Command::ToggleTable);
                }
                ui.spacing_mut().item_spacing.x = 0.0;
                let is_named = |page: &&Page| **page != Page::Compare || cx.compared.is_some() || cx.panels.page == Page::Compare;
                for page in Page::ALL.iter().filter(is_named) {
                    tab(ui, cx, *page, self.count(*page, cx), out);
                }
                ui.spacing_mut().item_spacing.x = 6.0;
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    key_cap(ui, &Command::ToggleTable.keys(ui.ctx()).unwrap_or_default());
                    if is_wide {
                        self.tools_ui(ui, cx, out);
                    }
                });
            });
            if !is_wide && page != Page::Questions {
                ui.horizontal(|ui| {
                    ui.set_min_height(28.0);
                    ui.with_layout(Layout::right_to_left(Align::Center), |ui| self.tools_ui(ui, cx, out));
                });
            }
        });
        self.page_ui(ui, cx, out);
        self.dim(cx, out);
        // Its height is whatever people made it, however little a page has to say.
        ui.expand_to_include_rect(ui.max_rect());
    }

    /// What belongs to a page beside its rows, from the right.
    fn tools_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        match cx.panels.page {
            Page::Threats => self.tables.of(Register::Threats).tools_ui(ui, &facts(cx), out),
            Page::Inventory => self.inventory.tools_ui(ui, cx, &mut self.tables, out),
            Page::Questions => {}
            Page::Proposals => self.proposals.tools_ui(ui, cx, out),
            Page::Vulnerabilities => self.vulnerabilities.tools_ui(ui, cx, &mut self.tables, out),
            Page::Agents => self.agents.tools_ui(ui, cx, &mut self.tables, out),
            Page::Controls => self.controls.tools_ui(ui, cx, &mut self.tables, out),
            Page::WhatIf => self.what_if.tools_ui(ui, cx, out),
            Page::Methods => self.methods.tools_ui(ui, cx, out),
            Page::Paths => self.paths.tools_ui(ui, cx, out),
            Page::Hygiene => self.hygiene.tools_ui(ui, &self.upkeep),
            Page::Guide => guide::tools_ui(ui, &self.upkeep),
            Page::History => self.history.tools_ui(ui, cx),
            Page::Compare => self.compare.tools_ui(ui, cx, out),
        }
    }

    fn page_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        match cx.panels.page {
            Page::Threats => threats::ui(ui, cx, &mut self.tables, out),
            Page::Inventory => self.inventory.ui(ui, cx, &mut self.tables, out),
            Page::Questions => self.questions.ui(ui, cx, out),
            Page::Proposals => self.proposals.ui(ui, cx, out),
            Page::Vulnerabilities => self.vulnerabilities.ui(ui, cx, &mut self.tables, &mut self.effects, out),
            Page::Agents => self.agents.ui(ui, cx, &mut self.tables, &mut self.effects, out),
            Page::Controls => self.controls.ui(ui, cx, &mut self.tables, (&mut self.upkeep, &mut self.effects), out),
            Page::WhatIf => self.what_if.ui(ui, cx, out),
            Page::Methods => self.methods.ui(ui, cx, out),
            Page::Paths => self.paths.ui(ui, cx, out),
            Page::Hygiene => self.hygiene.ui(ui, cx, &mut self.upkeep, out),
            Page::Guide => guide::ui(ui, cx, &self.upkeep, out),
            Page::History => self.history.ui(ui, cx, out),
            Page::Compare => self.compare.ui(ui, cx, out),
        }
    }

    /// How many there are to look at, in words; empty for none.
    fn count(&self, page: Page, cx: &ViewCx<'_>) -> String {
        match page {
            Page::Threats => threats::count(cx),
            Page::Questions => counted(Some(cx.assessment.questions.len())),
            Page::Proposals => counted(self.proposals.count()),
            Page::Vulnerabilities => vulnerabilities::count(cx),
            Page::Agents => agents::count(cx),
            Page::Controls => controls::count(cx),
            Page::Inventory => inventory::count(cx),
            Page::WhatIf | Page::Methods => String::new(),
            Page::Paths => paths::count(cx),
            Page::Hygiene => self.upkeep.count(cx),
            Page::Guide => self.upkeep.progress(cx),
            Page::History => history::count(cx),
            Page::Compare => compare::count(cx),
        }
    }
}

/// A number beside the name of a page; nothing for none, or while nobody counted.
fn counted(n: Option<usize>) -> String {
    n.filter(|n| *n > 0).map(|n| n.to_string()).unwrap_or_default()
}

/// The name of a page with its count.
fn tab(ui: &mut Ui, cx: &ViewCx<'_>, page: Page, count: String, out: &mut Outbox) {
    let is_shown = page == cx.panels.page;
    let (face, ink) = if is_shown { (Face::Bold, Ink::Text) } else { (Face::Regular, Ink::Muted) };
    let name = ui.painter().layout_no_wrap(page.label().to_owned(), fonts::font(face, 13.0), style::ink(ui, ink));
    let many = ui.painter().layout_no_wrap(count.clone(), fonts::font(Face::Regular, 11.0), style::ink(ui, Ink::Muted));
    let gap = if count.is_empty() { 0.0 } else { 6.0 };
    let (rect, response) = ui.allocate_exact_size(vec2(name.size().x + gap + many.size().x + 16.0, 32.0), Sense::click());
    let said = if count.is_empty() { page.label().to_owned() } else { format!("{}, {count}", page.label()) };
    response.widget_info(|| WidgetInfo::selected(WidgetType::SelectableLabel, true, is_shown, &said));
    let painter = ui.painter();
    if response.hovered() && !is_shown {
        painter.rect_filled(rect, 0.0, style::ink(ui, Ink::Raised));
    }
    if response.has_focus() {
        painter.rect_stroke(rect.shrink(2.0), 3.0, style::line(ui, Ink::Accent), egui::StrokeKind::Inside);
    }
    let left = rect.left() + 8.0;
    let width = name.size().x;
    painter.galley(pos2(left, rect.center().y - name.size().y / 2.0), name, style::ink(ui, ink));
    painter.galley(pos2(left + width + gap, rect.center().y - many.size().y / 2.0 + 0.5), many, style::ink(ui, Ink::Muted));
    if is_shown {
        painter.rect_filled(
            Rect::from_min_max(pos2(rect.left(), rect.bottom() - 2.0), rect.max),
            0.0,
            style::ink(ui, Ink::Accent),
        );
    }
    let command = Command::Page(page);
    if tipped(response, command.label(), command.keys(ui.ctx())).clicked() && !is_shown {
        out.run(command);
    }
}

/// What an empty page says, in the middle of it but below names, filters and headings.
pub(super) fn empty_ui(ui: &Ui, text: &str) {
    let room = ui.max_rect();
    let at = pos2(room.center().x, room.center().y.max(room.top() + HEADS));
    let font = fonts::font(Face::Regular, 12.0);
    let drawn = ui.painter().text(at, egui::Align2::CENTER_CENTER, text, font, style::ink(ui, Ink::Muted));
    let response = ui.interact(drawn, ui.id().with("empty"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, text));
}
