//! What a person wants done.

use crate::geometry::{Point, Rect, Vec2};
use crate::model::{Boundary, Decision, Element, Flow, Id, Key, Note, Record, Route, ThreatKey, Visibility};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// An intended change. New ids are drawn beforehand ([`IdSource`](crate::model::IdSource)), so that the same edit on the
/// same model always gives the same result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Edit {
    /// Creates or replaces one record.
    Put {
        key: Key,
        record: Record,
    },
    /// Removes records with everything that cannot stand without them. A removed boundary hands its content to its
    /// parent; a removed element takes its flows along.
    Remove {
        keys: BTreeSet<Key>,
    },
    /// A new element with its place.
    AddElement {
        id: Id,
        element: Element,
        diagram: Id,
        rect: Rect,
    },
    /// A new closed boundary around `members` (elements and boundaries), which become its content.
    AddBoundary {
        id: Id,
        boundary: Boundary,
        diagram: Id,
        rect: Rect,
        members: BTreeSet<Id>,
    },
    AddNote {
        id: Id,
        note: Note,
        diagram: Id,
        rect: Rect,
    },
    /// A new flow with its course.
    Connect {
        id: Id,
        flow: Flow,
        diagram: Id,
        route: Route,
    },
    /// Attaches an end of a flow to an element, or to nothing. Where no such element is drawn the end lies loose: at `at`
    /// on `diagram`, on others where it was last.
    Reconnect {
        flow: Id,
        end: End,
        to: Option<Id>,
        diagram: Id,
        at: Point,
    },
    /// Moves items on a diagram; boundaries carry their content, flows inside move along. Membership does not change.
    Move {
        diagram: Id,
        items: BTreeSet<Id>,
        by: Vec2,
    },
    /// A new box for an element, closed boundary or note. Membership does not change.
    Resize {
        diagram: Id,
        item: Id,
        rect: Rect,
    },
    /// Makes elements and boundaries members of a boundary, or of none.
    Reparent {
        items: BTreeSet<Id>,
        into: Option<Id>,
    },
    /// Grows boundaries on a diagram until they hold these members, with what is around them, where those stand in them
    /// at all; strangers they would come to lie over step aside. Membership does not change.
    Settle {
        diagram: Id,
        items: BTreeSet<Id>,
    },
    /// The place of a diagram in the row of tabs.
    OrderDiagram {
        diagram: Id,
        order: i32,
    },
    /// Records a decision; the first one gives the threat its display number.
    Decide {
        threat: ThreatKey,
        decision: Decision,
    },
    /// Who may read these records; each gets the number of the name it has for others, if it has none yet.
    Disclose {
        keys: BTreeSet<Key>,
        to: Option<Visibility>,
    },
    /// Several edits as one step, each on the result of the one before.
    Batch {
        label: String,
        edits: Vec<Edit>,
    },
}

/// An end of a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum End {
    From,
    To,
}

impl Edit {
    /// Creates or replaces one record.
    pub fn put(key: Key, record: impl Into<Record>) -> Edit {
        Edit::Put { key, record: record.into() }
    }

    /// What the undo menu calls it.
    pub fn label(&self) -> String {
        match self {
            Edit::Put { key, .. } => format!("change {}", key.kind_label()),
            Edit::Remove { keys } => match keys.iter().next() {
                Some(key) if keys.len() == 1 => format!("delete {}", key.kind_label()),
                _ => format!("delete {} items", keys.len()),
            },
            Edit::AddElement { element, .. } => format!("add {}", element.kind.label().to_lowercase()),
            Edit::AddBoundary { .. } => "add trust boundary".into(),
            Edit::AddNote { .. } => "add note".into(),
            Edit::Connect { .. } => "add data flow".into(),
            Edit::Reconnect { .. } => "reconnect data flow".into(),
            Edit::Move { .. } => "move".into(),
            Edit::Resize { .. } => "resize".into(),
            Edit::Reparent { .. } => "change trust boundary".into(),
            Edit::Settle { .. } => "make room".into(),
            Edit::OrderDiagram { .. } => "move diagram".into(),
            Edit::Decide { .. } => "decide threat".into(),
            Edit::Disclose { .. } => "change who may read".into(),
            Edit::Batch { label, .. } => label.clone(),
        }
    }
}

/// Why an edit cannot be done. The model is unchanged.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum EditError {
    #[error("the {kind} “{name}” is no longer in the model")]
    Gone { kind: &'static str, name: String },
    #[error("the id “{0}” is already in use")]
    IdTaken(Id),
    #[error("a {kind} cannot be stored there")]
    WrongKind { kind: &'static str },
    #[error("{0}")]
    Unsound(String),
}
