//! Search or run: one line over commands, items of the model and threats.

use super::widgets::{Row, line_edit, named};
use super::{Action, Command, Group, Outbox, ViewCx, fonts, fuzzy, style};
use crate::model::{Band, Id, ThreatKey};
use crate::risk;
use crate::scene::band_icon;
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::tool::{Selection, has_flow};
use egui::{Align2, Frame, Key, Margin, Modal, Modifiers, ScrollArea, vec2};

#[derive(Default)]
pub struct Palette {
    open: Option<Search>,
    /// Labels of the commands run from here, the last one first.
    recent: Vec<String>,
}

#[derive(Default)]
struct Search {
    text: String,
    chosen: usize,
}

/// Something that can be found.
enum Hit {
    /// And whether it can be done now.
    Command(Command, bool),
    /// A line that reads as a flow.
    Text(String),
    Item(Id),
    Threat(ThreatKey, Band),
    /// A rule of the library, by its id.
    Rule(String),
}

/// A hit with its words: label, and what stands at the right.
struct Found {
    hit: Hit,
    label: String,
    aside: String,
}

/// Most hits shown.
const MOST: usize = 60;
/// Commands remembered.
const REMEMBERED: usize = 12;

impl Palette {
    pub fn open(&mut self) {
        self.open = Some(Search::default());
    }

    /// What was run from here in earlier times, and what has been since.
    pub fn recent(&mut self) -> &mut Vec<String> {
        &mut self.recent
    }

    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    pub fn ui(&mut self, ctx: &egui::Context, cx: &ViewCx<'_>, out: &mut Outbox) {
        let Some(search) = &mut self.open else { return };
        let moved = ctx.input_mut(|i| {
            let down = i.count_and_consume_key(Modifiers::NONE, Key::ArrowDown);
            down as isize - i.count_and_consume_key(Modifiers::NONE, Key::ArrowUp) as isize
        });
        let id = egui::Id::new("palette");
        let area = Modal::default_area(id).anchor(Align2::CENTER_TOP, vec2(0.0, 72.0));
        let mut done = false;
        let modal = Modal::new(id).area(area).frame(Frame::popup(&ctx.global_style()).inner_margin(Margin::same(8)));
        let shown = modal.show(ctx, |ui| {
            let room = ui.ctx().content_rect().size();
            ui.set_width(560.0_f32.min((room.x - 48.0).max(160.0)));
            let edit = line_edit(&mut search.text).id(id.with("text")).hint_text("Search or run a command");
            let field = named(ui.add(edit.min_size(vec2(0.0, 32.0))), "Search");
            let enter = field.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
            if !field.has_focus() {
                field.request_focus();
            }
            if field.changed() {
                search.chosen = 0;
            }
            let found = find(cx, &search.text, &self.recent, ctx);
            search.chosen = search.chosen.saturating_add_signed(moved).min(found.len().saturating_sub(1));
            ScrollArea::vertical().max_height(380.0_f32.min(room.y - 160.0)).auto_shrink([false, true]).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                for (n, found) in found.iter().enumerate() {
                    let is_chosen = n == search.chosen;
                    let row = row(ui, cx, found, is_chosen);
                    if is_chosen && moved != 0 {
                        row.scroll_to_me(None);
                    }
                    let is_taken = row.clicked() || (enter && is_chosen);
                    done |= is_taken && go(found, &mut self.recent, out);
                }
                if found.is_empty() {
                    ui.label(super::widgets::muted(ui, "Nothing found. Try another word."));
                }
            });
        });
        if done || shown.should_close() {
            self.open = None;
        }
    }
}

/// What fits, best first. With nothing typed the commands, those run last in front; what cannot be done now comes last.
fn find(cx: &ViewCx<'_>, text: &str, recent: &[String], ctx: &egui::Context) -> Vec<Found> {
    let typed = text.trim();
    let mut ranked: Vec<(i32, Found)> = Vec::new();
    let is_here = |c: &Command| cx.panels.presenting || c.group() != Group::Stage;
    for command in Command::all().filter(|c| *c != Command::Palette && is_here(c)) {
        let about = || if let Command::Page(page) = command { fuzzy::score(typed, page.about()).map(|s| s - 10) } else { None };
        let Some(score) = fuzzy::score(typed, command.label()).max(about()) else { continue };
        // A command run lately is more likely meant, but no more than a word that fits better.
        let lately = recent.iter().position(|label| label == command.label());
        let lately = lately.map_or(0, |at| if typed.is_empty() { 200 - at as i32 } else { 20 - at as i32 });
        let why = command.why_not(cx);
        let keys = || command.keys(ctx).unwrap_or_else(|| command.group().label().to_owned());
        let aside = why.map_or_else(keys, str::to_owned);
        let score = score + lately - if why.is_some() { 1000 } else { 0 };
        ranked.push((score, Found { hit: Hit::Command(command, why.is_none()), label: command.label().to_owned(), aside }));
    }
    if !typed.is_empty() && cx.is_open {
        let mut item = |id: &Id, aside: &str| {
            let label = risk::name_of(cx.model, id);
            let score = fuzzy::score(typed, &label);
            ranked.extend(score.map(|s| (s, Found { hit: Hit::Item(id.clone()), label, aside: aside.to_owned() })));
        };
        cx.model.elements.iter().for_each(|(id, e)| item(id, e.kind.label()));
        cx.model.boundaries.keys().for_each(|id| item(id, "Trust boundary"));
        cx.model.flows.keys().for_each(|id| item(id, "Data flow"));
        for finding in cx.assessment.ranked() {
            let hit = || Hit::Threat(finding.key.clone(), finding.band());
            let aside = || format!("{} {:.1}", finding.label(), finding.current.score);
            let score = fuzzy::score(typed, &finding.title);
            ranked.extend(score.map(|s| (s, Found { hit: hit(), label: finding.title.clone(), aside: aside() })));
        }
    }
    if typed.chars().count() >= 3 && cx.is_open {
        // After what the model holds: a rule is looked up, what it found is worked on.
        for (_, rule) in cx.library.rules() {
            let label = cx.library.title_of(rule);
            let score = fuzzy::score(typed, &label).max(fuzzy::score(typed, &rule.id)).map(|score| score - 15);
            let aside = format!("Rule {}", rule.id);
            ranked.extend(score.map(|s| (s, Found { hit: Hit::Rule(rule.id.clone()), label, aside })));
        }
    }
    // Stable: of equals the one listed first.
    ranked.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let mut found: Vec<Found> = ranked.into_iter().map(|(_, found)| found).take(MOST).collect();
    if cx.is_open && has_flow(typed) {
        let label = format!("Draw “{typed}”");
        found.insert(0, Found { hit: Hit::Text(typed.to_owned()), label, aside: "as text".to_owned() });
    }
    found
}

fn row(ui: &mut egui::Ui, cx: &ViewCx<'_>, found: &Found, is_chosen: bool) -> egui::Response {
    let mut row = Row::new(ui, 30.0, is_chosen, &found.label);
    let (muted, text) = (style::ink(row.ui, Ink::Muted), style::ink(row.ui, Ink::Text));
    let (face, glyph, color) = match &found.hit {
        Hit::Command(command, _) => (Face::Icon, command.icon().unwrap_or(icon::CARET_RIGHT), muted),
        Hit::Text(_) => (Face::Icon, icon::TEXT_AA, style::ink(row.ui, Ink::Accent)),
        Hit::Item(id) => match cx.model.elements.get(id) {
            Some(element) => {
                let (glyph, ink) = super::widgets::element_icon(element);
                (Face::Icon, glyph, style::ink(row.ui, ink))
            }
            None if cx.model.boundaries.contains_key(id) => (Face::Icon, icon::SELECTION, style::ink(row.ui, Ink::Boundary)),
            None => (Face::Icon, icon::FLOW_ARROW, muted),
        },
        Hit::Rule(_) => (Face::Icon, icon::BOOK, muted),
        Hit::Threat(_, band) => {
            let (face, glyph) = band_icon(*band);
            (face, glyph, style::ink(row.ui, Ink::RiskOutline(*band)))
        }
    };
    row.icon(face, glyph, 16.0, color);
    let font = if matches!(found.hit, Hit::Command(_, true)) { Face::Mono } else { Face::Regular };
    let text = if matches!(found.hit, Hit::Command(_, false)) { muted } else { text };
    row.right(&found.aside, fonts::font(font, 11.0), muted);
    row.text(&found.label, fonts::font(Face::Regular, 13.0), text);
    row.response
}

/// False when it cannot be done now.
fn go(found: &Found, recent: &mut Vec<String>, out: &mut Outbox) -> bool {
    match &found.hit {
        Hit::Command(_, false) => return false,
        Hit::Command(command, true) => {
            recent.retain(|label| label != command.label());
            recent.insert(0, command.label().to_owned());
            recent.truncate(REMEMBERED);
            out.run(*command);
        }
        Hit::Text(text) => out.push(Action::WriteText(text.clone())),
        Hit::Item(id) => {
            out.push(Action::Select(Selection::one(id.clone())));
            out.push(Action::Reveal(id.clone()));
        }
        Hit::Rule(id) => out.push(Action::ShowRule(id.clone())),
        Hit::Threat(key, _) => {
            out.push(Action::ShowThreat(key.clone()));
            out.push(Action::Reveal(key.anchor.clone()));
        }
    }
    true
}
