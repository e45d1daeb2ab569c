//! What readers may not see: other names everywhere, the same each time, and nothing of the rest.

use crate::support::secretive::{SECRETS, hide, secretive};
use crate::support::shop::shop;
use palisade::library::Library;
use palisade::model::*;
use palisade::report::{Block, Drawing, Profile, Report, ReportOptions, Theme, compose, said};
use palisade::risk::{Assessment, assess_on};
use palisade::scene::Shape;

fn day() -> Date {
    "2026-11-21".parse().unwrap()
}

fn assessed(model: &ThreatModel) -> Assessment {
    assess_on(model, Library::builtin(), day())
}

fn report_for(model: &ThreatModel, profile: Profile) -> Report {
    let options = ReportOptions { file_name: "vault-9.ron".into(), ..ReportOptions::of(profile, Theme::default(), day()) };
    compose(model, Library::builtin(), &assessed(model), &options)
}

fn words_of(report: &Report) -> String {
    let mut out = String::new();
    said(report, &mut |place, text| out += &format!("{place}: {text}\n"));
    out
}

#[test]
fn hidden_names_go_under_another_name_in_names_labels_sentences_and_reasons() {
    let words = words_of(&report_for(&secretive(), Profile::Client));
    let small = words.to_lowercase();
    for secret in SECRETS.iter().filter(|s| **s != "Ada") {
        assert!(
            !small.contains(&secret.to_lowercase()),
            "{secret} in {}",
            words.lines().find(|l| l.contains(secret)).unwrap_or("")
        );
    }
    assert!(!small.split(|c: char| !c.is_alphanumeric()).any(|word| word == "ada"), "{words}");
    for told in
        ["Host A", "Person 1", "Person 2", "[withheld]", "Shop before Host A", "Overview with Host A", "Records for Host A"]
    {
        assert!(words.contains(told), "{told}");
    }
    // A generated sentence speaks of the data store by its other name.
    assert!(words.lines().any(|l| l.starts_with("the chapter “Findings”") && l.contains("Host A") && !l.contains("withheld")));
    // The file for the house says it all but for the notes.
    let own = words_of(&report_for(&secretive(), Profile::Full));
    assert!(own.contains("Vault-9") && own.contains("Ada Lovelace") && own.contains("intranet"));
    assert!(!own.contains("under the mat"));
}

#[test]
fn other_names_change_no_figure() {
    let model = secretive();
    let report = report_for(&model, Profile::Client);
    let full = report_for(&model, Profile::Full);
    let scores = |report: &Report| {
        let mut all: Vec<String> = Vec::new();
        said(report, &mut |place, text| {
            if place.contains("at a glance") && text.contains('.') && text.parse::<f64>().is_ok() {
                all.push(text.to_owned());
            }
        });
        all.sort();
        all
    };
    assert!(scores(&report).len() > 12 && scores(&report) == scores(&full));
    assert!(!words_of(&report).contains("out of date"), "another name is no change a decision rests on");
}

#[test]
fn other_names_are_the_same_in_every_report_and_stay_with_their_record() {
    let mut model = secretive();
    let first = words_of(&report_for(&model, Profile::Client));
    assert!(first == words_of(&report_for(&model, Profile::Client)));
    // Somebody new, before everybody else, and another hidden store: those who have a name keep it.
    model.elements.insert("aaa".into(), Element { name: "Attic".into(), kind: ElementKind::DataStore, ..Element::default() });
    hide(&mut model, "aaa");
    let later = words_of(&report_for(&model, Profile::Client));
    assert!(later.contains("Shop before Host A") && later.contains("Host B") && !later.contains("Attic"));
    // Its number is not given again when it is gone.
    model.elements.remove(&Id::new("aaa"));
    model.elements.insert("new".into(), Element { name: "Cellar".into(), ..Element::default() });
    hide(&mut model, "new");
    assert!(words_of(&report_for(&model, Profile::Client)).contains("Host C"));
}

#[test]
fn people_are_named_when_the_model_says_so() {
    let mut model = secretive();
    model.people.get_mut(&Id::new("ada")).unwrap().visibility = Some(Visibility::Client);
    let words = words_of(&report_for(&model, Profile::Client));
    assert!(words.contains("Ada") && !words.contains("Ada Lovelace"), "one of them is open to the client");
}

#[test]
fn what_came_another_way_is_found_and_named_with_its_place() {
    let report = report_for(&secretive(), Profile::Client);
    for (text, what) in [
        ("see vault-9", "the name of a hidden element"),
        ("ada", "the name of a hidden person"),
        ("Night-\ningale", "a withheld word"),
        ("the key is under the mat, says ada", "the notes of an element"),
        ("NIGHT-1234", "the ticket of a decision"),
    ] {
        let leak = report.secrets.leak("page 7", text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!((leak.what.as_str(), leak.place.as_str()), (what, "page 7"));
    }
    assert!(report.secrets.leak("page 7", "Canada, Host A").is_none());
    // Whatever the report says holds none of them.
    said(&report, &mut |place, text| assert_eq!(report.secrets.leak(place, text), None));
}

#[test]
fn a_name_that_is_a_word_of_palisade_itself_is_replaced_and_not_searched() {
    let mut model = secretive();
    model.elements.get_mut(&Id::new("db")).unwrap().name = "Element".into();
    let report = report_for(&model, Profile::Client);
    assert_eq!(report.secrets.common, ["Element"]);
    assert!(report.secrets.leak("page 1", "Element").is_none());
    assert!(words_of(&report).contains("Host A"));
}

#[test]
fn hiding_is_one_step_that_undo_takes_back() {
    let mut document = palisade::edit::Document::new(shop());
    let before = document.model().clone();
    let keys = [Key::Element("db".into()), Key::Flow("f1".into())].into();
    document.commit(&palisade::edit::Edit::Disclose { keys, to: Some(Visibility::Internal) }).unwrap();
    assert_eq!(document.model().visibility_of(&Key::Element("db".into())), Visibility::Internal);
    assert_eq!(document.model().info.disclosure.aliases.len(), 2);
    document.undo();
    assert!(*document.model() == before);
}

/// What the pictures of a report say: in words, and in what they show.
fn pictures(report: &Report) -> Vec<String> {
    fn of(blocks: &[Block], out: &mut Vec<String>) {
        for block in blocks {
            match block {
                Block::Figure(figure) => out.push(shown(&figure.drawing)),
                Block::Columns(columns) => columns.iter().for_each(|(_, blocks)| of(blocks, out)),
                Block::Together(blocks) | Block::Continued(_, blocks) | Block::Callout(blocks) => of(blocks, out),
                _ => {}
            }
        }
    }
    fn shown(drawing: &Drawing) -> String {
        let words = drawing.shapes.iter().filter_map(|shape| if let Shape::Text(run) = shape { Some(&run.text) } else { None });
        words.fold(drawing.alt.clone(), |all, word| all + "\n" + word)
    }
    let mut out: Vec<String> = report.cover.picture.iter().map(shown).collect();
    report.chapters.iter().for_each(|chapter| of(&chapter.blocks, &mut out));
    out
}

/// The pictures of diagrams among them, whole and in parts.
fn diagrams(report: &Report) -> Vec<String> {
    pictures(report).into_iter().filter(|words| words.contains("iagram “")).collect()
}

#[test]
fn pictures_of_diagrams_show_what_their_readers_may_see() {
    let model = secretive();
    let (client, own) = (report_for(&model, Profile::Client), report_for(&model, Profile::Full));
    let (seen, all) = (diagrams(&client), diagrams(&own));
    assert!(all.iter().any(|words| words.contains("Vault-9")) && seen.len() == all.len());
    // The labels of elements and flows, the names of diagrams and the words in their place.
    let said = seen.join("\n").to_lowercase();
    assert!(said.contains("data flow diagram “overview with host a”") && said.contains("records for"), "{said}");
    for secret in SECRETS.iter().filter(|s| **s != "Ada") {
        assert!(!said.contains(&secret.to_lowercase()), "{secret} in {said}");
    }
}

#[test]
fn a_diagram_that_stays_in_the_house_is_neither_shown_nor_cut_from() {
    let mut document = palisade::edit::Document::new(secretive());
    let keys = [Key::Diagram("d".into())].into();
    document.commit(&palisade::edit::Edit::Disclose { keys, to: Some(Visibility::Internal) }).unwrap();
    let model = document.model();
    let client = report_for(model, Profile::Client);
    assert_eq!(diagrams(&client), Vec::<String>::new());
    assert!(client.cover.picture.is_none() && client.chapters.iter().all(|chapter| chapter.title != "Diagrams"));
    let own = report_for(model, Profile::Full);
    assert!(own.cover.picture.is_some() && diagrams(&own).len() > 1, "the house sees it, and parts of it beside threats");
    // With another diagram beside it, that one alone is shown.
    let mut both = model.clone();
    both.diagrams.insert("open".into(), Diagram { name: "For everybody".into(), ..Diagram::default() });
    let placed: Vec<_> = both.placements.iter().map(|(key, at)| (key.item.clone(), at.clone())).collect();
    both.placements.extend(placed.into_iter().map(|(item, at)| (PlacementKey::new("open", item), at)));
    let seen = diagrams(&report_for(&both, Profile::Client));
    assert!(!seen.is_empty() && seen.iter().all(|words| words.contains("“For everybody”")), "{seen:?}");
}
