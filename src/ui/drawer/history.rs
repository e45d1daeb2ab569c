//! The audit log: who changed what, when, from what to what; sign-offs; and decisions whose threat is gone.

mod sign_off;
mod waiting;

use super::register::{Cells, Column, ROW, Sorting, Split, head, rows};
use crate::audit;
use crate::model::{Id, Key, LogChange, LogEntry, LogKind, Moment, ThreatKey};
use crate::text::icon::Icon;
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::tool::Selection;
use crate::ui::widgets::{Row as RowUi, caption, filter_chip, line_edit, named, optional_choice};
use crate::ui::{Action, Command, Outbox, ViewCx, fonts, style};
use egui::{Align2, Ui, pos2, vec2};

const WHEN: f32 = 122.0;
const WHO: f32 = 110.0;
const KIND: f32 = 84.0;

#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    When,
    Who,
    Kind,
    About,
    Change,
}

/// What a row is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Change(LogKind),
    SignOff,
}

impl Kind {
    fn label(self) -> &'static str {
        match self {
            Kind::Change(kind) => kind.label(),
            Kind::SignOff => "Sign-off",
        }
    }

    fn icon(self) -> Icon {
        match self {
            Kind::SignOff => icon::SIGNATURE,
            Kind::Change(LogKind::Decision | LogKind::Acceptance) => icon::CHECK_CIRCLE,
            Kind::Change(LogKind::Rating) => icon::SLIDERS_HORIZONTAL,
            Kind::Change(LogKind::Control | LogKind::Test) => icon::SHIELD_CHECK,
            Kind::Change(LogKind::Scope) => icon::PROHIBIT,
            Kind::Change(LogKind::Model) => icon::PENCIL_SIMPLE,
            Kind::Change(LogKind::Outside) => icon::WARNING,
        }
    }
}

/// One row: a change of an entry, or its sign-off.
struct Row {
    /// `None` for what is not saved yet.
    at: Option<Moment>,
    is_saved: bool,
    who: String,
    kind: Kind,
    change: LogChange,
}

/// Everything the list depends on.
#[derive(Clone, PartialEq)]
struct Listing {
    revision: u64,
    sorting: Sorting<By>,
    text: String,
    kind: Option<Kind>,
    who: Option<String>,
    at: Option<(Option<ThreatKey>, Option<Id>)>,
}

#[derive(Default)]
pub struct HistoryPage {
    sorting: Sorting<By>,
    text: String,
    kind: Option<Kind>,
    who: Option<String>,
    /// Only what concerns the selection.
    here: bool,
    /// Decisions without their threat instead of the log.
    waiting: bool,
    listed: (Option<Listing>, Vec<Row>),
    sign_off: sign_off::SignOffForm,
}

impl HistoryPage {
    /// The filters, from the right.
    pub fn tools_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>) {
        let waiting = cx.actual.dormant.len();
        if waiting > 0 || self.waiting {
            let chip = filter_chip(ui, self.waiting, &format!("{waiting} without their threat"));
            if chip.on_hover_text("Decisions that are kept although their threat is not found").clicked() {
                self.waiting = !self.waiting;
            }
        }
        if self.waiting {
            return;
        }
        named(ui.add(line_edit(&mut self.text).hint_text("Filter history").desired_width(150.0)), "Filter history");
        let mut kinds: Vec<(Kind, String)> =
            LogKind::ALL.iter().map(|kind| (Kind::Change(*kind), kind.label().to_owned())).collect();
        kinds.push((Kind::SignOff, Kind::SignOff.label().to_owned()));
        ui.allocate_ui(vec2(120.0, 24.0), |ui| {
            if let Some(kind) = optional_choice(ui, "log kind", "Kind of change", self.kind.as_ref(), &kinds, "Every kind") {
                self.kind = kind;
            }
        });
        let mut people: Vec<String> = cx.model.log.values().map(|entry| entry.who.clone()).collect();
        people.sort();
        people.dedup();
        let people: Vec<(String, String)> = people.into_iter().map(|who| (who.clone(), named_or_not(&who).to_owned())).collect();
        ui.allocate_ui(vec2(140.0, 24.0), |ui| {
            if let Some(who) = optional_choice(ui, "log who", "Who changed it", self.who.as_ref(), &people, "Everybody") {
                self.who = who;
            }
        });
        if filter_chip(ui, self.here, "Selected").on_hover_text("Only what concerns the selected threat or item").clicked() {
            self.here = !self.here;
        }
    }

    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        let at = self.here.then(|| (cx.selection.threat.clone(), cx.selection.single().cloned()));
        let (text, kind, who) = (self.text.to_lowercase(), self.kind, self.who.clone());
        let listing = Some(Listing { revision: cx.revision, sorting: self.sorting, text, kind, who, at });
        if self.listed.0 != listing {
            let unlogged = unlogged(cx);
            self.sign_off.follow(cx, &unlogged);
            let rows = listing.as_ref().map(|listing| listed(cx, unlogged, listing)).unwrap_or_default();
            self.listed = (listing, rows);
        }
        let split = Split::of(ui);
        split.list(ui, |ui| match self.waiting {
            true => waiting::ui(ui, cx, out),
            false => self.log_ui(ui, cx, out),
        });
        split.details(ui, |ui| self.sign_off.ui(ui, cx, out));
    }

    fn log_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        let width = ui.available_width();
        let change = (width - WHEN - WHO - KIND - 44.0) * 0.5;
        let columns = [
            Column::new(By::Change, "Before → after", change),
            Column::new(By::Kind, "Kind", KIND),
            Column::new(By::Who, "Who", WHO),
            Column::new(By::When, "When (UTC)", WHEN),
        ];
        head(ui, &mut self.sorting, (By::About, "What"), &columns);
        let lines = &self.listed.1;
        if lines.is_empty() {
            let text = if cx.model.log.is_empty() {
                "Nothing logged yet. Saving and signing off write down who decided and changed what."
            } else {
                "Nothing in the log passes the filters."
            };
            return super::empty_ui(ui, text);
        }
        rows(ui, "history", lines.len(), |ui, n| {
            if let Some(row) = lines.get(n) {
                row_ui(ui, cx, row, change, out);
            }
        });
    }
}

/// How many sign-offs do not hold any more; else nothing.
pub fn count(cx: &ViewCx<'_>) -> String {
    let signed = cx.model.log.values().filter(|entry| entry.sign_off.is_some()).count();
    match signed {
        0 => String::new(),
        1 => "1 sign-off".to_owned(),
        n => format!("{n} sign-offs"),
    }
}

fn named_or_not(who: &str) -> &str {
    if who.is_empty() { "Somebody" } else { who }
}

/// What was done since the last entry, in words.
fn unlogged(cx: &ViewCx<'_>) -> Vec<LogChange> {
    let title = |key: &ThreatKey| cx.actual.findings.get(key).map(|finding| finding.title.clone());
    audit::differences(cx.model, cx.library, cx.unlogged, &title)
}

/// The rows to show: what is not saved first, then newest first, unless sorted otherwise.
fn listed(cx: &ViewCx<'_>, unlogged: Vec<LogChange>, listing: &Listing) -> Vec<Row> {
    let fresh = unlogged.into_iter().map(|change| Row {
        at: None,
        is_saved: false,
        who: cx.author.trim().to_owned(),
        kind: Kind::Change(change.kind),
        change,
    });
    let logged = cx.model.log_in_order().into_iter().rev().flat_map(|(_, entry)| rows_of(entry));
    let mut rows: Vec<Row> = fresh.chain(logged).filter(|row| is_wanted(row, listing)).collect();
    listing.sorting.sort(&mut rows, |by, a, b| match by {
        By::When => (a.is_saved, a.at).cmp(&(b.is_saved, b.at)),
        By::Who => a.who.cmp(&b.who),
        By::Kind => a.kind.label().cmp(b.kind.label()),
        By::About => a.change.about.cmp(&b.change.about),
        By::Change => (&a.change.before, &a.change.after).cmp(&(&b.change.before, &b.change.after)),
    });
    rows
}

fn rows_of(entry: &LogEntry) -> Vec<Row> {
    let row = |kind, change| Row { at: entry.at, is_saved: true, who: entry.who.clone(), kind, change };
    let signed = entry.sign_off.as_ref().map(|signed| {
        let (about, after) = (signed.of.label().to_owned(), format!("as {}", signed.role.label().to_lowercase()));
        row(Kind::SignOff, LogChange { about, after, reason: signed.statement.clone(), ..LogChange::default() })
    });
    let changes = entry.changes.iter().map(|change| row(Kind::Change(change.kind), change.clone()));
    signed.into_iter().chain(changes).collect()
}

fn is_wanted(row: &Row, listing: &Listing) -> bool {
    let of_selection = || match &listing.at {
        None => true,
        Some((Some(threat), _)) => row.change.threat.as_ref() == Some(threat),
        Some((None, Some(item))) => row.change.items().any(|id| id == item),
        Some((None, None)) => true,
    };
    let all = || {
        let LogChange { about, before, after, reason, .. } = &row.change;
        format!("{about} {before} {after} {reason} {}", row.who).to_lowercase()
    };
    listing.kind.is_none_or(|kind| row.kind == kind)
        && listing.who.as_ref().is_none_or(|who| row.who == *who)
        && of_selection()
        && (listing.text.is_empty() || listing.text.split_whitespace().all(|word| all().contains(word)))
}

fn row_ui(ui: &mut Ui, cx: &ViewCx<'_>, row: &Row, wide: f32, out: &mut Outbox) {
    let change = &row.change;
    let is_selected = change.threat.is_some() && change.threat == cx.selection.threat;
    let moved = if change.before.is_empty() { change.after.clone() } else { format!("{} → {}", change.before, change.after) };
    let said = format!("{}: {}, {moved}", row.kind.label(), change.about);
    let line = RowUi::new(ui, ROW, is_selected, &said);
    let (whole, response) = (line.whole, line.response.clone());
    let mut cells = Cells { ui, rest: whole.shrink2(vec2(8.0, 0.0)) };
    cells.line(whole);
    cells.right(wide, &moved, Face::Regular, Ink::Text);
    cells.right(KIND, row.kind.label(), Face::Regular, Ink::Muted);
    cells.right(WHO, named_or_not(&row.who), Face::Regular, if row.who.is_empty() { Ink::Muted } else { Ink::Text });
    let when = match (row.is_saved, row.at) {
        (false, _) => "not saved yet".to_owned(),
        (true, Some(at)) => format!("{} {}", at.date, at.time()),
        (true, None) => "–".to_owned(),
    };
    cells.right(WHEN, &when, Face::Regular, if row.is_saved { Ink::Text } else { Ink::Accent });
    let at = pos2(whole.left() + 17.0, whole.center().y);
    let ink = if row.kind == Kind::Change(LogKind::Outside) { Ink::Boundary } else { Ink::Muted };
    ui.painter().text(at, Align2::CENTER_CENTER, row.kind.icon(), fonts::font(Face::Icon, 15.0), style::ink(ui, ink));
    cells.rest.min.x += 28.0;
    cells.left(&change.about, if is_selected { Face::Bold } else { Face::Regular }, Ink::Text);
    let clicked = response.clicked();
    response.on_hover_ui_at_pointer(|ui| {
        ui.set_max_width(420.0);
        ui.label(&change.about);
        ui.label(&moved);
        if !change.reason.is_empty() {
            ui.label(caption(ui, format!("Reason: {}", change.reason)));
        }
        ui.label(caption(ui, format!("{}, {when}", named_or_not(&row.who))));
    });
    if clicked {
        go_to(cx, change, out);
    }
}

/// Shows what a change was about, as far as it is there.
fn go_to(cx: &ViewCx<'_>, change: &LogChange, out: &mut Outbox) {
    if let Some(threat) = change.threat.as_ref().filter(|key| cx.actual.findings.contains_key(key)) {
        return out.push(Action::ShowThreat(threat.clone()));
    }
    let is_drawn = |id: &&Id| matches!(cx.model.item_key(id), Some(Key::Element(_) | Key::Flow(_) | Key::Boundary(_)));
    match change.items().find(is_drawn) {
        Some(id) => {
            out.push(Action::Select(Selection::one(id.clone())));
            out.push(Action::Reveal(id.clone()));
            out.push(Action::Pulse(id.clone()));
        }
        None => out.run(Command::ModelProperties),
    }
}
