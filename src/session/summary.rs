//! What came of a session, as data: who was there, decisions, scores, changes since it began, what is left to do.

use super::blind::{Agreement, agreement};
use super::cards::points;
use super::coverage::Progressed;
use crate::compare::{Difference, Movement, RecordChange, Scores, bare, thaw};
use crate::library::Library;
use crate::model::*;
use crate::risk::{Assessment, name_of};
use crate::text;

/// A session looked back at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    pub name: String,
    pub model: String,
    pub began: Option<Moment>,
    pub ended: Option<Moment>,
    /// Everybody with what they were there as, facilitators first.
    pub attendance: Vec<(String, Vec<Role>)>,
    pub agenda: Vec<AgendaItem>,
    pub decided: Vec<DecidedRow>,
    pub scored: Vec<ScoredRow>,
    /// What differs from when it began; `None` when that was not kept or cannot be read.
    pub changed: Option<Difference>,
    /// How risk moved since.
    pub movement: Option<Movement>,
    /// What nobody stated yet, the most deciding first.
    pub questions: Vec<String>,
    /// How many there are in all.
    pub all_questions: usize,
    pub parked: Vec<ParkedRow>,
    /// What was written down, with where.
    pub notes: Vec<(String, String)>,
    pub next: Vec<NextStep>,
    /// Points of the card game, most first.
    pub points: Vec<(String, u32)>,
    pub progress: Progressed,
}

/// A line of the decision log.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DecidedRow {
    /// Number or code of the threat; empty for what is about none.
    pub label: String,
    pub title: String,
    pub text: String,
    pub by: String,
    pub dissent: Vec<String>,
    pub at: Option<Moment>,
    /// Current level of the threat.
    pub band: Option<Band>,
}

/// A blind score.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoredRow {
    pub label: String,
    pub title: String,
    pub agreement: Agreement,
    pub rounds: usize,
}

/// A line of the parking lot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ParkedRow {
    pub text: String,
    pub about: String,
    pub by: String,
    pub at: Option<Moment>,
    pub settled: bool,
}

/// Something to be done after the session.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NextStep {
    pub what: String,
    /// Who does it; empty while nobody was named.
    pub who: String,
    pub due: Option<Date>,
}

/// Open questions that are listed.
const QUESTIONS: usize = 5;
/// So many matters put off are next steps of their own; more are one together.
const EACH: usize = 2;

impl Summary {
    /// The summary of a session; `None` when the model has none of that id. `assessment` is that of the model as it is now.
    pub fn of(model: &ThreatModel, library: &Library, assessment: &Assessment, id: &Id) -> Option<Summary> {
        let session = model.sessions.get(id)?;
        let told = Told { model, library, assessment };
        let frozen = session.start.as_ref().and_then(|start| thaw(start).ok());
        let changed = frozen.as_ref().map(|frozen| Difference::between(&frozen.model, &bare(model), library));
        let movement = frozen.as_ref().map(|frozen| Movement::between(&frozen.scores, &Scores::of(assessment)));
        let mut attendance: Vec<(String, Vec<Role>)> =
            session.attendance.iter().map(|(id, roles)| (name_of(model, id), roles.iter().copied().collect())).collect();
        attendance.sort_by_cached_key(|(name, roles)| (!roles.contains(&Role::Facilitator), name.to_lowercase()));
        Some(Summary {
            name: session.name.clone(),
            model: model.info.name.clone(),
            began: session.began,
            ended: session.ended,
            attendance,
            agenda: session.agenda.clone(),
            decided: told.all_decided(session),
            scored: session.ballots.iter().filter_map(|(threat, rounds)| told.scored(threat, rounds)).collect(),
            next: told.next(session, changed.as_ref()),
            changed,
            movement,
            questions: assessment.questions.iter().take(QUESTIONS).map(|q| q.about.question(model)).collect(),
            all_questions: assessment.questions.len(),
            parked: session.parked.iter().map(|parked| told.parked(parked)).collect(),
            notes: session
                .notes
                .iter()
                .map(|note| (told.place(note.threat.as_ref(), note.about.as_ref()), note.text.clone()))
                .collect(),
            points: points(session, library).into_iter().map(|(id, points)| (name_of(model, &id), points)).collect(),
            progress: Progressed::of(model, assessment, Some(session)),
        })
    }

    /// How long it took, in minutes.
    pub fn minutes(&self) -> Option<i64> {
        Some(self.began?.minutes_until(self.ended?))
    }

    /// What was said about the system that differs: decisions, people and notes are told elsewhere.
    pub fn changes(&self) -> impl Iterator<Item = &RecordChange> {
        let told =
            |key: &Key| !matches!(key, Key::Decision(_) | Key::Person(_) | Key::Note(_) | Key::Diagram(_) | Key::Appraisal(_));
        self.changed.iter().flat_map(|difference| &difference.records).filter(move |change| told(&change.key))
    }
}

struct Told<'a> {
    model: &'a ThreatModel,
    library: &'a Library,
    assessment: &'a Assessment,
}

impl Told<'_> {
    /// Number and title of a threat, with its place where the title does not say it.
    fn threat(&self, key: &ThreatKey) -> (String, String) {
        let place = name_of(self.model, &key.anchor);
        let (label, title) = match self.assessment.findings.get(key) {
            Some(finding) => (finding.label(), finding.title.clone()),
            None => {
                let number = self.model.decisions.get(key).and_then(|decision| decision.number);
                let rule = || self.library.rule(key.rule.as_str()).map(|(_, rule)| self.library.title_of(rule));
                let title = rule().unwrap_or_else(|| name_of(self.model, &key.rule));
                (number.map_or_else(String::new, |n| format!("T-{n}")), title)
            }
        };
        let title = if title.contains(&place) { title } else { format!("{title}, at {place}") };
        (label, title)
    }

    fn person(&self, id: Option<&Id>) -> String {
        id.map(|id| name_of(self.model, id)).unwrap_or_default()
    }

    fn place(&self, threat: Option<&ThreatKey>, about: Option<&Id>) -> String {
        match threat {
            Some(threat) => {
                let (label, title) = self.threat(threat);
                format!("{label} {title}").trim().to_owned()
            }
            None => self.person(about),
        }
    }

    /// One line for each threat, in the order in which they came up first: all that was said about it.
    fn all_decided(&self, session: &Session) -> Vec<DecidedRow> {
        let mut rows: Vec<(Option<&ThreatKey>, DecidedRow)> = Vec::new();
        for resolution in &session.decided {
            let row = self.decided(resolution);
            let threat = resolution.threat.as_ref();
            match rows.iter_mut().find(|(known, _)| threat.is_some() && *known == threat) {
                Some((_, known)) => {
                    let text = format!("{}; {}", known.text, text::lower_first(&row.text));
                    let more: Vec<String> = row.dissent.into_iter().filter(|who| !known.dissent.contains(who)).collect();
                    known.dissent.extend(more);
                    (known.text, known.by, known.at, known.band) = (text, row.by, row.at, row.band);
                }
                None => rows.push((threat, row)),
            }
        }
        rows.into_iter().map(|(_, row)| row).collect()
    }

    fn decided(&self, resolution: &Resolution) -> DecidedRow {
        let (label, title) = resolution.threat.as_ref().map(|threat| self.threat(threat)).unwrap_or_default();
        let finding = resolution.threat.as_ref().and_then(|threat| self.assessment.findings.get(threat));
        DecidedRow {
            label,
            title,
            text: resolution.text.clone(),
            by: self.person(resolution.by.as_ref()),
            dissent: resolution.dissent.iter().map(|id| name_of(self.model, id)).collect(),
            at: resolution.at,
            band: finding.map(|finding| finding.band()),
        }
    }

    fn scored(&self, threat: &ThreatKey, rounds: &[std::collections::BTreeMap<Id, Ballot>]) -> Option<ScoredRow> {
        let agreement = agreement(rounds.last()?)?;
        let (label, title) = self.threat(threat);
        Some(ScoredRow { label, title, agreement, rounds: rounds.len() })
    }

    fn parked(&self, parked: &Parked) -> ParkedRow {
        ParkedRow {
            text: parked.text.clone(),
            about: self.person(parked.about.as_ref()),
            by: self.person(parked.by.as_ref()),
            at: parked.at,
            settled: parked.settled,
        }
    }

    /// What was decided to be done, controls that were planned meanwhile, and what was put off.
    fn next(&self, session: &Session, changed: Option<&Difference>) -> Vec<NextStep> {
        let mut steps = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        for threat in session.decided.iter().filter_map(|resolution| resolution.threat.as_ref()) {
            let Some(decision) =
                self.model.decisions.get(threat).filter(|d| seen.insert(threat) && d.disposition == Disposition::Mitigate)
            else {
                continue;
            };
            let (label, title) = self.threat(threat);
            let what = format!("Mitigate {label}: {title}");
            steps.push(NextStep { what, who: self.person(decision.owner.as_ref()), due: decision.due });
        }
        let records = changed.into_iter().flat_map(|difference| &difference.records);
        for change in records {
            let Key::Instance(id) = &change.key else { continue };
            if let Some(instance) = self.model.instances.get(id).filter(|instance| instance.status.is_coming()) {
                let what = format!("Carry out {}", change.name);
                steps.push(NextStep { what, who: self.person(instance.owner.as_ref()), due: instance.due });
            }
        }
        let parked: Vec<&Parked> = session.parked.iter().filter(|parked| !parked.settled).collect();
        if parked.len() > EACH {
            let what = format!("Come back to the {} parked matters", parked.len());
            steps.push(NextStep { what, who: self.person(parked.iter().find_map(|parked| parked.by.as_ref())), due: None });
        }
        for parked in parked.iter().filter(|_| parked.len() <= EACH) {
            let about = self.person(parked.about.as_ref());
            let about = if about.is_empty() { String::new() } else { format!(" ({about})") };
            let what = format!("Come back to: {}{about}", parked.text);
            steps.push(NextStep { what, who: self.person(parked.by.as_ref()), due: None });
        }
        if session.decided.iter().any(|resolution| resolution.disposition == Disposition::Accept) {
            let missing = session.decided.iter().filter_map(|r| self.model.decisions.get(r.threat.as_ref()?));
            let many =
                missing.filter(|d| d.disposition == Disposition::Accept && (d.approver.is_none() || d.expires.is_none())).count();
            if many > 0 {
                let risks = if many == 1 { "1 accepted risk".to_owned() } else { format!("{many} accepted risks") };
                steps.push(NextStep { what: format!("Name approver and end of {risks}"), ..NextStep::default() });
            }
        }
        steps
    }
}
