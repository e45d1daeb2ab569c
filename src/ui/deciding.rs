//! Decisions as edits: on the grounds of today, in the name of whoever sits here.
//! Those with a key have it on the card as in the list.

use super::{Outbox, ViewCx};
use crate::edit::Edit;
use crate::model::{Decision, Disposition, Id, Key, Person, ThreatKey};
use crate::risk;
use crate::text::icon::{self, Icon};

/// Decisions that have a key wherever a threat is chosen, in a word and as a sign.
pub const BY_KEY: [(egui::Key, &str, Icon, Disposition); 4] = [
    (egui::Key::M, "Mitigate", icon::SHIELD_CHECK, Disposition::Mitigate),
    (egui::Key::A, "Accept", icon::SIGNATURE, Disposition::Accept),
    (egui::Key::X, "n/a", icon::PROHIBIT, Disposition::NotApplicable),
    (egui::Key::R, "Transfer", icon::HANDSHAKE, Disposition::Transfer),
];

/// Records a decision in the name of the author, with the inputs it relies on, so that a stale one can say what changed.
pub fn decide(cx: &ViewCx<'_>, out: &mut Outbox, threat: &ThreatKey, decision: Decision) {
    let (edit, _) = decision_edit(cx, out, threat, decision);
    out.commit(edit);
}

/// The same as an edit, with who decided.
pub fn decision_edit(cx: &ViewCx<'_>, out: &mut Outbox, threat: &ThreatKey, decision: Decision) -> (Edit, Option<Id>) {
    let (by, introduced) = match author(cx) {
        Some(Author::Known(id)) => (Some(id), None),
        Some(Author::New(name)) => {
            let id = out.fresh_id();
            let person = Person { name, ..Person::default() };
            (Some(id.clone()), Some(Edit::put(Key::Person(id), person)))
        }
        None => (decision.by.clone(), None),
    };
    let decide = grounded(cx, threat, Decision { by: by.clone(), ..decision });
    let edit = match introduced {
        Some(person) => Edit::Batch { label: decide.label(), edits: vec![person, decide] },
        None => decide,
    };
    (edit, by)
}

/// A decision on the grounds of today.
pub fn grounded(cx: &ViewCx<'_>, threat: &ThreatKey, decision: Decision) -> Edit {
    let basis = risk::basis_of(cx.model, cx.library, threat);
    Edit::Decide { threat: threat.clone(), decision: Decision { basis, on: Some(cx.today), inherited: false, ..decision } }
}

enum Author {
    Known(Id),
    /// Named in the preferences, but not among the people of this model yet.
    New(String),
}

fn author(cx: &ViewCx<'_>) -> Option<Author> {
    let name = cx.author.trim();
    let is_author = |person: &Person| person.name.trim().eq_ignore_ascii_case(name);
    let known = cx.model.people.iter().find(|(_, person)| is_author(person));
    match known {
        _ if name.is_empty() => None,
        Some((id, _)) => Some(Author::Known(id.clone())),
        None => Some(Author::New(name.to_owned())),
    }
}
