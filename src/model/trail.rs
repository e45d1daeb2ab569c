//! What changed, one thing after the other, for those who show it and come to look at times of their own.

use super::Id;
use std::sync::Arc;

/// So many changes are remembered; who was away for longer looks at everything again.
const REMEMBERED: usize = 100_000;

/// Ids of what changed since the trail began.
#[derive(Debug, Default)]
pub struct Trail {
    token: Arc<()>,
    ids: Vec<Id>,
}

/// A moment on a trail.
#[derive(Clone, Debug)]
pub struct Mark(Arc<()>, usize);

impl Trail {
    /// This is another now.
    pub fn note(&mut self, id: &Id) {
        if self.ids.len() >= REMEMBERED {
            self.begin_anew();
        }
        self.ids.push(id.clone());
    }

    /// These are others now; without a list, anything may be.
    pub fn follow(&mut self, ids: Option<Vec<&Id>>) {
        match ids {
            Some(ids) => ids.into_iter().for_each(|id| self.note(id)),
            None => self.begin_anew(),
        }
    }

    /// Anything may be another now.
    pub fn begin_anew(&mut self) {
        *self = Trail::default();
    }

    /// This moment, to ask later what changed since.
    pub fn mark(&self) -> Mark {
        Mark(Arc::clone(&self.token), self.ids.len())
    }

    /// What changed since a moment, some things maybe more than once; `None` when that may be anything.
    pub fn since(&self, mark: &Mark) -> Option<&[Id]> {
        Arc::ptr_eq(&self.token, &mark.0).then(|| self.ids.get(mark.1..)).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_comes_late_is_told_all_and_who_was_away_too_long_nothing() {
        let mut trail = Trail::default();
        let start = trail.mark();
        assert_eq!(trail.since(&start), Some(&[][..]));
        trail.note(&"a".into());
        let later = trail.mark();
        trail.note(&"b".into());
        assert_eq!(trail.since(&start), Some(&["a".into(), "b".into()][..]));
        assert_eq!(trail.since(&later), Some(&["b".into()][..]));
        trail.begin_anew();
        assert_eq!(trail.since(&later), None);
        assert_eq!(Trail::default().since(&trail.mark()), None, "it is another trail");
        let start = trail.mark();
        (0..=REMEMBERED).for_each(|_| trail.note(&"c".into()));
        assert_eq!(trail.since(&start), None);
    }
}
