//! From intent to transaction. The model is left as it was.

use super::draft::Draft;
use super::{Edit, EditError, Transaction, arrange, reconnect, remove, settle};
use crate::model::{Info, Key, Placement, PlacementKey, ThreatModel, Visibility};
use std::collections::BTreeSet;

/// Works out the transaction that carries out `edit` on `model`.
///
/// # Errors
/// When something it names is gone, an id is taken, or the result would break an invariant.
pub fn plan(edit: &Edit, model: &ThreatModel) -> Result<Transaction, EditError> {
    plan_on(edit, &mut model.clone())
}

/// As [`plan`] for the owner of the model, without a copy of it: whatever comes of it, the model is as it was.
pub(super) fn plan_on(edit: &Edit, model: &mut ThreatModel) -> Result<Transaction, EditError> {
    let mut draft = Draft::new(model);
    self::draft(edit, &mut draft)?;
    draft.finish()
}

pub(super) fn draft(edit: &Edit, d: &mut Draft<'_>) -> Result<(), EditError> {
    match edit {
        Edit::Put { key, record } => {
            if !key.fits(record) {
                return Err(EditError::WrongKind { kind: key.kind_label() });
            }
            if let Some(id) = key.id().filter(|_| !d.after.contains(key)) {
                d.claim(id)?;
            }
            d.put(key.clone(), record.clone());
        }
        Edit::Remove { keys } => remove::remove(keys, d),
        Edit::AddElement { id, element, diagram, rect } => {
            d.claim(id)?;
            d.put(Key::Element(id.clone()), element.clone());
            d.put(Key::Placement(PlacementKey::new(diagram.clone(), id.clone())), Placement::Box(*rect));
        }
        Edit::AddBoundary { id, boundary, diagram, rect, members } => {
            d.claim(id)?;
            d.put(Key::Boundary(id.clone()), boundary.clone());
            d.put(Key::Placement(PlacementKey::new(diagram.clone(), id.clone())), Placement::Box(*rect));
            arrange::reparent(members, Some(id), d)?;
        }
        Edit::AddNote { id, note, diagram, rect } => {
            d.claim(id)?;
            d.put(Key::Note(id.clone()), note.clone());
            d.put(Key::Placement(PlacementKey::new(diagram.clone(), id.clone())), Placement::Box(*rect));
        }
        Edit::Connect { id, flow, diagram, route } => {
            d.claim(id)?;
            d.put(Key::Flow(id.clone()), flow.clone());
            d.put(Key::Placement(PlacementKey::new(diagram.clone(), id.clone())), Placement::Route(route.clone()));
        }
        Edit::Reconnect { flow, end, to, diagram, at } => reconnect::reconnect(flow, *end, to.as_ref(), (diagram, *at), d)?,
        Edit::Move { diagram, items, by } => arrange::translate(diagram, items, *by, d),
        Edit::Resize { diagram, item, rect } => {
            let key = Key::Placement(PlacementKey::new(diagram.clone(), item.clone()));
            d.require(key.clone())?;
            d.put(key, Placement::Box(*rect));
        }
        Edit::Reparent { items, into } => arrange::reparent(items, into.as_ref(), d)?,
        Edit::Settle { diagram, items } => settle::settle(diagram, items, d)?,
        Edit::OrderDiagram { diagram, order } => {
            let key = Key::Diagram(diagram.clone());
            d.require(key.clone())?;
            if let Some(mut record) = d.after.diagrams.get(diagram).cloned() {
                record.order = *order;
                d.put(key, record);
            }
        }
        Edit::Decide { threat, decision } => {
            let mut decision = decision.clone();
            let known = d.after.decisions.get(threat).and_then(|known| known.number);
            let next = || d.after.decisions.values().filter_map(|x| x.number).max().map_or(1, |n| n.saturating_add(1));
            decision.number = decision.number.or(known).or_else(|| Some(next()));
            d.put(Key::Decision(threat.clone()), decision);
        }
        Edit::Disclose { keys, to } => disclose(keys, *to, d)?,
        Edit::Batch { edits, .. } => d.run(edits)?,
    }
    Ok(())
}

/// Sets who may read records, and numbers the names they have for others.
fn disclose(keys: &BTreeSet<Key>, to: Option<Visibility>, d: &mut Draft<'_>) -> Result<(), EditError> {
    for key in keys {
        d.require(key.clone())?;
        if let Some(record) = d.after.get(key).filter(|_| key.can_be_hidden()) {
            d.put(key.clone(), record.shown_to(to));
        }
    }
    let aliases = d.after.numbered(keys.iter().filter(|key| key.can_be_hidden()).cloned());
    if aliases != d.after.info.disclosure.aliases {
        let mut info: Info = d.after.info.clone();
        info.disclosure.aliases = aliases;
        d.put(Key::Info, info);
    }
    Ok(())
}
