//! Search or run: one line over commands, items of the model and threats.

use super::widgets::{Row, line_edit, named};
use super::{Action, Command, Outbox, ViewCx, fonts, style};
use crate::model::{Band, Id, ThreatKey};
use crate::risk;
use crate::scene::band_icon;
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::tool::Selection;
use egui::{Align2, Frame, Key, Margin, Modal, Modifiers, ScrollArea, vec2};

#[derive(Default)]
pub struct Palette {
    open: Option<Search>,
}

#[derive(Default)]
struct Search {
    text: String,
    chosen: usize,
}

/// Something that can be found.
enum Hit {
    Command(Command),
    Item(Id),
    Threat(ThreatKey, Band),
}

/// A hit with its words: label, and what stands at the right.
struct Found {
    hit: Hit,
    label: String,
    aside: String,
}

/// Most hits shown.
const MOST: usize = 60;

impl Palette {
    pub fn open(&mut self) {
        self.open = Some(Search::default());
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
            ui.set_width(560.0);
            let edit = line_edit(&mut search.text).id(id.with("text")).hint_text("Search or run a command");
            let field = named(ui.add(edit.min_size(vec2(0.0, 32.0))), "Search");
            let enter = field.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
            if !field.has_focus() {
                field.request_focus();
            }
            if field.changed() {
                search.chosen = 0;
            }
            let found = find(cx, &search.text, ctx);
            search.chosen = search.chosen.saturating_add_signed(moved).min(found.len().saturating_sub(1));
            ScrollArea::vertical().max_height(380.0).auto_shrink([false, true]).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                for (n, found) in found.iter().enumerate() {
                    let is_chosen = n == search.chosen;
                    let row = row(ui, cx, found, is_chosen);
                    if is_chosen && moved != 0 {
                        row.scroll_to_me(None);
                    }
                    if row.clicked() || (enter && is_chosen) {
                        go(found, out);
                        done = true;
                    }
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

fn find(cx: &ViewCx<'_>, text: &str, ctx: &egui::Context) -> Vec<Found> {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let fits = |label: &str, aside: &str| {
        let all = format!("{label} {aside}").to_lowercase();
        words.iter().all(|w| all.contains(w.as_str()))
    };
    let commands = Command::all().filter(|c| *c != Command::Palette && c.enabled(cx)).map(|command| Found {
        hit: Hit::Command(command),
        label: command.label().to_owned(),
        aside: command.keys(ctx).unwrap_or_else(|| command.group().label().to_owned()),
    });
    let item =
        |id: &Id, aside: &str| Found { hit: Hit::Item(id.clone()), label: risk::name_of(cx.model, id), aside: aside.to_owned() };
    let elements = cx.model.elements.iter().map(|(id, e)| item(id, e.kind.label()));
    let boundaries = cx.model.boundaries.keys().map(|id| item(id, "Trust boundary"));
    let flows = cx.model.flows.keys().map(|id| item(id, "Data flow"));
    let ranked = if words.is_empty() { Vec::new() } else { cx.assessment.ranked() };
    let threats = ranked.into_iter().map(|finding| Found {
        hit: Hit::Threat(finding.key.clone(), finding.band()),
        label: finding.title.clone(),
        aside: format!("{} {:.1}", finding.label(), finding.current.score),
    });
    let all = commands.chain(elements).chain(boundaries).chain(flows).chain(threats);
    all.filter(|f| fits(&f.label, &f.aside)).take(MOST).collect()
}

fn row(ui: &mut egui::Ui, cx: &ViewCx<'_>, found: &Found, is_chosen: bool) -> egui::Response {
    let mut row = Row::new(ui, 30.0, is_chosen, &found.label);
    let (muted, text) = (style::ink(row.ui, Ink::Muted), style::ink(row.ui, Ink::Text));
    let (face, glyph, color) = match &found.hit {
        Hit::Command(command) => (Face::Icon, command.icon().unwrap_or(icon::CARET_RIGHT), muted),
        Hit::Item(id) => match cx.model.elements.get(id) {
            Some(element) => {
                let (glyph, ink) = super::widgets::element_icon(element);
                (Face::Icon, glyph, style::ink(row.ui, ink))
            }
            None if cx.model.boundaries.contains_key(id) => (Face::Icon, icon::SELECTION, style::ink(row.ui, Ink::Boundary)),
            None => (Face::Icon, icon::FLOW_ARROW, muted),
        },
        Hit::Threat(_, band) => {
            let (face, glyph) = band_icon(*band);
            (face, glyph, style::ink(row.ui, Ink::RiskOutline(*band)))
        }
    };
    row.icon(face, glyph, 16.0, color);
    let font = if matches!(found.hit, Hit::Command(_)) { Face::Mono } else { Face::Regular };
    row.right(&found.aside, fonts::font(font, 11.0), muted);
    row.text(&found.label, fonts::font(Face::Regular, 13.0), text);
    row.response
}

fn go(found: &Found, out: &mut Outbox) {
    match &found.hit {
        Hit::Command(command) => out.run(*command),
        Hit::Item(id) => {
            out.push(Action::Select(Selection::one(id.clone())));
            out.push(Action::Reveal(id.clone()));
        }
        Hit::Threat(key, _) => {
            out.push(Action::ShowThreat(key.clone()));
            out.push(Action::Reveal(key.anchor.clone()));
        }
    }
}
