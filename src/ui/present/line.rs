//! One line to write something down without leaving the step.

use super::parts::quiet;
use super::{Measure, Present};
use crate::model::{Parked, Remark, ThreatKey};
use crate::session::attend;
use crate::text::Face;
use crate::theme::Ink;
use crate::ui::widgets::named;
use crate::ui::{Outbox, ViewCx, style};
use egui::{
    Align2, Area, Frame, Key, Margin, Order, Rect, Sense, Stroke, StrokeKind, TextEdit, Ui, WidgetInfo, WidgetType, vec2,
};

/// How long what was written down is shown, in seconds.
const STAY: f64 = 3.5;

/// What the line is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Asks {
    Park,
    /// About a threat, or else about the step.
    Note(Option<ThreatKey>),
    /// Why a threat was decided so.
    Reason(ThreatKey),
    /// By when something is done about a threat.
    Due(ThreatKey),
    Person,
    /// What the presenter is to be reminded of at this step.
    StepNote,
    /// A part of the agenda, with its minutes.
    Part,
    /// What a scenario is called.
    Scenario(crate::model::Id),
}

#[derive(Debug)]
pub(super) struct Line {
    asks: Asks,
    text: String,
}

impl Asks {
    fn label(&self) -> &'static str {
        match self {
            Asks::Park => "Parking lot",
            Asks::Note(_) => "Note",
            Asks::Reason(_) => "Why",
            Asks::Due(_) => "By when",
            Asks::Person => "Who is there",
            Asks::StepNote => "Note for the presenter",
            Asks::Part => "Part of the agenda",
            Asks::Scenario(_) => "Name of the scenario",
        }
    }

    fn hint(&self) -> &'static str {
        match self {
            Asks::Park => "What is put off",
            Asks::Note(_) => "What is to be remembered",
            Asks::Reason(_) => "What the room decided it on",
            Asks::Due(_) => "2026-12-18, or 3w, or 10d; Esc for none",
            Asks::Person => "A name; Enter takes the next, Esc ends",
            Asks::StepNote => "What to say at this step",
            Asks::Part => "A name and its minutes: Break 10",
            Asks::Scenario(_) => "Target, after the move, with the new provider",
        }
    }
}

impl Present {
    pub(super) fn ask_line(&mut self, asks: Asks, text: String) {
        self.line = Some(Line { asks, text });
    }

    /// The line along the lower edge of the canvas, while something is written.
    pub fn line_ui(&mut self, ui: &Ui, canvas: Rect, cx: &ViewCx<'_>, out: &mut Outbox) {
        let Some(mut line) = self.line.take() else { return };
        let m = Measure::of(ui.ctx());
        let frame = Frame::new().fill(style::ink(ui, Ink::Panel)).stroke(Stroke::new(2.0, style::ink(ui, Ink::Accent)));
        let area = Area::new(egui::Id::new("stage line")).order(Order::Foreground);
        let area = area.pivot(Align2::LEFT_BOTTOM).fixed_pos(canvas.left_bottom()).constrain(false);
        let mut is_done = false;
        area.show(ui.ctx(), |ui| {
            frame.inner_margin(Margin::symmetric(8, 4)).show(ui, |ui| {
                ui.set_width((canvas.width() - 20.0).max(160.0));
                quiet(ui, m, line.asks.label());
                let field = TextEdit::singleline(&mut line.text).font(m.font(Face::Regular, 28.0)).desired_width(f32::INFINITY);
                let field = named(ui.add(field.hint_text(line.asks.hint())), line.asks.label());
                if ui.input(|i| i.key_pressed(Key::Enter)) {
                    is_done = !self.take_line(&line, cx, out);
                    line.text.clear();
                } else if ui.input(|i| i.key_pressed(Key::Escape)) {
                    is_done = true;
                }
                if !is_done {
                    field.request_focus();
                }
            });
        });
        if is_done {
            // It must not reach what is below.
            ui.ctx().input_mut(|i| {
                i.consume_key(egui::Modifiers::NONE, Key::Enter);
                i.consume_key(egui::Modifiers::NONE, Key::Escape);
            });
            ui.ctx().memory_mut(egui::Memory::stop_text_input);
            ui.ctx().request_repaint();
        } else {
            self.line = Some(line);
        }
    }

    /// What was written down a moment ago, at the lower edge of the canvas.
    pub fn told_ui(&mut self, ui: &Ui, canvas: Rect) {
        let now = ui.input(|i| i.time);
        let Some((text, since)) = &mut self.told else { return };
        let left = STAY - (now - *since.get_or_insert(now));
        if left <= 0.0 || self.line.is_some() {
            return self.told = None;
        }
        ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(left));
        let m = Measure::of(ui.ctx());
        let ink = style::ink(ui, Ink::OnAccent);
        let (pad, most) = (m.px(16.0), canvas.width() - m.px(80.0));
        let galley = crate::ui::widgets::elided(ui, text, m.font(Face::Bold, 24.0), ink, most);
        let size = galley.size() + vec2(2.0 * pad, pad);
        let rect = Rect::from_min_size(canvas.left_bottom() + vec2(pad, -size.y - pad), size);
        let said = ui.interact(rect, ui.id().with("told"), Sense::hover());
        said.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, text.as_str()));
        ui.painter().rect(rect, 6.0, style::ink(ui, Ink::Accent), Stroke::NONE, StrokeKind::Inside);
        ui.painter().galley(rect.min + vec2(pad, pad / 2.0), galley, ink);
    }

    /// Writes down what was typed. True when the line stays open for more.
    fn take_line(&mut self, line: &Line, cx: &ViewCx<'_>, out: &mut Outbox) -> bool {
        let text = line.text.trim().to_owned();
        if text.is_empty() && line.asks != Asks::StepNote {
            return false;
        }
        let (at, about) = (Some(self.now), self.subject(cx));
        match &line.asks {
            Asks::Park => {
                self.tell(format!("Parked: {text}"));
                let about = about.filter(|id| !cx.model.notes.contains_key(id));
                let parked = Parked { text, at, about, by: self.chair(cx), ..Parked::default() };
                self.write(cx, out, "park", Vec::new(), |session| session.parked.push(parked));
            }
            Asks::Reason(threat) => {
                self.tell(format!("Because: {text}"));
                self.give_reason(cx, out, threat, text);
            }
            Asks::Due(threat) => match crate::session::due(&text, cx.today) {
                Some(due) => self.set_due(cx, out, threat, due),
                // What is no day is asked for again, with what a day looks like.
                None => return true,
            },
            Asks::Note(threat) => {
                self.tell(format!("Noted: {text}"));
                let about = about.filter(|id| threat.is_none() && !cx.model.notes.contains_key(id));
                let note = Remark { text, at, about, threat: threat.clone(), ..Remark::default() };
                self.write(cx, out, "write a note", Vec::new(), |session| session.notes.push(note));
            }
            Asks::Person => {
                self.welcome(&text, cx, out);
                return true;
            }
            Asks::Part => self.add_part(&text, cx, out),
            Asks::Scenario(id) => {
                if let Some(variant) = cx.model.variants.get(id) {
                    let variant = crate::model::Variant { name: text, ..variant.clone() };
                    let put = crate::edit::Edit::put(crate::model::Key::Variant(id.clone()), variant);
                    out.commit(crate::edit::Edit::Batch { label: "name a scenario".to_owned(), edits: vec![put] });
                }
            }
            Asks::StepNote => {
                self.stage.change(|step| step.note = text);
                self.store_steps(cx, out, "write a note for the presenter");
            }
        }
        false
    }

    /// Somebody came.
    fn welcome(&mut self, name: &str, cx: &ViewCx<'_>, out: &mut Outbox) {
        if let Some(id) = self.session.clone().filter(|id| cx.model.sessions.contains_key(id)) {
            if let Some(edit) = attend(cx.model, &id, name, &mut || out.fresh_id()) {
                out.commit(edit);
            }
            return;
        }
        // The first one begins the session.
        let known =
            cx.model.people.iter().find(|(_, person)| person.name.trim().eq_ignore_ascii_case(name)).map(|(id, _)| id.clone());
        let id = known.clone().unwrap_or_else(|| out.fresh_id());
        let person = crate::model::Person { name: name.to_owned(), ..Default::default() };
        let new = known.is_none().then(|| crate::edit::Edit::put(crate::model::Key::Person(id.clone()), person));
        self.write(cx, out, "note who is there", new.into_iter().collect(), |session| {
            let role =
                if session.attendance.is_empty() { crate::model::Role::Facilitator } else { crate::model::Role::Participant };
            session.attendance.entry(id).or_insert_with(|| [role].into());
        });
    }
}
