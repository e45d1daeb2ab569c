//! Large diagrams are laid out beside the window: what is shown meanwhile is true, and what comes back late changes nothing.
use crate::support::app::{app, settle, start};
use egui_kittest::kittest::Queryable;
use palisade::app::{App, Errand, LaidOut};
use palisade::edit::{Document, Edit};
use palisade::generate::{DIAGRAM, Size, generate};
use palisade::geometry::vec2;
use palisade::model::*;
use palisade::scene::{DiagramLayout, lay_out};

/// As large as a diagram may be to be shown at once, and a little larger.
const MIDDLING: Size = Size { elements: 120, flows: 150 };
const LARGE: Size = Size { elements: 700, flows: 850 };

struct Desk {
    document: Document,
    laid_out: LaidOut,
}

impl Desk {
    fn with(size: Size) -> Desk {
        let document = Document::new(generate(size, 1));
        let mut laid_out = LaidOut::default();
        laid_out.start(document.model(), &DIAGRAM.into());
        Desk { document, laid_out }
    }

    fn follow(&mut self) {
        let changes = self.document.take_changes();
        self.laid_out.follow(self.document.model(), &changes, self.document.is_previewing());
    }

    fn commit(&mut self, edit: &Edit) {
        self.document.commit(edit).unwrap();
        self.follow();
    }

    fn preview(&mut self, edit: &Edit) {
        self.document.preview(edit).unwrap();
        self.follow();
    }

    fn send(&mut self) -> Option<Errand> {
        self.laid_out.send(|| self.document.share())
    }

    fn bring(&mut self, errand: Errand) {
        self.laid_out.take(errand.run(), self.document.model());
    }

    fn shown(&self) -> &DiagramLayout {
        self.laid_out.layout()
    }

    fn whole(&self) -> DiagramLayout {
        lay_out(self.document.model(), &DIAGRAM.into())
    }
}

fn moved(by: f32) -> Edit {
    Edit::Move { diagram: DIAGRAM.into(), items: [Id::new("e00007")].into(), by: vec2(by, by / 2.0) }
}

#[test]
fn a_large_diagram_is_there_at_once_and_whole_later() {
    let mut desk = Desk::with(LARGE);
    let sketch = desk.shown().clone();
    assert!(desk.laid_out.is_sketch());
    let errand = desk.send().expect("the whole layout is made elsewhere");
    assert!(desk.send().is_none(), "one at a time");
    desk.bring(errand);
    assert_eq!(desk.shown(), &desk.whole());
    assert!(!desk.laid_out.is_sketch() && desk.send().is_none(), "that was all");
    let whole = desk.shown();
    assert!(
        sketch
            .boxes
            .iter()
            .all(|(id, b)| (b.rect, b.depth, &b.text) == (whole.boxes[id].rect, whole.boxes[id].depth, &whole.boxes[id].text))
    );
    let ends = |layout: &DiagramLayout| -> Vec<_> {
        layout.flows.iter().map(|(id, f)| (id.clone(), f.start.element.clone(), f.end.element.clone())).collect()
    };
    assert_eq!(ends(&sketch), ends(whole));
}

#[test]
fn what_is_dropped_is_followed_at_once_and_laid_out_anew_beside_the_window() {
    let mut desk = Desk::with(MIDDLING);
    assert_eq!(desk.shown(), &desk.whole(), "it opens with its whole layout");
    desk.preview(&moved(60.0));
    assert!(desk.send().is_none(), "what may be taken back is not laid out as a whole");
    desk.commit(&moved(60.0));
    let rect = desk.document.model().rect_of(&DIAGRAM.into(), &"e00007".into());
    assert_eq!(Some(desk.shown().boxes["e00007"].rect), rect);
    let errand = desk.send().unwrap();
    desk.bring(errand);
    assert_eq!(desk.shown(), &desk.whole());
    desk.commit(&moved(20.0));
    desk.document.undo();
    desk.follow();
    assert!(desk.send().is_none(), "taken back there is nothing to do");
    assert_eq!(desk.shown(), &desk.whole());
}

#[test]
fn who_draws_the_whole_layout_is_told_where_it_differs() {
    let mut desk = Desk::with(MIDDLING);
    desk.commit(&moved(60.0));
    let (before, drawn) = (desk.shown().clone(), desk.shown().mark());
    let errand = desk.send().unwrap();
    desk.commit(&moved(4.0));
    desk.bring(errand);
    let after = desk.shown();
    let told: Vec<Id> = after.replaced_since(&drawn).expect("it is told one by one").to_vec();
    let boxes = before.boxes.iter().filter(|(id, was)| after.boxes.get(*id) != Some(was)).map(|(id, _)| id);
    let flows = before.flows.iter().filter(|(id, was)| after.flows.get(*id) != Some(was)).map(|(id, _)| id);
    let differing: Vec<&Id> = boxes.chain(flows).collect();
    assert!(!differing.is_empty() && differing.iter().all(|id| told.contains(id)), "{differing:?} of {told:?}");
    assert!(told.len() < before.flows.len(), "{}", told.len());
}

#[test]
fn work_beside_the_window_has_a_model_of_its_own() {
    let mut desk = Desk::with(MIDDLING);
    desk.commit(&moved(60.0));
    let errand = desk.send().unwrap();
    let shared = std::sync::Arc::downgrade(&desk.document.share());
    assert_eq!(shared.strong_count(), 2, "until it is taken up it is that of the window");
    desk.bring(errand);
    assert_eq!(shared.strong_count(), 1);
}

#[test]
fn a_result_that_comes_late_is_brought_up_to_date_or_dropped() {
    let mut desk = Desk::with(MIDDLING);
    desk.commit(&moved(60.0));
    let late = desk.send().unwrap();
    desk.commit(&moved(40.0));
    assert!(desk.send().is_none(), "the first is still under way");
    desk.preview(&moved(30.0));
    desk.bring(late);
    let rect = desk.document.model().rect_of(&DIAGRAM.into(), &"e00007".into());
    assert_eq!(Some(desk.shown().boxes["e00007"].rect), rect, "what happened since is not lost");
    desk.document.cancel_preview();
    desk.follow();
    let next = desk.send().expect("the second change needs its own");
    desk.bring(next);
    assert_eq!(desk.shown(), &desk.whole());

    desk.commit(&moved(10.0));
    let other = desk.send().unwrap();
    let empty = ThreatModel::default();
    desk.laid_out.start(&empty, &"other".into());
    desk.bring(other);
    assert_eq!(desk.shown().diagram, Some("other".into()), "another diagram is shown by now");
    assert!(desk.shown().boxes.is_empty());
}

#[test]
fn names_and_locks_of_a_diagram_leave_its_layout_alone() {
    let mut desk = Desk::with(MIDDLING);
    let model = desk.document.model();
    let diagram = Diagram { name: "Renamed".into(), locked: ["e00007".into()].into(), ..model.diagrams[DIAGRAM].clone() };
    let info = Info { name: "Renamed".into(), ..model.info.clone() };
    desk.commit(&Edit::Put { key: Key::Diagram(DIAGRAM.into()), record: diagram.into() });
    desk.commit(&Edit::Put { key: Key::Info, record: info.into() });
    assert!(desk.send().is_none());
    assert_eq!(desk.shown(), &desk.whole());
}

#[test]
fn the_window_shows_a_large_model_before_it_is_laid_out() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("large.ron");
    std::fs::write(&file, palisade::storage::save(&generate(LARGE, 1)).unwrap()).unwrap();
    let mut window = start(1280.0, 720.0, None);
    window.state_mut().as_mut().unwrap().open_path(file);
    while app(&window).model().elements.is_empty() {
        std::thread::yield_now();
        window.step();
    }
    window.get_by_label("Laying out the diagram…");
    settle(&mut window);
    assert!(!window.state().as_ref().is_some_and(App::is_busy));
    assert!(window.query_by_label("Laying out the diagram…").is_none());
}
