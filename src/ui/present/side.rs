//! The card at the side: the step with its threat, or what was asked for instead.

use super::parts::{head, key_button, pill, quiet, row, rule, words};
use super::{Deed, Measure, Pane, Present};
use crate::model::{Band, Disposition, StepPart};
use crate::risk::Finding;
use crate::text::Face;
use crate::theme::Ink;
use crate::ui::{Outbox, ViewCx, style};
use egui::{Label, RichText, ScrollArea, Ui};

/// Threats listed at a step that has several.
const LISTED: usize = 4;
/// Lines that a key reads on by.
const READ: f32 = 5.0;
/// Assets named before they are only counted.
const ASSETS: usize = 2;

impl Present {
    pub fn side_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        let m = Measure::of(ui.ctx());
        ui.spacing_mut().item_spacing = egui::vec2(m.px(8.0), m.px(4.0));
        // Rows are as high as what is in them.
        ui.spacing_mut().interact_size.y = 0.0;
        let by = std::mem::take(&mut self.scrolled);
        let area = ScrollArea::vertical().id_salt(("stage side", self.stage.at(), self.pane as u8)).auto_shrink([false, false]);
        let shown = area.show(ui, |ui| {
            if by != 0 {
                ui.scroll_with_delta(egui::vec2(0.0, -f32::from(by) * m.letters(24.0) * READ));
            }
            if self.vote.is_some() {
                return self.vote_ui(ui, m, cx, out);
            }
            if self.dealt.is_some() {
                return self.card_ui(ui, m, cx, out);
            }
            match self.pane {
                Pane::Step => self.step_ui(ui, m, cx, out),
                Pane::People => self.people_ui(ui, m, cx),
                Pane::Agenda => self.agenda_ui(ui, m, cx),
                Pane::Log => self.log_ui(ui, m, cx),
                Pane::Steps => self.steps_ui(ui, m, cx),
                Pane::Scenarios => self.scenarios_ui(ui, m, cx),
                Pane::Closed => self.closed_ui(ui, m, cx),
                Pane::Help => {}
            }
        });
        let goes_on = shown.content_size.y > shown.inner_rect.height() + 1.0;
        if std::mem::replace(&mut self.goes_on, goes_on) != goes_on {
            ui.ctx().request_repaint();
        }
    }

    fn step_ui(&mut self, ui: &mut Ui, m: Measure, cx: &ViewCx<'_>, out: &mut Outbox) {
        let threats = self.threats(cx);
        let is_own = self.stage.step().is_some_and(|step| step.threat.is_some()) && cx.selection.items.is_empty();
        if let Some(finding) = threats.first().filter(|_| is_own || cx.selection.threat.is_some()) {
            return self.threat_ui(ui, m, cx, finding, false, out);
        }
        let selected = cx.selection.single().map(|id| crate::risk::name_of(cx.model, id));
        let title = selected.or_else(|| self.stage.step().map(|step| step.title.clone())).unwrap_or_default();
        head(ui, m, &title);
        if cx.selection.items.is_empty() && self.stage.step().is_some_and(|step| step.highlighted.is_empty()) {
            return self.whole_ui(ui, m, cx);
        }
        self.about_ui(ui, m, cx);
        let at = self.chosen.min(threats.len().saturating_sub(1));
        if let Some(finding) = threats.get(at) {
            self.list_ui(ui, m, &threats, at);
            ui.add_space(m.px(8.0));
            return self.threat_ui(ui, m, cx, finding, true, out);
        }
        if self.stage.step().is_none() {
            quiet(ui, m, "There is nothing to step through yet: draw elements and flows, and put them into trust boundaries.");
        } else {
            words(ui, m, "No open threats here.", 26.0);
        }
        self.deeds_ui(ui, m, cx, out);
    }

    /// The model in numbers, and the gravest threats: what a session begins with.
    fn whole_ui(&self, ui: &mut Ui, m: Measure, cx: &ViewCx<'_>) {
        let count = |n: usize, one: &str, many: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {many}") };
        let (model, totals) = (cx.model, &cx.assessment.totals);
        let facts = [
            count(model.elements.len(), "element", "elements"),
            count(model.flows.len(), "flow", "flows"),
            count(model.boundaries.len(), "boundary", "boundaries"),
            format!("{} across boundaries", count(cx.assessment.crossings.len(), "flow", "flows")),
            count(model.assets.len(), "asset", "assets"),
        ];
        words(ui, m, facts.join(" · "), 26.0);
        let about = model.info.description.trim();
        if !about.is_empty() && !m.is_low() {
            ui.add_space(m.px(8.0));
            words(ui, m, about, 26.0);
        }
        rule(ui, m);
        let open = |band: &Band| (totals.risk.counts.get(*band), *band);
        ui.horizontal_wrapped(|ui| {
            for (n, band) in Band::ALL.iter().map(open).filter(|(n, _)| *n > 0).take(3) {
                pill(ui, m, band, &format!("{n} {}", band.label()));
            }
        });
        ui.add_space(m.px(8.0));
        let gravest = cx.assessment.ranked().into_iter().filter(|f| f.counts() && f.disposition == Disposition::Open);
        for finding in gravest.take(if m.is_low() { 3 } else { 5 }) {
            words(ui, m, format!("{} {:.0}  {}", finding.band().letter(), finding.current.score, finding.title), 26.0);
        }
    }

    /// The facts that matter of what the step is about.
    fn about_ui(&self, ui: &mut Ui, m: Measure, cx: &ViewCx<'_>) {
        let Some(id) = self.subject(cx) else { return };
        let mut facts = Vec::new();
        if let Some(boundary) = cx.model.boundaries.get(&id) {
            facts.push(format!("Trust {}", boundary.trust.map_or_else(|| "not stated".to_owned(), |t| format!("{t} of 4"))));
            let members = cx.model.elements.values().filter(|e| e.boundary.as_ref() == Some(&id)).count();
            facts.push(if members == 1 { "1 element".to_owned() } else { format!("{members} elements") });
            let crossing = cx.assessment.crossings.values().filter(|c| c.boundaries.contains(&id)).count();
            facts.push(if crossing == 1 { "1 flow crosses it".to_owned() } else { format!("{crossing} flows cross it") });
        }
        if let Some(flow) = cx.model.flows.get(&id) {
            facts.push(format!("{}, {}", flow.protocol.label(), flow.authn.label()));
            let trust = |level: Option<u8>| level.map_or_else(|| "?".to_owned(), |t| t.to_string());
            if let Some(crossing) = cx.assessment.crossings.get(&id) {
                facts.push(format!("from trust {} to trust {}", trust(crossing.from), trust(crossing.to)));
            }
            facts.push(if flow.assets.is_empty() { "no data assigned".to_owned() } else { named(cx, &flow.assets) });
        }
        if let Some(element) = cx.model.elements.get(&id) {
            facts.push(element.kind.label().to_owned());
            if !element.holds.is_empty() {
                facts.push(format!("keeps {}", named(cx, &element.holds)));
            }
        }
        let reviewed = cx.model.elements.get(&id).map(|e| e.reviewed).or_else(|| cx.model.flows.get(&id).map(|f| f.reviewed));
        match reviewed {
            Some(Some(day)) => facts.push(format!("reviewed {day}")),
            Some(None) => facts.push("not reviewed yet".to_owned()),
            None => {}
        }
        words(ui, m, facts.join(" · "), 26.0);
        ui.add_space(m.px(8.0));
    }

    /// The threats of the step, the chosen one among them.
    fn list_ui(&mut self, ui: &mut Ui, m: Measure, threats: &[&Finding], at: usize) {
        let listed = if m.is_low() { LISTED / 2 } else { LISTED };
        let first = at.saturating_sub(listed - 1);
        let mut chosen = None;
        quiet(ui, m, format!("Threat {} of {}   ↑ ↓", at + 1, threats.len()));
        for (n, finding) in threats.iter().enumerate().skip(first).take(listed) {
            let shown = row(ui, n == at, |ui| {
                let band = finding.band();
                let face = if n == at { Face::Bold } else { Face::Regular };
                let text = format!("{} {:.0}  {}", band.letter(), finding.current.score, finding.title);
                let text = RichText::new(text).font(m.font(face, 24.0)).color(style::ink(ui, Ink::Text));
                ui.add(Label::new(text).truncate());
            });
            if shown.clicked() {
                chosen = Some(n);
            }
        }
        if let Some(n) = chosen {
            self.chosen = n;
        }
    }

    /// What can be done at a step without a threat.
    fn deeds_ui(&mut self, ui: &mut Ui, m: Measure, cx: &ViewCx<'_>, out: &mut Outbox) {
        rule(ui, m);
        let width = ui.available_width();
        let can_review = self.stage.step().is_some_and(|step| matches!(step.part, StepPart::Crossings | StepPart::Unreviewed));
        let mut deeds = vec![("C", "Deal a card", Deed::Card), ("N", "Note", Deed::Note)];
        if can_review {
            deeds.insert(0, ("⏎", "Reviewed, next", Deed::Reviewed));
        }
        for (key, label, deed) in deeds {
            if key_button(ui, m, key, label, deed == Deed::Reviewed, width).clicked() {
                self.run(deed, cx, out);
            }
        }
    }
}

/// A few assets by name, the rest counted.
fn named(cx: &ViewCx<'_>, assets: &std::collections::BTreeSet<crate::model::Id>) -> String {
    let names: Vec<&str> = assets.iter().take(ASSETS).map(|id| cx.model.name_of(id)).collect();
    let more = assets.len().saturating_sub(ASSETS);
    if more > 0 { format!("{} and {more} more", names.join(", ")) } else { names.join(", ") }
}
