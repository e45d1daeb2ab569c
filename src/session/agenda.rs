//! The order of the day and the time left for its parts.

use crate::model::AgendaItem;

/// A meeting of ninety minutes: scope, the picture, threats, scores, answers, close.
pub fn ninety_minutes() -> Vec<AgendaItem> {
    let parts = [("Scope", 10), ("Map", 15), ("Threats", 20), ("Scores", 20), ("Answers", 20), ("Close", 5)];
    parts.map(|(name, minutes)| AgendaItem { name: name.to_owned(), minutes }).to_vec()
}

/// The time a meeting has taken, part by part. Seconds are passed in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timer {
    part: usize,
    /// Seconds of the present part, and of all.
    spent: f64,
    total: f64,
    is_stopped: bool,
}

impl Timer {
    /// Time passes, unless it is stopped.
    pub fn pass(&mut self, seconds: f64) {
        if !self.is_stopped && seconds.is_finite() && seconds > 0.0 {
            self.spent += seconds;
            self.total += seconds;
        }
    }

    /// Stops it, or lets it go on.
    pub fn toggle(&mut self) {
        self.is_stopped = !self.is_stopped;
    }

    pub fn is_stopped(&self) -> bool {
        self.is_stopped
    }

    /// On to the next part; the last one stays.
    pub fn next(&mut self, agenda: &[AgendaItem]) {
        if self.part + 1 < agenda.len() {
            self.part += 1;
            self.spent = 0.0;
        }
    }

    /// Stays within an agenda that became shorter.
    pub fn fit(&mut self, agenda: &[AgendaItem]) {
        let last = agenda.len().saturating_sub(1);
        if self.part > last {
            (self.part, self.spent) = (last, 0.0);
        }
    }

    /// Back to the part before, from its beginning.
    pub fn back(&mut self) {
        if self.part > 0 {
            self.part -= 1;
            self.spent = 0.0;
        }
    }

    /// Seconds since it began, stops left out.
    pub fn total(&self) -> f64 {
        self.total
    }

    pub fn part(&self) -> usize {
        self.part
    }

    /// Seconds left of the present part, negative when it takes longer; `None` without an agenda.
    pub fn left(&self, agenda: &[AgendaItem]) -> Option<i64> {
        agenda.get(self.part).map(|item| i64::from(item.minutes) * 60 - self.spent as i64)
    }

    /// "Threats 12:40", "Threats +1:05" when over, or how long it has been without an agenda.
    pub fn words(&self, agenda: &[AgendaItem]) -> String {
        match (agenda.get(self.part), self.left(agenda)) {
            (Some(item), Some(left)) => {
                let sign = if left < 0 { "+" } else { "" };
                format!("{} {sign}{}", item.name, minutes(left.unsigned_abs()))
            }
            _ => minutes(self.total as u64),
        }
    }
}

fn minutes(seconds: u64) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}
