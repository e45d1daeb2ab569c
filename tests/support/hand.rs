//! A hand at a canvas: scripts of pointer and keys over the tool state machines, no window involved.

use super::dsl::{MAIN, id, model};
use palisade::edit::Document;
use palisade::geometry::{Point, Rect, rect, vec2};
use palisade::model::*;
use palisade::scene::{DiagramLayout, lay_out};
use palisade::tool::{Key, *};

/// Does what the window does with events and outcomes.
pub struct Hand {
    pub document: Document,
    pub ids: IdSource,
    pub selection: Selection,
    pub tool: Tool,
    pub gesture: Gesture,
    pub scale: f32,
    pub seen: Rect,
    pub grid: bool,
    pub touch: bool,
    /// The label asked for last.
    pub label: Option<Id>,
    pub style: Option<CopiedStyle>,
    pub pointer: Option<Point>,
    pub modifiers: Modifiers,
    /// What was copied last, as text.
    pub copied: Option<String>,
    pub told: Option<String>,
    /// The layout of the document at this revision.
    laid: Option<(u64, DiagramLayout)>,
}

impl Hand {
    pub fn at(document: Document) -> Hand {
        Hand {
            document,
            ids: IdSource::seeded(7),
            selection: Selection::default(),
            tool: Tool::Select,
            gesture: Gesture::default(),
            scale: 1.0,
            seen: rect(-2000.0, -2000.0, 4000.0, 4000.0),
            grid: true,
            touch: false,
            label: None,
            style: None,
            pointer: None,
            modifiers: Modifiers::NONE,
            copied: None,
            told: None,
            laid: None,
        }
    }

    pub fn model(&self) -> &ThreatModel {
        self.document.model()
    }

    pub fn event(&mut self, event: CanvasEvent) {
        self.with_tools(|gesture, cx| gesture.on(event, cx));
    }

    pub fn with_tools(&mut self, run: impl FnOnce(&mut Gesture, &mut ToolCx<'_>) -> Vec<Outcome>) {
        let (model, revision) = (self.document.share(), self.document.revision());
        let main = Id::from(MAIN);
        let known = self.laid.take().filter(|(of, _)| *of == revision);
        let (_, layout) = known.unwrap_or_else(|| (revision, lay_out(&model, &main)));
        let mut ids = Vec::new();
        for _ in 0..40 {
            ids.push(self.ids.fresh());
        }
        let mut fresh = || ids.pop().expect("enough ids");
        let mut cx = ToolCx {
            model: &model,
            diagram: &main,
            layout: &layout,
            selection: &self.selection.clone(),
            tool: self.tool,
            scale: self.scale,
            seen: self.seen,
            grid: self.grid,
            touch: self.touch,
            fresh: &mut fresh,
        };
        let outcomes = run(&mut self.gesture, &mut cx);
        self.laid = Some((revision, layout));
        drop(model);
        for outcome in outcomes {
            self.perform(outcome);
        }
        if self.document.revision() != revision {
            assert_eq!(check(self.document.model()), []);
        }
    }

    pub fn perform(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Preview(edit) => self.document.preview(&edit).expect("a preview is possible"),
            Outcome::CancelPreview => drop(self.document.cancel_preview()),
            Outcome::Commit(edit) => drop(self.document.commit(&edit).expect("a commit is possible")),
            Outcome::CommitMerged(edit, tag) => drop(self.document.commit_merged(&edit, &tag).expect("a commit is possible")),
            Outcome::Select(selection) => self.selection = selection,
            Outcome::EditLabel(id) => self.label = Some(id),
            Outcome::SetTool(tool) => self.tool = tool,
            Outcome::ToolDone => self.tool = Tool::Select,
            Outcome::CopyStyle(style) => self.style = Some(style),
            Outcome::Copy(text) => self.copied = Some(text),
            Outcome::Say(text) => self.told = Some(text),
            Outcome::Pan(_) | Outcome::Reveal(_) => {}
        }
    }

    pub fn pointer(&self, at: Point) -> Pointer {
        Pointer { at, button: Button::Primary, modifiers: self.modifiers }
    }
    pub fn down(&mut self, at: impl Spot) -> &mut Hand {
        let at = at.on(self);
        self.event(CanvasEvent::Down(self.pointer(at)));
        self
    }
    pub fn to(&mut self, at: impl Spot) -> &mut Hand {
        let at = at.on(self);
        self.pointer = Some(at);
        self.event(CanvasEvent::Move(self.pointer(at)));
        self
    }
    pub fn up(&mut self, at: impl Spot) -> &mut Hand {
        let at = at.on(self);
        self.event(CanvasEvent::Up(self.pointer(at)));
        self
    }
    pub fn click(&mut self, at: impl Spot) -> &mut Hand {
        let at = at.on(self);
        self.down(at).up(at)
    }
    /// Down, some way there, there, up.
    pub fn drag(&mut self, from: impl Spot, to: impl Spot) -> &mut Hand {
        let (from, to) = (from.on(self), to.on(self));
        self.down(from).to(from.lerp(to, 0.3)).to(from.lerp(to, 0.7)).to(to).up(to)
    }
    pub fn holding(&mut self, modifiers: Modifiers) -> &mut Hand {
        self.modifiers = modifiers;
        self
    }
    pub fn key(&mut self, key: Key) -> &mut Hand {
        let press = KeyPress { key, modifiers: self.modifiers, pointer: self.pointer };
        self.event(CanvasEvent::Key(press));
        self
    }
    pub fn letter(&mut self, letter: char) -> &mut Hand {
        self.key(Key::Letter(letter))
    }
    pub fn select(&mut self, names: &[&str]) -> &mut Hand {
        self.selection = Selection { items: names.iter().map(|n| id(n)).collect(), threat: None };
        self
    }
    pub fn paste(&mut self, clip: &Clip, by: palisade::geometry::Vec2) {
        self.with_tools(|_, cx| paste(clip, by, cx));
    }
    pub fn undo(&mut self) -> &mut Hand {
        assert!(self.document.undo(), "there is something to undo");
        self
    }

    pub fn rect(&self, name: &str) -> Rect {
        self.model().rect_of(&MAIN.into(), &id(name)).expect("it is drawn")
    }
    pub fn middle(&self, name: &str) -> Point {
        self.rect(name).center()
    }
    pub fn boundary_of(&self, name: &str) -> Option<&str> {
        let found = self.model().elements.get(&id(name)).map(|e| &e.boundary);
        found.or_else(|| self.model().boundaries.get(&id(name)).map(|b| &b.parent)).expect("it exists").as_ref().map(Id::as_str)
    }
    pub fn selected(&self) -> Vec<&str> {
        self.selection.items.iter().map(Id::as_str).collect()
    }
    /// The element or flow made last: the one selected.
    pub fn made(&self) -> Id {
        self.selection.single().expect("what was made is selected").clone()
    }
    pub fn flow_between(&self, from: &Id, to: &Id) -> Option<&Id> {
        let joins = |f: &Flow| f.from.as_ref() == Some(from) && f.to.as_ref() == Some(to);
        self.model().flows.iter().find(|(_, f)| joins(f)).map(|(id, _)| id)
    }
    pub fn route(&self, flow: &str) -> Route {
        match self.model().placement(&MAIN.into(), &Id::from(flow)) {
            Some(Placement::Route(route)) => route.clone(),
            other => panic!("{flow} is drawn as {other:?}"),
        }
    }
}

/// A place on the diagram: a point, the middle of a box, or so far from it.
pub trait Spot {
    fn on(self, hand: &Hand) -> Point;
}
impl Spot for Point {
    fn on(self, _: &Hand) -> Point {
        self
    }
}
impl Spot for &str {
    fn on(self, hand: &Hand) -> Point {
        hand.middle(self)
    }
}
impl Spot for (&str, f32, f32) {
    fn on(self, hand: &Hand) -> Point {
        hand.middle(self.0) + vec2(self.1, self.2)
    }
}

/// Customer and Web side by side, a DMZ around Web and API, DB apart; boxes 144 × 64 on the grid.
pub fn shop() -> Hand {
    let place = |m: &mut ThreatModel, name: &str, r: Rect| {
        m.placements.insert(PlacementKey::new(MAIN, id(name)), Placement::Box(r));
    };
    let mut m = model("Shop")
        .boundary("Cloud", 2)
        .boundary("DMZ", 2)
        .inside("Cloud")
        .entity("Customer")
        .process("Web")
        .inside("DMZ")
        .process("API")
        .inside("DMZ")
        .store("DB")
        .inside("Cloud")
        .flow("Customer", "Web")
        .flow("Web", "API")
        .build();
    place(&mut m, "Customer", rect(0.0, 104.0, 144.0, 64.0));
    place(&mut m, "Web", rect(400.0, 104.0, 144.0, 64.0));
    place(&mut m, "API", rect(640.0, 104.0, 144.0, 64.0));
    place(&mut m, "DMZ", rect(360.0, 48.0, 464.0, 176.0));
    place(&mut m, "DB", rect(640.0, 320.0, 144.0, 64.0));
    place(&mut m, "Cloud", rect(320.0, 0.0, 560.0, 440.0));
    Hand::at(Document::new(m))
}
