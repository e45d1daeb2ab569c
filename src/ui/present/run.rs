//! Keys of the stage, carried out.

use super::line::Asks;
use super::{Deed, Pane, Present};
use crate::model::{Decision, Id, LevelOverride, ThreatKey};
use crate::session::Vote;
use crate::ui::{Command, Outbox, Seen, ViewCx};
use egui::{Context, Key};

impl Present {
    /// Does what a key stands for. `Leave` ends at last what is not over yet; true when that is the presentation itself.
    pub fn run(&mut self, deed: Deed, cx: &ViewCx<'_>, out: &mut Outbox) -> bool {
        match deed {
            Deed::Next => self.step(cx, out, |stage| stage.go(1)),
            Deed::Back => self.step(cx, out, |stage| stage.go(-1)),
            Deed::NextPart => self.step(cx, out, |stage| stage.go_part(1)),
            Deed::PartBefore => self.step(cx, out, |stage| stage.go_part(-1)),
            Deed::First => self.step(cx, out, |stage| {
                stage.go_to_first();
                true
            }),
            Deed::Last => self.step(cx, out, |stage| {
                stage.go_to_last();
                true
            }),
            Deed::Widen => self.rescope(cx, out),
            Deed::KeepView => self.keep_view(cx, out),
            Deed::Filter => self.turn_filter(cx, out),
            Deed::AddStep => self.add_step(cx, out),
            Deed::ReadOn => self.scrolled = 1,
            Deed::ReadBack => self.scrolled = -1,
            Deed::ThreatDown => self.choose(cx, 1),
            Deed::ThreatUp => self.choose(cx, -1),
            Deed::Decide(disposition) => {
                if let Some(threat) = self.current(cx) {
                    self.decide(cx, out, &threat, disposition);
                }
            }
            Deed::Score => {
                let threat = self.current(cx);
                self.scoring = if self.scoring.take().is_some() { None } else { threat.map(|threat| (threat, false)) };
                self.pane = Pane::Step;
            }
            Deed::Note => {
                let threat = self.current(cx);
                let owed = threat.clone().filter(|threat| cx.model.decisions.get(threat).is_some_and(Decision::lacks_reason));
                match self.pane {
                    Pane::Steps => self.ask_line(Asks::StepNote, self.stage.step().map(|s| s.note.clone()).unwrap_or_default()),
                    Pane::People => self.ask_line(Asks::Person, String::new()),
                    Pane::Agenda => self.ask_line(Asks::Part, String::new()),
                    Pane::Scenarios => self.rename_scenario(cx),
                    _ => match owed {
                        Some(threat) => self.ask_line(Asks::Reason(threat), String::new()),
                        None => self.ask_line(Asks::Note(threat), String::new()),
                    },
                }
            }
            Deed::Owner => self.ask_owner(cx),
            Deed::Disagree => {
                let threat = self.current(cx);
                self.disagreeing = if self.disagreeing.take().is_some() { None } else { threat };
                self.pane = Pane::Step;
            }
            Deed::Reviewed => {
                self.mark_reviewed(cx, out);
                self.step(cx, out, |stage| stage.go(1));
            }
            Deed::Vote => self.start_vote(cx),
            Deed::Card => self.deal(cx),
            Deed::Flip => {
                let next = match cx.seen {
                    Seen::Today => Seen::Planned,
                    Seen::Planned => Seen::Before,
                    Seen::Before | Seen::Target => Seen::Today,
                };
                out.run(Command::See(next));
            }
            Deed::Park => self.ask_line(Asks::Park, String::new()),
            Deed::People => {
                self.toggle(Pane::People);
                if self.pane == Pane::People && self.session(cx).is_none_or(|session| session.attendance.is_empty()) {
                    self.ask_line(Asks::Person, String::new());
                }
            }
            Deed::Agenda => self.toggle(Pane::Agenda),
            Deed::Log => self.toggle(Pane::Log),
            Deed::Steps => self.toggle(Pane::Steps),
            Deed::Help => self.toggle(Pane::Help),
            Deed::Scenarios => self.toggle(Pane::Scenarios),
            Deed::Beside => self.scenarios.turn(),
            Deed::NextOnAgenda => self.timer.next(&self.agenda(cx)),
            Deed::BackOnAgenda => self.timer.back(),
            Deed::Pause => self.timer.toggle(),
            Deed::Presenter => self.has_presenter = !self.has_presenter,
            // The app's: they need the canvas and the disk.
            Deed::Pen | Deed::Close => {}
            Deed::Leave => return self.leave(cx, out),
        }
        false
    }

    fn toggle(&mut self, pane: Pane) {
        self.pane = if self.pane == pane { Pane::Step } else { pane };
    }

    /// Ends what is innermost.
    fn leave(&mut self, cx: &ViewCx<'_>, out: &mut Outbox) -> bool {
        if self.line.take().is_some() || self.vote.take().is_some() || self.dealt.take().is_some() {
            return false;
        }
        if self.scoring.take().is_some() || self.disagreeing.take().is_some() || self.owning.take().is_some() {
            return false;
        }
        if self.scenarios.hide() {
            return false;
        }
        if std::mem::take(&mut self.pane) != Pane::Step {
            return false;
        }
        if !cx.selection.items.is_empty() || cx.tool != crate::tool::Tool::Select {
            out.run(Command::Deselect);
            return false;
        }
        true
    }

    /// Goes to another step; what was asked about the one before ends, and its time is noted.
    fn step(&mut self, cx: &ViewCx<'_>, out: &mut Outbox, go: impl FnOnce(&mut crate::session::Stage) -> bool) {
        let about = self.subject(cx);
        if !go(&mut self.stage) {
            return;
        }
        self.note_time(cx, out, about);
        (self.chosen, self.scoring, self.disagreeing, self.owning) = (0, None, None, None);
        (self.vote, self.dealt) = (None, None);
        if self.pane != Pane::Steps {
            self.pane = Pane::Step;
        }
        if !cx.selection.items.is_empty() {
            out.run(Command::Deselect);
        }
    }

    /// The seconds of a step are those of what it was about, once a session is written.
    fn note_time(&mut self, cx: &ViewCx<'_>, out: &mut Outbox, about: Option<Id>) {
        let seconds = std::mem::take(&mut self.spent).round() as u32;
        let Some(session) = self.session.clone().filter(|_| seconds > 0) else { return };
        let is_target = |id: &Id| {
            cx.model.elements.contains_key(id) || cx.model.flows.contains_key(id) || cx.model.boundaries.contains_key(id)
        };
        let Some(about) = about.filter(is_target) else { return };
        let edit = crate::session::with(cx.model, &session, "note the time", |session| {
            let spent = session.seconds.entry(about).or_default();
            *spent = spent.saturating_add(seconds);
        });
        if let Some(edit) = edit {
            // Time passing is no step of its own to be undone one by one.
            out.push(crate::ui::Action::CommitMerged(edit, "time on the stage".to_owned()));
        }
    }

    fn choose(&mut self, cx: &ViewCx<'_>, by: isize) {
        let last = self.threats(cx).len().saturating_sub(1);
        self.chosen = self.chosen.saturating_add_signed(by).min(last);
        (self.scoring, self.disagreeing, self.owning, self.vote) = (None, None, None, None);
    }

    /// The threat that keys are about.
    pub(super) fn current(&self, cx: &ViewCx<'_>) -> Option<ThreatKey> {
        self.threat(cx).map(|finding| finding.key.clone())
    }

    /// Everybody who is there, facilitators first, as they are numbered.
    pub(super) fn attendees(&self, cx: &ViewCx<'_>) -> Vec<(Id, String)> {
        let Some(session) = self.session(cx) else { return Vec::new() };
        let mut all: Vec<_> = session.attendance.iter().collect();
        all.sort_by_cached_key(|(id, roles)| {
            (!roles.contains(&crate::model::Role::Facilitator), cx.model.name_of(id).to_lowercase())
        });
        all.into_iter().map(|(id, _)| (id.clone(), crate::risk::name_of(cx.model, id))).collect()
    }

    fn start_vote(&mut self, cx: &ViewCx<'_>) {
        let voters: Vec<Id> = self.attendees(cx).into_iter().map(|(id, _)| id).collect();
        if voters.is_empty() {
            // Nobody can vote before it is known who is there.
            self.pane = Pane::People;
            return self.ask_line(Asks::Person, String::new());
        }
        let Some(threat) = self.current(cx) else { return };
        let rounds = self.session(cx).and_then(|session| session.ballots.get(&threat)).map_or(0, Vec::len);
        self.pane = Pane::Step;
        self.vote = match self.vote.take() {
            Some(_) => None,
            None => Some(Vote::new(threat, voters, rounds)),
        };
    }

    /// Keys that mean something only to what is asked at the moment: digits and the like. They are taken out of the input.
    pub fn take_keys(&mut self, ctx: &Context, cx: &ViewCx<'_>, out: &mut Outbox) {
        let pressed = ctx.input(|i| {
            let of = |event: &egui::Event| match event {
                egui::Event::Key { key, pressed: true, modifiers, .. } if !modifiers.command && !modifiers.alt => {
                    Some((*key, *modifiers))
                }
                _ => None,
            };
            i.events.iter().filter_map(of).collect::<Vec<_>>()
        });
        for (key, modifiers) in pressed {
            if self.key(key, modifiers.shift, cx, out) {
                ctx.input_mut(|i| i.consume_key(modifiers, key));
                ctx.request_repaint();
            }
        }
    }

    fn key(&mut self, key: Key, shift: bool, cx: &ViewCx<'_>, out: &mut Outbox) -> bool {
        if self.vote.is_some() {
            return self.vote_key(key, cx, out);
        }
        if self.dealt.is_some() {
            return self.card_key(key, cx, out);
        }
        if let Some((threat, is_impact)) = self.scoring.clone() {
            return self.score_key(key, &threat, is_impact, cx, out);
        }
        if let Some(threat) = self.disagreeing.clone() {
            return self.disagree_key(key, &threat, cx, out);
        }
        if let Some(threat) = self.owning.clone() {
            return self.owner_key(key, &threat, cx, out);
        }
        match self.pane {
            Pane::People => self.people_key(key, cx, out),
            Pane::Steps => self.steps_key(key, shift, cx, out),
            Pane::Scenarios => self.scenario_key(key, cx, out),
            Pane::Agenda => self.agenda_key(key, cx, out),
            Pane::Log => self.log_key(key, cx, out),
            Pane::Step | Pane::Help | Pane::Closed => false,
        }
    }

    fn score_key(&mut self, key: Key, threat: &ThreatKey, is_impact: bool, cx: &ViewCx<'_>, out: &mut Outbox) -> bool {
        let Some(finding) = cx.assessment.findings.get(threat) else { return false };
        match digit(key) {
            Some(level @ 1..=5) => {
                let by_hand = cx.model.decisions.get(threat).and_then(|d| d.level_override.clone());
                let before = by_hand.unwrap_or_else(|| LevelOverride {
                    likelihood: finding.current.likelihood.clamp(1, 5),
                    impact: finding.current.impact.clamp(1, 5),
                    reason: "Agreed in the session".to_owned(),
                });
                let levels = match is_impact {
                    false => LevelOverride { likelihood: level, ..before },
                    true => LevelOverride { impact: level, ..before },
                };
                self.set_levels(cx, out, threat, Some(levels), None);
                self.scoring = (!is_impact).then(|| (threat.clone(), true));
                true
            }
            Some(0) => {
                self.set_levels(cx, out, threat, None, None);
                self.scoring = None;
                true
            }
            _ if key == Key::Enter => {
                self.scoring = None;
                true
            }
            _ => false,
        }
    }

    fn disagree_key(&mut self, key: Key, threat: &ThreatKey, cx: &ViewCx<'_>, out: &mut Outbox) -> bool {
        if key == Key::Enter {
            self.disagreeing = None;
            return true;
        }
        let people = self.attendees(cx);
        if self.pick_key(key, people.len()) {
            return true;
        }
        let chosen = (key == Key::Space).then(|| self.chosen_person(people.len()));
        let Some(at) = chosen.or_else(|| usize::from(digit(key)?).checked_sub(1)) else { return false };
        let Some((who, _)) = people.into_iter().nth(at) else { return true };
        let (now, threat) = (self.now, threat.clone());
        let disposition =
            cx.model.decisions.get(&threat).map(|decision| decision.disposition).unwrap_or(crate::model::Disposition::Open);
        self.write(cx, out, "note who disagrees", Vec::new(), |session| {
            if !session.decided.iter().any(|line| line.threat.as_ref() == Some(&threat)) {
                let text = disposition.label().to_owned();
                let line = crate::model::Resolution {
                    at: Some(now),
                    threat: Some(threat.clone()),
                    disposition,
                    text,
                    ..Default::default()
                };
                session.decided.push(line);
            }
            if let Some(line) = session.decided.iter_mut().rev().find(|line| line.threat.as_ref() == Some(&threat))
                && !line.dissent.remove(&who)
            {
                line.dissent.insert(who);
            }
        });
        true
    }
}

/// The number on a key.
pub(super) fn digit(key: Key) -> Option<u8> {
    [Key::Num0, Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9]
        .iter()
        .zip(0u8..)
        .find(|(known, _)| **known == key)
        .map(|(_, number)| number)
}
