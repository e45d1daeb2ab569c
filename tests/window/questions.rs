//! Open questions in the window: ranked, answered with a key each, the next one following.

use crate::support::app::{Window, app, click, key, opened, press, settle};
use crate::support::dsl::model;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use palisade::model::*;
use palisade::risk::Unanswered;
use palisade::storage::Encoding;

/// Two web applications of which nobody said what they do.
fn start() -> (Window, tempfile::TempDir) {
    let shop = model("Shop")
        .boundary("Internet", 0)
        .entity("Customer")
        .tagged("customer")
        .inside("Internet")
        .boundary("Data centre", 3)
        .process("Shop front")
        .tagged("web-app")
        .inside("Data centre")
        .process("Back office")
        .tagged("web-app")
        .inside("Data centre")
        .flow("Customer", "Shop front")
        .flow("Customer", "Back office")
        .asset("Orders", [3, 3, 3])
        .carried_by("Customer>Shop front")
        .carried_by("Customer>Back office")
        .build();
    opened(&shop, 1600.0, 1400.0)
}

fn open_questions(window: &Window) -> Vec<Unanswered> {
    app(window).assessment().questions.iter().map(|q| q.about.clone()).collect()
}

/// Steps on until a question with Yes and No is asked; returns it.
fn to_yes_no(window: &mut Window) -> Unanswered {
    key(window, Modifiers::NONE, Key::F7);
    for n in 0..60 {
        if window.query_by_label("Answer Yes").is_some() {
            return open_questions(window)[n].clone();
        }
        key(window, Modifiers::NONE, Key::S);
    }
    panic!("no question with yes and no");
}

fn answer_of(window: &Window, about: &Unanswered) -> Tri {
    let elements = &app(window).model().elements;
    match about {
        Unanswered::Capability(id, what) => elements[id].capabilities.get(what).copied().unwrap_or_default(),
        Unanswered::Fact(id, what) => elements[id].facts.get(what).copied().unwrap_or_default(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn questions_are_answered_with_one_key_and_the_next_one_comes() {
    let (mut window, _folder) = start();
    let before = Encoding::Ron.write(app(&window).model()).unwrap();
    let asked = to_yes_no(&mut window);
    assert_eq!(app(&window).selection().single(), asked.subject(), "what is asked about is selected");
    let shown = app(&window).model().clone();
    key(&mut window, Modifiers::NONE, Key::N);
    assert_eq!(answer_of(&window, &asked), Tri::No);
    assert_eq!(app(&window).model().elements.len(), shown.elements.len(), "the canvas did not take the key");
    assert_eq!(app(&window).model().notes.len(), 0);
    assert!(!open_questions(&window).contains(&asked));
    window.get_by_label_contains("Last answer: 0 confirmed");
    let next = app(&window).selection().single().cloned();
    let all = open_questions(&window);
    assert!(all.iter().any(|q| q.subject() == next.as_ref()), "the next question is asked");
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(Encoding::Ron.write(app(&window).model()).unwrap(), before);
}

#[test]
fn one_answer_serves_all_questions_alike() {
    let (mut window, _folder) = start();
    let asked = to_yes_no(&mut window);
    window.get_by_label("also for 1 alikeA");
    key(&mut window, Modifiers::NONE, Key::A);
    key(&mut window, Modifiers::NONE, Key::Y);
    let what = match &asked {
        Unanswered::Capability(_, what) => *what,
        other => panic!("{other:?}"),
    };
    for id in ["shop-front", "back-office"] {
        assert_eq!(app(&window).model().elements[id].capabilities.get(&what), Some(&Tri::Yes), "{id}");
    }
    key(&mut window, Modifiers::COMMAND, Key::Z);
    let model = app(&window).model();
    assert!(model.elements.values().all(|e| e.capabilities.is_empty()), "one undo takes both back");
}

#[test]
fn protocols_are_chosen_by_digit_and_escape_gives_the_keys_back() {
    let (mut window, _folder) = start();
    key(&mut window, Modifiers::NONE, Key::F7);
    for _ in 0..60 {
        if window.query_by_label("Answer HTTPS").is_some() {
            break;
        }
        key(&mut window, Modifiers::NONE, Key::S);
    }
    let flow = app(&window).selection().single().cloned().unwrap();
    key(&mut window, Modifiers::NONE, Key::Num1);
    assert_eq!(app(&window).model().flows[&flow].protocol, Protocol::Https);
    key(&mut window, Modifiers::NONE, Key::Escape);
    let before = app(&window).model().clone();
    key(&mut window, Modifiers::NONE, Key::Y);
    assert_eq!(app(&window).model(), &before);
}

#[test]
fn possible_risk_stands_beside_what_is_sure() {
    let (mut window, _folder) = start();
    click(&mut window, "Shop front");
    window.get_by_label_contains("Possible risk up to");
    // A threat that only may apply is decided where it stands.
    let possible = app(&window)
        .assessment()
        .findings
        .values()
        .find(|f| f.key.anchor == Id::new("shop-front") && f.missing.iter().any(|m| matches!(m, Unanswered::Capability(..))));
    let title = possible.unwrap().title.clone();
    window.get_by_label_contains("more that wait for answers").click_accesskit();
    settle(&mut window);
    let rows: Vec<_> = window.query_all_by_label_contains(&title).collect();
    rows.into_iter().find(|n| n.rect().left() > 1290.0).unwrap().click_accesskit();
    settle(&mut window);
    window.get_by_label("It applies only if this is answered so");
    let before = app(&window).model().clone();
    let yes: Vec<_> = window.query_all_by_label_contains("Yes: ").collect();
    yes.into_iter().next().unwrap().click_accesskit();
    settle(&mut window);
    assert_ne!(app(&window).model(), &before);
    press(&mut window, "Undo");
}

#[test]
fn all_questions_are_a_register_that_is_sorted_narrowed_down_and_taken_along() {
    let (mut window, _folder) = start();
    key(&mut window, Modifiers::COMMAND, Key::Num2);
    let all = open_questions(&window);
    let asked = |window: &Window, about: &Unanswered| about.question(app(window).model());
    // A row is the question then.
    let second = asked(&window, &all[1]);
    let row = format!("{second} decides");
    window.get_all_by_label_contains(&row).next().unwrap().click();
    settle(&mut window);
    assert_eq!(app(&window).selection().single(), all[1].subject());
    key(&mut window, Modifiers::NONE, Key::ArrowDown);
    let third = asked(&window, &all[2]);
    assert!(window.query_all_by_label(&third).next().is_some() || window.query_by_value(&third).is_some(), "it is asked");
    // Sorted by what it is about and narrowed down, the same question is still asked.
    press(&mut window, "Sort by element");
    key(&mut window, Modifiers::NONE, Key::Slash);
    window.event(egui::Event::Text("back".to_owned()));
    settle(&mut window);
    let about_it = |q: &&Unanswered| q.subject().is_some_and(|id| app(&window).model().name_of(id).contains("Back"));
    let many = all.iter().filter(about_it).count();
    let shown = format!("{many} of {}", all.len());
    assert!(window.query_by_label(&shown).is_some() || window.query_by_value(&shown).is_some(), "{shown}");
    window.get_by_label("Copy the questions as a table").click();
    window.step();
    let copied = window.output().platform_output.commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    let copied = copied.expect("it is in the clipboard");
    assert_eq!(copied.lines().count(), many + 1, "{copied}");
    assert!(copied.starts_with("Question\tElement\tAbout\t"), "{copied}");
}

#[test]
fn callers_of_whom_nobody_said_where_they_are_are_put_on_the_internet_by_one_answer() {
    let shop = model("Shop")
        .entity("Customer")
        .tagged("customer")
        .boundary("Data centre", 3)
        .process("Shop front")
        .tagged("web-app")
        .inside("Data centre")
        .store("Orders")
        .tagged("sql")
        .inside("Data centre")
        .flow("Customer", "Shop front")
        .flow("Shop front", "Orders")
        .asset("Order data", [3, 3, 3])
        .kept_in("Orders")
        .build();
    let (mut window, _folder) = opened(&shop, 1600.0, 1400.0);
    let id = |name: &str| app(&window).model().elements.iter().find(|(_, e)| e.name == name).unwrap().0.clone();
    let (front, orders, customer) = (id("Shop front"), id("Orders"), id("Customer"));
    let reach = |window: &Window, id: &Id| {
        let risk = &app(window).assessment().elements[id];
        (risk.exposure, risk.most_exposure)
    };
    assert_eq!(reach(&window, &front), (0, 3), "whoever calls from nowhere may be anybody");
    assert_eq!(reach(&window, &orders), (0, 1), "and what is unknown is passed on");
    assert!(open_questions(&window).contains(&Unanswered::Callers(front.clone())));
    key(&mut window, Modifiers::NONE, Key::F7);
    let wanted = "Answer Customer on the Internet: a new boundary of trust 0";
    for _ in 0..60 {
        if window.query_by_label(wanted).is_some() {
            break;
        }
        key(&mut window, Modifiers::NONE, Key::S);
    }
    window.get_by_label(wanted).click();
    settle(&mut window);
    let model = app(&window).model();
    let home = model.elements[&customer].boundary.clone().expect("it is in a boundary now");
    assert_eq!((model.boundaries[&home].trust, model.boundaries[&home].name.as_str()), (Some(0), "Internet"));
    assert_eq!((reach(&window, &front), reach(&window, &orders)), ((3, 3), (1, 1)));
    assert!(!open_questions(&window).contains(&Unanswered::Callers(front)));
}
