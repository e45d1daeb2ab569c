//! Every rule has a page that a person can act on: what, when, when not, what answers it, how to check.

use palisade::library::Library;
use palisade::model::Link;
use std::collections::BTreeSet;

#[test]
fn every_rule_has_a_complete_page() {
    let library = Library::builtin();
    for (pack, rule) in library.rules() {
        let page = library.page(&rule.id).unwrap();
        let id = &page.id;
        let mut texts = vec![&page.title, &page.what, &page.asked_of, &page.rating, &page.verify];
        texts.extend(page.fires.iter().map(|line| &line.text));
        texts.extend(&page.false_alarms);
        texts.extend(page.controls.iter().flat_map(|c| [&c.name, &c.verify]));
        for text in texts {
            assert!(text.chars().count() > 6 && !text.contains(['{', '}']), "{id}: {text}");
            assert!(text.starts_with(|c: char| !c.is_lowercase()), "{id}: {text}");
        }
        assert_eq!((page.pack.as_str(), page.depth), (pack.title.as_str(), rule.depth));
        assert!(!page.fires.is_empty() && page.fires.iter().all(|line| line.indent <= 4), "{id}");
        assert!(page.fires[0].indent == 0, "{id}");
        // What the condition tells, and what is no false alarm at all.
        assert!(page.false_alarms.len() >= 2, "{id}: {:?}", page.false_alarms);
        let told: BTreeSet<&String> = page.false_alarms.iter().collect();
        assert_eq!(told.len(), page.false_alarms.len(), "{id} says nothing twice");
        assert_eq!(page.controls.len(), rule.controls.len(), "{id}");
        assert_eq!(page.mappings.len(), rule.cwe.len() + rule.capec.len() + rule.attack.len(), "{id}");
    }
}

#[test]
fn conditions_read_as_they_are_evaluated() {
    let library = Library::builtin();
    let fires = |id: &str| -> Vec<String> {
        let page = library.page(id).unwrap();
        page.fires.iter().map(|line| format!("{}{}", "  ".repeat(line.indent), line.text)).collect()
    };
    assert_eq!(
        fires("T-INJ-01"),
        [
            "The caller is a process",
            "The called element is tagged “SQL database” or a sort of it",
            "Data of untrusted origin reaches the caller"
        ]
    );
    assert_eq!(
        fires("T-AUT-07"),
        [
            "The element is a process",
            "One of these holds:",
            "  The element accepts tokens",
            "  The element is called by somebody over a flow for which this holds:",
            "    Authentication on the flow is bearer token or OpenID Connect",
        ]
    );
    // The sender of content is not the one who opened the connection.
    assert!(fires("T-LLM-12").iter().any(|line| line.contains("the receiver") || line.starts_with("The receiver")));
    assert_eq!(library.page("T-NET-01").unwrap().title, "The flow read in transit");
}

#[test]
fn a_false_alarm_is_what_turns_the_condition_round() {
    let library = Library::builtin();
    let alarms = |id: &str| library.page(id).unwrap().false_alarms;
    let says = |id: &str, words: &str| assert!(alarms(id).iter().any(|a| a.contains(words)), "{id}: {:#?}", alarms(id));
    says("T-AUT-01", "The element does not check passwords: answer so in its profile.");
    says("T-AUT-01", "The element cannot be reached from outside");
    says(
        "T-AUT-10",
        "None of the alternatives holds: the element does not offer administration; the element is not tagged “Device”",
    );
    says("T-AUT-04", "The caller is tagged “Gateway” or a sort of it: add the tag.");
    says("T-NET-08", "The boundary holds fewer than 3 elements: correct the boundary.");
    says("T-GEN-S", "The element has a technology tag: add the tag of what it is");
    says("T-INN-05", "The called element logs activity: answer so in its profile.");
    says("T-AUT-04", "Authentication on the flow is not missing");
    says("T-AUT-04", "the flow does not carry commands");
    // Its own words come first.
    let own = &library.rule("T-INN-05").unwrap().1.false_alarm;
    assert_eq!(alarms("T-INN-05").first(), Some(own));
    // A control is no false alarm, and the page says so.
    let page = library.page("T-INJ-01").unwrap();
    let best = page.controls.iter().find(|c| c.link == Link::Primary).unwrap();
    assert!(page.false_alarms.last().unwrap().contains(&best.name));
}

#[test]
fn pages_are_found_by_id_alone() {
    let library = Library::builtin();
    assert_eq!(library.page("T-INJ-01").unwrap().mappings[0].address, "https://cwe.mitre.org/data/definitions/89.html");
    assert!(library.page("T-NOT-99").is_none());
}
