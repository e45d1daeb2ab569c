//! The list of all threats after a few were found or rated otherwise: of a hundred thousand only those few look for their place.

use super::facts::most_pressing;
use super::listing::{Line, possible_threats};
use super::{Facts, Listing, Row, View};
use crate::model::Id;
use crate::risk::{Finding, FindingStatus};
use std::collections::BTreeSet;
use std::ops::Range;

/// With threats at more places than this found again, all are sorted anew.
const FEW: usize = 64;

impl Listing {
    /// Brings the list of all threats in their own order up to date, where those at `places` may be others now. False, and
    /// nothing done, where it has to be made anew.
    pub fn follow(&mut self, facts: &Facts<'_>, view: &View, places: &[Id]) -> bool {
        let places: BTreeSet<&Id> = places.iter().collect();
        let is_folded = self.lines.iter().any(|line| matches!(line, Line::Group(group) if group.is_folded));
        if places.len() > FEW || is_folded || facts.rates_by_another() || !Listing::is_plain(view) {
            return false;
        }
        let findings = &facts.assessment.findings;
        self.lines.retain(|line| !matches!(line, Line::Row(Row::Threat(key)) if places.contains(&key.anchor)));
        let heading = self.lines.iter().position(|line| matches!(line, Line::Group(_)));
        let heading = heading.unwrap_or_else(|| {
            self.lines.push(Line::Group(possible_threats(0, None, view)));
            self.lines.len() - 1
        });
        let mut found: Vec<&Finding> = places.iter().flat_map(|place| findings.at(place)).collect();
        // Possible ones stand below the others, which are those before the heading.
        found.sort_by(|a, b| a.status.cmp(&b.status).then_with(|| most_pressing(a, b)));
        let at = |threat: &&Finding| match threat.status {
            FindingStatus::Applies => place(&self.lines, 0..heading, threat, facts),
            FindingStatus::Possible => place(&self.lines, heading + 1..self.lines.len(), threat, facts),
        };
        let places: Vec<usize> = found.iter().map(at).collect();
        put(&mut self.lines, &places, &found);
        let heading = heading + places.iter().filter(|at| **at <= heading).count();
        let many = self.lines.len() - 1 - heading;
        let worst = self.lines.get(heading + 1).and_then(|line| finding(line, facts)).map(Finding::band);
        match self.lines.get_mut(heading) {
            Some(line) if many > 0 => *line = Line::Group(possible_threats(many, worst, view)),
            _ => self.lines.truncate(heading),
        }
        (self.many, self.of) = (findings.len(), findings.len());
        true
    }
}

fn finding<'a>(line: &Line, facts: &Facts<'a>) -> Option<&'a Finding> {
    match line {
        Line::Row(Row::Threat(key)) => facts.finding(key),
        _ => None,
    }
}

/// Where a threat belongs among lines that are in order.
fn place(lines: &[Line], among: Range<usize>, threat: &Finding, facts: &Facts<'_>) -> usize {
    let is_before = |line: &Line| finding(line, facts).is_some_and(|other| most_pressing(other, threat).is_lt());
    among.start + lines.get(among).unwrap_or_default().partition_point(is_before)
}

/// Puts threats before the lines that are at these places, which go up.
fn put(lines: &mut Vec<Line>, places: &[usize], threats: &[&Finding]) {
    let mut end = lines.len();
    lines.extend(threats.iter().map(|threat| Line::Row(Row::Threat(threat.key.clone()))));
    // The last one takes its place first, with those before it still at hand: so each line is moved once.
    for (n, at) in places.iter().enumerate().rev() {
        if let Some(moved) = lines.get_mut(*at..end + n + 1) {
            moved.rotate_right(n + 1);
        }
        end = *at;
    }
}
