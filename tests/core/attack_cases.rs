//! Attack paths worked out by hand on small models: what is sent on, what is held, what is denied, several ways and their cut.

use crate::attacks::{behind, goal, library, likely, outside, reads_b, takes_a, two_steps};
use crate::support::dsl::{Draft, id};
use palisade::attack::*;
use palisade::library::{Cond, Gives, Library, Reach, Ref, Rule};
use palisade::model::*;
use palisade::risk::assess;

fn ways(model: &ThreatModel, library: &Library, goal: &Goal, k: usize) -> Vec<AttackPath> {
    Attacks::new(model, library).k_best(&"eve".into(), goal, k)
}

fn of(asset: &str, dimension: Dimension) -> Goal {
    Goal { asset: id(asset), dimension }
}

#[test]
fn what_is_sent_on_by_a_gateway_arrives_and_by_a_service_half_of_the_time() {
    let relayed = |gateway: &str| {
        outside(|d| {
            d.process("Gate")
                .inside("Inside")
                .tagged(gateway)
                .process("Front")
                .inside("Inside")
                .process("A")
                .inside("Inside")
                .tagged("web-app")
                .store("B")
                .inside("Inside")
                .tagged("sql")
                .flow("User", "Gate")
                .flow("Gate", "Front")
                .flow("Front", "A")
                .flow("A", "B")
                .asset("X", [4, 0, 0])
                .kept_in("B")
        })
    };
    let library = library(vec![takes_a(), reads_b()]);
    // The front end passes on half, the gateway all: .5 · .5, then .4.
    let model = relayed("api-gateway");
    let found = ways(&model, &library, &goal(), 1);
    likely(&found, &[0.5 * 0.5 * 0.4]);
    let taken = &found[0].steps[1];
    assert_eq!(taken.told(&model), "R-TAKE-A, by way of Gate and Front");
    assert_eq!(taken.via, ["user>gate", "gate", "gate>front", "front", "front>a"].map(Id::from));
    assert!(found[0].places().contains(&id("gate")), "it is a place where ways come together");
    // Were the gateway a service like any other, it would pass on half as well.
    likely(&ways(&relayed("web-app-firewall-that-is-no-tag"), &library, &goal(), 1), &[0.5 * 0.25 * 0.4]);
    // What comes straight is told without a word more.
    let straight = two_steps();
    let found = ways(&straight, &library, &goal(), 1);
    assert_eq!((found[0].steps[1].told(&straight).as_str(), &found[0].steps[1].via), ("R-TAKE-A", &vec![id("user>a")]));
}

#[test]
fn what_only_passes_is_worth_less_to_whoever_holds_its_place_and_a_person_less_still() {
    let passing = |d: Draft| {
        d.process("A")
            .inside("Inside")
            .tagged("web-app")
            .process("Other")
            .inside("Inside")
            .flow("User", "A")
            .flow("A", "Other")
            .asset("X", [4, 4, 4])
            .carried_by("A>Other")
    };
    // Into A by 50 %, then .9 · .7 for what passes there.
    for dimension in [Dimension::C, Dimension::I, Dimension::A] {
        let model = outside(passing);
        // What control of A hits itself is nothing here.
        let library = library(vec![Rule { hits: Hits { c: 0.0, ..Hits::default() }, ..takes_a() }]);
        likely(&ways(&model, &library, &of("X", dimension), 1), &[0.5 * 0.63]);
    }
    // Acting as the customer of A: .4 of what the customer sees, and nothing of how available it is.
    let shown = outside(|d| passing(d).carried_by("User>A")).clone();
    let mut shown = shown;
    shown.elements.get_mut("user").unwrap().facts.insert(Fact::Human, Tri::Yes);
    let poses = Rule { gives: vec![Gives::Identity], hits: Hits::default(), ..takes_a() };
    let library = library(vec![poses]);
    likely(&ways(&shown, &library, &of("X", Dimension::C), 1), &[0.5 * 0.4]);
    let withheld = ways(&shown, &library, &of("X", Dimension::A), 1);
    // By an unknown weakness from the customer into A, and what passes there.
    likely(&withheld, &[0.5 * 0.02 * 0.63]);
    assert_eq!(withheld[0].steps[1].gained(&shown).as_deref(), Some("acts as User"));
}

#[test]
fn denying_what_only_passes_counts_by_its_custody() {
    let denied = outside(|d| {
        d.process("A")
            .inside("Inside")
            .tagged("web-app")
            .store("B")
            .inside("Inside")
            .flow("User", "A")
            .flow("A", "B")
            .asset("X", [0, 0, 4])
            .kept_in("B")
            .carried_by("A>B")
    });
    let hits = Hits { c: 0.0, a: 0.8, ..Hits::default() };
    let library = library(vec![Rule { gives: vec![Gives::Deny], hits, ..takes_a() }]);
    // .5, hit by 80 %, of which A only passes it on: .7.
    let found = ways(&denied, &library, &of("X", Dimension::A), 1);
    likely(&found, &[0.5 * 0.8 * 0.7]);
    assert_eq!(found[0].steps[1].gained(&denied).as_deref(), Some("part of the goal"));
    // Nobody reads it that way.
    assert!(ways(&denied, &library, &of("X", Dimension::C), 1).is_empty());
}

/// Two services before one database, the first of which calls the second.
fn diamond() -> ThreatModel {
    outside(|d| {
        d.process("A")
            .inside("Inside")
            .tagged("web-app")
            .process("C")
            .inside("Inside")
            .tagged("worker")
            .store("B")
            .inside("Inside")
            .tagged("sql")
            .flow("User", "A")
            .flow("User", "C")
            .flow("A", "C")
            .flow("A", "B")
            .flow("C", "B")
            .asset("X", [4, 0, 0])
            .kept_in("B")
    })
}

/// Into C by 40 %.
fn takes_c() -> Rule {
    let when = Cond::Tag(Ref::This, "worker".into());
    let controls = vec![("C-APP-ENCODE".to_owned(), Link::Primary)];
    Rule { id: "R-TAKE-C".into(), title: "R-TAKE-C".into(), level: 3, when, controls, ..takes_a() }
}

#[test]
fn several_ways_come_in_order_without_circles() {
    let (model, library) = (diamond(), library(vec![takes_a(), takes_c(), reads_b()]));
    let found = ways(&model, &library, &goal(), 4);
    // A and read, C and read, A then C and read, and C then A by what it answers.
    likely(&found, &[0.5 * 0.4, 0.4 * 0.4, 0.5 * 0.4 * 0.4, 0.4 * 0.5 * 0.4]);
    let over: Vec<usize> = found.iter().map(|path| path.steps.len()).collect();
    assert_eq!(over, [3, 3, 4, 4]);
    // Of .2 + .16 + .08, all at B, .28 at A and .24 at C.
    let all = chokes(found[..3].iter());
    let share = |at: &str| all.iter().find(|c| c.at == id(at)).map(|c| (c.share * 0.44 * 1e6).round() / 1e6);
    assert_eq!((share("B"), share("A"), share("C")), (Some(0.44), Some(0.28), Some(0.24)));
}

#[test]
fn a_cut_takes_both_entrances_or_the_one_door_behind_them_whatever_is_less() {
    let model = diamond();
    let cut = |door: f64| {
        let mut library = library(vec![takes_a(), takes_c(), reads_b()]);
        // Three days for each entrance, and this many for the door.
        for (control, tier) in [("C-APP-VALID", 1), ("C-APP-ENCODE", 1), ("C-DAT-ACL", 2)] {
            library.controls.get_mut(control).unwrap().cost = tier;
        }
        library.calibration.effort[0] = 3.0;
        library.calibration.effort[1] = door;
        let assessment = assess(&model, &library);
        let found = Attacks::new(&model, &library).attacker(&"eve".into()).unwrap().cut(&goal(), &assessment, 0.05).unwrap();
        let Cut::Controls { controls, left } = &found else { panic!("{found:?}") };
        assert!(left.is_empty());
        let mut names: Vec<String> = controls.iter().map(|one| one.control.clone()).collect();
        names.sort();
        (names, found.days())
    };
    assert_eq!(cut(7.0), (vec!["C-APP-ENCODE".to_owned(), "C-APP-VALID".to_owned()], 6.0));
    // The door is tried from A and from C, and closed once.
    assert_eq!(cut(5.0), (vec!["C-DAT-ACL".to_owned()], 5.0));
}

#[test]
fn a_zone_that_is_taken_opens_what_needs_a_place_in_it() {
    let place = || outside(|d| behind(d).process("Far"));
    // Taking A by 50 % spreads through its zone to B, where 90 % of what is kept is at hand.
    let spreads = Rule { gives: vec![Gives::Spread], hits: Hits::default(), ..takes_a() };
    likely(&ways(&place(), &library(vec![spreads]), &goal(), 1), &[0.5 * 0.9]);
    // Or it gives the zone, from within which anybody reads B by 40 %.
    let (enters, reads) = (
        Rule { gives: vec![Gives::Zone], hits: Hits::default(), ..takes_a() },
        Rule {
            scope: palisade::library::Scope::Node,
            anchor: Ref::This,
            access: Access::Anon,
            reach: Reach::At,
            when: Cond::Tag(Ref::This, "sql".into()),
            ..reads_b()
        },
    );
    let model = place();
    let found = ways(&model, &library(vec![enters, reads]), &goal(), 1);
    likely(&found, &[0.5 * 0.4]);
    assert_eq!(found[0].steps[1].gained(&model).as_deref(), Some("is inside Inside"));
}
