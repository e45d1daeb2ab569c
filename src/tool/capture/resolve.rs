//! Names as things: those of the model where there are such, else new ones.

use super::parse::{Fault, Name, Script, Statement};
use crate::detect::kind_by_name;
use crate::model::{Boundary, Element, ElementKind, Flow, Id, Route};
use crate::tool::{ToolCx, operation};
use std::collections::BTreeMap;

/// What a text adds, before it has places.
#[derive(Debug, Default)]
pub struct Draft {
    /// In the order they were mentioned.
    pub elements: Vec<(Id, Element)>,
    pub boundaries: Vec<(Id, Boundary)>,
    pub flows: Vec<(Id, Flow, Route)>,
    /// What is there already and gets into a boundary.
    pub moved: BTreeMap<Id, Id>,
    /// Known elements that are not drawn on this diagram.
    pub shown: Vec<Id>,
    pub faults: Vec<Fault>,
}

impl Draft {
    pub fn is_empty(&self) -> bool {
        self.elements.is_empty() && self.boundaries.is_empty() && self.flows.is_empty() && self.moved.is_empty()
    }

    fn element(&mut self, id: &Id) -> Option<&mut Element> {
        self.elements.iter_mut().find(|(new, _)| new == id).map(|(_, e)| e)
    }
}

/// A beginning shorter than this is no abbreviation.
const ABBREVIATION: usize = 3;

pub fn resolve(script: Script, cx: &mut ToolCx<'_>) -> Draft {
    let mut draft = Draft { faults: script.faults, ..Draft::default() };
    // Boundaries first, so that a name that means one is not taken for an element.
    for statement in &script.statements {
        if let Statement::Boundary { name, inside } = statement {
            boundary(name, inside.as_deref(), &mut draft, cx);
        }
    }
    for statement in script.statements {
        match statement {
            Statement::Boundary { .. } => {}
            Statement::Element(name) => drop(element(&name, &mut draft, cx)),
            Statement::Member { what, of, implied } => member(&what, &of, implied, &mut draft, cx),
            Statement::Flow { from, to, label, protocol, both_ways } => {
                let (from, to) = (element(&from, &mut draft, cx), element(&to, &mut draft, cx));
                let flow = Flow { name: label, from: Some(from), to: Some(to), ..Flow::default() };
                let flow = Flow { protocol: protocol.unwrap_or(flow.protocol), ..flow };
                let route = Route { two_heads: both_ways, ..Route::default() };
                draft.flows.push(((cx.fresh)(), flow, route));
            }
        }
    }
    draft
}

fn element(name: &Name, draft: &mut Draft, cx: &mut ToolCx<'_>) -> Id {
    if let Some((id, _)) = draft.elements.iter().find(|(_, e)| same(&e.name, &name.text)) {
        let id = id.clone();
        // "orders > api" may say later what "orders" is.
        if let (Some(kind), Some(element)) = (name.kind, draft.element(&id)) {
            element.kind = kind;
        }
        return id;
    }
    if let Some(id) = known_element(&name.text, cx) {
        if cx.rect_of(&id).is_none() && !draft.shown.contains(&id) {
            draft.shown.push(id.clone());
        }
        return id;
    }
    let id = (cx.fresh)();
    let kind = name.kind.or_else(|| kind_by_name(&name.text)).unwrap_or(ElementKind::Process);
    draft.elements.push((id.clone(), Element { name: name.text.clone(), kind, ..Element::default() }));
    id
}

/// An element of the model by its name, else by the only name that begins like this; those on the diagram first.
fn known_element(text: &str, cx: &ToolCx<'_>) -> Option<Id> {
    let order = operation::reading_order(cx.layout);
    let named = |id: &&Id| same(cx.model.name_of(id), text);
    if let Some(id) = order.iter().find(named).or_else(|| cx.model.elements.keys().find(named)) {
        return Some(id.clone());
    }
    only(order.iter().filter(|id| begins(cx.model.name_of(id), text)))
        .or_else(|| only(cx.model.elements.keys().filter(|id| begins(cx.model.name_of(id), text))))
}

fn known_boundary(text: &str, draft: &Draft, cx: &ToolCx<'_>) -> Option<Id> {
    let new = draft.boundaries.iter().find(|(_, b)| same(&b.name, text)).map(|(id, _)| id.clone());
    let known = || cx.model.boundaries.iter().find(|(_, b)| same(&b.name, text)).map(|(id, _)| id.clone());
    new.or_else(known).or_else(|| only(cx.model.boundaries.iter().filter(|(_, b)| begins(&b.name, text)).map(|(id, _)| id)))
}

fn boundary(name: &str, inside: Option<&str>, draft: &mut Draft, cx: &mut ToolCx<'_>) -> Id {
    let parent = inside.map(|inside| boundary(inside, None, draft, cx));
    if let Some(id) = known_boundary(name, draft, cx) {
        let parent = parent.filter(|parent| !ancestors(parent, draft, cx).contains(&id));
        if let Some((_, new)) = draft.boundaries.iter_mut().find(|(new, _)| *new == id) {
            new.parent = new.parent.take().or(parent);
        }
        return id;
    }
    let id = (cx.fresh)();
    draft.boundaries.push((id.clone(), Boundary { name: name.to_owned(), parent, ..Boundary::default() }));
    id
}

fn member(what: &Name, of: &str, implied: bool, draft: &mut Draft, cx: &mut ToolCx<'_>) {
    let home = boundary(of, None, draft, cx);
    if what.kind.is_none()
        && let Some(inner) = known_boundary(&what.text, draft, cx).filter(|inner| *inner != home)
    {
        let circle = ancestors(&home, draft, cx).contains(&inner);
        match draft.boundaries.iter_mut().find(|(id, _)| *id == inner) {
            _ if circle => {}
            Some((_, new)) => new.parent = Some(home),
            None => drop(draft.moved.insert(inner, home)),
        }
        return;
    }
    let id = element(what, draft, cx);
    if let Some(new) = draft.element(&id) {
        if new.boundary.is_none() || !implied {
            new.boundary = Some(home);
        }
    } else if !implied && cx.model.elements.get(&id).is_some_and(|e| e.boundary.as_ref() != Some(&home)) {
        draft.moved.insert(id, home);
    }
}

/// A boundary and what is around it, drafted or known.
fn ancestors(boundary: &Id, draft: &Draft, cx: &ToolCx<'_>) -> Vec<Id> {
    let parent = |id: &Id| match draft.boundaries.iter().find(|(new, _)| new == id) {
        Some((_, new)) => new.parent.clone(),
        None => draft.moved.get(id).cloned().or_else(|| cx.model.boundaries.get(id).and_then(|b| b.parent.clone())),
    };
    let most = draft.boundaries.len() + cx.model.boundaries.len() + 1;
    std::iter::successors(Some(boundary.clone()), parent).take(most).collect()
}

fn same(name: &str, text: &str) -> bool {
    name.trim().to_lowercase() == text.to_lowercase()
}

fn begins(name: &str, text: &str) -> bool {
    text.chars().count() >= ABBREVIATION && name.trim().to_lowercase().starts_with(&text.to_lowercase())
}

fn only<'a>(mut ids: impl Iterator<Item = &'a Id>) -> Option<Id> {
    let first = ids.next()?;
    ids.next().is_none().then(|| first.clone())
}
