//! The drawn diagram: the items of the records in view, made anew only when something they show has changed.

mod composed;

pub use composed::Composed;

use super::label_editor::LabelEditor;
use crate::geometry::Rect;
use crate::model::Id;
use crate::scene::{BoxKind, Detail, DiagramLayout, Drawing, Item, Layer, Look, OVERHANG, PlacedBox, RoutedFlow};
use crate::ui::ViewCx;
use crate::ui::painter::{Baked, View};
use std::collections::HashMap;

/// Records that are kept although they are out of view.
const KEPT: usize = 4000;

/// What is drawn of a diagram, and for which state of it. Colours are tokens, so the theme does not matter.
#[derive(Debug, Default)]
pub struct Picture {
    made_for: Option<Made>,
    /// Grows whenever the above changes; sheets of an older turn may be out of date.
    turn: u64,
    /// Since the turn before, things only moved.
    only_moved: bool,
    /// The frames of boundaries in this turn, which show under the words of flows, and whether they are new.
    grounds: (Vec<Rect>, bool),
    /// Where the sheet of a record is. The first sheet belongs to the diagram as a whole.
    places: HashMap<Id, usize>,
    sheets: Vec<Sheet>,
    /// The part of the world whose records were drawn in this turn.
    area: Option<Rect>,
    /// Sheet and piece of everything there, back to front.
    order: Vec<(usize, usize)>,
}

#[derive(Debug, PartialEq)]
struct Made {
    revision: u64,
    content: u64,
    diagram: Id,
    look: Look,
    /// The record whose name is being typed.
    edited: Option<Id>,
}

/// What is drawn of one record.
#[derive(Debug, Default)]
struct Sheet {
    turn: u64,
    place: Place,
    pieces: Vec<Piece>,
    sentence: Option<String>,
}

/// Where something was when it was drawn: there it looks the same, as long as things only move.
#[derive(Debug, Default)]
enum Place {
    /// What depends on more than its own place.
    #[default]
    Unknown,
    Box(PlacedBox),
    Flow(RoutedFlow),
}

impl Place {
    fn of(layout: &DiagramLayout, id: &Id) -> Place {
        let flow = || layout.flows.get(id).map(|flow| Place::Flow(flow.clone()));
        layout.boxes.get(id).map(|b| Place::Box(b.clone())).or_else(flow).unwrap_or_default()
    }

    fn is_still(&self, layout: &DiagramLayout, id: &Id, grounds_moved: bool) -> bool {
        match self {
            Place::Unknown => false,
            Place::Box(was) => layout.boxes.get(id) == Some(was),
            Place::Flow(was) => !grounds_moved && layout.flows.get(id) == Some(was),
        }
    }
}

/// An item and the triangles it became.
#[derive(Debug)]
struct Piece {
    item: Item,
    place: (Layer, i64),
    baked: Option<Baked>,
}

impl Picture {
    /// Draws what comes into view or has changed. True when anything may look different.
    pub fn refresh(&mut self, cx: &ViewCx<'_>, editor: Option<&LabelEditor>, view: &View) {
        let look = look(cx, view, false);
        let edited = editor.map(|editor| editor.id().clone());
        let (revision, content) = (cx.revision, cx.content);
        let made = Made { revision, content, diagram: cx.diagram.clone(), look: look.clone(), edited };
        let seen = view.visible();
        if self.made_for.as_ref() != Some(&made) {
            self.only_moved = self.made_for.take().is_some_and(|before| Made { revision, ..before } == made);
            self.made_for = Some(made);
            self.turn += 1;
            let frames: Vec<Rect> = cx.layout.boxes.values().filter(|b| b.kind == BoxKind::Boundary).map(|b| b.rect).collect();
            let have_moved = self.grounds.0 != frames;
            self.grounds = (frames, have_moved);
        } else if self.area.is_some_and(|area| area.contains_rect(seen)) {
            return;
        }
        // Somewhat more than is seen, so that the next steps of moving the view need nothing new.
        let area = Rect::from_center(seen.center(), seen.w * 1.5, seen.h * 1.5);
        let near = cx.layout.near(area.expand(OVERHANG));
        if self.sheets.is_empty() || self.sheets.len() > 2 * near.len() + KEPT {
            self.places.clear();
            self.sheets = vec![Sheet::default()];
        }
        let drawing = Drawing::new(cx.model, cx.assessment, cx.layout, &look);
        let layout = cx.layout;
        let (boxes, rest): (Vec<&Id>, Vec<&Id>) = near.into_iter().partition(|id| layout.boxes.contains_key(*id));
        let (flows, lines): (Vec<&Id>, Vec<&Id>) = rest.into_iter().partition(|id| layout.flows.contains_key(*id));
        self.order.clear();
        for id in boxes.into_iter().chain(lines).chain(flows) {
            let next = self.sheets.len();
            let at = *self.places.entry(id.clone()).or_insert(next);
            if at == next {
                self.sheets.push(Sheet::default());
            }
            if self.keep_sheet(at, layout, id) {
                continue;
            }
            self.draw_sheet(
                at,
                &drawing,
                || Place::of(layout, id),
                |items| {
                    drawing.record(id, items);
                    if let Some(editor) = editor.filter(|editor| editor.id() == id) {
                        *items = items.drain(..).filter_map(|item| editor.without_name(item)).collect();
                    }
                },
            );
        }
        self.draw_sheet(0, &drawing, || Place::Unknown, |items| drawing.overview(items));
        let sheets = &self.sheets;
        self.order.sort_by_key(|(at, n)| piece(sheets, *at, *n).map(|piece| piece.place));
        self.area = Some(area);
    }

    /// Adds a sheet of the turn before to the order, if it would be drawn the same. True when that is so.
    fn keep_sheet(&mut self, at: usize, layout: &DiagramLayout, id: &Id) -> bool {
        let Some(sheet) = self.sheets.get_mut(at) else { return false };
        let is_kept = self.only_moved && sheet.turn + 1 == self.turn && sheet.place.is_still(layout, id, self.grounds.1);
        if is_kept {
            sheet.turn = self.turn;
            self.order.extend((0..sheet.pieces.len()).map(|n| (at, n)));
        }
        is_kept
    }

    /// Adds a sheet to the order, after drawing it if it is of an older turn. Items that look as before keep their triangles.
    fn draw_sheet(&mut self, at: usize, drawing: &Drawing<'_>, place: impl FnOnce() -> Place, draw: impl FnOnce(&mut Vec<Item>)) {
        let Some(sheet) = self.sheets.get_mut(at) else { return };
        if sheet.turn != self.turn {
            let mut items = Vec::new();
            draw(&mut items);
            let mut before = std::mem::take(&mut sheet.pieces);
            let kept = |item: &Item, before: &mut Vec<Piece>| {
                before.iter_mut().find(|piece| piece.baked.is_some() && piece.item == *item).and_then(|piece| piece.baked.take())
            };
            let piece = |item: Item| Piece { place: drawing.order(&item), baked: kept(&item, &mut before), item };
            let pieces = items.into_iter().map(piece).collect();
            *sheet = Sheet { turn: self.turn, place: place(), pieces, sentence: None };
        }
        self.order.extend((0..sheet.pieces.len()).map(|n| (at, n)));
    }

    /// What a record says to people who do not see it: "Process API, in DMZ, 3 open threats, highest High".
    pub fn sentence(&mut self, cx: &ViewCx<'_>, view: &View, id: &Id) -> Option<&str> {
        let sheet = self.places.get(id).and_then(|at| self.sheets.get_mut(*at))?;
        let say = || {
            let mut items = Vec::new();
            Drawing::new(cx.model, cx.assessment, cx.layout, &look(cx, view, true)).record(id, &mut items);
            items.into_iter().map(|item| item.alt).find(|alt| !alt.is_empty()).unwrap_or_default()
        };
        Some(sheet.sentence.get_or_insert_with(say))
    }
}

fn piece(sheets: &[Sheet], at: usize, n: usize) -> Option<&Piece> {
    sheets.get(at).and_then(|sheet| sheet.pieces.get(n))
}

fn look(cx: &ViewCx<'_>, view: &View, spoken: bool) -> Look {
    let detail = Detail::of_view(cx.layout, view.camera.scale, view.visible());
    Look { detail, badges: true, highlight: worst_route(cx), spoken }
}

/// The flows of the worst route of the selected threat.
pub(super) fn worst_route(cx: &ViewCx<'_>) -> Vec<Id> {
    let finding = cx.selection.threat.as_ref().and_then(|key| cx.assessment.findings.get(key));
    match finding.and_then(|f| f.bindings.get(f.worst)) {
        Some(crate::risk::Binding::Flow { route, .. }) => route.0.clone(),
        _ => Vec::new(),
    }
}
