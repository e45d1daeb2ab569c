//! The line at the bottom: counts, coverage, risk, where the model is saved.

use super::widgets::{caption, command_button, hatch, icon_button, named, paint_ground};
use super::{Action, Command, Outbox, Page, ViewCx, fonts, style};
use crate::model::Band;
use crate::risk::Totals;
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::tool::Tool;
use egui::{Align, CursorIcon, Label, Layout, Rect, RichText, Sense, Ui, pos2, vec2};

/// What goes on in the background.
#[derive(Clone, Copy, Debug)]
pub enum Work<'a> {
    /// Somebody waits for it: how far it is, 0 to 1, where it says so, what it is, and whether it can be given up.
    AskedFor { share: Option<f32>, what: &'a str, can_stop: bool },
    /// What it is.
    Quiet(&'a str),
}

/// `work` goes on in the background.
pub fn status_bar_ui(ui: &mut Ui, cx: &ViewCx<'_>, work: Option<Work<'_>>, out: &mut Outbox) {
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        if cx.is_open {
            counts_ui(ui, cx, out);
            coverage_ui(ui, &cx.assessment.totals);
            risk_strip_ui(ui, cx, out);
            change_ui(ui, cx);
        } else {
            let key = Command::any_of(&[Command::Tool(Tool::Process)], ui.ctx());
            ui.label(caption(ui, format!("Tip: press {key} over the canvas to create a process under the pointer")));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 12.0;
            let (glyph, next) = match (ui.visuals().dark_mode, Command::LightTheme, Command::DarkTheme) {
                (true, light, _) => (icon::SUN, light),
                (false, _, dark) => (icon::MOON, dark),
            };
            if command_button(ui, glyph, next.label(), Command::SwitchTheme).clicked() {
                out.run(next);
            }
            match work {
                Some(Work::AskedFor { share, what, can_stop }) => {
                    if can_stop && icon_button(ui, icon::X, "Stop").clicked() {
                        out.push(Action::CancelJobs);
                    }
                    if let Some(share) = share {
                        named(ui.add(egui::ProgressBar::new(share).desired_width(100.0).desired_height(6.0)), what);
                    }
                    ui.label(caption(ui, format!("{what}…")));
                }
                _ if cx.is_open => saved_ui(ui, cx),
                _ => {}
            }
            also_open_ui(ui, cx);
            if let Some(Work::Quiet(what)) = work {
                ui.label(caption(ui, what));
            }
        });
    });
}

fn counts_ui(ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
    let number = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let threats = cx.assessment.totals.risk.counts.total();
    let questions = cx.assessment.questions.len();
    ui.label(caption(ui, number(cx.model.elements.len(), "element", "elements")));
    ui.label(caption(ui, number(cx.model.flows.len(), "flow", "flows")));
    let crossings = ui.label(caption(ui, number(cx.assessment.crossings.len(), "crossing", "crossings")));
    crossings.on_hover_text("Data flows that cross a trust boundary");
    for (words, page) in
        [(number(threats, "threat", "threats"), Page::Threats), (number(questions, "question", "questions"), Page::Questions)]
    {
        let label = ui.add(Label::new(caption(ui, words)).sense(Sense::click())).on_hover_text(page.about());
        if label.on_hover_cursor(CursorIcon::PointingHand).clicked() {
            out.run(Command::Page(page));
        }
    }
}

/// Share of the threats that count with a decision.
fn coverage_ui(ui: &mut Ui, totals: &Totals) {
    let (counting, decided, review) = (totals.risk.counts.total(), totals.decided, totals.to_review);
    let share = decided as f32 / counting.max(1) as f32;
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.label(caption(ui, "decided"));
        let (rect, _) = ui.allocate_exact_size(vec2(80.0, 6.0), Sense::hover());
        ui.painter().rect_filled(rect, 3.0, style::ink(ui, Ink::Panel));
        let done = rect.with_max_x(rect.left() + rect.width() * share);
        ui.painter().rect_filled(done, 3.0, style::ink(ui, Ink::Good));
        ui.painter().rect_stroke(rect, 3.0, style::line(ui, Ink::Border), egui::StrokeKind::Outside);
        ui.label(RichText::new(format!("{:.0} %", share * 100.0)).font(fonts::font(Face::Bold, 11.0)));
    })
    .response
    .on_hover_text({
        let review = if review > 0 { format!(", {review} of them to be looked at again") } else { String::new() };
        format!("{decided} of {counting} threats have a decision{review}")
    });
}

/// A strip of the shares of the risk levels, and their letters.
fn risk_strip_ui(ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
    let counts = cx.assessment.totals.current;
    let total = counts.total();
    if total == 0 {
        return;
    }
    let strip = ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.label(caption(ui, "risk"));
        let (rect, _) = ui.allocate_exact_size(vec2(130.0, 8.0), Sense::hover());
        let mut x = rect.left();
        // Every level that occurs is seen, however few threats it has.
        let least = 4.0;
        let bands = || Band::ALL.iter().filter(|b| counts.get(**b) > 0);
        let spare = rect.width() - least * bands().count() as f32;
        for band in bands() {
            let width = least + spare * counts.get(*band) as f32 / total as f32;
            let part = Rect::from_min_max(pos2(x, rect.top()), pos2(x + width - 1.0, rect.bottom()));
            paint_ground(ui, part, 1.0, *band);
            x += width;
        }
        let possible = cx.assessment.totals.risk.possible;
        if possible > 0 {
            // What unanswered questions may add, in the same measure.
            let width = (rect.width() * possible as f32 / total as f32).clamp(12.0, 60.0);
            let (more, _) = ui.allocate_exact_size(vec2(width, 8.0), Sense::hover());
            hatch(ui.painter(), more, style::ink(ui, Ink::Muted));
        }
        let worst = Band::ALL.iter().filter(|b| **b != Band::Minimal && counts.get(**b) > 0);
        let letters = worst.map(|b| format!("{} {}", counts.get(*b), b.letter()));
        let open = (possible > 0).then(|| format!("{possible} ?"));
        let letters: Vec<String> = letters.chain(open).collect();
        let letters = Label::new(RichText::new(letters.join(" · ")).font(fonts::font(Face::Bold, 11.0)));
        named(ui.add(letters.sense(Sense::click())), "What the risk is made of").on_hover_cursor(CursorIcon::PointingHand)
    });
    super::totals_popup(&strip.inner, cx, out);
    strip.response.on_hover_text(
        "Threats by risk level today: Critical, High, Medium, Low. Hatched: what may apply, depending on open questions. A click \
         on the counts tells what they come to",
    );
}

/// By how much the last change raised or lowered the load, for a moment.
fn change_ui(ui: &mut Ui, cx: &ViewCx<'_>) {
    let Some(pulse) = cx.pulse.filter(|p| p.change.total.abs() >= 0.05) else { return };
    let by = pulse.change.total;
    let ink = style::ink(ui, if by < 0.0 { Ink::Good } else { Ink::RiskOutline(Band::High) });
    let words = RichText::new(super::pulse::in_words(by)).font(fonts::font(Face::Bold, 11.0));
    let label = ui.label(words.color(ink.gamma_multiply(pulse.opacity)));
    let how = if by < 0.0 { "fell" } else { "rose" };
    let spoken = format!("Risk {how} by {:.1}", by.abs());
    label.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Label, true, &spoken));
}

/// Who else has the file open: cut where there is no room, whole under the pointer.
fn also_open_ui(ui: &mut Ui, cx: &ViewCx<'_>) {
    let room = ui.available_width().min(300.0);
    if cx.also_open.is_empty() || room < 60.0 {
        return;
    }
    ui.allocate_ui_with_layout(vec2(room, ui.available_height()), Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.add(egui::Label::new(caption(ui, cx.also_open)).truncate()).on_hover_text(cx.also_open);
        let ink = style::ink(ui, Ink::Accent);
        ui.label(RichText::new(icon::USERS).font(fonts::font(Face::Icon, 12.0)).color(ink));
    });
}

fn saved_ui(ui: &mut Ui, cx: &ViewCx<'_>) {
    let (text, glyph, ink) = match (cx.is_dirty, cx.file_name.is_empty()) {
        (true, _) => ("unsaved changes".to_owned(), icon::PENCIL_SIMPLE, Ink::Muted),
        (false, true) => ("not saved yet".to_owned(), icon::FILE, Ink::Muted),
        (false, false) => (format!("{} saved", cx.file_name), icon::CHECK, Ink::Good),
    };
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.label(caption(ui, text));
        ui.label(RichText::new(glyph).font(fonts::font(Face::Icon, 12.0)).color(style::ink(ui, ink)));
    });
}
