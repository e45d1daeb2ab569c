//! However little time a frame has: what is shown while something is dragged is whole, and where it settles does not depend
//! on how often it had to stop.

use crate::support::graphs::{self, Chance, PAGE};
use palisade::edit::{Document, Edit};
use palisade::geometry::{Rect, vec2};
use palisade::model::*;
use palisade::progress::Progress;
use palisade::scene::{DiagramLayout, LiveLayout};
use std::cell::Cell;
use std::collections::BTreeSet;

/// Says that it is enough when asked so many times.
struct Steps(Cell<usize>);

impl Progress for Steps {
    fn report(&self, _: f32, _: &str) {}

    fn cancelled(&self) -> bool {
        let left = self.0.get().saturating_sub(1);
        self.0.set(left);
        left == 0
    }
}

fn steps(n: usize) -> Steps {
    Steps(Cell::new(n))
}

/// Something is dragged somewhere, or a boundary made larger.
fn any_edit(m: &ThreatModel, chance: &mut Chance) -> Edit {
    let items: Vec<Id> =
        m.placed(&PAGE.into()).filter(|(id, _)| m.rect_of(&PAGE.into(), id).is_some()).map(|(id, _)| id.clone()).collect();
    let item = items[chance.below(items.len())].clone();
    let rect = m.rect_of(&PAGE.into(), &item).unwrap();
    let (x, y) = (chance.below(9) as f32 * 24.0 - 96.0, chance.below(9) as f32 * 24.0 - 96.0);
    if chance.below(4) == 0 {
        let rect = Rect { w: rect.w + x.abs(), h: rect.h + y.abs(), ..rect };
        return Edit::Resize { diagram: PAGE.into(), item, rect };
    }
    Edit::Move { diagram: PAGE.into(), items: [item].into(), by: vec2(x, y) }
}

/// Everything is drawn somewhere, flows from and to their elements, and found there.
fn assert_whole(shown: &DiagramLayout, wanted: &DiagramLayout, what: &str) {
    let ids = |l: &DiagramLayout| {
        (l.boxes.keys().cloned().collect::<BTreeSet<Id>>(), l.flows.keys().cloned().collect::<BTreeSet<Id>>())
    };
    assert!(ids(shown) == ids(wanted), "{what}: something is missing");
    for (id, flow) in &shown.flows {
        assert!(flow.points.iter().all(|p| p.is_finite()), "{what}: {id}");
        for end in [&flow.start, &flow.end] {
            let Some(element) = &end.element else { continue };
            assert!(shown.boxes[element].rect.expand(1.5).contains(end.at), "{what}: {id} has lost {element}");
        }
        let around = Rect::around(flow.points.iter().copied()).unwrap().expand(1.0);
        assert!(shown.near(around).contains(&id), "{what}: {id} is not found where it is drawn");
    }
    for (id, placed) in &shown.boxes {
        assert_eq!(placed.tab.is_some(), wanted.boxes[id].tab.is_some(), "{what}: the name of {id}");
    }
}

fn drag(name: &str, model: ThreatModel, seed: u64, most: usize) {
    let mut document = Document::new(model);
    let mut chance = Chance(seed);
    let (mut free, mut hurried) =
        (LiveLayout::new(document.model(), &PAGE.into()), LiveLayout::new(document.model(), &PAGE.into()));
    let mut waited = 0;
    for step in 0..12 {
        let edit = any_edit(document.model(), &mut chance);
        document.preview(&edit).unwrap();
        let changes = document.take_changes();
        assert!(free.follow(document.model(), changes.changes.keys()));
        assert!(hurried.follow_for(document.model(), changes.changes.keys(), &steps(1 + chance.below(most))));
        let what = format!("{name}, step {step}");
        // Half of the time the next step comes before this one is done.
        let mut frames = chance.below(4);
        let stays = chance.below(2) == 0;
        while hurried.is_behind() && (stays || frames > 0) {
            assert_whole(hurried.layout(), free.layout(), &what);
            hurried.go_on(document.model(), &steps(1 + chance.below(most)));
            frames = frames.saturating_sub(1);
            waited += 1;
            assert!(waited < 20_000, "{what}: it comes to no end");
        }
        if !hurried.is_behind() {
            assert!(hurried.layout() == free.layout(), "{what}: it settled elsewhere");
        }
    }
    document.cancel_preview();
    let changes = document.take_changes();
    assert!(free.follow(document.model(), changes.changes.keys()));
    assert!(hurried.follow(document.model(), changes.changes.keys()));
    assert!(hurried.layout() == free.layout(), "{name}: not back where it began");
    assert!(most > 5 || waited > 0, "{name}: there was time enough");
}

#[test]
fn where_it_settles_does_not_depend_on_the_time_of_a_frame() {
    for (seed, most) in [(1, 1), (2, 4), (3, 30)] {
        drag("hub", graphs::hub(40), seed, most);
        drag("nested", graphs::nested(seed, 4), seed, most);
        drag("crowd", graphs::noted(seed), seed, most);
        drag("parallel", graphs::parallel(), seed, most);
    }
}
