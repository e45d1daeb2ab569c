//! Random models that use every field. Ids come from small pools, so that references often hit and sometimes miss.

use palisade::geometry::{Rect, pt, rect, vec2};
use palisade::library::Library;
use palisade::model::*;
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::{BTreeMap, BTreeSet};

/// Sound models: `check` finds nothing.
pub fn sound_model() -> impl Strategy<Value = ThreatModel> {
    any_model().prop_map(|mut model| {
        repair(&mut model);
        assert_eq!(check(&model), []);
        model
    })
}

/// Models as a careless hand may write them: dangling references, cycles, shared ids, numbers out of range.
pub fn any_model() -> impl Strategy<Value = ThreatModel> {
    let keys = prop_oneof![1 => vec(any_key(), 0..12), 3 => vec(any_key(), 40..80)];
    keys.prop_flat_map(|keys| {
        let records: Vec<_> = keys.into_iter().map(|key| any_record(&key).prop_map(move |r| (key.clone(), r))).collect();
        records.prop_map(|records| {
            let mut model = ThreatModel::default();
            records.into_iter().for_each(|(key, record)| model.put(&key, Some(record)));
            model
        })
    })
    .prop_flat_map(|model| {
        btree_map(id_of("l"), log_entry(), 0..3).prop_map(move |log| ThreatModel { log: log.into(), ..model.clone() })
    })
}

/// An id of the pool of a kind; rarely one of another kind, strange or empty.
pub fn id_of(pool: &'static str) -> impl Strategy<Value = Id> {
    let size = if pool == "d" { 2 } else { 4 };
    let own = (0..size).prop_map(move |n| Id::from(format!("{pool}{n}")));
    let other = select(vec!["b0", "e0", "f1", "a0", "p0", "d0", "n1", "50% @ a/b", "имя", "a\"b\\c\n", ""]).prop_map(Id::from);
    prop_oneof![30 => own, 1 => other]
}

pub fn any_key() -> impl Strategy<Value = Key> {
    prop_oneof![
        1 => Just(Key::Info),
        2 => id_of("p").prop_map(Key::Person),
        4 => id_of("b").prop_map(Key::Boundary),
        6 => id_of("e").prop_map(Key::Element),
        6 => id_of("f").prop_map(Key::Flow),
        3 => id_of("a").prop_map(Key::Asset),
        2 => id_of("g").prop_map(Key::Agent),
        2 => id_of("v").prop_map(Key::Vulnerability),
        3 => id_of("t").prop_map(Key::Threat),
        2 => id_of("c").prop_map(Key::Control),
        3 => id_of("i").prop_map(Key::Instance),
        3 => threat_key().prop_map(Key::Decision),
        1 => threat_key().prop_map(Key::Appraisal),
        1 => id_of("w").prop_map(Key::AttackTree),
        1 => id_of("x").prop_map(Key::Scenario),
        1 => id_of("k").prop_map(Key::Baseline),
        1 => id_of("m").prop_map(Key::Session),
        1 => id_of("y").prop_map(Key::Playlist),
        1 => id_of("o").prop_map(Key::Variant),
        2 => id_of("s").prop_map(Key::Assumption),
        2 => id_of("n").prop_map(Key::Note),
        4 => id_of("d").prop_map(Key::Diagram),
        24 => (id_of("d"), item()).prop_map(|(d, i)| Key::Placement(PlacementKey::new(d, i))),
    ]
}

/// An element, flow, boundary or note.
pub fn item() -> impl Strategy<Value = Id> {
    prop_oneof![id_of("e"), id_of("f"), id_of("b"), id_of("n")]
}

pub fn threat_key() -> impl Strategy<Value = ThreatKey> {
    let rule = prop_oneof![select(vec!["T-INJ-01", "T-ACC-01", "a@b"]).prop_map(Id::from), id_of("t")];
    (rule, item()).prop_map(|(rule, anchor)| ThreatKey { rule, anchor })
}

/// Words as people type them, with what file formats trip over.
pub fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => Just(String::new()),
        4 => "[A-Z][a-z]{1,8}",
        1 => "[ -~а-яα-ω“”\n\t🙂]{0,12}",
    ]
}

pub fn any_rect() -> impl Strategy<Value = Rect> {
    (coordinate(), coordinate(), 1.0..400.0f32, 1.0..300.0f32).prop_map(|(x, y, w, h)| rect(x, y, w, h))
}

pub fn coordinate() -> impl Strategy<Value = f32> {
    prop_oneof![10 => -2000.0..2000.0f32, 2 => (-50..50i16).prop_map(f32::from), 1 => Just(3_900_000.0)]
}

fn point() -> impl Strategy<Value = palisade::geometry::Point> {
    (coordinate(), coordinate()).prop_map(|(x, y)| pt(x, y))
}

fn one<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    select(all)
}

fn some<T: Copy + Ord + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = BTreeSet<T>> {
    btree_set(select(all), 0..3)
}

fn ids(pool: &'static str) -> impl Strategy<Value = BTreeSet<Id>> {
    btree_set(id_of(pool), 0..3)
}

fn extra() -> impl Strategy<Value = Extra> {
    btree_map("[a-z.]{1,8}", text(), 0..2)
}

/// Technology tags of the library, and some it does not know.
fn tag() -> impl Strategy<Value = String> {
    let known: Vec<String> = Library::builtin().tags.iter().map(|tag| tag.id.clone()).collect();
    prop_oneof![6 => select(known), 1 => "[a-z-]{1,9}"]
}

/// Controls of the library, of the model, and some nobody knows.
fn control_id() -> impl Strategy<Value = String> {
    let known: Vec<String> = Library::builtin().controls.keys().cloned().collect();
    prop_oneof![6 => select(known), 2 => "c[0-3]", 1 => "[a-z-]{1,9}"]
}

fn tri() -> impl Strategy<Value = Tri> {
    select(vec![Tri::Yes, Tri::No, Tri::Unknown])
}

fn date() -> impl Strategy<Value = Option<Date>> {
    of((1..=9999i32, 1..=12u8, 1..=28u8).prop_map(|(y, m, d)| Date::new(y, m, d).expect("a day every month has")))
}

fn log_entry() -> impl Strategy<Value = LogEntry> {
    let what = (one(LogKind::ALL), of(threat_key()), of(item()), ids("e"));
    let change =
        (what, text(), text(), text(), text()).prop_map(|((kind, threat, record, places), about, before, after, reason)| {
            LogChange { kind, threat, record, places, about, before, after, reason }
        });
    let sign_off = (one(Role::ALL), one(SignedOff::ALL), text());
    let sign_off = of(sign_off.prop_map(|(role, of, statement)| SignOff { role, of, statement }));
    let at = (date(), 0..24u16, 0..60u16).prop_map(|(date, hour, minute)| Moment::new(date?, hour, minute));
    (at, text(), ids("l"), vec(change, 0..3), sign_off, "[0-9a-f]{0,6}")
        .prop_map(|(at, who, after, changes, sign_off, state)| LogEntry { at, who, after, changes, sign_off, state })
}

fn style() -> impl Strategy<Value = LineStyle> {
    one(LineStyle::ALL)
}

/// A level of a scale, rarely outside it.
fn level(from: u8, to: u8) -> impl Strategy<Value = u8> {
    prop_oneof![30 => from..=to, 1 => Just(to + 1)]
}

fn share() -> impl Strategy<Value = f64> {
    prop_oneof![20 => 0.0..=0.95f64, 10 => Just(0.0), 1 => Just(1.5), 1 => Just(f64::NAN)]
}

/// A record that fits the key.
pub fn any_record(key: &Key) -> BoxedStrategy<Record> {
    let readers = prop_oneof![3 => Just(None), 1 => one(Visibility::ALL).prop_map(Some)];
    (record_for(key), readers).prop_map(|(record, to)| record.shown_to(to)).boxed()
}

fn record_for(key: &Key) -> BoxedStrategy<Record> {
    match key {
        Key::Info => info().prop_map(Record::from).boxed(),
        Key::Person(_) => {
            (text(), some(Role::ALL)).prop_map(|(name, roles)| Person { name, roles, visibility: None }.into()).boxed()
        }
        Key::Boundary(_) => boundary().prop_map(Record::from).boxed(),
        Key::Element(_) => element().prop_map(Record::from).boxed(),
        Key::Flow(_) => flow().prop_map(Record::from).boxed(),
        Key::Asset(_) => asset().prop_map(Record::from).boxed(),
        Key::Agent(_) => agent().prop_map(Record::from).boxed(),
        Key::Vulnerability(_) => vulnerability().prop_map(Record::from).boxed(),
        Key::Threat(_) => threat().prop_map(Record::from).boxed(),
        Key::Control(_) => control().prop_map(Record::from).boxed(),
        Key::Instance(_) => instance().prop_map(Record::from).boxed(),
        Key::Decision(_) => decision().prop_map(Record::from).boxed(),
        Key::Appraisal(_) => appraisal().prop_map(Record::from).boxed(),
        Key::AttackTree(_) => attack_tree().prop_map(Record::from).boxed(),
        Key::Scenario(_) => scenario().prop_map(Record::from).boxed(),
        Key::Baseline(_) => baseline().prop_map(Record::from).boxed(),
        Key::Session(_) => session().prop_map(Record::from).boxed(),
        Key::Playlist(_) => playlist().prop_map(Record::from).boxed(),
        Key::Variant(_) => variant().prop_map(Record::from).boxed(),
        Key::Assumption(_) => assumption().prop_map(Record::from).boxed(),
        Key::Note(_) => note().prop_map(Record::from).boxed(),
        Key::Diagram(_) => diagram().prop_map(Record::from).boxed(),
        Key::Placement(k) => placement(&k.item).prop_map(Record::from).boxed(),
    }
}

fn info() -> impl Strategy<Value = Info> {
    let words = (text(), text(), text(), text(), text(), text(), text());
    let rules = (level(1, 3), btree_set("[a-z-]{1,9}", 0..2), btree_set("[a-z-]{1,9}", 0..2), one(Identification::ALL));
    let notation = (one(Notation::ALL), disclosure(), rating_choice());
    (words, of(one(Tlp::ALL)), date(), rules, notation, extra()).prop_map(
        |((name, scope, description, client, owner, reviewer, version), classification, reviewed, rules, notation, extra)| {
            let (notation, disclosure, rating) = notation;
            let (depth, packs_off, packs_on, identification) = rules;
            let texts = Info { name, scope, description, client, owner, reviewer, version, ..Info::default() };
            let texts = Info { classification, reviewed, identification, rating, ..texts };
            Info { depth, packs_off, packs_on, notation, disclosure, extra, ..texts }
        },
    )
}

fn rating_choice() -> impl Strategy<Value = RatingChoice> {
    let areas = prop_oneof![3 => Just(RatingChoice::default().impact_areas), 1 => vec(text(), 0..7)];
    (one(Method::ALL), areas, any::<bool>()).prop_map(|(method, impact_areas, greater_impact)| RatingChoice {
        method,
        impact_areas,
        greater_impact,
    })
}

fn loss() -> impl Strategy<Value = Pert> {
    (0.0..1e3, 1e3..1e5, 1e5..1e9).prop_map(|(min, mode, max)| Pert { min, mode, max })
}

pub fn appraisal() -> impl Strategy<Value = Appraisal> {
    let factor =
        select(vec!["five.likelihood", "owasp.motive", "dread.damage", "cvss31.AV", "cvss40.VC", "allegro.1", "money.loss"]);
    let mark = prop_oneof![20 => 0.0..12.0f64, 1 => Just(f64::NAN), 1 => Just(-3.0)].prop_map(FactorValue::Mark);
    let letter =
        prop_oneof![4 => select(vec!["N", "H", "L", "X"]).prop_map(str::to_owned), 1 => text()].prop_map(FactorValue::Letter);
    let value = prop_oneof![4 => mark, 2 => letter, 1 => loss().prop_map(FactorValue::Loss)];
    let given = (value, text()).prop_map(|(value, reason)| Given { value, reason });
    btree_map(factor.prop_map(str::to_owned), given, 0..4).prop_map(|given| Appraisal { given, visibility: None })
}

fn tree_step() -> impl Strategy<Value = TreeStep> {
    let numbers = (of(share()), of(share()), of(share()), of(level(1, 5)));
    let leaf = (text(), of(threat_key()), numbers).prop_map(|(name, threat, (p, share, cost, skill))| TreeStep {
        name,
        threat,
        p,
        share,
        cost,
        skill,
        ..TreeStep::default()
    });
    leaf.prop_recursive(3, 12, 3, |inner| {
        (text(), one(Gate::ALL), vec(inner, 0..3)).prop_map(|(name, gate, steps)| TreeStep::of(name, gate, steps))
    })
}

pub fn attack_tree() -> impl Strategy<Value = AttackTree> {
    let tree = (text(), of(id_of("g")), tree_step());
    tree.prop_map(|(description, agent, root)| AttackTree { description, agent, root, visibility: None })
}

fn scenario() -> impl Strategy<Value = AttackScenario> {
    let at = of(prop_oneof![id_of("e"), id_of("f"), id_of("b")]);
    let step = (text(), at, of(threat_key()), of(share()), of(share())).prop_map(|(text, at, threat, p, share)| ScenarioStep {
        text,
        at,
        threat,
        p,
        share,
    });
    (text(), text(), of(id_of("g")), vec(step, 0..4)).prop_map(|(name, description, agent, steps)| AttackScenario {
        name,
        description,
        agent,
        steps,
        visibility: None,
    })
}

fn baseline() -> impl Strategy<Value = Baseline> {
    let score = || prop_oneof![9 => 0.0..100.0f64, 1 => Just(f64::NAN), 1 => Just(-3.0)];
    let packs = btree_map("[a-z-]{1,9}", "[0-9a-f]{8}", 0..3);
    // What is packed is nobody's to understand here.
    (text(), date(), text(), (score(), score()), text(), packs, "[A-Za-z0-9+/]{0,12}").prop_map(
        |(name, on, by, (peak, load), engine, packs, frozen)| Baseline { name, on, by, peak, load, engine, packs, frozen },
    )
}

fn moment() -> impl Strategy<Value = Option<Moment>> {
    (date(), 0..24u16, 0..60u16).prop_map(|(date, hour, minute)| Moment::new(date?, hour, minute))
}

fn session() -> impl Strategy<Value = Session> {
    let person = || of(id_of("p"));
    let resolution = (moment(), of(threat_key()), one(Disposition::ALL), text(), (person(), ids("p")));
    let resolution = resolution.prop_map(|(at, threat, disposition, text, (by, dissent))| Resolution {
        at,
        threat,
        disposition,
        text,
        by,
        dissent,
    });
    let parked = (text(), moment(), of(item()), person(), any::<bool>()).prop_map(|(text, at, about, by, settled)| Parked {
        text,
        at,
        about,
        by,
        settled,
    });
    let remark = (text(), moment(), of(item()), of(threat_key()), person()).prop_map(|(text, at, about, threat, by)| Remark {
        text,
        at,
        about,
        threat,
        by,
    });
    let play = ("[a-z-]{1,9}", of(item()), person(), any::<bool>(), of(threat_key()))
        .prop_map(|(card, at, by, agreed, threat)| CardPlay { card, at, by, agreed, threat });
    let ballot = (level(1, 5), level(1, 5)).prop_map(|(likelihood, impact)| Ballot { likelihood, impact });
    let ballots = btree_map(threat_key(), vec(btree_map(id_of("p"), ballot, 0..3), 0..3), 0..2);
    let agenda = vec((text(), 0..700u16).prop_map(|(name, minutes)| AgendaItem { name, minutes }), 0..3);
    let attendance = btree_map(id_of("p"), some(Role::ALL), 0..3);
    let lists = (vec(resolution, 0..3), vec(parked, 0..3), vec(remark, 0..3), vec(play, 0..3));
    let start = of(baseline().prop_map(Box::new));
    let times = (moment(), moment(), btree_map(item(), 0..9999u32, 0..3));
    (text(), times, attendance, agenda, lists, ballots, start).prop_map(
        |(name, (began, ended, seconds), attendance, agenda, (decided, parked, notes, plays), ballots, start)| Session {
            name,
            began,
            ended,
            attendance,
            agenda,
            decided,
            parked,
            notes,
            ballots,
            plays,
            seconds,
            start,
            visibility: None,
        },
    )
}

fn playlist() -> impl Strategy<Value = Playlist> {
    let view = prop_oneof![9 => any_rect(), 1 => Just(rect(f32::NAN, 0.0, 1.0, 1.0))];
    let place = (of(id_of("d")), of(view), btree_set(item(), 0..3), of(threat_key()));
    let kind = (one(StepPart::ALL), one(StepFilter::ALL), any::<bool>());
    let step = (text(), text(), place, kind).prop_map(
        |(title, note, (diagram, viewport, highlighted, threat), (part, filter, skipped))| PlayStep {
            title,
            part,
            diagram,
            viewport,
            highlighted,
            threat,
            filter,
            note,
            skipped,
        },
    );
    (text(), vec(step, 0..4)).prop_map(|(name, steps)| Playlist { name, steps, visibility: None })
}

fn variant() -> impl Strategy<Value = Variant> {
    let some_element = (id_of("e"), of(element()))
        .prop_map(|(id, element)| VariantChange { key: Key::Element(id), record: element.map(Record::from) });
    let some_control = (id_of("i"), of(instance()))
        .prop_map(|(id, instance)| VariantChange { key: Key::Instance(id), record: instance.map(Record::from) });
    let changes = vec(prop_oneof![some_element, some_control], 0..3);
    (text(), text(), changes).prop_map(|(name, description, changes)| Variant { name, description, changes, visibility: None })
}

fn disclosure() -> impl Strategy<Value = Disclosure> {
    let kinds = (one(Visibility::ALL), one(Visibility::ALL), one(Visibility::ALL), one(Visibility::ALL));
    let aliases = btree_map(prop_oneof![id_of("e"), id_of("p")], 1..9u32, 0..3);
    (kinds, btree_set(text(), 0..2), aliases).prop_map(|((people, evidence, effort, reasons), words, aliases)| Disclosure {
        people,
        evidence,
        effort,
        reasons,
        words,
        aliases,
    })
}

pub fn boundary() -> impl Strategy<Value = Boundary> {
    let words = (text(), of(text()), text(), declined());
    (words, one(BoundaryKind::ALL), of(level(0, 4)), of(id_of("b")), of(id_of("p")), extra()).prop_map(
        |((name, region, description, declined), kind, trust, parent, owner, extra)| Boundary {
            name,
            kind,
            trust,
            parent,
            region,
            owner,
            description,
            declined,
            extra,
            visibility: None,
        },
    )
}

/// Proposals somebody declined.
fn declined() -> impl Strategy<Value = BTreeSet<String>> {
    btree_set(prop_oneof![Just("tag:sql".to_owned()), Just("kind:DataStore".to_owned()), "[a-z:]{1,9}"], 0..2)
}

pub fn element() -> impl Strategy<Value = Element> {
    let place = (of(id_of("b")), of(id_of("e")), ids("a"));
    let nature = (one(ElementKind::ALL), btree_set(tag(), 0..3), of(one(Layer::ALL)));
    let answers = (btree_map(one(Capability::ALL), tri(), 0..3), btree_map(one(Fact::ALL), tri(), 0..3));
    let words = (text(), of(text()), text(), text(), declined());
    (words, nature, place, answers, of(id_of("p")), date(), extra()).prop_map(
        |((name, out_of_scope, description, notes, declined), nature, place, answers, owner, reviewed, extra)| Element {
            name,
            kind: nature.0,
            tags: nature.1,
            boundary: place.0,
            parent: place.1,
            layer: nature.2,
            holds: place.2,
            capabilities: answers.0,
            facts: answers.1,
            out_of_scope,
            owner,
            reviewed,
            description,
            notes,
            declined,
            extra,
            visibility: None,
        },
    )
}

pub fn flow() -> impl Strategy<Value = Flow> {
    let talk = (one(Protocol::ALL), one(Authn::ALL), one(Channel::ALL), any::<bool>(), one(Initiator::ALL));
    let words = (text(), of(text()), text(), text(), declined());
    (words, of(id_of("e")), of(id_of("e")), talk, ids("a"), date(), extra()).prop_map(
        |((name, out_of_scope, description, notes, declined), from, to, talk, assets, reviewed, extra)| Flow {
            name,
            from,
            to,
            protocol: talk.0,
            authn: talk.1,
            channel: talk.2,
            assets,
            bidirectional: talk.3,
            initiator: talk.4,
            out_of_scope,
            reviewed,
            description,
            notes,
            declined,
            extra,
            visibility: None,
        },
    )
}

fn asset() -> impl Strategy<Value = Asset> {
    let value = (level(0, 4), level(0, 4), level(0, 4), of(level(0, 4)), of(level(0, 4)));
    let size = (of(any::<u64>()), of(loss()));
    let words = (text(), text(), text());
    (words, some(AssetKind::ALL), value, size, of(id_of("p")), btree_set(text(), 0..2), extra()).prop_map(
        |((name, description, reason), kinds, (c, i, a, p, s), (records, loss), owner, regulation, extra)| Asset {
            name,
            kinds,
            c,
            i,
            a,
            p,
            s,
            reason,
            records,
            loss,
            owner,
            regulation,
            description,
            extra,
            visibility: None,
        },
    )
}

fn agent() -> impl Strategy<Value = ThreatAgent> {
    let starts = btree_set(prop_oneof![id_of("e"), id_of("b")], 0..3);
    let power = (one(AgentKind::ALL), level(1, 5), level(1, 5), some(AgentAccess::ALL));
    (text(), power, starts, any::<bool>(), text(), extra()).prop_map(
        |(name, (kind, capability, intent, access), starts, active, description, extra)| ThreatAgent {
            name,
            kind,
            capability,
            intent,
            access,
            starts,
            active,
            description,
            extra,
            visibility: None,
        },
    )
}

fn vulnerability() -> impl Strategy<Value = Vulnerability> {
    let at = prop_oneof![id_of("e"), id_of("f")];
    let threats = btree_set(threat_key(), 0..2);
    let words = (text(), text(), text());
    (words, one(VulnerabilityKind::ALL), at, of(any::<u32>()), one(VulnerabilityStatus::ALL), threats).prop_map(
        |((name, description, evidence), kind, at, cwe, status, threats)| Vulnerability {
            visibility: None,
            name,
            kind,
            at,
            cwe,
            description,
            evidence,
            status,
            threats,
        },
    )
}

fn threat() -> impl Strategy<Value = Threat> {
    let hits = (share(), share(), share(), share(), share()).prop_map(|(c, i, a, p, s)| Hits { c, i, a, p, s });
    let severity = (one(Band::ALL), text(), text()).prop_map(|(band, score, source)| SeverityOverride { band, score, source });
    let controls = btree_map(control_id(), one(Link::ALL), 0..2);
    let targets = btree_set(prop_oneof![id_of("e"), id_of("f"), id_of("b")], 0..3);
    let scale = (level(1, 5), hits, level(1, 5), one(Access::ALL));
    let words = (text(), text(), text());
    (words, vec(one(Category::ALL), 0..3), targets, scale, of(severity), controls, extra()).prop_map(
        |(
            (title, description, source),
            categories,
            targets,
            (level, hits, skill, access),
            severity_override,
            controls,
            extra,
        )| {
            Threat {
                title,
                description,
                categories,
                targets,
                level,
                hits,
                skill,
                access,
                severity_override,
                controls,
                source,
                extra,
                visibility: None,
            }
        },
    )
}

fn control() -> impl Strategy<Value = Control> {
    let effects = (any::<bool>(), some(Dimension::ALL), any::<bool>(), any::<bool>())
        .prop_map(|(likelihood, impact, detect, respond)| Effects { likelihood, impact, detect, respond });
    let nature = (one(ControlFunction::ALL), one(Layer::ALL), one(ControlSite::ALL));
    let standards = (vec(text(), 0..2), vec(text(), 0..2), vec(text(), 0..2), vec(text(), 0..2), vec(text(), 0..2));
    let words = (text(), text(), text(), text());
    (words, nature, effects, share(), level(1, 5), standards).prop_map(
        |((name, description, family, verify), nature, effects, strength, cost, (asvs, nist, csf, iso, cis))| Control {
            visibility: None,
            name,
            description,
            function: nature.0,
            layer: nature.1,
            site: nature.2,
            family,
            effects,
            strength,
            cost,
            asvs,
            nist,
            csf,
            iso,
            cis,
            verify,
        },
    )
}

fn instance() -> impl Strategy<Value = ControlInstance> {
    let place = prop_oneof![Just(Site::Model), prop_oneof![id_of("e"), id_of("f"), id_of("b")].prop_map(Site::At)];
    let evidence = (one(EvidenceLevel::ALL), date(), text()).prop_map(|(level, on, result)| Evidence { level, on, result });
    let plan = (of(id_of("p")), date(), of(share()), text());
    (control_id(), btree_set(place, 0..3), one(ControlStatus::ALL), share(), evidence, plan).prop_map(
        |(control, at, status, coverage, evidence, (owner, due, cost, notes))| ControlInstance {
            visibility: None,
            control,
            at,
            status,
            coverage,
            evidence,
            owner,
            due,
            cost,
            notes,
        },
    )
}

pub fn decision() -> impl Strategy<Value = Decision> {
    let by_hand =
        (level(1, 5), level(1, 5), text()).prop_map(|(likelihood, impact, reason)| LevelOverride { likelihood, impact, reason });
    let people = (of(id_of("p")), of(id_of("p")), of(id_of("p")));
    let basis: BoxedStrategy<BTreeMap<String, String>> = btree_map("[a-z ]{1,9}", text(), 0..2).boxed();
    let number = (of(prop_oneof![1..40u32, Just(u32::MAX)]), any::<bool>());
    (one(Disposition::ALL), (text(), text(), text()), people, (date(), date(), date()), of(by_hand), basis, number).prop_map(
        |(
            disposition,
            (justification, ticket, transferred_to),
            people,
            (on, expires, due),
            level_override,
            basis,
            (number, inherited),
        )| {
            Decision {
                visibility: None,
                disposition,
                justification,
                by: people.0,
                on,
                approver: people.1,
                expires,
                owner: people.2,
                due,
                transferred_to,
                ticket,
                level_override,
                basis,
                number,
                inherited,
            }
        },
    )
}

fn assumption() -> impl Strategy<Value = Assumption> {
    let about = btree_set(prop_oneof![id_of("e"), id_of("f"), id_of("b"), id_of("a")], 0..3);
    (text(), one(AssumptionStatus::ALL), about, of(id_of("p")), date())
        .prop_map(|(text, status, about, owner, reviewed)| Assumption { visibility: None, text, status, about, owner, reviewed })
}

pub fn note() -> impl Strategy<Value = Note> {
    let hidden_in = proptest::option::of(id_of("b"));
    (text(), any::<bool>(), hidden_in, extra()).prop_map(|(text, in_report, hidden_in, extra)| Note {
        text,
        in_report,
        hidden_in,
        extra,
    })
}

fn diagram() -> impl Strategy<Value = Diagram> {
    let locked = btree_set(prop_oneof![id_of("e"), id_of("f"), id_of("b"), id_of("n")], 0..3);
    let kept = (btree_set(id_of("b"), 0..2), one(LineStyle::ALL), locked);
    (text(), text(), of(id_of("e")), any::<i32>(), kept, extra()).prop_map(
        |(name, description, of, order, (collapsed, line_style, locked), extra)| Diagram {
            name,
            description,
            of,
            order,
            collapsed,
            line_style,
            locked,
            extra,
            visibility: None,
        },
    )
}

pub fn route() -> impl Strategy<Value = Route> {
    let attach = || {
        prop_oneof![
            Just(Attach::Auto),
            (0.0..=1.0f32, 0.0..=1.0f32).prop_map(|(x, y)| Attach::At(pt(x, y))),
            point().prop_map(Attach::Loose),
        ]
    };
    let by = of((-200.0..200.0f32, -200.0..200.0f32).prop_map(|(x, y)| vec2(x, y)));
    (style(), attach(), attach(), vec(point(), 0..4), (of(0.0..=1.0f32), by), any::<bool>()).prop_map(
        |(style, start, end, bends, (label, label_by), two_heads)| Route { two_heads, style, start, end, bends, label, label_by },
    )
}

/// A placement that mostly suits the kind of item its id belongs to.
fn placement(item: &Id) -> BoxedStrategy<Placement> {
    let line = (vec(point(), 1..4), style()).prop_map(|(points, style)| Placement::Line(BoundaryLine { points, style }));
    match item.as_str().as_bytes().first() {
        Some(b'f') => route().prop_map(Placement::Route).boxed(),
        Some(b'b') => prop_oneof![3 => any_rect().prop_map(Placement::Box), 1 => line].boxed(),
        _ => prop_oneof![20 => any_rect().prop_map(Placement::Box), 1 => Just(Placement::Box(rect(f32::NAN, 0.0, 1.0, 1.0)))]
            .boxed(),
    }
}
