//! The page of the comparison: what differs, by kind, and how risk moved; beside it what is compared with, and baselines.

use super::register::{Cells, ROW, Split, rows};
use crate::compare::{Comparison, Fate, Moved, RecordChange, in_order, kind_heading};
use crate::edit::Edit;
use crate::model::{Band, Baseline, Key, Record, Site};
use crate::text::{Face, icon};
use crate::theme::Ink;
use crate::tool::Selection;
use crate::ui::compared::{Base, Compared, way_ink};
use crate::ui::widgets::{Row as RowUi, bold, caption, filter_chip, icon_button, line_edit, named, optional_choice, text_field};
use crate::ui::{Action, Command, Outbox, ViewCx, fonts, style};
use egui::{Align, Align2, Button, Layout, Ui, pos2, vec2};

#[derive(Default)]
pub struct ComparePage {
    text: String,
    /// Only what moved risk.
    moving: bool,
}

/// One line of the list.
enum Line<'a> {
    Heading(String),
    Record(&'a RecordChange),
    Moved(&'a Moved),
    Told(String),
}

impl ComparePage {
    /// The filters, from the right.
    pub fn tools_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        let keep = ui.add_enabled(Command::KeepBaseline.enabled(cx), Button::new("Keep as baseline…"));
        if keep.on_hover_text("Keeps the model and its scores as they are now under a name").clicked() {
            out.run(Command::KeepBaseline);
        }
        named(ui.add(line_edit(&mut self.text).hint_text("Filter changes").desired_width(150.0)), "Filter changes");
        if filter_chip(ui, self.moving, "Moved risk").on_hover_text("Only changes that moved the risk of a threat").clicked() {
            self.moving = !self.moving;
        }
    }

    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
        let split = Split::of(ui);
        split.list(ui, |ui| match cx.compared {
            None => super::empty_ui(ui, "Choose at the right what to compare with: the last saved state, a baseline or a file."),
            Some(Compared { found: None, .. }) => super::empty_ui(ui, "Comparing…"),
            Some(Compared { found: Some(found), .. }) => self.list_ui(ui, cx, found, out),
        });
        split.details(ui, |ui| details_ui(ui, cx, out));
    }

    fn list_ui(&self, ui: &mut Ui, cx: &ViewCx<'_>, found: &Comparison, out: &mut Outbox) {
        let lines = self.lines(cx, found);
        if lines.is_empty() {
            return super::empty_ui(
                ui,
                if found.is_empty() { "Nothing differs." } else { "Nothing of what differs fits the filter." },
            );
        }
        rows(ui, "compared", lines.len(), |ui, n| match lines.get(n) {
            Some(Line::Heading(text)) => heading_ui(ui, text),
            Some(Line::Told(text)) => told_ui(ui, text),
            Some(Line::Record(change)) => record_ui(ui, cx, found, change, out),
            Some(Line::Moved(moved)) => moved_ui(ui, cx, moved, out),
            None => {}
        });
    }

    fn lines<'a>(&self, cx: &ViewCx<'_>, found: &'a Comparison) -> Vec<Line<'a>> {
        let wanted = self.text.to_lowercase();
        let fits = |text: &str| wanted.split_whitespace().all(|word| text.to_lowercase().contains(word));
        let mut lines = Vec::new();
        let mut kind = "";
        for change in &found.difference.records {
            let moves = !self.moving || found.movement.because_of(&change.key).next().is_some();
            if !moves || !fits(&format!("{} {} {}", change.way.label(), change.name, fields(change))) {
                continue;
            }
            if kind != kind_heading(&change.key) {
                kind = kind_heading(&change.key);
                lines.push(Line::Heading(kind.to_owned()));
            }
            lines.push(Line::Record(change));
        }
        let redrawn = &found.difference.redrawn;
        if !redrawn.is_empty() && !self.moving && wanted.is_empty() {
            lines.push(Line::Heading("Places on diagrams".to_owned()));
            let mut names: Vec<&str> = redrawn.iter().map(|r| cx.model.name_of(&r.item)).filter(|n| !n.is_empty()).collect();
            names.sort_unstable();
            names.dedup();
            lines.push(Line::Told(format!("{} drawn elsewhere: {}", redrawn.len(), names.join(", "))));
        }
        for fate in Fate::ALL {
            let these: Vec<&Moved> =
                found.movement.with_fate(fate).filter(|m| fits(&format!("{} {}", fate.label(), m.title))).collect();
            if !these.is_empty() {
                lines.push(Line::Heading(format!("Threats: {} ({})", fate.label().to_lowercase(), these.len())));
                lines.extend(these.into_iter().map(Line::Moved));
            }
        }
        lines
    }
}

fn heading_ui(ui: &mut Ui, text: &str) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Label, true, text));
    let at = pos2(rect.left() + 12.0, rect.center().y + 3.0);
    ui.painter().text(at, Align2::LEFT_CENTER, text, fonts::font(Face::Bold, 12.0), style::ink(ui, Ink::Muted));
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, style::line(ui, Ink::Border));
}

fn told_ui(ui: &mut Ui, text: &str) {
    let line = RowUi::new(ui, ROW, false, text);
    let mut cells = Cells { ui: line.ui, rest: line.whole.shrink2(vec2(8.0, 0.0)) };
    cells.rest.min.x += 28.0;
    cells.left(text, Face::Regular, Ink::Text);
    line.response.on_hover_text(text);
}

/// "name: Web → Web shop; trust: 3 → 4".
fn fields(change: &RecordChange) -> String {
    let each = change.fields.iter().map(|f| format!("{}: {} → {}", f.label, f.before, f.after));
    each.collect::<Vec<_>>().join("; ")
}

fn record_ui(ui: &mut Ui, cx: &ViewCx<'_>, found: &Comparison, change: &RecordChange, out: &mut Outbox) {
    let name = if change.name.is_empty() { "The model" } else { change.name.as_str() };
    let detail = fields(change);
    let is_selected = change.key.id().is_some_and(|id| cx.selection.items.contains(id));
    let said = format!("{}: {name}{}{detail}", change.way.label(), if detail.is_empty() { "" } else { ", " });
    let line = RowUi::new(ui, ROW, is_selected, &said);
    let (whole, response) = (line.whole, line.response.clone());
    let mut cells = Cells { ui, rest: whole.shrink2(vec2(8.0, 0.0)) };
    cells.line(whole);
    let moved: Vec<f64> = found.movement.because_of(&change.key).map(Moved::by).collect();
    if !moved.is_empty() {
        let by: f64 = moved.iter().sum();
        let (points, ink) = gained(by);
        let many = if moved.len() == 1 { "1 threat".to_owned() } else { format!("{} threats", moved.len()) };
        cells.right(84.0, &format!("in {many}"), Face::Regular, Ink::Muted);
        cells.right(64.0, &points, Face::Bold, ink);
    }
    let at = pos2(whole.left() + 19.0, whole.center().y);
    ui.painter().text(
        at,
        Align2::CENTER_CENTER,
        change.way.sign(),
        fonts::font(Face::Bold, 16.0),
        style::ink(ui, way_ink(change.way)),
    );
    cells.rest.min.x += 28.0;
    if !detail.is_empty() {
        cells.right((cells.rest.width() * 0.6).max(60.0), &detail, Face::Regular, Ink::Muted);
    }
    cells.left(name, if is_selected { Face::Bold } else { Face::Regular }, Ink::Text);
    let clicked = response.clicked();
    if !change.fields.is_empty() {
        response.on_hover_ui(|ui| {
            ui.set_max_width(460.0);
            ui.label(bold(format!("{} {name}", change.way.label())));
            for field in &change.fields {
                ui.label(format!("{}: {} → {}", field.label, field.before, field.after));
            }
        });
    }
    if clicked {
        go_to(cx, &change.key, out);
    }
}

/// Points gained or lost with their sign and colour; a dash for none.
fn gained(by: f64) -> (String, Ink) {
    if by <= -0.05 {
        (format!("−{:.1}", -by), Ink::Good)
    } else if by >= 0.05 {
        (format!("+{by:.1}"), Ink::RiskOutline(Band::Critical))
    } else {
        ("–".to_owned(), Ink::Muted)
    }
}

/// Shows what a change is about, as far as it is there; where something was when it is gone.
fn go_to(cx: &ViewCx<'_>, key: &Key, out: &mut Outbox) {
    let mut show = |id: &crate::model::Id| {
        out.push(Action::Select(Selection::one(id.clone())));
        out.push(Action::Reveal(id.clone()));
        out.push(Action::Pulse(id.clone()));
    };
    match key {
        Key::Decision(threat) | Key::Appraisal(threat) if cx.actual.findings.contains_key(threat) => {
            out.push(Action::ShowThreat(threat.clone()));
        }
        Key::Decision(threat) | Key::Appraisal(threat) if cx.model.item_key(&threat.anchor).is_some() => show(&threat.anchor),
        Key::Diagram(id) if cx.model.diagrams.contains_key(id) => out.push(Action::ShowDiagram(id.clone())),
        Key::Instance(_) | Key::Threat(_) | Key::Vulnerability(_) => {
            let places: Vec<crate::model::Id> = match cx.model.get(key) {
                Some(Record::Instance(i)) => {
                    i.at.iter().filter_map(|site| if let Site::At(id) = site { Some(id.clone()) } else { None }).collect()
                }
                Some(Record::Threat(t)) => t.targets.iter().cloned().collect(),
                Some(Record::Vulnerability(v)) => vec![v.at.clone()],
                _ => Vec::new(),
            };
            match places.first() {
                Some(place) => show(place),
                None => out.run(Command::ModelProperties),
            }
        }
        _ => match key.id().filter(|id| cx.model.item_key(id).is_some()) {
            Some(id) => show(id),
            None => {
                // What is gone is drawn as a ghost on the diagram it was on.
                let earlier = cx.compared.map(|compared| &compared.earlier);
                let was_on = earlier.zip(key.id()).and_then(|(m, id)| m.placements.keys().find(|k| k.item == *id));
                match was_on.filter(|place| cx.model.diagrams.contains_key(&place.diagram)) {
                    Some(place) => out.push(Action::ShowDiagram(place.diagram.clone())),
                    None => out.run(Command::ModelProperties),
                }
            }
        },
    }
}

fn moved_ui(ui: &mut Ui, cx: &ViewCx<'_>, moved: &Moved, out: &mut Outbox) {
    let words = |s: &Option<crate::compare::Standing>| s.as_ref().map_or_else(|| "not there".to_owned(), |s| s.words());
    let change = format!("{} → {}", words(&moved.before), words(&moved.after));
    let is_selected = cx.selection.threat.as_ref() == Some(&moved.threat);
    let line = RowUi::new(ui, ROW, is_selected, &format!("{}: {}, {change}", moved.fate.label(), moved.title));
    let (whole, response) = (line.whole, line.response.clone());
    let mut cells = Cells { ui, rest: whole.shrink2(vec2(8.0, 0.0)) };
    cells.line(whole);
    let by = moved.by();
    let (points, ink) = gained(by);
    cells.right(64.0, &points, Face::Bold, ink);
    cells.right((whole.width() * 0.36).clamp(120.0, 300.0), &change, Face::Regular, Ink::Muted);
    cells.rest.min.x += 28.0;
    cells.left(&moved.title, if is_selected { Face::Bold } else { Face::Regular }, Ink::Text);
    if response.clicked() {
        if cx.actual.findings.contains_key(&moved.threat) {
            out.push(Action::ShowThreat(moved.threat.clone()));
        } else if cx.model.item_key(&moved.threat.anchor).is_some() {
            out.push(Action::Select(Selection::one(moved.threat.anchor.clone())));
            out.push(Action::Reveal(moved.threat.anchor.clone()));
        }
    }
}

fn details_ui(ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
    ui.label(bold("Compare with"));
    let mut all = vec![(Base::Saved, "The last saved state".to_owned())];
    let kept = in_order(cx.model);
    let dated = |b: &Baseline| b.on.map_or_else(String::new, |on| format!(", {on}"));
    all.extend(kept.iter().map(|(id, b)| (Base::Baseline((*id).clone()), format!("{}{}", named_or_not(&b.name), dated(b)))));
    let current = cx.compared.map(|compared| &compared.base);
    if let Some(Base::File(path)) = current {
        all.push((Base::File(path.clone()), path.file_name().unwrap_or_default().to_string_lossy().into_owned()));
    }
    if let Some(chosen) = optional_choice(ui, "compare with", "Compare with", current, &all, "Nothing") {
        match chosen {
            Some(base) => out.push(Action::CompareWith(base)),
            None => out.run(Command::EndCompare),
        }
    }
    ui.horizontal(|ui| {
        if ui.button("Another file…").clicked() {
            out.run(Command::CompareWithFile);
        }
    });
    if let Some(found) = cx.compared.and_then(|compared| compared.found.as_ref()) {
        ui.add_space(6.0);
        for line in summary(found) {
            ui.label(line);
        }
    }
    ui.add_space(6.0);
    ui.label(bold("Baselines"));
    if kept.is_empty() {
        ui.label(caption(ui, "A baseline keeps the model and its scores as they are at a delivery, inside of the file."));
    }
    for (id, baseline) in kept {
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let name = named_or_not(&baseline.name);
                if icon_button(ui, icon::TRASH, &format!("Delete the baseline {name}")).clicked() {
                    out.commit(Edit::Remove { keys: [Key::Baseline(id.clone())].into() });
                }
                let when = baseline.on.map_or_else(|| "–".to_owned(), |on| on.to_string());
                let who = if baseline.by.is_empty() { String::new() } else { format!(" by {}", baseline.by) };
                let tip = format!(
                    "Kept {when}{who}; peak {:.1}, load {:.0}; Palisade {}",
                    baseline.peak, baseline.load, baseline.engine
                );
                ui.label(caption(ui, format!("{when}  {:.0}", baseline.load))).on_hover_text(tip);
                text_field(ui, out, ("baseline", id), "Name of the baseline", &baseline.name, "Name", |name| {
                    Edit::put(Key::Baseline(id.clone()), Baseline { name, ..baseline.clone() })
                });
            });
        });
    }
}

fn named_or_not(name: &str) -> &str {
    if name.is_empty() { "Without a name" } else { name }
}

/// Load, peak and bands, as far as they moved.
fn summary(found: &Comparison) -> Vec<String> {
    let movement = &found.movement;
    if movement.is_empty() {
        return vec!["Risk is as it was.".to_owned()];
    }
    let ((load, load_now), (peak, peak_now)) = (movement.load, movement.peak);
    let mut out =
        vec![format!("Load {load:.0} → {load_now:.0} ({:+.0})", load_now - load), format!("Peak {peak:.1} → {peak_now:.1}")];
    let bands = Band::ALL.iter().zip(movement.counts.0.iter().zip(&movement.counts.1)).filter(|(_, (a, b))| a != b);
    let bands: Vec<String> = bands.map(|(band, (a, b))| format!("{} {a} → {b}", band.label())).collect();
    out.extend((!bands.is_empty()).then(|| bands.join(", ")));
    out
}

/// How many records differ, in words; empty while nothing is compared.
pub fn count(cx: &ViewCx<'_>) -> String {
    let found = cx.compared.and_then(|compared| compared.found.as_ref());
    found.map_or_else(String::new, |found| super::counted(Some(found.difference.records.len())))
}
