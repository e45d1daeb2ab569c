//! The pages of what is to be worked through, each with what it remembers.

mod agents;
mod compare;
mod controls;
mod effects;
mod guide;
mod history;
mod hygiene;
mod inventory;
mod methods;
mod notes;
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
pub use proposals::ProposalsFound;
pub use register::table::{RatingsFound, facts};
pub use what_if::RoadmapFound;

use super::{Action, Outbox, ViewCx, fonts, style};
use crate::model::Id;
use crate::register::{Query, Register, Term, View};
use crate::text::Face;
use crate::theme::Ink;
use egui::text::LayoutJob;
use egui::{Sense, Ui, WidgetInfo, WidgetType, pos2};
use register::table::Tables;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What a panel shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    /// The tree of the model.
    Structure,
    /// Parts of systems to be put on the diagram as a whole.
    Patterns,
    /// Controls to be dropped onto the diagram.
    Safeguards,
    /// All about what is selected.
    Inspector,
    Assets,
    People,
    Assumptions,
    /// Prompt cards.
    Cards,
    Notes,
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
        Page::Structure,
        Page::Patterns,
        Page::Safeguards,
        Page::Inspector,
        Page::Assets,
        Page::People,
        Page::Assumptions,
        Page::Cards,
        Page::Notes,
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
            Page::Structure => "Structure",
            Page::Patterns => "Patterns",
            Page::Safeguards => "Safeguards",
            Page::Inspector => "Inspector",
            Page::Assets => "Assets",
            Page::People => "People",
            Page::Assumptions => "Assumptions",
            Page::Cards => "Cards",
            Page::Notes => "Notes",
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
            Page::Inventory => "Elements, flows, boundaries, assets, assumptions, people and notes as tables",
            Page::WhatIf => "What could be done next: roadmap",
            Page::Methods => "Rating methods side by side",
            Page::Paths => "Attack paths and trees",
            Page::Hygiene => "What is to be put right",
            Page::Guide => "The seven steps of the process",
            Page::History => "Who changed what when, and sign-off",
            Page::Compare => "Beside an earlier or another model",
            Page::Structure => "The tree of the model",
            Page::Patterns => "Parts of systems to put on the diagram as a whole",
            Page::Safeguards => "Controls to drop onto the diagram",
            Page::Inspector => "All about what is selected",
            Page::Assets => "What is worth protecting",
            Page::People => "Who takes part",
            Page::Assumptions => "What is taken for granted",
            Page::Cards => "Questions to ask of the model, card by card",
            Page::Notes => "Notes on all diagrams",
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
            Page::Questions => Some(Register::Questions),
            Page::Inventory => Some(self.inventory.shown),
            _ => None,
        }
    }

    /// Tells the canvas what to leave bright.
    fn dim(&self, cx: &ViewCx<'_>, out: &mut Outbox) {
        let shown = Page::ALL.iter().copied().find(|page| cx.docks.is_shown(*page) && self.register(*page).is_some());
        // What was left bright stays so while nothing is in sight that could say otherwise.
        if shown.is_none() && !cx.docks.dock(super::Side::Bottom).is_open {
            return;
        }
        let table = shown.and_then(|page| self.register(page)).and_then(|register| self.tables.get(register));
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

    /// Once a frame, before any page is drawn.
    pub fn begin(&mut self, cx: &ViewCx<'_>, out: &mut Outbox) {
        let looked_at = [Page::Hygiene, Page::Guide, Page::Controls].into_iter().any(|page| cx.docks.is_shown(page));
        self.upkeep.follow(cx, looked_at);
        if cx.docks.dock(cx.docks.side_of(Page::Proposals)).is_open {
            proposals::anticipate(cx, out);
        }
        self.effects.begin(cx);
    }

    /// Once a frame, after all pages are drawn.
    pub fn finish(&mut self, cx: &ViewCx<'_>, out: &mut Outbox) {
        self.dim(cx, out);
    }

    /// What belongs to a page beside its rows, from the right.
    pub fn tools_ui(&mut self, page: Page, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        match page {
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
            _ => {}
        }
    }

    pub fn page_ui(&mut self, page: Page, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        match page {
            Page::Threats => threats::ui(ui, cx, &mut self.tables, out),
            Page::Inventory => self.inventory.ui(ui, cx, &mut self.tables, out),
            Page::Questions => self.questions.ui(ui, cx, &mut self.tables, out),
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
            Page::Notes => notes::ui(ui, cx, out),
            _ => {}
        }
    }

    /// How many there are to look at, in words; empty for none.
    pub fn count(&self, page: Page, cx: &ViewCx<'_>) -> String {
        match page {
            Page::Threats => threats::count(cx),
            Page::Questions => counted(Some(cx.assessment.questions.len())),
            Page::Proposals => counted(proposals::count(cx)),
            Page::Vulnerabilities => vulnerabilities::count(cx),
            Page::Agents => agents::count(cx),
            Page::Controls => controls::count(cx),
            Page::Inventory => inventory::count(cx),
            Page::Paths => paths::count(cx),
            Page::Hygiene => self.upkeep.count(cx),
            Page::Guide => self.upkeep.progress(cx),
            Page::History => history::count(cx),
            Page::Compare => compare::count(cx),
            Page::Assets => counted(Some(cx.model.assets.len())),
            Page::People => counted(Some(cx.model.people.len())),
            Page::Assumptions => counted(Some(cx.model.assumptions.len())),
            Page::Notes => counted(Some(cx.model.notes.len())),
            _ => String::new(),
        }
    }
}

/// A number beside the name of a page; nothing for none, or while nobody counted.
fn counted(n: Option<usize>) -> String {
    n.filter(|n| *n > 0).map(|n| n.to_string()).unwrap_or_default()
}

/// What an empty page says, in the middle of the room that is left and in sight.
pub(super) fn empty_ui(ui: &Ui, text: &str) {
    let room = ui.available_rect_before_wrap().intersect(ui.clip_rect());
    let color = style::ink(ui, Ink::Muted);
    let mut job = LayoutJob::simple(text.to_owned(), fonts::font(Face::Regular, 12.0), color, (room.width() - 24.0).max(80.0));
    job.halign = egui::Align::Center;
    let words = ui.painter().layout_job(job);
    let top = (room.center().y - words.size().y / 2.0).max(room.top() + 4.0);
    let at = pos2(room.center().x, top);
    let drawn = words.rect.translate(at.to_vec2());
    ui.painter().galley(at, words, color);
    let response = ui.interact(drawn, ui.id().with("empty"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, text));
}
