//! The drawn diagram: the items of the records in view, made anew only when something they show has changed.

mod changes;
mod composed;

pub use composed::Composed;

use super::label_editor::LabelEditor;
use crate::geometry::Rect;
use crate::model::Id;
use crate::scene::{BoxKind, Detail, DiagramLayout, Drawing, Item, Layer, Look, OVERHANG, PlacedBox, RoutedFlow};
use crate::ui::ViewCx;
use crate::ui::painter::{Baked, View};
use changes::{Changes, Known};
use std::collections::{BTreeSet, HashMap};

/// Records that are kept although they are out of view.
const KEPT: usize = 4000;

/// What is drawn of a diagram, and for which state of it. Colours are tokens, so the theme does not matter.
#[derive(Debug, Default)]
pub struct Picture {
    made_for: Option<Made>,
    /// Grows whenever anything may look different; sheets of an older turn may be out of date.
    turn: u64,
    /// What it shows apart from records, to find what changed.
    known: Known,
    /// The record whose name is being typed: it is drawn without.
    edited: Option<Id>,
    /// Where the sheet of a record is. The first sheet belongs to the diagram as a whole.
    places: HashMap<Id, usize>,
    sheets: Vec<Sheet>,
    /// The part of the world whose records were drawn in this turn.
    area: Option<Rect>,
    /// Sheet and piece of everything there, back to front.
    order: Vec<(usize, usize)>,
    /// Below this scale the letters of the diagram cannot be read by whoever it is shown to: it is drawn without words.
    legible: Option<f32>,
}

#[derive(Debug, PartialEq)]
struct Made {
    diagram: Id,
    look: Look,
    /// Names are set in the place of pills.
    is_named: bool,
}

/// What is drawn of one record, or of the diagram as a whole.
#[derive(Debug, Default)]
struct Sheet {
    /// Whose it is: equals are drawn in the order of kinds and ids, and what concerns the whole comes last.
    of: Option<(Rank, Id)>,
    turn: u64,
    place: Place,
    pieces: Vec<Piece>,
    /// What it says, and with which content of the model.
    sentence: Option<(u64, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Box,
    Line,
    Flow,
}

impl Rank {
    fn of(layout: &DiagramLayout, id: &Id) -> Rank {
        match (layout.boxes.contains_key(id), layout.flows.contains_key(id)) {
            (true, _) => Rank::Box,
            (false, false) => Rank::Line,
            (false, true) => Rank::Flow,
        }
    }
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

    fn is_still(&self, layout: &DiagramLayout, id: &Id) -> bool {
        match self {
            Place::Unknown => false,
            Place::Box(was) => layout.boxes.get(id) == Some(was),
            Place::Flow(was) => layout.flows.get(id) == Some(was),
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
    /// Draws what comes into view or has changed.
    pub fn refresh(&mut self, cx: &ViewCx<'_>, editor: Option<&LabelEditor>, view: &View) {
        let look = self.look(cx, view, false);
        let made = Made { diagram: cx.diagram.clone(), look, is_named: self.legible.is_some() };
        let seen = view.visible();
        let is_other = self.made_for.as_ref() != Some(&made);
        let mut changes = if is_other { self.known.start(cx) } else { self.known.changes(cx, &made.look) };
        let edited = editor.map(LabelEditor::id);
        if self.edited.as_ref() != edited {
            changes.add(self.edited.iter().chain(edited));
            self.edited = edited.cloned();
        }
        let is_covered = self.area.is_some_and(|area| area.contains_rect(seen));
        if changes == Changes::Nothing && is_covered {
            return;
        }
        let is_new = changes != Changes::Nothing;
        self.turn += u64::from(is_new);
        let drawing = Drawing::new(cx.model, cx.assessment, cx.layout, &made.look);
        match changes {
            Changes::Of(changed) if is_covered => self.touch_up(cx, editor, &drawing, &changed),
            changes => self.list(cx, editor, &drawing, seen, &changes),
        }
        self.made_for = Some(made);
    }

    /// Draws the records that changed; everything else stays where it is.
    fn touch_up(&mut self, cx: &ViewCx<'_>, editor: Option<&LabelEditor>, drawing: &Drawing<'_>, changed: &BTreeSet<Id>) {
        let mut again: Vec<usize> = changed.iter().map(|id| self.sheet_of(id)).collect();
        for (id, at) in changed.iter().zip(&again) {
            self.draw_sheet(*at, drawing, || whose(cx.layout, id), |items| record(drawing, editor, id, items));
        }
        // What is told of the diagram as a whole is the risk in boundaries.
        let layout = cx.layout;
        let is_frame =
            |id: &Id| !layout.flows.contains_key(id) && layout.boxes.get(id).is_none_or(|b| b.kind == BoxKind::Boundary);
        if changed.iter().any(is_frame) {
            self.draw_whole(drawing);
            again.push(0);
        }
        let (sheets, turn) = (&mut self.sheets, self.turn);
        self.order.retain(|(at, _)| sheets.get(*at).is_some_and(|sheet| sheet.turn != turn));
        for (at, _) in &self.order {
            sheets.get_mut(*at).into_iter().for_each(|sheet| sheet.turn = turn);
        }
        let sheets = &self.sheets;
        let pieces = |at: &usize| sheets.get(*at).map_or(0, |sheet| sheet.pieces.len());
        let mut came: Vec<(usize, usize)> = again.iter().flat_map(|at| (0..pieces(at)).map(|n| (*at, n))).collect();
        let key = |place: &(usize, usize)| key(sheets, *place);
        came.sort_by(|a, b| key(a).cmp(&key(b)));
        let mut order = Vec::with_capacity(self.order.len() + came.len());
        let mut rest = self.order.as_slice();
        for place in came {
            let (before, after) = rest.split_at(rest.partition_point(|other| key(other) < key(&place)));
            order.extend_from_slice(before);
            order.push(place);
            rest = after;
        }
        order.extend_from_slice(rest);
        self.order = order;
    }

    /// Goes through everything in view and somewhat more, so that the next steps of moving the view need nothing new.
    fn list(&mut self, cx: &ViewCx<'_>, editor: Option<&LabelEditor>, drawing: &Drawing<'_>, seen: Rect, changes: &Changes) {
        let (layout, area) = (cx.layout, Rect::from_center(seen.center(), seen.w * 1.5, seen.h * 1.5));
        let near = layout.near(area.expand(OVERHANG));
        if self.sheets.is_empty() || self.sheets.len() > 2 * near.len() + KEPT {
            self.places.clear();
            self.sheets = vec![Sheet::default()];
        }
        self.order.clear();
        for id in near {
            let at = self.sheet_of(id);
            if self.keeps(changes, at, layout, id) {
                self.sheets.get_mut(at).into_iter().for_each(|sheet| sheet.turn = self.turn);
            } else {
                self.draw_sheet(at, drawing, || whose(layout, id), |items| record(drawing, editor, id, items));
            }
            let pieces = self.sheets.get(at).map_or(0, |sheet| sheet.pieces.len());
            self.order.extend((0..pieces).map(|n| (at, n)));
        }
        self.draw_whole(drawing);
        let pieces = self.sheets.first().map_or(0, |sheet| sheet.pieces.len());
        self.order.extend((0..pieces).map(|n| (0, n)));
        let sheets = &self.sheets;
        self.order.sort_by(|a, b| key(sheets, *a).cmp(&key(sheets, *b)));
        self.area = Some(area);
    }

    /// Draws what belongs to the diagram as a whole: pills seen from far, unless names are set in their place.
    fn draw_whole(&mut self, drawing: &Drawing<'_>) {
        let is_named = self.legible.is_some();
        self.draw_sheet(0, drawing, Default::default, |items| {
            if !is_named {
                drawing.overview(items)
            }
        });
    }

    /// Where the sheet of a record is; a new one for what has none.
    fn sheet_of(&mut self, id: &Id) -> usize {
        if let Some(at) = self.places.get(id) {
            return *at;
        }
        let next = self.sheets.len();
        self.places.insert(id.clone(), next);
        self.sheets.push(Sheet::default());
        next
    }

    /// Whether a sheet would be drawn the same: it is of this turn, or of the one before and what it shows did not change.
    fn keeps(&self, changes: &Changes, at: usize, layout: &DiagramLayout, id: &Id) -> bool {
        let Some(sheet) = self.sheets.get(at) else { return false };
        let is_same = || match changes {
            Changes::Nothing | Changes::Everything => false,
            Changes::Of(changed) => !changed.contains(id),
            Changes::Anywhere(changed) => !changed.contains(id) && sheet.place.is_still(layout, id),
        };
        sheet.turn == self.turn || (sheet.turn + 1 == self.turn && is_same())
    }

    /// Draws a sheet if it is of an older turn. Items that look as before keep their triangles.
    fn draw_sheet(&mut self, at: usize, drawing: &Drawing<'_>, whose: impl FnOnce() -> Whose, draw: impl FnOnce(&mut Vec<Item>)) {
        let Some(sheet) = self.sheets.get_mut(at).filter(|sheet| sheet.turn != self.turn) else { return };
        let mut items = Vec::new();
        draw(&mut items);
        let mut before = std::mem::take(&mut sheet.pieces);
        // Most come in the order they were in: looked for from where the last one was.
        let mut next = 0;
        let mut kept = |item: &Item| {
            let (first, then) = before.split_at_mut_checked(next)?;
            let mut pieces = then.iter_mut().chain(first).enumerate();
            let (n, piece) = pieces.find(|(_, piece)| piece.baked.is_some() && piece.item == *item)?;
            let baked = piece.baked.take();
            next = (next + n + 1) % before.len();
            baked
        };
        let piece = |item: Item| Piece { place: drawing.order(&item), baked: kept(&item), item };
        sheet.pieces = items.into_iter().map(piece).collect();
        (sheet.of, sheet.place) = whose();
        (sheet.turn, sheet.sentence) = (self.turn, None);
    }

    /// From which scale on letters have to be readable, if any.
    pub fn legible(&self) -> Option<f32> {
        self.legible
    }

    pub fn set_legible(&mut self, scale: Option<f32>) {
        self.legible = scale;
    }

    /// How things are drawn in a view.
    pub fn look(&self, cx: &ViewCx<'_>, view: &View, spoken: bool) -> Look {
        let detail = Detail::of_view(cx.layout, view.camera.scale, view.visible());
        // Where its letters could not be read, names take the place of its words and pills.
        let detail = self.legible.map_or(detail, |legible| super::detail(detail, view.camera.scale, legible));
        Look { detail, badges: true, highlight: worst_route(cx), spoken }
    }

    /// What a record says to people who do not see it: "Process API, in DMZ, 3 open threats, highest High".
    pub fn sentence(&mut self, cx: &ViewCx<'_>, view: &View, id: &Id) -> Option<&str> {
        let look = self.look(cx, view, true);
        let sheet = self.places.get(id).and_then(|at| self.sheets.get_mut(*at))?;
        sheet.sentence.take_if(|(content, _)| *content != cx.content_now);
        let say = || {
            let mut items = Vec::new();
            Drawing::new(cx.model, cx.assessment, cx.layout, &look).record(id, &mut items);
            (cx.content_now, items.into_iter().map(|item| item.alt).find(|alt| !alt.is_empty()).unwrap_or_default())
        };
        Some(&sheet.sentence.get_or_insert_with(say).1)
    }
}

fn piece(sheets: &[Sheet], at: usize, n: usize) -> Option<&Piece> {
    sheets.get(at).and_then(|sheet| sheet.pieces.get(n))
}

/// Whose a sheet is, and where that was.
type Whose = (Option<(Rank, Id)>, Place);

fn whose(layout: &DiagramLayout, id: &Id) -> Whose {
    (Some((Rank::of(layout, id), id.clone())), Place::of(layout, id))
}

/// What a piece is sorted by: equals lie in the order of kinds, ids and pieces.
fn key(sheets: &[Sheet], (at, n): (usize, usize)) -> (Option<(Layer, i64)>, bool, Option<&(Rank, Id)>, usize) {
    let of = sheets.get(at).and_then(|sheet| sheet.of.as_ref());
    (piece(sheets, at, n).map(|piece| piece.place), of.is_none(), of, n)
}

/// The items of a record, without the name that is being typed.
fn record(drawing: &Drawing<'_>, editor: Option<&LabelEditor>, id: &Id, items: &mut Vec<Item>) {
    drawing.record(id, items);
    if let Some(editor) = editor.filter(|editor| editor.id() == id) {
        *items = items.drain(..).filter_map(|item| editor.without_name(item)).collect();
    }
}

/// The flows of the worst route of the selected threat.
fn worst_route(cx: &ViewCx<'_>) -> Vec<Id> {
    let finding = cx.selection.threat.as_ref().and_then(|key| cx.assessment.findings.get(key));
    match finding.and_then(|f| f.bindings.get(f.worst)) {
        Some(crate::risk::Binding::Flow { route, .. }) => route.legs().to_vec(),
        _ => Vec::new(),
    }
}
