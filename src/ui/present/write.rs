//! What is written down while presenting: one undo step each, the session included.

use super::Present;
use crate::compare::{Scores, freeze};
use crate::edit::Edit;
use crate::model::*;
use crate::session;
use crate::ui::deciding::decision_edit;
use crate::ui::{Outbox, ViewCx};

impl Present {
    /// The session that is written to, if it has begun.
    pub fn session<'a>(&self, cx: &ViewCx<'a>) -> Option<&'a Session> {
        self.session.as_ref().and_then(|id| cx.model.sessions.get(id))
    }

    /// Writes into the session, which begins with the first thing written; `before` is done in the same step.
    pub fn write(
        &mut self,
        cx: &ViewCx<'_>,
        out: &mut Outbox,
        label: &str,
        before: Vec<Edit>,
        change: impl FnOnce(&mut Session),
    ) {
        let known = self.session.clone().filter(|id| cx.model.sessions.contains_key(id));
        let id = known.or_else(|| super::open_today(cx.model, self.now)).unwrap_or_else(|| out.fresh_id());
        let mut session = cx.model.sessions.get(&id).cloned().unwrap_or_else(|| {
            let name = "Start of the session";
            let start = freeze(&self.entered.model, &Scores::of(&self.entered.assessment), cx.library, name, cx.author, cx.today);
            session::begin(cx.model, self.began, start)
        });
        change(&mut session);
        let mut edits = before;
        edits.push(Edit::put(Key::Session(id.clone()), session));
        self.session = Some(id);
        out.commit(Edit::Batch { label: label.to_owned(), edits });
    }

    /// In whose name the room decides where nobody said who works here: whoever leads the session.
    pub(super) fn chair(&self, cx: &ViewCx<'_>) -> Option<Id> {
        self.attendees(cx).into_iter().next().map(|(id, _)| id)
    }

    /// Decides about a threat, and says so in the log of the session.
    pub fn decide(&mut self, cx: &ViewCx<'_>, out: &mut Outbox, threat: &ThreatKey, disposition: Disposition) {
        let before = cx.model.decisions.get(threat).cloned().unwrap_or_default();
        let mut logged = self.session(cx).into_iter().flat_map(|session| &session.decided).rev();
        let is_own = logged.find(|line| line.threat.as_ref() == Some(threat)).is_some_and(|line| line.disposition == disposition);
        if before.standing(cx.today) == disposition && !is_own {
            // What was decided before the session is confirmed; only what it decided itself is taken back.
            let text = format!("{}, confirmed", disposition.label());
            let by = self.chair(cx).or(before.by);
            let line =
                Resolution { at: Some(self.now), threat: Some(threat.clone()), disposition, text, by, ..Resolution::default() };
            self.tell(format!("Confirmed: {}", disposition.label()));
            return self.write(cx, out, "confirm a decision", Vec::new(), |session| session.decided.push(line));
        }
        let decision = before.choose(disposition, cx.today);
        let disposition = decision.disposition;
        let text = match disposition {
            Disposition::Open => "Open again".to_owned(),
            decided => decided.label().to_owned(),
        };
        let reason = if decision.lacks_reason() { ". N says why" } else { "" };
        self.tell(format!("Logged: {text}{reason}"));
        let (edit, by) = decision_edit(cx, out, threat, Decision { by: self.chair(cx), ..decision });
        let line =
            Resolution { at: Some(self.now), threat: Some(threat.clone()), disposition, text, by, ..Resolution::default() };
        self.write(cx, out, "decide threat", vec![edit], |session| session.decided.push(line));
    }

    /// Says why a threat was decided so, in its decision and in the log.
    pub fn give_reason(&mut self, cx: &ViewCx<'_>, out: &mut Outbox, threat: &ThreatKey, reason: String) {
        let Some(before) = cx.model.decisions.get(threat).cloned() else { return };
        let decision = Decision { justification: reason.clone(), ..before };
        let edit = Edit::Decide { threat: threat.clone(), decision };
        self.write(cx, out, "say why", vec![edit], |session| {
            if let Some(line) = session.decided.iter_mut().rev().find(|line| line.threat.as_ref() == Some(threat)) {
                line.text = format!("{}: {reason}", line.text);
            }
        });
    }

    /// Shows shortly what was written down.
    pub(super) fn tell(&mut self, text: String) {
        self.told = Some((text, None));
    }

    /// Sets levels by hand with a reason, and says so in the log.
    pub fn set_levels(
        &mut self,
        cx: &ViewCx<'_>,
        out: &mut Outbox,
        threat: &ThreatKey,
        levels: Option<LevelOverride>,
        ballots: Option<Ballots>,
    ) {
        let before = cx.model.decisions.get(threat).cloned().unwrap_or_default();
        let text = match &levels {
            Some(levels) => format!("Likelihood {}, impact {}", levels.likelihood, levels.impact),
            None => "Levels as computed".to_owned(),
        };
        let disposition = before.disposition;
        let by = self.chair(cx).or(before.by.clone());
        let (edit, by) = decision_edit(cx, out, threat, Decision { level_override: levels, by, ..before });
        let line =
            Resolution { at: Some(self.now), threat: Some(threat.clone()), disposition, text, by, ..Resolution::default() };
        self.write(cx, out, "score threat", vec![edit], |session| {
            if let Some(round) = ballots {
                session.ballots.entry(threat.clone()).or_default().push(round);
            }
            // Levels entered one after the other are one line.
            let is_same = |last: &&mut Resolution| last.threat == line.threat && is_levels(&last.text) && is_levels(&line.text);
            match session.decided.last_mut().filter(is_same) {
                Some(last) => *last = Resolution { dissent: last.dissent.clone(), ..line },
                None => session.decided.push(line),
            }
        });
    }

    /// Stores the steps as they are now, so that they are there the next time.
    pub fn store_steps(&mut self, cx: &ViewCx<'_>, out: &mut Outbox, label: &str) {
        let stored = cx.model.playlists.iter().next();
        let id = stored.map(|(id, _)| id.clone()).unwrap_or_else(|| out.fresh_id());
        let list = stored
            .map(|(_, list)| list.clone())
            .unwrap_or_else(|| Playlist { name: "Presentation".into(), ..Playlist::default() });
        let list = Playlist { steps: self.stage.steps().to_vec(), ..list };
        let put = Edit::put(Key::Playlist(id), list);
        out.commit(Edit::Batch { label: label.to_owned(), edits: vec![put] });
    }

    /// What is highlighted was looked at today.
    pub fn mark_reviewed(&mut self, cx: &ViewCx<'_>, out: &mut Outbox) {
        let Some(step) = self.stage.step() else { return };
        let mut edits = Vec::new();
        for id in &step.highlighted {
            if let Some(element) = cx.model.elements.get(id) {
                edits.push(Edit::put(Key::Element(id.clone()), Element { reviewed: Some(cx.today), ..element.clone() }));
            } else if let Some(flow) = cx.model.flows.get(id) {
                edits.push(Edit::put(Key::Flow(id.clone()), Flow { reviewed: Some(cx.today), ..flow.clone() }));
            }
        }
        if !edits.is_empty() {
            out.commit(Edit::Batch { label: "mark as reviewed".to_owned(), edits });
        }
    }
}

/// What everybody gave in one round.
pub type Ballots = std::collections::BTreeMap<Id, Ballot>;

fn is_levels(text: &str) -> bool {
    text.starts_with("Likelihood ") || text == "Levels as computed"
}
