//! Which change moved which threat: what would be about as it was without it.

use super::difference::{Difference, Way};
use super::movement::{Moved, Movement, SEEN};
use crate::library::Library;
use crate::model::{Date, Key, Record, ThreatKey, ThreatModel, check, prune};
use crate::progress::Progress;
use crate::risk::{Assessment, LiveAssessment};
use std::collections::BTreeMap;

/// More changes than this are not taken back one by one.
pub const MOST: usize = 300;

/// Notes in `movement` what caused it. Each change is taken back by itself where the model stands without it; what then is
/// back by half or more, was moved by it. With more than [`MOST`] changes only what came and went is told.
pub(super) fn find(
    before: &ThreatModel,
    after: &ThreatModel,
    library: &Library,
    day: Option<Date>,
    (difference, movement): (&Difference, &mut Movement),
    progress: &dyn Progress,
) {
    for moved in &mut movement.threats {
        moved.causes.extend(came_or_went(difference, &moved.threat));
    }
    if movement.threats.is_empty() || difference.records.len() > MOST {
        return;
    }
    let mut live = LiveAssessment::of_day(after, library, day);
    let mut model = after.clone();
    let now: BTreeMap<ThreatKey, f64> =
        movement.threats.iter().map(|m| (m.threat.clone(), count(live.assessment(), m))).collect();
    let all = difference.records.len().max(1);
    for (n, change) in difference.records.iter().enumerate() {
        if progress.cancelled() {
            return;
        }
        progress.report(n as f32 / all as f32, "Looking for causes");
        if !scores(&change.key) {
            continue;
        }
        let is = model.get(&change.key);
        model.put(&change.key, earlier(before, after, &change.key));
        if check(&model).is_empty() {
            live.follow(&model, std::iter::once(&change.key));
            for moved in &mut movement.threats {
                let (now, without) = (now.get(&moved.threat).copied().unwrap_or_default(), count(live.assessment(), moved));
                let back = (now - without) / moved.by();
                let is_moved = moved.by().abs() >= SEEN && back.is_finite() && back >= 0.5;
                let is_decided = matches!(&change.key, Key::Decision(threat) if *threat == moved.threat);
                if is_moved || is_decided {
                    moved.causes.insert(change.key.clone());
                }
            }
            model.put(&change.key, is);
            live.follow(&model, std::iter::once(&change.key));
        } else {
            model.put(&change.key, is);
        }
    }
}

/// The record that brought a threat, or took it along.
fn came_or_went(difference: &Difference, threat: &ThreatKey) -> Option<Key> {
    let is_home = |key: &Key| key.id().is_some_and(|id| *id == threat.anchor || *id == threat.rule);
    let change = difference.records.iter().find(|change| change.way != Way::Changed && is_home(&change.key));
    change.map(|change| change.key.clone())
}

/// The record as it was, without what is not there any more.
fn earlier(before: &ThreatModel, after: &ThreatModel, key: &Key) -> Option<Record> {
    let mut record = before.get(key)?;
    prune(&mut record, &mut |role, id| role.resolves(after, id));
    Some(record)
}

/// Kinds that never score.
fn scores(key: &Key) -> bool {
    !matches!(key, Key::Person(_) | Key::Note(_) | Key::Diagram(_) | Key::Placement(_) | Key::Assumption(_))
}

/// What a threat counts in an assessment.
fn count(assessment: &Assessment, moved: &Moved) -> f64 {
    assessment.findings.get(&moved.threat).filter(|f| f.counts()).map_or(0.0, |f| f.current.score)
}
