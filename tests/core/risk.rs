//! What the risk engine does for people: hand-written threats, decisions, vulnerabilities, plans, roll-ups, reasons.

use crate::support::dsl::{MAIN, id, model};
use crate::support::shop::{criminals, small_shop};
use palisade::geometry::pt;
use palisade::library::Library;
use palisade::model::*;
use palisade::risk::*;

fn assessed(model: &ThreatModel) -> Assessment {
    assess(model, Library::builtin())
}

/// A small shop: a customer on the Internet, a web application that keeps its data in an SQL database.
fn shop() -> ThreatModel {
    small_shop([3, 3, 2])
        .carried_by("Customer>Web")
        .carried_by("Web>DB")
        .also(criminals)
        .also(|m| {
            m.elements.entry("customer".into()).and_modify(|e| e.tags = ["customer".to_owned()].into());
            let spoken = [
                ("Customer>Web", Protocol::Http, Authn::Session, Channel::Internet),
                ("Web>DB", Protocol::Sql, Authn::Password, Channel::Wired),
            ];
            for (flow, protocol, authn, channel) in spoken {
                m.flows.entry(id(flow)).and_modify(|f| (f.protocol, f.authn, f.channel) = (protocol, authn, channel));
            }
        })
        .build()
}

fn sql_injection() -> ThreatKey {
    ThreatKey::new("T-INJ-01", "db")
}

fn by_hand(severity: Option<Band>) -> Threat {
    Threat {
        title: "Someone reads {Dst} over the shoulder".into(),
        description: "Screens face the street.".into(),
        categories: vec![Category::I],
        targets: [id("Web"), id("Customer>Web"), id("Cloud")].into(),
        severity_override: severity.map(|band| SeverityOverride { band, score: "7.5".into(), source: "Threat Dragon".into() }),
        controls: [("C-APP-HARDEN".to_owned(), Link::Primary)].into(),
        source: "Threat Dragon #3".into(),
        ..Threat::default()
    }
}

#[test]
fn an_empty_model_and_a_broken_one_are_assessed_without_fuss() {
    let empty = assessed(&ThreatModel::default());
    assert!(empty.findings.is_empty() && empty.questions.is_empty());
    assert_eq!(empty.totals.risk.peak, 0.0);

    let mut broken = shop();
    broken.elements.get_mut("web").unwrap().tags.insert("no-such-technology".into());
    broken.elements.get_mut("db").unwrap().holds.insert("nothing".into());
    broken.flows.get_mut("web>db").unwrap().from = None;
    broken.flows.get_mut("customer>web").unwrap().to = Some("gone".into());
    broken.boundaries.get_mut("cloud").unwrap().parent = Some("cloud".into());
    broken.instances.insert("i".into(), shop_control("no such control", ControlStatus::Implemented));
    let found = assessed(&broken);
    assert!(!found.findings.contains_key(&sql_injection()), "a loose flow is skipped");
    assert_eq!(found.flows.len(), 2);
}

fn shop_control(control: &str, status: ControlStatus) -> ControlInstance {
    ControlInstance {
        visibility: None,
        control: control.into(),
        at: [Site::At(id("Web"))].into(),
        status,
        coverage: 1.0,
        evidence: Evidence { level: EvidenceLevel::Tested, ..Evidence::default() },
        owner: None,
        due: None,
        cost: None,
        notes: String::new(),
    }
}

#[test]
fn an_unknown_technology_tag_leaves_the_element_untagged() {
    let mut model = shop();
    model.elements.get_mut("web").unwrap().tags = ["no-such-technology".to_owned()].into();
    assert!(assessed(&model).findings.contains_key(&ThreatKey::new("T-GEN-T", "web")));
}

#[test]
fn a_finding_says_what_it_is_in_names() {
    let found = assessed(&shop());
    let finding = &found.findings[&sql_injection()];
    assert_eq!(finding.title, "SQL injection through Web into DB");
    assert_eq!(finding.code().len(), 14);
    assert_eq!(*finding.about.categories, [Category::T, Category::I, Category::E]);
    assert_eq!((finding.anchor, finding.status), (AnchorKind::Element, FindingStatus::Applies));
    assert_eq!(finding.about.source, FindingSource::Rule { pack: "stride-core".into() });
    assert_eq!(finding.bindings.iter().map(Binding::spelled).collect::<Vec<_>>(), ["Dst=db|Flow=web>db|Src=web"]);
    assert_eq!(finding.agent, Some("crime".into()));
    assert_eq!(finding.stake, Some(Stake::Asset { asset: id("Orders"), dimension: Dimension::C }));
    assert_eq!((&*finding.about.cwe, &*finding.about.capec), ([89].as_slice(), [66].as_slice()));
    assert!(finding.about.listed.contains(&("C-APP-PARAM".into(), Link::Primary)));
}

#[test]
fn a_threat_written_by_hand_is_one_finding_for_each_target() {
    let mut model = shop();
    model.threats.insert("t".into(), by_hand(None));
    let found = assessed(&model);
    let ours: Vec<&Finding> = found.findings.values().filter(|f| f.key.rule.as_str() == "t").collect();
    assert_eq!(ours.len(), 3);
    for finding in &ours {
        assert_eq!(finding.title, "Someone reads {Dst} over the shoulder", "a title by hand is kept to the letter");
        assert_eq!(finding.about.source, FindingSource::Manual { from: "Threat Dragon #3".into() });
        assert!(finding.inherent.score > 0.0);
    }
    // On a loose flow and on an element out of scope as well: a person put it there.
    model.flows.get_mut("customer>web").unwrap().to = None;
    model.elements.get_mut("web").unwrap().out_of_scope = Some("bought service".into());
    assert_eq!(assessed(&model).findings.keys().filter(|k| k.rule.as_str() == "t").count(), 3);
}

#[test]
fn a_given_severity_replaces_the_rating_and_controls_still_lower_it() {
    for band in Band::ALL {
        let mut model = shop();
        model.threats.insert("t".into(), by_hand(Some(*band)));
        let key = ThreatKey::new("t", "web");
        let finding = assessed(&model).findings[&key].clone();
        assert_eq!((finding.inherent.band, finding.current.band), (*band, *band));
        assert_eq!(finding.rated_by, RatedBy::Severity);
        model.instances.insert("i".into(), shop_control("C-APP-HARDEN", ControlStatus::Operating));
        let lowered = assessed(&model).findings[&key].clone();
        assert!(lowered.current.score < finding.current.score);
        assert_eq!(lowered.inherent, finding.inherent);
    }
}

#[test]
fn planned_controls_show_in_the_planned_rating_only() {
    let mut model = shop();
    let rating = |m: &ThreatModel| {
        let f = assessed(m).findings[&sql_injection()].clone();
        (f.inherent.score, f.current.score, f.planned.score)
    };
    let (inherent, bare, planned) = rating(&model);
    assert_eq!((inherent, bare), (bare, planned));
    for status in [ControlStatus::Proposed, ControlStatus::Retired] {
        model.instances.insert("i".into(), shop_control("C-APP-PARAM", status));
        assert_eq!(rating(&model), (inherent, bare, bare));
    }
    model.instances.insert("i".into(), shop_control("C-APP-PARAM", ControlStatus::Planned));
    let (_, current, planned) = rating(&model);
    assert_eq!(current, bare);
    assert!(planned < bare);
    model.instances.insert("i".into(), shop_control("C-APP-PARAM", ControlStatus::Partial));
    let (_, partial, _) = rating(&model);
    model.instances.insert("i".into(), shop_control("C-APP-PARAM", ControlStatus::Implemented));
    let (_, full, _) = rating(&model);
    assert!(full < partial && partial < bare);
}

#[test]
fn a_custom_control_of_the_model_counts() {
    let mut model = shop();
    model.threats.insert("t".into(), Threat { controls: [("blinds".to_owned(), Link::Primary)].into(), ..by_hand(None) });
    let key = ThreatKey::new("t", "web");
    let bare = assessed(&model).findings[&key].current.score;
    model.controls.insert("blinds".into(), Control { name: "Blinds".into(), ..Control::default() });
    model.instances.insert("i".into(), shop_control("blinds", ControlStatus::Implemented));
    let finding = assessed(&model).findings[&key].clone();
    assert!(finding.current.score < bare);
    assert_eq!(finding.controls[0].control, "blinds");
}

#[test]
fn vulnerabilities_raise_the_odds_of_their_threats() {
    let mut model = shop();
    let p = |m: &ThreatModel| assessed(m).findings[&sql_injection()].p0;
    let bare = p(&model);
    let at = |status| Vulnerability {
        visibility: None,
        name: "String-built query".into(),
        kind: VulnerabilityKind::CodingError,
        at: id("Web"),
        cwe: Some(89),
        description: String::new(),
        evidence: String::new(),
        status,
        threats: [sql_injection()].into(),
    };
    model.vulnerabilities.insert("v".into(), at(VulnerabilityStatus::Suspected));
    let suspected = p(&model);
    model.vulnerabilities.insert("v".into(), at(VulnerabilityStatus::Confirmed));
    let confirmed = p(&model);
    assert!(bare < suspected && suspected < confirmed);
    // p .60 has odds 1.5; all factors together count at most eightfold.
    assert!(confirmed <= 12.0 / 13.0 + 1e-12);
    model.vulnerabilities.insert("v".into(), at(VulnerabilityStatus::Fixed));
    assert_eq!(p(&model), bare);
}

#[test]
fn depth_and_packs_switch_rules_off() {
    let mut model = shop();
    let all = assessed(&model).findings.len();
    model.info.depth = 1;
    let essential = assessed(&model).findings.len();
    assert!(essential < all);
    model.info.packs_off.insert("stride-core".into());
    assert!(assessed(&model).findings.len() < essential);
    assert!(!assessed(&model).findings.contains_key(&sql_injection()));
}

#[test]
fn what_was_ruled_out_stays_listed_but_leaves_the_totals() {
    let mut model = shop();
    let before = assessed(&model);
    let worst = before.ranked()[0].key.clone();
    let decision =
        Decision { disposition: Disposition::NotApplicable, justification: "there is none".into(), ..Decision::default() };
    model.decisions.insert(worst.clone(), decision);
    let after = assessed(&model);
    assert_eq!(after.findings[&worst].disposition, Disposition::NotApplicable);
    assert_eq!(after.totals.current.total() + 1, before.totals.current.total());
    assert!(after.totals.risk.load < before.totals.risk.load);
    assert_eq!(after.totals.not_applicable, 1);
    model.decisions.get_mut(&worst).unwrap().disposition = Disposition::Accept;
    let accepted = assessed(&model);
    assert_eq!((accepted.totals.risk.load, accepted.totals.accepted), (before.totals.risk.load, 1));
}

#[test]
fn levels_set_by_hand_replace_likelihood_and_impact() {
    let mut model = shop();
    let level_override = Some(LevelOverride { likelihood: 2, impact: 3, reason: "seen in the logs".into() });
    model.decisions.insert(sql_injection(), Decision { level_override, ..Decision::default() });
    let finding = assessed(&model).findings[&sql_injection()].clone();
    assert_eq!((finding.inherent.likelihood, finding.inherent.impact, finding.rated_by), (2, 3, RatedBy::Decision));
    let why = explain(&model, Library::builtin(), &sql_injection()).unwrap();
    assert!(why.steps[0].words.contains("seen in the logs"));
}

#[test]
fn a_stale_decision_names_what_changed_and_a_renamed_element_is_no_change() {
    let mut model = shop();
    let basis = basis_of(&model, Library::builtin(), &sql_injection());
    assert!(basis.len() >= 5, "{basis:?}");
    let decision = Decision { disposition: Disposition::Mitigate, basis, ..Decision::default() };
    model.decisions.insert(sql_injection(), decision);
    let stale = |m: &ThreatModel| {
        let inputs = &assessed(m).findings[&sql_injection()].stale;
        inputs.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(stale(&model), [] as [&str; 0]);
    model.elements.get_mut("db").unwrap().name = "Order database".into();
    model.elements.get_mut("web").unwrap().description = "new words".into();
    model.instances.insert("i".into(), shop_control("C-APP-PARAM", ControlStatus::Implemented));
    assert_eq!(stale(&model), [] as [&str; 0]);
    // Setting levels by hand is part of a decision and does not make it stale.
    let level_override = Some(LevelOverride { likelihood: 1, impact: 1, reason: "it is small".into() });
    model.decisions.get_mut(&sql_injection()).unwrap().level_override = level_override;
    assert_eq!(stale(&model), [] as [&str; 0]);

    model.elements.get_mut("db").unwrap().tags.insert("data-warehouse".into());
    model.assets.get_mut("orders").unwrap().c = 4;
    let told = stale(&model);
    assert!(told.contains(&"technology of Order database: SQL database → Data warehouse, SQL database".to_owned()), "{told:?}");
    assert!(told.contains(&"value of Orders: C3 I3 A2 P0 S0 → C4 I3 A2 P0 S0".to_owned()), "{told:?}");
    assert_eq!(assessed(&model).totals.stale, 1);
}

#[test]
fn a_decision_without_its_threat_is_dormant_and_comes_back() {
    let mut model = shop();
    model.decisions.insert(sql_injection(), Decision { disposition: Disposition::Transfer, ..Decision::default() });
    let tags = std::mem::take(&mut model.elements.get_mut("db").unwrap().tags);
    let without = assessed(&model);
    assert_eq!(without.dormant, [sql_injection()]);
    model.elements.get_mut("db").unwrap().tags = tags;
    let back = assessed(&model);
    assert!(back.dormant.is_empty());
    assert_eq!(back.findings[&sql_injection()].disposition, Disposition::Transfer);
}

#[test]
fn crossings_entry_and_exit_points_follow_trust() {
    let mut model = shop();
    model.flows.insert("web>customer".into(), Flow { from: Some(id("Web")), to: Some(id("Customer")), ..Flow::default() });
    let found = assessed(&model);
    let crossing = &found.crossings["customer>web"];
    assert_eq!((crossing.from, crossing.to, crossing.change()), (Some(0), Some(3), TrustChange::Up));
    assert_eq!(crossing.boundaries, [id("Internet"), id("Cloud")].into());
    assert!(!found.crossings.contains_key("web>db"));
    let entry = &found.entry_points[0];
    assert_eq!((entry.element.as_str(), entry.difference()), ("web", 3));
    assert_eq!(found.exit_points[0].element.as_str(), "web");
    assert_eq!(found.totals.attack_surface, 3);
}

#[test]
fn a_boundary_drawn_as_a_line_is_crossed_by_the_flows_it_separates() {
    let mut model = shop();
    model.boundaries.insert("line".into(), Boundary { name: "Perimeter".into(), ..Boundary::default() });
    let db = model.rect_of(&MAIN.into(), &id("DB")).unwrap();
    let web = model.rect_of(&MAIN.into(), &id("Web")).unwrap();
    let x = (web.center().x + db.center().x) / 2.0;
    let line = BoundaryLine { points: vec![pt(x, -500.0), pt(x, 1500.0)], style: LineStyle::Straight };
    model.placements.insert(PlacementKey::new(MAIN, "line"), Placement::Line(line));
    let found = assessed(&model);
    assert_eq!(found.crossings["web>db"].boundaries, [Id::from("line")].into());
    assert!(!found.crossings["customer>web"].boundaries.contains("line"));
}

#[test]
fn a_mesh_of_gateways_is_looked_through_within_reason() {
    let mut mesh = model("Mesh");
    let names: Vec<String> = (0..36).map(|n| format!("G{n}")).collect();
    for name in &names {
        mesh = mesh.process(name).tagged("gateway");
    }
    for (a, b) in names.iter().flat_map(|a| names.iter().map(move |b| (a, b))).filter(|(a, b)| a != b) {
        mesh = mesh.flow(a, b);
    }
    let started = std::time::Instant::now();
    assert_eq!(assessed(&mesh.build()).elements.len(), 36);
    assert!(started.elapsed().as_secs() < 60);
}

#[test]
fn parts_score_and_the_whole_rolls_up() {
    let mut model = shop();
    model.elements.insert("part".into(), Element { name: "Cart".into(), parent: Some(id("Web")), ..Element::default() });
    let found = assessed(&model);
    let (part, whole) = (&found.elements["part"].risk, &found.elements["web"].risk);
    let keys = |anchor: &str| found.at(&anchor.into()).map(|f| f.key.clone()).collect::<Vec<_>>();
    assert!(!keys("part").is_empty());
    assert!(keys("part").iter().all(|key| keys("web").contains(key)));
    assert!(whole.load > part.load);
    let scores: Vec<f64> = found.at(&"web".into()).map(|f| f.current.score).collect();
    assert!(scores.is_sorted_by(|a, b| a >= b), "worst first");
    assert!(found.at(&id("Web")).count() >= found.at(&"part".into()).count());
}

#[test]
fn peak_and_load_add_up_by_anchor_and_class() {
    let found = assessed(&shop());
    let totals = &found.totals;
    assert_eq!(totals.risk.counts, totals.current);
    assert_eq!(totals.risk.peak, found.ranked().iter().filter(|f| f.counts()).map(|f| f.current.score).fold(0.0, f64::max));
    let cloud = &found.boundaries["cloud"];
    assert!(cloud.risk.load > 0.0 && cloud.risk.load <= totals.risk.load);
    assert!(found.at(&"cloud".into()).all(|f| f.key.anchor.as_str() == "cloud"));
    assert!(found.within(&"cloud".into()).any(|f| f.key.anchor.as_str() == "db"));
    assert!(found.elements["db"].risk.peak <= cloud.risk.peak);
    assert!(totals.inherent_load >= totals.risk.load && totals.risk.load >= totals.planned_load);
    let cells: usize = (1..=5).flat_map(|l| (1..=5).map(move |i| (l, i))).map(|(l, i)| totals.current_matrix.get(l, i)).sum();
    assert_eq!(cells, totals.current.total());
    assert!(found.findings[&sql_injection()].assets.contains(&"orders".into()));
    assert!(found.assets["orders"].peak >= found.findings[&sql_injection()].current.score);
}

#[test]
fn questions_are_ranked_by_what_they_decide() {
    let found = assessed(&shop());
    assert!(found.questions.len() > 3);
    assert!(found.questions.is_sorted_by(|a, b| a.value >= b.value));
    for question in &found.questions {
        let asks = |f: &&Finding| f.missing.iter().any(|about| about.at_source() == question.about);
        let decided: Vec<&Finding> = found.findings.values().filter(asks).collect();
        assert_eq!(decided.len(), question.threats, "{:?}", question.about);
        assert!(decided.iter().all(|f| f.status == FindingStatus::Possible));
        assert!(question.about.question(&shop()).ends_with('?'));
    }
    assert!(found.totals.risk.peak_if_confirmed >= found.totals.risk.peak);
    assert!(found.totals.risk.load_if_confirmed > found.totals.risk.load);
}

#[test]
fn an_asset_whose_kind_nobody_told_is_at_stake_wherever_any_kind_would_be() {
    let mut shop = shop();
    let worst = |model: &ThreatModel| {
        let found = assessed(model);
        let business = found.findings.values().filter(|f| f.key.rule.as_str() == "T-ACC-01" && f.counts());
        business.map(|f| f.current.score).fold(0.0, f64::max)
    };
    let everything = |model: &ThreatModel| assessed(model).totals.risk.load;
    for asset in shop.assets.values_mut() {
        asset.kinds = [AssetKind::BusinessData].into();
    }
    let (said, all_said) = (worst(&shop), everything(&shop));
    for asset in shop.assets.values_mut() {
        asset.kinds.clear();
    }
    assert_eq!(worst(&shop), said);
    assert!(everything(&shop) >= all_said);
    for asset in shop.assets.values_mut() {
        asset.kinds = [AssetKind::Config].into();
    }
    assert!(worst(&shop) < said);
}

#[test]
fn questions_about_facts_are_sentences() {
    let shop = shop();
    for fact in Fact::ALL {
        let question = Unanswered::Fact("web".into(), *fact).question(&shop);
        let verb = question.split(" that it ").nth(1).and_then(|rest| rest.split(' ').next()).unwrap_or_default();
        assert!(["is", "keeps", "can", "runs", "holds", "uses", "sits"].contains(&verb), "{question}");
    }
}

#[test]
fn the_reasons_of_a_rating_are_told_in_words() {
    let mut model = shop();
    model.instances.insert("i".into(), shop_control("C-APP-PARAM", ControlStatus::Partial));
    let why = explain(&model, Library::builtin(), &sql_injection()).unwrap();
    assert_eq!(
        why.sentence,
        "Crime with anonymous access can bring about “SQL injection through Web into DB”, leading to loss of \
         confidentiality, integrity and availability of Orders."
    );
    let told: Vec<String> = why.steps.iter().map(|s| format!("{} {}", s.factor, s.words)).collect();
    let expected = [
        "60.0 % base likelihood of this kind of threat, level 4 of 5",
        "× 1.6 Web is reached from the Internet",
        "× 2.03 Crime (access: remote): anonymous access is needed; capability 4 against skill 2, intent 4 of 5",
        "83.0 % likelihood in a year before controls, level 5 of 5; factors count on the odds: 1.5 to 1 became 4.87 to 1",
        "0.65 Orders: confidentiality 3 of 4, wholly hit, kept here",
        "0.65 impact before controls, level 4 of 5",
        "53.9 Critical inherent risk of this route: 100 × likelihood × impact",
        "− 46.0 % Parameterised data access at Web: primary answer, partial, tested; fully implemented and tested it would be 92.0 %",
        "− 46.0 % controls together on likelihood: the best of each family counts, families multiply",
        "44.8 % likelihood today, level 3 of 5",
        "0.65 impact today, level 4 of 5",
        "29.1 High current risk",
    ];
    assert_eq!(told, expected);
    assert_eq!(why.steps.iter().filter(|s| s.kind == StepKind::Input).count(), 5);
    assert_eq!(why.routes, 1);
    assert!(explain(&model, Library::builtin(), &ThreatKey::new("T-INJ-01", "nowhere")).is_none());
}

#[test]
fn every_finding_can_be_explained() {
    let mut model = shop();
    model.threats.insert("t".into(), by_hand(Some(Band::High)));
    let explainer = Explainer::new(&model, Library::builtin());
    for (key, finding) in &assessed(&model).findings {
        let why = explainer.explain(key).unwrap();
        let end = why.steps.last().unwrap();
        assert!(end.factor.starts_with(&format!("{:.1}", finding.current.score)), "{key}: {end:?}");
        assert!(!explainer.basis(key).is_empty());
    }
}
