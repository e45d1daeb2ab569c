//! The guide: seven steps measured from the model, each goal leading to where it is worked on.

use crate::support::dsl::{id, model};
use palisade::guide::{Goal, Place, Step, next, steps};
use palisade::hygiene::{Policy, examine};
use palisade::library::Library;
use palisade::model::*;
use palisade::risk::assess;
use palisade::storage;
use proptest::prelude::*;

fn measured(model: &ThreatModel) -> Vec<Step> {
    let library = Library::builtin();
    let assessment = assess(model, library);
    let today = Date::new(2026, 3, 31).unwrap();
    let problems = examine(model, library, &assessment, today, &Policy::default());
    steps(model, library, &assessment, &problems)
}

fn goal<'a>(steps: &'a [Step], title: &str) -> &'a Goal {
    steps.iter().flat_map(|s| &s.goals).find(|g| g.title == title).unwrap_or_else(|| panic!("no goal “{title}”"))
}

#[test]
fn a_new_model_begins_with_its_scope() {
    let steps = measured(&ThreatModel::default());
    assert_eq!(steps.len(), 7);
    assert_eq!(next(&steps).map(|(n, s)| (n, s.title)), Some((0, "Scope and people")));
    assert_eq!(goal(&steps, "Name of the model").place, Place::Model);
    let mut unnamed = ThreatModel::default();
    unnamed.info.name = NEW_MODEL.into();
    assert!(!goal(&measured(&unnamed), "Name of the model").is_reached(), "what it is called before anybody names it");
    assert_eq!(goal(&steps, "Elements in a trust boundary").place, Place::Drawing);
}

#[test]
fn each_step_measures_what_the_model_says() {
    let shop = model("Shop").boundary("Internet", 0).entity("Customer").inside("Internet").process("Web").store("Orders");
    let shop = shop.flow("Customer", "Web").flow("Web", "Orders").asset("Order data", [3, 2, 1]).kept_in("Orders");
    let steps = measured(&shop.build());
    let inside = goal(&steps, "Elements in a trust boundary");
    assert_eq!((inside.done, inside.of), (1, 3));
    assert_eq!(inside.place, Place::Item(id("Orders")), "leads to the first outside");
    let said = goal(&steps, "Flows with protocol and authentication");
    assert_eq!((said.done, said.of), (0, 2));
    assert!(goal(&steps, "Something worth protecting, of value 3 or more").is_reached());
    assert!(goal(&steps, "Stores with declared content").is_reached());
    assert!(!goal(&steps, "An active threat agent").is_reached());
    assert!(goal(&steps, "Threats found").is_reached());
    assert!(!goal(&steps, "Threats sure to apply or not").is_reached(), "questions are open");
}

#[test]
fn a_sample_is_well_on_its_way() {
    let text = std::fs::read_to_string("sample_models/web-shop.ron").unwrap();
    let steps = measured(&storage::load(&text).unwrap().model);
    for step in &steps[..5] {
        assert!(step.share() > 0.6, "{}: {:#?}", step.title, step.goals);
    }
    let open = goal(&steps, "Medium and graver threats decided or brought down");
    assert!(matches!(open.place, Place::Threat(_)), "leads to the worst that is open: {:?}", open.place);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_model_is_measured_within_bounds(model in crate::support::models::sound_model()) {
        for step in measured(&model) {
            prop_assert!((0.0..=1.0).contains(&step.share()), "{}: {:?}", step.title, step.goals);
            for goal in &step.goals {
                prop_assert!(goal.done <= goal.of, "{:?}", goal);
            }
        }
    }
}
