//! A threat written by hand, as one sentence: who, with what access, could do what, and what that harms of which asset.
//! Whatever the library knows can be taken as a beginning.

use crate::edit::Edit;
use crate::library::Library;
use crate::model::{Access, Category, Dimension, Hits, Id, Key, Link, Threat, ThreatKey};
use crate::risk::name_of;
use crate::theme::Ink;
use crate::tool::Selection;
use crate::ui::widgets::{Pick, caption, choice, filter_chip, labelled, named, optional_choice, pick, primary_button, tipped};
use crate::ui::{Action, Outbox, ViewCx, style};
use egui::{Frame, Key as Press, Margin, RichText, TextEdit, Ui, vec2};
use std::collections::{BTreeMap, BTreeSet};

/// The sentence so far, while the form is open.
#[derive(Clone, Debug, PartialEq)]
struct Draft {
    agent: Option<Id>,
    access: Access,
    action: String,
    harms: BTreeSet<Dimension>,
    asset: Option<Id>,
    category: Category,
    /// What it was begun from in the library.
    from: Option<From>,
}

/// What a rule of the library brings along.
#[derive(Clone, Debug, PartialEq)]
struct From {
    rule: String,
    level: u8,
    skill: u8,
    controls: BTreeMap<String, Link>,
}

impl Draft {
    fn new(about: Option<Category>) -> Draft {
        let category = about.unwrap_or(Category::T);
        let (agent, asset, from) = (None, None, None);
        Draft { agent, access: Access::Anon, action: String::new(), harms: harms_of(category), asset, category, from }
    }
}

/// What a category usually harms.
fn harms_of(category: Category) -> BTreeSet<Dimension> {
    use Category::*;
    let all: &[Dimension] = match category {
        I => &[Dimension::C],
        T | R => &[Dimension::I],
        D => &[Dimension::A],
        S | E => &[Dimension::C, Dimension::I],
        Lk | Id | Nr | De | Dd | Un | Nc => &[Dimension::P],
    };
    all.iter().copied().collect()
}

/// "Organised crime with an account could change an order at Shop, which harms the integrity of Orders."
fn sentence(
    who: Option<&str>,
    access: Access,
    action: &str,
    place: &str,
    harms: &BTreeSet<Dimension>,
    asset: Option<&str>,
) -> String {
    let who = who.unwrap_or("Somebody");
    let action = action.trim().trim_end_matches('.');
    let mut letters = action.chars();
    // A word in capitals is a name and stays so.
    let is_name = action.chars().take(2).all(char::is_uppercase);
    let action = match letters.next() {
        None => "…".to_owned(),
        Some(first) if !is_name => first.to_lowercase().chain(letters).collect(),
        Some(_) => action.to_owned(),
    };
    let names: Vec<&str> = harms.iter().map(|d| d.label()).collect();
    let harmed = match names.as_slice() {
        [] => String::new(),
        [one] => format!(", which harms the {one}"),
        [most @ .., last] => format!(", which harms the {} and {last}", most.join(", ")),
    };
    let of = if names.is_empty() { String::new() } else { format!(" of {}", asset.unwrap_or("what is handled there")) };
    format!("{who} with {} could {action} at {place}{harmed}{of}.", access.label())
}

/// The form of a new threat at `target`. Returns true when it is done with.
pub(super) fn compose_ui(
    ui: &mut Ui,
    cx: &ViewCx<'_>,
    target: &Id,
    (about, begun): (Option<Category>, &mut String),
    out: &mut Outbox,
) -> bool {
    let id = egui::Id::new(("new threat", target));
    let kept = ui.data(|d| d.get_temp::<Option<Draft>>(id)).flatten();
    let is_new = kept.is_none();
    let mut draft = kept.unwrap_or_else(|| Draft::new(about));
    if !begun.is_empty() {
        draft.action = std::mem::take(begun);
    }
    who_ui(ui, cx, &mut draft);
    let text = &mut draft.action;
    let edit = TextEdit::singleline(text).id(id.with("title")).hint_text("do what?").desired_width(f32::INFINITY);
    let field = labelled(ui, "Could", |ui| named(ui.add(edit.min_size(vec2(0.0, 26.0))), "Title of the new threat"));
    if is_new {
        field.request_focus();
        field.scroll_to_me(Some(egui::Align::Center));
    }
    let enter = field.lost_focus() && ui.input(|i| i.key_pressed(Press::Enter));
    let escape = field.lost_focus() && ui.input(|i| i.key_pressed(Press::Escape));
    library_ui(ui, cx, &mut draft);
    harm_ui(ui, cx, &mut draft);
    let who = draft.agent.as_ref().and_then(|id| cx.model.agents.get(id)).map(|a| a.name.as_str());
    let asset = draft.asset.as_ref().and_then(|id| cx.model.assets.get(id)).map(|a| a.name.as_str());
    let said = sentence(who, draft.access, &draft.action, &name_of(cx.model, target), &draft.harms, asset);
    ui.add_space(2.0);
    // What all of it comes to, as it will be read.
    let ground = Frame::new().fill(style::ink(ui, Ink::Raised)).inner_margin(Margin::same(8)).corner_radius(4);
    ground.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.add(egui::Label::new(RichText::new(&said).size(12.0)).wrap());
    });
    ui.add_space(4.0);
    let mut done = escape;
    ui.horizontal(|ui| {
        if (primary_button(ui, "Add threat").clicked() || enter) && !draft.action.trim().is_empty() {
            let threat = threat(&draft, target, said);
            let rule = out.fresh_id();
            out.commit(Edit::put(Key::Threat(rule.clone()), threat));
            out.push(Action::Select(Selection::threat(ThreatKey::new(rule, target.clone()))));
            done = true;
        }
        done |= ui.button("Cancel").clicked();
    });
    ui.add_space(6.0);
    ui.data_mut(|d| d.insert_temp::<Option<Draft>>(id, (!done).then_some(draft)));
    done
}

fn threat(draft: &Draft, target: &Id, description: String) -> Threat {
    let share = |d: Dimension| if draft.harms.contains(&d) { 1.0 } else { 0.0 };
    let [c, i, a, p, s] = [Dimension::C, Dimension::I, Dimension::A, Dimension::P, Dimension::S].map(share);
    let plain = Threat {
        title: draft.action.trim().to_owned(),
        description,
        categories: vec![draft.category],
        targets: [target.clone()].into(),
        access: draft.access,
        hits: Hits { c, i, a, p, s },
        ..Threat::default()
    };
    match &draft.from {
        None => plain,
        Some(from) => Threat { level: from.level, skill: from.skill, controls: from.controls.clone(), ..plain },
    }
}

fn who_ui(ui: &mut Ui, cx: &ViewCx<'_>, draft: &mut Draft) {
    labelled(ui, "Who", |ui| {
        let agents: Vec<(Id, String)> = cx.model.agents.iter().map(|(id, a)| (id.clone(), a.name.clone())).collect();
        let chosen = optional_choice(ui, "who of a new threat", "Who attacks", draft.agent.as_ref(), &agents, "Somebody");
        draft.agent = chosen.unwrap_or(draft.agent.take());
    });
    labelled(ui, "With", |ui| {
        let name = "Access of the attacker";
        if let Some(access) = choice(ui, "access of a new threat", name, draft.access, Access::ALL, Access::label) {
            draft.access = access;
        }
    });
}

fn harm_ui(ui: &mut Ui, cx: &ViewCx<'_>, draft: &mut Draft) {
    labelled(ui, "Harming", |ui| {
        for dimension in Dimension::ALL {
            let on = draft.harms.contains(dimension);
            let chip = named(filter_chip(ui, on, dimension.name()), &format!("Harms {}", dimension.label()));
            if tipped(chip, dimension.label(), None).clicked() && !draft.harms.remove(dimension) {
                draft.harms.insert(*dimension);
            }
        }
    });
    labelled(ui, "Of", |ui| {
        let assets: Vec<(Id, String)> = cx.model.assets.iter().map(|(id, a)| (id.clone(), a.name.clone())).collect();
        let none = "What is handled there";
        let chosen = optional_choice(ui, "asset of a new threat", "Asset that is harmed", draft.asset.as_ref(), &assets, none);
        draft.asset = chosen.unwrap_or(draft.asset.take());
    });
    labelled(ui, "Category", |ui| {
        let all = Category::ALL;
        if let Some(other) =
            choice(ui, "category of a new threat", "Category of the new threat", draft.category, all, Category::label)
        {
            if draft.harms == harms_of(draft.category) {
                draft.harms = harms_of(other);
            }
            draft.category = other;
        }
    });
}

/// What the library says about such threats, to begin from.
fn library_ui(ui: &mut Ui, cx: &ViewCx<'_>, draft: &mut Draft) {
    ui.add_space(2.0);
    ui.horizontal(|ui| {
        let button = ui.button("Begin from the library…");
        let button = named(button, "Begin from the library");
        let items = || {
            let rules = cx.library.rules();
            rules.map(|(_, rule)| (rule.id.clone(), cx.library.title_of(rule), category_words(&rule.cats))).collect()
        };
        if let Some(Pick::Item(rule)) = pick(&button, "Search threats of the library", None, items) {
            begin_from(draft, cx.library, &rule);
        }
        if let Some(from) = &draft.from {
            ui.label(caption(ui, &from.rule));
        }
    });
    ui.add_space(2.0);
}

fn category_words(categories: &[Category]) -> String {
    categories.iter().map(|c| c.name()).collect::<Vec<_>>().join(" ")
}

fn begin_from(draft: &mut Draft, library: &Library, id: &str) {
    let Some((_, rule)) = library.rule(id) else { return };
    draft.action = library.title_of(rule);
    draft.access = rule.access;
    draft.category = rule.cats.first().copied().unwrap_or(draft.category);
    draft.harms = Dimension::ALL.iter().copied().filter(|d| rule.hits.get(*d) > 0.0).collect();
    let controls = rule.controls.iter().cloned().collect();
    draft.from = Some(From { rule: rule.id.clone(), level: rule.level, skill: rule.skill, controls });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_threat_reads_as_one_sentence() {
        let both = [Dimension::C, Dimension::I].into();
        let said = sentence(Some("Organised crime"), Access::Auth, "Change an order.", "Shop", &both, Some("Orders"));
        assert_eq!(
            said,
            "Organised crime with an account could change an order at Shop, which harms the confidentiality and integrity of Orders."
        );
        let said = sentence(None, Access::Anon, "", "Shop", &BTreeSet::new(), None);
        assert_eq!(said, "Somebody with anonymous access could … at Shop.");
        assert!(sentence(None, Access::Anon, "DNS fails", "x", &BTreeSet::new(), None).contains("could DNS fails"));
    }

    #[test]
    fn what_the_library_knows_comes_along() {
        let library = Library::builtin();
        let (_, rule) = library.rules().find(|(_, r)| !r.controls.is_empty()).unwrap();
        let mut draft = Draft::new(Some(Category::D));
        assert_eq!(draft.harms, [Dimension::A].into());
        begin_from(&mut draft, library, &rule.id);
        let threat = threat(&draft, &Id::new("x"), String::new());
        assert_eq!((threat.level, threat.skill, threat.access), (rule.level, rule.skill, rule.access));
        assert_eq!(threat.controls.len(), rule.controls.iter().map(|(id, _)| id).collect::<BTreeSet<_>>().len());
        assert!(!threat.title.contains('{'), "{}", threat.title);
    }
}
