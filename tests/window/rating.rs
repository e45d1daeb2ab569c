//! Many threats are rated by the method of the model beside the window; the register shows what holds for the model as it is.

use crate::support::app::*;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{By, NodeT, Queryable};
use palisade::generate::{Size, generate};
use palisade::library::Library;
use palisade::methods::Rater;
use palisade::model::Method;
use palisade::ui::{Command, Page};
use std::collections::BTreeMap;

/// So many threats are rated beside the window.
const MANY: usize = 1500;

/// Titles of the threats the register has in sight, from the top.
fn listed(window: &Window) -> Vec<String> {
    let findings = &app(window).assessment().findings;
    let titles: std::collections::BTreeSet<&str> = findings.values().map(|f| f.title.as_str()).collect();
    let is_title = |label: String| titles.contains(label.as_str());
    let all = window.query_all(By::new().predicate(move |node| node.label().is_some_and(is_title)));
    let mut rows: Vec<(f32, String)> = all
        .filter_map(|node| Some((node.rect().top(), node.accesskit_node().label()?)))
        .filter(|(top, _)| *top > 800.0)
        .collect();
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    rows.into_iter().map(|(_, title)| title).collect()
}

/// What a method says of each title; of several threats of one title the greatest.
fn scores(window: &Window, method: Method) -> BTreeMap<String, f64> {
    let app = app(window);
    let rater = Rater::new(app.model(), Library::builtin(), app.assessment());
    let mut out: BTreeMap<String, f64> = BTreeMap::new();
    for finding in app.assessment().findings.values() {
        let Some(sheet) = rater.sheet(&finding.key, method) else { continue };
        let known = out.entry(finding.title.clone()).or_insert(f64::MIN);
        *known = known.max(sheet.current.score);
    }
    out
}

/// Whether these titles are the greatest of a method, in its order.
fn is_order_of(titles: &[String], scores: &BTreeMap<String, f64>) -> bool {
    let found: Vec<f64> = titles.iter().map(|title| scores[title]).collect();
    let greatest = scores.values().copied().fold(f64::MIN, f64::max);
    found.len() > 2 && found.windows(2).all(|w| w[0] >= w[1]) && found[0] == greatest
}

fn show(window: &mut Window, page: Page) {
    window.state_mut().as_mut().unwrap().ask_for(Command::Page(page));
    settle(window);
}

#[test]
fn ratings_of_many_threats_come_from_beside_the_window_and_late_ones_are_dropped() {
    let mut model = generate(Size { elements: 190, flows: 290 }, 3);
    model.info.rating.method = Method::Owasp;
    let (mut window, _folder) = opened(&model, 1600.0, 1000.0);
    assert!(app(&window).assessment().findings.len() > MANY, "{} threats", app(&window).assessment().findings.len());
    show(&mut window, Page::Threats);
    let (owasp, risk) = (scores(&window, Method::Owasp), scores(&window, Method::LikelihoodImpact));
    let by_owasp = listed(&window);
    assert!(is_order_of(&by_owasp, &owasp), "{by_owasp:?}");
    show(&mut window, Page::Methods);
    press(&mut window, "Method of the model");
    click(&mut window, "DREAD");
    show(&mut window, Page::Threats);
    let dread = scores(&window, Method::Dread);
    let by_dread = listed(&window);
    assert!(is_order_of(&by_dread, &dread) && by_dread != by_owasp, "{by_dread:?}");
    // Taken back: until the ratings of the other method are there, nobody's are shown, and the window does not wait.
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    let mut meanwhile = by_dread.clone();
    for _ in 0..4 {
        window.step();
        meanwhile = listed(&window);
        if meanwhile != by_dread {
            break;
        }
    }
    assert_eq!(app(&window).model().info.rating.method, Method::Owasp);
    assert!(app(&window).is_busy(), "they are worked out beside the window");
    assert!(is_order_of(&meanwhile, &risk) && meanwhile != by_owasp, "{meanwhile:?}");
    // Done again before they came: what was asked for first is not shown any more.
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    settle(&mut window);
    assert_eq!(app(&window).model().info.rating.method, Method::Dread);
    assert_eq!(listed(&window), by_dread);
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(listed(&window), by_owasp);
}
