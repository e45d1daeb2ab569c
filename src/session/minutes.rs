//! Sessions begun, attended, written to and ended, as edits.

use super::agenda::ninety_minutes;
use crate::edit::Edit;
use crate::model::{Baseline, Id, Key, Moment, Person, Role, Session, ThreatModel};

/// The session that goes on; of several the one begun last.
pub fn newest_open(model: &ThreatModel) -> Option<(&Id, &Session)> {
    model.sessions.iter().filter(|(_, session)| session.is_open()).max_by_key(|(id, session)| (session.began, *id))
}

/// A session that begins now with an agenda of ninety minutes; `start` is how the model is.
pub fn begin(model: &ThreatModel, now: Moment, start: Baseline) -> Session {
    let name = format!("Session {}", model.sessions.len() + 1);
    let (began, start) = (Some(now), Some(Box::new(start)));
    Session { name, began, agenda: ninety_minutes(), start, ..Session::default() }
}

/// The same session written to.
pub fn with(model: &ThreatModel, id: &Id, label: &str, change: impl FnOnce(&mut Session)) -> Option<Edit> {
    let mut session = model.sessions.get(id)?.clone();
    change(&mut session);
    let put = Edit::put(Key::Session(id.clone()), session);
    Some(Edit::Batch { label: label.to_owned(), edits: vec![put] })
}

/// Somebody comes: a person the model knows by that name, or a new one. The first is the facilitator.
pub fn attend(model: &ThreatModel, session: &Id, name: &str, fresh: &mut dyn FnMut() -> Id) -> Option<Edit> {
    let name = name.trim();
    let known = model.people.iter().find(|(_, person)| person.name.trim().eq_ignore_ascii_case(name)).map(|(id, _)| id.clone());
    let mut edits = Vec::new();
    let id = known.unwrap_or_else(|| {
        let id = fresh();
        let person = Person { name: name.to_owned(), ..Person::default() };
        edits.push(Edit::put(Key::Person(id.clone()), person));
        id
    });
    let mut meeting = model.sessions.get(session).filter(|_| !name.is_empty())?.clone();
    let role = if meeting.attendance.is_empty() { Role::Facilitator } else { Role::Participant };
    meeting.attendance.entry(id).or_insert_with(|| [role].into());
    edits.push(Edit::put(Key::Session(session.clone()), meeting));
    Some(Edit::Batch { label: "note who is there".to_owned(), edits })
}

/// The session is over.
pub fn ended(model: &ThreatModel, id: &Id, now: Moment) -> Option<Edit> {
    with(model, id, "close the session", |session| session.ended = session.ended.or(Some(now)))
}
