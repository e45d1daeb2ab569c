//! The window: owns all state, performs what panels ask for, and is the only place with dialogs and threads.

mod actions;
mod arrangement;
mod attacks;
mod audit;
mod beside;
mod charts;
mod chosen;
mod commands;
mod comparing;
mod deleting;
mod derived;
mod dialogs;
mod draw;
mod export;
mod files;
mod findings;
mod importing;
mod jobs;
mod laid_out;
mod lists;
mod looks;
mod memory;
mod merging;
mod noticed;
mod outside;
mod pages;
mod pictures;
mod presenting;
mod proposing;
mod questions;
mod recovery;
mod refusals;
mod reporting;
mod samples;
mod saving;
mod scope;
mod state;
mod tidying;
mod trial;
mod waiting;
mod watch;
mod window;

pub use crate::preferences::{Preferences, ThemeChoice};
pub use derived::Assessed;
pub use laid_out::{Brought, Errand, LaidOut};
pub use memory::Recent;
pub use samples::SAMPLES;
pub use window::{AppError, run};

use crate::edit::Document;
use crate::model::{Date, Id, IdSource, Moment, ThreatModel, Trail};
use crate::report::{Format, ReportOptions};
use crate::tool::{Selection, Tool};
use crate::ui::{Compared, Docks, Outbox, Panels, Pulse, RoadmapFound, SampleCard, Seen, Trial, keep_memory, keyboard, style};
use beside::Beside;
use chosen::Chosen;
use dialogs::Dialogs;
use jobs::{Done, Jobs};
use outside::Minded;
use questions::Question;
use recovery::Recovery;
use std::collections::VecDeque;
use std::path::PathBuf;
use std::time::Duration;
use watch::Watch;

/// What the app takes from its surroundings, so that tests can give it other ones.
#[derive(Clone, Debug)]
pub struct Services {
    pub today: Date,
    /// What the clock says, for the audit log.
    pub now: fn() -> Moment,
    /// Where new ids start; from the operating system in the real window.
    pub seed: u64,
    /// Folder of `preferences.ron`; without one nothing is remembered.
    pub config: Option<PathBuf>,
    /// Folder of `recent.ron`.
    pub state: Option<PathBuf>,
    /// Whether the system may be asked for file dialogs; otherwise the app asks for a path itself.
    pub system_dialogs: bool,
    /// How often the file of the model is looked at; never without one, except when people come back to the window.
    pub watch: Option<Duration>,
    /// Name of this computer, for the others who have the file open; without one they are told nothing.
    pub host: Option<String>,
    /// Who the system says works here.
    pub user: String,
}

/// The whole state of the window.
pub struct App {
    services: Services,
    document: Document,
    /// False on the welcome page.
    is_open: bool,
    /// Where the model is stored; `None` before the first save and after an import.
    file: Option<PathBuf>,
    assessed: Assessed,
    /// The one of the model about to be shown, where that was worked out already.
    ready: Option<Assessed>,
    laid_out: LaidOut,
    /// Number of the model shown, so that results of work on another are told from those of this one.
    serial: u64,
    /// Number of the newest wish for another model; reading that was asked for earlier is not shown any more.
    wish: u64,
    /// A model that was read while a question was open.
    arrived: Option<files::Read>,
    /// A file is being read.
    is_reading: bool,
    /// Files that are taken up after it, one by one, and whether they are to become a part of what is open.
    waiting: VecDeque<(PathBuf, bool)>,
    /// Saves in the order they were asked for. The first is being written; the others wait for it.
    saves: VecDeque<saving::Save>,
    /// False for another model, of which nothing is derived yet.
    is_fresh: bool,
    /// The file was changed by something that keeps no log; told with the next entry.
    changed_outside: bool,
    /// The risk as last committed.
    noticed: Option<noticed::Noticed>,
    /// What the last change did to the risk, while that is shown.
    pulse: Option<Pulse>,
    diagram: Id,
    /// The diagram shown before.
    before: Option<Id>,
    selection: Selection,
    chosen: Chosen,
    hover: Option<Id>,
    tool: Tool,
    /// Grows with every change but those that only move things.
    content: u64,
    /// The content that lists beside the canvas show.
    lists: lists::Lists,
    /// Records that look different than before.
    records: Trail,
    /// The time whose risk is shown, and that risk where it is not today's.
    seen: (Seen, trial::Looked),
    /// How often another time was looked at: with the revision of the model the key for what is drawn from both.
    looks: u64,
    /// While things are only tried out: how it stood before, and what has moved.
    trial: Option<Trial>,
    /// The next best controls, when somebody asked for them.
    roadmap: Option<RoadmapFound>,
    /// Attack paths, when somebody asked for them, and what of them is marked on the canvas.
    paths: Beside<crate::ui::PathsFound>,
    lit: crate::ui::Lit,
    /// All threats by the method of the model, where that takes its time.
    ratings: Beside<crate::ui::RatingsFound>,
    proposals: Beside<crate::ui::ProposalsFound>,
    /// Losses in money, while somebody looks at them.
    losses: Beside<crate::ui::LossesFound>,
    /// What a register or chart leaves bright on the canvas.
    matching: Option<std::collections::BTreeSet<crate::model::Id>>,
    /// The lower panel was shown before the dashboard was.
    had_table: bool,
    /// What the model is compared with, while it is.
    compared: Option<Compared>,
    /// Typed but not yet a step.
    typing: Option<actions::Typed>,
    /// The presentation, while there is one.
    staged: Option<Box<presenting::Staged>>,
    /// Keys that wait for the next frame on it.
    late: Vec<egui::Event>,
    /// While what was arranged is on its way to its new places.
    morph: Option<tidying::Morph>,
    /// What the dialog for pictures shows.
    preview: export::Preview,
    panels: Panels,
    /// Where panels are, and as that was last kept.
    docks: Docks,
    kept: Docks,
    views: draw::Views,
    outbox: Outbox,
    jobs: Jobs,
    question: Option<Question>,
    dialogs: Dialogs,
    /// What was last asked of a report, and of the model of which number.
    reported: Option<(u64, ReportOptions, Format)>,
    /// The file of the theme it wore.
    report_theme: Option<PathBuf>,
    preferences: Preferences,
    recent: Recent,
    /// The samples that are ready for the welcome page.
    cards: Vec<SampleCard>,
    /// Whether they were asked for.
    are_cards_asked: bool,
    /// Fingerprint of the file as this window last read or wrote it; empty where there is none.
    sum: String,
    recovery: Recovery,
    /// The file of the model, and what others do to it.
    minded: Minded,
    /// Set when the window may close without asking again.
    leaving: bool,
    title: String,
}

impl App {
    /// An app on its welcome page. Installs fonts and styles, which take effect with the next frame.
    pub fn new(ctx: &egui::Context, services: Services) -> App {
        style::install(ctx);
        refusals::listen();
        keep_memory();
        let (preferences, fault) = memory::load_preferences(services.config.as_deref());
        let wrong_keys = looks::apply(&preferences, ctx);
        let docks = memory::load_docks(services.state.as_deref());
        let recent = Recent::load(services.state.as_deref());
        let mut views = draw::Views::default();
        views.palette.recent().clone_from(&recent.commands);
        let wrong_keys =
            (!wrong_keys.is_empty()).then(|| format!("Keys in the preferences: {}. They are left out.", wrong_keys.join("; ")));
        fault.or(wrong_keys).into_iter().for_each(|told| views.messages.warn(told));
        views.panes.drawer = crate::ui::Drawer::remembering(memory::load_registers(services.state.as_deref()));
        let recovery = Recovery::new(&services);
        let minded = Minded::new(Watch::new(services.watch, ctx));
        App {
            document: Document::new(ThreatModel::default()),
            outbox: Outbox::new(IdSource::seeded(services.seed)),
            recent,
            services,
            is_open: false,
            file: None,
            assessed: Assessed::default(),
            ready: None,
            laid_out: LaidOut::default(),
            serial: 0,
            wish: 0,
            arrived: None,
            is_reading: false,
            waiting: VecDeque::new(),
            saves: VecDeque::new(),
            is_fresh: false,
            changed_outside: false,
            noticed: None,
            pulse: None,
            diagram: Id::new(""),
            before: None,
            selection: Selection::default(),
            chosen: Chosen::default(),
            hover: None,
            tool: Tool::default(),
            content: 0,
            lists: lists::Lists::default(),
            records: Trail::default(),
            seen: Default::default(),
            looks: 0,
            trial: None,
            roadmap: None,
            paths: Beside::default(),
            lit: crate::ui::Lit::default(),
            ratings: Beside::default(),
            proposals: Beside::default(),
            losses: Beside::default(),
            matching: None,
            had_table: false,
            compared: None,
            typing: None,
            staged: None,
            late: Vec::new(),
            morph: None,
            preview: export::Preview::default(),
            panels: Panels {
                wheel_zooms: preferences.wheel_zooms,
                minimap: preferences.minimap,
                cards: preferences.cards,
                ..Panels::default()
            },
            kept: docks.clone(),
            docks,
            views,
            jobs: Jobs::new(ctx.clone()),
            question: None,
            dialogs: Dialogs::default(),
            reported: None,
            report_theme: None,
            preferences,
            cards: Vec::new(),
            are_cards_asked: false,
            sum: String::new(),
            recovery,
            minded,
            leaving: false,
            title: String::new(),
        }
    }

    /// One frame.
    pub fn frame(&mut self, ui: &mut egui::Ui) {
        self.fit_interface(ui.ctx());
        let ctx = ui.ctx().clone();
        keyboard::hand_over(&ctx);
        self.turn_keys(&ctx);
        self.pace_keys(&ctx);
        self.finish_jobs();
        self.hear_refusals();
        self.take_dropped_files(&ctx);
        self.perform_actions(&ctx);
        self.refresh();
        self.lists.follow(self.content, self.document.revision(), self.is_hurried(), &ctx);
        self.follow_comparison();
        self.follow_stage(&ctx);
        self.advance_morph(&ctx);
        self.notice_change(&ctx);
        self.draw(ui);
        self.prepare_cards();
        self.search_left_behind();
        self.mind_file(&ctx);
        self.keep_journal();
        self.run_shortcuts(&ctx);
        self.let_go_of_text(&ctx);
        self.tell_window(&ctx);
        self.keep_docks(&ctx);
        keyboard::keep_to_what_is_drawn(&ctx);
        if !self.outbox.is_settled(self.hover.as_ref()) {
            ctx.request_repaint();
        }
    }

    /// Has the samples worked out once the welcome page is on the screen.
    fn prepare_cards(&mut self) {
        if !self.is_open && !self.is_busy() && !self.are_cards_asked {
            self.are_cards_asked = true;
            samples::prepare_cards(&mut self.jobs, self.services.today);
        }
    }

    /// Brings everything derived up to date with the model.
    fn refresh(&mut self) {
        let model = self.document.model();
        if !model.diagrams.contains_key(&self.diagram) {
            // Back to where one came from, when the diagram was taken away again.
            let before = self.before.take().filter(|id| model.diagrams.contains_key(id));
            let first = before.or_else(|| model.diagram_order().into_iter().next());
            self.show_diagram(first.unwrap_or_else(|| Id::new("")));
        }
        self.laid_out.begin();
        let changes = self.document.take_changes();
        let model = self.document.model();
        let is_other = if self.is_fresh {
            self.assessed.follow(model, &changes) || !changes.only_moves()
        } else {
            match self.ready.take() {
                Some(ready) => self.assessed = ready,
                None => self.assessed.start(model, self.services.today),
            }
            true
        };
        self.content += u64::from(is_other);
        self.records.follow(changes.redrawn().filter(|_| self.is_fresh));
        if !self.is_fresh || self.laid_out.layout().diagram.as_ref() != Some(&self.diagram) {
            self.laid_out.start(model, &self.diagram);
        } else {
            self.laid_out.follow(model, &changes, self.document.is_previewing());
        }
        if let Some(old) = self.laid_out.take_over(model) {
            self.jobs.clear(old);
        }
        if let Some(errand) = self.laid_out.send(|| self.document.share())
            && !self.jobs.start(move |_| Done::LaidOut(Box::new(errand.run())))
        {
            self.laid_out.call_back();
        }
        if self.laid_out.is_behind() {
            self.jobs.context().request_repaint();
        }
        self.is_fresh = true;
        self.selection.prune(model);
        self.hover = self.hover.take().filter(|id| model.item_key(id).is_some());
        if is_other {
            self.follow_trial();
            self.look(&changes);
        }
    }
}
