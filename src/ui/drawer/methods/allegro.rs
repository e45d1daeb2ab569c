//! What OCTAVE Allegro asks once for a model: its impact areas in their order; and the worksheets of its assets.

use crate::edit::Edit;
use crate::methods::{ContainerKind, Rater, Worksheet};
use crate::model::{Dimension, Id, Info, Key, RatingChoice, ThreatModel, VALUE_LABELS};
use crate::risk::{Finding, name_of};
use crate::text::icon;
use crate::ui::widgets::{bold, caption, icon_button, labelled, link, optional_choice, text_field};
use crate::ui::{Action, Outbox, ViewCx};
use egui::{Label, Ui};

#[derive(Default)]
pub struct Worksheets {
    chosen: Option<Id>,
    /// The worksheet that is shown, and the state it is of.
    filled: Option<(u64, Worksheet)>,
}

impl Worksheets {
    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, finding: &Finding, out: &mut Outbox) {
        ui.add_space(8.0);
        areas_ui(ui, cx, out);
        ui.add_space(8.0);
        ui.label(bold("Worksheet of an information asset"));
        let all: Vec<(Id, String)> = cx.model.assets.iter().map(|(id, asset)| (id.clone(), asset.name.clone())).collect();
        let stands = |id: &Id| cx.model.assets.contains_key(id);
        // What the threat harms, unless somebody looks at another one.
        let at_stake = finding.assets.iter().find(|id| stands(id)).or_else(|| cx.model.assets.keys().next());
        let Some(shown) = self.chosen.clone().filter(stands).or_else(|| at_stake.cloned()) else {
            ui.label(caption(ui, "The model has no assets yet."));
            return;
        };
        if let Some(chosen) = optional_choice(ui, "worksheet", "Worksheet of", Some(&shown), &all, "What the threat harms") {
            self.chosen = chosen;
        }
        if self.filled.as_ref().is_none_or(|(revision, sheet)| *revision != cx.revision || sheet.asset != shown) {
            let sheet = Rater::new(cx.model, cx.library, cx.actual).worksheet(&shown);
            self.filled = sheet.map(|sheet| (cx.revision, sheet));
        }
        if let Some((_, sheet)) = &self.filled {
            sheet_ui(ui, cx, sheet, out);
        }
    }
}

/// The impact areas, the most important first: named, ranked, added and taken away.
fn areas_ui(ui: &mut Ui, cx: &ViewCx<'_>, out: &mut Outbox) {
    let areas = &cx.model.info.rating.impact_areas;
    ui.horizontal(|ui| {
        ui.label(bold("Impact areas of this model"));
        if icon_button(ui, icon::PLUS, "New impact area").clicked() {
            let name = (1..).map(|n| if n == 1 { "New area".to_owned() } else { format!("New area {n}") });
            let name = name.into_iter().find(|name| !areas.contains(name)).unwrap_or_default();
            out.commit(put(cx.model, areas.iter().cloned().chain([name]).collect()));
        }
    });
    ui.add(Label::new(caption(ui, "The most important first: its rank counts most. Each threat rates every area.")).wrap());
    for (n, area) in areas.iter().enumerate() {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            ui.label(caption(ui, format!("{}", areas.len() - n))).on_hover_text("Rank");
            let mut swapped = |to: usize| {
                let mut areas = areas.clone();
                areas.swap(n, to);
                out.commit(put(cx.model, areas));
            };
            ui.add_enabled_ui(n > 0, |ui| {
                if icon_button(ui, icon::ARROW_UP, &format!("{area}: more important")).clicked() {
                    swapped(n.saturating_sub(1));
                }
            });
            ui.add_enabled_ui(n + 1 < areas.len(), |ui| {
                if icon_button(ui, icon::ARROW_DOWN, &format!("{area}: less important")).clicked() {
                    swapped(n + 1);
                }
            });
            ui.add_enabled_ui(areas.len() > 1, |ui| {
                if icon_button(ui, icon::X, &format!("Remove the impact area {area}")).clicked() {
                    out.commit(put(cx.model, areas.iter().filter(|other| *other != area).cloned().collect()));
                }
            });
            let field = ("impact area", n);
            text_field(ui, out, field, &format!("Impact area {}", n + 1), area, "What suffers", |name| {
                renamed(cx.model, n, name)
            });
        });
    }
}

fn put(model: &ThreatModel, impact_areas: Vec<String>) -> Edit {
    let rating = RatingChoice { impact_areas, ..model.info.rating.clone() };
    Edit::put(Key::Info, Info { rating, ..model.info.clone() })
}

/// Another name for an area. What was set by hand for it goes along.
fn renamed(model: &ThreatModel, n: usize, name: String) -> Edit {
    let mut areas = model.info.rating.impact_areas.clone();
    let Some(place) = areas.get_mut(n) else { return put(model, areas) };
    // Two of one name would be rated as one.
    let before = std::mem::replace(place, name.clone());
    if areas.iter().filter(|area| **area == name).count() > 1 {
        return put(model, model.info.rating.impact_areas.clone());
    }
    let (from, to) = (format!("allegro.{before}"), format!("allegro.{name}"));
    let moved = model.appraisals.iter().filter_map(|(threat, appraisal)| {
        let mut appraisal = appraisal.clone();
        let given = appraisal.given.remove(&from)?;
        appraisal.given.insert(to.clone(), given);
        Some(Edit::put(Key::Appraisal(threat.clone()), appraisal))
    });
    let edits = moved.chain([put(model, areas)]).collect();
    Edit::Batch { label: "rename an impact area".to_owned(), edits }
}

/// What an asset needs, where it lives, what threatens it.
fn sheet_ui(ui: &mut Ui, cx: &ViewCx<'_>, sheet: &Worksheet, out: &mut Outbox) {
    let Some(asset) = cx.model.assets.get(&sheet.asset) else { return };
    let told = |ui: &mut Ui, what: &str, words: &str| {
        if !words.trim().is_empty() {
            labelled(ui, what, |ui| ui.add(Label::new(words).wrap()));
        }
    };
    told(ui, "Why it matters", &asset.reason);
    told(ui, "What it is", &asset.description);
    let needs = [Dimension::C, Dimension::I, Dimension::A].map(|dimension| {
        let level = VALUE_LABELS.get(usize::from(asset.value(dimension))).copied().unwrap_or_default();
        format!("{} {}", dimension.label(), level.to_lowercase())
    });
    told(ui, "Requirements", &needs.join(", "));
    for kind in ContainerKind::ALL {
        let here: Vec<_> = sheet.containers.iter().filter(|container| container.kind == kind).collect();
        if here.is_empty() {
            continue;
        }
        labelled(ui, kind.label(), |ui| {
            ui.vertical(|ui| {
                for container in here {
                    let whose = if container.is_internal { "internal" } else { "external" };
                    let kept = if container.is_kept { ", kept" } else { "" };
                    if link(ui, &format!("{} ({whose}{kept})", name_of(cx.model, &container.at))).clicked() {
                        out.push(Action::Reveal(container.at.clone()));
                    }
                }
            });
        });
    }
    if !sheet.risks.is_empty() {
        ui.label(caption(ui, "Greatest risks"));
    }
    for (threat, rated) in &sheet.risks {
        let Some(finding) = cx.actual.findings.get(threat) else { continue };
        if link(ui, &format!("{}: {} {}", rated.current.told, finding.label(), finding.title)).clicked() {
            out.push(Action::ShowThreat(threat.clone()));
        }
    }
}
