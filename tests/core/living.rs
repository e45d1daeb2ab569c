//! An assessment that follows a model says after every change what assessing from scratch says.

use crate::support::edits::any_edit;
use crate::support::models::sound_model;
use palisade::edit::{Document, Edit};
use palisade::generate::{Size, generate};
use palisade::interchange::plain_json;
use palisade::library::Library;
use palisade::model::*;
use palisade::risk::{Assessment, Figures, LiveAssessment, assess, assess_by};
use palisade::threads::Threads;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// What a hand does to a document.
#[derive(Clone, Debug)]
enum Act {
    Commit(Edit),
    Preview(Edit),
    Cancel,
    Undo,
    Redo,
}

fn any_act() -> impl Strategy<Value = Act> {
    prop_oneof![
        3 => any_edit().prop_map(Act::Commit),
        1 => any_edit().prop_map(Act::Preview),
        1 => Just(Act::Cancel),
        2 => Just(Act::Undo),
        1 => Just(Act::Redo),
    ]
}

fn perform(act: &Act, document: &mut Document) {
    match act {
        Act::Commit(edit) => drop(document.commit(edit)),
        Act::Preview(edit) => drop(document.preview(edit)),
        Act::Cancel => drop(document.cancel_preview()),
        Act::Undo => drop(document.undo()),
        Act::Redo => drop(document.redo()),
    }
}

/// Where two assessments part, in short.
fn difference(live: &Assessment, whole: &Assessment) -> Option<String> {
    if live == whole {
        return None;
    }
    for (key, wanted) in whole.findings.iter() {
        match live.findings.get(key) {
            None => return Some(format!("{key} is missing")),
            Some(found) if found != wanted => return Some(format!("{key}: {found:#?} should be {wanted:#?}")),
            Some(_) => {}
        }
    }
    if let Some(key) = live.findings.keys().find(|key| !whole.findings.contains_key(key)) {
        return Some(format!("{key} is too much"));
    }
    let parts = [
        ("elements", format!("{:#?}", live.elements), format!("{:#?}", whole.elements)),
        ("flows", format!("{:#?}", live.flows), format!("{:#?}", whole.flows)),
        ("boundaries", format!("{:#?}", live.boundaries), format!("{:#?}", whole.boundaries)),
        ("assets", format!("{:#?}", live.assets), format!("{:#?}", whole.assets)),
        ("crossings", format!("{:#?}", live.crossings), format!("{:#?}", whole.crossings)),
        ("entry points", format!("{:#?}", live.entry_points), format!("{:#?}", whole.entry_points)),
        ("exit points", format!("{:#?}", live.exit_points), format!("{:#?}", whole.exit_points)),
        ("dormant", format!("{:#?}", live.dormant), format!("{:#?}", whole.dormant)),
        ("questions", format!("{:#?}", live.questions), format!("{:#?}", whole.questions)),
        ("totals", format!("{:#?}", live.totals), format!("{:#?}", whole.totals)),
    ];
    let (name, a, b) = parts.into_iter().find(|(_, a, b)| a != b)?;
    let line = a.lines().zip(b.lines()).find(|(a, b)| a != b);
    Some(format!("{name}: {line:?}"))
}

/// What is different stands on the trail, and figures that follow it say what those made anew say.
fn is_trailed(live: &LiveAssessment<'_>, mark: &Mark, before: &Assessment) -> Result<(), TestCaseError> {
    let after = live.assessment();
    let Some(ids) = live.trail().since(mark) else { return Ok(()) };
    let shown = |a: &Assessment, id: &Id| {
        let risks = (a.rollup_at(id).copied(), a.boundaries.get(id).map(|b| b.risk));
        (risks, a.crossings.get(id).map(|c| (c.from, c.to)))
    };
    let all = |a: &Assessment| a.elements.keys().chain(a.flows.keys()).chain(a.boundaries.keys()).cloned().collect::<Vec<Id>>();
    for id in all(before).into_iter().chain(all(after)) {
        prop_assert!(ids.contains(&id) || shown(before, &id) == shown(after, &id), "{id} is not on the trail");
    }
    let (mut followed, now) = (Figures::of(before), Figures::of(after));
    let wanted = followed.change_to(&now);
    prop_assert_eq!(followed.follow(after, ids), wanted);
    prop_assert_eq!(followed, now);
    Ok(())
}

/// Follows the acts, looking after those marked, and tells the first difference.
fn follow(start: ThreatModel, acts: &[(Act, bool)]) -> Result<(), TestCaseError> {
    let mut document = Document::new(start);
    let mut live = LiveAssessment::new(document.model(), Library::builtin());
    for (act, is_looked_at) in acts {
        perform(act, &mut document);
        if *is_looked_at {
            let changes = document.take_changes();
            let (before, mark) = (live.assessment().clone(), live.trail().mark());
            let is_other = live.follow(document.model(), changes.changes.keys());
            let whole = assess(document.model(), Library::builtin());
            if let Some(told) = difference(live.assessment(), &whole) {
                return Err(TestCaseError::fail(format!("after {:?}: {told}", changes.changes.keys().collect::<Vec<_>>())));
            }
            is_trailed(&live, &mark, &before)?;
            prop_assert!(is_other || before == whole, "told that nothing changed");
        }
    }
    Ok(())
}

fn put<T: Into<Record>>(key: Key, record: T) -> Edit {
    Edit::Put { key, record: record.into() }
}

/// One field of one record of the model changed, as a panel does it.
fn change(model: &ThreatModel, which: &Index, how: u8, value: &Index) -> Option<Edit> {
    let n = value.index(1000);
    let pick = |ids: Vec<&Id>| (!ids.is_empty()).then(|| (*which.get(&ids)).clone());
    let element = || pick(model.elements.keys().collect()).map(|id| (id.clone(), model.elements[&id].clone()));
    let flow = || pick(model.flows.keys().collect()).map(|id| (id.clone(), model.flows[&id].clone()));
    let asset = |n: usize| model.assets.keys().nth(n % model.assets.len().max(1)).cloned();
    let zone = |n: usize| model.boundaries.keys().nth(n % model.boundaries.len().max(1)).cloned();
    let on_element = |with: &dyn Fn(&mut Element)| {
        element().map(|(id, mut record)| {
            with(&mut record);
            put(Key::Element(id), record)
        })
    };
    let on_flow = |with: &dyn Fn(&mut Flow)| {
        flow().map(|(id, mut record)| {
            with(&mut record);
            put(Key::Flow(id), record)
        })
    };
    let tags: Vec<String> = Library::builtin().tags.iter().map(|t| t.id.clone()).collect();
    match how % 20 {
        0 => on_element(&|e| e.name = format!("Name {n}")),
        1 => on_element(&|e| e.tags = [tags[n % tags.len()].clone()].into()),
        2 => on_element(&|e| e.tags = ["gateway".to_owned()].into()),
        3 => on_element(&|e| e.boundary = zone(n)),
        4 => on_element(&|e| e.boundary = None),
        5 => on_element(&|e| e.holds = asset(n).into_iter().collect()),
        6 => on_element(&|e| {
            e.capabilities.insert(Capability::ALL[n % Capability::ALL.len()], [Tri::Yes, Tri::No, Tri::Unknown][n % 3]);
        }),
        7 => on_element(&|e| {
            e.facts.insert(Fact::ALL[n % Fact::ALL.len()], [Tri::Yes, Tri::No][n % 2]);
        }),
        8 => on_element(&|e| e.out_of_scope = n.is_multiple_of(2).then(|| "Theirs".to_owned())),
        9 => on_flow(&|f| f.protocol = Protocol::ALL[n % Protocol::ALL.len()]),
        10 => on_flow(&|f| f.authn = Authn::ALL[n % Authn::ALL.len()]),
        11 => on_flow(&|f| f.channel = Channel::ALL[n % Channel::ALL.len()]),
        12 => on_flow(&|f| std::mem::swap(&mut f.from, &mut f.to)),
        13 => on_flow(&|f| f.assets = asset(n).into_iter().collect()),
        14 => on_flow(&|f| f.bidirectional = !f.bidirectional),
        15 => {
            let id = zone(n)?;
            let mut record = model.boundaries[&id].clone();
            record.trust = (n % 6 < 5).then_some((n % 5) as u8);
            Some(put(Key::Boundary(id), record))
        }
        16 => {
            let id = asset(n)?;
            Some(put(Key::Asset(id.clone()), revalued(&model.assets[&id], n)))
        }
        17 => {
            let at = pick(model.elements.keys().chain(model.flows.keys()).chain(model.boundaries.keys()).collect())?;
            let controls: Vec<&String> = Library::builtin().controls.keys().collect();
            let status = ControlStatus::ALL[n % ControlStatus::ALL.len()];
            let at = [if n.is_multiple_of(17) { Site::Model } else { Site::At(at) }].into();
            let instance = ControlInstance { control: controls[n % controls.len()].clone(), at, status, ..Default::default() };
            Some(put(Key::Instance(Id::from(format!("i{}", n % 7))), instance))
        }
        18 => {
            let assessment = assess(model, Library::builtin());
            let keys: Vec<ThreatKey> = assessment.findings.keys().cloned().collect();
            let threat = keys.get(which.index(keys.len().max(1)))?.clone();
            let basis = palisade::risk::basis_of(model, Library::builtin(), &threat);
            let decision = Decision { disposition: Disposition::ALL[n % Disposition::ALL.len()], basis, ..Decision::default() };
            Some(Edit::Decide { threat, decision })
        }
        _ => {
            let mut info = model.info.clone();
            info.depth = (n % 3) as u8 + 1;
            if n.is_multiple_of(2) {
                info.packs_off = ["ai-llm".to_owned(), "linddun-privacy".to_owned()].into();
            }
            Some(put(Key::Info, info))
        }
    }
}

/// The asset with another value in one dimension, or of another kind.
fn revalued(asset: &Asset, n: usize) -> Asset {
    let (mut new, value) = (asset.clone(), (n % 5) as u8);
    match n / 5 % 6 {
        0 => new.c = value,
        1 => new.i = value,
        2 => new.a = value,
        3 => new.p = Some(value),
        4 => new.s = Some(value),
        _ => new.kinds = [AssetKind::ALL[n % AssetKind::ALL.len()]].into(),
    }
    new
}

/// A model with much going on: a sample, or a generated one.
fn full_model() -> impl Strategy<Value = ThreatModel> {
    const SAMPLES: [&str; 5] = ["web-shop", "hospital", "rag", "random-379", "random-305"];
    let sample = select(&SAMPLES[..]).prop_map(|name| {
        let path = format!("{}/tests/data/oracle/{name}.model.json", env!("CARGO_MANIFEST_DIR"));
        plain_json::read(&std::fs::read_to_string(path).unwrap()).unwrap().model
    });
    let generated = (0u64..1000).prop_map(|seed| generate(Size { elements: 30, flows: 45 }, seed));
    prop_oneof![2 => sample, 1 => generated]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_edited_undone_and_redone(start in sound_model(), acts in vec((any_act(), prop::bool::weighted(0.8)), 1..16)) {
        follow(start, &acts)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_said_of_a_full_model(start in full_model(), changes in vec((any::<Index>(), any::<u8>(), any::<Index>(), 0u8..5), 1..10)) {
        let mut document = Document::new(start);
        let mut live = LiveAssessment::new(document.model(), Library::builtin());
        for (which, how, value, then) in &changes {
            let Some(edit) = change(document.model(), which, *how, value) else { continue };
            let _ = document.commit(&edit);
            if *then == 0 {
                document.undo();
            }
            if *then == 1 {
                let ids: Vec<&Id> = document.model().elements.keys().collect();
                let keys = ids.get(value.index(ids.len().max(1))).map(|id| Key::Element((*id).clone())).into_iter().collect();
                let _ = document.commit(&Edit::Remove { keys });
            }
            let edits = document.take_changes();
            let (before, mark) = (live.assessment().clone(), live.trail().mark());
            live.follow(document.model(), edits.changes.keys());
            is_trailed(&live, &mark, &before)?;
            let told = difference(live.assessment(), &assess(document.model(), Library::builtin()));
            prop_assert!(told.is_none(), "after {how} on {:?}: {}", edits.changes.keys().collect::<Vec<_>>(), told.unwrap_or_default());
        }
        while document.undo() {}
        let edits = document.take_changes();
        live.follow(document.model(), edits.changes.keys());
        let told = difference(live.assessment(), &assess(document.model(), Library::builtin()));
        prop_assert!(told.is_none(), "after undoing: {}", told.unwrap_or_default());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Values are compared where several assets are handled, so everything handles several here, and every second threat
    /// is decided on with what it rests on.
    #[test]
    fn whatever_assets_are_worth(mut start in full_model(), values in vec((any::<Index>(), 0usize..600), 1..14)) {
        let assets: Vec<Id> = start.assets.keys().cloned().collect();
        prop_assume!(!assets.is_empty());
        for (n, flow) in start.flows.values_mut().enumerate() {
            flow.assets = assets.iter().skip(n % assets.len()).take(1 + n % 4).cloned().collect();
        }
        let keys: Vec<ThreatKey> = assess(&start, Library::builtin()).findings.keys().step_by(2).cloned().collect();
        for key in keys {
            let basis = palisade::risk::basis_of(&start, Library::builtin(), &key);
            start.decisions.insert(key, Decision { disposition: Disposition::Mitigate, basis, ..Decision::default() });
        }
        let mut document = Document::new(start);
        let mut live = LiveAssessment::new(document.model(), Library::builtin());
        for (which, n) in &values {
            let id = which.get(&assets);
            let record = revalued(&document.model().assets[id], *n);
            let _ = document.commit(&put(Key::Asset(id.clone()), record));
            let edits = document.take_changes();
            live.follow(document.model(), edits.changes.keys());
            let told = difference(live.assessment(), &assess(document.model(), Library::builtin()));
            prop_assert!(told.is_none(), "after {n} on {id}: {}", told.unwrap_or_default());
        }
    }
}

/// The model with gateways in the midst, something that protects each and what crosses them, and every second threat decided
/// on with what it rests on: so that what goes on two flows away is noticed.
fn guarded(mut model: ThreatModel) -> ThreatModel {
    let sends = |model: &ThreatModel, id: &Id| model.flows.values().any(|f| f.from.as_ref() == Some(id));
    let between: Vec<Id> = model
        .elements
        .iter()
        .filter(|(id, e)| e.kind == ElementKind::Process && sends(&model, id))
        .map(|(id, _)| id.clone())
        .collect();
    let gateways: Vec<&Id> = between.iter().step_by(3).collect();
    for id in &gateways {
        model.elements.entry((*id).clone()).and_modify(|e| e.tags = ["api-gateway".to_owned()].into());
    }
    let controls: Vec<&String> = Library::builtin().controls.keys().collect();
    let sites = gateways.into_iter().chain(model.flows.keys().step_by(4)).chain(model.boundaries.keys().step_by(2));
    for (n, at) in sites.cloned().collect::<Vec<_>>().into_iter().enumerate() {
        let control = controls[n * 7 % controls.len()].clone();
        let status = ControlStatus::ALL[n % ControlStatus::ALL.len()];
        let instance = ControlInstance { control, at: [Site::At(at)].into(), status, ..Default::default() };
        model.instances.insert(Id::from(format!("guard{n}")), instance);
    }
    let keys: Vec<ThreatKey> = assess(&model, Library::builtin()).findings.keys().step_by(2).cloned().collect();
    for key in keys {
        let basis = palisade::risk::basis_of(&model, Library::builtin(), &key);
        model.decisions.insert(key, Decision { disposition: Disposition::Mitigate, basis, ..Decision::default() });
    }
    model
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn wherever_things_move(start in full_model(), moves in vec((any::<Index>(), 0usize..9, any::<Index>()), 4..16)) {
        let mut document = Document::new(guarded(start));
        let mut live = LiveAssessment::new(document.model(), Library::builtin());
        for (which, how, value) in &moves {
            // Elsewhere, trusted otherwise, of another protocol, the other way round, through a gateway or not.
            let how = [3, 3, 3, 4, 15, 9, 11, 12, 2][*how];
            let Some(edit) = change(document.model(), which, how, value) else { continue };
            let _ = document.commit(&edit);
            let edits = document.take_changes();
            live.follow(document.model(), edits.changes.keys());
            let told = difference(live.assessment(), &assess(document.model(), Library::builtin()));
            prop_assert!(told.is_none(), "after {how} on {:?}: {}", edits.changes.keys().collect::<Vec<_>>(), told.unwrap_or_default());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn however_many_hands_there_are(seed in 0u64..1000, changes in vec((any::<Index>(), any::<u8>(), any::<Index>()), 1..6)) {
        let mut document = Document::new(generate(Size { elements: 110, flows: 160 }, seed));
        let hands = [1, 2, 5].map(Threads::new);
        let mut live = hands.each_ref().map(|hands| LiveAssessment::by(document.model(), Library::builtin(), None, hands));
        for (which, how, value) in &changes {
            let Some(edit) = change(document.model(), which, *how, value) else { continue };
            let _ = document.commit(&edit);
            let edits = document.take_changes();
            for (live, hands) in live.iter_mut().zip(&hands) {
                live.follow(document.model(), edits.changes.keys());
                let whole = assess_by(document.model(), Library::builtin(), None, hands);
                let told = difference(live.assessment(), &whole);
                prop_assert!(told.is_none(), "{hands:?} after {how}: {}", told.unwrap_or_default());
                prop_assert!(whole == assess(document.model(), Library::builtin()), "{hands:?} after {how}");
            }
        }
    }
}

#[test]
fn an_asset_nobody_handles_comes_and_goes() {
    let mut document = Document::new(ThreatModel::default());
    let mut live = LiveAssessment::new(document.model(), Library::builtin());
    document.commit(&put(Key::Asset("spare".into()), Asset::default())).unwrap();
    let changes = document.take_changes();
    live.follow(document.model(), changes.changes.keys());
    assert_eq!(live.assessment().assets.len(), 1);
    document.undo();
    let changes = document.take_changes();
    assert!(live.follow(document.model(), changes.changes.keys()));
    assert!(live.assessment().assets.is_empty());
}

/// A gateway and a relay send to an API; what the gateway keeps off counts for the share of untrusted senders it is.
#[test]
fn what_a_gateway_keeps_off_depends_on_who_else_sends() {
    let mut model = ThreatModel::default();
    for (id, trust) in [("world", 0), ("inside", 3)] {
        model.boundaries.insert(id.into(), Boundary { name: id.into(), trust: Some(trust), ..Boundary::default() });
    }
    let elements = [
        ("user", ElementKind::ExternalEntity, "world", ""),
        ("partner", ElementKind::ExternalEntity, "world", ""),
        ("gate", ElementKind::Process, "inside", "api-gateway"),
        ("relay", ElementKind::Process, "inside", ""),
        ("api", ElementKind::Process, "inside", "rest-api"),
    ];
    for (id, kind, home, tag) in elements {
        let tags = Some(tag.to_owned()).filter(|tag| !tag.is_empty()).into_iter().collect();
        let element = Element { name: id.into(), kind, boundary: Some(home.into()), tags, ..Element::default() };
        model.elements.insert(id.into(), element);
    }
    for (id, from, to) in [("a", "user", "gate"), ("b", "gate", "api"), ("c", "partner", "relay"), ("d", "relay", "api")] {
        let flow = Flow { from: Some(from.into()), to: Some(to.into()), protocol: Protocol::Http, ..Flow::default() };
        model.flows.insert(id.into(), flow);
    }
    for control in Library::builtin().controls.keys() {
        let at = [Site::At("gate".into())].into();
        let instance = ControlInstance { control: control.clone(), at, status: ControlStatus::Implemented, ..Default::default() };
        model.instances.insert(format!("at the gate: {control}").as_str().into(), instance);
    }
    let mut document = Document::new(model);
    let mut live = LiveAssessment::new(document.model(), Library::builtin());
    let scores = |live: &LiveAssessment<'_>| -> Vec<f64> {
        live.assessment().findings.values().filter(|f| f.key.anchor == Id::from("api")).map(|f| f.current.score).collect()
    };
    let before = scores(&live);
    for home in ["inside", "world"] {
        let moved = Element { boundary: Some(home.into()), ..document.model().elements[&Id::from("partner")].clone() };
        document.commit(&put(Key::Element("partner".into()), moved)).unwrap();
        let edits = document.take_changes();
        live.follow(document.model(), edits.changes.keys());
        let told = difference(live.assessment(), &assess(document.model(), Library::builtin()));
        assert!(told.is_none(), "{home}: {}", told.unwrap_or_default());
        assert_eq!(home == "inside", scores(&live) != before, "{home}");
    }
}
