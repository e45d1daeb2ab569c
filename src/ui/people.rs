//! Picking somebody: those of the fitting role first, and anybody new on the fly.

use super::widgets::{Pick, named, pick};
use super::{Outbox, ViewCx, fonts, style};
use crate::edit::Edit;
use crate::model::{Id, Key, Person, Role};
use crate::text::{Face, icon};
use crate::theme::Ink;
use egui::{Atom, AtomExt, Button, RichText, Ui, vec2};

/// Somebody or nobody for a purpose. `put` makes the edit that stores who.
pub fn person_field(
    ui: &mut Ui,
    cx: &ViewCx<'_>,
    out: &mut Outbox,
    name: &str,
    current: Option<&Id>,
    role: Role,
    put: impl FnOnce(Option<Id>) -> Edit,
) {
    let known = current.and_then(|id| cx.model.people.get(id)).map(|person| person.name.as_str());
    let ink = if known.is_some() { Ink::Text } else { Ink::Muted };
    let shown = RichText::new(known.unwrap_or("Nobody yet")).size(12.0).color(style::ink(ui, ink));
    let caret = RichText::new(icon::CARET_DOWN).font(fonts::font(Face::Icon, 12.0)).color(style::ink(ui, Ink::Muted));
    let width = ui.available_width();
    let button = Button::new((shown.atom_shrink(true), Atom::grow(), caret)).min_size(vec2(width, 24.0)).truncate();
    let button = named(ui.add(button), name);
    match pick(&button, "Search people", Some("person"), || candidates(cx, current, role)) {
        Some(Pick::Item(who)) if who.as_ref() != current => out.commit(put(who)),
        Some(Pick::New(name)) => {
            let id = out.fresh_id();
            let name = if name.is_empty() { "New person".to_owned() } else { name };
            let person = Edit::put(Key::Person(id.clone()), Person { name, roles: [role].into(), ..Person::default() });
            let put = put(Some(id));
            out.commit(Edit::Batch { label: put.label(), edits: vec![person, put] });
        }
        _ => {}
    }
}

/// Everybody with the first word of what they do; whoever has the role comes first, nobody last.
fn candidates(cx: &ViewCx<'_>, current: Option<&Id>, role: Role) -> Vec<(Option<Id>, String, String)> {
    let mut people: Vec<_> = cx.model.people.iter().collect();
    people.sort_by_key(|(_, person)| (!person.roles.contains(&role), person.name.to_lowercase()));
    let word = |person: &Person| {
        let fitting = person.roles.get(&role).or_else(|| person.roles.first());
        fitting.map_or(String::new(), |role| role.label().to_owned())
    };
    let people = people.into_iter().map(|(id, person)| (Some(id.clone()), person.name.clone(), word(person)));
    let nobody = current.map(|_| (None, "Nobody yet".to_owned(), String::new()));
    people.chain(nobody).collect()
}
