//! A card beside the selected item with its worst threats and what is in force against them, to decide and score there
//! without leaving the canvas; and a smaller, silent one for the item the pointer rests on.

mod answers;
mod around;
mod content;
mod open_ends;
mod peek;
mod place;
mod plus;
mod reason;
mod score;

use super::{CanvasFrame, CanvasState};
use crate::detect::{Confidence, Proposal};
use crate::geometry;
use crate::model::{Disposition, Id, ThreatKey};
use crate::risk::Finding;
use crate::theme::Ink;
use crate::tool::{Camera, Selection, Tool};
use crate::ui::deciding::{BY_KEY, decide};
use crate::ui::proposals::Memo;
use crate::ui::style::color32;
use crate::ui::{Action, Command, ViewCx};
use egui::{Area, Frame, Key, Order, Rect, Stroke, Ui, vec2};

/// Width of the card, in points; less on a small canvas.
const WIDTH: f32 = 284.0;
const NARROW: f32 = 232.0;
/// A canvas lower or narrower than this, in points, is small: there a card says the least.
const SMALL: egui::Vec2 = vec2(1000.0, 660.0);

/// Whether cards are kept small.
fn is_small(frame: &CanvasFrame<'_, '_>) -> bool {
    frame.rect.width() < SMALL.x || frame.rect.height() < SMALL.y
}

fn width(frame: &CanvasFrame<'_, '_>) -> f32 {
    if is_small(frame) { NARROW } else { WIDTH }
}

/// How an item is seen.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Sight {
    camera: Camera,
    own: geometry::Rect,
}

/// What the card remembers between frames.
#[derive(Debug, Default)]
pub struct Card {
    /// The item it is about and the place chosen for it, so that it does not jump about.
    spot: Option<(Id, place::Spot)>,
    /// How the item was seen when the place was chosen, and last.
    sights: [Option<Sight>; 2],
    /// The threat being scored and which of the two levels the next digit sets.
    scoring: Option<(ThreatKey, score::Factor)>,
    /// The threat whose decision was made a moment ago and wants its reason.
    asking: Option<ThreatKey>,
    /// What the silent card is about.
    peeked: Option<(peek::About, Option<place::Spot>)>,
    /// Keys were pressed since the pointer moved: things may have come to lie under it that nobody points at.
    is_hushed: bool,
    /// The item whose button for a first threat is shown.
    plus: Option<Id>,
    /// What the name of the selected item says.
    proposed: Memo,
    /// Where the card was drawn last.
    rect: Option<Rect>,
}

impl Card {
    /// Whether it lies over a place on the screen.
    pub fn covers(&self, at: egui::Pos2) -> bool {
        self.rect.is_some_and(|rect| rect.contains(at))
    }
}

/// The item the card is about; `None` while there is none or something else has the attention.
fn subject(frame: &CanvasFrame<'_, '_>, state: &CanvasState) -> Option<Id> {
    let id = frame.selection.single()?;
    // With a tool in hand the next click makes something, and must find the canvas free.
    let is_free = matches!(frame.cx.tool, Tool::Select | Tool::Hand);
    let calm = is_free && frame.cx.panels.cards && !state.gesture.is_dragging() && state.editor.is_none();
    let says_something = threats(frame.cx, &frame.selection, id).next().is_some() || waiting(frame.cx, id) > 0;
    (calm && says_something).then(|| id.clone())
}

/// How many threats may apply to an item, depending on answers.
fn waiting(cx: &ViewCx<'_>, id: &Id) -> usize {
    cx.assessment.rollup_at(id).map_or(0, |risk| risk.possible)
}

/// "2 wait for answers"; nothing where none does.
fn waiting_words(many: usize) -> Option<String> {
    (many > 0).then(|| format!("{many} {} for answers", if many == 1 { "waits" } else { "wait" }))
}

/// The threats of an item that count, worst first; for a boundary also those inside it. The selected one is among them
/// whatever was decided about it, so that the next key is not about another.
fn threats<'a>(cx: &'a ViewCx<'_>, selection: &Selection, id: &Id) -> impl Iterator<Item = &'a Finding> + use<'a> {
    let selected = selection.threat.clone();
    cx.assessment.shown_at(id).filter(move |f| f.counts() || selected.as_ref() == Some(&f.key))
}

/// The threat that decisions are about: the selected one, else the worst.
fn current<'a>(cx: &'a ViewCx<'_>, selection: &Selection, id: &Id) -> Option<&'a Finding> {
    let selected = selection.threat.as_ref().and_then(|key| threats(cx, selection, id).find(|f| f.key == *key));
    selected.or_else(|| threats(cx, selection, id).next())
}

impl Card {
    /// What is proposed about an item, without mere hints.
    fn likely(&mut self, cx: &ViewCx<'_>, id: &Id) -> impl Iterator<Item = &Proposal> {
        self.proposed.of(cx, id).iter().filter(|p| p.confidence >= Confidence::Medium)
    }

    /// Whether something is proposed about the selected item.
    pub fn proposes(&self, id: &Id) -> bool {
        self.proposed.last(id).iter().any(|p| p.confidence >= Confidence::Medium)
    }

    /// No silent card until the pointer moves.
    pub fn hush(&mut self) {
        self.is_hushed = true;
    }

    pub fn wake(&mut self) {
        self.is_hushed = false;
    }

    /// Whether digits set levels.
    pub fn is_scoring(&self) -> bool {
        self.scoring.is_some()
    }
}

/// Does what a key stands for on the card. False when the key means nothing here.
pub fn key(key: Key, frame: &mut CanvasFrame<'_, '_>, state: &mut CanvasState) -> bool {
    let Some(id) = subject(frame, state) else { return false };
    let Some(finding) = current(frame.cx, &frame.selection, &id) else { return false };
    let threat = finding.key.clone();
    if state.card.scoring.as_ref().is_some_and(|(scored, _)| *scored == threat) && score::key(key, finding, frame, state) {
        return true;
    }
    match key {
        Key::Comma => choose(-1, &id, frame),
        Key::Period => choose(1, &id, frame),
        Key::L => {
            select(frame, &id, threat.clone());
            state.card.scoring = Some((threat, score::Factor::Likelihood));
        }
        Key::I => frame.out.push(Action::ShowThreat(threat)),
        key => match BY_KEY.iter().find(|(letter, ..)| *letter == key) {
            Some((_, _, _, disposition)) => {
                select(frame, &id, threat.clone());
                choose_disposition(frame, &threat, *disposition, state);
            }
            None => return false,
        },
    }
    true
}

/// Chooses another threat of the item.
fn choose(by: isize, id: &Id, frame: &mut CanvasFrame<'_, '_>) {
    let keys: Vec<&ThreatKey> = threats(frame.cx, &frame.selection, id).map(|f| &f.key).collect();
    let now = current(frame.cx, &frame.selection, id).and_then(|f| keys.iter().position(|key| **key == f.key));
    let next = now.unwrap_or_default().saturating_add_signed(by).min(keys.len().saturating_sub(1));
    if let Some(key) = keys.get(next).map(|key| (*key).clone()) {
        select(frame, id, key);
    }
}

/// Selects a threat and stays with the item: what is worked on is not replaced by another that has become worse.
fn select(frame: &mut CanvasFrame<'_, '_>, id: &Id, threat: ThreatKey) {
    frame.selection = Selection { threat: Some(threat), ..Selection::one(id.clone()) };
    frame.out.push(Action::Select(frame.selection.clone()));
}

/// The same key again takes a decision back, and extends an acceptance that has ended. Where a reason is owed the field for
/// it is ready at once.
fn choose_disposition(frame: &mut CanvasFrame<'_, '_>, threat: &ThreatKey, disposition: Disposition, state: &mut CanvasState) {
    let before = frame.cx.model.decisions.get(threat).cloned().unwrap_or_default();
    let decision = before.choose(disposition, frame.cx.today);
    state.card.asking = decision.lacks_reason().then(|| threat.clone());
    decide(frame.cx, frame.out, threat, decision);
}

pub fn show(ui: &Ui, frame: &mut CanvasFrame<'_, '_>, state: &mut CanvasState) {
    state.card.rect = None;
    // What is in the hand needs the canvas; the card comes back to its place when it is put down.
    if state.gesture.is_dragging() {
        return;
    }
    if let Some(id) = frame.selection.single() {
        state.card.proposed.of(frame.cx, id);
    }
    if let Some(id) = subject(frame, state) {
        show_for(ui, &id, frame, state);
    } else {
        (state.card.scoring, state.card.spot) = (None, None);
    }
    peek::show(ui, frame, state);
    plus::show(ui, frame, state);
}

fn show_for(ui: &Ui, id: &Id, frame: &mut CanvasFrame<'_, '_>, state: &mut CanvasState) {
    let view = frame.view(state);
    let Some(own) = place::of_item(frame.cx, id) else { return };
    let item = view.rect_to_screen(own);
    if !item.intersects(frame.rect) {
        return;
    }
    let area_id = frame.id.with(("card", id));
    // As large as it was drawn last; before that, what is usual.
    let width = width(frame);
    let known = ui.ctx().memory(|m| m.area_rect(area_id));
    let size = known.map_or(vec2(width, 160.0), |r| r.size());
    // The place chosen first is come back to, even if the card was too large for it meanwhile.
    let first = state.card.spot.take().filter(|(of, _)| of == id).map(|(_, spot)| spot);
    // Another view, once it rests, may have a better place.
    let sight = Some(Sight { camera: view.camera, own });
    let [chosen, last] = state.card.sights;
    let is_stale = first.is_some() && sight == last && sight != chosen;
    let (at, spot) = place::find(frame, &view, item, size, place::Before { spot: first, is_stale });
    state.card.sights = [if first.is_none() || is_stale { sight } else { chosen }, sight];
    if sight != state.card.sights[0] {
        ui.ctx().request_repaint();
    }
    // A place for a size that was guessed is none to come back to.
    state.card.spot = known.map(|_| (id.clone(), first.filter(|_| !is_stale).unwrap_or(spot)));
    let area = Area::new(area_id).order(Order::Middle).fixed_pos(at.min).constrain_to(frame.rect);
    let cx = frame.cx;
    let shown = area.show(ui.ctx(), |ui| {
        ground(cx, Ink::Accent).show(ui, |ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing = vec2(6.0, 2.0);
            content::ui(ui, frame, id, state);
        });
    });
    place::again_if_other(ui, size, shown.response.rect.size());
    state.card.rect = Some(shown.response.rect);
    place::leader(ui, frame, shown.response.rect, item.expand(4.0));
}

/// The paper of a card.
fn ground(cx: &ViewCx<'_>, edge: Ink) -> Frame {
    let ink = |ink| color32(cx.theme.color(ink));
    let shadow = egui::Shadow { offset: [0, 3], blur: 8, spread: 0, color: ink(Ink::Shadow).gamma_multiply(0.14) };
    Frame::new().fill(ink(Ink::Panel)).corner_radius(6.0).stroke(Stroke::new(1.0, ink(edge))).shadow(shadow)
}

/// What a button of the card asks for.
enum Wish {
    Close,
    Select(ThreatKey),
    Decide(ThreatKey, Disposition),
    Score(ThreatKey),
    Details(ThreatKey),
    Add,
}

fn fulfil(wish: Wish, id: &Id, frame: &mut CanvasFrame<'_, '_>, state: &mut CanvasState) {
    match wish {
        Wish::Close => frame.out.run(Command::Cards),
        Wish::Select(threat) => select(frame, id, threat),
        Wish::Decide(threat, disposition) => {
            select(frame, id, threat.clone());
            choose_disposition(frame, &threat, disposition, state);
        }
        Wish::Score(threat) => {
            select(frame, id, threat.clone());
            let open = state.card.scoring.take().is_some_and(|(scored, _)| scored == threat);
            state.card.scoring = (!open).then_some((threat, score::Factor::Likelihood));
        }
        Wish::Details(threat) => frame.out.push(Action::ShowThreat(threat)),
        Wish::Add => frame.out.run(Command::AddThreat),
    }
}
