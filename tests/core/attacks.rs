//! Attack paths: those of the reference on the six samples, cases worked out by hand, what must hold of any.
//!
//! `tests/data/oracle/paths.tsv` holds the probabilities of the five best paths of every agent to every goal of the samples.

use crate::support::dsl::{Draft, id, model};
use crate::support::models::sound_model;
use palisade::attack::*;
use palisade::interchange::plain_json;
use palisade::library::{By, Cond, Gives, Library, Orient, Reach, Ref, Rule, Scope};
use palisade::model::*;
use palisade::progress::Quiet;
use palisade::risk::{Assessment, assess};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::path::Path;

fn sample(name: &str) -> ThreatModel {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/oracle/{name}.model.json"));
    plain_json::read(&std::fs::read_to_string(path).unwrap()).unwrap().model
}

#[test]
fn the_five_best_paths_to_every_goal_are_those_of_the_reference() {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/oracle/paths.tsv")).unwrap();
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split('\t').collect()).collect();
    let mut faults = Vec::new();
    for name in ["web-shop", "mobile-bank", "hospital", "iot-fleet", "cicd", "rag"] {
        let model = sample(name);
        let attacks = Attacks::new(&model, Library::builtin());
        let ours: usize = attacks.agents().map(|agent| attacks.best(agent).len()).sum();
        let rows: Vec<_> = rows.iter().filter(|row| row[0] == name).collect();
        assert_eq!(ours, rows.len(), "{name}: as many goals are reached");
        for row in rows {
            let dimension = *Dimension::ALL.iter().find(|d| d.name() == row[3]).unwrap();
            let goal = Goal { asset: row[2].into(), dimension };
            // The reference takes a start for .999; a way more is looked at, since that may turn two about.
            let start = |path: &AttackPath| if path.steps.iter().any(|step| step.how == How::Start) { 0.999 } else { 1.0 };
            let found = attacks.k_best(&row[1].into(), &goal, 6);
            let mut found: Vec<f64> = found.iter().map(|path| start(path) * path.p).collect();
            found.sort_by(|a, b| b.total_cmp(a));
            found.truncate(5);
            let wanted: Vec<f64> = row[4..].iter().map(|p| p.parse().unwrap()).collect();
            // The reference spreads through the same zone twice on one path; a threat that came true once is no new step here.
            let wanted = if row[..3] == ["cicd", "supplier", "src"] { wanted[..3].to_vec() } else { wanted };
            let found = if wanted.len() == 3 { found[..3].to_vec() } else { found };
            let near = |(p, wanted): (&f64, &f64)| (p - wanted).abs() < 2e-6;
            if found.len() != wanted.len() || !found.iter().zip(&wanted).all(near) {
                faults.push(format!("{row:?}: {found:?}"));
            }
        }
    }
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), rows.len(), faults.join("\n"));
}

/// A library of these rules only, in which likelihood levels are 15, 25, 40, 50 and 90 % and nothing else counts.
pub fn library(rules: Vec<Rule>) -> Library {
    let mut library = Library::builtin().clone();
    library.packs.truncate(1);
    library.packs[0].rules = rules;
    library.classic.clear();
    library.calibration.probability = [0.15, 0.25, 0.40, 0.50, 0.90];
    library.calibration.exposure = [1.0; 4];
    library
}

pub fn rule(id: &str, level: u8, when: Cond) -> Rule {
    let template = Library::builtin().rules().next().unwrap().1.clone();
    Rule {
        id: id.into(),
        title: id.into(),
        depth: 1,
        scope: Scope::Node,
        anchor: Ref::This,
        orient: Orient::Request,
        through_gateways: false,
        level,
        by: By::Fixed,
        skill: 3,
        access: Access::Anon,
        hits: Hits { c: 1.0, ..Hits::default() },
        only_assets: Vec::new(),
        business_assets_only: false,
        cwe: Vec::new(),
        capec: Vec::new(),
        attack: Vec::new(),
        controls: Vec::new(),
        when,
        ..template
    }
}

/// From the zone into A by 50 %.
pub fn takes_a() -> Rule {
    let controls = vec![("C-APP-VALID".to_owned(), Link::Primary)];
    Rule {
        reach: Reach::Into,
        gives: vec![Gives::Control],
        controls,
        ..rule("R-TAKE-A", 4, Cond::Tag(Ref::This, "web-app".into()))
    }
}

/// From A to what B keeps by 40 %.
pub fn reads_b() -> Rule {
    let controls = vec![("C-DAT-ACL".to_owned(), Link::Primary)];
    let (scope, anchor, access) = (Scope::Flow, Ref::Dst, Access::Local);
    Rule {
        scope,
        anchor,
        access,
        reach: Reach::At,
        gives: vec![Gives::Read],
        controls,
        ..rule("R-READ-B", 3, Cond::Tag(Ref::Dst, "sql".into()))
    }
}

/// From anywhere to what B keeps.
fn direct(level: u8) -> Rule {
    let controls = vec![("C-DAT-REST".to_owned(), Link::Primary)];
    Rule { reach: Reach::Rem, gives: vec![Gives::Read], controls, ..rule("R-DIRECT", level, Cond::Tag(Ref::This, "sql".into())) }
}

/// Somebody on the Internet before what is inside; Eve starts on the Internet.
pub fn outside(build: impl FnOnce(Draft) -> Draft) -> ThreatModel {
    build(model("Case").boundary("Z", 0).boundary("Inside", 3).entity("User").inside("Z"))
        .also(|m| {
            let (access, starts) = ([AgentAccess::Remote].into(), [id("Z")].into());
            m.agents.insert("eve".into(), ThreatAgent { name: "Eve".into(), access, starts, ..ThreatAgent::default() });
        })
        .build()
}

/// A behind the user, B with the asset behind A.
pub fn behind(draft: Draft) -> Draft {
    let draft = draft.process("A").inside("Inside").tagged("web-app").store("B").inside("Inside").tagged("sql");
    draft.flow("User", "A").flow("A", "B").asset("X", [4, 0, 0]).kept_in("B")
}

pub fn two_steps() -> ThreatModel {
    outside(behind)
}

pub fn goal() -> Goal {
    Goal { asset: id("X"), dimension: Dimension::C }
}

fn found(library: &Library, k: usize) -> Vec<AttackPath> {
    let model = two_steps();
    Attacks::new(&model, library).k_best(&"eve".into(), &goal(), k)
}

#[track_caller]
pub fn likely(paths: &[AttackPath], wanted: &[f64]) {
    let p: Vec<f64> = paths.iter().map(|path| path.p).collect();
    let near = p.len() == wanted.len() && p.iter().zip(wanted).all(|(p, w)| (p - w).abs() < 1e-9);
    assert!(near, "{p:?} should be {wanted:?}");
}

#[test]
fn steps_multiply_and_a_likelier_way_replaces_them() {
    likely(&found(&library(vec![takes_a(), reads_b()]), 1), &[0.5 * 0.4]);
    likely(&found(&library(vec![takes_a(), reads_b(), direct(1)]), 1), &[0.2]);
    likely(&found(&library(vec![takes_a(), reads_b(), direct(2)]), 2), &[0.25, 0.2]);
    let model = two_steps();
    let library = library(vec![takes_a(), reads_b()]);
    let best = Attacks::new(&model, &library).best(&"eve".into());
    assert_eq!(best.len(), 1);
    let told: Vec<String> = best[0].steps.iter().map(|step| step.told(&model)).collect();
    assert_eq!(told, ["Starts at Z", "R-TAKE-A", "R-READ-B"]);
    // Vital: utility 1, so risk is a hundred times the probability.
    assert!((best[0].risk - 100.0 * best[0].p).abs() < 1e-9);
}

#[test]
fn unknown_weaknesses_are_the_last_resort() {
    // Into A, along the flow by 2 %, then whatever B holds by 90 %.
    likely(&found(&library(vec![takes_a()]), 1), &[0.5 * 0.02 * 0.9]);
    let path = found(&library(vec![takes_a()]), 1).remove(0);
    assert_eq!(path.steps[2].how, How::Unknown(id("A>B")));
    assert!(found(&library(Vec::new()), 1).is_empty(), "the user is not in Eve's hands");
}

#[test]
fn controls_and_decisions_change_paths() {
    let library = library(vec![takes_a(), reads_b()]);
    let p =
        |model: &ThreatModel| Attacks::new(model, &library).k_best(&"eve".into(), &goal(), 1).first().map_or(0.0, |path| path.p);
    let mut guarded = two_steps();
    let control = ControlInstance {
        control: "C-APP-VALID".into(),
        at: [Site::At(id("A"))].into(),
        status: ControlStatus::Implemented,
        evidence: Evidence { level: EvidenceLevel::Tested, ..Evidence::default() },
        ..ControlInstance::default()
    };
    guarded.instances.insert("i".into(), control);
    let strength = Library::builtin().controls["C-APP-VALID"].strength.min(0.95);
    assert!((p(&guarded) - 0.5 * (1.0 - strength) * 0.4).abs() < 1e-9);
    let mut ruled_out = two_steps();
    let no = Decision { disposition: Disposition::NotApplicable, ..Decision::default() };
    ruled_out.decisions.insert(ThreatKey::new("R-READ-B", id("B")), no);
    assert!((p(&ruled_out) - 0.5 * 0.02 * 0.9).abs() < 1e-9);
    let mut by_hand = two_steps();
    let levels = LevelOverride { likelihood: 5, impact: 5, reason: "Seen in the wild".into() };
    let decision = Decision { level_override: Some(levels), ..Decision::default() };
    by_hand.decisions.insert(ThreatKey::new("R-READ-B", id("B")), decision);
    assert!((p(&by_hand) - 0.5 * 0.9).abs() < 1e-9);
}

#[test]
fn paths_come_together_where_most_of_their_probability_passes() {
    let paths = found(&library(vec![takes_a(), reads_b(), direct(2)]), 2);
    let all = chokes(paths.iter());
    let share = |at: &str| all.iter().find(|c| c.at == id(at)).map(|c| ((1000.0 * c.share).round(), c.paths));
    assert_eq!(share("B"), Some((1000.0, 2)));
    assert_eq!(share("A"), Some((444.0, 1)), ".2 of .45");
    assert_eq!(share("Z"), None, "Eve is there already");
    assert_eq!(all[0].at, id("B"));
}

#[test]
fn the_cheapest_cut_takes_the_cheaper_side() {
    let model = two_steps();
    let days = |control: &str| {
        let tier = usize::from(Library::builtin().controls[control].cost) - 1;
        Library::builtin().calibration.effort[tier]
    };
    let cut = |library: &Library, least: f64| {
        let assessment = assess(&model, library);
        Attacks::new(&model, library).attacker(&"eve".into()).unwrap().cut(&goal(), &assessment, least).unwrap()
    };
    let two = library(vec![takes_a(), reads_b()]);
    let Cut::Controls { controls: chosen, left } = cut(&two, 0.05) else { panic!("there is a cut") };
    assert!(left.is_empty());
    let cheaper = if days("C-APP-VALID") <= days("C-DAT-ACL") { "C-APP-VALID" } else { "C-DAT-ACL" };
    assert_eq!(chosen.iter().map(|one| one.control.as_str()).collect::<Vec<_>>(), [cheaper]);
    assert_eq!(chosen[0].days, days(cheaper));
    // A way round has to be cut as well; unless nobody minds paths that unlikely.
    let three = library(vec![takes_a(), reads_b(), direct(2)]);
    let both = cut(&three, 0.05);
    assert_eq!(both.days(), days(cheaper) + days("C-DAT-REST"));
    let Cut::Controls { controls: one, .. } = cut(&three, 0.22) else { panic!("there is a cut") };
    assert_eq!(one[0].control, "C-DAT-REST");
    assert_eq!(cut(&three, 0.3), Cut::Nothing);
    // Without a primary control there is no cut.
    let bare = library(vec![Rule { controls: Vec::new(), ..takes_a() }, Rule { controls: Vec::new(), ..reads_b() }]);
    let Cut::Never(threats) = cut(&bare, 0.05) else { panic!("nothing can be cut") };
    assert_eq!(threats.iter().map(|t| t.rule.as_str()).collect::<Vec<_>>(), ["R-TAKE-A"]);
    // Carried out, the paths are less likely.
    let applied = both.applied(&model);
    let left = Attacks::new(&applied, &three).best(&"eve".into());
    assert!(left[0].p < 0.5 * 0.25, "{}", left[0].p);
}

#[test]
fn cuts_of_the_samples_leave_no_likely_path() {
    for name in ["web-shop", "hospital", "iot-fleet"] {
        let model = sample(name);
        let library = Library::builtin();
        let (attacks, assessment) = (Attacks::new(&model, library), assess(&model, library));
        let (mut cuts, least) = (0, library.calibration.paths.relevant);
        for agent in attacks.agents() {
            let attacker = attacks.attacker(agent).unwrap();
            for path in attacker.best().into_iter().take(4) {
                let cut = attacker.cut(&path.goal, &assessment, least).unwrap();
                match &cut {
                    Cut::Controls { controls: all, left } => {
                        cuts += 1;
                        assert!(!all.is_empty() && all.iter().all(|one| one.days > 0.0 && !one.threats.is_empty()));
                        let threats: BTreeSet<&ThreatKey> = all.iter().flat_map(|one| &one.threats).chain(left).collect();
                        let left = attacker.avoiding(&path.goal, &threats);
                        let p = left.map_or(0.0, |path| path.p);
                        assert!(p < least, "{name}: {} still reaches {:?} by {p}", agent, path.goal);
                    }
                    Cut::Nothing => assert!(path.p < least),
                    Cut::Never(_) => assert!(path.p >= least),
                }
            }
        }
        assert!(cuts > 0, "{name}: something can be cut");
    }
}

#[test]
fn paths_are_told_as_a_tree_with_what_they_share_said_once() {
    let library =
        library(vec![takes_a(), reads_b(), Rule { id: "R-READ-B2".into(), title: "R-READ-B2".into(), level: 2, ..reads_b() }]);
    let model = two_steps();
    let assessment: Assessment = assess(&model, &library);
    let paths = Attacks::new(&model, &library).k_best(&"eve".into(), &goal(), 2);
    likely(&paths, &[0.2, 0.125]);
    let tree = explained(&model, &library, &assessment, &paths).unwrap();
    fn told(step: &TreeStep) -> String {
        match step.is_leaf() {
            true => step.name.clone(),
            false => format!("{}({})", step.gate.name(), step.steps.iter().map(told).collect::<Vec<_>>().join(" ")),
        }
    }
    assert_eq!(tree.root.name, "Reach X: confidentiality");
    assert_eq!(
        told(&tree.root),
        "Sand(Starts at Z R-TAKE-A Or(R-READ-B2 R-READ-B))".replace("R-READ-B2 R-READ-B)", "R-READ-B R-READ-B2)")
    );
    // The best way alone is the path; both tried is more: .5 · (1 − .6 · .75).
    let value = |tree: &AttackTree| {
        let threats: Vec<_> = tree.root.all().into_iter().filter_map(|step| step.threat.as_ref()).collect();
        let odds = Odds::new(&model, &library, &assessment, tree.agent.as_ref(), threats);
        estimate(&model, &odds, &|_| Some(3), &tree.root).value
    };
    let eve = value(&tree);
    assert!((eve.low - 0.2).abs() < 1e-9 && (eve.high - 0.275).abs() < 1e-9, "{eve:?}");
    assert_eq!((eve.skill, tree.agent.as_ref()), (Some(3), Some(&Id::from("eve"))));
    // Without an agent its threats are as likely as for whoever is most able.
    let anybody = value(&AttackTree { agent: None, ..tree.clone() });
    let p = |rule: &str| assessment.findings.values().find(|f| f.key.rule.as_str() == rule).unwrap().current.p;
    assert!((anybody.low - p("R-TAKE-A") * p("R-READ-B")).abs() < 1e-9, "{anybody:?}");
}

/// The tree of a goal says what its paths say, whatever else the threats on the way do elsewhere.
#[test]
fn a_tree_of_ways_is_as_likely_as_the_likeliest_of_them() {
    let library = Library::builtin();
    for name in ["web-shop", "mobile-bank", "hospital", "iot-fleet", "cicd", "rag"] {
        let model = sample(name);
        let (attacks, assessment) = (Attacks::new(&model, library), assess(&model, library));
        for agent in attacks.agents() {
            for best in attacks.best(agent) {
                let ways = attacks.ways(agent, &best.goal, 4);
                let tree = explained(&model, library, &assessment, &ways).unwrap();
                let threats: Vec<_> = tree.root.all().into_iter().filter_map(|step| step.threat.as_ref()).collect();
                let odds = Odds::new(&model, library, &assessment, tree.agent.as_ref(), threats);
                let value = estimate(&model, &odds, &|_| None, &tree.root).value;
                assert!((value.low / best.p - 1.0).abs() < 1e-4, "{name}: {} for {}", value.low, best.p);
                assert!(value.high >= value.low);
            }
        }
    }
}

#[test]
fn a_tree_by_hand_is_worked_out_from_its_leaves() {
    let model = ThreatModel::default();
    let leaf =
        |p: f64, cost: f64, skill: u8| TreeStep { p: Some(p), cost: Some(cost), skill: Some(skill), ..TreeStep::default() };
    let value = |gate: Gate, steps: Vec<TreeStep>| {
        let none = Assessment::default();
        let odds = Odds::new(&model, Library::builtin(), &none, None, []);
        estimate(&model, &odds, &|_| None, &TreeStep::of("x", gate, steps)).value
    };
    let both = vec![leaf(0.5, 10.0, 2), leaf(0.2, 3.0, 4)];
    let any = value(Gate::Or, both.clone());
    assert_eq!((any.low, any.cost, any.skill), (0.5, Some(3.0), Some(2)));
    assert!((any.high - 0.6).abs() < 1e-12);
    for gate in [Gate::And, Gate::Sand] {
        let all = value(gate, both.clone());
        assert_eq!((all.low, all.high, all.cost, all.skill), (0.1, 0.1, Some(13.0), Some(4)));
    }
    // Nobody estimated it: anything between never and always.
    let open = value(Gate::And, vec![leaf(0.5, 1.0, 1), TreeStep::default()]);
    assert_eq!((open.low, open.high), (0.0, 0.5));
    // A threat that is not there is no way.
    let gone = TreeStep::of_threat("gone", ThreatKey::new("T-INJ-01", "db"));
    assert_eq!(value(Gate::Or, vec![gone]).high, 0.0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn paths_of_any_model_are_sorted_loopless_products(mut model in sound_model()) {
        for (n, agent) in model.agents.values_mut().enumerate() {
            agent.active = true;
            agent.starts.extend(model.boundaries.keys().nth(n).cloned());
        }
        let attacks = Attacks::new(&model, Library::builtin());
        for agent in attacks.agents() {
            for best in attacks.best(agent) {
                let paths = attacks.k_best(agent, &best.goal, 4);
                prop_assert!((paths[0].p - best.p).abs() < 1e-12);
                prop_assert!(paths.windows(2).all(|w| w[0].p >= w[1].p - 1e-12));
                for (n, path) in paths.iter().enumerate() {
                    prop_assert!(path.p > 0.0 && path.p <= 1.0);
                    let product: f64 = path.steps.iter().map(|step| step.p).product();
                    prop_assert!((product - path.p).abs() < 1e-12);
                    let spots: BTreeSet<&Spot> = path.steps.iter().map(|step| &step.to).collect();
                    prop_assert_eq!(spots.len(), path.steps.len());
                    prop_assert!(path.steps.windows(2).all(|w| w[0].to == w[1].from));
                    prop_assert_eq!(&path.steps[0].from, &Spot::Start);
                    prop_assert!(paths[..n].iter().all(|other| other.steps != path.steps));
                }
            }
            let all = attacks.paths(agent, 3, 2, &Quiet).unwrap();
            prop_assert!(all.chokes.iter().all(|choke| choke.share > 0.0 && choke.share <= 1.0 + 1e-9));
        }
    }
}

#[test]
fn trees_are_drawn_without_a_step_over_another() {
    use palisade::chart::{DrawnStep, draw_tree};
    let library = Library::builtin();
    let model = sample("web-shop");
    let (attacks, assessment) = (Attacks::new(&model, library), assess(&model, library));
    for agent in attacks.agents() {
        for best in attacks.best(agent).into_iter().take(3) {
            let paths = attacks.k_best(agent, &best.goal, 5);
            let tree = explained(&model, library, &assessment, &paths).unwrap();
            let drawing = draw_tree(&model, library, &assessment, &tree, Some(&[]));
            let boxes: Vec<_> = drawing.steps.iter().map(|step| step.rect).collect();
            assert_eq!(boxes.len(), tree.root.all().len());
            for (n, a) in boxes.iter().enumerate() {
                assert!(boxes[n + 1..].iter().all(|b| !a.expand(-1.0).intersects(*b)), "{}", tree.root.name);
                assert!(drawing.scene.bounds.contains(a.center()));
            }
            // What is above is drawn above.
            for step in &drawing.steps {
                let is_above = |other: &&DrawnStep| step.place.split_last().is_some_and(|(_, above)| other.place == above);
                let above = drawing.steps.iter().find(is_above);
                assert_eq!(above.is_none(), step.place.is_empty());
                assert!(above.is_none_or(|above| above.rect.max().y < step.rect.y));
            }
        }
    }
}

#[test]
fn a_path_kept_as_a_scenario_happens_where_its_steps_do_and_is_as_likely_as_the_path() {
    let library = Library::builtin();
    for name in ["web-shop", "rag"] {
        let model = sample(name);
        let (attacks, assessment) = (Attacks::new(&model, library), assess(&model, library));
        for best in attacks.agents().flat_map(|agent| attacks.best(agent)) {
            let scenario = as_scenario(&model, library, &assessment, &best);
            assert_eq!(scenario.steps.len(), best.steps.len());
            for (kept, step) in scenario.steps.iter().zip(&best.steps) {
                assert_eq!(kept.text, step.told(&model));
                assert!(kept.at.as_ref().is_none_or(|at| step.places().contains(at)), "{}: {:?}", kept.text, kept.at);
            }
            let outlook = outlook(&model, library, &assessment, &scenario).unwrap();
            let starts = best.steps.iter().filter(|step| step.how == How::Start).count();
            assert!((outlook.p / best.p - 1.0).abs() < 1e-4 && outlook.certain() == starts, "{outlook:?}, {}", best.p);
            // Put into the model it is sound.
            let mut model = model.clone();
            model.scenarios.insert("kept".into(), scenario.clone());
            assert!(palisade::model::check(&model).is_empty());
            let tree = as_tree(&scenario);
            assert_eq!((tree.root.gate, tree.root.steps.len()), (Gate::Sand, scenario.steps.len()));
            let odds = Odds::new(&model, library, &assessment, tree.agent.as_ref(), best.threats());
            let value = estimate(&model, &odds, &|_| None, &tree.root).value;
            assert!((value.high - outlook.p).abs() < 1e-12 && value.low == value.high, "{value:?}");
        }
    }
}

#[test]
fn a_scenario_whose_threat_was_ruled_out_cannot_happen() {
    let mut model = sample("web-shop");
    let library = Library::builtin();
    let assessment = assess(&model, library);
    let threat = assessment.ranked().into_iter().find(|f| f.counts()).unwrap().key.clone();
    let step = |threat: Option<ThreatKey>| ScenarioStep { text: "step".into(), threat, ..ScenarioStep::default() };
    let scenario = AttackScenario { steps: vec![step(None), step(Some(threat.clone()))], ..AttackScenario::default() };
    let before = outlook(&model, library, &assessment, &scenario).unwrap();
    assert!(before.p > 0.0 && before.certain() == 1);
    let decision = Decision { disposition: Disposition::NotApplicable, ..Decision::default() };
    model.decisions.insert(threat, decision);
    assert_eq!(outlook(&model, library, &assess(&model, library), &scenario).unwrap().p, 0.0);
    let nothing = AttackScenario { steps: vec![step(None)], ..AttackScenario::default() };
    assert_eq!(outlook(&model, library, &assessment, &nothing), None);
}

#[test]
fn ways_worth_telling_need_something_that_no_likelier_one_makes_do_without() {
    for name in ["web-shop", "mobile-bank", "hospital", "iot-fleet", "cicd", "rag"] {
        let model = sample(name);
        let attacks = Attacks::new(&model, Library::builtin());
        let mut left_out = 0;
        for agent in attacks.agents() {
            for best in attacks.best(agent) {
                let (ways, paths) = (attacks.ways(agent, &best.goal, 5), attacks.k_best(agent, &best.goal, 15));
                assert!(ways.first() == paths.first() && ways.len() <= 5, "{name}");
                let threats = |path: &AttackPath| path.threats().cloned().collect::<BTreeSet<_>>();
                let is_known = |path: &AttackPath| !path.steps.iter().any(|step| matches!(step.how, How::Unknown(_)));
                for (n, way) in ways.iter().enumerate().filter(|(_, way)| is_known(way)) {
                    let earlier = ways[..n].iter().filter(|path| is_known(path));
                    assert!(earlier.into_iter().all(|path| !threats(path).is_subset(&threats(way))), "{name}: {way:?}");
                }
                // What is left out does a likelier one's work over again.
                let looked = paths.iter().take_while(|path| *path != ways.last().unwrap());
                for path in looked.filter(|path| !ways.contains(path)) {
                    assert!(ways.iter().any(|way| threats(way).is_subset(&threats(path))), "{name}: {path:?}");
                    left_out += 1;
                }
            }
        }
        assert!(left_out > 0, "{name}");
    }
}

/// A scenario of these threats in this order, carried out by this agent.
fn by(agent: Option<&str>, threats: &[(&str, &str)]) -> AttackScenario {
    let step = |(rule, at): &(&str, &str)| {
        let threat = Some(ThreatKey::new(*rule, id(at)));
        ScenarioStep { text: (*rule).into(), threat, ..ScenarioStep::default() }
    };
    AttackScenario { agent: agent.map(Id::from), steps: threats.iter().map(step).collect(), ..AttackScenario::default() }
}

#[test]
fn a_scenario_is_as_likely_as_for_its_agent() {
    let library = library(vec![takes_a(), reads_b()]);
    let mut model = two_steps();
    let eve = model.agents[&Id::from("eve")].clone();
    model.agents.insert("mallory".into(), ThreatAgent { name: "Mallory".into(), intent: 5, ..eve });
    let assessment = assess(&model, &library);
    let p = |scenario: &AttackScenario| outlook(&model, &library, &assessment, scenario).unwrap().p;
    let (take, read) = (("R-TAKE-A", "A"), ("R-READ-B", "B"));
    let near = |p: f64, wanted: f64| assert!((p - wanted).abs() < 1e-9, "{p} should be {wanted}");
    // .5 · .4, as the path.
    near(p(&by(Some("eve"), &[take, read])), 0.2);
    // Intent 5 makes the odds half as much again: 1.5 : 1 and 1 : 1.
    near(p(&by(Some("mallory"), &[take, read])), 0.6 * 0.5);
    // Whoever each is likeliest for: Mallory from outside, where local access takes off three quarters of the odds of 1 : 1.
    near(p(&by(None, &[take, read])), 0.6 * 0.2);
    // Begun with what takes local access, Eve has a quarter of the odds of 2 : 3.
    near(p(&by(Some("eve"), &[read])), 1.0 / 7.0);
    // What is estimated by hand counts, and a part of a threat's likelihood.
    let mut estimated = by(Some("eve"), &[take, read]);
    estimated.steps.push(ScenarioStep { text: "Sells it".into(), p: Some(0.25), ..ScenarioStep::default() });
    estimated.steps[1].share = Some(0.5);
    near(p(&estimated), 0.5 * 0.4 * 0.5 * 0.25);
    // An agent that is gone is nobody in particular.
    near(p(&by(Some("nobody"), &[take, read])), 0.6 * 0.2);
}

#[test]
fn sequences_and_choices_are_combined_level_by_level() {
    let (model, none) = (ThreatModel::default(), Assessment::default());
    let leaf =
        |p: f64, cost: f64, skill: u8| TreeStep { p: Some(p), cost: Some(cost), skill: Some(skill), ..TreeStep::default() };
    // In order: .5, then .2 or .4. The best way is .5 · .4, both tried .5 · (1 − .8 · .6).
    let either = TreeStep::of("either", Gate::Or, vec![leaf(0.2, 9.0, 1), leaf(0.4, 20.0, 4)]);
    let root = TreeStep::of("goal", Gate::Sand, vec![leaf(0.5, 5.0, 2), either]);
    let value = estimate(&model, &Odds::new(&model, Library::builtin(), &none, None, []), &|_| None, &root).value;
    assert!((value.low - 0.2).abs() < 1e-12 && (value.high - 0.26).abs() < 1e-12, "{value:?}");
    // Each figure has its own best way: the cheaper one and the one for less skill.
    assert_eq!((value.cost, value.skill), (Some(14.0), Some(2)));
}

#[test]
fn what_is_hit_in_part_counts_in_part_and_is_told_so() {
    let half = Rule { hits: Hits { c: 0.5, ..Hits::default() }, ..direct(4) };
    let path = found(&library(vec![half]), 1).remove(0);
    assert!((path.p - 0.5 * 0.5).abs() < 1e-9, "{}", path.p);
    let model = two_steps();
    assert_eq!(path.steps[0].gained(&model).as_deref(), Some("part of the goal"));
    assert_eq!(path.steps[0].told(&model), "From afar: R-DIRECT");
    let whole = found(&library(vec![takes_a(), reads_b()]), 1).remove(0);
    let gained: Vec<_> = whole.steps.iter().map(|step| step.gained(&model)).collect();
    assert_eq!(gained, [None, Some("takes over A".to_owned()), Some("goal".to_owned())]);
    let last = found(&library(vec![takes_a()]), 1).remove(0).steps.pop().unwrap();
    assert_eq!(last.told(&model), "Reads X at B");
}

#[test]
fn equally_likely_ways_come_in_the_same_order_every_time() {
    let twin = |name: &str| Rule { id: name.into(), title: name.into(), ..direct(2) };
    let names = |rules: Vec<Rule>| {
        let paths = found(&library(rules), 5);
        likely(&paths, &[0.25; 3]);
        let mut all: Vec<String> = paths.iter().flat_map(AttackPath::threats).map(|threat| threat.rule.to_string()).collect();
        let said = all.clone();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 3, "each is told once");
        said
    };
    let (a, b, c) = (twin("R-ONE"), twin("R-TWO"), twin("R-THREE"));
    let first = names(vec![a.clone(), b.clone(), c.clone()]);
    assert_eq!(names(vec![a, b, c]), first);
}

#[test]
fn the_ways_told_are_cut_for_less_than_every_likely_one() {
    let library = library(vec![takes_a(), reads_b(), direct(2)]);
    let model = two_steps();
    let (attacks, assessment) = (Attacks::new(&model, &library), assess(&model, &library));
    // .25 alone is looked at; .2 is likely too.
    let attacker = attacks.attacker(&"eve".into()).unwrap();
    let cuts = attacker.cuts(&attacker.k_best(&goal(), 1), &assessment).unwrap();
    assert!((cuts.least - 0.25).abs() < 1e-9);
    let controls = |cut: &Cut| match cut {
        Cut::Controls { controls, .. } => controls.iter().map(|one| one.control.clone()).collect::<BTreeSet<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(controls(&cuts.told), BTreeSet::from(["C-DAT-REST".to_owned()]));
    assert!(controls(&cuts.likely).len() == 2 && controls(&cuts.likely).contains("C-DAT-REST"));
    assert!(cuts.told.days() < cuts.likely.days());
    // Both looked at, both are the same.
    let both = attacker.cuts(&attacker.k_best(&goal(), 2), &assessment).unwrap();
    assert_eq!(both.told, both.likely);
}

#[test]
fn a_control_that_answers_several_ways_is_paid_once() {
    // Two ways into A, both answered at A by one control of 4 days; behind them one way to B, answered for more than one of
    // these but less than both.
    let other = Rule { id: "R-TAKE-A2".into(), title: "R-TAKE-A2".into(), ..takes_a() };
    let mut library = library(vec![takes_a(), other, reads_b()]);
    let days = |library: &Library, control: &str| library.calibration.effort[usize::from(library.controls[control].cost) - 1];
    let once = days(&library, "C-APP-VALID");
    let dearer = library.controls["C-APP-VALID"].cost + 1;
    library.controls.get_mut("C-DAT-ACL").unwrap().cost = dearer;
    library.calibration.effort[usize::from(dearer) - 1] = 1.5 * once;
    let model = two_steps();
    let assessment = assess(&model, &library);
    let attacks = Attacks::new(&model, &library);
    let cut = attacks.attacker(&"eve".into()).unwrap().cut(&goal(), &assessment, 0.05).unwrap();
    let Cut::Controls { controls, left } = &cut else { panic!("{cut:?}") };
    assert!(left.is_empty() && controls.len() == 1, "{controls:?}");
    assert_eq!((controls[0].control.as_str(), controls[0].threats.len(), cut.days()), ("C-APP-VALID", 2, once));
}
