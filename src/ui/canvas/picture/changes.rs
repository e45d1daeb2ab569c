//! What may look different since the picture was drawn last: what the layout replaced, where the risk is another, records
//! that say something else, and the words of flows over a boundary that moved.

use crate::geometry::Rect;
use crate::model::{Id, Mark, Trail};
use crate::risk::{Assessment, Rollup};
use crate::scene::{BoxKind, Detail, DiagramLayout, Look};
use crate::ui::ViewCx;
use std::cmp::Ordering;
use std::collections::BTreeSet;

#[derive(Debug, PartialEq)]
pub(super) enum Changes {
    Nothing,
    /// These.
    Of(BTreeSet<Id>),
    /// These, and whatever stands elsewhere: the layout is another one.
    Anywhere(BTreeSet<Id>),
    /// Nothing stays as it was.
    Everything,
}

impl Changes {
    /// These look different as well.
    pub fn add<'a>(&mut self, ids: impl Iterator<Item = &'a Id>) {
        match self {
            Changes::Nothing => *self = Changes::Of(ids.cloned().collect()),
            Changes::Of(changed) | Changes::Anywhere(changed) => changed.extend(ids.cloned()),
            Changes::Everything => {}
        }
    }
}

/// What was drawn last, apart from the records themselves.
#[derive(Debug, Default)]
pub(super) struct Known {
    revision: u64,
    content: u64,
    layout: Option<Mark>,
    records: Option<Mark>,
    risks: Risks,
    /// The frames of boundaries, which show under the words of flows.
    grounds: Vec<Rect>,
}

impl Known {
    /// Starts with what is there now, of which nothing is drawn yet.
    pub fn start(&mut self, cx: &ViewCx<'_>) -> Changes {
        (self.revision, self.content) = (cx.revision, cx.content_now);
        (self.layout, self.records) = (Some(cx.layout.mark()), Some(cx.records.mark()));
        self.risks.start(cx);
        self.grounds = grounds(cx.layout);
        Changes::Everything
    }

    /// What changed since it was asked last.
    pub fn changes(&mut self, cx: &ViewCx<'_>, look: &Look) -> Changes {
        let (revision, content) = (self.revision, self.content);
        if (revision, content) == (cx.revision, cx.content_now) {
            return Changes::Nothing;
        }
        (self.revision, self.content) = (cx.revision, cx.content_now);
        let mark = self.layout.replace(cx.layout.mark());
        let replaced = mark.and_then(|mark| cx.layout.replaced_since(&mark));
        let records = self.records.replace(cx.records.mark());
        let Some(other) = records.and_then(|mark| cx.records.since(&mark)) else { return self.start(cx) };
        let mut changed: BTreeSet<Id> = replaced.into_iter().flatten().chain(other).cloned().collect();
        if content != cx.content_now {
            let Some(risks) = self.risks.changes(cx) else { return self.start(cx) };
            changed.extend(risks);
            // What stands for others shows what they are.
            changed.extend(cx.layout.bundles.keys().cloned());
            let folded = cx.layout.boxes.iter().filter(|(_, b)| b.kind == BoxKind::Folded);
            changed.extend(folded.map(|(id, _)| id.clone()));
        }
        let before = std::mem::replace(&mut self.grounds, grounds(cx.layout));
        if look.detail < Detail::Heat && before != self.grounds {
            changed.extend(self.words_over(&before, cx.layout));
        }
        if replaced.is_some() { Changes::Of(changed) } else { Changes::Anywhere(changed) }
    }

    /// Flows whose words lie over another ground than before.
    fn words_over(&self, before: &[Rect], layout: &DiagramLayout) -> Vec<Id> {
        let is_even = before.len() == self.grounds.len();
        let moved: Vec<Rect> = before.iter().zip(&self.grounds).filter(|(a, b)| a != b).flat_map(|(a, b)| [*a, *b]).collect();
        let is_over = |area: Rect| !is_even || moved.iter().any(|ground| ground.intersects(area));
        let over = layout.flows.iter().filter(|(_, flow)| flow.label.as_ref().is_some_and(|label| is_over(label.mask)));
        over.map(|(id, _)| id.clone()).collect()
    }
}

fn grounds(layout: &DiagramLayout) -> Vec<Rect> {
    layout.boxes.values().filter(|b| b.kind == BoxKind::Boundary).map(|b| b.rect).collect()
}

/// The risk that was shown.
#[derive(Debug, Default)]
enum Risks {
    #[default]
    Unknown,
    /// That of the assessment which follows the model, as it stood then.
    Followed(Mark),
    Listed(Box<List>),
}

impl Risks {
    /// Starts with what is shown now.
    fn start(&mut self, cx: &ViewCx<'_>) {
        *self = match trail(cx) {
            Some(trail) => Risks::Followed(trail.mark()),
            None => {
                let mut list = List::default();
                list.changes(cx.assessment);
                Risks::Listed(Box::new(list))
            }
        }
    }

    /// Becomes what is shown now; tells where it may be another than before, or `None` when that is anywhere.
    fn changes(&mut self, cx: &ViewCx<'_>) -> Option<BTreeSet<Id>> {
        match (self, trail(cx)) {
            (Risks::Followed(mark), Some(trail)) => {
                let since = trail.since(mark).map(|ids| ids.iter().cloned().collect());
                *mark = trail.mark();
                since
            }
            (Risks::Listed(list), None) => Some(list.changes(cx.assessment)),
            _ => None,
        }
    }
}

/// Where the assessment that is shown became another, if it is the one that follows the model.
fn trail<'a>(cx: &ViewCx<'a>) -> Option<&'a Trail> {
    cx.live.filter(|live| std::ptr::eq(live.assessment(), cx.assessment)).map(|live| live.trail())
}

/// The risk shown at everything.
#[derive(Debug, Default)]
struct List {
    elements: Vec<(Id, Rollup)>,
    flows: Vec<(Id, Rollup)>,
    boundaries: Vec<(Id, [Rollup; 2])>,
    /// Trust at both ends.
    crossings: Vec<(Id, [Option<u8>; 2])>,
}

impl List {
    /// Becomes what is shown now; tells where it is another than before.
    fn changes(&mut self, now: &Assessment) -> BTreeSet<Id> {
        let mut out = BTreeSet::new();
        follow(&mut self.elements, now.elements.iter().map(|(id, e)| (id, e.risk)), &mut out);
        follow(&mut self.flows, now.flows.iter().map(|(id, risk)| (id, *risk)), &mut out);
        follow(&mut self.boundaries, now.boundaries.iter().map(|(id, b)| (id, [b.own, b.risk])), &mut out);
        follow(&mut self.crossings, now.crossings.iter().map(|(id, c)| (id, [c.from, c.to])), &mut out);
        out
    }
}

/// Brings a list up to date with the one it is to be; both in the order of ids.
fn follow<'a, V: Copy + PartialEq>(
    known: &mut Vec<(Id, V)>,
    now: impl Iterator<Item = (&'a Id, V)> + Clone,
    changed: &mut BTreeSet<Id>,
) {
    let (mut old, mut new) = (known.iter_mut().peekable(), now.clone().peekable());
    let mut is_same_list = true;
    loop {
        let order = match (old.peek(), new.peek()) {
            (Some((a, _)), Some((b, _))) => a.cmp(b),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => break,
        };
        is_same_list &= order == Ordering::Equal;
        let was = if order != Ordering::Greater { old.next() } else { None };
        let is = if order != Ordering::Less { new.next() } else { None };
        match (was, is) {
            (Some((_, was)), Some((_, is))) if *was == is => {}
            (Some((id, was)), Some((_, is))) => {
                *was = is;
                changed.insert(id.clone());
            }
            (Some((id, _)), None) => drop(changed.insert(id.clone())),
            (None, Some((id, _))) => drop(changed.insert(id.clone())),
            (None, None) => {}
        }
    }
    if !is_same_list {
        *known = now.map(|(id, value)| (id.clone(), value)).collect();
    }
}
