//! What has changed since the last delivery, and what became of each of its findings.

use super::{Cx, words};
use crate::compare::{Difference, Outcome, Reviewed, Scores, Standing, Way, bare, kind_heading, newest, review, thaw};
use crate::library::Library;
use crate::model::{Band, Date, Key, ThreatModel, Visibility};
use crate::report::options::{ChapterKind, ReportOptions};
use crate::report::redaction::Redacted;
use crate::report::style::*;
use crate::report::tree::*;
use crate::risk::Assessment;

/// Names of one kind that are listed; the rest is counted.
const LISTED: usize = 14;

/// A baseline beside the model of today.
pub struct Since {
    name: String,
    on: Option<Date>,
    before: Scores,
    after: Scores,
    reviewed: Vec<Reviewed>,
    /// Records that differ, with what they are called. What exactly differs in them stays in the house.
    records: Vec<(Key, Way, String)>,
    /// The records of then.
    pub earlier: ThreatModel,
}

impl Since {
    /// Since the baseline asked for, or the newest; `None` where the model has none or the chapter is off.
    pub fn of(model: &ThreatModel, library: &Library, assessment: &Assessment, options: &ReportOptions) -> Option<Since> {
        options.shown().find(|choice| choice.kind == ChapterKind::Since)?;
        let asked = options.baseline.as_ref().and_then(|id| model.baselines.get(id));
        let baseline = asked.or_else(|| newest(model).map(|(_, baseline)| baseline))?;
        let frozen = thaw(baseline).ok()?;
        let after = Scores::of(assessment);
        let difference = Difference::between(&frozen.model, &bare(model), library);
        let told = |key: &Key| !matches!(key, Key::Note(_) | Key::Person(_) | Key::Diagram(_));
        let records = difference.records.into_iter().filter(|change| told(&change.key));
        Some(Since {
            name: baseline.name.clone(),
            on: baseline.on,
            reviewed: review(&frozen.scores, &after),
            before: frozen.scores,
            after,
            records: records.map(|change| (change.key, change.way, change.name)).collect(),
            earlier: frozen.model,
        })
    }

    /// The same as other readers may see it.
    pub fn redacted(self, model: &ThreatModel, redacted: &Redacted, reader: Visibility) -> Since {
        let visible = |key: &Key| {
            let of = if model.contains(key) { model } else { &self.earlier };
            // What stays in the house as a whole has no other name.
            !matches!(key, Key::Assumption(_) | Key::AttackTree(_) | Key::Scenario(_)) || of.visibility_of(key) >= reader
        };
        let name = |text: &str| redacted.replaced(text);
        let records = self.records.iter().filter(|(key, ..)| visible(key));
        let records = records.map(|(key, way, called)| (key.clone(), *way, name(called))).collect();
        let review = |r: &Reviewed| Reviewed { threat: redacted.threat(&r.threat), title: name(&r.title), ..r.clone() };
        Since { name: name(&self.name), records, reviewed: self.reviewed.iter().map(review).collect(), ..self }
    }

    /// The same with nothing in it that people wrote.
    pub fn wordless(self) -> Since {
        let records = self.records.iter().map(|(key, way, _)| (key.clone(), *way, String::new())).collect();
        let review = |r: &Reviewed| Reviewed { title: String::new(), ..r.clone() };
        Since { name: String::new(), records, reviewed: self.reviewed.iter().map(review).collect(), ..self }
    }
}

pub fn blocks(cx: &Cx<'_>) -> Vec<Block> {
    let Some(since) = cx.origin.since.as_ref() else { return Vec::new() };
    let mut blocks = vec![paragraph(intro(cx, since)), states(since)];
    blocks.push(note("Then is as it was delivered, by the rules and numbers of that day; now is by those of today."));
    blocks.push(section("Fix review", Some("fix review".to_owned())));
    blocks.push(outcomes(since));
    let (told, rest): (Vec<&Reviewed>, Vec<&Reviewed>) = in_order(since).into_iter().partition(|r| is_told(r));
    if !told.is_empty() {
        blocks.push(Block::Table(findings(cx, &told)));
    }
    if !rest.is_empty() {
        let many = words::capitalised(&words::count(rest.len(), "finding", "findings"));
        blocks.push(note(format!("{many} below High and open as before: in the chapter of findings only.")));
    }
    blocks.push(section("What was changed in the model", Some("changed since".to_owned())));
    blocks.push(if since.records.is_empty() {
        paragraph("Nothing that is said about the system.")
    } else {
        Block::Table(changes(since))
    });
    blocks
}

fn intro(cx: &Cx<'_>, since: &Since) -> String {
    let of = |outcome| since.reviewed.iter().filter(|r| r.outcome == outcome).count();
    let then = since.before.total();
    let named = if since.name.is_empty() { "the last delivery".to_owned() } else { format!("“{}”", since.name) };
    let on = since.on.map_or_else(String::new, |on| format!(" of {}", cx.date(on)));
    let closed = of(Outcome::Fixed) + of(Outcome::RuledOut);
    let open = then.saturating_sub(closed);
    let mut text = format!(
        "Of {} in {named}{on}, {} no longer there and {} still there. {} found since.",
        words::count(then, "finding", "findings"),
        none_or(closed),
        none_or(open),
        words::capitalised(&words::count(of(Outcome::New), "finding was", "findings were"))
    );
    let (was, is) = (since.before.load, since.after.load);
    let way = if is < was { "fell" } else { "rose" };
    text += &if (was - is).abs() < 0.5 {
        format!(" The load of risk is {is:.0}, as it was.")
    } else {
        format!(" The load of risk {way} from {was:.0} to {is:.0}.")
    };
    text
}

/// "none is", "14 are".
fn none_or(n: usize) -> String {
    if n == 0 { "none is".to_owned() } else { words::is_are(n) }
}

/// Counts of each level then and now.
fn states(since: &Since) -> Block {
    let mut head = vec![("State", share(1.0))];
    head.extend(Band::ALL.iter().map(|band| (band.label(), fixed(46.0).right())));
    head.extend([("All", fixed(36.0).right()), ("Greatest", fixed(48.0).right()), ("Load", fixed(44.0).right())]);
    let mut table = Table::with_head(head);
    for (state, scores) in [("Then", &since.before), ("Now", &since.after)] {
        let mut cells = vec![cell(state)];
        cells.extend(scores.counts.iter().map(|n| if *n == 0 { quiet("–") } else { cell(n.to_string()) }));
        let total = styled(CELL.bold(), scores.total().to_string());
        cells.extend([total, cell(words::score(scores.peak)), cell(format!("{:.0}", scores.load))]);
        table.row(cells);
    }
    Block::Table(table)
}

/// How many findings came to which end.
fn outcomes(since: &Since) -> Block {
    let mut table = Table::headless([fixed(90.0), share(1.0), fixed(40.0).right()], TableLook::Plain);
    for outcome in Outcome::ALL {
        let many = since.reviewed.iter().filter(|r| r.outcome == outcome).count();
        table.row([styled(CELL.bold(), outcome.label()), cell(outcome.about()), cell(many.to_string())]);
    }
    Block::Table(table)
}

/// What happened first, then what did not; the worst first.
fn in_order(since: &Since) -> Vec<&Reviewed> {
    let mut out: Vec<&Reviewed> = since.reviewed.iter().collect();
    out.sort_by_key(|r| r.outcome == Outcome::StillOpen);
    out
}

/// Whatever changed, and what is grave.
fn is_told(reviewed: &Reviewed) -> bool {
    reviewed.outcome != Outcome::StillOpen || reviewed.after.as_ref().is_some_and(|now| now.band <= Band::High)
}

fn findings(cx: &Cx<'_>, reviewed: &[&Reviewed]) -> Table {
    let mut table = Table::with_head([
        ("Id", fixed(34.0)),
        ("Finding", share(1.0)),
        ("Then", fixed(82.0)),
        ("Now", fixed(82.0)),
        ("Outcome", fixed(60.0)),
    ]);
    let standing = |standing: &Option<Standing>| match standing {
        Some(s) => Rich::new().chip(s.band).text(CELL, format!(" {}", words::score(s.score))),
        None => quiet("–"),
    };
    for reviewed in reviewed {
        let id = match cx.assessment.findings.get(&reviewed.threat) {
            Some(_) => cx.reference_to(&reviewed.threat),
            None => styled(CODE.size(7.2), reviewed.label.clone()),
        };
        let outcome = styled(CELL.bold(), reviewed.outcome.label());
        table.row([id, cell(reviewed.title.clone()), standing(&reviewed.before), standing(&reviewed.after), outcome]);
    }
    table
}

/// Names of what was added, removed and changed, by kind.
fn changes(since: &Since) -> Table {
    let mut table =
        Table::with_head([("Kind", fixed(90.0)), ("Added", share(1.0)), ("Removed", share(1.0)), ("Changed", share(1.0))]);
    let mut kinds: Vec<&'static str> = Vec::new();
    for (key, ..) in &since.records {
        let kind = kind_heading(key);
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    for kind in kinds {
        let of = |wanted: Way| {
            let here = since.records.iter().filter(|(key, way, _)| kind_heading(key) == kind && *way == wanted);
            let names: Vec<&str> = here.map(|(.., name)| if name.is_empty() { "the model" } else { name.as_str() }).collect();
            let mut text = names.iter().take(LISTED).copied().collect::<Vec<_>>().join(", ");
            if names.len() > LISTED {
                text += &format!(" and {} more", names.len() - LISTED);
            }
            if text.is_empty() { quiet("–") } else { cell(text) }
        };
        table.row([styled(CELL.bold(), kind), of(Way::Added), of(Way::Removed), of(Way::Changed)]);
    }
    table
}
