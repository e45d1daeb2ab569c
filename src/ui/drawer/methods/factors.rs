//! The factors of a sheet: each with what the model says and why, and a way to say otherwise.

use crate::edit::Edit;
use crate::methods::{Factor, METRICS_31, METRICS_40, Scale, Sheet, parsed};
use crate::model::{Appraisal, FactorValue, Given, Key, Method, Pert, ThreatKey};
use crate::text::icon;
use crate::ui::widgets::{bold, caption, icon_button, labelled, line_edit, named, number_field, optional_choice, text_field};
use crate::ui::{Outbox, ViewCx};
use egui::Ui;

/// From this width on, in points, the reason of a factor stands beside it.
const WIDE: f32 = 540.0;
/// Width of the controls of a factor then.
const CONTROL: f32 = 176.0;

#[derive(Default)]
pub struct Factors {
    /// A CVSS vector that is being written, and what is wrong with it.
    vector: Option<(ThreatKey, Method, String)>,
}

impl Factors {
    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, threat: &ThreatKey, sheet: &Sheet, out: &mut Outbox) {
        if matches!(sheet.method, Method::Cvss31 | Method::Cvss40) {
            self.vector_ui(ui, cx, threat, sheet, out);
        }
        for factor in &sheet.factors {
            factor_ui(ui, cx, threat, factor, out);
        }
    }

    /// The whole vector as text: written or pasted, it sets every metric it names.
    fn vector_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, threat: &ThreatKey, sheet: &Sheet, out: &mut Outbox) {
        let now = vector(sheet);
        let mine = |(key, method, _): &&(ThreatKey, Method, String)| key == threat && *method == sheet.method;
        let mut text = self.vector.as_ref().filter(mine).map_or_else(|| now.clone(), |(.., text)| text.clone());
        let response = labelled(ui, "Vector", |ui| named(ui.add(line_edit(&mut text)), "CVSS vector"));
        if response.changed() {
            self.vector = Some((threat.clone(), sheet.method, text.clone()));
        }
        let wanted = if sheet.method == Method::Cvss31 { "CVSS:3.1" } else { "CVSS:4.0" };
        let read = parsed(&text).map_err(|e| e.to_string()).and_then(|read| match read.vector().starts_with(wanted) {
            true => Ok(read),
            false => Err(format!("this sheet takes {wanted} vectors")),
        });
        if let (Err(why), true) = (&read, self.vector.is_some()) {
            ui.add(egui::Label::new(caption(ui, why)).wrap());
        }
        if response.lost_focus() {
            if let (Ok(read), true) = (&read, text != now) {
                let mut appraisal = cx.model.appraisals.get(threat).cloned().unwrap_or_default();
                for factor in &sheet.factors {
                    let Some((_, id)) = factor.id.split_once('.') else { continue };
                    let letter = read.letter(id);
                    // What the vector leaves out stays as the model says, for example what its assets require.
                    let is_named =
                        text.split('/').any(|part| part.split_once(':').is_some_and(|(name, _)| name.eq_ignore_ascii_case(id)));
                    if is_named && factor.letter() != Some(letter) {
                        set(&mut appraisal, factor, Some(FactorValue::Letter(letter.to_owned())));
                    }
                }
                commit(threat, appraisal, out);
            }
            self.vector = None;
        }
    }
}

/// The vector of the letters that hold.
fn vector(sheet: &Sheet) -> String {
    let (mut out, metrics) = match sheet.method {
        Method::Cvss31 => ("CVSS:3.1".to_owned(), METRICS_31),
        _ => ("CVSS:4.0".to_owned(), METRICS_40),
    };
    for (metric, factor) in metrics.iter().zip(&sheet.factors) {
        let letter = factor.letter().filter(|letter| *letter != "X");
        out.extend(letter.into_iter().flat_map(|letter| ["/", metric.id, ":", letter]));
    }
    out
}

fn factor_ui(ui: &mut Ui, cx: &ViewCx<'_>, threat: &ThreatKey, factor: &Factor, out: &mut Outbox) {
    // What the register computes is set in the decision.
    let is_fixed = factor.id.starts_with("register.");
    let mut wanted: Option<Option<FactorValue>> = None;
    let is_beside = ui.available_width() >= WIDE && factor.given.is_none() && factor.scale != Scale::Loss;
    ui.horizontal(|ui| {
        let width = ui.available_width();
        let named = (width * if width >= WIDE { 0.32 } else { 0.46 }).max(120.0);
        ui.allocate_ui(egui::vec2(named, 24.0), |ui| {
            ui.set_min_width(named);
            let name = if factor.given.is_some() { bold(factor.name.clone()) } else { caption(ui, factor.name.clone()) };
            ui.add(egui::Label::new(name).truncate()).on_hover_text(&factor.why);
        });
        let start = ui.cursor().left();
        if is_fixed {
            ui.label(factor.told());
        } else if is_beside {
            let shown = ui.allocate_ui(egui::vec2(CONTROL, 24.0), |ui| value_ui(ui, threat, factor));
            wanted = shown.inner.map(Some);
        } else if let Some(value) = value_ui(ui, threat, factor) {
            wanted = Some(Some(value));
        }
        if is_beside {
            ui.add_space((start + CONTROL + 8.0 - ui.cursor().left()).max(0.0));
            ui.add(egui::Label::new(caption(ui, &factor.why)).truncate()).on_hover_text(&factor.why);
        }
        if factor.given.is_some()
            && icon_button(ui, icon::ARROW_COUNTER_CLOCKWISE, &format!("{}: as the model says", factor.name)).clicked()
        {
            wanted = Some(None);
        }
    });
    match &factor.given {
        Some(given) => {
            let id = ("reason of a factor", threat.to_string(), factor.id.clone());
            let name = format!("Why {} is set by hand", factor.name);
            text_field(ui, out, id, &name, &given.reason, "Why is it not what the model says?", |reason| {
                let mut appraisal = cx.model.appraisals.get(threat).cloned().unwrap_or_default();
                if let Some(given) = appraisal.given.get_mut(&factor.id) {
                    given.reason = reason;
                }
                Edit::put(Key::Appraisal(threat.clone()), appraisal)
            });
        }
        None if is_beside => {}
        None => drop(ui.add(egui::Label::new(caption(ui, &factor.why)).truncate()).on_hover_text(&factor.why)),
    }
    if let Some(value) = wanted {
        let mut appraisal = cx.model.appraisals.get(threat).cloned().unwrap_or_default();
        set(&mut appraisal, factor, value);
        commit(threat, appraisal, out);
    }
}

/// The control for a value; the value when it was changed.
fn value_ui(ui: &mut Ui, threat: &ThreatKey, factor: &Factor) -> Option<FactorValue> {
    match factor.scale {
        Scale::Marks { from, to, whole, .. } => {
            let decimals = if whole { 0 } else { 2 };
            let new = number_field(ui, &factor.name, factor.mark().unwrap_or(from), |field| {
                field.range(from..=to).speed((to - from) / 200.0).max_decimals(decimals)
            });
            if let Some(value) = factor.value() {
                ui.label(caption(ui, factor.scale.words(value)));
            }
            new.map(FactorValue::Mark)
        }
        Scale::Letters(all) => {
            let options: Vec<(String, String)> =
                all.iter().map(|(letter, word)| ((*letter).to_owned(), format!("{letter} {word}"))).collect();
            let current = factor.letter().map(str::to_owned);
            let id = ("letter", threat.to_string(), factor.id.clone());
            let chosen = optional_choice(ui, id, &factor.name, current.as_ref(), &options, "As the model says");
            chosen.flatten().map(FactorValue::Letter)
        }
        Scale::Loss => {
            let loss = factor.loss().unwrap_or_default();
            let mut points = [loss.min, loss.mode, loss.max];
            let names = ["Least loss", "Most likely loss", "Greatest loss"].into_iter().zip(["least", "likely", "most"]);
            for (point, (name, word)) in points.iter_mut().zip(names) {
                ui.label(caption(ui, word));
                *point = number_field(ui, name, *point, |field| field.range(0.0..=1e12).speed(1000.0).max_decimals(0))
                    .unwrap_or(*point);
            }
            points.sort_by(f64::total_cmp);
            let [min, mode, max] = points;
            let new = Pert { min, mode, max };
            (new != loss).then_some(FactorValue::Loss(new))
        }
    }
}

/// Sets a factor by hand, or gives it back to the model.
fn set(appraisal: &mut Appraisal, factor: &Factor, value: Option<FactorValue>) {
    match value {
        Some(value) if factor.derived.as_ref() == Some(&value) => drop(appraisal.given.remove(&factor.id)),
        Some(value) => {
            let reason = appraisal.given.get(&factor.id).map_or_else(String::new, |given| given.reason.clone());
            appraisal.given.insert(factor.id.clone(), Given { value, reason });
        }
        None => drop(appraisal.given.remove(&factor.id)),
    }
}

fn commit(threat: &ThreatKey, appraisal: Appraisal, out: &mut Outbox) {
    let key = Key::Appraisal(threat.clone());
    out.commit(match appraisal.given.is_empty() {
        true => Edit::Remove { keys: [key].into() },
        false => Edit::put(key, appraisal),
    });
}
