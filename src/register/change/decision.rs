//! What is written into rows of threats is decided about them.

use super::Value;
use crate::edit::Edit;
use crate::model::{Decision, Disposition, Id, IdSource, Key, Person, ThreatKey};
use crate::register::{Column, Facts};

impl Facts<'_> {
    /// The edits that decide so; the first decision of an author who is new to the model introduces them. Nothing when
    /// that is how things stand.
    pub(super) fn decided(
        &self,
        threat: &ThreatKey,
        column: Column,
        value: &Value,
        author: &mut Option<Id>,
        ids: &mut IdSource,
    ) -> Option<Vec<Edit>> {
        let before = self.model.decisions.get(threat).cloned().unwrap_or_default();
        let mut after = before.clone();
        match (column, value) {
            (Column::Status, Value::Choice(at)) => {
                let disposition = Disposition::ALL.get(*at).copied()?;
                if before.standing(self.today) == disposition {
                    return None;
                }
                return Some(self.chosen(threat, &before, disposition, author, ids));
            }
            (Column::Owner, Value::Person(id)) => after.owner = Some(id.clone()),
            (Column::Owner, Value::Nothing) => after.owner = None,
            (Column::Approver, Value::Person(id)) => after.approver = Some(id.clone()),
            (Column::Approver, Value::Nothing) => after.approver = None,
            (Column::Due, Value::Day(day)) => after.due = Some(*day),
            (Column::Due, Value::Nothing) => after.due = None,
            (Column::Expires, Value::Day(day)) => after.expires = Some(*day),
            (Column::Expires, Value::Nothing) => after.expires = None,
            (Column::Why, Value::Text(text)) => after.justification.clone_from(text),
            (Column::Why, Value::Nothing) => after.justification.clear(),
            (Column::Ticket, Value::Text(text)) => after.ticket.clone_from(text),
            (Column::Ticket, Value::Nothing) => after.ticket.clear(),
            _ => return None,
        }
        // What is filled in later changes the record, not what was decided on which grounds.
        (after != before).then(|| vec![Edit::Decide { threat: threat.clone(), decision: after }])
    }

    fn chosen(
        &self,
        threat: &ThreatKey,
        before: &Decision,
        disposition: Disposition,
        author: &mut Option<Id>,
        ids: &mut IdSource,
    ) -> Vec<Edit> {
        let mut edits = Vec::new();
        let is_author = |person: &Person| person.name.trim().eq_ignore_ascii_case(self.author);
        let known = self.model.people.iter().find(|(_, person)| is_author(person)).map(|(id, _)| id.clone());
        let by = match (author.clone().or(known), self.author) {
            (_, "") => before.by.clone(),
            (Some(id), _) => Some(id),
            (None, name) => {
                let id = ids.fresh();
                edits.push(Edit::put(Key::Person(id.clone()), Person { name: name.to_owned(), ..Person::default() }));
                *author = Some(id.clone());
                Some(id)
            }
        };
        let basis = self.basis(threat);
        let decision = before.choose(disposition, self.today);
        let decision = Decision { basis, by, on: Some(self.today), inherited: false, ..decision };
        edits.push(Edit::Decide { threat: threat.clone(), decision });
        edits
    }
}
