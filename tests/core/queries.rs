//! The query language of registers: reading and printing, what words mean, and what is told mildly.

use palisade::interchange::plain_json;
use palisade::library::Library;
use palisade::model::*;
use palisade::register::{Bound, Facts, Op, Query, Register, Row, Term, Test, complete};
use palisade::risk::{Assessment, assess_on};
use proptest::prelude::*;
use std::collections::BTreeSet;

struct Shop {
    model: ThreatModel,
    assessment: Assessment,
    selected: BTreeSet<Id>,
}

const TODAY: (i32, u8, u8) = (2026, 10, 2);

fn today() -> Date {
    Date::new(TODAY.0, TODAY.1, TODAY.2).unwrap()
}

impl Shop {
    fn new() -> Shop {
        let text = std::fs::read_to_string("tests/data/oracle/web-shop.model.json").unwrap();
        Shop::of(plain_json::read(&text).unwrap().model)
    }

    fn of(model: ThreatModel) -> Shop {
        let assessment = assess_on(&model, Library::builtin(), today());
        Shop { model, assessment, selected: BTreeSet::new() }
    }

    fn facts(&self) -> Facts<'_> {
        Facts::new(&self.model, Library::builtin(), &self.assessment, today(), "Ada", &self.selected)
    }

    fn found(&self, register: Register, query: &str) -> (Vec<Row>, Vec<String>) {
        let facts = self.facts();
        let rows = facts.rows(register);
        let bound = Bound::new(&Query::read(query), register, &facts, &rows);
        (rows.into_iter().filter(|row| bound.lets(&facts, row)).collect(), bound.notes)
    }

    /// How many threats come through, and how many it should be.
    #[track_caller]
    fn threats(&self, query: &str, wanted: impl Fn(&palisade::risk::Finding) -> bool) {
        let (rows, notes) = self.found(Register::Threats, query);
        let expected: BTreeSet<Row> =
            self.assessment.findings.values().filter(|f| wanted(f)).map(|f| Row::Threat(f.key.clone())).collect();
        assert!(!expected.is_empty() && expected.len() < self.assessment.findings.len(), "{query} proves nothing");
        assert!(rows.iter().cloned().collect::<BTreeSet<_>>() == expected, "{query}: {} of {}", rows.len(), expected.len());
        assert_eq!(notes, Vec::<String>::new(), "{query}");
    }
}

#[test]
fn words_mean_what_they_say() {
    let shop = Shop::new();
    shop.threats("crossing", |f| shop.assessment.crossings.contains_key(&f.key.anchor));
    shop.threats("risk>20", |f| (f.current.score * 10.0).round() / 10.0 > 20.0);
    shop.threats("risk>=high", |f| f.current.band <= Band::High);
    shop.threats("risk:high", |f| f.current.band == Band::High);
    shop.threats("level:critical,low", |f| matches!(f.current.band, Band::Critical | Band::Low));
    shop.threats("stride:S", |f| f.about.categories.contains(&Category::S));
    shop.threats("-stride:s", |f| !f.about.categories.contains(&Category::S));
    shop.threats("stride:spoof", |f| f.about.categories.contains(&Category::S));
    shop.threats("likelihood=Likely impact=High", |f| f.current.likelihood == 4 && f.current.impact == 4);
    shop.threats("likelihood>=4", |f| f.current.likelihood >= 4);
    shop.threats("layer:network", |f| f.layer == Layer::Network);
    shop.threats("element=\"Shop database\"", |f| shop.model.name_of(&f.key.anchor) == "Shop database");
    shop.threats("boundary:none", |f| {
        let inside = |id: &Id| shop.model.elements.get(id).is_some_and(|e| e.boundary.is_some());
        let flow = |id: &Id| {
            shop.model.flows.get(id).is_some_and(|f| {
                let home = |end: &Option<Id>| shop.model.elements[end.as_ref().unwrap()].boundary.clone();
                home(&f.from).is_some() && home(&f.from) == home(&f.to)
            })
        };
        !inside(&f.key.anchor) && !flow(&f.key.anchor) && !shop.model.boundaries.contains_key(&f.key.anchor)
    });
    shop.threats("database", |f| {
        format!("{} {}", f.title, shop.model.name_of(&f.key.anchor)).to_lowercase().contains("database")
            || shop.model.decisions.get(&f.key).is_some_and(|d| d.justification.to_lowercase().contains("database"))
    });
}

#[test]
fn owners_and_days_are_asked_for() {
    let mut shop = Shop::new();
    let keys: Vec<ThreatKey> = shop.assessment.findings.keys().take(4).cloned().collect();
    shop.model.decisions.clear();
    shop.model.people.insert(Id::new("ada"), Person { name: "Ada".into(), ..Person::default() });
    shop.model.people.insert(Id::new("bob"), Person { name: "Bob Stone".into(), ..Person::default() });
    let decide =
        |owner: &str, due: &str| Decision { owner: Some(Id::new(owner)), due: Some(due.parse().unwrap()), ..Decision::default() };
    for (key, (owner, due)) in
        keys.iter().zip([("ada", "2026-10-01"), ("ada", "2026-10-30"), ("bob", "2026-09-01"), ("bob", "2027-01-01")])
    {
        shop.model.decisions.insert(key.clone(), decide(owner, due));
    }
    let shop = Shop::of(shop.model);
    let is = |wanted: &'static [usize]| {
        let keys = keys.clone();
        move |f: &palisade::risk::Finding| wanted.iter().any(|n| keys[*n] == f.key)
    };
    shop.threats("owner:me", is(&[0, 1]));
    shop.threats("mine overdue", is(&[0]));
    shop.threats("overdue", is(&[0, 2]));
    shop.threats("owner:\"bob stone\"", is(&[2, 3]));
    shop.threats("owner:any -owner:me", is(&[2, 3]));
    shop.threats("-owner:none", is(&[0, 1, 2, 3]));
    shop.threats("due<today", is(&[0, 2]));
    shop.threats("due<=30d", is(&[0, 1, 2]));
    shop.threats("due:2026-10", is(&[0, 1]));
    shop.threats("due>2026-10-15 due<2026-12-01", is(&[1]));
}

#[test]
fn what_makes_no_sense_is_told_and_hides_nothing() {
    let shop = Shop::new();
    let all = shop.assessment.findings.len();
    for (query, told) in [
        ("risk>lots", "risk cannot be compared with “lots”"),
        ("owner:", "owner: waits for a value"),
        ("stride>S", "stride cannot be compared with “S”"),
    ] {
        let (rows, notes) = shop.found(Register::Threats, query);
        assert_eq!(rows.len(), all, "{query}");
        assert!(notes.iter().any(|n| n.contains(told)), "{query}: {notes:?}");
    }
    let (rows, notes) = shop.found(Register::Threats, "colour:red");
    assert!(rows.is_empty() && notes[0].contains("No column is called “colour”"), "{notes:?}");
    // What one register knows is a word like others in another.
    let (_, notes) = shop.found(Register::Assets, "protocol:https");
    assert!(!notes.is_empty());
    let (rows, _) = shop.found(Register::Assets, "crossing");
    assert!(rows.is_empty(), "no asset is called so");
}

#[test]
fn other_registers_answer_as_well() {
    let shop = Shop::new();
    let count = |register, query| shop.found(register, query).0.len();
    let m = &shop.model;
    assert_eq!(count(Register::Flows, "crossing"), shop.assessment.crossings.len());
    assert_eq!(count(Register::Elements, "kind:process"), m.elements.values().filter(|e| e.kind == ElementKind::Process).count());
    assert_eq!(count(Register::Assets, "c>=4"), m.assets.values().filter(|a| a.c >= 4).count());
    assert_eq!(count(Register::Assets, "personal"), m.assets.values().filter(|a| a.is_personal()).count());
    let partial = m.instances.values().filter(|i| i.status == ControlStatus::Partial).count();
    assert_eq!(count(Register::Controls, "status=partial"), partial);
    assert!(partial > 0);
}

#[test]
fn the_next_word_is_proposed() {
    let shop = Shop::new();
    let facts = shop.facts();
    let rows = facts.rows(Register::Threats);
    let proposed = |text: &str| complete(text, text.len(), Register::Threats, &facts, &rows);
    let words = |text: &str| proposed(text).into_iter().map(|c| c.with).collect::<Vec<_>>();
    assert_eq!(words("cro")[0], "crossing");
    assert!(words("own").contains(&"owner:".to_owned()));
    assert!(words("open str").contains(&"stride:".to_owned()));
    assert!(words("owner:").contains(&"me".to_owned()));
    assert!(words("stride:spo").contains(&"Spoofing".to_owned()));
    assert!(words("element:data").iter().any(|w| w == "\"Shop database\""), "{:?}", words("element:data"));
    assert!(words("\"anything").is_empty());
    let text = "open -cro";
    let first = &proposed(text)[0];
    assert_eq!((&text[..first.range.start], first.with.as_str()), ("open -", "crossing"));
    let text = "element=\"Shop data";
    let first = &proposed(text)[0];
    assert_eq!(format!("{}{}", &text[..first.range.start], first.with), "element=\"Shop database\"");
}

fn any_term() -> impl Strategy<Value = Term> {
    let op = prop::sample::select(Op::ALL.to_vec());
    let value = prop_oneof![any::<String>(), "[a-z,\" \\\\=-]{0,8}"];
    let test = prop_oneof![
        "[a-z][a-z0-9-]{0,9}".prop_map(Test::Word),
        prop_oneof![any::<String>(), "[a-z\"\\\\ ]{0,8}"].prop_map(Test::Quoted),
        ("[a-zß][a-z0-9_-]{0,9}", op, prop::collection::vec(value, 0..4)).prop_map(|(key, op, values)| Test::Column {
            key,
            op,
            values
        }),
    ];
    (any::<bool>(), test).prop_map(|(is_negated, test)| Term { is_negated, test })
}

proptest! {
    #[test]
    fn what_is_printed_reads_the_same(terms in prop::collection::vec(any_term(), 0..6)) {
        let query = Query { terms };
        prop_assert_eq!(Query::read(&query.to_string()), query);
    }

    #[test]
    fn anything_can_be_read_and_printed(text in prop_oneof![any::<String>(), "[a-c:=<>,\" \\\\-]{0,24}"]) {
        let query = Query::read(&text);
        prop_assert_eq!(Query::read(&query.to_string()), query);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]
    #[test]
    fn anything_can_be_asked_and_completed(
        text in prop_oneof![any::<String>(), "(owner|due|risk|stride|element|x)[:=<>]{1,2}[a-z0-9\",-]{0,9} ?-?[a-z]{0,5}"],
        caret in 0usize..40,
        which in 0usize..10,
    ) {
        let shop = Shop::new();
        let facts = shop.facts();
        let register = Register::ALL[which];
        let rows = facts.rows(register);
        let bound = Bound::new(&Query::read(&text), register, &facts, &rows);
        let found = rows.iter().filter(|row| bound.lets(&facts, row)).count();
        prop_assert!(found <= rows.len());
        for completion in complete(&text, caret, register, &facts, &rows) {
            let mut put = text.clone();
            put.replace_range(completion.range, &completion.with);
        }
    }
}
