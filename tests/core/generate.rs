//! Generated models are what they are asked for: sound, of their size, readable on the diagram, the same each time.

use palisade::generate::{DIAGRAM, Size, generate};
use palisade::library::Library;
use palisade::model::*;
use palisade::storage;
use proptest::prelude::*;

fn rect_of(model: &ThreatModel, id: &Id) -> palisade::geometry::Rect {
    model.rect_of(&DIAGRAM.into(), id).unwrap_or_else(|| panic!("{id} has no place"))
}

/// Boxes of things that are inside of one another are inside of one another, others are apart.
fn assert_tidy(model: &ThreatModel) {
    for (id, parent) in model
        .elements
        .iter()
        .map(|(id, e)| (id, e.boundary.as_ref()))
        .chain(model.boundaries.iter().map(|(id, b)| (id, b.parent.as_ref())))
    {
        if let Some(parent) = parent {
            assert!(rect_of(model, parent).contains_rect(rect_of(model, id)), "{id} sticks out of {parent}");
        }
    }
    let mut apart: Vec<_> = model.elements.keys().map(|id| rect_of(model, id)).collect();
    apart.sort_by(|a, b| a.x.total_cmp(&b.x));
    for (n, a) in apart.iter().enumerate() {
        assert!(apart[n + 1..].iter().take_while(|b| b.x < a.right()).all(|b| !a.intersects(*b)), "{a:?}");
    }
    let roots: Vec<_> = model.boundaries.iter().filter(|(_, b)| b.parent.is_none()).map(|(id, _)| rect_of(model, id)).collect();
    for (n, a) in roots.iter().enumerate() {
        assert!(roots[n + 1..].iter().all(|b| !a.intersects(*b)), "{a:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_size_is_sound_and_tidy(elements in 0usize..700, flows in 0usize..900, seed in any::<u64>()) {
        let size = Size { elements, flows };
        let model = generate(size, seed);
        prop_assert_eq!(check(&model), []);
        prop_assert_eq!(model.elements.len(), elements);
        prop_assert_eq!(model.flows.len(), if elements < 2 { 0 } else { flows });
        prop_assert!(model.flows.values().all(|f| f.from != f.to && !f.name.is_empty()));
        prop_assert!(model.elements.values().all(|e| !e.name.is_empty() && e.boundary.is_some()));
        assert_tidy(&model);
        prop_assert_eq!(&model, &generate(size, seed));
    }
}

#[test]
fn everything_worth_assessing_is_there() {
    let model = generate(Size::elements(500), 1);
    let library = Library::builtin();
    assert_eq!(model.flows.len(), 600);
    assert!(model.elements.values().flat_map(|e| &e.tags).all(|t| library.tags.get(t).is_some()));
    assert!(model.instances.values().all(|i| library.controls.contains_key(&i.control)));
    for kind in ElementKind::ALL {
        assert!(model.elements.values().filter(|e| e.kind == *kind).count() > 20, "{kind:?}");
    }
    assert!(model.boundaries.keys().any(|id| model.boundary_path(id).len() == 3), "networks in environments in an account");
    assert!(model.elements.values().any(|e| !e.holds.is_empty()) && model.flows.values().any(|f| !f.assets.is_empty()));
    let found = palisade::risk::assess(&model, library);
    assert!(found.findings.len() > 1000 && found.totals.risk.peak > 30.0, "{} findings", found.findings.len());
    assert_ne!(model, generate(Size::elements(500), 2), "the seed counts");
    assert_eq!(storage::load(&storage::save(&model).unwrap()).unwrap().model, model);
}
