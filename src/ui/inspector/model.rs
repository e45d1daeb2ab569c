//! The model as a whole: what it is about, and its assets, agents, people and assumptions.

use super::Inspector;
use crate::edit::Edit;
use crate::library::Pack;
use crate::model::{Identification, Info, Key, Tlp};
use crate::risk::Counting;
use crate::text::icon;
use crate::theme::Ink;
use crate::ui::widgets::{caption, labelled, link, optional_choice, section, segmented, text_area, text_field};
use crate::ui::{Outbox, Page, ViewCx, totals_popup};
use egui::Ui;

const DEPTHS: &[(u8, &str)] = &[(1, "Essential"), (2, "Thorough"), (3, "All")];

/// Somebody asked to see how threats are found.
const SHOW_RULES: &str = "show how threats are found";

/// Brings the choice of how threats are found into view, as soon as the model as a whole is shown.
pub fn show_rules(ctx: &egui::Context) {
    ctx.data_mut(|d| d.insert_temp(egui::Id::new(SHOW_RULES), true));
    ctx.request_repaint();
}

impl Inspector {
    pub(super) fn model_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        let info = &cx.model.info;
        let put = |info: Info| Edit::put(Key::Info, info);
        let totals = &cx.assessment.totals;
        let about =
            format!("Peak {:.1}, load {:.0}, before controls {:.0}", totals.risk.peak, totals.risk.load, totals.inherent_load);
        let head = super::Head { glyph: icon::TREE_STRUCTURE, ink: Ink::Accent, name: &info.name, about };
        head.ui(ui, out, &crate::model::Id::new(""), |name| put(Info { name, ..info.clone() }));
        let figures = link(ui, "What these figures are made of");
        totals_popup(&figures, cx, out);
        text_area(ui, out, "scope of the model", "Scope", &info.scope, "What is looked at, what is left out", |scope| {
            put(Info { scope, ..info.clone() })
        });
        text_area(ui, out, "description of the model", "Description", &info.description, "Description", |description| {
            put(Info { description, ..info.clone() })
        });
        labelled(ui, "Client", |ui| {
            text_field(ui, out, "client", "Client", &info.client, "", |client| put(Info { client, ..info.clone() }));
        });
        labelled(ui, "Owner", |ui| {
            text_field(ui, out, "owner", "Owner", &info.owner, "", |owner| put(Info { owner, ..info.clone() }));
        });
        labelled(ui, "Reviewer", |ui| {
            text_field(ui, out, "reviewer", "Reviewer", &info.reviewer, "", |reviewer| put(Info { reviewer, ..info.clone() }));
        });
        labelled(ui, "Version", |ui| {
            text_field(ui, out, "version", "Version", &info.version, "", |version| put(Info { version, ..info.clone() }));
        });
        labelled(ui, "Sharing", |ui| {
            let all: Vec<(Tlp, String)> = Tlp::ALL.iter().map(|t| (*t, t.label().to_owned())).collect();
            if let Some(tlp) = optional_choice(ui, "tlp", "Sharing", info.classification.as_ref(), &all, "Not classified") {
                out.commit(put(Info { classification: tlp, ..info.clone() }));
            }
        });
        ui.add_space(4.0);
        // Once on the screen: what has the front of another dock is not here as well.
        let is_elsewhere = |page: Page| cx.docks.is_shown(page);
        if !is_elsewhere(Page::Assets) {
            self.assets_ui(ui, cx, out);
        }
        self.agents_ui(ui, cx, out);
        if !is_elsewhere(Page::Assumptions) {
            self.assumptions_ui(ui, cx, out);
        }
        if !is_elsewhere(Page::People) {
            self.people_ui(ui, cx, out);
        }
        self.definitions_ui(ui, cx, out);
        super::diagram::diagram_ui(ui, cx, out);
        section(ui, "readers", "Who may read what", None, |_| {}, |ui| super::readers::disclosure_ui(ui, cx, out));
        let counts = &mut self.rule_counts;
        if ui.data_mut(|d| d.remove_temp::<bool>(egui::Id::new(SHOW_RULES))).unwrap_or_default() {
            ui.scroll_to_cursor(Some(egui::Align::TOP));
        }
        section(ui, "rules", "How threats are found", None, |_| {}, |ui| rules_ui(ui, cx, counts, out));
    }
}

/// With more threats than this counting them takes a while.
const MANY: usize = 10_000;
/// About how many rows high the choices are.
const ROWS: f32 = 24.0;

/// How many threats each choice would find, for one state of the model.
#[derive(Debug, Default)]
pub(super) struct RuleCounts {
    of: Option<(u64, String)>,
    modes: Vec<usize>,
    depths: Vec<usize>,
    packs: Vec<usize>,
}

impl RuleCounts {
    /// Of a large model they follow only what somebody looks at.
    fn follow(&mut self, cx: &ViewCx<'_>, is_seen: bool) {
        let of = (cx.content, cx.model.info.name.clone());
        let is_large = cx.assessment.findings.len() > MANY;
        if self.of.as_ref() == Some(&of) || (is_large && !is_seen && self.of.is_some()) {
            return;
        }
        let info = &cx.model.info;
        let counting = Counting::new(cx.model, cx.library);
        let count = |info: Info| counting.threats(&info);
        self.modes = Identification::ALL.iter().map(|m| count(Info { identification: *m, ..info.clone() })).collect();
        self.depths = DEPTHS.iter().map(|(depth, _)| count(Info { depth: *depth, ..info.clone() })).collect();
        // What a pack brings: with it less without it.
        let bring = |pack: &Pack| count(pack.switched(info, true)).saturating_sub(count(pack.switched(info, false)));
        self.packs = cx.library.packs.iter().map(bring).collect();
        self.of = Some(of);
    }
}

fn threats(count: usize) -> String {
    if count == 1 { "1 threat".to_owned() } else { format!("{count} threats") }
}

fn rules_ui(ui: &mut Ui, cx: &ViewCx<'_>, counts: &mut RuleCounts, out: &mut Outbox) {
    let info = &cx.model.info;
    let place = egui::Rect::from_min_size(ui.cursor().min, egui::vec2(1.0, ui.spacing().interact_size.y * ROWS));
    counts.follow(cx, ui.is_rect_visible(place));
    for (mode, count) in Identification::ALL.iter().zip(&counts.modes) {
        let label = format!("{} ({})", mode.label(), threats(*count));
        if ui.radio(info.identification == *mode, label).on_hover_text(mode.about()).clicked() {
            out.commit(Edit::put(Key::Info, Info { identification: *mode, ..info.clone() }));
        }
    }
    ui.add(egui::Label::new(caption(ui, info.identification.about())).wrap());
    if matches!(info.identification, Identification::StridePerElement | Identification::StridePerInteraction) {
        return;
    }
    ui.add_space(4.0);
    labelled(ui, "Depth", |ui| {
        if let Some(depth) = segmented(ui, "Depth", info.depth.clamp(1, 3), DEPTHS) {
            out.commit(Edit::put(Key::Info, Info { depth, ..info.clone() }));
        }
    });
    let each: Vec<String> = DEPTHS.iter().zip(&counts.depths).map(|((_, name), n)| format!("{name} {n}")).collect();
    ui.label(caption(ui, format!("Threats by depth: {}", each.join(", "))));
    for (pack, count) in cx.library.packs.iter().zip(&counts.packs) {
        let mut on = pack.is_on(info);
        let label = format!("{} ({})", pack.title, threats(*count));
        let about = format!("{}\n{} rules", pack.about, pack.rules.len());
        if ui.checkbox(&mut on, label).on_hover_text(about.trim()).changed() {
            out.commit(Edit::put(Key::Info, pack.switched(info, on)));
        }
    }
    if let Some(fault) = &cx.library.fault {
        ui.add(egui::Label::new(caption(ui, format!("The library did not load: {fault}"))).wrap());
    }
}
