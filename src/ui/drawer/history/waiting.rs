//! Decisions whose threat is not found: those that wait for it, and those archived with what was deleted.

use crate::edit::Edit;
use crate::model::{Key, ThreatKey};
use crate::risk::name_of;
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::ui::drawer::register::{Cells, ROW, rows};
use crate::ui::widgets::{Row, caption, link, named};
use crate::ui::{Outbox, ViewCx, fonts, style};
use egui::{Align, Align2, Layout, Rect, Ui, UiBuilder, pos2, vec2};

pub fn ui(ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
    let mut keys: Vec<&ThreatKey> = cx.actual.dormant.iter().collect();
    if keys.is_empty() {
        return super::super::empty_ui(ui, "Every decision has its threat.");
    }
    let is_archived = |key: &ThreatKey| cx.model.item_key(&key.anchor).is_none();
    keys.sort_by_key(|key| (is_archived(key), *key));
    let archived: Vec<&ThreatKey> = keys.iter().copied().filter(|key| is_archived(key)).collect();
    ui.horizontal(|ui| {
        ui.set_min_height(26.0);
        ui.add_space(8.0);
        ui.label(caption(ui, "They count again as soon as their threat is found. What is forgotten stays in the log."));
        if archived.len() > 1 {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add_space(8.0);
                if link(ui, &format!("Forget {} archived", archived.len())).clicked() {
                    out.commit(forget(&archived));
                }
            });
        }
    });
    rows(ui, "waiting", keys.len(), |ui, n| {
        if let Some(key) = keys.get(n) {
            row_ui(ui, cx, key, is_archived(key), out);
        }
    });
}

fn forget(keys: &[&ThreatKey]) -> Edit {
    let label = if keys.len() == 1 { "forget decision".to_owned() } else { format!("forget {} decisions", keys.len()) };
    let keys = keys.iter().map(|key| Key::Decision((*key).clone())).collect();
    Edit::Batch { label, edits: vec![Edit::Remove { keys }] }
}

fn row_ui(ui: &mut Ui, cx: &ViewCx<'_>, key: &ThreatKey, is_archived: bool, out: &mut Outbox) {
    let Some(decision) = cx.model.decisions.get(key) else { return };
    let title = cx.library.rule(key.rule.as_str()).map_or_else(|| key.rule.to_string(), |(_, rule)| cx.library.title_of(rule));
    let place = if is_archived { "deleted".to_owned() } else { name_of(cx.model, &key.anchor) };
    let state = if is_archived { "Archived" } else { "Waiting" };
    let said = format!("{title}, at {place}: {}, {}", decision.disposition.label(), state.to_lowercase());
    let row = Row::new(ui, ROW, false, &said);
    let (whole, response) = (row.whole, row.response.clone());
    let mut cells = Cells { ui, rest: whole.shrink2(vec2(8.0, 0.0)) };
    cells.line(whole);
    let button = cells.right(64.0, "", Face::Regular, Ink::Muted);
    cells.right(84.0, &decision.on.map(|on| on.to_string()).unwrap_or_default(), Face::Regular, Ink::Muted);
    cells.right(104.0, decision.disposition.label(), Face::Regular, Ink::Text);
    cells.right(150.0, &place, Face::Regular, if is_archived { Ink::Muted } else { Ink::Text });
    cells.right(72.0, state, Face::Regular, Ink::Muted);
    let glyph = if is_archived { icon::ARCHIVE } else { icon::CLOCK };
    let at = pos2(whole.left() + 17.0, whole.center().y);
    ui.painter().text(at, Align2::CENTER_CENTER, glyph, fonts::font(Face::Icon, 15.0), style::ink(ui, Ink::Muted));
    cells.rest.min.x += 28.0;
    cells.left(&title, Face::Regular, Ink::Text);
    let why = if is_archived { "It was about something that was deleted." } else { "Its rule does not fire there now." };
    let reason = if decision.justification.is_empty() { "No reason given." } else { decision.justification.as_str() };
    response.on_hover_text(format!("{title}\n{why}\nReason: {reason}"));
    let rect = Rect::from_min_max(pos2(button.left(), whole.top()), whole.max);
    let mut inner = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(key).layout(Layout::left_to_right(Align::Center)));
    if named(link(&mut inner, "Forget"), &format!("Forget the decision about {title}, at {place}")).clicked() {
        out.commit(forget(&[key]));
    }
}
