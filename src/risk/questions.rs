//! Unknowns become questions, ranked by how much risk they decide.

use super::assessment::Question;
use super::finding::{Finding, FindingStatus};
use super::unanswered::Unanswered;
use crate::model::{Disposition, ThreatKey};
use std::cmp::Ordering;
use std::collections::HashMap;

/// What every question decides: the threats with the share of their score, in order of keys.
#[derive(Default)]
pub(super) struct QuestionBook {
    decides: HashMap<Unanswered, Decides>,
    /// Questions whose threats changed since the list was last brought up to date, with their value on it.
    noted: HashMap<Unanswered, Option<f64>>,
}

#[derive(Default)]
struct Decides {
    threats: Vec<(ThreatKey, f64)>,
    /// As it stands on the list; `None` while it does not.
    listed: Option<f64>,
}

impl Decides {
    /// As it is put on the list.
    fn question(&mut self, about: Unanswered) -> Question {
        self.threats.sort_by(by_key);
        let value = self.threats.iter().map(|(_, share)| share).sum();
        self.listed = Some(value);
        let threats = self.threats.chunk_by(|a, b| a.0 == b.0).count();
        Question { about, value, threats }
    }
}

/// By threat: rule, then anchor.
fn by_key(a: &(ThreatKey, f64), b: &(ThreatKey, f64)) -> Ordering {
    a.0.cmp(&b.0)
}

/// The most deciding first.
fn most_first(a: &Question, b: &Question) -> Ordering {
    b.value.total_cmp(&a.value).then_with(|| a.about.cmp(&b.about))
}

fn is_open(finding: &&Finding) -> bool {
    finding.status == FindingStatus::Possible && finding.disposition != Disposition::NotApplicable
}

impl QuestionBook {
    /// Notes what the findings of an anchor leave open.
    pub fn add<'a>(&mut self, findings: impl IntoIterator<Item = &'a Finding>) {
        for finding in findings.into_iter().filter(is_open) {
            let share = finding.current.score / finding.missing.len() as f64;
            for about in &finding.missing {
                let about = about.at_source();
                self.note(&about);
                self.decides.entry(about).or_default().threats.push((finding.key.clone(), share));
            }
        }
    }

    /// Notes what all findings leave open. Returns the list of questions.
    pub fn of_all<'a>(&mut self, findings: impl Iterator<Item = &'a Finding>) -> Vec<Question> {
        for finding in findings.filter(is_open) {
            let share = finding.current.score / finding.missing.len() as f64;
            for about in &finding.missing {
                self.decides.entry(about.at_source()).or_default().threats.push((finding.key.clone(), share));
            }
        }
        self.decides.values_mut().for_each(|decides| decides.threats.shrink_to_fit());
        let mut list: Vec<Question> = self.decides.iter_mut().map(|(about, decides)| decides.question(about.clone())).collect();
        list.sort_by(most_first);
        list
    }

    /// Forgets what the findings of an anchor left open.
    pub fn remove<'a>(&mut self, findings: impl IntoIterator<Item = &'a Finding>) {
        for finding in findings.into_iter().filter(is_open) {
            for about in &finding.missing {
                let about = about.at_source();
                self.note(&about);
                if let Some(decides) = self.decides.get_mut(&about) {
                    decides.threats.retain(|(key, _)| *key != finding.key);
                }
            }
        }
    }

    fn note(&mut self, about: &Unanswered) {
        if !self.noted.contains_key(about) {
            self.noted.insert(about.clone(), self.decides.get(about).and_then(|d| d.listed));
        }
    }

    /// Brings the list of questions up to date.
    pub fn update(&mut self, list: &mut Vec<Question>) {
        let noted = std::mem::take(&mut self.noted);
        let mut new: Vec<Question> = Vec::new();
        let mut gone: Vec<usize> = Vec::new();
        for (about, listed) in noted {
            let was = listed.map(|value| Question { about: about.clone(), value, threats: 0 });
            gone.extend(was.and_then(|was| list.binary_search_by(|known| most_first(known, &was)).ok()));
            let Some(decides) = self.decides.get_mut(&about) else { continue };
            if decides.threats.is_empty() {
                self.decides.remove(&about);
                continue;
            }
            new.push(decides.question(about));
        }
        new.sort_by(most_first);
        gone.sort_unstable();
        let mut gone = gone.into_iter().peekable();
        if gone.peek().is_some() {
            let mut place = 0;
            list.retain(|_| {
                let goes = gone.next_if_eq(&place).is_some();
                place += 1;
                !goes
            });
        }
        merge(list, new);
    }
}

/// Puts sorted questions into a sorted list.
fn merge(list: &mut Vec<Question>, new: Vec<Question>) {
    if list.is_empty() {
        *list = new;
        return;
    }
    let places: Vec<usize> = new.iter().map(|q| list.partition_point(|known| most_first(known, q).is_lt())).collect();
    let mut out = Vec::with_capacity(list.len() + new.len());
    let mut known = std::mem::take(list).into_iter();
    let mut taken = 0;
    for (question, place) in new.into_iter().zip(places) {
        out.extend(known.by_ref().take(place - taken));
        taken = place;
        out.push(question);
    }
    out.extend(known);
    *list = out;
}
