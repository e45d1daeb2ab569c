//! What single records do to the risk, worked out one a frame and kept while the model stays as it is.

use crate::library::Library;
use crate::model::{Id, Key};
use crate::register;
use crate::risk::{Contribution, Scratch, name_of};
use crate::text::Face;
use crate::theme::Ink;
use crate::ui::widgets::{Row, link};
use crate::ui::{Action, Outbox, ViewCx, fonts, style};
use egui::Ui;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// In larger models this is worked out only when somebody asks.
const LARGE: usize = 1_000;
/// Most threats listed for one record.
const LISTED: usize = 60;

#[derive(Default)]
pub struct Effects {
    content: Option<u64>,
    known: BTreeMap<Key, Rc<Contribution>>,
    /// The copy of the model it is found out on.
    scratch: Option<Scratch<'static>>,
    asked: BTreeSet<Key>,
    /// One was worked out in this frame already.
    is_tired: bool,
}

impl Effects {
    /// Begins a frame.
    pub fn begin(&mut self, cx: &ViewCx<'_>) {
        self.is_tired = false;
        if self.content != Some(cx.content) {
            self.known.clear();
            self.scratch = None;
            self.asked.clear();
            self.content = Some(cx.content);
        }
    }

    /// What a record does, when that is worked out already; else it is, now or in one of the next frames.
    pub fn of(&mut self, ui: &Ui, cx: &ViewCx<'_>, key: &Key) -> Option<Rc<Contribution>> {
        if let Some(known) = self.known.get(key) {
            return Some(Rc::clone(known));
        }
        if is_large(cx) && !self.asked.contains(key) {
            return None;
        }
        if self.is_tired {
            ui.ctx().request_repaint();
            return None;
        }
        self.is_tired = true;
        let scratch = self.scratch.get_or_insert_with(|| Scratch::new(cx.model, Library::builtin()));
        let found = Rc::new(Contribution::of(scratch, cx.actual, key));
        self.known.insert(key.clone(), Rc::clone(&found));
        Some(found)
    }

    /// How much the record of a row adds to the load, as [`Self::of`].
    pub fn load_of(&mut self, ui: &Ui, cx: &ViewCx<'_>, row: &register::Row) -> Option<f64> {
        let register::Row::Record(key) = row else { return None };
        self.of(ui, cx, key).map(|effect| effect.load)
    }

    /// The threats a record changes, each with how much; a click shows the threat.
    pub fn list_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, key: &Key, none: &str, out: &mut Outbox) {
        let Some(effect) = self.of(ui, cx, key) else {
            if is_large(cx) && link(ui, "Work out what it does to the risk").clicked() {
                self.asked.insert(key.clone());
            }
            return;
        };
        if effect.threats.is_empty() {
            ui.label(crate::ui::widgets::caption(ui, none));
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        let ranked = effect.ranked();
        for (threat, by) in ranked.iter().take(LISTED) {
            let Some(finding) = cx.assessment.findings.get(threat) else { continue };
            let place = name_of(cx.model, &threat.anchor);
            let mut row = Row::new(ui, 24.0, false, &format!("{} at {place}, {}", finding.title, points(*by)));
            let ink = |ink| style::ink(row.ui, ink);
            let (text, muted) = (ink(Ink::Text), ink(Ink::Muted));
            row.right(points(*by), fonts::font(Face::Bold, 12.0), text).right_swatch(finding.band());
            row.right(place, fonts::font(Face::Regular, 11.0), muted);
            row.text(&finding.title, fonts::font(Face::Regular, 12.0), text);
            if row.response.clicked() {
                out.push(Action::ShowThreat((*threat).clone()));
            }
        }
        if ranked.len() > LISTED {
            ui.label(crate::ui::widgets::caption(ui, format!("and {} more", ranked.len() - LISTED)));
        }
    }
}

fn is_large(cx: &ViewCx<'_>) -> bool {
    cx.model.elements.len() + cx.model.flows.len() > LARGE
}

/// "+3.2" or "−12.0".
pub fn points(by: f64) -> String {
    if by < 0.0 { format!("−{:.1}", -by) } else { format!("+{by:.1}") }
}

/// Selects an element, flow or boundary and brings it into view.
pub fn go_to(cx: &ViewCx<'_>, id: &Id, out: &mut Outbox) {
    if cx.model.item_key(id).is_some() {
        out.push(Action::Select(crate::tool::Selection::one(id.clone())));
        out.push(Action::Reveal(id.clone()));
        out.push(Action::Pulse(id.clone()));
    }
}
