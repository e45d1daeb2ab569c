//! Above: what is presented, which step, the time. Below: how far everything is, and the keys.

use super::parts::hint;
use super::{Measure, Pane, Present};
use crate::session::Progressed;
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::{Seen, ViewCx, style};
use egui::{Align2, Rect, Sense, Ui, WidgetInfo, WidgetType, pos2, vec2};

/// Steps of a part that are shown as dots; longer parts have a bar.
const DOTS: usize = 18;

impl Present {
    pub fn top_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, name: &str) {
        let m = Measure::of(ui.ctx());
        let rect = ui.available_rect_before_wrap();
        let (text, em, gap) = (style::ink(ui, Ink::Text), m.letters(24.0), m.px(24.0));
        let agenda = self.agenda(cx);
        let clock = self.timer.words(&agenda);
        let is_over = self.timer.left(&agenda).is_some_and(|left| left < 0);
        let (number, of) = self.stage.number();
        let step = if of == 0 { "No steps".to_owned() } else { format!("Step {number} of {of}") };
        let (part, n, in_part) = self.stage.number_in_part();
        let seen = match cx.seen {
            Seen::Today => String::new(),
            other => format!("  ·  {}", other.label()),
        };
        let said = format!("{step}, {} {n} of {in_part}, {clock}{seen}", part.label());
        let response = ui.allocate_rect(rect, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, said.clone()));
        let painter = ui.painter();
        let mut x = rect.right() - gap;
        let mut right = |words: String, face: Face, ink: Ink| {
            let galley = painter.layout_no_wrap(words, m.font(face, 24.0), style::ink(ui, ink));
            x -= galley.size().x;
            painter.galley(pos2(x, rect.center().y - galley.size().y / 2.0), galley, text);
            x -= m.px(16.0);
            x
        };
        right(clock, if is_over { Face::Bold } else { Face::Regular }, if is_over { Ink::Boundary } else { Ink::Text });
        let sign = if self.timer.is_stopped() { icon::MINUS_CIRCLE } else { icon::CLOCK };
        let mut x = right(sign.to_string(), Face::Icon, Ink::Text);
        painter.vline(x, rect.shrink2(vec2(0.0, rect.height() * 0.25)).y_range(), (1.0, style::ink(ui, Ink::Border)));
        x -= m.px(16.0);
        let step = painter.layout_no_wrap(step, m.font(Face::Bold, 24.0), text);
        x -= step.size().x;
        painter.galley(pos2(x, rect.center().y - step.size().y / 2.0), step, text);
        x -= m.px(20.0);
        let name_width = painter.layout_no_wrap(name.to_owned(), m.font(Face::Bold, 24.0), text).size().x;
        let free = x - rect.left() - 2.0 * gap - name_width.min(rect.width() * 0.3);
        if free > em * 7.0 && of > 0 {
            let width = free.min(m.px(340.0));
            self.dots(ui, Rect::from_min_max(pos2(x - width, rect.top()), pos2(x, rect.bottom())), em);
            x -= width;
        }
        let trial = if cx.trial.is_some() { "  ·  only tried out" } else { "" };
        let scenario = self.scenarios.label(cx).map(|name| format!("  ·  {name}")).unwrap_or_default();
        let name = format!("{name}{seen}{scenario}{trial}");
        let galley = crate::ui::widgets::elided(ui, &name, m.font(Face::Bold, 24.0), text, x - rect.left() - 2.0 * gap);
        ui.painter().galley(pos2(rect.left() + gap, rect.center().y - galley.size().y / 2.0), galley, text);
    }

    /// The steps of the present part: done, present, to come.
    fn dots(&self, ui: &Ui, room: Rect, em: f32) {
        let (_, n, of) = self.stage.number_in_part();
        let (good, accent, rest) = (style::ink(ui, Ink::Good), style::ink(ui, Ink::Accent), style::ink(ui, Ink::BorderStrong));
        let painter = ui.painter();
        let pitch = em * 0.62;
        if of <= DOTS && pitch * (of as f32 + 1.0) <= room.width() {
            let mut x = room.right() - pitch * (of as f32 + 1.0);
            for at in 1..=of {
                let center = pos2(x + pitch * 0.5, room.center().y);
                if at == n {
                    let pill = Rect::from_center_size(pos2(x + pitch, room.center().y), vec2(pitch * 1.7, em * 0.4));
                    painter.rect_filled(pill, em * 0.2, accent);
                    x += pitch * 2.0;
                    continue;
                }
                if at < n {
                    painter.circle_filled(center, em * 0.2, good);
                } else {
                    painter.circle_stroke(center, em * 0.18, (1.0, rest));
                }
                x += pitch;
            }
        } else {
            let bar = Rect::from_center_size(room.center(), vec2(room.width() - em, em * 0.42));
            painter.rect_stroke(bar, em * 0.2, (1.0, rest), egui::StrokeKind::Inside);
            let done = bar.with_max_x(bar.left() + bar.width() * (n as f32 / of.max(1) as f32));
            painter.rect_filled(done, em * 0.2, good);
        }
    }

    pub fn bottom_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>) {
        let m = Measure::of(ui.ctx());
        let rect = ui.available_rect_before_wrap();
        let known = self.progress.filter(|(content, _)| *content == cx.content);
        let progress = known.map_or_else(|| Progressed::of(cx.model, cx.actual, self.session(cx)), |(_, progress)| progress);
        self.progress = Some((cx.content, progress));
        let share = progress.share();
        let each = match progress.seconds_each {
            0 => String::new(),
            seconds => format!(", {}:{:02} each", seconds / 60, seconds % 60),
        };
        let told = format!("Coverage {:.0} %", 100.0 * share);
        let said = format!(
            "{told}, {} of {} elements by categories, crossing flows reviewed {} of {}{each}",
            progress.touched, progress.cells, progress.reviewed, progress.crossings
        );
        let response = ui.allocate_rect(rect, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, said.clone()));
        let (painter, text, em, gap) = (ui.painter(), style::ink(ui, Ink::Text), m.letters(24.0), m.px(24.0));
        let y = rect.center().y;
        let mut x = rect.left() + gap;
        let mut left = |words: String, face: Face| {
            let galley = painter.layout_no_wrap(words, m.font(face, 24.0), text);
            painter.galley(pos2(x, y - galley.size().y / 2.0), galley.clone(), text);
            x += galley.size().x + m.px(14.0);
            x
        };
        let at = left("Coverage".to_owned(), Face::Regular);
        let bar = Rect::from_min_size(pos2(at, y - em * 0.28), vec2(em * 5.0, em * 0.56));
        painter.rect_stroke(bar, em * 0.28, (1.0, style::ink(ui, Ink::BorderStrong)), egui::StrokeKind::Inside);
        let filled = bar.with_max_x(bar.left() + (bar.width() * share as f32).max(em * 0.3));
        painter.rect_filled(filled, em * 0.28, style::ink(ui, Ink::Good));
        let mut x = bar.right() + m.px(14.0);
        let wide = rect.width() > em * 60.0;
        let mut more = |words: String, face: Face| {
            let galley = painter.layout_no_wrap(words, m.font(face, 24.0), text);
            painter.text(pos2(x, y), Align2::LEFT_CENTER, "", m.font(face, 24.0), text);
            painter.galley(pos2(x, y - galley.size().y / 2.0), galley.clone(), text);
            x += galley.size().x + m.px(20.0);
            x
        };
        let mut end = more(format!("{:.0} %", 100.0 * share), Face::Bold);
        if wide {
            end = more(format!("Crossings {}/{}{each}", progress.reviewed, progress.crossings), Face::Regular);
        }
        let keys = self.hints();
        // From the right, the most needed first.
        let mut room = Vec::new();
        let mut width = 0.0;
        for (key, what) in &keys {
            let size = |words: &str, face| painter.layout_no_wrap(words.to_owned(), m.font(face, 24.0), text).size().x;
            let needed = size(key, Face::Mono) + size(what, Face::Regular) + m.px(30.0) + em;
            if end + width + needed > rect.right() - gap {
                continue;
            }
            width += needed;
            room.push((*key, *what));
        }
        let mut x = rect.right() - width;
        for (key, what) in room {
            if let Some(taken) = hint(ui, m, pos2(x, y), key, what, rect.right()) {
                x += taken + em;
            }
        }
    }

    /// The keys that mean something now, the most needed first.
    fn hints(&self) -> Vec<(&'static str, &'static str)> {
        if self.is_asking() {
            return vec![("⏎", "write it down"), ("Esc", "drop it")];
        }
        if let Some(vote) = &self.vote {
            return match vote.is_revealed() {
                true => vec![("⏎", "take the median"), ("R", "vote again"), ("Esc", "stop")],
                false => vec![("1–5", "level"), ("0", "no score"), ("⌫", "back"), ("⏎", "show all"), ("Esc", "stop")],
            };
        }
        if self.dealt.is_some() {
            return vec![("Y", "a threat"), ("X", "not here"), ("C", "another"), ("↑ ↓", "who plays"), ("Esc", "put back")];
        }
        if self.scoring.is_some() {
            return vec![("1–5", "level"), ("0", "as computed"), ("⏎", "done")];
        }
        if self.owning.is_some() {
            return vec![("↑ ↓", "choose"), ("⏎", "does it"), ("Esc", "back")];
        }
        if self.disagreeing.is_some() {
            return vec![("↑ ↓", "choose"), ("␣", "disagrees, or not"), ("⏎", "done")];
        }
        match self.pane {
            Pane::Step => {
                let first = [("?", "keys"), ("← →", "step")];
                let more = self.goes_on.then_some(("⇧ ↓", "read on"));
                let rest =
                    [("\\", "before"), (";", "park"), ("W", "who"), ("K", "laser"), ("Shift", "spotlight"), ("Esc", "leave")];
                first.into_iter().chain(more).chain(rest).collect()
            }
            Pane::People => vec![("Esc", "back"), ("N", "name"), ("↑ ↓", "choose"), ("R", "role"), ("Del", "was not there")],
            Pane::Log => vec![("Esc", "back"), ("1–9", "settled, or not"), ("⇧ ↓", "read on"), ("F9", "close")],
            Pane::Steps => vec![("Esc", "back"), ("↑ ↓", "choose"), ("X", "leave out"), ("⇧ ↑ ↓", "move"), ("N", "what to say")],
            Pane::Scenarios => vec![("Esc", "back"), ("↑ ↓", "choose"), ("⏎", "flip"), ("B", "side by side")],
            Pane::Agenda => vec![("Esc", "back"), (". ,", "next, before"), ("+ −", "minutes"), ("?", "keys")],
            Pane::Closed | Pane::Help => vec![("Esc", "back to the step")],
        }
    }
}
