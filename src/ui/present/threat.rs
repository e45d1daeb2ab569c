//! The card of a threat, in letters that can be read from the last row: what, why, how bad, what is done, what is decided.

use super::parts::{key_button, pill, quiet, rule, score_bar, scores, strong, words};
use super::{Deed, Measure, Present};
use crate::model::{Disposition, IMPACT_LABELS, LIKELIHOOD_LABELS};
use crate::risk::{Explanation, Finding, StepKind};
use crate::text::Face;
use crate::theme::Ink;
use crate::ui::widgets::treatment;
use crate::ui::{Outbox, Seen, ViewCx, style};
use egui::{Align, Label, Layout, RichText, Ui};
use std::sync::Arc;

/// Controls and reasons listed.
const CONTROLS: usize = 2;
const REASONS: usize = 3;

/// The keys of a threat, three in a row.
const KEYS: [(&str, &str, Deed); 9] = [
    ("M", "Mitigate", Deed::Decide(Disposition::Mitigate)),
    ("A", "Accept", Deed::Decide(Disposition::Accept)),
    ("T", "Transfer", Deed::Decide(Disposition::Transfer)),
    ("X", "Not here", Deed::Decide(Disposition::NotApplicable)),
    ("S", "Score", Deed::Score),
    ("V", "Vote", Deed::Vote),
    ("N", "Note", Deed::Note),
    ("D", "Dissent", Deed::Disagree),
    ("J", "Owner", Deed::Owner),
];

impl Present {
    pub(super) fn threat_ui(
        &mut self,
        ui: &mut Ui,
        m: Measure,
        cx: &ViewCx<'_>,
        finding: &Finding,
        is_listed: bool,
        out: &mut Outbox,
    ) {
        // While another time is looked at, what is found says that of it alone.
        let actual = cx.actual.findings.get(&finding.key).unwrap_or(finding);
        let rating = match cx.seen {
            Seen::Before => &actual.inherent,
            Seen::Planned | Seen::Target => &actual.planned,
            Seen::Today => &actual.current,
        };
        ui.horizontal(|ui| {
            pill(ui, m, rating.band, &format!("{} {:.1}", rating.band.label(), rating.score));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let label = finding.number.map_or_else(String::new, |_| finding.label());
                ui.label(RichText::new(label).font(m.font(Face::Mono, 24.0)).color(style::ink(ui, Ink::Text)));
            });
        });
        ui.add_space(m.px(8.0));
        if !is_listed {
            strong(ui, m, &finding.title, 32.0);
        }
        let why = self.why(cx, finding);
        let is_crowded = is_listed || (m.is_low() && (self.disagreeing.is_some() || self.owning.is_some()));
        if let Some(why) = why.as_ref().filter(|_| !is_crowded) {
            ui.add_space(m.px(4.0));
            words(ui, m, shortened(&why.sentence, &finding.title), 28.0);
        }
        rule(ui, m);
        let (before, now, planned) = (&actual.inherent, &actual.current, &actual.planned);
        let rows = [("Inherent", before, Seen::Before), ("Current", now, Seen::Today), ("Planned", planned, Seen::Planned)];
        if m.is_low() {
            scores(ui, m, rows.map(|(name, rating, seen)| (name, rating.score, rating.band, cx.seen == seen)));
        } else {
            let ghosts = [None, Some(before.score), Some(now.score)];
            for ((name, rating, seen), ghost) in rows.into_iter().zip(ghosts) {
                score_bar(ui, m, name, rating.score, rating.band, ghost, cx.seen == seen);
            }
        }
        self.state_ui(ui, m, cx, finding);
        rule(ui, m);
        if self.scoring.as_ref().is_some_and(|(threat, _)| *threat == finding.key) {
            self.score_ui(ui, m, cx, finding);
        } else if self.disagreeing.as_ref() == Some(&finding.key) {
            self.disagree_ui(ui, m, cx, finding);
        } else if self.owning.as_ref() == Some(&finding.key) {
            self.owner_ui(ui, m, cx, &finding.key);
        } else {
            self.keys_ui(ui, m, cx, finding, out);
        }
        if let Some(why) = why.filter(|_| !self.asks_about_threat()) {
            if is_listed {
                rule(ui, m);
                words(ui, m, shortened(&why.sentence, &finding.title), 26.0);
            }
            reasons_ui(ui, m, &why);
        }
    }

    /// True while something about the threat is chosen.
    fn asks_about_threat(&self) -> bool {
        self.disagreeing.is_some() || self.owning.is_some() || self.scoring.is_some()
    }

    fn keys_ui(&mut self, ui: &mut Ui, m: Measure, cx: &ViewCx<'_>, finding: &Finding, out: &mut Outbox) {
        let gap = m.px(10.0);
        ui.spacing_mut().item_spacing.y = m.px(8.0);
        let width = (ui.available_width() - gap * 2.0) / 3.0;
        for row in KEYS.chunks(3) {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = gap;
                for (key, label, deed) in row {
                    let is_on = matches!(deed, Deed::Decide(d) if *d == finding.disposition);
                    if key_button(ui, m, key, label, is_on, width).clicked() {
                        self.run(*deed, cx, out);
                    }
                }
            });
        }
    }

    /// What is decided, by whom, who disagreed, and what is in force.
    fn state_ui(&self, ui: &mut Ui, m: Measure, cx: &ViewCx<'_>, finding: &Finding) {
        ui.add_space(m.px(8.0));
        let line = |ui: &mut Ui, face: Face, glyph: char, ink: Ink, text: String| {
            ui.horizontal_top(|ui| {
                ui.label(RichText::new(glyph).font(m.font(face, 26.0)).color(style::ink(ui, ink)));
                words(ui, m, text, 26.0);
            });
        };
        if finding.disposition != Disposition::Open || finding.lapsed.is_some() {
            let (face, glyph, ink, word) = treatment(finding);
            let decision = cx.model.decisions.get(&finding.key);
            let by = decision.and_then(|d| d.by.as_ref()).map(|id| format!(", {}", cx.model.name_of(id))).unwrap_or_default();
            line(ui, face, glyph, ink, format!("{word}{by}"));
            if let Some(owner) = decision.and_then(|decision| decision.owner.as_ref()) {
                let due = decision.and_then(|decision| decision.due).map(|due| format!(", {due}")).unwrap_or_default();
                quiet(ui, m, format!("Owner {}{due}", cx.model.name_of(owner)));
            }
        }
        let logged =
            self.session(cx).and_then(|s| s.decided.iter().rev().find(|line| line.threat.as_ref() == Some(&finding.key)));
        if let Some(dissent) = logged.map(|line| &line.dissent).filter(|dissent| !dissent.is_empty()) {
            let names: Vec<&str> = dissent.iter().map(|id| cx.model.name_of(id)).collect();
            quiet(ui, m, format!("Disagreed: {}", names.join(", ")));
        }
        if let Some(levels) = cx.model.decisions.get(&finding.key).and_then(|d| d.level_override.as_ref()) {
            quiet(ui, m, format!("Likelihood {}, impact {} by hand", levels.likelihood, levels.impact));
        }
        let name = |control: &str| cx.control_name(control).to_owned();
        for used in finding.controls.iter().take(CONTROLS) {
            line(ui, Face::IconFill, crate::text::icon::SHIELD_CHECK, Ink::Good, name(&used.control));
        }
    }

    fn score_ui(&self, ui: &mut Ui, m: Measure, cx: &ViewCx<'_>, finding: &Finding) {
        let is_impact = self.scoring.as_ref().is_some_and(|(_, is_impact)| *is_impact);
        let by_hand = cx.model.decisions.get(&finding.key).and_then(|d| d.level_override.as_ref());
        let (likelihood, impact) =
            by_hand.map_or((finding.current.likelihood, finding.current.impact), |levels| (levels.likelihood, levels.impact));
        let (what, labels, now) = match is_impact {
            false => ("How likely?", LIKELIHOOD_LABELS, likelihood),
            true => ("How bad?", IMPACT_LABELS, impact),
        };
        strong(ui, m, what, 28.0);
        for (label, level) in labels.iter().zip(1u8..) {
            let text = format!("{level}   {label}");
            if level == now {
                strong(ui, m, text, 26.0)
            } else {
                words(ui, m, text, 26.0)
            };
        }
    }

    fn disagree_ui(&self, ui: &mut Ui, m: Measure, cx: &ViewCx<'_>, finding: &Finding) {
        strong(ui, m, "Who disagrees?", 28.0);
        let logged =
            self.session(cx).and_then(|s| s.decided.iter().rev().find(|line| line.threat.as_ref() == Some(&finding.key)));
        let people = self.attendees(cx);
        if people.is_empty() {
            quiet(ui, m, "W notes who is there.");
        }
        self.pick_ui(ui, m, &people, "✕", |id| logged.is_some_and(|line| line.dissent.contains(id)));
    }

    /// Why it is rated so; made once for each state of the model.
    fn why(&mut self, cx: &ViewCx<'_>, finding: &Finding) -> Option<Arc<Explanation>> {
        let known = self.why.as_ref().filter(|(content, key, _)| *content == cx.content && *key == finding.key);
        if known.is_none() {
            let made = cx.live.and_then(|live| live.explain(cx.model, &finding.key)).map(Arc::new);
            self.why = Some((cx.content, finding.key.clone(), made));
        }
        self.why.as_ref().and_then(|(.., made)| made.clone())
    }
}

/// The sentence of a threat below its title, which it need not say again.
fn shortened(sentence: &str, title: &str) -> String {
    sentence.replace(&format!("bring about “{title}”"), "bring this about")
}

/// What weighs most in the rating.
fn reasons_ui(ui: &mut Ui, m: Measure, why: &Explanation) {
    let inputs = why.steps.iter().filter(|step| step.kind == StepKind::Input).take(REASONS);
    let mut inputs = inputs.peekable();
    if inputs.peek().is_none() {
        return;
    }
    rule(ui, m);
    for step in inputs {
        ui.horizontal_top(|ui| {
            let factor = RichText::new(&step.factor).font(m.font(Face::Mono, 24.0)).color(style::ink(ui, Ink::Accent));
            ui.add(Label::new(factor));
            words(ui, m, &step.words, 24.0);
        });
    }
}
