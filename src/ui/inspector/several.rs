//! Several things selected: what they have in common and where they differ. What is set is set for all of them, as one step.

use super::origin::{Origin, labelled_from};
use super::technology::chips;
use crate::edit::Edit;
use crate::model::{
    Authn, Boundary, BoundaryKind, Channel, Element, ElementKind, Flow, Id, Key, Layer, Protocol, Record, trust_label,
};
use crate::risk;
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::tool::Selection;
use crate::ui::widgets::{
    Pick, Row, bold, caption, icon_button, mixed_choice, muted, optional_choice, pick, removable_chip, rule, title,
};
use crate::ui::{Action, Command, Outbox, ViewCx, fonts, style};
use egui::Ui;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn several_ui(ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
    let items = &cx.selection.items;
    ui.label(title(format!("{} items", items.len())));
    let load: f64 = items.iter().filter_map(|id| cx.assessment.elements.get(id)).map(|e| e.risk.load).sum();
    let threats: usize = items.iter().map(|id| cx.assessment.at(id).filter(|f| f.counts()).count()).sum();
    ui.label(muted(ui, format!("{threats} threats, load {load:.1}")));
    ui.add_space(4.0);
    zone_ui(ui, cx, out);
    elements_ui(ui, cx, out);
    flows_ui(ui, cx, out);
    boundaries_ui(ui, cx, out);
    let keys = items.iter().filter_map(|id| cx.model.item_key(id)).filter(Key::can_be_hidden).collect();
    super::readers::readers_of_all(ui, cx, &keys, out);
    ui.add_space(4.0);
    if ui.button("Delete all").clicked() {
        out.run(Command::Delete);
    }
    ui.add_space(4.0);
    rule(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    for id in items {
        let name = risk::name_of(cx.model, id);
        let mut row = Row::new(ui, 24.0, false, &name);
        let color = style::ink(row.ui, Ink::Text);
        row.text(&name, fonts::font(Face::Regular, 12.0), color);
        if row.response.clicked() {
            out.push(Action::Select(Selection::one(id.clone())));
        }
    }
}

/// What all have; `None` where they differ.
fn same<T: PartialEq>(values: impl IntoIterator<Item = T>) -> Option<T> {
    let mut values = values.into_iter();
    let first = values.next()?;
    values.all(|value| value == first).then_some(first)
}

/// Changes all records of a kind that are selected, as one step; those that stay as they are are left out.
fn all<R: Clone + PartialEq + Into<Record>>(
    records: &BTreeMap<Id, R>,
    items: &BTreeSet<Id>,
    key: fn(Id) -> Key,
    words: &str,
    change: impl Fn(&mut R),
) -> Edit {
    let chosen = items.iter().filter_map(|id| records.get_key_value(id));
    let edits: Vec<Edit> = chosen
        .filter_map(|(id, record)| {
            let mut changed = record.clone();
            change(&mut changed);
            (changed != *record).then(|| Edit::put(key(id.clone()), changed))
        })
        .collect();
    Edit::Batch { label: format!("{words} of {}", edits.len()), edits }
}

fn of<'a, R>(records: &'a BTreeMap<Id, R>, items: &BTreeSet<Id>) -> Vec<&'a R> {
    items.iter().filter_map(|id| records.get(id)).collect()
}

fn zone_ui(ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
    let is_movable = |id: &&Id| cx.model.elements.contains_key(*id) || cx.model.boundaries.contains_key(*id);
    let movable: BTreeSet<Id> = cx.selection.items.iter().filter(is_movable).cloned().collect();
    if movable.is_empty() {
        return;
    }
    let own = movable.iter().filter_map(|id| cx.model.elements.get(id)).map(|e| e.boundary.clone());
    let of = Origin::of_all(own.clone().map(|zone| Origin::of(zone.is_some(), super::element::NO_ZONE)));
    labelled_from(ui, "Trust boundary", &of, |ui| {
        let is_free = |id: &Id| !cx.model.boundary_path(id).iter().any(|outer| movable.contains(outer));
        let free = cx.model.boundaries.iter().filter(|(id, _)| is_free(id));
        let zones: Vec<(Id, String)> = free.map(|(id, b)| (id.clone(), super::element::zone_label(b))).collect();
        let shared = same(own);
        let none = if shared.is_some() { "None" } else { "Different ones" };
        if let Some(into) = optional_choice(ui, "zone of several", "Trust boundary", shared.flatten().as_ref(), &zones, none) {
            out.commit(Edit::Reparent { items: movable.clone(), into });
        }
    });
}

/// The head of what is said about one kind of thing among several.
fn kind_head(ui: &mut Ui, cx: &ViewCx<'_>, count: usize, one: &str) {
    ui.add_space(4.0);
    rule(ui);
    ui.add_space(4.0);
    let others = if count < cx.selection.items.len() { " of them" } else { "" };
    ui.label(bold(format!("{count} {one}{}{others}", if count == 1 { "" } else { "s" })));
}

fn elements_ui(ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
    let elements = of(&cx.model.elements, &cx.selection.items);
    if elements.is_empty() {
        return;
    }
    let set =
        |words: &str, change: &dyn Fn(&mut Element)| all(&cx.model.elements, &cx.selection.items, Key::Element, words, change);
    kind_head(ui, cx, elements.len(), "element");
    labelled_from(ui, "Kind", &Origin::Set, |ui| {
        let kind = same(elements.iter().map(|e| e.kind));
        if let Some(kind) = mixed_choice(ui, "kind of several", "Kind", kind, ElementKind::ALL, ElementKind::label) {
            out.commit(set("kind", &|e| e.kind = kind));
        }
    });
    let of = Origin::of_all(elements.iter().map(|e| Origin::of(!e.tags.is_empty(), super::element::NO_TAGS)));
    labelled_from(ui, "Technology", &of, |ui| {
        ui.horizontal_wrapped(|ui| {
            if let Some(change) = chips(ui, cx, &elements, |_| {}) {
                out.commit(set("technology", &|e| change.apply(&mut e.tags)));
            }
        });
    });
    let of = Origin::of_all(elements.iter().map(|e| Origin::of_layer(e, cx.library)));
    labelled_from(ui, "Layer", &of, |ui| {
        let layer = same(elements.iter().map(|e| cx.library.layer_of(e)));
        if let Some(layer) = mixed_choice(ui, "layer of several", "Layer", layer, Layer::ALL, Layer::label) {
            out.commit(set("layer", &|e| e.layer = Some(layer)));
        }
    });
    let of = Origin::of_all(elements.iter().map(|e| Origin::of(!e.holds.is_empty(), super::element::NO_ASSETS)));
    labelled_from(ui, "Hold", &of, |ui| {
        let shares = elements.iter().map(|e| &e.holds).collect();
        if let Some((asset, add)) = shared_assets(ui, cx, "elements", shares) {
            out.commit(set("assets", &|e| put(&mut e.holds, &asset, add)));
        }
    });
    let of = Origin::of_all(elements.iter().map(|e| Origin::of(e.owner.is_some(), super::element::NO_OWNER)));
    labelled_from(ui, "Owner", &of, |ui| {
        let people: Vec<(Id, String)> = cx.model.people.iter().map(|(id, p)| (id.clone(), p.name.clone())).collect();
        let owner = same(elements.iter().map(|e| e.owner.clone()));
        let none = if owner.is_some() { "Nobody yet" } else { "Different ones" };
        if let Some(owner) = optional_choice(ui, "owner of several", "Owner", owner.flatten().as_ref(), &people, none) {
            out.commit(set("owner", &|e| e.owner = owner.clone()));
        }
    });
    scope_ui(ui, elements.iter().map(|e| e.out_of_scope.is_none()).collect(), "Elements in scope", |is_in| {
        out.commit(set("scope", &|e| rescope(&mut e.out_of_scope, is_in)));
    });
}

fn flows_ui(ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
    let flows = of(&cx.model.flows, &cx.selection.items);
    if flows.is_empty() {
        return;
    }
    let set = |words: &str, change: &dyn Fn(&mut Flow)| all(&cx.model.flows, &cx.selection.items, Key::Flow, words, change);
    kind_head(ui, cx, flows.len(), "flow");
    let of = Origin::of_all(flows.iter().map(|f| Origin::of(f.protocol != Protocol::Unknown, super::flow::UNSURE)));
    labelled_from(ui, "Protocol", &of, |ui| {
        let now = same(flows.iter().map(|f| f.protocol));
        if let Some(protocol) = mixed_choice(ui, "protocol of several", "Protocol", now, Protocol::ALL, Protocol::label) {
            out.commit(set("protocol", &|f| f.protocol = protocol));
        }
    });
    let of = Origin::of_all(flows.iter().map(|f| Origin::of(f.authn != Authn::Unknown, super::flow::UNSURE)));
    labelled_from(ui, "Authentication", &of, |ui| {
        let now = same(flows.iter().map(|f| f.authn));
        if let Some(authn) = mixed_choice(ui, "authn of several", "Authentication", now, Authn::ALL, Authn::label) {
            out.commit(set("authentication", &|f| f.authn = authn));
        }
    });
    let of = Origin::of_all(flows.iter().map(|f| Origin::of(f.channel != Channel::Unknown, super::flow::OPEN)));
    labelled_from(ui, "Channel", &of, |ui| {
        let now = same(flows.iter().map(|f| f.channel));
        if let Some(channel) = mixed_choice(ui, "channel of several", "Channel", now, Channel::ALL, Channel::label) {
            out.commit(set("channel", &|f| f.channel = channel));
        }
    });
    let of = Origin::of_all(flows.iter().map(|f| Origin::of(!f.assets.is_empty(), super::flow::NO_ASSETS)));
    labelled_from(ui, "Carry", &of, |ui| {
        let shares = flows.iter().map(|f| &f.assets).collect();
        if let Some((asset, add)) = shared_assets(ui, cx, "flows", shares) {
            out.commit(set("assets", &|f| put(&mut f.assets, &asset, add)));
        }
    });
    scope_ui(ui, flows.iter().map(|f| f.out_of_scope.is_none()).collect(), "Flows in scope", |is_in| {
        out.commit(set("scope", &|f| rescope(&mut f.out_of_scope, is_in)));
    });
}

fn boundaries_ui(ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
    let boundaries = of(&cx.model.boundaries, &cx.selection.items);
    if boundaries.is_empty() {
        return;
    }
    let set = |words: &str, change: &dyn Fn(&mut Boundary)| {
        all(&cx.model.boundaries, &cx.selection.items, Key::Boundary, words, change)
    };
    kind_head(ui, cx, boundaries.len(), "trust boundary");
    let of = Origin::of_all(boundaries.iter().map(|b| Origin::of(b.trust.is_some(), super::flow::UNSURE)));
    labelled_from(ui, "Trust", &of, |ui| {
        let now = same(boundaries.iter().map(|b| b.trust));
        let levels = [None, Some(0), Some(1), Some(2), Some(3), Some(4)];
        if let Some(trust) = mixed_choice(ui, "trust of several", "Trust", now, &levels, trust_label) {
            out.commit(set("trust", &|b| b.trust = trust));
        }
    });
    labelled_from(ui, "Kind", &Origin::Set, |ui| {
        let now = same(boundaries.iter().map(|b| b.kind));
        if let Some(kind) =
            mixed_choice(ui, "kind of boundaries", "Kind of boundary", now, BoundaryKind::ALL, BoundaryKind::label)
        {
            out.commit(set("kind", &|b| b.kind = kind));
        }
    });
}

fn scope_ui(ui: &mut Ui, cases: Vec<bool>, name: &str, set: impl FnOnce(bool)) {
    let of = |is_in: &bool| if *is_in { Origin::Assumed("as usual".to_owned()) } else { Origin::Set };
    let of = Origin::of_all(cases.iter().map(of));
    let is_in = same(cases);
    labelled_from(ui, "Scope", &of, |ui| {
        let mut on = is_in.unwrap_or_default();
        let mark = egui::Checkbox::new(&mut on, "In scope").indeterminate(is_in.is_none());
        if crate::ui::widgets::named(ui.add(mark), name).changed() {
            set(on);
        }
        if is_in.is_none() {
            ui.label(caption(ui, "some are"));
        }
    });
}

/// A reason that is there stays.
fn rescope(reason: &mut Option<String>, is_in: bool) {
    match is_in {
        true => *reason = None,
        false => drop(reason.get_or_insert_default()),
    }
}

fn put(assets: &mut BTreeSet<Id>, asset: &Id, add: bool) {
    match add {
        true => drop(assets.insert(asset.clone())),
        false => drop(assets.remove(asset)),
    }
}

/// Chips of all assets, those only some have with how many. Returns which is to be given to all, or taken from all.
fn shared_assets(ui: &mut Ui, cx: &ViewCx<'_>, of: &str, sets: Vec<&BTreeSet<Id>>) -> Option<(Id, bool)> {
    let mut counts: BTreeMap<&Id, usize> = BTreeMap::new();
    sets.iter().flat_map(|set| set.iter()).for_each(|id| *counts.entry(id).or_default() += 1);
    let mut changed = None;
    ui.push_id(("assets of several", of), |ui| {
        ui.horizontal_wrapped(|ui| {
            for (id, count) in &counts {
                let name = cx.model.name_of(id);
                let shown = if *count < sets.len() { format!("{count}/{} {name}", sets.len()) } else { name.to_owned() };
                if removable_chip(ui, &shown, &format!("Remove {name} from all {of}")) {
                    changed = Some(((*id).clone(), false));
                }
            }
            let button = icon_button(ui, icon::PLUS, &format!("Add an asset to all {of}"));
            let items = || {
                let fresh = cx.model.assets.iter().filter(|(id, _)| counts.get(id).is_none_or(|n| *n < sets.len()));
                fresh.map(|(id, a)| (id.clone(), a.name.clone(), format!("C{} I{} A{}", a.c, a.i, a.a))).collect()
            };
            if let Some(Pick::Item(id)) = pick(&button, "Search assets", None, items) {
                changed = Some((id, true));
            }
        });
    });
    changed
}
