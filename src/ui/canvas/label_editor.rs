//! Typing a name in place. As in every other field the name is shown live, and Escape brings the old one back, where there
//! was one.

mod kinds;
mod place;
mod proposed;

use self::place::{Place, ground_of};
use self::proposed::Proposed;
use super::{CanvasFrame, CanvasState};
use crate::detect::apply;
use crate::edit::Edit;
use crate::model::{ElementKind, Id, Key, Record};
use crate::scene::{Item, Layer, Shape};
use crate::theme::Ink;
use crate::tool::{Direction, Operation, Outcome, Selection, birth, next_kind, next_unlabelled, perform};
use crate::ui::{Action, ViewCx, fonts, style::color32};
use egui::text::{CCursor, CCursorRange};
use egui::{Align, Area, EventFilter, Frame, KeyboardShortcut, Margin, Modifiers, Order, TextEdit};

/// Frames in which a field may ask for the keyboard.
const TRIES: u8 = 8;

/// A label being typed.
#[derive(Debug)]
pub struct LabelEditor {
    id: Id,
    text: String,
    /// What was told of the text so far.
    told: String,
    /// The record as it was, and where its name stood: the preview changes both.
    key: Key,
    before: Record,
    place: Place,
    /// It had no name before: the typed one belongs to the same undo step as its making.
    is_new: bool,
    /// It was made a moment ago; Tab goes through the kinds until a name is typed.
    just_made: bool,
    /// What the typed name says.
    proposed: Proposed,
    /// The caret has been put into the field.
    started: bool,
    /// The field has taken the keyboard, which may take it a frame.
    focused: bool,
    /// How often it asked for the keyboard in vain.
    tries: u8,
}

/// How it ended.
enum End {
    Keep,
    Cancel,
    /// Kept, and on to the next thing without a name.
    Next,
    /// Kept, and on from it: to a new element, or along a flow.
    Then(Operation),
}

/// `just_made` when the label opens because the thing was made, not because somebody wants to change it.
pub fn open(cx: &ViewCx<'_>, id: Id, just_made: bool, state: &mut CanvasState) {
    let typed = std::mem::take(&mut state.typed_ahead);
    let record = cx.model.item_key(&id).and_then(|key| cx.model.get(&key).map(|record| (key, record)));
    let (Some((key, before)), Some(place)) = (record, Place::of(cx, &id)) else { return };
    let told = cx.model.name_of(&id).to_owned();
    let is_new = told.is_empty();
    let text = if typed.is_empty() { told.clone() } else { typed };
    let just_made = just_made && is_new;
    state.editor = Some(LabelEditor {
        id,
        text,
        told,
        key,
        before,
        place,
        is_new,
        just_made,
        proposed: Proposed::default(),
        started: false,
        focused: false,
        tries: 0,
    });
}

impl LabelEditor {
    /// The item whose name is typed.
    pub fn id(&self) -> &Id {
        &self.id
    }

    /// What is left to draw of one of its items while the name stands in the field: an element keeps its outline.
    pub fn without_name(&self, mut item: Item) -> Option<Item> {
        match item.layer {
            Layer::Element => item.shapes.retain(|shape| !matches!(shape, Shape::Text(_))),
            Layer::LabelMask | Layer::Label | Layer::Tab => return None,
            _ => {}
        }
        Some(item)
    }

    /// What kind of element it is, as long as that is open: it was made a moment ago and nothing is typed.
    fn open_kind(&self) -> Option<ElementKind> {
        match &self.before {
            Record::Element(element) if self.just_made && self.text.is_empty() => Some(element.kind),
            _ => None,
        }
    }

    fn set_kind(&mut self, kind: ElementKind) {
        if let Record::Element(element) = &mut self.before {
            element.kind = kind;
            self.recolour();
        }
    }

    /// It had no name before.
    pub fn is_new(&self) -> bool {
        self.is_new
    }

    /// Whether arrows with Ctrl add the next element, and those with Alt walk on: from a name just begun.
    pub fn draws_on(&self) -> bool {
        self.is_new && matches!(self.before, Record::Element(_) | Record::Flow(_))
    }

    /// Whether Tab goes through the kinds.
    pub fn turns_kind(&self) -> bool {
        self.open_kind().is_some()
    }

    /// The ground of the field follows the kind.
    fn recolour(&mut self) {
        if let Record::Element(element) = &self.before {
            self.place.ground = ground_of(element.kind);
        }
    }

    /// The field does not have the keyboard yet.
    pub fn waits(&self) -> bool {
        !self.focused
    }

    /// Whether the typed name says something that is not stated.
    pub fn proposes(&self) -> bool {
        self.proposed.is_some()
    }

    /// Tag of the steps that making and naming it consist of.
    fn tag(&self) -> Option<String> {
        self.is_new.then(|| birth(&self.id))
    }
}

pub fn show(ui: &egui::Ui, frame: &mut CanvasFrame<'_, '_>, state: &mut CanvasState) {
    let Some(mut editor) = state.editor.take() else { return };
    if !frame.cx.model.contains(&editor.key) {
        return;
    }
    let scale = frame.camera(state).scale;
    let rect = frame.view(state).rect_to_screen(editor.place.rect);
    let theme = frame.cx.theme;
    let field = frame.id.with(("label", editor.id.as_str()));
    if !editor.focused {
        // Before it is shown, so that it gets what is typed in this very frame.
        give_keyboard(ui.ctx(), field, &mut editor);
    }
    let end = take_end(ui.ctx(), field, &editor);
    editor.proposed.follow(frame.cx, &editor.id, &record_named(&editor));
    let accepted = editor.proposed.take_key(ui.ctx(), field).is_some_and(|chosen| {
        chosen.iter().for_each(|proposal| apply(&mut editor.before, &proposal.what));
        editor.recolour();
        true
    });
    let open = editor.open_kind();
    let (clicked, is_pressed) = open.map_or((None, false), |kind| kinds::show(ui, frame.cx, field, kind, rect, frame.rect));
    let turned = match (&end, open) {
        (Some(End::Next), Some(kind)) => Some(next_kind(kind)),
        _ => clicked,
    };
    turned.into_iter().for_each(|kind| editor.set_kind(kind));
    let end = end.filter(|_| turned.is_none());
    let (ground, face, size) = (editor.place.ground, editor.place.face, editor.place.size);
    let font = fonts::font(face, (size * scale).round().clamp(11.0, 40.0));
    let width = rect.width().max(120.0);
    let area = Area::new(field.with("area")).order(Order::Foreground).pivot(egui::Align2::CENTER_CENTER).fixed_pos(rect.center());
    let response = area.constrain_to(frame.rect).show(ui.ctx(), |ui| {
        let ground = Frame::new().fill(color32(theme.color(ground))).inner_margin(Margin::symmetric(4, 2)).corner_radius(3.0);
        let ring = egui::Stroke::new(1.0, color32(theme.color(Ink::Accent)));
        ground.stroke(ring).show(ui, |ui| {
            let edit = TextEdit::multiline(&mut editor.text)
                .id(field)
                .frame(Frame::NONE)
                .margin(Margin::ZERO)
                .font(font)
                .text_color(color32(theme.color(Ink::Text)))
                .horizontal_align(Align::Center)
                .desired_width(width)
                .desired_rows(1)
                .event_filter(EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true })
                .return_key(KeyboardShortcut::new(Modifiers::SHIFT, egui::Key::Enter));
            edit.show(ui).response.response
        })
    });
    let response = response.inner.inner;
    editor.proposed.show(ui, frame.cx, field, response.rect);
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label("Name"));
    if (editor.text != editor.told || turned.is_some() || accepted) && !matches!(end, Some(End::Cancel)) {
        editor.told.clone_from(&editor.text);
        frame.out.push(Action::Type { field, edit: rename(&editor), tag: editor.tag() });
        ui.ctx().request_repaint();
    }
    if !editor.focused && editor.tries == TRIES {
        // Something else takes the keyboard every time: two that fight for it would go on for ever.
        return finish(ui.ctx(), frame, state, editor, End::Keep);
    }
    if !editor.focused {
        editor.tries += 1;
        editor.focused = ui.ctx().memory(|m| m.had_focus_last_frame(field) && m.has_focus(field));
        swallow_typing(ui.ctx());
        ui.ctx().request_repaint();
    } else if end.is_none() && response.lost_focus() && is_pressed {
        (editor.focused, editor.tries) = (false, 0);
        ui.ctx().request_repaint();
    } else if end.is_none() && response.lost_focus() {
        return finish(ui.ctx(), frame, state, editor, End::Keep);
    }
    match end {
        Some(end) => {
            ui.ctx().memory_mut(|m| m.request_focus(frame.id));
            swallow_typing(ui.ctx());
            finish(ui.ctx(), frame, state, editor, end);
        }
        None => state.editor = Some(editor),
    }
}

/// Takes the keys that end the typing before the field sees them.
fn take_end(ctx: &egui::Context, field: egui::Id, editor: &LabelEditor) -> Option<End> {
    if !ctx.memory(|m| m.has_focus(field)) {
        return None;
    }
    ctx.input_mut(|i| {
        // In a name just begun there is nothing to jump about in: these keys draw on.
        if let Some(then) = editor.draws_on().then(|| take_arrow(i)).flatten() {
            return Some(End::Then(then));
        }
        if i.consume_key(Modifiers::NONE, egui::Key::Escape) {
            // A name just begun ends there; one that was changed is as it was.
            Some(if editor.is_new { End::Keep } else { End::Cancel })
        } else if i.consume_key(Modifiers::NONE, egui::Key::Tab) {
            Some(End::Next)
        } else if i.modifiers.is_none() && i.consume_key(Modifiers::NONE, egui::Key::Enter)
            || i.consume_key(Modifiers::COMMAND, egui::Key::Enter)
        {
            Some(End::Keep)
        } else {
            None
        }
    })
}

fn take_arrow(i: &mut egui::InputState) -> Option<Operation> {
    const ARROWS: [(egui::Key, Direction); 4] = [
        (egui::Key::ArrowLeft, Direction::Left),
        (egui::Key::ArrowRight, Direction::Right),
        (egui::Key::ArrowUp, Direction::Up),
        (egui::Key::ArrowDown, Direction::Down),
    ];
    let shift = i.modifiers.shift;
    ARROWS.into_iter().filter(|_| !shift).find_map(|(key, direction)| {
        if i.consume_key(Modifiers::COMMAND, key) {
            Some(Operation::QuickAdd(direction))
        } else if i.consume_key(Modifiers::ALT, key) {
            Some(Operation::Walk(direction))
        } else {
            None
        }
    })
}

/// Focus and the caret: an old name is selected, what was typed ahead goes on.
fn give_keyboard(ctx: &egui::Context, field: egui::Id, editor: &mut LabelEditor) {
    ctx.memory_mut(|m| m.request_focus(field));
    if std::mem::replace(&mut editor.started, true) {
        return;
    }
    let end = CCursor::new(editor.text.chars().count());
    let start = if editor.is_new { end } else { CCursor::new(0) };
    let mut state = egui::text_edit::TextEditState::default();
    state.cursor.set_char_range(Some(CCursorRange::two(start, end)));
    state.store(ctx, field);
}

/// What was typed in this frame was meant for the field; while its focus comes and goes it must not reach shortcuts.
fn swallow_typing(ctx: &egui::Context) {
    let typed = |e: &egui::Event| match e {
        egui::Event::Key { modifiers, .. } => !modifiers.command,
        egui::Event::Text(_) => true,
        _ => false,
    };
    ctx.input_mut(|i| i.events.retain(|e| !typed(e)));
}

fn finish(ctx: &egui::Context, frame: &mut CanvasFrame<'_, '_>, state: &mut CanvasState, editor: LabelEditor, end: End) {
    let mut outcomes = Vec::new();
    // What was typed becomes a step because the field lets go of the keyboard.
    if matches!(end, End::Cancel) {
        outcomes.push(Outcome::CancelPreview);
    }
    if matches!(end, End::Next)
        && let Some(next) = frame.with_tools(state, |_, tools| next_unlabelled(tools, &editor.id))
    {
        outcomes.push(Outcome::Select(Selection::one(next.clone())));
        outcomes.push(Outcome::EditLabel(next));
    }
    if let End::Then(operation) = end {
        outcomes.extend(frame.with_tools(state, |gesture, tools| match operation {
            Operation::Walk(direction) => gesture.walk(direction, tools),
            operation => perform(operation, tools),
        }));
    }
    frame.carry_out(ctx, outcomes, state);
    ctx.request_repaint();
}

/// The edit that gives the typed name.
fn rename(editor: &LabelEditor) -> Edit {
    Edit::Put { key: editor.key.clone(), record: record_named(editor) }
}

/// The record with the typed name.
fn record_named(editor: &LabelEditor) -> Record {
    let mut record = editor.before.clone();
    let text = editor.text.trim();
    match &mut record {
        Record::Element(e) => {
            let (kind, name) = kind_by_prefix(text).filter(|_| editor.is_new).unwrap_or((e.kind, text));
            (e.kind, e.name) = (kind, name.to_owned());
        }
        Record::Flow(f) => f.name = text.to_owned(),
        Record::Boundary(b) => b.name = text.to_owned(),
        Record::Note(n) => n.text = text.to_owned(),
        _ => {}
    }
    record
}

/// "db: Orders" is a store and "ext: Bank" an entity, however it was drawn.
fn kind_by_prefix(text: &str) -> Option<(ElementKind, &str)> {
    let (prefix, name) = text.split_once(':')?;
    let kind = match prefix.trim().to_lowercase().as_str() {
        "db" | "store" => ElementKind::DataStore,
        "ext" | "user" => ElementKind::ExternalEntity,
        "proc" => ElementKind::Process,
        _ => return None,
    };
    Some((kind, name.trim()))
}
