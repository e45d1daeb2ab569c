//! Checks of whether the model is still looked after.

use super::survey::Survey;
use super::{Check, Problem};
use crate::library::{Cond, Pack};
use crate::model::{Asset, AssetKind, AssumptionStatus, ControlStatus, Date, Element, Id};
use std::collections::{BTreeMap, BTreeSet};

const PRIVACY_PACK: &str = "linddun-privacy";

pub(super) fn examine(survey: &Survey<'_>, found: &mut Vec<Problem>) {
    reviews(survey, found);
    changed_since(survey, found);
    if survey.assessment.questions.len() > survey.policy.questions {
        let n = survey.assessment.questions.len();
        found.push(Problem::of_model(Check::ManyQuestions, &format!("{n} questions are unanswered")));
    }
    packs(survey, found);
    privacy(survey, found);
    for (id, assumption) in survey.model.assumptions.iter().filter(|(_, a)| a.status != AssumptionStatus::Refuted) {
        if assumption.reviewed.is_some_and(|on| on.days_until(survey.today) > survey.policy.assumption_days) {
            found.push(Problem::new(Check::OldAssumption, id, format!("Still true? {}", survey.name(id))));
        }
    }
}

fn reviews(survey: &Survey<'_>, found: &mut Vec<Problem>) {
    let is_old = |on: Option<Date>| on.filter(|on| on.days_until(survey.today) > survey.policy.review_days);
    if let Some(on) = is_old(survey.model.info.reviewed) {
        found.push(Problem::of_model(Check::OldReview, &format!("The model was last reviewed on {on}")));
    }
    let elements = survey.elements().map(|(id, e)| (id, e.reviewed));
    let flows = survey.flows().map(|(id, f, _)| (id, f.reviewed));
    for (id, on) in elements.chain(flows).filter_map(|(id, on)| Some((id, is_old(on)?))) {
        found.push(Problem::new(Check::OldReview, id, format!("{} was last reviewed on {on}", survey.name(id))));
    }
}

/// What the log says was changed after its review. Days are told apart, hours are not.
fn changed_since(survey: &Survey<'_>, found: &mut Vec<Problem>) {
    let model = survey.model;
    let changes = || {
        let dated = model.log.values().filter_map(|entry| Some((entry.at?.date, entry)));
        dated.flat_map(|(on, entry)| entry.changes.iter().map(move |change| (on, change)))
    };
    if model.log.is_empty() {
        return;
    }
    if let Some(on) = model.info.reviewed {
        // A review of a part is no change of what it is.
        let later = changes().filter(|(at, change)| *at > on && !change.after.starts_with("reviewed ")).map(|(at, _)| at);
        let (many, last) = later.fold((0, on), |(many, last), at| (many + 1, last.max(at)));
        if many > 0 {
            let times = if many == 1 { "once".to_owned() } else { format!("{many} times") };
            let message = format!("The model was changed {times} after its review on {on}, last on {last}");
            found.push(Problem::of_model(Check::ChangedSince, &message));
        }
    }
    let mut last: BTreeMap<&Id, Date> = BTreeMap::new();
    for (at, change) in changes() {
        if let Some(id) = &change.record {
            last.entry(id).and_modify(|known| *known = at.max(*known)).or_insert(at);
        }
    }
    let elements = survey.elements().map(|(id, e)| (id, e.reviewed));
    let flows = survey.flows().map(|(id, f, _)| (id, f.reviewed));
    for (id, reviewed) in elements.chain(flows).filter_map(|(id, on)| Some((id, on?))) {
        if let Some(at) = last.get(id).filter(|at| **at > reviewed) {
            let message = format!("{} was changed on {at}, after its review on {reviewed}", survey.name(id));
            found.push(Problem::new(Check::ChangedSince, id, message));
        }
    }
}

/// Packs that are off although they know something that is in the model.
fn packs(survey: &Survey<'_>, found: &mut Vec<Problem>) {
    let off = survey.library.packs.iter().filter(|pack| !pack.is_on(&survey.model.info));
    for pack in off {
        if pack.id == PRIVACY_PACK {
            if survey.model.assets.values().any(Asset::is_personal) {
                let message = format!("There is personal data, but “{}” is off", pack.title);
                found.push(Problem::of_model(Check::PrivacyPackOff, &message));
            }
            continue;
        }
        let wanted = tags(pack);
        let is_known = |e: &Element| wanted.iter().any(|tag| survey.is_tagged(e, tag));
        let known: Vec<Id> = survey.elements().filter(|(_, e)| is_known(e)).map(|(id, _)| id.clone()).collect();
        if let Some(first) = known.first() {
            let message = format!("“{}” is off, but knows {}", pack.title, survey.name(first));
            found.push(Problem { about: known, ..Problem::of_model(Check::PackOff, &message) });
        }
    }
}

/// The technology tags the rules of a pack ask for.
fn tags(pack: &Pack) -> BTreeSet<&str> {
    fn walk<'a>(cond: &'a Cond, tags: &mut BTreeSet<&'a str>) {
        if let Cond::Tag(_, tag) = cond {
            tags.insert(tag);
        }
        if !matches!(cond, Cond::Not(_)) {
            cond.parts().iter().for_each(|part| walk(part, tags));
        }
    }
    let mut found = BTreeSet::new();
    pack.rules.iter().for_each(|rule| walk(&rule.when, &mut found));
    found
}

fn privacy(survey: &Survey<'_>, found: &mut Vec<Problem>) {
    // What is planned is being seen to.
    let stands = |item: &Id, control: &str| {
        survey.controls_over(item).any(|(_, instance)| instance.control == control && instance.status != ControlStatus::Retired)
    };
    for (id, element) in survey.elements() {
        if survey.any_kind(&element.holds, &[AssetKind::SpecialCategory]) && !stands(id, "C-PRV-DPIA") {
            let message = format!("{} holds special category data", survey.name(id));
            found.push(Problem::new(Check::NoImpactAssessment, id, message));
        }
    }
    let region = |element: &Id| {
        let around = survey.model.boundary_chain(element).into_iter();
        around.filter_map(|b| survey.model.boundaries.get(&b)?.region.clone()).find(|r| !r.is_empty())
    };
    for (id, flow, ends) in survey.flows() {
        if !survey.any_kind(&flow.assets, &[AssetKind::PersonalData, AssetKind::SpecialCategory]) {
            continue;
        }
        if let (Some(from), Some(to)) = (region(ends.from.0), region(ends.to.0))
            && from != to
            && !stands(id, "C-TPI-DPA")
        {
            let message = format!("{} takes personal data from {from} to {to}", survey.name(id));
            found.push(Problem::new(Check::Transfer, id, message));
        }
    }
}
