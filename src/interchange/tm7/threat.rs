//! Threats the template's rules made at interactions, with what people decided about them.

use super::{PREFIX, Reader, shortened};
use crate::interchange::foreign_threat::{ForeignThreat, State, band};
use crate::interchange::threat_type::ThreatTypes;
use crate::interchange::{LossKind, xml};
use crate::model::{Category, Extra, Id};
use roxmltree::Node;
use std::collections::BTreeMap;

/// Fields of a threat that are read.
const READ: &[&str] = &[
    "Title",
    "UserThreatCategory",
    "UserThreatDescription",
    "Priority",
    "StateInformation",
    "PossibleMitigations",
    "InteractionString",
];

impl Reader {
    pub(super) fn threats(&mut self, root: Node<'_, '_>) {
        for entry in xml::child(root, "ThreatInstances").into_iter().flat_map(|l| l.children()).filter(Node::is_element) {
            if let Some(value) = xml::child(entry, "Value") {
                self.threat(&xml::text_of(entry, "Key"), value);
            }
        }
    }

    fn threat(&mut self, key: &str, node: Node<'_, '_>) {
        let pairs = xml::child(node, "Properties").into_iter().flat_map(|p| p.children()).filter(Node::is_element);
        let fields: BTreeMap<String, String> = pairs.map(|p| (xml::text_of(p, "Key"), xml::text_of(p, "Value"))).collect();
        // What people edited is in the properties; the elements of the same name are as a rule empty.
        let said = |name: &str| {
            let edited = fields.get(name).filter(|v| !v.is_empty()).cloned();
            edited.unwrap_or_else(|| xml::text_of(node, name))
        };
        let rule = xml::text_of(node, "TypeId");
        let title = [said("Title"), said("UserThreatCategory"), rule.clone()].into_iter().find(|t| !t.is_empty());
        let title = title.unwrap_or_else(|| "Untitled threat".to_owned());
        let id = self.draft.ids.claim(key);
        let number = xml::text_of(node, "Id").parse().ok().filter(|n: &u32| *n > 0);
        let what = format!("threat “{}”", shortened(&title));
        let mut extra = self.kept(&fields, node);

        let (target, why) = self.target(node, &said("InteractionString"));
        if let Some(why) = why {
            self.draft.lose_at(&id, LossKind::Changed, &what, why);
        }
        let state = xml::text_of(node, "State");
        let state = State::named(&state).unwrap_or_else(|| {
            extra.insert(format!("{PREFIX}State"), state.clone());
            let why = format!("its state “{}” is not known; it is open", shortened(&state));
            self.draft.lose_at(&id, LossKind::Kept, &what, why);
            State::Open
        });
        if state == State::Investigating {
            extra.insert(format!("{PREFIX}State"), xml::text_of(node, "State"));
            self.draft.lose_at(&id, LossKind::Changed, &what, "it needs investigation; it is open here");
        }
        let priority = said("Priority");
        let rating = band(&priority).map(|band| (band, String::new()));
        if rating.is_none() && !priority.is_empty() {
            extra.insert(format!("{PREFIX}Priority"), priority.clone());
            let why = format!("its priority “{}” is no severity here and does not rate it", shortened(&priority));
            self.draft.lose_at(&id, LossKind::Kept, &what, why);
        }
        let category = said("UserThreatCategory");
        let categories = categories(&category, &rule);
        if categories.is_empty() && !category.is_empty() {
            extra.insert(format!("{PREFIX}UserThreatCategory"), category.clone());
            let why = format!("its category “{}” is none of the categories here", shortened(&category));
            self.draft.lose_at(&id, LossKind::Kept, &what, why);
        }
        let is_mitigation = |key: &&String| self.template.label(key).to_lowercase().contains("mitigation");
        let mitigations = fields.iter().filter(|(k, v)| is_mitigation(k) && !v.is_empty()).map(|(_, v)| plain(v)).collect();
        let threat = ForeignThreat {
            title,
            description: plain(&said("UserThreatDescription")),
            categories,
            target,
            rating,
            state,
            justification: said("StateInformation"),
            mitigations,
            number,
            extra,
        };
        self.draft.threat(id, threat);
    }

    /// The flow it is about, or else an element at its ends that is still there; with what was lost on the way.
    fn target(&self, node: Node<'_, '_>, interaction: &str) -> (Option<Id>, Option<&'static str>) {
        let find = |name| self.by_guid.get(&xml::text_of(node, name)).cloned();
        if let Some(flow) = find("FlowGuid").filter(|id| self.draft.model.flows.contains_key(id)) {
            let why = (interaction == "Deleted").then_some("the interaction it was made for is marked as deleted");
            return (Some(flow), why);
        }
        let element = |name| find(name).filter(|id| self.draft.model.elements.contains_key(id));
        match element("TargetGuid").or_else(|| element("SourceGuid")) {
            Some(element) => (Some(element), Some("the data flow it was about is not in the file; it is about its end now")),
            None => (None, Some("what it was about is not in the file; it belongs to nothing now")),
        }
    }

    /// What has no counterpart, under its label.
    fn kept(&self, fields: &BTreeMap<String, String>, node: Node<'_, '_>) -> Extra {
        let mut extra = Extra::new();
        for (key, value) in fields.iter().filter(|(k, v)| !READ.contains(&k.as_str()) && !v.is_empty()) {
            let label = self.template.label(key);
            let name = if key.len() == 36 { label } else { key };
            extra.insert(format!("{PREFIX}{name}"), value.clone());
        }
        for name in ["TypeId", "ChangedBy", "ModifiedAt", "InteractionKey"] {
            let value = xml::text_of(node, name);
            if !value.is_empty() && !value.starts_with("0001-01-01") {
                extra.insert(format!("{PREFIX}{name}"), value);
            }
        }
        extra
    }
}

/// By the name of the category, or the letter the rules of the SDL template begin with: S1, T13.1.
fn categories(name: &str, rule: &str) -> Vec<Category> {
    let named = ThreatTypes::shipped().categories(name, "STRIDE");
    let mut letters = rule.chars();
    let letter = letters.next().filter(|_| letters.next().is_some_and(|c| c.is_ascii_digit()));
    if !named.is_empty() || !name.is_empty() {
        return named;
    }
    let of_letter = Category::ALL.iter().find(|c| c.is_stride() && letter.is_some_and(|l| c.name() == l.to_string()));
    of_letter.copied().into_iter().collect()
}

/// Template texts are HTML in places: without its tags, links as their words.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        let (before, tag) = rest.split_at(open);
        out.push_str(before);
        let is_tag = tag.get(1..).is_some_and(|t| t.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/'));
        match tag.find('>').filter(|_| is_tag) {
            Some(close) => {
                if tag.starts_with("<br") || tag.starts_with("</p") || tag.starts_with("</li") {
                    out.push('\n');
                }
                rest = tag.get(close + 1..).unwrap_or_default();
            }
            None => {
                out.push('<');
                rest = tag.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out.trim().to_owned()
}
