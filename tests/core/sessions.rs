//! Sessions: playlists made and stepped through, scores given blind, cards, scenarios, and what came of it all.

use palisade::compare::{Scores, freeze};
use palisade::edit::{Document, Edit};
use palisade::library::Library;
use palisade::model::*;
use palisade::progress::Quiet;
use palisade::report::{self, Format};
use palisade::risk::{Assessment, assess};
use palisade::session::*;
use std::collections::{BTreeMap, BTreeSet};

fn shop() -> ThreatModel {
    let bytes = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/sample_models/web-shop.ron")).unwrap();
    palisade::open::open(&bytes, "web-shop").unwrap().model
}

fn assessed(model: &ThreatModel) -> Assessment {
    assess(model, Library::builtin())
}

fn at(minute: u16) -> Moment {
    Moment::new(Date::new(2026, 10, 2).unwrap(), 14, minute).unwrap()
}

/// A model with a session that has begun, as the window begins it.
fn begun() -> (Document, Id) {
    let model = shop();
    let scores = Scores::of(&assessed(&model));
    let start = freeze(&model, &scores, Library::builtin(), "Start", "", at(0).date);
    let session = begin(&model, at(0), start);
    let mut document = Document::new(model);
    let id = Id::new("session-1");
    assert!(document.commit(&Edit::put(Key::Session(id.clone()), session)).unwrap());
    (document, id)
}

#[test]
fn a_playlist_has_every_boundary_crossing_open_threat_and_unreviewed_element() {
    let model = shop();
    let assessment = assessed(&model);
    let steps = generate(&model, &assessment, Scope::All);
    let of = |part: StepPart| steps.iter().filter(|step| step.part == part).collect::<Vec<_>>();
    let drawn = |id: &Id| model.placements.keys().any(|key| key.item == *id);
    let highlighted = |part| of(part).into_iter().flat_map(|s| s.highlighted.iter().cloned()).collect::<BTreeSet<Id>>();
    let boundaries: BTreeSet<Id> = model.boundaries.keys().filter(|id| drawn(id)).cloned().collect();
    assert_eq!(highlighted(StepPart::Boundaries), boundaries);
    let crossing: BTreeSet<Id> = assessment.crossings.keys().filter(|id| drawn(id)).cloned().collect();
    assert!(!crossing.is_empty());
    assert_eq!(highlighted(StepPart::Crossings), crossing);
    let open = assessment.ranked().into_iter().filter(|f| f.counts() && f.disposition == Disposition::Open);
    let open: Vec<&ThreatKey> = open.filter(|f| drawn(&f.key.anchor)).map(|f| &f.key).collect();
    let stepped: Vec<&ThreatKey> = of(StepPart::Threats).into_iter().filter_map(|step| step.threat.as_ref()).collect();
    assert_eq!(stepped, open, "the worst first");
    let unseen: BTreeSet<Id> = model
        .elements
        .iter()
        .filter(|(id, e)| e.reviewed.is_none() && e.out_of_scope.is_none() && drawn(id))
        .map(|(id, _)| id.clone())
        .collect();
    assert_eq!(highlighted(StepPart::Unreviewed), unseen);
    // The whole picture comes first.
    assert_eq!((steps[0].part, steps[0].highlighted.len()), (StepPart::Overview, 0));
    // Every step can be shown.
    assert!(steps.iter().all(|step| step.diagram.as_ref().is_some_and(|diagram| model.diagrams.contains_key(diagram))));
    // A flow is seen with its ends and the boundaries between them.
    let step = of(StepPart::Crossings)[0];
    let flow = step.highlighted.first().unwrap();
    let lit = in_light(&model, &assessment, step);
    let crossing = &assessment.crossings[flow];
    assert!(crossing.boundaries.iter().chain(&model.flows[flow].from).chain(&model.flows[flow].to).all(|id| lit.contains(id)));
}

#[test]
fn a_meeting_goes_through_the_gravest_and_takes_in_the_rest_when_asked() {
    let model = shop();
    let assessment = assessed(&model);
    let (few, all) = (generate(&model, &assessment, Scope::Gravest), generate(&model, &assessment, Scope::All));
    assert!(few.len() <= 40 && all.len() > 200, "{} of {}", few.len(), all.len());
    assert!(few.iter().all(|step| all.contains(step)));
    for part in [StepPart::Boundaries, StepPart::Crossings, StepPart::Threats, StepPart::Unreviewed] {
        assert!(few.iter().any(|step| step.part == part), "{part:?} is left out");
    }
    let score = |step: &PlayStep| assessment.findings.get(step.threat.as_ref().unwrap()).unwrap().current.score;
    let of = |steps: &[PlayStep]| steps.iter().filter(|step| step.threat.is_some()).map(score).collect::<Vec<_>>();
    assert_eq!(of(&few), of(&all)[..of(&few).len()], "the gravest threats");
    // There and back again; what people made of it stays.
    assert!(rescoped(&model, &assessment, &few, Scope::All) == all);
    assert!(rescoped(&model, &assessment, &all, Scope::Gravest) == few);
    let mut own = all.clone();
    own[100].note = "Ask the bank".into();
    let mine = PlayStep { title: "Mine".into(), diagram: few[0].diagram.clone(), ..PlayStep::default() };
    own.insert(3, mine.clone());
    let narrowed = rescoped(&model, &assessment, &own, Scope::Gravest);
    assert_eq!(narrowed.len(), few.len() + 2);
    assert!(narrowed.contains(&mine) && narrowed.iter().any(|step| step.note == "Ask the bank"));
}

#[test]
fn four_hundred_threats_are_the_most_anybody_steps_through() {
    let model = palisade::generate::generate(palisade::generate::Size::elements(120), 7);
    let assessment = assessed(&model);
    let threats = |scope| generate(&model, &assessment, scope).iter().filter(|step| step.threat.is_some()).count();
    assert!(assessment.ranked().iter().filter(|f| f.counts()).count() > 400);
    assert_eq!((threats(Scope::All), threats(Scope::Gravest)), (400, 15));
    let few = generate(&model, &assessment, Scope::Gravest);
    assert!(few.len() <= 40, "{} steps", few.len());
    assert!(rescoped(&model, &assessment, &few, Scope::All).len() == generate(&model, &assessment, Scope::All).len());
}

fn plain(titles: &[&str]) -> Stage {
    let part = |n: usize| if n < 2 { StepPart::Boundaries } else { StepPart::Threats };
    let step = |(n, title): (usize, &&str)| PlayStep { title: (*title).to_owned(), part: part(n), ..PlayStep::default() };
    Stage::new(titles.iter().enumerate().map(step).collect())
}

fn title(stage: &Stage) -> &str {
    &stage.step().unwrap().title
}

#[test]
fn stepping_passes_over_what_is_skipped_and_stops_at_the_ends() {
    let mut stage = plain(&["a", "b", "c", "d"]);
    assert!(!stage.go(-1));
    assert!(stage.go(1) && title(&stage) == "b");
    stage.toggle_skip();
    assert_eq!(stage.coming().next().unwrap().title, "c");
    assert!(stage.go(1) && title(&stage) == "c");
    assert_eq!((stage.number(), stage.number_in_part()), ((2, 3), (StepPart::Threats, 1, 2)));
    assert!(stage.go(-1) && title(&stage) == "a", "b is skipped");
    assert!(stage.go_part(1) && title(&stage) == "c");
    assert!(!stage.go_part(1));
    assert!(stage.go_part(-1) && title(&stage) == "a");
    stage.go_to_last();
    assert!(title(&stage) == "d" && !stage.go(1));
}

#[test]
fn steps_are_put_in_another_order_and_one_stays_with_the_moved_one() {
    let mut stage = plain(&["a", "b", "c"]);
    assert!(stage.shift(1) && title(&stage) == "a");
    let order: Vec<&str> = stage.steps().iter().map(|s| &s.title[..]).collect();
    assert_eq!(order, ["b", "a", "c"]);
    assert!(stage.shift(1) && !stage.shift(1));
    let stored = Playlist { steps: stage.steps().to_vec(), ..Playlist::default() };
    let mut other = plain(&["a", "b", "c"]);
    other.follow(&ThreatModel::default(), Some(&stored));
    assert_eq!((other.at(), title(&other)), (2, "a"), "the order is the stored one, the step the same");
}

#[test]
fn steps_about_what_was_deleted_go() {
    let (mut document, _) = begun();
    let mut stage = Stage::new(generate(document.model(), &assessed(document.model()), Scope::All));
    let count = stage.steps().len();
    let flow = stage.steps().iter().find(|s| s.part == StepPart::Crossings).unwrap().highlighted.first().unwrap().clone();
    document.commit(&Edit::Remove { keys: [Key::Flow(flow)].into() }).unwrap();
    stage.follow(document.model(), None);
    assert!(stage.steps().len() < count);
}

#[test]
fn a_stored_playlist_loses_what_is_deleted_and_comes_back_with_undo() {
    let (mut document, _) = begun();
    let steps = generate(document.model(), &assessed(document.model()), Scope::All);
    let list = Playlist { name: "Walk".into(), steps, ..Playlist::default() };
    let key = Key::Playlist(Id::new("walk"));
    document.commit(&Edit::put(key, list.clone())).unwrap();
    let element = document.model().elements.keys().next().unwrap().clone();
    document.commit(&Edit::Remove { keys: [Key::Element(element.clone())].into() }).unwrap();
    let now = &document.model().playlists[&Id::new("walk")];
    assert!(now.steps.iter().all(|step| !step.highlighted.contains(&element)));
    assert!(check(document.model()).is_empty());
    document.undo();
    assert!(document.model().playlists[&Id::new("walk")] == list);
}

fn ballots(levels: &[(u8, u8)]) -> BTreeMap<Id, Ballot> {
    let ballot = |(n, (likelihood, impact)): (usize, &(u8, u8))| {
        (Id::from(format!("p{n}")), Ballot { likelihood: *likelihood, impact: *impact })
    };
    levels.iter().enumerate().map(ballot).collect()
}

#[test]
fn the_median_counts_and_two_levels_apart_is_to_be_talked_about() {
    assert_eq!(agreement(&BTreeMap::new()), None);
    let close = agreement(&ballots(&[(3, 4), (2, 4), (3, 5)])).unwrap();
    assert_eq!((close.likelihood, close.impact, close.spread(), close.needs_talk()), (3, 4, 1, false));
    // Of an even number the higher of the middle two.
    let even = agreement(&ballots(&[(2, 2), (3, 3)])).unwrap();
    assert_eq!((even.likelihood, even.impact), (3, 3));
    let apart = agreement(&ballots(&[(1, 3), (3, 3), (3, 3)])).unwrap();
    assert!(apart.needs_talk() && apart.spread() == 2);
    assert_eq!(apart.words(), "Blind score of 3: likelihood 3 (1 to 3), impact 3 (3)");
}

#[test]
fn everybody_scores_in_turn_and_nobody_sees_before_all_do() {
    let key = ThreatKey { rule: Id::new("T-INJ-01"), anchor: Id::new("web") };
    let people = vec![Id::new("ann"), Id::new("bob"), Id::new("cy")];
    let mut vote = Vote::new(key, people.clone(), 0);
    assert!(!vote.reveal(), "nothing to show yet");
    assert!(vote.enter(4) && vote.waits_for_impact() && vote.enter(5));
    assert_eq!((vote.turn(), vote.revealed()), (Some(&people[1]), None));
    assert!(!vote.enter(6) && !vote.enter(0));
    assert!(vote.enter(2));
    vote.back();
    assert!(!vote.waits_for_impact());
    vote.back();
    assert!(vote.waits_for_impact() && vote.turn() == Some(&people[0]), "the ballot before is taken back as far as the impact");
    assert!(vote.enter(3) && vote.enter(2) && vote.enter(3));
    vote.pass();
    assert!(vote.turn().is_none() && vote.reveal());
    assert_eq!(vote.revealed().unwrap().len(), 2);
    assert_eq!(vote.revealed().unwrap()[&people[0]], Ballot { likelihood: 4, impact: 3 });
    vote.again();
    assert!(vote.round == 2 && vote.revealed().is_none() && vote.turn() == Some(&people[0]));
}

#[test]
fn cards_are_dealt_once_onto_what_they_are_about_and_become_threats_that_count() {
    let (mut document, id) = begun();
    let item = document.model().elements.iter().find(|(_, e)| e.kind == ElementKind::Process).unwrap().0.clone();
    let (dealer, library) = (Dealer::new(5), Library::builtin());
    let suiting = library.cards.iter().filter(|card| card.places(document.model()).contains(&item)).count();
    let mut dealt = BTreeSet::new();
    let session = |document: &Document| document.model().sessions[&id].clone();
    while let Some(card) = dealer.next(library, document.model(), &session(&document), &item, &BTreeSet::new()) {
        assert!(dealt.insert(card.id.clone()), "{} twice", card.id);
        let play = CardPlay { card: card.id.clone(), at: Some(item.clone()), ..CardPlay::default() };
        let edit = with(document.model(), &id, "play", |session| session.plays.push(play)).unwrap();
        document.commit(&edit).unwrap();
    }
    assert!(suiting > 5 && dealt.len() == suiting, "{} of {suiting}", dealt.len());
    // Another seed, another order.
    let deal = |seed| Dealer::new(seed).next(library, document.model(), &Session::default(), &item, &BTreeSet::new());
    assert!((0..20).map(|seed| deal(seed).unwrap().id.clone()).collect::<BTreeSet<_>>().len() > 3);
    let card = library.cards.iter().find(|card| card.id == "T1").unwrap();
    let (threat, before) = (threat_of(card, document.model(), &item), assessed(document.model()).totals.findings);
    document.commit(&Edit::put(Key::Threat(Id::new("played")), threat)).unwrap();
    let after = assessed(document.model());
    assert_eq!(after.totals.findings, before + 1);
    assert!(after.findings.get(&ThreatKey { rule: Id::new("played"), anchor: item }).is_some_and(|f| f.counts()));
}

#[test]
fn points_are_for_those_whose_cards_were_agreed_to() {
    let play =
        |card: &str, by: &str, agreed| CardPlay { card: card.into(), by: Some(Id::new(by)), agreed, ..CardPlay::default() };
    let plays = vec![play("E1", "ann", true), play("S1", "bob", true), play("I1", "bob", false), play("R1", "ann", true)];
    let session = Session { plays, ..Session::default() };
    assert_eq!(points(&session, Library::builtin()), [(Id::new("ann"), 7), (Id::new("bob"), 2)]);
}

#[test]
fn the_timer_counts_parts_and_stands_still_when_stopped() {
    let agenda = ninety_minutes();
    assert_eq!(agenda.iter().map(|item| u32::from(item.minutes)).sum::<u32>(), 90);
    let mut timer = Timer::default();
    timer.pass(60.0);
    assert_eq!(timer.words(&agenda), "Scope 9:00");
    timer.toggle();
    timer.pass(600.0);
    assert_eq!(timer.left(&agenda), Some(540));
    timer.toggle();
    timer.pass(545.0);
    assert_eq!(timer.words(&agenda), "Scope +0:05");
    timer.next(&agenda);
    assert_eq!((timer.words(&agenda), timer.total()), ("Map 15:00".into(), 605.0));
    timer.pass(f64::NAN);
    (0..9).for_each(|_| timer.next(&agenda));
    assert_eq!(timer.words(&agenda), "Close 5:00");
    assert_eq!(timer.words(&[]), "10:05");
}

#[test]
fn coverage_grows_with_decisions_and_reviews() {
    let (mut document, id) = begun();
    let of =
        |document: &Document| Progressed::of(document.model(), &assessed(document.model()), document.model().sessions.get(&id));
    let before = of(&document);
    assert!(before.cells > 0 && before.crossings > 0);
    let undecided = assessed(document.model());
    let finding = undecided.ranked().into_iter().find(|f| {
        let same = |other: &&palisade::risk::Finding| other.key.anchor == f.key.anchor && other.class() == f.class();
        f.counts() && undecided.findings.values().filter(same).all(|other| !document.model().decisions.contains_key(&other.key))
    });
    let threat = finding.unwrap().key.clone();
    let decision = Decision { disposition: Disposition::NotApplicable, ..Decision::default() };
    document.commit(&Edit::Decide { threat, decision }).unwrap();
    assert_eq!(of(&document).touched, before.touched + 1, "also what was ruled out is touched");
    let flow = undecided.crossings.keys().find(|id| document.model().flows[*id].reviewed.is_none()).unwrap().clone();
    let reviewed = Flow { reviewed: Some(at(0).date), ..document.model().flows[&flow].clone() };
    document.commit(&Edit::put(Key::Flow(flow), reviewed)).unwrap();
    assert_eq!(of(&document).reviewed, before.reviewed + 1);
}

#[test]
fn the_first_to_come_leads_and_people_are_known_by_name() {
    let (mut document, id) = begun();
    let mut ids = IdSource::seeded(3);
    for name in ["Ann", " ann ", "Bob"] {
        let edit = attend(document.model(), &id, name, &mut || ids.fresh()).unwrap();
        document.commit(&edit).unwrap();
    }
    let model = document.model();
    let there = &model.sessions[&id].attendance;
    let roles: BTreeMap<&str, &BTreeSet<Role>> = there.iter().map(|(id, roles)| (model.name_of(id), roles)).collect();
    assert_eq!(roles, [("Ann", &[Role::Facilitator].into()), ("Bob", &[Role::Participant].into())].into());
    assert!(attend(model, &id, "  ", &mut || Id::new("x")).is_none());
    // Who is deleted was not there, and one undo brings both back.
    let ann = there.keys().find(|id| model.name_of(id) == "Ann").unwrap().clone();
    document.commit(&Edit::Remove { keys: [Key::Person(ann)].into() }).unwrap();
    assert_eq!(document.model().sessions[&id].attendance.len(), 1);
    document.undo();
    assert_eq!(document.model().sessions[&id].attendance.len(), 2);
}

#[test]
fn scenarios_change_a_copy_and_what_they_speak_of_may_be_gone() {
    let model = shop();
    let before = assessed(&model);
    let coming = planned(&model);
    assert!(!coming.changes.is_empty());
    let risk = assessed(&applied(&model, &coming)).totals.risk;
    assert!((risk.load - before.totals.planned_load).abs() < 1e-6, "{} is not {}", risk.load, before.totals.planned_load);
    // One made of what was tried leads there again.
    let mut tried = Document::new(model.clone());
    let victim = model.flows.keys().next().unwrap().clone();
    tried.commit(&Edit::Remove { keys: [Key::Flow(victim.clone())].into() }).unwrap();
    let element = model.elements.keys().next().unwrap().clone();
    let renamed = Element { name: "Target".into(), ..model.elements[&element].clone() };
    tried.commit(&Edit::put(Key::Element(element.clone()), renamed)).unwrap();
    let target = kept("Target", &model, tried.model());
    assert!(applied(&model, &target) == *tried.model());
    let mut later = Document::new(model.clone());
    later.commit(&Edit::Remove { keys: model.boundaries.keys().cloned().map(Key::Boundary).collect() }).unwrap();
    let there = applied(later.model(), &target);
    assert!(check(&there).is_empty() && there.elements[&element].name == "Target" && !there.flows.contains_key(&victim));
}

/// A session with something of everything.
fn held() -> (Document, Id) {
    let (mut document, id) = begun();
    let mut ids = IdSource::seeded(3);
    for name in ["Ann", "Bob", "Cy"] {
        let edit = attend(document.model(), &id, name, &mut || ids.fresh()).unwrap();
        document.commit(&edit).unwrap();
    }
    let people: Vec<Id> = document.model().sessions[&id].attendance.keys().cloned().collect();
    let found = assessed(document.model());
    let worst = found.ranked().into_iter().find(|f| f.disposition == Disposition::Open).unwrap().key.clone();
    let decision = Decision {
        disposition: Disposition::Mitigate,
        owner: Some(people[0].clone()),
        due: Date::new(2026, 11, 1),
        ..Decision::default()
    };
    document.commit(&Edit::Decide { threat: worst.clone(), decision }).unwrap();
    let element = worst.anchor.clone();
    let edit = with(document.model(), &id, "note", |session| {
        let dissent = [people[1].clone()].into();
        session.decided.push(Resolution {
            at: Some(at(10)),
            threat: Some(worst.clone()),
            disposition: Disposition::Mitigate,
            text: "Mitigate".into(),
            by: Some(people[0].clone()),
            dissent,
        });
        session.parked.push(Parked {
            text: "Who owns the keys | really?".into(),
            at: Some(at(12)),
            about: Some(element.clone()),
            ..Parked::default()
        });
        session.notes.push(Remark { text: "Ask the bank".into(), threat: Some(worst.clone()), ..Remark::default() });
        let round = people
            .iter()
            .cloned()
            .zip([(2, 2), (4, 3), (3, 3)])
            .map(|(id, (likelihood, impact))| (id, Ballot { likelihood, impact }));
        session.ballots.insert(worst.clone(), vec![round.collect()]);
    });
    document.commit(&edit.unwrap()).unwrap();
    let flow = document.model().flows.keys().next().unwrap().clone();
    let changed =
        Flow { protocol: Protocol::Https, name: "Renamed in the session".into(), ..document.model().flows[&flow].clone() };
    document.commit(&Edit::put(Key::Flow(flow), changed)).unwrap();
    let edit = ended(document.model(), &id, at(35)).unwrap();
    document.commit(&edit).unwrap();
    (document, id)
}

#[test]
fn the_summary_tells_attendance_decisions_changes_questions_parking_lot_and_next_steps() {
    let (document, id) = held();
    let model = document.model();
    let summary = Summary::of(model, Library::builtin(), &assessed(model), &id).unwrap();
    assert_eq!(summary.minutes(), Some(35));
    assert_eq!(summary.attendance.iter().map(|(name, _)| &name[..]).collect::<Vec<_>>(), ["Ann", "Bob", "Cy"]);
    assert_eq!((summary.decided.len(), summary.decided[0].dissent.len()), (1, 1));
    assert!(summary.scored[0].agreement.needs_talk());
    assert!(summary.changes().any(|change| change.name == "Renamed in the session"));
    assert!(summary.changes().all(|change| !matches!(change.key, Key::Session(_))), "the session is no change of the system");
    assert!(!summary.questions.is_empty());
    assert_eq!(summary.parked[0].text, "Who owns the keys | really?");
    let owned = summary.next.iter().find(|step| step.what.starts_with("Mitigate")).unwrap();
    assert!(!owned.who.is_empty() && owned.due == Date::new(2026, 11, 1));
    assert!(summary.next.iter().any(|step| step.what.contains("Who owns the keys")));

    let report = report::session_report(&summary, at(0).date);
    let text = String::from_utf8(report::write(Format::Markdown, &report, &Quiet).unwrap()).unwrap();
    for expected in [
        "# Session 1",
        "Ann (facilitator)",
        "Decisions",
        "Renamed in the session",
        "Parking lot",
        "Next steps",
        "Open questions",
        "Ask the bank",
        "to be discussed",
    ] {
        assert!(text.contains(expected), "{expected} is not in\n{text}");
    }
    assert!(text.contains("Who owns the keys \\| really?"), "what people type is no markup");
}

#[test]
fn a_session_comes_back_from_the_file_and_stays_in_the_house() {
    let (document, id) = held();
    let model = document.model();
    let text = palisade::storage::save(model).unwrap();
    let again = palisade::open::open(text.as_bytes(), "shop").unwrap().model;
    assert!(again == *model);
    let options = report::ReportOptions::new(at(0).date);
    let full = report::compose(model, Library::builtin(), &assessed(model), &options);
    assert!(full.chapters.iter().any(|chapter| chapter.title == "Sessions"));
    let mut options = report::ReportOptions::of(report::Profile::Client, report::Theme::default(), at(0).date);
    options.show(report::ChapterKind::Sessions, true);
    let client = report::compose(model, Library::builtin(), &assessed(model), &options);
    assert!(client.chapters.iter().all(|chapter| chapter.title != "Sessions"));
    // One session within another would grow without end.
    let scores = Scores::of(&assessed(model));
    let frozen = palisade::compare::thaw(&freeze(model, &scores, Library::builtin(), "x", "", at(0).date)).unwrap();
    assert!(frozen.model.sessions.is_empty() && model.sessions.contains_key(&id));
}

#[test]
fn days_are_understood_as_they_are_said() {
    let today = at(0).date;
    let in_days = |days| today.after_days(days);
    for (said, day) in [("3w", in_days(21)), (" 10 d ", in_days(10)), ("in 2 weeks", in_days(14)), ("1 day", in_days(1))] {
        assert_eq!(due(said, today), day, "{said}");
    }
    assert_eq!(due("2026-12-18", today), Date::new(2026, 12, 18));
    for said in ["soon", "", "w", "3x", "99999999999999999999d", "5000w", "2026-13-40"] {
        assert_eq!(due(said, today), None, "{said}");
    }
}

#[test]
fn what_was_said_about_a_threat_is_one_line_of_the_summary_and_many_matters_put_off_are_one_step() {
    let (mut document, id) = held();
    let threat = document.model().sessions[&id].decided[0].threat.clone();
    let other = document.model().sessions[&id].attendance.keys().next().unwrap().clone();
    let edit = with(document.model(), &id, "more", |session| {
        let more = |text: &str| Resolution {
            threat: threat.clone(),
            disposition: Disposition::Mitigate,
            text: text.into(),
            dissent: [other.clone()].into(),
            ..Resolution::default()
        };
        session.decided.extend([more("Likelihood 3, impact 4"), more("Owner Bob")]);
        session.decided.push(Resolution { text: "Meet again".into(), ..Resolution::default() });
        session.parked.extend(["a", "b"].map(|text| Parked { text: text.into(), ..Parked::default() }));
    });
    document.commit(&edit.unwrap()).unwrap();
    let model = document.model();
    let summary = Summary::of(model, Library::builtin(), &assessed(model), &id).unwrap();
    let texts: Vec<&str> = summary.decided.iter().map(|row| row.text.as_str()).collect();
    assert_eq!(texts, ["Mitigate; likelihood 3, impact 4; owner Bob", "Meet again"]);
    assert_eq!(summary.decided[0].dissent.len(), 2, "each name once");
    assert!(summary.next.iter().any(|step| step.what == "Come back to the 3 parked matters"));
    assert_eq!(summary.parked.len(), 3);
}
