//! Answers to open questions: what can be said with one key, and to which other questions it is the answer as well.

use super::ViewCx;
use crate::detect::{Detector, Suggestion};
use crate::edit::Edit;
use crate::hygiene::among_strangers;
use crate::model::*;
use crate::risk::{FlowRoute, Question, Unanswered, name_of};
use std::collections::BTreeSet;

/// Something that can be answered, and the edit that says so.
pub struct Answer {
    pub key: egui::Key,
    pub label: String,
    pub edit: Edit,
}

const DIGITS: [egui::Key; 9] = [
    egui::Key::Num1,
    egui::Key::Num2,
    egui::Key::Num3,
    egui::Key::Num4,
    egui::Key::Num5,
    egui::Key::Num6,
    egui::Key::Num7,
    egui::Key::Num8,
    egui::Key::Num9,
];

/// Most common first; what the flow's name speaks of comes before them.
const PROTOCOLS: [Protocol; 9] = [
    Protocol::Https,
    Protocol::SqlTls,
    Protocol::Sql,
    Protocol::Http,
    Protocol::Tls,
    Protocol::GrpcTls,
    Protocol::Amqps,
    Protocol::Mqtts,
    Protocol::InProcess,
];
const AUTHNS: [Authn; 9] = [
    Authn::NoAuth,
    Authn::Password,
    Authn::Session,
    Authn::Bearer,
    Authn::ApiKey,
    Authn::Oidc,
    Authn::Mfa,
    Authn::MutualTls,
    Authn::OsIdentity,
];
const CHANNELS: [Channel; 7] =
    [Channel::Internet, Channel::Wired, Channel::Local, Channel::Wifi, Channel::Cellular, Channel::Bluetooth, Channel::Radio];

/// The question without the name of what it is about.
pub fn short(question: &str) -> String {
    crate::text::capitalised(question.split_once(": ").map_or(question, |(_, rest)| rest))
}

/// "decides 3 threats, up to 64 points".
pub fn stake(question: &Question) -> String {
    let n = question.threats;
    format!("decides {n} threat{}, up to {:.0} points", if n == 1 { "" } else { "s" }, question.value)
}

/// What can be answered at once, each with its key.
pub fn answers(cx: &ViewCx<'_>, about: &Unanswered, ids: &mut IdSource) -> Vec<Answer> {
    let model = cx.model;
    match about {
        Unanswered::Capability(id, what) => yes_no(model, id, |element, tri| {
            element.capabilities.insert(*what, tri);
        }),
        Unanswered::Fact(id, what) => yes_no(model, id, |element, tri| {
            element.facts.insert(*what, tri);
        }),
        Unanswered::Protocol(route) => of_flow(model, route, |id, flow| {
            let said = Detector::new(model, cx.library).about(id).into_iter().find_map(|p| match p.what {
                Suggestion::Protocol(protocol) => Some(protocol),
                _ => None,
            });
            let likely = said.into_iter().chain(PROTOCOLS.into_iter().filter(|p| Some(*p) != said));
            likely.map(|protocol| (protocol.label().to_owned(), Flow { protocol, ..flow.clone() })).collect()
        }),
        Unanswered::Authn(route) => of_flow(model, route, |_, flow| {
            AUTHNS.map(|authn| (authn.label().to_owned(), Flow { authn, ..flow.clone() })).to_vec()
        }),
        Unanswered::Channel(route) => of_flow(model, route, |_, flow| {
            CHANNELS.map(|channel| (channel.label().to_owned(), Flow { channel, ..flow.clone() })).to_vec()
        }),
        Unanswered::FlowAssets(route) => of_flow(model, route, |_, flow| {
            let with = |id: &Id| flow.assets.iter().chain([id]).cloned().collect();
            model.assets.iter().map(|(id, a)| (a.name.clone(), Flow { assets: with(id), ..flow.clone() })).collect()
        }),
        Unanswered::Assets(id) => {
            let Some(element) = model.elements.get(id) else { return Vec::new() };
            let with = |asset: &Id| element.holds.iter().chain([asset]).cloned().collect();
            let put = |asset| Edit::put(Key::Element(id.clone()), Element { holds: with(asset), ..element.clone() });
            numbered(model.assets.iter().map(|(asset, a)| (a.name.clone(), put(asset))))
        }
        Unanswered::Boundary(id) => placing(model, id, ids),
        Unanswered::Callers(id) | Unanswered::Sources(id) => {
            nearest_open(model, id).map_or_else(Vec::new, |other| placing(model, other, ids))
        }
    }
}

fn yes_no(model: &ThreatModel, id: &Id, set: impl Fn(&mut Element, Tri)) -> Vec<Answer> {
    let Some(element) = model.elements.get(id) else { return Vec::new() };
    let answer = |key, label: &str, tri| {
        let mut element = element.clone();
        set(&mut element, tri);
        Answer { key, label: label.to_owned(), edit: Edit::put(Key::Element(id.clone()), element) }
    };
    vec![answer(egui::Key::Y, "Yes", Tri::Yes), answer(egui::Key::N, "No", Tri::No)]
}

fn of_flow(model: &ThreatModel, route: &FlowRoute, choices: impl FnOnce(&Id, &Flow) -> Vec<(String, Flow)>) -> Vec<Answer> {
    let flow = route.first().and_then(|id| Some((id, model.flows.get(id)?)));
    let Some((id, flow)) = flow else { return Vec::new() };
    numbered(choices(id, flow).into_iter().map(|(label, flow)| (label, Edit::put(Key::Flow(id.clone()), flow))))
}

fn trust_of(model: &ThreatModel, element: &Id) -> Option<u8> {
    let home = model.elements.get(element)?.boundary.as_ref()?;
    model.boundaries.get(home)?.trust
}

/// The next element along the flows whose trust nobody stated: what is unknown about it is passed on from there.
fn nearest_open<'a>(model: &'a ThreatModel, from: &'a Id) -> Option<&'a Id> {
    let (mut seen, mut edge) = (BTreeSet::from([from]), BTreeSet::from([from]));
    while !edge.is_empty() {
        let ends = model.flows.values().filter_map(|flow| Some((flow.from.as_ref()?, flow.to.as_ref()?)));
        let beside = ends.filter_map(|(a, b)| match (edge.contains(a), edge.contains(b)) {
            (true, false) => Some(b),
            (false, true) => Some(a),
            _ => None,
        });
        let next: BTreeSet<&Id> = beside.filter(|id| !seen.contains(id)).collect();
        if let Some(open) = next.iter().find(|id| trust_of(model, id).is_none()) {
            return Some(open);
        }
        seen.extend(&next);
        edge = next;
    }
    None
}

/// Where an element is, or how far what is around it is trusted.
fn placing(model: &ThreatModel, element: &Id, ids: &mut IdSource) -> Vec<Answer> {
    let home = model.elements.get(element).and_then(|e| e.boundary.as_ref());
    match home.and_then(|id| Some((id, model.boundaries.get(id)?))) {
        Some((id, boundary)) => {
            let put = |trust| Edit::put(Key::Boundary(id.clone()), Boundary { trust: Some(trust), ..boundary.clone() });
            let words = |trust| format!("{}: {trust}, {}", boundary.name, trust_label(Some(trust)));
            numbered((0..=4).map(|trust| (words(trust), put(trust))))
        }
        None => {
            let into = |id: &Id| Edit::Reparent { items: BTreeSet::from([element.clone()]), into: Some(id.clone()) };
            let name = name_of(model, element);
            let known = model.boundaries.iter().map(|(id, b)| (format!("{name} in {}", b.name), into(id)));
            numbered(among_strangers(model, element, ids).into_iter().chain(known))
        }
    }
}

fn numbered(choices: impl Iterator<Item = (String, Edit)>) -> Vec<Answer> {
    choices.zip(DIGITS).map(|((label, edit), key)| Answer { key, label, edit }).collect()
}

/// Other open questions that ask the same about things of the same sort: elements that share a technology, flows to the
/// same element.
pub fn alike<'a>(cx: &ViewCx<'a>, about: &Unanswered) -> Vec<&'a Question> {
    cx.assessment.questions.iter().filter(|q| is_alike(cx.model, &q.about, about) && q.about != *about).collect()
}

fn is_alike(model: &ThreatModel, a: &Unanswered, b: &Unanswered) -> bool {
    let elements = |a: &Id, b: &Id| match (model.elements.get(a), model.elements.get(b)) {
        (Some(a), Some(b)) if a.tags.is_empty() => b.tags.is_empty() && a.kind == b.kind,
        (Some(a), Some(b)) => !a.tags.is_disjoint(&b.tags),
        _ => false,
    };
    let flows = |a: &FlowRoute, b: &FlowRoute| {
        let to = |route: &FlowRoute| route.first().and_then(|id| model.flows.get(id)).and_then(|flow| flow.to.clone());
        to(a).is_some() && to(a) == to(b)
    };
    match (a, b) {
        (Unanswered::Capability(x, c), Unanswered::Capability(y, d)) => c == d && elements(x, y),
        (Unanswered::Fact(x, c), Unanswered::Fact(y, d)) => c == d && elements(x, y),
        (Unanswered::Protocol(x), Unanswered::Protocol(y)) => flows(x, y),
        (Unanswered::Authn(x), Unanswered::Authn(y)) => flows(x, y),
        (Unanswered::Channel(x), Unanswered::Channel(y)) => flows(x, y),
        _ => false,
    }
}

/// The answer, given to this question and to those alike, as one step.
pub fn for_all(cx: &ViewCx<'_>, answer: Answer, alike: &[&Question], ids: &mut IdSource) -> Edit {
    let others = alike.iter().filter_map(|q| answers(cx, &q.about, ids).into_iter().find(|other| other.label == answer.label));
    let edits: Vec<Edit> = others.map(|other| other.edit).collect();
    if edits.is_empty() {
        return answer.edit;
    }
    let label = format!("answer {} questions", edits.len() + 1);
    Edit::Batch { label, edits: std::iter::once(answer.edit).chain(edits).collect() }
}
