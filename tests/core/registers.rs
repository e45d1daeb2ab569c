//! Registers as data: order, groups, columns, what is written into cells, and copies for spreadsheets.

use palisade::edit::{Document, Edit};
use palisade::generate::{Size, generate};
use palisade::interchange::plain_json;
use palisade::library::Library;
use palisade::model::*;
use palisade::register::*;
use palisade::risk::{Assessment, LiveAssessment, assess_on};
use std::collections::BTreeSet;

fn today() -> Date {
    Date::new(2026, 10, 2).unwrap()
}

struct Desk {
    document: Document,
    assessment: Assessment,
    none: BTreeSet<Id>,
    ids: IdSource,
}

impl Desk {
    fn new() -> Desk {
        let text = std::fs::read_to_string("tests/data/oracle/web-shop.model.json").unwrap();
        let document = Document::new(plain_json::read(&text).unwrap().model);
        let assessment = assess_on(document.model(), Library::builtin(), today());
        Desk { document, assessment, none: BTreeSet::new(), ids: IdSource::seeded(5) }
    }

    fn facts(&self) -> Facts<'_> {
        Facts::new(self.document.model(), Library::builtin(), &self.assessment, today(), "Ada", &self.none)
    }

    fn list(&self, register: Register, change: impl FnOnce(&mut View)) -> Listing {
        let mut view = View::of(register);
        change(&mut view);
        Listing::of(&self.facts(), register, &view)
    }

    /// Writes into a column of rows, as one step.
    fn write(&mut self, register: Register, rows: &[Row], column: Column, text: &str) -> Result<bool, String> {
        let mut ids = self.ids.clone();
        let edit = {
            let facts = self.facts();
            let editor = Editor::of(register, column).expect("it can be written into");
            let value = editor.read(&facts, text)?;
            facts.change(rows, column, &value, &mut ids)
        };
        self.ids = ids;
        let Some(edit) = edit else { return Ok(false) };
        self.document.commit(&edit).map_err(|e| e.to_string())?;
        self.assessment = assess_on(self.document.model(), Library::builtin(), today());
        Ok(true)
    }

    fn words(&self, row: &Row, column: Column) -> String {
        self.facts().cell(row, column).words().into_owned()
    }
}

#[test]
fn every_register_has_its_rows_and_says_who_they_are() {
    let desk = Desk::new();
    let facts = desk.facts();
    for register in Register::ALL {
        for row in facts.rows(register) {
            assert!(!facts.cell(&row, Column::Name).is_nothing(), "{register:?} {row:?}");
        }
        let keys: BTreeSet<&str> = register.columns().iter().map(|(c, _)| c.key()).collect();
        assert_eq!(keys.len(), register.columns().len(), "{register:?}");
    }
    let mut keys = BTreeSet::new();
    for column in Column::ALL {
        for key in std::iter::once(&column.key()).chain(column.other_keys()) {
            assert!(keys.insert(*key), "two columns are called {key}");
        }
    }
    assert_eq!(facts.rows(Register::Threats).len(), desk.assessment.findings.len());
}

#[test]
fn sorting_goes_up_down_and_back_and_nothing_stays_last() {
    let mut view = View::of(Register::Threats);
    view.sort_by(Column::Owner, false);
    assert_eq!(view.sorted(Column::Owner), Some(false));
    view.sort_by(Column::Owner, false);
    assert_eq!(view.sorted(Column::Owner), Some(true));
    view.sort_by(Column::Owner, false);
    assert_eq!(view.sort, Vec::new());
    view.sort_by(Column::Current, false);
    assert_eq!(view.sorted(Column::Current), Some(true), "what counts begins with the most");
    view.sort_by(Column::Name, true);
    assert_eq!(view.sort.iter().map(|s| s.by).collect::<Vec<_>>(), [Column::Current, Column::Name]);

    let mut desk = Desk::new();
    let rows = desk.facts().rows(Register::Threats);
    for (row, day) in rows.iter().zip(["2026-12-01", "2026-11-01", "2027-01-01"]) {
        desk.write(Register::Threats, std::slice::from_ref(row), Column::Due, day).unwrap();
    }
    for is_descending in [false, true] {
        let listing = desk.list(Register::Threats, |v| v.sort = vec![Sort { by: Column::Due, is_descending }]);
        let days: Vec<String> = listing.rows().take(3).map(|row| desk.words(row, Column::Due)).collect();
        let mut wanted = ["2026-11-01", "2026-12-01", "2027-01-01"];
        if is_descending {
            wanted.reverse();
        }
        assert_eq!(days, wanted);
    }
    let listing = desk.list(Register::Threats, |v| v.sort_by(Column::Current, false));
    let confirmed = listing.lines.iter().map_while(|line| if let Line::Row(row) = line { Some(row) } else { None });
    let scores: Vec<f64> = confirmed.map(|row| desk.words(row, Column::Current).parse().unwrap()).collect();
    let apart = listing.rows().skip(scores.len()).all(|row| desk.facts().is(row, Flag::Possible));
    assert!(apart && scores.len() < listing.many, "what is only possible stands apart");
    assert!(scores.is_sorted_by(|a, b| a >= b) && scores.len() > 100);
}

#[test]
fn groups_hold_every_row_once_and_fold() {
    let desk = Desk::new();
    for register in Register::ALL {
        for (column, _) in register.columns().iter().filter(|(c, _)| c.groups()) {
            let listing = desk.list(register, |v| v.group = Some(*column));
            let said: usize = listing.lines.iter().map(|line| if let Line::Group(g) = line { g.many } else { 0 }).sum();
            assert_eq!((said, listing.rows().count()), (listing.many, listing.many), "{register:?} by {column:?}");
        }
    }
    let whole = desk.list(Register::Threats, |v| v.group = Some(Column::Layer));
    let Some(Line::Group(first)) = whole.lines.first().cloned() else { panic!("it begins with a heading") };
    let folded = desk.list(Register::Threats, |v| {
        v.group = Some(Column::Layer);
        v.folded.insert(first.words.clone());
    });
    assert_eq!(folded.rows().count(), whole.many - first.many);
    assert_eq!(folded.many, whole.many);
}

#[test]
fn a_filter_of_a_column_offers_what_the_others_leave() {
    let desk = Desk::new();
    let facts = desk.facts();
    let mut view = View::of(Register::Threats);
    let all = Choices::of(&facts, Register::Threats, &view, Column::Level);
    assert_eq!(all.values.iter().map(|(_, n)| n).sum::<usize>(), desk.assessment.findings.len());
    assert_eq!(all.values[0].0, "Critical", "worst first");
    view.choose(Column::Level, vec!["High".into()]);
    assert_eq!(Choices::of(&facts, Register::Threats, &view, Column::Level), all, "its own filter hides no choice");
    let layers = Choices::of(&facts, Register::Threats, &view, Column::Layer);
    let high = all.values.iter().find(|(v, _)| v == "High").unwrap().1;
    assert_eq!(layers.values.iter().map(|(_, n)| n).sum::<usize>(), high);
    assert_eq!(Listing::of(&facts, Register::Threats, &view).many, high);
    view.choose(Column::Level, Vec::new());
    assert!(!view.is_filtering());
}

#[test]
fn several_rows_are_changed_in_one_step_that_one_undo_takes_back() {
    let mut desk = Desk::new();
    let before = desk.document.model().clone();
    let rows: Vec<Row> = desk.facts().rows(Register::Threats).into_iter().take(5).collect();
    assert!(desk.write(Register::Threats, &rows, Column::Owner, "Grace Hopper").unwrap());
    assert!(rows.iter().all(|row| desk.words(row, Column::Owner) == "Grace Hopper"));
    let people = desk.document.model().people.values().filter(|p| p.name == "Grace Hopper").count();
    assert_eq!(people, 1, "somebody new is introduced once");
    desk.document.undo();
    assert!(*desk.document.model() == before);
    desk.document.redo();
    assert!(!desk.write(Register::Threats, &rows, Column::Owner, "grace hopper").unwrap(), "that is how it stands");
    assert!(desk.write(Register::Threats, &rows, Column::Status, "mitigate").unwrap());
    for row in &rows {
        let Row::Threat(key) = row else { panic!() };
        let decision = &desk.document.model().decisions[key];
        assert_eq!((decision.disposition, decision.on), (Disposition::Mitigate, Some(today())));
        let by = desk.document.model().name_of(decision.by.as_ref().unwrap());
        assert_eq!(by, "Ada", "in the name of whoever sits here");
        assert!(!decision.basis.is_empty() && decision.owner.is_some());
    }
    desk.document.undo();
    let open = rows.iter().filter(|row| desk.words(row, Column::Owner) == "Grace Hopper").count();
    assert_eq!(open, 5, "one step back");
}

#[test]
fn every_column_that_is_written_into_keeps_what_is_written() {
    let cases: &[(Register, Column, &str, &str)] = &[
        (Register::Controls, Column::Status, "operating", "Operating"),
        (Register::Controls, Column::Due, "2w", "2026-10-16"),
        (Register::Controls, Column::Share, "40 %", "40 %"),
        (Register::Controls, Column::Cost, "2,5", "2.5"),
        (Register::Controls, Column::Notes, "Ask again", "Ask again"),
        (Register::Controls, Column::Evidence, "tested", "Tested"),
        (Register::Controls, Column::Owner, "Ada", "Ada"),
        (Register::Agents, Column::Capability, "5", "5"),
        (Register::Agents, Column::Active, "no", "No"),
        (Register::Elements, Column::Owner, "Shop team", "Shop team"),
        (Register::Elements, Column::Name, "Renamed", "Renamed"),
        (Register::Elements, Column::Layer, "third", "Third party"),
        (Register::Elements, Column::Reviewed, "today", "2026-10-02"),
        (Register::Flows, Column::Protocol, "https", "HTTPS"),
        (Register::Flows, Column::Authn, "mutual", "Mutual TLS"),
        (Register::Flows, Column::Notes, "n", "n"),
        (Register::Boundaries, Column::Trust, "1", "1"),
        (Register::Boundaries, Column::Region, "EU", "EU"),
        (Register::Assets, Column::Confidentiality, "1", "1"),
        (Register::Assets, Column::Records, "12000", "12000"),
        (Register::Assets, Column::Why, "law", "law"),
        (Register::Threats, Column::Due, "30d", "2026-11-01"),
        (Register::Threats, Column::Why, "because", "because"),
        (Register::Threats, Column::Ticket, "SEC-1", "SEC-1"),
        (Register::Threats, Column::Status, "accept", "Accepted"),
    ];
    for (register, column, typed, shown) in cases {
        let mut desk = Desk::new();
        let row = desk.facts().rows(*register).into_iter().find(|row| !matches!(row, Row::Implied(..))).unwrap();
        desk.write(*register, std::slice::from_ref(&row), *column, typed).unwrap();
        assert_eq!(desk.words(&row, *column), *shown, "{register:?} {column:?}");
        assert!(!desk.facts().typed(&row, *column).is_empty());
    }
    let mut desk = Desk::new();
    for (register, column, typed) in [
        (Register::Threats, Column::Due, "soon"),
        (Register::Threats, Column::Status, "ignore"),
        (Register::Boundaries, Column::Trust, "9"),
        (Register::Controls, Column::Share, "140"),
    ] {
        let row = desk.facts().rows(register)[0].clone();
        let told = desk.write(register, &[row], column, typed).unwrap_err();
        assert!(told.contains(typed), "{told}");
    }
}

#[test]
fn columns_are_shown_hidden_moved_and_kept_sound() {
    let register = Register::Threats;
    let mut view = View::of(register);
    assert!(!view.shows(Column::Boundary));
    view.toggle_column(register, Column::Boundary);
    assert!(view.shows(Column::Boundary));
    view.toggle_column(register, Column::Name);
    assert!(view.shows(Column::Name), "what rows are called by stays");
    view.move_column(Column::Owner, 0);
    assert_eq!(view.columns[0].column, Column::Owner);
    view.set_width(Column::Owner, 5000.0);
    assert_eq!(view.columns[0].width, Width::MOST);
    let text = ron::to_string(&view).unwrap();
    let read: View = ron::from_str(&text).unwrap();
    assert!(read.sound(register) == view);
    let mut wild = view.clone();
    wild.columns = vec![Width { column: Column::Protocol, width: f32::NAN }, Width { column: Column::Owner, width: 1.0 }];
    wild.group = Some(Column::Name);
    let sound = wild.sound(register);
    assert!(sound.shows(Column::Name) && sound.group.is_none() && !sound.shows(Column::Protocol));
    view.typed = "open".into();
    (0..30).for_each(|n| {
        view.typed = format!("open risk>{n}");
        view.remember();
        view.remember();
    });
    assert_eq!((view.history.len(), view.history[0].as_str()), (View::REMEMBERED, "open risk>29"));
}

#[test]
fn rows_are_copied_with_their_headings_and_start_no_formula() {
    let mut desk = Desk::new();
    let row = desk.facts().rows(Register::Elements)[0].clone();
    desk.write(Register::Elements, std::slice::from_ref(&row), Column::Name, "=1+1\tx \"y\"").unwrap();
    let facts = desk.facts();
    let text = tsv(&facts, Register::Elements, &[Column::Name, Column::Kind], [&row]);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "Name\tKind");
    assert!(lines[1].starts_with("\"'=1+1"), "{text}");
    assert_eq!(lines[1].split('\t').count(), 2, "{text}");
}

#[test]
fn places_lead_to_the_drawing_and_back() {
    let desk = Desk::new();
    let facts = desk.facts();
    for register in [Register::Threats, Register::Elements, Register::Flows, Register::Boundaries] {
        for row in facts.rows(register) {
            let places = facts.places(&row);
            assert_eq!(places.len(), 1, "{row:?}");
            assert!(desk.document.model().item_key(&places[0]).is_some());
        }
    }
    let asset = facts.rows(Register::Assets).into_iter().find(|row| !facts.places(row).is_empty()).unwrap();
    let place: BTreeSet<Id> = [facts.places(&asset)[0].clone()].into();
    let there = Facts::new(desk.document.model(), Library::builtin(), &desk.assessment, today(), "", &place);
    assert!(there.is(&asset, Flag::Selected) && !facts.is(&asset, Flag::Selected));
}

#[test]
fn what_is_known_of_rows_is_what_looking_at_each_anew_says() {
    let desk = Desk::new();
    let facts = desk.facts();
    // One after another among the same rows: nothing that was asked before shows.
    let mut known = Known::of(&facts, Register::Threats);
    for typed in ["", "sql", "SQL -open", "open crossing", "risk>=medium data", "owner:none stride:I", "\"session\"", "selected"]
    {
        let all = facts.rows(Register::Threats);
        let bound = Bound::new(&Query::read(typed), Register::Threats, &facts, &all);
        let through: Vec<Row> = all.into_iter().filter(|row| bound.lets(&facts, row)).collect();
        for (by, is_descending) in
            [Column::Name, Column::Current, Column::Due, Column::Category].map(|by| [(by, false), (by, true)]).concat()
        {
            let view = View { typed: typed.to_owned(), sort: vec![Sort { by, is_descending }], ..View::of(Register::Threats) };
            let listing = Listing::among(&mut known, &facts, Register::Threats, &view);
            let mut expected: Vec<Row> = through.clone();
            expected.sort_by(|a, b| facts.cell(a, by).order(&facts.cell(b, by), is_descending));
            expected.sort_by_key(|row| facts.is(row, Flag::Possible));
            assert!(listing.rows().eq(expected.iter()), "{typed} by {by:?}, {is_descending}");
            assert_eq!(listing.many, expected.len());
            let grouped = View { group: Some(Column::Place), ..view };
            let kept = Listing::among(&mut known, &facts, Register::Threats, &grouped);
            assert_eq!(kept.lines, Listing::of(&facts, Register::Threats, &grouped).lines);
        }
    }
}

#[test]
fn threats_that_are_found_again_take_their_place_among_the_others() {
    let model = generate(Size { elements: 40, flows: 60 }, 4);
    let (library, view, none) = (Library::builtin(), View::of(Register::Threats), BTreeSet::new());
    let mut document = Document::new(model);
    let mut live = LiveAssessment::of_day(document.model(), library, Some(today()));
    fn facts<'a>(document: &'a Document, live: &'a LiveAssessment<'_>, none: &'a BTreeSet<Id>) -> Facts<'a> {
        Facts::new(document.model(), Library::builtin(), live.assessment(), today(), "Ada", none)
    }
    let mut listing = Listing::of(&facts(&document, &live, &none), Register::Threats, &view);
    let (mut followed, mut made_anew) = (0, 0);
    let mut look = |document: &mut Document, live: &mut LiveAssessment<'_>| {
        let mark = live.refound().mark();
        let changes = document.take_changes();
        live.follow(document.model(), changes.changes.keys());
        let facts = facts(document, live, &none);
        let is_followed = live.refound().since(&mark).is_some_and(|places| listing.follow(&facts, &view, places));
        let anew = Listing::of(&facts, Register::Threats, &view);
        if is_followed {
            followed += 1;
            assert_eq!(listing.lines, anew.lines);
            assert_eq!((listing.many, listing.of), (anew.many, anew.of));
        } else {
            made_anew += 1;
            listing = anew;
        }
    };
    let elements: Vec<Id> = document.model().elements.keys().cloned().collect();
    for (n, id) in elements.iter().enumerate() {
        let element = document.model().elements[id].clone();
        let tags: BTreeSet<String> = [["web", "database", "queue"][n % 3].to_owned()].into();
        let edits = [
            Edit::put(Key::Element(id.clone()), Element { name: format!("Renamed {n}"), ..element.clone() }),
            Edit::put(Key::Element(id.clone()), Element { tags, ..element }),
            Edit::Remove { keys: [Key::Element(id.clone())].into() },
        ];
        for edit in edits {
            document.commit(&edit).unwrap();
            look(&mut document, &mut live);
            document.undo();
            look(&mut document, &mut live);
        }
    }
    // Until nothing is left, and back.
    while let Some(key) = document.model().elements.keys().next().cloned().map(Key::Element) {
        document.commit(&Edit::Remove { keys: [key].into() }).unwrap();
        look(&mut document, &mut live);
    }
    while document.undo() {
        look(&mut document, &mut live);
    }
    assert!(followed > 10 * made_anew, "{followed} times followed, {made_anew} made anew");
}
